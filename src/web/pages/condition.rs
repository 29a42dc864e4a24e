//! Conditions of a questionnaire in words, for the printed blank form.
//!
//! The usual forms are worded exactly; of anything else only the questions that it depends on are named.
use form::expr::{Call, Expr, Function, Node, NodeKind, Operator, Value};
use form::model::Model;

/// When a question is asked, as a phrase that can follow „Dotyczy: ”.
pub(crate) fn condition_words(model: &Model, expr: &Expr) -> String {
    if let Some(words) = phrase(model, expr.root()) {
        return format!("jeśli {words}");
    }
    let numbers: Vec<String> = expr.references().map(|name| place(model, name)).collect();
    match numbers.as_slice() {
        [] => "w przypadkach, które ankieta wskaże sama".into(),
        [one] => format!("zależnie od odpowiedzi na pytanie {one}"),
        many => format!("zależnie od odpowiedzi na pytania {}", many.join(", ")),
    }
}

fn phrase(model: &Model, node: &Node) -> Option<String> {
    match &node.kind {
        NodeKind::Chain(first, rest) => chain(model, first, rest),
        NodeKind::Call(call) => selected(model, call),
        _ => None,
    }
}

fn chain(model: &Model, first: &Node, rest: &[(Operator, Node)]) -> Option<String> {
    let joint = match rest.first()?.0 {
        Operator::And => " oraz ",
        Operator::Or => " lub ",
        _ => return comparison(model, first, rest),
    };
    let nodes = std::iter::once(first).chain(rest.iter().map(|(_, node)| node));
    let phrases: Option<Vec<String>> = nodes.map(|node| phrase(model, node)).collect();
    Some(phrases?.join(joint))
}

fn comparison(model: &Model, left: &Node, rest: &[(Operator, Node)]) -> Option<String> {
    let (NodeKind::Reference(name), [(operator, right)]) = (&left.kind, rest) else { return None };
    let NodeKind::Literal(value) = &right.kind else { return None };
    let question = place(model, name);
    match (operator, value) {
        (Operator::NotEqual, Value::Text(text)) if text.is_empty() => {
            Some(format!("podano odpowiedź na pytanie {question}"))
        }
        (Operator::Equal, Value::Text(text)) => Some(chosen(model, name, text)),
        (Operator::NotEqual, Value::Text(text)) => {
            Some(format!("w pytaniu {question} nie zaznaczono „{}”", choice(model, name, text)))
        }
        (_, Value::Number(number)) => {
            let words = number_relation(*operator)?;
            Some(format!("w pytaniu {question} podano liczbę {words} {}", number.to_text().replace('.', ",")))
        }
        _ => None,
    }
}

fn number_relation(operator: Operator) -> Option<&'static str> {
    Some(match operator {
        Operator::Equal => "równą",
        Operator::Less => "mniejszą niż",
        Operator::LessOrEqual => "nie większą niż",
        Operator::Greater => "większą niż",
        Operator::GreaterOrEqual => "nie mniejszą niż",
        _ => return None,
    })
}

/// `selected(${q}, 'choice')` and `not(selected(...))`.
fn selected(model: &Model, call: &Call) -> Option<String> {
    match (call.function, call.arguments.as_slice()) {
        (Function::Selected, [question, wanted]) => match (&question.kind, &wanted.kind) {
            (NodeKind::Reference(name), NodeKind::Literal(Value::Text(text))) => {
                Some(chosen(model, name, text))
            }
            _ => None,
        },
        _ => None,
    }
}

fn chosen(model: &Model, question: &str, name: &str) -> String {
    format!("w pytaniu {} zaznaczono „{}”", place(model, question), choice(model, question, name))
}

/// The printed number of a question or list.
fn place(model: &Model, name: &str) -> String {
    let number = model.question(name).map(|question| &question.number);
    let number = number.or_else(|| model.repeat(name).map(|repeat| &repeat.number));
    number.filter(|number| !number.is_empty()).cloned().unwrap_or_else(|| format!("„{name}”"))
}

fn choice(model: &Model, question: &str, name: &str) -> String {
    let list = model.question(question).and_then(|question| model.list_of(question));
    list.and_then(|list| list.choice(name)).map_or_else(|| name.to_owned(), |choice| choice.label.plain())
}
