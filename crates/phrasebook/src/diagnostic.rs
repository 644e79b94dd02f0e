//! Actionable errors: a code, a position in a file, what is wrong, and how to fix it.

use annotate_snippets::{AnnotationKind, Level, Renderer, Snippet};
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::ops::Range;

/// How serious a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    Error,
    Warning,
    Info,
}

impl Severity {
    pub fn name(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Info => "info",
        }
    }
}

/// A problem in a file, or something worth a look.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// Stable and searchable: `unknown-id`, `phrase`, `yaml` …
    pub code: Cow<'static, str>,
    pub severity: Severity,
    /// Byte range in the [`Sources`].
    pub at: Range<usize>,
    pub message: String,
    pub help: String,
    /// An automatic fix, if there is a safe one.
    pub fix: Option<Box<Fix>>,
}

/// A text replacement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fix {
    pub at: Range<usize>,
    pub instead: String,
}

impl Diagnostic {
    pub fn new(
        code: impl Into<Cow<'static, str>>,
        at: Range<usize>,
        message: impl Into<String>,
        help: impl Into<String>,
    ) -> Self {
        let (code, message, help) = (code.into(), message.into(), help.into());
        Self { code, severity: Severity::Error, at, message, help, fix: None }
    }

    /// For something that works but probably isn't intended.
    pub fn warning(
        code: impl Into<Cow<'static, str>>,
        at: Range<usize>,
        message: impl Into<String>,
        help: impl Into<String>,
    ) -> Self {
        Self { severity: Severity::Warning, ..Self::new(code, at, message, help) }
    }

    /// Adds a fix that replaces `at` with `instead`.
    pub fn fixed_by(self, at: Range<usize>, instead: impl Into<String>) -> Self {
        Self { fix: Some(Box::new(Fix { at, instead: instead.into() })), ..self }
    }
}

/// All source files, concatenated: an offset identifies both a file and a position in it.
#[derive(Debug, Clone, Default)]
pub struct Sources {
    own: usize,
    files: Vec<File>,
}

/// One source file.
#[derive(Debug, Clone)]
pub struct File {
    pub path: String,
    pub text: String,
    /// The offset of its first byte.
    pub start: usize,
}

impl File {
    pub fn end(&self) -> usize {
        self.start + self.text.len()
    }

    /// Converts an offset to a byte of this file, rounded to a character boundary.
    fn byte(&self, at: usize) -> usize {
        let n = at.saturating_sub(self.start).min(self.text.len());
        (0..=n).rev().find(|&n| self.text.is_char_boundary(n)).unwrap_or(0)
    }

    /// Line and column of an offset, both from 1, counted in characters.
    pub fn line_column(&self, at: usize) -> (usize, usize) {
        let before = &self.text[..self.byte(at)];
        let line = before.rfind('\n').map_or(0, |n| n + 1);
        (before.matches('\n').count() + 1, before[line..].chars().count() + 1)
    }
}

impl Sources {
    pub fn new(path: &str, text: &str) -> Self {
        let mut sources = Self::default();
        sources.add(path, text);
        sources
    }

    /// Adds a file and returns the offset of its first byte.
    pub fn add(&mut self, path: &str, text: &str) -> usize {
        // One past the end, so a file's end isn't also the next one's start.
        let start = self.files.last().map_or(0, |f| f.end() + 1);
        self.files.push(File { path: path.to_owned(), text: text.to_owned(), start });
        start
    }

    pub fn files(&self) -> &[File] {
        &self.files
    }

    /// The phrasebook's own files: the main one and its includes, but not what it extends.
    pub fn own(&self) -> &[File] {
        &self.files[..self.own.max(1).min(self.files.len())]
    }

    /// Whether an offset is in one of the phrasebook's own files.
    pub fn is_own(&self, at: usize) -> bool {
        self.own().last().is_some_and(|last| at <= last.end())
    }

    /// Marks all files so far as the phrasebook's own.
    pub fn own_so_far(&mut self) {
        self.own = self.files.len();
    }

    /// The file containing an offset; there is always one.
    pub fn file(&self, at: usize) -> Option<&File> {
        self.files.iter().rev().find(|f| f.start <= at)
    }

    /// The text of a range; empty if out of bounds.
    pub fn text(&self, at: &Range<usize>) -> &str {
        self.file(at.start)
            .and_then(|f| f.text.get(at.start - f.start..at.end.saturating_sub(f.start)))
            .unwrap_or("")
    }

    /// `phrasebook.yaml:12`.
    pub fn line(&self, at: usize) -> String {
        self.file(at).map_or_else(String::new, |f| format!("{}:{}", f.path, f.line_column(at).0))
    }
}

/// All diagnostics as text, with source excerpts.
pub fn render(sources: &Sources, diagnostics: &[Diagnostic], color: bool) -> String {
    let renderer = if color { Renderer::styled() } else { Renderer::plain() };
    let mut out = String::new();
    for d in diagnostics.iter().take(MOST_SHOWN) {
        let level = match d.severity {
            Severity::Error => Level::ERROR,
            Severity::Warning => Level::WARNING,
            Severity::Info => Level::INFO,
        };
        let title = level.primary_title(&*d.message).id(&*d.code);
        let mut group = match sources.file(d.at.start) {
            Some(file) => {
                let (line, span) = excerpt(file, &d.at);
                let annotation = AnnotationKind::Primary.span(span);
                let number = file.line_column(d.at.start).0;
                let snippet = Snippet::source(line).path(&*file.path).line_start(number);
                title.element(snippet.annotation(annotation))
            }
            None => annotate_snippets::Group::with_title(title),
        };
        if !d.help.is_empty() {
            group = group.element(Level::HELP.message(&*d.help));
        }
        out.push_str(&renderer.render(&[group]));
        out.push_str("\n\n");
    }
    if diagnostics.len() > MOST_SHOWN {
        out += &format!("… and {} more\n\n", diagnostics.len() - MOST_SHOWN);
    }
    out
}

/// A diagnostic as data.
#[derive(Debug, Serialize)]
pub struct Placed<'a> {
    pub code: &'a str,
    pub severity: Severity,
    pub file: &'a str,
    pub line: usize,
    pub column: usize,
    pub text: &'a str,
    pub message: &'a str,
    pub help: &'a str,
    /// Whether `--fix` can fix it.
    pub fixable: bool,
}

/// All diagnostics as data, with positions.
pub fn placed<'a>(sources: &'a Sources, diagnostics: &'a [Diagnostic]) -> Vec<Placed<'a>> {
    let placed = |d: &'a Diagnostic| {
        let file = sources.file(d.at.start);
        let (line, column) = file.map_or((0, 0), |f| f.line_column(d.at.start));
        Placed {
            code: &d.code,
            severity: d.severity,
            file: file.map_or("", |f| &f.path),
            line,
            column,
            text: sources.text(&d.at),
            message: &d.message,
            help: &d.help,
            fixable: d.fix.is_some(),
        }
    };
    diagnostics.iter().map(placed).collect()
}

/// Applies all fixes to a file; returns the text and how many were applied.
pub fn mended(file: &File, diagnostics: &[Diagnostic]) -> (String, usize) {
    let inside = |fix: &&Fix| file.start <= fix.at.start && fix.at.end <= file.end();
    let mut fixes: Vec<&Fix> = diagnostics.iter().filter_map(|d| d.fix.as_deref()).filter(inside).collect();
    fixes.sort_by_key(|fix| fix.at.start);
    fixes.dedup_by(|b, a| b.at.start < a.at.end);
    let mut text = file.text.clone();
    for fix in fixes.iter().rev() {
        text.replace_range(fix.at.start - file.start..fix.at.end - file.start, &fix.instead);
    }
    (text, fixes.len())
}

/// The line containing a range, and the range within it; only the first line of a multi-line range.
fn excerpt<'f>(file: &'f File, at: &Range<usize>) -> (&'f str, Range<usize>) {
    let (start, end) = (file.byte(at.start), file.byte(at.end));
    let text = file.text.as_str();
    let line = text[..start].rfind('\n').map_or(0, |n| n + 1);
    let line_end = text[start..].find('\n').map_or(text.len(), |n| start + n);
    // Very long lines are cut around the range.
    let from = if start - line > WIDEST { text.floor_char_boundary(start - WIDEST) } else { line };
    let to = line_end.min(text.ceil_char_boundary((start + 2 * WIDEST).min(text.len())));
    (&text[from..to], start - from..end.clamp(start, to) - from)
}

/// The most bytes of a line shown on each side of a range.
const WIDEST: usize = 1000;

/// Beyond this, diagnostics are only counted.
const MOST_SHOWN: usize = 500;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_offset_names_a_file_and_a_line() {
        let mut sources = Sources::new("a.yaml", "one\ntwo");
        let second = sources.add("b.yaml", "drei\nvier\n");
        assert_eq!(sources.line(4), "a.yaml:2");
        assert_eq!(sources.line(7), "a.yaml:2");
        assert_eq!(sources.line(second + 5), "b.yaml:2");
        assert_eq!(sources.text(&(second..second + 4)), "drei");
        assert_eq!(sources.text(&(second..second + 40)), "");
    }

    #[test]
    fn a_diagnostic_names_code_place_and_way_out() {
        let d = Diagnostic::new("unknown-id", 5..8, "no such thing", "try another");
        let text = render(&Sources::new("book.yaml", "one\n\ttwo\n"), &[d], false);
        for part in ["error[unknown-id]: no such thing", "book.yaml:2:2", "help: try another"] {
            assert!(text.contains(part), "{text}");
        }
    }
}
