//! The static check of one expression: types, names, choices, and the traps that forms fall into.

mod calls;
mod operators;
mod references;
mod traps;

use std::ops::Range;

use super::ast::{Node, NodeKind};
use super::problem::{ExprProblem, codes};
use super::{Expr, Meaning, Named, Names, Place, Role, Type, Value};
use crate::number::Number;

/// Finds the type of an expression and everything that is wrong with it where it stands, in the order of the text.
/// The type is [`Type::Any`] when a problem leaves it open.
pub fn check(expr: &Expr, names: &dyn Names, place: Place<'_>) -> (Type, Vec<ExprProblem>) {
    let mut checker = Checker { names, place, answered: Vec::new(), problems: Vec::new() };
    let found = checker.node(expr.root());
    checker.result(expr, found);
    checker.problems.sort_by_key(|problem| (problem.span.start, problem.span.end));
    (found, checker.problems)
}

struct Checker<'a> {
    names: &'a dyn Names,
    place: Place<'a>,
    /// Questions that are known to be answered where the walk stands, because a condition around says so.
    answered: Vec<String>,
    problems: Vec<ExprProblem>,
}

impl<'a> Checker<'a> {
    fn problem(&mut self, span: &Range<usize>, code: &'static str, message: String, help: impl Into<String>) {
        self.problems.push(ExprProblem::new(span.clone(), code, message).help(help));
    }

    /// The type of a part where a single value is wanted.
    fn node(&mut self, node: &Node) -> Type {
        match &node.kind {
            NodeKind::Literal(value) => literal_type(value),
            NodeKind::Reference(name) => self.reference(name, &node.span),
            NodeKind::This => self.this(&node.span),
            NodeKind::Column(name) => self.column(name, &node.span),
            NodeKind::Negate(inner) => {
                let found = self.node(inner);
                self.numeric(inner, found);
                Type::Number
            }
            NodeKind::Chain(first, rest) => self.chain(first, rest),
            NodeKind::Call(call) => self.call(call, node),
        }
    }

    /// A part that must be true or false.
    fn condition(&mut self, node: &Node) {
        let found = self.node(node);
        self.must_be_condition(node, found);
    }

    fn must_be_condition(&mut self, node: &Node, found: Type) {
        if matches!(found, Type::Boolean | Type::Any) {
            return;
        }
        let help = match &node.kind {
            NodeKind::Reference(name) => format!("proszę porównać odpowiedź, na przykład ${{{name}}} != ''"),
            NodeKind::Literal(Value::Number(number)) if number.is_zero() => {
                "proszę wpisać false()".to_owned()
            }
            NodeKind::Literal(Value::Number(_)) => "proszę wpisać true()".to_owned(),
            _ => "warunek to porównanie, na przykład ${nazwa} = 'tak'".to_owned(),
        };
        let message = format!("potrzebny jest warunek (prawda albo fałsz), a tu stoi {}", type_name(found));
        self.problem(&node.span, codes::NOT_BOOLEAN, message, help);
    }

    /// What the place demands of the whole expression.
    fn result(&mut self, expr: &Expr, found: Type) {
        let root = expr.root();
        if self.place.role.is_condition() {
            self.must_be_condition(root, found);
            if self.problems.iter().all(ExprProblem::is_warning) {
                self.constant(root);
            }
        }
        if self.place.role == Role::RepeatCount {
            self.numeric(root, found);
        }
    }

    /// What a reference or `.` stands for, if its name is known.
    fn meaning(&self, node: &Node) -> Option<Named<'a>> {
        match &node.kind {
            NodeKind::Reference(name) => self.names.named(name),
            NodeKind::This if self.reads_candidate() => self.names.named(self.place.owner?),
            _ => None,
        }
    }

    fn reads_candidate(&self) -> bool {
        matches!(self.place.role, Role::Constraint | Role::Warning)
    }
}

fn literal_type(value: &Value) -> Type {
    match value {
        Value::Text(text) if text.is_empty() => Type::Empty,
        Value::Text(_) | Value::List(_) => Type::Text,
        Value::Number(_) => Type::Number,
        Value::Bool(_) => Type::Boolean,
        Value::Date(_) => Type::Date,
    }
}

/// Whether an untyped text counts as a number.
fn is_numeral(text: &str) -> bool {
    !Number::parse(text).is_nan()
}

/// The type for messages, in the nominative.
fn type_name(found: Type) -> &'static str {
    match found {
        Type::Text => "tekst",
        Type::Number => "liczba",
        Type::Boolean => "warunek (prawda albo fałsz)",
        Type::Date => "data",
        Type::Choice => "odpowiedź z listy",
        Type::Choices => "kilka odpowiedzi z listy",
        Type::Empty => "pusty tekst",
        Type::Any => "wartość",
    }
}
