//! Standalone pages.

use sheet::document::{Block, Inline, Mistake, Target};
use sheet::html::{Definition, write};

use crate::sample::{document, number};

fn definitions() -> Vec<Definition> {
    let definition = |key: &str| Definition {
        key: key.into(),
        title: format!("Miernik <{key}>"),
        lines: vec![("Pytanie".into(), "Ile?".into()), ("Podstawa".into(), "352 jednostki".into())],
    };
    vec![definition("jst.wiejskie.n"), definition("jst.nieuzyty")]
}

#[test]
fn a_page_is_as_it_was() {
    let page = write(&document(), &definitions()).unwrap();
    std::fs::write(concat!(env!("CARGO_TARGET_TMPDIR"), "/document.html"), &page).unwrap();
    let (start, rest) = page.split_once("<style>").unwrap();
    let (_, rest) = rest.split_once("</style>").unwrap();
    insta::assert_snapshot!("page", format!("{start}<style></style>{rest}"));
}

/// Values of an attribute in the order in which they stand.
fn values<'a>(page: &'a str, attribute: &str) -> Vec<&'a str> {
    let mark = format!(" {attribute}=\"");
    page.match_indices(&mark).map(|(at, _)| page[at + mark.len()..].split('"').next().unwrap()).collect()
}

#[test]
fn every_id_is_there_once_and_every_link_leads_somewhere() {
    let page = write(&document(), &definitions()).unwrap();
    let mut ids = values(&page, "id");
    let all = ids.len();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(all, ids.len());
    for link in values(&page, "href").iter().filter_map(|link| link.strip_prefix('#')) {
        assert!(ids.contains(&link), "{link}");
    }
    for attribute in ["aria-labelledby", "aria-describedby"] {
        for id in values(&page, attribute).iter().flat_map(|ids| ids.split(' ')) {
            assert!(ids.contains(&id), "{attribute} {id}");
        }
    }
}

#[test]
fn a_page_holds_no_script_and_nothing_from_elsewhere() {
    let mut document = document();
    let hostile = "<script>alert(1)</script>\" onload=\"x' ";
    document.title = hostile.into();
    document.blocks.push(Block::Paragraph(vec![
        Inline::text(hostile),
        Inline::Link {
            to: Target::Address("javascript:alert(1)".into()),
            content: vec![Inline::text("odsyłacz")],
        },
    ]));
    let page = write(&document, &[]).unwrap();
    for bad in ["<script", "javascript:", " onload=\"x", "<link", "@import", " src="] {
        assert!(!page.contains(bad), "{bad}");
    }
}

#[test]
fn a_table_says_what_its_headers_are_for() {
    let page = write(&document(), &[]).unwrap();
    let table = page.split("<table id=\"tab-odpowiedzi\"").nth(1).unwrap().split("</table>").next().unwrap();
    for expected in [
        "<th scope=\"col\" rowspan=\"2\">Rodzaj</th>",
        "<th scope=\"colgroup\" colspan=\"2\" class=\"centre\">Odpowiedzi</th>",
        "<th scope=\"row\">Gminy wiejskie</th>",
        "<th scope=\"rowgroup\" rowspan=\"2\">Razem</th>",
        "Tabela\u{A0}1. Odpowiedzi według rodzaju</caption>",
        "=1+1<br>&lt;b&gt;&amp;&quot;&#39;",
        ">1\u{A0}234<",
    ] {
        assert!(table.contains(expected), "{expected}\n{table}");
    }
}

#[test]
fn mistakes_are_refused_and_a_picture_must_be_only_a_picture() {
    let mut document = document();
    document.blocks = vec![
        Block::Paragraph(vec![number("a", "1"), number("a", "2")]),
        Block::Figure(sheet::document::Figure {
            id: None,
            caption: vec![],
            alternative: String::new(),
            svg: "<svg width=\"1\" height=\"1\"><script/></svg>".into(),
            notes: vec![],
        }),
    ];
    let mistakes = write(&document, &[]).unwrap_err();
    assert_eq!(mistakes.len(), 2);
    assert!(matches!(mistakes[1], Mistake::NoPicture(_)));
}

#[test]
fn every_element_of_a_page_is_closed_where_it_was_opened() {
    let page = write(&document(), &definitions()).unwrap();
    let (start, rest) = page.split_once("<style>").unwrap();
    let page = format!("{start}{}", rest.split_once("</style>").unwrap().1);
    let mut open: Vec<&str> = Vec::new();
    for tag in page.split('<').skip(1) {
        let (inside, _) = tag.split_once('>').unwrap();
        let name = inside.split([' ', '/', '\n']).find(|part| !part.is_empty()).unwrap();
        match inside {
            _ if inside.starts_with('!') || inside.ends_with('/') => {}
            _ if ["meta", "br", "col"].contains(&name) => {}
            _ if inside.starts_with('/') => assert_eq!(open.pop(), Some(name)),
            _ => open.push(name),
        }
    }
    assert_eq!(open, [""; 0]);
}
