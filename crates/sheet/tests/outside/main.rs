//! What programs of others say about our files. These tests need those programs and are asked for by `./check`:
//! `crates/sheet/tests/outside/tools.sh`, then `cargo test -p sheet --test outside -- --ignored validators`; with
//! LibreOffice and poppler installed also `office`.

#![expect(clippy::unwrap_used, reason = "what a test prepares may fail loudly")]

mod office;
#[path = "../documents/package_sample.rs"]
mod package_sample;
#[path = "../documents/sample.rs"]
mod sample;
mod tools;
mod validators;

use std::path::{Path, PathBuf};

/// Where `tools.sh` installs.
const TOOLS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/outside");

/// A folder for one test.
fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).unwrap();
    folder
}

/// The documents of every kind that we write, with their names.
fn documents() -> Vec<(&'static str, Vec<u8>)> {
    use sheet::document::{Block, Inline};
    let document = sample::document();
    let numbers = sample::numbers(&document);
    let plain = sheet::docx::write(&document, None, &numbers).unwrap();
    let new = numbers.iter().map(|(key, text)| (key.clone(), format!("{text}9"))).collect();
    let updated = sheet::docx::update(&plain, &new, &[]).unwrap().bytes;
    let mut template = document.clone();
    template.blocks = vec![Block::Paragraph(vec![Inline::text("{{ROZDZIAL}}")])];
    let template = unbound(&sheet::docx::write(&template, None, &numbers).unwrap());
    let filled = sheet::docx::write(&document, Some(&template), &numbers).unwrap();
    vec![("document.docx", plain), ("updated.docx", updated), ("filled.docx", filled)]
}

/// The document without the part of its numbers: what an office's own template is like.
fn unbound(bytes: &[u8]) -> Vec<u8> {
    use std::io::{Cursor, Read, Write};
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut out = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for place in 0..archive.len() {
        let mut entry = archive.by_index(place).unwrap();
        let name = entry.name().unwrap().into_owned();
        let mut text = String::new();
        if name.starts_with("customXml") || entry.read_to_string(&mut text).is_err() {
            continue;
        }
        let kept = text
            .split_inclusive("/>")
            .filter(|piece| !piece.contains("rIdLiczby") && !piece.contains("/customXml/"));
        let kept: String = kept.collect();
        let bindings = kept.split("<w:dataBinding").enumerate().map(|(place, piece)| match place {
            0 => piece,
            _ => piece.split_once("/>").unwrap().1,
        });
        out.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        out.write_all(bindings.collect::<String>().as_bytes()).unwrap();
    }
    out.finish().unwrap().into_inner()
}
