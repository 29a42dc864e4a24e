//! Decisions about the numbers of an edition: what, by whom, when, why. Only added to, and carried into the next
//! edition as a list to confirm.

use std::collections::BTreeSet;

use serde_json::json;
use store::{Decision, Edition, StoreError, Topic, Tx, Verdict};
use survey::{DecisionId, EditionId, Scope};

use super::panel::Member;
use super::{EditionName, Refused, Service, things};

/// Longest text of a decision, in characters.
const LONGEST: usize = 4000;

/// What somebody typed into the form of a decision.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewDecision {
    /// What it is about.
    pub topic: Topic,
    /// The key of a number, a list, a unit; may be empty.
    pub subject: String,
    /// What was decided.
    pub what: String,
    /// Why.
    pub why: String,
}

/// A decision and whether it holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    /// The decision.
    pub decision: Decision,
    /// Whether nothing has ended it.
    pub holds: bool,
}

/// The decisions of an edition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decisions {
    /// `programme/edition`.
    pub edition: String,
    /// All of them, the oldest first.
    pub made: Vec<Standing>,
    /// Those of the edition before that nobody has confirmed or ended here.
    pub waiting: Vec<Decision>,
    /// Title of the edition before, when there is one.
    pub before: Option<String>,
}

impl Service {
    /// A row about something done to numbers now, for `tx.decision_append` in the transaction of whatever does it. It
    /// stands among the decisions and waits for nobody: the next edition has its own merges and withdrawals.
    pub(super) fn decision_note(
        &self,
        edition: EditionId,
        actor: &str,
        topic: Topic,
        subject: impl Into<String>,
        what: impl Into<String>,
        why: impl Into<String>,
    ) -> Decision {
        Decision {
            id: self.id::<DecisionId>(),
            edition_id: edition,
            topic,
            subject: subject.into(),
            what: what.into(),
            why: why.into(),
            verdict: Verdict::Noted,
            follows: None,
            actor: actor.to_owned(),
            at: self.now(),
        }
    }

    /// The decisions of an edition and those of the edition before that wait to be confirmed.
    ///
    /// # Errors
    /// [`Refused::UnknownEdition`].
    pub fn decisions(&self, name: &EditionName) -> Result<Decisions, Refused> {
        let (programme, edition) = self.edition(name)?;
        Ok(self.store.read("decisions", |tx| read_decisions(tx, name, programme.scope(), &edition))?)
    }

    /// What a decision can be about, as it is written down and in words: measures, lists whose things are counted, rows
    /// of the report, indicators.
    ///
    /// # Errors
    /// [`Refused::UnknownEdition`].
    pub fn decision_subjects(&self, name: &EditionName) -> Result<Vec<(String, String)>, Refused> {
        let (programme, edition) = self.edition(name)?;
        let sources = self.store.read("decision_subjects", |tx| self.sources(tx, &programme, &edition))?;
        let mut subjects = Vec::new();
        for source in &sources {
            let form = &source.form;
            let measures = source.plan.measures.iter();
            subjects.extend(measures.map(|one| (format!("{form}.{}", one.name), one.label.clone())));
            let lists = things::counted_lists(source).into_iter();
            subjects.extend(lists.map(|one| one.subject()));
        }
        let rows = self.report_rows(name)?.into_iter();
        subjects.extend(rows.map(|(code, about)| (format!("wiersz {code}"), about)));
        let indicators = programme.declared.indicators.iter();
        subjects.extend(indicators.map(|one| (format!("wskaźnik {}", one.code), one.name.clone())));
        Ok(subjects)
    }

    /// Writes a decision down.
    ///
    /// # Errors
    /// [`Refused::Input`] when it does not say what and why.
    pub fn decide(&self, member: &Member, name: &EditionName, new: &NewDecision) -> Result<(), Refused> {
        let (programme, edition) = self.edition(name)?;
        check(new)?;
        let actor = member.actor();
        let note = self.decision_note(
            edition.id,
            &actor,
            new.topic,
            new.subject.trim(),
            new.what.trim(),
            new.why.trim(),
        );
        let row = Decision { verdict: Verdict::Made, ..note };
        self.keep(programme.scope(), name, row)
    }

    /// Says whether a decision of this edition, or of the one before, still holds.
    ///
    /// # Errors
    /// [`Refused::Overtaken`] when somebody has said so already, [`Refused::Input`] when there is no such decision.
    pub fn confirm_decision(
        &self,
        member: &Member,
        name: &EditionName,
        id: DecisionId,
        holds: bool,
        why: &str,
    ) -> Result<(), Refused> {
        let (programme, edition) = self.edition(name)?;
        let known = self.decisions(name)?;
        let made = known.made.iter().filter(|standing| standing.decision.verdict != Verdict::Noted);
        let own = made.into_iter().find(|standing| standing.decision.id == id && !holds);
        let found = own.map(|standing| &standing.decision);
        let found = found.or_else(|| known.waiting.iter().find(|decision| decision.id == id));
        let Some(found) = found else {
            let followed = known.made.iter().any(|standing| standing.decision.follows == Some(id));
            return Err(match followed {
                true => Refused::Overtaken("tę decyzję już potwierdzono albo uchylono".into()),
                false => Refused::input("nie ma takiej decyzji do potwierdzenia"),
            });
        };
        let why = if why.trim().is_empty() { found.why.clone() } else { why.trim().to_owned() };
        let row = Decision {
            verdict: if holds { Verdict::Holds } else { Verdict::Ends },
            follows: Some(id),
            ..self.decision_note(
                edition.id,
                &member.actor(),
                found.topic,
                found.subject.clone(),
                found.what.clone(),
                why,
            )
        };
        self.keep(programme.scope(), name, row)
    }

    fn keep(&self, scope: Scope, name: &EditionName, row: Decision) -> Result<(), Refused> {
        let details = json!({ "edition": name.to_string(), "verdict": row.verdict.as_str() });
        let note = self.note(&row.actor, "decision", row.id.to_string(), details);
        let kept = self.store.write("decision", move |tx| -> Result<(), StoreError> {
            tx.decision_append(scope, &row)?;
            tx.audit_append(scope, &note)
        });
        kept.map_err(|error| match error.is_taken("decision") {
            true => Refused::Overtaken("tę decyzję już potwierdzono albo uchylono".into()),
            false => error.into(),
        })
    }
}

/// The decisions of an edition as one snapshot has them.
pub(super) fn read_decisions(
    tx: &mut Tx<'_>,
    name: &EditionName,
    scope: Scope,
    edition: &Edition,
) -> Result<Decisions, StoreError> {
    let own = tx.decision_list(scope, edition.id)?;
    let before = edition_before(tx, scope, edition)?;
    let waiting = match &before {
        Some(before) => waiting(tx.decision_list(scope, before.id)?, &own),
        None => Vec::new(),
    };
    let before = before.map(|edition| edition.title);
    Ok(Decisions { edition: name.to_string(), made: standing(own), waiting, before })
}

/// The edition whose period is the last one before.
fn edition_before(tx: &mut Tx<'_>, scope: Scope, edition: &Edition) -> Result<Option<Edition>, StoreError> {
    let all = tx.edition_list(scope)?;
    Ok(all.into_iter().find(|other| other.period_from < edition.period_from))
}

fn standing(rows: Vec<Decision>) -> Vec<Standing> {
    let ended = ended(&rows);
    let holds = |row: &Decision| row.verdict != Verdict::Ends && !ended.contains(&row.id);
    rows.into_iter().map(|decision| Standing { holds: holds(&decision), decision }).collect()
}

/// What rows of the same edition have ended.
fn ended(rows: &[Decision]) -> BTreeSet<DecisionId> {
    rows.iter().filter(|row| row.verdict == Verdict::Ends).filter_map(|row| row.follows).collect()
}

/// What held at the end of the edition before and nobody has followed in this one.
fn waiting(before: Vec<Decision>, own: &[Decision]) -> Vec<Decision> {
    let followed: BTreeSet<DecisionId> = own.iter().filter_map(|row| row.follows).collect();
    let held = standing(before).into_iter().filter(|standing| standing.holds).map(|one| one.decision);
    let held = held.filter(|decision| decision.verdict != Verdict::Noted);
    held.filter(|decision| !followed.contains(&decision.id)).collect()
}

fn check(new: &NewDecision) -> Result<(), Refused> {
    let mut wrong = Vec::new();
    if new.what.trim().is_empty() {
        wrong.push("Proszę wpisać, co postanowiono.".to_owned());
    }
    if new.why.trim().is_empty() {
        wrong.push("Proszę wpisać dlaczego: bez tego nikt za rok nie odtworzy decyzji.".to_owned());
    }
    for (field, text) in
        [("czego dotyczy", &new.subject), ("co postanowiono", &new.what), ("dlaczego", &new.why)]
    {
        if text.chars().count() > LONGEST {
            wrong.push(format!("Pole „{field}” ma więcej niż {LONGEST} znaków; proszę je skrócić."));
        }
    }
    if wrong.is_empty() { Ok(()) } else { Err(Refused::Input(wrong)) }
}
