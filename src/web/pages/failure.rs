//! Pages that say why something could not be done and what to do now.
use askama::Template;

use super::layout::Layout;
use super::parts::{Carried, Fact};

/// A page in place of the one that was asked for.
#[derive(Debug, Clone, Template)]
#[template(path = "public/failure.html")]
pub struct FailurePage {
    /// Surroundings; its title is the heading.
    pub layout: Layout,
    /// What happened, in whole sentences.
    pub what: String,
    /// What can be done now.
    pub remedy: String,
    /// A link that leads on.
    pub onward: Option<(String, String)>,
    /// Names the request in the log of the service.
    pub request_id: String,
    /// What was typed and could not be saved: question and answer.
    pub typed: Vec<Fact>,
}

/// Reasons for a [`FailurePage`], with what the sentence needs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Failure {
    /// 404: there is no such link or code.
    UnknownLink,
    /// 404: there is no such page.
    UnknownPage,
    /// 404: the panel has no such edition for whoever asks.
    UnknownEdition,
    /// 410: the link was replaced by a newer one.
    ReplacedLink,
    /// 410: the link was withdrawn.
    RevokedLink,
    /// 403: the edition opens on this day (in words).
    NotYetOpen {
        /// The first day, such as „17 stycznia 2025 r. (piątek)”.
        opens: String,
    },
    /// 409: the edition was closed, nothing can be saved.
    Closed {
        /// The last day in words.
        closed: String,
    },
    /// 401: there is no session and nothing was typed.
    NoSession,
    /// 403: the form's token is missing or foreign.
    ForeignForm,
    /// 409: the page belongs to another office than the session.
    OtherOffice,
    /// 409: the questionnaire was sent meanwhile.
    AlreadySubmitted {
        /// Number of the submission; empty when it is not known.
        number: String,
    },
    /// 403: this link does not lead to that section.
    NotAllowed,
    /// 400: unknown field, not UTF-8, control characters.
    Unreadable,
    /// 413: more than 1 MiB.
    TooLarge,
    /// 429: too many tries; try again after so many seconds.
    TooManyTries {
        /// Seconds to wait.
        wait: u32,
    },
    /// 500: the service failed.
    Internal,
    /// 503: the service is busy or starting.
    Busy,
}

impl Failure {
    /// The HTTP status.
    pub fn status(&self) -> u16 {
        match self {
            Failure::UnknownLink | Failure::UnknownPage | Failure::UnknownEdition => 404,
            Failure::ReplacedLink | Failure::RevokedLink => 410,
            Failure::NotYetOpen { .. } | Failure::ForeignForm | Failure::NotAllowed => 403,
            Failure::Closed { .. } | Failure::AlreadySubmitted { .. } | Failure::OtherOffice => 409,
            Failure::NoSession => 401,
            Failure::Unreadable => 400,
            Failure::TooLarge => 413,
            Failure::TooManyTries { .. } => 429,
            Failure::Internal => 500,
            Failure::Busy => 503,
        }
    }

    /// The heading.
    pub fn title(&self) -> &'static str {
        match self {
            Failure::UnknownLink => "Nie ma takiego odnośnika ani kodu",
            Failure::UnknownPage => "Nie ma takiej strony",
            Failure::UnknownEdition => "Nie ma takiej edycji",
            Failure::ReplacedLink => "Ten odnośnik zastąpiono nowym",
            Failure::RevokedLink => "Ten odnośnik wycofano",
            Failure::NotYetOpen { .. } => "Ankieta nie jest jeszcze otwarta",
            Failure::Closed { .. } => "Ankieta jest zamknięta",
            Failure::NoSession => "Proszę wejść do ankiety jeszcze raz",
            Failure::ForeignForm => "Nie zapisano odpowiedzi z tej strony",
            Failure::OtherOffice => "Ta strona należy do ankiety innego urzędu",
            Failure::AlreadySubmitted { .. } => "Ankieta została już wysłana",
            Failure::NotAllowed => "Ten odnośnik nie prowadzi do tej części",
            Failure::Unreadable => "Nie można odczytać przesłanych danych",
            Failure::TooLarge => "Przesłano za dużo danych",
            Failure::TooManyTries { .. } => "Za dużo prób",
            Failure::Internal => "Coś się nie udało po naszej stronie",
            Failure::Busy => "Serwis jest w tej chwili zajęty",
        }
    }

    /// What happened.
    pub fn what(&self) -> String {
        match self {
            Failure::UnknownLink => "Adres lub kod różni się od wszystkich, które wysłaliśmy. Najczęściej \
                 przyczyną jest niepełny adres, na przykład ucięty przy końcu wiersza."
                .into(),
            Failure::UnknownPage => "Adres jest niepełny albo strona została przeniesiona.".into(),
            Failure::UnknownEdition => "W panelu nie ma edycji o tym adresie albo nie mają Państwo do \
                 niej dostępu."
                .into(),
            Failure::ReplacedLink => "Urząd otrzymał nowszy odnośnik i tylko on działa. Zapisane \
                 odpowiedzi nie zginęły."
                .into(),
            Failure::RevokedLink => "Odnośnik nie prowadzi już do ankiety.".into(),
            Failure::NotYetOpen { opens } => format!(
                "Ankietę będzie można wypełniać od {opens}. \
                 Odnośnik pozostanie ten sam."
            ),
            Failure::Closed { closed } => format!(
                "Termin odpowiedzi to {closed}. Po terminie, a także wtedy, gdy trwa opracowanie wyników, \
                 niczego nie można zapisać ani wysłać."
            ),
            Failure::NoSession => "Od ostatniej czynności minęło dużo czasu albo ankietę otwarto w innej \
                 przeglądarce. Zapisane odpowiedzi czekają."
                .into(),
            Failure::ForeignForm => "Strona nie ma ważnego potwierdzenia, że pochodzi z tego \
                 serwisu."
                .into(),
            Failure::OtherOffice => "W tej przeglądarce otwarto później ankietę innego urzędu, dlatego \
                 nic nie zapisano. To, co Państwo wpisali, jest poniżej."
                .into(),
            Failure::AlreadySubmitted { number } if number.is_empty() => "Ankietę przyjęto, zanim \
                 zapisano tę stronę. Wysłana kopia się nie zmieniła."
                .into(),
            Failure::AlreadySubmitted { number } => format!(
                "Ankietę przyjęto pod numerem {number}, zanim \
                 zapisano tę stronę. Wysłana kopia się nie zmieniła."
            ),
            Failure::NotAllowed => "Odnośnik dla współpracownika otwiera tylko wybrane części \
                 ankiety."
                .into(),
            Failure::Unreadable => "Przeglądarka przesłała pola lub znaki, których ankieta nie zna. Nic \
                 nie zapisano."
                .into(),
            Failure::TooLarge => "Jednym zapisem można przesłać najwyżej 1 MiB. Nic nie zapisano.".into(),
            Failure::TooManyTries { wait } => format!(
                "Z tego miejsca podano zbyt wiele błędnych kodów. \
                 Kolejną próbę można podjąć za {}.",
                waiting(*wait)
            ),
            Failure::Internal => "Serwis napotkał błąd. To, co zapisano wcześniej, jest bezpieczne.".into(),
            Failure::Busy => "Zbyt wiele osób korzysta z serwisu w tym samym momencie albo serwis właśnie \
                 się uruchamia."
                .into(),
        }
    }

    /// What can be done now.
    pub fn remedy(&self) -> &'static str {
        match self {
            Failure::UnknownLink => {
                "Proszę skopiować cały odnośnik z wiadomości albo wpisać kod z pisma na stronie głównej."
            }
            Failure::UnknownPage => "Proszę sprawdzić adres albo zacząć od strony głównej.",
            Failure::UnknownEdition => "Proszę wybrać edycję z listy.",
            Failure::ReplacedLink => {
                "Proszę użyć odnośnika z najnowszej wiadomości albo wpisać kod z \
                 pisma."
            }
            Failure::RevokedLink => "Jeżeli urząd ma nadal odpowiadać, proszę się z nami skontaktować.",
            Failure::NotYetOpen { .. } => "Proszę wrócić w tym dniu.",
            Failure::Closed { .. } => {
                "Zapisane odpowiedzi można nadal przeczytać. W sprawie przedłużenia proszę się z nami \
                     skontaktować."
            }
            Failure::NoSession => {
                "Proszę jeszcze raz otworzyć odnośnik z wiadomości albo wpisać kod z pisma."
            }
            Failure::ForeignForm => "Proszę wrócić do ankiety i zapisać odpowiedzi jeszcze raz.",
            Failure::OtherOffice => {
                "Proszę otworzyć odnośnik właściwego urzędu i wpisać te odpowiedzi ponownie."
            }
            Failure::AlreadySubmitted { .. } => {
                "Aby coś zmienić, proszę przejść do spisu części. Jeśli nikt jeszcze nie zaczął poprawiać, \
                     proszę tam wybrać „Popraw odpowiedzi”, a na koniec wysłać ankietę ponownie."
            }
            Failure::NotAllowed => "Proszę wrócić do spisu części.",
            Failure::Unreadable => "Proszę wrócić, odświeżyć stronę i spróbować jeszcze raz.",
            Failure::TooLarge => "Proszę skrócić odpowiedzi albo podzielić listę na mniejsze zapisy.",
            Failure::TooManyTries { .. } => "Odnośnik z wiadomości działa przez cały czas.",
            Failure::Internal => {
                "Proszę spróbować ponownie za chwilę. Jeśli błąd się powtórzy, proszę podać nam numer \
                     zdarzenia."
            }
            Failure::Busy => "Proszę odczekać pół minuty i odświeżyć stronę.",
        }
    }

    fn onward(&self) -> (String, String) {
        match self {
            Failure::Closed { .. }
            | Failure::AlreadySubmitted { .. }
            | Failure::NotAllowed
            | Failure::ForeignForm => ("/ankieta".into(), "Przejdź do spisu części".into()),
            Failure::UnknownEdition => ("/panel".into(), "Przejdź do listy edycji".into()),
            _ => ("/".into(), "Przejdź do strony głównej".into()),
        }
    }
}

/// A waiting time in words.
fn waiting(seconds: u32) -> String {
    let minutes = seconds.div_ceil(60);
    if seconds <= 60 { format!("{seconds} s") } else { format!("{minutes} min") }
}

impl FailurePage {
    /// The page for a failure; `layout`'s title is replaced by the failure's.
    pub fn new(mut layout: Layout, failure: &Failure, request_id: &str) -> FailurePage {
        layout.title = failure.title().into();
        FailurePage {
            layout,
            what: failure.what(),
            remedy: failure.remedy().into(),
            onward: Some(failure.onward()),
            request_id: request_id.into(),
            typed: Vec::new(),
        }
    }

    /// Shows what was typed and could not be saved.
    pub fn showing(mut self, typed: Vec<Fact>) -> FailurePage {
        self.typed = typed;
        self
    }
}

/// The page for a session that ended while somebody was typing: what was typed travels on unseen and is saved
/// once the code is entered again.
#[derive(Debug, Clone, Template)]
#[template(path = "respondent/expired.html")]
pub struct ExpiredPage {
    /// Surroundings.
    pub layout: Layout,
    /// Where the code is sent; usually `/kod`.
    pub action: String,
    /// The whole POST that waits, with `_rev`, `_page`, `_inv`, `_csrf` and the buttons.
    pub carried: Vec<Carried>,
    /// The same for people: question and answer.
    pub typed: Vec<Fact>,
    /// The code as typed, when it was wrong.
    pub code: String,
    /// What is wrong with the code.
    pub errors: Vec<super::parts::Mistake>,
}

impl ExpiredPage {
    /// The page that keeps a POST until the code is entered again. `typed` shows it to people.
    pub fn new(layout: Layout, action: &str, pairs: &[(String, String)], typed: Vec<Fact>) -> ExpiredPage {
        let waiting = pairs.iter().filter(|(name, _)| name != "kod");
        let carried =
            waiting.map(|(name, value)| Carried { name: name.clone(), value: value.clone() }).collect();
        ExpiredPage { layout, action: action.into(), carried, typed, code: String::new(), errors: Vec::new() }
    }

    /// The same page after a code that could not be used; `trouble` says why.
    pub fn refused(mut self, code: &str, trouble: &str) -> ExpiredPage {
        self.layout = self.layout.with_errors(true);
        self.code = code.into();
        self.errors = vec![super::parts::Mistake { anchor: "kod".into(), text: trouble.into() }];
        self
    }

    /// What to write beside the field.
    pub fn error(&self) -> Option<&str> {
        self.errors.first().map(|mistake| mistake.text.as_str())
    }
}
