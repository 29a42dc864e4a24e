//! Numbers of years without responses, entered with their source.

use actix_web::{HttpRequest, HttpResponse, web};
use form::polish;

use super::super::State;
use super::super::pages::{Cell, Column, Filled, KnownPage, Table};
use super::super::post::{self, Body, Pairs};
use super::desk::{self, Desk};
use crate::service::known_totals::{Entry, Given};
use crate::service::measures::Measures;
use crate::service::page::value;
use crate::service::{EditionName, Service};

/// `GET /panel/{programme}/{edition}/podane`
pub(super) async fn show(
    request: HttpRequest,
    state: State,
    path: web::Path<(String, String)>,
) -> HttpResponse {
    let name = name(path);
    let query = post::query(&request);
    let read = |service: &Service, name: &EditionName| {
        Ok((service.measures(name)?, service.known_totals(&name.programme)?))
    };
    desk::show(&request, &state, &name, read, |desk, (measures, given)| page(desk, &measures, &given, &query))
        .await
}

fn name(path: web::Path<(String, String)>) -> EditionName {
    let (programme, edition) = path.into_inner();
    EditionName { programme, edition }
}

fn page(desk: &Desk<'_>, measures: &Measures, given: &[Given], query: &Pairs) -> KnownPage {
    let asked = |name: &str| value(query, name).unwrap_or_default().to_owned();
    let chosen = given.iter().find(|one| {
        key(one) == asked("m")
            && one.year_from.to_string() == asked("od")
            && one.year_to.to_string() == asked("do")
    });
    let named = |found: &crate::service::measures::FormReading| {
        let name = format!("{}.{}", found.form, found.reading.name);
        (name.clone(), found.reading.label.clone(), name == asked("m"))
    };
    KnownPage {
        layout: desk.layout(format!("Liczby podane: {}", desk.name)),
        action: desk.address("podane"),
        csrf: desk.csrf(),
        totals: totals(desk, measures, given),
        measures: measures.measures.iter().map(named).collect(),
        filled: chosen.map(filled).unwrap_or_default(),
    }
}

fn key(given: &Given) -> String {
    format!("{}.{}", given.form, given.measure)
}

fn filled(given: &Given) -> Filled {
    Filled {
        year_from: given.year_from.to_string(),
        year_to: if given.year_from == given.year_to { String::new() } else { given.year_to.to_string() },
        value: given.value.as_ref().map_or_else(|| "b.d.".into(), typed),
        document: given.document.clone(),
        page: given.page.clone(),
        accessed_on: polish::date_short(given.accessed_on),
        seen: given.no,
    }
}

/// A number as a person would type it.
fn typed(number: &form::number::Rational) -> String {
    crate::service::measure_tables::plain(number).replace('.', ",")
}

fn totals(desk: &Desk<'_>, measures: &Measures, given: &[Given]) -> Table {
    let address = desk.address("podane");
    let label = |one: &Given| {
        let found = measures.find(&one.form, &one.measure);
        found.map_or_else(|| key(one), |found| found.reading.label.clone())
    };
    let rows = given.iter().map(|one| {
        let edit = format!("{address}?m={}&od={}&do={}", key(one), one.year_from, one.year_to);
        vec![
            Cell::link(label(one), edit),
            Cell::from(one.years()),
            Cell::from(one.value.as_ref().map_or_else(|| "b.d.".into(), typed)),
            Cell::from(one.source()),
        ]
    });
    Table {
        caption: "Liczby podane w tym programie".into(),
        columns: vec![
            Column::words("Miernik"),
            Column::words("Lata"),
            Column::numbers("Liczba"),
            Column::words("Źródło"),
        ],
        rows: rows.collect(),
        empty: "Nie podano jeszcze żadnej liczby.".into(),
    }
}

/// `POST /panel/{programme}/{edition}/podane`
pub(super) async fn save(
    request: HttpRequest,
    state: State,
    path: web::Path<(String, String)>,
    body: Body,
) -> HttpResponse {
    let name = name(path);
    desk::change(&request, &state, &name, body, |service, member, name, pairs| {
        service.known_total_put(member, name, &entry(pairs))?;
        Ok(format!("/panel/{name}/podane"))
    })
    .await
}

fn entry(pairs: &Pairs) -> Entry {
    let field = |name: &str| value(pairs, name).unwrap_or_default().to_owned();
    Entry {
        measure: field("miernik"),
        year_from: field("od"),
        year_to: field("do"),
        value: field("liczba"),
        document: field("dokument"),
        page: field("strona"),
        accessed_on: field("dostep"),
        seen: field("_rev").parse().unwrap_or_default(),
        withdrawn: value(pairs, "wycofaj").is_some(),
    }
}
