//! What the message is about: a noun from the phrasebook, or something they call theirs.

use super::evidence::Scan;
use super::issues::Candidate;
use amends_language::words::{self, Words};
use amends_phrasebook::{Owner, Phrasebook};

/// The noun nearest to the main issue's first evidence, in the same sentence or the one before.
pub(super) fn thing(book: &Phrasebook, scan: &Scan<'_>, issues: &[Candidate]) -> Option<(String, String)> {
    let anchor = issues.first().and_then(|c| {
        c.hits.iter().filter(|(l, _)| *l == 0).map(|&(_, n)| scan.hits[n]).min_by_key(|h| h.first)
    });
    let things = scan
        .hits
        .iter()
        .filter_map(|h| if let Owner::Thing(n) = scan.rule(h).owner { Some((h, n)) } else { None });
    let near =
        things.filter(|(h, _)| anchor.is_none_or(|a| scan.sentence(h).abs_diff(scan.sentence(&a)) <= 1));
    let (hit, sort) = near.min_by_key(|(h, _)| anchor.map_or(h.first, |a| a.first.abs_diff(h.first)))?;
    let sort = book.things[sort as usize].clone();
    // The phrasebook's noun, not the spelling as typed.
    Some((scan.rule(hit).text.to_string(), sort))
}

/// "My" plus one of these doesn't name what went wrong: people, body and mind, money and time, and
/// the message itself.
const NOT_A_TOPIC: &[&str] = &[
    "account",
    "address",
    "ass",
    "baby",
    "bad",
    "behalf",
    "best",
    "birthday",
    "body",
    "boss",
    "boy",
    "boyfriend",
    "brother",
    "business",
    "case",
    "child",
    "children",
    "city",
    "colleague",
    "complaint",
    "country",
    "custom",
    "dad",
    "daughter",
    "day",
    "days",
    "dm",
    "dms",
    "doctor",
    "email",
    "emails",
    "end",
    "experience",
    "eyes",
    "face",
    "family",
    "father",
    "fault",
    "favorite",
    "favourite",
    "feedback",
    "feelings",
    "first",
    "friend",
    "friends",
    "girl",
    "girlfriend",
    "god",
    "guess",
    "hair",
    "hand",
    "hands",
    "head",
    "health",
    "heart",
    "home",
    "house",
    "husband",
    "idea",
    "information",
    "issue",
    "job",
    "kid",
    "kids",
    "last",
    "life",
    "lord",
    "love",
    "message",
    "messages",
    "mind",
    "mistake",
    "mom",
    "money",
    "mother",
    "mum",
    "name",
    "neighbor",
    "neighbour",
    "next",
    "number",
    "opinion",
    "other",
    "own",
    "pain",
    "parents",
    "part",
    "partner",
    "password",
    "patience",
    "phone number",
    "place",
    "point",
    "problem",
    "query",
    "question",
    "questions",
    "review",
    "second",
    "self",
    "side",
    "sister",
    "son",
    "thanks",
    "thing",
    "things",
    "time",
    "tweet",
    "tweets",
    "way",
    "whole",
    "wife",
    "work",
    "world",
    "year",
];

const ADJECTIVES: &[&str] = &["new", "brand", "old", "current", "latest", "entire"];

/// A noun phrase ends at one of these words, or at the end of a clause.
const ENDS: &[&str] = &[
    "a",
    "after",
    "again",
    "all",
    "and",
    "are",
    "as",
    "at",
    "be",
    "because",
    "been",
    "before",
    "but",
    "by",
    "can",
    "can't",
    "cannot",
    "could",
    "did",
    "didn't",
    "do",
    "does",
    "doesn't",
    "due",
    "ever",
    "every",
    "for",
    "from",
    "got",
    "had",
    "has",
    "hasn't",
    "have",
    "haven't",
    "he",
    "i",
    "if",
    "in",
    "is",
    "isn't",
    "it",
    "just",
    "keep",
    "keeps",
    "kept",
    "last",
    "like",
    "my",
    "never",
    "no",
    "not",
    "now",
    "of",
    "on",
    "or",
    "out",
    "over",
    "said",
    "says",
    "she",
    "should",
    "since",
    "so",
    "still",
    "that",
    "the",
    "then",
    "they",
    "this",
    "through",
    "till",
    "to",
    "today",
    "tonight",
    "until",
    "up",
    "via",
    "was",
    "wasn't",
    "we",
    "were",
    "what",
    "when",
    "where",
    "which",
    "while",
    "why",
    "will",
    "with",
    "without",
    "won't",
    "working",
    "would",
    "yesterday",
    "yet",
    "you",
];

/// Fallback topic, from "my …": "my headset" gives "headset".
pub(super) fn topic(text: &str, words: &Words) -> Option<String> {
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
        let over = |n: usize| !same(n) || ENDS.contains(&lower(n).as_str());
        let noun = |n: usize| {
            let word = spans.get(n).map_or("", |s| &text[s.0..s.1]);
            same(n)
                && word.len() > 2
                && word.chars().all(char::is_alphabetic)
                && !ENDS.contains(&lower(n).as_str())
                && !NOT_A_TOPIC.contains(&lower(n).as_str())
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
            assert_eq!(topic(text, &book.lexicon.read(text)).as_deref(), told, "{text}");
        }
    }
}
