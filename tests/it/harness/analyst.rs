//! Somebody at the panel.

use super::office::Browser;
use super::page::Page;

/// An analyst with a browser.
pub(crate) struct Analyst {
    pub(crate) browser: Browser,
}

impl Analyst {
    pub(crate) fn at(address: &str) -> Self {
        Self { browser: Browser::new(address) }
    }

    /// Fills the login form in.
    pub(crate) fn log_in(&self, login: &str, password: &str) -> Page {
        let form = self.browser.get("/panel/logowanie").with_status(200).form();
        let form = form.set("login", login).set("haslo", password);
        self.browser.post(&form.action, &form.sent())
    }

    pub(crate) fn get(&self, path: &str) -> Page {
        self.browser.get(path)
    }

    /// Presses „Wyloguj”.
    pub(crate) fn log_out(&self) -> Page {
        let form = self.get("/panel").with_status(200).form_to("/panel/wyloguj");
        self.browser.post(&form.action, &form.sent())
    }
}
