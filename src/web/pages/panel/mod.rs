//! Pages of the panel, for analysts and administrators.
mod editions;
mod login;
mod numbers;
mod report;
mod table;

pub use editions::EditionsPage;
pub use login::LoginPage;
pub use numbers::{NumberRow, NumbersPage, ReportPart};
pub use report::{FormNumbers, report_parts};
pub use table::{Cell, Column, Table};
