//! A long sentence told in two, or only the half of it that is whole: cut where a clause ends.

use crate::class::*;
use crate::tag::{finite, finites};
use crate::token::{Tag, Token};
use crate::{Reason, Refusal};

/// What may be the matter with a half that is left out.
const WEAK: [Reason; 6] = [
    Reason::Shape,
    Reason::Fragment,
    Reason::NoSubject,
    Reason::Opinion,
    Reason::ThirdParty,
    Reason::Unclear,
];

/// Whether a sentence refused so may be tried in halves.
pub(crate) fn may(why: &Refusal) -> bool {
    WEAK.contains(&why.reason)
}

/// What tells a half: whether it is the second, which then may lean on the first, and its words.
pub(crate) type Tell<'t, 'a> = dyn Fn(&[Token<'a>], Option<&[Token<'a>]>) -> Result<String, Refusal> + 't;

/// Where one clause ends and another begins.
struct Cut<'a> {
    /// The end of the first, and the beginning of the second.
    end: usize,
    start: usize,
    /// What stands between them: "and", ",", ":".
    joint: std::borrow::Cow<'a, str>,
    /// Whether the second has a subject of its own.
    whole: bool,
}

/// Tells it in halves.
pub(crate) fn tell<'a>(tokens: &[Token<'a>], tell: &Tell<'_, 'a>) -> Option<String> {
    let mut cuts = cuts(tokens);
    let middle = tokens.len() / 2;
    cuts.sort_by_key(|cut| cut.end.abs_diff(middle));
    cuts.truncate(6);
    let mut best: Option<(usize, String)> = None;
    for cut in &cuts {
        let (first, second) = (&tokens[..cut.end], &tokens[cut.start..]);
        let head = tell(first, None);
        let tail = if cut.whole { tell(second, Some(first)) } else { Err(fragment()) };
        match (head, tail) {
            (Ok(head), Ok(tail)) => return Some(join(&head, &tail, first, second, cut)),
            (Ok(head), Err(why)) if may(&why) && cut.joint != "but" && lone(first, second) => {
                keep(&mut best, head);
            }
            (Err(why), Ok(_)) if may(&why) && lone(second, first) => {
                // alone it may not lean on what is left out
                if let Ok(tail) = tell(second, None) {
                    keep(&mut best, tail);
                }
            }
            _ => {}
        }
    }
    best.map(|(_, text)| text)
}

fn fragment() -> Refusal {
    Refusal { reason: Reason::Fragment, word: String::new() }
}

/// Keeps what tells the most: figures, what is denied, words.
fn keep(best: &mut Option<(usize, String)>, text: String) {
    let words = text.split_whitespace();
    let weight = words
        .map(|word| 1 + 4 * usize::from(word.contains(|c: char| c.is_ascii_digit()) || crate::denies(word)))
        .sum();
    if best.as_ref().is_none_or(|(most, _)| weight > *most) {
        *best = Some((weight, text));
    }
}

/// Whether one half may be told without the other: the better part of it, and nothing denied is lost.
fn lone(kept: &[Token<'_>], left: &[Token<'_>]) -> bool {
    let words = kept.iter().filter(|t| !t.mark()).count();
    words > 5
        && words * 3 > left.len()
        && !left.iter().any(|t| !t.quoted && (t.has(NEGATIVE) || crate::denies(&t.low) || t.any(CHANGES)))
}

/// What is said to be otherwise, or only in some case.
const CHANGES: &[&str] = &[
    "but", "until", "till", "unless", "if", "except", "though", "although", "however", "instead", "hardly",
    "almost", "nearly", "refunded", "apologised", "sorted", "resolved",
];

fn join(head: &str, tail: &str, first: &[Token<'_>], second: &[Token<'_>], cut: &Cut<'_>) -> String {
    let long = first.len() + second.len() > 30;
    match &*cut.joint {
        ":" => format!("{head}: {tail}"),
        "but" | "so" => format!("{head}, {} {tail}", cut.joint),
        "and" if !long || reported(first) => format!("{head}, and {tail}"),
        _ => {
            let mut chars = tail.chars();
            let capital: String = chars.next().into_iter().flat_map(char::to_uppercase).collect();
            format!("{head}. {capital}{}", chars.as_str())
        }
    }
}

/// Whether what follows may still be what somebody said.
fn reported(first: &[Token<'_>]) -> bool {
    first.iter().any(|t| !t.quoted && t.has(SAY | TAKES_CLAUSE))
}

/// The places where the sentence may be cut.
fn cuts<'a>(tokens: &[Token<'a>]) -> Vec<Cut<'a>> {
    let mut out = Vec::new();
    let mut depth = 0_usize;
    for at in 1..tokens.len().saturating_sub(1) {
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
        let conj = usize::from(comma);
        let joined = tokens.get(at + conj).filter(|t| t.any(&["and", "but", "so"]) && !t.quoted);
        let (start, joint) = match joined {
            Some(joint) => (at + conj + 1, joint.low.clone()),
            None if comma => (at + 1, ",".into()),
            None if token.is(":") && token.glued || token.any(&["–", "—"]) => (at + 1, ":".into()),
            None => continue,
        };
        if start + 1 >= tokens.len() || !comma && at > 0 && tokens[at - 1].is(",") {
            continue;
        }
        let whole = begins(tokens, start);
        // "told me it was lost, I'd get a new one": what was said isn't told as a fact
        let said = joint == "," && {
            let from = tokens[..at].iter().rposition(|t| t.is(",")).unwrap_or(0);
            reported(&tokens[from..at])
                && tokens[start..].iter().take(6).any(|t| t.tag == Tag::Modal || t.is("had"))
        };
        let relative = comma && tokens[start].tag == Tag::Wh && tokens[start].any(&["which", "who"]);
        let shared = joint == "and" && finite(tokens, start);
        let tacked = comma
            && joint == ","
            && matches!(
                tokens[start].tag,
                Tag::Determiner | Tag::Number | Tag::Noun | Tag::Adjective | Tag::Gerund | Tag::Possessive
            )
            && finites(&tokens[..at]).iter().any(|&v| v + 1 < at);
        if said || !(whole || relative || shared || tacked) {
            continue;
        }
        // "On Monday, when I rang, they said": the first half is only where or when
        if finites(&tokens[..at]).is_empty() {
            continue;
        }
        out.push(Cut { end: at, start, joint, whole });
    }
    out
}

/// Whether a clause with a subject of its own begins at `at`.
fn begins(tokens: &[Token<'_>], at: usize) -> bool {
    let at = at + usize::from(tokens[at].tag == Tag::Adverb);
    let Some(first) = tokens.get(at).filter(|t| !t.quoted) else { return false };
    let subject = first.tag == Tag::Pronoun && !first.has(OBJECT)
        || first.tag == Tag::There
        || first.tag.is_nominal() && first.tag != Tag::Own
        || first.any(&["when", "after", "on", "at", "in", "since", "by"]);
    let own = !first.any(&["me", "him", "us", "them", "myself"]);
    let verb = (at + 1..tokens.len().min(at + 12))
        .take_while(|&i| !tokens[i].any(&[",", ":"]) || tokens[i].quoted || first.tag == Tag::Preposition)
        .any(|i| finite(tokens, i));
    subject && own && verb
}
