//! What announces the asks behind a colon: "What I need, and quickly: the letter", "please do these: …".

use crate::class::*;
use crate::token::{Tag, Token};

/// Words that only announce; one of `ASKS` must be among them.
const ROUND: [&str; 49] = [
    "righto",
    "ok",
    "list",
    "i",
    "we",
    "my",
    "our",
    "what",
    "all",
    "would",
    "should",
    "'d",
    "'m",
    "am",
    "are",
    "'re",
    "after",
    "for",
    "from",
    "of",
    "you",
    "now",
    "is",
    "'s",
    "two",
    "three",
    "four",
    "thing",
    "things",
    "the",
    "following",
    "these",
    "this",
    "and",
    "quickly",
    "so",
    "here",
    "therefore",
    "please",
    "kindly",
    "do",
    "be",
    "just",
    "only",
    "simple",
    "to",
    "as",
    "follows",
    "therefore",
];
const ASKS: [&str; 20] = [
    "requested",
    "list",
    "need",
    "needs",
    "want",
    "ask",
    "asking",
    "require",
    "demand",
    "demands",
    "like",
    "terms",
    "owed",
    "needful",
    "request",
    "requests",
    "after",
    "do",
    "glad",
    "grateful",
];

/// Puts what is asked for in place of its announcement: "I want the letter, …".
pub(crate) fn drop(tokens: &mut Vec<Token<'_>>) {
    let Some(colon) = tokens.iter().take(14).position(|t| t.is(":") && !t.quoted) else { return };
    let head = &tokens[..colon];
    // "we demand, until Friday 13 June: …"
    let date = |t: &Token<'_>| {
        t.digit()
            || t.class & (WEEKDAY | MONTH) != 0
            || t.any(&["today", "tomorrow", "noon", "tonight", "end"])
    };
    let from = head
        .iter()
        .position(|t| t.any(&["by", "until", "till", "before", "within", "today", "tomorrow", "tonight"]));
    let until = from.map_or(colon, |from| {
        from + head[from..]
            .iter()
            .take_while(|t| {
                date(t)
                    || t.any(&[
                        "by", "until", "till", "before", "within", "at", "the", "of", "days", "hours",
                        "week", "month",
                    ])
            })
            .count()
    });
    let when: Vec<Token<'_>> = from.map(|from| head[from..until].to_vec()).unwrap_or_default();
    let dated = when.is_empty() || when.iter().any(date);
    let plain = |t: &Token<'_>| t.is(",") || t.any(&ROUND) || t.any(&ASKS) || t.any(&["right", "therefore"]);
    let announces = colon > 1
        && dated
        && head.iter().any(|t| t.any(&ASKS))
        && head[..from.unwrap_or(colon)].iter().all(plain)
        && head[until..].iter().all(plain);
    // "half returned, and I'll give it away; a letter": what they'll do stands between
    let promises = tokens.windows(2).any(|w| w[0].any(&["i", "we"]) && w[1].any(&["'ll", "will", "shall"]));
    // "one, a proper account": its number
    let number = usize::from(
        tokens.get(colon + 1).is_some_and(|t| t.has(NUMBER) || t.any(&["first", "firstly"]))
            && tokens.get(colon + 2).is_some_and(|t| t.is(",")),
    );
    let colon = colon + 2 * number;
    let Some(first) = tokens.get(colon + 1).filter(|_| announces && !promises) else { return };
    let terms = head.iter().any(|t| t.any(&["terms", "owed"]));
    let deed = first.has(BASE)
        && first.has(REQUEST)
        && tokens.get(colon + 2).is_some_and(|t| {
            t.has(DETERMINER | POSSESSIVE | OBJECT | NUMBER | PEOPLE) || t.is("it") || t.digit()
        });
    let thing =
        first.has(DETERMINER | POSSESSIVE | NUMBER) || first.digit() || first.any(&["somebody", "someone"]);
    let known = first.has(WH) || first.is("whether");
    let lead: &[(&'static str, Tag)] = if deed && !terms {
        &[("please", Tag::Adverb)]
    } else if first.is("to") && !terms {
        &[("I", Tag::Pronoun), ("ask", Tag::Base), ("you", Tag::Pronoun)]
    } else if known && !terms {
        &[("I", Tag::Pronoun), ("want", Tag::Base), ("to", Tag::To), ("know", Tag::Base)]
    } else if thing {
        &[("I", Tag::Pronoun), ("want", Tag::Base)]
    } else {
        return;
    };
    let lead: Vec<Token<'_>> = lead.iter().map(|&(word, tag)| Token::own(word, tag)).collect();
    if let Some(first) = tokens.get_mut(colon + 1).filter(|t| t.class != 0 && !crate::tag::shouted(t)) {
        first.text = first.low.clone();
    }
    tokens.splice(..=colon, lead);
    if !when.is_empty() {
        while tokens.last().is_some_and(|t| t.mark() && !t.quoted && !t.is(")")) {
            tokens.pop();
        }
        tokens.push(Token { tag: Tag::Mark, ..Token::new(",", true) });
        tokens.extend(when);
    }
    for token in tokens.iter_mut().filter(|t| t.is(";") && !t.quoted) {
        *token = Token { tag: Tag::Mark, ..Token::new(",", true) };
    }
}
