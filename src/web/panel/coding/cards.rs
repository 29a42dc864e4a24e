//! Answers as cards with their codes.

use form::polish;
use survey::Timestamp;
use survey::calendar::Zone;
use tally::{Reason, Suggestion};

use super::super::super::pages::{Card, CodeBox};
use super::super::super::post::Pairs;
use super::person;
use crate::service::Refused;
use crate::service::coding::bench::{Bench, BenchAnswer, CodingState};
use crate::service::coding::decide::Decision;
use crate::service::coding::{Place, split};
use crate::service::page::value;

/// Characters of an answer that a card shows at once.
const SHOWN: usize = 3_000;
/// Keys that tick codes, in the order of the frame; j and k have another meaning.
const KEYS: &str = "1234567890qwertyuiopasdfghlzxcvbnm";

/// One answer; `alike` are the others of its group where this card speaks for all.
pub(super) fn card(
    bench: &Bench,
    one: &BenchAnswer,
    suggestions: &[Suggestion],
    alike: &[&BenchAnswer],
) -> Card {
    let long = one.answer.text.chars().count() > SHOWN;
    let shown: String = one.answer.text.chars().take(SHOWN).collect();
    Card {
        anchor: anchor(one),
        next: String::new(),
        unit: unit(one),
        sent: format!("Wysłana {}.", day(one.answer.at)),
        text: if long { format!("{shown} […]") } else { shown },
        whole: long.then(|| one.answer.text.clone()),
        state: state(one.state),
        notice: notice(one.state),
        hidden: hidden(one),
        alike: alike.iter().map(|other| posted(other)).collect(),
        codes: boxes(bench, one, suggestions),
        history: history(bench, one),
        undo: !one.history.is_empty(),
        mine: one.state != CodingState::Covered,
    }
}

fn notice(state: CodingState) -> Option<&'static str> {
    match state {
        CodingState::Changed => Some(
            "Urząd zmienił tę odpowiedź po zakodowaniu. Proszę potwierdzić kody (Zapisz kody) albo je zmienić; do tego czasu liczą się dotychczasowe.",
        ),
        CodingState::Covered => Some(
            "Ta odpowiedź jest w próbie, którą właśnie kodują Państwo drugi raz. Jej pierwsze kody będzie widać po zakodowaniu całej próby.",
        ),
        CodingState::Open | CodingState::Coded => None,
    }
}

fn anchor(one: &BenchAnswer) -> String {
    match one.answer.row.as_str() {
        "" => format!("o-{}", one.answer.invitation.id),
        row => format!("o-{}-{row}", one.answer.invitation.id),
    }
}

fn unit(one: &BenchAnswer) -> String {
    match one.answer.number {
        0 => one.answer.invitation.unit_name.clone(),
        number => format!("{}, wpis {number}", one.answer.invitation.unit_name),
    }
}

fn state(state: CodingState) -> (&'static str, &'static str) {
    match state {
        CodingState::Open => ("none", "do zakodowania"),
        CodingState::Changed => ("fix", "zmieniona po zakodowaniu"),
        CodingState::Coded => ("full", "zakodowana"),
        CodingState::Covered => ("none", "kody zasłonięte"),
    }
}

/// The local day of a moment.
pub(super) fn day(at: Timestamp) -> String {
    polish::date_short(Zone::WARSAW.date(at))
}

fn hidden(one: &BenchAnswer) -> [(&'static str, String); 4] {
    [
        ("odpowiedz", one.answer.invitation.id.to_string()),
        ("wpis", one.answer.row.clone()),
        ("widziane", one.no.to_string()),
        ("skrot", one.answer.hash.clone()),
    ]
}

/// The same of a decision whose answer is gone.
pub(super) fn hidden_of(last: &store::Coding) -> [(&'static str, String); 4] {
    [
        ("odpowiedz", last.invitation_id.to_string()),
        ("wpis", last.row_id.clone()),
        ("widziane", last.no.to_string()),
        ("skrot", last.answer_hash.clone()),
    ]
}

/// An answer in one value of a form: invitation, row, number of the last decision, hash.
fn posted(one: &BenchAnswer) -> String {
    hidden(one).map(|(_, value)| value).join("|")
}

fn boxes(bench: &Bench, one: &BenchAnswer, suggestions: &[Suggestion]) -> Vec<CodeBox> {
    let has = |code: &str| one.codes.iter().any(|own| own == code);
    let shown = bench.frame.frame.codes.iter().filter(|code| code.retired.is_none() || has(&code.code));
    let mut keys = KEYS.chars();
    shown
        .map(|code| CodeBox {
            code: code.code.clone(),
            label: match &code.retired {
                None => format!("{}. {}", code.printed(), code.label),
                Some(_) => format!("{}. {} (wycofany)", code.printed(), code.label),
            },
            key: keys.next(),
            hint: code.hint.clone(),
            suggestion: suggestions.iter().find(|one| one.code == code.code).map(|one| why(&one.reason)),
            ticked: has(&code.code),
        })
        .collect()
}

fn why(reason: &Reason) -> String {
    match reason {
        Reason::NoAnswer => "to nie jest odpowiedź".into(),
        Reason::Same(1) => "tak zakodowano taką samą odpowiedź".into(),
        Reason::Same(count) => format!("tak zakodowano takie same odpowiedzi ({count})"),
        Reason::Alike(_) => "tak zakodowano podobną odpowiedź".into(),
        Reason::Wording(word) => format!("słowa „{word}”"),
    }
}

fn history(bench: &Bench, one: &BenchAnswer) -> Vec<String> {
    let printed = |codes: &str| match codes {
        "" => "bez kodów".to_owned(),
        codes => codes.to_uppercase().replace(' ', ", "),
    };
    let older = one.history.iter().skip(1).map(|row| row.codes.as_str()).chain([""]);
    let rows = one.history.iter().zip(older);
    rows.map(|(row, before)| {
        let change = match row.codes == before {
            true => format!("potwierdzono: {}", printed(&row.codes)),
            false => format!("z: {}; na: {}", printed(before), printed(&row.codes)),
        };
        let version = match row.frame_version == bench.frame.version {
            true => String::new(),
            false => format!(" (klucz w wersji {})", row.frame_version),
        };
        format!("{}, {}: {change}{version}", day(row.at), person(&row.actor))
    })
    .collect()
}

/// Gives every card the one after it to go on with, the last one the top of the page.
pub(super) fn chain<'a>(cards: impl DoubleEndedIterator<Item = &'a mut Card>) {
    let mut next = "poczatek".to_owned();
    for card in cards.rev() {
        card.next = std::mem::replace(&mut next, card.anchor.clone());
    }
}

/// The decisions of a posted form: about one answer or, with the other button, about all alike.
///
/// # Errors
/// [`Refused::Input`] when the form was tampered with.
pub(super) fn decisions(pairs: &Pairs) -> Result<Vec<Decision>, Refused> {
    let codes: Vec<String> = values(pairs, "kod").map(str::to_owned).collect();
    let own = ["odpowiedz", "wpis", "widziane", "skrot"].map(|name| value(pairs, name).unwrap_or_default());
    let mut all = vec![own.join("|")];
    if value(pairs, "zapisz") == Some("wszystkie") {
        if codes.is_empty() {
            return Err(Refused::input(
                "proszę zaznaczyć choć jeden kod, zanim dostaną go wszystkie podobne",
            ));
        }
        all.extend(values(pairs, "podobna").map(str::to_owned));
    }
    all.iter().map(|posted| decision(posted, &codes).ok_or_else(unreadable)).collect()
}

fn decision(posted: &str, codes: &[String]) -> Option<Decision> {
    let parts: Vec<&str> = posted.split('|').collect();
    let [invitation, row, seen, hash] = parts.as_slice() else { return None };
    Some(Decision {
        place: (invitation.parse().ok()?, (*row).to_owned()),
        seen: seen.parse().ok()?,
        hash: (*hash).to_owned(),
        codes: codes.to_vec(),
    })
}

fn unreadable() -> Refused {
    Refused::input("tego formularza nie da się odczytać. Proszę odświeżyć stronę")
}

fn values<'a>(pairs: &'a Pairs, name: &str) -> impl Iterator<Item = &'a str> {
    pairs.iter().filter(move |(key, value)| key == name && !value.is_empty()).map(|(_, value)| value.as_str())
}

/// Where to go on: an id of this page, nothing else.
pub(super) fn next(pairs: &Pairs) -> &str {
    let asked = value(pairs, "dalej").unwrap_or_default();
    let plain = !asked.is_empty() && asked.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
    if plain { asked } else { "poczatek" }
}

/// The places of a posted form that codes are cleared of, each with the number of the last decision that was seen.
///
/// # Errors
/// [`Refused::Input`] when the form was tampered with.
pub(super) fn orphans(pairs: &Pairs) -> Result<Vec<(Place, i32)>, Refused> {
    let all = value(pairs, "zakres") == Some("wszystkie");
    let posted = values(pairs, if all { "kazda" } else { "zaznaczona" });
    let read = |text: &str| decision(text, &[]).map(|one| (one.place, one.seen)).ok_or_else(unreadable);
    posted.map(read).collect()
}

/// Codes in words, for tables.
pub(super) fn printed(codes: &str) -> String {
    split(codes).join(", ").to_uppercase()
}
