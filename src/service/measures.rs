//! Measures: what the tally of each questionnaire says, and the report's sentences.

use std::collections::BTreeMap;
use std::sync::PoisonError;

use serde::{Deserialize, Serialize};
use store::{Edition, StateKind, Tx};
use survey::Timestamp;
use tally::publish::{self, Size};
use tally::{Reading, Reconciliation};

use super::coding::tables::{self, CodeTable};
use super::counting::Source;
use super::figures::Flag;
use super::programmes::Known;
use super::{EditionName, Refused, Service, flags};

/// All measures of an edition, as commands and the API hand them out.
#[derive(Debug, Clone, Serialize)]
pub struct Measures {
    /// `programme/edition`.
    pub edition: String,
    /// Up to which event they count.
    pub as_of: AsOf,
    /// The frozen state that they are read from; none for those of this moment.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub state: Option<StateMark>,
    /// Whether the answers are made up.
    pub synthetic: bool,
    /// What that means, for people; none for real answers.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub notice: Option<&'static str>,
    /// Of a smaller base no percentage is printed.
    #[serde(skip)]
    pub smallest_base: u64,
    /// Outside of the panel nothing is told of fewer offices.
    #[serde(skip)]
    pub smallest_group: u64,
    /// Whether only what may leave the panel is left.
    #[serde(skip)]
    pub is_published: bool,
    /// Questionnaires with how many were sent out and came back.
    pub forms: BTreeMap<String, FormCounts>,
    /// The measures, by questionnaire in the order of their plans.
    pub measures: Vec<FormReading>,
    /// The codes of open answers, by questionnaire in the order of their questions; the document prints them in words of
    /// its own.
    #[serde(skip)]
    pub codes: Vec<CodeTable>,
}

/// The state of the edition that numbers are read at.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, PartialEq, Eq)]
pub struct AsOf {
    /// The last event that is counted.
    pub seq: i64,
    /// Whether the edition's numbers are final.
    #[serde(default)]
    pub frozen: bool,
}

/// What everything made from a frozen state says about it.
#[derive(Debug, Clone, Serialize, PartialEq, Eq)]
pub struct StateMark {
    /// Its name.
    pub name: String,
    /// What it was made for.
    pub kind: StateKind,
    /// Its name on screen.
    pub label: String,
    /// SHA-256 of its numbers.
    pub hash: String,
    /// When it was frozen.
    pub at: Timestamp,
    /// Version of the program that counted.
    pub program: String,
}

/// How many were asked and how many answered.
#[derive(Debug, Clone, Copy, Default, Serialize, Deserialize, PartialEq, Eq)]
pub struct FormCounts {
    /// Invitations that are not withdrawn.
    pub invited: u64,
    /// Responses counted.
    pub submitted: u64,
}

impl FormCounts {
    /// How many offices stand behind what is counted.
    #[must_use]
    pub fn size(self) -> Size {
        Size { asked: self.invited, answered: self.submitted, valued: None }
    }
}

/// What stands for a percentage of too small a base.
const NO_PERCENTAGE: &str = "–";

/// A measure and its questionnaire.
#[derive(Debug, Clone, Serialize)]
pub struct FormReading {
    /// `form_id`.
    pub form: String,
    /// The measure.
    #[serde(flatten)]
    pub reading: Reading,
    /// Why it has to be read with care; each with the words of its footnote.
    #[serde(skip)]
    pub notes: Vec<(Flag, String)>,
    /// Whether its value may leave the panel: the publication levels of its questions, and enough offices behind it.
    #[serde(skip)]
    pub may_leave: bool,
}

impl FormReading {
    /// A reading of a questionnaire's plan, with what has to be said beside it.
    fn new(source: &Source, mut reading: Reading, smallest_base: u64) -> Self {
        let measure = source.plan.measure(&reading.name);
        if reading.share.is_some() && reading.percentage(smallest_base).is_none() {
            reading.share_text = Some(NO_PERCENTAGE.into());
        }
        Self {
            form: source.form.clone(),
            notes: measure.map(|measure| flags::notes(&source.model, measure, &reading)).unwrap_or_default(),
            may_leave: measure.is_some_and(|measure| publish::may_leave(measure, &source.model)),
            reading,
        }
    }
}

impl Measures {
    /// A measure of a questionnaire by its name.
    #[must_use]
    pub fn find(&self, form: &str, name: &str) -> Option<&FormReading> {
        self.measures.iter().find(|one| one.form == form && one.reading.name == name)
    }

    /// Whether so few offices answered a questionnaire that its numbers stay in the panel.
    #[must_use]
    pub fn is_too_few(&self, form: &str) -> bool {
        let counts = self.forms.get(form);
        // Where nobody answered there is nobody to protect.
        counts.is_some_and(|counts| {
            counts.submitted > 0 && !publish::whole_is_shown(counts.size(), self.smallest_group)
        })
    }

    /// What may leave the panel of a frozen state, as the questionnaire now says.
    #[must_use]
    pub fn published_as(mut self, now: &Measures) -> Self {
        (self.smallest_base, self.smallest_group) = (now.smallest_base, now.smallest_group);
        for found in &mut self.measures {
            let same = |other: &&FormReading| {
                (&other.form, &other.reading.name) == (&found.form, &found.reading.name)
            };
            found.may_leave = now.measures.iter().find(same).is_some_and(|other| other.may_leave);
        }
        self.published()
    }

    /// What may leave the panel: a measure over questions of too low a publication level, or of a questionnaire that too
    /// few offices answered, keeps its name and nothing else.
    #[must_use]
    pub fn published(mut self) -> Self {
        self.is_published = true;
        let forms: Vec<String> = self.forms.keys().filter(|form| self.is_too_few(form)).cloned().collect();
        self.codes.retain(|table| !forms.contains(&table.form));
        for found in &mut self.measures {
            found.may_leave &= !forms.contains(&found.form);
        }
        for found in self.measures.iter_mut().filter(|found| !found.may_leave) {
            found.reading = Reading {
                value: tally::Figure::Nothing,
                numerator: None,
                denominator: None,
                base: None,
                share: None,
                share_text: None,
                entries: None,
                answered: None,
                missing: None,
                dont_know: None,
                not_relevant: None,
                ..found.reading.clone()
            };
        }
        self
    }
}

/// A row of the report with what feeds it.
#[derive(Debug, Clone)]
pub struct ReportLine {
    /// Code of the row.
    pub row: String,
    /// What it is about.
    pub name: String,
    /// Sentences with their numbers.
    pub sentences: Vec<String>,
    /// The same sentences in pieces, each with its questionnaire.
    pub told: Vec<Told>,
    /// Numbers that are parts of others, with their wholes.
    pub reconciled: Vec<Reconciled>,
    /// Measures.
    pub measures: Vec<FormReading>,
    /// Tables of codes.
    pub codes: Vec<CodeTable>,
}

/// A sentence in pieces, which tell its numbers from its words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    /// `form_id` of the questionnaire that it comes from.
    pub form: String,
    /// The pieces.
    pub bits: Vec<tally::Bit>,
}

impl Told {
    /// The whole sentence.
    #[must_use]
    pub fn text(&self) -> String {
        tally::joined(&self.bits)
    }
}

/// A whole and its parts in one line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reconciled {
    /// What the whole is called.
    pub label: String,
    /// The line.
    pub line: Reconciliation,
}

/// What people are told about synthetic answers, everywhere.
pub const SYNTHETIC_NOTICE: &str = "dane przykładowe, nie są odpowiedziami wymienionych urzędów";

impl Service {
    /// All measures of an edition at this moment.
    ///
    /// # Errors
    /// [`Refused::UnknownEdition`].
    pub fn measures(&self, name: &EditionName) -> Result<Measures, Refused> {
        self.store.read("measures", |tx| {
            let (programme, edition) = self.edition_in(tx, name)?;
            let (mut measures, _) = self.read_measures(tx, name, &programme, &edition)?;
            if edition.frozen {
                measures.as_of = self.read_figures(tx, name, &programme, &edition)?.as_of;
            }
            Ok(measures)
        })
    }

    /// The rows of the report in its order, with sentences and measures.
    ///
    /// # Errors
    /// [`Refused::UnknownEdition`].
    pub fn report_lines(&self, name: &EditionName) -> Result<(Measures, Vec<ReportLine>), Refused> {
        self.store.read("report_lines", |tx| {
            let (programme, edition) = self.edition_in(tx, name)?;
            let (measures, sources) = self.read_measures(tx, name, &programme, &edition)?;
            let lines = report_lines_of(&programme, &measures, &sources);
            Ok((measures, lines))
        })
    }

    /// The measures with what they were read from.
    pub(super) fn read_measures(
        &self,
        tx: &mut Tx<'_>,
        name: &EditionName,
        programme: &Known,
        edition: &Edition,
    ) -> Result<(Measures, Vec<Source>), Refused> {
        let scope = programme.scope();
        let sources = self.sources(tx, programme, edition)?;
        let mut forms = BTreeMap::new();
        let mut measures = Vec::new();
        let mut codes = Vec::new();
        let rules = &programme.declared.figures;
        for source in &sources {
            let kept = self.tallies.of(edition.id, &source.form);
            let mut kept = kept.lock().unwrap_or_else(PoisonError::into_inner);
            self.catch_up(tx, scope, edition, source, &mut kept)?;
            let counts = FormCounts { invited: source.sent, submitted: kept.tally.responses() };
            forms.insert(source.form.clone(), counts);
            let merges = self.merges(tx, scope, edition.id, &source.form)?;
            let readings = tally::read(&source.model, &source.plan, &kept.tally, &merges, source.sent);
            codes.extend(tables::of_source(source, &kept.tally, &merges, &readings));
            let own =
                readings.into_iter().map(|reading| FormReading::new(source, reading, rules.smallest_base));
            measures.extend(own);
        }
        let synthetic = edition.synthetic || programme.row.synthetic;
        let measures = Measures {
            edition: name.to_string(),
            as_of: AsOf { seq: edition.seq, frozen: edition.frozen },
            state: None,
            synthetic,
            notice: synthetic.then_some(SYNTHETIC_NOTICE),
            smallest_base: rules.smallest_base,
            smallest_group: rules.smallest_group,
            is_published: false,
            forms,
            measures,
            codes,
        };
        Ok((measures, sources))
    }
}

pub(super) fn report_lines_of(programme: &Known, measures: &Measures, sources: &[Source]) -> Vec<ReportLine> {
    let mut codes: Vec<&str> = programme.declared.rows().collect();
    for measure in &measures.measures {
        for row in &measure.reading.rows {
            if !codes.contains(&row.as_str()) {
                codes.push(row);
            }
        }
    }
    let tabled =
        sources.iter().flat_map(|source| &source.plan.reports).filter(|report| report.table.is_some());
    for report in tabled {
        if !codes.contains(&report.row.as_str()) {
            codes.push(&report.row);
        }
    }
    let lines = codes.into_iter().map(|row| {
        let told = told(row, measures, sources, programme.declared.figures.smallest_base);
        let of_row = |m: &&FormReading| m.reading.rows.iter().any(|r| r == row);
        ReportLine {
            row: row.to_owned(),
            name: programme.declared.row_name(row).unwrap_or_default().to_owned(),
            sentences: told.iter().map(Told::text).collect(),
            told,
            reconciled: reconciled(row, measures, sources),
            measures: measures.measures.iter().filter(of_row).cloned().collect(),
            codes: code_tables(row, measures, sources),
        }
    });
    let filled =
        |line: &ReportLine| !line.sentences.is_empty() || !line.measures.is_empty() || !line.codes.is_empty();
    lines.filter(filled).collect()
}

/// The tables of codes that stand in a row.
fn code_tables(row: &str, measures: &Measures, sources: &[Source]) -> Vec<CodeTable> {
    let wanted = |table: &&CodeTable| {
        let source = sources.iter().find(|source| source.form == table.form);
        let reports = source.into_iter().flat_map(|source| &source.plan.reports);
        let mut coded =
            reports.filter(|report| report.row == row && report.table.as_deref() == Some("codes"));
        coded.any(|report| report.question.as_deref() == Some(table.reading.question.as_str()))
    };
    measures.codes.iter().filter(wanted).cloned().collect()
}

/// What stands instead of the sentences of a questionnaire that too few offices answered.
fn kept_inside(form: &str) -> Told {
    let words = format!(
        "Liczb z ankiety {} nie podaje się, bo odpowiedziało na nią za mało jednostek.",
        form.to_uppercase()
    );
    Told { form: form.to_owned(), bits: vec![tally::Bit::Words(words)] }
}

fn told(row: &str, measures: &Measures, sources: &[Source], smallest_base: u64) -> Vec<Told> {
    let mut found = Vec::new();
    for source in sources {
        if measures.is_published && measures.is_too_few(&source.form) {
            found.extend(is_told(row, source).then(|| kept_inside(&source.form)));
            continue;
        }
        let readings = of_form(measures, &source.form);
        for report in source.plan.reports.iter().filter(|report| report.row == row) {
            match tally::bits_above(report, &readings, smallest_base) {
                Ok(bits) if bits.is_empty() => {}
                Ok(bits) => found.push(Told { form: source.form.clone(), bits }),
                // The plan was checked when it was stored, so this is a fault of the program, not of the analyst.
                Err(troubles) => tracing::error!(row, ?troubles, "a sentence cannot be filled in"),
            }
        }
    }
    found
}

/// Whether a row of the report has a sentence of this questionnaire.
fn is_told(row: &str, source: &Source) -> bool {
    source.plan.reports.iter().any(|report| report.row == row && report.text.is_some())
}

/// The lines of the wholes and parts that stand in a row.
fn reconciled(row: &str, measures: &Measures, sources: &[Source]) -> Vec<Reconciled> {
    let mut found = Vec::new();
    for source in sources {
        let readings = of_form(measures, &source.form);
        let stands =
            |name: &str| readings.iter().any(|one| one.name == name && one.rows.iter().any(|r| r == row));
        for line in tally::reconcile(&source.plan, &readings) {
            if stands(&line.whole) || line.parts.iter().any(|part| stands(part)) {
                let whole = readings.iter().find(|reading| reading.name == line.whole);
                found
                    .push(Reconciled { label: whole.map(|one| one.label.clone()).unwrap_or_default(), line });
            }
        }
    }
    found
}

fn of_form(measures: &Measures, form: &str) -> Vec<Reading> {
    measures.measures.iter().filter(|m| m.form == form).map(|m| m.reading.clone()).collect()
}
