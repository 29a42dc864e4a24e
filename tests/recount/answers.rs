//! Random answers, filed as people file them: begun, saved, sent, sometimes corrected or withdrawn.

use std::collections::BTreeMap;
use std::net::{IpAddr, Ipv4Addr};
use std::sync::Arc;

use form::answers::Raw;
use form::model::{Kind, Model, Question};
use form::problem::Severity;
use form::{Context, sample};
use miernik::clock::{Clock, ManualClock, SeededRandom, below};
use miernik::config::Flags;
use miernik::service::coding::Coder;
use miernik::service::coding::decide::Decision;
use miernik::service::entry::Way;
use miernik::service::seat::Seat;
use miernik::service::things::{ThingList, ThingWish};
use miernik::service::{EditionName, Refused, Service};
use store::Tx;
use tally::Place;

use crate::program::{EDITION, Installation};

const HERE: IpAddr = IpAddr::V4(Ipv4Addr::LOCALHOST);

/// Somebody who answers for random offices.
struct Filing {
    service: Service,
    clock: ManualClock,
    random: Arc<SeededRandom>,
}

/// Files random answers of a seed; how many responses were sent.
pub(crate) fn file(installation: &Installation, seed: u64) -> usize {
    let clock = ManualClock::at("2025-01-20T08:00:00Z".parse().unwrap());
    let random = Arc::new(SeededRandom::new(seed));
    let flags = Flags { config: Some(installation.folder.join("miernik.toml")), database: None };
    let settings = miernik::config::load(&flags, &BTreeMap::new()).unwrap();
    let parts = (Arc::new(clock.clone()), Arc::clone(&random));
    let service = miernik::app::service_with(settings, &BTreeMap::new(), parts.0, parts.1).unwrap();
    let filing = Filing { service, clock, random };
    let seats = filing.all();
    filing.decide_some();
    // After this some decisions have no answer behind them, and some another one than was looked at.
    seats.iter().for_each(|seat| filing.think_again(seat));
    filing.decide_some();
    filing.service.store.close();
    seats.len()
}

impl Filing {
    fn below(&self, bound: u64) -> u64 {
        below(&*self.random, bound)
    }

    /// Some of the offices; those that sent their answers at least once.
    fn all(&self) -> Vec<Seat> {
        let edition: EditionName = EDITION.parse().unwrap();
        let mut sent = Vec::new();
        for issued in self.service.issued(&edition).unwrap() {
            let seldom = if issued.invitation.form_id == "up" { 4 } else { 20 };
            if self.below(seldom) == 0 {
                let link = issued.link.unwrap();
                let token = link.rsplit('/').next().unwrap().to_owned();
                let seat = self.service.begin(Way::Link(&token), HERE).unwrap().seat;
                if self.office(&seat) {
                    sent.push(seat);
                }
            }
        }
        sent
    }

    /// One office; whether its answers were sent at least once.
    fn office(&self, seat: &Seat) -> bool {
        let sent = self.send(seat);
        if sent && self.below(4) == 0 {
            self.service.begin_correction(seat).unwrap();
            self.send(seat);
        }
        if sent && self.below(8) == 0 {
            self.withdraw(seat);
        }
        sent
    }

    /// Some change their answers once more, some withdraw them.
    fn think_again(&self, seat: &Seat) {
        let counted = self
            .service
            .respond(seat)
            .unwrap()
            .submissions
            .last()
            .is_some_and(|one| one.withdrawn_at.is_none());
        match self.below(6) {
            0 if counted => self.withdraw(seat),
            1 if counted => {
                self.service.begin_correction(seat).unwrap();
                self.send(seat);
            }
            _ => {}
        }
    }

    /// What analysts do: some answers get codes, some entries become one thing.
    fn decide_some(&self) {
        let edition: EditionName = EDITION.parse().unwrap();
        self.code_some(&edition);
        for list in self.service.thing_lists(&edition).unwrap() {
            for _ in 0..6 {
                self.merge_some(&edition, &list);
            }
        }
    }

    /// Merges things of a list, splits one, tells two apart, confirms or takes back, as chance has it.
    fn merge_some(&self, edition: &EditionName, list: &ThingList) {
        let bench = self.service.workbench(edition, &list.form, &list.list).unwrap();
        let any = |many: usize| usize::try_from(self.below(many as u64)).unwrap();
        let reason = String::from("na próbę");
        let groups = || (0..2 + any(2)).map(|_| bench.groups[any(bench.groups.len())].key.clone()).collect();
        let wish = match self.below(8) {
            _ if bench.groups.is_empty() => return,
            0 => ThingWish::Apart { groups: groups(), reason },
            1 | 2 => {
                let entries = &bench.groups[any(bench.groups.len())].entries;
                let place = entries[any(entries.len())].place.clone();
                ThingWish::Split { place, name: String::new(), reason }
            }
            3 if !bench.history.is_empty() => {
                ThingWish::Undo { act: bench.history[any(bench.history.len())].act, reason }
            }
            4 if !bench.changed.is_empty() => {
                let decision = &bench.changed[any(bench.changed.len())].decision;
                let row = decision.row_id.as_deref().map(Arc::from);
                ThingWish::Confirm(Place { response: decision.response.uuid(), row })
            }
            _ => ThingWish::Merge { groups: groups(), name: String::new(), reason },
        };
        let decided = (list.form.as_str(), list.list.as_str());
        match self.service.things_decide("user:test", edition, decided, bench.rev, &wish) {
            // Some wishes make no sense: the same thing drawn twice, an entry that stands alone.
            Ok(()) | Err(Refused::Input(_) | Refused::Overtaken(_)) => {}
            Err(other) => panic!("{other:?}"),
        }
    }

    /// Gives two answers in three up to three codes each, whatever they had.
    fn code_some(&self, edition: &EditionName) {
        for asked in self.service.coded_questions(edition).unwrap() {
            let bench = self.service.bench(edition, &asked).unwrap();
            let codes = &bench.frame.frame.codes;
            let any = || codes[usize::try_from(self.below(codes.len() as u64)).unwrap()].code.clone();
            let wanted = bench.answers.iter().filter(|_| self.below(3) > 0);
            let decisions: Vec<Decision> = wanted
                .map(|answer| Decision::about(answer, (0..=self.below(3)).map(|_| any()).collect()))
                .collect();
            self.service.code(edition, "user:test", Coder::First, &asked, &decisions).unwrap();
        }
    }

    /// Saves random answers and sends them, unless they are among the few that cannot be sent.
    fn send(&self, seat: &Seat) -> bool {
        let rev = self.service.respond(seat).unwrap().state.rev;
        let answers = self.answers(seat);
        let mut pairs =
            vec![("_rev".to_owned(), rev.to_string()), ("_page".to_owned(), self.service.page_name())];
        pairs.extend(answers.fields);
        for (repeat, rows) in answers.repeats {
            for row in rows {
                let named = |(key, text)| (format!("{repeat}.{}.{key}", row.id), text);
                pairs.extend(row.fields.into_iter().map(named));
            }
        }
        let submitted = self.service.read_post(seat, &pairs).unwrap();
        let saved = self.service.save(seat, submitted).unwrap();
        self.clock.advance(chrono::TimeDelta::minutes(1));
        self.service.submit(seat, saved.response.state.rev).is_ok()
    }

    fn withdraw(&self, seat: &Seat) {
        let scope = survey::Scope::programme(seat.programme.row.id);
        let newest = self.service.respond(seat).unwrap().submissions.last().unwrap().id;
        let (edition, now) = (seat.edition.id, self.clock.now());
        let withdraw = move |tx: &mut Tx<'_>| tx.submission_withdraw(scope, edition, newest, now);
        assert!(self.service.store.write("test", withdraw).unwrap().is_some());
    }

    /// Answers that could be sent, with spellings, fractions and several choices where they still can.
    fn answers(&self, seat: &Seat) -> Raw {
        let context = seat.context(self.clock.now());
        let plain = sample::sample(&seat.model, &context, &mut || self.below(u64::MAX));
        let mut varied = plain.clone();
        self.vary(&seat.model, &mut varied.fields);
        for row in varied.repeats.values_mut().flatten() {
            self.vary(&seat.model, &mut row.fields);
        }
        if can_be_sent(&seat.model, &varied, &context) { varied } else { plain }
    }

    fn vary(&self, model: &Model, fields: &mut BTreeMap<String, String>) {
        for (key, text) in fields {
            if let Some(question) = model.question(key).filter(|question| !question.personal) {
                *text = self.varied(model, question, text);
            }
        }
    }

    fn varied(&self, model: &Model, question: &Question, text: &str) -> String {
        match &question.kind {
            Kind::Text if question.constraint.is_none() => self.spelled(text),
            Kind::Decimal => format!("{text},{}", self.below(1_000_000)),
            Kind::SelectMultiple(_) => {
                let choices = &model.list_of(question).unwrap().choices;
                let other = &choices[usize::try_from(self.below(choices.len() as u64)).unwrap()];
                let alone = other.exclusive || other.dont_know;
                if alone { text.to_owned() } else { format!("{text} {}", other.name) }
            }
            _ => text.to_owned(),
        }
    }

    /// One of few names in one of many spellings.
    fn spelled(&self, text: &str) -> String {
        let names = [text, "Życie Żyrardowa", "ŁĄKA i Staw 2", "radio-wiatrak.example/strona", "=1+1", "–"];
        let name = names[usize::try_from(self.below(names.len() as u64)).unwrap()];
        match self.below(7) {
            0 => name.to_uppercase(),
            1 => format!("„{name}”."),
            2 => format!("https://www.{name}/"),
            3 => name.replace(' ', "\u{a0}"),
            4 => format!("{name}, \"{name}\";\n{name}"),
            5 => name.replace('Ż', "Z\u{307}"),
            _ => name.to_owned(),
        }
    }
}

fn can_be_sent(model: &Model, raw: &Raw, context: &Context) -> bool {
    let (typed, _) = form::read(model, raw);
    let evaluation = form::evaluate(model, &typed, context);
    !evaluation.problems().iter().any(|problem| problem.severity == Severity::Error)
}
