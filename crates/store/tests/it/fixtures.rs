//! A small programme to work on.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use form::answers::Raw;
use form::evaluate::Context;
use store::{
    Access, AccessKind, Edition, EditionState, FormVersion, Invitation, LetterTemplate, NewMail,
    NewSubmission, Programme, Store, StoreError, Tx,
};
use survey::access::Allowed;
use survey::collate::Polish;
use survey::unit::{Email, Kind, Period, Unit, UnitCode};
use survey::{
    AccessId, EditionId, InvitationId, OutboxId, ProgrammeId, Scope, SubmissionId, Timestamp, UnitId,
    VersionId,
};
use uuid::Uuid;

pub(crate) const PROGRAMME: ProgrammeId = ProgrammeId(Uuid::from_u128(1));
pub(crate) const EDITION: EditionId = EditionId(Uuid::from_u128(2));
pub(crate) const VERSION: VersionId = VersionId(Uuid::from_u128(3));
pub(crate) const SCOPE: Scope = Scope::programme(PROGRAMME);

/// The `n`th moment of the test.
pub(crate) fn at(n: i64) -> Timestamp {
    Timestamp::from_millis(1_737_100_800_000 + n)
}

pub(crate) fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

pub(crate) fn invitation_id(n: u32) -> InvitationId {
    InvitationId(Uuid::from_u128(0x1000 + u128::from(n)))
}

pub(crate) fn access_id(n: u32) -> AccessId {
    AccessId(Uuid::from_u128(0x2000 + u128::from(n)))
}

pub(crate) fn unit_id(n: u32) -> UnitId {
    UnitId(Uuid::from_u128(0x3000 + u128::from(n)))
}

pub(crate) fn programme(n: u128, slug: &str) -> Programme {
    Programme {
        id: ProgrammeId(Uuid::from_u128(n)),
        slug: slug.into(),
        name: format!("Program {slug}"),
        time_zone: "Europe/Warsaw".into(),
        source: "slug = \"x\"".into(),
        synthetic: false,
        created_at: at(0),
        updated_at: at(0),
    }
}

pub(crate) fn edition(id: EditionId, slug: &str) -> Edition {
    Edition {
        id,
        slug: slug.into(),
        title: format!("Edycja {slug}"),
        state: EditionState::Draft,
        period_from: day("2024-01-01"),
        period_to: day("2024-12-31"),
        opens_on: day("2025-01-17"),
        closes_on: day("2025-02-25"),
        seq: 0,
        submissions: 0,
        frozen: false,
        synthetic: true,
        created_at: at(0),
        opened_at: None,
        closed_at: None,
    }
}

pub(crate) fn unit(n: u32, name: &str) -> Unit {
    Unit {
        id: unit_id(n),
        code: UnitCode::parse(&format!("14{:02}01", n + 1)).unwrap(),
        periods: vec![Period {
            from: None,
            to: None,
            kind: Kind::parse("gmina_wiejska").unwrap(),
            name: name.into(),
            type_digit: Some(2),
            powiat_teryt: Some("1401".into()),
            powiat: Some("powiat białobrzeski".into()),
            nuts2: Some("PL92".into()),
            nuts3: Some("PL921".into()),
            extra: BTreeMap::from([("seat".into(), name.to_owned())]),
        }],
    }
}

pub(crate) fn invitation(n: u32, name: &str) -> Invitation {
    Invitation {
        id: invitation_id(n),
        edition_id: EDITION,
        unit_id: unit_id(n),
        form_id: "jst".into(),
        unit_code: format!("14{:02}012", n + 1),
        unit_name: name.into(),
        unit_sort: Polish::new().sort_key(name),
        kind: "gmina_wiejska".into(),
        powiat: Some("powiat białobrzeski".into()),
        nuts2: Some("PL92".into()),
        nuts3: None,
        attributes: BTreeMap::from([("kind".into(), "gmina_wiejska".into())]),
        closes_on: None,
        withdrawn_at: None,
        created_at: at(0),
    }
}

pub(crate) fn access(n: u32, kind: AccessKind, selector: &str) -> Access {
    Access {
        id: access_id(n),
        invitation_id: invitation_id(0),
        kind,
        selector: selector.into(),
        generation: 1,
        key_id: "k1".into(),
        sections: Allowed::ALL,
        created_at: at(0),
        revoked_at: None,
        archived_at: None,
    }
}

pub(crate) fn answers(pairs: &[(&str, &str)]) -> Raw {
    let fields = pairs.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect();
    Raw { fields, repeats: BTreeMap::new() }
}

pub(crate) fn submission(n: u128, invitation: u32, draft_rev: i64) -> NewSubmission {
    NewSubmission {
        id: SubmissionId(Uuid::from_u128(0x10_0000 + n)),
        edition_id: EDITION,
        invitation_id: invitation_id(invitation),
        form_version_id: VERSION,
        answers: answers(&[("media_czy", "tak")]),
        context: Context::on(day("2025-01-20")),
        access_id: None,
        draft_rev,
        at: at(7),
    }
}

pub(crate) fn mail(n: u128, invitation: u32, wave: &str) -> NewMail {
    NewMail {
        id: OutboxId(Uuid::from_u128(0x20_0000 + n)),
        invitation_id: invitation_id(invitation),
        template: "zaproszenie".into(),
        template_version: 1,
        wave: wave.into(),
        recipient: Email::parse("urzad@gmina.example").unwrap(),
        params: BTreeMap::from([("termin".into(), "25 lutego".into())]),
        message_id: format!("<{n}.{invitation}@miernik.example>"),
        next_attempt_at: at(10),
        created_at: at(5),
    }
}

/// Names of units in an order that is neither that of bytes nor that of Polish.
pub(crate) const NAMES: [&str; 6] = ["Zwoleń", "Łomianki", "Ćmielów", "Lipsko", "Żuromin", "Ciechanów"];

/// A programme with an open edition, one version and an invitation for each of [`NAMES`].
pub(crate) fn fill(store: &Store) {
    store.write("fill", fill_tx).unwrap();
}

fn fill_tx(tx: &mut Tx<'_>) -> Result<(), StoreError> {
    tx.programme_insert(&programme(1, "mazowsze"))?;
    let numbered = || (0u32..).zip(NAMES);
    let units: Vec<_> = numbered().map(|(n, name)| unit(n, name)).collect();
    tx.unit_insert_all(SCOPE, &units, at(0))?;
    tx.edition_insert(SCOPE, &edition(EDITION, "2024"))?;
    assert!(tx.edition_open(SCOPE, EDITION, at(1))?);
    tx.form_version_insert(
        SCOPE,
        &FormVersion {
            id: VERSION,
            edition_id: EDITION,
            form_id: "jst".into(),
            version: 1,
            source: "[settings]".into(),
            hash: "0a".into(),
            created_at: at(1),
        },
    )?;
    let template = LetterTemplate {
        name: "zaproszenie".into(),
        version: 0,
        source: "Szanowni Państwo, {{link}}".into(),
        hash: "aa".into(),
        created_at: at(0),
    };
    assert_eq!(tx.letter_template_keep(SCOPE, &template)?, Some(1));
    let invitations: Vec<_> = numbered().map(|(n, name)| invitation(n, name)).collect();
    tx.invitation_insert_all(SCOPE, &invitations)
}
