//! Indicators of long-term results, as the programme file declares them: what is planned, by which rule, since when.

use std::collections::BTreeMap;

use form::number::Rational;
use form::polish;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// What the programme says about all its indicators.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct IndicatorRule {
    /// The rule of the degree of realisation.
    pub rule: Rule,
    /// How the programme words it; printed below tables.
    pub note: String,
}

/// An indicator with everything that was ever decided about it.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Indicator {
    /// As tables and sentences name it: `W2.1`.
    pub code: String,
    /// Number of its goal.
    pub goal: u32,
    /// Its name.
    pub name: String,
    /// What is counted: `miejsca pracy`, `%`.
    pub unit: String,
    /// Sort of number.
    pub kind: Kind,
    /// Decimal places with which its values are printed.
    #[serde(default = "two")]
    pub places: u32,
    /// Declarations by validity.
    pub versions: Vec<IndicatorVersion>,
}

/// A declaration and the years in which it holds.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct IndicatorVersion {
    /// First year of reporting in which it holds.
    pub from: i32,
    /// Last one; none while it holds.
    pub to: Option<i32>,
    /// Rule of the degree of realisation.
    pub rule: Rule,
    /// When the target is met.
    #[serde(default)]
    pub comparison: Comparison,
    /// What there was before the programme.
    pub base: Option<BaseOf>,
    /// What is to be reached.
    pub target: Option<TargetOf>,
    /// First year whose values count.
    pub since: Option<i32>,
    /// Values of years before this one were counted differently.
    pub redefined: Option<i32>,
    /// Year of the next survey, for [`Rule::Survey`].
    pub next_survey: Option<i32>,
    /// What a value is the sum of, each part with its own source; empty where it comes as one number.
    #[serde(default)]
    pub parts: Vec<PartOf>,
    /// Where a value that is not split comes from.
    #[serde(default)]
    pub source: ValueSource,
    /// Numbers that are not summed but compared.
    #[serde(default)]
    pub beside: Vec<BesideOf>,
    /// The planned path.
    pub plan: Option<PlanOf>,
    /// What brought this declaration about.
    pub resolution: Option<Resolution>,
    /// Anything that a reader should know.
    pub note: Option<String>,
}

/// Sort of number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Every year adds something.
    Sum,
    /// Every year counts things that may be the same as last year's.
    Distinct,
    /// A state at the end of each year.
    Level,
    /// A part of a whole, such as `68/74`.
    Share,
    /// Done (1) or not (0).
    Deliverable,
    /// A length of time.
    Duration,
}

/// Rule of the degree of realisation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Rule {
    /// achieved / (target − base)
    Net,
    /// (base + achieved) / target
    Gross,
    /// achieved / target
    ZeroBase,
    /// growth over the year before / target
    Yoy,
    /// The level reaches the target or does not.
    Threshold,
    /// Measured by a survey every five years.
    #[serde(rename = "survey_5y")]
    Survey,
    /// Values only.
    None,
}

/// When a number is as good as its target.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Comparison {
    /// ≥
    #[default]
    AtLeast,
    /// ≤
    AtMost,
    /// =
    Equal,
}

/// The state before the programme.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BaseOf {
    /// The number, or that there is no data.
    pub value: Amount,
    /// Of which year.
    pub year: Option<i32>,
    /// How it came about.
    pub note: Option<String>,
}

/// What is to be reached.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TargetOf {
    /// The number; none where the wording gives none.
    pub value: Option<Amount>,
    /// The wording, where it is more than the number.
    pub text: Option<String>,
    /// By which year.
    pub year: Option<i32>,
    /// Other ways in which the wording can be read.
    #[serde(default)]
    pub readings: Vec<ReadingOf>,
}

/// One way to read a target.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReadingOf {
    /// The target then.
    pub value: Amount,
    /// How it is read.
    pub meaning: String,
}

/// One of the numbers that a value is the sum of.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PartOf {
    /// Lower-case letters, digits, `_`.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Where it comes from.
    #[serde(default)]
    pub source: ValueSource,
}

/// A number that stands beside a value.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BesideOf {
    /// Lower-case letters, digits, `_`; not one of the parts.
    pub code: String,
    /// What it counts.
    pub name: String,
    /// Why it is compared.
    pub role: BesideRole,
    /// The part that it is compared with; none for the whole.
    pub part: Option<String>,
    /// Where it is printed.
    pub place: Option<String>,
    /// Where it comes from.
    #[serde(default)]
    pub source: ValueSource,
}

/// Why a number is compared with a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BesideRole {
    /// Increases less decreases.
    Balance,
    /// The same fact in another place of the report.
    SameFact,
}

/// A planned path.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(untagged)]
pub enum PlanOf {
    /// `"linear"`: straight from the year of the base to the year of the target.
    Named(String),
    /// What should have been reached by the end of years.
    Points(Vec<PlanPoint>),
}

/// A corner of a planned path.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PlanPoint {
    /// By the end of which year.
    pub year: i32,
    /// How much.
    pub value: Amount,
}

/// What brought a declaration about.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Resolution {
    /// Its number.
    pub number: String,
    /// Its date, as the document writes it.
    pub date: Option<String>,
    /// What it changed.
    pub what: String,
}

/// An exact number of the file, or that there is no data. Fractions and percents stand in quotes: `"75,5%"`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Amount {
    text: String,
    number: Option<Rational>,
}

impl Amount {
    /// What people write where there is no data.
    pub const NO_DATA: &'static str = "b.d.";

    /// The number; none where there is no data.
    #[must_use]
    pub const fn number(&self) -> Option<&Rational> {
        self.number.as_ref()
    }

    /// As it was written.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Reads `1090`, `1 090`, `75,5`, `75,5%`, `68/74` or `b.d.`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        if text == Self::NO_DATA {
            return Some(Self { text: text.to_owned(), number: None });
        }
        let number = match (text.strip_suffix('%'), text.split_once('/')) {
            (Some(percents), _) => polish::read_number(percents).ok()? / Rational::from_integer(100.into()),
            (None, Some((part, whole))) => {
                let whole = polish::read_number(whole).ok()?;
                let is_zero = whole == Rational::from_integer(0.into());
                (!is_zero).then_some(())?;
                polish::read_number(part).ok()? / whole
            }
            (None, None) => polish::read_number(text).ok()?,
        };
        Some(Self { text: text.to_owned(), number: Some(number) })
    }
}

impl Serialize for Amount {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.text)
    }
}

impl<'de> Deserialize<'de> for Amount {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        #[serde(untagged, expecting = "liczba całkowita albo tekst, np. \"75,5%\" lub \"b.d.\"")]
        enum Written {
            Whole(i64),
            Text(String),
        }
        let text = match Written::deserialize(deserializer)? {
            Written::Whole(number) => number.to_string(),
            Written::Text(text) => text,
        };
        let wrong = || serde::de::Error::custom(format!("„{text}” nie jest liczbą ani „b.d.”"));
        Self::parse(&text).ok_or_else(wrong)
    }
}

/// Where a number comes from.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum ValueSource {
    /// Somebody reads it in a document and enters it.
    #[default]
    Manual,
    /// It comes as a file.
    File,
    /// A measure of a survey.
    Measure(MeasureName),
}

/// A measure of a questionnaire: `up.miejsca_pracy_ps`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MeasureName {
    /// The questionnaire.
    pub form: String,
    /// The measure.
    pub measure: String,
}

impl std::fmt::Display for MeasureName {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}.{}", self.form, self.measure)
    }
}

impl MeasureName {
    /// Reads `form.measure`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (form, measure) = text.split_once('.')?;
        let fine =
            |part: &str| !part.is_empty() && part.bytes().all(|c| c.is_ascii_alphanumeric() || c == b'_');
        (fine(form) && fine(measure)).then(|| Self { form: form.to_owned(), measure: measure.to_owned() })
    }
}

impl Serialize for ValueSource {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Manual => serializer.serialize_str("manual"),
            Self::File => serializer.serialize_str("file"),
            Self::Measure(name) => serializer.collect_str(name),
        }
    }
}

impl<'de> Deserialize<'de> for ValueSource {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        match text.as_str() {
            "manual" => Ok(Self::Manual),
            "file" => Ok(Self::File),
            name => MeasureName::parse(name).map(Self::Measure).ok_or_else(|| {
                serde::de::Error::custom(format!(
                    "„{name}” nie jest źródłem: proszę podać manual, file albo ankieta.miara"
                ))
            }),
        }
    }
}

const fn two() -> u32 {
    2
}

impl Indicator {
    /// The declaration that holds in a year.
    #[must_use]
    pub fn at(&self, year: i32) -> Option<&IndicatorVersion> {
        self.versions.iter().find(|version| version.holds_in(year))
    }
}

impl IndicatorVersion {
    /// Whether it holds in a year.
    #[must_use]
    pub fn holds_in(&self, year: i32) -> bool {
        self.from <= year && self.to.is_none_or(|to| year <= to)
    }

    /// The part of a code.
    #[must_use]
    pub fn part(&self, code: &str) -> Option<&PartOf> {
        self.parts.iter().find(|part| part.code == code)
    }

    /// The number beside the value of a code.
    #[must_use]
    pub fn beside(&self, code: &str) -> Option<&BesideOf> {
        self.beside.iter().find(|beside| beside.code == code)
    }

    /// The measures that it names, each with where.
    pub fn measures(&self) -> impl Iterator<Item = (&str, &MeasureName)> {
        let whole = [("source", &self.source)];
        let parts = self.parts.iter().map(|part| (part.code.as_str(), &part.source));
        let beside = self.beside.iter().map(|beside| (beside.code.as_str(), &beside.source));
        whole.into_iter().chain(parts).chain(beside).filter_map(|(place, source)| match source {
            ValueSource::Measure(name) => Some((place, name)),
            ValueSource::Manual | ValueSource::File => None,
        })
    }

    /// The corners of a declared path that is given point by point.
    #[must_use]
    pub fn plan_points(&self) -> Option<BTreeMap<i32, Rational>> {
        let Some(PlanOf::Points(points)) = &self.plan else { return None };
        Some(points.iter().filter_map(|point| Some((point.year, point.value.number()?.clone()))).collect())
    }
}
