//! What programs of others say about the files of the demo. These tests need those programs and are asked for by
//! `./check`: `crates/sheet/tests/outside/tools.sh`, then `cargo test --test cli -- --ignored validators`.

use std::fs;
use std::path::Path;

#[path = "../../crates/sheet/tests/outside/tools.rs"]
mod tools;

use tools::{audit, package};

use crate::campaign::Campaign;
use crate::process::EDITION;

/// Where `tools.sh` installs.
const TOOLS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/crates/sheet/tests/outside");

/// Writes the report of the demo.
fn report(out: &Path, more: &[&str]) {
    let arguments = ["report", "--edition", EDITION, "-o", out.to_str().unwrap()];
    Campaign::shared().program().run(&[&arguments[..], more].concat()).done();
}

#[track_caller]
fn is_without_fault(file: &Path) {
    let (good, said) = audit(file);
    assert!(good, "{}: {said}", file.display());
}

#[test]
#[ignore = "needs crates/sheet/tests/outside/tools.sh; run by ./check"]
fn validators_find_no_fault_in_the_chapter_and_the_workbooks_of_the_demo() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("raport");
    report(&out, &["--with-answers"]);
    is_without_fault(&out.join("rozdzial.docx"));
    is_without_fault(&out.join("tabele.xlsx"));
    let program = Campaign::shared().program();
    let (old, new) = (out.join("rozdzial.docx"), folder.path().join("nowy.docx"));
    let update = ["report", "--update", old.to_str().unwrap(), "-o", new.to_str().unwrap()];
    program.run(&update).done();
    is_without_fault(&new);
    for form in ["jst", "up"] {
        let to = folder.path().join(form);
        let export = ["responses", "export", "--edition", EDITION, "--form", form, "--format", "xlsx", "-o"];
        program.run(&[&export[..], &[to.to_str().unwrap()]].concat()).done();
        is_without_fault(&to.join("odpowiedzi.xlsx"));
    }
}

#[test]
#[ignore = "needs crates/sheet/tests/outside/tools.sh; run by ./check"]
fn validators_find_no_fault_in_the_data_package_of_the_demo_and_a_changed_digit_at_once() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("raport");
    report(&out, &[]);
    let descriptor = out.join("dane/datapackage.json");
    let (good, said) = package(&descriptor);
    assert!(good, "{said}");
    for table in ["liczby", "mierniki", "kody"] {
        let file = out.join(format!("dane/{table}.csv"));
        let before = fs::read_to_string(&file).unwrap();
        let at = before.rfind(|c: char| c.is_ascii_digit()).unwrap();
        let other = if &before[at..=at] == "7" { "8" } else { "7" };
        fs::write(&file, format!("{}{other}{}", &before[..at], &before[at + 1..])).unwrap();
        let (good, said) = package(&descriptor);
        assert!(!good && said.contains(table), "{table}: {said}");
        fs::write(&file, before).unwrap();
    }
}
