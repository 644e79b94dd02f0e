//! What they tell, put right where one rule is sure: an "and" left out, a learner's "said me", praise of our
//! people, a reply that is only noted not to have come.

use crate::Role;
use crate::class::*;
use crate::tag::finite;
use crate::token::{Tag, Token};

/// "please say me where it is"
pub(crate) fn say_me(tokens: &mut [Token<'_>]) {
    for at in 1..tokens.len() {
        if tokens[at - 1].is("say") && tokens[at].any(&["me", "us"]) && !tokens[at].quoted {
            tokens[at - 1].say("tell");
        }
    }
}

/// Puts right what can be told from its words and tags; praise goes only where it is not what they write for.
pub(crate) fn mend(tokens: &mut Vec<Token<'_>>, role: Role) {
    opening(tokens);
    said(tokens);
    had(tokens);
    replies(tokens);
    joined(tokens);
    if role != Role::Background {
        praise(tokens);
    }
    similes(tokens);
    figures(tokens);
    aside(tokens);
    thanks(tokens);
    also(tokens);
}

/// "is it the pump maybe", "are you by any chance": what only softens an ask goes, in any sort of clause.
pub(crate) fn softened(tokens: &mut Vec<Token<'_>>) {
    let chance = |w: &[Token<'_>]| w[0].is("by") && w[1].is("any") && w[2].is("chance") && !w[0].quoted;
    if let Some(at) = tokens.windows(3).position(chance) {
        tokens.drain(at..at + 3);
    }
    let soft =
        |t: &Token<'_>| t.any(&["maybe", "perhaps", "possibly", "apparently", "supposedly"]) && !t.quoted;
    if tokens.len() > 4 && tokens.last().is_some_and(soft) && !tokens[tokens.len() - 2].has(CONJUNCTION) {
        tokens.pop();
        if tokens.last().is_some_and(|t| t.is(",")) {
            tokens.pop();
        }
    }
}

/// "Lastly you have sent", "hello I sent", "then on the 11th", "myself I paid".
fn opening(tokens: &mut Vec<Token<'_>>) {
    // "good morning Mrs Hale, I came"
    let hail = matches!(&tokens[..], [good, day, ..] if good.is("good")
        && day.any(&["day", "morning", "afternoon", "evening"]));
    let straight = tokens.get(2).is_some_and(|t| {
        t.has(SUBJECT) || t.capital() && t.class & (PREPOSITION | DETERMINER | POSSESSIVE) != 0
    });
    if hail && straight && tokens.len() > 6 {
        tokens.drain(..2);
        tokens[0].glued = false;
    } else if hail
        && let Some(end) = tokens.iter().take(7).position(|t| t.is(","))
        && tokens.len() > end + 4
        && tokens[2..end.max(2)].iter().all(Token::capital)
    {
        tokens.drain(..=end);
        tokens[0].glued = false;
    }
    let Some([first, next]) = tokens.first_chunk::<2>() else { return };
    let listed = first.any(&["lastly", "furthermore", "moreover", "additionally", "hello", "hi", "hey"])
        && (next.class & (SUBJECT | DETERMINER | POSSESSIVE) != 0 || next.is("you"));
    let then = first.is("then") && next.is("on") || first.is("myself") && next.is("i");
    if (listed || then) && tokens.len() > 5 {
        tokens.remove(0);
        tokens[0].glued = false;
    }
}

/// "said me to send it", ", what is not true", "few days later".
fn said(tokens: &mut Vec<Token<'_>>) {
    for at in 0..tokens.len().saturating_sub(1) {
        if tokens[at].quoted {
            continue;
        }
        let led = tokens.get(at + 2).is_some_and(|t| t.any(&["to", "that"]));
        if tokens[at].is("said") && tokens[at + 1].has(OBJECT) && led {
            tokens[at].say("told");
        }
        // "Miss Reshma told she has raised a ticket"
        let whom = tokens[at + 1].any(&["i", "he", "she", "they", "we"]) && finite(tokens, at + 2);
        if tokens[at].any(&["told", "tells"]) && whom && at > 0 && !tokens[at - 1].has(BE | HAVE) {
            tokens.insert(at + 1, Token::own("me", Tag::Pronoun));
            continue;
        }
        // "when we asked 32s"
        let sum = &tokens[at + 1];
        let size = sum.digit() && (sum.low.ends_with('s') || sum.low.starts_with(['£', '$', '€']));
        if tokens[at].is("asked") && size && at > 0 && tokens[at - 1].any(&["i", "we"]) {
            tokens.insert(at + 1, Token::own("for", Tag::Preposition));
            continue;
        }
        // "there came a mail"
        if tokens[at].is("a") && sum.is("mail") && tokens.get(at + 2).is_none_or(|t| t.tag != Tag::Noun) {
            tokens[at].say("an");
            tokens[at + 1].say("email");
            continue;
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
            || next.has(NUMBER) && next.tag == Tag::Number
            || next.tag == Tag::Noun && next.has(PLURAL) && whole == "have";
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
    let dropped = tokens[0].tag == Tag::Past && tokens[0].has(DROPPED);
    let wrote = dropped
        || tokens[..from].windows(2).any(|w| {
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
    let single = tokens[..at].iter().filter(|t| t.is(",") && !t.quoted).count() < 3;
    let joins = |w: &[Token<'_>]| {
        w[0].any(&["and", "or"])
            && !w[0].quoted
            && matches!(w[1].tag, Tag::Past | Tag::Pronoun | Tag::Auxiliary)
    };
    if deed && started && single && !tokens[at + 2..].windows(2).any(joins) {
        tokens[at] = Token::own("and", Tag::Conjunction);
        return;
    }
    // "there was one lad on the ramp, one on the phone"
    let counted = tokens[0].tag == Tag::There
        && verb.is("one")
        && next.tag == Tag::Preposition
        && tokens[..at].iter().any(|t| t.is("one"))
        && !tokens[at..].iter().any(|t| t.has(FINITE) || t.is("and"));
    if counted {
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

/// ", like children with a toy,", "round a corner like something off the telly": the comparison goes.
fn similes(tokens: &mut Vec<Token<'_>>) {
    let found = (4..tokens.len().saturating_sub(1)).find(|&at| {
        let (last, next) = (&tokens[at - 1], &tokens[at + 1]);
        let set_off = last.is(",")
            && (next.tag == Tag::Noun && next.has(PLURAL) || next.any(&["a", "an", "some", "the", "people"]));
        // "hung like something off a ferry"; not "a firm like Ostra", "it looked like somebody's"
        let led = last.has(BE | PREPOSITION | NEGATIVE | MODAL)
            || last.any(SEEMS)
            || last.tag == Tag::Noun && (last.has(PLURAL) || tokens[at - 2].any(&["a", "an", "any", "no"]));
        let loose = next.any(&["something", "somebody", "someone", "people"]) || next.tag == Tag::Name;
        tokens[at].is("like") && !tokens[at].quoted && (set_off || loose && !led && !last.mark())
    });
    let Some(at) = found else { return };
    let end = tokens[at..].iter().position(|t| t.mark() && !t.quoted).map_or(tokens.len(), |n| at + n);
    let inside = &tokens[at..end];
    if inside.len() > 8 || inside.iter().any(|t| t.digit() || t.has(FINITE | NEGATIVE | CONJUNCTION)) {
        return;
    }
    let comma = usize::from(tokens[at - 1].is(","));
    tokens.drain(at - comma..end);
}

/// Verbs and other words behind which "like" tells what a thing is.
const SEEMS: &[&str] = &[
    "look",
    "looks",
    "looked",
    "looking",
    "sound",
    "sounds",
    "sounded",
    "smell",
    "smells",
    "smelt",
    "smelled",
    "feel",
    "feels",
    "felt",
    "seem",
    "seems",
    "seemed",
    "taste",
    "tastes",
    "tasted",
    "shaped",
    "'s",
    "'d",
    "something",
    "anything",
    "nothing",
    "more",
    "just",
    "rather",
    "only",
    "also",
    "really",
];

/// "a hole where you could put your head": the figure goes.
fn figures(tokens: &mut Vec<Token<'_>>) {
    let found = (3..tokens.len().saturating_sub(2)).find(|&at| {
        tokens[at].is("where")
            && tokens[at + 1].any(&["you", "i", "we"])
            && tokens[at + 2].any(&["can", "could"])
            && tokens
                .get(at + 3)
                .is_some_and(|t| t.any(&["put", "fit", "get", "see", "post", "push", "lose", "hide"]))
            && tokens[at - 1].tag == Tag::Noun
            && !tokens[at].quoted
    });
    let Some(at) = found else { return };
    let end = tokens[at..].iter().position(|t| t.mark() && !t.quoted).map_or(tokens.len(), |n| at + n);
    if end - at < 9 && !tokens[at..end].iter().any(|t| t.digit() || t.has(CONJUNCTION)) {
        tokens.drain(at..end);
    }
}

/// "your reply, a whole paragraph, says": how much it was goes.
fn aside(tokens: &mut Vec<Token<'_>>) {
    let found = (1..tokens.len().saturating_sub(4)).find(|&at| {
        tokens[at].is(",")
            && !tokens[at].quoted
            && tokens[at + 1].is("a")
            && tokens[at + 2].any(&["whole", "full", "mere", "grand"])
            && tokens[at + 3].tag == Tag::Noun
            && tokens[at + 4].is(",")
    });
    if let Some(at) = found {
        tokens.drain(at..at + 5);
    }
}

/// ", for which my compliments to the crew": no clause of its own once it is turned.
fn thanks(tokens: &mut Vec<Token<'_>>) {
    let found = (4..tokens.len().saturating_sub(3)).find(|&at| {
        tokens[at].is(",")
            && !tokens[at].quoted
            && tokens[at + 1].is("for")
            && tokens[at + 2].is("which")
            && tokens[at + 3].has(POSSESSIVE)
    });
    if let Some(at) = found
        && !(at + 3..tokens.len()).any(|verb| finite(tokens, verb))
    {
        tokens.truncate(at);
    }
}

/// "we are fifteen" tells how many, "which I cannot take out also" has a "too" at its end.
fn also(tokens: &mut Vec<Token<'_>>) {
    if let [.., before, last] = &mut tokens[..]
        && last.is("also")
        && !before.mark()
        && !last.quoted
    {
        last.say("too");
    }
    let found = (0..tokens.len().saturating_sub(2)).find(|&at| {
        tokens[at].is("we")
            && tokens[at + 1].any(&["are", "were", "'re"])
            && tokens[at + 2].has(NUMBER)
            && tokens[at + 2].class & UNIT == 0
            && tokens.get(at + 3).is_none_or(|t| t.mark() || t.has(CONJUNCTION))
            && !tokens[at].quoted
    });
    let Some(at) = found else { return };
    if tokens[at + 1].is("'re") {
        tokens[at + 1].say("are");
        tokens[at + 1].glued = false;
        tokens[at + 1].tag = Tag::Auxiliary;
    }
    tokens[at].say("there");
    tokens[at].tag = Tag::There;
    tokens.splice(at + 3..at + 3, [Token::own("of", Tag::Preposition), Token::own("us", Tag::Pronoun)]);
}
