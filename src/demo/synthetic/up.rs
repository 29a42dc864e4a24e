//! What labour offices answer, section by section.

use super::deal::{Way, ways};
use super::desk::{Cohort, Desk};
use super::fields::Fields;
use super::texts::{UP_NEEDS, UP_PROBLEMS};
use super::{enterprises, events, own_words};

/// The pages of a section for all offices that said "yes" at its gate.
pub(super) fn pages(section: &str, cohort: &Cohort<'_>, desk: &Desk<'_>) -> Vec<Fields> {
    match section {
        "szkolenia" => ways(cohort.amount, cohort.offices.len(), &desk.dice)
            .iter()
            .map(|way| training(way, desk))
            .collect(),
        "doradztwo" => advice(cohort, desk),
        "spotkania" => events::of_labour_offices(cohort, desk),
        "organizacja" => events::held_by_labour_offices(cohort, desk),
        "miejsca" => enterprises::jobs(cohort, desk),
        "skierowania" => each(cohort, || referrals(desk)),
        "informowanie" => each(cohort, || choices("informowanie_kanaly", &CHANNELS, desk)),
        "badania" => own_words::research(cohort, desk),
        "klimat" => own_words::climate(cohort, desk),
        "wspolpraca" => each(cohort, || choices("wspolpraca_formy", &COOPERATION, desk)),
        "problemy" => own_words::problems(UP_PROBLEMS, cohort, desk),
        "potrzeby" => own_words::needs(UP_NEEDS, cohort, desk),
        _ => Vec::new(),
    }
}

const CHANNELS: [&str; 4] = ["www", "targi", "tablice", "spolecznosciowe"];
const COOPERATION: [&str; 4] = ["porozumienie", "zespol", "partnerstwo", "informacja"];

fn each(cohort: &Cohort<'_>, page: impl Fn() -> Fields) -> Vec<Fields> {
    cohort.offices.iter().map(|_| page()).collect()
}

fn choices(question: &str, from: &[&'static str], desk: &Desk<'_>) -> Fields {
    let chosen: Vec<&str> = desk.dice.sample(from, desk.dice.between(1, 3)).into_iter().copied().collect();
    let mut fields = Fields::default();
    fields.tick(question, &chosen);
    fields
}

/// A training: subject, organiser.
const TRAINING: [(&str, &str); 7] = [
    ("Podstawy ekonomii społecznej dla doradców do spraw zatrudnienia", "owes"),
    ("Ustawa o ekonomii społecznej w praktyce urzędu pracy", "mcps"),
    ("Finansowanie stanowisk pracy w przedsiębiorstwie społecznym", "owes"),
    ("Środki na przystąpienie do spółdzielni socjalnej – procedura krok po kroku", "wlasne"),
    ("Współpraca z CIS i KIS: skierowania i refundacja świadczeń", "wlasne"),
    ("Webinar: status PS i jego skutki dla pomocy publicznej", "inny"),
    ("Reintegracja zawodowa osób długotrwale bezrobotnych", "mcps"),
];

fn training(way: &Way, desk: &Desk<'_>) -> Fields {
    let dice = &desk.dice;
    let mut fields = Fields::default();
    fields.way("szkolenia", way);
    match *way {
        Way::List(count) => {
            for (subject, organiser) in dice.sample(&TRAINING, count) {
                let mut row = fields.row("szkolenie", dice);
                row.put("szk_temat", *subject);
                row.put("szk_organizator", *organiser);
                row.put("szk_miesiac", format!("m{:02}", dice.between(2, 12)));
                row.number("szk_osoby", (!dice.chance(6)).then(|| dice.between(2, 14)));
            }
        }
        Way::Numbers(count) => {
            fields.put("szkolenia_razem", count.to_string());
            fields.number("szkolenia_osoby_razem", Some(count * dice.between(2, 9)));
        }
        Way::Unknown => {}
    }
    fields
}

/// Who was advised; the parts add up to the whole where an office gives them.
const ADVISED: [&str; 4] =
    ["doradztwo_bezrobotni", "doradztwo_pes", "doradztwo_zakladajacy", "doradztwo_inni"];

fn advice(cohort: &Cohort<'_>, desk: &Desk<'_>) -> Vec<Fields> {
    let amount = cohort.amount;
    let page = |services: usize| {
        let mut fields = Fields::default();
        fields.number("doradztwo_razem", Some(services));
        if desk.dice.chance(80) {
            let mut parts = [0; ADVISED.len()];
            for _ in 0..services {
                parts[desk.dice.below(parts.len())] += 1;
            }
            for (question, part) in ADVISED.iter().zip(parts) {
                fields.put(question, part.to_string());
            }
        }
        fields
    };
    desk.dice.split(amount.total, cohort.offices.len(), amount.most).into_iter().map(page).collect()
}

fn referrals(desk: &Desk<'_>) -> Fields {
    let dice = &desk.dice;
    let to_centre = dice.below(25);
    let mut fields = Fields::default();
    fields.number("skierowania_cis", Some(to_centre));
    fields.number("skierowania_kis", Some(if to_centre == 0 { dice.between(1, 9) } else { dice.below(10) }));
    fields.number("skierowania_refundacja", (!dice.chance(12)).then(|| dice.below(to_centre + 1)));
    fields
}
