//! Which sections a colleague's link may see and save.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

/// The sections of an access; the office's own link and the letter code have all.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Allowed(Option<BTreeSet<String>>);

impl Allowed {
    /// Every section, and sending.
    pub const ALL: Self = Self(None);

    /// Only these sections, no sending.
    pub fn sections(names: impl IntoIterator<Item = String>) -> Self {
        Self(Some(names.into_iter().collect()))
    }

    /// Whether the section may be seen and saved.
    pub fn permits(&self, section: &str) -> bool {
        self.0.as_ref().is_none_or(|names| names.contains(section))
    }

    /// Whether the whole questionnaire may be checked, sent and corrected: not with a part of it.
    pub fn may_submit(&self) -> bool {
        self.0.is_none()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_colleague_sees_the_named_sections_and_cannot_send() {
        let allowed = Allowed::sections(["media".to_owned()]);
        assert!(allowed.permits("media") && !allowed.permits("zamowienia") && !allowed.may_submit());
        assert!(Allowed::ALL.permits("zamowienia") && Allowed::ALL.may_submit());
        assert_eq!(serde_json::to_string(&allowed).unwrap(), r#"["media"]"#);
        assert_eq!(serde_json::from_str::<Allowed>("null").unwrap(), Allowed::ALL);
    }
}
