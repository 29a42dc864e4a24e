//! `report`: the folder of the demo's chapter, and refreshing a document.

use std::collections::BTreeSet;
use std::fs;
use std::io::{Cursor, Read};
use std::path::Path;

use serde_json::Value;

use crate::campaign::Campaign;
use crate::process::{EDITION, Program};

/// Every text of a folder of files, parts of packed files one by one.
fn texts(folder: &Path) -> Vec<(String, String)> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(texts(&path));
            continue;
        }
        let (name, bytes) = (path.display().to_string(), fs::read(&path).unwrap());
        if bytes.starts_with(b"PK") {
            let mut archive = zip::ZipArchive::new(Cursor::new(&bytes)).unwrap();
            for place in 0..archive.len() {
                let mut part = Vec::new();
                let mut file = archive.by_index(place).unwrap();
                file.read_to_end(&mut part).unwrap();
                let part_name = format!("{name}/{place}");
                found.push((part_name, String::from_utf8_lossy(&part).into_owned()));
            }
        } else {
            found.push((name, String::from_utf8(bytes).unwrap()));
        }
    }
    found
}

/// Everything that offices typed about themselves or in their own words, from the database itself.
fn secrets(campaign: &Campaign) -> BTreeSet<String> {
    let url = campaign.report["database"].as_str().unwrap();
    let store = store::Store::open(url, store::Options::default()).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let mut secrets = BTreeSet::new();
    for form in ["jst", "up"] {
        let out = folder.path().join(form);
        let out = out.to_str().unwrap();
        let export =
            ["responses", "export", "--edition", EDITION, "--form", form, "-o", out, "--format", "json"];
        campaign.program().run(&[&export[..], &["--with-open-text"]].concat()).done();
        let closed = folder.path().join(format!("{form}-bez"));
        let closed = closed.to_str().unwrap();
        let export =
            ["responses", "export", "--edition", EDITION, "--form", form, "-o", closed, "--format", "json"];
        campaign.program().run(&export).done();
        let known = columns(Path::new(closed));
        for (name, rows) in tables(Path::new(out)) {
            for row in rows {
                for (column, value) in row.as_object().unwrap() {
                    let open = !known.contains(&(name.clone(), column.clone()));
                    secrets.extend(value.as_str().filter(|_| open).map(str::to_owned));
                }
            }
        }
    }
    let programme = store.read("test", |tx| tx.programme_list()).unwrap().remove(0);
    let scope = survey::Scope::programme(programme.id);
    let edition = store.read("test", |tx| tx.edition_list(scope)).unwrap().remove(0);
    let invitations = store.read("test", |tx| tx.invitation_list(scope, edition.id)).unwrap();
    for invitation in invitations {
        let contact = store.read("test", |tx| tx.contact_find(scope, invitation.id)).unwrap();
        secrets.extend(contact.into_iter().flat_map(|contact| contact.answers.fields.into_values()));
    }
    // Words such as „tak” stand everywhere.
    secrets.retain(|text| {
        text.chars().count() >= 12 && text.split_whitespace().count() > 1 || text.contains('@')
    });
    secrets
}

fn tables(folder: &Path) -> Vec<(String, Vec<Value>)> {
    let of = |entry: fs::DirEntry| {
        let name = entry.file_name().into_string().unwrap();
        let rows: Vec<Value> = serde_json::from_slice(&fs::read(entry.path()).unwrap()).unwrap();
        (name, rows)
    };
    let all = fs::read_dir(folder).unwrap().map(|entry| of(entry.unwrap()));
    all.filter(|(name, _)| !["slownik.json", "listy.json", "operat.json"].contains(&name.as_str())).collect()
}

fn columns(folder: &Path) -> BTreeSet<(String, String)> {
    let mut found = BTreeSet::new();
    for (name, rows) in tables(folder) {
        let first = rows.first().and_then(Value::as_object);
        found.extend(
            first.into_iter().flat_map(|row| row.keys()).map(|column| (name.clone(), column.clone())),
        );
    }
    found
}

/// The text of the chapter up to the questionnaires, a line for each heading, paragraph, caption and row. Days follow the
/// day of the run, and so do the hash and the rows of the response curve; they are not shown.
fn golden(page: &str) -> String {
    let tree = scraper::Html::parse_document(page);
    let lines = "h1, h2, h3, h4, h5, p, li, caption, figcaption, tr, dt, dd";
    let wanted = scraper::Selector::parse(lines).unwrap();
    let mut golden = String::new();
    for element in tree.select(&wanted) {
        if element.attr("id").is_some_and(|id| id.starts_with("ankieta-")) {
            break;
        }
        let around = element.ancestors().filter_map(scraper::ElementRef::wrap);
        if around
            .map(|outer| outer.value().name())
            .any(|name| matches!(name, "tr" | "li" | "nav" | "figcaption"))
        {
            continue;
        }
        let cells = scraper::Selector::parse("th, td").unwrap();
        let said = |one: scraper::ElementRef<'_>| one.text().collect::<String>();
        let line = match element.value().name() {
            "tr" => element.select(&cells).map(said).collect::<Vec<_>>().join(" | "),
            _ => said(element),
        };
        let line = redacted(&line.split_whitespace().collect::<Vec<_>>().join(" "));
        if !line.is_empty() && !line.starts_with("[data] | ") {
            let mark = element.value().name().strip_prefix('h').and_then(|level| level.parse().ok());
            golden += &format!(
                "{}{line}\n",
                mark.map(|level| format!("\n{} ", "#".repeat(level))).unwrap_or_default()
            );
        }
    }
    golden
}

const MONTHS: [&str; 12] = [
    "stycznia",
    "lutego",
    "marca",
    "kwietnia",
    "maja",
    "czerwca",
    "lipca",
    "sierpnia",
    "września",
    "października",
    "listopada",
    "grudnia",
];

/// Days of the run and hashes as words.
fn redacted(line: &str) -> String {
    let is_day = |word: &str| {
        let digits: Vec<&str> = word.trim_end_matches(['.', ',', ')', ';']).split('.').collect();
        digits.len() == 3 && digits[2].len() == 4 && digits.iter().all(|part| part.parse::<u32>().is_ok())
    };
    let is_hash = |word: &str| word.len() == 64 && word.bytes().all(|byte| byte.is_ascii_hexdigit());
    let is_month = |word: &str| MONTHS.contains(&word);
    let words: Vec<&str> = line.split(' ').collect();
    if let Some(at) = words.iter().position(|word| is_month(word))
        && at > 0
        && words.get(at + 1).is_some_and(|year| *year > "2024")
    {
        let rest = words[at + 2..].join(" ");
        return redacted(&format!("{} [data] {rest}", words[..at - 1].join(" ")));
    }
    let word = |word: &str| match word {
        hash if is_hash(hash) => "[skrót]".to_owned(),
        day if is_day(day) && !day.contains("2023") && !day.contains("2024") => "[data]".to_owned(),
        other => other.to_owned(),
    };
    line.split(' ').map(word).collect::<Vec<_>>().join(" ")
}

#[test]
fn a_changed_sentence_of_the_chapter_is_seen() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("raport");
    let report = ["report", "--edition", EDITION, "-o", out.to_str().unwrap()];
    Campaign::shared().program().run(&report).done();
    insta::assert_snapshot!("chapter", golden(&fs::read_to_string(out.join("rozdzial.html")).unwrap()));
}

#[test]
fn the_chapter_of_the_demo_has_all_fifty_rows_its_numbers_and_nobody_s_words() {
    let campaign = Campaign::shared();
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("raport");
    let printed =
        campaign.program().run(&["report", "--edition", EDITION, "-o", out.to_str().unwrap()]).done();
    assert_eq!(printed.lines().count(), 12, "{printed}");

    let page = fs::read_to_string(out.join("rozdzial.html")).unwrap();
    let tree = scraper::Html::parse_document(&page);
    let words: Vec<String> = tree.root_element().text().map(str::to_owned).collect();
    let words = words.concat().split_whitespace().collect::<Vec<_>>().join(" ");
    let programme =
        survey::programme::Programme::parse(include_str!("../../forms/mazowsze/programme.toml")).unwrap();
    assert_eq!(programme.actions.len(), 50);
    for action in &programme.actions {
        assert!(words.contains(&format!("{}. {}", action.code, action.name)), "{}", action.code);
    }
    for sentence in [
        "W 28 JST poruszono tematykę ekonomii społecznej w 261 artykułach, które ukazały się w 67 różnych mediach",
        "48% (61 podmiotów) jednostek samorządu terytorialnego brało udział",
        "W badaniu udział wzięło 135 JST (z 351 zaproszonych) oraz 35 UP (z 40 zaproszonych).",
        "Komitet odbył 3 posiedzenia",
        "W 2024 r. nic nowego.",
        "dane przykładowe, nie są odpowiedziami wymienionych urzędów",
    ] {
        assert!(words.contains(sentence), "{sentence}");
    }
    let drawn = scraper::Selector::parse("svg[role=img] > title").unwrap();
    let drawn: Vec<String> = tree.select(&drawn).map(|title| title.text().collect()).collect();
    for part in ["według podregionów (NUTS 3)", "kategorie odpowiedzi", "wartość narastająco"] {
        assert!(drawn.iter().any(|title| title.contains(part)), "{part}: {drawn:?}");
    }
    let bound = sheet::docx::numbers(&fs::read(out.join("rozdzial.docx")).unwrap()).unwrap();
    let facts: Vec<_> = bound.iter().filter(|number| number.key == "fakt.posiedzenia-rkres").collect();
    assert_eq!(facts.len(), 2, "one fact in two rows is one number");

    let secrets = secrets(campaign);
    assert!(secrets.len() > 300, "{}", secrets.len());
    for (name, text) in texts(&out) {
        for secret in &secrets {
            assert!(!text.contains(secret.as_str()), "{name} holds {secret}");
        }
    }
    let again =
        campaign.program().run(&["report", "--edition", EDITION, "-o", out.to_str().unwrap()]).refused(1);
    assert!(again.contains("nie jest pusty"), "{again}");
}

#[test]
fn a_refreshed_document_is_a_new_file_and_the_old_one_stays() {
    let (folder, program) = Campaign::shared().copy();
    program.run(&["report", "--edition", EDITION, "-o", "raport"]).done();
    let old = folder.path().join("raport/rozdzial.docx");
    let before = fs::read(&old).unwrap();
    let update = |out: &str, json: &[&str]| {
        program.run(&[&["report", "--update", "raport/rozdzial.docx", "-o", out], json].concat())
    };
    let said = update("nowy.docx", &[]).done();
    assert!(said.contains("Żadna liczba w dokumencie się nie zmieniła"), "{said}");
    let told: Value = serde_json::from_str(&update("nowszy.docx", &["--json"]).done()).unwrap();
    assert_eq!((told["edition"].as_str(), told["changes"].as_array().unwrap().len()), (Some(EDITION), 0));
    assert_eq!(fs::read(&old).unwrap(), before);
    assert_eq!(fs::read(folder.path().join("nowy.docx")).unwrap().len(), before.len());

    assert!(update("nowy.docx", &[]).refused(1).contains("już istnieje"));
    assert!(update("raport/rozdzial.docx", &[]).refused(1).contains("już istnieje"));
    fs::write(folder.path().join("obcy.docx"), "nic").unwrap();
    let foreign = program.run(&["report", "--update", "obcy.docx", "-o", "x.docx"]).refused(1);
    assert!(foreign.contains("obcy.docx") && foreign.contains("nie jest dokumentem Worda"), "{foreign}");
    assert!(!folder.path().join("x.docx").exists());
    let none = Program::at(folder.path()).run(&["report", "-o", "y"]).refused(1);
    assert!(none.contains("--edition"), "{none}");
}

#[test]
fn a_frozen_edition_is_verified_and_its_state_is_printed() {
    let (_folder, program) = Campaign::shared().copy();
    let frozen = program.run(&["edition", "freeze", EDITION, "--label", "dla RKRES"]).done();
    let hash = frozen.trim().rsplit(' ').next().unwrap().to_owned();
    assert_eq!((frozen.split('\t').next(), hash.len()), (Some("dla-rkres"), 64), "{frozen}");
    let verified = program.run(&["edition", "verify", EDITION]).done();
    assert!(verified.contains(&hash) && verified.contains("co do bajta"), "{verified}");
    let states: Value =
        serde_json::from_str(&program.run(&["edition", "states", EDITION, "--json"]).done()).unwrap();
    assert_eq!(states[0]["hash"], hash.as_str());
    let measures = ["measures", "--edition", EDITION, "--format", "json"];
    let now: Value = serde_json::from_str(&program.run(&measures).done()).unwrap();
    assert_eq!(now["as_of"]["frozen"], true);
    let then = program.run(&[&measures[..], &["--state", "dla-rkres"]].concat()).done();
    let then: Value = serde_json::from_str(&then).unwrap();
    assert_eq!((then["state"]["hash"].as_str(), &then["as_of"]), (Some(hash.as_str()), &now["as_of"]));
    assert!(
        program
            .run(&["edition", "freeze", EDITION, "--label", "dla RKRES"])
            .refused(1)
            .contains("inną nazwę")
    );
    program.run(&["edition", "unfreeze", EDITION]).done();
    program.run(&["edition", "unfreeze", EDITION]).refused(1);
    program.run(&["edition", "verify", EDITION, "--state", "nie-ma"]).refused(1);
    let erratum =
        ["edition", "erratum", EDITION, "--from", "dla-rkres", "--to", "dla-rkres", "--reason", "x"];
    program.run(&erratum).refused(1);
}
