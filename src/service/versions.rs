//! Frozen questionnaires, parsed once. A version never changes, so it may be kept for as long as the process lives.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use form::diff::Carry;
use form::{Model, Plan, Questionnaire};
use store::{FormVersion, Invitation, PlanVersion, Programme, Tx};
use survey::{ProgrammeId, Scope, Timestamp, VersionId};

use super::programmes::{self, Known};
use super::{Refused, Service};

/// Parsed versions and plans by what identifies them.
#[derive(Default)]
pub(super) struct Versions {
    models: Mutex<HashMap<VersionId, Arc<Model>>>,
    plans: Mutex<HashMap<String, Arc<Plan>>>,
    programmes: Mutex<HashMap<ProgrammeId, (Timestamp, Arc<Known>)>>,
    carries: Mutex<HashMap<(VersionId, VersionId), Arc<Carry>>>,
}

impl Versions {
    /// The model of a stored version.
    pub(super) fn model(&self, version: &FormVersion) -> Result<Arc<Model>, Refused> {
        if let Some(model) = self.known_model(version.id) {
            return Ok(model);
        }
        let questionnaire = parse(&version.form_id, &version.source)?;
        let mut models = self.models.lock().unwrap_or_else(PoisonError::into_inner);
        Ok(Arc::clone(models.entry(version.id).or_insert_with(|| Arc::new(questionnaire.model))))
    }

    /// The model when it has been parsed before.
    pub(super) fn known_model(&self, version: VersionId) -> Option<Arc<Model>> {
        self.models.lock().unwrap_or_else(PoisonError::into_inner).get(&version).cloned()
    }

    /// How answers given under one version stand beside the questions of another.
    pub(super) fn carry(&self, old: (VersionId, &Model), new: (VersionId, &Model)) -> Arc<Carry> {
        let mut carries = self.carries.lock().unwrap_or_else(PoisonError::into_inner);
        let made = || Arc::new(Carry::new(old.1, new.1));
        Arc::clone(carries.entry((old.0, new.0)).or_insert_with(made))
    }

    /// A programme when its file has been read since it was last stored.
    pub(super) fn known_programme(&self, id: ProgrammeId, updated_at: Timestamp) -> Option<Arc<Known>> {
        let programmes = self.programmes.lock().unwrap_or_else(PoisonError::into_inner);
        programmes.get(&id).filter(|(at, _)| *at == updated_at).map(|(_, known)| Arc::clone(known))
    }

    /// A stored programme with its file read; read again when it was stored again.
    pub(super) fn programme(&self, row: Programme) -> Result<Arc<Known>, Refused> {
        let mut programmes = self.programmes.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, known)) = programmes.get(&row.id).filter(|(at, _)| *at == row.updated_at) {
            return Ok(Arc::clone(known));
        }
        let (id, at) = (row.id, row.updated_at);
        let known = Arc::new(programmes::known(row)?);
        programmes.insert(id, (at, Arc::clone(&known)));
        Ok(known)
    }

    /// The plan of a stored plan version.
    pub(super) fn plan(&self, version: &PlanVersion) -> Result<Arc<Plan>, Refused> {
        if let Some(plan) = self.plans.lock().unwrap_or_else(PoisonError::into_inner).get(&version.hash) {
            return Ok(Arc::clone(plan));
        }
        let questionnaire = parse(&version.form_id, &version.source)?;
        let plan = Arc::new(questionnaire.plan);
        let mut plans = self.plans.lock().unwrap_or_else(PoisonError::into_inner);
        Ok(Arc::clone(plans.entry(version.hash.clone()).or_insert(plan)))
    }
}

impl Service {
    /// The questionnaire that an invitation is asked with now, and its version.
    pub(super) fn current_model(
        &self,
        tx: &mut Tx<'_>,
        scope: Scope,
        invitation: &Invitation,
    ) -> Result<(VersionId, Arc<Model>), Refused> {
        let id = tx.form_version_newest_id(scope, invitation.edition_id, &invitation.form_id)?;
        let id = id.ok_or(Refused::UnknownLink)?;
        Ok((id, self.model_of(tx, scope, id)?))
    }

    /// The questionnaire of a version.
    pub(super) fn model_of(
        &self,
        tx: &mut Tx<'_>,
        scope: Scope,
        id: VersionId,
    ) -> Result<Arc<Model>, Refused> {
        if let Some(model) = self.versions.known_model(id) {
            return Ok(model);
        }
        let gone =
            || Refused::Unreadable { what: "questionnaire", cause: format!("version {id} is missing") };
        self.versions.model(&tx.form_version_find(scope, id)?.ok_or_else(gone)?)
    }
}

fn parse(form: &str, source: &str) -> Result<Questionnaire, Refused> {
    let loaded = form::load(form, source);
    loaded.questionnaire.ok_or_else(|| Refused::Unreadable {
        what: "questionnaire",
        cause: form::problem::render_all(&loaded.problems, source),
    })
}
