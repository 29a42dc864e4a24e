//! Distinct things, and the public lists of entities.

diesel::table! {
    use diesel::sql_types::*;
    use crate::types::*;

    thing_decision (programme_id, edition_id, form_id, list, number) {
        programme_id -> UuidSql,
        edition_id -> UuidSql,
        form_id -> Text,
        list -> Text,
        number -> BigInt,
        act -> UuidSql,
        kind -> Text,
        question -> Text,
        response -> UuidSql,
        row_id -> Nullable<Text>,
        thing_key -> Nullable<Text>,
        thing_name -> Nullable<Text>,
        raw -> Text,
        reason -> Text,
        actor -> Text,
        at -> UtcSql,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::types::*;

    thing_apart (programme_id, edition_id, form_id, list, number) {
        programme_id -> UuidSql,
        edition_id -> UuidSql,
        form_id -> Text,
        list -> Text,
        number -> BigInt,
        act -> UuidSql,
        question -> Text,
        one_key -> Text,
        one_name -> Text,
        other_key -> Text,
        other_name -> Text,
        apart -> Bool,
        reason -> Text,
        actor -> Text,
        at -> UtcSql,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::types::*;

    entity_import (programme_id, id) {
        programme_id -> UuidSql,
        id -> UuidSql,
        list -> Text,
        number -> BigInt,
        as_of -> Date,
        source -> Text,
        file_name -> Text,
        digest -> Text,
        synthetic -> Bool,
        actor -> Text,
        at -> UtcSql,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::types::*;

    entity (programme_id, id) {
        programme_id -> UuidSql,
        id -> UuidSql,
        list -> Text,
        created_at -> UtcSql,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::types::*;

    entity_mention (programme_id, import_id, line) {
        programme_id -> UuidSql,
        import_id -> UuidSql,
        line -> BigInt,
        entity_id -> UuidSql,
        nip -> Nullable<Text>,
        krs -> Nullable<Text>,
        name -> Text,
        kind -> Text,
        seat -> Text,
        status_from -> Nullable<Date>,
        status_to -> Nullable<Date>,
        founded_on -> Nullable<Date>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::types::*;

    entity_end (programme_id, entity_id, number) {
        programme_id -> UuidSql,
        entity_id -> UuidSql,
        number -> BigInt,
        import_id -> UuidSql,
        verdict -> Text,
        ended_on -> Nullable<Date>,
        reason -> Text,
        actor -> Text,
        at -> UtcSql,
    }
}
