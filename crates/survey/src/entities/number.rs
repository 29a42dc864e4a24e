//! Numbers by which entities are known.

/// Weights of the first nine digits of a NIP.
const WEIGHTS: [u32; 9] = [6, 5, 7, 2, 3, 4, 5, 6, 7];

/// A tax number whose check digit is right: ten digits.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Nip(String);

/// A number of the court register: ten digits that begin with three zeros.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Krs(String);

impl Nip {
    /// Reads a NIP with or without hyphens, spaces and the prefix `PL`; `None` when it is none or the check digit is
    /// wrong.
    pub fn parse(text: &str) -> Option<Self> {
        let digits = digits(text.trim().trim_start_matches("PL").trim_start_matches("pl"))?;
        (digits.len() == 10 && is_checked(&digits)).then_some(Self(digits))
    }

    /// The ten digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Krs {
    /// Reads a KRS number; a spreadsheet may have eaten its leading zeros.
    pub fn parse(text: &str) -> Option<Self> {
        let digits = digits(text.trim().trim_start_matches("KRS").trim_start_matches(':'))?;
        let whole = format!("{digits:0>10}");
        (digits.len() <= 10 && whole.starts_with("000") && whole.bytes().any(|c| c != b'0'))
            .then_some(Self(whole))
    }

    /// The ten digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// The digits of a number written with spaces or hyphens; `None` when something else is in it.
fn digits(text: &str) -> Option<String> {
    let kept: String = text.chars().filter(|c| !c.is_whitespace() && !matches!(c, '-' | '–' | '‑')).collect();
    (!kept.is_empty() && kept.bytes().all(|c| c.is_ascii_digit())).then_some(kept)
}

fn is_checked(digits: &str) -> bool {
    let values: Vec<u32> = digits.bytes().map(|c| u32::from(c - b'0')).collect();
    let sum: u32 = values.iter().zip(WEIGHTS).map(|(digit, weight)| digit * weight).sum();
    values.iter().any(|digit| *digit != 0) && sum % 11 == values[9]
}

#[cfg(test)]
mod tests {
    use super::{Krs, Nip};

    #[test]
    fn a_nip_is_read_however_it_is_written_and_only_with_its_check_digit() {
        for text in ["1000000012", "100-000-00-12", "PL 100 000 00 12", " 1000000012 "] {
            assert_eq!(Nip::parse(text).unwrap().as_str(), "1000000012", "{text}");
        }
        assert!(Nip::parse("5252248481").is_some());
        for text in ["5252248482", "525224848", "52522484810", "52522X8481", "", "0000000000"] {
            assert_eq!(Nip::parse(text), None, "{text}");
        }
    }

    #[test]
    fn a_krs_gets_back_the_zeros_that_a_spreadsheet_ate() {
        for text in ["0000123456", "123456", "KRS 0000123456", "000 012 3456"] {
            assert_eq!(Krs::parse(text).unwrap().as_str(), "0000123456", "{text}");
        }
        for text in ["1234567890", "00001234567", "brak", "0000000000"] {
            assert_eq!(Krs::parse(text), None, "{text}");
        }
    }
}
