use form::diff::{Edition, Missing, Thread, threads};
use form::{Comparable, Questionnaire};

use crate::support::{folder, loaded, old, text};

fn edition(questionnaire: &Questionnaire) -> Edition<'_> {
    Edition { model: &questionnaire.model, plan: &questionnaire.plan }
}

fn new() -> Questionnaire {
    loaded("jst-2025.toml", &text("jst-2025.toml"))
}

fn changed(name: &str, changes: &[(&str, &str)]) -> Questionnaire {
    let mut source = text(name);
    for (from, to) in changes {
        assert!(source.contains(from), "{from}");
        source = source.replacen(from, to, 1);
    }
    loaded(name, &source)
}

fn between(old: &Questionnaire, new: &Questionnaire) -> Vec<Thread> {
    threads(&[edition(new), edition(old)])
}

fn of<'a>(threads: &'a [Thread], name: &str) -> &'a Thread {
    threads.iter().find(|thread| thread.name == name).unwrap()
}

/// One line per measure: what it is compared with, and what breaks the line.
fn told(threads: &[Thread]) -> String {
    let mut lines = String::new();
    for thread in threads {
        for step in &thread.steps {
            let there = step.measure.as_ref().map_or_else(|why| format!("({why:?})"), Clone::clone);
            let there = if there == thread.name { "=".to_owned() } else { there };
            lines += &format!("{:<34} {there}", thread.name);
            if let Some(cut) = &step.cut {
                lines += &format!("  // {:?}: {}", cut.comparable, cut.notes.join(" "));
            }
            lines += "\n";
        }
    }
    lines
}

#[test]
fn the_example_of_two_years_is_followed_measure_by_measure() {
    insta::assert_snapshot!("series_example", told(&between(&old(), &new())));
}

#[test]
fn the_shipped_editions_are_followed_measure_by_measure() {
    let read = |year: &str, form: &str| {
        let path = folder("../../forms/mazowsze").join(year).join(form);
        loaded(form, &std::fs::read_to_string(path).expect("the form can be read"))
    };
    for form in ["jst", "up"] {
        let file = format!("{form}.toml");
        let told = told(&between(&read("2024", &file), &read("2025", &file)));
        insta::assert_snapshot!(format!("series_shipped_{form}"), told);
    }
}

#[test]
fn an_edition_is_followed_into_itself_without_a_break() {
    for questionnaire in [old(), new()] {
        for thread in between(&questionnaire, &questionnaire) {
            assert_eq!(thread.steps[0].measure, Ok(thread.name.clone()));
            assert_eq!(thread.steps[0].cut, None, "{}", thread.name);
            assert!(thread.groups.iter().all(|group| group.codes[0] == group.codes[1]));
        }
    }
}

#[test]
fn another_name_is_the_same_measure_and_the_same_name_alone_is_not() {
    let renamed = changed(
        "jst-2025.toml",
        &[("name = \"wydarzenia\"", "name = \"suma_wydarzen\""), ("{wydarzenia}", "{suma_wydarzen}")],
    );
    let threads = between(&old(), &renamed);
    assert_eq!(of(&threads, "suma_wydarzen").steps[0].measure, Ok("wydarzenia".to_owned()));

    let other = changed(
        "jst-2025.toml",
        &[(
            "fn    = \"sum\"\nof    = \"${media_artykuly}\"",
            "fn    = \"max\"\nof    = \"${media_artykuly}\"",
        )],
    );
    assert_eq!(of(&between(&old(), &other), "artykuly").steps[0].measure, Err(Missing::Different));
    let base = changed(
        "jst-2025.toml",
        &[(
            "where = \"${dok_liczba} > 0\"\nbase  = \"all\"",
            "where = \"${dok_liczba} > 0\"\nbase  = \"sent\"",
        )],
    );
    assert_eq!(of(&between(&old(), &base), "jst_z_zapisami_proc").steps[0].measure, Err(Missing::Different));
}

#[test]
fn another_condition_under_the_same_name_breaks_the_line() {
    let other = changed(
        "jst-2025.toml",
        &[("where = \"${media_artykuly} > 0\"", "where = \"${media_artykuly} > 1\"")],
    );
    let threads = between(&old(), &other);
    let step = &of(&threads, "jst_z_artykulami").steps[0];
    assert_eq!(step.measure, Ok("jst_z_artykulami".to_owned()));
    let cut = step.cut.as_ref().unwrap();
    assert_eq!(
        (cut.comparable, cut.notes.join(" ")),
        (Comparable::Partial, "Zmienił się sposób liczenia.".to_owned())
    );
}

#[test]
fn a_changed_question_breaks_every_number_behind_it_with_its_own_words() {
    let threads = between(&old(), &new());
    for name in ["jst_z_zapisami", "jst_z_zapisami_proc", "dokumenty"] {
        let cut = of(&threads, name).steps[0].cut.as_ref().unwrap();
        assert_eq!(cut.comparable, Comparable::No);
        assert!(cut.notes[0].starts_with("Do 2024 r. pytano o wszystkie"), "{:?}", cut.notes);
    }
}

#[test]
fn a_silent_change_of_a_question_is_a_break_too() {
    let silent = changed(
        "jst-2025.toml",
        &[("Ile artykułów ukazało się w 2025 r.?", "Ile wpisów ukazało się w 2025 r.?")],
    );
    let threads = between(&old(), &silent);
    let cut = of(&threads, "artykuly").steps[0].cut.as_ref().unwrap();
    assert_eq!(cut.comparable, Comparable::Partial);
    assert_eq!(cut.notes, ["Zmieniło się pytanie „Ile wpisów ukazało się w 2025 r.?”."]);
}

#[test]
fn a_table_of_a_split_choice_has_a_row_for_the_sum_and_breaks() {
    let table = "[[measures]]\nname = \"rodzaje\"\nlabel = \"Rodzaje\"\nfn = \"frequencies\"\nof = \"${medium_rodzaj}\"\nover = \"medium\"\n\n[[measures]]\nname = \"artykuly\"";
    let with = |name| changed(name, &[("[[measures]]\nname = \"artykuly\"", table)]);
    let threads = between(&with("jst-2024.toml"), &with("jst-2025.toml"));
    let thread = of(&threads, "rodzaje");
    let rows: Vec<String> = thread
        .groups
        .iter()
        .map(|group| {
            let codes =
                group.codes[1].as_ref().map(|codes| codes.iter().cloned().collect::<Vec<_>>().join("+"));
            format!("{}: {}", group.label, codes.unwrap_or_else(|| "–".into()))
        })
        .collect();
    assert_eq!(rows[3..], ["radio: –", "telewizja: –", "radio + telewizja: radio_tv"]);
    assert_eq!(rows[0], "strona internetowa: www");
    assert_eq!(thread.steps[0].cut.as_ref().unwrap().comparable, Comparable::Partial);
}

#[test]
fn a_line_that_ended_does_not_begin_again_further_back() {
    let without = changed(
        "jst-2024.toml",
        &[
            ("name = \"artykuly\"", "name = \"inne\""),
            (
                "fn    = \"sum\"\nof    = \"${media_artykuly}\"",
                "fn    = \"min\"\nof    = \"${media_artykuly}\"",
            ),
            ("{artykuly}", "{inne}"),
        ],
    );
    let (newest, oldest) = (new(), old());
    let threads = threads(&[edition(&newest), edition(&without), edition(&oldest)]);
    let steps = &of(&threads, "artykuly").steps;
    assert_eq!(steps.len(), 2);
    assert!(steps.iter().all(|step| step.measure == Err(Missing::NotCounted) && step.cut.is_none()));
}
