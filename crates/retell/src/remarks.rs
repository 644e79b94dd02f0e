//! Remarks that are cut before a clause is turned: opinions and jibes hung on, comparisons, brackets.

use crate::class::*;
use crate::token::{Tag, Token};

/// "your driver, I'd like to say, saw it too": said by the way, not wished for.
pub(crate) fn by_the_way(tokens: &[Token<'_>]) -> bool {
    const SAYING: &[&str] = &[
        "say",
        "add",
        "mention",
        "point",
        "think",
        "believe",
        "hope",
        "note",
        "stress",
        "emphasise",
        "remind",
    ];
    tokens.windows(6).any(|w| {
        w[0].is(",")
            && w[1].any(&["i", "we"])
            && w[2].any(&["'d", "would", "should"])
            && w[3].is("like")
            && w[4].is("to")
            && w[5].any(SAYING)
    })
}

/// Cuts the remark in which a word of opinion stands: ", thank goodness,", ", I'm afraid", "a nice lad".
pub(crate) fn remark(tokens: &mut Vec<Token<'_>>, at: usize) -> bool {
    let edge = |t: &Token<'_>| t.any(&[",", ".", ";", ":", "-", "–", "—", "("]) && !t.quoted;
    // "a nice lad took it": the praise of people goes
    let person = tokens.get(at + 1).is_some_and(|n| n.has(STAFF | FAMILY) && !n.quoted);
    let article = at > 0 && tokens[at - 1].any(&["a", "the", "your", "some", "my", "two"]);
    let vowel = |t: &Token<'_>| t.low.starts_with(['a', 'e', 'i', 'o', 'u']);
    if person && article && tokens[at].has(ADJECTIVE) && !(tokens[at - 1].is("a") && vowel(&tokens[at + 1])) {
        tokens.remove(at);
        return true;
    }
    // "a very nice girl"
    let very = at > 1
        && person
        && tokens[at].has(ADJECTIVE)
        && tokens[at - 1].any(&["very", "really", "most", "perfectly"])
        && tokens[at - 2].any(&["a", "the", "your", "some", "my", "two"])
        && !(tokens[at - 2].is("a") && vowel(&tokens[at + 1]));
    if very {
        tokens.drain(at - 1..=at);
        return true;
    }
    let Some(open) = tokens[..at].iter().rposition(edge) else { return false };
    let close = tokens[at..].iter().position(edge).map(|n| at + n);
    let close = close.filter(|&i| tokens[i].is(",")).or(close.is_none().then_some(tokens.len()));
    let Some(mut close) = close.filter(|_| tokens[open].is(",")) else { return false };
    // the full stop of the sentence
    while close == tokens.len() && tokens[close - 1].mark() {
        close -= 1;
        if close <= at {
            return false;
        }
    }
    let bit = &tokens[open + 1..close];
    // ", said I'd a nice smile,": what somebody did is no remark
    let verb = matches!(bit.first().map(|t| t.tag), Some(Tag::Past | Tag::Third));
    let plain = bit.len() < 8
        && !verb
        && !tokens[..open + 1].iter().rev().take(3).any(|t| t.any(&["…", "...", "€", "£", "$"]))
        && !bit.iter().any(|t| {
            t.digit()
                || t.quoted
                || t.has(NEGATIVE)
                || t.any(&["'", "‘", "but", "or", "you", "your", "if", "until"])
        });
    // "and, I'm sorry to say, there was" loses both commas; ", so I'm glad, and" keeps one
    let last = tokens.get(close).is_none_or(|t| !t.is(","));
    let led = tokens.get(close + 1).is_some_and(|t| t.any(&["and", "but", "so", "who", "which"]));
    // ", and I was grateful, it was done": between two clauses a comma stays
    let subject = |t: &Token<'_>| t.has(SUBJECT | DETERMINER | POSSESSIVE) || t.any(&["it", "you", "there"]);
    let clause = bit.first().is_some_and(|t| t.any(&["and", "but", "so"]))
        && tokens.get(close + 1).is_some_and(subject);
    let led = led || clause;
    if plain {
        tokens.drain(if last || led { open..close } else { open..close + 1 });
        if let Some(next) = tokens.get_mut(open).filter(|t| !t.mark()) {
            next.glued = false;
        }
    }
    plain
}

/// Cuts a jibe hung on at the end: ", which is a remark and no answer", ", which is like me putting on weight".
pub(crate) fn jibes(tokens: &mut Vec<Token<'_>>) {
    let cut = (4..tokens.len().saturating_sub(2)).rev().find(|&at| tokens[at].is(",") && !tokens[at].quoted);
    let Some(at) = cut else { return };
    let tail = &tokens[at + 1..];
    let led = tail[0].is("which")
        && tail.get(1).is_some_and(|t| t.has(BE) || t.is("'s"))
        && tail.get(2).is_some_and(|t| {
            t.any(&["a", "an", "like", "hardly", "rather", "more", "quite", "some", "one", "what", "how"])
        });
    let plain =
        tail.len() < 14 && !tail.iter().any(|t| t.digit() || t.quoted || t.has(NEGATIVE | UNIT | FAMILY));
    let jibe = tail.iter().any(|t| {
        t.any(&[
            "remark",
            "answer",
            "way",
            "word",
            "joke",
            "thought",
            "comfort",
            "trick",
            "feat",
            "achievement",
            "first",
            "like",
            "record",
            "puzzle",
            "mystery",
            "luxury",
            "treat",
            "novelty",
            "skill",
            "talent",
            "kindness",
            "art",
            "start",
            "pity",
            "shame",
            "laugh",
            "wonder",
            "thing",
            "claim",
            "view",
            "idea",
            "notion",
        ])
    });
    if led && plain && jibe {
        tokens.truncate(at);
    }
}

/// "a hole in it you could post a letter through": who *you* is there is nobody, and it is only a jest.
pub(crate) fn jests(tokens: &mut Vec<Token<'_>>) {
    let cut = (5..tokens.len().saturating_sub(2)).find(|&at| {
        let tail = &tokens[at..];
        tokens[at].is("you")
            && !tokens[at].quoted
            && tokens[at + 1].any(&["can", "could", "'d"])
            && (tokens[at - 1].tag == Tag::Noun || tokens[at - 1].is("it"))
            && tail.len() < 12
            && !tail.iter().any(|t| t.mark() || t.digit() || t.any(&["i", "we", "me", "my", "and"]))
            && tail.last().is_some_and(|t| t.has(PREPOSITION | PARTICLE))
    });
    if let Some(at) = cut {
        tokens.truncate(at);
    }
}

/// "(I have counted, both times)": a remark in brackets goes.
pub(crate) fn brackets(tokens: &mut Vec<Token<'_>>) {
    let Some(open) = tokens.iter().position(|t| t.is("(") && !t.quoted) else { return };
    let Some(close) = tokens[open..].iter().position(|t| t.is(")")).map(|n| open + n) else { return };
    let inside = &tokens[open + 1..close];
    let remark = !crate::tag::finites(inside).is_empty()
        && !inside.iter().any(|t| t.digit() || crate::denies(&t.low) || t.has(NEGATIVE));
    if remark && open > 2 {
        tokens.drain(open..=close);
    }
}

/// Cuts a comparison that ends the clause: ", as if it were a typo", "in the launderette like a student".
pub(crate) fn comparisons(tokens: &mut Vec<Token<'_>>) {
    let at = (4..tokens.len().saturating_sub(1)).find(|&at| {
        let low = |i: usize| tokens.get(i).map_or("", |t| &*t.low);
        let quoted = tokens[at].quoted;
        let simile = low(at) == "like"
            && matches!(low(at + 1), "a" | "an" | "some")
            && !tokens[at - 1].has(BE | PREPOSITION)
            // "a face like a melon" is no face
            && !(low(at - 2) == "a" || low(at - 2) == "an" || low(at - 3) == "a")
            && !matches!(
                low(at - 1),
                "look" | "looks" | "looked" | "sound" | "sounds" | "sounded" | "smell" | "smells" | "smelt" | "smelled"
                    | "feel" | "feels" | "felt" | "seem" | "seems" | "seemed" | "tastes" | "tasted" | "was" | "is"
                    | "something" | "anything" | "nothing" | "not" | "'s" | "just" | "more" | "looking" | "would"
                    | "'d" | "shaped" | "hang" | "hangs" | "hung" | "fit" | "fits" | "read" | "reads" | "move" | "moves"
            );
        let seems = tokens[at - 1].has(BE)
            || matches!(low(at - 1), "look" | "looks" | "looked" | "sound" | "sounds" | "sounded" | "seem" | "seems"
                | "seemed" | "feel" | "feels" | "felt" | "act" | "acted" | "acting" | "talk" | "treated" | "me" | "us");
        let as_if = low(at) == "as"
            && matches!(low(at + 1), "if" | "though")
            && (tokens[at - 1].is(",") || !seems && at > 5 && tokens.len() - at < 11);
        !quoted && (simile || as_if)
    });
    let Some(at) = at else { return };
    // "it came up like a loaf and …": the comparison alone goes
    if tokens[at].is("like") {
        let words = tokens[at + 2..]
            .iter()
            .take_while(|t| {
                !t.mark()
                    && t.class & (NOUN | ADJECTIVE | PLURAL) != 0
                    && t.class & (CONJUNCTION | PREPOSITION | FINITE) == 0
            })
            .count();
        let next = tokens.get(at + 2 + words);
        if (1..4).contains(&words) && next.is_some_and(|t| t.any(&["and", "but", ","]) && !t.quoted) {
            tokens.drain(at..at + 2 + words);
            return;
        }
    }
    let end = tokens.iter().rposition(|t| !t.mark()).map_or(at, |last| last + 1);
    let rest = &tokens[at..end.max(at + 1)];
    // What follows must belong to the comparison: no further clause, no number.
    let as_if = rest[0].is("as");
    let more = rest.iter().any(|t| t.digit() || t.any(&["and", "but", "or", ";", ".", ":", "i", "we", "my"]))
        || !as_if && rest.iter().any(|t| t.is(",") || t.has(FINITE) || t.has(WH));
    if more {
        return;
    }
    tokens.truncate(at);
    while tokens.last().is_some_and(|t| t.is(",")) {
        tokens.pop();
    }
}

/// "a bloke in the office", "two times": we say man, and twice.
pub(crate) fn plainly(tokens: &mut Vec<Token<'_>>) {
    let twice = |w: &[Token<'_>]| w[0].is("two") && w[1].is("times") && !w[0].quoted;
    while let Some(at) = tokens.windows(2).position(twice) {
        if tokens
            .get(at + 2)
            .is_some_and(|t| t.tag == Tag::Noun || t.digit() || t.any(&["the", "as", "a", "more"]))
        {
            break;
        }
        tokens[at].say("twice");
        tokens[at].tag = Tag::Adverb;
        tokens.remove(at + 1);
    }
    for at in 0..tokens.len() {
        let dialect = match &*tokens[at].low {
            "owt" => "anything",
            "nowt" => "nothing",
            "summat" => "something",
            "arvo" => "afternoon",
            _ => "",
        };
        if !dialect.is_empty() && at > 0 && !tokens[at - 1].mark() && !tokens[at].quoted {
            tokens[at].say(dialect);
            continue;
        }
        // "the wee print"
        let wee = tokens[at].is("wee")
            && at > 0
            && tokens[at - 1].has(DETERMINER | POSSESSIVE)
            && tokens.get(at + 1).is_some_and(|t| t.has(NOUN | PLURAL));
        if wee && !tokens[at].quoted {
            tokens[at].say("small");
            continue;
        }
        let own = tokens.get(at + 1).is_some_and(|t| t.glued && t.low.starts_with('\''));
        // "first lass said": the first of whom
        let among = at == 1 && tokens[0].any(&["first", "second", "third", "fourth", "last"]);
        let led = at > 0
            && !among
            && (tokens[at - 1].has(DETERMINER | NUMBER | ADJECTIVE | POSSESSIVE | GERUND | NOUN | PLURAL)
                || tokens[at - 1].digit());
        if tokens[at].quoted || own || !led {
            continue;
        }
        let plain = match &*tokens[at].low {
            "bloke" | "chap" | "fella" | "fellow" | "geezer" | "guy" => "man",
            "blokes" | "chaps" | "fellas" | "fellows" | "guys" => "men",
            "lass" | "lassie" => "woman",
            _ => continue,
        };
        tokens[at].say(plain);
    }
}
