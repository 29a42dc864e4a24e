//! A folder of exported tables. It appears whole or not at all.

use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use serde_json::Value as Json;
use sheet::xlsx::{About, Workbook, XlsxError};
use sheet::{Column, CsvWriter, Profile, Value};

use super::{Files, Sheets};

/// The form of the files.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// CSV in one of its profiles.
    Csv(Profile),
    /// An array of objects, one per line.
    Json,
    /// One workbook with a sheet per table.
    Xlsx,
}

/// Name of the workbook.
const BOOK: &str = "odpowiedzi.xlsx";

/// A folder being written beside the place where it will stand.
#[derive(Debug)]
pub struct Folder {
    target: PathBuf,
    partial: PathBuf,
    out: Out,
    files: Vec<Written>,
}

/// What tables become.
#[derive(Debug)]
enum Out {
    Csv(Profile),
    Json,
    Book(Box<Sheets>),
}

impl Out {
    fn of(format: Format) -> io::Result<Self> {
        Ok(match format {
            Format::Csv(profile) => Self::Csv(profile),
            Format::Json => Self::Json,
            Format::Xlsx => Self::Book(Box::new(book().map_err(io::Error::other)?)),
        })
    }
}

impl Folder {
    /// Begins.
    ///
    /// # Errors
    /// `AlreadyExists` when the folder holds something, so that tables of two exports never lie side by side, or when
    /// another export into it is under way (or broke off); others of the file system.
    pub fn begin(target: &Path, format: Format) -> io::Result<Self> {
        if target.exists() && fs::read_dir(target)?.next().is_some() {
            let full = format!("folder {} nie jest pusty. Proszę podać nowy albo pusty", target.display());
            return Err(io::Error::new(io::ErrorKind::AlreadyExists, full));
        }
        let name = target.file_name().unwrap_or_default().to_string_lossy();
        let partial = target.with_file_name(format!("{name}.niepelny"));
        if let Some(around) = target.parent() {
            fs::create_dir_all(around)?;
        }
        fs::create_dir(&partial).map_err(|error| match error.kind() {
            io::ErrorKind::AlreadyExists => io::Error::new(
                error.kind(),
                format!("jest już folder {} po przerwanym eksporcie. Proszę go usunąć", partial.display()),
            ),
            _ => error,
        })?;
        let out = Out::of(format)?;
        Ok(Self { target: target.to_path_buf(), partial, out, files: Vec::new() })
    }

    /// Puts the folder in its place.
    ///
    /// # Errors
    /// Those of the file system.
    pub fn finish(mut self) -> io::Result<()> {
        for file in std::mem::take(&mut self.files) {
            file.finish()?;
        }
        if let Out::Book(book) = std::mem::replace(&mut self.out, Out::Json) {
            let out = BufWriter::new(File::create_new(self.partial.join(BOOK))?);
            book.finish().and_then(|book| book.save(out)).map_err(io::Error::other)?;
        }
        if self.target.exists() {
            fs::remove_dir(&self.target)?;
        }
        fs::rename(&self.partial, &self.target)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        // Gone already when it was finished; otherwise half an export is worse than none.
        let _ = fs::remove_dir_all(&self.partial);
    }
}

impl Files for Folder {
    fn begin(&mut self, name: &str, columns: &[Column]) -> io::Result<usize> {
        let file =
            |ending| File::create_new(self.partial.join(format!("{name}.{ending}"))).map(BufWriter::new);
        self.files.push(match &mut self.out {
            Out::Csv(profile) => Written::Csv(Box::new(CsvWriter::new(file("csv")?, *profile, columns)?)),
            Out::Json => Written::Json(Objects::new(file("json")?, columns)?),
            Out::Book(book) => return book.begin(name, columns),
        });
        Ok(self.files.len() - 1)
    }

    fn row(&mut self, file: usize, cells: &[Value]) -> io::Result<()> {
        if let Out::Book(book) = &mut self.out {
            return book.row(file, cells);
        }
        match self.files.get_mut(file) {
            Some(Written::Csv(csv)) => csv.row(cells),
            Some(Written::Json(objects)) => objects.row(cells),
            None => Err(io::Error::new(io::ErrorKind::NotFound, "no table was begun at this place")),
        }
    }
}

/// An empty workbook that says what it is.
fn book() -> Result<Sheets, XlsxError> {
    let about = About {
        title: "Odpowiedzi".into(),
        subject: "Liczone odpowiedzi, wiersz na złożenie, listy wpisów w osobnych arkuszach".into(),
        ..About::default()
    };
    Ok(Sheets::new(Workbook::new(&about)?, |name| Some(name.to_owned())))
}

#[derive(Debug)]
enum Written {
    Csv(Box<CsvWriter<BufWriter<File>>>),
    Json(Objects<BufWriter<File>>),
}

impl Written {
    fn finish(self) -> io::Result<()> {
        match self {
            Self::Csv(csv) => csv.finish()?.flush(),
            Self::Json(objects) => objects.finish()?.flush(),
        }
    }
}

/// A JSON array written object by object.
#[derive(Debug)]
struct Objects<W: Write> {
    out: W,
    names: Vec<String>,
    written: bool,
}

impl<W: Write> Objects<W> {
    fn new(mut out: W, columns: &[Column]) -> io::Result<Self> {
        out.write_all(b"[")?;
        let names = columns.iter().map(|column| Json::from(column.name.as_str()).to_string());
        Ok(Self { out, names: names.collect(), written: false })
    }

    fn row(&mut self, cells: &[Value]) -> io::Result<()> {
        let members: Vec<String> =
            self.names.iter().zip(cells).map(|(name, cell)| format!("{name}:{}", json(cell))).collect();
        let comma = if self.written { "," } else { "" };
        self.written = true;
        write!(self.out, "{comma}\n{{{}}}", members.join(","))
    }

    fn finish(mut self) -> io::Result<W> {
        self.out.write_all(b"\n]\n")?;
        Ok(self.out)
    }
}

/// A cell; a decimal number keeps all its digits.
fn json(cell: &Value) -> String {
    match cell {
        Value::Empty => "null".to_owned(),
        Value::Text(text) => Json::from(text.as_str()).to_string(),
        Value::Integer(number) => number.to_string(),
        Value::Decimal(number) => number.as_str().to_owned(),
        Value::Date(day) => format!("\"{}\"", day.format("%Y-%m-%d")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use sheet::Decimal;

    fn columns() -> [Column; 2] {
        [Column::new("Nazwa"), Column::new("Ile")]
    }

    #[test]
    fn json_is_an_array_of_objects_with_exact_numbers() {
        let mut objects = Objects::new(Vec::new(), &columns()).unwrap();
        objects.row(&[Value::Text("„A” \"b\"\n".into()), Value::Integer(-3)]).unwrap();
        let exact = Decimal::parse("0.12345678901234567890").unwrap();
        objects.row(&[Value::Empty, Value::Decimal(exact)]).unwrap();
        let text = String::from_utf8(objects.finish().unwrap()).unwrap();
        let lines = r#"{"nazwa":"„A” \"b\"\n","ile":-3},"#;
        assert_eq!(text, format!("[\n{lines}\n{{\"nazwa\":null,\"ile\":0.12345678901234567890}}\n]\n"));
        assert_eq!(serde_json::from_str::<Json>(&text).unwrap().as_array().unwrap().len(), 2);
        let empty = Objects::new(Vec::new(), &columns()).unwrap().finish().unwrap();
        assert_eq!(serde_json::from_slice::<Json>(&empty).unwrap(), Json::Array(Vec::new()));
    }

    #[test]
    fn a_folder_appears_whole_or_not_at_all() {
        let around = tempfile::tempdir().unwrap();
        let target = around.path().join("eksport");
        let mut folder = Folder::begin(&target, Format::Json).unwrap();
        folder.begin("tabela", &columns()).unwrap();
        let twice = Folder::begin(&target, Format::Json).unwrap_err();
        assert_eq!(twice.kind(), io::ErrorKind::AlreadyExists);
        assert!(!target.exists());
        drop(folder);
        assert_eq!(fs::read_dir(around.path()).unwrap().count(), 0);

        let mut folder = Folder::begin(&target, Format::Csv(Profile::OpenData)).unwrap();
        let table = folder.begin("tabela", &columns()).unwrap();
        folder.row(table, &[Value::Empty, Value::Integer(1)]).unwrap();
        assert!(folder.row(table, &[Value::Empty]).is_err() && folder.row(7, &[]).is_err());
        folder.finish().unwrap();
        assert_eq!(fs::read_to_string(target.join("tabela.csv")).unwrap(), "nazwa,ile\n,1\n");
        assert_eq!(Folder::begin(&target, Format::Json).unwrap_err().kind(), io::ErrorKind::AlreadyExists);
    }
}
