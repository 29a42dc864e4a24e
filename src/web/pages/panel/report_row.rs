//! Rows of the report as headings of a page and in its list of rows.

/// A row of the report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReportRow {
    /// Its number, such as `1.3`; empty for measures that feed none.
    code: String,
    /// What it is about.
    title: String,
}

impl ReportRow {
    /// A row by its number, which is empty for measures that feed none.
    pub fn new(code: &str, title: &str) -> ReportRow {
        ReportRow { code: code.into(), title: title.into() }
    }

    /// What tells it from other rows in ids.
    pub fn id(&self) -> &str {
        if self.code.is_empty() { "pozostale" } else { &self.code }
    }

    /// Id of the heading, which the list of rows leads to.
    pub fn anchor(&self) -> String {
        format!("w-{}", self.id())
    }

    /// The words of the heading.
    pub fn heading(&self) -> String {
        match (self.code.is_empty(), self.title.is_empty()) {
            (true, _) => "Pozostałe liczby".into(),
            (false, true) => format!("Wiersz {}", self.code),
            (false, false) => format!("Wiersz {}. {}", self.code, self.title),
        }
    }
}
