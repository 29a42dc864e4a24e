//! Conditions that do not mean what they seem to: `!=` on a question left empty, sums with a blank, constants.

use chrono::NaiveDate;
use std::borrow::Cow;

use super::{Checker, Meaning, Role, Type, codes};
use crate::expr::ast::{Node, NodeKind, Operator};
use crate::expr::eval::truth;
use crate::expr::{Function, Scope, Value};

impl Checker<'_> {
    /// Within `and`, every question that another operand shows to be answered; within `or`, every question whose
    /// absence of an answer is handled by another operand.
    pub(super) fn remember_answered(&mut self, operator: Operator, operands: &[&Node]) {
        for operand in operands {
            let name = if operator == Operator::And { shows_answered(operand) } else { shows_empty(operand) };
            self.answered.extend(name.map(str::to_owned));
        }
    }

    /// Adds what a condition shows for as long as its consequence is checked.
    pub(super) fn assume(&mut self, condition: &Node) {
        match &condition.kind {
            NodeKind::Chain(first, rest) if matches!(rest.first(), Some((Operator::And, _))) => {
                let operands: Vec<&Node> =
                    std::iter::once(&**first).chain(rest.iter().map(|(_, node)| node)).collect();
                self.remember_answered(Operator::And, &operands);
            }
            _ => self.remember_answered(Operator::And, &[condition]),
        }
    }

    /// `${a} != 5` is true when `a` was not answered.
    pub(super) fn not_equal(&mut self, left: &Node, right: &Node) {
        for (reference, other) in [(left, right), (right, left)] {
            let Some(name) = self.maybe_empty(reference) else { continue };
            if is_empty_text(other) {
                continue;
            }
            let span = left.span.start.min(right.span.start)..left.span.end.max(right.span.end);
            let comparison = format!("{left} != {right}");
            let message =
                format!("{comparison} jest prawdą także wtedy, gdy pytanie pozostało bez odpowiedzi");
            self.problem(
                &span,
                codes::NOT_EQUAL_EMPTY,
                message,
                format!("${{{name}}} != '' and {comparison}"),
            );
        }
    }

    /// `not(${a} > 0)` is true when `a` was not answered.
    pub(super) fn negated_comparison(&mut self, call: &Node, inner: &Node) {
        let NodeKind::Chain(left, rest) = &inner.kind else { return };
        let [(operator, right)] = &rest[..] else { return };
        let level = operator.level();
        if *operator == Operator::NotEqual
            || !(Operator::Equal.level()..=Operator::Less.level()).contains(&level)
        {
            return;
        }
        if is_empty_text(left) || is_empty_text(right) {
            return;
        }
        let Some(name) = self.maybe_empty(left).or_else(|| self.maybe_empty(right)) else { return };
        let message = format!("{call} jest prawdą także wtedy, gdy pytanie pozostało bez odpowiedzi");
        self.problem(&call.span, codes::NOT_EQUAL_EMPTY, message, format!("${{{name}}} != '' and {call}"));
    }

    /// A calculation that vanishes when one of its questions is not answered.
    pub(super) fn empty_operand(&mut self, node: &Node) {
        if self.place.role != Role::Calculation {
            return;
        }
        let Some(name) = self.maybe_empty(node) else { return };
        let message = format!("wynik jest pusty, gdy pytanie „{name}” pozostało bez odpowiedzi");
        self.problem(&node.span, codes::EMPTY_OPERAND, message, format!("coalesce(${{{name}}}, 0)"));
    }

    /// The name of an optional question that nothing around shows to be answered.
    fn maybe_empty(&self, node: &Node) -> Option<String> {
        let NodeKind::Reference(name) = &node.kind else { return None };
        let named = self.names.named(name)?;
        let value = matches!(named.meaning, Meaning::Value(_));
        let own = self.reads_candidate() && self.place.owner == Some(name);
        (value && named.optional && !own && !self.answered.contains(name)).then(|| name.clone())
    }

    /// A condition without anything that can change.
    pub(super) fn constant(&mut self, root: &Node) {
        let mut fixed = true;
        root.walk(&mut |node| {
            fixed &= match &node.kind {
                NodeKind::Reference(_) | NodeKind::This | NodeKind::Column(_) => false,
                NodeKind::Call(call) => {
                    !matches!(call.function, Function::Today | Function::Unit | Function::Position)
                }
                _ => true,
            }
        });
        // `required = true()` and `where = true()` are how one says "always".
        if !fixed || matches!(self.place.role, Role::Required | Role::Where) {
            return;
        }
        if let Ok(result) = truth(root, &Nothing) {
            let (message, help) = match (result, self.place.role) {
                (true, _) => ("warunek jest zawsze prawdziwy", "proszę usunąć warunek"),
                (false, Role::Relevant) => (
                    "warunek nigdy nie jest prawdziwy, pytanie się nie pojawi",
                    "proszę poprawić warunek albo usunąć pytanie",
                ),
                (false, _) => ("warunek nigdy nie jest prawdziwy", "proszę poprawić warunek"),
            };
            self.problem(&root.span, codes::CONSTANT, message.to_owned(), help);
        }
    }

    /// `${a} = 'x' and ${a} = 'y'` for a question with one answer.
    pub(super) fn contradiction(&mut self, operands: &[&Node]) {
        let mut seen: Vec<(&str, Cow<'_, str>)> = Vec::new();
        for operand in operands {
            let Some((name, value)) = equal_to_literal(operand) else { continue };
            let one_answer =
                self.names.named(name).is_some_and(|named| named.meaning == Meaning::Value(Type::Choice));
            let other = seen.iter().find(|(known, other)| *known == name && *other != value);
            if let Some((_, other)) = other.filter(|_| one_answer) {
                let message = format!(
                    "warunek nigdy nie jest prawdziwy: „{name}” nie może być zarazem {other} i {value}"
                );
                self.problem(
                    &operand.span,
                    codes::CONSTANT,
                    message,
                    "jeśli wystarczy jedna z odpowiedzi, proszę użyć or",
                );
            }
            seen.push((name, value));
        }
    }
}

fn is_empty_text(node: &Node) -> bool {
    matches!(&node.kind, NodeKind::Literal(Value::Text(text)) if text.is_empty())
}

/// A single comparison of a reference with something else.
fn comparison(node: &Node) -> Option<(&str, Operator, &Node)> {
    let NodeKind::Chain(left, rest) = &node.kind else { return None };
    let [(operator, right)] = &rest[..] else { return None };
    match (&left.kind, &right.kind) {
        (NodeKind::Reference(name), _) => Some((name, *operator, right)),
        (_, NodeKind::Reference(name)) => Some((name, *operator, left)),
        _ => None,
    }
}

fn equal_to_literal(node: &Node) -> Option<(&str, Cow<'_, str>)> {
    match comparison(node)? {
        (name, Operator::Equal, Node { kind: NodeKind::Literal(value), .. }) => Some((name, value.to_text())),
        _ => None,
    }
}

/// The question that must be answered for this condition to be true: `${a} != ''`, `${a} = 'tak'`, `${a} > 0`.
fn shows_answered(node: &Node) -> Option<&str> {
    let (name, operator, other) = comparison(node)?;
    let shows = match operator {
        Operator::NotEqual => is_empty_text(other),
        Operator::Equal => matches!(other.kind, NodeKind::Literal(_)) && !is_empty_text(other),
        Operator::Less | Operator::LessOrEqual | Operator::Greater | Operator::GreaterOrEqual => true,
        _ => false,
    };
    shows.then_some(name)
}

/// The question whose missing answer this condition asks for: `${a} = ''`.
fn shows_empty(node: &Node) -> Option<&str> {
    let (name, operator, other) = comparison(node)?;
    (operator == Operator::Equal && is_empty_text(other)).then_some(name)
}

/// A scope without anything, for expressions that need nothing.
struct Nothing;

impl Scope for Nothing {
    fn value(&self, _name: &str) -> Option<Cow<'_, Value>> {
        None
    }

    fn today(&self) -> Option<NaiveDate> {
        None
    }
}
