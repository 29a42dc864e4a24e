//! Code frames: seeded from files when an edition opens, edited in the panel as new versions, written back as files.

use std::collections::BTreeMap;

use form::{CodeFrame, Coding, Model, Questionnaire};
use serde_json::json;
use store::{CodeFrameVersion, Edition, Tx};
use survey::programme::EditionOf;
use survey::{EditionId, Scope, Timestamp};

use super::super::audit::COMMAND;
use super::super::editions::errors;
use super::super::programmes::Known;
use super::super::{EditionName, Refused, Service};
use super::{CodedQuestion, Coder, split};
use crate::forms::ProgrammeFiles;

/// A code frame as it holds now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Frame {
    /// Its codes.
    pub frame: CodeFrame,
    /// Counts from 1; 0 for one that stands only in the questionnaire.
    pub version: i32,
    /// Who stored it, and when.
    pub stored: Option<(String, Timestamp)>,
}

/// A code frame with how its codes are used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UsedFrame {
    /// The frame.
    pub frame: Frame,
    /// Its earlier versions, the newest first: version, who, when.
    pub earlier: Vec<(i32, String, Timestamp)>,
    /// The questions that it sorts.
    pub questions: Vec<CodedQuestion>,
    /// How many answers have each code now.
    pub answers: BTreeMap<String, usize>,
    /// Codes that were given at any time; they can be retired, not deleted.
    pub ever: Vec<String>,
}

/// A questionnaire of an edition with the code frames that it names. Frames lie in the questionnaire's folder.
///
/// # Errors
/// Everything that is wrong with the questionnaire or with one of the frames.
pub(in crate::service) fn questionnaire(
    files: &ProgrammeFiles,
    file: &str,
    source: &str,
) -> Result<Questionnaire, Vec<String>> {
    let place = files.place(file);
    let loaded = form::load(&place, source);
    let Some(questionnaire) = loaded.questionnaire else {
        return Err(vec![printed(loaded.problems, source)]);
    };
    let (mut known, mut bad) = (Vec::new(), Vec::new());
    for coding in named(&questionnaire) {
        let beside = beside(file, &coding.frame);
        let Ok(text) = files.read(&beside) else { continue };
        let frame = form::load_frame(&files.place(&beside), &text);
        if frame.frame.is_none() {
            bad.push(printed(frame.problems, &text));
        }
        known.push(coding.frame.clone());
    }
    let checked = form::load_with_frames(&place, source, &known);
    if checked.questionnaire.is_none() {
        bad.push(printed(checked.problems, source));
    }
    if bad.is_empty() { Ok(questionnaire) } else { Err(bad) }
}

fn printed(problems: Vec<form::Problem>, source: &str) -> String {
    form::problem::render_all(&errors(problems), source)
}

/// The codings whose frame is a file.
fn named(questionnaire: &Questionnaire) -> impl Iterator<Item = &Coding> {
    let lists = &questionnaire.model.choices;
    questionnaire.plan.codings.iter().filter(|coding| !lists.contains_key(&coding.frame))
}

/// The file of a frame that a questionnaire's file names.
fn beside(file: &str, frame: &str) -> String {
    match file.rsplit_once('/') {
        Some((folder, _)) => format!("{folder}/{frame}.toml"),
        None => format!("{frame}.toml"),
    }
}

/// The frame that a list of choices of the questionnaire stands for; one without codes when there is none.
fn of_model(model: &Model, name: &str) -> CodeFrame {
    let empty = || CodeFrame { name: name.to_owned(), title: name.to_owned(), ..CodeFrame::default() };
    model.choices.get(name).map_or_else(empty, |list| CodeFrame::of_choices(list))
}

fn read(version: &CodeFrameVersion) -> Result<CodeFrame, Refused> {
    let loaded = form::load_frame(&format!("{}.toml", version.name), &version.source);
    loaded.frame.ok_or_else(|| Refused::Unreadable {
        what: "code frame",
        cause: form::problem::render_all(&loaded.problems, &version.source),
    })
}

impl Service {
    /// The first versions of the code frames that the questionnaires of an edition name. The files have been checked.
    pub(in crate::service) fn first_frames(
        &self,
        edition: &Edition,
        declared: &EditionOf,
        files: &ProgrammeFiles,
        questionnaires: &[(String, Questionnaire)],
    ) -> Vec<CodeFrameVersion> {
        let mut found: BTreeMap<String, CodeFrame> = BTreeMap::new();
        for (file, (_, questionnaire)) in declared.files.values().zip(questionnaires) {
            for coding in &questionnaire.plan.codings {
                let name = beside(file, &coding.frame);
                let text = files.read(&name).ok();
                let frame = text.and_then(|text| form::load_frame(&name, &text).frame);
                let frame = frame.unwrap_or_else(|| of_model(&questionnaire.model, &coding.frame));
                found.entry(coding.frame.clone()).or_insert(frame);
            }
        }
        let version = |(name, frame): (String, CodeFrame)| CodeFrameVersion {
            edition_id: edition.id,
            name,
            version: 1,
            source: frame.to_toml(),
            actor: COMMAND.to_owned(),
            created_at: self.now(),
        };
        found.into_iter().map(version).collect()
    }

    /// The newest version of a code frame; of an edition that was opened without it, what the questionnaire holds.
    pub(in crate::service) fn code_frame(
        &self,
        tx: &mut Tx<'_>,
        scope: Scope,
        edition: EditionId,
        model: &Model,
        name: &str,
    ) -> Result<Frame, Refused> {
        let stored = tx.code_frame_list(scope, edition)?.into_iter().find(|version| version.name == name);
        match stored {
            Some(stored) => Ok(Frame {
                frame: read(&stored)?,
                version: stored.version,
                stored: Some((stored.actor, stored.created_at)),
            }),
            None => Ok(Frame { frame: of_model(model, name), version: 0, stored: None }),
        }
    }

    /// A code frame with the use of its codes.
    ///
    /// # Errors
    /// [`Refused::UnknownEdition`] also when no question names the frame.
    pub fn used_frame(&self, name: &EditionName, frame: &str) -> Result<UsedFrame, Refused> {
        let (programme, edition) = self.edition(name)?;
        self.store.read("used_frame", |tx| self.read_used(tx, &programme, &edition, name, frame))
    }

    fn read_used(
        &self,
        tx: &mut Tx<'_>,
        programme: &Known,
        edition: &Edition,
        name: &EditionName,
        wanted: &str,
    ) -> Result<UsedFrame, Refused> {
        let scope = programme.scope();
        let mut questions = Vec::new();
        let (mut answers, mut ever) = (BTreeMap::new(), Vec::new());
        let mut found = None;
        for source in self.sources(tx, programme, edition)? {
            for coding in source.plan.codings.iter().filter(|coding| coding.frame == wanted) {
                let asked = CodedQuestion { form: source.form.clone(), question: coding.question.clone() };
                let rows = tx.coding_list(scope, edition.id, &asked.form, Some(&asked.question))?;
                questions.push(asked);
                let mut last = None;
                for row in rows {
                    let place = (row.invitation_id, row.row_id.clone(), row.coder);
                    let newest = last.as_ref() != Some(&place);
                    last = Some(place);
                    for code in split(&row.codes) {
                        if newest && row.coder == Coder::First {
                            *answers.entry(code.clone()).or_insert(0) += 1;
                        }
                        ever.push(code);
                    }
                }
            }
            if found.is_none() && !questions.is_empty() {
                found = Some(self.code_frame(tx, scope, edition.id, &source.model, wanted)?);
            }
        }
        ever.sort_unstable();
        ever.dedup();
        let frame = found.ok_or_else(|| Refused::UnknownEdition(format!("{name}/{wanted}")))?;
        let versions = tx.code_frame_list(scope, edition.id)?.into_iter().filter(|one| one.name == wanted);
        let earlier = versions.skip(1).map(|one| (one.version, one.actor, one.created_at)).collect();
        Ok(UsedFrame { frame, earlier, questions, answers, ever })
    }

    /// Stores the next version of a code frame. `seen` is the version that was changed.
    ///
    /// # Errors
    /// [`Refused::Input`] when the frame is wrong, lacks a code that was given, or the edition is frozen;
    /// [`Refused::Overtaken`] when somebody else stored a version in between.
    pub fn frame_save(
        &self,
        name: &EditionName,
        actor: &str,
        seen: i32,
        changed: &CodeFrame,
    ) -> Result<(), Refused> {
        let used = self.used_frame(name, &changed.name)?;
        let source = changed.to_toml();
        let checked = form::load_frame(&format!("{}.toml", changed.name), &source);
        let mut wrong: Vec<String> = checked.problems.into_iter().map(|problem| problem.message).collect();
        wrong.extend(used.lost(changed));
        if !wrong.is_empty() {
            return Err(Refused::Input(wrong));
        }
        let (programme, edition) = self.edition(name)?;
        let scope = programme.scope();
        let version = CodeFrameVersion {
            edition_id: edition.id,
            name: changed.name.clone(),
            version: seen + 1,
            source,
            actor: actor.to_owned(),
            created_at: self.now(),
        };
        let details = json!({ "frame": changed.name, "version": version.version });
        let note = self.note(actor, "codes.frame", name.to_string(), details);
        if used.frame.version != seen {
            return Err(overtaken(&changed.name));
        }
        let stored = self.store.write("frame_save", move |tx| -> Result<bool, Refused> {
            tx.audit_append(scope, &note)?;
            Ok(tx.code_frame_insert(scope, &version)?)
        });
        match stored {
            Ok(true) => Ok(()),
            Ok(false) => Err(Refused::frozen(name, "kluczy kodowych")),
            Err(Refused::Store(error)) if error.is_taken("code_frame") => Err(overtaken(&changed.name)),
            Err(other) => Err(other),
        }
    }
}

impl UsedFrame {
    /// What is wrong where a code that was given is not in the changed frame any more.
    fn lost(&self, changed: &CodeFrame) -> Vec<String> {
        let lost = self.ever.iter().filter(|code| changed.code(code).is_none());
        lost.filter(|code| self.frame.frame.code(code).is_some())
            .map(|code| {
                let answers = self.answers.get(code).copied().unwrap_or_default();
                format!(
                    "kodu {} nie można usunąć: był nadawany, teraz ma go tyle odpowiedzi: {answers}. Można go wycofać.",
                    code.to_uppercase()
                )
            })
            .collect()
    }
}

fn overtaken(frame: &str) -> Refused {
    Refused::Overtaken(format!("klucz kodowy {frame}"))
}
