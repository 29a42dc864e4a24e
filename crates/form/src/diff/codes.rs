//! Codes of problems between two editions. Once published a code keeps its meaning.

/// What a question asks was changed and nothing says whether answers can be compared.
pub const UNEXPLAINED: &str = "F301";
/// A question of the previous edition is neither there nor retired.
pub const VANISHED: &str = "F302";
/// `was` of a question is not its name in the previous edition.
pub const WRONG_WAS: &str = "F303";
/// `since` on a question that the previous edition asked already.
pub const OLD_SINCE: &str = "F304";
/// A retired id that no earlier edition had.
pub const UNKNOWN_RETIRED: &str = "F305";
/// `was` of a choice names no choice of the previous edition.
pub const UNKNOWN_CHOICE: &str = "F306";
/// A list of choices was changed and nothing says whether answers can be compared.
pub const UNEXPLAINED_LIST: &str = "F307";
/// The two files are not two editions of one questionnaire, or not the two that follow each other.
pub const OTHER_FORM: &str = "F308";
/// A question got another name without `was`.
pub const RENAMED: &str = "F309";
