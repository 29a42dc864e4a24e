//! Expressions: `${name}`, `.`, operators and 41 functions, with exact numbers.
//!
//! [`Expr::parse`] reads the text once, [`check`] finds the mistakes that a form author makes, [`eval`] computes.

mod ast;
mod calls;
mod check;
mod eval;
mod functions;
pub mod jsonl;
mod lexer;
mod names;
mod parser;
mod pattern;
mod print;
mod problem;
mod refused;
mod scope;
mod shape;
mod similar;
mod texts;
mod value;

use std::collections::BTreeSet;

pub use ast::{Call, Node, NodeKind, Operator, Pattern};
pub use check::check;
pub use eval::{EvalError, eval, eval_condition};
pub use functions::Function;
pub use lexer::is_name;
pub use names::{Meaning, Named, Names, Place, Role, Type};
pub use problem::{ExprProblem, codes};
pub use scope::Scope;
pub use similar::closest;
pub use value::Value;

/// A parsed expression; patterns are compiled, so evaluating it never parses anything again. Cloning copies the tree:
/// keep one and borrow it.
#[derive(Debug, Clone, PartialEq)]
pub struct Expr {
    source: String,
    root: Node,
    references: BTreeSet<String>,
}

impl Expr {
    /// Parses an expression; all problems that can be found are returned together. Curly quotation marks count as
    /// straight ones, so the text needs no preparation and the spans are those of `source` as it was written.
    pub fn parse(source: &str) -> Result<Expr, Vec<ExprProblem>> {
        parser::parse(source).map(|root| Expr::new(source, root))
    }

    /// Parses a choice filter: `column = ${question}` and nothing else. Evaluated for each choice with a scope that
    /// knows [`Scope::column`].
    pub fn parse_filter(source: &str) -> Result<Expr, Vec<ExprProblem>> {
        parser::parse_filter(source).map(|root| Expr::new(source, root))
    }

    fn new(source: &str, root: Node) -> Expr {
        let mut references = BTreeSet::new();
        root.walk(&mut |node| {
            if let NodeKind::Reference(name) = &node.kind {
                references.insert(name.clone());
            }
        });
        Expr { source: source.to_owned(), root, references }
    }

    /// The text it was parsed from.
    pub fn source(&self) -> &str {
        &self.source
    }

    /// The tree.
    pub fn root(&self) -> &Node {
        &self.root
    }

    /// The names in `${...}`, each once, in alphabetical order; the questions asked for in `previous()` and
    /// `is-unknown()` are among them.
    pub fn references(&self) -> impl Iterator<Item = &str> {
        self.references.iter().map(String::as_str)
    }
}
