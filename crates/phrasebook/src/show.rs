//! Prints a phrasebook's tree as YAML, with the origin of each line.

use crate::diagnostic::Sources;
use crate::yaml::{Kind, Node};
use std::fmt::Write;

/// A line of YAML, and the source offset it came from.
#[derive(Debug, PartialEq, Eq)]
pub struct Line {
    pub text: String,
    pub at: usize,
}

/// A tree as YAML that parses back to the same tree.
pub fn yaml(root: &Node) -> String {
    lines(root).into_iter().map(|line| line.text + "\n").collect()
}

/// The same, with each line's file and line number as a trailing comment.
pub fn with_origin(root: &Node, sources: &Sources) -> String {
    let lines = lines(root);
    // Aligns the comments to most lines; long lines push theirs out.
    let mut widths: Vec<usize> = lines.iter().map(|l| l.text.chars().count()).collect();
    widths.sort_unstable();
    let column = widths.get(widths.len() * 9 / 10).copied().unwrap_or(0).min(100);
    let mut out = String::new();
    for line in &lines {
        let _ = writeln!(out, "{:column$}  # {}", line.text, sources.line(line.at));
    }
    out
}

/// The part of a tree at a path such as `issues.billing.phrases`. The error is the longest prefix
/// that exists, with the keys that could follow it.
pub fn part<'a>(root: &'a Node, path: &str) -> Result<&'a Node, (String, Vec<&'a str>)> {
    let mut node = root;
    let mut walked: Vec<&str> = Vec::new();
    for name in path.split('.').filter(|n| !n.is_empty()) {
        let below = match &node.kind {
            Kind::Map(entries) => entries.as_slice(),
            _ => &[],
        };
        match below.iter().find(|(key, _)| key.value == name) {
            Some((_, value)) => node = value,
            None => {
                return Err((walked.join("."), below.iter().map(|(key, _)| key.value.as_str()).collect()));
            }
        }
        walked.push(name);
    }
    Ok(node)
}

fn lines(root: &Node) -> Vec<Line> {
    let mut lines = Vec::new();
    write(root, 0, &mut lines);
    lines
}

fn write(node: &Node, depth: usize, lines: &mut Vec<Line>) {
    let indent = "  ".repeat(depth);
    match &node.kind {
        Kind::Map(entries) => {
            for (key, value) in entries {
                let head = format!("{indent}{}:", scalar(&key.value));
                below(head, key.at.start, value, depth + 1, lines);
            }
        }
        Kind::List(items) => {
            for item in items {
                match &item.kind {
                    // The table's first line goes on the dash's line.
                    Kind::Map(entries) if !entries.is_empty() => {
                        let first = lines.len();
                        write(item, depth + 1, lines);
                        if let Some(line) = lines.get_mut(first) {
                            line.text.replace_range(indent.len()..indent.len() + 2, "- ");
                        }
                    }
                    _ => below(format!("{indent}-"), item.at.start, item, depth + 1, lines),
                }
            }
        }
        Kind::Scalar(text) => {
            lines.push(Line { text: format!("{indent}{}", scalar(text)), at: node.at.start });
        }
        Kind::Null => {}
    }
}

/// A key or dash with its value, on the same line or below.
fn below(head: String, at: usize, value: &Node, depth: usize, lines: &mut Vec<Line>) {
    let text = match &value.kind {
        Kind::Scalar(text) => format!("{head} {}", scalar(text)),
        Kind::List(items) if items.is_empty() => format!("{head} []"),
        Kind::Map(entries) if entries.is_empty() => format!("{head} {{}}"),
        Kind::Null => head,
        Kind::List(_) | Kind::Map(_) => {
            lines.push(Line { text: head, at });
            return write(value, depth, lines);
        }
    };
    lines.push(Line { text, at });
}

/// A string as YAML: plain if that is safe.
fn scalar(text: &str) -> String {
    if is_plain(text) { text.to_owned() } else { quoted(text) }
}

/// Whether a string needs no quotes.
pub(crate) fn is_plain(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_alphanumeric() || "(</.".contains(c) || !c.is_ascii())
        && !text.ends_with([' ', ':'])
        && !text.contains(": ")
        && !text.contains(" #")
        && !text.contains(char::is_control)
        && !matches!(text, "null" | "yes" | "no" | "on" | "off" | "y" | "n" | "~")
}

/// Double-quoted: JSON strings are valid YAML.
pub(crate) fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            c if c.is_control() => {
                let _ = write!(out, "\\u{:04x}", u32::from(c));
            }
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::yaml::tree;

    #[test]
    fn what_is_shown_reads_back_as_the_same() {
        let source = std::fs::read_to_string("../../phrasebook.yaml").unwrap();
        let shown = yaml(&tree(&source, 0).unwrap());
        assert_eq!(yaml(&tree(&shown, 0).unwrap()), shown);
        let odd = "a: \"x: y\"\nb: [\"- z\", 'it''s', \"two\\nlines\", \"{{ name }}\", 012, ~]\nc: {d: {}, e: []}\nf:\n";
        let shown = yaml(&tree(odd, 0).unwrap());
        assert_eq!(yaml(&tree(&shown, 0).unwrap()), shown);
        assert!(shown.contains("\"two\\nlines\"") && shown.contains("- \"{{ name }}\""), "{shown}");
    }

    #[test]
    fn each_line_names_its_file() {
        let source = "issues:\n  late:\n    phrases: [one]\n";
        let shown = with_origin(&tree(source, 0).unwrap(), &Sources::new("p.yaml", source));
        let places: Vec<&str> = shown.lines().filter_map(|l| l.split("# ").nth(1)).collect();
        assert_eq!(places, ["p.yaml:1", "p.yaml:2", "p.yaml:3", "p.yaml:3"]);
    }

    #[test]
    fn a_path_names_a_part() {
        let root = tree("issues:\n  late: {name: x}\n", 0).unwrap();
        assert_eq!(yaml(part(&root, "issues.late").unwrap()), "name: x\n");
        assert_eq!(part(&root, "issues.lost").unwrap_err(), ("issues".into(), vec!["late"]));
    }
}
