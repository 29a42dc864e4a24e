use form::diff;
use form::diff::{Class, What};

use crate::support::{loaded, old, text};

#[test]
fn the_example_of_two_years_is_counted_by_class() {
    let new = loaded("jst-2025.toml", &text("jst-2025.toml"));
    assert_eq!(
        diff(&old(), &new).summary(),
        "bez zmian 8 · zmiana nazwy 1 · zmiana treści 1 (nieporównywalne) · zmiana listy 1 · nowe 1 · usunięte 1"
    );
}

#[test]
fn the_example_of_two_years_is_told_line_by_line() {
    let new = loaded("jst-2025.toml", &text("jst-2025.toml"));
    insta::assert_snapshot!("table", diff(&old(), &new).table());
}

#[test]
fn the_differences_as_json_have_the_documented_keys() {
    let new = loaded("jst-2025.toml", &text("jst-2025.toml"));
    let mut found = diff(&old(), &new);
    found.questions.retain(|question| question.class != Class::Unchanged);
    found.measures.truncate(1);
    insta::assert_json_snapshot!("json", found);
}

#[test]
fn a_form_is_the_same_as_itself() {
    let same = diff(&old(), &old());
    assert!(same.questions.iter().all(|question| question.class == Class::Unchanged));
    assert_eq!(same.summary(), "bez zmian 12");
    assert_eq!(form::check_against(&old(), &old()), []);
}

#[test]
fn another_type_weighs_more_than_another_text() {
    let new = text("jst-2024.toml")
        .replace(
            "type     = \"integer\"\nname     = \"spotkania\"",
            "type     = \"decimal\"\nname     = \"spotkania\"",
        )
        .replace("W ilu spotkaniach", "W jakich spotkaniach");
    let found = diff(&old(), &loaded("new.toml", &new));
    let question = found.questions.iter().find(|question| question.id == "jst.spotkania.liczba").unwrap();
    assert_eq!(question.class, Class::Type);
    assert!(question.changes.iter().any(|change| change.what == What::Type && change.new == "decimal"));
}

#[test]
fn the_same_text_with_another_meaning_is_a_change_of_definition() {
    let new = text("jst-2024.toml").replace(
        "id       = \"jst.spotkania.liczba\"",
        "id       = \"jst.spotkania.liczba\"\ncomparable = \"partial\"\nchange_note = \"Inna ustawa.\"",
    );
    let found = diff(&old(), &loaded("new.toml", &new));
    assert_eq!(found.summary(), "bez zmian 11 · zmiana definicji 1 (częściowo porównywalne)");
    assert!(found.table().contains("Inna ustawa."));
}

#[test]
fn a_measure_that_counts_something_else_is_told_with_both_expressions() {
    let new =
        text("jst-2024.toml").replacen("where = \"${spotkania} > 0\"", "where = \"${spotkania} > 1\"", 1);
    let table = diff(&old(), &loaded("new.toml", &new)).table();
    assert!(table.contains("warunek: „${spotkania} > 0” → „${spotkania} > 1”"), "{table}");
}
