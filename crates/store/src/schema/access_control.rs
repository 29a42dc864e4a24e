//! Sessions, users, keys, the audit trail and the leases of jobs.

diesel::table! {
    use diesel::sql_types::*;
    use crate::types::*;

    session (programme_id, id) {
        programme_id -> UuidSql,
        id -> UuidSql,
        fingerprint -> Text,
        access_id -> UuidSql,
        generation -> Integer,
        created_at -> UtcSql,
        last_seen_at -> UtcSql,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::types::*;

    panel_user (id) {
        id -> UuidSql,
        login -> Text,
        password_hash -> Text,
        totp_secret -> Nullable<Text>,
        failed -> Integer,
        locked_until -> Nullable<UtcSql>,
        created_at -> UtcSql,
        updated_at -> UtcSql,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::types::*;

    panel_role (programme_id, user_id) {
        programme_id -> UuidSql,
        user_id -> UuidSql,
        role -> Text,
        created_at -> UtcSql,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::types::*;

    panel_session (id) {
        id -> UuidSql,
        fingerprint -> Text,
        user_id -> UuidSql,
        created_at -> UtcSql,
        last_seen_at -> UtcSql,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::types::*;

    api_key (programme_id, id) {
        programme_id -> UuidSql,
        id -> UuidSql,
        fingerprint -> Text,
        name -> Text,
        created_at -> UtcSql,
        revoked_at -> Nullable<UtcSql>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::types::*;

    link_key (id) {
        id -> Text,
        check_value -> Text,
        purpose -> Text,
        created_at -> UtcSql,
        retired_at -> Nullable<UtcSql>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::types::*;

    audit (programme_id, id) {
        programme_id -> UuidSql,
        id -> UuidSql,
        at -> UtcSql,
        actor -> Text,
        action -> Text,
        subject -> Nullable<Text>,
        details -> JsonSql,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::types::*;

    instance_audit (id) {
        id -> UuidSql,
        at -> UtcSql,
        actor -> Text,
        action -> Text,
        subject -> Nullable<Text>,
        details -> JsonSql,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::types::*;

    job_lease (name) {
        name -> Text,
        holder -> Text,
        until -> UtcSql,
    }
}
