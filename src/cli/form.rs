//! `form check`, `form diff` and `form eval`: for people who write questionnaires.

use std::io::{BufRead, Write};
use std::path::{Path, PathBuf};

use clap::Subcommand;
use form::{FormDiff, Problem, Questionnaire, Severity};

use super::files::read_text;
use super::{Failure, Outcome};
use crate::clock::Clock;
use crate::words;

#[derive(Debug, Subcommand)]
pub(super) enum FormAction {
    /// Sprawdza ankiety i wypisuje wszystkie błędy naraz
    #[command(after_help = "Przykład: miernik form check forms/mazowsze/2024/jst.toml")]
    Check {
        /// Pliki albo foldery
        #[arg(required = true)]
        paths: Vec<PathBuf>,
        /// Wynik jako JSON
        #[arg(long)]
        json: bool,
    },
    /// Porównuje dwie edycje ankiety: co bez zmian, co inaczej, co nowe i czego brak
    #[command(
        after_help = "Przykład: miernik form diff forms/mazowsze/2024/jst.toml forms/mazowsze/2025/jst.toml"
    )]
    Diff {
        /// Plik wcześniejszej edycji
        old: PathBuf,
        /// Plik nowej edycji
        new: PathBuf,
        /// Wynik jako JSON
        #[arg(long)]
        json: bool,
    },
    /// Oblicza wyrażenie: dla ludzi (WYRAŻENIE --set a=5) albo wiersz po wierszu (--jsonl)
    #[command(after_help = "Przykład: miernik form eval '${a} > 3' --set a=5")]
    Eval {
        /// Wyrażenie
        #[arg(required_unless_present = "jsonl")]
        expr: Option<String>,
        /// Wartość pytania, np. a=5
        #[arg(long = "set", value_name = "NAZWA=WARTOŚĆ")]
        set: Vec<String>,
        /// Czyta JSON wiersz po wierszu ze standardowego wejścia
        #[arg(long, conflicts_with_all = ["expr", "set"])]
        jsonl: bool,
    },
}

/// Runs one of the three.
pub(super) fn run(action: FormAction) -> Outcome {
    match action {
        FormAction::Check { paths, json } => check(&paths, json),
        FormAction::Diff { old, new, json } => compare(&old, &new, json),
        FormAction::Eval { jsonl: true, .. } => eval_lines(),
        FormAction::Eval { expr, set, .. } => eval(&expr.unwrap_or_default(), &set),
    }
}

/// Checks every questionnaire; all problems of all files at once, and of files that cannot be read.
fn check(paths: &[PathBuf], json: bool) -> Outcome {
    let (files, mut all) = questionnaires(paths);
    let mut texts = String::new();
    for problem in &all {
        texts += &form::problem::render(problem, "");
    }
    for file in &files {
        let (problems, text) = match text_of(file) {
            Ok(text) => (problems_of(file, &text), text),
            Err(problem) => (vec![*problem], String::new()),
        };
        texts += &form::problem::render_all(&problems, &text);
        all.extend(problems);
    }
    if json {
        texts = serde_json::to_string_pretty(&all)? + "\n";
    }
    print(&texts)?;
    let errors = all.iter().filter(|problem| problem.severity == Severity::Error).count();
    let summary =
        format!("sprawdzone pliki: {}, błędy: {errors}, ostrzeżenia: {}", files.len(), all.len() - errors);
    if errors > 0 {
        return Err(Failure::input(summary));
    }
    eprintln!("{summary}");
    Ok(())
}

/// The text of a questionnaire, or that it has none.
fn text_of(file: &Path) -> Result<String, Box<Problem>> {
    let bytes = std::fs::read(file).map_err(|error| {
        Box::new(unreadable(file, &format!("nie można odczytać pliku ({})", words::io(&error))))
    })?;
    String::from_utf8(bytes).map_err(|error| {
        let good = &error.as_bytes()[..error.utf8_error().valid_up_to()];
        let line = good.iter().filter(|byte| **byte == b'\n').count() + 1;
        Box::new(Problem {
            line: u32::try_from(line).ok(),
            col: Some(1),
            help: Some("proszę zapisać plik ponownie w tym kodowaniu.".into()),
            ..unreadable(file, "plik nie jest zapisany w UTF-8")
        })
    })
}

fn unreadable(path: &Path, message: &str) -> Problem {
    Problem {
        code: form::load::codes::UNREADABLE,
        severity: Severity::Error,
        file: path.display().to_string(),
        line: None,
        col: None,
        end_col: None,
        sheet: None,
        cell: None,
        question: None,
        message: message.to_owned(),
        help: None,
    }
}

/// What is wrong with a code frame, or with a questionnaire: alone, with the code frames that lie beside it and against
/// the edition that it names as previous, sorted by place.
fn problems_of(file: &Path, text: &str) -> Vec<Problem> {
    let name = file.display().to_string();
    if form::is_frame(text) {
        return form::load_frame(&name, text).problems;
    }
    let loaded = form::load_with_frames(&name, text, &frames_beside(file));
    let mut problems = loaded.problems;
    let previous = loaded.questionnaire.as_ref().and_then(|new| previous_of(file, new));
    if let (Some(old), Some(new)) = (previous, &loaded.questionnaire) {
        problems.extend(form::check_against(&old, new));
        problems.sort_by_key(|problem| (problem.line, problem.col));
    }
    problems
}

/// Names of the code frames that lie in the folder of a questionnaire.
fn frames_beside(file: &Path) -> Vec<String> {
    let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let Ok(entries) = std::fs::read_dir(folder) else { return Vec::new() };
    let paths = entries.filter_map(|entry| Some(entry.ok()?.path()));
    let tables = paths.filter(|path| path.extension().is_some_and(|end| end == "toml"));
    let frames = tables.filter(|path| std::fs::read_to_string(path).is_ok_and(|text| form::is_frame(&text)));
    frames.filter_map(|path| Some(path.file_stem()?.to_str()?.to_owned())).collect()
}

/// The previous edition, where its file lies beside: `../2024/jst.toml`. One with errors is told when it is checked itself.
fn previous_of(file: &Path, new: &Questionnaire) -> Option<Questionnaire> {
    let previous = new.model.settings.previous.as_deref()?;
    let beside = file.parent()?.join("..").join(previous).join(file.file_name()?);
    let text = std::fs::read_to_string(&beside).ok()?;
    form::load(&beside.display().to_string(), &text).questionnaire
}

/// What `form diff --json` prints.
#[derive(serde::Serialize)]
struct Compared {
    #[serde(flatten)]
    diff: FormDiff,
    problems: Vec<Problem>,
}

/// Compares two editions; changes that nothing explains are problems.
fn compare(old: &Path, new: &Path, json: bool) -> Outcome {
    let text = read_text(new)?;
    let old = usable(old, &read_text(old)?)?;
    let new = usable(new, &text)?;
    let found = Compared { diff: form::diff(&old, &new), problems: form::check_against(&old, &new) };
    if json {
        print(&format!("{}\n", serde_json::to_string_pretty(&found)?))?;
    } else {
        print(&found.diff.table())?;
        if !found.problems.is_empty() {
            print(&format!("\n{}", form::problem::render_all(&found.problems, &text)))?;
        }
    }
    match found.problems.len() {
        0 => Ok(()),
        errors => Err(Failure::input(format!("zmiany bez wyjaśnienia: {errors}"))),
    }
}

/// The questionnaire, or its errors.
fn usable(file: &Path, text: &str) -> Result<Questionnaire, Failure> {
    let loaded = form::load(&file.display().to_string(), text);
    loaded.questionnaire.ok_or_else(|| {
        let errors = loaded.problems.iter().filter(|problem| problem.severity == Severity::Error);
        Failure::Input(errors.map(|problem| form::problem::render(problem, text)).collect())
    })
}

/// The files named, and in folders every `.toml` but the programme's own; what holds none is a problem.
fn questionnaires(paths: &[PathBuf]) -> (Vec<PathBuf>, Vec<Problem>) {
    let (mut files, mut problems) = (Vec::new(), Vec::new());
    for path in paths {
        if !path.is_dir() {
            files.push(path.clone());
            continue;
        }
        let before = files.len();
        match collect(path, &mut files) {
            Ok(()) if files.len() == before => {
                problems.push(unreadable(path, "w tym folderze nie ma żadnej ankiety (*.toml)"));
            }
            Ok(()) => {}
            Err(error) => {
                let cause = words::io(&error);
                problems.push(unreadable(path, &format!("nie można odczytać folderu ({cause})")));
            }
        }
    }
    (files, problems)
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) -> std::io::Result<()> {
    let mut entries: Vec<PathBuf> =
        std::fs::read_dir(folder)?.map(|entry| entry.map(|e| e.path())).collect::<Result<_, _>>()?;
    entries.sort();
    for entry in entries {
        if entry.is_dir() {
            collect(&entry, files)?;
        } else if entry.extension().is_some_and(|e| e == "toml")
            && entry.file_name().is_some_and(|n| n != "programme.toml")
        {
            files.push(entry);
        }
    }
    Ok(())
}

fn eval_lines() -> Outcome {
    let mut output = std::io::stdout().lock();
    for line in std::io::stdin().lock().lines() {
        let line = line?;
        if !line.trim().is_empty() {
            writeln!(output, "{}", form::expr::jsonl::eval_line(&line, today()))?;
        }
    }
    Ok(())
}

fn eval(expr: &str, sets: &[String]) -> Outcome {
    let mut values = Vec::new();
    for set in sets {
        let (name, value) = set
            .split_once('=')
            .ok_or_else(|| Failure::input(format!("--set {set}: brakuje znaku „=” (przykład: --set a=5)")))?;
        values.push((name.trim().to_owned(), value.to_owned()));
    }
    let value = form::expr::jsonl::eval_with(expr, &values, today())
        .map_err(|trouble| Failure::input(trouble.to_string()))?;
    print(&format!("{}\n", value.to_text()))
}

/// The date that `today()` gives.
fn today() -> chrono::NaiveDate {
    survey::calendar::Zone::WARSAW.date(crate::clock::SystemClock.now())
}

fn print(text: &str) -> Outcome {
    std::io::stdout().lock().write_all(text.as_bytes())?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The shipped editions of one questionnaire in a folder of their own, the new one with a text replaced.
    fn editions(from: &str, to: &str) -> (tempfile::TempDir, PathBuf, PathBuf) {
        let folder = tempfile::tempdir().unwrap();
        let shipped = Path::new(env!("CARGO_MANIFEST_DIR")).join("forms/mazowsze");
        let paths = ["2024", "2025"].map(|year| {
            let text = read_text(&shipped.join(year).join("jst.toml")).unwrap();
            assert!(year == "2024" || text.contains(from));
            let text = if year == "2025" { text.replace(from, to) } else { text };
            std::fs::create_dir(folder.path().join(year)).unwrap();
            for frame in ["kody_problemow_jst.toml", "kody_potrzeb_jst.toml"] {
                std::fs::copy(shipped.join(year).join(frame), folder.path().join(year).join(frame)).unwrap();
            }
            let path = folder.path().join(year).join("jst.toml");
            std::fs::write(&path, text).unwrap();
            path
        });
        let [old, new] = paths;
        (folder, old, new)
    }

    fn codes(file: &Path) -> Vec<&'static str> {
        problems_of(file, &read_text(file).unwrap()).iter().map(|problem| problem.code).collect()
    }

    #[test]
    fn a_questionnaire_is_checked_against_the_previous_edition_that_lies_beside() {
        let (_folder, old, new) = editions("Ile minut zajęło", "Ile godzin zajęło");
        assert_eq!(codes(&new), ["F301"]);
        assert_eq!(codes(&old), Vec::<&str>::new());
    }

    #[test]
    fn a_code_frame_is_looked_for_beside_the_questionnaire_and_checked_like_it() {
        let (folder, old, _) = editions("kody_potrzeb_jst", "kody_potrzeb_jst");
        let frame = folder.path().join("2024/kody_potrzeb_jst.toml");
        assert_eq!(codes(&frame), Vec::<&str>::new());
        std::fs::write(&frame, read_text(&frame).unwrap().replace("kind  = \"other\"", "kind  = \"inne\""))
            .unwrap();
        assert_eq!(codes(&frame), ["F505"]);
        std::fs::remove_file(frame).unwrap();
        assert_eq!(codes(&old), ["F501"]);
    }

    #[test]
    fn a_previous_edition_that_is_not_there_is_not_missed() {
        let (_folder, old, new) = editions("Ile minut zajęło", "Ile godzin zajęło");
        std::fs::remove_file(old).unwrap();
        assert_eq!(codes(&new), Vec::<&str>::new());
    }

    #[test]
    fn comparing_fails_only_where_a_change_is_not_explained() {
        let (_folder, old, new) = editions("Ile minut zajęło", "Ile godzin zajęło");
        assert!(matches!(compare(&old, &new, false), Err(Failure::Input(_))));
        let (_folder, old, new) = editions("previous   = \"2024\"", "previous   = \"2024\" ");
        compare(&old, &new, true).unwrap();
    }
}
