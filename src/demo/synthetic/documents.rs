//! Strategies and programmes with provisions on the social economy, as fits the kind of unit.

use super::Office;
use super::deal::{Way, ways};
use super::desk::{Cohort, Desk};
use super::fields::Fields;

/// A kind of document: title (`{}` is the unit in the genitive), kind, first and last year, what it may provide for.
struct Template {
    title: &'static str,
    kind: &'static str,
    from: usize,
    to: Option<usize>,
    about: &'static [&'static str],
}

const fn template(
    title: &'static str,
    kind: &'static str,
    from: usize,
    to: Option<usize>,
    about: &'static [&'static str],
) -> Template {
    Template { title, kind, from, to, about }
}

const GMINA: [Template; 11] = [
    template(
        "Strategia Rozwiązywania Problemów Społecznych {} na lata 2021–2027",
        "srps",
        2021,
        Some(2027),
        &["reintegracja", "ogolnie"],
    ),
    template(
        "Gminna Strategia Rozwiązywania Problemów Społecznych na lata 2020–2025",
        "srps",
        2020,
        Some(2025),
        &["reintegracja", "tworzenie"],
    ),
    template(
        "Strategia Rozwiązywania Problemów Społecznych {} do 2030 roku",
        "srps",
        2024,
        Some(2030),
        &["reintegracja", "zlecanie", "ogolnie"],
    ),
    template(
        "Program współpracy {} z organizacjami pozarządowymi na rok 2024",
        "wspolpraca",
        2024,
        Some(2024),
        &["zlecanie", "ogolnie"],
    ),
    template(
        "Wieloletni program współpracy {} z organizacjami pozarządowymi na lata 2023–2025",
        "wspolpraca",
        2023,
        Some(2025),
        &["zlecanie", "tworzenie"],
    ),
    template(
        "Strategia Rozwoju {} na lata 2022–2030",
        "strategia",
        2022,
        Some(2030),
        &["ogolnie", "tworzenie"],
    ),
    template("Strategia Rozwoju {}", "strategia", 2016, None, &["ogolnie"]),
    template(
        "Gminny Program Rewitalizacji {} do 2030 roku",
        "rewitalizacja",
        2023,
        Some(2030),
        &["reintegracja", "tworzenie"],
    ),
    template(
        "Lokalny Plan Deinstytucjonalizacji Usług Społecznych {} na lata 2024–2026",
        "uslugi",
        2024,
        Some(2026),
        &["zlecanie", "reintegracja"],
    ),
    template(
        "Gminny Program Wspierania Rodziny na lata 2022–2024",
        "rodzina",
        2022,
        Some(2024),
        &["ogolnie", "reintegracja"],
    ),
    template(
        "Regulamin udzielania zamówień publicznych w jednostkach {}",
        "inny",
        2021,
        None,
        &["zamowienia"],
    ),
];

const POWIAT: [Template; 6] = [
    template(
        "Strategia Rozwiązywania Problemów Społecznych {} na lata 2021–2030",
        "srps",
        2021,
        Some(2030),
        &["reintegracja", "ogolnie"],
    ),
    template(
        "Program współpracy {} z organizacjami pozarządowymi na rok 2024",
        "wspolpraca",
        2024,
        Some(2024),
        &["zlecanie", "ogolnie"],
    ),
    template("Strategia Rozwoju {} do 2030 roku", "strategia", 2021, Some(2030), &["ogolnie", "tworzenie"]),
    template(
        "Powiatowy Program Działań na Rzecz Osób z Niepełnosprawnościami na lata 2023–2027",
        "rodzina",
        2023,
        Some(2027),
        &["reintegracja", "tworzenie"],
    ),
    template(
        "Powiatowy Program Promocji Zatrudnienia oraz Aktywizacji Lokalnego Rynku Pracy",
        "inny",
        2022,
        Some(2026),
        &["reintegracja", "tworzenie", "zamowienia"],
    ),
    template(
        "Plan rozwoju usług społecznych {} na lata 2024–2028",
        "uslugi",
        2024,
        Some(2028),
        &["zlecanie", "reintegracja"],
    ),
];

/// Months in which councils sit, for the numbers of their resolutions.
const SESSIONS: [&str; 8] = ["XIX", "XXIV", "XXXI", "XXXVII", "XLII", "XLVI", "LI", "LVIII"];

/// The pages of all offices with documents.
pub(super) fn pages(cohort: &Cohort<'_>, desk: &Desk<'_>) -> Vec<Fields> {
    let ways = ways(cohort.amount, cohort.offices.len(), &desk.dice);
    cohort.offices.iter().zip(&ways).map(|(office, way)| page(office, way, desk)).collect()
}

fn page(office: &Office, way: &Way, desk: &Desk<'_>) -> Fields {
    let mut fields = Fields::default();
    fields.way("dokumenty", way);
    match *way {
        Way::List(count) => {
            let templates: &'static [Template] = if office.is_powiat() { &POWIAT } else { &GMINA };
            for template in of_different_kinds(templates, count, desk) {
                document(&mut fields, template, office, desk);
            }
        }
        Way::Numbers(count) => {
            let reintegration = (!desk.dice.chance(30)).then(|| desk.dice.below(count + 1));
            fields.put("dokumenty_razem", count.to_string());
            fields.number("dokumenty_reintegracja_razem", reintegration);
        }
        Way::Unknown => {}
    }
    fields
}

/// Nobody has two strategies of the same kind at a time.
fn of_different_kinds(
    templates: &'static [Template],
    count: usize,
    desk: &Desk<'_>,
) -> Vec<&'static Template> {
    let mut chosen: Vec<&Template> = Vec::new();
    for template in desk.dice.sample(templates, templates.len()) {
        if chosen.len() < count && chosen.iter().all(|other| other.kind != template.kind) {
            chosen.push(template);
        }
    }
    chosen
}

fn document(fields: &mut Fields, template: &Template, office: &Office, desk: &Desk<'_>) {
    let dice = &desk.dice;
    let mut row = fields.row("dokument", dice);
    row.put("dok_tytul", template.title.replace("{}", &office.genitive()));
    row.put("dok_rodzaj", template.kind);
    row.number("dok_od", (!dice.chance(4)).then_some(template.from));
    if let Some(to) = template.to {
        row.put("dok_do", to.to_string());
    }
    // Programmes for a year are adopted in the autumn before it.
    let adopted = if template.to == Some(template.from) { template.from - 1 } else { template.from };
    if dice.chance(60) {
        let number = format!("{}/{}/{adopted}", dice.pick(&SESSIONS), dice.between(90, 480));
        row.put("dok_uchwala", number);
    }
    if dice.chance(25) {
        row.put(
            "dok_adres",
            format!("https://bip.{}/uchwaly/{adopted}/{}", office.domain(), dice.between(10, 99)),
        );
    }
    let about = dice.sample(template.about, dice.between(1, template.about.len()));
    row.tick("dok_zakres", &about.into_iter().copied().collect::<Vec<_>>());
    row.put("dok_przyjety", if adopted == 2024 { "tak" } else { "nie" });
}
