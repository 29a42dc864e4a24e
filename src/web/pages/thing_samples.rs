//! Sample pages of distinct things and of public lists.
use askama::Template;

use super::samples::HOSTILE;
use super::*;

fn group(key: &str, entries: usize) -> GroupView {
    let entry = |number: usize| EntryView {
        unit: format!("Gmina {number}"),
        raw: HOSTILE.into(),
        details: HOSTILE.into(),
        decided: (number == 0).then(|| HOSTILE.into()),
        place: format!("0197a3c2-0000-7000-8000-000000000000/{key}{number}"),
    };
    GroupView {
        key: key.into(),
        name: HOSTILE.into(),
        spellings: vec![HOSTILE.into()],
        entries: (0..entries).map(entry).collect(),
    }
}

fn table(caption: &str) -> Table {
    Table {
        caption: caption.into(),
        columns: vec![Column::words("Nazwa"), Column::numbers("Wpisy")],
        rows: vec![vec![Cell::link(HOSTILE, "/panel/mazowsze/2024/laczenie/jst/medium"), Cell::from(3)]],
        empty: "Nic.".into(),
    }
}

fn workbench(layout: Layout) -> WorkbenchPage {
    WorkbenchPage {
        layout,
        back: "/panel/mazowsze/2024/laczenie".into(),
        address: "/panel/mazowsze/2024/laczenie/jst/medium".into(),
        csrf: "c5".into(),
        rev: 7,
        facts: vec![Fact { term: "Wpisy".into(), value: "131".into() }],
        downloads: vec![Link { href: "/x.csv".into(), text: "CSV".into(), current: false }],
        changed: vec![ChangedView {
            unit: HOSTILE.into(),
            then: HOSTILE.into(),
            now: HOSTILE.into(),
            thing: HOSTILE.into(),
            place: "0197a3c2-0000-7000-8000-000000000000/r1".into(),
        }],
        gone: vec![HOSTILE.into()],
        proposals: vec![ProposalView {
            tag: Some("z poprzedniej edycji"),
            why: HOSTILE.into(),
            name: HOSTILE.into(),
            reason: HOSTILE.into(),
            apart: HOSTILE.into(),
            told_apart: true,
            groups: vec![group("a", 5), group("b", 1)],
        }],
        groups: vec![group("a", 5), group("b", 1)],
        history: vec![ActView {
            act: "0197a3c2-0000-7000-8000-000000000001".into(),
            what: HOSTILE.into(),
            reason: HOSTILE.into(),
            who: HOSTILE.into(),
            at: "20 stycznia 2025 r., godz. 9:00".into(),
            rows: vec![HOSTILE.into()],
            holds: true,
        }],
        open: true,
    }
}

fn entities(layout: Layout) -> EntitiesPage {
    let vanished = |decided: Option<&str>| VanishedView {
        entity: "0197a3c2-0000-7000-8000-000000000002".into(),
        name: HOSTILE.into(),
        what: HOSTILE.into(),
        seen: 1,
        day: "2024-12-30".into(),
        decided: decided.map(str::to_owned),
    };
    EntitiesPage {
        layout: layout.with_errors(true),
        address: "/panel/mazowsze/2024/podmioty".into(),
        csrf: "c5".into(),
        troubles: vec![HOSTILE.into()],
        from: "2023-12-31".into(),
        to: "2024-12-31".into(),
        balances: table("Tabela 1"),
        notes: vec![Fact { term: "W4.2".into(), value: HOSTILE.into() }],
        vanished: vec![vanished(None), vanished(Some(HOSTILE))],
        jobs_line: Some(HOSTILE.into()),
        jobs: Some(table("Miejsca pracy")),
        imports: table("Wczytane listy"),
        entities: vec![table("PS")],
    }
}

/// Every page, with names that try to break out of the markup; `panel` draws the surroundings.
pub(crate) fn pages(panel: fn(&str) -> Layout) -> Vec<(String, String)> {
    let html = |page: Result<String, askama::Error>| page.expect("a page that can be drawn");
    vec![
        (
            "listy-pozycji".into(),
            html(ThingListsPage { layout: panel("Łączenie"), lists: table("Listy") }.render()),
        ),
        ("laczenie".into(), html(workbench(panel("Łączenie: Media")).render())),
        ("podmioty".into(), html(entities(panel("Podmioty")).render())),
    ]
}
