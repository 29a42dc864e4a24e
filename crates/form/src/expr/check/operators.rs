//! Operators: what may be compared and computed with what.

use super::references::did_you_mean;
use super::{Checker, Type, codes, is_numeral, type_name};
use crate::expr::Named;
use crate::expr::ast::{Node, NodeKind, Operator};
use crate::expr::shape::literal_text;
use crate::expr::similar::closest;
use crate::expr::{Meaning, Role, Value};
use crate::number::Number;

/// Choices named in a message before it says "and more".
const SHOWN_CHOICES: usize = 12;

impl Checker<'_> {
    /// Operators of one level, from left to right.
    pub(super) fn chain(&mut self, first: &Node, rest: &[(Operator, Node)]) -> Type {
        if let Some((Operator::And | Operator::Or, _)) = rest.first() {
            self.logical(first, rest);
            return Type::Boolean;
        }
        let mut left = first;
        let mut found = self.node(first);
        for (index, (operator, right)) in rest.iter().enumerate() {
            let right_type = self.node(right);
            // After the first step the left side is a result, no literal or reference any more.
            let left_node = (index == 0).then_some(left);
            found = self.binary(*operator, (left_node, found), (right, right_type));
            left = right;
        }
        found
    }

    fn logical(&mut self, first: &Node, rest: &[(Operator, Node)]) {
        let operands: Vec<&Node> = std::iter::once(first).chain(rest.iter().map(|(_, node)| node)).collect();
        let before = self.answered.len();
        self.remember_answered(rest[0].0, &operands);
        for operand in &operands {
            self.condition(operand);
        }
        self.answered.truncate(before);
        if rest[0].0 == Operator::And {
            self.contradiction(&operands);
        }
    }

    fn binary(&mut self, operator: Operator, left: (Option<&Node>, Type), right: (&Node, Type)) -> Type {
        match operator {
            Operator::Equal | Operator::NotEqual => {
                self.equality(left, right);
                if let Some(node) = left.0.filter(|_| operator == Operator::NotEqual) {
                    self.not_equal(node, right.0);
                }
                Type::Boolean
            }
            Operator::Less | Operator::LessOrEqual | Operator::Greater | Operator::GreaterOrEqual => {
                self.ordering(left, right);
                Type::Boolean
            }
            _ => {
                self.arithmetic(operator, left, right);
                Type::Number
            }
        }
    }

    fn equality(&mut self, left: (Option<&Node>, Type), right: (&Node, Type)) {
        let fits = |one: Type| matches!(one, Type::Any | Type::Empty);
        let span = right.0.span.clone();
        match (left.1, right.1) {
            (Type::Choice | Type::Choices, _)
                if left.0.is_some_and(|node| self.against_list(node, right.0)) => {}
            (_, Type::Choice | Type::Choices)
                if left.0.is_some_and(|node| self.against_list(right.0, node)) => {}
            (one, other) if fits(one) || fits(other) || one == other => {}
            (Type::Date, Type::Text | Type::Choice | Type::Choices) => self.date_with_text(right.0),
            (Type::Text | Type::Choice | Type::Choices, Type::Date) => {
                self.date_with_text(left.0.unwrap_or(right.0))
            }
            (Type::Number, Type::Text) => self.number_with_text(right.0),
            (Type::Text, Type::Number) => left.0.into_iter().for_each(|node| self.number_with_text(node)),
            (Type::Number, Type::Date) | (Type::Date, Type::Number) => {}
            (Type::Text | Type::Choice | Type::Choices, Type::Text | Type::Choice | Type::Choices) => {}
            (Type::Number, Type::Choice) => self.numeric(right.0, right.1),
            (Type::Choice, Type::Number) if left.0.is_some() => {
                left.0.into_iter().for_each(|node| self.numeric(node, Type::Choice));
            }
            (one, other) => {
                let message = format!("{} i {} nie dają się porównać", type_name(one), type_name(other));
                self.problem(&span, codes::TYPES, message, "porównuje się wartości tego samego rodzaju");
            }
        }
    }

    /// Compares a select with a literal: the literal must be an answer that the list allows. False when there is
    /// nothing to look up.
    fn against_list(&mut self, select: &Node, other: &Node) -> bool {
        let (Some(named), NodeKind::Literal(value)) = (self.meaning(select), &other.kind) else {
            return false;
        };
        let text = value.to_text();
        let number =
            |name: &&str| Number::parse(name).compare(&value.to_number()).is_some_and(|order| order.is_eq());
        match (value, named.meaning) {
            (Value::Number(_), _) if named.choices.iter().any(number) => {}
            (Value::Text(_), Meaning::Value(Type::Choices)) => self.known_choices(&named, &text, other),
            _ => self.known_choice(&named, &text, other),
        }
        true
    }

    /// Reports the names in `text` that the list does not have; they are stored with one space between them.
    fn known_choices(&mut self, named: &Named<'_>, text: &str, literal: &Node) {
        for name in text.split(' ') {
            self.known_choice(named, name, literal);
        }
        if text.split(' ').any(str::is_empty) && !text.is_empty() {
            let message = format!("zaznaczone odpowiedzi nigdy nie są zapisane jako „{text}”");
            let help = "są oddzielone dokładnie jedną spacją: 'radio prasa'";
            self.problem(&literal.span, codes::UNKNOWN_CHOICE, message, help);
        }
    }

    /// Reports a name that the list does not have.
    pub(super) fn known_choice(&mut self, named: &Named<'_>, name: &str, literal: &Node) {
        if name.is_empty() || named.choices.is_empty() || named.choices.contains(&name) {
            return;
        }
        let mut shown = named.choices.iter().take(SHOWN_CHOICES).copied().collect::<Vec<_>>().join(", ");
        if named.choices.len() > SHOWN_CHOICES {
            shown.push_str(", …");
        }
        let list = named.list.map(|list| format!("lista „{list}”")).unwrap_or_else(|| "lista".to_owned());
        let message = format!("{list} nie ma odpowiedzi „{name}” (są: {shown})");
        let help = did_you_mean(closest(name, named.choices.iter().copied()));
        self.problem(&literal.span, codes::UNKNOWN_CHOICE, message, help);
    }

    fn ordering(&mut self, left: (Option<&Node>, Type), right: (&Node, Type)) {
        let date = |found: Type| found == Type::Date;
        let text = |found: Type| matches!(found, Type::Text | Type::Choice | Type::Choices);
        if date(left.1) && text(right.1) {
            return self.date_with_text(right.0);
        }
        if date(right.1) && text(left.1) {
            return self.date_with_text(left.0.unwrap_or(right.0));
        }
        for (node, found) in [left, (Some(right.0), right.1)] {
            match (node, found) {
                (_, Type::Date) => {}
                (None, Type::Boolean) => {
                    let help = "zakres zapisuje się dwoma porównaniami: 3 < ${x} and ${x} < 5";
                    self.problem(
                        &right.0.span,
                        codes::TYPES,
                        "porównanie wyniku porównania".to_owned(),
                        help,
                    );
                }
                (Some(node), found) => self.numeric(node, found),
                (None, _) => {}
            }
        }
    }

    fn arithmetic(&mut self, operator: Operator, left: (Option<&Node>, Type), right: (&Node, Type)) {
        let days = matches!(operator, Operator::Add | Operator::Subtract);
        for (node, found) in [left, (Some(right.0), right.1)] {
            let Some(node) = node else { continue };
            if found == Type::Date {
                if !days {
                    let message = format!("daty nie da się użyć z operatorem {}", operator.sign());
                    self.problem(
                        &node.span,
                        codes::TYPES,
                        message,
                        "daty można odejmować i dodawać do nich dni",
                    );
                }
                continue;
            }
            self.numeric(node, found);
            self.empty_operand(node);
        }
    }

    /// A part that must be a number (a date is handled by the caller where it may stand).
    pub(super) fn numeric(&mut self, node: &Node, found: Type) {
        match found {
            Type::Number | Type::Any => {}
            Type::Text | Type::Empty => self.number_with_text(node),
            Type::Choice => self.numeric_choices(node),
            Type::Choices => {
                let message = "zaznaczone odpowiedzi nie są liczbą".to_owned();
                let help = "liczbę zaznaczonych odpowiedzi daje count-selected(...)";
                self.problem(&node.span, codes::TYPES, message, help);
            }
            Type::Boolean => {
                let message = "warunek nie jest liczbą".to_owned();
                self.problem(&node.span, codes::TYPES, message, "number(warunek) daje 1 albo 0");
            }
            Type::Date => {
                let message = "data nie jest liczbą".to_owned();
                self.problem(
                    &node.span,
                    codes::TYPES,
                    message,
                    "liczbę dni daje różnica dwóch dat albo number(data)",
                );
            }
        }
    }

    /// A `select_one` is a number when all names of its list are.
    fn numeric_choices(&mut self, node: &Node) {
        let Some(named) = self.meaning(node) else { return };
        let Some(text) = named.choices.iter().find(|name| !is_numeral(name)) else { return };
        let message = format!("odpowiedzi listy nie są liczbami (na przykład „{text}”)");
        self.problem(
            &node.span,
            codes::TYPES,
            message,
            "odpowiedź z listy porównuje się z jej nazwą: ${nazwa} = 'tak'",
        );
    }

    /// A text where a number is wanted. A text that a function computes may well be one; a literal must be, and an
    /// answer in words is not.
    fn number_with_text(&mut self, node: &Node) {
        if let Some(text) = literal_text(node) {
            if !is_numeral(text) {
                let message = format!("tekst '{text}' nie jest liczbą");
                let help = if super::super::calls::iso_date(text).is_some() {
                    format!("datę zapisuje się date('{text}')")
                } else if text.is_empty() {
                    "brak odpowiedzi sprawdza ${nazwa} = ''".to_owned()
                } else {
                    "liczby zapisuje się bez cudzysłowu, z kropką dziesiętną".to_owned()
                };
                self.problem(&node.span, codes::NUMBER_WITH_TEXT, message, help);
            }
            return;
        }
        if matches!(node.kind, NodeKind::Reference(_) | NodeKind::This) && self.place.role != Role::Free {
            let message = "odpowiedź tekstowa użyta jako liczba".to_owned();
            let help =
                "proszę zmienić typ pytania na integer albo decimal; tekst zamienia na liczbę number(...)";
            self.problem(&node.span, codes::NUMBER_WITH_TEXT, message, help);
        }
    }

    fn date_with_text(&mut self, node: &Node) {
        let help = match literal_text(node) {
            Some(text) => format!("proszę wpisać date('{text}')"),
            None => "tekst zamienia na datę date(...)".to_owned(),
        };
        self.problem(&node.span, codes::DATE_WITH_TEXT, "data porównana z tekstem".to_owned(), help);
    }
}
