//! Numbers and dates as people in Poland write them: printed in one way, read in several, never guessed.

use chrono::{Datelike, NaiveDate, Weekday};
use num_bigint::BigInt;
use num_traits::Signed;

use crate::number::{Rational, half_up, last_two_digits, parse_decimal, round};

/// The space between groups of three digits.
const GROUP_SPACE: char = '\u{a0}';

const MONTHS: [&str; 12] = [
    "stycznia",
    "lutego",
    "marca",
    "kwietnia",
    "maja",
    "czerwca",
    "lipca",
    "sierpnia",
    "września",
    "października",
    "listopada",
    "grudnia",
];

/// Decimal places beyond which a typed number is not printed in full.
const TYPED_PLACES: u32 = 15;
/// From here on typed whole numbers are printed in groups of three.
const FIVE_DIGITS: u32 = 10_000;

/// A whole number, digits in groups of three: `1 234` (U+00A0 between groups, from four digits on).
pub fn integer(value: impl Into<BigInt>) -> String {
    group(&value.into().to_string())
}

/// `places` decimals after a comma, rounded half-up: `1 234,50`.
pub fn decimal(value: &Rational, places: u32) -> String {
    let text = half_up(value, places);
    match text.split_once('.') {
        Some((whole, fraction)) => format!("{},{fraction}", group(whole)),
        None => group(&text),
    }
}

/// As few decimals as the value needs, two at most: `69`, `3,5`, `2,15`.
pub fn shortest(value: &Rational) -> String {
    let rounded = round(value, 2);
    let needed = (0..2).find(|places| round(&rounded, *places) == rounded);
    decimal(&rounded, needed.map_or(2, |places| u32::try_from(places).unwrap_or(2)))
}

/// A number that somebody typed, in full (15 decimal places at most). Groups from five digits on only: four may be a
/// year, and read well without a space: `2021`, `12,5`, `10 000`.
pub fn typed(value: &Rational) -> String {
    if value.is_integer() && value.numer().magnitude() < &FIVE_DIGITS.into() {
        return value.numer().to_string();
    }
    let text = decimal(value, TYPED_PLACES);
    text.trim_end_matches('0').trim_end_matches(',').to_owned()
}

/// A share as a percentage without a space: `percent(12/25, 0)` is `48%`.
pub fn percent(share: &Rational, places: u32) -> String {
    format!("{}%", decimal(&(share * BigInt::from(100)), places))
}

/// The form of a noun after a number: 1 podmiot, 2 podmioty, 5 podmiotów, 22 podmioty, 12 podmiotów.
/// The rule is CLDR's for Polish; a number that is not whole takes `many`.
pub fn plural<'a>(count: &Rational, one: &'a str, few: &'a str, many: &'a str) -> &'a str {
    if !count.is_integer() {
        return many;
    }
    let last_two = last_two_digits(count.numer());
    if count.numer().abs() == BigInt::from(1) {
        one
    } else if matches!(last_two % 10, 2..=4) && !matches!(last_two, 12..=14) {
        few
    } else {
        many
    }
}

/// [`plural`] for a count.
pub fn plural_of<'a>(count: u64, one: &'a str, few: &'a str, many: &'a str) -> &'a str {
    plural(&Rational::from_integer(BigInt::from(count)), one, few, many)
}

/// `17 stycznia 2025 r.`
pub fn date_long(date: NaiveDate) -> String {
    format!("{} {} {} r.", date.day(), MONTHS[date.month0() as usize], date.year())
}

/// `17.01.2025`
pub fn date_short(date: NaiveDate) -> String {
    format!("{:02}.{:02}.{:04}", date.day(), date.month(), date.year())
}

/// The name of the day: `piątek`.
pub fn weekday(date: NaiveDate) -> &'static str {
    match date.weekday() {
        Weekday::Mon => "poniedziałek",
        Weekday::Tue => "wtorek",
        Weekday::Wed => "środa",
        Weekday::Thu => "czwartek",
        Weekday::Fri => "piątek",
        Weekday::Sat => "sobota",
        Weekday::Sun => "niedziela",
    }
}

fn group(digits: &str) -> String {
    let (sign, digits) = match digits.strip_prefix('-') {
        Some(rest) => ("-", rest),
        None => ("", digits),
    };
    let mut grouped = sign.to_owned();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            grouped.push(GROUP_SPACE);
        }
        grouped.push(digit);
    }
    grouped
}

/// Why a typed number cannot be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NumberTrouble {
    /// Nothing was typed.
    Empty,
    /// `1.234` is one thousand two hundred thirty-four or a little more than one: the person has to say.
    Ambiguous {
        /// The text that means the number of thousands, e.g. `1234`.
        thousands: String,
        /// The text that means the decimal fraction, e.g. `1,234`.
        fraction: String,
    },
    /// Spaces that do not part thousands, such as `12 34`.
    Grouping,
    /// `1e9`, `2^3`: an exponent.
    Exponent,
    /// Longer than any number that is kept.
    TooLong,
    /// Letters, units, several separators, anything else.
    NotANumber,
}

/// Reads a number typed by a person: `1234`, `1 234` (also with U+00A0, U+202F, U+2009), `1 234,50`, `1234.50`,
/// with an optional leading minus. A point before exactly three digits is refused as ambiguous unless the digits
/// before it cannot be thousands (`0.125`, `1234.500`).
pub fn read_number(text: &str) -> Result<Rational, NumberTrouble> {
    let text = text.trim();
    if text.is_empty() {
        return Err(NumberTrouble::Empty);
    }
    let (sign, unsigned) = match text.strip_prefix(['-', '\u{2212}']) {
        Some(rest) => ("-", rest.trim_start()),
        None => ("", text),
    };
    let (whole, mark, fraction) = split_at_mark(unsigned)?;
    let digits = ungroup(whole)?;
    if digits.is_empty() && fraction.is_empty() {
        return Err(NumberTrouble::NotANumber);
    }
    if mark == Some('.')
        && fraction.len() == 3
        && digits.len() <= 3
        && !digits.starts_with('0')
        && !digits.is_empty()
    {
        return Err(NumberTrouble::Ambiguous {
            thousands: format!("{sign}{digits}{fraction}"),
            fraction: format!("{sign}{digits},{fraction}"),
        });
    }
    parse_decimal(&format!("{sign}{digits}.{fraction}")).ok_or(NumberTrouble::TooLong)
}

/// The digits before and after the decimal mark, and the mark.
fn split_at_mark(unsigned: &str) -> Result<(&str, Option<char>, &str), NumberTrouble> {
    let foreign = |c: char| !(c.is_ascii_digit() || is_group_space(c) || c == ',' || c == '.');
    if unsigned.contains(foreign) {
        let exponent =
            unsigned.contains(['e', 'E', '^']) && unsigned.starts_with(|c: char| c.is_ascii_digit());
        let only_exponent =
            !unsigned.contains(|c: char| foreign(c) && !matches!(c, 'e' | 'E' | '^' | '+' | '-'));
        return Err(if exponent && only_exponent {
            NumberTrouble::Exponent
        } else {
            NumberTrouble::NotANumber
        });
    }
    let Some(place) = unsigned.find([',', '.']) else {
        return Ok((unsigned, None, ""));
    };
    let (whole, rest) = unsigned.split_at(place);
    let fraction = &rest[1..];
    if fraction.is_empty() || !fraction.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(NumberTrouble::NotANumber);
    }
    Ok((whole, rest.chars().next(), fraction))
}

fn is_group_space(c: char) -> bool {
    matches!(c, ' ' | '\u{a0}' | '\u{202f}' | '\u{2009}')
}

/// Removes the spaces between groups of three digits.
fn ungroup(whole: &str) -> Result<String, NumberTrouble> {
    let groups: Vec<&str> = whole.split(is_group_space).collect();
    let (first, others) = groups.split_first().ok_or(NumberTrouble::NotANumber)?;
    let grouped = !others.is_empty();
    if grouped && (first.is_empty() || first.len() > 3 || others.iter().any(|group| group.len() != 3)) {
        return Err(NumberTrouble::Grouping);
    }
    Ok(groups.concat())
}

/// Why a typed date cannot be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DateTrouble {
    /// Nothing was typed.
    Empty,
    /// Neither `2025-02-14` nor `14.02.2025`.
    Shape,
    /// The right shape, but no such day: `30.02.2025`.
    NoSuchDay,
}

/// Reads `2025-02-14`, `14.02.2025` or `14.2.2025`; years have four digits.
pub fn read_date(text: &str) -> Result<NaiveDate, DateTrouble> {
    let text = text.trim();
    if text.is_empty() {
        return Err(DateTrouble::Empty);
    }
    let (year, month, day) = match (split_three(text, '-'), split_three(text, '.')) {
        (Some([year, month, day]), None) if month.len() == 2 && day.len() == 2 => (year, month, day),
        (None, Some([day, month, year])) => (year, month, day),
        _ => return Err(DateTrouble::Shape),
    };
    let short = |part: &str| matches!(part.len(), 1 | 2);
    if year.len() != 4 || !short(month) || !short(day) {
        return Err(DateTrouble::Shape);
    }
    let number = |part: &str| part.parse::<u32>().map_err(|_| DateTrouble::Shape);
    let year_number = i32::try_from(number(year)?).map_err(|_| DateTrouble::Shape)?;
    NaiveDate::from_ymd_opt(year_number, number(month)?, number(day)?).ok_or(DateTrouble::NoSuchDay)
}

fn split_three(text: &str, mark: char) -> Option<[&str; 3]> {
    let parts: Vec<&str> = text.split(mark).collect();
    let digits = |part: &&str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    <[&str; 3]>::try_from(parts).ok().filter(|parts| parts.iter().all(digits))
}
