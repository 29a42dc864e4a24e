//! The table `[settings]`.

use super::codes;
use super::columns::{self, check_known};
use super::draft::{Cell, Draft, Record};
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

/// The language that is shown: the default one, or the only one there is.
pub(super) fn find_language(report: &mut Report<'_>, draft: &mut Draft) {
    draft.language = draft.settings.owned("default_language");
    if draft.language.is_some() {
        return;
    }
    let language = |cell: &Cell| cell.key.split_once("::").map(|(_, language)| language.to_owned());
    let Some(first) = draft.translated().next() else { return };
    if draft.translated().any(|cell| cell.key != first.key) {
        let message = "teksty są w kilku językach, a nie wiadomo, który pokazać";
        let help = "proszę dopisać default_language w [settings], np. \"Polski (pl)\".";
        report.add(Finding::new(codes::NO_DEFAULT_LANGUAGE, &first.key_span, message).help(help));
    }
    draft.language = language(first);
}
