//! Examples of decisions, and what holds for every sequence of commands.

use chrono::{Days, NaiveDate, TimeDelta};
use proptest::prelude::*;

use super::*;
use crate::calendar::Zone;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

fn fresh() -> State {
    State::new(Window::new(day("2025-01-17"), day("2025-02-25"), Zone::WARSAW).unwrap())
}

fn noon() -> Timestamp {
    at("2025-02-01T11:00:00Z")
}

/// Decides and applies; the refusal, if any.
fn run(state: &mut State, command: Command, now: Timestamp) -> Result<usize, Refusal> {
    let events = decide(state, command, now)?;
    events.iter().for_each(|event| state.apply(event));
    Ok(events.len())
}

fn save(drawn_at: u64) -> Command {
    Command::Save { drawn_at, changed: true }
}

fn submit(drawn_at: u64) -> Command {
    Command::Submit { drawn_at, complete: true }
}

fn submitted() -> State {
    let mut state = fresh();
    run(&mut state, Command::Begin, noon()).unwrap();
    run(&mut state, save(0), noon()).unwrap();
    run(&mut state, submit(1), noon()).unwrap();
    state
}

#[test]
fn an_office_begins_saves_and_sends() {
    let state = submitted();
    assert_eq!((state.respondent, state.counted()), (Respondent::Submitted, Some(1)));
    assert_eq!(state.review, Some(Review::Received));
}

#[test]
fn the_first_saved_page_starts_even_without_the_start_page_and_saving_nothing_takes_no_revision() {
    let mut state = fresh();
    assert_eq!(run(&mut state, Command::Save { drawn_at: 0, changed: false }, noon()), Ok(1));
    assert_eq!((state.respondent, state.rev), (Respondent::Started, 0));
    assert_eq!(run(&mut state, save(0), noon()), Ok(1));
    assert_eq!(state.rev, 1);
}

#[test]
fn after_a_submission_no_page_drawn_before_saves_even_in_the_correction() {
    let mut state = submitted();
    assert_eq!(run(&mut state, save(1), noon()), Err(Refusal::AlreadySubmitted { ordinal: 1 }));
    assert_eq!(run(&mut state, save(99), noon()), Err(Refusal::AlreadySubmitted { ordinal: 1 }));
    assert_eq!(run(&mut state, submit(1), noon()), Err(Refusal::AlreadySubmitted { ordinal: 1 }));
    run(&mut state, Command::BeginCorrection, noon()).unwrap();
    assert_eq!(run(&mut state, save(1), noon()), Err(Refusal::DrawnBefore { floor: 3 }));
    assert_eq!(run(&mut state, submit(2), noon()), Err(Refusal::DrawnBefore { floor: 3 }));
    assert_eq!(run(&mut state, save(3), noon()), Ok(1));
    assert_eq!(state.counted(), Some(1), "an unfinished correction takes nothing out");
    run(&mut state, submit(4), noon()).unwrap();
    assert_eq!(state.counted(), Some(2));
}

#[test]
fn what_is_incomplete_or_not_started_is_not_sent() {
    let mut state = fresh();
    assert_eq!(run(&mut state, submit(0), noon()), Err(Refusal::NothingStarted));
    assert_eq!(run(&mut state, Command::BeginCorrection, noon()), Err(Refusal::NothingSubmitted));
    run(&mut state, Command::Begin, noon()).unwrap();
    let incomplete = Command::Submit { drawn_at: 0, complete: false };
    assert_eq!(run(&mut state, incomplete, noon()), Err(Refusal::Incomplete));
}

#[test]
fn before_opening_and_after_closing_nothing_is_written() {
    let (early, grace, late) =
        (at("2025-01-16T22:59:59.999Z"), at("2025-02-25T23:14:59.999Z"), at("2025-02-25T23:15:00Z"));
    let opens = at("2025-01-16T23:00:00Z");
    assert_eq!(run(&mut fresh(), Command::Begin, early), Err(Refusal::NotYetOpen { opens }));
    let mut state = fresh();
    run(&mut state, Command::Begin, noon()).unwrap();
    assert_eq!(run(&mut state, Command::Begin, grace), Err(Refusal::Closed));
    assert_eq!(run(&mut state, save(0), late), Err(Refusal::Closed));
    assert_eq!(run(&mut state, save(0), grace), Ok(1), "a page that was open may be saved");
    assert_eq!(run(&mut state, submit(1), grace), Ok(1), "and sent");
    assert_eq!(run(&mut state, Command::BeginCorrection, grace), Err(Refusal::Closed));
    assert_eq!(run(&mut state, submit(1), late), Err(Refusal::AlreadySubmitted { ordinal: 1 }));
}

#[test]
fn closing_by_hand_is_at_once_and_reopening_undoes_it() {
    let mut state = submitted();
    run(&mut state, Command::Close, noon()).unwrap();
    assert_eq!(run(&mut state, Command::BeginCorrection, noon()), Err(Refusal::Closed));
    assert_eq!(run(&mut state, Command::Close, noon()), Ok(0));
    let over = Command::Reopen { closes_on: day("2025-01-31") };
    let closes_on = day("2025-01-31");
    assert_eq!(run(&mut state, over, noon()), Err(Refusal::BadDay { closes_on }));
    run(&mut state, Command::Reopen { closes_on: day("2025-03-07") }, noon()).unwrap();
    assert_eq!(run(&mut state, Command::BeginCorrection, at("2025-03-07T22:59:59Z")), Ok(1));
    assert_eq!(state.counted(), Some(1));
}

#[test]
fn withdrawing_the_newest_submission_counts_the_one_before() {
    let mut state = submitted();
    run(&mut state, Command::BeginCorrection, noon()).unwrap();
    run(&mut state, submit(3), noon()).unwrap();
    run(&mut state, Command::Withdraw { ordinal: 2 }, noon()).unwrap();
    assert_eq!((state.counted(), state.respondent), (Some(1), Respondent::Submitted));
    run(&mut state, Command::Withdraw { ordinal: 1 }, noon()).unwrap();
    assert_eq!((state.counted(), state.respondent), (None, Respondent::Started));
    assert_eq!(run(&mut state, Command::Withdraw { ordinal: 1 }, noon()), Ok(0));
    assert_eq!(
        run(&mut state, Command::Withdraw { ordinal: 7 }, noon()),
        Err(Refusal::NoSuchSubmission { ordinal: 7 })
    );
    run(&mut state, submit(4), noon()).unwrap();
    assert_eq!(state.counted(), Some(3), "ordinals are never given twice");
}

#[test]
fn reviewing_never_changes_what_is_counted_or_what_the_office_sees() {
    let mut state = submitted();
    for review in [Review::Checked, Review::Returned, Review::Accepted] {
        run(&mut state, Command::Review { review }, noon()).unwrap();
        assert_eq!((state.counted(), state.respondent), (Some(1), Respondent::Submitted));
    }
    let review = Review::Checked;
    assert_eq!(run(&mut fresh(), Command::Review { review }, noon()), Err(Refusal::NothingSubmitted));
}

#[test]
fn every_outcome_says_how_it_counts() {
    assert_eq!(Outcome::AnsweredOtherwise.counts(), Counts::Answered);
    assert_eq!(Outcome::Refused.counts(), Counts::NotAnswered);
    assert_eq!(Outcome::NotApplicable.counts(), Counts::LeavesFrame);
    assert_eq!(Outcome::Withdrawn.counts(), Counts::LeavesFrame);
}

fn review() -> impl Strategy<Value = Review> {
    prop::sample::select(vec![Review::Received, Review::Checked, Review::Returned, Review::Accepted])
}

/// Commands with how many hours pass before each. `drawn_at` counts back from the newest revision.
fn campaign() -> impl Strategy<Value = Vec<(i64, Command)>> {
    let outcome = prop::option::of(Just(Outcome::Refused));
    let command = prop_oneof![
        2 => Just(Command::Begin),
        4 => (0..4u64, any::<bool>()).prop_map(|(drawn_at, changed)| Command::Save { drawn_at, changed }),
        3 => (0..4u64, prop::bool::weighted(0.8))
            .prop_map(|(drawn_at, complete)| Command::Submit { drawn_at, complete }),
        2 => Just(Command::BeginCorrection),
        1 => (1..4u32).prop_map(|ordinal| Command::Withdraw { ordinal }),
        1 => (0..60u64).prop_map(|days| Command::Reopen { closes_on: day("2025-01-10") + Days::new(days) }),
        1 => Just(Command::Close),
        1 => review().prop_map(|review| Command::Review { review }),
        1 => outcome.prop_map(|outcome| Command::RecordOutcome { outcome }),
    ];
    prop::collection::vec((0..100i64, command), 1..40)
}

fn with_revision(command: Command, state: &State) -> Command {
    match command {
        Command::Save { drawn_at: back, changed } => {
            Command::Save { drawn_at: state.rev.saturating_sub(back), changed }
        }
        Command::Submit { drawn_at: back, complete } => {
            Command::Submit { drawn_at: state.rev.saturating_sub(back), complete }
        }
        other => other,
    }
}

fn check_state(state: &State) {
    let submitted = !state.sent.is_empty();
    match state.respondent {
        Respondent::NotStarted => assert!(!submitted && state.rev == 0),
        Respondent::Started => assert_eq!(state.counted(), None),
        Respondent::Submitted | Respondent::Correcting => assert!(state.counted().is_some()),
    }
    assert!(state.floor <= state.rev);
    assert_eq!(state.review.is_some(), state.counted().is_some());
    assert!(state.sent.is_sorted_by(|a, b| a.ordinal < b.ordinal));
}

fn check_step(before: &State, event: &Event, after: &State) {
    let moved = (before.respondent, after.respondent);
    let allowed = match event {
        Event::Started => moved == (Respondent::NotStarted, Respondent::Started),
        Event::Submitted { .. } => {
            matches!(moved.0, Respondent::Started | Respondent::Correcting)
                && moved.1 == Respondent::Submitted
        }
        Event::CorrectionBegun { .. } => moved == (Respondent::Submitted, Respondent::Correcting),
        Event::Withdrawn { .. } => moved.0 == moved.1 || moved.1 == Respondent::Started,
        _ => moved.0 == moved.1,
    };
    assert!(allowed, "{event:?} took {moved:?}");
    let may_change_count = matches!(event, Event::Submitted { .. } | Event::Withdrawn { .. });
    assert!(may_change_count || before.counted() == after.counted(), "{event:?} changed what is counted");
    if matches!(event, Event::Submitted { .. }) {
        assert_eq!(after.counted(), after.sent.last().map(|sent| sent.ordinal));
    }
}

proptest! {
    #[test]
    fn states_are_reached_only_by_their_events_and_no_submission_is_lost(campaign in campaign()) {
        let (mut state, mut now) = (fresh(), at("2025-01-15T00:00:00Z"));
        for (hours, command) in campaign {
            now = now + TimeDelta::hours(hours);
            let command = with_revision(command, &state);
            let Ok(events) = decide(&state, command.clone(), now) else { continue };
            for event in &events {
                let before = state.clone();
                state.apply(event);
                check_step(&before, event, &state);
                let json = serde_json::to_string(event).unwrap();
                prop_assert_eq!(&serde_json::from_str::<Event>(&json).unwrap(), event);
            }
            check_state(&state);
            let writes = matches!(command, Command::Begin | Command::BeginCorrection);
            prop_assert!(!writes || state.phase(now) == Phase::Open, "closed and yet written");
        }
    }

    #[test]
    fn a_command_done_twice_is_done_once(campaign in campaign()) {
        let (mut state, mut now) = (fresh(), at("2025-01-15T00:00:00Z"));
        for (hours, command) in campaign {
            now = now + TimeDelta::hours(hours);
            let command = with_revision(command, &state);
            if run(&mut state, command.clone(), now).is_err() || matches!(command, Command::Save { .. }) {
                continue;
            }
            let again = decide(&state, command, now);
            let nothing_new = matches!(again.as_deref(), Ok([]) | Err(Refusal::AlreadySubmitted { .. }));
            prop_assert!(nothing_new, "{:?}", again);
        }
    }
}
