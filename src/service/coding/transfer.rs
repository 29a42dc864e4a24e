//! Codes as a table that people can work on elsewhere, and back: one outcome per row, all rows or none.

use std::collections::{BTreeMap, BTreeSet};

use sheet::{Cell, Column, Table, Value};
use store::Coding;

use super::super::{EditionName, Refused, Service};
use super::bench::{Bench, BenchAnswer, CodingState};
use super::decide::Decision;
use super::{CodedQuestion, Coder, joined};

/// The columns; headers for programs follow from them.
const COLUMNS: [&str; 11] = [
    "Ankieta",
    "Pytanie",
    "Kod jednostki",
    "Jednostka",
    "Wpis",
    "Odpowiedź",
    "Kody",
    "Stan",
    "Kto",
    "Kiedy",
    "Wersja klucza",
];

/// What became of a row of an uploaded table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RowOutcome {
    /// Physical line, from 1.
    pub line: u32,
    /// The row as far as it could be read: questionnaire, question, code of the unit, row.
    pub about: [String; 4],
    /// What becomes of it.
    pub outcome: Outcome,
}

/// What becomes of a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// The answer gets these codes.
    Coded(String),
    /// It has them already.
    Unchanged,
    /// The row names no codes, so nothing happens.
    Empty,
    /// Something is wrong; says what.
    Wrong(String),
}

impl Outcome {
    /// The word for it, in files and summaries.
    pub fn word(&self) -> &'static str {
        match self {
            Self::Coded(_) => "zakodowano",
            Self::Unchanged => "bez zmian",
            Self::Empty => "bez kodów",
            Self::Wrong(_) => "błąd",
        }
    }

    /// What else there is to say.
    pub fn details(&self) -> &str {
        match self {
            Self::Coded(text) | Self::Wrong(text) => text,
            Self::Unchanged | Self::Empty => "",
        }
    }
}

/// What became of an upload.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportedCodes {
    /// One outcome per row with content.
    pub rows: Vec<RowOutcome>,
    /// Answers that got other codes; 0 in a dry run and when a row is wrong.
    pub changed: usize,
}

impl ImportedCodes {
    /// Whether some row is wrong, so that nothing was stored.
    pub fn is_wrong(&self) -> bool {
        self.rows.iter().any(|row| matches!(row.outcome, Outcome::Wrong(_)))
    }

    /// The outcomes as a table.
    pub fn report(&self) -> Table {
        let names = ["Wiersz", "Ankieta", "Pytanie", "Kod jednostki", "Wpis", "Wynik", "Szczegóły"];
        let row = |row: &RowOutcome| {
            let text = |text: &str| Value::Text(text.to_owned());
            let mut cells = vec![Value::Integer(row.line.into())];
            cells.extend(row.about.iter().map(|one| text(one)));
            cells.extend([text(row.outcome.word()), text(row.outcome.details())]);
            cells
        };
        Table { columns: names.map(Column::new).into(), rows: self.rows.iter().map(row).collect() }
    }
}

/// A row of an uploaded table before it is compared with anything.
struct Typed {
    line: u32,
    cells: BTreeMap<String, String>,
}

impl Typed {
    fn cell(&self, name: &str) -> &str {
        self.cells.get(name).map_or("", |text| text.trim())
    }

    fn about(&self) -> [String; 4] {
        ["ankieta", "pytanie", "kod_jednostki", "wpis"].map(|name| self.cell(name).to_owned())
    }
}

impl Service {
    /// The answers to all coded questions with their codes, one row each.
    ///
    /// # Errors
    /// [`Refused::UnknownEdition`].
    pub fn codes_table(&self, name: &EditionName) -> Result<Table, Refused> {
        let benches = self.coded_questions(name)?.into_iter().map(|asked| self.bench(name, &asked));
        self.noted(name, table(&benches.collect::<Result<Vec<_>, _>>()?))
    }

    /// The answers to one coded question with their codes, as far as `actor` may see them.
    ///
    /// # Errors
    /// [`Refused::UnknownEdition`] also when the question is not coded.
    pub fn codes_table_for(
        &self,
        name: &EditionName,
        actor: &str,
        asked: &CodedQuestion,
    ) -> Result<Table, Refused> {
        self.noted(name, table(&[self.bench_for(name, actor, asked)?]))
    }

    /// The code frames of an edition as files: name and text.
    ///
    /// # Errors
    /// [`Refused::UnknownEdition`].
    pub fn frames_as_files(&self, name: &EditionName) -> Result<Vec<(String, String)>, Refused> {
        let (programme, edition) = self.edition(name)?;
        self.store.read("frames_as_files", |tx| {
            let mut files = BTreeMap::new();
            for source in self.sources(tx, &programme, &edition)? {
                for coding in &source.plan.codings {
                    let (scope, id) = (programme.scope(), edition.id);
                    let frame = self.code_frame(tx, scope, id, &source.model, &coding.frame)?;
                    files.insert(format!("{}.toml", coding.frame), frame.frame.to_toml());
                }
            }
            Ok(files.into_iter().collect())
        })
    }

    /// Gives answers the codes of an uploaded table: all rows, or none when one is wrong.
    ///
    /// # Errors
    /// [`Refused::Input`] when the file cannot be read or lacks a column; [`Refused::Overtaken`] when somebody codes the
    /// same answers at this moment.
    pub fn codes_import(
        &self,
        name: &EditionName,
        actor: &str,
        bytes: &[u8],
        file: &str,
        dry_run: bool,
    ) -> Result<ImportedCodes, Refused> {
        let typed = read(bytes, file)?;
        let mut benches: BTreeMap<CodedQuestion, Bench> = BTreeMap::new();
        for asked in self.coded_questions(name)? {
            benches.insert(asked.clone(), self.bench(name, &asked)?);
        }
        let mut seen = BTreeSet::new();
        let mut decisions: BTreeMap<CodedQuestion, Vec<Decision>> = BTreeMap::new();
        let mut rows = Vec::new();
        for one in &typed {
            let about = one.about();
            let outcome = match judge(&benches, one) {
                Ok((Outcome::Coded(codes), Some(answer))) => {
                    let asked = CodedQuestion { form: about[0].clone(), question: about[1].clone() };
                    let codes = super::split(&codes);
                    let printed = joined(&codes);
                    let decision = Decision::about(answer, codes);
                    decisions.entry(asked).or_default().push(decision);
                    Outcome::Coded(printed)
                }
                Ok((outcome, _)) => outcome,
                Err(why) => Outcome::Wrong(why),
            };
            let again = !seen.insert(about.clone()) && !matches!(outcome, Outcome::Wrong(_));
            let outcome =
                if again { Outcome::Wrong("ta odpowiedź stoi w pliku drugi raz".into()) } else { outcome };
            rows.push(RowOutcome { line: one.line, about, outcome });
        }
        let mut imported = ImportedCodes { rows, changed: 0 };
        if !dry_run && !imported.is_wrong() {
            imported.changed = self.store_import(name, actor, &benches, &decisions)?;
        }
        Ok(imported)
    }

    /// Everything of a file in one transaction.
    fn store_import(
        &self,
        name: &EditionName,
        actor: &str,
        benches: &BTreeMap<CodedQuestion, Bench>,
        decisions: &BTreeMap<CodedQuestion, Vec<Decision>>,
    ) -> Result<usize, Refused> {
        let mut rows: Vec<Coding> = Vec::new();
        for (asked, decisions) in decisions {
            let Some(bench) = benches.get(asked) else { continue };
            rows.extend(self.rows_of(bench, Coder::First, actor, decisions)?);
        }
        let changed = rows.len();
        let all = CodedQuestion { form: String::new(), question: "import".into() };
        self.store_decisions(name, actor, &all, Coder::First, rows)?;
        Ok(changed)
    }
}

fn table(benches: &[Bench]) -> Table {
    let rows = benches.iter().flat_map(|bench| bench.answers.iter().map(|answer| row(bench, answer)));
    Table { columns: COLUMNS.map(Column::new).into(), rows: rows.collect() }
}

fn row(bench: &Bench, one: &BenchAnswer) -> Vec<Value> {
    let text = |text: &str| Value::Text(text.to_owned());
    let last = one.history.first();
    let state = match one.state {
        CodingState::Open => "do zakodowania",
        CodingState::Changed => "zmieniona po zakodowaniu",
        CodingState::Coded => "zakodowana",
        CodingState::Covered => "zasłonięta do końca drugiego kodowania",
    };
    vec![
        text(&bench.asked.form),
        text(&bench.asked.question),
        text(&one.answer.invitation.unit_code),
        text(&one.answer.invitation.unit_name),
        if one.answer.row.is_empty() { Value::Empty } else { text(&one.answer.row) },
        text(&one.answer.text),
        text(&joined(&one.codes)),
        text(state),
        last.map_or(Value::Empty, |last| text(&last.actor)),
        last.map_or(Value::Empty, |last| text(&last.at.to_string())),
        last.map_or(Value::Empty, |last| Value::Integer(last.frame_version.into())),
    ]
}

fn read(bytes: &[u8], file: &str) -> Result<Vec<Typed>, Refused> {
    let book =
        sheet::read(bytes, file).map_err(|error| Refused::input(format!("{file}: {}", error.message())))?;
    let rows: Vec<&sheet::Row> = book.visible().flat_map(|sheet| &sheet.rows).collect();
    let empty = || Refused::input(format!("{file}: plik jest pusty"));
    let head = rows.iter().position(|row| !row.cells.is_empty()).ok_or_else(empty)?;
    let names: Vec<String> = rows[head].cells.iter().map(|cell| sheet::snake_case(&words(cell))).collect();
    let needed = ["ankieta", "pytanie", "kod_jednostki", "kody"];
    let missing: Vec<&str> =
        needed.into_iter().filter(|name| !names.iter().any(|known| known == name)).collect();
    if !missing.is_empty() {
        let line = rows[head].line;
        return Err(Refused::input(format!("{file}:{line}: brak kolumn: {}", missing.join(", "))));
    }
    let typed = |row: &&sheet::Row| Typed {
        line: row.line,
        cells: names.iter().cloned().zip(row.cells.iter().map(words)).collect(),
    };
    Ok(rows[head + 1..].iter().filter(|row| !row.cells.is_empty()).map(typed).collect())
}

fn words(cell: &Cell) -> String {
    match cell {
        Cell::Empty => String::new(),
        Cell::Text(text) | Cell::Error(text) => text.clone(),
        Cell::Number(number) => number.to_string(),
        Cell::Bool(truth) => truth.to_string(),
    }
}

/// What becomes of a row, and the answer that it is about.
fn judge<'a>(
    benches: &'a BTreeMap<CodedQuestion, Bench>,
    typed: &Typed,
) -> Result<(Outcome, Option<&'a BenchAnswer>), String> {
    let [form, question, unit, row] = typed.about();
    let asked = CodedQuestion { form, question };
    let bench = benches
        .get(&asked)
        .ok_or_else(|| format!("ankieta „{}” nie ma kodowanego pytania „{}”", asked.form, asked.question))?;
    let found = bench
        .answers
        .iter()
        .find(|one| one.answer.invitation.unit_code == unit && one.answer.row == row)
        .ok_or_else(|| format!("jednostka „{unit}” nie ma liczonej odpowiedzi na to pytanie"))?;
    if typed.cells.contains_key("odpowiedz") && !same_text(typed.cell("odpowiedz"), &found.answer.text) {
        return Err("treść odpowiedzi jest inna niż w bazie: urząd mógł ją zmienić po zapisaniu pliku".into());
    }
    let codes = codes(bench, found, typed.cell("kody"))?;
    if codes.is_empty() {
        return Ok((Outcome::Empty, None));
    }
    if codes == found.codes && found.state == CodingState::Coded {
        return Ok((Outcome::Unchanged, None));
    }
    Ok((Outcome::Coded(joined(&codes)), Some(found)))
}

/// The codes of a cell in the order of the frame; separated by spaces, commas or semicolons, in any case.
fn codes(bench: &Bench, found: &BenchAnswer, cell: &str) -> Result<Vec<String>, String> {
    let typed = cell.split([' ', ',', ';', '\n', '\u{a0}']).map(str::trim).filter(|code| !code.is_empty());
    let frame = &bench.frame.frame;
    let (mut wanted, mut wrong) = (BTreeSet::new(), Vec::new());
    for code in typed {
        match frame.codes.iter().find(|known| known.code.eq_ignore_ascii_case(code)) {
            Some(known) if known.retired.is_none() || found.codes.contains(&known.code) => {
                wanted.insert(known.code.as_str());
            }
            Some(known) => wrong.push(format!("kod {} jest wycofany", known.printed())),
            None => wrong.push(format!("nie ma kodu „{code}”")),
        }
    }
    if !wrong.is_empty() {
        return Err(wrong.join("; "));
    }
    let order = frame.codes.iter().map(|code| code.code.clone());
    Ok(order.filter(|code| wanted.contains(code.as_str())).collect())
}

/// Whether a cell holds the answer: spreadsheets put an apostrophe before formulas and change line ends.
fn same_text(cell: &str, answer: &str) -> bool {
    let plain = |text: &str| text.replace("\r\n", "\n").trim().to_owned();
    let (cell, answer) = (plain(cell), plain(answer));
    cell == answer
        || cell.strip_prefix('\'').is_some_and(|rest| sheet::is_formula_like(rest) && rest == answer)
}
