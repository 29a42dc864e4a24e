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

    /// The rate as it is printed: `38%`, or a dash.
    #[must_use]
    pub fn rate_words(&self) -> String {
        self.rate().map_or_else(|| "–".to_owned(), |rate| polish::percent(&rate, 0))
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

/// Compares groups that do not overlap with the whole that they make up.
pub fn weights(groups: &[Turnout]) -> Vec<Weight> {
    let asked = groups.iter().map(|group| group.asked).sum();
    let answered = groups.iter().map(|group| group.answered).sum();
    let weight = |turnout: &Turnout| {
        let (of_frame, of_answers) = (part(turnout.asked, asked), part(turnout.answered, answered));
        let hundred = Rational::from_integer(100.into());
        let index = of_frame.as_ref().zip(of_answers.as_ref());
        let index = index.filter(|(frame, _)| **frame > Rational::default());
        let index = index.map(|(frame, answers)| answers / frame * hundred);
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
/// be named (`is_all`: that is all of them), and that nothing was weighted.
pub fn annex(whole: &Turnout, noun: &Noun, groups: &[Turnout], is_all: bool) -> String {
    if whole.asked == 0 {
        return "Do tej ankiety nikogo nie zaproszono.".to_owned();
    }
    let asked = format!("{} {}", polish::integer(whole.asked), invited(whole.asked));
    if whole.answered == 0 {
        return format!("Nikt nie złożył ankiety (z {asked}).");
    }
    let units = polish::plural_of(whole.answered, &noun.one, &noun.few, &noun.many);
    let verb = polish::plural_of(whole.answered, "złożyło", "złożyły", "złożyło");
    let (answered, rate) = (polish::integer(whole.answered), whole.rate_words());
    let mut text = match whole.answered {
        // With one unit the verb would take its gender, which nobody has told.
        1 => format!("Złożono jedną ankietę z {asked} ({rate})."),
        _ => format!("Ankietę {verb} {answered} {units} z {asked} ({rate})."),
    };
    text.push_str(&extremes(groups, is_all));
    text.push_str(" Wyników nie ważono; liczby opisują jednostki, które złożyły ankietę.");
    text
}

fn invited(asked: u64) -> &'static str {
    if asked == 1 { "zaproszonej" } else { "zaproszonych" }
}

/// The groups with the highest and the lowest rate, where they differ.
fn extremes(groups: &[Turnout], is_all: bool) -> String {
    let known = || groups.iter().filter(|group| group.asked > 0);
    let (Some(most), Some(least)) = (known().max_by_key(|g| g.rate()), known().min_by_key(|g| g.rate()))
    else {
        return String::new();
    };
    if most.rate() == least.rate() {
        return String::new();
    }
    let words = |group: &Turnout| {
        let (answered, asked) = (polish::integer(group.answered), polish::integer(group.asked));
        format!("„{}” ({answered} z {asked}, {})", group.name, group.rate_words())
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
                .map(|(asked, answered)| annex(&turnout("", asked, answered), &noun(), &groups, asked == 351))
                .collect();
        insta::assert_snapshot!(said.join("\n"));
    }

    #[test]
    fn groups_that_answered_alike_are_not_set_against_each_other() {
        let alike = [turnout("a", 10, 5), turnout("b", 20, 10)];
        assert!(!annex(&turnout("", 30, 15), &noun(), &alike, true).contains("Najczęściej"));
        assert!(!annex(&turnout("", 30, 15), &noun(), &[], true).contains("Najczęściej"));
    }

    #[test]
    fn an_index_of_a_hundred_means_the_group_answered_as_often_as_all() {
        let found = weights(&[turnout("a", 10, 5), turnout("b", 30, 15), turnout("c", 60, 30)]);
        assert!(found.iter().all(|one| one.index == Some(Rational::from_integer(100.into()))));
        let uneven = weights(&[turnout("a", 50, 30), turnout("b", 50, 10), turnout("c", 0, 0)]);
        let index = |at: usize| uneven[at].index.as_ref().map(ToString::to_string);
        assert_eq!((index(0), index(1), index(2)), (Some("150".into()), Some("50".into()), None));
        assert_eq!(weights(&[turnout("a", 5, 0)])[0].index, None, "nobody answered at all");
    }

    #[test]
    fn weighing_gives_groups_their_size_and_leaves_out_those_without_a_base() {
        let group = |asked, numerator, base| Stratified { asked, numerator, base };
        let (share, left_out) = weighted(&[group(90, 1, 10), group(10, 5, 5), group(7, 0, 0)]);
        assert_eq!((share.unwrap().to_string().as_str(), left_out), ("19/100", 7));
        assert_eq!(weighted(&[group(7, 0, 0)]), (None, 7));
    }
}
