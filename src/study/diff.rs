//! Compares two phrasebooks: their tables, and their effect on the same messages.

pub mod markdown;

use crate::reading::Reading;
use crate::reply::Record;
use amends_phrasebook::yaml::{Kind, Node};
use serde::Serialize;
use similar::{ChangeTag, TextDiff};
use std::fmt::Write;

/// One difference between the tables.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Change {
    /// `issues.late_delivery.phrases`.
    pub path: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub removed: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub added: Option<String>,
}

/// What was added or removed between two trees; list order is ignored.
pub fn tables(old: &Node, new: &Node) -> Vec<Change> {
    let mut changes = Vec::new();
    compare("", old, new, &mut changes);
    changes
}

fn compare(path: &str, old: &Node, new: &Node, changes: &mut Vec<Change>) {
    match (&old.kind, &new.kind) {
        (Kind::Map(before), Kind::Map(after)) => {
            let inner = |key: &str| if path.is_empty() { key.to_owned() } else { format!("{path}.{key}") };
            for (key, value) in before {
                match after.iter().find(|(k, _)| k.value == key.value) {
                    Some((_, now)) => compare(&inner(&key.value), value, now, changes),
                    None => changes.push(Change {
                        path: inner(&key.value),
                        removed: Some(short(value)),
                        added: None,
                    }),
                }
            }
            for (key, value) in after.iter().filter(|(k, _)| !before.iter().any(|(b, _)| b.value == k.value))
            {
                changes.push(Change { path: inner(&key.value), removed: None, added: Some(short(value)) });
            }
        }
        (Kind::List(before), Kind::List(after)) => {
            let (before, after): (Vec<String>, Vec<String>) =
                (before.iter().map(short).collect(), after.iter().map(short).collect());
            for item in before.iter().filter(|i| !after.contains(i)) {
                changes.push(Change { path: path.into(), removed: Some(item.clone()), added: None });
            }
            for item in after.iter().filter(|i| !before.contains(i)) {
                changes.push(Change { path: path.into(), removed: None, added: Some(item.clone()) });
            }
        }
        _ => {
            let (before, after) = (short(old), short(new));
            if before != after {
                changes.push(Change { path: path.into(), removed: Some(before), added: Some(after) });
            }
        }
    }
}

/// A value on one line.
fn short(node: &Node) -> String {
    match &node.kind {
        Kind::Null => String::new(),
        Kind::Scalar(text) => text.clone(),
        Kind::List(items) => format!("[{}]", items.iter().map(short).collect::<Vec<_>>().join(", ")),
        Kind::Map(entries) => {
            let entries: Vec<String> =
                entries.iter().map(|(key, value)| format!("{}: {}", key.value, short(value))).collect();
            format!("{{{}}}", entries.join(", "))
        }
    }
}

/// A message that is read or answered differently.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Moved {
    pub id: String,
    pub text: String,
    /// `issue: late_delivery → lost_item`.
    pub changes: Vec<String>,
    /// Changed lines of the draft, prefixed with `-` or `+`.
    pub draft: Vec<String>,
}

/// The effect on a corpus.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Effect {
    pub messages: usize,
    pub kind: usize,
    pub issue: usize,
    pub tone: usize,
    pub wants: usize,
    pub hold: usize,
    pub draft: usize,
    /// Messages that are read or answered differently in any way.
    pub changed: usize,
    /// The first few changed messages.
    pub shown: Vec<Moved>,
}

impl Effect {
    /// Counts one message, keeping it as an example if fewer than `most` are kept.
    pub fn add(&mut self, text: &str, old: &Record, new: &Record, most: usize) {
        self.messages += 1;
        let mut changes = Vec::new();
        if let (Some(was), Some(is)) = (&old.reading, &new.reading) {
            let issues = |r: &Reading| r.issues.iter().map(|i| i.id.as_str()).collect::<Vec<_>>().join(", ");
            for (name, was, is, count) in [
                ("kind", was.kind.to_owned(), is.kind.to_owned(), &mut self.kind),
                ("issues", issues(was), issues(is), &mut self.issue),
                ("tone", was.tone.id.to_owned(), is.tone.id.to_owned(), &mut self.tone),
                ("wants", was.wants.join(", "), is.wants.join(", "), &mut self.wants),
            ] {
                if was != is {
                    *count += 1;
                    let or_none = |s: String| if s.is_empty() { "none".into() } else { s };
                    changes.push(format!("{name}: {} → {}", or_none(was), or_none(is)));
                }
            }
        }
        if old.hold != new.hold {
            self.hold += 1;
            let reason = |r: &Record| r.hold.as_ref().map_or("none".into(), |h| h.reason.clone());
            changes.push(format!("hold: {} → {}", reason(old), reason(new)));
        }
        let body = |r: &Record| r.draft.as_ref().map_or_else(String::new, |d| d.body.clone());
        let (was, is) = (body(old), body(new));
        if was != is {
            self.draft += 1;
        }
        if was == is && changes.is_empty() {
            return;
        }
        self.changed += 1;
        if self.shown.len() < most {
            self.shown.push(Moved {
                id: new.id.clone(),
                text: text.to_owned(),
                changes,
                draft: lines(&was, &is),
            });
        }
    }
}

/// Removed and added lines, in order, without blank ones.
pub fn lines(old: &str, new: &str) -> Vec<String> {
    let difference = TextDiff::from_lines(old, new);
    let changed = difference.iter_all_changes().filter_map(|change| {
        let line = change.value().trim_end();
        match change.tag() {
            ChangeTag::Delete if !line.is_empty() => Some(format!("- {line}")),
            ChangeTag::Insert if !line.is_empty() => Some(format!("+ {line}")),
            _ => None,
        }
    });
    changed.collect()
}

/// As text: the tables, then the corpus.
pub fn text(changes: &[Change], effect: Option<&Effect>) -> String {
    let mut out = String::new();
    let mut last = "";
    for change in changes {
        if change.path != last {
            let _ = writeln!(out, "{}", change.path);
            last = &change.path;
        }
        for (sign, value) in [('-', &change.removed), ('+', &change.added)] {
            if let Some(value) = value {
                let _ = writeln!(out, "  {sign} {value}");
            }
        }
    }
    if changes.is_empty() {
        out.push_str("the tables are the same\n");
    }
    let Some(effect) = effect else { return out };
    for moved in &effect.shown {
        let _ = writeln!(out, "\n{}: {}", moved.id, amends_inbox::message::one_line(&moved.text));
        for line in moved.changes.iter().chain(&moved.draft) {
            let _ = writeln!(out, "  {line}");
        }
    }
    let _ = writeln!(
        out,
        "\n{} message{}; changed: kind {}, issues {}, tone {}, wants {}, hold {}, draft {}",
        effect.messages,
        if effect.messages == 1 { "" } else { "s" },
        effect.kind,
        effect.issue,
        effect.tone,
        effect.wants,
        effect.hold,
        effect.draft
    );
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use amends_phrasebook::yaml::tree;

    #[test]
    fn tables_are_compared_by_key_and_lists_by_item() {
        let old = tree("a: {x: [one, two], y: 1}\nb: gone\n", 0).unwrap();
        let new = tree("a: {x: [two, three], y: 2}\nc: new\n", 0).unwrap();
        let changes = tables(&old, &new);
        assert_eq!(
            text(&changes, None),
            "a.x\n  - one\n  + three\na.y\n  - 1\n  + 2\nb\n  - gone\nc\n  + new\n"
        );
    }

    #[test]
    fn only_the_lines_that_differ_are_shown() {
        assert_eq!(
            lines("Hi,\nI am sorry.\nSam", "Hi,\nI'm sorry.\nMore.\nSam"),
            ["- I am sorry.", "+ I'm sorry.", "+ More."]
        );
    }
}
