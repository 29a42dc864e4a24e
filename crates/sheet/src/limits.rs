//! How much of a file is taken.

/// Bounds that keep one upload from taking the machine.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of the file itself.
    pub bytes: usize,
    /// Bytes of everything in a workbook together, unpacked.
    pub unpacked: u64,
    /// Rows of one sheet.
    pub rows: usize,
    /// Cells of one sheet, blank ones between others included.
    pub cells: usize,
    /// Sheets of a workbook.
    pub sheets: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { bytes: 50 << 20, unpacked: 300 << 20, rows: 100_000, cells: 2_000_000, sheets: 100 }
    }
}
