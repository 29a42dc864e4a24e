//! Cross-tables: a measure by attributes of the units, with what of it may leave the panel.

use std::collections::BTreeMap;
use std::sync::PoisonError;

use form::plan::{Function, Measure};
use store::{Edition, Tx};
use survey::programme::FigureRules;
use tally::publish::{self, Pattern, Permits, Shown};
use tally::{By, Counts, Cross};

use super::breakdowns::{self, Frame, Names};
use super::counting::Source;
use super::measures::{AsOf, SYNTHETIC_NOTICE};
use super::programmes::Known;
use super::{EditionName, Refused, Service};

/// What is asked for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CrossWanted {
    /// Measures as `jst.media_jst`; all of them when empty.
    pub measures: Vec<String>,
    /// What they are broken down by.
    pub by: By,
}

impl CrossWanted {
    /// Reads what a command or a query asks for: `nuts3`, `kind` and `kind=gmina_wiejska`; a filter without a value
    /// means the units that have none. Whatever does not exist is refused when it is looked up.
    ///
    /// # Errors
    /// [`Refused::Input`] for more than rows and columns.
    pub fn parse(by: &[String], only: &[String], measures: Vec<String>) -> Result<Self, Refused> {
        if by.len() > 2 {
            return Err(Refused::input("tabela ma wiersze i kolumny: najwyżej dwie cechy w by"));
        }
        let filter = |text: &String| {
            let (name, value) = text.split_once('=').unwrap_or((text, ""));
            (name.to_owned(), Some(value.to_owned()).filter(|value| !value.is_empty()))
        };
        let rows = by.first().cloned().unwrap_or_else(|| "kind".into());
        let by = By { rows, columns: by.get(1).cloned(), only: only.iter().map(filter).collect() };
        Ok(Self { measures, by })
    }
}

/// Cross-tables of one edition at one moment.
#[derive(Debug, Clone)]
pub struct CrossTables {
    /// `programme/edition`.
    pub edition: String,
    /// Up to which event they count.
    pub as_of: AsOf,
    /// What is to be said about the answers.
    pub notice: Option<&'static str>,
    /// What they are broken down by.
    pub by: By,
    /// Names of attributes and values.
    pub names: Names,
    /// Rules of the programme.
    pub rules: FigureRules,
    /// All measures that can be broken down: questionnaire, name, label.
    pub offered: Vec<(String, String, String)>,
    /// Values that each attribute has among those asked.
    pub values: BTreeMap<String, Vec<tally::Value>>,
    /// The tables.
    pub tables: Vec<CrossTable>,
}

/// One measure broken down.
#[derive(Debug, Clone)]
pub struct CrossTable {
    /// `form_id`.
    pub form: String,
    /// The numbers, all of them.
    pub cross: Cross,
    /// What of it may leave the panel.
    pub shown: Shown,
}

impl Service {
    /// Breaks measures down.
    ///
    /// # Errors
    /// [`Refused::UnknownEdition`]; [`Refused::Input`] for an attribute, a measure or the value of a
    /// filter that does not exist.
    pub fn cross_tables(&self, name: &EditionName, wanted: &CrossWanted) -> Result<CrossTables, Refused> {
        self.store.read("cross_tables", |tx| {
            let (programme, edition) = self.edition_in(tx, name)?;
            let frame = breakdowns::frame(tx, &programme, &edition)?;
            let sources = self.sources(tx, &programme, &edition)?;
            check(wanted, &frame, &sources)?;
            let mut tables = Vec::new();
            for source in &sources {
                tables.extend(self.cross_of(tx, &programme, &edition, source, &frame, wanted)?);
            }
            let synthetic = edition.synthetic || programme.row.synthetic;
            Ok(CrossTables {
                edition: name.to_string(),
                as_of: AsOf { seq: edition.seq, frozen: edition.frozen },
                notice: synthetic.then_some(SYNTHETIC_NOTICE),
                by: wanted.by.clone(),
                rules: programme.declared.figures.clone(),
                offered: offered(&sources),
                values: values(&frame),
                names: frame.names,
                tables,
            })
        })
    }

    /// The measures of an edition that can be broken down: questionnaire, name, label.
    ///
    /// # Errors
    /// [`Refused::UnknownEdition`].
    pub fn cross_measures(&self, name: &EditionName) -> Result<Vec<(String, String, String)>, Refused> {
        self.store.read("cross_measures", |tx| {
            let (programme, edition) = self.edition_in(tx, name)?;
            Ok(offered(&self.sources(tx, &programme, &edition)?))
        })
    }

    /// The wanted measures of one questionnaire.
    pub(super) fn cross_of(
        &self,
        tx: &mut Tx<'_>,
        programme: &Known,
        edition: &Edition,
        source: &Source,
        frame: &Frame,
        wanted: &CrossWanted,
    ) -> Result<Vec<CrossTable>, Refused> {
        let measures: Vec<&Measure> =
            source.plan.measures.iter().filter(|measure| is_wanted(wanted, source, measure)).collect();
        if measures.is_empty() {
            return Ok(Vec::new());
        }
        let asked = frame.of(&source.form);
        let attributes: Vec<&str> = frame.names.attributes.iter().map(|(code, _)| code.as_str()).collect();
        let least = programme.declared.figures.smallest_group;
        let mut known: BTreeMap<Pattern, Permits> = BTreeMap::new();
        self.with_counts(tx, programme, edition, source, &asked, |counts| {
            measures
                .into_iter()
                .map(|measure| {
                    let sizes = tally::sizes(counts, measure);
                    let permits = publish::permits_once(&mut known, &sizes, &attributes, least);
                    let cross = tally::cross(counts, measure, &wanted.by);
                    let may_leave = publish::may_leave(measure, &source.model);
                    let shown = shown(&cross, &wanted.by, permits, may_leave);
                    CrossTable { form: source.form.clone(), cross, shown }
                })
                .collect()
        })
    }

    /// Lets `work` read from a tally that is caught up.
    pub(super) fn with_counts<T>(
        &self,
        tx: &mut Tx<'_>,
        programme: &Known,
        edition: &Edition,
        source: &Source,
        asked: &BTreeMap<tally::Stratum, u64>,
        work: impl FnOnce(Counts<'_>) -> T,
    ) -> Result<T, Refused> {
        let kept = self.tallies.of(edition.id, &source.form);
        let mut kept = kept.lock().unwrap_or_else(PoisonError::into_inner);
        self.catch_up(tx, programme.scope(), edition, source, &mut kept)?;
        let merges = self.merges(tx, programme.scope(), edition.id, &source.form)?;
        let tally = &kept.tally;
        Ok(work(Counts { model: &source.model, plan: &source.plan, tally, merges: &merges, asked }))
    }
}

fn is_wanted(wanted: &CrossWanted, source: &Source, measure: &Measure) -> bool {
    let key = format!("{}.{}", source.form, measure.name);
    // Answers themselves are no numbers to be broken down.
    measure.function != Function::List && (wanted.measures.is_empty() || wanted.measures.contains(&key))
}

fn offered(sources: &[Source]) -> Vec<(String, String, String)> {
    let of = |source: &Source| {
        let numbers = source.plan.measures.iter().filter(|measure| measure.function != Function::List);
        let all = numbers.map(|measure| (source.form.clone(), measure.name.clone(), measure.label.clone()));
        all.collect::<Vec<_>>()
    };
    sources.iter().flat_map(of).collect()
}

fn values(frame: &Frame) -> BTreeMap<String, Vec<tally::Value>> {
    let strata = || frame.asked.values().flat_map(BTreeMap::keys);
    let of = |code: &String| {
        let found: std::collections::BTreeSet<_> =
            strata().map(|stratum| stratum.get(code).cloned()).collect();
        (code.clone(), found.into_iter().collect())
    };
    frame.names.attributes.iter().map(|(code, _)| of(code)).collect()
}

fn check(wanted: &CrossWanted, frame: &Frame, sources: &[Source]) -> Result<(), Refused> {
    let names = &frame.names;
    let known: Vec<&str> = names.attributes.iter().map(|(code, _)| code.as_str()).collect();
    let mut wrong = Vec::new();
    let asked = [&wanted.by.rows].into_iter().chain(&wanted.by.columns).chain(wanted.by.only.keys());
    for attribute in asked.filter(|one| !known.contains(&one.as_str())) {
        wrong.push(format!("nie ma przekroju „{attribute}”; są: {}", known.join(", ")));
    }
    let values = values(frame);
    for (attribute, value) in &wanted.by.only {
        let (Some(value), Some(known)) = (value, values.get(attribute)) else { continue };
        if !known.iter().flatten().any(|one| one == value) {
            let name = names.attribute(attribute).unwrap_or_default();
            wrong.push(format!("żadna zapytana jednostka nie ma w przekroju „{name}” wartości „{value}”"));
        }
    }
    if wanted.by.columns.as_ref() == Some(&wanted.by.rows) {
        wrong.push("wiersze i kolumny to ta sama cecha; proszę wybrać dwie różne".into());
    }
    for key in &wanted.measures {
        let found = sources.iter().any(|source| {
            let name = key.strip_prefix(&format!("{}.", source.form));
            name.and_then(|name| source.plan.measure(name)).is_some_and(|m| m.function != Function::List)
        });
        if !found {
            wrong.push(format!("nie ma miernika „{key}”, który da się podzielić na grupy"));
        }
    }
    if wrong.is_empty() { Ok(()) } else { Err(Refused::Input(wrong)) }
}

/// What of a table may leave: what is permitted of its groups together with its filter.
fn shown(cross: &Cross, by: &By, permits: &Permits, may_leave: bool) -> Shown {
    let allowed = |row: Option<&tally::Value>, column: Option<&tally::Value>| {
        let mut chosen = by.only.clone();
        let mut fits = true;
        let pairs = [Some(&by.rows).zip(row), by.columns.as_ref().zip(column)];
        for (attribute, value) in pairs.into_iter().flatten() {
            // A row that the filter leaves out has nobody in it.
            fits &= chosen.insert(attribute.clone(), value.clone()).is_none_or(|before| before == *value);
        }
        may_leave && (!fits || permits.allow(&chosen))
    };
    Shown {
        cells: cross
            .rows
            .iter()
            .map(|r| cross.columns.iter().map(|c| allowed(Some(r), Some(c))).collect())
            .collect(),
        rows: cross.rows.iter().map(|row| allowed(Some(row), None)).collect(),
        columns: cross.columns.iter().map(|column| allowed(None, Some(column))).collect(),
        total: allowed(None, None),
    }
}
