//! YAML as a tree with spans, and a deserializer that recovers from errors.
//!
//! Serde stops at the first error; people editing a file want them all. So the parser only builds
//! [`Node`]s, and [`fill`] fills raw structs from them: an unknown key or a value of the wrong type
//! is reported and skipped, and the rest is read.

use crate::diagnostic::Diagnostic;
mod fill;
mod slips;

use amends_language::suggest::{did_you_mean, nearest};
pub use fill::{ALONE, Table, fill};
use serde::de::{self, DeserializeSeed, Deserializer, IntoDeserializer, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, forward_to_deserialize_any};
use serde_yaml::Spanned;
pub use slips::quoted;
use slips::{misread, no_space, odd_indent, offset, syntax};
use std::cell::RefCell;
use std::fmt;
use std::ops::Range;

/// A value and its byte range in the source.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct At<T> {
    pub value: T,
    pub at: Range<usize>,
}

/// A tree node with its source range.
#[derive(Debug, Clone)]
pub struct Node {
    pub at: Range<usize>,
    pub kind: Kind,
}

#[derive(Debug, Clone)]
pub enum Kind {
    Null,
    Scalar(String),
    List(Vec<Node>),
    Map(Vec<(At<String>, Node)>),
}

/// Parses `source`, whose first byte has the offset `start`; the root must be a table.
pub fn tree(source: &str, start: usize) -> Result<Node, Diagnostic> {
    let moved = |mut diagnostic: Diagnostic| {
        diagnostic.at = diagnostic.at.start + start..diagnostic.at.end + start;
        if let Some(fix) = &mut diagnostic.fix {
            fix.at = fix.at.start + start..fix.at.end + start;
        }
        diagnostic
    };
    if let Some(diagnostic) = odd_indent(source) {
        return Err(moved(diagnostic));
    }
    let raw: Spanned<Raw> = serde_yaml::from_str_with_options(source, options())
        .map_err(|error| moved(syntax(source, &error)))?;
    let root = node(raw, source, start);
    if let Some(diagnostic) = misread(source, &root, start) {
        return Err(moved(diagnostic));
    }
    match root.kind {
        Kind::Map(_) => Ok(root),
        _ => Err(Diagnostic::new(
            "yaml",
            root.at,
            "a phrasebook is a table of named parts",
            "begin with a line such as `issues:`",
        )),
    }
}

fn options() -> serde_yaml::Options {
    serde_yaml::options! { with_snippet: false }
}

// ---- parser events to tree ----

enum Raw {
    Null,
    Text(String),
    /// The parser guessed a number or boolean; the source has the original text.
    Guessed,
    List(Vec<Spanned<Raw>>),
    Map(Vec<(Spanned<String>, Spanned<Raw>)>),
}

impl<'de> Deserialize<'de> for Raw {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Build;
        impl<'de> Visitor<'de> for Build {
            type Value = Raw;
            fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
                f.write_str("YAML")
            }
            fn visit_str<E>(self, v: &str) -> Result<Raw, E> {
                Ok(Raw::Text(v.to_owned()))
            }
            fn visit_string<E>(self, v: String) -> Result<Raw, E> {
                Ok(Raw::Text(v))
            }
            fn visit_bool<E>(self, _: bool) -> Result<Raw, E> {
                Ok(Raw::Guessed)
            }
            fn visit_i64<E>(self, _: i64) -> Result<Raw, E> {
                Ok(Raw::Guessed)
            }
            fn visit_u64<E>(self, _: u64) -> Result<Raw, E> {
                Ok(Raw::Guessed)
            }
            fn visit_i128<E>(self, _: i128) -> Result<Raw, E> {
                Ok(Raw::Guessed)
            }
            fn visit_u128<E>(self, _: u128) -> Result<Raw, E> {
                Ok(Raw::Guessed)
            }
            fn visit_f64<E>(self, _: f64) -> Result<Raw, E> {
                Ok(Raw::Guessed)
            }
            fn visit_unit<E>(self) -> Result<Raw, E> {
                Ok(Raw::Null)
            }
            fn visit_none<E>(self) -> Result<Raw, E> {
                Ok(Raw::Null)
            }
            fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Raw, A::Error> {
                let mut list = Vec::new();
                while let Some(item) = seq.next_element()? {
                    list.push(item);
                }
                Ok(Raw::List(list))
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Raw, A::Error> {
                let mut entries = Vec::new();
                while let Some(entry) = map.next_entry()? {
                    entries.push(entry);
                }
                Ok(Raw::Map(entries))
            }
        }
        deserializer.deserialize_any(Build)
    }
}

/// A value's byte range in `source`.
fn range<T>(spanned: &Spanned<T>, source: &str) -> Range<usize> {
    let location = &spanned.referenced;
    let start = match location.span().byte_offset() {
        Some(start) => start as usize,
        None => offset(source, location.line() as usize, location.column() as usize),
    };
    let start = start.min(source.len());
    let end = start + location.span().byte_len().unwrap_or(1) as usize;
    start..end.min(source.len())
}

fn node(raw: Spanned<Raw>, source: &str, offset: usize) -> Node {
    let at = range(&raw, source);
    let moved = |at: Range<usize>| at.start + offset..at.end + offset;
    let kind = match raw.value {
        Raw::Null => Kind::Null,
        Raw::Text(text) => Kind::Scalar(text),
        Raw::Guessed => Kind::Scalar(written(source, &at)),
        Raw::List(list) => Kind::List(list.into_iter().map(|item| node(item, source, offset)).collect()),
        Raw::Map(map) => Kind::Map(
            map.into_iter()
                .map(|(k, v)| (At { at: moved(range(&k, source)), value: k.value }, node(v, source, offset)))
                .collect(),
        ),
    };
    Node { at: moved(at), kind }
}

fn written(source: &str, at: &Range<usize>) -> String {
    source.get(at.clone()).unwrap_or("").trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read<T: de::DeserializeOwned + Default>(source: &str) -> (T, Vec<Diagnostic>) {
        tree(source, 0).map_or_else(|fault| (T::default(), vec![fault]), |root| fill(&root))
    }

    #[derive(Debug, Default, Deserialize)]
    #[serde(default)]
    struct Book {
        days: At<u32>,
        words: Vec<At<String>>,
        parts: Table<Vec<At<String>>>,
    }

    #[test]
    fn what_looks_like_a_number_or_a_boolean_stays_text() {
        let (book, faults) = read::<Book>("words: [no, 01234, 1.10, 12:30, \"yes\", 'on', ~x]\ndays: 3\n");
        assert_eq!(faults, []);
        assert_eq!(
            book.words.iter().map(|w| w.value.as_str()).collect::<Vec<_>>(),
            ["no", "01234", "1.10", "12:30", "yes", "on", "~x"]
        );
        assert_eq!(book.days.value, 3);
    }

    #[test]
    fn spans_name_the_bytes() {
        let source = "parts:\n  first: [one, two]\n";
        let (book, _) = read::<Book>(source);
        let (key, value) = &book.parts.0[0];
        assert_eq!((&source[key.at.clone()], &source[value.value[1].at.clone()]), ("first", "two"));
    }

    #[test]
    fn every_fault_is_reported_and_the_rest_is_read() {
        let source = "days: soon\nword: [a]\nwords:\n  - ok\n  - {a: b}\n";
        let (book, faults) = read::<Book>(source);
        assert_eq!(book.words.len(), 2);
        let seen: Vec<_> = faults.iter().map(|f| (&f.code, &source[f.at.clone()])).collect();
        assert_eq!(seen.len(), 3, "{faults:?}");
        assert!(faults.iter().any(|f| f.help == "did you mean `words`?"));
        assert!(
            faults.iter().any(|f| f.message.contains("a whole number") && &source[f.at.clone()] == "soon"),
            "{faults:?}"
        );
    }

    #[test]
    fn bad_yaml_has_a_place() {
        for (source, code) in [
            ("words:\n\t- a\n", "yaml-tab"),
            ("words: [a\n", "yaml"),
            ("days: 1\ndays: 2\n", "yaml"),
            ("- a\n", "yaml"),
            ("a: b: c\n", "yaml"),
        ] {
            let (_, faults) = read::<Book>(source);
            assert_eq!(faults.len(), 1, "{source}: {faults:?}");
            assert_eq!(faults[0].code, code, "{source}");
        }
    }

    #[test]
    fn whatever_is_typed_where_a_mend_fits_its_source() {
        const MARKS: &[&str] = &[
            "", "\t", "\u{a0}", "\"", "'", "[", "]", "{", "}", "{{", ":", ": ", "- ", "-", "&a ", "*a",
            "!a ", "@", "`", "%", "|", ">", "#", " #", ",", "\r", "\n", "é",
        ];
        let source = "days: 3\nwords:\n  - {one: \"é so?\", two: [a, 'b']}\n  - so: it's\n    late\nparts: |\n  text\n";
        let mut mends = 0;
        for (n, _) in source.char_indices() {
            for (mark, rest) in MARKS.iter().flat_map(|mark| [(mark, ""), (mark, &source[n..])]) {
                let text = format!("{}{mark}{rest}", &source[..n]);
                for fix in read::<Book>(&text).1.into_iter().filter_map(|fault| fault.fix) {
                    assert!(text.get(fix.at.clone()).is_some(), "{text:?}: {fix:?}");
                    mends += 1;
                }
            }
        }
        assert!(mends > 100, "{mends}");
    }
}
