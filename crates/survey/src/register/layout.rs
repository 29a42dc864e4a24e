//! Finding the header and the columns of an upload.

use std::collections::BTreeSet;

use super::cell::RawRow;
use super::code::{self, Found, Written};
use super::columns::{CodeColumns, Columns, Level, NameColumns};
use super::header::{Meaning, Part, looks_like_groups, looks_like_header, meaning};
use super::known::Register;

/// A header is looked for in so many rows.
const SEARCHED: usize = 200;
/// So many rows below the header decide what a column holds.
const SAMPLE: usize = 500;
/// A header has at most so many rows.
const TALLEST: usize = 4;

/// Where the table of an upload is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Layout {
    /// The places of the header's rows; empty when the columns were known by their content.
    pub(super) header: std::ops::Range<usize>,
    pub(super) columns: Columns,
}

/// Of several sheets the one with the register in it: the one whose header leads to most known codes. Hidden sheets
/// are for the caller to leave out. `None` when no sheet has a column with codes.
pub fn choose_sheet(sheets: &[&[RawRow]], known: &Register) -> Option<usize> {
    let scored = sheets.iter().enumerate().filter_map(|(place, rows)| {
        let layout = find(rows, known)?;
        let hits = count_found(&layout.columns.code, &rows[layout.header.end..], known);
        Some((hits, std::cmp::Reverse(place)))
    });
    scored.max().map(|(_, place)| place.0)
}

/// The header with codes and something else that comes first, else one without codes, else columns by their content.
pub(super) fn find(rows: &[RawRow], known: &Register) -> Option<Layout> {
    let wide = rows.iter().map(|row| row.cells.len()).max().unwrap_or(0);
    let starts: Vec<usize> =
        (0..rows.len().min(SEARCHED)).filter(|start| looks_like_header(&rows[*start])).collect();
    let layouts: Vec<Layout> = starts.iter().filter_map(|start| at(rows, *start, wide, known)).collect();
    let has_codes = |layout: &&Layout| layout.columns.code != CodeColumns::None;
    let complete = |layout: &&Layout| {
        has_codes(layout) && (layout.columns.name != NameColumns::None || !layout.columns.emails.is_empty())
    };
    let best = layouts.iter().find(complete).or_else(|| layouts.iter().find(has_codes));
    best.cloned().or_else(|| by_content(rows, wide, known)).or_else(|| layouts.first().cloned())
}

fn at(rows: &[RawRow], start: usize, wide: usize, known: &Register) -> Option<Layout> {
    let more = rows[start..].iter().take(TALLEST).take_while(|row| looks_like_header(row)).count();
    let groups = rows[..start].iter().rev().take(TALLEST).take_while(|row| looks_like_groups(row)).count();
    let header = start - groups..start + more;
    let columns = columns(&rows[header.clone()], &rows[header.end..], wide, known);
    let useful = columns.code != CodeColumns::None
        || (columns.name != NameColumns::None && !columns.emails.is_empty());
    useful.then_some(Layout { header, columns })
}

fn columns(header: &[RawRow], body: &[RawRow], wide: usize, known: &Register) -> Columns {
    let meanings: Vec<Meaning> = (0..wide).map(|column| of_column(header, column)).collect();
    let code = code_columns(&meanings, header, body, known);
    let taken: BTreeSet<usize> = match &code {
        CodeColumns::Whole(columns) => columns.iter().copied().collect(),
        CodeColumns::Split(columns) => columns.iter().flatten().copied().collect(),
        CodeColumns::None => BTreeSet::new(),
    };
    let named = name_columns(&meanings, &taken, body, known);
    let content = Content { body, known };
    let free = |column: &usize| !taken.contains(column);
    let mut emails: Vec<usize> = (0..wide).filter(free).filter(|column| meanings[*column].email).collect();
    if emails.is_empty() {
        emails = (0..wide).filter(free).filter(|column| content.is_of_addresses(*column)).collect();
    }
    let unnamed = || (0..wide).filter(free).filter(|column| !meanings[*column].is_known());
    let name = if named == NameColumns::None { content.names(unnamed()) } else { named };
    Columns { code, name, emails }
}

/// The lowest header cell that says something decides; above it the words together.
fn of_column(header: &[RawRow], column: usize) -> Meaning {
    let lenient = header.iter().any(|row| row.distinct().len() >= 3);
    let mut texts: Vec<String> = Vec::new();
    for row in header {
        let text = row.cell(column).text().trim().to_owned();
        if !text.is_empty() && texts.last() != Some(&text) {
            texts.push(text);
        }
    }
    let joined = texts.join(" ");
    let said = texts.iter().rev().chain([&joined]).map(|text| meaning(text, lenient));
    said.into_iter().find(|meaning| meaning.is_known()).unwrap_or_default()
}

/// The column, or the columns of the levels together, in which most names are known; of equals the one whose header
/// says it best.
fn name_columns(
    meanings: &[Meaning],
    taken: &BTreeSet<usize>,
    body: &[RawRow],
    known: &Register,
) -> NameColumns {
    let free = |column: &usize| !taken.contains(column) && !meanings[*column].email;
    let mut alone: Vec<usize> = (0..meanings.len()).filter(free).filter(|c| meanings[*c].name > 0).collect();
    alone.sort_by_key(|column| std::cmp::Reverse(meanings[*column].name));
    let mut ways: Vec<NameColumns> =
        alone.into_iter().map(|column| NameColumns::Of(vec![(column, Level::Any)])).collect();
    let of_part = |(part, level)| {
        (0..meanings.len())
            .filter(free)
            .filter(move |c| meanings[*c].part == Some(part))
            .map(move |c| (c, level))
    };
    let levels: Vec<(usize, Level)> =
        [(Part::Gmina, Level::Any), (Part::Powiat, Level::Powiat), (Part::Voivodeship, Level::Voivodeship)]
            .into_iter()
            .flat_map(of_part)
            .collect();
    if !levels.is_empty() {
        ways.push(NameColumns::Of(levels));
    }
    let found = |way: &NameColumns| {
        body.iter().take(SAMPLE).filter(|row| known.named(&way.name(row).text).is_some()).count()
    };
    ways.into_iter().rev().max_by_key(found).unwrap_or(NameColumns::None)
}

/// Of all ways that the header allows the one by which most rows are found; whole codes before split ones.
fn code_columns(meanings: &[Meaning], header: &[RawRow], body: &[RawRow], known: &Register) -> CodeColumns {
    let whole: Vec<usize> = (0..meanings.len()).filter(|column| meanings[*column].code).collect();
    let mut ways: Vec<CodeColumns> = whole.iter().map(|column| CodeColumns::Whole(vec![*column])).collect();
    ways.extend(split_by_names(meanings, body));
    ways.extend(whole.iter().filter_map(|first| split_by_place(*first, meanings, header, body)));
    let found = |way: &CodeColumns| count_found(way, body, known);
    let best = ways.iter().rev().max_by_key(|way| found(way)).cloned();
    let by_content = || Content { body, known }.codes(meanings.len());
    match best.or_else(by_content).unwrap_or(CodeColumns::None) {
        CodeColumns::Whole(first) => {
            let both =
                |row: &RawRow, column: usize| !row.cell(first[0]).is_blank() && !row.cell(column).is_blank();
            let fills_gaps = |column: &usize| {
                !first.contains(column)
                    && !body.iter().take(SAMPLE).any(|row| both(row, *column))
                    && found(&CodeColumns::Whole(vec![*column])) > 0
            };
            let others: Vec<usize> = whole.into_iter().filter(fills_gaps).collect();
            CodeColumns::Whole([first, others].concat())
        }
        other => other,
    }
}

/// How many different units are found by codes of at least four digits or own ones. Rows are not counted: the code of
/// its powiat may stand beside every gmina.
fn count_found(way: &CodeColumns, body: &[RawRow], known: &Register) -> usize {
    let unit = |row: &RawRow| {
        let written = way.written(row);
        let is_short = matches!(&written, Written::Digits(digits, _) if digits.len() < 4);
        match code::find(&written, "", known) {
            Found::Unit(unit, _) | Found::City(unit) if !is_short => Some(unit.code.clone()),
            _ => None,
        }
    };
    body.iter().take(SAMPLE).filter_map(unit).collect::<BTreeSet<_>>().len()
}

/// Columns named after the parts of a code, with numbers of one or two digits in them.
fn split_by_names(meanings: &[Meaning], body: &[RawRow]) -> Option<CodeColumns> {
    let column = |part: Part| {
        (0..meanings.len()).find(|column| meanings[*column].part == Some(part) && holds_parts(*column, body))
    };
    let [woj, pow, gmi, kind] = Part::ALL.map(column);
    (woj.is_some() && pow.is_some() && gmi.is_some()).then_some(CodeColumns::Split([woj, pow, gmi, kind]))
}

/// A header of codes over three or four columns of which only the first has words, or all the same.
fn split_by_place(
    first: usize,
    meanings: &[Meaning],
    header: &[RawRow],
    body: &[RawRow],
) -> Option<CodeColumns> {
    let same = |column: usize| {
        header
            .iter()
            .all(|row| row.cell(column).is_blank() || row.cell(column).text() == row.cell(first).text())
            || !meanings[column].is_known()
    };
    let next = |offset: usize| {
        let column = first + offset;
        (column < meanings.len() && same(column) && holds_parts(column, body)).then_some(column)
    };
    let (pow, gmi) = (next(1)?, next(2)?);
    holds_parts(first, body).then_some(CodeColumns::Split([Some(first), Some(pow), Some(gmi), next(3)]))
}

/// Whether most of what stands in the column are numbers of one or two digits.
fn holds_parts(column: usize, body: &[RawRow]) -> bool {
    let filled: Vec<_> =
        body.iter().take(SAMPLE).map(|row| row.cell(column)).filter(|cell| !cell.is_blank()).collect();
    let is_part = |cell: &&&super::cell::Cell| matches!(code::written(cell), Written::Digits(digits, _) if digits.len() <= 2);
    let parts = filled.iter().filter(is_part).count();
    parts > 0 && parts * 10 >= filled.len() * 6
}

/// What the columns hold, where their headers do not say it.
struct Content<'a> {
    body: &'a [RawRow],
    known: &'a Register,
}

impl Content<'_> {
    fn sample(&self) -> impl Iterator<Item = &RawRow> {
        self.body.iter().take(SAMPLE).filter(|row| !row.is_blank())
    }

    /// Whether so many rows are at least half of them.
    fn is_most(&self, count: usize) -> bool {
        count > 0 && count * 2 >= self.sample().count()
    }

    /// The column in which most codes are known.
    fn codes(&self, wide: usize) -> Option<CodeColumns> {
        let count = |column: usize| count_found(&CodeColumns::Whole(vec![column]), self.body, self.known);
        let best = (0..wide).rev().max_by_key(|column| count(*column))?;
        self.is_most(count(best)).then(|| CodeColumns::Whole(vec![best]))
    }

    /// Of these columns the one in which most names are known.
    fn names(&self, columns: impl DoubleEndedIterator<Item = usize>) -> NameColumns {
        let is_name = |row: &&RawRow, column: usize| self.known.named(&row.cell(column).text()).is_some();
        let count = |column: usize| self.sample().filter(|row| is_name(row, column)).count();
        let best =
            columns.rev().max_by_key(|column| count(*column)).filter(|column| self.is_most(count(*column)));
        best.map_or(NameColumns::None, |column| NameColumns::Of(vec![(column, Level::Any)]))
    }

    fn is_of_addresses(&self, column: usize) -> bool {
        self.is_most(self.sample().filter(|row| row.cell(column).text().contains('@')).count())
    }
}

/// A table without a header: the column with most known codes, the ones with an `@`, the one with most known names.
fn by_content(rows: &[RawRow], wide: usize, known: &Register) -> Option<Layout> {
    let content = Content { body: rows, known };
    let code = content.codes(wide)?;
    let name = content.names(0..wide);
    let emails = (0..wide).filter(|column| content.is_of_addresses(*column)).collect();
    Some(Layout { header: 0..0, columns: Columns { code, name, emails } })
}
