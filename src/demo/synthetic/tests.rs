use std::collections::{BTreeMap, BTreeSet};

use form::number::Rational;
use form::{Context, Evaluation, Questionnaire, Raw, SectionState, Severity};
use survey::access::Allowed;
use survey::register::{Cell, RawRow, parse_shipped};
use tally::{Counted, Figure, Merges, Reading, Stratum, Tally, UnitKey};

use super::*;
use crate::clock::SeededRandom;

const SEEDS: [u64; 4] = [1, 2, 2024, u64::MAX];

/// Numbers of the printed report by measure.
const JST_NUMBERS: [(&str, i64); 10] = [
    ("media_jst", 28),
    ("media_artykuly", 261),
    ("media_rozne", 67),
    ("dokumenty_jst", 54),
    ("dokumenty", 69),
    ("wydarzenia_jst", 61),
    ("wydarzenia_udzialy", 131),
    ("zamowienia_jst", 8),
    ("problemy_jst", 12),
    ("potrzeby_jst", 43),
];
const UP_NUMBERS: [(&str, i64); 11] = [
    ("szkolenia_up", 4),
    ("doradztwo_up", 6),
    ("doradztwo_uslugi", 7),
    ("spotkania_up", 21),
    ("spotkania_udzialy", 41),
    ("organizacja_up", 8),
    ("organizacja_wydarzenia", 20),
    ("miejsca_pracy", 33),
    ("miejsca_pracy_ps", 28),
    ("badania_up", 0),
    ("potrzeby_up", 10),
];

struct Campaign {
    jst: Questionnaire,
    up: Questionnaire,
    jst_units: Vec<Office>,
    up_units: Vec<Office>,
}

impl Campaign {
    fn load() -> Self {
        let questionnaire = |file: &str, text: &str| form::load(file, text).questionnaire.expect(file);
        Self {
            jst: questionnaire("jst.toml", include_str!("../../../forms/mazowsze/2024/jst.toml")),
            up: questionnaire("up.toml", include_str!("../../../forms/mazowsze/2024/up.toml")),
            jst_units: units(include_str!("../../../forms/mazowsze/register/jst.csv")),
            up_units: units(include_str!("../../../forms/mazowsze/register/up.csv")),
        }
    }

    fn scripts(&self, seed: u64) -> Vec<Script> {
        scripts(&self.jst_units, &self.up_units, &SeededRandom::new(seed))
    }

    fn form(&self, name: &str) -> &Questionnaire {
        if name == "jst" { &self.jst } else { &self.up }
    }

    fn readings(&self, form: &str, scripts: &[Script]) -> Vec<Reading> {
        let questionnaire = self.form(form);
        let mut tally = Tally::new();
        let sent = scripts.iter().filter(|script| script.sent && script.form == form);
        for (number, script) in sent.enumerate() {
            let evaluation = evaluated(questionnaire, &typed(questionnaire, script));
            tally.add(&tally::contribute(
                &questionnaire.plan,
                &Counted {
                    response: uuid::Uuid::from_u128(number as u128 + 1),
                    unit: UnitKey { sort: script.code.clone().into_bytes(), name: script.code.clone() },
                    stratum: Stratum::new(),
                    model: &questionnaire.model,
                    evaluation: &evaluation,
                },
            ));
        }
        tally::read(&questionnaire.model, &questionnaire.plan, &tally, &Merges::default(), 400)
    }
}

/// The units of a register file as they were on the last day of 2024, without the voivodeship.
fn units(csv: &str) -> Vec<Office> {
    let row = |(line, text): (usize, &str)| RawRow {
        line: u32::try_from(line).unwrap() + 1,
        cells: text.split(',').map(|cell| Cell::Text(cell.to_owned())).collect(),
    };
    let rows: Vec<RawRow> = csv.lines().enumerate().map(row).collect();
    let last_day = "2024-12-31".parse().unwrap();
    let office = |unit: survey::register::KnownUnit| {
        let period = unit.periods.iter().find(|period| period.contains(last_day))?;
        Some(Office {
            code: unit.code.as_str().to_owned(),
            name: period.name.clone(),
            kind: period.kind.as_str().to_owned(),
        })
    };
    let offices = parse_shipped(&rows).unwrap().into_iter().filter_map(office);
    offices.filter(|office| office.kind != "wojewodztwo").collect()
}

/// Posts the pages one after the other into an empty draft, as the service does; personal answers go with the others.
fn typed(questionnaire: &Questionnaire, script: &Script) -> Raw {
    let mut draft = Raw::default();
    for (number, page) in script.pages.iter().enumerate() {
        let before = evaluated(questionnaire, &draft);
        assert!(before.section_relevant(&page.section), "{}: {} is not asked", script.code, page.section);
        let mut pairs = page.fields.clone();
        pairs.push(("_rev".into(), number.to_string()));
        pairs.push(("_page".into(), format!("strona{number}")));
        let submitted = survey::merge::parse(&questionnaire.model, &Allowed::ALL, &pairs)
            .unwrap_or_else(|problems| panic!("{} {}: {problems:?}", script.code, page.section));
        for (path, _) in submitted.fields.iter().chain(&submitted.personal) {
            let owner = questionnaire.model.section_of(path.question()).map(|section| section.name.as_str());
            assert!(
                path.question().starts_with('_') || owner == Some(&*page.section),
                "{path} on {}",
                page.section
            );
        }
        draft = survey::merge::merge(&[], &draft, &submitted).draft;
        for (path, text) in &submitted.personal {
            draft.set(path, text);
        }
    }
    draft
}

fn evaluated(questionnaire: &Questionnaire, raw: &Raw) -> Evaluation {
    let (typed, _) = form::read(&questionnaire.model, raw);
    form::evaluate(&questionnaire.model, &typed, &Context::on("2025-02-25".parse().unwrap()))
}

#[test]
fn the_measures_give_exactly_the_numbers_of_the_report() {
    let campaign = Campaign::load();
    for seed in SEEDS {
        let scripts = campaign.scripts(seed);
        let mut wrong = Vec::new();
        for (form, expected) in [("jst", &JST_NUMBERS[..]), ("up", &UP_NUMBERS[..])] {
            let readings = campaign.readings(form, &scripts);
            for (name, number) in expected {
                let reading = readings.iter().find(|reading| reading.name == *name).expect(name);
                if reading.value != Figure::Number(Rational::from_integer((*number).into())) {
                    wrong.push(format!("{form} {name}: {:?} instead of {number}", reading.value));
                }
            }
        }
        assert!(wrong.is_empty(), "seed {seed}:\n{}", wrong.join("\n"));
    }
}

#[test]
fn every_share_has_the_base_that_the_report_means() {
    let campaign = Campaign::load();
    for seed in SEEDS {
        let readings = campaign.readings("jst", &campaign.scripts(seed));
        let share = |name: &str| {
            let reading = readings.iter().find(|reading| reading.name == name).expect(name);
            (reading.numerator, reading.denominator, reading.share_text.clone().unwrap_or_default())
        };
        assert_eq!(share("dokumenty_jst"), (Some(54), Some(135), "40%".into()));
        assert_eq!(share("wydarzenia_jst"), (Some(61), Some(127), "48%".into()));
        assert_eq!(share("wydarzenia_jst_wszystkie"), (Some(61), Some(135), "45%".into()));
        assert_eq!(share("zamowienia_jst"), (Some(8), Some(135), "6%".into()));
    }
}

#[test]
fn whoever_sends_has_filled_in_every_section_without_an_error() {
    let campaign = Campaign::load();
    for seed in SEEDS {
        for script in campaign.scripts(seed).iter().filter(|script| script.sent) {
            let questionnaire = campaign.form(&script.form);
            let evaluation = evaluated(questionnaire, &typed(questionnaire, script));
            let wrong: Vec<_> = evaluation
                .problems()
                .iter()
                .filter(|problem| problem.severity == Severity::Error || !problem.acknowledged)
                .map(|problem| format!("{}: {}", problem.path, problem.message))
                .collect();
            assert!(wrong.is_empty(), "seed {seed}, {}: {wrong:?}", script.code);
            for section in &questionnaire.model.sections {
                let optional = section.name == "zakonczenie";
                let complete = evaluation.section_state(&section.name) == SectionState::Complete;
                assert!(optional || complete, "seed {seed}, {}: {}", script.code, section.name);
            }
        }
    }
}

#[test]
fn every_unit_appears_once_and_some_of_each_form_never_begin() {
    let campaign = Campaign::load();
    assert_eq!((campaign.jst_units.len(), campaign.up_units.len()), (351, 40));
    for seed in SEEDS {
        let scripts = campaign.scripts(seed);
        let codes: BTreeSet<&str> = scripts.iter().map(|script| script.code.as_str()).collect();
        assert_eq!(codes.len(), scripts.len());
        let count = |form, sent| scripts.iter().filter(|s| s.form == form && s.sent == sent).count();
        assert_eq!((count("jst", true), count("up", true)), (135, 35));
        assert!(count("jst", false) >= 4 && count("up", false) >= 2);
        assert!(135 + count("jst", false) < 351 && 35 + count("up", false) < 40);
        for script in &scripts {
            assert!((0.0..1.0).contains(&script.moment), "{}", script.moment);
            assert!(!script.pages.is_empty());
        }
    }
}

#[test]
fn unfinished_answers_can_be_saved_and_one_of_each_form_is_complete() {
    let campaign = Campaign::load();
    for seed in SEEDS {
        let mut complete: BTreeMap<&str, usize> = BTreeMap::new();
        let scripts = campaign.scripts(seed);
        for script in scripts.iter().filter(|script| !script.sent) {
            let questionnaire = campaign.form(&script.form);
            let evaluation = evaluated(questionnaire, &typed(questionnaire, script));
            let blocked = evaluation.problems().iter().any(|problem| problem.severity == Severity::Error);
            *complete.entry(&script.form).or_default() += usize::from(!blocked);
        }
        assert!(complete["jst"] >= 1 && complete["up"] >= 1, "seed {seed}: {complete:?}");
        assert!(complete["jst"] < 12 && complete["up"] < 3, "seed {seed}: {complete:?}");
    }
}

#[test]
fn the_same_seed_gives_the_same_scripts_and_another_one_others() {
    let campaign = Campaign::load();
    assert_eq!(campaign.scripts(5), campaign.scripts(5));
    assert_ne!(campaign.scripts(5), campaign.scripts(6));
}

#[test]
fn no_two_offices_write_the_same_text() {
    let campaign = Campaign::load();
    let long = ["problemy_opis", "potrzeby_opis", "zamowienia_opis", "klimat_opis", "uwagi"];
    for seed in SEEDS {
        let scripts = campaign.scripts(seed);
        let fields = scripts.iter().flat_map(|script| &script.pages).flat_map(|page| &page.fields);
        let texts: Vec<&str> =
            fields.filter(|(name, _)| long.contains(&&**name)).map(|(_, text)| text.as_str()).collect();
        assert!(texts.len() > 50, "{}", texts.len());
        assert_eq!(texts.iter().collect::<BTreeSet<_>>().len(), texts.len(), "seed {seed}");
    }
}

#[test]
fn media_are_spelled_in_more_ways_than_there_are_media() {
    let campaign = Campaign::load();
    for seed in SEEDS {
        let scripts = campaign.scripts(seed);
        let sent = scripts.iter().filter(|script| script.sent);
        let fields = sent.flat_map(|script| &script.pages).flat_map(|page| &page.fields);
        let names: BTreeSet<&str> = fields
            .filter(|(name, _)| name.ends_with(".medium_nazwa"))
            .map(|(_, text)| text.as_str())
            .collect();
        let keys: BTreeSet<String> = names.iter().map(|name| tally::key(name)).collect();
        assert_eq!(keys.len(), 67, "seed {seed}");
        assert!(names.len() > 80, "seed {seed}: {}", names.len());
    }
}

#[test]
fn contacts_are_invented() {
    let campaign = Campaign::load();
    let scripts = campaign.scripts(9);
    let fields: Vec<&(String, String)> =
        scripts.iter().flat_map(|script| &script.pages).flat_map(|page| &page.fields).collect();
    let texts =
        |name: &'static str| fields.iter().filter(move |(n, _)| n == name).map(|(_, text)| text.as_str());
    assert_eq!(texts("kontakt_email").count(), scripts.len());
    assert!(texts("kontakt_email").all(|email| email.is_ascii() && email.ends_with(".example")));
    assert!(texts("kontakt_telefon").all(|phone| phone.starts_with("22 000 00 ")));
    let addresses = fields.iter().filter(|(name, _)| name.ends_with("_adres")).map(|(_, text)| text.as_str());
    assert!(addresses.clone().count() > 20);
    assert!(addresses.into_iter().all(|address| address.contains(".example")));
}
