//! Example answers of the year 2024: pure, repeatable, and counted out so that the measures give exactly the numbers of
//! the printed report. They are invented and no answers of the offices that they bear the names of.
//!
//! Offices are put into a drawn order, the quotas of `quotas` are dealt out to them section by section, and each
//! section writes the pages of all its offices at once, so that totals over offices are hit by construction.

mod deal;
mod desk;
mod dice;
mod documents;
pub(super) mod enterprises;
mod events;
mod fields;
mod jst;
mod media;
mod names;
mod own_words;
mod people;
mod quotas;
mod texts;
mod up;

#[cfg(test)]
mod tests;

use std::collections::BTreeSet;

use crate::clock::Random;
use deal::Gates;
use desk::{Cohort, Desk};
use dice::Dice;
use fields::Fields;
use quotas::Section;
use texts::Remarks;
pub(super) use texts::codes_in;

/// One unit of the frame that can be given an answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Office {
    /// Its code in the register.
    pub code: String,
    /// Its name in the register.
    pub name: String,
    /// Its kind in the register.
    pub kind: String,
}

/// What one office types, page by page, as a browser would post it.
#[derive(Debug, Clone, PartialEq)]
pub struct Script {
    /// Code of the office.
    pub code: String,
    /// Which questionnaire: `jst` or `up`.
    pub form: String,
    /// When, as a part of the window: from 0 up to but without 1.
    pub moment: f64,
    /// The pages that it saves, in its order.
    pub pages: Vec<Page>,
    /// Whether it sends; else it stops after the last page.
    pub sent: bool,
}

/// One saved page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    /// Name of the section.
    pub section: String,
    /// Names and values of the inputs in the order of the page; a group of boxes names each ticked one. Hidden fields
    /// are left to the one who posts.
    pub fields: Vec<(String, String)>,
}

/// A questionnaire as the generator sees it.
struct Form {
    name: &'static str,
    sections: &'static [Section],
    sent: usize,
    unfinished: usize,
    /// The gates after which the closing remarks are not asked.
    without_closing: &'static [&'static str],
    remarks: Remarks,
    pages: fn(&str, &Cohort<'_>, &Desk<'_>) -> Vec<Fields>,
}

const JST: Form = Form {
    name: "jst",
    sections: &quotas::JST,
    sent: quotas::JST_SENT,
    unfinished: quotas::JST_UNFINISHED,
    without_closing: &["resis"],
    remarks: texts::JST_REMARKS,
    pages: jst::pages,
};

const UP: Form = Form {
    name: "up",
    sections: &quotas::UP,
    sent: quotas::UP_SENT,
    unfinished: quotas::UP_UNFINISHED,
    without_closing: &[],
    remarks: texts::UP_REMARKS,
    pages: up::pages,
};

/// The scripts of all offices that begin, in the order of their moments. Of the offices given, 135 local governments
/// and 35 labour offices send, 12 and 3 begin only, the others never do; the numbers hold when there are at least
/// that many. Offices with the same name as another one stay out, so that their own media differ.
pub fn scripts(jst: &[Office], up: &[Office], random: &dyn Random) -> Vec<Script> {
    let desk = Desk::new(Dice(random));
    let mut scripts = JST.scripts(jst, &desk);
    scripts.extend(UP.scripts(up, &desk));
    scripts.sort_by(|one, other| one.moment.total_cmp(&other.moment));
    scripts
}

impl Form {
    fn scripts(&self, units: &[Office], desk: &Desk<'_>) -> Vec<Script> {
        let mut order = of_different_names(units);
        desk.dice.shuffle(&mut order);
        // The report speaks of an answer of the voivodeship's labour office.
        order.sort_by_key(|office| office.kind != "WUP");
        let sent = self.sent.min(order.len());
        let begun = (sent + self.unfinished).min(order.len());
        let mut scripts = self.answers(&order[..sent], self.sections, desk);
        for (number, mut script) in self
            .answers(&order[sent..begun], &quotas::for_drafts(self.sections), desk)
            .into_iter()
            .enumerate()
        {
            stop(&mut script, number);
            scripts.push(script);
        }
        scripts
    }

    /// Whole answers of these offices, ready to be sent.
    fn answers(&self, offices: &[&Office], sections: &[Section], desk: &Desk<'_>) -> Vec<Script> {
        let gates = deal::gates(sections, offices, &desk.dice);
        let mut scripts: Vec<Script> = offices.iter().map(|office| self.begun(office, desk)).collect();
        for (script, gates) in scripts.iter_mut().zip(&gates) {
            script.add("bramki", first_questions(sections, gates));
        }
        for section in sections {
            let yes: Vec<usize> = (0..offices.len()).filter(|n| gates[*n][section.name] == "tak").collect();
            if yes.is_empty() {
                continue;
            }
            let cohort = Cohort {
                offices: yes.iter().map(|number| offices[*number]).collect(),
                amount: section.amount,
            };
            for (number, fields) in yes.iter().zip((self.pages)(section.name, &cohort, desk)) {
                scripts[*number].add(section.name, fields);
            }
        }
        for (script, gates) in scripts.iter_mut().zip(&gates) {
            if self.asks_for_remarks(gates)
                && let Some(fields) = own_words::closing(self.remarks, gates, desk)
            {
                script.add("zakonczenie", fields);
            }
        }
        scripts
    }

    fn begun(&self, office: &Office, desk: &Desk<'_>) -> Script {
        let mut script = Script {
            code: office.code.clone(),
            form: self.name.to_owned(),
            moment: moment(&desk.dice),
            pages: Vec::new(),
            sent: true,
        };
        script.add("kontakt", people::contact(office, &desk.dice));
        script
    }

    fn asks_for_remarks(&self, gates: &Gates) -> bool {
        gates.iter().any(|(section, answer)| *answer == "tak" && !self.without_closing.contains(section))
    }
}

impl Script {
    fn add(&mut self, section: &str, fields: Fields) {
        self.pages.push(Page { section: section.to_owned(), fields: fields.0 });
    }
}

/// The first office of each name: two units can have the same name and kind.
fn of_different_names(units: &[Office]) -> Vec<&Office> {
    let mut names = BTreeSet::new();
    units.iter().filter(|office| names.insert(tally::key(&office.genitive()))).collect()
}

/// The page with all gates, in the order of the form, and the declaration under them.
fn first_questions(sections: &[Section], gates: &Gates) -> Fields {
    let mut fields = Fields::default();
    for section in sections {
        fields.put(&format!("{}_czy", section.name), gates[section.name]);
    }
    fields.put("oswiadczenie", "OK");
    fields
}

/// Leaves an answer where people leave one: after the contact, after the first questions, in the middle, or right
/// before sending.
fn stop(script: &mut Script, number: usize) {
    script.sent = false;
    let kept = match number % 4 {
        0 => script.pages.len().div_ceil(2).max(2),
        1 => script.pages.len(),
        2 => 1,
        _ => 2,
    };
    script.pages.truncate(kept);
    if number % 4 != 1 {
        for page in &mut script.pages {
            page.fields.retain(|(name, _)| name != "oswiadczenie");
        }
    }
}

/// A moment in the window: many in the first days, many on the last ones, the rest in between.
fn moment(dice: &Dice<'_>) -> f64 {
    let (from, width) = match dice.below(100) {
        0..20 => (0.0, 0.15),
        20..78 => (0.1, 0.85),
        _ => (0.93, 0.07),
    };
    let part = u32::try_from(dice.below(1 << 20)).expect("twenty bits fit");
    from + width * f64::from(part) / f64::from(1_u32 << 20)
}
