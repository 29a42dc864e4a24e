//! `indicators`, `indicators set | import`

use std::path::{Path, PathBuf};

use clap::{Args, Subcommand};
use sheet::{Column, Profile, Table, Value};

use super::args::Format;
use super::files::write;
use super::open::{Opening, edition_name};
use super::{COMMAND, Failure, Outcome, uploads};
use crate::service::indicators::{IndicatorSheet, Indicators, Placed, RowOutcome, TypedValue, tables, words};

/// Words of the command.
#[derive(Debug, Args)]
#[command(args_conflicts_with_subcommands = true, subcommand_negates_reqs = true)]
pub(super) struct IndicatorsArgs {
    /// Program i edycja: wskaźniki według stanu na jej rok
    #[arg(long, required = true)]
    edition: Option<String>,
    /// Postać wyniku
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// Zamiast wskaźników ich wartości, w kolumnach, które czyta `indicators import` (z --format csv albo csv-excel)
    #[arg(long)]
    values: bool,
    #[command(subcommand)]
    action: Option<IndicatorsAction>,
}

#[derive(Debug, Subcommand)]
pub(super) enum IndicatorsAction {
    /// Wpisuje albo poprawia wartość
    #[command(
        after_help = "Przykład: miernik indicators set W5.2 --year 2024 --part stoleczny --value 35 --document \"Sprawozdanie z zadania\" --page 4 --accessed 2025-04-30"
    )]
    Set(SetArgs),
    /// Wczytuje wartości z pliku CSV lub XLSX; albo wszystkie, albo żadna
    ///
    /// Kolumny: wskaznik, lata (2024 albo 2021–2023), czesc, wartosc (liczba albo b.d.), dokument, strona, data_dostepu,
    /// niekompletna (tak), uwaga, powod (przy poprawce). Każdy wiersz dostaje wynik: nowa, poprawiona, bez zmian,
    /// odrzucona.
    #[command(after_help = "Przykład: miernik indicators import wartosci.csv --dry-run --report wynik.csv")]
    Import {
        /// Plik CSV (UTF-8 albo Windows-1250) lub XLSX
        file: PathBuf,
        /// Program, do którego należą wskaźniki
        #[arg(long, default_value = "mazowsze")]
        programme: String,
        /// Tylko pokazuje, co by się stało
        #[arg(long)]
        dry_run: bool,
        /// Wynik dla każdego wiersza pliku
        #[arg(long, value_name = "PLIK")]
        report: Option<PathBuf>,
    },
}

#[derive(Debug, Args)]
pub(super) struct SetArgs {
    /// Kod wskaźnika, np. W2.1
    code: String,
    /// Program, do którego należy wskaźnik
    #[arg(long, default_value = "mazowsze")]
    programme: String,
    /// Rok albo okres, np. 2024 lub 2021-2023
    #[arg(long, value_name = "ROK")]
    year: String,
    /// Kod części sumy; bez tego całość
    #[arg(long, default_value = "", hide_default_value = true)]
    part: String,
    /// Liczba albo „b.d.”; udział także jako 68/74 lub 91,9%
    #[arg(long, default_value = "", hide_default_value = true, allow_hyphen_values = true, required_unless_present_any = ["bind", "withdraw"])]
    value: String,
    /// Zamiast liczby: powiązanie z miarą ankiety zadeklarowaną dla tej części
    #[arg(long, conflicts_with_all = ["value", "withdraw"])]
    bind: bool,
    /// Wycofuje wpisaną wartość
    #[arg(long, conflicts_with = "value")]
    withdraw: bool,
    /// Dokument, z którego pochodzi wartość
    #[arg(long, default_value = "", hide_default_value = true)]
    document: String,
    /// Strona albo wiersz dokumentu
    #[arg(long, default_value = "", hide_default_value = true)]
    page: String,
    /// Data dostępu do dokumentu, np. 2025-04-30
    #[arg(long, default_value = "", hide_default_value = true, value_name = "DATA")]
    accessed: String,
    /// Wartość jest niekompletna (czego brakuje: --note)
    #[arg(long)]
    incomplete: bool,
    /// Wartość policzono według innej definicji niż w następnych latach
    #[arg(long)]
    redefined: bool,
    /// Uwaga drukowana jako przypis
    #[arg(long, default_value = "", hide_default_value = true)]
    note: String,
    /// Powód poprawki albo wycofania
    #[arg(long, default_value = "", hide_default_value = true)]
    reason: String,
}

/// Runs it.
pub(super) fn run(opening: &Opening<'_>, args: IndicatorsArgs) -> Outcome {
    match args.action {
        Some(IndicatorsAction::Set(set)) => enter(opening, set),
        Some(IndicatorsAction::Import { file, programme, dry_run, report }) => {
            import(opening, &file, &programme, dry_run, report.as_deref())
        }
        None => print(opening, &args.edition.unwrap_or_default(), args.format, args.values),
    }
}

fn print(opening: &Opening<'_>, edition: &str, format: Format, values: bool) -> Outcome {
    let name = edition_name(edition)?;
    let indicators = opening.service()?.indicators(&name)?;
    let bytes = match (format, values) {
        (Format::Csv, true) => tables::values_csv(&indicators, Profile::OpenData),
        (Format::CsvExcel, true) => tables::values_csv(&indicators, Profile::ExcelPl),
        (Format::Text | Format::Json, true) => {
            return Err(Failure::input(
                "wartości (--values) są tylko w postaci csv albo csv-excel; JSON ma je zawsze",
            ));
        }
        (Format::Text, false) => text(&indicators).into_bytes(),
        (Format::Json, false) => tables::json(&indicators),
        (Format::Csv, false) => tables::csv(&indicators, Profile::OpenData),
        (Format::CsvExcel, false) => tables::csv(&indicators, Profile::ExcelPl),
    };
    write(None, &bytes)
}

/// For reading: each indicator with its computation and its traps.
fn text(indicators: &Indicators) -> String {
    let mut lines =
        vec![format!("Wskaźniki edycji {}, stan na koniec {} r.", indicators.edition, indicators.year)];
    if indicators.synthetic {
        lines.push(format!("Uwaga: {}", crate::service::measures::SYNTHETIC_NOTICE));
    }
    lines.extend(indicators.rule.as_ref().map(|rule| format!("Zasada Programu: {}", rule.note)));
    for sheet in &indicators.indicators {
        lines.push(String::new());
        lines.extend(of_sheet(sheet, indicators.year));
    }
    lines.join("\n") + "\n"
}

fn of_sheet(sheet: &IndicatorSheet, year: i32) -> Vec<String> {
    let style = sheet.definition.style;
    let mut lines = vec![
        format!("{} {}", sheet.declared.code, sheet.declared.name),
        format!(
            "     baza {}, cel {}, zasada {}",
            words::base(sheet.version.base.as_ref(), style),
            words::target(sheet.version.target.as_ref(), style),
            words::rule(sheet.definition.rule)
        ),
    ];
    let found = match &sheet.found {
        Ok(found) => found,
        Err(troubles) => {
            lines.extend(troubles.iter().map(|one| format!("     błąd: {}", words::trouble(one))));
            return lines;
        }
    };
    lines.push(format!(
        "     {year}: {}, osiągnięto {}, stopień {}, {}",
        words::of_year(found, style),
        words::achieved(found, style),
        found.degree.as_ref().map_or_else(|| "–".to_owned(), tally::indicator::percent),
        words::distance(found, style)
    ));
    lines.extend(found.steps.iter().map(|step| format!("     = {step}")));
    lines.extend(found.marks.iter().map(|mark| format!("     * {}", words::mark(*mark))));
    lines.extend(found.warnings.iter().map(|one| format!("     ! {}", words::warning(one, style))));
    lines
}

fn enter(opening: &Opening<'_>, args: SetArgs) -> Outcome {
    let service = opening.service()?;
    let programme = service.programme(&args.programme)?;
    let what = format!("{} {}", args.code, args.year);
    let typed = TypedValue {
        code: args.code,
        years: args.year,
        part: args.part,
        value: args.value,
        document: args.document,
        page: args.page,
        accessed: args.accessed,
        file: String::new(),
        note: args.note,
        reason: args.reason,
        incomplete: args.incomplete,
        redefined: args.redefined,
        bind: args.bind,
        withdraw: args.withdraw,
    };
    let placed = service.indicator_set(&programme, &typed, None, COMMAND)?;
    let words = match placed {
        Placed::New => "wpisano nową wartość",
        Placed::Changed => "zmieniono wartość",
        Placed::Unchanged => "ta wartość już jest, nic się nie zmieniło",
    };
    eprintln!("{what}: {words}");
    Ok(())
}

fn import(
    opening: &Opening<'_>,
    file: &Path,
    programme: &str,
    dry_run: bool,
    report: Option<&Path>,
) -> Outcome {
    let (name, bytes) = uploads::read(file)?;
    let service = opening.service()?;
    let known = service.programme(programme)?;
    let imported = service.indicators_import(&known, &bytes, &name, dry_run, COMMAND)?;
    if let Some(report) = report {
        write(Some(report), &report_csv(&imported.outcomes)?)?;
    }
    let outcomes = imported.outcomes.iter().map(|outcome| outcome.polish());
    uploads::summarise(&imported.guessed, outcomes, |words| words, dry_run.then_some(uploads::DRY));
    if imported.is_clean() {
        return Ok(());
    }
    let refused = imported.outcomes.iter().filter_map(|outcome| {
        let lines = outcome.placed.as_ref().err()?;
        Some(lines.iter().map(|line| format!("{name}:{}: {}: {line}", outcome.line, outcome.what)))
    });
    let mut lines: Vec<String> = refused.flatten().collect();
    lines.push("niczego nie zapisano".into());
    Err(Failure::Input(lines))
}

fn report_csv(outcomes: &[RowOutcome]) -> Result<Vec<u8>, Failure> {
    let row = |outcome: &RowOutcome| {
        let problems = outcome.placed.as_ref().err().map(|lines| lines.join(" ")).unwrap_or_default();
        vec![
            Value::Integer(outcome.line.into()),
            Value::Text(outcome.polish().into()),
            Value::Text(outcome.what.clone()),
            if problems.is_empty() { Value::Empty } else { Value::Text(problems) },
        ]
    };
    let columns = ["wiersz", "wynik", "wartosc", "problemy"].map(|name| Column::named(name, name)).into();
    Ok(sheet::write_csv(&Table { columns, rows: outcomes.iter().map(row).collect() }, Profile::OpenData)?)
}
