//! What they want: "I'd like my £64 back" becomes a wish, "please cancel it" a request.

use crate::behind::Behind;
use crate::class::*;
use crate::opening::{Opening, fits, fronted, joined, needed, opening, opens, person as person_named};
use crate::tag::finites;
use crate::token::{Tag, Token, text};
use crate::{
    Kind, Reason, Refusal, Turned, asked, condition, hints, inquiry, person, question, refuse, shape,
    statement, stray,
};

/// What a want may be.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Allow {
    /// A noun phrase alone: "our names off every list".
    pub bare: bool,
    /// Any verb may begin a request, as they said please.
    pub polite: bool,
    /// It goes on from "I ask": "that the letter goes out".
    pub that: bool,
}

/// Turns a want.
pub(crate) fn turn<'a>(tokens: &[Token<'a>], allow: Allow, behind: &Behind<'a>) -> Result<Turned, Refusal> {
    let mut turned = match want(tokens, allow, behind) {
        Ok(turned) if turned.kind != Kind::Statement => turned,
        // a statement may say in a roundabout way what they'd like
        found => {
            let plain = allow.bare && tokens.len() > 2;
            let direct = plain.then(|| hints::direct(tokens, allow.that)).flatten();
            let wished = direct.and_then(|direct| {
                // "mainly I don't want any more emails": twice over
                let theirs = direct.iter().any(|t| t.any(&["her", "his", "their"]));
                let again = || hints::direct(&direct, false).filter(|_| !theirs);
                want(&direct, allow, behind).ok().or_else(|| want(&again()?, allow, behind).ok())
            });
            match wished.filter(|wished| found.is_err() || wished.kind != Kind::Statement) {
                Some(wished) => wished,
                None => found?,
            }
        }
    };
    as_wish(&mut turned);
    Ok(turned)
}

/// "You need the deposit returned" tells a wish.
fn as_wish(turned: &mut Turned) {
    const WISHES: [&str; 18] = [
        "you need",
        "you still need",
        "you do need",
        "you now need",
        "you only need",
        "you just need",
        "you want",
        "you expect",
        "you require",
        "you'd like",
        "you would like",
        "you'd expect",
        "you would expect",
        "you'd love",
        "you'd want",
        "you would want",
        "you'd prefer",
        "you would prefer",
    ];
    if turned.kind != Kind::Statement || turned.text.contains(". ") {
        return;
    }
    let wished = WISHES.iter().find_map(|wish| turned.text.strip_prefix(wish)?.strip_prefix(' '));
    // "it fixed by Friday", but not "it more than we do"
    let done = |w: &str| {
        let next = w.strip_prefix("it ").and_then(|w| w.split([' ', ',']).next()).unwrap_or("");
        crate::lexicon::classes(next) & PARTICIPLE != 0
            || [
                "back", "in", "by", "on", "before", "today", "to", "until", "for", "off", "out", "here",
                "tomorrow", "at",
            ]
            .contains(&next)
    };
    let whole = |w: &str| {
        let compares = w.contains(" than to ") && turned.text.contains("prefer ");
        !compares
            && !["not ", "that you ", "that we ", "that it ", "and ", ","].iter().any(|no| w.starts_with(no))
            && (!w.starts_with("it ") || done(w))
    };
    if let Some(wished) = wished.filter(|w| whole(w)) {
        turned.text = wished.to_owned();
        turned.kind = Kind::Wish;
        return;
    }
    // "you'd rather have the money"
    let rather =
        turned.text.strip_prefix("you'd rather ").or_else(|| turned.text.strip_prefix("you would rather "));
    let base = |w: &str| {
        w.split(' ').next().is_some_and(|v| {
            crate::lexicon::classes(v) & BASE != 0 && !["we", "you", "not", "it", "the"].contains(&v)
        })
    };
    if let Some(wished) = rather.filter(|w| base(w) && !w.contains(" than ")) {
        turned.text = format!("to {wished}");
        turned.kind = Kind::Wish;
    }
}

/// Without the capital of the first word.
fn lowered<'a>(tokens: &[Token<'a>]) -> Vec<Token<'a>> {
    let mut all = tokens.to_vec();
    statement::lower_first(&mut all);
    all
}

fn want<'a>(tokens: &[Token<'a>], allow: Allow, behind: &Behind<'a>) -> Result<Turned, Refusal> {
    let end = tokens.iter().position(|t| t.any(&[".", "?"]) && !t.quoted).unwrap_or(tokens.len());
    if let Some(turned) = several(&tokens[..end], tokens.get(end + 1..).unwrap_or_default(), behind) {
        return Ok(turned);
    }
    // further sentences are no part of it, but for wants
    let more = tokens.get(end + 1..).unwrap_or_default();
    let deed = more.iter().find(|t| !t.mark()).is_some_and(|t| {
        t.has(BASE) && (t.has(REQUEST) || crate::lexicon::first(t.class) == BASE) && !t.has(FINITE)
    });
    if more.iter().enumerate().any(|(at, _)| opening(&more[at..]).is_some())
        || deed
        || opens(more)
        || more.iter().any(|t| {
            t.any(&["only", "except", "but", "instead", "otherwise", "not", "please", "if", "want", "need"])
        })
    {
        return refuse(Reason::Shape, ".");
    }
    let mut tokens = &tokens[..end];
    let Allow { bare, polite, .. } = allow;
    while tokens.len() > 2
        && tokens[0].any(&["please", "kindly", "just", "then", "also", "and", "mainly", ","])
    {
        tokens = &tokens[1..];
    }
    // "secondly I'd like …", "first, …", "after that please …"
    const ORDERS: [&str; 3] = [
        "firstly|secondly|thirdly|fourthly|lastly|finally ?,",
        "first|second|third|fourth ?of ?all ?,",
        "after that|this|which ?,",
    ];
    if let Some(n) = ORDERS.iter().find_map(|pattern| fits(pattern, tokens))
        && tokens.len() > n + 1
        && (opens(&tokens[n..]) || tokens[n].is("please"))
    {
        return want(&tokens[n..], allow, behind);
    }
    if tokens.len() > 3 && tokens[0].is("that") && tokens[1].any(&["the", "my", "our", "a", "all"]) {
        tokens = &tokens[1..];
    }
    // "and that you teach it to the girl"
    if tokens.len() > 3 && tokens[0].is("that") && tokens[1].is("you") && tokens[2].has(BASE) {
        return request(&tokens[2..], behind);
    }
    if tokens.len() < 2 {
        return refuse(Reason::Fragment, "");
    }
    for token in tokens.iter().filter(|t| !t.quoted) {
        if token.any(&["otherwise", ":", "could've"]) {
            return refuse(Reason::Unclear, &token.text);
        }
    }
    if tokens[0].is("if")
        || fits("failing that|this", tokens).is_some()
        || tokens[0].is("should") && tokens[1].any(&["it", "they", "that", "this", "the", "nobody"])
    {
        return condition::turn(tokens, behind);
    }
    // "as you're the processor, I need …": the reason is left out
    if tokens[0].any(&["as", "since", "because", "when", "while", "although"])
        && let Some(comma) = tokens.iter().position(|t| t.is(",") && !t.quoted)
        && opens(&tokens[comma + 1..])
        && !tokens[..comma].iter().any(Token::digit)
    {
        return turn(&tokens[comma + 1..], allow, behind);
    }
    let tokens = &*needed(fronted(joined(tokens)));
    // "I ask to receive the certificate"
    if let Some(n) = fits("i|we ?do|also|now|hereby ask|request to", tokens)
        && tokens.get(n).is_some_and(|t| t.any(&["receive", "be", "have", "know", "get", "see", "hear"]))
    {
        return done(Kind::Wish, &tokens[n - 1..], true, behind);
    }
    // "I don't want a call from the team": told as they said it
    if let Some(turned) = unwanted(tokens, behind) {
        return turned;
    }
    if let Some((_, n)) = opening(tokens).filter(|_| tokens[0].any(&["i", "we"]))
        && let Some(rest) = due(&tokens[n..])
    {
        return want(&[&tokens[..n], &rest[..]].concat(), allow, behind);
    }
    if let Some((sort, n)) = opening(tokens) {
        let rest = &tokens[n..];
        return match sort {
            Opening::Whole => whole(tokens, behind),
            // "can you not just do one": done or left undone
            Opening::Request
                if tokens[0].any(&["can", "could"])
                    && rest.first().is_some_and(|t| t.is("not"))
                    && !polite =>
            {
                refuse(Reason::Unclear, "not")
            }
            Opening::Request => request(rest, behind),
            Opening::Forbid => {
                let mut all = vec![Token::own("not", Tag::Adverb)];
                all.extend_from_slice(rest);
                request(&all, behind)
            }
            Opening::Somebody => {
                let Some(verb) = rest.first().filter(|t| t.has(BASE) || t.is("be")) else {
                    return refuse(Reason::Shape, "somebody");
                };
                let mut all = vec![Token::own("somebody", Tag::Pronoun), Token::own("to", Tag::To)];
                all.push(Token { tag: Tag::Base, ..verb.clone() });
                all.extend_from_slice(&rest[1..]);
                done(Kind::Wish, &all, true, behind)
            }
            Opening::Person => {
                let Some(n) = person_named(rest) else { return refuse(Reason::Shape, "person") };
                let mut all = rest[..n].to_vec();
                let verb = n + usize::from(rest[n].any(&["please", "kindly", "just", "actually"]));
                all.extend([Token::own("to", Tag::To), Token { tag: Tag::Base, ..rest[verb].clone() }]);
                all.extend_from_slice(&rest[verb + 1..]);
                done(Kind::Wish, &all, true, behind)
            }
            Opening::Wish if tokens[n - 1].is("for") => wished(&forth(rest), behind),
            Opening::Wish => wished(rest, behind),
            Opening::Passive => passive(rest, behind),
        };
    }
    let low = |at: usize| tokens.get(at).map_or("", |t| &*t.low);
    // "any chance of moving it": asked, not wished
    if low(0) == "any" && matches!(low(1), "chance" | "news" | "idea" | "way" | "possibility") {
        return question::turn(tokens, behind);
    }
    // "what I want answered is how …"
    if let Some(n) = fits("what i|we ?would|'d|do ?really want|like|need answered|explained is|'s", tokens)
        && tokens.len() > n + 2
        && (tokens[n].tag == Tag::Wh || tokens[n].any(&["whether", "how", "why", "when", "where"]))
    {
        return inquiry::straight(&tokens[n..], behind);
    }
    // "what I'd like to know is why …"
    if let Some(n) = fits(
        "what i|we ?would|'d|do|also ?really like|love|want|need to know|ask|hear|understand ?from ?you is|'s",
        tokens,
    ) && tokens.len() > n + 2
        && (tokens[n].tag == Tag::Wh || tokens[n].any(&["whether", "if", "how", "why", "when", "where"]))
    {
        return inquiry::straight(&tokens[n..], behind).or_else(|_| question::turn(&tokens[n..], behind));
    }
    // "I only wanted to ask if anyone has read it"
    if let Some(n) = fits("i|we ?just|only|also|really|simply wanted to ask|know|check ?you", tokens)
        && tokens.len() > n + 2
        && (tokens[n].tag == Tag::Wh || tokens[n].any(&["whether", "if", "how", "why", "when", "where"]))
    {
        return inquiry::straight(&tokens[n..], behind);
    }
    // "I only wondered whether it might be put back"
    if let Some(n) = fits(
        "i|we ?was|were|am|'m|are|'re ?just|only|also wondered|wonder|wondering|curious ?though ?,",
        tokens,
    ) && tokens.get(n).is_some_and(|t| t.any(&["whether", "if", "how", "why", "when", "where", "what"]))
        && !tokens.get(n + 1).is_some_and(|t| t.is("you"))
    {
        return inquiry::straight(&tokens[n..], behind);
    }
    // "before the board sits on the 24th I need the switch replaced"
    if tokens[0].any(&["before", "after", "until", "till", "once", "when", "by"])
        && let Some(at) =
            (3..tokens.len().min(16)).find(|&at| opening(&tokens[at..]).is_some() || tokens[at].is("please"))
        && (1..2).contains(&finites(&tokens[..at]).len())
        && !tokens[1..at].iter().any(|t| matches!(t.tag, Tag::Wh | Tag::Subordinator | Tag::Conjunction))
        && !tokens[1..at - 1].iter().any(Token::mark)
        && !tokens[at..]
            .iter()
            .any(|t| t.mark() && !t.is(",") || matches!(t.tag, Tag::Wh | Tag::Subordinator))
        && !(at + 1..tokens.len()).any(|k| {
            let own = tokens[k].has(SUBJECT) || tokens[k].any(&["it", "there"]);
            let told = own && tokens.get(k + 1).is_some_and(|t| t.has(FINITE | MODAL) || t.glued);
            (tokens[k - 1].mark() || tokens[k - 1].is("and")) && told
        })
        && !(at + 1..tokens.len()).any(|k| {
            (tokens[k - 1].mark() || tokens[k - 1].is("and"))
                && (tokens[k].is("please") || opens(&tokens[k..]))
        })
    {
        let mut all = tokens[at..].to_vec();
        while all.last().is_some_and(Token::mark) {
            all.pop();
        }
        if all.iter().any(Token::mark) {
            all.push(Token { tag: Tag::Mark, ..Token::new(",", true) });
        }
        let lead = all.len();
        all.extend(tokens[..at].iter().filter(|t| !t.mark()).cloned());
        all[lead].text = all[lead].low.clone();
        all[lead].glued = false;
        return turn(&all, allow, behind);
    }
    // "by noon tomorrow I'd like a call"
    if matches!(tokens[0].tag, Tag::Preposition | Tag::Adverb)
        && !tokens[0].any(&["only", "perhaps", "maybe", "not", "except", "instead"])
        && let Some(at) = (1..tokens.len().min(12))
            .find(|&at| opening(&tokens[at..]).is_some() || tokens[at].any(&["please", "kindly"]) && at > 1)
        && finites(&tokens[..at]).is_empty()
        && !tokens[..at].iter().any(|t| matches!(t.tag, Tag::Wh | Tag::Subordinator))
        && let Some(all) = behind_it(&tokens[..at], &tokens[at..])
    {
        return turn(&all, allow, behind);
    }
    // "and what happened there I would also like to hear": what they'd like to know
    const HEAR: &str = "i|we would|'d ?also ?very ?much like to know|hear|see ?.";
    if matches!(tokens[0].tag, Tag::Wh)
        && !tokens[0].is("that")
        && let Some(at) =
            (3..tokens.len()).find(|&at| fits(HEAR, &tokens[at..]).is_some_and(|n| at + n == tokens.len()))
        && !tokens[..at].iter().any(Token::mark)
        && let Ok(turned) = inquiry::straight(&lowered(&tokens[..at]), behind)
    {
        return Ok(Turned { kind: Kind::Wish, text: format!("to know {}", turned.text), ..turned });
    }
    // "and whether you'll warn the others": what goes on from "I want to know"
    if bare
        && matches!(low(0), "whether" | "when" | "why" | "who" | "how" | "where")
        && !strung(tokens)
        && let Ok(turned) = inquiry::straight(&lowered(tokens), behind)
    {
        return Ok(Turned { kind: Kind::Wish, text: format!("to know {}", turned.text), ..turned });
    }
    // "all £40, back to the card"
    let sum = tokens[1].digit() && finites(tokens).is_empty();
    if matches!(low(0), "i" | "we" | "what") || low(0) == "all" && !sum {
        return plain(tokens, behind);
    }
    if tokens[0].has(FINITE) && !matches!(low(0), "do" | "don't" | "have") || tokens[0].tag == Tag::Wh {
        return question::turn(tokens, behind);
    }
    // "only by e-mail", "e-mail or text only"
    if let Some(all) = reached(tokens).filter(|_| bare) {
        return done(Kind::Wish, &all, true, behind);
    }
    // "please only write to me"
    if polite && low(0) == "only" && tokens[1].has(BASE) && (tokens[1].has(REQUEST) || tokens[1].is("mail")) {
        return request(tokens, behind);
    }
    // "do the transfer by the 30th"
    if low(0) == "do"
        && (matches!(tokens[1].tag, Tag::Determiner | Tag::Possessive) || tokens[1].is("it"))
        && low(2) != "needful"
    {
        return request(tokens, behind);
    }
    if matches!(low(0), "don't" | "do") {
        let (negative, from) = match (low(0), low(1)) {
            ("do", "not") => (true, 2),
            ("do", _) => (false, 1),
            _ => (true, 1),
        };
        if tokens.get(from).is_some_and(|t| t.has(BASE) || t.is("be")) {
            return done(Kind::Request { negative }, &tokens[from..], false, behind);
        }
        return refuse(Reason::Fragment, &tokens[0].text);
    }
    // "either refund me or send a new one"
    if low(0) == "either"
        && tokens[1].has(BASE)
        && (tokens[1].has(REQUEST) || tokens[1].is("do") || crate::lexicon::first(tokens[1].class) == BASE)
    {
        let mut all = tokens.to_vec();
        all[1].tag = Tag::Base;
        return done(Kind::Request { negative: false }, &all, false, behind);
    }
    // "for the young lady to be taught": what goes on from "I ask"
    if low(0) == "for"
        && bare
        && tokens.len() > 3
        && !tokens.iter().any(|t| t.has(THINK))
        && (matches!(tokens[1].tag, Tag::Determiner | Tag::Possessive | Tag::Number)
            || tokens[1].any(&["somebody", "someone"]))
    {
        return done(Kind::Wish, &tokens[1..], true, behind);
    }
    // "and you pay the vet's bill"
    if low(0) == "you" && bare && tokens[1].has(BASE) && tokens[1].has(REQUEST) && !tokens[1].has(FINITE) {
        return request(&tokens[1..], behind);
    }
    let asked =
        polite && tokens[0].has(BASE) && matches!(tokens[0].tag, Tag::Base | Tag::Noun | Tag::Adjective);
    let seen = low(0) == "see" && matches!(low(1), "that" | "to" | "if" | "whether");
    if let Some(from) = imperative(tokens).or((asked || seen).then_some(0)) {
        if matches!(low(0), "say" | "look" | "check" | "see" | "ask" | "help" | "note")
            && tokens.len() < 4
            && !matches!(low(1), "again" | "into" | "so")
        {
            return refuse(Reason::Unclear, &tokens[0].text);
        }
        return request(&tokens[from..], behind);
    }
    // "be frank with me"
    if polite && low(0) == "be" && tokens[1].has(ADJECTIVE) && tokens.len() > 2 {
        return request(tokens, behind);
    }
    // "and to be told what went wrong"
    if low(0) == "to" && tokens.get(1).is_some_and(|t| t.has(BASE) || t.is("be")) {
        let own = tokens[1].any(&["be", "know", "have", "see", "hear", "get"]);
        return if own { done(Kind::Wish, tokens, true, behind) } else { request(&tokens[1..], behind) };
    }
    let mut tokens = tokens.to_vec();
    // "money back, please", "full refund"
    if bare && matches!(&*tokens[0].low, "money" | "full" | "refund" | "replacement") {
        let word = if tokens[0].is("money") {
            Token::own("my", Tag::Possessive)
        } else {
            Token::own("a", Tag::Determiner)
        };
        let back = tokens[0].is("money") && tokens.get(1).is_some_and(|t| t.is("back"));
        let refund = tokens[0].is("full") && tokens.get(1).is_some_and(|t| t.any(&["refund", "replacement"]))
            || tokens[0].any(&["refund", "replacement"])
                && tokens.get(1).is_none_or(|t| t.mark() || t.any(&["for", "of", "please", "and", "or"]));
        if back || refund {
            tokens[0].text = tokens[0].low.clone();
            tokens[0].tag = Tag::Noun;
            tokens[0].glued = false;
            tokens.insert(0, word);
        }
    }
    let tokens = &tokens[..];
    if let Some(all) = unled(tokens).filter(|_| bare) {
        return done(Kind::Wish, &all, true, behind);
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
    let verbs = finites(tokens);
    // "reimbursement of the fee": needs no "a"
    let mass = tokens[0].tag == Tag::Noun
        && (tokens[0].class & (MASS | PLURAL) != 0 && !tokens[0].has(BASE)
            || ["ment", "tion", "sion", "val", "ance"].iter().any(|end| tokens[0].low.ends_with(end)))
        && tokens.get(1).is_some_and(|t| matches!(t.tag, Tag::Preposition) || t.any(&["back", "off"]));
    let some =
        tokens[0].is("something") && tokens[1].any(&["for", "off", "towards", "toward", "back", "on", "in"]);
    let thing = bare
        && (matches!(tokens[0].tag, Tag::Determiner | Tag::Possessive | Tag::Number) || mass || some)
        && (tokens.len() > 2
            || tokens.len() == 2 && (tokens.iter().any(Token::digit) || tokens[1].tag == Tag::Noun));
    // "that the £1,200 be returned"
    let run = tokens.iter().take_while(|t| {
        matches!(
            t.tag,
            Tag::Determiner | Tag::Possessive | Tag::Adjective | Tag::Noun | Tag::Name | Tag::Number
        )
    });
    let run = run.count();
    if thing && tokens.get(run).is_some_and(|t| t.is("be")) {
        let mut all = tokens.to_vec();
        all.insert(run, Token::own("to", Tag::To));
        return done(Kind::Wish, &all, true, behind);
    }
    // "a promise that …", "the bills dealt with": the verb isn't the sentence's
    let relative = |verb: usize| {
        // "a letter I can show"
        tokens[..verb].windows(2).any(|w| w[0].tag == Tag::Noun && w[1].any(&["i", "we", "you"]))
    };
    if let Some(&verb) = verbs.first()
        && thing
        && (relative(verb)
            || tokens[verb].tag == Tag::Past
            || tokens[..verb].iter().any(|t| matches!(t.tag, Tag::Wh | Tag::Subordinator))
            || loose(tokens))
        && !tokens[0].any(&["that", "this", "these", "those"])
        && !sentence(tokens)
    {
        return done(Kind::Wish, tokens, true, behind);
    }
    if !verbs.is_empty() || tokens[0].any(&["somebody", "someone"]) {
        return plain(tokens, behind);
    }
    // "our names off every list", "the default taken off"
    if thing && !sentence(tokens) {
        return done(Kind::Wish, tokens, true, behind);
    }
    refuse(Reason::Fragment, &tokens[0].text)
}

/// "by noon the GPS trace": when it is to be done goes behind the thing.
fn due<'a>(rest: &[Token<'a>]) -> Option<Vec<Token<'a>>> {
    const WHEN: &[&str] = &[
        "the", "end", "of", "this", "next", "a", "noon", "midnight", "today", "tomorrow", "tonight", "close",
        "business", "am", "pm", "latest", "at", "on", "working", "or", "before",
    ];
    let by = rest.first()?.any(&["by", "within", "before", "until", "today", "tomorrow", "tonight"]);
    let when = |t: &Token<'_>| t.digit() || t.class & (WEEKDAY | MONTH | UNIT | NUMBER) != 0 || t.any(WHEN);
    let mut n = 1 + rest[1..].iter().take_while(|t| when(t)).count();
    // "by Friday a letter": the article is the thing's
    let article = |t: &Token<'_>| t.any(&["the", "a"]);
    while n > 1 && article(&rest[n - 1]) {
        n -= 1;
    }
    let dated = rest[..n].iter().any(|t| {
        t.digit()
            || t.class & (WEEKDAY | MONTH | UNIT) != 0
            || t.any(&["noon", "today", "tomorrow", "tonight", "business"])
    });
    let thing = rest.get(n)?;
    if !(by && dated && (thing.has(DETERMINER | POSSESSIVE) || thing.has(NUMBER))) {
        return None;
    }
    let mut all = rest[n..].to_vec();
    while all.last().is_some_and(Token::mark) {
        all.pop();
    }
    let commas = all.iter().filter(|t| t.is(",")).count();
    if commas > 0
        || all.iter().any(|t| t.mark() || matches!(t.tag, Tag::Wh | Tag::Subordinator) || t.is("and"))
    {
        all.push(Token { tag: Tag::Mark, ..Token::new(",", true) });
    }
    if commas > 1 || commas > 0 && all.iter().any(|t| t.is("and")) {
        all.push(Token::own("all", Tag::Adverb));
    }
    all.extend_from_slice(&rest[..n]);
    Some(all)
}

/// "When it's ready please write to me", "when I asked, she said": no question, but when something is to be.
fn strung(tokens: &[Token<'_>]) -> bool {
    let end = tokens.iter().rposition(|t| !t.mark()).unwrap_or(0);
    let begged = tokens[..end].iter().any(|t| t.any(&["please", "kindly"]));
    let marked = tokens.iter().any(|t| t.is(",") && !t.quoted);
    let will = tokens.windows(2).any(|w| w[0].any(&["i", "we"]) && w[1].any(&["will", "'ll", "shall"]));
    begged || tokens[0].is("when") && (marked || will)
}

/// What stands before the ask put behind it: "I'd like a call by noon", "I want to know by noon what …".
fn behind_it<'a>(lead: &[Token<'a>], ask: &[Token<'a>]) -> Option<Vec<Token<'a>>> {
    let mut lead: Vec<Token<'a>> = lead.to_vec();
    while lead.last().is_some_and(Token::mark) {
        lead.pop();
    }
    lead.first_mut().filter(|t| t.tag != Tag::Name).map(|t| {
        t.text = t.low.clone();
        t.glued = false;
    })?;
    let mut ask = ask.to_vec();
    let tail = ask.iter().rposition(|t| !t.mark()).map_or(0, |at| at + 1);
    ask.truncate(tail);
    let nested = ask.iter().any(|t| matches!(t.tag, Tag::Wh | Tag::Subordinator));
    let marked = ask.iter().any(|t| t.mark() && !t.quoted);
    let opened = opening(&ask).map_or(0, |(_, n)| n);
    let told = (opened..ask.len().min(opened + 4))
        .find(|&at| ask[at].any(&["know", "hear", "see", "told", "you", "me"]) && at > 0)
        .filter(|&at| {
            ask.get(at + 1)
                .is_some_and(|t| t.tag == Tag::Wh || t.any(&["whether", "if", "when", "how", "why", "where"]))
        });
    match told {
        Some(at) if nested => {
            ask.splice(at + 1..at + 1, lead);
        }
        _ if nested => return None,
        _ => {
            if marked {
                ask.push(Token { tag: Tag::Mark, ..Token::new(",", true) });
            }
            ask.append(&mut lead);
        }
    }
    Some(ask)
}

/// "Refund it. Send a new one.": two of a sort.
fn several<'a>(one: &[Token<'a>], other: &[Token<'a>], behind: &Behind<'a>) -> Option<Turned> {
    let lead = other.iter().take_while(|t| t.mark() || t.any(&["and", "also", "then", "please"])).count();
    let other = &other[lead..];
    if one.len() < 3 || !opens(one) || !opens(other) {
        return None;
    }
    let first = turn(one, Allow::default(), behind).ok()?;
    let second = turn(other, Allow::default(), &Behind::told(one)).ok()?;
    let same = first.kind == second.kind
        && first.kind != Kind::Statement
        && first.kind != (Kind::Request { negative: true })
        && first.condition.is_none()
        && second.condition.is_none();
    same.then(|| Turned { text: format!("{}, and {}", first.text, second.text), ..first })
}

/// "I don't want this one mended a fourth time": a thing and nothing else.
fn unwanted<'a>(tokens: &[Token<'a>], behind: &Behind<'a>) -> Option<Result<Turned, Refusal>> {
    let n = fits("i|we ?really|also|just do not want", tokens)
        .or_else(|| fits("i|we ?really|also|just don't want", tokens))?;
    let next = tokens.get(n)?;
    let kept = next.any(&["him", "her", "them", "it"])
        && tokens
            .get(n + 1)
            .is_some_and(|t| t.any(&["here", "back", "near", "round", "again", "on", "off", "in", "at"]));
    let thing = kept || (next.has(DETERMINER) || next.any(&["another", "this"])) && !next.is("any");
    let plain = tokens.len() < n + 14
        && !tokens[n..].iter().any(|t| {
            t.mark() && !t.quoted
                || matches!(t.tag, Tag::To | Tag::Wh | Tag::Subordinator)
                || t.has(NEGATIVE)
                || t.any(&["and", "but", "so", "because", "as", "really", "your", "you", "just", "that"])
        });
    (thing && plain && tokens.len() > n + 1).then(|| whole(tokens, behind))
}

/// Whether the noun phrase at the start isn't the subject of a verb: "the fees gone, as I never …".
fn loose(tokens: &[Token<'_>]) -> bool {
    let end = tokens.iter().take_while(|t| t.tag.is_nominal());
    tokens.get(end.count()).is_some_and(|t| {
        matches!(t.tag, Tag::Participle | Tag::Gerund | Tag::Conjunction | Tag::To) || t.is(",")
    })
}

/// Whether what looks like a thing has a verb all the same: "our tenancy ends on the 21st", "the van we will
/// sell", "the next letter you see may be from them".
fn sentence(tokens: &[Token<'_>]) -> bool {
    const ENDS: [&str; 16] = [
        "ends", "starts", "begins", "runs", "expires", "finishes", "closes", "opens", "leaves", "goes",
        "comes", "arrives", "falls", "stops", "says", "say",
    ];
    let run = tokens.iter().take_while(|t| t.tag.is_nominal()).count();
    let ended = run > 1
        && tokens[run - 1].any(&ENDS)
        && tokens[run - 2].tag == Tag::Noun
        && (!tokens[run - 2].has(PLURAL) || tokens[run - 1].is("say"))
        && tokens.get(run).is_none_or(|t| t.tag != Tag::Participle);
    let will =
        tokens.windows(2).take(6).any(|w| w[0].any(&["i", "we"]) && w[1].any(&["will", "'ll", "shall"]));
    let main = (2..tokens.len()).any(|at| {
        tokens[at].any(&["may", "will", "might", "must"])
            && tokens[at].tag == Tag::Modal
            && (matches!(tokens[at - 1].tag, Tag::Noun | Tag::Name) || tokens[at - 1].any(&["it", "them"]))
            && tokens[..at].iter().any(|t| t.any(&["i", "we", "you"]))
            && !tokens[..at].iter().any(|t| t.mark() || matches!(t.tag, Tag::Wh | Tag::Subordinator))
    });
    let says = run > 1 && tokens.get(run).is_some_and(|t| t.any(&["say", "says", "said"]));
    let seems =
        run > 1 && tokens.get(run).is_some_and(|t| t.any(&["seemed", "felt", "came", "went", "happened"]));
    ended || will || main || says || seems
}

/// "Access restored on every account", "flag off": a thing with no article and what is to become of it.
fn unled<'a>(tokens: &[Token<'a>]) -> Option<Vec<Token<'a>>> {
    let mut all = tokens.to_vec();
    let first = &mut all[0];
    // "mould on the ceiling treated", "frosted glass by Friday"
    let treated = tokens[1].has(PARTICIPLE) && tokens[1].class & (NOUN | ADJECTIVE) == 0;
    let placed = first.has(MASS) && tokens[1].any(&["on", "in", "under", "behind"]);
    let thing = first.tag == Tag::Base && first.has(NOUN | MASS) && !first.has(REQUEST);
    let back = tokens[1].is("back")
        && first
            .any(&["deposit", "fee", "payment", "fare", "rent", "access", "postage", "service", "credit"]);
    let thing = thing || back;
    let verbal = thing && (placed || treated);
    if back {
        first.tag = Tag::Noun;
    }
    if verbal || first.tag == Tag::Name && first.has(NOUN) {
        first.tag = Tag::Noun;
    } else if matches!(first.tag, Tag::Past | Tag::Participle) && tokens[1].tag == Tag::Noun {
        first.tag = Tag::Adjective;
    }
    if !matches!(all[0].tag, Tag::Noun | Tag::Adjective)
        || all[0].has(BE | MODAL | WH | TITLE)
        || all[0].any(&["need", "want"])
    {
        return None;
    }
    let mut run = all.iter().take_while(|t| t.tag.is_nominal()).count();
    let head = run.checked_sub(1).map(|at| &all[at]).filter(|t| t.tag == Tag::Noun)?;
    if head.class & (PEOPLE | FAMILY | UNIT) != 0 {
        return None;
    }
    let staff = head.has(STAFF);
    let asked = staff
        || head.any(&["letter", "call", "visit", "reply", "answer", "apology", "receipt", "copy", "report"]);
    let many = head.has(PLURAL | MASS) || head.low.ends_with('s') && head.class & NOUN == 0;
    while tokens.get(run).is_some_and(|t| t.tag == Tag::Preposition && !t.any(&["before", "by", "in", "off"]))
    {
        let more = tokens[run + 1..].iter().take_while(|t| t.tag.is_nominal()).count();
        if more == 0 {
            break;
        }
        run += 1 + more;
    }
    let next = tokens.get(run)?;
    let ended = |at: usize| {
        tokens.get(at).is_none_or(|t| t.mark() || t.has(PREPOSITION | CONJUNCTION | ADVERB | ADJECTIVE))
    };
    let done = next.has(PARTICIPLE)
        && matches!(next.tag, Tag::Participle | Tag::Past)
        && (next.class & (INTRANSITIVE | SAY) == 0 || tokens.get(run + 1).is_some_and(|t| t.is("off")))
        && ended(run + 1)
        || !verbal && next.any(&["back", "off", "up", "out", "gone", "in"]) && ended(run + 1);
    let by = |t: &Token<'_>| t.any(&["by", "before", "this", "today", "tomorrow", "any"]);
    let done = done && !staff;
    let due = (many || asked && run < 3) && (by(next) || next.is(",") && tokens.get(run + 1).is_some_and(by));
    let told = tokens.iter().any(|t| t.any(&["i", "was", "were", "is", "are", "has", "had", "but", "so"]));
    if !done && (!due || told) {
        return None;
    }
    if !many {
        all[0].text = all[0].low.clone();
        all[0].glued = false;
        let vowel = all[0].low.starts_with(['a', 'e', 'i', 'o', 'u']);
        let article = if done {
            "the"
        } else if vowel {
            "an"
        } else {
            "a"
        };
        all.insert(0, Token::own(article, Tag::Determiner));
    }
    Some(all)
}

/// How they want to be reached, and no other way.
fn reached<'a>(tokens: &[Token<'a>]) -> Option<Vec<Token<'a>>> {
    const WAYS: [&str; 10] =
        ["e-mail", "email", "mail", "text", "phone", "post", "letter", "mobile", "telephone", "writing"];
    let by = |t: &Token<'_>| t.any(&["by", "in", "on", "via"]);
    let begun = fits("only by|in|on|via", tokens).or_else(|| fits("by|in|on|via", tokens)).unwrap_or(0);
    let rest = &tokens[begun..];
    let only = tokens[0].is("only") || rest.last()?.is("only");
    let plain = rest.len() < 8
        && rest
            .iter()
            .all(|t| t.any(&WAYS) || by(t) || t.any(&["or", "and", "only", "this", "my", "please"]));
    if !(only && plain && rest.first()?.any(&["this", "my"]) | rest[0].any(&WAYS)) {
        return None;
    }
    let mut all = vec![
        Token::own("to", Tag::To),
        Token::own("be", Tag::Auxiliary),
        Token { tag: Tag::Participle, ..Token::own("reached", Tag::Participle) },
    ];
    if begun == 0 {
        all.push(Token::own("by", Tag::Preposition));
    }
    let from = all.len();
    all.extend_from_slice(tokens);
    all[from].text = all[from].low.clone();
    all[from].glued = false;
    for token in &mut all[from..] {
        if token.any(&WAYS) {
            token.tag = Tag::Noun;
        }
    }
    Some(all)
}

/// Where the verb of an imperative stands: "cancel it", "send me the label".
fn imperative(tokens: &[Token<'_>]) -> Option<usize> {
    let first = &tokens[0];
    let next = &tokens[1];
    if !first.has(BASE) || first.quoted || first.has(FAMILY | PRONOUN | DETERMINER) {
        return None;
    }
    // "second half: can I swap", "refund of the £40"
    if first.is("second") || next.is("of") && first.has(NOUN) && !first.any(&["dispose", "think"]) {
        return None;
    }
    // "have you got the tags": a question
    if first.any(&["have", "do"]) && (next.is("you") || next.has(SUBJECT)) {
        return None;
    }
    // "mould on the ceiling treated"
    if first.has(MASS) && next.tag == Tag::Preposition && !first.has(REQUEST) {
        return None;
    }
    // "send stamped copies", "confirm total"
    let goods = first.has(REQUEST)
        && crate::lexicon::first(first.class) == BASE
        && matches!(next.tag, Tag::Noun | Tag::Adjective | Tag::Participle);
    let object = goods
        || matches!(
            next.tag,
            Tag::Pronoun
                | Tag::Determiner
                | Tag::Possessive
                | Tag::Number
                | Tag::Name
                | Tag::Preposition
                | Tag::Wh
        )
        || next.has(PARTICLE)
        || next.tag == Tag::Noun && next.has(PLURAL);
    // "write to me", "look again", "carry on with it"
    let plainly = first.has(REQUEST) || crate::lexicon::first(first.class) == BASE;
    let to = next.tag == Tag::To
        && tokens
            .get(2)
            .is_some_and(|t| t.has(OBJECT) || matches!(t.tag, Tag::Possessive | Tag::Determiner | Tag::Name));
    let how = next.tag == Tag::Adverb && first.has(REQUEST) && !next.is("not")
        || crate::lexicon::first(first.class) == BASE && (next.has(PARTICLE) || next.tag == Tag::Preposition);
    let object = object || plainly && (to || how);
    // a verb the list lacks must have what can only be its object
    let sure = matches!(next.tag, Tag::Determiner | Tag::Possessive)
        || next.has(OBJECT)
        || next.any(&[
            "it",
            "everybody",
            "everyone",
            "everything",
            "one",
            "half",
            "all",
            "both",
            "somebody",
            "someone",
        ]);
    let same = first.any(&["let", "put", "cut", "set", "read", "shut", "quit", "pay", "come", "post"]);
    let verb = first.has(REQUEST) && object && (first.tag != Tag::Past || same)
        || first.is("have") && !next.has(SUBJECT) && !next.is("you")
        || sure && (matches!(first.tag, Tag::Base | Tag::Noun | Tag::Adjective) || same)
        || first.any(&["come", "go"]) && next.is("and") && tokens.get(2).is_some_and(|t| t.has(BASE))
        || plainly && first.tag != Tag::Past && (to || how);
    verb.then_some(0)
}

/// "grateful for a new one, and, as we move soon, for a copy": the second "for" goes with the first.
fn forth<'a>(rest: &[Token<'a>]) -> Vec<Token<'a>> {
    let mut all = rest.to_vec();
    let mut at = 2;
    while at + 1 < all.len() {
        let led = all[at - 1].is("and")
            || all[at - 1].is(",") && all[..at].iter().rev().skip(1).take(12).any(|t| t.is("and"));
        if led && all[at].is("for") && !all[at].quoted && all[at + 1].any(&["a", "an", "some", "my", "our"]) {
            all.remove(at);
            all[at].glued = false;
        }
        at += 1;
    }
    all
}

/// What follows "I'd like".
fn wished<'a>(rest: &[Token<'a>], behind: &Behind<'a>) -> Result<Turned, Refusal> {
    let Some(first) = rest.first() else { return refuse(Reason::Fragment, "") };
    // "I'd like to think it isn't so" asks nothing
    if first.tag == Tag::To && rest.get(1).is_some_and(|t| t.any(&["think", "believe", "hope", "imagine"])) {
        return refuse(Reason::Opinion, &rest[1].text);
    }
    // "I'd like either a new one or a refund"
    if first.is("either") && rest.get(1).is_some_and(|t| t.has(DETERMINER | POSSESSIVE)) {
        let mut all = rest.to_vec();
        all[0].tag = Tag::Determiner;
        return done(Kind::Wish, &all, true, behind);
    }
    // "I want back the rental"
    if first.is("back") {
        return refuse(Reason::Fragment, "back");
    }
    let pointing = first.any(&["it", "that", "this"]);
    // "whoever trains your screeners to read this"
    let whoever = first.is("whoever")
        && rest.get(1).is_some_and(|t| matches!(t.tag, Tag::Third | Tag::Past) || t.has(FINITE))
        && rest.windows(2).skip(1).any(|w| w[0].tag == Tag::To && w[1].has(BASE))
        && !rest.iter().any(Token::mark);
    if whoever {
        return done(Kind::Wish, rest, true, behind);
    }
    if first.tag == Tag::Wh && !pointing
        || first.any(&["if", "how"])
        || matches!(first.tag, Tag::Past | Tag::Modal)
    {
        return refuse(Reason::LostReference, &first.text);
    }
    // "I would like us to be registered"
    if first.any(&["us", "me"]) && rest.get(1).is_some_and(|t| t.tag == Tag::To) {
        return done(Kind::Wish, &rest[1..], true, behind);
    }
    // "I want us moved somewhere dry"
    if first.any(&["us", "me"])
        && rest.get(1).is_some_and(|t| {
            t.has(PARTICIPLE) && !t.any(&["back", "left"]) && matches!(t.tag, Tag::Participle | Tag::Past)
        })
    {
        let mut all = vec![Token::own("to", Tag::To), Token::own("be", Tag::Auxiliary)];
        all.push(Token { tag: Tag::Participle, ..rest[1].clone() });
        all.extend_from_slice(&rest[2..]);
        return done(Kind::Wish, &all, true, behind);
    }
    // "I'd like to put us down for it"
    if first.tag == Tag::To && rest.get(2).is_some_and(|t| t.has(OBJECT) && !t.is("them")) {
        return refuse(Reason::Shape, &rest[2].text);
    }
    done(Kind::Wish, rest, true, behind)
}

/// What follows "please" or "could you".
fn request<'a>(rest: &[Token<'a>], behind: &Behind<'a>) -> Result<Turned, Refusal> {
    let mut rest = rest.to_vec();
    while rest.len() > 1 && rest[0].any(&["please", "kindly", "just", ",", "at", "least", "ever"]) {
        rest.remove(0);
    }
    let negative = rest.first().is_some_and(|t| t.is("not"));
    if negative {
        rest.remove(0);
    }
    if rest.is_empty() {
        return refuse(Reason::Fragment, "");
    }
    // "would you either change it or take it back"
    if !negative && rest[0].is("either") && rest.get(1).is_some_and(|t| t.has(BASE)) {
        rest[1].tag = Tag::Base;
        return done(Kind::Request { negative }, &rest, false, behind);
    }
    let adverb = usize::from(rest.first().is_some_and(|t| t.tag == Tag::Adverb) && rest.len() > 1);
    match rest.get_mut(adverb) {
        Some(verb) if verb.has(BASE) || verb.any(&["be", "have", "do"]) => {
            if verb.tag != Tag::Auxiliary {
                verb.tag = Tag::Base;
            }
        }
        _ => return refuse(Reason::Fragment, rest.first().map_or("", |t| &t.text)),
    }
    done(Kind::Request { negative }, &rest, false, behind)
}

/// A statement of what they want.
fn plain<'a>(tokens: &[Token<'a>], behind: &Behind<'a>) -> Result<Turned, Refusal> {
    let subject = &tokens[0];
    // "somebody ring me", "someone other than Gav to ring me"
    if subject.any(&["somebody", "someone"]) {
        if let Some(to) =
            tokens.iter().take(6).position(|t| t.tag == Tag::To).filter(|_| finites(&tokens[..2]).is_empty())
        {
            return if to > 0 { done(Kind::Wish, tokens, true, behind) } else { refuse(Reason::Shape, "to") };
        }
        let verb =
            tokens[1..].iter().position(|t| !t.any(&["please", "just", "go", "and"])).map_or(1, |n| n + 1);
        let sure = |t: &Token<'_>| {
            t.has(REQUEST)
                || tokens.get(verb + 1).is_some_and(|n| matches!(n.tag, Tag::Determiner | Tag::Possessive))
        };
        let Some(found) = tokens.get(verb).filter(|t| t.has(BASE) && sure(t) && !t.has(FINITE)) else {
            return refuse(Reason::Shape, &subject.text);
        };
        let mut all =
            vec![subject.clone(), Token::own("to", Tag::To), Token { tag: Tag::Base, ..found.clone() }];
        all.extend_from_slice(&tokens[verb + 1..]);
        return done(Kind::Wish, &all, true, behind);
    }
    if subject.any(&["it", "that", "this", "you", "he", "she", "they"]) {
        return refuse(Reason::LostReference, &subject.text);
    }
    statement::turn(tokens.to_vec(), None, behind)
}

/// "I'd be grateful if the bag could be found": "the bag to be found".
fn passive<'a>(rest: &[Token<'a>], behind: &Behind<'a>) -> Result<Turned, Refusal> {
    let modal = rest.iter().position(|t| t.any(&["could", "might", "would", "can"]) && !t.quoted);
    let Some(at) = modal.filter(|&at| at > 0 && at < 7) else { return refuse(Reason::Shape, "if") };
    let verb = rest.get(at + 1).is_some_and(|t| t.is("be") || t.has(BASE));
    let named = matches!(rest[0].tag, Tag::Determiner | Tag::Possessive)
        || rest[0].any(&["somebody", "someone", "it", "that", "this", "these", "those"]);
    if !verb || !named || rest[..at].iter().any(|t| t.tag == Tag::Wh) {
        return refuse(Reason::Shape, "if");
    }
    let mut all = rest.to_vec();
    all[at] = Token::own("to", Tag::To);
    if all[at + 1].tag != Tag::Auxiliary {
        all[at + 1].tag = Tag::Base;
    }
    // ", and if a person could ring me"
    while let Some(next) =
        (at + 2..all.len().saturating_sub(3)).find(|&n| all[n].is("if") && all[n - 1].is("and"))
    {
        let verb =
            (next + 2..all.len().min(next + 7)).find(|&n| all[n].any(&["could", "might", "would", "can"]));
        let Some(verb) = verb.filter(|&v| all.get(v + 1).is_some_and(|t| t.has(BASE) || t.is("be"))) else {
            break;
        };
        if all[next + 1].any(&["i", "we", "you"]) {
            break;
        }
        all[verb] = Token::own("to", Tag::To);
        if all[verb + 1].tag != Tag::Auxiliary {
            all[verb + 1].tag = Tag::Base;
        }
        all.remove(next);
    }
    done(Kind::Wish, &all, true, behind)
}

/// "I'd rather you wrote".
fn whole<'a>(tokens: &[Token<'a>], behind: &Behind<'a>) -> Result<Turned, Refusal> {
    let mut all = tokens.to_vec();
    while all.last().is_some_and(|t| t.is(",") || t.any(&["please", "thanks", "and"])) {
        all.pop();
    }
    behind.resolve(&mut all)?;
    shape::phrase(&all)?;
    if all.iter().any(|t| t.any(&["yourself", "yourselves"])) || all.iter().filter(|t| t.is(",")).count() > 3
    {
        return refuse(Reason::Shape, ",");
    }
    if let Some(at) = question::splice(&all) {
        if question::loses(&all[at..]) {
            return refuse(Reason::Shape, ",");
        }
        all.truncate(at);
    }
    let hollow = fits("i|we ?do|also|just|now|really|still need|want", &all)
        .is_some_and(|n| all.get(n).is_none_or(|t| t.tag == Tag::Preposition));
    if all.len() < 4 || person::doubtful(&all) || hollow {
        return refuse(Reason::Shape, "");
    }
    statement::lower_first(&mut all);
    person::turn(&mut all);
    Ok(Turned { kind: Kind::Statement, text: text(&all), condition: None, leans: false })
}

/// The bare content, gated and turned. After "you'd like", *you* before a "to" is us: "you to call me".
fn done<'a>(kind: Kind, rest: &[Token<'a>], wish: bool, behind: &Behind<'a>) -> Result<Turned, Refusal> {
    let negative = matches!(kind, Kind::Request { negative: true });
    let mut rest = rest.to_vec();
    if kind == (Kind::Request { negative: false }) {
        deeds(&mut rest);
    }
    // "it held at the old price"
    if wish
        && rest.len() > 1
        && rest[0].any(&["it", "them", "this", "that"])
        && rest[1].tag == Tag::Past
        && rest[1].has(PARTICIPLE)
    {
        rest[1].tag = Tag::Participle;
    }
    // "her brought to our own gate"
    if wish
        && rest.len() > 2
        && rest[0].any(&["her", "him"])
        && rest[1].has(PARTICIPLE)
        && rest[1].tag != Tag::Noun
        && rest[1].class & (NOUN | ADJECTIVE) == 0
        && (rest[2].has(PREPOSITION | PARTICLE) || rest[2].any(&["to", "back", "home"]))
    {
        rest[0].tag = Tag::Pronoun;
        rest[1].tag = Tag::Participle;
    }
    // "by you, yourself", "by yourself"
    while let Some(at) = rest.iter().position(|t| t.any(&["yourself", "yourselves"]) && !t.quoted) {
        let from = if at > 1 && rest[at - 1].is(",") {
            at - 1
        } else if at > 1 && rest[at - 1].is("by") {
            at - 1 - usize::from(rest[at - 2].is(","))
        } else {
            break;
        };
        rest.drain(from..=at);
        if rest.get(from).is_some_and(|t| t.is(",")) && from + 1 == rest.len() {
            rest.pop();
        }
    }
    let since = |t: &[Token<'_>]| matches!(t, [.., from, then] if then.is("then") && from.has(PREPOSITION));
    while rest.last().is_some_and(|t| t.is(",") || t.any(&["please", "thanks", "and", "then"]))
        && !since(&rest)
    {
        rest.pop();
    }
    let alone = negative && rest.first().is_some_and(|t| t.has(BASE));
    if rest.is_empty() || rest.iter().filter(|t| !t.mark()).count() < 2 && !alone {
        return refuse(Reason::Fragment, "");
    }
    // "telephone me yourself": "telephone you ourselves"
    let mut own = false;
    for at in 1..rest.len() {
        let led = rest[at - 1].tag == Tag::Preposition || rest[at - 1].any(&[",", "and", "about"]);
        if !wish && rest[at].any(&["yourself", "yourselves"]) && !rest[at].quoted && !led {
            own = true;
        }
    }
    if rest.iter().any(|t| t.is("following"))
        || !own
            && rest.iter().any(|t| t.any(&["yourself", "yourselves"]))
            && (!wish || rest.windows(2).any(|w| w[0].is(",") && w[1].any(&["by", "yourself"])))
    {
        return refuse(Reason::Unclear, "yourself");
    }
    // "and I go to another one": what they'll do is no part of what we are to do
    if !wish
        && let Some(at) = (2..rest.len().saturating_sub(2)).find(|&at| {
            rest[at].any(&["and"])
                && rest[at + 1].any(&["i", "we"])
                && (rest[at + 2].any(&["will", "'ll", "shall"]) || rest[at + 2].tag == Tag::Base)
        })
    {
        let wishes =
            ["want", "need", "like", "ask", "expect", "require", "demand", "hope", "prefer", "insist"];
        if rest[at..].iter().any(|t| t.digit() || t.any(&wishes)) {
            return refuse(Reason::Shape, &rest[at + 1].text);
        }
        rest.truncate(at);
        while rest.last().is_some_and(|t| t.is(",")) {
            rest.pop();
        }
    }
    let list = |at: usize| {
        // "£50 back, the plan ended, his name off": items, not sentences
        matches!(kind, Kind::Wish)
            && rest[at + 1..]
                .iter()
                .find(|t| t.tag == Tag::Past || t.mark())
                .is_some_and(|t| t.has(PARTICIPLE))
            && !rest[at + 1].has(SUBJECT)
    };
    if let Some(at) = question::splice(&rest).filter(|&at| !list(at)) {
        // "a new door, I leave to him": the thing belongs to what follows
        let short = wish && rest[at..].iter().filter(|t| !t.mark()).count() < 5 && rest[at + 1].has(SUBJECT);
        // "the £60, and the two rooms, are to be returned": the verb of it all
        let verb = rest[at + 1].has(BE | MODAL)
            && rest.get(at + 2).is_some_and(|t| t.any(&["to", "be"]) || t.has(PARTICIPLE) && !t.has(PRONOUN));
        // ", and if you say it's mine, I'll live with it": what then goes with it
        let from = rest[..at].iter().rposition(|t| t.is(",") && !t.quoted).unwrap_or(0);
        let supposed = rest[from..at]
            .windows(2)
            .any(|w| w[0].any(&["and", "but"]) && w[1].any(&["if", "unless", "when"]))
            && !rest[from..at].iter().any(|t| t.is("then"));
        if short || verb || supposed || question::loses(&rest[at..]) || opening(&rest[at + 1..]).is_some() {
            return refuse(Reason::Shape, ",");
        }
        rest.truncate(at);
    }
    // "the £60 put back for mum, please ring me": a request of its own
    let begs = |w: &[Token<'_>]| w[0].is(",") && w[1].is("please") && w[2].has(BASE) && !w[2].has(FINITE);
    if wish && rest.windows(3).any(begs) {
        return refuse(Reason::Shape, "please");
    }
    rest.retain(|t| t.quoted || !t.is("please"));
    // "ring me, not Karen, you"
    if rest.len() > 2 && rest[rest.len() - 1].is("you") && rest[rest.len() - 2].is(",") {
        return refuse(Reason::Unclear, "you");
    }
    // "explain me how", "return me the £20"
    if let Some(at) = rest.iter().position(|t| t.any(&["explain", "confirm", "return"]) && !t.quoted)
        && rest.get(at + 1).is_some_and(|t| t.any(&["me", "us"]))
    {
        if rest[at].is("return") {
            rest[at].say("give");
            rest.insert(at + 2, Token::own("back", Tag::Adverb));
        } else {
            rest.insert(at + 1, Token::own("to", Tag::Preposition));
        }
    }
    if let Some(at) = (1..rest.len()).find(|&at| {
        at + 1 < rest.len()
            && rest[at].tag == Tag::Modal
            && rest[at - 1].tag == Tag::Conjunction
            && (rest[at + 1].has(SUBJECT) || rest[at + 1].any(&["you", "it", "there", "somebody", "someone"]))
            || rest[at].tag == Tag::There
                && matches!(rest[at - 1].tag, Tag::Noun | Tag::Name)
                && !rest[..at].iter().rev().take(5).any(|t| t.any(&["how", "what", "whatever", "which"]))
            || rest[at].any(&["whoever", "dont", "don't"])
                && rest[at - 1].any(&["and", "but", ","])
                // "with you and whoever runs it"
                && !(rest[at].is("whoever")
                    && at > 2
                    && rest[at - 1].is("and")
                    && rest[at - 3].any(&["with", "to", "from", "by", "for", "between"]))
            || rest[at].any(&["will", "'ll", "shall", "won't"])
                && rest[at - 1].any(&["i", "we"])
                && at > 1
                && rest[at - 2].tag == Tag::Conjunction
            || rest[at].any(&["'d", "would"]) && rest[at - 1].any(&["i", "we"]) && at > 1 && rest[at - 2].is("then")
            // "tell me right now is it coming"
            || rest[at].any(&["is", "are", "do", "does", "did", "have", "has"])
                && rest[at - 1].any(&["now", "today", "honestly", "straight", "plainly"])
                && rest[at + 1..].first().is_some_and(|t| t.any(&["it", "you", "i", "we", "they", "there"]))
            || rest[at].is("don't") && rest[..at].iter().any(|t| t.is("whoever"))
    }) {
        return refuse(Reason::Shape, &rest[at].text);
    }
    if rest.len() < 2 && !alone {
        return refuse(Reason::Fragment, "");
    }
    if matches!(kind, Kind::Wish | Kind::Request { negative: true })
        && rest.iter().enumerate().any(|(at, t)| {
            at > 0
                && t.is(",")
                && rest.get(at + 1).is_some_and(|n| {
                    let instead = n.is("not")
                        && rest.get(at + 2).is_some_and(|t| {
                            t.has(DETERMINER | POSSESSIVE | OBJECT | PREPOSITION)
                                || t.any(&["just", "only"])
                                || matches!(t.tag, Tag::Noun | Tag::Participle | Tag::Name)
                                || t.quoted
                                || t.tag == Tag::Past && t.has(PARTICIPLE)
                                || t.is("you") && rest.len() == at + 3
                        });
                    n.tag == Tag::Base
                        || n.any(&["don't", "do", "not"]) && !instead
                        || negative && n.has(BASE) && n.has(REQUEST)
                })
        })
    {
        return refuse(Reason::Shape, ",");
    }
    // "don't write to it, and tell me": the second isn't negative
    if negative
        && rest.windows(2).any(|w| {
            w[0].tag == Tag::Conjunction
                && (w[1].tag == Tag::Base || w[1].has(BASE) && w[1].has(REQUEST))
                && w[0].any(&["and", "but"])
        })
    {
        return refuse(Reason::Shape, "and");
    }
    // "confirm the credit, send the report": an "and" before the last
    if !wish
        && let Some(at) = (2..rest.len().saturating_sub(2)).rev().find(|&at| {
            rest[at].is(",")
                && rest[at + 1].has(BASE)
                && rest[at + 1].has(REQUEST)
                && (rest[at + 2].has(DETERMINER | POSSESSIVE | OBJECT | PARTICLE) || rest[at + 2].digit())
        })
        && !rest[at..].iter().any(|t| t.any(&["and", "or"]))
        && !rest[..at]
            .windows(2)
            .any(|w| w[0].any(&["and", "or"]) && w[1].any(&["if", "when", "unless", "should"]))
    {
        rest.insert(at + 1, Token::own("and", Tag::Conjunction));
    }
    // "refund full amount"
    if let Some(at) = (1..rest.len()).find(|&at| {
        rest[at].is("full")
            && matches!(rest[at - 1].tag, Tag::Base | Tag::Preposition | Tag::Conjunction)
            && rest
                .get(at + 1)
                .is_some_and(|t| t.any(&["amount", "refund", "sum", "price", "fee", "payment"]))
    }) {
        let word = if rest[at + 1].any(&["amount", "sum", "price", "fee"]) { "the" } else { "a" };
        rest.insert(at, Token::own(word, Tag::Determiner));
    }
    if wish {
        doing(&mut rest);
    }
    if wish {
        again(&mut rest);
    }
    articles(&mut rest, wish);
    told_whether(&mut rest);
    if rest.windows(2).any(|w| w[0].is("because") && w[1].any(&["if", "when"]) && !w[0].quoted) {
        return refuse(Reason::Shape, "because");
    }
    upright(&mut rest)?;
    behind.resolve(&mut rest)?;
    asked::want(kind, &rest)?;
    stray::wish(kind, &rest)?;
    shape::phrase(&rest)?;
    shape::subordinate(&rest)?;
    if person::doubtful(&rest) {
        return refuse(Reason::Unclear, "you");
    }
    rest[0].glued = false;
    statement::lower_first(&mut rest);
    person::turn(&mut rest);
    Ok(Turned { kind, text: text(&rest), condition: None, leans: false })
}

/// "sign it, scan it, send it": an "and" before the last of deeds with nothing but commas between them.
fn deeds(rest: &mut Vec<Token<'_>>) {
    while rest.last().is_some_and(|t| t.any(&[",", "please"]) && !t.quoted) {
        rest.pop();
    }
    let commas: Vec<usize> = (0..rest.len()).filter(|&at| rest[at].is(",") && !rest[at].quoted).collect();
    let Some(&last) = commas.last() else { return };
    let deed = |at: usize| {
        matches!(&rest[at..], [verb, object, ..] if verb.has(BASE)
            && verb.class & (FINITE | PRONOUN | DETERMINER | PREPOSITION | FAMILY) == 0
            && !verb.capital()
            && (object.has(OBJECT | POSSESSIVE | DETERMINER) && !object.has(SUBJECT) || object.is("it") || object.digit() || object.has(NUMBER)))
    };
    let joined = rest.iter().any(|t| t.any(&["and", "or", "but", "then"]) && !t.quoted);
    if commas.len() < 2 || joined || !commas.iter().all(|&at| deed(at + 1)) {
        return;
    }
    for at in commas {
        rest[at + 1].tag = Tag::Base;
    }
    rest.insert(last + 1, Token::own("and", Tag::Conjunction));
}

/// "you to look at it, and you to write": the second "you" goes; "a copy sent me": "sent to me".
fn again(rest: &mut Vec<Token<'_>>) {
    if rest.len() > 1 && rest[0].is("you") && rest[1].is("to") {
        while let Some(at) = (3..rest.len().saturating_sub(2))
            .find(|&at| rest[at].is("you") && rest[at - 1].is("and") && rest[at + 1].is("to"))
        {
            rest.remove(at);
        }
    }
    let sent = (1..rest.len().saturating_sub(1)).find(|&at| {
        rest[at].any(&["sent", "posted", "emailed", "e-mailed"])
            && rest[at - 1].tag == Tag::Noun
            && rest[at + 1].any(&["me", "us"])
            && rest.get(at + 2).is_none_or(|t| t.mark() || t.any(&["by", "and", "before", "in", "on"]))
    });
    if let Some(at) = sent {
        rest.insert(at + 1, Token::own("to", Tag::Preposition));
    }
}

/// "I want the bill doing again": "the bill done again".
fn doing(rest: &mut [Token<'_>]) {
    let run = rest.iter().take_while(|t| t.tag.is_nominal()).count();
    let thing = run > 1
        && rest[0].has(DETERMINER | POSSESSIVE)
        && rest[run - 1].class & (FAMILY | STAFF | PEOPLE | TITLE) == 0;
    let Some(verb) = rest.get(run).filter(|t| thing && t.has(GERUND) && !t.quoted) else { return };
    let ends = rest.get(run + 1).is_none_or(|t| {
        t.mark()
            || t.any(&[
                "out", "off", "back", "again", "up", "by", "before", "properly", "right", "and", "down",
                "today", "tomorrow",
            ])
    });
    let Some(done) = hints::done(&verb.low).filter(|_| ends) else { return };
    let asked = verb.low.strip_suffix("ing").is_some_and(|stem| {
        let known = |w: &str| crate::lexicon::classes(w) & REQUEST != 0;
        known(stem) || known(&format!("{stem}e")) || stem.len() > 2 && known(&stem[..stem.len() - 1])
    });
    if asked {
        rest[run] = Token { tag: Tag::Participle, ..Token::new(done, false) };
    }
}

/// "I would like refund", "send me reply": the article a learner leaves out.
fn articles(rest: &mut Vec<Token<'_>>, wish: bool) {
    const THINGS: [(&str, &str); 8] = [
        ("refund", "a"),
        ("replacement", "a"),
        ("reply", "a"),
        ("explanation", "an"),
        ("answer", "an"),
        ("apology", "an"),
        ("receipt", "a"),
        ("discount", "a"),
    ];
    let found = (0..rest.len()).find_map(|at| {
        let led = match at {
            0 => wish,
            _ => {
                let verb = if rest[at - 1].any(&["me", "us"]) { at.checked_sub(2) } else { Some(at - 1) };
                verb.is_some_and(|v| {
                    rest[v].any(&["give", "send", "issue", "provide", "want", "get", "arrange"])
                })
            }
        };
        let whole =
            rest.get(at + 1).is_none_or(|t| t.mark() || t.any(&["for", "of", "and", "to", "by", "or", "in"]));
        let word = THINGS.iter().find(|(thing, _)| rest[at].is(thing)).map(|(_, word)| *word)?;
        (led && whole && !rest[at].quoted).then_some((at, word))
    });
    if let Some((at, word)) = found {
        rest[at].text = rest[at].low.clone();
        rest[at].tag = Tag::Noun;
        rest[at].glued = false;
        rest.insert(at, Token::own(word, Tag::Determiner));
    }
}

/// "tell me is Terry all right": "tell me whether Terry is all right".
fn told_whether(rest: &mut Vec<Token<'_>>) {
    let Some(at) = (1..rest.len().saturating_sub(2)).find(|&at| {
        let adverb = usize::from(rest[at].any(&["honestly", "now", "straight", "truthfully"]) && at > 1);
        let adverb = adverb + usize::from(adverb > 0 && at > 2 && rest[at - 1].is("right"));
        rest[at + 1..].first().is_some_and(|t| {
            t.any(&["is", "are", "was", "were", "do", "did", "will", "can", "should", "could", "may", "has"])
        }) && (rest[at - adverb].any(&["me", "us"])
                && rest[at - adverb - usize::from(at > adverb)].any(&["tell", "say"])
                // "to know is it a bad batch"
                || adverb == 0 && rest[at].is("know") && rest[at - 1].tag == Tag::To)
    }) else {
        return;
    };
    let verb = at + 1;
    let pronoun = rest[verb + 1].any(&["i", "we", "you", "it", "they", "he", "she", "there"]);
    let subject = if pronoun || rest[verb].has(BE) && rest[verb + 1].tag == Tag::Name {
        1
    } else if rest[verb + 1].any(&["the", "my", "our"])
        && rest[verb + 2..].first().is_some_and(|t| t.tag == Tag::Noun)
    {
        2
    } else {
        return;
    };
    let Some(next) = rest.get(verb + 1 + subject) else { return };
    // the subject goes no further than that
    if subject == 2 && matches!(next.tag, Tag::Noun | Tag::Preposition)
        || rest[verb].any(&["did", "was", "were"])
    {
        return;
    }
    rest[verb..=verb + subject].rotate_left(1);
    if rest[verb + subject].is("do") {
        if rest[verb].any(&["he", "she", "it"]) || subject == 2 {
            return;
        }
        rest.remove(verb + subject);
        if let Some(main) = rest.get_mut(verb + subject) {
            main.tag = Tag::Base;
        }
    }
    if rest[verb + subject].has(MODAL)
        && let Some(main) = rest.get_mut(verb + subject + 1).filter(|t| t.has(BASE))
    {
        main.tag = Tag::Base;
    }
    rest.insert(verb, Token::own("whether", Tag::Subordinator));
}

/// "tell me when will it come": the subject before its verb.
fn upright(tokens: &mut [Token<'_>]) -> Result<(), Refusal> {
    for at in 1..tokens.len().saturating_sub(2) {
        let asks = tokens[at].any(&["when", "why", "how", "where", "what"]) && !tokens[at].quoted;
        let verb = tokens[at + 1].has(FINITE) && matches!(tokens[at + 1].tag, Tag::Modal | Tag::Auxiliary);
        if !(asks && verb) {
            continue;
        }
        let subject = if tokens[at + 2].any(&["i", "we", "you", "it", "they", "he", "she"]) {
            1
        } else if matches!(tokens[at + 2].tag, Tag::Determiner | Tag::Possessive) {
            let nouns = tokens[at + 2..].iter().take_while(|t| {
                matches!(t.tag, Tag::Determiner | Tag::Possessive | Tag::Adjective | Tag::Noun)
            });
            nouns.count()
        } else {
            0
        };
        if subject == 0 {
            continue;
        }
        let main = tokens.get(at + 2 + subject).is_some_and(|t| t.class & VERBAL != 0 || t.has(BE));
        if tokens[at + 1].has(DO) || tokens[at + 1].glued || subject > 1 && !main {
            return refuse(Reason::Shape, &tokens[at + 1].text);
        }
        if tokens[at + 1].has(MODAL)
            && let Some(main) = tokens.get_mut(at + 2 + subject).filter(|t| t.has(BASE))
        {
            main.tag = Tag::Base;
        }
        tokens[at + 1..at + 2 + subject].rotate_left(1);
    }
    Ok(())
}
