//! Several people at one questionnaire: nothing anybody typed is lost, only what two changed is asked about.

use crate::harness::{Form, Office, TestApp, on_both_databases};

on_both_databases! {
    Small:
    two_people_in_two_sections_do_not_meet,
    two_people_in_one_section_keep_what_each_changed,
    what_two_changed_is_shown_with_both_values_and_the_rest_is_saved,
    a_decision_about_an_older_value_is_asked_for_again,
    two_people_who_type_the_same_are_asked_nothing,
    the_same_post_twice_changes_nothing,
    the_same_page_never_conflicts_with_itself,
    a_box_that_is_unticked_is_emptied_and_a_field_that_is_not_sent_is_kept,
    rows_added_by_two_people_both_stay,
    an_entry_removed_here_and_edited_there_is_asked_about,
    an_entry_edited_here_and_removed_there_is_asked_about,
    a_removed_entry_can_be_brought_back,
    contact_details_stay_out_of_the_draft_and_its_changes,
    two_people_at_the_contact_details_lose_nothing,
    sixteen_people_at_once_lose_nothing,
}

/// The field of a question in the last row of a drawn list.
fn last(form: &Form, question: &str) -> String {
    let ending = format!(".{question}");
    form.names().into_iter().rfind(|name| name.ends_with(&ending)).unwrap().to_owned()
}

/// Writes a name into a new row and saves; gives the row as buttons name it.
fn add_row(office: &Office, name: &str) -> String {
    let form = office.section("lista").form();
    let added = office.browser.post(&form.action, &form.pressed("_add", "wpis"));
    let form = office.browser.follow(&added).with_status(200).form();
    let field = last(&form, "nazwa");
    office.press(&form.set(&field, name), "_save").location();
    field.strip_suffix(".nazwa").unwrap().to_owned()
}

fn two_people_in_two_sections_do_not_meet(app: &TestApp) {
    let (anna, jan) = (app.office_inside("Promna"), app.office("Promna").colleague());
    let (liczby, lista) = (anna.section("liczby").form(), jan.section("lista").form());
    let name = last(&lista, "nazwa");
    anna.press(&liczby.set("opis", "od Anny"), "_save").location();
    jan.press(&lista.set(&name, "od Jana"), "_save").location();
    assert_eq!(app.drafted("Promna", "opis"), "od Anny");
    assert_eq!(app.listed("Promna", "wpis", "nazwa"), ["od Jana"]);
}

fn two_people_in_one_section_keep_what_each_changed(app: &TestApp) {
    let (anna, jan) = (app.office_inside("Promna"), app.office("Promna").colleague());
    let (hers, his) = (anna.section("liczby").form(), jan.section("liczby").form());
    anna.press(&hers.set("opis", "od Anny").tick("barwy", "biel", true), "_save").location();
    jan.press(&his.set("kwota", "12,5").set("czy", "nie"), "_save").location();
    assert_eq!(app.drafted("Promna", "opis"), "od Anny");
    assert_eq!(app.drafted("Promna", "barwy"), "biel");
    assert_eq!(app.drafted("Promna", "kwota"), "12,5");
    assert_eq!(app.drafted("Promna", "czy"), "nie");
}

fn what_two_changed_is_shown_with_both_values_and_the_rest_is_saved(app: &TestApp) {
    let (anna, jan) = (app.office_inside("Promna"), app.office("Promna").colleague());
    let (hers, his) = (anna.section("liczby").form(), jan.section("liczby").form());
    anna.press(&hers.set("opis", "od Anny").set("ile", "1"), "_save").location();
    let page = jan.press(&his.set("opis", "od Jana").set("kwota", "7"), "_save").with_status(409);
    assert!(page.words().contains("od Anny") && page.words().contains("od Jana"), "{}", page.words());
    assert_eq!(page.attributes("input[type=radio]", "name"), ["_keep.opis", "_keep.opis"]);
    assert_eq!(app.drafted("Promna", "kwota"), "7", "the rest of the page is saved");
    assert_eq!(app.drafted("Promna", "opis"), "od Anny", "nothing is decided yet");
    assert_eq!(app.drafted("Promna", "ile"), "1");

    let form = page.form();
    jan.press(&form.clone().set("_keep.opis", "theirs"), "_save").location();
    assert_eq!(app.drafted("Promna", "opis"), "od Anny");
    jan.press(&form.set("_keep.opis", "mine"), "_save").location();
    assert_eq!(app.drafted("Promna", "opis"), "od Jana");
}

fn a_decision_about_an_older_value_is_asked_for_again(app: &TestApp) {
    let (anna, jan) = (app.office_inside("Promna"), app.office("Promna").colleague());
    let (hers, his) = (anna.section("liczby").form(), jan.section("liczby").form());
    anna.press(&hers.set("opis", "od Anny"), "_save").location();
    let asked = jan.press(&his.set("opis", "od Jana"), "_save").with_status(409).form();
    anna.save("liczby", &[("opis", "od Anny, poprawione")]).location();
    let again = jan.press(&asked.set("_keep.opis", "mine"), "_save").with_status(409);
    assert!(again.words().contains("od Anny, poprawione"));
    assert_eq!(app.drafted("Promna", "opis"), "od Anny, poprawione");
}

fn two_people_who_type_the_same_are_asked_nothing(app: &TestApp) {
    let (anna, jan) = (app.office_inside("Promna"), app.office("Promna").colleague());
    let (hers, his) = (anna.section("liczby").form(), jan.section("liczby").form());
    anna.press(&hers.set("ile", "5"), "_save").location();
    jan.press(&his.set("ile", "5"), "_save").location();
    assert_eq!(app.drafted("Promna", "ile"), "5");
}

fn the_same_post_twice_changes_nothing(app: &TestApp) {
    let office = app.office_inside("Promna");
    let form =
        office.section("liczby").form().set("opis", "raz").set("ile", "4").tick("barwy", "czern", true);
    office.press(&form, "_save").location();
    let (before, changes) = (app.draft("Promna").unwrap(), app.database.rows("change"));
    assert_eq!(changes.len(), 3, "{changes:?}");
    office.press(&form, "_save").location();
    office.press(&form, "_save").location();
    assert_eq!(app.draft("Promna").unwrap(), before);
    assert_eq!(app.database.rows("change"), changes);
}

fn the_same_page_never_conflicts_with_itself(app: &TestApp) {
    let office = app.office_inside("Promna");
    let form = office.section("liczby").form();
    for text in ["pierwszy", "drugi", "trzeci"] {
        office.press(&form.clone().set("opis", text), "_save").location();
        assert_eq!(app.drafted("Promna", "opis"), text);
    }
    office.press(&form.set("opis", ""), "_save").location();
    assert_eq!(app.drafted("Promna", "opis"), "");
}

fn a_box_that_is_unticked_is_emptied_and_a_field_that_is_not_sent_is_kept(app: &TestApp) {
    let office = app.office_inside("Promna");
    office.save("liczby", &[("opis", "zostaje"), ("zgoda", "OK")]).location();
    let form = office.section("liczby").form().tick("zgoda", "OK", false).without("opis");
    office.press(&form, "_save").location();
    assert_eq!(app.drafted("Promna", "zgoda"), "");
    assert_eq!(app.drafted("Promna", "opis"), "zostaje");
}

fn rows_added_by_two_people_both_stay(app: &TestApp) {
    let (anna, jan) = (app.office_inside("Promna"), app.office("Promna").colleague());
    let (hers, his) = (anna.section("lista").form(), jan.section("lista").form());
    let (here, there) = (last(&hers, "nazwa"), last(&his, "nazwa"));
    anna.press(&hers.set(&here, "Koło"), "_save").location();
    jan.press(&his.set(&there, "Fundacja"), "_save").location();
    let mut names = app.listed("Promna", "wpis", "nazwa");
    names.sort();
    assert_eq!(names, ["Fundacja", "Koło"]);
}

fn an_entry_removed_here_and_edited_there_is_asked_about(app: &TestApp) {
    let anna = app.office_inside("Promna");
    let row = add_row(&anna, "Koło");
    let jan = anna.colleague();
    let (hers, his) = (anna.section("lista").form(), jan.section("lista").form());
    jan.press(&his.set(&format!("{row}.osoby"), "3"), "_save").location();
    let asked = anna.browser.post(&hers.action, &hers.pressed("_remove", &row)).with_status(409);
    assert!(asked.words().contains("usunąć wpis"), "{}", asked.words());
    assert_eq!(app.listed("Promna", "wpis", "osoby"), ["3"], "still there");
    let form = asked.form();
    anna.press(&form.clone().set(&format!("_keep.{row}"), "theirs"), "_save").location();
    assert_eq!(app.listed("Promna", "wpis", "osoby"), ["3"]);
    anna.press(&form.set(&format!("_keep.{row}"), "mine"), "_save").location();
    assert!(app.listed("Promna", "wpis", "osoby").is_empty());
}

fn an_entry_edited_here_and_removed_there_is_asked_about(app: &TestApp) {
    let anna = app.office_inside("Promna");
    let row = add_row(&anna, "Koło");
    let jan = anna.colleague();
    let (hers, his) = (anna.section("lista").form(), jan.section("lista").form());
    jan.browser.post(&his.action, &his.pressed("_remove", &row)).location();
    let asked = anna.press(&hers.set(&format!("{row}.osoby"), "3"), "_save").with_status(409);
    assert!(asked.words().contains("wpis usunięty"), "{}", asked.words());
    assert!(app.listed("Promna", "wpis", "nazwa").is_empty());
    anna.press(&asked.form().set(&format!("_keep.{row}"), "mine"), "_save").location();
    assert_eq!(app.listed("Promna", "wpis", "nazwa"), ["Koło"], "the whole entry is back");
    assert_eq!(app.listed("Promna", "wpis", "osoby"), ["3"]);
}

fn a_removed_entry_can_be_brought_back(app: &TestApp) {
    let office = app.office_inside("Promna");
    let row = add_row(&office, "Koło");
    office.save("lista", &[(&format!("{row}.osoby"), "12")]).location();
    let form = office.section("lista").form();
    let removed = office.browser.post(&form.action, &form.pressed("_remove", &row));
    let page = office.browser.follow(&removed).with_status(200);
    assert!(app.listed("Promna", "wpis", "nazwa").is_empty());
    let form = page.form();
    let back = office.browser.post(&form.action, &form.pressed("_undo", &row));
    let page = office.browser.follow(&back).with_status(200);
    assert!(page.words().contains("Przywrócono wpis"));
    assert_eq!(app.listed("Promna", "wpis", "nazwa"), ["Koło"]);
    assert_eq!(app.listed("Promna", "wpis", "osoby"), ["12"]);
}

fn contact_details_stay_out_of_the_draft_and_its_changes(app: &TestApp) {
    let office = app.office_inside("Promna");
    office.save("kontakt", &[("kontakt_email", "jan.kowalski@promna.example")]).location();
    assert_eq!(office.section("kontakt").form().value("kontakt_email"), "jan.kowalski@promna.example");
    for (table, rows) in app.database.dump() {
        let found = rows.iter().any(|row| row.contains("jan.kowalski"));
        assert_eq!(found, table == "contact", "{table}");
    }
}

fn two_people_at_the_contact_details_lose_nothing(app: &TestApp) {
    let (anna, jan) = (app.office_inside("Promna"), app.office("Promna").colleague());
    let (hers, his) = (anna.section("kontakt").form(), jan.section("kontakt").form());
    anna.press(&hers.set("kontakt_osoba", "Anna Przykładowa"), "_save").location();
    // His page still shows an empty name; he only adds the address.
    jan.press(&his.clone().set("kontakt_email", "jan@promna.example"), "_save").location();
    let both = anna.section("kontakt").form();
    assert_eq!(both.value("kontakt_osoba"), "Anna Przykładowa");
    assert_eq!(both.value("kontakt_email"), "jan@promna.example");

    let page = jan.press(&his.set("kontakt_osoba", "Jan Zmyślony"), "_save").with_status(409);
    assert!(page.words().contains("Anna Przykładowa") && page.words().contains("Jan Zmyślony"));
    jan.press(&page.form().set("_keep.kontakt_osoba", "mine"), "_save").location();
    assert_eq!(anna.section("kontakt").form().value("kontakt_osoba"), "Jan Zmyślony");
}

fn sixteen_people_at_once_lose_nothing(app: &TestApp) {
    let office = app.office_inside("Promna");
    let people: Vec<Office> = (0..16).map(|_| office.colleague()).collect();
    let forms: Vec<Form> = people.iter().map(|one| one.section("lista").form()).collect();
    std::thread::scope(|scope| {
        for (n, (one, form)) in people.iter().zip(forms).enumerate() {
            scope.spawn(move || {
                let name = last(&form, "nazwa");
                one.press(&form.set(&name, &format!("osoba {n:02}")), "_save").location();
            });
        }
    });
    let mut names = app.listed("Promna", "wpis", "nazwa");
    names.sort();
    let expected: Vec<String> = (0..16).map(|n| format!("osoba {n:02}")).collect();
    assert_eq!(names, expected);
}
