//! The stable codes of problems that are not about expressions. Once published a code keeps its meaning.

/// The file is no TOML.
pub const SYNTAX: &str = "F001";
/// A table or value of another shape than expected.
pub const SHAPE: &str = "F002";
/// A key of `[settings]` is missing or wrong.
pub const SETTING: &str = "F003";
/// The form has no section.
pub const EMPTY_FORM: &str = "F004";
/// Labels in several languages, but no default language.
pub const NO_DEFAULT_LANGUAGE: &str = "F005";
/// The file cannot be read at all, or a folder holds no questionnaire.
pub const UNREADABLE: &str = "F006";

/// A type that is refused.
pub const REFUSED_TYPE: &str = "F101";
/// A type that does not exist.
pub const UNKNOWN_TYPE: &str = "F102";
/// A row without a type.
pub const NO_TYPE: &str = "F103";
/// A row without a name.
pub const NO_NAME: &str = "F104";
/// A name of another shape than allowed.
pub const BAD_NAME: &str = "F105";
/// A name used twice.
pub const SAME_NAME: &str = "F106";
/// A question or repeat outside a group.
pub const OUTSIDE_GROUP: &str = "F107";
/// `begin_...` and `end_...` that do not match.
pub const NESTING: &str = "F108";
/// A repeat in a repeat.
pub const REPEAT_IN_REPEAT: &str = "F109";
/// A select without a list, or with an unknown one.
pub const UNKNOWN_LIST: &str = "F110";
/// A list without choices.
pub const EMPTY_LIST: &str = "F111";
/// A choice without a name or with a bad one.
pub const CHOICE_NAME: &str = "F112";
/// A choice name used twice in a list.
pub const SAME_CHOICE: &str = "F113";
/// A section or question without a label.
pub const NO_LABEL: &str = "F114";
/// A value that its key does not allow.
pub const BAD_VALUE: &str = "F115";
/// A column that is refused.
pub const REFUSED_COLUMN: &str = "F116";
/// A calculation without an expression.
pub const NO_CALCULATION: &str = "F117";
/// An expression inserted into a text.
pub const TEXT_EXPRESSION: &str = "F118";
/// A default that is an expression or does not fit the type.
pub const BAD_DEFAULT: &str = "F119";
/// Contact details used where answers are.
pub const PERSONAL: &str = "F120";
/// An `id` used twice.
pub const SAME_ID: &str = "F121";
/// `min` above `max`.
pub const MIN_ABOVE_MAX: &str = "F122";
/// `comparable` without `change_note`.
pub const NO_CHANGE_NOTE: &str = "F123";
/// `repeat_count` that is neither a number nor `${integer}`.
pub const REPEAT_COUNT: &str = "F124";

/// A measure without a name, or with a bad or repeated one.
pub const MEASURE_NAME: &str = "F401";
/// No such `fn`, or none at all.
pub const MEASURE_FUNCTION: &str = "F402";
/// A share without a base, or a base that does not exist or does not fit.
pub const MEASURE_BASE: &str = "F403";
/// `of` is missing or does not fit the function.
pub const MEASURE_OF: &str = "F404";
/// `over` names no repeat.
pub const MEASURE_OVER: &str = "F405";
/// A report row without `row`, or without both `text` and `table`.
pub const REPORT_ROW: &str = "F406";
/// A placeholder that cannot be read.
pub const PLACEHOLDER: &str = "F407";
/// A placeholder with a name that is no measure.
pub const UNKNOWN_MEASURE: &str = "F408";
/// A placeholder that asks for what the measure does not have.
pub const PLACEHOLDER_USE: &str = "F409";
/// A table of the report that does not exist or does not fit.
pub const REPORT_TABLE: &str = "F410";
/// A `[[retired]]` row that is incomplete, or a question that still stands in the form.
pub const RETIRED: &str = "F411";
/// `part_of` names no measure that can be its whole, or leads back to itself.
pub const PART_OF: &str = "F412";

/// `coding` names neither a code frame nor a list of choices.
pub const UNKNOWN_FRAME: &str = "F501";
/// A code frame without a name, or with another one than its file.
pub const FRAME_NAME: &str = "F502";
/// A code without a name, or with a bad or repeated one.
pub const CODE_NAME: &str = "F503";
/// A code without a label.
pub const CODE_LABEL: &str = "F504";
/// A code of a kind that does not exist.
pub const CODE_KIND: &str = "F505";
/// A code under a theme that the frame does not name.
pub const CODE_THEME: &str = "F506";
/// A code frame without a code that may be given.
pub const EMPTY_FRAME: &str = "F507";

/// A key that this version does not know; it is kept.
pub const UNKNOWN_KEY: &str = "W010";
/// A spelling that was converted.
pub const CONVERTED: &str = "W011";
/// A row that was left out.
pub const IGNORED: &str = "W012";
/// A key that means nothing in this row.
pub const KEY_WITHOUT_EFFECT: &str = "W013";
/// A constraint without a message.
pub const NO_CONSTRAINT_MESSAGE: &str = "W020";
/// A list of choices that nothing uses.
pub const UNUSED_LIST: &str = "W021";
/// A section, group or repeat without questions.
pub const EMPTY_GROUP: &str = "W022";
/// A list of entries without a heading, or a choice without a text of its own.
pub const NO_HEADING: &str = "W023";
/// A percentage typed into a sentence of the report instead of computed.
pub const TYPED_PERCENT: &str = "W024";
/// A measure over a question whose answers are never published.
pub const NOT_PUBLISHED: &str = "W025";
