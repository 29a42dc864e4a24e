//! What is wrong with an expression, with its place in the text.

use std::ops::Range;

/// A problem of one expression; the messages are Polish and meant for authors of forms.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExprProblem {
    /// Byte range in the expression.
    pub span: Range<usize>,
    /// Stable code from [`codes`]: `F2xx` is an error, `W1xx` a warning.
    pub code: &'static str,
    /// What is wrong, one sentence without a full stop.
    pub message: String,
    /// What to do instead; may be empty.
    pub help: String,
}

impl ExprProblem {
    pub(crate) fn new(span: Range<usize>, code: &'static str, message: impl Into<String>) -> ExprProblem {
        ExprProblem { span, code, message: message.into(), help: String::new() }
    }

    pub(crate) fn help(mut self, help: impl Into<String>) -> ExprProblem {
        self.help = help.into();
        self
    }

    /// Whether this does not stop the form from loading.
    pub fn is_warning(&self) -> bool {
        self.code.starts_with('W')
    }
}

/// The stable codes of problems in expressions. Once published a code keeps its meaning.
pub mod codes {
    /// The text does not follow the grammar.
    pub const SYNTAX: &str = "F201";
    /// Too long, too deep, too many references.
    pub const LIMIT: &str = "F202";
    /// A text or a `${` without its end.
    pub const UNTERMINATED: &str = "F203";
    /// No question of that name.
    pub const UNKNOWN_NAME: &str = "F204";
    /// Syntax of XPath or other languages that is not in this one.
    pub const REFUSED_SYNTAX: &str = "F205";
    /// No function of that name.
    pub const UNKNOWN_FUNCTION: &str = "F206";
    /// A known function of ODK that is refused.
    pub const REFUSED_FUNCTION: &str = "F207";
    /// Wrong number of arguments.
    pub const ARITY: &str = "F208";
    /// An argument must be written as a text or number, or as a reference.
    pub const ARGUMENT_FORM: &str = "F209";
    /// A pattern that cannot be used.
    pub const PATTERN: &str = "F210";
    /// A word without quotation marks.
    pub const BARE_WORD: &str = "F211";
    /// The list has no such choice.
    pub const UNKNOWN_CHOICE: &str = "F212";
    /// A date compared with a text.
    pub const DATE_WITH_TEXT: &str = "F213";
    /// A number compared or computed with a text that is none.
    pub const NUMBER_WITH_TEXT: &str = "F214";
    /// True or false was expected.
    pub const NOT_BOOLEAN: &str = "F215";
    /// The function does not take this type.
    pub const ARGUMENT_TYPE: &str = "F216";
    /// A question of a repeat seen from outside, where one value is needed.
    pub const LIST_OUTSIDE: &str = "F217";
    /// A repeat summed from inside itself.
    pub const OWN_REPEAT: &str = "F218";
    /// A question that refers to itself.
    pub const SELF_REFERENCE: &str = "F219";
    /// Calculations or conditions that depend on each other in a circle (found by the loader).
    pub const CYCLE: &str = "F220";
    /// `.` outside a constraint.
    pub const DOT_OUTSIDE: &str = "F221";
    /// A group, a note or a repeat where a value is needed.
    pub const NO_VALUE: &str = "F222";
    /// Branches of different types.
    pub const BRANCHES: &str = "F223";
    /// `position(..)` outside a repeat.
    pub const POSITION_OUTSIDE: &str = "F224";
    /// Types that cannot be compared or computed with each other.
    pub const TYPES: &str = "F225";
    /// A date that the calendar does not have, or a format that is not known.
    pub const BAD_DATE: &str = "F226";
    /// `selected(..., '')`.
    pub const EMPTY_CHOICE: &str = "F227";
    /// A choice filter of another shape than `column = ${question}`.
    pub const CHOICE_FILTER: &str = "F228";
    /// A number written with an exponent or a decimal comma.
    pub const NUMBER_FORM: &str = "F229";
    /// `!=` is true for a question that was not answered.
    pub const NOT_EQUAL_EMPTY: &str = "W110";
    /// A condition that reads a later question.
    pub const LATER: &str = "W111";
    /// `selected()` on a question with one answer.
    pub const SELECTED_ON_ONE: &str = "W112";
    /// The own name in a constraint instead of `.`.
    pub const OWN_NAME: &str = "W113";
    /// A condition that is always true or always false.
    pub const CONSTANT: &str = "W114";
    /// Arithmetic that gives nothing when a question is not answered.
    pub const EMPTY_OPERAND: &str = "W115";
}
