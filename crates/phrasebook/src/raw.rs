//! The phrasebook as written: every value with its source range, nothing checked yet.

use crate::yaml::{ALONE, At, Table};
use serde::de::{Deserialize, Deserializer, SeqAccess, Visitor};
use std::fmt;

pub type Texts = Vec<At<String>>;
pub type Phrases = Vec<At<AloneOr<RawPhrase>>>;
pub type Wordings = Vec<At<AloneOr<RawWording>>>;

#[derive(Debug, Default, serde::Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(default)]
pub struct RawBook {
    /// Of the format: 1.
    pub version: At<u32>,
    pub language: At<String>,
    /// Other languages, to tell a message by, and to word answers in.
    pub languages: Table<RawLanguage>,
    pub company: At<RawCompany>,
    /// Record every draft, as `--record` does.
    pub ledger: Option<At<RawLedger>>,
    /// Words people misspell or shorten: `receive: recieve, rcv`.
    pub spellings: Table<OneOrMany>,
    /// Word lists that phrases use as `{name}`.
    pub lists: Table<Texts>,
    pub issues: Table<RawIssue>,
    pub kinds: Table<RawRules>,
    pub tones: Table<RawRules>,
    pub customers: Table<RawRules>,
    pub wants: Table<RawRules>,
    pub risks: Table<RawRisk>,
    /// What a person must take over: the most pressing first among those of one risk.
    pub holds: Table<RawHold>,
    /// Those who write but are no customers; `customer` speaks for one who is.
    pub senders: Table<RawSender>,
    /// How they ask to be treated.
    pub wishes: Table<RawRules>,
    pub reproach: Table<RawRules>,
    pub urgency: Table<RawRules>,
    /// What turns a match round: negation, hypotheticals, resolved troubles.
    pub cues: Table<RawRules>,
    /// Nouns a complaint can be about, by sort.
    pub things: Table<Texts>,
    /// Lists of words the program looks up by name.
    pub words: Table<Texts>,
    /// The numbers a reading is decided by.
    pub thresholds: Table<f32>,
    /// Weights learned from labelled messages: by table and class, a line a word.
    pub weights: Table<Table<String>>,
    pub moves: Table<Wordings>,
    /// Rules for replies: those that are words, and what is changed of the others.
    pub lint: Table<RawLint>,
    /// The words by which a sentence of a reply is told: an apology, a step, a date.
    pub reply: Table<RawRules>,
    /// Whole messages, and what must come of each.
    pub cases: Vec<At<RawCase>>,
}

#[derive(Debug, Default, serde::Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(default)]
pub struct RawCompany {
    pub name: At<String>,
    pub agent: At<String>,
    pub email: At<String>,
    /// Our other addresses; `@domain` is every one there.
    pub addresses: Texts,
    pub phone: At<String>,
    pub hours: At<String>,
    pub values: Texts,
    /// How letters are written: `en-GB`, `en-US`.
    pub locale: At<String>,
    /// The most an agent may grant alone, in the currency of the message; 0 is no limit.
    pub limit: At<u32>,
    /// Days of the week nobody works.
    pub weekend: Texts,
    /// Dates nobody works.
    pub holidays: Texts,
}

#[derive(Debug, Default, serde::Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(default)]
pub struct RawLedger {
    /// The file, if not the user's own.
    pub file: At<String>,
    /// Keep the customer's address and words as well.
    pub keep_text: At<bool>,
    /// How long a record is kept: `24mo`, `90d`.
    pub retain: At<String>,
}

#[derive(Debug, Default, serde::Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(default)]
pub struct RawLanguage {
    pub name: At<String>,
    /// Words it can't do without and the phrasebook's own language doesn't have.
    pub words: Texts,
}

#[derive(Debug, Default, serde::Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(default)]
pub struct RawIssue {
    pub name: At<String>,
    pub trouble: At<String>,
    pub needs: At<String>,
    /// The risk that this issue is: a person takes over.
    pub risk: At<String>,
    /// Issues that go without saying where this one is.
    pub implies: Texts,
    pub policy: At<RawPolicy>,
    pub strong: Phrases,
    pub phrases: Phrases,
    pub weak: Phrases,
    pub hit: Texts,
    pub miss: Texts,
    pub say: Table<Wordings>,
    pub groups: Table<RawGroup>,
    /// Groups whose phrases weigh nothing unless they say so.
    pub aspects: Table<RawGroup>,
}

/// Phrases that say one thing, with their examples and what we say to it.
#[derive(Debug, Default, serde::Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(default)]
pub struct RawGroup {
    /// What its phrases have in common, for who edits them.
    pub why: At<String>,
    /// What each of its phrases weighs: 3 is enough alone, 2 is usual, 1 counts beside others, and
    /// 0 tells how a trouble shows that other phrases have found.
    pub weight: Option<At<f32>>,
    /// What we say sorry for: "the calls nobody answered".
    pub trouble: At<String>,
    /// How a wish of this sort is met, whatever the policy: `declined`.
    pub answer: At<String>,
    pub phrases: Phrases,
    /// Sentences it must be found in.
    pub hit: Texts,
    /// Sentences it must not be found in.
    pub miss: Texts,
    pub say: Table<Wordings>,
}

#[derive(Debug, Default, serde::Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(default)]
pub struct RawPolicy {
    pub ours: At<bool>,
    pub days: At<u32>,
    pub owner: At<String>,
    pub todo: At<String>,
    pub offer: Texts,
    pub approval: Texts,
    pub decline: Texts,
    /// Wants that the issue's own step answers.
    pub covers: Texts,
    pub root_cause: At<String>,
    /// Counted apart from real failures, under this name.
    pub apart: At<String>,
    /// The company's value that allows what is granted.
    pub value: At<String>,
}

#[derive(Debug, Default, serde::Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(default)]
pub struct RawRules {
    pub strong: Phrases,
    pub phrases: Phrases,
    pub weak: Phrases,
    pub hit: Texts,
    pub miss: Texts,
    pub groups: Table<RawGroup>,
    /// Groups whose phrases weigh nothing unless they say so.
    pub aspects: Table<RawGroup>,
}

#[derive(Debug, Default, serde::Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(default)]
pub struct RawRisk {
    /// Who takes over.
    pub to: At<String>,
    /// The reason, as the agent reads it.
    pub name: At<String>,
    /// What the agent does first.
    pub first: At<String>,
    pub strong: Phrases,
    pub phrases: Phrases,
    pub hit: Texts,
    pub miss: Texts,
    pub groups: Table<RawGroup>,
}

#[derive(Debug, Default, serde::Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(default)]
pub struct RawHold {
    /// Who takes over.
    pub to: At<String>,
    /// The reason, as the agent reads it.
    pub name: At<String>,
    /// What the agent does first.
    pub first: At<String>,
    /// What the reply tells the customer to do first.
    pub say: At<String>,
    /// The risk it carries.
    pub risk: At<String>,
    /// Whether the reply promises word today.
    pub today: At<bool>,
    /// How likely learned weights must find it, at least, that a person must take over: of 1, for phrases
    /// that often mean something else.
    pub chance: At<f32>,
    /// Each is enough.
    pub phrases: Phrases,
    /// One of these is enough with one of `beside`, wherever they stand.
    pub signs: Phrases,
    pub beside: Phrases,
    pub hit: Texts,
    pub miss: Texts,
}

#[derive(Debug, Default, serde::Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(default)]
pub struct RawSender {
    /// Why they get no draft, as the agent reads it.
    pub why: At<String>,
    /// One line that tells them where their message went, if they get an answer.
    pub route: At<String>,
    pub strong: Phrases,
    pub phrases: Phrases,
    pub weak: Phrases,
    pub hit: Texts,
    pub miss: Texts,
}

#[derive(Debug, Default, serde::Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(default)]
pub struct RawLint {
    /// `error`, `warning`, `info`, or `off`.
    pub severity: At<String>,
    /// What is wrong, in one line.
    pub message: At<String>,
    /// Why it hurts.
    pub why: At<String>,
    /// What to write.
    pub instead: At<String>,
    /// Where the rule comes from.
    pub source: At<String>,
    /// Why it is switched off, or weighed otherwise than it was.
    pub reason: At<String>,
    pub phrases: Phrases,
    pub hit: Texts,
    pub miss: Texts,
}

/// A message and what must come of it; what is not said is not asked.
#[derive(Debug, Default, serde::Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(default)]
pub struct RawCase {
    /// What the case shows.
    pub name: At<String>,
    /// The customer's words.
    pub message: At<String>,
    pub subject: At<String>,
    pub channel: At<String>,
    /// The facts of the day the draft is made on: `2026-11-23`.
    pub today: At<String>,
    pub stage: At<String>,
    pub kind: At<String>,
    /// All that must be found, the main one first; `none` where nothing may be.
    pub issues: At<OneOrMany>,
    pub tone: At<String>,
    pub customer: At<String>,
    pub wants: At<OneOrMany>,
    pub risks: At<OneOrMany>,
    /// Texts that must stand in the draft.
    pub says: Texts,
    /// Texts that must not stand in the draft.
    pub never: Texts,
    /// Whether the draft is on hold.
    pub hold: Option<At<bool>>,
}

/// A phrase, and what narrows it.
#[derive(Debug, Default, serde::Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(default)]
pub struct RawPhrase {
    pub phrase: Folded,
    pub weight: Option<At<f32>>,
    pub unless: At<OneOrMany>,
    pub scope: Option<At<String>>,
}

/// A phrase's text. A long one may be folded after a `|`; YAML joins the lines with a space.
#[derive(Debug, Default)]
pub struct Folded(pub String);

/// A folded phrase as one line.
pub(crate) fn joined(text: &str) -> String {
    if text.contains("| ") {
        text.split("| ").map(str::trim_start).collect::<Vec<_>>().join("|")
    } else {
        text.to_owned()
    }
}

impl<'de> Deserialize<'de> for Folded {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer).map(|text| Self(joined(&text)))
    }
}

/// A wording, and the conditions under which it is used.
#[derive(Debug, Default, serde::Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(default)]
pub struct RawWording {
    pub text: String,
    pub when: RawWhen,
}

#[derive(Debug, Default, serde::Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(default)]
pub struct RawWhen {
    pub kind: At<OneOrMany>,
    pub issue: At<OneOrMany>,
    pub tone: At<OneOrMany>,
    pub customer: At<OneOrMany>,
    pub want: At<OneOrMany>,
    pub risk: At<OneOrMany>,
    pub channel: At<OneOrMany>,
    pub thing: At<OneOrMany>,
    /// Whether what they want is `offered`, needs `approval`, or is `open`.
    pub answer: At<OneOrMany>,
    /// How they ask to be treated: `no_phone`, `email_only`.
    pub wish: At<OneOrMany>,
    /// The wishes it would go against.
    pub unless_wish: At<OneOrMany>,
    /// How many points the message makes, at least.
    pub points: At<u32>,
    /// How many words the message has, at least.
    pub words: At<u32>,
    pub reproach: At<u32>,
    pub ours: At<OneOrMany>,
    /// Whether a sentence before has told what went wrong.
    pub restated: At<OneOrMany>,
    pub stage: At<OneOrMany>,
    /// The language it is in, if not the phrasebook's.
    pub lang: At<OneOrMany>,
    /// A way an issue or a cue shows, as `hardship/illness`.
    pub aspect: At<OneOrMany>,
    /// How the company writes letters: `en-GB`, `en-US`.
    pub locale: At<OneOrMany>,
}

#[cfg(test)]
mod schema {
    //! JSON Schemas of the types here that implement `Deserialize` by hand.

    use super::{AloneOr, OneOrMany};
    use crate::yaml::{At, Table};
    use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
    use std::borrow::Cow;

    impl<T: JsonSchema> JsonSchema for At<T> {
        fn inline_schema() -> bool {
            true
        }
        fn schema_name() -> Cow<'static, str> {
            T::schema_name()
        }
        fn json_schema(generator: &mut SchemaGenerator) -> Schema {
            generator.subschema_for::<T>()
        }
    }

    impl<T: JsonSchema> JsonSchema for Table<T> {
        fn inline_schema() -> bool {
            true
        }
        fn schema_name() -> Cow<'static, str> {
            format!("TableOf{}", T::schema_name()).into()
        }
        fn json_schema(generator: &mut SchemaGenerator) -> Schema {
            let value = generator.subschema_for::<T>();
            json_schema!({"type": "object", "additionalProperties": value})
        }
    }

    impl JsonSchema for super::Folded {
        fn inline_schema() -> bool {
            true
        }
        fn schema_name() -> Cow<'static, str> {
            "Folded".into()
        }
        fn json_schema(_: &mut SchemaGenerator) -> Schema {
            json_schema!({"type": "string"})
        }
    }

    impl<T: JsonSchema> JsonSchema for AloneOr<T> {
        fn inline_schema() -> bool {
            true
        }
        fn schema_name() -> Cow<'static, str> {
            format!("{}OrText", T::schema_name()).into()
        }
        fn json_schema(generator: &mut SchemaGenerator) -> Schema {
            let long = generator.subschema_for::<T>();
            json_schema!({"anyOf": [{"type": "string"}, long]})
        }
    }

    impl JsonSchema for OneOrMany {
        fn inline_schema() -> bool {
            true
        }
        fn schema_name() -> Cow<'static, str> {
            "OneOrMany".into()
        }
        fn json_schema(_: &mut SchemaGenerator) -> Schema {
            json_schema!({"anyOf": [
                {"type": "string"}, {"type": "boolean"}, {"type": "array", "items": {"type": "string"}},
            ]})
        }
    }
}

/// `refund` or `[refund, replacement]`. Words split from one text have no source range of their own.
#[derive(Debug, Default, Clone)]
pub struct OneOrMany(pub Vec<At<String>>);

impl<'de> Deserialize<'de> for OneOrMany {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Texts;
        impl<'de> Visitor<'de> for Texts {
            type Value = OneOrMany;
            fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
                f.write_str("a word or a list of words")
            }
            fn visit_str<E>(self, text: &str) -> Result<OneOrMany, E> {
                Ok(OneOrMany(
                    text.split(',')
                        .map(|t| At { value: t.trim().to_owned(), at: 0..0 })
                        .filter(|t| !t.value.is_empty())
                        .collect(),
                ))
            }
            fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<OneOrMany, A::Error> {
                let mut texts = Vec::new();
                while let Some(text) = seq.next_element()? {
                    texts.push(text);
                }
                Ok(OneOrMany(texts))
            }
        }
        deserializer.deserialize_any(Texts)
    }
}

/// A value written as plain text, or as a table containing that text.
#[derive(Debug, Default)]
pub struct AloneOr<T>(pub T);

pub trait Alone: Default {
    const EXPECTED: &'static str;
    fn alone(text: &str) -> Self;
}

impl Alone for RawPhrase {
    const EXPECTED: &'static str = "a phrase, or {phrase: …, weight: …, unless: …, scope: …}";
    fn alone(text: &str) -> Self {
        Self { phrase: Folded(joined(text)), ..Self::default() }
    }
}

impl Alone for RawWording {
    const EXPECTED: &'static str = "a wording, or {text: …, when: …}";
    fn alone(text: &str) -> Self {
        Self { text: text.to_owned(), ..Self::default() }
    }
}

impl<'de, T: Alone + Deserialize<'de>> Deserialize<'de> for AloneOr<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Either<T>(std::marker::PhantomData<T>);
        impl<'de, T: Alone + Deserialize<'de>> Visitor<'de> for Either<T> {
            type Value = AloneOr<T>;
            fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
                f.write_str(T::EXPECTED)
            }
            fn visit_str<E>(self, text: &str) -> Result<AloneOr<T>, E> {
                Ok(AloneOr(T::alone(text)))
            }
            fn visit_newtype_struct<D: Deserializer<'de>>(self, long: D) -> Result<AloneOr<T>, D::Error> {
                T::deserialize(long).map(AloneOr)
            }
        }
        deserializer.deserialize_newtype_struct(ALONE, Either(std::marker::PhantomData))
    }
}
