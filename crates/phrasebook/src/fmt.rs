//! The phrasebook formatter: one phrase per line, lines within [`WIDTH`], comments kept.
//!
//! Formatting never changes the meaning: the result is parsed again and compared.

use crate::diagnostic::Diagnostic;
use crate::show::{is_plain, quoted};
use crate::yaml::{self, Kind, Node};

/// Maximum line width, in characters.
pub const WIDTH: usize = 110;

/// Lists always laid out one entry per line.
const ONE_A_LINE: &[&str] = &["phrases", "strong", "weak", "signs", "beside", "hit", "miss", "include"];
/// Keys that hold phrases, which may be folded after a `|`.
const PHRASES: &[&str] = &["phrases", "phrase", "strong", "weak", "signs", "beside", "unless", "lists"];

/// Formats a phrasebook; fails if the file can't be parsed.
pub fn format(source: &str) -> Result<String, Diagnostic> {
    let root = yaml::tree(source, 0)?;
    let mut printer = Printer { source, comments: comments(source, &root), next: 0, out: String::new() };
    if let Kind::Map(entries) = &root.kind {
        printer.entries(entries, 0, Context::default());
    }
    printer.comments_before(source.len() + 1, 0);
    let same = yaml::tree(&printer.out, 0).is_ok_and(|again| says(&again) == says(&root));
    if !same {
        let message = "this file can't be laid out without changing what it says";
        let help = "leave it as it is, and please report it";
        return Err(Diagnostic::new("fmt", 0..1, message, help));
    }
    Ok(printer.out)
}

/// A tree's content, regardless of layout.
fn says(node: &Node) -> String {
    match &node.kind {
        Kind::Null => "~".into(),
        Kind::Scalar(text) => format!("{:?}", crate::raw::joined(text)),
        Kind::List(items) => format!("[{}]", items.iter().map(says).collect::<Vec<_>>().join(",")),
        Kind::Map(entries) => {
            let entry = |(key, value): &(yaml::At<String>, Node)| format!("{:?}:{}", key.value, says(value));
            format!("{{{}}}", entries.iter().map(entry).collect::<Vec<_>>().join(","))
        }
    }
}

/// A comment, from `#` to the end of the line.
#[derive(Debug)]
struct Comment<'a> {
    at: usize,
    text: &'a str,
    /// On a line of its own.
    alone: bool,
}

/// A node's context.
#[derive(Debug, Clone, Copy, Default)]
struct Context {
    /// Its text is a phrase.
    phrases: bool,
    one_a_line: bool,
}

impl Context {
    fn under(self, key: &str) -> Self {
        let name = key.trim_end_matches(['+', '-']);
        Self {
            phrases: PHRASES.contains(&name) || self.phrases && name != "say",
            one_a_line: ONE_A_LINE.contains(&name),
        }
    }
}

struct Printer<'a> {
    source: &'a str,
    comments: Vec<Comment<'a>>,
    /// Index of the next comment to print.
    next: usize,
    out: String,
}

impl Printer<'_> {
    fn entries(&mut self, entries: &[(yaml::At<String>, Node)], depth: usize, context: Context) {
        for (n, (key, value)) in entries.iter().enumerate() {
            self.begin(key.at.start, depth, n > 0);
            self.out.push_str(&indent(depth));
            self.entry(&key.value, key.at.start, value, depth, context);
        }
    }

    /// Prints a key and its value; indentation is already there.
    fn entry(&mut self, key: &str, at: usize, value: &Node, depth: usize, context: Context) {
        let head = format!("{}:", text_of(key, false));
        self.out.push_str(&head);
        self.value(at, value, depth, context.under(key));
    }

    fn items(&mut self, items: &[Node], depth: usize, context: Context) {
        for (n, item) in items.iter().enumerate() {
            self.begin(item.at.start, depth, n > 0);
            self.out.push_str(&indent(depth));
            self.out.push('-');
            match &item.kind {
                Kind::Map(entries) if !entries.is_empty() && !self.fits_flow(item) => {
                    let [(key, value), rest @ ..] = entries.as_slice() else { continue };
                    self.out.push(' ');
                    self.entry(&key.value, key.at.start, value, depth + 1, context);
                    self.entries(rest, depth + 1, context);
                }
                _ => self.value(item.at.start, item, depth, context),
            }
        }
    }

    /// Prints the value after a key or dash, on the same line or below.
    fn value(&mut self, at: usize, value: &Node, depth: usize, context: Context) {
        match &value.kind {
            Kind::Null => {}
            Kind::Scalar(text) => self.scalar(text, depth, context.phrases),
            Kind::List(items) if items.is_empty() => self.out.push_str(" []"),
            Kind::Map(entries) if entries.is_empty() => self.out.push_str(" {}"),
            Kind::List(items) if self.stays_flow(value, context) => self.flow_list(items, depth),
            Kind::Map(_) if self.fits_flow(value) => {
                self.out.push(' ');
                self.out.push_str(&flow(value));
            }
            Kind::List(items) => {
                self.end_of_line(at);
                return self.items(items, depth + 1, context);
            }
            Kind::Map(entries) => {
                self.end_of_line(at);
                return self.entries(entries, depth + 1, context);
            }
        }
        self.end_of_line(last(value));
    }

    /// A word list, several per line.
    fn flow_list(&mut self, items: &[Node], depth: usize) {
        let mut words: Vec<String> = items.iter().map(flow).collect();
        let last = words.len() - 1;
        words[0].insert(0, '[');
        words[last].push(']');
        words[..last].iter_mut().for_each(|word| word.push(','));
        self.out.push(' ');
        self.fill(words.iter().map(|word| (word.as_str(), true)), depth);
    }

    fn scalar(&mut self, text: &str, depth: usize, phrase: bool) {
        let text = &if phrase { crate::raw::joined(text) } else { text.to_owned() };
        if text.contains('\n') && !text.contains(" \n") && !text.starts_with([' ', '\n']) {
            let lines = text.strip_suffix('\n');
            self.out.push_str(if lines.is_some() { " |" } else { " |-" });
            for line in lines.unwrap_or(text).split('\n') {
                self.out.push('\n');
                if !line.is_empty() {
                    self.out.push_str(&indent(depth + 1));
                    self.out.push_str(line);
                }
            }
            return;
        }
        let written = text_of(text, false);
        self.out.push(' ');
        self.fill(pieces(&written, phrase).into_iter(), depth);
    }

    /// Fills lines with pieces, wrapping before they get too wide; the flag asks for a space after a piece.
    fn fill<'t>(&mut self, pieces: impl Iterator<Item = (&'t str, bool)>, depth: usize) {
        let mut column = self.column();
        let mut space = false;
        for (n, (piece, space_behind)) in pieces.enumerate() {
            let width = piece.chars().count() + usize::from(space);
            if n > 0 && column + width > WIDTH {
                self.out.push('\n');
                self.out.push_str(&indent(depth + 1));
                column = 2 * (depth + 1);
                space = false;
            }
            if space {
                self.out.push(' ');
            }
            self.out.push_str(piece);
            column += piece.chars().count() + usize::from(space);
            space = space_behind;
        }
    }

    /// Whether a list stays in flow style: only plain words, and written that way.
    fn stays_flow(&self, node: &Node, context: Context) -> bool {
        let Kind::List(items) = &node.kind else { return false };
        let words = items.iter().all(|item| matches!(&item.kind, Kind::Scalar(text) if !text.contains('\n')));
        words && !context.one_a_line && self.source[node.at.start..].starts_with('[')
    }

    /// Whether a table stays on one line: written that way, and narrow enough.
    fn fits_flow(&self, node: &Node) -> bool {
        let written = self.source[node.at.start..].starts_with('{');
        written && self.column() + 1 + flow(node).chars().count() <= WIDTH
    }

    fn column(&self) -> usize {
        self.out[self.out.rfind('\n').map_or(0, |n| n + 1)..].chars().count()
    }

    /// Prints what comes before an entry: comments, and a blank line if there was one.
    fn begin(&mut self, at: usize, depth: usize, blank: bool) {
        let commented = self.comments_before(at, depth);
        if (blank || commented) && self.follows_blank(at) {
            self.blank_line();
        }
    }

    fn blank_line(&mut self) {
        if !self.out.is_empty() && !self.out.ends_with("\n\n") {
            self.out.push('\n');
        }
    }

    fn follows_blank(&self, at: usize) -> bool {
        let line = self.source[..at].rfind('\n').unwrap_or(0);
        let before = self.source[..line].rfind('\n').map_or(0, |n| n + 1);
        line > 0 && self.source[before..line].trim().is_empty()
    }

    /// Prints the comments before an offset; true if there were any.
    fn comments_before(&mut self, at: usize, depth: usize) -> bool {
        let first = self.next;
        while let Some(comment) = self.comments.get(self.next).filter(|comment| comment.at < at) {
            let (text, at) = (comment.text, comment.at);
            if self.follows_blank(at) {
                self.blank_line();
            }
            self.out.push_str(&indent(depth));
            self.out.push_str(text);
            self.out.push('\n');
            self.next += 1;
        }
        self.next > first
    }

    /// Prints the trailing comment of the node at `at`, and a newline.
    fn end_of_line(&mut self, at: usize) {
        let behind = self.source.as_bytes().iter().skip(at).position(|b| *b == b'\n');
        let line = behind.map_or(self.source.len(), |n| at + n);
        if let Some(comment) = self.comments.get(self.next).filter(|c| !c.alone && c.at < line) {
            if self.column() + 2 + comment.text.chars().count() <= WIDTH {
                self.out.push_str("  ");
                self.out.push_str(comment.text);
            } else {
                // Too wide: moved above the entry.
                let line = self.out.rfind('\n').map_or(0, |n| n + 1);
                let indent = self.out[line..].len() - self.out[line..].trim_start().len();
                let above = format!("{}{}\n", " ".repeat(indent), comment.text);
                self.out.insert_str(line, &above);
            }
            self.next += 1;
        }
        self.out.push('\n');
    }
}

fn indent(depth: usize) -> String {
    "  ".repeat(depth)
}

/// Where the last leaf of a node begins.
fn last(node: &Node) -> usize {
    match &node.kind {
        Kind::List(items) => items.last().map_or(node.at.start, last),
        Kind::Map(entries) => entries.last().map_or(node.at.start, |(_, value)| last(value)),
        _ => node.at.end.saturating_sub(1).max(node.at.start),
    }
}

/// A string as YAML, quoted if necessary.
fn text_of(text: &str, in_flow: bool) -> String {
    let plain = is_plain(text) && !(in_flow && text.contains([',', '[', ']', '{', '}']));
    if plain { text.to_owned() } else { quoted(text) }
}

/// A node on one line.
fn flow(node: &Node) -> String {
    match &node.kind {
        Kind::Null => "~".into(),
        Kind::Scalar(text) => text_of(text, true),
        Kind::List(items) => format!("[{}]", items.iter().map(flow).collect::<Vec<_>>().join(", ")),
        Kind::Map(entries) => {
            let entry = |(key, value): &(yaml::At<String>, Node)| {
                format!("{}: {}", text_of(&key.value, true), flow(value))
            };
            format!("{{{}}}", entries.iter().map(entry).collect::<Vec<_>>().join(", "))
        }
    }
}

/// Splits text where it may wrap: at single spaces, and after `|` in phrases. The flag says whether a
/// space follows the piece.
fn pieces(written: &str, phrase: bool) -> Vec<(&str, bool)> {
    let bytes = written.as_bytes();
    let (mut pieces, mut from) = (Vec::new(), 0);
    for n in 1..bytes.len().saturating_sub(1) {
        let single = bytes[n] == b' ' && bytes[n - 1] != b' ' && bytes[n + 1] != b' ';
        // Anything YAML could misread is kept on one line.
        let safe = !matches!(
            bytes[n + 1],
            b'#' | b'-' | b'?' | b':' | b'|' | b'>' | b'&' | b'*' | b'!' | b'%' | b'@'
        );
        if single && safe && bytes[n - 1] != b'\\' {
            pieces.push((&written[from..n], true));
            from = n + 1;
        } else if phrase && bytes[n] == b'|' && bytes[n + 1] != b' ' && safe {
            pieces.push((&written[from..=n], false));
            from = n + 1;
        }
    }
    pieces.push((&written[from..], false));
    pieces
}

/// All comments of a file, in order.
fn comments<'a>(source: &'a str, root: &Node) -> Vec<Comment<'a>> {
    let mut texts = Vec::new();
    spans(root, &mut texts);
    texts.sort_unstable();
    let mut found = Vec::new();
    let mut start = 0;
    for line in source.split_inclusive('\n') {
        let marks = line.match_indices('#').map(|(n, _)| n);
        let opens = |n: &usize| *n == 0 || line[..*n].ends_with([' ', '\t']);
        let inside = |n: &usize| {
            let place = texts.partition_point(|(from, _)| *from <= start + n);
            place > 0 && texts[place - 1].1 > start + n
        };
        if let Some(n) = marks.filter(opens).find(|n| !inside(n)) {
            let alone = line[..n].trim().is_empty();
            found.push(Comment { at: start + n, text: line[n..].trim_end(), alone });
        }
        start += line.len();
    }
    found
}

/// Collects the spans of scalars.
fn spans(node: &Node, into: &mut Vec<(usize, usize)>) {
    match &node.kind {
        Kind::Null => {}
        Kind::Scalar(_) => into.push((node.at.start, node.at.end)),
        Kind::List(items) => items.iter().for_each(|item| spans(item, into)),
        Kind::Map(entries) => {
            for (key, value) in entries {
                into.push((key.at.start, key.at.end));
                spans(value, into);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn formats(source: &str, expected: &str) {
        let once = format(source).unwrap();
        assert_eq!(once, expected);
        assert_eq!(format(&once).unwrap(), once, "not the same the second time");
    }

    #[test]
    fn comments_blank_lines_and_order_stay() {
        formats(
            "# What this is.\n\nversion:   1\n# The company.\ncompany: {name: 'A',  agent: B}   # ours\n\n\nlists:\n    a: [x,w , \"z\"]\n    # below\n    b:\n    - c # why\n# end\n",
            "# What this is.\n\nversion: 1\n# The company.\ncompany: {name: A, agent: B}  # ours\n\nlists:\n  a: [x, w, z]\n  # below\n  b:\n    - c  # why\n# end\n",
        );
    }

    #[test]
    fn a_long_phrase_is_folded_and_a_long_table_stands_on_several_lines() {
        let words = ["late"; 40].join("|");
        let source = format!(
            "issues:\n  a:\n    phrases: [b, {{phrase: \"({words})\", weight: 2}}, \"({words}) x\"]\n"
        );
        let once = format(&source).unwrap();
        assert!(once.lines().all(|line| line.chars().count() <= WIDTH), "{once}");
        assert!(once.contains("      - phrase: (late|"), "{once}");
        assert_eq!(format(&once).unwrap(), once);
    }

    #[test]
    fn every_file_of_the_repository_is_laid_out_so() {
        let mut files = vec!["../../phrasebook.yaml".into(), "src/starter.yaml".into()];
        let mut folders = vec![std::path::PathBuf::from("../../phrasebook")];
        while let Some(folder) = folders.pop() {
            for entry in std::fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() { folders.push(path) } else { files.push(path) }
            }
        }
        for path in files {
            let source = std::fs::read_to_string(&path).unwrap();
            assert!(format(&source).unwrap() == source, "run `amends phrasebook fmt {}`", path.display());
        }
    }
}
