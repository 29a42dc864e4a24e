//! The tables of one response, cell by cell.

use form::{Context, Questionnaire, Raw, RawRow};
use sheet::{Column, Profile, Table, Value};
use store::Invitation;
use survey::Timestamp;

use super::codebook;
use super::layout::Layout;
use super::rows::{self, Filed};

const FORM: &str = r#"
[settings]
form_id = "proba"
version = "2024.1"
form_title = "Próba"
default_language = "Polski (pl)"
[[survey]]
type = "begin_group"
name = "czesc"
label = "Część"
[[survey]]
type = "text"
name = "telefon"
label = "Telefon"
personal = "yes"
publish = "never"
[[survey]]
type = "select_one tak_nie"
name = "czy"
label = "Czy?"
[[survey]]
type = "decimal"
name = "kwota"
label = "Ile?"
relevant = "${czy} = 'tak'"
dont_know = "yes"
[[survey]]
type = "select_multiple barwa"
name = "barwy"
label = "Jakie?"
[[survey]]
type = "text"
name = "opis"
label = "Opis"
[[survey]]
type = "calculate"
name = "skrot"
calculation = "concat(${czy}, ${opis})"
[[survey]]
type = "calculate"
name = "z_opisem"
calculation = "string-length(${skrot})"
[[survey]]
type = "begin_repeat"
name = "wpis"
label = "Wpisy"
[[survey]]
type = "integer"
name = "waga"
label = "Waga"
[[survey]]
type = "text"
name = "nazwa"
label = "Nazwa"
[[survey]]
type = "end_repeat"
[[survey]]
type = "end_group"
[choices]
tak_nie = [{ name = "tak", label = "Tak" }, { name = "nie", label = "Nie" }]
barwa = [{ name = "biala", label = "Biała" }, { name = "zolta", label = "Żółta" }]
"#;

fn questionnaire() -> Questionnaire {
    let loaded = form::load("proba.toml", FORM);
    let problems: Vec<_> = loaded.problems.iter().map(|problem| &problem.message).collect();
    loaded.questionnaire.unwrap_or_else(|| panic!("{problems:?}"))
}

fn invitation() -> Invitation {
    let nobody = uuid::Uuid::nil();
    Invitation {
        id: nobody.into(),
        edition_id: nobody.into(),
        unit_id: nobody.into(),
        form_id: "proba".into(),
        unit_code: "1401013".into(),
        unit_name: "Białobrzegi".into(),
        unit_sort: Vec::new(),
        kind: "gmina".into(),
        powiat: None,
        nuts2: Some("PL92".into()),
        nuts3: None,
        attributes: std::collections::BTreeMap::new(),
        closes_on: None,
        withdrawn_at: None,
        created_at: Timestamp::from_millis(0),
    }
}

/// `name=cell` of every column from the first answer on.
fn told(columns: &[Column], cells: &[Value], from: usize) -> Vec<String> {
    assert_eq!(columns.len(), cells.len());
    let table = Table { columns: columns.to_vec(), rows: vec![cells.to_vec()] };
    let text = String::from_utf8(sheet::write_csv(&table, Profile::OpenData).unwrap()).unwrap();
    let (header, row) = text.trim_end().split_once('\n').unwrap();
    let pairs = header.split(',').zip(row.split(',')).map(|(name, cell)| format!("{name}={cell}"));
    pairs.skip(from).collect()
}

/// The row of a response to the questionnaire, and those of its list.
fn written(answers: &[(&str, &str)], weights: &[&str], open_text: bool) -> (Vec<String>, Vec<Vec<String>>) {
    let form = questionnaire();
    let own = |(name, text): &(&str, &str)| ((*name).to_owned(), (*text).to_owned());
    let mut raw = Raw { fields: answers.iter().map(own).collect(), ..Raw::default() };
    let entry = |(place, weight): (usize, &&str)| RawRow {
        id: format!("wpis000{place}"),
        fields: [own(&("waga", weight))].into(),
    };
    raw.repeats.insert("wpis".into(), weights.iter().enumerate().map(entry).collect());
    let (typed, _) = form::read(&form.model, &raw);
    let context = Context::on("2025-02-01".parse().unwrap());
    let evaluation = form::evaluate(&form.model, &typed, &context);
    let layout = Layout::new(&form.model, open_text, None);
    let filed = Filed {
        invitation: &invitation(),
        number: "2024-PROBA-00001-X".into(),
        at: Timestamp::from_millis(0),
        origin: None,
        version: &form.model.settings.version,
        evaluation: &evaluation,
    };
    let row = told(&rows::response_columns(&layout), &rows::response(&layout, &filed), 8);
    let list = &layout.lists[0];
    let entries = (0..weights.len()).map(|place| {
        told(&rows::entry_columns(&layout, list), &rows::entry(&layout, list, &filed, place), 1)
    });
    (row, entries.collect())
}

#[test]
fn a_value_has_its_status_and_every_choice_its_mark() {
    let answers = [("czy", "tak"), ("kwota", "1 234,50"), ("barwy", "zolta"), ("opis", "Słowa")];
    let (row, entries) = written(&answers, &["3", "x"], false);
    assert_eq!(
        row,
        [
            "zlozenie.pochodzenie=serwis",
            "zlozenie.wersja=2024.1",
            "czy=tak",
            "czy.status=A",
            "kwota=1234.5",
            "kwota.status=A",
            "barwy=zolta",
            "barwy/biala=0",
            "barwy/zolta=1",
            "barwy.status=A",
            "wpis=2",
            "wpis.status=A",
            "uwaga_o_danych="
        ]
    );
    let number = "zlozenie.numer=2024-PROBA-00001-X";
    let notice = "uwaga_o_danych=";
    assert_eq!(entries[0], [number, "wpis.numer=1", "wpis.id=wpis0000", "waga=3", "waga.status=A", notice]);
    assert_eq!(entries[1], [number, "wpis.numer=2", "wpis.id=wpis0001", "waga=", "waga.status=NO", notice]);
}

#[test]
fn what_is_no_value_says_why() {
    let (row, _) = written(&[("czy", "nie"), ("kwota", "7")], &[], false);
    let of = |row: &[String], name: &str| row.iter().find(|cell| cell.starts_with(name)).cloned().unwrap();
    assert_eq!(of(&row, "kwota="), "kwota=");
    assert_eq!(of(&row, "kwota.status"), "kwota.status=ND");
    assert_eq!(of(&row, "barwy/biala"), "barwy/biala=");
    assert_eq!(of(&row, "barwy.status"), "barwy.status=NR");
    assert_eq!(of(&row, "wpis.status"), "wpis.status=NR");
    let (row, _) = written(&[("czy", "tak"), ("kwota.nw", "1")], &[], false);
    assert_eq!(of(&row, "kwota.status"), "kwota.status=NW");
}

#[test]
fn own_words_and_what_is_made_of_them_go_only_when_asked_for() {
    let answers = [("czy", "tak"), ("opis", "Słowa"), ("telefon", "22 555 01 01")];
    let (plain, _) = written(&answers, &["1"], false);
    assert!(!plain.iter().any(|cell| ["opis", "skrot", "z_opisem"].iter().any(|own| cell.starts_with(own))));
    let (open, entries) = written(&answers, &["1"], true);
    for cell in ["opis=Słowa", "skrot=takSłowa", "z_opisem=8"] {
        assert!(open.iter().any(|other| other == cell), "{cell} in {open:?}");
    }
    assert!(entries[0].iter().any(|cell| cell == "nazwa.status=NR"));
    assert!(!open.iter().any(|cell| cell.starts_with("telefon")));
}

#[test]
fn the_codebook_names_the_file_of_every_question_that_goes() {
    let form = questionnaire();
    let layout = Layout::new(&form.model, false, Some("na próbę"));
    let table = codebook::questions(&layout);
    let place = |name: &str| table.columns.iter().position(|column| column.name == name).unwrap();
    let (name, file) = (place("nazwa"), place("plik"));
    let text = |words: &str| Value::Text(words.into());
    let rows: Vec<_> = table.rows.iter().map(|row| (row[name].clone(), row[file].clone())).collect();
    assert!(rows.contains(&(text("czy"), text("odpowiedzi"))));
    assert!(rows.contains(&(text("waga"), text("wpis"))));
    assert!(rows.contains(&(text("opis"), Value::Empty)));
    assert!(!rows.iter().any(|(name, _)| *name == text("telefon")));
    assert!(table.rows.iter().all(|row| row.last() == Some(&text("na próbę"))));
    assert_eq!(codebook::choices(&layout).rows.len(), 4);
}
