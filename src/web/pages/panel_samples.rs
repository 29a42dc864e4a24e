//! Pages of numbers, cross-tables and decisions, filled in for the tests of the markup.

use super::samples::{HOSTILE, fact, html, panel};
use super::*;

fn number(label: &str) -> NumberRow {
    NumberRow {
        name: "media_jst".into(),
        form: "jst".into(),
        label: label.into(),
        value: "61".into(),
        lines: vec!["Radio: 3".into(), HOSTILE.into()],
        numerator: "61".into(),
        base: "127".into(),
        base_name: "ankiety z odpowiedzią",
        share: "48%".into(),
        statuses: ["127".into(), "5".into(), "3".into(), "0".into()],
        coverage: "135 z 351, 38%".into(),
        marks: Vec::new(),
        href: "/panel/mazowsze/2024/liczby/jst/media_jst".into(),
    }
}

fn numbers() -> NumbersPage {
    let part = |row: &str| {
        let sentences = vec!["W 28 JST poruszono tematykę ekonomii społecznej w 261 artykułach.".into()];
        let title = "Promowanie ekonomii społecznej w mediach";
        let mut part = ReportPart::new(row, title, sentences, vec!["33 ogółem, w tym 28 w PS".into()]);
        part.put(number(HOSTILE), &["mogą być zliczane te same wydarzenia", HOSTILE]);
        part.put(number("Jednostki, które brały udział w wydarzeniach"), &[HOSTILE]);
        part
    };
    NumbersPage {
        layout: panel("Liczby 2024"),
        facts: vec![fact("Złożone ankiety JST", "135 z 351"), fact("Złożone ankiety UP", "35 z 40")],
        downloads: vec![Link {
            href: "/panel/mazowsze/2024/liczby.csv".into(),
            text: "Pobierz CSV".into(),
            current: false,
        }],
        smallest_base: 10,
        parts: vec![part("1.3"), part("")],
    }
}

fn small_table() -> Table {
    let row =
        vec![Cell::link(HOSTILE, "/panel/mazowsze/2024/liczby"), Cell::from("3").noting("tylko w panelu")];
    let columns = vec![Column::words("Grupa"), Column::numbers("Liczba")];
    Table { caption: "Liczby według grup".into(), columns, rows: vec![row], empty: "Nic tu nie ma.".into() }
}

fn bars() -> sheet::chart::Bars {
    let bar = sheet::chart::Bar { label: HOSTILE.into(), value: 3.0, base: Some(5.0), text: HOSTILE.into() };
    sheet::chart::Bars { title: HOSTILE.into(), description: HOSTILE.into(), bars: vec![bar], most: None }
}

fn blocks() -> Vec<SheetBlock> {
    vec![SheetBlock {
        id: "tabela".into(),
        heading: HOSTILE.into(),
        paragraphs: vec![HOSTILE.into()],
        facts: vec![fact("Podstawa", HOSTILE)],
        pictures: vec![Picture { caption: HOSTILE.into(), svg: Svg::bars(&bars()) }],
        tables: vec![small_table()],
        links: vec![Link { href: "/panel".into(), text: "Następne urzędy".into(), current: false }],
    }]
}

fn sheet() -> SheetPage {
    SheetPage {
        layout: panel("Definicja liczby"),
        back: Some(Link {
            href: "/panel/mazowsze/2024/liczby".into(),
            text: "Wróć do liczb".into(),
            current: false,
        }),
        lead: vec![HOSTILE.into()],
        facts: vec![fact("Liczba", "61")],
        downloads: Vec::new(),
        blocks: blocks(),
    }
}

fn choosable(name: &str, chosen: bool) -> Choosable {
    Choosable { name: name.into(), label: HOSTILE.into(), chosen }
}

fn cross() -> CrossPage {
    let options = vec![choosable("jst.media_jst", true), choosable("jst.media_rozne", false)];
    CrossPage {
        layout: panel("Przekroje"),
        lead: vec!["Każda liczba jest policzona osobno.".into()],
        action: "/panel/mazowsze/2024/przekroje".into(),
        selects: vec![Select { name: "miernik".into(), label: "Miernik".into(), options }],
        downloads: vec![Link {
            href: "/panel/mazowsze/2024/przekroje/przekroje.csv".into(),
            text: "CSV".into(),
            current: false,
        }],
        blocks: blocks(),
    }
}

fn decisions() -> DecisionsPage {
    let waiting = WaitingDecision {
        id: "0197".into(),
        what: HOSTILE.into(),
        about: "podstawa, jst.wydarzenia_jst, anna, 2 kwietnia 2025 r.".into(),
        why: HOSTILE.into(),
    };
    DecisionsPage {
        layout: panel("Decyzje"),
        lead: vec!["Wpisów nie można zmienić ani usunąć.".into()],
        downloads: Vec::new(),
        before: "Ankieta za 2023 r.".into(),
        waiting: vec![waiting],
        made: small_table(),
        standing: vec![choosable("0198", false)],
        topics: vec![choosable("note", true)],
        subjects: vec![("jst.media_jst".into(), HOSTILE.into())],
        action: "/panel/mazowsze/2024/decyzje".into(),
        csrf: "c5".into(),
    }
}

fn editions() -> EditionsPage {
    let columns = vec![Column::words("Edycja"), Column::words("Stan"), Column::numbers("Złożone")];
    let row = vec![Cell::link(HOSTILE, "/panel/mazowsze/2024/liczby"), "otwarta".into(), 1135_u64.into()];
    let table = Table { caption: "Edycje".into(), columns, rows: vec![row], empty: "Nie ma edycji.".into() };
    EditionsPage { layout: panel("Edycje"), editions: table }
}

/// Every page with its name.
pub(super) fn pages() -> Vec<(&'static str, String)> {
    vec![
        ("edycje", html(editions())),
        ("liczby", html(numbers())),
        ("definicja", html(sheet())),
        ("przekroje", html(cross())),
        ("decyzje", html(decisions())),
    ]
}
