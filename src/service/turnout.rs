//! The response to questionnaires as files and pictures. Files are for anybody, so they hold only groups that may be shown.

use form::polish;
use sheet::chart::{self, Bar, Bars, Curve};
use sheet::xlsx::{Format, XlsxError};
use sheet::{Column, Decimal, Profile, Table, Value};

use super::measure_tables::plain;
use super::measures::SYNTHETIC_NOTICE;
use super::nonresponse::{Day, Grouped, Response};

/// What stands beside a group that is not shown.
const NOT_SHOWN: &str = "nie podaje się";

/// What a file is about.
#[derive(Debug, Clone, Copy)]
pub struct About<'a> {
    /// `programme/edition`.
    pub edition: &'a str,
    /// Whether the answers are made up.
    pub synthetic: bool,
}

/// Groups of all questionnaires, one row each; of groups that may not be shown only the name and who was asked.
fn table(found: &[Response], about: About<'_>) -> Table {
    let columns = [
        ("Edycja", "edycja"),
        ("Uwaga o danych", "uwaga_o_danych"),
        ("Ankieta", "ankieta"),
        ("Przekrój", "przekroj"),
        ("Grupa", "grupa"),
        ("Zaproszone", "zaproszone"),
        ("Złożone", "zlozone"),
        ("Odsetek odpowiedzi", "odsetek"),
        ("Część zaproszonych", "czesc_zaproszonych"),
        ("Część złożonych", "czesc_zlozonych"),
        ("Indeks", "indeks"),
        ("Uwaga", "uwaga"),
    ];
    Table {
        columns: columns.map(|(title, name)| Column::named(title, name)).into(),
        rows: found.iter().flat_map(|one| rows(one, about)).collect(),
    }
}

fn rows(found: &Response, about: About<'_>) -> Vec<Vec<Value>> {
    let text = |text: &str| Value::Text(text.to_owned());
    let part = |share: Option<&form::number::Rational>| {
        share.map_or(Value::Empty, |share| Decimal::parse(&plain(share)).map_or(Value::Empty, Value::Decimal))
    };
    let notice = if about.synthetic { text(SYNTHETIC_NOTICE) } else { Value::Empty };
    let start = [text(about.edition), notice, text(&found.form)];
    let mut whole = start.to_vec();
    whole.extend([Value::Empty, text("wszystkie"), count(found.whole.asked), count(found.whole.answered)]);
    whole.push(part(found.whole.percentage(found.rules.smallest_base).as_ref()));
    whole.extend([(); 4].map(|()| Value::Empty));
    let mut rows = vec![whole];
    for grouped in &found.groups {
        for (weight, is_shown) in &grouped.groups {
            let turnout = &weight.turnout;
            let mut row = start.to_vec();
            row.extend([text(&grouped.name), text(&turnout.name), count(turnout.asked)]);
            if *is_shown {
                row.extend([
                    count(turnout.answered),
                    part(turnout.percentage(found.rules.smallest_base).as_ref()),
                    part(weight.of_frame.as_ref()),
                    part(weight.of_answers.as_ref()),
                    part(weight.index.as_ref()),
                    Value::Empty,
                ]);
            } else {
                row.extend([(); 5].map(|()| Value::Empty));
                row.push(text(NOT_SHOWN));
            }
            rows.push(row);
        }
    }
    rows
}

fn count(number: u64) -> Value {
    i64::try_from(number).map_or(Value::Empty, Value::Integer)
}

/// The table as CSV.
///
/// # Panics
/// Never: rows are as wide as the header.
#[must_use]
pub fn csv(found: &[Response], about: About<'_>, profile: Profile) -> Vec<u8> {
    sheet::write_csv(&table(found, about), profile).expect("rows as wide as the header")
}

/// The table as a workbook; `hash` is that of the numbers of the same moment.
///
/// # Errors
/// When it cannot be written.
pub fn xlsx(found: &[Response], about: About<'_>, hash: String) -> Result<Vec<u8>, XlsxError> {
    let table = table(found, about);
    let format = |place: usize| match place {
        5 | 6 | 10 => Format::Whole,
        7..=9 => Format::Percent,
        _ => Format::Plain,
    };
    let sheet = sheet::xlsx::Sheet {
        name: "Zwrotność".into(),
        columns: (0..)
            .zip(&table.columns)
            .map(|(place, column)| sheet::xlsx::Column::new(&column.title, format(place)))
            .collect(),
        rows: table.rows,
    };
    let subject = if about.synthetic { SYNTHETIC_NOTICE } else { "" };
    let about = sheet::xlsx::About {
        title: format!("Zwrotność ankiet, edycja {}", about.edition),
        subject: subject.to_owned(),
        hash,
        ..sheet::xlsx::About::default()
    };
    sheet::xlsx::write(&about, &[sheet])
}

/// How the response grew, by the days of a curve; none before the first answer.
#[must_use]
pub fn curve(found: &Response, told: &[Day], title: &str) -> Option<Curve> {
    let (first, last) = (told.first()?, told.last()?);
    Some(Curve {
        title: title.to_owned(),
        description: format!(
            "Do {} złożono {}, do {} razem {}.",
            polish::date_short(first.day),
            polish::integer(first.total),
            polish::date_short(last.day),
            polish::integer(last.total)
        ),
        days: days(told),
        total: Some((size(found.whole.asked), format!("zaproszone: {}", found.whole.asked))),
        events: Vec::new(),
    })
}

/// Every day from the first to the last, those without answers too.
fn days(curve: &[Day]) -> Vec<chart::Day> {
    let (Some(first), Some(last)) = (curve.first(), curve.last()) else { return Vec::new() };
    let mut total = 0;
    let all = first.day.iter_days().take_while(|day| *day <= last.day);
    all.map(|day| {
        total = curve.iter().find(|one| one.day == day).map_or(total, |one| one.total);
        chart::Day {
            label: day.format("%d.%m").to_string(),
            value: size(total),
            text: polish::integer(total),
        }
    })
    .collect()
}

/// How many of each group answered, for the panel; `inside` marks groups that stay there. A percentage is given of
/// `smallest_base` units and more.
#[must_use]
pub fn bars(grouped: &Grouped, smallest_base: u64, title: &str, inside: &str) -> Option<Bars> {
    let asked = || grouped.groups.iter().filter(|(weight, _)| weight.turnout.asked > 0);
    let lowest = asked().min_by_key(|(weight, _)| weight.turnout.rate())?;
    let words = |turnout: &tally::Turnout| turnout.words(smallest_base, |rate| format!(" ({rate})"));
    let bar = |(weight, is_shown): &(tally::Weight, bool)| {
        let turnout = &weight.turnout;
        Bar {
            label: if *is_shown { turnout.name.clone() } else { format!("{} ({inside})", turnout.name) },
            value: size(turnout.answered),
            base: Some(size(turnout.asked)),
            text: words(turnout),
        }
    };
    let turnout = &lowest.0.turnout;
    Some(Bars {
        title: title.to_owned(),
        description: format!("Najrzadziej odpowiadała grupa: {}, {}.", turnout.name, words(turnout)),
        bars: asked().map(bar).collect(),
        most: None,
    })
}

#[expect(clippy::cast_precision_loss, reason = "numbers of offices, only for the geometry of a picture")]
pub(super) fn size(count: u64) -> f64 {
    count as f64
}
