//! Numbers and days as people in Poland type them, and those that nobody can read.

use crate::harness::{TestApp, on_both_databases};

on_both_databases! {
    Small:
    what_cannot_be_read_is_kept_as_typed_and_shown_with_an_error,
    an_unreadable_number_keeps_the_questionnaire_from_being_sent,
    polish_numbers_and_days_are_understood,
    do_not_know_is_an_answer_and_not_a_zero,
}

fn what_cannot_be_read_is_kept_as_typed_and_shown_with_an_error(app: &TestApp) {
    let office = app.office_inside("Promna");
    let cases = [
        ("ile", "1.090"),
        ("ile", "1e9"),
        ("ile", "dużo"),
        ("kwota", "1.234"),
        ("dzien", "31.02"),
        ("dzien", "31.02.2024"),
    ];
    for (name, text) in cases {
        let form = office.section("liczby").form().set(name, text);
        let page = office.press(&form, "_next").with_status(422);
        assert_eq!(app.drafted("Promna", name), text, "kept as typed");
        assert_eq!(page.form().value(name), text, "shown as typed");
        let error = page.text(&format!("[id='e-{name}']"));
        assert!(error.len() > "Błąd: ".len(), "{name} = {text}: {error}");
        assert_eq!(page.attributes(&format!("[name={name}]"), "aria-invalid"), ["true"]);
        let again = office.section("liczby");
        assert_eq!(again.form().value(name), text, "still there after coming back");
        assert_eq!(office.press(&again.form().set(name, ""), "_save").location(), "/ankieta?zapisano");
    }
    office.get("/ankieta/sprawdz").with_status(200);
}

fn an_unreadable_number_keeps_the_questionnaire_from_being_sent(app: &TestApp) {
    let office = app.office_inside("Promna");
    office.save("liczby", &[("czy", "nie"), ("ile", "1.090"), ("zgoda", "OK")]).location();
    let page = office.send().with_status(422);
    assert!(page.texts(".bad li").join(" ").contains("1.090"), "{:?}", page.texts(".bad li"));
    assert!(app.submissions("Promna").is_empty());
}

fn polish_numbers_and_days_are_understood(app: &TestApp) {
    let office = app.office_inside("Promna");
    let answers =
        [("czy", "nie"), ("ile", "1 090"), ("kwota", "12,5"), ("dzien", "14.2.2024"), ("zgoda", "OK")];
    office.save("liczby", &answers).location();
    assert_eq!(app.drafted("Promna", "ile"), "1 090", "the draft holds what was typed");
    let check = office.get("/ankieta/sprawdz").with_status(200);
    assert!(check.words().contains("12,5"), "{}", check.words());
    office.send().location();
    let sent = &app.submissions("Promna")[0].answers;
    let stored = |name: &str| sent.get(&name.parse().unwrap()).unwrap().to_owned();
    assert_eq!(stored("ile"), "1090");
    assert_eq!(stored("kwota"), "12.5");
    assert_eq!(stored("dzien"), "2024-02-14");
    assert_eq!(app.program().measure("jst", "suma")["value"], 1090);
    assert_eq!(app.program().measure("jst", "kwoty")["value"], 12.5);
}

fn do_not_know_is_an_answer_and_not_a_zero(app: &TestApp) {
    let office = app.office_inside("Promna");
    office.save("liczby", &[("czy", "nie"), ("ile.nw", "1"), ("zgoda", "OK")]).location();
    office.send().location();
    let measure = app.program().measure("jst", "suma");
    assert_eq!((&measure["answered"], &measure["dont_know"]), (&0.into(), &1.into()), "{measure}");
}
