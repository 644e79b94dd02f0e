//! What they tell, put right where one rule is sure: an "and" left out, a learner's "said me", praise of our
//! people, a reply that is only noted not to have come.

use crate::class::*;
use crate::tag::finite;
use crate::token::{Tag, Token};

/// Puts right what can be told from its words and tags.
pub(crate) fn mend(tokens: &mut Vec<Token<'_>>) {
    said(tokens);
    had(tokens);
    replies(tokens);
    joined(tokens);
    praise(tokens);
    similes(tokens);
}

/// "said me to send it", ", what is not true", "few days later".
fn said(tokens: &mut Vec<Token<'_>>) {
    for at in 0..tokens.len().saturating_sub(2) {
        if tokens[at].quoted {
            continue;
        }
        if tokens[at].is("said") && tokens[at + 1].has(OBJECT) && tokens[at + 2].any(&["to", "that"]) {
            tokens[at].say("told");
        }
        let clause = at > 2 && tokens[at - 1].is(",") && tokens[at + 1].any(&["is", "was"]);
        if tokens[at].is("what") && clause {
            tokens[at].say("which");
        }
    }
    if let [few, unit, later, ..] = &tokens[..]
        && few.is("few")
        && unit.has(UNIT)
        && later.any(&["later", "ago", "after"])
    {
        tokens[0].text = "few".into();
        tokens.insert(0, Token::own("A", Tag::Determiner));
    }
}

/// "I'd a message", "I've seven hours": what they had is said in full.
fn had(tokens: &mut [Token<'_>]) {
    for at in 1..tokens.len().saturating_sub(1) {
        let whole = match &*tokens[at].low {
            "'d" => "had",
            "'ve" => "have",
            _ => continue,
        };
        let next = &tokens[at + 1];
        let thing = next.any(&["a", "an", "the", "no", "my", "our", "your", "some"])
            || next.has(NUMBER) && next.tag == Tag::Number;
        if thing && !tokens[at].quoted && tokens[at - 1].has(SUBJECT | PRONOUN) {
            tokens[at].say(whole);
            tokens[at].tag = Tag::Auxiliary;
            tokens[at].glued = false;
        }
    }
}

/// "I wrote on 3 October, no reply": "and had no reply".
fn replies(tokens: &mut Vec<Token<'_>>) {
    let mut end = tokens.len();
    while end > 0 && tokens[end - 1].mark() && !tokens[end - 1].quoted {
        end -= 1;
    }
    let from = tokens[..end].iter().rposition(|t| t.is(",") && !t.quoted).unwrap_or(0);
    let tail = &tokens[from..end];
    let led = usize::from(tail.get(1).is_some_and(|t| t.any(&["and", "but"])));
    let none = match &tail[(1 + led).min(tail.len())..] {
        [no, reply] => no.is("no") && reply.any(&["reply", "answer", "response", "luck", "replies"]),
        [nothing] => led > 0 && nothing.is("nothing"),
        _ => false,
    };
    let wrote = tokens[..from].windows(2).any(|w| {
        w[0].any(&["i", "we"])
            && (w[1].any(&["sent", "asked", "tried"]) || w[1].tag == Tag::Past && w[1].has(CONTACT))
    });
    if !none || !wrote || from < 2 || tokens[..from].iter().any(|t| t.is(",") && !t.quoted) {
        return;
    }
    tokens.splice(
        from..from + 1 + led,
        [Token::own("and", Tag::Conjunction), Token::own("had", Tag::Auxiliary)],
    );
    for token in &mut tokens[from + 2..] {
        if token.is("nothing") {
            token.text = "no reply".into();
        }
    }
}

/// "I ordered six rolls from you, paid £40 on the card": an "and" goes before the last thing done.
fn joined(tokens: &mut Vec<Token<'_>>) {
    let Some(at) = tokens.iter().rposition(|t| t.is(",") && !t.quoted) else { return };
    let (Some(verb), Some(next)) = (tokens.get(at + 1), tokens.get(at + 2)) else { return };
    let deed = verb.tag == Tag::Past
        && verb.class & (ADJECTIVE | NOUN) == 0
        && (next.class & (DETERMINER | POSSESSIVE | OBJECT) != 0 || next.digit())
        && !verb.quoted;
    let started = tokens[0].any(&["i", "we"]) && finite(tokens, 1)
        || tokens.len() > 1 && tokens[0].any(&["your", "the"]) && (1..5).any(|v| v < at && finite(tokens, v));
    let single = tokens[..at].iter().filter(|t| t.is(",") && !t.quoted).count() < 2;
    if deed && started && single && !tokens[at + 2..].iter().any(|t| t.any(&["and", "or"]) && !t.quoted) {
        tokens[at] = Token::own("and", Tag::Conjunction);
    }
}

/// "Your lady was very kind and said", "your kind card": we don't praise ourselves.
fn praise(tokens: &mut Vec<Token<'_>>) {
    let mut at = 0;
    while at < tokens.len() {
        let token = &tokens[at];
        if token.quoted || !token.has(PRAISE) {
            at += 1;
            continue;
        }
        let next = tokens.get(at + 1);
        // "your kind card"
        if at > 0 && tokens[at - 1].is("your") && next.is_some_and(|n| n.tag == Tag::Noun) {
            tokens.remove(at);
            continue;
        }
        let enough = usize::from(next.is_some_and(|n| n.is("enough")));
        let and = at + 1 + enough;
        let mut from = at;
        while from > 0 && (tokens[from - 1].tag == Tag::Adverb || tokens[from - 1].any(&["very", "most"])) {
            from -= 1;
        }
        let be =
            from > 1 && tokens[from - 1].any(&["was", "were"]) && !tokens[from - 2].any(&["i", "we", "it"]);
        let goes = tokens.get(and).is_some_and(|t| t.any(&["and", "but"]))
            && tokens.get(and + 1).is_some_and(|t| t.tag == Tag::Past);
        // "who was an angel" keeps nothing
        if be && goes {
            tokens.drain(from - 1..=and);
            at = from - 1;
            continue;
        }
        at += 1;
    }
}

/// ", like children with a toy,": the comparison goes.
fn similes(tokens: &mut Vec<Token<'_>>) {
    let found = (4..tokens.len().saturating_sub(1)).find(|&at| {
        tokens[at].is(",")
            && !tokens[at].quoted
            && tokens[at + 1].is("like")
            && tokens
                .get(at + 2)
                .is_some_and(|t| t.tag == Tag::Noun && t.has(PLURAL) || t.any(&["a", "an", "some"]))
    });
    let Some(at) = found else { return };
    let end =
        tokens[at + 1..].iter().position(|t| t.mark() && !t.quoted).map_or(tokens.len(), |n| at + 1 + n);
    let inside = &tokens[at + 1..end];
    if inside.len() > 8 || inside.iter().any(|t| t.digit() || t.has(FINITE | NEGATIVE)) {
        return;
    }
    tokens.drain(at..end);
}
