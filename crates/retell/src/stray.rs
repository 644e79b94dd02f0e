//! What is no sentence of theirs to tell, however whole it looks: a jibe, a law's own words, what another
//! said behind a colon; and what has strayed into one: a name at the end, an "I'm told" that means apparently.

use crate::class::*;
use crate::tag::finite;
use crate::token::{Tag, Token};
use crate::{Clause, Kind, Reason, Refusal, Turned, refuse};

/// Cuts what has strayed in, before the words are tagged.
pub(crate) fn cut(tokens: &mut Vec<Token<'_>>, ask: bool) {
    // "ticked by itself, I'm told in grey on grey": apparently
    while let Some(at) = (1..tokens.len().saturating_sub(3)).find(|&at| {
        tokens[at].is(",")
            && !tokens[at].quoted
            && tokens[at + 1].any(&["i", "we"])
            && tokens[at + 2].any(&["'m", "am", "'re", "are"])
            && tokens[at + 3].is("told")
            && tokens.get(at + 4).is_some_and(|t| t.has(PREPOSITION) && !t.any(&["by", "that", "to", "off"]))
    }) {
        tokens.drain(at + 1..at + 4);
    }
    // "if you've any shame": what they think of us
    if let Some(at) = (2..tokens.len()).find(|&at| {
        let rest = &tokens[at + 1..];
        tokens[at].is("if")
            && rest.first().is_some_and(|t| t.is("you"))
            && rest.get(1).is_some_and(|t| t.any(&["have", "'ve", "had"]))
            && rest[2..]
                .iter()
                .take(5)
                .any(|t| t.any(&["shame", "decency", "conscience", "honour", "heart", "manners"]))
            && rest.len() < 9
    }) && ask
    {
        tokens.truncate(at);
    }
    // "look into this as from what I'm seeing …": a reason that never ends
    if let Some(at) = (3..tokens.len().saturating_sub(2))
        .find(|&at| tokens[at].is("as") && tokens[at + 1].any(&["from", "by"]) && tokens[at + 2].is("what"))
        && ask
        && !tokens[at..].iter().any(|t| t.is(","))
    {
        tokens.truncate(at);
    }
    // ", and in fairness it came in nine": theirs to grant, not ours to claim
    if let Some(at) = (4..tokens.len().saturating_sub(4)).find(|&at| {
        tokens[at].is(",")
            && !tokens[at].quoted
            && tokens[at + 1].is("and")
            && (tokens[at + 2].is("in") && tokens[at + 3].is("fairness")
                || tokens[at + 2].is("to") && tokens[at + 3].is("be") && tokens[at + 4].is("fair"))
    }) && !ask
        && !tokens[at..tokens.len() - 1].iter().any(|t| t.any(&["but", ".", ";"]) || t.has(NEGATIVE))
    {
        tokens.truncate(at);
    }
    // "once I did get through and the man said": one time, no "when"
    if !ask
        && tokens.len() > 5
        && tokens[0].is("once")
        && tokens[1].any(&["i", "we"])
        && tokens[2].is("did")
        && !tokens.iter().any(|t| t.is(","))
    {
        tokens.insert(1, Token { tag: Tag::Mark, ..Token::new(",", true) });
    }
    // "fast forward two weeks, it never came": how it is told
    if tokens.len() > 8
        && tokens[0].is("fast")
        && tokens[1].is("forward")
        && let Some(comma) = tokens.iter().take(7).position(|t| t.is(","))
    {
        tokens.drain(..=comma);
        tokens[0].glued = false;
    }
    // ", can you say honestly?"
    if let Some(at) = (4..tokens.len().saturating_sub(3)).find(|&at| {
        tokens[at].is(",")
            && tokens[at + 1].any(&["can", "could"])
            && tokens[at + 2].is("you")
            && tokens[at + 3].any(&["say", "tell"])
            && tokens[at + 4..].iter().all(|t| t.any(&["me", "us", "honestly", "please", "truthfully", "?"]))
    }) && ask
    {
        let mark = tokens.last().filter(|t| t.is("?")).cloned();
        tokens.truncate(at);
        tokens.extend(mark);
    }
    // "that $468": they and we know which
    if ask {
        for at in 1..tokens.len() {
            if tokens[at].text.starts_with(['£', '$', '€'])
                && tokens[at - 1].is("that")
                && !tokens[at].quoted
                && (at < 2 || tokens[at - 2].any(&["want", "need", "like", "refund", "return"]))
            {
                tokens[at - 1].say("the");
            }
        }
    } else {
        joined(tokens);
    }
    above(tokens);
    name(tokens);
}

/// "you have also got", "has therefore been": a joint to what may not be told before it.
fn joined(tokens: &mut Vec<Token<'_>>) {
    let found = (1..tokens.len().saturating_sub(1).min(6)).find(|&at| {
        tokens[at].any(&["also", "therefore"])
            && !tokens[at].quoted
            && tokens[at - 1].any(&["have", "has", "had", "'ve", "i", "we", "you", "was", "were"])
            // ", so I also had to": hung on what is told
            && !tokens[..at].iter().any(|t| t.mark() || t.any(&["so", "and", "which", "that"]))
            && !tokens[at + 1].mark()
            && (tokens[at + 1].any(&["been", "got"]) || tokens[at + 1].class & (PAST | PARTICIPLE) != 0)
    });
    if let Some(at) = found
        && !tokens[..at].iter().any(|t| t.any(&["not", "but"]))
    {
        tokens.remove(at);
    }
}

/// "the reference above", "the issues outlined above", "the above order": nothing is above in what we write.
fn above(tokens: &mut Vec<Token<'_>>) {
    const TOLD: [&str; 10] = [
        "outlined",
        "mentioned",
        "described",
        "listed",
        "stated",
        "detailed",
        "given",
        "quoted",
        "shown",
        "noted",
    ];
    const WRITTEN: [&str; 14] = [
        "reference",
        "number",
        "address",
        "date",
        "details",
        "account",
        "order",
        "invoice",
        "booking",
        "ticket",
        "issues",
        "points",
        "name",
        "dates",
    ];
    let mut at = 1;
    while at < tokens.len() {
        let next = tokens.get(at + 1);
        let ends = next.is_none_or(|t| t.mark() || t.has(PREPOSITION | CONJUNCTION | FINITE | PARTICIPLE));
        let before = &tokens[at - 1];
        let thing = next
            .is_some_and(|t| t.has(NOUN | PLURAL) && !t.any(&["address", "date", "dates", "number", "name"]));
        if !tokens[at].any(&["above", "above-mentioned"]) || tokens[at].quoted {
            at += 1;
        } else if ends && (before.any(&TOLD) || before.is("as")) {
            tokens.drain(at - 1..=at);
        } else if ends && before.any(&WRITTEN) || before.any(&["the", "my", "your"]) && thing {
            tokens.remove(at);
        } else {
            at += 1;
        }
    }
}

/// "by Friday at the latest Roisin": who wrote it stands behind the last word.
fn name(tokens: &mut Vec<Token<'_>>) {
    let end = tokens.iter().rposition(|t| !t.mark()).map_or(0, |at| at + 1);
    if end < 5 || end + 1 < tokens.len() {
        return;
    }
    let (last, before) = (&tokens[end - 1], &tokens[end - 2]);
    // an unknown word with a capital may be a thing's, but not behind "today"
    let apart =
        before.any(&["today", "tomorrow", "soon", "asap", "too", "now", "again", "please", "tonight"]);
    let given = last.has(GIVEN) || last.capital_name() && apart;
    let named = given && last.capital() && !last.quoted && !last.digit();
    let thing = !before.mark()
        && !before.capital()
        && before.class & (NOUN | PLURAL | ADJECTIVE | ADVERB | PARTICIPLE) != 0
        && before.class
            & (PREPOSITION
                | CONJUNCTION
                | FAMILY
                | STAFF
                | PEOPLE
                | TITLE
                | FINITE
                | BASE
                | DETERMINER
                | POSSESSIVE
                | PAST)
            == 0
        && !before.any(&["called", "named", "mr", "mrs"]);
    // "for my dog Rex": whose it is, not who wrote it
    let called = tokens[end - 3].any(&["my", "our", "your", "the", "his", "her", "their", "a"]);
    let others = called || tokens[..end - 1].iter().skip(1).any(|t| t.has(GIVEN) && t.capital());
    if named && thing && !others {
        tokens.truncate(end - 1);
    }
}

/// What is nothing to tell back.
pub(crate) fn words(clause: &Clause<'_>, tokens: &[Token<'_>]) -> Result<(), Refusal> {
    let fits = |words: &[&str]| {
        tokens.windows(words.len()).any(|w| w.iter().zip(words).all(|(t, word)| t.is(word) && !t.quoted))
    };
    law(tokens, clause.role.asks())?;
    if clause.role.asks() {
        return Ok(());
    }
    // "you've got us by the ears", "in a manner of speaking"
    let held = tokens.windows(4).any(|w| {
        w[0].any(&["us", "me", "you"])
            && w[1].is("by")
            && w[2].is("the")
            && w[3].any(&["ears", "throat", "nose", "hair", "neck", "balls", "tail", "scruff"])
    });
    if held || fits(&["manner", "of", "speaking"]) || fits(&["so", "to", "speak"]) {
        return refuse(Reason::Sarcasm, "by");
    }
    // "… to ask about it please help me": an ask without a mark before it
    if let Some(at) = (4..tokens.len().saturating_sub(1)).find(|&at| {
        tokens[at].any(&["please", "pls"])
            && !tokens[at].quoted
            && !tokens[at - 1].mark()
            && tokens[at - 1].class & (CONJUNCTION | SAY | SUBORDINATOR) == 0
            && tokens[at + 1].has(BASE)
            && (tokens[at + 1].has(REQUEST) || tokens[at + 1].any(&["help", "be", "get"]))
    }) {
        return refuse(Reason::Shape, &tokens[at].text);
    }
    // "25 November, your Ewan again: the feet are in Hull": what another said is no fact
    let speaker = |tokens: &[Token<'_>]| {
        let verb =
            tokens.iter().any(|t| t.has(FINITE) || t.class & (NOUN | PLURAL | ADJECTIVE) == 0 && t.has(PAST));
        let yours = tokens
            .windows(2)
            .any(|w| w[0].is("your") && (w[1].has(GIVEN | STAFF | PEOPLE | TITLE) || w[1].capital_name()));
        tokens.len() < 12 && !verb && yours
    };
    let colon = tokens.iter().position(|t| t.is(":") && !t.quoted);
    if let Some(at) = colon
        && at > 1
        && speaker(&tokens[..at])
        && tokens.get(at + 1).is_some_and(|t| !t.quoted)
    {
        return refuse(Reason::ReportedInside, ":");
    }
    if clause.before.trim_end().ends_with(':') {
        let before = crate::token::tokens(clause.before);
        let from = before.iter().rposition(|t| t.any(&[".", "?", "!"])).map_or(0, |at| at + 1);
        if speaker(&before[from..before.len() - 1]) {
            return refuse(Reason::ReportedInside, ":");
        }
    }
    // "I can't fault any of the team": praise that would be a boast
    if fits(&["can't", "fault"]) || fits(&["cannot", "fault"]) {
        return refuse(Reason::Opinion, "fault");
    }
    doubted(clause, tokens)
}

/// "If the proper ones really are in Hull" said later of "the feet are in Hull".
fn doubted(clause: &Clause<'_>, tokens: &[Token<'_>]) -> Result<(), Refusal> {
    let Some(at) = clause.after.find("If ").or_else(|| clause.after.find("if ")) else { return Ok(()) };
    let condition = clause.after[at..].split([',', '.']).next().unwrap_or("");
    let mut words = condition.split_whitespace();
    let place = tokens.iter().rev().find(|t| !t.mark());
    let doubts = condition.contains(" really ") || condition.contains(" actually ");
    if doubts && place.is_some_and(|place| place.capital() && words.any(|word| word == place.text)) {
        return refuse(Reason::Unclear, "if");
    }
    Ok(())
}

/// "A debt collector may not engage in any conduct": the words of a law, about nobody here.
fn law(tokens: &[Token<'_>], ask: bool) -> Result<(), Refusal> {
    let theirs = tokens.iter().any(|t| t.any(&["i", "we", "you", "your", "my", "our", "me", "us"]));
    let lays = tokens.windows(2).enumerate().find(|(at, w)| {
        // what they ask may well be that something must not be
        let down = if ask {
            w[0].is("may") && w[1].is("not")
        } else {
            w[0].is("shall") || w[0].any(&["may", "must"]) && w[1].is("not")
        };
        down && (1..*at).any(|from| {
            let begins = from == 1 || tokens[from - 2].mark() || tokens[from - 2].digit();
            begins && tokens[from - 1].any(&["a", "an", "any", "no", "every"]) && at - from < 6
        })
    });
    if !theirs && lays.is_some() {
        return refuse(Reason::ThirdParty, &tokens[0].text);
    }
    Ok(())
}

/// What "I'd like …" must not hold: a finite verb of its own that nothing joins.
pub(crate) fn wish(kind: Kind, rest: &[Token<'_>]) -> Result<(), Refusal> {
    // "to know before we pay, and the Monday to come off": the second hangs on nothing
    let knows = rest[0].tag == Tag::To && rest.get(1).is_some_and(|t| t.any(&["know", "hear"]));
    if knows
        && (2..rest.len()).any(|at| {
            let to = rest[at + 1..].iter().take(6).position(|t| t.tag == Tag::To);
            rest[at].is("and")
                && to.is_some_and(|to| to > 1 && rest[at + 1..=at + to].iter().all(|t| t.tag.is_nominal()))
        })
    {
        return refuse(Reason::Shape, "and");
    }
    // "with me who pay"
    if rest.windows(4).any(|w| {
        w[0].any(&["with", "to", "from", "for"])
            && w[1].any(&["me", "us"])
            && w[2].is("who")
            && !w[0].quoted
            && !w[3].low.ends_with('s')
    }) {
        return refuse(Reason::Shape, "who");
    }
    if kind != Kind::Wish || rest[0].tag == Tag::To {
        return Ok(());
    }
    let joins = |t: &Token<'_>| {
        t.mark() || matches!(t.tag, Tag::Conjunction | Tag::Wh | Tag::Subordinator | Tag::To | Tag::Modal)
    };
    for at in 2..rest.len() {
        let (token, before) = (&rest[at], &rest[at - 1]);
        if token.quoted {
            continue;
        }
        let from = rest[..at].iter().rposition(joins).map_or(0, |from| from + 1);
        let segment = &rest[from..at];
        // "that in place of the money, and come to it"
        let no_to = !rest[..at].iter().any(|t| {
            t.tag == Tag::To
                || t.tag == Tag::Wh
                || t.any(&["you", "somebody", "someone", "he", "she", "they"])
        });
        let comes = token.any(&["come", "go"])
            && rest.get(at + 1).is_some_and(|t| t.tag == Tag::To || t.any(&["home", "back"]));
        let verb = comes
            || token.has(BASE)
                && token.class & (NOUN | PLURAL | ADJECTIVE | PREPOSITION | ADVERB | PARTICIPLE) == 0;
        if verb && no_to && before.any(&["and", "or"]) && rest[0].tag != Tag::Base {
            return refuse(Reason::Shape, &token.text);
        }
        // "the twelve we talked about go to the others"
        let plain = segment.first().is_some_and(|t| t.has(DETERMINER | POSSESSIVE | NUMBER))
            && (from == 0 || rest[from - 1].is("and"))
            && segment.iter().any(|t| matches!(t.tag, Tag::Noun | Tag::Number));
        let goes = (token.any(&["go", "come"])
            || crate::lexicon::first(token.class) == BASE && token.tag == Tag::Base)
            && rest.get(at + 1).is_some_and(|t| t.tag == Tag::To || t.has(PREPOSITION | DETERMINER))
            && matches!(before.tag, Tag::Noun | Tag::Number)
            && !segment
                .windows(2)
                .any(|w| w[1].has(BASE) && w[1].tag == Tag::Base && !w[0].has(SUBJECT) && !w[0].is("you"));
        if plain && goes && !segment.iter().any(|t| t.any(&["have", "make", "let", "see", "help"])) {
            return refuse(Reason::Shape, &token.text);
        }
        // "the account opened in my name caused my score to drop"
        let object =
            rest.get(at + 1).is_some_and(|t| t.has(POSSESSIVE) || t.any(&["me", "us", "it", "them", "him"]));
        let gives = token.any(&[
            "sent", "given", "paid", "told", "shown", "offered", "owed", "asked", "charged", "left", "made",
            "got", "taught", "granted", "cost", "lent", "promised", "read", "put", "cut", "let", "set",
        ]);
        let acts = token.tag == Tag::Third && finite(rest, at) && object
            || matches!(token.tag, Tag::Past | Tag::Participle) && object && !gives;
        let led = segment.iter().any(|t| t.has(SUBJECT) || t.any(&["you", "it", "who", "that"]));
        if plain && acts && !led && before.tag != Tag::Auxiliary {
            return refuse(Reason::Shape, &token.text);
        }
    }
    Ok(())
}

/// What no text of ours ends in or holds: a bracket left open, "the is", a word that wants another.
pub(crate) fn turned(turned: &Turned, lean: bool) -> Result<(), Refusal> {
    let text = &*turned.text;
    // a heading of theirs asks nothing
    if turned.kind == Kind::Question && matches!(text, "what you want" | "what you need" | "what you'd like")
    {
        return refuse(Reason::NotWorth, "what");
    }
    // "what was the reason?", "told me the same thing", "rang to say so": of or as what is not said
    let reason = turned.kind == Kind::Question
        && ["reason", "problem", "cause", "hold-up", "delay"].iter().any(|thing| {
            let rest = text.strip_prefix("what the ").and_then(|rest| rest.strip_prefix(thing));
            matches!(rest, Some(" is" | " was"))
        });
    let same = turned.kind == Kind::Statement
        && !lean
        && (text.ends_with(" told you the same thing")
            || text.contains(" to say so ")
            || text.ends_with(" to say so"));
    if reason || same {
        return refuse(Reason::LostReference, "same");
    }
    // "on the 3rd of Jan, they're at the port": what was so on a day, told them then
    let then = turned.kind == Kind::Statement
        && text.split(". ").any(|line| {
            let lead = line.strip_prefix("on ").or_else(|| line.strip_prefix("On "));
            lead.and_then(|lead| lead.split_once(", ")).is_some_and(|(day, rest)| {
                day.len() < 20
                    && day.contains(|c: char| c.is_ascii_digit())
                    && ["they're ", "it's ", "he's ", "she's "].iter().any(|now| rest.starts_with(now))
                    && ["at", "in", "on", "with"].contains(&rest.split(' ').nth(1).unwrap_or(""))
            })
        });
    if then {
        return refuse(Reason::ReportedInside, "on");
    }
    // "on 5 December comes nothing more"
    if text.contains(" comes nothing") {
        return refuse(Reason::Shape, "comes");
    }
    let mut depth = 0_i32;
    for c in text.chars() {
        depth += i32::from(c == '(') - i32::from(c == ')' && depth > 0);
    }
    if depth != 0 {
        return refuse(Reason::Fragment, "(");
    }
    let mut previous = "";
    let words: Vec<&str> = text.split(' ').collect();
    // "asked was that part of it": still in the order of a question
    if words.windows(3).any(|w| {
        w[0] == "asked"
            && matches!(w[1], "is" | "was" | "were" | "are" | "did" | "does" | "would" | "could")
            && matches!(
                w[2],
                "you"
                    | "we"
                    | "it"
                    | "that"
                    | "this"
                    | "he"
                    | "she"
                    | "they"
                    | "there"
                    | "the"
                    | "your"
                    | "our"
            )
    }) {
        return refuse(Reason::Shape, "asked");
    }
    for word in words {
        if matches!(previous, "the" | "a" | "an" | "our")
            && matches!(word, "is" | "are" | "was" | "were" | "has")
        {
            return refuse(Reason::Shape, previous);
        }
        previous = word;
    }
    let last = previous.trim_end_matches(['.', '?', '!', ',']);
    if matches!(
        last,
        "if" | "because" | "and" | "or" | "the" | "a" | "an" | "unless" | "whether" | "my" | "our"
    ) {
        return refuse(Reason::Fragment, last);
    }
    Ok(())
}
