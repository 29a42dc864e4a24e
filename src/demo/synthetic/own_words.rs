//! The pages that both questionnaires share: problems, needs, the climate, research, closing remarks.

use super::deal::{Gates, Way, ways};
use super::desk::{Cohort, Desk};
use super::fields::Fields;
use super::texts::{self, NEEDS_ENDINGS, PROBLEMS_ENDINGS, Pool, Remarks};

/// The pages of offices with problems: chosen codes and, mostly, a text about them.
pub(super) fn problems(pool: Pool, cohort: &Cohort<'_>, desk: &Desk<'_>) -> Vec<Fields> {
    let page = |(place, _): (usize, _)| {
        let mut fields = Fields::default();
        let codes = texts::codes(pool, desk.dice.between(1, 4), desk);
        fields.tick("problemy_lista", &codes);
        if desk.dice.chance(85) {
            let text = texts::about(&codes, pool, PROBLEMS_ENDINGS, desk);
            fields.put("problemy_opis", texts::or_nothing(text, place, 11));
        }
        fields
    };
    cohort.offices.iter().enumerate().map(page).collect()
}

/// The pages of offices with needs: up to three in order and, mostly, a text about them.
pub(super) fn needs(pool: Pool, cohort: &Cohort<'_>, desk: &Desk<'_>) -> Vec<Fields> {
    let page = |(place, _): (usize, _)| {
        let mut fields = Fields::default();
        let codes = texts::codes(pool, desk.dice.between(1, 3), desk);
        fields.rank("potrzeby_lista", &codes);
        if desk.dice.chance(70) {
            let text = texts::about(&codes, pool, NEEDS_ENDINGS, desk);
            fields.put("potrzeby_opis", texts::or_nothing(text, place, 12));
        }
        fields
    };
    cohort.offices.iter().enumerate().map(page).collect()
}

/// The pages of offices that did something for the climate or for digital skills.
pub(super) fn climate(cohort: &Cohort<'_>, desk: &Desk<'_>) -> Vec<Fields> {
    let page = |_| {
        let mut fields = Fields::default();
        let digital = desk.dice.chance(60);
        let both = desk.dice.chance(20);
        let areas: &[&str] = match (digital, both) {
            (_, true) => &["klimat", "cyfryzacja"],
            (true, false) => &["cyfryzacja"],
            (false, false) => &["klimat"],
        };
        fields.tick("klimat_obszary", areas);
        if let Some(text) = desk.unwritten(if digital { texts::DIGITAL } else { texts::CLIMATE }) {
            fields.put("klimat_opis", text);
        }
        fields
    };
    cohort.offices.iter().map(page).collect()
}

/// Titles of research; `{}` is the unit in the genitive.
const RESEARCH: [&str; 4] = [
    "Diagnoza potencjału podmiotów ekonomii społecznej na terenie {}",
    "Analiza zapotrzebowania na usługi społeczne w {year} roku na terenie {}",
    "Badanie ankietowe organizacji pozarządowych {}",
    "Lokalny rynek usług opiekuńczych i rola PES – raport dla {}",
];

/// The pages of offices with research of their own.
pub(super) fn research(cohort: &Cohort<'_>, desk: &Desk<'_>) -> Vec<Fields> {
    let ways = ways(cohort.amount, cohort.offices.len(), &desk.dice);
    let page = |(office, way): (&&super::Office, &Way)| {
        let mut fields = Fields::default();
        fields.way("badania", way);
        match *way {
            Way::List(count) => {
                for (place, title) in desk.dice.sample(&RESEARCH, count).into_iter().enumerate() {
                    let mut row = fields.row("badanie", &desk.dice);
                    row.put(
                        "badanie_tytul",
                        title.replace("{year}", "2024").replace("{}", &office.genitive()),
                    );
                    if desk.dice.chance(50) {
                        row.put(
                            "badanie_adres",
                            format!("https://www.{}/raport-{}.pdf", office.domain(), place + 1),
                        );
                    }
                }
            }
            Way::Numbers(count) => fields.put("badania_razem", count.to_string()),
            Way::Unknown => {}
        }
        fields
    };
    cohort.offices.iter().zip(&ways).map(page).collect()
}

/// The last page; offices that skip it have none. A remark is about a section that the office filled in, or general.
pub(super) fn closing(remarks: Remarks, gates: &Gates, desk: &Desk<'_>) -> Option<Fields> {
    let filled = |section: &str| section.is_empty() || gates.get(section) == Some(&"tak");
    let fitting: Vec<&str> =
        remarks.iter().filter(|(section, _)| filled(section)).map(|(_, remark)| *remark).collect();
    let mut fields = Fields::default();
    if desk.dice.chance(15)
        && let Some(remark) = desk.unwritten(&fitting)
    {
        fields.put("uwagi", remark);
    }
    if desk.dice.chance(40) {
        fields.put(
            "czas_minuty",
            desk.dice.pick(&["5", "10", "15", "20", "30", "45", "60", "90", "120"]).to_string(),
        );
    }
    (!fields.0.is_empty()).then_some(fields)
}
