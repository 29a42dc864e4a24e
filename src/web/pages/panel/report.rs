//! Sorts measures and sentences by the row of the report that they feed.
use std::collections::{BTreeMap, BTreeSet};

use form::plan::Plan;
use tally::{Reading, sentence};

use super::numbers::{NumberRow, ReportPart};

/// The numbers of one questionnaire of an edition.
#[derive(Debug, Clone, Copy)]
pub struct FormNumbers<'a> {
    /// Name of the questionnaire, such as `jst`.
    pub form: &'a str,
    /// Its plan.
    pub plan: &'a Plan,
    /// Its measures, read.
    pub readings: &'a [Reading],
}

/// All rows that have a sentence or a number, in the order of the report, and at the end what feeds none.
/// `titles` names the rows.
pub fn report_parts(forms: &[FormNumbers<'_>], titles: &BTreeMap<String, String>) -> Vec<ReportPart> {
    let mut rows: Vec<&str> =
        forms.iter().flat_map(rows_of).collect::<BTreeSet<&str>>().into_iter().collect();
    rows.sort_by_key(|row| order(row));
    let parts = rows.into_iter().map(|row| ReportPart {
        row: row.into(),
        title: titles.get(row).cloned().unwrap_or_default(),
        sentences: forms.iter().flat_map(|numbers| sentences(numbers, row)).collect(),
        numbers: forms.iter().flat_map(|numbers| measures(numbers, row)).collect(),
    });
    parts.collect()
}

fn rows_of<'a>(numbers: &FormNumbers<'a>) -> Vec<&'a str> {
    let free = numbers.readings.iter().any(|reading| reading.rows.is_empty()).then_some("");
    let fed = numbers.readings.iter().flat_map(|reading| &reading.rows).map(String::as_str);
    numbers.plan.reports.iter().map(|report| report.row.as_str()).chain(fed).chain(free).collect()
}

/// `4.10` comes after `4.4`, other names after numbers, and no row at all last.
fn order(row: &str) -> (bool, Vec<u32>, String) {
    let numbers: Option<Vec<u32>> = row.split('.').map(|part| part.parse().ok()).collect();
    (row.is_empty(), numbers.unwrap_or_else(|| vec![u32::MAX]), row.into())
}

fn sentences(numbers: &FormNumbers<'_>, row: &str) -> Vec<String> {
    let reports = numbers.plan.reports.iter().filter(|report| report.row == row);
    let texts = reports.map(|report| match sentence(report, numbers.readings) {
        Ok(text) => text,
        Err(troubles) => {
            let troubles: Vec<String> = troubles.iter().map(ToString::to_string).collect();
            format!("Zdania nie można złożyć. Proszę poprawić plan analizy: {}", troubles.join("; "))
        }
    });
    texts.filter(|text| !text.is_empty()).collect()
}

fn measures(numbers: &FormNumbers<'_>, row: &str) -> Vec<NumberRow> {
    let fits = |reading: &&Reading| match row {
        "" => reading.rows.is_empty(),
        row => reading.rows.iter().any(|fed| fed == row),
    };
    numbers.readings.iter().filter(fits).map(|reading| NumberRow::new(numbers.form, reading)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_stand_in_the_order_of_the_report() {
        let mut rows = ["", "4.10", "V", "1.3", "4.4", "10.1"];
        rows.sort_by_key(|row| order(row));
        assert_eq!(rows, ["1.3", "4.4", "4.10", "10.1", "V", ""]);
    }

    fn loaded(name: &str) -> form::load::Questionnaire {
        let file = format!("{}/forms/mazowsze/2024/{name}.toml", env!("CARGO_MANIFEST_DIR"));
        let text = std::fs::read_to_string(&file).expect("a questionnaire");
        form::load(&file, &text).questionnaire.expect("a questionnaire without mistakes")
    }

    #[test]
    fn every_measure_and_sentence_of_both_questionnaires_stands_somewhere() {
        let (jst, up) = (loaded("jst"), loaded("up"));
        let read = |form: &form::load::Questionnaire| {
            tally::read(&form.model, &form.plan, &tally::Tally::new(), &tally::Merges::default(), 0)
        };
        let (jst_readings, up_readings) = (read(&jst), read(&up));
        let forms = [
            FormNumbers { form: "jst", plan: &jst.plan, readings: &jst_readings },
            FormNumbers { form: "up", plan: &up.plan, readings: &up_readings },
        ];
        let titles = BTreeMap::from([("1.3".to_owned(), "Media".to_owned())]);
        let parts = report_parts(&forms, &titles);
        let shown: BTreeSet<&str> =
            parts.iter().flat_map(|part| &part.numbers).map(|row| row.name.as_str()).collect();
        for reading in jst_readings.iter().chain(&up_readings) {
            assert!(shown.contains(reading.name.as_str()), "{}", reading.name);
        }
        let sentences: Vec<&String> = parts.iter().flat_map(|part| &part.sentences).collect();
        assert!(sentences.len() >= 7, "{sentences:?}");
        assert!(sentences.iter().all(|text| !text.contains("nie można złożyć")), "{sentences:?}");
        assert_eq!(
            parts.iter().find(|part| part.row == "1.3").map(|part| part.title.as_str()),
            Some("Media")
        );
    }
}
