//! The page that describes expressions tells the truth.

use std::borrow::Cow;
use std::collections::BTreeSet;

use chrono::NaiveDate;
use form::expr::{Expr, Function, Scope, Value, eval};
use form::number::Number;

/// The values that the page names.
struct PageScope;

impl Scope for PageScope {
    fn value(&self, name: &str) -> Option<Cow<'_, Value>> {
        let number = |text| Value::Number(Number::parse(text));
        let value = match name {
            "a" => Value::empty(),
            "n" => number("7.5"),
            "s" => Value::from("radio prasa"),
            "r" => Value::List(vec![number("2"), Value::empty(), number("3.5")]),
            "q" => Value::from("tak"),
            _ => return None,
        };
        Some(Cow::Owned(value))
    }

    fn position(&self) -> Option<u64> {
        Some(2)
    }

    fn today(&self) -> Option<NaiveDate> {
        NaiveDate::from_ymd_opt(2025, 1, 17)
    }

    fn is_unknown(&self, name: &str) -> bool {
        name == "a"
    }

    fn unit(&self, attribute: &str) -> Option<Cow<'_, str>> {
        (attribute == "kind").then_some(Cow::Borrowed("gmina"))
    }

    fn previous(&self, name: &str) -> Option<Cow<'_, Value>> {
        (name == "q").then(|| Cow::Owned(Value::from("nie")))
    }

    fn choice_label(&self, question: &str, choice: &str) -> Option<Cow<'_, str>> {
        (question == "q" && choice == "tak").then_some(Cow::Borrowed("Tak"))
    }
}

/// Example and result of every row of the page's tables.
fn rows() -> Vec<(String, String)> {
    let page = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/form-expressions.md");
    let page = std::fs::read_to_string(page).unwrap();
    let cells = page.lines().filter_map(|line| {
        let (expression, rest) = line.strip_prefix("| `")?.split_once("` | ")?;
        let (result, _) = rest.split_once(" |")?;
        Some((expression.to_owned(), result.to_owned()))
    });
    cells.collect()
}

#[test]
fn every_example_of_the_page_gives_the_result_beside_it() {
    let rows = rows();
    assert!(rows.len() > 45, "the tables of the page were not found");
    for (expression, result) in rows {
        let value = eval(&Expr::parse(&expression).unwrap(), &PageScope).unwrap();
        assert_eq!(value.to_text(), result, "{expression}");
    }
}

#[test]
fn the_page_shows_every_function() {
    let examples = rows();
    let shown: BTreeSet<&str> =
        examples.iter().filter_map(|(text, _)| text.split_once('(')).map(|(name, _)| name).collect();
    let missing: Vec<&str> = Function::names().filter(|name| !shown.contains(name)).collect();
    assert!(missing.is_empty(), "{missing:?}");
}
