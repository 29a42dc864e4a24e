//! A program that reads numbers.

use reqwest::blocking::Client;
use serde_json::Value;

use super::TestApp;
use super::page::Page;

/// A program with a bearer key.
pub(crate) struct Program {
    client: Client,
    address: String,
    key: Option<String>,
}

impl Program {
    pub(crate) fn with_key(app: &TestApp, key: &str) -> Self {
        Self { key: Some(key.to_owned()), ..Self::without_key(app) }
    }

    pub(crate) fn without_key(app: &TestApp) -> Self {
        let client = Client::builder().pool_max_idle_per_host(0).build().unwrap();
        let address = format!("{}/api/v1/editions/{}/measures", app.address, app.edition);
        Self { client, address, key: None }
    }

    /// Asks below the measures of the edition: the empty text, `.csv`, `.csv?profil=excel`.
    pub(crate) fn ask(&self, rest: &str) -> Page {
        let request = self.client.get(format!("{}{rest}", self.address));
        let request = match &self.key {
            Some(key) => request.bearer_auth(key),
            None => request,
        };
        Page::of(request.send().unwrap())
    }

    /// The document of all measures.
    #[track_caller]
    pub(crate) fn measures(&self) -> Value {
        serde_json::from_slice(&self.ask("").with_status(200).body).unwrap()
    }

    /// One measure of a questionnaire.
    #[track_caller]
    pub(crate) fn measure(&self, form: &str, name: &str) -> Value {
        let all = self.measures();
        let found =
            all["measures"].as_array().unwrap().iter().find(|m| m["form"] == form && m["name"] == name);
        found.unwrap().clone()
    }
}
