//! What people take along: the chapter as a document and a page, the numbers as workbook, tables and a data package.

use std::collections::BTreeMap;
use std::io;

use serde_json::json;
use sheet::datapackage::{self, Field, Kind, Package, Resource, Source};
use sheet::document::{Document, Mistake};
use sheet::docx::WriteError;
use sheet::xlsx::XlsxError;
use sheet::{Profile, Table, Value};
use store::{StoreError, Tx};

use super::Material;
use super::cite::in_chapter;
use super::kept::Kept;
use super::workbook::{self, figures_table};
use crate::service::coding::files as codes;
use crate::service::export::{ExportError, Level};
use crate::service::measure_tables;
use crate::service::programmes::Known;
use crate::service::{EditionName, Refused, Service};

/// What is wanted of a report.
#[derive(Debug, Clone, Default)]
pub struct Wish {
    /// Name of a frozen state; the numbers of this moment without one.
    pub state: Option<String>,
    /// The office's own .docx with a place for the chapter.
    pub template: Option<Vec<u8>>,
    /// Whether the workbook holds all answers but those in people's own words: for work inside the office only.
    pub answers: bool,
    /// Only this file.
    pub only: Option<String>,
}

/// The files of a report, by their paths in its folder.
#[derive(Debug, Clone, Default)]
pub struct Bundle {
    /// Path and bytes.
    pub files: BTreeMap<String, Vec<u8>>,
    /// SHA-256 of the numbers.
    pub hash: String,
    /// Up to which event they count.
    pub seq: i64,
}

/// Why there is no report.
#[derive(Debug, thiserror::Error)]
pub enum ReportError {
    /// The use case refused.
    #[error(transparent)]
    Refused(#[from] Refused),
    /// The template cannot be used, or the document was put together wrongly.
    #[error(transparent)]
    Document(#[from] WriteError),
    /// The page was put together wrongly.
    #[error("the page has {} mistakes, the first: {}", .0.len(), .0[0])]
    Page(Vec<Mistake>),
    /// The workbook cannot be written.
    #[error(transparent)]
    Workbook(#[from] XlsxError),
    /// A file cannot be written.
    #[error(transparent)]
    Io(#[from] io::Error),
}

impl From<StoreError> for ReportError {
    fn from(error: StoreError) -> Self {
        Self::Refused(error.into())
    }
}

impl From<ExportError> for ReportError {
    fn from(error: ExportError) -> Self {
        match error {
            ExportError::Refused(refused) => Self::Refused(refused),
            ExportError::Io(error) => Self::Io(error),
        }
    }
}

impl Service {
    /// Makes the report. Everything in it is of one snapshot: answers that arrive meanwhile are in none of its files.
    ///
    /// # Errors
    /// [`ReportError`].
    pub fn report(&self, name: &EditionName, wish: &Wish, actor: &str) -> Result<Bundle, ReportError> {
        let state = wish.state.as_deref().map(|state| self.state(name, state)).transpose()?;
        let (programme, edition) = self.edition(name)?;
        let what = wish.only.as_deref().unwrap_or("raport");
        let inside = if wish.answers { ", z odpowiedziami" } else { "" };
        self.audit_export(name, actor, &format!("{what}{inside}"))?;
        self.store.read("report", |tx| {
            let edition = tx.edition_find(programme.scope(), edition.id)?.unwrap_or_else(|| edition.clone());
            let (material, kept) = self.read_chapter(tx, name, &programme, &edition, state.as_ref())?;
            self.bundle(tx, &programme, &material, &kept, wish)
        })
    }

    /// The chapter as it would be made now, or as a frozen state keeps it; without its files.
    ///
    /// # Errors
    /// [`Refused::UnknownEdition`], [`Refused::NotThere`].
    pub fn chapter(&self, name: &EditionName, state: Option<&str>) -> Result<(Material, Document), Refused> {
        let state = state.map(|state| self.state(name, state)).transpose()?;
        let (programme, edition) = self.edition(name)?;
        self.store.read("chapter", |tx| {
            let edition = tx.edition_find(programme.scope(), edition.id)?.unwrap_or_else(|| edition.clone());
            let (material, kept) = self.read_chapter(tx, name, &programme, &edition, state.as_ref())?;
            Ok((material, kept.document))
        })
    }

    fn bundle(
        &self,
        tx: &mut Tx<'_>,
        programme: &Known,
        material: &Material,
        kept: &Kept,
        wish: &Wish,
    ) -> Result<Bundle, ReportError> {
        let Kept { document, definitions } = kept;
        let mut bundle =
            Bundle { hash: material.hash.clone(), seq: material.figures.as_of.seq, ..Bundle::default() };
        let wants = |path: &str| wish.only.as_deref().is_none_or(|only| only == path);
        let mut put = |path: &str, bytes: Vec<u8>| bundle.files.insert(path.to_owned(), bytes);
        if wants("rozdzial.docx") {
            let numbers = texts(material, document).into_iter().collect::<Vec<_>>();
            put("rozdzial.docx", sheet::docx::write(document, wish.template.as_deref(), &numbers)?);
        }
        if wants("rozdzial.html") {
            let page = sheet::html::write(document, definitions).map_err(ReportError::Page)?;
            put("rozdzial.html", page.into_bytes());
        }
        if wants("tabele.xlsx") {
            let level = if wish.answers { Level::Inside } else { Level::Published };
            put("tabele.xlsx", workbook::write(self, tx, programme, material, document, definitions, level)?);
        }
        let (figures, measures) =
            (figures_table(material), measure_tables::table(&material.measures, Profile::OpenData));
        let codes = codes::table(&material.measures);
        put("liczby.json", numbers_json(material));
        put("liczby-kanoniczne.json", material.figures.canonical());
        put("excel/liczby.csv", csv(&figures, Profile::ExcelPl));
        put("excel/mierniki.csv", measure_tables::csv(&material.measures, Profile::ExcelPl));
        put("excel/kody.csv", csv(&codes, Profile::ExcelPl));
        let mut resources = Vec::new();
        let tables = [
            ("liczby", "Liczby edycji", "Wiersz to jedna liczba.", &figures, vec!["klucz".to_owned()]),
            (
                "mierniki",
                "Mierniki",
                "Wiersz to miernik albo odpowiedź jego rozkładu.",
                &measures,
                Vec::new(),
            ),
            (
                "kody",
                "Kody odpowiedzi otwartych",
                "Wiersz to kod albo temat: ile jednostek go podało, wśród ilu odpowiedzi. Jednostka może mieć kilka kodów, więc liczb nie dodaje się do siebie.",
                &codes,
                ["ankieta", "pytanie", "rodzaj", "kod"].map(str::to_owned).into(),
            ),
        ];
        for (name, title, description, table, key) in tables {
            let bytes = csv(table, Profile::OpenData);
            resources.push(resource((name, title, description), table, &bytes, key));
            put(&format!("dane/{name}.csv"), bytes);
        }
        put("dane/datapackage.json", package(material, resources));
        bundle.files.retain(|path, _| wants(path));
        Ok(bundle)
    }
}

/// Every key with its text: the numbers, and what the document prints under keys of its own.
pub(super) fn texts(material: &Material, document: &Document) -> BTreeMap<String, String> {
    let figures = material.figures.figures.iter();
    let figures = figures.map(|(key, figure)| (key.clone(), in_chapter(&figure.text).to_owned()));
    let own = document.numbers().into_iter().map(|(key, number)| (key, number.text));
    own.chain(figures).collect()
}

/// The numbers with the hash that names them.
fn numbers_json(material: &Material) -> Vec<u8> {
    let document = json!({
        "edition": material.name.to_string(),
        "as_of": material.figures.as_of,
        "hash": material.hash,
        "state": material.state,
        "synthetic": material.figures.synthetic,
        "notice": material.notice(),
        "figures": material.figures.figures,
    });
    let mut bytes = document.to_string().into_bytes();
    bytes.push(b'\n');
    bytes
}

fn csv(table: &Table, profile: Profile) -> Vec<u8> {
    sheet::write_csv(table, profile).expect("rows as wide as the header")
}

fn resource(
    (name, title, description): (&str, &str, &str),
    table: &Table,
    bytes: &[u8],
    primary_key: Vec<String>,
) -> Resource {
    let fields = table.columns.iter().enumerate().map(|(place, column)| Field {
        name: column.name.clone(),
        title: column.title.clone(),
        description: String::new(),
        kind: kind(table, place),
        required: primary_key.contains(&column.name),
        categories: Vec::new(),
    });
    Resource {
        name: name.to_owned(),
        path: format!("{name}.csv"),
        title: title.to_owned(),
        description: description.to_owned(),
        profile: Profile::OpenData,
        bytes: bytes.len() as u64,
        hash: datapackage::hash(bytes),
        fields: fields.collect(),
        primary_key,
        missing: Vec::new(),
        foreign_keys: Vec::new(),
    }
}

/// What a column holds, by what stands in it.
fn kind(table: &Table, place: usize) -> Kind {
    let cells = table.rows.iter().filter_map(|row| row.get(place)).filter(|cell| **cell != Value::Empty);
    let mut kind = None;
    for cell in cells {
        let own = match cell {
            Value::Integer(_) => Kind::Integer,
            Value::Decimal(_) => Kind::Number,
            Value::Date(_) => Kind::Date,
            Value::Text(_) | Value::Empty => Kind::Text,
        };
        kind = Some(match (kind, own) {
            (None, own) => own,
            (Some(known), own) if known == own => own,
            (Some(Kind::Integer | Kind::Number), Kind::Integer | Kind::Number) => Kind::Number,
            _ => Kind::Text,
        });
    }
    kind.unwrap_or(Kind::Text)
}

fn package(material: &Material, resources: Vec<Resource>) -> Vec<u8> {
    let name = material.name.to_string().replace('/', "-");
    let package = Package {
        name: format!("monitoring-{name}"),
        title: format!("Monitoring programu za {} r.", material.year()),
        description: [Some(material.programme.programme.name.clone()), material.notice()]
            .into_iter()
            .flatten()
            .collect::<Vec<_>>()
            .join(". "),
        version: "1.0.0".into(),
        created: Some(material.made.to_utc()),
        keywords: vec!["ekonomia społeczna".into(), "monitoring".into()],
        licences: Vec::new(),
        sources: vec![Source { title: "Ankiety monitorujące".into(), path: None }],
        publisher: Some(material.programme.programme.owner.clone()),
        numbers_hash: material.hash.clone(),
        resources,
    };
    let mut bytes = serde_json::to_vec_pretty(&datapackage::descriptor(&package)).unwrap_or_default();
    bytes.push(b'\n');
    bytes
}
