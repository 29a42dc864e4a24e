//! What some functions demand of the form of their arguments, whatever the values: a reference, a literal text.

use std::ops::Range;

use super::ast::{Node, NodeKind, Pattern};
use super::functions::Function;
use super::problem::{ExprProblem, codes};
use super::{Value, pattern};

/// The codes of `format-date`.
pub(super) const DATE_CODES: [char; 6] = ['Y', 'y', 'm', 'n', 'd', 'e'];

/// The compiled pattern of a `regex` and the problems of the arguments' form.
pub(super) fn check(
    function: Function,
    arguments: &[Node],
    call: &Range<usize>,
) -> (Option<Pattern>, Vec<ExprProblem>) {
    let first = arguments.first();
    let problem = match function {
        Function::Count | Function::CountNonEmpty | Function::Sum => {
            first.and_then(|node| is_list(function, node))
        }
        Function::IsUnknown | Function::Previous => first.and_then(|node| is_reference(function, node)),
        Function::Unit => {
            first.and_then(|node| is_text(node, "unit", "nazwę cechy jednostki", "unit('kind')"))
        }
        Function::FormatDate => arguments.get(1).and_then(date_format),
        Function::ChoiceName => choice_name(arguments, call),
        Function::Regex => return regex(arguments.get(1)),
        _ => None,
    };
    (None, problem.into_iter().collect())
}

/// The text of a literal.
pub(super) fn literal_text(node: &Node) -> Option<&str> {
    match &node.kind {
        NodeKind::Literal(Value::Text(text)) => Some(text),
        _ => None,
    }
}

fn wrong_form(node: &Node, message: String, help: &str) -> Option<ExprProblem> {
    Some(ExprProblem::new(node.span.clone(), codes::ARGUMENT_FORM, message).help(help))
}

fn is_list(function: Function, node: &Node) -> Option<ExprProblem> {
    if matches!(node.kind, NodeKind::Reference(_) | NodeKind::This) {
        return None;
    }
    let message = format!("{} przyjmuje tylko odwołanie ${{nazwa}}", function.name());
    wrong_form(node, message, function.usage())
}

fn is_reference(function: Function, node: &Node) -> Option<ExprProblem> {
    if matches!(node.kind, NodeKind::Reference(_)) {
        return None;
    }
    let message = format!("{} przyjmuje tylko odwołanie ${{nazwa}}", function.name());
    wrong_form(node, message, function.usage())
}

fn is_text(node: &Node, function: &str, what: &str, example: &str) -> Option<ExprProblem> {
    if literal_text(node).is_some() {
        return None;
    }
    wrong_form(
        node,
        format!("{function} przyjmuje tylko {what} w cudzysłowie"),
        &format!("na przykład {example}"),
    )
}

fn date_format(node: &Node) -> Option<ExprProblem> {
    let Some(format) = literal_text(node) else {
        return is_text(node, "format-date", "zapis daty", "format-date(${data}, '%d.%m.%Y')");
    };
    let unknown = format.split('%').skip(1).find(|part| !part.starts_with(DATE_CODES))?;
    let code: String = unknown.chars().take(1).collect();
    let problem = ExprProblem::new(node.span.clone(), codes::BAD_DATE, format!("nieznany kod daty %{code}"));
    Some(
        problem.help(
            "kody: %Y rok, %y rok dwucyfrowo, %m i %n miesiąc, %d i %e dzień; %m i %d z zerem na początku",
        ),
    )
}

/// `jr:choice-name(${q}, '${q}')`: the same question twice, as ODK wants it.
fn choice_name(arguments: &[Node], call: &Range<usize>) -> Option<ExprProblem> {
    let [Node { kind: NodeKind::Reference(name), .. }, second] = arguments else {
        let first = arguments.first().filter(|node| !matches!(node.kind, NodeKind::Reference(_)));
        return first.and_then(|node| is_reference(Function::ChoiceName, node));
    };
    let quoted = format!("${{{name}}}");
    if literal_text(second).map(str::trim) == Some(&quoted) {
        return None;
    }
    let message = "oba argumenty jr:choice-name muszą wskazywać to samo pytanie";
    let help = format!("jr:choice-name({quoted}, '{quoted}')");
    Some(ExprProblem::new(call.clone(), codes::ARGUMENT_FORM, message).help(help))
}

fn regex(second: Option<&Node>) -> (Option<Pattern>, Vec<ExprProblem>) {
    let Some(node) = second else {
        return (None, Vec::new());
    };
    let Some(source) = literal_text(node) else {
        let problem = is_text(node, "regex", "wzorzec", "regex(${kod}, '[0-9]{2}-[0-9]{3}')");
        return (None, problem.into_iter().collect());
    };
    match pattern::compile(source) {
        Ok(pattern) => (Some(pattern), Vec::new()),
        Err(trouble) => {
            // Inside the quotation marks, whose opening one may be a curly one of three bytes.
            let opening = (node.span.len() - source.len()) / 2;
            let start = node.span.start + opening;
            let span = start + trouble.span.start..start + trouble.span.end;
            let problem = ExprProblem::new(span, codes::PATTERN, format!("wzorzec: {}", trouble.message));
            (None, vec![problem.help(trouble.help)])
        }
    }
}
