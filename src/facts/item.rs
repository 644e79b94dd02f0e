//! What they bought, booked, sent in or were sent, by the words around it.

use super::*;

static ITEM: LazyLock<Automaton> = fact_pattern!("item");
static DELIVERED: LazyLock<Automaton> = fact_pattern!("item_delivered");

/// The most items kept.
const MOST_ITEMS: usize = 3;
/// Words between the verb and the thing.
const LEADS: &[&str] = &[
    "a", "an", "some", "my", "the", "our", "two", "three", "four", "five", "six", "2", "3", "4", "5", "6",
    "these", "this", "one", "1", "another", "his", "her", "their", "new", "brand", "me", "us", "him", "them",
    "you", "off", "from", "pair", "pairs", "set", "sets", "pack", "packs", "box", "boxes", "of", "back",
    "in", "for", "myself",
];
/// Words that show a thing is meant, not an activity: "ordered a …".
const ARTICLES: &[&str] = &[
    "a", "an", "some", "my", "the", "our", "two", "three", "four", "five", "six", "2", "3", "4", "5", "6",
    "these", "this", "one", "1", "another", "his", "her", "their", "pair", "pairs", "set", "sets", "pack",
    "packs", "box", "boxes",
];

pub(super) fn items(lists: &WordLists, text: &str, lower: &str, facts: &mut Facts) {
    let bought = ITEM.find_iter(lower).filter_map(|found| {
        let strict =
            ["ordered", "bought", "purchased"].iter().any(|verb| lower[found.clone()].starts_with(verb));
        Some((behind_verb(lists, text, lower, found)?, strict))
    });
    let delivered =
        DELIVERED.find_iter(lower).filter_map(|found| Some((before_verb(lists, text, found)?, false)));
    for (item, strict) in bought.chain(delivered) {
        let said = text[item].split_whitespace().collect::<Vec<_>>().join(" ");
        let plain = said.to_lowercase();
        let same = |known: &String| known.to_lowercase() == plain;
        if strict && facts.said.items.len() < MOST_ITEMS && !facts.said.items.iter().any(same) {
            let shouted = !said.contains(char::is_lowercase);
            facts.said.items.push(if shouted { plain.clone() } else { said.clone() });
        }
        let known = |known: &String| {
            let known = known.to_lowercase();
            known.ends_with(&plain) || plain.ends_with(&known)
        };
        if facts.items.len() < MOST_ITEMS && !facts.items.iter().any(known) {
            facts.items.push(said);
        }
    }
}

/// "Oak frame" in "bought an oak frame for …".
fn behind_verb(lists: &WordLists, text: &str, lower: &str, found: Range<usize>) -> Option<Range<usize>> {
    let said = &lower[found.clone()];
    let mut words = said.split_whitespace().skip(1);
    let mut some = false;
    let first = words.find(|word| {
        some |= ARTICLES.contains(word);
        !LEADS.contains(word)
    })?;
    let start = found.start + (first.as_ptr() as usize - said.as_ptr() as usize);
    let item = noun_phrase(lists, text, start..found.end)?;
    (some || lower[item.clone()].ends_with('s')).then_some(item)
}

/// "Oak frame" in "the oak frame you delivered".
fn before_verb(lists: &WordLists, text: &str, found: Range<usize>) -> Option<Range<usize>> {
    const BEHIND: &[&str] = &["you", "i", "we", "arrived", "came", "that"];
    let said = &text[found.clone()];
    let (_, rest) = said.split_once(char::is_whitespace)?;
    let start = found.end - rest.len();
    let ends = rest.split_whitespace().find(|word| BEHIND.contains(&word.to_lowercase().as_str()))?;
    let end = ends.as_ptr() as usize - text.as_ptr() as usize;
    let item = noun_phrase(lists, text, start..end)?;
    // All of it, so that no clause is cut.
    text[item.end..end].trim().is_empty().then_some(item)
}

/// The noun phrase that a text begins with, if it is plain and names a thing.
fn noun_phrase(lists: &WordLists, text: &str, span: Range<usize>) -> Option<Range<usize>> {
    /// Longer ones are more than a name.
    const LONGEST: usize = 4;
    let said = &text[span.clone()];
    let start = said.len() - said.trim_start().len();
    let (mut end, mut count, mut last) = (start, 0, String::new());
    for word in said.split_whitespace() {
        let lower = word.to_lowercase();
        if lists.item_ends.has(&lower) || lists.topic_ends.has(&lower) || lower.contains("n't") {
            break;
        }
        let plain = word.chars().all(|c| c.is_alphabetic() || c == '-');
        if !plain || word.len() > 1 && word.chars().all(char::is_uppercase) {
            return None;
        }
        (end, count, last) = (word.as_ptr() as usize - said.as_ptr() as usize + word.len(), count + 1, lower);
    }
    let thing = (1..=LONGEST).contains(&count)
        && last.len() >= 3
        && !lists.vague_nouns.has(&last)
        && !lists.no_items.has(&last)
        && !is_verb_or_manner(&last, count);
    thing.then(|| span.start + start..span.start + end)
}

/// "Recently", "shopping", "delivered": no thing ends so.
fn is_verb_or_manner(word: &str, count: usize) -> bool {
    word.ends_with("ly") && !word.ends_with("lly")
        || word.ends_with("ing") && count == 1 && word.len() > 5
        || word.ends_with("ed") && word.len() > 4
}
