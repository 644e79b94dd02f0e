//! The forms of facts, ready to be searched for.
//!
//! A single mail waits longer for a regular expression to be compiled than to be searched. So the
//! forms of [`crate::forms`] lie in the binary as automata, and the few others, which say where
//! their parts are, have ASCII classes alone and neither a full automaton nor literal prefilters.

use regex_automata::Anchored;
use regex_automata::Input;
use regex_automata::dfa::Automaton;
use regex_automata::dfa::sparse::DFA;
use regex_automata::meta::{Config, Regex};
use regex_automata::util::captures::Captures;
use regex_automata::util::syntax;
use std::ops::Range;

/// An automaton that `build.rs` stored.
#[derive(Debug)]
pub struct Form(DFA<&'static [u8]>);

impl Form {
    pub fn stored(bytes: &'static [u8]) -> Self {
        Self(DFA::from_bytes(bytes).expect("what build.rs stored").0)
    }

    /// The first match from a place on, and of those that begin together the one the expression
    /// prefers.
    pub fn find_at(&self, text: &str, from: usize) -> Option<Range<usize>> {
        let search = |input: Input<'_>| self.0.try_search_fwd(&input).ok().flatten();
        let input = Input::new(text).range(from..);
        let earliest = search(input.clone().earliest(true))?;
        (from..earliest.offset()).find_map(|start| {
            let end = search(input.clone().range(start..).anchored(Anchored::Yes))?;
            Some(start..end.offset())
        })
    }

    pub fn find_iter<'a>(&'a self, text: &'a str) -> impl Iterator<Item = Range<usize>> + 'a {
        let mut from = 0;
        std::iter::from_fn(move || {
            let found = self.find_at(text, from)?;
            from = found.end;
            Some(found)
        })
    }
}

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
    /// With case and spaces as written.
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

#[cfg(test)]
mod tests {
    use crate::facts::FORMS;
    use proptest::prelude::*;

    /// What texts with facts are made of.
    const PARTS: &[&str] = &[
        " ",
        " ",
        " ",
        "  ",
        "\n",
        "order",
        "ref",
        "reference",
        "account",
        "number",
        "no",
        "is",
        ".",
        ":",
        "#",
        "-",
        "/",
        "_",
        "a-44192",
        "12345",
        "4",
        "12",
        "2026",
        "1,299",
        ".50",
        "$",
        "us$",
        "£",
        "₹",
        "rs",
        "usd",
        "dollars",
        "k",
        "a",
        "an",
        "a few",
        "couple of",
        "three",
        "over",
        "more than",
        "to",
        "or",
        "+",
        "working",
        "days",
        "weeks",
        "hrs",
        "of",
        "may",
        "march",
        "st",
        "th",
        "12/3/2026",
        "the",
        "called",
        "twice",
        "times",
        "different",
        "this is",
        "now",
        "my",
        "second",
        "email",
        "i've",
        "made",
        "calls",
        "need",
        "it",
        "by",
        "before",
        "saturday",
        "next",
        "trip",
        "please",
        "we",
        "'re",
        "flying",
        "on",
        "christmas",
        "ordered",
        "new",
        "pair of",
        "boots",
        "spoke to",
        "Dean",
        "A",
        "#10023",
        "é",
        "é-",
        "x",
    ];

    proptest! {
        #[test]
        fn an_automaton_finds_what_its_expression_finds(
            parts in proptest::collection::vec(proptest::sample::select(PARTS), 0..14)
        ) {
            let text = parts.concat();
            for (name, source) in crate::forms::forms() {
                let form = FORMS.iter().find(|(n, _)| *n == name).unwrap().1;
                let regex = regex::bytes::RegexBuilder::new(&source).unicode(false).ignore_whitespace(true).build();
                let regex = regex.unwrap();
                let expected: Vec<_> = regex.find_iter(text.as_bytes()).map(|m| m.range()).collect();
                prop_assert_eq!(form.find_iter(&text).collect::<Vec<_>>(), expected, "{} in {:?}", name, text);
            }
        }
    }
}
