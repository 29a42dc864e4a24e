//! The words of headers.

use super::cell::{Cell, RawRow};
use crate::collate::fold;

/// What a header says that its column may hold; often more than one thing, the content decides.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Meaning {
    /// Whole codes.
    pub(super) code: bool,
    /// Names: 2 = of the unit, 1 = perhaps.
    pub(super) name: u8,
    /// Addresses.
    pub(super) email: bool,
    /// One part of a split code, or the name of that level.
    pub(super) part: Option<Part>,
    /// Something known that is not needed here.
    pub(super) other: bool,
}

/// The levels of a code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Part {
    /// Voivodeship.
    Voivodeship,
    /// Powiat.
    Powiat,
    /// Gmina.
    Gmina,
    /// The type of gmina.
    Type,
}

impl Part {
    pub(super) const ALL: [Self; 4] = [Self::Voivodeship, Self::Powiat, Self::Gmina, Self::Type];
}

impl Meaning {
    /// Whether the words are those of a header at all.
    pub(super) fn is_known(self) -> bool {
        self != Self::default()
    }
}

/// Whole headers of the columns of a split code, or of names of its levels.
const PARTS: [(Part, &str); 4] = [
    (
        Part::Voivodeship,
        "ww|wk|w|woj|wojewodztwo|kod wojewodztwa|kod woj|nr woj|nr wojewodztwa|nazwa wojewodztwa",
    ),
    (Part::Powiat, "pp|pk|p|pow|powiat|kod powiatu|kod pow|nr pow|nr powiatu|nazwa powiatu"),
    (Part::Gmina, "gg|gk|g|gm|gmi|gmina|gminy|kod gminy|kod gm|nr gm|nr gminy|nazwa gminy"),
    (
        Part::Type,
        "r|rg|rk|rodz|rodzaj|rodz gm|rodz gminy|rodzaj gminy|kod rodzaju|kod rodzaju gminy|typ|typ gminy\
         |rodzaj jednostki|typ jednostki|rodzaj jst|typ jst",
    ),
];

// A header is known when it has a word of the first list and no word outside both.
const CODE: [&str; 2] = [
    "teryt|terc|kod|kody|terytorialny|identyfikator|symbol|id",
    "nr|numer|gus|gm|pow|woj|jedn|jpt|je|gminy|gmina|powiatu|powiat|jst|jednostki|jednostka|urzedu|urzad|up|pup|pelny|7|6|cyfr|cyfrowy|znakow\
     |znakowy|wg|rejestru|podmiotu|instytucji|samorzadu|w|z|code|unit|adm",
];
const NAME: [&str; 2] = [
    "nazwa|nazwy|jst|jednostka|jednostki|urzad|samorzad|podmiot|instytucja|gmina|wyszczegolnienie|name|adresat|organ\
     |miasto",
    "pelna|jpt|jedn|gminy|powiat|powiatu|lub|i|oraz|terytorialnego|samorzadu|samorzadowa|terytorialna|urzedu|pracy|podmiotu\
     |instytucji|miasta|organu|wojewodztwo|wojewodztwa|adresata|respondenta|oficjalna|skrocona|w|wg|teryt|powiatowego\
     |unit",
];
const EMAIL: [&str; 2] = [
    "email|mail|emailowy|mailowy|maile|emaile|elektroniczna|elektronicznej|elektroniczny",
    "e|adres|adresy|poczta|poczty|urzedu|urzad|urzedowy|gminy|gmina|powiatu|jst|jednostki|do|kontaktu|kontaktowy|kontakt\
     |kontaktowe|sluzbowy|oficjalny|glowny|sekretariatu|sekretariat|kancelarii|korespondencji|instytucji|podmiotu|pup|up\
     |ogolny|1|2|i|drugi|dodatkowy|na|address|z|skrzynka|skrzynki|organu",
];
/// Whole headers that are known and not needed.
const OTHER: &str = "lp|l p|nr|numer|telefon|tel|nr telefonu|numer telefonu|fax|faks|uwagi|uwaga|adres|ulica|kod pocztowy\
    |poczta|miejscowosc|siedziba|www|strona www|strona internetowa|nip|regon|krs|osoba|osoba do kontaktu\
    |osoba kontaktowa|imie i nazwisko|stanowisko|data|stan na|nuts|nuts 2|nuts 3|nuts2|nuts3|podregion|region|kontakt\
    |dane kontaktowe|dane adresowe|liczba ludnosci|ludnosc|powierzchnia|status|nazwa dod|nazwa dodatkowa|kategoria|opis\
    |epuap|ade|e doreczenia|adres do e doreczen|wojt burmistrz prezydent|kierownik|nazwa siedziby|lokalizacja\
    |dane jednostki";

fn listed(list: &str, text: &str) -> bool {
    list.split('|').any(|word| word == text)
}

/// What the text of a header cell means. In a row that is surely a header, `lenient` also takes longer phrases.
pub(super) fn meaning(text: &str, lenient: bool) -> Meaning {
    let folded = fold(text);
    let words: Vec<&str> = folded.split(' ').filter(|word| !word.is_empty()).collect();
    if words.is_empty() {
        return Meaning::default();
    }
    let has = |list: &str| words.iter().any(|word| listed(list, word));
    let made_of = |[core, more]: [&str; 2]| {
        has(core) && words.iter().all(|word| listed(core, word) || listed(more, word))
    };
    let part = PARTS.iter().find(|(_, names)| listed(names, &folded)).map(|(part, _)| *part);
    let mail = has(EMAIL[0]) && !has("doreczen|doreczenia|haslo|podpis");
    let code = made_of(CODE) || (lenient && has("teryt|terc"));
    Meaning {
        code: code && !matches!(part, Some(Part::Voivodeship | Part::Type)),
        name: name_rank(&folded, part, made_of(NAME), lenient && words[0] == "nazwa"),
        email: mail && (lenient || made_of(EMAIL)),
        part,
        other: listed(OTHER, &folded),
    }
}

fn name_rank(folded: &str, part: Option<Part>, is_name: bool, begins_so: bool) -> u8 {
    match part {
        Some(_) => 0,
        None if folded == "nazwa dod" || folded == "nazwa dodatkowa" || folded == "nazwa siedziby" => 0,
        None if folded.contains("nazwa") && (is_name || begins_so) => 3,
        None if is_name => 2,
        None => 0,
    }
}

/// Whether the row may be part of a header: either it names codes and what goes with them, or it has no numbers and no
/// addresses and most of what it says are words of headers.
pub(super) fn looks_like_header(row: &RawRow) -> bool {
    let texts = row.distinct();
    let lenient = texts.len() >= 3;
    let known: Vec<Meaning> =
        texts.iter().map(|text| meaning(text, lenient)).filter(|m| m.is_known()).collect();
    if is_whole_header(&known) {
        return true;
    }
    let has_content = texts.iter().any(|text| text.contains('@') || long_number(text));
    if texts.is_empty() || has_content || row.cells.iter().any(Cell::is_numeric) {
        return false;
    }
    // One text alone is rather a title, unless it can only head a column.
    let alone = texts.len() == 1;
    known.len() * 2 >= texts.len() && (!alone || known.iter().any(|m| m.code || m.email))
}

/// Codes, or all the parts of one, beside names or addresses in other columns.
fn is_whole_header(known: &[Meaning]) -> bool {
    let has = |part: Part| known.iter().any(|meaning| meaning.part == Some(part));
    let codes = known.iter().filter(|meaning| meaning.code).count();
    let split = has(Part::Voivodeship) && has(Part::Powiat) && has(Part::Gmina);
    let others = known.iter().filter(|meaning| !meaning.code && (meaning.email || meaning.name > 0)).count();
    (codes > 0 || split) && others > 0
}

/// Whether the row above a header may name groups of its columns: several short texts without any digit.
pub(super) fn looks_like_groups(row: &RawRow) -> bool {
    let texts = row.distinct();
    let is_label =
        |text: &String| !text.contains(|c: char| c.is_ascii_digit()) && text.split_whitespace().count() <= 4;
    texts.len() >= 2
        && texts.iter().all(is_label)
        && row.cells.iter().all(|cell| matches!(cell, Cell::Text(_) | Cell::Empty))
}

fn long_number(text: &str) -> bool {
    text.split(|c: char| !c.is_ascii_digit()).any(|digits| digits.len() >= 5)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::register::Cell;

    #[test]
    fn headers_are_known_in_any_case_and_by_their_synonyms() {
        for text in [
            "TERYT",
            "Kod TERYT",
            "kod teryt*",
            "KOD_TERYT",
            "TERC",
            "Kod terytorialny",
            "Identyfikator TERYT",
            "Kod JST",
            "Kod\nTERYT (7 cyfr)",
            "Kod",
            "Kod urzędu",
        ] {
            assert!(meaning(text, false).code, "{text}");
        }
        for text in [
            "E-mail",
            "e-mail:",
            "Adres e-mail",
            "ADRES EMAIL",
            "Poczta elektroniczna",
            "adres poczty elektronicznej",
            "Mail",
            "E-mail do kontaktu",
            "Adres mailowy",
        ] {
            assert!(meaning(text, false).email, "{text}");
        }
        for text in [
            "Nazwa",
            "NAZWA JEDNOSTKI",
            "JST",
            "Jednostka",
            "Gmina/Powiat",
            "Nazwa gminy / powiatu",
            "Urząd",
            "Jednostka samorządu terytorialnego",
            "Nazwa urzędu pracy",
        ] {
            assert!(meaning(text, false).name > 0, "{text}");
        }
        for (text, part) in
            [("WK", Part::Voivodeship), ("Powiat", Part::Powiat), ("GMI", Part::Gmina), ("RODZ", Part::Type)]
        {
            assert_eq!(meaning(text, false).part, Some(part), "{text}");
        }
    }

    #[test]
    fn other_columns_and_titles_are_not_taken_for_these() {
        for text in [
            "Kod pocztowy",
            "Adres do e-Doręczeń",
            "Telefon",
            "Uwagi",
            "Powiat",
            "Lp.",
            "Wykaz gmin województwa mazowieckiego",
        ] {
            let meaning = meaning(text, false);
            assert!(!meaning.code && !meaning.email && meaning.name == 0, "{text}: {meaning:?}");
        }
    }

    #[test]
    fn a_row_of_data_or_a_title_is_no_header() {
        let row = |cells: &[&str]| RawRow {
            line: 1,
            cells: cells.iter().map(|text| Cell::Text((*text).into())).collect(),
        };
        assert!(looks_like_header(&row(&["Lp.", "Kod TERYT", "Nazwa", "E-mail", "Inne zupełnie"])));
        assert!(looks_like_header(&row(&["WK", "PK", "GK", "RODZ"])));
        assert!(!looks_like_header(&row(&[
            "Jednostki samorządu terytorialnego",
            "Jednostki samorządu terytorialnego"
        ])));
        let exotic =
            ["Numer TERYT", "E-mail", "Wójt", "Dług", "2023", "Ile zadań", "Termin", "Kto dzwoni", "Opiekun"];
        assert!(looks_like_header(&row(&exotic)));
        assert!(!looks_like_header(&row(&["1401013", "Nazwa"])));
        assert!(!looks_like_header(&row(&["", "Gzy", "wiejska", "powiat pułtuski"])));
        assert!(!looks_like_header(&row(&["Nazwa", "ug@promna.example"])));
    }
}
