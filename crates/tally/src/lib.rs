//! Counting: from counted submissions to the numbers and sentences of the report. Pure: no I/O, no clock.
//!
//! A [`Tally`] is the sum of what each counted submission contributes. Contributions can be added in any order, added
//! up in parts and taken out again (a commutative group: counts, exact sums, multisets), so a tally that has seen edits
//! and withdrawals equals one computed from nothing. It is filed by the unit's [`Stratum`].
//!
//! [`contribute`] makes a submission's [`Contribution`], [`read()`] makes [`Reading`]s of the measures in a plan,
//! [`sentence`] fills them into the report, [`behind`] leads from a number back to the responses. What analysts decide
//! about names of things and about open answers ([`Merges`]) is applied while reading and touches no contribution:
//! [`read_codes`] counts the codes of open answers. [`gather`] and [`suggest`] help to give them, [`Decisions`] tells how
//! well two people agree.
//!
//! ```
//! use form::{Context, Raw};
//! use tally::{Counted, Merges, Stratum, Tally, UnitKey};
//!
//! let form = form::load("lata.toml", r#"
//! [settings]
//! form_id = "lata"
//! version = "2024"
//! form_title = "Przykład"
//! [[survey]]
//! type = "begin_group"
//! name = "media"
//! label = "Media"
//! [[survey]]
//! type = "integer"
//! name = "artykuly"
//! label = "Ile artykułów ukazało się w 2024 r.?"
//! [[survey]]
//! type = "end_group"
//! [[measures]]
//! name = "piszace"
//! label = "Gminy, w których ukazały się artykuły"
//! fn = "share"
//! of = "${artykuly}"
//! where = "${artykuly} > 0"
//! base = "answered"
//! [[report]]
//! row = "1.3"
//! text = "{piszace} {piszace|gmina|gminy|gmin}, czyli {piszace:0%}."
//! "#).questionnaire.expect("a questionnaire without mistakes");
//!
//! // What one office contributes by this answer.
//! let contribution = |office: u128, answer: &str| {
//!     let mut raw = Raw::default();
//!     raw.fields.insert("artykuly".into(), answer.into());
//!     let (typed, _) = form::read(&form.model, &raw);
//!     let evaluation = form::evaluate(&form.model, &typed, &Context::on("2025-02-01".parse().unwrap()));
//!     tally::contribute(&form.plan, &Counted {
//!         response: uuid::Uuid::from_u128(office),
//!         unit: UnitKey { sort: vec![office as u8], name: format!("Gmina {office}") },
//!         stratum: Stratum::from([("powiat".into(), "1425".into())]),
//!         model: &form.model,
//!         evaluation: &evaluation,
//!     })
//! };
//!
//! let mut tally = Tally::new();
//! tally.add(&contribution(1, "3"));
//! tally.add(&contribution(2, "0"));
//! tally.add(&contribution(3, ""));
//! // Office 2 corrects itself: the old submission is taken out, the new one added.
//! tally.remove(&contribution(2, "0"));
//! tally.add(&contribution(2, "5"));
//!
//! let mut anew = Tally::new();
//! for (office, answer) in [(3, ""), (2, "5"), (1, "3")] {
//!     anew.add(&contribution(office, answer));
//! }
//! assert_eq!(tally, anew);
//!
//! let readings = tally::read(&form.model, &form.plan, &tally, &Merges::default(), 4);
//! assert_eq!((readings[0].numerator, readings[0].denominator), (Some(2), Some(2)));
//! assert_eq!(tally::sentence(&form.plan.reports[0], &readings).unwrap(), "2 gminy, czyli 100%.");
//! ```

mod alike;
mod amount;
mod bag;
mod batch;
mod change;
mod coded;
mod contribute;
mod cross;
mod gist;
pub mod indicator;
mod kappa;
mod key;
mod look;
mod merges;
pub mod publish;
mod ranked;
mod read;
mod reading;
mod reconcile;
mod response;
mod sentence;
mod suggest;
mod tally;

pub use alike::{Alike, Candidate, alike, likeness};
pub use amount::{Amount, Line, Place, Statuses, Things};
pub use bag::Bag;
pub use batch::Batch;
pub use change::{Change, change};
pub use coded::{CodeCount, CodeReading, ThemeCount, read_codes, read_codes_where};
pub use contribute::{Counted, Named, UnitKey, behind, contribute, named};
pub use cross::{By, Cell, Counts, Cross, Value, cross, sizes};
pub use gist::{ALIKE, Gist, Likeness, gather};
pub use kappa::{Decisions, decisions};
pub use key::key;
pub use merges::Merges;
pub use ranked::Ranked;
pub use read::{list_of, read, read_where};
pub use reading::{Figure, Frequency, Reading, json_number};
pub use reconcile::{Reconciliation, reconcile};
pub use response::{Noun, Stratified, Turnout, Weight, annex, weighted, weights};
pub use sentence::{Bit, NO_DATA, Part, SentenceError, bits, bits_above, joined, printed, sentence};
pub use suggest::{Reason, Suggestion, suggest};
pub use tally::{Amounts, Contribution, Stratum, Tally};
