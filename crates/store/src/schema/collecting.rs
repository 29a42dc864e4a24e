//! Editions, questionnaires, invitations, drafts and submissions.

diesel::table! {
    use diesel::sql_types::*;
    use crate::types::*;

    edition (programme_id, id) {
        programme_id -> UuidSql,
        id -> UuidSql,
        slug -> Text,
        title -> Text,
        state -> Text,
        period_from -> Date,
        period_to -> Date,
        opens_on -> Date,
        closes_on -> Date,
        seq -> BigInt,
        submissions -> BigInt,
        frozen -> Bool,
        synthetic -> Bool,
        created_at -> UtcSql,
        opened_at -> Nullable<UtcSql>,
        closed_at -> Nullable<UtcSql>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::types::*;

    form_version (programme_id, id) {
        programme_id -> UuidSql,
        id -> UuidSql,
        edition_id -> UuidSql,
        form_id -> Text,
        version -> Integer,
        source -> Text,
        hash -> Text,
        created_at -> UtcSql,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::types::*;

    plan_version (programme_id, edition_id, form_id, no) {
        programme_id -> UuidSql,
        edition_id -> UuidSql,
        form_id -> Text,
        no -> Integer,
        source -> Text,
        hash -> Text,
        created_at -> UtcSql,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::types::*;

    invitation (programme_id, id) {
        programme_id -> UuidSql,
        id -> UuidSql,
        edition_id -> UuidSql,
        unit_id -> UuidSql,
        form_id -> Text,
        unit_code -> Text,
        unit_name -> Text,
        unit_sort -> Binary,
        kind -> Text,
        powiat -> Nullable<Text>,
        nuts2 -> Nullable<Text>,
        nuts3 -> Nullable<Text>,
        attributes -> JsonSql,
        closes_on -> Nullable<Date>,
        withdrawn_at -> Nullable<UtcSql>,
        created_at -> UtcSql,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::types::*;

    access (programme_id, id) {
        programme_id -> UuidSql,
        id -> UuidSql,
        invitation_id -> UuidSql,
        kind -> Text,
        selector -> Text,
        generation -> Integer,
        key_id -> Text,
        sections -> JsonSql,
        created_at -> UtcSql,
        revoked_at -> Nullable<UtcSql>,
        archived_at -> Nullable<UtcSql>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::types::*;

    draft (programme_id, invitation_id) {
        programme_id -> UuidSql,
        invitation_id -> UuidSql,
        rev -> BigInt,
        answers -> JsonSql,
        correcting -> Bool,
        started_at -> UtcSql,
        updated_at -> UtcSql,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::types::*;

    contact (programme_id, invitation_id) {
        programme_id -> UuidSql,
        invitation_id -> UuidSql,
        rev -> BigInt,
        answers -> JsonSql,
        history -> JsonSql,
        updated_at -> UtcSql,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::types::*;

    change (programme_id, invitation_id, rev, position) {
        programme_id -> UuidSql,
        invitation_id -> UuidSql,
        rev -> BigInt,
        position -> Integer,
        path -> Text,
        old -> Text,
        new -> Text,
        page -> Text,
        access_id -> Nullable<UuidSql>,
        at -> UtcSql,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::types::*;

    submission (programme_id, id) {
        programme_id -> UuidSql,
        id -> UuidSql,
        edition_id -> UuidSql,
        invitation_id -> UuidSql,
        number -> BigInt,
        seq -> BigInt,
        form_version_id -> UuidSql,
        answers -> JsonSql,
        context -> JsonSql,
        today -> Date,
        access_id -> Nullable<UuidSql>,
        draft_rev -> BigInt,
        at -> UtcSql,
        withdrawn_at -> Nullable<UtcSql>,
        withdrawn_seq -> Nullable<BigInt>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::types::*;

    submission_event (programme_id, edition_id, seq) {
        programme_id -> UuidSql,
        edition_id -> UuidSql,
        seq -> BigInt,
        kind -> Text,
        submission_id -> UuidSql,
        at -> UtcSql,
    }
}
