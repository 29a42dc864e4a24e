//! The groups of a list as a table: a row per entry.

use sheet::{Column, Table, Value};

use super::Workbench;

/// A row per entry with the thing that it names.
#[must_use]
pub fn table(bench: &Workbench) -> Table {
    let columns = [
        ("Nr pozycji", "nr_pozycji"),
        ("Pozycja", "pozycja"),
        ("Klucz", "klucz"),
        ("Wpisów", "wpisow"),
        ("Jednostka", "jednostka"),
        ("Wpis", "wpis"),
        ("Klucz wpisu", "klucz_wpisu"),
        ("Decyzja", "decyzja"),
        ("Powód", "powod"),
        ("Kto", "kto"),
        ("Kiedy", "kiedy"),
    ];
    let text = |text: &str| if text.is_empty() { Value::Empty } else { Value::Text(text.to_owned()) };
    let count = |number: usize| i64::try_from(number).map_or(Value::Empty, Value::Integer);
    let mut rows = Vec::new();
    for (number, group) in bench.groups.iter().enumerate() {
        for entry in &group.entries {
            let decision = entry.decision.as_ref().filter(|decision| decision.thing_key.is_some());
            rows.push(vec![
                count(number + 1),
                text(&group.name),
                text(&group.key),
                count(group.entries.len()),
                text(&entry.unit),
                text(&entry.raw),
                text(&entry.own_key),
                decision.map_or(Value::Empty, |decision| text(decision.kind.as_str())),
                decision.map_or(Value::Empty, |decision| text(&decision.reason)),
                decision.map_or(Value::Empty, |decision| text(&decision.actor)),
                decision.map_or(Value::Empty, |decision| text(&decision.at.to_string())),
            ]);
        }
    }
    Table { columns: columns.map(|(title, name)| Column::named(title, name)).into(), rows }
}
