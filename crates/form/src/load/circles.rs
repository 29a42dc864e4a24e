//! What is wrong between rows: circles of dependence, repeated ids, counts of entries.

use std::collections::HashMap;

use super::codes;
use super::names::Form;
use super::report::{Finding, Report};
use crate::expr::codes as expr_codes;
use crate::model::{Compiled, NodeRef, Step};

/// An `id` names one question through the years.
pub(super) fn check_ids(report: &mut Report<'_>, form: &Form<'_>) {
    let mut first: HashMap<&str, &str> = HashMap::new();
    for entry in &form.rows.entries {
        let Some(id) = entry.record.text("id") else { continue };
        if let Some(before) = first.insert(id, &entry.name) {
            let message = format!("id „{id}” ma już pytanie „{before}”");
            report.add(Finding::new(codes::SAME_ID, entry.record.span_of("id"), message).about(&entry.name));
        }
    }
}

/// Names a circle. A row that reads itself was reported with its expression.
pub(super) fn tell(report: &mut Report<'_>, form: &Form<'_>, compiled: &Compiled, circle: &[Step]) {
    if circle.len() <= 2 {
        return;
    }
    let mut names: Vec<&str> = circle.iter().filter_map(|step| name_of(form, compiled, *step)).collect();
    names.dedup();
    let Some(entry) = names.first().and_then(|name| form.entry(name)) else { return };
    let record = &form.rows.entries[entry].record;
    let column = match circle[0] {
        Step::Calculation(_) => "calculation",
        Step::Relevance(_) => "relevant",
    };
    let message = format!("te wiersze zależą od siebie w kółko: {}", names.join(" → "));
    let help = "proszę usunąć jedno z odwołań: z kółka nie da się obliczyć żadnej wartości.";
    let finding = Finding::new(expr_codes::CYCLE, record.span_of(column), message);
    report.add(finding.help(help).about(names[0]));
}

fn name_of<'a>(form: &Form<'a>, compiled: &Compiled, step: Step) -> Option<&'a str> {
    let node = match step {
        Step::Relevance(node) => node,
        Step::Calculation(question) => compiled.slots[question].node,
    };
    let name = match compiled.nodes[node].holder {
        NodeRef::Question(question) => compiled.questions[question].name.as_str(),
        NodeRef::Repeat(repeat) => compiled.repeats[repeat].repeat.name.as_str(),
        NodeRef::Group => {
            compiled.names.iter().find(|(_, found)| **found == node).map(|(name, _)| name.as_str())?
        }
    };
    form.entry(name).map(|entry| form.rows.entries[entry].name.as_str())
}
