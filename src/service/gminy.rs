//! A measure by gmina, office by office: for the panel only, because a gmina is one office and no group under five leaves it.

use std::collections::BTreeMap;

use form::Plan;
use sheet::map::{Level, areas};
use store::{Edition, Tx};
use survey::InvitationId;
use survey::programme::FigureRules;
use tally::{Merges, Reading, Tally};

use super::counting::Source;
use super::programmes::Known;
use super::{EditionName, Refused, Service};

/// Submissions read at a time.
const PAGE: u32 = 200;
/// Digits of a code that name the gmina; the last one names its kind.
const DIGITS: usize = 6;

/// A measure of every gmina that answered.
#[derive(Debug, Clone)]
pub struct ByGmina {
    /// What can be chosen: questionnaire, name, label.
    pub offered: Vec<(String, String, String)>,
    /// `form_id`.
    pub form: String,
    /// Name of the measure.
    pub measure: String,
    /// What it says.
    pub label: String,
    /// Rules of the programme.
    pub rules: FigureRules,
    /// The gminy that answered, in the order of their codes.
    pub places: BTreeMap<String, Place>,
}

/// A gmina that answered.
#[derive(Debug, Clone)]
pub struct Place {
    /// Name of the office.
    pub name: String,
    /// Its powiat.
    pub powiat: Option<String>,
    /// Whose answers these are.
    pub invitation: InvitationId,
    /// The measure counted of its answers alone.
    pub reading: Reading,
}

impl Service {
    /// Counts a measure (`form.name`) of every gmina alone; the first one where none is named.
    ///
    /// # Errors
    /// [`Refused::UnknownEdition`]; [`Refused::Input`] for a measure that does not exist.
    pub fn by_gmina(&self, name: &EditionName, wanted: Option<&str>) -> Result<ByGmina, Refused> {
        let offered = self.cross_measures(name)?;
        let chosen = match wanted {
            Some(wanted) => offered.iter().find(|(form, measure, _)| format!("{form}.{measure}") == wanted),
            None => offered.first(),
        };
        let (form, measure, label) = chosen.cloned().ok_or_else(|| {
            Refused::input(match wanted {
                Some(wanted) => format!("nie ma miernika „{wanted}”, który da się pokazać na mapie"),
                None => "ankiety tej edycji nie mają miernika, który da się pokazać na mapie".into(),
            })
        })?;
        self.store.read("by_gmina", |tx| {
            let (programme, edition) = self.edition_in(tx, name)?;
            let source = self.sources(tx, &programme, &edition)?.into_iter().find(|one| one.form == form);
            let source = source.ok_or_else(|| Refused::UnknownEdition(name.to_string()))?;
            Ok(ByGmina {
                places: self.places(tx, &programme, &edition, &source, &measure)?,
                rules: programme.declared.figures.clone(),
                offered: offered.clone(),
                form: form.clone(),
                measure: measure.clone(),
                label: label.clone(),
            })
        })
    }

    fn places(
        &self,
        tx: &mut Tx<'_>,
        programme: &Known,
        edition: &Edition,
        source: &Source,
        measure: &str,
    ) -> Result<BTreeMap<String, Place>, Refused> {
        let scope = programme.scope();
        let merges = self.merges(tx, scope, edition.id, &source.form)?;
        let mut plan = Plan::clone(&source.plan);
        plan.measures.retain(|one| one.name == measure);
        plan.reports.clear();
        let known: BTreeMap<&str, &str> = areas(Level::Gmina).into_iter().collect();
        let mut places = BTreeMap::new();
        let mut after = None;
        loop {
            let page =
                tx.submission_page_counted(scope, edition.id, Some(&source.form), after.as_ref(), PAGE)?;
            let Some(last) = page.last() else { return Ok(places) };
            after = Some(last.invitation.place());
            for sent in &page {
                let code = sent.invitation.unit_code.get(..DIGITS).unwrap_or_default();
                if !known.contains_key(code) {
                    continue;
                }
                let added = self.contribution(tx, scope, source, &sent.invitation, &sent.submission)?;
                let Some(reading) = alone(source, &plan, &merges, &added) else { continue };
                places.insert(
                    code.to_owned(),
                    Place {
                        name: sent.invitation.unit_name.clone(),
                        powiat: sent.invitation.powiat.clone(),
                        invitation: sent.invitation.id,
                        reading,
                    },
                );
            }
        }
    }
}

/// The only measure of the plan, read of one contribution.
fn alone(source: &Source, plan: &Plan, merges: &Merges, added: &tally::Contribution) -> Option<Reading> {
    let mut tally = Tally::new();
    tally.add(added);
    tally::read(&source.model, plan, &tally, merges, 1).into_iter().next()
}
