//! Answers: as typed ([`Raw`]), as addressed ([`Path`]), as read ([`Typed`]).

mod clean;
mod kinds;
mod path;
mod raw;
mod read;
mod trouble;
mod typed;

pub(crate) use crate::expr::is_name;
pub use clean::{ControlCharacter, clean};
pub(crate) use kinds::read_default;
pub use path::{BadPath, Path};
pub use raw::{BadRaw, Raw, RawRow};
pub use read::read;
pub use trouble::{AnswerProblem, ProblemKind};
pub(crate) use typed::TypedRepeat;
pub use typed::{Answer, Typed};
