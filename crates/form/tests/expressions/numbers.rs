//! Numbers and dates as texts: the language's and the Polish form.

use chrono::NaiveDate;
use form::number::{Number, Rational};
use form::polish::{
    DateTrouble, NumberTrouble, date_long, date_short, decimal, integer, percent, plural, plural_of,
    read_date, read_number, weekday,
};

fn rational(numerator: i64, denominator: i64) -> Rational {
    Rational::new(numerator.into(), denominator.into())
}

#[test]
fn texts_of_numbers_have_fifteen_digits_and_no_exponent() {
    let table = [
        ("0.00000000000000000123", "0.00000000000000000123"),
        ("123456789012345678901234567890", "123456789012345678901234567890"),
        ("999999999999999.9", "1000000000000000"),
        ("0.1234567890123455", "0.123456789012346"),
        ("-0.1234567890123455", "-0.123456789012345"),
        ("123456789012345678.5", "123456789012346000"),
        ("5.", "5"),
        (".5", "0.5"),
        ("-0", "0"),
        ("1,5", "NaN"),
        ("+1", "NaN"),
        ("1e3", "NaN"),
        (".", "NaN"),
    ];
    for (source, expected) in table {
        assert_eq!(Number::parse(source).to_text(), expected, "{source}");
    }
}

#[test]
fn infinities_and_nan_follow_division() {
    let (one, zero) = (Number::from(1_i64), Number::zero());
    let infinity = one.div(&zero);
    assert_eq!(infinity, Number::Infinity);
    assert_eq!((-&one).div(&zero), Number::NegInfinity);
    assert_eq!(zero.div(&zero), Number::NaN);
    assert_eq!(one.div(&infinity), Number::zero());
    assert_eq!(&infinity - &infinity, Number::NaN);
    assert_eq!(&infinity * &zero, Number::NaN);
    assert_eq!(Number::NaN.compare(&Number::NaN), None);
    assert!(Number::NegInfinity.compare(&one).unwrap().is_lt());
}

#[test]
fn numbers_are_printed_as_polish_readers_expect() {
    assert_eq!(integer(0), "0");
    assert_eq!(integer(999), "999");
    assert_eq!(integer(1090), "1\u{a0}090");
    assert_eq!(integer(-1_234_567), "-1\u{a0}234\u{a0}567");
    assert_eq!(decimal(&rational(123_450, 100), 2), "1\u{a0}234,50");
    assert_eq!(decimal(&rational(97_775, 1000), 2), "97,78");
    assert_eq!(decimal(&rational(-5, 2), 0), "-2");
    assert_eq!(percent(&rational(61, 127), 0), "48%");
    assert_eq!(percent(&rational(8, 135), 1), "5,9%");
    assert_eq!(percent(&rational(1, 200), 0), "1%");
}

#[test]
fn nouns_take_the_form_that_the_number_asks_for() {
    let form = |count| plural_of(count, "podmiot", "podmioty", "podmiotów");
    assert_eq!(form(1), "podmiot");
    for count in [2, 3, 4, 22, 34, 102, 1004] {
        assert_eq!(form(count), "podmioty", "{count}");
    }
    for count in [0, 5, 11, 12, 13, 14, 21, 25, 100, 111, 112, 114, 1012] {
        assert_eq!(form(count), "podmiotów", "{count}");
    }
    assert_eq!(plural(&rational(3, 2), "a", "b", "c"), "c");
}

#[test]
fn dates_are_printed_in_polish() {
    let date = NaiveDate::from_ymd_opt(2025, 1, 17).unwrap();
    assert_eq!(date_long(date), "17 stycznia 2025 r.");
    assert_eq!(date_short(date), "17.01.2025");
    assert_eq!(weekday(date), "piątek");
}

#[test]
fn numbers_typed_by_people_are_read_or_refused_but_never_guessed() {
    let read = [
        ("1234", 1234, 1),
        ("1 234", 1234, 1),
        ("1\u{a0}234", 1234, 1),
        ("1\u{202f}234 567", 1_234_567, 1),
        ("1 234,50", 2469, 2),
        ("1234.50", 2469, 2),
        ("12,5", 25, 2),
        ("12.5", 25, 2),
        ("-7", -7, 1),
        ("−7", -7, 1),
        ("0.125", 1, 8),
        ("1234.500", 2469, 2),
        ("1,234", 617, 500),
        (" 5 ", 5, 1),
        (",5", 1, 2),
        ("007", 7, 1),
    ];
    for (text, numerator, denominator) in read {
        assert_eq!(read_number(text), Ok(rational(numerator, denominator)), "{text}");
    }
    let ambiguous = NumberTrouble::Ambiguous { thousands: "1090".into(), fraction: "1,090".into() };
    assert_eq!(read_number("1.090"), Err(ambiguous));
    assert!(matches!(read_number("-12.345"), Err(NumberTrouble::Ambiguous { .. })));
    let refused = [
        ("", NumberTrouble::Empty),
        ("1e9", NumberTrouble::Exponent),
        ("2E-3", NumberTrouble::Exponent),
        ("12 34", NumberTrouble::Grouping),
        ("1234 567", NumberTrouble::Grouping),
        ("1  234", NumberTrouble::Grouping),
        ("5 zł", NumberTrouble::NotANumber),
        ("12%", NumberTrouble::NotANumber),
        ("1,2,3", NumberTrouble::NotANumber),
        ("1.234.567", NumberTrouble::NotANumber),
        ("ok. 5", NumberTrouble::NotANumber),
        ("-", NumberTrouble::NotANumber),
        ("5,", NumberTrouble::NotANumber),
        ("--5", NumberTrouble::NotANumber),
        (".", NumberTrouble::NotANumber),
    ];
    for (text, trouble) in refused {
        assert_eq!(read_number(text), Err(trouble), "{text}");
    }
    assert_eq!(read_number(&"9".repeat(2000)), Err(NumberTrouble::TooLong));
}

#[test]
fn dates_typed_by_people_are_read_in_both_orders() {
    let date = NaiveDate::from_ymd_opt(2025, 2, 4).unwrap();
    for text in ["2025-02-04", "04.02.2025", "4.2.2025", " 04.02.2025 "] {
        assert_eq!(read_date(text), Ok(date), "{text}");
    }
    assert_eq!(read_date(""), Err(DateTrouble::Empty));
    assert_eq!(read_date("30.02.2025"), Err(DateTrouble::NoSuchDay));
    for text in
        ["4.2.25", "2025-2-4", "02/04/2025", "jutro", "4.2.2025 r.", "2025.02.04", "04-02-2025", "+4.2.2025"]
    {
        assert_eq!(read_date(text), Err(DateTrouble::Shape), "{text}");
    }
}
