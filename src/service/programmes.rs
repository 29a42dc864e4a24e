//! Programmes: the tenants. Their file seeds the database.

use std::sync::Arc;

use store::Tx;
use survey::programme::Programme as Declared;
use survey::{ProgrammeId, Scope};

use super::{EditionName, Refused, Service};

/// A programme as stored, with its file read.
#[derive(Debug, Clone)]
pub struct Known {
    /// The row.
    pub row: store::Programme,
    /// What its file declares.
    pub declared: Declared,
}

impl Known {
    /// The scope of everything that is not a respondent's.
    pub fn scope(&self) -> Scope {
        Scope::programme(self.row.id)
    }

    /// The zone in which its dates are meant.
    pub fn zone(&self) -> survey::calendar::Zone {
        self.row.time_zone.parse().unwrap_or(survey::calendar::Zone::WARSAW)
    }
}

impl Service {
    /// Stores the programme that `source` declares, or brings the stored one up to date.
    ///
    /// # Errors
    /// [`Refused::Input`] when the file is wrong.
    pub fn programme_put(&self, source: &str, synthetic: bool) -> Result<Arc<Known>, Refused> {
        let declared =
            Declared::parse(source).map_err(|error| Refused::input(format!("programme.toml: {error}")))?;
        let now = self.now();
        let row = store::Programme {
            id: self.id::<ProgrammeId>(),
            slug: declared.programme.slug.clone(),
            name: declared.programme.name.clone(),
            time_zone: declared.programme.time_zone.clone(),
            source: source.to_owned(),
            synthetic,
            created_at: now,
            updated_at: now,
        };
        let row = self.store.write("programme_put", move |tx| -> Result<_, Refused> {
            let Some(known) = tx.programme_find_by_slug(&row.slug)? else {
                tx.programme_insert(&row)?;
                return Ok(row.clone());
            };
            let changed = store::Programme { id: known.id, created_at: known.created_at, ..row.clone() };
            tx.programme_update(&changed)?;
            Ok(changed)
        })?;
        Ok(Arc::new(Known { row, declared }))
    }

    /// The programme of this name.
    ///
    /// # Errors
    /// [`Refused::UnknownEdition`] when there is none.
    pub fn programme(&self, slug: &str) -> Result<Arc<Known>, Refused> {
        let row = self.store.read("programme", |tx| tx.programme_find_by_slug(slug))?;
        let row = row.ok_or_else(|| Refused::UnknownEdition(slug.to_owned()))?;
        self.versions.programme(row)
    }

    /// All programmes by name.
    ///
    /// # Errors
    /// Only those of the database.
    pub fn programmes(&self) -> Result<Vec<Arc<Known>>, Refused> {
        let rows = self.store.read("programmes", |tx| tx.programme_list())?;
        rows.into_iter().map(|row| self.versions.programme(row)).collect()
    }

    /// A programme and one of its editions.
    ///
    /// # Errors
    /// [`Refused::UnknownEdition`] when one of the two does not exist.
    pub fn edition(&self, name: &EditionName) -> Result<(Arc<Known>, store::Edition), Refused> {
        self.store.read("edition", |tx| self.edition_in(tx, name))
    }

    /// The same inside of a transaction, so that everything read after it is of one moment.
    pub(super) fn edition_in(
        &self,
        tx: &mut Tx<'_>,
        name: &EditionName,
    ) -> Result<(Arc<Known>, store::Edition), Refused> {
        let unknown = || Refused::UnknownEdition(name.to_string());
        let row = tx.programme_find_by_slug(&name.programme)?.ok_or_else(unknown)?;
        let programme = self.versions.programme(row)?;
        let edition = tx.edition_find_by_slug(programme.scope(), &name.edition)?;
        Ok((programme, edition.ok_or_else(unknown)?))
    }
}

/// Reads the stored file of a programme.
pub(super) fn known(row: store::Programme) -> Result<Known, Refused> {
    let declared = Declared::parse(&row.source)
        .map_err(|error| Refused::Unreadable { what: "programme", cause: error.to_string() })?;
    Ok(Known { row, declared })
}
