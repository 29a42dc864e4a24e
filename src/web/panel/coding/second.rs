//! The second coding of a sample, by somebody who does not see the first.

use actix_web::{HttpRequest, HttpResponse, web};
use form::number::Rational;
use form::polish;
use tally::Decisions;

use super::super::super::State;
use super::super::super::pages::{CardGroup, Cell, Column, SecondPage, Table};
use super::super::super::post::Body;
use super::super::desk::{self, Desk};
use super::cards::{self, card};
use super::{Looking, QuestionPath, address, link};
use crate::service::Service;
use crate::service::coding::Coder;
use crate::service::coding::agreement::SecondBench;

/// `GET /panel/{programme}/{edition}/kodowanie/{form}/{question}/drugie`
pub(super) async fn show(request: HttpRequest, state: State, path: web::Path<QuestionPath>) -> HttpResponse {
    super::show(&request, &state, &path, Service::second_bench, page).await
}

fn page(desk: &Desk<'_>, second: &SecondBench, looking: &Looking) -> SecondPage {
    let bench = &second.bench;
    let here = address(desk, &bench.asked);
    let me = desk.member.actor();
    let mut drawn: Vec<CardGroup> = bench
        .answers
        .iter()
        .map(|one| {
            let mut card = card(bench, one, &[], &[]);
            let first = second.coders.get(&one.answer.place());
            card.mine = !first.is_some_and(|coders| coders.contains(&me));
            card.undo = false;
            if !card.mine {
                card.notice = Some(
                    "Tę odpowiedź kodowali Państwo za pierwszym razem, więc drugi raz koduje ją ktoś inny.",
                );
                card.codes.clear();
                card.history.clear();
            }
            CardGroup { heading: None, cards: vec![card] }
        })
        .collect();
    cards::chain(drawn.iter_mut().flat_map(|group| group.cards.iter_mut()));
    let done = bench.answers.iter().filter(|one| !one.codes.is_empty()).count();
    SecondPage {
        layout: desk.layout(format!(
            "Drugie kodowanie: {} ({})",
            bench.coding.label,
            bench.asked.form.to_uppercase()
        )),
        back: link(here.clone(), "Wróć do kodowania"),
        csrf: desk.csrf(),
        notes: vec![
            format!(
                "Próba: {} z {} odpowiedzi, wylosowana tak samo dla wszystkich. Druga osoba koduje ją sama, nie widząc kodów pierwszej. Te kody nie zmieniają liczb.",
                bench.answers.len(),
                second.of
            ),
            match second.blind {
                true => format!(
                    "Zakodowane drugi raz: {done}. Dopóki nie zakodują Państwo całej próby, pierwsze kody tych odpowiedzi są dla Państwa zasłonięte także na innych stronach."
                ),
                false => format!("Zakodowane drugi raz: {done}. Obie osoby zakodowały: {}.", second.both),
            },
        ],
        saved: looking.saved(),
        groups: drawn,
        agreement: agreement(second),
        filter: String::new(),
        open: !bench.frozen,
        address: format!("{here}/drugie"),
    }
}

fn agreement(second: &SecondBench) -> Table {
    let smallest_base = second.smallest_base;
    let frame = &second.bench.frame.frame;
    let label = |code: &str| match frame.code(code) {
        Some(known) => format!("{}. {}", known.printed(), known.label),
        None => code.to_uppercase(),
    };
    let codes = second.codes.iter().map(|(code, one)| row(label(code), *one, smallest_base));
    let mut rows: Vec<Vec<Cell>> = codes.collect();
    if !rows.is_empty() {
        rows.push(row("Razem (wszystkie decyzje o kodach)".into(), second.overall(), smallest_base));
    }
    let mut columns = vec![Column::words("Kod")];
    columns.extend(
        ["Obie osoby", "Tylko pierwsza", "Tylko druga", "Żadna", "Zgodność", "Kappa Cohena"]
            .map(Column::numbers),
    );
    Table {
        caption: "Zgodność dwóch osób kod po kodzie".into(),
        columns,
        rows,
        empty: match second.blind {
            true => "Zgodność zobaczą Państwo po zakodowaniu całej próby.".into(),
            false => "Zgodność będzie widać, gdy obie osoby zakodują choć jedną odpowiedź próby.".into(),
        },
    }
}

fn row(label: String, one: Decisions, smallest_base: u64) -> Vec<Cell> {
    let counts =
        [one.both, one.first, one.second, one.neither].map(|count| Cell::from(polish::integer(count)));
    // A percent of a few would only look exact.
    let agreement = one.agreement().filter(|_| one.number() >= smallest_base);
    let percent = agreement.map_or("–".into(), |share| polish::percent(&share, 0));
    let kappa = one.kappa().map_or("–".into(), |kappa: Rational| polish::decimal(&kappa, 2));
    std::iter::once(Cell::from(label)).chain(counts).chain([Cell::from(percent), Cell::from(kappa)]).collect()
}

/// `POST /panel/{programme}/{edition}/kodowanie/{form}/{question}/drugie`
pub(super) async fn code(
    request: HttpRequest,
    state: State,
    path: web::Path<QuestionPath>,
    body: Body,
) -> HttpResponse {
    let asked = path.asked();
    desk::change(&request, &state, &path.edition(), body, move |service, member, name, pairs| {
        let decisions = cards::decisions(pairs)?;
        let changed = service.code(name, &member.actor(), Coder::Second, &asked, &decisions)?;
        let here = format!("/panel/{name}/kodowanie/{}/{}/drugie", asked.form, asked.question);
        Ok(format!("{here}?zapisano={changed}#{}", cards::next(pairs)))
    })
    .await
}
