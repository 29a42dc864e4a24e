//! What a unit answered in the edition before: shown beside the questions, copied only by a person's choice.

use std::sync::Arc;

use chrono::Datelike as _;
use form::answers::Path;
use form::diff::Before;
use form::model::{Kind, Prefill, Question};
use form::{Model, RawRow};
use store::{Edition, Invitation, Tx};
use survey::merge::{Button, RowRef, Submitted};
use survey::{ProgrammeId, Scope, VersionId};

use super::{Refused, Service};

/// The answers of the newest earlier edition that asked the questionnaire, in the words of this one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Last {
    /// Whether that edition is about the year before.
    pub year_before: bool,
    /// Title of that edition.
    pub title: String,
    /// The answers.
    pub before: Before,
}

impl Last {
    /// How the page says when it was.
    #[must_use]
    pub fn when(&self) -> String {
        if self.year_before { "Rok temu".into() } else { format!("Poprzednio ({})", self.title) }
    }

    /// The rows of a list that can be taken over, with the fields that the questionnaire offers to take.
    #[must_use]
    pub fn offered(&self, model: &Model, repeat: &str) -> Vec<RawRow> {
        let Some(list) = model.repeat(repeat) else { return Vec::new() };
        let questions = list.questions();
        let taken =
            |name: &str| questions.iter().any(|q| q.name == *name && q.prefill == Some(Prefill::Confirm));
        let rows = self.before.rows.get(repeat).into_iter().flatten().map(|row| {
            let fields = row.fields.iter().filter(|(name, _)| taken(name));
            RawRow { id: row.id.clone(), fields: fields.map(|(n, text)| (n.clone(), text.clone())).collect() }
        });
        rows.filter(|row| !row.fields.is_empty()).collect()
    }

    /// A POST whose button asks for a former answer, with that answer in its fields. Nothing is copied otherwise.
    pub(super) fn answered(&self, model: &Model, mut mine: Submitted) -> Submitted {
        match mine.button.clone() {
            Some(Button::Copy(path)) => self.copy(model, &path, &mut mine),
            Some(Button::Take(row)) => self.take(model, &row, &mut mine),
            _ => {}
        }
        mine
    }

    fn copy(&self, model: &Model, path: &Path, mine: &mut Submitted) {
        let Some(question) = model.question(path.key()).filter(|q| q.prefill == Some(Prefill::Confirm))
        else {
            return;
        };
        let Some(text) = self.before.single.get(&question.name) else { return };
        let fields = fields_of(model, question, text);
        let own = |other: &Path| matches!(other, Path::Question(_)) && other.question() == question.name;
        mine.fields.retain(|(other, _)| !own(other));
        mine.fields.extend(fields.into_iter().map(|(key, text)| (Path::Question(key), text)));
    }

    fn take(&self, model: &Model, wanted: &RowRef, mine: &mut Submitted) {
        let posted = mine.fields.iter().any(|(path, _)| RowRef::of(path).as_ref() == Some(wanted));
        let row = self.offered(model, &wanted.repeat).into_iter().find(|row| row.id == wanted.row);
        let Some(row) = row.filter(|_| !posted) else { return };
        for (name, text) in &row.fields {
            let Some(question) = model.question(name) else { continue };
            for (key, text) in fields_of(model, question, text) {
                let (repeat, row) = (wanted.repeat.clone(), wanted.row.clone());
                mine.fields.push((Path::Row { repeat, row, question: key }, text));
            }
        }
    }
}

/// The fields of an answer as a page posts them: the places of a rank one by one, and no tick of "don't know".
fn fields_of(model: &Model, question: &Question, text: &str) -> Vec<(String, String)> {
    let name = &question.name;
    let mut fields = match question.kind {
        Kind::Rank(_) => {
            let places = model.list_of(question).map_or(0, |list| list.choices.len());
            let places = question.max.map_or(places, |max| max as usize).min(places);
            let mut names = text.split(' ');
            let place = |place| (format!("{name}.{place}"), names.next().unwrap_or_default().to_owned());
            (1..=places).map(place).collect()
        }
        _ => vec![(name.clone(), text.to_owned())],
    };
    if question.dont_know && !model.list_of(question).is_some_and(|l| l.choices.iter().any(|c| c.dont_know)) {
        fields.push((format!("{name}.nw"), String::new()));
    }
    fields
}

impl Service {
    /// The answers of the edition before; none where the questionnaire does not look back, or the unit did not answer.
    pub(super) fn last_answers(
        &self,
        tx: &mut Tx<'_>,
        edition: &Edition,
        invitation: &Invitation,
        (version, model): (VersionId, &Model),
        programme: ProgrammeId,
    ) -> Result<Option<Arc<Last>>, Refused> {
        if !model.looks_back() {
            return Ok(None);
        }
        // A respondent's scope ends at its own invitation; this is the same unit's of another edition.
        let scope = Scope::programme(programme);
        let (unit, form) = (invitation.unit_id, &invitation.form_id);
        let Some(former) = tx.submission_former(scope, unit, form, edition.period_from)? else {
            return Ok(None);
        };
        let old = self.model_of(tx, scope, former.form_version_id)?;
        let carry = self.versions.carry((former.form_version_id, &old), (version, model));
        let last = Last {
            year_before: former.period_to.year() + 1 == edition.period_to.year(),
            title: former.edition,
            before: carry.answers(&former.answers),
        };
        Ok((!last.before.is_empty()).then(|| Arc::new(last)))
    }
}
