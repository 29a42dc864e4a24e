//! CSV uploads.

use crate::known::{contracts, jst, outcomes};

const UPLOAD: &[u8] = include_bytes!("../data/jst-cp1250-semicolons.csv");
const EXPECTED: &str = include_str!("../data/jst-cp1250-semicolons.expected.csv");

fn expected() -> Vec<String> {
    let first_four = |line: &str| line.splitn(5, ',').take(4).collect::<Vec<_>>().join(",");
    EXPECTED.lines().skip(1).map(first_four).collect()
}

#[test]
fn the_messy_upload_gives_exactly_the_agreed_outcomes() {
    let found = contracts(UPLOAD, "jst.csv");
    let different: Vec<_> =
        found.iter().zip(expected()).filter(|(found, expected)| **found != *expected).collect();
    assert!(different.is_empty(), "{different:#?}");
    assert_eq!(found.len(), expected().len());
}

#[test]
fn the_same_upload_in_another_encoding_or_with_another_delimiter_gives_the_same() {
    let text = sheet_text();
    let utf16: Vec<u8> = [0xFEFF].into_iter().chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    let with_mark = [b"\xEF\xBB\xBF", text.as_bytes()].concat();
    let unix = text.replace("\r\n", "\n");
    for bytes in [text.as_bytes(), &with_mark, &utf16, unix.as_bytes()] {
        assert_eq!(contracts(bytes, "jst.csv"), expected());
    }
    for delimiter in ["\t", ","] {
        let other = with_delimiter(delimiter);
        assert_eq!(contracts(other.as_bytes(), "jst.csv"), expected(), "{delimiter:?}");
    }
}

/// The upload as text; its encoding has one byte per letter.
fn sheet_text() -> String {
    UPLOAD.iter().map(|byte| letter(*byte)).collect()
}

fn letter(byte: u8) -> char {
    let polish = [
        (0xA0, '\u{a0}'),
        (0xA3, 'Ł'),
        (0xA5, 'Ą'),
        (0xAF, 'Ż'),
        (0xB3, 'ł'),
        (0xB9, 'ą'),
        (0xBF, 'ż'),
        (0xC6, 'Ć'),
        (0xCA, 'Ę'),
        (0xD1, 'Ń'),
        (0xD3, 'Ó'),
        (0x8C, 'Ś'),
        (0x8F, 'Ź'),
        (0x9C, 'ś'),
        (0x9F, 'ź'),
        (0xE6, 'ć'),
        (0xEA, 'ę'),
        (0xF1, 'ń'),
        (0xF3, 'ó'),
    ];
    let found = polish.iter().find(|(code, _)| *code == byte).map(|(_, letter)| *letter);
    found.unwrap_or_else(|| if byte.is_ascii() { byte as char } else { panic!("byte {byte:x}") })
}

fn with_delimiter(delimiter: &str) -> String {
    let mut quoted = false;
    let swap = |c: char| {
        quoted ^= c == '"';
        match c {
            ';' if !quoted => delimiter.to_owned(),
            other => other.to_string(),
        }
    };
    let text = sheet_text()
        .replace("1,42E+06", "\"1,42E+06\"")
        .replace("ug@borowie,example", "\"ug@borowie,example\"");
    text.chars().map(swap).collect()
}

#[test]
fn titles_numbers_of_columns_repeated_headers_and_footnotes_are_no_data() {
    let text = "Wykaz jednostek samorządu terytorialnego;;;\n\
                stan na 1.01.2026 r.;;;\n\
                ;;;\n\
                Lp.;KOD TERYT;JST;POCZTA ELEKTRONICZNA\n\
                1;2;3;4\n\
                Subregion radomski;;;\n\
                1;1401013;Białobrzegi;um@b.example\n\
                Lp.;KOD TERYT;JST;POCZTA ELEKTRONICZNA\n\
                2;1401022;Promna;ug@p.example\n\
                3;;;\n\
                Ogółem: 2;;;\n\
                * dane ze stron urzędów;;;\n\
                ;Źródło: strony urzędów;;\n\
                ;;1) gmina zmieniła rodzaj w 2026 r.;\n";
    assert_eq!(
        contracts(text.as_bytes(), "x.csv"),
        [
            "1,ignore,,",
            "2,ignore,,",
            "3,ignore,,",
            "4,header,,",
            "5,ignore,,",
            "6,ignore,,",
            "7,ok,1401013,um@b.example",
            "8,header,,",
            "9,ok,1401022,ug@p.example",
            "10,ignore,,",
            "11,ignore,,",
            "12,ignore,,",
            "13,ignore,,",
            "14,ignore,,",
        ]
    );
}

#[test]
fn a_total_is_no_unit_though_its_number_could_be_a_code() {
    let text = "TERYT;Nazwa;E-mail\n1;2;3\n1401022;Promna;ug@p.example\n14;Razem;2\n1401;Suma;\n";
    let expected = ["1,header,,", "2,ignore,,", "3,ok,1401022,ug@p.example", "4,ignore,,", "5,ignore,,"];
    assert_eq!(contracts(text.as_bytes(), "x.csv"), expected);
    let text = "TERYT;Nazwa\n1;2\n1401022;Promna\n";
    assert_eq!(contracts(text.as_bytes(), "x.csv"), ["1,header,,", "2,ignore,,", "3,ok,1401022,"]);
}

#[test]
fn a_file_without_a_header_is_read_by_what_its_columns_hold() {
    let text = "1,1401013,Białobrzegi,um@b.example\n2,1401022,PROMNA,ug@p.example\n3,1401032,Radzanów,\n";
    assert_eq!(
        contracts(text.as_bytes(), "x.csv"),
        ["1,ok,1401013,um@b.example", "2,ok_fixed,1401022,ug@p.example", "3,warn_email,1401032,"]
    );
}

#[test]
fn a_file_without_codes_gives_errors_that_say_so() {
    let text = "Nazwa;E-mail\nPromna;ug@p.example\nRadzanów;ug@r.example\n";
    let found = outcomes(text.as_bytes(), "x.csv", jst());
    assert_eq!(
        found.iter().map(|row| row.outcome.as_str()).collect::<Vec<_>>(),
        ["header", "error", "error"]
    );
    assert!(found[1].note.contains("Brak kodu"), "{}", found[1].note);
}

#[test]
fn a_file_without_addresses_is_about_names_only() {
    let text = "teryt,name\n1401022,Promna\n1401032,RADZANÓW\n";
    let found = contracts(text.as_bytes(), "x.csv");
    assert_eq!(found, ["1,header,,", "2,ok,1401022,", "3,ok_fixed,1401032,"]);
}

#[test]
fn headers_of_many_wordings_lead_to_the_same_outcomes() {
    let codes = [
        "TERYT",
        "kod teryt",
        "KOD GMINY",
        "Terc",
        "Kod_TERYT",
        "Kod TERYT (7 cyfr)",
        "Identyfikator JST",
        "kod",
    ];
    let names = [
        "Nazwa",
        "JST",
        "jednostka",
        "Nazwa gminy",
        "GMINA/POWIAT",
        "Nazwa gminy lub powiatu",
        "Samorząd",
        "Gmina",
    ];
    let emails = [
        "e-mail",
        "E-MAIL",
        "Adres e-mail",
        "poczta elektroniczna",
        "Adres poczty elektronicznej",
        "mail",
        "Email urzędu",
    ];
    for code in codes {
        for name in names {
            for email in emails {
                let text = format!(
                    "Wykaz\n\n{email};{name};{code}\nug@p.example;Promna;1401022\nug@r.example;RADZANÓW;140103\n;;RAZEM 2\n"
                );
                assert_eq!(
                    contracts(text.as_bytes(), "x.csv"),
                    [
                        "1,ignore,,",
                        "2,ignore,,",
                        "3,header,,",
                        "4,ok,1401022,ug@p.example",
                        "5,ok_fixed,1401032,ug@r.example",
                        "6,ignore,,"
                    ],
                    "{code} | {name} | {email}"
                );
            }
        }
    }
}

#[test]
fn columns_with_strange_headers_are_known_by_what_they_hold() {
    let text = "Nr;Kto;Nazwa;Do kogo pisać\n1401022;p. Nowak;Promna;ug@p.example\n140103;p. Kowal;RADZANÓW;ug@r.example\n";
    assert_eq!(
        contracts(text.as_bytes(), "x.csv"),
        ["1,header,,", "2,ok,1401022,ug@p.example", "3,ok_fixed,1401032,ug@r.example"]
    );
}

#[test]
fn the_code_of_a_powiat_in_its_own_column_is_used_only_where_it_fills_a_gap() {
    let beside =
        "Kod gminy;Kod powiatu;Nazwa;E-mail\n1401022;1401;Promna;a@a.example\n;1401;Radzanów;b@b.example\n";
    assert_eq!(
        contracts(beside.as_bytes(), "x.csv"),
        ["1,header,,", "2,ok,1401022,a@a.example", "3,error,,"]
    );
    let apart = "Kod gminy;Kod powiatu;Nazwa;E-mail\n1401022;;Promna;a@a.example\n;1401000;powiat białobrzeski;b@b.example\n";
    assert_eq!(
        contracts(apart.as_bytes(), "x.csv"),
        ["1,header,,", "2,ok,1401022,a@a.example", "3,ok,1401000,b@b.example"]
    );
}
