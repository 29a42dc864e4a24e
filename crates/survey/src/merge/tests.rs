//! Rules of merging, example by example; what must always hold is in `always`, reading a POST in `reading`.

mod always;
mod reading;

use form::answers::{Path, Raw};

use super::*;

/// Changes and draft of one response, as a store would keep them.
#[derive(Debug, Default, Clone)]
struct Response {
    draft: Raw,
    changes: Vec<FieldChange>,
}

impl Response {
    fn rev(&self) -> usize {
        self.changes.len()
    }

    /// Saves a POST of `page` drawn at `rev`.
    fn post(&mut self, rev: usize, page: &str, fields: &[(&str, &str)]) -> Merged {
        self.send(rev, &submitted(page, fields))
    }

    fn send(&mut self, rev: usize, mine: &Submitted) -> Merged {
        let merged = merge(&self.changes[rev..], &self.draft, mine);
        let mut replayed = self.draft.clone();
        merged.changes.iter().for_each(|change| apply(&mut replayed, change));
        assert_eq!(replayed, merged.draft, "the draft is its changes");
        self.changes.extend(merged.changes.iter().cloned());
        self.draft = merged.draft.clone();
        merged
    }

    fn get(&self, name: &str) -> &str {
        self.draft.get(&path(name)).unwrap_or_default()
    }
}

fn path(name: &str) -> Path {
    name.parse().unwrap()
}

fn row(name: &str) -> RowRef {
    name.parse().unwrap()
}

/// A POST as the reader would give it; `_keep.x`, `_theirs.x` and `_remove` work as on the page.
fn submitted(page: &str, fields: &[(&str, &str)]) -> Submitted {
    let mut mine = Submitted { page: page.into(), ..Submitted::default() };
    for (name, value) in fields {
        if let Some(about) = name.strip_prefix("_keep.") {
            let side = if *value == "mine" { Side::Mine } else { Side::Theirs };
            mine.keep.insert(about.into(), Keep { side, shown: None });
        } else if let Some(about) = name.strip_prefix("_theirs.") {
            mine.keep.get_mut(about).unwrap().shown = Some((*value).into());
        } else if *name == "_remove" {
            mine.button = Some(Button::Remove(row(value)));
        } else {
            mine.fields.push((path(name), (*value).into()));
        }
    }
    mine
}

fn names(merged: &Merged) -> Vec<String> {
    merged.conflicts.iter().map(Conflict::name).collect()
}

#[test]
fn a_field_that_a_post_does_not_name_is_unchanged_and_emptying_is_explicit() {
    let mut response = Response::default();
    response.post(0, "A", &[("a", "1"), ("b", "2")]);
    response.post(2, "B", &[("b", "")]);
    assert_eq!((response.get("a"), response.get("b")), ("1", ""));
    assert!(!response.draft.fields.contains_key("b"));
}

#[test]
fn two_pages_that_change_different_fields_of_one_section_both_win() {
    let mut response = Response::default();
    response.post(0, "A", &[("a", "1"), ("b", "")]);
    let merged = response.post(0, "B", &[("a", ""), ("b", "2")]);
    assert_eq!(merged.conflicts, []);
    assert_eq!((response.get("a"), response.get("b")), ("1", "2"));
}

#[test]
fn two_pages_that_change_one_field_differently_ask_and_save_the_rest() {
    let mut response = Response::default();
    response.post(0, "A", &[("a", "1")]);
    let merged = response.post(0, "B", &[("a", "2"), ("b", "3")]);
    let conflict = Conflict::Field { path: path("a"), mine: "2".into(), theirs: "1".into() };
    assert_eq!(merged.conflicts, [conflict]);
    assert_eq!((response.get("a"), response.get("b")), ("1", "3"));
}

#[test]
fn two_pages_that_agree_do_not_ask() {
    let mut response = Response::default();
    response.post(0, "A", &[("a", "1")]);
    assert_eq!(response.post(0, "B", &[("a", "1")]).conflicts, []);
    assert_eq!(response.post(0, "B", &[("a", "")]).conflicts, [], "B saved 1 itself and may empty it");
    assert_eq!(response.get("a"), "");
}

#[test]
fn a_page_never_conflicts_with_itself() {
    let mut response = Response::default();
    for value in ["1", "2", "", "1"] {
        assert_eq!(response.post(0, "A", &[("a", value)]).conflicts, []);
        assert_eq!(response.get("a"), value);
    }
}

#[test]
fn a_late_copy_of_a_post_does_not_undo_what_others_saved_since() {
    let mut response = Response::default();
    response.post(0, "A", &[("a", "1")]);
    response.post(1, "B", &[("a", "2")]);
    let merged = response.post(0, "A", &[("a", "1")]);
    assert_eq!((merged.conflicts.len(), merged.changes.len()), (0, 0));
    assert_eq!(response.get("a"), "2");
}

#[test]
fn a_field_that_went_there_and_back_is_no_conflict() {
    let mut response = Response::default();
    response.post(0, "A", &[("a", "1")]);
    response.post(1, "A", &[("a", "")]);
    assert_eq!(response.post(0, "B", &[("a", "2")]).conflicts, []);
    assert_eq!(response.get("a"), "2");
}

#[test]
fn a_decision_settles_a_conflict_either_way() {
    for (side, left) in [("mine", "2"), ("theirs", "1")] {
        let mut response = Response::default();
        response.post(0, "A", &[("a", "1")]);
        let merged = response.post(0, "B", &[("a", "2"), ("_keep.a", side)]);
        assert_eq!(merged.conflicts, []);
        assert_eq!(response.get("a"), left);
        assert_eq!(response.post(1, "C", &[("a", "2"), ("_keep.a", side)]).conflicts, []);
        assert_eq!(response.get("a"), left, "also from a page drawn with the conflict on it");
    }
}

#[test]
fn a_decision_about_a_value_that_has_changed_again_is_asked_again() {
    let mut response = Response::default();
    response.post(0, "A", &[("a", "1")]);
    response.post(1, "C", &[("a", "9")]);
    let merged = response.post(0, "B", &[("a", "2"), ("_keep.a", "mine"), ("_theirs.a", "1")]);
    assert_eq!(names(&merged), ["a"]);
    let merged = response.post(0, "B", &[("a", "2"), ("_keep.a", "mine"), ("_theirs.a", "9")]);
    assert_eq!(merged.conflicts, []);
    assert_eq!(response.get("a"), "2");
}

#[test]
fn a_row_exists_once_one_of_its_fields_is_filled() {
    let mut response = Response::default();
    let merged = response.post(0, "A", &[("m.aaaaaaaa.n", ""), ("m.aaaaaaaa.k", "")]);
    assert_eq!((merged.changes.len(), response.draft.repeats.len()), (0, 0));
    response.post(0, "A", &[("m.aaaaaaaa.n", ""), ("m.aaaaaaaa.k", "x")]);
    assert_eq!(response.draft.repeats["m"].len(), 1);
    response.post(0, "A", &[("m.aaaaaaaa.k", "")]);
    assert_eq!(response.draft, Raw::default());
}

#[test]
fn adding_rows_never_conflicts_and_keeps_the_order_of_the_page() {
    let mut response = Response::default();
    response.post(0, "A", &[("m.zzzzzzzz.n", "1"), ("m.aaaaaaaa.n", "2")]);
    assert_eq!(response.post(0, "B", &[("m.bbbbbbbb.n", "3")]).conflicts, []);
    let ids: Vec<_> = response.draft.repeats["m"].iter().map(|row| row.id.as_str()).collect();
    assert_eq!(ids, ["zzzzzzzz", "aaaaaaaa", "bbbbbbbb"]);
}

#[test]
fn removing_a_row_that_was_edited_elsewhere_asks() {
    let mut start = Response::default();
    start.post(0, "0", &[("m.aaaaaaaa.n", "1"), ("m.aaaaaaaa.k", "x")]);
    start.post(2, "A", &[("m.aaaaaaaa.n", "5")]);
    let merged = start.clone().post(2, "B", &[("_remove", "m.aaaaaaaa"), ("m.aaaaaaaa.n", "1"), ("b", "2")]);
    let theirs = vec![(path("m.aaaaaaaa.k"), "x".into()), (path("m.aaaaaaaa.n"), "5".into())];
    assert_eq!(merged.conflicts, [Conflict::RemovedHere { row: row("m.aaaaaaaa"), theirs }]);
    assert_eq!(merged.draft.get(&path("b")), Some("2"));
    assert_eq!(merged.draft.get(&path("m.aaaaaaaa.n")), Some("5"));
    for (side, rows) in [("mine", 0), ("theirs", 1)] {
        let mut response = start.clone();
        let post = [("_remove", "m.aaaaaaaa"), ("m.aaaaaaaa.n", "1"), ("_keep.m.aaaaaaaa", side)];
        assert_eq!(response.post(2, "B", &post).conflicts, []);
        assert_eq!(response.draft.repeats.values().flatten().count(), rows);
    }
}

#[test]
fn removing_a_row_that_nobody_else_touched_does_not_ask() {
    let mut response = Response::default();
    response.post(0, "0", &[("m.aaaaaaaa.n", "1"), ("m.bbbbbbbb.n", "2")]);
    response.post(2, "A", &[("m.bbbbbbbb.n", "3")]);
    assert_eq!(response.post(2, "B", &[("_remove", "m.aaaaaaaa")]).conflicts, []);
    assert_eq!(response.draft.repeats["m"].len(), 1);
}

#[test]
fn editing_a_row_that_was_removed_elsewhere_asks() {
    let mut start = Response::default();
    start.post(0, "0", &[("m.aaaaaaaa.n", "1"), ("m.aaaaaaaa.k", "x"), ("m.aaaaaaaa.h", "h")]);
    start.post(3, "A", &[("_remove", "m.aaaaaaaa")]);
    let post = [("m.aaaaaaaa.n", "5"), ("m.aaaaaaaa.k", "x"), ("b", "2")];
    let merged = start.clone().post(3, "B", &post);
    assert_eq!(names(&merged), ["m.aaaaaaaa"]);
    assert_eq!(merged.changes.len(), 1, "only b");
    for (side, left) in [("mine", ("5", "x", "h")), ("theirs", ("", "", ""))] {
        let mut response = start.clone();
        let decided: Vec<_> = post.into_iter().chain([("_keep.m.aaaaaaaa", side)]).collect();
        assert_eq!(response.post(3, "B", &decided).conflicts, []);
        let row = (response.get("m.aaaaaaaa.n"), response.get("m.aaaaaaaa.k"), response.get("m.aaaaaaaa.h"));
        assert_eq!(row, left, "with what the page did not post");
    }
}

#[test]
fn a_page_that_only_shows_a_row_removed_elsewhere_neither_asks_nor_brings_it_back() {
    let mut response = Response::default();
    response.post(0, "0", &[("m.aaaaaaaa.n", "1")]);
    response.post(1, "A", &[("_remove", "m.aaaaaaaa")]);
    let merged = response.post(1, "B", &[("m.aaaaaaaa.n", "1"), ("b", "2")]);
    assert_eq!((merged.conflicts.len(), response.draft.repeats.len()), (0, 0));
    assert_eq!(response.post(1, "C", &[("_remove", "m.aaaaaaaa"), ("m.aaaaaaaa.n", "7")]).changes, []);
}

#[test]
fn a_page_that_removed_a_row_itself_may_fill_it_again() {
    let mut response = Response::default();
    response.post(0, "A", &[("m.aaaaaaaa.n", "1")]);
    response.post(0, "A", &[("_remove", "m.aaaaaaaa")]);
    assert_eq!(response.post(0, "A", &[("m.aaaaaaaa.n", "2")]).conflicts, []);
    assert_eq!(response.get("m.aaaaaaaa.n"), "2");
}

#[test]
fn removing_can_be_undone_with_what_was_typed_last() {
    let mut response = Response::default();
    response.post(0, "A", &[("m.aaaaaaaa.n", "1"), ("m.aaaaaaaa.k", "x"), ("_why.m.aaaaaaaa.n", "bo tak")]);
    response.post(0, "A", &[("m.aaaaaaaa.n", "7"), ("_remove", "m.aaaaaaaa")]);
    assert_eq!(response.draft.repeats.len(), 0);
    let undone = undo_removal(&response.changes, &response.draft, &row("m.aaaaaaaa"), "B");
    undone.iter().for_each(|change| apply(&mut response.draft, change));
    response.changes.extend(undone);
    let left =
        (response.get("m.aaaaaaaa.n"), response.get("m.aaaaaaaa.k"), response.get("_why.m.aaaaaaaa.n"));
    assert_eq!(left, ("7", "x", "bo tak"));
    assert_eq!(undo_removal(&response.changes, &response.draft, &row("m.aaaaaaaa"), "B"), []);
    assert_eq!(undo_removal(&response.changes, &response.draft, &row("m.bbbbbbbb"), "B"), []);
}
