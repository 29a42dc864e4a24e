//! The pages of indicators filled with invented values, for the tests of the markup.
use askama::Template;
use store::{IndicatorValue, ValueSource, ValueState};
use survey::programme::{Indicator, MeasureName, Rule};
use survey::{IndicatorValueId, Timestamp};
use tally::indicator::{self, Base, Definition, Kind, Plan, Span, Value};

use super::samples::HOSTILE;
use super::{IndicatorPage, IndicatorsPage, Layout};
use crate::service::indicators::{Entry, IndicatorSheet, Indicators, Offer};
use crate::service::measures::AsOf;

const LIST: &str = "/panel/mazowsze/2024/wskazniki";

const DECLARED: &str = r#"
code = "W2.1"
goal = 2
name = "Liczba miejsc pracy"
unit = "miejsca pracy"
kind = "sum"
versions = [{ from = 2021, rule = "net", plan = "linear", base = { value = 54, year = 2020 }, target = { value = 1090, year = 2030 }, parts = [{ code = "up", name = "UP", source = "up.miejsca" }] }]
"#;

fn number(number: i64) -> form::number::Rational {
    form::number::Rational::from_integer(number.into())
}

fn entry(no: i32, span: Span, current: bool, bound: Option<i64>) -> Entry {
    let row = IndicatorValue {
        id: IndicatorValueId(uuid::Uuid::nil()),
        code: "W2.1".into(),
        no,
        year_from: span.from(),
        year_to: span.to(),
        part: bound.map_or_else(String::new, |_| "up".into()),
        state: ValueState::Entered,
        number: Some("28".into()),
        source: if bound.is_some() { ValueSource::Measure } else { ValueSource::Manual },
        measure: bound.map(|_| "up.miejsca".into()),
        edition_id: None,
        document: Some(HOSTILE.into()),
        page: Some(HOSTILE.into()),
        accessed_on: chrono::NaiveDate::from_ymd_opt(2025, 4, 30),
        file: Some(HOSTILE.into()),
        incomplete: true,
        redefined: true,
        note: Some(HOSTILE.into()),
        reason: Some(HOSTILE.into()),
        author: "user:analityk".into(),
        created_at: Timestamp::from_millis(1_745_000_000_000),
    };
    let name = if bound.is_some() { HOSTILE.into() } else { String::new() };
    Entry {
        row,
        span,
        name,
        current,
        number: Some(number(30)),
        bound: bound.map(number),
        hidden: false,
        edition: None,
    }
}

fn sheet(empty: bool) -> IndicatorSheet {
    let declared: Indicator = toml::from_str(DECLARED).expect("a declaration");
    let version = declared.at(2024).expect("valid in 2024").clone();
    let definition = Definition {
        base: Base::Number(number(54)),
        plan: Some(Plan::Linear { from: 2020, to: 2030 }),
        ..Definition::new(Kind::Sum, indicator::Rule::Gross, number(1090))
    };
    let year = |year| Span::new(year, year).expect("a year");
    let mut values = Vec::new();
    let mut history = Vec::new();
    if !empty {
        let mut part = Value::whole(year(2024), Some(number(30)));
        part.parts[0].name = HOSTILE.into();
        part.parts[0].incomplete = Some(HOSTILE.into());
        values = vec![Value::whole(year(2022), Some(number(264))), Value::whole(year(2023), None), part];
        history = vec![
            entry(1, year(2022), false, None),
            entry(2, year(2022), true, None),
            entry(3, year(2024), true, Some(28)),
        ];
    }
    let found = indicator::assess(&definition, &values, &[], 2024);
    let measure = MeasureName { form: "up".into(), measure: "miejsca".into() };
    let offer = Offer { part: "up".into(), name: HOSTILE.into(), measure, number: Some(number(28)) };
    assert_eq!(version.rule, Rule::Net);
    IndicatorSheet {
        rev: i32::try_from(history.len()).expect("few"),
        declared,
        version,
        definition,
        history,
        values,
        beside: Vec::new(),
        found,
        offers: vec![offer],
    }
}

fn indicators(sheets: Vec<IndicatorSheet>) -> Indicators {
    Indicators {
        edition: "mazowsze/2024".into(),
        year: 2024,
        as_of: AsOf { seq: 170, frozen: false },
        synthetic: true,
        rule: None,
        indicators: sheets,
    }
}

/// Name and HTML of each page; `panel` makes the surroundings of a title.
pub(super) fn pages(panel: impl Fn(&str) -> Layout) -> Vec<(String, String)> {
    let list = |title: &str, sheets| IndicatorsPage::new(panel(title), LIST, &indicators(sheets)).render();
    let one = |title: &str, empty| {
        IndicatorPage::new(panel(title), LIST, "c5".into(), &sheet(empty), 2024).render()
    };
    let pages = [
        ("wskazniki", list("Wskaźniki za 2024 r.", vec![sheet(false), sheet(true)])),
        ("wskazniki-brak", list("Wskaźniki, których nie ma", Vec::new())),
        ("wskaznik", one("Wskaźnik W2.1", false)),
        ("wskaznik-pusty", one("Wskaźnik bez wartości", true)),
    ];
    pages.map(|(name, html)| (name.to_owned(), html.expect("a page that renders"))).into()
}
