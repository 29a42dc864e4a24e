//! The table `[choices]`.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::columns;
use super::draft::{Draft, DraftList, Record};
use super::names::Form;
use super::report::{Finding, Report};
use super::values::{comparable, yes};
use super::{codes, texts};
use crate::model::{Choice, ChoiceList, Text};

/// Names, labels and marks of all choices.
pub(super) fn read(
    report: &mut Report<'_>,
    draft: &Draft,
    form: &Form<'_>,
) -> BTreeMap<String, Arc<ChoiceList>> {
    let mut lists = BTreeMap::new();
    for list in &draft.choices {
        if list.choices.is_empty() {
            let message = format!("lista „{}” nie ma odpowiedzi", list.name);
            report.add(Finding::new(codes::EMPTY_LIST, &list.span, message));
        }
        if !form.uses_list(&list.name) {
            let message = format!("listy „{}” nie używa żadne pytanie", list.name);
            report.add(Finding::new(codes::UNUSED_LIST, &list.span, message));
        }
        lists.insert(list.name.clone(), Arc::new(read_list(report, list, form)));
    }
    lists
}

fn read_list(report: &mut Report<'_>, list: &DraftList, form: &Form<'_>) -> ChoiceList {
    let mut choices: Vec<Choice> = Vec::new();
    for record in &list.choices {
        let name = record.owned("name").unwrap_or_default();
        columns::check_choice(report, record);
        check_name(report, list, record, &name);
        if let Some(before) =
            list.choices.iter().find(|other| other.text("name") == Some(&name)).filter(|_| !name.is_empty())
            && before.span != record.span
        {
            let (line, _) = report.source.at(before.span.start);
            let message = format!("w liście „{}” odpowiedź „{name}” stoi drugi raz", list.name);
            let finding = Finding::new(codes::SAME_CHOICE, record.span_of("name"), message);
            report.add(finding.help(format!("pierwszy raz w wierszu {line}.")));
        }
        choices.push(choice(report, list, record, name, form));
    }
    ChoiceList { name: list.name.clone(), choices }
}

fn check_name(report: &mut Report<'_>, list: &DraftList, record: &Record, name: &str) {
    if is_choice_name(name) {
        return;
    }
    let message = if name.is_empty() {
        format!("odpowiedź listy „{}” nie ma nazwy", list.name)
    } else {
        format!("„{name}” nie może być nazwą odpowiedzi")
    };
    let help = "nazwa składa się z liter bez znaków diakrytycznych, cyfr, _ i -, bez spacji (najwyżej 64 znaki); \
                to, co widać na ekranie, stoi w label.";
    report.add(Finding::new(codes::CHOICE_NAME, record.span_of("name"), message).help(help));
}

/// Letters, digits, `_` and `-`, starting with a letter or digit, at most 64.
pub(super) fn is_choice_name(name: &str) -> bool {
    name.len() <= 64
        && name.starts_with(|c: char| c.is_ascii_alphanumeric())
        && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_' || c == '-')
}

fn choice(
    report: &mut Report<'_>,
    list: &DraftList,
    record: &Record,
    name: String,
    form: &Form<'_>,
) -> Choice {
    let label = texts::text(report, form, record, "label", form.language());
    if label.is_none() {
        let message =
            format!("odpowiedź „{name}” listy „{}” nie ma tekstu (label); widać jej nazwę", list.name);
        report.add(Finding::new(codes::NO_HEADING, record.span_of("name"), message));
    }
    Choice {
        label: label.unwrap_or_else(|| Text::from(name.as_str())),
        exclusive: yes(report, record, "exclusive"),
        dont_know: yes(report, record, "dont_know"),
        was: record.owned("was"),
        comparable: comparable(report, record),
        extra: record.others(&columns::CHOICE),
        name,
    }
}
