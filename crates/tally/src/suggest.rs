//! Codes worth considering for an open answer. Suggestions only: nothing is ever assigned by itself.

use std::collections::BTreeMap;

use form::{CodeFrame, CodeKind};

use crate::gist::{ALIKE, Gist, Likeness};
use crate::key::key;

/// A code and why it may fit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suggestion {
    /// The code.
    pub code: String,
    /// Why.
    pub reason: Reason,
}

/// Why a code may fit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reason {
    /// The answer is one of the wordings that say nothing, or has neither letter nor digit.
    NoAnswer,
    /// So many answers with the same key were given it.
    Same(usize),
    /// An answer so alike was given it.
    Alike(Likeness),
    /// The frame names this wording, and it stands in the answer.
    Wording(String),
}

/// Codes that may fit a text, the best reason of each, in the order of the frame. Codes that are retired are not
/// suggested. `coded` are other answers with the codes that they were given.
#[must_use]
pub fn suggest(frame: &CodeFrame, text: &Gist, coded: &[(Gist, Vec<String>)]) -> Vec<Suggestion> {
    let earlier = earlier(text, coded);
    let reason = |code: &form::Code| {
        let (same, alike) = earlier.get(code.code.as_str()).copied().unwrap_or_default();
        if code.kind == CodeKind::OffTopic && (text.key().is_empty() || is_one_of(text, &code.words)) {
            return Some(Reason::NoAnswer);
        }
        if same > 0 {
            return Some(Reason::Same(same));
        }
        // A wording for "no answer" counts as the whole answer only: "brak środków" is about money.
        let wording = (code.kind != CodeKind::OffTopic).then(|| wording_in(text, &code.words)).flatten();
        wording.map(Reason::Wording).or_else(|| alike.map(Reason::Alike))
    };
    frame
        .offered()
        .filter_map(|code| Some(Suggestion { code: code.code.clone(), reason: reason(code)? }))
        .collect()
}

/// Code by code: how many answers with the same key have it, and how alike the most alike of the others is.
fn earlier<'a>(
    text: &Gist,
    coded: &'a [(Gist, Vec<String>)],
) -> BTreeMap<&'a str, (usize, Option<Likeness>)> {
    let mut found: BTreeMap<&str, (usize, Option<Likeness>)> = BTreeMap::new();
    for (other, codes) in coded {
        let likeness = text.likeness(other);
        if likeness < ALIKE {
            continue;
        }
        for code in codes {
            let (same, alike) = found.entry(code).or_default();
            match likeness {
                Likeness(1000) => *same += 1,
                likeness => *alike = (*alike).max(Some(likeness)),
            }
        }
    }
    found
}

fn is_one_of(text: &Gist, words: &[String]) -> bool {
    words.iter().any(|word| key(word) == text.key())
}

/// The first wording whose words stand in the text one after the other, the last one perhaps with an ending.
fn wording_in(text: &Gist, words: &[String]) -> Option<String> {
    let padded = format!(" {}", text.key());
    let stands = |word: &&String| {
        let wanted = key(word);
        !wanted.is_empty() && padded.contains(&format!(" {wanted}"))
    };
    words.iter().find(stands).cloned()
}

#[cfg(test)]
mod tests {
    use form::{Code, CodeFrame, CodeKind};

    use super::{Reason, suggest};
    use crate::gist::Gist;

    fn frame() -> CodeFrame {
        let words = |list: &[&str]| list.iter().map(|word| (*word).to_owned()).collect();
        CodeFrame {
            codes: vec![
                Code { words: words(&["szkolenie"]), ..Code::named("n01", "Szkolenia") },
                Code { words: words(&["dotacje"]), ..Code::named("n02", "Finansowanie") },
                Code {
                    retired: Some("za wąski".into()),
                    words: words(&["szkolenie"]),
                    ..Code::named("n03", "x")
                },
                Code {
                    kind: CodeKind::OffTopic,
                    words: words(&["brak", "nie dotyczy"]),
                    ..Code::named("n98", "Nie na temat")
                },
            ],
            ..CodeFrame::default()
        }
    }

    fn suggested(text: &str, coded: &[(&str, &[&str])]) -> Vec<(String, Reason)> {
        let coded: Vec<(Gist, Vec<String>)> = coded
            .iter()
            .map(|(text, codes)| (Gist::of(text), codes.iter().map(|code| (*code).to_owned()).collect()))
            .collect();
        let found = suggest(&frame(), &Gist::of(text), &coded);
        found.into_iter().map(|one| (one.code, one.reason)).collect()
    }

    #[test]
    fn texts_that_say_nothing_are_suggested_as_no_answer() {
        for text in ["brak", "Nie dotyczy.", "-", "—", "BRAK!"] {
            assert_eq!(suggested(text, &[]), [("n98".to_owned(), Reason::NoAnswer)], "{text}");
        }
        assert_eq!(suggested("brak środków na dotacje", &[])[0].0, "n02", "a longer text says something");
        assert_eq!(suggested("brak środków", &[]), []);
    }

    #[test]
    fn wordings_of_the_frame_suggest_codes_that_may_be_given() {
        let found = suggested("Potrzebne szkolenie i dotacje", &[]);
        assert_eq!(
            found,
            [
                ("n01".to_owned(), Reason::Wording("szkolenie".into())),
                ("n02".to_owned(), Reason::Wording("dotacje".into()))
            ]
        );
        assert_eq!(suggested("przeszkolenie", &[]), [], "inside another word it means something else");
    }

    #[test]
    fn earlier_codings_count_before_wordings_and_the_same_before_the_alike() {
        let coded: &[(&str, &[&str])] = &[
            ("Doradca na miejscu", &["n01"]),
            ("doradca na miejscu", &["n01"]),
            ("Doradca u nas na miejscu", &["n02"]),
        ];
        let found = suggested("DORADCA NA MIEJSCU", coded);
        assert_eq!(found[0], ("n01".to_owned(), Reason::Same(2)));
        assert!(matches!(&found[1], (code, Reason::Alike(_)) if code == "n02"));
        assert_eq!(suggested("coś zupełnie innego", coded), []);
        assert_eq!(suggested("x", &[("x", &["n03"])]), [], "retired codes are not suggested");
    }
}
