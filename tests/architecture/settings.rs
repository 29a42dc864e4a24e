//! The page of settings tells of every key, and its examples can be used.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use miernik::config::{Settings, parse};
use serde_json::Value;

use crate::none;
use crate::tree::root;

/// Variables with our prefix that are no settings.
const OTHER_VARIABLES: [&str; 3] = ["MIERNIK_CONFIG", "MIERNIK_LINK_KEY", "MIERNIK_LOG"];

/// Lists, which only the file can give.
const LISTS: [&str; 2] = ["metrics_from", "trusted_proxies"];

fn page() -> String {
    std::fs::read_to_string(root().join("docs/ustawienia.md")).unwrap()
}

/// Every key with a dot between its parts.
fn keys(prefix: &str, value: &Value, found: &mut BTreeSet<String>) {
    let Value::Object(table) = value else {
        found.insert(prefix.to_owned());
        return;
    };
    for (name, inner) in table {
        let key = if prefix.is_empty() { name.clone() } else { format!("{prefix}.{name}") };
        keys(&key, inner, found);
    }
}

fn all_keys() -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    keys("", &serde_json::to_value(Settings::default()).unwrap(), &mut found);
    found
}

fn variable(key: &str) -> String {
    format!("MIERNIK_{}", key.replace('.', "__").to_uppercase())
}

fn untold(page: &str) -> Vec<String> {
    let known = all_keys();
    let mut found = Vec::new();
    for key in &known {
        for word in [format!("`{key}`"), format!("`{}`", variable(key))] {
            let needed = !word.contains("MIERNIK_") || !LISTS.contains(&key.as_str());
            if needed && !page.contains(&word) {
                found.push(format!("docs/ustawienia.md: does not tell of {word}"));
            }
        }
    }
    let variables: BTreeSet<String> = known.iter().map(|key| variable(key)).collect();
    for span in
        page.split('`').skip(1).step_by(2).filter(|span| span.starts_with("MIERNIK_") && !span.contains('*'))
    {
        let name = span.split('=').next().unwrap_or_default();
        if !variables.contains(name) && !OTHER_VARIABLES.contains(&name) {
            found.push(format!("docs/ustawienia.md: there is no {name}"));
        }
    }
    found
}

#[test]
fn the_page_of_settings_tells_of_every_key_and_of_no_other() {
    none(&untold(&page()));
    let without = page().replace("`mail.smtp.port`", "");
    assert_eq!(untold(&without).len(), 1);
    assert_eq!(untold(&format!("{} `MIERNIK_LISTN`", page())).len(), 1);
}

#[test]
fn every_example_on_the_page_of_settings_can_be_used_as_it_stands() {
    let text = page();
    let examples: Vec<&str> =
        text.split("```toml\n").skip(1).filter_map(|rest| rest.split("```").next()).collect();
    assert!(!examples.is_empty());
    for example in examples {
        parse(Path::new("/etc/miernik/miernik.toml"), example, &BTreeMap::new()).unwrap();
    }
}
