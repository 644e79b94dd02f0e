//! What a message is about: which of its noun phrases names the thing, by what stands round each.

use super::learned::logistic;
use amends_language::features::{key, pair};
use amends_phrasebook::weights::{Model, Weights};
use amends_retell::{Lexicon, Noun, nouns};
use rustc_hash::FxHashMap;

/// Only nouns of so many first sentences are looked at; the matter is named by then.
const SENTENCES: usize = 14;
/// Counts above these are the same.
const MOST_OFTEN: usize = 5;
const MOST_PLACES: usize = 5;
/// Shorter words than these name nothing.
const SHORT: usize = 3;

/// A noun phrase of a message that may be what it is about.
#[derive(Debug, Clone)]
pub struct Candidate {
    pub noun: Noun,
    /// In which sentence it stands first, counted from the subject.
    place: usize,
    /// Which of the candidates it is.
    rank: usize,
    /// How often its head occurs, singular or plural.
    often: usize,
    in_subject: bool,
}

/// The noun phrases of a subject and of sentences, each head once, where it stands first.
pub fn candidates(subject: Option<&str>, sentences: &[&str]) -> Vec<Candidate> {
    let subject_words: Vec<u32> = words(subject.unwrap_or("")).collect();
    let subject = nouns(subject.unwrap_or(""));
    let all: Vec<Vec<Noun>> = sentences.iter().take(SENTENCES).map(|sentence| nouns(sentence)).collect();
    let mut often: FxHashMap<u32, usize> = FxHashMap::default();
    for word in sentences.iter().flat_map(|sentence| words(sentence)) {
        *often.entry(word).or_default() += 1;
    }
    let mut out: Vec<Candidate> = Vec::new();
    let mut heads: Vec<u32> = Vec::new();
    let of_all =
        all.into_iter().enumerate().flat_map(|(n, nouns)| nouns.into_iter().map(move |noun| (n + 1, noun)));
    // The text says it with its determiner, so it comes before the subject.
    for (place, noun) in of_all.chain(subject.into_iter().map(|noun| (0, noun))) {
        let head = one(&noun.head);
        if noun.head.chars().count() < SHORT || heads.contains(&head) {
            continue;
        }
        heads.push(head);
        let in_subject = subject_words.contains(&head);
        let often = often.get(&head).copied().unwrap_or(0);
        out.push(Candidate { noun, place, rank: out.len(), often, in_subject });
    }
    out
}

/// The words of a text by their keys.
fn words(text: &str) -> impl Iterator<Item = u32> {
    text.split(|c: char| !c.is_alphanumeric() && c != '-' && c != '\'')
        .filter(|word| !word.is_empty())
        .map(one)
}

/// The key of a word without the s of its plural, in whatever case.
fn one(word: &str) -> u32 {
    let stem = word.strip_suffix(['s', 'S']).filter(|stem| stem.len() >= SHORT).unwrap_or(word);
    match stem.bytes().any(|b| b.is_ascii_uppercase() || !b.is_ascii()) {
        true => key(&stem.to_lowercase()),
        false => key(stem),
    }
}

impl Candidate {
    /// What speaks for it, each as a name and a value.
    pub fn signals(&self, mut each: impl FnMut(&'static str, &str)) {
        let noun = &self.noun;
        let around = [
            ("determiner", &noun.determiner),
            ("verb", &noun.verb),
            ("before", &noun.before),
            ("behind", &noun.behind),
        ];
        around.into_iter().for_each(|(name, word)| each(name, if word.is_empty() { "-" } else { word }));
        each("head", &noun.head);
        let ending = noun.head.char_indices().nth_back(2).map_or(0, |(at, _)| at);
        each("ending", &noun.head[ending..]);
        each("sentence", &self.place.min(MOST_PLACES).to_string());
        each("candidate", &self.rank.min(MOST_PLACES * 2).to_string());
        each("often", &self.often.min(MOST_OFTEN).to_string());
        each("words", &noun.phrase.split(' ').count().min(MOST_OFTEN).to_string());
        let is = [
            ("in_subject", self.in_subject),
            ("name", noun.is_name),
            ("quoted", noun.is_quoted),
            ("begins", noun.is_first),
            ("digits", noun.phrase.contains(|c: char| c.is_ascii_digit())),
            ("capital", noun.phrase.starts_with(char::is_uppercase)),
        ];
        is.into_iter().filter(|(_, is)| *is).for_each(|(name, _)| each("is", name));
        for word in noun.phrase.split(' ').filter(|word| !word.eq_ignore_ascii_case(&noun.head)) {
            each("beside", &word.to_lowercase());
        }
    }

    /// How likely the message is about it.
    fn chance(&self, weights: &Weights, sums: &mut [f32]) -> f32 {
        let class = weights.range(Model::About).start;
        let before = sums[class];
        self.signals(|name, value| weights.add(pair(key(name), key(value)), sums));
        logistic(std::mem::replace(&mut sums[class], before))
    }
}

/// The thing a message is about.
#[derive(Debug, Clone, PartialEq)]
pub struct About {
    /// As it is named to the customer: "your new glasses".
    pub named: String,
    /// Its noun, in lower case.
    pub head: String,
    /// Whether it may be called "it".
    pub is_one: bool,
    /// How likely it is the right one.
    pub chance: f32,
}

impl About {
    fn of(noun: &Noun, chance: f32, lexicon: &Lexicon) -> Option<Self> {
        let is_one = !noun.head.ends_with('s') && !noun.phrase.starts_with(|c: char| c.is_ascii_digit());
        Some(Self { named: noun.named(lexicon)?, head: noun.head.clone(), is_one, chance })
    }
}

/// The things a message names, each with how likely the message is about it.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Things(Vec<(Noun, f32)>);

impl Things {
    pub fn of(weights: &Weights, subject: Option<&str>, sentences: &[&str]) -> Self {
        let mut sums = weights.start();
        let mut chance = |candidate: Candidate| {
            let chance = candidate.chance(weights, &mut sums);
            (candidate.noun, chance)
        };
        Self(candidates(subject, sentences).into_iter().map(&mut chance).collect())
    }

    /// What the message is about, if that can be named.
    pub fn about(&self, lexicon: &Lexicon) -> Option<About> {
        let (noun, chance) = self.0.iter().max_by(|a, b| a.1.total_cmp(&b.1))?;
        About::of(noun, *chance, lexicon)
    }

    /// The likeliest of the things that a part of the message names.
    pub fn within(&self, part: &str, lexicon: &Lexicon) -> Option<About> {
        let chance = |noun: &Noun| {
            let same = |known: &&(Noun, f32)| one(&known.0.head) == one(&noun.head);
            self.0.iter().find(same).map_or(0.0, |known| known.1)
        };
        let all = nouns(part).into_iter().filter_map(|noun| About::of(&noun, chance(&noun), lexicon));
        all.max_by(|a, b| a.chance.total_cmp(&b.chance))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(subject: Option<&str>, sentences: &[&str]) -> Option<About> {
        let book = crate::built_in::phrasebook().unwrap();
        Things::of(&book.weights, subject, sentences).about(&Lexicon::default())
    }

    #[test]
    fn what_they_bought_is_what_it_is_about() {
        let all = ["I bought a kettle from you in May.", "Last week the kettle began to leak at the base."];
        let about = of(None, &all).unwrap();
        assert!(about.named == "the kettle" && about.is_one && about.chance > 0.4, "{about:?}");
    }

    #[test]
    fn nothing_is_about_nothing() {
        assert_eq!(of(None, &[]), None);
    }
}
