//! How a move may be said, and when.

use amends_language::packed::{Items, Numbers, Plain, Table, Text, wide};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::OnceLock;

/// What a wording's condition is about.
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
    Answer,
}

impl About {
    /// As a phrasebook names it.
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
            Self::Answer => "answer",
        }
    }
}

/// Conditions of a wording.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct When {
    /// Of each of these one must be so.
    pub one_of: Vec<(About, Vec<Text>)>,
    pub ours: Option<bool>,
    pub restated: Option<bool>,
    pub points: u32,
    pub words: u32,
    pub reproach: u32,
}

impl When {
    /// Asks for nothing: the wording can always be said.
    pub fn is_empty(&self) -> bool {
        self.one_of.is_empty()
            && self.ours.is_none()
            && self.restated.is_none()
            && self.points == 0
            && self.words == 0
            && self.reproach == 0
    }

    /// What it asks for of one sort: empty where it asks for nothing.
    pub fn asks(&self, about: About) -> &[Text] {
        self.one_of.iter().find(|(a, _)| *a == about).map_or(&[], |(_, ids)| ids)
    }
}

/// The wordings of a move, in the order of the file.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct Wordings {
    /// What tells of most that they can't be said, without reading them back.
    glances: Table<Glance>,
    all: Items<Wording>,
}

impl Wordings {
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = &Wording> + ExactSizeIterator {
        self.all.iter()
    }

    /// All that can be said where so much is so and known, and hardly any other.
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

/// Conditions and facts as bits: what a wording asks for, or what is so.
#[derive(Debug, Clone, Copy)]
pub struct Glance {
    /// Of each of these a bit must be set; of what is so, all are the same.
    so: [u64; 3],
    known: u64,
}

impl Glance {
    /// What is so, as bits of [`Glance::so`], and which facts are known, as bits of [`Glance::fact`].
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

/// One of 64 bits for a word; the same on every machine, as what one stores another reads.
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
    /// Facts it can't be said without.
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

    /// What it leaves for the agent to write, in square brackets.
    pub fn holes(&self) -> Vec<String> {
        let brackets = self.text.split('[').skip(1).filter_map(|rest| rest.split_once(']'));
        brackets.map(|(hole, _)| hole.to_owned()).collect()
    }

    /// The wording with its facts put in.
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

/// A text whose facts are put in, where `{{ name }}` is all there is to fill in and every name is
/// known, as in nearly all wordings. Tera would say the same, and takes a tenth of a draft's time.
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
