//! The column `type`.

use crate::model::Kind;

/// What a row is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum RowKind {
    BeginGroup,
    EndGroup,
    BeginRepeat,
    EndRepeat,
    Question(Kind),
}

/// A type as read.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Read {
    /// As it is.
    Known(RowKind),
    /// Another spelling of this.
    Converted(RowKind, String),
    /// `or_other`: the list gets a choice `other`, and a text question follows.
    OrOther(RowKind),
    /// `range`: a number with a constraint from `parameters`.
    Range,
    /// The server knows it without asking.
    Ignored,
    /// Refused, with the reason.
    Refused(&'static str),
    /// Not in any XLSForm.
    Unknown,
}

/// Types as they are written, for "did you mean".
pub(super) const NAMES: [&str; 16] = [
    "text",
    "integer",
    "decimal",
    "date",
    "select_one",
    "select_multiple",
    "rank",
    "note",
    "calculate",
    "acknowledge",
    "begin_group",
    "end_group",
    "begin_repeat",
    "end_repeat",
    "string",
    "int",
];

const IGNORED: [&str; 13] = [
    "start",
    "end",
    "today",
    "deviceid",
    "subscriberid",
    "simserial",
    "phonenumber",
    "username",
    "email",
    "audit",
    "device_id",
    "phone_number",
    "start-time",
];

/// Spellings of a select before its list; the longer ones first.
const SELECTS: [(&str, &str); 12] = [
    ("add select one prompt using", "select_one"),
    ("add select multiple prompt using", "select_multiple"),
    ("select all that apply from", "select_multiple"),
    ("select all that apply", "select_multiple"),
    ("select one from", "select_one"),
    ("select multiple from", "select_multiple"),
    ("select multiple", "select_multiple"),
    ("select one", "select_one"),
    ("select_one", "select_one"),
    ("select_multiple", "select_multiple"),
    ("select1", "select_one"),
    ("select", "select_multiple"),
];

/// Reads the column `type`.
pub(super) fn read(text: &str) -> Read {
    let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let lower = words.to_lowercase();
    if let Some(reason) = refusal(lower.split(' ').next().unwrap_or_default()).or_else(|| refusal(&lower)) {
        return Read::Refused(reason);
    }
    if IGNORED.contains(&lower.as_str()) {
        return Read::Ignored;
    }
    simple(&lower).map_or_else(|| with_list(&words, &lower), |(kind, name)| named(kind, name, text))
}

fn named(kind: RowKind, name: &str, written: &str) -> Read {
    let alias =
        matches!(written, "string" | "int" | "begin group" | "end group" | "begin repeat" | "end repeat");
    if written == name || alias { Read::Known(kind) } else { Read::Converted(kind, name.to_owned()) }
}

fn simple(lower: &str) -> Option<(RowKind, &'static str)> {
    Some(match lower {
        "text" | "string" => (RowKind::Question(Kind::Text), "text"),
        "integer" | "int" => (RowKind::Question(Kind::Integer), "integer"),
        "decimal" => (RowKind::Question(Kind::Decimal), "decimal"),
        "date" => (RowKind::Question(Kind::Date), "date"),
        "note" => (RowKind::Question(Kind::Note), "note"),
        "calculate" | "calculation" => (RowKind::Question(Kind::Calculate), "calculate"),
        "acknowledge" | "trigger" => (RowKind::Question(Kind::Acknowledge), "acknowledge"),
        "begin_group" | "begin group" => (RowKind::BeginGroup, "begin_group"),
        "end_group" | "end group" => (RowKind::EndGroup, "end_group"),
        "begin_repeat" | "begin repeat" => (RowKind::BeginRepeat, "begin_repeat"),
        "end_repeat" | "end repeat" => (RowKind::EndRepeat, "end_repeat"),
        _ => return None,
    })
}

fn with_list(words: &str, lower: &str) -> Read {
    if lower == "range" {
        return Read::Range;
    }
    if let Some(list) = after(words, lower, "rank") {
        return Read::Known(RowKind::Question(Kind::Rank(list.to_owned())));
    }
    let found =
        SELECTS.iter().find_map(|(spelling, name)| Some((*spelling, *name, after(words, lower, spelling)?)));
    let Some((spelling, name, list)) = found else {
        return Read::Unknown;
    };
    let other = list.strip_suffix("or_other").or_else(|| list.strip_suffix("or other")).map(str::trim);
    let plain = other.unwrap_or(list);
    let kind = RowKind::Question(match name {
        "select_one" => Kind::SelectOne(plain.to_owned()),
        _ => Kind::SelectMultiple(plain.to_owned()),
    });
    match (other, spelling == name) {
        (Some(_), _) => Read::OrOther(kind),
        (None, true) => Read::Known(kind),
        (None, false) => Read::Converted(kind, format!("{name} {plain}")),
    }
}

/// What follows the word, as written.
fn after<'a>(words: &'a str, lower: &str, word: &str) -> Option<&'a str> {
    let rest = lower.strip_prefix(word)?;
    if !rest.is_empty() && !rest.starts_with(' ') {
        return None;
    }
    words.get(word.len()..).map(str::trim)
}

/// Why a type is refused.
fn refusal(word: &str) -> Option<&'static str> {
    Some(match word {
        "geopoint" | "geotrace" | "geoshape" | "start-geopoint" | "osm" => {
            "ankieta nie zbiera położenia. Proszę usunąć wiersz albo zamienić na text."
        }
        "image" | "photo" | "audio" | "video" | "file" => {
            "ankieta nie przyjmuje plików. Proszę usunąć wiersz albo poprosić o adres strony (text)."
        }
        "barcode" | "hidden" => "proszę usunąć wiersz albo zamienić na text lub calculate.",
        "time" | "datetime" => "proszę użyć date, a godzinę zapisać w pytaniu typu text.",
        "xml-external"
        | "csv-external"
        | "select_one_from_file"
        | "select_multiple_from_file"
        | "select_one_external" => "proszę wpisać odpowiedzi do tabeli [choices] i użyć select_one LISTA.",
        "include" | "loop" | "begin_loop" | "end_loop" => {
            "proszę wpisać pytania wprost; powtarzane wpisy to begin_repeat."
        }
        "begin loop" | "end loop" => "proszę wpisać pytania wprost; powtarzane wpisy to begin_repeat.",
        _ if word.starts_with("background-") => "ankieta niczego nie zbiera w tle. Proszę usunąć wiersz.",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::{Read, RowKind, read};
    use crate::model::Kind;

    #[test]
    fn selects_are_read_in_all_their_spellings() {
        let one = || RowKind::Question(Kind::SelectOne("Tak_nie".into()));
        let many = || RowKind::Question(Kind::SelectMultiple("Tak_nie".into()));
        assert_eq!(read("select_one Tak_nie"), Read::Known(one()));
        assert_eq!(read("  select_multiple   Tak_nie "), Read::Known(many()));
        for spelling in ["select1 Tak_nie", "Select one from Tak_nie", "select one Tak_nie"] {
            assert_eq!(read(spelling), Read::Converted(one(), "select_one Tak_nie".into()), "{spelling}");
        }
        for spelling in ["select Tak_nie", "select all that apply from Tak_nie"] {
            assert_eq!(
                read(spelling),
                Read::Converted(many(), "select_multiple Tak_nie".into()),
                "{spelling}"
            );
        }
        assert_eq!(read("select_one Tak_nie or_other"), Read::OrOther(one()));
    }

    #[test]
    fn types_that_need_more_than_a_page_are_refused_with_a_reason() {
        for spelling in
            ["geopoint", "image", "dateTime", "select_one_from_file a.csv", "background-audio", "begin loop"]
        {
            assert!(matches!(read(spelling), Read::Refused(_)), "{spelling}");
        }
        assert_eq!(read("deviceid"), Read::Ignored);
        assert_eq!(read("selectone x"), Read::Unknown);
    }
}
