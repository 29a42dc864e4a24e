//! What a page carries so that its POST can be trusted: `_csrf` and `_inv`.

use subtle::ConstantTimeEq;
use uuid::Uuid;

use super::crockford;
use super::key::{Key, Purpose};
use crate::{AccessId, InvitationId, SessionId};

const MAC_SYMBOLS: usize = 26;
const UUID_SYMBOLS: usize = 26;

/// The value of `_csrf` on a respondent's pages: bound to the access, so that it outlives the session.
pub fn csrf(key: &Key, access: AccessId) -> String {
    tag(key, Purpose::Csrf, access.uuid())
}

/// Whether `_csrf` was made for this access. Takes the same time whatever differs.
pub fn csrf_matches(key: &Key, access: AccessId, posted: &str) -> bool {
    csrf(key, access).as_bytes().ct_eq(posted.as_bytes()).into()
}

/// The value of `_csrf` in the panel: bound to the session.
pub fn panel_csrf(key: &Key, session: SessionId) -> String {
    tag(key, Purpose::PanelCsrf, session.uuid())
}

/// Whether `_csrf` was made for this session of the panel.
pub fn panel_csrf_matches(key: &Key, session: SessionId, posted: &str) -> bool {
    panel_csrf(key, session).as_bytes().ct_eq(posted.as_bytes()).into()
}

/// The value of `_inv`: the invitation that a page was drawn for, signed.
pub fn sign_invitation(key: &Key, invitation: InvitationId) -> String {
    let id = crockford::symbols::<UUID_SYMBOLS>(invitation.uuid().as_bytes());
    crockford::encode(&id) + &tag(key, Purpose::Invitation, invitation.uuid())
}

/// The invitation in `_inv`; `None` when it was not signed with this key.
pub fn read_invitation(key: &Key, posted: &str) -> Option<InvitationId> {
    let id = crockford::decode(posted.get(..UUID_SYMBOLS)?).ok()?;
    let invitation = InvitationId(Uuid::from_slice(&crockford::bytes(&id)).ok()?);
    let right: bool = sign_invitation(key, invitation).as_bytes().ct_eq(posted.as_bytes()).into();
    right.then_some(invitation)
}

fn tag(key: &Key, purpose: Purpose, id: Uuid) -> String {
    crockford::encode(&crockford::symbols::<MAC_SYMBOLS>(&key.mac(purpose, id.as_bytes())))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::KeyId;
    use super::*;

    fn key(byte: u8) -> Key {
        Key::new(KeyId::parse("test").unwrap(), [byte; 32])
    }

    proptest! {
        #[test]
        fn page_fields_hold_only_for_what_they_were_made(id: u128, other: u128) {
            prop_assume!(id != other);
            let (mine, theirs) = (Uuid::from_u128(id), Uuid::from_u128(other));
            let posted = csrf(&key(1), AccessId(mine));
            prop_assert!(csrf_matches(&key(1), AccessId(mine), &posted));
            prop_assert!(!csrf_matches(&key(1), AccessId(theirs), &posted));
            prop_assert!(!csrf_matches(&key(2), AccessId(mine), &posted));
            prop_assert!(!panel_csrf_matches(&key(1), SessionId(mine), &posted));
            prop_assert!(panel_csrf_matches(&key(1), SessionId(mine), &panel_csrf(&key(1), SessionId(mine))));
        }

        #[test]
        fn a_signed_invitation_reads_back_and_a_changed_one_does_not(id: u128, place in 0..52usize, step in 1..32u8) {
            let invitation = InvitationId(Uuid::from_u128(id));
            let signed = sign_invitation(&key(1), invitation);
            prop_assert_eq!(read_invitation(&key(1), &signed), Some(invitation));
            prop_assert_eq!(read_invitation(&key(2), &signed), None);
            let mut symbols = crockford::decode(&signed).unwrap();
            symbols[place] = (symbols[place] + step) % 32;
            prop_assert_eq!(read_invitation(&key(1), &crockford::encode(&symbols)), None);
        }

        #[test]
        fn any_text_at_all_is_answered_without_a_panic(text in "\\PC{0,60}") {
            prop_assert_eq!(read_invitation(&key(1), &text), None);
        }
    }
}
