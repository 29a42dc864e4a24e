//! The table `[settings]`.

use super::codes;
use super::columns::{self, check_known};
use super::draft::{Draft, Record};
use super::report::{Finding, Report};
use crate::model::Settings;

pub(super) fn read(report: &mut Report<'_>, record: &Record) -> Settings {
    check_known(report, record, &columns::SETTINGS);
    let form_id = required(report, record, "form_id");
    if !form_id.is_empty() && !crate::answers::is_name(&form_id) {
        let message = format!("„{form_id}” nie może być form_id");
        let help = "form_id składa się z liter bez znaków diakrytycznych, cyfr i _.";
        report.add(Finding::new(codes::SETTING, record.span_of("form_id"), message).help(help));
    }
    Settings {
        form_id,
        version: required(report, record, "version"),
        form_title: required(report, record, "form_title"),
        default_language: record.owned("default_language"),
        previous: record.owned("previous"),
        respondents: record.owned("respondents"),
        extra: record.others(&columns::SETTINGS),
    }
}

fn required(report: &mut Report<'_>, record: &Record, key: &str) -> String {
    record.owned(key).unwrap_or_else(|| {
        report.add(Finding::new(codes::SETTING, &record.span, format!("w [settings] brak klucza {key}")));
        String::new()
    })
}

/// Texts in several languages need to say which one is shown.
pub(super) fn check_languages(report: &mut Report<'_>, draft: &Draft) {
    if draft.settings.get("default_language").is_some() {
        return;
    }
    let records = draft.survey.iter().chain(draft.choices.iter().flat_map(|list| &list.choices));
    for record in records {
        let translated =
            record.cells.iter().find(|cell| cell.key.starts_with("label::") && !cell.text.is_empty());
        if let Some(cell) = translated.filter(|_| record.get("label").is_none()) {
            let message = "teksty są w kilku językach, a nie wiadomo, który pokazać";
            let help = "proszę dopisać default_language w [settings], np. \"Polski (pl)\".";
            return report.add(Finding::new(codes::NO_DEFAULT_LANGUAGE, &cell.key_span, message).help(help));
        }
    }
}
