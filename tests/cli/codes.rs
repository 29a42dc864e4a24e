//! Codes of open answers as files.

use std::fs;
use std::path::Path;

use crate::campaign::{Campaign, names};
use crate::process::EDITION;

const FRAMES: [&str; 4] =
    ["kody_potrzeb_jst.toml", "kody_potrzeb_up.toml", "kody_problemow_jst.toml", "kody_problemow_up.toml"];

#[test]
fn code_frames_go_out_as_the_files_that_they_came_from() {
    let (folder, program) = Campaign::shared().copy();
    let ran = program.run(&["codes", "export", "--edition", EDITION, "-o", "kody"]);
    assert!(ran.err.contains("tylko do pracy wewnątrz"), "{}", ran.err);
    ran.done();
    let out = folder.path().join("kody");
    assert_eq!(names(&out), ["kodowanie.csv", FRAMES[0], FRAMES[1], FRAMES[2], FRAMES[3]]);
    let shipped = Path::new(env!("CARGO_MANIFEST_DIR")).join("forms/mazowsze/2024");
    for name in FRAMES {
        let read = |path: &Path| {
            let text = fs::read_to_string(path).unwrap();
            form::load_frame(name, &text).frame.unwrap_or_else(|| panic!("{name}: {text}"))
        };
        assert_eq!(read(&out.join(name)), read(&shipped.join(name)), "{name}");
    }
    let again = program.run(&["codes", "export", "--edition", EDITION, "-o", "kody"]);
    assert_eq!(again.code, 1, "a folder with something in it is left alone: {}", again.err);
}

#[test]
fn codes_come_back_from_a_table_and_wrong_rows_are_named_by_line() {
    let (folder, program) = Campaign::shared().copy();
    program.run(&["codes", "export", "--edition", EDITION, "-o", "kody"]).done();
    let file = folder.path().join("kody/kodowanie.csv");
    let import = |more: &[&str]| {
        program.run(&[&["codes", "import", "kody/kodowanie.csv", "--edition", EDITION], more].concat())
    };
    let unchanged = import(&["--dry-run", "--report", "wynik.csv"]);
    assert_eq!(unchanged.code, 0, "{}", unchanged.err);
    assert!(unchanged.err.contains("bez zmian") && !unchanged.err.contains("błąd"), "{}", unchanged.err);
    let report = fs::read_to_string(folder.path().join("wynik.csv")).unwrap();
    let text = fs::read_to_string(&file).unwrap();
    assert!(
        report.starts_with("wiersz,ankieta,pytanie,kod_jednostki,wpis,wynik,szczegoly\n"),
        "{report:.200}"
    );

    let open =
        text.lines().find(|line| line.contains(",,do zakodowania,")).expect("the demo leaves some open");
    let coded = open.replace(",,do zakodowania,", &format!(",{},do zakodowania,", technical(open, "90")));
    fs::write(&file, text.replace(open, &coded)).unwrap();
    let done = import(&[]);
    assert!(done.err.contains("zmieniono kody odpowiedzi: 1"), "{}", done.err);

    fs::write(&file, text.replace(open, &open.replace(",,do zakodowania,", ",xx1,do zakodowania,"))).unwrap();
    let refused = import(&[]);
    let line = text.lines().position(|line| line == open).unwrap() + 1;
    assert_eq!(refused.code, 1);
    assert!(refused.err.contains(&format!("kodowanie.csv:{line}: nie ma kodu „xx1”")), "{}", refused.err);
    assert!(refused.err.contains("niczego nie zapisano"), "{}", refused.err);
}

/// A technical code of the frame that a row of the table belongs to.
fn technical(row: &str, end: &str) -> String {
    let letter = if row.contains("problemy_opis") { 'p' } else { 'n' };
    let whose = if row.starts_with("jst,") { 'j' } else { 'u' };
    format!("{letter}{whose}{end}")
}
