//! The expression language, seen from outside.

mod cases;
mod check;
mod numbers;
mod page;
mod properties;
mod rules;
mod small_form;
