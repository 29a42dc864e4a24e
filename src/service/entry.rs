//! Ways in: by link or letter code to a session, and from a session to a seat.

use std::net::IpAddr;
use std::sync::{Arc, PoisonError};

use chrono::TimeDelta;
use store::{Access, AccessKind, Edition, EditionState, Invitation, Session, StoreError, Tx};
use survey::access::{CodeSelector, KeyId, LetterCode, LinkSelector, LinkToken, RandomSecret};
use survey::calendar::Phase;
use survey::{ProgrammeId, Scope, SessionId, Timestamp};

use super::seat::{Response, Rows, Seat};
use super::{Refused, Service, programmes};

/// A session ends after so long without a request; pages that are open keep what was typed.
pub(super) const IDLE: TimeDelta = TimeDelta::minutes(60);
/// The time of the last request is noted at most this often.
const TOUCH: TimeDelta = TimeDelta::minutes(5);
/// So many older generations of a link are told apart from a wrong one.
const OLD_GENERATIONS: i32 = 20;

/// What somebody came with.
#[derive(Debug, Clone, Copy)]
pub enum Way<'a> {
    /// The part of a link after `/a/`.
    Link(&'a str),
    /// What was typed from a letter.
    Code(&'a str),
}

/// A good link or code, before a session.
pub struct Arrival {
    /// Where it leads, as it stands.
    pub response: Response,
    /// Where now lies between opening and closing.
    pub phase: Phase,
}

/// A session that has begun.
pub struct Begun {
    /// For the cookie.
    pub secret: RandomSecret,
    /// Where it leads.
    pub seat: Seat,
}

impl Service {
    /// Looks where a link or code leads; changes nothing. `from` is the address of whoever asks.
    ///
    /// # Errors
    /// [`Refused::UnknownLink`], [`Refused::ReplacedLink`], [`Refused::RevokedLink`], [`Refused::NotYetOpen`],
    /// [`Refused::TooMany`].
    pub fn arrive(&self, way: Way<'_>, from: IpAddr) -> Result<Arrival, Refused> {
        let (programme, access) = self.admitted(way, from)?;
        let (seat, rows) = self.store.read("arrive", |tx| {
            let seat = self.seat(tx, programme, access)?;
            let rows = Rows::load(tx, seat.scope(), &seat.invitation)?;
            Ok::<_, Refused>((seat, rows))
        })?;
        let response = self.response(&seat, rows);
        let phase = response.phase(self.now());
        match phase {
            Phase::NotYetOpen { .. } => Err(Refused::NotYetOpen(seat.edition.opens_on)),
            phase => Ok(Arrival { response, phase }),
        }
    }

    /// Begins or continues: a new session, and a draft where there is none yet.
    ///
    /// # Errors
    /// As [`Service::arrive`].
    pub fn begin(&self, way: Way<'_>, from: IpAddr) -> Result<Begun, Refused> {
        let arrival = self.arrive(way, from)?;
        self.begin_session(arrival.response.seat)
    }

    fn begin_session(&self, seat: Seat) -> Result<Begun, Refused> {
        let (now, secret) = (self.now(), RandomSecret::from_random(self.bytes()));
        let session = Session {
            id: self.id::<SessionId>(),
            fingerprint: secret.fingerprint(),
            access_id: seat.access.id,
            generation: seat.access.generation,
            created_at: now,
            last_seen_at: now,
        };
        let place = seat.clone();
        self.store.write("begin_session", move |tx| {
            tx.session_insert(place.scope(), &session)?;
            Self::start_draft(tx, &place, now)
        })?;
        Ok(Begun { secret, seat })
    }

    /// The seat of a session cookie.
    ///
    /// # Errors
    /// [`Refused::NoSession`] when there is none, it was idle too long, or its access was revoked or issued again.
    pub fn seated(&self, cookie: &str) -> Result<Seat, Refused> {
        let secret = RandomSecret::parse(cookie).map_err(|_| Refused::NoSession)?;
        let fingerprint = secret.fingerprint();
        let now = self.now();
        let (seat, session) = self.store.read("seated", |tx| -> Result<_, Refused> {
            let found = tx.session_find_seated(&fingerprint)?.ok_or(Refused::NoSession)?;
            if found.session.last_seen_at + IDLE < now {
                return Err(Refused::NoSession);
            }
            let programme = self.programme_cached(tx, found.programme, found.programme_updated_at)?;
            Ok((self.seat_of(tx, programme, found.access, found.invitation, found.edition)?, found.session))
        })?;
        if session.last_seen_at + TOUCH < now {
            let scope = seat.scope();
            self.store.write("session_touch", move |tx| tx.session_touch(scope, session.id, now))?;
        }
        Ok(seat)
    }

    /// Ends the session of a cookie, if there is one.
    ///
    /// # Errors
    /// Only those of the database.
    pub fn leave(&self, cookie: &str) -> Result<(), Refused> {
        let Ok(secret) = RandomSecret::parse(cookie) else { return Ok(()) };
        let fingerprint = secret.fingerprint();
        Ok(self.store.write("leave", move |tx| -> Result<(), StoreError> {
            if let Some((programme, session, _)) = tx.session_find(&fingerprint)? {
                tx.session_delete(Scope::programme(programme), session.id)?;
            }
            Ok(())
        })?)
    }

    /// The seat that an access leads to.
    fn seat(&self, tx: &mut Tx<'_>, programme: ProgrammeId, access: Access) -> Result<Seat, Refused> {
        let scope = Scope::invitation(programme, access.invitation_id);
        let invitation = tx.invitation_find(scope, access.invitation_id)?.ok_or(Refused::UnknownLink)?;
        let edition = tx.edition_find(scope, invitation.edition_id)?.ok_or(Refused::UnknownLink)?;
        let updated_at = tx.programme_updated_at(programme)?.ok_or(Refused::UnknownLink)?;
        let programme = self.programme_cached(tx, programme, updated_at)?;
        self.seat_of(tx, programme, access, invitation, edition)
    }

    fn seat_of(
        &self,
        tx: &mut Tx<'_>,
        programme: Arc<programmes::Known>,
        access: Access,
        invitation: Invitation,
        edition: Edition,
    ) -> Result<Seat, Refused> {
        if invitation.withdrawn_at.is_some() || edition.state == EditionState::Draft {
            return Err(Refused::RevokedLink);
        }
        let scope = Scope::invitation(programme.row.id, invitation.id);
        let (version, model) = self.current_model(tx, scope, &invitation)?;
        let last = self.last_answers(tx, &edition, &invitation, (version, &model), programme.row.id)?;
        Ok(Seat { programme, edition, invitation, access, model, version, last })
    }

    /// The access of a link or code, with wrong tries slowed down.
    fn admitted(&self, way: Way<'_>, from: IpAddr) -> Result<(ProgrammeId, Access), Refused> {
        let now = self.now();
        let (selector, parsed) = Presented::parse(way, from);
        let throttle = || self.throttle.lock().unwrap_or_else(PoisonError::into_inner);
        throttle().admit(now, &selector, from).map_err(|wait| Refused::TooMany(wait.seconds))?;
        let found = match parsed {
            Some(presented) => self.look_up(&presented),
            None => Err(Refused::UnknownLink),
        };
        match &found {
            Ok(_) => throttle().right(&selector, from),
            Err(Refused::UnknownLink | Refused::ReplacedLink | Refused::RevokedLink) => {
                throttle().wrong(now, &selector, from).map_err(|wait| Refused::TooMany(wait.seconds))?;
            }
            Err(_) => {}
        }
        found
    }

    fn look_up(&self, presented: &Presented) -> Result<(ProgrammeId, Access), Refused> {
        let (letter, selector) = (presented.is_letter(), presented.selector());
        let found = self.store.read("look_up", |tx| tx.access_find_by_selector(letter, &selector))?;
        let (programme, access) = found.ok_or(Refused::UnknownLink)?;
        if self.verifies(presented, &access, access.generation) {
            return if access.revoked_at.is_some() {
                Err(self.gone(programme, &access)?)
            } else {
                Ok((programme, access))
            };
        }
        let older = (access.generation - OLD_GENERATIONS).max(0)..access.generation;
        if older.into_iter().any(|generation| self.verifies(presented, &access, generation)) {
            return Err(Refused::ReplacedLink);
        }
        Err(Refused::UnknownLink)
    }

    /// What became of a revoked access: replaced where the office has another of its kind, else simply gone.
    fn gone(&self, programme: ProgrammeId, access: &Access) -> Result<Refused, StoreError> {
        let scope = Scope::invitation(programme, access.invitation_id);
        let all = self.store.read("gone", |tx| tx.access_list(scope, access.invitation_id))?;
        let replaced = all.iter().any(|other| other.kind == access.kind && other.revoked_at.is_none());
        Ok(if replaced { Refused::ReplacedLink } else { Refused::RevokedLink })
    }

    fn verifies(&self, presented: &Presented, access: &Access, generation: i32) -> bool {
        let Some(key) = KeyId::parse(&access.key_id).ok().and_then(|id| self.keys.get(&id)) else {
            return false;
        };
        let Ok(generation) = u32::try_from(generation) else { return false };
        match presented {
            Presented::Link(token) => {
                access.kind != AccessKind::Letter
                    && LinkSelector::parse(&access.selector)
                        .is_ok_and(|selector| token.verify(key, access.id, generation, selector))
            }
            Presented::Code(code) => {
                access.kind == AccessKind::Letter
                    && CodeSelector::parse(&access.selector)
                        .is_ok_and(|selector| code.verify(key, access.id, generation, selector))
            }
        }
    }

    /// A programme by its id, read again only when its file changed.
    fn programme_cached(
        &self,
        tx: &mut Tx<'_>,
        id: ProgrammeId,
        updated_at: Timestamp,
    ) -> Result<Arc<programmes::Known>, Refused> {
        if let Some(known) = self.versions.known_programme(id, updated_at) {
            return Ok(known);
        }
        self.versions.programme(tx.programme_find(id)?.ok_or(Refused::UnknownLink)?)
    }
}

/// A link or code that has the right shape.
enum Presented {
    Link(LinkToken),
    Code(LetterCode),
}

impl Presented {
    /// What is counted against wrong tries, and what was presented if it has the right shape. Slips of the pen have
    /// no selector of their own: they count for the address alone, so that nobody waits for somebody else's.
    fn parse(way: Way<'_>, from: IpAddr) -> (String, Option<Self>) {
        let presented = match way {
            Way::Link(text) => LinkToken::parse(text).ok().map(Self::Link),
            Way::Code(text) => LetterCode::parse(text).ok().map(Self::Code),
        };
        (presented.as_ref().map_or_else(|| format!("? {from}"), Self::selector), presented)
    }

    fn is_letter(&self) -> bool {
        matches!(self, Self::Code(_))
    }

    fn selector(&self) -> String {
        match self {
            Self::Link(token) => token.selector().to_string(),
            Self::Code(code) => code.selector().to_string(),
        }
    }
}
