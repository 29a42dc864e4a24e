//! What somebody wants to enter, read and checked against the declaration and against what is there.

use chrono::NaiveDate;
use form::number::{Number, Rational};
use form::polish;
use store::{IndicatorValue, ValueSource, ValueState};
use survey::programme::{Amount, Indicator, Kind, MeasureName, Programme, ValueSource as Declared};
use tally::indicator::Span;

use super::series;

/// Longest text that a field of a value holds, in characters.
const LONGEST: usize = 1_000;

/// A value as somebody typed it. Empty texts say nothing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TypedValue {
    /// Code of the indicator.
    pub code: String,
    /// `2024` or `2021–2023`.
    pub years: String,
    /// Code of the part; empty for the whole.
    pub part: String,
    /// A number or `b.d.`.
    pub value: String,
    /// The document that it stands in.
    pub document: String,
    /// Where in the document.
    pub page: String,
    /// When the document was read.
    pub accessed: String,
    /// The file that it came with.
    pub file: String,
    /// Anything that a reader should know.
    pub note: String,
    /// Why it replaces what is there.
    pub reason: String,
    /// Something is still missing in it.
    pub incomplete: bool,
    /// It was counted by another definition than later years.
    pub redefined: bool,
    /// Follow the measure instead of a number.
    pub bind: bool,
    /// Take the value away instead of entering one.
    pub withdraw: bool,
}

/// A value that can be stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewValue {
    /// Code of the indicator.
    pub code: String,
    /// Of which years.
    pub span: Span,
    /// Code of the part; empty for the whole.
    pub part: String,
    /// What it says.
    pub given: Given,
    /// The document that it stands in.
    pub document: Option<String>,
    /// Where in the document.
    pub page: Option<String>,
    /// When the document was read.
    pub accessed: Option<NaiveDate>,
    /// The file that it came with.
    pub file: Option<String>,
    /// Whether something is still missing.
    pub incomplete: bool,
    /// Whether it was counted by another definition.
    pub redefined: bool,
    /// A footnote.
    pub note: Option<String>,
    /// Why it replaces what is there.
    pub reason: Option<String>,
}

/// What an entry says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Given {
    /// An exact number as text.
    Number(String),
    /// There is no data.
    NoData,
    /// Whatever the measure says.
    Measure(MeasureName),
    /// There is no such value any more.
    Withdrawn,
}

/// What an entry would do to the history.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Placed {
    /// Nothing was known of this span and part.
    New,
    /// It says the same as what is there.
    Unchanged,
    /// It replaces what is there.
    Changed,
}

/// Two entries of the same slot replace one another.
pub(super) fn slot(row: &IndicatorValue) -> (i32, i32, &str) {
    (row.year_from, row.year_to, &row.part)
}

/// Reads an exact number: `238`, `0.755`, `68/74`.
pub(super) fn read_exact(text: &str) -> Option<Rational> {
    let one = |text: &str| Number::parse(text).rational().cloned();
    match text.split_once('/') {
        None => one(text),
        Some((part, whole)) => {
            let whole = one(whole).filter(|whole| *whole != Rational::from_integer(0.into()))?;
            Some(one(part)? / whole)
        }
    }
}

/// The exact text of a number; none when it has more than fifteen digits.
pub(super) fn exact(number: &Rational) -> Option<String> {
    let text = Number::new(number.clone()).to_text();
    (read_exact(&text).as_ref() == Some(number)).then_some(text)
}

/// A number as people type it, as exact text: `1 090`, `75,5%`, `68/74`.
fn typed_number(text: &str, kind: Kind, beside: bool) -> Result<String, String> {
    let wrong = || format!("wartość „{text}” nie jest liczbą ani „b.d.”");
    let number = Amount::parse(text).and_then(|amount| amount.number().cloned()).ok_or_else(wrong)?;
    let one = Rational::from_integer(1.into());
    let zero = Rational::from_integer(0.into());
    if kind == Kind::Share && !beside && (number < zero || number > one) {
        return Err(format!("wartość „{text}” nie jest częścią całości: proszę podać np. 68/74 albo 91,9%"));
    }
    if kind == Kind::Deliverable && !beside && number != zero && number != one {
        return Err(format!("wartość „{text}”: produkt jest (1) albo go nie ma (0)"));
    }
    let too_long = || format!("wartość „{text}” ma więcej niż piętnaście cyfr");
    match text.split_once('/') {
        None => exact(&number).ok_or_else(too_long),
        Some(_) if kind != Kind::Share => {
            Err(format!("wartość „{text}”: ułamek można podać tylko dla wskaźnika, który jest udziałem"))
        }
        Some((part, whole)) => {
            let side = |text: &str| polish::read_number(text).ok().and_then(|number| exact(&number));
            Some(format!("{}/{}", side(part).ok_or_else(too_long)?, side(whole).ok_or_else(too_long)?))
                .ok_or_else(too_long)
        }
    }
}

impl TypedValue {
    /// Checks everything that does not depend on what is stored.
    ///
    /// # Errors
    /// One Polish sentence per problem, all at once.
    pub fn read(&self, programme: &Programme, today: NaiveDate) -> Result<NewValue, Vec<String>> {
        let mut wrong = Vec::new();
        let code = self.code.trim();
        let Some(indicator) = programme.indicator(code) else {
            return Err(vec![format!("nie ma wskaźnika „{code}”")]);
        };
        let span = self.years.parse::<Span>().map_err(|_| {
            format!("lata „{}”: proszę podać rok, np. 2024, albo okres, np. 2021–2023", self.years)
        });
        let span = span.map_err(|line| wrong.push(line)).ok();
        let part = self.part.trim();
        if !part.is_empty() && !knows(indicator, part) {
            wrong.push(format!("wskaźnik {code} nie ma części „{part}”"));
        }
        let given = self.given(indicator, part, span, &mut wrong);
        let accessed = self.accessed_on(today, &mut wrong);
        self.check_texts(&mut wrong);
        if let Some(given) = &given {
            self.check_source(given, accessed, &mut wrong);
        }
        let (Some(span), Some(given), true) = (span, given, wrong.is_empty()) else { return Err(wrong) };
        Ok(NewValue {
            code: code.to_owned(),
            span,
            part: part.to_owned(),
            given,
            document: text(&self.document),
            page: text(&self.page),
            accessed,
            file: text(&self.file),
            incomplete: self.incomplete,
            redefined: self.redefined,
            note: text(&self.note),
            reason: text(&self.reason),
        })
    }

    fn given(
        &self,
        indicator: &Indicator,
        part: &str,
        span: Option<Span>,
        wrong: &mut Vec<String>,
    ) -> Option<Given> {
        if self.withdraw {
            return Some(Given::Withdrawn);
        }
        if self.bind {
            let found = span.and_then(|span| measure(indicator, part, span));
            if found.is_none() {
                wrong.push(format!("dla {} w tych latach nie zadeklarowano żadnej miary", indicator.code));
            }
            return found.map(Given::Measure);
        }
        if self.value.trim() == Amount::NO_DATA {
            return Some(Given::NoData);
        }
        let beside = series::is_beside(indicator, part);
        match typed_number(self.value.trim(), indicator.kind, beside) {
            Ok(number) => Some(Given::Number(number)),
            Err(line) => {
                wrong.push(line);
                None
            }
        }
    }

    fn accessed_on(&self, today: NaiveDate, wrong: &mut Vec<String>) -> Option<NaiveDate> {
        let typed = self.accessed.trim();
        if typed.is_empty() {
            return None;
        }
        match polish::read_date(typed) {
            Ok(date) if date <= today => Some(date),
            Ok(_) => {
                wrong.push(format!("data dostępu „{typed}” jest w przyszłości"));
                None
            }
            Err(_) => {
                wrong.push(format!("data dostępu „{typed}” nie jest datą, np. 30.04.2025"));
                None
            }
        }
    }

    fn check_texts(&self, wrong: &mut Vec<String>) {
        let fields = [
            ("dokument", &self.document),
            ("strona", &self.page),
            ("uwaga", &self.note),
            ("powód", &self.reason),
        ];
        for (name, typed) in fields {
            if typed.chars().count() > LONGEST {
                wrong.push(format!("{name}: najwyżej {LONGEST} znaków"));
            } else if form::answers::clean(typed).is_err() {
                wrong.push(format!("{name}: tekst zawiera znaki sterujące"));
            }
        }
        if self.incomplete && self.note.trim().is_empty() {
            wrong.push("przy danych niekompletnych proszę napisać w uwadze, czego brakuje".into());
        }
    }

    /// A number needs its document and the day it was read; no data needs at least a word why.
    fn check_source(&self, given: &Given, accessed: Option<NaiveDate>, wrong: &mut Vec<String>) {
        let has_document = !self.document.trim().is_empty();
        match given {
            Given::Number(_) => {
                if !has_document {
                    wrong.push("proszę podać dokument, z którego pochodzi wartość".into());
                }
                if accessed.is_none() && self.accessed.trim().is_empty() {
                    wrong.push("proszę podać datę dostępu do dokumentu".into());
                }
            }
            Given::NoData if !has_document && self.note.trim().is_empty() => {
                wrong.push(
                    "przy „b.d.” proszę podać dokument albo napisać w uwadze, dlaczego nie ma danych".into(),
                );
            }
            Given::Withdrawn if self.reason.trim().is_empty() => {
                wrong.push("proszę podać powód wycofania wartości".into());
            }
            Given::NoData | Given::Measure(_) | Given::Withdrawn => {}
        }
    }
}

fn text(typed: &str) -> Option<String> {
    let clean = form::answers::clean(typed).ok()?;
    (!clean.is_empty()).then_some(clean)
}

fn knows(indicator: &Indicator, part: &str) -> bool {
    indicator.versions.iter().any(|version| version.part(part).is_some() || version.beside(part).is_some())
}

/// The measure that a part of one year is declared to follow.
fn measure(indicator: &Indicator, part: &str, span: Span) -> Option<MeasureName> {
    let version = indicator.at(span.year()?)?;
    let source = match part {
        "" => &version.source,
        code => &version.part(code)?.source,
    };
    match source {
        Declared::Measure(name) => Some(name.clone()),
        Declared::Manual | Declared::File => None,
    }
}

impl NewValue {
    /// What it would do to the history of its indicator (the oldest entry first).
    ///
    /// # Errors
    /// One Polish sentence per problem.
    pub fn place(&self, indicator: &Indicator, history: &[IndicatorValue]) -> Result<Placed, Vec<String>> {
        let newest =
            |row: &&IndicatorValue| slot(row) == (self.span.from(), self.span.to(), self.part.as_str());
        let known = history.iter().rev().find(newest).filter(|row| row.state == ValueState::Entered);
        if self.given == Given::Withdrawn {
            let missing = || vec!["nie ma wartości, którą można wycofać".to_owned()];
            return known.map(|_| Placed::Changed).ok_or_else(missing);
        }
        let clashes = self.clashes(indicator, history);
        if !clashes.is_empty() {
            return Err(clashes);
        }
        match known {
            None => Ok(Placed::New),
            Some(row) if self.says_the_same(row) => Ok(Placed::Unchanged),
            Some(_) if self.reason.is_none() => {
                Err(vec!["ta wartość jest już wpisana; proszę podać powód poprawki".into()])
            }
            Some(_) => Ok(Placed::Changed),
        }
    }

    /// Years that would be counted twice.
    fn clashes(&self, indicator: &Indicator, history: &[IndicatorValue]) -> Vec<String> {
        let own_track =
            |part: &str| if series::is_beside(indicator, part) { part.to_owned() } else { String::new() };
        let holds = |place: usize, row: &IndicatorValue| {
            row.state == ValueState::Entered
                && !history[place + 1..].iter().any(|newer| slot(newer) == slot(row))
        };
        let mut found = Vec::new();
        for (place, row) in history.iter().enumerate() {
            let Ok(span) = Span::new(row.year_from, row.year_to) else { continue };
            if !holds(place, row) || own_track(&row.part) != own_track(&self.part) {
                continue;
            }
            if span != self.span && span.overlaps(self.span) {
                found.push(format!(
                    "lata {} są już wpisane jako {span}; proszę najpierw wycofać tamtą wartość",
                    self.span
                ));
            } else if span == self.span && row.part.is_empty() != self.part.is_empty() {
                found.push(format!(
                    "{span}: wartość jest już wpisana {}; proszę najpierw ją wycofać",
                    if row.part.is_empty() { "jako całość" } else { "w częściach" }
                ));
            }
        }
        let since = indicator.at(self.span.to()).and_then(|version| version.since);
        if since.is_some_and(|since| self.span.from() < since && since <= self.span.to()) {
            found.push(format!("okres {} zaczyna się przed pierwszym liczonym rokiem", self.span));
        }
        found.dedup();
        found
    }

    fn says_the_same(&self, row: &IndicatorValue) -> bool {
        let number = match &self.given {
            Given::Number(number) => {
                row.source != ValueSource::Measure && row.number.as_ref() == Some(number)
            }
            Given::NoData => row.source != ValueSource::Measure && row.number.is_none(),
            Given::Measure(_) => false,
            Given::Withdrawn => row.state == ValueState::Withdrawn,
        };
        number
            && (&row.document, &row.page, row.accessed_on, &row.note)
                == (&self.document, &self.page, self.accessed, &self.note)
            && (row.incomplete, row.redefined) == (self.incomplete, self.redefined)
    }
}
