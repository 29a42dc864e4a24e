//! `links`: what letters and mails carry, made again at any time, replaced and revoked.

use std::collections::BTreeSet;
use std::fs;

use crate::campaign::Campaign;
use crate::process::{EDITION, Program, Serving};

fn links(program: &Program, more: &[&str]) -> String {
    program.run(&[&["links", "--edition", EDITION], more].concat()).done()
}

/// The row of a unit, by its code.
fn row(table: &str, unit: &str) -> Vec<String> {
    let line = table.lines().find(|line| line.starts_with(&format!("{unit},"))).unwrap();
    line.split(',').map(str::to_owned).collect()
}

#[test]
fn every_invited_office_has_one_link_and_one_code_and_they_stay_the_same() {
    let (folder, program) = Campaign::shared().copy();
    let table = links(&program, &[]);
    let mut lines = table.lines();
    assert_eq!(
        lines.next().unwrap().trim_start_matches('\u{feff}'),
        "unit,name,kind,form,email,letter_code,link"
    );
    let rows: Vec<Vec<&str>> = lines.map(|line| line.split(',').collect()).collect();
    assert_eq!(rows.len(), 391);
    let of_form = |form: &str| rows.iter().filter(|row| row[3] == form).count();
    assert_eq!((of_form("jst"), of_form("up")), (351, 40));
    for (column, what) in [(5, "codes"), (6, "links")] {
        let distinct: BTreeSet<&str> = rows.iter().map(|row| row[column]).collect();
        assert_eq!(distinct.len(), 391, "{what}");
    }
    assert!(rows.iter().all(|row| row[6].len() < 76 && row[5].len() == 24 && row[4].ends_with(".example")));

    let ran = program.run(&["links", "--edition", EDITION, "-o", "odnosniki.csv"]);
    assert_eq!(ran.done(), "");
    assert_eq!(fs::read_to_string(folder.path().join("odnosniki.csv")).unwrap(), table);
}

#[test]
fn a_reissued_link_replaces_the_old_one_and_a_revoked_one_is_gone_while_the_service_runs() {
    let campaign = Campaign::shared();
    let (_folder, program) = campaign.copy();
    let serving = Serving::start(&program);
    let status = |link: &str| {
        let path = link.split("/a/").nth(1).unwrap();
        reqwest::blocking::get(format!("{}/a/{path}", serving.address)).unwrap().status().as_u16()
    };
    let before = row(&links(&program, &[]), "1401022");
    assert_eq!(status(&before[6]), 200);

    let reissued = links(&program, &["--reissue", "1401022"]);
    assert_eq!(reissued.lines().count(), 2, "{reissued}");
    let after = row(&reissued, "1401022");
    assert_ne!((&after[5], &after[6]), (&before[5], &before[6]));
    assert_eq!((status(&before[6]), status(&after[6])), (410, 200));
    assert_eq!(row(&links(&program, &[]), "1401022"), after);

    assert_eq!(links(&program, &["--revoke", "1401022"]), "");
    assert_eq!(status(&after[6]), 410);
    let revoked = row(&links(&program, &[]), "1401022");
    assert_eq!((revoked[5].as_str(), revoked[6].as_str()), ("", ""));
    // A new one may be given again.
    let again = row(&links(&program, &["--reissue", "1401022"]), "1401022");
    assert_eq!((status(&again[6]), status(&after[6])), (200, 410));
}

#[test]
fn a_unit_that_is_not_asked_is_refused() {
    let (_folder, program) = Campaign::shared().copy();
    for action in ["--reissue", "--revoke"] {
        let said = program.run(&["links", "--edition", EDITION, action, "1400000"]).refused(1);
        assert!(said.contains("1400000"), "{said}");
    }
    program.run(&["links", "--edition", EDITION, "--reissue", "1", "--revoke", "2"]).refused(2);
}

#[test]
fn a_file_that_cannot_be_written_is_named() {
    let said =
        Campaign::shared().program().run(&["links", "--edition", EDITION, "-o", "nigdzie/o.csv"]).refused(2);
    assert!(said.contains("nigdzie/o.csv"), "{said}");
}
