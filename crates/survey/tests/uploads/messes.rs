//! Every row of the register with at most one mess in it: the outcome of each mess is known.

use proptest::prelude::*;
use survey::register::{Cell, RawRow, classify};

use crate::known::{contract, jst, units};

/// A unit of the register as an upload writes it.
#[derive(Debug, Clone)]
struct Line {
    code: String,
    name: String,
    email: String,
    outcome: &'static str,
    /// What the report says as the address.
    shown: String,
}

impl Line {
    fn new(code: &str, name: &str) -> Self {
        let email = format!("urzad@u{code}.example");
        Self { code: code.into(), name: name.into(), shown: email.clone(), email, outcome: "ok" }
    }

    fn fixed(mut self, change: impl FnOnce(&mut Self)) -> Self {
        change(&mut self);
        self.outcome = "ok_fixed";
        self
    }

    fn outcome(mut self, outcome: &'static str, change: impl FnOnce(&mut Self)) -> Self {
        change(&mut self);
        self.outcome = outcome;
        if matches!(outcome, "warn_email" | "error" | "conflict") {
            self.shown.clear();
        }
        self
    }
}

const MESSES: usize = 24;

fn messed(line: Line, mess: usize) -> Line {
    let domain = line.email.split_once('@').unwrap().1.to_owned();
    let spread = |code: &str, by: &str| {
        format!("{}{by}{}{by}{}{by}{}", &code[..2], &code[2..4], &code[4..6], &code[6..])
    };
    match mess {
        0 => line.fixed(|l| l.code = spread(&l.code, " ")),
        1 => line.fixed(|l| l.code = spread(&l.code, "\u{a0}")),
        2 => line.fixed(|l| l.code = spread(&l.code, "-")),
        3 => line.fixed(|l| l.code = format!("=\"{}\"", l.code)),
        4 => line.fixed(|l| l.code.push_str(".0")),
        5 => line.fixed(|l| l.code.truncate(6)),
        6 => line.fixed(|l| l.name = format!("\u{a0}{} ", l.name)),
        7 => line.fixed(|l| l.name = l.name.to_uppercase()),
        8 => line.fixed(|l| l.email = format!("mailto:{}", l.email)),
        9 => line.fixed(|l| l.email = l.email.to_uppercase()),
        10 => line.fixed(|l| l.email = format!("Urząd <{}>", l.email)),
        11 => line.outcome("warn_email", |l| l.email = l.email.replace('@', "@@")),
        12 => line.outcome("warn_email", |l| l.email = l.email.replace(".example", ",example")),
        13 => line.outcome("warn_email", |l| l.email.clear()),
        14 => line.outcome("warn_email", |l| l.email = l.email.replace('@', " @")),
        15 => line.outcome("warn_multi", |l| l.email = format!("{}; drugi@{domain}", l.email)),
        16 => line.outcome("warn_idn", |l| {
            l.email = l.email.replace("@u", "@ó");
            l.shown = l.email.clone();
        }),
        17 => line.outcome("warn_name", |l| l.name.push_str(" (gmina)")),
        18 => line.outcome("error", |l| l.code.clear()),
        19 => line.outcome("error", |l| l.code = "1,42E+06".into()),
        20 => line.outcome("error", |l| l.code = format!("{}O", &l.code[..6])),
        21 => line.outcome("error", |l| l.code.replace_range(4..6, "99")),
        22 => line
            .outcome("conflict", |l| l.name = if l.name == "Promna" { "Stromiec" } else { "Promna" }.into()),
        _ => line,
    }
}

fn upload(lines: &[Line]) -> Vec<RawRow> {
    let header =
        ["Kod TERYT", "Nazwa jednostki", "Adres e-mail"].map(|text| Cell::Text(text.into())).to_vec();
    let cells =
        |line: &Line| [&line.code, &line.name, &line.email].map(|text| Cell::Text(text.clone())).to_vec();
    let rows = [header].into_iter().chain(lines.iter().map(cells));
    (1..).zip(rows).map(|(line, cells)| RawRow { line, cells }).collect()
}

fn lines(messes: &[usize]) -> (Vec<Line>, Vec<String>) {
    let units = units("jst.csv");
    let codes: Vec<(String, String)> = units
        .iter()
        .map(|unit| {
            let newest = unit.periods.iter().max_by_key(|period| period.from).unwrap();
            (format!("{}{}", unit.code, newest.type_digit.unwrap()), newest.name.clone())
        })
        .collect();
    let lines: Vec<Line> =
        codes.iter().zip(messes).map(|((code, name), mess)| messed(Line::new(code, name), *mess)).collect();
    let known =
        |line: &Line, code: &str| if line.outcome == "error" { String::new() } else { code.to_owned() };
    let expected = (2..)
        .zip(lines.iter().zip(&codes))
        .map(|(row, (line, (code, _)))| {
            format!("{row},{},{},{}", line.outcome, known(line, code), line.shown)
        })
        .collect();
    (lines, expected)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(20))]

    #[test]
    fn every_mess_has_its_outcome_whatever_stands_around_it(messes in proptest::collection::vec(0..MESSES, 352)) {
        let (lines, expected) = lines(&messes);
        let found: Vec<String> = classify(&upload(&lines), jst()).iter().skip(1).map(contract).collect();
        for ((found, expected), line) in found.iter().zip(&expected).zip(&lines) {
            prop_assert_eq!(found, expected, "{:?}", line);
        }
    }
}
