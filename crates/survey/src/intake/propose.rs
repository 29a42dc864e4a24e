//! A first map, from what the headers look like.

use std::collections::{BTreeMap, BTreeSet};

use form::model::{Kind, Model, Question};

use super::map::{Column, ListColumns, Map, UnitColumns};
use super::table::{Sheet, Table};
use crate::collate::fold;

/// How alike a header and a question must be to be proposed, of 100, where nobody says otherwise.
pub const ALIKE: u8 = 65;

/// Proposes a map: each column to the question that its header is most like, each question once. Columns that are like
/// none (`alike` of 100, usually [`ALIKE`]) are left out. An analyst goes over it before it is used.
#[must_use]
pub fn propose(model: &Model, sheets: &[Sheet], alike: u8) -> Map {
    let alike = usize::from(alike);
    let mut map = Map {
        sheet: sheets.first().filter(|_| sheets.len() > 1).map(|sheet| sheet.name.clone()),
        header: None,
        unit: UnitColumns::default(),
        date: None,
        questions: Vec::new(),
        lists: Vec::new(),
    };
    let Some(table) = sheets.first().and_then(|sheet| Table::new(sheet, None)) else { return map };
    let mut headers: Vec<String> = table.headers().filter(|header| !header.is_empty()).collect();
    headers.retain(|header| !take_place(&mut map, header));
    let (numbered, plain): (Vec<String>, Vec<String>) = headers.into_iter().partition(|header| {
        let (pattern, number) = pattern(header);
        number.is_some() && best_in_lists(model, &pattern, alike).is_some()
    });
    map.lists = lists(model, &numbered, alike);
    map.questions = questions(model, &plain, alike);
    map
}

/// Whether a header names the unit or the day.
fn take_place(map: &mut Map, header: &str) -> bool {
    let words = fold(header);
    let has = |parts: &[&str]| parts.iter().any(|part| words.split(' ').any(|word| word.starts_with(part)));
    let about_unit = has(&["jednost", "gmin", "urz"]);
    let place = if has(&["teryt", "terc"]) || words == "kod" || (about_unit && has(&["kod"])) {
        &mut map.unit.code
    } else if words == "powiat" || words == "nazwa powiatu" || words == "jednostka powiat" {
        &mut map.unit.powiat
    } else if ["nazwa", "gmina", "jednostka", "jst", "urzad"].contains(&words.as_str())
        || (about_unit && has(&["nazw"]))
    {
        &mut map.unit.name
    } else if has(&["submitdate", "submission"])
        || words.starts_with("data wypelnienia")
        || ["data", "end", "zlozenie czas"].contains(&words.as_str())
    {
        &mut map.date
    } else {
        return false;
    };
    if place.is_some() {
        return false;
    }
    *place = Some(header.to_owned());
    true
}

/// Columns for questions outside lists, the surest first taken.
fn questions(model: &Model, headers: &[String], least: usize) -> Vec<Column> {
    let open: Vec<&Question> = model.questions().filter(|q| q.repeat.is_none() && is_open(q)).collect();
    let mut found: Vec<(usize, usize, Column, bool)> = Vec::new();
    for (place, header) in headers.iter().enumerate() {
        for question in &open {
            if let Some(choice) = choice_of(model, question, header, least) {
                let column = Column { choice: Some(choice), ..column(header, question) };
                found.push((likeness(header, question).max(least), place, column, false));
            }
            let alike = likeness(header, question);
            if alike >= least {
                found.push((alike, place, column(header, question), true));
            }
        }
    }
    found.sort_by_key(|(alike, place, column, whole)| {
        (std::cmp::Reverse(*alike), *whole, *place, column.question.clone())
    });
    let (mut used, mut answered) = (BTreeSet::new(), BTreeMap::<String, bool>::new());
    let mut columns: Vec<(usize, Column)> = Vec::new();
    for (_, place, column, whole) in found {
        let free = answered.get(&column.question).is_none_or(|other| !whole && !*other);
        if free && used.insert(place) {
            answered.insert(column.question.clone(), whole);
            columns.push((place, column));
        }
    }
    columns.sort_by_key(|(place, _)| *place);
    columns.into_iter().map(|(_, column)| column).collect()
}

/// Numbered columns: the same header with 1, 2, 3, ...
fn lists(model: &Model, headers: &[String], least: usize) -> Vec<ListColumns> {
    let mut lists: Vec<ListColumns> = Vec::new();
    let mut seen = BTreeSet::new();
    for header in headers {
        let (pattern, _) = pattern(header);
        let Some(question) = best_in_lists(model, &pattern, least) else { continue };
        let repeat = question.repeat.clone().unwrap_or_default();
        if !seen.insert(question.name.clone()) {
            continue;
        }
        let column = column(&pattern, question);
        match lists.iter_mut().find(|list| list.repeat == repeat) {
            Some(list) => list.questions.push(column),
            None => lists.push(ListColumns { repeat, questions: vec![column], ..ListColumns::default() }),
        }
    }
    lists
}

fn column(header: &str, question: &Question) -> Column {
    Column { column: header.to_owned(), question: question.name.clone(), ..Column::default() }
}

fn is_open(question: &Question) -> bool {
    question.is_answerable() && !question.personal
}

fn best_in_lists<'a>(model: &'a Model, pattern: &str, least: usize) -> Option<&'a Question> {
    let open = model.questions().filter(|q| q.repeat.is_some() && is_open(q));
    let bare = pattern.replace("{n}", " ");
    let (alike, best) =
        open.map(|question| (likeness(&bare, question), question)).max_by_key(|(alike, _)| *alike)?;
    (alike >= least).then_some(best)
}

/// The header with `{n}` in place of its first number.
fn pattern(header: &str) -> (String, Option<u32>) {
    let Some(from) = header.find(|c: char| c.is_ascii_digit()) else { return (header.to_owned(), None) };
    let digits: String = header[from..].chars().take_while(char::is_ascii_digit).collect();
    let number = digits.parse().ok().filter(|number| *number <= 200);
    match number {
        Some(_) => (format!("{}{{n}}{}", &header[..from], &header[from + digits.len()..]), number),
        None => (header.to_owned(), None),
    }
}

/// `question/choice`, `question[choice]`: the choice that a column is a tick for.
fn choice_of(model: &Model, question: &Question, header: &str, least: usize) -> Option<String> {
    let list = model.list_of(question).filter(|_| matches!(question.kind, Kind::SelectMultiple(_)))?;
    let (about, inside) =
        header.split_once('/').or_else(|| header.strip_suffix(']').and_then(|rest| rest.rsplit_once('[')))?;
    if likeness(about, question) < least {
        return None;
    }
    let same = |text: &str| fold(text) == fold(inside);
    let choice = list.choices.iter().find(|choice| same(&choice.name) || same(&choice.label.plain()));
    choice.map(|choice| choice.name.clone())
}

/// How much a header is like a question, of 100: its name, its `id` or its text.
fn likeness(header: &str, question: &Question) -> usize {
    let header = fold(header);
    let names = [question.name.as_str(), question.id.as_deref().unwrap_or_default()];
    if names.iter().any(|name| !name.is_empty() && fold(name) == header) {
        return 100;
    }
    dice(&header, &fold(&question.label.plain())).max(dice(&header, &fold(&question.name)))
}

/// Shared three-letter pieces: twice as many as both have together is 100.
fn dice(one: &str, other: &str) -> usize {
    let pieces = |text: &str| -> BTreeSet<String> {
        let letters: Vec<char> = format!(" {text} ").chars().collect();
        letters.windows(3).map(|window| window.iter().collect()).collect()
    };
    let (one, other) = (pieces(one), pieces(other));
    let both = one.intersection(&other).count();
    let all = one.len() + other.len();
    (200 * both).checked_div(all).unwrap_or_default()
}
