//! What all pages of an edition in the panel do alike: who looks, what they may see, where the other pages are.

use actix_multipart::Multipart;
use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;

use super::super::State;
use super::super::answer::{failure, ok, page, see_other};
use super::super::pages::{DeskFailurePage, Fact, Layout, Link, PanelBar};
use super::super::post::{self, Body, Pairs};
use super::super::upload;
use super::login::turned_away;
use super::{as_member, missing};
use crate::service::page::value;
use crate::service::panel::{Door, Member};
use crate::service::{EditionName, Refused, Service};

/// Pages of an edition in the order of the bar: last part of the address, and what the link says.
const PLACES: &[(&str, &str)] = &[
    ("liczby", "Liczby"),
    ("kodowanie", "Kodowanie"),
    ("porownanie", "Porównanie lat"),
    ("przekroje", "Przekroje"),
    ("gminy", "Mapa gmin"),
    ("braki-odpowiedzi", "Braki odpowiedzi"),
    ("laczenie", "Łączenie"),
    ("podmioty", "Podmioty"),
    ("decyzje", "Decyzje"),
    ("wskazniki", "Wskaźniki"),
    ("notatnik", "Notatnik"),
    ("rozdzial", "Rozdział"),
    ("stany", "Stany"),
];

/// Somebody in front of a page of an edition.
pub(super) struct Desk<'a> {
    pub(super) state: &'a State,
    pub(super) member: &'a Member,
    pub(super) name: &'a EditionName,
    door: &'a Door,
    /// The path that was asked for.
    pub(super) path: String,
}

impl Desk<'_> {
    /// The surroundings of the page, with the bar of the edition.
    pub(super) fn layout(&self, title: impl Into<String>) -> Layout {
        let places = PLACES.iter().map(|(place, text)| {
            let href = self.address(place);
            Link { current: self.is_under(&href), href, text: (*text).into() }
        });
        let home = Link { href: "/panel".into(), text: "Edycje".into(), current: false };
        let bar = PanelBar {
            login: self.member.user.login.clone(),
            links: [home].into_iter().chain(places).collect(),
            csrf: self.csrf(),
        };
        Layout::new(&self.state.site, title).of_panel(bar).synthetic(self.door.synthetic)
    }

    /// The token that every form of the panel carries as `_csrf`.
    pub(super) fn csrf(&self) -> String {
        self.state.service.panel_csrf(self.member)
    }

    /// The page of the bar that the address is under: its address and name.
    pub(super) fn place(&self) -> Option<(String, &'static str)> {
        let places = PLACES.iter().map(|(place, text)| (self.address(place), *text));
        places.into_iter().find(|(href, _)| self.is_under(href))
    }

    fn is_under(&self, href: &str) -> bool {
        self.path.strip_prefix(href).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    }

    /// The address of a page of this edition.
    pub(super) fn address(&self, place: &str) -> String {
        format!("/panel/{}/{place}", self.name)
    }
}

/// What came of a use case for somebody who may enter the edition.
type Entered<T> = Result<(Member, (Door, Result<T, Refused>)), Refused>;

/// Draws what came of a use case, or turns away whoever may not enter.
fn answer<T>(
    request: &HttpRequest,
    state: &State,
    name: &EditionName,
    entered: Entered<T>,
    draw: impl FnOnce(&Desk<'_>, Result<T, Refused>) -> HttpResponse,
) -> HttpResponse {
    match entered {
        Ok((member, (door, found))) => {
            let path = request.path().to_owned();
            draw(&Desk { state, member: &member, name, door: &door, path }, found)
        }
        Err(refusal) => turned_away(request, state, &refusal),
    }
}

/// Answers a GET: reads as the member may, then answers with what was found. What is not there is said on a page of the
/// edition.
pub(super) async fn read<T: Send + 'static>(
    request: &HttpRequest,
    state: &State,
    name: &EditionName,
    read: impl FnOnce(&Service, &Member, &EditionName) -> Result<T, Refused> + Send + 'static,
    draw: impl FnOnce(&Desk<'_>, T) -> HttpResponse,
) -> HttpResponse {
    let asked = name.clone();
    let entered = as_member(request, state, move |service, member| {
        let door = service.enter(member, &asked)?;
        Ok((door, read(service, member, &asked)))
    });
    answer(request, state, name, entered.await, |desk, found| match found {
        Ok(found) => draw(desk, found),
        Err(refusal) => missing::answer(request, desk, &refusal),
    })
}

/// Answers a GET with a page.
pub(super) async fn show<T, P>(
    request: &HttpRequest,
    state: &State,
    name: &EditionName,
    read: impl FnOnce(&Service, &EditionName) -> Result<T, Refused> + Send + 'static,
    draw: impl FnOnce(&Desk<'_>, T) -> P,
) -> HttpResponse
where
    T: Send + 'static,
    P: Template,
{
    show_to(request, state, name, |service, _, name| read(service, name), draw).await
}

/// The same where what is shown depends on who asks.
pub(super) async fn show_to<T, P>(
    request: &HttpRequest,
    state: &State,
    name: &EditionName,
    find: impl FnOnce(&Service, &Member, &EditionName) -> Result<T, Refused> + Send + 'static,
    draw: impl FnOnce(&Desk<'_>, T) -> P,
) -> HttpResponse
where
    T: Send + 'static,
    P: Template,
{
    read(request, state, name, find, |desk, found| ok(&draw(desk, found))).await
}

/// Answers a POST: checks its token, lets `work` change something and goes to the address that it gives. What is
/// refused is said on a page of the panel, together with what was typed.
pub(super) async fn change(
    request: &HttpRequest,
    state: &State,
    name: &EditionName,
    body: Body,
    work: impl FnOnce(&Service, &Member, &EditionName, &Pairs) -> Result<String, Refused> + Send + 'static,
) -> HttpResponse {
    let pairs = match post::pairs(request, body) {
        Ok(pairs) => pairs,
        Err(reason) => return failure(request, state, &reason, Vec::new()),
    };
    let done = posted(request, state, name, pairs.clone(), work);
    answer(request, state, name, done.await, |desk, done| match done {
        Ok(place) => see_other(&place),
        Err(refusal) => match troubles(&refusal) {
            None => missing::answer(request, desk, &refusal),
            Some((status, troubles)) => {
                let refused = DeskFailurePage {
                    layout: desk.layout("Nie zapisano zmian").with_errors(true),
                    troubles,
                    back: desk.path.clone(),
                    typed: typed(&pairs),
                };
                page(status, &refused)
            }
        },
    })
}

/// Lets a member into the edition, checks the token of their page and runs a use case on what was posted.
async fn posted<T: Send + 'static>(
    request: &HttpRequest,
    state: &State,
    name: &EditionName,
    pairs: Pairs,
    work: impl FnOnce(&Service, &Member, &EditionName, &Pairs) -> Result<T, Refused> + Send + 'static,
) -> Entered<T> {
    let asked = name.clone();
    as_member(request, state, move |service, member| {
        let door = service.enter(member, &asked)?;
        service.check_panel_csrf(member, value(&pairs, "_csrf").unwrap_or_default())?;
        Ok((door, work(service, member, &asked, &pairs)))
    })
    .await
}

/// How a form that is drawn again ended.
pub(super) enum Outcome<T> {
    /// Saved; where to go.
    Done(String),
    /// Not saved: the form is drawn again with what was typed.
    Again(StatusCode, T),
}

/// Answers the POST of a form that is drawn again when something is wrong or somebody else was faster. `work` gets the
/// actor for the trail.
pub(super) async fn save<T, P>(
    request: &HttpRequest,
    state: &State,
    name: &EditionName,
    body: Body,
    work: impl FnOnce(&Service, &str, &EditionName, &Pairs) -> Result<Outcome<T>, Refused> + Send + 'static,
    draw: impl FnOnce(&Desk<'_>, T) -> P,
) -> HttpResponse
where
    T: Send + 'static,
    P: Template,
{
    let pairs = match post::pairs(request, body) {
        Ok(pairs) => pairs,
        Err(reason) => return failure(request, state, &reason, Vec::new()),
    };
    let done = posted(request, state, name, pairs, move |service, member, name, pairs| {
        work(service, &member.actor(), name, pairs)
    });
    answer(request, state, name, done.await, |desk, done| match done {
        Ok(Outcome::Done(place)) => see_other(&place),
        Ok(Outcome::Again(status, found)) => page(status, &draw(desk, found)),
        Err(refusal) => missing::answer(request, desk, &refusal),
    })
}

/// Answers the POST of a form that brings a file: `work` looks at the fields and the file and changes nothing, `draw`
/// makes the answer. Whoever may not enter is turned away before anything of the file is read.
pub(super) async fn take<T: Send + 'static>(
    request: &HttpRequest,
    state: &State,
    name: &EditionName,
    (form, file): (Multipart, &str),
    work: impl FnOnce(&Service, &Member, &EditionName, upload::Upload) -> Result<T, Refused> + Send + 'static,
    draw: impl FnOnce(&Desk<'_>, T) -> HttpResponse,
) -> HttpResponse {
    let asked = name.clone();
    let entered = as_member(request, state, move |service, member| service.enter(member, &asked));
    if let Err(refusal) = entered.await {
        return turned_away(request, state, &refusal);
    }
    let mut sent = match upload::read(form, file).await {
        Ok(sent) => sent,
        Err(reason) => return failure(request, state, &reason, Vec::new()),
    };
    let pairs = std::mem::take(&mut sent.pairs);
    let done = posted(request, state, name, pairs, move |service, member, name, pairs| {
        work(service, member, name, upload::Upload { pairs: pairs.clone(), ..sent })
    });
    answer(request, state, name, done.await, |desk, done| match done {
        Ok(found) => draw(desk, found),
        Err(refusal) => missing::answer(request, desk, &refusal),
    })
}

/// What a member can mend; everything else has a page of its own.
fn troubles(refusal: &Refused) -> Option<(StatusCode, Vec<String>)> {
    match refusal {
        Refused::Input(lines) => Some((StatusCode::UNPROCESSABLE_ENTITY, lines.clone())),
        Refused::Overtaken(what) => {
            let line = format!(
                "Ktoś inny zmienił to w międzyczasie: {what}. Proszę odświeżyć stronę i zdecydować jeszcze raz."
            );
            Some((StatusCode::CONFLICT, vec![line]))
        }
        _ => None,
    }
}

/// What people typed. A name that begins with `_` is the page's own.
fn typed(pairs: &Pairs) -> Vec<Fact> {
    let typed = pairs.iter().filter(|(name, text)| !name.starts_with('_') && !text.is_empty());
    typed.map(|(name, text)| Fact { term: name.clone(), value: text.clone() }).collect()
}
