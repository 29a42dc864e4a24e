//! An office: somebody with a browser, a link and a letter code.

use miernik::service::invitations::Issued;
use reqwest::blocking::{Client, RequestBuilder};
use reqwest::redirect::Policy;

use super::TestApp;
use super::page::{Form, Page};

/// A browser at the service's address. It keeps cookies and follows no redirect by itself.
#[derive(Clone)]
pub(crate) struct Browser {
    client: Client,
    address: String,
}

impl Browser {
    pub(crate) fn new(address: &str) -> Self {
        // Connections are not kept, so that a server that stops has nobody to wait for.
        let client = Client::builder().cookie_store(true).redirect(Policy::none()).pool_max_idle_per_host(0);
        Self { client: client.build().unwrap(), address: address.to_owned() }
    }

    /// The same browser, sent to another instance of the service.
    pub(crate) fn at_instance(&self, address: &str) -> Self {
        Self { address: address.to_owned(), ..self.clone() }
    }

    pub(crate) fn get(&self, path: &str) -> Page {
        self.send(self.client.get(self.at(path)))
    }

    /// A POST that claims to be forwarded for somebody.
    pub(crate) fn post_for(&self, whom: &str, path: &str, pairs: &[(String, String)]) -> Page {
        self.send(self.client.post(self.at(path)).header("x-forwarded-for", whom).form(pairs))
    }

    pub(crate) fn head(&self, path: &str) -> Page {
        self.send(self.client.head(self.at(path)))
    }

    pub(crate) fn post(&self, path: &str, pairs: &[(String, String)]) -> Page {
        self.send(self.client.post(self.at(path)).form(pairs))
    }

    /// A POST as the script of a page sends it.
    pub(crate) fn post_in_background(&self, path: &str, pairs: &[(String, String)]) -> Page {
        self.send(self.client.post(self.at(path)).header("x-requested-with", "fetch").form(pairs))
    }

    /// A POST with a body of the caller's.
    pub(crate) fn post_raw(&self, path: &str, body: Vec<u8>) -> Page {
        let form = "application/x-www-form-urlencoded";
        self.send(self.client.post(self.at(path)).header("content-type", form).body(body))
    }

    /// A form with a file, as a browser sends it.
    pub(crate) fn upload(
        &self,
        path: &str,
        pairs: &[(&str, &str)],
        (field, name, bytes): (&str, &str, &[u8]),
    ) -> Page {
        let line = "----granica-proby";
        let mut body = Vec::new();
        for (key, value) in pairs {
            let head =
                format!("--{line}\r\nContent-Disposition: form-data; name=\"{key}\"\r\n\r\n{value}\r\n");
            body.extend(head.into_bytes());
        }
        let head = format!(
            "--{line}\r\nContent-Disposition: form-data; name=\"{field}\"; filename=\"{name}\"\r\n\
             Content-Type: application/octet-stream\r\n\r\n"
        );
        body.extend(head.into_bytes());
        body.extend(bytes);
        body.extend(format!("\r\n--{line}--\r\n").into_bytes());
        let form = format!("multipart/form-data; boundary={line}");
        self.send(self.client.post(self.at(path)).header("content-type", form).body(body))
    }

    /// A request of any method without a body.
    pub(crate) fn ask(&self, method: &str, path: &str) -> Page {
        let method = method.parse().unwrap();
        self.send(self.client.request(method, self.at(path)))
    }

    /// Goes where a redirect leads.
    #[track_caller]
    pub(crate) fn follow(&self, page: &Page) -> Page {
        self.get(page.location())
    }

    fn at(&self, path: &str) -> String {
        let path = path.strip_prefix(&self.address).unwrap_or(path);
        format!("{}{path}", self.address)
    }

    fn send(&self, request: RequestBuilder) -> Page {
        Page::of(request.send().unwrap())
    }
}

/// Somebody of an office.
#[derive(Clone)]
pub(crate) struct Office {
    pub(crate) browser: Browser,
    /// The path of the link.
    pub(crate) link: String,
    /// The letter code.
    pub(crate) code: String,
}

impl Office {
    pub(crate) fn of(app: &TestApp, issued: &Issued) -> Self {
        let link = issued.link.clone().unwrap();
        let path = link.strip_prefix(&app.service.settings.public_url).unwrap().to_owned();
        let code = issued.letter_code.clone().unwrap();
        Self { browser: Browser::new(&app.address), link: path, code }
    }

    /// A second person of the same office with a browser of their own, already inside.
    pub(crate) fn colleague(&self) -> Self {
        let browser = Browser::new(&self.browser.address);
        let colleague = Self { browser, ..self.clone() };
        colleague.begin();
        colleague
    }

    /// Opens the link and presses the button.
    #[track_caller]
    pub(crate) fn begin(&self) -> Page {
        let start = self.get(&self.link).with_status(200);
        let begun = self.submit(&start.form());
        assert_eq!(begun.location(), "/ankieta");
        self.browser.follow(&begun).with_status(200)
    }

    /// Types the letter code at the front door.
    pub(crate) fn enter_code(&self, code: &str) -> Page {
        let form = self.get("/").form_to("/kod").set("kod", code);
        self.submit(&form)
    }

    pub(crate) fn get(&self, path: &str) -> Page {
        self.browser.get(path)
    }

    /// Opens a section.
    #[track_caller]
    pub(crate) fn section(&self, name: &str) -> Page {
        self.get(&section(name)).with_status(200)
    }

    /// Sends a form that has no named button.
    pub(crate) fn submit(&self, form: &Form) -> Page {
        self.browser.post(&form.action, &form.sent())
    }

    /// Sends a form with a button.
    #[track_caller]
    pub(crate) fn press(&self, form: &Form, button: &str) -> Page {
        self.browser.post(&form.action, &form.pressed(button, "1"))
    }

    /// Opens a section, fills it in and saves it.
    #[track_caller]
    pub(crate) fn save(&self, name: &str, answers: &[(&str, &str)]) -> Page {
        self.press(&filled(self.section(name).form(), answers), "_save")
    }

    /// Opens the check page and sends the questionnaire.
    #[track_caller]
    pub(crate) fn send(&self) -> Page {
        let check = self.get("/ankieta/sprawdz").with_status(200);
        self.submit(&check.form())
    }

    /// The number on the confirmation.
    #[track_caller]
    pub(crate) fn number(&self) -> String {
        self.get("/ankieta/potwierdzenie").with_status(200).text("[data-number]")
    }

    /// Fills the small questionnaire in with the fewest answers and sends it; gives the number.
    #[track_caller]
    pub(crate) fn answer(&self, czy: &str, ile: &str) -> String {
        self.save("liczby", &[("czy", czy), ("ile", ile), ("zgoda", "OK")]).location();
        if czy == "tak" {
            self.save("dodatek", &[("dopisek", "Coś było.")]).location();
        }
        assert_eq!(self.send().location(), "/ankieta/potwierdzenie");
        self.number()
    }

    /// Presses „Popraw odpowiedzi”.
    #[track_caller]
    pub(crate) fn correct(&self) {
        let list = self.get("/ankieta").with_status(200);
        assert_eq!(self.submit(&list.form_to("/ankieta/popraw")).location(), "/ankieta");
    }
}

/// The address of a section.
pub(crate) fn section(name: &str) -> String {
    format!("/ankieta/czesc/{name}")
}

/// A form with answers; `OK` and `1` tick.
#[track_caller]
pub(crate) fn filled(form: Form, answers: &[(&str, &str)]) -> Form {
    answers.iter().fold(form, |form, (name, value)| {
        if *value == "OK" || name.ends_with(".nw") {
            form.tick(name, value, true)
        } else {
            form.set(name, value)
        }
    })
}
