//! The list of questions, the counts of one, the units behind a code.

use std::collections::{BTreeMap, BTreeSet};

use actix_web::{HttpRequest, HttpResponse, web};
use form::number::Rational;
use form::polish;
use serde::Deserialize;
use sheet::Profile;

use super::super::super::State;
use super::super::super::pages::{Cell, CodingPage, CodingResultsPage, Column, Table};
use super::super::desk::{self, Desk};
use super::super::files::{self, File};
use super::{Looking, QuestionPath, address, link};
use crate::service::coding::CodedQuestion;
use crate::service::coding::bench::Progress;
use crate::service::coding::tables::{CodeTable, Reporters};
use crate::service::panel::Member;
use crate::service::{EditionName, Refused, Service};

/// What the list of questions is made of.
struct Overview {
    tables: Vec<CodeTable>,
    progress: Vec<(CodedQuestion, String, Progress)>,
}

fn overview(service: &Service, name: &EditionName) -> Result<Overview, Refused> {
    let mut progress = Vec::new();
    for asked in service.coded_questions(name)? {
        let bench = service.bench(name, &asked)?;
        progress.push((asked, bench.coding.label.clone(), bench.progress()));
    }
    Ok(Overview { tables: service.measures(name)?.codes, progress })
}

/// `GET /panel/{programme}/{edition}/kodowanie`
pub(super) async fn questions(
    request: HttpRequest,
    state: State,
    path: web::Path<(String, String)>,
) -> HttpResponse {
    let name = EditionName { programme: path.0.clone(), edition: path.1.clone() };
    desk::show(&request, &state, &name, overview, |desk, overview| CodingPage {
        layout: desk.layout("Kodowanie odpowiedzi otwartych"),
        questions: questions_table(desk, &overview),
        themes: themes(&overview.tables),
    })
    .await
}

fn questions_table(desk: &Desk<'_>, overview: &Overview) -> Table {
    let count = |count: usize| polish::integer(u64::try_from(count).unwrap_or(u64::MAX));
    let number = |some: usize| Cell::from(count(some));
    let row = |(asked, label, progress): &(CodedQuestion, String, Progress)| {
        let here = address(desk, asked);
        vec![
            Cell::link(label.clone(), here.clone()),
            Cell::from(asked.form.to_uppercase()),
            number(progress.answers),
            number(progress.open),
            number(progress.changed),
            Cell::link(count(progress.orphans), format!("{here}?stan=bez-odpowiedzi")),
            Cell::link("wyniki", format!("{here}/wyniki")),
        ]
    };
    let mut columns = vec![Column::words("Pytanie"), Column::words("Ankieta")];
    columns.extend(
        ["Odpowiedzi", "Do zakodowania", "Zmienione po zakodowaniu", "Kody bez odpowiedzi"]
            .map(Column::numbers),
    );
    columns.push(Column::words("Liczby"));
    Table {
        caption: "Pytania, na które odpowiada się własnymi słowami".into(),
        columns,
        rows: overview.progress.iter().map(row).collect(),
        empty: "Ankiety tej edycji nie mają pytań z kluczem kodowym (klucz coding).".into(),
    }
}

/// One row per theme, one column per question.
fn themes(tables: &[CodeTable]) -> Table {
    let mut names: BTreeMap<String, String> = BTreeMap::new();
    for theme in tables.iter().flat_map(|table| &table.reading.themes) {
        names.entry(theme.code.clone()).or_insert_with(|| theme.label.clone());
    }
    let cell = |table: &CodeTable, code: &str| {
        let found = table.reading.themes.iter().find(|theme| theme.code == code);
        Cell::from(found.map_or("–".into(), |theme| polish::integer(theme.count)))
    };
    let row = |(code, label): (&String, &String)| {
        let name = Cell::from(format!("{code}. {label}"));
        std::iter::once(name).chain(tables.iter().map(|table| cell(table, code))).collect()
    };
    let mut columns = vec![Column::words("Temat")];
    columns.extend(
        tables.iter().map(|table| {
            Column::numbers(&format!("{}: {}", table.form.to_uppercase(), table.reading.question))
        }),
    );
    Table {
        caption: "Liczba jednostek na temat; kreska: klucz pytania nie ma tego tematu".into(),
        columns,
        rows: names.iter().map(row).collect(),
        empty: String::new(),
    }
}

/// `GET /panel/{programme}/{edition}/kodowanie/{form}/{question}/wyniki`
pub(super) async fn counts(
    request: HttpRequest,
    state: State,
    path: web::Path<QuestionPath>,
) -> HttpResponse {
    let asked = path.asked();
    let read = move |service: &Service, name: &EditionName| {
        let smallest_base = service.programme(&name.programme)?.declared.figures.smallest_base;
        Ok((service.code_table(name, &asked)?, smallest_base))
    };
    desk::show(&request, &state, &path.edition(), read, |desk, (table, smallest_base)| {
        counts_page(desk, &path.asked(), &table, smallest_base)
    })
    .await
}

fn counts_page(
    desk: &Desk<'_>,
    asked: &CodedQuestion,
    table: &CodeTable,
    smallest_base: u64,
) -> CodingResultsPage {
    let here = address(desk, asked);
    let mut notes = vec![format!("{}.", capital(&table.base_words()))];
    notes.push("Jednostka liczy się raz dla każdego kodu i może mieć kilka kodów, więc liczb nie dodaje się do siebie.".into());
    if let Some(beside) = &table.beside {
        notes.push(format!(
            "Obok stoi ten sam kod wybrany z listy w pytaniu „{}” (odpowiedzi: {}). To osobne odpowiedzi na ten sam temat: obu kolumn nie dodaje się, bo większość jednostek jest w obu.",
            beside.label,
            polish::integer(beside.answered)
        ));
    }
    CodingResultsPage {
        layout: desk.layout(format!("Kody: {} ({})", table.reading.label, asked.form.to_uppercase())),
        back: link(here.clone(), "Wróć do kodowania"),
        hint: String::new(),
        notes,
        counts: counts_table(&here, table, smallest_base),
        links: vec![
            link(
                format!("{here}/csv?profil=excel"),
                "Odpowiedzi z kodami: CSV dla polskiego Excela (tylko do pracy w urzędzie)",
            ),
            link(
                format!("{here}/csv"),
                "Odpowiedzi z kodami: CSV jako otwarte dane (tylko do pracy w urzędzie)",
            ),
        ],
    }
}

pub(super) fn counts_table(here: &str, table: &CodeTable, smallest_base: u64) -> Table {
    let reading = &table.reading;
    // A percent of a few would only look exact.
    let percent = |share: Option<Rational>, base: u64| {
        let share = share.filter(|_| base >= smallest_base);
        Cell::from(share.map_or("–".into(), |share| polish::percent(&share, 0)))
    };
    let of_saying =
        |code: &tally::CodeCount| reading.of_saying(code.count).filter(|_| !code.kind.says_nothing());
    let mut columns = vec![Column::words("Kod")];
    columns.extend(["Jednostki (opis)", "% odpowiedzi na temat", "% wszystkich"].map(Column::numbers));
    if table.beside.is_some() {
        columns.push(Column::numbers("Jednostki (wybór z listy)"));
    }
    let rows = reading.codes.iter().map(|code| {
        let retired = if code.retired { " (wycofany)" } else { "" };
        let label = format!("{}. {}{retired}", code.code.to_uppercase(), code.label);
        let mut cells = vec![
            Cell::link(label, format!("{here}/kod/{}", code.code)),
            Cell::from(polish::integer(code.count)),
            percent(of_saying(code), reading.saying()),
            percent(reading.of_all(code.count), reading.responses),
        ];
        if let Some(beside) = &table.beside {
            let chosen = beside.counts.get(&code.code).map(|count| polish::integer(*count));
            cells.push(Cell::from(chosen.unwrap_or_else(|| "–".into())));
        }
        cells
    });
    Table {
        caption: format!("Jednostki według kodów; {}", table.base_words()),
        columns,
        rows: rows.collect(),
        empty: "Klucz nie ma żadnego kodu.".into(),
    }
}

fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

/// The question and code of an address.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct CodePath {
    programme: String,
    edition: String,
    form: String,
    question: String,
    code: String,
}

/// `GET /panel/{programme}/{edition}/kodowanie/{form}/{question}/kod/{code}`
pub(super) async fn reporters(request: HttpRequest, state: State, path: web::Path<CodePath>) -> HttpResponse {
    let CodePath { programme, edition, form, question, code } = path.into_inner();
    let asked = CodedQuestion { form, question };
    let read = move |service: &Service, member: &Member, name: &EditionName| {
        service.reporters(name, &member.actor(), &asked, &code)
    };
    let name = EditionName { programme, edition };
    desk::show_to(&request, &state, &name, read, |desk, found| reporters_page(desk, &found)).await
}

fn reporters_page(desk: &Desk<'_>, found: &Reporters) -> CodingResultsPage {
    let here = address(desk, &found.asked);
    let described: BTreeSet<&str> =
        found.answers.iter().map(|one| one.answer.invitation.unit_code.as_str()).collect();
    let both = described.iter().filter(|code| found.chosen.contains_key(**code)).count();
    let mut notes = vec![format!("Napisały o tym własnymi słowami: {}.", described.len())];
    if found.beside.is_some() {
        notes.push(format!("Wybrały to z listy: {}. W obu miejscach: {both}.", found.chosen.len()));
    }
    if found.covered > 0 {
        notes.push(format!(
            "Bez odpowiedzi próby, którą właśnie kodują Państwo drugi raz ({}): ich kody będzie tu widać po zakodowaniu całej próby.",
            found.covered
        ));
    }
    notes.push("Ta strona jest tylko do pracy w urzędzie: nazwy jednostek przy odpowiedziach nie wychodzą do raportu.".into());
    CodingResultsPage {
        layout: desk.layout(format!("{}. {}", found.code.printed(), found.code.label)),
        back: link(format!("{here}/wyniki"), "Wróć do wyników"),
        hint: found.code.hint.clone().unwrap_or_default(),
        notes,
        counts: reporters_table(found),
        links: Vec::new(),
    }
}

/// A unit with the texts in which it says the code.
type Reporter<'a> = (&'a store::Invitation, Vec<&'a str>);

/// One row per unit, those of both ways once; answers of several rows under each other.
fn reporters_table(found: &Reporters) -> Table {
    let mut units: BTreeMap<(Vec<u8>, String), Reporter<'_>> = BTreeMap::new();
    for one in &found.answers {
        let invitation = &one.answer.invitation;
        let key = (invitation.unit_sort.clone(), invitation.unit_code.clone());
        units.entry(key).or_insert_with(|| (invitation, Vec::new())).1.push(&one.answer.text);
    }
    for invitation in found.chosen.values() {
        let key = (invitation.unit_sort.clone(), invitation.unit_code.clone());
        units.entry(key).or_insert_with(|| (invitation, Vec::new()));
    }
    let rows = units.into_values().map(|(invitation, texts)| {
        let how = match (texts.is_empty(), found.chosen.contains_key(&invitation.unit_code)) {
            (true, _) => "wybór z listy",
            (false, true) => "opis i wybór z listy",
            (false, false) => "opis",
        };
        vec![
            Cell::from(invitation.unit_name.clone()),
            Cell::from(invitation.unit_code.clone()),
            Cell::from(invitation.powiat.clone().unwrap_or_else(|| "–".into())),
            Cell::from(how),
            Cell::from(texts.join(" / ")),
        ]
    });
    Table {
        caption: "Jednostki, które to zgłosiły".into(),
        columns: ["Jednostka", "Kod", "Powiat", "Jak", "Odpowiedź"].map(Column::words).into(),
        rows: rows.collect(),
        empty: "Nikt tego nie zgłosił.".into(),
    }
}

/// `GET /panel/{programme}/{edition}/kodowanie/{form}/{question}/csv`
pub(super) async fn download(
    request: HttpRequest,
    state: State,
    path: web::Path<QuestionPath>,
) -> HttpResponse {
    let looking = Looking::of(&request);
    let (name, asked) = (path.edition(), path.asked());
    let profile = match looking.profil.as_deref() {
        Some("excel") => Profile::ExcelPl,
        _ => Profile::OpenData,
    };
    files::file_for(&request, &state, &name, move |service, member, edition| {
        let table = service.codes_table_for(edition, &member.actor(), &asked)?;
        let body = sheet::write_csv(&table, profile)
            .map_err(|error| Refused::Unreadable { what: "table", cause: error.to_string() })?;
        Ok(File::of("codes", format!("kody-{}-{}.csv", asked.form, asked.question), body))
    })
    .await
}
