//! What happened, told back: "I rang and was told …" becomes "you rang and were told …".

use crate::behind::Behind;
use crate::class::*;
use crate::tag::{before, finite, finites, tag};
use crate::token::{Tag, Token, text};
use crate::{Kind, Reason, Refusal, Turned, Weekday, clean, person, refuse, shape};

/// A later sentence refused for one of these is left out; for any other, all of it is.
const WEAK: [Reason; 3] = [Reason::Opinion, Reason::Fragment, Reason::NotWorth];

/// Turns a statement of one sentence or more. What follows a good first sentence may be left out
/// where it is only weak.
pub(crate) fn turn<'a>(
    tokens: Vec<Token<'a>>,
    weekday: Option<Weekday>,
    behind: &Behind<'a>,
) -> Result<Turned, Refusal> {
    let mut out = String::new();
    // "S. Looms", "the 22. of this month": a full stop that ends no sentence
    let inside = tokens.windows(3).any(|w| {
        let initial = w[0].capital() && w[0].text.chars().count() == 1 && !w[0].is("i");
        w[1].is(".") && (initial || w[0].digit() && w[0].low.len() < 3 && !w[2].capital())
    });
    if inside {
        return refuse(Reason::Shape, ".");
    }
    let mut told: Option<Behind<'_>> = None;
    let alone = !tokens.iter().any(|t| t.is(".") && !t.quoted);
    for part in tokens.split(|t| t.is(".") && !t.quoted) {
        if part.is_empty() {
            continue;
        }
        let mut part = part.to_vec();
        part[0].glued = false;
        clean::lead(&mut part);
        clean::ending(&mut part);
        if part.is_empty() {
            continue;
        }
        let before = told.replace(Behind::told(&part));
        match sentence(part, weekday, before.as_ref().unwrap_or(behind), alone) {
            Ok(line) if out.is_empty() => out = line,
            Ok(line) => {
                let mut chars = line.chars();
                out.push_str(". ");
                out.extend(chars.next().into_iter().flat_map(char::to_uppercase).chain(chars));
            }
            // What follows may be left out where it is only weak.
            Err(why) if out.is_empty() || !WEAK.contains(&why.reason) => return Err(why),
            Err(_) => break,
        }
    }
    if out.is_empty() {
        return refuse(Reason::Fragment, "");
    }
    Ok(Turned { kind: Kind::Statement, text: out, condition: None, leans: false })
}

fn sentence<'a>(
    mut tokens: Vec<Token<'a>>,
    weekday: Option<Weekday>,
    behind: &Behind<'a>,
    alone: bool,
) -> Result<String, Refusal> {
    subject(&mut tokens)?;
    family(&mut tokens);
    dated(&mut tokens);
    if tokens.iter().filter(|t| !t.mark()).count() < if alone { 4 } else { 2 }
        && !tokens.iter().any(|t| t.digit() || t.quoted) {
        return refuse(Reason::NotWorth, "");
    }
    behind.resolve(&mut tokens)?;
    refused(&tokens)?;
    shape::sentence(&tokens)?;
    if person::doubtful(&tokens) {
        return refuse(Reason::Unclear, "you");
    }
    spliced(&mut tokens);
    lower_first(&mut tokens);
    person::turn(&mut tokens);
    if let Some(day) = weekday {
        relative_times(&mut tokens, day);
    }
    Ok(text(&tokens))
}

/// Supplies an "I" or a "the" that was left out, where it is certain.
fn subject(tokens: &mut Vec<Token<'_>>) -> Result<(), Refusal> {
    let start = tokens.iter().position(|t| t.tag != Tag::Adverb).unwrap_or(0);
    let Some(first) = tokens.get(start) else { return refuse(Reason::Fragment, "") };
    let next = tokens.get(start + 1);
    let drops = first.tag == Tag::Past
        && first.has(DROPPED)
        && next.is_none_or(|n| {
            !n.any(&["by", "from", "my", "our"])
                && !(first.any(&["cancelled", "applied"]) && !n.has(DETERMINER | POSSESSIVE | PREPOSITION))
                && !(first.any(&["went", "got", "sent", "had", "cancelled", "returned", "received"])
                    && (n.digit() || n.any(&["in", "on", "out"])))
        })
        || first.any(&["can't", "cannot", "couldn't", "had"])
            && next.is_some_and(|n| {
                matches!(n.tag, Tag::Base | Tag::To | Tag::Adverb | Tag::Determiner | Tag::Number)
                    && !n.any(&["be"])
                    || n.is("the")
            })
        || first.any(&["am", "haven't", "don't", "have"])
            && next.is_some_and(|n| n.tag == Tag::Participle || n.any(&["still", "not", "been", "know"]))
            && !first.is("don't");
    // "poorly applied and offers no protection" is about a thing
    let thing = start > 0 && !tokens[..start].iter().all(|t| {
        t.any(&["recently", "finally", "only", "already", "still", "also", "even", "again", "then", "later", "today", "yesterday", "never", "just", "since", "first", "eventually"])
    }) || tokens.windows(2).any(|w| w[0].tag == Tag::Conjunction && w[1].tag == Tag::Third);
    if drops && thing {
        return refuse(Reason::NoSubject, &first.text);
    }
    // "missed my bus"
    let own = first.tag == Tag::Past && next.is_some_and(|n| n.any(&["my", "our"]));
    if drops || own {
        let at = if start > 0 && tokens[0].mark() { start } else { 0 };
        unshift(tokens, at, Token::own("I", Tag::Pronoun));
        tokens[at].low = "i".into();
        // "Bought April"
        let verb = tokens.iter().position(|t| t.tag == Tag::Past).unwrap_or(0);
        if tokens.get(verb + 1).is_some_and(|t| t.has(MONTH))
            && !tokens.get(verb + 2).is_some_and(|t| t.digit() || t.any(&["to", "and"]))
        {
            tokens.insert(verb + 1, Token::own("in", Tag::Preposition));
        }
        tag(tokens);
        return Ok(());
    }
    if matches!(first.tag, Tag::Past | Tag::Participle | Tag::Modal | Tag::Auxiliary | Tag::Third | Tag::Base)
        && !first.quoted
    {
        return refuse(Reason::NoSubject, &first.text);
    }
    // "been told it was lost"
    if start == 0 && first.is("been") && next.is_some_and(|n| n.tag == Tag::Participle) {
        unshift(tokens, 0, Token::own("'ve", Tag::Auxiliary));
        tokens[0].glued = true;
        tokens.insert(0, Token::own("I", Tag::Pronoun));
        return Ok(());
    }
    if matches!(first.tag, Tag::Gerund | Tag::To | Tag::Wh) && !first.any(&["what", "when", "according"])
        || first.any(&["because", "whether", "that", "than", "or", "not"]) && first.tag != Tag::Determiner
    {
        return refuse(Reason::Fragment, &first.text);
    }
    // "top of the table"
    if matches!(first.tag, Tag::Adjective) && next.is_some_and(|n| n.tag == Tag::Preposition) {
        return refuse(Reason::Fragment, &first.text);
    }
    // "old one is in the yard"
    if start == 0 && first.tag == Tag::Adjective && next.is_some_and(|n| n.is("one") || n.is("ones")) {
        unshift(tokens, 0, Token::own("the", Tag::Determiner));
        return Ok(());
    }
    // "guy in the hut says"
    if start == 0
        && first.tag == Tag::Noun
        && first.class & (MASS | FAMILY | PRONOUN | PEOPLE | PLURAL | UNIT) == 0
        && !first.capital_name()
        && next.is_some_and(|n| n.tag == Tag::Preposition)
    {
        let end = (2..tokens.len())
            .find(|&at| {
                !matches!(tokens[at].tag, Tag::Determiner | Tag::Possessive | Tag::Adjective | Tag::Noun | Tag::Name)
            })
            .unwrap_or(tokens.len());
        if end > 2 && end < tokens.len() && finite(tokens, end) && (tokens[end].tag == Tag::Third || tokens[end].has(FINITE)) {
            unshift(tokens, 0, Token::own("the", Tag::Determiner));
            return Ok(());
        }
    }
    // "phone gets full bars"
    if start == 0
        && matches!(first.tag, Tag::Noun | Tag::Adjective)
        && first.class & (MASS | FAMILY | PRONOUN | PEOPLE) == 0
        && !first.capital_name()
    {
        let end =
            tokens.iter().position(|t| !matches!(t.tag, Tag::Noun | Tag::Adjective)).unwrap_or(tokens.len());
        let head = &tokens[end - 1];
        if end < tokens.len() && head.tag == Tag::Noun && tokens[end].tag == Tag::Possessive {
            return refuse(Reason::Shape, &head.text);
        }
        if end < tokens.len()
            && finite(tokens, end)
            && tokens[end].tag != Tag::Past
            && head.tag == Tag::Noun
            && head.class & (PLURAL | MASS) == 0
        {
            unshift(tokens, 0, Token::own("the", Tag::Determiner));
        }
    }
    Ok(())
}

/// Puts a word before the one at `at`, whose capital it takes away.
fn unshift<'a>(tokens: &mut Vec<Token<'a>>, at: usize, word: Token<'a>) {
    if tokens[at].tag != Tag::Name && !crate::tag::shouted(&tokens[at]) {
        tokens[at].text = tokens[at].low.clone();
    }
    tokens[at].glued = false;
    tokens.insert(at, word);
}

/// "Mum's hearing aids", "wife went": whose mother it is goes without saying, but not in a reply.
fn family(tokens: &mut Vec<Token<'_>>) {
    for at in (0..tokens.len()).rev() {
        let token = &tokens[at];
        let single = token.has(FAMILY)
            && !token.quoted
            && token.class & PLURAL == 0
            && token.any(&[
                "mum",
                "mam",
                "dad",
                "mother",
                "father",
                "gran",
                "nan",
                "nana",
                "grandad",
                "wife",
                "husband",
                "daughter",
                "son",
                "granddaughter",
                "grandson",
                "mom",
                "sister",
                "brother",
                "missus",
            ]);
        let led = at > 0
            && matches!(
                tokens[at - 1].tag,
                Tag::Determiner
                    | Tag::Possessive
                    | Tag::Adjective
                    | Tag::Own
                    | Tag::Name
                    | Tag::Number
                    | Tag::Noun
            );
        let named = tokens.get(at + 1).is_some_and(|n| n.tag == Tag::Name || n.is("-"));
        if single && !led && !named {
            unshift(tokens, at, Token::own("my", Tag::Possessive));
            tokens[at + 1].text = tokens[at + 1].low.clone();
            tokens[at + 1].tag = Tag::Noun;
        }
    }
}

/// "6 Dec I was told", "Thursday my neighbour tried": an "on" before the date.
fn dated(tokens: &mut Vec<Token<'_>>) {
    let date = tokens
        .iter()
        .take_while(|t| t.class & (WEEKDAY | MONTH) != 0 || t.digit() && t.text.len() < 5 || t.is("the"))
        .count();
    let named = tokens[..date].iter().any(|t| t.class & (WEEKDAY | MONTH) != 0);
    let comma = tokens.get(date).is_some_and(|t| t.is(","));
    let next = tokens.get(date + usize::from(comma));
    let month = date == 1 && tokens[0].has(MONTH);
    if named
        && !month
        && (1..5).contains(&date)
        && next.is_some_and(|n| {
            n.tag == Tag::Pronoun
                || n.tag == Tag::Possessive
                || n.tag == Tag::There
                || n.tag == Tag::Determiner && !n.is("the")
                || n.is("the") && date > 0
        })
        && !tokens[0].is("the")
    {
        let name = tokens[0].text.clone();
        tokens.insert(0, Token::own("on", Tag::Preposition));
        tokens[1].text = name;
        tokens[1].glued = false;
    }
}

/// What may be grammatical and yet should not be told back.
fn refused(tokens: &[Token<'_>]) -> Result<(), Refusal> {
    let verbs = finites(tokens);
    let outside = || tokens.iter().enumerate().filter(|(_, t)| !t.quoted);
    if let Some((_, token)) = outside().find(|(at, t)| {
        // "they asked if I was in"
        let asked = *at > 0
            && (tokens[at - 1].any(&[
                "ask", "asked", "asks", "asking", "see", "check", "checked", "wonder", "wondered", "wondering",
                "sure",
            ]) || tokens[at - 1].has(OBJECT) && *at > 1 && tokens[at - 2].any(&["asked", "asks", "tell", "told"]));
        // "if I run the tap, the boiler cuts out"
        let fact = *at == 0
            && t.is("if")
            && tokens.iter().position(|t| t.is(",") && !t.quoted).is_some_and(|comma| {
                tokens.get(comma + 1).is_some_and(|t| t.has(DETERMINER | POSSESSIVE) || t.any(&["it", "nothing"]))
            })
            && !tokens.iter().any(|t| t.any(&["will", "'ll", "would", "'d", "shall", "could", "might", "won't"]));
        t.any(&["if", "unless", "otherwise"]) && !(t.is("if") && (asked || fact))
    }) {
        return refuse(Reason::Threat, &token.text);
    }
    if tokens.iter().any(|t| t.is("?")) {
        return refuse(Reason::Fragment, "?");
    }
    for (n, &at) in verbs.iter().enumerate() {
        let verb = &tokens[at];
        let s = before(tokens, at);
        let subject = s.map(|s| &tokens[s]);
        let is = |words: &[&str]| subject.is_some_and(|t| t.any(words));
        let future = verb.any(&["will", "'ll", "shall", "shan't", "won't"]);
        let next: &[Token<'_>] = &tokens[at + 1..];
        let going = next.first().is_some_and(|t| t.is("going")) && next.get(1).is_some_and(|t| t.is("to"));
        if is(&["i", "we"]) && (future || going) {
            return refuse(Reason::Threat, &verb.text);
        }
        if is(&["you"]) {
            let wont = verb.any(&["won't", "can't", "cannot"])
                || next.iter().take(2).any(|t| t.any(&["refuse", "refuses"]))
                || verb.any(&["refuse"]);
            let base = next.iter().find(|t| t.tag != Tag::Adverb).is_some_and(|t| t.tag == Tag::Base);
            if wont {
                return refuse(Reason::BlamesThem, &verb.text);
            }
            if verb.tag == Tag::Modal && !verb.any(&["would", "'d", "wouldn't"])
                || !verb.any(&[
                    "say", "tell", "claim", "charge", "offer", "sell", "owe", "advertise", "promise", "keep", "take",
                    "ask", "list", "show", "state", "describe", "call", "hold", "owe", "supply", "deliver", "provide",
                ]) && verb.tag == Tag::Base
            {
                return refuse(Reason::GenericYou, &verb.text);
            }
            if verb.any(&["'re", "are", "do", "don't"]) && (base || n == 0) {
                return refuse(Reason::Opinion, &verb.text);
            }
            if verb.any(&["'ve", "have"]) && next.iter().take(3).any(|t| t.any(&["to", "either", "got"])) {
                return refuse(Reason::Opinion, &verb.text);
            }
            if n == 0
                && next.iter().any(|t| t.any(&["or", "either"]))
                && s == Some(0)
                && verb.any(&["'ve", "have"])
            {
                return refuse(Reason::Opinion, &verb.text);
            }
        }
        if is(&["i", "we"])
            && verb.tag == Tag::Base
            && verb.any(&[
                "write", "call", "ring", "ask", "send", "go", "come", "buy", "order", "say", "tell", "get",
                "take",
            ])
        {
            return refuse(Reason::Shape, &verb.text);
        }
        if is(&["i", "we"]) && verb.has(THINK) {
            return refuse(Reason::Opinion, &verb.text);
        }
        if is(&["i", "we"]) && next.iter().take(2).any(|t| t.has(THINK) && t.tag == Tag::Base) {
            return refuse(Reason::Opinion, &verb.text);
        }
        // "second call 6pm told to go in"
        if verb.is("told") && verb.tag == Tag::Past && next.first().is_some_and(|t| t.tag == Tag::To) {
            return refuse(Reason::Fragment, &verb.text);
        }
        // "the programme is 4 hours, I could drive to Wales"
        if is(&["i", "we"]) && n > 0 && verb.any(&["could", "might"]) && s.is_some_and(|s| s > 0 && tokens[s - 1].is(",")) {
            return refuse(Reason::Opinion, &verb.text);
        }
        if is(&["i", "we"])
            && !(verb.is("'d")
                && next.first().is_some_and(|t| matches!(t.tag, Tag::Number | Tag::Determiner | Tag::Possessive)))
            && (verb.any(&["would", "'d", "could", "might", "may", "should", "must"])
                && n == 0
                && next.first().is_none_or(|t| {
                    t.class & (PARTICIPLE | GERUND) == 0 || t.has(BASE) && t.class & PAST == 0
                }))
        {
            return refuse(Reason::Opinion, &verb.text);
        }
        if is(&["i", "we"]) && next.first().is_some_and(|t| t.any(&["nearly", "almost", "practically"]))
            || tokens[..at].last().is_some_and(|t| t.any(&["nearly", "almost", "half"]) && is(&["i", "we"]))
        {
            return refuse(Reason::Unclear, "nearly");
        }
        // "and he said I …": somebody else's I is fine turned, their we is not
        if verb.has(SAY) && !is(&["i", "we"]) {
            let inside =
                next.iter().take_while(|t| !t.any(&["but", "because"])).any(|t| t.is("we") && !t.quoted);
            if inside {
                return refuse(Reason::ReportedInside, "we");
            }
            if next.first().is_some_and(|t| t.is(":")) {
                return refuse(Reason::ReportedInside, ":");
            }
        }
        // "There wasn't enough in my account"
        if is(&["there"])
            && next.iter().any(|t| t.any(&["enough", "insufficient"]))
            && tokens.iter().any(|t| t.any(&["account", "balance", "funds"]))
        {
            return refuse(Reason::BlamesThem, "enough");
        }
    }
    for (at, token) in outside() {
        let next = tokens.get(at + 1);
        if token.any(&["you"])
            && next.is_some_and(|n| n.any(&["people", "lot", "guys", "all", "two", "folk", "folks", "blokes", "lads", "chaps", "boys", "ladies"]))
        {
            return refuse(Reason::Heat, &token.text);
        }
        if token.any(&["i", "we"])
            && next.is_some_and(|n| n.any(&["mean", "ask", "wish", "bet", "guess", "say", "suppose"]))
            && next.is_some_and(|n| n.tag == Tag::Base)
        {
            return refuse(Reason::Opinion, &token.text);
        }
        if token.any(&[
            "didn't", "isn't", "wasn't", "hasn't", "haven't", "aren't", "don't", "doesn't", "won't", "is",
            "was", "did",
        ]) && at + 2 == tokens.len()
            && next.is_some_and(|n| n.has(SUBJECT) || n.any(&["it", "you"]))
        {
            return refuse(Reason::Sarcasm, &token.text);
        }
    }
    // a first name with nothing that ties it to us or to them
    if tokens[0].is("not") {
        return refuse(Reason::Fragment, &tokens[0].text);
    }
    // ", is the receipt enough"
    if let Some(at) = (1..tokens.len().saturating_sub(1)).find(|&at| {
        tokens[at].has(BE | DO | HAVE)
            && tokens[at].has(FINITE)
            && tokens[at - 1].is(",")
            && !tokens[at].quoted
            && tokens[at + 1].has(DETERMINER | POSSESSIVE)
            && !tokens[..at - 1].iter().any(|t| t.tag == Tag::Wh || t.is(","))
    }) {
        return refuse(Reason::Shape, &tokens[at].text);
    }
    // ", so could the order be stopped"
    if let Some(at) = (1..tokens.len().saturating_sub(1)).find(|&at| {
        matches!(tokens[at].tag, Tag::Modal | Tag::Auxiliary)
            && tokens[at].has(FINITE)
            && !tokens[at].quoted
            && tokens[at - 1].tag == Tag::Conjunction
            && (tokens[at + 1].has(DETERMINER | POSSESSIVE) && tokens[at].has(MODAL)
                || tokens[at + 1].any(&["there", "somebody", "someone", "anybody", "anyone"]))
    }) {
        return refuse(Reason::Shape, &tokens[at].text);
    }
    // "an email saying congratulations on your new lease": whose words they are, and so who you is
    if let Some(at) = (1..tokens.len()).find(|&at| {
        tokens[at].any(&["saying", "stating", "reading"])
            && !tokens[at].quoted
            && !tokens[at - 1].any(&["you", "keep", "kept", "keeps"])
            && tokens[at + 1..]
                .iter()
                .take(6)
                .take_while(|t| !t.quoted && !t.any(&["that", "i", "we", "me", "my"]))
                .any(|t| t.any(&["your", "you"]))
    }) {
        return refuse(Reason::ReportedInside, &tokens[at].text);
    }
    // "Accessible space booked, paid, confirmed"
    if let Some(&verb) = verbs.first()
        && tokens[verb].tag == Tag::Past
        && tokens[verb].has(PARTICIPLE)
        && !tokens[verb].has(INTRANSITIVE)
        && tokens.get(verb + 1).is_none_or(|t| t.mark() && !t.quoted)
        && matches!(tokens[0].tag, Tag::Noun | Tag::Adjective | Tag::Number)
        && tokens[..verb].iter().all(|t| matches!(t.tag, Tag::Noun | Tag::Adjective | Tag::Number | Tag::Adverb))
    {
        return refuse(Reason::Fragment, &tokens[verb].text);
    }
    // "then on the 13th, a £15 voucher, printed"
    if let [verb] = verbs[..]
        && verb > 0
        && tokens[verb].tag == Tag::Past
        && tokens[verb].has(PARTICIPLE)
        && tokens[verb - 1].is(",")
        && tokens.get(verb + 1).is_none_or(|t| t.mark() || t.tag == Tag::Preposition)
    {
        return refuse(Reason::Fragment, &tokens[verb].text);
    }
    // a question inside: "and wasn't I going to ask him in"
    if let Some(at) = (1..tokens.len()).find(|&at| {
        tokens[at].any(&["i", "we", "he", "she", "they", "you"])
            && !tokens[at].quoted
            && matches!(tokens[at - 1].tag, Tag::Auxiliary | Tag::Modal)
            && tokens[at - 1].has(FINITE)
    }) {
        return refuse(Reason::Shape, &tokens[at - 1].text);
    }
    if let [verb] = verbs[..]
        && tokens[verb].any(&["attached", "enclosed", "included", "missing", "below", "gone", "signed"])
        && tokens[verb].tag == Tag::Past
    {
        return refuse(Reason::Fragment, &tokens[verb].text);
    }
    let first = &tokens[0];
    // "It is October 9"
    let dated = first.is("it")
        && tokens.get(1).is_some_and(|t| t.any(&["is", "'s"]))
        && tokens.iter().skip(2).find(|t| t.tag != Tag::Adverb).is_some_and(|t| {
            t.digit() || t.class & (WEEKDAY | MONTH) != 0 || t.is("the") && tokens.iter().take(5).any(Token::digit)
        });
    if dated {
        return refuse(Reason::NotWorth, &first.text);
    }
    // "I did, and now I've had a text": what they did is said before
    let short = first.tag == Tag::Pronoun
        && tokens.get(1).is_some_and(|t| t.has(FINITE) && !t.glued)
        && tokens.get(2).is_some_and(|t| t.mark() && !t.quoted && !t.is("("));
    if short && !tokens.get(2).is_some_and(|t| t.any(&["'", "\"", "‘", "“"])) && !tokens[2..].iter().filter(|t| t.is(",")).nth(1).is_some() {
        return refuse(Reason::LostReference, &tokens[1].text);
    }
    // "This is me emailing again"
    if first.is("this") && tokens.get(2).is_some_and(|t| t.any(&["me", "us", "you"])) {
        return refuse(Reason::NotWorth, &first.text);
    }
    // "You said, 'Oh, it's pending.'"
    if tokens.iter().any(|t| t.quoted) && tokens.iter().filter(|t| !t.mark() && !t.quoted).count() < 3 {
        return refuse(Reason::LostReference, &first.text);
    }
    // "What we're asking, and we'd like each answered"
    // "what's this eighteen pounds for"
    if first.is("what")
        && tokens.get(1).is_some_and(|t| t.has(BE | DO | HAVE) || t.is("'s"))
        && !verbs.iter().skip(1).any(|&at| tokens[at].has(BE))
    {
        return refuse(Reason::Fragment, &first.text);
    }
    if first.is("what")
        && !verbs.iter().skip(1).any(|&at| {
            tokens[at].has(BE) || tokens[at].any(&["'s", "had", "happened", "came", "arrived", "has", "turned"])
        })
        && !verbs.first().is_some_and(|&at| tokens[at].is("happened"))
    {
        return refuse(Reason::Fragment, &first.text);
    }
    let bare_name = first.tag == Tag::Name
        && first.class & (WEEKDAY | MONTH | TITLE) == 0
        && tokens.len() > 1
        && first.text.chars().skip(1).all(char::is_lowercase)
        && finite(tokens, 1)
        && !tokens[1].has(SAY | CONTACT);
    if bare_name {
        return refuse(Reason::ThirdParty, &first.text);
    }
    // what they ought to have done
    if let Some(at) = (2..tokens.len()).find(|&at| {
        tokens[at].any(&["have", "'ve"])
            && !tokens[at].quoted
            && (tokens[at - 1].is("must") && tokens[at - 2].any(&["i", "we", "you"])
                || tokens[at - 1].any(&["should", "could"]) && tokens[at - 2].any(&["i", "we"])
                || tokens[at - 1].is("to") && tokens[at - 2].is("ought"))
    }) {
        return refuse(Reason::BlamesThem, &tokens[at - 1].text);
    }
    if tokens.iter().any(|t| t.any(&["child", "girl", "boy"])) && tokens.iter().any(|t| t.is("called")) {
        return refuse(Reason::ThirdParty, "called");
    }
    let expletive = first.is("it") && verbs.first().is_some_and(|&v| v < 3);
    if first.any(&["he", "she", "they", "his", "her", "their", "it", "its"]) && !expletive && !first.excused {
        return refuse(Reason::LostReference, &first.text);
    }
    Ok(())
}

/// "We closed the room, nobody goes in": an "and" where only a comma joins the last two clauses.
fn spliced(tokens: &mut Vec<Token<'_>>) {
    let verbs = finites(tokens);
    let whenever = tokens.iter().take(2).any(|t| t.any(&["time", "moment", "minute"]));
    if verbs.len() < 2
        || whenever
        || tokens[..verbs[0]].iter().any(|t| matches!(t.tag, Tag::Subordinator | Tag::Wh))
    {
        return;
    }
    let commas: Vec<usize> = (verbs[0]..tokens.len())
        .filter(|&at| {
            tokens[at].is(",")
                && !tokens[at].quoted
                && tokens.get(at + 1).is_some_and(|n| {
                    n.tag == Tag::Past
                        && n.has(DROPPED)
                        && !n.has(SAY)
                        && tokens.get(at + 2).is_some_and(|t| t.has(DETERMINER | POSSESSIVE | OBJECT) || t.is("it"))
                        || (n.tag == Tag::Pronoun && !n.has(OBJECT)
                        || n.tag == Tag::There
                        || n.any(&["nobody", "somebody", "someone"]))
                        && (finite(tokens, at + 2)
                            || tokens.get(at + 2).is_some_and(|t| t.tag == Tag::Adverb)
                                && at + 3 < tokens.len()
                                && finite(tokens, at + 3))
                        || matches!(n.tag, Tag::Determiner | Tag::Possessive) && {
                            let end = (at + 1..tokens.len()).find(|&i| {
                                !matches!(
                                    tokens[i].tag,
                                    Tag::Determiner
                                        | Tag::Possessive
                                        | Tag::Adjective
                                        | Tag::Noun
                                        | Tag::Name
                                        | Tag::Number
                                        | Tag::Own
                                )
                            });
                            end.is_some_and(|e| e > at + 2 && finite(tokens, e))
                        }
                })
        })
        .collect();
    let Some(&last) = commas.last() else { return };
    // "as of today, the 15th, it hasn't": a date between commas ends no clause
    let segment = tokens[..last].iter().rposition(|t| t.mark()).map_or(0, |at| at + 1);
    if segment > 0 && !(segment..last).any(|at| finite(tokens, at)) {
        return;
    }
    // "I've spent, I do keep a list, £1,914": what stands between commas is no last clause
    if tokens[last + 1..].iter().any(|t| t.is(",") && !t.quoted) {
        return;
    }
    let joined = tokens[last..]
        .iter()
        .any(|t| t.tag == Tag::Conjunction && t.any(&["and", "but", "so"]) && !t.quoted)
        || tokens[..last].iter().rev().take_while(|t| !t.is(",")).any(|t| matches!(t.tag, Tag::Subordinator));
    if !joined {
        tokens.insert(last + 1, Token::own("and", Tag::Conjunction));
    }
}

/// The first word loses the capital it only has as the first.
pub(crate) fn lower_first(tokens: &mut [Token<'_>]) {
    let loud = tokens.iter().filter(|t| crate::tag::shouted(t)).count() > 1;
    let Some(first) = tokens.first_mut() else { return };
    let name = first.tag == Tag::Name
        || first.is("i")
        || first.quoted
        || first.class == 0
        || first.text.chars().skip(1).any(char::is_uppercase);
    if !(name || loud && crate::tag::shouted(first)) {
        first.text = first.low.clone();
    }
}

/// "yesterday" by the day the message was written.
fn relative_times(tokens: &mut Vec<Token<'_>>, today: Weekday) {
    let name = |day: Weekday| match day {
        Weekday::Monday => "Monday",
        Weekday::Tuesday => "Tuesday",
        Weekday::Wednesday => "Wednesday",
        Weekday::Thursday => "Thursday",
        Weekday::Friday => "Friday",
        Weekday::Saturday => "Saturday",
        Weekday::Sunday => "Sunday",
    };
    let mut at = 0;
    while at < tokens.len() {
        let day = match &*tokens[at].low {
            "today" => today,
            "yesterday" => today.previous(),
            "tomorrow" => today.next(),
            _ => {
                at += 1;
                continue;
            }
        };
        let led = at > 0 && (tokens[at - 1].has(PREPOSITION) || tokens[at - 1].is("day"));
        if tokens[at].quoted || tokens.get(at + 1).is_some_and(|n| n.is("'s")) {
            at += 1;
            continue;
        }
        let glued = tokens[at].glued;
        tokens[at] = Token { glued, ..Token::own(name(day), Tag::Name) };
        if !led {
            tokens.insert(at, Token::own("on", Tag::Preposition));
            at += 1;
        }
        at += 1;
    }
}
