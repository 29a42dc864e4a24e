//! Whatever somebody types is shown as text and nothing else.

use crate::harness::{Page, TestApp, on_both_databases};

on_both_databases! {
    Small:
    what_is_typed_never_becomes_part_of_a_page,
    what_is_refused_never_becomes_part_of_a_page,
}

const HOSTILE: &str = "</textarea></title><script>alert(1)</script><img src=x onerror=alert(1)>\" onfocus=\"alert(1)' {{7*7}} ${ile}";

/// A page that shows the text and nothing that it might have brought along.
fn assert_harmless(page: &Page, shown: bool) {
    let sources = page.attributes("script", "src");
    assert_eq!(page.texts("script").concat(), "", "{}", page.path);
    assert!(sources.iter().all(|source| source.starts_with("/static/")), "{sources:?}");
    assert!(page.texts("img, iframe, object, [onfocus], [onerror]").is_empty(), "{}", page.path);
    let everything = format!("{} {}", page.words(), page.attributes("input", "value").join(" "));
    assert_eq!(everything.contains("{{7*7}} ${ile}"), shown, "{}: {everything}", page.path);
}

fn what_is_typed_never_becomes_part_of_a_page(app: &TestApp) {
    let office = app.office_inside("Promna");
    let colleague = office.colleague();
    let open = colleague.section("liczby").form();
    let answers =
        [("czy", "tak"), ("ile", HOSTILE), ("kwota", HOSTILE), ("dzien", HOSTILE), ("opis", HOSTILE)];
    office.save("liczby", &answers).location();
    let list = office.section("lista").form();
    let name = list.names().into_iter().find(|name| name.ends_with(".nazwa")).unwrap().to_owned();
    office.press(&list.set(&name, HOSTILE), "_save").location();
    office.save("dodatek", &[("dopisek", HOSTILE)]).location();
    for section in ["liczby", "lista", "dodatek"] {
        assert_harmless(&office.section(section), true);
    }
    for path in ["/ankieta/sprawdz", "/ankieta/kopia"] {
        assert_harmless(&office.get(path).with_status(200), true);
    }
    assert_harmless(&office.send().with_status(422), true);
    let conflict = colleague.press(&open.set("opis", &format!("{HOSTILE}!")), "_save").with_status(409);
    assert_harmless(&conflict, true);
}

fn what_is_refused_never_becomes_part_of_a_page(app: &TestApp) {
    let office = app.office_inside("Promna");
    let form = office.section("liczby").form().set("opis", HOSTILE);
    assert_harmless(&office.press(&form.clone().with("ile", "\u{1}"), "_save").with_status(400), true);
    assert_harmless(&office.press(&form.with(HOSTILE, HOSTILE), "_save").with_status(400), true);
    let entered = office.enter_code(HOSTILE).with_status(404);
    assert_harmless(&entered, true);
    let login = app.analyst().log_in(HOSTILE, HOSTILE).with_status(401);
    assert_harmless(&login, true);
}
