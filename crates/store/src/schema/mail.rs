//! Letters and the outbox.

diesel::table! {
    use diesel::sql_types::*;
    use crate::types::*;

    letter_template (programme_id, name, version) {
        programme_id -> UuidSql,
        name -> Text,
        version -> Integer,
        source -> Text,
        hash -> Text,
        created_at -> UtcSql,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::types::*;

    outbox (programme_id, id) {
        programme_id -> UuidSql,
        id -> UuidSql,
        invitation_id -> UuidSql,
        template -> Text,
        template_version -> Integer,
        wave -> Text,
        recipient -> Text,
        params -> JsonSql,
        state -> Text,
        message_id -> Text,
        attempts -> Integer,
        next_attempt_at -> UtcSql,
        lease_until -> Nullable<UtcSql>,
        last_error -> Nullable<Text>,
        created_at -> UtcSql,
        updated_at -> UtcSql,
    }
}
