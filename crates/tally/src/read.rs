//! From the tally to readings.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::sync::Arc;

use form::number::Rational;
use form::plan::{Base, Function, Measure, Plan};
use form::polish;
use form::{ChoiceList, CodeFrame, Model};
use num_bigint::BigInt;

use crate::amount::Amount;
use crate::bag::Bag;
use crate::cross::Counts;
use crate::look::{base_of, code_frame};
use crate::merges::Merges;
use crate::reading::{Figure, Frequency, Reading};
use crate::tally::{Stratum, Tally, View, above_zero};

/// Reads every measure of the plan, in its order, over everything counted.
///
/// `model` gives the labels of choices (the newest version of the questionnaire), `sent` is the number of
/// invitations not withdrawn.
pub fn read(model: &Model, plan: &Plan, tally: &Tally, merges: &Merges, sent: u64) -> Vec<Reading> {
    Reader { model, plan, merges, sent, view: tally.view(None) }.all()
}

/// The same over the strata that `wanted` accepts; `sent` must be counted over the same strata.
///
/// Costs a walk over the amounts of these strata, while [`read`] walks nothing.
pub fn read_where(
    model: &Model,
    plan: &Plan,
    tally: &Tally,
    merges: &Merges,
    sent: u64,
    wanted: impl Fn(&Stratum) -> bool,
) -> Vec<Reading> {
    Reader { model, plan, merges, sent, view: tally.view(Some(&wanted)) }.all()
}

/// One measure over the strata that `wanted` accepts, with the number of responses counted there.
pub(crate) fn read_one(
    counts: Counts<'_>,
    sent: u64,
    measure: &Measure,
    wanted: &dyn Fn(&Stratum) -> bool,
) -> (u64, Reading) {
    let Counts { model, plan, tally, merges, .. } = counts;
    let reader = Reader { model, plan, merges, sent, view: tally.view(Some(wanted)) };
    (reader.view.responses(), reader.one(measure))
}

struct Reader<'a> {
    model: &'a Model,
    plan: &'a Plan,
    merges: &'a Merges,
    sent: u64,
    view: View<'a>,
}

impl Reader<'_> {
    fn all(&self) -> Vec<Reading> {
        self.plan.measures.iter().map(|measure| self.one(measure)).collect()
    }

    fn one(&self, measure: &Measure) -> Reading {
        let amount = self.view.amount(&measure.name);
        let base_kind = base_of(measure);
        let base = base_kind.map(|base| self.base(base, &amount));
        let numerator = base.map(|_| above_zero(amount.numerator));
        let is_unknown = self.is_unknown(measure, &amount);
        let share = numerator.zip(base).and_then(|(part, whole)| share(part, whole)).filter(|_| !is_unknown);
        let share_text = |share: &Option<Rational>| match share {
            Some(share) => polish::percent(share, 0),
            None => "–".to_owned(),
        };
        let status = |count: i64| measure.of.as_ref().map(|_| above_zero(count));
        Reading {
            name: measure.name.clone(),
            label: measure.label.clone(),
            function: measure.function,
            value: if is_unknown { self.nothing(measure, &amount) } else { self.value(measure, &amount) },
            entries: (measure.function == Function::Distinct).then(|| above_zero(amount.hits)),
            numerator,
            denominator: base,
            base,
            base_kind,
            share_text: base.map(|_| share_text(&share)),
            share,
            answered: status(amount.statuses.answered),
            missing: status(amount.statuses.missing),
            dont_know: status(amount.statuses.dont_know),
            not_relevant: status(amount.statuses.not_relevant),
            unreadable: status(amount.statuses.unreadable),
            zero: status(amount.statuses.zero),
            rows: self.plan.rows_of(measure),
            caveat: measure.caveat.clone(),
        }
    }

    fn base(&self, base: Base, amount: &Amount) -> u64 {
        match base {
            Base::All => self.view.responses(),
            Base::Relevant | Base::Answered => above_zero(amount.base),
            Base::Sent => self.sent,
        }
    }

    /// Whether there is nothing to count: nobody answered, or whoever was asked gave no value. Where nobody was asked
    /// because it concerns nobody, a zero is a zero.
    fn is_unknown(&self, measure: &Measure, amount: &Amount) -> bool {
        let statuses = &amount.statuses;
        let is_silent = statuses.answered == 0 && statuses.missing + statuses.dont_know > 0;
        self.view.responses() == 0 || (measure.of.is_some() && is_silent)
    }

    /// What stands for the value where nothing was counted: tables keep their lines.
    fn nothing(&self, measure: &Measure, amount: &Amount) -> Figure {
        match measure.function {
            Function::Frequencies | Function::List => self.value(measure, amount),
            _ => Figure::Nothing,
        }
    }

    fn value(&self, measure: &Measure, amount: &Amount) -> Figure {
        let number = |value: Option<Rational>| value.map_or(Figure::Nothing, Figure::Number);
        match measure.function {
            Function::Count | Function::Share => Figure::Number(whole(amount.hits)),
            Function::Sum => Figure::Number(amount.sum.clone()),
            Function::Mean => number((amount.hits > 0).then(|| &amount.sum / BigInt::from(amount.hits))),
            Function::Median => number(amount.numbers.median()),
            Function::Min => number(amount.numbers.present().next().cloned()),
            Function::Max => number(amount.numbers.present().next_back().cloned()),
            Function::Distinct => Figure::Number(Rational::from_integer(
                self.merges.distinct(list_of(measure), &amount.things).into(),
            )),
            Function::Frequencies => Figure::Frequencies(self.frequencies(measure, amount)),
            Function::List => Figure::Texts(texts(amount)),
        }
    }

    /// Choices in the order of their list, then codes that the list does not hold (any more).
    fn frequencies(&self, measure: &Measure, amount: &Amount) -> Vec<Frequency> {
        let question = measure.question.as_deref().and_then(|name| self.model.question(name));
        let frame = question.and_then(|question| code_frame(question).map(|list| (question, list)));
        let (list, codes) = match frame {
            Some((question, list)) => {
                let coded = self.merges.coded(&question.name, &amount.open);
                if let Some(frame) = self.merges.frame_of(&question.name) {
                    return counted_codes(frame, &coded);
                }
                (self.model.choices.get(list).map(AsRef::as_ref), Cow::Owned(coded))
            }
            None => {
                (question.and_then(|question| self.model.list_of(question)), Cow::Borrowed(&amount.codes))
            }
        };
        counted(list, &codes)
    }
}

/// Codes in the order of the frame, retired ones only where they were given.
fn counted_codes(frame: &CodeFrame, codes: &Bag<Arc<str>>) -> Vec<Frequency> {
    let known =
        frame.codes.iter().filter(|code| code.retired.is_none() || codes.times(code.code.as_str()) > 0);
    let listed = known.map(|code| (code.code.as_str(), code.label.clone()));
    let others = codes.iter().map(|(code, _)| &**code).filter(|code| frame.code(code).is_none());
    listed
        .chain(others.map(|code| (code, code.to_owned())))
        .map(|(code, label)| Frequency { code: code.to_owned(), label, count: above_zero(codes.times(code)) })
        .collect()
}

fn counted(list: Option<&ChoiceList>, codes: &Bag<Arc<str>>) -> Vec<Frequency> {
    let choices = list.map_or(&[][..], |list| &list.choices);
    let known: BTreeSet<&str> = choices.iter().map(|choice| choice.name.as_str()).collect();
    // A don't-know choice is no value; it stands in the reading's own count.
    let offered = choices.iter().filter(|choice| !choice.dont_know);
    let listed = offered.map(|choice| (choice.name.as_str(), choice.label.plain()));
    let others = codes.iter().map(|(code, _)| &**code).filter(|code| !known.contains(code));
    listed
        .chain(others.map(|code| (code, code.to_owned())))
        .map(|(code, label)| Frequency { code: code.to_owned(), label, count: above_zero(codes.times(code)) })
        .collect()
}

/// The list that decisions about distinct things are kept under: the repeat or, outside of repeats, the question.
pub fn list_of(measure: &Measure) -> Option<&str> {
    measure.over.as_deref().or(measure.question.as_deref())
}

/// The part of a whole; none of an empty whole, and none where more than the whole is counted (the number of
/// invitations came from another moment than the tally).
fn share(part: u64, whole: u64) -> Option<Rational> {
    (whole > 0 && part <= whole).then(|| Rational::new(part.into(), whole.into()))
}

fn whole(count: i64) -> Rational {
    Rational::from_integer(above_zero(count).into())
}

fn texts(amount: &Amount) -> Vec<Arc<str>> {
    let lines = amount.lines.iter();
    lines.flat_map(|(line, times)| (0..above_zero(times)).map(move |_| Arc::clone(&line.text))).collect()
}

#[cfg(test)]
mod tests {
    use super::share;
    use form::polish::percent;

    #[test]
    fn shares_are_printed_half_up_from_exact_numbers() {
        let printed = |part, whole| percent(&share(part, whole).unwrap(), 0);
        assert_eq!(printed(61, 127), "48%");
        assert_eq!(printed(61, 135), "45%");
        assert_eq!(printed(8, 135), "6%");
        assert_eq!(printed(54, 135), "40%");
        assert_eq!(printed(1, 200), "1%");
        assert_eq!(printed(1, 201), "0%");
    }

    #[test]
    fn an_empty_or_too_small_base_has_no_share() {
        assert_eq!(share(0, 0), None);
        assert_eq!(share(3, 2), None);
    }
}
