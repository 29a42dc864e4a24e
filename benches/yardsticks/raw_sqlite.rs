//! The reference on SQLite: one connection that commits the rows which the service committed, one by one, into a copy
//! of the same file with the same settings. No HTTP, no session, no merging, no evaluation.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::time::Instant;

use diesel::connection::SimpleConnection;
use diesel::sql_types::{BigInt, Binary, Text};
use diesel::sqlite::SqliteConnection;
use diesel::{Connection, QueryableByName, RunQueryDsl, sql_query};
use uuid::Uuid;

use super::ground::{Ground, Kind};

/// At most so many rows are looked up before the clock starts.
const MOST: usize = 40_000;

#[derive(QueryableByName)]
struct Saved {
    #[diesel(sql_type = Binary)]
    programme_id: Vec<u8>,
    #[diesel(sql_type = Binary)]
    invitation_id: Vec<u8>,
    #[diesel(sql_type = BigInt)]
    rev: i64,
}

#[derive(QueryableByName)]
struct Sent {
    #[diesel(sql_type = Binary)]
    programme_id: Vec<u8>,
    #[diesel(sql_type = Binary)]
    id: Vec<u8>,
    #[diesel(sql_type = Binary)]
    edition_id: Vec<u8>,
    #[diesel(sql_type = Binary)]
    invitation_id: Vec<u8>,
    #[diesel(sql_type = BigInt)]
    seq: i64,
    #[diesel(sql_type = Binary)]
    access_id: Vec<u8>,
    #[diesel(sql_type = Binary)]
    mail: Vec<u8>,
    #[diesel(sql_type = Text)]
    now: String,
}

#[derive(QueryableByName)]
struct Trail {
    #[diesel(sql_type = Binary)]
    id: Vec<u8>,
    #[diesel(sql_type = Text)]
    actor: String,
}

/// The file as it is before the load; none on PostgreSQL.
pub(crate) fn copy(ground: &Ground, kind: Kind) -> Option<PathBuf> {
    (kind == Kind::Sqlite).then(|| {
        let copy = ground.path("before.db");
        let mut connection = SqliteConnection::establish(&ground.database).unwrap();
        connection.batch_execute(&format!("VACUUM INTO '{}'", copy.display())).unwrap();
        copy
    })
}

/// A connection to a fresh copy, with the service's own file attached as `own`.
fn open(before: &Path, ground: &Ground) -> SqliteConnection {
    let file = ground.path("raw.db");
    for end in ["", "-wal", "-shm"] {
        let path = format!("{}{end}", file.display());
        if Path::new(&path).exists() {
            std::fs::remove_file(path).unwrap();
        }
    }
    std::fs::copy(before, &file).unwrap();
    let mut connection = SqliteConnection::establish(file.to_str().unwrap()).unwrap();
    for pragma in [
        "busy_timeout = 3000",
        "journal_mode = WAL",
        "synchronous = FULL",
        "temp_store = MEMORY",
        "foreign_keys = ON",
    ] {
        connection.batch_execute(&format!("PRAGMA {pragma}")).unwrap();
    }
    connection.batch_execute(&format!("ATTACH '{}' AS own", ground.database)).unwrap();
    connection
}

/// Commits rows for `seconds` and gives commits per second.
fn pace<T>(rows: &[T], seconds: f64, mut commit: impl FnMut(&T)) -> f64 {
    assert!(!rows.is_empty(), "the service has stored nothing");
    let began = Instant::now();
    let mut count = 0.0;
    for one in rows {
        commit(one);
        count += 1.0;
        if began.elapsed().as_secs_f64() > seconds {
            break;
        }
    }
    count / began.elapsed().as_secs_f64()
}

/// Section saves: the draft and the changes of each revision.
pub(crate) fn saves(before: &Path, ground: &Ground, seconds: f64) -> f64 {
    let mut connection = open(before, ground);
    let saved: Vec<Saved> = sql_query(format!(
        "SELECT programme_id, invitation_id, rev FROM own.change WHERE page LIKE '0000%' AND position = 0 ORDER BY at, rev LIMIT {MOST}"
    ))
    .load(&mut connection)
    .unwrap();
    pace(&saved, seconds, |one| {
        connection.batch_execute("BEGIN IMMEDIATE").unwrap();
        let updated = sql_query(
            "UPDATE main.draft SET rev = ?, (answers, updated_at) = (SELECT answers, updated_at FROM own.draft AS d \
             WHERE d.programme_id = draft.programme_id AND d.invitation_id = draft.invitation_id) \
             WHERE programme_id = ? AND invitation_id = ? AND rev < ?",
        )
        .bind::<BigInt, _>(one.rev)
        .bind::<Binary, _>(&one.programme_id)
        .bind::<Binary, _>(&one.invitation_id)
        .bind::<BigInt, _>(one.rev)
        .execute(&mut connection)
        .unwrap();
        let inserted = sql_query(
            "INSERT INTO main.change SELECT * FROM own.change WHERE programme_id = ? AND invitation_id = ? AND rev = ?",
        )
        .bind::<Binary, _>(&one.programme_id)
        .bind::<Binary, _>(&one.invitation_id)
        .bind::<BigInt, _>(one.rev)
        .execute(&mut connection)
        .unwrap();
        assert!(updated == 1 && inserted > 0);
        connection.batch_execute("COMMIT").unwrap();
    })
}

/// Submissions: the draft's revision, the edition's counters, submission, event, audit row and receipt.
pub(crate) fn submits(before: &Path, ground: &Ground, seconds: f64) -> f64 {
    let mut connection = open(before, ground);
    let sent: Vec<Sent> = sql_query(format!(
        "SELECT s.programme_id, s.id, s.edition_id, s.invitation_id, s.seq, s.access_id, o.id AS mail, s.at AS now \
         FROM own.submission s \
         JOIN own.outbox o ON o.programme_id = s.programme_id AND o.invitation_id = s.invitation_id AND o.template = 'potwierdzenie' \
         LEFT JOIN main.submission m ON m.programme_id = s.programme_id AND m.id = s.id \
         WHERE m.id IS NULL ORDER BY s.seq LIMIT {MOST}"
    ))
    .load(&mut connection)
    .unwrap();
    let trail: Vec<Trail> = sql_query("SELECT id, actor FROM own.audit WHERE action = 'submission.insert'")
        .load(&mut connection)
        .unwrap();
    let trail: HashMap<String, Vec<u8>> = trail.into_iter().map(|row| (row.actor, row.id)).collect();
    let audit = |one: &Sent| &trail[&format!("access:{}", Uuid::from_slice(&one.access_id).unwrap())];
    pace(&sent, seconds, |one| {
        connection.batch_execute("BEGIN IMMEDIATE").unwrap();
        let run = |connection: &mut SqliteConnection, sql: &str, id: &[u8]| {
            let query = sql_query(sql).bind::<Binary, _>(&one.programme_id).bind::<Binary, _>(id);
            assert_eq!(query.execute(connection).unwrap(), 1);
        };
        let draft = format!(
            "UPDATE main.draft SET rev = rev + 1, answers = answers, updated_at = '{}' WHERE programme_id = ? AND invitation_id = ?",
            one.now
        );
        run(&mut connection, &draft, &one.invitation_id);
        run(
            &mut connection,
            "UPDATE main.edition SET seq = seq + 1, submissions = submissions + 1 WHERE programme_id = ? AND id = ?",
            &one.edition_id,
        );
        run(
            &mut connection,
            "INSERT INTO main.submission SELECT * FROM own.submission WHERE programme_id = ? AND id = ?",
            &one.id,
        );
        let event = format!(
            "INSERT INTO main.submission_event SELECT * FROM own.submission_event WHERE programme_id = ? AND edition_id = ? AND seq = {}",
            one.seq
        );
        run(&mut connection, &event, &one.edition_id);
        run(
            &mut connection,
            "INSERT INTO main.audit SELECT * FROM own.audit WHERE programme_id = ? AND id = ?",
            audit(one),
        );
        run(
            &mut connection,
            "INSERT INTO main.outbox SELECT * FROM own.outbox WHERE programme_id = ? AND id = ?",
            &one.mail,
        );
        connection.batch_execute("COMMIT").unwrap();
    })
}
