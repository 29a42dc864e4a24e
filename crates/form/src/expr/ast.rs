//! Expressions as trees.

use std::ops::Range;

use regex::Regex;

use super::{Function, Value};

/// A part of an expression with its place in the text. `==` ignores the place.
#[derive(Debug, Clone)]
pub struct Node {
    /// What it is.
    pub kind: NodeKind,
    /// Byte range in the expression.
    pub span: Range<usize>,
}

impl PartialEq for Node {
    fn eq(&self, other: &Node) -> bool {
        self.kind == other.kind
    }
}

impl Node {
    /// Visits this part and all parts of it, from left to right.
    pub fn walk<'a>(&'a self, visit: &mut impl FnMut(&'a Node)) {
        visit(self);
        match &self.kind {
            NodeKind::Literal(_) | NodeKind::Reference(_) | NodeKind::This | NodeKind::Column(_) => {}
            NodeKind::Negate(inner) => inner.walk(visit),
            NodeKind::Chain(first, rest) => {
                first.walk(visit);
                rest.iter().for_each(|(_, node)| node.walk(visit));
            }
            NodeKind::Call(call) => call.arguments.iter().for_each(|node| node.walk(visit)),
        }
    }
}

/// The kinds of parts.
#[derive(Debug, Clone, PartialEq)]
pub enum NodeKind {
    /// A number or a text.
    Literal(Value),
    /// `${name}`
    Reference(String),
    /// `.`
    This,
    /// A column of the choice list; only in a choice filter.
    Column(String),
    /// `-x`
    Negate(Box<Node>),
    /// `first op a op b ...`: operators of one precedence, from left to right. Flat, so that a long sum is not deep.
    Chain(Box<Node>, Vec<(Operator, Node)>),
    /// `name(arguments)`
    Call(Call),
}

/// A function with its arguments; their number is right.
#[derive(Debug, Clone, PartialEq)]
pub struct Call {
    /// Which function.
    pub function: Function,
    /// Its arguments; none for `position(..)`.
    pub arguments: Vec<Node>,
    /// The compiled second argument of `regex`.
    pub pattern: Option<Pattern>,
}

/// A pattern, compiled once, that must match the whole text. `==` compares the text of the pattern.
#[derive(Debug, Clone)]
pub struct Pattern {
    pub(crate) source: String,
    pub(crate) compiled: Regex,
}

impl PartialEq for Pattern {
    fn eq(&self, other: &Pattern) -> bool {
        self.source == other.source
    }
}

/// Binary operators.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "each is named after its sign")]
pub enum Operator {
    Or,
    And,
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    Add,
    Subtract,
    Multiply,
    Divide,
    Modulo,
}

impl Operator {
    /// How it is written.
    pub fn sign(self) -> &'static str {
        match self {
            Operator::Or => "or",
            Operator::And => "and",
            Operator::Equal => "=",
            Operator::NotEqual => "!=",
            Operator::Less => "<",
            Operator::LessOrEqual => "<=",
            Operator::Greater => ">",
            Operator::GreaterOrEqual => ">=",
            Operator::Add => "+",
            Operator::Subtract => "-",
            Operator::Multiply => "*",
            Operator::Divide => "div",
            Operator::Modulo => "mod",
        }
    }

    /// `=`, `!=` and the orders.
    pub fn is_comparison(self) -> bool {
        matches!(self.level(), 2 | 3)
    }

    /// 0 binds loosest (`or`), 5 tightest (`* div mod`).
    pub fn level(self) -> u8 {
        match self {
            Operator::Or => 0,
            Operator::And => 1,
            Operator::Equal | Operator::NotEqual => 2,
            Operator::Less | Operator::LessOrEqual | Operator::Greater | Operator::GreaterOrEqual => 3,
            Operator::Add | Operator::Subtract => 4,
            Operator::Multiply | Operator::Divide | Operator::Modulo => 5,
        }
    }
}
