//! Pages of the panel, for analysts and administrators.
mod chapter;
mod coding;
mod cross;
mod decisions;
mod editions;
mod entities;
mod failure;
mod indicators;
mod known;
mod login;
mod notebook;
mod numbers;
mod picture;
mod report_row;
mod sheet;
mod spark;
mod states;
mod table;
mod things;
mod years;

pub use chapter::{ChapterPage, RefreshedPage};
pub use coding::{
    BenchPage, Card, CardGroup, CodeBox, CodeForm, CodingPage, CodingResultsPage, FramePage, OrphanView,
    SecondPage,
};
pub use cross::{Choosable, CrossPage, Select};
pub use decisions::{DecisionsPage, WaitingDecision};
pub use editions::EditionsPage;
pub use entities::{EntitiesPage, VanishedView};
pub use failure::{DeskFailurePage, MissingPage};
pub use indicators::{IndicatorPage, IndicatorsPage};
pub use known::{Filled, KnownPage};
pub use login::LoginPage;
pub use notebook::{
    FactLine, FactPage, FactsPage, NotebookPage, NotebookRowPage, PlacedFact, SourceForm, VersionView,
};
pub use numbers::{Footnote, NumberRow, NumbersPage, ReportPart, base_words, coverage, value_words};
pub use picture::{Picture, Svg};
pub use sheet::{Block, SheetPage};
pub use states::{StatePage, StatesPage};
pub use table::{Cell, Column, Table};
pub use things::{ActView, ChangedView, EntryView, GroupView, ProposalView, ThingListsPage, WorkbenchPage};
pub use years::{YearsPage, YearsPart};
