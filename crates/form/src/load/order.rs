//! The order of evaluation: relevance and calculations, each after what it depends on.

use std::collections::HashMap;

use crate::expr::{Expr, Function, Node as Part, NodeKind as PartKind};
use crate::model::{Compiled, NodeRef, Step};

/// Fills in the order. Gives the circles of steps that depend on each other, each in the order of dependence with the
/// first step repeated at the end; with a circle the order is not to be used.
pub(super) fn sort(compiled: &mut Compiled) -> Vec<Vec<Step>> {
    let mut sorter =
        Sorter { compiled, marks: HashMap::new(), order: Vec::new(), path: Vec::new(), circles: Vec::new() };
    for node in 0..sorter.compiled.nodes.len() {
        sorter.visit(Step::Relevance(node));
        if let Some(calculation) = sorter.calculation(node) {
            sorter.visit(calculation);
        }
    }
    let Sorter { order, circles, .. } = sorter;
    compiled.order = order;
    circles
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Mark {
    Open,
    Done,
}

struct Sorter<'a> {
    compiled: &'a Compiled,
    marks: HashMap<Step, Mark>,
    order: Vec<Step>,
    path: Vec<Step>,
    circles: Vec<Vec<Step>>,
}

impl Sorter<'_> {
    fn visit(&mut self, step: Step) {
        match self.marks.get(&step) {
            Some(Mark::Done) => return,
            Some(Mark::Open) => {
                let start = self.path.iter().position(|open| *open == step).unwrap_or_default();
                let mut circle = self.path[start..].to_vec();
                circle.push(step);
                self.circles.push(circle);
                return;
            }
            None => {}
        }
        self.marks.insert(step, Mark::Open);
        self.path.push(step);
        for before in self.before(step) {
            self.visit(before);
        }
        self.path.pop();
        self.marks.insert(step, Mark::Done);
        self.order.push(step);
    }

    /// What must be known before a step.
    fn before(&self, step: Step) -> Vec<Step> {
        match step {
            Step::Relevance(node) => {
                let found = &self.compiled.nodes[node];
                let above = found.parent.map(Step::Relevance);
                above.into_iter().chain(self.read_by(found.relevant.as_ref())).collect()
            }
            Step::Calculation(question) => {
                let own = Step::Relevance(self.compiled.slots[question].node);
                let calculation = self.compiled.questions[question].calculation.as_ref();
                std::iter::once(own).chain(self.read_by(calculation)).collect()
            }
        }
    }

    fn read_by(&self, expr: Option<&Expr>) -> Vec<Step> {
        let mut names = Vec::new();
        if let Some(expr) = expr {
            references(expr.root(), &mut names);
        }
        let nodes = names.into_iter().filter_map(|name| self.compiled.node_of(name));
        nodes.map(|node| self.calculation(node).unwrap_or(Step::Relevance(node))).collect()
    }

    fn calculation(&self, node: usize) -> Option<Step> {
        match self.compiled.nodes[node].holder {
            NodeRef::Question(question) => {
                self.compiled.questions[question].calculation.as_ref().map(|_| Step::Calculation(question))
            }
            _ => None,
        }
    }
}

/// Names whose present value is read; `previous(${q})` reads only last edition's.
fn references<'a>(part: &'a Part, names: &mut Vec<&'a str>) {
    match &part.kind {
        PartKind::Reference(name) => names.push(name),
        PartKind::Negate(inner) => references(inner, names),
        PartKind::Chain(first, others) => {
            references(first, names);
            others.iter().for_each(|(_, other)| references(other, names));
        }
        PartKind::Call(call) if call.function == Function::Previous => {}
        PartKind::Call(call) => call.arguments.iter().for_each(|argument| references(argument, names)),
        PartKind::Literal(_) | PartKind::This | PartKind::Column(_) => {}
    }
}
