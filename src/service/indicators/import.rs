//! Values from a file: one outcome per row, and all or nothing.

use std::collections::BTreeMap;

use sheet::{Cell, Row};
use store::{AuditRow, IndicatorValue, Tx};
use survey::programme::Programme;
use survey::{IndicatorValueId, Scope};

use super::set::{details, is_overtaken, row as row_of, subject};
use super::{NewValue, Placed, TypedValue};
use crate::service::programmes::Known;
use crate::service::{Refused, Service};

/// The columns of a file of values, by name; others are not read.
pub(super) const COLUMNS: [&str; 10] = [
    "wskaznik",
    "lata",
    "czesc",
    "wartosc",
    "dokument",
    "strona",
    "data_dostepu",
    "niekompletna",
    "uwaga",
    "powod",
];

/// Columns that a file must have.
const NEEDED: [&str; 3] = ["wskaznik", "lata", "wartosc"];

/// What became of a file.
#[derive(Debug, Clone)]
pub struct Imported {
    /// One outcome per row that is not empty.
    pub outcomes: Vec<RowOutcome>,
    /// What was guessed about the file: encoding, separator, sheet.
    pub guessed: String,
    /// Whether anything was stored.
    pub stored: bool,
}

/// What became of a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RowOutcome {
    /// Physical line of the file.
    pub line: u32,
    /// Code, years and part as they were typed.
    pub what: String,
    /// What it does, or why it cannot.
    pub placed: Result<Placed, Vec<String>>,
}

impl RowOutcome {
    /// The outcome in a word or two.
    #[must_use]
    pub const fn polish(&self) -> &'static str {
        match &self.placed {
            Ok(Placed::New) => "nowa",
            Ok(Placed::Changed) => "poprawiona",
            Ok(Placed::Unchanged) => "bez zmian",
            Err(_) => "odrzucona",
        }
    }
}

impl Imported {
    /// Whether every row could be stored.
    #[must_use]
    pub fn is_clean(&self) -> bool {
        self.outcomes.iter().all(|outcome| outcome.placed.is_ok())
    }
}

impl Service {
    /// Enters the values of a CSV or XLSX file. When one row is refused nothing is stored; a dry run stores nothing.
    ///
    /// # Errors
    /// [`Refused::Input`] when the file cannot be read or lacks a column, [`Refused::Overtaken`] when somebody changed
    /// one of the indicators meanwhile.
    pub fn indicators_import(
        &self,
        programme: &Known,
        bytes: &[u8],
        file_name: &str,
        dry_run: bool,
        actor: &str,
    ) -> Result<Imported, Refused> {
        let book = sheet::read(bytes, file_name)
            .map_err(|error| Refused::input(format!("{file_name}: {}", error.message())))?;
        let rows: Vec<Row> = book.visible().flat_map(|sheet| sheet.rows.clone()).collect();
        let typed = typed_rows(&rows, file_name)?;
        let today = programme.zone().date(self.now());
        let read: Vec<_> = typed
            .into_iter()
            .map(|(line, typed)| (line, named(&typed), typed.read(&programme.declared, today)))
            .collect();
        let outcomes = self.place_all(programme, read, dry_run, actor)?;
        let clean = outcomes.iter().all(|outcome| outcome.placed.is_ok());
        Ok(Imported { outcomes, guessed: book.guessed.clone(), stored: clean && !dry_run })
    }

    fn place_all(
        &self,
        programme: &Known,
        rows: Vec<ReadRow>,
        dry_run: bool,
        actor: &str,
    ) -> Result<Vec<RowOutcome>, Refused> {
        let scope = programme.scope();
        let rows: Vec<PreparedRow> = rows.into_iter().map(|row| self.prepared(row, actor)).collect();
        let declared = programme.declared.clone();
        let stored = self.store.write("indicators_import", move |tx| -> Result<_, Refused> {
            let mut ledger =
                Ledger { scope, declared: &declared, histories: BTreeMap::new(), fresh: Vec::new() };
            let mut outcomes = Vec::new();
            for row in &rows {
                outcomes.push(ledger.place(tx, row)?);
            }
            if !dry_run && outcomes.iter().all(|outcome| outcome.placed.is_ok()) {
                for (entry, note) in &ledger.fresh {
                    tx.indicator_value_insert(scope, entry)?;
                    tx.audit_append(scope, note)?;
                }
            }
            Ok(outcomes)
        });
        let overtaken = || Refused::Overtaken("jeden ze wskaźników z pliku".into());
        stored.map_err(|error| if is_overtaken(&error) { overtaken() } else { error })
    }

    /// Everything that storing a row needs from clock and randomness, taken before the transaction.
    fn prepared(&self, row: ReadRow, actor: &str) -> PreparedRow {
        let (line, what, read) = row;
        let new = read.map(|new| {
            let entry = IndicatorValue {
                id: self.id::<IndicatorValueId>(),
                author: actor.to_owned(),
                created_at: self.now(),
                ..row_of(&new, None)
            };
            let note = self.note(actor, "indicator.set", subject(&new), details(&new));
            (new, entry, note)
        });
        PreparedRow { line, what, new }
    }
}

/// Line, what it is about, and the value or what is wrong with it.
type ReadRow = (u32, String, Result<NewValue, Vec<String>>);

/// A row with its entry as it would be stored, but for its number.
struct PreparedRow {
    line: u32,
    what: String,
    new: Result<(NewValue, IndicatorValue, AuditRow), Vec<String>>,
}

/// Histories as they would be after the rows so far.
struct Ledger<'a> {
    scope: Scope,
    declared: &'a Programme,
    histories: BTreeMap<String, Vec<IndicatorValue>>,
    fresh: Vec<(IndicatorValue, AuditRow)>,
}

impl Ledger<'_> {
    fn place(&mut self, tx: &mut Tx<'_>, row: &PreparedRow) -> Result<RowOutcome, Refused> {
        let placed = match &row.new {
            Err(lines) => Err(lines.clone()),
            Ok((new, entry, note)) => self.place_new(tx, new, entry, note)?,
        };
        Ok(RowOutcome { line: row.line, what: row.what.clone(), placed })
    }

    fn place_new(
        &mut self,
        tx: &mut Tx<'_>,
        new: &NewValue,
        entry: &IndicatorValue,
        note: &AuditRow,
    ) -> Result<Result<Placed, Vec<String>>, Refused> {
        if !self.histories.contains_key(&new.code) {
            let stored = tx.indicator_value_history(self.scope, &new.code)?;
            self.histories.insert(new.code.clone(), stored);
        }
        let history = self.histories.entry(new.code.clone()).or_default();
        let Some(declared) = self.declared.indicator(&new.code) else { return Ok(Err(Vec::new())) };
        let placed = new.place(declared, history);
        if matches!(placed, Ok(Placed::New | Placed::Changed)) {
            let no = history.last().map_or(0, |row| row.no) + 1;
            let entry = IndicatorValue { no, ..entry.clone() };
            history.push(entry.clone());
            self.fresh.push((entry, note.clone()));
        }
        Ok(placed)
    }
}

fn named(typed: &TypedValue) -> String {
    [&typed.code, &typed.years, &typed.part].map(|text| text.trim()).join(" ").trim_end().to_owned()
}

/// The rows below the header as somebody typed them.
fn typed_rows(rows: &[Row], file_name: &str) -> Result<Vec<(u32, TypedValue)>, Refused> {
    let header = |row: &Row| NEEDED.iter().all(|name| column(row, name).is_some());
    let Some(place) = rows.iter().position(header) else {
        return Err(Refused::input(format!(
            "{file_name}: nie ma wiersza z nagłówkami {}. Wszystkie kolumny: {}",
            NEEDED.join(", "),
            COLUMNS.join(", ")
        )));
    };
    let header = &rows[place];
    let filled = rows[place + 1..].iter().filter(|row| row.cells.iter().any(|cell| !shown(cell).is_empty()));
    Ok(filled.map(|row| (row.line, typed(header, row, file_name))).collect())
}

fn typed(header: &Row, row: &Row, file_name: &str) -> TypedValue {
    let cell = |name: &str| {
        column(header, name).and_then(|place| row.cells.get(place)).map_or_else(String::new, shown)
    };
    let said = |name: &str| matches!(cell(name).to_lowercase().as_str(), "tak" | "1" | "x");
    TypedValue {
        code: cell("wskaznik"),
        years: cell("lata"),
        part: cell("czesc"),
        value: cell("wartosc"),
        document: cell("dokument"),
        page: cell("strona"),
        accessed: cell("data_dostepu"),
        file: file_name.to_owned(),
        note: cell("uwaga"),
        reason: cell("powod"),
        incomplete: said("niekompletna"),
        ..TypedValue::default()
    }
}

fn column(header: &Row, name: &str) -> Option<usize> {
    header.cells.iter().position(|cell| shown(cell).to_lowercase() == name)
}

/// A cell as a person would type it; whole numbers of a workbook without a fraction.
fn shown(cell: &Cell) -> String {
    match cell {
        Cell::Empty => String::new(),
        Cell::Text(text) => text.trim().to_owned(),
        Cell::Number(number) => form::number::Number::from_f64(*number).to_text(),
        Cell::Bool(value) => if *value { "tak" } else { "nie" }.to_owned(),
        Cell::Error(error) => error.clone(),
    }
}
