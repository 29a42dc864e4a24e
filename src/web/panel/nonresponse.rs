//! Who did not answer, and whether it matters.

use actix_web::{HttpRequest, HttpResponse, web};
use form::number::Rational;
use form::polish;

use sheet::Profile;

use super::super::State;
use super::super::pages::{Cell, Column, Fact, Link, Picture, SheetBlock, SheetPage, Svg, Table, coverage};
use super::cross::INSIDE;
use super::desk::{self, Desk};
use super::edition_name;
use super::files::{self, File, no_file};
use crate::service::nonresponse::{Grouped, Response, Weighed};
use crate::service::{Refused, Service, turnout};

/// The tables of groups as files, with what each link says.
const FILES: [(&str, &str); 3] = [
    ("braki-odpowiedzi-excel.csv", "Zwrotność według grup (CSV dla polskiego Excela, bez małych grup)"),
    ("braki-odpowiedzi.csv", "Zwrotność według grup (CSV jako otwarte dane, bez małych grup)"),
    ("braki-odpowiedzi.xlsx", "Zwrotność według grup (Excel, bez małych grup)"),
];

/// `GET /panel/{programme}/{edition}/braki-odpowiedzi/{file}`
pub(super) async fn download(
    request: HttpRequest,
    state: State,
    path: web::Path<(String, String, String)>,
) -> HttpResponse {
    let (programme, edition, file) = path.into_inner();
    files::file(&request, &state, &edition_name(&programme, &edition), move |service, edition| {
        let (found, figures) = (service.nonresponse(edition)?, service.figures(edition)?);
        let about = turnout::About { edition: &figures.edition, synthetic: figures.synthetic };
        let body = match file.as_str() {
            "braki-odpowiedzi.csv" => turnout::csv(&found, about, Profile::OpenData),
            "braki-odpowiedzi-excel.csv" => turnout::csv(&found, about, Profile::ExcelPl),
            "braki-odpowiedzi.xlsx" => {
                let written = turnout::xlsx(&found, about, figures.hash());
                written.map_err(|error| Refused::Unreadable { what: "workbook", cause: error.to_string() })?
            }
            _ => return Err(no_file(edition, &file)),
        };
        Ok(File::of("nonresponse", file, body))
    })
    .await
}

/// `GET /panel/{programme}/{edition}/braki-odpowiedzi`
pub(super) async fn nonresponse(
    request: HttpRequest,
    state: State,
    path: web::Path<(String, String)>,
) -> HttpResponse {
    desk::show(&request, &state, &edition_name(&path.0, &path.1), Service::nonresponse, |desk, found| {
        page(desk, &found)
    })
    .await
}

fn page(desk: &Desk<'_>, found: &[Response]) -> SheetPage {
    SheetPage {
        layout: desk.layout("Braki odpowiedzi"),
        back: None,
        lead: vec![
            "To badanie wszystkich zaproszonych, nie próby. Obok liczb stoi więc, ile jednostek odpowiedziało z ilu zaproszonych. Nazwy jednostek bez odpowiedzi są tylko w panelu.".into(),
        ],
        facts: found
            .iter()
            .map(|one| Fact {
                term: format!("Ankieta {}", one.form.to_uppercase()),
                value: coverage(one.whole.answered, one.whole.asked, one.rules.smallest_base),
            })
            .collect(),
        downloads: FILES
            .iter()
            .map(|(file, text)| Link {
                href: format!("{}/{file}", desk.address("braki-odpowiedzi")),
                text: (*text).into(),
                current: false,
            })
            .collect(),
        blocks: found.iter().flat_map(blocks).collect(),
    }
}

fn blocks(found: &Response) -> Vec<SheetBlock> {
    let form = found.form.to_uppercase();
    let mut blocks = vec![
        SheetBlock {
            id: format!("zdanie-{}", found.form),
            heading: format!("Ankieta {form}: zdanie do aneksu"),
            paragraphs: vec![found.sentence.clone()],
            ..SheetBlock::default()
        },
        SheetBlock {
            id: format!("grupy-{}", found.form),
            heading: format!("Ankieta {form}: kto odpowiedział"),
            paragraphs: vec![
                "Indeks 100 znaczy, że grupa odpowiadała tak często jak wszyscy; większy – częściej, mniejszy – rzadziej.".into(),
            ],
            pictures: found.groups.first().and_then(|one| bars(found, one, &form)).into_iter().collect(),
            tables: found.groups.iter().map(|one| groups(found, one, &form)).collect(),
            ..SheetBlock::default()
        },
    ];
    if !found.weighed.is_empty() {
        blocks.push(SheetBlock {
            id: format!("waga-{}", found.form),
            heading: format!("Ankieta {form}: czy to ma znaczenie"),
            paragraphs: vec![
                "Ilustracja: ile wyniósłby odsetek, gdyby każdy rodzaj jednostek ważył tyle, ilu ich zaproszono. Nie zastępuje liczby w raporcie.".into(),
            ],
            tables: vec![weighed(&found.weighed, &form)],
            ..SheetBlock::default()
        });
    }
    blocks.push(SheetBlock {
        id: format!("dni-{}", found.form),
        heading: format!("Ankieta {form}: złożenia według dni"),
        pictures: grown(found, &form).into_iter().collect(),
        tables: vec![curve(found, &form)],
        ..SheetBlock::default()
    });
    blocks.push(SheetBlock {
        id: format!("brak-{}", found.form),
        heading: format!("Ankieta {form}: bez odpowiedzi"),
        paragraphs: vec!["Ta lista jest tylko w panelu.".into()],
        tables: vec![missing(found, &form)],
        ..SheetBlock::default()
    });
    blocks
}

fn bars(found: &Response, grouped: &Grouped, form: &str) -> Option<Picture> {
    let title = format!("Ankieta {form}: złożone z zaproszonych, według: {}", grouped.name);
    let drawn = turnout::bars(grouped, found.rules.smallest_base, &title, INSIDE)?;
    let caption = format!("{title}. Jaśniejszy pasek to zaproszone. Te same liczby są w tabeli.");
    Some(Picture { caption, svg: Svg::bars(&drawn) })
}

fn grown(found: &Response, form: &str) -> Option<Picture> {
    let title = format!("Ankieta {form}: złożone z upływem dni");
    let drawn = turnout::curve(found, &found.curve, &title)?;
    Some(Picture { caption: format!("{title}. Te same liczby są w tabeli."), svg: Svg::curve(&drawn) })
}

fn percent(share: Option<&Rational>) -> String {
    share.map_or_else(|| "–".into(), |share| polish::percent(share, 0))
}

fn groups(found: &Response, grouped: &Grouped, form: &str) -> Table {
    let row = |(weight, is_shown): &(tally::Weight, bool)| {
        let note = if *is_shown { "" } else { INSIDE };
        vec![
            Cell::from(weight.turnout.name.clone()).noting(note),
            Cell::from(weight.turnout.answered),
            Cell::from(weight.turnout.asked),
            Cell::from(percent(weight.turnout.percentage(found.rules.smallest_base).as_ref())),
            Cell::from(percent(weight.of_frame.as_ref())),
            Cell::from(percent(weight.of_answers.as_ref())),
            Cell::from(weight.index.as_ref().map_or_else(|| "–".into(), |index| polish::decimal(index, 0))),
        ]
    };
    let numbers =
        ["Złożone", "Zaproszone", "Odsetek odpowiedzi", "Część zaproszonych", "Część złożonych", "Indeks"];
    let columns = [Column::words(&grouped.name)].into_iter().chain(numbers.map(Column::numbers));
    Table {
        caption: format!("Ankieta {form}, według: {}", grouped.name),
        columns: columns.collect(),
        rows: grouped.groups.iter().map(row).collect(),
        empty: "Nikogo nie zaproszono.".into(),
    }
}

fn weighed(found: &[Weighed], form: &str) -> Table {
    let row = |one: &Weighed| {
        let left_out = match one.left_out {
            0 => String::new(),
            n => format!("nie zważono {} jednostek z rodzajów bez podstawy", polish::integer(n)),
        };
        vec![
            Cell::from(one.label.clone()),
            Cell::from(percent(one.share.as_ref())),
            Cell::from(percent(one.weighed.as_ref())).noting(left_out),
        ]
    };
    Table {
        caption: format!("Ankieta {form}: główne mierniki zważone według rodzaju"),
        columns: vec![
            Column::words("Miernik"),
            Column::numbers("Bez ważenia (w raporcie)"),
            Column::numbers("Po zważeniu (ilustracja)"),
        ],
        rows: found.iter().map(row).collect(),
        empty: String::new(),
    }
}

fn curve(found: &Response, form: &str) -> Table {
    let row = |day: &crate::service::nonresponse::Day| {
        vec![Cell::from(polish::date_long(day.day)), Cell::from(day.new), Cell::from(day.total)]
    };
    Table {
        caption: format!("Ankieta {form}: pierwsze złożenia według dni"),
        columns: vec![Column::words("Dzień"), Column::numbers("Nowe"), Column::numbers("Razem")],
        rows: found.curve.iter().map(row).collect(),
        empty: "Nikt jeszcze nie złożył ankiety.".into(),
    }
}

fn missing(found: &Response, form: &str) -> Table {
    let row = |one: &crate::service::nonresponse::Missing| {
        vec![
            Cell::from(one.name.clone()),
            Cell::from(one.code.clone()),
            Cell::from(one.kind.clone()),
            Cell::from(one.powiat.clone().unwrap_or_else(|| "–".into())),
        ]
    };
    Table {
        caption: format!("Ankieta {form}: jednostki bez liczonej odpowiedzi ({})", found.missing.len()),
        columns: ["Jednostka", "Kod", "Rodzaj", "Powiat"].map(Column::words).into(),
        rows: found.missing.iter().map(row).collect(),
        empty: "Odpowiedziały wszystkie jednostki.".into(),
    }
}
