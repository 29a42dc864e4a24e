//! What the TOML parser found, in Polish.

/// The parser's message in Polish, and what to do.
pub(super) fn explain(message: &str) -> (String, &'static str) {
    let found = MESSAGES.iter().find(|(part, _, _)| message.contains(part));
    let (what, help) = found.map_or(FALLBACK, |(_, what, help)| (*what, *help));
    (format!("tego pliku nie da się odczytać jako TOML: {what}"), help)
}

/// What the parser found, alone: for files that are no questionnaires, where the advice would not fit.
pub(crate) fn sentence(message: &str) -> String {
    explain(message).0
}

const FALLBACK: (&str, &str) =
    ("w tym miejscu jest znak, którego nie powinno tu być", "proszę porównać ten wiersz z sąsiednimi.");

/// Part of the parser's message, what it means, what to do. The first that fits is taken.
const MESSAGES: [(&str, &str, &str); 14] = [
    (
        "string values must be quoted",
        "tekst bez cudzysłowu",
        "proszę wziąć wartość w cudzysłów, np. required = \"yes\".",
    ),
    (
        "duplicate key",
        "ten klucz albo ta tabela stoi tu drugi raz",
        "proszę usunąć jedno z wystąpień albo dodać nowy nagłówek [[survey]].",
    ),
    (
        "carriage return",
        "samotny znak końca wiersza CR",
        "proszę zapisać plik z końcami wierszy LF albo CR LF.",
    ),
    ("literal string", "tekst w apostrofach nie ma końca", "proszę dopisać ' na końcu tekstu."),
    (
        "basic string",
        "tekst nie ma zamykającego cudzysłowu albo zawiera niedozwolony znak",
        "proszę dopisać \" na końcu tekstu; cudzysłów w środku zapisuje się \\\".",
    ),
    (
        "escape",
        "po znaku \\ stoi coś, czego TOML nie zna",
        "proszę wpisać \\\\ zamiast \\ albo wziąć tekst w apostrofy.",
    ),
    (
        "key with no value",
        "po nazwie klucza brak znaku = i wartości",
        "proszę dopisać = i wartość w cudzysłowie.",
    ),
    ("missing value", "po znaku = brak wartości", "proszę dopisać wartość w cudzysłowie."),
    ("extra `=`", "o jeden znak = za dużo", "proszę usunąć zbędny znak =."),
    ("unclosed array", "brak zamykającego nawiasu ]", "proszę dopisać ]."),
    ("unclosed inline table", "brak zamykającego nawiasu }", "proszę dopisać }."),
    ("missing comma", "brak przecinka między elementami", "proszę dopisać przecinek."),
    (
        "unclosed table",
        "nagłówek tabeli nie ma zamykającego nawiasu",
        "nagłówek wiersza ankiety to [[survey]].",
    ),
    (
        "unquoted key",
        "nazwa klucza ma znak, który wymaga cudzysłowu",
        "klucz ze spacją lub dwukropkiem bierze się w cudzysłów, np. \"label::English (en)\".",
    ),
];
