//! Regular expressions as precompiled lookup tables, used in place from the binary.
//!
//! A library's DFA is validated on load, which takes longer than reading a mail. These tables are our
//! own, so they need no validation, and reaching the dead state ends the search.

use crate::packed::Table;
use serde::{Deserialize, Serialize};
use std::ops::Range;

/// A DFA over bytes. A state is the number of its first step; state 0 is the dead state.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct Automaton {
    /// Byte → equivalence class.
    pub classes: Table<u32>,
    /// Columns per state; the last is end of text.
    pub width: u32,
    /// Start state by preceding byte (or none): first for unanchored searches, then for anchored ones.
    pub starts: Table<u32>,
    /// Per state and class: the next state × 2, plus 1 if a match ends before this byte.
    pub steps: Table<u32>,
}

/// Entries per half of [`Automaton::starts`]: one per preceding byte, plus "none".
pub const BEFORE: usize = 257;

impl Automaton {
    /// The first match at or after `from`; of several starting together, the one the expression prefers.
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

    /// Where the match starting at `from` ends (if `here`); otherwise where the earliest match ends.
    fn search(&self, bytes: &[u8], from: usize, here: bool) -> Option<usize> {
        let (classes, steps) = (self.classes.rows().first_chunk::<256>()?, self.steps.rows());
        let step = |state: u32, column: u32| u32::from_le_bytes(steps[(state + column) as usize]);
        let before = from.checked_sub(1).map_or(BEFORE - 1, |at| usize::from(bytes[at]));
        let mut state = self.starts.get(before + if here { BEFORE } else { 0 });
        let mut end = None;
        for (n, byte) in bytes[from..].iter().enumerate() {
            let step = step(state, u32::from_le_bytes(classes[usize::from(*byte)]));
            if step & 1 == 1 {
                end = Some(from + n);
                if !here {
                    return end;
                }
            }
            state = step >> 1;
            if state == 0 {
                return end;
            }
        }
        if step(state, self.width - 1) & 1 == 1 { Some(bytes.len()) } else { end }
    }
}
