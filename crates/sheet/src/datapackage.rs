//! The descriptor of a Data Package: what tables are published, and what their columns and marks mean.
//!
//! Follows <https://datapackage.org> version 2. Only the descriptor is made here; the caller writes it as
//! `datapackage.json` beside the files.

use chrono::{DateTime, SecondsFormat, Utc};
use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};

use crate::csv_out::Profile;
use crate::markup::hex;

/// A package of tables.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Package {
    /// Lower-case letters, digits, `-`, `_` and `.`; other characters are replaced.
    pub name: String,
    /// Its title.
    pub title: String,
    /// What it is, in sentences.
    pub description: String,
    /// Its version: `1.0.0`.
    pub version: String,
    /// When it was made.
    pub created: Option<DateTime<Utc>>,
    /// Words to find it by.
    pub keywords: Vec<String>,
    /// Under which conditions it may be used.
    pub licences: Vec<Licence>,
    /// Where the content is from.
    pub sources: Vec<Source>,
    /// Who publishes it.
    pub publisher: Option<String>,
    /// The hash of the numbers, kept under `numbersHash`.
    pub numbers_hash: String,
    /// Its tables.
    pub resources: Vec<Resource>,
}

/// A licence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Licence {
    /// Its short name: `CC-BY-4.0`.
    pub name: String,
    /// Its address.
    pub path: String,
    /// Its title.
    pub title: String,
}

/// A source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// What it is.
    pub title: String,
    /// Its address, where it has one.
    pub path: Option<String>,
}

/// A table in a CSV file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Resource {
    /// As that of a package, and the only one of this name.
    pub name: String,
    /// The path of the file from the descriptor: `dane/miary.csv`.
    pub path: String,
    /// Its title.
    pub title: String,
    /// What a row is.
    pub description: String,
    /// How the file was written.
    pub profile: Profile,
    /// Bytes of the file.
    pub bytes: u64,
    /// As [`hash`] gives it.
    pub hash: String,
    /// Its columns.
    pub fields: Vec<Field>,
    /// The fields that together name a row.
    pub primary_key: Vec<String>,
    /// Marks that stand for a missing value, each with its meaning. An empty cell always does.
    pub missing: Vec<(String, String)>,
    /// Fields that point to those of another table.
    pub foreign_keys: Vec<ForeignKey>,
}

/// Fields that hold what fields of another table hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ForeignKey {
    /// The fields here.
    pub fields: Vec<String>,
    /// The name of the other resource; empty for the same.
    pub resource: String,
    /// Its fields.
    pub reference: Vec<String>,
}

/// A column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Field {
    /// The header in the file.
    pub name: String,
    /// Its title for people.
    pub title: String,
    /// What it means.
    pub description: String,
    /// What is in it.
    pub kind: Kind,
    /// Whether every row has it.
    pub required: bool,
    /// The values it can have, each with its label; empty for any.
    pub categories: Vec<(String, String)>,
}

/// What is in a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// Text.
    Text,
    /// Whole numbers.
    Integer,
    /// Decimal numbers.
    Number,
    /// Days, `2025-01-31`.
    Date,
    /// Instants.
    DateTime,
    /// Years.
    Year,
}

/// The hash of a file as a descriptor names it: `sha256:…`.
pub fn hash(bytes: &[u8]) -> String {
    format!("sha256:{}", hex(&Sha256::digest(bytes)))
}

/// The content of `datapackage.json`.
pub fn descriptor(package: &Package) -> Value {
    let mut out = Map::new();
    out.insert("$schema".into(), json!("https://datapackage.org/profiles/2.0/datapackage.json"));
    out.insert("name".into(), json!(slug(&package.name)));
    let texts = [
        ("title", &package.title),
        ("description", &package.description),
        ("version", &package.version),
        ("numbersHash", &package.numbers_hash),
    ];
    put_texts(&mut out, &texts);
    if let Some(created) = package.created {
        out.insert("created".into(), json!(created.to_rfc3339_opts(SecondsFormat::Secs, true)));
    }
    put_list(&mut out, "keywords", package.keywords.iter().map(|word| json!(word)).collect());
    let licences = package.licences.iter();
    let licences = licences.map(|l| json!({"name": l.name, "path": l.path, "title": l.title}));
    put_list(&mut out, "licenses", licences.collect());
    let sources = package.sources.iter().map(|source| match &source.path {
        Some(path) => json!({"title": source.title, "path": path}),
        None => json!({"title": source.title}),
    });
    put_list(&mut out, "sources", sources.collect());
    let publisher = package.publisher.iter().map(|title| json!({"title": title, "roles": ["publisher"]}));
    put_list(&mut out, "contributors", publisher.collect());
    out.insert("resources".into(), package.resources.iter().map(resource).collect());
    Value::Object(out)
}

fn resource(resource: &Resource) -> Value {
    let mut out = Map::new();
    out.insert("name".into(), json!(slug(&resource.name)));
    out.insert("type".into(), json!("table"));
    put_texts(&mut out, &[("title", &resource.title), ("description", &resource.description)]);
    out.insert("path".into(), json!(resource.path));
    out.insert("scheme".into(), json!("file"));
    out.insert("format".into(), json!("csv"));
    out.insert("mediatype".into(), json!("text/csv"));
    out.insert("encoding".into(), json!("utf-8"));
    out.insert("bytes".into(), json!(resource.bytes));
    out.insert("hash".into(), json!(resource.hash));
    out.insert("dialect".into(), dialect(resource.profile));
    out.insert("schema".into(), schema(resource));
    Value::Object(out)
}

fn dialect(profile: Profile) -> Value {
    let line_end = match profile {
        Profile::ExcelPl => "\r\n",
        Profile::OpenData => "\n",
    };
    json!({
        "$schema": "https://datapackage.org/profiles/2.0/tabledialect.json",
        "delimiter": char::from(profile.delimiter()).to_string(),
        "lineTerminator": line_end,
        "quoteChar": "\"",
        "doubleQuote": true,
        "header": true,
    })
}

fn schema(resource: &Resource) -> Value {
    let mut out = Map::new();
    out.insert("$schema".into(), json!("https://datapackage.org/profiles/2.0/tableschema.json"));
    let fields = resource.fields.iter().map(|one| field(one, resource.profile));
    out.insert("fields".into(), fields.collect());
    if resource.missing.is_empty() {
        out.insert("missingValues".into(), json!([""]));
    } else {
        let empty = (String::new(), "brak odpowiedzi".to_owned());
        let own = resource.missing.iter().any(|(value, _)| value.is_empty());
        let all = (!own).then_some(&empty).into_iter().chain(&resource.missing);
        out.insert("missingValues".into(), labelled(all));
    }
    put_list(&mut out, "primaryKey", resource.primary_key.iter().map(|name| json!(name)).collect());
    let keys = resource.foreign_keys.iter().map(|key| {
        let mut reference = Map::new();
        if !key.resource.is_empty() {
            reference.insert("resource".into(), json!(slug(&key.resource)));
        }
        reference.insert("fields".into(), json!(key.reference));
        json!({"fields": key.fields, "reference": reference})
    });
    put_list(&mut out, "foreignKeys", keys.collect());
    Value::Object(out)
}

fn field(field: &Field, profile: Profile) -> Value {
    let mut out = Map::new();
    out.insert("name".into(), json!(field.name));
    let kind = match field.kind {
        Kind::Text => "string",
        Kind::Integer => "integer",
        Kind::Number => "number",
        Kind::Date => "date",
        Kind::DateTime => "datetime",
        Kind::Year => "year",
    };
    out.insert("type".into(), json!(kind));
    put_texts(&mut out, &[("title", &field.title), ("description", &field.description)]);
    if field.kind == Kind::Number && profile == Profile::ExcelPl {
        out.insert("decimalChar".into(), json!(","));
    }
    if !field.categories.is_empty() {
        out.insert("categories".into(), labelled(field.categories.iter()));
    }
    let mut constraints = Map::new();
    if field.required {
        constraints.insert("required".into(), json!(true));
    }
    if !field.categories.is_empty() && field.kind == Kind::Text {
        let allowed: Vec<&str> = field.categories.iter().map(|(value, _)| value.as_str()).collect();
        constraints.insert("enum".into(), json!(allowed));
    }
    if !constraints.is_empty() {
        out.insert("constraints".into(), Value::Object(constraints));
    }
    Value::Object(out)
}

fn labelled<'a>(pairs: impl Iterator<Item = &'a (String, String)>) -> Value {
    pairs.map(|(value, label)| json!({"value": value, "label": label})).collect()
}

fn put_texts(out: &mut Map<String, Value>, texts: &[(&str, &String)]) {
    for (name, text) in texts.iter().filter(|(_, text)| !text.is_empty()) {
        out.insert((*name).to_owned(), json!(text));
    }
}

fn put_list(out: &mut Map<String, Value>, name: &str, list: Vec<Value>) {
    if !list.is_empty() {
        out.insert(name.to_owned(), Value::Array(list));
    }
}

/// A name as the specification recommends it: lower-case ASCII letters, digits, `.`, `-` and `_`.
fn slug(name: &str) -> String {
    let part = |part: &str| crate::table::snake_case(part).trim_start_matches('_').to_owned();
    let parts = name.split('-').map(part).collect::<Vec<_>>();
    parts.join("-")
}
