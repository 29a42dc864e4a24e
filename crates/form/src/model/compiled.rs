//! The model flattened for reading and evaluating: index numbers instead of names.

use std::collections::HashMap;
use std::sync::Arc;

use foldhash::fast::FixedState;

use super::{ChoiceList, Question, Repeat};
use crate::expr::Expr;

/// What is found once at load, so that reading and evaluating a response looks nothing up twice.
#[derive(Debug, Default)]
pub(crate) struct Compiled {
    /// Questions in document order.
    pub(crate) questions: Vec<Arc<Question>>,
    /// Where each question stands, in the same order.
    pub(crate) slots: Vec<Slot>,
    /// Repeats in document order.
    pub(crate) repeats: Vec<RepeatRef>,
    /// Sections, groups, repeats and questions, each before what it holds.
    pub(crate) nodes: Vec<Node>,
    /// Relevances and calculations, each after what it depends on.
    pub(crate) order: Vec<Step>,
    /// Node of every name. Only questionnaires put names in, so nobody can choose names that collide.
    pub(crate) names: HashMap<String, usize, FixedState>,
    /// Number of questions outside repeats.
    pub(crate) single: usize,
    /// Whether anything depends on answers of the edition before.
    pub(crate) looks_back: bool,
}

/// Where a question stands.
#[derive(Debug)]
pub(crate) struct Slot {
    /// Its node.
    pub(crate) node: usize,
    /// Its repeat.
    pub(crate) repeat: Option<usize>,
    /// Its place among the questions of its repeat, or among those outside repeats.
    pub(crate) place: usize,
    /// Its list of choices.
    pub(crate) list: Option<Arc<ChoiceList>>,
    /// Key of its "don't know".
    pub(crate) dont_know_key: String,
    /// Whether its "don't know" may be ticked, on its own or through what is around it.
    pub(crate) dont_know: bool,
    /// Keys of the "don't know" of sections and groups around it: outside repeats, and in the entry.
    pub(crate) dont_know_around: (Vec<String>, Vec<String>),
}

/// A repeat and its questions.
#[derive(Debug)]
pub(crate) struct RepeatRef {
    /// The repeat itself.
    pub(crate) repeat: Arc<Repeat>,
    /// Its node.
    pub(crate) node: usize,
    /// Its questions by place.
    pub(crate) questions: Vec<usize>,
}

/// Something that can be relevant or not.
#[derive(Debug)]
pub(crate) struct Node {
    /// What it is.
    pub(crate) holder: NodeRef,
    /// What holds it; a section is held by nothing.
    pub(crate) parent: Option<usize>,
    /// Its section.
    pub(crate) section: usize,
    /// The repeat around it (for a repeat itself: none).
    pub(crate) repeat: Option<usize>,
    /// Its own condition.
    pub(crate) relevant: Option<Expr>,
}

/// What a node is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum NodeRef {
    /// A section or group.
    Group,
    /// A repeat by number.
    Repeat(usize),
    /// A question by number.
    Question(usize),
}

/// One step of an evaluation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Step {
    /// Find whether a node is relevant (in every entry).
    Relevance(usize),
    /// Find a calculated value (in every entry).
    Calculation(usize),
}

impl Compiled {
    /// Whether a question offers its former answer, or an expression asks for one with `previous()`.
    pub(crate) fn asks_back(&self) -> bool {
        let nodes = self.nodes.iter().filter_map(|node| node.relevant.as_ref());
        let own = self.questions.iter().flat_map(|question| {
            [&question.required, &question.constraint, &question.calculation, &question.warning]
        });
        let asks = |expr: &Expr| expr.source().contains("previous(");
        self.questions.iter().any(|question| question.prefill.is_some())
            || nodes.chain(own.flatten()).any(asks)
    }

    /// Number of the question of this name.
    pub(crate) fn question_of(&self, name: &str) -> Option<usize> {
        match self.nodes[self.node_of(name)?].holder {
            NodeRef::Question(question) => Some(question),
            _ => None,
        }
    }

    /// Number of the repeat of this name.
    pub(crate) fn repeat_of(&self, name: &str) -> Option<usize> {
        match self.nodes[self.node_of(name)?].holder {
            NodeRef::Repeat(repeat) => Some(repeat),
            _ => None,
        }
    }

    /// Number of the node of this name.
    pub(crate) fn node_of(&self, name: &str) -> Option<usize> {
        self.names.get(name).copied()
    }
}
