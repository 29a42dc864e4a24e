//! Who answered and who did not, and whether it matters.

use form::number::Rational;
use form::polish;

/// A group of the frame with its answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Turnout {
    /// What the group is called.
    pub name: String,
    /// Units that were asked.
    pub asked: u64,
    /// Units whose answers are counted.
    pub answered: u64,
}

impl Turnout {
    /// The part that answered; none of a group that nobody is in.
    #[must_use]
    pub fn rate(&self) -> Option<Rational> {
        part(self.answered, self.asked)
    }

    /// The rate where enough units were asked for a percentage; of fewer only counts are given.
    #[must_use]
    pub fn percentage(&self, smallest_base: u64) -> Option<Rational> {
        self.rate().filter(|_| self.asked >= smallest_base)
    }

    /// `135 z 351`, with a percentage behind it, as `between` puts it, where enough units were asked: `, 38%`.
    #[must_use]
    pub fn words(&self, smallest_base: u64, between: impl Fn(&str) -> String) -> String {
        let counts = format!("{} z {}", polish::integer(self.answered), polish::integer(self.asked));
        match self.percentage(smallest_base) {
            Some(rate) => counts + &between(&polish::percent(&rate, 0)),
            None => counts,
        }
    }
}

/// A group compared: how large it is among all, and among those that answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Weight {
    /// The group.
    pub turnout: Turnout,
    /// Its part of all that were asked.
    pub of_frame: Option<Rational>,
    /// Its part of those that answered.
    pub of_answers: Option<Rational>,
    /// The second by the first, times 100: 100 where the group answered as often as all did.
    pub index: Option<Rational>,
}

/// Compares groups that do not overlap with the whole that they make up. Of fewer than `smallest_base` units nothing is
/// told as a part.
pub fn weights(groups: &[Turnout], smallest_base: u64) -> Vec<Weight> {
    let asked = groups.iter().map(|group| group.asked).sum();
    let answered = groups.iter().map(|group| group.answered).sum();
    let share = |of, whole| part(of, whole).filter(|_| whole >= smallest_base);
    let weight = |turnout: &Turnout| {
        let (of_frame, of_answers) = (share(turnout.asked, asked), share(turnout.answered, answered));
        let hundred = Rational::from_integer(100.into());
        let index = of_frame.as_ref().zip(of_answers.as_ref());
        let index = index
            .filter(|(frame, _)| **frame > Rational::default() && turnout.asked >= smallest_base)
            .map(|(frame, answers)| answers / frame * hundred);
        Weight { turnout: turnout.clone(), of_frame, of_answers, index }
    };
    groups.iter().map(weight).collect()
}

/// A share of one group, for weighing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stratified {
    /// Units that were asked.
    pub asked: u64,
    /// Responses behind the share.
    pub numerator: u64,
    /// Responses in its base.
    pub base: u64,
}

/// A share as it would be if every group stood in it by the number of units asked: an illustration of what non-response
/// may have moved, never a replacement. Groups without a base cannot be weighed and are left out; how many units were
/// asked in them is the second number.
pub fn weighted(groups: &[Stratified]) -> (Option<Rational>, u64) {
    let known = || groups.iter().filter(|group| group.base > 0);
    let asked: u64 = known().map(|group| group.asked).sum();
    let left_out = groups.iter().filter(|group| group.base == 0).map(|group| group.asked).sum();
    let sum: Rational = known()
        .map(|group| {
            Rational::new(group.numerator.into(), group.base.into())
                * Rational::from_integer(group.asked.into())
        })
        .sum();
    ((asked > 0).then(|| sum / Rational::from_integer(asked.into())), left_out)
}

/// How units of a questionnaire are counted in words: 1 urząd, 2 urzędy, 5 urzędów.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Noun {
    /// For 1.
    pub one: String,
    /// For 2 to 4.
    pub few: String,
    /// For everything else.
    pub many: String,
}

/// What the annex says about response: how many answered of how many, where most and where least of the groups that may
/// be named (`is_all`: that is all of them), and that nothing was weighted. Of fewer than `smallest_base` units no
/// percentage is given.
pub fn annex(whole: &Turnout, noun: &Noun, groups: &[Turnout], is_all: bool, smallest_base: u64) -> String {
    if whole.asked == 0 {
        return "Do tej ankiety nikogo nie zaproszono.".to_owned();
    }
    let asked = format!("{} {}", polish::integer(whole.asked), invited(whole.asked));
    if whole.answered == 0 {
        return format!("Nikt nie złożył ankiety (z {asked}).");
    }
    let units = polish::plural_of(whole.answered, &noun.one, &noun.few, &noun.many);
    let verb = polish::plural_of(whole.answered, "złożyło", "złożyły", "złożyło");
    let answered = polish::integer(whole.answered);
    let rate = whole.percentage(smallest_base);
    let rate = rate.map_or_else(String::new, |rate| format!(" ({})", polish::percent(&rate, 0)));
    let mut text = match whole.answered {
        // With one unit the verb would take its gender, which nobody has told.
        1 => format!("Złożono jedną ankietę z {asked}{rate}."),
        _ => format!("Ankietę {verb} {answered} {units} z {asked}{rate}."),
    };
    text.push_str(&extremes(groups, is_all, smallest_base));
    text.push_str(" Wyników nie ważono; liczby opisują jednostki, które złożyły ankietę.");
    text
}

fn invited(asked: u64) -> &'static str {
    if asked == 1 { "zaproszonej" } else { "zaproszonych" }
}

/// The groups with the highest and the lowest rate, where they differ.
fn extremes(groups: &[Turnout], is_all: bool, smallest_base: u64) -> String {
    let known = || groups.iter().filter(|group| group.asked > 0);
    let (Some(most), Some(least)) = (known().max_by_key(|g| g.rate()), known().min_by_key(|g| g.rate()))
    else {
        return String::new();
    };
    if most.rate() == least.rate() {
        return String::new();
    }
    let words = |group: &Turnout| {
        let counts = group.words(smallest_base, |rate| format!(", {rate}"));
        format!("„{}” ({counts})", group.name)
    };
    let most_often =
        if is_all { "Najczęściej" } else { "Spośród grup, które można pokazać, najczęściej" };
    format!(" {most_often} odpowiadała grupa {}, najrzadziej {}.", words(most), words(least))
}

fn part(of: u64, whole: u64) -> Option<Rational> {
    (whole > 0).then(|| Rational::new(of.into(), whole.into()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn turnout(name: &str, asked: u64, answered: u64) -> Turnout {
        Turnout { name: name.into(), asked, answered }
    }

    fn noun() -> Noun {
        Noun { one: "urząd pracy".into(), few: "urzędy pracy".into(), many: "urzędów pracy".into() }
    }

    #[test]
    fn the_sentence_of_the_annex_counts_in_polish() {
        let groups = [turnout("powiat", 37, 21), turnout("gmina wiejska", 204, 70), turnout("pusta", 0, 0)];
        let said: Vec<String> =
            [(351, 135), (40, 35), (40, 1), (40, 2), (40, 22), (40, 12), (1, 1), (40, 0), (0, 0)]
                .into_iter()
                .map(|(asked, answered)| {
                    annex(&turnout("", asked, answered), &noun(), &groups, asked == 351, 10)
                })
                .collect();
        insta::assert_snapshot!(said.join("\n"));
    }

    #[test]
    fn groups_that_answered_alike_are_not_set_against_each_other() {
        let alike = [turnout("a", 10, 5), turnout("b", 20, 10)];
        assert!(!annex(&turnout("", 30, 15), &noun(), &alike, true, 10).contains("Najczęściej"));
        assert!(!annex(&turnout("", 30, 15), &noun(), &[], true, 10).contains("Najczęściej"));
    }

    #[test]
    fn of_few_units_only_counts_are_told() {
        let groups = [turnout("powiat", 5, 3), turnout("gmina", 4, 1)];
        let whole = turnout("", 9, 4);
        let said = annex(&whole, &noun(), &groups, true, 10);
        assert!(
            said.contains("z 9 zaproszonych. Najczęściej") && said.contains("„powiat” (3 z 5)"),
            "{said}"
        );
        assert!(
            !said.contains('%') && annex(&whole, &noun(), &groups, true, 9).contains("zaproszonych (44%).")
        );
        let [few, _] = &weights(&groups, 10)[..] else { panic!("two groups") };
        assert_eq!((&few.of_frame, &few.of_answers, &few.index), (&None, &None, &None));
        assert_eq!((whole.percentage(10), whole.words(10, str::to_owned)), (None, "4 z 9".to_owned()));
    }

    #[test]
    fn an_index_of_a_hundred_means_the_group_answered_as_often_as_all() {
        let found = weights(&[turnout("a", 10, 5), turnout("b", 30, 15), turnout("c", 60, 30)], 10);
        assert!(found.iter().all(|one| one.index == Some(Rational::from_integer(100.into()))));
        let uneven = weights(&[turnout("a", 50, 30), turnout("b", 50, 10), turnout("c", 0, 0)], 10);
        let index = |at: usize| uneven[at].index.as_ref().map(ToString::to_string);
        assert_eq!((index(0), index(1), index(2)), (Some("150".into()), Some("50".into()), None));
        assert_eq!(weights(&[turnout("a", 5, 0)], 1)[0].index, None, "nobody answered at all");
    }

    #[test]
    fn weighing_gives_groups_their_size_and_leaves_out_those_without_a_base() {
        let group = |asked, numerator, base| Stratified { asked, numerator, base };
        let (share, left_out) = weighted(&[group(90, 1, 10), group(10, 5, 5), group(7, 0, 0)]);
        assert_eq!((share.unwrap().to_string().as_str(), left_out), ("19/100", 7));
        assert_eq!(weighted(&[group(7, 0, 0)]), (None, 7));
    }
}
