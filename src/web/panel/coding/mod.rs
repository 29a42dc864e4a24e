//! Coding of open answers: the questions, the workbench, the counts, the code frames.

mod bench;
mod cards;
mod frame;
mod results;
mod second;

use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use serde::Deserialize;

use super::super::State;
use super::super::address::{get, resource};
use super::super::pages::{Link, Table};
use super::super::post::query;
use super::desk::{self, Desk};
use crate::service::coding::CodedQuestion;
use crate::service::coding::tables::CodeTable;
use crate::service::page::value;
use crate::service::panel::Member;
use crate::service::{EditionName, Refused, Service};

pub(super) fn routes(config: &mut web::ServiceConfig) {
    const ROOT: &str = "/panel/{programme}/{edition}/kodowanie";
    let at = |rest: &str| resource(&format!("{ROOT}{rest}"));
    config
        .service(at("").route(get().to(results::questions)))
        .service(at("/klucz/{frame}").route(get().to(frame::show)).route(web::post().to(frame::save)))
        .service(at("/{form}/{question}").route(get().to(bench::show)).route(web::post().to(bench::code)))
        .service(at("/{form}/{question}/cofnij").route(web::post().to(bench::undo)))
        .service(at("/{form}/{question}/bez-odpowiedzi").route(web::post().to(bench::clear)))
        .service(at("/{form}/{question}/wyniki").route(get().to(results::counts)))
        .service(at("/{form}/{question}/csv").route(get().to(results::download)))
        .service(at("/{form}/{question}/kod/{code}").route(get().to(results::reporters)))
        .service(
            at("/{form}/{question}/drugie").route(get().to(second::show)).route(web::post().to(second::code)),
        );
}

/// The counts of a question, each code with a link to its units.
pub(super) fn code_table(desk: &Desk<'_>, table: &CodeTable, smallest_base: u64) -> Table {
    let asked = CodedQuestion { form: table.form.clone(), question: table.reading.question.clone() };
    results::counts_table(&address(desk, &asked), table, smallest_base)
}

/// The edition and question of an address.
#[derive(Debug, Clone, Deserialize)]
struct QuestionPath {
    programme: String,
    edition: String,
    form: String,
    question: String,
}

impl QuestionPath {
    fn edition(&self) -> EditionName {
        EditionName { programme: self.programme.clone(), edition: self.edition.clone() }
    }

    fn asked(&self) -> CodedQuestion {
        CodedQuestion { form: self.form.clone(), question: self.question.clone() }
    }
}

/// What the address of a page says besides.
#[derive(Debug, Clone, Default)]
struct Looking {
    /// Which answers are shown.
    stan: Option<String>,
    /// The page, from 1.
    strona: Option<usize>,
    /// How many answers were just stored.
    zapisano: Option<usize>,
    /// Of how many lost answers the codes were just cleared.
    usunieto: Option<usize>,
    /// The profile of a table.
    profil: Option<String>,
}

impl Looking {
    /// The parts of a query; a number that is none counts as not said.
    fn of(request: &HttpRequest) -> Self {
        let asked = query(request);
        let text = |name: &str| value(&asked, name).map(str::to_owned);
        let number = |name: &str| value(&asked, name).and_then(|text| text.parse().ok());
        Self {
            stan: text("stan"),
            strona: number("strona"),
            zapisano: number("zapisano"),
            usunieto: number("usunieto"),
            profil: text("profil"),
        }
    }

    /// What the page says after storing.
    fn saved(&self) -> Option<String> {
        if let Some(cleared) = self.usunieto {
            return Some(format!("Usunięto kody bez odpowiedzi: {cleared}. Można je przywrócić niżej."));
        }
        match self.zapisano? {
            0 => Some("Bez zmian: odpowiedź miała już te kody.".into()),
            1 => Some("Zapisano kody odpowiedzi.".into()),
            many => Some(format!("Zapisano kody odpowiedzi: {many}.")),
        }
    }
}

/// Answers the GET of a page of a question, which depends on who looks: `read` gets the actor, `draw` what the address
/// says besides.
async fn show<T, P>(
    request: &HttpRequest,
    state: &State,
    path: &QuestionPath,
    read: impl FnOnce(&Service, &EditionName, &str, &CodedQuestion) -> Result<T, Refused> + Send + 'static,
    draw: impl FnOnce(&Desk<'_>, &T, &Looking) -> P,
) -> HttpResponse
where
    T: Send + 'static,
    P: Template,
{
    let (asked, looking) = (path.asked(), Looking::of(request));
    let find = move |service: &Service, member: &Member, name: &EditionName| {
        read(service, name, &member.actor(), &asked)
    };
    desk::show_to(request, state, &path.edition(), find, |desk, found| draw(desk, &found, &looking)).await
}

/// The address of the pages of a question.
fn address(desk: &Desk<'_>, asked: &CodedQuestion) -> String {
    desk.address(&format!("kodowanie/{}/{}", asked.form, asked.question))
}

fn link(href: impl Into<String>, text: impl Into<String>) -> Link {
    Link { href: href.into(), text: text.into(), current: false }
}

/// Who decided, as histories name them.
fn person(actor: &str) -> &str {
    match actor {
        "command" => "polecenie",
        actor => actor.trim_start_matches("user:"),
    }
}
