//! Rewrites the YAML parser's terse errors, placed where the mistake was made.

use super::*;

pub(super) fn tab_indent(source: &str) -> Option<Diagnostic> {
    let mut at = 0;
    for line in source.split_inclusive('\n') {
        let indent = line.len() - line.trim_start_matches([' ', '\t']).len();
        if line[..indent].contains('\t') && !line.trim().is_empty() && !line.trim_start().starts_with('#') {
            return Some(
                Diagnostic::new(
                    "yaml-tab",
                    at..at + indent,
                    "this line is indented with a tab",
                    "indent with spaces; YAML does not allow tabs there",
                )
                .fixed_by(at..at + indent, line[..indent].replace('\t', "  ")),
            );
        }
        at += line.len();
    }
    None
}

/// The parser's error in plain words, placed at the mistake rather than where the parser noticed it.
pub(super) fn syntax(source: &str, error: &serde_yaml::Error) -> Diagnostic {
    let at = error.location().map_or(0, |l| offset(source, l.line() as usize, l.column() as usize));
    let text = error.to_string();
    let text = text.lines().next().unwrap_or("").trim().to_owned();
    let lower = text.to_lowercase();
    let said = |needles: &[&str]| needles.iter().any(|n| lower.contains(n));
    let fault = |at: Range<usize>, message: &str, help: &str| Diagnostic::new("yaml", at, message, help);
    let here = at..at + 1;
    if said(&["duplicate"]) {
        return fault(here, "this key stands here twice", "merge the two, or rename one");
    }
    if said(&["multiple yaml documents", "multiple documents"]) {
        let help = "remove the `---` line, and what belongs to another file";
        return fault(here, "the file holds more than one YAML document", help);
    }
    let line = line_of(source, at);
    let written = &source[line.clone()];
    let value = value_of(written).map(|n| line.start + n..line.end);
    // "- *glaze": a text, not what stands elsewhere under that name.
    if let Some(value) = value.clone().filter(|v| said(&["alias"]) && source[v.clone()].starts_with('*')) {
        return looks_like(source, value, "*", "a reference");
    }
    if said(&["budget", "limit", "depth", "nest", "alias"]) {
        let message = format!("this YAML nests or repeats itself beyond reason ({text})");
        return fault(here, &message, "write it out flat; a phrasebook needs three levels");
    }
    if let Some(diagnostic) = no_number(source, &line) {
        return diagnostic;
    }
    if let Some((open, mark)) = left_open(source, at) {
        let text = open..line_of(source, open).end;
        if let Some(diagnostic) = no_number(source, &text) {
            return diagnostic;
        }
        let whole = source[text.clone()].starts_with("{{") || balanced(&source[text.clone()]).is_some();
        if matches!(mark, '[' | '{') && whole {
            return looks_like(source, text, if mark == '[' { "[" } else { "{" }, "a list or a table");
        }
        let (message, help) = match mark {
            '"' | '\'' => (
                "the quote that opens here is never closed".to_owned(),
                "close it where the text ends".to_owned(),
            ),
            _ => {
                let close = if mark == '[' { ']' } else { '}' };
                (format!("the `{mark}` that opens here is never closed"), format!("add the `{close}`"))
            }
        };
        return fault(open..open + 1, &message, &help);
    }
    if let Some(value) = value.clone().filter(|v| source[v.clone()].starts_with(['[', '{'])) {
        let mark = &source[value.start..value.start + 1];
        return looks_like(source, value, mark, "a list or a table");
    }
    if said(&["mapping values", "':'"]) {
        if !written.contains(':') {
            let end = line.start + written.trim_end().len();
            let name = "a name that has something below it ends with a colon";
            return match has_below(source, &line) {
                true => fault(line.start..end, name, "add the `:`").fixed_by(end..end, ":"),
                false => fault(
                    line.start..end,
                    "this is neither a key nor a line of a list",
                    "begin a line of a list with `- `, and end a key with `:`",
                ),
            };
        }
        let diagnostic = fault(
            here,
            "there is a colon here that YAML takes for a key",
            "put the whole text in double quotes",
        );
        return match value.filter(|v| v.contains(&at) && !source[v.clone()].contains('"')) {
            Some(value) => diagnostic.fixed_by(value.clone(), quoted(&source[value])),
            None => diagnostic,
        };
    }
    if said(&["expected key", "indentation", "expected '-'"]) {
        let help = "begin it under the first letter of the lines it belongs with";
        return fault(here, "this line is indented otherwise than its neighbours", help);
    }
    let help = "look at this line and the one above: indentation, quotes, brackets, a colon in the text";
    fault(here, &format!("this is not valid YAML: {text}"), help)
}

/// A text whose first mark means something else to YAML.
fn looks_like(source: &str, value: Range<usize>, mark: &str, what: &str) -> Diagnostic {
    let message = format!("a text that begins with `{mark}` looks like {what} to YAML");
    let text = quoted(&source[value.clone()]);
    Diagnostic::new("yaml", value.clone(), message, "put the whole text in double quotes")
        .fixed_by(value, text)
}

/// `.nan` and `.inf`, which YAML has and no key here takes.
fn no_number(source: &str, within: &Range<usize>) -> Option<Diagnostic> {
    let text = source[within.clone()].to_ascii_lowercase();
    let mut start = within.start;
    let word = text.split_inclusive([' ', ',', '}', ']']).find_map(|word| {
        let word_start = start;
        start += word.len();
        let word = word.trim_end_matches([' ', ',', '}', ']']);
        matches!(word.trim_start_matches(['+', '-']), ".nan" | ".inf")
            .then_some(word_start..word_start + word.len())
    });
    let at = word?;
    let message = format!("`{}` isn't a number", &source[at.clone()]);
    Some(Diagnostic::new("yaml", at, message, "write a number in digits"))
}

/// Whether the next line that says anything is indented deeper than this one.
fn has_below(source: &str, line: &Range<usize>) -> bool {
    let indent = |line: &str| line.len() - line.trim_start().len();
    let mut next = source[line.end..].lines().filter(|l| !l.trim().is_empty());
    next.next().is_some_and(|next| indent(next) > indent(&source[line.clone()]))
}

/// The line containing a byte, without its line break.
fn line_of(source: &str, at: usize) -> Range<usize> {
    let at = at.min(source.len());
    let start = source[..at].rfind('\n').map_or(0, |n| n + 1);
    start..source[at..].find('\n').map_or(source.len(), |n| at + n)
}

/// Where a line's value begins, after any dash and key.
fn value_of(line: &str) -> Option<usize> {
    let mut rest = line.trim_start();
    while let Some(item) = rest.strip_prefix("- ") {
        rest = item.trim_start();
    }
    let key = rest.find(|c: char| !c.is_alphanumeric() && !"_+-/".contains(c)).unwrap_or(rest.len());
    if key > 0 && rest[key..].starts_with(": ") {
        rest = rest[key + 2..].trim_start();
    }
    let start = line.len() - rest.len();
    (!rest.is_empty() && start > 0).then_some(start)
}

/// The bracket or quote opened at or before `at` and still unclosed there.
fn left_open(source: &str, at: usize) -> Option<(usize, char)> {
    let mut start = 0;
    for line in source.split_inclusive('\n') {
        let begun = value_of(line.trim_end()).map(|n| start + n);
        start += line.len();
        let Some(begun) = begun.filter(|&n| n <= at) else { continue };
        let rest = &source[begun..];
        let open = rest.chars().next()?;
        let closed = match open {
            '"' => rest[1..]
                .char_indices()
                .find(|&(n, c)| c == '"' && !rest[..n + 1].ends_with('\\'))
                .map(|(n, _)| n + 1),
            '\'' => rest[1..].find('\'').map(|n| n + 1),
            '[' | '{' => balanced(rest),
            _ => continue,
        };
        if closed.is_none_or(|n| begun + n >= at) {
            return Some((begun, open));
        }
    }
    None
}

/// Where the bracket `text` begins with is closed.
fn balanced(text: &str) -> Option<usize> {
    let (mut depth, mut quote) = (0usize, None);
    for (n, c) in text.char_indices() {
        match (quote, c) {
            (Some(open), c) if c == open => quote = None,
            (Some(_), _) => {}
            (None, '"') => quote = Some(c),
            (None, '[' | '{') => depth += 1,
            (None, ']' | '}') => {
                depth = depth.checked_sub(1)?;
                if depth == 0 {
                    return Some(n);
                }
            }
            _ => {}
        }
    }
    None
}

pub(super) fn offset(source: &str, line: usize, column: usize) -> usize {
    let start: usize = source.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum();
    let rest = &source[start.min(source.len())..];
    start + rest.char_indices().nth(column.saturating_sub(1)).map_or(rest.len().min(1), |(i, _)| i)
}

/// A double-quoted YAML string.
pub fn quoted(text: &str) -> String {
    format!("\"{}\"", text.trim_end().replace('\\', "\\\\").replace('"', "\\\""))
}
