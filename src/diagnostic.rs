//! Errors a person can act on: a code, a place in a file, what is wrong, and a way out.

use annotate_snippets::{AnnotationKind, Level, Renderer, Snippet};
use std::ops::Range;

/// One thing wrong in a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// Stable, for searching: `unknown-id`, `phrase`, `yaml` …
    pub code: &'static str,
    /// Bytes in the file.
    pub at: Range<usize>,
    pub message: String,
    pub help: String,
}

impl Diagnostic {
    pub fn new(
        code: &'static str,
        at: Range<usize>,
        message: impl Into<String>,
        help: impl Into<String>,
    ) -> Self {
        Self { code, at, message: message.into(), help: help.into() }
    }
}

/// All diagnostics of one file, as text with the lines they are about.
pub fn render(path: &str, source: &str, diagnostics: &[Diagnostic], color: bool) -> String {
    let renderer = if color { Renderer::styled() } else { Renderer::plain() };
    let mut out = String::new();
    for d in diagnostics {
        let at = clamp(source, &d.at);
        let snippet = Snippet::source(source).path(path).annotation(AnnotationKind::Primary.span(at));
        let mut group = Level::ERROR.primary_title(&*d.message).id(d.code).element(snippet);
        if !d.help.is_empty() {
            group = group.element(Level::HELP.message(&*d.help));
        }
        out.push_str(&renderer.render(&[group]));
        out.push_str("\n\n");
    }
    out
}

fn clamp(source: &str, at: &Range<usize>) -> Range<usize> {
    let floor = |n: usize| (0..=n.min(source.len())).rev().find(|&n| source.is_char_boundary(n)).unwrap_or(0);
    let (start, end) = (floor(at.start), floor(at.end));
    // A span over several lines would draw them all; its first line says enough.
    let line_end = source[start..].find('\n').map_or(source.len(), |n| start + n);
    start..end.clamp(start, line_end)
}

/// "did you mean `late_delivery`?", if one of the known names is near.
pub fn did_you_mean<'a>(name: &str, known: impl IntoIterator<Item = &'a str>) -> Option<String> {
    known
        .into_iter()
        .map(|k| (strsim::damerau_levenshtein(name, k), k))
        .filter(|(distance, k)| *distance <= (k.len().max(name.len()) / 3).max(1))
        .min()
        .map(|(_, k)| format!("did you mean `{k}`?"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn near_names_are_suggested_and_far_ones_not() {
        assert_eq!(
            did_you_mean("late_delivry", ["billing", "late_delivery"]),
            Some("did you mean `late_delivery`?".into())
        );
        assert_eq!(did_you_mean("banana", ["billing", "late_delivery"]), None);
    }

    #[test]
    fn a_diagnostic_names_code_place_and_way_out() {
        let d = Diagnostic::new("unknown-id", 5..8, "no such thing", "try another");
        let text = render("book.yaml", "one\n\ttwo\n", &[d], false);
        for part in ["error[unknown-id]: no such thing", "book.yaml:2:2", "help: try another"] {
            assert!(text.contains(part), "{text}");
        }
    }
}
