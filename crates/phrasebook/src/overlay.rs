//! Multi-file phrasebooks: `include` adds parts; `extends` overlays one phrasebook on another, adding
//! to its lists and tables (`name+`), removing from them (`name-`) or replacing them (`name`).

use crate::diagnostic::{Diagnostic, Sources};
use crate::raw::joined;
use crate::weights::Weights;
use crate::yaml::{self, At, Kind, Node};
use amends_language::suggest::did_you_mean;
use std::ops::Range;

/// The name by which `extends` refers to the built-in phrasebook.
pub const DEFAULT_NAME: &str = "default";

/// The longest chain of `extends`.
const DEEPEST: usize = 8;

/// The word lists of a phrasebook that has none of its own, as `fetch` knows them.
pub const DEFAULT_WORDS: &str = "default words";

/// Resolves `name` as written in file `from`, giving its path and text.
pub type Fetch<'a> = dyn FnMut(&str, &str) -> Result<(String, String), String> + 'a;

/// A phrasebook and everything it extends, merged into one tree.
#[derive(Debug)]
pub struct Merged {
    pub root: Option<Node>,
    pub sources: Sources,
    pub faults: Vec<Diagnostic>,
    /// Table entries an overlay removed: references to them go too.
    pub removed: Vec<String>,
    /// Lists an overlay replaced: where, their path, and the old length.
    pub replaced: Vec<(Range<usize>, String, usize)>,
    /// The weights below those in the tree, where `fetch` left them out because they are compiled.
    pub compiled: Option<Weights>,
}

impl Merged {
    /// Reads `source`, named `path`, and everything it includes and extends.
    pub fn gather(path: &str, source: &str, fetch: &mut Fetch<'_>) -> Self {
        let mut merged = Self {
            root: None,
            sources: Sources::default(),
            faults: Vec::new(),
            removed: Vec::new(),
            replaced: Vec::new(),
            compiled: None,
        };
        merged.root = merged.read(path, source, fetch, &mut Vec::new());
        merged.complete_words(path, fetch);
        merged
    }

    /// Adds the default word lists to a phrasebook that has none.
    fn complete_words(&mut self, path: &str, fetch: &mut Fetch<'_>) {
        let Some(root) = self.root.as_mut().filter(|root| part(root, "words").is_none()) else { return };
        let Ok((path, source)) = fetch(path, DEFAULT_WORDS) else { return };
        let start = self.sources.add(&path, &source);
        if let (Kind::Map(entries), Ok(Node { kind: Kind::Map(words), .. })) =
            (&mut root.kind, yaml::tree(&source, start))
        {
            entries.extend(words);
        }
    }

    fn read(
        &mut self,
        path: &str,
        source: &str,
        fetch: &mut Fetch<'_>,
        above: &mut Vec<String>,
    ) -> Option<Node> {
        let start = self.sources.add(path, source);
        let mut root = match yaml::tree(source, start) {
            Ok(root) => root,
            Err(fault) => {
                self.faults.push(fault);
                return None;
            }
        };
        if let Some((key, files)) = take(&mut root, "include") {
            self.include(path, &mut root, &key, files, fetch);
        }
        if above.is_empty() {
            self.sources.own_so_far();
        }
        let Some((key, value)) = take(&mut root, "extends") else { return Some(root) };
        let Kind::Scalar(name) = &value.kind else {
            self.faults.push(Diagnostic::new(
                "extends",
                value.at,
                "`extends` names one phrasebook",
                "write `extends: default`, or the path of a file",
            ));
            return None;
        };
        above.push(path.to_owned());
        let base = match fetch(path, name) {
            Ok((path, _)) if above.contains(&path) => Err(format!("{path} would extend itself")),
            Ok(_) if above.len() >= DEEPEST => Err(format!("more than {DEEPEST} files extend one another")),
            other => other,
        };
        match base {
            Ok((path, source)) => {
                let base = self.read(&path, &source, fetch, above)?;
                Some(self.lay(base, root, ""))
            }
            Err(reason) => {
                let at = if value.at.is_empty() { key.at } else { value.at.clone() };
                let help = "write `extends: default`, or a path from this file's directory";
                self.faults.push(Diagnostic::new("extends", at, reason, help));
                None
            }
        }
    }

    /// Merges the included files into `root`.
    fn include(&mut self, path: &str, root: &mut Node, key: &At<String>, files: Node, fetch: &mut Fetch<'_>) {
        let help = "write it as a list of paths from this file's directory";
        let Kind::List(files) = files.kind else {
            let message = "`include` names the files that hold parts of this phrasebook";
            return self.faults.push(Diagnostic::new("include", key.at.clone(), message, help));
        };
        for file in files {
            let Kind::Scalar(name) = file.kind else {
                let message = "`include` takes paths alone";
                self.faults.push(Diagnostic::new("include", file.at, message, help));
                continue;
            };
            match fetch(path, &name) {
                Ok((path, source)) => {
                    let start = self.sources.add(&path, &source);
                    match yaml::tree(&source, start) {
                        Ok(part) => self.join(root, part, ""),
                        Err(fault) => self.faults.push(fault),
                    }
                }
                Err(reason) => self.faults.push(Diagnostic::new("include", file.at, reason, help)),
            }
        }
    }

    /// Merges one table into another; anything that isn't a table may be given only once.
    fn join(&mut self, into: &mut Node, part: Node, path: &str) {
        let (Kind::Map(entries), Kind::Map(more)) = (&mut into.kind, part.kind) else { return };
        for (key, value) in more {
            let inner = if path.is_empty() { key.value.clone() } else { format!("{path}.{}", key.value) };
            if path.is_empty() && ["include", "extends"].contains(&key.value.as_str()) {
                let message = format!("an included file can't have `{}`", key.value);
                let help = "move it to the phrasebook that includes this file";
                self.faults.push(Diagnostic::new("include", key.at, message, help));
                continue;
            }
            match entries.iter_mut().find(|(k, _)| k.value == key.value) {
                None => entries.push((key, value)),
                Some((_, there)) if matches!((&there.kind, &value.kind), (Kind::Map(_), Kind::Map(_))) => {
                    self.join(there, value, &inner);
                }
                Some((first, _)) => {
                    let message =
                        format!("`{inner}` is given twice; first in {}", self.sources.line(first.at.start));
                    let help = "keep one of the two, or merge them";
                    self.faults.push(Diagnostic::new("include", key.at, message, help));
                }
            }
        }
    }

    /// Overlays one table on another, key by key.
    fn lay(&mut self, base: Node, over: Node, path: &str) -> Node {
        let (Kind::Map(mut below), Kind::Map(above)) = (base.kind, over.kind) else {
            return Node { at: over.at, kind: Kind::Null };
        };
        for (key, value) in above {
            let name = key.value.trim_end_matches(['+', '-']).to_owned();
            let inner = if path.is_empty() { name.clone() } else { format!("{path}.{name}") };
            let found = below.iter().position(|(k, _)| k.value == name);
            match (key.value.strip_prefix(name.as_str()), found) {
                (Some("-"), found) => {
                    self.remove(lists(&mut below, found), &key, value, &inner);
                }
                (Some("+"), Some(n)) => self.add(&mut below[n].1, &key, value, &inner),
                (Some(""), Some(n)) => {
                    let old = std::mem::replace(&mut below[n].1, Node { at: 0..0, kind: Kind::Null });
                    below[n].1 = match (&old.kind, &value.kind) {
                        (Kind::Map(_), Kind::Map(_)) => self.lay(old, value, &inner),
                        (Kind::List(items), Kind::List(_)) => {
                            self.replaced.push((key.at, inner.clone(), items.len()));
                            value
                        }
                        // Lines are added, and a later one replaces an earlier one.
                        (Kind::Scalar(lines), Kind::Scalar(more)) if path.starts_with("weights.") => {
                            Node { at: value.at, kind: Kind::Scalar(format!("{lines}\n{more}")) }
                        }
                        _ => value,
                    };
                }
                (kept, None) => {
                    if kept == Some("") && LEVELS.contains(&name.as_str()) {
                        self.put_groups_aside(&mut below, &key.at, &inner);
                    }
                    below.push((At { value: name, at: key.at }, self.fresh(value, &inner)));
                }
                (_, Some(_)) => self.faults.push(Diagnostic::new(
                    "overlay",
                    key.at,
                    format!("`{}` is no way to change `{name}`", key.value),
                    format!("write `{name}+:` to add, `{name}-:` to remove, `{name}:` to replace"),
                )),
            }
        }
        Node { at: base.at, kind: Kind::Map(below) }
    }

    /// Phrases given anew take the place of those below, in whatever groups they stand; groups
    /// that only describe, or have words of their own, stay.
    fn put_groups_aside(&mut self, below: &mut [(At<String>, Node)], at: &Range<usize>, path: &str) {
        let Some((_, groups)) = below.iter_mut().find(|(key, _)| key.value == "groups") else { return };
        let Kind::Map(groups) = &mut groups.kind else { return };
        let mut gone = 0;
        groups.retain(|(_, group)| {
            let stays = part(group, "say").is_some()
                || part(group, "weight").is_some_and(|weight| spoken(weight) == "0");
            if !stays && let Some(Kind::List(phrases)) = part(group, "phrases").map(|node| &node.kind) {
                gone += phrases.len();
            }
            stays
        });
        self.replaced.push((at.clone(), path.to_owned(), gone));
    }

    /// A part missing from every layer below: its additions are all there is.
    fn fresh(&mut self, node: Node, path: &str) -> Node {
        match node.kind {
            Kind::Map(_) => {
                let empty = Node { at: node.at.clone(), kind: Kind::Map(Vec::new()) };
                self.lay(empty, node, path)
            }
            _ => node,
        }
    }

    fn add(&mut self, below: &mut Node, key: &At<String>, more: Node, path: &str) {
        match (&mut below.kind, more.kind) {
            (Kind::List(items), Kind::List(more)) => items.extend(more),
            (Kind::Map(_), kind @ Kind::Map(_)) => {
                let old = std::mem::replace(below, Node { at: 0..0, kind: Kind::Null });
                *below = self.lay(old, Node { at: more.at, kind }, path);
            }
            (Kind::List(items), kind @ Kind::Scalar(_)) => items.push(Node { at: more.at, kind }),
            (old @ Kind::Null, kind) => *old = kind,
            (Kind::List(_), Kind::Map(_)) => self.faults.push(Diagnostic::new(
                "overlay",
                key.at.clone(),
                format!("`{}` adds to a list, and what is below it has no dash", key.value),
                "begin each entry with a dash and a space",
            )),
            _ => self.faults.push(Diagnostic::new(
                "overlay",
                key.at.clone(),
                format!("`{}` adds to a list, and here is something else", key.value),
                format!("write `{}:` to replace what stands there", key.value.trim_end_matches('+')),
            )),
        }
    }

    /// Removes entries from the first of these lists that has them.
    fn remove(&mut self, mut below: Vec<&mut Node>, key: &At<String>, less: Node, path: &str) {
        let items = match less.kind {
            Kind::List(items) => items,
            Kind::Scalar(_) => vec![less],
            _ => {
                self.faults.push(Diagnostic::new(
                    "overlay",
                    key.at.clone(),
                    format!("`{}` takes a list of what to remove", key.value),
                    "write it as [one, another]",
                ));
                return;
            }
        };
        for item in items {
            let text = joined(spoken(&item));
            let (mut there, mut names) = (false, Vec::new());
            for node in &mut below {
                match &mut node.kind {
                    Kind::List(old) => {
                        let before = old.len();
                        names.extend(old.iter().map(|n| joined(spoken(n))));
                        old.retain(|node| joined(spoken(node)) != text);
                        there |= old.len() < before;
                    }
                    Kind::Map(old) => {
                        let before = old.len();
                        names.extend(old.iter().map(|(k, _)| k.value.clone()));
                        old.retain(|(key, _)| key.value != text);
                        there |= old.len() < before;
                    }
                    _ => {}
                }
            }
            if there {
                self.removed.push(text);
            } else {
                let help = did_you_mean(&text, names.iter().map(String::as_str)).unwrap_or_else(|| {
                    format!("`amends phrasebook show {path}` prints what is there; copy it exactly")
                });
                self.faults.push(Diagnostic::new(
                    "nothing-to-remove",
                    item.at,
                    format!("`{text}` is not in `{path}`, so it can't be removed"),
                    help,
                ));
            }
        }
    }
}

/// An issue's phrase lists; its groups have them too.
const LEVELS: &[&str] = &["strong", "phrases", "weak"];

/// The lists that items may be removed from: the entry itself and, for phrases or examples, those of
/// the groups beside it.
fn lists(table: &mut [(At<String>, Node)], entry: Option<usize>) -> Vec<&mut Node> {
    let grouped =
        entry.is_none_or(|n| [LEVELS, &["hit", "miss"]].concat().contains(&table[n].0.value.as_str()));
    let mut lists = Vec::new();
    for (n, (key, node)) in table.iter_mut().enumerate() {
        if entry == Some(n) {
            lists.push(node);
        } else if grouped
            && key.value == "groups"
            && let Kind::Map(groups) = &mut node.kind
        {
            let groups = groups.iter_mut().filter_map(|(_, group)| match &mut group.kind {
                Kind::Map(entries) => Some(entries),
                _ => None,
            });
            lists.extend(groups.flatten().map(|(_, node)| node).filter(|n| matches!(n.kind, Kind::List(_))));
        }
    }
    lists
}

/// A table's value for a key.
fn part<'n>(table: &'n Node, key: &str) -> Option<&'n Node> {
    let Kind::Map(entries) = &table.kind else { return None };
    entries.iter().find(|(name, _)| name.value == key).map(|(_, node)| node)
}

/// A list item's text, or the phrase or text inside a longer item.
fn spoken(node: &Node) -> &str {
    match &node.kind {
        Kind::Scalar(text) => text,
        Kind::Map(entries) => entries
            .iter()
            .find(|(key, _)| key.value == "phrase" || key.value == "text")
            .map_or("", |(_, value)| spoken(value)),
        _ => "",
    }
}

fn take(root: &mut Node, name: &str) -> Option<(At<String>, Node)> {
    let Kind::Map(entries) = &mut root.kind else { return None };
    let n = entries.iter().position(|(key, _)| key.value == name)?;
    Some(entries.remove(n))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::show;

    fn merged(base: &str, over: &str) -> (String, Vec<Diagnostic>) {
        let over = format!("extends: base.yaml\n{over}");
        let merged = Merged::gather("over.yaml", &over, &mut |from, name| {
            assert_eq!(from, "over.yaml");
            if name == "base.yaml" {
                Ok(("base.yaml".into(), base.into()))
            } else {
                Err("no such file".into())
            }
        });
        let shown = merged.root.as_ref().map(show::yaml).unwrap_or_default();
        (shown, merged.faults)
    }

    #[test]
    fn lists_are_added_to_removed_from_and_replaced() {
        let base = "a: {x: [one, two], v: [three], z: [four]}\n";
        let (shown, faults) = merged(base, "a: {x+: [more], v-: [three], z: [five], w: new}\n");
        assert_eq!(faults, []);
        assert_eq!(
            shown,
            "a:\n  x:\n    - one\n    - two\n    - more\n  v: []\n  z:\n    - five\n  w: new\n"
        );
    }

    #[test]
    fn tables_lose_entries_and_phrases_go_by_their_text() {
        let base = "issues:\n  late: {phrases: [{phrase: is late, weight: 3}]}\n  lost: {phrases: [gone]}\n";
        let (shown, faults) = merged(base, "issues-: [lost]\nissues: {late: {phrases-: [is late]}}\n");
        assert_eq!(faults, []);
        assert_eq!(shown, "issues:\n  late:\n    phrases: []\n");
    }

    #[test]
    fn phrases_in_groups_are_removed_and_replaced_as_others_are() {
        let base = "issues: {late: {groups: {a: {phrases: [one, two], hit: [x]}, b: {weight: 0, phrases: [three]}}}}\n";
        let (shown, faults) = merged(base, "issues: {late: {phrases-: [two, three], hit-: [x]}}\n");
        assert_eq!(faults, []);
        assert!(shown.contains("- one") && !shown.contains("two") && !shown.contains("three"), "{shown}");
        let (shown, faults) = merged(base, "issues: {late: {phrases: [mine]}}\n");
        assert_eq!(faults, []);
        assert!(shown.contains("- mine") && shown.contains("- three") && !shown.contains("- one"), "{shown}");
        let (shown, faults) = merged(base, "issues: {late: {phrases+: [mine]}}\n");
        assert_eq!(faults, []);
        assert!(shown.contains("- mine") && shown.contains("- one"), "{shown}");
    }

    #[test]
    fn what_is_not_there_can_not_be_removed() {
        let (_, faults) = merged("a: [one, two]\n", "a-: [tow]\n");
        assert_eq!(faults.len(), 1);
        assert_eq!(faults[0].code, "nothing-to-remove");
        assert_eq!(faults[0].help, "did you mean `two`?");
    }

    #[test]
    fn a_circle_and_a_missing_file_are_errors() {
        let circle = Merged::gather("a", "extends: a\n", &mut |_, _| Ok(("a".into(), "extends: a\n".into())));
        assert_eq!(circle.faults[0].message, "a would extend itself");
        let missing = Merged::gather("a", "extends: b\n", &mut |_, _| Err("b is not there".into()));
        assert_eq!(missing.faults[0].message, "b is not there");
    }
}
