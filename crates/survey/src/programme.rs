//! The programme as its file declares it: kinds of unit, questionnaires, editions, actions with their sources.
//!
//! `programme.toml` seeds the database; everything that refers to something declared elsewhere in the file is checked.

mod indicator;
mod indicator_check;
#[cfg(test)]
mod indicator_tests;

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

pub use indicator::{
    Amount, BaseOf, BesideOf, BesideRole, Comparison, Indicator, IndicatorRule, IndicatorVersion, Kind,
    MeasureName, PartOf, PlanOf, PlanPoint, ReadingOf, Resolution, Rule, TargetOf, ValueSource,
};

/// A programme and what belongs to it.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Programme {
    /// The programme itself.
    pub programme: Identity,
    /// The information clause.
    pub privacy: Privacy,
    /// What numbers have to obey.
    #[serde(default)]
    pub figures: FigureRules,
    /// Attributes of units by which numbers are broken down: further ones, or names for those that every unit has.
    #[serde(default)]
    pub breakdowns: Vec<Breakdown>,
    /// Kinds of unit.
    pub kinds: Vec<KindOf>,
    /// Questionnaires and who gets them.
    pub questionnaires: Vec<QuestionnaireOf>,
    /// Runs that the file foresees.
    pub editions: Vec<EditionOf>,
    /// Sources of the report's tables.
    pub sources: Vec<SourceOf>,
    /// Specific goals.
    pub goals: Vec<Goal>,
    /// Places of the report other than actions.
    pub places: Vec<ReportPlace>,
    /// Actions of the tables.
    pub actions: Vec<Action>,
    /// What holds for all indicators; none in a programme without any.
    pub indicator_rule: Option<IndicatorRule>,
    /// Indicators of long-term results, in the order of the report.
    #[serde(default)]
    pub indicators: Vec<Indicator>,
    /// Jobs that are looked up on a public list.
    #[serde(default)]
    pub jobs: Option<JobsOf>,
}

/// Names and the time zone.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Identity {
    /// Stands in addresses.
    pub slug: String,
    /// Full name.
    pub name: String,
    /// Short name.
    pub short_name: String,
    /// Office in charge.
    pub owner: String,
    /// Its short name.
    pub owner_short: String,
    /// Zone in which dates are meant.
    pub time_zone: String,
    /// Language of its texts.
    pub language: String,
}

/// The information clause on personal data: the short layer and what fills the full one.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "each key is the heading under which its text is printed")]
pub struct Privacy {
    pub short: String,
    pub controller: String,
    pub officer: String,
    pub purpose: String,
    pub legal_basis: String,
    pub recipients: String,
    pub retention: String,
    pub source: String,
    pub voluntary: String,
    pub transfers: String,
    pub automation: String,
}

/// What numbers have to obey before they are printed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct FigureRules {
    /// A percentage of a smaller base is printed as counts only.
    pub smallest_base: u64,
    /// Fewest offices in a group that is shown outside of the panel.
    pub smallest_group: u64,
    /// Measures (`jst.media_jst`) on which the page about non-response shows what it may change.
    pub main: Vec<String>,
}

impl Default for FigureRules {
    fn default() -> Self {
        Self { smallest_base: 10, smallest_group: 5, main: Vec::new() }
    }
}

/// An attribute of units by which numbers are broken down.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Breakdown {
    /// The attribute: `kind`, `powiat`, `nuts2`, `nuts3`, or a column of the register.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Names of its values.
    #[serde(default)]
    pub names: BTreeMap<String, String>,
}

/// A kind of unit with its plural forms (1, 2–4, others).
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "code and the three forms, as the comment above says")]
pub struct KindOf {
    pub code: String,
    pub one: String,
    pub few: String,
    pub many: String,
}

/// A questionnaire: which kinds get it and what its start page says.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct QuestionnaireOf {
    /// `form_id` of the questionnaire.
    pub form: String,
    /// Short name in tables.
    pub label: String,
    /// One unit of it.
    pub one: String,
    /// Two to four.
    pub few: String,
    /// Others.
    pub many: String,
    /// Kinds of unit that can get it.
    pub kinds: Vec<String>,
    /// How long it takes.
    pub minutes: u32,
    /// Whom it concerns.
    pub scope: String,
    /// What to have at hand.
    pub needs: Vec<String>,
}

/// A run.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EditionOf {
    /// Stands in addresses.
    pub slug: String,
    /// Name on pages.
    pub name: String,
    /// Reporting year, as texts say it.
    pub year: i32,
    /// First day asked about.
    #[serde(with = "day")]
    pub period_from: NaiveDate,
    /// Last day asked about.
    #[serde(with = "day")]
    pub period_to: NaiveDate,
    /// First day of filling in.
    #[serde(with = "day")]
    pub opens: NaiveDate,
    /// Last day of filling in.
    #[serde(with = "day")]
    pub closes: NaiveDate,
    /// Kinds left out of the frame.
    pub without_kinds: Vec<String>,
    /// Files of the questionnaires by form, relative to the programme's folder.
    pub files: BTreeMap<String, String>,
    /// Day as of which units are taken from the register.
    #[serde(with = "day")]
    pub register_date: NaiveDate,
    /// Reference number of the covering letter.
    pub letter_number: String,
    /// Date of the covering letter.
    #[serde(with = "day")]
    pub letter_date: NaiveDate,
}

/// Which answers report jobs at entities whose status the list of social enterprises decides. Questions are named by
/// the ids that they keep between editions.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct JobsOf {
    /// The questionnaire.
    pub form: String,
    /// Name of the employer, in a list of employers.
    pub name: String,
    /// Its NIP or KRS.
    pub number: String,
    /// Whether it had the status, as the office says (`tak`, `nie`).
    pub answer: String,
    /// How many jobs.
    pub jobs: String,
    /// The month in which they were made (`m01` to `m12`), where the questionnaire asks for it.
    pub month: Option<String>,
    /// All jobs of an office, also of one that gave no list.
    pub total: String,
    /// Those with the status, as the office says.
    pub social: String,
}

/// A source of data named in the tables.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SourceOf {
    /// As the tables write it.
    pub code: String,
    /// In full.
    pub name: String,
    /// The questionnaire that collects it, if one does.
    pub form: Option<String>,
}

/// A specific goal; its actions fill one table.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Goal {
    /// Number of the goal.
    pub number: u32,
    /// Number of its table in the report.
    pub table: u32,
    /// Direction of intervention.
    pub direction: String,
    /// Name of the goal.
    pub name: String,
}

/// A place of the report that is no action.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReportPlace {
    /// As measures and sentences name it.
    pub code: String,
    /// What it is about.
    pub name: String,
}

/// An action of Tables 2 to 6.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Action {
    /// Number of the action.
    pub code: String,
    /// Number of its goal.
    pub goal: u32,
    /// Area, where the table gives one.
    pub area: Option<String>,
    /// Name of the action.
    pub name: String,
    /// Product indicators.
    pub products: Vec<String>,
    /// Declared sources, in the table's order.
    pub sources: Vec<String>,
}

/// Attributes that every unit has and numbers can always be broken down by.
pub const EVERY_UNIT: [&str; 4] = ["kind", "nuts2", "nuts3", "powiat"];

/// Why a programme file cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ProgrammeError {
    /// Not TOML of this shape; the message says line and column.
    #[error("{0}")]
    Malformed(String),
    /// Names that nothing in the file declares; each with where it stands.
    #[error("{}", .0.join("\n"))]
    Inconsistent(Vec<String>),
}

impl Programme {
    /// Reads the text of a programme file.
    ///
    /// # Errors
    /// [`ProgrammeError`], with all inconsistencies at once.
    pub fn parse(text: &str) -> Result<Self, ProgrammeError> {
        let programme: Self = toml::from_str(text)
            .map_err(|error| ProgrammeError::Malformed(form::problem::toml_sentence(&error, text)))?;
        let problems = programme.inconsistencies();
        if problems.is_empty() { Ok(programme) } else { Err(ProgrammeError::Inconsistent(problems)) }
    }

    /// The edition of this name.
    #[must_use]
    pub fn edition(&self, slug: &str) -> Option<&EditionOf> {
        self.editions.iter().find(|edition| edition.slug == slug)
    }

    /// The questionnaire of this form.
    #[must_use]
    pub fn questionnaire(&self, form: &str) -> Option<&QuestionnaireOf> {
        self.questionnaires.iter().find(|questionnaire| questionnaire.form == form)
    }

    /// The questionnaire that units of this kind get.
    #[must_use]
    pub fn questionnaire_for(&self, kind: &str) -> Option<&QuestionnaireOf> {
        self.questionnaires.iter().find(|questionnaire| questionnaire.kinds.iter().any(|own| own == kind))
    }

    /// Columns of the register that numbers are broken down by, besides kind, powiat, NUTS 2 and NUTS 3.
    pub fn own_breakdowns(&self) -> impl Iterator<Item = &Breakdown> {
        self.breakdowns.iter().filter(|breakdown| !EVERY_UNIT.contains(&breakdown.code.as_str()))
    }

    /// The indicator of this code.
    #[must_use]
    pub fn indicator(&self, code: &str) -> Option<&Indicator> {
        self.indicators.iter().find(|indicator| indicator.code == code)
    }

    /// What a row of the report is about, for actions and other places.
    #[must_use]
    pub fn row_name(&self, code: &str) -> Option<&str> {
        let action =
            self.actions.iter().find(|action| action.code == code).map(|action| action.name.as_str());
        action
            .or_else(|| self.places.iter().find(|place| place.code == code).map(|place| place.name.as_str()))
    }

    /// Codes of all rows of the report in its order: actions, then the other places.
    pub fn rows(&self) -> impl Iterator<Item = &str> {
        let actions = self.actions.iter().map(|action| action.code.as_str());
        actions.chain(self.places.iter().map(|place| place.code.as_str()))
    }

    fn inconsistencies(&self) -> Vec<String> {
        let mut found = Vec::new();
        if self.programme.time_zone.parse::<chrono_tz::Tz>().is_err() {
            found.push(format!("programme.time_zone: nie ma strefy „{}”", self.programme.time_zone));
        }
        let kinds: BTreeSet<&str> = self.kinds.iter().map(|kind| kind.code.as_str()).collect();
        let forms: BTreeSet<&str> = self.questionnaires.iter().map(|q| q.form.as_str()).collect();
        let sources: BTreeSet<&str> = self.sources.iter().map(|source| source.code.as_str()).collect();
        let goals: BTreeSet<u32> = self.goals.iter().map(|goal| goal.number).collect();
        let mut missing = |place: String, name: &str, known: &BTreeSet<&str>| {
            if !known.contains(name) {
                found.push(format!("{place}: „{name}” nie jest nigdzie zadeklarowane"));
            }
        };
        for questionnaire in &self.questionnaires {
            for kind in &questionnaire.kinds {
                missing(format!("questionnaires[{}].kinds", questionnaire.form), kind, &kinds);
            }
        }
        for edition in &self.editions {
            for kind in &edition.without_kinds {
                missing(format!("editions[{}].without_kinds", edition.slug), kind, &kinds);
            }
            for form in edition.files.keys() {
                missing(format!("editions[{}].files", edition.slug), form, &forms);
            }
        }
        if let Some(jobs) = &self.jobs {
            missing("jobs.form".to_owned(), &jobs.form, &forms);
        }
        for action in &self.actions {
            for source in &action.sources {
                missing(format!("actions[{}].sources", action.code), source, &sources);
            }
        }
        for (place, breakdown) in self.breakdowns.iter().enumerate() {
            if self.breakdowns[..place].iter().any(|other| other.code == breakdown.code) {
                found.push(format!("breakdowns: „{}” stoi drugi raz", breakdown.code));
            }
        }
        if self.figures.smallest_group == 0 {
            found.push("figures.smallest_group: najmniejsza grupa to co najmniej 1".into());
        }
        for edition in self.editions.iter().filter(|edition| edition.opens > edition.closes) {
            found.push(format!("editions[{}]: opens jest później niż closes", edition.slug));
        }
        for action in self.actions.iter().filter(|action| !goals.contains(&action.goal)) {
            found.push(format!("actions[{}].goal: nie ma celu {}", action.code, action.goal));
        }
        let declared = indicator_check::Declared { goals: &goals, forms: &forms };
        found.extend(indicator_check::inconsistencies(
            self.indicator_rule.as_ref(),
            &self.indicators,
            &declared,
        ));
        found
    }
}

/// TOML dates as calendar days.
mod day {
    use chrono::NaiveDate;
    use serde::{Deserialize, Deserializer, Serializer};

    pub(super) fn serialize<S: Serializer>(day: &NaiveDate, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(day)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<NaiveDate, D::Error> {
        let date = toml::value::Datetime::deserialize(deserializer)?;
        date.to_string().parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MAZOWSZE: &str = include_str!("../../../forms/mazowsze/programme.toml");

    #[test]
    fn the_shipped_programme_reads_and_holds_the_fifty_actions() {
        let programme = Programme::parse(MAZOWSZE).unwrap();
        assert_eq!(programme.actions.len(), 50);
        assert_eq!(programme.questionnaire_for("WUP").unwrap().form, "up");
        assert_eq!(programme.edition("2024").unwrap().opens.to_string(), "2025-01-17");
        assert!(programme.row_name("4.11").is_some());
        // Ten rows name the JST as a source, six the labour offices.
        let naming = |source: &str| {
            programme.actions.iter().filter(|action| action.sources.iter().any(|s| s == source)).count()
        };
        assert_eq!((naming("JST"), naming("UP")), (10, 6));
    }

    #[test]
    fn names_that_nothing_declares_are_all_told() {
        let text = MAZOWSZE
            .replace("kinds   = [\"PUP\", \"WUP\"]", "kinds   = [\"PUP\", \"WUPP\"]")
            .replace("Europe/Warsaw", "Europe/Warszawa");
        let ProgrammeError::Inconsistent(found) = Programme::parse(&text).unwrap_err() else {
            panic!("an inconsistent programme was read");
        };
        assert_eq!(found.len(), 2, "{found:?}");
        assert!(found[1].contains("WUPP"));
    }

    #[test]
    fn a_broken_file_says_the_line() {
        let error = Programme::parse("[programme]\nslug = ").unwrap_err();
        assert!(error.to_string().contains("wiersz 2"), "{error}");
    }
}
