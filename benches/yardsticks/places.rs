//! Places at which load can be put: invented units with invitations, ways in, sessions and drafts, stored in bulk.

use std::collections::BTreeMap;

use form::Raw;
use miernik::clock::{Clock, Random, SeededRandom, SystemClock};
use store::{Access, AccessKind, ContactHistory, Edition, Invitation, Session, StoreError, Tx};
use survey::access::{self, Allowed, Key, LinkSelector, LinkToken, RandomSecret};
use survey::collate::Polish;
use survey::unit::{Kind, Period, Unit, UnitCode};
use survey::{AccessId, InvitationId, Scope, SessionId, UnitId};
use uuid::Uuid;

use super::answers::Answered;
use super::ground::Ground;

/// Places that share one transaction while they are stored.
const TOGETHER: usize = 500;
/// Ids are a prefix and the number of the place, so that a script of another program can name them too.
pub(crate) const INVITATION: &str = "019a0000-0000-7000-8000-";
const ACCESS: &str = "019a0000-0001-7000-8000-";
const UNIT: &str = "019a0000-0002-7000-8000-";
const SESSION: &str = "019a0000-0003-7000-8000-";

/// One office of the load.
#[derive(Debug, Clone)]
pub(crate) struct Place {
    pub(crate) invitation: InvitationId,
    pub(crate) access: AccessId,
    /// The secret of its session.
    pub(crate) session: String,
    /// Its link, without the address of the service.
    pub(crate) link: String,
    pub(crate) csrf: String,
    pub(crate) signed: String,
}

/// What is known of a place besides.
#[derive(Clone, Copy)]
pub(crate) enum Filled<'a> {
    /// Nothing yet.
    Empty,
    /// A draft at revision 1 that can be sent.
    Complete(&'a Answered),
}

/// Stores `count` places numbered from 1.
pub(crate) fn add(ground: &Ground, count: usize, filled: Filled<'_>) -> Vec<Place> {
    let (programme, edition) = ground.service().edition(&ground.edition()).unwrap();
    let drawn = SeededRandom::new(7);
    let frame = Frame {
        scope: programme.scope(),
        edition,
        key: ground.service().keys.newest(),
        order: Polish::new(),
    };
    let drafts = match filled {
        Filled::Empty => None,
        Filled::Complete(answered) => Some((answered.draft.clone(), answered.contact.clone())),
    };
    let mut places = Vec::with_capacity(count);
    for from in (1..=count).step_by(TOGETHER) {
        let numbers = from..(from + TOGETHER).min(count + 1);
        let rows: Vec<Rows> = numbers.map(|number| frame.rows(number, &drawn)).collect();
        places.extend(rows.iter().map(|rows| frame.place(rows)));
        let (scope, drafts) = (frame.scope, drafts.clone());
        ground
            .service()
            .store
            .write("bench_places", move |tx| store_all(tx, scope, &rows, drafts.as_ref()))
            .unwrap();
    }
    places
}

/// The id of a place's noun.
pub(crate) fn id(prefix: &str, number: usize) -> Uuid {
    format!("{prefix}{number:012x}").parse().unwrap()
}

struct Frame<'a> {
    scope: Scope,
    edition: Edition,
    key: &'a Key,
    order: Polish,
}

/// Rows of one place.
#[derive(Clone)]
struct Rows {
    unit: Unit,
    invitation: Invitation,
    access: Access,
    session: Session,
    secret: RandomSecret,
}

impl Frame<'_> {
    fn rows(&self, number: usize, random: &dyn Random) -> Rows {
        let now = SystemClock.now();
        let (mut eight, mut many) = ([0; 8], [0; 32]);
        random.fill(&mut eight);
        random.fill(&mut many);
        let secret = RandomSecret::from_random(many);
        let name = format!("Gmina {number}");
        let unit = unit(number, &name);
        let invitation = Invitation {
            id: InvitationId(id(INVITATION, number)),
            edition_id: self.edition.id,
            unit_id: unit.id,
            form_id: "jst".into(),
            unit_code: unit.code.as_str().into(),
            unit_sort: self.order.sort_key(&name),
            unit_name: name,
            kind: "gmina_wiejska".into(),
            powiat: Some(format!("powiat {}", number % 37)),
            nuts2: Some("PL92".into()),
            nuts3: Some("PL921".into()),
            attributes: unit.periods[0].attributes(),
            closes_on: None,
            withdrawn_at: None,
            created_at: now,
        };
        let access = Access {
            id: AccessId(id(ACCESS, number)),
            invitation_id: invitation.id,
            kind: AccessKind::Link,
            selector: LinkSelector::from_random(eight).to_string(),
            generation: 0,
            key_id: self.key.id().to_string(),
            sections: Allowed::ALL,
            created_at: now,
            revoked_at: None,
            archived_at: None,
        };
        let session = Session {
            id: SessionId(id(SESSION, number)),
            fingerprint: secret.fingerprint(),
            access_id: access.id,
            generation: 0,
            created_at: now,
            last_seen_at: now,
        };
        Rows { unit, invitation, access, session, secret }
    }

    fn place(&self, rows: &Rows) -> Place {
        let selector = LinkSelector::parse(&rows.access.selector).unwrap();
        Place {
            invitation: rows.invitation.id,
            access: rows.access.id,
            session: rows.secret.reveal(),
            link: format!("/a/{}", LinkToken::derive(self.key, rows.access.id, 0, selector).reveal()),
            csrf: access::csrf(self.key, rows.access.id),
            signed: access::sign_invitation(self.key, rows.invitation.id),
        }
    }
}

fn unit(number: usize, name: &str) -> Unit {
    let period = Period {
        from: None,
        to: None,
        kind: Kind::parse("gmina_wiejska").unwrap(),
        name: name.to_owned(),
        type_digit: None,
        powiat_teryt: None,
        powiat: Some(format!("powiat {}", number % 37)),
        nuts2: Some("PL92".into()),
        nuts3: Some("PL921".into()),
        extra: BTreeMap::new(),
    };
    let code = UnitCode::parse(&format!("PROBA{number}")).unwrap();
    Unit { id: UnitId(id(UNIT, number)), code, periods: vec![period] }
}

fn store_all(
    tx: &mut Tx<'_>,
    scope: Scope,
    rows: &[Rows],
    draft: Option<&(Raw, Raw)>,
) -> Result<(), StoreError> {
    let of = |part: fn(&Rows) -> Unit| rows.iter().map(part).collect::<Vec<_>>();
    tx.unit_insert_all(scope, &of(|row| row.unit.clone()), SystemClock.now())?;
    tx.invitation_insert_all(scope, &rows.iter().map(|row| row.invitation.clone()).collect::<Vec<_>>())?;
    tx.access_insert_all(scope, &rows.iter().map(|row| row.access.clone()).collect::<Vec<_>>())?;
    for row in rows {
        tx.session_insert(scope, &row.session)?;
        let Some((answers, contact)) = draft else { continue };
        tx.draft_start(scope, row.invitation.id, 1, answers, SystemClock.now())?;
        tx.contact_save(scope, row.invitation.id, 0, contact, &ContactHistory::default(), SystemClock.now())?;
    }
    Ok(())
}
