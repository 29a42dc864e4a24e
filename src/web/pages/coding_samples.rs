//! Pages of coding, filled in for the tests of the markup.

use super::samples::{HOSTILE, html, panel};
use super::*;

fn link(href: &str, text: &str, current: bool) -> Link {
    Link { href: href.into(), text: text.into(), current }
}

fn code(code: &str, ticked: bool) -> CodeBox {
    CodeBox {
        code: code.into(),
        label: format!("{}. Szkolenia i seminaria", code.to_uppercase()),
        key: Some('1'),
        hint: Some(HOSTILE.into()),
        suggestion: (!ticked).then(|| "słowa „szkolenie”".into()),
        ticked,
    }
}

fn card(number: usize, alike: usize) -> Card {
    Card {
        anchor: format!("o-{number}"),
        next: "poczatek".into(),
        unit: format!("{HOSTILE} {number}"),
        sent: "Wysłana 3.02.2025.".into(),
        text: HOSTILE.into(),
        whole: Some(HOSTILE.into()),
        state: ("fix", "zmieniona po zakodowaniu"),
        notice: Some("Urząd zmienił tę odpowiedź po zakodowaniu."),
        hidden: [
            ("odpowiedz", number.to_string()),
            ("wpis", String::new()),
            ("widziane", "1".into()),
            ("skrot", "0a".into()),
        ],
        alike: vec!["7||0|0b".into(); alike],
        codes: vec![code("nj01", true), code("nj02", false)],
        history: vec!["3.02.2025, anna: z: bez kodów; na: NJ01".into()],
        undo: true,
        mine: true,
    }
}

fn table(caption: &str) -> Table {
    Table {
        caption: caption.into(),
        columns: vec![Column::words("Kod"), Column::numbers("Jednostki")],
        rows: vec![vec![Cell::link(HOSTILE, "/panel/mazowsze/2024/kodowanie"), Cell::from("12")]],
        empty: "Nie ma kodów.".into(),
    }
}

fn orphan(cleared: bool) -> OrphanView {
    OrphanView {
        unit: HOSTILE.into(),
        codes: "NJ01, NJ02".into(),
        why: "pole jest teraz puste",
        who: "anna, 3.02.2025".into(),
        hidden: card(3, 0).hidden,
        cleared,
    }
}

fn bench() -> BenchPage {
    let group =
        CardGroup { heading: Some("2 podobne odpowiedzi".into()), cards: vec![card(1, 1), card(2, 0)] };
    BenchPage {
        layout: panel("Kodowanie: potrzeby_opis (JST)"),
        back: link("/panel/mazowsze/2024/kodowanie", "Wróć do listy pytań", false),
        address: "/panel/mazowsze/2024/kodowanie/jst/potrzeby_opis".into(),
        csrf: "c5".into(),
        facts: vec![Fact { term: "Zakodowane".into(), value: "3 z 5".into() }],
        filters: vec![
            link("?stan=wszystkie", "Wszystkie (5)", true),
            link("?stan=zmienione", "Zmienione (1)", false),
        ],
        filter: "wszystkie".into(),
        links: vec![link("/panel/mazowsze/2024/kodowanie/jst/potrzeby_opis/wyniki", "Wyniki", false)],
        saved: Some("Zapisano kody odpowiedzi.".into()),
        groups: vec![group],
        orphans: vec![orphan(false), orphan(true)],
        on_orphans: true,
        pages: vec![link("?strona=1", "strona 1", true), link("?strona=2", "strona 2", false)],
        empty: "Wszystkie odpowiedzi mają już kody.",
        open: true,
    }
}

fn frame() -> FramePage {
    let code = CodeForm {
        code: "nj01".into(),
        printed: "NJ01".into(),
        label: HOSTILE.into(),
        hint: HOSTILE.into(),
        words: HOSTILE.into(),
        themes: vec![("T1".into(), "Wiedza i szkolenia".into(), true)],
        kind: "inne",
        answers: "3 odpowiedzi".into(),
        retired: "za szeroki".into(),
        unused: true,
    };
    FramePage {
        layout: panel("Klucz kodowy: potrzeby"),
        address: "/panel/mazowsze/2024/kodowanie/klucz/kody_potrzeb_jst".into(),
        back: link("/panel/mazowsze/2024/kodowanie", "Wróć do listy pytań", false),
        csrf: "c5".into(),
        facts: vec![Fact { term: "Teraz obowiązuje".into(), value: "wersja 2: 3.02.2025, anna".into() }],
        saved: Some("Zapisano wersję 2 klucza.".into()),
        title: "Potrzeby".into(),
        version: 2,
        codes: vec![code],
        earlier: vec!["wersja 1: 1.02.2025, polecenie".into()],
        open: true,
    }
}

/// The pages by name.
pub(super) fn pages() -> Vec<(&'static str, String)> {
    let back = || link("/panel/mazowsze/2024/kodowanie", "Wróć", false);
    let overview = CodingPage {
        layout: panel("Kodowanie odpowiedzi otwartych"),
        questions: table("Pytania"),
        themes: table("Tematy"),
    };
    let results = CodingResultsPage {
        layout: panel("Kody: potrzeby_opis (JST)"),
        back: back(),
        hint: HOSTILE.into(),
        notes: vec!["Odpowiedzi: 12 z 135 złożonych ankiet, w tym 2 nie na temat.".into()],
        counts: table("Jednostki według kodów"),
        links: vec![link("/panel/mazowsze/2024/kodowanie/jst/potrzeby_opis/csv", "CSV", false)],
    };
    let second = SecondPage {
        layout: panel("Drugie kodowanie: potrzeby_opis (JST)"),
        back: back(),
        address: "/panel/mazowsze/2024/kodowanie/jst/potrzeby_opis/drugie".into(),
        csrf: "c5".into(),
        notes: vec!["Próba: 3 z 12 odpowiedzi.".into()],
        saved: None,
        groups: vec![CardGroup { heading: None, cards: vec![card(1, 0)] }],
        agreement: table("Zgodność dwóch osób kod po kodzie"),
        filter: String::new(),
        open: true,
    };
    vec![
        ("kodowanie", html(overview)),
        ("kodowanie-pytanie", html(bench())),
        ("kodowanie-wyniki", html(results)),
        ("kodowanie-drugie", html(second)),
        ("klucz", html(frame())),
    ]
}
