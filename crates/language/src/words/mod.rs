//! Tokeniser: every word with its byte offsets, sentence, clause and index symbols.
//!
//! Words are folded here, once, for phrases and messages alike: case, curly quotes, contractions
//! ("hasn't", "hasnt", "has not"), stretched letters ("sooooo"), zero-width characters, starred-out
//! swearing and the phrasebook's spellings.

mod fold;
mod scan;

use crate::packed::{Dictionary, Text};
use fold::{contraction, has_run_of_three, strip_possessive};
pub use fold::{is_number, lower, number_word};
use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};
use std::sync::atomic::{AtomicU64, Ordering};

/// A word's id in the index; 0 for a word no phrase uses.
pub type Symbol = u32;

pub const UNKNOWN: Symbol = 0;
/// A number, in digits or words.
pub const NUMBER: Symbol = 1;
/// A starred-out swear word ("f**k").
pub const STARRED: Symbol = 2;
/// Words of phrases start here.
pub const FIRST_WORD: Symbol = 8;

/// The words used in phrases, and their alternative spellings.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct Lexicon {
    exact: Dictionary,
    prefixes: Dictionary,
    prefix_lengths: Vec<usize>,
    /// One bit for each prefix's first two letters.
    prefix_heads: u128,
    spellings: FxHashMap<Text, Vec<Text>>,
    /// Memo of interned words: phrases repeat most of them.
    #[serde(skip)]
    interned: FxHashMap<Box<str>, Vec<Symbol>>,
    next: Symbol,
    /// Tells lexicons apart; 0 is the built-in one.
    #[serde(skip)]
    id: u64,
}

/// One word of a message.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Word {
    pub start: u32,
    pub end: u32,
    /// The symbols this word matches, padded with [`UNKNOWN`].
    pub symbols: [Symbol; 4],
    /// Its mask: [`ANY`] and a bit per symbol.
    pub mask: u64,
    pub sentence: u32,
    pub clause: u32,
    /// All capitals, at least two letters.
    pub shouted: bool,
}

impl Word {
    pub fn is(&self, symbol: Symbol) -> bool {
        symbol != UNKNOWN && self.symbols.contains(&symbol)
    }
}

/// One sentence: its word range and byte range.
#[derive(Debug, Clone, PartialEq)]
pub struct Sentence {
    pub words: std::ops::Range<usize>,
    pub start: usize,
    pub end: usize,
    /// Its closing mark: `.`, `!`, `?`, or a line break.
    pub mark: char,
}

/// A message split into sentences and words.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Words {
    pub words: Vec<Word>,
    pub sentences: Vec<Sentence>,
}

impl Words {
    /// The number of the current sentence.
    fn sentence(&self) -> u32 {
        self.sentences.len() as u32
    }
}

impl Lexicon {
    pub fn new(spellings: impl IntoIterator<Item = (String, Vec<String>)>) -> Self {
        let mut table: FxHashMap<Text, Vec<Text>> = FxHashMap::default();
        for (meant, variants) in spellings {
            let meant: Vec<Text> = meant.split_whitespace().map(Into::into).collect();
            for variant in variants {
                table.insert(variant.into(), meant.clone());
            }
        }
        static MADE: AtomicU64 = AtomicU64::new(1);
        let id = MADE.fetch_add(1, Ordering::Relaxed);
        Self { spellings: table, next: FIRST_WORD, id, ..Self::default() }
    }

    /// The symbols of a word as written in a phrase: several for a contraction.
    pub fn intern(&mut self, word: &str) -> &[Symbol] {
        if !self.interned.contains_key(word) {
            let mut parts = Vec::new();
            self.fold(word, |part| parts.push(part.to_owned()));
            let symbols = parts.into_iter().map(|part| self.symbol(&part)).collect();
            self.interned.insert(word.into(), symbols);
        }
        &self.interned[word]
    }

    /// The symbol that stands for every word beginning with `prefix`.
    pub fn intern_prefix(&mut self, prefix: &str) -> Symbol {
        let prefix = prefix.to_lowercase();
        if let Some(symbol) = self.prefixes.get(&prefix) {
            return symbol;
        }
        if !self.prefix_lengths.contains(&prefix.len()) {
            self.prefix_lengths.push(prefix.len());
            self.prefix_lengths.sort_unstable();
        }
        if let [a, b, ..] = prefix.as_bytes() {
            self.prefix_heads |= 1 << head(*a, *b);
        }
        let symbol = self.fresh();
        self.prefixes.insert(&prefix, symbol);
        symbol
    }

    fn symbol(&mut self, word: &str) -> Symbol {
        if let Some(symbol) = self.exact.get(word) {
            return symbol;
        }
        let symbol = self.fresh();
        self.exact.insert(word, symbol);
        symbol
    }

    fn fresh(&mut self) -> Symbol {
        self.next += 1;
        self.next - 1
    }

    pub fn symbols(&self) -> usize {
        self.next as usize
    }

    /// A word for each symbol; for a prefix, the prefix itself.
    pub fn names(&self) -> Vec<&str> {
        let mut names = vec![""; self.symbols()];
        for (word, symbol) in self.exact.iter().chain(self.prefixes.iter()) {
            names[symbol as usize] = word;
        }
        (names[NUMBER as usize], names[STARRED as usize]) = ("four", "sh*t");
        names
    }

    /// Whether a phrase or spelling uses this word.
    pub fn knows(&self, word: &str) -> bool {
        self.exact.get(word).is_some()
    }

    /// Folds a raw word and emits the word or words it stands for.
    fn fold(&self, raw: &str, mut out: impl FnMut(&str)) {
        let mut lower = String::with_capacity(raw.len());
        for c in raw.chars() {
            match c {
                '’' | '‘' | '`' | '´' | 'ʼ' => lower.push('\''),
                _ if is_zero_width(c) => {}
                _ if c.is_ascii() => lower.push(c.to_ascii_lowercase()),
                _ => lower.extend(c.to_lowercase()),
            }
        }
        let word = lower.trim_matches('\'');
        if let Some(meant) = self.spellings.get(word) {
            meant.iter().for_each(|w| out(w));
            return;
        }
        let calm;
        // "bbb" is a name, not a stretched "b".
        let word = if word.len() > 3 && has_run_of_three(word) && !word.bytes().all(|b| b.is_ascii_digit()) {
            calm = self.calm(word);
            if let Some(meant) = self.spellings.get(calm.as_str()) {
                meant.iter().for_each(|w| out(w));
                return;
            }
            calm.as_str()
        } else {
            word
        };
        match contraction(word) {
            Some((first, second)) => {
                out(first);
                out(second);
            }
            None => out(strip_possessive(word)),
        }
    }

    /// Unstretches: "sooooo" → "so", "cooool" → "cool". Two letters if that is a known word, else one.
    fn calm(&self, word: &str) -> String {
        let squeeze = |keep: usize| {
            let letters: Vec<char> = word.chars().collect();
            letters.chunk_by(|a, b| a == b).fold(String::with_capacity(word.len()), |mut out, run| {
                out.extend(&run[..if run.len() > 2 { keep } else { run.len() }]);
                out
            })
        };
        let two = squeeze(2);
        if self.exact.get(&two).is_some() { two } else { squeeze(1) }
    }

    fn lookup(&self, word: &str) -> [Symbol; 4] {
        let mut symbols = [UNKNOWN; 4];
        let mut n = 0;
        if let Some(symbol) = self.exact.get(word).or_else(|| self.misspelt(word)) {
            symbols[n] = symbol;
            n += 1;
        }
        if is_number(word) {
            symbols[n] = NUMBER;
            n += 1;
        }
        if !self.may_have_prefix(word) {
            return symbols;
        }
        for &len in &self.prefix_lengths {
            if len > word.len() || n == symbols.len() {
                break;
            }
            if let Some(symbol) = word.get(..len).and_then(|p| self.prefixes.get(p)) {
                symbols[n] = symbol;
                n += 1;
            }
        }
        symbols
    }

    /// Splits a run-together word into the fewest known words; returns their lengths.
    fn run_together(&self, word: &str) -> Option<Vec<usize>> {
        const SHORT: &[&str] = &[
            "a", "i", "u", "am", "an", "as", "at", "be", "by", "do", "go", "he", "if", "in", "is", "it",
            "me", "my", "no", "of", "on", "or", "so", "to", "up", "us", "we",
        ];
        const LONGEST: usize = 40;
        if word.len() > LONGEST {
            return None;
        }
        let known = |part: &str| {
            if part.len() < 3 {
                SHORT.contains(&part)
            } else {
                self.knows(part) || self.spellings.contains_key(part)
            }
        };
        // Per position: how few words reach it, and the length of the last one.
        let mut best: Vec<Option<(usize, usize)>> = vec![None; word.len() + 1];
        best[0] = Some((0, 0));
        for end in 1..=word.len() {
            for start in 0..end {
                if let Some((count, _)) = best[start]
                    && best[end].is_none_or(|(n, _)| count + 1 < n)
                    && known(&word[start..end])
                {
                    best[end] = Some((count + 1, end - start));
                }
            }
        }
        let mut lengths = Vec::new();
        let mut end = word.len();
        while end > 0 {
            let (_, len) = best[end]?;
            lengths.push(len);
            end -= len;
        }
        lengths.reverse();
        (lengths.len() > 1).then_some(lengths)
    }

    /// Corrects longer unknown words with swapped neighbours, or a doubled or missing double letter:
    /// "recieve", "cancle", "refundd", "dissapointed".
    fn misspelt(&self, word: &str) -> Option<Symbol> {
        const SHORTEST: usize = 6;
        let bytes = word.as_bytes();
        let mut buffer = [0u8; 24];
        if bytes.len() < SHORTEST
            || bytes.len() + 1 > buffer.len()
            || !bytes.iter().all(u8::is_ascii_lowercase)
        {
            return None;
        }
        let find = |letters: &[u8]| self.exact.get_bytes(letters);
        for at in 0..bytes.len() - 1 {
            let (left, right) = (bytes[at], bytes[at + 1]);
            // "scarred" is no "scared": before an ending a doubled consonant is as it should be.
            let doubled = left == right && [&b"ed"[..], b"ing", b"er"].contains(&&bytes[at + 2..]);
            let found = if doubled {
                None
            } else if left == right {
                buffer[..at].copy_from_slice(&bytes[..at]);
                buffer[at..bytes.len() - 1].copy_from_slice(&bytes[at + 1..]);
                find(&buffer[..bytes.len() - 1])
            } else {
                buffer[..bytes.len()].copy_from_slice(bytes);
                buffer[..bytes.len()].swap(at, at + 1);
                find(&buffer[..bytes.len()])
            };
            if found.is_some() {
                return found;
            }
            if at > 0 && !b"aeiou".contains(&left) || left == b'o' || left == b'e' {
                buffer[..=at].copy_from_slice(&bytes[..=at]);
                buffer[at + 1..=bytes.len()].copy_from_slice(&bytes[at..]);
                let found = find(&buffer[..=bytes.len()]);
                if found.is_some() {
                    return found;
                }
            }
        }
        None
    }

    /// Whether any prefix may match, judged by the first two letters (false positives allowed).
    fn may_have_prefix(&self, word: &str) -> bool {
        matches!(word.as_bytes(), [a, b, ..] if self.prefix_heads >> head(*a, *b) & 1 == 1)
    }
}

/// Hashes the first two letters to one of 128 bits.
fn head(a: u8, b: u8) -> u32 {
    (u32::from(a) * 31 + u32::from(b)) % 128
}

/// A symbol's bit in a mask; never [`ANY`]'s.
pub fn bit(symbol: Symbol) -> u64 {
    1 << ((symbol.wrapping_mul(0x9E37_79B1) >> 26) % 63)
}

/// The mask of a place that may hold anything, or nothing.
pub const ANY: u64 = 1 << 63;

/// Invisible characters, which could hide a word from matching.
pub fn is_zero_width(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{2060}'..='\u{2064}' | '\u{feff}' | '\u{ad}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// The mask of a set of symbols.
pub fn mask_of(symbols: &[Symbol]) -> u64 {
    symbols.iter().fold(0, |m, &s| m | bit(s))
}

/// Sorts and deduplicates symbols.
pub fn set(mut symbols: Vec<Symbol>) -> Vec<Symbol> {
    symbols.sort_unstable();
    symbols.dedup();
    symbols
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lexicon<const N: usize>(words: [&str; N]) -> (Lexicon, [Symbol; N]) {
        let mut lexicon = Lexicon::new([]);
        let symbols = words.map(|word| lexicon.intern(word)[0]);
        (lexicon, symbols)
    }

    #[test]
    fn a_hashtag_of_known_words_is_those_words() {
        let (lexicon, _) = lexicon(["never", "again", "customer", "service", "fail"]);
        let read = |text: &str| {
            let words = lexicon.read(text).words;
            words.iter().map(|w| text[w.start as usize..w.end as usize].to_owned()).collect::<Vec<_>>()
        };
        assert_eq!(read("late #NeverAgain"), ["late", "Never", "Again"]);
        assert_eq!(read("#customerservicefail!"), ["customer", "service", "fail"]);
        assert_eq!(read("#neveragains #never a#neveragain"), ["neveragains", "never", "a", "neveragain"]);
    }

    #[test]
    fn letters_doubled_lost_or_changed_round_are_seen_through() {
        let (lexicon, symbols) = lexicon(["receive", "cancel", "refund", "disappointed", "address"]);
        let is = |typed: &str, n: usize| lexicon.read(typed).words[0].is(symbols[n]);
        assert!(is("recieve", 0) && is("cancle", 1) && is("reffund", 2) && is("dissappointed", 3));
        assert!(is("adress", 4) && is("cancell", 1));
        assert!(!is("defund", 2) && !is("appointed", 3));
        let (lexicon, symbols) = self::lexicon(["scared", "late"]);
        assert!(!lexicon.read("scarred").words[0].is(symbols[0]));
        assert!(!lexicon.read("plate").words[0].is(symbols[1]));
    }

    #[test]
    fn sentences_clauses_and_offsets() {
        let (lexicon, [late]) = lexicon(["late"]);
        let text = "It’s LATE, but Mr. Ö said 3.5 days! OK?";
        let words = lexicon.read(text);
        assert_eq!(words.sentences.iter().map(|s| s.mark).collect::<String>(), "!?");
        let shouted: Vec<_> = words.words.iter().filter(|w| w.shouted).collect();
        assert!(shouted[0].is(late) && &text[shouted[0].start as usize..shouted[0].end as usize] == "LATE");
        let but = words.words.iter().find(|w| text[w.start as usize..].starts_with("but")).unwrap();
        assert!(but.clause > shouted[0].clause);
        assert!(words.words.iter().any(|w| &text[w.start as usize..w.end as usize] == "3.5" && w.is(NUMBER)));
    }
}
