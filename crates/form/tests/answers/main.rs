//! Reading and evaluating answers.

mod evaluation;
mod properties;
mod samples;
mod support;
