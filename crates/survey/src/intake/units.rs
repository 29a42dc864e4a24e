//! Whose response a row is.

use std::collections::BTreeMap;

use super::outcome::{Outcome, Verdict};
use super::translate::text;
use crate::register::{self, Cell, RawRow, Register};
use crate::unit::{Unit, UnitCode};

/// What the columns of a row say about the unit.
pub(super) struct Given<'a> {
    pub(super) line: u32,
    pub(super) code: Option<&'a Cell>,
    pub(super) name: Option<&'a Cell>,
    pub(super) powiat: Option<&'a Cell>,
}

/// Units by name, whatever its case and spaces, with the powiats that they lay in.
struct Names(BTreeMap<String, Vec<(UnitCode, Vec<String>)>>);

/// Finds the unit of each row and says in its outcome what was found.
pub(super) fn find(units: &[Unit], rows: &[Given<'_>], outcomes: &mut [&mut Outcome]) {
    if rows.iter().any(|row| row.code.is_some()) {
        by_code(units, rows, outcomes);
    } else {
        let names = Names::new(units);
        for (row, outcome) in rows.iter().zip(outcomes) {
            names.find(row, outcome);
        }
    }
}

/// The register's own rules decide about codes, with a name beside them where the file has one.
fn by_code(units: &[Unit], rows: &[Given<'_>], outcomes: &mut [&mut Outcome]) {
    let named = rows.iter().any(|row| row.name.is_some());
    let cells = |code: Cell, name: Cell| if named { vec![code, name] } else { vec![code] };
    let header =
        RawRow { line: 0, cells: cells(Cell::Text("TERYT".into()), Cell::Text("Nazwa jednostki".into())) };
    let cell = |cell: Option<&Cell>| cell.cloned().unwrap_or(Cell::Empty);
    let asked =
        rows.iter().map(|row| RawRow { line: row.line, cells: cells(cell(row.code), cell(row.name)) });
    let table: Vec<RawRow> = [header].into_iter().chain(asked).collect();
    let found = register::classify(&table, &Register::new(units));
    for (found, outcome) in found.into_iter().skip(1).zip(outcomes) {
        let verdict = match found.outcome {
            register::Verdict::Ignore | register::Verdict::Header => Verdict::Ignore,
            register::Verdict::Ok | register::Verdict::WarnEmail => Verdict::Ok,
            register::Verdict::WarnName | register::Verdict::WarnType => Verdict::WarnUnit,
            register::Verdict::Duplicate if found.unit.is_some() => Verdict::Ok,
            // The same unit on another line is looked at with its answers; a code and a name of two units is not.
            register::Verdict::Conflict => Verdict::Conflict,
            register::Verdict::Error | register::Verdict::Duplicate => Verdict::Error,
            register::Verdict::OkFixed | register::Verdict::WarnMulti | register::Verdict::WarnIdn => {
                Verdict::OkFixed
            }
        };
        outcome.unit.clone_from(&found.unit);
        match (verdict, found.note.is_empty() || found.outcome == register::Verdict::Duplicate) {
            (verdict, true) => outcome.verdict = outcome.verdict.max(verdict),
            (verdict, false) => outcome.add(verdict, found.note),
        }
    }
}

impl Names {
    fn new(units: &[Unit]) -> Self {
        let mut names: BTreeMap<String, Vec<(UnitCode, Vec<String>)>> = BTreeMap::new();
        for unit in units {
            let powiats: Vec<String> =
                unit.periods.iter().filter_map(|period| period.powiat.as_deref()).map(powiat_key).collect();
            let mut keys: Vec<String> = unit.periods.iter().map(|period| key(&period.name)).collect();
            keys.sort();
            keys.dedup();
            for key in keys {
                names.entry(key).or_default().push((unit.code.clone(), powiats.clone()));
            }
        }
        Self(names)
    }

    fn find(&self, row: &Given<'_>, outcome: &mut Outcome) {
        let given = row.name.map(text).unwrap_or_default();
        let powiat = row.powiat.map(text).filter(|text| !text.trim().is_empty());
        if given.trim().is_empty() {
            return outcome.add(Verdict::Error, "Brak nazwy jednostki.");
        }
        let mut found: Vec<&(UnitCode, Vec<String>)> =
            self.0.get(&key(&given)).into_iter().flatten().collect();
        if let Some(powiat) = &powiat {
            found.retain(|(_, powiats)| powiats.contains(&powiat_key(powiat)));
        }
        match found.as_slice() {
            [(code, _)] => {
                outcome.unit = Some(code.clone());
                outcome.verdict = outcome.verdict.max(Verdict::Ok);
            }
            [] => {
                let place = powiat.map(|powiat| format!(", {powiat}")).unwrap_or_default();
                outcome
                    .add(Verdict::Error, format!("W rejestrze nie ma jednostki „{}{place}”.", given.trim()));
            }
            several => {
                let codes: Vec<String> = several.iter().map(|(code, _)| code.to_string()).collect();
                let said = format!(
                    "Nazwę „{}” ma kilka jednostek ({}). Proszę dodać kolumnę z kodem albo z powiatem.",
                    given.trim(),
                    codes.join(", ")
                );
                outcome.add(Verdict::Error, said);
            }
        }
    }
}

/// What spellings of one name have in common: case, spaces and a word for the kind of unit do not count.
fn key(name: &str) -> String {
    let words = name.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
    let prefixes = [
        "urząd miasta i gminy ",
        "urząd gminy ",
        "miasto i gmina ",
        "gmina i miasto ",
        "gmina ",
        "miasto ",
        "m. ",
    ];
    let plain = prefixes.iter().find_map(|prefix| words.strip_prefix(prefix));
    plain.unwrap_or(&words).to_owned()
}

fn powiat_key(name: &str) -> String {
    let words = name.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
    words.strip_prefix("powiat ").unwrap_or(&words).to_owned()
}
