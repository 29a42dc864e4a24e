//! Differences as people read them, in Polish.

use super::{Change, Class, FormDiff, MeasureClass, MeasureDiff, QuestionDiff, What, count};
use crate::model::Comparable;

impl FormDiff {
    /// The counts in one line: "bez zmian 8 · zmiana nazwy 1 · ...".
    #[must_use]
    pub fn summary(&self) -> String {
        let asked = |class: Class| {
            self.questions.iter().filter(move |question| !question.calculated && question.class == class)
        };
        let parts = self.counts().into_iter().map(|(class, number)| {
            let marks = marks(asked(class));
            if marks.is_empty() {
                format!("{} {number}", word(class))
            } else {
                format!("{} {number} ({marks})", word(class))
            }
        });
        parts.collect::<Vec<_>>().join(" · ")
    }

    /// Everything as a table for a terminal; every line ends with a line feed.
    #[must_use]
    pub fn table(&self) -> String {
        let mut text = format!("{}: {} → {}\n\nPytania: {}\n", self.form, self.old, self.new, self.summary());
        let (calculated, asked): (Vec<_>, Vec<_>) =
            self.questions.iter().partition(|question| question.calculated);
        text += &rows(asked.into_iter().filter_map(question_row));
        if !calculated.is_empty() {
            let counts = count(calculated.iter().map(|question| question.class));
            text += &format!(
                "\nObliczenia: {}\n",
                counted(counts.into_iter().map(|(class, n)| (word(class), n)))
            );
            text += &rows(calculated.into_iter().filter_map(question_row));
        }
        if !self.measures.is_empty() {
            let counts = count(self.measures.iter().map(|measure| measure.class));
            let counts = counts.into_iter().map(|(class, number)| (measure_word(class), number));
            text += &format!("\nMiary: {}\n", counted(counts));
            text += &rows(self.measures.iter().filter_map(measure_row));
        }
        text
    }
}

/// First column, second column, the rest.
type Row = (&'static str, String, String);

/// Rows with their first two columns aligned.
fn rows(rows: impl Iterator<Item = Row>) -> String {
    let rows: Vec<Row> = rows.collect();
    let first = rows.iter().map(|row| row.0.chars().count()).max().unwrap_or(0);
    let second = rows.iter().map(|row| row.1.chars().count()).max().unwrap_or(0);
    rows.iter().map(|(class, name, rest)| format!("  {class:first$}  {name:second$}  {rest}\n")).collect()
}

fn counted(counts: impl Iterator<Item = (&'static str, usize)>) -> String {
    counts.map(|(word, number)| format!("{word} {number}")).collect::<Vec<_>>().join(" · ")
}

fn question_row(question: &QuestionDiff) -> Option<Row> {
    let told = match question.class {
        Class::Unchanged => return None,
        Class::New => quoted(&question.new.as_ref()?.label),
        Class::Removed => quoted(&question.old.as_ref()?.label),
        _ => told(question),
    };
    let aside = [
        question.comparable.filter(|_| question.class != Class::New).map(comparable),
        question.note.as_deref(),
    ];
    let aside: Vec<&str> = aside.into_iter().flatten().collect();
    let aside = if aside.is_empty() { String::new() } else { format!(" ({})", aside.join(": ")) };
    Some((word(question.class), question.id.clone(), told + &aside))
}

/// The old and the new name, then each changed part.
fn told(question: &QuestionDiff) -> String {
    let mut parts = Vec::new();
    if let (Some(old), Some(new)) = (&question.old, &question.new) {
        if old.name != new.name {
            parts.push(format!("{} → {}", old.name, new.name));
        }
        if question.class == Class::Definition {
            parts.push(quoted(&new.label));
        }
    }
    parts.extend(question.changes.iter().map(change));
    parts.join("; ")
}

fn measure_row(measure: &MeasureDiff) -> Option<Row> {
    let told = match measure.class {
        MeasureClass::Unchanged => return None,
        MeasureClass::Changed => measure.changes.iter().map(change).collect::<Vec<_>>().join("; "),
        MeasureClass::New | MeasureClass::Removed => quoted(&measure.label),
    };
    Some((measure_word(measure.class), measure.name.clone(), told))
}

fn change(change: &Change) -> String {
    let part = match change.what {
        What::Label => "",
        What::Hint => "podpowiedź: ",
        What::Guidance => "wyjaśnienie: ",
        What::Unit => "jednostka miary: ",
        What::Type => "typ: ",
        What::Choice => "odpowiedź: ",
        What::Expression => "obliczenie: ",
        What::Filter => "warunek: ",
        What::Over => "lista wpisów: ",
        What::Base => "podstawa: ",
    };
    format!("{part}{} → {}", quoted(&change.old), quoted(&change.new))
}

fn quoted(text: &str) -> String {
    if text.is_empty() { "(brak)".to_owned() } else { format!("„{text}”") }
}

/// How far the changed questions of one class can be compared: one word where all are alike, else counts.
fn marks<'a>(questions: impl Iterator<Item = &'a QuestionDiff>) -> String {
    let comparing = |class| {
        !matches!(class, Class::New | Class::Removed | Class::Unchanged | Class::Renamed | Class::List)
    };
    let questions: Vec<&QuestionDiff> = questions.filter(|question| comparing(question.class)).collect();
    let counts = count(questions.iter().filter_map(|question| question.comparable));
    match counts.iter().next() {
        None => String::new(),
        Some((only, number)) if *number == questions.len() => comparable(*only).to_owned(),
        Some(_) => {
            counted(counts.into_iter().map(|(mark, number)| (comparable(mark), number))).replace(" · ", ", ")
        }
    }
}

fn comparable(comparable: Comparable) -> &'static str {
    match comparable {
        Comparable::Yes => "porównywalne",
        Comparable::Partial => "częściowo porównywalne",
        Comparable::No => "nieporównywalne",
    }
}

fn word(class: Class) -> &'static str {
    match class {
        Class::Unchanged => "bez zmian",
        Class::Renamed => "zmiana nazwy",
        Class::Wording => "zmiana treści",
        Class::List => "zmiana listy",
        Class::Type => "zmiana typu",
        Class::Definition => "zmiana definicji",
        Class::New => "nowe",
        Class::Removed => "usunięte",
    }
}

fn measure_word(class: MeasureClass) -> &'static str {
    match class {
        MeasureClass::Unchanged => "bez zmian",
        MeasureClass::Changed => "zmiana",
        MeasureClass::New => "nowe",
        MeasureClass::Removed => "usunięte",
    }
}
