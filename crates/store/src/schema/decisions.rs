//! Decisions about the numbers of an edition.

diesel::table! {
    use diesel::sql_types::*;
    use crate::types::*;

    decision (programme_id, id) {
        programme_id -> UuidSql,
        id -> UuidSql,
        edition_id -> UuidSql,
        topic -> Text,
        subject -> Text,
        what -> Text,
        why -> Text,
        verdict -> Text,
        follows -> Nullable<UuidSql>,
        actor -> Text,
        at -> UtcSql,
    }
}
