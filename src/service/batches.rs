//! Counting all answers of an edition: pages are read one after another and counted side by side.

use std::sync::mpsc::{self, Receiver, SyncSender};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

use form::Model;
use store::{Counted, Edition, Tx};
use survey::{Scope, UnitId};
use tally::{Batch, Tally};

use super::counting::{Source, with_counted};
use super::{Refused, Service};

/// Submissions read at a time. Fewer than this are counted where they are read.
const PAGE: u32 = 500;

/// Pages that are read before there is somebody to count them; more would only take memory.
const AHEAD: usize = 2;

/// Submissions with the questionnaires that they were checked against.
type Page = Vec<(Counted, Arc<Model>)>;

fn count(page: &Page, source: &Source, batch: &mut Batch<'_>) {
    for (row, model) in page {
        with_counted(source, model, &row.invitation, &row.submission, |counted| batch.count(counted));
    }
}

/// The pages of one edition and questionnaire, in the order of units.
struct Pages<'a, W> {
    service: &'a Service,
    scope: Scope,
    edition: &'a Edition,
    source: &'a Source,
    wanted: W,
    after: Option<store::UnitPlace>,
    done: bool,
}

impl<W: Fn(UnitId) -> bool> Pages<'_, W> {
    fn next(&mut self, tx: &mut Tx<'_>) -> Result<Option<Page>, Refused> {
        if self.done {
            return Ok(None);
        }
        let (edition, form) = (self.edition.id, Some(self.source.form.as_str()));
        let mut rows = tx.submission_page_counted(self.scope, edition, form, self.after.as_ref(), PAGE)?;
        self.done = rows.len() < PAGE as usize;
        self.after = rows.last().map(|last| last.invitation.place());
        rows.retain(|row| (self.wanted)(row.invitation.unit_id));
        let with_model = |row: Counted| {
            let model = self.service.model_of(tx, self.scope, row.submission.form_version_id)?;
            Ok((row, model))
        };
        rows.into_iter().map(with_model).collect::<Result<Page, Refused>>().map(Some)
    }

    /// Reads what is left and hands it out; ends early when nobody is there to take it.
    fn hand_out(&mut self, tx: &mut Tx<'_>, pages: &SyncSender<Page>) -> Result<(), Refused> {
        while let Some(page) = self.next(tx)? {
            if pages.send(page).is_err() {
                break;
            }
        }
        Ok(())
    }
}

impl Service {
    /// Counts the answers of some units only, from nothing.
    pub(super) fn count_where(
        &self,
        tx: &mut Tx<'_>,
        scope: Scope,
        edition: &Edition,
        source: &Source,
        wanted: impl Fn(UnitId) -> bool,
    ) -> Result<Tally, Refused> {
        let mut pages = Pages { service: self, scope, edition, source, wanted, after: None, done: false };
        let mut batch = Batch::new(&source.plan);
        if let Some(first) = pages.next(tx)? {
            count(&first, source, &mut batch);
        }
        if !pages.done {
            self.count_side_by_side(tx, source, &mut pages, &mut batch)?;
        }
        Ok(batch.tally())
    }

    /// The database is read here, by one thread, and what it gives is counted by as many as the machine has processors.
    /// The order in which pages are counted makes no difference to their sum.
    fn count_side_by_side<'a>(
        &self,
        tx: &mut Tx<'_>,
        source: &'a Source,
        pages: &mut Pages<'_, impl Fn(UnitId) -> bool>,
        batch: &mut Batch<'a>,
    ) -> Result<(), Refused> {
        let (sender, receiver) = mpsc::sync_channel(AHEAD);
        let receiver = Arc::new(Mutex::new(receiver));
        thread::scope(|threads| {
            let counting: Vec<_> = (0..self.processors)
                .map(|_| Arc::clone(&receiver))
                .map(|receiver| threads.spawn(move || count_received(source, &receiver)))
                .collect();
            // Were all of them to panic, sending fails instead of waiting for ever.
            drop(receiver);
            let read = pages.hand_out(tx, &sender);
            drop(sender);
            for counted in counting {
                batch.merge(counted.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)));
            }
            read
        })
    }
}

fn count_received<'a>(source: &'a Source, pages: &Mutex<Receiver<Page>>) -> Batch<'a> {
    let mut batch = Batch::new(&source.plan);
    let next = || pages.lock().unwrap_or_else(PoisonError::into_inner).recv();
    while let Ok(page) = next() {
        count(&page, source, &mut batch);
    }
    batch
}
