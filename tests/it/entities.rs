//! Public lists of entities: counts at two dates, who vanished, jobs beside the list.

use chrono::NaiveDate;
use miernik::service::Refused;
use miernik::service::entities::{Entities, ImportedList, NewList};
use survey::entities::{List, Status};

use crate::harness::{Analyst, LOGIN, PASSWORD, TestApp, on_both_databases};

on_both_databases! {
    Small:
    two_lists_give_the_table_and_the_status_of_every_day,
    the_same_file_again_changes_nothing_and_a_dry_run_stores_nothing,
    who_vanished_is_counted_until_somebody_decides_and_deciding_can_be_taken_back,
    whoever_decides_second_about_an_entity_is_told,
    the_same_list_read_in_twice_at_once_is_stored_once,
    a_file_that_is_no_list_is_refused,
}

const PAGE: &str = "/panel/proba/2024/podmioty";
const HEADER: &str = "Nazwa;NIP;KRS;Siedziba;Status od;Status do;Data założenia";
const OLD: [&str; 3] = [
    "CIS Start;5252248481;;Radom;2015-01-01;;2014-01-01",
    "CIS Droga;1000000012;;Płock;2015-01-01;;2014-01-01",
    "CIS Most;;0000123456;Siedlce;2018-01-01;;2017-01-01",
];
/// One ended, one came, one has gone without a word.
const NEW: [&str; 3] = [
    "CIS Start;5252248481;;Radom;2015-01-01;;2014-01-01",
    "CIS Droga;1000000012;;Płock;2015-01-01;2024-06-30;2014-01-01",
    "CIS Nowe;;0000654321;Płońsk;2024-03-01;;2023-12-01",
];

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn read(app: &TestApp, as_of: &str, lines: &[&str], dry_run: bool) -> Result<ImportedList, Refused> {
    let text = format!("{HEADER}\n{}\n", lines.join("\n"));
    let new = NewList {
        list: List::Cis,
        as_of: day(as_of),
        source: "wojewoda",
        file_name: "cis.csv",
        bytes: text.as_bytes(),
        synthetic: false,
    };
    app.service.entities_import("command", &app.programme(), &new, dry_run)
}

fn both(app: &TestApp) {
    assert!(read(app, "2023-12-31", &OLD, false).unwrap().stored);
    assert!(read(app, "2024-12-31", &NEW, false).unwrap().stored);
}

fn now(app: &TestApp) -> Entities {
    app.service.entities(&app.edition, (None, None)).unwrap()
}

fn inside(app: &TestApp) -> Analyst {
    let anna = app.analyst();
    anna.log_in(LOGIN, PASSWORD).location();
    anna
}

fn two_lists_give_the_table_and_the_status_of_every_day(app: &TestApp) {
    both(app);
    let all = now(app);
    let balance = all.balances[0];
    assert_eq!((all.from, all.to), (day("2023-12-31"), day("2024-12-31")));
    assert_eq!(
        (balance.before, balance.after, balance.opened, balance.closed, balance.unsure),
        (3, 3, 1, 1, 1)
    );
    let roll = &all.rolls[0];
    let of = |name: &str| roll.ids[roll.standings.iter().position(|one| one.said.name == name).unwrap()];
    let at =
        |name: &str, on: &str| app.service.entity_status_at("proba", of(name), day(on)).unwrap().unwrap();
    assert_eq!((at("CIS Droga", "2024-06-30"), at("CIS Droga", "2024-07-01")), (Status::Yes, Status::No));
    assert_eq!((at("CIS Nowe", "2024-02-29"), at("CIS Nowe", "2024-03-01")), (Status::No, Status::Yes));
    assert_eq!(at("CIS Most", "2024-12-31"), Status::Vanished);

    let figures = app.service.figures(&app.edition).unwrap().figures;
    assert_eq!(figures["lista.cis.2024-12-31"].text, "3");
    assert!(!figures["lista.cis.2024-12-31"].flags.is_empty(), "one of them has to be cleared up");
    assert!(figures["lista.cis.2023-12-31"].flags.is_empty());
    let page = inside(app).get(&format!("{PAGE}?od=2024-01-31&do=30.06.2024")).with_status(200);
    assert!(page.words().contains("31.01.2024") && page.words().contains("30.06.2024"), "{}", page.words());
    inside(app).get(&format!("{PAGE}?od=wczoraj&do=%ff")).with_status(200);
}

fn the_same_file_again_changes_nothing_and_a_dry_run_stores_nothing(app: &TestApp) {
    let dry = read(app, "2023-12-31", &OLD, true).unwrap();
    assert!(!dry.stored && app.database.rows("entity").is_empty());
    let first = read(app, "2023-12-31", &OLD, false).unwrap();
    assert_eq!(dry.outcomes, first.outcomes);
    let before = ["entity", "entity_import", "entity_mention"].map(|table| app.database.rows(table));
    let again = read(app, "2023-12-31", &OLD, false).unwrap();
    assert!(!again.stored);
    assert_eq!(["entity", "entity_import", "entity_mention"].map(|table| app.database.rows(table)), before);
    // The same entities on a later list are no new entities.
    assert!(read(app, "2024-12-31", &OLD, false).unwrap().stored);
    assert_eq!(app.database.rows("entity"), before[0]);
}

fn who_vanished_is_counted_until_somebody_decides_and_deciding_can_be_taken_back(app: &TestApp) {
    both(app);
    let anna = inside(app);
    let decide = |choice: &str, fields: &[(&str, &str)]| {
        let form = anna.get(PAGE).with_status(200).form_to(&format!("{PAGE}/koniec"));
        let form = fields.iter().fold(form, |form, (name, value)| form.set(name, value));
        anna.browser.post(&form.action, &form.pressed("rozstrzygniecie", choice))
    };
    decide("koniec", &[]).with_status(422);
    let early = decide("koniec", &[("powod", "wykreślony"), ("dzien", "2023-06-30")]).with_status(422);
    assert!(early.words().contains("wykreślony"), "what was typed is shown: {}", early.words());
    decide("koniec", &[("powod", "wykreślony"), ("dzien", "30.09.2024")]).location();
    let balance = now(app).balances[0];
    assert_eq!((balance.after, balance.closed, balance.unsure), (2, 2, 0));
    decide("cofnij", &[]).location();
    assert_eq!(now(app).balances[0].after, 3);
    decide("trwa", &[("powod", "przeoczony na liście")]).location();
    let balance = now(app).balances[0];
    assert_eq!((balance.after, balance.unsure), (3, 0));
    assert_eq!(app.database.rows("entity_end").len(), 3, "every decision stays");
}

fn whoever_decides_second_about_an_entity_is_told(app: &TestApp) {
    both(app);
    let (anna, jan) = (inside(app), inside(app));
    let form =
        |analyst: &Analyst| analyst.get(PAGE).form_to(&format!("{PAGE}/koniec")).set("powod", "wykreślony");
    let (hers, his) = (form(&anna), form(&jan));
    anna.browser.post(&hers.action, &hers.pressed("rozstrzygniecie", "koniec")).location();
    jan.browser.post(&his.action, &his.pressed("rozstrzygniecie", "trwa")).with_status(409);
    assert_eq!(app.database.rows("entity_end").len(), 1);
}

fn the_same_list_read_in_twice_at_once_is_stored_once(app: &TestApp) {
    let stored: usize = std::thread::scope(|scope| {
        let threads: Vec<_> =
            (0..4).map(|_| scope.spawn(|| read(app, "2023-12-31", &OLD, false).unwrap().stored)).collect();
        threads.into_iter().map(|thread| usize::from(thread.join().unwrap())).sum()
    });
    assert_eq!(stored, 1);
    assert_eq!(app.database.rows("entity").len(), 3);
}

fn a_file_that_is_no_list_is_refused(app: &TestApp) {
    let refused = |as_of: &str, text: &str| {
        let new = NewList {
            list: List::Ps,
            as_of: day(as_of),
            source: "wojewoda",
            file_name: "ps.csv",
            bytes: text.as_bytes(),
            synthetic: false,
        };
        matches!(
            app.service.entities_import("command", &app.programme(), &new, false),
            Err(Refused::Input(_))
        )
    };
    assert!(refused("2024-12-31", "uchwała;nr\nw sprawie;5\n"));
    assert!(refused("2125-12-31", &format!("{HEADER}\n{}\n", OLD[0])), "a day that has not come");
    assert!(app.database.rows("entity_import").is_empty());
}
