//! A long sentence told in two, or only the half of it that is whole: cut where a clause ends.

use crate::class::*;
use crate::tag::{finite, finites};
use crate::token::{Tag, Token};
use crate::{Reason, Refusal};

/// What may be the matter with a half that is left out.
const WEAK: [Reason; 7] = [
    Reason::GenericYou,
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

/// What a half may lean on.
pub(crate) enum Lean<'h, 'a> {
    /// On what is before the whole.
    Before,
    /// On the first half, which is told too.
    First(&'h [Token<'a>]),
    /// The first half is left out.
    Nothing,
}

/// What tells a half.
pub(crate) type Tell<'t, 'a> = dyn Fn(&[Token<'a>], Lean<'_, 'a>) -> Result<String, Refusal> + 't;

/// Where one clause ends and another begins.
struct Cut<'a> {
    /// The end of the first, and the beginning of the second.
    end: usize,
    start: usize,
    /// What stands between them: "and", ",", ":".
    joint: std::borrow::Cow<'a, str>,
    /// Whether a comma goes before it.
    comma: bool,
    /// Whether the second has a subject of its own.
    whole: bool,
    /// The I or we of the first, where the second has it too: "and was told".
    subject: Option<Token<'a>>,
}

/// Tells it in halves; the second, where only it can't be told, in halves again.
pub(crate) fn tell<'a>(tokens: &[Token<'a>], tell: &Tell<'_, 'a>) -> Option<String> {
    if tokens.len() < 9 {
        return None;
    }
    match parts(tokens, tell) {
        Some((text, true)) => Some(text),
        half => thirds(tokens, tell).or(half.map(|(text, _)| text)),
    }
}

/// "I rang, and he said it was lost, so I wrote": each clause by itself, and nothing left out.
fn thirds<'a>(tokens: &[Token<'a>], tell: &Tell<'_, 'a>) -> Option<String> {
    cuts(tokens).iter().filter(|cut| cut.whole).take(3).find_map(|cut| {
        let (first, second) = (&tokens[..cut.end], &tokens[cut.start..]);
        let inner = |half: &[Token<'a>], lean: Lean<'_, 'a>| match lean {
            Lean::Before => tell(half, Lean::First(first)),
            lean => tell(half, lean),
        };
        let head = tell(first, Lean::Before).ok()?;
        let (tail, _) = parts(second, &inner).filter(|(_, whole)| *whole)?;
        Some(join(&head, &tail, first, second, cut))
    })
}

/// Tells both halves, or the one that may stand alone; and whether nothing is left out.
fn parts<'a>(tokens: &[Token<'a>], tell: &Tell<'_, 'a>) -> Option<(String, bool)> {
    if tokens.len() < 9 {
        return None;
    }
    let mut cuts = cuts(tokens);
    let middle = tokens.len() / 2;
    cuts.sort_by_key(|cut| cut.end.abs_diff(middle));
    cuts.truncate(6);
    let mut best: Option<(usize, String)> = None;
    for cut in &cuts {
        let first = &tokens[..cut.end];
        let mut second = tokens[cut.start..].to_vec();
        second.splice(0..0, cut.subject.clone());
        let second = &second[..];
        let head = tell(first, Lean::Before);
        let told = cut.whole || cut.subject.is_some();
        let tail = if told { tell(second, Lean::First(first)) } else { Err(fragment()) };
        match (head, tail) {
            (Ok(head), Ok(tail)) => return Some((join(&head, &tail, first, second, cut), true)),
            (Ok(head), Err(why)) if idle(&why) && cut.joint != "but" && lone(first, second) => {
                keep(&mut best, head);
            }
            // "battery contacts cleaned twice": no sentence by itself; what was said is no fact
            (Err(_), Ok(_)) if matches!(second[0].tag, Tag::Noun | Tag::Adjective) || reported(first) => {}
            (Err(why), Ok(_)) if idle(&why) && why.reason != Reason::Opinion && lone(second, first) => {
                if let Ok(tail) = tell(second, Lean::Nothing) {
                    keep(&mut best, tail);
                }
            }
            _ => {}
        }
    }
    best.map(|(_, text)| (text, false))
}

/// Whether a half may be left out that is refused so: where the grammar is a learner's the other half is too.
fn idle(why: &Refusal) -> bool {
    const FORM: &[&str] = &[",", "splice", "long", ":", "(", "order", "–", "—", "nested", "it's"];
    may(why) && (why.reason != Reason::Shape || FORM.contains(&&*why.word))
}

fn fragment() -> Refusal {
    Refusal { reason: Reason::Fragment, word: String::new() }
}

/// Keeps what tells the most.
fn keep(best: &mut Option<(usize, String)>, text: String) {
    let weight = text.split_whitespace().map(|word| weigh(word, crate::denies(word))).sum();
    if best.as_ref().is_none_or(|(most, _)| weight > *most) {
        *best = Some((weight, text));
    }
}

/// How much a word tells: a figure and what is denied the most.
fn weigh(word: &str, denied: bool) -> usize {
    1 + 4 * usize::from(denied || word.contains(|c: char| c.is_ascii_digit()))
}

/// Whether one half may be told without the other: it tells more, and nothing denied is lost.
fn lone(kept: &[Token<'_>], left: &[Token<'_>]) -> bool {
    let weight = |tokens: &[Token<'_>]| -> usize {
        let words = tokens.iter().filter(|t| !t.mark());
        words.map(|t| weigh(&t.low, t.has(NEGATIVE)) + usize::from(t.quoted)).sum()
    };
    let figures = |tokens: &[Token<'_>]| tokens.iter().any(|t| t.digit());
    weight(kept) > 6
        && (figures(kept) || !figures(left))
        && weight(kept) > weight(left)
        && !left.iter().any(|t| !t.quoted && (t.has(NEGATIVE) || crate::denies(&t.low) || t.any(CHANGES)))
}

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
    "instead",
    "hardly",
    "almost",
    "nearly",
    "refunded",
    "apologised",
    "sorted",
    "resolved",
];

fn join(head: &str, tail: &str, first: &[Token<'_>], second: &[Token<'_>], cut: &Cut<'_>) -> String {
    let long = first.len() + second.len() > 30;
    match &*cut.joint {
        ":" => format!("{head}: {tail}"),
        joint @ ("and" | "but" | "so") if !cut.comma && cut.whole => format!("{head} {joint} {tail}"),
        "but" | "so" => format!("{head}, {} {tail}", cut.joint),
        "and" if (!long || reported(first)) && !head.contains(", and ") => format!("{head}, and {tail}"),
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

/// "told me it was lost, I'd get a new one": what was said, at the comma `at`, isn't told as a fact.
pub(crate) fn said(tokens: &[Token<'_>], at: usize) -> bool {
    let from = tokens[..at].iter().rposition(|t| t.is(",") && !t.quoted).unwrap_or(0);
    // "said when she logged in, it was mine"
    let when = tokens[from..at].windows(2).any(|w| {
        w[0].has(SAY) && !w[0].quoted && w[1].any(&["when", "if", "once", "after", "as", "because"])
    });
    // "he said the rod's wrong, it's the meter": but not after "he said 'no'"
    let plain =
        tokens[from..at].windows(2).any(|w| w[0].has(SAY) && !w[0].quoted && !w[1].quoted && !w[1].is("no"))
            && !tokens[at - 1].quoted;
    let next = tokens[at + 1..].iter().take(6).take_while(|t| !t.is(",") && !t.quoted);
    let hedged = next.clone().any(|t| t.tag == Tag::Modal || t.is("had"));
    let denied = tokens[at + 1].any(&["nothing", "nobody", "none", "no"]);
    when || plain && (hedged || denied || next.take(2).any(|t| t.is("'s")) && tokens[at + 1].is("it"))
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
        let whole = begins(tokens, start, joint != "," && joint != ":");
        let said = joint == "," && said(tokens, at);
        let head = &tokens[..at];
        let last = head
            .iter()
            .rposition(|t| {
                t.mark() && !t.quoted || matches!(t.tag, Tag::Wh | Tag::Subordinator | Tag::Conjunction)
            })
            .map_or(0, |i| i + 1);
        let ended = (last..at).any(|i| finite(tokens, i));
        let more = tokens[start..].iter().any(|t| t.is(",") && !t.quoted);
        let relative =
            comma && ended && !more && tokens[start].tag == Tag::Wh && tokens[start].any(&["which", "who"]);
        let subject = tokens
            .first()
            .filter(|t| {
                let verbs = finites(&tokens[..at]);
                joint == "and" && t.any(&["i", "we"]) && !whole && finite(tokens, start) && verbs.len() == 1
            })
            .cloned();
        let tacked = comma && joint == "," && ended && tacked(&tokens[start..]);
        let after = comma && set_off(tokens, at);
        let between = joint == "," && between(&tokens[start..]);
        if said
            || after
            || between
            || hangs(head, &tokens[start])
            || !(whole || relative || subject.is_some() || tacked)
        {
            continue;
        }
        if timed(head) || finites(head).is_empty() || inside(tokens, at) {
            continue;
        }
        out.push(Cut { end: at, start, joint, comma, whole, subject });
    }
    out
}

/// Whether something is still to come: "you wrote and received, each time, a recipe", "two hundred and six".
fn hangs(head: &[Token<'_>], next: &Token<'_>) -> bool {
    let Some(last) = head.last() else { return true };
    let says = head.windows(2).any(|w| w[0].has(SAY) && w[1].is(",") && !w[1].quoted) || last.has(SAY);
    let number = last.has(NUMBER) && next.has(NUMBER);
    // "…, and when I said hang on, your girl told me"
    let and = head.iter().rposition(|t| t.tag == Tag::Conjunction && !t.quoted);
    let when = and.is_some_and(|and| {
        head.get(and + 1).is_some_and(|t| t.any(&["when", "if", "once", "after", "while", "as", "because"]))
            && !head[and + 1..].iter().any(|t| t.is(",") && !t.quoted)
    });
    // "next to the gull, and yes, we've been"
    let yes = last.any(&["yes", "no", "well", "again", "so"]) && !last.quoted && {
        head.len() > 1 && matches!(head[head.len() - 2].tag, Tag::Conjunction)
    };
    let verb = matches!(last.tag, Tag::Past | Tag::Base | Tag::Third) && !last.has(INTRANSITIVE);
    let led =
        matches!(last.tag, Tag::Auxiliary | Tag::Modal | Tag::Preposition | Tag::Wh | Tag::Subordinator)
            && !last.has(PARTICLE | DO);
    says || number || yes || when || !last.quoted && (verb || led)
}

/// Whether it is only things hung on with commas: "door 58 centimetres, bunk beds"; not the end of a list.
fn tacked(tail: &[Token<'_>]) -> bool {
    let bits = |bit: &[Token<'_>]| {
        bit.first().is_some_and(|t| t.tag.is_nominal() || t.tag == Tag::Gerund || t.quoted)
    };
    !matches!(tail[0].tag, Tag::Name | Tag::Own)
        && !tail[0].quoted
        && tail.split(|t| t.is(",") && !t.quoted).all(bits)
        && !tail.iter().any(|t| t.any(&["and", "or"]) && !t.quoted)
}

/// "with Maeve, she's two, underneath it": what only is set in between.
fn between(tail: &[Token<'_>]) -> bool {
    let end = tail.iter().position(|t| t.is(",") && !t.quoted).filter(|&end| end < 7);
    tail[0].tag == Tag::Pronoun
        && end.and_then(|end| tail.get(end + 1)).is_some_and(|t| t.tag == Tag::Preposition)
}

/// Whether the comma at `at` stands inside a clause, and what is before it is none.
pub(crate) fn inside(tokens: &[Token<'_>], at: usize) -> bool {
    phrase(&tokens[..at]) || unclosed(&tokens[..at], at) || inserted(tokens, at)
}

/// "upon arrival at the office located in Hull": every noun hangs on a preposition, so the verb is none.
fn phrase(head: &[Token<'_>]) -> bool {
    let verbs = finites(head);
    let [verb] = verbs[..] else { return false };
    let led = |at: usize| at > 0 && matches!(head[at - 1].tag, Tag::Preposition | Tag::To);
    let noun =
        |at: usize| head[at].tag.is_nominal() || head[at].tag == Tag::Pronoun || head[at].tag == Tag::There;
    head[0].tag == Tag::Preposition
        && head[verb].tag == Tag::Past
        && head[verb].has(PARTICIPLE)
        && !head[verb].has(INTRANSITIVE)
        && (1..verb).all(|at| {
            !noun(at) || led(at) || at > 1 && noun(at - 1) && !head[at].has(DETERMINER | POSSESSIVE | PRONOUN)
        })
}

/// "to say that as she hadn't come, and had given no reason": what the "that" is about is still to come.
fn unclosed(head: &[Token<'_>], at: usize) -> bool {
    let open = head.windows(2).position(|w| {
        !w[0].quoted
            && w[0].any(&["that", "whether", "and", "but", "if", "when"])
            && matches!(w[1].tag, Tag::Subordinator | Tag::Wh | Tag::Preposition)
            && w[1].any(&["as", "since", "if", "when", "because", "although", "though", "unless", "once"])
    });
    let Some(open) = open else { return false };
    let closed = (open..head.len().saturating_sub(1)).find(|&i| {
        head[i].is(",") && !head[i].quoted && !(head[i + 1].tag == Tag::Conjunction && finite(head, i + 2))
    });
    closed.is_none_or(|closed| closed >= at)
}

/// "I rang on Monday, it was my fifth call, and was told": set in before the second verb of the first subject.
fn inserted(tokens: &[Token<'_>], at: usize) -> bool {
    let own = |at: usize| {
        let aside = tokens.get(at + 1).is_some_and(|t| t.any(&["it", "this", "that"]));
        let close = (at + 2..tokens.len()).find(|&i| tokens[i].is(",") && !tokens[i].quoted);
        aside
            && close.is_some_and(|close| {
                close - at < 9
                    && tokens.get(close + 1).is_some_and(|t| t.is("and"))
                    && tokens.get(close + 2).is_some_and(|t| t.any(&["was", "were", "am"]))
            })
    };
    let open = tokens[..at].iter().rposition(|t| t.is(",") && !t.quoted);
    tokens.first().is_some_and(|t| t.any(&["i", "we"])) && (own(at) || open.is_some_and(own))
}

/// "from the moment I came in": no clause by itself.
fn timed(head: &[Token<'_>]) -> bool {
    head.iter().take(4).any(|t| t.any(&["moment", "time", "minute", "second", "day", "days", "times"]))
        && finites(head).len() < 2
        && head.iter().any(|t| t.has(SUBJECT))
        && !head[0].has(SUBJECT)
}

/// Whether a clause with a subject of its own begins at `at`; one `joined` by "and" may begin with a when.
fn begins(tokens: &[Token<'_>], at: usize, joined: bool) -> bool {
    let of = tokens.get(at + 1).is_some_and(|t| t.is("of")) && tokens[at].has(NUMBER | PRONOUN);
    if !joined && (of || tokens[at].any(&["then", "only"])) {
        return false;
    }
    let at = at + usize::from(tokens[at].tag == Tag::Adverb);
    let Some(first) = tokens.get(at).filter(|t| !t.quoted) else { return false };
    let subject = first.tag == Tag::Pronoun && !first.has(OBJECT)
        || first.tag == Tag::There
        || first.tag.is_nominal() && first.tag != Tag::Own
        || joined && first.any(&["when", "after", "on", "at", "in", "since", "by"]);
    if !subject || first.any(&["me", "him", "us", "them", "myself"]) {
        return false;
    }
    let led = !first.tag.is_nominal() && first.tag != Tag::Pronoun;
    let verb = (at + 1..tokens.len().min(at + 14))
        .take_while(|&i| {
            let t = &tokens[i];
            led && !t.any(&["and", "but"])
                || t.quoted
                || t.tag.is_nominal()
                || t.tag == Tag::Adverb
                || t.tag == Tag::Preposition
                || t.tag == Tag::Pronoun
                // "the person who'd know is off"
                || t.tag == Tag::Wh && t.any(&["who", "which", "that"]) && tokens[i - 1].tag.is_nominal()
                || finite(tokens, i)
        })
        .find(|&i| finite(tokens, i));
    let Some(verb) = verb else { return false };
    // "the one that's included, and asked": its own verb is still to come
    let related = tokens[at + 1..verb].iter().any(|t| t.tag == Tag::Wh && !t.quoted);
    let end = tokens[verb..].iter().position(|t| t.mark() && !t.quoted).map_or(tokens.len(), |n| verb + n);
    if related && !(verb + 1..end).any(|at| finite(tokens, at)) {
        return false;
    }
    // "in the dark, the waiting room locked, …": no verb of a clause
    let locked = tokens[verb].tag == Tag::Past
        && tokens[verb].has(PARTICIPLE)
        && !tokens[verb].has(INTRANSITIVE)
        && tokens.get(verb + 1).is_none_or(|t| t.mark() && !t.quoted);
    !locked
}

/// "because, I was told, they had none": the comma at `at` opens or closes such a remark.
pub(crate) fn set_off(tokens: &[Token<'_>], at: usize) -> bool {
    let from = tokens[..at].iter().rposition(|t| t.is(",") && !t.quoted);
    aside(tokens, at + 1) || from.is_some_and(|i| aside(tokens, i + 1))
}

/// ", you say,", ", I'm told": who says so, set in between.
fn aside(tokens: &[Token<'_>], at: usize) -> bool {
    if at >= tokens.len() {
        return false;
    }
    let end = (at..tokens.len()).find(|&i| tokens[i].is(",")).unwrap_or(tokens.len());
    let said = match tokens[..end].last() {
        Some(last) if end > 1 && last.any(&["me", "us"]) => &tokens[end - 2],
        Some(last) => last,
        None => return false,
    };
    let says = said.has(SAY | THINK) || said.any(&["told", "seems", "appears", "counted", "checked"]);
    let subject = tokens[at].has(PRONOUN) || tokens[at].tag.is_nominal() && said.has(SAY);
    end > at + 1 && end - at < 5 && says && subject
}
