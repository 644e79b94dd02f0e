//! How often they have contacted us.

use super::*;

pub(super) static TIMES: LazyLock<Automaton> = fact_pattern!("times");
pub(super) static CONTACTS: LazyLock<Automaton> = fact_pattern!("contacts");

pub(super) fn contacts(lower: &str, facts: &mut Facts) {
    let Some(said) = how_often(lower) else { return };
    let first = said.split_whitespace().next().unwrap_or("");
    let count = match first {
        "twice" | "second" | "2nd" | "two" => Some(2),
        "thrice" | "third" | "3rd" => Some(3),
        "fourth" | "4th" => Some(4),
        "fifth" | "5th" => Some(5),
        "sixth" | "6th" => Some(6),
        word => word.parse().ok().or_else(|| amends_language::words::number_word(word)),
    };
    facts.contacts = count.filter(|n| *n < 100);
    // What they count may not be all of it, so a reply counts less exactly.
    facts.said.contacts =
        Some(if facts.contacts == Some(2) { "more than once" } else { "several times" }.into());
}

/// The phrase for how often they made contact: "three times" in "called you three times".
pub(super) fn how_often(lower: &str) -> Option<&str> {
    let alone = CONTACTS.find_at(lower, 0);
    let before = alone.as_ref().map_or(lower.len(), |found| found.start);
    if let Some(said) = after_a_contact(lower, before) {
        return Some(said);
    }
    const LEADS: &[&str] = &[
        "this",
        "is",
        "now",
        "my",
        "the",
        "for",
        "i",
        "have",
        "i've",
        "made",
        "sent",
        "sending",
        "after",
        "had",
        "to",
        "make",
        "our",
        "email",
        "e-mail",
        "call",
        "message",
        "complaint",
        "letter",
        "number",
        "no.",
    ];
    let said = &lower[alone?];
    let count = said.split_whitespace().find(|word| !LEADS.contains(word))?;
    Some(&said[count.as_ptr() as usize - said.as_ptr() as usize..])
}

/// "Three times", after the first contact verb at or before `last` that is soon followed by a count.
pub(super) fn after_a_contact(lower: &str, last: usize) -> Option<&str> {
    /// The most bytes between the two, all letters or light punctuation.
    const APART: usize = 32;
    const LONGEST: usize = 64;
    const VERBS: &[&str] = &[
        "called",
        "rung",
        "rang",
        "ring",
        "phoned",
        "telephoned",
        "emailed",
        "e-mailed",
        "messaged",
        "texted",
        "written",
        "wrote",
        "contacted",
        "chased",
        "tweeted",
    ];
    // Mostly nothing is counted.
    TIMES.find_at(lower, 0)?;
    let bytes = lower.as_bytes();
    let word = |b: &u8| b.is_ascii_alphanumeric() || *b == b'_';
    let between = |b: &u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b" ,'/()-".contains(b);
    let begins = |at: &usize| at.checked_sub(1).is_none_or(|before| !word(&bytes[before]));
    (0..=last.min(lower.len())).filter(|at| lower.is_char_boundary(*at)).filter(begins).find_map(|at| {
        let first = bytes.get(at)?;
        let verb = VERBS
            .iter()
            .filter(|verb| verb.as_bytes()[0] == *first)
            .find(|verb| lower[at..].starts_with(**verb) && bytes.get(at + verb.len()) == Some(&b' '))?;
        let from = at + verb.len() + 1;
        let near = &lower[..lower.floor_char_boundary(from + APART + LONGEST)];
        let times = TIMES.find_at(near, from)?;
        let near = times.start - from <= APART && bytes[from..times.start].iter().all(between);
        near.then(|| &lower[times])
    })
}

/// "twice", "three times"; once isn't worth mentioning.
pub fn times(n: u32) -> Option<String> {
    match n {
        0 | 1 => None,
        2 => Some("twice".into()),
        n => Some(format!("{} times", spelled(n))),
    }
}

/// Numbers up to ten as words.
pub fn spelled(n: u32) -> String {
    const WORDS: [&str; 11] =
        ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"];
    WORDS.get(n as usize).map_or_else(|| n.to_string(), |w| (*w).to_owned())
}
