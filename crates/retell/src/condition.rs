//! Conditions: "if it isn't here by Friday I want my money back", "please post it unless you can't".

use crate::behind::Behind;
use crate::class::*;
use crate::tag::finite;
use crate::token::{Tag, Token, text};
use crate::{Kind, Reason, Refusal, Turned, opening, person, refuse, shape, statement, wish};

/// Words of what they'll do otherwise.
const THREATS: [&str; 9] = ["will", "'ll", "shall", "otherwise", "until", "till", "failing", "then", "won't"];

/// Turns a condition with what they want in that case, or plain availability: "I can't answer the phone
/// before 11".
pub(crate) fn turn<'a>(tokens: &[Token<'a>], behind: &Behind<'a>) -> Result<Turned, Refusal> {
    let outside = || tokens.iter().enumerate().filter(|(_, t)| !t.quoted);
    if let Some((_, token)) = outside().find(|(_, t)| t.any(&["otherwise", "failing"])) {
        return refuse(Reason::Threat, &token.text);
    }
    if tokens[0].any(&["if", "unless"]) {
        let Some((end, main)) = split(tokens) else { return refuse(Reason::Threat, "if") };
        return both(&tokens[0], &tokens[1..end], &tokens[main..], behind);
    }
    if let Some((at, word)) = outside().find(|(_, t)| t.any(&["if", "unless"])) {
        let main = &tokens[..at];
        if main.last().is_some_and(|t| t.any(&["or", "and", "but", "even", "only", "as"])) {
            return refuse(Reason::Threat, &word.text);
        }
        return both(word, &tokens[at + 1..], main, behind);
    }
    let able = tokens[0].any(&["i", "we"])
        && tokens.get(1).is_some_and(|t| t.any(&["can", "can't", "cannot", "'m", "am", "need", "work"]));
    let waits = |t: &Token<'_>| able && t.any(&["until", "till"]);
    if let Some((_, token)) = outside().find(|(_, t)| t.any(&THREATS) && !waits(t)) {
        return refuse(Reason::Threat, &token.text);
    }
    if able && !tokens.iter().any(|t| t.any(&["paying", "not", "holding", "keeping", "taking", "stopping"])) {
        return statement::turn(tokens.to_vec(), None, behind);
    }
    if let Some((_, token)) = outside().find(|(_, t)| t.is("or")) {
        return refuse(Reason::Threat, &token.text);
    }
    let asks = tokens[0].has(BASE) && tokens[0].has(REQUEST)
        || tokens[0].any(&["any", "i", "we"]) && !tokens.iter().any(|t| t.any(&["money", "invoice"]));
    if !asks {
        return refuse(Reason::Threat, &tokens[0].text);
    }
    wish::turn(tokens, wish::Allow { bare: true, polite: false }, behind)
}

/// Where the condition ends and what they want then begins.
fn split(tokens: &[Token<'_>]) -> Option<(usize, usize)> {
    let last = tokens.len().checked_sub(2)?;
    for at in 2..=last {
        let token = &tokens[at];
        if token.quoted {
            continue;
        }
        let opens = |at: usize| opening::opens(&tokens[at..]) || subject(tokens, at);
        if token.is("then") || token.is(",") && tokens[at + 1].any(&["then"]) {
            let skip = if token.is(",") { 2 } else { 1 };
            return Some((at, at + skip));
        }
        if token.is(",") && opens(at + 1) {
            return Some((at, at + 1));
        }
        let verb = (1..at).any(|i| finite(tokens, i) || tokens[i].tag == Tag::Base)
            || at == 2 && tokens[1].any(&["not", "so"]);
        let ended = matches!(
            tokens[at - 1].tag,
            Tag::Noun | Tag::Name | Tag::Number | Tag::Adverb | Tag::Adjective | Tag::Participle | Tag::Past
        ) || tokens[at - 1].has(OBJECT | UNIT | WEEKDAY | PARTICLE)
            || tokens[at - 1].any(&["not", "so"]);
        let asks = token.is("please") || token.has(REQUEST) && tokens[at + 1].has(OBJECT) && opens(at);
        if verb && ended && (asks || token.any(&["i", "we", "it", "you", "that"]) && opens(at)) {
            return Some((at, at));
        }
    }
    None
}

/// A pronoun with its verb.
fn subject(tokens: &[Token<'_>], at: usize) -> bool {
    tokens[at].any(&["i", "we", "it", "you", "that"]) && finite(tokens, at + 1)
}

/// "If there's a fee I'll pay it": what they'll do that is no threat.
fn offer<'a>(
    word: &Token<'_>,
    condition: &[Token<'a>],
    main: &[Token<'a>],
    behind: &Behind<'a>,
) -> Option<Result<Turned, Refusal>> {
    let will = main[0].any(&["i", "we"]) && main.get(1).is_some_and(|t| t.any(&["will", "'ll"]));
    let verb = main.get(2).is_some_and(|t| {
        t.any(&[
            "pay", "send", "bring", "collect", "fetch", "come", "post", "provide", "sign", "wait", "accept",
            "forward", "supply", "pop", "drop", "drive", "settle",
        ])
    });
    let calm = !main.iter().any(|t| {
        t.any(&["you", "bill", "elsewhere", "back", "lawyer", "and", "or", "myself", "home"])
            || t.is(",")
            || t.mark() && t.is(".")
    });
    if !(word.is("if") && will && verb && calm && condition.len() > 2) {
        return None;
    }
    let turn = || {
        let (mut condition, mut main) = (condition.to_vec(), main.to_vec());
        for token in main.iter_mut().filter(|t| t.any(&["it", "them"])) {
            token.excused = true;
        }
        condition[0].glued = false;
        behind.resolve(&mut condition)?;
        shape::sentence(&condition)?;
        shape::sentence(&main)?;
        person::turn(&mut condition);
        person::turn(&mut main);
        let (condition, text) = (Some(text(&condition)), text(&main));
        Ok(Turned { kind: Kind::Statement, text, condition, leans: false })
    };
    Some(turn())
}

/// "If X, you'd like Y". An *unless* stays in the sentence.
fn both<'a>(
    word: &Token<'_>,
    condition: &[Token<'a>],
    main: &[Token<'a>],
    behind: &Behind<'a>,
) -> Result<Turned, Refusal> {
    let mut main = main;
    while main.first().is_some_and(|t| t.mark() || t.any(&["please", "then", "and", "so"])) {
        main = &main[1..];
    }
    // "tell me and I will pay": what they'll do in turn is left out
    if let Some(at) = (2..main.len().saturating_sub(1)).find(|&at| {
        main[at].any(&["i", "we"])
            && main[at + 1].any(&["will", "'ll", "shall"])
            && (main[at - 1].is(",") || main[at - 1].is("and"))
    }) {
        main = &main[..at];
        while main.last().is_some_and(|t| t.any(&["and", ","])) {
            main = &main[..main.len() - 1];
        }
    }
    while main.last().is_some_and(|t| t.mark() && !t.quoted) {
        main = &main[..main.len() - 1];
    }
    if main.len() < 2 || condition.is_empty() {
        return refuse(Reason::Threat, &word.text);
    }
    if let Some(offer) = offer(word, condition, main, behind) {
        return offer;
    }
    if let Some(token) = main.iter().find(|t| t.any(&THREATS) && !t.quoted) {
        return refuse(Reason::Threat, &token.text);
    }
    let polite = word.is("if")
        && condition[0].any(&["you"])
        && condition.get(1).is_some_and(|t| {
            t.any(&["like", "want", "wish", "prefer", "please", "must", "could", "would", "can"])
        });
    if polite {
        return refuse(Reason::Sarcasm, &word.text);
    }
    let mut condition = condition.to_vec();
    condition[0].glued = false;
    if condition.len() == 1 && condition[0].any(&["not", "so"]) {
        if !behind.lean() {
            return refuse(Reason::LostReference, &condition[0].text);
        }
    } else {
        behind.resolve(&mut condition)?;
        shape::sentence(&condition)?;
        person::turn(&mut condition);
    }
    let turned = if main[0].is("it")
        && !main.iter().any(|t| t.is(",") && !t.quoted)
        && finite(main, 1)
        && !word.is("unless")
    {
        let mut main = main.to_vec();
        main[0].excused = true;
        shape::sentence(&main)?;
        person::turn(&mut main);
        Turned { kind: Kind::Statement, text: text(&main), condition: None, leans: false }
    } else if opening::opens(main) {
        wish::turn(main, wish::Allow::default(), behind)?
    } else {
        return refuse(Reason::Threat, &main[0].text);
    };
    let condition = text(&condition);
    if word.is("unless") {
        let (Kind::Wish | Kind::Request { .. }) = turned.kind else {
            return refuse(Reason::Threat, "unless");
        };
        let text = format!("{} unless {condition}", turned.text);
        return Ok(Turned { text, ..turned });
    }
    Ok(Turned { condition: Some(condition), ..turned })
}
