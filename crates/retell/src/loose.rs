//! What hangs on something said before and shows no pronoun: "the first lady", "I asked again", "the same
//! afternoon". It may be told right behind the sentence it hangs on, and nowhere else.

use crate::class::*;
use crate::tag::{before, finite, finites};
use crate::token::{Tag, Token};
use crate::{Reason, Refusal, refuse};

/// Words by which one thing is told from others named before.
const AMONG: &[&str] = &["first", "second", "third", "fourth", "fifth", "last", "other", "next", "different"];

/// Words that set a sentence against the one before.
const AGAINST: &[&str] = &["however", "nevertheless", "nonetheless", "indeed"];

/// What is so of one thing beside another.
const BESIDE: &[&str] =
    &["worse", "better", "cheaper", "dearer", "higher", "lower", "bigger", "smaller", "more", "less"];

/// Parts of the day, by which one day is meant that was named before.
const DAY: &[&str] = &["day", "morning", "afternoon", "evening", "night", "week", "month"];

/// Refuses what hangs so.
pub(crate) fn loose(tokens: &[Token<'_>]) -> Result<(), Refusal> {
    let is = |at: usize, words: &[&str]| tokens.get(at).is_some_and(|t| t.any(words) && !t.quoted);
    let verbs = finites(tokens);
    // "charges to 61 and stops": what does
    if tokens[0].has(THIRD_PERSON)
        && tokens.get(1).is_some_and(|t| t.tag == Tag::To || t.tag == Tag::Preposition)
        && verbs.first().is_some_and(|&v| v > 1 && tokens[v].tag == Tag::Third && tokens[v - 1].is("and"))
    {
        return refuse(Reason::NoSubject, &tokens[0].text);
    }
    // "building the wardrobe and I've got two left sides": no verb of its own stands before the "and"
    if tokens[0].has(GERUND)
        && tokens[0].low.ends_with("ing")
        && verbs.first().is_some_and(|&v| v > 2 && tokens[v - 1].any(&["i", "we"]) && tokens[v - 2].is("and"))
    {
        return refuse(Reason::Fragment, &tokens[0].text);
    }
    // "Kind regards, Moira": a letter's end
    if tokens.iter().take(4).any(|t| t.is("regards") && !t.quoted)
        && finites(tokens).first().is_none_or(|&v| v < 4)
    {
        return refuse(Reason::NotWorth, "regards");
    }
    // "648 came off the card": of what
    if tokens[0].digit() && tokens[0].low.bytes().all(|b| b.is_ascii_digit()) && finite(tokens, 1) {
        return refuse(Reason::Unclear, &tokens[0].text);
    }
    // "the £1,900 still isn't back": which were they
    if is(0, &["the"])
        && tokens.get(1).is_some_and(|t| t.text.starts_with(['£', '$', '€']))
        && finite(tokens, tokens.iter().skip(2).position(|t| t.tag != Tag::Adverb).map_or(2, |n| n + 2))
    {
        return refuse(Reason::Unclear, &tokens[1].text);
    }
    // "both times I had the same answer", "of those 121"
    if is(0, &["both"]) && is(1, &["times"])
        || is(0, &["of"]) && is(1, &["those", "these"]) && tokens.get(2).is_some_and(|t| t.tag == Tag::Number)
    {
        return refuse(Reason::Unclear, &tokens[1].text);
    }
    // "the person who answered said": one by whom they were told of before
    if is(0, &["the"])
        && let Some(at) = tokens.iter().take(7).position(|t| t.any(&["who", "which"]) && !t.quoted)
        && !tokens[..at].iter().any(|t| finite_word(t) || t.is(","))
        && !tokens.iter().any(|t| !t.quoted && (t.digit() || t.class & (WEEKDAY | MONTH) != 0))
        && !tokens.get(at + 1).is_some_and(|t| t.any(&["i", "we"]))
    {
        return refuse(Reason::Unclear, &tokens[at].text);
    }
    among(tokens)?;
    for (at, token) in tokens.iter().enumerate() {
        if token.quoted {
            continue;
        }
        let next = tokens.get(at + 1);
        if token.any(AGAINST) {
            return refuse(Reason::Unclear, &token.text);
        }
        // "I asked again", "when I asked I was told": what for
        let asker = before(tokens, at).filter(|&s| tokens[s].any(&["i", "we"]));
        let content = asker.is_some_and(|s| s > 0 && is(s - 1, &["as", "which", "what", "that", "whom"]));
        let idle = next.is_none_or(|n| {
            n.any(&["again", "twice", "because", "repeatedly", ",", "and"]) && !n.quoted
                || n.has(SUBJECT) && at > 0 && tokens[at - 1].any(&["i", "we"])
        });
        if token.is("asked") && asker.is_some() && !content && idle {
            return refuse(Reason::Unclear, &token.text);
        }
        // "the changing room was worse", "the price is £46 more": than what
        let beside = token.any(BESIDE)
            && at > 1
            && (tokens[at - 1].has(BE) || tokens[at - 2].has(BE))
            && tokens[at - 1].tag != Tag::Determiner
            && next.is_none_or(|n| n.mark() || n.any(&["and", "but", "so"]))
            && !tokens
                .iter()
                .any(|t| t.any(&["than", "before", "getting", "nearly"]) || t.has(NEGATIVE) && !t.is("no"));
        if beside {
            return refuse(Reason::Unclear, &token.text);
        }
        // "your kid closed the valve"
        if token.is("your") && next.is_some_and(|n| n.any(&["kid", "kids"])) {
            return refuse(Reason::Unclear, "kid");
        }
        // "about what follows"
        if token.is("what") && next.is_some_and(|n| n.any(&["follows", "followed"])) && at > 0 {
            return refuse(Reason::Unclear, "follows");
        }
        // "to ask which", "the firm says ask the shop"
        let which = token.any(&["ask", "asked"])
            && next.is_some_and(|n| n.any(&["which", "why", "what", "where"]))
            && tokens.get(at + 2).is_none_or(|t| t.mark() && !t.quoted);
        let order = token.any(&["said", "says"])
            && next.is_some_and(|n| {
                !n.quoted
                    && n.has(REQUEST)
                    && n.has(BASE)
                    && n.class & (NOUN | ADJECTIVE | PAST | PLURAL) == 0
            });
        let brief = token.any(&["said", "says"])
            && next.is_some_and(|n| n.any(&["tomorrow", "another", "passed"]) || n.has(WEEKDAY))
            && at + 4 > tokens.len();
        if which || order || brief {
            return refuse(Reason::Unclear, &token.text);
        }
        let dated = || tokens[..at].iter().any(|t| t.digit() || t.class & (WEEKDAY | MONTH) != 0);
        let after = token.is("the")
            && (is(at + 1, &["same", "next", "following"]) && is(at + 2, DAY)
                || is(at + 1, &["very"]) && is(at + 2, &["next"])
                || is(at + 1, DAY)
                    && is(at + 2, &["after", "before"])
                    && tokens.get(at + 3).is_none_or(|t| t.mark() || t.has(SUBJECT)));
        let once = token.is("at") && is(at + 1, &["once"]);
        if (after || once) && !dated() {
            return refuse(Reason::Unclear, &tokens[at + 1].text);
        }
        // "it's gone nine": it no longer is when they read it
        let clock = token.is("it")
            && next.is_some_and(|n| n.any(&["is", "'s"]))
            && tokens[at + 2..].iter().find(|t| !t.any(&["now", "already", "nearly", "almost"])).is_some_and(
                |t| t.any(&["gone", "half", "past", "quarter"]) || t.has(NUMBER) && t.class & UNIT == 0,
            )
            && tokens[at + 2..].iter().take(5).any(|t| t.any(&["past", "to", "gone"]));
        if clock {
            return refuse(Reason::NotWorth, &token.text);
        }
        // "when you shut the tap off there's a bang": anybody
        let anybody = token.any(&["when", "if", "whenever"])
            && next.is_some_and(|n| n.is("you"))
            && tokens.get(at + 2).is_some_and(|t| t.any(&["shut", "put", "set", "cut", "let", "hit"]))
            && verbs
                .iter()
                .any(|&v| tokens[v].any(&["is", "'s", "are", "does"]) || tokens[v].tag == Tag::Third);
        // "that's before you've boiled an egg"
        let ever = token.is("before")
            && next.is_some_and(|n| n.is("you"))
            && tokens.get(at + 2).is_some_and(|t| t.any(&["'ve", "have", "even"]));
        if anybody || ever {
            return refuse(Reason::GenericYou, "you");
        }
        // "you were good enough to say"
        if token.any(&["good", "kind"]) && is(at + 1, &["enough"]) && is(at + 2, &["to"]) {
            return refuse(Reason::Sarcasm, &token.text);
        }
        // "apparently you must have a form": they doubt it, and so we would
        if token.any(&["apparently", "supposedly", "evidently", "presumably"]) {
            return refuse(Reason::Opinion, &token.text);
        }
    }
    // "sent me a label": never I who sent it
    if is(0, &["i"]) && verbs.first() == Some(&1) && is(2, &["me"]) {
        return refuse(Reason::NoSubject, &tokens[1].text);
    }
    Ok(())
}

/// "The label says 2.5": too little to be told by itself, of neither them nor us, and nothing denied.
pub(crate) fn brief(tokens: &[Token<'_>]) -> Result<(), Refusal> {
    const OWN: &[&str] = &["i", "we", "me", "us", "my", "our", "you", "your", "mine", "yours"];
    let words = tokens.iter().filter(|t| !t.mark()).count();
    let own = tokens.iter().any(|t| !t.quoted && (t.any(OWN) || t.has(NEGATIVE)));
    if own || words > 4 { Ok(()) } else { refuse(Reason::NotWorth, "") }
}

/// "and your stamp is on my copy": a short tail of a sentence whose head isn't told; or its head, broken off.
pub(crate) fn tail(text: &str, tokens: &[Token<'_>]) -> bool {
    let words = tokens.iter().filter(|t| !t.mark()).count();
    let dated = tokens.iter().any(|t| t.digit() || t.quoted || t.class & (WEEKDAY | MONTH) != 0);
    let head = text.trim_end().ends_with([',', ';']) && words < 7 && !dated;
    // what somebody else said stands by itself
    let says = finites(tokens).first().is_some_and(|&v| {
        tokens[v].has(SAY) && !before(tokens, v).is_some_and(|s| tokens[s].any(&["i", "we"]))
    });
    // "she did telephone," and then what she did not do
    let did = tokens.windows(2).any(|w| w[0].is("did") && w[1].tag == Tag::Base && !w[0].quoted);
    let head = head || did && text.trim_end().ends_with(',');
    let hung = text.strip_prefix("and ").is_some_and(|rest| !rest.starts_with("also "));
    head || hung && words < 16 && !says
}

/// Whether it may be the verb of a clause by its class alone.
fn finite_word(token: &Token<'_>) -> bool {
    token.has(FINITE) || matches!(token.tag, Tag::Past | Tag::Third)
}

/// "the first lady said", "a different person told me", "the first twelve": the others were named before.
fn among(tokens: &[Token<'_>]) -> Result<(), Refusal> {
    for at in 0..tokens.len().saturating_sub(2) {
        let led = tokens[at].any(&["the", "a"]) && !tokens[at].quoted && tokens[at + 1].any(AMONG);
        if !led {
            continue;
        }
        let start = at == 0 || tokens[at - 1].any(&[",", "and", "but"]);
        let mut end = at + 2;
        while end < tokens.len() && matches!(tokens[end].tag, Tag::Adjective | Tag::Noun | Tag::Number) {
            end += 1;
        }
        let head = &tokens[end - 1];
        let named = tokens[..at].iter().any(|t| t.low == head.low || t.has(NUMBER) || t.digit());
        let person = end > at + 2 && (head.class & (STAFF | PEOPLE | FAMILY) != 0 || head.is("person"));
        let acts = start && finite(tokens, end);
        let other = tokens[at].is("a") && acts && end > at + 2;
        let count = tokens.get(at + 2).is_some_and(|t| t.has(NUMBER))
            && tokens
                .get(at + 3)
                .is_none_or(|t| !t.tag.is_nominal() || matches!(t.tag, Tag::Determiner | Tag::Possessive));
        if !named && (person && acts || other || count) {
            return refuse(Reason::Unclear, &tokens[at + 1].text);
        }
    }
    Ok(())
}
