//! What they want: "I'd like my £64 back" becomes a wish, "please cancel it" a request.

use crate::class::*;
use crate::tag::finites;
use crate::token::{Tag, Token, text};
use crate::{Kind, Reason, Refusal, Turned, person, question, refer, refuse, shape, statement};

/// Turns a want. `bare` allows a noun phrase alone: "our names off every list".
pub(crate) fn turn(tokens: &[Token<'_>], bare: bool) -> Result<Turned, Refusal> {
    let end = tokens.iter().position(|t| t.any(&[".", "?"]) && !t.quoted).unwrap_or(tokens.len());
    if question::loses(&tokens[end..]) {
        return refuse(Reason::Shape, ".");
    }
    let tokens = &tokens[..end];
    if tokens.len() < 2 {
        return refuse(Reason::Fragment, "");
    }
    for token in tokens.iter().filter(|t| !t.quoted) {
        if token.any(&["unless", "otherwise", ":", "could've"]) {
            return refuse(Reason::Unclear, &token.text);
        }
    }
    let low = |at: usize| tokens.get(at).map_or("", |t| &*t.low);
    // "I'd like", "I would really like", "we want", "what I want is"
    if matches!(low(0), "i" | "we") {
        let verb = (1..tokens.len().min(5)).find(|&at| {
            tokens[at].any(&[
                "like",
                "love",
                "want",
                "need",
                "prefer",
                "request",
                "ask",
                "asking",
                "require",
                "appreciate",
                "expect",
            ])
        });
        let negative = tokens[..verb.unwrap_or(0).min(4)].iter().any(|t| t.has(NEGATIVE));
        if let Some(verb) = verb.filter(|_| !negative) {
            let (mut kind, mut rest) = (Kind::Wish, &tokens[verb + 1..]);
            let word = low(verb);
            if matches!(word, "ask" | "asking" | "request")
                && rest.first().is_some_and(|t| t.any(&["for", "that"]))
                || word == "need"
                || word == "expect"
            {
                return plain(tokens);
            }
            if word == "ask" && low(verb + 1) == "you" && low(verb + 2) == "to" {
                kind = Kind::Request { negative: false };
                rest = &tokens[verb + 3..];
            } else if word == "ask" || word == "asking" {
                return plain(tokens);
            }
            if rest.first().is_none_or(|t| {
                t.tag == Tag::Wh
                    || t.any(&["it", "that", "this", "if", "how"])
                    || matches!(t.tag, Tag::Past | Tag::Modal)
            }) {
                return refuse(Reason::LostReference, rest.first().map_or("", |t| &t.text));
            }
            return done(kind, rest, matches!(kind, Kind::Wish));
        }
        return plain(tokens);
    }
    // "could you please send", "would you be so kind as to"
    let can = matches!(low(0), "can" | "could" | "will" | "would")
        && tokens.get(1).is_some_and(|t| t.any(&["you", "someone", "somebody", "u"]));
    if can {
        let from = if matches!(low(2), "please" | "kindly") { 3 } else { 2 };
        let please = from == 3 || matches!(low(0), "could" | "would");
        if please && tokens.get(from).is_some_and(|t| t.has(BASE)) {
            return done(Kind::Request { negative: false }, &tokens[from..], false);
        }
    }
    // "what I'm asking for is a new one"
    if low(0) == "what" && matches!(low(1), "i" | "we") {
        let is = (2..tokens.len().min(8)).find(|&at| tokens[at].is("is"));
        let wants = tokens.iter().take(5).any(|t| t.any(&["like", "want", "need", "asking"]));
        return match is {
            Some(is) if wants && !tokens.get(is + 1).is_none_or(|t| t.any(&["that", "for", "this"])) => {
                done(Kind::Wish, &tokens[is + 1..], true)
            }
            _ => refuse(Reason::Unclear, "what"),
        };
    }
    if tokens[0].has(FINITE) && !matches!(low(0), "do" | "don't" | "have") || tokens[0].tag == Tag::Wh {
        return if tokens.iter().any(|t| t.any(&["it", "this", "that"])) {
            refuse(Reason::LostReference, "it")
        } else {
            question::turn(tokens)
        };
    }
    if matches!(low(0), "don't" | "do") {
        let (negative, from) = match (low(0), low(1)) {
            ("do", "not") => (true, 2),
            ("do", _) => (false, 1),
            _ => (true, 1),
        };
        if tokens.get(from).is_some_and(|t| t.has(BASE)) {
            return done(Kind::Request { negative }, &tokens[from..], false);
        }
        return refuse(Reason::Fragment, &tokens[0].text);
    }
    // "cancel it", "send me the label"
    let object = tokens.get(1).is_some_and(|t| {
        matches!(
            t.tag,
            Tag::Pronoun
                | Tag::Determiner
                | Tag::Possessive
                | Tag::Number
                | Tag::Name
                | Tag::Preposition
                | Tag::Wh
        ) || t.has(PARTICLE)
            || t.tag == Tag::Noun && t.has(PLURAL)
    });
    if tokens[0].has(REQUEST) && tokens[0].has(BASE) && object && !(tokens[0].tag == Tag::Past)
        || low(0) == "have"
    {
        if matches!(low(0), "say" | "look" | "check" | "see" | "ask" | "help" | "note") && tokens.len() < 4 {
            return refuse(Reason::Unclear, &tokens[0].text);
        }
        return done(Kind::Request { negative: false }, tokens, false);
    }
    if matches!(
        tokens[0].tag,
        Tag::Base
            | Tag::Past
            | Tag::Gerund
            | Tag::Participle
            | Tag::Adverb
            | Tag::Preposition
            | Tag::Subordinator
            | Tag::To
    ) {
        return refuse(Reason::Fragment, &tokens[0].text);
    }
    // "somebody needs to go"
    if tokens[0].any(&["somebody", "someone"]) && low(1) == "needs" && low(2) == "to" {
        let mut rest = tokens[2..].to_vec();
        rest.insert(0, tokens[0].clone());
        return done(Kind::Wish, &rest, true);
    }
    let verbs = finites(tokens);
    let thing = bare && matches!(tokens[0].tag, Tag::Determiner | Tag::Possessive | Tag::Number);
    // "a promise that …", "the bills dealt with": the verb isn't the sentence's
    if let Some(&verb) = verbs.first()
        && thing
        && (tokens[verb].tag == Tag::Past
            || tokens[..verb].iter().any(|t| matches!(t.tag, Tag::Wh | Tag::Subordinator)))
        && !tokens[0].any(&["that", "this", "these", "those"])
    {
        return done(Kind::Wish, tokens, true);
    }
    if !verbs.is_empty() {
        return plain(tokens);
    }
    // "our names off every list", "the default taken off"
    if bare && matches!(tokens[0].tag, Tag::Determiner | Tag::Possessive | Tag::Number) && tokens.len() > 2 {
        return done(Kind::Wish, tokens, true);
    }
    refuse(Reason::Fragment, &tokens[0].text)
}

/// A statement of what they want.
fn plain(tokens: &[Token<'_>]) -> Result<Turned, Refusal> {
    let subject = &tokens[0];
    if subject.any(&["it", "that", "this", "you", "he", "she", "they"]) {
        return refuse(Reason::LostReference, &subject.text);
    }
    statement::turn(tokens.to_vec(), None)
}

/// The bare content, gated and turned. After "you'd like", *you* before a "to" is us: "you to call me".
fn done(kind: Kind, rest: &[Token<'_>], wish: bool) -> Result<Turned, Refusal> {
    let mut rest = rest.to_vec();
    while rest.last().is_some_and(|t| t.is(",") || t.any(&["please", "thanks"])) {
        rest.pop();
    }
    rest.retain(|t| t.quoted || !t.is("please"));
    if rest.is_empty() || rest.iter().filter(|t| !t.mark()).count() < 2 {
        return refuse(Reason::Fragment, "");
    }
    if !wish && rest.iter().any(|t| t.any(&["yourself", "yourselves", "whoever"])) {
        return refuse(Reason::Unclear, "yourself");
    }
    if let Some(at) = question::splice(&rest) {
        if question::loses(&rest[at..]) {
            return refuse(Reason::Shape, ",");
        }
        rest.truncate(at);
    }
    if rest.len() < 2 {
        return refuse(Reason::Fragment, "");
    }
    if matches!(kind, Kind::Wish)
        && rest.iter().enumerate().any(|(at, t)| {
            at > 0
                && t.is(",")
                && rest.get(at + 1).is_some_and(|n| n.tag == Tag::Base || n.any(&["don't", "do", "not"]))
        })
    {
        return refuse(Reason::Shape, ",");
    }
    refer::check(&rest)?;
    shape::phrase(&rest)?;
    rest[0].glued = false;
    statement::lower_first(&mut rest);
    person::turn(&mut rest);
    Ok(Turned { kind, text: text(&rest), condition: None })
}

/// "If X, please do Y", or plain availability: "I can't answer the phone before 11".
pub(crate) fn condition(tokens: &[Token<'_>]) -> Result<Turned, Refusal> {
    for token in tokens.iter().filter(|t| !t.quoted) {
        if token.any(&[
            "will",
            "'ll",
            "shall",
            "won't",
            "otherwise",
            "until",
            "till",
            "then",
            "failing",
            "unless",
            "or",
        ]) {
            return refuse(Reason::Threat, &token.text);
        }
    }
    if tokens[0].is("if") {
        let Some(comma) = tokens.iter().position(|t| t.is(",")) else { return refuse(Reason::Threat, "if") };
        let (condition, main) = (&tokens[1..comma], &tokens[comma + 1..]);
        if condition.is_empty()
            || main.len() < 2
            || main[0].any(&["i", "we"])
                && main.get(1).is_none_or(|t| !t.any(&["'d", "would", "want", "need"]))
        {
            return refuse(Reason::Threat, "if");
        }
        refer::check(condition)?;
        shape::sentence(condition)?;
        let mut condition = condition.to_vec();
        person::turn(&mut condition);
        let turned = turn(main, false)?;
        return Ok(Turned { condition: Some(text(&condition)), ..turned });
    }
    let able = tokens[0].any(&["i", "we"])
        && tokens.get(1).is_some_and(|t| t.any(&["can", "can't", "cannot", "'m", "am", "need", "work"]));
    if !able {
        return refuse(Reason::Threat, &tokens[0].text);
    }
    statement::turn(tokens.to_vec(), None)
}
