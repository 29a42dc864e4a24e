//! Going through the rows of a file.

use std::collections::BTreeMap;

use chrono::{NaiveDateTime, NaiveTime};
use form::model::{Kind, Model, Question};
use form::polish::read_date;
use form::{Path, Raw};

use super::map::{Column, ListColumns, Map};
use super::outcome::{Outcome, Taken, Verdict};
use super::table::{Sheet, Table, cell, is_blank};
use super::translate::{Said, said, text, ticked, tidy};
use super::units::{self, Given};
use crate::register::RawRow;
use crate::unit::Unit;

/// Numbered columns of a list are looked for up to this number.
const MOST_ENTRIES: usize = 200;

/// What a file holds.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Read {
    /// One outcome per physical row: the main sheet first, then the sheets of lists.
    pub outcomes: Vec<Outcome>,
    /// The responses of rows whose unit was found.
    pub taken: Vec<Taken>,
}

/// Reads the rows of a file as the map says. Depends on nothing but its arguments.
///
/// # Errors
/// What of the map does not fit the file: one Polish sentence per problem.
pub fn read(map: &Map, model: &Model, sheets: &[Sheet], units: &[Unit]) -> Result<Read, Vec<String>> {
    let main = match &map.sheet {
        Some(name) => sheets.iter().find(|sheet| sheet.name == *name),
        None => sheets.first(),
    };
    let named = map.sheet.clone().unwrap_or_default();
    let sheet = main.ok_or_else(|| vec![format!("w pliku nie ma arkusza „{named}”")])?;
    let table =
        Table::new(sheet, map.header).ok_or_else(|| vec![format!("arkusz „{}” jest pusty", sheet.name)])?;
    let plan = Plan::new(map, model, &table, sheets)?;
    let mut reading = Reading {
        model,
        plan: &plan,
        several: sheets.len() > 1,
        read: Read::default(),
        parents: BTreeMap::new(),
    };
    reading.main(&table, units);
    reading.lists();
    Ok(reading.read)
}

/// The map with the places of its columns.
struct Plan<'a> {
    code: Option<usize>,
    name: Option<usize>,
    powiat: Option<usize>,
    date: Option<usize>,
    fields: Vec<Placed<'a>>,
    numbered: Vec<(&'a str, Vec<Vec<Placed<'a>>>)>,
    sheets: Vec<ListSheet<'a>>,
}

/// A column with its place and question.
struct Placed<'a> {
    place: usize,
    column: &'a Column,
    question: &'a Question,
}

/// A list on a sheet of its own.
struct ListSheet<'a> {
    repeat: &'a str,
    table: Table<'a>,
    key: usize,
    parent: usize,
    fields: Vec<Placed<'a>>,
}

impl<'a> Plan<'a> {
    fn new(
        map: &'a Map,
        model: &'a Model,
        table: &Table<'_>,
        sheets: &'a [Sheet],
    ) -> Result<Self, Vec<String>> {
        let mut problems = Vec::new();
        let mut place = |table: &Table<'_>, named: &str| match table.column(named) {
            Ok(place) => Some(place),
            Err(problem) => {
                problems.push(problem);
                None
            }
        };
        let mut one = |named: &Option<String>| named.as_deref().and_then(|named| place(table, named));
        let (code, name, powiat) = (one(&map.unit.code), one(&map.unit.name), one(&map.unit.powiat));
        let date = one(&map.date);
        let mut plan =
            Self { code, name, powiat, date, fields: Vec::new(), numbered: Vec::new(), sheets: Vec::new() };
        for column in &map.questions {
            let found = place(table, &column.column).zip(model.question(&column.question));
            plan.fields.extend(found.map(|(place, question)| Placed { place, column, question }));
        }
        for list in &map.lists {
            let Some(name) = &list.sheet else {
                match numbered(list, model, table) {
                    Ok(entries) => plan.numbered.push((&list.repeat, entries)),
                    Err(said) => problems.push(said),
                }
                continue;
            };
            match list_sheet(list, name, model, table, sheets) {
                Ok(sheet) => plan.sheets.push(sheet),
                Err(said) => problems.extend(said),
            }
        }
        if problems.is_empty() { Ok(plan) } else { Err(problems) }
    }

    /// Whether anything stands under a column of answers. A title or a total may be passed over; answers of nobody known
    /// may not.
    fn has_answers(&self, row: &RawRow) -> bool {
        let numbered = self.numbered.iter().flat_map(|(_, entries)| entries.iter().flatten());
        self.fields.iter().chain(numbered).any(|field| !text(cell(row, field.place)).trim().is_empty())
    }
}

/// The columns of each entry that the header has at all.
fn numbered<'a>(
    list: &'a ListColumns,
    model: &'a Model,
    table: &Table<'_>,
) -> Result<Vec<Vec<Placed<'a>>>, String> {
    let mut entries = Vec::new();
    for n in 1..=MOST_ENTRIES {
        let mut fields = Vec::new();
        for column in &list.questions {
            let named = column.column.replace("{n}", &n.to_string());
            let Some(question) = model.question(&column.question).filter(|_| table.has(&named)) else {
                continue;
            };
            fields.push(Placed { place: table.column(&named)?, column, question });
        }
        if !fields.is_empty() {
            entries.push(fields);
        }
    }
    match entries.is_empty() {
        true => Err(format!("w pliku nie ma kolumn listy „{}” (numer wpisu zastępuje {{n}})", list.repeat)),
        false => Ok(entries),
    }
}

fn list_sheet<'a>(
    list: &'a ListColumns,
    name: &str,
    model: &'a Model,
    main: &Table<'_>,
    sheets: &'a [Sheet],
) -> Result<ListSheet<'a>, Vec<String>> {
    let sheet = sheets.iter().find(|sheet| sheet.name == name);
    let table = sheet.and_then(|sheet| Table::new(sheet, None));
    let table = table.ok_or_else(|| vec![format!("w pliku nie ma arkusza „{name}” albo jest pusty")])?;
    let mut problems = Vec::new();
    let mut place =
        |found: Result<usize, String>| found.map_err(|said| problems.push(said)).unwrap_or_default();
    let key = place(table.column(list.key.as_deref().unwrap_or_default()));
    let parent = place(main.column(list.parent.as_deref().unwrap_or_default()));
    let mut fields = Vec::new();
    for column in &list.questions {
        let place = place(table.column(&column.column));
        fields.extend(model.question(&column.question).map(|question| Placed { place, column, question }));
    }
    if problems.is_empty() {
        Ok(ListSheet { repeat: &list.repeat, table, key, parent, fields })
    } else {
        Err(problems)
    }
}

struct Reading<'a> {
    model: &'a Model,
    plan: &'a Plan<'a>,
    several: bool,
    read: Read,
    /// The responses by what stands in a column that sheets of lists refer to.
    parents: BTreeMap<usize, BTreeMap<String, usize>>,
}

impl Reading<'_> {
    fn outcome(&self, sheet: &Sheet, line: u32, verdict: Verdict) -> Outcome {
        let sheet = self.several.then(|| sheet.name.clone());
        Outcome { sheet, line, verdict, unit: None, notes: Vec::new() }
    }

    fn main(&mut self, table: &Table<'_>, units: &[Unit]) {
        let rows = &table.sheet.rows;
        for (place, row) in rows.iter().enumerate() {
            let verdict = match place.cmp(&table.header) {
                std::cmp::Ordering::Less => Verdict::Ignore,
                std::cmp::Ordering::Equal => Verdict::Header,
                std::cmp::Ordering::Greater if is_blank(row) => Verdict::Ignore,
                std::cmp::Ordering::Greater => Verdict::Ok,
            };
            let outcome = self.outcome(table.sheet, row.line, verdict);
            self.read.outcomes.push(outcome);
        }
        let filled: Vec<(usize, &RawRow)> = table.rows().filter(|(_, row)| !is_blank(row)).collect();
        let of = |row: &'_ RawRow, place: Option<usize>| place.map(|place| cell(row, place).clone());
        let cells: Vec<_> = filled
            .iter()
            .map(|(_, row)| {
                (row.line, of(row, self.plan.code), of(row, self.plan.name), of(row, self.plan.powiat))
            })
            .collect();
        let given: Vec<Given<'_>> = cells
            .iter()
            .map(|(line, code, name, powiat)| Given {
                line: *line,
                code: code.as_ref(),
                name: name.as_ref(),
                powiat: powiat.as_ref(),
            })
            .collect();
        let places: Vec<usize> = filled.iter().map(|(place, _)| *place).collect();
        let mut told: Vec<&mut Outcome> = self
            .read
            .outcomes
            .iter_mut()
            .enumerate()
            .filter(|(p, _)| places.contains(p))
            .map(|(_, o)| o)
            .collect();
        units::find(units, &given, &mut told);
        for (place, row) in filled {
            self.row(place, row);
        }
    }

    fn row(&mut self, place: usize, row: &RawRow) {
        let plan = self.plan;
        let mut outcome = self.read.outcomes[place].clone();
        if let Some(unit) = outcome.unit.clone().filter(|_| outcome.verdict.is_taken()) {
            let mut answers = Raw::default();
            let at = plan.date.and_then(|date| moment(&text(cell(row, date)), &mut outcome));
            for (path, fields) in grouped(&plan.fields) {
                self.answer(row, &fields, &Path::Question(path), &mut answers, &mut outcome);
            }
            for (repeat, entries) in &plan.numbered {
                for (n, fields) in entries.iter().enumerate() {
                    self.entry(row, fields, repeat, n + 1, &mut answers, &mut outcome);
                }
            }
            for list in &plan.sheets {
                let key = text(cell(row, list.parent)).trim().to_owned();
                self.parents.entry(list.parent).or_default().insert(key, self.read.taken.len());
            }
            self.read.taken.push(Taken { outcome: place, unit, at, answers });
        } else if outcome.verdict.is_taken() {
            outcome.verdict = if plan.has_answers(row) { Verdict::Error } else { Verdict::Ignore };
        }
        self.read.outcomes[place] = outcome;
    }

    /// An entry of a list; its id follows from its number.
    fn entry(
        &self,
        row: &RawRow,
        fields: &[Placed<'_>],
        repeat: &str,
        number: usize,
        answers: &mut Raw,
        outcome: &mut Outcome,
    ) {
        for (question, fields) in grouped(fields) {
            let path = Path::Row { repeat: repeat.to_owned(), row: format!("i{number:07}"), question };
            self.answer(row, &fields, &path, answers, outcome);
        }
    }

    /// One question's answer from its column, or from the ticks of its choices.
    fn answer(
        &self,
        row: &RawRow,
        fields: &[&Placed<'_>],
        path: &Path,
        answers: &mut Raw,
        outcome: &mut Outcome,
    ) {
        let question = fields[0].question;
        let list = self.model.list_of(question);
        let mut chosen: Vec<String> = Vec::new();
        for field in fields {
            let (typed, fixed) = tidy(&text(cell(row, field.place)));
            let header = &field.column.column;
            if fixed {
                outcome.add(Verdict::OkFixed, format!("Kolumna „{header}”: usunięto znaki sterujące."));
            }
            let said = match &field.column.choice {
                Some(choice) => tick(choice, &typed),
                None => said(field.column, question, list, &typed),
            };
            match said {
                Said::Nothing => {}
                Said::Answer(text) => chosen.push(text),
                Said::DontKnow => dont_know(question, list, path, answers),
                Said::Typed(text) => {
                    let shown: String = text.chars().take(80).collect();
                    let note = format!(
                        "Kolumna „{header}”: „{shown}” nie jest odpowiedzią na pytanie „{}”; tekst zachowano.",
                        question.name
                    );
                    outcome.add(Verdict::WarnUnreadable, note);
                    chosen.push(text);
                }
            }
        }
        if chosen.is_empty() {
            return;
        }
        let text = chosen.join(" ");
        match question.kind {
            Kind::Rank(_) => {
                for (place, name) in text.split_whitespace().enumerate() {
                    answers.set(&path.beside(&format!("{}.{}", question.name, place + 1)), name);
                }
            }
            _ => answers.set(path, &text),
        }
    }

    /// The sheets of lists: each row belongs to a response by its key.
    fn lists(&mut self) {
        let plan = self.plan;
        for list in &plan.sheets {
            self.list(list);
        }
    }

    fn list(&mut self, list: &ListSheet<'_>) {
        let parents = self.parents.get(&list.parent).cloned().unwrap_or_default();
        let mut numbers: BTreeMap<usize, usize> = BTreeMap::new();
        for (place, row) in list.table.sheet.rows.iter().enumerate() {
            let verdict = match place.cmp(&list.table.header) {
                std::cmp::Ordering::Equal => Verdict::Header,
                std::cmp::Ordering::Greater if !is_blank(row) => Verdict::Ok,
                _ => Verdict::Ignore,
            };
            let mut outcome = self.outcome(list.table.sheet, row.line, verdict);
            if verdict == Verdict::Ok {
                let key = text(cell(row, list.key)).trim().to_owned();
                match parents.get(&key).copied() {
                    Some(taken) => {
                        let number = numbers.entry(taken).or_default();
                        *number += 1;
                        let mut answers = std::mem::take(&mut self.read.taken[taken].answers);
                        self.entry(row, &list.fields, list.repeat, *number, &mut answers, &mut outcome);
                        self.read.taken[taken].answers = answers;
                        outcome.unit = Some(self.read.taken[taken].unit.clone());
                    }
                    None => outcome.add(
                        Verdict::Error,
                        format!("Nie ma przyjętej odpowiedzi o kluczu „{key}”; wpisu nie wczytano."),
                    ),
                }
            }
            self.read.outcomes.push(outcome);
        }
    }
}

/// Columns by question, in the order of the map.
fn grouped<'a, 'b>(fields: &'b [Placed<'a>]) -> Vec<(String, Vec<&'b Placed<'a>>)> {
    let mut groups: Vec<(String, Vec<&Placed<'a>>)> = Vec::new();
    for field in fields {
        match groups.iter_mut().find(|(name, _)| *name == field.question.name) {
            Some((_, group)) => group.push(field),
            None => groups.push((field.question.name.clone(), vec![field])),
        }
    }
    groups
}

fn tick(choice: &str, typed: &str) -> Said {
    if typed.is_empty() {
        return Said::Nothing;
    }
    match ticked(typed) {
        Some(true) => Said::Answer(choice.to_owned()),
        Some(false) => Said::Nothing,
        None => Said::Typed(typed.to_owned()),
    }
}

/// "Don't know" as the question offers it.
fn dont_know(question: &Question, list: Option<&form::ChoiceList>, path: &Path, answers: &mut Raw) {
    let choice = list.and_then(|list| list.choices.iter().find(|choice| choice.dont_know));
    match choice {
        Some(choice) => answers.set(path, &choice.name),
        None => answers.set(&path.beside(&format!("{}.nw", question.name)), "1"),
    }
}

/// The moment of a response: a day, or a day and a time.
fn moment(said: &str, outcome: &mut Outcome) -> Option<NaiveDateTime> {
    let said = said.trim();
    if said.is_empty() {
        outcome.add(Verdict::WarnDate, "Brak daty odpowiedzi.");
        return None;
    }
    let (day, time) = said.split_once([' ', 'T']).unwrap_or((said, ""));
    match read_date(day) {
        Ok(day) => {
            let time = time.get(..8).or(time.get(..5)).unwrap_or_default();
            let time = NaiveTime::parse_from_str(time, "%H:%M:%S")
                .or_else(|_| NaiveTime::parse_from_str(time, "%H:%M"));
            Some(day.and_time(time.unwrap_or_else(|_| NaiveTime::from_hms_opt(12, 0, 0).unwrap_or_default())))
        }
        Err(_) => {
            outcome.add(Verdict::WarnDate, format!("„{said}” nie jest datą odpowiedzi."));
            None
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::register::Cell;

    const FORM: &str = r#"
[settings]
form_id = "f"
version = "1"
form_title = "F"
[[survey]]
type = "begin_group"
name = "g"
label = "G"
[[survey]]
type = "text"
name = "a"
label = "A"
[[survey]]
type = "end_group"
"#;
    const MAP: &str = "[unit]\ncode = \"TERYT\"\n[[questions]]\ncolumn = \"A\"\nquestion = \"a\"\n";

    #[test]
    fn answers_of_nobody_known_are_never_called_taken_and_titles_are_passed_over() {
        let model = form::load("f.toml", FORM).questionnaire.unwrap().model;
        let map = Map::parse(MAP, &model).unwrap();
        let rows = [
            ["TERYT", "A"],
            ["9999999", "tak"],
            ["abc", "tak"],
            ["Uwaga: dane wstępne", ""],
            ["1499011", "tak"],
            ["", "tak"],
        ];
        let rows = (1..)
            .zip(rows)
            .map(|(line, cells)| RawRow { line, cells: cells.map(|text| Cell::Text(text.into())).into() });
        let found = read(&map, &model, &[Sheet { name: "A".into(), rows: rows.collect() }], &[]).unwrap();
        let told: Vec<Verdict> = found.outcomes.iter().map(|outcome| outcome.verdict).collect();
        let (error, ignore) = (Verdict::Error, Verdict::Ignore);
        assert_eq!(told, [Verdict::Header, error, error, ignore, error, error], "{:?}", found.outcomes);
        assert_eq!(found.taken, []);
    }
}
