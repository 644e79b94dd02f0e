//! The checked phrasebook: immutable, and read by every later stage.

mod check;
pub mod ledger;
pub mod compiled;
pub mod diagnostic;
pub mod facts;
pub mod fmt;
pub mod overlay;
mod raw;
mod schema;
pub mod show;
pub mod thresholds;
pub mod weights;
pub mod word_lists;
mod wording;
pub mod yaml;

use crate::yaml::At;
use amends_language::index::Index;
use amends_language::packed::{Dictionary, Items, Later, Quote, Table, Text};
use amends_language::phrase::Row;
use amends_language::words::Lexicon;
pub use check::{STRUCTURAL, fingerprint, tera_fault};
use diagnostic::{Diagnostic, Severity, Sources};
use jiff::civil::Date;
use overlay::Merged;
pub use schema::SCHEMA;
use serde::{Deserialize, Serialize};
use std::ops::Range;
use std::sync::LazyLock;
pub use wording::{About, Glance, When, Wording, Wordings};

/// A small phrasebook to start from.
pub const STARTER: &str = include_str!("starter.yaml");

/// Ids of the fixed tables; issues are defined by the phrasebook.
pub const TONES: &[&str] =
    &["calm", "frustrated", "angry", "abusive", "disappointed", "anxious", "sad", "sarcastic"];
pub const KINDS: &[&str] = &["complaint", "request", "question", "praise", "machine", "other"];
/// As a condition: what reads like praise, but not surely.
pub const DOUBTFUL: &str = "doubtful";
/// What a weak phrase counts.
pub const WEAK: f32 = 1.0;
pub const CUSTOMERS: &[&str] = &["meek", "aggressive", "high_roller", "chronic", "barnacle", "none"];
pub const WANTS: &[&str] = &[
    "refund",
    "replacement",
    "repair",
    "cancellation",
    "compensation",
    "explanation",
    "apology",
    "callback",
    "delivery",
    "correction",
    "information",
    "none",
];
/// How customers ask to be treated.
pub const WISHES: &[&str] = &[
    "email_only",
    "letter_only",
    "phone_only",
    "no_phone",
    "no_form",
    "no_voucher",
    "not_before",
    "not_person",
    "private",
    "no_reply",
    "no_visit",
    "no_resend",
];
/// The place of an id among those of a table.
pub fn place(ids: &[&str], id: &str) -> Option<usize> {
    ids.iter().position(|known| *known == id)
}

pub const RISKS: &[&str] = &[
    "legal",
    "safety",
    "press",
    "regulator",
    "discrimination",
    "self_harm",
    "fraud",
    "chargeback",
    "vulnerable",
    "data_breach",
];
pub const CUES: &[&str] = &[
    "negation",
    "hypothetical",
    "condition",
    "policy",
    "resolved",
    "elsewhere",
    "contact",
    "reported",
    "background",
    "contrast",
    "hardship",
    "in_passing",
];
/// What a sentence of a reply can do, as the lint rules see it.
pub const REPLY: &[&str] = &["apology", "feeling", "request", "step", "no_step", "done", "mine", "dated"];
/// What a reply is for, at each stage of a case.
pub const STAGES: &[&str] = &["first", "holding", "resolved", "follow-up", "decline", "cancelled"];
/// The moves a reply is made of, in the order a plan may use them, and whether each must always have
/// something to say; the others may be silent, so all their wordings may be conditional.
const MOVE_TABLE: &[(&str, bool)] = &[
    ("subject", true),
    ("greet", true),
    ("thanks", false),
    ("restate", true),
    ("described", false),
    ("quoted", false),
    ("also", false),
    ("sorry", true),
    ("own", false),
    ("feel", false),
    ("care", false),
    ("limit", false),
    ("safety", false),
    ("lead", false),
    ("answer", false),
    ("step", true),
    ("aside", false),
    ("passed_on", false),
    ("wish", false),
    ("request", false),
    ("forbid", false),
    ("query", false),
    ("taken_up", false),
    ("line", false),
    ("either", false),
    ("again", false),
    ("rest", false),
    ("obey", false),
    ("news", false),
    ("outcome", false),
    ("reason", false),
    ("alternative", false),
    ("follow_up", true),
    ("verify", false),
    ("open", true),
    ("ask", true),
    ("choice", false),
    ("call", false),
    ("secret", false),
    ("contact", false),
    ("route", true),
    ("close", true),
    ("sign", true),
];

/// The names of the moves.
pub const MOVES: &[&str] = &{
    let mut names = [""; MOVE_TABLE.len()];
    let mut i = 0;
    while i < names.len() {
        names[i] = MOVE_TABLE[i].0;
        i += 1;
    }
    names
};

/// Moves that must always have something to say.
pub fn required_moves() -> impl Iterator<Item = &'static str> {
    MOVE_TABLE.iter().filter(|(_, required)| *required).map(|(name, _)| *name)
}

/// The entry of `senders` that speaks for a customer, against all others.
pub const CUSTOMER: &str = "customer";

/// The table entry a rule belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Owner {
    Issue(u16),
    Kind(u16),
    Tone(u16),
    Customer(u16),
    Want(u16),
    Risk(u16),
    Hold(u16),
    /// Names a hold only where something beside it does.
    Sign(u16),
    Beside(u16),
    Sender(u16),
    Wish(u16),
    /// 1 no explicit reproach … 4 blame.
    Reproach(u8),
    /// 1 whenever … 4 today.
    Urgency(u8),
    Cue(u16),
    Thing(u16),
    /// Cancels rule number N in the same sentence.
    Unless(u32),
    Lint(u16),
    Reply(u16),
}

impl Owner {
    /// Whether it is matched against replies, not messages.
    pub fn of_replies(self) -> bool {
        matches!(self, Self::Lint(_) | Self::Reply(_))
    }
}

/// Where a phrase is matched.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Scope {
    Anywhere,
    Subject,
    /// Only in questions.
    Question,
}

/// One phrase of the phrasebook.
#[derive(Debug, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct Rule {
    pub owner: Owner,
    /// As written; shown as evidence.
    pub text: Quote,
    pub weight: f32,
    pub scope: Scope,
    /// The phrase itself is negative, so a "not" inside it doesn't negate it.
    pub negative: bool,
    /// Index of its group in [`Phrasebook::groups`].
    pub group: Option<u16>,
    /// Source range of its entry; unknown in the built-in phrasebook.
    #[serde(skip)]
    pub at: Range<usize>,
}

impl Rule {
    /// Adds an aspect to what other phrases find, but finds nothing itself.
    pub fn describes(&self) -> bool {
        self.group.is_some() && self.weight == 0.0
    }
}

#[derive(Debug, Serialize, Deserialize)]
pub struct Company {
    pub name: String,
    pub agent: String,
    pub email: String,
    /// Our other addresses; `@domain` covers a whole domain.
    pub addresses: Vec<String>,
    pub phone: String,
    pub hours: String,
    pub values: Vec<String>,
    pub locale: String,
    /// The most an agent may grant alone; 0 for no limit.
    pub limit: u32,
    /// 1 Monday … 7 Sunday.
    pub weekend: Vec<i8>,
    pub holidays: Vec<Date>,
}

#[derive(Debug, Serialize, Deserialize)]
pub struct Issue {
    pub id: String,
    /// Source range.
    #[serde(skip)]
    pub at: Range<usize>,
    /// Has wordings of its own.
    #[serde(skip)]
    pub says: bool,
    /// As shown to the agent.
    pub name: String,
    /// What we apologise for: "the delay".
    pub trouble: String,
    /// A fact needed to act at all: `order`, or empty.
    pub needs: String,
    /// The risk this issue poses, or empty: if set, a person takes over.
    pub risk: String,
    pub policy: Policy,
    /// Issues that go without saying where this one is: what is lost is late.
    pub implies: Vec<String>,
    #[serde(skip)]
    pub hit: Vec<At<String>>,
    #[serde(skip)]
    pub miss: Vec<At<String>>,
}

#[derive(Debug, Serialize, Deserialize)]
pub struct Policy {
    /// We are clearly at fault for this issue.
    pub ours: bool,
    /// Working days until we write.
    pub days: u32,
    pub owner: String,
    /// What the agent must do; listed with the promises.
    pub todo: String,
    /// Wants the agent may grant alone.
    pub offer: Vec<String>,
    /// Wants that need a manager's approval.
    pub approval: Vec<String>,
    /// Wants that are declined, with a reason and an alternative.
    pub decline: Vec<String>,
    /// Wants that the issue's own step answers.
    pub covers: Vec<String>,
    pub root_cause: String,
    /// The name under which it is counted apart from real failures, or empty.
    pub apart: String,
    /// The company's value that allows what is granted, or empty.
    pub value: String,
}

impl Issue {
    /// Whether its own step answers a want.
    pub fn covers(&self, want: &str) -> bool {
        self.policy.covers.iter().any(|covered| covered == want)
    }
}

#[derive(Debug, Serialize, Deserialize)]
pub struct Risk {
    pub id: String,
    pub name: String,
    pub to: String,
    /// The agent's first step, or empty.
    pub first: String,
}

/// What a person must take over, and what they do first.
#[derive(Debug, Serialize, Deserialize)]
pub struct HoldCase {
    pub id: String,
    /// The reason, as the agent reads it.
    pub name: String,
    pub to: String,
    /// The agent's first step.
    pub first: String,
    /// What the reply tells the customer to do first, or empty.
    pub say: String,
    /// The risk it carries, or empty.
    pub risk: String,
    /// Whether the reply promises word today.
    pub today: bool,
    /// Whether `say` opens the reply.
    pub opens: bool,
    /// Whether the reply tells them nothing to do first.
    pub quiet: bool,
    /// How likely learned weights must find it, at least, that a person must take over a letter.
    pub chance: f32,
}

/// Those who write but are no customers.
#[derive(Debug, Serialize, Deserialize)]
pub struct Sender {
    pub id: String,
    /// Why they get no draft, as the agent reads it.
    pub why: String,
    /// The line that tells them where their message went; if empty, they get no draft.
    pub route: String,
}

/// Examples of an entry that has no other settings; for tests.
#[derive(Debug)]
pub struct Examples {
    pub owner: Owner,
    pub hit: Vec<At<String>>,
    pub miss: Vec<At<String>>,
}

/// A message and its expected outcome; anything empty or `None` isn't checked.
#[derive(Debug)]
pub struct Case {
    pub at: Range<usize>,
    pub name: String,
    pub message: String,
    pub subject: String,
    pub channel: String,
    pub today: Option<Date>,
    pub stage: &'static str,
    pub kind: String,
    pub issues: Option<Vec<String>>,
    pub tone: String,
    pub customer: String,
    pub wants: Option<Vec<String>>,
    pub risks: Option<Vec<String>>,
    pub says: Vec<String>,
    pub never: Vec<String>,
    pub hold: Option<bool>,
}

/// Phrases that mean the same thing: "nobody answers the phone".
#[derive(Debug, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct Group {
    /// `poor_service/no-answer`.
    pub id: Text,
    /// Some wording refers to it, as an aspect of a problem or of praise.
    pub is_aspect: bool,
    /// What we apologise for, if different from the issue's.
    pub trouble: Text,
    /// Overrides the policy's answer to this want, or empty.
    pub answer: Text,
}

#[derive(Debug, Serialize, Deserialize)]
pub struct LintRule {
    pub id: String,
    /// `None` if switched off.
    pub severity: Option<Severity>,
    pub message: String,
    pub why: String,
    pub instead: String,
    /// The principle behind it.
    pub source: String,
    /// Why it was switched off or reweighted.
    pub reason: String,
    /// Something that breaks it.
    pub example: String,
}

/// A language other than the phrasebook's.
#[derive(Debug, Serialize, Deserialize)]
pub struct Language {
    pub id: String,
    pub name: String,
}

/// Lower-case function words, each with its languages.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct FunctionWords {
    /// Word → where its languages begin.
    words: Dictionary,
    /// Indexes in [`Phrasebook::languages`]; each word's run ends with [`FunctionWords::END`].
    languages: Table<u32>,
}

impl FunctionWords {
    const END: u32 = u32::MAX;

    /// Indexes of the languages in which `word` is a function word.
    pub fn languages(&self, word: &str) -> impl Iterator<Item = usize> + '_ {
        let from = self.words.get(word).map_or(self.languages.len(), |from| from as usize);
        let all = self.languages.range(from..self.languages.len());
        all.take_while(|n| *n != Self::END).map(|n| n as usize)
    }
}

impl FromIterator<(String, Vec<u32>)> for FunctionWords {
    fn from_iter<I: IntoIterator<Item = (String, Vec<u32>)>>(words: I) -> Self {
        let mut all = Self::default();
        for (word, languages) in words {
            all.words.insert(&word, all.languages.len() as u32);
            all.languages.extend(languages.into_iter().chain([Self::END]));
        }
        all
    }
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct Phrasebook {
    /// The language it is written in.
    pub language: String,
    pub languages: Vec<Language>,
    pub function_words: FunctionWords,
    pub company: Company,
    /// What is recorded of every draft, if anything.
    pub ledger: Option<ledger::Ledger>,
    pub issues: Vec<Issue>,
    pub groups: Vec<Group>,
    pub risks: Vec<Risk>,
    pub holds: Vec<HoldCase>,
    pub senders: Vec<Sender>,
    pub things: Vec<String>,
    pub lint: Later<Vec<LintRule>>,
    /// Examples and cases are only for tests, so they aren't stored in the binary.
    #[serde(skip)]
    pub examples: Vec<Examples>,
    #[serde(skip)]
    pub cases: Vec<Case>,
    /// Indexed as in [`MOVES`].
    moves: Vec<Later<Wordings>>,
    pub rules: Items<Rule>,
    pub lexicon: Lexicon,
    pub thresholds: thresholds::Thresholds,
    pub weights: weights::Weights,
    pub words: word_lists::WordLists,
    /// What is looked for in messages.
    pub index: Index,
    /// Phrases to find in replies.
    pub reply_index: Index,
    pub fingerprint: u64,
}

/// A phrasebook that couldn't be loaded, with everything wrong with it.
pub struct Rejected {
    pub path: String,
    pub sources: Sources,
    pub diagnostics: Vec<Diagnostic>,
}

impl Rejected {
    /// The errors as text, with excerpts and a count.
    pub fn text(&self, color: bool) -> String {
        let n = self.diagnostics.len();
        let faults = diagnostic::render(&self.sources, &self.diagnostics, color);
        let s = if n == 1 { "" } else { "s" };
        format!("{faults}the phrasebook {} has {n} error{s}; nothing was drafted", self.path)
    }
}

impl std::fmt::Display for Rejected {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.text(false))
    }
}

impl std::fmt::Debug for Rejected {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        std::fmt::Display::fmt(self, f)
    }
}

impl std::error::Error for Rejected {}

impl Phrasebook {
    /// Parses and checks a self-contained phrasebook; `path` names it in errors.
    pub fn parse(path: &str, source: &str) -> Result<Self, Rejected> {
        Self::load(path, source, &mut |_, name| Err(format!("{name} can't be read from here")))
    }

    /// The same, for one that may include or extend other files, loaded by `fetch`.
    pub fn load(path: &str, source: &str, fetch: &mut overlay::Fetch<'_>) -> Result<Self, Rejected> {
        match check::check(Merged::gather(path, source, fetch)) {
            (Some(book), _, faults) if faults.is_empty() => Ok(book),
            (_, sources, diagnostics) => Err(Rejected { path: path.to_owned(), sources, diagnostics }),
        }
    }

    /// The phrasebook, as far as it could be read, with its sources and diagnostics.
    pub fn examine(merged: Merged) -> (Option<Self>, Sources, Vec<Diagnostic>) {
        check::check(merged)
    }

    /// The wordings of a move, in file order.
    pub fn wordings(&self, name: &str) -> &Wordings {
        static NONE: LazyLock<Wordings> = LazyLock::new(Wordings::default);
        MOVES.iter().position(|m| *m == name).map_or(&NONE, |i| &self.moves[i])
    }

    /// A language's name, "German", or a stock phrase if unknown.
    pub fn language_name(&self, id: &str) -> String {
        let named = self.languages.iter().find(|l| l.id == id).map(|l| l.name.clone());
        named.unwrap_or_else(|| "a language this phrasebook does not know".into())
    }

    pub fn issue(&self, id: &str) -> Option<&Issue> {
        self.issues.iter().find(|i| i.id == id)
    }

    /// The places of a rule's phrase; `None` for a regular expression.
    pub fn row(&self, rule: u32) -> Option<Row> {
        self.index.row(rule).or_else(|| self.reply_index.row(rule))
    }

    /// The aspect a rule indicates, as an index in [`Phrasebook::groups`].
    pub fn aspect(&self, rule: &Rule) -> Option<u16> {
        rule.group.filter(|group| self.groups[usize::from(*group)].is_aspect)
    }

    /// `late_delivery/not-arrived`: its group, or its table and first words.
    pub fn rule_name(&self, rule: &Rule) -> String {
        if let Some(group) = rule.group {
            return self.groups[usize::from(group)].id.to_string();
        }
        let owner = match rule.owner {
            Owner::Issue(n) => self.issues[n as usize].id.as_str(),
            Owner::Kind(n) => KINDS[n as usize],
            Owner::Tone(n) => TONES[n as usize],
            Owner::Customer(n) => CUSTOMERS[n as usize],
            Owner::Want(n) => WANTS[n as usize],
            Owner::Risk(n) => self.risks[n as usize].id.as_str(),
            Owner::Hold(n) | Owner::Sign(n) | Owner::Beside(n) => self.holds[n as usize].id.as_str(),
            Owner::Sender(n) => self.senders[n as usize].id.as_str(),
            Owner::Wish(n) => WISHES[n as usize],
            Owner::Reproach(_) => "reproach",
            Owner::Urgency(_) => "urgency",
            Owner::Cue(n) => CUES[n as usize],
            Owner::Thing(n) => self.things[n as usize].as_str(),
            Owner::Unless(_) => "unless",
            Owner::Lint(n) => self.lint[n as usize].id.as_str(),
            Owner::Reply(n) => REPLY[n as usize],
        };
        let mut name = String::with_capacity(owner.len() + 32);
        name.push_str(owner);
        name.push('/');
        let words = rule.text.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty());
        for (n, word) in words.take(4).enumerate() {
            if n > 0 {
                name.push('-');
            }
            name.push_str(word);
        }
        name
    }
}
