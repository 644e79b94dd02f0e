//! Findings for programs that show them beside a file: as SARIF for code scanning and editors, as
//! workflow commands for GitHub.

pub mod github;
pub mod sarif;

use amends_phrasebook::diagnostic::{Severity, Sources};
use std::ops::Range;

/// A finding and its place.
pub struct Finding<'a> {
    pub rule: &'a str,
    pub severity: Severity,
    pub file: &'a str,
    pub span: Span,
    /// On one line.
    pub message: String,
    pub fix: Option<Replacement<'a>>,
}

/// A safe fix: `text` in place of `span`.
pub struct Replacement<'a> {
    pub span: Span,
    pub text: &'a str,
}

/// Where something begins, and where it has ended: line and column, from 1, in characters.
#[derive(Clone, Copy)]
pub struct Span {
    start: (usize, usize),
    end: (usize, usize),
}

impl Span {
    pub fn new(sources: &Sources, at: &Range<usize>) -> Self {
        // Both in the file of the start: a range may end one past it.
        let file = sources.file(at.start);
        let place = |offset| file.map_or((1, 1), |file| file.line_column(offset));
        Self { start: place(at.start), end: place(at.end.max(at.start)) }
    }
}
