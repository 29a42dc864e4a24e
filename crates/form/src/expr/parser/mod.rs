//! Tokens to tree: the grammar and its limits.

mod calls;

use std::ops::Range;

use super::ast::{Node, NodeKind, Operator};
use super::lexer::{Token, TokenKind, tokens};
use super::problem::{ExprProblem, codes};
use super::{Value, refused};
use crate::number::Number;

/// Characters of an expression.
const MAX_LENGTH: usize = 2_000;
/// Parentheses, calls and signs inside each other.
const MAX_DEPTH: usize = 64;
/// References, each occurrence counted.
const MAX_REFERENCES: usize = 200;

/// Parses a whole expression. The tree is there exactly when there are no problems.
pub(super) fn parse(source: &str) -> Result<Node, Vec<ExprProblem>> {
    let length = source.chars().count();
    if length > MAX_LENGTH {
        let message = format!("wyrażenie ma {length} znaków, a może mieć najwyżej 2000");
        let problem = ExprProblem::new(0..source.len(), codes::LIMIT, message);
        return Err(vec![problem.help("proszę podzielić je na kilka obliczeń (calculate)")]);
    }
    let (tokens, problems) = tokens(source);
    let mut parser = Parser { source, tokens, next: 0, depth: 0, references: 0, problems };
    let root = parser.whole();
    match root {
        Ok(root) if parser.problems.is_empty() => Ok(root),
        _ => {
            parser.problems.sort_by_key(|problem| (problem.span.start, problem.span.end));
            Err(parser.problems)
        }
    }
}

/// Parses `column = ${question}`.
pub(super) fn parse_filter(source: &str) -> Result<Node, Vec<ExprProblem>> {
    let (tokens, mut problems) = tokens(source);
    let kinds: Vec<TokenKind<'_>> = tokens.iter().map(|token| token.kind).collect();
    let [TokenKind::Word(column), TokenKind::Operator(Operator::Equal), TokenKind::Reference(name)] =
        kinds[..]
    else {
        let message = "filtr odpowiedzi ma inną postać niż kolumna = ${pytanie}";
        let problem = ExprProblem::new(0..source.len(), codes::CHOICE_FILTER, message);
        problems.push(
            problem.help("na przykład: powiat = ${powiat}, gdzie „powiat” jest kolumną listy odpowiedzi"),
        );
        return Err(problems);
    };
    if !problems.is_empty() {
        return Err(problems);
    }
    let left = Node { kind: NodeKind::Column(column.to_owned()), span: tokens[0].span.clone() };
    let right = Node { kind: NodeKind::Reference(name.to_owned()), span: tokens[2].span.clone() };
    let span = left.span.start..right.span.end;
    Ok(Node { kind: NodeKind::Chain(Box::new(left), vec![(Operator::Equal, right)]), span })
}

/// Nothing after this place can be understood; the problem is already reported.
struct Stop;

struct Parser<'a> {
    source: &'a str,
    tokens: Vec<Token<'a>>,
    next: usize,
    depth: usize,
    references: usize,
    problems: Vec<ExprProblem>,
}

impl<'a> Parser<'a> {
    fn whole(&mut self) -> Result<Node, Stop> {
        if self.tokens.is_empty() && self.problems.is_empty() {
            self.problem(0..self.source.len(), codes::SYNTAX, "wyrażenie jest puste", "");
            return Err(Stop);
        }
        let root = self.binary(0)?;
        if self.next < self.tokens.len() { Err(self.unexpected()) } else { Ok(root) }
    }

    fn kind(&self) -> Option<TokenKind<'a>> {
        self.tokens.get(self.next).map(|token| token.kind)
    }

    /// The place of the next token, or of the end.
    fn span(&self) -> Range<usize> {
        let end = self.source.len();
        self.tokens.get(self.next).map_or(end..end, |token| token.span.clone())
    }

    fn take(&mut self, kind: TokenKind<'_>) -> bool {
        let found = self.kind() == Some(kind);
        self.next += usize::from(found);
        found
    }

    fn problem(
        &mut self,
        span: Range<usize>,
        code: &'static str,
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        self.problems.push(ExprProblem::new(span, code, message).help(help));
    }

    /// Operators of one precedence, and through recursion of all tighter ones.
    fn binary(&mut self, level: u8) -> Result<Node, Stop> {
        const TIGHTEST: u8 = 5;
        if level > TIGHTEST {
            return self.unary();
        }
        let first = self.binary(level + 1)?;
        let mut rest = Vec::new();
        while let Some(operator) = self.operator().filter(|operator| operator.level() == level) {
            self.next += 1;
            rest.push((operator, self.binary(level + 1)?));
        }
        let Some((_, last)) = rest.last() else {
            return Ok(first);
        };
        let span = first.span.start..last.span.end;
        Ok(Node { kind: NodeKind::Chain(Box::new(first), rest), span })
    }

    /// The operator at hand, written as a sign or as a word.
    fn operator(&mut self) -> Option<Operator> {
        match self.kind()? {
            TokenKind::Operator(operator) => Some(operator),
            TokenKind::Word(word) => word_operator(word).or_else(|| self.shouted_operator(word)),
            _ => None,
        }
    }

    /// `AND`, `Or`: reported, but understood.
    fn shouted_operator(&mut self, word: &str) -> Option<Operator> {
        let operator = word_operator(&word.to_lowercase())?;
        let span = self.span();
        if self.problems.last().is_none_or(|problem| problem.span != span) {
            let help = format!("proszę wpisać {}", operator.sign());
            self.problem(
                span,
                codes::REFUSED_SYNTAX,
                format!("„{word}”: operatory pisze się małymi literami"),
                help,
            );
        }
        Some(operator)
    }

    fn unary(&mut self) -> Result<Node, Stop> {
        let start = self.span().start;
        if !self.take(TokenKind::Operator(Operator::Subtract)) {
            return self.operand();
        }
        let operand = self.deeper(Parser::unary)?;
        let span = start..operand.span.end;
        Ok(Node { kind: NodeKind::Negate(Box::new(operand)), span })
    }

    fn deeper<T>(&mut self, inner: impl FnOnce(&mut Self) -> Result<T, Stop>) -> Result<T, Stop> {
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            let help = "proszę podzielić je na kilka obliczeń (calculate)";
            self.problem(self.span(), codes::LIMIT, "wyrażenie jest zagnieżdżone głębiej niż 64 razy", help);
            return Err(Stop);
        }
        let result = inner(self)?;
        self.depth -= 1;
        Ok(result)
    }

    fn operand(&mut self) -> Result<Node, Stop> {
        let span = self.span();
        let Some(kind) = self.kind() else {
            return Err(self.unexpected());
        };
        let kind = match kind {
            TokenKind::Number(text) => self.literal_number(text, &span),
            TokenKind::Text(text) => NodeKind::Literal(Value::text(text)),
            TokenKind::Reference(name) => self.reference(name, &span),
            TokenKind::Dot => NodeKind::This,
            TokenKind::Open => return self.parenthesis(),
            TokenKind::Word(word) if self.opens_after_word() => return self.call(word, span),
            TokenKind::Word(word) if word_operator(word).is_none() => self.bare_word(word, &span),
            _ => return Err(self.unexpected()),
        };
        self.next += 1;
        Ok(Node { kind, span })
    }

    fn literal_number(&mut self, text: &str, span: &Range<usize>) -> NodeKind {
        let number = Number::parse(text);
        if number.is_nan() {
            self.problem(span.clone(), codes::LIMIT, "liczba jest zbyt długa", "może mieć najwyżej 616 cyfr");
        }
        NodeKind::Literal(Value::Number(number))
    }

    fn reference(&mut self, name: &str, span: &Range<usize>) -> NodeKind {
        self.references += 1;
        if self.references == MAX_REFERENCES + 1 {
            let help = "proszę podzielić je na kilka obliczeń (calculate)";
            self.problem(
                span.clone(),
                codes::LIMIT,
                "w wyrażeniu jest więcej niż 200 odwołań do pytań",
                help,
            );
        }
        NodeKind::Reference(name.to_owned())
    }

    fn opens_after_word(&self) -> bool {
        self.tokens.get(self.next + 1).is_some_and(|token| token.kind == TokenKind::Open)
    }

    fn bare_word(&mut self, word: &str, span: &Range<usize>) -> NodeKind {
        let help = refused::word(word).map_or_else(|| bare_word_help(word), str::to_owned);
        self.problem(span.clone(), codes::BARE_WORD, format!("słowo {word} bez cudzysłowu"), help);
        NodeKind::Literal(Value::text(word))
    }

    fn parenthesis(&mut self) -> Result<Node, Stop> {
        let start = self.span().start;
        self.next += 1;
        let inner = self.deeper(|parser| parser.binary(0))?;
        let end = self.span().end;
        if !self.take(TokenKind::Close) {
            return Err(self.unexpected());
        }
        Ok(Node { kind: inner.kind, span: start..end })
    }

    /// Reports what stands here instead of what could.
    fn unexpected(&mut self) -> Stop {
        let span = self.span();
        let shown = &self.source[span.clone()];
        match self.kind() {
            Some(TokenKind::Refused) => {}
            None => {
                let help = "brakuje wartości albo zamykającego nawiasu";
                self.problem(span, codes::SYNTAX, "wyrażenie urywa się za wcześnie", help);
            }
            Some(TokenKind::Comma) if self.number_around_comma() => {
                let help = "część dziesiętną oddziela się w wyrażeniach kropką: 5.5";
                self.problem(span, codes::NUMBER_FORM, "przecinek w liczbie", help);
            }
            Some(TokenKind::DotDot) => {
                let help = "do pytania odwołuje się ${nazwa}; numer wpisu daje position(..)";
                self.problem(span, codes::REFUSED_SYNTAX, "„..”: ścieżki nie są obsługiwane", help);
            }
            Some(_) => {
                let message = format!("„{shown}” w niespodziewanym miejscu");
                self.problem(span, codes::SYNTAX, message, self.unexpected_help());
            }
        }
        Stop
    }

    fn number_around_comma(&self) -> bool {
        let number =
            |index: usize| matches!(self.tokens.get(index).map(|t| t.kind), Some(TokenKind::Number(_)));
        self.next > 0 && number(self.next - 1) && number(self.next + 1)
    }

    fn unexpected_help(&self) -> &'static str {
        match self.kind() {
            Some(TokenKind::Close) => "nawias zamyka się, choć brakuje wartości albo nawiasu otwierającego",
            Some(TokenKind::Comma) => "przecinek może oddzielać tylko argumenty funkcji",
            Some(TokenKind::Operator(_)) => "z lewej i z prawej strony operatora musi stać wartość",
            _ => "między wartościami musi stać operator, na przykład and, or, = albo +",
        }
    }
}

fn word_operator(word: &str) -> Option<Operator> {
    match word {
        "or" => Some(Operator::Or),
        "and" => Some(Operator::And),
        "div" => Some(Operator::Divide),
        "mod" => Some(Operator::Modulo),
        _ => None,
    }
}

fn bare_word_help(word: &str) -> String {
    format!(
        "proszę wpisać '{word}'. Bez cudzysłowu inne programy (Kobo, ODK) szukają pola o tej nazwie \
         i warunek nigdy nie jest spełniony"
    )
}
