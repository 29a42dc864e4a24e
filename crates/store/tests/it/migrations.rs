//! Migrating.

use store::MigrateError;

use crate::fixtures::fill;
use crate::harness::{Database, at_once, on_both_databases};

/// How many migrations there are.
fn all() -> usize {
    std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/../../migrations/sqlite")).unwrap().count()
}

on_both_databases! {
    fn migrating_again_does_nothing(database) {
        let first = store::migrate(&database.url).unwrap();
        assert_eq!(first.0.len(), all());
        fill(&database.store());
        assert_eq!(store::migrate(&database.url).unwrap().0, Vec::<String>::new());
        assert_eq!(database.number("SELECT count(*) AS n FROM invitation"), 6);
    }

    fn of_many_that_migrate_at_once_one_does_the_work(database) {
        let done = at_once(8, |_| store::migrate(&database.url).unwrap().0.len());
        assert_eq!(done.iter().sum::<usize>(), all(), "{done:?}");
        assert!(done.contains(&all()), "all in one go: {done:?}");
        fill(&database.store());
    }

    fn a_failing_migration_leaves_nothing_behind(database) {
        store::migrate(&database.url).unwrap();
        // 0003 can run again, then the tables of 0004 are in the way.
        database.execute("DELETE FROM __diesel_schema_migrations WHERE version >= '0003'");
        database.execute("DROP TABLE outbox; DROP TABLE letter_template");
        let result = store::migrate(&database.url);
        assert!(matches!(result, Err(MigrateError::Failed(_))), "{result:?}");
        let tables = "SELECT version AS word FROM __diesel_schema_migrations ORDER BY version";
        assert_eq!(database.words(tables), ["0001", "0002"]);
        let again = std::panic::catch_unwind(|| database.number("SELECT count(*) AS n FROM letter_template"));
        assert!(again.is_err(), "0003 was undone");
    }
}

#[test]
fn rows_that_lost_what_they_refer_to_are_told() {
    let database = Database::sqlite();
    fill(&database.store());
    database.execute("PRAGMA foreign_keys = OFF; DELETE FROM unit");
    let result = store::migrate(&database.url);
    assert!(
        matches!(&result, Err(MigrateError::Dangling(places))
            if places.contains(&"unit_period -> unit".to_owned()) && places.contains(&"invitation -> unit".to_owned())),
        "{result:?}"
    );
}
