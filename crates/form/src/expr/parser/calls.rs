//! Calls: which function, how many arguments, and the form that some functions demand of them.

use std::ops::Range;

use super::{Parser, Stop};
use crate::expr::ast::{Call, Node, NodeKind};
use crate::expr::functions::Function;
use crate::expr::lexer::TokenKind;
use crate::expr::problem::codes;
use crate::expr::similar::closest;
use crate::expr::{Value, refused, shape};

impl Parser<'_> {
    pub(super) fn call(&mut self, name: &str, name_span: Range<usize>) -> Result<Node, Stop> {
        self.next += 2;
        let function = self.function(name, &name_span);
        if function == Some(Function::Position) {
            return self.position(name_span);
        }
        let arguments = self.deeper(Parser::arguments)?;
        let end = self.tokens.get(self.next - 1).map_or(self.source.len(), |token| token.span.end);
        let span = name_span.start..end;
        let Some(function) = function else {
            return Ok(Node { kind: NodeKind::Literal(Value::empty()), span });
        };
        self.arity(function, arguments.len(), &span);
        let (pattern, problems) = shape::check(function, &arguments, &span);
        self.problems.extend(problems);
        Ok(Node { kind: NodeKind::Call(Call { function, arguments, pattern }), span })
    }

    /// `position(..)` after its parenthesis was opened.
    fn position(&mut self, name_span: Range<usize>) -> Result<Node, Stop> {
        let well_formed = self.take(TokenKind::DotDot) && self.kind() == Some(TokenKind::Close);
        if !well_formed {
            let span = name_span.start..self.span().end;
            let message = "position działa tylko w postaci position(..)";
            self.problem(span, codes::ARGUMENT_FORM, message, "position(..) daje numer wpisu, licząc od 1");
            return Err(Stop);
        }
        let span = name_span.start..self.span().end;
        self.next += 1;
        let call = Call { function: Function::Position, arguments: Vec::new(), pattern: None };
        Ok(Node { kind: NodeKind::Call(call), span })
    }

    /// Arguments up to and including the closing parenthesis.
    fn arguments(&mut self) -> Result<Vec<Node>, Stop> {
        let mut arguments = Vec::new();
        if self.take(TokenKind::Close) {
            return Ok(arguments);
        }
        loop {
            arguments.push(self.binary(0)?);
            if self.take(TokenKind::Close) {
                return Ok(arguments);
            }
            if !self.take(TokenKind::Comma) {
                return Err(self.unexpected());
            }
        }
    }

    fn function(&mut self, name: &str, span: &Range<usize>) -> Option<Function> {
        if let Some(function) = Function::named(name) {
            return Some(function);
        }
        if let Some((reason, instead)) = refused::function(name) {
            self.problem(span.clone(), codes::REFUSED_FUNCTION, format!("funkcja {name}: {reason}"), instead);
            return None;
        }
        let help = match closest(name, Function::names()) {
            Some(Function::POSITION) => "czy chodziło o position(..)?".to_owned(),
            Some(known) => format!("czy chodziło o {known}(...)?"),
            None => "spis funkcji jest w docs/form-expressions.md".to_owned(),
        };
        self.problem(
            span.clone(),
            codes::UNKNOWN_FUNCTION,
            format!("nie ma funkcji o nazwie „{name}”"),
            help,
        );
        None
    }

    fn arity(&mut self, function: Function, count: usize, span: &Range<usize>) {
        let (least, greatest) = function.arity();
        if (least..=greatest).contains(&count) {
            return;
        }
        let expected = match (least, greatest) {
            (0, 0) => "nie przyjmuje argumentów".to_owned(),
            (least, usize::MAX) => format!("wymaga co najmniej {}", arguments_text(least)),
            (least, greatest) if least == greatest => format!("wymaga {}", arguments_text(least)),
            (least, greatest) => format!("wymaga od {least} do {}", arguments_text(greatest)),
        };
        let message = format!("{} {expected}, a ma {count}", function.name());
        self.problem(span.clone(), codes::ARITY, message, function.usage());
    }
}

fn arguments_text(count: usize) -> String {
    if count == 1 { "1 argumentu".to_owned() } else { format!("{count} argumentów") }
}
