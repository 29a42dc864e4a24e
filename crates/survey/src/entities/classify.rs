//! The outcome of every row of a list.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use form::polish::{self, DateTrouble, read_date};

use super::columns::{self, Columns};
use super::{Krs, List, Nip, Outcome, Said, Standing, Verdict};
use crate::collate::fold;
use crate::register::{Cell, RawRow};

/// Words with which a row begins that is no entity.
const FURNITURE: [&str; 6] = ["razem", "ogolem", "suma", "zrodlo", "stan na", "uwaga"];
/// What people write instead of a last day.
const OPEN: [&str; 5] = ["bezterminowo", "nadal", "obecnie", "trwa", "brak"];

/// Of several sheets the first one with a header that a list can be read by.
pub fn choose_sheet(sheets: &[&[RawRow]]) -> Option<usize> {
    sheets.iter().position(|rows| columns::find(rows).is_some())
}

/// One outcome per physical row, then one per known entity that is missing. `known` are the entities of this list;
/// `as_of` is the day that the list shows. `None` when there is no header.
pub fn classify(rows: &[RawRow], list: List, as_of: NaiveDate, known: &[Standing]) -> Option<Vec<Outcome>> {
    let (header, columns) = columns::find(rows)?;
    let mut outcomes: Vec<Outcome> =
        rows.iter().enumerate().map(|(place, row)| read(place, row, header, &columns)).collect();
    Matching { list, as_of, known, numbers: numbers_of(&outcomes) }.decide(&mut outcomes);
    let vanished = missing(&outcomes, as_of, known);
    outcomes.extend(vanished);
    Some(outcomes)
}

/// Reads a row by itself. A row that could be read is `New` until it is compared with what is known.
fn read(place: usize, row: &RawRow, header: usize, columns: &Columns) -> Outcome {
    let outcome = |verdict, said, notes| Outcome { line: Some(row.line), verdict, known: None, said, notes };
    if place == header {
        return outcome(Verdict::Header, None, Vec::new());
    }
    let of = |column: Option<usize>| column.map(|column| row.cell(column)).filter(|cell| !cell.is_blank());
    let first = row.distinct().first().map(|text| fold(text)).unwrap_or_default();
    let is_furniture = FURNITURE.iter().any(|word| first.starts_with(word));
    if place < header
        || row.distinct().len() < 2
        || (is_furniture && of(columns.nip).is_none_or(|cell| Nip::parse(&cell.text()).is_none()))
    {
        return outcome(Verdict::Ignore, None, Vec::new());
    }
    let mut reader = Reader { notes: Vec::new(), broken: false };
    let (nip, krs) = reader.numbers(of(columns.nip), of(columns.krs));
    let text = |column| of(column).map(|cell| one_line(&cell.text())).unwrap_or_default();
    let said = Said {
        nip,
        krs,
        name: text(columns.name),
        kind: text(columns.kind),
        seat: text(columns.seat),
        status_from: reader.day(of(columns.from), "początek statusu"),
        status_to: reader.day(of(columns.to), "koniec statusu"),
        founded_on: reader.founding(of(columns.founded)),
    };
    reader.check(&said);
    outcome(if reader.broken { Verdict::Error } else { Verdict::New }, Some(said), reader.notes)
}

/// Reads cells and remembers what is wrong with them.
struct Reader {
    notes: Vec<String>,
    broken: bool,
}

impl Reader {
    fn breaks(&mut self, note: String) {
        self.notes.push(note);
        self.broken = true;
    }

    /// A bad number is left out where the other one is good.
    fn numbers(&mut self, nip: Option<&Cell>, krs: Option<&Cell>) -> (Option<Nip>, Option<Krs>) {
        let (nip_text, krs_text) = (nip.map(Cell::text), krs.map(Cell::text));
        let read_nip = nip_text.as_deref().and_then(Nip::parse);
        // One column may hold either of the two.
        let either = nip_text.as_deref().filter(|text| text.trim().starts_with("000"));
        let read_krs = krs_text.as_deref().or(either).and_then(Krs::parse);
        let bad_nip =
            nip_text.as_deref().filter(|_| read_nip.is_none() && (either.is_none() || read_krs.is_none()));
        let bad_krs = krs_text.as_deref().filter(|_| read_krs.is_none());
        let none = read_nip.is_none() && read_krs.is_none();
        let bad =
            bad_nip
                .map(|text| format!("NIP „{}” nie ma 10 cyfr albo ma złą cyfrę kontrolną.", text.trim()))
                .into_iter()
                .chain(bad_krs.map(|text| {
                    format!("„{}” nie jest numerem KRS (10 cyfr, na początku 000).", text.trim())
                }));
        for note in bad {
            if none {
                self.breaks(note)
            } else {
                self.notes.push(format!("{note} Przyjęto bez tego numeru."))
            }
        }
        (read_nip, read_krs)
    }

    fn day(&mut self, cell: Option<&Cell>, what: &str) -> Option<NaiveDate> {
        let text = cell?.text();
        if OPEN.contains(&fold(&text).as_str()) {
            return None;
        }
        match day_of(&text) {
            Ok(day) => Some(day),
            Err(_) => {
                self.breaks(format!(
                    "{what}: „{}” nie jest datą (na przykład 2024-01-31 albo 31.01.2024).",
                    text.trim()
                ));
                None
            }
        }
    }

    /// Only the year is taken for its last day, so that nobody is made older than they are.
    fn founding(&mut self, cell: Option<&Cell>) -> Option<NaiveDate> {
        let text = cell?.text();
        let year = text.trim().parse().ok().filter(|year| (1900..2100).contains(year));
        if let Some(day) = year.and_then(|year| NaiveDate::from_ymd_opt(year, 12, 31)) {
            self.notes.push(format!("Data założenia: podano sam rok, przyjęto {day}."));
            return Some(day);
        }
        day_of(&text)
            .map_err(|_| self.notes.push(format!("Data założenia „{}” pominięta: to nie data.", text.trim())))
            .ok()
    }

    fn check(&mut self, said: &Said) {
        if said.name.is_empty() {
            self.breaks("Brak nazwy podmiotu.".into());
        }
        if let (Some(from), Some(to)) = (said.status_from, said.status_to)
            && from > to
        {
            self.breaks(format!("Status kończy się ({to}), zanim się zaczął ({from})."));
        }
        if said.nip.is_none() && said.krs.is_none() && !self.broken {
            self.notes.push("Bez NIP i KRS: rozpoznawany tylko po nazwie.".into());
        }
    }
}

fn day_of(text: &str) -> Result<NaiveDate, DateTrouble> {
    let text = text.trim().trim_end_matches("r.").trim();
    read_date(text.split([' ', 'T']).next().unwrap_or(text))
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// How many rows of the file have a number.
fn numbers_of(outcomes: &[Outcome]) -> BTreeMap<String, usize> {
    let mut count = BTreeMap::new();
    for said in outcomes.iter().filter(|o| o.verdict == Verdict::New).filter_map(|o| o.said.as_ref()) {
        numbers(said).for_each(|number| *count.entry(number.to_owned()).or_default() += 1);
    }
    count
}

fn numbers(said: &Said) -> impl Iterator<Item = &str> {
    said.nip.as_ref().map(Nip::as_str).into_iter().chain(said.krs.as_ref().map(Krs::as_str))
}

/// Compares rows with what is known and with each other.
struct Matching<'a> {
    list: List,
    as_of: NaiveDate,
    known: &'a [Standing],
    numbers: BTreeMap<String, usize>,
}

impl Matching<'_> {
    fn decide(&self, outcomes: &mut [Outcome]) {
        let mut seen: BTreeMap<Result<usize, (Vec<String>, String)>, Said> = BTreeMap::new();
        for outcome in outcomes.iter_mut().filter(|outcome| outcome.verdict == Verdict::New) {
            let Some(said) = outcome.said.clone() else { continue };
            match self.find(&said) {
                Err(note) => {
                    outcome.verdict = Verdict::Conflict;
                    outcome.notes.push(note);
                    continue;
                }
                Ok(known) => outcome.known = known,
            }
            let identity = outcome.known.ok_or_else(|| self.identity(&said));
            if let Some(before) = seen.get(&identity) {
                let same = *before == said;
                outcome.verdict = if same { Verdict::Duplicate } else { Verdict::Conflict };
                outcome.notes.push("Ten podmiot jest już w innym wierszu pliku.".into());
                continue;
            }
            if let Some(known) = outcome.known {
                self.compare(&self.known[known], &said, outcome);
            }
            seen.insert(identity, said);
        }
    }

    /// What a new entity is known by within the file: its numbers, and the name where one body runs several.
    fn identity(&self, said: &Said) -> (Vec<String>, String) {
        let all: Vec<String> = numbers(said).map(str::to_owned).collect();
        let by_name = all.is_empty() || self.runs_several();
        (all, if by_name { fold(&said.name) } else { String::new() })
    }

    /// Whether the numbers of the list are those of whoever runs an entity, so that several may share them.
    fn runs_several(&self) -> bool {
        matches!(self.list, List::Cis | List::Kis | List::Wtz | List::Zaz)
    }

    /// The known entity that a row is about, or why that cannot be said.
    fn find(&self, said: &Said) -> Result<Option<usize>, String> {
        let has = |place: &usize, number: &str| numbers(&self.known[*place].said).any(|own| own == number);
        let places = || 0..self.known.len();
        let with: Vec<Vec<usize>> =
            numbers(said).map(|number| places().filter(|place| has(place, number)).collect()).collect();
        let with: Vec<&Vec<usize>> = with.iter().filter(|places| !places.is_empty()).collect();
        let Some(first) = with.first() else { return Ok(self.by_name(said)) };
        let both: Vec<usize> =
            first.iter().copied().filter(|place| with.iter().all(|all| all.contains(place))).collect();
        let named = |place: &&usize| fold(&self.known[**place].said.name) == fold(&said.name);
        let alone = numbers(said).all(|number| self.numbers.get(number).is_none_or(|rows| *rows == 1));
        match (both.as_slice(), both.iter().find(named)) {
            ([], _) => Err("NIP i KRS należą do dwóch różnych podmiotów.".into()),
            (_, Some(place)) => Ok(Some(*place)),
            ([one], None) if alone || !self.runs_several() => Ok(Some(*one)),
            (_, None) if self.runs_several() => Ok(None),
            (_, None) => Err("Ten numer ma kilka znanych podmiotów, a żaden tej nazwy.".into()),
        }
    }

    /// The known entity of this name, where one of the two has no number.
    fn by_name(&self, said: &Said) -> Option<usize> {
        let bare = numbers(said).next().is_none();
        let fits = |standing: &Standing| bare || numbers(&standing.said).next().is_none();
        let name = fold(&said.name);
        self.known.iter().position(|standing| fits(standing) && fold(&standing.said.name) == name)
    }

    fn compare(&self, standing: &Standing, said: &Said, outcome: &mut Outcome) {
        outcome.verdict = Verdict::Unchanged;
        if self.as_of < standing.last_seen {
            outcome.notes.push(format!("Podmiot jest znany z nowszej listy ({}).", standing.last_seen));
            return;
        }
        let old = &standing.said;
        let mut changes = Vec::new();
        let mut text = |what: &str, old: &str, new: &str| {
            if old != new {
                changes.push(format!("{what}: było „{old}”, jest „{new}”."));
            }
        };
        text("Nazwa", &old.name, &said.name);
        text("Rodzaj", &old.kind, &said.kind);
        text("Siedziba", &old.seat, &said.seat);
        let mut day = |what: &str, old: Option<NaiveDate>, new: Option<NaiveDate>| {
            if old != new {
                let words =
                    |day: Option<NaiveDate>| day.map_or_else(|| "brak".to_owned(), polish::date_short);
                changes.push(format!("{what}: było {}, jest {}.", words(old), words(new)));
            }
        };
        day("Początek statusu", old.status_from, said.status_from);
        day("Koniec statusu", old.status_to, said.status_to);
        day("Data założenia", old.founded_on, said.founded_on.or(old.founded_on));
        if numbers(said).any(|number| numbers(old).all(|own| own != number)) {
            changes.push("Uzupełniono numer.".into());
        }
        if !changes.is_empty() {
            outcome.verdict = Verdict::Updated;
            outcome.notes.extend(changes);
        }
    }
}

/// The known entities that an earlier list showed with a status that goes on and that this one does not show.
fn missing(outcomes: &[Outcome], as_of: NaiveDate, known: &[Standing]) -> Vec<Outcome> {
    let open = |standing: &&Standing| {
        standing.last_seen < as_of && standing.periods.last().is_some_and(|period| period.to.is_none())
    };
    let gone = known.iter().enumerate().filter(|(_, standing)| open(standing));
    gone.filter(|(place, _)| !outcomes.iter().any(|outcome| outcome.known == Some(*place)))
        .map(|(place, standing)| Outcome {
            line: None,
            verdict: Verdict::Vanished,
            known: Some(place),
            said: Some(standing.said.clone()),
            notes: vec![format!(
                "Był na liście z {}, nie ma go na liście z {}. Proponowany ostatni dzień statusu: {}; decyzja w panelu.",
                standing.last_seen,
                as_of,
                as_of.pred_opt().unwrap_or(as_of)
            )],
        })
        .collect()
}

#[cfg(test)]
mod tests;
