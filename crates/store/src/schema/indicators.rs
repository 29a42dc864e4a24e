//! What is known of indicators.

diesel::table! {
    use diesel::sql_types::*;
    use crate::types::*;

    indicator_value (programme_id, id) {
        programme_id -> UuidSql,
        id -> UuidSql,
        code -> Text,
        no -> Integer,
        year_from -> Integer,
        year_to -> Integer,
        part -> Text,
        state -> Text,
        number -> Nullable<Text>,
        source -> Text,
        measure -> Nullable<Text>,
        edition_id -> Nullable<UuidSql>,
        document -> Nullable<Text>,
        page -> Nullable<Text>,
        accessed_on -> Nullable<Date>,
        file -> Nullable<Text>,
        incomplete -> Bool,
        redefined -> Bool,
        note -> Nullable<Text>,
        reason -> Nullable<Text>,
        author -> Text,
        created_at -> UtcSql,
    }
}
