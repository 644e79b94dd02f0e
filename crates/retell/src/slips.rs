//! The slips of those who write in a language not their own, which would read as ours.

use crate::class::*;
use crate::tag::finites;
use crate::token::{Tag, Token};
use crate::{Reason, Refusal, refuse};

/// Verbs that don't take the one it is done for: "explain me the fee".
const NOT_TO: &[&str] = &[
    "explain",
    "explained",
    "say",
    "said",
    "confirm",
    "confirmed",
    "describe",
    "mention",
    "suggest",
    "suggested",
    "announce",
    "return",
    "repair",
    "correct",
    "communicated",
];

/// Pasts that are no participles.
const PASTS: &[&str] = &[
    "wrote", "went", "came", "saw", "took", "gave", "spoke", "broke", "did", "ate", "drove", "rang", "began",
    "forgot", "chose", "fell", "flew", "grew", "knew", "rose", "sang", "stole", "swam", "threw", "woke",
    "wore",
];

/// Their slips, in any sort of clause.
pub(crate) fn slips(tokens: &[Token<'_>]) -> Result<(), Refusal> {
    for (at, token) in tokens.iter().enumerate() {
        let Some(next) = tokens.get(at + 1).filter(|_| !token.quoted) else { continue };
        let low = |n: usize| tokens.get(at + n).map_or("", |t| &*t.low);
        let thing = |n: usize| {
            tokens
                .get(at + n)
                .is_some_and(|t| matches!(t.tag, Tag::Determiner | Tag::Possessive | Tag::Number))
        };
        let dative =
            token.any(NOT_TO) && (next.has(OBJECT) || next.is("you")) && thing(2) && !next.is("them");
        // "You have wrote": a past that never stands behind "have".
        let perfect = token.any(&["have", "has", "had", "'ve", "having"]) && next.any(PASTS);
        let paper = token.any(&["ask", "asks", "asked"])
            && next.any(&["a", "an"])
            && !matches!(
                low(2),
                "question"
                    | "few"
                    | "lot"
                    | "favour"
                    | "favor"
                    | "simple"
                    | "colleague"
                    | "member"
                    | "second"
                    | "third"
                    | "man"
                    | "woman"
                    | "neighbour"
                    | "friend"
                    | "human"
                    | "person"
                    | "manager"
            );
        let led = matches!(token.tag, Tag::Preposition | Tag::Base | Tag::Past | Tag::Third | Tag::Gerund);
        let bare = led
            && (next.is("same")
                || next.any(&["wrong", "correct", "new", "right", "old"])
                    && tokens.get(at + 2).is_some_and(|t| {
                        t.tag == Tag::Noun
                            && !t.has(PLURAL | MASS | UNIT)
                            && crate::lexicon::first(t.class) == NOUN
                            && !t.low.ends_with('s')
                    })
                    && !tokens.get(at + 3).is_some_and(|t| matches!(t.tag, Tag::Noun | Tag::Name)));
        let heap =
            next.any(&["informations", "advices", "equipments", "furnitures", "feedbacks", "luggages"]);
        // "I have the machine from three months", "it works since March"
        let from = token.is("from")
            && thing(1)
            && tokens.get(at + 2).is_some_and(|t| t.has(UNIT) && t.has(PLURAL))
            && !matches!(low(3), "ago" | "to" | "before" | "of" | "after");
        // "agents are not been truthful"
        let been = token.has(BE) && (next.is("been") || next.is("not") && low(2) == "been");
        // ", not sure which side": nobody is named
        let nobody = token.is(",") && next.is("not") && low(2) == "sure";
        let remark = next.is("ashamed");
        // "on the 6 the case", "based on ones balance", "are 1 to 37 on it"
        let day = token.is("the")
            && next.low.len() < 3
            && next.low.bytes().all(|b| b.is_ascii_digit())
            && tokens.get(at + 2).is_some_and(|t| t.has(DETERMINER | POSSESSIVE | SUBJECT));
        let ones = token.tag == Tag::Preposition
            && next.is("ones")
            && tokens.get(at + 2).is_some_and(|t| t.tag == Tag::Noun);
        let range = at == 0
            && token.has(BE)
            && next.tag == Tag::Number
            && low(2) == "to"
            && tokens.get(at + 3).is_some_and(|t| t.tag == Tag::Number);
        if day || ones || range {
            return refuse(Reason::Shape, &next.text);
        }
        if dative || been || nobody || remark || perfect || paper || bare || heap || from {
            return refuse(Reason::Shape, &token.text);
        }
    }
    // "if you not tell me"
    if let Some(w) = tokens
        .windows(3)
        .find(|w| w[0].tag == Tag::Pronoun && w[1].is("not") && w[2].tag == Tag::Base && !w[0].has(OBJECT))
    {
        return refuse(Reason::Shape, &w[1].text);
    }
    // "it is after 13 months torn": the participle stands by its verb
    let apart = tokens.windows(2).enumerate().any(|(at, w)| {
        w[0].has(BE)
            && w[1].any(&["after", "since", "before", "for", "from"])
            && tokens[at + 2..].iter().take(5).any(|t| t.has(UNIT))
            && tokens.last().is_some_and(|t| matches!(t.tag, Tag::Past | Tag::Participle) && !t.quoted)
    });
    if apart {
        return refuse(Reason::Shape, "after");
    }
    // "it is now open for 19 hours": what has lasted till now
    if tokens.windows(2).any(|w| w[0].any(&["is", "are", "am", "'m", "'re"]) && w[1].any(&["now", "already"]))
        && tokens.windows(3).any(|w| {
            w[0].is("for") && (w[1].has(NUMBER) || w[1].digit()) && w[2].has(UNIT) && w[2].has(PLURAL)
        })
    {
        return refuse(Reason::Shape, "for");
    }
    // "every time other person", "one and half hour"
    let odd = tokens.windows(2).enumerate().find(|(at, w)| {
        w[0].is("other")
            && w[1].tag == Tag::Noun
            && w[1].class & (PLURAL | MASS) == 0
            && !w[1].low.ends_with('s')
            && !(*at > 0 && (tokens[at - 1].has(DETERMINER | POSSESSIVE | NUMBER) || tokens[at - 1].digit()))
            || w[0].is("in") && w[1].has(WEEKDAY)
            || w[0].is("and")
                && w[1].is("half")
                && *at > 0
                && !tokens.get(at + 2).is_some_and(|t| t.has(DETERMINER))
    });
    if let Some((_, w)) = odd {
        return refuse(Reason::Shape, &w[1].text);
    }
    // "one is £5.20 and other is £13.80"
    if tokens.windows(3).any(|w| w[0].tag == Tag::Conjunction && w[1].is("other") && w[2].has(BE)) {
        return refuse(Reason::Shape, "other");
    }
    // "which is wrong since May": for what has lasted, the perfect
    let perfect = tokens.iter().any(|t| t.has(HAVE) && !t.is("having") || t.any(&["'d", "ever"]));
    if let Some(at) = tokens.iter().position(|t| t.is("since") && !t.quoted)
        && !perfect
        && at > 1
        && let till = tokens[at..]
            .iter()
            .position(|t| t.is(",") || matches!(t.tag, Tag::Conjunction | Tag::To))
            .map_or(tokens.len(), |n| at + n)
        && finites(&tokens[at..till]).is_empty()
        && finites(&tokens[..at]).last().is_some_and(|&v| {
            tokens[v].tag != Tag::Past
                && !tokens[v].any(&["was", "were", "did", "didn't", "wasn't", "weren't"])
                && !tokens[v].is("'s")
        })
    {
        return refuse(Reason::Shape, "since");
    }
    Ok(())
}
