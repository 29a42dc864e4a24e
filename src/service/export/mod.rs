//! Answers as files: a table of responses, one per list, the frame and the codebook, streamed in pages.

mod cells;
mod codebook;
mod folder;
mod frame;
mod layout;
mod rows;
mod sheets;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::io;
use std::sync::Arc;

use form::Model;
use sheet::{Column, Table, Value};
use store::{Counted, Edition, StoreError, Tx};
use survey::{Scope, SubmissionId};

use super::audit::COMMAND;
use super::measures::SYNTHETIC_NOTICE;
use super::programmes::Known;
use super::{EditionName, Refused, Service};
pub use folder::{Folder, Format};
use frame::Frame;
use layout::Layout;
use rows::Filed;
pub(in crate::service) use sheets::Sheets;

/// Responses read at a time.
const PAGE: u32 = 200;

/// What is wanted of an export.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Wanted<'a> {
    /// `form_id` of the questionnaire.
    pub form: &'a str,
    /// Whether answers in people's own words and those of `publish = "never"` go too: for work inside the office only.
    pub open_text: bool,
}

/// Which answers a report takes along. In people's own words none ever are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Level {
    /// Those that may be published with the name of the unit.
    Published,
    /// All that may be counted: for work inside the office only.
    Inside,
}

/// How much was exported.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Exported {
    /// Responses.
    pub responses: u64,
    /// Units of the frame.
    pub units: u64,
}

/// Where the tables go.
pub trait Files {
    /// Begins a table; its place among those begun.
    ///
    /// # Errors
    /// Those of the output.
    fn begin(&mut self, name: &str, columns: &[Column]) -> io::Result<usize>;

    /// Adds a row to the table at a place.
    ///
    /// # Errors
    /// Those of the output.
    fn row(&mut self, file: usize, cells: &[Value]) -> io::Result<()>;
}

/// Why nothing (whole) was exported.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    /// The use case refused.
    #[error(transparent)]
    Refused(#[from] Refused),
    /// The files could not be written.
    #[error(transparent)]
    Io(#[from] io::Error),
}

impl From<StoreError> for ExportError {
    fn from(error: StoreError) -> Self {
        Self::Refused(error.into())
    }
}

impl Service {
    /// Writes the counted answers of one questionnaire: `odpowiedzi`, a table per list, `operat`, `slownik`, `listy`.
    /// Personal answers never go. All tables show one moment; memory does not grow with the number of responses.
    ///
    /// # Errors
    /// [`Refused::UnknownEdition`], [`Refused::Input`] for a questionnaire that the edition does not have; those of the
    /// files.
    pub fn export_responses(
        &self,
        name: &EditionName,
        wanted: Wanted<'_>,
        files: &mut dyn Files,
    ) -> Result<Exported, ExportError> {
        let (programme, edition) = self.edition(name)?;
        let open = if wanted.open_text { ", z tekstami otwartymi" } else { "" };
        let model = self
            .store
            .read("export_model", |tx| self.newest_model(tx, programme.scope(), &edition, wanted.form))?;
        // The trail comes first: what left without a trace would be worse than a trace of what did not leave.
        self.audit_export(name, COMMAND, &format!("odpowiedzi {}{open}", wanted.form))?;
        self.store.read("export_responses", |tx| {
            let layout = Layout::new(&model, wanted.open_text, notice(&programme, &edition))
                .with_attributes(attributes(&programme));
            let mut export = Export {
                service: self,
                scope: programme.scope(),
                edition: &edition,
                layout,
                origins: origins(tx, programme.scope(), &edition)?,
                files,
            };
            export.codebook()?;
            export.answers(tx, wanted.form)
        })
    }

    /// Names of the tables that [`Service::export_within`] writes and that may stand in a report: the frame may not,
    /// because it names those who did not answer. Where no answer may be published with the name of its unit there is no
    /// table of responses either.
    pub(in crate::service) fn export_names(&self, model: &Model, level: Level) -> Vec<String> {
        let layout = Layout::of_level(model, level, None);
        let lists = layout.lists.iter().filter(|list| !list.questions.is_empty());
        let answers = layout.has_answers().then_some(layout::RESPONSES);
        let own = answers.into_iter().chain(["slownik", "listy"]).map(str::to_owned);
        own.chain(lists.map(|list| list.file.clone())).collect()
    }

    /// The tables of one questionnaire inside a transaction that is open already.
    pub(in crate::service) fn export_within(
        &self,
        tx: &mut Tx<'_>,
        scope: Scope,
        edition: &Edition,
        (form, model): (&str, &Model),
        (level, synthetic): (Level, bool),
        files: &mut dyn Files,
    ) -> Result<Exported, ExportError> {
        let layout = Layout::of_level(model, level, synthetic.then_some(SYNTHETIC_NOTICE));
        let origins = origins(tx, scope, edition)?;
        let mut export = Export { service: self, scope, edition, layout, origins, files };
        export.codebook()?;
        export.answers(tx, form)
    }

    fn newest_model(
        &self,
        tx: &mut Tx<'_>,
        scope: Scope,
        edition: &Edition,
        form: &str,
    ) -> Result<Arc<Model>, Refused> {
        let Some(newest) = tx.form_version_newest_id(scope, edition.id, form)? else {
            let unknown = format!("w tej edycji nie ma otwartej ankiety „{form}”");
            return Err(Refused::Input(vec![unknown]));
        };
        self.model_of(tx, scope, newest)
    }
}

fn notice(programme: &Known, edition: &Edition) -> Option<&'static str> {
    (edition.synthetic || programme.row.synthetic).then_some(SYNTHETIC_NOTICE)
}

/// Columns of the register that numbers of a programme are broken down by: code and name.
fn attributes(programme: &Known) -> Vec<(String, String)> {
    programme.declared.own_breakdowns().map(|one| (one.code.clone(), one.name.clone())).collect()
}

/// One export under way.
struct Export<'a> {
    service: &'a Service,
    scope: Scope,
    edition: &'a Edition,
    layout: Layout<'a>,
    /// Where imported submissions came from.
    origins: BTreeMap<SubmissionId, String>,
    files: &'a mut dyn Files,
}

/// Where the imported submissions of an edition came from: file, hash, line.
fn origins(
    tx: &mut Tx<'_>,
    scope: Scope,
    edition: &Edition,
) -> Result<BTreeMap<SubmissionId, String>, StoreError> {
    let mut origins = BTreeMap::new();
    for file in tx.response_import_list(scope, edition.id)? {
        let (name, hash) = (&file.file_name, file.file_hash.get(..12).unwrap_or_default());
        for (submission, line) in tx.imported_lines(scope, file.id)? {
            origins.insert(submission, format!("plik {name} (sha256 {hash}), wiersz {line}"));
        }
    }
    Ok(origins)
}

impl Export<'_> {
    fn codebook(&mut self) -> io::Result<()> {
        self.table("slownik", &codebook::questions(&self.layout))?;
        self.table("listy", &codebook::choices(&self.layout))
    }

    fn table(&mut self, name: &str, table: &Table) -> io::Result<()> {
        let file = self.files.begin(name, &table.columns)?;
        table.rows.iter().try_for_each(|row| self.files.row(file, row))
    }

    /// Responses and frame in one pass, because both come in the order of units.
    fn answers(&mut self, tx: &mut Tx<'_>, form: &str) -> Result<Exported, ExportError> {
        let responses = self.files.begin(layout::RESPONSES, &rows::response_columns(&self.layout))?;
        let mut lists = Vec::new();
        for list in &self.layout.lists {
            lists.push(self.files.begin(&list.file, &rows::entry_columns(&self.layout, list))?);
        }
        let frame_file = self.files.begin("operat", &frame::columns(&self.layout))?;
        let mut frame = Frame::new(self.scope, self.edition.id, form);
        let mut done = Exported::default();
        let mut after = None;
        loop {
            let page =
                tx.submission_page_counted(self.scope, self.edition.id, Some(form), after.as_ref(), PAGE)?;
            let Some(last) = page.last() else { break };
            after = Some(last.invitation.place());
            for counted in &page {
                self.response(tx, counted, responses, &lists)?;
                done.responses += 1;
                while let Some(unit) = frame.next_up_to(tx, &counted.invitation)? {
                    let answered = unit.id == counted.invitation.id;
                    self.files.row(frame_file, &frame::row(&self.layout, &unit, answered))?;
                    done.units += 1;
                }
            }
        }
        while let Some(unit) = frame.next(tx)? {
            self.files.row(frame_file, &frame::row(&self.layout, &unit, false))?;
            done.units += 1;
        }
        Ok(done)
    }

    /// One response, evaluated as it was when it was sent.
    fn response(
        &mut self,
        tx: &mut Tx<'_>,
        counted: &Counted,
        responses: usize,
        lists: &[usize],
    ) -> Result<(), ExportError> {
        let model = self.service.model_of(tx, self.scope, counted.submission.form_version_id)?;
        let evaluation = form::settle(&model, &counted.submission.answers, &counted.submission.context);
        if !self.layout.takes(&evaluation) {
            return Ok(());
        }
        let filed = Filed {
            invitation: &counted.invitation,
            number: rows::number(&self.edition.slug, counted),
            at: counted.submission.at,
            origin: self.origins.get(&counted.submission.id).map(String::as_str),
            version: &model.settings.version,
            evaluation: &evaluation,
        };
        self.files.row(responses, &rows::response(&self.layout, &filed))?;
        for (list, file) in self.layout.lists.iter().zip(lists) {
            for row in 0..evaluation.rows(&list.repeat.name).len() {
                self.files.row(*file, &rows::entry(&self.layout, list, &filed, row))?;
            }
        }
        Ok(())
    }
}
