//! Answers: as typed ([`Raw`]), as addressed ([`Path`]), as read ([`Typed`]).

mod clean;
mod path;
mod raw;
mod read;
mod trouble;
mod typed;

pub use clean::{ControlCharacter, clean};
pub use path::{BadPath, Path};
pub use raw::{BadRaw, Raw, RawRow};
pub use read::read;
pub use trouble::{AnswerProblem, ProblemKind};
pub(crate) use typed::TypedRepeat;
pub use typed::{Answer, Typed};
