//! Measures: the tally of each questionnaire, caught up on the events since it was last read.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex, PoisonError};

use form::{Model, Plan};
use serde::{Deserialize, Serialize};
use store::{Edition, Invitation, StateKind, StoreError, Submission, Tx};
use survey::{EditionId, Scope, Timestamp};
use tally::{Contribution, Counted, Reading, Tally, UnitKey};

use super::programmes::Known;
use super::{EditionName, Refused, Service};

/// Rows read at a time while catching up.
const PAGE: u32 = 500;

/// One tally kept in memory.
#[derive(Default)]
struct Kept {
    plan_hash: String,
    tally: Tally,
}

/// An edition and one of its questionnaires.
type Counting = (EditionId, String);

/// The tallies that this process keeps, one per edition and questionnaire. Losing them costs time, never numbers:
/// whoever needs a tally first catches up on the events after its `as_of`.
#[derive(Default)]
pub(super) struct Tallies(Mutex<HashMap<Counting, Arc<Mutex<Kept>>>>);

impl Tallies {
    fn of(&self, edition: EditionId, form: &str) -> Arc<Mutex<Kept>> {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(all.entry((edition, form.to_owned())).or_default())
    }
}

/// All measures of an edition, as commands and the API hand them out.
#[derive(Debug, Clone, Serialize)]
pub struct Measures {
    /// `programme/edition`.
    pub edition: String,
    /// Up to which event they count.
    pub as_of: AsOf,
    /// The frozen state that they are read from; none for those of this moment.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub state: Option<StateMark>,
    /// Whether the answers are made up.
    pub synthetic: bool,
    /// What that means, for people; none for real answers.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub notice: Option<&'static str>,
    /// Questionnaires with how many were sent out and came back.
    pub forms: BTreeMap<String, FormCounts>,
    /// The measures, by questionnaire in the order of their plans.
    pub measures: Vec<FormReading>,
}

/// The state of the edition that numbers are read at.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, PartialEq, Eq)]
pub struct AsOf {
    /// The last event that is counted.
    pub seq: i64,
    /// Whether the edition's numbers are final.
    pub frozen: bool,
}

/// What everything made from a frozen state says about it.
#[derive(Debug, Clone, Serialize, PartialEq, Eq)]
pub struct StateMark {
    /// Its name.
    pub name: String,
    /// What it was made for.
    pub kind: StateKind,
    /// Its name on screen.
    pub label: String,
    /// SHA-256 of its numbers.
    pub hash: String,
    /// When it was frozen.
    pub at: Timestamp,
    /// Version of the program that counted.
    pub program: String,
}

/// How many were asked and how many answered.
#[derive(Debug, Clone, Copy, Default, Serialize, Deserialize, PartialEq, Eq)]
pub struct FormCounts {
    /// Invitations that are not withdrawn.
    pub invited: u64,
    /// Responses counted.
    pub submitted: u64,
}

/// A measure and its questionnaire.
#[derive(Debug, Clone, Serialize)]
pub struct FormReading {
    /// `form_id`.
    pub form: String,
    /// The measure.
    #[serde(flatten)]
    pub reading: Reading,
}

/// A row of the report with what feeds it.
#[derive(Debug, Clone)]
pub struct ReportLine {
    /// Code of the row.
    pub row: String,
    /// What it is about.
    pub name: String,
    /// Sentences with their numbers.
    pub sentences: Vec<String>,
    /// The same sentences in pieces, each with its questionnaire.
    pub told: Vec<Told>,
    /// Measures.
    pub measures: Vec<FormReading>,
}

/// A sentence in pieces, which tell its numbers from its words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    /// `form_id` of the questionnaire that it comes from.
    pub form: String,
    /// The pieces.
    pub bits: Vec<tally::Bit>,
}

impl Told {
    /// The whole sentence.
    #[must_use]
    pub fn text(&self) -> String {
        self.bits.iter().map(tally::Bit::text).collect()
    }
}

/// What people are told about synthetic answers, everywhere.
pub const SYNTHETIC_NOTICE: &str = "dane przykładowe, nie są odpowiedziami wymienionych urzędów";

/// A questionnaire with everything its measures are read from.
pub(super) struct Source {
    pub(super) form: String,
    pub(super) model: Arc<Model>,
    pub(super) plan: Arc<Plan>,
    plan_hash: String,
    sent: u64,
}

impl Service {
    /// All measures of an edition at this moment.
    ///
    /// # Errors
    /// [`Refused::UnknownEdition`].
    pub fn measures(&self, name: &EditionName) -> Result<Measures, Refused> {
        let (programme, edition) = self.edition(name)?;
        self.store.read("measures", |tx| {
            let edition = tx.edition_find(programme.scope(), edition.id)?.unwrap_or(edition);
            let (mut measures, _) = self.read_measures(tx, name, &programme, &edition)?;
            if edition.frozen {
                measures.as_of = self.read_figures(tx, name, &programme, &edition)?.as_of;
            }
            Ok(measures)
        })
    }

    /// The rows of the report in its order, with sentences and measures.
    ///
    /// # Errors
    /// [`Refused::UnknownEdition`].
    pub fn report_lines(&self, name: &EditionName) -> Result<(Measures, Vec<ReportLine>), Refused> {
        let (programme, edition) = self.edition(name)?;
        self.store.read("report_lines", |tx| {
            let edition = tx.edition_find(programme.scope(), edition.id)?.unwrap_or(edition);
            let (measures, sources) = self.read_measures(tx, name, &programme, &edition)?;
            let lines = report_lines_of(&programme, &measures, &sources);
            Ok((measures, lines))
        })
    }

    pub(super) fn read_measures(
        &self,
        tx: &mut Tx<'_>,
        name: &EditionName,
        programme: &Known,
        edition: &Edition,
    ) -> Result<(Measures, Vec<Source>), Refused> {
        let scope = programme.scope();
        let sources = self.sources(tx, scope, edition)?;
        let mut forms = BTreeMap::new();
        let mut measures = Vec::new();
        for source in &sources {
            let kept = self.tallies.of(edition.id, &source.form);
            let mut kept = kept.lock().unwrap_or_else(PoisonError::into_inner);
            self.catch_up(tx, scope, edition, source, &mut kept)?;
            forms.insert(
                source.form.clone(),
                FormCounts { invited: source.sent, submitted: kept.tally.responses() },
            );
            let merges = self.merges(tx, scope, edition.id, &source.form)?;
            let readings = tally::read(&source.model, &source.plan, &kept.tally, &merges, source.sent);
            measures.extend(
                readings.into_iter().map(|reading| FormReading { form: source.form.clone(), reading }),
            );
        }
        let synthetic = edition.synthetic || programme.row.synthetic;
        let measures = Measures {
            edition: name.to_string(),
            as_of: AsOf { seq: edition.seq, frozen: edition.frozen },
            state: None,
            synthetic,
            notice: synthetic.then_some(SYNTHETIC_NOTICE),
            forms,
            measures,
        };
        Ok((measures, sources))
    }

    fn sources(&self, tx: &mut Tx<'_>, scope: Scope, edition: &Edition) -> Result<Vec<Source>, Refused> {
        let sent = tx.invitation_count(scope, edition.id)?;
        let mut newest = BTreeMap::new();
        for version in tx.form_version_list(scope, edition.id)? {
            newest.insert(version.form_id.clone(), version);
        }
        let mut sources = Vec::new();
        for (form, version) in newest {
            let Some(plan) = tx.plan_newest(scope, edition.id, &form)? else { continue };
            sources.push(Source {
                model: self.versions.model(&version)?,
                plan: self.versions.plan(&plan)?,
                plan_hash: plan.hash,
                sent: sent.get(&form).copied().unwrap_or_default(),
                form,
            });
        }
        Ok(sources)
    }

    /// Brings a kept tally to the edition's newest event. A new plan, or a process that has just started, counts
    /// everything once; after that only what happened since. A reader whose snapshot is older than the kept tally
    /// counts for itself from nothing.
    fn catch_up(
        &self,
        tx: &mut Tx<'_>,
        scope: Scope,
        edition: &Edition,
        source: &Source,
        kept: &mut Kept,
    ) -> Result<(), Refused> {
        let newest = u64::try_from(edition.seq).unwrap_or_default();
        if kept.plan_hash != source.plan_hash || kept.tally.as_of == 0 || kept.tally.as_of > newest {
            *kept = Kept {
                plan_hash: source.plan_hash.clone(),
                tally: self.count_all(tx, scope, edition, source)?,
            };
            kept.tally.as_of = newest;
            return Ok(());
        }
        // A failure half way leaves the tally unusable, so it works on a marked one and ends by setting `as_of`.
        let from = i64::try_from(kept.tally.as_of).unwrap_or_default();
        kept.tally.as_of = 0;
        let mut after = from;
        loop {
            let events = tx.events_after(scope, edition.id, after, PAGE)?;
            let Some(last) = events.last() else { break };
            after = last.seq;
            for event in &events {
                self.replay(tx, scope, source, event, &mut kept.tally)?;
            }
        }
        kept.tally.as_of = newest;
        Ok(())
    }

    fn count_all(
        &self,
        tx: &mut Tx<'_>,
        scope: Scope,
        edition: &Edition,
        source: &Source,
    ) -> Result<Tally, Refused> {
        let mut tally = Tally::new();
        let mut after = None;
        loop {
            let page =
                tx.submission_page_counted(scope, edition.id, Some(&source.form), after.as_ref(), PAGE)?;
            let Some(last) = page.last() else { return Ok(tally) };
            after = Some(last.invitation.place());
            for counted in &page {
                tally.add(&self.contribution(tx, scope, source, &counted.invitation, &counted.submission)?);
            }
        }
    }

    /// Takes out what counted before an event and adds what counts after it.
    fn replay(
        &self,
        tx: &mut Tx<'_>,
        scope: Scope,
        source: &Source,
        event: &store::Event,
        tally: &mut Tally,
    ) -> Result<(), Refused> {
        let gone = || StoreError::Unreadable("an event without its submission".into());
        let submission = tx.submission_find(scope, event.submission_id)?.ok_or_else(gone)?;
        let invitation = tx.invitation_find(scope, submission.invitation_id)?.ok_or_else(gone)?;
        if invitation.form_id != source.form {
            return Ok(());
        }
        let before = tx.submission_counted_at(scope, invitation.id, event.seq - 1)?;
        let after = tx.submission_counted_at(scope, invitation.id, event.seq)?;
        if before.as_ref().map(|s| s.id) == after.as_ref().map(|s| s.id) {
            return Ok(());
        }
        if let Some(before) = before {
            tally.remove(&self.contribution(tx, scope, source, &invitation, &before)?);
        }
        if let Some(after) = after {
            tally.add(&self.contribution(tx, scope, source, &invitation, &after)?);
        }
        Ok(())
    }

    /// What a submission adds: its answers evaluated once more as they were when it was sent.
    fn contribution(
        &self,
        tx: &mut Tx<'_>,
        scope: Scope,
        source: &Source,
        invitation: &Invitation,
        submission: &Submission,
    ) -> Result<Contribution, Refused> {
        let model = self.model_of(tx, scope, submission.form_version_id)?;
        let (typed, _) = form::read(&model, &submission.answers);
        let evaluation = form::evaluate(&model, &typed, &submission.context);
        let counted = Counted {
            response: invitation.id.uuid(),
            unit: UnitKey { sort: invitation.unit_sort.clone(), name: invitation.unit_name.clone() },
            stratum: stratum(invitation),
            model: &model,
            evaluation: &evaluation,
        };
        Ok(tally::contribute(&source.plan, &counted))
    }
}

/// The strata that numbers can later be split by.
fn stratum(invitation: &Invitation) -> BTreeMap<String, String> {
    let parts = [
        ("kind", Some(&invitation.kind)),
        ("powiat", invitation.powiat.as_ref()),
        ("nuts2", invitation.nuts2.as_ref()),
        ("nuts3", invitation.nuts3.as_ref()),
    ];
    parts.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?.clone()))).collect()
}

pub(super) fn report_lines_of(programme: &Known, measures: &Measures, sources: &[Source]) -> Vec<ReportLine> {
    let mut codes: Vec<&str> = programme.declared.rows().collect();
    for measure in &measures.measures {
        for row in &measure.reading.rows {
            if !codes.contains(&row.as_str()) {
                codes.push(row);
            }
        }
    }
    let lines = codes.into_iter().map(|row| {
        let told = told(row, measures, sources);
        let of_row = |m: &&FormReading| m.reading.rows.iter().any(|r| r == row);
        ReportLine {
            row: row.to_owned(),
            name: programme.declared.row_name(row).unwrap_or_default().to_owned(),
            sentences: told.iter().map(Told::text).collect(),
            told,
            measures: measures.measures.iter().filter(of_row).cloned().collect(),
        }
    });
    lines.filter(|line| !line.sentences.is_empty() || !line.measures.is_empty()).collect()
}

fn told(row: &str, measures: &Measures, sources: &[Source]) -> Vec<Told> {
    let mut found = Vec::new();
    for source in sources {
        let readings: Vec<Reading> =
            measures.measures.iter().filter(|m| m.form == source.form).map(|m| m.reading.clone()).collect();
        for report in source.plan.reports.iter().filter(|report| report.row == row) {
            match tally::bits(report, &readings) {
                Ok(bits) if bits.is_empty() => {}
                Ok(bits) => found.push(Told { form: source.form.clone(), bits }),
                // The plan was checked when it was stored, so this is a fault of the program, not of the analyst.
                Err(troubles) => tracing::error!(row, ?troubles, "a sentence cannot be filled in"),
            }
        }
    }
    found
}
