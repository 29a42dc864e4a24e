//! `form check` and `form eval`: for people who write questionnaires.

use std::io::{BufRead, Write};
use std::path::{Path, PathBuf};

use form::{Problem, Severity};

use super::args::FormAction;
use super::{Failure, Outcome};
use crate::clock::Clock;

/// Runs one of the two.
pub(super) fn run(action: FormAction) -> Outcome {
    match action {
        FormAction::Check { paths, json } => check(&paths, json),
        FormAction::Eval { jsonl: true, .. } => eval_lines(),
        FormAction::Eval { expr, set, .. } => eval(&expr.unwrap_or_default(), &set),
    }
}

/// Checks every questionnaire; all problems of all files at once.
fn check(paths: &[PathBuf], json: bool) -> Outcome {
    let files = questionnaires(paths)?;
    let mut all: Vec<Problem> = Vec::new();
    for file in &files {
        let shown = file.display().to_string();
        let text = read(file)?;
        let problems = form::load(&shown, &text).problems;
        if !json {
            print(&form::problem::render_all(&problems, &text))?;
        }
        all.extend(problems);
    }
    if json {
        print(&format!("{}\n", serde_json::to_string_pretty(&all)?))?;
    }
    let errors = all.iter().filter(|problem| problem.severity == Severity::Error).count();
    let summary =
        format!("sprawdzone pliki: {}, błędy: {errors}, ostrzeżenia: {}", files.len(), all.len() - errors);
    if errors > 0 {
        return Err(Failure::input(summary));
    }
    eprintln!("{summary}");
    Ok(())
}

/// The files named, and in folders every `.toml` but the programme's own.
fn questionnaires(paths: &[PathBuf]) -> Result<Vec<PathBuf>, Failure> {
    let mut files = Vec::new();
    for path in paths {
        if path.is_dir() {
            collect(path, &mut files)?;
        } else {
            files.push(path.clone());
        }
    }
    if files.is_empty() {
        return Err(Failure::input("nie znaleziono żadnej ankiety (*.toml) w podanych miejscach"));
    }
    Ok(files)
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) -> Outcome {
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

fn read(file: &Path) -> Result<String, Failure> {
    let bytes = std::fs::read(file)
        .map_err(|error| Failure::input(format!("{}: nie można odczytać pliku ({error})", file.display())))?;
    String::from_utf8(bytes).map_err(|error| {
        let line =
            error.as_bytes()[..error.utf8_error().valid_up_to()].iter().filter(|b| **b == b'\n').count() + 1;
        Failure::input(format!(
            "{}:{line}: plik nie jest zapisany w UTF-8. Proszę zapisać go ponownie w tym kodowaniu.",
            file.display()
        ))
    })
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
