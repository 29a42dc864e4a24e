//! Pages: one typed context per page, each with its template.
//!
//! Handlers fill these structs and render them; nothing here reads a database, a clock or a request. Everything
//! that people typed goes through askama's escaping, which no template switches off.
mod check;
#[cfg(test)]
mod coding_samples;
mod condition;
mod conflict;
mod control;
mod drawing;
#[cfg(test)]
pub(crate) mod drawn_tests;
mod entrance;
mod failure;
mod field;
#[cfg(test)]
mod indicator_samples;
mod landing;
mod layout;
mod panel;
#[cfg(test)]
mod panel_samples;
mod parts;
mod receipt;
#[cfg(test)]
pub(crate) mod samples;
mod section;
mod sections;
mod statement;
#[cfg(test)]
mod tests;
#[cfg(test)]
mod thing_samples;
mod words;

pub use check::{AnswerLine, AnswerPart, CheckPage, CheckSection, answer_sections, blocking};
pub(crate) use condition::condition_words;
pub use conflict::{ConflictPage, Contested};
pub use drawing::{Answers, Beside, Drawn, Reveal, draw, draw_beside};
pub use entrance::{Entry, StartPage, deadline_words};
pub use failure::{ExpiredPage, Failure, FailurePage};
pub use field::{Block, Choice, Control, Field, Line, Warned, field_id, rows_id};
pub use landing::LandingPage;
pub use layout::{Layout, Link, PanelBar, Site};
pub use panel::{
    ActView, BenchPage, Block as SheetBlock, Card, CardGroup, Cell, ChangedView, ChapterPage, Choosable,
    CodeBox, CodeForm, CodingPage, CodingResultsPage, Column, CrossPage, DecisionsPage, DeskFailurePage,
    EditionsPage, EntitiesPage, EntryView, FactLine, FactPage, FactsPage, Filled, Footnote, FramePage,
    GroupView, IndicatorPage, IndicatorsPage, KnownPage, LoginPage, MissingPage, NotebookPage,
    NotebookRowPage, NumberRow, NumbersPage, OrphanView, Picture, PlacedFact, ProposalView, RefreshedPage,
    ReportPart, SecondPage, Select, SheetPage, SourceForm, StatePage, StatesPage, Svg, Table, ThingListsPage,
    VanishedView, VersionView, WaitingDecision, WorkbenchPage, YearsPage, YearsPart, base_words, coverage,
    value_words,
};
pub use parts::{Carried, Fact, Hidden, Mistake};
pub use receipt::{BlankPage, BlankQuestion, BlankSection, ConfirmationPage, CopyPage, blank_sections};
pub use section::{Notice, SectionPage};
pub use sections::{SectionEntry, SectionsPage, Stage};
pub use statement::{Clause, DeclarationPage, HelpPage, PrivacyPage};
pub use words::{field_title, field_words, typed_facts};
