//! `/panel/logowanie`: the way into the panel.
use askama::Template;

use crate::web::pages::layout::Layout;
use crate::web::pages::parts::Mistake;

/// The login page. Which of the three was wrong is never said.
#[derive(Debug, Clone, Template)]
#[template(path = "panel/login.html")]
pub struct LoginPage {
    /// Surroundings.
    pub layout: Layout,
    /// The login as typed.
    pub login: String,
    /// Token against forms from elsewhere.
    pub csrf: String,
    /// Where to go afterwards; an address below `/panel`.
    pub next: Option<String>,
    /// What is wrong; at most one.
    pub errors: Vec<Mistake>,
}

impl LoginPage {
    /// The page before anything was typed.
    pub fn new(layout: Layout, csrf: &str) -> LoginPage {
        LoginPage { layout, login: String::new(), csrf: csrf.into(), next: None, errors: Vec::new() }
    }

    /// The page after a login that failed.
    pub fn refused(layout: Layout, csrf: &str, login: &str) -> LoginPage {
        let text = "Login, hasło lub kod jest nieprawidłowy. Proszę sprawdzić i wpisać je jeszcze raz.";
        let mistake = Mistake { anchor: "login".into(), text: text.into() };
        LoginPage {
            layout: layout.with_errors(true),
            login: login.into(),
            csrf: csrf.into(),
            next: None,
            errors: vec![mistake],
        }
    }

    fn error(&self) -> Option<&str> {
        self.errors.first().map(|mistake| mistake.text.as_str())
    }
}
