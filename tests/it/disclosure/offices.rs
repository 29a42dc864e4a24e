//! A small programme of two years: 46 offices of three kinds in four powiats, 32 of which answer.

use std::collections::BTreeMap;
use std::path::Path;

use miernik::forms::ProgrammeFiles;
use miernik::service::EditionName;
use miernik::service::editions::Calendar;
use miernik::service::intake::File;

use store::Role;

use crate::harness::{PASSWORD, TestApp};

/// Code, name, NUTS 3 and NUTS 2 of a powiat; how many offices there are of each kind, and how many of them answer.
type Powiat = ([&'static str; 4], [(usize, usize); 3]);

/// The powiats of the programme.
const POWIATS: [Powiat; 4] = [
    (["1401", "powiat białobrzeski", "PL921", "PL92"], [(1, 1), (3, 1), (9, 6)]),
    (["1402", "powiat ciechanowski", "PL921", "PL92"], [(1, 0), (2, 2), (8, 5)]),
    (["1403", "powiat garwoliński", "PL922", "PL92"], [(1, 1), (2, 1), (7, 4)]),
    (["1404", "powiat gostyniński", "PL911", "PL91"], [(1, 1), (1, 1), (10, 9)]),
];
/// Kinds with the end of their codes.
pub(super) const KINDS: [(&str, &str); 3] =
    [("powiat", "000"), ("gmina_miejsko_wiejska", "3"), ("gmina_wiejska", "2")];

/// An office of the small programme.
pub(super) struct Unit {
    pub(super) code: String,
    /// What numbers are broken down by.
    pub(super) attributes: BTreeMap<&'static str, &'static str>,
    /// Whether it answers at all.
    answers: bool,
}

fn units() -> Vec<Unit> {
    let mut units = Vec::new();
    for ([powiat, name, nuts3, nuts2], kinds) in POWIATS {
        for ((kind, end), (all, answering)) in KINDS.into_iter().zip(kinds) {
            units.extend((0..all).map(|place| Unit {
                code: if end.len() == 3 {
                    format!("{powiat}{end}")
                } else {
                    format!("{powiat}{:02}{end}", place + if end == "3" { 10 } else { 40 })
                },
                attributes: [("kind", kind), ("powiat", name), ("nuts3", nuts3), ("nuts2", nuts2)].into(),
                answers: place < answering,
            }));
        }
    }
    units
}

/// The number that an office gives: no two sums of a few are alike, and none looks like anything else in a file.
fn number(place: usize) -> u64 {
    (place as u64 * 397) % 3989 + 1009
}

pub(super) fn edition(year: &str) -> EditionName {
    EditionName { programme: "male".into(), edition: year.into() }
}

/// The fixtures' programme with both editions under another name and other rules.
fn source(figures: &str) -> String {
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/fixtures");
    let read = |name: &str| std::fs::read_to_string(fixtures.join(name)).unwrap();
    let programme = read("proba/programme.toml").replace("slug = \"proba\"", "slug = \"male\"");
    let (before, _) = programme.split_once("[figures]").unwrap();
    format!("{before}\n[figures]\nmain = [\"jst.suma\"]\n{figures}\n{}", read("lata/edition.toml"))
}

fn files() -> (tempfile::TempDir, ProgrammeFiles) {
    let folder = tempfile::tempdir().unwrap();
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/fixtures");
    for part in ["register", "mail"] {
        std::fs::create_dir(folder.path().join(part)).unwrap();
        for entry in std::fs::read_dir(fixtures.join("proba").join(part)).unwrap() {
            let path = entry.unwrap().path();
            std::fs::copy(&path, folder.path().join(part).join(path.file_name().unwrap())).unwrap();
        }
    }
    for name in ["proba/jst.toml", "proba/up.toml", "proba/kody_opisu.toml", "lata/jst-2025.toml"] {
        let path = fixtures.join(name);
        std::fs::copy(&path, folder.path().join(path.file_name().unwrap())).unwrap();
    }
    std::fs::write(folder.path().join("programme.toml"), source("")).unwrap();
    let header =
        "teryt,name,kind,powiat_teryt,powiat_name,nuts3_code,nuts3_name,nuts2_code,valid_from,valid_to\n";
    let row = |unit: &Unit| {
        let of = |name: &str| unit.attributes[name];
        let (code, powiat) = (&unit.code, of("powiat"));
        let (nuts3, nuts2) = (of("nuts3"), of("nuts2"));
        format!("{code},Urząd {code},{},{},{powiat},{nuts3},{nuts3},{nuts2},,\n", of("kind"), &code[..4])
    };
    let rows: String = units().iter().map(row).collect();
    std::fs::write(folder.path().join("register/jst.csv"), format!("{header}{rows}")).unwrap();
    let files = ProgrammeFiles::Folder(folder.path().to_owned());
    (folder, files)
}

/// Opens both editions, a year apart.
pub(super) fn opened(app: &TestApp) {
    let (_folder, files) = files();
    for (year, day) in [("2024", "2025-01-20T08:00:00Z"), ("2025", "2026-01-20T08:00:00Z")] {
        app.wait_until(day);
        app.service.edition_create(&edition(year), &files, Calendar::default(), false).unwrap();
        app.service.edition_open(&edition(year), &files).unwrap();
    }
    app.service.user_add(super::LOGIN, PASSWORD, Role::Analyst).unwrap();
}

/// Stores the programme with other rules.
pub(super) fn rules(app: &TestApp, figures: &str) {
    app.wait(chrono::TimeDelta::seconds(1));
    app.service.programme_put(&source(figures), false).unwrap();
}

/// Loads answers: the code of each office with its number, and the day.
pub(super) fn answered(app: &TestApp, year: &str, rows: impl Iterator<Item = (String, Option<u64>, u32)>) {
    let question = if year == "2024" { "ile" } else { "liczba" };
    let map = format!(
        "date = \"Data\"\n[unit]\ncode = \"TERYT\"\n[[questions]]\ncolumn = \"Czy\"\nquestion = \"czy\"\n\
         [[questions]]\ncolumn = \"Ile\"\nquestion = \"{question}\"\ndont_know = [\"nie wiem\"]\n\
         [[questions]]\ncolumn = \"Zgoda\"\nquestion = \"zgoda\"\n"
    );
    let row = |(code, number, day): (String, Option<u64>, u32)| {
        let number = number.map_or_else(|| "nie wiem".to_owned(), |number| number.to_string());
        format!("{code};{}-02-{day:02};nie;{number};OK\n", year.parse::<u32>().unwrap() + 1)
    };
    let rows: Vec<String> = rows.map(row).collect();
    let text = format!("TERYT;Data;Czy;Ile;Zgoda\n{}", rows.concat());
    let file = File { name: "ankieta.csv", bytes: text.as_bytes(), map: &map };
    let imported = app.service.responses_import(&edition(year), "jst", file, false).unwrap();
    assert_eq!(imported.stored, rows.len(), "{:#?}", imported.outcomes);
}

/// Who answered in 2024: their places among all units. Every fifth knew no number.
pub(super) fn first_year() -> impl Iterator<Item = (usize, Unit, Option<u64>)> {
    let answering = units().into_iter().enumerate().filter(|(_, unit)| unit.answers).enumerate();
    answering.map(|(turn, (place, unit))| (place, unit, (turn % 5 != 4).then(|| number(place))))
}

/// Whether a unit that answered in 2024 did so in 2025 too.
pub(super) fn in_both(place: usize) -> bool {
    place % 5 != 2
}

/// Both years: most answer in both.
pub(super) fn two_years(app: &TestApp) {
    opened(app);
    let day = |place: usize| 1 + u32::try_from(place % 9).unwrap();
    answered(app, "2024", first_year().map(|(place, unit, number)| (unit.code, number, day(place))));
    let again = first_year().filter(|(place, ..)| in_both(*place));
    answered(app, "2025", again.map(|(place, unit, number)| (unit.code, number, day(place))));
}
