//! The register of units: what ships with a programme, and uploads from spreadsheets.

use std::collections::BTreeMap;

use sheet::Book;
use store::UnitAddress;
use survey::register::{self, Cell, KnownUnit, Outcome, RawRow, Register};
use survey::unit::{Unit, UnitCode};
use survey::{Scope, UnitId};

use super::programmes::Known;
use super::{Refused, Service};
use crate::forms::{ProgrammeFiles, REGISTER_FILES};

/// The role of an address that came with the register.
const OFFICE: &str = "urzad";

/// What became of an upload.
#[derive(Debug, Clone)]
pub struct Imported {
    /// One outcome per physical row.
    pub outcomes: Vec<Outcome>,
    /// What was guessed about the file: encoding, separator, sheet.
    pub guessed: String,
    /// Units whose addresses were new or different; 0 in a dry run.
    pub changed: usize,
}

/// Reads an upload and finds the outcome of every row. Depends on the file and the known units alone.
///
/// # Errors
/// [`Refused::Input`] when the file cannot be read or holds no register.
pub fn classify(bytes: &[u8], file_name: &str, known: &Register) -> Result<Imported, Refused> {
    let book = sheet::read(bytes, file_name)
        .map_err(|error| Refused::input(format!("{file_name}: {}", error.message())))?;
    let rows = rows_of(&book, known).ok_or_else(|| {
        Refused::input(format!(
            "{file_name}: nie ma kolumny z kodami jednostek (TERYT albo kod urzędu). Proszę sprawdzić, czy to właściwy plik."
        ))
    })?;
    Ok(Imported { outcomes: register::classify(&rows, known), guessed: book.guessed.clone(), changed: 0 })
}

fn rows_of(book: &Book, known: &Register) -> Option<Vec<RawRow>> {
    let sheets: Vec<Vec<RawRow>> =
        book.visible().map(|sheet| sheet.rows.iter().map(raw_row).collect()).collect();
    let views: Vec<&[RawRow]> = sheets.iter().map(Vec::as_slice).collect();
    register::choose_sheet(&views, known).map(|chosen| sheets[chosen].clone())
}

fn raw_row(row: &sheet::Row) -> RawRow {
    RawRow { line: row.line, cells: row.cells.iter().map(cell).collect() }
}

/// A cell of an uploaded file as the rules about uploads see it.
pub(super) fn cell(cell: &sheet::Cell) -> Cell {
    match cell {
        sheet::Cell::Empty => Cell::Empty,
        sheet::Cell::Text(text) => Cell::Text(text.clone()),
        sheet::Cell::Number(number) => Cell::Number(*number),
        sheet::Cell::Bool(value) => Cell::Bool(*value),
        sheet::Cell::Error(error) => Cell::Error(error.clone()),
    }
}

/// The units that ship with a programme.
///
/// # Errors
/// [`Refused::Input`] with every line that is wrong.
pub fn shipped_units(files: &ProgrammeFiles) -> Result<Vec<KnownUnit>, Refused> {
    let mut units = Vec::new();
    for name in REGISTER_FILES {
        let text = files.read(name).map_err(|error| Refused::input(error.to_string()))?;
        let book = sheet::read(text.as_bytes(), name)
            .map_err(|error| Refused::input(format!("{}: {}", files.place(name), error.message())))?;
        let rows: Vec<RawRow> = book.visible().flat_map(|sheet| sheet.rows.iter().map(raw_row)).collect();
        let found = register::parse_shipped(&rows).map_err(|troubles| {
            Refused::Input(
                troubles.iter().map(|t| format!("{}:{}: {}", files.place(name), t.line, t.what)).collect(),
            )
        })?;
        units.extend(found);
    }
    Ok(units)
}

/// The known codes and names of shipped units.
#[must_use]
pub fn known_of(units: &[KnownUnit]) -> Register {
    Register::of(units.iter().map(|unit| (&unit.code, unit.periods.as_slice())))
}

impl Service {
    /// Brings the stored units up to date with those that ship with the programme; returns how many are new.
    ///
    /// # Errors
    /// [`Refused::Input`] when the shipped files are wrong.
    pub fn register_put(&self, programme: &Known, files: &ProgrammeFiles) -> Result<usize, Refused> {
        let scope = programme.scope();
        let shipped = shipped_units(files)?;
        let fresh: Vec<UnitId> = shipped.iter().map(|_| self.id()).collect();
        let now = self.now();
        self.store.write("register_put", move |tx| {
            let stored: BTreeMap<UnitCode, Unit> =
                tx.unit_list(scope)?.into_iter().map(|unit| (unit.code.clone(), unit)).collect();
            let mut new = Vec::new();
            for (unit, id) in shipped.iter().zip(&fresh) {
                match stored.get(&unit.code) {
                    None => {
                        new.push(Unit { id: *id, code: unit.code.clone(), periods: unit.periods.clone() })
                    }
                    Some(known) if known.periods != unit.periods => {
                        let changed = Unit { periods: unit.periods.clone(), ..known.clone() };
                        tx.unit_update(scope, &changed, now)?;
                    }
                    Some(_) => {}
                }
            }
            tx.unit_insert_all(scope, &new, now)?;
            Ok(new.len())
        })
    }

    /// Takes the addresses of an upload over. All accepted rows in one transaction; a dry run stores nothing and
    /// has the same outcomes.
    ///
    /// # Errors
    /// [`Refused::Input`] when the file cannot be read.
    pub fn units_import(
        &self,
        programme: &Known,
        bytes: &[u8],
        file_name: &str,
        dry_run: bool,
    ) -> Result<Imported, Refused> {
        let scope = programme.scope();
        let units = self.store.read("units_import", |tx| tx.unit_list(scope))?;
        let mut imported = classify(bytes, file_name, &Register::new(&units))?;
        if !dry_run {
            imported.changed = self.addresses_put(scope, &units, &imported.outcomes)?;
        }
        Ok(imported)
    }

    fn addresses_put(&self, scope: Scope, units: &[Unit], outcomes: &[Outcome]) -> Result<usize, Refused> {
        let ids: BTreeMap<&UnitCode, UnitId> = units.iter().map(|unit| (&unit.code, unit.id)).collect();
        let mut wanted: BTreeMap<UnitId, Vec<UnitAddress>> = BTreeMap::new();
        for outcome in outcomes.iter().filter(|outcome| outcome.outcome.is_taken()) {
            let Some(id) = outcome.unit.as_ref().and_then(|code| ids.get(code)) else { continue };
            if !outcome.contacts.is_empty() {
                wanted.insert(*id, outcome.contacts.iter().map(address).collect());
            }
        }
        Ok(self.store.write("addresses_put", move |tx| {
            let stored = tx.unit_addresses(scope)?;
            let changed: BTreeMap<UnitId, Vec<UnitAddress>> = wanted
                .iter()
                .filter(|(id, addresses)| stored.get(id) != Some(addresses))
                .map(|(id, addresses)| (*id, addresses.clone()))
                .collect();
            tx.unit_addresses_replace(scope, &changed)?;
            Ok::<_, store::StoreError>(changed.len())
        })?)
    }

    /// All units of a programme with their addresses, in the order of codes.
    ///
    /// # Errors
    /// Only those of the database.
    pub fn units(&self, programme: &Known) -> Result<Vec<(Unit, Vec<UnitAddress>)>, Refused> {
        let scope = programme.scope();
        Ok(self.store.read("units", |tx| {
            let mut addresses = tx.unit_addresses(scope)?;
            let units = tx.unit_list(scope)?;
            Ok::<_, store::StoreError>(
                units
                    .into_iter()
                    .map(|unit| {
                        let own = addresses.remove(&unit.id).unwrap_or_default();
                        (unit, own)
                    })
                    .collect(),
            )
        })?)
    }
}

fn address(email: &survey::unit::Email) -> UnitAddress {
    UnitAddress { email: email.clone(), role: OFFICE.into() }
}
