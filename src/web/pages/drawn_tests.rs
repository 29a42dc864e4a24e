//! Pages drawn from a questionnaire and answers, read back as a tree.
use std::collections::BTreeMap;

use askama::Template;
use chrono::NaiveDate;
use form::answers::{Path, Raw, read};
use form::evaluate::{Context, Evaluation, evaluate};
use form::model::Model;
use scraper::{ElementRef, Html, Selector};

use super::samples::session;
use super::*;

const FORM: &str = r#"
[settings]
form_id = "proba"
version = "2024"
form_title = "Próba"

[[survey]]
type = "begin_group"
name = "kontakt"
label = "Osoba do kontaktu"
[[survey]]
type = "text"
name = "kontakt_email"
label = "Służbowy adres e-mail"
required = "yes"
personal = "yes"
[[survey]]
type = "end_group"

[[survey]]
type = "begin_group"
name = "bramki"
label = "Pytania wstępne"
[[survey]]
type = "select_one tak_nie"
name = "media_czy"
label = "Czy ukazały się materiały?"
required = "yes"
[[survey]]
type = "integer"
name = "artykuly"
label = "Ile artykułów?"
relevant = "${media_czy} = 'tak'"
required = "yes"
dont_know = "yes"
constraint = ". >= 1"
constraint_message = "Proszę podać liczbę od 1."
warning = ". < 100"
warning_message = "To bardzo dużo artykułów."
[[survey]]
type = "text"
name = "opis"
label = "Opis"
appearance = "multiline"
[[survey]]
type = "end_group"

[[survey]]
type = "begin_group"
name = "media"
label = "Media"
relevant = "${media_czy} = 'tak'"
[[survey]]
type = "begin_repeat"
name = "medium"
label = "Lista mediów"
min = 1
max = 1
[[survey]]
type = "text"
name = "nazwa"
label = "Nazwa"
required = "yes"
[[survey]]
type = "select_multiple rodzaje"
name = "rodzaj"
label = "Rodzaj"
[[survey]]
type = "text"
name = "jakie"
label = "Jakie inne?"
relevant = "selected(${rodzaj}, 'inne')"
required = "yes"
[[survey]]
type = "end_repeat"
[[survey]]
type = "calculate"
name = "ile"
label = "Razem wpisów"
calculation = "count(${medium})"
[[survey]]
type = "note"
name = "podsumowanie"
label = "Wpisów na liście: ${ile}."
[[survey]]
type = "rank rodzaje"
name = "waga"
label = "Najważniejsze rodzaje"
max = 2
[[survey]]
type = "date"
name = "dzien"
label = "Dzień"
[[survey]]
type = "acknowledge"
name = "zgoda"
label = "Potwierdzam"
required = "yes"
[[survey]]
type = "end_group"

[choices]
tak_nie = [{ name = "tak", label = "Tak" }, { name = "nie", label = "Nie" }]
rodzaje = [{ name = "radio", label = "Radio" }, { name = "prasa", label = "Prasa" }, { name = "inne", label = "Inne" }]
"#;

fn model_of(text: &str) -> Model {
    let loaded = form::load("proba.toml", text);
    loaded.questionnaire.unwrap_or_else(|| panic!("{:?}", loaded.problems)).model
}

fn raw(fields: &[(&str, &str)]) -> Raw {
    let mut raw = Raw::default();
    for (name, text) in fields {
        raw.set(&name.parse::<Path>().expect("a path"), text);
    }
    raw
}

fn evaluated(model: &Model, raw: &Raw) -> Evaluation {
    let day = NaiveDate::from_ymd_opt(2025, 2, 1).expect("a day");
    evaluate(model, &read(model, raw).0, &Context::on(day))
}

/// Draws a section; blank entries get the ids `nowy0001`, `nowy0002`, ...
fn drawn(model: &Model, raw: &Raw, section: &str, reveal: Reveal<'_>, blank: &[(&str, usize)]) -> Drawn {
    let evaluation = evaluated(model, raw);
    let answers = Answers { model, raw, evaluation: &evaluation };
    let blank: BTreeMap<String, usize> =
        blank.iter().map(|(name, count)| ((*name).to_owned(), *count)).collect();
    let mut next = 0;
    let mut row_id = || {
        next += 1;
        format!("nowy{next:04}")
    };
    draw(answers, model.section(section).expect("a section"), reveal, &blank, &mut row_id)
}

fn page(name: &str, drawn: Drawn) -> Html {
    let hidden = Hidden { rev: 7, page: "p1".into(), invitation: "i1".into(), csrf: "c1".into() };
    let page = SectionPage::new(session("Część"), name, (1, 3), drawn, hidden);
    Html::parse_document(&page.render().expect("a page that renders"))
}

fn select<'a>(page: &'a Html, css: &str) -> Vec<ElementRef<'a>> {
    page.select(&Selector::parse(css).expect("a selector")).collect()
}

fn fields(page: &Html) -> Vec<&str> {
    select(page, "[data-field]").into_iter().filter_map(|field| field.attr("data-field")).collect()
}

fn texts(page: &Html, css: &str) -> Vec<String> {
    let words = |element: ElementRef<'_>| element.text().collect::<String>();
    select(page, css)
        .into_iter()
        .map(|element| words(element).split_whitespace().collect::<Vec<_>>().join(" "))
        .collect()
}

/// What a browser without a script would post with the button `_save`.
fn posted(page: &Html) -> Vec<(String, String)> {
    let mut pairs = Vec::new();
    for control in select(page, "form input, form select, form textarea") {
        let name = control.attr("name").expect("a name").to_owned();
        let kind = control.attr("type").unwrap_or_default();
        let value = match control.value().name() {
            "select" => {
                let chosen = Selector::parse("option[selected]").expect("a selector");
                control
                    .select(&chosen)
                    .next()
                    .and_then(|option| option.attr("value"))
                    .unwrap_or_default()
                    .to_owned()
            }
            "textarea" => control.text().collect(),
            _ if matches!(kind, "radio" | "checkbox") && control.attr("checked").is_none() => continue,
            _ => control.attr("value").unwrap_or_default().to_owned(),
        };
        pairs.push((name, value));
    }
    pairs
}

const MANY: &[(&str, &str)] = &[
    ("kontakt_email", "urzad@gmina.example"),
    ("media_czy", "tak"),
    ("artykuly", "1.090"),
    ("opis", "Dwa\nwiersze <b>"),
    ("medium.aaaaaaaa.nazwa", "Radio \"Łąka\""),
    ("medium.aaaaaaaa.rodzaj", "radio inne"),
    ("medium.bbbbbbbb.nazwa", "Głos"),
    ("waga.1", "prasa"),
    ("dzien", "31.02.2025"),
    ("zgoda", "OK"),
];

#[test]
fn a_page_posted_back_as_it_was_drawn_can_be_read_and_changes_nothing() {
    let model = model_of(FORM);
    for answers in [
        MANY,
        &[("media_czy", "tak"), ("artykuly", "500"), ("_ok.artykuly", "1"), ("_why.artykuly", "tak jest")],
        &[("media_czy", "tak"), ("artykuly.nw", "1")],
        &[],
    ] {
        let raw = raw(answers);
        for section in
            model.sections.iter().filter(|section| evaluated(&model, &raw).section_relevant(&section.name))
        {
            let page = page(&section.name, drawn(&model, &raw, &section.name, Reveal::All, &[("medium", 2)]));
            let pairs = posted(&page);
            let mine =
                survey::merge::parse(&model, &survey::access::Allowed::ALL, &pairs).expect("a readable POST");
            assert_eq!(survey::merge::merge(&[], &raw, &mine).changes, [], "{}", section.name);
            for (path, text) in &mine.personal {
                assert_eq!(raw.get(path).unwrap_or_default(), text);
            }
        }
    }
}

#[test]
fn only_questions_that_are_asked_are_drawn() {
    let model = model_of(FORM);
    let no = drawn(&model, &raw(&[("media_czy", "nie")]), "bramki", Reveal::Typed, &[]);
    assert_eq!(fields(&page("bramki", no)), ["media_czy", "opis"]);
    let yes = drawn(&model, &raw(&[("media_czy", "tak")]), "bramki", Reveal::Typed, &[]);
    assert_eq!(fields(&page("bramki", yes)), ["media_czy", "artykuly", "opis"]);
}

#[test]
fn what_cannot_be_read_is_kept_as_typed_with_the_reason_beside_it_and_on_top() {
    let model = model_of(FORM);
    let page = page("bramki", drawn(&model, &raw(MANY), "bramki", Reveal::Typed, &[]));
    let input = select(&page, "#f-artykuly")[0];
    assert_eq!((input.attr("value"), input.attr("aria-invalid")), (Some("1.090"), Some("true")));
    let beside = texts(&page, "#e-artykuly");
    let on_top = texts(&page, ".bad li a[href='#f-artykuly']");
    assert_eq!(beside, [format!("Błąd: {}", on_top[0])]);
}

#[test]
fn a_page_that_is_opened_does_not_complain_about_what_was_not_filled_yet() {
    let model = model_of(FORM);
    let opened = drawn(&model, &Raw::default(), "bramki", Reveal::Typed, &[]);
    assert_eq!(opened.errors, []);
    let asked = drawn(&model, &Raw::default(), "bramki", Reveal::All, &[]);
    let anchors: Vec<&str> = asked.errors.iter().map(|mistake| mistake.anchor.as_str()).collect();
    assert_eq!(anchors, ["f-media_czy"]);
}

#[test]
fn a_question_that_appeared_through_the_save_is_new_and_not_a_mistake() {
    let model = model_of(FORM);
    let before = evaluated(&model, &Raw::default());
    let after = drawn(&model, &raw(&[("media_czy", "tak")]), "bramki", Reveal::Seen(&before), &[]);
    assert_eq!(after.errors, []);
    let appeared = after.appeared.clone().expect("a new question");
    assert_eq!(appeared.anchor, "f-artykuly");
    let page = SectionPage::new(session("Część"), "bramki", (1, 3), after, Hidden::default());
    assert!(page.must_stay());
    assert!(!page.layout.errors);
}

#[test]
fn an_unanswered_question_that_was_there_is_a_mistake_after_going_on() {
    let model = model_of(FORM);
    let raw = raw(&[("media_czy", "tak")]);
    let before = evaluated(&model, &raw);
    let after = drawn(&model, &raw, "bramki", Reveal::Seen(&before), &[]);
    assert_eq!(after.errors.len(), 1);
    assert_eq!(after.appeared, None);
}

#[test]
fn an_empty_list_shows_one_blank_entry_and_more_when_asked() {
    let model = model_of(FORM);
    let answers = raw(&[("media_czy", "tak")]);
    for (blank, wanted) in [(0, 1), (1, 1), (3, 3)] {
        let page = page("media", drawn(&model, &answers, "media", Reveal::Typed, &[("medium", blank)]));
        assert_eq!(select(&page, ".entry").len(), wanted);
        assert_eq!(select(&page, "[name='medium.nowy0001.nazwa']").len(), 1);
        assert_eq!(
            select(&page, "[name='medium.nowy0001.jakie']").len(),
            0,
            "depends on an answer of the entry"
        );
        assert_eq!(select(&page, "button[name=_remove]").len(), 0, "nothing to remove yet");
    }
}

#[test]
fn stored_entries_come_first_and_can_be_removed_one_by_one() {
    let model = model_of(FORM);
    let page = page("media", drawn(&model, &raw(MANY), "media", Reveal::Typed, &[("medium", 1)]));
    let buttons: Vec<&str> =
        select(&page, "button[name=_remove]").into_iter().filter_map(|button| button.attr("value")).collect();
    assert_eq!(buttons, ["medium.aaaaaaaa", "medium.bbbbbbbb"]);
    assert_eq!(select(&page, ".entry").len(), 3);
    assert_eq!(select(&page, "[name='medium.aaaaaaaa.jakie']").len(), 1, "this entry has chosen „inne”");
    assert_eq!(texts(&page, "[data-shown=podsumowanie]"), ["Wpisów na liście: 2."]);
    assert!(!page.root_element().html().contains("Razem wpisów"), "names of calculations are for the report");
}

#[test]
fn a_warning_offers_a_tick_and_a_word_and_says_nothing_on_top() {
    let model = model_of(FORM);
    let answers = raw(&[
        ("media_czy", "tak"),
        ("artykuly", "500"),
        ("_ok.artykuly", "1"),
        ("_why.artykuly", "sprawdzono"),
    ]);
    let drawn = drawn(&model, &answers, "bramki", Reveal::All, &[]);
    assert_eq!(drawn.errors, []);
    let page = page("bramki", drawn);
    assert_eq!(texts(&page, "#w-artykuly"), ["Proszę sprawdzić: To bardzo dużo artykułów."]);
    assert!(select(&page, "[name='_ok.artykuly'][type=checkbox]")[0].attr("checked").is_some());
    assert_eq!(select(&page, "[name='_why.artykuly']")[0].attr("value"), Some("sprawdzono"));
}

#[test]
fn contact_fields_say_their_purpose() {
    let model = model_of(FORM);
    let page = page("kontakt", drawn(&model, &Raw::default(), "kontakt", Reveal::Typed, &[]));
    let input = select(&page, "#f-kontakt_email")[0];
    assert_eq!((input.attr("type"), input.attr("autocomplete")), (Some("email"), Some("email")));
}

fn lines(model: &Model, raw: &Raw) -> Vec<(String, Option<String>)> {
    let evaluation = evaluated(model, raw);
    let sections = answer_sections(Answers { model, raw, evaluation: &evaluation }, |_| true);
    let parts = sections.into_iter().flat_map(|section| section.parts);
    parts.flat_map(|part| part.lines).map(|line| (line.label, line.value)).collect()
}

#[test]
fn the_check_page_tells_no_answer_no_data_and_a_value_apart() {
    let model = model_of(FORM);
    let answers =
        raw(&[("media_czy", "tak"), ("artykuly.nw", "1"), ("medium.aaaaaaaa.rodzaj", "radio inne")]);
    let lines = lines(&model, &answers);
    let value = |label: &str| lines.iter().find(|line| line.0 == label).expect("a line").1.as_deref();
    assert_eq!(value("Czy ukazały się materiały?"), Some("Tak"));
    assert_eq!(value("Ile artykułów?"), Some("nie wiem / brak danych"));
    assert_eq!(value("Opis"), None);
    assert_eq!(value("Rodzaj"), Some("Radio\nInne"));
    assert_eq!(value("Lista mediów"), Some("1 wpis"));
}

#[test]
fn the_check_page_leaves_out_what_is_not_asked() {
    let model = model_of(FORM);
    let lines = lines(&model, &raw(&[("media_czy", "nie"), ("artykuly", "5"), ("dzien", "1.02.2025")]));
    let labels: Vec<&str> = lines.iter().map(|line| line.0.as_str()).collect();
    assert_eq!(labels, ["Służbowy adres e-mail", "Czy ukazały się materiały?", "Opis"]);
}

#[test]
fn every_link_of_the_check_page_leads_to_a_field_of_the_section() {
    let model = model_of(FORM);
    let answers = raw(MANY);
    let evaluation = evaluated(&model, &answers);
    let state = Answers { model: &model, raw: &answers, evaluation: &evaluation };
    let sections = answer_sections(state, |_| true);
    let errors = blocking(state, &sections);
    assert!(!errors.is_empty());
    for line in sections.iter().flat_map(|section| &section.parts).flat_map(|part| &part.lines) {
        let Some(change) = &line.change else { continue };
        let (address, anchor) = change.split_once('#').expect("an anchor");
        let name = address.trim_start_matches("/ankieta/czesc/").trim_end_matches("?z=sprawdz");
        let page = page(name, drawn(&model, &answers, name, Reveal::Typed, &[]));
        assert_eq!(select(&page, &format!("[id='{anchor}']")).len(), 1, "{change}");
    }
    for error in errors {
        let lines = sections.iter().flat_map(|section| &section.parts).flat_map(|part| &part.lines);
        assert!(lines.into_iter().any(|line| line.id == error.anchor), "{error:?}");
    }
}

#[test]
fn the_blank_form_words_conditions() {
    let sections = blank_sections(&model_of(FORM));
    let number = |section: usize, question: usize| sections[section].questions[question].number.clone();
    let gate = number(1, 0);
    let wanted = format!("jeśli w pytaniu {gate} zaznaczono „Tak”");
    assert_eq!(sections[2].condition.as_deref(), Some(wanted.as_str()));
    assert_eq!(sections[1].questions[1].condition.as_deref(), Some(wanted.as_str()));
    let other =
        sections[2].questions.iter().find(|question| question.label == "Jakie inne?").expect("the question");
    assert!(other.condition.as_deref().expect("a condition").ends_with("zaznaczono „Inne”"));
}

#[test]
fn fields_that_could_not_be_saved_are_shown_in_words() {
    let model = model_of(FORM);
    let pairs = [
        ("_csrf", "c"),
        ("media_czy", "tak"),
        ("opis", " "),
        ("artykuly.nw", "1"),
        ("medium.aaaaaaaa.nazwa", "Radio"),
        ("_add", "medium"),
    ];
    let pairs: Vec<(String, String)> = pairs.map(|(name, value)| (name.to_owned(), value.to_owned())).into();
    let facts = typed_facts(&model, &pairs);
    let values: Vec<&str> = facts.iter().map(|fact| fact.value.as_str()).collect();
    assert_eq!(values, ["Tak", "zaznaczono", "Radio"]);
    assert!(facts[1].term.ends_with("Ile artykułów? – nie wiem / brak danych"));
}

/// A questionnaire of the programme.
fn questionnaire(name: &str) -> Model {
    let file = format!("{}/forms/mazowsze/2024/{name}.toml", env!("CARGO_MANIFEST_DIR"));
    model_of(&std::fs::read_to_string(&file).expect("a questionnaire"))
}

#[test]
fn both_questionnaires_of_the_programme_can_be_drawn_and_posted_back() {
    for name in ["jst", "up"] {
        let model = questionnaire(name);
        let raw = gates_open(&model);
        let evaluation = evaluated(&model, &raw);
        for section in &model.sections {
            assert!(evaluation.section_relevant(&section.name), "{name}: {} is closed", section.name);
            let page = page(&section.name, drawn(&model, &raw, &section.name, Reveal::All, &[]));
            let mine = survey::merge::parse(&model, &survey::access::Allowed::ALL, &posted(&page));
            let changes = survey::merge::merge(&[], &raw, &mine.expect("a readable POST")).changes;
            assert_eq!(changes, [], "{name}: {}", section.name);
        }
    }
}

#[test]
fn every_condition_of_both_questionnaires_has_words() {
    for name in ["jst", "up"] {
        let conditions = blank_sections(&questionnaire(name)).into_iter().flat_map(|section| {
            section.questions.into_iter().filter_map(|question| question.condition).chain(section.condition)
        });
        let vague: Vec<String> = conditions.filter(|words| !words.starts_with("jeśli ")).collect();
        assert_eq!(vague, Vec::<String>::new(), "{name}");
    }
}

/// Every page that is drawn from the questionnaires of the programme, with everything open and everything missing.
pub(crate) fn questionnaire_pages() -> Vec<(String, String)> {
    ["jst", "up"].into_iter().flat_map(|name| pages_of(name, &questionnaire(name))).collect()
}

fn pages_of(form: &str, model: &Model) -> Vec<(String, String)> {
    let raw = gates_open(model);
    let evaluation = evaluated(model, &raw);
    let answers = Answers { model, raw: &raw, evaluation: &evaluation };
    let mut pages: Vec<(String, String)> = Vec::new();
    for section in &model.sections {
        let name = format!("{form}-{}", section.name);
        let drawn = drawn(model, &raw, &section.name, Reveal::All, &[]);
        let layout = session(&format!("{} ({name})", section.label.plain()));
        let page =
            SectionPage::new(layout, &section.name, (1, model.sections.len()), drawn, Hidden::default());
        pages.push((name, page.render().expect("a page that renders")));
    }
    let deadline = String::from("25 lutego 2025 r. (wtorek)");
    let layout = session(&format!("Sprawdź ({form})"));
    let check = CheckPage::new(layout, answers, |_| true, Hidden::default(), deadline.clone());
    pages.push((format!("{form}-sprawdz"), check.render().expect("a page that renders")));
    let blank =
        BlankPage { layout: session(&format!("Wzór ({form})")), deadline, sections: blank_sections(model) };
    pages.push((format!("{form}-wzor"), blank.render().expect("a page that renders")));
    pages
}

/// Answers „tak” wherever a question offers it.
fn gates_open(model: &Model) -> Raw {
    let mut raw = Raw::default();
    for question in model.questions().filter(|question| question.repeat.is_none()) {
        if model.list_of(question).is_some_and(|list| list.choice("tak").is_some()) {
            raw.set(&Path::Question(question.name.clone()), "tak");
        }
    }
    raw
}
