//! The shipped register and the way from a file to outcomes.

use std::path::Path;
use std::sync::OnceLock;

use survey::register::{Cell, KnownUnit, Outcome, RawRow, Register, choose_sheet, classify, parse_shipped};

/// The rows of every visible sheet of a file.
pub(crate) fn sheets(bytes: &[u8], name: &str) -> Vec<Vec<RawRow>> {
    let book = sheet::read(bytes, name).unwrap_or_else(|error| panic!("{name}: {error}"));
    book.visible().map(|sheet| sheet.rows.iter().map(row).collect()).collect()
}

fn row(row: &sheet::Row) -> RawRow {
    let cell = |cell: &sheet::Cell| match cell.clone() {
        sheet::Cell::Empty => Cell::Empty,
        sheet::Cell::Text(text) => Cell::Text(text),
        sheet::Cell::Number(number) => Cell::Number(number),
        sheet::Cell::Bool(truth) => Cell::Bool(truth),
        sheet::Cell::Error(error) => Cell::Error(error),
    };
    RawRow { line: row.line, cells: row.cells.iter().map(cell).collect() }
}

/// A file of the shipped register, read as its rows.
pub(crate) fn shipped_rows(name: &str) -> Vec<RawRow> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../forms/mazowsze/register").join(name);
    let bytes = std::fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    sheets(&bytes, name).remove(0)
}

/// The units of a file of the shipped register.
pub(crate) fn units(name: &str) -> Vec<KnownUnit> {
    parse_shipped(&shipped_rows(name)).unwrap()
}

/// The register of these units.
pub(crate) fn register(units: &[KnownUnit]) -> Register {
    Register::of(units.iter().map(|unit| (&unit.code, unit.periods.as_slice())))
}

/// The register of all JST; read once, because the property tests ask for it hundreds of times.
pub(crate) fn jst() -> &'static Register {
    static JST: OnceLock<Register> = OnceLock::new();
    JST.get_or_init(|| register(&units("jst.csv")))
}

/// The outcomes of the sheet that the choice falls on.
pub(crate) fn outcomes(bytes: &[u8], name: &str, known: &Register) -> Vec<Outcome> {
    let sheets = sheets(bytes, name);
    let slices: Vec<&[RawRow]> = sheets.iter().map(Vec::as_slice).collect();
    let chosen = choose_sheet(&slices, known).unwrap_or(0);
    classify(slices[chosen], known)
}

/// What the contract of an outcome is: row, outcome, code, address.
pub(crate) fn contract(outcome: &Outcome) -> String {
    let text = |value: &Option<String>| value.clone().unwrap_or_default();
    format!("{},{},{},{}", outcome.line, outcome.outcome.as_str(), text(&outcome.teryt), text(&outcome.email))
}

/// The contracts of all rows of a file.
pub(crate) fn contracts(bytes: &[u8], name: &str) -> Vec<String> {
    outcomes(bytes, name, jst()).iter().map(contract).collect()
}
