//! What is a sentence and yet says nothing by itself: "I told you the same day", "on the 15th that there is none".

use crate::class::*;
use crate::tag::finites;
use crate::token::{Tag, Token};
use crate::{Reason, Refusal, refuse};

/// Participles by which a thing is only named: "a list headed 'recalls'".
const NAMED: &[&str] = &[
    "headed",
    "marked",
    "labelled",
    "labeled",
    "titled",
    "entitled",
    "dated",
    "signed",
    "stamped",
    "addressed",
    "called",
    "named",
];

/// Those of whom a firm has none.
const KIN: &[&str] = &[
    "wife",
    "husband",
    "mum",
    "mother",
    "dad",
    "father",
    "brother",
    "sister",
    "daughter",
    "gran",
    "mam",
    "missus",
    "girlfriend",
    "boyfriend",
];

pub(crate) fn hollow(tokens: &[Token<'_>]) -> Result<(), Refusal> {
    let verbs = finites(tokens);
    let Some(&first) = verbs.first() else { return Ok(()) };
    let lead = &tokens[..first];
    // "you said, twice": what was said is gone
    if let Some(&last) = verbs.last()
        && tokens[last].any(&["said", "says", "say"])
        && tokens[last + 1..].iter().all(|t| t.mark() || t.any(&["twice", "again", "once", "then", "there"]))
        && !tokens.iter().any(|t| t.quoted || t.any(&["as", "what", "so"]))
    {
        return refuse(Reason::NotWorth, &tokens[last].text);
    }
    // "on the 15th that there isn't a form": who said so stands before it
    let that = lead.iter().position(|t| t.is("that") && matches!(t.tag, Tag::Subordinator | Tag::Wh));
    if let Some(at) = that
        && tokens[0].any(&["on", "in", "at", "then", "and", "that"])
        && lead[..at].iter().all(|t| {
            t.digit()
                || t.any(&["on", "in", "at", "the", "of", "then", "and", "day", ","])
                || t.class & (WEEKDAY | MONTH | NUMBER | UNIT) != 0
        })
    {
        return refuse(Reason::Fragment, "that");
    }
    // "and that collection is free": what somebody said stands before it
    let [and, that, ..] = tokens else { return Ok(()) };
    let next = tokens.get(2);
    if and.is("and") && that.is("that") && next.is_some_and(|t| t.tag == Tag::Noun && !t.has(UNIT)) {
        return refuse(Reason::Fragment, "that");
    }
    // "the doorbell as told by a helper"
    if verbs.len() == 1 && first > 0 && tokens[first - 1].is("as") && tokens[first].tag == Tag::Past {
        return refuse(Reason::Fragment, "as");
    }
    // "a list headed 'recalls', with forty names"
    if verbs.len() == 1
        && tokens[first].any(NAMED)
        && first > 0
        && matches!(tokens[first - 1].tag, Tag::Noun | Tag::Adjective)
        && tokens.get(first + 1).is_some_and(|t| {
            t.quoted || t.mark() || matches!(t.tag, Tag::Name | Tag::Preposition) || t.digit() || t.capital()
        })
    {
        return refuse(Reason::Fragment, &tokens[first].text);
    }
    // "at the end of it one is told"
    if let Some(w) = tokens.windows(3).find(|w| {
        w[0].is("one")
            && w[1].any(&["is", "'s", "was"])
            && w[2].any(&["told", "asked", "expected", "supposed", "required", "advised", "invited", "given"])
    }) && tokens.iter().all(|t| !t.any(&["two", "three", "both", "other", "another"]))
    {
        return refuse(Reason::GenericYou, &w[0].text);
    }
    // "it said thanks, your report will be read by our team": whose words they are shows no quotation mark
    let spoken = tokens.windows(3).any(|w| {
        w[0].any(&["said", "says", "saying"])
            && w[1].any(&[
                "thanks",
                "sorry",
                "hello",
                "hi",
                "welcome",
                "congratulations",
                "dear",
                "yes",
                "no",
            ])
            && w[2].any(&[",", "your", "you", "we", "our"])
            && !w[1].quoted
    }) && tokens.iter().any(|t| !t.quoted && t.any(&["your", "you", "our", "we"]));
    if spoken {
        return refuse(Reason::ReportedInside, "said");
    }
    // "a hairline that catches your nail": anybody's
    if let Some(w) = tokens.windows(2).find(|w| {
        w[0].is("your")
            && !w[0].quoted
            && w[1].any(&[
                "nail", "finger", "fingers", "fist", "teeth", "nose", "feet", "foot", "knees", "thumb",
            ])
    }) {
        return refuse(Reason::GenericYou, &w[1].text);
    }
    // "like something you'd put on a brow"
    if tokens.windows(3).any(|w| {
        w[0].any(&["something", "anything", "things", "sort", "kind"])
            && w[1].is("you")
            && w[2].any(&["'d", "would", "could", "might", "can", "find", "see", "get"])
    }) {
        return refuse(Reason::GenericYou, "you");
    }
    // "your wife has taken the messages": of ours no such thing is said
    if let Some(w) = tokens.windows(2).find(|w| w[0].is("your") && !w[0].quoted && w[1].any(KIN)) {
        return refuse(Reason::ThirdParty, &w[1].text);
    }
    // "you were very civil about it": praise of ourselves
    if tokens
        .windows(4)
        .any(|w| w[0].is("you") && w[1].any(&["were", "are", "'re"]) && w[2..].iter().any(|t| t.has(PRAISE)))
    {
        return refuse(Reason::NotWorth, "you");
    }
    // "the page that one has just come from"
    if tokens.windows(3).any(|w| {
        w[0].any(&["that", "which", "what", "where"])
            && w[1].is("one")
            && w[2].any(&["has", "is", "can", "must", "gets", "comes", "just", "leaves"])
            && w[0].tag != Tag::Determiner
    }) {
        return refuse(Reason::GenericYou, "one");
    }
    // "the girl could not have been nicer"
    if verbs.len() == 1
        && tokens.windows(2).any(|w| {
            w[0].is("been") && w[1].any(&["nicer", "kinder", "more", "better", "friendlier", "politer"])
        })
        && tokens[first].any(&["could", "couldn't"])
    {
        return refuse(Reason::NotWorth, "been");
    }
    // "I said no thanks", "I told you the same day", "I asked Mr Dwyer in person": what, is not said
    let &last = verbs.last().unwrap_or(&first);
    let rest = &tokens[last + 1..];
    let whom = rest.first().is_some_and(|t| t.has(OBJECT) || t.is("you") || t.tag == Tag::Name);
    let told = whom && tokens[last].any(&["told", "tell", "informed", "asked", "ask", "asks"])
        || rest.is_empty() && tokens[last].any(&["told", "asked"]);
    let content = rest.iter().any(|t| {
        t.quoted
            || matches!(t.tag, Tag::To | Tag::Wh | Tag::Subordinator | Tag::Gerund)
            || t.any(&["that", "about", "for", "if", "of", "otherwise", "this", "it", "not", "no", "so", ":"])
    });
    // "and was told", "which you told me": what it was stands before
    let ahead = relative(tokens, last);
    let passive = last > 0 && tokens[last - 1].has(BE);
    let nouns = rest.iter().enumerate().any(|(at, t)| {
        t.tag == Tag::Noun
            && t.class & (UNIT | WEEKDAY | MONTH | STAFF | FAMILY | PEOPLE | ORGANISATION) == 0
            && !(at > 0 && rest[at - 1].is("in") && t.any(&["person", "writing"]))
            && !t.any(&[
                "times",
                "morning",
                "afternoon",
                "evening",
                "phone",
                "telephone",
                "desk",
                "office",
                "e-mail",
                "email",
            ])
    });
    let quoted = tokens[..last].iter().any(|t| t.quoted);
    if told && !content && !ahead && !quoted && !passive && !nouns {
        return refuse(Reason::Fragment, &tokens[last].text);
    }
    if verbs.len() == 1
        && tokens[first].any(&["said", "say"])
        && rest.first().is_some_and(|t| t.any(&["no", "yes", "so", "that", "ok"]) && !t.quoted)
        && rest.len() < 4
    {
        return refuse(Reason::NotWorth, &tokens[first].text);
    }
    Ok(())
}

/// Whether what is told may stand before its verb: "the price you told me", "as I told you".
fn relative(tokens: &[Token<'_>], verb: usize) -> bool {
    let from = tokens[..verb].iter().rposition(|t| t.mark() && !t.quoted).map_or(0, |at| at + 1);
    let clause = &tokens[from..verb];
    clause.iter().any(|t| t.any(&["which", "that", "what", "as", "than", "who"]))
        || clause.windows(2).any(|w| {
            matches!(w[0].tag, Tag::Noun | Tag::Name)
                && w[0].class & (UNIT | WEEKDAY | MONTH) == 0
                && (w[1].has(SUBJECT) || w[1].is("you"))
        })
}
