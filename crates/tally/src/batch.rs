//! Counting many submissions at once.

use std::collections::BTreeMap;

use form::plan::Plan;

use crate::amount::Amount;
use crate::contribute::{Counted, named_amounts, nothing, pour};
use crate::tally::{Stratum, Tally};

/// Many submissions counted with one plan: comes to the same tally as adding their contributions one by one, but builds
/// none of them. Batches counted side by side are merged.
#[derive(Debug)]
pub struct Batch<'a> {
    plan: &'a Plan,
    strata: BTreeMap<Stratum, Heap>,
}

/// One stratum.
#[derive(Debug)]
struct Heap {
    responses: i64,
    /// By the place of the measure in the plan.
    amounts: Vec<Amount>,
}

impl<'a> Batch<'a> {
    /// No submission yet.
    pub fn new(plan: &'a Plan) -> Self {
        Batch { plan, strata: BTreeMap::new() }
    }

    /// Counts a submission.
    pub fn count(&mut self, counted: &Counted<'_>) {
        if !self.strata.contains_key(&counted.stratum) {
            let heap = Heap { responses: 0, amounts: nothing(self.plan) };
            self.strata.insert(counted.stratum.clone(), heap);
        }
        if let Some(heap) = self.strata.get_mut(&counted.stratum) {
            heap.responses += 1;
            pour(self.plan, counted, &mut heap.amounts);
        }
    }

    /// Adds what another batch, counted with the same plan, holds.
    pub fn merge(&mut self, other: Self) {
        for (stratum, theirs) in other.strata {
            match self.strata.get_mut(&stratum) {
                None => {
                    self.strata.insert(stratum, theirs);
                }
                Some(mine) => {
                    mine.responses += theirs.responses;
                    mine.amounts
                        .iter_mut()
                        .zip(&theirs.amounts)
                        .for_each(|(mine, theirs)| mine.put_all(theirs, 1));
                }
            }
        }
    }

    /// The tally of everything counted; its `as_of` is for the caller to set.
    pub fn tally(self) -> Tally {
        let plan = self.plan;
        let named =
            |(stratum, heap): (Stratum, Heap)| (stratum, named_amounts(plan, heap.responses, heap.amounts));
        Tally::of(self.strata.into_iter().map(named))
    }
}
