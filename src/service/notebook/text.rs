//! Texts of the notebook as paragraphs: plain typing, nothing that could be markup.

/// A piece of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Bit {
    /// Words.
    Words(String),
    /// What stands for a placeholder: the name between the braces.
    Name(String),
}

/// A part of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Paragraph {
    /// A line after `##`.
    Heading(Vec<Bit>),
    /// A paragraph; its lines were joined.
    Plain(Vec<Bit>),
    /// Items after hyphens or dots.
    Items(Vec<Vec<Bit>>),
}

/// The paragraphs of a text.
#[must_use]
pub fn paragraphs(text: &str) -> Vec<Paragraph> {
    let mut found: Vec<Paragraph> = Vec::new();
    let mut open = false;
    for line in text.lines().map(str::trim) {
        if line.is_empty() {
            open = false;
        } else if let Some(heading) = line.strip_prefix("##") {
            found.push(Paragraph::Heading(bits(heading.trim_start_matches('#').trim())));
            open = false;
        } else if let Some(item) = item(line) {
            match found.last_mut() {
                Some(Paragraph::Items(items)) => items.push(bits(item)),
                _ => found.push(Paragraph::Items(vec![bits(item)])),
            }
            open = true;
        } else {
            add(&mut found, line, open);
            open = true;
        }
    }
    found
}

/// A line that goes on with what is open, or begins a paragraph.
fn add(found: &mut Vec<Paragraph>, line: &str, open: bool) {
    let more = || std::iter::once(Bit::Words(" ".into())).chain(bits(line));
    match found.last_mut().filter(|_| open) {
        Some(Paragraph::Plain(pieces)) => pieces.extend(more()),
        Some(Paragraph::Items(items)) => {
            if let Some(last) = items.last_mut() {
                last.extend(more());
            }
        }
        _ => found.push(Paragraph::Plain(bits(line))),
    }
}

fn item(line: &str) -> Option<&str> {
    ["- ", "• ", "– "].iter().find_map(|mark| line.strip_prefix(mark)).map(str::trim)
}

/// Words and names between braces.
#[must_use]
pub fn bits(text: &str) -> Vec<Bit> {
    let mut found = Vec::new();
    let mut rest = text;
    while let Some(start) = rest.find('{') {
        let Some(end) = rest[start..].find('}').map(|end| start + end) else { break };
        if start > 0 {
            found.push(Bit::Words(rest[..start].to_owned()));
        }
        found.push(Bit::Name(rest[start + 1..end].to_owned()));
        rest = &rest[end + 1..];
    }
    if !rest.is_empty() {
        found.push(Bit::Words(rest.to_owned()));
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<Bit> {
        vec![Bit::Words(text.into())]
    }

    #[test]
    fn a_text_falls_into_paragraphs_items_and_headings() {
        let found = paragraphs(
            "## Szkolenia\nPierwszy wiersz\ni drugi.\n\nNowy akapit:\n- raz,\n  dalej;\n• dwa.\n\nKoniec.",
        );
        let joined =
            |a: &str, b: &str| vec![Bit::Words(a.into()), Bit::Words(" ".into()), Bit::Words(b.into())];
        assert_eq!(
            found,
            [
                Paragraph::Heading(words("Szkolenia")),
                Paragraph::Plain(joined("Pierwszy wiersz", "i drugi.")),
                Paragraph::Plain(words("Nowy akapit:")),
                Paragraph::Items(vec![joined("raz,", "dalej;"), words("dwa.")]),
                Paragraph::Plain(words("Koniec.")),
            ]
        );
    }

    #[test]
    fn names_between_braces_are_told_from_words() {
        let name = |name: &str| Bit::Name(name.into());
        assert_eq!(
            bits("Było {a} i {b-2}."),
            [words("Było ").remove(0), name("a"), words(" i ").remove(0), name("b-2"), words(".").remove(0)]
        );
        assert_eq!(bits("{niedomknięte"), words("{niedomknięte"));
        assert_eq!(paragraphs(" \n\n"), []);
    }
}
