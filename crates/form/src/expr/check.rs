//! The static check of one expression.

use super::{Expr, ExprProblem, Names, Place, Type};

/// Finds the type of an expression and everything that is wrong with it where it stands.
pub fn check(_expr: &Expr, _names: &dyn Names, _place: Place<'_>) -> (Type, Vec<ExprProblem>) {
    (Type::Any, Vec::new())
}
