//! What the static check needs to know about the form around an expression.

/// The static type of an expression.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Type {
    /// A text.
    Text,
    /// A number.
    Number,
    /// True or false.
    Boolean,
    /// A calendar day.
    Date,
    /// The name of one choice (`select_one`); a text that can be compared with the names of its list only.
    Choice,
    /// Names of several choices (`select_multiple`, `rank`).
    Choices,
    /// The empty text `''`: fits every type.
    Empty,
    /// Unknown, because a problem was already reported or the value may be of any type (`previous`).
    Any,
}

/// What a name stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Meaning {
    /// A question or calculation that has a value of this type (`Text`, `Number`, `Date`, `Choice`, `Choices`;
    /// `acknowledge` is `Choice` with the one choice `OK`; calculations also `Boolean`, and `Any` while their own
    /// type is not known yet).
    Value(Type),
    /// A repeat: only `count(${name})`.
    Repeat,
    /// A group or section: has no value.
    Group,
    /// A note: has no value.
    Note,
}

/// A name of the form, as seen by the check.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named<'a> {
    /// What it is.
    pub meaning: Meaning,
    /// The names of the choices of its list, in list order; empty for everything that is no select.
    pub choices: Vec<&'a str>,
    /// The name of the choice list, for messages.
    pub list: Option<&'a str>,
    /// The repeat that it is in.
    pub repeat: Option<&'a str>,
    /// Whether it stands later in the document than the row that the expression belongs to.
    pub later: bool,
    /// Whether it may be left unanswered (not required, or not always relevant). Calculations are not optional.
    pub optional: bool,
    /// Where it is declared, for "did you mean": e.g. `wiersz 76`.
    pub place: Option<String>,
}

impl<'a> Named<'a> {
    /// A required question outside repeats, declared earlier; change what differs.
    pub fn new(meaning: Meaning) -> Named<'a> {
        Named {
            meaning,
            choices: Vec::new(),
            list: None,
            repeat: None,
            later: false,
            optional: false,
            place: None,
        }
    }
}

/// The names of a form.
pub trait Names {
    /// What `name` stands for; None when the form has no such name.
    fn named(&self, name: &str) -> Option<Named<'_>>;

    /// All names, from which "did you mean" is taken.
    fn all(&self) -> Vec<&str>;

    /// The attributes that `unit('...')` can ask for; None when they are not known here, so that any is accepted.
    fn unit_attributes(&self) -> Option<Vec<&str>> {
        None
    }

    /// The extra columns of the list that a choice filter filters; None when not known here.
    fn columns(&self) -> Option<Vec<&str>> {
        None
    }
}

/// What an expression is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Role {
    /// `relevant`: must be true or false; reads earlier questions, not its own.
    Relevant,
    /// `required`: must be true or false.
    Required,
    /// `constraint`: must be true or false; `.` is the candidate value.
    Constraint,
    /// `warning`: like a constraint, but does not block.
    Warning,
    /// `calculation`: any type; the type found is the calculation's.
    Calculation,
    /// `repeat_count`: must be a number.
    RepeatCount,
    /// `choice_filter`, parsed by [`super::Expr::parse_filter`].
    ChoiceFilter,
    /// `where` of a measure: must be true or false; later questions are no trap here.
    Where,
    /// `of` of a measure: any type.
    Of,
    /// Evaluated by hand (`form eval`): anything goes.
    Free,
}

impl Role {
    /// Whether the result must be true or false.
    pub fn is_condition(self) -> bool {
        matches!(self, Role::Relevant | Role::Required | Role::Constraint | Role::Warning | Role::Where)
    }
}

/// Where an expression stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place<'a> {
    /// What it is for.
    pub role: Role,
    /// The question, group or repeat that it belongs to.
    pub owner: Option<&'a str>,
    /// The repeat whose rows it is evaluated in (for a measure its `over`). The `relevant` and `repeat_count` of a
    /// repeat itself stand outside it.
    pub repeat: Option<&'a str>,
}
