//! What the parser and the static check say; the messages are in the golden files.

use std::fmt::Write;

use form::expr::{Expr, ExprProblem, Place, Role, Type, check};

use super::small_form::SmallForm;

const RELEVANT: Place<'_> = Place { role: Role::Relevant, owner: Some("inne"), repeat: None };
const CALCULATION: Place<'_> = Place { role: Role::Calculation, owner: Some("inne"), repeat: None };
const CONSTRAINT: Place<'_> = Place { role: Role::Constraint, owner: Some("liczba_opc"), repeat: None };

/// The expression, each problem with its span underlined, and the type.
fn printed(source: &str, place: Place<'_>) -> String {
    let (found, problems) = match Expr::parse(source) {
        Ok(expr) => check(&expr, &SmallForm, place),
        Err(problems) => (Type::Any, problems),
    };
    let mut out = format!("{source}\n");
    for ExprProblem { span, code, message, help } in problems {
        let before = source[..span.start].chars().count();
        let width = source[span].chars().count().max(1);
        writeln!(out, "{}{} {code}: {message}", " ".repeat(before), "^".repeat(width)).unwrap();
        if !help.is_empty() {
            writeln!(out, "    pomoc: {help}").unwrap();
        }
    }
    writeln!(out, "    = {found:?}\n").unwrap();
    out
}

fn codes(source: &str, place: Place<'_>) -> Vec<&'static str> {
    let problems = match Expr::parse(source) {
        Ok(expr) => check(&expr, &SmallForm, place).1,
        Err(problems) => problems,
    };
    problems.into_iter().map(|problem| problem.code).collect()
}

fn golden(name: &str, place: Place<'_>, sources: &[&str]) {
    let text: String = sources.iter().map(|source| printed(source, place)).collect();
    insta::assert_snapshot!(name, text);
}

#[test]
fn the_parser_says_what_is_refused_and_what_to_write_instead() {
    let sources = [
        "",
        "${media_czy} = tak",
        "${liczba} > 0 and",
        "(${liczba} > 0",
        "${liczba} > 0)",
        "${liczba} 5",
        "${liczba",
        "'tak",
        "${a-b} = 1",
        "${ liczba } = 1",
        "summ(${liczba}) > 1",
        "substring('abc', 1, 2)",
        "now() > 5",
        "indexed-repeat(${naklad}, ${medium}, 2)",
        "round()",
        "string('a', 'b')",
        "concat(1, 2",
        "/data/liczba = 1",
        "${medium}[1]",
        "child::liczba",
        "${liczba} == 1 && ${kwota} <> 2 || ${liczba} ≥ 3",
        "${liczba} AND 1",
        "${liczba} > 5,5",
        "${liczba} > 1e3",
        "../liczba > 1",
        "$liczba > 1",
        "position(1)",
        "count('a')",
        "format-date(today(), '%d.%H')",
        "jr:choice-name(${media_czy}, '${rodzaje}')",
        "unit(kind)",
        "${media_czy} = true",
        "${liczba} % 2 = 0",
        "${liczba} # 2",
        "if(${media_czy} = tak, nie, tak)",
    ];
    golden("parser", RELEVANT, &sources);
}

#[test]
fn the_check_says_what_is_wrong_in_a_condition() {
    let sources = [
        "${liczb} > 0",
        "${media_czy} = 'takk'",
        "'Tak' = ${media_czy}",
        "${rodzaje} = 'strategia innne'",
        "selected(${rodzaje}, 'strategie')",
        "${media_czy} = ' tak'",
        "${ocena} = 4",
        "${rodzaje} = 'strategia  inne'",
        "selected(${rodzaje}, '')",
        "selected(${rodzaje}, 'strategia program')",
        "selected(${rodzaje}, 1)",
        "selected(${media_czy}, 'tak')",
        "selected(${opis}, 'tak')",
        "count-selected(${opis}) > 1",
        "${dzien} <= '2024-06-30'",
        "'2024-06-30' = ${dzien}",
        "${liczba} > 'dużo'",
        "${opis} > 5",
        "number('2024-06-30') > 1",
        "'2024-06-30' + 1 > 2",
        "date('2023-02-29') < today()",
        "${liczba}",
        "${liczba} + 1",
        "1",
        "not(${liczba})",
        "if(${liczba}, 1, 2) = 1",
        "${media_czy} = 'tak' and ${opis}",
        "${naklad} > 5",
        "${medium} > 1",
        "${czesc} = 'a'",
        "${uwaga} = 'a'",
        "sum(${liczba}) > 1",
        "sum(${nazwa}) > 1",
        "max(${liczba}) > 1",
        "${inne} = 1",
        "${pozniejsze} > 1",
        ". > 1",
        "position(..) = 1",
        "3 < ${liczba} < 5",
        "selected(${rodzaje}, 'inne') + 1 > 1",
        "${dzien} * 2 > 1",
        "${media_czy} > 1",
        "${rodzaje} > 1",
        "${media_czy} = ${liczba}",
        "unit('kinds') = 'gmina'",
        "1 = 2",
        "true()",
        "${media_czy} = 'tak' and ${media_czy} = 'nie'",
        "${liczba_opc} != 0",
        "not(${liczba_opc} > 0)",
        "round(${liczba}, 13) = 1",
        "previous(${naklad}) = 1",
        "format-date('2024-01-01', '%Y') = '2024'",
    ];
    golden("condition", RELEVANT, &sources);
}

#[test]
fn the_check_says_what_is_wrong_in_a_calculation() {
    let sources = [
        "if(${media_czy} = 'tak', 1, 'nie')",
        "coalesce(${dzien}, 0)",
        "${liczba_opc} + ${kwota}",
        "${opis} + 1",
        "${media_czy} * 2",
        "inne + 1",
        "${inne} + 1",
    ];
    golden("calculation", CALCULATION, &sources);
}

#[test]
fn sound_conditions_raise_nothing() {
    let sources = [
        "${media_czy} = 'tak'",
        "${liczba} > 0 and selected(${rodzaje}, 'inne')",
        "${liczba_opc} != '' and ${liczba_opc} != 5",
        "${liczba_opc} = '' or ${liczba_opc} != 5",
        "if(${liczba_opc} > 0, ${liczba_opc} != 5, false())",
        "count(${medium}) > 0",
        "sum(${naklad}) > count-non-empty(${nazwa})",
        "${dzien} <= date('2024-06-30')",
        "${dzien} <= today() + 30",
        "${ocena} >= 2",
        "${ocena} = 2",
        "${rodzaje} = 'strategia inne'",
        "join(', ', ${nazwa}) = ''",
        "unit('kind') = 'gmina'",
        "${liczba} > previous(${liczba}) * 2",
        "is-unknown(${kwota})",
        "regex(${opis}, '[0-9]{2}-[0-9]{3}')",
        "${opis} = ‘tak’",
        "not(selected(${rodzaje}, 'inne'))",
    ];
    for source in sources {
        assert_eq!(codes(source, RELEVANT), Vec::<&str>::new(), "{source}");
    }
}

#[test]
fn the_type_of_a_calculation_is_inferred() {
    let types = [
        ("count(${medium})", Type::Number),
        ("if(${liczba} > 0, 1, '')", Type::Number),
        ("coalesce(${kwota}, 0)", Type::Number),
        ("concat(${opis}, 'a')", Type::Text),
        ("${liczba} > 1", Type::Boolean),
        ("date('2024-06-30')", Type::Date),
        ("today() - date('2024-06-30')", Type::Number),
        ("if(${liczba} > 1, ${media_czy}, 'brak')", Type::Text),
        ("previous(${dzien})", Type::Date),
    ];
    for (source, expected) in types {
        let (found, problems) = check(&Expr::parse(source).unwrap(), &SmallForm, CALCULATION);
        assert_eq!((found, problems), (expected, vec![]), "{source}");
    }
}

#[test]
fn a_constraint_reads_its_candidate_by_dot_or_by_its_own_name() {
    assert_eq!(codes(". >= 1 and . <= 5000", CONSTRAINT), Vec::<&str>::new());
    assert_eq!(codes(". != 5", CONSTRAINT), Vec::<&str>::new());
    assert_eq!(codes("${liczba_opc} > 1", CONSTRAINT), ["W113"]);
    assert_eq!(codes(". <= previous(${liczba_opc}) * 2", CONSTRAINT), Vec::<&str>::new());
    assert_eq!(codes(". = 'abc'", CONSTRAINT), ["F214"]);
}

#[test]
fn inside_a_repeat_a_question_of_it_is_one_value_and_not_a_list() {
    let inside = Place { role: Role::Relevant, owner: Some("inne"), repeat: Some("medium") };
    assert_eq!(codes("${naklad} > 5 and position(..) > 1", inside), Vec::<&str>::new());
    assert_eq!(codes("sum(${naklad}) > 5", inside), ["F218"]);
    assert_eq!(codes("count(${medium}) > 5", inside), ["F218"]);
    assert_eq!(codes("concat(${nazwa}, 'a') = 'ba'", inside), Vec::<&str>::new());
}

#[test]
fn a_choice_filter_is_a_column_compared_with_a_question() {
    let place = Place { role: Role::ChoiceFilter, owner: Some("inne"), repeat: None };
    let expr = Expr::parse_filter("powiat = ${opis}").unwrap();
    assert_eq!(check(&expr, &SmallForm, place).1, vec![]);
    let unknown = Expr::parse_filter("powiatt = ${opis}").unwrap();
    assert_eq!(check(&unknown, &SmallForm, place).1[0].code, "F204");
    for source in
        ["powiat != ${opis}", "${opis} = powiat", "powiat = 'a'", "powiat = ${opis} and a = ${opis}"]
    {
        assert_eq!(Expr::parse_filter(source).unwrap_err()[0].code, "F228", "{source}");
    }
}

#[test]
fn limits_of_length_depth_and_references_hold_exactly() {
    let nested = |depth: usize| format!("{}1{}", "(".repeat(depth), ")".repeat(depth));
    assert!(Expr::parse(&nested(64)).is_ok());
    assert_eq!(Expr::parse(&nested(65)).unwrap_err()[0].code, "F202");
    let references = |count: usize| vec!["${a}"; count].join("+");
    assert!(Expr::parse(&references(200)).is_ok());
    assert_eq!(Expr::parse(&references(201)).unwrap_err()[0].code, "F202");
    let long = |length: usize| format!("'{}'", "ł".repeat(length - 2));
    assert!(Expr::parse(&long(2000)).is_ok());
    assert_eq!(Expr::parse(&long(2001)).unwrap_err()[0].code, "F202");
    assert!(Expr::parse(&"9".repeat(616)).is_ok());
    assert_eq!(Expr::parse(&"9".repeat(617)).unwrap_err()[0].code, "F202");
    assert!(Expr::parse(&"1+".repeat(999).chars().chain(['1']).collect::<String>()).is_ok());
}

#[test]
fn the_deepest_expression_is_parsed_checked_and_evaluated() {
    let level = |inner: String| format!("1=1<1+1*-({inner})");
    let source = (0..32).fold("1".to_owned(), |inner, _| level(inner));
    let expr = Expr::parse(&source).unwrap();
    assert_eq!(Expr::parse(&expr.root().to_string()).unwrap().root(), expr.root());
    assert_eq!(check(&expr, &SmallForm, RELEVANT).0, Type::Boolean);
    assert!(form::expr::jsonl::eval_with(&source, &[], chrono::NaiveDate::default()).is_ok());
}

#[test]
fn patterns_mean_the_same_in_rust_and_in_javascript_or_are_refused() {
    let allowed = [
        "[0-9]{2}-[0-9]{3}",
        "(a|b)+",
        "(?:x)?",
        r"\d{4}",
        r"\w+@\w+\.pl",
        r"[\d\-x]",
        r"\p{Lu}\p{L}*",
        r"[^ ]*",
        ".*",
        r"\u0142",
        "(?<rok>[0-9]+)",
        "a{2,}?",
        r"\bkot\b",
        "[a-z-]",
        "",
    ];
    let refused = [
        "(?P<a>x)",
        "(?x)a b",
        "(?i)a",
        r"\Aabc",
        r"abc\z",
        "[[:alpha:]]",
        "[a&&b]",
        "[a[b]]",
        "(?=a)",
        "(?<!a)",
        r"(a)\1",
        "a**",
        "*a",
        "a{,3}",
        "{",
        "}",
        "]",
        "(",
        ")",
        r"\-",
        r"\x{41}",
        r"\pL",
        r"\p{Greek}",
        "[]",
        "[z-a]",
        r"[\d-x]",
        r"\Q",
        "(.{1000}){1000}",
        r"\h",
        "a++",
        "^*",
        "\\",
    ];
    for pattern in allowed {
        assert!(Expr::parse(&format!("regex(., \"{pattern}\")")).is_ok(), "{pattern}");
    }
    for pattern in refused {
        let problems = Expr::parse(&format!("regex(., \"{pattern}\")")).unwrap_err();
        assert_eq!(problems[0].code, "F210", "{pattern}");
    }
}
