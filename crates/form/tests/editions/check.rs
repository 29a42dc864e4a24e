use form::problem;

use crate::support::{loaded, old, problems, text};

/// The codes and lines of what is told.
fn told(changes: &[(&str, &str)]) -> Vec<(&'static str, String)> {
    let (found, new) = problems(changes);
    let line = |line: u32| new.lines().nth(line as usize - 1).expect("the line is there").trim().to_owned();
    found.iter().map(|problem| (problem.code, line(problem.line.expect("it has a place")))).collect()
}

const COMPARABLE: &str = "comparable  = \"no\"                      # wymagane, bo zmieniła się treść pytania\n\
                          change_note = \"Do 2024 r. pytano o wszystkie obowiązujące dokumenty, od 2025 r. o przyjęte w roku sprawozdawczym.\"\n";
const RETIRED: &str = "[[retired]]\nid     = \"jst.www.zakladka\"\nname   = \"zakladka_www\"\n\
                       reason = \"Dane zbierane z BIP, nie od JST.\"\n";

#[test]
fn an_edition_that_explains_its_changes_has_no_problems() {
    assert_eq!(told(&[]), []);
}

#[test]
fn everything_unexplained_is_told_at_once_with_its_place() {
    let (found, new) = problems(&[
        (COMPARABLE, ""),
        (RETIRED, ""),
        ("was      = \"spotkania\" ", "since = \"2025\" "),
        ("was = \"radio_tv\", comparable = \"partial\"", "was = \"radio_tw\""),
    ]);
    insta::assert_snapshot!("problems", problem::render_all(&found, &new));
}

#[test]
fn a_changed_text_without_comparable_points_at_the_text() {
    let found = told(&[(COMPARABLE, "")]);
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].0, "F301");
    assert!(found[0].1.starts_with("label    = \"W ilu dokumentach"), "{}", found[0].1);
}

#[test]
fn a_question_that_vanished_points_at_the_previous_edition() {
    let found = told(&[(RETIRED, "")]);
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].0, "F302");
    assert!(found[0].1.starts_with("previous"), "{}", found[0].1);
}

#[test]
fn a_former_name_that_was_none_points_at_it() {
    let found = told(&[("was      = \"spotkania\"", "was      = \"spotkanie\"")]);
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].0, "F303");
    assert!(found[0].1.starts_with("was      = \"spotkanie\""));
    assert_eq!(told(&[("since    = \"2025\"", "was      = \"nic\"")])[0].0, "F303");
}

#[test]
fn an_old_question_cannot_be_new() {
    let found =
        told(&[("id       = \"jst.media.artykuly\"", "id = \"jst.media.artykuly\"\nsince = \"2025\"")]);
    assert_eq!(found, [("F304", "since = \"2025\"".to_owned())]);
}

#[test]
fn a_retired_question_must_have_been_asked() {
    let extra = format!("{RETIRED}\n[[retired]]\nid = \"jst.nic\"\nname = \"nic\"\nreason = \"Nie było.\"\n");
    assert_eq!(told(&[(RETIRED, &extra)]), [("F305", "id = \"jst.nic\"".to_owned())]);
}

#[test]
fn a_question_retired_earlier_stays_retired_without_a_complaint() {
    let gone = "\n[[retired]]\nid = \"jst.dawne\"\nname = \"dawne\"\nreason = \"Nie było odpowiedzi.\"\n";
    let old = loaded("old.toml", &(text("jst-2024.toml") + gone));
    let new = loaded("new.toml", &(text("jst-2025.toml") + gone));
    assert_eq!(form::check_against(&old, &new), []);
}

#[test]
fn a_choice_continues_one_that_was_there() {
    let found =
        told(&[("label = \"radio\",     was = \"radio_tv\"", "label = \"radio\",     was = \"radia\"")]);
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].0, "F306");
}

#[test]
fn a_choice_that_comes_or_goes_without_a_word_is_told() {
    let found =
        told(&[("  { name = \"social\"", "  { name = \"nowe\", label = \"nowe\" },\n  { name = \"spol\"")]);
    assert!(found.iter().all(|(code, _)| *code == "F307"), "{found:?}");
    assert_eq!(found.len(), 3);
}

#[test]
fn merged_choices_name_all_that_they_continue() {
    let merged = text("jst-2024.toml")
        .lines()
        .filter(|line| !line.contains("{ name = \"social\""))
        .map(|line| match line.contains("{ name = \"www\"") {
            true => {
                "  { name = \"www\", label = \"internet\", was = \"www social\", comparable = \"partial\" },"
            }
            false => line,
        })
        .collect::<Vec<_>>()
        .join("\n");
    let new = loaded("new.toml", &merged);
    assert_eq!(form::check_against(&old(), &new), []);
    assert_eq!(form::diff(&old(), &new).summary(), "bez zmian 11 · zmiana listy 1");
}

#[test]
fn another_questionnaire_or_year_is_not_the_previous_edition() {
    assert_eq!(told(&[("form_id    = \"jst\"", "form_id    = \"up\"")])[0].0, "F308");
    assert_eq!(told(&[("previous   = \"2024\"", "previous   = \"2023\"")])[0].0, "F308");
    assert_eq!(told(&[("previous   = \"2024\"", "previous   = \"2024.1\"")]), []);
}

#[test]
fn another_name_without_the_former_one_is_told() {
    let found = told(&[("was      = \"spotkania\"", "note     = \"spotkania\"")]);
    assert_eq!(found, [("F309", "name     = \"spotkania_liczba\"".to_owned())]);
}
