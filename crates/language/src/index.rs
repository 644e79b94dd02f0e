//! The phrase index: all phrases against a message in one pass over its words.
//!
//! Each phrase is filed under the place whose words are rarest. A word of the message looks up
//! the phrases filed under it; a mask of the sentence's words turns most of them away before any
//! place is compared.

use crate::packed::{Numbers, Plain, Table, Text, number, wide};
use crate::phrase::{self, FactKind, GAP, Node, Phrase, Row};
use crate::words::{ANY, Lexicon, Symbol, UNKNOWN, Words, mask_of};
use regex::Regex;
use serde::{Deserialize, Serialize};
use std::cell::Cell;
use std::ops::Range;
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

/// A phrase in the index.
#[derive(Debug)]
struct Filed {
    rule: u32,
    /// Where its row of places begins, and how many they are.
    from: u32,
    len: u32,
    /// The place it is filed under.
    anchor: u32,
    /// Masks of the other places that can't be empty: a sentence without a bit of each can't match.
    masks: [u64; 3],
}

impl Plain for Filed {
    const NUMBERS: usize = 10;

    fn put(&self, out: &mut Numbers<'_>) {
        [self.rule, self.from, self.len, self.anchor].into_iter().for_each(|n| out.put(n));
        self.masks.into_iter().for_each(|m| out.put_wide(m));
    }

    fn take(row: &[u8]) -> Self {
        let [rule, from, len, anchor] = std::array::from_fn(|n| number(row, n));
        Self { rule, from, len, anchor, masks: [wide(row, 4), wide(row, 6), wide(row, 8)] }
    }
}

/// One way a phrase's filed place can begin.
#[derive(Debug, Clone, Copy)]
struct Start {
    phrase: u32,
    /// Which of the place's rows, where it has several.
    row: u32,
    /// Masks of the words before and after the first one.
    beside: [u64; 2],
}

impl Plain for Start {
    const NUMBERS: usize = 6;

    fn put(&self, out: &mut Numbers<'_>) {
        [self.phrase, self.row].into_iter().for_each(|n| out.put(n));
        self.beside.into_iter().for_each(|m| out.put_wide(m));
    }

    fn take(row: &[u8]) -> Self {
        Self { phrase: number(row, 0), row: number(row, 1), beside: [wide(row, 2), wide(row, 4)] }
    }
}

/// A [`Node`] with what it is made of elsewhere, so that all phrases lie in a few long tables.
#[derive(Debug, Clone, Copy)]
enum Place {
    Word(Symbol),
    /// So many of `symbols` from there on, sorted, behind the two halves of their mask.
    Words(u32, u32),
    Gap,
    Fact(FactKind),
    /// So many of `rows` from there on.
    Any(u32, u32),
    /// This one of `rows`.
    Maybe(u32),
}

const FACTS: [FactKind; 4] = [FactKind::Order, FactKind::Amount, FactKind::Date, FactKind::Duration];

impl Plain for Place {
    const NUMBERS: usize = 2;

    fn put(&self, out: &mut Numbers<'_>) {
        let (sort, len, from) = match *self {
            Self::Word(symbol) => (0, 0, symbol),
            Self::Words(from, len) => (1, len, from),
            Self::Gap => (2, 0, 0),
            Self::Fact(kind) => (3, 0, FACTS.iter().position(|k| *k == kind).unwrap_or(0) as u32),
            Self::Any(from, len) => (4, len, from),
            Self::Maybe(row) => (5, 0, row),
        };
        [sort | len << 3, from].into_iter().for_each(|n| out.put(n));
    }

    fn take(row: &[u8]) -> Self {
        let (sort, from) = (number(row, 0), number(row, 1));
        let len = sort >> 3;
        match sort & 7 {
            0 => Self::Word(from),
            1 => Self::Words(from, len),
            2 => Self::Gap,
            3 => Self::Fact(FACTS[from as usize % FACTS.len()]),
            4 => Self::Any(from, len),
            _ => Self::Maybe(from),
        }
    }
}

/// A row of places, and the halved masks of the words it can begin and end with.
#[derive(Debug, Clone, Copy)]
struct Line {
    from: u32,
    len: u32,
    first: u32,
    last: u32,
}

impl Plain for Line {
    const NUMBERS: usize = 4;

    fn put(&self, out: &mut Numbers<'_>) {
        [self.from, self.len, self.first, self.last].into_iter().for_each(|n| out.put(n));
    }

    fn take(row: &[u8]) -> Self {
        let [from, len, first, last] = std::array::from_fn(|n| number(row, n));
        Self { from, len, first, last }
    }
}

impl Line {
    fn places(&self) -> Range<u32> {
        self.from..self.from + self.len
    }
}

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
    /// By symbol: what begins with it.
    filed: Shelf<Start>,
    /// By symbol: patterns to try where it occurs.
    filed_patterns: Shelf<u32>,
}

/// The places of all phrases.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
struct Places {
    places: Table<Place>,
    lines: Table<Line>,
    symbols: Table<u32>,
}

/// Some of the places, one after the other.
#[derive(Clone, Copy)]
struct Slice<'a> {
    places: &'a Table<Place>,
    from: u32,
    to: u32,
}

impl Slice<'_> {
    fn split_first(self) -> Option<(Place, Self)> {
        (self.from < self.to)
            .then(|| (self.places.get(self.from as usize), Self { from: self.from + 1, ..self }))
    }

    fn split_last(self) -> Option<(Place, Self)> {
        (self.from < self.to)
            .then(|| (self.places.get(self.to as usize - 1), Self { to: self.to - 1, ..self }))
    }

    fn split_at(self, n: u32) -> (Self, Self) {
        (Self { to: self.from + n, ..self }, Self { from: self.from + n, ..self })
    }
}

impl Places {
    /// Lays a row down behind all others.
    fn add(&mut self, row: &[Node]) -> u32 {
        let places: Vec<Place> = row
            .iter()
            .map(|node| match node {
                Node::Word(symbols) if symbols.len() == 1 => Place::Word(symbols[0]),
                Node::Word(symbols) => {
                    let mask = mask_of(symbols);
                    self.symbols.extend([mask as u32, (mask >> 32) as u32]);
                    let from = self.symbols.len() as u32;
                    self.symbols.extend(symbols.iter().copied());
                    Place::Words(from, symbols.len() as u32)
                }
                Node::Gap => Place::Gap,
                Node::Fact(kind) => Place::Fact(*kind),
                Node::Any(rows) => {
                    let lines: Vec<u32> = rows.iter().map(|row| self.add(row)).collect();
                    let from = self.lines.len() as u32;
                    for line in lines {
                        let line = self.lines.get(line as usize);
                        self.lines.push(&line);
                    }
                    Place::Any(from, rows.len() as u32)
                }
                Node::Maybe(row) => Place::Maybe(self.add(row)),
            })
            .collect();
        let (from, len) = (self.places.len() as u32, places.len() as u32);
        self.places.extend(places);
        let mask = |symbols: Option<Vec<Symbol>>| symbols.map_or(u32::MAX, |symbols| half(mask_of(&symbols)));
        let (first, last) = (mask(phrase::first_symbols(row)), mask(phrase::last_symbols(row)));
        self.lines.push(&Line { from, len, first, last });
        self.lines.len() as u32 - 1
    }

    fn row(&self, row: Range<u32>) -> Slice<'_> {
        Slice { places: &self.places, from: row.start, to: row.end }
    }

    fn line(&self, n: u32) -> Line {
        self.lines.get(n as usize)
    }

    fn lines(&self, from: u32, len: u32) -> impl Iterator<Item = Line> + '_ {
        (from..from + len).map(|n| self.line(n))
    }

    /// The mask of the symbols that begin there.
    fn mask(&self, from: u32) -> u64 {
        let number = |n: u32| u64::from(self.symbols.get((from - n) as usize));
        number(2) | number(1) << 32
    }

    /// Whether a symbol is among so many from there on.
    fn has(&self, from: u32, len: u32, symbol: Symbol) -> bool {
        let rows = from as usize..(from + len) as usize;
        self.symbols.search(rows, |s| s.cmp(&symbol)).is_some()
    }

    /// A row as it was laid down.
    fn nodes(&self, row: Range<u32>) -> Row {
        let node = |n: u32| match self.places.get(n as usize) {
            Place::Word(symbol) => Node::Word(vec![symbol]),
            Place::Words(from, len) => {
                Node::Word((from..from + len).map(|n| self.symbols.get(n as usize)).collect())
            }
            Place::Gap => Node::Gap,
            Place::Fact(kind) => Node::Fact(kind),
            Place::Any(from, len) => {
                Node::Any(self.lines(from, len).map(|line| self.nodes(line.places())).collect())
            }
            Place::Maybe(line) => Node::Maybe(self.nodes(self.line(line).places())),
        };
        row.map(node).collect()
    }
}

/// For each symbol a short list, all in one row.
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
                filed[symbol as usize].push(Start { phrase, row: n as u32, beside: [before, after] });
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
        let others = anchors.iter().filter(|(n, _)| *n != anchor);
        for (mask, (_, symbols)) in masks.iter_mut().zip(others) {
            *mask = mask_of(symbols);
        }
        let line = self.places.add(&row);
        let Line { from, len, .. } = self.places.line(line);
        self.phrases.push(&Filed { rule, from, len, anchor: anchor as u32, masks });
    }

    /// The places of a rule's phrase; `None` of a regular expression.
    pub fn row(&self, rule: u32) -> Option<Row> {
        let n = self.phrases.search(0..self.phrases.len(), |filed| filed.rule.cmp(&rule))?;
        let Filed { from, len, .. } = self.phrases.get(n);
        Some(self.places.nodes(from..from + len))
    }

    /// All matches, in order of place; `facts` are in order too. No match crosses the end of a sentence.
    pub fn find(&self, text: &str, words: &Words, facts: &[FactWords]) -> Vec<Hit> {
        debug_assert!(facts.is_sorted_by_key(|fact| fact.first));
        let mut hits = Vec::new();
        for sentence in &words.sentences {
            let (from, to) = (sentence.words.start, sentence.words.end);
            let span = Span { words, facts, from, to, places: &self.places, steps: Cell::new(0) };
            let mut before = ANY;
            for at in from..to {
                let (here, after) = (words.words[at].mask, span.mask(at + 1));
                for symbol in words.words[at].symbols.into_iter().take_while(|&s| s != UNKNOWN) {
                    for start in self.filed.of(symbol) {
                        if start.beside[0] & before == 0 || start.beside[1] & after == 0 {
                            continue;
                        }
                        let phrase = self.phrases.get(start.phrase as usize);
                        if phrase.masks.iter().any(|m| m & sentence.mask == 0) {
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
                before = here;
            }
        }
        hits.sort_unstable_by_key(|h| (h.first, h.last, h.rule));
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

/// A mask of half as many bits, where there are many masks.
fn half(mask: u64) -> u32 {
    (mask | mask >> 32) as u32
}

/// The mask of a place that may be known.
fn mask(symbols: Option<Vec<Symbol>>) -> u64 {
    symbols.map_or(ANY, |symbols| mask_of(&symbols))
}

/// Compiles a phrase's regular expression with the bounds every one of them keeps.
pub fn compile(source: &str) -> Result<Regex, regex::Error> {
    regex::RegexBuilder::new(source).case_insensitive(true).size_limit(1 << 20).build()
}

/// What a phrase is matched against: a sentence of a text, and the facts in it.
struct Span<'a> {
    words: &'a Words,
    facts: &'a [FactWords],
    from: usize,
    to: usize,
    places: &'a Places,
    /// How many steps are left to try a phrase at a word.
    steps: Cell<u32>,
}

/// A phrase that is tried longer than this at one word is not found there.
const MOST_STEPS: u32 = 20_000;

impl Span<'_> {
    /// Which symbols the word there may have; beyond the sentence there is only [`ANY`].
    fn mask(&self, at: usize) -> u64 {
        if (self.from..self.to).contains(&at) { self.words.words[at].mask } else { ANY }
    }

    /// Whether the word there fits a place for words; `None` of any other place.
    fn word(&self, place: Place, at: usize) -> Option<bool> {
        let within = at >= self.from && at < self.to;
        match place {
            Place::Word(symbol) => Some(within && self.words.words[at].symbols.contains(&symbol)),
            Place::Words(from, len) => Some(
                within && {
                    let word = &self.words.words[at];
                    let mut here = word.symbols.iter().take_while(|&&s| s != UNKNOWN);
                    self.places.mask(from) & word.mask != 0 && here.any(|&s| self.places.has(from, len, s))
                },
            ),
            _ => None,
        }
    }

    /// Takes a step; whether there was none left.
    fn is_spent(&self) -> bool {
        let left = self.steps.get();
        self.steps.set(left.saturating_sub(1));
        left == 0
    }

    /// The fact of a kind that begins at a word; facts stand in order and share no word.
    fn fact_from(&self, kind: FactKind, first: usize) -> Option<&FactWords> {
        let n = self.facts.partition_point(|f| (f.first as usize) < first);
        self.facts.get(n).filter(|f| f.first as usize == first && f.kind == kind)
    }

    /// The fact of a kind that ends before a word.
    fn fact_before(&self, kind: FactKind, past: usize) -> Option<&FactWords> {
        let n = self.facts.partition_point(|f| f.last as usize + 1 < past);
        let found = self.facts.get(n).filter(|f| f.last as usize + 1 == past && f.kind == kind);
        found.filter(|f| f.first as usize >= self.from)
    }

    /// Matches `row`, whose first place is known to begin at word `at` by its line `n`.
    fn begin(&self, row: Slice<'_>, n: u32, at: usize, then: &mut dyn FnMut(usize) -> bool) -> bool {
        match row.split_first() {
            Some((Place::Any(from, _), rest)) => {
                let row = self.places.row(self.places.line(from + n).places());
                self.forward(row, at, &mut |at| self.forward(rest, at, then))
            }
            Some((_, rest)) => self.forward(rest, at + 1, then),
            None => then(at),
        }
    }

    /// Matches `row` from word `at` on; `then` gets the word after it and has the last say.
    fn forward(&self, row: Slice<'_>, at: usize, then: &mut dyn FnMut(usize) -> bool) -> bool {
        let (mut row, mut at) = (row, at);
        while let Some((place, rest)) = row.split_first() {
            match self.word(place, at) {
                Some(true) => (row, at) = (rest, at + 1),
                Some(false) => return false,
                None => break,
            }
        }
        let Some((place, rest)) = row.split_first() else { return then(at) };
        if self.is_spent() {
            return false;
        }
        let may = |line: &Line| line.first & half(self.mask(at)) != 0;
        match place {
            Place::Word(_) | Place::Words(..) => false,
            Place::Gap => {
                (at..=at + usize::from(GAP)).take_while(|&n| n < self.to).any(|n| self.forward(rest, n, then))
            }
            Place::Fact(kind) => self
                .fact_from(kind, at)
                .is_some_and(|f| self.forward(rest, f.last as usize + 1, then)),
            Place::Any(from, len) => self.places.lines(from, len).filter(may).any(|line| {
                self.forward(self.places.row(line.places()), at, &mut |n| self.forward(rest, n, then))
            }),
            Place::Maybe(line) => {
                let line = self.places.line(line);
                may(&line)
                    && self.forward(self.places.row(line.places()), at, &mut |n| self.forward(rest, n, then))
                    || self.forward(rest, at, then)
            }
        }
    }

    /// Matches `row` backwards, ending before word `at`; `then` gets its first word.
    fn backward(&self, row: Slice<'_>, at: usize, then: &mut dyn FnMut(usize) -> bool) -> bool {
        let (mut row, mut at) = (row, at);
        while let Some((place, rest)) = row.split_last() {
            match self.word(place, at.wrapping_sub(1)) {
                Some(true) => (row, at) = (rest, at - 1),
                Some(false) => return false,
                None => break,
            }
        }
        let Some((place, rest)) = row.split_last() else { return then(at) };
        if self.is_spent() {
            return false;
        }
        let may = |line: &Line| line.last & half(self.mask(at.wrapping_sub(1))) != 0;
        match place {
            Place::Word(_) | Place::Words(..) => false,
            Place::Gap => (0..=usize::from(GAP))
                .filter_map(|n| at.checked_sub(n))
                .take_while(|&n| n > self.from)
                .any(|n| self.backward(rest, n, then)),
            Place::Fact(kind) => self
                .fact_before(kind, at)
                .is_some_and(|f| self.backward(rest, f.first as usize, then)),
            Place::Any(from, len) => self.places.lines(from, len).filter(may).any(|line| {
                self.backward(self.places.row(line.places()), at, &mut |n| self.backward(rest, n, then))
            }),
            Place::Maybe(line) => {
                let line = self.places.line(line);
                may(&line)
                    && self
                        .backward(self.places.row(line.places()), at, &mut |n| self.backward(rest, n, then))
                    || self.backward(rest, at, then)
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
