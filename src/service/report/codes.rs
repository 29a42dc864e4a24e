//! Codes of open answers in chapter V: how many offices gave each, with the same codes as chosen from a list beside.

use form::polish;
use sheet::document::{Align, Cell, Column, Inline, Row, Table};
use tally::CodeCount;

use super::cite::{Cite, flag_words};
use crate::service::coding::tables::CodeTable;
use crate::service::figures::Flag;

/// The codes that say something, from the most frequent one; what says nothing stands in the notes. A percent of fewer
/// than `smallest_base` answers is not printed.
pub(super) fn codes(cite: &Cite<'_>, table: &CodeTable, smallest_base: u64) -> Table {
    let reading = &table.reading;
    let percents = reading.saying() >= smallest_base;
    let rows = reading.codes.iter().filter(|code| !code.kind.says_nothing());
    let mut titles = vec!["Kategoria", "Liczba jednostek"];
    if percents {
        titles.extend(["% odpowiedzi na temat", "% wszystkich"]);
    }
    if table.beside.is_some() {
        titles.push("Wybór z listy");
    }
    let narrow = 14;
    let numbers = u16::try_from(titles.len() - 1).unwrap_or(4);
    let mut columns = vec![Column { width: 100 - narrow * numbers, align: Align::Start }];
    columns.extend((0..numbers).map(|_| Column { width: narrow, align: Align::End }));
    Table {
        id: None,
        caption: vec![Inline::text(format!("{} – kategorie odpowiedzi", reading.label))],
        description: "Kategorie odpowiedzi własnymi słowami, od najczęstszej, z liczbą jednostek.".into(),
        columns,
        header: vec![Row { cells: titles.into_iter().map(Cell::text).collect() }],
        rows: rows.map(|code| row(cite, table, code, percents)).collect(),
        header_column: true,
        notes: notes(cite, table),
    }
}

fn row(cite: &Cite<'_>, table: &CodeTable, code: &CodeCount, percents: bool) -> Row {
    let key = format!("{}.{}.kody.{}", table.form, table.reading.question, code.code);
    let mut cells = vec![Cell::text(code.label.clone()), Cell::of(cite.bare(&key))];
    if percents {
        cells.extend(["answered", "all"].map(|part| Cell::of(cite.bare(&format!("{key}.{part}")))));
    }
    if let Some(beside) = &table.beside {
        let key = format!("{}.{}.{}", table.form, beside.measure, code.code);
        cells.push(Cell::of(cite.bare(&key)));
    }
    Row { cells }
}

/// Who answered, what was left out, and what must not be added.
fn notes(cite: &Cite<'_>, table: &CodeTable) -> Vec<Vec<Inline>> {
    let reading = &table.reading;
    let key = format!("{}.{}.odpowiedzi", table.form, reading.question);
    let mut base = vec![Inline::text("Odpowiedzi własnymi słowami: ")];
    base.extend(cite.bare(&key));
    base.push(Inline::text(" z "));
    base.extend(cite.bare(&format!("{}.submitted", table.form)));
    base.push(Inline::text(" złożonych ankiet"));
    let parts =
        [("off_topic", reading.off_topic, "nie na temat"), ("illegible", reading.illegible, "nieczytelne")];
    for (place, (part, _, what)) in parts.into_iter().filter(|(_, count, _)| *count > 0).enumerate() {
        base.push(Inline::text(if place == 0 { ", w tym " } else { ", " }));
        base.extend(cite.bare(&format!("{key}.{part}")));
        base.push(Inline::text(format!(" {what}")));
    }
    if reading.saying() < reading.answered {
        base.push(Inline::text(". Odpowiedzi na temat, od których liczy się odsetek: "));
        base.extend(cite.bare(&format!("{key}.saying")));
    }
    base.push(Inline::text(". Jednostka liczy się raz dla każdej kategorii i może być w kilku."));
    let mut notes = vec![base];
    if reading.uncoded() > 0 {
        let waiting = polish::integer(reading.uncoded());
        let words = flag_words(Flag::Incomplete);
        let title = format!("{}: odpowiedzi bez kategorii", reading.label);
        notes.push(vec![
            Inline::text(format!("{words} Bez kategorii pozostaje odpowiedzi: ")),
            cite.own(&format!("{key}.bez_kategorii"), &title, &waiting),
            Inline::text("."),
        ]);
    }
    if let Some(beside) = &table.beside {
        notes.push(vec![Inline::text(format!(
            "Ostatnia kolumna to ta sama kategoria wybrana z listy w pytaniu „{}”. Obu liczb nie dodaje się: większość \
             jednostek jest w obu.",
            beside.label
        ))]);
    }
    notes
}
