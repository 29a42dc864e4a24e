//! Survey rows with their kind and their place in the tree.

use super::codes;
use super::columns::{self, Shape};
use super::convert;
use super::draft::{Draft, Record};
use super::kinds::{self, Read, RowKind};
use super::near;
use super::report::{Finding, Report};
use super::source::Span;

/// A section, group, repeat or question.
pub(super) struct Entry {
    pub(super) record: Record,
    pub(super) kind: RowKind,
    pub(super) name: String,
    /// What holds it; none for a section.
    pub(super) parent: Option<usize>,
    /// Its section; itself for a section.
    pub(super) section: usize,
    /// The repeat around it; none for a repeat itself.
    pub(super) repeat: Option<usize>,
}

/// All rows that could be understood, each after what holds it.
#[derive(Default)]
pub(super) struct Rows {
    pub(super) entries: Vec<Entry>,
    /// Names of rows that were left out; an expression that uses them is not reported again.
    pub(super) dropped: Vec<String>,
}

impl Rows {
    /// Entries that stand directly in another, in document order.
    pub(super) fn inside(&self, parent: Option<usize>) -> impl Iterator<Item = usize> {
        (0..self.entries.len()).filter(move |entry| self.entries[*entry].parent == parent)
    }
}

/// Reads the survey table.
pub(super) fn read(report: &mut Report<'_>, draft: &mut Draft) -> Rows {
    let mut reader = Reader { rows: Rows::default(), open: Vec::new() };
    for record in std::mem::take(&mut draft.survey) {
        reader.row(report, draft, record);
    }
    for entry in std::mem::take(&mut reader.open) {
        let opened = &reader.rows.entries[entry];
        let message = format!("{} „{}” nie ma końca", word(&opened.kind), opened.name);
        let help = format!("proszę dodać wiersz type = \"{}\".", end_of(&opened.kind));
        report.add(
            Finding::new(codes::NESTING, opened.record.span_of("type"), message)
                .help(help)
                .about(&opened.name),
        );
    }
    if reader.rows.entries.is_empty() && !report.has_errors() {
        let help = "proszę dodać wiersze [[survey]]; pierwszy to type = \"begin_group\".";
        report.add(Finding::new(codes::EMPTY_FORM, &(0..1), "ankieta nie ma żadnej części").help(help));
    }
    reader.rows
}

struct Reader {
    rows: Rows,
    /// Groups and repeats that are open here, the innermost last.
    open: Vec<usize>,
}

impl Reader {
    fn row(&mut self, report: &mut Report<'_>, draft: &mut Draft, mut record: Record) {
        if record.cells.iter().all(|cell| matches!(cell.key.as_str(), "note") || cell.text.is_empty()) {
            return;
        }
        let Some(cell) = record.get("type").cloned() else {
            let message = "w tym wierszu brak klucza type";
            report.add(
                Finding::new(codes::NO_TYPE, &record.span, message).about(record.text("name").unwrap_or("")),
            );
            return self.drop(&record);
        };
        match kinds::read(&cell.text) {
            Read::Known(kind) => self.known(report, record, kind),
            Read::Converted(kind, name) => {
                converted(report, &cell.span, &cell.text, &name);
                self.known(report, record, kind);
            }
            Read::Range => {
                let kind = convert::range(report, &mut record);
                self.known(report, record, RowKind::Question(kind));
            }
            Read::OrOther(kind) => {
                let other = convert::or_other(report, draft, &record, &kind);
                self.known(report, record, kind);
                self.known(report, other, RowKind::Question(crate::model::Kind::Text));
            }
            Read::Ignored => {
                let message = format!("wiersz typu „{}” pominięto: serwer zna te dane sam", cell.text);
                report.add(Finding::new(codes::IGNORED, &cell.span, message));
                self.drop(&record);
            }
            Read::Refused(reason) => {
                let message = format!("typ „{}” nie jest obsługiwany", cell.text);
                let about = record.text("name").unwrap_or_default();
                report.add(Finding::new(codes::REFUSED_TYPE, &cell.span, message).help(reason).about(about));
                self.drop(&record);
            }
            Read::Unknown => {
                let word = cell.text.split_whitespace().next().unwrap_or_default();
                let finding =
                    Finding::new(codes::UNKNOWN_TYPE, &cell.span, format!("nie ma typu „{}”", cell.text));
                report.add(
                    finding.near(near(word, kinds::NAMES)).about(record.text("name").unwrap_or_default()),
                );
                self.drop(&record);
            }
        }
    }

    fn drop(&mut self, record: &Record) {
        self.rows.dropped.extend(record.owned("name"));
    }

    fn known(&mut self, report: &mut Report<'_>, record: Record, kind: RowKind) {
        columns::check_row(report, &record, shape_of(&kind));
        match kind {
            RowKind::EndGroup | RowKind::EndRepeat => self.close(report, &record, &kind),
            _ => self.enter(report, record, kind),
        }
    }

    fn close(&mut self, report: &mut Report<'_>, record: &Record, kind: &RowKind) {
        let Some(&last) = self.open.last() else {
            let message = format!("{} bez początku", record.text("type").unwrap_or_default());
            return report.add(Finding::new(codes::NESTING, record.span_of("type"), message));
        };
        let opened = &self.rows.entries[last];
        if end_of(&opened.kind) != end_of(kind) {
            let (line, _) = report.source.at(opened.record.span.start);
            let (end, what) = (end_of(&opened.kind), word(&opened.kind));
            let message = format!("tu powinno stać {end}, bo otwarta jest {what} „{}”", opened.name);
            let help = format!("początek jest w wierszu {line}.");
            return report.add(Finding::new(codes::NESTING, record.span_of("type"), message).help(help));
        }
        if !self.rows.entries.iter().any(|entry| entry.parent == Some(last)) {
            let message = format!("{} „{}” nie ma pytań", word(&opened.kind), opened.name);
            report.add(
                Finding::new(codes::EMPTY_GROUP, opened.record.span_of("name"), message).about(&opened.name),
            );
        }
        self.open.pop();
    }

    fn enter(&mut self, report: &mut Report<'_>, record: Record, kind: RowKind) {
        let parent = self.open.last().copied();
        let name = record.owned("name").unwrap_or_default();
        self.check_place(report, &record, &kind, parent);
        let place = self.rows.entries.len();
        let around = parent.map(|parent| &self.rows.entries[parent]);
        let repeat = around.and_then(|around| match around.kind {
            RowKind::BeginRepeat => parent,
            _ => around.repeat,
        });
        let section = around.map_or(place, |around| around.section);
        if matches!(kind, RowKind::BeginGroup | RowKind::BeginRepeat) {
            self.open.push(place);
        }
        self.rows.entries.push(Entry { record, kind, name, parent, section, repeat });
    }

    fn check_place(&self, report: &mut Report<'_>, record: &Record, kind: &RowKind, parent: Option<usize>) {
        let name = record.text("name").unwrap_or_default();
        let span = record.span_of("type");
        if parent.is_none() && *kind != RowKind::BeginGroup {
            let message = format!("„{name}” stoi poza częścią ankiety");
            let help = "każde pytanie należy do części: proszę umieścić je między begin_group a end_group.";
            report.add(Finding::new(codes::OUTSIDE_GROUP, span, message).help(help).about(name));
        }
        let repeats = self.open.iter().filter(|open| self.rows.entries[**open].kind == RowKind::BeginRepeat);
        if *kind == RowKind::BeginRepeat && repeats.count() > 0 {
            let message = format!("lista „{name}” stoi w innej liście");
            let help = "listy w listach nie są obsługiwane: proszę je rozdzielić.";
            report.add(Finding::new(codes::REPEAT_IN_REPEAT, span, message).help(help).about(name));
        }
    }
}

fn converted(report: &mut Report<'_>, span: &Span, from: &str, to: &str) {
    report.add(Finding::new(codes::CONVERTED, span, format!("typ „{from}” odczytano jako „{to}”")));
}

fn shape_of(kind: &RowKind) -> Shape {
    match kind {
        RowKind::BeginGroup => Shape::Group,
        RowKind::BeginRepeat => Shape::Repeat,
        RowKind::EndGroup | RowKind::EndRepeat => Shape::End,
        RowKind::Question(_) => Shape::Question,
    }
}

fn end_of(kind: &RowKind) -> &'static str {
    match kind {
        RowKind::BeginRepeat | RowKind::EndRepeat => "end_repeat",
        _ => "end_group",
    }
}

fn word(kind: &RowKind) -> &'static str {
    match kind {
        RowKind::BeginRepeat | RowKind::EndRepeat => "lista",
        _ => "grupa",
    }
}
