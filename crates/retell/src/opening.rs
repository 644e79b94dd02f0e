//! How wants begin: a table of openings, and what is put in order before it is looked up.

use crate::class::*;
use crate::token::{Tag, Token};
use std::borrow::Cow;

/// What the words after an opening are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Opening {
    /// What they'd like.
    Wish,
    /// What we are to do, from the verb.
    Request,
    /// What we are not to do, from the verb.
    Forbid,
    /// What somebody is to do, from the verb.
    Somebody,
    /// Who is to do it, and what: "a human to switch the plan back".
    Person,
    /// Something and what is to be done with it: "if the bag could be found".
    Passive,
    /// A sentence of its own: "I'd rather you wrote".
    Whole,
}

/// How wants begin. `a|b` is one of the words; `?a|b` may be missing.
const OPENINGS: [(&str, Opening); 49] = [
    ("i|we shall|will|'ll ?also|then|still|just want|need|require|expect", Opening::Wish),
    ("perhaps|maybe you would|could|'d|might|can ?please ?just|also|kindly", Opening::Request),
    ("i|we must ?also have", Opening::Wish),
    ("i|we should ?also|still need|expect", Opening::Wish),
    ("i|we should|would|'d ?also much|rather prefer", Opening::Wish),
    ("i|we would|'d ?also|still|now need|expect", Opening::Wish),
    ("?please can|could|may|might i|we ?please ?just|also have", Opening::Wish),
    ("all|what i|we am|'m|are|'re ?really asking ?you|for is|'s", Opening::Wish),
    ("all|what i|we ?would|'d|do expect is|'s", Opening::Wish),
    ("can|could|would|will ?please", Opening::Person),
    ("i|we ?do|also|now|would|'d expect you to", Opening::Request),
    ("i|we ?would|'d|do|also|must|now ask ?you ?also for", Opening::Wish),
    ("?kindly request|requesting you to ?please", Opening::Request),
    ("what i|we should like ?now|here is|'s ?for", Opening::Wish),
    ("what i|we am|'m|are|'re ?really asking ?you for is|'s", Opening::Wish),
    ("i|we ?would|'d|must|do|also|now ask|beg|urge|prefer|want|like you not to", Opening::Forbid),
    (
        "i|we would|should|'d ?also|really|much|very|just|still|only ?much like|love|appreciate|welcome",
        Opening::Wish,
    ),
    ("i|we ?do|also|really|just|still|only|now|simply require|demand|request you to", Opening::Request),
    ("i|we ?do|also|respectfully|hereby|formally request to", Opening::Request),
    (
        "i|we ?do|also|really|just|still|only|now|simply|respectfully|hereby|formally want|require|demand|request",
        Opening::Wish,
    ),
    ("all|what i|we ?would|'d|do ?really|actually want|need|ask|like|request ?for is|'s ?for", Opening::Wish),
    (
        "all|what i|we am|'m|are|'re ?really|actually asking|after|requesting|looking|hoping ?for is|'s ?for",
        Opening::Wish,
    ),
    (
        "i|we would|should|'d be ?most|very|really|so|ever|extremely grateful|obliged|glad|pleased|thankful if you would|could|'d|can",
        Opening::Request,
    ),
    (
        "i|we would|should|'d be ?most|very|really|so|ever|extremely grateful|obliged|glad|pleased|thankful if someone|somebody would|could|can",
        Opening::Somebody,
    ),
    ("i|we would|should|'d be ?most|very|really ?so grateful|obliged|glad for|of", Opening::Wish),
    ("i|we would|should|'d be ?most|very|really ?so grateful|obliged|glad|pleased if", Opening::Passive),
    (
        "i|we would|should|'d ?also be ?most|very|really glad|happy|pleased|grateful|content to",
        Opening::Whole,
    ),
    ("i|we would|'d ?also|still|now want|need|accept|settle|take|like|prefer|expect", Opening::Whole),
    ("i|we ?do|also|just|now|really|still need", Opening::Whole),
    ("i|we ?now|also|therefore|again ask|look|hope ?therefore ?you ?once ?more|again for", Opening::Wish),
    ("i|we ask|insist|request|demand|require that you", Opening::Request),
    ("i|we would|should|'d appreciate it if you would|could|'d|can", Opening::Request),
    ("i|we would|should|'d appreciate it if someone|somebody would|could|can", Opening::Somebody),
    ("i|we ?now|would|'d|must|do|also ask|beg|urge you to", Opening::Request),
    ("i|we ?now call upon|on you to", Opening::Request),
    ("i|we am|'m|are|'re ?just|only|simply|now asking|requesting you to", Opening::Request),
    ("i|we am|'m|are|'re ?just|only|simply|now asking|looking for", Opening::Wish),
    ("i|we would|'d|must ask you for", Opening::Wish),
    ("i|we hope you can|could|will|would", Opening::Request),
    ("i|we would|'d rather|sooner|prefer you|we|i", Opening::Whole),
    (
        "can|could|would|will you ?please|kindly ?just|also|now|both|possibly|perhaps be able|willing|prepared to",
        Opening::Request,
    ),
    ("would|could|will you be so|very good|kind as to", Opening::Request),
    ("would|could|will you be good|kind enough to", Opening::Request),
    (
        "can|could|would|will you|u ?please|kindly ?just|also|now|both|possibly|perhaps ?please",
        Opening::Request,
    ),
    (
        "can|could|would|will someone|somebody|anyone|anybody ?please|kindly ?just|actually|also ?please",
        Opening::Somebody,
    ),
    ("all i|we want|need|ask is for", Opening::Wish),
    ("somebody|someone needs|has to", Opening::Somebody),
    ("i|we want|need|would|'d ?like someone|somebody to", Opening::Somebody),
    ("what i|we want ?now|here is|'s", Opening::Wish),
];

/// How many tokens the pattern takes at the start.
pub(crate) fn fits(pattern: &str, tokens: &[Token<'_>]) -> Option<usize> {
    let mut at = 0;
    for part in pattern.split(' ') {
        let (words, optional) = part.strip_prefix('?').map_or((part, false), |p| (p, true));
        let here = tokens.get(at).is_some_and(|t| !t.quoted && words.split('|').any(|w| t.is(w)));
        if here {
            at += 1;
        } else if !optional {
            return None;
        }
    }
    Some(at)
}

/// How many words name a person nobody knows yet, before the verb: "a real human", "somebody who knows dyes".
pub(crate) fn person(tokens: &[Token<'_>]) -> Option<usize> {
    let word = |at: usize| tokens.get(at).filter(|t| !t.mark());
    let adverb =
        |at: usize| usize::from(word(at).is_some_and(|t| t.any(&["please", "kindly", "just", "actually"])));
    let verb = |at: usize| {
        word(at + adverb(at))
            .is_some_and(|t| t.has(BASE) && !t.has(FINITE) && t.class & (PRONOUN | DETERMINER) == 0)
            || word(at + adverb(at)).is_some_and(|t| t.is("have"))
    };
    let deed = |at: usize| {
        verb(at)
            && word(at + adverb(at) + 1).is_some_and(|t| {
                t.has(OBJECT | DETERMINER | POSSESSIVE | PREPOSITION | PARTICLE)
                    || t.any(&["it", "and", "to"])
            })
    };
    // "would that person please ring me"
    if word(0)?.any(&["that", "this", "your", "the", "his", "my"]) {
        let rings = |at: usize| {
            tokens[at].has(BASE)
                && tokens[at].has(REQUEST)
                && tokens.get(at + 1).is_some_and(|t| t.any(&["me", "us"]))
        };
        let at = (2..tokens.len().min(6)).find(|&at| adverb(at) > 0 || rings(at))?;
        return (tokens[1..at].iter().all(|t| t.tag.is_nominal()) && verb(at)).then_some(at);
    }
    if word(0)?.any(&["a", "an", "any", "some"]) {
        let n = fits(
            "a|an|any|some ?real|actual|proper|named|senior|single human|person|manager|engineer|adult|doctor|colleague ?being",
            tokens,
        );
        let run = (1..tokens.len().min(6))
            .find(|&at| adverb(at) > 0)
            .filter(|&at| tokens[1..at].iter().all(|t| t.tag.is_nominal()));
        // "could a nurse phone me"
        let asked = (2..tokens.len().min(5)).find(|&at| {
            tokens[at].has(BASE)
                && tokens[at].has(REQUEST)
                && tokens.get(at + 1).is_some_and(|t| t.any(&["me", "us", "my", "our"]))
                && tokens[1..at].iter().all(|t| t.tag.is_nominal())
        });
        return n.or(run).or(asked).filter(|&n| verb(n));
    }
    if !word(0)?.any(&["someone", "somebody", "anyone", "anybody"]) {
        return None;
    }
    let named = match &*word(1)?.low {
        "else" | "senior" | "real" | "human" | "there" => 2,
        "over" if word(2)?.is("there") => 3,
        "other" if word(2)?.is("than") => {
            3 + tokens[3..].iter().take_while(|t| t.tag.is_nominal() && !t.has(REQUEST)).count()
        }
        "in" | "at" | "from" | "with" => {
            2 + tokens[2..]
                .iter()
                .take_while(|t| t.tag.is_nominal() && !t.has(BASE) || t.has(DETERMINER | POSSESSIVE))
                .count()
        }
        "who" => (3..tokens.len().min(10)).find(|&at| {
            deed(at)
                && !tokens[1..at].iter().any(Token::mark)
                && tokens[3..=at].iter().any(|t| {
                    matches!(t.tag, Tag::Noun | Tag::Name | Tag::Adverb | Tag::Pronoun | Tag::Adjective)
                })
                && !tokens[at - 1]
                    .any(&["to", "can", "could", "will", "would", "n't", "not", "a", "the", "i", "you", "we"])
        })?,
        _ => return None,
    };
    deed(named).then_some(named)
}

pub(crate) fn opening(tokens: &[Token<'_>]) -> Option<(Opening, usize)> {
    let first = tokens.first()?;
    if !first.any(&[
        "i",
        "we",
        "all",
        "what",
        "can",
        "could",
        "would",
        "will",
        "may",
        "might",
        "please",
        "perhaps",
        "maybe",
        "somebody",
        "someone",
        "request",
        "requesting",
        "kindly",
    ]) {
        return None;
    }
    // "can I have a dog in the flat" asks whether they may
    let asked = first.any(&["can", "could", "may", "might", "please"]);
    let polite = tokens.iter().any(|t| t.is("please")) || !tokens.iter().take(2).any(|t| t.is("can"));
    let thing = |n: usize| {
        polite
            && tokens.get(n).is_some_and(|t| {
                matches!(t.tag, Tag::Determiner | Tag::Possessive | Tag::Number)
                    && !t.any(&["that", "this", "these", "those"])
            })
    };
    let fitting = |sort: Opening, n: usize| match sort {
        Opening::Person => person(&tokens[n..]).is_some(),
        Opening::Wish if asked => thing(n),
        _ => true,
    };
    OPENINGS.iter().find_map(|(pattern, sort)| {
        let n = fits(pattern, tokens)?;
        fitting(*sort, n).then_some((*sort, n))
    })
}

/// Whether a want begins here.
pub(crate) fn opens(tokens: &[Token<'_>]) -> bool {
    let Some(first) = tokens.first() else { return false };
    let next = tokens.get(1);
    first.is("please")
        || opening(tokens).is_some()
        || fits("i|we need|'d|require", tokens).is_some()
        || first.any(&["don't", "either"])
        || first.has(REQUEST)
            && first.has(BASE)
            && next.is_some_and(|n| {
                matches!(n.tag, Tag::Pronoun | Tag::Determiner | Tag::Possessive | Tag::Preposition | Tag::Wh)
                    || n.any(&["so", "up", "back", "off"])
            })
}

/// "Could you …", "can somebody please …": a request for all its question mark.
pub(crate) fn begged(tokens: &[Token<'_>], polite: bool) -> bool {
    let plain = tokens.first().is_some_and(|t| t.any(&["can", "will"])) && !polite;
    let found = opening(tokens).map(|(sort, _)| sort);
    match found {
        Some(Opening::Person) => true,
        Some(Opening::Wish) => tokens[0].any(&["can", "could", "may", "might", "please"]),
        Some(Opening::Request | Opening::Somebody) => !plain,
        _ => false,
    }
}

/// "I want X, and I'd like Y": one wish of two things.
pub(crate) fn joined<'t, 'a>(tokens: &'t [Token<'a>]) -> Cow<'t, [Token<'a>]> {
    let wish = |at: usize| match opening(&tokens[at..]) {
        Some((Opening::Wish, n)) if tokens[at].any(&["i", "we"]) => Some(n),
        _ => None,
    };
    let Some(first) = wish(0).filter(|&n| n < tokens.len()) else { return Cow::Borrowed(tokens) };
    let mut out = tokens.to_vec();
    let mut at = out.len();
    while at > 3 {
        at -= 1;
        let led = (tokens[at - 1].is(",") || tokens[at - 1].is("and"))
            && !tokens[..at].windows(2).any(|w| w[1].is("if") && w[0].any(&["and", "but"]))
            && !tokens[0].is("if")
            // "since it takes a week and I'd like him to have it": within the reason
            && !(tokens[at - 1].is("and")
                && !tokens[at - 2].is(",")
                && tokens[..at].iter().any(|t| t.any(&["since", "because"])))
            && crate::question::splice(&tokens[..at]).is_none();
        let Some(n) = wish(at).filter(|&n| led && at + n < tokens.len()) else { continue };
        // the same form on both sides: not "a new one and to know why"
        if tokens[at + n].tag == Tag::To || tokens[at + n].any(&["back", "it"])
            // "to know who it was, and her brought to the gate"
            || tokens[first].tag == Tag::To
                && tokens[at + n].any(&["her", "him", "them"])
                && !tokens.get(at + n + 1).is_some_and(|t| t.is("to"))
        {
            continue;
        }
        out.splice(at..at + n, tokens[at - 1].is(",").then(|| Token::own("and", Tag::Conjunction)));
    }
    Cow::Owned(out)
}

/// "Need a reprint by Thursday": the "I" left out.
pub(crate) fn needed<'t, 'a>(tokens: Cow<'t, [Token<'a>]>) -> Cow<'t, [Token<'a>]> {
    let object = tokens.get(1).is_some_and(|t| {
        matches!(t.tag, Tag::Determiner | Tag::Possessive | Tag::Number | Tag::To)
            || t.any(&["someone", "somebody"])
            // "need it by the 17th"
            || t.is("it") && tokens.get(2).is_some_and(|n| n.any(&["by", "before", "for", "on", "today"]))
            // "need actual food by Friday"
            || t.has(ADJECTIVE) && matches!(t.tag, Tag::Adjective | Tag::Noun)
    });
    let would = tokens[0].is("would")
        && tokens.get(1).is_some_and(|t| t.any(&["like", "love", "prefer", "appreciate"]));
    if !(tokens[0].any(&["need", "want"]) && object || would) {
        return tokens;
    }
    let mut all = tokens.into_owned();
    all[0].text = all[0].low.clone();
    all[0].tag = if would { Tag::Modal } else { Tag::Base };
    all[0].glued = false;
    all.insert(0, Token::own("I", Tag::Pronoun));
    Cow::Owned(all)
}

/// "The wall I'd like rebuilt": the thing back in its place.
pub(crate) fn fronted<'t, 'a>(tokens: Cow<'t, [Token<'a>]>) -> Cow<'t, [Token<'a>]> {
    let thing = tokens
        .iter()
        .take_while(|t| {
            matches!(
                t.tag,
                Tag::Determiner | Tag::Possessive | Tag::Adjective | Tag::Noun | Tag::Name | Tag::Number
            )
        })
        .count();
    let led = matches!(tokens[0].tag, Tag::Determiner | Tag::Possessive);
    let Some((Opening::Wish, n)) = opening(&tokens[thing..]).filter(|_| led && thing > 1) else {
        return tokens;
    };
    // "the £240 I'd like you to have a think about"
    let about = tokens.last().is_some_and(|t| t.tag == Tag::Preposition || t.any(&["about", "at", "into"]))
        && matches!(&tokens[thing + n..], [you, to, ..] if you.is("you") && to.is("to"));
    if about && !tokens[thing + n..].iter().any(Token::mark) {
        let mut all = tokens[thing..].to_vec();
        let from = all.len();
        all.extend_from_slice(&tokens[..thing]);
        all[from].text = all[from].low.clone();
        all[from].glued = false;
        return Cow::Owned(all);
    }
    if !tokens
        .get(thing + n)
        .is_some_and(|t| matches!(t.tag, Tag::Participle | Tag::Past) && t.has(PARTICIPLE) || t.is("back"))
    {
        return tokens;
    }
    let mut all = tokens[thing..thing + n].to_vec();
    all.extend_from_slice(&tokens[..thing]);
    all[n].text = all[n].low.clone();
    all.extend_from_slice(&tokens[thing + n..]);
    Cow::Owned(all)
}
