//! Regular expressions as tables, read where they stand in the binary.
//!
//! A library's automaton is checked as it is loaded, which takes longer than a mail takes to be
//! read; these tables are this program's own, and a step that leads nowhere ends the search.

use crate::packed::Table;
use serde::{Deserialize, Serialize};
use std::ops::Range;

/// A deterministic automaton over bytes. State 0 is the dead one.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct Automaton {
    /// The column of each byte.
    pub classes: Table<u32>,
    /// Columns of a state; the last is for the end of the text.
    pub width: u32,
    /// Where a search begins by the byte before it, and behind those where there is none: first
    /// for one that may match further on, then for one that matches here or not at all.
    pub starts: Table<u32>,
    /// For each state and column the next state, twice, plus one if a match ends before the byte.
    pub steps: Table<u32>,
}

/// Places in [`Automaton::starts`] for each of its two kinds.
pub const BEFORE: usize = 257;

impl Automaton {
    /// The first match from a place on, and of those that begin together the one the expression
    /// prefers.
    pub fn find_at(&self, text: &str, from: usize) -> Option<Range<usize>> {
        let bytes = text.as_bytes();
        let earliest = self.search(bytes, from, false)?;
        (from..earliest).find_map(|start| Some(start..self.search(bytes, start, true)?))
    }

    pub fn find_iter<'a>(&'a self, text: &'a str) -> impl Iterator<Item = Range<usize>> + 'a {
        let mut from = 0;
        std::iter::from_fn(move || {
            let found = self.find_at(text, from)?;
            from = found.end;
            Some(found)
        })
    }

    /// Where a match that begins `here` ends; else where the first that ends at all does.
    fn search(&self, bytes: &[u8], from: usize, here: bool) -> Option<usize> {
        let before = from.checked_sub(1).map_or(BEFORE - 1, |at| usize::from(bytes[at]));
        let mut state = self.starts.get(before + if here { BEFORE } else { 0 });
        let mut end = None;
        for (at, byte) in bytes.iter().enumerate().skip(from) {
            let step = self.step(state, self.classes.get(usize::from(*byte)));
            if step & 1 == 1 {
                end = Some(at);
                if !here {
                    return end;
                }
            }
            state = step >> 1;
            if state == 0 {
                return end;
            }
        }
        if self.step(state, self.width - 1) & 1 == 1 { Some(bytes.len()) } else { end }
    }

    fn step(&self, state: u32, column: u32) -> u32 {
        self.steps.get((state * self.width + column) as usize)
    }
}
