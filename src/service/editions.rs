//! Editions: created with a calendar, opened with everything frozen, closed.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use form::{Problem, Questionnaire, Severity};
use serde_json::json;
use store::{Edition, EditionState, FormVersion, Invitation, PlanVersion, StoreError};
use survey::collate::Polish;
use survey::programme::{EditionOf, MeasureName, Programme as Declared};
use survey::unit::{Period, Unit};
use survey::{EditionId, InvitationId, Scope, VersionId};

use super::audit::COMMAND;
use super::programmes::Known;
use super::unsent::Unsent;
use super::{EditionName, Refused, Service};
use crate::forms::{LETTERS, ProgrammeFiles};

/// What opening made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Opened {
    /// Invitations by questionnaire.
    pub invitations: BTreeMap<String, usize>,
}

/// A calendar that differs from the one in the programme file.
#[derive(Debug, Clone, Copy, Default)]
pub struct Calendar {
    /// First day of filling in.
    pub opens: Option<NaiveDate>,
    /// Last day of filling in.
    pub closes: Option<NaiveDate>,
}

impl Service {
    /// Creates an edition that the programme file declares, and brings programme, register and letters up to date.
    ///
    /// # Errors
    /// [`Refused::Input`] when a file is wrong, the edition is not declared, or it exists already.
    pub fn edition_create(
        &self,
        name: &EditionName,
        files: &ProgrammeFiles,
        calendar: Calendar,
        synthetic: bool,
    ) -> Result<Edition, Refused> {
        let (source, declared) = programme_file(files)?;
        let edition = self.new_edition(name, &declared, calendar, synthetic)?;
        let programme = self.programme_put(&source, synthetic)?;
        self.register_put(&programme, files)?;
        self.letters_put(programme.scope(), files)?;
        let scope = programme.scope();
        let row = edition.clone();
        let note = self.note(COMMAND, "edition.create", name.to_string(), json!({ "synthetic": synthetic }));
        let created = self.store.write("edition_create", move |tx| -> Result<(), StoreError> {
            tx.edition_insert(scope, &row)?;
            tx.audit_append(scope, &note)
        });
        created.map_err(|error| match error.is_taken("edition") {
            true => Refused::input(format!("edycja {name} już istnieje")),
            false => error.into(),
        })?;
        Ok(edition)
    }

    fn new_edition(
        &self,
        name: &EditionName,
        declared: &Declared,
        calendar: Calendar,
        synthetic: bool,
    ) -> Result<Edition, Refused> {
        let found = declares(name, declared)?;
        let (opens_on, closes_on) =
            (calendar.opens.unwrap_or(found.opens), calendar.closes.unwrap_or(found.closes));
        if closes_on < opens_on {
            return Err(Refused::input(format!(
                "ostatni dzień ({closes_on}) jest wcześniej niż pierwszy ({opens_on})"
            )));
        }
        Ok(Edition {
            id: self.id::<EditionId>(),
            slug: found.slug.clone(),
            title: found.name.clone(),
            state: EditionState::Draft,
            period_from: found.period_from,
            period_to: found.period_to,
            opens_on,
            closes_on,
            seq: 0,
            submissions: 0,
            frozen: false,
            synthetic,
            created_at: self.now(),
            opened_at: None,
            closed_at: None,
        })
    }

    /// Stores the templates of letters; a template that did not change keeps its version.
    fn letters_put(&self, scope: Scope, files: &ProgrammeFiles) -> Result<(), Refused> {
        for letter in LETTERS {
            let source = files
                .read(&format!("mail/{letter}.txt"))
                .map_err(|error| Refused::input(error.to_string()))?;
            self.letter_put(scope, letter, &source)?;
        }
        Ok(())
    }

    /// Opens an edition: freezes the questionnaires, copies the frame with its strata, makes invitations and accesses.
    /// All or nothing.
    ///
    /// # Errors
    /// [`Refused::Input`] when a questionnaire has errors or the edition is not a draft.
    pub fn edition_open(&self, name: &EditionName, files: &ProgrammeFiles) -> Result<Opened, Refused> {
        let (programme, edition) = self.edition(name)?;
        let declared = programme
            .declared
            .edition(&name.edition)
            .cloned()
            .ok_or_else(|| Refused::UnknownEdition(name.to_string()))?;
        let questionnaires = questionnaires(&declared, files)?;
        known_measures(&programme.declared, &declared, &questionnaires)?;
        let scope = programme.scope();
        let units = self.store.read("edition_open", |tx| tx.unit_list(scope))?;
        let invitations = self.frame(&programme, &edition, &declared, &units);
        let frozen = self.frozen(&edition, &questionnaires);
        let frames = self.first_frames(&edition, &declared, files, &questionnaires);
        let opened = Opened { invitations: count(&invitations) };
        self.remember_keys(&[self.keys.newest()])?;
        // Selectors of letter codes are short, so some may be taken: those are drawn again until every access has one.
        let rounds = self.access_rounds(invitations.iter().map(|invitation| invitation.id));
        let now = self.now();
        let note = self.note(
            COMMAND,
            "edition.open",
            name.to_string(),
            json!({ "invitations": opened.invitations }),
        );
        self.store.write("edition_open", move |tx| -> Result<(), Refused> {
            if !tx.edition_open(scope, edition.id, now)? {
                return Err(Refused::input(
                    "edycja nie jest w przygotowaniu, więc nie można jej otworzyć drugi raz",
                ));
            }
            for (version, plan) in &frozen {
                tx.form_version_insert(scope, version)?;
                tx.plan_insert(scope, plan)?;
            }
            for frame in &frames {
                tx.code_frame_insert(scope, frame)?;
            }
            tx.invitation_insert_all(scope, &invitations)?;
            tx.audit_append(scope, &note)?;
            super::invitations::insert_accesses(tx, scope, &rounds)
        })?;
        Ok(opened)
    }

    /// The invitations of everybody who is asked, as they are on the register date.
    fn frame(
        &self,
        programme: &Known,
        edition: &Edition,
        declared: &EditionOf,
        units: &[Unit],
    ) -> Vec<Invitation> {
        let order = Polish::new();
        let asked = |period: &Period| !declared.without_kinds.iter().any(|kind| kind == period.kind.as_str());
        let mut invitations = Vec::new();
        for unit in units {
            let Some(period) = unit.period_at(declared.register_date).filter(|period| asked(period)) else {
                continue;
            };
            let Some(questionnaire) = programme.declared.questionnaire_for(period.kind.as_str()) else {
                continue;
            };
            if declared.files.contains_key(&questionnaire.form) {
                invitations.push(self.invitation(edition, unit, period, &questionnaire.form, &order));
            }
        }
        invitations
    }

    fn invitation(
        &self,
        edition: &Edition,
        unit: &Unit,
        period: &Period,
        form: &str,
        order: &Polish,
    ) -> Invitation {
        Invitation {
            id: self.id::<InvitationId>(),
            edition_id: edition.id,
            unit_id: unit.id,
            form_id: form.to_owned(),
            unit_code: unit.full_code(period),
            unit_name: period.name.clone(),
            unit_sort: order.sort_key(&period.name),
            kind: period.kind.as_str().to_owned(),
            powiat: period.powiat.clone(),
            nuts2: period.nuts2.clone(),
            nuts3: period.nuts3.clone(),
            attributes: period.attributes(),
            closes_on: None,
            withdrawn_at: None,
            created_at: self.now(),
        }
    }

    fn frozen(
        &self,
        edition: &Edition,
        questionnaires: &[(String, Questionnaire)],
    ) -> Vec<(FormVersion, PlanVersion)> {
        let now = self.now();
        let pair = |(source, questionnaire): &(String, Questionnaire)| {
            let form_id = questionnaire.model.settings.form_id.clone();
            let version = FormVersion {
                id: self.id::<VersionId>(),
                edition_id: edition.id,
                form_id: form_id.clone(),
                version: 1,
                source: source.clone(),
                hash: questionnaire.hash.clone(),
                created_at: now,
            };
            let plan = PlanVersion {
                edition_id: edition.id,
                form_id,
                no: 1,
                source: source.clone(),
                hash: questionnaire.plan_hash.clone(),
                created_at: now,
            };
            (version, plan)
        };
        questionnaires.iter().map(pair).collect()
    }

    /// Brings the programme of an edition up to date with its file; what was frozen at opening stays.
    ///
    /// # Errors
    /// [`Refused::Input`] when the file is wrong or does not declare the edition, [`Refused::UnknownEdition`].
    pub fn edition_update(&self, name: &EditionName, files: &ProgrammeFiles) -> Result<(), Refused> {
        let (programme, _) = self.edition(name)?;
        let (source, declared) = programme_file(files)?;
        declares(name, &declared)?;
        self.programme_put(&source, programme.row.synthetic)?;
        let (scope, note) =
            (programme.scope(), self.note(COMMAND, "edition.update", name.to_string(), json!({})));
        Ok(self.store.write("edition_update", move |tx| tx.audit_append(scope, &note))?)
    }

    /// Closes an open edition: from now on answers can only be read. Gives what was filled in and never sent.
    ///
    /// # Errors
    /// [`Refused::Input`] when it is not open.
    pub fn edition_close(&self, name: &EditionName) -> Result<Unsent, Refused> {
        let (programme, edition) = self.edition(name)?;
        let (scope, now) = (programme.scope(), self.now());
        let id = edition.id;
        let note = self.note(COMMAND, "edition.close", name.to_string(), json!({}));
        let closed = self.store.write("edition_close", move |tx| -> Result<bool, StoreError> {
            let closed = tx.edition_close(scope, id, now)?;
            if closed {
                tx.audit_append(scope, &note)?;
            }
            Ok(closed)
        })?;
        if !closed {
            return Err(Refused::input(format!("edycja {name} nie jest otwarta")));
        }
        // Nothing can be sent any more, so this is the whole list.
        self.store.read("unsent", |tx| self.unsent(tx, &programme, &edition))
    }
}

fn count(invitations: &[Invitation]) -> BTreeMap<String, usize> {
    let mut counts = BTreeMap::new();
    for invitation in invitations {
        *counts.entry(invitation.form_id.clone()).or_insert(0) += 1;
    }
    counts
}

/// Whether an edition could be created and opened from these files.
///
/// # Errors
/// [`Refused::Input`] with every problem of every questionnaire.
pub fn check(name: &EditionName, files: &ProgrammeFiles) -> Result<(), Refused> {
    let (_, declared) = programme_file(files)?;
    let edition = declared.edition(&name.edition).ok_or_else(|| undeclared(name))?;
    let good = questionnaires(edition, files)?;
    known_measures(&declared, edition, &good)
}

/// Makes sure that the measures exist which indicators of the edition's year are bound to.
fn known_measures(
    declared: &Declared,
    edition: &EditionOf,
    questionnaires: &[(String, Questionnaire)],
) -> Result<(), Refused> {
    let has = |name: &MeasureName| {
        let form = questionnaires.iter().find(|(_, one)| one.model.settings.form_id == name.form);
        form.is_none_or(|(_, one)| one.plan.measures.iter().any(|measure| measure.name == name.measure))
    };
    let mut unknown = Vec::new();
    for indicator in &declared.indicators {
        let Some(version) = indicator.at(edition.year) else { continue };
        let missing = version.measures().filter(|(_, name)| !has(name));
        unknown.extend(missing.map(|(place, name)| {
            format!("programme.toml: indicators[{}].{place}: ankieta nie ma miary „{name}”", indicator.code)
        }));
    }
    if unknown.is_empty() { Ok(()) } else { Err(Refused::Input(unknown)) }
}

/// The text of the programme file and what it declares.
fn programme_file(files: &ProgrammeFiles) -> Result<(String, Declared), Refused> {
    let source = files.read("programme.toml").map_err(|error| Refused::input(error.to_string()))?;
    let declared = Declared::parse(&source)
        .map_err(|error| Refused::input(format!("{}: {error}", files.place("programme.toml"))))?;
    Ok((source, declared))
}

/// What the file of the right programme says about an edition.
fn declares<'a>(name: &EditionName, declared: &'a Declared) -> Result<&'a EditionOf, Refused> {
    let slug = &declared.programme.slug;
    if *slug != name.programme {
        let other = &name.programme;
        return Err(Refused::input(format!("programme.toml opisuje program „{slug}”, a nie „{other}”")));
    }
    declared.edition(&name.edition).ok_or_else(|| undeclared(name))
}

fn undeclared(name: &EditionName) -> Refused {
    Refused::input(format!("programme.toml nie opisuje edycji „{}”", name.edition))
}

/// Reads and checks every questionnaire of an edition; the problems of all of them at once.
fn questionnaires(
    declared: &EditionOf,
    files: &ProgrammeFiles,
) -> Result<Vec<(String, Questionnaire)>, Refused> {
    let mut good = Vec::new();
    let mut bad = Vec::new();
    for file in declared.files.values() {
        let source = match files.read(file) {
            Ok(source) => source,
            Err(error) => {
                bad.push(error.to_string());
                continue;
            }
        };
        match super::coding::frames::questionnaire(files, file, &source) {
            Ok(questionnaire) => good.push((source, questionnaire)),
            Err(problems) => bad.extend(problems),
        }
    }
    if bad.is_empty() { Ok(good) } else { Err(Refused::Input(bad)) }
}

pub(super) fn errors(problems: Vec<Problem>) -> Vec<Problem> {
    problems.into_iter().filter(|problem| problem.severity == Severity::Error).collect()
}
