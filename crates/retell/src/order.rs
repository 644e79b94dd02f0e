//! Where a learner puts words and leaves them out: "sends me always back", "put on balcony", "is not come".

use crate::class::*;
use crate::tag::finite;
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
            && tokens.get(at + 2).is_some_and(|t| {
                t.has(DETERMINER | POSSESSIVE) || t.has(OBJECT) || t.tag == Tag::Name
            });
        // "money is not come"
        let come = token.has(BE)
            && (is(1, MOVES) || is(1, &["not"]) && is(2, MOVES))
            && !token.any(&["been", "being"]);
        // "put on balcony", "only automatic answer"
        let place = token.tag == Tag::Preposition
            && !token.any(&["by", "per", "of", "as", "via"])
            && is(1, THINGS)
            && tokens.get(at + 2).is_none_or(|t| {
                !matches!(t.tag, Tag::Noun | Tag::Name | Tag::Number | Tag::Gerund) && !t.digit() && !t.is("-")
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
                    || n.any(&["gone", "went", "come"])
                        && tokens[at + 2..].iter().take(5).any(|t| t.is("on"))
            })
            && tokens[at + 2..]
                .windows(2)
                .take(6)
                .any(|w| w[0].is("on") && w[1].has(WEEKDAY) && !w[1].low.ends_with('s'));
        if often || also || timed || to || come || place || only || from || over {
            return refuse(Reason::Shape, &token.text);
        }
    }
    Ok(())
}
