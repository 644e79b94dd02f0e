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
    /// How often its head occurs, in one number or the other.
    often: usize,
    in_subject: bool,
}

/// The noun phrases of a subject and of sentences, each head once, where it stands first.
pub fn candidates(subject: Option<&str>, sentences: &[&str]) -> Vec<Candidate> {
    let subject = nouns(subject.unwrap_or(""));
    let all: Vec<Vec<Noun>> = sentences.iter().take(SENTENCES).map(|sentence| nouns(sentence)).collect();
    let heads: Vec<String> = subject.iter().map(|noun| one(&noun.head)).collect();
    let mut often: FxHashMap<String, usize> = FxHashMap::default();
    for sentence in sentences {
        for word in sentence.split(|c: char| !c.is_alphanumeric() && c != '-' && c != '\'') {
            *often.entry(one(&word.to_lowercase())).or_default() += 1;
        }
    }
    let mut out: Vec<Candidate> = Vec::new();
    let of_all =
        all.into_iter().enumerate().flat_map(|(n, nouns)| nouns.into_iter().map(move |noun| (n + 1, noun)));
    // The text says it with its determiner, so it comes before the subject.
    for (place, noun) in of_all.chain(subject.into_iter().map(|noun| (0, noun))) {
        let head = one(&noun.head);
        if noun.head.chars().count() < SHORT || out.iter().any(|known| one(&known.noun.head) == head) {
            continue;
        }
        let in_subject = heads.contains(&head);
        let often = often.get(&head).copied().unwrap_or(0);
        out.push(Candidate { noun, place, rank: out.len(), often, in_subject });
    }
    out
}

/// A word without the s of its plural.
fn one(word: &str) -> String {
    word.strip_suffix('s').filter(|stem| stem.len() >= SHORT).unwrap_or(word).to_owned()
}

impl Candidate {
    /// What speaks for it, each as a name and a value.
    pub fn signals(&self, mut each: impl FnMut(&'static str, &str)) {
        let noun = &self.noun;
        let or = |text: &str| if text.is_empty() { "-".to_owned() } else { text.to_owned() };
        each("determiner", &or(&noun.determiner));
        each("verb", &or(&noun.verb));
        each("before", &or(&noun.before));
        each("behind", &or(&noun.behind));
        each("head", &noun.head);
        let letters: Vec<char> = noun.head.chars().collect();
        each("ending", &letters[letters.len().saturating_sub(3)..].iter().collect::<String>());
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

/// What a message is about, as it is named to the customer, and how likely that is.
pub fn about(
    weights: &Weights,
    lexicon: &Lexicon,
    subject: Option<&str>,
    sentences: &[&str],
) -> Option<(String, f32)> {
    let all = candidates(subject, sentences);
    let mut sums = weights.start();
    let best = all.iter().map(|c| (c, c.chance(weights, &mut sums))).max_by(|a, b| a.1.total_cmp(&b.1))?;
    Some((best.0.noun.named(lexicon)?, best.1))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(subject: Option<&str>, sentences: &[&str]) -> Option<(String, f32)> {
        about(&crate::built_in::phrasebook().unwrap().weights, &Lexicon::default(), subject, sentences)
    }

    #[test]
    fn what_they_bought_is_what_it_is_about() {
        let all = ["I bought a kettle from you in May.", "Last week the kettle began to leak at the base."];
        let (named, chance) = of(None, &all).unwrap();
        assert!(named == "the kettle" && chance > 0.4, "{named} {chance}");
    }

    #[test]
    fn nothing_is_about_nothing() {
        assert_eq!(of(None, &[]), None);
    }
}
