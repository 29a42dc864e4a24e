//! What numbers are broken down by: attributes of units, their names, and who was asked in each stratum.

use std::collections::BTreeMap;

use store::{Edition, Invitation, Tx, UnitPlace};
use survey::Scope;
use survey::programme::{EVERY_UNIT, Programme};
use tally::Stratum;

use super::Refused;
use super::counting::stratum;
use super::programmes::Known;

/// Invitations read at a time.
const PAGE: u32 = 500;

/// What a group of units without a value is called.
const NONE: &str = "bez przypisania";

/// Names of attributes and of their values.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Names {
    /// Attributes with their names, in the order in which they are offered.
    pub attributes: Vec<(String, String)>,
    values: BTreeMap<(String, String), String>,
}

impl Names {
    fn new(programme: &Programme) -> Self {
        let declared = |code: &str| programme.breakdowns.iter().find(|one| one.code == code);
        let codes = EVERY_UNIT.into_iter().chain(programme.own_breakdowns().map(|one| one.code.as_str()));
        let named = |code: &str| {
            let name = declared(code).map_or_else(|| usual(code).to_owned(), |one| one.name.clone());
            (code.to_owned(), name)
        };
        let mut values = BTreeMap::new();
        for kind in &programme.kinds {
            values.insert(("kind".to_owned(), kind.code.clone()), kind.one.clone());
        }
        for breakdown in &programme.breakdowns {
            let own = breakdown.names.iter();
            values.extend(own.map(|(value, name)| ((breakdown.code.clone(), value.clone()), name.clone())));
        }
        Self { attributes: codes.map(named).collect(), values }
    }

    /// Learns names from the register: beside `nuts3` it has `nuts3_name`.
    fn learn(&mut self, invitation: &Invitation, stratum: &Stratum) {
        for (attribute, value) in stratum {
            if let Some(name) = invitation.attributes.get(&format!("{attribute}_name")) {
                let key = (attribute.clone(), value.clone());
                self.values.entry(key).or_insert_with(|| name.clone());
            }
        }
    }

    /// The name of an attribute; none for one that numbers are not broken down by.
    #[must_use]
    pub fn attribute(&self, code: &str) -> Option<&str> {
        self.attributes.iter().find(|(known, _)| known == code).map(|(_, name)| name.as_str())
    }

    /// The name of a value.
    #[must_use]
    pub fn value(&self, attribute: &str, value: Option<&str>) -> String {
        let Some(value) = value else { return NONE.to_owned() };
        let name = self.values.get(&(attribute.to_owned(), value.to_owned()));
        name.cloned().unwrap_or_else(|| value.to_owned())
    }
}

fn usual(code: &str) -> &str {
    match code {
        "kind" => "Rodzaj",
        "powiat" => "Powiat",
        "nuts2" => "NUTS 2",
        "nuts3" => "NUTS 3",
        other => other,
    }
}

/// Who was asked: by questionnaire and stratum.
pub(super) struct Frame {
    /// Names of everything in it.
    pub(super) names: Names,
    /// Invitations that are not withdrawn, by questionnaire and stratum.
    pub(super) asked: BTreeMap<String, BTreeMap<Stratum, u64>>,
}

impl Frame {
    /// Those asked with one questionnaire.
    pub(super) fn of(&self, form: &str) -> BTreeMap<Stratum, u64> {
        self.asked.get(form).cloned().unwrap_or_default()
    }
}

/// Reads the frame of an edition.
pub(super) fn frame(tx: &mut Tx<'_>, programme: &Known, edition: &Edition) -> Result<Frame, Refused> {
    let breakdowns: Vec<String> = programme.declared.own_breakdowns().map(|one| one.code.clone()).collect();
    let mut frame = Frame { names: Names::new(&programme.declared), asked: BTreeMap::new() };
    each_invitation(tx, programme.scope(), edition, |invitation| {
        let stratum = stratum(&invitation, &breakdowns);
        frame.names.learn(&invitation, &stratum);
        let of_form = frame.asked.entry(invitation.form_id).or_default();
        *of_form.entry(stratum).or_insert(0) += 1;
    })?;
    Ok(frame)
}

/// Walks over the invitations that are not withdrawn, in the order of units.
pub(super) fn each_invitation(
    tx: &mut Tx<'_>,
    scope: Scope,
    edition: &Edition,
    mut look: impl FnMut(Invitation),
) -> Result<(), Refused> {
    let mut after: Option<UnitPlace> = None;
    loop {
        let page = tx.invitation_page(scope, edition.id, after.as_ref(), PAGE)?;
        let Some(last) = page.last() else { return Ok(()) };
        after = Some(last.place());
        page.into_iter().filter(|invitation| invitation.withdrawn_at.is_none()).for_each(&mut look);
    }
}
