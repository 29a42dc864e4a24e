//! Who did not answer, how that differs by group, and what it may have moved.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use form::number::Rational;
use store::{Edition, Tx};
use survey::programme::FigureRules;
use survey::{InvitationId, Timestamp};
use tally::publish::{self, Size};
use tally::{By, Counts, Noun, Stratified, Stratum, Turnout, Weight};

use super::breakdowns::{self, Names};
use super::counting::Source;
use super::programmes::Known;
use super::{EditionName, Refused, Service};

/// The response to one questionnaire.
#[derive(Debug, Clone)]
pub struct Response {
    /// `form_id`.
    pub form: String,
    /// All that were asked.
    pub whole: Turnout,
    /// By each attribute: its name and its groups.
    pub groups: Vec<Grouped>,
    /// What weighing by kind would make of the main measures.
    pub weighed: Vec<Weighed>,
    /// The sentence for the annex; names no group that may not be shown.
    pub sentence: String,
    /// Submissions by day: first ones of an office, and how many offices had sent by then.
    pub curve: Vec<Day>,
    /// Units without a counted answer, in their order. For the panel only.
    pub missing: Vec<Missing>,
    /// Rules of the programme: of how many a percentage is given, and how small groups stay inside.
    pub rules: FigureRules,
}

/// The response by one attribute.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Grouped {
    /// Code of the attribute.
    pub attribute: String,
    /// Its name.
    pub name: String,
    /// Its groups, each with whether it may be shown outside of the panel.
    pub groups: Vec<(Weight, bool)>,
}

/// A main measure as it is and as it would be weighed by kind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Weighed {
    /// Name of the measure.
    pub measure: String,
    /// What it says.
    pub label: String,
    /// The share that is printed everywhere.
    pub share: Option<Rational>,
    /// The same weighed: an illustration.
    pub weighed: Option<Rational>,
    /// Units asked in kinds that could not be weighed.
    pub left_out: u64,
}

/// A day of the response curve.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Day {
    /// The local date.
    pub day: NaiveDate,
    /// Offices that sent for the first time.
    pub new: u64,
    /// Offices that have sent until the end of the day.
    pub total: u64,
}

/// A unit that has no counted answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Missing {
    /// Its name.
    pub name: String,
    /// Its code.
    pub code: String,
    /// Its kind, in words.
    pub kind: String,
    /// Its powiat.
    pub powiat: Option<String>,
}

/// What is known of every questionnaire before one is looked at.
struct Ground<'a> {
    programme: &'a Known,
    names: &'a Names,
    first: &'a BTreeMap<InvitationId, Timestamp>,
    counted: &'a BTreeSet<InvitationId>,
}

impl Service {
    /// The response to each questionnaire of an edition.
    ///
    /// # Errors
    /// [`Refused::UnknownEdition`].
    pub fn nonresponse(&self, name: &EditionName) -> Result<Vec<Response>, Refused> {
        self.store.read("nonresponse", |tx| self.read_nonresponse(tx, name))
    }

    /// The same inside a transaction that is open already.
    pub(super) fn read_nonresponse(
        &self,
        tx: &mut Tx<'_>,
        name: &EditionName,
    ) -> Result<Vec<Response>, Refused> {
        let (programme, edition) = self.edition_in(tx, name)?;
        let frame = breakdowns::frame(tx, &programme, &edition)?;
        let times = tx.submission_times(programme.scope(), edition.id)?;
        let mut first = BTreeMap::new();
        let mut counted = BTreeSet::new();
        for (invitation, at, counts) in times {
            first.entry(invitation).or_insert(at);
            counted.extend(counts.then_some(invitation));
        }
        let known = Ground { programme: &programme, names: &frame.names, first: &first, counted: &counted };
        let mut responses = Vec::new();
        for source in self.sources(tx, &programme, &edition)? {
            let asked = frame.of(&source.form);
            let mut found = self.with_counts(tx, &programme, &edition, &source, &asked, |counts| {
                response(&known, &source, counts)
            })?;
            walk(tx, &known, &edition, &mut found)?;
            responses.push(found);
        }
        Ok(responses)
    }
}

fn response(known: &Ground<'_>, source: &Source, counts: Counts<'_>) -> Response {
    let sizes = sizes(counts);
    let whole = turnout("wszystkie", sizes.values());
    let attributes: Vec<&str> = known.names.attributes.iter().map(|(code, _)| code.as_str()).collect();
    let rules = &known.programme.declared.figures;
    let permits = publish::permits(&sizes, &attributes, rules.smallest_group);
    let grouped = |(attribute, name): &(String, String)| {
        let (values, groups) = groups(&sizes, attribute, known.names);
        let allowed =
            values.iter().map(|value| permits.allow(&BTreeMap::from([(attribute.clone(), value.clone())])));
        let groups = tally::weights(&groups, rules.smallest_base).into_iter().zip(allowed).collect();
        Grouped { attribute: attribute.clone(), name: name.clone(), groups }
    };
    let grouped: Vec<Grouped> = known.names.attributes.iter().map(grouped).collect();
    let kinds = grouped.iter().find(|one| one.attribute == "kind").map_or(&[][..], |one| &one.groups);
    let named: Vec<Turnout> =
        kinds.iter().filter(|(_, is_shown)| *is_shown).map(|(weight, _)| weight.turnout.clone()).collect();
    let is_all = named.len() == kinds.len();
    Response {
        sentence: tally::annex(
            &whole,
            &noun(known.programme, &source.form),
            &named,
            is_all,
            rules.smallest_base,
        ),
        form: source.form.clone(),
        whole,
        groups: grouped,
        weighed: weighed(known.programme, source, counts),
        curve: Vec::new(),
        missing: Vec::new(),
        rules: rules.clone(),
    }
}

impl Response {
    /// The curve for readers outside: days on which few sent stand together with later ones, because a day is a group
    /// of offices too. None where fewer than a group answered at all.
    #[must_use]
    pub fn told_curve(&self) -> Vec<Day> {
        let least = self.rules.smallest_group.max(1);
        let (mut told, mut new): (Vec<Day>, u64) = (Vec::new(), 0);
        for day in &self.curve {
            new += day.new;
            if new >= least {
                told.push(Day { new, ..*day });
                new = 0;
            }
        }
        // The last ones stand with those before them.
        if let Some((last, newest)) = told.last_mut().zip(self.curve.last()) {
            *last = Day { day: newest.day, new: last.new + new, total: newest.total };
        }
        told
    }
}

/// Asked and answered by stratum.
fn sizes(counts: Counts<'_>) -> BTreeMap<Stratum, Size> {
    let asked = counts.asked.iter();
    let mut sizes: BTreeMap<Stratum, Size> =
        asked.map(|(stratum, asked)| (stratum.clone(), Size { asked: *asked, ..Size::default() })).collect();
    for (stratum, answered, _) in counts.tally.counted("") {
        sizes.entry(stratum.clone()).or_default().answered = answered;
    }
    sizes
}

fn turnout<'a>(name: &str, sizes: impl Iterator<Item = &'a Size>) -> Turnout {
    let size = publish::sum(sizes.copied());
    Turnout { name: name.to_owned(), asked: size.asked, answered: size.answered }
}

fn groups(
    sizes: &BTreeMap<Stratum, Size>,
    attribute: &str,
    names: &Names,
) -> (Vec<tally::Value>, Vec<Turnout>) {
    let mut found: BTreeMap<tally::Value, Vec<&Size>> = BTreeMap::new();
    for (stratum, size) in sizes {
        found.entry(stratum.get(attribute).cloned()).or_default().push(size);
    }
    let named = |(value, sizes): (tally::Value, Vec<&Size>)| {
        let name = names.value(attribute, value.as_deref());
        (value, turnout(&name, sizes.into_iter()))
    };
    found.into_iter().map(named).unzip()
}

fn noun(programme: &Known, form: &str) -> Noun {
    let words = programme.declared.questionnaire(form).map(|one| [&one.one, &one.few, &one.many]);
    match words {
        Some([one, few, many]) => Noun { one: one.clone(), few: few.clone(), many: many.clone() },
        None => Noun { one: "jednostka".into(), few: "jednostki".into(), many: "jednostek".into() },
    }
}

/// The main measures of the programme, weighed by kind.
fn weighed(programme: &Known, source: &Source, counts: Counts<'_>) -> Vec<Weighed> {
    let by = By { rows: "kind".into(), ..By::default() };
    let main = programme.declared.figures.main.iter();
    let own = main.filter_map(|key| source.plan.measure(key.strip_prefix(&format!("{}.", source.form))?));
    own.map(|measure| {
        let table = tally::cross(counts, measure, &by);
        let kinds: Vec<Stratified> = table
            .row_totals
            .iter()
            .map(|cell| Stratified {
                asked: cell.asked,
                numerator: cell.reading.numerator.unwrap_or_default(),
                base: cell.reading.base.unwrap_or_default(),
            })
            .collect();
        let (weighed, left_out) = tally::weighted(&kinds);
        let share = table.total.reading.percentage(programme.declared.figures.smallest_base).cloned();
        Weighed {
            measure: measure.name.clone(),
            label: measure.label.clone(),
            weighed: weighed.filter(|_| share.is_some()),
            share,
            left_out,
        }
    })
    .collect()
}

/// The curve, and who is missing.
fn walk(tx: &mut Tx<'_>, known: &Ground<'_>, edition: &Edition, found: &mut Response) -> Result<(), Refused> {
    let zone = known.programme.zone();
    let mut days: BTreeMap<NaiveDate, u64> = BTreeMap::new();
    breakdowns::each_invitation(tx, known.programme.scope(), edition, |invitation| {
        if invitation.form_id != found.form {
            return;
        }
        if let Some(at) = known.first.get(&invitation.id) {
            *days.entry(zone.date(*at)).or_insert(0) += 1;
        }
        if !known.counted.contains(&invitation.id) {
            found.missing.push(Missing {
                kind: known.names.value("kind", Some(&invitation.kind)),
                name: invitation.unit_name,
                code: invitation.unit_code,
                powiat: invitation.powiat,
            });
        }
    })?;
    let mut total = 0;
    for (day, new) in days {
        total += new;
        found.curve.push(Day { day, new, total });
    }
    Ok(())
}
