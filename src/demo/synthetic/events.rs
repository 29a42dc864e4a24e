//! Meetings, seminars, training and study visits of 2024: the ones of others that offices went to. The same table
//! serves both questionnaires, so that joint events are named by many offices, each in its own spelling.

use super::deal::{Way, ways};
use super::desk::{Cohort, Desk};
use super::fields::{Fields, Row};

/// A joint event: spellings of its name, kind, organiser, month.
type Event = (&'static [&'static str], &'static str, &'static str, &'static str);

const EVENTS: [Event; 26] = [
    (
        &[
            "Mazowieckie spotkanie Rzeczników Ekonomii Społecznej i Solidarnej",
            "Mazowieckie Spotkanie Rzeczników Ekonomii Społecznej i Solidarnej",
            "mazowieckie spotkanie rzeczników ekonomii społecznej i solidarnej",
        ],
        "spotkanie",
        "mcps",
        "m09",
    ),
    (
        &["Konferencja „Ekonomia społeczna na Mazowszu”", "konferencja Ekonomia społeczna na Mazowszu"],
        "konferencja",
        "mcps",
        "m11",
    ),
    (
        &["Spotkanie sieci podmiotów reintegracyjnych", "spotkanie sieci podmiotów reintegracyjnych"],
        "spotkanie",
        "mcps",
        "m10",
    ),
    (
        &["Seminarium: usługi społeczne zlecane PES", "Seminarium „Usługi społeczne zlecane PES”"],
        "seminarium",
        "mcps",
        "m05",
    ),
    (
        &["Klauzule społeczne w zamówieniach publicznych", "Klauzule społeczne w zamówieniach publicznych."],
        "szkolenie",
        "mcps",
        "m04",
    ),
    (
        &["Webinar: status przedsiębiorstwa społecznego", "webinar „Status przedsiębiorstwa społecznego”"],
        "szkolenie",
        "mcps",
        "m03",
    ),
    (
        &[
            "Wizyta studyjna w zakładzie aktywności zawodowej",
            "wizyta studyjna w Zakładzie Aktywności Zawodowej",
        ],
        "wizyta",
        "mcps",
        "m06",
    ),
    (
        &[
            "Rozstrzygnięcie konkursu o tytuł lidera ekonomii społecznej",
            "rozstrzygnięcie konkursu o tytuł Lidera Ekonomii Społecznej",
        ],
        "inne",
        "mcps",
        "m12",
    ),
    (
        &[
            "Spotkanie konsultacyjne: regionalny program rozwoju ES",
            "Spotkanie konsultacyjne – regionalny program rozwoju ES",
        ],
        "spotkanie",
        "mcps",
        "m02",
    ),
    (
        &["Spotkanie animacyjne dla samorządów powiatu", "spotkanie animacyjne dla samorządów powiatu"],
        "spotkanie",
        "owes",
        "m04",
    ),
    (
        &[
            "Lokalne partnerstwo na rzecz ekonomii społecznej",
            "Lokalne Partnerstwo na Rzecz Ekonomii Społecznej",
        ],
        "spotkanie",
        "owes",
        "m05",
    ),
    (
        &[
            "Szkolenie: jak utworzyć spółdzielnię socjalną osób prawnych",
            "Jak utworzyć spółdzielnię socjalną osób prawnych?",
        ],
        "szkolenie",
        "owes",
        "m06",
    ),
    (&["Wizyta studyjna w centrum integracji społecznej", "Wizyta studyjna w CIS"], "wizyta", "owes", "m09"),
    (
        &[
            "Dotacje na miejsca pracy w przedsiębiorstwie społecznym",
            "dotacje na miejsca pracy w przedsiębiorstwie społecznym",
        ],
        "spotkanie",
        "owes",
        "m03",
    ),
    (
        &["Seminarium o deinstytucjonalizacji usług", "Seminarium o deinstytucjonalizacji usług społecznych"],
        "seminarium",
        "owes",
        "m10",
    ),
    (&["Targi ekonomii społecznej", "Targi Ekonomii Społecznej"], "inne", "owes", "m09"),
    (
        &["Szkolenie z powierzania usług w trybie ustawy o działalności pożytku publicznego"],
        "szkolenie",
        "owes",
        "m11",
    ),
    (
        &["Wymiana doświadczeń gmin prowadzących KIS", "wymiana doświadczeń gmin prowadzących KIS"],
        "spotkanie",
        "jst",
        "m05",
    ),
    (&["Wizyta studyjna w centrum usług społecznych"], "wizyta", "jst", "m10"),
    (&["Powiatowe forum organizacji pozarządowych i PES"], "konferencja", "jst", "m11"),
    (
        &[
            "Wsparcie zatrudnienia w PES ze środków Funduszu Pracy",
            "wsparcie zatrudnienia w PES ze środków Funduszu Pracy",
        ],
        "spotkanie",
        "up",
        "m04",
    ),
    (
        &["Dzień otwarty warsztatu terapii zajęciowej", "dzień otwarty Warsztatu Terapii Zajęciowej"],
        "inne",
        "pes",
        "m06",
    ),
    (&["Jubileusz spółdzielni socjalnej i debata o lokalnych usługach"], "inne", "pes", "m09"),
    (
        &["Seminarium: koła gospodyń wiejskich jako PES", "seminarium „Koła gospodyń wiejskich jako PES”"],
        "seminarium",
        "pes",
        "m07",
    ),
    (
        &["Ogólnopolskie spotkania ekonomii społecznej", "Ogólnopolskie Spotkania Ekonomii Społecznej"],
        "konferencja",
        "inny",
        "m10",
    ),
    (&["Webinar o zamówieniach zastrzeżonych"], "szkolenie", "inny", "m01"),
];

/// Centres of support as offices name them; cities only, no names of organisations.
const CENTRES: [&str; 7] = [
    "OWES w Warszawie",
    "OWES w Radomiu",
    "OWES w Płocku",
    "OWES w Siedlcach",
    "OWES w Ostrołęce",
    "OWES w Ciechanowie",
    "ośrodek w Siedlcach",
];

/// How the questions about events are called in a questionnaire.
struct Names {
    section: &'static str,
    repeat: &'static str,
    prefix: &'static str,
}

/// The pages of local governments that went to events.
pub(super) fn of_local_governments(cohort: &Cohort<'_>, desk: &Desk<'_>) -> Vec<Fields> {
    pages(&Names { section: "wydarzenia", repeat: "wydarzenie", prefix: "wyd" }, cohort, desk)
}

/// The pages of labour offices that went to events.
pub(super) fn of_labour_offices(cohort: &Cohort<'_>, desk: &Desk<'_>) -> Vec<Fields> {
    pages(&Names { section: "spotkania", repeat: "spotkanie", prefix: "spot" }, cohort, desk)
}

fn pages(names: &Names, cohort: &Cohort<'_>, desk: &Desk<'_>) -> Vec<Fields> {
    let ways = ways(cohort.amount, cohort.offices.len(), &desk.dice);
    ways.iter().map(|way| page(names, way, desk)).collect()
}

fn page(names: &Names, way: &Way, desk: &Desk<'_>) -> Fields {
    let mut fields = Fields::default();
    fields.way(names.section, way);
    match *way {
        Way::List(count) => {
            for event in desk.dice.sample(&EVENTS, count) {
                let mut row = fields.row(names.repeat, &desk.dice);
                participation(&mut row, names.prefix, event, desk);
            }
        }
        Way::Numbers(count) => {
            let visits = (!desk.dice.chance(25)).then(|| desk.dice.below(count.min(2) + 1));
            fields.put(&format!("{}_razem", names.section), count.to_string());
            fields.number(&format!("{}_wizyty_razem", names.section), visits);
        }
        Way::Unknown => {}
    }
    fields
}

fn participation(row: &mut Row<'_>, prefix: &str, event: &Event, desk: &Desk<'_>) {
    let dice = &desk.dice;
    let (spellings, kind, organiser, month) = *event;
    let mut put = |question: &str, value: &str| row.put(&format!("{prefix}_{question}"), value);
    put("nazwa", dice.pick(spellings));
    put("rodzaj", kind);
    put("organizator", organiser);
    if organiser == "owes" && dice.chance(70) {
        put("owes", dice.pick(&CENTRES));
    }
    put("miesiac", if dice.chance(4) { "nie_wiem" } else { month });
    let people = (!dice.chance(5)).then(|| dice.between(1, 4));
    row.number(&format!("{prefix}_uczestnicy"), people);
}

/// An event of a labour office: name, kind, co-organisers.
type OwnEvent = (&'static str, &'static str, &'static [&'static str]);

const OWN_EVENTS: [OwnEvent; 16] = [
    ("Spotkanie informacyjne o spółdzielniach socjalnych dla osób bezrobotnych", "spotkanie", &["owes"]),
    ("Spotkanie z animatorem OWES dla klientów urzędu", "spotkanie", &["owes"]),
    ("Narada z ośrodkami pomocy społecznej o kierowaniu do CIS i KIS", "spotkanie", &["jst"]),
    ("Seminarium: zatrudnienie wspierane po zakończeniu zajęć w CIS", "seminarium", &["owes", "jst"]),
    ("Wizyta studyjna doradców w zakładzie aktywności zawodowej", "wizyta", &["pes"]),
    ("Spotkanie z organizacjami pozarządowymi o pracach społecznie użytecznych", "spotkanie", &["pes"]),
    ("Dzień przedsiębiorczości społecznej", "inne", &["owes", "pes"]),
    ("Szkolenie dla powiatowej rady rynku pracy o ekonomii społecznej", "szkolenie", &["mcps"]),
    ("Spotkanie dla osób zwalnianych: praca w przedsiębiorstwie społecznym", "spotkanie", &["brak"]),
    ("Warsztaty pisania wniosków o środki na przystąpienie do spółdzielni socjalnej", "szkolenie", &["owes"]),
    ("Seminarium o finansowaniu stanowisk pracy w PS", "seminarium", &["owes", "mcps"]),
    ("Spotkanie partnerów lokalnych w sprawie reintegracji zawodowej", "spotkanie", &["jst", "pes"]),
    ("Wizyta studyjna w centrum integracji społecznej", "wizyta", &["jst"]),
    ("Konferencja o zatrudnianiu osób z niepełnosprawnościami", "konferencja", &["jst", "inny"]),
    ("Spotkanie grupy roboczej do spraw ekonomii społecznej", "spotkanie", &["up", "jst"]),
    ("Debata o rynku pracy z udziałem PES", "inne", &["pes", "inny"]),
];

/// The pages of labour offices that held events.
pub(super) fn held_by_labour_offices(cohort: &Cohort<'_>, desk: &Desk<'_>) -> Vec<Fields> {
    let ways = ways(cohort.amount, cohort.offices.len(), &desk.dice);
    ways.iter().map(|way| held(way, desk)).collect()
}

fn held(way: &Way, desk: &Desk<'_>) -> Fields {
    let mut fields = Fields::default();
    fields.way("organizacja", way);
    match *way {
        Way::List(count) => {
            for event in desk.dice.sample(&OWN_EVENTS, count) {
                let mut row = fields.row("wydarzenie", &desk.dice);
                own_event(&mut row, event, desk);
            }
        }
        Way::Numbers(count) => {
            fields.put("organizacja_razem", count.to_string());
            fields.number("organizacja_uczestnicy_razem", Some(count * desk.dice.between(8, 20)));
        }
        Way::Unknown => {}
    }
    fields
}

fn own_event(row: &mut Row<'_>, event: &OwnEvent, desk: &Desk<'_>) {
    let (name, kind, with) = *event;
    row.put("wyd_nazwa", name);
    row.put("wyd_rodzaj", kind);
    row.put("wyd_miesiac", format!("m{:02}", desk.dice.between(1, 12)));
    row.tick("wyd_wspolorganizatorzy", with);
    if with.contains(&"up") {
        // The page asks whether the other labour office reports the same event.
        row.confirm("wyd_wspolorganizatorzy");
    }
    row.number("wyd_uczestnicy", (!desk.dice.chance(8)).then(|| desk.dice.between(8, 60)));
}
