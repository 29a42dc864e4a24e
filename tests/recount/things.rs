//! What is one thing and what is not: decided in the panel, exported, counted again.

use std::collections::BTreeSet;
use std::fs;

#[path = "../it/harness/page.rs"]
#[expect(dead_code, reason = "tests of the service read more of a page")]
mod page;

use page::{Form, Page};
use reqwest::blocking::Client;
use reqwest::redirect::Policy;

use crate::process::{Program, Serving};
use crate::program::{EDITION, Installation, recount, rewrite};
use crate::{Written, agrees};

/// Of whoever decides.
const PASSWORD: &str = "cztery zielone kaczki";

/// Somebody who is logged in to the panel of an installation.
struct Analyst {
    client: Client,
    serving: Serving,
}

impl Analyst {
    fn of(installation: &Installation) -> Self {
        let program = Program::at(&installation.folder);
        program.clone().given(PASSWORD).run(&["user", "add", "ewa", "--password-stdin"]).done();
        let serving = Serving::start(&program);
        let client = Client::builder().cookie_store(true).redirect(Policy::none());
        let own = Self { client: client.pool_max_idle_per_host(0).build().unwrap(), serving };
        let door = own.get("/panel/logowanie").form().set("login", "ewa").set("haslo", PASSWORD);
        own.post(&door.action, &door.sent());
        own
    }

    fn get(&self, path: &str) -> Page {
        let asked = self.client.get(format!("{}{path}", self.serving.address)).send();
        Page::of(asked.unwrap()).with_status(200)
    }

    /// Sends pairs that are taken.
    #[track_caller]
    fn post(&self, path: &str, pairs: &[(String, String)]) {
        let asked = self.client.post(format!("{}{path}", self.serving.address)).form(pairs).send();
        Page::of(asked.unwrap()).location();
    }

    fn list(&self, name: &str) -> Page {
        self.get(&list(name))
    }

    /// Says of the things of a list at these places of its table that they are one (`polacz`) or are not (`odrzuc`).
    fn decide(&self, what: &str, name: &str, places: &[usize]) {
        let page = self.list(name);
        let keys = page.attributes("th input[name=pozycja]", "value");
        let ticked = places.iter().fold(table(&page), |form, at| form.tick("pozycja", &keys[*at], true));
        self.post(&format!("{}/{what}", page.path), &ticked.set("powod", "na próbę").sent());
    }

    /// Makes the first entry of the largest thing a thing of its own.
    fn split(&self, name: &str) {
        let page = self.list(name);
        let form = table(&page).set("powod", "co innego");
        let entry = form.buttons("wpis")[0].to_owned();
        self.post(&format!("{}/rozdziel", page.path), &form.pressed("wpis", &entry));
    }

    /// Takes the newest decision about a list back.
    fn undo(&self, name: &str) {
        let page = self.list(name);
        let form = page.forms_to(&format!("{}/cofnij", page.path)).remove(0);
        self.post(&form.action, &form.sent());
    }
}

fn list(name: &str) -> String {
    format!("/panel/{EDITION}/laczenie/jst/{name}")
}

/// The form over the table of everything on a list.
fn table(page: &Page) -> Form {
    let forms = page.forms_to(&format!("{}/polacz", page.path));
    forms.into_iter().find(|form| form.names().contains(&"pozycja")).unwrap()
}

/// A measure of the questionnaire for self-government units.
fn measured(installation: &Installation, name: &str) -> u64 {
    let printed = installation.run(&["measures", "--edition", EDITION, "--format", "json"]);
    let document: serde_json::Value = serde_json::from_str(&printed).unwrap();
    let all = document["measures"].as_array().unwrap();
    let found = all.iter().find(|one| one["form"] == "jst" && one["name"] == name);
    found.unwrap()["value"].as_u64().unwrap()
}

/// The demo after some hours at the workbench.
fn decided() -> Installation {
    let installation = Installation::demo().copied();
    let analyst = Analyst::of(&installation);
    analyst.decide("polacz", "medium", &[0, 3, 5]);
    analyst.decide("polacz", "medium", &[1, 2]);
    // Things that were merged are merged on, and an entry leaves one of them again.
    analyst.decide("polacz", "medium", &[0, 1]);
    analyst.split("medium");
    analyst.decide("polacz", "medium", &[7, 8]);
    analyst.undo("medium");
    analyst.decide("polacz", "dokument", &[0, 2]);
    analyst.undo("dokument");
    analyst.undo("dokument");
    analyst.split("wydarzenie");
    analyst.decide("odrzuc", "medium", &[4, 6]);
    installation
}

#[test]
fn what_was_merged_split_and_taken_back_in_the_panel_is_counted_again_from_the_exported_decisions() {
    let installation = decided();
    // Of 67 media three became one, then two, then two of what was left; one entry stands apart again.
    assert_eq!(measured(&installation, "media_rozne"), 67 - 2 - 1 - 1 + 1);
    assert!(agrees(&installation) > 10);

    let written = Written::of(&installation, &[]);
    let counted = |more: &[(&str, &std::path::Path)]| {
        recount(&installation.plan("jst"), &written.path("jst"), &written.path("measures.json"), more)
    };
    let (code, said) = counted(&[]);
    assert!(code == 1 && said.contains("media_rozne: value printed 64, counted 67.0"), "{said}");
    let things = written.path("laczenie");
    assert_eq!(counted(&[("--things", &things)]).0, 0);
    // A decision that was left out is found.
    rewrite(&things.join("laczenie.csv"), |text| {
        let left_out = text.lines().position(|row| row.contains(",split,")).unwrap();
        let rest = text.lines().enumerate().filter(|(at, _)| *at != left_out);
        rest.map(|(_, row)| format!("{row}\n")).collect()
    });
    let (code, said) = counted(&[("--things", &things)]);
    assert!(code == 1 && said.contains("rozne: value printed"), "{said}");
}

#[test]
fn decisions_go_with_a_warning_and_a_trace_and_name_nobody_s_contact() {
    let installation = decided();
    let to = installation.folder.join("laczenie");
    let arguments = ["things", "export", "--edition", EDITION, "-o", to.to_str().unwrap()];
    let (code, said) = installation.try_run(&arguments);
    assert!(code == 0 && said.contains("tylko do pracy wewnątrz urzędu"), "{said}");
    let (code, again) = installation.try_run(&arguments);
    assert!(code == 1 && again.contains("nie jest pusty"), "{again}");

    let rows = |file: &str| {
        let book = sheet::read(&fs::read(to.join(file)).unwrap(), file).unwrap();
        let text = |cell: &sheet::Cell| match cell {
            sheet::Cell::Text(text) => text.clone(),
            _ => String::new(),
        };
        let of_sheet = book.sheets[0].rows.iter();
        of_sheet.map(|row| row.cells.iter().map(text).collect::<Vec<_>>()).collect::<Vec<_>>()
    };
    let entries = rows("laczenie.csv");
    let column = |name: &str| entries[0].iter().position(|own| own == name).unwrap();
    let all = |name: &str| entries[1..].iter().map(|row| row[column(name)].clone()).collect::<BTreeSet<_>>();
    assert_eq!(all("decyzja"), ["merged", "split", "undone"].map(str::to_owned).into());
    assert_eq!(all("kto"), ["user:ewa".to_owned()].into());
    assert!(!all("kod_jednostki").contains("") && !all("wpis").contains(""));
    assert!(all("uwaga_o_danych").iter().all(|said| said.contains("dane przykładowe")));
    let apart = rows("rozne.csv");
    assert!(apart.len() == 2 && apart[1].contains(&"na próbę".to_owned()), "{apart:?}");
}
