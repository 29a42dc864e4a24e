//! Distinct things: merging, splitting, taking back, and what becomes of decisions when answers change.

use miernik::demo::{self, Wishes};
use miernik::forms::ProgrammeFiles;
use miernik::service::editions::Calendar;
use miernik::service::things::{ThingWish, Why};
use miernik::service::{EditionName, Service};

use crate::harness::{
    Analyst, Database, Form, Kind, LOGIN, Office, PASSWORD, Page, Server, TestApp, on_both_databases,
};

on_both_databases! {
    Small:
    merging_by_hand_gives_one_less_and_undoing_gives_it_back,
    an_entry_split_out_is_a_thing_of_its_own_until_that_is_undone,
    a_decision_holds_when_the_answer_changes_and_asks_to_be_confirmed,
    a_decision_about_what_is_not_counted_any_more_is_listed_and_counts_nothing,
    whoever_decides_second_about_the_same_thing_is_told_and_nothing_is_lost,
    decisions_about_different_things_at_the_same_moment_are_all_kept,
    a_merge_needs_two_things_and_a_reason_and_shows_what_was_typed,
    the_next_edition_proposes_the_same_again,
    what_is_told_apart_is_proposed_no_more_until_that_is_undone,
    of_two_who_merge_and_tell_apart_the_same_the_second_is_told,
    the_next_edition_shows_what_was_told_apart_last,
    a_frozen_edition_takes_no_decisions_about_things,
    the_table_of_groups_starts_no_formula_and_is_noted,
    of_the_sixty_seven_media_two_merged_by_hand_leave_sixty_six,
}

/// The workbench of the list of the small questionnaire.
pub(crate) const LIST: &str = "/panel/proba/2024/laczenie/jst/wpis";

/// Sends the questionnaire of an office with one name on its list.
fn answers(app: &TestApp, unit: &str, name: &str) -> Office {
    let office = app.office_inside(unit);
    write(&office, name);
    office.answer("nie", "1");
    office
}

/// Puts a name on the list of an office.
pub(crate) fn write(office: &Office, name: &str) {
    let form = office.section("lista").form();
    let added = office.browser.post(&form.action, &form.pressed("_add", "wpis"));
    let form = office.browser.follow(&added).with_status(200).form();
    let field = form.names().into_iter().rfind(|field| field.ends_with(".nazwa")).unwrap().to_owned();
    office.press(&form.set(&field, name), "_save").location();
}

/// Three offices name two things in three spellings.
pub(crate) fn three(app: &TestApp) -> Vec<Office> {
    let said = [
        ("Białobrzegi", "Kurier Mazowiecki"),
        ("Promna", "„KURIER mazowiecki”"),
        ("Radzanów", "Kurjer Mazowiecki"),
    ];
    said.iter().map(|(unit, name)| answers(app, unit, name)).collect()
}

fn inside(app: &TestApp) -> Analyst {
    let anna = app.analyst();
    anna.log_in(LOGIN, PASSWORD).location();
    anna
}

fn different(app: &TestApp) -> u64 {
    app.program().measure("jst", "rozne")["value"].as_u64().unwrap()
}

/// The form over the table of everything on the list.
fn table(page: &Page) -> Form {
    let forms = page.forms_to(&format!("{}/polacz", page.path));
    forms.into_iter().find(|form| form.names().contains(&"pozycja")).unwrap()
}

/// Ticks the things with these keys in the table and merges them.
pub(crate) fn merge(anna: &Analyst, page: &Page, keys: &[&str], reason: &str) -> Page {
    let form = keys.iter().fold(table(page), |form, key| form.tick("pozycja", key, true));
    let form = form.set("powod", reason);
    anna.browser.post(&form.action, &form.sent())
}

fn merging_by_hand_gives_one_less_and_undoing_gives_it_back(app: &TestApp) {
    three(app);
    assert_eq!(different(app), 2, "spellings with the same key are one thing by themselves");
    let anna = inside(app);
    let lists = anna.get("/panel/proba/2024/laczenie").with_status(200);
    assert!(lists.attributes("main a", "href").contains(&LIST.to_owned()));

    let page = anna.get(LIST).with_status(200);
    assert!(page.texts("h3").iter().any(|text| text.contains("Kurjer")), "{:?}", page.texts("h3"));
    let proposal = page.forms_to(&format!("{LIST}/polacz")).remove(0);
    assert_eq!(anna.browser.post(&proposal.action, &proposal.sent()).location(), LIST);
    assert_eq!(different(app), 1);
    let figures = app.service.figures(&app.edition).unwrap().figures;
    assert_eq!((figures["jst.rozne"].text.as_str(), figures["jst.rozne.entries"].text.as_str()), ("1", "3"));

    let page = anna.get(LIST).with_status(200);
    assert!(
        page.words().contains("anna") && page.words().contains("Radzanów: „Kurjer Mazowiecki”"),
        "{}",
        page.words()
    );
    let undo = page.form_to(&format!("{LIST}/cofnij"));
    anna.browser.post(&undo.action, &undo.sent()).location();
    assert_eq!(different(app), 2);
    // Undoing is a decision like any other: it can be undone, and the rows of both stay.
    let page = anna.get(LIST).with_status(200);
    let redo = page.forms_to(&format!("{LIST}/cofnij")).remove(0);
    anna.browser.post(&redo.action, &redo.sent()).location();
    assert_eq!(different(app), 1);
    assert_eq!(
        app.database.rows("thing_decision").len(),
        9,
        "three acts of three rows, and none was changed"
    );
    let notes = app.database.rows("audit");
    assert!(notes.iter().any(|row| row.contains("things.merged") && row.contains("user:anna")), "{notes:?}");
}

fn an_entry_split_out_is_a_thing_of_its_own_until_that_is_undone(app: &TestApp) {
    three(app);
    let anna = inside(app);
    let page = anna.get(LIST).with_status(200);
    let form = table(&page).set("powod", "inna gazeta o tym tytule");
    let place = form.buttons("wpis")[0].to_owned();
    let sent = form.pressed("wpis", &place);
    anna.browser.post(&format!("{LIST}/rozdziel"), &sent).location();
    assert_eq!(different(app), 3);
    // A thing that stands alone cannot be split further.
    let rev = anna.get(LIST).forms_to(&format!("{LIST}/cofnij")).remove(0).value("_rev");
    let again: Vec<(String, String)> = sent
        .into_iter()
        .map(|(name, value)| if name == "_rev" { (name, rev.clone()) } else { (name, value) })
        .collect();
    anna.browser.post(&format!("{LIST}/rozdziel"), &again).with_status(422);
    let bench = app.service.workbench(&app.edition, "jst", "wpis").unwrap();
    let whole =
        |keys: &[String]| keys.iter().any(|key| key == "kurier mazowiecki") && keys[1].starts_with('#');
    assert!(!bench.proposals.iter().any(|one| whole(&one.groups)), "what was split is not proposed again");
    let undo = anna.get(LIST).form_to(&format!("{LIST}/cofnij"));
    anna.browser.post(&undo.action, &undo.sent()).location();
    assert_eq!(different(app), 2);
}

fn a_decision_holds_when_the_answer_changes_and_asks_to_be_confirmed(app: &TestApp) {
    let offices = three(app);
    let anna = inside(app);
    merge(&anna, &anna.get(LIST), &["kurier mazowiecki", "kurjer mazowiecki"], "literówka").location();
    assert_eq!(different(app), 1);

    let radzanow = &offices[2];
    radzanow.correct();
    let form = radzanow.section("lista").form();
    let field = form.names().into_iter().find(|name| name.ends_with(".nazwa")).unwrap().to_owned();
    radzanow.press(&form.set(&field, "Kurier Maz."), "_save").location();
    radzanow.send().location();
    assert_eq!(different(app), 1, "the decision still holds");
    let page = anna.get(LIST).with_status(200);
    assert!(page.words().contains("Zmieniono po decyzji"), "{}", page.words());
    assert!(page.words().contains("było „Kurjer Mazowiecki”, jest „Kurier Maz.”"), "{}", page.words());
    let confirm = page.form_to(&format!("{LIST}/potwierdz"));
    anna.browser.post(&confirm.action, &confirm.sent()).location();
    let page = anna.get(LIST).with_status(200);
    assert!(!page.words().contains("Zmieniono po decyzji"));
    assert!(page.words().contains("Potwierdzono po zmianie odpowiedzi"));
    assert_eq!(different(app), 1);
}

fn a_decision_about_what_is_not_counted_any_more_is_listed_and_counts_nothing(app: &TestApp) {
    three(app);
    let anna = inside(app);
    merge(&anna, &anna.get(LIST), &["kurier mazowiecki", "kurjer mazowiecki"], "literówka").location();
    app.withdraw("Radzanów");
    assert_eq!(different(app), 1);
    app.withdraw("Promna");
    app.withdraw("Białobrzegi");
    assert!(app.program().measure("jst", "rozne")["value"].is_null(), "nobody answered");
    let page = anna.get(LIST).with_status(200);
    assert!(page.words().contains("„Kurjer Mazowiecki” (literówka)"), "{}", page.words());
}

fn whoever_decides_second_about_the_same_thing_is_told_and_nothing_is_lost(app: &TestApp) {
    three(app);
    let (anna, jan) = (inside(app), inside(app));
    let (hers, his) = (anna.get(LIST), jan.get(LIST));
    let keys = ["kurier mazowiecki", "kurjer mazowiecki"];
    merge(&anna, &hers, &keys, "literówka").location();
    let before = app.database.rows("thing_decision");
    let refused = merge(&jan, &his, &keys, "to samo pismo").with_status(409);
    assert!(refused.words().contains("to samo pismo"), "what was typed is shown: {}", refused.words());
    assert_eq!(app.database.rows("thing_decision"), before);
    assert_eq!(different(app), 1);
    // Undoing twice as well.
    let undo = |analyst: &Analyst| analyst.get(LIST).form_to(&format!("{LIST}/cofnij"));
    let (hers, his) = (undo(&anna), undo(&jan));
    anna.browser.post(&hers.action, &hers.sent()).location();
    jan.browser.post(&his.action, &his.sent()).with_status(409);
    assert_eq!(different(app), 2);
}

fn decisions_about_different_things_at_the_same_moment_are_all_kept(app: &TestApp) {
    let pairs = 4;
    let office = app.office_inside("Promna");
    for number in 0..pairs {
        for spelling in ["Gazeta", "Gazetka"] {
            write(&office, &format!("{spelling} {}", char::from(b'A' + number)));
        }
    }
    office.answer("nie", "1");
    assert_eq!(different(app), u64::from(pairs) * 2);
    let decide = |number: u8| {
        let letter = char::from(b'a' + number);
        let wish = ThingWish::Merge {
            groups: vec![format!("gazeta {letter}"), format!("gazetka {letter}")],
            name: String::new(),
            reason: "to samo".into(),
        };
        app.service.things_decide("user:anna", &app.edition, ("jst", "wpis"), 0, &wish)
    };
    let done: Vec<_> = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..pairs).map(|number| scope.spawn(move || decide(number))).collect();
        threads.into_iter().map(|thread| thread.join().unwrap()).collect()
    });
    assert!(done.iter().all(Result::is_ok), "{done:?}");
    assert_eq!(different(app), u64::from(pairs));
}

fn a_merge_needs_two_things_and_a_reason_and_shows_what_was_typed(app: &TestApp) {
    three(app);
    let anna = inside(app);
    let page = anna.get(LIST);
    let one = merge(&anna, &page, &["kurier mazowiecki"], "literówka").with_status(422);
    assert!(one.words().contains("co najmniej dwie") && one.words().contains("literówka"), "{}", one.words());
    let keys = ["kurier mazowiecki", "kurjer mazowiecki"];
    assert!(merge(&anna, &page, &keys, " ").with_status(422).words().contains("powód"));
    merge(&anna, &page, &keys, &"x".repeat(100_000)).with_status(422);
    let foreign = table(&page).with("_csrf", "x").tick("pozycja", keys[0], true);
    anna.browser.post(&foreign.action, &foreign.sent()).with_status(403);
    assert!(app.database.rows("thing_decision").is_empty());
    anna.get("/panel/proba/2024/laczenie/jst/nie_ma").with_status(404);
}

/// The fixture's programme with a second edition of the same questionnaires.
fn with_next_edition(folder: &std::path::Path) -> ProgrammeFiles {
    let from = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/fixtures/proba");
    copy(&from, folder);
    let file = folder.join("programme.toml");
    let text = std::fs::read_to_string(&file).unwrap();
    let start = text.find("[[editions]]").unwrap();
    let end = start + text[start..].find("[[sources]]").unwrap();
    let next = text[start..end]
        .replace("slug = \"2024\"", "slug = \"2025\"")
        .replace("za 2024 r.", "za 2025 r.")
        .replace("year = 2024", "year = 2025")
        .replace("2024-01-01", "2025-01-01")
        .replace("2024-12-31", "2025-12-31");
    std::fs::write(&file, format!("{}{next}{}", &text[..end], &text[end..])).unwrap();
    ProgrammeFiles::Folder(folder.to_owned())
}

fn copy(from: &std::path::Path, to: &std::path::Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy(&entry.path(), &target);
        } else {
            std::fs::copy(entry.path(), target).unwrap();
        }
    }
}

/// Opens the next edition; two offices name the same newspaper in two spellings.
fn next_edition(app: &TestApp, said: [(&str, &str); 2]) -> EditionName {
    let folder = tempfile::tempdir().unwrap();
    let files = with_next_edition(folder.path());
    let next = EditionName { programme: "proba".into(), edition: "2025".into() };
    app.service.edition_create(&next, &files, Calendar::default(), false).unwrap();
    app.service.edition_open(&next, &files).unwrap();
    let issued = app.service.issued(&next).unwrap();
    for (unit, name) in said {
        let own = issued.iter().find(|one| one.invitation.unit_name == unit).unwrap();
        let office = Office::of(app, own);
        office.begin();
        write(&office, name);
        office.answer("nie", "1");
    }
    next
}

const AGAIN: [(&str, &str); 2] = [("Promna", "Kurier Mazowiecki"), ("Radzanów", "KURJER MAZOWIECKI")];

fn the_next_edition_proposes_the_same_again(app: &TestApp) {
    three(app);
    let anna = inside(app);
    merge(&anna, &anna.get(LIST), &["kurier mazowiecki", "kurjer mazowiecki"], "literówka").location();
    let next = next_edition(app, AGAIN);
    let bench = app.service.workbench(&next, "jst", "wpis").unwrap();
    assert_eq!((bench.list.entries, bench.list.things), (2, 2), "nothing is decided by itself");
    assert!(matches!(&bench.proposals[0].why, Why::Earlier { reason, .. } if reason == "literówka"));
    let address = "/panel/proba/2025/laczenie/jst/wpis";
    let page = anna.get(address).with_status(200);
    assert!(page.words().contains("z poprzedniej edycji"), "{}", page.words());
    let one_click = page.forms_to(&format!("{address}/polacz")).remove(0);
    anna.browser.post(&one_click.action, &one_click.sent()).location();
    assert_eq!(app.service.workbench(&next, "jst", "wpis").unwrap().list.things, 1);
    assert_eq!(different(app), 1, "the earlier edition is as it was");
}

/// Says that the first proposal of the page is about different things.
fn tell_apart(anna: &Analyst, page: &Page, reason: &str) -> Page {
    let form = page.forms_to(&format!("{LIST}/odrzuc")).remove(0).set("powod", reason);
    anna.browser.post(&form.action, &form.sent())
}

fn what_is_told_apart_is_proposed_no_more_until_that_is_undone(app: &TestApp) {
    three(app);
    let anna = inside(app);
    let page = anna.get(LIST).with_status(200);
    assert_eq!(page.forms_to(&format!("{LIST}/odrzuc")).len(), 1);
    tell_apart(&anna, &page, " ").with_status(422);
    assert_eq!(tell_apart(&anna, &page, "inny wydawca").location(), LIST);
    let page = anna.get(LIST).with_status(200);
    assert!(page.forms_to(&format!("{LIST}/odrzuc")).is_empty(), "{}", page.words());
    assert_eq!(different(app), 2, "nothing is counted otherwise");
    for words in ["Uznano za różne – inny wydawca", "„Kurier Mazowiecki” i „Kurjer Mazowiecki”", "anna"]
    {
        assert!(page.words().contains(words), "{words}: {}", page.words());
    }
    let decisions = anna.get("/panel/proba/2024/decyzje").with_status(200);
    assert!(
        decisions.words().contains("Uznano za różne pozycje: „Kurier Mazowiecki”"),
        "{}",
        decisions.words()
    );
    // A third spelling that is merged into one of the two does not bring the question back.
    answers(app, "powiat białobrzeski", "Kurierek Mazowiecki");
    let page = anna.get(LIST).with_status(200);
    merge(&anna, &page, &["kurier mazowiecki", "kurierek mazowiecki"], "zdrobnienie").location();
    let bench = app.service.workbench(&app.edition, "jst", "wpis").unwrap();
    assert!(bench.proposals.is_empty(), "{:?}", bench.proposals);
    let page = anna.get(LIST).with_status(200);
    let undo = page.forms_to(&format!("{LIST}/cofnij")).remove(1);
    anna.browser.post(&undo.action, &undo.sent()).location();
    let page = anna.get(LIST).with_status(200);
    assert_eq!(page.forms_to(&format!("{LIST}/odrzuc")).len(), 1, "the proposal is back");
    assert!(page.words().contains("Cofnięto uznanie za różne"), "{}", page.words());
    let redo = page.forms_to(&format!("{LIST}/cofnij")).remove(0);
    anna.browser.post(&redo.action, &redo.sent()).location();
    assert!(anna.get(LIST).forms_to(&format!("{LIST}/odrzuc")).is_empty());
    assert_eq!(app.database.rows("thing_apart").len(), 3, "rows are only added");
}

fn of_two_who_merge_and_tell_apart_the_same_the_second_is_told(app: &TestApp) {
    three(app);
    let (anna, jan) = (inside(app), inside(app));
    let (hers, his) = (anna.get(LIST), jan.get(LIST));
    let keys = ["kurier mazowiecki", "kurjer mazowiecki"];
    tell_apart(&anna, &hers, "inny wydawca").location();
    let refused = tell_apart(&jan, &his, "co innego").with_status(409);
    assert!(refused.words().contains("co innego"), "what was typed is shown: {}", refused.words());
    merge(&jan, &his, &keys, "literówka").with_status(409);
    assert_eq!((app.database.rows("thing_apart").len(), different(app)), (1, 2));
    // Whoever has seen that they were told apart may merge them; the merge then holds.
    merge(&jan, &jan.get(LIST), &keys, "jednak to samo").location();
    assert_eq!(different(app), 1);
    let undo = anna.get(LIST).forms_to(&format!("{LIST}/cofnij")).remove(0);
    anna.browser.post(&undo.action, &undo.sent()).location();
    let seen = anna.get(LIST).forms_to(&format!("{LIST}/cofnij")).remove(1);
    anna.browser.post(&seen.action, &seen.sent()).location();
    // The other way round: merged meanwhile, told apart on an old page.
    let his = jan.get(LIST);
    merge(&anna, &anna.get(LIST), &keys, "literówka").location();
    tell_apart(&jan, &his, "inny wydawca").with_status(409);
    assert_eq!(different(app), 1);
}

fn the_next_edition_shows_what_was_told_apart_last(app: &TestApp) {
    three(app);
    let anna = inside(app);
    tell_apart(&anna, &anna.get(LIST).with_status(200), "inny wydawca").location();
    let next = next_edition(app, AGAIN);
    let office = Office::of(
        app,
        app.service
            .issued(&next)
            .unwrap()
            .iter()
            .find(|one| one.invitation.unit_name == "Białobrzegi")
            .unwrap(),
    );
    office.begin();
    write(&office, "Kurier Mazowieckiej");
    office.answer("nie", "1");
    let bench = app.service.workbench(&next, "jst", "wpis").unwrap();
    assert!(bench.proposals.len() >= 2, "{:?}", bench.proposals);
    let (last, fresh) = bench.proposals.split_last().unwrap();
    assert!(matches!(&last.why, Why::ToldApart { reason, .. } if reason == "inny wydawca"), "{last:?}");
    assert!(fresh.iter().all(|one| matches!(one.why, Why::Alike(_))), "{fresh:?}");
    let address = "/panel/proba/2025/laczenie/jst/wpis";
    let page = anna.get(address).with_status(200);
    assert!(page.words().contains("wcześniej różne"), "{}", page.words());
    let one_click = page.forms_to(&format!("{address}/odrzuc")).pop().unwrap();
    assert!(one_click.value("powod").contains("inny wydawca"));
    anna.browser.post(&one_click.action, &one_click.sent()).location();
    let bench = app.service.workbench(&next, "jst", "wpis").unwrap();
    assert!(bench.proposals.iter().all(|one| matches!(one.why, Why::Alike(_))), "{:?}", bench.proposals);
}

fn a_frozen_edition_takes_no_decisions_about_things(app: &TestApp) {
    three(app);
    let anna = inside(app);
    let page = anna.get(LIST).with_status(200);
    let (scope, id) = (app.programme().scope(), app.service.edition(&app.edition).unwrap().1.id);
    app.service.store.write("test", move |tx| tx.edition_set_frozen(scope, id, true)).unwrap();
    let keys = ["kurier mazowiecki", "kurjer mazowiecki"];
    let refused = merge(&anna, &page, &keys, "literówka").with_status(422);
    assert!(refused.words().contains("zamrożona"), "{}", refused.words());
    tell_apart(&anna, &page, "inny wydawca").with_status(422);
    assert!(app.database.rows("thing_decision").is_empty() && app.database.rows("thing_apart").is_empty());
    let page = anna.get(LIST).with_status(200);
    assert!(page.forms_to(&format!("{LIST}/odrzuc")).is_empty() && page.words().contains("zamrożona"));
    assert!(page.words().contains("Kurjer Mazowiecki"));
}

fn the_table_of_groups_starts_no_formula_and_is_noted(app: &TestApp) {
    answers(app, "Promna", "=HYPERLINK(\"x\")");
    let anna = inside(app);
    let excel = anna.get(&format!("{LIST}/grupy-excel.csv")).with_status(200);
    assert!(
        excel.source().contains("'=HYPERLINK") && !excel.source().contains("\"=HYP"),
        "{}",
        excel.source()
    );
    let open = anna.get(&format!("{LIST}/grupy.csv")).with_status(200);
    assert!(open.source().contains("=HYPERLINK"), "open data has texts as they are: {}", open.source());
    let notes = app.database.rows("audit").into_iter().filter(|row| row.contains("things")).count();
    assert_eq!(notes, 2);
}

fn of_the_sixty_seven_media_two_merged_by_hand_leave_sixty_six(app: &TestApp) {
    let folder = tempfile::tempdir().unwrap();
    let database = Database::new(app.kind);
    let wishes = Wishes {
        dir: folder.path().join("pokaz"),
        port: 0,
        serves: true,
        seed: 2024,
        database: (app.kind == Kind::Postgres).then(|| database.url.clone()),
        files: ProgrammeFiles::Shipped,
    };
    let demo = demo::prepare(&wishes).unwrap();
    let address = demo.report.url.clone();
    let service = std::sync::Arc::new(demo.service);
    let _server = Server::start(&service, demo.listener.unwrap());
    let edition = EditionName { programme: "mazowsze".into(), edition: "2024".into() };
    let media = || service.figures(&edition).unwrap().figures["jst.media_rozne"].text.clone();
    assert_eq!(media(), "67");
    the_lists_of_the_demo_reconcile_the_report(&service, &edition);

    let analyst = Analyst::at(&address);
    analyst.log_in(&demo.report.panel.login, &demo.report.panel.password).location();
    let list = "/panel/mazowsze/2024/laczenie/jst/medium";
    let page = analyst.get(list).with_status(200);
    let form = table(&page);
    let keys: Vec<String> = page.attributes("th input[name=pozycja]", "value");
    assert_eq!(keys.len(), 67);
    let ticked = keys[..2].iter().fold(form, |form, key| form.tick("pozycja", key, true));
    let ticked = ticked.set("powod", "to samo pismo");
    analyst.browser.post(&ticked.action, &ticked.sent()).location();
    assert_eq!(media(), "66");
    let undo = analyst.get(list).with_status(200).form_to(&format!("{list}/cofnij"));
    analyst.browser.post(&undo.action, &undo.sent()).location();
    assert_eq!(media(), "67");
}

/// Table 1, W2.2, W4.2 and the line between 33 and 28, from the lists that the demo reads in.
fn the_lists_of_the_demo_reconcile_the_report(service: &Service, edition: &EditionName) {
    let figures = service.figures(edition).unwrap().figures;
    let text = |key: &str| figures[&format!("lista.{key}")].text.clone();
    for (list, before, after) in [
        ("cis", "17", "17"),
        ("kis", "19", "21"),
        ("spoldzielnie-socjalne", "157", "150"),
        ("spolki-non-profit", "29", "32"),
        ("wtz", "87", "88"),
        ("zaz", "10", "10"),
        ("ps", "48", "74"),
    ] {
        let both = [text(&format!("{list}.2023-12-31")), text(&format!("{list}.2024-12-31"))];
        assert_eq!(both, [before, after], "{list}");
    }
    assert_eq!((text("cis.2024-12-31.przybylo"), text("cis.2024-12-31.ubylo")), ("3".into(), "3".into()));
    let growth = [text("przyrost.2024-12-31.saldo"), text("przyrost.2024-12-31.tylko_wzrosty")];
    assert_eq!(growth, ["-1", "6"]);
    let ages = [text("ps.2024-12-31.starsze"), text("ps.2024-12-31.starsze.share")];
    assert_eq!(ages, ["68", "91,89%"]);
    let jobs = ["ogolem", "ankieta", "rejestr"].map(|part| text(&format!("ps.miejsca.{part}")));
    assert_eq!(jobs, ["33", "28", "28"]);
    let beside = service.entities(edition, (None, None)).unwrap().jobs.unwrap();
    assert!(beside.jobs.unrecognised > 0 && !beside.numbers.is_empty());
    assert!(
        beside.jobs.sentence().starts_with("33 ogółem, w tym 28 w PS według ankiety, 28 według rejestru, ")
    );
}
