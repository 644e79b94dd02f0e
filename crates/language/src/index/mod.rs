//! The phrase index: matches all phrases in one pass over a message.
//!
//! Each phrase is filed under its rarest place, the anchor. A word of the message looks up the
//! phrases anchored on it; the sentence's mask rules most of them out before any place is compared.

use crate::packed::{Numbers, Plain, Table, Text, number, wide};
mod matching;
mod places;

use crate::phrase::{self, FactKind, Node, Phrase, Row};
use crate::words::{ANY, Lexicon, Symbol, UNKNOWN, Word, Words, mask_of};
use matching::{MOST_STEPS, Span};
use places::{Line, Places, half};
use regex::Regex;
use serde::{Deserialize, Serialize};
use std::cell::Cell;
use std::ops::Range;
use std::sync::OnceLock;

/// A match: word indexes, last inclusive.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hit {
    pub rule: u32,
    pub first: u32,
    pub last: u32,
}

/// A fact in the message: word indexes, last inclusive.
#[derive(Debug, Clone, Copy)]
pub struct FactWords {
    pub kind: FactKind,
    pub first: u32,
    pub last: u32,
}

/// An indexed phrase.
#[derive(Debug)]
struct Filed {
    rule: u32,
    /// Its row of places: start and length.
    from: u32,
    len: u32,
    /// The place it is filed under.
    anchor: u32,
    /// Masks of other required places: the words on their side of the anchor must share a bit with each.
    masks: [u64; 3],
    /// How many of those places come before the anchor.
    before: u32,
}

impl Plain for Filed {
    const NUMBERS: usize = 11;

    fn put(&self, out: &mut Numbers<'_>) {
        [self.rule, self.from, self.len, self.anchor].into_iter().for_each(|n| out.put(n));
        self.masks.into_iter().for_each(|m| out.put_wide(m));
        out.put(self.before);
    }

    fn take(row: &[u8]) -> Self {
        let [rule, from, len, anchor] = std::array::from_fn(|n| number(row, n));
        let masks = [wide(row, 4), wide(row, 6), wide(row, 8)];
        Self { rule, from, len, anchor, masks, before: number(row, 10) }
    }
}

/// One way a phrase's anchor can begin.
#[derive(Debug, Clone, Copy)]
struct Start {
    phrase: u32,
    /// Which of the anchor's rows, if it has several.
    row: u32,
    /// Masks of the words before and after the first one.
    beside: [u32; 2],
}

impl Plain for Start {
    const NUMBERS: usize = 3;

    fn put(&self, out: &mut Numbers<'_>) {
        [(self.phrase << ROW_BITS) | self.row, self.beside[0], self.beside[1]]
            .into_iter()
            .for_each(|n| out.put(n));
    }

    fn take(row: &[u8]) -> Self {
        let [place, before, after] = std::array::from_fn(|n| number(row, n));
        Self { phrase: place >> ROW_BITS, row: place & ((1 << ROW_BITS) - 1), beside: [before, after] }
    }
}

/// How many bits a [`Start`] spends on the row: a place has fewer rows than the bound on a phrase.
const ROW_BITS: u32 = 13;

#[derive(Debug, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
struct Pattern {
    rule: u32,
    source: Text,
    #[serde(skip)]
    compiled: OnceLock<Option<Regex>>,
}

#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct Index {
    phrases: Table<Filed>,
    patterns: Vec<Pattern>,
    places: Places,
    /// Symbol → anchors that begin with it.
    filed: Shelf<Start>,
    /// Symbol → patterns to try where it occurs.
    filed_patterns: Shelf<u32>,
}

/// A short list per symbol, stored contiguously.
#[derive(Debug, Serialize, Deserialize)]
#[serde(bound(serialize = "", deserialize = "'de: 'static"))]
struct Shelf<T> {
    /// Where each symbol's list ends.
    ends: Table<u32>,
    items: Table<T>,
}

impl<T> Default for Shelf<T> {
    fn default() -> Self {
        Self { ends: Table::default(), items: Table::default() }
    }
}

impl<T: Plain> Shelf<T> {
    fn new(lists: Vec<Vec<T>>) -> Self {
        let mut shelf = Self::default();
        for list in lists {
            shelf.items.extend(list);
            shelf.ends.push(&(shelf.items.len() as u32));
        }
        shelf
    }

    fn of(&self, symbol: Symbol) -> impl Iterator<Item = T> + '_ {
        let symbol = symbol as usize;
        let start = if symbol == 0 { 0 } else { self.ends.get(symbol - 1) };
        self.items.range(start as usize..self.ends.get(symbol) as usize)
    }
}

impl Index {
    /// Indexes phrases, each with its rule number, in ascending order.
    pub fn new(phrases: Vec<(u32, Phrase)>, lexicon: &Lexicon) -> Self {
        let mut uses = vec![0u32; lexicon.symbols()];
        let anchors: Vec<Vec<(usize, Vec<Symbol>)>> = phrases
            .iter()
            .map(|(_, phrase)| match phrase {
                Phrase::Words(row) => (0..row.len())
                    .filter_map(|n| phrase::anchor(&row[n..]).map(|symbols| (n, symbols)))
                    .collect(),
                Phrase::Regex { .. } => Vec::new(),
            })
            .collect();
        for symbol in anchors.iter().flatten().flat_map(|(_, symbols)| symbols) {
            uses[*symbol as usize] += 1;
        }
        let mut index = Self::default();
        let mut filed = vec![Vec::new(); lexicon.symbols()];
        let mut filed_patterns = vec![Vec::new(); lexicon.symbols()];
        for ((rule, phrase), anchors) in phrases.into_iter().zip(anchors) {
            match phrase {
                Phrase::Words(row) => index.file(rule, row, &anchors, &uses, &mut filed),
                Phrase::Regex { source, needs } => {
                    let n = index.patterns.len() as u32;
                    index.patterns.push(Pattern { rule, source: source.into(), compiled: OnceLock::new() });
                    for symbol in needs {
                        filed_patterns[symbol as usize].push(n);
                    }
                }
            }
        }
        (index.filed, index.filed_patterns) = (Shelf::new(filed), Shelf::new(filed_patterns));
        index.places.finish();
        index
    }

    fn file(
        &mut self,
        rule: u32,
        row: Row,
        anchors: &[(usize, Vec<Symbol>)],
        uses: &[u32],
        filed: &mut [Vec<Start>],
    ) {
        let cost = |symbols: &[Symbol]| symbols.iter().map(|&s| uses[s as usize]).sum::<u32>();
        let Some(&(anchor, _)) = anchors.iter().min_by_key(|(_, symbols)| cost(symbols)) else { return };
        let phrase = self.phrases.len() as u32;
        let before = mask(phrase::last_symbols(&row[..anchor]));
        let mut start = |n: usize, place: &[Node]| {
            let Some(symbols) = phrase::first_symbols(place) else { return };
            let after = match place {
                [Node::Word(_), rest @ ..] => mask(phrase::first_symbols(rest)),
                _ => ANY,
            };
            for symbol in symbols {
                filed[symbol as usize].push(Start {
                    phrase,
                    row: n as u32,
                    beside: [half(before), half(after)],
                });
            }
        };
        match &row[anchor] {
            Node::Any(rows) => {
                for (n, first) in rows.iter().enumerate() {
                    start(n, &[first, &row[anchor + 1..]].concat());
                }
            }
            _ => start(0, &row[anchor..]),
        }
        let mut masks = [u64::MAX; 3];
        let mut before = 0;
        let others = anchors.iter().filter(|(n, _)| *n != anchor);
        for (mask, (n, symbols)) in masks.iter_mut().zip(others) {
            *mask = mask_of(symbols);
            before += u32::from(*n < anchor);
        }
        let line = self.places.add(&row);
        let Line { from, len, .. } = self.places.line(line);
        self.phrases.push(&Filed { rule, from, len, anchor: anchor as u32, masks, before });
    }

    /// The places of a rule's phrase; `None` for a regular expression.
    pub fn row(&self, rule: u32) -> Option<Row> {
        let n = self.phrases.search(0..self.phrases.len(), |filed| filed.rule.cmp(&rule))?;
        let Filed { from, len, .. } = self.phrases.get(n);
        Some(self.places.nodes(from..from + len))
    }

    /// All matches, in order; `facts` must be sorted. Matches don't cross sentences.
    pub fn find(&self, text: &str, words: &Words, facts: &[FactWords]) -> Vec<Hit> {
        debug_assert!(facts.is_sorted_by_key(|fact| fact.first));
        let mut hits = Vec::new();
        let mut behind = Vec::new();
        for sentence in &words.sentences {
            let (from, to) = (sentence.words.start, sentence.words.end);
            let span = Span { words, facts, from, to, places: &self.places, steps: Cell::new(0) };
            masks_behind(&words.words[from..to], &mut behind);
            let (mut before, mut all_before) = (half(ANY), ANY);
            for (at, all_after) in (from..to).zip(behind.iter().rev()) {
                let (here, after) = (words.words[at].mask, half(span.mask(at + 1)));
                for symbol in words.words[at].symbols.into_iter().take_while(|&s| s != UNKNOWN) {
                    for start in self.filed.of(symbol) {
                        if start.beside[0] & before == 0 || start.beside[1] & after == 0 {
                            continue;
                        }
                        let phrase = self.phrases.get(start.phrase as usize);
                        let (front, back) = phrase.masks.split_at(phrase.before.min(3) as usize);
                        if front.iter().any(|m| m & all_before == 0)
                            || back.iter().any(|m| m & all_after == 0)
                        {
                            continue;
                        }
                        let row = self.places.row(phrase.from..phrase.from + phrase.len);
                        let (front, back) = row.split_at(phrase.anchor);
                        let (mut first, mut past) = (at, at);
                        span.steps.set(MOST_STEPS);
                        if span.begin(back, start.row, at, &mut |end| {
                            past = end;
                            true
                        }) && span.backward(front, at, &mut |start| {
                            first = start;
                            true
                        }) {
                            hits.push(Hit {
                                rule: phrase.rule,
                                first: first as u32,
                                last: past.saturating_sub(1) as u32,
                            });
                        }
                    }
                    for pattern in self.filed_patterns.of(symbol) {
                        self.patterns[pattern as usize].find(text, words, sentence, &mut hits);
                    }
                }
                before = half(here);
                all_before |= here;
            }
        }
        hits.sort_unstable_by_key(|h| (h.first, h.last, h.rule));
        hits.dedup();
        hits
    }
}

/// For each word, the last first, the mask of all words behind it.
fn masks_behind(words: &[Word], masks: &mut Vec<u64>) {
    masks.clear();
    let mut mask = ANY;
    for word in words.iter().rev() {
        masks.push(mask);
        mask |= word.mask;
    }
}

impl Pattern {
    fn find(&self, text: &str, words: &Words, sentence: &crate::words::Sentence, hits: &mut Vec<Hit>) {
        let Some(regex) = self.compiled.get_or_init(|| compile(&self.source).ok()) else { return };
        for found in regex.find_iter(text.get(sentence.start..sentence.end).unwrap_or("")) {
            let (start, end) = (sentence.start + found.start(), sentence.start + found.end());
            let inside =
                |i: &usize| (words.words[*i].start as usize) < end && (words.words[*i].end as usize) > start;
            let mut touched = sentence.words.clone().filter(inside);
            if let Some(first) = touched.next() {
                let last = touched.next_back().unwrap_or(first);
                hits.push(Hit { rule: self.rule, first: first as u32, last: last as u32 });
            }
        }
    }
}

/// The mask of a place; [`ANY`] if its symbols aren't known.
fn mask(symbols: Option<Vec<Symbol>>) -> u64 {
    symbols.map_or(ANY, |symbols| mask_of(&symbols))
}

/// Compiles a phrase's regular expression, with size limits.
pub fn compile(source: &str) -> Result<Regex, regex::Error> {
    regex::RegexBuilder::new(source).case_insensitive(true).size_limit(1 << 20).build()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::phrase::{Lists, parse};

    fn hits(phrases: &[&str], text: &str) -> Vec<(u32, String)> {
        let spellings = [("receive".to_owned(), vec!["recieve".to_owned()])];
        let mut lexicon = Lexicon::new(spellings);
        let lists = Lists::from_iter([(
            "carrier".to_owned(),
            vec!["courier".to_owned(), "delivery driver".to_owned()],
        )]);
        let parsed = phrases.iter().map(|p| parse(p, &mut lexicon, &lists).unwrap());
        let parsed = (0..).zip(parsed).collect();
        let index = Index::new(parsed, &lexicon);
        let words = lexicon.read(text);
        index
            .find(text, &words, &[])
            .into_iter()
            .map(|h| {
                (
                    h.rule,
                    text[words.words[h.first as usize].start as usize
                        ..words.words[h.last as usize].end as usize]
                        .to_owned(),
                )
            })
            .collect()
    }

    #[test]
    fn matching_sees_through_how_people_type() {
        for text in ["It has not arrived.", "it hasn't ARRIVED", "it hasnt arrived!!", "It hasn’t arrivedddd"]
        {
            assert_eq!(hits(&["has not arrived"], text).len(), 1, "{text}");
        }
        assert_eq!(hits(&["never receive"], "I never recieve it")[0].1, "never recieve");
        assert_eq!(hits(&["refund"], "my ref\u{200b}und please").len(), 1);
    }

    #[test]
    fn gaps_groups_lists_and_endings() {
        assert_eq!(
            hits(&["took ... to answer"], "took you all of June to answer")[0].1,
            "took you all of June to answer"
        );
        assert_eq!(hits(&["took ... to answer"], "took you and all the others an age to answer"), []);
        assert_eq!(hits(&["{carrier} lost"], "The delivery driver lost it, the courier lost it").len(), 2);
        assert_eq!(hits(&["deliver* late"], "delivered late. Delivery late").len(), 2);
        assert_eq!(hits(&["(was|were) [so] rude"], "They were so rude. He was rude").len(), 2);
    }

    #[test]
    fn no_match_crosses_a_sentence() {
        assert_eq!(hits(&["not arrived"], "I did not. Arrived today."), []);
    }

    #[test]
    fn a_regular_expression_is_tried_only_beside_its_word() {
        assert_eq!(hits(&[r"/\bcase no\.? ?\d+/ case"], "About case no 123, please.")[0].1, "case no 123");
    }
}
