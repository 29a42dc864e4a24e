//! Invented public lists of the kinds and numbers of Table 1 of the report of 2024, read in like real ones. They are
//! marked as made up; their employers are those of the invented answers, so that the list decides 28 of 33 jobs.

use std::fmt::Write as _;

use chrono::{Days, NaiveDate};
use store::EndVerdict;
use survey::entities::List;

use super::edition;
use super::synthetic::enterprises::social_employers;
use crate::service::entities::NewList;
use crate::service::{COMMAND, Refused, Service};

const SOURCE: &str = "lista wymyślona na pokaz";
const HEADER: &str = "Nazwa;NIP;KRS;Rodzaj;Siedziba;Status od;Status do;Data założenia\n";

/// How many entities of a list stayed, came and ended in 2024.
struct Moves {
    list: List,
    stayed: usize,
    came: usize,
    ended: usize,
}

const fn moves(list: List, stayed: usize, came: usize, ended: usize) -> Moves {
    Moves { list, stayed, came, ended }
}

/// Printed in Table 1: CIS 17 and 17 (three new ones all the same), KIS 19 and 21, WTZ 87 and 88, ZAZ 10 and 10, social
/// cooperatives 157 and 150, non-profit companies 29 and 32, social enterprises 48 and 74.
const LISTS: [Moves; 7] = [
    moves(List::Cis, 14, 3, 3),
    moves(List::Kis, 19, 2, 0),
    moves(List::SocialCooperative, 150, 0, 7),
    moves(List::NonProfitCompany, 29, 3, 0),
    moves(List::Wtz, 87, 1, 0),
    moves(List::Zaz, 10, 0, 0),
    moves(List::Ps, 48, 26, 0),
];

/// Social enterprises that were founded in the last two years: 68 of 74 are older.
const YOUNG: usize = 6;

const SEATS: [&str; 6] = ["Warszawa", "Płock", "Radom", "Siedlce", "Ostrołęka", "Ciechanów"];

/// Reads the lists of two days in and decides about the one entity that vanishes without a last day.
pub(super) fn load(service: &Service) -> Result<(), Refused> {
    let programme = service.programme(&edition().programme)?;
    for (order, moves) in LISTS.iter().enumerate() {
        for (year, text) in [(2023, first(moves, order)), (2024, second(moves, order))] {
            let as_of = day(year, 12, 31);
            let file_name = format!("{}-{year}.csv", moves.list.as_str());
            let bytes = text.as_bytes();
            let new = NewList {
                list: moves.list,
                as_of,
                source: SOURCE,
                file_name: &file_name,
                bytes,
                synthetic: true,
            };
            service.entities_import(COMMAND, &programme, &new, false)?;
        }
    }
    decide(service)
}

/// The cooperative that the second list leaves out: its end is a decision, not a silence.
fn decide(service: &Service) -> Result<(), Refused> {
    let all = service.entities(&edition(), (None, None))?;
    for roll in &all.rolls {
        for (id, standing) in roll.ids.iter().zip(&roll.standings) {
            if standing.vanished.is_some() {
                let ended = (EndVerdict::Ended, Some(day(2024, 11, 30)));
                service.entity_end(COMMAND, &edition(), *id, 0, ended, "wykreślona z KRS (przykład)")?;
            }
        }
    }
    Ok(())
}

/// Who was there at the end of 2023.
fn first(moves: &Moves, order: usize) -> String {
    let mut text = HEADER.to_owned();
    (0..moves.stayed + moves.ended).for_each(|serial| row(&mut text, moves, order, serial, None));
    text
}

/// Who was there in 2024, those with a last day included; the last of those that ended is simply not there.
fn second(moves: &Moves, order: usize) -> String {
    let mut text = HEADER.to_owned();
    let there = moves.stayed + moves.ended;
    let silent = usize::from(moves.list == List::SocialCooperative);
    for serial in 0..there - silent {
        let ended = (serial >= moves.stayed)
            .then(|| day(2024, 3, 31) + Days::new(20 * (serial - moves.stayed) as u64));
        row(&mut text, moves, order, serial, ended);
    }
    (there..there + moves.came).for_each(|serial| row(&mut text, moves, order, serial, None));
    text
}

fn row(text: &mut String, moves: &Moves, order: usize, serial: usize, ended: Option<NaiveDate>) {
    let came = serial >= moves.stayed + moves.ended;
    let employers = if moves.list == List::Ps { social_employers() } else { Vec::new() };
    let (name, number) = employers.get(serial).map_or_else(
        || (invented(moves.list, serial), nip(order * 1000 + serial)),
        |(name, number)| ((*name).to_owned(), number.clone()),
    );
    let (nip, krs) = if number.starts_with("000") { ("", number.as_str()) } else { (number.as_str(), "") };
    let spread = Days::new((serial % 200) as u64);
    let from = if came { day(2024, 2, 1) } else { day(2023, 2, 1) } + spread;
    let young = moves.list == List::Ps && serial >= moves.stayed + moves.ended + moves.came - YOUNG;
    let founded = day(if young { 2023 } else { 2012 }, 1, 15) + spread;
    let seat = SEATS[serial % SEATS.len()];
    let until = ended.map(|day| day.to_string()).unwrap_or_default();
    let kind = moves.list.polish();
    // Writing into a text cannot fail.
    let _ = writeln!(text, "{name};{nip};{krs};{kind};{seat};{from};{until};{founded}");
}

fn invented(list: List, serial: usize) -> String {
    let what = match list {
        List::Cis => "Centrum Integracji Społecznej",
        List::Kis => "Klub Integracji Społecznej",
        List::Wtz => "Warsztat Terapii Zajęciowej",
        List::Zaz => "Zakład Aktywności Zawodowej",
        List::SocialCooperative => "Spółdzielnia Socjalna",
        List::NonProfitCompany => "Spółka non profit",
        List::Ps => "Przedsiębiorstwo Społeczne",
    };
    format!("{what} „Przykład {}”", serial + 1)
}

/// A NIP that passes the check and begins with 101, which is no tax office.
fn nip(serial: usize) -> String {
    let weights = [6, 5, 7, 2, 3, 4, 5, 6, 7];
    let checked = (0..).find_map(|step| {
        let first = format!("101{:06}", serial * 9 + step);
        let sum: u32 =
            first.chars().zip(weights).filter_map(|(c, weight)| Some(c.to_digit(10)? * weight)).sum();
        (sum % 11 < 10).then(|| format!("{first}{}", sum % 11))
    });
    checked.expect("ten in eleven numbers have a check digit")
}

fn day(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).expect("a day of the calendar")
}
