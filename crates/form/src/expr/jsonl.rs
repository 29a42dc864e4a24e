//! Expressions evaluated by hand: `form eval 'EXPR' --set a=5` and `form eval --jsonl`. No form is involved, so there
//! are no static checks.

use std::borrow::Cow;
use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::Deserialize;
use serde_json::{Map, Value as Json, json};

use super::calls::iso_date;
use super::{EvalError, Expr, ExprProblem, Scope, Value, eval};
use crate::number::Number;

/// Why an expression evaluated by hand has no value.
#[derive(Debug, Clone, PartialEq)]
pub enum Trouble {
    /// It cannot be parsed.
    Problems(Vec<ExprProblem>),
    /// It has no value.
    Eval(EvalError),
}

impl std::fmt::Display for Trouble {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Trouble::Problems(problems) => {
                let lines: Vec<String> =
                    problems.iter().map(|one| format!("{}: {}", one.code, one.message)).collect();
                out.write_str(&lines.join("; "))
            }
            Trouble::Eval(error) => error.fmt(out),
        }
    }
}

/// Evaluates an expression with the given untyped texts; a name given several times is a question of a repeat.
pub fn eval_with(source: &str, sets: &[(String, String)], today: NaiveDate) -> Result<Value, Trouble> {
    let mut values: BTreeMap<String, Value> = BTreeMap::new();
    for (name, text) in sets {
        let value = Value::from(text.as_str());
        match values.remove(name) {
            None => values.insert(name.clone(), value),
            Some(Value::List(mut list)) => {
                list.push(value);
                values.insert(name.clone(), Value::List(list))
            }
            Some(first) => values.insert(name.clone(), Value::List(vec![first, value])),
        };
    }
    evaluate(source, &Surroundings { values, this: None, today })
}

/// Answers one line `{"id","expr","vars","self","as","today"}` with one line `{"id","type","value"}`, where `type` is
/// `string`, `number`, `boolean`, `date`, or `error` with a `message`. Only `expr` is required; `today` is the day
/// used when the line names none. Never fails: an unreadable line is answered with an error.
pub fn eval_line(line: &str, today: NaiveDate) -> String {
    let (id, outcome) = match serde_json::from_str::<Line>(line) {
        Ok(line) => (line.id.clone(), line.answer(today)),
        Err(error) => (Json::Null, Err(format!("wiersz nie jest poprawnym JSON: {error}"))),
    };
    match outcome {
        // Put together by hand, because a number may be longer than a double.
        Ok(Value::Number(number)) if number.rational().is_some() => {
            format!("{{\"id\":{id},\"type\":\"number\",\"value\":{}}}", number.to_text())
        }
        Ok(value) => json!({"id": id, "type": type_name(&value), "value": plain(&value)}).to_string(),
        Err(message) => json!({"id": id, "type": "error", "value": null, "message": message}).to_string(),
    }
}

/// Other fields are ignored, so that a line of a test suite can be passed on as it is.
#[derive(Deserialize)]
struct Line {
    #[serde(default)]
    id: Json,
    expr: String,
    #[serde(default)]
    vars: Option<Map<String, Json>>,
    #[serde(default, rename = "self")]
    this: Json,
    #[serde(default, rename = "as")]
    wanted: Option<String>,
    #[serde(default)]
    today: Option<String>,
}

impl Line {
    fn answer(&self, today: NaiveDate) -> Result<Value, String> {
        let today = match &self.today {
            None => today,
            Some(text) => iso_date(text).ok_or_else(|| format!("today: „{text}” nie jest datą"))?,
        };
        let this = if self.this.is_null() { None } else { Some(read(&self.this)?) };
        let variables = self.vars.iter().flatten();
        let values =
            variables.map(|(name, json)| Ok((name.clone(), read(json)?))).collect::<Result<_, String>>()?;
        let surroundings = Surroundings { values, this, today };
        let value = evaluate(&self.expr, &surroundings).map_err(|trouble| trouble.to_string())?;
        match &self.wanted {
            Some(wanted) => convert(&value, wanted),
            None => Ok(value.scalar().clone()),
        }
    }
}

/// A text is untyped, an object typed, a list a repeat; JSON's own numbers and truth values are taken as typed.
fn read(json: &Json) -> Result<Value, String> {
    match json {
        Json::Null => Ok(Value::empty()),
        Json::String(text) => Ok(Value::from(text.as_str())),
        Json::Number(number) => Ok(Value::Number(Number::parse(&number.to_string()))),
        Json::Bool(truth) => Ok(Value::Bool(*truth)),
        Json::Array(elements) => elements.iter().map(read).collect::<Result<_, _>>().map(Value::List),
        Json::Object(typed) => {
            let kind = typed.get("type").and_then(Json::as_str).ok_or("zmienna bez „type”")?;
            typed_value(read(typed.get("value").unwrap_or(&Json::Null))?, kind)
        }
    }
}

/// No answer has no type; a list has typed elements.
fn typed_value(value: Value, kind: &str) -> Result<Value, String> {
    match value {
        Value::List(elements) => {
            let elements = elements.into_iter().map(|element| typed_value(element, kind));
            elements.collect::<Result<_, _>>().map(Value::List)
        }
        value if value.is_empty() => Ok(value),
        value => convert(&value, kind),
    }
}

/// A value as the named type: of results, or of questions.
fn convert(value: &Value, kind: &str) -> Result<Value, String> {
    match kind {
        "number" | "integer" | "int" | "decimal" => Ok(Value::Number(value.to_number().into_owned())),
        "boolean" | "bool" => Ok(Value::Bool(value.to_bool())),
        "string" | "text" | "select_one" | "select_multiple" | "rank" | "acknowledge" | "calculate" => {
            Ok(Value::Text(value.to_text().into_owned()))
        }
        "date" => match value.scalar() {
            Value::Date(day) => Ok(Value::Date(*day)),
            other if other.is_empty() => Ok(Value::empty()),
            other => {
                let text = other.to_text();
                iso_date(&text).map(Value::Date).ok_or_else(|| format!("„{text}” nie jest datą"))
            }
        },
        _ => Err(format!("nieznany typ „{kind}”")),
    }
}

fn evaluate(source: &str, surroundings: &Surroundings) -> Result<Value, Trouble> {
    let expr = Expr::parse(source).map_err(Trouble::Problems)?;
    eval(&expr, surroundings).map_err(Trouble::Eval)
}

fn type_name(value: &Value) -> &'static str {
    match value.scalar() {
        Value::Text(_) | Value::List(_) => "string",
        Value::Number(_) => "number",
        Value::Bool(_) => "boolean",
        Value::Date(_) => "date",
    }
}

fn plain(value: &Value) -> Json {
    match value.scalar() {
        Value::Bool(truth) => Json::Bool(*truth),
        other => Json::String(other.to_text().into_owned()),
    }
}

struct Surroundings {
    values: BTreeMap<String, Value>,
    this: Option<Value>,
    today: NaiveDate,
}

impl Scope for Surroundings {
    fn value(&self, name: &str) -> Option<Cow<'_, Value>> {
        self.values.get(name).map(Cow::Borrowed)
    }

    fn this(&self) -> Option<Cow<'_, Value>> {
        self.this.as_ref().map(Cow::Borrowed)
    }

    fn today(&self) -> Option<NaiveDate> {
        Some(self.today)
    }
}
