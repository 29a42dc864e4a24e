//! Functions: the types of their arguments and of their results.

use super::references::did_you_mean;
use super::{Checker, Meaning, Type, codes, is_numeral, type_name};
use crate::expr::ast::{Call, Node, NodeKind};
use crate::expr::calls::{MAX_PLACES, iso_date};
use crate::expr::functions::Function;
use crate::expr::shape::literal_text;
use crate::expr::similar::closest;
use crate::expr::{Role, Value};

impl Checker<'_> {
    pub(super) fn call(&mut self, call: &Call, node: &Node) -> Type {
        let arguments = &call.arguments[..];
        match (call.function, arguments) {
            (Function::If, _) => return self.branching(arguments),
            (Function::Coalesce, _) => return self.coalesce(arguments),
            (Function::Previous, _) => return self.previous(&arguments[0]),
            (Function::Not, _) => {
                self.condition(&arguments[0]);
                self.negated_comparison(node, &arguments[0]);
            }
            (Function::Number, _) => self.number_from(&arguments[0]),
            (Function::Round, _) => self.round(arguments),
            (Function::Selected, _) => self.selected(arguments),
            (Function::CountSelected, _) => self.select(call.function, &arguments[0]),
            (Function::SelectedAt, _) => {
                self.select(call.function, &arguments[0]);
                self.number(&arguments[1]);
            }
            (Function::Count | Function::CountNonEmpty, _) => {
                self.list(call.function, &arguments[0]);
            }
            (Function::Sum | Function::Min | Function::Max, [one]) => self.aggregate(call.function, one),
            (Function::Substr, [text, places @ ..]) => {
                self.node(text);
                places.iter().for_each(|place| self.number(place));
            }
            (Function::Date, _) => self.date(&arguments[0]),
            (Function::FormatDate, _) => self.format_date(&arguments[0]),
            (Function::Position, _) => self.position(node),
            (Function::ChoiceName, _) => self.choice_name(&arguments[0]),
            (Function::IsUnknown, _) => {
                self.named_only(&arguments[0]);
            }
            (Function::Unit, _) => self.unit(&arguments[0]),
            (function, _) => arguments.iter().for_each(|argument| self.plain(function, argument)),
        }
        result_type(call.function)
    }

    /// An argument of a function that takes the same kind everywhere.
    fn plain(&mut self, function: Function, argument: &Node) {
        match function {
            Function::Boolean => self.condition(argument),
            Function::Int | Function::Abs | Function::Pow | Function::Min | Function::Max => {
                self.number(argument)
            }
            Function::Join | Function::Concat => self.text_or_list(argument),
            _ => {
                self.node(argument);
            }
        }
    }

    fn number(&mut self, node: &Node) {
        let found = self.node(node);
        self.numeric(node, found);
    }

    /// An argument of `join` and `concat`: a question of a repeat seen from outside gives all its answers.
    fn text_or_list(&mut self, node: &Node) {
        let elsewhere = self.meaning(node).is_some_and(|named| {
            named.repeat.is_some()
                && named.repeat != self.place.repeat
                && matches!(named.meaning, Meaning::Value(_))
        });
        if elsewhere && matches!(node.kind, NodeKind::Reference(_)) {
            self.list(Function::Join, node);
        } else {
            self.node(node);
        }
    }

    fn branching(&mut self, arguments: &[Node]) -> Type {
        self.condition(&arguments[0]);
        let before = self.answered.len();
        self.assume(&arguments[0]);
        let first = self.node(&arguments[1]);
        self.answered.truncate(before);
        let second = self.node(&arguments[2]);
        self.unify("obie wartości if", first, second, &arguments[2])
    }

    fn coalesce(&mut self, arguments: &[Node]) -> Type {
        let first = self.node(&arguments[0]);
        let second = self.node(&arguments[1]);
        self.unify("obie wartości coalesce", first, second, &arguments[1])
    }

    /// The common type of two branches.
    fn unify(&mut self, what: &str, first: Type, second: Type, node: &Node) -> Type {
        let texts = |found: Type| matches!(found, Type::Text | Type::Choice | Type::Choices);
        match (first, second) {
            (one, other) if one == other => one,
            (Type::Empty | Type::Any, other) | (other, Type::Empty | Type::Any) => other,
            (one, other) if texts(one) && texts(other) => Type::Text,
            (one, other) => {
                let message = format!(
                    "{what} muszą być tego samego rodzaju: {} i {}",
                    type_name(one),
                    type_name(other)
                );
                let help = "proszę zamienić jedną z nich: number(...), string(...) albo date(...)";
                self.problem(&node.span, codes::BRANCHES, message, help);
                Type::Any
            }
        }
    }

    fn wrong_argument(&mut self, function: Function, node: &Node, found: Type) {
        let message = format!("{}: w tym miejscu nie może stać {}", function.name(), type_name(found));
        self.problem(&node.span, codes::ARGUMENT_TYPE, message, function.usage());
    }

    fn number_from(&mut self, node: &Node) {
        let found = self.node(node);
        match literal_text(node) {
            Some(text) if !text.is_empty() && !is_numeral(text) => self.numeric(node, Type::Text),
            _ if found == Type::Choices => self.wrong_argument(Function::Number, node, found),
            _ => {}
        }
    }

    fn round(&mut self, arguments: &[Node]) {
        self.number(&arguments[0]);
        let Some(places) = arguments.get(1) else {
            return;
        };
        self.number(places);
        let literal = match &places.kind {
            NodeKind::Negate(inner) => inner,
            _ => places,
        };
        if let NodeKind::Literal(Value::Number(number)) = &literal.kind {
            let fits =
                number.whole().is_some_and(|whole| whole.magnitude() <= &MAX_PLACES.unsigned_abs().into());
            if !fits {
                let message = "liczba miejsc po przecinku musi być całkowita, od -12 do 12".to_owned();
                self.problem(&places.span, codes::ARGUMENT_FORM, message, Function::Round.usage());
            }
        }
    }

    fn aggregate(&mut self, function: Function, node: &Node) {
        if !matches!(node.kind, NodeKind::Reference(_)) {
            self.number(node);
            let message =
                format!("{} z jednym argumentem przyjmuje tylko pytanie z listy wpisów", function.name());
            self.problem(&node.span, codes::ARGUMENT_TYPE, message, function.usage());
            return;
        }
        let found = self.list(function, node);
        if !matches!(found, Type::Number | Type::Any) {
            self.wrong_argument(function, node, found);
        }
    }

    /// A question with choices.
    fn select(&mut self, function: Function, node: &Node) {
        match self.node(node) {
            Type::Choices | Type::Any => {}
            Type::Choice => {
                let message = format!("{} na pytaniu z jedną odpowiedzią", function.name());
                self.problem(
                    &node.span,
                    codes::SELECTED_ON_ONE,
                    message,
                    "czytelniej: ${nazwa} = 'odpowiedź'",
                );
            }
            found => self.wrong_argument(function, node, found),
        }
    }

    fn selected(&mut self, arguments: &[Node]) {
        let (question, choice) = (&arguments[0], &arguments[1]);
        self.select(Function::Selected, question);
        let found = self.node(choice);
        match literal_text(choice).map(str::trim) {
            Some("") => {
                let message = "selected z pustą odpowiedzią".to_owned();
                self.problem(
                    &choice.span,
                    codes::EMPTY_CHOICE,
                    message,
                    "brak odpowiedzi sprawdza ${nazwa} = ''",
                );
            }
            Some(name) => self.one_choice(question, name, choice),
            None if matches!(found, Type::Text | Type::Choice | Type::Any) => {}
            None => self.wrong_argument(Function::Selected, choice, found),
        }
    }

    fn one_choice(&mut self, question: &Node, name: &str, literal: &Node) {
        if name.contains(' ') {
            let message = format!("„{name}” to więcej niż jedna odpowiedź");
            let help = "każdą odpowiedź sprawdza osobne selected, połączone and albo or";
            self.problem(&literal.span, codes::UNKNOWN_CHOICE, message, help);
        } else if let Some(named) = self.meaning(question) {
            self.known_choice(&named, name, literal);
        }
    }

    fn date(&mut self, node: &Node) {
        let found = self.node(node);
        match literal_text(node) {
            Some(text) if !text.is_empty() && iso_date(text.trim()).is_none() => {
                let message = format!("„{text}” nie jest datą");
                self.problem(
                    &node.span,
                    codes::BAD_DATE,
                    message,
                    "datę zapisuje się RRRR-MM-DD: date('2024-06-30')",
                );
            }
            _ if matches!(found, Type::Boolean | Type::Choices | Type::Choice) => {
                self.wrong_argument(Function::Date, node, found);
            }
            _ => {}
        }
    }

    fn format_date(&mut self, node: &Node) {
        let found = self.node(node);
        if !matches!(found, Type::Date | Type::Any | Type::Empty | Type::Number) {
            self.wrong_argument(Function::FormatDate, node, found);
        }
    }

    fn position(&mut self, node: &Node) {
        if self.place.repeat.is_none() && self.place.role != Role::Free {
            let message = "position(..) działa tylko we wpisie listy".to_owned();
            self.problem(&node.span, codes::POSITION_OUTSIDE, message, "poza listą nie ma numeru wpisu");
        }
    }

    fn choice_name(&mut self, node: &Node) {
        let found = self.node(node);
        if !matches!(found, Type::Choice | Type::Choices | Type::Any) {
            self.wrong_argument(Function::ChoiceName, node, found);
        }
    }

    fn unit(&mut self, node: &Node) {
        let attribute = literal_text(node).unwrap_or_default();
        if let Some(known) = self.names.unit_attributes().filter(|known| !known.contains(&attribute)) {
            let help = match closest(attribute, known.iter().copied()) {
                Some(near) => did_you_mean(Some(near)),
                None => format!("są: {}", known.join(", ")),
            };
            self.problem(
                &node.span,
                codes::UNKNOWN_NAME,
                format!("jednostka nie ma cechy „{attribute}”"),
                help,
            );
        }
    }

    fn previous(&mut self, node: &Node) -> Type {
        let Some((found, named)) = self.named_only(node) else {
            return Type::Any;
        };
        if named.repeat.is_some() {
            let message = "previous nie działa dla pytań z listy wpisów".to_owned();
            self.problem(
                &node.span,
                codes::ARGUMENT_TYPE,
                message,
                "wpisy z różnych lat nie odpowiadają sobie",
            );
        }
        found
    }
}

/// The type of what a function gives, whatever its arguments; `if`, `coalesce` and `previous` follow theirs.
fn result_type(function: Function) -> Type {
    match function {
        Function::If | Function::Coalesce | Function::Previous => Type::Any,
        Function::Not
        | Function::True
        | Function::False
        | Function::Boolean
        | Function::BooleanFromString
        | Function::Selected
        | Function::Contains
        | Function::StartsWith
        | Function::EndsWith
        | Function::Regex
        | Function::IsUnknown => Type::Boolean,
        Function::Number
        | Function::Int
        | Function::CountSelected
        | Function::Count
        | Function::CountNonEmpty
        | Function::Sum
        | Function::Min
        | Function::Max
        | Function::Round
        | Function::Abs
        | Function::Pow
        | Function::StringLength
        | Function::Position => Type::Number,
        Function::Today | Function::Date => Type::Date,
        Function::String
        | Function::SelectedAt
        | Function::Join
        | Function::Concat
        | Function::Substr
        | Function::SubstringBefore
        | Function::SubstringAfter
        | Function::Translate
        | Function::NormalizeSpace
        | Function::FormatDate
        | Function::ChoiceName
        | Function::Unit => Type::Text,
    }
}
