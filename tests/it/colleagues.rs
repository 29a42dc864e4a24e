//! A link for a colleague opens only the sections it names.

use store::{Access, AccessKind};
use survey::AccessId;
use survey::access::{Allowed, LinkSelector, LinkToken};

use crate::harness::{Office, TestApp, link_key, on_both_databases, section};

on_both_databases! {
    Small:
    a_colleague_saves_the_named_section_and_no_other,
    a_colleague_neither_checks_nor_sends_nor_reads_the_rest,
}

/// Somebody of Promna who may fill in the list and nothing else.
fn colleague(app: &TestApp) -> Office {
    let (scope, invitation_id) = app.scope("Promna");
    let id = AccessId::from(survey::ids::uuid_v7(app.service.now(), [9; 10]));
    let selector = LinkSelector::from_random([5; 8]);
    let access = Access {
        id,
        invitation_id,
        kind: AccessKind::Colleague,
        selector: selector.to_string(),
        generation: 0,
        key_id: link_key().id().to_string(),
        sections: Allowed::sections(["lista".to_owned()]),
        created_at: app.service.now(),
        revoked_at: None,
        archived_at: None,
    };
    app.service
        .store
        .write("test", move |tx| tx.access_insert_all(scope, std::slice::from_ref(&access)))
        .unwrap();
    let link = format!("/a/{}", LinkToken::derive(&link_key(), id, 0, selector).reveal());
    let office = Office { link, ..app.office("Promna") };
    office.begin();
    office
}

fn a_colleague_saves_the_named_section_and_no_other(app: &TestApp) {
    let (office, colleague) = (app.office_inside("Promna"), colleague(app));
    let list = colleague.get("/ankieta").with_status(200);
    assert_eq!(list.attributes(".tasks a", "href"), [section("lista")]);
    let form = colleague.section("lista").form();
    let name = form.names().into_iter().find(|name| name.ends_with(".nazwa")).unwrap().to_owned();
    colleague.press(&form.clone().set(&name, "Koło"), "_save").location();
    assert_eq!(app.listed("Promna", "wpis", "nazwa"), ["Koło"]);

    colleague.get(&section("liczby")).with_status(403);
    let foreign = office.section("liczby").form().set("opis", "obcy");
    colleague.press(&foreign, "_save").with_status(403);
    colleague.press(&form.with("opis", "przemycone"), "_save").with_status(400);
    assert_eq!(app.drafted("Promna", "opis"), "");
}

fn a_colleague_neither_checks_nor_sends_nor_reads_the_rest(app: &TestApp) {
    let (office, colleague) = (app.office_inside("Promna"), colleague(app));
    office.save("liczby", &[("czy", "nie"), ("ile", "1"), ("opis", "tajne"), ("zgoda", "OK")]).location();
    let check = office.get("/ankieta/sprawdz").form();
    for path in ["/ankieta/sprawdz", "/ankieta/kopia"] {
        let page = colleague.get(path).with_status(403);
        assert!(!page.source().contains("tajne"));
    }
    colleague.submit(&check).with_status(403);
    assert!(app.submissions("Promna").is_empty());
    office.submit(&check).location();
    let button = office.get("/ankieta").form_to("/ankieta/popraw");
    colleague.submit(&button).with_status(403);
    assert!(!app.draft("Promna").unwrap().correcting);
}
