//! Two editions of one questionnaire: differences, and what must be said about them.

mod check;
mod diff;
mod support;
