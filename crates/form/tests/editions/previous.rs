use form::diff::{Before, Carry};
use form::{Questionnaire, Raw};
use serde_json::json;

use crate::support::{loaded, old, text};

fn new() -> Questionnaire {
    loaded("jst-2025.toml", &text("jst-2025.toml"))
}

fn carried(answers: serde_json::Value) -> Before {
    let raw: Raw = serde_json::from_value(answers).unwrap();
    Carry::new(&old().model, &new().model).answers(&raw)
}

#[test]
fn answers_are_found_by_the_id_of_their_question_and_not_by_its_name() {
    let before =
        carried(json!({ "spotkania": "7", "media_czy": "tak", "problemy": "Brak kadr", "obce": "x" }));
    assert_eq!(before.single["spotkania_liczba"], "7");
    assert_eq!(before.single["media_czy"], "tak");
    assert_eq!(before.single["problemy"], "Brak kadr");
    assert_eq!(before.single.len(), 3);
}

#[test]
fn what_cannot_be_compared_or_read_is_left_out() {
    assert!(carried(json!({ "dok_liczba": "3" })).is_empty(), "the question means something else now");
    assert!(carried(json!({ "media_artykuly": "kilka" })).is_empty());
    assert!(carried(json!({ "spotkania.nw": "1", "zakladka_www": "tak" })).is_empty());
}

#[test]
fn entries_come_with_their_ids_and_without_choices_that_were_split() {
    let rows = json!([
        { "_id": "aaaaaaaa", "medium_nazwa": "Kurier", "medium_rodzaj": "prasa" },
        { "_id": "bbbbbbbb", "medium_nazwa": "Radio", "medium_rodzaj": "radio_tv" },
        { "_id": "cccccccc" },
    ]);
    let before = carried(json!({ "medium": rows }));
    let rows = &before.rows["medium"];
    assert_eq!(rows.iter().map(|row| row.id.as_str()).collect::<Vec<_>>(), ["aaaaaaaa", "bbbbbbbb"]);
    assert_eq!(rows[0].fields["medium_rodzaj"], "prasa");
    assert!(!rows[1].fields.contains_key("medium_rodzaj"), "{rows:?}");
}

#[test]
fn an_edition_carries_everything_into_a_second_run_of_itself() {
    let raw: Raw = serde_json::from_value(
        json!({ "dok_liczba": "3", "medium": [{ "_id": "aaaaaaaa", "medium_rodzaj": "radio" }] }),
    )
    .unwrap();
    let before = Carry::new(&new().model, &new().model).answers(&raw);
    assert_eq!(before.single["dok_liczba"], "3");
    assert_eq!(before.rows["medium"][0].fields["medium_rodzaj"], "radio");
}
