//! What each sentence of a message is to a reply: whether it tells what went wrong, whether it may be told
//! back at all, and whether it asks for something.

use super::learned::{Clause, Learned, logistic};
use amends_inbox::message::Message;
use amends_language::features::tokens;
use amends_phrasebook::weights::{Model, ROLES, Weights};
use std::ops::Range;

/// A sentence, and how likely it is each of these.
#[derive(Debug, Clone, PartialEq)]
pub struct Sentence {
    /// Byte range in the newest text.
    pub at: Range<usize>,
    /// It tells best what went wrong.
    pub best: f32,
    /// It tells what went wrong or what we did, so that a reply without it would sound deaf.
    pub core: f32,
    /// It may be told back: it isn't a joke, a private matter, or beside the point.
    pub fit: f32,
    /// It asks us for something.
    pub asks: f32,
}

/// Fewer words than these seldom say anything by themselves; more are seldom one thing.
const SHORT: usize = 4;
const LONG: usize = 30;

/// Which clauses make up each sentence.
pub fn groups(text: &str, clauses: &[Clause]) -> Vec<Range<usize>> {
    let ends = |clause: &Clause, next: &Clause| {
        let said = text[clause.start..clause.end].trim_end_matches(['\'', '"', '’', '”', ')']);
        let line = text[clause.end..next.start].contains('\n');
        let anew = || text[next.start..].chars().next().is_some_and(|c| !c.is_lowercase());
        said.ends_with(['.', '?', '!', '…']) || line && anew()
    };
    let mut from = 0;
    let groups = clauses.chunk_by(|clause, next| !ends(clause, next));
    groups
        .map(|group| {
            let range = from..from + group.len();
            from = range.end;
            range
        })
        .collect()
}

/// The text of each sentence.
pub fn texts<'t>(text: &'t str, learned: &Learned) -> Vec<&'t str> {
    let of = |group: Range<usize>| {
        let own = &learned.clauses[group];
        &text[own[0].start..own[own.len() - 1].end]
    };
    groups(text, &learned.clauses).into_iter().map(of).collect()
}

/// Each sentence with what it is to a reply; `facts` are the places of all facts.
pub fn sentences(
    weights: &Weights,
    message: &Message,
    learned: &Learned,
    facts: &[Range<usize>],
) -> Vec<Sentence> {
    let likely = |blend: &str, signals: &[f32]| logistic(weights.blend(blend, signals));
    signals(message, learned, facts)
        .into_iter()
        .map(|(at, signals)| Sentence {
            at,
            best: likely("best", &signals),
            core: likely("core", &signals),
            fit: likely("fit", &signals),
            asks: likely("ask", &signals),
        })
        .collect()
}

/// The place of each sentence, and what decides about it, in the order of the blends.
pub fn signals(
    message: &Message,
    learned: &Learned,
    facts: &[Range<usize>],
) -> Vec<(Range<usize>, Vec<f32>)> {
    let text = message.text.as_str();
    let subject = message.subject.as_deref().map(contents).unwrap_or_default();
    let clauses = &learned.clauses;
    let groups = groups(text, clauses);
    let count = groups.len();
    // How likely each role is, on the average of the clauses.
    let roles = |n: Option<usize>| -> Vec<f32> {
        let group = n.and_then(|n| groups.get(n)).map_or(&[][..], |group| &clauses[group.clone()]);
        let share = 1.0 / f32::max(group.len() as f32, 1.0);
        let of = |role: usize| group.iter().map(|c| learned.of(c, Model::Role, role)).sum::<f32>() * share;
        (0..ROLES.len()).map(of).collect()
    };
    let yes = |is: bool| f32::from(u8::from(is));
    let of = |n: usize, group: &Range<usize>| {
        let own = &clauses[group.clone()];
        let at = own[0].start..own[own.len() - 1].end;
        let said = &text[at.clone()];
        let inside = facts.iter().filter(|fact| at.start <= fact.start && fact.end <= at.end).count();
        let place = n as f32 / count as f32;
        let words = said.split_whitespace().count();
        let tells = own.iter().map(|c| 1.0 - learned.of(c, Model::Issue, 0)).fold(0.0, f32::max);
        let mut signals = vec![1.0];
        signals.extend(roles(Some(n)));
        signals.extend(roles(n.checked_sub(1)));
        signals.extend(roles(Some(n + 1)));
        signals.extend([tells, inside as f32, yes(inside > 0), place, place * place]);
        signals.extend([n == 0, n == 1, n + 1 == count].map(yes));
        signals.extend([(words.max(1) as f32).ln(), yes(words < SHORT), yes(words > LONG)]);
        signals.extend([(count as f32).ln(), yes(said.contains('?')), yes(said.contains('!'))]);
        signals.extend([has(said, is_ours), has(said, is_theirs), has(said, denies)].map(yes));
        signals.push(yes(said.contains(|c: char| c.is_ascii_digit())));
        signals.push(yes(said.contains(['"', '“', '”', '‘'])));
        signals.push(yes(own.iter().any(|clause| is_imperative(&text[clause.start..clause.end]))));
        signals.push(yes(wishes(said)));
        signals.extend(learned.of_sentence(group.clone()));
        let taken_up = if subject.is_empty() { 0 } else { shared(&subject, said) };
        signals.push(yes(taken_up > 0));
        signals.push(taken_up as f32 / subject.len().max(1) as f32);
        (at, signals)
    };
    groups.iter().enumerate().map(|(n, group)| of(n, group)).collect()
}

/// The longer words of a text by their beginnings, each once.
fn contents(text: &str) -> Vec<u32> {
    let mut keys: Vec<u32> = content(text).collect();
    keys.sort_unstable();
    keys.dedup();
    keys
}

fn content(text: &str) -> impl Iterator<Item = u32> {
    /// Shorter words are mostly grammar's.
    const LEAST: usize = 4;
    tokens(text).into_iter().filter(|token| token.end - token.start >= LEAST).map(|token| {
        let known = token.beginnings.into_iter().rev().find(|key| *key != 0);
        known.unwrap_or(token.key)
    })
}

/// How many of the words a text has.
fn shared(words: &[u32], text: &str) -> usize {
    let mut found: Vec<u32> = content(text).filter(|key| words.contains(key)).collect();
    found.sort_unstable();
    found.dedup();
    found.len()
}

fn has(said: &str, is: fn(&str) -> bool) -> bool {
    said.split(|c: char| !c.is_alphanumeric() && !matches!(c, '\'' | '’')).any(is)
}

fn one_of(word: &str, known: &[&str]) -> bool {
    let stem = word.split(['\'', '’']).next().unwrap_or(word);
    known.iter().any(|known| known.eq_ignore_ascii_case(stem))
}

fn is_ours(word: &str) -> bool {
    one_of(word, &["you", "your", "yours"])
}

fn is_theirs(word: &str) -> bool {
    one_of(word, &["i", "me", "my", "mine", "we", "us", "our", "ours"])
}

fn denies(word: &str) -> bool {
    one_of(word, &["not", "no", "never", "nobody", "nothing", "none"])
        || word.ends_with("n't")
        || word.ends_with("n’t")
}

fn words(said: &str) -> impl Iterator<Item = String> {
    let words = said.split(|c: char| !c.is_alphanumeric() && !matches!(c, '\'' | '’'));
    words.filter(|word| !word.is_empty()).map(|word| word.to_lowercase().replace('’', "'"))
}

/// Whether a clause begins as a request does: "please put it back", "and send me the form".
fn is_imperative(said: &str) -> bool {
    const BEFORE: &[&str] = &[
        "please", "pls", "kindly", "so", "and", "then", "also", "just", "or", "but", "now", "first",
        "second", "third", "a", "b", "c", "d", "do", "either", "instead",
    ];
    const VERBS: &[&str] = &[
        "add",
        "advise",
        "agree",
        "allow",
        "answer",
        "arrange",
        "ask",
        "book",
        "bring",
        "call",
        "cancel",
        "change",
        "check",
        "clean",
        "close",
        "collect",
        "come",
        "confirm",
        "contact",
        "correct",
        "credit",
        "deliver",
        "don't",
        "email",
        "end",
        "explain",
        "extend",
        "fetch",
        "find",
        "fix",
        "forward",
        "get",
        "give",
        "have",
        "honour",
        "honor",
        "include",
        "issue",
        "keep",
        "leave",
        "let",
        "look",
        "make",
        "match",
        "mend",
        "move",
        "note",
        "open",
        "pass",
        "pay",
        "pick",
        "phone",
        "post",
        "print",
        "produce",
        "provide",
        "put",
        "quote",
        "read",
        "reimburse",
        "reinstate",
        "release",
        "remove",
        "repair",
        "replace",
        "reply",
        "respond",
        "restore",
        "return",
        "reverse",
        "refund",
        "ring",
        "say",
        "see",
        "send",
        "show",
        "shut",
        "sort",
        "stop",
        "swap",
        "switch",
        "take",
        "tell",
        "text",
        "throw",
        "transfer",
        "try",
        "turn",
        "update",
        "use",
        "waive",
        "wipe",
        "withdraw",
        "write",
    ];
    const FINITE: &[&str] = &["is", "was", "are", "were", "has", "had", "of", "came", "says", "said"];
    let mut words = words(said).skip_while(|word| BEFORE.contains(&word.as_str()));
    words.next().is_some_and(|word| VERBS.contains(&word.as_str()))
        && words.next().is_none_or(|word| !FINITE.contains(&word.as_str()))
}

/// Whether somebody says what they want or asks whether we can: "I'd like", "all I need is", "could you".
fn wishes(said: &str) -> bool {
    const WISHES: &[&str] = &[
        "want",
        "need",
        "require",
        "request",
        "demand",
        "expect",
        "like",
        "prefer",
        "insist",
        "ask",
        "asking",
        "sooner",
        "rather",
        "wish",
        "grateful",
        "obliged",
        "appreciate",
        "settle",
        "accept",
    ];
    const CAN: &[&str] = &["can", "could", "would", "will", "may", "might"];
    const ASKED: &[&str] = &["you", "someone", "somebody", "anyone", "anybody", "one", "i", "we", "it"];
    let words: Vec<String> = words(said).collect();
    let one_of =
        |word: Option<&String>, list: &[&str]| word.is_some_and(|word| list.contains(&word.as_str()));
    words.iter().enumerate().any(|(n, word)| {
        let they = matches!(word.as_str(), "i" | "we" | "i'd" | "we'd" | "i'm" | "we're");
        they && words[n + 1..].iter().take(3).any(|next| WISHES.contains(&next.as_str()))
            || CAN.contains(&word.as_str()) && one_of(words.get(n + 1), ASKED)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use amends_phrasebook::weights::BLENDS;

    #[test]
    fn requests_and_wishes_are_told_by_how_they_begin() {
        assert!(is_imperative("Put back the five you've had."));
        assert!(is_imperative("and please send me the form"));
        assert!(!is_imperative("Order 5512 came broken"));
        assert!(!is_imperative("Post is slow here"));
        assert!(wishes("All I need is the form."));
        assert!(wishes("Could you look at it"));
        assert!(!wishes("You never told us."));
    }

    #[test]
    fn what_went_wrong_stands_out_and_what_is_asked() {
        let book = crate::built_in::phrasebook().unwrap();
        let text = "Hello there. The kettle you sent on 3 May leaks at the base. My dog finds it all very funny. \
                    Please send me another one by Friday.";
        let words = book.lexicon.read(text);
        let learned = Learned::read(&book.weights, text, &words, None);
        let all = sentences(&book.weights, &Message::from_text("t", text), &learned, &[]);
        let said: Vec<&str> = all.iter().map(|s| &text[s.at.clone()]).collect();
        assert_eq!(said.len(), 4, "{said:?}");
        assert!(
            all[1].core > 0.3 && all[1].fit > 0.8 && all[1].core > all[2].core && all[1].core > all[3].core,
            "{all:?}"
        );
        assert!(all[3].asks > 0.5 && all[1].asks < 0.5, "{all:?}");
        assert!(all[0].fit < 0.5, "{all:?}");
    }

    #[test]
    fn every_signal_has_its_name() {
        let book = crate::built_in::phrasebook().unwrap();
        let text = "It broke.";
        let learned = Learned::read(&book.weights, text, &book.lexicon.read(text), None);
        let all = signals(&Message::from_text("t", text), &learned, &[]);
        for blend in ["best", "core", "fit", "ask"] {
            let names = BLENDS.iter().find(|(name, _)| *name == blend).unwrap().1;
            assert_eq!(all[0].1.len(), names.len(), "{blend}");
        }
    }

    #[test]
    fn words_are_told_by_their_stem() {
        assert!(has("You've got it", is_ours) && !has("Young people", is_ours));
        assert!(has("I’m here", is_theirs) && has("it didn’t work", denies) && !has("a knot", denies));
    }
}
