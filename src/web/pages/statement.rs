//! Pages that are a duty or a help: personal data, accessibility, help.
use askama::Template;
use chrono::NaiveDate;

use crate::config::AccessibilityStatement;

use super::layout::Layout;
use super::parts::Fact;

/// `/informacja-rodo`: what happens with personal data.
#[derive(Debug, Clone, Template)]
#[template(path = "public/privacy.html")]
pub struct PrivacyPage {
    /// Surroundings.
    pub layout: Layout,
    /// How many months after closing contact details are removed.
    pub contact_months: u32,
    /// How many months entries of the security log are kept.
    pub log_months: u32,
}

/// `/deklaracja-dostepnosci`: the accessibility statement in its prescribed structure.
#[derive(Debug, Clone, Template)]
#[template(path = "public/declaration.html")]
pub struct DeclarationPage {
    /// Surroundings.
    pub layout: Layout,
    /// What the office declares.
    pub statement: AccessibilityStatement,
}

impl DeclarationPage {
    fn conforms(&self) -> bool {
        self.statement.status == "zgodna"
    }

    fn barely(&self) -> bool {
        self.statement.status == "niezgodna"
    }

    fn words(&self, date: &NaiveDate) -> String {
        form::polish::date_long(*date)
    }
}

/// `/pomoc`: answers to usual questions.
#[derive(Debug, Clone, Template)]
#[template(path = "public/help.html")]
pub struct HelpPage {
    /// Surroundings.
    pub layout: Layout,
    /// Terms with their meaning, from the programme.
    pub terms: Vec<Fact>,
}
