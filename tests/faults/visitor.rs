//! Somebody of an office who writes the same note three times on one page, again and again.

use reqwest::blocking::{Client, Response};
use reqwest::redirect::Policy;
use scraper::{Html, Selector};

/// The page that is filled in.
const PAGE: &str = "/ankieta/czesc/notatki";
/// Its questions.
const NOTES: [&str; 3] = ["pierwsza", "druga", "trzecia"];

/// Somebody with a browser, and what they know about their answers.
pub(crate) struct Visitor {
    client: Client,
    entrance: String,
    number: usize,
    hidden: Vec<(String, String)>,
    written: usize,
    /// Texts whose page was answered with 303, in order.
    pub(crate) acknowledged: Vec<String>,
    /// The text whose page has had no answer since the last acknowledged one.
    pending: Vec<String>,
}

impl Visitor {
    /// Opens the link, presses the button, opens the page.
    pub(crate) fn enter(address: &str, link: &str, number: usize) -> Self {
        let client = Client::builder().cookie_store(true).redirect(Policy::none()).pool_max_idle_per_host(0);
        let client = client.build().unwrap();
        let entrance = format!("/a/{}", link.split("/a/").nth(1).unwrap());
        let begun = client.post(format!("{address}{entrance}")).send().unwrap();
        assert_eq!(begun.status().as_u16(), 303);
        let (hidden, acknowledged, pending) = (Vec::new(), Vec::new(), Vec::new());
        let mut visitor = Self { client, entrance, number, hidden, written: 0, acknowledged, pending };
        visitor.hidden =
            visitor.inputs(address).into_iter().filter(|(name, _)| name.starts_with('_')).collect();
        visitor
    }

    /// What the page shows: names and values of its inputs.
    fn inputs(&self, address: &str) -> Vec<(String, String)> {
        let page = self.get(address, PAGE);
        assert_eq!(page.status().as_u16(), 200);
        let page = Html::parse_document(&page.text().unwrap());
        let inputs = Selector::parse("main form input[name]").unwrap();
        let pair = |name: &str, value: Option<&str>| (name.to_owned(), value.unwrap_or_default().to_owned());
        page.select(&inputs).map(|input| pair(input.attr("name").unwrap(), input.attr("value"))).collect()
    }

    pub(crate) fn get(&self, address: &str, path: &str) -> Response {
        self.client.get(format!("{address}{path}")).send().unwrap()
    }

    /// Writes a text that nobody wrote before, `padding` characters longer than needed.
    pub(crate) fn note(&mut self, padding: usize) -> String {
        self.written += 1;
        format!("n{}z{}k{}", self.number, self.written, "x".repeat(padding))
    }

    /// The pairs of a page with a text.
    fn pairs(&self, text: &str) -> Vec<(String, String)> {
        let mut pairs = self.hidden.clone();
        pairs.extend(NOTES.map(|name| (name.to_owned(), text.to_owned())));
        pairs.push(("_save".into(), "1".into()));
        pairs
    }

    /// The body of a POST with a text, and the cookie of the session.
    pub(crate) fn raw(&self, address: &str, text: &str) -> reqwest::blocking::Request {
        self.client.post(format!("{address}{PAGE}")).form(&self.pairs(text)).build().unwrap()
    }

    /// The cookie of a new session of the same person, for requests that are written by hand.
    pub(crate) fn cookie(&self, address: &str) -> String {
        let begun = self.client.post(format!("{address}{}", self.entrance)).send().unwrap();
        let cookie = begun.headers()["set-cookie"].to_str().unwrap();
        cookie.split(';').next().unwrap().to_owned()
    }

    /// Saves the page with a new text; the answer, or `None` when the connection was refused or lost.
    pub(crate) fn save(&mut self, address: &str, padding: usize) -> Option<Response> {
        let text = self.note(padding);
        self.pending.push(text.clone());
        let sent = self.client.post(format!("{address}{PAGE}")).form(&self.pairs(&text)).send();
        let answer = sent.ok()?;
        if answer.status().as_u16() == 303 {
            self.acknowledged.push(text);
            self.pending.clear();
        }
        Some(answer)
    }

    /// Saves one page after another until there is no answer.
    pub(crate) fn save_until_gone(&mut self, address: &str) {
        while let Some(answer) = self.save(address, 0) {
            let status = answer.status().as_u16();
            assert!([303, 503].contains(&status), "{status}: {:?}", answer.text());
        }
    }

    /// Asserts that the page shows the same text three times: the last acknowledged one, or one without an answer.
    #[track_caller]
    pub(crate) fn assert_whole(&mut self, address: &str) {
        let inputs = self.inputs(address);
        let shown = NOTES.map(|note| &inputs.iter().find(|(name, _)| name == note).unwrap().1);
        assert!(shown[0] == shown[1] && shown[1] == shown[2], "a page in part: {shown:?}");
        let last = self.acknowledged.last().cloned().unwrap_or_default();
        assert!(*shown[0] == last || self.pending.contains(shown[0]), "{shown:?} instead of {last}");
        // What had no answer and is there counts from now on.
        if *shown[0] != last {
            self.acknowledged.push(shown[0].clone());
        }
        self.pending.clear();
    }
}
