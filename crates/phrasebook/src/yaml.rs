//! YAML as a tree with spans, and a deserializer over it that goes on after an error.
//!
//! serde stops at the first fault; people who edit a file want all of them. So the parser only
//! builds [`Node`]s, and [`fill`] fills a raw struct from them: an unknown key or a value of the
//! wrong kind is noted with its place, left out, and the rest is read.

use crate::diagnostic::Diagnostic;
use amends_language::suggest::{did_you_mean, nearest};
use serde::de::{self, DeserializeSeed, Deserializer, IntoDeserializer, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, forward_to_deserialize_any};
use serde_yaml::Spanned;
use std::cell::RefCell;
use std::fmt;
use std::ops::Range;

/// A value and the bytes of the file it was read from.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct At<T> {
    pub value: T,
    pub at: Range<usize>,
}

/// A value of the tree, with its place.
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

/// Parses `source`, whose first byte has the offset `start`; the root is a table.
pub fn tree(source: &str, start: usize) -> Result<Node, Diagnostic> {
    let moved = |mut diagnostic: Diagnostic| {
        diagnostic.at = diagnostic.at.start + start..diagnostic.at.end + start;
        if let Some(fix) = &mut diagnostic.fix {
            fix.at = fix.at.start + start..fix.at.end + start;
        }
        diagnostic
    };
    if let Some(diagnostic) = tab_indent(source) {
        return Err(moved(diagnostic));
    }
    let raw: Spanned<Raw> = serde_yaml::from_str_with_options(source, options())
        .map_err(|error| moved(syntax(source, &error)))?;
    let root = node(raw, source, start);
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

/// Fills `T` from a tree; every fault found is in the second half.
pub fn fill<T: de::DeserializeOwned + Default>(root: &Node) -> (T, Vec<Diagnostic>) {
    let faults = RefCell::new(Vec::new());
    let found = T::deserialize(From { node: root, faults: &faults }).unwrap_or_else(|fault| {
        faults.borrow_mut().push(fault.into_diagnostic(&root.at));
        T::default()
    });
    (found, faults.into_inner())
}

fn options() -> serde_yaml::Options {
    serde_yaml::options! { with_snippet: false }
}

fn tab_indent(source: &str) -> Option<Diagnostic> {
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

/// The parser's terse text in our words, at the place where the slip is rather than where it was
/// noticed.
fn syntax(source: &str, error: &serde_yaml::Error) -> Diagnostic {
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
    if said(&["budget", "limit", "depth", "nest", "alias"]) {
        let message = format!("this YAML nests or repeats itself beyond reason ({text})");
        return fault(here, &message, "write it out flat; a phrasebook needs three levels");
    }
    if let Some((open, mark)) = left_open(source, at) {
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
    let line = line_of(source, at);
    let written = &source[line.clone()];
    let value = value_of(written).map(|n| line.start + n..line.end);
    if let Some(value) = value.clone().filter(|v| source[v.clone()].starts_with(['[', '{'])) {
        let text = &source[value.clone()];
        let message =
            format!("a text that begins with `{}` looks like a list or a table to YAML", &text[..1]);
        return fault(value.clone(), &message, "put the whole text in double quotes")
            .fixed_by(value.clone(), quoted(text));
    }
    if said(&["mapping values", "':'"]) {
        if !written.contains(':') {
            let end = line.start + written.trim_end().len();
            return fault(
                line.start..end,
                "a name that has something below it ends with a colon",
                "add the `:`",
            )
            .fixed_by(end..end, ":");
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

/// The line a byte is in, without its end.
fn line_of(source: &str, at: usize) -> Range<usize> {
    let at = at.min(source.len());
    let start = source[..at].rfind('\n').map_or(0, |n| n + 1);
    start..source[at..].find('\n').map_or(source.len(), |n| at + n)
}

/// Where a line's value begins: behind its dash and its key.
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

/// A text in double quotes, as YAML takes it back.
pub fn quoted(text: &str) -> String {
    format!("\"{}\"", text.trim_end().replace('\\', "\\\\").replace('"', "\\\""))
}

/// The bracket or quote that opens a value at or before `at` and is not closed by then.
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

/// Where the bracket that `text` begins with is closed.
fn balanced(text: &str) -> Option<usize> {
    let (mut depth, mut quote) = (0usize, None);
    for (n, c) in text.char_indices() {
        match (quote, c) {
            (Some(open), c) if c == open => quote = None,
            (Some(_), _) => {}
            (None, '"') => quote = Some(c),
            (None, '[' | '{') => depth += 1,
            (None, ']' | '}') => {
                depth -= 1;
                if depth == 0 {
                    return Some(n);
                }
            }
            _ => {}
        }
    }
    None
}

fn offset(source: &str, line: usize, column: usize) -> usize {
    let start: usize = source.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum();
    let rest = &source[start.min(source.len())..];
    start + rest.char_indices().nth(column.saturating_sub(1)).map_or(rest.len().min(1), |(i, _)| i)
}

// ---- parser's events to a tree ----

enum Raw {
    Null,
    Text(String),
    /// The parser took it for a number or a boolean; the source knows what was written.
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

/// The bytes of `source` a value was read from.
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

// ---- the tree to raw structs ----

#[derive(Debug)]
struct Fault {
    at: Option<Range<usize>>,
    code: &'static str,
    message: String,
    help: String,
}

impl Fault {
    fn into_diagnostic(self, at: &Range<usize>) -> Diagnostic {
        Diagnostic::new(self.code, self.at.unwrap_or_else(|| at.clone()), self.message, self.help)
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Fault {}

impl de::Error for Fault {
    fn custom<T: fmt::Display>(message: T) -> Self {
        Fault { at: None, code: "wrong-type", message: message.to_string(), help: String::new() }
    }

    fn invalid_type(unexpected: de::Unexpected<'_>, expected: &dyn de::Expected) -> Self {
        let found = match unexpected {
            de::Unexpected::Seq => "a list".into(),
            de::Unexpected::Map => "a table of keys".into(),
            de::Unexpected::Unit | de::Unexpected::Option => "nothing".into(),
            de::Unexpected::Str(text) => format!("the text \"{text}\""),
            other => other.to_string(),
        };
        Self::custom(format!("this should be {}, but here is {found}", in_our_words(&expected.to_string())))
    }

    fn unknown_field(field: &str, expected: &'static [&'static str]) -> Self {
        let (message, help) = unknown(field, expected);
        Fault { at: None, code: "unknown-key", message, help }
    }

    fn invalid_value(unexpected: de::Unexpected<'_>, expected: &dyn de::Expected) -> Self {
        Self::invalid_type(unexpected, expected)
    }
}

#[derive(Clone, Copy)]
struct From<'a> {
    node: &'a Node,
    faults: &'a RefCell<Vec<Diagnostic>>,
}

/// What serde calls a sort of value, as an editor of the file would.
fn in_our_words(expected: &str) -> &str {
    match expected {
        "a string" => "a text",
        "a sequence" => "a list",
        "a map" => "a table of keys",
        _ if expected.starts_with("struct ") => "a table of keys",
        other => other,
    }
}

/// What is said of a key that does not belong here.
fn unknown(key: &str, known: &[&str]) -> (String, String) {
    let help = match key.strip_suffix(['+', '-']) {
        Some(name) if known.contains(&name) => {
            format!("to change the default phrasebook, add `extends: default`; else write `{name}:`")
        }
        _ => did_you_mean(key, known.iter().copied())
            .unwrap_or_else(|| format!("known here: {}", known.join(", "))),
    };
    (format!("there is no `{key}` here"), help)
}

impl From<'_> {
    fn note(&self, fault: Fault, at: &Range<usize>) {
        self.faults.borrow_mut().push(fault.into_diagnostic(at));
    }

    /// Notes a value of another sort than is wanted; the rest of the file is read.
    fn misplaced(&self, wanted: &str) {
        let (found, help) = match &self.node.kind {
            Kind::Scalar(text) if wanted == "a list" => (
                format!("the text \"{text}\""),
                "write [one, two], or each on a line of its own behind a dash",
            ),
            Kind::Scalar(text) if text.contains(':') => {
                (format!("the text \"{text}\""), "put a space behind the colon")
            }
            Kind::Scalar(text) => {
                (format!("the text \"{text}\""), "write each key on a line of its own, with a colon")
            }
            Kind::List(_) => ("a list".into(), "write each key on a line of its own, with no dash"),
            _ => ("a table of keys".into(), "write [one, two], or each on a line of its own behind a dash"),
        };
        let message = format!("this should be {wanted}, but here is {found}");
        let fault = Diagnostic::new("wrong-type", self.node.at.clone(), message, help);
        let alone = match &self.node.kind {
            Kind::Scalar(text) if wanted == "a list" => Some(format!("[{}]", quoted(text))),
            _ => None,
        };
        self.faults.borrow_mut().push(match alone {
            Some(list) => fault.fixed_by(self.node.at.clone(), list),
            None => fault,
        });
    }

    fn number<N: std::str::FromStr>(&self, what: &str) -> Result<N, Fault> {
        match &self.node.kind {
            Kind::Scalar(text) => text.parse().map_err(|_| Fault {
                at: None,
                code: "wrong-type",
                message: format!("this should be {what}, but here is the text \"{text}\""),
                help: match what {
                    "true or false" => "write true or false, without quotes".into(),
                    _ => "write it in digits".into(),
                },
            }),
            _ => Err(de::Error::custom(format!("this should be {what}"))),
        }
    }
}

const AT: &str = "$At";

/// The name of a type that stands as its text alone, or as a table.
pub const ALONE: &str = "$Alone";

impl<'de> Deserializer<'de> for From<'_> {
    type Error = Fault;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        match &self.node.kind {
            Kind::Null => visitor.visit_unit(),
            Kind::Scalar(text) => visitor.visit_str(text),
            Kind::List(items) => visitor.visit_seq(Items { items: items.iter(), faults: self.faults }),
            Kind::Map(entries) => {
                visitor.visit_map(Entries { entries: entries.iter(), value: None, faults: self.faults })
            }
        }
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Fault> {
        let entries: &[(At<String>, Node)] = match &self.node.kind {
            Kind::Map(entries) => entries,
            Kind::Null => &[],
            _ => {
                self.misplaced("a table of keys");
                &[]
            }
        };
        for (key, _) in entries.iter().filter(|(key, _)| !fields.contains(&key.value.as_str())) {
            let (message, help) = unknown(&key.value, fields);
            let fault = Diagnostic::new("unknown-key", key.at.clone(), message, help);
            self.faults.borrow_mut().push(match nearest(&key.value, fields.iter().copied()) {
                Some(near) => fault.fixed_by(key.at.clone(), near),
                None => fault,
            });
        }
        visitor.visit_map(Fields { entries: entries.iter(), fields, faults: self.faults })
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        visitor: V,
    ) -> Result<V::Value, Fault> {
        if name == AT {
            visitor.visit_seq(Spot { from: self, step: 0 })
        } else if name == ALONE
            && let Kind::Scalar(text) = &self.node.kind
        {
            visitor.visit_str(text)
        } else {
            visitor.visit_newtype_struct(self)
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        match self.node.kind {
            Kind::Null => visitor.visit_none(),
            _ => visitor.visit_some(self),
        }
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        visitor.visit_bool(self.number("true or false")?)
    }

    fn deserialize_u32<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        visitor.visit_u32(self.number("a whole number")?)
    }

    fn deserialize_f32<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        visitor.visit_f32(self.number("a number")?)
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        match self.node.kind {
            Kind::List(_) => self.deserialize_any(visitor),
            Kind::Null => visitor.visit_seq(Items { items: [].iter(), faults: self.faults }),
            _ => {
                self.misplaced("a list");
                visitor.visit_seq(Items { items: [].iter(), faults: self.faults })
            }
        }
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        match self.node.kind {
            Kind::Map(_) => return self.deserialize_any(visitor),
            Kind::Null => {}
            _ => self.misplaced("a table of keys"),
        }
        visitor.visit_map(Entries { entries: [].iter(), value: None, faults: self.faults })
    }

    forward_to_deserialize_any! {
        i8 i16 i32 i64 i128 u8 u16 u64 u128 f64 char str string bytes byte_buf unit unit_struct
        tuple tuple_struct enum identifier ignored_any
    }
}

/// List items. An item that is an [`At`] can't fail the list.
struct Items<'a> {
    items: std::slice::Iter<'a, Node>,
    faults: &'a RefCell<Vec<Diagnostic>>,
}

impl<'de> SeqAccess<'de> for Items<'_> {
    type Error = Fault;

    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, Fault> {
        match self.items.next() {
            Some(node) => {
                seed.deserialize(From { node, faults: self.faults }).map(Some).map_err(|f| f.at_node(node))
            }
            None => Ok(None),
        }
    }
}

impl Fault {
    fn at_node(mut self, node: &Node) -> Self {
        self.at.get_or_insert_with(|| node.at.clone());
        self
    }
}

/// A table with free keys.
struct Entries<'a> {
    entries: std::slice::Iter<'a, (At<String>, Node)>,
    value: Option<&'a Node>,
    faults: &'a RefCell<Vec<Diagnostic>>,
}

impl<'de> MapAccess<'de> for Entries<'_> {
    type Error = Fault;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, Fault> {
        let Some((key, value)) = self.entries.next() else { return Ok(None) };
        self.value = Some(value);
        let node = Node { at: key.at.clone(), kind: Kind::Scalar(key.value.clone()) };
        seed.deserialize(From { node: &node, faults: self.faults }).map(Some).map_err(|f| f.at_node(&node))
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Fault> {
        match self.value.take() {
            Some(node) => seed.deserialize(From { node, faults: self.faults }).map_err(|f| f.at_node(node)),
            None => Err(de::Error::custom("a value without a key")),
        }
    }
}

/// A table with known keys; the unknown ones have been noted.
struct Fields<'a> {
    entries: std::slice::Iter<'a, (At<String>, Node)>,
    fields: &'static [&'static str],
    faults: &'a RefCell<Vec<Diagnostic>>,
}

impl<'de> MapAccess<'de> for Fields<'_> {
    type Error = Fault;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, Fault> {
        for (key, _) in self.entries.as_slice() {
            if self.fields.contains(&key.value.as_str()) {
                return seed.deserialize(key.value.as_str().into_deserializer()).map(Some);
            }
            self.entries.next();
        }
        Ok(None)
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Fault> {
        match self.entries.next() {
            Some((_, node)) => {
                seed.deserialize(From { node, faults: self.faults }).map_err(|f| f.at_node(node))
            }
            None => Err(de::Error::custom("a value without a key")),
        }
    }
}

/// Hands an [`At`] its range, then its value.
struct Spot<'a> {
    from: From<'a>,
    step: u8,
}

impl<'de> SeqAccess<'de> for Spot<'_> {
    type Error = Fault;

    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, Fault> {
        self.step += 1;
        match self.step {
            1 => seed.deserialize((self.from.node.at.start as u64).into_deserializer()).map(Some),
            2 => seed.deserialize((self.from.node.at.end as u64).into_deserializer()).map(Some),
            // The value of an `At` may fail alone: its default stands in, and reading goes on.
            3 => Ok(seed
                .deserialize(self.from)
                .map_err(|fault| self.from.note(fault, &self.from.node.at))
                .ok()),
            _ => Ok(None),
        }
    }
}

impl<'de, T: Deserialize<'de> + Default> Deserialize<'de> for At<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Place<T>(std::marker::PhantomData<T>);
        impl<'de, T: Deserialize<'de> + Default> Visitor<'de> for Place<T> {
            type Value = At<T>;
            fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
                f.write_str("a value")
            }
            fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<At<T>, A::Error> {
                let start: u64 = seq.next_element()?.unwrap_or(0);
                let end: u64 = seq.next_element()?.unwrap_or(0);
                let value = seq.next_element()?.unwrap_or_default();
                Ok(At { value, at: start as usize..end as usize })
            }
        }
        deserializer.deserialize_newtype_struct(AT, Place(std::marker::PhantomData))
    }
}

/// A table with free keys, in the order of the file, each key with its place.
#[derive(Debug, Clone)]
pub struct Table<T>(pub Vec<(At<String>, At<T>)>);

impl<T> Default for Table<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<'de, T: Deserialize<'de> + Default> Deserialize<'de> for Table<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Rows<T>(std::marker::PhantomData<T>);
        impl<'de, T: Deserialize<'de> + Default> Visitor<'de> for Rows<T> {
            type Value = Table<T>;
            fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
                f.write_str("a table of keys")
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Table<T>, A::Error> {
                let mut rows = Vec::new();
                while let Some(row) = map.next_entry()? {
                    rows.push(row);
                }
                Ok(Table(rows))
            }
        }
        deserializer.deserialize_map(Rows(std::marker::PhantomData))
    }
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
}
