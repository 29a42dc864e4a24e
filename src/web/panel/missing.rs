//! What an address of an edition asks for and is not there: said on a page of the panel, with ways on.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse};

use super::super::answer::{page, request_id};
use super::super::pages::{Link, MissingPage};
use super::desk::Desk;
use super::login::turned_away;
use crate::service::Refused;

/// The answer to a refusal inside of an edition: 404 for what is not there, otherwise the failure's own page.
pub(super) fn answer(request: &HttpRequest, desk: &Desk<'_>, refusal: &Refused) -> HttpResponse {
    let Some(troubles) = troubles(refusal) else {
        return turned_away(request, desk.state, refusal);
    };
    let missing = MissingPage {
        layout: desk.layout("Nie ma takiej strony").with_errors(true),
        troubles,
        ways: ways(desk, request.query_string()),
        request_id: request_id(request),
    };
    page(StatusCode::NOT_FOUND, &missing)
}

/// What is not there, one sentence each; none for other refusals.
fn troubles(refusal: &Refused) -> Option<Vec<String>> {
    match refusal {
        Refused::Input(lines) => Some(lines.iter().map(|line| sentence(line)).collect()),
        Refused::UnknownEdition(_) | Refused::NotThere(_) | Refused::UnknownUnit(_) => Some(vec![
            "W tej edycji nie ma tego, co wskazuje adres: mogło zmienić nazwę, zniknąć z planu analizy albo należeć do innej edycji.".into(),
        ]),
        _ => None,
    }
}

/// The page of the bar that the address is under, unless just that was asked for, the numbers, all editions.
fn ways(desk: &Desk<'_>, query: &str) -> Vec<Link> {
    let link = |href: String, text: String| Link { href, text, current: false };
    let numbers = desk.address("liczby");
    let under =
        desk.place().filter(|(href, _)| *href != numbers && (*href != desk.path || !query.is_empty()));
    let place = under.map(|(href, name)| link(href, format!("Przejdź do strony „{name}”")));
    let others = [
        link(numbers, format!("Przejdź do liczb edycji {}", desk.name)),
        link("/panel".into(), "Wszystkie edycje".into()),
    ];
    place.into_iter().chain(others).collect()
}

/// With a capital letter and a full stop.
pub(super) fn sentence(words: &str) -> String {
    let mut letters = words.chars();
    let first: String = letters.next().map(|first| first.to_uppercase().collect()).unwrap_or_default();
    format!("{first}{}.", letters.as_str().trim_end_matches('.'))
}
