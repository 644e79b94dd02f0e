//! Weights learned from labelled messages: how much a word or word pair speaks for each class, what the
//! place of a clause among the others says of its role, and how words and phrases are blended into one
//! decision.
//!
//! In the phrasebook a class is a block of lines, `nobody came 1.62`; [`ALWAYS`] is counted once in any
//! text. An overlay's lines are added, and a later line replaces an earlier one; 0 takes a word out.

mod adapt;

use crate::{CUSTOMERS, KINDS, RISKS, TONES, WANTS};
use amends_language::features::feature;
use amends_language::packed::{Numbers, Plain, Table, Text, number};
use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::ops::Range;

/// What a clause does in a message, as in `parts` of the record.
pub const ROLES: &[&str] = &[
    "hello",
    "trouble",
    "effect",
    "history",
    "background",
    "want",
    "condition",
    "threat",
    "question",
    "feeling",
    "praise",
    "hedge",
    "bye",
];
/// Counted once in every text.
pub const ALWAYS: &str = "(always)";
/// The class of a clause that tells no issue, wish or risk.
pub const NONE: &str = "none";
/// Where a clause stands among the others of its message.
pub const PLACES: &[&str] = &[
    "first",
    "second",
    "third",
    "last",
    "last_but_one",
    "last_but_two",
    "place",
    "place_squared",
    "clauses",
    "one_of",
    "begins_line",
    "ends_line",
];

/// What decides the role of a clause: how likely each role is by its words (as a logarithm, and as it is),
/// by those of the clauses before and after it, and in the message as a whole; the kind of the message;
/// and its place.
pub fn context() -> Vec<String> {
    let each = |names: &[&str], of: &str| names.iter().map(|name| format!("{of}_{name}")).collect::<Vec<_>>();
    let of_roles = ["log", "own", "before", "after", "all"].map(|of| each(ROLES, of)).concat();
    let places = PLACES.iter().map(|place| (*place).to_owned()).collect();
    [vec![ALWAYS.to_owned()], of_roles, each(KINDS, "kind"), places].concat()
}

/// What is decided from the words of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Model {
    /// Of a clause.
    Role,
    Want,
    Risk,
    /// Of a whole message.
    Kind,
    Tone,
    Customer,
    Hold,
    /// Each want by itself: in the clauses that ask, and in the whole message.
    Asked,
    Wish,
    /// Whether a noun phrase is what the message is about.
    About,
    /// What a sentence is to a reply, each by itself.
    Sentence,
    /// Of a clause; last, since the classes are the phrasebook's own.
    Issue,
    /// The issue of a whole message.
    Matter,
}

impl Model {
    pub const ALL: [Self; 13] = [
        Self::Role,
        Self::Want,
        Self::Risk,
        Self::Kind,
        Self::Tone,
        Self::Customer,
        Self::Hold,
        Self::Asked,
        Self::Wish,
        Self::About,
        Self::Sentence,
        Self::Issue,
        Self::Matter,
    ];

    /// Its name in the phrasebook.
    pub fn name(self) -> &'static str {
        match self {
            Self::Role => "roles",
            Self::Want => "wants",
            Self::Risk => "risks",
            Self::Kind => "kinds",
            Self::Tone => "tones",
            Self::Customer => "customers",
            Self::Hold => "hold",
            Self::Asked => "asked",
            Self::Wish => "wishes",
            Self::About => "nouns",
            Self::Sentence => "sentences",
            Self::Issue => "issues",
            Self::Matter => "matters",
        }
    }

    /// Its classes, without the issues, in the order of their sums.
    pub fn classes(self) -> Vec<&'static str> {
        match self {
            Self::Role => ROLES.to_vec(),
            Self::Want => WANTS.to_vec(),
            Self::Risk => [&[NONE], RISKS].concat(),
            Self::Kind => KINDS.to_vec(),
            Self::Tone => TONES.to_vec(),
            Self::Customer => CUSTOMERS.to_vec(),
            Self::Hold => vec!["hold"],
            Self::About => vec!["about"],
            Self::Sentence => TO_A_REPLY.to_vec(),
            Self::Asked | Self::Wish => WANTS.iter().copied().filter(|want| *want != NONE).collect(),
            Self::Issue | Self::Matter => vec![NONE],
        }
    }

    /// How many those are.
    fn fixed(self) -> usize {
        match self {
            Self::Role => ROLES.len(),
            Self::Want => WANTS.len(),
            Self::Risk => 1 + RISKS.len(),
            Self::Kind => KINDS.len(),
            Self::Tone => TONES.len(),
            Self::Customer => CUSTOMERS.len(),
            Self::Asked | Self::Wish => WANTS.len() - 1,
            Self::Sentence => TO_A_REPLY.len(),
            Self::Hold | Self::About | Self::Issue | Self::Matter => 1,
        }
    }

    /// Whether the phrasebook's issues are classes, too, after its own.
    pub fn has_issues(self) -> bool {
        matches!(self, Self::Issue | Self::Matter)
    }

    /// Whether any number of its classes may be right.
    pub fn yes_or_no(self) -> bool {
        matches!(self, Self::Asked | Self::Wish | Self::Sentence)
    }

    /// Whether a clause has one of its classes, not a message.
    pub fn of_clauses(self) -> bool {
        matches!(self, Self::Role | Self::Want | Self::Risk | Self::Issue)
    }

    /// Whether a whole message has one of its classes.
    pub fn of_messages(self) -> bool {
        !self.of_clauses() && !matches!(self, Self::About | Self::Sentence)
    }
}

/// What a sentence can be to a reply: what went wrong told best, what went wrong, what is never told back, an ask.
pub const TO_A_REPLY: &[&str] = &["best", "core", "never", "ask"];

/// What a decision is blended from: its name, and the signals it weighs.
pub const BLENDS: &[(&str, &[&str])] = &[
    (
        "issue",
        &[
            ALWAYS,
            "words",
            "share",
            "matter",
            "top_clause",
            "rival_words",
            "rival_matter",
            "phrases",
            "rival_phrases",
            "no_phrases",
            "brief",
            "brief_words",
            "brief_phrases",
            "first_by_words",
            "first_by_phrases",
        ],
    ),
    ("kind", &[ALWAYS, "words", "rules", "brief_words", "brief_rules"]),
    ("complaint", CLAUSES),
    ("request", CLAUSES),
    ("question", CLAUSES),
    ("praise", CLAUSES),
    ("other", CLAUSES),
    (
        "want",
        &[
            "asked",
            "wish",
            "words",
            "share",
            "top_clause",
            "phrases",
            "complaint",
            "request",
            "question",
            "asked_of",
            "information_questions",
            "correction_complaint",
        ],
    ),
    // Each want by itself.
    ("asks_for", WANTS),
    ("tone", &["words", "phrases", "rules", "brief_words", "brief_phrases"]),
    ("customer", &["words", "phrases", "rules"]),
    ("risk", &[ALWAYS, "words", "top_clause", "phrases"]),
    ("hold", &[ALWAYS, "words", "phrases", "complaint"]),
    ("held_for", RISKS),
    ("best", SENTENCES),
    ("core", SENTENCES),
    ("fit", SENTENCES),
    ("ask", SENTENCES),
];

/// What the clauses of a message say of its kind: how many of each role there are, as a logarithm and as a
/// share, and how sure the surest one is.
const CLAUSES: &[&str] = &[
    ALWAYS,
    "clauses",
    "issue",
    "phrases",
    "hello",
    "trouble",
    "effect",
    "history",
    "background",
    "want",
    "condition",
    "threat",
    "question",
    "feeling",
    "praise",
    "hedge",
    "bye",
    "share_of_hello",
    "share_of_trouble",
    "share_of_effect",
    "share_of_history",
    "share_of_background",
    "share_of_want",
    "share_of_condition",
    "share_of_threat",
    "share_of_question",
    "share_of_feeling",
    "share_of_praise",
    "share_of_hedge",
    "share_of_bye",
    "surest_hello",
    "surest_trouble",
    "surest_effect",
    "surest_history",
    "surest_background",
    "surest_want",
    "surest_condition",
    "surest_threat",
    "surest_question",
    "surest_feeling",
    "surest_praise",
    "surest_hedge",
    "surest_bye",
];

/// What says of a sentence whether a reply tells it back, and whether it asks: how likely each role is on the
/// average of its clauses, of the sentence before and of the one after; its place, its length, what is in it;
/// what its words say of it; and how much of the subject line it takes up.
const SENTENCES: &[&str] = &[
    ALWAYS,
    "own_hello",
    "own_trouble",
    "own_effect",
    "own_history",
    "own_background",
    "own_want",
    "own_condition",
    "own_threat",
    "own_question",
    "own_feeling",
    "own_praise",
    "own_hedge",
    "own_bye",
    "before_hello",
    "before_trouble",
    "before_effect",
    "before_history",
    "before_background",
    "before_want",
    "before_condition",
    "before_threat",
    "before_question",
    "before_feeling",
    "before_praise",
    "before_hedge",
    "before_bye",
    "after_hello",
    "after_trouble",
    "after_effect",
    "after_history",
    "after_background",
    "after_want",
    "after_condition",
    "after_threat",
    "after_question",
    "after_feeling",
    "after_praise",
    "after_hedge",
    "after_bye",
    "tells_issue",
    "facts",
    "has_fact",
    "place",
    "place_squared",
    "first",
    "second",
    "last",
    "words",
    "short",
    "long",
    "sentences",
    "question_mark",
    "exclamation_mark",
    "ours",
    "theirs",
    "denies",
    "number",
    "quoted",
    "imperative",
    "wishes",
    "words_best",
    "words_core",
    "words_never",
    "words_ask",
    "in_subject",
    "of_subject",
];

/// The weights of a phrasebook, ready for look-up.
#[derive(Debug, Default, Clone, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct Weights {
    /// The issues that weights are given for, in the order of their sums.
    pub issues: Vec<Text>,
    /// Of every class.
    always: Vec<f32>,
    /// Open addressing: a feature's key, and its row of [`Entry`]s; key 0 is free.
    slots: Table<Slot>,
    entries: Table<Entry>,
    /// [`context`] by [`ROLES`]; empty if roles are decided by words alone.
    context: Vec<f32>,
    /// As in [`BLENDS`].
    blends: Vec<Vec<f32>>,
}

#[derive(Debug, Clone, Copy)]
struct Slot {
    key: u32,
    first: u32,
    count: u32,
}

impl Plain for Slot {
    const NUMBERS: usize = 2;

    fn put(&self, out: &mut Numbers<'_>) {
        out.put(self.key);
        out.put(self.first << 8 | self.count);
    }

    fn take(row: &[u8]) -> Self {
        let place = number(row, 1);
        Self { key: number(row, 0), first: place >> 8, count: place & 0xff }
    }
}

/// What a feature adds to a class, in hundredths.
#[derive(Debug, Clone, Copy)]
struct Entry {
    class: u16,
    hundredths: i16,
}

impl Plain for Entry {
    const NUMBERS: usize = 1;

    fn put(&self, out: &mut Numbers<'_>) {
        out.put(u32::from(self.class) << 16 | u32::from(self.hundredths as u16));
    }

    fn take(row: &[u8]) -> Self {
        let half = |n: usize| row[n..].first_chunk().copied().unwrap_or_default();
        Self { class: u16::from_le_bytes(half(2)), hundredths: i16::from_le_bytes(half(0)) }
    }
}

impl Weights {
    /// Where a model's sums stand among those of all classes.
    pub fn range(&self, model: Model) -> Range<usize> {
        range(model, self.issues.len())
    }

    pub fn is_empty(&self) -> bool {
        self.slots.is_empty()
    }

    /// The sums of a text without a word.
    pub fn start(&self) -> Vec<f32> {
        self.always.clone()
    }

    /// The weight of a feature, as it is written, for a class of a model.
    pub fn of(&self, model: Model, class: usize, what: &str) -> f32 {
        let n = self.range(model).start + class;
        if what == ALWAYS {
            return self.always.get(n).copied().unwrap_or(0.0);
        }
        let mut sums = vec![0.0; self.always.len()];
        self.add(feature(what), &mut sums);
        sums.get(n).copied().unwrap_or(0.0)
    }

    /// Adds what a feature says to the sums.
    pub fn add(&self, key: u32, sums: &mut [f32]) {
        let Some(mask) = self.slots.len().checked_sub(1) else { return };
        let mut at = spread(key) & mask;
        loop {
            let slot = self.slots.get(at);
            if slot.key == key && slot.count > 0 {
                let rows = slot.first as usize..(slot.first + slot.count) as usize;
                for entry in self.entries.rows::<4>()[rows].iter().map(|row| Entry::take(row)) {
                    sums[usize::from(entry.class)] += f32::from(entry.hundredths) * 0.01;
                }
                return;
            }
            if slot.count == 0 {
                return;
            }
            at = (at + 1) & mask;
        }
    }

    /// The sum of each role by what stands around a clause, in the order of [`context`]; `None` if nothing
    /// is known of that.
    #[inline(never)] // On its own, four sums are done at a time.
    pub fn role(&self, signals: &[f32]) -> Option<[f32; ROLES.len()]> {
        let mut sums = [0.0; ROLES.len()];
        for (weights, signal) in self.context.as_chunks::<{ ROLES.len() }>().0.iter().zip(signals) {
            if *signal != 0.0 {
                sums = std::array::from_fn(|role| sums[role] + weights[role] * signal);
            }
        }
        (!self.context.is_empty()).then_some(sums)
    }

    /// The sum of a blend's signals, in the order of [`BLENDS`].
    pub fn blend(&self, name: &str, signals: &[f32]) -> f32 {
        let n = BLENDS.iter().position(|(known, _)| *known == name);
        let weights = n.and_then(|n| self.blends.get(n)).map_or(&[][..], |weights| weights);
        weights.iter().zip(signals).map(|(weight, signal)| weight * signal).sum()
    }
}

fn range(model: Model, issues: usize) -> Range<usize> {
    let size = |model: &Model| model.fixed() + if model.has_issues() { issues } else { 0 };
    let first = Model::ALL.iter().take_while(|m| **m != model).map(size).sum();
    first..first + size(&model)
}

fn spread(key: u32) -> usize {
    (key.wrapping_mul(0x85eb_ca6b) >> 7) as usize
}

/// Lines of a class: what is weighed, and how much.
type Lines = FxHashMap<String, f32>;

/// Weights as they are written, by table and class.
#[derive(Debug, Default, Clone, PartialEq)]
pub struct Written(pub BTreeMap<String, BTreeMap<String, Lines>>);

impl Written {
    /// Reads the lines of one class; the errors are of lines that can't be read.
    pub fn add(&mut self, table: &str, class: &str, block: &str) -> Vec<String> {
        let mut faults = Vec::new();
        let lines = self.0.entry(table.to_owned()).or_default().entry(class.to_owned()).or_default();
        for line in block.lines().map(str::trim).filter(|line| !line.is_empty()) {
            match line.rsplit_once(' ').and_then(|(what, weight)| Some((what.trim(), weight.parse().ok()?))) {
                Some((what, weight)) if f32::abs(weight) <= 300.0 => {
                    lines.insert(what.to_owned(), weight);
                }
                _ => faults.push(line.to_owned()),
            }
        }
        faults
    }

    /// The tables, and the classes each may have; the issues are the phrasebook's own.
    pub fn known(table: &str, issues: &[String]) -> Option<Vec<String>> {
        let owned = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
        match table {
            "context" => Some(owned(ROLES)),
            "blend" => Some(BLENDS.iter().map(|(name, _)| (*name).to_owned()).collect()),
            _ => {
                let model = Model::ALL.into_iter().find(|model| model.name() == table)?;
                let own = if model.has_issues() { issues } else { &[] };
                Some([owned(&model.classes()), own.to_vec()].concat())
            }
        }
    }

    /// The weights ready for look-up; an issue that isn't among `issues` has none.
    pub fn ready(&self, issues: &[String]) -> Weights {
        let of = |table: &str, class: &str| self.0.get(table).and_then(|classes| classes.get(class));
        let issues: Vec<&String> = issues.iter().filter(|id| of("issues", id).is_some()).collect();
        let mut rows: Vec<(u32, Entry)> = Vec::new();
        let mut always = vec![0.0; range(Model::Matter, issues.len()).end];
        for model in Model::ALL {
            let own = issues.iter().filter(|_| model.has_issues()).map(|id| id.as_str());
            let classes = model.classes().into_iter().chain(own);
            for (n, class) in range(model, issues.len()).zip(classes) {
                for (what, weight) in of(model.name(), class).into_iter().flatten() {
                    let hundredths = (weight * 100.0).round() as i16;
                    if what == ALWAYS {
                        always[n] = f32::from(hundredths) * 0.01;
                    } else if hundredths != 0 {
                        rows.push((feature(what), Entry { class: n as u16, hundredths }));
                    }
                }
            }
        }
        rows.sort_unstable_by_key(|(key, entry)| (*key, entry.class, entry.hundredths));
        let (slots, entries) = look_up(&rows);
        let weight =
            |signal: &str, role: &str| of("context", role).and_then(|lines| lines.get(signal)).copied();
        let known = self.0.contains_key("context");
        let context = context().into_iter().filter(|_| known);
        let context = context
            .flat_map(|signal| {
                ROLES.iter().map(move |role| weight(&signal, role).unwrap_or(0.0)).collect::<Vec<_>>()
            })
            .collect();
        let weights = |(name, signals): &(&str, &[&str])| -> Vec<f32> {
            let lines = of("blend", name);
            let of_signal = |signal: &&str| lines.and_then(|lines| lines.get(*signal)).copied();
            signals.iter().map(|signal| of_signal(signal).unwrap_or(0.0)).collect()
        };
        let issues = issues.into_iter().map(|id| id.as_str().into()).collect();
        Weights { issues, always, slots, entries, context, blends: BLENDS.iter().map(weights).collect() }
    }
}

/// A hash table at most half full, from rows sorted by their key.
fn look_up(rows: &[(u32, Entry)]) -> (Table<Slot>, Table<Entry>) {
    if rows.is_empty() {
        return Default::default();
    }
    let features = rows.chunk_by(|a, b| a.0 == b.0);
    let mut slots = vec![Slot { key: 0, first: 0, count: 0 }; (features.count() * 2).next_power_of_two()];
    let mut entries = Table::default();
    for row in rows.chunk_by(|a, b| a.0 == b.0) {
        let key = row[0].0;
        let mut at = spread(key) & (slots.len() - 1);
        while slots[at].count > 0 {
            at = (at + 1) & (slots.len() - 1);
        }
        slots[at] = Slot { key, first: entries.len() as u32, count: row.len() as u32 };
        row.iter().for_each(|(_, entry)| entries.push(entry));
    }
    (slots.into_iter().collect(), entries)
}

#[cfg(test)]
mod tests {
    use super::*;
    use amends_language::features::{each_feature, tokens};

    fn written() -> Written {
        let mut written = Written::default();
        assert!(written.add("roles", "trouble", "nobody came 1.62\n(always) -0.5\n").is_empty());
        assert!(written.add("issues", "late", "came 0.3").is_empty());
        assert!(written.add("issues", "lost", "came -0.3").is_empty());
        assert!(written.add("context", "hello", "first 1").is_empty());
        assert!(written.add("blend", "issue", "words 2").is_empty());
        written
    }

    #[test]
    fn every_class_is_counted() {
        for model in Model::ALL {
            assert_eq!(model.fixed(), model.classes().len(), "{model:?}");
        }
    }

    #[test]
    fn a_text_sums_up_what_its_words_say() {
        let weights = written().ready(&["late".into(), "gone".into()]);
        let mut sums = weights.start();
        each_feature(&tokens("Nobody came."), |key| weights.add(key, &mut sums));
        let role =
            |name: &str| weights.range(Model::Role).start + ROLES.iter().position(|r| *r == name).unwrap();
        assert!((sums[role("trouble")] - 1.12).abs() < 1e-6);
        assert_eq!(&*weights.issues[0], "late");
        assert_eq!(sums.len(), weights.range(Model::Matter).end);
        assert!((sums[weights.range(Model::Issue).start + 1] - 0.3).abs() < 1e-6);
        let first = context().iter().map(|signal| f32::from(u8::from(signal == "first"))).collect::<Vec<_>>();
        assert_eq!(weights.role(&first).unwrap()[..2], [1.0, 0.0]);
        assert_eq!(Written::default().ready(&[]).role(&[1.0]), None);
        assert!((weights.blend("issue", &[1.0, 2.0]) - 4.0).abs() < 1e-6);
    }

    #[test]
    fn a_later_line_replaces_an_earlier_one_and_a_bad_one_is_named() {
        let mut written = written();
        assert_eq!(written.add("roles", "trouble", "nobody came 0\nlate"), ["late"]);
        let weights = written.ready(&[]);
        let mut sums = weights.start();
        each_feature(&tokens("Nobody came."), |key| weights.add(key, &mut sums));
        assert!((sums[1] + 0.5).abs() < 1e-6);
    }
}
