//! The expression language, seen from outside.

#![expect(clippy::unwrap_used, reason = "a test that panics has failed, which is what it is for")]

mod cases;
mod check;
mod numbers;
mod page;
mod properties;
mod rules;
mod small_form;
