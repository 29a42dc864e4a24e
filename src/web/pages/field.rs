//! How one question, group or list is drawn. The builder in [`super::drawing`] fills these in.
use askama::Template;

/// At most so many choices stand in one line.
const FLAT_CHOICES: usize = 3;
/// A choice in one line with others has at most so many letters.
const FLAT_LETTERS: usize = 24;

/// One thing on a section page, in document order.
#[derive(Debug, Clone)]
pub enum Block {
    /// A question, note or shown value.
    Field(Field),
    /// A group inside the section.
    Group(Group),
    /// A list of entries.
    Rows(Rows),
}

impl std::fmt::Display for Block {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Block::Field(field) => field.fmt(out),
            Block::Group(group) => group.fmt(out),
            Block::Rows(rows) => rows.fmt(out),
        }
    }
}

// Each variant is itself a template that escapes what it is given.
impl askama::filters::HtmlSafe for Block {}

/// A question with its control and everything said around it.
#[derive(Debug, Clone, Template)]
#[template(path = "field/field.html")]
pub struct Field {
    /// Name of the input, the same as the answer's path.
    pub path: String,
    /// Printed number, empty for notes and shown values.
    pub number: String,
    /// The question's text.
    pub label: String,
    /// Whether the words „(nieobowiązkowe)” follow.
    pub optional: bool,
    /// Help that is always visible.
    pub hint: Option<String>,
    /// What counts and what does not, folded.
    pub guidance: Option<String>,
    /// Last year's answer in words, with when that was.
    pub previous: Option<String>,
    /// Whether one press can answer the same again.
    pub copy: bool,
    /// Unit of measure after the field.
    pub unit: Option<String>,
    /// How it is answered.
    pub control: Control,
    /// The tick „nie wiem / brak danych”; `Some(ticked)` where it is offered.
    pub dont_know: Option<bool>,
    /// What is wrong.
    pub error: Option<String>,
    /// What looks odd and may be confirmed.
    pub warnings: Vec<Warned>,
}

/// A warning with its tick and room for a word of explanation.
#[derive(Debug, Clone)]
pub struct Warned {
    /// What looks odd.
    pub message: String,
    /// Whether „sprawdzone, zgadza się” is ticked.
    pub confirmed: bool,
    /// The explanation as typed.
    pub why: String,
}

/// How a question is answered.
#[derive(Debug, Clone)]
pub enum Control {
    /// One line of text.
    Line(Line),
    /// Several lines of text.
    Area(String),
    /// One of a few choices, all visible.
    Radios(Vec<Choice>),
    /// One of many choices, folded.
    Menu(Vec<Choice>),
    /// Any number of choices.
    Boxes(Vec<Choice>),
    /// Choices in order of weight, one menu per place.
    Places(Vec<Vec<Choice>>),
    /// One tick with the value `OK`.
    Tick(bool),
    /// Nothing to answer; the text may hold totals that follow the answers.
    Note,
    /// A value that is shown and not typed.
    Shown(String),
}

/// One line of text.
#[derive(Debug, Clone, Default)]
pub struct Line {
    /// What was typed, as typed.
    pub value: String,
    /// `text`, `email` or `tel`.
    pub kind: &'static str,
    /// `numeric`, `decimal` or nothing.
    pub inputmode: Option<&'static str>,
    /// Purpose of a contact field: `email`, `tel`, `name`.
    pub autocomplete: Option<&'static str>,
    /// Width: `s`, `m`, `l` or nothing for the whole column.
    pub width: &'static str,
}

/// A choice to be offered.
#[derive(Debug, Clone)]
pub struct Choice {
    /// What is sent.
    pub name: String,
    /// What is read.
    pub label: String,
    /// Whether it is chosen now.
    pub chosen: bool,
    /// Whether it stands a little apart ("none of these", "don't know").
    pub apart: bool,
}

impl Field {
    /// Id of the control, which links of the error summary lead to.
    pub fn id(&self) -> String {
        field_id(&self.path)
    }

    /// Id of a choice's input; the first has the id of the field.
    fn choice_id(&self, place: &usize, choice: &Choice) -> String {
        if *place == 0 { self.id() } else { format!("{}-{}", self.id(), choice.name) }
    }

    /// Id of one place of a rank, counted from 0; the first has the id of the field.
    fn place_id(&self, place: &usize) -> String {
        if *place == 0 { self.id() } else { format!("{}.{}", self.id(), place + 1) }
    }

    /// Whether the question is a set of inputs, so that its text is a legend and not a label.
    fn is_set(&self) -> bool {
        matches!(self.control, Control::Radios(_) | Control::Boxes(_) | Control::Places(_))
    }

    /// Whether the question has exactly one control that a label can name.
    fn is_single(&self) -> bool {
        matches!(self.control, Control::Line(_) | Control::Area(_) | Control::Menu(_))
    }

    /// Whether a warning can be confirmed: only about what the respondent typed.
    fn confirmable(&self) -> bool {
        !matches!(self.control, Control::Note | Control::Shown(_))
    }

    /// What the folded text under the question is called.
    fn guidance_title(&self) -> &'static str {
        if matches!(self.control, Control::Note) { "Więcej informacji" } else { "Co zaliczyć, a czego nie" }
    }

    fn is_radios(&self) -> bool {
        matches!(self.control, Control::Radios(_))
    }

    /// Whether the choices are few and short enough to stand in one line.
    fn is_flat(&self) -> bool {
        let Control::Radios(choices) = &self.control else { return false };
        choices.len() <= FLAT_CHOICES
            && choices.iter().all(|choice| choice.label.chars().count() <= FLAT_LETTERS)
    }

    fn has_error(&self) -> bool {
        self.error.is_some()
    }

    /// Ids of all texts that describe the control, separated by spaces; empty when there are none.
    fn described_by(&self) -> String {
        let mut ids = Vec::new();
        for (there, letter) in [
            (self.hint.is_some(), 'h'),
            (self.previous.is_some(), 'p'),
            (self.unit.is_some(), 'u'),
            (!self.warnings.is_empty(), 'w'),
            (self.has_error(), 'e'),
        ] {
            if there {
                ids.push(format!("{letter}-{}", self.path));
            }
        }
        ids.join(" ")
    }
}

/// Id of the control of the answer at a path.
pub fn field_id(path: &str) -> String {
    format!("f-{path}")
}

/// Id of a list, or of one entry (`{repeat}.{row}`).
pub fn rows_id(path: &str) -> String {
    format!("r-{path}")
}

/// A group inside a section.
#[derive(Debug, Clone, Template)]
#[template(path = "field/group.html")]
pub struct Group {
    /// Name of the group; in an entry `{repeat}.{row}.{group}`.
    pub path: String,
    /// Heading.
    pub label: String,
    /// Text under the heading.
    pub hint: Option<String>,
    /// One tick „nie wiem / brak danych” for everything inside; `Some(ticked)` where it is offered.
    pub dont_know: Option<bool>,
    /// Contents.
    pub blocks: Vec<Block>,
}

/// A list of entries.
#[derive(Debug, Clone, Template)]
#[template(path = "field/rows.html")]
pub struct Rows {
    /// Name of the list.
    pub name: String,
    /// Printed number.
    pub number: String,
    /// Heading.
    pub label: String,
    /// Text under the heading.
    pub hint: Option<String>,
    /// What counts and what does not, folded.
    pub guidance: Option<String>,
    /// What is wrong with the number of entries.
    pub error: Option<String>,
    /// What looks odd about the number of entries.
    pub warnings: Vec<Warned>,
    /// The entries, blank ones last.
    pub entries: Vec<Entry>,
    /// Entries of the edition before that can be taken over.
    pub before: Option<Earlier>,
    /// Whether entries can be added and removed; not when their number follows from another answer.
    pub free: bool,
}

impl Rows {
    /// A warning about the number of entries can always be confirmed.
    fn confirmable(&self) -> bool {
        true
    }
}

/// Entries of the edition before.
#[derive(Debug, Clone)]
pub struct Earlier {
    /// When that was: „Rok temu”.
    pub when: String,
    /// The entries that are not in the list yet.
    pub offers: Vec<Offer>,
}

/// An entry that can be taken over.
#[derive(Debug, Clone)]
pub struct Offer {
    /// `{repeat}.{row}`.
    pub path: String,
    /// Its answers in words.
    pub words: String,
}

/// One entry of a list.
#[derive(Debug, Clone)]
pub struct Entry {
    /// `{repeat}.{row}`.
    pub path: String,
    /// Place in the list, from 1.
    pub place: usize,
    /// Not stored yet: it exists once one of its fields is filled.
    pub blank: bool,
    /// The questions.
    pub blocks: Vec<Block>,
}
