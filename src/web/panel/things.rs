//! Distinct things: lists, the workbench of one list, decisions, groups as a file.

use actix_web::{HttpRequest, HttpResponse, web};
use form::polish;
use sheet::Profile;
use survey::ActId;
use tally::Place;
use uuid::Uuid;

use super::super::State;
use super::super::pages::{
    ActView, Cell, ChangedView, Column, EntryView, Fact, GroupView, Link, ProposalView, Table,
    ThingListsPage, WorkbenchPage,
};
use super::super::post::{Body, Pairs};
use super::desk::{self, Desk};
use super::edition_name;
use super::files::{self, File};
use crate::service::Refused;
use crate::service::page::value;
use crate::service::things::{self, Act, Done, Group, Proposal, ThingList, ThingWish, Why, Workbench, short};

/// Characters of a name or an entry that the page shows.
const SHOWN: usize = 200;

/// `programme`, `edition`, `form`, `list`
type ListPath = web::Path<(String, String, String, String)>;

/// `GET /panel/{programme}/{edition}/laczenie`
pub(super) async fn lists(
    request: HttpRequest,
    state: State,
    path: web::Path<(String, String)>,
) -> HttpResponse {
    let name = edition_name(&path.0, &path.1);
    desk::show(
        &request,
        &state,
        &name,
        |service, name| service.thing_lists(name),
        |desk, lists| lists_page(desk, &lists),
    )
    .await
}

fn lists_page(desk: &Desk<'_>, lists: &[ThingList]) -> ThingListsPage {
    let number = |number: usize| Cell::from(polish::integer(number));
    let rows = lists.iter().map(|list| {
        let address = desk.address(&format!("laczenie/{}/{}", list.form, list.list));
        vec![
            Cell::link(list.title.clone(), address),
            Cell::from(list.form.to_uppercase()),
            number(list.entries),
            number(list.automatic),
            number(list.things),
            number(list.proposals),
            number(list.waiting),
        ]
    });
    ThingListsPage {
        layout: desk.layout(format!("Łączenie powtórzeń, edycja {}", desk.name)),
        lists: Table {
            caption: "Listy, na których liczymy różne pozycje".into(),
            columns: vec![
                Column::words("Lista"),
                Column::words("Ankieta"),
                Column::numbers("Wpisy"),
                Column::numbers("Różne według pisowni"),
                Column::numbers("Różne po decyzjach"),
                Column::numbers("Propozycje połączenia"),
                Column::numbers("Zmienione po decyzji"),
            ],
            rows: rows.collect(),
            empty: "W tej edycji żadna miara nie liczy różnych pozycji.".into(),
        },
    }
}

/// `GET /panel/{programme}/{edition}/laczenie/{form}/{list}`
pub(super) async fn workbench(request: HttpRequest, state: State, path: ListPath) -> HttpResponse {
    let (programme, edition, form, list) = path.into_inner();
    let name = edition_name(&programme, &edition);
    desk::show(
        &request,
        &state,
        &name,
        move |service, name| service.workbench(name, &form, &list),
        |desk, bench| workbench_page(desk, &bench),
    )
    .await
}

fn workbench_page(desk: &Desk<'_>, bench: &Workbench) -> WorkbenchPage {
    let list = &bench.list;
    let address = desk.address(&format!("laczenie/{}/{}", list.form, list.list));
    let fact = |term: &str, number: usize| Fact { term: term.into(), value: polish::integer(number) };
    let download = |file: &str, text: &str| Link {
        href: format!("{address}/{file}"),
        text: text.into(),
        current: false,
    };
    WorkbenchPage {
        layout: desk.layout(format!("Łączenie: {} (ankieta {})", list.title, list.form.to_uppercase())),
        back: desk.address("laczenie"),
        csrf: desk.csrf(),
        rev: bench.rev,
        facts: vec![
            fact("Wpisy na listach", list.entries),
            fact("Różne według pisowni", list.automatic),
            fact("Różne po decyzjach", list.things),
            Fact { term: "Liczą je miary".into(), value: list.measures.join("\n") },
        ],
        downloads: vec![
            download("grupy-excel.csv", "Pozycje z wpisami: CSV dla polskiego Excela"),
            download("grupy.csv", "Pozycje z wpisami: CSV jako otwarte dane"),
        ],
        changed: bench
            .changed
            .iter()
            .map(|changed| ChangedView {
                unit: changed.unit.clone(),
                then: short(&changed.decision.raw, SHOWN),
                now: short(&changed.now, SHOWN),
                thing: short(&thing_of(&changed.decision), SHOWN),
                place: place_text(&place_of(&changed.decision)),
            })
            .collect(),
        gone: bench
            .gone
            .iter()
            .map(|decision| format!("„{}” ({})", short(&decision.raw, SHOWN), decision.reason))
            .collect(),
        proposals: bench.proposals.iter().map(|proposal| proposal_view(proposal, &bench.groups)).collect(),
        groups: bench.groups.iter().map(group_view).collect(),
        history: bench.history.iter().map(act_view).collect(),
        open: !bench.frozen,
        address,
    }
}

fn place_of(decision: &store::ThingDecision) -> Place {
    Place { response: decision.response.uuid(), row: decision.row_id.as_deref().map(Into::into) }
}

fn thing_of(decision: &store::ThingDecision) -> String {
    decision.thing_name.clone().or_else(|| decision.thing_key.clone()).unwrap_or_default()
}

/// A place as buttons carry it.
fn place_text(place: &Place) -> String {
    format!("{}/{}", place.response, place.row.as_deref().unwrap_or_default())
}

fn read_place(text: &str) -> Option<Place> {
    let (response, row) = text.split_once('/')?;
    let row = Some(row).filter(|row| !row.is_empty()).map(Into::into);
    Some(Place { response: Uuid::parse_str(response).ok()?, row })
}

fn proposal_view(proposal: &Proposal, groups: &[Group]) -> ProposalView {
    let own: Vec<&Group> = groups.iter().filter(|group| proposal.groups.contains(&group.key)).collect();
    let largest = own.iter().max_by_key(|group| group.entries.len()).map(|group| group.name.clone());
    let spelling = || "ta sama pozycja, inna pisownia".to_owned();
    let different = || "różne pozycje o podobnych nazwach".to_owned();
    let again = |edition: &str, reason: &str| format!("jak w edycji „{edition}”: {reason}");
    let (tag, why, reason, apart) = match &proposal.why {
        Why::Alike(likeness) => (None, format!("podobieństwo {}%", likeness / 10), spelling(), different()),
        Why::Earlier { edition, reason, .. } => {
            let why = format!("połączone w edycji „{edition}”: {reason}");
            (Some("z poprzedniej edycji"), why, again(edition, reason), different())
        }
        Why::ToldApart { edition, reason } => {
            let why = format!("uznane za różne w edycji „{edition}”: {reason}");
            (Some("wcześniej różne"), why, spelling(), again(edition, reason))
        }
    };
    let name = match &proposal.why {
        Why::Earlier { name, .. } if !name.is_empty() => Some(name.clone()),
        _ => largest,
    };
    ProposalView {
        tag,
        why,
        name: name.map(|name| short(&name, SHOWN)).unwrap_or_default(),
        reason,
        apart,
        told_apart: matches!(proposal.why, Why::ToldApart { .. }),
        groups: own.into_iter().map(group_view).collect(),
    }
}

fn group_view(group: &Group) -> GroupView {
    let others = group.spellings().into_iter().filter(|raw| *raw != group.name).map(|raw| short(raw, SHOWN));
    GroupView {
        key: group.key.clone(),
        name: short(&group.name, SHOWN),
        spellings: others.collect(),
        entries: group
            .entries
            .iter()
            .map(|entry| {
                let details = entry.details.iter().map(|(label, text)| format!("{label}: {text}"));
                let decided = entry.decision.as_ref().filter(|decision| decision.thing_key.is_some());
                EntryView {
                    unit: entry.unit.clone(),
                    raw: short(&entry.raw, SHOWN),
                    details: short(&details.collect::<Vec<_>>().join("; "), 3 * SHOWN),
                    decided: decided.map(|decision| decision.reason.clone()),
                    place: place_text(&entry.place),
                }
            })
            .collect(),
    }
}

fn act_view(act: &Act) -> ActView {
    use store::ThingAct;
    let (what, rows) = match &act.done {
        Done::Places { kind, thing, entries } => {
            let thing = short(thing, SHOWN);
            let what = match kind {
                ThingAct::Merged => format!("Połączono w „{thing}”"),
                ThingAct::Split => format!("Wydzielono „{thing}”"),
                ThingAct::Confirmed => format!("Potwierdzono po zmianie odpowiedzi: „{thing}”"),
                ThingAct::Undone => "Cofnięto wcześniejszą decyzję".to_owned(),
            };
            (what, entries.iter().map(|(unit, raw)| format!("{unit}: „{}”", short(raw, SHOWN))).collect())
        }
        Done::Pairs { apart, pairs } => {
            let what = if *apart { "Uznano za różne" } else { "Cofnięto uznanie za różne" };
            (
                what.to_owned(),
                pairs
                    .iter()
                    .map(|[one, other]| format!("„{}” i „{}”", short(one, SHOWN), short(other, SHOWN)))
                    .collect(),
            )
        }
    };
    ActView {
        act: act.act.to_string(),
        what,
        reason: act.reason.clone(),
        who: act.actor.trim_start_matches("user:").to_owned(),
        at: act.when.clone(),
        rows,
        holds: act.holds,
    }
}

/// `POST /panel/{programme}/{edition}/laczenie/{form}/{list}/polacz`
pub(super) async fn merge(request: HttpRequest, state: State, path: ListPath, body: Body) -> HttpResponse {
    decide(&request, &state, path, body, |pairs| {
        Ok(ThingWish::Merge {
            groups: ticked(pairs),
            name: text(pairs, "nazwa"),
            reason: text(pairs, "powod"),
        })
    })
    .await
}

/// `POST /panel/{programme}/{edition}/laczenie/{form}/{list}/odrzuc`
pub(super) async fn apart(request: HttpRequest, state: State, path: ListPath, body: Body) -> HttpResponse {
    decide(&request, &state, path, body, |pairs| {
        Ok(ThingWish::Apart { groups: ticked(pairs), reason: text(pairs, "powod") })
    })
    .await
}

/// `POST /panel/{programme}/{edition}/laczenie/{form}/{list}/rozdziel`
pub(super) async fn split(request: HttpRequest, state: State, path: ListPath, body: Body) -> HttpResponse {
    decide(&request, &state, path, body, |pairs| {
        Ok(ThingWish::Split { place: place(pairs)?, name: String::new(), reason: text(pairs, "powod") })
    })
    .await
}

/// `POST /panel/{programme}/{edition}/laczenie/{form}/{list}/potwierdz`
pub(super) async fn confirm(request: HttpRequest, state: State, path: ListPath, body: Body) -> HttpResponse {
    decide(&request, &state, path, body, |pairs| Ok(ThingWish::Confirm(place(pairs)?))).await
}

/// `POST /panel/{programme}/{edition}/laczenie/{form}/{list}/cofnij`
pub(super) async fn undo(request: HttpRequest, state: State, path: ListPath, body: Body) -> HttpResponse {
    decide(&request, &state, path, body, |pairs| {
        let act = Uuid::parse_str(&text(pairs, "decyzja")).map_err(|_| unknown("decyzji"))?;
        Ok(ThingWish::Undo { act: ActId(act), reason: text(pairs, "powod") })
    })
    .await
}

/// Keys of the things that a form is about.
fn ticked(pairs: &Pairs) -> Vec<String> {
    pairs.iter().filter(|(name, _)| name == "pozycja").map(|(_, key)| key.clone()).collect()
}

fn text(pairs: &Pairs, name: &str) -> String {
    value(pairs, name).unwrap_or_default().to_owned()
}

fn place(pairs: &Pairs) -> Result<Place, Refused> {
    read_place(&text(pairs, "wpis")).ok_or_else(|| unknown("wpisu"))
}

fn unknown(what: &str) -> Refused {
    Refused::input(format!(
        "Nie wiadomo, której {what} to dotyczy. Proszę wrócić na stronę i spróbować jeszcze raz."
    ))
}

async fn decide(
    request: &HttpRequest,
    state: &State,
    path: ListPath,
    body: Body,
    wish: impl FnOnce(&Pairs) -> Result<ThingWish, Refused> + Send + 'static,
) -> HttpResponse {
    let (programme, edition, form, list) = path.into_inner();
    let name = edition_name(&programme, &edition);
    desk::change(request, state, &name, body, move |service, member, name, pairs| {
        let rev = text(pairs, "_rev").parse().unwrap_or_default();
        service.things_decide(&member.actor(), name, (&form, &list), rev, &wish(pairs)?)?;
        Ok(format!("/panel/{name}/laczenie/{form}/{list}"))
    })
    .await
}

/// `GET /panel/{programme}/{edition}/laczenie/{form}/{list}/grupy.csv`
pub(super) async fn open_table(request: HttpRequest, state: State, path: ListPath) -> HttpResponse {
    table(&request, &state, path, Profile::OpenData).await
}

/// `GET /panel/{programme}/{edition}/laczenie/{form}/{list}/grupy-excel.csv`
pub(super) async fn excel_table(request: HttpRequest, state: State, path: ListPath) -> HttpResponse {
    table(&request, &state, path, Profile::ExcelPl).await
}

async fn table(request: &HttpRequest, state: &State, path: ListPath, profile: Profile) -> HttpResponse {
    let (programme, edition, form, list) = path.into_inner();
    files::file(request, state, &edition_name(&programme, &edition), move |service, edition| {
        let table = service.noted(edition, things::table(&service.workbench(edition, &form, &list)?))?;
        let body = sheet::write_csv(&table, profile).expect("rows as wide as the header");
        Ok(File::of("things", format!("{form}-{list}-grupy.csv"), body))
    })
    .await
}
