//! Licences of everything that is built into the program.

use std::collections::{BTreeMap, BTreeSet};
use std::process::Command;

use serde_json::Value;

use crate::none;
use crate::tree::root;

/// Licences that may come along, by their SPDX names. None of them asks anything of our own source text.
const ALLOWED: [&str; 14] = [
    "0BSD",
    "Apache-2.0",
    "Apache-2.0 WITH LLVM-exception",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "BSL-1.0",
    "CDLA-Permissive-2.0",
    "EUPL-1.2",
    "ISC",
    "MIT",
    "PostgreSQL",
    "Unicode-3.0",
    "Unlicense",
    "Zlib",
];

/// Whether an SPDX expression can be satisfied with allowed licences alone; `/` is an old way of writing `OR`.
fn acceptable(expression: &str) -> bool {
    let expression = expression.replace('/', " OR ");
    let words: Vec<String> =
        expression.replace('(', " ( ").replace(')', " ) ").split_whitespace().map(str::to_owned).collect();
    let mut rest = words.as_slice();
    either(&mut rest) && rest.is_empty()
}

fn either(rest: &mut &[String]) -> bool {
    let mut good = both(rest);
    while let Some((_, tail)) = rest.split_first().filter(|(word, _)| *word == "OR") {
        *rest = tail;
        good |= both(rest);
    }
    good
}

fn both(rest: &mut &[String]) -> bool {
    let mut good = one(rest);
    while let Some((_, tail)) = rest.split_first().filter(|(word, _)| *word == "AND") {
        *rest = tail;
        good &= one(rest);
    }
    good
}

fn one(rest: &mut &[String]) -> bool {
    let Some((first, tail)) = rest.split_first() else { return false };
    *rest = tail;
    if first == "(" {
        let good = either(rest);
        return match rest.split_first() {
            Some((end, tail)) if end == ")" => {
                *rest = tail;
                good
            }
            _ => false,
        };
    }
    let mut name = first.clone();
    if let [with, exception, tail @ ..] = *rest
        && with == "WITH"
    {
        name = format!("{name} WITH {exception}");
        *rest = tail;
    }
    ALLOWED.contains(&name.as_str())
}

/// Every package that the program is built from or with, tests left out.
fn built_in(metadata: &Value) -> BTreeSet<&str> {
    let nodes: BTreeMap<&str, &Value> =
        list(&metadata["resolve"]["nodes"]).iter().map(|node| (text(&node["id"]), node)).collect();
    let mut waiting: Vec<&str> = list(&metadata["workspace_members"]).iter().map(text).collect();
    let mut found = BTreeSet::new();
    while let Some(id) = waiting.pop() {
        if found.insert(id) {
            let needed = list(&nodes[id]["deps"])
                .iter()
                .filter(|dep| list(&dep["dep_kinds"]).iter().any(|kind| kind["kind"] != "dev"));
            waiting.extend(needed.map(|dep| text(&dep["pkg"])));
        }
    }
    found
}

fn unacceptable(metadata: &Value) -> Vec<String> {
    let wanted = built_in(metadata);
    let packages = list(&metadata["packages"]).iter().filter(|package| wanted.contains(text(&package["id"])));
    let bad = packages.filter(|package| !package["license"].as_str().is_some_and(acceptable));
    bad.map(|package| format!("{} {}: {}", package["name"], package["version"], package["license"])).collect()
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

fn text(value: &Value) -> &str {
    value.as_str().expect("a text")
}

#[test]
fn nothing_that_is_built_in_has_a_licence_that_binds_our_own_source() {
    let version = Command::new(env!("CARGO")).arg("-vV").output().unwrap();
    let version = String::from_utf8(version.stdout).unwrap();
    let host = version.lines().find_map(|line| line.strip_prefix("host: ")).unwrap();
    // Packages of other platforms may not be on this machine.
    let asked = Command::new(env!("CARGO"))
        .args(["metadata", "--format-version", "1", "--locked", "--offline", "--filter-platform", host])
        .current_dir(root())
        .output()
        .unwrap();
    assert!(asked.status.success(), "{}", String::from_utf8_lossy(&asked.stderr));
    let metadata: Value = serde_json::from_slice(&asked.stdout).unwrap();
    assert!(built_in(&metadata).len() > 100, "the dependencies were not found");
    none(&unacceptable(&metadata));
}

#[test]
fn a_copyleft_licence_is_refused_unless_another_may_be_chosen() {
    for good in ["MIT", "MIT/Apache-2.0", "MIT OR LGPL-2.1-or-later", "(MIT OR Apache-2.0) AND Unicode-3.0"] {
        assert!(acceptable(good), "{good}");
    }
    for bad in [
        "GPL-3.0-or-later",
        "AGPL-3.0-only",
        "MIT AND GPL-2.0-only",
        "LicenseRef-own",
        "",
        "(MIT",
        "MIT WITH x",
    ] {
        assert!(!acceptable(bad), "{bad}");
    }
}

#[test]
fn a_dependency_of_a_dependency_is_looked_at_and_one_of_tests_is_not() {
    let package = |id: &str, license: &str| serde_json::json!({"id": id, "name": id, "version": "1", "license": license});
    let dep = |id: &str, kind: Option<&str>| serde_json::json!({"pkg": id, "dep_kinds": [{"kind": kind}]});
    let metadata = serde_json::json!({
        "packages": [package("ours", "EUPL-1.2"), package("a", "MIT"), package("b", "GPL-3.0-only"), package("c", "GPL-3.0-only")],
        "workspace_members": ["ours"],
        "resolve": {"nodes": [
            {"id": "ours", "deps": [dep("a", None), dep("c", Some("dev"))]},
            {"id": "a", "deps": [dep("b", Some("build"))]},
            {"id": "b", "deps": []}, {"id": "c", "deps": []}
        ]}
    });
    let found = unacceptable(&metadata);
    assert!(found.len() == 1 && found[0].contains("\"b\""), "{found:?}");
}
