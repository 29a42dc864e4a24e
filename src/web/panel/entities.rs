//! Public lists of entities: counts at two dates, who vanished, jobs beside the list.

use actix_web::{HttpRequest, HttpResponse, web};
use chrono::NaiveDate;
use form::polish;
use store::EndVerdict;
use survey::EntityId;
use survey::entities::{Answer, Balance, JobVerdict, List, Status};
use uuid::Uuid;

use super::super::State;
use super::super::pages::{Cell, Column, EntitiesPage, Fact, Table, VanishedView};
use super::super::post::{self, Body, Pairs};
use super::desk::{self, Desk};
use super::edition_name;
use crate::service::Refused;
use crate::service::entities::{Entities, JobLine, JobsBeside, Roll, YEARS};
use crate::service::page::value;

/// `GET /panel/{programme}/{edition}/podmioty`, with `?od=2023-12-31&do=2024-12-31` for other days.
pub(super) async fn entities(
    request: HttpRequest,
    state: State,
    path: web::Path<(String, String)>,
) -> HttpResponse {
    let name = edition_name(&path.0, &path.1);
    let asked = post::query(&request);
    let (from, to) = (Asked::of(&asked, "od"), Asked::of(&asked, "do"));
    let days = (from.day, to.day);
    desk::show(
        &request,
        &state,
        &name,
        move |service, name| service.entities(name, days),
        |desk, all| page(desk, &all, [&from, &to]),
    )
    .await
}

/// A day that the address asks for.
struct Asked {
    day: Option<NaiveDate>,
    /// What stands there instead of a day.
    unread: Option<String>,
}

impl Asked {
    fn of(asked: &Pairs, field: &str) -> Self {
        let text = value(asked, field).unwrap_or_default().trim();
        let day = polish::read_date(text).ok();
        Self { day, unread: (day.is_none() && !text.is_empty()).then(|| text.to_owned()) }
    }

    /// What the field shows: what was typed when it is no day, otherwise the day that is counted.
    fn shown(&self, counted: NaiveDate) -> String {
        self.unread.clone().unwrap_or_else(|| counted.to_string())
    }
}

fn page(desk: &Desk<'_>, all: &Entities, asked: [&Asked; 2]) -> EntitiesPage {
    let [from, to] = asked;
    let unread = asked.into_iter().filter_map(|one| one.unread.as_ref());
    let troubles: Vec<String> = unread
        .map(|text| format!("„{text}” nie jest dniem. Proszę wpisać na przykład 31.12.2024. Na razie tabela jest na inny dzień."))
        .collect();
    EntitiesPage {
        layout: desk
            .layout(format!("Podmioty z list publicznych, edycja {}", desk.name))
            .with_errors(!troubles.is_empty()),
        troubles,
        address: desk.address("podmioty"),
        csrf: desk.csrf(),
        from: from.shown(all.from),
        to: to.shown(all.to),
        balances: balances(all),
        notes: notes(all),
        vanished: all.rolls.iter().flat_map(vanished).collect(),
        jobs_line: all.jobs.as_ref().filter(|jobs| jobs.as_of.is_some()).map(|jobs| jobs.jobs.sentence()),
        jobs: all.jobs.as_ref().map(jobs),
        imports: imports(all),
        entities: all.rolls.iter().map(|roll| roll_table(roll, all.to)).collect(),
    }
}

fn number(number: u64) -> Cell {
    Cell::from(number)
}

fn signed(number: i64) -> String {
    match number {
        0 => "0".into(),
        1.. => format!("+{}", polish::integer(number)),
        _ => format!("−{}", polish::integer(number.unsigned_abs())),
    }
}

fn balances(all: &Entities) -> Table {
    let days = [all.from, all.to].map(polish::date_short);
    let row = |balance: &Balance| {
        vec![
            Cell::from(balance.list.polish()),
            number(balance.before),
            number(balance.after),
            Cell::from(signed(balance.change())),
            number(balance.opened),
            number(balance.closed),
            number(balance.unsure),
        ]
    };
    Table {
        caption: format!("Tabela 1. Liczba podmiotów na {} i na {}", days[0], days[1]),
        columns: vec![
            Column::words("Rodzaj podmiotu"),
            Column::numbers(&days[0]),
            Column::numbers(&days[1]),
            Column::numbers("Saldo"),
            Column::numbers("Przybyło"),
            Column::numbers("Ubyło"),
            Column::numbers("Do wyjaśnienia"),
        ],
        rows: all.balances.iter().map(row).collect(),
        empty: "Nie wczytano jeszcze żadnej listy. Wczytuje je polecenie: miernik entities import lista.xlsx --list ps --date 2024-12-31 --source „rejestr wojewody”.".into(),
    }
}

/// What the table alone would hide.
fn notes(all: &Entities) -> Vec<Fact> {
    let mut notes = Vec::new();
    let fact = |term: &str, value: String| Fact { term: term.into(), value };
    let growth: Vec<&Balance> =
        all.balances.iter().filter(|balance| List::GROWTH.contains(&balance.list)).collect();
    if !growth.is_empty() {
        let sum: i64 = growth.iter().map(|balance| balance.change()).sum();
        let only: i64 = growth.iter().map(|balance| balance.change()).filter(|change| *change > 0).sum();
        let mut text =
            format!("saldo {}, licząc tylko rodzaje, których przybyło: {}", signed(sum), signed(only));
        if sum != only {
            text += ". Wskaźnik, który liczy same wzrosty, pokazuje co innego niż saldo.";
        }
        notes.push(fact("Przyrost podmiotów (W4.2)", text));
    }
    for balance in all.balances.iter().filter(|balance| balance.change() == 0 && balance.opened > 0) {
        let text = format!("liczba bez zmian, ale {} przybyło i {} ubyło", balance.opened, balance.closed);
        notes.push(fact(balance.list.polish(), text));
    }
    if let Some(ages) = all.ages.filter(|ages| ages.all > 0) {
        let share = all.older_share().map(|share| format!(" ({})", polish::percent(&share, 2)));
        let mut text = format!("{} z {}{}", ages.older, ages.all, share.unwrap_or_default());
        if ages.unknown > 0 {
            text += &format!(", bez daty założenia: {}", ages.unknown);
        }
        notes.push(fact(&format!("PS starsze niż {YEARS} lata (W2.2)"), text));
    }
    notes
}

fn vanished(roll: &Roll) -> Vec<VanishedView> {
    let waiting = roll.ids.iter().zip(&roll.standings).filter_map(|(id, standing)| {
        let missing = standing.vanished?;
        Some(VanishedView {
            entity: id.to_string(),
            name: standing.said.name.clone(),
            what: format!(
                "{}: na liście z {}, nie ma na liście z {}",
                roll.list.polish(),
                polish::date_short(standing.last_seen),
                polish::date_short(missing)
            ),
            seen: roll.ends.get(id).map_or(0, Vec::len),
            day: missing.pred_opt().unwrap_or(missing).to_string(),
            decided: None,
        })
    });
    let decided = roll.ends.iter().filter_map(|(id, ends)| {
        let last = ends.last().filter(|end| end.verdict != EndVerdict::Undone)?;
        let place = roll.ids.iter().position(|known| known == id)?;
        let what = match last.ended_on {
            Some(day) => format!("status zakończony {}", polish::date_short(day)),
            None => "nadal ma status".to_owned(),
        };
        let who = person(&last.actor);
        Some(VanishedView {
            entity: id.to_string(),
            name: roll.standings[place].said.name.clone(),
            what: roll.list.polish().into(),
            seen: ends.len(),
            day: String::new(),
            decided: Some(format!("{what}: {} ({who})", last.reason)),
        })
    });
    waiting.chain(decided).collect()
}

/// Who did something, as people call them.
fn person(actor: &str) -> &str {
    match actor {
        "command" => "polecenie",
        other => other.trim_start_matches("user:"),
    }
}

fn answer_words(answer: Answer) -> &'static str {
    match answer {
        Answer::Yes => "tak",
        Answer::No => "nie",
        Answer::Unknown => "nie wiem",
    }
}

fn verdict_words(line: &JobLine) -> String {
    let words = match line.verdict {
        JobVerdict::Yes => "PS",
        JobVerdict::No if line.entity.is_none() => "nie ma na liście",
        JobVerdict::No => "nie był PS",
        JobVerdict::Partly => "PS przez część okresu",
        JobVerdict::Unrecognised => "nierozpoznany",
    };
    format!("{words}{}", if line.by_name { " (po nazwie)" } else { "" })
}

fn jobs(beside: &JobsBeside) -> Table {
    let mut rows: Vec<Vec<Cell>> = beside
        .lines
        .iter()
        .map(|line| {
            vec![
                Cell::from(line.row.name.clone()),
                Cell::from(line.unit.clone()),
                Cell::from(line.row.number.clone()),
                number(line.row.jobs),
                Cell::from(answer_words(line.row.answer)),
                Cell::from(verdict_words(line)),
                Cell::from(if line.differs { "różnica" } else { "" }),
            ]
        })
        .collect();
    rows.extend(beside.numbers.iter().map(|numbers| {
        vec![
            Cell::from("(same liczby, bez listy podmiotów)"),
            Cell::from(numbers.unit.clone()),
            Cell::from(""),
            number(numbers.total),
            Cell::from(format!("tak: {}", numbers.social)),
            Cell::from("nierozpoznany"),
            Cell::from(""),
        ]
    }));
    Table {
        caption: "Miejsca pracy według urzędów i według listy PS".into(),
        columns: vec![
            Column::words("Podmiot"),
            Column::words("Urząd"),
            Column::words("NIP lub KRS"),
            Column::numbers("Miejsca pracy"),
            Column::words("PS według urzędu"),
            Column::words("PS według listy"),
            Column::words("Uwaga"),
        ],
        rows,
        empty: "Żaden urząd nie podał miejsc pracy.".into(),
    }
}

fn imports(all: &Entities) -> Table {
    let rows = all.rolls.iter().flat_map(|roll| {
        roll.imports.iter().map(|import| {
            let made_up = if import.synthetic { " (dane przykładowe)" } else { "" };
            vec![
                Cell::from(roll.list.polish()),
                Cell::from(polish::date_short(import.as_of)),
                Cell::from(format!("{}{made_up}", import.source)),
                Cell::from(import.file_name.clone()),
                Cell::from(person(&import.actor)),
            ]
        })
    });
    Table {
        caption: "Wczytane listy".into(),
        columns: ["Lista", "Stan na", "Źródło", "Plik", "Kto wczytał"].map(Column::words).into(),
        rows: rows.collect(),
        empty: "Nie wczytano jeszcze żadnej listy.".into(),
    }
}

fn roll_table(roll: &Roll, day: NaiveDate) -> Table {
    let date = |day: Option<NaiveDate>| day.map_or_else(|| "–".to_owned(), polish::date_short);
    let status = |status: Status| match status {
        Status::Yes => "tak",
        Status::No => "nie",
        Status::Vanished => "do wyjaśnienia",
        Status::Unknown => "nie wiadomo",
    };
    let mut rows: Vec<Vec<Cell>> = roll
        .standings
        .iter()
        .map(|standing| {
            let said = &standing.said;
            let number =
                said.nip.as_ref().map(|nip| nip.as_str()).or(said.krs.as_ref().map(|krs| krs.as_str()));
            let last = standing.periods.last();
            vec![
                Cell::from(said.name.clone()),
                Cell::from(number.unwrap_or("–")),
                Cell::from(said.seat.clone()),
                Cell::from(date(last.and_then(|period| period.from))),
                Cell::from(date(last.and_then(|period| period.to))),
                Cell::from(status(standing.status_at(day))),
            ]
        })
        .collect();
    rows.sort_by(|a, b| a[0].text.cmp(&b[0].text));
    Table {
        caption: format!("{}: podmioty i status na {}", roll.list.polish(), polish::date_short(day)),
        columns: ["Nazwa", "NIP lub KRS", "Siedziba", "Status od", "Status do", "Ma status"]
            .map(Column::words)
            .into(),
        rows,
        empty: "Na liście nie ma podmiotów.".into(),
    }
}

/// `POST /panel/{programme}/{edition}/podmioty/koniec`
pub(super) async fn end(
    request: HttpRequest,
    state: State,
    path: web::Path<(String, String)>,
    body: Body,
) -> HttpResponse {
    let name = edition_name(&path.0, &path.1);
    desk::change(&request, &state, &name, body, |service, member, name, pairs| {
        let field = |name: &str| value(pairs, name).unwrap_or_default();
        let lost = || {
            Refused::input(
                "Nie wiadomo, którego podmiotu to dotyczy. Proszę wrócić na stronę i spróbować jeszcze raz.",
            )
        };
        let entity = Uuid::parse_str(field("podmiot")).map_err(|_| lost())?;
        let verdict = match field("rozstrzygniecie") {
            "koniec" => EndVerdict::Ended,
            "trwa" => EndVerdict::Stays,
            "cofnij" => EndVerdict::Undone,
            _ => return Err(lost()),
        };
        let day = match field("dzien") {
            _ if verdict != EndVerdict::Ended => None,
            "" => None,
            text => Some(polish::read_date(text).map_err(|_| {
                Refused::input(format!("„{text}” nie jest datą, na przykład 2024-12-30 albo 30.12.2024."))
            })?),
        };
        let seen = field("_rev").parse().unwrap_or_default();
        let reason = if verdict == EndVerdict::Undone { "cofnięto decyzję" } else { field("powod") };
        service.entity_end(&member.actor(), name, EntityId(entity), seen, (verdict, day), reason)?;
        Ok(format!("/panel/{name}/podmioty"))
    })
    .await
}
