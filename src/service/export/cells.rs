//! One answer as cells: its value, a mark per choice, and which of the five things it is.

use form::evaluate::{Evaluation, Status};
use form::expr::Value as Answer;
use form::model::{Kind, Model, Question};
use form::number::Number;
use sheet::{Column, Decimal, Value};

/// Decimal places tried for a number, so that it is written whole. A typed number has no more than the last.
const PLACES: [u32; 4] = [6, 20, 100, 1_300];

/// The columns of a question: value, one per choice where several may be chosen, status.
pub(super) fn columns(model: &Model, question: &Question) -> Vec<Column> {
    let (name, label) = (&question.name, one_line(&question.label.plain()));
    let mut columns = vec![column(format!("{} {label} [{name}]", question.number), name.clone())];
    for choice in choices(model, question) {
        let own = format!("{name}/{}", choice.name);
        let label = one_line(&choice.label.plain());
        columns.push(column(format!("{} {label} [{own}]", question.number), own));
    }
    columns.push(status_column(&question.number, name));
    columns
}

/// The companion of a value.
pub(super) fn status_column(number: &str, name: &str) -> Column {
    column(format!("{number} [{name}] – status"), format!("{name}.status"))
}

/// A column whose name keeps the dots and slashes that no name in a questionnaire has.
pub(super) fn column(title: String, name: String) -> Column {
    Column { title: title.trim().to_owned(), name }
}

/// The cells of those columns. `row` is the place of the entry for a question in a list.
pub(super) fn cells(
    model: &Model,
    question: &Question,
    evaluation: &Evaluation,
    row: Option<usize>,
) -> Vec<Value> {
    let status = evaluation.status(&question.name, row);
    let answer = (status == Status::Answered).then(|| evaluation.value(&question.name, row));
    let mut cells = vec![answer.map_or(Value::Empty, value)];
    let chosen = answer.map(Answer::to_text);
    for choice in choices(model, question) {
        let is_chosen = |text: &str| text.split(' ').any(|name| name == choice.name);
        cells.push(chosen.as_deref().map_or(Value::Empty, |text| Value::Integer(is_chosen(text).into())));
    }
    cells.push(Value::Text(code(status).to_owned()));
    cells
}

/// The letters of a status.
pub(super) fn code(status: Status) -> &'static str {
    match status {
        Status::Answered => "A",
        Status::Missing => "NR",
        Status::DontKnow => "NW",
        Status::NotRelevant => "ND",
        Status::Unreadable => "NO",
    }
}

fn choices<'a>(model: &'a Model, question: &Question) -> &'a [form::model::Choice] {
    match question.kind {
        Kind::SelectMultiple(_) => model.list_of(question).map_or(&[][..], |list| &list.choices),
        _ => &[],
    }
}

fn value(answer: &Answer) -> Value {
    match answer {
        Answer::Number(number) => decimal(number),
        Answer::Date(day) => Value::Date(*day),
        other => Some(other.to_text().into_owned())
            .filter(|text| !text.is_empty())
            .map_or(Value::Empty, Value::Text),
    }
}

/// A number in full; only one without an end, such as a third, is cut to 15 digits.
fn decimal(number: &Number) -> Value {
    let exact = || {
        PLACES.iter().filter_map(|places| number.half_up(*places)).find(|text| Number::parse(text) == *number)
    };
    let text = match number.whole() {
        Some(whole) => whole.to_string(),
        None => exact().map_or_else(|| number.to_text(), |text| text.trim_end_matches('0').to_owned()),
    };
    match (text.parse(), Decimal::parse(&text)) {
        (Ok(whole), _) => Value::Integer(whole),
        (_, Ok(decimal)) => Value::Decimal(decimal),
        _ => Value::Empty,
    }
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_in_full() {
        let of = |text: &str| decimal(&Number::parse(text));
        assert_eq!(of("1204"), Value::Integer(1204));
        assert_eq!(of("-0.50"), Value::Decimal(Decimal::parse("-0.5").unwrap()));
        let long = "0.12345678901234567890123";
        assert_eq!(of(long), Value::Decimal(Decimal::parse(long).unwrap()));
        let huge = "92233720368547758080";
        assert_eq!(of(huge), Value::Decimal(Decimal::parse(huge).unwrap()));
        let third = Number::new(form::number::Rational::new(1.into(), 3.into()));
        assert_eq!(decimal(&third), Value::Decimal(Decimal::parse("0.333333333333333").unwrap()));
    }
}
