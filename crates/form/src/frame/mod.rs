//! Code frames: the categories into which analysts sort open answers. A file of its own beside the questionnaires,
//! part of the plan: versioned on its own.

mod write;

use serde::{Deserialize, Serialize};

use crate::model::ChoiceList;

/// A checked code frame.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CodeFrame {
    /// Name, as the key `coding` of questions has it; the name of the file without `.toml`.
    pub name: String,
    /// What it sorts, for people.
    pub title: String,
    /// Themes under which codes of several frames can be compared, with their names.
    pub themes: Vec<Theme>,
    /// The codes in their order. Names are unique.
    pub codes: Vec<Code>,
}

/// What codes of several frames have in common.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Theme {
    /// Its name, such as `T2`.
    pub code: String,
    /// What it is about.
    pub label: String,
}

/// One category.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Code {
    /// What is stored; keeps its meaning for ever. The same as the name of a choice where respondents may choose it.
    pub code: String,
    /// What is printed.
    pub label: String,
    /// What belongs to it and what does not.
    pub hint: Option<String>,
    /// What sort of category it is.
    pub kind: CodeKind,
    /// Themes that it belongs to.
    pub themes: Vec<String>,
    /// Wordings that suggest it.
    pub words: Vec<String>,
    /// Why it is given no more; answers that have it keep it.
    pub retired: Option<String>,
}

/// Sorts of categories.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CodeKind {
    /// Says something.
    #[default]
    Topic,
    /// Says something that no other code covers.
    Other,
    /// Is no answer to the question: "brak", "nie dotyczy".
    OffTopic,
    /// Cannot be read or understood.
    Illegible,
}

impl CodeKind {
    /// All sorts.
    pub const ALL: [Self; 4] = [Self::Topic, Self::Other, Self::OffTopic, Self::Illegible];

    /// The word of the key `kind`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Topic => "topic",
            Self::Other => "other",
            Self::OffTopic => "off_topic",
            Self::Illegible => "illegible",
        }
    }

    /// The sort of this word.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == word)
    }

    /// Whether an answer with nothing but such codes says nothing.
    #[must_use]
    pub fn says_nothing(self) -> bool {
        matches!(self, Self::OffTopic | Self::Illegible)
    }
}

impl Code {
    /// A code that says something, without anything else.
    #[must_use]
    pub fn named(code: &str, label: &str) -> Self {
        Self {
            code: code.to_owned(),
            label: label.to_owned(),
            hint: None,
            kind: CodeKind::Topic,
            themes: Vec::new(),
            words: Vec::new(),
            retired: None,
        }
    }

    /// The code as it is printed before its label: `PJ01`.
    #[must_use]
    pub fn printed(&self) -> String {
        self.code.to_uppercase()
    }
}

impl CodeFrame {
    /// The code of this name.
    #[must_use]
    pub fn code(&self, name: &str) -> Option<&Code> {
        self.codes.iter().find(|code| code.code == name)
    }

    /// The codes that may be given now.
    pub fn offered(&self) -> impl Iterator<Item = &Code> {
        self.codes.iter().filter(|code| code.retired.is_none())
    }

    /// The frame that a list of choices of the questionnaire stands for. By convention names that end in 90, 98 and
    /// 99 mean "other", "off topic" and "illegible".
    #[must_use]
    pub fn of_choices(list: &ChoiceList) -> Self {
        let code = |choice: &crate::model::Choice| Code {
            kind: kind_of_name(&choice.name),
            ..Code::named(&choice.name, &choice.label.plain())
        };
        Self {
            name: list.name.clone(),
            title: list.name.clone(),
            themes: Vec::new(),
            codes: list.choices.iter().map(code).collect(),
        }
    }
}

fn kind_of_name(name: &str) -> CodeKind {
    match name.get(name.len().saturating_sub(2)..) {
        Some("90") => CodeKind::Other,
        Some("98") => CodeKind::OffTopic,
        Some("99") => CodeKind::Illegible,
        _ => CodeKind::Topic,
    }
}
