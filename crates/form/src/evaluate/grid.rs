//! Cells by number and entry in one vector.

/// One cell for what stands outside repeats, one per entry (and a blank one at the end) for what stands in a repeat.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Grid<T> {
    cells: Vec<T>,
    starts: Vec<usize>,
}

impl<T: Clone> Grid<T> {
    /// A grid with `heights[n]` cells for number `n`, all the same.
    pub(crate) fn new(heights: impl Iterator<Item = usize>, cell: T) -> Self {
        let mut starts = vec![0];
        let mut end = 0;
        for height in heights {
            end += height;
            starts.push(end);
        }
        Self { cells: vec![cell; end], starts }
    }

    /// Number of cells, the blank entry's included.
    pub(crate) fn height(&self, number: usize) -> usize {
        self.starts[number + 1] - self.starts[number]
    }

    pub(crate) fn get(&self, number: usize, row: usize) -> Option<&T> {
        let start = *self.starts.get(number)?;
        self.cells[start..*self.starts.get(number + 1)?].get(row)
    }

    /// The cell must exist.
    pub(crate) fn at(&self, number: usize, row: usize) -> &T {
        &self.cells[self.starts[number] + row]
    }

    /// The cell must exist.
    pub(crate) fn set(&mut self, number: usize, row: usize, cell: T) {
        let start = self.starts[number];
        self.cells[start + row] = cell;
    }

    /// All cells of a number.
    pub(crate) fn column(&self, number: usize) -> &[T] {
        &self.cells[self.starts[number]..self.starts[number + 1]]
    }
}
