//! One document with everything in it.

use chrono::{TimeZone, Utc};
use sheet::document::{
    Align, Block, Cell, Column, Contents, Document, Figure, Heading, Inline, Number, Orientation, Properties,
    Row, Table, Target,
};

pub(crate) const SVG: &str = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"640\" height=\"200\" viewBox=\"0 0 640 200\">\
<title>Słupki</title><rect width=\"640\" height=\"200\" fill=\"#fff\"/><rect x=\"120\" y=\"40\" width=\"400\" height=\"40\" fill=\"#0b4f8a\"/>\
<text x=\"10\" y=\"66\" font-size=\"18\" font-family=\"sans-serif\">Gminy ąćęłńóśźż</text><text x=\"530\" y=\"66\" font-size=\"18\" font-family=\"sans-serif\">35 z 40</text></svg>";

pub(crate) fn number(key: &str, text: &str) -> Inline {
    Inline::Number(Number { key: key.into(), text: text.into(), title: format!("Miernik {key}") })
}

pub(crate) fn heading(level: u8, id: Option<&str>, text: &str) -> Block {
    Block::Heading(Heading { level, id: id.map(str::to_owned), text: vec![Inline::text(text)] })
}

fn table() -> Table {
    let column = |width, align| Column { width, align };
    let row = |name: &str, key: &str, count: &str, share: &str| Row {
        cells: vec![
            Cell::text(name),
            Cell::of(vec![number(&format!("{key}.n"), count)]),
            Cell::of(vec![number(&format!("{key}.share"), share)]),
            Cell {
                paragraphs: vec![vec![Inline::text("=1+1")], vec![Inline::text("<b>&\"'")]],
                columns: 1,
                rows: 1,
            },
        ],
    };
    Table {
        id: Some("tab-odpowiedzi".into()),
        caption: vec![Inline::text("Odpowiedzi według rodzaju")],
        description: "Wiersz to rodzaj jednostki; liczba i odsetek stoją obok siebie.".into(),
        columns: vec![
            column(4, Align::Start),
            column(1, Align::End),
            column(1, Align::End),
            column(2, Align::Centre),
        ],
        header: vec![
            Row {
                cells: vec![
                    Cell::text("Rodzaj").over(1, 2),
                    Cell::text("Odpowiedzi").over(2, 1),
                    Cell::text("Uwagi").over(1, 2),
                ],
            },
            Row { cells: vec![Cell::text("liczba"), Cell::text("odsetek")] },
        ],
        rows: vec![
            row("Gminy wiejskie", "jst.wiejskie", "35", "88%"),
            row("Powiaty", "jst.powiaty", "1\u{A0}234", "40%"),
            Row { cells: vec![Cell::text("Razem").over(1, 2), Cell::text("objęte").over(3, 1)] },
            Row { cells: vec![Cell::text("a"), Cell::text("b"), Cell::of(vec![])] },
        ],
        header_column: true,
        notes: vec![vec![Inline::text("Źródło: opracowanie własne.")]],
    }
}

fn figure(id: &str) -> Figure {
    Figure {
        id: Some(id.into()),
        caption: vec![Inline::text("Odpowiedzi, ogółem")],
        alternative: "Wykres słupkowy: 35 z 40 gmin \"odpowiedziało\".".into(),
        svg: SVG.into(),
        notes: vec![vec![Inline::text("Źródło: obliczenia.")]],
    }
}

pub(crate) fn document() -> Document {
    let text = Inline::text;
    let footnote = Inline::Footnote(vec![
        vec![
            text("Podstawa: "),
            number("jst.sent", "352"),
            text(" jednostki; "),
            Inline::Link {
                to: Target::Address("https://przyklad.example/?a=1&b=\"2\"".into()),
                content: vec![text("opis")],
            },
        ],
        vec![text("Drugi akapit.")],
    ]);
    let mut blocks = vec![
        Block::Contents(Contents::Headings { title: "Spis treści".into(), levels: 3 }),
        Block::Contents(Contents::Tables { title: "Spis tabel".into() }),
        Block::Contents(Contents::Figures { title: "Spis rysunków".into() }),
        Block::PageBreak,
        heading(1, Some("wyniki"), "Wyniki badania"),
        Block::Paragraph(vec![
            text("Odpowiedziało "),
            number("jst.wiejskie.n", "35"),
            text(" gmin ("),
            Inline::Strong(vec![number("jst.wiejskie.share", "88%")]),
            text("), co oznacza "),
            Inline::Emphasis(vec![text("wzrost")]),
            text("."),
            footnote,
            text(" Zob. "),
            Inline::Reference("tab-odpowiedzi".into()),
            text(" i "),
            Inline::Link { to: Target::Id("rys-odpowiedzi".into()), content: vec![text("rysunek")] },
            text(".\nNowy wiersz\tz tabulatorem."),
        ]),
        heading(2, None, "Szczegóły"),
        Block::List { ordered: false, items: vec![vec![text("pierwszy")], vec![text("drugi")]] },
        Block::List { ordered: true, items: vec![vec![text("jeden")], vec![text("dwa")]] },
        Block::List { ordered: true, items: vec![vec![text("znów jeden")]] },
        Block::Table(table()),
        Block::Paragraph(vec![Inline::Place("miejsce".into()), text("Po tabeli.")]),
        Block::Figure(figure("rys-odpowiedzi")),
        heading(3, None, "Trzeci poziom"),
        heading(4, None, "Czwarty poziom"),
        Block::Section(Orientation::Landscape),
        heading(1, None, "Tabele poziome"),
    ];
    let mut wide = table();
    wide.id = Some("tab-szeroka".into());
    wide.header_column = false;
    let template = Row {
        cells: vec![
            Cell::text("Wiersz długiej tabeli"),
            Cell::of(vec![number("jst.sent", "352")]),
            Cell::text("1"),
            Cell::text("2"),
        ],
    };
    wide.rows = vec![template; 40];
    blocks.push(Block::Table(wide));
    blocks.push(Block::Section(Orientation::Portrait));
    blocks.push(heading(1, None, "Zakończenie"));
    blocks.push(Block::Note(vec![text("Koniec\u{0}\u{B} znaków sterujących.")]));
    Document {
        title: "Rozdział V. Monitoring 2024".into(),
        language: "pl-PL".into(),
        properties: Properties {
            organisation: "Mazowieckie Centrum Polityki Społecznej".into(),
            subject: "Wyniki badania".into(),
            edition: "mazowsze/2024".into(),
            hash: "ab12cd34".into(),
            notice: Some("DANE SYNTETYCZNE".into()),
            made: Some(Utc.with_ymd_and_hms(2025, 3, 1, 12, 0, 0).unwrap()),
        },
        blocks,
    }
}

/// The numbers of the document as a caller has them.
pub(crate) fn numbers(document: &Document) -> Vec<(String, String)> {
    document.numbers().into_values().map(|number| (number.key, number.text)).collect()
}
