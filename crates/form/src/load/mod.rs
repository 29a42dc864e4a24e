//! From the text of a questionnaire to the checked model, or to everything that is wrong with it.
//!
//! TOML becomes rows of cells with their places, rows become entries of a tree with kinds and names, then choices,
//! texts and expressions are checked against the names, and the model is built and put into order.

mod build;
mod choices;
mod circles;
pub mod codes;
mod columns;
mod convert;
mod draft;
mod expressions;
mod frame;
mod hash;
mod kinds;
mod names;
mod order;
mod places;
mod plan;
mod question;
mod report;
mod rows;
mod settings;
mod source;
mod syntax;
mod texts;
mod toml;
mod values;

use std::sync::Arc;

use crate::model::Model;
use crate::plan::Plan;
use crate::problem::Problem;
use draft::Draft;
pub use frame::{LoadedFrame, is_frame, load_frame};
use names::Form;
pub(crate) use places::{Place, Places};
use report::Report;
use source::Source;
pub(crate) use syntax::sentence as explain_syntax;

/// A questionnaire that may be used.
#[derive(Debug, Clone)]
pub struct Questionnaire {
    /// What respondents see.
    pub model: Model,
    /// What is counted.
    pub plan: Plan,
    /// SHA-256 in hex over the canonical form of survey, choices and settings: what respondents see. Comments, the
    /// order of keys, measures and code frames do not change it.
    pub hash: String,
    /// SHA-256 in hex over the canonical form of everything else.
    pub plan_hash: String,
    /// Where the rows stand in the file.
    pub(crate) places: Places,
}

/// What loading found.
#[derive(Debug, Clone)]
pub struct Loaded {
    /// The questionnaire; there is one exactly when no problem is an error.
    pub questionnaire: Option<Questionnaire>,
    /// All problems, sorted by place.
    pub problems: Vec<Problem>,
}

/// Loads a questionnaire from TOML. `file` is the name that problems carry. Code frames are files of their own, so a
/// `coding` may name any; see [`load_with_frames`].
#[must_use]
pub fn load(file: &str, text: &str) -> Loaded {
    load_from(Report::new(Source::new(file, text)))
}

/// Loads a questionnaire whose `coding` keys may name the lists of choices of the file itself and these code frames.
#[must_use]
pub fn load_with_frames(file: &str, text: &str, frames: &[String]) -> Loaded {
    let mut report = Report::new(Source::new(file, text));
    report.frames = Some(frames.to_vec());
    load_from(report)
}

fn load_from(mut report: Report<'_>) -> Loaded {
    let questionnaire = toml::draft(&mut report).map(|draft| check(&mut report, draft));
    let questionnaire = questionnaire.filter(|_| !report.has_errors());
    Loaded { questionnaire, problems: report.finish() }
}

/// Checks everything; with errors the questionnaire is not to be used.
fn check(report: &mut Report<'_>, mut draft: Draft) -> Questionnaire {
    settings::find_language(report, &mut draft);
    let rows = rows::read(report, &mut draft);
    let mut form = Form::new(report, &rows, &draft);
    circles::check_ids(report, &form);
    let expressions = expressions::read(report, &mut form);
    let choices = choices::read(report, &draft, &form);
    let (mut model, mut compiled) = build::model(report, &form, expressions, choices, &draft.settings);
    for circle in order::sort(&mut compiled) {
        circles::tell(report, &form, &compiled, &circle);
    }
    compiled.looks_back = compiled.asks_back();
    model.compiled = Arc::new(compiled);
    let plan = plan::read(report, &draft, &form);
    Questionnaire {
        hash: hash::survey(&form, &draft),
        plan_hash: hash::plan(&form, &draft),
        places: places::read(report, &draft, &rows),
        model,
        plan,
    }
}

/// The known word nearest to one that is not known, if it is near enough for a slip of the fingers.
fn near<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    crate::expr::closest(word, known)
}
