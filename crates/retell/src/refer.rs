//! Pronouns that have lost their noun.

use crate::class::*;
use crate::tag::finite;
use crate::token::{Tag, Token};
use crate::{Reason, Refusal};

/// Refuses a clause with a he, it, that or one whose noun isn't in it, and says where it stands.
pub(crate) fn lost(tokens: &[Token<'_>]) -> Result<(), (usize, Refusal)> {
    let refuse = |at: usize, reason: Reason, word: &str| Err((at, Refusal { reason, word: word.to_owned() }));
    // "the other three", "the rest"
    if tokens.first().is_some_and(|t| t.is("the"))
        && let Some(token) =
            tokens.get(1).filter(|t| !t.excused && t.any(&["other", "others", "rest", "latter", "former"]))
    {
        return refuse(1, Reason::LostReference, &token.text);
    }
    for at in 0..tokens.len() {
        let token = &tokens[at];
        if token.quoted || token.mark() || token.excused || stands(tokens, at) {
            continue;
        }
        let before = &tokens[..at];
        let lost = match &*token.low {
            "him" | "her" if token.tag == Tag::Pronoun && object(before) => true,
            "he" | "she" | "him" | "her" | "his" | "hers" | "himself" | "herself" => !person(before),
            "they" if at > 1 && told_us(tokens, at) => false,
            "their" | "its" => {
                let kind = if token.is("its") { thing } else { several };
                !kind(before)
            }
            "they" | "them" | "theirs" | "themselves" => !named(before, several),
            "it" | "itself" => !named(before, thing) && !expletive(tokens, at) && !hour(tokens, at),
            "this" | "these" | "those" | "that" => demonstrative(tokens, at),
            "one" | "ones" if token.tag == Tag::Pronoun => {
                let of = token.is("one") && tokens.get(at + 1).is_some_and(|n| n.is("of"));
                at == 0 || !(of || thing(before) || several(before))
            }
            "mine" | "ours" | "yours" | "another" | "others" | "such" => {
                !tokens.get(at + 1).is_some_and(|n| matches!(n.tag, Tag::Noun | Tag::Adjective | Tag::Number))
                    && !several(before)
                    && !thing(before)
            }
            "both" | "neither" | "either" | "all" | "none" | "most" | "half" | "each" | "some" | "any"
            | "many" | "few" => {
                at == 0
                    && tokens.get(1).is_none_or(|n| {
                        finite(tokens, 1)
                            || n.mark()
                            || n.is("of")
                                && tokens.get(2).is_some_and(|t| t.any(&["them", "it", "these", "those"]))
                    })
            }
            "other" | "same" | "latter" | "former" => {
                tokens.get(at + 1).is_none_or(|n| {
                    n.mark()
                        || !matches!(n.tag, Tag::Noun | Tag::Name | Tag::Adjective | Tag::Number | Tag::Own)
                            && !n.any(&["as", "day", "time"])
                }) && !thing(before)
            }
            "there" if token.tag == Tag::Adverb => at == 0 || !place(before),
            "here" => true,
            "'s" if token.tag == Tag::Own && at > 0 && tokens[at - 1].has(FAMILY) => false,
            // "it's the carrier's", "the old rate was 4.19 and today's is 4.74"
            "'s" if token.tag == Tag::Own && at > 2 && thing(&tokens[..at - 2]) => false,
            "'s" if token.tag == Tag::Own => {
                tokens.get(at + 1).is_none_or(|n| n.mark() && !n.quoted || n.has(FINITE))
            }
            "so" => at + 1 == tokens.len() && at > 0 && tokens[at - 1].has(VERBAL),
            _ => token.tag == Tag::Number && bare(tokens, at),
        };
        if lost {
            return refuse(at, Reason::LostReference, &token.text);
        }
    }
    Ok(())
}

/// Pronouns for things and for several, which stand for a noun wherever they are.
const BARE: &[&str] =
    &["it", "its", "itself", "they", "them", "their", "theirs", "themselves", "mine", "ours"];

/// Whether a pronoun of an ask may stay without its noun: of things, not of people.
pub(crate) fn points(tokens: &[Token<'_>], at: usize) -> bool {
    tokens[at].any(BARE)
        || tokens[at].any(&["this", "that", "these", "those", "another", "others", "such"])
        || tokens[at].tag == Tag::Number && at > 0
        || tokens[at].any(&["rest", "others", "other"])
        || tokens[at].any(&[
            "one", "ones", "other", "same", "all", "some", "half", "most", "any", "both", "each", "'s",
        ]) && (at > 0 || tokens.get(1).is_some_and(|t| t.is("of")))
}

/// "I was told they …": nobody but us, unless it is of things that they came or were gone.
pub(crate) fn told_us(tokens: &[Token<'_>], at: usize) -> bool {
    at > 1
        && tokens[at - 1].is("told")
        && tokens[at - 2].has(BE)
        // "I was told they were in the laundry"
        && !tokens.get(at + 1).is_some_and(|t| t.has(BE))
        && !tokens[at + 1..].iter().take(4).any(|t| {
            t.any(&[
                "arrived",
                "arrive",
                "been",
                "delivered",
                "lost",
                "gone",
                "ready",
                "available",
                "sold",
                "stock",
                "coming",
                "missing",
                "on",
                "fit",
            ])
        })
}

/// Pronouns that are far from their noun, if it isn't in the clause.
const FAR: &[&str] = &["it", "he", "him", "his", "himself", "this", "there"];

/// Whether a pronoun inside what they tell points so far out that nobody else knows what it means: it may stay
/// only where the sentence before is told.
pub(crate) fn far(tokens: &[Token<'_>], at: usize) -> bool {
    let token = &tokens[at];
    // "with a rope across it" has its thing near by
    let led = at > 0 && tokens[at - 1].tag == Tag::Preposition && !tokens[at - 1].is("out");
    let shown = match &*token.low {
        "it" => !led,
        // "there came a red one"
        "there" => !finite(tokens, at + 1),
        _ => true,
    };
    at > 0 && token.any(FAR) && shown
}

/// Whether a pronoun inside what they tell may stay without its noun, as they know what they mean.
pub(crate) fn meant(tokens: &[Token<'_>], at: usize) -> bool {
    let token = &tokens[at];
    let them = token.any(BARE) || token.any(&["this", "there"]);
    let shown = token.any(&["that", "these", "those"]);
    // "it says 4", "passed with 61"; not "queued 35"
    let led = at > 0
        && (matches!(tokens[at - 1].tag, Tag::Preposition | Tag::Auxiliary | Tag::Adjective | Tag::Third)
            || tokens[at - 1].any(&["than", "has"]));
    them || shown || token.tag == Tag::Number && token.digit() && led
}

/// Whether a he or she of an ask may stay: they know whom they mean, where it isn't that person who acts.
pub(crate) fn person_meant(tokens: &[Token<'_>], at: usize, question: bool) -> bool {
    // "does he see my address": who may be after whom is no thing for rules
    let near = tokens.iter().any(|t| {
        t.any(&[
            "sees", "saw", "seen", "finds", "knows", "knew", "follows", "watches", "see", "find", "follow",
            "watch", "know", "contact", "hurt", "hit",
        ])
    }) && tokens.iter().any(|t| t.any(&["me", "my", "us", "our", "address", "house"]));
    let object = tokens[at].any(&["him", "her", "his", "hers"]);
    (object || at > 0 && tokens[at].any(&["he", "she"])) && !(question && near)
}

/// Whether the same one was let stay before.
fn stands(tokens: &[Token<'_>], at: usize) -> bool {
    const GROUPS: [&[&str]; 4] = [
        &["it", "its", "itself", "this", "that"],
        &["they", "them", "their", "theirs", "themselves", "these", "those"],
        &["he", "him", "his", "himself"],
        &["she", "her", "hers", "herself"],
    ];
    if tokens[at].tag == Tag::Number {
        return tokens[..at].iter().any(|t| t.excused && t.tag == Tag::Number);
    }
    let Some(group) = GROUPS.iter().find(|g| tokens[at].any(g)) else { return false };
    tokens[..at].iter().any(|t| t.excused && t.any(group))
}

/// "it was dark", "it's half past nine": an it that means nothing said before.
pub(crate) fn weather(tokens: &[Token<'_>], at: usize) -> bool {
    if !tokens[at].is("it") {
        return false;
    }
    let mut rest = tokens[at + 1..].iter().filter(|t| t.tag != Tag::Adverb);
    let verb = rest.next();
    let be = verb.is_some_and(|t| t.has(BE) || t.any(&["'s", "became", "got", "gets"]));
    let next = rest.next();
    verb.is_some_and(|t| {
        t.any(&["rained", "rains", "snowed", "took", "takes", "seems", "seemed", "turned", "turns"])
    }) || be
        && next.is_some_and(|t| {
            t.digit()
                || t.class & (UNIT | WEEKDAY | MONTH | NUMBER) != 0
                || t.any(&[
                    "dark",
                    "cold",
                    "hot",
                    "raining",
                    "snowing",
                    "pouring",
                    "late",
                    "early",
                    "clear",
                    "true",
                    "possible",
                    "impossible",
                    "obvious",
                    "odd",
                    "strange",
                    "only",
                    "about",
                    "like",
                    "what",
                    "who",
                    "when",
                    "where",
                    "why",
                    "the",
                    "been",
                    "a",
                    "my",
                    "your",
                    "our",
                    "their",
                    "because",
                    "past",
                    "nearly",
                    "almost",
                    "over",
                    "time",
                    "me",
                    "him",
                    "her",
                    "us",
                    "you",
                    "them",
                    "that",
                    "this",
                ])
        })
}

/// "I mentioned it", "it took four weeks", "it's the third time": what happened, no thing.
pub(crate) fn event(tokens: &[Token<'_>], at: usize) -> bool {
    const TOLD: &[&str] = &[
        "mentioned",
        "mention",
        "raised",
        "raise",
        "reported",
        "report",
        "told",
        "tell",
        "said",
        "say",
        "explained",
        "explain",
        "did",
        "do",
        "done",
        "discussed",
        "query",
        "queried",
        "disputed",
        "dispute",
        "appealed",
        "know",
        "knew",
        "confirmed",
        "confirm",
        "denied",
        "deny",
        "regret",
        "blame",
        "about",
        "of",
        "for",
        "with",
        "handled",
        "handle",
        "sort",
        "sorted",
        "resolve",
        "resolved",
        "accept",
        "accepted",
        "admit",
        "admitted",
        "mind",
        "minded",
        "escalated",
        "see",
        "saw",
        "think",
        "thought",
        "believe",
        "believed",
        "leave",
        "left",
        "pay",
        "paid",
    ];
    const HAPPENED: &[&str] = &[
        "happened", "happens", "took", "takes", "lasted", "started", "began", "meant", "means", "matters",
        "became", "went", "goes", "felt", "sounds", "sounded", "would", "will", "could", "might", "may",
        "can", "should", "depends", "adds", "comes", "came",
    ];
    let before = at.checked_sub(1).map(|n| &tokens[n]);
    let mut rest = tokens[at + 1..].iter().filter(|t| t.tag != Tag::Adverb);
    let verb = rest.next();
    let counted = verb.is_some_and(|t| t.has(BE) || t.is("'s"))
        && rest
            .next()
            .is_some_and(|t| t.class & (DETERMINER | POSSESSIVE | NUMBER | WH) != 0 || t.tag == Tag::Number);
    before.is_some_and(|t| t.any(TOLD)) || verb.is_some_and(|t| t.any(HAPPENED)) || counted
}

/// Whether `kind` finds the noun before a pronoun. The subject of the verb isn't its own object: "the
/// council took it".
fn named(before: &[Token<'_>], kind: fn(&[Token<'_>]) -> bool) -> bool {
    let before = apart(before);
    let object = before.last().is_some_and(|t| {
        matches!(t.tag, Tag::Past | Tag::Base | Tag::Third | Tag::Gerund | Tag::Participle | Tag::Preposition)
    });
    if !object {
        return kind(before);
    }
    let start = before
        .iter()
        .rposition(|t| t.mark() || matches!(t.tag, Tag::Conjunction | Tag::Subordinator | Tag::Wh))
        .map_or(0, |at| at + 1);
    let verb = (start..before.len()).find(|&at| finite(before, at)).unwrap_or(start);
    kind(&before[..start]) || kind(&before[verb..])
}

/// What may be the noun of an "it": not that of "a throw over it" or of "there was a plaster in it".
fn apart<'t, 'a>(mut before: &'t [Token<'a>]) -> &'t [Token<'a>] {
    let led = before.last().is_some_and(|t| t.tag == Tag::Preposition);
    if !led {
        return before;
    }
    while before.last().is_some_and(|t| t.tag == Tag::Preposition) {
        while before.last().is_some_and(|t| matches!(t.tag, Tag::Preposition | Tag::Adverb | Tag::Gerund)) {
            before = &before[..before.len() - 1];
        }
        while before.last().is_some_and(|t| t.tag.is_nominal()) {
            before = &before[..before.len() - 1];
        }
    }
    let start = before.iter().rposition(|t| t.mark() || t.tag == Tag::Conjunction).unwrap_or(0);
    match before.iter().rposition(|t| t.tag == Tag::There).filter(|&there| there >= start) {
        Some(there) => &before[..there],
        None => before,
    }
}

/// The one person named is the subject of the verb this is the object of: "your driver told him".
fn object(before: &[Token<'_>]) -> bool {
    let start = before
        .iter()
        .rposition(|t| t.mark() || matches!(t.tag, Tag::Conjunction | Tag::Subordinator | Tag::Wh | Tag::To))
        .map_or(0, |at| at + 1);
    !person(&before[..start])
}

/// A person has been named.
pub(crate) fn person(before: &[Token<'_>]) -> bool {
    let one = before.windows(2).any(|w| w[0].is("one") && w[1].has(SAY));
    one || before.iter().any(|t| {
        t.class & (FAMILY | STAFF | TITLE) != 0
            || t.class & PEOPLE != 0 && t.tag == Tag::Noun && t.class & PLURAL == 0 && !t.has(ORGANISATION)
            || t.tag == Tag::Name
                && t.class & (WEEKDAY | MONTH | BE) == 0
                && t.text.len() > 2
                && !crate::tag::shouted(t)
            || t.any(&["person", "somebody", "someone", "everybody", "everyone", "señorita", "who"])
    })
}

/// Several of something have been named, or nobody in particular.
fn several(before: &[Token<'_>]) -> bool {
    let spoke = before.windows(2).any(|w| w[0].tag == Tag::Noun && w[1].tag == Tag::Past && w[1].has(SAY));
    // "rang your helpline and they told her"
    let rung = before.iter().enumerate().any(|(at, t)| {
        t.has(CONTACT)
            && before[at + 1..].iter().take(2).any(|t| t.any(&["your", "the"]))
            && before[at + 1..].iter().take(4).any(|t| t.tag == Tag::Noun)
    });
    spoke
        || rung
        || before.iter().any(|t| {
            t.tag == Tag::Noun && t.has(PLURAL) && t.class & UNIT == 0
                || t.class & (PEOPLE | ORGANISATION) != 0 && t.tag == Tag::Noun
                || t.any(&["somebody", "someone", "nobody", "anybody", "anyone", "everybody", "everyone"])
        })
}

/// Where and by what somebody was reached: "on the phone", "at reception".
const REACHED: &[&str] = &[
    "phone",
    "telephone",
    "line",
    "helpline",
    "reception",
    "desk",
    "office",
    "counter",
    "till",
    "chat",
    "door",
];

/// A thing has been named that "it" can mean.
fn thing(before: &[Token<'_>]) -> bool {
    let noun = before.iter().enumerate().any(|(at, t)| {
        let led = before[at.saturating_sub(2)..at].iter().any(|t| t.any(&["on", "at", "in", "by"]));
        t.tag == Tag::Noun
            && !(led && t.any(REACHED))
            && t.class & (FAMILY | UNIT | TITLE) == 0
            && !(t.has(STAFF) && t.class & (ORGANISATION | DOCUMENT) == 0)
            && !t.any(&[
                "time", "times", "way", "thing", "things", "people", "bit", "lot", "front", "end", "idea",
                "sort", "kind",
            ])
    });
    noun || before.iter().any(|t| t.quoted && !t.mark())
}

/// "it is true that", "it took three weeks", "it says 'no such page' on the site".
fn expletive(tokens: &[Token<'_>], at: usize) -> bool {
    if at > 0
        && tokens[at - 1].is("as")
        && tokens.get(at + 1).is_some_and(|t| t.any(&["happens", "happened", "turns", "turned", "stands"]))
    {
        return true;
    }
    if lasted(tokens, at) {
        return true;
    }
    let mut rest = tokens[at + 1..].iter().filter(|t| t.tag != Tag::Adverb).peekable();
    let Some(verb) = rest.next() else { return false };
    if verb.any(&["turned", "turns"]) && rest.peek().is_some_and(|t| t.is("out")) {
        return true;
    }
    if verb.any(&["seems", "seemed", "appears", "turned", "turns", "took", "takes"]) {
        return rest.take(4).any(|t| t.is("that") || t.is("to") || t.has(UNIT));
    }
    if verb.any(&["is", "'s", "was", "would", "will", "'d"]) {
        let next = rest.peek();
        return next.is_some_and(|t| {
            t.tag == Tag::Adjective && !t.has(PARTICIPLE) || t.any(&["true", "possible", "necessary", "be"])
        }) && rest.take(6).any(|t| t.any(&["to", "that", "whether"]) && !t.quoted);
    }
    false
}

/// "it's nine days since", "it has been three weeks and": how long, not what.
fn lasted(tokens: &[Token<'_>], at: usize) -> bool {
    const LED: &[&str] = &[
        "over", "nearly", "almost", "about", "now", "been", "only", "just", "already", "the", "than", "more",
        "well", "around", "a", "best", "part", "of", "is",
    ];
    let mut rest = tokens[at + 1..].iter();
    if !rest.next().is_some_and(|t| t.has(BE | HAVE) || t.is("'s")) {
        return false;
    }
    let mut rest = rest.skip_while(|t| t.digit() || t.has(NUMBER | ADJECTIVE) && !t.has(UNIT) || t.any(LED));
    let unit = rest.next().is_some_and(|t| {
        t.has(UNIT)
            && (t.has(PLURAL)
                || t.low.ends_with('s')
                || t.any(&["fortnight", "week", "month", "year", "hour"]))
    });
    unit && rest.next().is_some_and(|t| t.any(&["since", "and", "now", "that", ",", "without"]))
}

/// "it's ten past one", "it is Friday now".
fn hour(tokens: &[Token<'_>], at: usize) -> bool {
    let mut rest =
        tokens[at + 1..].iter().filter(|t| (t.tag != Tag::Adverb || t.has(NUMBER)) && !t.is("the"));
    let be = rest.next().is_some_and(|t| t.has(BE) || t.is("'s"));
    let time = rest.next().is_some_and(|t| {
        t.class & (WEEKDAY | MONTH) != 0
            || t.any(&["gone", "half", "past", "nearly", "almost"])
            || t.has(NUMBER)
    });
    be && time && at > 0
}

/// A bare this or that, or one that points at something said before.
fn demonstrative(tokens: &[Token<'_>], at: usize) -> bool {
    let token = &tokens[at];
    let next = tokens.get(at + 1);
    if token.is("that") && token.tag == Tag::Wh {
        return false;
    }
    // "the same as that of the 27th"
    if token.any(&["that", "those"]) && at > 1 && next.is_some_and(|n| n.is("of")) && thing(&tokens[..at]) {
        return false;
    }
    let timed = next.is_some_and(|n| {
        n.class & (UNIT | WEEKDAY | MONTH) != 0
            || n.any(&[
                "time", "order", "month", "year", "week", "morning", "coming", "very", "same", "last",
                "past", "account", "booking", "house",
            ])
            || n.digit()
    });
    let noun = next.is_some_and(|n| matches!(n.tag, Tag::Noun | Tag::Adjective | Tag::Name | Tag::Number));
    !(timed && !token.is("that")
        || noun && at > 0 && thing(&tokens[..at])
        || noun
            && at > 3
            && token.is("that")
            && next
                .is_some_and(|n| n.tag == Tag::Noun && crate::lexicon::first(n.class) & (NOUN | PLURAL) != 0))
}

/// Where "there" can be.
fn place(before: &[Token<'_>]) -> bool {
    before.last().is_some_and(|t| {
        t.any(&["got", "get", "was", "were", "up", "over", "down", "out", "went", "go", "stood", "sat"])
    }) || thing(before)
}

/// "four cleans at £1,040, and the book shows two": what is counted was counted before.
fn counted_before(tokens: &[Token<'_>]) -> bool {
    let count = |t: &Token<'_>| t.has(NUMBER) || t.digit() && t.text.bytes().all(|b| b.is_ascii_digit());
    tokens.windows(3).any(|w| {
        let thing = |t: &Token<'_>| {
            t.tag == Tag::Noun && (t.has(PLURAL) || t.low.ends_with('s')) && t.class & (MONTH | WEEKDAY) == 0
        };
        count(&w[0]) && !w[0].quoted && (thing(&w[1]) || w[1].tag == Tag::Adjective && thing(&w[2]))
    })
}

/// A number with nothing it counts: "I queued 35", "opened three".
fn bare(tokens: &[Token<'_>], at: usize) -> bool {
    let token = &tokens[at];
    let low: &str = &token.low;
    let bytes = low.as_bytes();
    let plain = token.has(NUMBER) || bytes.iter().all(u8::is_ascii_digit) && bytes.len() < 3;
    if !plain || token.any(&["hundred", "thousand", "million", "dozen", "couple"]) {
        return false;
    }
    let next = tokens.get(at + 1);
    let previous = at.checked_sub(1).map(|i| &tokens[i]);
    let counted = next.is_some_and(|n| {
        matches!(n.tag, Tag::Noun | Tag::Name | Tag::Adjective | Tag::Number | Tag::Gerund | Tag::Participle)
            || n.has(UNIT | MONTH | WEEKDAY)
            || n.any(&["of", "to", "past", "or", "and", "%", "€", "x", "-", "–", "times", "o'clock", "more"])
    });
    let led = previous.is_some_and(|p| {
        p.tag == Tag::Noun
            || p.tag == Tag::Name
            || p.has(MONTH | WEEKDAY)
            || p.any(&[
                "at", "the", "by", "until", "till", "before", "after", "number", "from", "to", "and", "is",
                "since", "around", "about", "past", "twenty", "thirty", "half", "no", "not", "last", "a",
                "for", "first", "next", "gone", "another", "(", "€", "-", "–", "of", "on", "in",
            ])
    });
    // "£2,311 in 71"
    let last = next.is_none() && token.digit() && previous.is_some_and(|p| p.any(&["in", "of"]));
    // "of the first eight Saturdays, three have been called off"
    let named = token.has(NUMBER)
        && previous.is_some_and(|p| p.is(","))
        && tokens[0].is("of")
        && tokens[..at].iter().any(|t| (t.has(PLURAL) || t.low.ends_with('s')) && t.tag.is_nominal());
    (!counted && !led || last) && !named && !counted_before(&tokens[..at])
}
