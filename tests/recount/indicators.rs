//! Every indicator computed a second time from its declaration, its entries and the exported answers.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use miernik::clock::{SeededRandom, below};

use crate::answers;
use crate::program::{EDITION, Installation, rewrite};

/// The indicators that a random set has values for, with what their numbers look like and their parts.
const KINDS: [(&str, Shape, &[&str]); 12] = [
    ("A1", Shape::Number, &["inne"]),
    ("A2", Shape::Number, &[]),
    ("A3", Shape::Number, &["inne"]),
    ("A4", Shape::Number, &[]),
    ("A5", Shape::Share, &[]),
    ("A6", Shape::Number, &[]),
    ("A7", Shape::Share, &[]),
    ("A8", Shape::Number, &[]),
    ("A9", Shape::Yes, &[]),
    ("A10", Shape::Number, &[]),
    ("A11", Shape::Number, &[]),
    ("A12", Shape::Number, &["saldo"]),
];

#[derive(Clone, Copy)]
enum Shape {
    Number,
    Share,
    Yes,
}

/// Prints, exports and computes again: exit code and what was said.
fn computed(installation: &Installation, change: impl FnOnce(&str) -> String) -> (i32, String) {
    let folder = tempfile::tempdir().unwrap();
    let printed = installation.run(&["indicators", "--edition", EDITION, "--format", "json"]);
    let document = folder.path().join("indicators.json");
    fs::write(&document, change(&printed)).unwrap();
    let mut command = Command::new("python3");
    command.arg(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/recount/indicators.py"));
    command.args([Path::new("--programme"), &programme(installation), Path::new("--indicators"), &document]);
    for form in ["jst", "up"] {
        let export = folder.path().join(form);
        installation.export(form, &export, &["--with-open-text"]);
        let plan = installation.plan(form);
        command.arg("--form").arg(format!("{form}={}={}", plan.display(), export.display()));
    }
    let things = folder.path().join("laczenie");
    installation.export_things(&things);
    command.arg("--things").arg(&things);
    let output = command.env("PYTHONIOENCODING", "utf-8").output().expect("python3 must be installed");
    let said = [output.stdout, output.stderr].map(|bytes| String::from_utf8_lossy(&bytes).into_owned());
    (output.status.code().unwrap_or(-1), said.concat())
}

/// The file that the edition was made from.
fn programme(installation: &Installation) -> PathBuf {
    let own = installation.folder.join("forms/programme.toml");
    let shipped = Path::new(env!("CARGO_MANIFEST_DIR")).join("forms/mazowsze/programme.toml");
    if own.exists() { own } else { shipped }
}

/// Values of random years and spans; some are missing, some incomplete, some parts of a sum.
fn values(seed: u64) -> String {
    let random = SeededRandom::new(seed);
    let dice = |bound: u64| below(&random, bound);
    let mut text =
        String::from("wskaznik;lata;czesc;wartosc;dokument;strona;data_dostepu;niekompletna;uwaga;powod\n");
    for (code, shape, parts) in KINDS {
        let mut year = 2021;
        while year <= 2025 {
            let last = year + dice(2) * dice(3);
            if dice(6) > 0 {
                let part = match parts {
                    [part] if dice(2) == 0 && year == last => part,
                    _ => "",
                };
                let number = number(shape, &dice);
                let incomplete = if dice(5) == 0 { "tak" } else { "" };
                writeln!(
                    text,
                    "{code};{year}-{last};{part};{number};Sprawozdanie;;14.01.2025;{incomplete};z losowania;"
                )
                .unwrap();
            }
            year = last + 1;
        }
    }
    text
}

fn number(shape: Shape, dice: &impl Fn(u64) -> u64) -> String {
    if dice(8) == 0 {
        return "b.d.".into();
    }
    match shape {
        Shape::Number if dice(3) == 0 => format!("-{},{:02}", dice(300), dice(100)),
        Shape::Number => format!("{}", dice(400)),
        Shape::Share => {
            let whole = dice(200) + 1;
            format!("{}/{whole}", dice(whole + 1))
        }
        Shape::Yes => format!("{}", dice(2)),
    }
}

/// An edition whose programme has indicators of every kind and rule.
fn with_every_rule() -> Installation {
    Installation::open(|forms| {
        rewrite(&forms.join("programme.toml"), |programme| {
            let (before, rest) = programme.split_once("[indicator_rule]").unwrap();
            let (_, after) = rest.split_once("[[sources]]").unwrap();
            format!("{before}{}[[sources]]{after}", include_str!("wskazniki.toml"))
        });
    })
}

#[test]
fn the_indicators_of_the_demo_computed_again_give_the_same_numbers() {
    let (code, said) = computed(Installation::demo(), str::to_owned);
    assert_eq!((code, said.as_str()), (0, "11 indicators with 29 entries agree\n"));
}

#[test]
fn random_values_of_every_kind_and_rule_give_the_same_numbers() {
    let empty = with_every_rule();
    for seed in 1..11 {
        let installation = empty.copied();
        if seed < 4 {
            answers::file(&installation, seed);
        }
        fs::write(installation.folder.join("wartosci.csv"), values(seed)).unwrap();
        installation.run(&["indicators", "import", "wartosci.csv"]);
        // Binding is refused where the year is entered as a whole.
        for (code, part) in [("A1", "up"), ("A3", "jst")] {
            installation.try_run(&["indicators", "set", code, "--year", "2024", "--part", part, "--bind"]);
        }
        let (code, said) = computed(&installation, str::to_owned);
        assert!(code == 0 && said.starts_with("12 indicators with "), "seed {seed}: {said}");
    }
}

#[test]
fn a_wrong_number_of_the_program_is_found_with_its_indicator() {
    for (from, to, found) in [
        ("\"degree\":\"251/518\"", "\"degree\":\"252/518\"", "W2.1: degree printed 18/37, computed 251/518"),
        ("\"cumulative\":\"33\"", "\"cumulative\":\"34\"", "W4.2: cumulative printed 34, computed 33"),
        ("\"other_rule\"", "\"missed_year\"", "W4.1: warnings printed"),
        ("\"number\":\"28\"", "\"number\":\"29\"", "printed 29, counted 28"),
    ] {
        let (code, said) = computed(Installation::demo(), |document| {
            let changed = document.replacen(from, to, 1);
            assert_ne!(changed, document, "{from}");
            changed
        });
        assert!(code == 1 && said.contains(found), "{from}: {said}");
    }
}
