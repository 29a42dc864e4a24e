//! Pages that are a duty or a help: personal data, accessibility, help.
use askama::Template;
use chrono::NaiveDate;
use survey::programme::Privacy;

use crate::config::AccessibilityStatement;

use super::layout::Layout;
use super::parts::Fact;

/// `/informacja-rodo`: what happens with personal data.
#[derive(Debug, Clone, Template)]
#[template(path = "public/privacy.html")]
pub struct PrivacyPage {
    /// Surroundings.
    pub layout: Layout,
    /// What each programme declares; none before there is one.
    pub clauses: Vec<Clause>,
}

/// The information clause of one programme.
#[derive(Debug, Clone)]
pub struct Clause {
    /// Its name.
    pub programme: String,
    /// What its file says, with what the office has not filled in named as such.
    pub privacy: Privacy,
}

impl Clause {
    /// The clause of a programme.
    pub fn new(programme: &str, privacy: &Privacy) -> Self {
        let said = |text: &str| text.trim().replace("DO UZUPEŁNIENIA", "urząd jeszcze nie podał");
        let privacy = Privacy {
            short: said(&privacy.short),
            controller: said(&privacy.controller),
            officer: said(&privacy.officer),
            purpose: said(&privacy.purpose),
            legal_basis: said(&privacy.legal_basis),
            recipients: said(&privacy.recipients),
            retention: said(&privacy.retention),
            source: said(&privacy.source),
            voluntary: said(&privacy.voluntary),
            transfers: said(&privacy.transfers),
            automation: said(&privacy.automation),
        };
        Self { programme: programme.to_owned(), privacy }
    }
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
