//! Two editions of one questionnaire: differences, and what must be said about them.

mod check;
mod diff;
mod shipped;
mod support;
