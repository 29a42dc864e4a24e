//! The frame: who was asked, and whether they answered. Walked beside the responses, which come in the same order.

use std::collections::VecDeque;

use sheet::{Column, Value};
use store::{Invitation, StoreError, Tx, UnitPlace};
use survey::{EditionId, Scope};

use super::PAGE;
use super::layout::Layout;
use super::rows::{notice, notice_column, plain, unit, unit_columns};

/// A walk over the invitations of a questionnaire that are not withdrawn.
pub(super) struct Frame<'a> {
    scope: Scope,
    edition: EditionId,
    form: &'a str,
    read: VecDeque<Invitation>,
    after: Option<UnitPlace>,
}

impl<'a> Frame<'a> {
    /// Before the first.
    pub(super) fn new(scope: Scope, edition: EditionId, form: &'a str) -> Self {
        Self { scope, edition, form, read: VecDeque::new(), after: None }
    }

    /// The next one that does not stand behind `other`.
    pub(super) fn next_up_to(
        &mut self,
        tx: &mut Tx<'_>,
        other: &Invitation,
    ) -> Result<Option<Invitation>, StoreError> {
        self.fill(tx)?;
        let stands = |next: &mut Invitation| (&next.unit_sort, next.id) <= (&other.unit_sort, other.id);
        Ok(self.read.pop_front_if(stands))
    }

    /// The next one.
    pub(super) fn next(&mut self, tx: &mut Tx<'_>) -> Result<Option<Invitation>, StoreError> {
        self.fill(tx)?;
        Ok(self.read.pop_front())
    }

    /// Reads pages until there is one to give or none is left.
    fn fill(&mut self, tx: &mut Tx<'_>) -> Result<(), StoreError> {
        while self.read.is_empty() {
            let page = tx.invitation_page(self.scope, self.edition, self.after.as_ref(), PAGE)?;
            let Some(last) = page.last() else { break };
            self.after = Some(last.place());
            let asked = |one: &Invitation| one.form_id == self.form && one.withdrawn_at.is_none();
            self.read.extend(page.into_iter().filter(asked));
        }
        Ok(())
    }
}

/// The columns of the table.
pub(super) fn columns(layout: &Layout<'_>) -> Vec<Column> {
    let mut columns = unit_columns(layout);
    columns.extend(plain([("Odpowiedź liczona (1 tak, 0 nie)", "odpowiedz")]));
    columns.push(notice_column());
    columns
}

/// The row of a unit.
pub(super) fn row(layout: &Layout<'_>, invitation: &Invitation, answered: bool) -> Vec<Value> {
    let mut row = unit(layout, invitation);
    row.push(Value::Integer(answered.into()));
    row.push(notice(layout.notice));
    row
}
