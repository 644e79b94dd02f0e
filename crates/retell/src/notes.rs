//! The short forms of notes: what is left out is put back where it is sure, labels and "it is now" go.

use crate::class::*;
use crate::tag::{finite, finites};
use crate::token::{Tag, Token};

/// What a thing does by itself: "card went in" lacks only its "the", "gate left open" more.
const BY_ITSELF: &[&str] = &[
    "came",
    "went",
    "broke",
    "failed",
    "stopped",
    "fell",
    "snapped",
    "split",
    "leaked",
    "crashed",
    "froze",
    "burst",
    "cracked",
    "arrived",
    "started",
    "ended",
    "disappeared",
    "died",
    "sheared",
    "jammed",
    "bounced",
    "blew",
    "melted",
    "tripped",
    "spun",
    "sank",
    "collapsed",
    "exploded",
    "vanished",
    "overflowed",
    "flooded",
    "finished",
    "began",
    "lasted",
];

/// "It's the 12th of April now and there's no sign of it": the day it is goes, what is so stays.
pub(crate) fn now(tokens: &mut Vec<Token<'_>>) -> bool {
    let is = |at: usize, words: &[&str]| tokens.get(at).is_some_and(|t| t.any(words));
    if !(is(0, &["it", "today"]) && is(1, &["is", "'s"])) {
        return false;
    }
    let date = |t: &Token<'_>| {
        !t.quoted
            && (t.has(MONTH | WEEKDAY | NUMBER)
                || t.digit() && !t.text.contains(['£', '$', '€', '%'])
                || t.any(&[
                    "now",
                    "the",
                    "of",
                    "past",
                    "to",
                    "half",
                    "quarter",
                    "nearly",
                    "almost",
                    "end",
                    "mid",
                    "early",
                    "late",
                    "already",
                    "today",
                    "a.m.",
                    "p.m.",
                    "am",
                    "pm",
                    "o'clock",
                    "evening",
                    "morning",
                    "afternoon",
                ]))
    };
    let end = (2..tokens.len()).find(|&at| !date(&tokens[at])).unwrap_or(tokens.len());
    let dated = tokens[2..end].iter().any(|t| t.has(MONTH | WEEKDAY) || t.digit() || t.any(&["past", "to"]));
    let joint = tokens.get(end).is_some_and(|t| t.any(&[",", "and", "but"]) && !t.quoted);
    if !dated || !joint {
        return false;
    }
    let next = end + 1 + usize::from(tokens.get(end + 1).is_some_and(|t| t.any(&["and", "but"])));
    let clause = (next + 1..tokens.len().min(next + 8)).any(|at| finite(tokens, at));
    let goes = clause && tokens[next].tag != Tag::Wh;
    if goes {
        tokens.drain(..next);
        tokens[0].glued = false;
    }
    goes
}

/// "Attempt 3: Callum said", "5 Feb: the bank refused it": the label of a note goes, a date stays.
pub(crate) fn label(tokens: &mut Vec<Token<'_>>) {
    let Some(colon) = tokens.iter().position(|t| t.is(":") && !t.quoted).filter(|&at| (1..7).contains(&at))
    else {
        return;
    };
    let verbless = finites(&tokens[..colon]).is_empty() && !tokens[..colon].iter().any(|t| t.quoted);
    let plain =
        verbless && tokens[..colon].iter().all(|t| t.tag.is_nominal() || t.is(",") || t.tag == Tag::Adverb);
    let rest = &tokens[colon + 1..];
    let clause = rest.first().is_some_and(|t| {
        !t.quoted
            && (t.tag == Tag::Name
                || matches!(t.tag, Tag::Determiner | Tag::Possessive)
                || t.any(&["i", "we", "you", "nobody", "nothing", "someone", "somebody"])
                || t.any(&["it", "there", "they"])
                    && rest.get(1).is_some_and(|v| v.tag == Tag::Past || v.any(&["was", "were", "had"])))
    }) && finites(rest).first().is_some_and(|&at| at > 0 && at < 7);
    if !plain || !clause {
        return;
    }
    let date = tokens[..colon]
        .iter()
        .rposition(|t| t.class & (WEEKDAY | MONTH) == 0 && !(t.digit() && t.text.len() < 5))
        .map_or(0, |at| at + 1);
    let dated = tokens[date..colon].iter().any(|t| t.class & (WEEKDAY | MONTH) != 0);
    let counted = tokens[..colon].iter().any(|t| {
        t.digit()
            || t.has(NUMBER)
            || t.any(&[
                "attempt", "try", "call", "visit", "first", "second", "third", "fourth", "fifth", "last",
            ])
    });
    if dated {
        tokens.remove(colon);
        tokens.drain(..date);
        let month = tokens[0].has(MONTH) && !tokens.get(1).is_some_and(Token::digit);
        tokens.insert(0, Token::own(if month { "in" } else { "on" }, Tag::Preposition));
        tokens[1].glued = false;
    } else if counted {
        tokens.drain(..=colon);
        tokens[0].glued = false;
    }
}

/// "Nine days of nobody ringing", "day nine with no hot water": "it's been" or "it's" goes before.
pub(crate) fn lasted(tokens: &mut Vec<Token<'_>>) {
    let whole = tokens.iter().filter(|t| !t.mark()).count() > 3 && finites(tokens).is_empty();
    let counted = |t: &Token<'_>| {
        t.has(NUMBER) && !t.is("one")
            || t.digit() && t.low.len() < 3 && t.low.bytes().all(|b| b.is_ascii_digit())
    };
    let time = |t: &Token<'_>| t.any(&["days", "nights", "weeks", "months", "hours", "years"]);
    let now = usize::from(tokens.get(2).is_some_and(|t| t.is("now")));
    let led = |at: usize| {
        tokens.get(at).is_some_and(|t| t.any(&["without", "of"]))
            || tokens.get(at).is_some_and(|t| t.is("with"))
                && tokens.get(at + 1).is_some_and(|t| t.any(&["no", "nobody", "nothing", "only"]))
    };
    let long = whole && tokens.len() > 4 && counted(&tokens[0]) && time(&tokens[1]) && led(2 + now);
    let day = whole
        && tokens[0].any(&["day", "week", "month"])
        && tokens.get(1).is_some_and(|t| counted(t) || t.has(NUMBER))
        && led(2);
    if !(long || day) {
        return;
    }
    if now > 0 && long {
        tokens.remove(2);
    }
    tokens[0].text = tokens[0].low.clone();
    tokens[0].glued = false;
    let mut lead = vec![Token { excused: true, ..Token::own("it", Tag::Pronoun) }];
    if long {
        lead.push(Token::own("has", Tag::Auxiliary));
        lead.push(Token::own("been", Tag::Auxiliary));
    } else {
        lead.push(Token::own("is", Tag::Auxiliary));
    }
    tokens.splice(0..0, lead);
}

/// "10 March, an email offering £219", "today: an automated message": "there was" goes before what reached them.
pub(crate) fn reached(tokens: &mut Vec<Token<'_>>) {
    let time = |t: &Token<'_>| {
        t.class & (WEEKDAY | MONTH) != 0
            || t.digit() && t.text.len() < 6 && !t.text.contains(['£', '$', '€', '%'])
            || t.any(&[
                "on",
                "at",
                "the",
                "of",
                "today",
                "yesterday",
                "this",
                "last",
                "same",
                "then",
                "morning",
            ])
            || t.any(&["evening", "afternoon", "night"])
    };
    let mut date = tokens.iter().take_while(|t| time(t) && !t.quoted).count();
    // "today, 27 March:"
    if date == 1 && tokens[0].is("today") && tokens.get(1).is_some_and(|t| t.is(",")) {
        date = 2 + tokens[2..].iter().take_while(|t| time(t)).count();
    }
    let mark = usize::from(tokens.get(date).is_some_and(|t| t.any(&[",", ":"]) && !t.quoted));
    let at = date + mark;
    let dated = tokens[..date].iter().any(|t| {
        t.class & (WEEKDAY | MONTH) != 0
            || t.any(&["today", "yesterday", "morning", "evening", "night"])
            || t.digit()
    });
    let Some(noun) = tokens.iter().skip(at + 1).take(4).position(|t| t.tag == Tag::Noun) else { return };
    let mut head = at + 1 + noun;
    while tokens.get(head + 1).is_some_and(|t| t.tag == Tag::Noun && !t.quoted) {
        head += 1;
    }
    let led = tokens[at].any(&["a", "an", "another"]) && !tokens[at].quoted;
    let sort = tokens[head].any(&[
        "text",
        "email",
        "e-mail",
        "mail",
        "letter",
        "message",
        "call",
        "voicemail",
        "bill",
        "invoice",
        "notice",
        "reminder",
        "card",
        "parcel",
        "survey",
        "statement",
        "demand",
        "reply",
        "answer",
        "note",
    ]);
    let says = tokens.get(head + 1).is_some_and(|t| {
        t.tag == Tag::Gerund && t.any(&["saying", "asking", "telling", "offering", "inviting", "demanding"])
            || t.tag == Tag::Preposition && !t.is("of")
    });
    let related = tokens.iter().position(|t| !t.quoted && (t.tag == Tag::Wh || t.tag == Tag::Gerund));
    let plain = finites(tokens).iter().all(|&verb| related.is_some_and(|at| at < verb));
    let told = tokens[at..].iter().any(|t| t.tag == Tag::Gerund);
    if !(led && sort && says && plain && (dated || date == 0 && told)) || tokens.len() < at + 5 {
        return;
    }
    tokens[at].text = tokens[at].low.clone();
    tokens[at].glued = false;
    tokens.splice(at..at, [Token::own("there", Tag::There), Token::own("was", Tag::Auxiliary)]);
    // "today, 27 March, there was"
    let apart = tokens[..date].iter().any(|t| t.is(","));
    if mark > 0 && apart {
        tokens[date] = Token { tag: Tag::Mark, ..Token::new(",", true) };
    } else if mark > 0 {
        tokens.remove(date);
    }
    let bare =
        date > 0 && (tokens[0].class & (WEEKDAY | MONTH) != 0 || tokens[0].digit() || tokens[0].is("the"));
    if bare {
        tokens[0].glued = false;
        if tokens[0].is("the") {
            tokens[0].text = "the".into();
        }
        tokens.insert(0, Token::own("on", Tag::Preposition));
    }
}

/// "and portal says declined", ", wheel spun": a "the" where only it is left out.
pub(crate) fn articles(tokens: &mut Vec<Token<'_>>) {
    for at in (1..tokens.len().saturating_sub(2)).rev() {
        let joint =
            tokens[at].tag == Tag::Conjunction && tokens[at].any(&["and", "but"]) || tokens[at].is(",");
        let noun = &tokens[at + 1];
        let verb = &tokens[at + 2];
        let plain = noun.tag == Tag::Noun
            && !noun.capital()
            && !noun.quoted
            && noun.class & (PLURAL | MASS | UNIT | FAMILY | PRONOUN | WEEKDAY | MONTH) == 0
            && !noun.low.ends_with('s')
            && crate::lexicon::first(noun.class) == NOUN;
        if joint
            && !tokens[at].quoted
            && plain
            && finite(tokens, at + 2)
            && (verb.tag == Tag::Third
                || verb.has(BE) && verb.has(FINITE)
                || verb.tag == Tag::Past && itself(tokens, at + 2))
        {
            tokens.insert(at + 1, Token::own("the", Tag::Determiner));
        }
    }
}

/// Whether the past verb at `at` is no participle: "card went in", "page said 'no'", "coach left at two".
pub(crate) fn itself(tokens: &[Token<'_>], at: usize) -> bool {
    let next = tokens.get(at + 1);
    tokens[at].any(BY_ITSELF)
        || tokens[at].is("said") && at > 0 && tokens[at - 1].has(DOCUMENT | STAFF)
        || tokens[at].is("left") && next.is_some_and(|t| t.any(&["at", "without", "before", "after"]))
}

/// "Martin, the skip is late": who is called.
pub(crate) fn called(tokens: &[Token<'_>]) -> bool {
    let comma = tokens.get(1).is_some_and(|t| t.is(","));
    let subject = tokens.get(2).is_some_and(|t| {
        matches!(t.tag, Tag::Determiner | Tag::Possessive) || t.any(&["i", "we", "you", "it", "there"])
    });
    let next = tokens.iter().skip(2).position(|t| t.is(",")).map_or(tokens.len(), |n| n + 2);
    comma && subject && (3..next).any(|at| finite(tokens, at))
}
