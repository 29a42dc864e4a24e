//! Programmes.

use diesel::prelude::*;
use survey::{ProgrammeId, Timestamp};

use crate::error::StoreError;
use crate::schema::programme::{self, dsl};
use crate::tx::Tx;
use crate::types::{At, key};

/// A tenant.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = programme)]
pub struct Programme {
    /// Its id.
    pub id: ProgrammeId,
    /// Its name in addresses, unique.
    pub slug: String,
    /// Its name on screen.
    pub name: String,
    /// Name of its time zone, such as `Europe/Warsaw`.
    pub time_zone: String,
    /// Its description (TOML) as it was loaded.
    pub source: String,
    /// Whether its units and answers are made up.
    pub synthetic: bool,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it was last loaded.
    pub updated_at: Timestamp,
}

impl Tx<'_> {
    /// Stores a new programme.
    ///
    /// # Errors
    /// `Refused` when the slug is taken.
    pub fn programme_insert(&mut self, new: &Programme) -> Result<(), StoreError> {
        let row = (
            dsl::id.eq(key(new.id)),
            dsl::slug.eq(&new.slug),
            dsl::name.eq(&new.name),
            dsl::time_zone.eq(&new.time_zone),
            dsl::source.eq(&new.source),
            dsl::synthetic.eq(new.synthetic),
            dsl::created_at.eq(At(new.created_at)),
            dsl::updated_at.eq(At(new.updated_at)),
        );
        self.run(|c| diesel::insert_into(dsl::programme).values(row).execute(c)).map(drop)
    }

    /// Stores name, time zone and description of a programme that exists; `false` when it does not.
    pub fn programme_update(&mut self, changed: &Programme) -> Result<bool, StoreError> {
        let row = (
            dsl::name.eq(&changed.name),
            dsl::time_zone.eq(&changed.time_zone),
            dsl::source.eq(&changed.source),
            dsl::updated_at.eq(At(changed.updated_at)),
        );
        let one = dsl::programme.find(key(changed.id));
        self.run(|c| diesel::update(one).set(row).execute(c)).map(|n| n > 0)
    }

    /// The programme with this id.
    pub fn programme_find(&mut self, id: ProgrammeId) -> Result<Option<Programme>, StoreError> {
        let one = dsl::programme.find(key(id)).select(Programme::as_select());
        self.run(|c| one.first(c).optional())
    }

    /// When a programme was last loaded: its file is large and read again only when this has changed.
    pub fn programme_updated_at(&mut self, id: ProgrammeId) -> Result<Option<Timestamp>, StoreError> {
        let one = dsl::programme.find(key(id)).select(dsl::updated_at);
        self.run(|c| one.first(c).optional())
    }

    /// The programme with this name in addresses.
    pub fn programme_find_by_slug(&mut self, slug: &str) -> Result<Option<Programme>, StoreError> {
        let one = dsl::programme.filter(dsl::slug.eq(slug)).select(Programme::as_select());
        self.run(|c| one.first(c).optional())
    }

    /// All programmes by slug.
    pub fn programme_list(&mut self) -> Result<Vec<Programme>, StoreError> {
        let all = dsl::programme.order(dsl::slug).select(Programme::as_select());
        self.run(|c| all.load(c))
    }
}
