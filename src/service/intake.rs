//! Answers of earlier years from another tool: `responses import` and `responses map`.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::NaiveDateTime;
use form::answers::Raw;
use form::evaluate::{Context, Evaluation, Status};
use form::problem::Severity;
use form::{Model, ProblemKind};
use serde_json::json;
use sha2::{Digest, Sha256};
use store::{Edition, ImportedLine, Invitation, NewSubmission, ResponseImport, Submission, Tx};
use survey::intake::{self, Map, Outcome, Sheet, Taken, Verdict};
use survey::unit::{Unit, UnitCode};
use survey::{ImportId, Scope, SubmissionId, Timestamp, UnitId, VersionId};

use super::audit::COMMAND;
use super::programmes::Known;
use super::register::cell;
use super::{EditionName, Refused, Service, hex};

/// A file to be imported.
#[derive(Debug, Clone, Copy)]
pub struct File<'a> {
    /// Its name, for messages and the origin of what it holds.
    pub name: &'a str,
    /// Its content.
    pub bytes: &'a [u8],
    /// The text of the map.
    pub map: &'a str,
}

/// What became of an import.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Imported {
    /// One outcome per physical row.
    pub outcomes: Vec<Outcome>,
    /// What was guessed about the file.
    pub guessed: String,
    /// Responses stored; 0 in a dry run.
    pub stored: usize,
}

/// What is needed to judge a row.
struct Ground {
    programme: Arc<Known>,
    edition: Edition,
    form: String,
    version: VersionId,
    model: Arc<Model>,
    units: BTreeMap<UnitCode, UnitId>,
}

/// A row that is ready to be stored.
#[derive(Clone)]
struct Ready {
    outcome: usize,
    invitation: Invitation,
    typed: Raw,
    answers: Raw,
    context: Context,
    at: Timestamp,
    id: SubmissionId,
}

impl Service {
    /// Imports answers. All accepted rows in one transaction; a dry run has the same outcomes and stores nothing; the same
    /// file again finds everything there and changes nothing.
    ///
    /// # Errors
    /// [`Refused::UnknownEdition`]; [`Refused::Input`] when the file or the map cannot be used, the edition has no such
    /// questionnaire or its numbers are frozen.
    pub fn responses_import(
        &self,
        name: &EditionName,
        form: &str,
        file: File<'_>,
        dry_run: bool,
    ) -> Result<Imported, Refused> {
        let (ground, units) = self.import_ground(name, form)?;
        let map = Map::parse(file.map, &ground.model).map_err(Refused::Input)?;
        let (sheets, guessed) = sheets(file)?;
        let read = intake::read(&map, &ground.model, &sheets, &units).map_err(|lines| {
            Refused::Input(lines.into_iter().map(|line| format!("{}: {line}", file.name)).collect())
        })?;
        let mut outcomes = read.outcomes;
        let mut ready = Vec::new();
        for taken in read.taken {
            ready.extend(self.ready(&ground, taken, &mut outcomes));
        }
        let scope = ground.programme.scope();
        let judged = {
            let (rows, told) = (ready.clone(), outcomes.clone());
            self.store.read("responses_judge", |tx| judge(tx, scope, &rows, told.clone()))?
        };
        if dry_run {
            return Ok(Imported { outcomes: judged.0, guessed, stored: 0 });
        }
        let (outcomes, stored) = self.import_write(name, &ground, file, ready, outcomes)?;
        Ok(Imported { outcomes, guessed, stored })
    }

    /// Proposes a map for a file: each column to the question that its header is most like, at least `alike` of 100.
    ///
    /// # Errors
    /// [`Refused::Input`] when the file cannot be read.
    pub fn responses_map(model: &Model, file: File<'_>, alike: u8) -> Result<Map, Refused> {
        Ok(intake::propose(model, &sheets(file)?.0, alike))
    }

    /// The newest questionnaire of an edition.
    ///
    /// # Errors
    /// [`Refused::UnknownEdition`]; [`Refused::Input`] when it has no such questionnaire.
    pub fn questionnaire_of(&self, name: &EditionName, form: &str) -> Result<Arc<Model>, Refused> {
        Ok(self.import_ground(name, form)?.0.model)
    }

    fn import_ground(&self, name: &EditionName, form: &str) -> Result<(Ground, Vec<Unit>), Refused> {
        let (programme, edition) = self.edition(name)?;
        let scope = programme.scope();
        self.store.read("import_ground", |tx| {
            let Some(version) = tx.form_version_newest_id(scope, edition.id, form)? else {
                let said = format!("w edycji {name} nie ma otwartej ankiety „{form}”");
                return Err(Refused::input(said));
            };
            if edition.frozen {
                return Err(Refused::input(format!(
                    "liczby edycji {name} są zamrożone, więc niczego nie można wczytać"
                )));
            }
            let units = tx.unit_list(scope)?;
            let ground = Ground {
                model: self.model_of(tx, scope, version)?,
                programme: Arc::clone(&programme),
                edition: edition.clone(),
                form: form.to_owned(),
                version,
                units: units.iter().map(|unit| (unit.code.clone(), unit.id)).collect(),
            };
            Ok((ground, units))
        })
    }

    /// Finds the invitation of a row and evaluates its answers; none when the unit is not asked.
    fn ready(&self, ground: &Ground, taken: Taken, outcomes: &mut [Outcome]) -> Option<Ready> {
        let outcome = &mut outcomes[taken.outcome];
        let scope = ground.programme.scope();
        let unit = ground.units.get(&taken.unit).copied();
        let found = self.store.read("import_invitation", |tx| match unit {
            Some(unit) => tx.invitation_of_unit(scope, ground.edition.id, unit, &ground.form),
            None => Ok(None),
        });
        let invitation = found.ok().flatten().filter(|invitation| invitation.withdrawn_at.is_none());
        let Some(invitation) = invitation else {
            let edition = &ground.edition.slug;
            outcome.add(
                Verdict::Error,
                format!("Jednostki nie ma w operacie ankiety „{}” edycji {edition}.", ground.form),
            );
            return None;
        };
        let day = taken.at.map_or(ground.edition.closes_on, |at| at.date());
        let mut context = Context::on(day);
        context.unit.clone_from(&invitation.attributes);
        let (typed, _) = form::read(&ground.model, &taken.answers);
        let evaluation = form::evaluate(&ground.model, &typed, &context);
        tell(&ground.model, &evaluation, &taken.answers, outcome);
        Some(Ready {
            outcome: taken.outcome,
            invitation,
            answers: evaluation.final_answers(),
            typed: taken.answers,
            context,
            at: self.moment_of(ground, taken.at),
            id: self.id::<SubmissionId>(),
        })
    }

    /// When a response was given; noon of the edition's last day where nothing is known, but never later than now.
    fn moment_of(&self, ground: &Ground, at: Option<NaiveDateTime>) -> Timestamp {
        let noon = ground.edition.closes_on.and_hms_opt(12, 0, 0).unwrap_or_default();
        ground.programme.zone().instant(at.unwrap_or(noon)).min(self.now())
    }

    fn import_write(
        &self,
        name: &EditionName,
        ground: &Ground,
        file: File<'_>,
        ready: Vec<Ready>,
        outcomes: Vec<Outcome>,
    ) -> Result<(Vec<Outcome>, usize), Refused> {
        let scope = ground.programme.scope();
        let (edition, version, form) = (ground.edition.id, ground.version, ground.form.clone());
        let import = ResponseImport {
            id: self.id::<ImportId>(),
            edition_id: edition,
            form_id: form,
            file_name: file.name.to_owned(),
            file_hash: hex(&Sha256::digest(file.bytes)),
            map: file.map.to_owned(),
            actor: COMMAND.to_owned(),
            at: self.now(),
        };
        let note = self.note(
            COMMAND,
            "responses.import",
            name.to_string(),
            json!({ "form": import.form_id, "file": import.file_name, "sha256": import.file_hash }),
        );
        let frozen = format!("liczby edycji {name} zamrożono w trakcie wczytywania; niczego nie zapisano");
        self.store.write("responses_import", move |tx| {
            let (told, new) = judge(tx, scope, &ready, outcomes.clone())?;
            if new.is_empty() {
                return Ok((told, 0));
            }
            let mut lines = Vec::new();
            for row in ready.iter().filter(|row| new.contains(&row.outcome)) {
                let invitation = row.invitation.id;
                // Whoever begins to answer at this very moment has the draft.
                if !tx.draft_start(scope, invitation, 1, &row.typed, row.at)? {
                    let unit = &row.invitation.unit_name;
                    let said =
                        "właśnie zaczęła wypełniać ankietę; niczego nie zapisano. Proszę powtórzyć polecenie";
                    return Err(Refused::input(format!("jednostka {unit} {said}")));
                }
                let stored = tx.submission_insert(scope, &submission(row, edition, version))?;
                stored.ok_or_else(|| Refused::input(frozen.clone()))?;
                let outcome = &told[row.outcome];
                let line = i32::try_from(outcome.line).unwrap_or(i32::MAX);
                lines.push(ImportedLine { submission_id: row.id, line, note: outcome.notes.join(" ") });
            }
            tx.response_import_insert(scope, &import, &lines)?;
            tx.audit_append(scope, &note)?;
            Ok((told, lines.len()))
        })
    }
}

fn submission(row: &Ready, edition: survey::EditionId, version: VersionId) -> NewSubmission {
    NewSubmission {
        id: row.id,
        edition_id: edition,
        invitation_id: row.invitation.id,
        form_version_id: version,
        answers: row.answers.clone(),
        context: row.context.clone(),
        access_id: None,
        draft_rev: 0,
        at: row.at,
    }
}

/// Decides what of the ready rows is new, beside what is stored and beside each other. Gives the outcomes and the rows,
/// by their outcome, that are to be stored.
fn judge(
    tx: &mut Tx<'_>,
    scope: Scope,
    ready: &[Ready],
    mut outcomes: Vec<Outcome>,
) -> Result<(Vec<Outcome>, Vec<usize>), Refused> {
    let mut new: BTreeMap<survey::InvitationId, &Ready> = BTreeMap::new();
    for row in ready {
        let id = row.invitation.id;
        let said = if let Some(first) = new.get(&id) {
            let line = outcomes[first.outcome].line;
            match first.answers == row.answers {
                true => {
                    Some((Verdict::Duplicate, format!("Te same odpowiedzi jednostki co w wierszu {line}.")))
                }
                false => Some((
                    Verdict::Conflict,
                    format!("Inne odpowiedzi tej samej jednostki niż w wierszu {line}, który przyjęto."),
                )),
            }
        } else {
            stored(tx, scope, row)?
        };
        match said {
            Some((verdict, note)) => outcomes[row.outcome].add(verdict, note),
            None => {
                new.insert(id, row);
            }
        }
    }
    let new = new.values().map(|row| row.outcome).collect();
    Ok((outcomes, new))
}

/// What is said about a row whose unit has answers already.
fn stored(tx: &mut Tx<'_>, scope: Scope, row: &Ready) -> Result<Option<(Verdict, String)>, Refused> {
    let id = row.invitation.id;
    let counted: Option<Submission> = tx.submission_counted_at(scope, id, i64::MAX)?;
    Ok(match counted {
        Some(known) if known.answers == row.answers => {
            Some((Verdict::Duplicate, "Te same odpowiedzi są już w bazie.".to_owned()))
        }
        Some(_) => Some((
            Verdict::Conflict,
            "W bazie są już inne odpowiedzi tej jednostki; zostają bez zmian.".to_owned(),
        )),
        None if tx.draft_find(scope, id)?.is_some() => Some((
            Verdict::Conflict,
            "Jednostka wypełnia ankietę w serwisie; jej odpowiedzi zostają bez zmian.".to_owned(),
        )),
        None => None,
    })
}

/// Says what the questionnaire makes of the answers of a row.
fn tell(model: &Model, evaluation: &Evaluation, typed: &Raw, outcome: &mut Outcome) {
    let mut required = 0;
    for problem in evaluation.problems().iter().filter(|problem| problem.severity == Severity::Error) {
        let question = problem.path.question();
        match problem.kind {
            ProblemKind::Required | ProblemKind::TooFewRows => required += 1,
            ProblemKind::Constraint => {
                outcome.add(Verdict::WarnCheck, format!("Pytanie „{question}”: {}", problem.message))
            }
            _ if outcome.notes.iter().any(|note| note.contains(&format!("„{question}”"))) => {}
            _ => outcome.add(
                Verdict::WarnUnreadable,
                format!("Pytanie „{question}”: {} Tekst zachowano.", problem.message),
            ),
        }
    }
    let hidden: Vec<&str> = model
        .questions()
        .filter(|question| question.repeat.is_none() && typed.fields.contains_key(&question.name))
        .filter(|question| evaluation.status(&question.name, None) == Status::NotRelevant)
        .map(|question| question.name.as_str())
        .collect();
    let lists = typed.repeats.keys().map(String::as_str).filter(|list| !evaluation.repeat_relevant(list));
    let hidden: Vec<&str> = hidden.into_iter().chain(lists).collect();
    if !hidden.is_empty() {
        let said = "Nie liczą się odpowiedzi na pytania, których przy takich odpowiedziach się nie zadaje";
        outcome.add(Verdict::WarnHidden, format!("{said}: {}. Tekst zachowano.", hidden.join(", ")));
    }
    if required > 0 {
        outcome.add(Verdict::WarnMissing, format!("Brak odpowiedzi na wymagane pytania: {required}."));
    }
}

/// The sheets that a person sees, and what was guessed about the file.
fn sheets(file: File<'_>) -> Result<(Vec<Sheet>, String), Refused> {
    let book = sheet::read(file.bytes, file.name)
        .map_err(|error| Refused::input(format!("{}: {}", file.name, error.message())))?;
    let row = |row: &sheet::Row| survey::register::RawRow {
        line: row.line,
        cells: row.cells.iter().map(cell).collect(),
    };
    let sheets = book
        .visible()
        .map(|sheet| Sheet { name: sheet.name.clone(), rows: sheet.rows.iter().map(row).collect() });
    Ok((sheets.collect(), book.guessed.clone()))
}
