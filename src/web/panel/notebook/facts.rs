//! The facts of the year.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use chrono::NaiveDate;
use form::polish;
use survey::calendar::Zone;

use super::super::super::State;
use super::super::super::pages::{
    Cell, Column, Fact as Line, FactLine, FactPage, FactsPage, Table, VersionView,
};
use super::super::super::post::{Body, Pairs};
use super::super::desk::{self, Desk, Outcome};
use super::super::edition_name;
use super::super::states::{moment, person};
use crate::service::notebook::{Fact, FactSource, History, Notebook, Saved, Version};
use crate::service::page::value;
use crate::service::{EditionName, Refused, Service};

/// `GET /panel/{programme}/{edition}/notatnik/fakty`
pub(in crate::web::panel) async fn facts(
    request: HttpRequest,
    state: State,
    path: web::Path<(String, String)>,
) -> HttpResponse {
    let name = edition_name(&path.0, &path.1);
    desk::show(&request, &state, &name, Service::notebook, |desk, book| list(desk, &book)).await
}

fn list(desk: &Desk<'_>, book: &Notebook) -> FactsPage {
    let rows = book.facts().map(|(slug, fact)| {
        let address = desk.address(&format!("notatnik/fakty/{slug}"));
        let number = fact.number().map(|number| format!("{} {}", tally::printed(&number), fact.unit_word()));
        vec![
            Cell::link(fact.event.clone(), address),
            Cell::from(fact.days()),
            Cell::from(number.unwrap_or_default()),
            Cell::from(fact.source.document.clone()),
            Cell::from(book.places_of(slug).join(", ")),
            Cell::from(slug),
        ]
    });
    FactsPage {
        layout: desk.layout(format!("Fakty roku, edycja {}", desk.name)),
        back: desk.address("notatnik"),
        new_address: desk.address("notatnik/fakty/nowy"),
        facts: Table {
            caption: "Fakty roku".into(),
            columns: [
                "Wydarzenie lub liczba",
                "Dzień",
                "Liczba",
                "Źródło",
                "Stoi w wierszach",
                "Nazwa w tekstach",
            ]
            .map(Column::words)
            .into(),
            rows: rows.collect(),
            empty: "Nie ma jeszcze faktów.".into(),
        },
    }
}

/// What the page of a fact is drawn from.
struct Sheet {
    zone: Zone,
    slug: Option<String>,
    history: Option<History<Fact>>,
    places: Vec<String>,
}

/// What is to be drawn instead of the stored fact.
#[derive(Default)]
struct Attempt {
    mine: Option<Typed>,
    rev: Option<i32>,
    troubles: Vec<String>,
    theirs: Option<Version<Fact>>,
}

/// A fact as it stands in the fields, whether its days can be read or not.
#[derive(Clone, Default)]
struct Typed {
    fact: Fact,
    from: String,
    to: String,
    accessed: String,
}

fn sheet(service: &Service, name: &EditionName, slug: Option<String>) -> Result<Sheet, Refused> {
    let (programme, _) = service.edition(name)?;
    let mut book = service.notebook(name)?;
    let places = slug.as_deref().map(|slug| book.places_of(slug)).unwrap_or_default();
    let places = places.into_iter().map(str::to_owned).collect();
    let history = slug.as_ref().and_then(|slug| book.facts.remove(slug));
    if slug.is_some() && history.is_none() {
        return Err(Refused::NotThere(format!("{name}, fakt {}", slug.unwrap_or_default())));
    }
    Ok(Sheet { zone: programme.zone(), slug, history, places })
}

/// `GET /panel/{programme}/{edition}/notatnik/fakty/nowy`
pub(in crate::web::panel) async fn new_fact(
    request: HttpRequest,
    state: State,
    path: web::Path<(String, String)>,
) -> HttpResponse {
    let name = edition_name(&path.0, &path.1);
    let read = |service: &Service, name: &EditionName| sheet(service, name, None);
    desk::show(&request, &state, &name, read, |desk, sheet| page(desk, &sheet, Attempt::default())).await
}

/// `GET /panel/{programme}/{edition}/notatnik/fakty/{fact}`
pub(in crate::web::panel) async fn one_fact(
    request: HttpRequest,
    state: State,
    path: web::Path<(String, String, String)>,
) -> HttpResponse {
    let (programme, edition, slug) = path.into_inner();
    let name = edition_name(&programme, &edition);
    let read = move |service: &Service, name: &EditionName| sheet(service, name, Some(slug));
    desk::show(&request, &state, &name, read, |desk, sheet| page(desk, &sheet, Attempt::default())).await
}

/// `POST /panel/{programme}/{edition}/notatnik/fakty/nowy`
pub(in crate::web::panel) async fn save_new_fact(
    request: HttpRequest,
    state: State,
    path: web::Path<(String, String)>,
    body: Body,
) -> HttpResponse {
    save(&request, &state, &edition_name(&path.0, &path.1), None, body).await
}

/// `POST /panel/{programme}/{edition}/notatnik/fakty/{fact}`
pub(in crate::web::panel) async fn save_fact(
    request: HttpRequest,
    state: State,
    path: web::Path<(String, String, String)>,
    body: Body,
) -> HttpResponse {
    let (programme, edition, slug) = path.into_inner();
    save(&request, &state, &edition_name(&programme, &edition), Some(slug), body).await
}

async fn save(
    request: &HttpRequest,
    state: &State,
    name: &EditionName,
    slug: Option<String>,
    body: Body,
) -> HttpResponse {
    let work = move |service: &Service, actor: &str, name: &EditionName, pairs: &Pairs| {
        let sheet = sheet(service, name, slug.clone())?;
        let rev = value(pairs, "_rev").and_then(|rev| rev.parse().ok()).unwrap_or(-1);
        let (mine, mut troubles) = typed(pairs);
        let saved = match troubles.is_empty() {
            true => service.fact_save(name, slug.as_deref(), rev, &mine.fact, actor),
            false => Err(Refused::Input(std::mem::take(&mut troubles))),
        };
        let (status, attempt) = match saved {
            Ok((_, Saved::Stored(_) | Saved::Same)) => {
                return Ok(Outcome::Done(format!("/panel/{name}/notatnik/fakty")));
            }
            Ok((_, Saved::Overtaken(theirs))) => {
                let attempt =
                    Attempt { mine: Some(mine), rev: None, troubles: Vec::new(), theirs: Some(theirs) };
                (StatusCode::CONFLICT, attempt)
            }
            Err(Refused::Input(troubles)) => {
                let attempt = Attempt { mine: Some(mine), rev: Some(rev), troubles, theirs: None };
                (StatusCode::UNPROCESSABLE_ENTITY, attempt)
            }
            Err(other) => return Err(other),
        };
        Ok(Outcome::Again(status, (sheet, attempt)))
    };
    desk::save(request, state, name, body, work, |desk, (sheet, attempt)| page(desk, &sheet, attempt)).await
}

/// What was typed, and the days that cannot be read.
fn typed(pairs: &Pairs) -> (Typed, Vec<String>) {
    let field =
        |name: &str| pairs.iter().rev().find(|(key, _)| key == name).map_or("", |(_, text)| text.trim());
    let mut troubles = Vec::new();
    let mut day = |name: &str, what: &str| -> (Option<NaiveDate>, String) {
        let text = field(name);
        let read = (!text.is_empty()).then(|| polish::read_date(text));
        if matches!(read, Some(Err(_))) {
            troubles.push(format!("{what}: „{text}” nie jest dniem. Proszę wpisać np. 17.09.2024"));
        }
        (read.and_then(Result::ok), text.to_owned())
    };
    let (from, from_text) = day("od", "pierwszy dzień");
    let (to, to_text) = day("do", "ostatni dzień");
    let (accessed, accessed_text) = day("dostep", "dzień dostępu");
    let fact = Fact {
        event: field("wydarzenie").to_owned(),
        from,
        to,
        number: Some(field("liczba").to_owned()).filter(|number| !number.is_empty()),
        unit: field("jednostka").to_owned(),
        text: field("zdanie").to_owned(),
        source: FactSource {
            document: field("dokument").to_owned(),
            page: field("strona").to_owned(),
            accessed,
        },
        withdrawn: field("wycofany") == "1",
    };
    (Typed { fact, from: from_text, to: to_text, accessed: accessed_text }, troubles)
}

fn page(desk: &Desk<'_>, sheet: &Sheet, attempt: Attempt) -> FactPage {
    let newest = sheet.history.as_ref().map(History::newest);
    let shown = attempt.mine.unwrap_or_else(|| newest.map(|v| of_stored(&v.content)).unwrap_or_default());
    let wrong = !attempt.troubles.is_empty() || attempt.theirs.is_some();
    let (title, action) = match &sheet.slug {
        None => ("Nowy fakt".to_owned(), desk.address("notatnik/fakty/nowy")),
        Some(slug) => (format!("Fakt „{slug}”"), desk.address(&format!("notatnik/fakty/{slug}"))),
    };
    let line = |term: &str, value: String| Line { term: term.into(), value };
    let about = sheet.slug.as_ref().map(|slug| {
        let places = match sheet.places.is_empty() {
            true => "w żadnym".to_owned(),
            false => sheet.places.join(", "),
        };
        vec![line("Nazwa w tekstach", format!("{{{slug}}}")), line("Stoi w wierszach", places)]
    });
    let history = sheet.history.iter().flat_map(History::versions);
    FactPage {
        layout: desk.layout(format!("{title}, edycja {}", desk.name)).with_errors(wrong),
        back: desk.address("notatnik/fakty"),
        csrf: desk.csrf(),
        action,
        about: about.unwrap_or_default(),
        rev: attempt.rev.unwrap_or_else(|| newest.map_or(0, |version| version.rev)),
        overtaken: attempt.theirs.as_ref().map(|theirs| {
            let (who, when) = (person(&theirs.actor), moment(sheet.zone, theirs.at));
            format!("W międzyczasie ten fakt zapisał(a) {who} ({when}).")
        }),
        theirs: attempt.theirs.as_ref().map(|theirs| said(&theirs.content)).unwrap_or_default(),
        troubles: attempt.troubles,
        withdrawn: shown.fact.withdrawn,
        lines: lines(&shown),
        history: history
            .map(|version| VersionView {
                title: format!(
                    "Wersja {}: {}, {}",
                    version.rev,
                    person(&version.actor),
                    moment(sheet.zone, version.at)
                ),
                facts: said(&version.content),
            })
            .collect(),
    }
}

fn of_stored(fact: &Fact) -> Typed {
    let day = |day: Option<NaiveDate>| day.map(polish::date_short).unwrap_or_default();
    Typed { from: day(fact.from), to: day(fact.to), accessed: day(fact.source.accessed), fact: fact.clone() }
}

fn lines(typed: &Typed) -> Vec<FactLine> {
    let line = |name, label, hint, value: &str, width, tall| FactLine {
        name,
        label,
        hint,
        value: value.to_owned(),
        width,
        tall,
    };
    let fact = &typed.fact;
    vec![
        line(
            "wydarzenie",
            "Wydarzenie lub liczba",
            "Na przykład: Posiedzenia RKRES WM.",
            &fact.event,
            "l",
            false,
        ),
        line("od", "Pierwszy dzień (jeśli jest)", "", &typed.from, "s", false),
        line("do", "Ostatni dzień (jeśli trwało dłużej)", "", &typed.to, "s", false),
        line("liczba", "Liczba (jeśli jest)", "", fact.number.as_deref().unwrap_or_default(), "s", false),
        line(
            "jednostka",
            "Jednostka",
            "Jedno słowo albo trzy formy: dla 1, 2–4 i 5, na przykład: posiedzenie|posiedzenia|posiedzeń.",
            &fact.unit,
            "l",
            false,
        ),
        line(
            "zdanie",
            "Zdanie w raporcie",
            "{liczba}, {jednostka} i {data} wstawiają się same. Puste: zdanie powstanie z pól powyżej.",
            &fact.text,
            "l",
            true,
        ),
        line("dokument", "Dokument, z którego to wiadomo", "", &fact.source.document, "l", false),
        line("strona", "Strona", "", &fact.source.page, "s", false),
        line("dostep", "Dzień dostępu", "", &typed.accessed, "s", false),
    ]
}

/// A fact as terms and texts.
fn said(fact: &Fact) -> Vec<Line> {
    let mut said = vec![("Wydarzenie lub liczba", fact.event.clone()), ("Dzień", fact.days())];
    said.push(("Liczba", fact.number.clone().unwrap_or_default()));
    said.push(("Jednostka", fact.unit.clone()));
    said.push(("Zdanie", fact.text.clone()));
    said.push(("Źródło", fact.footnote().unwrap_or_default()));
    if fact.withdrawn {
        said.push(("Wycofany", "tak".into()));
    }
    let lines = said.into_iter().filter(|(_, value)| !value.is_empty());
    lines.map(|(term, value)| Line { term: term.into(), value }).collect()
}
