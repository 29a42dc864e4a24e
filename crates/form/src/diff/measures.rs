//! What changed in each measure, by name.

use std::collections::BTreeMap;

use super::questions::{changed, renamed};
use super::years::Years;
use super::{Change, MeasureClass, MeasureDiff, What};
use crate::expr::Expr;
use crate::plan::{Base, Measure, Plan};

/// Measures in the order of the new edition, then those that are gone.
pub(super) fn compare(
    old: &Plan,
    new: &Plan,
    years: &Years,
    renames: &BTreeMap<&str, &str>,
) -> Vec<MeasureDiff> {
    let here = new.measures.iter().map(|measure| match old.measure(&measure.name) {
        None => row(measure, MeasureClass::New, Vec::new()),
        Some(before) => {
            let changes = parts(before, measure, years, renames);
            let class = if changes.is_empty() { MeasureClass::Unchanged } else { MeasureClass::Changed };
            row(measure, class, changes)
        }
    });
    let gone = old.measures.iter().filter(|measure| new.measure(&measure.name).is_none());
    here.chain(gone.map(|measure| row(measure, MeasureClass::Removed, Vec::new()))).collect()
}

fn parts(old: &Measure, new: &Measure, years: &Years, renames: &BTreeMap<&str, &str>) -> Vec<Change> {
    let text = |expr: Option<&Expr>| expr.map(|expr| expr.root().to_string()).unwrap_or_default();
    let before = |expr: Option<&Expr>| renamed(&text(expr), renames);
    let base = |measure: &Measure| measure.base.map(Base::name).unwrap_or_default().to_owned();
    let over = |measure: &Measure| measure.over.clone().unwrap_or_default();
    let sides = [
        (What::Label, old.label.clone(), new.label.clone()),
        (What::Type, old.function.name().to_owned(), new.function.name().to_owned()),
        (What::Expression, before(old.of.as_ref()), text(new.of.as_ref())),
        (What::Filter, before(old.filter.as_ref()), text(new.filter.as_ref())),
        (What::Over, over(old), over(new)),
        (What::Base, base(old), base(new)),
    ];
    changed(sides, years)
}

fn row(measure: &Measure, class: MeasureClass, changes: Vec<Change>) -> MeasureDiff {
    MeasureDiff { name: measure.name.clone(), label: measure.label.clone(), class, changes }
}
