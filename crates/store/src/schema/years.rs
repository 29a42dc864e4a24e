//! Answers imported from other tools, and totals known only as numbers.

diesel::table! {
    use diesel::sql_types::*;
    use crate::types::*;

    response_import (programme_id, id) {
        programme_id -> UuidSql,
        id -> UuidSql,
        edition_id -> UuidSql,
        form_id -> Text,
        file_name -> Text,
        file_hash -> Text,
        map -> Text,
        actor -> Text,
        at -> UtcSql,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::types::*;

    imported_submission (programme_id, submission_id) {
        programme_id -> UuidSql,
        submission_id -> UuidSql,
        import_id -> UuidSql,
        line -> Integer,
        note -> Text,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::types::*;

    known_total (programme_id, form_id, measure, year_from, year_to, no) {
        programme_id -> UuidSql,
        form_id -> Text,
        measure -> Text,
        year_from -> Integer,
        year_to -> Integer,
        no -> Integer,
        value -> Nullable<Text>,
        document -> Text,
        page -> Text,
        accessed_on -> Date,
        withdrawn -> Bool,
        actor -> Text,
        at -> UtcSql,
    }
}
