//! Year over year: the numbers of an edition beside those of earlier ones, with every break in a series told.
//!
//! Two views that are never mixed: everybody who answered each year, and the units that answered in all the editions
//! compared. A unit is the same unit whatever it was called and counted as in each year.

mod assemble;
mod tables;
mod units;

use std::collections::{BTreeMap, BTreeSet};

use form::diff::{Cut, Missing};
use form::number::Rational;
use form::plan::{Base, Function};
use serde::{Serialize, Serializer};
use store::{Edition, EditionState, Tx};
use survey::programme::FigureRules;
use tally::publish::{self, Size};
use tally::{Change, Reading};

use super::counting::Source;
use super::known_totals::Given;
use super::measures::{AsOf, FormCounts, SYNTHETIC_NOTICE};
use super::programmes::Known;
use super::{EditionName, Refused, Service};

pub use tables::{OUTSIDE, csv, cut_words, inside_words, json, missing_words};

/// Whose answers are compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum View {
    /// Everybody who answered in each edition.
    #[default]
    All,
    /// Only the units that answered in every edition compared.
    SameUnits,
}

/// Numbers of several editions of a programme.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Comparison {
    /// The newest edition: `programme/edition`. The series are those of its measures.
    pub edition: String,
    /// Whose answers are compared.
    pub view: View,
    /// Whether some of the answers are made up.
    pub synthetic: bool,
    /// What that means, for people.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub notice: Option<&'static str>,
    /// The editions, the oldest first.
    pub editions: Vec<Compared>,
    /// The series, by questionnaire in the order of the newest plan.
    pub series: Vec<Series>,
    /// Questions that are asked no more.
    pub retired: Vec<Retired>,
    /// Rules of the programme.
    #[serde(skip)]
    pub rules: FigureRules,
}

impl Comparison {
    /// What may leave the panel: numbers of fewer offices than that, and those that would tell of so few beside the
    /// numbers of everybody, are left out.
    #[must_use]
    pub fn published(mut self) -> Self {
        for edition in &mut self.editions {
            // Everybody is told how many answered; how many of them did in other years too is a number of a part.
            edition.forms.retain(|form, _| !edition.few_in_common.contains(form));
        }
        for series in &mut self.series {
            let inside: Vec<bool> = series.points.iter().map(|point| point.inside.is_some()).collect();
            for (place, point) in series.points.iter_mut().enumerate() {
                if inside[place] || (place > 0 && inside[place - 1]) {
                    point.change = None;
                }
                if inside[place] {
                    (point.value, point.numerator, point.base) = (None, None, None);
                    (point.share, point.share_text, point.hidden) = (None, None, true);
                }
            }
        }
        self
    }
}

/// One edition of a comparison.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Compared {
    /// `programme/edition`.
    pub edition: String,
    /// Its title.
    pub title: String,
    /// The year that its period ends in.
    pub year: i32,
    /// Up to which event it was counted.
    pub as_of: AsOf,
    /// Coverage by questionnaire, within the view.
    pub forms: BTreeMap<String, FormCounts>,
    /// Questionnaires whose units of the view stay in the panel, with how many they are.
    #[serde(skip)]
    pub few_in_common: BTreeSet<String>,
}

/// One number through the editions.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Series {
    /// The questionnaire.
    pub form: String,
    /// The measure of the newest edition.
    pub name: String,
    /// What it says there.
    pub label: String,
    /// For one line of a table of frequencies: its code or codes, and what they say.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub choice: Option<Choice>,
    /// How it is counted.
    #[serde(rename = "fn", serialize_with = "function")]
    pub function: Function,
    /// Which responses its share is a part of.
    #[serde(serialize_with = "base_kind")]
    pub base_kind: Option<Base>,
    /// Rows of the report.
    pub rows: Vec<String>,
    /// One point per edition, the oldest first.
    pub points: Vec<Point>,
    /// Numbers of other years that were given with their source; never added to what responses give.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub known: Vec<Given>,
}

/// A line of a table of frequencies.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Choice {
    /// Codes of the newest edition, joined by spaces where several are added up.
    pub code: String,
    /// What they say.
    pub label: String,
}

/// One number of one edition.
#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct Point {
    /// `programme/edition`.
    pub edition: String,
    /// The measure there; none where that edition has nothing to compare with.
    pub measure: Option<String>,
    /// Why not.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub missing: Option<Missing>,
    /// Why it stays in the panel, if it does.
    #[serde(skip)]
    pub inside: Option<Inside>,
    /// Whether it was left out because it stays in the panel.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub hidden: bool,
    /// The value; none also where nothing was answered.
    #[serde(serialize_with = "tally::json_number")]
    pub value: Option<Rational>,
    /// Responses behind the value.
    pub numerator: Option<u64>,
    /// Responses that it is a part of.
    pub base: Option<u64>,
    /// The part.
    #[serde(serialize_with = "tally::json_number")]
    pub share: Option<Rational>,
    /// The part in whole percent.
    pub share_text: Option<String>,
    /// A break between the edition before and this one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cut: Option<Cut>,
    /// The change since the edition before; none where the two cannot be held against each other.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub change: Option<Since>,
}

/// Why a number stays in the panel.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Inside {
    /// Too few offices are behind it, or it would tell of so few.
    Few,
    /// A question behind it is not to be published.
    Unpublished,
}

/// A change since the edition before.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Since {
    /// Later minus earlier.
    #[serde(serialize_with = "exact")]
    pub absolute: Rational,
    /// As a part of the earlier number, where that is 10 or more.
    #[serde(serialize_with = "tally::json_number")]
    pub relative: Option<Rational>,
    /// Change of the share in percentage points.
    #[serde(serialize_with = "tally::json_number")]
    pub points: Option<Rational>,
}

impl Since {
    fn of(change: Change, points: Option<Rational>) -> Self {
        Self { absolute: change.absolute, relative: change.relative, points }
    }
}

/// A question that is asked no more.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Retired {
    /// The questionnaire.
    pub form: String,
    /// `id` of the question.
    pub id: String,
    /// Its text when it was last asked, where one of the editions has it; else its name.
    pub label: String,
    /// Why it is asked no more.
    pub reason: String,
}

/// An edition with everything that its numbers are read from.
struct Side {
    name: EditionName,
    edition: Edition,
    sources: Vec<Source>,
    counts: BTreeMap<String, FormCounts>,
    readings: BTreeMap<String, Vec<Reading>>,
    /// The same over everybody who answered, whatever the view.
    whole: BTreeMap<String, (FormCounts, Vec<Reading>)>,
    /// Of the view of the same units: whether they may be shown beside everything else that is shown.
    same_units: BTreeMap<String, bool>,
    /// Of a smaller base no percentage is told, of a smaller group nothing outside of the panel.
    rules: FigureRules,
}

impl Side {
    /// Whether the units of a view may be counted aloud: all of them, or a part that gives no few offices away.
    fn units_may_leave(&self, form: &str) -> bool {
        let (Some((all, _)), Some(counts)) = (self.whole.get(form), self.counts.get(form)) else {
            return true;
        };
        let [own, rest] = [counts.submitted, all.submitted.saturating_sub(counts.submitted)]
            .map(|units| Size { asked: units, answered: units, valued: None });
        counts.submitted == all.submitted
            || self.same_units.get(form).is_none_or(|are_told| *are_told)
                && publish::part_is_shown(own, rest, self.rules.smallest_group)
    }

    /// Whether a number of a questionnaire may leave the panel: the whole, or the same units beside the whole, because
    /// whoever has both can subtract.
    fn may_leave(&self, form: &str, reading: &Reading) -> bool {
        let least = self.rules.smallest_group;
        let Some(((all, readings), counts)) = self.whole.get(form).zip(self.counts.get(form)) else {
            return false;
        };
        let answered = readings.iter().find(|one| one.name == reading.name).and_then(|one| one.answered);
        let size = |units: u64, valued| Size { asked: units, answered: units, valued };
        let rest = all.submitted.saturating_sub(counts.submitted);
        let left = answered.zip(reading.answered).map(|(all, own)| all.saturating_sub(own));
        if all.submitted == 0 {
            return true;
        }
        let part =
            || publish::part_is_shown(size(counts.submitted, reading.answered), size(rest, left), least);
        let is_whole = counts.submitted == all.submitted;
        publish::whole_is_shown(all.size(), least) && (is_whole || (self.units_may_leave(form) && part()))
    }
}

impl Service {
    /// Compares an edition with others of its programme; with all earlier ones where none are named. The order in which
    /// they are named does not matter.
    ///
    /// # Errors
    /// [`Refused::UnknownEdition`]; [`Refused::Input`] for an edition that is not opened yet, or nothing to compare with.
    pub fn compare(&self, name: &EditionName, with: &[String], view: View) -> Result<Comparison, Refused> {
        let (programme, edition) = self.edition(name)?;
        let editions = self.compared_editions(name, &programme, edition, with)?;
        self.store
            .read("compare", |tx| {
                let mut sides = Vec::new();
                for edition in &editions {
                    let name = EditionName { edition: edition.slug.clone(), ..name.clone() };
                    sides.push(self.side(tx, &programme, name, edition)?);
                }
                if view == View::SameUnits {
                    self.narrow(tx, &programme, &mut sides)?;
                }
                let synthetic = programme.row.synthetic || editions.iter().any(|edition| edition.synthetic);
                let notice = synthetic.then_some(SYNTHETIC_NOTICE);
                Ok(assemble::comparison(view, notice, programme.declared.figures.clone(), &sides))
            })
            .and_then(|mut comparison: Comparison| {
                for given in self.known_totals(&name.programme)? {
                    let of = |series: &&mut Series| series.form == given.form && series.name == given.measure;
                    let series =
                        comparison.series.iter_mut().filter(|series| series.choice.is_none()).find(of);
                    if let Some(series) = series {
                        series.known.push(given);
                    }
                }
                Ok(comparison)
            })
    }

    /// Rows of the report in the programme's order with what they are about.
    ///
    /// # Errors
    /// [`Refused::UnknownEdition`].
    pub fn report_rows(&self, name: &EditionName) -> Result<Vec<(String, String)>, Refused> {
        let (programme, _) = self.edition(name)?;
        let declared = &programme.declared;
        let named = |row: &str| (row.to_owned(), declared.row_name(row).unwrap_or_default().to_owned());
        Ok(declared.rows().map(named).collect())
    }

    /// Earlier editions that an edition can be compared with, by their name in addresses, the newest first.
    ///
    /// # Errors
    /// [`Refused::UnknownEdition`].
    pub fn earlier_editions(&self, name: &EditionName) -> Result<Vec<String>, Refused> {
        let (programme, edition) = self.edition(name)?;
        let all = self.store.read("earlier_editions", |tx| tx.edition_list(programme.scope()))?;
        let earlier = all.into_iter().filter(|other| is_earlier(other, &edition));
        Ok(earlier.map(|other| other.slug).collect())
    }

    /// The editions to compare, the oldest first.
    fn compared_editions(
        &self,
        name: &EditionName,
        programme: &Known,
        edition: Edition,
        with: &[String],
    ) -> Result<Vec<Edition>, Refused> {
        let all = self.store.read("compared_editions", |tx| tx.edition_list(programme.scope()))?;
        let unknown = with.iter().find(|slug| all.iter().all(|other| other.slug != **slug));
        if let Some(slug) = unknown {
            return Err(Refused::UnknownEdition(format!("{}/{slug}", name.programme)));
        }
        let wanted = |other: &&Edition| match with.is_empty() {
            true => is_earlier(other, &edition),
            false => with.contains(&other.slug) && other.id != edition.id,
        };
        let mut editions: Vec<Edition> = all.iter().filter(wanted).cloned().collect();
        editions.push(edition);
        let closed = editions.iter().filter(|other| other.state == EditionState::Draft);
        let closed: Vec<String> = closed
            .map(|other| format!("edycja {}/{} nie jest jeszcze otwarta", name.programme, other.slug))
            .collect();
        if !closed.is_empty() {
            return Err(Refused::Input(closed));
        }
        editions.sort_by_key(|edition| (edition.period_from, edition.slug.clone()));
        Ok(editions)
    }

    fn side(
        &self,
        tx: &mut Tx<'_>,
        programme: &Known,
        name: EditionName,
        edition: &Edition,
    ) -> Result<Side, Refused> {
        let edition = tx.edition_find(programme.scope(), edition.id)?.unwrap_or_else(|| edition.clone());
        let (measures, sources) = self.read_measures(tx, &name, programme, &edition)?;
        let mut readings: BTreeMap<String, Vec<Reading>> = BTreeMap::new();
        for found in measures.measures {
            readings.entry(found.form).or_default().push(found.reading);
        }
        let whole = measures
            .forms
            .iter()
            .map(|(form, counts)| (form.clone(), (*counts, readings.get(form).cloned().unwrap_or_default())));
        Ok(Side {
            whole: whole.collect(),
            same_units: BTreeMap::new(),
            name,
            edition,
            sources,
            counts: measures.forms,
            readings,
            rules: programme.declared.figures.clone(),
        })
    }
}

/// Whether an edition was asked before another one.
pub(super) fn is_earlier(other: &Edition, edition: &Edition) -> bool {
    other.period_from < edition.period_from && other.state != EditionState::Draft
}

fn function<S: Serializer>(function: &Function, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(function.name())
}

fn base_kind<S: Serializer>(base: &Option<Base>, serializer: S) -> Result<S::Ok, S::Error> {
    base.map(Base::name).serialize(serializer)
}

fn exact<S: Serializer>(value: &Rational, serializer: S) -> Result<S::Ok, S::Error> {
    tally::json_number(&Some(value.clone()), serializer)
}
