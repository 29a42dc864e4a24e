//! Texts compared without the edition's year.

/// The year of a version: "2024" of "2024.1".
pub(super) fn year_of(version: &str) -> Option<i32> {
    version.get(..4)?.parse().ok()
}

/// Compares texts of two editions: "w 2024 r." of the edition 2024 is the same as "w 2025 r." of the edition 2025,
/// and so are the years before and after. Runs of spaces count as one.
pub(super) struct Years {
    old: Option<i32>,
    new: Option<i32>,
}

impl Years {
    pub(super) fn new(old: &str, new: &str) -> Self {
        Self { old: year_of(old), new: year_of(new) }
    }

    /// Whether the two texts say the same.
    pub(super) fn same(&self, old: &str, new: &str) -> bool {
        let (old, new) = (pieces(old), pieces(new));
        old.len() == new.len() && old.iter().zip(&new).all(|(old, new)| self.same_piece(old, new))
    }

    fn same_piece(&self, old: &str, new: &str) -> bool {
        let shift = |piece: &str, year: Option<i32>| {
            let shift = as_year(piece)?.checked_sub(year?)?;
            (-1..=1).contains(&shift).then_some(shift)
        };
        old == new || shift(old, self.old).is_some_and(|moved| shift(new, self.new) == Some(moved))
    }
}

fn as_year(piece: &str) -> Option<i32> {
    piece.parse().ok().filter(|_| piece.len() == 4)
}

/// Runs of digits, and what stands between them with single spaces.
fn pieces(text: &str) -> Vec<String> {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut pieces: Vec<String> = Vec::new();
    let mut digits = None;
    for letter in text.chars() {
        let digit = letter.is_ascii_digit();
        match pieces.last_mut() {
            Some(last) if digits == Some(digit) => last.push(letter),
            _ => pieces.push(letter.to_string()),
        }
        digits = Some(digit);
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::Years;

    #[test]
    fn the_year_of_the_edition_and_its_neighbours_may_move_with_it() {
        let years = Years::new("2024", "2025.1");
        assert!(years.same("Ile w 2024 r., a ile w 2023?", "Ile w  2025 r., a ile w 2024?"));
        assert!(years.same("Strategia 2021–2027 w 2024 r.", "Strategia 2021–2027 w 2025 r."));
    }

    #[test]
    fn other_numbers_and_years_that_move_by_themselves_are_a_change() {
        let years = Years::new("2024", "2025");
        assert!(!years.same("Od 2010 r.", "Od 2011 r."));
        assert!(!years.same("W 2024 r.", "W 2026 r."));
        assert!(!years.same("Do 300 znaków", "Do 301 znaków"));
    }

    #[test]
    fn versions_that_are_no_years_compare_word_by_word() {
        let years = Years::new("pilot", "2025");
        assert!(years.same("W 2024 r.", "W 2024 r."));
        assert!(!years.same("W 2024 r.", "W 2025 r."));
    }
}
