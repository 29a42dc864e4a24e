//! From what stands in the code columns to a unit of the register.

use super::cell::{Cell, held_by_formula, is_dash, is_invisible};
use super::known::{Known, Register};
use super::name;
use super::trouble::{CodeFix, Trouble};
use crate::unit::UnitCode;

/// What the code cells hold, before the register is asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Written {
    /// Nothing.
    Missing,
    /// One to seven digits.
    Digits(String, Vec<CodeFix>),
    /// A code of the programme's own, in capitals.
    Own(String, Vec<CodeFix>),
    /// Something else.
    Bad(Trouble),
}

impl Written {
    /// Whether this is more than the short code of a powiat or a voivodeship.
    pub(super) fn is_long(&self) -> bool {
        match self {
            Self::Digits(digits, _) => digits.len() > 4,
            Self::Own(..) => true,
            Self::Missing | Self::Bad(_) => false,
        }
    }
}

/// What the register says to a code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Found<'a> {
    /// The unit, and what had to be done to find it.
    Unit(&'a Known, Vec<Trouble>),
    /// The powiat's code of a city that is a powiat itself.
    City(&'a Known),
    /// A part of a gmina; the code.
    Part(String),
    /// No unit.
    Nothing(Trouble),
}

/// Reads one cell with a whole code.
pub(super) fn written(cell: &Cell) -> Written {
    match cell {
        Cell::Number(number) => whole_number(*number).map_or_else(
            || Written::Bad(Trouble::CodeUnreadable(number.to_string())),
            |text| digits(text, Vec::new()),
        ),
        Cell::Text(text) => written_text(text),
        Cell::Empty => Written::Missing,
        Cell::Bool(_) | Cell::Error(_) => Written::Bad(Trouble::CodeUnreadable(cell.text().into_owned())),
    }
}

/// Reads the cells of voivodeship, powiat, gmina and type; GG and R may be empty or have lost their zeros.
pub(super) fn split(parts: [&Cell; 4]) -> Written {
    if parts.iter().all(|part| part.is_blank()) {
        return Written::Missing;
    }
    let all = || parts.iter().map(|part| part.text().trim().to_owned()).collect::<Vec<_>>().join(" ");
    let bad = || Written::Bad(Trouble::CodeUnreadable(all().trim().to_owned()));
    let mut code = String::new();
    for (part, width) in parts.iter().zip([2, 2, 2, 1]) {
        let Some(digits) = part_digits(part) else { return bad() };
        if digits.len() > width {
            return bad();
        }
        code.push_str(&format!("{digits:0>width$}"));
    }
    let gmina = code.as_bytes()[4..6] != *b"00";
    if code.starts_with("00") || (gmina && &code[2..4] == "00") {
        return bad();
    }
    if gmina && parts[3].is_blank() {
        code.truncate(6);
    }
    Written::Digits(code, vec![CodeFix::Split])
}

fn part_digits(cell: &Cell) -> Option<String> {
    if cell.is_blank() {
        return Some(String::new());
    }
    match written(cell) {
        Written::Digits(digits, _) => Some(digits),
        _ => None,
    }
}

/// A whole number that may be a code.
fn whole_number(number: f64) -> Option<String> {
    (number.fract() == 0.0 && (0.0..1e8).contains(&number)).then(|| format!("{number:.0}"))
}

fn digits(text: String, fixes: Vec<CodeFix>) -> Written {
    if text.len() <= 7 { Written::Digits(text, fixes) } else { Written::Bad(Trouble::CodeUnreadable(text)) }
}

fn written_text(original: &str) -> Written {
    let unreadable = || Written::Bad(Trouble::CodeUnreadable(original.trim().to_owned()));
    let mut fixes = Vec::new();
    let held = held_by_formula(original);
    if held.is_some() {
        fixes.push(CodeFix::TextFormula);
    }
    let text = without_spaces(held.as_deref().unwrap_or(original), &mut fixes);
    let text = without_word(&text, &mut fixes);
    if text.is_empty() || text.chars().all(is_dash) {
        return Written::Missing;
    }
    if let Some((mantissa, exponent)) = scientific(text) {
        return match exact(&mantissa, exponent) {
            Some(code) => digits(code, vec![CodeFix::Scientific]),
            None => Written::Bad(Trouble::CodeScientific(original.trim().to_owned())),
        };
    }
    let text = without_fraction(text, &mut fixes);
    let bare: String = text.chars().filter(|c| !is_mark(*c)).collect();
    if bare.len() != text.len() {
        fixes.push(CodeFix::Marks);
    }
    if !bare.is_empty() && bare.bytes().all(|c| c.is_ascii_digit()) {
        return digits(bare, fixes);
    }
    if has_letter_for_digit(&bare) {
        return Written::Bad(Trouble::CodeLetter(original.trim().to_owned()));
    }
    own_code(bare, fixes).unwrap_or_else(unreadable)
}

fn without_spaces(text: &str, fixes: &mut Vec<CodeFix>) -> String {
    let plain: String = text.chars().filter(|c| !c.is_whitespace() && !is_invisible(*c)).collect();
    if plain.len() != text.len() {
        fixes.push(CodeFix::Spaces);
    }
    plain
}

/// Removes a word that names the register before the digits: `TERYT: 1401013`.
fn without_word<'a>(text: &'a str, fixes: &mut Vec<CodeFix>) -> &'a str {
    let digits = text.trim_start_matches(|c: char| !c.is_ascii_digit());
    let word = text[..text.len() - digits.len()].trim_end_matches([':', '.', '-']).to_lowercase();
    if digits.is_empty() || !["teryt", "terc", "kod", "kodteryt"].contains(&word.as_str()) {
        return text;
    }
    fixes.push(CodeFix::Letters);
    digits
}

/// The digits of the mantissa with the number of those behind its sign, and the exponent.
fn scientific(text: &str) -> Option<((String, usize), usize)> {
    let (mantissa, exponent) = text.split_once(['e', 'E'])?;
    let exponent = exponent.strip_prefix('+').unwrap_or(exponent);
    let (whole, fraction) = mantissa.split_once([',', '.']).unwrap_or((mantissa, ""));
    let all_digits = |part: &str| part.bytes().all(|c| c.is_ascii_digit());
    let fits = whole.len() == 1 && all_digits(whole) && all_digits(fraction) && !exponent.is_empty();
    let exponent = exponent.parse().ok().filter(|_| fits && all_digits(exponent))?;
    Some(((format!("{whole}{fraction}"), fraction.len()), exponent))
}

/// The whole number, when the notation kept all its digits.
fn exact((digits, behind): &(String, usize), exponent: usize) -> Option<String> {
    (*behind == exponent).then(|| digits.clone())
}

fn without_fraction<'a>(text: &'a str, fixes: &mut Vec<CodeFix>) -> &'a str {
    let Some((whole, fraction)) = text.split_once(['.', ',']) else { return text };
    let zeros = !fraction.is_empty() && fraction.bytes().all(|c| c == b'0');
    if !zeros || whole.is_empty() || !whole.bytes().all(|c| c.is_ascii_digit()) {
        return text;
    }
    fixes.push(CodeFix::FloatText);
    whole
}

fn is_mark(c: char) -> bool {
    is_dash(c) || matches!(c, '_' | '.' | '/' | '\'' | '"' | '`' | '’' | '‘' | '„' | '”' | '*')
}

/// Digits among which letters stand that look like digits. Which digit was meant is a guess, so a person corrects it.
fn has_letter_for_digit(bare: &str) -> bool {
    let digits = bare.chars().filter(char::is_ascii_digit).count();
    digits >= 3
        && bare.starts_with(|c: char| c.is_ascii_digit())
        && bare.chars().all(|c| c.is_ascii_digit() || "OoQlIiSB".contains(c))
}

fn own_code(bare: String, mut fixes: Vec<CodeFix>) -> Option<Written> {
    let code = UnitCode::parse(&bare).ok().filter(|code| code.teryt().is_none())?;
    if code.as_str() != bare {
        fixes.push(CodeFix::Letters);
    }
    let like_a_code = bare.bytes().any(|c| c.is_ascii_digit());
    like_a_code.then(|| Written::Own(code.as_str().to_owned(), fixes))
}

/// Asks the register. The name only decides where the code alone leaves two ways open.
pub(super) fn find<'a>(written: &Written, given_name: &str, register: &'a Register) -> Found<'a> {
    match written {
        Written::Missing => Found::Nothing(Trouble::CodeMissing),
        Written::Bad(trouble) => Found::Nothing(trouble.clone()),
        Written::Own(code, fixes) => match UnitCode::parse(code).ok().and_then(|code| register.find(&code)) {
            Some(unit) => Found::Unit(unit, told(fixes)),
            None => Found::Nothing(Trouble::CodeUnknown(code.clone())),
        },
        Written::Digits(digits, fixes) => with_fixes(by_digits(digits, given_name, register), fixes),
    }
}

fn told(fixes: &[CodeFix]) -> Vec<Trouble> {
    fixes.iter().copied().map(Trouble::CodeFixed).collect()
}

fn with_fixes<'a>(found: Found<'a>, fixes: &[CodeFix]) -> Found<'a> {
    match found {
        Found::Unit(unit, more) => Found::Unit(unit, [told(fixes), more].concat()),
        other => other,
    }
}

fn by_digits<'a>(digits: &str, given_name: &str, register: &'a Register) -> Found<'a> {
    let zero = || format!("0{digits}");
    let unknown = || Found::Nothing(Trouble::CodeUnknown(digits.to_owned()));
    let padded = |code: String, fix: CodeFix| by_six(&format!("{code:0<6}"), &[fix], register);
    match digits.len() {
        7 => by_seven(digits, given_name, register).unwrap_or_else(unknown),
        6 => six_or_lost_zero(digits, given_name, register).unwrap_or_else(unknown),
        5 => by_six(&zero(), &[CodeFix::LostZero, CodeFix::SixDigits], register).unwrap_or_else(unknown),
        4 | 2 => padded(digits.to_owned(), CodeFix::ShortForm).unwrap_or_else(unknown),
        3 | 1 => padded(zero(), CodeFix::LostZero).unwrap_or_else(unknown),
        _ => unknown(),
    }
}

fn by_six<'a>(six: &str, fixes: &[CodeFix], register: &'a Register) -> Option<Found<'a>> {
    if let Some(unit) = register.find_six(six) {
        return Some(Found::Unit(unit, told(fixes)));
    }
    let powiat = six.strip_suffix("00")?;
    register.city(powiat).map(Found::City)
}

fn by_seven<'a>(seven: &str, given_name: &str, register: &'a Register) -> Option<Found<'a>> {
    let (six, last) = seven.split_at(6);
    if matches!(last, "4" | "5" | "8" | "9") && !six.ends_with("00") {
        return Some(Found::Part(seven.to_owned()));
    }
    let digit = last.bytes().next()? - b'0';
    match register.find_six(six) {
        Some(unit) if unit.digit == Some(digit) => Some(Found::Unit(unit, Vec::new())),
        Some(unit)
            if unit.is_gmina() && (is_type(digit) || name::key(given_name) == name::key(&unit.name)) =>
        {
            Some(Found::Unit(unit, vec![Trouble::OldType(seven.to_owned(), unit.full.clone())]))
        }
        Some(_) => None,
        None if digit == 0 => by_six(six, &[], register),
        None => None,
    }
}

/// The digits of urban, rural and urban-rural gminas.
fn is_type(digit: u8) -> bool {
    (1..=3).contains(&digit)
}

/// Six digits are a code without its last digit, or one that lost its leading zero: the register decides.
fn six_or_lost_zero<'a>(digits: &str, given_name: &str, register: &'a Register) -> Option<Found<'a>> {
    let short = by_six(digits, &[CodeFix::SixDigits], register);
    let whole = by_seven(&format!("0{digits}"), given_name, register)
        .filter(|found| !matches!(found, Found::Part(code) if register.find_six(&code[..6]).is_none()))
        .map(|found| with_fixes(found, &[CodeFix::LostZero]));
    match (short, whole) {
        (Some(Found::Unit(one, fixes)), Some(Found::Unit(other, more))) => {
            let is_named = |unit: &Known| name::key(given_name) == name::key(&unit.name);
            Some(match (is_named(one), is_named(other)) {
                (true, false) => Found::Unit(one, fixes),
                (false, true) => Found::Unit(other, more),
                _ => Found::Nothing(Trouble::CodeAmbiguous(one.full.clone(), other.full.clone())),
            })
        }
        (Some(found), None) | (None, Some(found)) => Some(found),
        (Some(found @ Found::Unit(..)), Some(_)) | (Some(_), Some(found)) => Some(found),
        (None, None) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(text: &str) -> Written {
        written(&Cell::Text(text.to_owned()))
    }

    #[test]
    fn codes_are_cleaned_up_from_what_spreadsheets_do_to_them() {
        use CodeFix::*;
        for (given, fixes) in [
            ("1401013", vec![]),
            (" 1401013 ", vec![Spaces]),
            ("14 01 01 3", vec![Spaces]),
            ("14\u{a0}01\u{a0}013", vec![Spaces]),
            ("1401_01_3", vec![Marks]),
            ("14-01-01-3", vec![Marks]),
            ("14.01.01.3", vec![Marks]),
            ("'1401013", vec![Marks]),
            ("1401013*", vec![Marks]),
            ("=\"1401013\"", vec![TextFormula]),
            ("1401013.0", vec![FloatText]),
            ("1401013,00", vec![FloatText]),
            ("1,401013E+06", vec![Scientific]),
            ("TERYT: 1401013", vec![Spaces, Letters]),
        ] {
            assert_eq!(text(given), Written::Digits("1401013".into(), fixes), "{given}");
        }
        assert_eq!(text("up 1401"), Written::Own("UP1401".into(), vec![Spaces, Letters]));
        assert_eq!(text("WUP14"), Written::Own("WUP14".into(), vec![]));
        for blank in ["", "  ", "\u{a0}", "-", "–"] {
            assert_eq!(text(blank), Written::Missing, "{blank}");
        }
    }

    #[test]
    fn what_is_no_code_is_not_guessed() {
        let bad = |trouble: fn(String) -> Trouble, given: &str| Written::Bad(trouble(given.to_owned()));
        assert_eq!(text("1,42E+06"), bad(Trouble::CodeScientific, "1,42E+06"));
        assert_eq!(text("1.4E6"), bad(Trouble::CodeScientific, "1.4E6"));
        assert_eq!(text("142702O"), bad(Trouble::CodeLetter, "142702O"));
        assert_eq!(text("14O1013"), bad(Trouble::CodeLetter, "14O1013"));
        for given in ["14010133", "Promna", "14,5", "2025-01-01", "=A2", "1401013 Promna", "1401013.5"] {
            assert!(
                matches!(text(given), Written::Bad(Trouble::CodeUnreadable(_))),
                "{given}: {:?}",
                text(given)
            );
        }
        assert_eq!(written(&Cell::Number(1_401_013.0)), Written::Digits("1401013".into(), vec![]));
        for cell in [
            Cell::Number(1.5),
            Cell::Number(-14.0),
            Cell::Number(f64::NAN),
            Cell::Bool(true),
            Cell::Error("#N/A".into()),
        ] {
            assert!(matches!(written(&cell), Written::Bad(_)), "{cell:?}");
        }
    }

    #[test]
    fn a_code_split_over_four_columns_is_put_together() {
        let number = Cell::Number;
        let (empty, text) = (Cell::Empty, |text: &str| Cell::Text(text.to_owned()));
        let joined = |parts: [&Cell; 4]| match split(parts) {
            Written::Digits(code, fixes) => {
                assert_eq!(fixes, [CodeFix::Split]);
                code
            }
            other => format!("{other:?}"),
        };
        assert_eq!(joined([&number(14.0), &number(1.0), &number(1.0), &number(3.0)]), "1401013");
        assert_eq!(joined([&text("14"), &text("01"), &text("01"), &text("3")]), "1401013");
        assert_eq!(joined([&number(2.0), &number(1.0), &number(11.0), &number(1.0)]), "0201111");
        assert_eq!(joined([&number(14.0), &number(1.0), &empty, &empty]), "1401000");
        assert_eq!(joined([&number(14.0), &empty, &empty, &empty]), "1400000");
        assert_eq!(joined([&number(14.0), &number(1.0), &number(1.0), &empty]), "140101");
        assert_eq!(split([&empty, &empty, &empty, &empty]), Written::Missing);
        assert!(matches!(split([&number(14.0), &text("x"), &empty, &empty]), Written::Bad(_)));
        assert!(matches!(split([&number(140.0), &empty, &empty, &empty]), Written::Bad(_)));
        assert!(matches!(split([&empty, &number(1.0), &empty, &empty]), Written::Bad(_)));
    }
}
