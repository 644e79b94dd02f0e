//! Regular expressions for facts, built to be built fast.
//!
//! A single mail waits longer for its patterns to be compiled than to be searched. So these
//! have ASCII classes alone, and neither a full automaton nor literal prefilters, which pay off
//! on megabytes: measured here, a letter is drafted in 8.0 ms instead of 9.0, and a batch is no
//! slower.

use regex_automata::meta::{Config, Regex};
use regex_automata::util::captures::Captures;
use regex_automata::util::syntax;
use std::ops::Range;

#[derive(Debug)]
pub struct Pattern(Regex);

/// One match and its groups.
#[derive(Debug)]
pub struct Found(Captures);

impl Found {
    pub fn range(&self) -> Range<usize> {
        self.0.get_match().map_or(0..0, |m| m.range())
    }

    pub fn name(&self, group: &str) -> Option<Range<usize>> {
        self.0.get_group_by_name(group).map(|span| span.range())
    }
}

impl Pattern {
    /// For text in lower case, written with spaces and over several lines.
    pub fn spaced(source: &str) -> Self {
        Self::build(source, true)
    }

    /// With case and spaces as written.
    pub fn exact(source: &str) -> Self {
        Self::build(source, false)
    }

    fn build(source: &str, spaced: bool) -> Self {
        let lean = Config::new().hybrid(true).dfa(false).onepass(false).auto_prefilter(false);
        let syntax = syntax::Config::new().unicode(false).ignore_whitespace(spaced);
        Self(Regex::builder().configure(lean).syntax(syntax).build(source).expect("a fixed pattern"))
    }

    pub fn find_iter<'a>(&'a self, text: &'a str) -> impl Iterator<Item = Range<usize>> + 'a {
        self.0.find_iter(text).map(|m| m.range())
    }

    pub fn captures_iter<'a>(&'a self, text: &'a str) -> impl Iterator<Item = Found> + 'a {
        self.0.captures_iter(text).map(Found)
    }

    pub fn captures(&self, text: &str) -> Option<Found> {
        self.captures_iter(text).next()
    }
}
