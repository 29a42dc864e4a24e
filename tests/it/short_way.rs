//! The way of most offices: nothing to report, four pages, three minutes.

use crate::harness::{Outbox, TestApp, on_both_databases};

on_both_databases! {
    Shipped:
    an_office_with_nothing_to_report_sends_after_four_pages,
    head_answers_like_get_without_a_body,
}

fn an_office_with_nothing_to_report_sends_after_four_pages(app: &TestApp) {
    let office = app.office("Promna");
    let start = office.get(&office.link).with_status(200);
    assert!(start.words().contains("Promna"));
    let begun = office.submit(&start.form());
    assert_eq!(begun.location(), "/ankieta");
    let list = office.browser.follow(&begun).with_status(200);
    assert!(list.attributes(".tasks a", "href").contains(&"/ankieta/czesc/kontakt".to_owned()));

    let contact = office
        .section("kontakt")
        .form()
        .set("kontakt_komorka", "Sekretariat")
        .set("kontakt_osoba", "Anna Nowak")
        .set("kontakt_email", "anna.nowak@promna.example");
    let gates = office.press(&contact, "_next");
    assert_eq!(gates.location(), "/ankieta/czesc/bramki");

    let mut form = office.browser.follow(&gates).with_status(200).form();
    let questions: Vec<String> =
        form.names().into_iter().filter(|n| n.ends_with("_czy")).map(str::to_owned).collect();
    for question in &questions {
        form = form.set(question, "nie");
    }
    let check = office.press(&form.tick("oswiadczenie", "OK", true), "_next");
    assert_eq!(check.location(), "/ankieta/sprawdz");

    let page = office.browser.follow(&check).with_status(200);
    assert_eq!(office.submit(&page.form()).location(), "/ankieta/potwierdzenie");
    let done = office.get("/ankieta/potwierdzenie").with_status(200);
    let number = done.text("[data-number]");
    assert!(number.starts_with("2024-JST-00001-"), "{number}");
    assert!(!done.source().contains("anna.nowak@"), "the address is masked");

    let copy = office.get("/ankieta/kopia").with_status(200);
    assert!(copy.words().contains(&number));
    let answers = copy.texts(".answers dd");
    assert!(answers.iter().filter(|answer| *answer == "Nie").count() >= 15, "{answers:?}");

    let outbox = Outbox::new(&app.service.settings.mail);
    outbox.send_all(app);
    let letters = outbox.letters();
    assert_eq!(letters.len(), 1);
    assert_eq!(letters[0].header("To").as_deref(), Some("anna.nowak@promna.example"));
    let text = letters[0].text();
    assert!(text.contains(&format!("Numer: {number}")), "{text}");
    assert_eq!(letters[0].addresses(), [app.address.as_str()], "one visible link, to the front door");
    assert!(!text.contains(&office.link) && !text.contains(&office.code));
}

fn head_answers_like_get_without_a_body(app: &TestApp) {
    let office = app.office_inside("Promna");
    for path in [office.link.as_str(), "/", "/ankieta", "/ankieta/czesc/bramki", "/ankieta/wzor", "/nie-ma"] {
        let (get, head) = (office.get(path), office.browser.head(path));
        assert_eq!(head.status, get.status, "{path}");
        assert!(head.body.is_empty() && !get.body.is_empty(), "{path}");
        for name in ["content-type", "content-security-policy", "cache-control", "referrer-policy"] {
            assert_eq!(head.header(name), get.header(name), "{path}: {name}");
        }
    }
}
