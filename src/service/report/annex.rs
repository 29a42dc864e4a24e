//! The annex: who answered, what every number means, the questionnaires.

use std::collections::{BTreeMap, BTreeSet};

use form::polish;
use sheet::document::{Align, Block, Cell, Column, Inline, Row, Table};
use store::{Decision, Topic, Verdict};

use super::cite::Cite;
use super::{Material, definitions, heading, indicators, map, paragraph, questionnaires, sector, series};
use crate::service::nonresponse::Response;
use crate::service::turnout;

/// The annex.
pub(super) fn chapter(material: &Material, cite: &Cite<'_>) -> Vec<Block> {
    let mut blocks = vec![Block::PageBreak, heading(1, "Załącznik", "zalacznik")];
    blocks.extend(responses(material, cite));
    blocks.extend(map::blocks(material, cite));
    blocks.extend(indicators::summary(material, cite));
    blocks.extend(series::table(material, cite));
    blocks.push(heading(2, "Definicje i podstawy liczb", "definicje"));
    blocks.push(paragraph(
        "Liczymy najnowsze złożenie każdej jednostki. Udział to licznik podzielony przez podstawę; procenty zaokrągla się \
         dopiero przy drukowaniu, połówki w górę. Cztery rzeczy stoją osobno: brak odpowiedzi, „nie wiem lub brak danych”, \
         pytanie niezadane i zero.",
    ));
    blocks.push(Block::Table(definitions::table(material, cite)));
    blocks.extend(decisions(material));
    blocks.extend(questionnaires::blocks(material));
    blocks
}

/// Who answered and when; nobody is named, and small groups are not shown.
fn responses(material: &Material, cite: &Cite<'_>) -> Vec<Block> {
    let mut blocks = vec![heading(2, "Kto odpowiedział", "kto-odpowiedzial")];
    if !sector::chapter(material, cite).is_empty() {
        blocks.push(responses_table(material, cite));
    }
    if !material.is_current() {
        blocks.push(paragraph(
            "Od zamrożenia stanu przyszły lub zostały wycofane ankiety, więc opisu zwrotności według grup tu nie ma.",
        ));
        return blocks;
    }
    for response in &material.responses {
        // Bound as a whole: with its numbers its words change.
        let (key, title) = (format!("odpowiedzi.{}", response.form), format!("Zwrotność: {}", response.form));
        blocks.push(Block::Paragraph(vec![cite.own(&key, &title, &response.sentence)]));
        blocks.extend(curve(material, cite, response));
    }
    blocks
}

/// The curve of responses with its table.
fn curve(material: &Material, cite: &Cite<'_>, response: &Response) -> Vec<Block> {
    let label = material.asked(&response.form).map_or("", |asked| asked.label.as_str());
    let title = format!("Ankiety {label} złożone z upływem dni");
    let told = response.told_curve();
    let Some(drawn) = turnout::curve(response, &told, &title) else { return Vec::new() };
    let together = (told.len() < response.curve.len())
        .then(|| vec![Inline::text("Dni, w których złożono mało ankiet, stoją razem z następnymi.")]);
    let rows = told.iter().map(|day| {
        let date = polish::date_short(day.day);
        let number = |part: &str, title: &str, number: u64| {
            let key = format!("odpowiedzi.{}.{}.{part}", response.form, day.day);
            cite.own_cell(&key, &format!("{title} {date}"), &polish::integer(number))
        };
        let (new, total) =
            (number("nowe", "Nowe ankiety", day.new), number("razem", "Wszystkie do", day.total));
        Row { cells: vec![Cell::text(date.clone()), new, total] }
    });
    let end = |width| Column { width, align: Align::End };
    let table = Table {
        id: None,
        caption: vec![Inline::text(title.clone())],
        description:
            "Dla każdego dnia: ankiety złożone od poprzedniego wiersza i wszystkie złożone do jego końca."
                .into(),
        columns: vec![Column { width: 40, align: Align::Start }, end(30), end(30)],
        header: vec![Row { cells: ["Do dnia", "Nowe", "Razem"].map(Cell::text).into() }],
        rows: rows.collect(),
        header_column: true,
        notes: together.clone().into_iter().collect(),
    };
    let figure = sheet::document::Figure {
        id: Some(format!("rysunek.odpowiedzi.{}", response.form)),
        caption: vec![Inline::text(title)],
        alternative: drawn.description.clone(),
        svg: drawn.draw(),
        notes: together.into_iter().collect(),
    };
    vec![Block::Figure(figure), Block::Table(table)]
}

/// Decisions that hold.
fn decisions(material: &Material) -> Vec<Block> {
    let mut blocks = vec![heading(2, "Decyzje o liczbach", "decyzje")];
    let holding: Vec<&Decision> =
        material.decisions.iter().filter(|one| one.holds).map(|one| &one.decision).collect();
    if holding.is_empty() {
        blocks.push(paragraph("Nie zapisano decyzji, które wpływają na liczby tej edycji."));
        return blocks;
    }
    let column = |width| Column { width, align: Align::Start };
    let (merges, others): (Vec<&Decision>, Vec<&Decision>) =
        holding.into_iter().partition(|one| one.topic == Topic::Merge && one.verdict == Verdict::Noted);
    let row = |decision: &Decision, what: String, why: String| Row {
        cells: vec![
            Cell::text(polish::date_short(material.zone.date(decision.at))),
            Cell::text(what),
            Cell::text(why),
            Cell::text(decision.subject.clone()),
        ],
    };
    let mut rows: Vec<Row> =
        others.into_iter().map(|one| row(one, one.what.clone(), one.why.clone())).collect();
    let mut lists: BTreeMap<&str, Vec<&Decision>> = BTreeMap::new();
    merges.into_iter().for_each(|one| lists.entry(&one.subject).or_default().push(one));
    for decisions in lists.into_values() {
        let reasons: BTreeSet<&str> = decisions.iter().map(|one| one.why.as_str()).collect();
        let reasons = reasons.into_iter().collect::<Vec<_>>().join("; ");
        rows.extend(decisions.last().map(|last| row(last, merges_words(decisions.len()), reasons)));
    }
    blocks.push(Block::Table(Table {
        id: Some("decyzje-tabela".into()),
        caption: vec![Inline::text("Decyzje, które wpływają na liczby")],
        description: "Dla każdej decyzji: kiedy, co, dlaczego i czego dotyczy.".into(),
        columns: vec![column(14), column(36), column(34), column(16)],
        header: vec![Row { cells: ["Dzień", "Co", "Dlaczego", "Czego dotyczy"].map(Cell::text).into() }],
        rows,
        header_column: true,
        notes: Vec::new(),
    }));
    blocks
}

/// What was decided about the things of a list, without their names: offices wrote them in their own words.
fn merges_words(count: usize) -> String {
    let words = polish::plural_of(count as u64, "decyzja", "decyzje", "decyzji");
    format!("{count} {words} o tym, które wpisy listy nazywają to samo (nazwy są w panelu).")
}

/// Questionnaires sent out and answered.
pub(super) fn responses_table(material: &Material, cite: &Cite<'_>) -> Block {
    let end = |width| Column { width, align: Align::End };
    let header = ["Ankieta", "Zaproszone", "Złożone", "Odsetek"];
    let rows = material.forms.iter().map(|asked| Row {
        cells: vec![
            Cell::text(format!("{} ({})", asked.label, who(material, &asked.form))),
            Cell::of(cite.bare(&format!("{}.invited", asked.form))),
            Cell::of(cite.bare(&format!("{}.submitted", asked.form))),
            Cell::of(cite.bare(&format!("{}.submitted.share", asked.form))),
        ],
    });
    Block::Table(Table {
        id: Some("zwrotnosc".into()),
        caption: vec![Inline::text("Zwrotność ankiet")],
        description: "Dla każdej ankiety: ile jednostek zaproszono, ile odpowiedziało i jaki to odsetek."
            .into(),
        columns: vec![Column { width: 52, align: Align::Start }, end(16), end(16), end(16)],
        header: vec![Row { cells: header.map(Cell::text).into() }],
        rows: rows.collect(),
        header_column: true,
        notes: vec![vec![Inline::text(
            "To badanie wszystkich jednostek, a nie próby: braki odpowiedzi nie są uzupełniane.",
        )]],
    })
}

fn who<'a>(material: &'a Material, form: &str) -> &'a str {
    material.programme.questionnaire(form).map_or("jednostki", |questionnaire| &questionnaire.few)
}
