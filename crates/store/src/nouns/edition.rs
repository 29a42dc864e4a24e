//! Editions.

use chrono::NaiveDate;
use diesel::prelude::*;
use survey::{EditionId, Scope, Timestamp};

use crate::error::StoreError;
use crate::schema::edition::{self, dsl};
use crate::tx::Tx;
use crate::types::{At, EditionState, key};

/// One run of a programme.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = edition)]
pub struct Edition {
    /// Its id.
    pub id: EditionId,
    /// Its name in addresses, such as `2024`; unique within the programme.
    pub slug: String,
    /// Its name on screen.
    pub title: String,
    /// Where it stands.
    pub state: EditionState,
    /// First day of the reporting period.
    pub period_from: NaiveDate,
    /// Last day of the reporting period.
    pub period_to: NaiveDate,
    /// First day for answers, local to the programme.
    pub opens_on: NaiveDate,
    /// Last day for answers.
    pub closes_on: NaiveDate,
    /// `seq` of its newest event.
    pub seq: i64,
    /// How many submissions it has numbered.
    pub submissions: i64,
    /// Whether its numbers are final: no submission, no withdrawal, no new plan.
    pub frozen: bool,
    /// Whether its answers are made up.
    pub synthetic: bool,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it was launched.
    pub opened_at: Option<Timestamp>,
    /// When it was closed.
    pub closed_at: Option<Timestamp>,
}

impl Tx<'_> {
    /// Stores a new edition; both its counters start from 0 whatever `new` says.
    ///
    /// # Errors
    /// `Refused` when the slug is taken within the programme.
    pub fn edition_insert(&mut self, scope: Scope, new: &Edition) -> Result<(), StoreError> {
        let row = (
            dsl::programme_id.eq(key(scope.programme)),
            dsl::id.eq(key(new.id)),
            dsl::slug.eq(&new.slug),
            dsl::title.eq(&new.title),
            dsl::state.eq(new.state),
            dsl::period_from.eq(new.period_from),
            dsl::period_to.eq(new.period_to),
            dsl::opens_on.eq(new.opens_on),
            dsl::closes_on.eq(new.closes_on),
            dsl::seq.eq(0),
            dsl::submissions.eq(0),
            dsl::frozen.eq(new.frozen),
            dsl::synthetic.eq(new.synthetic),
            dsl::created_at.eq(At(new.created_at)),
            dsl::opened_at.eq(new.opened_at.map(At)),
            dsl::closed_at.eq(new.closed_at.map(At)),
        );
        self.run(|c| diesel::insert_into(dsl::edition).values(row).execute(c)).map(drop)
    }

    /// The edition with this id.
    pub fn edition_find(&mut self, scope: Scope, id: EditionId) -> Result<Option<Edition>, StoreError> {
        let one = dsl::edition.find((key(scope.programme), key(id))).select(Edition::as_select());
        self.run(|c| one.first(c).optional())
    }

    /// The edition with this name in addresses.
    pub fn edition_find_by_slug(&mut self, scope: Scope, slug: &str) -> Result<Option<Edition>, StoreError> {
        let one = dsl::edition
            .filter(dsl::programme_id.eq(key(scope.programme)))
            .filter(dsl::slug.eq(slug))
            .select(Edition::as_select());
        self.run(|c| one.first(c).optional())
    }

    /// All editions of the programme, the newest period first.
    pub fn edition_list(&mut self, scope: Scope) -> Result<Vec<Edition>, StoreError> {
        let all = dsl::edition
            .filter(dsl::programme_id.eq(key(scope.programme)))
            .order((dsl::period_from.desc(), dsl::slug))
            .select(Edition::as_select());
        self.run(|c| all.load(c))
    }

    /// Launches a draft edition; `false` when it is not in draft.
    pub fn edition_open(&mut self, scope: Scope, id: EditionId, at: Timestamp) -> Result<bool, StoreError> {
        let one =
            dsl::edition.find((key(scope.programme), key(id))).filter(dsl::state.eq(EditionState::Draft));
        let row = (dsl::state.eq(EditionState::Open), dsl::opened_at.eq(Some(At(at))));
        self.run(|c| diesel::update(one).set(row).execute(c)).map(|n| n > 0)
    }

    /// Closes an open edition; `false` when it is not open.
    pub fn edition_close(&mut self, scope: Scope, id: EditionId, at: Timestamp) -> Result<bool, StoreError> {
        let one =
            dsl::edition.find((key(scope.programme), key(id))).filter(dsl::state.eq(EditionState::Open));
        let row = (dsl::state.eq(EditionState::Closed), dsl::closed_at.eq(Some(At(at))));
        self.run(|c| diesel::update(one).set(row).execute(c)).map(|n| n > 0)
    }

    /// Opens a closed edition again; `false` when it is not closed, or frozen.
    pub fn edition_reopen(&mut self, scope: Scope, id: EditionId) -> Result<bool, StoreError> {
        let one = dsl::edition
            .find((key(scope.programme), key(id)))
            .filter(dsl::state.eq(EditionState::Closed))
            .filter(dsl::frozen.eq(false));
        let row = (dsl::state.eq(EditionState::Open), dsl::closed_at.eq(None::<At>));
        self.run(|c| diesel::update(one).set(row).execute(c)).map(|n| n > 0)
    }

    /// Freezes or unfreezes; `false` when it already was.
    pub fn edition_set_frozen(
        &mut self,
        scope: Scope,
        id: EditionId,
        frozen: bool,
    ) -> Result<bool, StoreError> {
        let one = dsl::edition.find((key(scope.programme), key(id))).filter(dsl::frozen.eq(!frozen));
        self.run(|c| diesel::update(one).set(dsl::frozen.eq(frozen)).execute(c)).map(|n| n > 0)
    }

    /// Freezes while the edition stands at `seq`, also when it is frozen already; `false` when an event came since.
    pub fn edition_freeze_at(&mut self, scope: Scope, id: EditionId, seq: i64) -> Result<bool, StoreError> {
        let one = dsl::edition.find((key(scope.programme), key(id))).filter(dsl::seq.eq(seq));
        self.run(|c| diesel::update(one).set(dsl::frozen.eq(true)).execute(c)).map(|n| n > 0)
    }

    /// Moves the first and last day for answers; `false` when there is no such edition or it is frozen.
    pub fn edition_set_calendar(
        &mut self,
        scope: Scope,
        id: EditionId,
        opens_on: NaiveDate,
        closes_on: NaiveDate,
    ) -> Result<bool, StoreError> {
        let one = dsl::edition.find((key(scope.programme), key(id))).filter(dsl::frozen.eq(false));
        let row = (dsl::opens_on.eq(opens_on), dsl::closes_on.eq(closes_on));
        self.run(|c| diesel::update(one).set(row).execute(c)).map(|n| n > 0)
    }

    /// Keeps the edition from being frozen until the transaction ends; `false` when it is frozen or missing.
    pub(crate) fn edition_hold(&mut self, scope: Scope, id: EditionId) -> Result<bool, StoreError> {
        let one = dsl::edition.find((key(scope.programme), key(id))).filter(dsl::frozen.eq(false));
        self.run(|c| diesel::update(one).set(dsl::frozen.eq(false)).execute(c)).map(|n| n > 0)
    }
}
