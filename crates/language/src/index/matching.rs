//! Matches one phrase at one word, forwards and backwards from its anchor.

use super::FactWords;
use super::places::{Line, Place, Places, Slice, half};
use crate::phrase::{FactKind, GAP};
use crate::words::{ANY, Symbol, UNKNOWN, Word, Words};
use std::cell::Cell;

/// What a phrase is matched against: one sentence and its facts.
pub(super) struct Span<'a> {
    pub(super) words: &'a Words,
    pub(super) facts: &'a [FactWords],
    pub(super) from: usize,
    pub(super) to: usize,
    pub(super) places: &'a Places,
    /// Steps left for the current attempt.
    pub(super) steps: Cell<u32>,
}

/// The step limit for one phrase at one word; beyond it, there is no match.
pub(super) const MOST_STEPS: u32 = 20_000;

impl Span<'_> {
    /// The mask of the word there; outside the sentence, just [`ANY`].
    pub(super) fn mask(&self, at: usize) -> u64 {
        self.at(at).map_or(ANY, |word| word.mask)
    }

    /// The word there, if it is one of the sentence.
    fn at(&self, at: usize) -> Option<&Word> {
        (at >= self.from && at < self.to).then(|| &self.words.words[at])
    }

    fn is(&self, symbol: Symbol, at: usize) -> bool {
        self.at(at).is_some_and(|word| word.symbols.contains(&symbol))
    }

    /// Whether the word there is one of the `len` symbols starting at `from`.
    fn is_among(&self, from: u32, len: u32, at: usize) -> bool {
        self.at(at).is_some_and(|word| {
            let mut here = word.symbols.iter().take_while(|&&s| s != UNKNOWN);
            self.places.mask(from) & word.mask != 0 && here.any(|&s| self.places.has(from, len, s))
        })
    }

    /// Uses up a step; true if none were left.
    pub(super) fn is_spent(&self) -> bool {
        let left = self.steps.get();
        self.steps.set(left.saturating_sub(1));
        left == 0
    }

    /// The fact of this kind that begins at `first`; facts are sorted and don't overlap.
    pub(super) fn fact_from(&self, kind: FactKind, first: usize) -> Option<&FactWords> {
        let n = self.facts.partition_point(|f| (f.first as usize) < first);
        self.facts.get(n).filter(|f| f.first as usize == first && f.kind == kind)
    }

    /// The fact of this kind that ends just before `past`.
    pub(super) fn fact_before(&self, kind: FactKind, past: usize) -> Option<&FactWords> {
        let n = self.facts.partition_point(|f| f.last as usize + 1 < past);
        let found = self.facts.get(n).filter(|f| f.last as usize + 1 == past && f.kind == kind);
        found.filter(|f| f.first as usize >= self.from)
    }

    /// Matches `row` from `at`, where line `n` of its first place is known to begin.
    pub(super) fn begin(
        &self,
        row: Slice<'_>,
        n: u32,
        at: usize,
        then: &mut dyn FnMut(usize) -> bool,
    ) -> bool {
        match row.split_first() {
            Some((Place::Any(from, _), rest)) => {
                let row = self.places.row(self.places.line(from + n).places());
                self.forward(row, at, &mut |at| self.forward(rest, at, then))
            }
            Some((_, rest)) => self.forward(rest, at + 1, then),
            None => then(at),
        }
    }

    /// Matches `row` from word `at`; `then` gets the next word and decides.
    pub(super) fn forward(&self, row: Slice<'_>, at: usize, then: &mut dyn FnMut(usize) -> bool) -> bool {
        let (mut row, mut at) = (row, at);
        while let Some((place, rest)) = row.split_first() {
            let fits = match place {
                Place::Word(symbol) => self.is(symbol, at),
                Place::Words(from, len) => self.is_among(from, len, at),
                _ => return !self.is_spent() && self.branch(place, rest, at, then),
            };
            if !fits {
                return false;
            }
            (row, at) = (rest, at + 1);
        }
        then(at)
    }

    /// The same where there may be several ways to go on.
    fn branch(&self, place: Place, rest: Slice<'_>, at: usize, then: &mut dyn FnMut(usize) -> bool) -> bool {
        let may = |line: &Line| line.first & half(self.mask(at)) != 0;
        match place {
            Place::Word(_) | Place::Words(..) => false,
            Place::Gap => {
                (at..=at + usize::from(GAP)).take_while(|&n| n < self.to).any(|n| self.forward(rest, n, then))
            }
            Place::Fact(kind) => {
                self.fact_from(kind, at).is_some_and(|f| self.forward(rest, f.last as usize + 1, then))
            }
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
    pub(super) fn backward(&self, row: Slice<'_>, at: usize, then: &mut dyn FnMut(usize) -> bool) -> bool {
        let (mut row, mut at) = (row, at);
        while let Some((place, rest)) = row.split_last() {
            let before = at.wrapping_sub(1);
            let fits = match place {
                Place::Word(symbol) => self.is(symbol, before),
                Place::Words(from, len) => self.is_among(from, len, before),
                _ => return !self.is_spent() && self.branch_back(place, rest, at, then),
            };
            if !fits {
                return false;
            }
            (row, at) = (rest, before);
        }
        then(at)
    }

    /// The same backwards.
    fn branch_back(
        &self,
        place: Place,
        rest: Slice<'_>,
        at: usize,
        then: &mut dyn FnMut(usize) -> bool,
    ) -> bool {
        let may = |line: &Line| line.last & half(self.mask(at.wrapping_sub(1))) != 0;
        match place {
            Place::Word(_) | Place::Words(..) => false,
            Place::Gap => (0..=usize::from(GAP))
                .filter_map(|n| at.checked_sub(n))
                .take_while(|&n| n > self.from)
                .any(|n| self.backward(rest, n, then)),
            Place::Fact(kind) => {
                self.fact_before(kind, at).is_some_and(|f| self.backward(rest, f.first as usize, then))
            }
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
