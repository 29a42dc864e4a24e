//! Every measure counted a second time, by a program in another language that knows only the exported files.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails there")]

mod answers;
mod dated;
mod export;
mod indicators;
#[path = "../process/mod.rs"]
#[expect(dead_code, unused_imports, reason = "tests of commands and of faults use other parts of it")]
mod process;
mod program;
mod things;

use std::fs;
use std::path::{Path, PathBuf};

use program::{Installation, every_kind, recount};

/// What measures are broken down by everywhere.
const TABLES: [&[&str]; 6] = [
    &["--by", "kind"],
    &["--by", "nuts2"],
    &["--by", "nuts3"],
    &["--by", "powiat"],
    &["--by", "kind", "--by", "nuts3"],
    &["--by", "powiat", "--where", "kind=gmina_wiejska", "--where", "nuts2=PL92"],
];

/// What the program wrote about an installation, in a folder that goes with the value.
struct Written {
    folder: tempfile::TempDir,
    crosses: Vec<PathBuf>,
}

impl Written {
    /// Exports and prints everything.
    #[track_caller]
    fn of(installation: &Installation, tables: &[&[&str]]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let path = |name: &str| folder.path().join(name);
        installation.print_measures(&path("measures.json"));
        installation.export_codes(&path("kody"));
        installation.export_things(&path("laczenie"));
        let crosses: Vec<_> = (0..tables.len()).map(|at| path(&format!("cross{at}.json"))).collect();
        for (by, to) in tables.iter().zip(&crosses) {
            installation.print_cross(by, to);
        }
        for form in ["jst", "up"] {
            installation.export(form, &path(form), &["--with-open-text"]);
        }
        Self { folder, crosses }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Counts a questionnaire again, together with what `more` names; what the count says.
    #[track_caller]
    fn agrees(&self, plan: &Path, form: &str, more: &[(&str, &Path)]) {
        let (codes, things) = (self.path("kody"), self.path("laczenie"));
        let always = [("--codes", codes.as_path()), ("--things", things.as_path())];
        for cross in &self.crosses {
            let more = [&always[..], &[("--cross", cross.as_path())], more].concat();
            let (code, said) = recount(plan, &self.path(form), &self.path("measures.json"), &more);
            assert_eq!(code, 0, "{said}");
            assert!(said.contains(" agree"), "{said}");
        }
    }

    /// How many decisions about distinct things were exported.
    fn decisions(&self) -> usize {
        let text = fs::read(self.path("laczenie/laczenie.csv")).unwrap();
        sheet::read(&text, "laczenie.csv").unwrap().sheets[0].rows.len() - 1
    }
}

/// Exports, prints and counts again; how many decisions about distinct things there were.
#[track_caller]
fn agrees(installation: &Installation) -> usize {
    let written = Written::of(installation, &TABLES);
    for form in ["jst", "up"] {
        written.agrees(&installation.plan(form), form, &[]);
    }
    written.decisions()
}

/// Five random sets of answers to an edition.
fn random_sets_agree(change: impl FnOnce(&Path), seeds: std::ops::Range<u64>) {
    let empty = Installation::open(change);
    for seed in seeds {
        let installation = empty.copied();
        let sent = answers::file(&installation, seed);
        assert!(sent >= 12, "seed {seed}: only {sent} responses could be sent");
        let decisions = agrees(&installation);
        assert!(decisions >= 12, "seed {seed}: only {decisions} decisions about things");
    }
}

#[test]
fn the_demo_counted_again_gives_the_same_numbers() {
    agrees(Installation::demo());
}

#[test]
fn random_answers_to_the_shipped_questionnaires_give_the_same_numbers() {
    random_sets_agree(|_| {}, 1..6);
}

#[test]
fn random_answers_to_measures_of_every_kind_give_the_same_numbers() {
    random_sets_agree(every_kind, 6..11);
}

/// Changes one exported file of the demo and counts again.
fn changed(file: &str, change: impl Fn(&str) -> String) -> (i32, String) {
    let demo = Installation::demo();
    let folder = tempfile::tempdir().unwrap();
    let (export, measures) = (folder.path().join("jst"), folder.path().join("measures.json"));
    demo.print_measures(&measures);
    demo.export("jst", &export, &["--with-open-text"]);
    let path = export.join(file);
    let before = fs::read_to_string(&path).unwrap();
    let after = change(&before);
    assert_ne!(before, after, "{file} was not changed");
    fs::write(&path, after).unwrap();
    recount(&demo.plan("jst"), &export, &measures, &[])
}

/// The table with the first cell of a column that holds `from` changed, and nothing else.
fn with_cell(text: &str, column: &str, from: Option<&str>, to: &str) -> String {
    let book = sheet::read(text.as_bytes(), "tabela.csv").unwrap();
    let cells = |row: &sheet::Row| row.cells.iter().map(shown).collect::<Vec<_>>();
    let mut rows: Vec<Vec<String>> = book.sheets[0].rows.iter().map(cells).collect();
    let place = rows[0].iter().position(|name| name == column).unwrap();
    let fits = |cell: &String| from.map_or(!cell.is_empty(), |from| cell == from);
    let row = rows.iter_mut().skip(1).find(|row| fits(&row[place])).unwrap();
    row[place] = to.to_owned();
    let quoted =
        |row: Vec<String>| row.iter().map(|cell| format!("\"{}\"", cell.replace('"', "\"\""))).collect();
    let lines = rows.into_iter().map(quoted).map(|cells: Vec<String>| cells.join(",") + "\n");
    lines.collect()
}

fn shown(cell: &sheet::Cell) -> String {
    match cell {
        sheet::Cell::Text(text) => text.clone(),
        sheet::Cell::Empty => String::new(),
        other => panic!("a CSV file has no {other:?}"),
    }
}

#[test]
fn one_changed_cell_is_found_with_the_measures_that_it_moves() {
    for (file, column, from, to, found) in [
        ("odpowiedzi.csv", "media_czy", Some("tak"), "nie", "media_jst: numerator printed"),
        ("odpowiedzi.csv", "media_czy.status", Some("NW"), "NR", "media_jst: dont_know printed"),
        ("odpowiedzi.csv", "wydarzenia_ile", None, "7777", "wydarzenia_udzialy: value printed"),
        ("medium.csv", "medium_nazwa", None, "–", "media_rozne: value printed"),
        ("dokument.csv", "dok_rodzaj", None, "nowy_kod", "dokumenty_rodzaje: value printed"),
        ("dokument.csv", "dok_zakres/reintegracja", Some("1"), "0", "its columns say"),
        ("listy.csv", "odpowiedz", Some("radio"), "radio i telewizja", "media_rodzaje: value printed"),
    ] {
        let (code, said) = changed(file, |text| with_cell(text, column, from, to));
        assert!(code == 1 && said.contains(found), "{file} {column}: {said}");
    }
}

#[test]
fn a_lost_row_is_found() {
    let without_last = |text: &str| {
        let end = text.trim_end().rfind('\n').unwrap();
        text[..=end].to_owned()
    };
    for (file, word) in
        [("operat.csv", "'invited'"), ("odpowiedzi.csv", "'submitted'"), ("dokument.csv", "dokument says")]
    {
        let (code, said) = changed(file, without_last);
        assert!(code == 1 && said.contains(word), "{file}: {said}");
    }
}

#[test]
fn a_wrong_number_of_the_program_is_found() {
    let demo = Installation::demo();
    let folder = tempfile::tempdir().unwrap();
    let (export, measures) = (folder.path().join("up"), folder.path().join("measures.json"));
    demo.print_measures(&measures);
    demo.export("up", &export, &["--with-open-text"]);
    let right = fs::read_to_string(&measures).unwrap();
    let mut document: serde_json::Value = serde_json::from_str(&right).unwrap();
    let all = document["measures"].as_array_mut().unwrap();
    let shared = all.iter_mut().find(|row| row["form"] == "up" && row["share"].is_number()).unwrap();
    let name = shared["name"].as_str().unwrap().to_owned();
    shared["share"] = serde_json::json!(shared["share"].as_f64().unwrap() + 0.000_001);
    fs::write(&measures, document.to_string()).unwrap();
    let (code, said) = recount(&demo.plan("up"), &export, &measures, &[]);
    assert!(code == 1 && said.contains(&format!("up {name}: share printed")), "{said}");
    assert_eq!(said.lines().count(), 1, "{said}");
}

#[test]
fn files_without_open_text_cannot_be_counted_by_accident() {
    let demo = Installation::demo();
    let folder = tempfile::tempdir().unwrap();
    let (export, measures) = (folder.path().join("jst"), folder.path().join("measures.json"));
    demo.print_measures(&measures);
    demo.export("jst", &export, &[]);
    let (code, said) = recount(&demo.plan("jst"), &export, &measures, &[]);
    assert!(code == 2 && said.contains("cannot be counted"), "{said}");
}

#[test]
fn a_number_changed_in_a_cross_table_is_found() {
    let demo = Installation::demo();
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    demo.print_measures(&path("measures.json"));
    demo.export("up", &path("up"), &["--with-open-text"]);
    demo.print_cross(&["--by", "kind"], &path("cross.json"));
    let text = fs::read_to_string(path("cross.json")).unwrap();
    let mut document: serde_json::Value = serde_json::from_str(&text).unwrap();
    let tables = document["tables"].as_array_mut().unwrap();
    let table = tables.iter_mut().find(|table| table["form"] == "up").unwrap();
    let responses = table["groups"][0]["responses"].as_u64().unwrap();
    table["groups"][0]["responses"] = (responses + 1).into();
    fs::write(path("cross.json"), document.to_string()).unwrap();
    let cross = path("cross.json");
    let (code, said) = recount(&demo.plan("up"), &path("up"), &path("measures.json"), &[("--cross", &cross)]);
    assert!(code == 1 && said.contains(&format!("responses printed {}", responses + 1)), "{said}");
}

/// Counts the codes of the demo again after `change` got the folder of codes and the printed measures.
fn codes_after(change: impl Fn(&std::path::Path, &std::path::Path)) -> (i32, String) {
    let demo = Installation::demo();
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    demo.print_measures(&path("measures.json"));
    demo.export("jst", &path("jst"), &["--with-open-text"]);
    demo.export_codes(&path("kody"));
    change(&path("kody"), &path("measures.json"));
    recount(&demo.plan("jst"), &path("jst"), &path("measures.json"), &[("--codes", &path("kody"))])
}

#[test]
fn a_changed_code_answer_or_category_is_found() {
    let (code, said) = codes_after(|_, _| {});
    assert_eq!(code, 0, "{said}");
    let rewritten = |file: &str, change: &dyn Fn(&str) -> String| {
        codes_after(|codes, _| {
            let path = codes.join(file);
            let before = fs::read_to_string(&path).unwrap();
            let after = change(&before);
            assert_ne!(before, after, "{file} was not changed");
            fs::write(&path, after).unwrap();
        })
    };
    let (code, said) = rewritten("kodowanie.csv", &|text| with_cell(text, "kody", None, ""));
    assert!(code == 1 && said.contains("kody: coded printed"), "{said}");
    let (code, said) = rewritten("kodowanie.csv", &|text| with_cell(text, "odpowiedz", None, "co innego"));
    assert!(code == 1 && said.contains("are different"), "{said}");
    let retold = |text: &str| text.replacen("label", "kind  = \"off_topic\"\nlabel", 1);
    let (code, said) = rewritten("kody_potrzeb_jst.toml", &retold);
    assert!(code == 1 && said.contains("potrzeby_opis kody: off_topic printed"), "{said}");
}

#[test]
fn a_wrong_count_of_a_code_is_found() {
    let (code, said) = codes_after(|_, measures| {
        let text = fs::read_to_string(measures).unwrap();
        let mut document: serde_json::Value = serde_json::from_str(&text).unwrap();
        let tables = document["codes"].as_array_mut().unwrap();
        let table = tables.iter_mut().find(|table| table["question"] == "potrzeby_opis").unwrap();
        let count = table["codes"][0]["count"].as_u64().unwrap();
        table["codes"][0]["count"] = (count + 1).into();
        fs::write(measures, document.to_string()).unwrap();
    });
    assert!(code == 1 && said.contains("jst potrzeby_opis kody: codes printed"), "{said}");
    assert_eq!(said.lines().count(), 1, "{said}");
}
