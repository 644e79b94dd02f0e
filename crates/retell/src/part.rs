//! The part of a sentence that says what happened, where the whole can't be told: what hangs on it goes.

use crate::class::*;
use crate::halves;
use crate::tag::{finite, finites, tag};
use crate::token::{Tag, Token};
use crate::{Reason, Refusal, Turned, tense};

/// What tells a part; the last says whether it may lean on the sentence before.
pub(crate) type One<'f, 'a> = &'f dyn Fn(&[Token<'a>], bool) -> Result<Turned, Refusal>;

/// Whether a sentence refused so may be told in part. Harm, heat and mockery colour all of it.
pub(crate) fn may(why: &Refusal) -> bool {
    match why.reason {
        Reason::Threat => matches!(&*why.word, "if" | "unless" | "otherwise"),
        Reason::Heat | Reason::Sarcasm | Reason::DangerNeedsCare | Reason::Secret | Reason::BlamesThem => {
            false
        }
        // a verb that stands wrong is a learner's, whose other clauses are no better
        Reason::Shape | Reason::Fragment => {
            matches!(&*why.word, "splice" | "long" | "order" | "nested" | "it's")
                || crate::lexicon::classes(&why.word.to_lowercase()) & (VERBAL | BE | HAVE | DO) == 0
        }
        _ => true,
    }
}

/// How what only another sentence explains begins.
pub(crate) const POINTS: [&str; 12] =
    ["it ", "it's ", "its ", "they ", "their ", "he ", "she ", "his ", "her ", "this ", "that ", "that's "];

/// Words that say what is wrong: a part without one is told only where it is most of the whole.
const WRONG: &[&str] = &[
    "cracked",
    "crack",
    "cracks",
    "broke",
    "broken",
    "snapped",
    "split",
    "smashed",
    "shattered",
    "shut",
    "bent",
    "torn",
    "tore",
    "ripped",
    "rip",
    "scratched",
    "scratch",
    "scratches",
    "dent",
    "dented",
    "chipped",
    "chip",
    "leak",
    "leaks",
    "leaking",
    "leaked",
    "stain",
    "stained",
    "stains",
    "missing",
    "lost",
    "gone",
    "wrong",
    "empty",
    "late",
    "cancelled",
    "closed",
    "locked",
    "blocked",
    "suspended",
    "charged",
    "billed",
    "overcharged",
    "debited",
    "deducted",
    "refused",
    "failed",
    "fails",
    "failing",
    "stopped",
    "stuck",
    "cold",
    "dirty",
    "filthy",
    "frozen",
    "froze",
    "crashed",
    "double",
    "twice",
    "still",
    "never",
    "nobody",
    "nothing",
    "without",
    "instead",
    "unlike",
    "damaged",
    "faulty",
    "scorch",
    "scorched",
    "shrunk",
    "shrank",
    "rotten",
    "mould",
    "mouldy",
    "damp",
    "hair",
    "hairs",
    "overdue",
    "unpaid",
    "expired",
    "declined",
    "rejected",
    "bounced",
    "vanished",
    "disappeared",
    "collapsed",
    "fell",
    "loose",
    "pieces",
    "wet",
    "soaked",
    "flooded",
    "burst",
    "smell",
    "smells",
    "stinks",
    "noise",
    "error",
    "fault",
    "faults",
    "problem",
    "dropped",
    "different",
    "collapsing",
    "brittle",
    "hole",
    "holes",
    "rust",
    "rusted",
    "bare",
    "seized",
    "jammed",
    "sheared",
    "melted",
    "warped",
    "faded",
    "overcharge",
    "unavailable",
    "else's",
    "gouge",
    "padlocked",
    "invalid",
    "void",
    "withdrawn",
    "discontinued",
    "misspelt",
    "crushed",
    "squashed",
    "spilled",
    "spilt",
    "insects",
    "ants",
    "mice",
    "dead",
    "smelt",
    "nowhere",
    "neither",
];

/// What is said to be otherwise, or only in some case.
const CHANGES: &[&str] = &[
    "but",
    "until",
    "till",
    "unless",
    "if",
    "except",
    "though",
    "although",
    "however",
    "hardly",
    "almost",
    "nearly",
    "refunded",
    "apologised",
    "sorted",
    "resolved",
    "otherwise",
    "only",
    "supposed",
];

/// How a part hangs on the other.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Joint {
    /// ", which", ", because", ", thirteen digits": less than what it hangs on.
    Hung,
    /// ", and", ":", "–" and a clause of its own.
    Own,
}

struct Cut {
    end: usize,
    start: usize,
    joint: Joint,
}

/// Tells the most that can be told of it.
pub(crate) fn tell<'a>(tokens: &[Token<'a>], private: bool, one: One<'_, 'a>) -> Option<Turned> {
    let mut tagged = tokens.to_vec();
    tag(&mut tagged);
    tense::tags(&mut tagged);
    if tagged.len() != tokens.len() || tokens.len() < 8 || asks(&tagged) {
        return None;
    }
    // without what is set in between
    if !private
        && let Some((open, close)) = inner(&tagged)
        && let Ok(turned) = one(&[&tokens[..open], &tokens[close..]].concat(), true)
    {
        return Some(turned);
    }
    let mut cuts = cuts(&tagged);
    if private {
        cuts.retain(|cut| cut.joint == Joint::Hung);
    }
    // the longest first
    for cut in cuts.iter().rev().take(4) {
        let (kept, left) = (&tagged[..cut.end], &tagged[cut.start..]);
        if stands(kept, left, cut.joint)
            && let Ok(turned) = one(&tokens[..cut.end], true)
        {
            return Some(turned);
        }
    }
    for cut in cuts.iter().filter(|cut| cut.joint == Joint::Own).take(2) {
        let (left, kept) = (&tagged[..cut.end], &tagged[cut.start..]);
        if behind(kept, left)
            && let Ok(turned) = one(&tokens[cut.start..], false)
        {
            return Some(turned);
        }
    }
    None
}

/// The first part of a sentence that breaks off at its end, before the quotation or the initial there.
pub(crate) fn first<'a>(tokens: &[Token<'a>], one: One<'_, 'a>) -> Option<Turned> {
    let mut tagged = tokens.to_vec();
    tag(&mut tagged);
    tense::tags(&mut tagged);
    if tagged.len() != tokens.len() || asks(&tagged) {
        return None;
    }
    let ends = cuts(&tagged);
    let cut = ends.iter().rev().find(|cut| {
        let (kept, left) = (&tagged[..cut.end], &tagged[cut.start..]);
        !kept.iter().any(|t| t.quoted || t.any(&["\"", "“"])) && heart(kept) && stands(kept, left, cut.joint)
    })?;
    one(&tokens[..cut.end], true).ok()
}

/// Whether the first part may be told without what follows.
fn stands(kept: &[Token<'_>], left: &[Token<'_>], joint: Joint) -> bool {
    let heart = heart(kept);
    let size = kept.iter().filter(|t| !t.mark()).count();
    let verbs = finites(kept);
    if size < 5 || verbs.is_empty() || unfinished(kept) || changed(left) && joint == Joint::Hung {
        return false;
    }
    let figures = |tokens: &[Token<'_>]| tokens.iter().any(|t| t.digit() && !t.quoted);
    let most = size >= left.iter().filter(|t| !t.mark()).count();
    match joint {
        Joint::Hung => {
            let denied = denies(left);
            (heart || most && (figures(kept) || !figures(left))) && (!denied || heart && denies(kept))
        }
        Joint::Own => {
            heart
                && size > 5
                && (size * 4 >= left.iter().filter(|t| !t.mark()).count() * 3 || figures(kept))
                && listed(kept)
                && !left.iter().any(|t| t.any(&["but", "until", "till", "unless", "except", "doubt", "hope"]))
                && !left.windows(2).any(|w| w[0].any(&["don't", "didn't", "do", "i"]) && w[1].is("think"))
        }
    }
}

/// Whether no list is cut: "the bedroom, the landing and the socket we know works".
fn listed(kept: &[Token<'_>]) -> bool {
    let at = kept.iter().rposition(|t| t.is(",") && !t.quoted);
    at.is_none_or(|at| {
        let bit = &kept[at + 1..];
        !finites(bit).is_empty() || !bit.first().is_some_and(|t| t.tag.is_nominal() && !t.digit())
    })
}

/// What stands in brackets, or between commas behind the subject: "Grant, with the beard, kept", "the driver, he
/// wouldn't say his name, was".
fn inner(tokens: &[Token<'_>]) -> Option<(usize, usize)> {
    let bracket = tokens.iter().position(|t| t.is("(") && !t.quoted).filter(|&open| open > 1);
    if let Some(open) = bracket {
        let close = tokens[open..].iter().position(|t| t.is(")")).map(|n| open + n)?;
        let digit = |part: &[Token<'_>]| part.iter().any(|t| t.digit());
        let kept = !digit(&tokens[open..close]) || digit(&tokens[..open]);
        let plain = kept && !changed(&tokens[open..close]) && close + 1 < tokens.len();
        return plain.then_some((open, close + 1));
    }
    let comma = |from: usize| (from..tokens.len()).find(|&at| tokens[at].is(",") && !tokens[at].quoted);
    let mut open = comma(1)?;
    loop {
        let close = comma(open + 1)?;
        let (head, bit) = (&tokens[..open], &tokens[open + 1..close]);
        if bit.is_empty() {
            return None;
        }
        let led = bit.first().is_some_and(|t| {
            t.tag == Tag::Pronoun || t.any(&["with", "who", "which", "whose", "where", "a", "an"])
        });
        let subject = (head[0].has(DETERMINER | POSSESSIVE) && !head[0].is("no") || head[0].tag == Tag::Name)
            && head.iter().all(|t| t.tag.is_nominal() || t.tag == Tag::Preposition || t.is(","))
            && head.iter().any(|t| matches!(t.tag, Tag::Noun | Tag::Name));
        let goes_on = close + 1 < tokens.len() && finite(tokens, close + 1);
        let said = bit[0].tag == Tag::Pronoun
            && bit.iter().any(|t| !t.quoted && t.has(SAY | THINK) || t.any(&["told", "see", "find"]));
        // "a van, which is a nice thing for a surfboard, and told": both commas go
        let joined = bit[0].any(&["which", "who"])
            && tokens.get(close + 1).is_some_and(|t| t.is("and"))
            // "Ms Pruett, who thanked me, and wrote back": it may be she who wrote
            && !(bit[0].is("who") && finite(tokens, close + 2))
            && !finites(head).is_empty()
            && !bit.iter().any(|t| t.digit() || t.quoted);
        if joined && bit.len() < 11 && !changed(bit) && !denies(bit) && !said {
            return Some((open, close + 1));
        }
        if led && subject && goes_on && bit.len() < 11 && !changed(bit) && (!said || denies(bit)) {
            return Some((open, close + 1));
        }
        open = close;
    }
}

/// What is asked is no fact, and a part of it told no ask.
fn asks(tokens: &[Token<'_>]) -> bool {
    tokens.iter().any(|t| !t.quoted && t.any(&["?", "please", "pls"]))
        || tokens.windows(2).any(|w| {
            w[0].any(&["i", "we", "i'd", "we'd", "'d"])
                && w[1].any(&[
                    "want", "need", "'d", "would", "like", "ask", "expect", "wish", "should", "require",
                ])
        })
        || matches!(tokens, [so, that, ..] if so.is("so") && that.any(&["that", "that's"]))
}

/// Whether the second part may be told without what goes before.
fn behind(kept: &[Token<'_>], left: &[Token<'_>]) -> bool {
    let said = left.iter().any(|t| {
        !t.quoted
            && (t.has(SAY | TAKES_CLAUSE | THINK)
                || t.any(&["asked", "whether", "if", "saying", "when", "so", "because", "asking", "says"]))
    });
    let size = kept.iter().filter(|t| !t.mark()).count();
    let theirs = kept
        .iter()
        .any(|t| !t.quoted && (t.any(&["i", "we", "my", "our", "me", "us", "you", "your"]) || t.digit()));
    let hangs = kept.iter().any(|t| {
        !t.quoted
            && t.any(&[
                "it", "its", "they", "them", "their", "he", "him", "his", "she", "her", "this", "that",
                "these", "those", "one", "ones", "other", "others", "same", "then", "both", "mine", "know",
                "knew",
            ])
    });
    let most = size * 4 > left.iter().filter(|t| !t.mark()).count() * 3;
    let figures = |tokens: &[Token<'_>]| tokens.iter().any(|t| t.digit() && !t.quoted);
    size > 5
        && (figures(kept) || !figures(left))
        && most
        && theirs
        && !said
        && !hangs
        && heart(kept)
        && !denies(left)
        && !changed(left)
}

fn heart(tokens: &[Token<'_>]) -> bool {
    tokens.iter().enumerate().any(|(at, t)| {
        let away = t.is("turned") && tokens.get(at + 1).is_some_and(|n| n.is("away"));
        let none = t.any(&["no", "nothing"]) && at > 0 && tokens[at - 1].any(&["have", "'ve"]);
        !t.quoted && (t.any(WRONG) || away || crate::denies(&t.low)) && !none
    })
}

fn denies(tokens: &[Token<'_>]) -> bool {
    tokens.iter().any(|t| !t.quoted && (t.has(NEGATIVE) || crate::denies(&t.low)))
}

fn changed(tokens: &[Token<'_>]) -> bool {
    tokens.iter().any(|t| !t.quoted && t.any(CHANGES))
}

/// Whether something is still to come, or only a when or a who says so is there.
fn unfinished(kept: &[Token<'_>]) -> bool {
    let Some(last) = kept.last() else { return true };
    let open = kept.iter().filter(|t| t.is("(")).count() != kept.iter().filter(|t| t.is(")")).count();
    let led = matches!(
        last.tag,
        Tag::Auxiliary
            | Tag::Modal
            | Tag::Preposition
            | Tag::Wh
            | Tag::Subordinator
            | Tag::To
            | Tag::Determiner
            | Tag::Possessive
            | Tag::Conjunction
    ) && !last.has(PARTICLE | DO | NUMBER)
        && !last.quoted
        || last.mark() && !last.quoted && !last.is(")");
    let says = kept.iter().rev().take(3).any(|t| {
        !t.quoted
            && (t.has(SAY) || t.any(&["hollered", "shouted", "wrote", "reads", "asked", "answered", "means"]))
    }) && !last.quoted;
    let vague = last.any(&["mostly", "some", "only", "much", "very", "so", "even", "just", "whole", "rest"]);
    // "when I asked whether to come later"
    let first = &kept[usize::from(kept[0].any(&["and", "but", "so", "then"])).min(kept.len() - 1)];
    let opens = (first.tag == Tag::Subordinator
        || first.any(&["when", "if", "while", "once", "after", "as", "since", "because", "where", "what"]))
        && (finites(kept).len() < 2 || !kept.iter().any(|t| t.is(",") && !t.quoted));
    // "only when Mr Hayashi": its verb is still to come
    let clause = kept
        .iter()
        .rposition(|t| {
            !t.quoted && (matches!(t.tag, Tag::Subordinator | Tag::Wh) || t.any(&["when", "that"]))
        })
        .is_some_and(|at| {
            at + 1 < kept.len()
                && finites(&kept[at + 1..]).is_empty()
                && !kept[at].any(&["that", "as", "than"])
        });
    // "he found, scanned on to my file,": what was found is still to come; "driving, me"
    let wants = kept.windows(2).any(|w| {
        w[1].is(",")
            && !w[1].quoted
            && (matches!(w[0].tag, Tag::Past | Tag::Base | Tag::Third) && !w[0].has(INTRANSITIVE)
                || w[0].any(&["found", "received", "contains", "includes"]))
            && !w[0].quoted
    }) || matches!(kept, [.., comma, last] if comma.is(",") && !last.quoted && last.tag == Tag::Pronoun);
    open || wants || led || says || vague || opens || clause
}

/// Where it may be cut.
fn cuts(tokens: &[Token<'_>]) -> Vec<Cut> {
    let mut out = Vec::new();
    let mut depth = 0_usize;
    for at in 1..tokens.len().saturating_sub(2) {
        let token = &tokens[at];
        if token.is("(") {
            depth += 1;
        } else if token.is(")") {
            depth = depth.saturating_sub(1);
        }
        if token.quoted || depth > 0 {
            continue;
        }
        let comma = token.is(",");
        let next = &tokens[at + usize::from(comma)];
        let start = at + usize::from(comma);
        let hung = comma
            && (next.any(&["which", "who", "whose", "whom", "where", "because", "whereupon", "so"])
                || next.any(&["as", "while", "since", "when", "with", "after", "before"])
                    && !tokens[start..].iter().skip(1).any(|t| t.is(",") && !t.quoted))
            || token.is("because") && !denies(&tokens[..at])
            || token.is("as")
                && tokens[at + 1].any(&["if", "though"])
                && !tokens[at - 1].has(BE)
                && !matches!(tokens[at - 1].tag, Tag::Past | Tag::Participle)
                && !tokens[at - 1]
                    .any(&["look", "looks", "looked", "sound", "sounds", "seems", "feel", "feels", "it"])
            || token.is("like")
                // "a noise like a lorry" is no noise alone
                && !(at > 1 && tokens[at - 1].tag == Tag::Noun && tokens[at - 2].any(&["a", "an"]))
                && tokens[at + 1].any(&["a", "an"])
                && !tokens[at - 1].has(BE | PREPOSITION)
                && matches!(tokens[at - 1].tag, Tag::Past | Tag::Participle | Tag::Adverb | Tag::Noun)
                && tokens[at - 1].tag != Tag::Third
                && !tokens[at - 1].any(&[
                    "look",
                    "looks",
                    "sound",
                    "smell",
                    "looked",
                    "sounded",
                    "smelled",
                    "smelt",
                    "felt",
                    "something",
                    "more",
                ]);
        // "my wife, who is 31 weeks, has been in": the sentence goes on behind it
        let on = comma
            && (start + 1..tokens.len().saturating_sub(1)).any(|i| {
                tokens[i].is(",")
                    && !tokens[i].quoted
                    && (finite(tokens, i + 1) || tokens[i + 1].tag == Tag::Adverb && finite(tokens, i + 2))
            });
        if on {
            continue;
        }
        if hung && !halves::set_off(tokens, at) {
            out.push(Cut { end: at, start, joint: Joint::Hung });
            continue;
        }
        // "Walter Stanhope, draper, of Kettering" stays one
        let name = tokens[at - 1].tag == Tag::Name && !tokens[start].digit();
        let bare = comma && !name && tacked(&tokens[start..]) && !finites(&tokens[..at]).is_empty();
        if bare {
            out.push(Cut { end: at, start, joint: Joint::Hung });
            continue;
        }
        // "there are seven visits in nine days: Lisbon, Faro, Madrid"
        let list = (token.is(":") && token.glued || token.any(&["–", "—"]))
            && tokens.len() - at > 3
            && tokens[at + 1..].first().is_some_and(|t| t.tag.is_nominal() || t.quoted)
            && finites(&tokens[at + 1..]).is_empty()
            && !finites(&tokens[..at]).is_empty()
            && !tokens[..at].iter().any(|t| {
                t.any(&[
                    "thing",
                    "things",
                    "problem",
                    "problems",
                    "reason",
                    "question",
                    "following",
                    "point",
                    "points",
                    "this",
                    "these",
                    "news",
                    "opinion",
                    "options",
                    "way",
                    "follows",
                    "list",
                    "there's",
                    "reads",
                ])
            });
        if list {
            out.push(Cut { end: at, start: at + 1, joint: Joint::Hung });
            continue;
        }
        let joined = next.any(&["and", "but"]) && !next.quoted;
        let from = start + usize::from(joined);
        let dash = token.any(&["–", "—", ";"]) || token.is(":") && token.glued;
        let own = (joined || comma || dash) && {
            let from = from + usize::from(dash);
            begins(tokens, from) && !finites(&tokens[..at]).is_empty() && !halves::said(tokens, at.max(1))
        };
        if own && !halves::set_off(tokens, at) {
            out.push(Cut { end: at, start: from + usize::from(dash), joint: Joint::Own });
        }
    }
    out
}

/// Only things hung on with commas: "thirteen digits", "wind, crew, wind".
fn tacked(tail: &[Token<'_>]) -> bool {
    tail.first().is_some_and(|t| {
        matches!(t.tag, Tag::Noun | Tag::Adjective | Tag::Number | Tag::Determiner) && !t.quoted
    }) && finites(tail).is_empty()
        && !tail.iter().any(|t| (matches!(t.tag, Tag::Wh | Tag::Subordinator) || t.has(SUBJECT)) && !t.quoted)
        // the end of a list
        && (tail[0].tag == Tag::Number || !tail.iter().any(|t| t.any(&["and", "or"]) && !t.quoted))
}

/// Whether a clause with a subject of its own begins at `at`.
fn begins(tokens: &[Token<'_>], at: usize) -> bool {
    let Some(first) = tokens.get(at).filter(|t| !t.quoted) else { return false };
    let subject = first.tag == Tag::Pronoun && !first.has(OBJECT)
        || first.tag == Tag::There
        || first.tag.is_nominal() && first.tag != Tag::Own;
    subject
        && (at + 1..tokens.len().min(at + 9))
            .take_while(|&i| {
                let t = &tokens[i];
                t.tag.is_nominal()
                    || t.quoted
                    || matches!(t.tag, Tag::Adverb | Tag::Preposition)
                    || finite(tokens, i)
            })
            .any(|i| finite(tokens, i))
}
