//! What ODK, XPath and programming languages would allow and this language refuses: the reason and what to write
//! instead.

use super::ast::Operator;

/// A refused sign.
pub(super) struct Sign {
    pub(super) sign: &'static str,
    pub(super) reason: &'static str,
    pub(super) instead: &'static str,
    /// The operator that was certainly meant, with which reading goes on.
    pub(super) meant: Option<Operator>,
}

const fn sign(sign: &'static str, reason: &'static str, instead: &'static str) -> Sign {
    Sign { sign, reason, instead, meant: None }
}

const fn operator(sign: &'static str, instead: &'static str, meant: Operator) -> Sign {
    Sign { sign, reason: "takiego znaku nie ma w wyrażeniach", instead, meant: Some(meant) }
}

const PATHS: &str = "ścieżki nie są obsługiwane";
const USE_REFERENCE: &str = "do pytania odwołuje się ${nazwa}, a dzielenie zapisuje się słowem div";
const USE_AGGREGATE: &str = "do wpisów listy służą count, sum, min, max i join, na przykład sum(${liczba})";

/// `child::x` and the like.
pub(super) const AXIS: Sign = sign("::", "osie XPath nie są obsługiwane", "do pytania odwołuje się ${nazwa}");

/// `/data/q`, `../q`.
pub(super) const PATH: Sign = sign("/", PATHS, USE_REFERENCE);

/// `[...]`
pub(super) const PREDICATE: Sign =
    sign("[", "warunki w nawiasach kwadratowych nie są obsługiwane", USE_AGGREGATE);

/// Foreign signs that begin like a sign of ours.
pub(super) const DOUBLE: &[Sign] = &[
    operator("==", "proszę wpisać =", Operator::Equal),
    operator("<>", "proszę wpisać !=", Operator::NotEqual),
    operator("=<", "proszę wpisać <=", Operator::LessOrEqual),
    operator("=>", "proszę wpisać >=", Operator::GreaterOrEqual),
];

/// Signs that no rule of the grammar begins with; longer ones first.
pub(super) const SYNTAX: &[Sign] = &[
    sign("]", "warunki w nawiasach kwadratowych nie są obsługiwane", USE_AGGREGATE),
    sign("@", "atrybuty nie są obsługiwane", "do pytania odwołuje się ${nazwa}"),
    operator("||", "proszę wpisać or", Operator::Or),
    sign("|", "sumy zbiorów nie są obsługiwane", "„lub” zapisuje się słowem or"),
    operator("&&", "proszę wpisać and", Operator::And),
    operator("&", "proszę wpisać and; teksty łączy concat(a, b)", Operator::And),
    operator("≠", "proszę wpisać !=", Operator::NotEqual),
    operator("≤", "proszę wpisać <=", Operator::LessOrEqual),
    operator("≥", "proszę wpisać >=", Operator::GreaterOrEqual),
    operator("−", "proszę wpisać zwykły łącznik -", Operator::Subtract),
    operator("–", "proszę wpisać zwykły łącznik -", Operator::Subtract),
    operator("×", "proszę wpisać *", Operator::Multiply),
    operator("÷", "proszę wpisać div", Operator::Divide),
    operator("%", "resztę z dzielenia zapisuje się słowem mod", Operator::Modulo),
    sign("^", "takiego znaku nie ma w wyrażeniach", "potęgę zapisuje się pow(podstawa, wykładnik)"),
    sign("!", "takiego znaku nie ma w wyrażeniach", "zaprzeczenie zapisuje się not(...), a „różne” !="),
    sign("$", "zmienne nie są obsługiwane", "do pytania odwołuje się ${nazwa}"),
    sign(";", "takiego znaku nie ma w wyrażeniach", "argumenty funkcji oddziela przecinek"),
];

const NOT_REPEATABLE: &str = "za każdym razem daje co innego, więc wyniku nie dałoby się sprawdzić ponownie";
const NO_LISTS: &str = "dane spoza ankiety i ścieżki nie są obsługiwane";
const NO_PLACES: &str = "ankieta nie zbiera położenia";
const NO_TIMES: &str = "obsługiwane są tylko daty, bez godzin";
const NO_ANGLES: &str = "funkcje kątów, logarytmy i pierwiastki nie są obsługiwane";
const NO_NODES: &str = "wyrażenie nie widzi dokumentu XML";
const NO_CODES: &str = "kodowanie i skróty nie są obsługiwane";
const NO_CHECKLISTS: &str = "listy kontrolne nie są obsługiwane";

/// Refused functions: name, reason, what instead (may be empty).
const FUNCTIONS: &[(&str, &str, &str)] = &[
    ("random", NOT_REPEATABLE, ""),
    ("randomize", NOT_REPEATABLE, "kolejność odpowiedzi jest taka jak na liście"),
    ("once", NOT_REPEATABLE, ""),
    ("uuid", NOT_REPEATABLE, ""),
    ("now", NOT_REPEATABLE, "dzisiejszą datę daje today()"),
    ("indexed-repeat", "wybieranie jednego wpisu listy nie jest obsługiwane", USE_AGGREGATE),
    ("instance", NO_LISTS, "dane jednostki daje unit('nazwa')"),
    ("pulldata", NO_LISTS, "dane jednostki daje unit('nazwa'), a odpowiedź sprzed roku previous(${nazwa})"),
    ("current", NO_LISTS, "do pytania odwołuje się ${nazwa}"),
    ("last-saved", NO_LISTS, "odpowiedź sprzed roku daje previous(${nazwa})"),
    ("checklist", NO_CHECKLISTS, "proszę dodać warunki: number(a) + number(b) >= 1"),
    ("weighted-checklist", NO_CHECKLISTS, "proszę dodać warunki z wagami: 2 * number(a) + number(b) >= 2"),
    (
        "substring",
        "liczy znaki od 1 i łatwo o pomyłkę",
        "proszę użyć substr(tekst, od, do), które liczy od 0",
    ),
    ("floor", "takiej funkcji nie ma", "proszę użyć int(x), które obcina część ułamkową"),
    ("ceiling", "takiej funkcji nie ma", "dla liczb dodatnich: int(x) + number(x > int(x))"),
    ("last", NO_NODES, "liczbę wpisów daje count(${lista})"),
    ("name", NO_NODES, ""),
    ("local-name", NO_NODES, ""),
    ("namespace-uri", NO_NODES, ""),
    ("lang", NO_NODES, ""),
    ("id", NO_NODES, ""),
    ("version", NO_NODES, "wersja ankiety jest zapisywana przy każdym złożeniu"),
    ("property", NO_NODES, ""),
    ("sin", NO_ANGLES, ""),
    ("cos", NO_ANGLES, ""),
    ("tan", NO_ANGLES, ""),
    ("asin", NO_ANGLES, ""),
    ("acos", NO_ANGLES, ""),
    ("atan", NO_ANGLES, ""),
    ("atan2", NO_ANGLES, ""),
    ("pi", NO_ANGLES, ""),
    ("exp", NO_ANGLES, ""),
    ("exp10", NO_ANGLES, "proszę użyć pow(10, x)"),
    ("log", NO_ANGLES, ""),
    ("log10", NO_ANGLES, ""),
    ("sqrt", NO_ANGLES, "proszę użyć pow(x, 0.5)"),
    ("area", NO_PLACES, ""),
    ("distance", NO_PLACES, ""),
    ("geofence", NO_PLACES, ""),
    ("intersects", NO_PLACES, ""),
    ("digest", NO_CODES, ""),
    ("base64-decode", NO_CODES, ""),
    ("base64-encode", NO_CODES, ""),
    ("decimal-date", NO_TIMES, "datę jako liczbę dni daje number(date('2024-06-30'))"),
    ("decimal-date-time", NO_TIMES, "datę jako liczbę dni daje number(date('2024-06-30'))"),
    ("decimal-time", NO_TIMES, ""),
    ("format-date-time", NO_TIMES, "proszę użyć format-date(data, '%d.%m.%Y')"),
    ("date-time", NO_TIMES, "proszę użyć date('2024-06-30')"),
    ("time", NO_TIMES, ""),
    ("itext", NO_LISTS, "etykietę odpowiedzi daje jr:choice-name(${nazwa}, '${nazwa}')"),
    ("jr:itext", NO_LISTS, "etykietę odpowiedzi daje jr:choice-name(${nazwa}, '${nazwa}')"),
    ("fn:itext", NO_LISTS, "etykietę odpowiedzi daje jr:choice-name(${nazwa}, '${nazwa}')"),
    ("choice-name", "ta funkcja ma przedrostek jr:", "jr:choice-name(${nazwa}, '${nazwa}')"),
    (
        "count-if",
        "takiej funkcji nie ma",
        "we wpisie można policzyć number(warunek), a potem użyć sum(${nazwa})",
    ),
    (
        "sum-if",
        "takiej funkcji nie ma",
        "we wpisie można policzyć if(warunek, x, 0), a potem użyć sum(${nazwa})",
    ),
    ("avg", "takiej funkcji nie ma", "sum(${liczba}) div count-non-empty(${liczba})"),
    ("mean", "takiej funkcji nie ma", "sum(${liczba}) div count-non-empty(${liczba})"),
    ("len", "takiej funkcji nie ma", "proszę użyć string-length(tekst)"),
    ("length", "takiej funkcji nie ma", "proszę użyć string-length(tekst)"),
    ("lower-case", "takiej funkcji nie ma", "proszę użyć translate(tekst, 'ABC', 'abc')"),
    ("upper-case", "takiej funkcji nie ma", "proszę użyć translate(tekst, 'abc', 'ABC')"),
    ("matches", "takiej funkcji nie ma", "proszę użyć regex(tekst, 'wzorzec')"),
    ("is-null", "takiej funkcji nie ma", "brak odpowiedzi sprawdza ${nazwa} = ''"),
    ("empty", "takiej funkcji nie ma", "brak odpowiedzi sprawdza ${nazwa} = ''"),
];

/// Why function `name` is refused and what to use instead; None when it is simply unknown.
pub(super) fn function(name: &str) -> Option<(&'static str, &'static str)> {
    FUNCTIONS.iter().find(|(refused, ..)| *refused == name).map(|(_, reason, instead)| (*reason, *instead))
}

/// What to write instead of a word that stands where a value should: a constant of another language.
pub(super) fn word(word: &str) -> Option<&'static str> {
    match word.to_lowercase().as_str() {
        "true" | "prawda" => Some("proszę wpisać true()"),
        "false" | "fałsz" => Some("proszę wpisać false()"),
        "null" | "none" | "nil" | "empty" => Some("brak odpowiedzi zapisuje się ''"),
        "today" => Some("proszę wpisać today()"),
        "not" => Some("proszę wpisać not(...), z nawiasem"),
        _ => None,
    }
}
