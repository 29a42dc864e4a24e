//! Letters: templates as stored, texts made at the moment of sending, and one step of the outbox.

use std::collections::BTreeMap;

use chrono::TimeDelta;
use form::polish;
use store::{AccessKind, Edition, Invitation, LetterTemplate, Mail, OutboxState, Settled, StoreError, Tx};
use survey::letters::{self, Rendered, Template};
use survey::{InvitationId, Scope, Timestamp};

use super::programmes::Known;
use super::submit::RECEIPT;
use super::{Refused, Service, hex};
use crate::mail::{DeliveryError, Mailer, Outgoing};

/// After a crash nobody knows how far a mail came; this long after an attempt began it counts as broken off.
const LEASE: TimeDelta = TimeDelta::minutes(5);
/// Pauses after temporary failures; the last one repeats until the mail is given up.
const PAUSES: [TimeDelta; 3] = [TimeDelta::minutes(5), TimeDelta::hours(1), TimeDelta::hours(4)];
/// A mail that could not be handed over for so long is given up.
const PATIENCE: TimeDelta = TimeDelta::hours(48);
/// How files and settings mark, in any case, what the office has to fill in.
const BLANK: &str = "do uzupełnienia";

/// A stored version of a template, parsed.
#[derive(Debug, Clone)]
pub struct Letter {
    /// Its name.
    pub name: String,
    /// Its version in the database.
    pub version: i32,
    /// The text.
    pub template: Template,
}

/// What a step of the outbox did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// Nothing is due.
    Idle,
    /// One mail was tried and now stands so.
    Tried(OutboxState),
}

impl Service {
    /// Stores a template; one that did not change keeps its version.
    ///
    /// # Errors
    /// [`Refused::Input`] with everything that is wrong with the text.
    pub fn letter_put(&self, scope: Scope, name: &str, source: &str) -> Result<(), Refused> {
        let (_, row) = self.letter_of(name, source)?;
        self.store.write("letter_put", move |tx| letter_keep(tx, scope, &row).map(drop))
    }

    /// A template that is not stored yet, and the row that would be; its version is known only once it is.
    pub(super) fn letter_of(&self, name: &str, source: &str) -> Result<(Letter, LetterTemplate), Refused> {
        let template = parse(name, source).map_err(Refused::Input)?;
        let row = LetterTemplate {
            name: name.to_owned(),
            version: 0,
            source: source.to_owned(),
            hash: template.version.clone(),
            created_at: self.now(),
        };
        Ok((Letter { name: name.to_owned(), version: row.version, template }, row))
    }

    /// The newest version of a template.
    ///
    /// # Errors
    /// [`Refused::Input`] when there is none of this name.
    pub fn letter(&self, scope: Scope, name: &str) -> Result<Letter, Refused> {
        let found = self.store.read("letter", |tx| tx.letter_template_newest(scope, name))?;
        read(found.ok_or_else(|| Refused::input(format!("nie ma szablonu listu „{name}”")))?)
    }

    /// Makes the text of a letter to one invitation. `params` are the values that only this mail has: link, code and
    /// what was stored with its row.
    ///
    /// # Errors
    /// [`Refused::Input`] with every placeholder that nothing fills.
    pub(super) fn compose(
        &self,
        programme: &Known,
        edition: &Edition,
        invitation: &Invitation,
        letter: &Letter,
        params: BTreeMap<String, String>,
    ) -> Result<Rendered, Refused> {
        let mut values = self.edition_values(programme, edition);
        values.extend(invitation_values(edition, invitation));
        values.extend(params);
        letter.template.render(&values).map_err(|problems| {
            Refused::Input(
                problems.iter().map(|problem| format!("szablon „{}”: {problem}", letter.name)).collect(),
            )
        })
    }

    /// What nobody has filled in yet of what a letter would say: one sentence per key of a file.
    pub(super) fn left_blank(&self, programme: &Known, edition: &Edition, letter: &Letter) -> Vec<String> {
        let values = self.edition_values(programme, edition);
        let used = letter.template.placeholders().filter_map(|name| values.get_key_value(name));
        let blank = used.filter(|(_, value)| value.to_lowercase().contains(BLANK));
        let key = |name: &str| match name {
            "ZNAK_PISMA" => format!("programme.toml: editions[{}].letter_number", edition.slug),
            "KLAUZULA" => "programme.toml: privacy.short".to_owned(),
            "OSOBA" => "ustawienia: office.person".to_owned(),
            "TEL" => "ustawienia: office.phone".to_owned(),
            "EMAIL_KONTAKT" => "ustawienia: office.email".to_owned(),
            other => format!("{{{{{other}}}}}"),
        };
        blank.map(|(name, value)| format!("{} – wartość zastępcza „{value}”", key(name))).collect()
    }

    fn edition_values(&self, programme: &Known, edition: &Edition) -> BTreeMap<String, String> {
        let office = &self.settings.office;
        let declared = programme.declared.edition(&edition.slug);
        let year = declared.map_or_else(|| edition.slug.clone(), |declared| declared.year.to_string());
        let mut values = BTreeMap::from([
            ("ROK".into(), year),
            ("NADAWCA".into(), self.settings.mail.address().to_owned()),
            ("HOST".into(), self.settings.host().to_owned()),
            ("LINK_KOPIA".into(), self.settings.public_url.clone()),
            ("OSOBA".into(), office.person.clone()),
            ("TEL".into(), office.phone.clone()),
            ("EMAIL_KONTAKT".into(), office.email.clone()),
            ("KLAUZULA".into(), programme.declared.privacy.short.trim().to_owned()),
        ]);
        if let Some(declared) = declared {
            values.insert("ZNAK_PISMA".into(), declared.letter_number.clone());
            values.insert("DATA_PISMA".into(), polish::date_long(declared.letter_date));
        }
        values
    }

    /// Link and letter code of an invitation, as letters name them.
    fn secrets(&self, scope: Scope, invitation: InvitationId) -> Result<BTreeMap<String, String>, Refused> {
        let accesses = self.store.read("secrets", |tx| tx.access_list(scope, invitation))?;
        let mut secrets = BTreeMap::new();
        for access in accesses.iter().filter(|access| access.revoked_at.is_none()) {
            let name = match access.kind {
                AccessKind::Link => "LINK",
                AccessKind::Letter => "KOD",
                AccessKind::Colleague => continue,
            };
            secrets.insert(name.into(), self.reveal(access)?);
        }
        Ok(secrets)
    }

    /// Takes the next mail that is due through one attempt. Jobs call it again and again; tests step it by hand.
    ///
    /// # Errors
    /// Only those of the database. A mail that fails is a step, not an error.
    pub fn outbox_step(&self, programme: &Known, mailer: &Mailer) -> Result<Step, Refused> {
        let (scope, now) = (programme.scope(), self.now());
        // A receipt repeats what the page already said and carries the same Message-ID, so it may go out again.
        self.store.write("outbox_lapse", move |tx| tx.outbox_lapse(scope, &[RECEIPT], now))?;
        let leased =
            self.store.write("outbox_lease", move |tx| tx.outbox_lease_next(scope, now, now + LEASE))?;
        let Some(mail) = leased else { return Ok(Step::Idle) };
        let settled = match self.outgoing(programme, &mail) {
            Ok(letter) => outcome(mailer.send(&letter), &mail, self.now()),
            Err(Refused::Store(error)) => Settled::Again { at: now + PAUSES[0], error: error.to_string() },
            Err(error) => Settled::Refused(error.to_string()),
        };
        let state = match settled {
            Settled::Accepted => OutboxState::Accepted,
            Settled::Refused(_) => OutboxState::Refused,
            Settled::Again { .. } => OutboxState::Queued,
            Settled::Uncertain(_) => OutboxState::Uncertain,
        };
        let (id, attempt, at) = (mail.id, mail.attempts, self.now());
        self.store.write("outbox_settle", move |tx| tx.outbox_settle(scope, id, attempt, &settled, at))?;
        Ok(Step::Tried(state))
    }

    /// How many mails of each programme stand in each state.
    ///
    /// # Errors
    /// Only those of the database.
    pub fn mails_by_state(&self) -> Result<BTreeMap<(String, &'static str), u64>, Refused> {
        Ok(self.store.read("mails_by_state", |tx| -> Result<_, StoreError> {
            let mut mails = BTreeMap::new();
            for programme in tx.programme_list()? {
                for (state, count) in tx.outbox_count(Scope::programme(programme.id))? {
                    mails.insert((programme.slug.clone(), state.as_str()), count);
                }
            }
            Ok(mails)
        })?)
    }

    fn outgoing(&self, programme: &Known, mail: &Mail) -> Result<Outgoing, Refused> {
        let scope = programme.scope();
        let (row, invitation, edition) = self.store.read("outgoing", |tx| -> Result<_, Refused> {
            let gone = |what| move || Refused::input(format!("{what} już nie istnieje"));
            let row = tx
                .letter_template_find(scope, &mail.template, mail.template_version)?
                .ok_or_else(gone("szablon listu"))?;
            let invitation =
                tx.invitation_find(scope, mail.invitation_id)?.ok_or_else(gone("zaproszenie"))?;
            let edition = tx.edition_find(scope, invitation.edition_id)?.ok_or_else(gone("edycja"))?;
            Ok((row, invitation, edition))
        })?;
        let mut params = self.secrets(scope, invitation.id)?;
        params.extend(mail.params.clone());
        params.insert("DATA_GODZ".into(), local_time(programme, mail.created_at));
        let rendered = self.compose(programme, &edition, &invitation, &read(row)?, params)?;
        Ok(Outgoing {
            id: hex(mail.id.uuid().as_bytes()),
            to: mail.recipient.clone(),
            subject: rendered.subject,
            text: rendered.text,
            date: mail.created_at,
            message_id: mail.message_id.clone(),
        })
    }
}

/// What an attempt means for the mail.
fn outcome(sent: Result<(), DeliveryError>, mail: &Mail, now: Timestamp) -> Settled {
    match sent {
        Ok(()) => Settled::Accepted,
        Err(DeliveryError::Never(error)) => Settled::Refused(error),
        Err(DeliveryError::Unknown(error)) => Settled::Uncertain(error),
        Err(DeliveryError::Later(error)) if mail.created_at + PATIENCE < now => Settled::Refused(error),
        Err(DeliveryError::Later(error)) => {
            let tries = usize::try_from(mail.attempts.max(1) - 1).unwrap_or_default();
            Settled::Again { at: now + PAUSES[tries.min(PAUSES.len() - 1)], error }
        }
    }
}

/// A moment as people of the programme read it: `17 stycznia 2025 r., godz. 12:34`.
pub(crate) fn local_time(programme: &Known, at: Timestamp) -> String {
    let local = at.to_utc().with_timezone(&programme.zone().tz());
    format!("{}, godz. {}", polish::date_long(local.date_naive()), local.format("%H:%M"))
}

/// Keeps a template and gives the version to be used.
pub(super) fn letter_keep(tx: &mut Tx<'_>, scope: Scope, row: &LetterTemplate) -> Result<i32, Refused> {
    tx.letter_template_keep(scope, row)?.ok_or(Refused::Store(StoreError::Busy))
}

fn parse(name: &str, source: &str) -> Result<Template, Vec<String>> {
    letters::parse(name, source)
        .map_err(|problems| problems.iter().map(|problem| format!("szablon „{name}”: {problem}")).collect())
}

fn invitation_values(edition: &Edition, invitation: &Invitation) -> BTreeMap<String, String> {
    let closes_on = invitation.closes_on.unwrap_or(edition.closes_on);
    BTreeMap::from([
        ("JEDNOSTKA".into(), invitation.unit_name.clone()),
        ("KOD_JEDNOSTKI".into(), invitation.unit_code.clone()),
        (
            "TERMIN_SLOWNIE".into(),
            format!("{}, {}", polish::weekday(closes_on), polish::date_long(closes_on)),
        ),
        ("TERMIN_KROTKO".into(), polish::date_short(closes_on)),
    ])
}

fn read(row: LetterTemplate) -> Result<Letter, Refused> {
    let template = parse(&row.name, &row.source)
        .map_err(|problems| Refused::Unreadable { what: "letter", cause: problems.join("; ") })?;
    Ok(Letter { name: row.name, version: row.version, template })
}
