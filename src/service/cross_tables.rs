//! Cross-tables as files: one row per group, JSON and CSV in two profiles.

use serde_json::{Map, Value as Json, json};
use sheet::{Column, Decimal, Profile, Table, Value};
use tally::{Cell, Figure, Reading};

use super::cross::{CrossTable, CrossTables};
use super::measure_tables::plain;

/// Who a table is made for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reader {
    /// People of the office: everything.
    Inside,
    /// Everybody else: small groups, and whatever they could be computed from, are left out.
    Outside,
}

/// One group of a table.
struct Group<'a> {
    row: Option<&'a tally::Value>,
    column: Option<&'a tally::Value>,
    cell: &'a Cell,
    is_shown: bool,
}

/// The groups of a table: cells, then totals of rows and columns, then the whole.
fn groups(table: &CrossTable, reader: Reader) -> Vec<Group<'_>> {
    let (cross, shown) = (&table.cross, &table.shown);
    let mut groups = Vec::new();
    let mut put = |row, column, cell, may_leave: bool| {
        groups.push(Group { row, column, cell, is_shown: may_leave || reader == Reader::Inside });
    };
    for (at, row) in cross.rows.iter().enumerate() {
        for (place, column) in cross.columns.iter().enumerate() {
            put(Some(row), Some(column), &cross.cells[at][place], shown.cells[at][place]);
        }
        put(Some(row), None, &cross.row_totals[at], shown.rows[at]);
    }
    for (place, column) in cross.columns.iter().enumerate() {
        put(None, Some(column), &cross.column_totals[place], shown.columns[place]);
    }
    put(None, None, &cross.total, shown.total);
    groups
}

/// The JSON document. Totals are groups without the attribute.
///
/// # Panics
/// Never: the document has string keys and finite numbers only.
#[must_use]
pub fn json(tables: &CrossTables, reader: Reader) -> Vec<u8> {
    let by: Vec<&String> = [&tables.by.rows].into_iter().chain(&tables.by.columns).collect();
    let document = json!({
        "edition": tables.edition,
        "as_of": { "seq": tables.as_of.seq, "frozen": tables.as_of.frozen },
        "notice": tables.notice,
        "by": by,
        "where": tables.by.only,
        "smallest_group": if reader == Reader::Outside { Json::from(tables.rules.smallest_group) } else { Json::Null },
        "smallest_base": tables.rules.smallest_base,
        "tables": tables.tables.iter().map(|table| json_table(tables, table, reader)).collect::<Vec<_>>(),
    });
    let mut text = serde_json::to_vec(&document).expect("a document of texts and finite numbers");
    text.push(b'\n');
    text
}

fn json_table(tables: &CrossTables, table: &CrossTable, reader: Reader) -> Json {
    let total = &table.cross.total.reading;
    let groups = groups(table, reader).into_iter().map(|group| json_group(tables, &group));
    json!({
        "form": table.form,
        "name": total.name,
        "label": total.label,
        "fn": total.function.name(),
        "base_kind": total.base_kind.map(form::plan::Base::name),
        "groups": groups.collect::<Vec<_>>(),
    })
}

fn json_group(tables: &CrossTables, group: &Group<'_>) -> Json {
    let mut found = Map::new();
    let pairs = [(Some(&tables.by.rows), group.row), (tables.by.columns.as_ref(), group.column)];
    for (attribute, value) in pairs {
        let Some((attribute, value)) = attribute.zip(value) else { continue };
        found.insert(attribute.clone(), json!(value));
        found.insert(format!("{attribute}_name"), json!(tables.names.value(attribute, value.as_deref())));
    }
    found.insert("hidden".into(), json!(!group.is_shown));
    if group.is_shown {
        found.insert("asked".into(), json!(group.cell.asked));
        found.insert("responses".into(), json!(group.cell.responses));
        let reading =
            serde_json::to_value(&group.cell.reading).expect("a reading of texts and finite numbers");
        let wanted = [
            "value",
            "numerator",
            "base",
            "share",
            "share_text",
            "answered",
            "missing",
            "dont_know",
            "not_relevant",
        ];
        for key in wanted {
            found.insert(key.into(), reading.get(key).cloned().unwrap_or_default());
        }
        let base = group.cell.reading.base.filter(|base| *base < tables.rules.smallest_base);
        if base.is_some() {
            // Of so few only counts are given.
            found.insert("share".into(), Json::Null);
            found.insert("share_text".into(), json!("–"));
        }
    }
    Json::Object(found)
}

/// For reading at a terminal: a line per group, count first, percent second, base and coverage always.
#[must_use]
pub fn text(tables: &CrossTables, reader: Reader) -> String {
    let mut lines = vec![format!("Edycja {}, stan liczenia {}", tables.edition, tables.as_of.seq)];
    lines.extend(tables.notice.map(|notice| format!("Uwaga: {notice}")));
    let filter = only(tables);
    lines.extend((!filter.is_empty()).then(|| format!("Tylko: {filter}")));
    for table in &tables.tables {
        let total = &table.cross.total.reading;
        lines.push(format!("\n{} {}: {}", table.form, total.name, total.label));
        let groups = groups(table, reader);
        lines.extend(groups.iter().map(|group| text_group(tables, group)));
    }
    lines.join("\n") + "\n"
}

fn text_group(tables: &CrossTables, group: &Group<'_>) -> String {
    let pairs = [(Some(&tables.by.rows), group.row), (tables.by.columns.as_ref(), group.column)];
    let named = pairs
        .into_iter()
        .filter_map(|(attribute, value)| Some(tables.names.value(attribute?, value?.as_deref())));
    let name = named.collect::<Vec<_>>().join(", ");
    let name = if name.is_empty() { "ogółem" } else { &name };
    if !group.is_shown {
        return format!("  {name}: ukryte (mała grupa albo dałoby się ją z tej liczby wyliczyć)");
    }
    let reading = &group.cell.reading;
    let value = match &reading.value {
        Figure::Nothing | Figure::Texts(_) => "–".to_owned(),
        Figure::Number(number) => plain(number),
        Figure::Frequencies(choices) => choices
            .iter()
            .map(|choice| format!("{} {}", choice.code, choice.count))
            .collect::<Vec<_>>()
            .join(", "),
    };
    let share = match (&reading.share_text, reading.base) {
        (Some(share), Some(base)) if base >= tables.rules.smallest_base => format!(" ({share}; n = {base})"),
        (Some(_), Some(base)) => format!(" (n = {base})"),
        _ => String::new(),
    };
    format!("  {name}: {value}{share}; złożone {} z {}", group.cell.responses, group.cell.asked)
}

/// One row per group; a table of frequencies has one row per group and choice.
///
/// # Panics
/// Never: every row has as many cells as there are columns.
#[must_use]
pub fn csv(tables: &CrossTables, profile: Profile, reader: Reader) -> Vec<u8> {
    let mut sheet = Table { columns: columns(tables), rows: Vec::new() };
    for table in &tables.tables {
        for group in groups(table, reader) {
            sheet.rows.extend(rows(tables, table, &group));
        }
    }
    sheet::write_csv(&sheet, profile).expect("rows as wide as the header")
}

fn columns(tables: &CrossTables) -> Vec<Column> {
    let mut columns: Vec<Column> = [
        ("Edycja", "edycja"),
        ("Stan liczenia", "stan_liczenia"),
        ("Uwaga o danych", "uwaga_o_danych"),
        ("Ankieta", "ankieta"),
        ("Miernik", "miernik"),
        ("Opis", "opis"),
        ("Tylko", "tylko"),
    ]
    .map(|(title, name)| Column::named(title, name))
    .into();
    for attribute in [&tables.by.rows].into_iter().chain(&tables.by.columns) {
        let title = tables.names.attribute(attribute).unwrap_or(attribute);
        columns.push(Column::named(&format!("{title} (kod)"), attribute));
        columns.push(Column::named(title, &format!("{attribute}_nazwa")));
    }
    let rest = [
        ("Zaproszone", "zaproszone"),
        ("Złożone", "zlozone"),
        ("Odpowiedź (kod)", "odpowiedz_kod"),
        ("Odpowiedź", "odpowiedz"),
        ("Wartość", "wartosc"),
        ("Licznik", "licznik"),
        ("Podstawa", "podstawa"),
        ("Udział", "udzial"),
        ("Z odpowiedzią", "z_odpowiedzia"),
        ("Brak odpowiedzi", "brak_odpowiedzi"),
        ("Nie wiem", "nie_wiem"),
        ("Nie dotyczy", "nie_dotyczy"),
        ("Ukryte (1 tak)", "ukryte"),
    ];
    columns.extend(rest.map(|(title, name)| Column::named(title, name)));
    columns
}

fn rows(tables: &CrossTables, table: &CrossTable, group: &Group<'_>) -> Vec<Vec<Value>> {
    if !group.is_shown {
        return vec![row(tables, table, group, None, Value::Empty)];
    }
    match &group.cell.reading.value {
        Figure::Nothing | Figure::Texts(_) => vec![row(tables, table, group, None, Value::Empty)],
        Figure::Number(number) => {
            let value = Decimal::parse(&plain(number)).map_or(Value::Empty, Value::Decimal);
            vec![row(tables, table, group, None, value)]
        }
        Figure::Frequencies(choices) => choices
            .iter()
            .map(|choice| {
                let value = count(Some(choice.count));
                row(tables, table, group, Some((&choice.code, &choice.label)), value)
            })
            .collect(),
    }
}

fn row(
    tables: &CrossTables,
    table: &CrossTable,
    group: &Group<'_>,
    choice: Option<(&str, &str)>,
    value: Value,
) -> Vec<Value> {
    let reading = &group.cell.reading;
    let mut cells = vec![
        words(&tables.edition),
        Value::Integer(tables.as_of.seq),
        tables.notice.map_or(Value::Empty, words),
        words(&table.form),
        words(&reading.name),
        words(&reading.label),
        words(&only(tables)),
    ];
    cells.extend(place(tables, Some(&tables.by.rows), group.row));
    cells.extend(place(tables, tables.by.columns.as_ref(), group.column));
    let shown = |number: Option<u64>| if group.is_shown { count(number) } else { Value::Empty };
    cells.extend([
        shown(Some(group.cell.asked)),
        shown(Some(group.cell.responses)),
        choice.map_or(Value::Empty, |(code, _)| words(code)),
        choice.map_or(Value::Empty, |(_, label)| words(label)),
        value,
        shown(reading.numerator),
        shown(reading.base),
        if group.is_shown { share(reading, tables.rules.smallest_base) } else { Value::Empty },
        shown(reading.answered),
        shown(reading.missing),
        shown(reading.dont_know),
        shown(reading.not_relevant),
        Value::Integer(i64::from(!group.is_shown)),
    ]);
    cells
}

/// The two cells of an attribute; a total has the word for it.
fn place(tables: &CrossTables, attribute: Option<&String>, value: Option<&tally::Value>) -> Vec<Value> {
    let Some(attribute) = attribute else { return Vec::new() };
    match value {
        None => vec![Value::Empty, words("ogółem")],
        Some(value) => vec![
            value.as_deref().map_or(Value::Empty, words),
            words(&tables.names.value(attribute, value.as_deref())),
        ],
    }
}

/// The filter in words.
#[must_use]
pub fn only(tables: &CrossTables) -> String {
    let one = |(attribute, value): (&String, &tally::Value)| {
        let name = tables.names.attribute(attribute).unwrap_or(attribute);
        format!("{name}: {}", tables.names.value(attribute, value.as_deref()))
    };
    tables.by.only.iter().map(one).collect::<Vec<_>>().join("; ")
}

fn share(reading: &Reading, smallest_base: u64) -> Value {
    let share = reading.share.as_ref().filter(|_| reading.base.is_some_and(|base| base >= smallest_base));
    share.and_then(|share| Decimal::parse(&plain(share)).ok()).map_or(Value::Empty, Value::Decimal)
}

fn words(text: &str) -> Value {
    if text.is_empty() { Value::Empty } else { Value::Text(text.to_owned()) }
}

fn count(number: Option<u64>) -> Value {
    number.and_then(|number| i64::try_from(number).ok()).map_or(Value::Empty, Value::Integer)
}
