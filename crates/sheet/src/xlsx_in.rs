//! Reading XLSX workbooks.
//!
//! Cells are taken one by one, because a dense table over two cells in far corners would not fit into any memory.

use std::collections::BTreeMap;
use std::io::{self, Cursor, Read};
use std::panic::{AssertUnwindSafe, catch_unwind};

use calamine::{DataRef, Dimensions, ExcelDateTime, Reader, SheetType, SheetVisible, Xlsx, XlsxError};

use crate::book::{Book, Cell, Row, Sheet};
use crate::error::ReadError;
use crate::limits::Limits;

type Workbook<'a> = Xlsx<Cursor<&'a [u8]>>;
/// Cells with content by row and column, both from 0.
type Cells = BTreeMap<u32, BTreeMap<u32, Cell>>;

/// Reads all worksheets.
pub(crate) fn read(bytes: &[u8], file_name: &str, limits: &Limits) -> Result<Book, ReadError> {
    unpacks_within(bytes, file_name, limits.unpacked)?;
    // The reader's arithmetic on made-up cell references may overflow, which panics in builds with checks.
    let result = catch_unwind(AssertUnwindSafe(|| worksheets(bytes, file_name, limits)));
    let sheets = result.unwrap_or_else(|_| Err(broken(file_name, "the reader gave up")))?;
    let guessed = match sheets.iter().filter(|sheet| sheet.hidden).count() {
        0 => "skoroszyt XLSX".to_owned(),
        hidden => format!("skoroszyt XLSX, arkusze ukryte: {hidden}"),
    };
    Ok(Book { sheets, guessed })
}

/// Unpacks everything once without keeping it: sizes written in the archive may lie.
fn unpacks_within(bytes: &[u8], file_name: &str, limit: u64) -> Result<(), ReadError> {
    let mut archive =
        zip::ZipArchive::new(Cursor::new(bytes)).map_err(|error| broken(file_name, &error.to_string()))?;
    let mut left = limit;
    for place in 0..archive.len() {
        let entry = archive.by_index(place).map_err(|error| broken(file_name, &error.to_string()))?;
        let taken = io::copy(&mut entry.take(left + 1), &mut io::sink())
            .map_err(|error| broken(file_name, &error.to_string()))?;
        left = left.checked_sub(taken).ok_or(ReadError::Unpacked { limit })?;
    }
    Ok(())
}

fn worksheets(bytes: &[u8], file_name: &str, limits: &Limits) -> Result<Vec<Sheet>, ReadError> {
    let mut workbook: Workbook<'_> = match Xlsx::new(Cursor::new(bytes)) {
        Ok(workbook) => workbook,
        Err(XlsxError::FileNotFound(_)) => return Err(ReadError::NotATable { file: file_name.to_owned() }),
        Err(error) => return Err(broken(file_name, &error.to_string())),
    };
    let listed = workbook.sheets_metadata().to_vec();
    if listed.len() > limits.sheets {
        return Err(ReadError::TooManySheets { limit: limits.sheets });
    }
    let tables = listed.into_iter().filter(|sheet| sheet.typ == SheetType::WorkSheet);
    let sheets: Vec<Sheet> = tables
        .map(|sheet| worksheet(&mut workbook, sheet.name, sheet.visible != SheetVisible::Visible, limits))
        .collect::<Result<_, _>>()?;
    if sheets.iter().all(|sheet| sheet.rows.is_empty()) {
        return Err(ReadError::Empty { file: file_name.to_owned() });
    }
    Ok(sheets)
}

fn worksheet(
    workbook: &mut Workbook<'_>,
    name: String,
    hidden: bool,
    limits: &Limits,
) -> Result<Sheet, ReadError> {
    let mut cells = used_cells(workbook, &name, limits)?;
    let merged =
        workbook.merge_cells_by_sheet_name(&name).map_err(|error| broken(&name, &error.to_string()))?;
    fill_merged(&mut cells, &merged, &name, limits)?;
    Ok(Sheet { rows: rows(cells, &name, limits)?, name, hidden })
}

fn used_cells(workbook: &mut Workbook<'_>, name: &str, limits: &Limits) -> Result<Cells, ReadError> {
    let failed = |error: XlsxError| broken(name, &error.to_string());
    let mut reader = workbook.worksheet_cells_reader(name).map_err(failed)?;
    let mut cells = Cells::new();
    let mut count = 0;
    while let Some(record) = reader.next_cell_with_formula_metadata().map_err(failed)? {
        let cell = match (&record.value, &record.formula) {
            (DataRef::Empty, Some(formula)) => Cell::Text(formula_text(formula)),
            (value, _) => cell(value),
        };
        if cell == Cell::Empty {
            continue;
        }
        count += 1;
        if count > limits.cells {
            return Err(too_many_cells(name, limits));
        }
        cells.entry(record.pos.0).or_default().insert(record.pos.1, cell);
    }
    Ok(cells)
}

fn formula_text(formula: &calamine::XlsxFormulaMetadata) -> String {
    use calamine::XlsxFormulaMetadata::{Normal, Shared};
    match formula {
        Normal { formula } | Shared { formula, .. } => format!("={formula}"),
        _ => "=".to_owned(),
    }
}

fn cell(value: &DataRef<'_>) -> Cell {
    match value {
        DataRef::Empty => Cell::Empty,
        DataRef::Int(number) => Cell::Number(*number as f64),
        DataRef::Float(number) => Cell::Number(*number),
        DataRef::String(text) => Cell::text(text.as_str()),
        DataRef::SharedString(text) => Cell::text(*text),
        DataRef::Bool(truth) => Cell::Bool(*truth),
        DataRef::DateTime(moment) => Cell::Text(moment_text(moment)),
        DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => Cell::text(text.as_str()),
        DataRef::Error(error) => Cell::Error(error.to_string()),
    }
}

fn moment_text(moment: &ExcelDateTime) -> String {
    if moment.is_duration() {
        return moment.as_f64().to_string();
    }
    let (year, month, day, hour, minute, second, _) = moment.to_ymd_hms_milli();
    let date = format!("{year:04}-{month:02}-{day:02}");
    match (hour, minute, second) {
        (0, 0, 0) => date,
        _ => format!("{date} {hour:02}:{minute:02}:{second:02}"),
    }
}

/// Gives every cell of a merged range the content of its first cell, as far as the sheet is used at all.
fn fill_merged(
    cells: &mut Cells,
    merged: &[Dimensions],
    name: &str,
    limits: &Limits,
) -> Result<(), ReadError> {
    let Some(last_row) = cells.keys().next_back().copied() else { return Ok(()) };
    let last_column = cells.values().filter_map(|row| row.keys().next_back()).max().copied().unwrap_or(0);
    let mut filled = 0;
    for range in merged {
        let Some(first) = cells.get(&range.start.0).and_then(|row| row.get(&range.start.1)).cloned() else {
            continue;
        };
        for row in range.start.0..=range.end.0.min(last_row) {
            for column in range.start.1..=range.end.1.min(last_column) {
                filled += 1;
                if filled > limits.cells {
                    return Err(too_many_cells(name, limits));
                }
                cells.entry(row).or_default().insert(column, first.clone());
            }
        }
    }
    Ok(())
}

fn rows(mut cells: Cells, name: &str, limits: &Limits) -> Result<Vec<Row>, ReadError> {
    let Some(last) = cells.keys().next_back().copied() else { return Ok(Vec::new()) };
    if last as usize >= limits.rows {
        return Err(ReadError::TooManyRows { sheet: name.to_owned(), limit: limits.rows });
    }
    let width = |row: &BTreeMap<u32, Cell>| row.keys().next_back().map_or(0, |column| *column as usize + 1);
    if cells.values().map(width).sum::<usize>() > limits.cells {
        return Err(too_many_cells(name, limits));
    }
    let mut row = |line: u32| {
        let content = cells.remove(&line).unwrap_or_default();
        let mut dense = vec![Cell::Empty; width(&content)];
        for (column, cell) in content {
            dense[column as usize] = cell;
        }
        Row { line: line + 1, cells: dense }
    };
    Ok((0..=last).map(&mut row).collect())
}

fn broken(place: &str, what: &str) -> ReadError {
    ReadError::Broken { place: place.to_owned(), what: what.to_owned() }
}

fn too_many_cells(name: &str, limits: &Limits) -> ReadError {
    ReadError::TooManyCells { sheet: name.to_owned(), limit: limits.cells }
}
