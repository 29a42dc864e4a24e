//! Reading a public list in.

use chrono::NaiveDate;
use serde_json::json;
use sha2::{Digest, Sha256};
use sheet::Book;
use store::{EntityImport, EntityMention, StoreError};
use survey::entities::{self, List, Outcome, Said, Verdict};
use survey::register::{Cell, RawRow};
use survey::{EntityId, EntityImportId, Scope};

use super::super::programmes::Known;
use super::super::{Refused, Service, hex};
use super::{Roll, rolls};

/// How often an import is tried again when the same list is read in by somebody else at that moment.
const TRIES: usize = 4;

/// A list about to be read in.
#[derive(Debug, Clone, Copy)]
pub struct NewList<'a> {
    /// Which list.
    pub list: List,
    /// The day that it shows.
    pub as_of: NaiveDate,
    /// Who publishes it.
    pub source: &'a str,
    /// Name of the file.
    pub file_name: &'a str,
    /// The file, CSV or XLSX.
    pub bytes: &'a [u8],
    /// Whether its entities are made up.
    pub synthetic: bool,
}

/// What became of a list.
#[derive(Debug, Clone)]
pub struct ImportedList {
    /// One outcome per physical row, then one per entity that vanished.
    pub outcomes: Vec<Outcome>,
    /// What was guessed about the file: encoding, separator, sheet.
    pub guessed: String,
    /// Whether something was stored; not in a dry run, not for a file that was read in before, and not where a row is wrong.
    pub stored: bool,
}

impl ImportedList {
    /// Whether a row is wrong, so that nothing of the file is taken: an entity whose row was dropped would count as
    /// vanished.
    #[must_use]
    pub fn is_refused(&self) -> bool {
        self.wrong() > 0
    }

    /// How many rows are wrong.
    #[must_use]
    pub fn wrong(&self) -> usize {
        self.outcomes.iter().filter(|outcome| outcome.verdict == Verdict::Error).count()
    }
}

impl Service {
    /// Reads a list in, whole or not at all, in one transaction. A dry run stores nothing and has the same outcomes.
    ///
    /// # Errors
    /// [`Refused::Input`] when the file cannot be read or holds no list, and for a day that has not come yet. A file with
    /// a row that cannot be read is no error: its outcomes tell, and nothing of it is stored.
    pub fn entities_import(
        &self,
        actor: &str,
        programme: &Known,
        new: &NewList<'_>,
        dry_run: bool,
    ) -> Result<ImportedList, Refused> {
        if new.as_of > programme.zone().date(self.now()) {
            return Err(Refused::input(format!("data listy {} jeszcze nie nadeszła", new.as_of)));
        }
        if new.source.trim().is_empty() {
            return Err(Refused::input("proszę podać źródło listy: kto ją ogłasza"));
        }
        let book = sheet::read(new.bytes, new.file_name)
            .map_err(|error| Refused::input(format!("{}: {}", new.file_name, error.message())))?;
        let digest = hex(&Sha256::digest(new.bytes));
        let scope = programme.scope();
        for _ in 0..TRIES {
            let all = self.store.read("entities_import", |tx| rolls(tx, scope))?;
            let roll = all.into_iter().find(|roll| roll.list == new.list);
            let outcomes = classify(&book, new, roll.as_ref())?;
            let again = roll.as_ref().is_some_and(|roll| {
                roll.imports.iter().any(|one| one.as_of == new.as_of && one.digest == digest)
            });
            let mut imported = ImportedList { outcomes, guessed: book.guessed.clone(), stored: false };
            if dry_run || again || imported.is_refused() {
                return Ok(imported);
            }
            if self.store_list(actor, scope, new, roll.as_ref(), &imported.outcomes, &digest)? {
                imported.stored = true;
                return Ok(imported);
            }
        }
        Err(Refused::Overtaken("lista, którą ktoś inny właśnie wczytuje".into()))
    }

    /// Stores an import under the next number of its list; `false` when somebody else took it.
    fn store_list(
        &self,
        actor: &str,
        scope: Scope,
        new: &NewList<'_>,
        roll: Option<&Roll>,
        outcomes: &[Outcome],
        digest: &str,
    ) -> Result<bool, Refused> {
        let at = self.now();
        let number = roll.map_or(1, |roll| roll.imports.len() as i64 + 1);
        let import = EntityImport {
            id: self.id::<EntityImportId>(),
            list: new.list.as_str().to_owned(),
            number,
            as_of: new.as_of,
            source: new.source.trim().to_owned(),
            file_name: new.file_name.to_owned(),
            digest: digest.to_owned(),
            synthetic: new.synthetic,
            actor: actor.to_owned(),
            at,
        };
        let (mut fresh, mut mentions) = (Vec::new(), Vec::new());
        for outcome in outcomes.iter().filter(|outcome| outcome.verdict.is_taken()) {
            let (Some(said), Some(line)) = (&outcome.said, outcome.line) else { continue };
            let known = outcome.known.and_then(|place| roll.map(|roll| roll.ids[place]));
            let entity = known.unwrap_or_else(|| {
                let id = self.id::<EntityId>();
                fresh.push(id);
                id
            });
            mentions.push(mention(import.id, line, entity, said));
        }
        let count = |verdict| outcomes.iter().filter(|outcome| outcome.verdict == verdict).count();
        let details = json!({ "as_of": new.as_of, "source": import.source, "new": count(Verdict::New),
            "updated": count(Verdict::Updated), "vanished": count(Verdict::Vanished) });
        let note = self.note(actor, "entities.import", new.list.as_str(), details);
        let list = new.list.as_str();
        let stored = self.store.write("entities_import", move |tx| -> Result<(), StoreError> {
            tx.entity_import_insert(scope, &import)?;
            tx.entity_insert_all(scope, list, &fresh, at)?;
            tx.entity_mention_insert_all(scope, &mentions)?;
            tx.audit_append(scope, &note)
        });
        match stored {
            Err(error) if error.is_taken("entity_import") => Ok(false),
            other => Ok(other.map(|()| true)?),
        }
    }
}

fn mention(import_id: EntityImportId, line: u32, entity_id: EntityId, said: &Said) -> EntityMention {
    EntityMention {
        import_id,
        line: line.into(),
        entity_id,
        nip: said.nip.as_ref().map(|nip| nip.as_str().to_owned()),
        krs: said.krs.as_ref().map(|krs| krs.as_str().to_owned()),
        name: said.name.clone(),
        kind: said.kind.clone(),
        seat: said.seat.clone(),
        status_from: said.status_from,
        status_to: said.status_to,
        founded_on: said.founded_on,
    }
}

fn classify(book: &Book, new: &NewList<'_>, roll: Option<&Roll>) -> Result<Vec<Outcome>, Refused> {
    let sheets: Vec<Vec<RawRow>> =
        book.visible().map(|sheet| sheet.rows.iter().map(raw_row).collect()).collect();
    let views: Vec<&[RawRow]> = sheets.iter().map(Vec::as_slice).collect();
    let known = roll.map_or(&[][..], |roll| &roll.standings);
    let rows = entities::choose_sheet(&views).map(|place| views[place]);
    rows.and_then(|rows| entities::classify(rows, new.list, new.as_of, known)).ok_or_else(|| {
        Refused::input(format!(
            "{}: nie ma wiersza z nagłówkami listy (nazwa i co najmniej jedna z kolumn: NIP, KRS, rodzaj, siedziba, status od, status do, data założenia)",
            new.file_name
        ))
    })
}

fn raw_row(row: &sheet::Row) -> RawRow {
    let cell = |cell: &sheet::Cell| match cell {
        sheet::Cell::Empty => Cell::Empty,
        sheet::Cell::Text(text) => Cell::Text(text.clone()),
        sheet::Cell::Number(number) => Cell::Number(*number),
        sheet::Cell::Bool(value) => Cell::Bool(*value),
        sheet::Cell::Error(error) => Cell::Error(error.clone()),
    };
    RawRow { line: row.line, cells: row.cells.iter().map(cell).collect() }
}
