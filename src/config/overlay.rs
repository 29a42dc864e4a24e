//! `MIERNIK_*` variables as settings: `MIERNIK_LISTEN`, and `__` between the parts of a nested key (`MIERNIK_MAIL__SMTP__HOST`).

use std::collections::BTreeMap;

use super::Settings;

/// What the names of variables begin with.
pub(super) const PREFIX: &str = "MIERNIK_";
/// Variables with the prefix that are not settings: the file itself, the log filter, a key, and what only tests read.
const NOT_SETTINGS: [&str; 4] = ["MIERNIK_CONFIG", "MIERNIK_LOG", "MIERNIK_LINK_KEY", "MIERNIK_TEST_"];

/// Puts every variable with the prefix into the table, over what stands there.
pub(super) fn apply(table: &mut toml::Table, environment: &BTreeMap<String, String>) {
    let defaults = toml::Value::try_from(Settings::default()).unwrap_or_else(|_| toml::Table::new().into());
    for (name, value) in environment {
        let Some(key) = name.strip_prefix(PREFIX) else { continue };
        if NOT_SETTINGS.iter().any(|other| name.starts_with(other)) {
            continue;
        }
        let path: Vec<String> = key.split("__").map(str::to_lowercase).collect();
        let value = typed(value, default_of(&defaults, &path));
        insert(table, &path, value);
    }
}

fn insert(table: &mut toml::Table, path: &[String], value: toml::Value) {
    match path {
        [] => {}
        [last] => {
            table.insert(last.clone(), value);
        }
        [first, rest @ ..] => {
            let entry = table.entry(first.clone()).or_insert_with(|| toml::Table::new().into());
            if let Some(inner) = entry.as_table_mut() {
                insert(inner, rest, value);
            }
        }
    }
}

/// What stands at a key by default; none for keys without a default, which are all texts.
fn default_of<'a>(defaults: &'a toml::Value, path: &[String]) -> Option<&'a toml::Value> {
    path.iter().try_fold(defaults, |value, key| value.get(key))
}

/// A variable is text; it is read as what the setting's default is: a telephone number stays a text, a port becomes a
/// number, and a list takes its parts between commas.
fn typed(value: &str, default: Option<&toml::Value>) -> toml::Value {
    let text = || toml::Value::from(value);
    match default {
        Some(toml::Value::Integer(_)) => value.parse::<i64>().map_or_else(|_| text(), toml::Value::from),
        Some(toml::Value::Boolean(_)) => value.parse::<bool>().map_or_else(|_| text(), toml::Value::from),
        Some(toml::Value::Datetime(_)) => {
            value.parse::<toml::value::Datetime>().map_or_else(|_| text(), toml::Value::from)
        }
        Some(toml::Value::Array(_)) => {
            let parts = value.split(',').map(str::trim).filter(|part| !part.is_empty());
            toml::Value::Array(parts.map(toml::Value::from).collect())
        }
        _ => text(),
    }
}
