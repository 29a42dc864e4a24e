//! What must hold for every expression and every number.

use std::borrow::Cow;

use chrono::NaiveDate;
use form::expr::jsonl::eval_line;
use form::expr::{Call, Expr, Function, Node, NodeKind, Operator, Place, Role, Scope, Value, check, eval};
use form::number::{Number, Rational};
use form::polish::{decimal, integer, read_number};
use proptest::prelude::*;

use super::small_form::SmallForm;

const OPERATORS: [Operator; 13] = [
    Operator::Or,
    Operator::And,
    Operator::Equal,
    Operator::NotEqual,
    Operator::Less,
    Operator::LessOrEqual,
    Operator::Greater,
    Operator::GreaterOrEqual,
    Operator::Add,
    Operator::Subtract,
    Operator::Multiply,
    Operator::Divide,
    Operator::Modulo,
];

fn node(kind: NodeKind) -> Node {
    Node { kind, span: 0..0 }
}

fn literal_text(text: String) -> Node {
    node(NodeKind::Literal(Value::Text(text)))
}

fn reference() -> impl Strategy<Value = Node> {
    prop::sample::select(vec!["media_czy", "liczba", "kwota", "dzien", "opis", "rodzaje", "naklad", "nazwa"])
        .prop_map(|name| node(NodeKind::Reference(name.to_owned())))
}

fn leaf() -> impl Strategy<Value = Node> {
    let number = "[0-9]{1,4}(\\.[0-9]{0,4})?"
        .prop_map(|text: String| node(NodeKind::Literal(Value::Number(Number::parse(&text)))));
    let text = prop_oneof![
        Just(String::new()),
        Just("2024-06-30".to_owned()),
        Just("-12.5".to_owned()),
        "[a-zł0-9 \"]{0,6}".prop_map(|text: String| text),
    ];
    let plain =
        prop::sample::select(vec![Function::True, Function::False, Function::Today, Function::Position])
            .prop_map(|function| node(NodeKind::Call(Call { function, arguments: vec![], pattern: None })));
    prop_oneof![number, text.prop_map(literal_text), reference(), Just(node(NodeKind::This)), plain]
}

/// Operators of one level with as many operands as there are, and the calls that take any expression.
fn tree() -> impl Strategy<Value = Node> {
    leaf().prop_recursive(5, 40, 4, |inner| {
        let chain = (
            prop::sample::select(OPERATORS.to_vec()),
            prop::collection::vec(inner.clone(), 2..4),
            any::<u8>(),
        );
        let chain = chain.prop_map(|(operator, operands, salt)| chained(operator, operands, salt));
        let negate = inner.clone().prop_map(|operand| node(NodeKind::Negate(Box::new(operand))));
        let functions: Vec<&str> = Function::names().collect();
        let call = (prop::sample::select(functions), prop::collection::vec(inner, 3), reference());
        let call = call.prop_map(|(name, operands, listed)| called(name, operands, listed));
        prop_oneof![chain, negate, call]
    })
}

fn chained(operator: Operator, operands: Vec<Node>, salt: u8) -> Node {
    let same: Vec<Operator> =
        OPERATORS.into_iter().filter(|other| other.level() == operator.level()).collect();
    let mut operands = operands.into_iter();
    let first = operands.next().expect("at least two operands");
    let pick = |index: usize| same[(index + usize::from(salt)) % same.len()];
    let rest = operands.enumerate().map(|(index, operand)| (pick(index), operand)).collect();
    node(NodeKind::Chain(Box::new(first), rest))
}

/// A call with the form of arguments that the function demands. Patterns are left to the tests of patterns.
fn called(name: &str, operands: Vec<Node>, listed: Node) -> Node {
    let function = Function::named(name).expect("a name of the table");
    let (least, greatest) = function.arity();
    let count = operands.len().clamp(least, greatest);
    let mut arguments: Vec<Node> = operands.into_iter().take(count).collect();
    match function {
        Function::Count
        | Function::CountNonEmpty
        | Function::Sum
        | Function::IsUnknown
        | Function::Previous => {
            arguments = vec![listed];
        }
        Function::ChoiceName => {
            let quoted = literal_text(listed.to_string());
            arguments = vec![listed, quoted];
        }
        Function::Unit => arguments = vec![literal_text("kind".to_owned())],
        Function::FormatDate => arguments[1] = literal_text("%d.%m.%Y".to_owned()),
        Function::Regex => return arguments.swap_remove(0),
        _ => {}
    }
    node(NodeKind::Call(Call { function, arguments, pattern: None }))
}

struct Answers(Vec<Value>);

impl Scope for Answers {
    fn value(&self, name: &str) -> Option<Cow<'_, Value>> {
        if matches!(name, "naklad" | "nazwa") {
            return Some(Cow::Owned(Value::List(self.0.clone())));
        }
        Some(Cow::Borrowed(&self.0[name.len() % self.0.len()]))
    }

    fn this(&self) -> Option<Cow<'_, Value>> {
        self.0.first().map(Cow::Borrowed)
    }

    fn position(&self) -> Option<u64> {
        Some(2)
    }

    fn today(&self) -> Option<NaiveDate> {
        NaiveDate::from_ymd_opt(2025, 1, 17)
    }
}

fn answer() -> impl Strategy<Value = Value> {
    prop_oneof![
        Just(Value::empty()),
        "[a-z0-9 ./-]{0,12}".prop_map(Value::Text),
        any::<i64>().prop_map(|whole| Value::Number(Number::from(whole))),
        (any::<i64>(), 1..1000_i64)
            .prop_map(|(a, b)| Value::Number(Rational::new(a.into(), b.into()).into())),
        (0..60_000_i64).prop_map(|days| Value::Date(NaiveDate::default() + chrono::Duration::days(days))),
    ]
}

proptest! {
    #[test]
    fn printing_a_tree_and_parsing_it_gives_the_same_tree(tree in tree()) {
        let text = tree.to_string();
        prop_assume!(text.chars().count() <= 2000);
        let parsed = Expr::parse(&text);
        prop_assert!(parsed.is_ok(), "{text}: {parsed:?}");
        let parsed = parsed.unwrap();
        prop_assert_eq!(parsed.root(), &tree, "{}", text);
    }

    #[test]
    fn evaluating_and_checking_never_panic(tree in tree(), answers in prop::collection::vec(answer(), 1..5)) {
        let text = tree.to_string();
        prop_assume!(text.chars().count() <= 2000);
        let expr = Expr::parse(&text).unwrap();
        let scope = Answers(answers);
        let first = eval(&expr, &scope);
        prop_assert_eq!(&first, &eval(&expr, &scope));
        for role in [Role::Relevant, Role::Constraint, Role::Calculation, Role::Of] {
            for problem in check(&expr, &SmallForm, Place { role, owner: Some("kwota"), repeat: None }).1 {
                prop_assert!(text.get(problem.span).is_some());
            }
        }
    }

    #[test]
    fn parsing_never_panics_and_spans_lie_in_the_text(source in "\\PC{0,60}") {
        if let Err(problems) = Expr::parse(&source) {
            prop_assert!(!problems.is_empty());
            for problem in problems {
                prop_assert!(source.get(problem.span).is_some());
            }
        }
    }

    #[test]
    fn parsing_pieces_of_the_language_in_any_order_never_panics(pieces in prop::collection::vec(
        prop::sample::select(vec![
            "${a}", "${", "}", "'", "\"", "‘x’", "„", "(", ")", ",", ".", "..", "-", "=", "!=", "<", "and", "or", "div",
            "mod", "if(", "regex(", "'[a-z", "position(", "count(", "jr:choice-name(", "date(", " ", "5", ".5", "1e3",
            "ł", "//", "[", "::", "$", "\u{a0}", "👍", "tak",
        ]), 0..30)) {
        let source = pieces.concat();
        if let Err(problems) = Expr::parse(&source) {
            prop_assert!(!problems.is_empty());
            for problem in problems {
                prop_assert!(source.get(problem.span).is_some());
            }
        }
        let _ = Expr::parse_filter(&source);
    }

    #[test]
    fn any_pattern_is_compiled_or_refused(pattern in "[\\[\\](){}a-c0-9^$.*+?|\\\\dwpPuxk<>:=!,&-]{0,16}") {
        let source = format!("regex('abc', '{pattern}')");
        if let Err(problems) = Expr::parse(&source) {
            for problem in problems {
                prop_assert!(source.get(problem.span).is_some());
            }
        }
    }

    #[test]
    fn any_line_is_answered_with_json(line in "\\PC{0,80}") {
        let answer = eval_line(&line, NaiveDate::default());
        prop_assert!(serde_json::from_str::<serde_json::Value>(&answer).is_ok());
    }

    #[test]
    fn numbers_survive_being_written_and_read(digits in any::<i64>(), places in 0..15_u32) {
        let digits = digits % 1_000_000_000_000_000;
        let number = Number::new(Rational::new(digits.into(), num_bigint::BigInt::from(10).pow(places)));
        prop_assert_eq!(&Number::parse(&number.to_text()), &number);
        let stored = serde_json::to_string(&number).unwrap();
        prop_assert_eq!(serde_json::from_str::<Number>(&stored).unwrap(), number);
    }

    #[test]
    fn fractions_survive_being_stored(numerator in any::<i64>(), denominator in 1..i64::MAX) {
        let number = Number::new(Rational::new(numerator.into(), denominator.into()));
        let stored = serde_json::to_string(&number).unwrap();
        prop_assert_eq!(serde_json::from_str::<Number>(&stored).unwrap(), number);
    }

    #[test]
    fn what_is_printed_in_polish_is_read_back(digits in any::<i64>(), places in 0..6_u32) {
        prop_assert_eq!(read_number(&integer(digits)).unwrap(), Rational::from_integer(digits.into()));
        let number = Rational::new(digits.into(), num_bigint::BigInt::from(10).pow(places));
        prop_assert_eq!(read_number(&decimal(&number, places)).unwrap(), number);
    }

    #[test]
    fn reading_what_people_type_never_panics(text in "\\PC{0,20}") {
        let _ = read_number(&text);
        let _ = form::polish::read_date(&text);
    }

    #[test]
    fn rounding_moves_a_number_by_at_most_half_and_ties_upwards(numerator in any::<i32>(), denominator in 1..1000_i32) {
        let value = Rational::new(numerator.into(), denominator.into());
        let rounded = form::number::round(&value, 1);
        let difference = &rounded - &value;
        let half = Rational::new(1.into(), 20.into());
        prop_assert!(difference <= half && difference > -half);
    }
}
