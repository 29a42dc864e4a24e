//! Opening a database, and being the only one that serves it.

use store::{OpenError, Options, Store};

use crate::fixtures::programme;
use crate::harness::{Database, on_both_databases};

on_both_databases! {
    fn a_database_that_was_never_migrated_is_outdated(database) {
        if database.is_sqlite() {
            std::fs::write(database.path(), "").unwrap();
        }
        let opened = Store::open(&database.url, Options::default());
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../migrations/sqlite");
        let all = std::fs::read_dir(folder).unwrap().count();
        assert!(matches!(opened.err(), Some(OpenError::Outdated(missing)) if missing.len() == all));
    }

    fn an_older_schema_says_which_migrations_it_lacks(database) {
        drop(database.store());
        database.execute("DELETE FROM __diesel_schema_migrations WHERE version = '0004'");
        let opened = Store::open(&database.url, Options::default());
        assert!(matches!(opened.err(), Some(OpenError::Outdated(missing)) if missing == ["0004_access_control"]));
    }

    fn a_newer_schema_alone_is_no_refusal(database) {
        drop(database.store());
        database.execute("INSERT INTO __diesel_schema_migrations (version) VALUES ('9999')");
        assert!(Store::open(&database.url, Options::default()).is_ok());
    }

    fn a_database_that_asks_for_a_newer_program_is_refused(database) {
        drop(database.store());
        database.execute("UPDATE meta SET value = '999.0.0' WHERE name = 'oldest_program'");
        let opened = Store::open(&database.url, Options::default());
        assert!(matches!(opened.err(), Some(OpenError::ProgramTooOld { needed, .. }) if needed == "999.0.0"));
    }
}

#[test]
fn a_missing_file_is_not_made_by_opening() {
    let database = Database::sqlite();
    let opened = Store::open(&database.url, Options::default());
    assert!(
        matches!(opened.err(), Some(OpenError::Missing(path)) if path.display().to_string() == database.path())
    );
    assert!(!std::path::Path::new(database.path()).exists());
}

#[test]
fn the_real_cause_of_a_failed_connection_is_told() {
    let nowhere = "postgres://miernik@%2Fnonexistent-socket/x";
    let opened = Store::open(nowhere, Options::default()).err().unwrap().to_string();
    assert!(opened.contains("/nonexistent-socket"), "{opened}");
    let folder = tempfile::tempdir().unwrap();
    let url = format!("sqlite:{}", folder.path().join("no/such/folder.db").display());
    let migrated = store::migrate(&url).unwrap_err().to_string();
    assert!(migrated.contains("no/such/folder.db") && migrated.contains("No such file"), "{migrated}");
    let database = folder.path().join("text.db");
    std::fs::write(
        &database,
        "not a database at all, but long enough to look like a header of one".repeat(20),
    )
    .unwrap();
    let opened = Store::open(database.to_str().unwrap(), Options::default()).err().unwrap().to_string();
    assert!(opened.contains("not a database"), "{opened}");
}

#[test]
fn a_second_server_on_one_file_is_refused_while_commands_go_on() {
    let database = Database::sqlite();
    let serving = database.store();
    let held = serving.hold_exclusively().unwrap();
    let other = database.store();
    assert!(matches!(other.hold_exclusively(), Err(OpenError::Held(_))));
    other.write("command", |tx| tx.programme_insert(&programme(1, "a"))).unwrap();
    assert_eq!(serving.read("list", |tx| tx.programme_list()).unwrap().len(), 1);
    drop(held);
    assert!(other.hold_exclusively().is_ok());
}

#[test]
fn several_servers_may_share_a_postgres_database() {
    let database = Database::postgres();
    let (one, two) = (database.store(), database.store());
    let _both = (one.hold_exclusively().unwrap(), two.hold_exclusively().unwrap());
}

#[cfg(unix)]
#[test]
fn only_the_owner_may_read_the_file() {
    use std::os::unix::fs::PermissionsExt;

    let database = Database::sqlite();
    let store = database.store();
    store.write("insert", |tx| tx.programme_insert(&programme(1, "a"))).unwrap();
    for suffix in ["", "-wal"] {
        let rights = std::fs::metadata(format!("{}{suffix}", database.path())).unwrap().permissions();
        assert_eq!(rights.mode() & 0o777, 0o600, "{suffix}");
    }
}
