//! People of the panel: passwords, logins, sessions.

use std::sync::{Condvar, Mutex, PoisonError};

use argon2::Argon2;
use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher as _, PasswordVerifier as _};
use chrono::TimeDelta;
use serde_json::json;
use store::{Edition, PanelSession, PanelUser, Programme, Role, StoreError};
use survey::access::RandomSecret;
use survey::{Scope, SessionId, UserId};

use super::audit::COMMAND;
use super::{EditionName, Refused, Service};

/// A panel session ends after so long without a request …
pub(super) const IDLE: TimeDelta = TimeDelta::minutes(30);
/// … and after this in any case.
const LONGEST: TimeDelta = TimeDelta::hours(12);
/// Failed logins before an account waits.
const FAILURES: i32 = 5;
/// How long it waits, per further failure.
const LOCK: TimeDelta = TimeDelta::minutes(5);
/// Shortest password that is taken.
const SHORTEST_PASSWORD: usize = 12;

/// Somebody logged in.
#[derive(Debug, Clone)]
pub struct Member {
    /// The person.
    pub user: PanelUser,
    /// The session.
    pub session: SessionId,
}

impl Member {
    /// How the trail and histories name the person.
    #[must_use]
    pub fn actor(&self) -> String {
        format!("user:{}", self.user.login)
    }
}

/// An edition that somebody has entered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Door {
    /// Its title.
    pub title: String,
    /// Whether its answers are made up.
    pub synthetic: bool,
}

/// A place in the panel that somebody may enter.
#[derive(Debug, Clone)]
pub struct Shelf {
    /// The programme.
    pub programme: Programme,
    /// Its editions, the newest first.
    pub editions: Vec<Edition>,
}

/// Lets at most so many password checks run at once: each takes memory and a core.
pub(super) struct Gate {
    free: Mutex<usize>,
    freed: Condvar,
}

impl Gate {
    pub(super) fn new(places: usize) -> Self {
        Self { free: Mutex::new(places.max(1)), freed: Condvar::new() }
    }

    fn pass<T>(&self, work: impl FnOnce() -> T) -> T {
        let mut free = self.free.lock().unwrap_or_else(PoisonError::into_inner);
        while *free == 0 {
            free = self.freed.wait(free).unwrap_or_else(PoisonError::into_inner);
        }
        *free -= 1;
        drop(free);
        let result = work();
        *self.free.lock().unwrap_or_else(PoisonError::into_inner) += 1;
        self.freed.notify_one();
        result
    }
}

impl Service {
    /// Adds a person with a role in every programme that exists.
    ///
    /// # Errors
    /// [`Refused::Input`] when the login is taken or the password too short.
    pub fn user_add(&self, login: &str, password: &str, role: Role) -> Result<(), Refused> {
        if password.chars().count() < SHORTEST_PASSWORD {
            return Err(Refused::input(format!("hasło musi mieć co najmniej {SHORTEST_PASSWORD} znaków")));
        }
        let hash = self.hash(password)?;
        let now = self.now();
        let user = PanelUser {
            id: self.id::<UserId>(),
            login: login.to_owned(),
            password_hash: hash,
            totp_secret: None,
            failed: 0,
            locked_until: None,
            created_at: now,
            updated_at: now,
        };
        let note = self.note(COMMAND, "user.add", login, json!({ "role": role.as_str() }));
        let taken = format!("login „{login}” jest już zajęty");
        let added = self.store.write("user_add", move |tx| -> Result<(), StoreError> {
            tx.user_insert(&user)?;
            for programme in tx.programme_list()? {
                tx.role_put(Scope::programme(programme.id), user.id, role, now)?;
            }
            tx.instance_audit_append(&note)
        });
        added.map_err(|error| if error.is_taken("panel_user") { Refused::input(taken) } else { error.into() })
    }

    fn hash(&self, password: &str) -> Result<String, Refused> {
        let salt = self.bytes::<16>();
        let hashed =
            self.passwords.pass(|| Argon2::default().hash_password_with_salt(password.as_bytes(), &salt));
        let failed = |error: argon2::password_hash::Error| Refused::Unreadable {
            what: "password",
            cause: error.to_string(),
        };
        Ok(hashed.map_err(failed)?.to_string())
    }

    /// Logs in; gives the secret for the cookie.
    ///
    /// # Errors
    /// [`Refused::BadLogin`] whatever is wrong, [`Refused::TooMany`] while the account waits.
    pub fn log_in(&self, login: &str, password: &str) -> Result<RandomSecret, Refused> {
        let now = self.now();
        let user = self.store.read("log_in", |tx| tx.user_find_by_login(login))?;
        let Some(user) = user else {
            // The same work as for a known login, so that nobody learns from the time which logins exist.
            self.hash(password)?;
            return Err(Refused::BadLogin);
        };
        if let Some(until) = user.locked_until.filter(|until| *until > now) {
            let seconds = until.millis_since(now).div_ceil(1000);
            return Err(Refused::TooMany(u32::try_from(seconds).unwrap_or(u32::MAX)));
        }
        if !self.matches(&user, password) {
            self.note_failure(&user)?;
            return Err(Refused::BadLogin);
        }
        let secret = RandomSecret::from_random(self.bytes());
        let session = PanelSession {
            id: self.id::<SessionId>(),
            fingerprint: secret.fingerprint(),
            user_id: user.id,
            created_at: now,
            last_seen_at: now,
        };
        let note = self.note(&format!("user:{login}"), "login", login, json!({}));
        self.store.write("panel_session", move |tx| -> Result<(), StoreError> {
            tx.user_clear_failures(session.user_id)?;
            tx.instance_audit_append(&note)?;
            tx.panel_session_insert(&session)
        })?;
        Ok(secret)
    }

    fn matches(&self, user: &PanelUser, password: &str) -> bool {
        let Ok(hash) = PasswordHash::new(&user.password_hash) else { return false };
        self.passwords.pass(|| Argon2::default().verify_password(password.as_bytes(), &hash).is_ok())
    }

    fn note_failure(&self, user: &PanelUser) -> Result<(), Refused> {
        let now = self.now();
        let note = self.note(&format!("user:{}", user.login), "login.failed", user.login.clone(), json!({}));
        let user = user.id;
        Ok(self.store.write("note_failure", move |tx| -> Result<(), StoreError> {
            tx.instance_audit_append(&note)?;
            let failures = tx.user_note_failure(user)?.unwrap_or_default();
            if failures >= FAILURES {
                tx.user_lock(user, now + LOCK * (failures - FAILURES + 1))?;
            }
            Ok(())
        })?)
    }

    /// Who a panel cookie belongs to.
    ///
    /// # Errors
    /// [`Refused::NoSession`] when there is none or it has ended.
    pub fn member(&self, cookie: &str) -> Result<Member, Refused> {
        let secret = RandomSecret::parse(cookie).map_err(|_| Refused::NoSession)?;
        let fingerprint = secret.fingerprint();
        let now = self.now();
        let found = self.store.read("member", |tx| tx.panel_session_find(&fingerprint))?;
        let (session, user) = found.ok_or(Refused::NoSession)?;
        if session.last_seen_at + IDLE < now || session.created_at + LONGEST < now {
            return Err(Refused::NoSession);
        }
        if session.last_seen_at + TimeDelta::minutes(1) < now {
            self.store.write("panel_touch", move |tx| tx.panel_session_touch(session.id, now))?;
        }
        Ok(Member { user, session: session.id })
    }

    /// Ends the session of a panel cookie.
    ///
    /// # Errors
    /// Only those of the database.
    pub fn log_out(&self, member: &Member) -> Result<(), Refused> {
        let session = member.session;
        self.store.write("log_out", move |tx| tx.panel_session_delete(session))?;
        Ok(())
    }

    /// The programmes that somebody may enter, with their editions.
    ///
    /// # Errors
    /// Only those of the database.
    pub fn shelves(&self, member: &Member) -> Result<Vec<Shelf>, Refused> {
        let user = member.user.id;
        Ok(self.store.read("shelves", |tx| -> Result<_, StoreError> {
            let mut shelves = Vec::new();
            for (id, _) in tx.role_list(user)? {
                if let Some(programme) = tx.programme_find(id)? {
                    shelves.push(Shelf { editions: tx.edition_list(Scope::programme(id))?, programme });
                }
            }
            Ok(shelves)
        })?)
    }

    /// Lets somebody who has a role in its programme into an edition.
    ///
    /// # Errors
    /// [`Refused::UnknownEdition`] when not: whoever has no role does not learn that it exists.
    pub fn enter(&self, member: &Member, name: &EditionName) -> Result<Door, Refused> {
        let (programme, edition) = self.edition(name)?;
        let user = member.user.id;
        let role = self.store.read("enter", |tx| tx.role_find(programme.scope(), user))?;
        let synthetic = edition.synthetic || programme.row.synthetic;
        let door = Door { title: edition.title, synthetic };
        role.map(|_| door).ok_or_else(|| Refused::UnknownEdition(name.to_string()))
    }
}
