//! Public validators.

use std::path::{Path, PathBuf};

use sheet::xlsx::{About, Column, Format, Sheet};

use crate::tools::{self, audit};
use crate::{documents, folder, package_sample};

#[test]
#[ignore = "needs crates/sheet/tests/outside/tools.sh; run by ./check"]
fn documents_and_workbooks_follow_the_schema() {
    let folder = folder("schema");
    let mut files = documents();
    let sheet = Sheet {
        name: "Miary".into(),
        columns: vec![Column::new("Nazwa", Format::Plain), Column::new("Udział", Format::Percent)],
        rows: vec![vec![sheet::Value::Text("=1+1".into()), sheet::Value::Integer(1)]],
    };
    files.push((
        "book.xlsx",
        sheet::xlsx::write(&About { title: "T".into(), ..About::default() }, &[sheet]).unwrap(),
    ));
    for (name, bytes) in files {
        let file = folder.join(name);
        std::fs::write(&file, bytes).unwrap();
        let (good, said) = audit(&file);
        assert!(good, "{name}: {said}");
    }
}

#[test]
#[ignore = "needs crates/sheet/tests/outside/tools.sh; run by ./check"]
fn the_validator_finds_an_element_out_of_its_order() {
    let folder = folder("disorder");
    let (_, bytes) = documents().remove(0);
    let right = "<w:cantSplit/><w:tblHeader/></w:trPr>";
    let broken = [
        (right, "<w:cantSplit/></w:trPr><w:tblPr/>"),
        ("<w:tblStyle w:val=\"TableGrid\"/>", "<w:tblLook/><w:tblStyle w:val=\"TableGrid\"/>"),
        ("<w:keepNext/>", "<w:keepSoon/>"),
    ];
    for (place, (from, to)) in broken.iter().enumerate() {
        let file = folder.join(format!("{place}.docx"));
        std::fs::write(&file, replaced(&bytes, from, to)).unwrap();
        let (good, said) = audit(&file);
        assert!(!good, "{to} was not found: {said}");
    }
}

fn replaced(bytes: &[u8], from: &str, to: &str) -> Vec<u8> {
    use std::io::{Cursor, Read, Write};
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut out = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for place in 0..archive.len() {
        let mut entry = archive.by_index(place).unwrap();
        let name = entry.name().unwrap().into_owned();
        let mut content = Vec::new();
        entry.read_to_end(&mut content).unwrap();
        if name == "word/document.xml" {
            let text = String::from_utf8(content).unwrap();
            assert!(text.contains(from));
            content = text.replace(from, to).into_bytes();
        }
        out.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        out.write_all(&content).unwrap();
    }
    out.finish().unwrap().into_inner()
}

fn frictionless(folder: &Path, descriptor: &str, table: &str) -> (bool, String) {
    let file: PathBuf = folder.join("datapackage.json");
    std::fs::write(&file, descriptor).unwrap();
    std::fs::write(folder.join("miary.csv"), table).unwrap();
    tools::package(&file)
}

#[test]
#[ignore = "needs crates/sheet/tests/outside/tools.sh; run by ./check"]
fn a_data_package_is_valid_and_a_changed_file_or_a_wrong_value_is_found() {
    let folder = folder("frictionless");
    let (package, table) = package_sample::package();
    let descriptor =
        |package: &sheet::datapackage::Package| sheet::datapackage::descriptor(package).to_string();
    let (good, said) = frictionless(&folder, &descriptor(&package), &table);
    assert!(good, "{said}");
    let changed = table.replace("0.5", "0.6");
    assert!(!frictionless(&folder, &descriptor(&package), &changed).0, "the hash should not fit");
    for (from, to) in
        [("gmina,1", "gmina,x"), ("gmina,1", "miasto,1"), ("2025-01-17", "17.01.2025"), ("\nb,", "\na,")]
    {
        let wrong = table.replacen(from, to, 1);
        let mut package = package.clone();
        package.resources[0].bytes = wrong.len() as u64;
        package.resources[0].hash = sheet::datapackage::hash(wrong.as_bytes());
        assert!(!frictionless(&folder, &descriptor(&package), &wrong).0, "{to} should not be valid");
    }
}
