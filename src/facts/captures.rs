//! Regular expressions with captures, tuned to compile fast: ASCII classes only, with no full DFA or
//! literal prefilter, which only pay off on megabytes.

use regex_automata::meta::{Config, Regex};
use regex_automata::util::captures::Captures;
use regex_automata::util::syntax;
use std::ops::Range;

#[derive(Debug)]
pub struct CaptureRegex(Regex);

/// One match with its groups.
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

impl CaptureRegex {
    /// Case-sensitive; spaces are significant.
    pub fn exact(source: &str) -> Self {
        let lean = Config::new().hybrid(true).dfa(false).onepass(false).auto_prefilter(false);
        let syntax = syntax::Config::new().unicode(false);
        Self(Regex::builder().configure(lean).syntax(syntax).build(source).expect("a fixed pattern"))
    }

    pub fn captures_iter<'a>(&'a self, text: &'a str) -> impl Iterator<Item = Found> + 'a {
        self.0.captures_iter(text).map(Found)
    }

    pub fn captures(&self, text: &str) -> Option<Found> {
        self.captures_iter(text).next()
    }
}
