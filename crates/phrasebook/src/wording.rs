//! Ways to say a move, and when to use them.

use amends_language::packed::{Items, Numbers, Plain, Table, Text, wide};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::OnceLock;

/// What a condition tests.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum About {
    Lang,
    Risk,
    Stage,
    Aspect,
    Channel,
    Issue,
    Customer,
    Tone,
    Want,
    Thing,
    Locale,
    Kind,
    Wish,
    Answer,
}

impl About {
    /// Its name in a phrasebook.
    pub fn name(self) -> &'static str {
        match self {
            Self::Lang => "lang",
            Self::Risk => "risk",
            Self::Stage => "stage",
            Self::Aspect => "aspect",
            Self::Channel => "channel",
            Self::Issue => "issue",
            Self::Customer => "customer",
            Self::Tone => "tone",
            Self::Want => "want",
            Self::Thing => "thing",
            Self::Locale => "locale",
            Self::Kind => "kind",
            Self::Wish => "wish",
            Self::Answer => "answer",
        }
    }
}

/// A wording's conditions.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct When {
    /// For each of these, one value must match.
    pub one_of: Vec<(About, Vec<Text>)>,
    /// Wishes it would go against.
    pub unless_wish: Vec<Text>,
    pub ours: Option<bool>,
    pub restated: Option<bool>,
    pub points: u32,
    pub words: u32,
    pub reproach: u32,
}

impl When {
    /// Unconditional.
    pub fn is_empty(&self) -> bool {
        self.one_of.is_empty()
            && self.unless_wish.is_empty()
            && self.ours.is_none()
            && self.restated.is_none()
            && self.points == 0
            && self.words == 0
            && self.reproach == 0
    }

    /// The values accepted for one condition; empty if it isn't set.
    pub fn asks(&self, about: About) -> &[Text] {
        self.one_of.iter().find(|(a, _)| *a == about).map_or(&[], |(_, ids)| ids)
    }
}

/// The wordings of a move, in file order.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct Wordings {
    /// A prefilter: rules out most wordings without decoding them.
    glances: Table<Glance>,
    all: Items<Wording>,
}

impl Wordings {
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = &Wording> + ExactSizeIterator {
        self.all.iter()
    }

    /// Every wording that may apply in this situation (few false positives).
    pub fn near(&self, there: Glance) -> impl Iterator<Item = &Wording> {
        self.glances
            .iter()
            .enumerate()
            .filter(move |(_, glance)| glance.fits(there))
            .map(|(n, _)| &self.all[n])
    }
}

impl From<Vec<Wording>> for Wordings {
    fn from(all: Vec<Wording>) -> Self {
        Self { glances: all.iter().map(Glance::of).collect(), all: all.into() }
    }
}

/// Conditions and facts as bits: either what a wording needs, or what the situation offers.
#[derive(Debug, Clone, Copy)]
pub struct Glance {
    /// A wording needs one bit from each; a situation has the same bits in all three.
    so: [u64; 3],
    known: u64,
}

impl Glance {
    /// A situation, as bits of [`Glance::so`], and its known facts, as bits of [`Glance::fact`].
    pub fn at(so: u64, known: u64) -> Self {
        Self { so: [so; 3], known }
    }

    pub fn so(about: About, id: &str) -> u64 {
        bit(about as u64, id)
    }

    pub fn fact(name: &str) -> u64 {
        bit(About::Answer as u64 + 1, name)
    }

    fn of(wording: &Wording) -> Self {
        let mut so = [u64::MAX; 3];
        for (so, (about, ids)) in so.iter_mut().zip(&wording.when.one_of) {
            *so = ids.iter().fold(0, |bits, id| bits | Self::so(*about, id));
        }
        Self { so, known: wording.facts.iter().fold(0, |bits, name| bits | Self::fact(name)) }
    }

    fn fits(self, there: Self) -> bool {
        self.known & !there.known == 0 && self.so.iter().zip(there.so).all(|(asked, so)| asked & so != 0)
    }
}

impl Plain for Glance {
    const NUMBERS: usize = 8;

    fn put(&self, out: &mut Numbers<'_>) {
        self.so.into_iter().chain([self.known]).for_each(|bits| out.put_wide(bits));
    }

    fn take(row: &[u8]) -> Self {
        Self { so: [wide(row, 0), wide(row, 2), wide(row, 4)], known: wide(row, 6) }
    }
}

/// Hashes a word to one of 64 bits; the same on every machine, since the bits are stored.
fn bit(sort: u64, word: &str) -> u64 {
    let mix = |hash: u64, more: u64| (hash.rotate_left(5) ^ more).wrapping_mul(0x517c_c1b7_2722_0a95);
    let (whole, rest) = word.as_bytes().as_chunks::<8>();
    let hash =
        whole.iter().fold(mix(sort, word.len() as u64), |hash, part| mix(hash, u64::from_le_bytes(*part)));
    1 << (rest.iter().fold(hash, |hash, byte| mix(hash, u64::from(*byte))) >> 58)
}

/// One way to say a move.
#[derive(Debug, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct Wording {
    pub text: Text,
    pub when: When,
    /// Facts it needs.
    pub facts: Vec<Text>,
    pub at: Range<usize>,
    #[serde(skip)]
    compiled: OnceLock<Box<Result<tera::Tera, String>>>,
}

impl Wording {
    pub(super) fn new(text: String, when: When, at: Range<usize>) -> Self {
        let facts = facts_of(&text).into_iter().map(Text::from).collect();
        Self { text: text.into(), when, facts, at, compiled: OnceLock::new() }
    }

    /// The gaps it leaves for the agent to fill in, in square brackets.
    pub fn holes(&self) -> Vec<String> {
        let brackets = self.text.split('[').skip(1).filter_map(|rest| rest.split_once(']'));
        brackets.map(|(hole, _)| hole.to_owned()).collect()
    }

    /// The wording with its facts filled in.
    pub fn say(&self, facts: &BTreeMap<&str, String>) -> Result<String, String> {
        if let Some(said) = filled(&self.text, |name| facts.get(name).map(String::as_str)) {
            return Ok(said);
        }
        let compiled = self.compiled.get_or_init(|| {
            let mut tera = tera::Tera::new();
            let added = tera.add_raw_template("wording.txt", &self.text);
            Box::new(added.map(|()| tera).map_err(|e| e.to_string()))
        });
        let tera = compiled.as_ref().as_ref().map_err(Clone::clone)?;
        let mut context = tera::Context::new();
        for (name, value) in facts {
            context.insert((*name).to_owned(), value);
        }
        tera.render("wording.txt", &context).map_err(|e| e.to_string())
    }
}

/// Fast path: fills in a text whose only markup is `{{ name }}` with known names, as in nearly all
/// wordings. Tera would give the same result but take ten times as long.
pub(super) fn filled<'f>(text: &str, fact: impl Fn(&str) -> Option<&'f str>) -> Option<String> {
    let mut said = String::with_capacity(text.len() + 32);
    let mut rest = text;
    loop {
        let (plain, more) = rest.split_at(rest.find('{').unwrap_or(rest.len()));
        if plain.contains('}') {
            return None;
        }
        said.push_str(plain);
        if more.is_empty() {
            return Some(said);
        }
        let inside = more.strip_prefix("{{")?;
        let (name, behind) = inside.split_at(inside.find(['{', '}'])?);
        said.push_str(fact(name.trim())?);
        rest = behind.strip_prefix("}}")?;
    }
}

/// The names in `{{ name }}`.
pub(super) fn facts_of(text: &str) -> Vec<String> {
    let mut facts = Vec::new();
    for part in text.split("{{").skip(1) {
        let name: String =
            part.trim_start().chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
        if !name.is_empty() && !facts.contains(&name) {
            facts.push(name);
        }
    }
    facts
}
