//! Code frames and codes of open answers.

diesel::table! {
    use diesel::sql_types::*;
    use crate::types::*;

    code_frame (programme_id, edition_id, name, version) {
        programme_id -> UuidSql,
        edition_id -> UuidSql,
        name -> Text,
        version -> Integer,
        source -> Text,
        actor -> Text,
        created_at -> UtcSql,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::types::*;

    coding (programme_id, edition_id, form_id, question, invitation_id, row_id, coder, no) {
        programme_id -> UuidSql,
        edition_id -> UuidSql,
        form_id -> Text,
        question -> Text,
        invitation_id -> UuidSql,
        row_id -> Text,
        coder -> Text,
        no -> Integer,
        codes -> Text,
        answer_hash -> Text,
        frame_version -> Integer,
        actor -> Text,
        at -> UtcSql,
    }
}
