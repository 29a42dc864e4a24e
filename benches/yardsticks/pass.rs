//! One pass of hand-written SQL that takes the main numbers of one questionnaire from the rows that the service counts.

use diesel::pg::PgConnection;
use diesel::sql_types::{BigInt, Double};
use diesel::sqlite::SqliteConnection;
use diesel::{Connection, QueryableByName, RunQueryDsl, sql_query};
use miernik::service::measures::Measures;
use serde::Deserialize;

use super::ground::{Ground, Kind};

const SQLITE: &str = "SELECT count(*) AS sent,
    total(s.answers ->> '$.media_czy' = 'tak') AS media, total(s.answers ->> '$.media_materialy') AS items,
    total(s.answers ->> '$.dokumenty_czy' = 'tak') AS documents, total(s.answers ->> '$.dokumenty_ile') AS listed,
    total(s.answers ->> '$.wydarzenia_czy' = 'tak') AS events, total(s.answers ->> '$.wydarzenia_ile') AS visits,
    total(s.answers ->> '$.zamowienia_czy' = 'tak') AS orders, total(s.answers ->> '$.problemy_czy' = 'tak') AS problems,
    total(s.answers ->> '$.potrzeby_czy' = 'tak') AS needs,
    (SELECT count(DISTINCT lower(trim(m.value ->> '$.medium_nazwa'))) FROM submission d, json_each(d.answers, '$.medium') m) AS names";

const POSTGRES: &str = "SELECT count(*) AS sent,
    count(*) FILTER (WHERE s.answers ->> 'media_czy' = 'tak')::float8 AS media, coalesce(sum((s.answers ->> 'media_materialy')::float8), 0) AS items,
    count(*) FILTER (WHERE s.answers ->> 'dokumenty_czy' = 'tak')::float8 AS documents, coalesce(sum((s.answers ->> 'dokumenty_ile')::float8), 0) AS listed,
    count(*) FILTER (WHERE s.answers ->> 'wydarzenia_czy' = 'tak')::float8 AS events, coalesce(sum((s.answers ->> 'wydarzenia_ile')::float8), 0) AS visits,
    count(*) FILTER (WHERE s.answers ->> 'zamowienia_czy' = 'tak')::float8 AS orders, count(*) FILTER (WHERE s.answers ->> 'problemy_czy' = 'tak')::float8 AS problems,
    count(*) FILTER (WHERE s.answers ->> 'potrzeby_czy' = 'tak')::float8 AS needs,
    (SELECT count(DISTINCT lower(trim(m ->> 'medium_nazwa'))) FROM submission d, jsonb_array_elements(d.answers -> 'medium') m) AS names";

/// The same rows for both: newest submissions that are not withdrawn, of one questionnaire.
const ROWS: &str = " FROM submission s JOIN invitation i ON i.programme_id = s.programme_id AND i.id = s.invitation_id
    WHERE i.form_id = 'jst' AND s.withdrawn_at IS NULL AND NOT EXISTS (SELECT 1 FROM submission n WHERE n.programme_id = s.programme_id
    AND n.invitation_id = s.invitation_id AND n.withdrawn_at IS NULL AND n.seq > s.seq)";

/// The numbers that both sides take.
#[derive(Debug, QueryableByName, Deserialize)]
pub(crate) struct Pass {
    #[diesel(sql_type = BigInt)]
    sent: i64,
    #[diesel(sql_type = Double)]
    media: f64,
    #[diesel(sql_type = Double)]
    items: f64,
    #[diesel(sql_type = Double)]
    documents: f64,
    #[diesel(sql_type = Double)]
    listed: f64,
    #[diesel(sql_type = Double)]
    events: f64,
    #[diesel(sql_type = Double)]
    visits: f64,
    #[diesel(sql_type = Double)]
    orders: f64,
    #[diesel(sql_type = Double)]
    problems: f64,
    #[diesel(sql_type = Double)]
    needs: f64,
    #[diesel(sql_type = BigInt)]
    names: i64,
}

/// Takes them.
pub(crate) fn pass(kind: Kind, ground: &Ground) -> Pass {
    match kind {
        Kind::Sqlite => {
            let mut connection = SqliteConnection::establish(&ground.database).unwrap();
            sql_query(format!("{SQLITE}{ROWS}")).get_result(&mut connection).unwrap()
        }
        Kind::Postgres => {
            let mut connection = PgConnection::establish(&ground.database).unwrap();
            sql_query(format!("{POSTGRES}{ROWS}")).get_result(&mut connection).unwrap()
        }
    }
}

/// Both must say the same, else the comparison means nothing.
pub(crate) fn compare(measures: &Measures, pass: &Pass) {
    let value = |name: &str| {
        let found = measures.measures.iter().find(|m| m.form == "jst" && m.reading.name == name);
        let document = serde_json::to_value(found.unwrap()).unwrap();
        document["value"].as_f64().unwrap()
    };
    let pairs = [
        ("media_jst", pass.media),
        ("media_artykuly", pass.items),
        ("dokumenty_jst", pass.documents),
        ("dokumenty", pass.listed),
        ("wydarzenia_jst", pass.events),
        ("wydarzenia_udzialy", pass.visits),
        ("zamowienia_jst", pass.orders),
        ("problemy_jst", pass.problems),
        ("potrzeby_jst", pass.needs),
    ];
    for (name, by_sql) in pairs {
        assert!((value(name) - by_sql).abs() < 1e-6, "{name}: {} and {by_sql}", value(name));
    }
    assert!(pass.sent > 0 && pass.names > 0);
}
