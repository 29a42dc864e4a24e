//! The closed table of functions: names, numbers of arguments, and the functions that are refused with a reason.

/// The 41 functions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "each is named after the function; the table below says what it takes")]
pub enum Function {
    If,
    Coalesce,
    Not,
    True,
    False,
    Boolean,
    Number,
    String,
    Int,
    BooleanFromString,
    Selected,
    CountSelected,
    SelectedAt,
    Count,
    CountNonEmpty,
    Sum,
    Min,
    Max,
    Join,
    Concat,
    Round,
    Abs,
    Pow,
    StringLength,
    Substr,
    Contains,
    StartsWith,
    EndsWith,
    SubstringBefore,
    SubstringAfter,
    Translate,
    NormalizeSpace,
    Regex,
    Today,
    Date,
    FormatDate,
    Position,
    ChoiceName,
    IsUnknown,
    Unit,
    Previous,
}

/// Any number of arguments.
const MANY: usize = usize::MAX;

/// Name, function, least and greatest number of arguments.
const TABLE: [(&str, Function, usize, usize); 41] = [
    ("if", Function::If, 3, 3),
    ("coalesce", Function::Coalesce, 2, 2),
    ("not", Function::Not, 1, 1),
    ("true", Function::True, 0, 0),
    ("false", Function::False, 0, 0),
    ("boolean", Function::Boolean, 1, 1),
    ("number", Function::Number, 1, 1),
    ("string", Function::String, 1, 1),
    ("int", Function::Int, 1, 1),
    ("boolean-from-string", Function::BooleanFromString, 1, 1),
    ("selected", Function::Selected, 2, 2),
    ("count-selected", Function::CountSelected, 1, 1),
    ("selected-at", Function::SelectedAt, 2, 2),
    ("count", Function::Count, 1, 1),
    ("count-non-empty", Function::CountNonEmpty, 1, 1),
    ("sum", Function::Sum, 1, 1),
    ("min", Function::Min, 1, MANY),
    ("max", Function::Max, 1, MANY),
    ("join", Function::Join, 1, MANY),
    ("concat", Function::Concat, 0, MANY),
    ("round", Function::Round, 1, 2),
    ("abs", Function::Abs, 1, 1),
    ("pow", Function::Pow, 2, 2),
    ("string-length", Function::StringLength, 1, 1),
    ("substr", Function::Substr, 2, 3),
    ("contains", Function::Contains, 2, 2),
    ("starts-with", Function::StartsWith, 2, 2),
    ("ends-with", Function::EndsWith, 2, 2),
    ("substring-before", Function::SubstringBefore, 2, 2),
    ("substring-after", Function::SubstringAfter, 2, 2),
    ("translate", Function::Translate, 3, 3),
    ("normalize-space", Function::NormalizeSpace, 1, 1),
    ("regex", Function::Regex, 2, 2),
    ("today", Function::Today, 0, 0),
    ("date", Function::Date, 1, 1),
    ("format-date", Function::FormatDate, 2, 2),
    ("position", Function::Position, 0, 0),
    ("jr:choice-name", Function::ChoiceName, 2, 2),
    ("is-unknown", Function::IsUnknown, 1, 1),
    ("unit", Function::Unit, 1, 1),
    ("previous", Function::Previous, 1, 1),
];

impl Function {
    /// The function of that name; names are case-sensitive.
    pub fn named(name: &str) -> Option<Function> {
        TABLE.iter().find(|(known, ..)| *known == name).map(|(_, function, ..)| *function)
    }

    /// How it is written, without parentheses.
    pub fn name(self) -> &'static str {
        TABLE[self as usize].0
    }

    /// The least and the greatest number of arguments (`usize::MAX`: any).
    pub fn arity(self) -> (usize, usize) {
        let (_, _, least, greatest) = TABLE[self as usize];
        (least, greatest)
    }

    /// All names, in the order of the table.
    pub fn names() -> impl Iterator<Item = &'static str> {
        TABLE.iter().map(|(name, ..)| *name)
    }
}
