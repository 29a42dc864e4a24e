//! `compare`

use clap::{Args, ValueEnum};
use sheet::Profile;

use super::Failure;
use super::Outcome;
use super::args::Format;
use super::files::write;
use super::open::{Opening, edition_name};
use crate::service::EditionName;
use crate::service::compare::{self, Comparison, Point, Series, View};
use crate::service::measure_tables::plain;

#[derive(Debug, Args)]
pub(super) struct CompareArgs {
    /// Program i edycja
    #[arg(long)]
    pub edition: String,
    /// Z którą edycją porównać; można podać kilka razy. Bez tego ze wszystkimi wcześniejszymi
    #[arg(long, value_name = "EDYCJA")]
    pub with: Vec<String>,
    /// Czyje odpowiedzi porównać
    #[arg(long, value_enum, default_value_t = Whose::All)]
    pub units: Whose,
    /// Postać wyniku
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub format: Format,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Whose {
    /// Wszystkich, którzy odpowiedzieli w danym roku
    All,
    /// Tylko jednostek, które odpowiedziały we wszystkich edycjach
    Same,
}

/// Prints the numbers of an edition beside those of others.
pub(super) fn run(opening: &Opening<'_>, args: &CompareArgs) -> Outcome {
    let name = edition_name(&args.edition)?;
    let with = others(&name, &args.with)?;
    let view = match args.units {
        Whose::All => View::All,
        Whose::Same => View::SameUnits,
    };
    let comparison = opening.service()?.compare(&name, &with, view)?;
    let bytes = match args.format {
        Format::Text => text(&comparison).into_bytes(),
        Format::Json => compare::json(&comparison),
        Format::Csv => compare::csv(&comparison, Profile::OpenData),
        Format::CsvExcel => compare::csv(&comparison, Profile::ExcelPl),
    };
    write(None, &bytes)
}

/// The editions to compare with; they belong to the same programme.
fn others(name: &EditionName, with: &[String]) -> Result<Vec<String>, Failure> {
    let mut slugs = Vec::new();
    let mut troubles = Vec::new();
    for text in with {
        match text.parse::<EditionName>() {
            Ok(other) if other.programme == name.programme => slugs.push(other.edition),
            Ok(other) => troubles.push(format!("edycja {other} należy do innego programu niż {name}")),
            Err(line) => troubles.push(line),
        }
    }
    if troubles.is_empty() { Ok(slugs) } else { Err(Failure::Input(troubles)) }
}

/// For reading: one line per number, the oldest edition first.
pub(super) fn text(comparison: &Comparison) -> String {
    let editions: Vec<&str> = comparison.editions.iter().map(|edition| edition.edition.as_str()).collect();
    let whose = match comparison.view {
        View::All => "wszyscy, którzy odpowiedzieli w danym roku",
        View::SameUnits => "tylko jednostki, które odpowiedziały we wszystkich edycjach",
    };
    let mut lines = vec![format!("Porównanie {}: {whose}", editions.join(" → "))];
    lines.extend(comparison.notice.map(|notice| format!("Uwaga: {notice}")));
    for edition in &comparison.editions {
        for (form, counts) in &edition.forms {
            let (submitted, invited) = (counts.submitted, counts.invited);
            lines.push(format!("Edycja {}, ankieta {form}: {submitted} z {invited}", edition.edition));
        }
    }
    lines.extend(comparison.series.iter().flat_map(series));
    for question in &comparison.retired {
        lines.push(format!("wycofane {:<28} {} ({})", question.id, question.label, question.reason));
    }
    lines.join("\n") + "\n"
}

fn series(series: &Series) -> Vec<String> {
    let values: Vec<String> = series.points.iter().map(value).collect();
    let name = match &series.choice {
        Some(choice) => format!("{}.{}", series.name, choice.code),
        None => series.name.clone(),
    };
    let change = series.points.last().and_then(|point| point.change.as_ref());
    let change =
        change.map_or_else(String::new, |change| format!("  zmiana {}", signed(&plain(&change.absolute))));
    let mut lines = vec![format!("{:<4} {name:<36} {}{change}", series.form, values.join(" → "))];
    for given in &series.known {
        let value = given.value.as_ref().map_or_else(|| "b.d.".to_owned(), plain);
        lines.push(format!("     podane {}: {value} ({})", given.years(), given.source()));
    }
    for point in &series.points {
        let said = point.missing.as_ref().map(compare::missing_words);
        let said = said.or_else(|| point.cut.as_ref().map(compare::cut_words));
        lines.extend(said.map(|said| format!("     {}: {said}", point.edition)));
    }
    lines
}

fn value(point: &Point) -> String {
    let broken = if point.cut.is_some() { "M " } else { "" };
    let value = point.value.as_ref().map_or_else(|| "–".to_owned(), plain);
    match (&point.share_text, point.base) {
        (Some(share), Some(base)) => format!("{broken}{value} ({share}; n = {base})"),
        _ => format!("{broken}{value}"),
    }
}

fn signed(number: &str) -> String {
    if number.starts_with('-') || number == "0" { number.to_owned() } else { format!("+{number}") }
}
