//! Invitations.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use diesel::dsl::count_star;
use diesel::prelude::*;
use survey::{EditionId, InvitationId, Scope, Timestamp, UnitId};

use super::CHUNK;
use crate::connection::{MultiBackend, both};
use crate::error::StoreError;
use crate::schema::invitation::{self, dsl};
use crate::tx::{Tx, within};
use crate::types::{At, Json, key};

/// Unit, edition, questionnaire; what is known of the unit as it was when the edition opened.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = invitation)]
pub struct Invitation {
    /// Its id.
    pub id: InvitationId,
    /// Of which edition.
    pub edition_id: EditionId,
    /// Which unit is asked.
    pub unit_id: UnitId,
    /// With which questionnaire.
    pub form_id: String,
    /// Code of the unit.
    pub unit_code: String,
    /// Name of the unit.
    pub unit_name: String,
    /// Polish sort key of the name.
    pub unit_sort: Vec<u8>,
    /// Stratum: kind of the unit.
    pub kind: String,
    /// Stratum: powiat.
    pub powiat: Option<String>,
    /// Stratum: NUTS 2 code.
    pub nuts2: Option<String>,
    /// Stratum: NUTS 3 code.
    pub nuts3: Option<String>,
    /// Attributes of the unit for expressions.
    pub attributes: BTreeMap<String, String>,
    /// Last day for answers when it is not the edition's.
    pub closes_on: Option<NaiveDate>,
    /// When it was withdrawn: the unit is no longer asked.
    pub withdrawn_at: Option<Timestamp>,
    /// When it was made.
    pub created_at: Timestamp,
}

/// The place in the order of units after which a page begins.
pub type UnitPlace = (Vec<u8>, InvitationId);

impl Invitation {
    /// Its place in the order of units.
    pub fn place(&self) -> UnitPlace {
        (self.unit_sort.clone(), self.id)
    }
}

impl Tx<'_> {
    /// Stores new invitations.
    ///
    /// # Errors
    /// `Refused` when a unit is already invited to the questionnaire, or edition or unit do not exist.
    pub fn invitation_insert_all(&mut self, scope: Scope, new: &[Invitation]) -> Result<(), StoreError> {
        for chunk in new.chunks(CHUNK) {
            let rows: Vec<_> = chunk
                .iter()
                .map(|new| {
                    (
                        dsl::programme_id.eq(key(scope.programme)),
                        dsl::id.eq(key(new.id)),
                        dsl::edition_id.eq(key(new.edition_id)),
                        dsl::unit_id.eq(key(new.unit_id)),
                        dsl::form_id.eq(&new.form_id),
                        dsl::unit_code.eq(&new.unit_code),
                        dsl::unit_name.eq(&new.unit_name),
                        dsl::unit_sort.eq(&new.unit_sort),
                        dsl::kind.eq(&new.kind),
                        dsl::powiat.eq(new.powiat.as_deref()),
                        dsl::nuts2.eq(new.nuts2.as_deref()),
                        dsl::nuts3.eq(new.nuts3.as_deref()),
                        dsl::attributes.eq(Json::of(&new.attributes)),
                        dsl::closes_on.eq(new.closes_on),
                        dsl::withdrawn_at.eq(new.withdrawn_at.map(At)),
                        dsl::created_at.eq(At(new.created_at)),
                    )
                })
                .collect();
            self.run(|c| both!(c, k => diesel::insert_into(dsl::invitation).values(rows).execute(k)))?;
        }
        Ok(())
    }

    /// The invitation with this id.
    pub fn invitation_find(
        &mut self,
        scope: Scope,
        id: InvitationId,
    ) -> Result<Option<Invitation>, StoreError> {
        within(scope, id)?;
        let one = dsl::invitation.find((key(scope.programme), key(id))).select(Invitation::as_select());
        self.run(|c| one.first(c).optional())
    }

    /// The invitation of the unit with this code, in the order of questionnaires the first.
    pub fn invitation_find_by_unit(
        &mut self,
        scope: Scope,
        edition: EditionId,
        unit_code: &str,
    ) -> Result<Option<Invitation>, StoreError> {
        let one = dsl::invitation
            .filter(dsl::programme_id.eq(key(scope.programme)))
            .filter(dsl::edition_id.eq(key(edition)))
            .filter(dsl::unit_code.eq(unit_code))
            .order(dsl::form_id)
            .select(Invitation::as_select());
        let found: Option<Invitation> = self.run(|c| one.first(c).optional())?;
        Ok(found.filter(|invitation| scope.allows(invitation.id)))
    }

    /// The invitation of a unit to a questionnaire of an edition.
    pub fn invitation_of_unit(
        &mut self,
        scope: Scope,
        edition: EditionId,
        unit: UnitId,
        form: &str,
    ) -> Result<Option<Invitation>, StoreError> {
        let one = dsl::invitation
            .filter(dsl::programme_id.eq(key(scope.programme)))
            .filter(dsl::edition_id.eq(key(edition)))
            .filter(dsl::unit_id.eq(key(unit)))
            .filter(dsl::form_id.eq(form))
            .select(Invitation::as_select());
        let found: Option<Invitation> = self.run(|c| one.first(c).optional())?;
        Ok(found.filter(|invitation| scope.allows(invitation.id)))
    }

    /// The next invitations of an edition in the order of units, withdrawn ones included, at most `limit`.
    pub fn invitation_page(
        &mut self,
        scope: Scope,
        edition: EditionId,
        after: Option<&UnitPlace>,
        limit: u32,
    ) -> Result<Vec<Invitation>, StoreError> {
        let mut page = dsl::invitation
            .filter(dsl::programme_id.eq(key(scope.programme)))
            .filter(dsl::edition_id.eq(key(edition)))
            .order((dsl::unit_sort, dsl::id))
            .limit(i64::from(limit))
            .select(Invitation::as_select())
            .into_boxed::<MultiBackend>();
        if let Some(own) = scope.invitation {
            page = page.filter(dsl::id.eq(key(own)));
        }
        if let Some((sort, id)) = after {
            // The plain lower bound lets the index begin there.
            let later = dsl::unit_sort.gt(sort).or(dsl::id.gt(key(*id)));
            page = page.filter(dsl::unit_sort.ge(sort)).filter(later);
        }
        self.run(|c| page.load(c))
    }

    /// All invitations of an edition in the order of units.
    pub fn invitation_list(
        &mut self,
        scope: Scope,
        edition: EditionId,
    ) -> Result<Vec<Invitation>, StoreError> {
        self.invitation_page(scope, edition, None, u32::MAX)
    }

    /// How many invitations that are not withdrawn each questionnaire of an edition has.
    pub fn invitation_count(
        &mut self,
        scope: Scope,
        edition: EditionId,
    ) -> Result<BTreeMap<String, u64>, StoreError> {
        let counts = dsl::invitation
            .filter(dsl::programme_id.eq(key(scope.programme)))
            .filter(dsl::edition_id.eq(key(edition)))
            .filter(dsl::withdrawn_at.is_null())
            .group_by(dsl::form_id)
            .select((dsl::form_id, count_star()));
        let rows: Vec<(String, i64)> = self.run(|c| counts.load(c))?;
        Ok(rows.into_iter().map(|(form, n)| (form, n.unsigned_abs())).collect())
    }

    /// Withdraws an invitation; `false` when it already is, or does not exist.
    pub fn invitation_withdraw(
        &mut self,
        scope: Scope,
        id: InvitationId,
        at: Timestamp,
    ) -> Result<bool, StoreError> {
        within(scope, id)?;
        let one = dsl::invitation.find((key(scope.programme), key(id))).filter(dsl::withdrawn_at.is_null());
        self.run(|c| diesel::update(one).set(dsl::withdrawn_at.eq(Some(At(at)))).execute(c)).map(|n| n > 0)
    }

    /// Gives an invitation its own last day, or takes it away; `false` when it does not exist.
    pub fn invitation_set_closes_on(
        &mut self,
        scope: Scope,
        id: InvitationId,
        day: Option<NaiveDate>,
    ) -> Result<bool, StoreError> {
        within(scope, id)?;
        let one = dsl::invitation.find((key(scope.programme), key(id)));
        self.run(|c| diesel::update(one).set(dsl::closes_on.eq(day)).execute(c)).map(|n| n > 0)
    }
}
