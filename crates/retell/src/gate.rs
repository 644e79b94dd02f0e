//! Refusals by words: the team's lists, unknown words, and turns of phrase nobody should read back.

use crate::class::*;
use crate::lexicon::{Lexicon, list};
use crate::tag::shouted;
use crate::token::{Tag, Token};
use crate::{Clause, Reason, Refusal, Role, refuse};
use std::borrow::Cow;

/// Whether a list has a word or phrase at `at`.
fn hit(lexicon: &Lexicon, tokens: &[Token<'_>], at: usize) -> u16 {
    let plain =
        lexicon.lists.at(&tokens[at].low, |k| tokens.get(at + k).map(|t| &*t.low)).map_or(0, |(_, l)| l);
    let joined = tokens.get(at + 1).filter(|t| t.glued && t.low.starts_with('\'')).map_or(0, |clitic| {
        let first = format!("{}{}", tokens[at].low, clitic.low);
        lexicon.lists.at(&first, |k| tokens.get(at + 1 + k).map(|t| &*t.low)).map_or(0, |(_, l)| l)
    });
    plain | joined
}

/// Whether the word at `at` stands in a phrase that makes it harmless.
fn harmless(lexicon: &Lexicon, tokens: &[Token<'_>], at: usize) -> bool {
    (at.saturating_sub(3)..=at).any(|from| {
        let found = lexicon.lists.at(&tokens[from].low, |k| tokens.get(from + k).map(|t| &*t.low));
        found.is_some_and(|(size, lists)| lists & list::HARMLESS != 0 && from + size > at)
    })
}

/// "Mercy, you put Marcy", "the Great reeds": a name within a sentence.
fn named(tokens: &[Token<'_>], at: usize) -> bool {
    const HOLY: [&str; 6] = ["god", "lord", "christ", "jesus", "heaven", "heavens"];
    let token = &tokens[at];
    let within = at > 0 && (!tokens[at - 1].mark() || tokens[at - 1].any(&[",", "("]));
    within && token.capital() && !shouted(token) && !token.any(&HOLY) && token.text.len() > 3
}

/// Words of harm nearby: then nothing of it is for rules.
pub(crate) fn context(lexicon: &Lexicon, clause: &Clause<'_>) -> Result<(), Refusal> {
    for (text, most) in [(clause.before, 1), (clause.after, 1)] {
        if text.is_empty() || clause.role == Role::Condition {
            continue;
        }
        let near: Vec<Cow<'_, str>> = text
            .split(|c: char| !c.is_alphanumeric() && c != '\'' && c != '&')
            .filter(|w| !w.is_empty())
            .map(|w| {
                if w.chars().any(char::is_uppercase) {
                    Cow::Owned(w.to_lowercase())
                } else {
                    Cow::Borrowed(w)
                }
            })
            .collect();
        let harm = (0..near.len())
            .filter(|&at| {
                let found = lexicon.lists.at(&near[at], |k| near.get(at + k).map(|w| &**w));
                found.is_some_and(|(_, lists)| lists & (list::DANGER | list::HARMLESS) == list::DANGER)
            })
            .count();
        if harm > most {
            return refuse(Reason::DangerNeedsCare, "");
        }
    }
    Ok(())
}

/// The lists, then marks and turns of phrase; with the place of the word that refuses it.
pub(crate) fn words(lexicon: &Lexicon, role: Role, tokens: &[Token<'_>]) -> Result<(), (usize, Refusal)> {
    let all = tokens.iter().filter(|t| t.text.chars().any(char::is_alphabetic)).count();
    let loud = tokens.iter().filter(|t| shouted(t) && t.class != 0).count();
    if all > 3 && loud * 2 > all || loud > 4 {
        return Err((0, Refusal { reason: Reason::Heat, word: String::new() }));
    }
    for (at, token) in tokens.iter().enumerate() {
        let mut lists = hit(lexicon, tokens, at);
        if lists & !list::DROP != 0 && harmless(lexicon, tokens, at) {
            lists &= list::DROP | list::SECRET;
        }
        // a name is harmless only where the word is one of tone
        if named(tokens, at) {
            lists &= !(list::OPINION | list::JEST | list::HEAT);
        }
        let reason = if lists & list::HEAT != 0 && !literal(tokens, at) {
            Reason::Heat
        } else if lists & list::SECRET != 0 && !named_only(tokens, at) {
            Reason::Secret
        } else if token.any(&["password", "iban", "passcode"])
            && (given(tokens, at) || tokens.iter().any(|t| t.has(FAMILY)))
        {
            // which may be said here
            Reason::Secret
        } else if lists & list::PRIVATE != 0 && !(token.any(&["dead", "died", "dying"]) && thing(tokens, at))
        {
            Reason::Private
        } else if token.quoted {
            continue;
        } else if lists & list::JEST != 0 {
            Reason::Sarcasm
        } else if lists & list::SPEECH != 0 {
            Reason::Unclear
        } else if token.is("court") && at > 0 && token.capital() && tokens[at - 1].capital() {
            // "Castle Court" is where they live
            continue;
        } else if token.is("attorney") && at > 1 && tokens[at - 1].is("of") && tokens[at - 2].is("power") {
            continue;
        } else if lists & list::THREAT != 0 && role != Role::Question && !asked(role, tokens, at) {
            Reason::Threat
        } else if lists & list::DANGER != 0 {
            Reason::DangerNeedsCare
        } else if lists & list::OPINION != 0
            && lists & list::DROP == 0
            && (!matches!(role, Role::Want | Role::Question) || token.has(THINK))
            && !(role == Role::Condition && (liked(tokens, at) || thanks(tokens, at)))
        {
            Reason::Opinion
        } else if token.any(&["!", "[", "]", "{", "}", "<", ">", "|", "=", "\\", "^"])
            || token.low.contains("www.")
            || token.low.contains('@') && !(role.asks() && address(token))
            || token.low.contains('*')
        {
            // one at the end is no shout
            if token.is("!")
                && at + 1 == tokens.len()
                && !tokens[..at].iter().any(|t| t.is("!"))
                // "and lands on 'Whoops!": the quotation is cut off
                && !tokens[..at].iter().any(|t| t.any(&["'", "‘", "’"]) && !t.quoted)
            {
                continue;
            }
            if token.is("!") { Reason::Heat } else { Reason::Shape }
        } else if token
            .text
            .chars()
            .any(|c| !c.is_alphanumeric() && !c.is_ascii() && !"£€₹₦¥’‘“”–—…§°".contains(c))
        {
            Reason::Shape
        } else if token.low.bytes().filter(u8::is_ascii_digit).count() > 11 {
            Reason::Secret
        } else {
            continue;
        };
        return Err((at, Refusal { reason, word: token.text.to_string() }));
    }
    Ok(())
}

/// Whether a password may be said near the word: "my password is hunter2", not "the password was refused".
fn given(tokens: &[Token<'_>], at: usize) -> bool {
    let near = &tokens[at.saturating_sub(3)..tokens.len().min(at + 7)];
    let odd = |t: &Token<'_>| t.class == 0 && !t.mark() && !t.digit();
    let code = |t: &Token<'_>| t.digit() && t.text.chars().any(char::is_alphabetic) && t.text.len() > 5;
    near.iter().any(|t| odd(t) || code(t) || t.any(&[":", "="]) || t.quoted && t.digit())
        || tokens.get(at + 1..at + 3).is_some_and(|next| next.iter().any(|t| t.quoted && !t.mark()))
}

/// "a date of birth for each child", "between us and the stage": named, and not given away.
fn named_only(tokens: &[Token<'_>], at: usize) -> bool {
    let is = |n: usize, words: &[&str]| tokens.get(at + n).is_some_and(|t| t.any(words));
    if tokens[at].is("between") {
        return is(1, &["us"]) && is(2, &["and"]);
    }
    // "my password was right", "the password's been changed"
    if tokens[at].any(&["password", "passwords"]) {
        let led = usize::from(is(1, &["is", "was", "'s", "were", "are"]));
        let state = tokens.get(at + 1 + led).is_none_or(|t| {
            led == 0
                || t.has(BE | NEGATIVE | PREPOSITION)
                || t.any(&[
                    "right",
                    "wrong",
                    "correct",
                    "incorrect",
                    "invalid",
                    "refused",
                    "rejected",
                    "changed",
                ])
        });
        // one put on to keep somebody out
        let kept_from = tokens.iter().any(|t| t.has(FAMILY) && !t.quoted);
        return state && !kept_from && !given(tokens, at);
    }
    let what = tokens[at].is("date") && is(1, &["of"])
        || tokens[at].any(&["account", "card", "passport"]) && is(1, &["number"])
        || tokens[at].is("sort") && is(1, &["code"])
        || tokens[at].is("security") && is(1, &["code"]);
    let near = &tokens[at.saturating_sub(6)..tokens.len().min(at + 10)];
    what && !near
        .iter()
        .any(|t| t.quoted || t.any(&[":", "="]) || t.digit() && !t.text.contains(['£', '$', '€']))
}

/// "a screw is missing", "the chain's lying there cut", "the inside of her cheek": no word of heat.
fn literal(tokens: &[Token<'_>], at: usize) -> bool {
    const WHERE: [&str; 15] = [
        "in", "on", "into", "down", "back", "together", "there", "under", "loose", "around", "across", "at",
        "flat", "against", "behind",
    ];
    let led = at.checked_sub(1).map(|i| &tokens[i]);
    let place = tokens.get(at + 1).is_some_and(|t| t.any(&WHERE));
    match &*tokens[at].low {
        "screw" => led.is_some_and(|t| t.has(DETERMINER | NUMBER | ADJECTIVE) || t.any(&["no", "missing"])),
        "screwed" => place || tokens.get(at + 1).is_some_and(|t| t.is("to")),
        // "you are lying in your letter"
        "lying" => {
            place
                && !tokens[at.saturating_sub(3)..at]
                    .iter()
                    .any(|t| t.any(&["you", "he", "she", "they"]) || t.has(STAFF | PEOPLE | ORGANISATION))
        }
        "cheek" => led.is_some_and(|t| t.any(&["my", "her", "his"])),
        _ => false,
    }
}

/// A dead line or boiler is no bereavement.
fn thing(tokens: &[Token<'_>], at: usize) -> bool {
    const THINGS: [&str; 40] = [
        "controller",
        "freezer",
        "fridge",
        "telephone",
        "terminal",
        "tracker",
        "alarm",
        "speaker",
        "telly",
        "tv",
        "camera",
        "pump",
        "charger",
        "laptop",
        "tablet",
        "truck",
        "circuit",
        "line",
        "boiler",
        "battery",
        "screen",
        "phone",
        "number",
        "socket",
        "sockets",
        "pixel",
        "pixels",
        "radiator",
        "signal",
        "connection",
        "router",
        "light",
        "lights",
        "plug",
        "motor",
        "engine",
        "link",
        "key",
        "keys",
        "machine",
    ];
    let near = &tokens[at.saturating_sub(4)..tokens.len().min(at + 3)];
    near.iter().any(|t| t.any(&THINGS)) && !tokens.iter().any(|t| t.has(FAMILY))
}

/// An e-mail address they want something sent to.
fn address(token: &Token<'_>) -> bool {
    token
        .low
        .split_once('@')
        .is_some_and(|(name, host)| !name.is_empty() && host.contains('.') && !host.contains('@'))
}

/// Whether words of courts, regulators, publicity or money held back are among them.
pub(crate) fn threatens(lexicon: &Lexicon, tokens: &[Token<'_>]) -> bool {
    (0..tokens.len()).any(|at| hit(lexicon, tokens, at) & list::THREAT != 0)
}

/// "If it isn't here by Friday I'd like a refund": no opinion.
fn liked(tokens: &[Token<'_>], at: usize) -> bool {
    tokens[at].is("like")
        && tokens[..at].iter().rev().take(2).any(|t| t.any(&["'d", "would", "should"]))
        && tokens[..at].iter().rev().take(3).any(|t| t.any(&["i", "we"]))
}

/// "If you could bring another I'd be grateful": no opinion.
fn thanks(tokens: &[Token<'_>], at: usize) -> bool {
    tokens[at].any(&[
        "grateful",
        "great",
        "lovely",
        "good",
        "pleased",
        "happy",
        "nice",
        "wonderful",
        "perfect",
        "thankful",
    ]) && tokens.get(at + 1).is_none_or(|t| t.mark() || t.is("if"))
        && at > 0
        && tokens[at - 1].any(&["be", "so", "very", "most", "ever", "really"])
}

/// "A letter for the police" is asked for; what they'll do themselves is a threat.
fn asked(role: Role, tokens: &[Token<'_>], at: usize) -> bool {
    matches!(role, Role::Want | Role::Condition)
        && tokens[at].any(&[
            "police",
            "solicitor",
            "solicitors",
            "lawyer",
            "court",
            "legal",
            "regulator",
            "ombudsman",
            "or",
            "bailiff",
            "bailiffs",
            "dispute",
            "card",
        ])
        && !tokens.windows(2).enumerate().any(|(at, w)| {
            let given = at > 0 && tokens[at - 1].any(&["for", "to"]) && w[0].any(&["my", "our"]);
            !given
                && w[0].any(&["i", "we", "my", "our"])
                && w[1].any(&[
                    "will",
                    "'ll",
                    "shall",
                    "'m",
                    "am",
                    "are",
                    "'re",
                    "go",
                    "have",
                    "'ve",
                    "lawyer",
                    "solicitor",
                    "card",
                    "lawyers",
                ])
        })
}

/// Every lower-case word must be known.
pub(crate) fn known(tokens: &[Token<'_>]) -> Result<(), Refusal> {
    for (at, token) in tokens.iter().enumerate() {
        if token.mark() || token.quoted || token.class != 0 || token.digit() || token.low.starts_with('\'') {
            continue;
        }
        if token.capital() && (at > 0 || token.tag == Tag::Name) || address(token) {
            continue;
        }
        let compound = token.low.contains(['-', '/'])
            && token.low.split(['-', '/']).all(|p| crate::lexicon::classes(p) != 0);
        let own = token.low.ends_with("s'")
            || token.low.strip_suffix("s").is_some_and(|s| s.len() > 2 && crate::lexicon::classes(s) != 0);
        // "paperclip": two words written as one
        let joined = token.low.is_ascii()
            && token.low.len() > 6
            && (3..token.low.len() - 2).any(|at| {
                let (one, other) = token.low.split_at(at);
                crate::lexicon::classes(one) & NOUN != 0
                    && crate::lexicon::classes(other) & (NOUN | PLURAL) != 0
            });
        // "reblocked"
        let again = token
            .low
            .strip_prefix("re")
            .is_some_and(|w| w.len() > 2 && crate::lexicon::classes(w) & VERBAL != 0);
        let closed = joined || again || token.has(WH | TITLE);
        if !compound
            && !own
            && !closed
            && !crate::unknown::plain(tokens, at)
            && !measure(tokens, at)
            && !token.any(&["to", "n't", "a", "i"])
        {
            return refuse(Reason::Unclear, &token.text);
        }
    }
    Ok(())
}

/// "30 x 20", "2.6 kW", "shop.example": a measure or an address.
fn measure(tokens: &[Token<'_>], at: usize) -> bool {
    let number = |t: Option<&Token<'_>>| t.is_some_and(|t| t.digit() && !t.quoted);
    let counted = number(at.checked_sub(1).map(|i| &tokens[i]));
    let times = tokens[at].is("x") && counted && number(tokens.get(at + 1));
    let unit = counted
        && tokens[at].any(&[
            "kw", "w", "v", "a", "hz", "khz", "mhz", "ghz", "mah", "ah", "hp", "psi", "bar", "ppm", "dpi",
            "px", "kb", "tb", "cl", "m", "t", "db", "rpm", "kj", "kcal", "mg", "sq", "m2", "mph", "kmh",
        ]);
    let site = tokens[at].low.contains('.')
        && tokens[at]
            .low
            .split('.')
            .all(|p| p.len() > 1 && p.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-'))
        && tokens[at]
            .low
            .rsplit('.')
            .next()
            .is_some_and(|end| end.bytes().all(|b| b.is_ascii_lowercase()) && end.len() < 8)
        && at > 0;
    times || unit || site
}
