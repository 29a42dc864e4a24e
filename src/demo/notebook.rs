//! A handful of rows of the notebook, so that the demo's chapter has texts. They are made up and say so.

use chrono::NaiveDate;
use store::RowState;

use super::edition;
use crate::service::notebook::{Fact, FactSource, RowNote, SourceNote};
use crate::service::{Refused, Service};

/// Who is said to have written it.
const ACTOR: &str = "user:administrator";
/// Begins every text.
const MADE_UP: &str = "(Tekst przykładowy.)";

/// Writes facts and rows.
pub(super) fn write(service: &Service) -> Result<(), Refused> {
    for (slug, fact) in facts() {
        service.fact_save(&edition(), Some(slug), 0, &fact, ACTOR)?;
    }
    for (code, note) in rows() {
        service.row_save(&edition(), code, 0, &note, ACTOR)?;
    }
    Ok(())
}

fn facts() -> [(&'static str, Fact); 3] {
    let source = |document: &str, page: &str| FactSource {
        document: format!("{document} (dokument przykładowy)"),
        page: page.into(),
        accessed: NaiveDate::from_ymd_opt(2025, 4, 30),
    };
    [
        (
            "posiedzenia-rkres",
            Fact {
                event: "Posiedzenia komitetu rozwoju ekonomii społecznej".into(),
                number: Some("3".into()),
                unit: "posiedzenie|posiedzenia|posiedzeń".into(),
                text: "Komitet odbył {liczba} {jednostka}.".into(),
                source: source("Protokoły posiedzeń", "1–9"),
                ..Fact::default()
            },
        ),
        (
            "nowi-rzecznicy",
            Fact {
                event: "Nowe porozumienia o powołaniu rzecznika".into(),
                number: Some("16".into()),
                unit: "porozumienie|porozumienia|porozumień".into(),
                source: source("Rejestr porozumień", "2"),
                ..Fact::default()
            },
        ),
        (
            "spotkanie-rzecznikow",
            Fact {
                event: "Spotkanie sieciujące rzeczników".into(),
                from: NaiveDate::from_ymd_opt(2024, 9, 9),
                to: NaiveDate::from_ymd_opt(2024, 9, 10),
                ..Fact::default()
            },
        ),
    ]
}

fn rows() -> Vec<(&'static str, RowNote)> {
    let text = |words: &str, facts: &[&str]| SourceNote {
        text: format!("{MADE_UP} {words}"),
        facts: facts.iter().map(|fact| (*fact).to_owned()).collect(),
        nothing_new: false,
    };
    let nothing = || SourceNote { nothing_new: true, ..SourceNote::default() };
    let row = |state, sources: Vec<(&str, SourceNote)>| RowNote {
        state,
        owner: "komórka przykładowa".into(),
        deadline: "co roku".into(),
        sources: sources.into_iter().map(|(code, note)| (code.to_owned(), note)).collect(),
    };
    let news =
        "Informacje o ekonomii społecznej ukazywały się:\n- na stronie internetowej,\n- w kwartalniku.";
    vec![
        ("1.1", row(RowState::Continuous, vec![("MCPS", text(news, &[])), ("OWES", nothing())])),
        (
            "1.3",
            row(
                RowState::Continuous,
                vec![("MCPS", text("Przygotowano artykuły o mediach lokalnych.", &[]))],
            ),
        ),
        ("2.5", row(RowState::NotStarted, vec![("MCPS", nothing()), ("OWES", nothing())])),
        (
            "4.7",
            row(
                RowState::InProgress,
                vec![(
                    "MCPS",
                    text("Podpisano {nowi-rzecznicy} nowych porozumień.", &["spotkanie-rzecznikow"]),
                )],
            ),
        ),
        (
            "4.17",
            row(
                RowState::Done,
                vec![("MCPS", text("Komitet pracował w pełnym składzie.", &["posiedzenia-rkres"]))],
            ),
        ),
        (
            "4.21",
            row(
                RowState::InProgress,
                vec![("MCPS", text("Porozumień przybyło {nowi-rzecznicy}.", &["spotkanie-rzecznikow"]))],
            ),
        ),
        (
            "5.6",
            row(
                RowState::Done,
                vec![
                    ("MCPS", text("W komitecie są przedstawiciele administracji.", &["posiedzenia-rkres"])),
                    ("OWES", nothing()),
                ],
            ),
        ),
    ]
}
