//! Every decision about things as it was made, as tables: enough to count different things again from exported answers.

use std::collections::BTreeMap;

use sheet::{Column, Table, Value};
use store::{Invitation, ThingDecision, ThingsApart};
use survey::InvitationId;

use super::super::measure_tables::maybe;
use super::super::{EditionName, Refused, Service};
use super::gather::counted_lists;

/// What was decided about the things of an edition.
#[derive(Debug, Clone)]
pub struct DecisionTables {
    /// A row per decision about an entry. Of several about one entry that with the highest number of its list holds; an
    /// empty key gives the entry back to what is written there.
    pub entries: Table,
    /// A row per decision about two things that are not one.
    pub apart: Table,
}

impl Service {
    /// Every decision about things of an edition, by questionnaire and list in the order of their numbers.
    ///
    /// # Errors
    /// [`Refused::UnknownEdition`].
    pub fn things_decided(&self, name: &EditionName) -> Result<DecisionTables, Refused> {
        let (programme, edition) = self.edition(name)?;
        let scope = programme.scope();
        let (entries, apart) = self.store.read("things_decided", |tx| {
            let units = tx.invitation_list(scope, edition.id)?;
            let units = units.into_iter().map(|unit| (unit.id, unit)).collect();
            let (mut entries, mut apart) = (Vec::new(), Vec::new());
            for source in self.sources(tx, &programme, &edition)? {
                let decisions = tx.thing_decision_list(scope, edition.id, &source.form)?;
                entries.extend(decisions.iter().map(|decision| about_entry(decision, &units)));
                for counted in counted_lists(&source) {
                    let decided = self.decided(tx, scope, &edition, &counted)?;
                    apart.extend(decided.pairs.iter().map(about_pair));
                }
            }
            Ok::<_, Refused>((entries, apart))
        })?;
        Ok(DecisionTables {
            entries: self.noted(name, table(&ABOUT_ENTRY, entries))?,
            apart: self.noted(name, table(&ABOUT_PAIR, apart))?,
        })
    }
}

const ABOUT_ENTRY: [&str; 13] = [
    "Ankieta",
    "Lista",
    "Numer",
    "Decyzja",
    "Kod jednostki",
    "Jednostka",
    "Wpis",
    "Odpowiedź",
    "Klucz",
    "Nazwa",
    "Powód",
    "Kto",
    "Kiedy",
];

const ABOUT_PAIR: [&str; 11] = [
    "Ankieta",
    "Lista",
    "Numer",
    "Różne",
    "Klucz",
    "Nazwa",
    "Drugi klucz",
    "Druga nazwa",
    "Powód",
    "Kto",
    "Kiedy",
];

fn table(columns: &[&str], rows: Vec<Vec<Value>>) -> Table {
    Table { columns: columns.iter().map(|title| Column::new(title)).collect(), rows }
}

fn about_entry(decision: &ThingDecision, units: &BTreeMap<InvitationId, Invitation>) -> Vec<Value> {
    let unit = units.get(&decision.response);
    vec![
        maybe(Some(&decision.form_id)),
        maybe(Some(&decision.list)),
        Value::Integer(decision.number),
        maybe(Some(decision.kind.as_str())),
        maybe(unit.map(|unit| unit.unit_code.as_str())),
        maybe(unit.map(|unit| unit.unit_name.as_str())),
        maybe(decision.row_id.as_deref()),
        maybe(Some(&decision.raw)),
        maybe(decision.thing_key.as_deref()),
        maybe(decision.thing_name.as_deref()),
        maybe(Some(&decision.reason)),
        maybe(Some(&decision.actor)),
        maybe(Some(&decision.at.to_string())),
    ]
}

fn about_pair(decision: &ThingsApart) -> Vec<Value> {
    vec![
        maybe(Some(&decision.form_id)),
        maybe(Some(&decision.list)),
        Value::Integer(decision.number),
        Value::Integer(decision.apart.into()),
        maybe(Some(&decision.one_key)),
        maybe(Some(&decision.one_name)),
        maybe(Some(&decision.other_key)),
        maybe(Some(&decision.other_name)),
        maybe(Some(&decision.reason)),
        maybe(Some(&decision.actor)),
        maybe(Some(&decision.at.to_string())),
    ]
}
