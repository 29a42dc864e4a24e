//! `MIERNIK_*` variables as settings: `MIERNIK_LISTEN`, and `__` between the parts of a nested key (`MIERNIK_MAIL__SMTP__HOST`).

use std::collections::BTreeMap;

/// What the names of variables begin with.
pub(super) const PREFIX: &str = "MIERNIK_";
/// Variables with the prefix that are not settings: the file itself, the log filter, a key, and what only tests read.
const NOT_SETTINGS: [&str; 4] = ["MIERNIK_CONFIG", "MIERNIK_LOG", "MIERNIK_LINK_KEY", "MIERNIK_TEST_"];

/// Puts every variable with the prefix into the table, over what stands there.
pub(super) fn apply(table: &mut toml::Table, environment: &BTreeMap<String, String>) {
    for (name, value) in environment {
        let Some(key) = name.strip_prefix(PREFIX) else { continue };
        if NOT_SETTINGS.iter().any(|other| name.starts_with(other)) {
            continue;
        }
        let path: Vec<String> = key.split("__").map(str::to_lowercase).collect();
        insert(table, &path, value);
    }
}

fn insert(table: &mut toml::Table, path: &[String], value: &str) {
    match path {
        [] => {}
        [last] => {
            table.insert(last.clone(), typed(value));
        }
        [first, rest @ ..] => {
            let entry = table.entry(first.clone()).or_insert_with(|| toml::Table::new().into());
            if let Some(inner) = entry.as_table_mut() {
                insert(inner, rest, value);
            }
        }
    }
}

/// A variable is text; whole numbers and booleans are what they look like.
fn typed(value: &str) -> toml::Value {
    if let Ok(number) = value.parse::<i64>() {
        return number.into();
    }
    match value {
        "true" => true.into(),
        "false" => false.into(),
        text => text.into(),
    }
}
