//! Invitations: accesses and what people get of them — links, letter codes, letters.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use serde_json::json;
use store::{Access, AccessKind, Invitation, NewMail, StoreError, Tx};
use survey::access::{self, Allowed, CodeSelector, KeyId, LetterCode, LinkSelector, LinkToken};
use survey::{AccessId, EditionId, InvitationId, OutboxId, Scope, UnitId};

use super::audit::COMMAND;
use super::programmes::Known;
use super::{EditionName, Refused, Service};

/// How often taken selectors are drawn again. Of a million selectors of letter codes a few hundred are in use, so the
/// second round is rare and the eighth does not happen.
const ROUNDS: usize = 8;

/// An invitation with what its office gets.
#[derive(Debug, Clone)]
pub struct Issued {
    /// The invitation.
    pub invitation: Invitation,
    /// The main address of the unit.
    pub email: Option<String>,
    /// The whole address of the office's link.
    pub link: Option<String>,
    /// The code for the printed letter.
    pub letter_code: Option<String>,
}

impl Issued {
    /// Link and letter code, as letters name them.
    fn secrets(&self) -> BTreeMap<String, String> {
        let secrets = [("LINK", &self.link), ("KOD", &self.letter_code)];
        secrets.into_iter().filter_map(|(name, secret)| Some((name.to_owned(), secret.clone()?))).collect()
    }
}

/// What queueing a wave of letters did, or would do.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Wave {
    /// Letters queued now.
    pub queued: usize,
    /// Letters of this wave that had been queued before.
    pub already: usize,
    /// Units that have sent their questionnaire: they get no letter.
    pub answered: usize,
    /// Names of units without an address, in their order.
    pub without_address: Vec<String>,
}

/// Responses read at a time.
const PAGE: u32 = 500;

/// Selectors for the same accesses, several rounds of them: what is taken in one round is tried with the next.
pub(super) type Rounds = Vec<Vec<Access>>;

impl Service {
    /// New accesses (a link and a letter code each) for invitations, with selectors drawn for every round.
    pub(super) fn access_rounds(&self, invitations: impl Iterator<Item = InvitationId>) -> Rounds {
        let mut rounds = vec![Vec::new(); ROUNDS];
        for invitation in invitations {
            for kind in [AccessKind::Link, AccessKind::Letter] {
                let id: AccessId = self.id();
                for round in &mut rounds {
                    round.push(self.access(id, invitation, kind));
                }
            }
        }
        rounds
    }

    fn access(&self, id: AccessId, invitation_id: InvitationId, kind: AccessKind) -> Access {
        let selector = match kind {
            AccessKind::Letter => CodeSelector::from_random(self.bytes()).to_string(),
            AccessKind::Link | AccessKind::Colleague => LinkSelector::from_random(self.bytes()).to_string(),
        };
        Access {
            id,
            invitation_id,
            kind,
            selector,
            generation: 0,
            key_id: self.keys.newest().id().to_string(),
            sections: Allowed::ALL,
            created_at: self.now(),
            revoked_at: None,
            archived_at: None,
        }
    }

    /// All invitations of an edition that are not withdrawn, with their links and codes, in the order of units.
    ///
    /// # Errors
    /// [`Refused::UnknownEdition`].
    pub fn issued(&self, name: &EditionName) -> Result<Vec<Issued>, Refused> {
        let (programme, edition) = self.edition(name)?;
        let scope = programme.scope();
        let (invitations, accesses, addresses) =
            self.store.read("issued", |tx| -> Result<_, StoreError> {
                Ok((
                    tx.invitation_list(scope, edition.id)?,
                    tx.access_list_by_edition(scope, edition.id)?,
                    tx.unit_addresses(scope)?,
                ))
            })?;
        let main = |unit: UnitId| {
            addresses.get(&unit).and_then(|list| list.first()).map(|a| a.email.as_str().to_owned())
        };
        let asked = invitations.into_iter().filter(|invitation| invitation.withdrawn_at.is_none());
        let mut issued = Vec::new();
        for invitation in asked {
            let own = accesses.iter().filter(|access| access.invitation_id == invitation.id);
            let secret = |kind| {
                own.clone().find(|access| access.kind == kind).map(|access| self.reveal(access)).transpose()
            };
            issued.push(Issued {
                email: main(invitation.unit_id),
                link: secret(AccessKind::Link)?,
                letter_code: secret(AccessKind::Letter)?,
                invitation,
            });
        }
        Ok(issued)
    }

    /// The whole link of an access, or its letter code.
    ///
    /// # Errors
    /// [`Refused::Keys`] when the key that it was made with is not loaded.
    pub(crate) fn reveal(&self, access: &Access) -> Result<String, Refused> {
        let key_id = KeyId::parse(&access.key_id).ok();
        let key = key_id.and_then(|id| self.keys.get(&id)).ok_or_else(|| {
            Refused::Keys(vec![format!(
                "klucz {} nie jest wczytany. Proszę przywrócić jego plik",
                access.key_id
            )])
        })?;
        let generation = u32::try_from(access.generation).unwrap_or_default();
        let unreadable =
            |error: access::BadToken| Refused::Unreadable { what: "selector", cause: error.to_string() };
        Ok(match access.kind {
            AccessKind::Letter => {
                let selector = CodeSelector::parse(&access.selector).map_err(unreadable)?;
                LetterCode::derive(key, access.id, generation, selector).reveal()
            }
            AccessKind::Link | AccessKind::Colleague => {
                let selector = LinkSelector::parse(&access.selector).map_err(unreadable)?;
                let token = LinkToken::derive(key, access.id, generation, selector);
                access::address(&self.settings.public_url, &token)
            }
        })
    }

    /// New link and code for one unit: the old ones and their sessions end. What was revoked stays so; a unit that
    /// has lost its link gets another one.
    ///
    /// # Errors
    /// [`Refused::UnknownUnit`] when the unit is not asked in this edition.
    pub fn reissue(&self, name: &EditionName, unit_code: &str) -> Result<Issued, Refused> {
        let (programme, invitation, accesses) = self.accesses_of(name, unit_code)?;
        let scope = programme.scope();
        let lost = !accesses.iter().any(|access| access.kind == AccessKind::Link);
        let rounds = self.access_rounds(lost.then_some(invitation).into_iter());
        if lost {
            self.remember_keys(&[self.keys.newest()])?;
        }
        let note = self.note(COMMAND, "access.reissue", unit_code, json!({ "edition": name.to_string() }));
        self.store.write("reissue", move |tx| -> Result<(), Refused> {
            for access in &accesses {
                tx.access_reissue(scope, access.id, access.generation)?;
            }
            insert_accesses(tx, scope, &rounds)?;
            Ok(tx.audit_append(scope, &note)?)
        })?;
        let issued = self.issued(name)?;
        let same = |issued: &Issued| issued.invitation.unit_code == unit_code;
        issued.into_iter().find(same).ok_or_else(|| Refused::UnknownUnit(unit_code.to_owned()))
    }

    /// Revokes link and code of one unit; its sessions end.
    ///
    /// # Errors
    /// [`Refused::UnknownUnit`] when the unit is not asked in this edition.
    pub fn revoke(&self, name: &EditionName, unit_code: &str) -> Result<(), Refused> {
        let (programme, _, accesses) = self.accesses_of(name, unit_code)?;
        let (scope, now) = (programme.scope(), self.now());
        let note = self.note(COMMAND, "access.revoke", unit_code, json!({ "edition": name.to_string() }));
        Ok(self.store.write("revoke", move |tx| -> Result<(), StoreError> {
            for access in &accesses {
                tx.access_revoke(scope, access.id, now)?;
            }
            tx.audit_append(scope, &note)
        })?)
    }

    /// The invitation of a unit with its accesses that are not revoked.
    fn accesses_of(
        &self,
        name: &EditionName,
        unit_code: &str,
    ) -> Result<(Arc<Known>, InvitationId, Vec<Access>), Refused> {
        let (programme, edition) = self.edition(name)?;
        let scope = programme.scope();
        let unknown = || Refused::UnknownUnit(unit_code.to_owned());
        let (invitation, accesses) = self.store.read("accesses_of", |tx| -> Result<_, Refused> {
            let invitation = tx.invitation_find_by_unit(scope, edition.id, unit_code)?.ok_or_else(unknown)?;
            Ok((invitation.id, tx.access_list(scope, invitation.id)?))
        })?;
        let live = accesses.into_iter().filter(|access| access.revoked_at.is_none()).collect();
        Ok((programme, invitation, live))
    }

    /// Queues a letter to every invited unit that has an address and has not sent its questionnaire. The same template
    /// and wave never goes out twice.
    ///
    /// # Errors
    /// [`Refused::Input`] when the template has placeholders that nothing fills; then nothing is queued.
    pub fn invite(
        &self,
        name: &EditionName,
        letter: &str,
        wave: &str,
        dry_run: bool,
    ) -> Result<Wave, Refused> {
        self.invite_with(name, letter, None, wave, dry_run)
    }

    /// The same with a new text of the letter, which is stored together with the wave that is made from it: never on a
    /// dry run, and never when a letter cannot be made from it.
    ///
    /// # Errors
    /// [`Refused::Input`] with everything that is wrong with the text, with placeholders that nothing fills, and with
    /// values that nobody has filled in yet; then nothing is queued.
    pub fn invite_with(
        &self,
        name: &EditionName,
        letter: &str,
        source: Option<&str>,
        wave: &str,
        dry_run: bool,
    ) -> Result<Wave, Refused> {
        let (programme, edition) = self.edition(name)?;
        let scope = programme.scope();
        let (template, new) = match source {
            Some(source) => self.letter_of(letter, source).map(|(template, row)| (template, Some(row)))?,
            None => (self.letter(scope, letter)?, None),
        };
        let blank = self.left_blank(&programme, &edition, &template);
        if !blank.is_empty() {
            return Err(Refused::Input(unfinished(name, &blank)));
        }
        let answered = self.answered(scope, edition.id)?;
        let (done, waiting): (Vec<_>, Vec<_>) =
            self.issued(name)?.into_iter().partition(|issued| answered.contains(&issued.invitation.id));
        let (answered, mut mails, mut without_address) = (done.len(), Vec::new(), Vec::new());
        for issued in waiting {
            // Every letter is made once before anything is queued, so that a mistake in the text is found now.
            self.compose(&programme, &edition, &issued.invitation, &template, issued.secrets())?;
            match issued.email.as_deref().map(survey::unit::Email::parse) {
                Some(Ok(recipient)) => mails.push(self.mail(&issued.invitation, &template, wave, recipient)),
                Some(Err(_)) | None => without_address.push(issued.invitation.unit_name),
            }
        }
        if dry_run {
            let already = self.already(scope, &mails)?;
            return Ok(Wave { queued: mails.len() - already, already, answered, without_address });
        }
        let all = mails.len();
        let details = json!({ "letter": letter, "wave": wave, "mails": all });
        let note = self.note(COMMAND, "outbox.enqueue", name.to_string(), details);
        let queued = self.store.write("invite", move |tx| -> Result<usize, Refused> {
            let mut mails = mails.clone();
            if let Some(row) = &new {
                let version = super::outbox::letter_keep(tx, scope, row)?;
                mails.iter_mut().for_each(|mail| mail.template_version = version);
            }
            tx.audit_append(scope, &note)?;
            Ok(tx.outbox_enqueue(scope, &mails)?)
        })?;
        Ok(Wave { queued, already: all - queued, answered, without_address })
    }

    /// The invitations whose questionnaire has been sent.
    fn answered(&self, scope: Scope, edition: EditionId) -> Result<BTreeSet<InvitationId>, StoreError> {
        self.store.read("answered", |tx| {
            let mut found = BTreeSet::new();
            let mut after = None;
            loop {
                let page = tx.submission_page_counted(scope, edition, None, after.as_ref(), PAGE)?;
                let Some(last) = page.last() else { return Ok(found) };
                after = Some(last.invitation.place());
                found.extend(page.iter().map(|counted| counted.invitation.id));
            }
        })
    }

    /// How many of the mails of one wave were queued before.
    fn already(&self, scope: Scope, mails: &[NewMail]) -> Result<usize, StoreError> {
        let Some(first) = mails.first() else { return Ok(0) };
        let before =
            self.store.read("already", |tx| tx.outbox_recipients(scope, &first.template, &first.wave))?;
        let same =
            |mail: &&NewMail| before.contains(&(mail.invitation_id, mail.recipient.as_str().to_owned()));
        Ok(mails.iter().filter(same).count())
    }

    fn mail(
        &self,
        invitation: &Invitation,
        template: &super::outbox::Letter,
        wave: &str,
        recipient: survey::unit::Email,
    ) -> NewMail {
        let id: OutboxId = self.id();
        NewMail {
            id,
            invitation_id: invitation.id,
            template: template.name.clone(),
            template_version: template.version,
            wave: wave.to_owned(),
            recipient,
            params: BTreeMap::new(),
            message_id: self.message_id(id),
            next_attempt_at: self.now(),
            created_at: self.now(),
        }
    }
}

/// Why letters of an edition cannot go out yet, and how to go on.
fn unfinished(edition: &EditionName, blank: &[String]) -> Vec<String> {
    let mut lines = vec!["listy zawierałyby wartości, których nikt jeszcze nie uzupełnił:".to_owned()];
    lines.extend(blank.iter().map(|line| format!("  {line}")));
    lines.push(format!(
        "Proszę je uzupełnić (programme.toml wczytuje się poleceniem: miernik edition update {edition} --forms FOLDER) i powtórzyć polecenie"
    ));
    lines
}

/// Inserts accesses; those whose selector is taken are tried with the selectors of the next round.
pub(super) fn insert_accesses(tx: &mut Tx<'_>, scope: Scope, rounds: &Rounds) -> Result<(), Refused> {
    let mut missing: BTreeSet<AccessId> = rounds.iter().flatten().map(|access| access.id).collect();
    for round in rounds {
        let left: Vec<Access> = round.iter().filter(|access| missing.contains(&access.id)).cloned().collect();
        for stored in tx.access_insert_all(scope, &left)? {
            missing.remove(&stored);
        }
        if missing.is_empty() {
            return Ok(());
        }
    }
    Err(Refused::input(
        "nie udało się wylosować wolnych kodów. Proszę zarchiwizować dawne edycje i spróbować ponownie",
    ))
}
