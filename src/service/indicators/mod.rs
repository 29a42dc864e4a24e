//! Indicators: what the programme declares and what is known of each year, put together as of an edition.

mod definition;
mod entries;
mod figures;
mod import;
mod picture;
mod series;
mod set;
pub mod tables;
pub mod words;

use std::collections::BTreeMap;

use chrono::Datelike;
use form::number::Rational;
use store::{Edition, IndicatorValue, Tx, ValueSource, ValueState};
use survey::EditionId;
use survey::programme::{Indicator, IndicatorRule, IndicatorVersion, MeasureName, ValueSource as Declared};
use tally::Figure;
use tally::indicator::{self, Assessment, Beside, Definition, Point, Rule, Span, Trouble, Value};

use super::measures::{AsOf, Measures};
use super::programmes::Known;
use super::{EditionName, Refused, Service};

pub use entries::{Given, NewValue, Placed, TypedValue};
pub(super) use figures::figures;
pub use import::{Imported, RowOutcome};

/// The indicators of a programme as of the year of an edition.
#[derive(Debug, Clone)]
pub struct Indicators {
    /// `programme/edition`.
    pub edition: String,
    /// The year that the edition asks about.
    pub year: i32,
    /// Up to which event measures count.
    pub as_of: AsOf,
    /// Whether the answers are made up.
    pub synthetic: bool,
    /// What the programme says about all of them.
    pub rule: Option<IndicatorRule>,
    /// Those declared for the year, in the order of the report.
    pub indicators: Vec<IndicatorSheet>,
}

/// One indicator with everything known about it.
#[derive(Debug, Clone)]
pub struct IndicatorSheet {
    /// As declared, with all versions.
    pub declared: Indicator,
    /// The declaration that holds in the year.
    pub version: IndicatorVersion,
    /// The same as the computation takes it.
    pub definition: Definition,
    /// Every entry, the oldest first.
    pub history: Vec<Entry>,
    /// Values that hold, from all their parts.
    pub values: Vec<Value>,
    /// Numbers beside them.
    pub beside: Vec<Beside>,
    /// What comes out, or why nothing does.
    pub found: Result<Assessment, Vec<Trouble>>,
    /// Parts of this year that a measure could give and that are not entered.
    pub offers: Vec<Offer>,
    /// Number of the newest entry; 0 without any.
    pub rev: i32,
}

/// An entry of the history with what it says today.
#[derive(Debug, Clone)]
pub struct Entry {
    /// As stored.
    pub row: IndicatorValue,
    /// Of which years.
    pub span: Span,
    /// What its part is called; empty for the whole.
    pub name: String,
    /// Whether nothing newer says otherwise.
    pub current: bool,
    /// The number today: of a bound measure its present one. None says that there is no data.
    pub number: Option<Rational>,
    /// The number at the moment of binding, where it is another one today. Nobody outside is told: whoever has both can
    /// subtract, and it may be of fewer offices than may be shown.
    pub bound: Option<Rational>,
    /// Whether its number stays in the panel, so that readers outside are told of none.
    pub hidden: bool,
    /// Name of the edition whose measure it follows.
    pub edition: Option<String>,
}

/// A measure that could be bound.
#[derive(Debug, Clone)]
pub struct Offer {
    /// Code of the part; empty for the whole.
    pub part: String,
    /// What the part is called.
    pub name: String,
    /// The measure.
    pub measure: MeasureName,
    /// What it says now.
    pub number: Option<Rational>,
}

impl Indicators {
    /// The indicator of this code.
    #[must_use]
    pub fn indicator(&self, code: &str) -> Option<&IndicatorSheet> {
        self.indicators.iter().find(|sheet| sheet.declared.code == code)
    }
}

impl IndicatorSheet {
    /// A number as this indicator prints its values.
    #[must_use]
    pub fn print(&self, number: &Rational) -> String {
        self.definition.style.print(number)
    }

    /// Whether what was achieved counts together with the base.
    #[must_use]
    pub fn counts_base(&self) -> bool {
        self.definition.rule == Rule::Gross && self.definition.base.number().is_some()
    }

    /// The sum of the years up to a value, as printed, and the same with the base where the rule counts it.
    #[must_use]
    pub fn reached_by(&self, point: &Point) -> (String, Option<String>) {
        let Some(position) = &point.position else { return ("b.d.".to_owned(), None) };
        match self.definition.base.number().filter(|_| self.counts_base()) {
            Some(base) => (self.print(&(position - base)), Some(self.print(position))),
            None => (self.print(position), None),
        }
    }

    /// The entries that make up the value of a year; numbers beside it are none of them.
    pub fn parts(&self, year: i32) -> impl Iterator<Item = &Entry> {
        let is_part = move |entry: &&Entry| {
            entry.current && entry.span.to() == year && !series::is_beside(&self.declared, &entry.row.part)
        };
        self.history.iter().filter(is_part)
    }
}

impl Service {
    /// The indicators of an edition's programme as of its year, for people of the office.
    ///
    /// # Errors
    /// [`Refused::UnknownEdition`].
    pub fn indicators(&self, name: &EditionName) -> Result<Indicators, Refused> {
        self.indicators_of(name, |measures| measures)
    }

    /// What of them may leave the panel: a number that its own edition keeps inside, whichever that is, is no data.
    ///
    /// # Errors
    /// [`Refused::UnknownEdition`].
    pub fn indicators_published(&self, name: &EditionName) -> Result<Indicators, Refused> {
        self.indicators_of(name, Measures::published)
    }

    fn indicators_of(
        &self,
        name: &EditionName,
        told: impl Fn(Measures) -> Measures,
    ) -> Result<Indicators, Refused> {
        let (programme, edition) = self.edition(name)?;
        self.store.read("indicators", |tx| {
            let edition = tx.edition_find(programme.scope(), edition.id)?.unwrap_or_else(|| edition.clone());
            let (measures, _) = self.read_measures(tx, name, &programme, &edition)?;
            self.read_indicators(tx, name, &programme, &edition, &told(measures))
        })
    }

    /// The same inside a transaction that has read the edition's measures already. Where these are what may leave the
    /// panel, so are the numbers of all other editions.
    pub(super) fn read_indicators(
        &self,
        tx: &mut Tx<'_>,
        name: &EditionName,
        programme: &Known,
        edition: &Edition,
        measures: &Measures,
    ) -> Result<Indicators, Refused> {
        let mut histories: BTreeMap<String, Vec<IndicatorValue>> = BTreeMap::new();
        for row in tx.indicator_value_list(programme.scope())? {
            histories.entry(row.code.clone()).or_default().push(row);
        }
        let mut live = Live {
            service: self,
            programme,
            editions: tx.edition_list(programme.scope())?,
            read: BTreeMap::from([(edition.id, measures.clone())]),
            is_published: measures.is_published,
        };
        let year = year_of(edition);
        let mut indicators = Vec::new();
        for declared in &programme.declared.indicators {
            let Some(version) = declared.at(year) else { continue };
            let rows = histories.remove(&declared.code).unwrap_or_default();
            indicators.push(sheet(tx, &mut live, declared, version, rows, year)?);
        }
        Ok(Indicators {
            edition: name.to_string(),
            year,
            as_of: measures.as_of,
            synthetic: measures.synthetic,
            rule: programme.declared.indicator_rule.clone(),
            indicators,
        })
    }
}

/// The year that an edition asks about.
fn year_of(edition: &Edition) -> i32 {
    edition.period_to.year()
}

fn sheet(
    tx: &mut Tx<'_>,
    live: &mut Live<'_>,
    declared: &Indicator,
    version: &IndicatorVersion,
    rows: Vec<IndicatorValue>,
    year: i32,
) -> Result<IndicatorSheet, Refused> {
    let rule = live.programme.declared.indicator_rule.as_ref();
    let definition = definition::definition(declared, version, rule);
    let mut history = Vec::new();
    for (place, row) in rows.iter().enumerate() {
        let newer = rows[place + 1..].iter().any(|other| entries::slot(other) == entries::slot(row));
        history.push(live.entry(tx, declared, row, !newer)?);
    }
    let mut beside = series::entered_beside(declared, version, &history);
    beside.extend(live.measured_beside(tx, version, year)?);
    let values = series::values(declared, &history);
    let found = indicator::assess(&definition, &values, &beside, year);
    Ok(IndicatorSheet {
        offers: live.offers(tx, version, &history, year)?,
        rev: rows.last().map_or(0, |row| row.no),
        declared: declared.clone(),
        version: version.clone(),
        definition,
        history,
        values,
        beside,
        found,
    })
}

/// Measures of all editions as they are now; each edition is counted at most once.
struct Live<'a> {
    service: &'a Service,
    programme: &'a Known,
    editions: Vec<Edition>,
    read: BTreeMap<EditionId, Measures>,
    /// Whether only what may leave the panel is read.
    is_published: bool,
}

impl Live<'_> {
    fn name(&self, edition: &Edition) -> EditionName {
        EditionName { programme: self.programme.row.slug.clone(), edition: edition.slug.clone() }
    }

    fn of_id(&self, id: EditionId) -> Option<Edition> {
        self.editions.iter().find(|edition| edition.id == id).cloned()
    }

    /// The edition that asks about a year.
    fn of_year(&self, year: i32) -> Option<Edition> {
        self.editions.iter().find(|edition| year_of(edition) == year).cloned()
    }

    /// What a measure says now; none when there is no such measure or it has no number.
    fn number(
        &mut self,
        tx: &mut Tx<'_>,
        edition: &Edition,
        measure: &MeasureName,
    ) -> Result<Option<Rational>, Refused> {
        if !self.read.contains_key(&edition.id) {
            let name = self.name(edition);
            let (measures, _) = self.service.read_measures(tx, &name, self.programme, edition)?;
            let measures = if self.is_published { measures.published() } else { measures };
            self.read.insert(edition.id, measures);
        }
        Ok(self.read.get(&edition.id).and_then(|measures| number_of(measures, measure)))
    }

    /// Whether a measure that was read stays in the panel.
    fn is_hidden(&self, edition: &Edition, measure: &MeasureName) -> bool {
        let read = self.read.get(&edition.id);
        let found = read.and_then(|measures| measures.find(&measure.form, &measure.measure));
        self.is_published && found.is_some_and(|found| !found.may_leave)
    }

    fn entry(
        &mut self,
        tx: &mut Tx<'_>,
        declared: &Indicator,
        row: &IndicatorValue,
        newest: bool,
    ) -> Result<Entry, Refused> {
        let unreadable = |what| Refused::Unreadable { what: "indicator value", cause: what };
        let span = Span::new(row.year_from, row.year_to).map_err(|error| unreadable(error.to_string()))?;
        let stored = match &row.number {
            Some(text) => Some(entries::read_exact(text).ok_or_else(|| unreadable(text.clone()))?),
            None => None,
        };
        let edition = row.edition_id.and_then(|id| self.of_id(id));
        let measure = row.measure.as_deref().and_then(MeasureName::parse);
        let mut row = row.clone();
        let (number, bound, hidden) = match (row.source, &edition, &measure) {
            (ValueSource::Measure, Some(edition), Some(measure)) => {
                let now = self.number(tx, edition, measure)?;
                let bound = (now != stored).then_some(stored).flatten();
                (now, bound, self.is_hidden(edition, measure))
            }
            (ValueSource::Measure, ..) if self.is_published => (None, None, true),
            _ => (stored, None, false),
        };
        if row.source == ValueSource::Measure && self.is_published {
            row.number = None;
        }
        Ok(Entry {
            name: series::part_name(declared, &row.part),
            current: newest && row.state == ValueState::Entered,
            edition: edition.map(|edition| self.name(&edition).to_string()),
            row,
            span,
            number,
            bound: bound.filter(|_| !self.is_published),
            hidden,
        })
    }

    /// Numbers beside the values that measures give by themselves, for every year up to this one.
    fn measured_beside(
        &mut self,
        tx: &mut Tx<'_>,
        version: &IndicatorVersion,
        year: i32,
    ) -> Result<Vec<Beside>, Refused> {
        let mut found = Vec::new();
        for beside in &version.beside {
            let Declared::Measure(measure) = &beside.source else { continue };
            let editions: Vec<Edition> =
                self.editions.iter().filter(|edition| year_of(edition) <= year).cloned().collect();
            for edition in editions {
                let number = self.number(tx, &edition, measure)?;
                let span = Span::new(year_of(&edition), year_of(&edition)).ok();
                if let (Some(number), Some(span)) = (number, span) {
                    found.push(series::beside(version, beside, span, number));
                }
            }
        }
        Ok(found)
    }

    fn offers(
        &mut self,
        tx: &mut Tx<'_>,
        version: &IndicatorVersion,
        history: &[Entry],
        year: i32,
    ) -> Result<Vec<Offer>, Refused> {
        let Some(edition) = self.of_year(year) else { return Ok(Vec::new()) };
        let parts = version.parts.iter().map(|part| (part.code.clone(), part.name.clone(), &part.source));
        let whole = version.parts.is_empty().then(|| (String::new(), String::new(), &version.source));
        let mut offers = Vec::new();
        for (part, name, source) in parts.chain(whole) {
            let entered = |entry: &&Entry| entry.current && entry.span.holds(year) && entry.row.part == part;
            let Declared::Measure(measure) = source else { continue };
            if history.iter().any(|entry| entered(&entry)) {
                continue;
            }
            let number = self.number(tx, &edition, measure)?;
            offers.push(Offer { part, name, measure: measure.clone(), number });
        }
        Ok(offers)
    }
}

/// The number of a measure; none for tables and texts.
fn number_of(measures: &Measures, wanted: &MeasureName) -> Option<Rational> {
    match &measures.find(&wanted.form, &wanted.measure)?.reading.value {
        Figure::Number(number) => Some(number.clone()),
        Figure::Nothing | Figure::Frequencies(_) | Figure::Texts(_) => None,
    }
}
