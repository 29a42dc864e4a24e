//! Files inside a zip.

use std::collections::BTreeMap;
use std::io::{Cursor, Read, Write};

use zip::write::{SimpleFileOptions, ZipWriter};

/// The entries by name.
pub(crate) fn entries(bytes: &[u8]) -> BTreeMap<String, Vec<u8>> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut found = BTreeMap::new();
    for place in 0..archive.len() {
        let mut entry = archive.by_index(place).unwrap();
        let mut content = Vec::new();
        entry.read_to_end(&mut content).unwrap();
        found.insert(entry.name().unwrap().into_owned(), content);
    }
    found
}

/// One entry as text.
pub(crate) fn text(bytes: &[u8], name: &str) -> String {
    String::from_utf8(entries(bytes)[name].clone()).unwrap()
}

/// One entry as it is.
pub(crate) fn bytes(bytes: &[u8], name: &str) -> Vec<u8> {
    entries(bytes).remove(name).unwrap()
}

/// The file with these entries put in, others as they were.
pub(crate) fn with(bytes: &[u8], changed: &[(&str, &str)]) -> Vec<u8> {
    let mut all = entries(bytes);
    for (name, text) in changed {
        all.insert((*name).to_owned(), text.as_bytes().to_vec());
    }
    zip(&all)
}

/// As [`with`], for entries that are no text.
pub(crate) fn with_bytes(bytes: &[u8], changed: &[(&str, &[u8])]) -> Vec<u8> {
    let mut all = entries(bytes);
    all.extend(changed.iter().map(|(name, content)| ((*name).to_owned(), content.to_vec())));
    zip(&all)
}

pub(crate) fn zip(entries: &BTreeMap<String, Vec<u8>>) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in entries {
        zip.start_file(name.as_str(), SimpleFileOptions::default()).unwrap();
        zip.write_all(content).unwrap();
    }
    zip.finish().unwrap().into_inner()
}
