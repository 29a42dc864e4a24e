//! The annex: who answered, what every number means, the questionnaires.

use sheet::document::{Align, Block, Cell, Column, Inline, Row, Table};

use super::cite::Cite;
use super::{Material, definitions, heading, paragraph, questionnaires};

/// The annex.
pub(super) fn chapter(material: &Material, cite: &Cite<'_>) -> Vec<Block> {
    let mut blocks = vec![Block::PageBreak, heading(1, "Załącznik", "zalacznik")];
    blocks.push(heading(2, "Definicje i podstawy liczb", "definicje"));
    blocks.push(paragraph(
        "Liczymy najnowsze złożenie każdej jednostki. Udział to licznik podzielony przez podstawę; procenty zaokrągla się \
         dopiero przy drukowaniu, połówki w górę. Cztery rzeczy stoją osobno: brak odpowiedzi, „nie wiem lub brak danych”, \
         pytanie niezadane i zero.",
    ));
    blocks.push(Block::Table(definitions::table(material, cite)));
    blocks.extend(questionnaires::blocks(material));
    blocks
}

/// Table 1: questionnaires sent out and answered.
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
