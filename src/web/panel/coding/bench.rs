//! The workbench of a question.

use actix_web::{HttpRequest, HttpResponse, web};
use form::polish;

use super::super::super::State;
use super::super::super::pages::{BenchPage, Card, CardGroup, Fact, Link, OrphanView};
use super::super::super::post::{Body, Pairs};
use super::super::desk::{self, Desk};
use super::cards::{self, card};
use super::{Looking, QuestionPath, address, link, person};
use crate::service::coding::bench::{Bench, BenchAnswer, CodingState, Orphan};
use crate::service::coding::{CodedQuestion, Coder};
use crate::service::page::value;
use crate::service::{EditionName, Refused, Service};

/// Groups of alike answers on one page.
const GROUPS: usize = 25;
/// Cards of one group; a larger group is coded by its first card.
const CARDS: usize = 10;

/// Which answers are shown: as the address has it, and in words.
const FILTERS: [(&str, &str); 5] = [
    ("do-zakodowania", "Do zakodowania"),
    ("zmienione", "Zmienione po zakodowaniu"),
    ("zakodowane", "Zakodowane"),
    ("wszystkie", "Wszystkie"),
    ("bez-odpowiedzi", "Kody bez odpowiedzi"),
];

/// `GET /panel/{programme}/{edition}/kodowanie/{form}/{question}`
pub(super) async fn show(request: HttpRequest, state: State, path: web::Path<QuestionPath>) -> HttpResponse {
    let wanted = Looking::of(&request).stan.unwrap_or_else(|| FILTERS[0].0.to_owned());
    let filter = known_filter(&wanted);
    let read = move |service: &Service, name: &EditionName, actor: &str, asked: &CodedQuestion| {
        let filter = filter.ok_or_else(|| Refused::input(format!("nie ma grupy odpowiedzi „{wanted}”")))?;
        Ok((service.bench_for(name, actor, asked)?, filter))
    };
    super::show(&request, &state, &path, read, |desk, (bench, filter), looking| {
        page(desk, bench, filter, looking)
    })
    .await
}

fn known_filter(wanted: &str) -> Option<&'static str> {
    FILTERS.into_iter().map(|(name, _)| name).find(|name| *name == wanted)
}

fn page(desk: &Desk<'_>, bench: &Bench, filter: &'static str, looking: &Looking) -> BenchPage {
    let address = address(desk, &bench.asked);
    let groups = bench.groups(|one| shows(filter, one));
    let last = groups.len().div_ceil(GROUPS).max(1);
    let shown = looking.strona.unwrap_or(1).clamp(1, last);
    let on_page = groups.iter().skip((shown - 1) * GROUPS).take(GROUPS);
    let mut drawn: Vec<CardGroup> = on_page.map(|group| group_of(bench, group)).collect();
    cards::chain(drawn.iter_mut().flat_map(|group| group.cards.iter_mut()));
    let pages = (1..=last).filter(|_| last > 1).map(|number| Link {
        href: format!("{address}?stan={filter}&strona={number}"),
        text: format!("strona {number}"),
        current: number == shown,
    });
    BenchPage {
        layout: desk.layout(format!(
            "Kodowanie: {} ({})",
            bench.coding.label,
            bench.asked.form.to_uppercase()
        )),
        back: link(desk.address("kodowanie"), "Wróć do listy pytań"),
        csrf: desk.csrf(),
        facts: facts(bench),
        filters: filters(bench, &address, filter),
        filter: filter.to_owned(),
        links: links(desk, bench, &address),
        saved: looking.saved(),
        groups: drawn,
        orphans: if filter == "bez-odpowiedzi" { orphans(&bench.orphans) } else { Vec::new() },
        on_orphans: filter == "bez-odpowiedzi",
        pages: pages.collect(),
        empty: empty(filter),
        open: !bench.frozen,
        address,
    }
}

fn shows(filter: &str, one: &BenchAnswer) -> bool {
    match filter {
        "do-zakodowania" => one.state == CodingState::Open,
        "zmienione" => one.state == CodingState::Changed,
        "zakodowane" => one.state == CodingState::Coded,
        "wszystkie" => true,
        _ => false,
    }
}

fn empty(filter: &str) -> &'static str {
    match filter {
        "do-zakodowania" => "Wszystkie odpowiedzi mają już kody.",
        "zmienione" => "Żadnej zakodowanej odpowiedzi urząd nie zmienił.",
        "zakodowane" => "Żadna odpowiedź nie ma jeszcze kodów.",
        _ => "Nikt nie odpowiedział jeszcze na to pytanie.",
    }
}

fn facts(bench: &Bench) -> Vec<Fact> {
    let progress = bench.progress();
    let frame = match bench.frame.version {
        0 => bench.frame.frame.title.clone(),
        version => format!("{}, wersja {version}", bench.frame.frame.title),
    };
    let mut facts = vec![
        Fact { term: "Zakodowane".into(), value: format!("{} z {}", progress.done(), progress.answers) },
        Fact { term: "Klucz kodowy".into(), value: frame },
    ];
    if progress.covered > 0 {
        let value = format!("{} (próba, którą kodują Państwo drugi raz)", progress.covered);
        facts.push(Fact { term: "Zasłonięte".into(), value });
    }
    facts
}

fn filters(bench: &Bench, address: &str, filter: &str) -> Vec<Link> {
    let progress = bench.progress();
    let counts = [progress.open, progress.changed, progress.done(), progress.answers, progress.orphans];
    let all = FILTERS.into_iter().zip(counts);
    all.map(|((name, words), count)| Link {
        href: format!("{address}?stan={name}"),
        text: format!("{words} ({count})"),
        current: name == filter,
    })
    .collect()
}

fn links(desk: &Desk<'_>, bench: &Bench, address: &str) -> Vec<Link> {
    vec![
        link(format!("{address}/wyniki"), "Wyniki: ile jednostek na kod"),
        link(desk.address(&format!("kodowanie/klucz/{}", bench.coding.frame)), "Klucz kodowy"),
        link(format!("{address}/drugie"), "Drugie kodowanie i zgodność"),
    ]
}

fn group_of(bench: &Bench, group: &crate::service::coding::bench::Group) -> CardGroup {
    let members: Vec<&BenchAnswer> = group.members.iter().map(|place| &bench.answers[*place]).collect();
    let cards: Vec<Card> = members
        .iter()
        .take(CARDS)
        .enumerate()
        .map(|(place, one)| {
            let others: &[&BenchAnswer] = if place == 0 { &members[1..] } else { &[] };
            card(bench, one, &group.suggestions, others)
        })
        .collect();
    let hidden = members.len() - cards.len();
    let heading = (members.len() > 1).then(|| {
        let count = u64::try_from(members.len()).unwrap_or(u64::MAX);
        let words =
            polish::plural_of(count, "podobna odpowiedź", "podobne odpowiedzi", "podobnych odpowiedzi");
        match hidden {
            0 => format!("{count} {words}"),
            hidden => format!(
                "{count} {words} (pierwsze {CARDS}; przycisk pierwszej obejmuje też pozostałe {hidden})"
            ),
        }
    });
    CardGroup { heading, cards }
}

fn orphans(orphans: &[Orphan]) -> Vec<OrphanView> {
    let view = |orphan: &Orphan| {
        let last = orphan.last();
        let standing = orphan.history.iter().find(|row| !row.codes.is_empty()).unwrap_or(last);
        OrphanView {
            unit: orphan.unit.clone(),
            codes: cards::printed(&standing.codes),
            why: match orphan.withdrawn {
                true => "ankieta nie jest już liczona",
                false => "pole jest teraz puste",
            },
            who: format!("{}, {}", person(&last.actor), cards::day(last.at)),
            hidden: cards::hidden_of(last),
            cleared: orphan.is_cleared(),
        }
    };
    orphans.iter().map(view).collect()
}

/// `POST /panel/{programme}/{edition}/kodowanie/{form}/{question}/bez-odpowiedzi`
pub(super) async fn clear(
    request: HttpRequest,
    state: State,
    path: web::Path<QuestionPath>,
    body: Body,
) -> HttpResponse {
    let asked = path.asked();
    desk::change(&request, &state, &path.edition(), body, move |service, member, name, pairs| {
        let cleared = service.clear_orphans(name, &member.actor(), &asked, &cards::orphans(pairs)?)?;
        let here = format!("/panel/{name}/kodowanie/{}/{}", asked.form, asked.question);
        Ok(format!("{here}?stan=bez-odpowiedzi&usunieto={cleared}"))
    })
    .await
}

/// `POST /panel/{programme}/{edition}/kodowanie/{form}/{question}`
pub(super) async fn code(
    request: HttpRequest,
    state: State,
    path: web::Path<QuestionPath>,
    body: Body,
) -> HttpResponse {
    let asked = path.asked();
    desk::change(&request, &state, &path.edition(), body, move |service, member, name, pairs| {
        let decisions = cards::decisions(pairs)?;
        let changed = service.code(name, &member.actor(), Coder::First, &asked, &decisions)?;
        let here = format!("/panel/{name}/kodowanie/{}/{}", asked.form, asked.question);
        Ok(format!("{here}?stan={}&zapisano={changed}#{}", filter(pairs), cards::next(pairs)))
    })
    .await
}

/// `POST /panel/{programme}/{edition}/kodowanie/{form}/{question}/cofnij`
pub(super) async fn undo(
    request: HttpRequest,
    state: State,
    path: web::Path<QuestionPath>,
    body: Body,
) -> HttpResponse {
    let asked = path.asked();
    desk::change(&request, &state, &path.edition(), body, move |service, member, name, pairs| {
        let [decision] = cards::decisions(pairs)?.try_into().map_err(|_| Refused::BadToken)?;
        let (place, seen) = (&decision.place, decision.seen);
        service.uncode(name, &member.actor(), Coder::First, &asked, place, seen)?;
        let here = format!("/panel/{name}/kodowanie/{}/{}", asked.form, asked.question);
        Ok(format!("{here}?stan={}&zapisano=1", filter(pairs)))
    })
    .await
}

/// The filter that the page was shown with.
fn filter(pairs: &Pairs) -> &'static str {
    value(pairs, "stan").and_then(known_filter).unwrap_or(FILTERS[0].0)
}
