//! Programmes and their units.

diesel::table! {
    use diesel::sql_types::*;
    use crate::types::*;

    programme (id) {
        id -> UuidSql,
        slug -> Text,
        name -> Text,
        time_zone -> Text,
        source -> Text,
        synthetic -> Bool,
        created_at -> UtcSql,
        updated_at -> UtcSql,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::types::*;

    unit (programme_id, id) {
        programme_id -> UuidSql,
        id -> UuidSql,
        code -> Text,
        created_at -> UtcSql,
        updated_at -> UtcSql,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::types::*;

    unit_period (programme_id, unit_id, position) {
        programme_id -> UuidSql,
        unit_id -> UuidSql,
        position -> Integer,
        valid_from -> Nullable<Date>,
        valid_to -> Nullable<Date>,
        kind -> Text,
        name -> Text,
        name_sort -> Binary,
        name_fold -> Text,
        type_digit -> Nullable<Integer>,
        powiat_teryt -> Nullable<Text>,
        powiat -> Nullable<Text>,
        nuts2 -> Nullable<Text>,
        nuts3 -> Nullable<Text>,
        extra -> JsonSql,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::types::*;

    unit_address (programme_id, unit_id, position) {
        programme_id -> UuidSql,
        unit_id -> UuidSql,
        position -> Integer,
        email -> Text,
        role -> Text,
    }
}
