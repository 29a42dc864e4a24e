//! Who depends on whom, as the manifests say it.

use toml::{Table, Value};

use crate::none;
use crate::tree::{File, files, has_word};

/// The crates and which of ours each depends on.
const CRATES: [(&str, &[&str]); 6] = [
    ("form", &[]),
    ("survey", &["form"]),
    ("tally", &["form"]),
    ("sheet", &[]),
    ("store", &["form", "survey"]),
    ("miernik", &["form", "survey", "tally", "sheet", "store"]),
];

/// Libraries that only one crate may be built with; tests may look past it.
const OWNERS: [(&str, &str); 8] = [
    ("diesel", "store"),
    ("diesel_migrations", "store"),
    ("libsqlite3-sys", "store"),
    ("pq-sys", "store"),
    ("actix-web", "miernik"),
    ("askama", "miernik"),
    ("lettre", "miernik"),
    ("getrandom", "miernik"),
];

/// Declared only to choose how the C library below Diesel is built.
const NEVER_NAMED: [&str; 2] = ["libsqlite3-sys", "pq-sys"];

struct Manifest {
    path: String,
    table: Table,
}

impl Manifest {
    fn new(file: &File) -> Self {
        Self { path: file.path.clone(), table: file.text.parse().unwrap() }
    }

    fn name(&self) -> &str {
        self.table["package"]["name"].as_str().unwrap()
    }

    fn folder(&self) -> &str {
        self.path.trim_end_matches("Cargo.toml")
    }

    fn dependencies(&self, section: &str) -> Vec<(&str, &Value)> {
        let section = self.table.get(section).and_then(Value::as_table);
        section.into_iter().flatten().map(|(name, value)| (name.as_str(), value)).collect()
    }

    fn all(&self) -> Vec<(&str, &Value)> {
        ["dependencies", "dev-dependencies", "build-dependencies"]
            .iter()
            .flat_map(|s| self.dependencies(s))
            .collect()
    }
}

fn manifests() -> Vec<Manifest> {
    let found = files(&["toml"]).into_iter().filter(|file| file.path.ends_with("Cargo.toml"));
    found.map(|file| Manifest::new(&file)).collect()
}

fn wrong_directions(manifests: &[Manifest]) -> Vec<String> {
    let mut found = Vec::new();
    for manifest in manifests {
        let Some((_, expected)) = CRATES.iter().find(|(name, _)| *name == manifest.name()) else {
            found.push(format!("{}: a crate that the table does not know", manifest.path));
            continue;
        };
        let depends =
            |name: &str| manifest.dependencies("dependencies").iter().any(|(other, _)| *other == name);
        for (other, _) in CRATES.iter().filter(|(other, _)| depends(other) != expected.contains(other)) {
            found.push(format!("{}: the dependency on {other} is not as the table says", manifest.path));
        }
        for (library, owner) in OWNERS {
            let built_in =
                ["dependencies", "build-dependencies"].iter().flat_map(|s| manifest.dependencies(s));
            if owner != manifest.name() && built_in.into_iter().any(|(other, _)| other == library) {
                found.push(format!("{}: only {owner} may depend on {library}", manifest.path));
            }
        }
    }
    found
}

fn unused_in_the_workspace(manifests: &[Manifest]) -> Vec<String> {
    let root = manifests.iter().find(|manifest| manifest.path == "Cargo.toml").unwrap();
    let declared = root.table["workspace"]["dependencies"].as_table().unwrap();
    let inherits = |value: &Value| value.get("workspace").and_then(Value::as_bool) == Some(true);
    let used =
        |name: &str| manifests.iter().any(|m| m.all().iter().any(|(n, value)| *n == name && inherits(value)));
    let unused = declared.keys().filter(|name| !used(name));
    unused.map(|name| format!("Cargo.toml: no crate takes {name} from the workspace")).collect()
}

fn never_named(manifest: &Manifest, sources: &[File]) -> Vec<String> {
    let inner = |file: &&File| {
        let own = file.path.starts_with(manifest.folder());
        own && (!manifest.folder().is_empty() || !file.path.starts_with("crates/"))
    };
    let code: String = sources.iter().filter(inner).map(File::code).collect::<Vec<_>>().join("\n");
    let named = |name: &str| NEVER_NAMED.contains(&name) || has_word(&code, &name.replace('-', "_"));
    let unused = manifest.all().into_iter().filter(|(name, _)| !named(name));
    unused.map(|(name, _)| format!("{}: nothing names {name}", manifest.path)).collect()
}

#[test]
fn crates_depend_on_each_other_in_one_direction_only() {
    none(&wrong_directions(&manifests()));
    let survey = "[package]\nname = \"survey\"\n[dependencies]\nform.workspace = true\ntally.workspace = true\ndiesel = \"2\"";
    assert_eq!(wrong_directions(&[Manifest::new(&File::new("crates/survey/Cargo.toml", survey))]).len(), 2);
    let newcomer = "[package]\nname = \"newcomer\"";
    assert_eq!(
        wrong_directions(&[Manifest::new(&File::new("crates/newcomer/Cargo.toml", newcomer))]).len(),
        1
    );
}

#[test]
fn every_dependency_of_the_workspace_is_taken_by_a_crate() {
    none(&unused_in_the_workspace(&manifests()));
    let text = "[package]\nname = \"miernik\"\n[workspace.dependencies]\nused = \"1\"\nunused = \"1\"\n[dependencies]\nused.workspace = true";
    assert_eq!(unused_in_the_workspace(&[Manifest::new(&File::new("Cargo.toml", text))]).len(), 1);
}

#[test]
fn every_dependency_of_a_crate_is_named_in_its_code() {
    let sources = files(&["rs"]);
    none(&manifests().iter().flat_map(|manifest| never_named(manifest, &sources)).collect::<Vec<_>>());
    let text = "[package]\nname = \"tally\"\n[dependencies]\nnum-traits = \"1\"\nserde = \"1\"";
    let manifest = Manifest::new(&File::new("crates/tally/Cargo.toml", text));
    let code = [
        File::new("crates/tally/src/lib.rs", "// serde\nuse num_traits::Zero;"),
        File::new("src/lib.rs", "use serde::de;"),
    ];
    assert_eq!(never_named(&manifest, &code).len(), 1);
}

#[test]
fn every_crate_shares_version_edition_licence_and_lints() {
    let wrong = manifests().into_iter().flat_map(|manifest| {
        let inherited = |section: &str, key: &str| {
            manifest
                .table
                .get(section)
                .and_then(|s| s.get(key))
                .is_some_and(|v| v.get("workspace").is_some() || v.is_bool())
        };
        let package =
            ["version", "edition", "rust-version", "license", "publish"].map(|key| ("package", key));
        let missing = package.into_iter().chain([("lints", "workspace")]).filter(|(s, k)| !inherited(s, k));
        missing
            .map(|(s, key)| format!("{}: [{s}] {key} is not the workspace's", manifest.path))
            .collect::<Vec<_>>()
    });
    none(&wrong.collect::<Vec<_>>());
}
