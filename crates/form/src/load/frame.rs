//! Files with a code frame.

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::choices::is_choice_name;
use super::report::{Finding, Report};
use super::source::{Source, Span};
use super::{codes, near, syntax};
use crate::frame::{Code, CodeFrame, CodeKind, Theme};
use crate::problem::Problem;

type Value<'i> = Spanned<DeValue<'i>>;

/// What loading a code frame found.
#[derive(Debug, Clone)]
pub struct LoadedFrame {
    /// The frame; there is one exactly when no problem is an error.
    pub frame: Option<CodeFrame>,
    /// All problems, sorted by place.
    pub problems: Vec<Problem>,
}

/// Loads a code frame from TOML. `file` is the name that problems carry; the frame has to be called like the file.
#[must_use]
pub fn load_frame(file: &str, text: &str) -> LoadedFrame {
    let mut report = Report::new(Source::new(file, text));
    let frame = match DeTable::parse(text) {
        Ok(table) => Some(read(&mut report, table.get_ref())),
        Err(error) => {
            let (message, help) = syntax::explain(error.message());
            let span = error.span().unwrap_or(0..1);
            report.add(Finding::new(codes::SYNTAX, &span, message).help(help));
            None
        }
    };
    let frame = frame.filter(|_| !report.has_errors());
    LoadedFrame { frame, problems: report.finish() }
}

/// Whether a text is a code frame rather than a questionnaire: it has the table `[frame]`.
#[must_use]
pub fn is_frame(text: &str) -> bool {
    DeTable::parse(text).is_ok_and(|table| table.get_ref().contains_key("frame"))
}

fn read(report: &mut Report<'_>, table: &DeTable<'_>) -> CodeFrame {
    check_keys(report, table, &["frame", "themes", "codes"]);
    let mut frame = CodeFrame::default();
    match find(table, "frame") {
        Some((_, Some(settings))) => {
            check_keys(report, settings, &["name", "title"]);
            frame.name = text(report, settings, "name").map(|(text, _)| text).unwrap_or_default();
            frame.title =
                text(report, settings, "title").map_or_else(|| frame.name.clone(), |(text, _)| text);
            let span = find(settings, "name").map_or(0..1, |(span, _)| span);
            check_name(report, &span, &frame.name);
        }
        _ => report.add(Finding::new(codes::FRAME_NAME, &(0..1), "plik klucza kodowego bez tabeli [frame]")),
    }
    if let Some((_, Some(themes))) = find(table, "themes") {
        frame.themes = read_themes(report, themes);
    }
    if let Some(value) = table.get("codes") {
        read_codes(report, value, &mut frame);
    }
    if frame.offered().next().is_none() {
        let finding =
            Finding::new(codes::EMPTY_FRAME, &(0..1), "klucz nie ma żadnego kodu, który można nadać");
        report.add(finding.help("proszę dopisać wiersz [[codes]] z kluczami code i label."));
    }
    frame
}

/// The frame is found by the name of its file, so the two have to agree.
fn check_name(report: &mut Report<'_>, span: &Span, name: &str) {
    let file = report.source.file.rsplit(['/', '\\']).next().unwrap_or_default();
    let stem = file.strip_suffix(".toml").unwrap_or(file);
    let message = if !is_choice_name(name) {
        format!("„{name}” nie może być nazwą klucza kodowego")
    } else if stem != name {
        format!("klucz nazywa się „{name}”, a plik „{file}”")
    } else {
        return;
    };
    let help = "nazwa klucza i pliku (bez .toml) musi być ta sama; po niej znajduje klucz pytanie z coding.";
    report.add(Finding::new(codes::FRAME_NAME, span, message).help(help));
}

fn read_themes(report: &mut Report<'_>, table: &DeTable<'_>) -> Vec<Theme> {
    let mut themes: Vec<(usize, Theme)> = Vec::new();
    for (key, _) in table {
        let code = key.get_ref().to_string();
        let label = text(report, table, &code).map(|(text, _)| text).unwrap_or_default();
        if label.is_empty() {
            let message = format!("temat „{code}” nie ma nazwy");
            report.add(Finding::new(codes::CODE_LABEL, &key.span(), message));
        }
        themes.push((key.span().start, Theme { code, label }));
    }
    themes.sort_by_key(|(place, _)| *place);
    themes.into_iter().map(|(_, theme)| theme).collect()
}

fn read_codes(report: &mut Report<'_>, value: &Value<'_>, frame: &mut CodeFrame) {
    let DeValue::Array(rows) = value.get_ref() else {
        let message = "każdy kod zaczyna się od nagłówka [[codes]] w podwójnych nawiasach";
        report.add(Finding::new(codes::SHAPE, &value.span(), message));
        return;
    };
    for row in rows.iter() {
        match row.get_ref() {
            DeValue::Table(table) => {
                let code = read_code(report, row.span(), table, frame);
                frame.codes.push(code);
            }
            _ => report.add(Finding::new(codes::SHAPE, &row.span(), "[[codes]] powinno być tabelą")),
        }
    }
}

fn read_code(report: &mut Report<'_>, span: Span, table: &DeTable<'_>, frame: &CodeFrame) -> Code {
    check_keys(report, table, &["code", "label", "hint", "kind", "themes", "words", "retired"]);
    let (name, place) = text(report, table, "code").unwrap_or_else(|| (String::new(), span.clone()));
    let message = if !is_choice_name(&name) {
        Some(format!("„{name}” nie może być kodem"))
    } else if frame.code(&name).is_some() {
        Some(format!("kod „{name}” stoi w kluczu drugi raz"))
    } else {
        None
    };
    if let Some(message) = message {
        report.add(Finding::new(codes::CODE_NAME, &place, message).about(name.as_str()));
    }
    let label = text(report, table, "label").map(|(text, _)| text).unwrap_or_default();
    if label.is_empty() {
        let message = format!("kod „{name}” nie ma opisu (label)");
        report.add(Finding::new(codes::CODE_LABEL, &place, message).about(name.as_str()));
    }
    Code {
        label,
        hint: filled(report, table, "hint"),
        kind: read_kind(report, table, &name),
        themes: code_themes(report, table, frame, &name),
        words: list(report, table, "words").into_iter().map(|(text, _)| text).collect(),
        retired: filled(report, table, "retired"),
        code: name,
    }
}

fn read_kind(report: &mut Report<'_>, table: &DeTable<'_>, name: &str) -> CodeKind {
    let Some((word, place)) = text(report, table, "kind") else { return CodeKind::Topic };
    CodeKind::parse(&word).unwrap_or_else(|| {
        let words = CodeKind::ALL.map(CodeKind::name);
        let finding = Finding::new(codes::CODE_KIND, &place, format!("nie ma rodzaju kodu „{word}”"));
        let help = match near(&word, words) {
            Some(near) => format!("czy chodziło o „{near}”?"),
            None => format!("są: {}.", words.join(", ")),
        };
        report.add(finding.help(help).about(name));
        CodeKind::Topic
    })
}

fn code_themes(report: &mut Report<'_>, table: &DeTable<'_>, frame: &CodeFrame, name: &str) -> Vec<String> {
    let themes = list(report, table, "themes");
    for (theme, place) in &themes {
        if !frame.themes.iter().any(|known| known.code == *theme) {
            let known = frame.themes.iter().map(|theme| theme.code.as_str());
            let message = format!("klucz nie ma tematu „{theme}”");
            let finding = Finding::new(codes::CODE_THEME, place, message).near(near(theme, known));
            report.add(finding.about(name));
        }
    }
    themes.into_iter().map(|(theme, _)| theme).collect()
}

fn check_keys(report: &mut Report<'_>, table: &DeTable<'_>, known: &[&str]) {
    for (key, _) in table {
        let name: &str = key.get_ref();
        if !known.contains(&name) {
            let message = format!("nieznany klucz „{name}”; nic nie zmienia");
            let finding = Finding::new(codes::UNKNOWN_KEY, &key.span(), message);
            report.add(finding.near(near(name, known.iter().copied())));
        }
    }
}

/// The place of a key's value and, where it is one, the table.
fn find<'a, 'i>(table: &'a DeTable<'i>, key: &str) -> Option<(Span, Option<&'a DeTable<'i>>)> {
    let value = table.get(key)?;
    let inner = match value.get_ref() {
        DeValue::Table(table) => Some(table),
        _ => None,
    };
    Some((value.span(), inner))
}

/// The text of a key, trimmed, with its place; none when it is missing.
fn text(report: &mut Report<'_>, table: &DeTable<'_>, key: &str) -> Option<(String, Span)> {
    let value = table.get(key)?;
    if let DeValue::String(text) = value.get_ref() {
        return Some((text.trim().to_owned(), value.span()));
    }
    not_a_text(report, value, key);
    None
}

fn filled(report: &mut Report<'_>, table: &DeTable<'_>, key: &str) -> Option<String> {
    text(report, table, key).map(|(text, _)| text).filter(|text| !text.is_empty())
}

/// The texts of a key with their places; one text stands for a list of one.
fn list(report: &mut Report<'_>, table: &DeTable<'_>, key: &str) -> Vec<(String, Span)> {
    let Some(value) = table.get(key) else { return Vec::new() };
    let DeValue::Array(items) = value.get_ref() else {
        return text(report, table, key).into_iter().filter(|(text, _)| !text.is_empty()).collect();
    };
    let mut texts = Vec::new();
    for item in items.iter() {
        match item.get_ref() {
            DeValue::String(text) => texts.push((text.trim().to_owned(), item.span())),
            _ => not_a_text(report, item, key),
        }
    }
    texts.retain(|(text, _)| !text.is_empty());
    texts
}

fn not_a_text(report: &mut Report<'_>, value: &Value<'_>, key: &str) {
    let message = format!("wartość klucza „{key}” powinna być tekstem w cudzysłowie");
    report.add(Finding::new(codes::SHAPE, &value.span(), message));
}

#[cfg(test)]
mod tests {
    use super::{is_frame, load_frame};

    fn codes(text: &str) -> Vec<&'static str> {
        load_frame("formy/kody.toml", text).problems.iter().map(|problem| problem.code).collect()
    }

    const GOOD: &str = "[frame]\nname = \"kody\"\n[themes]\nT1 = \"Wiedza\"\n[[codes]]\ncode = \"k01\"\nlabel = \"Szkolenia\"\n";

    #[test]
    fn a_good_frame_has_no_problems() {
        assert_eq!(codes(GOOD), Vec::<&str>::new());
        assert!(is_frame(GOOD) && !is_frame("[settings]\nform_id = \"jst\""));
    }

    #[test]
    fn everything_that_is_wrong_is_told_at_once_with_its_place() {
        let bad = GOOD.replace("kody", "klucz").replace("\"T1", "\"T2")
            + "themes = [\"T7\"]\nkind = \"offtopic\"\n[[codes]]\ncode = \"k01\"\n[[codes]]\ncode = \"k 2\"\nlabel = \"x\"\nwaga = \"2\"\n";
        let problems = load_frame("kody.toml", &bad).problems;
        let found: Vec<(&str, Option<u32>)> = problems.iter().map(|one| (one.code, one.line)).collect();
        assert_eq!(
            found,
            [
                ("F502", Some(2)),
                ("F506", Some(8)),
                ("F505", Some(9)),
                ("F503", Some(11)),
                ("F504", Some(11)),
                ("F503", Some(13)),
                ("W010", Some(15)),
            ]
        );
    }

    #[test]
    fn a_frame_without_a_code_that_may_be_given_is_refused() {
        assert_eq!(codes(&format!("{GOOD}retired = \"za szeroki\"\n")), ["F507"]);
        assert_eq!(codes("to nie jest toml"), ["F001"]);
    }
}
