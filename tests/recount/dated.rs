//! Columns of the register that change over time: counted as they were on the register's day of the edition.

use std::path::Path;

use crate::program::{Installation, recount, rewrite};
use crate::{Written, answers};

const TABLES: [&[&str]; 4] = [
    &["--by", "polozenie"],
    &["--by", "polozenie", "--by", "nuts2"],
    &["--by", "nuts3", "--by", "polozenie"],
    &["--by", "powiat", "--where", "polozenie=nad_rzeka"],
];

/// Gives every unit a column of its own with other values before, on and after the day of the register.
fn with_dated_column(forms: &Path) {
    for file in ["register/jst.csv", "register/up.csv"] {
        rewrite(&forms.join(file), |text| {
            let mut lines = text.lines();
            let header = lines.next().unwrap();
            let place = |name: &str| header.split(',').position(|column| column == name).unwrap();
            let dates = (place("valid_from"), place("valid_to"));
            let rows = lines.enumerate().flat_map(|(number, line)| periods(number, line, dates));
            [format!("{header},polozenie")].into_iter().chain(rows).map(|line| line + "\n").collect()
        });
    }
    rewrite(&forms.join("programme.toml"), |text| {
        let names = "{ nad_rzeka = \"Nad rzeką\", dalej = \"Dalej od rzeki\" }";
        format!("{text}\n[[breakdowns]]\ncode = \"polozenie\"\nname = \"Położenie\"\nnames = {names}\n")
    });
}

/// The rows that one unit has since.
fn periods(number: usize, line: &str, (from, to): (usize, usize)) -> Vec<String> {
    let cells: Vec<&str> = line.split(',').collect();
    let row = |first: &str, last: &str, value: &str| {
        let mut cells = cells.clone();
        (cells[from], cells[to]) = (first, last);
        cells.push(value);
        cells.join(",")
    };
    match number % 4 {
        // What the kind of a unit changed with has its days already.
        _ if !cells[from].is_empty() || !cells[to].is_empty() => vec![row(cells[from], cells[to], "dalej")],
        0 => vec![row("", "2024-06-30", "dalej"), row("2024-07-01", "", "nad_rzeka")],
        1 => vec![row("", "2024-12-31", "nad_rzeka"), row("2025-01-01", "", "dalej")],
        2 => vec![row("", "2024-12-30", "nad_rzeka"), row("2024-12-31", "", "dalej")],
        _ => vec![row("", "", "")],
    }
}

#[test]
fn a_dated_column_of_the_register_is_counted_as_it_was_on_the_day_of_the_register() {
    let installation = Installation::open(with_dated_column);
    let sent = answers::file(&installation, 12);
    assert!(sent >= 12, "only {sent} responses could be sent");
    let written = Written::of(&installation, &TABLES);
    for form in ["jst", "up"] {
        let register = installation.folder.join(format!("forms/register/{form}.csv"));
        let on = |day: &'static str| [("--register", register.as_path()), ("--on", Path::new(day))];
        written.agrees(&installation.plan(form), form, &on("2024-12-31"));
        let things = written.path("laczenie");
        let more = [&on("2025-01-01")[..], &[("--things", things.as_path())]].concat();
        let (code, said) =
            recount(&installation.plan(form), &written.path(form), &written.path("measures.json"), &more);
        let found = "polozenie exported 'nad_rzeka', registered 'dalej' on 2025-01-01";
        assert!(code == 1 && said.contains(found), "{said}");
    }
}
