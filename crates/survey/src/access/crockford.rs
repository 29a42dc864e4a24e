//! Crockford base32: digits and capitals without I, L, O, U; reading forgives what people confuse.

const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// A character that stands for nothing in Crockford base32.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("„{0}” cannot stand in a code")]
pub struct BadSymbol(pub char);

/// The first `N` groups of five bits of `bytes`, most significant first; groups past the end are zero.
pub(super) fn symbols<const N: usize>(bytes: &[u8]) -> [u8; N] {
    let bit = |at: usize| bytes.get(at / 8).map_or(0, |byte| byte >> (7 - at % 8) & 1);
    std::array::from_fn(|group| (0..5).fold(0, |value, offset| value << 1 | bit(group * 5 + offset)))
}

/// The groups back as bytes; bits that fill no whole byte are dropped.
pub(super) fn bytes(symbols: &[u8]) -> Vec<u8> {
    let bit = |at: usize| symbols[at / 5] >> (4 - at % 5) & 1;
    (0..symbols.len() * 5 / 8)
        .map(|byte| (0..8).fold(0, |value, offset| value << 1 | bit(byte * 8 + offset)))
        .collect()
}

/// The text of groups of five bits.
pub(super) fn encode(symbols: &[u8]) -> String {
    symbols.iter().map(|symbol| char::from(ALPHABET[usize::from(symbol & 31)])).collect()
}

/// Reads symbols; O reads as 0, I and L as 1, small letters as capitals, blanks and any hyphens are skipped.
pub(super) fn decode(text: &str) -> Result<Vec<u8>, BadSymbol> {
    text.chars().filter(|c| !is_skipped(*c)).map(|c| value(c).ok_or(BadSymbol(c))).collect()
}

fn is_skipped(c: char) -> bool {
    c.is_whitespace() || matches!(c, '-' | '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{ad}' | '\u{200b}')
}

fn value(c: char) -> Option<u8> {
    let capital = match c.to_ascii_uppercase() {
        'O' => '0',
        'I' | 'L' => '1',
        other => other,
    };
    let place = ALPHABET.iter().position(|symbol| char::from(*symbol) == capital)?;
    u8::try_from(place).ok()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn known_text_comes_out() {
        assert_eq!(encode(&symbols::<8>(&[0xff, 0, 0xff, 0, 0xff])), "ZW0FY07Z");
        assert_eq!(decode("oO iIlL-u"), Err(BadSymbol('u')));
        assert_eq!(decode("oO–iI lL\u{a0}z"), Ok(vec![0, 0, 1, 1, 1, 1, 31]));
    }

    proptest! {
        #[test]
        fn bytes_survive_the_round_trip(random in any::<[u8; 20]>()) {
            let text = encode(&symbols::<32>(&random));
            prop_assert_eq!(bytes(&decode(&text).unwrap()), random);
        }
    }
}
