//! A deserializer from trees to raw structs that recovers from errors: an unknown key or a value of
//! the wrong type is reported and skipped, and the rest is read.

use super::*;

/// Fills `T` from a tree; also returns every fault found.
pub fn fill<T: de::DeserializeOwned + Default>(root: &Node) -> (T, Vec<Diagnostic>) {
    let faults = RefCell::new(Vec::new());
    let found = T::deserialize(From { node: root, faults: &faults }).unwrap_or_else(|fault| {
        faults.borrow_mut().push(fault.into_diagnostic(&root.at));
        T::default()
    });
    (found, faults.into_inner())
}

#[derive(Debug)]
struct Fault {
    at: Option<Range<usize>>,
    code: &'static str,
    message: String,
    help: String,
    fix: Option<Box<(Range<usize>, String)>>,
}

impl Fault {
    fn new(code: &'static str, message: impl Into<String>, help: impl Into<String>) -> Self {
        Self { at: None, code, message: message.into(), help: help.into(), fix: None }
    }

    fn into_diagnostic(self, at: &Range<usize>) -> Diagnostic {
        let found =
            Diagnostic::new(self.code, self.at.unwrap_or_else(|| at.clone()), self.message, self.help);
        match self.fix.map(|fix| *fix) {
            Some((at, instead)) => found.fixed_by(at, instead),
            None => found,
        }
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
        Fault::new("wrong-type", message.to_string(), "")
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
        Fault::new("unknown-key", message, help)
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

/// Serde's type descriptions, reworded for people who edit YAML.
fn in_our_words(expected: &str) -> &str {
    match expected {
        "a string" => "a text",
        "a sequence" => "a list",
        "a map" => "a table of keys",
        _ if expected.starts_with("struct ") => "a table of keys",
        other => other,
    }
}

/// The message and help for an unknown key.
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

    /// The text that a colon has made a table of: "Only this: what else?"
    fn split_text(&self) -> Option<(String, Fault)> {
        let Kind::Map(entries) = &self.node.kind else { return None };
        let [(key, value)] = entries.as_slice() else { return None };
        let (text, at) = match &value.kind {
            Kind::Scalar(text) => (format!("{}: {text}", key.value), key.at.start..value.at.end),
            Kind::Null => (format!("{}:", key.value), key.at.start..key.at.end + 1),
            _ => return None,
        };
        let message = format!("the colon in this text makes `{}` a key", key.value);
        let fault = Fault::new("yaml", message, "put the whole text in double quotes");
        // Only if it is written just so: nothing of it in quotes, or on another line.
        let fix =
            (at.len() == text.len() && value.at.len() > 1).then(|| Box::new((at.clone(), quoted(&text))));
        Some((text, Fault { at: Some(at), fix, ..fault }))
    }

    /// Reports a value of the wrong type and carries on.
    fn misplaced(&self, wanted: &str) {
        let space = match &self.node.kind {
            Kind::Scalar(text) if text.len() == self.node.at.len() => no_space(text),
            _ => None,
        };
        let (found, help) = match &self.node.kind {
            Kind::Scalar(text) if wanted == "a list" => (
                format!("the text \"{text}\""),
                "write [one, two], or each on a line of its own behind a dash",
            ),
            Kind::Scalar(text) if space.is_some() => {
                (format!("the text \"{text}\""), "put a space behind the colon")
            }
            Kind::Scalar(text) => {
                (format!("the text \"{text}\""), "write each key on a line of its own, with a colon")
            }
            Kind::List(_) => ("a list".into(), "write each key on a line of its own, with no dash"),
            _ => ("a table of keys".into(), "begin each entry with a dash and a space"),
        };
        let message = format!("this should be {wanted}, but here is {found}");
        let fault = Diagnostic::new("wrong-type", self.node.at.clone(), message, help);
        let start = self.node.at.start;
        self.faults.borrow_mut().push(match (&self.node.kind, space) {
            (Kind::Scalar(text), _) if wanted == "a list" => {
                fault.fixed_by(self.node.at.clone(), format!("[{}]", quoted(text)))
            }
            (_, Some(n)) => fault.fixed_by(start + n..start + n, " "),
            _ => fault,
        });
    }

    fn number<N: std::str::FromStr>(&self, what: &str) -> Result<N, Fault> {
        match &self.node.kind {
            Kind::Scalar(text) => text.parse().map_err(|_| {
                let found = match text.parse::<f64>() {
                    Ok(number) if number.is_finite() => text.clone(),
                    _ => format!("the text \"{text}\""),
                };
                let help = match what {
                    "true or false" => "write true or false, without quotes",
                    "a whole number" => "write it in digits, 0 or more",
                    _ => "write it in digits",
                };
                Fault::new("wrong-type", format!("this should be {what}, but here is {found}"), help)
            }),
            _ => Err(de::Error::custom(format!("this should be {what}"))),
        }
    }
}

const AT: &str = "$At";

/// Marks a type written either as plain text or as a table.
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
        } else if name == ALONE
            && let Some((text, fault)) = self.split_text()
            // A key of its own, as `text` is one, is no part of a sentence.
            && !text.split(':').next().is_some_and(|key| key.bytes().all(|b| b.is_ascii_lowercase() || b == b'_'))
        {
            self.note(fault, &self.node.at);
            visitor.visit_str(&text)
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

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        match self.split_text() {
            Some((_, fault)) => Err(fault),
            None => self.deserialize_any(visitor),
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
        i8 i16 i32 i64 i128 u8 u16 u64 u128 f64 char str bytes byte_buf unit unit_struct
        tuple tuple_struct enum identifier ignored_any
    }
}

/// List items. A faulty [`At`] item doesn't fail the list.
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

/// A table with arbitrary keys.
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

/// A table with known keys; unknown ones have already been reported.
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

/// Gives an [`At`] its range, then its value.
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
            // A faulty `At` value becomes its default, and reading goes on.
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

/// A table with arbitrary keys, in file order, each with its source range.
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
