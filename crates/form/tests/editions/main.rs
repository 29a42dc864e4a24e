//! Two editions of one questionnaire: differences, and what must be said about them.

mod check;
mod diff;
mod previous;
mod series;
mod shipped;
mod support;
