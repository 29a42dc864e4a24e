//! Both databases have the same logical schema, read from real databases of both kinds.

use std::collections::BTreeSet;

use crate::harness::Database;

/// Tables of the instance itself; all others hold a programme's data.
const INSTANCE: [&str; 7] =
    ["instance_audit", "job_lease", "link_key", "meta", "panel_session", "panel_user", "programme"];

const SQLITE_COLUMNS: &str = "
    SELECT m.name || '.' || c.name || ' '
        || CASE
            WHEN c.type = 'BLOB' AND instr(m.sql, 'CHECK (length(' || c.name || ') = 16)') THEN 'uuid'
            WHEN c.type = 'TEXT' AND instr(m.sql, 'CHECK (length(' || c.name || ') = 24)') THEN 'instant'
            WHEN c.type = 'TEXT' AND instr(m.sql, 'CHECK (length(' || c.name || ') = 10)') THEN 'date'
            WHEN c.type = 'TEXT' AND instr(m.sql, 'CHECK (json_valid(' || c.name || '))') THEN 'json'
            WHEN c.type = 'INTEGER' AND instr(m.sql, 'CHECK (' || c.name || ' IN (0, 1))') THEN 'bool'
            WHEN c.type = 'BLOB' THEN 'bytes'
            ELSE lower(c.type)
        END
        || CASE WHEN c.\"notnull\" THEN ' not null' ELSE '' END AS word
    FROM sqlite_master m, pragma_table_info(m.name) c
    WHERE m.type = 'table' AND substr(m.name, 1, 2) <> '__' AND substr(m.name, 1, 7) <> 'sqlite_'";

const SQLITE_KEYS: &str = "
    SELECT m.name || ' key (' || group_concat(c.name, ', ' ORDER BY c.pk) || ')' AS word
    FROM sqlite_master m, pragma_table_info(m.name) c
    WHERE m.type = 'table' AND c.pk > 0 AND substr(m.name, 1, 2) <> '__' AND substr(m.name, 1, 7) <> 'sqlite_'
    GROUP BY m.name";

const SQLITE_INDEXES: &str = "
    SELECT m.name || CASE WHEN l.\"unique\" THEN ' unique' ELSE ' index' END
        || CASE WHEN l.partial THEN ' partial' ELSE '' END
        || ' (' || (SELECT group_concat(i.name, ', ' ORDER BY i.seqno) FROM pragma_index_info(l.name) i) || ')' AS word
    FROM sqlite_master m, pragma_index_list(m.name) l
    WHERE m.type = 'table' AND l.origin <> 'pk' AND substr(m.name, 1, 2) <> '__'";

const SQLITE_REFERENCES: &str = "
    SELECT m.name || ' (' || group_concat(f.\"from\", ', ' ORDER BY f.seq) || ') -> ' || f.\"table\"
        || ' (' || group_concat(f.\"to\", ', ' ORDER BY f.seq) || ') '
        || CASE f.on_delete WHEN 'NO ACTION' THEN 'kept' ELSE f.on_delete END AS word
    FROM sqlite_master m, pragma_foreign_key_list(m.name) f
    WHERE m.type = 'table'
    GROUP BY m.name, f.id";

const SQLITE_TRIGGERS: &str =
    "SELECT 'trigger ' || name || ' on ' || tbl_name AS word FROM sqlite_master WHERE type = 'trigger'";

const SQLITE_CHECKS: &str = "SELECT name || ':' || sql AS word FROM sqlite_master WHERE type = 'table'";

const POSTGRES_COLUMNS: &str = "
    SELECT table_name || '.' || column_name || ' '
        || CASE data_type
            WHEN 'timestamp with time zone' THEN 'instant' WHEN 'jsonb' THEN 'json' WHEN 'boolean' THEN 'bool'
            WHEN 'bytea' THEN 'bytes' WHEN 'bigint' THEN 'integer' ELSE data_type
        END
        || CASE is_nullable WHEN 'NO' THEN ' not null' ELSE '' END AS word
    FROM information_schema.columns WHERE table_schema = 'public' AND left(table_name, 2) <> '__'";

const POSTGRES_INDEXES: &str = "
    SELECT t.relname
        || CASE WHEN i.indisprimary THEN ' key' WHEN i.indisunique THEN ' unique' ELSE ' index' END
        || CASE WHEN i.indpred IS NOT NULL THEN ' partial' ELSE '' END
        || ' (' || string_agg(a.attname, ', ' ORDER BY k.position) || ')' AS word
    FROM pg_index i
    JOIN pg_class t ON t.oid = i.indrelid
    JOIN pg_namespace n ON n.oid = t.relnamespace AND n.nspname = 'public'
    CROSS JOIN unnest(i.indkey) WITH ORDINALITY AS k (number, position)
    JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = k.number
    WHERE left(t.relname, 2) <> '__'
    GROUP BY i.indexrelid, t.relname, i.indisprimary, i.indisunique, i.indpred IS NOT NULL";

const POSTGRES_REFERENCES: &str = "
    SELECT t.relname || ' (' || string_agg(a.attname, ', ' ORDER BY k.position) || ') -> ' || r.relname
        || ' (' || string_agg(b.attname, ', ' ORDER BY k.position) || ') '
        || CASE c.confdeltype WHEN 'a' THEN 'kept' ELSE c.confdeltype::text END AS word
    FROM pg_constraint c
    JOIN pg_class t ON t.oid = c.conrelid
    JOIN pg_class r ON r.oid = c.confrelid
    CROSS JOIN unnest(c.conkey, c.confkey) WITH ORDINALITY AS k (own, other, position)
    JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = k.own
    JOIN pg_attribute b ON b.attrelid = r.oid AND b.attnum = k.other
    WHERE c.contype = 'f'
    GROUP BY c.oid, t.relname, r.relname, c.confdeltype";

const POSTGRES_TRIGGERS: &str = "
    SELECT DISTINCT 'trigger ' || trigger_name || ' on ' || event_object_table AS word
    FROM information_schema.triggers WHERE trigger_schema = 'public'";

const POSTGRES_CHECKS: &str = "
    SELECT t.relname || ':' || pg_get_constraintdef(c.oid) AS word
    FROM pg_constraint c JOIN pg_class t ON t.oid = c.conrelid WHERE c.contype = 'c'";

/// What there is, one fact per line.
fn facts(database: &Database, queries: &[&str], checks: &str) -> BTreeSet<String> {
    let mut facts: BTreeSet<String> = queries.iter().flat_map(|sql| database.words(sql)).collect();
    for check in database.words(checks) {
        let (table, text) = check.split_once(':').unwrap();
        // Every second piece between quotes is a word that a column may hold.
        facts.extend(text.split('\'').skip(1).step_by(2).map(|word| format!("{table} may hold {word}")));
    }
    facts
}

fn sqlite_facts() -> BTreeSet<String> {
    let database = Database::sqlite();
    drop(database.store());
    let queries = [SQLITE_COLUMNS, SQLITE_KEYS, SQLITE_INDEXES, SQLITE_REFERENCES, SQLITE_TRIGGERS];
    facts(&database, &queries, SQLITE_CHECKS)
}

fn postgres_facts() -> BTreeSet<String> {
    let database = Database::postgres();
    drop(database.store());
    let queries = [POSTGRES_COLUMNS, POSTGRES_INDEXES, POSTGRES_REFERENCES, POSTGRES_TRIGGERS];
    facts(&database, &queries, POSTGRES_CHECKS)
}

#[test]
fn both_databases_have_the_same_logical_schema() {
    let (sqlite, postgres) = (sqlite_facts(), postgres_facts());
    let only_sqlite: Vec<_> = sqlite.difference(&postgres).collect();
    let only_postgres: Vec<_> = postgres.difference(&sqlite).collect();
    assert!(
        only_sqlite.is_empty() && only_postgres.is_empty(),
        "only SQLite: {only_sqlite:#?}\nonly PostgreSQL: {only_postgres:#?}"
    );
    // That the queries find something of each sort.
    for fact in [
        "edition.slug text not null",
        "edition.opened_at instant",
        "unit_period.valid_from date",
        "draft.answers json not null",
        "draft.correcting bool not null",
        "submission.id uuid not null",
        "submission key (programme_id, id)",
        "edition unique (programme_id, slug)",
        "access unique partial (kind, selector)",
        "outbox index (programme_id, state, next_attempt_at)",
        "unit_period (programme_id, unit_id) -> unit (programme_id, id) kept",
        "trigger audit_no_delete on audit",
        "outbox may hold uncertain",
    ] {
        assert!(sqlite.contains(fact), "{fact}");
    }
    assert!(sqlite.len() > 300, "{}", sqlite.len());
}

#[test]
fn the_programme_comes_first_in_the_keys_of_its_data_and_nothing_cascades() {
    for facts in [sqlite_facts(), postgres_facts()] {
        let keys = facts.iter().filter_map(|fact| fact.split_once(" key ("));
        for (table, columns) in keys {
            let tenant = columns.starts_with("programme_id, ");
            assert_eq!(tenant, !INSTANCE.contains(&table), "{table}");
        }
        for reference in facts.iter().filter(|fact| fact.contains(" -> ")) {
            assert!(reference.ends_with(" kept"), "{reference}");
        }
    }
}
