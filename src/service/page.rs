//! What a drawn page carries so that its POST can be trusted, and how that is checked.

use std::sync::Arc;

use form::Model;
use store::Access;
use survey::access::{self, Key, KeyId};
use survey::{InvitationId, Scope, SessionId};

use super::panel::Member;
use super::seat::Seat;
use super::{Refused, Service};

/// `_csrf` and `_inv` of a page.
#[derive(Debug, Clone)]
pub struct PageTokens {
    /// Bound to the access, so that it outlives the session.
    pub csrf: String,
    /// The invitation, signed.
    pub invitation: String,
}

/// The first value of a field in a POST.
pub(crate) fn value<'a>(pairs: &'a [(String, String)], name: &str) -> Option<&'a str> {
    pairs.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
}

impl Service {
    /// The tokens of a page drawn for a seat.
    pub fn page_tokens(&self, seat: &Seat) -> PageTokens {
        let key = self.key_of(&seat.access);
        PageTokens {
            csrf: access::csrf(key, seat.access.id),
            invitation: access::sign_invitation(self.keys.newest(), seat.invitation.id),
        }
    }

    /// A random name for a drawn page or a blank row: letters and digits.
    pub fn page_name(&self) -> String {
        super::hex(&self.bytes::<8>())
    }

    /// Checks `_csrf` (any access of the invitation will do: two people of one office may use link and code in one
    /// browser) and, where the page has it, `_inv`.
    ///
    /// # Errors
    /// [`Refused::BadToken`], [`Refused::ForeignPage`].
    pub fn check_page(&self, seat: &Seat, pairs: &[(String, String)]) -> Result<(), Refused> {
        if let Some(posted) = value(pairs, "_inv") {
            let invitation = self.signed_invitation(posted).ok_or(Refused::BadToken)?;
            if invitation != seat.invitation.id {
                return Err(Refused::ForeignPage);
            }
        }
        let posted = value(pairs, "_csrf").ok_or(Refused::BadToken)?;
        if access::csrf_matches(self.key_of(&seat.access), seat.access.id, posted) {
            return Ok(());
        }
        let (scope, invitation) = (seat.scope(), seat.invitation.id);
        let others = self.store.read("check_page", |tx| tx.access_list(scope, invitation))?;
        if self.one_matches(&others, posted) { Ok(()) } else { Err(Refused::BadToken) }
    }

    /// The questionnaire of a POST without a session that comes from one of our pages, so that it may wait for the
    /// code; none when it comes from elsewhere.
    ///
    /// # Errors
    /// Only those of the database.
    pub fn waiting_model(&self, pairs: &[(String, String)]) -> Result<Option<Arc<Model>>, Refused> {
        let invitation = value(pairs, "_inv").and_then(|posted| self.signed_invitation(posted));
        let (Some(invitation), Some(posted)) = (invitation, value(pairs, "_csrf")) else { return Ok(None) };
        self.store.read("waiting_model", |tx| {
            for programme in tx.programme_list()? {
                let scope = Scope::invitation(programme.id, invitation);
                if !self.one_matches(&tx.access_list(scope, invitation)?, posted) {
                    continue;
                }
                if let Some(found) = tx.invitation_find(scope, invitation)? {
                    return Ok(Some(self.current_model(tx, scope, &found)?.1));
                }
            }
            Ok(None)
        })
    }

    fn one_matches(&self, accesses: &[Access], posted: &str) -> bool {
        accesses.iter().any(|access| access::csrf_matches(self.key_of(access), access.id, posted))
    }

    fn signed_invitation(&self, posted: &str) -> Option<InvitationId> {
        self.keys.iter().find_map(|key| access::read_invitation(key, posted))
    }

    /// The key that an access was made with; the newest when it is not loaded, which then matches nothing.
    fn key_of(&self, access: &Access) -> &Key {
        let id = KeyId::parse(&access.key_id).ok();
        id.and_then(|id| self.keys.get(&id)).unwrap_or_else(|| self.keys.newest())
    }
}

/// The panel's forms.
impl Service {
    /// `_csrf` of a logged-in member's forms.
    pub fn panel_csrf(&self, member: &Member) -> String {
        access::panel_csrf(self.keys.newest(), member.session)
    }

    /// # Errors
    /// [`Refused::BadToken`] when the form was not drawn for this session.
    pub fn check_panel_csrf(&self, member: &Member, posted: &str) -> Result<(), Refused> {
        let good = access::panel_csrf_matches(self.keys.newest(), member.session, posted);
        if good { Ok(()) } else { Err(Refused::BadToken) }
    }

    /// `_csrf` of the login form, which has no session yet: it only proves that the form is ours.
    pub fn login_csrf(&self) -> String {
        access::panel_csrf(self.keys.newest(), NOBODY)
    }

    /// # Errors
    /// [`Refused::BadToken`] when the form is not ours.
    pub fn check_login_csrf(&self, posted: &str) -> Result<(), Refused> {
        let good = access::panel_csrf_matches(self.keys.newest(), NOBODY, posted);
        if good { Ok(()) } else { Err(Refused::BadToken) }
    }
}

/// Stands for the session that somebody who logs in does not have yet.
const NOBODY: SessionId = SessionId(uuid::Uuid::nil());
