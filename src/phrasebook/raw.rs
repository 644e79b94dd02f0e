//! The phrasebook as it is written: every value with its place, nothing checked yet.

use crate::yaml::{At, Table};
use serde::de::value::MapAccessDeserializer;
use serde::de::{Deserialize, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use std::fmt;

pub type Texts = Vec<At<String>>;
pub type Phrases = Vec<At<RawPhrase>>;
pub type Wordings = Vec<At<RawWording>>;

#[derive(Debug, Default, serde::Deserialize)]
#[serde(default)]
pub struct RawBook {
    pub version: At<u32>,
    pub language: At<String>,
    /// Other languages, to tell a message by, and to word answers in.
    pub languages: Table<RawLanguage>,
    pub company: At<RawCompany>,
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
    pub reproach: Table<RawRules>,
    pub urgency: Table<RawRules>,
    /// What turns a match round: negation, hypotheticals, resolved troubles.
    pub cues: Table<RawRules>,
    /// Nouns a complaint can be about, by sort.
    pub things: Table<Texts>,
    pub moves: Table<Wordings>,
    pub lint: Table<RawLint>,
}

#[derive(Debug, Default, serde::Deserialize)]
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
#[serde(default)]
pub struct RawLanguage {
    pub name: At<String>,
    /// Words it can't do without and the phrasebook's own language doesn't have.
    pub words: Texts,
}

#[derive(Debug, Default, serde::Deserialize)]
#[serde(default)]
pub struct RawIssue {
    pub name: At<String>,
    pub trouble: At<String>,
    pub needs: At<String>,
    /// The risk that this issue is: a person takes over.
    pub risk: At<String>,
    pub policy: At<RawPolicy>,
    pub strong: Phrases,
    pub phrases: Phrases,
    pub weak: Phrases,
    pub hit: Texts,
    pub miss: Texts,
    pub say: Table<Wordings>,
    pub aspects: Table<RawAspect>,
}

/// One way an issue shows, with words of its own for it.
#[derive(Debug, Default, serde::Deserialize)]
#[serde(default)]
pub struct RawAspect {
    /// What we say sorry for: "the calls nobody answered".
    pub trouble: At<String>,
    /// How a wish of this sort is met, whatever the policy: `declined`.
    pub answer: At<String>,
    /// They tell how a trouble shows that other phrases have found; they weigh nothing.
    pub phrases: Phrases,
    pub say: Table<Wordings>,
}

#[derive(Debug, Default, serde::Deserialize)]
#[serde(default)]
pub struct RawPolicy {
    pub ours: At<bool>,
    pub days: At<u32>,
    pub owner: At<String>,
    pub todo: At<String>,
    pub offer: Texts,
    pub approval: Texts,
    pub decline: Texts,
    pub root_cause: At<String>,
}

#[derive(Debug, Default, serde::Deserialize)]
#[serde(default)]
pub struct RawRules {
    pub strong: Phrases,
    pub phrases: Phrases,
    pub weak: Phrases,
    pub hit: Texts,
    pub miss: Texts,
    pub aspects: Table<RawAspect>,
}

#[derive(Debug, Default, serde::Deserialize)]
#[serde(default)]
pub struct RawRisk {
    /// Who takes over.
    pub to: At<String>,
    /// The reason, as the agent reads it.
    pub name: At<String>,
    pub strong: Phrases,
    pub phrases: Phrases,
    pub hit: Texts,
    pub miss: Texts,
}

#[derive(Debug, Default, serde::Deserialize)]
#[serde(default)]
pub struct RawLint {
    pub severity: At<String>,
    pub message: At<String>,
    pub instead: At<String>,
    pub phrases: Phrases,
    pub hit: Texts,
    pub miss: Texts,
}

/// A phrase: its text alone, or with what narrows it.
#[derive(Debug, Default)]
pub struct RawPhrase {
    pub phrase: String,
    pub weight: Option<f32>,
    pub unless: Vec<String>,
    pub scope: Option<String>,
}

/// A wording: its text alone, or with the conditions under which it is used.
#[derive(Debug, Default)]
pub struct RawWording {
    pub text: String,
    pub when: RawWhen,
}

#[derive(Debug, Default, serde::Deserialize)]
#[serde(default)]
pub struct RawWhen {
    pub kind: OneOrMany,
    pub issue: OneOrMany,
    pub tone: OneOrMany,
    pub customer: OneOrMany,
    pub want: OneOrMany,
    pub risk: OneOrMany,
    pub channel: OneOrMany,
    pub thing: OneOrMany,
    /// Whether what they want is `offered`, needs `approval`, or is `open`.
    pub answer: OneOrMany,
    /// How many points the message makes, at least.
    pub points: At<u32>,
    /// How many words the message has, at least.
    pub words: At<u32>,
    pub reproach: At<u32>,
    pub ours: OneOrMany,
    /// Whether a sentence before has told what went wrong.
    pub restated: OneOrMany,
    pub stage: OneOrMany,
    /// The language it is in, if not the phrasebook's.
    pub lang: OneOrMany,
    /// A way an issue or a cue shows, as `hardship/illness`.
    pub aspect: OneOrMany,
    /// How the company writes letters: `en-GB`, `en-US`.
    pub locale: OneOrMany,
}

/// `refund` or `[refund, replacement]`.
#[derive(Debug, Default, Clone)]
pub struct OneOrMany(pub Vec<String>);

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
                    text.split(',').map(|t| t.trim().to_owned()).filter(|t| !t.is_empty()).collect(),
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

impl<'de> Deserialize<'de> for RawPhrase {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Default, serde::Deserialize)]
        #[serde(default, deny_unknown_fields)]
        struct Long {
            phrase: String,
            weight: Option<f32>,
            unless: OneOrMany,
            scope: Option<String>,
        }
        struct Either;
        impl<'de> Visitor<'de> for Either {
            type Value = RawPhrase;
            fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
                f.write_str("a phrase, or {phrase: …, weight: …, unless: …, scope: …}")
            }
            fn visit_str<E>(self, text: &str) -> Result<RawPhrase, E> {
                Ok(RawPhrase { phrase: text.to_owned(), ..RawPhrase::default() })
            }
            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<RawPhrase, A::Error> {
                let long = Long::deserialize(MapAccessDeserializer::new(map))?;
                if long.phrase.is_empty() {
                    return Err(A::Error::custom("this entry has no `phrase`"));
                }
                Ok(RawPhrase {
                    phrase: long.phrase,
                    weight: long.weight,
                    unless: long.unless.0,
                    scope: long.scope,
                })
            }
        }
        deserializer.deserialize_any(Either)
    }
}

impl<'de> Deserialize<'de> for RawWording {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Default, serde::Deserialize)]
        #[serde(default, deny_unknown_fields)]
        struct Long {
            text: String,
            when: RawWhen,
        }
        struct Either;
        impl<'de> Visitor<'de> for Either {
            type Value = RawWording;
            fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
                f.write_str("a wording, or {text: …, when: …}")
            }
            fn visit_str<E>(self, text: &str) -> Result<RawWording, E> {
                Ok(RawWording { text: text.to_owned(), when: RawWhen::default() })
            }
            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<RawWording, A::Error> {
                let long = Long::deserialize(MapAccessDeserializer::new(map))?;
                Ok(RawWording { text: long.text, when: long.when })
            }
        }
        deserializer.deserialize_any(Either)
    }
}
