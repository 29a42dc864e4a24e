//! Four offices whose numbers can be checked in the head.

use form::{Function, Measure};
use tally::{Merges, Place, SentenceError, Tally, UnitKey, behind, read, sentence};
use uuid::Uuid;

use crate::office::{Medium, Office, Told, questionnaire};

fn medium(nazwa: &str, rodzaje: &[&'static str], zasieg: Option<u16>) -> Medium {
    let nazwa = if nazwa.is_empty() { Told::Unknown } else { Told::Value(nazwa.to_owned()) };
    Medium { nazwa, rodzaje: rodzaje.to_vec(), zasieg }
}

/// Two that wrote (in three and two media, one of them the same), one that did not, one that does not know.
fn offices() -> Vec<Office> {
    let office = |number, media_czy, artykuly, media, potrzeby: Option<&str>| Office {
        number,
        powiat: "1425",
        media_czy,
        artykuly,
        media,
        potrzeby: potrzeby.map(str::to_owned),
    };
    let first = vec![
        medium("Echo Dnia", &["prasa", "www"], Some(125)),
        medium("https://www.radom.pl/", &["www"], None),
        medium("", &["radio"], Some(5)),
    ];
    let second = vec![medium("„Echo dnia”", &["prasa"], None), medium("Radio Plus", &["radio"], Some(300))];
    vec![
        office(2, Told::Value(true), Told::Value(1200), first, Some("szkolenia")),
        office(1, Told::Value(true), Told::Value(37), second, Some("doradztwo")),
        office(4, Told::Value(false), Told::Value(9), vec![medium("Zapomniane", &["www"], None)], None),
        office(3, Told::Unknown, Told::Nothing, vec![], None),
    ]
}

fn tally() -> Tally {
    let form = questionnaire();
    let mut tally = Tally::new();
    offices().iter().for_each(|office| tally.add(&office.contribution(&form)));
    tally
}

#[test]
fn readings_are_printed_as_the_measures_document_wants_them() {
    let form = questionnaire();
    insta::assert_json_snapshot!(read(&form.model, &form.plan, &tally(), &Merges::default(), 5));
}

#[test]
fn readings_of_nothing_are_zero_or_absent() {
    let form = questionnaire();
    insta::assert_json_snapshot!(read(&form.model, &form.plan, &Tally::new(), &Merges::default(), 0));
}

#[test]
fn sentences_print_polish_numbers_and_plural_forms() {
    let form = questionnaire();
    let readings = read(&form.model, &form.plan, &tally(), &Merges::default(), 5);
    assert_eq!(
        sentence(&form.plan.reports[0], &readings).unwrap(),
        "W 2 gminach (67%, dokładniej 66,7%) ukazało się 1\u{a0}237 artykułów, średnio 618,5."
    );
    assert_eq!(sentence(&form.plan.reports[1], &readings).unwrap(), "");
    let empty = read(&form.model, &form.plan, &Tally::new(), &Merges::default(), 0);
    assert_eq!(
        sentence(&form.plan.reports[0], &empty).unwrap(),
        "W b.d. gminach (–, dokładniej –) ukazało się b.d. artykułów, średnio b.d."
    );
}

#[test]
fn a_sentence_names_everything_that_it_cannot_fill_in() {
    let form = questionnaire();
    let readings = read(&form.model, &form.plan, &tally(), &Merges::default(), 5);
    let without = |name: &str| readings.iter().filter(|r| r.name != name).cloned().collect::<Vec<_>>();
    let unknown = |name: &str| SentenceError::Unknown(name.to_owned());
    assert_eq!(
        sentence(&form.plan.reports[0], &without("gminy")),
        Err(vec![unknown("gminy"), unknown("gminy")])
    );
    let mut no_base = readings.clone();
    no_base.iter_mut().for_each(|reading| (reading.share, reading.base) = (None, None));
    let wanted = SentenceError::NoBase("pisano".to_owned());
    assert_eq!(sentence(&form.plan.reports[0], &no_base), Err(vec![wanted.clone(), wanted]));
}

#[test]
fn a_merge_of_two_names_is_applied_when_read_and_can_be_taken_back() {
    let form = questionnaire();
    let tally = tally();
    let rozne = |merges: &Merges| {
        let readings = read(&form.model, &form.plan, &tally, merges, 5);
        readings.into_iter().find(|reading| reading.name == "rozne").unwrap().value
    };
    let mut merges = Merges::default();
    let before = rozne(&merges);
    let place = Place { response: Uuid::from_u128(1), row: Some("r001x001".into()) };
    merges.merge("medium", place, "echo dnia");
    assert_eq!(serde_json::to_value([before.clone(), rozne(&merges)]).unwrap(), serde_json::json!([3, 2]));
    assert_eq!(rozne(&Merges::default()), before);
}

#[test]
fn codes_of_open_answers_are_counted_when_read() {
    let mut form = questionnaire();
    let row = form.plan.reports[1].clone();
    // The measure behind the table of codes under a report row.
    let codes = Measure {
        name: row.row,
        label: "Potrzeby".to_owned(),
        function: Function::Frequencies,
        of: row.of,
        question: row.question,
        filter: None,
        over: None,
        base: None,
        rows: Vec::new(),
        caveat: None,
        part_of: None,
    };
    form.plan.measures = vec![codes];
    let mut tally = Tally::new();
    offices().iter().for_each(|office| tally.add(&office.contribution(&form)));
    let mut merges = Merges::default();
    let place = |number| Place { response: Uuid::from_u128(number), row: None };
    merges.code("potrzeby", place(1), ["doradztwo"]);
    merges.code("potrzeby", place(2), ["szkolenia", "doradztwo"]);
    merges.code("potrzeby", place(3), ["szkolenia"]);
    let wanted = serde_json::json!([
        { "code": "szkolenia", "label": "szkolenia", "count": 1 },
        { "code": "doradztwo", "label": "wsparcie doradcze", "count": 2 },
    ]);
    let coded = &read(&form.model, &form.plan, &tally, &merges, 5)[0].value;
    assert_eq!(serde_json::to_value(coded).unwrap(), wanted);
}

#[test]
fn the_way_back_names_the_rows_behind_a_number() {
    let form = questionnaire();
    let office = &offices()[0];
    let evaluation = office.evaluation(&form);
    let mut counted = office.counted(&form, &evaluation);
    counted.unit = UnitKey { sort: vec![2], name: "Gmina Dwa".to_owned() };
    let rows = |measure: &str| behind(form.plan.measure(measure).unwrap(), &counted);
    assert_eq!(rows("rozne"), [Some("r002x000".to_owned()), Some("r002x001".to_owned())]);
    assert_eq!(rows("wpisy"), [Some("r002x002".to_owned())]);
    assert_eq!(rows("artykuly"), [None]);
}
