//! Rewrites the YAML parser's terse errors, placed where the mistake was made.

use super::*;

/// Signs that look like a space at the beginning of a line and that YAML takes for something else.
const ODD_SPACES: &[char] = &['\t', '\u{a0}', '\u{3000}'];

pub(super) fn odd_indent(source: &str) -> Option<Diagnostic> {
    let mut at = 0;
    for line in source.split_inclusive('\n') {
        let indent = line.len() - line.trim_start_matches(|c| c == ' ' || ODD_SPACES.contains(&c)).len();
        let begins = &line[..indent];
        if begins.contains(ODD_SPACES) && !line.trim().is_empty() && !line.trim_start().starts_with('#') {
            let (message, help) = match begins.contains('\t') {
                true => {
                    ("this line is indented with a tab", "indent with spaces; YAML does not allow tabs there")
                }
                false => ("this line is indented with a sign that isn't a space", "indent with spaces"),
            };
            let spaces = begins.replace('\t', "  ").replace(ODD_SPACES, " ");
            return Some(
                Diagnostic::new("yaml-tab", at..at + indent, message, help).fixed_by(at..at + indent, spaces),
            );
        }
        at += line.len();
    }
    None
}

fn fault(at: Range<usize>, message: &str, help: &str) -> Diagnostic {
    Diagnostic::new("yaml", at, message, help)
}

/// The parser's error in plain words, placed at the mistake rather than where the parser noticed it.
pub(super) fn syntax(source: &str, error: &serde_yaml::Error) -> Diagnostic {
    let at = error.location().map_or(0, |l| offset(source, l.line() as usize, l.column() as usize));
    let text = error.to_string();
    let text = text.lines().next().unwrap_or("").trim().to_owned();
    let lower = text.to_lowercase();
    let said = |needles: &[&str]| needles.iter().any(|n| lower.contains(n));
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
    let value = value_of(written).map(|value| line.start + value.start..line.start + value.end);
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
    if said(&["unexpected character"]) && source[at..].starts_with(['@', '`', '%']) {
        return reserved(source, at, value);
    }
    if let Some(value) = value.clone().filter(|v| said(&["trailing content"]) && at > v.start + 1) {
        return ended_early(source, value, at, said(&["single"]));
    }
    if let Some(open) = left_open(source, at) {
        return open;
    }
    if let Some(slip) = no_space(written).map(|n| line.start + n) {
        return fault(
            line.start + indent(written)..slip,
            "there is no space after the colon",
            "put one behind it",
        )
        .fixed_by(slip..slip, " ");
    }
    if let Some(value) = value.clone().filter(|v| source[v.clone()].starts_with(['[', '{'])) {
        return brackets(source, value);
    }
    if let Some(value) = value.clone().filter(|v| source[v.clone()].starts_with(['|', '>'])) {
        let mark = &source[value.start..value.start + 1];
        let message = format!("after `{mark}` a text begins on the next line");
        let help =
            format!("put it there, indented; or leave out the `{mark}` and put the text in double quotes");
        return fault(value, &message, &help);
    }
    if said(&["mapping values", "':'"]) {
        return colon(source, at, &line, value);
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
    fault(value.clone(), &message, "put the whole text in double quotes").fixed_by(value, text)
}

/// A text that begins with a mark YAML keeps for itself, alone on its line or in a list.
fn reserved(source: &str, at: usize, value: Option<Range<usize>>) -> Diagnostic {
    let value = match value.filter(|value| value.contains(&at)) {
        Some(value) if value.start == at => value,
        Some(value) => {
            let text = &source[at..value.end];
            at..at + text.find([',', ']', '}']).unwrap_or(text.len())
        }
        None => at..at + 1,
    };
    let message = format!("a text can't begin with `{}` in YAML", &source[at..at + 1]);
    let text = quoted(&source[value.clone()]);
    fault(value.clone(), &message, "put it in double quotes").fixed_by(value, text)
}

/// A quote inside a quoted text.
fn ended_early(source: &str, value: Range<usize>, at: usize, is_single: bool) -> Diagnostic {
    let text = &source[value.clone()];
    let mark = text.chars().next().filter(|mark| matches!(mark, '"' | '\''));
    let inner = mark.and_then(|mark| text.strip_prefix(mark)?.strip_suffix(mark));
    let (message, help) = match is_single {
        true => ("an apostrophe ends this text here", "put the whole text in double quotes"),
        false => ("a quote ends this text here", "write a quote inside the text as `\\\"`"),
    };
    let found = fault(at..at + 1, message, help);
    match (mark, inner) {
        (Some('\''), Some(inner)) => found.fixed_by(value, quoted(&inner.replace("''", "'"))),
        (Some(_), Some(inner)) if !inner.contains('\\') => found.fixed_by(value, quoted(inner)),
        _ => found,
    }
}

/// A value that begins with a bracket: a text, or a list or table with a slip in it.
fn brackets(source: &str, value: Range<usize>) -> Diagnostic {
    let text = &source[value.clone()];
    let mark = &text[..1];
    let behind = match balanced(text) {
        Ok(end) => text[end + 1..].trim(),
        Err(_) => "",
    };
    if text.starts_with("{{") || !behind.is_empty() && !behind.starts_with([']', '}', ',']) {
        return looks_like(source, value, mark, "a list or a table");
    }
    if !behind.is_empty() {
        let extra = value.end - behind.len()..value.end;
        let message = format!("`{behind}` stands after the end of what `{mark}` opens");
        return fault(extra.clone(), &message, "remove it");
    }
    let slip = text.find(",,").map_or(value.clone(), |n| value.start + n..value.start + n + 2);
    let help = "look for two commas in a row, one that is missing, or a text that needs double quotes";
    fault(slip, "something is wrong between these brackets", help)
}

/// A colon that YAML takes for a key's where no key can be, or a line where a key should be.
fn colon(source: &str, at: usize, line: &Range<usize>, value: Option<Range<usize>>) -> Diagnostic {
    let written = &source[line.clone()];
    let begins = line.start + indent(written);
    let above = source[..line.start].lines().rfind(|line| !line.trim().is_empty()).unwrap_or_default();
    if !written.contains(':') {
        let end = line.start + written.trim_end().len();
        if is_block(above) {
            let help = "indent it deeper than the key above";
            return fault(begins..end, "this text must begin to the right of its key", help);
        }
        let dash = written[indent(written)..].strip_prefix('-');
        if dash.is_some_and(|text| text.starts_with(char::is_alphabetic)) {
            let help = "begin a line of a list with one dash and a space";
            return fault(begins..begins + 1, "this is no line of a list", help)
                .fixed_by(begins..begins + 1, "- ");
        }
        return match has_below(source, line) {
            true => fault(begins..end, "a name that has something below it ends with a colon", "add the `:`")
                .fixed_by(end..end, ":"),
            false => fault(
                begins..end,
                "this is neither a key nor a line of a list",
                "begin a line of a list with `- `, and end a key with `:`",
            ),
        };
    }
    let is_key = written[indent(written)..].find(':').is_some_and(|n| begins + n == at);
    if is_key && indent(written) > indent(above) && value_of(above).is_some() {
        return fault(
            begins..at,
            "this line is indented deeper than the one above, which has a value already",
            "begin it under the first letter of the lines it belongs with",
        );
    }
    let found = fault(
        at..at + 1,
        "there is a colon here that YAML takes for a key",
        "put the whole text in double quotes",
    );
    match value.filter(|v| v.contains(&at) && !source[v.clone()].contains('"')) {
        Some(value) => found.fixed_by(value.clone(), quoted(&source[value])),
        None => found,
    }
}

/// What is valid YAML but surely not meant: a text without quotes that lost its beginning, or took in the
/// lines of a list.
pub(super) fn misread(source: &str, root: &Node, start: usize) -> Option<Diagnostic> {
    let mut left = vec![root];
    while let Some(node) = left.pop() {
        match &node.kind {
            Kind::Null => {}
            Kind::List(items) => left.extend(items.iter().rev()),
            Kind::Map(entries) => left.extend(entries.iter().rev().map(|(_, value)| value)),
            Kind::Scalar(_) => {
                let at = node.at.start.saturating_sub(start)..node.at.end.saturating_sub(start);
                if let Some(found) = misread_text(source, at) {
                    return Some(found);
                }
            }
        }
    }
    None
}

fn misread_text(source: &str, at: Range<usize>) -> Option<Diagnostic> {
    let text = source.get(at.clone())?;
    let line = line_of(source, at.start);
    let before = source.get(line.start..at.start)?;
    let above = source[..line.start].lines().next_back().unwrap_or_default();
    if text.starts_with(['"', '\'', '|', '>']) || before.trim().is_empty() && is_block(above) {
        return None;
    }
    let begins_line = before.trim().is_empty();
    if begins_line && text.starts_with('-') {
        let dashes = text.len() - text.trim_start_matches('-').len();
        let behind = text[dashes..].trim_start();
        if behind.starts_with(char::is_alphabetic) {
            let help = "begin a line of a list with one dash and a space";
            let end = at.start + text.len() - behind.len();
            return Some(
                fault(at.start..end, "this is no line of a list", help).fixed_by(at.start..end, "- "),
            );
        }
    }
    if begins_line
        && text.lines().skip(1).any(|l| indent(l) == before.len() && l.trim_start().starts_with("- "))
    {
        let first = at.start..line.end.min(at.end);
        let message = "this line has no dash, so the lines below it belong to its text";
        return Some(fault(first, message, "begin it with `- `").fixed_by(at.start..at.start, "- "));
    }
    // "&co is …" and "!important …": what YAML takes for a name or a type is gone from the text.
    let token =
        before.trim_end().rsplit(' ').next().filter(|token| before.ends_with(' ') && token.len() > 1)?;
    let is_lost = match token.as_bytes()[0] {
        b'&' => !source.contains(&token.replacen('&', "*", 1)),
        b'!' => true,
        _ => false,
    };
    let from = line.start + before.trim_end().len() - token.len();
    is_lost.then(|| looks_like(source, from..at.end, &token[..1], "a name or a type"))
}

/// Whether a line ends with the sign for a text on the lines below.
fn is_block(line: &str) -> bool {
    let line = line.trim_end().trim_end_matches(['-', '+']);
    line.strip_suffix(['|', '>']).is_some_and(|key| key.ends_with(' '))
}

/// How many bytes of spaces a line begins with.
fn indent(line: &str) -> usize {
    line.len() - line.trim_start().len()
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
    let mut next = source[line.end..].lines().filter(|l| !l.trim().is_empty());
    next.next().is_some_and(|next| indent(next) > indent(&source[line.clone()]))
}

/// The line containing a byte, without its line break.
fn line_of(source: &str, at: usize) -> Range<usize> {
    let at = at.min(source.len());
    let start = source[..at].rfind('\n').map_or(0, |n| n + 1);
    start..source[at..].find('\n').map_or(source.len(), |n| at + n)
}

/// What stands on a line after its dashes.
fn after_dashes(line: &str) -> &str {
    let mut rest = line.trim_start();
    while let Some(item) = rest.strip_prefix("- ") {
        rest = item.trim_start();
    }
    rest
}

/// The length of the key a text begins with.
fn key_len(text: &str) -> usize {
    text.find(|c: char| !c.is_alphanumeric() && !"_+-/".contains(c)).unwrap_or(text.len())
}

/// Where a line's value is, after any dash and key, and without a comment.
fn value_of(line: &str) -> Option<Range<usize>> {
    let mut rest = after_dashes(line);
    let key = key_len(rest);
    if key > 0 && rest[key..].starts_with(": ") {
        rest = rest[key + 2..].trim_start();
    }
    let start = line.len() - rest.len();
    let end = rest.find("  #").unwrap_or(rest.len());
    let end = start + rest[..end].trim_end().len();
    (end > start && start > 0).then_some(start..end)
}

/// Where the space is missing after a line's key: `name:Acme`.
pub(super) fn no_space(line: &str) -> Option<usize> {
    let rest = after_dashes(line);
    let key = key_len(rest);
    let value = rest[key..].strip_prefix(':')?;
    let is_key = rest.starts_with(char::is_alphabetic) && !value.starts_with([' ', '/', '\r']);
    (is_key && !value.is_empty()).then_some(line.len() - value.len())
}

/// The bracket or quote opened at or before `at` and still unclosed there.
fn left_open(source: &str, at: usize) -> Option<Diagnostic> {
    let mut start = 0;
    for line in source.split_inclusive('\n') {
        let begun = value_of(line.trim_end()).map(|value| start + value.start);
        start += line.len();
        let Some(begun) = begun.filter(|&n| n <= at) else { continue };
        let rest = &source[begun..];
        let open = rest.chars().next()?;
        let closed = match open {
            '"' => rest[1..]
                .char_indices()
                .find(|&(n, c)| c == '"' && !rest[..n + 1].ends_with('\\'))
                .map(|(n, _)| n + 1)
                .ok_or(Open::Quote(0)),
            '\'' => rest[1..].find('\'').map(|n| n + 1).ok_or(Open::Quote(0)),
            '[' | '{' => balanced(rest),
            _ => continue,
        };
        let quote = "the quote that opens here is never closed";
        match closed {
            Ok(end) if begun + end + 1 < at => {}
            Ok(end) if matches!(open, '"' | '\'') && !rest[..end].contains('\n') => return None,
            Err(Open::Quote(n)) => {
                return Some(fault(begun + n..begun + n + 1, quote, "close it where the text ends"));
            }
            Ok(_) | Err(Open::Bracket) if matches!(open, '[' | '{') => {
                let text = begun..line_of(source, begun).end;
                if source[text.clone()].starts_with("{{") || balanced(&source[text.clone()]).is_ok() {
                    // On one line: what is wrong is inside, or behind.
                    return None;
                }
                let close = if open == '[' { ']' } else { '}' };
                let message = format!("the `{open}` that opens here is never closed");
                return Some(fault(begun..begun + 1, &message, &format!("add the `{close}`")));
            }
            _ => return Some(fault(begun..begun + 1, quote, "close it where the text ends")),
        }
    }
    None
}

/// What a text that begins with a bracket leaves open.
enum Open {
    Bracket,
    /// The quote at this byte.
    Quote(usize),
}

/// Where the bracket `text` begins with is closed.
fn balanced(text: &str) -> Result<usize, Open> {
    let (mut depth, mut quote) = (0usize, None);
    for (n, c) in text.char_indices() {
        match (quote, c) {
            (Some(_), '"') => quote = None,
            (Some(_), _) => {}
            (None, '"') => quote = Some(n),
            (None, '[' | '{') => depth += 1,
            (None, ']' | '}') => {
                depth = depth.checked_sub(1).ok_or(Open::Bracket)?;
                if depth == 0 {
                    return Ok(n);
                }
            }
            _ => {}
        }
    }
    Err(quote.map_or(Open::Bracket, Open::Quote))
}

pub(super) fn offset(source: &str, line: usize, column: usize) -> usize {
    let start: usize = source.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum();
    let rest = &source[start..];
    // Behind the end of its line is the end of the line.
    let line = rest.split('\n').next().unwrap_or("");
    start + line.char_indices().nth(column.saturating_sub(1)).map_or(line.len(), |(i, _)| i)
}

/// A double-quoted YAML string.
pub fn quoted(text: &str) -> String {
    format!("\"{}\"", text.trim_end().replace('\\', "\\\\").replace('"', "\\\""))
}
