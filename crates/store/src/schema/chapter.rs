//! Frozen states, errata and the notebook.

diesel::table! {
    use diesel::sql_types::*;
    use crate::types::*;

    frozen_state (programme_id, id) {
        programme_id -> UuidSql,
        id -> UuidSql,
        edition_id -> UuidSql,
        name -> Text,
        kind -> Text,
        label -> Text,
        seq -> BigInt,
        figures -> Text,
        hash -> Text,
        measures -> Text,
        program -> Text,
        actor -> Text,
        created_at -> UtcSql,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::types::*;

    frozen_chapter (programme_id, state_id) {
        programme_id -> UuidSql,
        state_id -> UuidSql,
        content -> Text,
        hash -> Text,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::types::*;

    erratum (programme_id, edition_id, no) {
        programme_id -> UuidSql,
        edition_id -> UuidSql,
        no -> Integer,
        from_state -> Text,
        to_state -> Text,
        reason -> Text,
        changes -> JsonSql,
        actor -> Text,
        created_at -> UtcSql,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::types::*;

    notebook_fact (programme_id, edition_id, slug, rev) {
        programme_id -> UuidSql,
        edition_id -> UuidSql,
        slug -> Text,
        rev -> Integer,
        content -> JsonSql,
        actor -> Text,
        created_at -> UtcSql,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::types::*;

    notebook_row (programme_id, edition_id, code, rev) {
        programme_id -> UuidSql,
        edition_id -> UuidSql,
        code -> Text,
        rev -> Integer,
        state -> Text,
        content -> JsonSql,
        actor -> Text,
        created_at -> UtcSql,
    }
}
