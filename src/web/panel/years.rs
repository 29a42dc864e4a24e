//! The numbers of an edition beside those of earlier ones.

use actix_web::{HttpRequest, HttpResponse, web};
use form::polish;
use sheet::Profile;

use super::super::State;
use super::super::pages::{Cell, Column, Link, Table, YearsPage, YearsPart};
use super::super::post;
use super::desk::{self, Desk};
use super::files::{self, File, no_file};
use crate::service::compare::{self, Comparison, Series, View};
use crate::service::page::value;
use crate::service::{EditionName, Refused, Service};

/// A comparison with what the page says around it.
struct Found {
    comparison: Comparison,
    /// Rows of the report in their order, with what they are about.
    rows: Vec<(String, String)>,
    /// Editions that can be compared with.
    earlier: Vec<String>,
}

/// What the address asks for.
#[derive(Debug, Clone, Default)]
struct Asked {
    view: View,
    with: Vec<String>,
}

impl Asked {
    /// # Errors
    /// [`Refused::Input`] for a view that there is not.
    fn of(request: &HttpRequest) -> Result<Self, Refused> {
        let mut asked = Self::default();
        for (name, text) in post::query(request) {
            match (name.as_str(), text.as_str()) {
                ("widok", "te-same") => asked.view = View::SameUnits,
                ("widok", "wszyscy" | "") => {}
                ("widok", other) => {
                    return Err(Refused::input(format!("nie ma widoku porównania „{other}”")));
                }
                ("z", slug) if !slug.is_empty() => asked.with.push(slug.to_owned()),
                _ => {}
            }
        }
        Ok(asked)
    }

    /// The same question as a query; empty when nothing is asked for.
    fn query(&self) -> String {
        let view = (self.view == View::SameUnits).then(|| "widok=te-same".to_owned());
        let parts: Vec<String> =
            view.into_iter().chain(self.with.iter().map(|slug| format!("z={slug}"))).collect();
        if parts.is_empty() { String::new() } else { format!("?{}", parts.join("&")) }
    }
}

/// `GET /panel/{programme}/{edition}/porownanie`
pub(super) async fn show(
    request: HttpRequest,
    state: State,
    path: web::Path<(String, String)>,
) -> HttpResponse {
    let (programme, edition) = path.into_inner();
    let name = EditionName { programme, edition };
    let asked = Asked::of(&request);
    let read = move |service: &Service, name: &EditionName| {
        let asked = asked?;
        let found = Found {
            comparison: service.compare(name, &asked.with, asked.view)?,
            rows: service.report_rows(name)?,
            earlier: service.earlier_editions(name)?,
        };
        Ok((asked, found))
    };
    desk::show(&request, &state, &name, read, |desk, (asked, found)| page(desk, &asked, &found)).await
}

fn page(desk: &Desk<'_>, asked: &Asked, found: &Found) -> YearsPage {
    let address = desk.address("porownanie");
    let comparison = &found.comparison;
    let with = |asked: &Asked| format!("{address}{}", asked.query());
    let view = |view: View, text: &str| Link {
        href: with(&Asked { view, ..asked.clone() }),
        text: text.into(),
        current: asked.view == view,
    };
    let edition = |slug: Option<&String>| Link {
        href: with(&Asked { with: slug.into_iter().cloned().collect(), ..asked.clone() }),
        text: slug.map_or_else(|| "wszystkie wcześniejsze edycje".into(), |slug| format!("tylko {slug}")),
        current: asked.with.as_slice() == slug.map(std::slice::from_ref).unwrap_or_default(),
    };
    let file = |file: &str, text: &str| Link {
        href: format!("{address}/{file}{}", asked.query()),
        text: text.into(),
        current: false,
    };
    let query = asked.query();
    let charts = format!("{address}/wykres.svg{query}{}", if query.is_empty() { "?" } else { "&" });
    YearsPage {
        layout: desk.layout(format!("Porównanie lat: {}", desk.name)),
        view: match asked.view {
            View::All => {
                "Wszystkie jednostki, które odpowiedziały w danym roku. Skład tej grupy co roku jest inny."
            }
            View::SameUnits => {
                "Tylko jednostki, które odpowiedziały we wszystkich porównywanych edycjach: zawsze te same."
            }
        },
        views: vec![
            view(View::All, "Wszyscy, którzy odpowiedzieli"),
            view(View::SameUnits, "Te same jednostki"),
        ],
        editions: [None].into_iter().chain(found.earlier.iter().map(Some)).map(edition).collect(),
        coverage: coverage(comparison),
        downloads: vec![
            file("porownanie-excel.csv", "CSV dla polskiego Excela"),
            file("porownanie.csv", "CSV jako otwarte dane"),
            file("porownanie.json", "JSON"),
        ],
        parts: parts(comparison, &found.rows, &charts),
        retired: retired(comparison),
        known: desk.address("podane"),
        alone: comparison.editions.len() < 2,
        smallest_base: comparison.rules.smallest_base,
    }
}

fn coverage(comparison: &Comparison) -> Table {
    let rows = comparison.editions.iter().flat_map(|edition| {
        edition.forms.iter().map(|(form, counts)| {
            let turnout =
                tally::Turnout { name: String::new(), asked: counts.invited, answered: counts.submitted };
            let share = turnout.percentage(comparison.rules.smallest_base);
            vec![
                Cell::from(edition.title.clone()),
                Cell::from(form.to_uppercase()),
                Cell::from(counts.submitted),
                Cell::from(counts.invited),
                Cell::from(share.map_or_else(|| "–".into(), |share| polish::percent(&share, 0))),
            ]
        })
    });
    Table {
        caption: match comparison.view {
            View::All => "Ile jednostek odpowiedziało".into(),
            View::SameUnits => "Ile jednostek jest w każdej z porównywanych edycji".into(),
        },
        columns: vec![
            Column::words("Edycja"),
            Column::words("Ankieta"),
            Column::numbers("Odpowiedziało"),
            Column::numbers("Z ilu"),
            Column::numbers("Udział"),
        ],
        rows: rows.collect(),
        empty: "Nie ma jeszcze ankiet.".into(),
    }
}

fn parts(comparison: &Comparison, rows: &[(String, String)], charts: &str) -> Vec<YearsPart> {
    let part = |row: &str, title: &str, series: Vec<&Series>| {
        (!series.is_empty()).then(|| YearsPart::new((row, title), comparison, &series, charts))
    };
    let of_row = |row: &str| -> Vec<&Series> {
        comparison.series.iter().filter(|series| series.rows.iter().any(|own| own == row)).collect()
    };
    let without = comparison.series.iter().filter(|series| series.rows.is_empty()).collect();
    let named = rows.iter().filter_map(|(row, title)| part(row, title, of_row(row)));
    named.chain(part("", "", without)).collect()
}

fn retired(comparison: &Comparison) -> Table {
    let rows = comparison.retired.iter().map(|question| {
        vec![
            Cell::from(question.label.clone()),
            Cell::from(question.form.to_uppercase()),
            Cell::from(question.reason.clone()),
        ]
    });
    Table {
        caption: "Pytania wycofane między porównywanymi edycjami".into(),
        columns: ["Pytanie", "Ankieta", "Powód"].map(Column::words).into(),
        rows: rows.collect(),
        empty: "Żadnego pytania nie wycofano.".into(),
    }
}

/// `GET /panel/{programme}/{edition}/porownanie/{file}`
pub(super) async fn download(
    request: HttpRequest,
    state: State,
    path: web::Path<(String, String, String)>,
) -> HttpResponse {
    let (programme, edition, file) = path.into_inner();
    let (wanted, line) = (Asked::of(&request), Line::of(&request));
    files::file(&request, &state, &EditionName { programme, edition }, move |service, edition| {
        let wanted = wanted?;
        let comparison = || service.compare(edition, &wanted.with, wanted.view).map(Comparison::published);
        let body = match file.as_str() {
            "wykres.svg" => {
                let line = line.ok_or_else(|| no_file(edition, &file))?;
                line.drawn(&comparison()?).ok_or_else(|| no_file(edition, &file))?.into_bytes()
            }
            "porownanie.json" => compare::json(&comparison()?),
            "porownanie.csv" => compare::csv(&comparison()?, Profile::OpenData),
            "porownanie-excel.csv" => compare::csv(&comparison()?, Profile::ExcelPl),
            _ => return Err(no_file(edition, &file)),
        };
        Ok(File::of("comparison", file, body))
    })
    .await
}

/// The series that a query names: `m={form}.{measure}` and, for a line of a table, `k={codes}`.
struct Line {
    measure: String,
    code: Option<String>,
}

impl Line {
    fn of(request: &HttpRequest) -> Option<Self> {
        let query = post::query(request);
        let (measure, code) = (value(&query, "m")?, value(&query, "k"));
        Some(Self { measure: measure.to_owned(), code: code.map(str::to_owned) })
    }

    fn drawn(&self, comparison: &Comparison) -> Option<String> {
        let wanted = |series: &&Series| {
            format!("{}.{}", series.form, series.name) == self.measure
                && series.choice.as_ref().map(|choice| &choice.code) == self.code.as_ref()
        };
        comparison.series.iter().find(wanted).map(YearsPart::chart)
    }
}
