//! Reading a POST against a questionnaire.

use form::model::Model;
use proptest::prelude::*;

use super::*;
use crate::access::Allowed;

const FORM: &str = r#"
[settings]
form_id = "jst"
version = "2024"
form_title = "Ankieta"
respondents = "jst"

[[survey]]
type = "begin_group"
name = "kontakt"
label = "Kontakt"
[[survey]]
type = "text"
name = "osoba"
label = "Kto wypełnia?"
personal = "yes"
[[survey]]
type = "end_group"

[[survey]]
type = "begin_group"
name = "media"
label = "Media"
dont_know = "yes"
[[survey]]
type = "select_multiple rodzaje"
name = "rodzaj"
label = "Jakie media?"
[[survey]]
type = "integer"
name = "artykuly"
label = "Ile artykułów?"
dont_know = "yes"
warning = ". < 100"
warning_message = "To dużo."
[[survey]]
type = "rank rodzaje"
name = "waga"
label = "Które najważniejsze?"
max = 2
[[survey]]
type = "begin_repeat"
name = "medium"
label = "Media"
max = 5
[[survey]]
type = "text"
name = "nazwa"
label = "Nazwa"
[[survey]]
type = "end_repeat"
[[survey]]
type = "calculate"
name = "ile"
calculation = "count(${nazwa})"
[[survey]]
type = "end_group"

[[survey]]
type = "begin_group"
name = "koniec"
label = "Koniec"
[[survey]]
type = "acknowledge"
name = "zgoda"
label = "Potwierdzam"
[[survey]]
type = "text"
name = "nazwa_jst"
label = "Jednostka"
read_only = "yes"
[[survey]]
type = "end_group"

[choices]
rodzaje = [
  { name = "prasa", label = "Prasa" },
  { name = "radio", label = "Radio" },
  { name = "www", label = "Internet" },
]
"#;

fn model() -> Model {
    let loaded = form::load("jst.toml", FORM);
    match loaded.questionnaire {
        Some(questionnaire) => questionnaire.model,
        None => panic!("{:#?}", loaded.problems),
    }
}

fn pairs(posted: &[(&str, &str)]) -> Vec<(String, String)> {
    let hidden = [("_rev", "7"), ("_page", "k3F9"), ("_csrf", "x"), ("_inv", "y")];
    hidden.iter().chain(posted).map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
}

fn read(posted: &[(&str, &str)]) -> Result<Submitted, Vec<PostProblem>> {
    parse(&model(), &Allowed::ALL, &pairs(posted))
}

/// The text under which a field is kept.
fn kept(posted: &[(&str, &str)], name: &str) -> String {
    let mine = read(posted).unwrap();
    mine.fields.iter().find(|(found, _)| *found == path(name)).map(|(_, text)| text.clone()).unwrap()
}

#[test]
fn hidden_fields_and_texts_are_read() {
    let mine =
        read(&[("artykuly", " 1 090 \r\n"), ("medium.k3f9a2bc.nazwa", "Radio"), ("_next", "")]).unwrap();
    assert_eq!((mine.rev, mine.page.as_str()), (7, "k3F9"));
    assert_eq!(mine.button, Some(Button::Next));
    let fields = [(path("artykuly"), "1 090".into()), (path("medium.k3f9a2bc.nazwa"), "Radio".into())];
    assert_eq!(mine.fields, fields);
}

#[test]
fn choices_are_kept_in_the_order_of_the_list_and_emptying_is_explicit() {
    let some = [("rodzaj", ""), ("rodzaj", "www"), ("rodzaj", "prasa"), ("rodzaj", "www")];
    assert_eq!(kept(&some, "rodzaj"), "prasa www");
    assert_eq!(kept(&[("rodzaj", "")], "rodzaj"), "");
    assert_eq!(kept(&[("rodzaj", "tv"), ("rodzaj", "radio")], "rodzaj"), "radio tv", "also what no list has");
    assert_eq!(read(&[]).unwrap().fields, []);
}

#[test]
fn ticks_take_their_one_value() {
    assert_eq!(kept(&[("artykuly.nw", ""), ("artykuly.nw", "1")], "artykuly.nw"), "1");
    assert_eq!(kept(&[("media.nw", "1")], "media.nw"), "1");
    assert_eq!(kept(&[("zgoda", ""), ("zgoda", "OK")], "zgoda"), "OK");
    assert_eq!(kept(&[("_ok.artykuly", "")], "_ok.artykuly"), "");
    assert_eq!(
        kept(&[("_why.medium.k3f9a2bc.nazwa", "tak ma być")], "_why.medium.k3f9a2bc.nazwa"),
        "tak ma być"
    );
    assert_eq!(kept(&[("_ok.medium", "1")], "_ok.medium"), "1");
    for (name, value) in [("artykuly.nw", "tak"), ("zgoda", "1"), ("_ok.artykuly", "OK")] {
        assert_eq!(read(&[(name, value)]), Err(vec![PostProblem::BadValue(name.into())]));
    }
}

#[test]
fn places_of_a_rank_are_fields_up_to_its_maximum() {
    assert_eq!(kept(&[("waga.1", "radio"), ("waga.2", "")], "waga.1"), "radio");
    for name in ["waga", "waga.3", "waga.nw"] {
        assert_eq!(read(&[(name, "radio")]), Err(vec![PostProblem::Unknown(name.into())]));
    }
}

#[test]
fn personal_answers_never_reach_the_draft() {
    let mine = read(&[("osoba", "Jan Kowalski"), ("_why.osoba", "x")]).unwrap();
    assert_eq!(mine.fields, []);
    assert_eq!(mine.personal, [(path("osoba"), "Jan Kowalski".into()), (path("_why.osoba"), "x".into())]);
    assert_eq!(merge(&[], &Raw::default(), &mine).changes, []);
}

#[test]
fn every_unknown_name_is_told() {
    let unknown = [
        "nieznane",
        "ile",
        "kontakt",
        "medium",
        "kontakt.nw",
        "rodzaj.nw",
        "nazwa",
        "artykuly.1",
        "_x",
        "medium.krotki.nazwa",
        "medium.k3f9a2bc.artykuly",
        "kontakt.k3f9a2bc.osoba",
        "_ok.ile",
        "_why.nieznane",
    ];
    let posted: Vec<_> = unknown.iter().map(|name| (*name, "1")).collect();
    let expected: Vec<_> = unknown.iter().map(|name| PostProblem::Unknown((*name).into())).collect();
    assert_eq!(read(&posted), Err(expected));
}

#[test]
fn what_is_only_shown_cannot_be_changed() {
    assert_eq!(read(&[("nazwa_jst", "Inna")]).unwrap().fields, []);
}

#[test]
fn broken_values_are_told_all_at_once() {
    let control = PostProblem::ControlCharacter { name: "artykuly".into(), character: '\0' };
    let problems = read(&[
        ("artykuly", "1\0"),
        ("waga.1", "radio"),
        ("waga.1", "www"),
        ("_remove", "medium"),
        ("_add", "rodzaj"),
        ("_keep.artykuly", "both"),
    ]);
    let bad = |name: &str| PostProblem::BadValue(name.into());
    let expected = vec![
        control,
        PostProblem::Twice("waga.1".into()),
        bad("_remove"),
        bad("_add"),
        bad("_keep.artykuly"),
    ];
    assert_eq!(problems, Err(expected));
    let bare = parse(&model(), &Allowed::ALL, &[("artykuly".into(), "1".into())]);
    assert_eq!(bare, Err(vec![PostProblem::Missing("_rev"), PostProblem::Missing("_page")]));
    for (name, value) in [("_rev", "-1"), ("_rev", "9223372036854775808"), ("_page", ""), ("_page", "a b")] {
        let mut pairs = pairs(&[]);
        pairs.iter_mut().filter(|(found, _)| found == name).for_each(|(_, text)| *text = value.into());
        assert_eq!(parse(&model(), &Allowed::ALL, &pairs), Err(vec![bad(name)]));
    }
}

#[test]
fn a_colleague_saves_only_the_allowed_sections() {
    let allowed = Allowed::sections(["media".to_owned()]);
    let posted =
        pairs(&[("artykuly", "1"), ("zgoda", "OK"), ("_ok.artykuly", "1"), ("_remove", "medium.k3f9a2bc")]);
    assert_eq!(parse(&model(), &allowed, &posted), Err(vec![PostProblem::NotAllowed("zgoda".into())]));
    let none = Allowed::sections(["koniec".to_owned()]);
    let refused = ["artykuly", "_ok.artykuly", "_remove"].map(|name| PostProblem::NotAllowed(name.into()));
    assert_eq!(parse(&model(), &none, &posted), Err(refused.to_vec()));
}

#[test]
fn the_strongest_button_counts() {
    let row = RowRef { repeat: "medium".into(), row: "k3f9a2bc".into() };
    let button = |posted: &[(&str, &str)]| read(posted).unwrap().button;
    assert_eq!(button(&[("_remove", "medium.k3f9a2bc"), ("_save", "")]), Some(Button::Remove(row.clone())));
    assert_eq!(button(&[("_undo", "medium.k3f9a2bc")]), Some(Button::Undo(row)));
    assert_eq!(button(&[("_save", ""), ("_add", "medium")]), Some(Button::Add("medium".into())));
    assert_eq!(button(&[]), None);
}

#[test]
fn decisions_are_read_with_what_was_shown() {
    let mine =
        read(&[("_keep.artykuly", "mine"), ("_theirs.artykuly", " 5 "), ("_keep.medium.k3f9a2bc", "theirs")]);
    let keep = mine.unwrap().keep;
    assert_eq!(keep["artykuly"], Keep { side: Side::Mine, shown: Some("5".into()) });
    assert_eq!(keep["medium.k3f9a2bc"], Keep { side: Side::Theirs, shown: None });
}

proptest! {
    // Few cases of many posts each: loading the questionnaire takes longer than reading.
    #![proptest_config(ProptestConfig::with_cases(8))]

    #[test]
    fn any_post_at_all_is_read_or_refused_with_reasons(
        posts in prop::collection::vec(
            prop::collection::vec(("[a-z_.0-9]{0,12}|rodzaj|artykuly|_keep.x", "\\PC{0,12}"), 0..8),
            64,
        ),
    ) {
        let model = model();
        for posted in posts {
            let posted: Vec<_> = posted.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
            match parse(&model, &Allowed::ALL, &pairs(&posted)) {
                Ok(mine) => prop_assert!(mine.fields.iter().all(|(_, text)| text.trim() == text)),
                Err(problems) => prop_assert!(!problems.is_empty()),
            }
        }
    }
}
