//! What leaves the panel about 2024: of which groups a number is told, in everything that is handed out.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{Cursor, Read};

use miernik::service::report::{Bundle, Wish};
use serde_json::Value;

use super::offices::{KINDS, edition, first_year, in_both};
use super::{LEAST, anna};
use crate::attack::Reader;
use crate::harness::TestApp;

/// What a program with a key reads.
pub(super) struct Api {
    client: reqwest::blocking::Client,
    address: String,
    key: String,
}

impl Api {
    pub(super) fn of(app: &TestApp) -> Self {
        let key = app.service.api_key_add("male", "test").unwrap().reveal();
        let address = format!("{}/api/v1/editions/male", app.address);
        Self { client: reqwest::blocking::Client::new(), address, key }
    }

    pub(super) fn read(&self, rest: &str) -> String {
        let answer =
            self.client.get(format!("{}/{rest}", self.address)).bearer_auth(&self.key).send().unwrap();
        assert_eq!(answer.status(), 200, "{rest}");
        answer.text().unwrap()
    }

    pub(super) fn json(&self, rest: &str) -> Value {
        serde_json::from_str(&self.read(rest)).unwrap()
    }
}

/// Every text that a file holds, parts of packed files one by one.
pub(super) fn texts(bytes: &[u8]) -> Vec<String> {
    if !bytes.starts_with(b"PK") {
        return vec![String::from_utf8(bytes.to_vec()).unwrap()];
    }
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let part = |place| {
        let mut part = Vec::new();
        archive.by_index(place).unwrap().read_to_end(&mut part).unwrap();
        String::from_utf8_lossy(&part).into_owned()
    };
    let count = zip::ZipArchive::new(Cursor::new(bytes)).unwrap().len();
    (0..count).map(part).collect()
}

pub(super) fn report(app: &TestApp, year: &str, state: Option<&str>) -> Bundle {
    let wish = Wish { state: state.map(str::to_owned), ..Wish::default() };
    app.service.report(&edition(year), &wish, "user:anna").unwrap()
}

/// The attributes of a group.
pub(super) type Chosen = BTreeMap<String, String>;

/// A number that is published: whether only of those with a value, and of whom.
pub(super) type Told = (Option<String>, Chosen);

/// The addresses of all tables that the API hands out.
fn tables() -> Vec<String> {
    const ATTRIBUTES: [&str; 5] = ["kind", "powiat", "nuts2", "nuts3", "seat"];
    let mut all: Vec<String> = ATTRIBUTES.iter().map(|one| format!("measures?by={one}")).collect();
    for (place, one) in ATTRIBUTES.iter().enumerate() {
        all.extend(ATTRIBUTES[place + 1..].iter().map(|other| format!("measures?by={one}&by={other}")));
    }
    for filter in ["kind=gmina_wiejska", "nuts3=PL921", "nuts2=PL92", "kind=powiat&where=nuts2=PL92"] {
        all.extend(["kind", "powiat"].map(|one| format!("measures?by={one}&where={filter}")));
    }
    all
}

/// The groups of cross-tables.
pub(super) fn of_tables(document: &Value) -> Vec<Told> {
    let mut told = Vec::new();
    let filter = document["where"].as_object().unwrap().iter();
    let filter: Chosen = filter.map(|(name, value)| (name.clone(), words(value))).collect();
    for table in document["tables"].as_array().unwrap().iter().filter(|table| table["form"] == "jst") {
        for group in table["groups"].as_array().unwrap().iter().filter(|group| group["hidden"] == false) {
            let by = document["by"].as_array().unwrap().iter().map(|name| name.as_str().unwrap());
            let mut chosen = filter.clone();
            let mut fits = true;
            for name in by.filter(|name| group.get(*name).is_some()) {
                let value = words(&group[name]);
                fits &= chosen.insert(name.to_owned(), value.clone()).is_none_or(|before| before == value);
            }
            // What a filter leaves out has nobody in it.
            if fits {
                told.push((None, chosen.clone()));
                told.push((Some(table["name"].as_str().unwrap().to_owned()), chosen));
            }
        }
    }
    told
}

fn words(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

/// The groups of the file about the response: who is not hidden there.
fn of_response(csv: &str) -> Vec<Told> {
    let mut told = Vec::new();
    for line in csv.lines().filter(|line| line.contains(",jst,") && !line.ends_with("nie podaje się")) {
        let cells: Vec<&str> = line.split(',').collect();
        let place = cells.iter().position(|cell| *cell == "jst").unwrap();
        let (attribute, value) = (cells[place + 1], cells[place + 2]);
        let code = match attribute {
            "" => continue,
            "Rodzaj" => ("kind", value.replace([' ', '-'], "_")),
            "Powiat" => ("powiat", value.to_owned()),
            "NUTS 2" => ("nuts2", value.to_owned()),
            "NUTS 3" => ("nuts3", value.to_owned()),
            "Siedziba" => ("seat", String::new()),
            other => panic!("{other}"),
        };
        told.push((None, Chosen::from([(code.0.to_owned(), code.1)])));
    }
    told
}

/// The groups of a chapter: the map's table and the sentence about the response.
fn of_chapter(bundle: &Bundle) -> Vec<Told> {
    let mut told = Vec::new();
    for number in sheet::docx::numbers(&bundle.files["rozdzial.docx"]).unwrap() {
        if let Some(rest) = number.key.strip_prefix("mapa.jst.") {
            let parts: Vec<&str> = rest.split('.').collect();
            if number.text != "nie podaje się" {
                let chosen = Chosen::from([("nuts3".to_owned(), parts[1].to_owned())]);
                told.push((None, chosen.clone()));
                told.push((Some(parts[0].to_owned()), chosen));
            }
        } else if number.key == "odpowiedzi.jst" {
            let kinds = KINDS
                .iter()
                .filter(|(kind, _)| number.text.replace(['-', ' '], "_").contains(&format!("„{kind}”")));
            told.extend(
                kinds.map(|(kind, _)| (None, Chosen::from([("kind".to_owned(), (*kind).to_owned())]))),
            );
        }
    }
    told
}

/// The groups of a comparison: the units that answered in both years, under an attribute of this test.
fn of_comparison(app: &TestApp, year: &str, other: &str) -> Vec<Told> {
    let anna = anna(app);
    let page = anna.get(&format!("/panel/male/{year}/porownanie/porownanie.json?widok=te-same&z={other}"));
    let document: Value = serde_json::from_slice(&page.with_status(200).body).unwrap();
    let chosen = Chosen::from([("both".to_owned(), "yes".to_owned())]);
    let mut told = Vec::new();
    let editions = document["editions"].as_array().unwrap().iter();
    for edition in editions.filter(|one| one["edition"] == "male/2024" && one["forms"].get("jst").is_some()) {
        told.push((None, chosen.clone()));
        assert_eq!(edition["forms"]["jst"]["submitted"], first_year().filter(|one| in_both(one.0)).count());
    }
    for series in document["series"].as_array().unwrap() {
        for point in series["points"].as_array().unwrap().iter().filter(|one| one["edition"] == "male/2024") {
            if let (Some(measure), false) = (point["measure"].as_str(), point["value"].is_null()) {
                told.push((None, chosen.clone()));
                told.push((Some(measure.to_owned()), chosen.clone()));
            }
        }
    }
    told
}

/// Everything that leaves the panel about 2024 as groups.
pub(super) fn everything(app: &TestApp, api: &Api) -> Vec<Told> {
    let mut told: Vec<Told> =
        tables().iter().flat_map(|table| of_tables(&api.json(&format!("2024/{table}")))).collect();
    let csv = anna(app).get("/panel/male/2024/braki-odpowiedzi/braki-odpowiedzi.csv").with_status(200);
    told.extend(of_response(csv.source()));
    told.extend(of_chapter(&report(app, "2024", None)));
    told.extend(of_comparison(app, "2024", "2025"));
    told.extend(of_comparison(app, "2025", "2024"));
    told
}

/// Who reads all that is told of one thing, over cells of offices that are alike in everything numbers are broken down by.
fn reader(told: &[&Chosen], has_it: impl Fn(Option<u64>) -> bool) -> Reader {
    let mut cells: BTreeMap<Chosen, u64> = BTreeMap::new();
    for (place, unit, number) in first_year() {
        let own = unit.attributes.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
        let both = if in_both(place) { "yes" } else { "no" };
        let own = own.chain([("both".to_owned(), both.to_owned()), ("seat".to_owned(), String::new())]);
        *cells.entry(own.collect()).or_default() += u64::from(has_it(number));
    }
    let mut reader = Reader::new(&cells.values().copied().collect::<Vec<_>>());
    let all: BTreeSet<&&Chosen> = told.iter().collect();
    reader.read(0..cells.len());
    for chosen in all {
        let wanted = |own: &Chosen| chosen.iter().all(|(name, value)| own.get(name) == Some(value));
        reader.read(cells.keys().enumerate().filter(|(_, own)| wanted(own)).map(|(place, _)| place));
    }
    reader
}

/// The cells of few offices that follow from what is told: of who answered, and of who gave a number.
pub(super) fn computed(told: &[Told]) -> [Option<Vec<usize>>; 2] {
    let of = |wanted: Option<&str>| -> Vec<&Chosen> {
        told.iter().filter(|(measure, _)| measure.as_deref() == wanted).map(|(_, chosen)| chosen).collect()
    };
    [reader(&of(None), |_| true).few(LEAST), reader(&of(Some("suma")), |number| number.is_some()).few(LEAST)]
}
