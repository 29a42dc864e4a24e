//! The outcome of every row.

use std::collections::{BTreeMap, BTreeSet};

use super::address::{self, Addresses};
use super::cell::RawRow;
use super::code::{self, Found, Written};
use super::columns::{Columns, GivenName};
use super::furniture;
use super::known::{Known, Register};
use super::layout::{self, Layout};
use super::name;
use super::outcome::{Outcome, Values, Verdict};
use super::trouble::Trouble;
use crate::unit::{Email, UnitCode};

/// Says of every row what becomes of it, in the order of the rows, one outcome each.
///
/// Depends on nothing but the rows and the codes and names of the known units.
pub fn classify(rows: &[RawRow], known: &Register) -> Vec<Outcome> {
    let Some(layout) = layout::find(rows, known) else {
        return rows.iter().map(without_layout).collect();
    };
    let mut sorter = Sorter { known, columns: &layout.columns, seen: BTreeMap::new() };
    let header = &rows[layout.header.clone()];
    let about = |(place, row): (usize, &RawRow)| match furniture_of(place, row, &layout, header) {
        Some(outcome) => outcome,
        None => sorter.row(row),
    };
    rows.iter().enumerate().map(about).collect()
}

fn without_layout(row: &RawRow) -> Outcome {
    let trouble = if row.is_blank() { Trouble::BlankLine } else { Trouble::NoHeader };
    let verdict = if row.is_blank() { Verdict::Ignore } else { Verdict::Error };
    Draft::new(row).ended(verdict, vec![trouble])
}

/// Header, titles, blank lines and numbers of columns: what the place of the row or its looks alone decide.
fn furniture_of(place: usize, row: &RawRow, layout: &Layout, header: &[RawRow]) -> Option<Outcome> {
    let ignored = |trouble| Some(Draft::new(row).ended(Verdict::Ignore, vec![trouble]));
    let repeats =
        || header.iter().any(|above| above.distinct().len() > 1 && above.distinct() == row.distinct());
    if row.is_blank() {
        ignored(Trouble::BlankLine)
    } else if layout.header.contains(&place) || (place >= layout.header.end && repeats()) {
        Some(Draft::new(row).ended(Verdict::Header, Vec::new()))
    } else if place < layout.header.start {
        ignored(Trouble::TitleRow)
    } else if furniture::is_numbering(row, if place == layout.header.end { 2 } else { 3 }) {
        ignored(Trouble::NumberingRow)
    } else {
        None
    }
}

/// An outcome in the making.
struct Draft {
    line: u32,
    values: Values,
}

impl Draft {
    fn new(row: &RawRow) -> Self {
        Self { line: row.line, values: Values::default() }
    }

    /// An outcome about no unit.
    fn ended(self, outcome: Verdict, problems: Vec<Trouble>) -> Outcome {
        Outcome {
            line: self.line,
            outcome,
            teryt: None,
            unit: None,
            email: None,
            contacts: Vec::new(),
            note: note(&problems),
            problems,
            values: self.values,
        }
    }

    fn of_unit(
        self,
        unit: &Known,
        outcome: Verdict,
        problems: Vec<Trouble>,
        addresses: Addresses,
    ) -> Outcome {
        let mut made = self.ended(outcome, problems);
        made.teryt = Some(unit.full.clone());
        made.unit = Some(unit.code.clone());
        if outcome != Verdict::Conflict {
            made.email = addresses.shown;
            made.contacts = addresses.contacts;
        }
        made
    }
}

fn note(problems: &[Trouble]) -> String {
    problems.iter().map(Trouble::sentence).collect::<Vec<_>>().join(" ")
}

/// Goes through the rows and remembers which units stood where.
struct Sorter<'a> {
    known: &'a Register,
    columns: &'a Columns,
    seen: BTreeMap<UnitCode, Seen>,
}

/// The first row that was taken for a unit.
struct Seen {
    line: u32,
    addresses: BTreeSet<Email>,
}

impl Sorter<'_> {
    fn row(&mut self, row: &RawRow) -> Outcome {
        let name = self.columns.name.name(row);
        let email = self.columns.email(row);
        let values = Values {
            code: self.columns.code.shown(row),
            name: name.text.to_string(),
            email: email.clone().unwrap_or_default(),
        };
        let draft = Draft { line: row.line, values };
        let written = self.columns.code.written(row);
        let addresses = email.as_deref().map(address::read).unwrap_or_default();
        // The number beside „RAZEM” may be a short code by chance.
        if !written.is_long() && furniture::is_total(row, self.columns) {
            return draft.ended(Verdict::Ignore, vec![Trouble::TotalRow]);
        }
        match code::find(&written, &name.text, self.known) {
            Found::Unit(unit, problems) => self.unit(draft, unit, problems, &name, addresses),
            Found::City(city) => self.city(draft, city, &name, addresses),
            Found::Part(code) => draft.ended(Verdict::Ignore, vec![Trouble::CodePart(code)]),
            Found::Nothing(trouble) => self.nothing(draft, row, &written, trouble),
        }
    }

    fn city(&self, draft: Draft, city: &Known, name: &GivenName<'_>, addresses: Addresses) -> Outcome {
        match name::compare(&name.text, city, self.known) {
            Some(other @ Trouble::NameOfAnother(..)) => {
                draft.of_unit(city, Verdict::Conflict, vec![other], addresses)
            }
            _ => {
                let problems = vec![Trouble::DuplicateCity(city.full.clone())];
                draft.of_unit(city, Verdict::Duplicate, problems, addresses)
            }
        }
    }

    fn nothing(&self, draft: Draft, row: &RawRow, written: &Written, trouble: Trouble) -> Outcome {
        let code_is_blank = *written == Written::Missing;
        match furniture::is_furniture(row, self.columns, code_is_blank, self.known) {
            Some(furniture) => draft.ended(Verdict::Ignore, vec![furniture]),
            None => draft.ended(Verdict::Error, vec![trouble]),
        }
    }

    fn unit(
        &mut self,
        draft: Draft,
        unit: &Known,
        mut problems: Vec<Trouble>,
        name: &GivenName<'_>,
        mut addresses: Addresses,
    ) -> Outcome {
        if name.is_about(unit) {
            problems.extend(name::compare(&name.text, unit, self.known));
        }
        problems.append(&mut addresses.problems);
        let own = verdict(&problems);
        if own == Verdict::Conflict {
            return draft.of_unit(unit, own, problems, addresses);
        }
        if let Some(seen) = self.seen.get(&unit.code) {
            let new = addresses.contacts.iter().any(|address| !seen.addresses.contains(address));
            let (again, trouble) = if new {
                (Verdict::Conflict, Trouble::OtherEmail(seen.line))
            } else {
                (Verdict::Duplicate, Trouble::DuplicateOf(seen.line))
            };
            problems.push(trouble);
            return draft.of_unit(unit, again, problems, addresses);
        }
        let seen = Seen { line: draft.line, addresses: addresses.contacts.iter().cloned().collect() };
        self.seen.insert(unit.code.clone(), seen);
        draft.of_unit(unit, own, problems, addresses)
    }
}

/// The gravest of what was found in a row whose unit is certain. A missing address comes first, because nobody can be
/// written to; then what casts a doubt on the unit; then what is odd about a usable address.
fn verdict(problems: &[Trouble]) -> Verdict {
    let grave = [
        Verdict::Conflict,
        Verdict::WarnEmail,
        Verdict::WarnType,
        Verdict::WarnName,
        Verdict::WarnMulti,
        Verdict::WarnIdn,
        Verdict::OkFixed,
    ];
    let found: BTreeSet<Verdict> = problems.iter().map(weight).collect();
    grave.into_iter().find(|verdict| found.contains(verdict)).unwrap_or(Verdict::Ok)
}

fn weight(problem: &Trouble) -> Verdict {
    match problem {
        Trouble::NameOfAnother(..) => Verdict::Conflict,
        Trouble::EmailUnusable(_) => Verdict::WarnEmail,
        Trouble::OldType(..) => Verdict::WarnType,
        Trouble::NameDiffers(..) => Verdict::WarnName,
        Trouble::EmailSeveral(_) => Verdict::WarnMulti,
        Trouble::EmailNonAscii => Verdict::WarnIdn,
        Trouble::CodeFixed(_) | Trouble::NameSpaces | Trouble::NameCase | Trouble::EmailFixed(_) => {
            Verdict::OkFixed
        }
        _ => Verdict::Ok,
    }
}
