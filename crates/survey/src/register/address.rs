//! Reading the field of an address as people fill it.

use super::cell::{held_by_formula, is_invisible, is_uncomputed};
use super::trouble::{EmailFix, Trouble};
use crate::unit::{Email, EmailTrouble};

/// What a field of addresses gave.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Addresses {
    /// The main address as it is shown, with its Polish letters where it has some.
    pub(super) shown: Option<String>,
    /// All usable ones as mail is sent to them.
    pub(super) contacts: Vec<Email>,
    pub(super) problems: Vec<Trouble>,
}

/// One usable address.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Address {
    shown: String,
    sent_to: Email,
}

/// Reads one or several addresses.
pub(super) fn read(field: &str) -> Addresses {
    if is_uncomputed(field) {
        return unusable(EmailTrouble::BadCharacter);
    }
    let mut problems = Vec::new();
    let text = outer(field, &mut problems);
    if text.matches('@').count() > 1 {
        let pieces: Vec<&str> = text.split(is_separator).filter(|piece| piece.contains('@')).collect();
        if pieces.len() > 1 {
            return several(&pieces, problems);
        }
    }
    match single(&text, &mut problems) {
        Ok(address) => taken(vec![address], problems),
        Err(trouble) => unusable(trouble),
    }
}

fn unusable(trouble: EmailTrouble) -> Addresses {
    Addresses { problems: vec![Trouble::EmailUnusable(trouble)], ..Addresses::default() }
}

fn taken(addresses: Vec<Address>, mut problems: Vec<Trouble>) -> Addresses {
    let main = addresses.first();
    if main.is_some_and(|address| !address.shown.is_ascii()) {
        problems.push(Trouble::EmailNonAscii);
    }
    let shown = main.map(|address| address.shown.clone());
    Addresses { shown, contacts: addresses.into_iter().map(|address| address.sent_to).collect(), problems }
}

fn several(pieces: &[&str], mut problems: Vec<Trouble>) -> Addresses {
    let mut found: Vec<Address> = Vec::new();
    let mut refused = Vec::new();
    for piece in pieces {
        match single(piece, &mut problems) {
            Ok(address) if !found.contains(&address) => found.push(address),
            Ok(_) => {}
            Err(trouble) => refused.push(trouble),
        }
    }
    if let ([], Some(first)) = (found.as_slice(), refused.first()) {
        return unusable(*first);
    }
    let alone = found.len() == 1 && refused.is_empty();
    problems.push(if alone {
        Trouble::EmailFixed(EmailFix::Repeated)
    } else {
        Trouble::EmailSeveral(found.len())
    });
    problems.dedup();
    taken(found, problems)
}

fn is_separator(c: char) -> bool {
    c.is_whitespace() || matches!(c, ';' | ',' | '|' | '/')
}

/// Removes what stands around the whole field.
fn outer(field: &str, problems: &mut Vec<Trouble>) -> String {
    let mut fixed = |fix| problems.push(Trouble::EmailFixed(fix));
    let held = held_by_formula(field);
    if held.is_some() {
        fixed(EmailFix::TextFormula);
    }
    let field = held.as_deref().unwrap_or(field);
    let seen: String = field.chars().filter(|c| !is_invisible(*c)).collect();
    let trimmed = seen.trim();
    if trimmed.len() != field.len() {
        fixed(EmailFix::OuterSpace);
    }
    let bare = trimmed.trim_matches([';', ',', '"', '\'', '„', '”']).trim();
    if bare.len() != trimmed.len() {
        fixed(EmailFix::Marks);
    }
    bare.to_owned()
}

/// Reads one address; what was cleaned up is added to the problems only when the address can be used.
fn single(text: &str, problems: &mut Vec<Trouble>) -> Result<Address, EmailTrouble> {
    let mut fixes = Vec::new();
    let bare = without_prefix(without_name(text.trim(), &mut fixes), &mut fixes);
    let lower = bare.to_lowercase();
    if lower != bare {
        fixes.push(EmailFix::UpperCase);
    }
    let address = parse(&lower)?;
    problems.extend(fixes.into_iter().map(Trouble::EmailFixed));
    Ok(address)
}

fn without_name<'a>(text: &'a str, fixes: &mut Vec<EmailFix>) -> &'a str {
    let Some((name, rest)) = text.split_once('<') else { return text };
    let Some(inner) = rest.strip_suffix('>') else { return text };
    let fix = if name.trim().is_empty() { EmailFix::AngleBrackets } else { EmailFix::DisplayName };
    fixes.push(fix);
    inner.trim()
}

fn without_prefix<'a>(text: &'a str, fixes: &mut Vec<EmailFix>) -> &'a str {
    let Some((prefix, rest)) = text.split_once(':') else { return text };
    if !["mailto", "e-mail", "email", "mail"].contains(&prefix.trim().to_lowercase().as_str()) {
        return text;
    }
    fixes.push(EmailFix::Prefix);
    rest.trim()
}

fn parse(text: &str) -> Result<Address, EmailTrouble> {
    match Email::parse(text) {
        Err(EmailTrouble::NotAscii) => {
            let (local, domain) = text.split_once('@').ok_or(EmailTrouble::NoAt)?;
            let domain = idna::domain_to_ascii_strict(domain).map_err(|_| EmailTrouble::NotAscii)?;
            let sent_to = Email::parse(&format!("{local}@{domain}"))?;
            Ok(Address { shown: text.to_owned(), sent_to })
        }
        Ok(sent_to) => Ok(Address { shown: sent_to.to_string(), sent_to }),
        Err(other) => Err(other),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(field: &str) -> (Option<String>, Vec<&'static str>) {
        let read = read(field);
        (read.shown, read.problems.iter().map(Trouble::word).collect())
    }

    #[test]
    fn addresses_are_cleaned_up_where_there_is_no_doubt() {
        for (field, word) in [
            (" ug@promna.example ", "email_outer_space"),
            ("\u{a0}ug@promna.example", "email_outer_space"),
            ("<ug@promna.example>", "email_angle_brackets"),
            ("Urząd Gminy <ug@promna.example>", "email_display_name"),
            ("mailto:ug@promna.example", "email_mailto_prefix"),
            ("E-mail: ug@promna.example", "email_mailto_prefix"),
            ("UG@PROMNA.EXAMPLE", "email_upper_case"),
            ("ug@promna.example;", "email_marks"),
            ("=\"ug@promna.example\"", "email_text_formula"),
            ("ug@promna.example; UG@promna.example", "email_upper_case email_repeated"),
        ] {
            let (shown, found) = words(field);
            assert_eq!(
                (shown.as_deref(), found.join(" ").as_str()),
                (Some("ug@promna.example"), word),
                "{field}"
            );
        }
        assert_eq!(words("ug@promna.example"), (Some("ug@promna.example".into()), vec![]));
    }

    #[test]
    fn what_leaves_a_doubt_is_not_used() {
        for (field, word) in [
            ("", "email_missing"),
            ("brak", "email_no_at"),
            ("ug.promna.example", "email_no_at"),
            ("ug@@promna.example", "email_two_at"),
            ("ug@borowie,example", "email_bad_character"),
            ("ug @gostynin.example", "email_bad_character"),
            ("ug\u{a0}@gostynin.example", "email_bad_character"),
            ("ug@baranow", "email_no_tld"),
            ("ug@olszanka..example", "email_empty_piece"),
            ("ug@czarnia.example.", "email_empty_piece"),
            ("łąka@promna.example", "email_non_ascii"),
            ("#N/A", "email_no_at"),
            ("=B4&\"@promna.example\"", "email_bad_character"),
            ("=IF(A1=1,\"a@x.example\",\"b@x.example\")", "email_bad_character"),
        ] {
            assert_eq!(words(field), (None, vec![word]), "{field}");
        }
    }

    #[test]
    fn of_several_addresses_the_first_usable_one_is_the_main_one() {
        for field in [
            "ug@a.example; sekretariat@a.example",
            "ug@a.example, sekretariat@a.example",
            "ug@a.example\nsekretariat@a.example",
            "ug@a.example sekretariat@a.example",
            "Urząd <ug@a.example>, Sekretariat <sekretariat@a.example>",
            "ug@a.example lub sekretariat@a.example",
        ] {
            let read = read(field);
            assert_eq!(read.shown.as_deref(), Some("ug@a.example"), "{field}");
            assert_eq!(read.contacts.len(), 2, "{field}");
            assert!(read.problems.contains(&Trouble::EmailSeveral(2)), "{field}");
        }
        let read = read("zły@@a; ug@a.example");
        assert_eq!((read.shown.as_deref(), read.contacts.len()), (Some("ug@a.example"), 1));
        assert_eq!(words("x@@a; y@@b"), (None, vec!["email_two_at"]));
    }

    #[test]
    fn a_domain_with_polish_letters_is_shown_as_written_and_sent_in_ascii() {
        let read = read("umig@Ciepielów.example");
        assert_eq!(read.shown.as_deref(), Some("umig@ciepielów.example"));
        assert_eq!(read.contacts[0].as_str(), "umig@xn--ciepielw-13a.example");
        assert!(read.problems.contains(&Trouble::EmailNonAscii));
    }
}
