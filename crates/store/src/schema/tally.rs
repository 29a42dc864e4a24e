//! Saved tallies.

diesel::table! {
    use diesel::sql_types::*;
    use crate::types::*;

    saved_tally (programme_id, edition_id, form_id, plan_hash) {
        programme_id -> UuidSql,
        edition_id -> UuidSql,
        form_id -> Text,
        plan_hash -> Text,
        as_of -> BigInt,
        body -> Text,
        saved_at -> UtcSql,
    }
}
