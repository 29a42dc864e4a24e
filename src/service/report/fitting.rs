//! Whether a sentence still fits its number: words of direction, plural forms, numbers in words.

use std::collections::BTreeSet;

use form::number::Rational;
use form::plan::Piece;
use form::polish;
use sheet::docx::BoundNumber;

use super::Material;
use super::update::read;

/// Words that say that something grew, by their beginnings.
const UP: [&str; 10] =
    ["wzrost", "wzrosł", "wzrós", "zwiększ", "więcej", "przyby", "urosł", "powyżej", "rośnie", "przyrost"];
/// Words that say that something fell.
const DOWN: [&str; 9] =
    ["spadek", "spadk", "spadł", "zmniejsz", "mniej", "ubył", "zmalał", "poniżej", "maleje"];
/// Words that rank: any change may turn the order.
const RANKS: [&str; 4] = ["najwięcej", "najmniej", "najczęś", "najrzadz"];
/// Numbers in words with the forms that stand in reports.
const SPELLED: [(&str, i64); 46] = [
    ("jeden", 1),
    ("jedna", 1),
    ("jedno", 1),
    ("jednej", 1),
    ("jednego", 1),
    ("dwa", 2),
    ("dwie", 2),
    ("dwóch", 2),
    ("dwoma", 2),
    ("trzy", 3),
    ("trzech", 3),
    ("cztery", 4),
    ("czterech", 4),
    ("pięć", 5),
    ("pięciu", 5),
    ("sześć", 6),
    ("sześciu", 6),
    ("siedem", 7),
    ("siedmiu", 7),
    ("osiem", 8),
    ("ośmiu", 8),
    ("dziewięć", 9),
    ("dziewięciu", 9),
    ("dziesięć", 10),
    ("dziesięciu", 10),
    ("jedenaście", 11),
    ("jedenastu", 11),
    ("dwanaście", 12),
    ("dwunastu", 12),
    ("trzynaście", 13),
    ("trzynastu", 13),
    ("czternaście", 14),
    ("czternastu", 14),
    ("piętnaście", 15),
    ("piętnastu", 15),
    ("szesnaście", 16),
    ("szesnastu", 16),
    ("siedemnaście", 17),
    ("siedemnastu", 17),
    ("osiemnaście", 18),
    ("osiemnastu", 18),
    ("dziewiętnaście", 19),
    ("dziewiętnastu", 19),
    ("dwadzieścia", 20),
    ("dwudziestu", 20),
    ("zero", 0),
];
/// Short words after a number that are no noun it counts.
const NO_NOUN: [&str; 16] =
    ["z", "ze", "w", "we", "na", "do", "od", "po", "i", "a", "oraz", "lub", "r", "proc", "tys", "że"];

/// Nouns whose three forms are known: from sentences of the plans, kinds of unit, questionnaires, facts.
pub(super) struct Forms(BTreeSet<[String; 3]>);

impl Forms {
    pub(super) fn of(material: &Material) -> Self {
        let mut forms = BTreeSet::new();
        let mut keep = |one: &str, few: &str, many: &str| {
            let three = [one, few, many].map(|form| form.trim().to_lowercase());
            if three.iter().all(|form| !form.is_empty()) {
                forms.insert(three);
            }
        };
        for asked in &material.forms {
            for template in asked.plan.reports.iter().filter_map(|report| report.text.as_ref()) {
                for piece in &template.pieces {
                    if let Piece::Plural { one, few, many, .. } = piece {
                        keep(one, few, many);
                    }
                }
            }
        }
        for kind in &material.programme.kinds {
            keep(&kind.one, &kind.few, &kind.many);
        }
        for questionnaire in &material.programme.questionnaires {
            keep(&questionnaire.one, &questionnaire.few, &questionnaire.many);
        }
        for (_, fact) in material.notebook.facts() {
            if let [one, few, many] = fact.unit.split('|').collect::<Vec<_>>()[..] {
                keep(one, few, many);
            }
        }
        Self(forms)
    }

    /// The form that should follow `number` instead of the one that does; none when it fits or is not known.
    fn better(&self, number: &Rational, after: &str) -> Option<(String, String)> {
        let after = after.trim_start().to_lowercase();
        let mut better = None;
        for [one, few, many] in &self.0 {
            let stands = [one, few, many].into_iter().filter(|form| begins(&after, form));
            let Some(stands) = stands.max_by_key(|form| form.len()) else { continue };
            let wanted = polish::plural(number, one, few, many);
            if begins(&after, wanted) {
                return None;
            }
            better = Some((stands.clone(), wanted.to_owned()));
        }
        better
    }
}

/// Whether a text begins with a form as a whole word.
fn begins(text: &str, form: &str) -> bool {
    text.strip_prefix(form).is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
}

/// Everything in the sentence of a changed number that may not fit it any more.
pub(super) fn doubts(old: &str, number: &BoundNumber, forms: &Forms) -> Vec<String> {
    let mut found = Vec::new();
    let (before, now) = (read(old), read(&number.text));
    let sentence = number.sentence.to_lowercase();
    if let (Some(before), Some(now)) = (&before, &now) {
        found.extend(directions(before, now, &sentence));
        found.extend(plural(before, now, number, forms));
    } else if before.is_some() != now.is_some() {
        found.push(format!("było „{old}”, jest „{}”: zdanie może wymagać innych słów", number.text));
    }
    found.extend(before.and_then(|before| spelled(&before, &sentence)));
    found.extend(typed(old, number));
    found
}

fn directions(before: &Rational, now: &Rational, sentence: &str) -> Vec<String> {
    let words: Vec<&str> = sentence.split(|c: char| !c.is_alphanumeric()).collect();
    let first = |beginnings: &[&str]| {
        words.iter().find(|word| beginnings.iter().any(|beginning| word.starts_with(beginning)))
    };
    let mut found = Vec::new();
    if let Some(word) = first(&RANKS) {
        found.push(format!("słowo „{word}”: liczba się zmieniła, więc kolejność też mogła"));
    }
    if let Some(word) = first(&UP).filter(|_| now < before || *now < Rational::from_integer(0.into())) {
        found.push(format!("słowo „{word}”, a liczba zmalała"));
    }
    if let Some(word) = first(&DOWN).filter(|_| now > before) {
        found.push(format!("słowo „{word}”, a liczba wzrosła"));
    }
    found
}

fn plural(before: &Rational, now: &Rational, number: &BoundNumber, forms: &Forms) -> Option<String> {
    let after = number.sentence.get(number.within.end..).unwrap_or_default();
    if number.text.ends_with('%') {
        return None;
    }
    if let Some((stands, wanted)) = forms.better(now, after) {
        return Some(format!("po liczbie {} stoi „{stands}”, a powinno „{wanted}”", number.text));
    }
    let group = |number: &Rational| polish::plural(number, "1", "2", "5").to_owned();
    let rest = after.trim_start();
    let word: String = rest.chars().take_while(|c| c.is_alphabetic()).collect();
    let noun = !word.is_empty()
        && word.chars().all(char::is_lowercase)
        && !NO_NOUN.contains(&word.as_str())
        && !forms.knows(&rest.to_lowercase());
    (noun && group(before) != group(now))
        .then(|| format!("po liczbie {} stoi „{word}”: proszę sprawdzić formę słowa", number.text))
}

impl Forms {
    /// Whether a text begins with a known noun.
    fn knows(&self, text: &str) -> bool {
        self.0.iter().flatten().any(|form| begins(text, form))
    }
}

/// The old number in words beside the new one in digits.
fn spelled(before: &Rational, sentence: &str) -> Option<String> {
    let mut words = sentence.split(|c: char| !c.is_alphanumeric());
    let same = |word: &&str| {
        SPELLED
            .iter()
            .any(|(spelled, value)| spelled == word && Rational::from_integer((*value).into()) == *before)
    };
    let word = words.find(same)?;
    Some(format!("w zdaniu stoi słowem „{word}”, czyli poprzednia wartość"))
}

/// The old number typed by hand into the same paragraph.
fn typed(old: &str, number: &BoundNumber) -> Option<String> {
    let outside = [
        number.sentence.get(..number.within.start).unwrap_or_default(),
        number.sentence.get(number.within.end..).unwrap_or_default(),
    ];
    let whole = |text: &str| {
        text.match_indices(old).any(|(at, _)| {
            let digit = |c: char| c.is_alphanumeric() || c == ',';
            !text[..at].ends_with(digit) && !text[at + old.len()..].starts_with(char::is_alphanumeric)
        })
    };
    let long = old.chars().filter(char::is_ascii_digit).count() >= 2;
    (long && outside.into_iter().any(whole))
        .then(|| format!("w zdaniu stoi też „{old}”, być może wpisane ręcznie"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use sheet::docx::Part;

    fn number(sentence: &str, text: &str) -> BoundNumber {
        let start = sentence.find(text).unwrap();
        BoundNumber {
            key: "jst.x".into(),
            title: String::new(),
            text: text.into(),
            part: Part::Body,
            sentence: sentence.into(),
            within: start..start + text.len(),
            paragraph: sentence.into(),
        }
    }

    fn told(old: &str, sentence: &str, text: &str) -> Vec<String> {
        let forms = ["artykuł", "artykuły", "artykułów"].map(str::to_owned);
        doubts(old, &number(sentence, text), &Forms(BTreeSet::from([forms])))
    }

    #[test]
    fn a_word_of_direction_against_the_change_is_told() {
        assert_eq!(told("98", "Wskaźnik to wzrost o 26 osób.", "26"), ["słowo „wzrost”, a liczba zmalała"]);
        assert_eq!(told("26", "Wskaźnik to wzrost o 98 osób.", "98"), [""; 0]);
        assert!(told("5", "Spadek do 9 podmiotów.", "9")[0].contains("wzrosła"));
        assert!(told("30", "Najwięcej, bo 31 osób.", "31")[0].contains("kolejność"));
        assert!(told("3", "Wzrost o −7 uczestników.", "−7")[0].contains("zmalała"));
    }

    #[test]
    fn a_plural_that_no_longer_fits_is_told_with_the_right_form() {
        let wanted = ["po liczbie 5 stoi „artykuły”, a powinno „artykułów”"];
        assert_eq!(told("3", "Opublikowano 5 artykuły.", "5"), wanted);
        assert_eq!(told("25", "Opublikowano 26 artykułów.", "26"), [""; 0]);
        assert_eq!(
            told("3", "Było 5 szkolenia.", "5"),
            ["po liczbie 5 stoi „szkolenia”: proszę sprawdzić formę słowa"]
        );
        assert_eq!(told("3", "W 5 JST poruszono temat.", "5"), [""; 0]);
        assert_eq!(told("3%", "To 5% badanych.", "5%"), [""; 0]);
    }

    #[test]
    fn the_old_number_in_words_or_typed_by_hand_is_told() {
        assert!(told("7", "Udzielono siedem usług (8).", "8")[0].contains("siedem"));
        assert!(
            told("28", "Ogółem 33 miejsca, w tym 28 w PS; razem 28.", "33")
                .iter()
                .any(|t| t.contains("ręcznie"))
        );
        assert!(told("–", "Średnio 12 dni.", "12")[0].contains("innych słów"));
    }
}
