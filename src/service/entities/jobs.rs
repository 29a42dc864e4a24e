//! Jobs that offices report, beside the public list of social enterprises.

use std::collections::BTreeMap;

use chrono::{Datelike, Months, NaiveDate};
use form::evaluate::{Evaluation, Status};
use form::model::{Model, Question};
use store::{Counted, Edition, ThingDecision, Tx};
use survey::entities::{Answer, JobRow, JobVerdict, Jobs, Register, weigh};
use survey::programme::JobsOf;
use tally::Place;

use super::super::merges::holding;
use super::super::programmes::Known;
use super::super::{Refused, Service};
use super::Roll;

/// Submissions read at a time.
const PAGE: u32 = 500;

/// Jobs beside the list.
#[derive(Debug, Clone)]
pub struct JobsBeside {
    /// The sums.
    pub jobs: Jobs,
    /// Employer by employer.
    pub lines: Vec<JobLine>,
    /// Offices that gave numbers without employers.
    pub numbers: Vec<NumbersOnly>,
    /// The day of the newest list; none while there is no list, so that nobody can be recognised.
    pub as_of: Option<NaiveDate>,
}

/// Jobs at one employer.
#[derive(Debug, Clone)]
pub struct JobLine {
    /// Name of the office.
    pub unit: String,
    /// What the office says.
    pub row: JobRow,
    /// What the list says.
    pub verdict: JobVerdict,
    /// Name of the employer on the list.
    pub entity: Option<String>,
    /// Whether only its name led to it.
    pub by_name: bool,
    /// Whether office and list say different things.
    pub differs: bool,
}

/// Jobs of an office that gave no employers.
#[derive(Debug, Clone)]
pub struct NumbersOnly {
    /// Name of the office.
    pub unit: String,
    /// All its jobs.
    pub total: u64,
    /// Those at social enterprises, as it says.
    pub social: u64,
}

impl Service {
    /// The jobs of an edition beside the list; none where the programme declares none.
    pub(super) fn jobs_beside(
        &self,
        tx: &mut Tx<'_>,
        programme: &Known,
        edition: &Edition,
        list: Option<&Roll>,
    ) -> Result<Option<JobsBeside>, Refused> {
        let Some(asked) = &programme.declared.jobs else { return Ok(None) };
        let scope = programme.scope();
        let standings = list.map_or(&[][..], |roll| &roll.standings);
        let register = Register::of(standings);
        let mut found = JobsBeside {
            jobs: Jobs::default(),
            lines: Vec::new(),
            numbers: Vec::new(),
            as_of: list.and_then(Roll::newest),
        };
        let decided = holding(tx.thing_decision_list(scope, edition.id, &asked.form)?);
        let mut after = None;
        loop {
            let page =
                tx.submission_page_counted(scope, edition.id, Some(&asked.form), after.as_ref(), PAGE)?;
            let Some(last) = page.last() else { return Ok(Some(found)) };
            after = Some(last.invitation.place());
            for counted in &page {
                let model = self.model_of(tx, scope, counted.submission.form_version_id)?;
                let evaluation =
                    form::settle(&model, &counted.submission.answers, &counted.submission.context);
                let response = Response {
                    asked,
                    edition,
                    counted,
                    model: &model,
                    evaluation: &evaluation,
                    decided: &decided,
                };
                let rows = response.rows();
                if rows.is_empty() {
                    let [total, social] = [&asked.total, &asked.social].map(|id| response.number(id, None));
                    if total > 0 {
                        found.jobs.put_numbers(total, social);
                        found.numbers.push(NumbersOnly {
                            unit: counted.invitation.unit_name.clone(),
                            total,
                            social,
                        });
                    }
                }
                for row in rows {
                    let weighed = weigh(&row, &register);
                    found.jobs.put(&row, weighed);
                    found.lines.push(JobLine {
                        unit: counted.invitation.unit_name.clone(),
                        verdict: weighed.verdict,
                        entity: weighed.entity.map(|place| standings[place].said.name.clone()),
                        by_name: weighed.by_name,
                        differs: weighed.differs(row.answer),
                        row,
                    });
                }
            }
        }
    }
}

/// One counted answer.
struct Response<'a> {
    asked: &'a JobsOf,
    edition: &'a Edition,
    counted: &'a Counted,
    model: &'a Model,
    evaluation: &'a Evaluation,
    decided: &'a BTreeMap<(String, Place), ThingDecision>,
}

impl Response<'_> {
    fn question(&self, id: &str) -> Option<&Question> {
        self.model.questions().find(|question| question.id.as_deref() == Some(id))
    }

    fn text(&self, id: &str, row: Option<usize>) -> String {
        let Some(question) = self.question(id) else { return String::new() };
        let answered = self.evaluation.status(&question.name, row) == Status::Answered;
        let value = answered.then(|| self.evaluation.value(&question.name, row).to_text().into_owned());
        value.unwrap_or_default()
    }

    fn number(&self, id: &str, row: Option<usize>) -> u64 {
        self.text(id, row).parse().unwrap_or_default()
    }

    /// The employers of the response.
    fn rows(&self) -> Vec<JobRow> {
        let repeat = self.question(&self.asked.jobs).and_then(|question| question.repeat.clone());
        let Some(repeat) = repeat else { return Vec::new() };
        let ids = self.evaluation.rows(&repeat);
        ids.iter().enumerate().map(|(place, id)| self.row(&repeat, place, id)).collect()
    }

    fn row(&self, repeat: &str, place: usize, id: &str) -> JobRow {
        let row = Some(place);
        let (from, to) = self.days(row);
        JobRow {
            name: self.text(&self.asked.name, row),
            number: self.completed(repeat, id).unwrap_or_else(|| self.text(&self.asked.number, row)),
            from,
            to,
            answer: match self.text(&self.asked.answer, row).as_str() {
                "tak" => Answer::Yes,
                "nie" => Answer::No,
                _ => Answer::Unknown,
            },
            jobs: self.number(&self.asked.jobs, row),
        }
    }

    /// The number of the thing that an analyst decided the row to name.
    fn completed(&self, repeat: &str, id: &str) -> Option<String> {
        let place = Place { response: self.counted.invitation.id.uuid(), row: Some(id.into()) };
        let key = self.decided.get(&(repeat.to_owned(), place))?.thing_key.clone()?;
        let is_number = key.len() == 10 && key.bytes().all(|c| c.is_ascii_digit());
        is_number.then_some(key)
    }

    /// The month of the jobs where the questionnaire asks for it, else the whole period.
    fn days(&self, row: Option<usize>) -> (NaiveDate, NaiveDate) {
        let period = (self.edition.period_from, self.edition.period_to);
        let month = self.asked.month.as_deref().map(|id| self.text(id, row)).unwrap_or_default();
        let month = month.trim_start_matches('m').parse().ok();
        let first =
            month.and_then(|month| NaiveDate::from_ymd_opt(self.edition.period_from.year(), month, 1));
        let last = |first: NaiveDate| first.checked_add_months(Months::new(1))?.pred_opt();
        first.and_then(|first| Some((first, last(first)?))).unwrap_or(period)
    }
}
