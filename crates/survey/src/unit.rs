//! Units: who is asked, and how a unit is named over time.

mod code;
mod email;
mod periods;

pub use code::{BadCode, Teryt, UnitCode};
pub use email::{Email, EmailTrouble};
pub use periods::{BadKind, Kind, Period, Unit};
