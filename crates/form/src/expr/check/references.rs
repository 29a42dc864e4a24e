//! Names: whether they exist, have a value here, and are read from the right place.

use std::ops::Range;

use super::{Checker, Meaning, Role, Type, codes};
use crate::expr::ast::{Node, NodeKind};
use crate::expr::functions::Function;
use crate::expr::similar::closest;
use crate::expr::{Named, is_name};

impl<'a> Checker<'a> {
    /// `${name}` where one value is wanted.
    pub(super) fn reference(&mut self, name: &str, span: &Range<usize>) -> Type {
        let Some(named) = self.known(name, span) else {
            return Type::Any;
        };
        let found = self.value_type(name, &named, span);
        if named.repeat.is_some() && named.repeat != self.place.repeat && found != Type::Any {
            self.list_outside(name, span);
        }
        self.order(name, &named, span);
        found
    }

    /// `.`: the candidate value.
    pub(super) fn this(&mut self, span: &Range<usize>) -> Type {
        if self.place.role == Role::Free {
            return Type::Any;
        }
        if !self.reads_candidate() {
            let help = "do pytania odwołuje się ${nazwa}";
            self.problem(
                span,
                codes::DOT_OUTSIDE,
                "kropka działa tylko w constraint i warning".to_owned(),
                help,
            );
            return Type::Any;
        }
        match self.place.owner.and_then(|owner| self.names.named(owner)).map(|named| named.meaning) {
            Some(Meaning::Value(found)) => found,
            _ => Type::Any,
        }
    }

    /// A column of the list in a choice filter.
    pub(super) fn column(&mut self, name: &str, span: &Range<usize>) -> Type {
        if let Some(columns) = self.names.columns().filter(|columns| !columns.contains(&name)) {
            let help = did_you_mean(closest(name, columns));
            self.problem(
                span,
                codes::UNKNOWN_NAME,
                format!("lista odpowiedzi nie ma kolumny „{name}”"),
                help,
            );
        }
        Type::Any
    }

    /// A reference whose rows are wanted (`count`, `sum`, ...), as seen from outside its repeat. Gives the type of
    /// the elements.
    pub(super) fn list(&mut self, function: Function, node: &Node) -> Type {
        let NodeKind::Reference(name) = &node.kind else {
            // `.` is one value, so there is nothing to count or sum.
            let message = format!("{} liczy wpisy listy, a kropka jest jedną wartością", function.name());
            self.problem(&node.span, codes::ARGUMENT_TYPE, message, function.usage());
            return Type::Any;
        };
        let Some(named) = self.known(name, &node.span) else {
            return Type::Any;
        };
        let found = match named.meaning {
            Meaning::Repeat if function == Function::Count => Type::Any,
            _ => self.value_type(name, &named, &node.span),
        };
        let repeat = if named.meaning == Meaning::Repeat { Some(name.as_str()) } else { named.repeat };
        if repeat.is_none() && matches!(named.meaning, Meaning::Value(_)) {
            let message =
                format!("pytanie „{name}” ma jedną odpowiedź, a {} liczy wpisy listy", function.name());
            self.problem(&node.span, codes::ARGUMENT_TYPE, message, function.usage());
        } else if repeat.is_some() && repeat == self.place.repeat {
            self.own_repeat(function, name, &node.span);
        }
        self.order(name, &named, &node.span);
        found
    }

    /// A reference of which only the name matters (`previous`, `is-unknown`), so that the own name is no circle.
    pub(super) fn named_only(&mut self, node: &Node) -> Option<(Type, Named<'a>)> {
        let NodeKind::Reference(name) = &node.kind else {
            return None;
        };
        let named = self.known(name, &node.span)?;
        Some((self.value_type(name, &named, &node.span), named))
    }

    fn known(&mut self, name: &str, span: &Range<usize>) -> Option<Named<'a>> {
        let named = self.names.named(name);
        if named.is_none() {
            let near = closest(name, self.names.all().into_iter().filter(|known| is_name(known)));
            let place = near.and_then(|near| self.names.named(near)).and_then(|named| named.place);
            let help = match (near, place) {
                (Some(near), Some(place)) => format!("czy chodziło o „{near}” ({place})?"),
                (near, _) => did_you_mean(near),
            };
            self.problem(span, codes::UNKNOWN_NAME, format!("nie ma pytania o nazwie „{name}”"), help);
        }
        named
    }

    fn value_type(&mut self, name: &str, named: &Named<'_>, span: &Range<usize>) -> Type {
        let (what, help) = match named.meaning {
            Meaning::Value(found) => return found,
            Meaning::Repeat => ("lista wpisów", format!("liczbę wpisów daje count(${{{name}}})")),
            Meaning::Group => ("grupa pytań", "proszę odwołać się do pytania w tej grupie".to_owned()),
            Meaning::Note => ("tekst bez odpowiedzi (note)", String::new()),
        };
        self.problem(span, codes::NO_VALUE, format!("„{name}” to {what}, nie ma jednej wartości"), help);
        Type::Any
    }

    /// References to itself and to what comes later.
    fn order(&mut self, name: &str, named: &Named<'_>, span: &Range<usize>) {
        let role = self.place.role;
        if self.place.owner == Some(name) {
            if self.reads_candidate() {
                let message = format!("${{{name}}} to w tym miejscu to samo co kropka");
                self.problem(span, codes::OWN_NAME, message, "krócej i czytelniej: kropka (.)");
            } else {
                let message = format!("„{name}” odwołuje się do siebie");
                self.problem(span, codes::SELF_REFERENCE, message, "proszę odwołać się do innego pytania");
            }
        } else if named.later && matches!(role, Role::Relevant | Role::RepeatCount | Role::ChoiceFilter) {
            let message = format!("pytanie „{name}” stoi dalej w ankiecie niż to, które od niego zależy");
            self.problem(span, codes::LATER, message, "proszę przenieść je wyżej");
        }
    }

    fn list_outside(&mut self, name: &str, span: &Range<usize>) {
        let message =
            format!("pytanie „{name}” jest w liście wpisów, więc widziane stąd ma wiele odpowiedzi");
        let help = format!(
            "proszę użyć sum(${{{name}}}), count-non-empty(${{{name}}}), min, max albo join(', ', ${{{name}}})"
        );
        self.problem(span, codes::LIST_OUTSIDE, message, help);
    }

    fn own_repeat(&mut self, function: Function, name: &str, span: &Range<usize>) {
        let message = format!("{}(${{{name}}}) wewnątrz tej samej listy wpisów", function.name());
        let help = "wewnątrz wpisu ${nazwa} oznacza tylko ten wpis; proszę policzyć to poza listą";
        self.problem(span, codes::OWN_REPEAT, message, help);
    }
}

pub(super) fn did_you_mean(near: Option<&str>) -> String {
    near.map(|near| format!("czy chodziło o „{near}”?")).unwrap_or_default()
}
