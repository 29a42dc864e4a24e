//! The reference on PostgreSQL: `pgbench` with scripts that write the same rows, each of its clients to a draft of its
//! own. No HTTP, no session, no reading, no merging, no evaluation.

use std::path::PathBuf;
use std::process::Command;

use diesel::pg::PgConnection;
use diesel::sql_types::Text;
use diesel::{Connection, QueryableByName, RunQueryDsl, sql_query};

use super::answers::Answered;
use super::ground::Ground;
use super::places::INVITATION;

#[derive(QueryableByName)]
struct Word {
    #[diesel(sql_type = Text)]
    word: String,
}

/// Section saves per second with so many clients.
pub(crate) fn saves(ground: &Ground, answered: &Answered, clients: usize, seconds: f64) -> f64 {
    let fixed = Fixed::of(ground, answered);
    let changes: Vec<String> = (0..3)
        .map(|at| {
            format!(
                "({}, {}, :rev, {at}, 'medium.a{at}b2c3d4.medium_nazwa', 'Tygodnik Gminny', 'Tygodnik Gminny 17', '00000000000000ab', {}, now())",
                fixed.programme, fixed.invitation, fixed.access
            )
        })
        .collect();
    let script = format!(
        "{}BEGIN;\n{}\nINSERT INTO change (programme_id, invitation_id, rev, position, path, old, new, page, access_id, at) VALUES {};\nCOMMIT;\n",
        fixed.head,
        fixed.draft,
        changes.join(", ")
    );
    run(ground, "saves.sql", &script, clients, seconds)
}

/// Submissions per second with so many clients.
pub(crate) fn submits(ground: &Ground, answered: &Answered, clients: usize, seconds: f64) -> f64 {
    let fixed = Fixed::of(ground, answered);
    let (programme, invitation, access, edition) =
        (&fixed.programme, &fixed.invitation, &fixed.access, &fixed.edition);
    let answers = literal(&serde_json::to_string(&answered.sent).unwrap());
    let context = literal(&serde_json::to_string(&answered.context).unwrap());
    let version = answered.version;
    let script = format!(
        "{}SELECT gen_random_uuid() AS id \\gset\nBEGIN;\n{}\n\
         UPDATE edition SET seq = seq + 1, submissions = submissions + 1 WHERE programme_id = {programme} AND id = {edition} RETURNING submissions, seq \\gset\n\
         INSERT INTO submission (programme_id, id, edition_id, invitation_id, number, seq, form_version_id, answers, context, today, access_id, draft_rev, at) \
         VALUES ({programme}, :id, {edition}, {invitation}, :submissions, :seq, '{version}', {answers}, {context}, current_date, {access}, :rev, now());\n\
         INSERT INTO submission_event (programme_id, edition_id, seq, kind, submission_id, at) VALUES ({programme}, {edition}, :seq, 'submitted', :id, now());\n\
         INSERT INTO audit (programme_id, id, at, actor, action, subject, details) VALUES ({programme}, gen_random_uuid(), now(), \
         'access:019a0000-0001-7000-8000-000000000001', 'submission.insert', 'PROBA1', '{{\"draft_rev\": 1}}');\n\
         INSERT INTO outbox (programme_id, id, invitation_id, template, template_version, wave, recipient, params, state, message_id, attempts, next_attempt_at, created_at, updated_at) \
         VALUES ({programme}, gen_random_uuid(), {invitation}, 'potwierdzenie', 1, :id, 'anna@urzad.example', '{{}}', 'accepted', :id, 0, now(), now(), now());\n\
         COMMIT;\n",
        fixed.head, fixed.draft
    );
    run(ground, "submits.sql", &script, clients, seconds)
}

/// What all scripts name.
struct Fixed {
    head: &'static str,
    programme: String,
    edition: String,
    invitation: String,
    access: String,
    draft: String,
}

impl Fixed {
    fn of(ground: &Ground, answered: &Answered) -> Self {
        let mut connection = PgConnection::establish(&ground.database).unwrap();
        let mut word = |sql: &str| {
            let found: Word = sql_query(sql).get_result(&mut connection).unwrap();
            format!("'{}'", found.word)
        };
        let programme = word("SELECT id::text AS word FROM programme");
        let edition = word("SELECT id::text AS word FROM edition WHERE seq > 0");
        let invitation = format!("('{INVITATION}' || lpad(to_hex(:n ::int), 12, '0'))::uuid");
        let access = invitation.replace("-0000-7000", "-0001-7000");
        let answers = literal(&serde_json::to_string(&answered.draft).unwrap());
        let draft = format!(
            "UPDATE draft SET rev = rev + 1, answers = {answers}, updated_at = now() \
             WHERE programme_id = {programme} AND invitation_id = {invitation} RETURNING rev \\gset"
        );
        Self { head: "\\set n :client_id + 1\n", programme, edition, invitation, access, draft }
    }
}

/// A document as a literal. A colon before a letter or digit would be a variable of pgbench.
fn literal(json: &str) -> String {
    let colon = |(at, c): (usize, char)| {
        let word =
            json[at + c.len_utf8()..].starts_with(|next: char| next.is_ascii_alphanumeric() || next == '_');
        if c == ':' && word { "\\u003a".to_owned() } else { c.to_string() }
    };
    let text: String = json.char_indices().map(colon).collect();
    format!("'{}'::jsonb", text.replace('\'', "''"))
}

fn run(ground: &Ground, name: &str, script: &str, clients: usize, seconds: f64) -> f64 {
    let path = ground.path(name);
    std::fs::write(&path, script).unwrap();
    let threads = clients.min(2).to_string();
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a few seconds")]
    let length = (seconds.ceil() as u64).to_string();
    let output = Command::new(program())
        .args(["-n", "-M", "prepared", "-T", &length, "-c", &clients.to_string(), "-j", &threads, "-f"])
        .arg(&path)
        .arg(&ground.database)
        .output()
        .unwrap();
    let text = String::from_utf8_lossy(&output.stdout);
    let pace = text.lines().find_map(|line| line.strip_prefix("tps = ")?.split(' ').next()?.parse().ok());
    pace.unwrap_or_else(|| panic!("pgbench: {text}{}", String::from_utf8_lossy(&output.stderr)))
}

fn program() -> PathBuf {
    let versions = std::fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    let found = versions.map(|entry| entry.path().join("bin/pgbench")).find(|path| path.exists());
    found.unwrap_or_else(|| PathBuf::from("pgbench"))
}
