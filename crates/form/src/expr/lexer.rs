//! Text to tokens, with a good answer to everything that other languages would allow here.

use std::ops::Range;

use super::ast::Operator;
use super::problem::{ExprProblem, codes};
use super::refused;

/// A token with its place.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Token<'a> {
    pub(super) kind: TokenKind<'a>,
    pub(super) span: Range<usize>,
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum TokenKind<'a> {
    /// A decimal numeral.
    Number(&'a str),
    /// What stands between quotation marks.
    Text(&'a str),
    /// The name in `${name}`.
    Reference(&'a str),
    /// A word: a function, `and`, `or`, `div`, `mod`, or a mistake.
    Word(&'a str),
    /// An operator made of signs; a minus may also be a sign of its operand.
    Operator(Operator),
    Dot,
    DotDot,
    Open,
    Close,
    Comma,
    /// Something refused, already reported, after which nothing can be understood.
    Refused,
}

/// The tokens of `source` and what is wrong with its characters.
pub(super) fn tokens(source: &str) -> (Vec<Token<'_>>, Vec<ExprProblem>) {
    let mut lexer = Lexer { source, at: 0, tokens: Vec::new(), problems: Vec::new() };
    while let Some(first) = lexer.rest().chars().next() {
        lexer.one(first);
    }
    (lexer.tokens, lexer.problems)
}

struct Lexer<'a> {
    source: &'a str,
    at: usize,
    tokens: Vec<Token<'a>>,
    problems: Vec<ExprProblem>,
}

impl<'a> Lexer<'a> {
    fn rest(&self) -> &'a str {
        &self.source[self.at..]
    }

    fn one(&mut self, first: char) {
        match first {
            c if c.is_whitespace() || c == '\u{feff}' => self.at += c.len_utf8(),
            '0'..='9' => self.number(),
            '.' if self.rest()[1..].starts_with(|c: char| c.is_ascii_digit()) => self.number(),
            '$' if self.rest().starts_with("${") => self.reference(),
            c if is_quote(c) => self.text(c),
            c if c.is_alphabetic() || c == '_' => self.word(),
            _ => self.sign(first),
        }
    }

    fn push(&mut self, kind: TokenKind<'a>, length: usize) {
        self.tokens.push(Token { kind, span: self.at..self.at + length });
        self.at += length;
    }

    /// Digits with at most one point; an exponent is refused.
    fn number(&mut self) {
        let rest = self.rest();
        let digits = |text: &str| text.bytes().take_while(u8::is_ascii_digit).count();
        let mut length = digits(rest);
        if rest[length..].starts_with('.') {
            length += 1 + digits(&rest[length + 1..]);
        }
        let exponent = exponent_length(&rest[length..]);
        if exponent > 0 {
            let numeral = &rest[..length + exponent];
            let message = format!("liczba {numeral} jest zapisana z wykładnikiem");
            let problem = ExprProblem::new(self.at..self.at + numeral.len(), codes::NUMBER_FORM, message);
            self.problems.push(problem.help("proszę zapisać ją w całości, na przykład 1000 zamiast 1e3"));
        }
        self.push(TokenKind::Number(&rest[..length]), length);
        self.at += exponent;
    }

    /// `${name}`
    fn reference(&mut self) {
        let rest = self.rest();
        let Some(end) = rest.find('}') else {
            let problem =
                ExprProblem::new(self.at..self.source.len(), codes::UNTERMINATED, "brak zamykającego }");
            self.problems.push(problem.help("odwołanie do pytania wygląda tak: ${nazwa}"));
            return self.push(TokenKind::Refused, rest.len());
        };
        let name = &rest[2..end];
        if !is_name(name) {
            let message = format!("„{name}” nie może być nazwą pytania");
            let help = "nazwa zaczyna się literą i składa się z liter bez polskich znaków, cyfr i podkreśleń, bez spacji";
            self.problems
                .push(ExprProblem::new(self.at..self.at + end + 1, codes::SYNTAX, message).help(help));
        }
        self.push(TokenKind::Reference(name), end + 1);
    }

    /// A text to the next mark of the same family. Curly marks count as straight ones, because spreadsheets type
    /// them; a text begun with a straight mark may contain curly ones if a straight one ends it.
    fn text(&mut self, opening: char) {
        let body = &self.rest()[opening.len_utf8()..];
        let family = |c: char| straight(c) == straight(opening);
        let end = match body.find(opening) {
            Some(end) if opening == straight(opening) => Some(end),
            _ => body.find(family),
        };
        let Some(end) = end else {
            let problem = ExprProblem::new(
                self.at..self.source.len(),
                codes::UNTERMINATED,
                "tekst bez zamykającego cudzysłowu",
            );
            let help = "tekst zaczyna się i kończy takim samym znakiem: 'tak' albo \"tak\"";
            self.problems.push(problem.help(help));
            return self.push(TokenKind::Refused, self.rest().len());
        };
        let closing = body[end..].chars().next().map_or(0, char::len_utf8);
        self.push(TokenKind::Text(&body[..end]), opening.len_utf8() + end + closing);
    }

    /// Letters, digits, `_`, `-`, `.`, and one colon between words as in `jr:choice-name`.
    fn word(&mut self) {
        let rest = self.rest();
        let mut length = word_length(rest);
        let after = &rest[length..];
        if let Some(step) = after.strip_prefix("::") {
            return self.refuse(length + 2 + path_length(step), &refused::AXIS);
        }
        if after.starts_with('/') {
            return self.refuse(length + path_length(after), &refused::PATH);
        }
        if after.starts_with(':') && after[1..].starts_with(char::is_alphabetic) {
            length += 1 + word_length(&after[1..]);
        }
        self.push(TokenKind::Word(&rest[..length]), length);
    }

    fn sign(&mut self, first: char) {
        let rest = self.rest();
        if let Some((length, refusal)) = foreign_span(rest) {
            return self.refuse(length, refusal);
        }
        if let Some(refusal) = refused::DOUBLE.iter().find(|refusal| rest.starts_with(refusal.sign)) {
            return self.refuse(refusal.sign.len(), refusal);
        }
        if let Some((sign, kind)) = SIGNS.iter().find(|(sign, _)| rest.starts_with(sign)) {
            return self.push(*kind, sign.len());
        }
        if let Some(refusal) = refused::SYNTAX.iter().find(|refusal| rest.starts_with(refusal.sign)) {
            return self.refuse(refusal.sign.len(), refusal);
        }
        let span = self.at..self.at + first.len_utf8();
        self.problems.push(ExprProblem::new(span, codes::SYNTAX, format!("niezrozumiały znak „{first}”")));
        self.push(TokenKind::Refused, first.len_utf8());
    }

    /// Reports a refused sign and goes on with what was meant, if that is clear.
    fn refuse(&mut self, length: usize, refusal: &refused::Sign) {
        let shown = &self.rest()[..length];
        let message = format!("„{shown}”: {}", refusal.reason);
        let problem = ExprProblem::new(self.at..self.at + length, codes::REFUSED_SYNTAX, message);
        self.problems.push(problem.help(refusal.instead));
        let kind = refusal.meant.map_or(TokenKind::Refused, TokenKind::Operator);
        self.push(kind, length);
    }
}

/// Longer signs first. `==`, `<>` and other foreign signs that begin like one of these are found by [`refused`].
const SIGNS: [(&str, TokenKind<'static>); 14] = [
    ("!=", TokenKind::Operator(Operator::NotEqual)),
    ("<=", TokenKind::Operator(Operator::LessOrEqual)),
    (">=", TokenKind::Operator(Operator::GreaterOrEqual)),
    ("..", TokenKind::DotDot),
    ("=", TokenKind::Operator(Operator::Equal)),
    ("<", TokenKind::Operator(Operator::Less)),
    (">", TokenKind::Operator(Operator::Greater)),
    ("+", TokenKind::Operator(Operator::Add)),
    ("-", TokenKind::Operator(Operator::Subtract)),
    ("*", TokenKind::Operator(Operator::Multiply)),
    (".", TokenKind::Dot),
    ("(", TokenKind::Open),
    (")", TokenKind::Close),
    (",", TokenKind::Comma),
];

/// A whole path or predicate, so that it is reported once: its length and why it is refused.
fn foreign_span(text: &str) -> Option<(usize, &'static refused::Sign)> {
    if ["/", "./", "../"].iter().any(|start| text.starts_with(start)) {
        return Some((path_length(text), &refused::PATH));
    }
    let predicate = text.strip_prefix('[')?;
    let length = predicate.find(']').map_or(text.len(), |end| end + 2);
    Some((length, &refused::PREDICATE))
}

fn path_length(text: &str) -> usize {
    let part = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | '/' | ':' | '*' | '@');
    text.find(|c| !part(c)).unwrap_or(text.len())
}

/// Whether this may be the name of a question: `[A-Za-z][A-Za-z0-9_]*`, at most 64 characters.
pub fn is_name(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_alphabetic())
        && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
        && name.len() <= 64
}

fn word_length(text: &str) -> usize {
    text.find(|c: char| !(c.is_alphanumeric() || matches!(c, '_' | '-' | '.'))).unwrap_or(text.len())
}

/// The length of `e3`, `E-3`; 0 when there is none.
fn exponent_length(text: &str) -> usize {
    let Some(rest) = text.strip_prefix(['e', 'E']) else {
        return 0;
    };
    let unsigned = rest.strip_prefix(['+', '-']).unwrap_or(rest);
    let digits = unsigned.bytes().take_while(u8::is_ascii_digit).count();
    if digits == 0 { 0 } else { 1 + (rest.len() - unsigned.len()) + digits }
}

fn is_quote(c: char) -> bool {
    matches!(straight(c), '\'' | '"')
}

fn straight(c: char) -> char {
    match c {
        '‘' | '’' | '‚' | '‛' => '\'',
        '“' | '”' | '„' | '‟' => '"',
        other => other,
    }
}
