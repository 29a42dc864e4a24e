//! `measures`

use clap::Args;
use sheet::Profile;
use tally::Figure;

use super::Outcome;
use super::args::Format;
use super::files::write;
use super::open::{Opening, edition_name};
use crate::service::coding::files as codes;
use crate::service::cross::CrossWanted;
use crate::service::cross_tables::{self, Reader};
use crate::service::measure_tables;
use crate::service::measures::Measures;

#[derive(Debug, Args)]
pub(super) struct MeasuresArgs {
    /// Program i edycja
    #[arg(long)]
    pub edition: String,
    /// Postać wyniku
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub format: Format,
    /// Tabela kodów odpowiedzi otwartych zamiast mierników (csv, csv-excel); tekst i JSON mają je zawsze
    #[arg(long, conflicts_with = "by")]
    pub codes: bool,
    /// Liczby zamrożonego stanu, a nie bieżące
    #[arg(long, value_name = "NAZWA", conflicts_with = "by")]
    pub state: Option<String>,
    /// Przekrój: kind, powiat, nuts2, nuts3 albo kolumna rejestru z programme.toml; podane dwa razy daje wiersze i
    /// kolumny
    #[arg(long, value_name = "CECHA")]
    pub by: Vec<String>,
    /// Tylko jednostki o tej wartości cechy, np. kind=gmina_wiejska; można podać kilka razy
    #[arg(long = "where", value_name = "CECHA=WARTOŚĆ", requires = "by")]
    pub only: Vec<String>,
    /// Tylko ten miernik, np. jst.media_jst; można podać kilka razy
    #[arg(long, value_name = "MIERNIK", requires = "by")]
    pub measure: Vec<String>,
    /// Pokazuje też małe grupy i wszystko, z czego dałoby się je wyliczyć: tylko do pracy wewnątrz urzędu, nie do
    /// udostępniania
    #[arg(long, requires = "by")]
    pub with_small_groups: bool,
}

/// Prints all measures of an edition.
pub(super) fn run(opening: &Opening<'_>, args: &MeasuresArgs) -> Outcome {
    if !args.by.is_empty() {
        return broken_down(opening, args);
    }
    let (service, name) = (opening.service()?, edition_name(&args.edition)?);
    let measures = match &args.state {
        Some(state) => service.state_measures(&name, state)?,
        None => service.measures(&name)?,
    };
    let bytes = match args.format {
        Format::Text => text(&measures).into_bytes(),
        Format::Json => measure_tables::json(&measures),
        Format::Csv if args.codes => codes::csv(&measures, Profile::OpenData),
        Format::CsvExcel if args.codes => codes::csv(&measures, Profile::ExcelPl),
        Format::Csv => measure_tables::csv(&measures, Profile::OpenData),
        Format::CsvExcel => measure_tables::csv(&measures, Profile::ExcelPl),
    };
    write(None, &bytes)
}

/// Prints measures by attributes of the units.
fn broken_down(opening: &Opening<'_>, args: &MeasuresArgs) -> Outcome {
    let wanted = CrossWanted::parse(&args.by, &args.only, args.measure.clone())?;
    let found = opening.service()?.cross_tables(&edition_name(&args.edition)?, &wanted)?;
    let reader = if args.with_small_groups { Reader::Inside } else { Reader::Outside };
    let bytes = match args.format {
        Format::Text => cross_tables::text(&found, reader).into_bytes(),
        Format::Json => cross_tables::json(&found, reader),
        Format::Csv => cross_tables::csv(&found, Profile::OpenData, reader),
        Format::CsvExcel => cross_tables::csv(&found, Profile::ExcelPl, reader),
    };
    write(None, &bytes)
}

/// For reading: one line per measure, count first, percent second, base always; the name for `--measure` at the end.
pub(super) fn text(measures: &Measures) -> String {
    let mut lines = vec![format!("Edycja {}, stan liczenia {}", measures.edition, measures.as_of.seq)];
    let frozen = measures.state.as_ref();
    lines.extend(
        frozen
            .map(|state| format!("Zamrożony stan {} ({}), SHA-256 {}", state.name, state.label, state.hash)),
    );
    lines.extend(measures.notice.map(|notice| format!("Uwaga: {notice}")));
    for (form, counts) in &measures.forms {
        lines.push(format!("Ankieta {form}: złożone {} z {}", counts.submitted, counts.invited));
    }
    for found in &measures.measures {
        let reading = &found.reading;
        let share = match (&reading.share_text, reading.denominator, reading.base_kind) {
            (Some(share), Some(base), Some(kind)) => {
                format!(" ({share}; n = {}, {})", form::polish::integer(base), kind.polish())
            }
            _ => String::new(),
        };
        let value = value(&reading.value);
        lines.push(format!("{}: {value}{share}  [{}.{}]", reading.label, found.form, reading.name));
    }
    lines.extend(codes::lines(measures));
    lines.join("\n") + "\n"
}

/// A number as people of the country write it; choices by their labels, own words only counted.
fn value(figure: &Figure) -> String {
    match figure {
        Figure::Nothing => tally::NO_DATA.to_owned(),
        Figure::Number(number) if number.is_integer() => form::polish::integer(number.to_integer()),
        Figure::Number(number) => measure_tables::plain(number).replace('.', ","),
        Figure::Frequencies(choices) => {
            choices.iter().map(|c| format!("{} {}", c.label, c.count)).collect::<Vec<_>>().join(", ")
        }
        Figure::Texts(texts) => {
            let count = texts.len() as u64;
            let noun = form::polish::plural_of(count, "odpowiedź", "odpowiedzi", "odpowiedzi");
            format!("({count} {noun})")
        }
    }
}
