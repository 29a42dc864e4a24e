//! Every page filled with invented answers, for the tests of the markup. Names try to break out of the HTML.
use std::sync::Arc;

use askama::Template;
use chrono::NaiveDate;
use form::evaluate::SectionState;

use super::*;
use crate::config::{AccessibilityStatement, Settings};
use crate::web::assets::Assets;

/// A name that would run as a script if anything printed it unescaped.
pub(crate) const HOSTILE: &str = "Gmina <script>alert('x')</script> \"Łąka\" & spółka";

/// What is the same on all sample pages.
pub(crate) fn site() -> Arc<Site> {
    let mut settings = Settings::default();
    settings.office.person = "Anna Przykładowa".into();
    settings.office.phone = "22 000 00 00".into();
    settings.office.address = "ul. Przykładowa 1, 00-000 Warszawa".into();
    settings.office.data_protection_officer = "iod@miernik.example".into();
    Arc::new(Site::new("Ankieta ekonomii społecznej", &settings, &Assets::new()))
}

fn public(title: &str) -> Layout {
    Layout::new(&site(), title)
}

/// The surroundings of a page in an office's session.
pub(crate) fn session(title: &str) -> Layout {
    public(title).of_unit(HOSTILE).synthetic(true)
}

pub(super) fn panel(title: &str) -> Layout {
    let link = |href: &str, text: &str, current| Link { href: href.into(), text: text.into(), current };
    let links = vec![link("/panel", "Edycje", false), link("/panel/mazowsze/2024/liczby", "Liczby", true)];
    public(title).of_panel(PanelBar { login: "analityk".into(), links, csrf: "c5".into() }).synthetic(true)
}

fn hidden() -> Hidden {
    Hidden { rev: 12, page: "p7".into(), invitation: "i9".into(), csrf: "c5".into() }
}

fn day() -> NaiveDate {
    NaiveDate::from_ymd_opt(2025, 2, 25).expect("a day")
}

pub(super) fn fact(term: &str, value: &str) -> Fact {
    Fact { term: term.into(), value: value.into() }
}

fn choice(name: &str, label: &str, chosen: bool) -> Choice {
    Choice { name: name.into(), label: label.into(), chosen, apart: name == "nw" }
}

fn field(path: &str, number: &str, label: &str, control: Control) -> Field {
    Field {
        path: path.into(),
        number: number.into(),
        label: label.into(),
        optional: false,
        hint: None,
        guidance: None,
        previous: None,
        copy: false,
        unit: None,
        control,
        dont_know: None,
        error: None,
        warnings: Vec::new(),
    }
}

fn line(value: &str, width: &'static str) -> Control {
    Control::Line(Line {
        value: value.into(),
        kind: "text",
        inputmode: Some("numeric"),
        autocomplete: None,
        width,
    })
}

fn choices() -> Vec<Choice> {
    vec![choice("tak", "Tak", false), choice("nie", "Nie", true), choice("nw", "Nie wiem", false)]
}

/// One field of every kind, with everything that can be said around them.
pub(crate) fn every_control(errors: bool) -> Vec<Block> {
    let wrong = |text: &str| errors.then(|| text.to_owned());
    let fields = vec![
        field(
            "notatka",
            "",
            "Skróty: ES to ekonomia społeczna, PES – podmiot ekonomii społecznej.",
            Control::Note,
        ),
        Field {
            guidance: Some("Liczą się artykuły, wpisy i audycje.\nNie liczą się ogłoszenia.".into()),
            error: wrong("Proszę zaznaczyć odpowiedź."),
            ..field(
                "media_czy",
                "2.1",
                "Czy w 2024 r. w mediach lokalnych ukazały się materiały o ekonomii społecznej?",
                Control::Radios(choices()),
            )
        },
        Field {
            hint: Some("Proszę policzyć artykuły na stronach, profilach i w prasie.".into()),
            previous: Some("90".into()),
            unit: Some("szt.".into()),
            dont_know: Some(false),
            error: wrong("Zapis „1.090” jest niejednoznaczny. Proszę wpisać 1090 albo 1,09."),
            warnings: vec![Warned {
                message: "To dużo więcej niż rok wcześniej.".into(),
                confirmed: false,
                why: HOSTILE.into(),
            }],
            ..field("media_artykuly", "2.2", "Ile artykułów ukazało się w 2024 r.?", line("1.090", "s"))
        },
        Field { optional: true, ..field("opis", "2.3", "Opis działań", Control::Area(HOSTILE.into())) },
        field("rodzaj", "2.4", HOSTILE, Control::Menu(choices())),
        Field {
            error: wrong("Odpowiedź „żadne” wyklucza pozostałe."),
            ..field("dok_rodzaje", "2.5", "Jakie to dokumenty?", Control::Boxes(choices()))
        },
        field(
            "potrzeby",
            "2.6",
            "Proszę wskazać najważniejsze potrzeby",
            Control::Places(vec![choices(), choices()]),
        ),
        Field {
            error: wrong("Proszę potwierdzić, że odpowiedzi zostały uzgodnione."),
            ..field(
                "zgoda",
                "2.7",
                "Potwierdzam, że odpowiedzi zostały uzgodnione w jednostce.",
                Control::Tick(false),
            )
        },
        field("suma", "", "Razem materiałów", Control::Shown("1 090".into())),
    ];
    fields.into_iter().map(Block::Field).chain([Block::Group(group()), Block::Rows(rows(errors))]).collect()
}

fn group() -> super::field::Group {
    super::field::Group {
        path: "uslugi".into(),
        label: "Usługi doradcze".into(),
        hint: Some("Proszę podać liczbę usług.".into()),
        dont_know: Some(true),
        blocks: vec![
            Block::Field(field("uslugi_pes", "2.8", "Dla podmiotów ekonomii społecznej", line("3", "s"))),
            Block::Field(field("uslugi_inne", "2.9", "Dla innych podmiotów", line("", "s"))),
        ],
    }
}

fn rows(errors: bool) -> super::field::Rows {
    let entry = |id: &str, place: usize, blank: bool| super::field::Entry {
        path: format!("medium.{id}"),
        place,
        blank,
        blocks: vec![
            Block::Field(field(&format!("medium.{id}.nazwa"), "2.10.1", "Nazwa medium", line(HOSTILE, "l"))),
            Block::Field(field(
                &format!("medium.{id}.rodzaj"),
                "2.10.2",
                "Rodzaj medium",
                Control::Radios(choices()),
            )),
        ],
    };
    super::field::Rows {
        name: "medium".into(),
        number: "2.10".into(),
        label: "Media, w których ukazały się materiały".into(),
        hint: Some("Każde medium w osobnym wpisie.".into()),
        guidance: None,
        error: errors.then(|| "Proszę dodać co najmniej jeden wpis.".into()),
        warnings: vec![Warned {
            message: "Wpisów jest więcej niż zwykle.".into(),
            confirmed: true,
            why: String::new(),
        }],
        entries: vec![entry("k3f9a2bc", 1, false), entry("b7d1e0aa", 2, true)],
        before: None,
        free: true,
    }
}

fn section(errors: bool) -> SectionPage {
    let mistake = |anchor: &str, text: &str| Mistake { anchor: anchor.into(), text: text.into() };
    let mut said = Vec::new();
    if errors {
        said.push(mistake("f-media_czy", "Proszę zaznaczyć odpowiedź."));
        said.push(mistake(
            "f-media_artykuly",
            "Zapis „1.090” jest niejednoznaczny. Proszę wpisać 1090 albo 1,09.",
        ));
        said.push(mistake("r-medium", "Proszę dodać co najmniej jeden wpis."));
    }
    let appeared = (!errors).then(|| mistake("f-opis", "Proszę odpowiedzieć."));
    let drawn = Drawn {
        label: "Ekonomia społeczna w mediach".into(),
        hint: Some("Pytamy o okres od 1 stycznia do 31 grudnia 2024 r.".into()),
        blocks: every_control(errors),
        errors: said,
        appeared,
        dont_know: Some(false),
        personal: errors,
    };
    let mut page =
        SectionPage::new(session("Ekonomia społeczna w mediach"), "media", (2, 5), drawn, hidden());
    page.notice =
        Some(if errors { Notice::Removed("medium.aaaa1111".into()) } else { Notice::Saved("12:34".into()) });
    page.from_check = errors;
    page
}

fn sections(stage: Stage, title: &str) -> SectionsPage {
    let entry = |name: &str, state| SectionEntry {
        href: Some(format!("/ankieta/czesc/{name}")),
        label: format!("Część „{name}” {HOSTILE}"),
        state,
        optional: false,
    };
    SectionsPage {
        layout: session(title),
        deadline: deadline_words(day()),
        entries: vec![
            entry("kontakt", SectionState::Complete),
            entry("bramki", SectionState::InProgress),
            entry("media", SectionState::NeedsFix),
            SectionEntry { href: None, ..entry("koniec", SectionState::NotStarted) },
            SectionEntry { optional: true, ..entry("uwagi", SectionState::NotStarted) },
        ],
        stage,
        csrf: "c5".into(),
        notice: Some("Zapisano o godz. 12:34.".into()),
    }
}

fn checked(errors: bool) -> Vec<CheckSection> {
    let line = |id: &str, number: &str, value: Option<&str>| AnswerLine {
        id: format!("o-{id}"),
        number: number.into(),
        label: format!("Pytanie {number} {HOSTILE}"),
        value: value.map(str::to_owned),
        change: Some(format!("/ankieta/czesc/media?z=sprawdz#f-{id}")),
        error: (errors && value.is_none()).then(|| "Proszę zaznaczyć odpowiedź.".into()),
        warnings: vec![("To dużo więcej niż rok wcześniej.".into(), value.is_some())],
    };
    let parts = vec![
        AnswerPart { heading: None, lines: vec![line("a", "1.1", Some("Nie")), line("b", "1.2", None)] },
        AnswerPart {
            heading: Some("Media – wpis 1".into()),
            lines: vec![line("c", "1.3.1", Some("nie wiem / brak danych"))],
        },
    ];
    vec![CheckSection { label: "Ekonomia społeczna w mediach".into(), parts }]
}

fn check(errors: bool) -> CheckPage {
    let mistake = Mistake { anchor: "o-b".into(), text: "Proszę zaznaczyć odpowiedź.".into() };
    CheckPage {
        layout: session("Sprawdź odpowiedzi przed wysłaniem").with_errors(errors),
        sections: checked(errors),
        errors: if errors { vec![mistake] } else { Vec::new() },
        not_sent: (!errors).then(|| HOSTILE.into()),
        hidden: hidden(),
        deadline: deadline_words(day()),
        correcting: errors.then(|| "2024-0007".into()),
        open: true,
    }
}

fn blank() -> BlankPage {
    let question = BlankQuestion {
        number: "1.1".into(),
        label: HOSTILE.into(),
        optional: true,
        condition: Some("jeśli w pytaniu 1.1 zaznaczono „Tak”".into()),
        hints: vec!["Liczą się artykuły.".into()],
        choices: vec!["Tak".into(), "Nie".into()],
        how: "jedna odpowiedź",
        room: true,
        heading: false,
        note: false,
    };
    let section = BlankSection {
        number: "1".into(),
        label: "Media".into(),
        hint: Some("Pytamy o 2024 r.".into()),
        condition: Some("jeśli w pytaniu 1.1 zaznaczono „Tak”".into()),
        questions: vec![question],
    };
    BlankPage { layout: session("Wzór ankiety"), deadline: deadline_words(day()), sections: vec![section] }
}

fn start(entry: Entry, title: &str) -> StartPage {
    StartPage {
        layout: public(title),
        unit: HOSTILE.into(),
        about: vec![fact("Rodzaj", HOSTILE), fact("Kod w rejestrze", "1412011")],
        action: "/a/7Q2M4XKD".into(),
        deadline: deadline_words(day()),
        minutes: (20, 3),
        needed: vec!["Dane osoby do kontaktu.".into(), "Wykaz dokumentów strategicznych z 2024 r.".into()],
        entry,
        blank: Some("/a/7Q2M4XKD/wzor".into()),
    }
}

fn expired() -> ExpiredPage {
    let pairs = [("opis".to_owned(), HOSTILE.to_owned()), ("kod".to_owned(), "stary".to_owned())];
    let layout = public("Proszę wpisać kod, aby zapisać odpowiedzi");
    ExpiredPage::new(layout, "/kod", &pairs, vec![fact("2.3. Opis działań", HOSTILE)])
}

fn conflict() -> ConflictPage {
    let contested = Contested {
        name: "media_artykuly".into(),
        number: "2.2".into(),
        label: "Ile artykułów ukazało się w 2024 r.?".into(),
        mine: Some(HOSTILE.into()),
        theirs: None,
        carried: vec![Carried { name: "media_artykuly".into(), value: HOSTILE.into() }],
    };
    let layout = session("Dwie różne odpowiedzi");
    ConflictPage {
        layout,
        action: "/ankieta/czesc/media".into(),
        hidden: hidden(),
        contested: vec![contested],
    }
}

/// One of each failure.
pub(crate) fn failures() -> Vec<Failure> {
    let text = String::from;
    vec![
        Failure::UnknownLink,
        Failure::UnknownPage,
        Failure::ReplacedLink,
        Failure::RevokedLink,
        Failure::NotYetOpen { opens: text("piątek, 17 stycznia 2025 r.") },
        Failure::Closed { closed: text("wtorek, 25 lutego 2025 r.") },
        Failure::NoSession,
        Failure::ForeignForm,
        Failure::OtherOffice,
        Failure::AlreadySubmitted { number: text("2024-0007") },
        Failure::NotAllowed,
        Failure::Unreadable,
        Failure::TooLarge,
        Failure::TooManyTries { wait: 90 },
        Failure::Internal,
        Failure::Busy,
    ]
}

fn confirmation() -> ConfirmationPage {
    ConfirmationPage {
        layout: session("Ankieta przyjęta"),
        number: "2024-JST-0007".into(),
        received: "25 lutego 2025 r. o godz. 12:34".into(),
        correct_until: Some(deadline_words(day())),
        receipt_to: Some("u***@gmina.example".into()),
    }
}

fn copy() -> CopyPage {
    let facts = vec![fact("Numer", "2024-JST-0007"), fact("Urząd", HOSTILE)];
    CopyPage { layout: session("Kopia wysłanej ankiety"), facts, sections: checked(false) }
}

pub(super) fn html(page: impl Template) -> String {
    page.render().expect("a page that renders")
}

fn respondent_pages() -> Vec<(String, String)> {
    let number = || "2024-JST-0007".to_owned();
    let submitted = Stage::Submitted { number: number(), open: true };
    let pages = [
        ("start", html(start(Entry::Begin, "Ankieta za 2024 r."))),
        (
            "start-wyslana",
            html(start(Entry::Submitted { number: number(), open: true }, "Ankieta za 2024 r. (wysłana)")),
        ),
        ("spis", html(sections(Stage::Drafting, "Ankieta za 2024 r. – spis"))),
        ("spis-wyslana", html(sections(submitted, "Ankieta wysłana"))),
        ("spis-poprawiana", html(sections(Stage::Correcting { number: number() }, "Poprawianie ankiety"))),
        ("spis-zamknieta", html(sections(Stage::Closed, "Ankieta zamknięta"))),
        ("czesc", html(section(false))),
        ("czesc-bledy", html(section(true))),
        ("konflikt", html(conflict())),
        ("sprawdz", html(check(false))),
        ("sprawdz-bledy", html(check(true))),
        ("potwierdzenie", html(confirmation())),
        ("kopia", html(copy())),
        ("wzor", html(blank())),
        ("wygasla", html(expired())),
        ("wygasla-blad", html(expired().refused(HOSTILE, "Nie ma takiego kodu."))),
    ];
    pages.map(|(name, html)| (name.to_owned(), html)).into()
}

fn clause(programme: &str) -> Clause {
    let text = || HOSTILE.to_owned();
    let privacy = survey::programme::Privacy {
        short: text(),
        controller: "DO UZUPEŁNIENIA (adres siedziby)".into(),
        officer: text(),
        purpose: text(),
        legal_basis: text(),
        recipients: text(),
        retention: text(),
        source: text(),
        voluntary: text(),
        transfers: text(),
        automation: text(),
    };
    Clause::new(programme, &privacy)
}

fn public_pages() -> Vec<(String, String)> {
    let privacy = PrivacyPage {
        layout: public("Informacja o przetwarzaniu danych osobowych"),
        clauses: [HOSTILE, "Drugi program"].map(clause).into(),
    };
    let declaration = DeclarationPage {
        layout: public("Deklaracja dostępności"),
        statement: AccessibilityStatement::default(),
    };
    let help = HelpPage { layout: public("Pomoc"), terms: vec![fact("PES", "podmiot ekonomii społecznej")] };
    let landing = || public("Ankieta o ekonomii społecznej");
    let pages = [
        ("glowna", html(LandingPage::new(landing()))),
        (
            "glowna-blad",
            html(LandingPage::refused(
                landing(),
                HOSTILE,
                "Kod ma 20 znaków. Proszę sprawdzić, czy wpisano wszystkie.",
            )),
        ),
        ("rodo", html(privacy)),
        ("deklaracja", html(declaration)),
        ("pomoc", html(help)),
        ("logowanie", html(LoginPage::new(public("Logowanie do panelu"), "c5"))),
        ("logowanie-blad", html(LoginPage::refused(public("Logowanie do panelu"), "c5", HOSTILE))),
    ];
    let panel = super::panel_samples::pages().into_iter().chain(super::coding_samples::pages());
    pages.into_iter().chain(panel).map(|(name, html)| (name.to_owned(), html)).collect()
}

/// All pages as a browser gets them: name and HTML.
pub(crate) fn sample_pages() -> Vec<(String, String)> {
    let failures = failures().into_iter().enumerate().map(|(place, failure)| {
        let page =
            FailurePage::new(session(""), &failure, "0197-abcd").showing(vec![fact("2.3. Opis", HOSTILE)]);
        (format!("blad-{place}-{}", failure.status()), html(page))
    });
    let indicators = super::indicator_samples::pages(panel);
    let things = super::thing_samples::pages(panel);
    let public = respondent_pages().into_iter().chain(public_pages()).chain(failures);
    public.chain(indicators).chain(things).collect()
}
