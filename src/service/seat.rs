//! Who is filling in what: a session resolved to its access, invitation, edition and questionnaire.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::NaiveDate;
use form::{Context, Evaluation, Model, Raw};
use store::{Access, Contact, Draft, Edition, EditionState, Invitation, StoreError, Submission, Tx};
use survey::access::SubmissionNumber;
use survey::calendar::{Phase, Window};
use survey::state::{Respondent, Sent, State};
use survey::{Scope, Timestamp, VersionId};

use super::previous::Last;
use super::programmes::Known;
use super::{Refused, Service};

/// A respondent's place at one invitation.
#[derive(Clone)]
pub struct Seat {
    /// The programme.
    pub programme: Arc<Known>,
    /// The edition.
    pub edition: Edition,
    /// The invitation.
    pub invitation: Invitation,
    /// The way in.
    pub access: Access,
    /// The questionnaire as frozen.
    pub model: Arc<Model>,
    /// Its version.
    pub version: VersionId,
    /// What the unit answered in the edition before, where the questionnaire looks back.
    pub last: Option<Arc<Last>>,
}

/// A response as it stands.
#[derive(Clone)]
pub struct Response {
    /// Whose.
    pub seat: Seat,
    /// The state of the invitation.
    pub state: State,
    /// The answers as typed, without personal ones.
    pub draft: Raw,
    /// The answers to personal questions.
    pub contact: Raw,
    /// All submissions, the oldest first.
    pub submissions: Vec<Submission>,
    /// The draft with the contact, evaluated today.
    pub evaluation: Evaluation,
}

/// Rows that one invitation has, read in one transaction.
#[derive(Clone)]
pub(super) struct Rows {
    pub draft: Option<Draft>,
    pub contact: Option<Contact>,
    pub submissions: Vec<Submission>,
}

impl Rows {
    /// Everything of one invitation.
    pub(super) fn load(tx: &mut Tx<'_>, scope: Scope, invitation: &Invitation) -> Result<Self, StoreError> {
        let mut submissions = tx.submission_list(scope, invitation.id)?;
        submissions.reverse();
        Ok(Self {
            draft: tx.draft_find(scope, invitation.id)?,
            contact: tx.contact_find(scope, invitation.id)?,
            submissions,
        })
    }

    /// The state that the rules decide on.
    pub(super) fn state(&self, seat: &Seat) -> State {
        let mut state = State::new(seat.window());
        state.closed_at = seat.closed_at();
        state.sent = (1..)
            .zip(&self.submissions)
            .map(|(ordinal, sent)| Sent { ordinal, withdrawn: sent.withdrawn_at.is_some() })
            .collect();
        let Some(draft) = &self.draft else { return state };
        state.rev = u64::try_from(draft.rev).unwrap_or_default();
        state.respondent = match state.counted() {
            None => Respondent::Started,
            Some(_) if draft.correcting => Respondent::Correcting,
            Some(_) => Respondent::Submitted,
        };
        // Sending takes one revision and beginning to correct another; pages drawn before them save nothing.
        let sent_at = self.submissions.last().map(|sent| u64::try_from(sent.draft_rev).unwrap_or_default());
        state.floor = sent_at.map_or(0, |rev| rev + 1 + u64::from(draft.correcting));
        state
    }
}

impl Seat {
    /// What this respondent may see of the database.
    pub fn scope(&self) -> Scope {
        Scope::invitation(self.programme.row.id, self.invitation.id)
    }

    /// The days on which this invitation is open.
    pub fn window(&self) -> Window {
        Window {
            opens_on: self.edition.opens_on,
            closes_on: self.invitation.closes_on.unwrap_or(self.edition.closes_on),
            zone: self.programme.zone(),
        }
    }

    /// The unit as it is told apart from others of the same name: „Mińsk Mazowiecki, gmina wiejska”.
    pub fn unit_words(&self) -> String {
        let name = &self.invitation.unit_name;
        match self.kind_words() {
            // Offices, and units called by their kind, have no namesakes.
            Some(kind) if self.attribute("powiat").is_some() && !name.starts_with(kind) => {
                format!("{name}, {kind}")
            }
            _ => name.clone(),
        }
    }

    /// What the register says of the unit, in words: term and value.
    pub fn about_unit(&self) -> Vec<(&'static str, String)> {
        let served = self.attribute("served_teryt").map(served_words);
        let facts = [
            ("Rodzaj", self.kind_words().map(str::to_owned)),
            (
                "Powiat",
                self.attribute("powiat")
                    .filter(|powiat| *powiat != self.invitation.unit_name)
                    .map(str::to_owned),
            ),
            ("Podregion", self.attribute("nuts3_name").map(str::to_owned)),
            ("Siedziba", self.attribute("seat").map(str::to_owned)),
            ("Obsługuje", served),
            ("Kod w rejestrze", Some(self.invitation.unit_code.clone())),
        ];
        facts.into_iter().filter_map(|(term, value)| Some((term, value?))).collect()
    }

    fn kind_words(&self) -> Option<&str> {
        let kinds = &self.programme.declared.kinds;
        kinds.iter().find(|kind| kind.code == self.invitation.kind).map(|kind| kind.one.as_str())
    }

    fn attribute(&self, name: &str) -> Option<&str> {
        self.invitation.attributes.get(name).map(String::as_str).filter(|value| !value.is_empty())
    }

    /// The last day on which this invitation could be filled in: earlier than planned where the edition was closed by
    /// hand.
    pub fn last_day(&self) -> NaiveDate {
        let window = self.window();
        match self.closed_at() {
            Some(closed) => window.closes_on.min(window.zone.date(closed)),
            None => window.closes_on,
        }
    }

    /// When the edition was closed by hand, if it still is.
    fn closed_at(&self) -> Option<Timestamp> {
        self.edition.closed_at.filter(|_| self.edition.state == EditionState::Closed)
    }

    /// Whether answers may be made up.
    pub fn synthetic(&self) -> bool {
        self.edition.synthetic || self.programme.row.synthetic
    }

    /// What the evaluation depends on besides the answers.
    pub fn context(&self, now: Timestamp) -> Context {
        let mut context = Context::on(self.programme.zone().date(now));
        context.unit.clone_from(&self.invitation.attributes);
        if let Some(last) = &self.last {
            context.previous.clone_from(&last.before.single);
        }
        context
    }
}

impl Response {
    /// The newest submission that counts.
    pub fn counted(&self) -> Option<&Submission> {
        self.submissions.iter().rev().find(|sent| sent.withdrawn_at.is_none())
    }

    /// The printed number of a submission.
    pub fn number(&self, submission: &Submission) -> String {
        number(&self.seat, submission.number)
    }

    /// Where now lies between opening and closing.
    pub fn phase(&self, now: Timestamp) -> Phase {
        self.state.phase(now)
    }

    /// Draft and contact as one document, for drawing pages.
    pub fn typed(&self) -> Raw {
        together(&self.draft, &self.contact)
    }

    /// What was sent, with the contact details as they are now: a submission itself has none.
    pub fn sent(&self, submission: &Submission) -> Raw {
        together(&submission.answers, &self.contact)
    }
}

/// The printed number of a submission, such as `2024-JST-00017-K`.
pub(super) fn number(seat: &Seat, running: i64) -> String {
    let plain = |text: &str| text.chars().filter(char::is_ascii_alphanumeric).take(16).collect::<String>();
    let running = u32::try_from(running).unwrap_or_default();
    SubmissionNumber::new(&plain(&seat.edition.slug), &plain(&seat.invitation.form_id), running)
        .map_or_else(|_| running.to_string(), |number| number.to_string())
}

/// Answers with personal ones beside them.
pub(super) fn together(draft: &Raw, contact: &Raw) -> Raw {
    let mut all = draft.clone();
    all.fields.extend(contact.fields.clone());
    all
}

impl Service {
    /// A response from its rows, evaluated now.
    pub(super) fn response(&self, seat: &Seat, rows: Rows) -> Response {
        let state = rows.state(seat);
        let draft = rows.draft.map(|draft| draft.answers).unwrap_or_default();
        let contact = rows.contact.map(|contact| contact.answers).unwrap_or_default();
        let (typed, _) = form::read(&seat.model, &together(&draft, &contact));
        let evaluation = form::evaluate(&seat.model, &typed, &seat.context(self.now()));
        Response { seat: seat.clone(), state, draft, contact, submissions: rows.submissions, evaluation }
    }

    /// The response at a seat.
    ///
    /// # Errors
    /// Only those of the database.
    pub fn respond(&self, seat: &Seat) -> Result<Response, Refused> {
        let scope = seat.scope();
        let rows = self.store.read("respond", |tx| Rows::load(tx, scope, &seat.invitation))?;
        Ok(self.response(seat, rows))
    }
}

/// The powiats that an office serves, by name; a code of none of them, such as that of the whole voivodeship, stays a
/// code.
fn served_words(codes: &str) -> String {
    let powiats: BTreeMap<_, _> = sheet::map::areas(sheet::map::Level::Powiat).into_iter().collect();
    let names = codes.split(';').map(|code| powiats.get(code).copied().unwrap_or(code));
    names.collect::<Vec<_>>().join(", ")
}
