//! The campaign: created, opened, invited and answered through the use cases that the web uses.

use std::collections::BTreeMap;
use std::net::{IpAddr, Ipv4Addr};

use chrono::TimeDelta;
use indicatif::{ProgressBar, ProgressStyle};
use store::Role;
use survey::Timestamp;

use super::edition;
use super::synthetic::{self, Office, Script};
use super::{indicators, lists};
use crate::clock::{Clock, ManualClock, Random};
use crate::forms::ProgrammeFiles;
use crate::mail::Mailer;
use crate::service::editions::Calendar;
use crate::service::entry::Way;
use crate::service::invitations::Issued;
use crate::service::outbox::Step;
use crate::service::{Refused, Service};

/// The edition opened so long ago and closes in so long.
const HALF_WINDOW: TimeDelta = TimeDelta::days(20);
/// Who may enter the panel.
pub(super) const LOGIN: &str = "administrator";
/// Where the answers come from.
const HERE: IpAddr = IpAddr::V4(Ipv4Addr::LOCALHOST);

/// What the campaign left behind.
pub(super) struct Played {
    pub issued: Vec<Issued>,
    /// Codes of units by how far they came: `submitted` or `started`.
    pub states: BTreeMap<String, &'static str>,
    pub password: String,
    pub api_key: String,
}

/// A campaign about to be played.
pub(super) struct Campaign<'a> {
    service: &'a Service,
    files: &'a ProgrammeFiles,
    mailer: &'a Mailer,
    clock: &'a ManualClock,
    random: &'a dyn Random,
    now: Timestamp,
}

impl<'a> Campaign<'a> {
    pub(super) fn new(
        service: &'a Service,
        files: &'a ProgrammeFiles,
        mailer: &'a Mailer,
        clock: &'a ManualClock,
        random: &'a dyn Random,
    ) -> Self {
        Self { service, files, mailer, clock, random, now: clock.now() }
    }

    /// Plays everything and leaves the clock at the present.
    pub(super) fn play(&self) -> anyhow::Result<Played> {
        let opens = self.now + -HALF_WINDOW;
        self.clock.set(opens);
        self.open(opens)?;
        let issued = self.service.issued(&edition())?;
        self.send_invitations()?;
        let states = self.answer(&issued, opens)?;
        self.clock.set(self.now);
        self.send_all(&bar("Potwierdzenia", 0))?;
        super::coding::play(self.service)?;
        let password = self.password();
        self.service.user_add(LOGIN, &password, Role::Administrator)?;
        super::notebook::write(self.service)?;
        let api_key = self.service.api_key_add(&edition().programme, "pokaz")?.reveal();
        indicators::enter(self.service)?;
        lists::load(self.service)?;
        Ok(Played { issued, states, password, api_key })
    }

    /// Register, programme, questionnaires, invented addresses, and the opening itself.
    fn open(&self, opens: Timestamp) -> Result<(), Refused> {
        let progress = bar("Rejestr i ankiety", 3);
        let zone = survey::calendar::Zone::WARSAW;
        let calendar =
            Calendar { opens: Some(zone.date(opens)), closes: Some(zone.date(self.now + HALF_WINDOW)) };
        self.service.edition_create(&edition(), self.files, calendar, true)?;
        progress.inc(1);
        self.import_addresses()?;
        progress.inc(1);
        self.service.edition_open(&edition(), self.files)?;
        progress.finish();
        Ok(())
    }

    /// Uploads a spreadsheet of invented addresses, as an analyst would.
    fn import_addresses(&self) -> Result<(), Refused> {
        let programme = self.service.programme(&edition().programme)?;
        let mut upload = String::from("Kod;Nazwa;E-mail\n");
        for (unit, _) in self.service.units(&programme)? {
            let Some(period) = unit.newest() else { continue };
            let code = unit.full_code(period);
            upload += &format!("{code};{};urzad@u{}.example\n", period.name, code.to_lowercase());
        }
        self.service.units_import(&programme, upload.as_bytes(), "adresy.csv", false).map(drop)
    }

    fn send_invitations(&self) -> Result<(), Refused> {
        let wave = self.service.invite(&edition(), "zaproszenie", "1", false)?;
        self.send_all(&bar("Zaproszenia", wave.queued as u64))
    }

    /// Steps the outbox until nothing is due.
    fn send_all(&self, progress: &ProgressBar) -> Result<(), Refused> {
        let programme = self.service.programme(&edition().programme)?;
        while self.service.outbox_step(&programme, self.mailer)? != Step::Idle {
            progress.inc(1);
        }
        progress.finish();
        Ok(())
    }

    /// Files the synthetic answers in the order of their moments.
    fn answer(&self, issued: &[Issued], opens: Timestamp) -> Result<BTreeMap<String, &'static str>, Refused> {
        let links: BTreeMap<&str, &str> = issued
            .iter()
            .filter_map(|one| Some((one.invitation.unit_code.as_str(), one.link.as_deref()?)))
            .collect();
        let mut scripts = synthetic::scripts(&offices(issued, "jst"), &offices(issued, "up"), self.random);
        scripts.sort_by(|a, b| a.moment.total_cmp(&b.moment));
        let progress = bar("Odpowiedzi", scripts.len() as u64);
        let mut states = BTreeMap::new();
        for script in &scripts {
            self.clock.set(moment(opens, self.now, script.moment));
            let link =
                links.get(script.code.as_str()).ok_or_else(|| Refused::UnknownUnit(script.code.clone()))?;
            self.file(script, link)?;
            states.insert(script.code.clone(), if script.sent { "submitted" } else { "started" });
            progress.inc(1);
        }
        progress.finish();
        Ok(states)
    }

    /// One office from its link to its confirmation, page by page as a browser would post them.
    fn file(&self, script: &Script, link: &str) -> Result<(), Refused> {
        let token = link.rsplit('/').next().unwrap_or_default();
        let seat = self.service.begin(Way::Link(token), HERE)?.seat;
        let mut rev = 0;
        for page in &script.pages {
            self.clock.advance(TimeDelta::minutes(2));
            let tokens = self.service.page_tokens(&seat);
            let mut pairs = page.fields.clone();
            pairs.extend([
                ("_rev".into(), rev.to_string()),
                ("_page".into(), self.service.page_name()),
                ("_inv".into(), tokens.invitation),
                ("_csrf".into(), tokens.csrf),
                ("_next".into(), "1".into()),
            ]);
            self.service.check_page(&seat, &pairs)?;
            let submitted = self.service.read_post(&seat, &pairs)?;
            rev = self.service.save(&seat, submitted)?.response.state.rev;
        }
        if script.sent {
            self.clock.advance(TimeDelta::minutes(1));
            self.service.submit(&seat, rev)?;
        }
        Ok(())
    }

    /// Letters and digits that are easy to copy.
    fn password(&self) -> String {
        let mut bytes = [0; 32];
        self.random.fill(&mut bytes);
        let secret = survey::access::RandomSecret::from_random(bytes).reveal();
        secret.chars().take(16).collect::<String>().to_lowercase()
    }
}

/// The offices that have a questionnaire.
fn offices(issued: &[Issued], form: &str) -> Vec<Office> {
    let own = issued.iter().map(|one| &one.invitation).filter(|invitation| invitation.form_id == form);
    own.map(|i| Office { code: i.unit_code.clone(), name: i.unit_name.clone(), kind: i.kind.clone() })
        .collect()
}

/// A part of the time between opening and now, in whole minutes.
fn moment(opens: Timestamp, now: Timestamp, part: f64) -> Timestamp {
    // The last hour stays free, so that nobody answers in the future.
    let minutes = (now.millis_since(opens) / 60_000).saturating_sub(60);
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_precision_loss,
        reason = "a part of a few weeks of minutes"
    )]
    let passed = (part * minutes as f64) as i64;
    opens + TimeDelta::minutes(passed)
}

fn bar(label: &str, length: u64) -> ProgressBar {
    let style = ProgressStyle::with_template("{prefix:<20} {bar:30} {pos}/{len}")
        .unwrap_or_else(|_| ProgressStyle::default_bar());
    ProgressBar::new(length).with_style(style).with_prefix(label.to_owned())
}
