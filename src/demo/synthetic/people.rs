//! Invented people: surnames that say that they are examples, addresses below `.example`, numbers that nobody has.

use survey::collate::fold;

use super::Office;
use super::dice::Dice;
use super::fields::Fields;

const WOMEN: [&str; 12] = [
    "Anna",
    "Barbara",
    "Beata",
    "Danuta",
    "Ewa",
    "Iwona",
    "Joanna",
    "Katarzyna",
    "Magdalena",
    "Monika",
    "Renata",
    "Urszula",
];
const MEN: [&str; 8] = ["Adam", "Andrzej", "Grzegorz", "Jan", "Marek", "Paweł", "Tomasz", "Wojciech"];

/// Surnames for women and men.
const SURNAMES: [(&str, &str); 14] = [
    ("Przykładowa", "Przykładowy"),
    ("Wzorcowa", "Wzorcowy"),
    ("Zmyślona", "Zmyślony"),
    ("Wymyślona", "Wymyślony"),
    ("Umowna", "Umowny"),
    ("Pokazowa", "Pokazowy"),
    ("Próbna", "Próbny"),
    ("Fikcyjna", "Fikcyjny"),
    ("Domyślna", "Domyślny"),
    ("Ćwiczebna", "Ćwiczebny"),
    ("Szablonowa", "Szablonowy"),
    ("Makietowa", "Makietowy"),
    ("Niebyła", "Niebyły"),
    ("Modelowa", "Modelowy"),
];

const IN_GMINA: [&str; 8] = [
    "Gminny Ośrodek Pomocy Społecznej",
    "Ośrodek Pomocy Społecznej",
    "Referat Spraw Społecznych",
    "Referat Organizacyjny i Spraw Obywatelskich",
    "Stanowisko do spraw współpracy z organizacjami pozarządowymi",
    "Sekretarz gminy",
    "Referat Rozwoju i Funduszy Zewnętrznych",
    "Centrum Usług Społecznych",
];
const IN_POWIAT: [&str; 5] = [
    "Powiatowe Centrum Pomocy Rodzinie",
    "Wydział Edukacji, Kultury i Spraw Społecznych",
    "Wydział Rozwoju i Promocji Powiatu",
    "Wydział Organizacyjny",
    "Sekretarz powiatu",
];
const IN_CITY: [&str; 5] = [
    "Miejski Ośrodek Pomocy Rodzinie",
    "Wydział Zdrowia i Spraw Społecznych",
    "Wydział Spraw Społecznych",
    "Biuro do spraw organizacji pozarządowych",
    "Biuro Strategii i Rozwoju Miasta",
];
const IN_LABOUR_OFFICE: [&str; 6] = [
    "Dział Instrumentów Rynku Pracy",
    "Centrum Aktywizacji Zawodowej",
    "Dział Programów Rynku Pracy",
    "Doradca do spraw zatrudnienia",
    "Referat Analiz i Promocji",
    "Dział Organizacyjny",
];

/// The contact page of an office. The phone is optional in the form; every fifth office leaves it out.
pub(super) fn contact(office: &Office, dice: &Dice<'_>) -> Fields {
    let (first, last) = person(dice);
    let mut fields = Fields::default();
    fields.put("kontakt_komorka", dice.pick(departments(office)));
    fields.put("kontakt_osoba", format!("{first} {last}"));
    fields.put("kontakt_email", format!("{}.{}@{}", fold(first), fold(last), office.domain()));
    if !dice.chance(20) {
        fields.put("kontakt_telefon", format!("22 000 00 {:02}", dice.below(100)));
    }
    fields
}

fn person(dice: &Dice<'_>) -> (&'static str, &'static str) {
    let surname = dice.pick(&SURNAMES);
    if dice.chance(75) { (dice.pick(&WOMEN), surname.0) } else { (dice.pick(&MEN), surname.1) }
}

fn departments(office: &Office) -> &'static [&'static str] {
    match office.kind.as_str() {
        "PUP" | "WUP" => &IN_LABOUR_OFFICE,
        "powiat" => &IN_POWIAT,
        "gmina_miejska" | "miasto_na_prawach_powiatu" => &IN_CITY,
        _ => &IN_GMINA,
    }
}
