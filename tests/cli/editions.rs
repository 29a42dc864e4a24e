//! Editions: created, opened, closed; nothing changes when something is wrong.

use std::fs;
use std::path::Path;

use crate::process::{Database, EDITION, Kind, Program};

const SHIPPED: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/forms/mazowsze");

/// A copy of the shipped forms with another questionnaire for JST; gives its path.
pub(crate) fn forms_with(folder: &Path, change: impl Fn(&str) -> String) -> String {
    let forms = folder.join("ankiety");
    copy(Path::new(SHIPPED), &forms);
    let file = forms.join("2024/jst.toml");
    let source = fs::read_to_string(&file).unwrap();
    let changed = change(&source);
    assert_ne!(changed, source, "the change finds nothing to change");
    fs::write(file, changed).unwrap();
    forms.display().to_string()
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap().map(Result::unwrap) {
        let target = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}

/// A database with a key and nothing else, and the program on it.
fn installed(kind: Kind) -> (Database, Program) {
    let database = Database::new(kind);
    let program = Program::at(database.folder()).with("MIERNIK_DATABASE", &database.url);
    program.install();
    (database, program)
}

/// How many rows there are in what opening makes, and the state of the edition.
fn made(database: &Database) -> Vec<String> {
    let count = |table: &str| format!("SELECT CAST(count(*) AS text) AS word FROM {table}");
    let counts =
        ["form_version", "plan_version", "invitation", "access"].map(|table| database.words(&count(table)));
    [counts.concat(), database.words("SELECT state AS word FROM edition")].concat()
}

#[test]
fn an_edition_is_created_opened_once_and_closed_once() {
    for kind in [Kind::Sqlite, Kind::Postgres] {
        let (database, program) = installed(kind);
        let created =
            program.run(&["edition", "create", EDITION, "--opens", "2025-01-17", "--closes", "2125-02-25"]);
        assert_eq!((created.code, created.out.len()), (0, 0), "{}", created.err);
        assert_eq!(made(&database), ["0", "0", "0", "0", "draft"]);
        let again = program.run(&["edition", "create", EDITION]).refused(1);
        assert!(again.contains("już istnieje"), "{again}");

        let opened = program.run(&["edition", "open", EDITION]);
        assert_eq!((opened.code, opened.out.len()), (0, 0), "{}", opened.err);
        assert!(opened.err.contains("jst: zaproszenia 351") && opened.err.contains("up: zaproszenia 40"));
        let all = ["2", "2", "391", "782", "open"];
        assert_eq!(made(&database), all);
        let again = program.run(&["edition", "open", EDITION]).refused(1);
        assert!(again.contains("drugi raz"), "{again}");
        assert_eq!(made(&database), all);

        let left = program.run(&["edition", "close", EDITION]).done();
        assert_eq!(left, "kompletne, ale niewysłane (nie liczą się): 0\nzaczęte i niekompletne: 0\n");
        assert_eq!(made(&database)[4], "closed");
        let again = program.run(&["edition", "close", EDITION]).refused(1);
        assert!(again.contains("nie jest otwarta"), "{again}");
        program.run(&["edition", "open", EDITION]).refused(1);
        assert_eq!(made(&database)[4], "closed");
    }
}

#[test]
fn opening_with_a_broken_questionnaire_changes_nothing_and_says_file_line_and_column() {
    let (database, program) = installed(Kind::Sqlite);
    program.run(&["edition", "create", EDITION]).done();
    let forms = forms_with(database.folder(), |jst| {
        let broken = jst.replacen(
            "constraint         = \"string-length(.) <= 120\"",
            "constraint = \"string-lenght(.) <= 120\"",
            1,
        );
        broken.replacen("type     = \"select_one tak_nie_nw\"", "type     = \"select_one tak_nie_nvv\"", 1)
    });
    let said = program.run(&["edition", "open", EDITION, "--forms", &forms]).refused(1);
    let line = |what: &str| {
        let source = fs::read_to_string(format!("{forms}/2024/jst.toml")).unwrap();
        let found = source.lines().enumerate().find(|(_, line)| line.contains(what)).unwrap();
        (found.0 + 1, found.1[..found.1.find(what).unwrap()].chars().count() + 1)
    };
    // Both problems at once, each with its place.
    for what in ["string-lenght", "tak_nie_nvv"] {
        let (line, col) = line(what);
        let at = said.lines().find(|text| text.contains(&format!("2024/jst.toml:{line}:")));
        let at = at.unwrap_or_else(|| panic!("{what} in line {line}: {said}"));
        let named: usize = at
            .split(&format!("jst.toml:{line}:"))
            .nth(1)
            .unwrap()
            .split(':')
            .next()
            .unwrap()
            .trim()
            .parse()
            .unwrap();
        assert!(named <= col && col - named < 13, "{what} stands at {line}:{col}, said was {at}");
    }
    assert_eq!(made(&database), ["0", "0", "0", "0", "draft"]);
    // With the questionnaires in order it opens.
    program.run(&["edition", "open", EDITION]).done();
}

#[test]
fn text_that_is_no_toml_is_refused_in_the_questionnaire_and_in_the_programme_file() {
    let (database, program) = installed(Kind::Sqlite);
    let forms = forms_with(database.folder(), |jst| format!("{jst}\n[[survey\n"));
    let programme = format!("{forms}/programme.toml");
    let source = fs::read_to_string(&programme).unwrap();
    fs::write(&programme, format!("{source}\nto nie jest TOML\n")).unwrap();
    let said = program.run(&["edition", "create", EDITION, "--forms", &forms]).refused(1);
    assert!(
        said.contains("programme.toml") && said.contains(&(source.lines().count() + 2).to_string()),
        "{said}"
    );
    assert!(database.words("SELECT slug AS word FROM programme").is_empty());

    fs::write(&programme, source).unwrap();
    program.run(&["edition", "create", EDITION, "--forms", &forms]).done();
    let said = program.run(&["edition", "open", EDITION, "--forms", &forms]).refused(1);
    assert!(said.contains("2024/jst.toml:"), "{said}");
    assert_eq!(made(&database), ["0", "0", "0", "0", "draft"]);
}

#[test]
fn dates_backwards_or_unreadable_and_editions_that_nobody_declared_are_refused() {
    let (database, program) = installed(Kind::Sqlite);
    let backwards = ["edition", "create", EDITION, "--opens", "2026-12-01", "--closes", "2026-11-30"];
    let said = program.run(&backwards).refused(1);
    assert!(said.contains("2026-12-01") && said.contains("2026-11-30"), "{said}");
    for wrong in ["31.02.2026", "2025-02-31", "jutro"] {
        let said = program.run(&["edition", "create", EDITION, "--opens", wrong]).refused(1);
        assert!(said.contains("--opens") && said.contains(wrong) && said.contains("RRRR-MM-DD"), "{said}");
    }
    let said = program.run(&["edition", "create", "mazowsze/1999"]).refused(1);
    assert!(said.contains("1999"), "{said}");
    let said = program.run(&["edition", "create", "podlasie/2024"]).refused(1);
    assert!(said.contains("podlasie"), "{said}");
    for action in ["open", "close"] {
        let said = program.run(&["edition", action, EDITION]).refused(1);
        assert!(said.contains(EDITION), "{said}");
    }
    assert!(database.words("SELECT slug AS word FROM edition").is_empty());
    assert!(database.words("SELECT slug AS word FROM programme").is_empty());
}

#[test]
fn a_folder_without_forms_is_named() {
    let (database, program) = installed(Kind::Sqlite);
    let said = program.run(&["edition", "create", EDITION, "--forms", "nigdzie"]).refused(1);
    assert!(said.contains("nigdzie/programme.toml"), "{said}");
    assert!(database.words("SELECT slug AS word FROM programme").is_empty());
}

/// A database with an open edition in which one unit has an address; nothing is left to fill in.
fn ready_to_invite(kind: Kind) -> (Database, Program) {
    let (database, program) = installed(kind);
    let program = ["PERSON=Anna Nowak", "PHONE=22 000 00 00"].iter().fold(program, |program, setting| {
        let (name, value) = setting.split_once('=').unwrap();
        program.with(&format!("MIERNIK_OFFICE__{name}"), value)
    });
    let forms = database.folder().join("ankiety");
    copy(Path::new(SHIPPED), &forms);
    number_the_letter(&forms);
    program.open_edition(&["--forms", "ankiety"]);
    fs::write(database.folder().join("adresy.csv"), "Kod;Nazwa;E-mail\n1401022;Promna;ug@promna.example\n")
        .unwrap();
    program.run(&["units", "import", "adresy.csv"]).done();
    (database, program)
}

/// Fills in what the shipped programme leaves to the office.
fn number_the_letter(forms: &Path) {
    let path = forms.join("programme.toml");
    let source = fs::read_to_string(&path).unwrap();
    let filled = source.replace("DO UZUPEŁNIENIA (znak pisma)", "ES.1.2025");
    assert_ne!(filled, source);
    fs::write(path, filled).unwrap();
}

#[test]
fn an_invitation_goes_once_per_wave_and_a_dry_run_queues_nothing() {
    let (database, program) = ready_to_invite(Kind::Sqlite);
    let queued = || database.words("SELECT recipient AS word FROM outbox");
    let invite = |more: &[&str]| program.run(&[&["invite", "--edition", EDITION], more].concat());

    let dry = invite(&["--dry-run"]);
    assert!(dry.err.contains("trafiłoby 1") && dry.err.contains("bez adresu e-mail: 390"), "{}", dry.err);
    assert_eq!(dry.done(), "");
    assert!(queued().is_empty());
    invite(&[]).done();
    let again = invite(&[]);
    assert!(again.err.contains("dodano 0, wcześniej dodane 1"), "{}", again.err);
    assert_eq!(queued(), ["ug@promna.example"]);
    invite(&["--wave", "2"]).done();
    assert_eq!(queued().len(), 2);
}

#[test]
fn a_text_of_a_letter_is_stored_only_with_the_wave_that_is_made_from_it() {
    for kind in [Kind::Sqlite, Kind::Postgres] {
        let (database, program) = ready_to_invite(kind);
        let versions = || {
            let asked =
                "SELECT CAST(count(*) AS text) AS word FROM letter_template WHERE name = 'zaproszenie'";
            database.words(asked).concat()
        };
        let template = |text: &str, more: &[&str]| {
            fs::write(database.folder().join("list.txt"), format!("Temat: Ankieta\n\n{text}\n")).unwrap();
            program.run(&[&["invite", "--edition", EDITION, "--template", "list.txt"], more].concat())
        };
        for (wrong, words) in [
            ("{{imie_wojta}}", "„imie_wojta” nie jest nazwą pola"),
            ("{{NIE_MA}}", "wiersz 3: nic nie wypełnia pola {{NIE_MA}}"),
            ("{{LINK", "wiersz 3: „{{” bez „}}”"),
        ] {
            let said = template(wrong, &[]).refused(1);
            assert!(said.contains(words), "{said}");
            assert_eq!(versions(), "1");
        }
        let dry = template("{{LINK}}", &["--dry-run"]);
        assert!(dry.err.contains("trafiłoby 1"), "{}", dry.err);
        assert_eq!((versions().as_str(), dry.code), ("1", 0));
        // What was refused or only tried does not stand in the way of the next wave.
        template("{{LINK}}", &[]).done();
        let made = database.words("SELECT CAST(template_version AS text) AS word FROM outbox");
        assert_eq!((versions(), made), ("2".to_owned(), vec!["2".to_owned()]));
        program.run(&["invite", "--edition", EDITION, "--wave", "2"]).done();
        let said = program.run(&["invite", "--edition", EDITION, "--template", "nie-ma.txt"]).refused(1);
        assert!(said.contains("nie-ma.txt: nie można odczytać pliku (nie ma takiego pliku"), "{said}");
    }
}

#[test]
fn no_letter_goes_out_while_it_says_that_something_is_to_be_filled_in() {
    let (database, program) = installed(Kind::Sqlite);
    program.open_edition(&[]);
    let queued = || database.words("SELECT recipient AS word FROM outbox");
    fs::write(database.folder().join("adresy.csv"), "Kod;Nazwa;E-mail\n1401022;Promna;ug@promna.example\n")
        .unwrap();
    program.run(&["units", "import", "adresy.csv"]).done();
    for more in [&[][..], &["--dry-run"]] {
        let said = program.run(&[&["invite", "--edition", EDITION], more].concat()).refused(1);
        for key in ["programme.toml: editions[2024].letter_number", "office.person", "office.phone"] {
            assert!(said.contains(key), "{key}: {said}");
        }
        assert!(said.contains("miernik edition update mazowsze/2024"), "{said}");
    }
    assert!(queued().is_empty());

    let forms = database.folder().join("ankiety");
    copy(Path::new(SHIPPED), &forms);
    number_the_letter(&forms);
    program.run(&["edition", "update", EDITION, "--forms", "ankiety"]).done();
    let said = program.run(&["invite", "--edition", EDITION]).refused(1);
    assert!(!said.contains("letter_number") && said.contains("office.person"), "{said}");
    let program = program.with("MIERNIK_OFFICE__PERSON", "Anna Nowak").with("MIERNIK_OFFICE__PHONE", "22 1");
    program.run(&["invite", "--edition", EDITION]).done();
    assert_eq!(queued(), ["ug@promna.example"]);
}
