//! Invented entities of the social economy and what offices report about them: services, new entities, jobs.

use super::deal::{Way, ways};
use super::desk::{Cohort, Desk};
use super::dice::Dice;
use super::fields::{Fields, Row};
use super::quotas::JOBS_IN_SOCIAL_ENTERPRISES;

/// An entity that works for offices: name, what it does.
type Provider = (&'static str, &'static [&'static str]);

const PROVIDERS: [Provider; 20] = [
    ("Spółdzielnia Socjalna „Przykładowy Dom”", &["opiekuncze", "sasiedzkie"]),
    ("Spółdzielnia Socjalna „Wzorowa Kuchnia”", &["inne"]),
    ("Fundacja „Zmyślony Most”", &["asystenckie", "opiekuncze"]),
    ("Stowarzyszenie „Pomocne Sąsiedztwo – Przykład”", &["sasiedzkie", "opiekuncze"]),
    ("Centrum Integracji Społecznej „Umowna Droga”", &["reintegracja"]),
    ("Klub Integracji Społecznej „Wymyślony Start”", &["reintegracja"]),
    ("Warsztat Terapii Zajęciowej „Pokazowa Pracownia”", &["reintegracja", "inne"]),
    ("Zakład Aktywności Zawodowej „Modelowa Praca”", &["reintegracja"]),
    ("Fundacja „Świetlica na Niby”", &["dzieci"]),
    ("Stowarzyszenie „Fikcyjny Promyk”", &["dzieci", "asystenckie"]),
    ("Spółka non profit „Szablon Opieki”", &["opiekuncze", "mieszkalnictwo"]),
    ("Spółka non profit „Makieta Usług”", &["opiekuncze"]),
    ("Koło Gospodyń Wiejskich „Przykładowianki”", &["sasiedzkie", "inne"]),
    ("Fundacja „Dom Wzorcowy”", &["mieszkalnictwo"]),
    ("Stowarzyszenie „Ćwiczebna Przystań”", &["opiekuncze", "asystenckie"]),
    ("Fundacja „Próbny Krok”", &["asystenckie", "reintegracja"]),
    ("Spółdzielnia Socjalna „Niebyła Pralnia”", &["inne", "reintegracja"]),
    ("Stowarzyszenie „Domyślna Przyjaźń”", &["sasiedzkie"]),
    ("Fundacja „Modelowe Dzieciństwo”", &["dzieci"]),
    ("Spółdzielnia Socjalna „Umowny Ogród”", &["inne", "sasiedzkie"]),
];

/// The number of an entity: every third one has a KRS beyond those given out, the others a NIP that passes the check
/// and begins with 100, which is no tax office.
fn number(serial: usize) -> String {
    if serial.is_multiple_of(3) {
        return format!("000999{:04}", 100 + serial);
    }
    let digits = (0..).map(|step| format!("100000{:03}", serial * 7 + step)).find_map(|first| {
        let sum: u32 = first
            .chars()
            .zip([6, 5, 7, 2, 3, 4, 5, 6, 7])
            .filter_map(|(c, w)| Some(c.to_digit(10)? * w))
            .sum();
        (sum % 11 < 10).then(|| format!("{first}{}", sum % 11))
    });
    digits.expect("ten in eleven numbers have a check digit")
}

/// The number as people type it.
fn typed(number: &str, dice: &Dice<'_>) -> String {
    if !number.starts_with("000") && dice.chance(40) {
        format!("{}-{}-{}-{}", &number[..3], &number[3..6], &number[6..8], &number[8..])
    } else {
        number.to_owned()
    }
}

/// The pages of offices for which entities provide services.
pub(super) fn services(cohort: &Cohort<'_>, desk: &Desk<'_>) -> Vec<Fields> {
    let ways = ways(cohort.amount, cohort.offices.len(), &desk.dice);
    ways.iter().map(|way| services_of(way, desk)).collect()
}

fn services_of(way: &Way, desk: &Desk<'_>) -> Fields {
    let mut fields = Fields::default();
    fields.way("uslugi", way);
    match *way {
        Way::List(count) => {
            let serials: Vec<usize> = (0..PROVIDERS.len()).collect();
            for serial in desk.dice.sample(&serials, count) {
                let mut row = fields.row("wykonawca", &desk.dice);
                provider(&mut row, *serial, &desk.dice);
            }
        }
        Way::Numbers(count) => fields.put("uslugi_razem", count.to_string()),
        Way::Unknown => {}
    }
    fields
}

fn provider(row: &mut Row<'_>, serial: usize, dice: &Dice<'_>) {
    let (name, services) = PROVIDERS[serial];
    row.put("wykonawca_nazwa", name);
    if !dice.chance(15) {
        row.put("wykonawca_nip", typed(&number(serial), dice));
    }
    row.tick("wykonawca_uslugi", services);
    row.put("wykonawca_pierwszy", dice.pick(&["nie", "nie", "nie", "tak", "nie_wiem"]));
}

/// Entities that local governments found: `{}` is the unit in the genitive.
const NEW: [(&str, &str, &str); 5] = [
    ("Klub Integracji Społecznej {}", "kis", "prowadzacy"),
    ("Centrum Integracji Społecznej {}", "cis", "prowadzacy"),
    ("Spółdzielnia Socjalna „Przykład {}”", "spoldzielnia", "wspolzalozyciel"),
    ("Warsztat Terapii Zajęciowej {}", "wtz", "zalozyciel"),
    ("Usługi Komunalne {} – spółka non profit", "spolka", "zalozyciel"),
];

/// The pages of offices that founded entities.
pub(super) fn founded(cohort: &Cohort<'_>, desk: &Desk<'_>) -> Vec<Fields> {
    let ways = ways(cohort.amount, cohort.offices.len(), &desk.dice);
    let page = |(office, way): (&&super::Office, &Way)| {
        let mut fields = Fields::default();
        fields.way("utworzenie", way);
        match *way {
            Way::List(count) => {
                for (name, form, role) in desk.dice.sample(&NEW, count) {
                    let mut row = fields.row("nowy_pes", &desk.dice);
                    row.put("nowy_nazwa", name.replace("{}", &office.genitive()));
                    row.put("nowy_forma", *form);
                    row.put("nowy_miesiac", format!("m{:02}", desk.dice.between(1, 12)));
                    row.put("nowy_rola", *role);
                }
            }
            Way::Numbers(count) => fields.put("utworzenie_razem", count.to_string()),
            Way::Unknown => {}
        }
        fields
    };
    cohort.offices.iter().zip(&ways).map(page).collect()
}

/// An employer: name, legal form.
type Employer = (&'static str, &'static str);

const EMPLOYERS: [Employer; 15] = [
    ("Spółdzielnia Socjalna „Przykładowa Robota”", "spoldzielnia_socjalna"),
    ("Spółdzielnia Socjalna „Wzorowa Kuchnia”", "spoldzielnia_socjalna"),
    ("Spółdzielnia Socjalna „Umowny Ogród”", "spoldzielnia_socjalna"),
    ("Spółka non profit „Szablon Opieki”", "spolka"),
    ("Spółka non profit „Makieta Usług”", "spolka"),
    ("Fundacja „Próbny Krok”", "fundacja"),
    ("Fundacja „Zmyślony Warsztat”", "fundacja"),
    ("Spółdzielnia Socjalna „Niebyła Pralnia”", "spoldzielnia_socjalna"),
    ("Spółdzielnia Pracy „Pokazowy Szlif”", "spoldzielnia_pracy"),
    ("Spółka non profit „Modelowa Zieleń”", "spolka"),
    ("Stowarzyszenie „Fikcyjny Promyk”", "stowarzyszenie"),
    ("Spółdzielnia Socjalna „Ćwiczebny Catering”", "spoldzielnia_socjalna"),
    ("Zakład Aktywności Zawodowej „Wymyślona Drukarnia”", "reintegracyjny"),
    ("Stowarzyszenie „Domyślna Przyjaźń”", "stowarzyszenie"),
    ("Fundacja „Zmyślony Most”", "fundacja"),
];

/// Of the employers the first ones are social enterprises; the last ones are not, or nobody knows.
const SOCIAL: usize = 12;

const INSTRUMENTS: [&[&str]; 6] = [
    &["spoldzielnia"],
    &["stanowisko"],
    &["stanowisko", "wynagrodzenie"],
    &["doposazenie"],
    &["prace", "skladki"],
    &["zatrudnienie_wspierane"],
];

/// The pages of labour offices whose money made jobs: one office by number, the others by employer.
pub(super) fn jobs(cohort: &Cohort<'_>, desk: &Desk<'_>) -> Vec<Fields> {
    let Cohort { offices, amount } = cohort;
    let social = desk.dice.split(JOBS_IN_SOCIAL_ENTERPRISES, SOCIAL, amount.most);
    let others = amount.total - JOBS_IN_SOCIAL_ENTERPRISES;
    let others = desk.dice.split(others, EMPLOYERS.len() - SOCIAL, amount.most);
    let mut jobs: Vec<(usize, usize)> = social.into_iter().chain(others).enumerate().collect();
    let by_number = jobs.pop().map_or(0, |(_, jobs)| jobs);
    let mut pages = vec![jobs_by_number(by_number, &desk.dice)];
    desk.dice.shuffle(&mut jobs);
    let mut jobs = jobs.into_iter();
    let left = jobs.len();
    for count in desk.dice.split(left, offices.len().saturating_sub(1), left) {
        pages.push(jobs_by_list(jobs.by_ref().take(count), &desk.dice));
    }
    pages
}

/// The social enterprises among the employers: name, and NIP or KRS.
pub(in crate::demo) fn social_employers() -> Vec<(&'static str, String)> {
    EMPLOYERS[..SOCIAL]
        .iter()
        .enumerate()
        .map(|(serial, (name, _))| (*name, number_of(serial, name)))
        .collect()
}

/// The number of an employer, the same as where it provides services.
fn number_of(serial: usize, name: &str) -> String {
    let provider = PROVIDERS.iter().position(|(known, _)| *known == name);
    number(provider.unwrap_or(40 + serial))
}

/// An office that made its jobs outside of social enterprises and lists no employers.
fn jobs_by_number(jobs: usize, dice: &Dice<'_>) -> Fields {
    let mut fields = Fields::default();
    fields.way("miejsca", &Way::Numbers(jobs));
    fields.put("miejsca_razem", jobs.to_string());
    fields.put("miejsca_ps_razem", "0");
    fields.number("miejsca_owes_razem", (!dice.chance(30)).then(|| dice.below(jobs + 1)));
    fields
}

fn jobs_by_list(jobs: impl Iterator<Item = (usize, usize)>, dice: &Dice<'_>) -> Fields {
    let mut fields = Fields::default();
    fields.way("miejsca", &Way::List(0));
    for (serial, jobs) in jobs {
        let mut row = fields.row("podmiot", dice);
        employer(&mut row, serial, jobs, dice);
    }
    fields
}

fn employer(row: &mut Row<'_>, serial: usize, jobs: usize, dice: &Dice<'_>) {
    let (name, form) = EMPLOYERS[serial];
    row.put("podmiot_nazwa", name);
    if dice.chance(12) {
        row.number("podmiot_nip", None);
    } else {
        row.put("podmiot_nip", typed(&number_of(serial, name), dice));
    }
    row.put("podmiot_forma", form);
    let status = if serial < SOCIAL { "tak" } else { dice.pick(&["nie", "nie_wiem"]) };
    row.put("podmiot_ps", status);
    row.tick("podmiot_instrumenty", dice.pick(&INSTRUMENTS));
    row.put("podmiot_miejsca", jobs.to_string());
    if dice.chance(60) {
        row.put("podmiot_etaty", dice.below(jobs + 1).to_string());
    }
    let from_centre = dice.pick(&["nie", "nie", "tak", "nie_wiem"]);
    row.put("podmiot_owes", from_centre);
    if from_centre == "tak" {
        row.number("podmiot_owes_miejsca", (!dice.chance(10)).then(|| dice.between(1, jobs)));
    }
}
