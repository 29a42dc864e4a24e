//! Pages of the panel, for analysts and administrators.
mod editions;
mod failure;
mod login;
mod notebook;
mod numbers;
mod states;
mod table;

pub use editions::EditionsPage;
pub use failure::DeskFailurePage;
pub use login::LoginPage;
pub use notebook::{
    FactLine, FactPage, FactsPage, NotebookPage, NotebookRowPage, PlacedFact, SourceForm, VersionView,
};
pub use numbers::{NumberRow, NumbersPage, ReportPart};
pub use states::{StatePage, StatesPage};
pub use table::{Cell, Column, Table};
