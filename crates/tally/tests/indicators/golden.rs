//! The eleven indicators of the report of 2024: what it prints, what comes out, and what to beware of.

use std::fmt::Write as _;

use tally::indicator::{
    Assessment, Base, Beside, Definition, Kind, OfYear, Part, Role, Rule, Style, TargetReading, Value,
    Warning, assess, percent,
};

use crate::{n, part, plain, span, value};

/// An indicator of the report: code, what it is, values, numbers beside them, the printed degree.
struct Printed {
    code: &'static str,
    definition: Definition,
    values: Vec<Value>,
    beside: Vec<Beside>,
    printed: &'static str,
}

fn since(year: i32, definition: Definition) -> Definition {
    Definition { since: Some(year), ..definition }
}

fn parts(years: &str, parts: &[(&str, i64, Option<&str>)]) -> Value {
    let part = |(name, number, note): &(&str, i64, Option<&str>)| Part {
        name: (*name).into(),
        number: Some(n(*number)),
        incomplete: note.map(str::to_owned),
        ..Part::default()
    };
    Value { parts: parts.iter().map(part).collect(), ..value(years, 0) }
}

fn jobs(from_offices: i64) -> Printed {
    let reading = TargetReading { meaning: "1 090 ponad bazę".into(), target: n(1144) };
    let there = Beside {
        role: Role::SameFact { part: "UP".into(), place: "4.11".into() },
        span: span("2024"),
        name: "wszystkie PES".into(),
        number: n(33),
    };
    Printed {
        code: "W2.1",
        definition: Definition {
            readings: vec![reading],
            ..since(2021, plain(Kind::Sum, Rule::Net, 54, 1090))
        },
        values: vec![
            value("2021–2023", 264),
            parts("2024", &[("OWES", 210, Some("nie wszystkie OWES")), ("UP", from_offices, None)]),
        ],
        beside: vec![there],
        printed: "48,46%",
    }
}

fn report() -> Vec<Printed> {
    let printed =
        |code, definition, values, printed| Printed { code, definition, values, beside: Vec::new(), printed };
    let survey = Definition {
        base: Base::Number(part(755, 1000)),
        readings: vec![
            TargetReading { meaning: "10% bazy".into(), target: part(8305, 10_000) },
            TargetReading { meaning: "10 p.p.".into(), target: part(855, 1000) },
        ],
        ..Definition::new(Kind::Share, Rule::Survey, None)
    };
    let threshold = Definition {
        style: Style { percent: true, places: 0 },
        ..Definition::new(Kind::Share, Rule::Threshold, part(70, 100))
    };
    let age = Value {
        parts: vec![Part { number: Some(part(68, 74)), shown: Some("68 / 74".into()), ..Part::default() }],
        ..value("2024", 0)
    };
    let types = Printed {
        beside: vec![Beside {
            role: Role::Balance,
            span: span("2024"),
            name: "saldo sześciu typów".into(),
            number: n(-1),
        }],
        ..printed(
            "W4.2",
            since(2021, plain(Kind::Sum, Rule::ZeroBase, 0, 50)),
            vec![
                value("2021–2023", 27),
                parts("2024", &[("KIS", 2, None), ("WTZ", 1, None), ("spółki", 3, None)]),
            ],
            "66%",
        )
    };
    let practice = Definition {
        base: Base::NoData,
        ..since(2021, Definition::new(Kind::Distinct, Rule::ZeroBase, n(20)))
    };
    vec![
        printed("W1.1", survey, vec![], "–"),
        printed(
            "W1.2",
            since(2021, plain(Kind::Sum, Rule::Net, 48, 98)),
            vec![value("2021–2023", 36), value("2024", 16)],
            "104%",
        ),
        jobs(28),
        printed("W2.2", threshold, vec![age], "–"),
        printed(
            "W3.1",
            plain(Kind::Level, Rule::YearOnYear, 3525, 45),
            vec![value("2022", 3737), value("2023", 3763), value("2024", 3861)],
            "–",
        ),
        printed(
            "W3.2",
            since(2021, plain(Kind::Sum, Rule::Net, 71, 771)),
            vec![value("2021–2022", 55), value("2023", 104), value("2024", 95)],
            "36,29%",
        ),
        printed(
            "W4.1",
            since(2023, plain(Kind::Sum, Rule::Gross, 60, 90)),
            vec![value("2023", 12), value("2024", 16)],
            "97,78%",
        ),
        types,
        printed(
            "W5.1",
            since(2021, plain(Kind::Sum, Rule::ZeroBase, 0, 10)),
            vec![value("2021–2023", 3), value("2024", 2)],
            "50%",
        ),
        printed(
            "W5.2",
            practice,
            vec![value("2021–2023", 18), parts("2024", &[("regionalny", 3, None), ("stołeczny", 35, None)])],
            "280%",
        ),
        printed(
            "W5.3",
            since(2021, plain(Kind::Sum, Rule::Net, 3, 20)),
            vec![value("2021–2023", 6), value("2024", None)],
            "35,29%",
        ),
    ]
}

fn found(one: &Printed) -> Assessment {
    assess(&one.definition, &one.values, &one.beside, 2024).unwrap()
}

#[test]
fn every_printed_degree_comes_out_and_every_trap_is_told() {
    let mut table = String::new();
    for one in report() {
        let found = found(&one);
        let style = one.definition.style;
        let of_year = match &found.of_year {
            OfYear::Number(number) => style.print(number),
            OfYear::NoData => "b.d.".into(),
            OfYear::NotEntered => "nie wpisano".into(),
            OfYear::NotMeasured => "nie mierzono".into(),
        };
        let degree = found.degree.as_ref().map_or_else(|| "–".into(), percent);
        if one.printed != "–" {
            assert_eq!(degree, one.printed, "{}", one.code);
        }
        writeln!(
            table,
            "{} ({:?}): {of_year}, printed {}, found {degree}",
            one.code, one.definition.rule, one.printed
        )
        .unwrap();
        for step in &found.steps {
            writeln!(table, "    {step}").unwrap();
        }
        if let Some(other) = &found.by_default {
            writeln!(table, "    by the programme's rule: {}", percent(other)).unwrap();
        }
        if let Some(distance) = &found.distance {
            writeln!(table, "    distance: {}", style.print_difference(distance)).unwrap();
        }
        if let Some(met) = found.met {
            writeln!(table, "    reached: {met}").unwrap();
        }
        if !found.marks.is_empty() {
            writeln!(table, "    marks: {:?}", found.marks).unwrap();
        }
        for warning in &found.warnings {
            writeln!(table, "    ! {}: {}", warning.code(), told(warning)).unwrap();
        }
    }
    insta::assert_snapshot!(table);
}

/// The facts of a warning in one line.
fn told(warning: &Warning) -> String {
    let shown = |degree: &Option<_>| degree.as_ref().map_or_else(|| "–".to_owned(), percent);
    match warning {
        Warning::OtherRule { rule, default, degree, by_default } => {
            format!("{rule:?} {}, {default:?} {}", shown(degree), shown(by_default))
        }
        Warning::MissedYear { year, change, target } => format!("{year}: {change} < {target}"),
        Warning::NoDataAsZero { spans, base } => {
            let spans: Vec<String> = spans.iter().map(ToString::to_string).collect();
            format!("{} base: {base}", spans.join(", "))
        }
        Warning::MissingYears { years } => format!("{years:?}"),
        Warning::OnlyIncreases { span, counted, cumulative, balance } => {
            format!("{span}: {counted} counted, {cumulative} in all, balance {balance}")
        }
        Warning::IncompletePart { span, part, note } => format!("{span} {part}: {note:?}"),
        Warning::MayRepeat { cumulative, spans } => format!("{cumulative} over {spans} spans"),
        Warning::AmbiguousTarget { readings } => readings
            .iter()
            .map(|reading| format!("{} ({}) {}", reading.meaning, reading.target, shown(&reading.degree)))
            .collect::<Vec<_>>()
            .join("; "),
        Warning::DiffersElsewhere { here, there, place, degree, .. } => {
            format!("{here} here, {there} in {place}: {}", shown(degree))
        }
        Warning::NothingToReach => String::new(),
    }
}

#[test]
fn with_the_thirty_three_jobs_of_action_4_11_the_degree_would_be_another() {
    assert_eq!(percent(&found(&jobs(33)).degree.unwrap()), "48,94%");
    assert_eq!(found(&jobs(33)).cumulative, Some(n(507)));
    let here = found(&jobs(28));
    assert_eq!(here.cumulative, Some(n(502)));
    let differs = here.warnings.iter().find(|warning| warning.code() == "differs_elsewhere").unwrap();
    assert!(
        matches!(differs, Warning::DiffersElsewhere { degree: Some(degree), .. } if percent(degree) == "48,94%")
    );
    assert!(!found(&jobs(33)).warnings.iter().any(|warning| warning.code() == "differs_elsewhere"));
}

#[test]
fn the_year_before_gives_the_degree_of_its_own_time() {
    let participants = report().into_iter().find(|one| one.code == "W3.1").unwrap();
    let earlier = assess(&participants.definition, &participants.values, &[], 2023).unwrap();
    assert_eq!(percent(&earlier.degree.unwrap()), "57,78%");
    assert_eq!(earlier.met, Some(false));
    assert!(earlier.warnings.is_empty(), "the year itself is no earlier year: {:?}", earlier.warnings);
    assert_eq!(percent(&found(&participants).degree.unwrap()), "217,78%");
}
