//! Why a file cannot be read.

/// Why nothing could be read from a file.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ReadError {
    /// The file is larger than the limit, both in bytes.
    #[error("the file has {bytes} bytes, at most {limit} are read")]
    TooLarge {
        /// Its size.
        bytes: usize,
        /// What is allowed.
        limit: usize,
    },
    /// There is nothing in the file.
    #[error("{file} is empty")]
    Empty {
        /// Its name.
        file: String,
    },
    /// A binary Excel file of before 2007.
    #[error("{file} is an old binary Excel file")]
    OldExcel {
        /// Its name.
        file: String,
    },
    /// A workbook that asks for a password.
    #[error("{file} is protected by a password")]
    Locked {
        /// Its name.
        file: String,
    },
    /// Neither a workbook nor text.
    #[error("{file} is neither a workbook nor a text table")]
    NotATable {
        /// Its name.
        file: String,
    },
    /// A workbook that unpacks to more than the limit, in bytes.
    #[error("the workbook unpacks to more than {limit} bytes")]
    Unpacked {
        /// What is allowed.
        limit: u64,
    },
    /// More sheets than allowed.
    #[error("the workbook has more than {limit} sheets")]
    TooManySheets {
        /// What is allowed.
        limit: usize,
    },
    /// More rows than allowed.
    #[error("sheet {sheet} has more than {limit} rows")]
    TooManyRows {
        /// The name of the sheet.
        sheet: String,
        /// What is allowed.
        limit: usize,
    },
    /// More cells than allowed, or cells too far apart.
    #[error("sheet {sheet} has more than {limit} cells")]
    TooManyCells {
        /// The name of the sheet.
        sheet: String,
        /// What is allowed.
        limit: usize,
    },
    /// The workbook is damaged; `what` is for the log, `place` the sheet or the file.
    #[error("{place} is damaged: {what}")]
    Broken {
        /// The sheet or the file.
        place: String,
        /// What the reader met.
        what: String,
    },
}

impl ReadError {
    /// The sentence for the person who sent the file: what is wrong and what to do.
    pub fn message(&self) -> String {
        match self {
            Self::TooLarge { bytes, limit } => format!(
                "Plik ma {} MB, a przyjmujemy pliki do {} MB. Proszę usunąć z niego zbędne arkusze lub obrazy.",
                bytes.div_ceil(1 << 20),
                limit >> 20
            ),
            Self::Empty { file } => format!("Plik „{file}” jest pusty."),
            Self::OldExcel { file } => format!(
                "Plik „{file}” jest w dawnym formacie Excela (.xls). Proszę otworzyć go w Excelu, zapisać jako skoroszyt .xlsx i przesłać ponownie."
            ),
            Self::Locked { file } => {
                format!(
                    "Plik „{file}” jest zabezpieczony hasłem. Proszę zapisać go bez hasła i przesłać ponownie."
                )
            }
            Self::NotATable { file } => format!(
                "Plik „{file}” nie jest tabelą, którą umiemy odczytać. Proszę przesłać plik .xlsx albo .csv."
            ),
            Self::Unpacked { limit } => format!(
                "Skoroszyt po rozpakowaniu zajmuje ponad {} MB. Proszę zostawić w nim tylko arkusz z tabelą.",
                limit >> 20
            ),
            Self::TooManySheets { limit } => format!("Skoroszyt ma więcej niż {limit} arkuszy."),
            Self::TooManyRows { sheet, limit } => {
                format!(
                    "Arkusz „{sheet}” ma więcej niż {limit} wierszy. Proszę podzielić go na mniejsze pliki."
                )
            }
            Self::TooManyCells { sheet, limit } => format!(
                "Arkusz „{sheet}” obejmuje więcej niż {limit} komórek. Proszę usunąć zawartość komórek poza tabelą."
            ),
            Self::Broken { place, .. } => format!(
                "Pliku nie udało się odczytać, jest uszkodzony („{place}”). Proszę otworzyć go w arkuszu kalkulacyjnym, zapisać ponownie jako .xlsx i przesłać jeszcze raz."
            ),
        }
    }
}
