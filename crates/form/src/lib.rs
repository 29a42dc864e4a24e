//! The questionnaire language: parse, check, read and evaluate answers. No I/O, no clock.

pub mod expr;
pub mod number;
pub mod polish;
