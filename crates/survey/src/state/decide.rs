//! What may be done in which state.

use chrono::NaiveDate;

use super::{Event, Outcome, Respondent, Review, State};
use crate::Timestamp;
use crate::calendar::Phase;

/// What somebody wants.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Command {
    /// Respondent: begin or continue, from the start page.
    Begin,
    /// Respondent: save a page. Asked before merging with `changed: false` to learn whether saving is allowed, and
    /// after it with whether there was anything to store.
    Save {
        /// The revision at which the page was drawn (`_rev`).
        drawn_at: u64,
        /// Whether merging brought any change.
        changed: bool,
    },
    /// Respondent: send.
    Submit {
        /// The revision at which the page with the button was drawn.
        drawn_at: u64,
        /// Whether the draft has no error that blocks sending.
        complete: bool,
    },
    /// Respondent: correct what was sent.
    BeginCorrection,
    /// Analyst: take a submission out of the count.
    Withdraw {
        /// Which one of the response.
        ordinal: u32,
    },
    /// Analyst: open again, or for longer.
    Reopen {
        /// The new last day.
        closes_on: NaiveDate,
    },
    /// Analyst: close this invitation now.
    Close,
    /// Analyst: note how far checking is.
    Review {
        /// To where.
        review: Review,
    },
    /// Analyst: record an outcome, or take it back.
    RecordOutcome {
        /// Which one.
        outcome: Option<Outcome>,
    },
}

/// Why something may not be done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// The window has not opened.
    #[error("not open before {opens}")]
    NotYetOpen {
        /// When it opens.
        opens: Timestamp,
    },
    /// The invitation is closed; reading goes on.
    #[error("closed")]
    Closed,
    /// The page was drawn before the last submission or correction.
    #[error("the page was drawn before revision {floor}")]
    DrawnBefore {
        /// The first revision whose pages may save.
        floor: u64,
    },
    /// What is to be saved or sent was sent already; correcting begins with its own command.
    #[error("submission {ordinal} was sent already")]
    AlreadySubmitted {
        /// The submission that counts.
        ordinal: u32,
    },
    /// There is no draft to send.
    #[error("nothing was started")]
    NothingStarted,
    /// There is no submission to correct or check.
    #[error("nothing was submitted")]
    NothingSubmitted,
    /// The draft has errors that block sending.
    #[error("the draft has errors")]
    Incomplete,
    /// The response has no submission of this ordinal.
    #[error("there is no submission {ordinal}")]
    NoSuchSubmission {
        /// The ordinal.
        ordinal: u32,
    },
    /// The new last day lies before the first one, or is over.
    #[error("{closes_on} is over or before the opening")]
    BadDay {
        /// The day.
        closes_on: NaiveDate,
    },
}

/// Decides on a command. No events means that it is done already.
pub fn decide(state: &State, command: Command, now: Timestamp) -> Result<Vec<Event>, Refusal> {
    match command {
        Command::Begin => begin(state, now),
        Command::Save { drawn_at, changed } => save(state, drawn_at, changed, now),
        Command::Submit { drawn_at, complete } => submit(state, drawn_at, complete, now),
        Command::BeginCorrection => begin_correction(state, now),
        Command::Withdraw { ordinal } => withdraw(state, ordinal),
        Command::Reopen { closes_on } => reopen(state, closes_on, now),
        Command::Close => match state.closed_at {
            Some(closed) if closed <= now => Ok(Vec::new()),
            _ => Ok(vec![Event::Closed { at: now }]),
        },
        Command::Review { review } => check(state, review),
        Command::RecordOutcome { outcome } if outcome == state.outcome => Ok(Vec::new()),
        Command::RecordOutcome { outcome } => Ok(vec![Event::OutcomeRecorded { outcome }]),
    }
}

/// New work needs an open window; pages that are open may still be saved and sent in the grace.
fn writable(state: &State, now: Timestamp, in_grace: bool) -> Result<(), Refusal> {
    match state.phase(now) {
        Phase::NotYetOpen { opens } => Err(Refusal::NotYetOpen { opens }),
        Phase::Open => Ok(()),
        Phase::Grace if in_grace => Ok(()),
        Phase::Grace | Phase::Closed => Err(Refusal::Closed),
    }
}

fn begin(state: &State, now: Timestamp) -> Result<Vec<Event>, Refusal> {
    writable(state, now, false)?;
    match state.respondent {
        Respondent::NotStarted => Ok(vec![Event::Started]),
        _ => Ok(Vec::new()),
    }
}

fn save(state: &State, drawn_at: u64, changed: bool, now: Timestamp) -> Result<Vec<Event>, Refusal> {
    writable(state, now, true)?;
    not_sent_since(state, drawn_at)?;
    let started = (state.respondent == Respondent::NotStarted).then_some(Event::Started);
    let saved = changed.then_some(Event::Saved { rev: state.rev + 1 });
    Ok(started.into_iter().chain(saved).collect())
}

fn submit(state: &State, drawn_at: u64, complete: bool, now: Timestamp) -> Result<Vec<Event>, Refusal> {
    not_sent_since(state, drawn_at)?;
    writable(state, now, true)?;
    if state.respondent == Respondent::NotStarted {
        return Err(Refusal::NothingStarted);
    }
    if !complete {
        return Err(Refusal::Incomplete);
    }
    let ordinal = state.sent.iter().map(|sent| sent.ordinal).max().unwrap_or(0) + 1;
    Ok(vec![Event::Submitted { ordinal, rev: state.rev + 1 }])
}

/// A page may save while nothing was sent since it was drawn. A second press of the button, even after closing, is
/// told which submission it made.
fn not_sent_since(state: &State, drawn_at: u64) -> Result<(), Refusal> {
    match (state.respondent, state.counted()) {
        (Respondent::Submitted, Some(ordinal)) => Err(Refusal::AlreadySubmitted { ordinal }),
        _ if drawn_at < state.floor => Err(Refusal::DrawnBefore { floor: state.floor }),
        _ => Ok(()),
    }
}

fn begin_correction(state: &State, now: Timestamp) -> Result<Vec<Event>, Refusal> {
    writable(state, now, false)?;
    match state.respondent {
        Respondent::Submitted => Ok(vec![Event::CorrectionBegun { rev: state.rev + 1 }]),
        Respondent::Correcting => Ok(Vec::new()),
        Respondent::NotStarted | Respondent::Started => Err(Refusal::NothingSubmitted),
    }
}

fn withdraw(state: &State, ordinal: u32) -> Result<Vec<Event>, Refusal> {
    match state.sent.iter().find(|sent| sent.ordinal == ordinal) {
        None => Err(Refusal::NoSuchSubmission { ordinal }),
        Some(sent) if sent.withdrawn => Ok(Vec::new()),
        Some(_) => Ok(vec![Event::Withdrawn { ordinal }]),
    }
}

fn reopen(state: &State, closes_on: NaiveDate, now: Timestamp) -> Result<Vec<Event>, Refusal> {
    if closes_on < state.window.opens_on || closes_on < state.window.zone.date(now) {
        return Err(Refusal::BadDay { closes_on });
    }
    if closes_on == state.window.closes_on && state.closed_at.is_none() {
        return Ok(Vec::new());
    }
    Ok(vec![Event::Reopened { closes_on }])
}

fn check(state: &State, review: Review) -> Result<Vec<Event>, Refusal> {
    match state.review {
        _ if state.counted().is_none() => Err(Refusal::NothingSubmitted),
        Some(same) if same == review => Ok(Vec::new()),
        _ => Ok(vec![Event::Reviewed { review }]),
    }
}
