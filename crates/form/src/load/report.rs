//! Collecting problems.

use super::source::{Source, Span};
use crate::problem::{Problem, Severity};

/// Everything that is wrong with a form, as far as it was found.
pub(super) struct Report<'a> {
    pub(super) source: Source<'a>,
    /// The code frames that there are; none when nobody has looked.
    pub(super) frames: Option<Vec<String>>,
    problems: Vec<Problem>,
}

/// One problem in the making.
pub(super) struct Finding {
    code: &'static str,
    span: Span,
    message: String,
    help: Option<String>,
    question: Option<String>,
}

impl Finding {
    /// A problem at a place. Codes that start with W are warnings.
    pub(super) fn new(code: &'static str, span: &Span, message: impl Into<String>) -> Self {
        Self { code, span: span.clone(), message: message.into(), help: None, question: None }
    }

    pub(super) fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// "Did you mean", where something is near enough.
    pub(super) fn near(self, near: Option<&str>) -> Self {
        match near {
            Some(near) => self.help(format!("czy chodziło o „{near}”?")),
            None => self,
        }
    }

    /// The question, group or repeat concerned.
    pub(super) fn about(mut self, name: impl Into<String>) -> Self {
        self.question = Some(name.into()).filter(|name| !name.is_empty());
        self
    }
}

impl<'a> Report<'a> {
    pub(super) fn new(source: Source<'a>) -> Self {
        Self { source, frames: None, problems: Vec::new() }
    }

    pub(super) fn add(&mut self, finding: Finding) {
        let (line, col) = self.source.at(finding.span.start);
        let number = |place: usize| u32::try_from(place).ok();
        self.problems.push(Problem {
            code: finding.code,
            severity: if finding.code.starts_with('W') { Severity::Warning } else { Severity::Error },
            file: self.source.file.to_owned(),
            line: number(line),
            col: number(col),
            end_col: number(self.source.end_col(&finding.span)),
            sheet: None,
            cell: None,
            question: finding.question,
            message: finding.message,
            help: finding.help,
        });
    }

    pub(super) fn has_errors(&self) -> bool {
        self.problems.iter().any(|problem| problem.severity == Severity::Error)
    }

    /// The problems sorted by place, each once.
    pub(super) fn finish(mut self) -> Vec<Problem> {
        self.problems
            .sort_by(|a, b| (a.line, a.col, a.code, &a.message).cmp(&(b.line, b.col, b.code, &b.message)));
        self.problems.dedup();
        self.problems
    }
}
