//! What follows from published numbers by adding and subtracting: elimination over the rationals, written apart from the
//! program, which works modulo a prime.
//!
//! A cell is a part of the frame that no published number divides; a number is a sum over cells. Whoever holds many such
//! sums knows every combination of them.

use std::collections::BTreeMap;

use form::number::Rational;

/// A row of numbers by cell, without zeros.
type Row = BTreeMap<usize, Rational>;

/// Somebody who reads everything that is published.
pub(crate) struct Reader {
    /// How many offices each cell counts; a cell without any adds nothing to a sum, so it is none.
    offices: Vec<u64>,
    /// What is known, each row with a one at its first cell and nothing there in any other row.
    known: BTreeMap<usize, Row>,
}

impl Reader {
    /// Who knows how many offices there are in each cell, and no number yet.
    pub(crate) fn new(offices: &[u64]) -> Self {
        Self { offices: offices.to_vec(), known: BTreeMap::new() }
    }

    /// Reads a number of these cells.
    pub(crate) fn read(&mut self, cells: impl IntoIterator<Item = usize>) {
        let one = Rational::from_integer(1.into());
        let counted = cells.into_iter().filter(|cell| self.offices[*cell] > 0);
        let mut row = self.rest(counted.map(|cell| (cell, one.clone())).collect());
        let Some((first, factor)) = row.first_key_value().map(|(cell, number)| (*cell, number.clone()))
        else {
            return;
        };
        row.values_mut().for_each(|number| *number /= &factor);
        for other in self.known.values_mut() {
            if let Some(times) = other.get(&first).cloned() {
                subtract(other, &row, &times);
            }
        }
        self.known.insert(first, row);
    }

    /// What of a combination of cells is not known.
    fn rest(&self, mut row: Row) -> Row {
        let firsts: Vec<(usize, Rational)> = row
            .iter()
            .filter(|(cell, _)| self.known.contains_key(cell))
            .map(|(c, n)| (*c, n.clone()))
            .collect();
        for (first, times) in firsts {
            subtract(&mut row, &self.known[&first], &times);
        }
        row
    }

    /// Cells of at least one and fewer than `least` offices whose number is known. Looks at all sets of up to four cells,
    /// which with a least group of five are all that there can be.
    pub(crate) fn few(&self, least: u64) -> Option<Vec<usize>> {
        assert!(least <= 5, "sets of more than four cells are not looked at");
        let one = Rational::from_integer(1.into());
        let small = (0..self.offices.len()).filter(|cell| (1..least).contains(&self.offices[*cell]));
        let rests: Vec<(usize, Row)> =
            small.map(|cell| (cell, self.rest(Row::from([(cell, one.clone())])))).collect();
        let mut sums: BTreeMap<Row, Vec<Vec<usize>>> = BTreeMap::from([(Row::new(), vec![Vec::new()])]);
        for (place, (cell, rest)) in rests.iter().enumerate() {
            sums.entry(rest.clone()).or_default().push(vec![*cell]);
            for (other, more) in &rests[place + 1..] {
                if self.offices[*cell] + self.offices[*other] < least {
                    let mut sum = rest.clone();
                    subtract(&mut sum, more, &-&one);
                    sums.entry(sum).or_default().push(vec![*cell, *other]);
                }
            }
        }
        let opposite = |row: &Row| row.iter().map(|(cell, number)| (*cell, -number)).collect::<Row>();
        let pairs = sums.iter().flat_map(|(row, sets)| {
            let others = sums.get(&opposite(row)).into_iter().flatten();
            others.flat_map(move |other| sets.iter().map(move |set| (set, other)))
        });
        let fits = |(set, other): &(&Vec<usize>, &Vec<usize>)| {
            let offices: u64 = set.iter().chain(*other).map(|cell| self.offices[*cell]).sum();
            (1..least).contains(&offices) && set.iter().all(|cell| !other.contains(cell))
        };
        pairs.into_iter().find(fits).map(|(set, other)| [&set[..], other].concat())
    }
}

/// Takes another row so many times away.
fn subtract(row: &mut Row, other: &Row, times: &Rational) {
    for (cell, number) in other {
        let rest = row.entry(*cell).or_default();
        *rest -= number * times;
        if *rest == Rational::default() {
            row.remove(cell);
        }
    }
}

#[test]
fn a_reader_finds_what_follows_and_nothing_else() {
    // Two rows of two cells: three of the four margins and one cell tell the others.
    let mut reader = Reader::new(&[6, 2, 7, 9]);
    reader.read([0, 1, 2, 3]);
    reader.read([0, 1]);
    reader.read([0, 2]);
    assert_eq!(reader.few(5), None);
    reader.read([2]);
    assert_eq!(reader.few(5), Some(vec![1]), "the first row less its first cell");
    // Two offices in two cells that nobody lists together, and a cell that nobody is in.
    let mut reader = Reader::new(&[5, 1, 1, 5, 0]);
    reader.read([0, 1, 2, 3, 4]);
    reader.read([0]);
    assert_eq!(reader.few(5), None);
    reader.read([3, 4]);
    assert_eq!(reader.few(5).map(|cells| cells.len()), Some(2));
}
