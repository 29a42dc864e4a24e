//! Frozen states of an edition's numbers, and errata between two of them. Rows are only added.

use diesel::prelude::*;
use serde_json::Value;
use survey::{EditionId, Scope, StateId, Timestamp};

use crate::error::StoreError;
use crate::schema::{erratum, frozen_chapter, frozen_state};
use crate::tx::Tx;
use crate::types::{At, Json, StateKind, key};

/// All numbers of an edition as they were at one moment.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = frozen_state)]
pub struct FrozenState {
    /// Its id; orders by time.
    pub id: StateId,
    /// Of which edition.
    pub edition_id: EditionId,
    /// Its name, unique within the edition.
    pub name: String,
    /// What it was made for.
    pub kind: StateKind,
    /// Its name on screen.
    pub label: String,
    /// `seq` of the newest event that is counted.
    pub seq: i64,
    /// The figures, canonical JSON.
    pub figures: String,
    /// SHA-256 of the figures, 64 hexadecimal digits.
    pub hash: String,
    /// The document of measures of the same moment, without answers in people's own words.
    pub measures: String,
    /// Version of the program that counted.
    pub program: String,
    /// Who froze it.
    pub actor: String,
    /// When.
    pub created_at: Timestamp,
}

/// The chapter of a state as it was when the state was frozen.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = frozen_chapter)]
pub struct FrozenChapter {
    /// Of which state.
    pub state_id: StateId,
    /// The chapter, JSON.
    pub content: String,
    /// SHA-256 of it, 64 hexadecimal digits.
    pub hash: String,
}

/// A correction: which numbers differ between two states, and why.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = erratum)]
pub struct Erratum {
    /// Counts from 1 within the edition.
    pub no: i32,
    /// Name of the earlier state.
    pub from_state: String,
    /// Name of the later state.
    pub to_state: String,
    /// Why.
    pub reason: String,
    /// The numbers that changed.
    pub changes: Value,
    /// Who stated it.
    pub actor: String,
    /// When.
    pub created_at: Timestamp,
}

impl Tx<'_> {
    /// Stores a state.
    ///
    /// # Errors
    /// `Refused` when the edition has a state of this name.
    pub fn frozen_state_insert(&mut self, scope: Scope, new: &FrozenState) -> Result<(), StoreError> {
        use frozen_state::dsl;
        let row = (
            dsl::programme_id.eq(key(scope.programme)),
            dsl::id.eq(key(new.id)),
            dsl::edition_id.eq(key(new.edition_id)),
            dsl::name.eq(&new.name),
            dsl::kind.eq(new.kind),
            dsl::label.eq(&new.label),
            dsl::seq.eq(new.seq),
            dsl::figures.eq(&new.figures),
            dsl::hash.eq(&new.hash),
            dsl::measures.eq(&new.measures),
            dsl::program.eq(&new.program),
            dsl::actor.eq(&new.actor),
            dsl::created_at.eq(At(new.created_at)),
        );
        self.run(|c| diesel::insert_into(dsl::frozen_state).values(row).execute(c)).map(drop)
    }

    /// Stores the chapter of a state.
    pub fn frozen_chapter_insert(&mut self, scope: Scope, new: &FrozenChapter) -> Result<(), StoreError> {
        use frozen_chapter::dsl;
        let row = (
            dsl::programme_id.eq(key(scope.programme)),
            dsl::state_id.eq(key(new.state_id)),
            dsl::content.eq(&new.content),
            dsl::hash.eq(&new.hash),
        );
        self.run(|c| diesel::insert_into(dsl::frozen_chapter).values(row).execute(c)).map(drop)
    }

    /// The chapter of a state; states of earlier versions of the program have none.
    pub fn frozen_chapter_find(
        &mut self,
        scope: Scope,
        state: StateId,
    ) -> Result<Option<FrozenChapter>, StoreError> {
        use frozen_chapter::dsl;
        let one = dsl::frozen_chapter
            .filter(dsl::programme_id.eq(key(scope.programme)))
            .filter(dsl::state_id.eq(key(state)))
            .select(FrozenChapter::as_select());
        self.run(|c| one.first(c).optional())
    }

    /// The states of an edition, the oldest first.
    pub fn frozen_state_list(
        &mut self,
        scope: Scope,
        edition: EditionId,
    ) -> Result<Vec<FrozenState>, StoreError> {
        use frozen_state::dsl;
        let all = dsl::frozen_state
            .filter(dsl::programme_id.eq(key(scope.programme)))
            .filter(dsl::edition_id.eq(key(edition)))
            .order(dsl::id)
            .select(FrozenState::as_select());
        self.run(|c| all.load(c))
    }

    /// The state of this name.
    pub fn frozen_state_find(
        &mut self,
        scope: Scope,
        edition: EditionId,
        name: &str,
    ) -> Result<Option<FrozenState>, StoreError> {
        use frozen_state::dsl;
        let one = dsl::frozen_state
            .filter(dsl::programme_id.eq(key(scope.programme)))
            .filter(dsl::edition_id.eq(key(edition)))
            .filter(dsl::name.eq(name))
            .select(FrozenState::as_select());
        self.run(|c| one.first(c).optional())
    }

    /// The newest state of an edition.
    pub fn frozen_state_newest(
        &mut self,
        scope: Scope,
        edition: EditionId,
    ) -> Result<Option<FrozenState>, StoreError> {
        use frozen_state::dsl;
        let one = dsl::frozen_state
            .filter(dsl::programme_id.eq(key(scope.programme)))
            .filter(dsl::edition_id.eq(key(edition)))
            .order(dsl::id.desc())
            .select(FrozenState::as_select());
        self.run(|c| one.first(c).optional())
    }

    /// Stores an erratum under its number.
    ///
    /// # Errors
    /// `Refused` when the number is taken, or the two states have an erratum already.
    pub fn erratum_insert(
        &mut self,
        scope: Scope,
        edition: EditionId,
        new: &Erratum,
    ) -> Result<(), StoreError> {
        use erratum::dsl;
        let row = (
            dsl::programme_id.eq(key(scope.programme)),
            dsl::edition_id.eq(key(edition)),
            dsl::no.eq(new.no),
            dsl::from_state.eq(&new.from_state),
            dsl::to_state.eq(&new.to_state),
            dsl::reason.eq(&new.reason),
            dsl::changes.eq(Json::of(&new.changes)),
            dsl::actor.eq(&new.actor),
            dsl::created_at.eq(At(new.created_at)),
        );
        self.run(|c| diesel::insert_into(dsl::erratum).values(row).execute(c)).map(drop)
    }

    /// The errata of an edition in their order.
    pub fn erratum_list(&mut self, scope: Scope, edition: EditionId) -> Result<Vec<Erratum>, StoreError> {
        use erratum::dsl;
        let all = dsl::erratum
            .filter(dsl::programme_id.eq(key(scope.programme)))
            .filter(dsl::edition_id.eq(key(edition)))
            .order(dsl::no)
            .select(Erratum::as_select());
        self.run(|c| all.load(c))
    }
}
