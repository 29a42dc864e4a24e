//! The entries of a list, in groups.

use std::collections::BTreeMap;

use form::evaluate::{Evaluation, Status};
use form::model::{Kind, Model, Question};
use form::plan::Function;
use store::{Edition, Invitation, ThingDecision, Tx};
use survey::Scope;
use tally::{Place, UnitKey};

use super::super::counting::Source;
use super::super::merges::holding;
use super::super::programmes::Known;
use super::super::{EditionName, Refused, Service};
use super::apart::Decided;
use super::history::history;
use super::{Changed, Counted, Entry, Group, ThingList, Workbench, propose};

/// Submissions read at a time.
const PAGE: u32 = 500;

impl Service {
    /// The lists of an edition whose things are counted.
    ///
    /// # Errors
    /// [`Refused::UnknownEdition`].
    pub fn thing_lists(&self, name: &EditionName) -> Result<Vec<ThingList>, Refused> {
        let (programme, edition) = self.edition(name)?;
        let scope = programme.scope();
        self.store.read("thing_lists", |tx| {
            let mut found = Vec::new();
            for source in self.sources(tx, &programme, &edition)? {
                let lists = counted_lists(&source);
                for (counted, entries) in self.entries(tx, scope, &edition, lists)? {
                    let groups = grouped(entries.clone());
                    let earlier = propose::earlier(tx, scope, &edition, &counted.question)?;
                    let apart = self.decided(tx, scope, &edition, &counted)?.pairs;
                    let proposals = propose::proposals(&groups, &earlier, &apart).len();
                    found.push(summary(&counted, &groups, &entries, proposals));
                }
            }
            Ok(found)
        })
    }

    /// Everything about one list.
    ///
    /// # Errors
    /// [`Refused::UnknownEdition`], also for a list that is not counted.
    pub fn workbench(&self, name: &EditionName, form: &str, list: &str) -> Result<Workbench, Refused> {
        let (programme, edition) = self.edition(name)?;
        let scope = programme.scope();
        self.store.read("workbench", |tx| {
            let (counted, entries) = self.one_list(tx, &programme, &edition, form, list)?;
            let groups = grouped(entries.clone());
            let earlier = propose::earlier(tx, scope, &edition, &counted.question)?;
            let decided = self.decided(tx, scope, &edition, &counted)?;
            let (changed, gone) = looked_at_again(&entries, &decided.places);
            let waiting = changed.len() + gone.len();
            let proposals = propose::proposals(&groups, &earlier, &decided.pairs);
            let list = ThingList { waiting, ..summary(&counted, &groups, &entries, proposals.len()) };
            Ok(Workbench {
                rev: decided.rev(),
                proposals,
                history: history(tx, &programme, &decided)?,
                list,
                frozen: edition.frozen,
                groups,
                changed,
                gone,
            })
        })
    }

    /// The entries of one list.
    pub(super) fn one_list(
        &self,
        tx: &mut Tx<'_>,
        programme: &Known,
        edition: &Edition,
        form: &str,
        list: &str,
    ) -> Result<(Counted, Vec<Entry>), Refused> {
        let unknown = || Refused::UnknownEdition(format!("{}: {form}/{list}", edition.slug));
        let sources = self.sources(tx, programme, edition)?;
        let source = sources.iter().find(|source| source.form == form).ok_or_else(unknown)?;
        let wanted = counted_lists(source).into_iter().filter(|counted| counted.list == list).collect();
        self.entries(tx, programme.scope(), edition, wanted)?.pop().ok_or_else(unknown)
    }

    /// Everything that was ever decided about a list.
    pub(super) fn decided(
        &self,
        tx: &mut Tx<'_>,
        scope: Scope,
        edition: &Edition,
        counted: &Counted,
    ) -> Result<Decided, Refused> {
        let mut places = tx.thing_decision_list(scope, edition.id, &counted.form)?;
        places.retain(|decision| decision.list == counted.list);
        let mut pairs = tx.things_apart_list(scope, &counted.question)?;
        pairs.retain(|one| {
            one.edition_id == edition.id && one.form_id == counted.form && one.list == counted.list
        });
        Ok(Decided { places, pairs })
    }

    /// The entries of lists of one questionnaire, in one walk over its counted answers.
    fn entries(
        &self,
        tx: &mut Tx<'_>,
        scope: Scope,
        edition: &Edition,
        lists: Vec<Counted>,
    ) -> Result<Vec<(Counted, Vec<Entry>)>, Refused> {
        let mut found: Vec<(Counted, Vec<Entry>)> =
            lists.into_iter().map(|counted| (counted, Vec::new())).collect();
        let Some(form) = found.first().map(|(counted, _)| counted.form.clone()) else { return Ok(found) };
        let decided = holding(tx.thing_decision_list(scope, edition.id, &form)?);
        let mut after = None;
        loop {
            let page = tx.submission_page_counted(scope, edition.id, Some(&form), after.as_ref(), PAGE)?;
            let Some(last) = page.last() else { return Ok(found) };
            after = Some(last.invitation.place());
            for one in &page {
                let model = self.model_of(tx, scope, one.submission.form_version_id)?;
                let evaluation = form::settle(&model, &one.submission.answers, &one.submission.context);
                let response =
                    Response { invitation: &one.invitation, model: &model, evaluation: &evaluation };
                for (counted, entries) in &mut found {
                    entries.extend(response.entries(counted, &decided));
                }
            }
        }
    }
}

/// One counted answer.
struct Response<'a> {
    invitation: &'a Invitation,
    model: &'a Model,
    evaluation: &'a Evaluation,
}

impl Response<'_> {
    fn entries(&self, list: &Counted, decided: &BTreeMap<(String, Place), ThingDecision>) -> Vec<Entry> {
        let counted = tally::Counted {
            response: self.invitation.id.uuid(),
            unit: UnitKey { sort: Vec::new(), name: self.invitation.unit_name.clone() },
            stratum: BTreeMap::new(),
            model: self.model,
            evaluation: self.evaluation,
        };
        let entry = |named: tally::Named| {
            let questions = self.questions(list);
            let texts = |question: &&&Question| question.kind == Kind::Text && question.is_answerable();
            let called =
                questions.iter().find(texts).and_then(|question| self.answer(question, named.position));
            let facts = questions.iter().filter(|question| matches!(question.kind, Kind::SelectOne(_)));
            Entry {
                unit: self.invitation.unit_name.clone(),
                powiat: self.invitation.powiat.clone(),
                own_key: tally::key(&named.raw),
                called: called.unwrap_or_default(),
                details: self.details(&questions, &named),
                facts: facts
                    .filter_map(|question| {
                        Some((question.name.clone(), self.answer(question, named.position)?))
                    })
                    .collect(),
                decision: decided.get(&(list.list.clone(), named.place.clone())).cloned(),
                place: named.place,
                raw: named.raw,
            }
        };
        tally::named(&list.measure, &counted).into_iter().map(entry).collect()
    }

    /// The questions of the list's rows.
    fn questions(&self, list: &Counted) -> Vec<&Question> {
        self.model.repeat(&list.list).map(form::model::Repeat::questions).unwrap_or_default()
    }

    fn answer(&self, question: &Question, row: Option<usize>) -> Option<String> {
        let answered = self.evaluation.status(&question.name, row) == Status::Answered;
        let text = answered.then(|| self.evaluation.value(&question.name, row).to_text().into_owned())?;
        let Some(list) = self.model.list_of(question) else { return Some(text) };
        let label = |name| list.choice(name).map_or_else(|| name.to_owned(), |choice| choice.label.plain());
        Some(text.split_whitespace().map(label).collect::<Vec<_>>().join(", "))
    }

    /// What else the row says: everything that was asked and answered, in the order of the page.
    fn details(&self, questions: &[&Question], named: &tally::Named) -> Vec<(String, String)> {
        let asked = questions.iter().filter(|question| question.is_answerable() && !question.personal);
        asked
            .filter_map(|question| {
                let text = self.answer(question, named.position)?;
                (text != named.raw).then(|| (question.label.plain(), text))
            })
            .collect()
    }
}

/// The lists that a plan counts different things of.
pub(in crate::service) fn counted_lists(source: &Source) -> Vec<Counted> {
    let mut lists: Vec<Counted> = Vec::new();
    for measure in source.plan.measures.iter().filter(|measure| measure.function == Function::Distinct) {
        let Some(list) = tally::list_of(measure) else { continue };
        if let Some(known) = lists.iter_mut().find(|known| known.list == list) {
            known.measures.push(measure.label.clone());
            continue;
        }
        let repeat = source.model.repeat(list).map(|repeat| repeat.label.plain());
        let question = measure.question.as_deref().and_then(|name| source.model.question(name));
        let label = || question.map_or_else(|| list.to_owned(), |question| question.label.plain());
        lists.push(Counted {
            form: source.form.clone(),
            list: list.to_owned(),
            title: repeat.unwrap_or_else(label),
            question: question
                .map_or_else(|| list.to_owned(), |q| q.id.clone().unwrap_or_else(|| q.name.clone())),
            measure: measure.clone(),
            measures: vec![measure.label.clone()],
        });
    }
    lists
}

/// A list with its numbers.
fn summary(counted: &Counted, groups: &[Group], entries: &[Entry], proposals: usize) -> ThingList {
    let automatic: std::collections::BTreeSet<&str> =
        entries.iter().map(|entry| entry.own_key.as_str()).collect();
    let changed =
        entries.iter().filter(|entry| entry.decision.as_ref().is_some_and(|d| is_changed(d, &entry.raw)));
    ThingList {
        form: counted.form.clone(),
        list: counted.list.clone(),
        title: counted.title.clone(),
        entries: entries.len(),
        things: groups.len(),
        automatic: automatic.len(),
        waiting: changed.count(),
        proposals,
        measures: counted.measures.clone(),
    }
}

/// Entries by the thing that they name, the things with most entries first.
pub(super) fn grouped(entries: Vec<Entry>) -> Vec<Group> {
    let mut groups: BTreeMap<String, Vec<Entry>> = BTreeMap::new();
    for entry in entries {
        let decided = entry.decision.as_ref().and_then(|decision| decision.thing_key.clone());
        groups.entry(decided.unwrap_or_else(|| entry.own_key.clone())).or_default().push(entry);
    }
    let mut groups: Vec<Group> =
        groups.into_iter().map(|(key, entries)| Group { name: name_of(&entries), key, entries }).collect();
    groups.sort_by(|a, b| b.entries.len().cmp(&a.entries.len()).then_with(|| a.key.cmp(&b.key)));
    groups
}

/// The name that somebody gave it last, else its most frequent spelling.
fn name_of(entries: &[Entry]) -> String {
    let given = entries.iter().filter_map(|entry| entry.decision.as_ref()).filter(|d| d.thing_key.is_some());
    let newest =
        given.max_by_key(|decision| decision.number).and_then(|decision| decision.thing_name.clone());
    newest.unwrap_or_else(|| {
        let mut count: BTreeMap<&str, usize> = BTreeMap::new();
        for entry in entries {
            let shown = if entry.called.is_empty() { &entry.raw } else { &entry.called };
            *count.entry(shown).or_default() += 1;
        }
        // Of spellings as frequent as each other the one that was typed with its Polish letters.
        let polish =
            |text: &str| text.chars().filter(|letter| letter.is_alphabetic() && !letter.is_ascii()).count();
        let best =
            count.into_iter().max_by_key(|(text, times)| (*times, polish(text), std::cmp::Reverse(*text)));
        best.map(|(text, _)| text.to_owned()).unwrap_or_default()
    })
}

/// Whether a decision was made about something else than what stands there now.
fn is_changed(decision: &ThingDecision, now: &str) -> bool {
    decision.thing_key.is_some() && tally::key(&decision.raw) != tally::key(now)
}

/// Decisions whose answer changed, and those whose place is not counted any more.
fn looked_at_again(entries: &[Entry], decisions: &[ThingDecision]) -> (Vec<Changed>, Vec<ThingDecision>) {
    let (mut changed, mut gone) = (Vec::new(), Vec::new());
    for ((_, place), decision) in holding(decisions.to_vec()) {
        match entries.iter().find(|entry| entry.place == place) {
            _ if decision.thing_key.is_none() => {}
            None => gone.push(decision),
            Some(entry) if is_changed(&decision, &entry.raw) => {
                changed.push(Changed { decision, unit: entry.unit.clone(), now: entry.raw.clone() });
            }
            Some(_) => {}
        }
    }
    (changed, gone)
}
