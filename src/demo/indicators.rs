//! The values of the indicators as the report of 2024 prints them, each with its place in the report.
//!
//! Numbers of earlier years that the report does not print follow from its sums; their notes say how.

use super::edition;
use crate::service::indicators::TypedValue;
use crate::service::{Refused, Service};

/// The document that all values stand in.
const REPORT: &str = "Sprawozdanie z monitoringu Programu za 2024 r., rozdział III";
/// Who enters them.
const AUTHOR: &str = "demo";

/// Code, years, part, value, place in the report, note.
type Row = (&'static str, &'static str, &'static str, &'static str, &'static str, &'static str);

/// What somebody would enter. A note that begins with `k:` says why the value is incomplete.
const VALUES: &[Row] = &[
    ("W1.2", "2021–2023", "", "36", "III.1, Ad. 2", "z różnicy: narastająco 52, w 2024 r. 16"),
    ("W1.2", "2024", "", "16", "III.1, Ad. 2, wiersz 152", ""),
    ("W2.1", "2021–2023", "", "264", "III.2, Ad. 1", "z różnicy: narastająco 502, w 2024 r. 238"),
    (
        "W2.1",
        "2024",
        "owes",
        "210",
        "III.2, Ad. 1, wiersz 207",
        "k:nie wszystkie OWES przekazały komplet danych",
    ),
    ("W2.2", "2024", "", "68/74", "III.2, Ad. 2, wiersz 217", ""),
    ("W3.1", "2022", "", "3 737", "III.3, Ad. 1, wiersz 289", ""),
    ("W3.1", "2023", "", "3 763", "III.3, Ad. 1, wiersz 285", ""),
    ("W3.1", "2024", "", "3 861", "III.3, Ad. 1, wiersz 285", ""),
    (
        "W3.2",
        "2021–2022",
        "",
        "55",
        "III.3, Ad. 2",
        "z różnicy: narastająco 254, w 2023 r. 104, w 2024 r. 95",
    ),
    ("W3.2", "2023", "", "104", "III.3, Ad. 2, wiersz 301", ""),
    ("W3.2", "2024", "", "95", "III.3, Ad. 2, wiersz 301", ""),
    ("W4.1", "2023", "", "12", "III.4, Ad. 1, wiersz 381", ""),
    ("W4.1", "2024", "", "16", "III.4, Ad. 1, wiersz 377", ""),
    ("W4.2", "2021–2023", "", "27", "III.4, Ad. 2", "z różnicy: narastająco 33, w 2024 r. 6"),
    ("W4.2", "2024", "cis", "0", "tabela 1", "bez zmian: 17"),
    ("W4.2", "2024", "kis", "2", "III.4, Ad. 2, wiersz 393", "z 19 na 21"),
    ("W4.2", "2024", "spoldzielnie", "0", "tabela 1", "ubyło 7 (ze 157 na 150); policzono tylko wzrosty"),
    ("W4.2", "2024", "spolki", "3", "III.4, Ad. 2, wiersz 393", "z 29 na 32"),
    ("W4.2", "2024", "wtz", "1", "III.4, Ad. 2, wiersz 393", "z 87 na 88"),
    ("W4.2", "2024", "zaz", "0", "tabela 1", "bez zmian: 10"),
    (
        "W4.2",
        "2024",
        "saldo",
        "-1",
        "tabela 1",
        "z 319 na 318: KIS +2, spółki +3, WTZ +1, spółdzielnie socjalne −7",
    ),
    ("W5.1", "2021–2023", "", "3", "III.5, Ad. 1", "z różnicy: narastająco 5, w 2024 r. 2"),
    (
        "W5.1",
        "2024",
        "",
        "2",
        "III.5, Ad. 1, wiersz 449",
        "odbyły się trzy posiedzenia RKRES WM, policzono dwa",
    ),
    ("W5.2", "2021–2023", "", "18", "III.5, Ad. 2", "z różnicy: narastająco 56, w 2024 r. 38"),
    ("W5.2", "2024", "regionalny", "3", "III.5, Ad. 2, wiersz 481", ""),
    ("W5.2", "2024", "stoleczny", "35", "III.5, Ad. 2, wiersz 483", ""),
    ("W5.3", "2021–2023", "", "6", "III.5, Ad. 3, wiersz 491", "z sumy: za 2024 r. nie ma danych"),
    ("W5.3", "2024", "", "b.d.", "III.5, Ad. 3, wiersz 487", "nie ma danych o współpracy PES z biznesem"),
];

/// Enters all values and binds the part that the survey gives.
///
/// # Errors
/// Only when the programme no longer declares what is entered here.
pub(super) fn enter(service: &Service) -> Result<(), Refused> {
    let programme = service.programme(&edition().programme)?;
    let today = programme.zone().date(service.now()).to_string();
    for row in VALUES {
        service.indicator_set(&programme, &typed(row, &today), None, AUTHOR)?;
    }
    let bound = TypedValue {
        code: "W2.1".into(),
        years: "2024".into(),
        part: "up".into(),
        bind: true,
        note: "liczba z ankiety urzędów pracy; raport podaje tę samą (III.2, Ad. 1, wiersz 209)".into(),
        ..TypedValue::default()
    };
    service.indicator_set(&programme, &bound, None, AUTHOR).map(drop)
}

fn typed((code, years, part, value, place, note): &Row, today: &str) -> TypedValue {
    let incomplete = note.strip_prefix("k:");
    TypedValue {
        code: (*code).into(),
        years: (*years).into(),
        part: (*part).into(),
        value: (*value).into(),
        document: REPORT.into(),
        page: (*place).into(),
        accessed: today.into(),
        note: incomplete.unwrap_or(note).into(),
        incomplete: incomplete.is_some(),
        ..TypedValue::default()
    }
}
