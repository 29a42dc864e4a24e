//! Everything that the chapter is made of, as one snapshot has it.

use std::sync::Arc;

use form::{Model, Plan};
use store::{Edition, Tx};
use survey::Timestamp;
use survey::calendar::Zone;
use survey::programme::{Action, Programme};

use crate::service::decisions::{Standing, read_decisions};
use crate::service::figures::Figures;
use crate::service::indicators::Indicators;
use crate::service::mapped::Mapped;
use crate::service::measures::{Measures, ReportLine, SYNTHETIC_NOTICE, StateMark, report_lines_of};
use crate::service::nonresponse::Response;
use crate::service::notebook::{Notebook, read_notebook};
use crate::service::programmes::Known;
use crate::service::states::State;
use crate::service::{EditionName, Refused, Service};

/// What the chapter is made of.
pub struct Material {
    /// `programme/edition`.
    pub name: EditionName,
    /// The edition.
    pub edition: Edition,
    /// What the programme's file declares.
    pub programme: Programme,
    /// The zone of its dates.
    pub zone: Zone,
    /// The numbers.
    pub figures: Figures,
    /// SHA-256 of the numbers.
    pub hash: String,
    /// The frozen state that they are from.
    pub state: Option<StateMark>,
    /// The measures behind them.
    pub measures: Measures,
    /// Rows of the report with their sentences.
    pub lines: Vec<ReportLine>,
    /// Texts and facts.
    pub notebook: Notebook,
    /// The questionnaires.
    pub forms: Vec<Asked>,
    /// The indicators of the programme.
    pub indicators: Indicators,
    /// Who answered, for each questionnaire.
    pub responses: Vec<Response>,
    /// The main measure by region.
    pub mapped: Option<Mapped>,
    /// What was decided about the numbers.
    pub decisions: Vec<Standing>,
    /// When the chapter was made.
    pub made: Timestamp,
    /// Whether the chapter is all of one moment; that of a state which did not keep its chapter is not.
    pub is_whole: bool,
}

/// A questionnaire of the edition.
pub struct Asked {
    /// `form_id`.
    pub form: String,
    /// Short name in tables.
    pub label: String,
    /// The questionnaire.
    pub model: Arc<Model>,
    /// How its numbers are counted.
    pub plan: Arc<Plan>,
}

impl Material {
    /// The reporting year.
    #[must_use]
    pub fn year(&self) -> i32 {
        use chrono::Datelike;
        self.programme
            .edition(&self.name.edition)
            .map_or_else(|| self.edition.period_to.year(), |edition| edition.year)
    }

    /// Whether what is not among the numbers of a state is still as it was then: who answered, to whom it was sent.
    #[must_use]
    pub fn is_current(&self) -> bool {
        self.figures.as_of.seq == self.edition.seq
    }

    /// What must be said about the numbers on every page.
    #[must_use]
    pub fn notice(&self) -> Option<String> {
        self.figures.synthetic.then(|| SYNTHETIC_NOTICE.to_owned())
    }

    /// The questionnaire of this `form_id`.
    #[must_use]
    pub fn asked(&self, form: &str) -> Option<&Asked> {
        self.forms.iter().find(|asked| asked.form == form)
    }

    /// Sources that the programme names for an action and that neither the notebook nor a survey speaks for.
    #[must_use]
    pub fn silent<'a>(&self, action: &'a Action) -> Vec<&'a str> {
        let note = self.notebook.row(&action.code);
        let written = |code: &String| note.is_some_and(|note| note.sources.contains_key(code));
        let surveyed = |code: &String| {
            let form = self.programme.sources.iter().find(|source| source.code == *code);
            let form = form.and_then(|source| source.form.as_ref());
            let told = self.line(&action.code).into_iter().flat_map(|line| &line.told);
            form.is_some_and(|form| told.into_iter().any(|told| told.form == *form))
        };
        action.sources.iter().filter(|code| !written(code) && !surveyed(code)).map(String::as_str).collect()
    }

    /// The row of the report, if anything feeds it.
    #[must_use]
    pub fn line(&self, row: &str) -> Option<&ReportLine> {
        self.lines.iter().find(|line| line.row == row)
    }
}

impl Service {
    /// Reads what the chapter is made of; the numbers from a frozen state where one is given.
    pub(super) fn read_material(
        &self,
        tx: &mut Tx<'_>,
        name: &EditionName,
        programme: &Known,
        edition: &Edition,
        state: Option<&State>,
    ) -> Result<Material, Refused> {
        let (live, sources) = self.read_measures(tx, name, programme, edition)?;
        let live = live.published();
        let indicators = self.read_indicators(tx, name, programme, edition, &live)?;
        let (measures, figures) = match state {
            // The rule about small bases is the programme's, so a state does not hold it.
            Some(state) => (self.measures_of_state(state)?.published_as(&live), state.figures.clone()),
            None => (live, self.read_figures(tx, name, programme, edition)?),
        };
        let label = |form: &str| {
            let declared = programme.declared.questionnaire(form);
            declared.map_or_else(|| form.to_uppercase(), |questionnaire| questionnaire.label.clone())
        };
        Ok(Material {
            name: name.clone(),
            edition: edition.clone(),
            programme: programme.declared.clone(),
            zone: programme.zone(),
            hash: state.map_or_else(|| figures.hash(), |state| state.row.hash.clone()),
            state: state.map(State::mark),
            lines: report_lines_of(programme, &measures, &sources),
            notebook: read_notebook(tx, programme.scope(), edition.id)?,
            forms: sources
                .into_iter()
                .map(|source| Asked {
                    label: label(&source.form),
                    form: source.form,
                    model: source.model,
                    plan: source.plan,
                })
                .collect(),
            indicators,
            responses: self.read_nonresponse(tx, name)?,
            mapped: self.read_mapped(tx, programme, edition)?,
            decisions: read_decisions(tx, name, programme.scope(), edition)?.made,
            made: self.now(),
            is_whole: state.is_none(),
            measures,
            figures,
        })
    }
}
