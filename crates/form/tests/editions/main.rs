//! Two editions of one questionnaire: differences, and what must be said about them.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails there")]

mod check;
mod diff;
mod previous;
mod series;
mod shipped;
mod support;
