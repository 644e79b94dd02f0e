//! What they bought.

use super::*;
use amends_phrasebook::word_lists::WordLists;

pub(super) static ITEM: LazyLock<Automaton> = fact_pattern!("item");

/// The item bought, if it has an article or number, or is plural.
pub(super) fn bought(lists: &WordLists, text: &str, lower: &str, found: Range<usize>) -> Option<String> {
    const SOME: &[&str] =
        &["a", "an", "some", "my", "the", "two", "three", "2", "3", "these", "this", "one", "1"];
    const OF: &[&str] = &["pair", "pairs", "set", "sets", "pack", "packs", "box", "boxes"];
    let said = &lower[found.clone()];
    let words: Vec<&str> = said.split_whitespace().collect();
    let mut at = 1;
    let more = |at: usize, n: usize| words.len() > at + n;
    let some = more(at, 1) && SOME.contains(&words[at]);
    at += usize::from(some);
    if more(at, 1) && words[at] == "new" {
        at += 1;
    } else if more(at, 2) && words[at..].starts_with(&["brand", "new"]) {
        at += 2;
    }
    if more(at, 2) && OF.contains(&words[at]) && words[at + 1] == "of" {
        at += 2;
    }
    let start = found.start + (words[at].as_ptr() as usize - said.as_ptr() as usize);
    item(lists, &text[start..found.end]).filter(|item| some || item.ends_with('s'))
}

/// The noun phrase after "ordered a …", if it is plain.
pub(super) fn item(lists: &WordLists, raw: &str) -> Option<String> {
    let words: Vec<&str> =
        raw.split_whitespace().take_while(|w| !lists.item_ends.has(&w.to_lowercase())).take(4).collect();
    let last = words.last()?.to_lowercase();
    // Too long for a plain noun phrase, or too vague.
    if words.len() > 3
        || lists.vague_nouns.has(&last)
        || last.len() < 3
        || last.ends_with("ly")
        || last.ends_with("ing") && words.len() == 1
    {
        return None;
    }
    let plain = words.iter().all(|w| w.chars().all(|c| c.is_alphabetic() || c == '-'))
        && !words.iter().any(|w| w.len() > 1 && w.chars().all(char::is_uppercase));
    plain.then(|| words.iter().map(|w| w.to_lowercase()).collect::<Vec<_>>().join(" "))
}
