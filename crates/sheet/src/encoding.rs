//! From bytes to text: UTF-8, UTF-16, Windows-1250 and ISO 8859-2.

use encoding_rs::{Encoding, ISO_8859_2, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1250};

/// Decodes the file and says, in Polish, which encoding was taken. `None` when the bytes are no text.
pub(crate) fn decode(bytes: &[u8]) -> Option<(String, &'static str)> {
    let (encoding, skip, name) = guess(bytes);
    let (text, _) = encoding.decode_without_bom_handling(&bytes[skip..]);
    let binary = text.chars().take(4096).any(|c| c == '\0');
    (!binary).then(|| (text.into_owned(), name))
}

fn guess(bytes: &[u8]) -> (&'static Encoding, usize, &'static str) {
    if let Some((encoding, length)) = Encoding::for_bom(bytes) {
        let name = if encoding == UTF_8 { "UTF-8 ze znacznikiem BOM" } else { "UTF-16" };
        return (encoding, length, name);
    }
    if let Some(encoding) = utf16_without_mark(bytes) {
        return (encoding, 0, "UTF-16");
    }
    if std::str::from_utf8(bytes).is_ok() {
        return (UTF_8, 0, "UTF-8");
    }
    if looks_like_iso(bytes) { (ISO_8859_2, 0, "ISO 8859-2") } else { (WINDOWS_1250, 0, "Windows-1250") }
}

/// Latin letters in UTF-16 have a zero in every other byte.
fn utf16_without_mark(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = &bytes[..bytes.len().min(512) & !1];
    let zeros = |offset: usize| head.iter().skip(offset).step_by(2).filter(|byte| **byte == 0).count();
    let enough = |count: usize| head.len() >= 4 && count * 10 >= head.len() / 2 * 8;
    match (zeros(0), zeros(1)) {
        (0, odd) if enough(odd) => Some(UTF_16LE),
        (even, 0) if enough(even) => Some(UTF_16BE),
        _ => None,
    }
}

/// The two Polish eight-bit encodings differ in ą, ś, ź: Windows-1250 has letters below 0xA0, where ISO 8859-2 has
/// nothing, and the ISO places of ą, ś, ź are signs that hardly occur in names.
fn looks_like_iso(bytes: &[u8]) -> bool {
    let windows_only = bytes.iter().any(|byte| (0x80..0xA0).contains(byte));
    let iso_letters = bytes.iter().any(|byte| matches!(byte, 0xA1 | 0xA6 | 0xAC | 0xB1 | 0xB6 | 0xBC));
    let windows_a = bytes.contains(&0xB9);
    !windows_only && iso_letters && !windows_a
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn polish_letters_are_read_from_every_encoding_that_people_use() {
        let text = "Żółć;gęślą jaźń";
        let utf16 = |bytes: fn(u16) -> [u8; 2]| text.encode_utf16().flat_map(bytes).collect::<Vec<u8>>();
        let cases = [
            (text.as_bytes().to_vec(), "UTF-8"),
            ([b"\xEF\xBB\xBF", text.as_bytes()].concat(), "UTF-8 ze znacznikiem BOM"),
            ([b"\xFF\xFE".to_vec(), utf16(u16::to_le_bytes)].concat(), "UTF-16"),
            ([b"\xFE\xFF".to_vec(), utf16(u16::to_be_bytes)].concat(), "UTF-16"),
            (WINDOWS_1250.encode(text).0.into_owned(), "Windows-1250"),
            (ISO_8859_2.encode(text).0.into_owned(), "ISO 8859-2"),
        ];
        for (bytes, name) in cases {
            assert_eq!(decode(&bytes), Some((text.to_owned(), name)));
        }
    }

    #[test]
    fn utf16_is_known_without_its_mark_too() {
        let text = "kod;nazwa\r\n1401013;Promna\r\n";
        let bytes: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(decode(&bytes), Some((text.to_owned(), "UTF-16")));
    }

    #[test]
    fn bytes_with_zeros_are_no_text() {
        assert_eq!(decode(b"\x89PNG\0\0\0\x0d"), None);
    }
}
