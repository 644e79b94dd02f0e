//! Where a learner puts words and leaves them out: "sends me always back", "put on balcony", "is not come".

use crate::class::*;
use crate::tag::{finite, finites};
use crate::token::{Tag, Token};
use crate::{Reason, Refusal, refuse};

/// Things with one of which nobody goes without an article: "on balcony".
const THINGS: &[&str] = &[
    "balcony",
    "kitchen",
    "bathroom",
    "ship",
    "machine",
    "parcel",
    "package",
    "engine",
    "driver",
    "manager",
    "fridge",
    "oven",
    "wall",
    "window",
    "garden",
    "counter",
    "invoice",
    "receipt",
    "application",
    "website",
    "city",
    "airport",
];

/// What hangs on "go": with it a perfect is made of have, not be.
const MOVES: &[&str] = &["come", "arrived", "happened", "appeared", "become", "went", "came"];

pub(crate) fn order(tokens: &[Token<'_>]) -> Result<(), Refusal> {
    for (at, token) in tokens.iter().enumerate() {
        if token.quoted {
            continue;
        }
        let is = |n: usize, words: &[&str]| tokens.get(at + n).is_some_and(|t| t.any(words) && !t.quoted);
        let next = tokens.get(at + 1);
        let verb = finite(tokens, at);
        // "sends me always back", "I paid also the man"
        let often = verb
            && token.tag != Tag::Auxiliary
            && next.is_some_and(|n| n.has(OBJECT))
            && is(2, &["always", "often", "already"]);
        // "it comes always 'booking unknown'"
        let often =
            often || token.any(&["comes", "goes", "says", "gives", "stands", "shows"]) && is(1, &["always"]);
        let also = verb
            && token.tag == Tag::Past
            && is(1, &["also", "already", "always"])
            && tokens.get(at + 2).is_some_and(|t| t.has(DETERMINER | POSSESSIVE) || t.digit());
        // "the bus should come 6.15"
        let timed = token.any(&["come", "came", "comes", "arrive", "arrived", "leave", "start", "started"])
            && next.is_some_and(|n| {
                n.digit() && n.text.contains(['.', ':']) && !n.text.contains(['£', '$', '€', '%'])
            });
        // "arrived to my card"
        let to = token.any(&["arrive", "arrived", "arrives", "arriving"])
            && is(1, &["to"])
            && tokens
                .get(at + 2)
                .is_some_and(|t| t.has(DETERMINER | POSSESSIVE) || t.has(OBJECT) || t.tag == Tag::Name);
        // "money is not come"
        let come = token.has(BE)
            && (is(1, MOVES) || is(1, &["not"]) && is(2, MOVES))
            && !token.any(&["been", "being"]);
        // "put on balcony", "only automatic answer"
        let place = token.tag == Tag::Preposition
            && !token.any(&["by", "per", "of", "as", "via"])
            // "our outside wall"
            && !(at > 0 && tokens[at - 1].has(POSSESSIVE | DETERMINER))
            && is(1, THINGS)
            && tokens.get(at + 2).is_none_or(|t| {
                !matches!(t.tag, Tag::Noun | Tag::Name | Tag::Number | Tag::Gerund)
                    && !t.digit()
                    && !t.is("-")
            });
        let only = token.has(HAVE)
            && is(1, &["only"])
            && tokens.get(at + 2).is_some_and(|t| t.tag == Tag::Adjective)
            && tokens.get(at + 3).is_some_and(|t| {
                t.tag == Tag::Noun && t.class & (PLURAL | MASS) == 0 && !t.low.ends_with('s')
            });
        // "from us to the school is 5 km"
        let from = token.is("from")
            && next.is_some_and(|n| n.has(OBJECT) && !n.is("her"))
            && is(2, &["to"])
            && tokens[at + 3..].iter().take(4).any(|t| t.is("is"));
        // "the vet has been on Tuesday": a day that is over wants the plain past
        let perfect = token.any(&["have", "has", "'ve"]) || token.is("'s") && is(1, &["been", "gone"]);
        let over = perfect
            && tokens.get(at + 1).is_some_and(|n| {
                n.is("been") && is(2, &["on"])
                    || n.any(&["gone", "went", "come"]) && tokens[at + 2..].iter().take(5).any(|t| t.is("on"))
            })
            && tokens[at + 2..]
                .windows(2)
                .take(6)
                .any(|w| w[0].is("on") && w[1].has(WEEKDAY) && !w[1].low.ends_with('s'));
        // "lady say", "my brain need", "the letter come": the -s or the past is missing
        let needs = next.is_some_and(|n| n.digit() || n.has(NUMBER | DETERMINER) || n.is("to"));
        let bare = token.any(&["say", "need", "come", "tell", "go", "give", "ask", "send", "write"])
            && (needs || !token.is("need"))
            && one(tokens, at);
        // "I bought at your site the bottles"
        let object = token.any(&["bought", "ordered", "purchased", "booked"])
            && next.is_some_and(|n| n.tag == Tag::Preposition && n.any(&["at", "in", "on", "from", "by"]))
            && late(&tokens[at + 2..]);
        // "always a different person answers me"
        let always = at == 0
            && token.is("always")
            && next.is_some_and(|n| n.has(DETERMINER) || n.any(&["different", "another", "the"]));
        // "for to reach it", "I telephoned with your office", "on the invoice stands that"
        let purpose = token.is("for") && is(1, &["to"]) && !is(2, &[","]);
        let with = token.any(&["telephoned", "phoned", "called", "rang"])
            && tokens[at + 1..].iter().take(4).any(|t| t.is("with"))
            && tokens[at + 1..]
                .iter()
                .take(4)
                .all(|t| t.any(&["with", "on", "your", "the", "you"]) || t.class & (WEEKDAY | MONTH) != 0);
        let stands = tokens[0].tag == Tag::Preposition
            && token.any(&["stands", "stood", "is"])
            && (is(1, &["that"]) && !token.is("is") || token.is("is") && is(1, &["written"]))
            && tokens[..at].iter().all(|t| {
                matches!(t.tag, Tag::Preposition | Tag::Noun | Tag::Gerund | Tag::Adjective)
                    || t.has(DETERMINER | POSSESSIVE)
            });
        // "I rang, put down on me": who put down is not who rang
        let mine = [("i", "me"), ("we", "us")].iter().any(|(i, me)| {
            tokens[0].is(i)
                && at > 1
                && verb
                && token.tag == Tag::Past
                && tokens[at - 1].any(&[",", "and"])
                && tokens[at..]
                    .windows(2)
                    .take(4)
                    .any(|w| w[1].is(me) && (std::ptr::eq(&w[0], token) || w[0].any(&["on", "at"])))
                && finites(&tokens[..at]).len() == 1
        });
        // "you knew it since September"
        let known = token.any(&["knew", "know", "knows"])
            && (is(1, &["since"]) || is(2, &["since"]))
            && !tokens[..at].iter().any(|t| t.has(HAVE));
        if mine
            || known
            || bare
            || purpose
            || with
            || stands
            || object
            || always
            || often
            || also
            || timed
            || to
            || come
            || place
            || only
            || from
            || over
        {
            return refuse(Reason::Shape, &token.text);
        }
    }
    Ok(())
}

/// Whether one thing or person is the subject of the verb at `at`, and nothing before asks for its bare form.
fn one(tokens: &[Token<'_>], at: usize) -> bool {
    let Some(noun) = at.checked_sub(1).map(|n| &tokens[n]) else { return false };
    let single = noun.tag == Tag::Noun
        && !noun.quoted
        && noun.class & (PLURAL | MASS | UNIT | WEEKDAY) == 0
        && !noun.low.ends_with('s')
        && (crate::lexicon::first(noun.class) == NOUN || noun.has(STAFF | PEOPLE))
        && !noun.any(&["staff", "team", "company", "family", "crew", "management"]);
    let near = &tokens[at.saturating_sub(6)..at];
    let asked = near.iter().any(|t| {
        t.tag == Tag::Modal
            || t.has(DO | BE)
            || t.any(&[
                "and", "or", "make", "made", "let", "see", "saw", "watch", "watched", "hear", "heard",
                "have", "had", "having", "has", "help", "that", "to", "which", "not",
            ])
    });
    single && !asked
}

/// Whether the thing bought comes only after where or when: "at your site the bottles".
fn late(rest: &[Token<'_>]) -> bool {
    let end = rest
        .iter()
        .position(|t| t.mark() || t.quoted || matches!(t.tag, Tag::Conjunction | Tag::Wh | Tag::To))
        .unwrap_or(rest.len());
    rest[..end].windows(2).skip(usize::from(rest.first().is_some_and(|t| t.has(DETERMINER)))).any(|w| {
        (matches!(w[0].tag, Tag::Noun | Tag::Name) || w[0].digit())
            && (w[1].any(&["the", "a", "an", "this"]) || w[1].is("my"))
    }) && finites(&rest[..end]).is_empty()
}
