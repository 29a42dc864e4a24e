//! The zip around a document: read with bounds, written with fixed times.

use std::collections::BTreeMap;
use std::io::{Cursor, Read, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipArchive, ZipWriter};

use super::DocxError;

const OLE: &[u8] = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";
const ZIP: &[u8] = b"PK\x03\x04";
/// Bytes of a file that is taken.
const MOST_BYTES: usize = 50 << 20;
/// Bytes that a file may unpack to.
const MOST_UNPACKED: u64 = 300 << 20;
/// Entries of a file that is taken.
const MOST_ENTRIES: usize = 5_000;

/// The names that every document has.
pub(super) const TYPES: &str = "[Content_Types].xml";
const ROOT_RELATIONS: &str = "_rels/.rels";

/// The entries of a document, in order.
#[derive(Debug, Clone)]
pub(super) struct Package {
    entries: Vec<(String, Vec<u8>)>,
    places: BTreeMap<String, usize>,
}

impl Package {
    pub(super) fn new() -> Self {
        Self { entries: Vec::new(), places: BTreeMap::new() }
    }

    /// Unpacks a document that is neither too large nor locked, holds no macros and has a main part.
    pub(super) fn read(bytes: &[u8]) -> Result<Self, DocxError> {
        let mut archive = open(bytes)?;
        let mut left = MOST_UNPACKED;
        let mut package = Self::new();
        for place in 0..archive.len() {
            let mut entry = archive.by_index(place).map_err(unreadable)?;
            let mut content = Vec::new();
            let taken = entry.by_ref().take(left + 1).read_to_end(&mut content).map_err(unreadable)?;
            left = left.checked_sub(taken as u64).ok_or(DocxError::Unpacked { limit: MOST_UNPACKED })?;
            let name = entry.name().map_err(unreadable)?.into_owned();
            if package.places.contains_key(&name) {
                return Err(DocxError::Broken {
                    part: name,
                    why: "the name stands twice in the file".into(),
                });
            }
            package.put(&name, content);
        }
        package.refuse_macros()?;
        package.main_part()?;
        Ok(package)
    }

    fn refuse_macros(&self) -> Result<(), DocxError> {
        let types = self.text(TYPES).map_err(|_| DocxError::NotADocument)?;
        let named = self.names().any(|name| name.to_lowercase().contains("vbaproject"));
        if named || types.contains("macroEnabled") || types.contains("vbaProject") {
            return Err(DocxError::Macros);
        }
        Ok(())
    }

    /// The name of the part with the text.
    pub(super) fn main_part(&self) -> Result<String, DocxError> {
        let relations = self.text(ROOT_RELATIONS).map_err(|_| DocxError::NotADocument)?;
        let tree = super::xml::Tree::read(ROOT_RELATIONS, relations)?;
        let target = tree.all("Relationship").find_map(|element| {
            let kind = tree.attribute(element, "Type")?;
            kind.ends_with("/officeDocument").then(|| tree.attribute(element, "Target")).flatten()
        });
        let name =
            target.map(|target| target.trim_start_matches('/').to_owned()).ok_or(DocxError::NotADocument)?;
        let kind = self.kind_of(&name)?;
        let is_text = kind.is_some_and(|kind| kind.contains("wordprocessingml"));
        if is_text && self.places.contains_key(&name) { Ok(name) } else { Err(DocxError::NotADocument) }
    }

    /// The content type that a part is declared with by name.
    pub(super) fn kind_of(&self, name: &str) -> Result<Option<String>, DocxError> {
        Ok(self.kinds()?.into_iter().find(|(part, _)| part == name).map(|(_, kind)| kind))
    }

    /// Parts with a content type of their own.
    pub(super) fn kinds(&self) -> Result<Vec<(String, String)>, DocxError> {
        let tree = super::xml::Tree::read(TYPES, self.text(TYPES)?)?;
        let kinds = tree.all("Override").filter_map(|element| {
            let part = tree.attribute(element, "PartName")?;
            Some((part.trim_start_matches('/').to_owned(), tree.attribute(element, "ContentType")?))
        });
        Ok(kinds.collect())
    }

    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        self.entries.iter().map(|(name, _)| name.as_str())
    }

    pub(super) fn has(&self, name: &str) -> bool {
        self.places.contains_key(name)
    }

    /// A part as text; all parts of a document are UTF-8 but those that some other program wrote.
    pub(super) fn text(&self, name: &str) -> Result<&str, DocxError> {
        let broken = |why: &str| DocxError::Broken { part: name.to_owned(), why: why.to_owned() };
        let place = self.places.get(name).ok_or_else(|| broken("it is missing"))?;
        let text = std::str::from_utf8(&self.entries[*place].1).map_err(|_| broken("it is not UTF-8"))?;
        Ok(text.trim_start_matches('\u{FEFF}'))
    }

    /// A part as it is.
    pub(super) fn bytes(&self, name: &str) -> Option<&[u8]> {
        self.places.get(name).map(|place| self.entries[*place].1.as_slice())
    }

    /// Whether a part begins with a byte order mark, which [`Package::text`] leaves out.
    pub(super) fn has_mark(&self, name: &str) -> bool {
        self.places.get(name).is_some_and(|place| self.entries[*place].1.starts_with(b"\xEF\xBB\xBF"))
    }

    pub(super) fn put(&mut self, name: &str, content: impl Into<Vec<u8>>) {
        if let Some(place) = self.places.get(name) {
            self.entries[*place].1 = content.into();
        } else {
            self.places.insert(name.to_owned(), self.entries.len());
            self.entries.push((name.to_owned(), content.into()));
        }
    }

    /// The bytes of the file; the same entries give the same bytes.
    pub(super) fn write(&self) -> Vec<u8> {
        let options = SimpleFileOptions::default()
            .compression_method(CompressionMethod::Deflated)
            .last_modified_time(DateTime::default());
        let write = || -> zip::result::ZipResult<Vec<u8>> {
            let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
            for (name, content) in &self.entries {
                zip.start_file(name.as_str(), options)?;
                zip.write_all(content)?;
            }
            Ok(zip.finish()?.into_inner())
        };
        write().expect("memory takes every byte, and names come from a zip")
    }

    /// The original file with some entries replaced; all others stay byte by byte as they were, compressed as they were.
    pub(super) fn rewritten(
        original: &[u8],
        changed: &BTreeMap<String, Vec<u8>>,
    ) -> Result<Vec<u8>, DocxError> {
        let mut archive = open(original)?;
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        for place in 0..archive.len() {
            let entry = archive.by_index_raw(place).map_err(unreadable)?;
            let name = entry.name().map_err(unreadable)?.into_owned();
            let Some(content) = changed.get(&name) else {
                zip.raw_copy_file(entry).map_err(unreadable)?;
                continue;
            };
            let options = SimpleFileOptions::default()
                .compression_method(CompressionMethod::Deflated)
                .last_modified_time(entry.last_modified().unwrap_or_default());
            zip.start_file(name, options).map_err(unreadable)?;
            zip.write_all(content).map_err(unreadable)?;
        }
        Ok(zip.finish().map_err(unreadable)?.into_inner())
    }
}

/// The part that holds the relations of a part.
pub(super) fn relations_of(part: &str) -> String {
    let (folder, name) = part.rsplit_once('/').map_or(("", part), |(folder, name)| (folder, name));
    let folder = if folder.is_empty() { String::new() } else { format!("{folder}/") };
    format!("{folder}_rels/{name}.rels")
}

/// The part that a relation of `part` leads to.
pub(super) fn target_of(part: &str, target: &str) -> String {
    let folder = part.rsplit_once('/').map_or("", |(folder, _)| folder);
    match target.strip_prefix('/') {
        Some(absolute) => absolute.to_owned(),
        None => format!("{folder}/{target}").trim_start_matches('/').to_owned(),
    }
}

fn open(bytes: &[u8]) -> Result<ZipArchive<Cursor<&[u8]>>, DocxError> {
    if bytes.len() > MOST_BYTES {
        return Err(DocxError::TooLarge { bytes: bytes.len(), limit: MOST_BYTES });
    }
    if bytes.starts_with(OLE) {
        return Err(DocxError::Locked);
    }
    if !bytes.starts_with(ZIP) {
        return Err(DocxError::NotADocument);
    }
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(unreadable)?;
    if archive.len() > MOST_ENTRIES {
        return Err(DocxError::Unpacked { limit: MOST_UNPACKED });
    }
    for place in 0..archive.len() {
        if archive.by_index_raw(place).map_err(unreadable)?.encrypted() {
            return Err(DocxError::Locked);
        }
    }
    Ok(archive)
}

fn unreadable(error: impl std::fmt::Display) -> DocxError {
    DocxError::Broken { part: "zip".into(), why: error.to_string() }
}
