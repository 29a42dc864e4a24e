//! Pages of the panel, for analysts and administrators.
mod editions;
mod failure;
mod login;
mod numbers;
mod table;

pub use editions::EditionsPage;
pub use failure::DeskFailurePage;
pub use login::LoginPage;
pub use numbers::{NumberRow, NumbersPage, ReportPart};
pub use table::{Cell, Column, Table};
