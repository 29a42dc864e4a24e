//! The main measure by region, for the map of the chapter: powiats are too small to be shown outside of the panel, so
//! each shows the number of the region that it lies in.

use std::collections::{BTreeMap, BTreeSet};

use store::{Edition, Tx};
use survey::programme::FigureRules;
use tally::{By, Figure};

use super::breakdowns::{self, Frame, Names};
use super::cross::{CrossTable, CrossWanted};
use super::programmes::Known;
use super::{Refused, Service};

/// The attribute whose groups are mapped.
pub const REGION: &str = "nuts3";
/// The attribute that areas of the map are.
const AREA: &str = "powiat";

/// The first main measure that counts something, by region.
#[derive(Debug, Clone)]
pub struct Mapped {
    /// The numbers, with what of them may leave the panel.
    pub table: CrossTable,
    /// Names of regions.
    pub names: Names,
    /// The region of each powiat by name, of those that lie in one.
    pub regions: BTreeMap<String, String>,
    /// Rules of the programme.
    pub rules: FigureRules,
}

impl Service {
    /// Reads it as one snapshot has it; none where the programme names no such measure.
    pub(super) fn read_mapped(
        &self,
        tx: &mut Tx<'_>,
        programme: &Known,
        edition: &Edition,
    ) -> Result<Option<Mapped>, Refused> {
        let rules = &programme.declared.figures;
        if rules.main.is_empty() {
            return Ok(None);
        }
        let frame = breakdowns::frame(tx, programme, edition)?;
        let sources = self.sources(tx, programme, edition)?;
        for measure in &rules.main {
            let by = By { rows: REGION.into(), ..By::default() };
            let wanted = CrossWanted { measures: vec![measure.clone()], by };
            for source in &sources {
                let found = self.cross_of(tx, programme, edition, source, &frame, &wanted)?;
                if let Some(table) = found.into_iter().find(counts) {
                    let regions = regions(&frame, &source.form);
                    return Ok(Some(Mapped { table, names: frame.names, regions, rules: rules.clone() }));
                }
            }
        }
        Ok(None)
    }
}

/// Whether every number that there is is a whole one that is not negative.
fn counts(table: &CrossTable) -> bool {
    let cells = table.cross.row_totals.iter().chain([&table.cross.total]);
    let zero = form::number::Rational::from_integer(0.into());
    let mut values = cells.map(|cell| &cell.reading.value);
    values.all(|value| match value {
        Figure::Number(number) => number.is_integer() && *number >= zero,
        Figure::Nothing => true,
        Figure::Frequencies(_) | Figure::Texts(_) => false,
    })
}

/// Powiats whose units all lie in one region.
fn regions(frame: &Frame, form: &str) -> BTreeMap<String, String> {
    let mut found: BTreeMap<String, BTreeSet<Option<String>>> = BTreeMap::new();
    for stratum in frame.of(form).keys() {
        if let Some(powiat) = stratum.get(AREA) {
            found.entry(powiat.clone()).or_default().insert(stratum.get(REGION).cloned());
        }
    }
    let one = |(powiat, regions): (String, BTreeSet<Option<String>>)| {
        let region = regions.first().cloned().flatten()?;
        (regions.len() == 1).then_some((powiat, region))
    };
    found.into_iter().filter_map(one).collect()
}
