//! Where letters go: a folder, or a transport that fails as it is told.

use std::collections::VecDeque;
use std::path::Path;
use std::sync::{Arc, Mutex};

use miernik::config::{FileMail, MailSettings};
use miernik::mail::{DeliveryError, Mailer, Transport};
use miernik::service::outbox::Step;
use store::{Mail, OutboxState};

use super::TestApp;

/// The letters of one test.
pub(crate) struct Outbox {
    folder: tempfile::TempDir,
    mailer: Mailer,
}

/// A message as it lies in the folder.
pub(crate) struct Letter {
    source: String,
}

impl Outbox {
    /// A folder; the sender is that of the settings.
    pub(crate) fn new(settings: &MailSettings) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let file = FileMail { folder: folder.path().to_path_buf() };
        let mailer = Mailer::new(&MailSettings { file, ..settings.clone() }).unwrap();
        Self { folder, mailer }
    }

    /// Sends everything that is due now.
    pub(crate) fn send_all(&self, app: &TestApp) {
        while app.service.outbox_step(&app.programme(), &self.mailer).unwrap() != Step::Idle {}
    }

    /// Every message in the folder.
    pub(crate) fn letters(&self) -> Vec<Letter> {
        let mut files: Vec<_> =
            std::fs::read_dir(self.folder.path()).unwrap().map(|f| f.unwrap().path()).collect();
        files.sort();
        let eml = |file: &&std::path::PathBuf| file.extension().is_some_and(|ending| ending == "eml");
        files.iter().filter(eml).map(|file| Letter::read(file)).collect()
    }
}

impl Letter {
    fn read(file: &Path) -> Self {
        Self { source: std::fs::read_to_string(file).unwrap() }
    }

    /// A header as it stands, its folded lines joined.
    pub(crate) fn header(&self, name: &str) -> Option<String> {
        let (head, _) = self.source.split_once("\r\n\r\n").unwrap();
        let unfolded = head.replace("\r\n ", " ").replace("\r\n\t", " ");
        let lines = unfolded.lines().filter_map(|line| line.split_once(": "));
        let mut found =
            lines.filter(|(own, _)| own.eq_ignore_ascii_case(name)).map(|(_, value)| value.to_owned());
        let first = found.next();
        assert_eq!(found.next(), None, "{name} stands twice");
        first
    }

    /// The body with quoted-printable undone.
    pub(crate) fn text(&self) -> String {
        let (_, body) = self.source.split_once("\r\n\r\n").unwrap();
        let mut bytes = Vec::new();
        let joined = body.replace("=\r\n", "");
        let mut rest = joined.as_bytes();
        while let Some((&byte, after)) = rest.split_first() {
            rest = after;
            if byte != b'=' {
                bytes.push(byte);
                continue;
            }
            let (digits, after) = rest.split_at(2);
            bytes.push(u8::from_str_radix(std::str::from_utf8(digits).unwrap(), 16).unwrap());
            rest = after;
        }
        String::from_utf8(bytes).unwrap()
    }

    /// Every address in the text.
    pub(crate) fn addresses(&self) -> Vec<String> {
        let text = self.text();
        let words = text.split_whitespace().filter(|word| word.starts_with("http"));
        words.map(|word| word.trim_end_matches(['.', ',']).to_owned()).collect()
    }
}

/// What a transport says about each message in turn; after the last one it takes everything.
#[derive(Clone, Default)]
pub(crate) struct Moody {
    moods: Arc<Mutex<VecDeque<DeliveryError>>>,
    taken: Arc<Mutex<Vec<String>>>,
}

impl Moody {
    pub(crate) fn new(moods: impl IntoIterator<Item = DeliveryError>) -> Self {
        let moods = Arc::new(Mutex::new(moods.into_iter().collect()));
        Self { moods, taken: Arc::default() }
    }

    /// Takes the next mail that is due through one attempt.
    #[track_caller]
    pub(crate) fn step(&self, app: &TestApp) -> Step {
        let mailer = Mailer::with_transport(&app.service.settings.mail, Box::new(self.clone())).unwrap();
        app.service.outbox_step(&app.programme(), &mailer).unwrap()
    }

    /// The `Message-ID`s of what was taken.
    pub(crate) fn taken(&self) -> Vec<String> {
        self.taken.lock().unwrap().clone()
    }
}

impl Transport for Moody {
    fn deliver(&self, message: &lettre::Message, _name: &str) -> Result<(), DeliveryError> {
        if let Some(error) = self.moods.lock().unwrap().pop_front() {
            return Err(error);
        }
        let id = message.headers().get_raw("Message-ID").unwrap().to_owned();
        self.taken.lock().unwrap().push(id);
        Ok(())
    }

    fn pause_ms(&self) -> u32 {
        0
    }
}

/// Every row of the outbox, the oldest first.
pub(crate) fn rows(app: &TestApp) -> Vec<Mail> {
    let scope = app.programme().scope();
    app.service.store.read("test", |tx| tx.outbox_page(scope, None, None, 1000)).unwrap()
}

impl TestApp {
    /// The state of every row of the outbox.
    pub(crate) fn mail_states(&self) -> Vec<OutboxState> {
        rows(self).into_iter().map(|mail| mail.state).collect()
    }
}
