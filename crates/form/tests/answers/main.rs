//! Reading and evaluating answers.

mod evaluation;
mod properties;
mod support;
