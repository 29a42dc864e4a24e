//! The outcome of every row of an uploaded register: which unit it is about, what was cleaned up, what a person has to
//! look at.
//!
//! Outcomes depend on the file and on the codes and names of the known units, never on stored addresses or on a frame.
//! A code identifies a unit; a name only confirms it or speaks against it.

mod address;
mod cell;
mod classify;
mod code;
mod columns;
mod furniture;
mod header;
mod known;
mod layout;
mod name;
mod outcome;
mod report;
mod shipped;
mod trouble;

pub use cell::{Cell, RawRow};
pub use classify::classify;
pub use known::Register;
pub use layout::choose_sheet;
pub use outcome::{Outcome, Values, Verdict};
pub use report::{REPORT_COLUMNS, report_row};
pub use shipped::{KnownUnit, ShippedTrouble, WhatIsWrong, parse_shipped};
pub use trouble::{CodeFix, EmailFix, Trouble};
