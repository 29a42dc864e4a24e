//! Problems as a terminal shows them: place, message, source line with a caret, help.

use super::{Problem, Severity};

/// All problems in their order, an empty line between them. `text` is the source they were found in.
#[must_use]
pub fn render_all(problems: &[Problem], text: &str) -> String {
    problems.iter().map(|problem| render(problem, text)).collect::<Vec<_>>().join("\n")
}

/// One problem with the line of `text` where it stands; every line ends with a line feed.
#[must_use]
pub fn render(problem: &Problem, text: &str) -> String {
    let mut out =
        format!("{}: {}[{}]: {}\n", place(problem), word(problem.severity), problem.code, problem.message);
    if let Some(line) = problem.line {
        out.push_str(&excerpt(problem, line, text));
    }
    if let Some(help) = &problem.help {
        out.push_str(&format!("   pomoc: {help}\n"));
    }
    out
}

fn word(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "błąd",
        Severity::Warning => "ostrzeżenie",
    }
}

fn place(problem: &Problem) -> String {
    let mut place = problem.file.clone();
    if let (Some(line), Some(col)) = (problem.line, problem.col) {
        place.push_str(&format!(":{line}:{col}"));
    }
    for part in [&problem.sheet, &problem.cell].into_iter().flatten() {
        place.push_str(&format!("!{part}"));
    }
    place
}

fn excerpt(problem: &Problem, line: u32, text: &str) -> String {
    let Some(source) = text.lines().nth(line as usize - 1) else {
        return String::new();
    };
    let col = problem.col.unwrap_or(1).max(1) as usize;
    let width = problem.end_col.map_or(1, |end| (end as usize).saturating_sub(col)).max(1);
    let lead: String = source.chars().take(col - 1).map(|c| if c == '\t' { '\t' } else { ' ' }).collect();
    let gutter = format!("{line:>5} | ");
    let blank = format!("{:>5} | ", "");
    format!("{gutter}{source}\n{blank}{lead}{}\n", "^".repeat(width))
}
