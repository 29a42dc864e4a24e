//! Files that members take away.

use actix_web::http::header::{ContentDisposition, DispositionParam, DispositionType};
use actix_web::{HttpRequest, HttpResponse};

use super::super::State;
use super::desk;
use crate::service::panel::Member;
use crate::service::{EditionName, Refused, Service};

/// A file of an edition.
pub(super) struct File {
    /// What follows the edition in its name. The ending says what it holds.
    pub(super) name: String,
    /// What the trail says that was taken.
    pub(super) trail: String,
    pub(super) body: Vec<u8>,
}

impl File {
    /// A file whose line in the trail says no more than what it is.
    pub(super) fn of(trail: &str, name: impl Into<String>, body: Vec<u8>) -> Self {
        Self { name: name.into(), trail: trail.to_owned(), body }
    }
}

/// What is said of a name that no file of the page bears.
pub(super) fn no_file(edition: &EditionName, name: &str) -> Refused {
    Refused::NotThere(format!("{edition}, plik {name}"))
}

/// Answers the GET of a file: makes it as the member may see it, then notes in the trail that it left.
pub(super) async fn file(
    request: &HttpRequest,
    state: &State,
    edition: &EditionName,
    make: impl FnOnce(&Service, &EditionName) -> Result<File, Refused> + Send + 'static,
) -> HttpResponse {
    file_for(request, state, edition, |service, _, name| make(service, name)).await
}

/// The same where what the file holds depends on who takes it.
pub(super) async fn file_for(
    request: &HttpRequest,
    state: &State,
    edition: &EditionName,
    make: impl FnOnce(&Service, &Member, &EditionName) -> Result<File, Refused> + Send + 'static,
) -> HttpResponse {
    let make = |service: &Service, member: &Member, name: &EditionName| {
        let file = make(service, member, name)?;
        service.audit_export(name, &member.actor(), &file.trail)?;
        Ok(file)
    };
    desk::read(request, state, edition, make, |desk, file| kept(desk.name, &file.name, file.body)).await
}

/// An answer that browsers keep as a file of the edition.
pub(super) fn kept(edition: &EditionName, name: &str, body: Vec<u8>) -> HttpResponse {
    let named = format!("{}-{}-{name}", edition.programme, edition.edition);
    let parameters = vec![DispositionParam::Filename(named)];
    HttpResponse::Ok()
        .content_type(content_type(name))
        .insert_header(ContentDisposition { disposition: DispositionType::Attachment, parameters })
        .body(body)
}

fn content_type(name: &str) -> &'static str {
    match name.rsplit_once('.').map(|(_, ending)| ending) {
        Some("json") => "application/json; charset=utf-8",
        Some("csv") => "text/csv; charset=utf-8",
        Some("html") => "text/html; charset=utf-8",
        Some("svg") => "image/svg+xml",
        Some("docx") => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        Some("xlsx") => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        Some("zip") => "application/zip",
        _ => "application/octet-stream",
    }
}
