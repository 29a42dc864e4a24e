//! The questionnaire language: parse, check, read and evaluate answers. No I/O, no clock.
//!
//! [`load()`] turns the text of a questionnaire into a checked [`Questionnaire`] or a list of problems,
//! [`read()`] turns typed texts into answers, [`evaluate()`] finds what is asked, calculated and wrong.

pub mod answers;
pub mod diff;
pub mod evaluate;
pub mod expr;
pub mod frame;
pub mod load;
pub mod model;
pub mod number;
pub mod plan;
pub mod polish;
pub mod problem;
pub mod sample;

pub use answers::{AnswerProblem, Path, ProblemKind, Raw, RawRow, Typed, clean, read};
pub use diff::{FormDiff, check_against, diff};
pub use evaluate::{Context, Evaluation, SectionState, Status, evaluate, settle};
pub use frame::{Code, CodeFrame, CodeKind, Theme};
pub use load::{Loaded, LoadedFrame, Questionnaire, is_frame, load, load_frame, load_with_frames};
pub use model::{
    Choice, ChoiceList, Comparable, Group, Item, Kind, Model, Question, Repeat, Section, Settings, Text,
};
pub use plan::{Base, Coding, Function, Measure, Plan, ReportRow, Retired};
pub use problem::{Problem, Severity};
pub use sample::sample;
