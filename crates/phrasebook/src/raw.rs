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
    /// The language it is written in: `en`.
    pub language: At<String>,
    /// Other languages, to tell a message by, and to word answers in.
    pub languages: Table<RawLanguage>,
    /// Who answers: names, addresses, and when you work.
    pub company: At<RawCompany>,
    /// Record every draft, as `--record` does.
    pub ledger: Option<At<RawLedger>>,
    /// Words people misspell or shorten: `receive: recieve, rcv`.
    pub spellings: Table<OneOrMany>,
    /// Word lists that phrases use as `{name}`.
    pub lists: Table<Texts>,
    /// What can have gone wrong: how customers put it, what you do about it, and how you say so.
    pub issues: Table<RawIssue>,
    /// What tells a complaint from a request, a question, praise or a machine's mail.
    pub kinds: Table<RawRules>,
    /// What tells the customer's mood: `angry`, `sad`, `sarcastic` …
    pub tones: Table<RawRules>,
    /// What tells customers who need an answer of another sort: `meek`, `aggressive`, `chronic` …
    pub customers: Table<RawRules>,
    /// What customers ask for: `refund`, `replacement`, `apology` …
    pub wants: Table<RawRules>,
    /// What puts a draft on hold: `safety`, `legal`, `press` …
    pub risks: Table<RawRisk>,
    /// What a person must take over: the most pressing first among those of one risk.
    pub holds: Table<RawHold>,
    /// Those who write but are no customers; `customer` speaks for one who is.
    pub senders: Table<RawSender>,
    /// How they ask to be treated.
    pub wishes: Table<RawRules>,
    /// How strongly they blame you, from `1`, not at all, to `4`.
    pub reproach: Table<RawRules>,
    /// How soon they need an answer, from `1`, whenever, to `4`, today.
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
    /// The wordings of each move of a reply (`greet`, `sorry`, `step` …): the one that fits the message
    /// best is used.
    pub moves: Table<Wordings>,
    /// Rules for replies: those that are words, and what is changed of the others.
    pub lint: Table<RawLint>,
    /// The words by which a sentence of a reply is told: an apology, a step, a date.
    pub reply: Table<RawRules>,
    /// Whole messages, and what must come of each.
    pub cases: Vec<At<RawCase>>,
}

/// Who answers.
#[derive(Debug, Default, serde::Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(default)]
pub struct RawCompany {
    /// The company's name, as customers know it.
    pub name: At<String>,
    /// Who signs, unless `--agent` names somebody else.
    pub agent: At<String>,
    /// The address that customers reach you at.
    pub email: At<String>,
    /// Our other addresses; `@domain` is every one there.
    pub addresses: Texts,
    /// The number that customers reach you on; left out, no reply offers a call.
    pub phone: At<String>,
    /// When you can be reached: "Monday to Friday, 9 to 5". `amends lint` lets a reply name them.
    pub hours: At<String>,
    /// What the company stands for; the agent is reminded of the first where a customer has a hard time.
    pub values: Texts,
    /// Spelling, dates and how letters close: `en-GB`, `en-US`, or `auto`, as the customer writes.
    pub locale: At<String>,
    /// The most an agent may grant alone, in the currency of the message; 0 is no limit.
    pub limit: At<u32>,
    /// Days of the week nobody works.
    pub weekend: Texts,
    /// Dates nobody works.
    pub holidays: Texts,
}

/// What is recorded of each draft, and for how long.
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

/// A language that messages may be written in.
#[derive(Debug, Default, serde::Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(default)]
pub struct RawLanguage {
    /// Its name, as the agent reads it: `German`.
    pub name: At<String>,
    /// Words it can't do without and the phrasebook's own language doesn't have.
    pub words: Texts,
}

/// Something that can have gone wrong.
#[derive(Debug, Default, serde::Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(default)]
pub struct RawIssue {
    /// What the agent sees: "something is late".
    pub name: At<String>,
    /// What you are sorry for: "the delay".
    pub trouble: At<String>,
    /// The fact without which nothing can be done, and which the reply asks for: `order`.
    pub needs: At<String>,
    /// The risk that this issue is: a person takes over.
    pub risk: At<String>,
    /// Issues that go without saying where this one is.
    pub implies: Texts,
    /// What you do about it, and by when.
    pub policy: At<RawPolicy>,
    /// Phrases that are enough alone: each weighs 3.
    pub strong: Phrases,
    /// Phrases that usually mean it: each weighs 2.
    pub phrases: Phrases,
    /// Phrases that count only beside others: each weighs 1.
    pub weak: Phrases,
    /// Sentences it must be found in.
    pub hit: Texts,
    /// Sentences it must not be found in.
    pub miss: Texts,
    /// Wordings for this issue, by move; they go before the general ones under `moves`.
    pub say: Table<Wordings>,
    /// Phrases that mean one thing, with examples and wordings of their own.
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
    /// Its phrases.
    pub phrases: Phrases,
    /// Sentences it must be found in.
    pub hit: Texts,
    /// Sentences it must not be found in.
    pub miss: Texts,
    /// Wordings for what this group says, by move; they go before the issue's.
    pub say: Table<Wordings>,
}

/// What is done about an issue.
#[derive(Debug, Default, serde::Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(default)]
pub struct RawPolicy {
    /// Whether it is always your fault, so that the reply says so.
    pub ours: At<bool>,
    /// Working days until you write again [2].
    pub days: At<u32>,
    /// Who sees to it: "our delivery team".
    pub owner: At<String>,
    /// What the agent must do; it is listed with the promises.
    pub todo: At<String>,
    /// What the agent may grant alone, up to `company: limit`.
    pub offer: Texts,
    /// What somebody else must approve first.
    pub approval: Texts,
    /// What is declined, with a reason and an alternative.
    pub decline: Texts,
    /// Wants that the issue's own step answers.
    pub covers: Texts,
    /// The cause it is counted under in `amends report`: `fulfilment`.
    pub root_cause: At<String>,
    /// Counted apart from real failures, under this name.
    pub apart: At<String>,
    /// The company's value that allows what is granted.
    pub value: At<String>,
}

/// What one entry of a table is told by.
#[derive(Debug, Default, serde::Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(default)]
pub struct RawRules {
    /// Phrases that are enough alone: each weighs 3.
    pub strong: Phrases,
    /// Phrases that usually mean it: each weighs 2.
    pub phrases: Phrases,
    /// Phrases that count only beside others: each weighs 1.
    pub weak: Phrases,
    /// Sentences it must be found in.
    pub hit: Texts,
    /// Sentences it must not be found in.
    pub miss: Texts,
    /// Phrases that mean one thing, with examples and wordings of their own.
    pub groups: Table<RawGroup>,
    /// Groups whose phrases weigh nothing unless they say so.
    pub aspects: Table<RawGroup>,
}

/// Something that a person must take over.
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
    /// Phrases that are enough alone: each weighs 3.
    pub strong: Phrases,
    /// Phrases that usually mean it: each weighs 2.
    pub phrases: Phrases,
    /// Sentences it must be found in.
    pub hit: Texts,
    /// Sentences it must not be found in.
    pub miss: Texts,
    /// Phrases that mean one thing, with examples and wordings of their own.
    pub groups: Table<RawGroup>,
}

/// Something that a person must take over, and what they do first.
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
    /// Whether `say` opens the reply, in place of thanks: a condolence.
    pub opens: At<bool>,
    /// Whether the reply tells them nothing to do first, whatever the risk.
    pub quiet: At<bool>,
    /// How likely learned weights must find it, at least, that a person must take over: of 1, for phrases
    /// that often mean something else.
    pub chance: At<f32>,
    /// Each is enough.
    pub phrases: Phrases,
    /// One of these is enough with one of `beside`, wherever they stand.
    pub signs: Phrases,
    /// What makes a sign enough.
    pub beside: Phrases,
    /// Sentences it must be found in.
    pub hit: Texts,
    /// Sentences it must not be found in.
    pub miss: Texts,
}

/// Somebody who writes but is no customer.
#[derive(Debug, Default, serde::Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(default)]
pub struct RawSender {
    /// Why they get no draft, as the agent reads it.
    pub why: At<String>,
    /// One line that tells them where their message went, if they get an answer.
    pub route: At<String>,
    /// Phrases that are enough alone: each weighs 3.
    pub strong: Phrases,
    /// Phrases that usually mean it: each weighs 2.
    pub phrases: Phrases,
    /// Phrases that count only beside others: each weighs 1.
    pub weak: Phrases,
    /// Messages of theirs.
    pub hit: Texts,
    /// Messages of customers that look like theirs.
    pub miss: Texts,
}

/// A rule for replies.
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
    /// What a reply must not say; a rule without phrases is one of the program's own.
    pub phrases: Phrases,
    /// Sentences that break it.
    pub hit: Texts,
    /// Sentences that come close but are fine.
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
    /// The subject of the mail.
    pub subject: At<String>,
    /// How it came: `email`, `chat`, `social`, `review`, `letter` or `sms`.
    pub channel: At<String>,
    /// The facts of the day the draft is made on: `2026-11-23`.
    pub today: At<String>,
    /// What the reply is for: `first`, `holding`, `resolved`, `follow-up`, `decline` or `cancelled`.
    pub stage: At<String>,
    /// What kind of message it must be read as: `complaint`, `question`, `praise` …
    pub kind: At<String>,
    /// All that must be found, the main one first; `none` where nothing may be.
    pub issues: At<OneOrMany>,
    /// The mood that must be found: `angry`, `sad` …
    pub tone: At<String>,
    /// The sort of customer that must be found: `meek`, `chronic` …
    pub customer: At<String>,
    /// All that they must be found to ask for; `none` where they ask for nothing.
    pub wants: At<OneOrMany>,
    /// All the risks that must be found; `none` where there may be none.
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
    /// The words to find, in the small language of phrases: `(still|never) [yet] arrived`.
    pub phrase: Folded,
    /// What it weighs, from 0 to 10, if not what its list does.
    pub weight: Option<At<f32>>,
    /// Phrases that rule it out in the same sentence.
    pub unless: At<OneOrMany>,
    /// Where alone it counts: in the `subject`, or in a `question`.
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
    /// What the reply says; `{{ amount }}` is a fact, `[reason]` a gap for the agent to fill in.
    pub text: String,
    /// When it may be used: all of this must hold.
    pub when: RawWhen,
}

/// Conditions of a wording; where a list is given, one of it is enough.
#[derive(Debug, Default, serde::Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(default)]
pub struct RawWhen {
    /// The kind of message: `complaint`, `question`, `praise` …; `doubtful` reads like praise, but not
    /// surely.
    pub kind: At<OneOrMany>,
    /// The issue it is about; `none` where none was found.
    pub issue: At<OneOrMany>,
    /// The customer's mood: `angry`, `sad` …
    pub tone: At<OneOrMany>,
    /// The sort of customer: `meek`, `chronic` …
    pub customer: At<OneOrMany>,
    /// What they ask for: `refund`, `replacement` …
    pub want: At<OneOrMany>,
    /// The risk it carries: `safety`, `legal` …
    pub risk: At<OneOrMany>,
    /// How it came: `email`, `chat`, `social`, `review`, `letter` or `sms`.
    pub channel: At<OneOrMany>,
    /// The sort of thing it is about, as named under `things`.
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
    /// How strongly they blame you, at least: 1 to 4.
    pub reproach: At<u32>,
    /// Whether the policy says that it is your fault.
    pub ours: At<OneOrMany>,
    /// Whether a sentence before has told what went wrong.
    pub restated: At<OneOrMany>,
    /// What the reply is for: `first`, `holding`, `resolved`, `follow-up`, `decline` or `cancelled`.
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
