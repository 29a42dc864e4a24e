//! Decisions about the numbers of an edition.

use actix_web::{HttpRequest, HttpResponse, web};
use form::polish;
use sheet::{Column as SheetColumn, Profile, Table as Sheet, Value};
use store::{Decision, Topic, Verdict};
use survey::DecisionId;
use survey::calendar::Zone;

use super::super::State;
use super::super::pages::{Cell, Choosable, Column, DecisionsPage, Link, Table, WaitingDecision};
use super::super::post::Body;
use super::desk::{self, Desk};
use super::edition_name;
use super::files::{self, File, no_file};
use crate::service::decisions::{Decisions, NewDecision, Standing};
use crate::service::page::value;
use crate::service::{EditionName, Refused, Service};

/// Kinds of decision in the order of the form.
const TOPICS: [Topic; 8] = [
    Topic::Note,
    Topic::Merge,
    Topic::Coding,
    Topic::Base,
    Topic::Exclusion,
    Topic::Withdrawal,
    Topic::Plan,
    Topic::Indicator,
];

fn topic_words(topic: Topic) -> &'static str {
    match topic {
        Topic::Merge => "scalenie",
        Topic::Coding => "kodowanie",
        Topic::Base => "podstawa",
        Topic::Exclusion => "wyłączenie",
        Topic::Plan => "plan analizy",
        Topic::Withdrawal => "wycofanie złożenia",
        Topic::Indicator => "wskaźnik",
        Topic::Note => "uwaga",
    }
}

fn verdict_words(standing: &Standing) -> &'static str {
    match (standing.decision.verdict, standing.holds) {
        (Verdict::Ends, _) => "uchyla decyzję",
        (Verdict::Noted, _) => "wykonano",
        (Verdict::Holds, true) => "obowiązuje nadal",
        (Verdict::Made, true) => "obowiązuje",
        (_, false) => "uchylona",
    }
}

/// `user:anna` as people say it.
fn who(actor: &str) -> String {
    actor.strip_prefix("user:").map_or_else(|| actor.replace("command", "polecenie"), str::to_owned)
}

/// `GET /panel/{programme}/{edition}/decyzje`
pub(super) async fn decisions(
    request: HttpRequest,
    state: State,
    path: web::Path<(String, String)>,
) -> HttpResponse {
    let find =
        |service: &Service, name: &EditionName| Ok((read(service, name)?, service.decision_subjects(name)?));
    desk::show(&request, &state, &edition_name(&path.0, &path.1), find, |desk, ((found, zone), subjects)| {
        page(desk, &found, zone, subjects)
    })
    .await
}

fn read(service: &Service, name: &EditionName) -> Result<(Decisions, Zone), Refused> {
    let zone = service.edition(name)?.0.zone();
    Ok((service.decisions(name)?, zone))
}

fn page(desk: &Desk<'_>, found: &Decisions, zone: Zone, subjects: Vec<(String, String)>) -> DecisionsPage {
    let address = desk.address("decyzje");
    let download = |file: &str, text: &str| Link {
        href: format!("{address}/{file}"),
        text: text.to_owned(),
        current: false,
    };
    let can_end = |one: &&Standing| one.holds && one.decision.verdict != Verdict::Noted;
    let standing = found.made.iter().filter(can_end).map(|standing| Choosable {
        name: standing.decision.id.to_string(),
        label: short(&standing.decision.what),
        chosen: false,
    });
    let topics = TOPICS.into_iter().enumerate().map(|(at, topic)| Choosable {
        name: topic.as_str().into(),
        label: topic_words(topic).into(),
        chosen: at == 0,
    });
    DecisionsPage {
        layout: desk.layout("Decyzje"),
        lead: vec![
            "Tu stoi, co postanowiono w sprawie liczb tej edycji, kto, kiedy i dlaczego. Wpisów nie można zmienić ani usunąć; decyzję można uchylić następną.".into(),
        ],
        downloads: vec![
            download("decyzje-excel.csv", "CSV dla polskiego Excela"),
            download("decyzje.csv", "CSV jako otwarte dane"),
        ],
        before: found.before.clone().unwrap_or_default(),
        waiting: found.waiting.iter().map(|decision| waiting(decision, zone)).collect(),
        made: made(found, zone),
        standing: standing.collect(),
        topics: topics.collect(),
        subjects,
        action: address.clone(),
        csrf: desk.csrf(),
    }
}

fn waiting(decision: &Decision, zone: Zone) -> WaitingDecision {
    let subject = if decision.subject.is_empty() { String::new() } else { format!(", {}", decision.subject) };
    let (who, when) = (who(&decision.actor), polish::date_long(zone.date(decision.at)));
    WaitingDecision {
        id: decision.id.to_string(),
        what: decision.what.clone(),
        about: format!("{}{subject}; {who}, {when}", topic_words(decision.topic)),
        why: decision.why.clone(),
    }
}

/// At most eighty characters.
fn short(text: &str) -> String {
    match text.char_indices().nth(80) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

fn made(found: &Decisions, zone: Zone) -> Table {
    let row = |standing: &Standing| {
        let decision = &standing.decision;
        vec![
            Cell::from(decision.what.clone()),
            Cell::from(decision.why.clone()),
            Cell::from(topic_words(decision.topic)).noting(decision.subject.clone()),
            Cell::from(who(&decision.actor)),
            Cell::from(polish::date_long(zone.date(decision.at))),
            Cell::from(verdict_words(standing)),
        ]
    };
    let titles = ["Co postanowiono", "Dlaczego", "Czego dotyczy", "Kto", "Kiedy", "Stan"];
    Table {
        caption: "Decyzje tej edycji, od najstarszej".into(),
        columns: titles.map(Column::words).into(),
        rows: found.made.iter().map(row).collect(),
        empty: "W tej edycji nie zapisano jeszcze żadnej decyzji.".into(),
    }
}

/// `POST /panel/{programme}/{edition}/decyzje`
pub(super) async fn decide(
    request: HttpRequest,
    state: State,
    path: web::Path<(String, String)>,
    body: Body,
) -> HttpResponse {
    desk::change(&request, &state, &edition_name(&path.0, &path.1), body, |service, member, name, posted| {
        let field = |field: &str| value(posted, field).unwrap_or_default().to_owned();
        let topic = Topic::parse(&field("rodzaj"));
        let topic = topic.ok_or_else(|| Refused::input("Proszę wybrać rodzaj decyzji z listy."))?;
        let new = NewDecision {
            topic,
            subject: field("dotyczy"),
            what: field("postanowienie"),
            why: field("dlaczego"),
        };
        service.decide(member, name, &new)?;
        Ok(format!("/panel/{name}/decyzje#zapisane"))
    })
    .await
}

/// `POST /panel/{programme}/{edition}/decyzje/uchyl`
pub(super) async fn end(
    request: HttpRequest,
    state: State,
    path: web::Path<(String, String)>,
    body: Body,
) -> HttpResponse {
    desk::change(&request, &state, &edition_name(&path.0, &path.1), body, |service, member, name, posted| {
        let why = value(posted, "dlaczego").unwrap_or_default();
        if why.trim().is_empty() {
            return Err(Refused::input("Proszę wpisać, dlaczego decyzja przestaje obowiązywać."));
        }
        let id = decision_id(value(posted, "decyzja").unwrap_or_default())?;
        service.confirm_decision(member, name, id, false, why)?;
        Ok(format!("/panel/{name}/decyzje#zapisane"))
    })
    .await
}

/// `POST /panel/{programme}/{edition}/decyzje/{decision}/potwierdz`
pub(super) async fn confirm(
    request: HttpRequest,
    state: State,
    path: web::Path<(String, String, String)>,
    body: Body,
) -> HttpResponse {
    let (programme, edition, decision) = path.into_inner();
    desk::change(
        &request,
        &state,
        &edition_name(&programme, &edition),
        body,
        move |service, member, name, posted| {
            let id = decision_id(&decision)?;
            let holds = match value(posted, "obowiazuje") {
                Some("tak") => true,
                Some("nie") => false,
                _ => return Err(Refused::input("Proszę powiedzieć, czy decyzja obowiązuje nadal.")),
            };
            service.confirm_decision(
                member,
                name,
                id,
                holds,
                value(posted, "dlaczego").unwrap_or_default(),
            )?;
            Ok(format!("/panel/{name}/decyzje"))
        },
    )
    .await
}

fn decision_id(text: &str) -> Result<DecisionId, Refused> {
    text.parse().map_err(|_| Refused::input("Nie ma takiej decyzji."))
}

/// `GET /panel/{programme}/{edition}/decyzje/{file}`
pub(super) async fn download(
    request: HttpRequest,
    state: State,
    path: web::Path<(String, String, String)>,
) -> HttpResponse {
    let (programme, edition, file) = path.into_inner();
    files::file(&request, &state, &edition_name(&programme, &edition), move |service, edition| {
        let profile = match file.as_str() {
            "decyzje.csv" => Profile::OpenData,
            "decyzje-excel.csv" => Profile::ExcelPl,
            _ => return Err(no_file(edition, &file)),
        };
        let (found, zone) = read(service, edition)?;
        let table = service.noted(edition, table(&found, zone))?;
        let body = sheet::write_csv(&table, profile).expect("rows as wide as the header");
        Ok(File::of("decisions", file, body))
    })
    .await
}

fn table(found: &Decisions, zone: Zone) -> Sheet {
    let titles = [
        ("Edycja", "edycja"),
        ("Co postanowiono", "co"),
        ("Dlaczego", "dlaczego"),
        ("Rodzaj", "rodzaj"),
        ("Czego dotyczy", "dotyczy"),
        ("Kto", "kto"),
        ("Kiedy", "kiedy"),
        ("Stan", "stan"),
    ];
    let text = |words: &str| if words.is_empty() { Value::Empty } else { Value::Text(words.to_owned()) };
    let row = |standing: &Standing| {
        let decision = &standing.decision;
        vec![
            text(&found.edition),
            text(&decision.what),
            text(&decision.why),
            text(topic_words(decision.topic)),
            text(&decision.subject),
            text(&who(&decision.actor)),
            text(&zone.date(decision.at).to_string()),
            text(verdict_words(standing)),
        ]
    };
    Sheet {
        columns: titles.map(|(title, name)| SheetColumn::named(title, name)).into(),
        rows: found.made.iter().map(row).collect(),
    }
}
