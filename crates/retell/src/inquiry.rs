//! Questions in more than plain dress: inside a statement, under a condition, two at a time.

use crate::behind::Behind;
use crate::class::*;
use crate::question::{begins, loses, splice, turn};
use crate::tag::{finite, finites};
use crate::token::{Tag, Token, text};
use crate::{Kind, Reason, Refusal, Turned, clean, person, refuse, shape, statement};

/// "What I wanted to ask you is whether …", "can you tell me when …": where the words of the question begin.
pub(crate) fn embedded(tokens: &[Token<'_>]) -> Option<usize> {
    let at = (2..tokens.len().min(10)).find(|&at| {
        let led = tokens[at - 1].any(&[
            "is",
            "'s",
            "me",
            "know",
            "ask",
            "wondered",
            "wonder",
            "wondering",
            "us",
            "asking",
        ]);
        let word = tokens[at].any(&["whether", "if", "when", "why", "how", "where", "which"])
            || tokens[at].is("what")
            || tokens[at].is("who");
        led && word
            && !tokens[at].quoted
            && !tokens[at - 1].is("ask") | tokens[..at].iter().any(|t| t.any(&["i", "we"]))
    })?;
    let lead = &tokens[..at];
    // "do you know whether it's in stock", but not "do you know who I am"
    if lead[0].is("do") && lead.get(1).is_some_and(|t| t.is("you")) && lead.len() == 3 && lead[2].is("know") {
        return tokens[at].any(&["whether", "if", "when", "where", "which"]).then_some(at);
    }
    let asks = lead
        .iter()
        .any(|t| t.any(&["ask", "know", "tell", "wondered", "wonder", "wondering", "asking", "question"]));
    let plain = !lead.iter().any(|t| t.mark() || t.has(NEGATIVE) || t.digit());
    // "and I know what time he comes" asks nothing
    if matches!(lead, [own, know] if own.any(&["i", "we"]) && know.is("know")) {
        return None;
    }
    (asks
        && plain
        && lead[0].any(&["what", "i", "we", "can", "could", "would", "just", "my", "do", "please"])
        && !(lead[0].is("do") && lead.get(1).is_some_and(|t| !t.is("you"))))
    .then_some(at)
}

/// A question in the order of a clause already.
pub(crate) fn straight<'a>(tokens: &[Token<'a>], behind: &Behind<'a>) -> Result<Turned, Refusal> {
    let end = tokens.iter().position(|t| t.any(&["?", "."]) && !t.quoted).unwrap_or(tokens.len());
    if loses(&tokens[end..]) {
        return refuse(Reason::Shape, ".");
    }
    let mut asked = tokens[..end].to_vec();
    clean::ending(&mut asked);
    if let Some(at) = splice(&asked) {
        if loses(&asked[at..]) {
            return refuse(Reason::Shape, ",");
        }
        asked.truncate(at);
    }
    asked[0].glued = false;
    if asked[0].is("if") {
        asked[0].say("whether");
    }
    for token in asked.iter_mut().filter(|t| t.any(&["it", "this"])) {
        token.excused = true;
    }
    behind.resolve(&mut asked)?;
    shape::phrase(&asked)?;
    // ", and how does a small business claim"
    let within = (2..asked.len().saturating_sub(2)).any(|at| {
        asked[at].any(&["what", "when", "where", "how", "why"])
            && asked[at].tag == Tag::Wh
            && asked[at + 1].has(DO)
            && !asked[at].quoted
    });
    let further = asked.windows(3).skip(1).any(|w| {
        w[0].any(&["and", "or", ","])
            && w[1].has(FINITE)
            && matches!(w[1].tag, Tag::Modal | Tag::Auxiliary)
            && (w[2].any(&["i", "we", "you", "it", "he", "she", "they", "there"])
                || w[2].has(DETERMINER | POSSESSIVE))
    });
    // "if I have hers, who has mine"
    let other = asked
        .windows(3)
        .skip(1)
        .any(|w| w[0].is(",") && w[1].any(&["who", "what", "where", "how", "why"]) && w[2].has(FINITE));
    let inverted = within
        || other
        || further
        || asked.len() > 2
            && asked[1].has(FINITE)
            && (asked[2].any(&["i", "we", "you", "it", "he", "she", "they", "there"])
                || asked[2].has(DETERMINER | POSSESSIVE));
    if finites(&asked).is_empty()
        || inverted
        || asked.iter().any(|t| t.has(THINK) && !t.quoted && !t.is("supposed"))
    {
        return refuse(Reason::Shape, &asked[0].text);
    }
    person::turn(&mut asked);
    Ok(Turned { kind: Kind::Question, text: text(&asked), condition: None, leans: false })
}

/// What is told before a question is asked: "there's a new family since the 8th, how is this possible?"
pub(crate) fn before<'t, 'a>(tokens: &'t [Token<'a>]) -> Option<&'t [Token<'a>]> {
    let at = tokens.iter().rposition(|t| t.any(&[",", "."]) && !t.quoted)?;
    (at > 3 && begins(&tokens[at + 1..]) && !tokens[..at].iter().any(|t| t.is("?"))).then(|| &tokens[..at])
}

/// "Is it you? And will you keep them?": one asked after the other.
pub(crate) fn several<'a>(tokens: &[Token<'a>], behind: &Behind<'a>) -> Option<Turned> {
    let parts: Vec<&[Token<'a>]> =
        tokens.split(|t| t.is("?") && !t.quoted).filter(|p| p.iter().any(|t| !t.mark())).collect();
    let [one, other] = parts[..] else { return None };
    let lead = other.iter().take_while(|t| t.mark() || t.any(&["and", "or", "also"])).count();
    let other = &other[lead..];
    // "To who? Does anybody …": the first says nothing
    if one.len() < 3 && begins(other) {
        return turn(other, behind).ok();
    }
    let first = turn(one, behind).ok()?;
    if other.first().is_some_and(|t| t.is("because")) {
        let reason = statement::turn(other[1..].to_vec(), None, behind).ok()?;
        return Some(Turned { text: format!("{}, because {}", first.text, reason.text), ..first });
    }
    if !begins(other) || other.iter().any(|t| t.any(&["he", "she", "him", "her", "that"])) {
        return None;
    }
    let second = turn(other, behind).ok()?;
    Some(Turned { text: format!("{}, and {}", first.text, second.text), ..first })
}

/// "If there's a fee, can I pay it in June": "whether you can pay it in June if there's a fee".
pub(crate) fn conditional<'a>(tokens: &[Token<'a>], behind: &Behind<'a>) -> Result<Turned, Refusal> {
    let comma = tokens.iter().position(|t| t.any(&[",", "then"]) && !t.quoted);
    // "if I take it, then will it be covered"
    let then = comma.filter(|&at| tokens[at].is(",") && tokens.get(at + 1).is_some_and(|t| t.is("then")));
    // "if I go to the other plan do I keep the number"
    let verb = |at: usize| {
        let asked = tokens[at.saturating_sub(3)..at].iter().any(|t| t.tag == Tag::Wh && !t.is("that"));
        // "in what way is it"
        let word = tokens[at].any(&["how", "what", "when", "where", "why", "who", "which"])
            && tokens[at - 1].tag != Tag::Preposition
            // "there's a person out there who'll never know"
            && (tokens[at - 1].is(",") || !tokens[at].any(&["who", "which"]));
        tokens[at].has(FINITE)
            && !asked
            && (matches!(
                tokens[at - 1].tag,
                Tag::Noun | Tag::Name | Tag::Number | Tag::Adverb | Tag::Adjective
            ) && tokens[at + 1].any(&["i", "we", "you", "it", "they", "there", "my", "the"])
                && (1..at - 1).any(|v| finite(tokens, v))
                // "if the borrower dies does the guarantor still pay"
                || at > 2
                    && !tokens[at - 1].mark()
                    && !matches!(tokens[at - 1].tag, Tag::Pronoun | Tag::There | Tag::Determiner | Tag::Conjunction)
                    && tokens[at].has(DO | MODAL)
                    && (tokens[at + 1].has(DETERMINER | POSSESSIVE | SUBJECT)
                        || tokens[at + 1].any(&["you", "it", "there", "somebody", "someone"]))
                    && (2..at).any(|v| finite(tokens, v) || tokens[v].tag == Tag::Base || tokens[v].is("'s")))
            || word
                && tokens[at + 1..].iter().take(3).any(|t| t.has(FINITE))
                && (1..at).any(|v| finite(tokens, v))
    };
    let (end, start) = match comma.filter(|&at| at > 1 && begins(&tokens[at + 1..])) {
        Some(at) => (at, at + 1),
        None if then.is_some_and(|at| at > 1 && begins(&tokens[at + 2..])) => {
            then.map_or((1, 1), |at| (at, at + 2))
        }
        None => match (2..tokens.len().saturating_sub(2)).find(|&at| verb(at)) {
            Some(at) => (at, at),
            None => return refuse(Reason::Fragment, "if"),
        },
    };
    let mut condition = tokens[1..end].to_vec();
    condition[0].glued = false;
    // "if it is, when can he come"
    let bare = matches!(&condition[..], [it, is] if matches!(it.tag, Tag::Pronoun | Tag::There) && is.has(FINITE) && !is.has(NEGATIVE));
    if bare {
        condition.truncate(1);
        condition[0].say("so");
    }
    // "if so", "if not", "if yes"
    if !matches!(&condition[..], [so] if so.any(&["so", "not", "yes", "no"])) {
        behind.resolve(&mut condition)?;
        shape::sentence(&condition)?;
        person::turn(&mut condition);
    } else if !behind.asks() {
        return refuse(Reason::LostReference, &condition[0].text);
    }
    let mut main = tokens[start..].to_vec();
    for token in main.iter_mut().filter(|t| t.any(&["it", "they", "them"])) {
        token.excused = true;
    }
    let turned = turn(&main, behind)?;
    // "if so" goes without saying
    if condition.len() == 1 && condition[0].any(&["so", "yes"]) {
        return Ok(turned);
    }
    let condition = text(&condition);
    // of two questions the first hangs on it
    let two = [", and whether ", ", and how ", ", and what ", ", and when ", ", and where "];
    let text = match turned.text.strip_prefix("whether ") {
        Some(first) if two.iter().any(|and| first.contains(and)) => {
            format!("whether, if {condition}, {first}")
        }
        _ => format!("{} if {condition}", turned.text),
    };
    Ok(Turned { text, ..turned })
}
