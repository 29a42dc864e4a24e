//! Templates of mails and letters: plain texts with `{{PLACEHOLDERS}}`.
//!
//! A file begins with `Temat: ...`; after an empty line follows the body. A text is made at the moment of sending, from
//! a stored template and values; whatever is missing is found before anything is queued.

mod parse;
mod render;

pub use parse::{Template, TemplateProblem, parse};
pub use render::{RenderProblem, Rendered};
