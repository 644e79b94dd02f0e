//! What the message is about: a noun from the phrasebook, or something they call theirs.

use super::evidence::Scan;
use super::issues::Candidate;
use amends_language::index::Hit;
use amends_language::words::{self, Words};
use amends_phrasebook::word_lists::WordLists;
use amends_phrasebook::{Owner, Phrasebook};

/// The noun nearest to the main issue's first evidence, in the same sentence or the one before.
pub(super) fn thing(book: &Phrasebook, scan: &Scan<'_>, issues: &[Candidate]) -> Option<(String, String)> {
    let anchor = issues.first().and_then(|c| {
        c.hits.iter().filter(|(l, _)| *l == 0).map(|&(_, n)| scan.hits[n]).min_by_key(|h| h.first)
    });
    // "It isn't a toy" is about no toy.
    let denied = |h: &Hit| {
        let word =
            |n: u32| scan.words.words.get(n as usize).map(|w| &scan.text[w.start as usize..w.end as usize]);
        let denies = |n: u32| {
            word(n).is_some_and(|w| w == "not" || w == "no" || w.ends_with("n't") || w.ends_with("n’t"))
        };
        (1..=2).any(|back| h.first.checked_sub(back).is_some_and(denies))
    };
    let things = scan
        .hits
        .iter()
        .filter(|h| !denied(h))
        .filter_map(|h| if let Owner::Thing(n) = scan.rule(h).owner { Some((h, n)) } else { None });
    let near =
        things.filter(|(h, _)| anchor.is_none_or(|a| scan.sentence(h).abs_diff(scan.sentence(&a)) <= 1));
    let (hit, sort) = near.min_by_key(|(h, _)| anchor.map_or(h.first, |a| a.first.abs_diff(h.first)))?;
    let sort = book.things[sort as usize].clone();
    // The phrasebook's noun, not the spelling as typed.
    Some((scan.rule(hit).text.to_string(), sort))
}

const ADJECTIVES: &[&str] = &["new", "brand", "old", "current", "latest", "entire"];

/// Fallback topic, from "my …": "my headset" gives "headset".
pub(super) fn topic(lists: &WordLists, text: &str, words: &Words) -> Option<String> {
    let mut spans: Vec<(usize, usize, u32, u32)> =
        words.words.iter().map(|w| (w.start as usize, w.end as usize, w.sentence, w.clause)).collect();
    spans.dedup_by_key(|s| s.0);
    let lower = |n: usize| words::lower(&text[spans[n].0..spans[n].1]);
    let is_my = |n: &usize| text[spans[*n].0..spans[*n].1].eq_ignore_ascii_case("my");
    (0..spans.len()).filter(is_my).find_map(|my| {
        let mut at = my + 1;
        while at < spans.len() && ADJECTIVES.contains(&lower(at).as_str()) {
            at += 1;
        }
        let same = |n: usize| {
            spans.get(n).is_some_and(|s| (s.2, s.3) == (spans[my].2, spans[my].3))
                // A split run-together word shares one span; its parts aren't words of their own here.
                && text.get(spans[n - 1].1..spans[n].0).is_some_and(|gap| gap.trim().is_empty())
        };
        let over = |n: usize| !same(n) || lists.topic_ends.has(&lower(n));
        let noun = |n: usize| {
            let word = spans.get(n).map_or("", |s| &text[s.0..s.1]);
            same(n)
                && word.len() > 2
                && word.chars().all(char::is_alphabetic)
                && !lists.topic_ends.has(&lower(n))
                && !lists.no_topics.has(&lower(n))
        };
        if !noun(at) {
            return None;
        }
        let last = if over(at + 1) {
            at
        } else if noun(at + 1)
            && over(at + 2)
            && !lower(at + 1).ends_with("ed")
            && !lower(at + 1).ends_with("ing")
        {
            at + 1
        } else {
            return None;
        };
        let told = text.get(spans[at].0..spans[last].1)?;
        let shouted = told.chars().all(|c| !c.is_lowercase());
        Some(if shouted { told.to_lowercase() } else { told.to_owned() })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_they_call_theirs_is_the_topic() {
        let book = crate::built_in::phrasebook().unwrap();
        for (text, told) in [
            ("What's happening to my screen", Some("screen")),
            ("My new headset keeps dying", Some("headset")),
            ("there is no sound in my video editor.", Some("video editor")),
            ("My wife is furious", None),
            ("I lost my patience, fix my PRINTER", Some("printer")),
            ("my screen flickering all day", None),
            ("Where is my", None),
            ("#mybad is my", None),
        ] {
            assert_eq!(topic(&book.words, text, &book.lexicon.read(text)).as_deref(), told, "{text}");
        }
    }
}
