//! What the demo prints.

use std::path::Path;

use serde::{Serialize, Serializer};

use super::campaign::{LOGIN, Played};
use super::edition;
use crate::config::Settings;
use crate::service::measure_tables;
use crate::service::measures::Measures;

/// Everything that somebody needs to look around.
#[derive(Debug, Serialize)]
pub struct Report {
    /// Absolute path of the folder.
    pub dir: String,
    /// Absolute path of the settings file.
    pub config: String,
    /// Absolute path or address of the database.
    pub database: String,
    /// Where the service answers.
    pub url: String,
    /// `programme/edition`.
    pub edition: String,
    /// Absolute path of the folder with the mails.
    pub outbox: String,
    /// Offices with their ways in.
    pub respondents: Vec<Respondent>,
    /// The way into the panel.
    pub panel: Panel,
    /// A bearer key of the API.
    pub api_key: String,
    /// The measures, printed as the document of the command `measures`.
    #[serde(serialize_with = "as_document")]
    pub measures: Measures,
}

/// One office.
#[derive(Debug, Serialize)]
pub struct Respondent {
    /// Its questionnaire.
    pub form: String,
    /// Its name.
    pub unit: String,
    /// `open`, `started` or `submitted`.
    pub state: &'static str,
    /// Its link.
    pub link: String,
    /// The code from its letter.
    pub code: String,
}

/// The way into the panel.
#[derive(Debug, Serialize)]
pub struct Panel {
    /// Address.
    pub url: String,
    /// Login.
    pub login: String,
    /// Password.
    pub password: String,
}

pub(super) fn report(
    dir: &Path,
    config: &Path,
    settings: &Settings,
    played: Played,
    measures: Measures,
) -> Report {
    Report {
        dir: dir.display().to_string(),
        config: config.display().to_string(),
        database: settings.database.clone(),
        url: settings.public_url.clone(),
        edition: edition().to_string(),
        outbox: settings.mail.file.folder.display().to_string(),
        respondents: respondents(&played),
        panel: Panel {
            url: format!("{}/panel", settings.public_url),
            login: LOGIN.into(),
            password: played.password,
        },
        api_key: played.api_key,
        measures,
    }
}

fn respondents(played: &Played) -> Vec<Respondent> {
    let all = played.issued.iter().map(|one| Respondent {
        form: one.invitation.form_id.clone(),
        unit: one.invitation.unit_name.clone(),
        state: played.states.get(&one.invitation.unit_code).copied().unwrap_or("open"),
        link: one.link.clone().unwrap_or_default(),
        code: one.letter_code.clone().unwrap_or_default(),
    });
    all.collect()
}

impl Report {
    /// The address that a visitor should open first: an office that has not begun.
    pub fn first_open(&self) -> Option<&Respondent> {
        self.respondents.iter().find(|respondent| respondent.state == "open")
    }
}

fn as_document<S: Serializer>(measures: &Measures, serializer: S) -> Result<S::Ok, S::Error> {
    measure_tables::document(measures).serialize(serializer)
}
