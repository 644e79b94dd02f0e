//! What they bought.

use super::*;

pub(super) static ITEM: LazyLock<Automaton> = fact_pattern!("item");

/// The item bought, if it has an article or number, or is plural.
pub(super) fn bought(text: &str, lower: &str, found: Range<usize>) -> Option<String> {
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
    item(&text[start..found.end]).filter(|item| some || item.ends_with('s'))
}

/// Words that end a noun phrase.
#[rustfmt::skip]
const STOP: &[&str] = &[
    "from", "for", "on", "at", "in", "with", "and", "that", "which", "via", "online", "last", "this",
    "but", "to", "ago", "as", "it", "i", "or", "through", "only", "because", "so", "when", "over", "off",
    "by", "about", "around", "back", "three", "two", "four", "five", "six", "a", "an", "the", "was",
    "is", "were", "are", "has", "had", "have", "my", "your", "you", "they", "he", "she", "we", "today",
    "yesterday", "since", "using", "before", "after", "did", "does", "not", "just", "during", "while",
    "if", "than", "who", "where", "worth", "of", "monday", "tuesday", "wednesday", "thursday", "friday",
    "saturday", "sunday", "few", "couple", "both", "all", "recently", "never", "still", "came",
    "arrived", "thinking", "couldn't", "didn't", "wasn't", "be", "been", "please", "also", "again",
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
    "november", "december",
];

/// Nouns too vague to name an item.
#[rustfmt::skip]
const VAGUE: &[&str] = &[
    "item", "items", "product", "products", "thing", "things", "one", "ones", "stuff", "order", "lot",
    "more", "same", "other", "another", "few", "couple", "week", "month", "year", "day", "weeks", "days",
    "months", "wrong", "gift", "ticket", "tickets",
];

/// The noun phrase after "ordered a …", if it is plain.
pub(super) fn item(raw: &str) -> Option<String> {
    let words: Vec<&str> =
        raw.split_whitespace().take_while(|w| !STOP.contains(&w.to_lowercase().as_str())).take(4).collect();
    let last = words.last()?.to_lowercase();
    // Too long for a plain noun phrase, or too vague.
    if words.len() > 3
        || VAGUE.contains(&last.as_str())
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
