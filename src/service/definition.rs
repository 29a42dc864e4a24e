//! What a number means, and the answers behind it.

use form::evaluate::{Evaluation, Status};
use form::model::{Model, Question};
use form::plan::Measure;
use store::{Counted as Sent, Edition, Invitation, Tx, UnitPlace};
use survey::programme::FigureRules;
use survey::{InvitationId, Scope, Timestamp};
use tally::{Reconciliation, UnitKey};

use super::counting::{Source, Stamp, stratum};
use super::figures::Flag;
use super::flags;
use super::measures::{AsOf, FormReading, Measures};
use super::programmes::Known;
use super::{EditionName, Refused, Service};

/// Submissions read at a time while looking for answers.
const PAGE: u32 = 200;
/// Units shown at a time.
const UNITS: usize = 50;

/// A number with everything that explains it.
#[derive(Debug, Clone)]
pub struct Definition {
    /// The number.
    pub found: FormReading,
    /// Responses counted and invitations sent.
    pub submitted: u64,
    /// Invitations that are not withdrawn.
    pub invited: u64,
    /// Up to which event it counts.
    pub as_of: AsOf,
    /// How it is counted, as the plan says it.
    pub measure: Measure,
    /// The questionnaire, for words.
    pub model: std::sync::Arc<Model>,
    /// Version of the questionnaire.
    pub version: Version,
    /// Version of the plan.
    pub plan: Version,
    /// Lines that reconcile it with other numbers.
    pub reconciled: Vec<Reconciliation>,
    /// Rules of the programme.
    pub rules: FigureRules,
    /// The zone of its dates.
    pub zone: survey::calendar::Zone,
    /// The units behind it, one page.
    pub behind: Behind,
}

/// One version of a questionnaire or plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Version {
    /// Counts from 1.
    pub number: i32,
    /// SHA-256 of its canonical form.
    pub hash: String,
    /// When it was frozen or stored.
    pub at: Timestamp,
}

impl Version {
    fn of((number, hash, at): &Stamp) -> Self {
        Self { number: *number, hash: hash.clone(), at: *at }
    }
}

/// Units whose answers are behind a number, in the order of units.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Behind {
    /// At most fifty.
    pub units: Vec<UnitBehind>,
    /// Where the next page begins, when there are more.
    pub next: Option<UnitPlace>,
}

/// A unit behind a number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnitBehind {
    /// Its invitation.
    pub invitation: InvitationId,
    /// Its name.
    pub name: String,
    /// Its code.
    pub code: String,
    /// Its places behind the number: the response itself, or rows of a list.
    pub places: Vec<PlaceBehind>,
}

/// One place behind a number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlaceBehind {
    /// Id of the row, in a list.
    pub row: Option<String>,
    /// The answers that decided.
    pub answers: Vec<Answer>,
}

/// An answer in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// Printed number of the question.
    pub number: String,
    /// The question.
    pub label: String,
    /// What was answered.
    pub text: String,
}

/// All counted answers of one unit.
#[derive(Debug, Clone)]
pub struct Answers {
    /// Who.
    pub invitation: Invitation,
    /// Number of the submission and when it came; none where nothing is counted.
    pub sent: Option<(i64, Timestamp)>,
    /// Answers outside of lists.
    pub single: Vec<Answer>,
    /// Lists that have rows.
    pub lists: Vec<Listed>,
}

/// One list of a unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// Heading of the list.
    pub heading: String,
    /// Its rows: id and answers.
    pub rows: Vec<(String, Vec<Answer>)>,
}

impl Service {
    /// What a number means, with one page of the units behind it.
    ///
    /// # Errors
    /// [`Refused::UnknownEdition`], also for a measure that there is not.
    pub fn definition(
        &self,
        name: &EditionName,
        form: &str,
        measure: &str,
        after: Option<&UnitPlace>,
    ) -> Result<Definition, Refused> {
        self.store.read("definition", |tx| {
            let (programme, edition) = self.edition_in(tx, name)?;
            let (measures, sources) = self.read_measures(tx, name, &programme, &edition)?;
            let unknown = || Refused::UnknownEdition(format!("{form}.{measure}"));
            let source = sources.iter().find(|source| source.form == form).ok_or_else(unknown)?;
            let declared = source.plan.measure(measure).ok_or_else(unknown)?;
            let found = measures.find(form, measure);
            let counts = measures.forms.get(form).copied().unwrap_or_default();
            Ok(Definition {
                found: found.ok_or_else(unknown)?.clone(),
                submitted: counts.submitted,
                invited: counts.invited,
                as_of: measures.as_of,
                measure: declared.clone(),
                model: std::sync::Arc::clone(&source.model),
                version: Version::of(&source.version),
                plan: Version::of(&source.plan_version),
                reconciled: reconciled(&measures, source, measure),
                rules: programme.declared.figures.clone(),
                zone: programme.zone(),
                behind: self.behind(tx, &programme, &edition, source, declared, after)?,
            })
        })
    }

    /// Walks the counted submissions in the order of units until a page is full.
    fn behind(
        &self,
        tx: &mut Tx<'_>,
        programme: &Known,
        edition: &Edition,
        source: &Source,
        measure: &Measure,
        after: Option<&UnitPlace>,
    ) -> Result<Behind, Refused> {
        let scope = programme.scope();
        let mut behind = Behind::default();
        let mut after = after.cloned();
        loop {
            let page =
                tx.submission_page_counted(scope, edition.id, Some(&source.form), after.as_ref(), PAGE)?;
            let Some(last) = page.last() else { return Ok(Behind { next: None, ..behind }) };
            after = Some(last.invitation.place());
            for sent in &page {
                let Some(unit) = self.unit_behind(tx, scope, source, measure, sent)? else { continue };
                if behind.units.len() == UNITS {
                    return Ok(behind);
                }
                behind.units.push(unit);
                let is_full = behind.units.len() == UNITS;
                behind.next = is_full.then(|| sent.invitation.place());
            }
        }
    }

    fn unit_behind(
        &self,
        tx: &mut Tx<'_>,
        scope: Scope,
        source: &Source,
        measure: &Measure,
        sent: &Sent,
    ) -> Result<Option<UnitBehind>, Refused> {
        let (model, evaluation) = self.evaluated(tx, scope, sent)?;
        let counted = tally::Counted {
            response: sent.invitation.id.uuid(),
            unit: UnitKey {
                sort: sent.invitation.unit_sort.clone(),
                name: sent.invitation.unit_name.clone(),
            },
            stratum: stratum(&sent.invitation, &source.breakdowns),
            model: &model,
            evaluation: &evaluation,
        };
        let rows = tally::behind(measure, &counted);
        let questions = asked(&model, measure);
        let places: Vec<PlaceBehind> =
            rows.into_iter().map(|row| place(&model, &evaluation, measure, &questions, row)).collect();
        Ok((!places.is_empty()).then(|| UnitBehind {
            invitation: sent.invitation.id,
            name: sent.invitation.unit_name.clone(),
            code: sent.invitation.unit_code.clone(),
            places,
        }))
    }

    fn evaluated(
        &self,
        tx: &mut Tx<'_>,
        scope: Scope,
        sent: &Sent,
    ) -> Result<(std::sync::Arc<Model>, Evaluation), Refused> {
        let model = self.model_of(tx, scope, sent.submission.form_version_id)?;
        let evaluation = form::settle(&model, &sent.submission.answers, &sent.submission.context);
        Ok((model, evaluation))
    }

    /// All counted answers of one unit. Contact details are not among them.
    ///
    /// # Errors
    /// [`Refused::UnknownEdition`] when the edition has no such invitation.
    pub fn counted_answers(&self, name: &EditionName, invitation: &str) -> Result<Answers, Refused> {
        let unknown = || Refused::UnknownEdition(invitation.to_owned());
        let id: InvitationId = invitation.parse().map_err(|_| unknown())?;
        self.store.read("counted_answers", |tx| {
            let (programme, edition) = self.edition_in(tx, name)?;
            let scope = programme.scope();
            let invitation = tx.invitation_find(scope, id)?.filter(|one| one.edition_id == edition.id);
            let invitation = invitation.ok_or_else(unknown)?;
            let Some(submission) = tx.submission_counted_at(scope, id, i64::MAX)? else {
                return Ok(Answers { invitation, sent: None, single: Vec::new(), lists: Vec::new() });
            };
            let sent = Sent { submission, invitation };
            let (model, evaluation) = self.evaluated(tx, scope, &sent)?;
            Ok(answers(&model, &evaluation, sent))
        })
    }
}

fn reconciled(measures: &Measures, source: &Source, measure: &str) -> Vec<Reconciliation> {
    let readings: Vec<_> =
        measures.measures.iter().filter(|m| m.form == source.form).map(|m| m.reading.clone()).collect();
    let about =
        |line: &Reconciliation| line.whole == measure || line.parts.iter().any(|part| part == measure);
    tally::reconcile(&source.plan, &readings).into_iter().filter(about).collect()
}

/// The questions that decide about a place, without contact details.
fn asked<'a>(model: &'a Model, measure: &Measure) -> Vec<&'a Question> {
    flags::questions(model, measure).into_iter().filter(|question| !question.personal).collect()
}

fn place(
    model: &Model,
    evaluation: &Evaluation,
    measure: &Measure,
    questions: &[&Question],
    row: Option<String>,
) -> PlaceBehind {
    let rows = measure.over.as_deref().map(|repeat| evaluation.rows(repeat)).unwrap_or_default();
    let at = row.as_ref().and_then(|row| rows.iter().position(|other| other == row));
    let shown = questions.iter().filter_map(|question| match &question.repeat {
        None => answer(model, evaluation, question, None),
        Some(repeat) if measure.over.as_ref() == Some(repeat) => answer(model, evaluation, question, at),
        Some(_) => None,
    });
    PlaceBehind { answers: shown.collect(), row }
}

/// An answer in words; none where nothing was answered.
fn answer(model: &Model, evaluation: &Evaluation, question: &Question, row: Option<usize>) -> Option<Answer> {
    let text = match evaluation.status(&question.name, row) {
        Status::Answered => words(model, question, &evaluation.value(&question.name, row).to_text()),
        Status::DontKnow => "nie wiem / brak danych".to_owned(),
        Status::Missing => "brak odpowiedzi".to_owned(),
        Status::Unreadable => "odpowiedź nieczytelna".to_owned(),
        Status::NotRelevant => return None,
    };
    Some(Answer { number: question.number.clone(), label: question.label.plain(), text })
}

/// Labels in place of the names of choices, a comma in place of the decimal point.
fn words(model: &Model, question: &Question, text: &str) -> String {
    if let Some(list) = model.list_of(question) {
        let label =
            |name: &str| list.choice(name).map_or_else(|| name.to_owned(), |choice| choice.label.plain());
        return text.split_whitespace().map(label).collect::<Vec<_>>().join(", ");
    }
    if question.kind.is_number() { text.replace('.', ",") } else { text.to_owned() }
}

fn answers(model: &Model, evaluation: &Evaluation, sent: Sent) -> Answers {
    let goes = |question: &&Question| !question.personal && question.is_answerable();
    let single = model.questions().filter(goes).filter(|question| question.repeat.is_none());
    let single = single.filter_map(|question| answer(model, evaluation, question, None)).collect();
    let list = |repeat: &form::model::Repeat| {
        let questions = repeat.questions();
        let row = |(at, id): (usize, &String)| {
            let own = questions.iter().filter(|question| goes(question));
            (id.clone(), own.filter_map(|question| answer(model, evaluation, question, Some(at))).collect())
        };
        let rows = evaluation.rows(&repeat.name).iter().enumerate().map(row).collect();
        Listed { heading: repeat.label.plain(), rows }
    };
    let lists = model.repeats().map(list);
    Answers {
        sent: Some((sent.submission.number, sent.submission.at)),
        invitation: sent.invitation,
        single,
        lists: lists.filter(|list| !list.rows.is_empty()).collect(),
    }
}

/// The flags of a number in the words of their footnotes.
#[must_use]
pub fn footnotes(found: &FormReading) -> Vec<&str> {
    let caveat = found.reading.caveat.as_deref();
    let notes = found.notes.iter().map(|(_, text): &(Flag, String)| text.as_str());
    caveat.into_iter().chain(notes.filter(|text| !text.is_empty())).collect()
}
