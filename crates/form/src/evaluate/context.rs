//! What an evaluation depends on besides the answers.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// What an evaluation depends on besides the answers; stored with the submission, so that it can be repeated.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Context {
    /// The local date that `today()` gives.
    pub today: NaiveDate,
    /// Attributes of the unit for `unit('kind')`.
    pub unit: BTreeMap<String, String>,
    /// Canonical texts of last year's answers by this year's question name, for `previous(${q})`.
    pub previous: BTreeMap<String, String>,
}

impl Context {
    /// A context with nothing but a date.
    #[must_use]
    pub fn on(today: NaiveDate) -> Self {
        Self { today, unit: BTreeMap::new(), previous: BTreeMap::new() }
    }
}
