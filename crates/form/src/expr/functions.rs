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

/// Name, function, least and greatest number of arguments, an example.
const TABLE: [(&str, Function, usize, usize, &str); 41] = [
    ("if", Function::If, 3, 3, "if(warunek, wartość, inna wartość)"),
    ("coalesce", Function::Coalesce, 2, 2, "coalesce(${nazwa}, 0)"),
    ("not", Function::Not, 1, 1, "not(warunek)"),
    ("true", Function::True, 0, 0, "true()"),
    ("false", Function::False, 0, 0, "false()"),
    ("boolean", Function::Boolean, 1, 1, "boolean(x)"),
    ("number", Function::Number, 1, 1, "number(tekst)"),
    ("string", Function::String, 1, 1, "string(x)"),
    ("int", Function::Int, 1, 1, "int(x) obcina część ułamkową"),
    ("boolean-from-string", Function::BooleanFromString, 1, 1, "boolean-from-string(tekst)"),
    ("selected", Function::Selected, 2, 2, "selected(${nazwa}, 'odpowiedź')"),
    ("count-selected", Function::CountSelected, 1, 1, "count-selected(${nazwa})"),
    (
        "selected-at",
        Function::SelectedAt,
        2,
        2,
        "selected-at(${nazwa}, 0) daje pierwszą z zaznaczonych odpowiedzi",
    ),
    ("count", Function::Count, 1, 1, "count(${lista})"),
    ("count-non-empty", Function::CountNonEmpty, 1, 1, "count-non-empty(${nazwa})"),
    ("sum", Function::Sum, 1, 1, "sum(${nazwa})"),
    ("min", Function::Min, 1, MANY, "min(a, b) albo min(${nazwa})"),
    ("max", Function::Max, 1, MANY, "max(a, b) albo max(${nazwa})"),
    ("join", Function::Join, 1, MANY, "join(', ', ${nazwa})"),
    ("concat", Function::Concat, 0, MANY, "concat(a, b)"),
    ("round", Function::Round, 1, 2, "round(x) albo round(x, 2)"),
    ("abs", Function::Abs, 1, 1, "abs(x)"),
    ("pow", Function::Pow, 2, 2, "pow(podstawa, wykładnik)"),
    ("string-length", Function::StringLength, 1, 1, "string-length(tekst)"),
    ("substr", Function::Substr, 2, 3, "substr(tekst, od) albo substr(tekst, od, do), licząc od 0"),
    ("contains", Function::Contains, 2, 2, "contains(tekst, część)"),
    ("starts-with", Function::StartsWith, 2, 2, "starts-with(tekst, początek)"),
    ("ends-with", Function::EndsWith, 2, 2, "ends-with(tekst, koniec)"),
    ("substring-before", Function::SubstringBefore, 2, 2, "substring-before(tekst, znak)"),
    ("substring-after", Function::SubstringAfter, 2, 2, "substring-after(tekst, znak)"),
    ("translate", Function::Translate, 3, 3, "translate(tekst, 'abc', 'ABC')"),
    ("normalize-space", Function::NormalizeSpace, 1, 1, "normalize-space(tekst)"),
    ("regex", Function::Regex, 2, 2, "regex(${kod}, '[0-9]{2}-[0-9]{3}')"),
    ("today", Function::Today, 0, 0, "today()"),
    ("date", Function::Date, 1, 1, "date('2024-06-30')"),
    ("format-date", Function::FormatDate, 2, 2, "format-date(${data}, '%d.%m.%Y')"),
    ("position", Function::Position, 0, 0, "position(..)"),
    ("jr:choice-name", Function::ChoiceName, 2, 2, "jr:choice-name(${nazwa}, '${nazwa}')"),
    ("is-unknown", Function::IsUnknown, 1, 1, "is-unknown(${nazwa})"),
    ("unit", Function::Unit, 1, 1, "unit('kind')"),
    ("previous", Function::Previous, 1, 1, "previous(${nazwa})"),
];

impl Function {
    /// The name of `position(..)`, whose argument is no expression.
    pub const POSITION: &str = "position";

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
        let (_, _, least, greatest, _) = TABLE[self as usize];
        (least, greatest)
    }

    /// An example for messages.
    pub fn usage(self) -> &'static str {
        TABLE[self as usize].4
    }

    /// All names, in the order of the table.
    pub fn names() -> impl Iterator<Item = &'static str> {
        TABLE.iter().map(|(name, ..)| *name)
    }
}
