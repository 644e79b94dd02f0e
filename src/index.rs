//! The phrase index: all phrases against a message in one pass over its words.
//!
//! Each phrase is filed under the place whose words are rarest. A word of the message looks up
//! the phrases filed under it; a mask of the sentence's words turns most of them away before any
//! place is compared.

use crate::phrase::{self, FactKind, GAP, Node, Phrase, Row};
use crate::words::{ANY, Lexicon, Symbol, UNKNOWN, Words, mask_of};
use regex::Regex;
use serde::{Deserialize, Serialize};
use std::sync::OnceLock;

/// Where a rule matched: word indexes, last inclusive.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hit {
    pub rule: u32,
    pub first: u32,
    pub last: u32,
}

/// A fact found in the message, by word indexes, last inclusive.
#[derive(Debug, Clone, Copy)]
pub struct FactWords {
    pub kind: FactKind,
    pub first: u32,
    pub last: u32,
}

#[derive(Debug, Serialize, Deserialize)]
struct Filed {
    rule: u32,
    row: Row,
    /// The place it is filed under.
    anchor: u8,
    /// Masks of the other places that can't be empty: a sentence without a bit of each can't match.
    masks: [u64; 3],
}

/// One way a phrase's filed place can begin.
#[derive(Debug, Serialize, Deserialize)]
struct Start {
    phrase: u32,
    /// Which of the place's rows, where it has several.
    row: u16,
    /// Masks of the words before and after the first one.
    beside: [u64; 2],
}

#[derive(Debug, Serialize, Deserialize)]
struct Pattern {
    rule: u32,
    source: String,
    #[serde(skip)]
    compiled: OnceLock<Option<Regex>>,
}

#[derive(Debug, Default, Serialize, Deserialize)]
pub struct Index {
    phrases: Vec<Filed>,
    patterns: Vec<Pattern>,
    starts: Vec<Start>,
    /// By symbol: starts filed under it.
    filed: Shelf,
    /// By symbol: patterns to try where it occurs.
    filed_patterns: Shelf,
}

/// For each symbol a short list, all in one row.
#[derive(Debug, Default, Serialize, Deserialize)]
struct Shelf {
    /// Where each symbol's list ends.
    ends: Vec<u32>,
    items: Vec<u32>,
}

impl Shelf {
    fn new(lists: Vec<Vec<u32>>) -> Self {
        let mut shelf = Self::default();
        for list in lists {
            shelf.items.extend(list);
            shelf.ends.push(shelf.items.len() as u32);
        }
        shelf
    }

    fn of(&self, symbol: Symbol) -> &[u32] {
        let symbol = symbol as usize;
        let start = if symbol == 0 { 0 } else { self.ends[symbol - 1] };
        &self.items[start as usize..self.ends[symbol] as usize]
    }
}

impl Index {
    /// Files phrases, each with its rule's number, in rising order.
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
        let mut filed_patterns = filed.clone();
        for ((rule, phrase), anchors) in phrases.into_iter().zip(anchors) {
            match phrase {
                Phrase::Words(row) => index.file(rule, row, &anchors, &uses, &mut filed),
                Phrase::Regex { source, needs } => {
                    let n = index.patterns.len() as u32;
                    index.patterns.push(Pattern { rule, source, compiled: OnceLock::new() });
                    for symbol in needs {
                        filed_patterns[symbol as usize].push(n);
                    }
                }
            }
        }
        (index.filed, index.filed_patterns) = (Shelf::new(filed), Shelf::new(filed_patterns));
        index
    }

    fn file(
        &mut self,
        rule: u32,
        row: Row,
        anchors: &[(usize, Vec<Symbol>)],
        uses: &[u32],
        filed: &mut [Vec<u32>],
    ) {
        let cost = |symbols: &[Symbol]| symbols.iter().map(|&s| uses[s as usize]).sum::<u32>();
        let Some(&(anchor, _)) = anchors.iter().min_by_key(|(_, symbols)| cost(symbols)) else { return };
        let phrase = self.phrases.len() as u32;
        let before = mask(phrase::last_symbols(&row[..anchor]));
        let mut start = |n: usize, place: &[Node]| {
            let Some(symbols) = phrase::first_symbols(place) else { return };
            for symbol in symbols {
                filed[symbol as usize].push(self.starts.len() as u32);
            }
            let after = match place {
                [Node::Word(_), rest @ ..] => mask(phrase::first_symbols(rest)),
                _ => ANY,
            };
            self.starts.push(Start { phrase, row: n as u16, beside: [before, after] });
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
        let others = anchors.iter().filter(|(n, _)| *n != anchor);
        for (mask, (_, symbols)) in masks.iter_mut().zip(others) {
            *mask = mask_of(symbols);
        }
        self.phrases.push(Filed { rule, row, anchor: anchor as u8, masks });
    }

    /// The places of a rule's phrase; `None` of a regular expression.
    pub fn row(&self, rule: u32) -> Option<&Row> {
        let n = self.phrases.binary_search_by_key(&rule, |filed| filed.rule).ok()?;
        Some(&self.phrases[n].row)
    }

    /// All matches, in order of place. No match crosses the end of a sentence.
    pub fn find(&self, text: &str, words: &Words, facts: &[FactWords]) -> Vec<Hit> {
        let mut hits = Vec::new();
        for sentence in &words.sentences {
            let mask_at = |at: usize| if sentence.words.contains(&at) { words.words[at].mask() } else { ANY };
            let (mut before, mut here) = (ANY, mask_at(sentence.words.start));
            for at in sentence.words.clone() {
                let after = mask_at(at + 1);
                for symbol in words.words[at].symbols.into_iter().take_while(|&s| s != UNKNOWN) {
                    for &start in self.filed.of(symbol) {
                        let start = &self.starts[start as usize];
                        if start.beside[0] & before == 0 || start.beside[1] & after == 0 {
                            continue;
                        }
                        let phrase = &self.phrases[start.phrase as usize];
                        if phrase.masks.iter().any(|m| m & sentence.mask == 0) {
                            continue;
                        }
                        let span = Span { words, facts, from: sentence.words.start, to: sentence.words.end };
                        let (front, back) = phrase.row.split_at(usize::from(phrase.anchor));
                        let (mut first, mut past) = (at, at);
                        if span.begin(back, usize::from(start.row), at, &mut |end| {
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
                    for &pattern in self.filed_patterns.of(symbol) {
                        self.patterns[pattern as usize].find(text, words, sentence, &mut hits);
                    }
                }
                (before, here) = (here, after);
            }
        }
        hits.sort_by_key(|h| (h.first, h.last, h.rule));
        hits.dedup();
        hits
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

/// The mask of a place that may be known.
fn mask(symbols: Option<Vec<Symbol>>) -> u64 {
    symbols.map_or(ANY, |symbols| mask_of(&symbols))
}

/// Compiles a phrase's regular expression with the bounds every one of them keeps.
pub fn compile(source: &str) -> Result<Regex, regex::Error> {
    regex::RegexBuilder::new(source).case_insensitive(true).size_limit(1 << 20).build()
}

struct Span<'a> {
    words: &'a Words,
    facts: &'a [FactWords],
    from: usize,
    to: usize,
}

impl Span<'_> {
    fn word(&self, at: usize, symbols: &[Symbol]) -> bool {
        let mut here = self.words.words[at].symbols.iter().take_while(|&&s| s != UNKNOWN);
        match symbols {
            [symbol] => here.any(|s| s == symbol),
            _ => here.any(|s| symbols.binary_search(s).is_ok()),
        }
    }

    fn fact(&self, found: impl Fn(&FactWords) -> bool) -> Option<&FactWords> {
        self.facts.iter().find(|f| found(f))
    }

    /// Matches `row`, whose first place is known to begin at word `at` by its row `n`.
    fn begin(&self, row: &[Node], n: usize, at: usize, then: &mut dyn FnMut(usize) -> bool) -> bool {
        match row.split_first() {
            Some((Node::Any(rows), rest)) => {
                self.forward(&rows[n], at, &mut |at| self.forward(rest, at, then))
            }
            Some((_, rest)) => self.forward(rest, at + 1, then),
            None => then(at),
        }
    }

    /// Matches `row` from word `at` on; `then` gets the word after it and has the last say.
    fn forward(&self, row: &[Node], at: usize, then: &mut dyn FnMut(usize) -> bool) -> bool {
        let (mut row, mut at) = (row, at);
        while let Some((Node::Word(symbols), rest)) = row.split_first() {
            if at >= self.to || !self.word(at, symbols) {
                return false;
            }
            (row, at) = (rest, at + 1);
        }
        let Some((node, rest)) = row.split_first() else { return then(at) };
        match node {
            Node::Word(_) => false,
            Node::Gap => {
                (at..=at + usize::from(GAP)).take_while(|&n| n < self.to).any(|n| self.forward(rest, n, then))
            }
            Node::Fact(kind) => self
                .fact(|f| f.kind == *kind && f.first as usize == at)
                .is_some_and(|f| self.forward(rest, f.last as usize + 1, then)),
            Node::Any(rows) => {
                rows.iter().any(|row| self.forward(row, at, &mut |n| self.forward(rest, n, then)))
            }
            Node::Maybe(row) => {
                self.forward(row, at, &mut |n| self.forward(rest, n, then)) || self.forward(rest, at, then)
            }
        }
    }

    /// Matches `row` backwards, ending before word `at`; `then` gets its first word.
    fn backward(&self, row: &[Node], at: usize, then: &mut dyn FnMut(usize) -> bool) -> bool {
        let (mut row, mut at) = (row, at);
        while let Some((Node::Word(symbols), rest)) = row.split_last() {
            if at <= self.from || !self.word(at - 1, symbols) {
                return false;
            }
            (row, at) = (rest, at - 1);
        }
        let Some((node, rest)) = row.split_last() else { return then(at) };
        match node {
            Node::Word(_) => false,
            Node::Gap => (0..=usize::from(GAP))
                .filter_map(|n| at.checked_sub(n))
                .take_while(|&n| n > self.from)
                .any(|n| self.backward(rest, n, then)),
            Node::Fact(kind) => self
                .fact(|f| f.kind == *kind && f.last as usize + 1 == at && f.first as usize >= self.from)
                .is_some_and(|f| self.backward(rest, f.first as usize, then)),
            Node::Any(rows) => {
                rows.iter().any(|row| self.backward(row, at, &mut |n| self.backward(rest, n, then)))
            }
            Node::Maybe(row) => {
                self.backward(row, at, &mut |n| self.backward(rest, n, then)) || self.backward(rest, at, then)
            }
        }
    }
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
