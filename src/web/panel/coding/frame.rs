//! Changing a code frame.

use actix_web::{HttpRequest, HttpResponse, web};
use form::{Code, CodeFrame, CodeKind, polish};
use serde::Deserialize;

use super::super::super::State;
use super::super::super::pages::{CodeForm, Fact, FramePage};
use super::super::super::post::{Body, Pairs};
use super::super::desk::{self, Desk};
use super::cards::day;
use super::{Looking, link, person};
use crate::service::coding::frames::UsedFrame;
use crate::service::page::value;
use crate::service::{EditionName, Service};

/// The edition and frame of an address.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct FramePath {
    programme: String,
    edition: String,
    frame: String,
}

impl FramePath {
    fn edition(&self) -> EditionName {
        EditionName { programme: self.programme.clone(), edition: self.edition.clone() }
    }
}

/// `GET /panel/{programme}/{edition}/kodowanie/klucz/{frame}`
pub(super) async fn show(request: HttpRequest, state: State, path: web::Path<FramePath>) -> HttpResponse {
    let looking = Looking::of(&request);
    let frame = path.frame.clone();
    let read = move |service: &Service, name: &EditionName| {
        let frozen = service.edition(name)?.1.frozen;
        Ok((service.used_frame(name, &frame)?, frozen))
    };
    let saved = looking.zapisano.map(|version| format!("Zapisano wersję {version} klucza."));
    desk::show(&request, &state, &path.edition(), read, |desk, (used, frozen)| {
        page(desk, &used, saved, !frozen)
    })
    .await
}

fn page(desk: &Desk<'_>, used: &UsedFrame, saved: Option<String>, open: bool) -> FramePage {
    let frame = &used.frame.frame;
    let line = |version: i32, actor: &str, at| format!("wersja {version}: {}, {}", day(at), person(actor));
    let stored = match &used.frame.stored {
        Some((actor, at)) => line(used.frame.version, actor, *at),
        None => "z pliku ankiety".into(),
    };
    let questions =
        used.questions.iter().map(|one| format!("{} ({})", one.question, one.form.to_uppercase()));
    FramePage {
        layout: desk.layout(format!("Klucz kodowy: {}", frame.title)),
        address: desk.address(&format!("kodowanie/klucz/{}", frame.name)),
        back: link(desk.address("kodowanie"), "Wróć do listy pytań"),
        csrf: desk.csrf(),
        facts: vec![
            Fact { term: "Teraz obowiązuje".into(), value: stored },
            Fact { term: "Porządkuje pytania".into(), value: questions.collect::<Vec<_>>().join(", ") },
            Fact { term: "Plik".into(), value: format!("{}.toml (miernik codes export)", frame.name) },
        ],
        saved,
        title: frame.title.clone(),
        version: used.frame.version,
        codes: frame.codes.iter().map(|code| code_form(used, code)).collect(),
        earlier: used.earlier.iter().map(|(version, actor, at)| line(*version, actor, *at)).collect(),
        open,
    }
}

fn code_form(used: &UsedFrame, code: &Code) -> CodeForm {
    let answers = used.answers.get(&code.code).copied().unwrap_or_default();
    let count = u64::try_from(answers).unwrap_or(u64::MAX);
    let themes = used.frame.frame.themes.iter();
    CodeForm {
        code: code.code.clone(),
        printed: code.printed(),
        label: code.label.clone(),
        hint: code.hint.clone().unwrap_or_default(),
        words: code.words.join("\n"),
        themes: themes
            .map(|theme| (theme.code.clone(), theme.label.clone(), code.themes.contains(&theme.code)))
            .collect(),
        kind: match code.kind {
            CodeKind::Topic => "",
            CodeKind::Other => "inne",
            CodeKind::OffTopic => "nie na temat, podawany osobno",
            CodeKind::Illegible => "nieczytelne, podawany osobno",
        },
        answers: format!("{answers} {}", polish::plural_of(count, "odpowiedź", "odpowiedzi", "odpowiedzi")),
        retired: code.retired.clone().unwrap_or_default(),
        unused: !used.ever.contains(&code.code),
    }
}

/// `POST /panel/{programme}/{edition}/kodowanie/klucz/{frame}`
pub(super) async fn save(
    request: HttpRequest,
    state: State,
    path: web::Path<FramePath>,
    body: Body,
) -> HttpResponse {
    let frame = path.frame.clone();
    desk::change(&request, &state, &path.edition(), body, move |service, member, name, pairs| {
        let used = service.used_frame(name, &frame)?;
        let seen: i32 = value(pairs, "wersja").and_then(|text| text.parse().ok()).unwrap_or_default();
        let changed = changed(&used.frame.frame, pairs);
        service.frame_save(name, &member.actor(), seen, &changed)?;
        Ok(format!("/panel/{name}/kodowanie/klucz/{frame}?zapisano={}", seen + 1))
    })
    .await
}

/// The frame as the form has it. What the form does not name stays.
fn changed(frame: &CodeFrame, pairs: &Pairs) -> CodeFrame {
    let mut changed = frame.clone();
    if let Some(title) = value(pairs, "tytul") {
        changed.title = title.trim().to_owned();
    }
    let gone =
        |code: &Code| pairs.iter().any(|(name, on)| *name == format!("usun.{}", code.code) && on == "1");
    changed.codes.retain(|code| !gone(code));
    changed.codes.iter_mut().for_each(|code| change_code(code, pairs));
    let new = value(pairs, "nowy").unwrap_or_default().trim().to_lowercase();
    let label = value(pairs, "nowy_opis").unwrap_or_default().trim();
    if !new.is_empty() || !label.is_empty() {
        // Before the technical codes, which come last.
        let place = changed.codes.iter().position(|code| code.kind != CodeKind::Topic);
        changed.codes.insert(place.unwrap_or(changed.codes.len()), Code::named(&new, label));
    }
    changed
}

fn change_code(code: &mut Code, pairs: &Pairs) {
    let field =
        |name: &str| value(pairs, &format!("{name}.{}", code.code)).map(|text| text.trim().to_owned());
    let Some(label) = field("opis") else { return };
    let (hint, words, retired) = (field("uwaga"), field("slowa"), field("wycofany"));
    let of_code = format!("temat.{}", code.code);
    let themes = pairs.iter().filter(|(name, theme)| *name == of_code && !theme.is_empty());
    code.themes = themes.map(|(_, theme)| theme.clone()).collect();
    code.label = label;
    code.hint = hint.filter(|text| !text.is_empty());
    let words = words.unwrap_or_default();
    code.words = words.lines().map(|word| word.trim().to_owned()).filter(|word| !word.is_empty()).collect();
    code.retired = retired.filter(|text| !text.is_empty());
}
