//! Rows of a table that are not about one unit: totals, footnotes, headings.

use super::cell::{Cell, RawRow};
use super::columns::{Columns, NameColumns};
use super::known::Register;
use super::trouble::Trouble;
use crate::collate::fold;

const TOTALS: &str = "razem|ogolem|suma|lacznie|w sumie|total|sumy|liczba jednostek|podsumowanie";
const REMARKS: &str = "zrodlo|uwaga|uwagi|legenda|objasnienia|objasnienie|przypis|przypisy|stan na|sporzadzil|sporzadzila\
    |sporzadzono|opracowanie|opracowal|opracowala|data sporzadzenia|wykaz|dane|zestawienie|podstawa prawna|aktualizacja\
    |wygenerowano|koniec|strona|dokument|tabela";

/// Whether a row without a usable code is a total or a remark. `code_is_blank` tells whether anything stands where the
/// code should.
pub(super) fn is_furniture(
    row: &RawRow,
    columns: &Columns,
    code_is_blank: bool,
    known: &Register,
) -> Option<Trouble> {
    let texts = row.distinct();
    let name = columns.name.name(row).text;
    let email = columns.email(row).unwrap_or_default();
    if is_total(row, columns) {
        return Some(Trouble::TotalRow);
    }
    if code_is_blank && name.is_empty() && email.is_empty() {
        return Some(Trouble::Footnote);
    }
    let first = texts.first().map_or("", String::as_str);
    if !email.contains('@') && (begins_with(first, REMARKS) || is_marked(first)) {
        return Some(Trouble::Footnote);
    }
    let [only] = texts.as_slice() else { return None };
    let is_name_only = in_name_column(row, columns) && !spans(row);
    let is_unit = known.named(only).is_some();
    let is_phrase = only.split_whitespace().count() >= 3;
    let has_letters = only.chars().filter(|c| c.is_alphabetic()).count() >= 3;
    let heading = has_letters
        && !only.contains('@')
        && (spans(row) || (is_phrase && !is_unit) || !is_name_only && !is_unit);
    heading.then_some(Trouble::Footnote)
}

/// Whether the row sums up others.
pub(super) fn is_total(row: &RawRow, columns: &Columns) -> bool {
    let has_address = columns.email(row).is_some_and(|email| email.contains('@'));
    !has_address && row.distinct().iter().any(|text| begins_with(text, TOTALS))
}

fn begins_with(text: &str, phrases: &str) -> bool {
    let folded = fold(text);
    let is_start = |phrase: &str| {
        folded.strip_prefix(phrase).is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
    };
    phrases.split('|').any(is_start)
}

/// `* ...`, `1) ...`, `¹ ...`
fn is_marked(text: &str) -> bool {
    let after_number = text.trim_start_matches(|c: char| c.is_ascii_digit());
    let numbered = after_number.len() < text.len() && after_number.starts_with(')');
    numbered || text.starts_with(['*', '†', '¹', '²', '³', '#', '(']) && !text.starts_with("#N")
}

fn in_name_column(row: &RawRow, columns: &Columns) -> bool {
    let NameColumns::Of(names) = &columns.name else { return false };
    names.iter().any(|(column, _)| !row.cell(*column).is_blank())
}

/// Whether one text stands in several cells, as a merged range does.
fn spans(row: &RawRow) -> bool {
    row.cells.iter().filter(|cell| !cell.is_blank()).count() > 1
}

/// Whether the row only numbers at least so many columns: 1, 2, 3, ...
pub(super) fn is_numbering(row: &RawRow, at_least: usize) -> bool {
    let filled: Vec<&Cell> = row.cells.iter().filter(|cell| !cell.is_blank()).collect();
    let is_place = |(place, cell): (usize, &&Cell)| {
        let text = cell.text();
        let text = text.trim().trim_matches(['(', ')', '.', '[', ']']);
        text == (place + 1).to_string()
    };
    filled.len() >= at_least && filled.iter().enumerate().all(is_place)
}
