//! LibreOffice: what people without Word open our documents with.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

use sheet::document::Figure;
use sheet::docx::Fate;

use crate::tools::run;
use crate::{documents, folder, sample};

const HELP: &str = "Please install libreoffice-writer-nogui and poppler-utils.";

/// What LibreOffice makes of a file, in a profile of its own.
fn converted(folder: &Path, file: &Path, to: &str) -> PathBuf {
    let profile = format!("-env:UserInstallation=file://{}", folder.join("profile").display());
    let out = folder.join("out");
    let mut command = Command::new("soffice");
    command.args([&profile, "--headless", "--convert-to", to, "--outdir"]).arg(&out).arg(file);
    let output = run(&mut command, HELP);
    let made = out.join(file.file_stem().unwrap()).with_extension(to.split(':').next().unwrap());
    assert!(made.exists(), "{}", String::from_utf8_lossy(&output.stderr));
    made
}

#[test]
#[ignore = "needs LibreOffice and poppler; run by ./check --long"]
fn documents_open_in_libreoffice_with_everything_in_them() {
    let folder = folder("office");
    for (name, bytes) in documents() {
        let file = folder.join(name);
        std::fs::write(&file, bytes).unwrap();
        let pdf = converted(&folder, &file, "pdf");
        let output = run(Command::new("pdftotext").args(["-layout"]).arg(&pdf).arg("-"), HELP);
        let text = String::from_utf8_lossy(&output.stdout).into_owned();
        let headers = text.matches("odsetek").count();
        assert!(headers >= 3, "{name}: the header of the long table is repeated on its second page");
        for expected in [
            "Spis treści",
            "Wyniki badania",
            "Tabela\u{A0}1. Odpowiedzi",
            "Rysunek\u{A0}1.",
            "Drugi akapit.",
            "znów jeden",
        ] {
            let plain = text.replace('\u{A0}', " ");
            assert!(plain.contains(&expected.replace('\u{A0}', " ")), "{name}: {expected}\n{text}");
        }
        let pages = run(Command::new("pdfinfo").arg(&pdf), HELP);
        assert!(String::from_utf8_lossy(&pages.stdout).contains("Pages:           5"), "{name}");
    }
}

#[test]
#[ignore = "needs LibreOffice and poppler; run by ./check --long"]
fn a_document_that_libreoffice_saved_keeps_its_bound_numbers() {
    let folder = folder("saved");
    let (name, bytes) = documents().remove(0);
    let file = folder.join(name);
    std::fs::write(&file, &bytes).unwrap();
    let saved = std::fs::read(converted(&folder, &file, "docx:MS Word 2007 XML")).unwrap();
    let of_body = |bytes: &[u8]| {
        let all = sheet::docx::numbers(bytes).unwrap().into_iter();
        let body =
            all.filter(|number| matches!(number.part, sheet::docx::Part::Body | sheet::docx::Part::Note));
        body.map(|number| (number.key, number.text)).collect::<Vec<_>>()
    };
    assert_eq!(of_body(&saved), of_body(&bytes));
    let new: BTreeMap<String, String> =
        of_body(&saved).into_iter().map(|(key, _)| (key, "987".to_owned())).collect();
    let mut figures: Vec<Figure> = sample::document().pictures().cloned().collect();
    for figure in &mut figures {
        figure.svg = figure.svg.replace("35 z 40", "36 z 40").replace("width=\"400\"", "width=\"410\"");
    }
    let figures: Vec<&Figure> = figures.iter().collect();
    let updated = sheet::docx::update(&saved, &new, &figures).unwrap();
    assert!(!updated.pictures.is_empty());
    assert!(updated.pictures.iter().all(|one| one.fate == Fate::Exchanged), "{:?}", updated.pictures);
    assert!(of_body(&updated.bytes).iter().all(|(_, text)| text == "987"));
    assert!(updated.deleted.is_empty() && updated.duplicated.is_empty(), "{:?}", updated.duplicated);
}
