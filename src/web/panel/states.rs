//! Frozen states and errata.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use sheet::{Profile, Value};
use store::{FrozenState, StateKind};
use survey::Timestamp;

use super::super::State;
use super::super::pages::{Cell, Column, Fact, Link, StatePage, StatesPage, Table};
use super::super::post::{Body, Pairs};
use super::desk::{self, Desk, Outcome};
use super::edition_name;
use super::files::{self, File, no_file};
use super::missing::sentence;
use crate::service::page::value;
use crate::service::programmes::Known;
use crate::service::states::{Change, Correction, Freezing, Verified};
use crate::service::{EditionName, Refused, Service, measure_tables};

/// The page of the states, as one moment has them.
struct Shelf {
    frozen: bool,
    drifted: bool,
    states: Vec<FrozenState>,
    errata: Vec<Correction>,
    zone: survey::calendar::Zone,
}

/// `GET /panel/{programme}/{edition}/stany`
pub(super) async fn states(
    request: HttpRequest,
    state: State,
    path: web::Path<(String, String)>,
) -> HttpResponse {
    let name = edition_name(&path.0, &path.1);
    desk::show(&request, &state, &name, shelf, |desk, shelf| states_page(desk, &shelf, Attempt::default()))
        .await
}

fn shelf(service: &Service, name: &EditionName) -> Result<Shelf, Refused> {
    let (programme, edition) = service.edition(name)?;
    let now = service.figures(name)?;
    Ok(Shelf {
        frozen: edition.frozen,
        drifted: edition.frozen && !now.as_of.frozen,
        states: service.states(name)?,
        errata: service.errata(name)?,
        zone: Known::zone(&programme),
    })
}

fn states_page(desk: &Desk<'_>, shelf: &Shelf, attempt: Attempt) -> StatesPage {
    let address = desk.address("stany");
    let rows = shelf.states.iter().rev().map(|state| {
        vec![
            Cell::link(state.label.clone(), format!("{address}/{}", state.name)),
            Cell::from(kind_words(state.kind)),
            Cell::from(moment(shelf.zone, state.created_at)),
            Cell::from(person(&state.actor)),
            Cell::from(format!("zdarzenie nr {}", state.seq)),
            Cell::from(short(&state.hash)),
        ]
    });
    let errata = shelf.errata.iter().rev().map(|found| {
        vec![
            Cell::link(format!("Errata {}", found.row.no), desk.address(&format!("errata/{}", found.row.no))),
            Cell::from(format!("{} → {}", found.row.from_state, found.row.to_state)),
            Cell::from(found.row.reason.clone()),
            Cell::from(found.changes.len() as u64),
            Cell::from(moment(shelf.zone, found.row.created_at)),
        ]
    });
    StatesPage {
        layout: desk
            .layout(format!("Zamrożone stany edycji {}", desk.name))
            .with_errors(!attempt.troubles.is_empty()),
        troubles: attempt.troubles.iter().map(|line| sentence(line)).collect(),
        label: attempt.label,
        csrf: desk.csrf(),
        frozen: shelf.frozen,
        drifted: shelf.drifted,
        kinds: KINDS.map(|kind| (kind.as_str(), kind_words(kind), attempt.kind == kind.as_str())).into(),
        names: shelf.states.iter().map(|state| (state.name.clone(), state.label.clone())).collect(),
        states: Table {
            caption: "Zamrożone stany, najnowszy pierwszy".into(),
            columns: ["Stan", "Dla kogo", "Kiedy", "Kto", "Policzono do", "SHA-256 (początek)"]
                .map(Column::words)
                .into(),
            rows: rows.collect(),
            empty: "Nie ma jeszcze zamrożonych stanów.".into(),
        },
        errata: Table {
            caption: "Erraty, najnowsza pierwsza".into(),
            columns: vec![
                Column::words("Errata"),
                Column::words("Stany"),
                Column::words("Powód"),
                Column::numbers("Zmienione liczby"),
                Column::words("Kiedy"),
            ],
            rows: errata.collect(),
            empty: "Nie ma errat. Errata porównuje dwa zamrożone stany.".into(),
        },
        errata_address: desk.address("errata"),
        address,
    }
}

const KINDS: [StateKind; 3] = [StateKind::Rkres, StateKind::Board, StateKind::Published];

fn kind_words(kind: StateKind) -> &'static str {
    match kind {
        StateKind::Rkres => "RKRES",
        StateKind::Board => "Zarząd Województwa",
        StateKind::Published => "wszyscy (opublikowany)",
    }
}

/// The beginning of a hash, enough to compare by eye.
fn short(hash: &str) -> String {
    format!("{}…", hash.chars().take(12).collect::<String>())
}

/// A moment in the zone of the programme.
pub(super) fn moment(zone: survey::calendar::Zone, at: Timestamp) -> String {
    at.to_utc().with_timezone(&zone.tz()).format("%d.%m.%Y %H:%M").to_string()
}

/// `user:anna` as people know her.
pub(super) fn person(actor: &str) -> String {
    match actor.strip_prefix("user:") {
        Some(login) => login.to_owned(),
        None if actor == "command" => "polecenie".to_owned(),
        None => actor.to_owned(),
    }
}

/// `POST /panel/{programme}/{edition}/stany`
pub(super) async fn freeze(
    request: HttpRequest,
    state: State,
    path: web::Path<(String, String)>,
    body: Body,
) -> HttpResponse {
    let name = edition_name(&path.0, &path.1);
    let work = |service: &Service, actor: &str, name: &EditionName, pairs: &Pairs| {
        let attempt = Attempt::of(pairs);
        match attempt.frozen(service, name, actor) {
            Ok(state) => Ok(Outcome::Done(format!("/panel/{name}/stany/{state}"))),
            Err(Refused::Input(troubles)) => {
                let attempt = Attempt { troubles, ..attempt };
                Ok(Outcome::Again(StatusCode::UNPROCESSABLE_ENTITY, (shelf(service, name)?, attempt)))
            }
            Err(other) => Err(other),
        }
    };
    desk::save(&request, &state, &name, body, work, |desk, (shelf, attempt)| {
        states_page(desk, &shelf, attempt)
    })
    .await
}

/// What somebody typed who wants to freeze, and why that did not go.
#[derive(Default)]
struct Attempt {
    label: String,
    kind: String,
    troubles: Vec<String>,
}

impl Attempt {
    fn of(pairs: &Pairs) -> Self {
        let field = |name| value(pairs, name).unwrap_or_default().to_owned();
        Self { label: field("opis"), kind: field("rodzaj"), troubles: Vec::new() }
    }

    /// Freezes; gives the name of the state.
    fn frozen(&self, service: &Service, name: &EditionName, actor: &str) -> Result<String, Refused> {
        let mut troubles = Vec::new();
        if self.label.trim().is_empty() {
            troubles.push("Proszę wpisać, po co jest ten stan.".to_owned());
        }
        let kind = StateKind::parse(&self.kind);
        let Some(kind) = kind.filter(|_| troubles.is_empty()) else {
            if kind.is_none() {
                troubles.push("Proszę wybrać, dla kogo jest ten stan.".to_owned());
            }
            return Err(Refused::Input(troubles));
        };
        let wish = Freezing { name: None, kind, label: self.label.clone() };
        Ok(service.freeze(name, &wish, actor)?.row.name)
    }
}

/// `POST /panel/{programme}/{edition}/stany/odmroz`
pub(super) async fn unfreeze(
    request: HttpRequest,
    state: State,
    path: web::Path<(String, String)>,
    body: Body,
) -> HttpResponse {
    let name = edition_name(&path.0, &path.1);
    desk::change(&request, &state, &name, body, |service, member, name, _| {
        service.unfreeze(name, &member.actor())?;
        Ok(format!("/panel/{name}/stany"))
    })
    .await
}

/// `GET /panel/{programme}/{edition}/stany/{state}`
pub(super) async fn one(
    request: HttpRequest,
    state: State,
    path: web::Path<(String, String, String)>,
) -> HttpResponse {
    let (programme, edition, wanted) = path.into_inner();
    let name = edition_name(&programme, &edition);
    let read = move |service: &Service, name: &EditionName| {
        let (programme, _) = service.edition(name)?;
        let state = service.state(name, &wanted)?;
        Ok((state, service.verify(name, &wanted)?, programme.zone()))
    };
    desk::show(&request, &state, &name, read, |desk, (state, verified, zone)| {
        state_page(desk, &state.row, &verified, state.figures.figures.len(), zone)
    })
    .await
}

fn state_page(
    desk: &Desk<'_>,
    row: &FrozenState,
    verified: &Verified,
    numbers: usize,
    zone: survey::calendar::Zone,
) -> StatePage {
    let address = format!("{}/{}", desk.address("stany"), row.name);
    let download = |file: &str, text: &str| Link {
        href: format!("{address}/{file}"),
        text: text.to_owned(),
        current: false,
    };
    StatePage {
        layout: desk.layout(format!("Stan „{}” edycji {}", row.label, desk.name)),
        back: desk.address("stany"),
        verdict: Some(verdict(verified)),
        good: verified.changes.is_empty(),
        facts: vec![
            fact("Nazwa w poleceniach", &row.name),
            fact("Dla kogo", kind_words(row.kind)),
            fact("Zamrożono", &format!("{}, {}", moment(zone, row.created_at), person(&row.actor))),
            fact("Policzono do", &format!("zdarzenia nr {}", row.seq)),
            fact("Liczb", &form::polish::integer(numbers as u64)),
            fact("Wersja programu", &row.program),
            fact("SHA-256 liczb", &row.hash),
            fact("Rozdział", &kept_words(verified)),
        ],
        downloads: vec![
            download("liczby.json", "Liczby pod sumą kontrolną (JSON)"),
            download("mierniki.json", "Mierniki (JSON)"),
            download("mierniki.csv", "Mierniki (CSV jako otwarte dane)"),
            download("mierniki-excel.csv", "Mierniki (CSV dla polskiego Excela)"),
        ],
        changes: (!verified.changes.is_empty())
            .then(|| changes_table("Liczby, które dziś wychodzą inaczej", &verified.changes)),
    }
}

fn kept_words(verified: &Verified) -> String {
    match &verified.chapter {
        Some(hash) => format!("zamrożony razem z liczbami, SHA-256 {hash}"),
        None => "nie jest zamrożony: stan powstał, zanim program zaczął to robić".into(),
    }
}

fn verdict(verified: &Verified) -> String {
    if verified.same {
        return "Policzone jeszcze raz liczby są takie same co do bajta.".into();
    }
    let moved = match verified.seq == verified.seq_now {
        true => String::new(),
        false => format!(" Od zamrożenia przybyły zdarzenia: teraz jest ich {}.", verified.seq_now),
    };
    match verified.changes.len() {
        0 => format!("Wszystkie liczby są takie same, inny jest tylko opis albo stan liczenia.{moved}"),
        n => {
            let words =
                form::polish::plural_of(n as u64, "liczba wychodzi", "liczby wychodzą", "liczb wychodzi");
            format!("Dziś {n} {words} inaczej niż w tym stanie. Stan pozostaje, jaki był.{moved}")
        }
    }
}

fn fact(term: &str, value: &str) -> Fact {
    Fact { term: term.to_owned(), value: value.to_owned() }
}

fn changes_table(caption: &str, changes: &[Change]) -> Table {
    let none = || "brak".to_owned();
    Table {
        caption: caption.to_owned(),
        columns: vec![
            Column::words("Co"),
            Column::numbers("Było"),
            Column::numbers("Jest"),
            Column::words("Klucz liczby"),
        ],
        rows: changes
            .iter()
            .map(|change| {
                vec![
                    Cell::from(change.label.clone()),
                    Cell::from(change.old.clone().unwrap_or_else(none)),
                    Cell::from(change.new.clone().unwrap_or_else(none)),
                    Cell::from(change.key.clone()),
                ]
            })
            .collect(),
        empty: String::new(),
    }
}

/// `GET /panel/{programme}/{edition}/stany/{state}/{file}`
pub(super) async fn download(
    request: HttpRequest,
    state: State,
    path: web::Path<(String, String, String, String)>,
) -> HttpResponse {
    let (programme, edition, wanted, file) = path.into_inner();
    files::file(&request, &state, &edition_name(&programme, &edition), move |service, edition| {
        let body = state_file(service, edition, &wanted, &file)?;
        Ok(File { trail: format!("stan {wanted}, {file}"), name: format!("{wanted}-{file}"), body })
    })
    .await
}

fn state_file(service: &Service, name: &EditionName, state: &str, file: &str) -> Result<Vec<u8>, Refused> {
    let measures = || service.state_measures(name, state);
    match file {
        "liczby.json" => Ok(service.state(name, state)?.row.figures.into_bytes()),
        "mierniki.json" => Ok(measure_tables::json(&measures()?)),
        "mierniki.csv" => Ok(measure_tables::csv(&measures()?, Profile::OpenData)),
        "mierniki-excel.csv" => Ok(measure_tables::csv(&measures()?, Profile::ExcelPl)),
        other => Err(no_file(name, other)),
    }
}

/// `POST /panel/{programme}/{edition}/errata`
pub(super) async fn add_erratum(
    request: HttpRequest,
    state: State,
    path: web::Path<(String, String)>,
    body: Body,
) -> HttpResponse {
    let name = edition_name(&path.0, &path.1);
    desk::change(&request, &state, &name, body, |service, member, name, pairs| {
        let field = |name| value(pairs, name).unwrap_or_default();
        let found = service.erratum_add(name, (field("od"), field("do")), field("powod"), &member.actor())?;
        Ok(format!("/panel/{name}/errata/{}", found.row.no))
    })
    .await
}

/// `GET /panel/{programme}/{edition}/errata/{no}`
pub(super) async fn erratum(
    request: HttpRequest,
    state: State,
    path: web::Path<(String, String, String)>,
) -> HttpResponse {
    let (programme, edition, no) = path.into_inner();
    let name = edition_name(&programme, &edition);
    let read = move |service: &Service, name: &EditionName| {
        let (programme, _) = service.edition(name)?;
        Ok((service.erratum(name, number(&no))?, programme.zone()))
    };
    desk::show(&request, &state, &name, read, |desk, (found, zone)| {
        let row = &found.row;
        StatePage {
            layout: desk.layout(format!("Errata {} edycji {}", row.no, desk.name)),
            back: desk.address("stany"),
            verdict: None,
            good: true,
            facts: vec![
                fact("Powód", &row.reason),
                fact("Stan poprawiany", &row.from_state),
                fact("Stan poprawiony", &row.to_state),
                fact("Ogłoszono", &format!("{}, {}", moment(zone, row.created_at), person(&row.actor))),
            ],
            downloads: vec![Link {
                href: desk.address(&format!("errata/{}/zmiany.csv", row.no)),
                text: "Zmienione liczby (CSV dla polskiego Excela)".into(),
                current: false,
            }],
            changes: Some(changes_table("Liczby, które się zmieniły", &found.changes)),
        }
    })
    .await
}

/// Numbers of errata begin with 1, so what is no number finds nothing.
fn number(text: &str) -> i32 {
    text.parse().unwrap_or_default()
}

/// `GET /panel/{programme}/{edition}/errata/{no}/zmiany.csv`
pub(super) async fn erratum_file(
    request: HttpRequest,
    state: State,
    path: web::Path<(String, String, String)>,
) -> HttpResponse {
    let (programme, edition, no) = path.into_inner();
    files::file(&request, &state, &edition_name(&programme, &edition), move |service, edition| {
        let found = service.erratum(edition, number(&no))?;
        let no = found.row.no;
        Ok(File {
            name: format!("errata-{no}.csv"),
            trail: format!("errata {no}"),
            body: erratum_csv(&found),
        })
    })
    .await
}

fn erratum_csv(found: &Correction) -> Vec<u8> {
    let columns = [
        ("Errata", "errata"),
        ("Stan poprawiany", "stan_poprawiany"),
        ("Stan poprawiony", "stan_poprawiony"),
        ("Klucz liczby", "klucz"),
        ("Co", "opis"),
        ("Było", "bylo"),
        ("Jest", "jest"),
        ("Powód", "powod"),
    ];
    let text = |words: &str| Value::Text(words.to_owned());
    let maybe = |words: &Option<String>| words.as_deref().map_or(Value::Empty, text);
    let rows = found.changes.iter().map(|change| {
        vec![
            Value::Integer(found.row.no.into()),
            text(&found.row.from_state),
            text(&found.row.to_state),
            text(&change.key),
            text(&change.label),
            maybe(&change.old),
            maybe(&change.new),
            text(&found.row.reason),
        ]
    });
    let columns = columns.map(|(title, name)| sheet::Column::named(title, name)).into();
    let table = sheet::Table { columns, rows: rows.collect() };
    sheet::write_csv(&table, Profile::ExcelPl).expect("rows as wide as the header")
}
