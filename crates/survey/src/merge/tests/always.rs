//! What must hold whatever people do at the same time.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;

use super::*;

const FIELDS: [&str; 7] =
    ["a", "b.nw", "m.aaaaaaaa.n", "m.aaaaaaaa.k", "m.bbbbbbbb.n", "m.bbbbbbbb.k", "_why.m.aaaaaaaa.n"];
const ROWS: [&str; 2] = ["m.aaaaaaaa", "m.bbbbbbbb"];

/// One thing that somebody does at one of three open pages.
#[derive(Debug, Clone)]
enum Act {
    Draw {
        page: usize,
    },
    /// Edits some fields and posts the whole page, with a button or a decision now and then.
    Post {
        page: usize,
        edits: Vec<(usize, String)>,
        remove: Option<usize>,
        keep: Option<bool>,
    },
    /// The browser sends the last POST of the page once more.
    Again {
        page: usize,
    },
}

fn acts() -> impl Strategy<Value = Vec<Act>> {
    let page = || 0..3usize;
    let edits = prop::collection::vec((0..FIELDS.len(), "[xyz]?"), 0..4);
    let remove = prop::option::weighted(0.2, 0..ROWS.len());
    let keep = prop::option::weighted(0.3, any::<bool>());
    let act = prop_oneof![
        2 => page().prop_map(|page| Act::Draw { page }),
        5 => (page(), edits, remove, keep)
            .prop_map(|(page, edits, remove, keep)| Act::Post { page, edits, remove, keep }),
        1 => page().prop_map(|page| Act::Again { page }),
    ];
    prop::collection::vec(act, 1..25)
}

/// A page in somebody's browser.
#[derive(Debug, Clone, Default)]
struct Open {
    id: String,
    rev: usize,
    /// What stands in its inputs.
    inputs: BTreeMap<String, String>,
    /// What the person behind it has seen of the draft: drawn, or saved by this page.
    seen: BTreeMap<String, String>,
    last: Option<Submitted>,
}

impl Open {
    fn draw(response: &Response, id: String) -> Self {
        let inputs: BTreeMap<_, _> =
            FIELDS.iter().map(|name| ((*name).to_owned(), response.get(name).to_owned())).collect();
        Self { id, rev: response.rev(), seen: inputs.clone(), inputs, last: None }
    }

    fn post(&mut self, edits: &[(usize, String)], remove: Option<usize>, keep: Option<bool>) -> Submitted {
        for (field, value) in edits {
            self.inputs.insert(FIELDS[*field].into(), value.clone());
        }
        let fields: Vec<_> =
            self.inputs.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        let mut mine = submitted(&self.id, &fields);
        mine.button = remove.map(|place| Button::Remove(row(ROWS[place])));
        if let Some(mine_wins) = keep {
            let side = if mine_wins { Side::Mine } else { Side::Theirs };
            for name in FIELDS.iter().chain(&ROWS) {
                mine.keep.insert((*name).into(), Keep { side, shown: None });
            }
        }
        mine
    }
}

fn value(response: &Response, name: &str) -> String {
    response.get(name).to_owned()
}

/// Nothing that the page had not seen is overwritten without somebody saying so.
fn check_nothing_unseen_is_lost(page: &Open, before: &Response, after: &Response, mine: &Submitted) {
    for name in FIELDS {
        let (old, new) = (value(before, name), value(after, name));
        let decided = mine.keep.values().any(|keep| keep.side == Side::Mine);
        assert!(
            old == new || old.is_empty() || old == page.seen[name] || decided,
            "{name}: {old} lost for {new}"
        );
    }
}

/// What somebody changed is saved, or asked about, or was given up by decision or by removing the row.
fn check_every_edit_is_answered(page: &Open, after: &Response, mine: &Submitted, merged: &Merged) {
    let asked: BTreeSet<String> = names(merged).into_iter().collect();
    for (path, text) in &mine.fields {
        let name = path.to_string();
        let row = RowRef::of(path);
        let row_name = row.as_ref().map(ToString::to_string).unwrap_or_default();
        let given_up = !mine.keep.is_empty() || row.as_ref() == mine.removes();
        let answered = *text == value(after, &name)
            || *text == page.seen[&name]
            || asked.contains(&name)
            || asked.contains(&row_name);
        assert!(answered || given_up, "{name} = {text} of {} vanished", page.id);
    }
}

fn play(acts: &[Act]) -> Response {
    let mut response = Response::default();
    let mut typed = BTreeSet::from([String::new()]);
    let mut pages: Vec<Open> = (0..3).map(|place| Open::draw(&response, format!("p{place}"))).collect();
    for (step, act) in acts.iter().enumerate() {
        let (place, mine) = match act {
            Act::Draw { page } => {
                pages[*page] = Open::draw(&response, format!("p{page}s{step}"));
                continue;
            }
            Act::Post { page, edits, remove, keep } => {
                typed.extend(edits.iter().map(|(_, value)| value.clone()));
                (*page, pages[*page].post(edits, *remove, *keep))
            }
            Act::Again { page } => match pages[*page].last.clone() {
                Some(mine) => (*page, mine),
                None => continue,
            },
        };
        let before = response.clone();
        let merged = response.send(pages[place].rev, &mine);
        check_nothing_unseen_is_lost(&pages[place], &before, &response, &mine);
        check_every_edit_is_answered(&pages[place], &response, &mine, &merged);
        let page = &mut pages[place];
        for change in &merged.changes {
            page.seen.insert(change.path.to_string(), change.new.clone());
        }
        page.last = Some(mine.clone());
        let again = response.clone().send(page.rev, &mine);
        assert_eq!(again.changes, [], "the same POST twice changes nothing");
        assert_eq!(again.conflicts, merged.conflicts, "and asks the same");
    }
    let left = FIELDS.iter().map(|name| value(&response, name));
    assert!(left.into_iter().all(|text| typed.contains(&text)), "every value was typed by somebody");
    response
}

/// Two pages drawn now save their parts of the fields, in both orders.
fn check_any_order(
    start: &Response,
    values: &[String],
    of_first: impl Fn(usize) -> bool,
) -> Result<(), TestCaseError> {
    let part = |first: bool| -> Vec<(&str, &str)> {
        let mine = (0..FIELDS.len()).filter(|place| of_first(*place) == first);
        mine.map(|place| (FIELDS[place], values[place].as_str())).collect()
    };
    let run = |order: [bool; 2]| {
        let mut response = start.clone();
        for first in order {
            let page = if first { "F" } else { "S" };
            prop_assert_eq!(response.post(start.rev(), page, &part(first)).conflicts, []);
        }
        Ok(sorted(response.draft))
    };
    prop_assert_eq!(run([true, false])?, run([false, true])?);
    Ok(())
}

fn sorted(mut draft: Raw) -> Raw {
    draft.repeats.values_mut().for_each(|rows| rows.sort_by(|a, b| a.id.cmp(&b.id)));
    draft
}

proptest! {
    #[test]
    fn whatever_people_do_at_once_nothing_is_lost_without_a_word(acts in acts()) {
        play(&acts);
    }

    #[test]
    fn a_page_drawn_at_the_newest_revision_never_conflicts_and_gets_all_it_posted(
        acts in acts(), edits in prop::collection::vec((0..FIELDS.len(), "[xyz]?"), 0..5),
    ) {
        let mut response = play(&acts);
        let mut page = Open::draw(&response, "new".into());
        let mine = page.post(&edits, None, None);
        let merged = response.send(page.rev, &mine);
        prop_assert_eq!(merged.conflicts, []);
        for (name, text) in &page.inputs {
            prop_assert_eq!(response.get(name), text);
        }
    }

    #[test]
    fn pages_that_save_different_fields_give_the_same_draft_in_any_order(
        acts in acts(), values in prop::collection::vec("[xyz]", FIELDS.len()),
        of_first in prop::collection::vec(any::<bool>(), FIELDS.len()),
    ) {
        check_any_order(&play(&acts), &values, |place| of_first[place])?;
    }

    #[test]
    fn pages_that_save_and_empty_different_rows_give_the_same_draft_in_any_order(
        acts in acts(), values in prop::collection::vec("[xyz]?", FIELDS.len()), of_first: [bool; 5],
    ) {
        // One of two pages that empties the last field of a row shared with the other removes it: that asks.
        let row_of = [0, 1, 2, 2, 3, 3, 4];
        check_any_order(&play(&acts), &values, |place| of_first[row_of[place]])?;
    }

    #[test]
    fn undoing_a_removal_brings_back_exactly_the_draft_before_it(acts in acts(), place in 0..ROWS.len()) {
        let mut response = play(&acts);
        let before = response.draft.clone();
        response.post(response.rev(), "R", &[("_remove", ROWS[place])]);
        let mut draft = response.draft.clone();
        prop_assert!(draft.row("m", &row(ROWS[place]).row).is_none());
        if draft != before {
            let undone = undo_removal(&response.changes, &draft, &row(ROWS[place]), "U");
            undone.iter().for_each(|change| apply(&mut draft, change));
            prop_assert_eq!(sorted(draft), sorted(before));
        }
    }
}
