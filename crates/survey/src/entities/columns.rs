//! Which column of a list holds what, by its header.

use crate::collate::fold;
use crate::register::RawRow;

/// A header is looked for in so many rows.
const SEARCHED: usize = 60;

/// Where the columns are.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Columns {
    pub(super) nip: Option<usize>,
    pub(super) krs: Option<usize>,
    pub(super) name: Option<usize>,
    pub(super) kind: Option<usize>,
    pub(super) seat: Option<usize>,
    pub(super) from: Option<usize>,
    pub(super) to: Option<usize>,
    pub(super) founded: Option<usize>,
}

impl Columns {
    fn found(&self) -> usize {
        let all = [self.nip, self.krs, self.name, self.kind, self.seat, self.from, self.to, self.founded];
        all.iter().flatten().count()
    }

    /// Whether a list can be read by them: a name and something else.
    pub(super) fn are_enough(&self) -> bool {
        self.name.is_some() && self.found() >= 2
    }

    fn put(&mut self, column: usize, meaning: Meaning) {
        let place = match meaning {
            Meaning::Nip => &mut self.nip,
            Meaning::Krs => &mut self.krs,
            Meaning::Name => &mut self.name,
            Meaning::Kind => &mut self.kind,
            Meaning::Seat => &mut self.seat,
            Meaning::From => &mut self.from,
            Meaning::To => &mut self.to,
            Meaning::Founded => &mut self.founded,
        };
        place.get_or_insert(column);
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Meaning {
    Nip,
    Krs,
    Name,
    Kind,
    Seat,
    From,
    To,
    Founded,
}

/// The row of the header that says most, and the columns by it; of equals the first one.
pub(super) fn find(rows: &[RawRow]) -> Option<(usize, Columns)> {
    let tried = rows.iter().take(SEARCHED).enumerate().map(|(place, row)| (place, of(row)));
    let enough = tried.filter(|(_, columns)| columns.are_enough());
    enough.max_by_key(|(place, columns)| (columns.found(), std::cmp::Reverse(*place)))
}

fn of(row: &RawRow) -> Columns {
    let mut columns = Columns::default();
    for (place, cell) in row.cells.iter().enumerate() {
        if let Some(meaning) = meaning(&fold(&cell.text())) {
            columns.put(place, meaning);
        }
    }
    columns
}

/// What a header cell says, its text folded. The more particular word decides.
fn meaning(text: &str) -> Option<Meaning> {
    if text.len() > 80 {
        return None;
    }
    let words: Vec<&str> =
        text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let has = |stems: &[&str]| words.iter().any(|word| stems.iter().any(|stem| word.starts_with(stem)));
    let is = |exact: &[&str]| words.iter().any(|word| exact.contains(word));
    let entered = has(&["wpis"]);
    match () {
        () if is(&["nip"]) => Some(Meaning::Nip),
        () if entered && is(&["krs"]) => Some(Meaning::Founded),
        () if is(&["krs"]) => Some(Meaning::Krs),
        () if is(&["nr", "numer", "lp"]) => None,
        () if has(&["zaloz", "powstan", "utworz", "rejestrac"]) => Some(Meaning::Founded),
        () if has(&["utrat", "uplyw", "wygas", "cofni", "zakoncz", "konc", "wykresl"]) => Some(Meaning::To),
        () if entered || has(&["nadan", "uzysk", "poczat", "przyznan", "rozpocz"]) => Some(Meaning::From),
        () if is(&["do"]) => Some(Meaning::To),
        () if is(&["od", "status"]) => Some(Meaning::From),
        () if has(&["rodzaj", "form", "typ"]) => Some(Meaning::Kind),
        () if has(&["siedzib", "adres", "miejscow", "gmin"]) => Some(Meaning::Seat),
        () if has(&["nazw"]) || is(&["podmiot", "jednostka"]) => Some(Meaning::Name),
        () => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::register::Cell;

    fn row(cells: &[&str]) -> RawRow {
        RawRow { line: 1, cells: cells.iter().map(|text| Cell::Text((*text).to_owned())).collect() }
    }

    #[test]
    fn the_header_is_found_below_titles_and_its_words_may_vary() {
        let rows = [
            row(&["Rejestr przedsiębiorstw społecznych"]),
            row(&["Stan na dzień", "31.12.2024"]),
            row(&[
                "Lp.",
                "Nazwa podmiotu",
                "NIP",
                "Nr KRS",
                "Forma prawna",
                "Siedziba",
                "Data nadania statusu",
                "Data utraty statusu",
                "Data założenia",
            ]),
            row(&["1", "Spółdzielnia", "", "", "", "", "", "", ""]),
        ];
        let (place, columns) = find(&rows).unwrap();
        let expected = Columns {
            name: Some(1),
            nip: Some(2),
            krs: Some(3),
            kind: Some(4),
            seat: Some(5),
            from: Some(6),
            to: Some(7),
            founded: Some(8),
        };
        assert_eq!((place, columns), (2, expected));
        assert!(find(&rows[..2]).is_none());
        let short =
            row(&["nazwa", "nip", "krs", "rodzaj", "siedziba", "status_od", "status_do", "data_zalozenia"]);
        assert_eq!(find(&[short]).unwrap().1.found(), 8);
        let entered = row(&["Nazwa", "Nr wpisu", "Data wpisu do rejestru", "Data wpisu do KRS", "Status do"]);
        let columns = find(&[entered]).unwrap().1;
        assert_eq!(
            (columns.from, columns.founded, columns.to, columns.krs),
            (Some(2), Some(3), Some(4), None)
        );
    }
}
