//! Jobs that offices report beside a public list: did the employer have the status when the job was made? The office's
//! own answer is never changed; both stand side by side.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use form::polish;

use super::{Krs, Nip, Standing};
use crate::collate::fold;

/// What the office itself says of the status.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answer {
    /// The employer had it.
    Yes,
    /// It had not.
    No,
    /// The office does not know.
    Unknown,
}

/// Jobs at one employer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JobRow {
    /// Name of the employer.
    pub name: String,
    /// NIP or KRS as typed, or as an analyst completed it; may be empty.
    pub number: String,
    /// First day on which the jobs can have been made.
    pub from: NaiveDate,
    /// Last such day.
    pub to: NaiveDate,
    /// What the office says.
    pub answer: Answer,
    /// How many jobs.
    pub jobs: u64,
}

/// What the list says of the jobs of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// The employer had the status.
    Yes,
    /// It had not.
    No,
    /// It had it on some of the days in question, or its status is being cleared up.
    Partly,
    /// The employer cannot be recognised.
    Unrecognised,
}

/// A row beside the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Weighed {
    /// What the list says.
    pub verdict: Verdict,
    /// Position of the entity in the register.
    pub entity: Option<usize>,
    /// Whether only its name led to it.
    pub by_name: bool,
}

impl Weighed {
    /// Whether office and list say different things; an office that does not know says nothing.
    pub fn differs(&self, answer: Answer) -> bool {
        matches!((self.verdict, answer), (Verdict::Yes, Answer::No) | (Verdict::No, Answer::Yes))
    }
}

/// The entities of a list by what jobs may name them with.
#[derive(Debug)]
pub struct Register<'a> {
    standings: &'a [Standing],
    by_number: BTreeMap<&'a str, usize>,
    /// Folded name, and the entity when only one has it.
    by_name: BTreeMap<String, Option<usize>>,
}

impl<'a> Register<'a> {
    /// The register of these entities.
    pub fn of(standings: &'a [Standing]) -> Self {
        let (mut by_number, mut by_name) = (BTreeMap::new(), BTreeMap::new());
        for (place, standing) in standings.iter().enumerate() {
            let numbers =
                [standing.said.nip.as_ref().map(Nip::as_str), standing.said.krs.as_ref().map(Krs::as_str)];
            for number in numbers.into_iter().flatten() {
                by_number.insert(number, place);
            }
            by_name.entry(fold(&standing.said.name)).and_modify(|known| *known = None).or_insert(Some(place));
        }
        Self { standings, by_number, by_name }
    }

    fn find(&self, row: &JobRow) -> Found {
        let named = self.by_name.get(&fold(&row.name)).copied().flatten();
        let nip = Nip::parse(&row.number).map(|nip| nip.as_str().to_owned());
        let number = nip.or_else(|| Krs::parse(&row.number).map(|krs| krs.as_str().to_owned()));
        match (number, named) {
            (Some(number), named) => match (self.by_number.get(number.as_str()), named) {
                (Some(place), _) => Found::ByNumber(*place),
                // The list may know this name under the other of its two numbers.
                (None, Some(place)) if self.lacks_a_number(place, &number) => Found::ByName(place),
                (None, Some(_)) => Found::Nobody,
                (None, None) => Found::NotListed,
            },
            (None, Some(place)) => Found::ByName(place),
            (None, None) => Found::Nobody,
        }
    }

    fn lacks_a_number(&self, place: usize, number: &str) -> bool {
        let said = &self.standings[place].said;
        if number.starts_with("000") { said.krs.is_none() } else { said.nip.is_none() }
    }
}

enum Found {
    ByNumber(usize),
    ByName(usize),
    /// It has a number, and the list does not have it.
    NotListed,
    Nobody,
}

/// What the list says of the jobs of a row. An employer with a number that the list does not have had no status; one
/// without a number is looked for by its exact name.
pub fn weigh(row: &JobRow, register: &Register<'_>) -> Weighed {
    let (entity, by_name) = match register.find(row) {
        Found::ByNumber(place) => (place, false),
        Found::ByName(place) => (place, true),
        Found::NotListed => return Weighed { verdict: Verdict::No, entity: None, by_name: false },
        Found::Nobody => return Weighed { verdict: Verdict::Unrecognised, entity: None, by_name: false },
    };
    let verdict = match register.standings[entity].status_between(row.from, row.to) {
        Some(true) => Verdict::Yes,
        Some(false) => Verdict::No,
        None => Verdict::Partly,
    };
    Weighed { verdict, entity: Some(entity), by_name }
}

/// All jobs beside the list.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Jobs {
    /// All jobs that offices report.
    pub total: u64,
    /// Those that offices say were at an employer with the status.
    pub by_answer: u64,
    /// Those that the list confirms.
    pub by_list: u64,
    /// Those at an employer that had the status on some of the days in question.
    pub partly: u64,
    /// Those whose employer cannot be recognised.
    pub unrecognised: u64,
}

impl Jobs {
    /// Takes one row in.
    pub fn put(&mut self, row: &JobRow, weighed: Weighed) {
        self.total += row.jobs;
        self.by_answer += if row.answer == Answer::Yes { row.jobs } else { 0 };
        match weighed.verdict {
            Verdict::Yes => self.by_list += row.jobs,
            Verdict::No => {}
            Verdict::Partly => self.partly += row.jobs,
            Verdict::Unrecognised => self.unrecognised += row.jobs,
        }
    }

    /// Takes in what an office reports as numbers without employers.
    pub fn put_numbers(&mut self, total: u64, by_answer: u64) {
        self.total += total;
        self.by_answer += by_answer;
        self.unrecognised += total;
    }

    /// The line that reconciles the numbers.
    pub fn sentence(&self) -> String {
        let unknown =
            polish::plural_of(self.unrecognised, "nierozpoznane", "nierozpoznane", "nierozpoznanych");
        let mut line = format!(
            "{} ogółem, w tym {} w PS według ankiety, {} według rejestru, {} {unknown}",
            self.total, self.by_answer, self.by_list, self.unrecognised
        );
        if self.partly > 0 {
            line += &format!(", {} z PS, które miało status tylko przez część okresu", self.partly);
        }
        line + "."
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Mention, Said};
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn enterprise(name: &str, nip: &str, krs: &str, from: &str) -> Standing {
        let said = Said {
            nip: Nip::parse(nip),
            krs: Krs::parse(krs),
            name: name.into(),
            kind: String::new(),
            seat: String::new(),
            status_from: from.parse().ok(),
            status_to: None,
            founded_on: None,
        };
        Standing::of(vec![Mention { as_of: day("2024-12-31"), said }], &[day("2024-12-31")], None).unwrap()
    }

    fn row(name: &str, number: &str, answer: Answer, jobs: u64) -> JobRow {
        JobRow {
            name: name.into(),
            number: number.into(),
            from: day("2024-01-01"),
            to: day("2024-12-31"),
            answer,
            jobs,
        }
    }

    #[test]
    fn numbers_decide_first_then_the_exact_name_and_the_days() {
        let all = [
            enterprise("Spółdzielnia „Robota”", "5252248481", "", "2023-03-01"),
            enterprise("Fundacja Krok", "", "0000123456", "2024-06-01"),
            enterprise("Fundacja Most", "", "", "2023-03-01"),
        ];
        let register = Register::of(&all);
        let weighed = |row: &JobRow| weigh(row, &register);
        let by_number = weighed(&row("Inna nazwa", "525-224-84-81", Answer::No, 1));
        assert_eq!((by_number.verdict, by_number.entity, by_number.by_name), (Verdict::Yes, Some(0), false));
        assert!(by_number.differs(Answer::No) && !by_number.differs(Answer::Unknown));
        assert_eq!(weighed(&row("Fundacja Krok", "123456", Answer::Yes, 1)).verdict, Verdict::Partly);
        let later = JobRow {
            from: day("2024-06-01"),
            to: day("2024-06-30"),
            ..row("Fundacja Krok", "123456", Answer::Yes, 1)
        };
        assert_eq!(weighed(&later).verdict, Verdict::Yes);
        let by_name = weighed(&row("FUNDACJA „MOST”", "", Answer::Yes, 1));
        assert_eq!((by_name.verdict, by_name.by_name), (Verdict::Yes, true));
        assert_eq!(weighed(&row("Ktoś", "1060000062", Answer::Yes, 1)).verdict, Verdict::No);
        assert_eq!(weighed(&row("Ktoś", "", Answer::Yes, 1)).verdict, Verdict::Unrecognised);
        // The number belongs to nobody on the list, the name does: a person looks.
        assert_eq!(
            weighed(&row("Spółdzielnia Robota", "1060000062", Answer::Yes, 1)).verdict,
            Verdict::Unrecognised
        );
    }

    #[test]
    fn the_line_reconciles_thirty_three_and_twenty_eight() {
        let all = [enterprise("Spółdzielnia", "5252248481", "", "2023-03-01")];
        let register = Register::of(&all);
        let mut jobs = Jobs::default();
        for row in [
            row("Spółdzielnia", "5252248481", Answer::Yes, 28),
            row("Inna", "1060000062", Answer::Unknown, 3),
        ] {
            let weighed = weigh(&row, &register);
            jobs.put(&row, weighed);
        }
        jobs.put_numbers(2, 0);
        let expected = "33 ogółem, w tym 28 w PS według ankiety, 28 według rejestru, 2 nierozpoznane.";
        assert_eq!(jobs.sentence(), expected);
    }
}
