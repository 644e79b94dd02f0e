//! Questions told back: "are you open?" becomes "whether we are open".

use crate::behind::Behind;
use crate::class::*;
use crate::forms::{past, third};
use crate::inquiry::{conditional, embedded, several, straight};
use crate::opening::fits;
use crate::tag::{finite, finites};
use crate::token::{Tag, Token, text};
use crate::{Kind, Reason, Refusal, Turned, clean, person, refuse, shape};
use std::borrow::Cow;

/// What somebody asks whether they are to do.
const DONE: [&str; 24] = [
    "put", "send", "bring", "leave", "ring", "call", "wait", "post", "take", "return", "throw", "sign",
    "write", "go", "tell", "ask", "contact", "give", "show", "drop", "open", "close", "cancel", "reply",
];

/// Turns a question.
pub(crate) fn turn<'a>(tokens: &[Token<'a>], behind: &Behind<'a>) -> Result<Turned, Refusal> {
    // "any chance you could change it": "is there" goes without saying
    if tokens.first().is_some_and(|t| t.is("any"))
        && tokens.get(1).is_some_and(|t| t.any(&["chance", "news", "idea", "way", "possibility"]))
    {
        let mut all = vec![Token::own("is", Tag::Auxiliary), Token::own("there", Tag::There)];
        all.extend_from_slice(tokens);
        all[2].text = all[2].low.clone();
        all[2].glued = false;
        return turn(&all, behind);
    }
    // "lastly are you open", "may I ask when it comes"
    if tokens.len() > 3
        && tokens[0].any(&[
            "lastly", "finally", "first", "second", "third", "fourth", "fifth", "also", "secondly",
            "thirdly", "firstly",
        ])
        && (begins(&tokens[1..]) || tokens[1].has(FINITE))
        || tokens.len() > 3
            && tokens[0].any(&["hi", "hello", "hey", "um", "now", "ok", "right", "so"])
            && (begins(&tokens[1..]) || tokens[1].has(FINITE))
    {
        return turn(&tokens[1..], behind);
    }
    // "the third is do you take them back?"
    if let Some(n) = fits(
        "and|but ?the|my first|second|third|other|last|next|final|only ?one|question|thing is|'s",
        tokens,
    )
    .or_else(|| {
        fits("the|my first|second|third|other|last|next|final|only ?one|question|thing is|'s ?:", tokens)
    }) && begins(&tokens[n..])
    {
        return turn(&tokens[n..], behind);
    }
    // "please advise: must the money arrive by the 15th"
    if let Some(colon) = tokens.iter().take(7).position(|t| t.is(":") && !t.quoted)
        && tokens[..colon]
            .iter()
            .any(|t| t.any(&["advise", "question", "questions", "query", "ask", "wondering", "wonder"]))
        && begins(&tokens[colon + 1..])
    {
        return turn(&tokens[colon + 1..], behind);
    }
    // "roughly how many days is it cold"
    if tokens.len() > 4
        && tokens[0].any(&["roughly", "approximately"])
        && tokens[1].any(&["how", "what", "when"])
    {
        let turned = turn(&tokens[1..], behind)?;
        let text = format!("{} {}", tokens[0].low, turned.text);
        return Ok(Turned { text, ..turned });
    }
    // "I just wondered is it meant to"
    let asks = [
        "i|we ?was|were ?just|only|also wondered|wonder|wondering",
        "i|we would|'d ?just|also like to ask|know ?you",
    ];
    if let Some(n) = asks.iter().find_map(|pattern| fits(pattern, tokens))
        && begins(&tokens[n..])
        && tokens[n].has(FINITE)
    {
        return turn(&tokens[n..], behind);
    }
    // "perhaps there's a way of doing it by post?"
    if tokens.len() > 4
        && tokens[0].any(&["perhaps", "maybe", "possibly"])
        && (tokens[1].tag == Tag::There
            || tokens[1].any(&["there", "it", "somebody", "someone", "you", "we", "i"])
            || tokens[1].has(DETERMINER | POSSESSIVE))
        && finites(tokens).first().is_some_and(|&verb| verb < 8)
    {
        let mut all = tokens.to_vec();
        all[0] = Token::own("whether", Tag::Subordinator);
        return straight(&all, behind);
    }
    if let Some(n) = fits("may|can|could|might i|we ?just|also|please ask ?you", tokens)
        && tokens.get(n).is_some_and(|t| t.tag == Tag::Wh || t.any(&["whether", "if", "when", "how"]))
    {
        return straight(&tokens[n..], behind);
    }
    // "ought I to oil anything"
    if let [ought, own, to, rest @ ..] = tokens
        && ought.is("ought")
        && own.any(&["i", "we", "it", "they"])
        && to.is("to")
        && rest.first().is_some_and(|t| t.has(BASE) || t.is("be"))
    {
        let mut all = vec![Token::own("whether", Tag::Subordinator), own.clone()];
        all.push(Token::own("ought", Tag::Modal));
        all.push(to.clone());
        all.extend_from_slice(rest);
        return straight(&all, behind);
    }
    // "what I must do with it?": a learner's order is that of the clause already
    if tokens.len() > 4
        && tokens[0].any(&["what", "how", "when", "where", "why"])
        && tokens[1].any(&["i", "we"])
        && tokens[2].any(&["must", "can", "should", "could"])
        && tokens[3].has(BASE)
        && !tokens.iter().any(|t| t.is(","))
    {
        return straight(tokens, behind);
    }
    // "when comes the second payment": a learner's order
    if tokens.len() > 3
        && tokens[0].any(&["when", "where"])
        && tokens[1].any(&["comes", "starts", "begins", "ends", "opens", "closes", "goes"])
        && tokens[2].has(DETERMINER | POSSESSIVE)
    {
        let run = tokens[2..].iter().take_while(|t| t.tag.is_nominal()).count();
        if run > 1 && tokens[2 + run..].iter().all(|t| t.is("?")) {
            let mut all = tokens[..2 + run].to_vec();
            all[0].text = all[0].low.clone();
            all[1].tag = Tag::Third;
            all[1..].rotate_left(1);
            return straight(&all, behind);
        }
    }
    // "when the insurance pays, I'll come again" asks nothing
    let asked = tokens.iter().any(|t| t.is("?"));
    if !asked && tokens[0].is("when") && tokens.get(1).is_some_and(|t| !t.has(FINITE)) {
        return refuse(Reason::Shape, "when");
    }
    // "if there's a fee, can I pay it in June": the condition goes to the end
    if tokens.first().is_some_and(|t| t.is("if")) {
        return conditional(tokens, behind);
    }
    if let Some(plain) = supposed(tokens) {
        return straight(&plain, behind);
    }
    if let Some(whole) = named_first(tokens)
        && let Ok(turned) = turn(&whole, behind)
    {
        return Ok(turned);
    }
    // "the page says so, is there a number behind it": the question alone
    if let Some(at) = tokens.iter().position(|t| t.is(",") && !t.quoted)
        && !begins(tokens)
        && begins(&tokens[at + 1..])
        && !tokens[..at].iter().any(Token::digit)
        && !tokens[..at].iter().any(|t| t.any(&["if", "unless"]))
        && !tokens[0].any(&["when", "should"])
        && !(tokens[0].has(BASE) && !tokens[0].any(&["tell", "say", "please"]) && tokens[0].has(REQUEST))
        // "one named person with a direct number, who rings me"
        && !(tokens[at + 1].any(&["who", "which"])
            && tokens[0].any(&["a", "an", "one", "any", "some", "somebody", "someone"]))
    {
        return turn(&tokens[at + 1..], behind);
    }
    if let Some(all) = several(tokens, behind) {
        return Ok(all);
    }
    // "does your guarantee, which is on the box, cover it"
    let aside = |at: usize| tokens[at].is(",") && tokens[at + 1].any(&["which", "who"]);
    if tokens[0].has(FINITE)
        && let Some(from) = (2..tokens.len().saturating_sub(4).min(9)).find(|&at| aside(at))
        && let Some(to) = (from + 3..tokens.len().min(from + 12)).find(|&at| tokens[at].is(","))
        && !tokens[to + 1..].iter().any(|t| t.is(","))
    {
        let whole = [&tokens[..from], &tokens[to + 1..]].concat();
        if let Ok(turned) = turn(&whole, behind) {
            return Ok(turned);
        }
    }
    if let Some(at) = embedded(tokens) {
        return straight(&tokens[at..], behind);
    }
    // What stands after the question mark is no part of it.
    let end = tokens.iter().position(|t| t.any(&["?", "."]) && !t.quoted).unwrap_or(tokens.len());
    if tokens[end..].iter().find(|t| !t.mark()).is_some_and(|t| t.any(&["because", "and", "or", "so", "but"]))
    {
        return refuse(Reason::Shape, "?");
    }
    // a further question is no remark
    let more = tokens.get(end + 1..).unwrap_or_default();
    if (0..more.len()).any(|at| {
        (at == 0 || more[at - 1].any(&[",", "."]))
            && begins(&more[at..])
            && (more[at].has(FINITE) || more[at..].iter().any(|t| t.is("?")))
    }) {
        return refuse(Reason::Shape, "?");
    }
    let mut tokens = tokens[..end].to_vec();
    // "and I will send the stamps" is no part of the question
    if let Some(at) = (3..tokens.len().saturating_sub(1)).find(|&at| {
        tokens[at].is("and")
            && tokens[at + 1].any(&["i", "we"])
            && tokens.get(at + 2).is_some_and(|t| t.any(&["will", "'ll"]))
    }) {
        tokens.truncate(at);
    }
    clean::ending(&mut tokens);
    if tokens.len() < 2 {
        return refuse(Reason::Fragment, "");
    }
    for token in &tokens {
        if token.any(&["bot", "robot", "hell", "earth", "whose"]) && !token.quoted {
            return refuse(Reason::NotWorth, &token.text);
        }
        if token.tag == Tag::Mark && token.is(":") {
            return refuse(Reason::Shape, ":");
        }
    }
    if tokens.len() < 5
        && tokens.iter().any(|t| t.is("do"))
        && tokens.last().is_some_and(|t| t.any(&["do", "done"]))
        || tokens.windows(2).any(|w| w[1].is("done") && (w[0].is("i") || w[0].glued && w[0].is("'ve")))
    {
        return refuse(Reason::NotWorth, "do");
    }
    if let Some(at) = splice(&tokens) {
        if loses(&tokens[at..]) {
            return refuse(Reason::Shape, ",");
        }
        tokens.truncate(at);
    }
    let mut asked = ask(&tokens)?;
    // An "it" and a "this" point at what they write about.
    for token in asked.iter_mut().filter(|t| t.any(&["it", "this"])) {
        token.excused = true;
    }
    behind.resolve(&mut asked)?;
    shape::phrase(&asked)?;
    // ", what does that cost": still in the order of a question
    if let Some(at) = (2..asked.len().saturating_sub(2)).find(|&at| {
        matches!(asked[at].tag, Tag::Wh)
            && asked[at].any(&["what", "when", "where", "how", "why"])
            && asked[at + 1].has(FINITE)
            && (asked[at + 1].has(DO)
                || asked[at + 2].any(&["i", "we", "you", "it", "they", "that", "the", "there", "my", "your"]))
            && !asked[at].quoted
    }) {
        return refuse(Reason::Shape, &asked[at].text);
    }
    // "or do I": what is left turned round
    if let Some(at) = (1..asked.len().saturating_sub(1)).find(|&at| {
        !asked[at].quoted
            && asked[at].has(FINITE)
            && matches!(asked[at].tag, Tag::Auxiliary | Tag::Modal)
            && !matches!(asked[at - 1].tag, Tag::Pronoun | Tag::Wh | Tag::There | Tag::Name | Tag::To)
            && (asked[at + 1].has(DETERMINER | POSSESSIVE)
                && (asked[at - 1].is("so")
                    || asked[at].has(DO) && asked[at - 1].any(&["or", "and"])
                    || asked[at].has(BE) && asked[at - 1].is("or"))
                || asked[at + 1].any(&[
                    "i", "we", "you", "he", "she", "it", "they", "there", "nobody", "anybody", "somebody",
                    "anyone",
                ]))
    }) {
        return refuse(Reason::Shape, &asked[at].text);
    }
    if finites(&asked).is_empty() && !asked.iter().any(|t| t.tag == Tag::Modal || t.has(FINITE)) {
        return refuse(Reason::Fragment, "");
    }
    if person::doubtful(&asked) {
        return refuse(Reason::Unclear, "you");
    }
    person::turn(&mut asked);
    Ok(Turned { kind: Kind::Question, text: text(&asked), condition: None, leans: false })
}

/// What they suppose, asked for that: "I suppose there's a way of doing it?"; "how come" is why.
fn supposed<'a>(tokens: &[Token<'a>]) -> Option<Vec<Token<'a>>> {
    if tokens[0].is("how") && tokens.get(1)?.is("come") && !tokens.get(2)?.has(FINITE) {
        let mut all = vec![Token::own("why", Tag::Wh)];
        all.extend_from_slice(&tokens[2..]);
        return Some(all);
    }
    let subject = |t: &Token<'_>| {
        t.has(SUBJECT | DETERMINER | POSSESSIVE)
            || t.tag == Tag::There
            || t.any(&["it", "you", "there", "that"])
    };
    let from = fits("i|we ?just|do suppose|presume|assume|gather|imagine|take ?it ?that", tokens)
        .filter(|&n| tokens.get(n).is_some_and(subject))?;
    let end = tokens.iter().rposition(|t| !t.mark()).map_or(0, |at| at + 1);
    let body = tokens.get(from..end)?;
    if body.iter().any(|t| t.mark() && !t.quoted || t.has(THINK) || t.has(NEGATIVE)) {
        return None;
    }
    let mut all = vec![Token::own("whether", Tag::Subordinator)];
    all.extend_from_slice(body);
    all[1].glued = false;
    if all[1].tag != Tag::Name {
        all[1].text = all[1].low.clone();
    }
    Some(all)
}

/// "the July invoice, is that before or after the hours?": "is the July invoice before or after …".
fn named_first<'a>(tokens: &[Token<'a>]) -> Option<Vec<Token<'a>>> {
    let lead = usize::from(tokens.first()?.is("and"));
    let at = tokens.iter().take(9).position(|t| t.is(",") && !t.quoted)?;
    let named = tokens.get(lead..at).filter(|t| !t.is_empty())?;
    let verb = tokens.get(at + 1).filter(|t| t.has(FINITE) && t.has(BE | DO | HAVE | MODAL))?;
    let pronoun = tokens.get(at + 2)?.any(&["it", "that", "they", "those", "these"]);
    let thing = named[0].has(DETERMINER | POSSESSIVE)
        && named.iter().all(|t| t.tag.is_nominal() || t.tag == Tag::Preposition)
        && named.iter().any(|t| t.tag == Tag::Noun);
    // "is that right?" asks about what was said
    let said = tokens.get(at + 3).is_none_or(|t| {
        t.mark()
            || t.any(&["right", "true", "correct", "ok", "okay", "normal", "so", "all", "a", "an", "the"])
    });
    if !(thing && pronoun) || said || tokens[at + 3..].iter().any(|t| t.is(",")) {
        return None;
    }
    let mut all = vec![verb.clone()];
    all.extend_from_slice(named);
    all[1].text = all[1].low.clone();
    all[1].glued = false;
    all.extend_from_slice(&tokens[at + 3..]);
    Some(all)
}

/// Whether these are the words of a question.
pub(crate) fn begins(tokens: &[Token<'_>]) -> bool {
    let Some(first) = tokens.first() else { return false };
    let subject = |at: usize| {
        tokens.get(at).is_some_and(|t| {
            t.tag == Tag::There
                || t.tag == Tag::Pronoun && !t.has(OBJECT)
                || matches!(t.tag, Tag::Determiner | Tag::Possessive)
                || t.is("there")
        })
    };
    first.has(FINITE) && subject(1)
        || first.any(&["what", "when", "who", "how", "where", "why"])
        || led(tokens)
}

/// "until what hour can I", "for how many days": a preposition before the question word.
fn led(tokens: &[Token<'_>]) -> bool {
    matches!(tokens, [first, word, rest @ ..] if first.has(PREPOSITION)
        && !first.is("like")
        && word.any(&["what", "which", "how", "whom"])
        && rest.iter().take(4).any(|t| t.has(FINITE)))
}

/// The comma after which another sentence begins: ", people are asking", ", can anyone say".
pub(crate) fn splice(tokens: &[Token<'_>]) -> Option<usize> {
    (1..tokens.len().saturating_sub(1)).find(|&at| {
        if !tokens[at].is(",") || tokens[at].quoted {
            return false;
        }
        // "if, as you say, it broke": neither comma ends anything
        let led =
            |at: usize| at > 0 && (tokens[at - 1].tag == Tag::Subordinator || tokens[at - 1].is("that"));
        let open = tokens[..at].iter().rposition(|t| t.is(",") && !t.quoted);
        if led(at) || open.is_some_and(led) {
            return false;
        }
        let mut from = at + 1;
        if tokens[from].tag == Tag::Conjunction
            && tokens.get(from + 1).is_some_and(|t| t.any(&["i", "we", "it", "you"]))
        {
            from += 1;
        }
        if matches!(tokens[from].tag, Tag::Modal | Tag::Auxiliary) && tokens[from].has(FINITE) {
            return true;
        }
        if tokens[from].any(&["somebody", "someone", "nobody", "everybody", "everyone"]) {
            return tokens[from..].iter().any(|t| matches!(t.tag, Tag::Past | Tag::Third) || t.has(FINITE));
        }
        // ", last time from another shop I paid 41 euro"
        let own = tokens[from..]
            .iter()
            .take_while(|t| !t.mark() && !matches!(t.tag, Tag::Wh | Tag::Subordinator | Tag::Conjunction))
            .position(|t| t.any(&["i", "we"]));
        if let Some(own) = own
            && finite(tokens, from + own + 1)
            && !matches!(tokens[from].tag, Tag::Wh | Tag::Subordinator)
            && !tokens[from + own.saturating_sub(1)].any(&["thing", "one", "money"])
            // ", with a certificate I can see"
            && !(own > 1
                && tokens[from].any(&["with", "without"])
                && tokens[from + own - 1].tag == Tag::Noun
                && tokens[from + own + 1].any(&["can", "could", "may"]))
            && (own == 0 || tokens[from].tag != Tag::Determiner && tokens[from].tag != Tag::Possessive)
        {
            return true;
        }
        // ", the lower one has begun to ache"
        let one = tokens[from].has(DETERMINER | POSSESSIVE)
            && (from + 1..tokens.len().min(from + 4)).any(|v| {
                tokens[v].any(&["one", "ones"])
                    && tokens.get(v + 1).is_some_and(|t| t.any(&["has", "have", "is", "are", "was", "were"]))
                    && !tokens[from + 1..v].iter().any(|t| t.mark() || t.has(DETERMINER | POSSESSIVE))
            });
        if one {
            return true;
        }
        let run = tokens[from..].iter().take_while(|t| t.tag.is_nominal()).count();
        let pronoun = matches!(tokens[from].tag, Tag::Pronoun | Tag::There);
        // "a quote of £680 is attached"
        let run = if run > 0 && tokens.get(from + run).is_some_and(|t| t.tag == Tag::Preposition) {
            let rest = &tokens[from + run + 1..];
            let and = |at: usize| rest[at].is("and") && rest.get(at + 1).is_some_and(|t| t.tag.is_nominal());
            let more =
                (0..rest.len()).take_while(|&at| rest[at].tag.is_nominal() || at > 0 && and(at)).count();
            let say = rest.get(more).is_some_and(|t| t.any(&["say", "says", "said"]));
            if say {
                return true;
            }
            if more > 0 && finite(tokens, from + run + 1 + more) { run + 1 + more } else { run }
        } else {
            run
        };
        let subject = if run == 0 { usize::from(pronoun) } else { run };
        let verb = (from + subject..tokens.len()).find(|&i| tokens[i].tag != Tag::Adverb);
        subject > 0 && verb.is_some_and(|v| finite(tokens, v))
    })
}

/// Whether leaving these out would lose something: not a reason or a remark.
pub(crate) fn loses(tokens: &[Token<'_>]) -> bool {
    let remark = tokens
        .iter()
        .find(|t| !t.mark() && t.tag != Tag::Conjunction)
        .is_some_and(|t| t.any(&["it", "i", "there", "we"]))
        && !tokens.iter().any(|t| {
            t.any(&["only", "not", "but", "except", "want", "need", "like", "instead", "or", "rather"])
                || t.has(NEGATIVE)
        });
    // a further question, a further request
    let asks = tokens.iter().enumerate().any(|(at, t)| {
        let next = &tokens[at + 1..];
        let deed = matches!(next, [verb, object, ..] if verb.has(BASE) && verb.has(REQUEST)
            && (object.has(OBJECT | DETERMINER | POSSESSIVE | GERUND) || object.is("it")));
        let supposed =
            t.is("and") && at > 0 && next.first().is_some_and(|n| n.any(&["if", "failing", "otherwise"]));
        let asked = || begins(next) && !next[0].any(&["what", "who", "when", "where", "how", "why"]);
        // "and you pay the locks"
        let ours = matches!(next, [you, verb, ..] if you.is("you") && verb.has(BASE) && verb.has(REQUEST) && !verb.has(FINITE));
        t.any(&["and", ","]) && (deed || supposed || ours || asked())
    });
    // ", and I want to know who your insurers are", but not ", it's the dog I want"
    let wants = (0..tokens.len().saturating_sub(2)).any(|at| {
        let begins = at == 0 || tokens[at - 1].mark() || tokens[at - 1].tag == Tag::Conjunction;
        let would = tokens[at + 1].any(&["would", "'d", "should"])
            && tokens[at + 2].any(&["like", "prefer", "expect", "appreciate", "want", "love", "ask"]);
        begins
            && tokens[at].any(&["i", "we"])
            && (would
                || tokens[at + 1].any(&[
                    "want", "need", "expect", "ask", "require", "demand", "hope", "suggest", "request",
                ]))
    });
    if asks || wants || tokens.iter().any(|t| t.any(&["please", "expecting", "kindly"])) {
        return true;
    }
    let words = tokens.iter().filter(|t| !t.mark()).count();
    words > if remark { 20 } else { 10 } || !remark && tokens.iter().any(Token::digit)
}

/// "the outside unit", "the least you can order": no preposition behind an article, and a thing.
fn named(tokens: &mut [Token<'_>]) {
    for at in 1..tokens.len().saturating_sub(1) {
        let led = tokens[at - 1].any(&["the", "a", "an", "your", "my", "our"]);
        if led && tokens[at].tag == Tag::Preposition && tokens[at + 1].tag == Tag::Noun {
            tokens[at].tag = Tag::Adjective;
        }
        let own = tokens[at + 1].has(SUBJECT) || tokens[at + 1].is("you");
        if led && own && tokens[at].any(&["least", "most", "best", "worst", "earliest", "latest"]) {
            tokens[at].tag = Tag::Noun;
        }
    }
}

/// How many more tokens belong to a subject whose noun has a place or a thing behind it, where what is
/// asked of it is plain: "the leak | behind the wall | going to be looked at", "urgent", "still there".
fn longer(rest: &[Token<'_>], subject: usize) -> Option<usize> {
    if !rest.get(subject)?.has(PREPOSITION) || !matches!(rest[subject - 1].tag, Tag::Noun | Tag::Name) {
        return None;
    }
    let clause = |t: &Token<'_>| t.mark() || matches!(t.tag, Tag::Conjunction | Tag::Wh | Tag::Subordinator);
    let end = rest.iter().position(clause).unwrap_or(rest.len());
    let last = end.checked_sub(1)?;
    let after = |at: usize| matches!(rest[at - 1].tag, Tag::Noun | Tag::Name);
    (subject + 2..end).find(|&at| {
        let to = rest.get(at + 1).is_some_and(|t| t.is("to"));
        let going = ["going", "supposed", "meant", "due", "likely", "allowed", "able", "ready"]
            .contains(&&*rest[at].low);
        let still =
            rest[at].any(&["still", "already", "always", "ever", "now"]) && rest[at].tag == Tag::Adverb;
        // "the man from the council | coming"
        let comes =
            after(at) && rest[at].any(&["coming", "leaving", "waiting", "staying", "leaking", "going"]);
        // "the leak behind the wall | urgent", "the shop in Leeds | open on Sunday"
        let ends = at == last
            || rest[at + 1].has(PREPOSITION)
                && rest[at].any(&["open", "closed", "free", "full", "available"]);
        let says = at > subject + 1
            && ends
            && after(at)
            && (rest[at].tag == Tag::Adjective && rest[at].class & (NOUN | UNIT) == 0
                || rest[at].any(&["open", "closed", "free", "full", "available"]));
        going && to || rest[at].is("being") || still && at < last || comes || says
    })
}

/// The question as the clause of "you asked", persons not yet turned.
fn ask<'a>(tokens: &[Token<'a>]) -> Result<Vec<Token<'a>>, Refusal> {
    let mut tokens = tokens.to_vec();
    named(&mut tokens);
    let tokens = &tokens[..];
    let first = &tokens[0];
    let (head, verb): (Vec<Token<'a>>, usize) = if first.has(FINITE) {
        (vec![Token::own("whether", Tag::Subordinator)], 0)
    } else if (first.has(WH) || led(tokens))
        && !first.any(&["that", "whoever", "whatever", "whichever", "whenever", "wherever"])
    {
        // the question phrase: "what", "how many children", "which of the two", "how long"
        let verb =
            (1..tokens.len()).find(|&at| tokens[at].has(FINITE) || tokens[at].is("'s") || finite(tokens, at));
        let verb = if led(tokens) { (2..tokens.len()).find(|&at| tokens[at].has(FINITE)) } else { verb };
        let Some(verb) = verb.filter(|&v| v < 7) else { return refuse(Reason::Fragment, &first.text) };
        let mut head = tokens[..verb].to_vec();
        head[0].text = head[0].low.clone();
        // "which one should I follow"
        let of = |at: usize| at > 0 && head[at - 1].is("of") && !head[at].is("you");
        if (0..head.len())
            .any(|at| head[at].tag == Tag::Pronoun && !head[at].any(&["one", "ones"]) && !of(at))
        {
            return refuse(Reason::Shape, &first.text);
        }
        (head, verb)
    } else {
        return refuse(Reason::Fragment, &first.text);
    };
    let auxiliary = &tokens[verb];
    let rest = &tokens[verb + 1..];
    let subject = shrunk(auxiliary, rest, subject_end(rest));
    let mut out = head;
    // "who gave my number", "what happens": the question word is the subject
    // "who's right"
    let who = verb == 1
        && tokens[0].is("who")
        && rest.first().is_some_and(|t| {
            matches!(t.tag, Tag::Adjective | Tag::Participle | Tag::Gerund)
                || rest.len() == 1 && !matches!(t.tag, Tag::Name | Tag::Pronoun)
        })
        && !(rest.len() > 1
            && rest[..subject.min(rest.len())].iter().any(|t| matches!(t.tag, Tag::Noun | Tag::Name)));
    let subject = if who { 0 } else { subject };
    // "is that right or were they …"
    let right = auxiliary.has(BE)
        && subject == 2
        && rest[0].any(&["that", "this"])
        && (rest.get(2).is_none_or(|t| t.mark() || t.tag == Tag::Conjunction)
            || rest[1].any(&["right", "true", "correct", "normal", "okay", "ok", "fine", "enough"]));
    let subject = if right { 1 } else { subject };
    // "is the catch on the drop side supposed to click"
    let mut long = subject;
    while auxiliary.has(BE) && subject > 1 && rest.get(long).is_some_and(|t| t.tag == Tag::Preposition) {
        let more = rest[long + 1..].iter().take_while(|t| t.tag.is_nominal()).count();
        if more == 0 {
            break;
        }
        long += 1 + more;
    }
    let done = rest.get(long).is_some_and(|t| {
        matches!(t.tag, Tag::Participle | Tag::Gerund) || t.tag == Tag::Past && t.has(PARTICIPLE)
    });
    let subject = if done { long } else { subject };
    let whole = if auxiliary.has(BE) && subject > 1 { longer(rest, subject) } else { None };
    let subject = whole.unwrap_or(subject);
    let own_subject = verb > 0 && (subject == 0 || !(auxiliary.has(FINITE) || auxiliary.is("'s")));
    // "when do the slots for the week open": still in the order of a question
    let inverted = auxiliary.has(DO)
        && !out.first().is_some_and(|t| t.any(&["who", "which"]))
        && rest.first().is_some_and(|t| t.has(DETERMINER | POSSESSIVE) || t.tag == Tag::Pronoun);
    if own_subject && inverted {
        return refuse(Reason::Shape, &auxiliary.text);
    }
    if own_subject {
        out.extend_from_slice(&tokens[verb..]);
        return Ok(second(out));
    }
    // an article alone is no subject
    if subject == 0 || subject == 1 && rest[0].any(&["the", "a", "an", "my", "your", "our", "every", "no"]) {
        return refuse(Reason::Shape, &auxiliary.text);
    }
    let (subject, rest) = rest.split_at(subject);
    let mut subject = subject.to_vec();
    subject[0].glued = false;
    if subject[0].is("we") && auxiliary.any(&["shall"])
        || auxiliary.any(&[
            "won't",
            "isn't",
            "don't",
            "didn't",
            "can't",
            "haven't",
            "aren't",
            "wouldn't",
            "shouldn't",
            "doesn't",
        ])
    {
        return refuse(Reason::Sarcasm, &auxiliary.text);
    }
    // "could you not post it" asks for it all the same
    let asks = auxiliary.any(&["can", "could"]) && subject[0].is("you");
    let rest = if asks && rest.first().is_some_and(|t| t.is("not")) { &rest[1..] } else { rest };
    if rest.first().is_some_and(|t| t.is("not")) {
        return refuse(Reason::Sarcasm, "not");
    }
    if subject[0].is("you")
        && rest.first().is_some_and(|t| {
            t.is("know") && !rest.get(1).is_some_and(|t| t.any(&["about", "of"])) || t.any(&[
                "think",
                "mean",
                "suppose",
                "honestly",
                "expect",
                "call",
                "imagine",
                "understand",
                "realise",
                "people",
                "lot",
                "guys",
                "care",
            ]) || t.is("want")
                && !rest.iter().any(|t| t.is("or"))
                && !rest.get(1).is_some_and(|t| t.any(&["it", "them", "the", "my", "these", "this", "that"]))
                // "do you want to hear it in the car first"
                && !matches!(rest, [_, to, verb, ..] if to.is("to")
                    && verb.any(&["hear", "see", "look", "inspect", "collect", "keep", "check", "try", "speak"]))
        })
    {
        return refuse(Reason::Sarcasm, &rest[0].text);
    }
    // "is anybody local left"
    if auxiliary.has(BE)
        && subject.len() == 1
        && subject[0].any(&["anybody", "anyone", "somebody", "someone", "anything", "something", "nobody"])
        && rest.len() > 1
        && rest[0].tag == Tag::Adjective
        && !rest[1].mark()
        && rest[1].tag != Tag::Preposition
    {
        return refuse(Reason::Shape, &rest[0].text);
    }
    // "should a flue that was swept be dropping bits"
    if auxiliary.has(MODAL | DO) && rest.first().is_some_and(|t| t.tag == Tag::Wh) {
        return refuse(Reason::Shape, &auxiliary.text);
    }
    // "do you have to be 18", "when you wash it": anybody
    let anybody = subject[0].is("you")
        && matches!(rest, [have, to, be, ..] if to.is("to")
            && (have.is("have") && auxiliary.has(DO) || have.is("need") && be.is("be")))
        || !subject[0].is("you")
            && rest.windows(3).any(|w| {
                w[0].any(&["when", "if", "until", "once", "after", "before"])
                    && w[1].is("you")
                    && w[2].any(&[
                        "wash", "wear", "use", "open", "turn", "plug", "press", "drive", "get", "put", "sit",
                        "walk", "eat", "drink", "cook",
                    ])
            });
    if anybody {
        return refuse(Reason::GenericYou, "you");
    }
    // "is the flight to Lagos on Friday touched by it": the subject goes on after its noun
    let long = auxiliary.has(BE)
        && rest.first().is_some_and(|t| matches!(t.tag, Tag::Preposition | Tag::To))
        && (2..rest.len()).any(|at| {
            matches!(rest[at].tag, Tag::Participle | Tag::Past | Tag::Gerund)
                && matches!(rest[at - 1].tag, Tag::Noun | Tag::Name | Tag::Number)
                && !rest[..at].iter().any(|t| matches!(t.tag, Tag::Wh | Tag::Subordinator))
        });
    if long {
        return refuse(Reason::Shape, &auxiliary.text);
    }
    // "what would you like me to do with it"
    let meant = out[0].tag == Tag::Wh
        && rest.first().is_some_and(|t| t.is("like"))
        && rest.get(1).is_some_and(|t| t.any(&["me", "us"]))
        && rest.get(2).is_some_and(|t| t.is("to"));
    let hollow = auxiliary.is("would")
        && subject[0].is("you")
        && !meant
        && rest.first().is_some_and(|t| {
            t.any(&[
                "pay", "eat", "live", "sleep", "accept", "buy", "wear", "want", "like", "say", "let", "put",
            ])
        })
        || auxiliary.has(BE)
            && subject.len() == 1
            && subject[0].any(&["that", "this"])
            && rest.first().is_some_and(|t| t.tag == Tag::Wh);
    if hollow {
        return refuse(Reason::Sarcasm, &auxiliary.text);
    }
    // "can one have a re-run": they mean themselves
    if subject.len() == 1 && subject[0].is("one") && auxiliary.has(MODAL) {
        subject[0].say("I");
        subject[0].low = "i".into();
        subject[0].tag = Tag::Pronoun;
    }
    let number = subject_number(&subject);
    out.append(&mut subject);
    let adverbs = rest.iter().take_while(|t| t.tag == Tag::Adverb && !t.is("not")).count();
    match &*auxiliary.low {
        "do" | "does" | "did" => {
            let verb = |t: &&Token<'_>| (t.has(BASE) || t.any(&["have", "do", "be"])) && !t.has(OBJECT);
            let Some(base) = rest.get(adverbs).filter(verb) else {
                return refuse(Reason::Shape, &auxiliary.text);
            };
            // "does your guarantee, which is on the box, cover it"
            if rest.get(adverbs + 1).is_some_and(|t| t.is(","))
                && rest.get(adverbs + 2).is_some_and(|t| t.tag == Tag::Wh)
            {
                return refuse(Reason::Shape, ",");
            }
            out.extend_from_slice(&rest[..adverbs]);
            // "do I put it through his door": what they are to do
            let advice =
                auxiliary.is("do") && out.last().is_some_and(|t| t.any(&["i", "we"])) && base.any(&DONE);
            if advice {
                out.push(Token::own("should", Tag::Modal));
            }
            let form: Cow<'a, str> = match &*auxiliary.low {
                "did" => Cow::Owned(past(&base.low)),
                "does" if number == Number::One => Cow::Owned(third(&base.low)),
                _ => base.low.clone(),
            };
            let mut verb = Token::new(form, false);
            verb.tag = match &*auxiliary.low {
                "did" => Tag::Past,
                "does" => Tag::Third,
                _ => Tag::Base,
            };
            out.push(verb);
            let from = out.len();
            out.extend_from_slice(&rest[adverbs + 1..]);
            // "does it come early or go on": the second verb too
            let ends = |t: &Token<'_>| matches!(t.tag, Tag::To | Tag::Wh | Tag::Subordinator | Tag::Modal);
            for at in from + 1..out.len() {
                let plain = auxiliary.is("does") && number == Number::One && !out[from..at].iter().any(ends);
                let verb = crate::lexicon::first(out[at].class) == BASE
                    && !out[at].has(FINITE | MODAL)
                    && !out.get(at + 1).is_some_and(|t| t.has(OBJECT));
                if plain && verb && out[at - 1].any(&["or", "and"]) {
                    out[at] = Token { tag: Tag::Third, ..Token::new(third(&out[at].low), false) };
                }
            }
        }
        _ => {
            let mut verb = auxiliary.clone();
            if verb.is("'s") {
                // "How long's it been wrong?"
                verb.say(if rest.iter().any(|t| t.any(&["been", "had", "got"])) { "has" } else { "is" });
            } else {
                verb.text = verb.low.clone();
            }
            if verb.is("shall") {
                verb.say("should");
            }
            verb.glued = false;
            verb.tag = if verb.has(MODAL) { Tag::Modal } else { Tag::Auxiliary };
            let plain = verb.has(MODAL);
            // "when's the last day to comment": "when the last day to comment is"
            let goes_on = verb.has(BE)
                && out[0].tag == Tag::Wh
                && rest.first().is_some_and(|t| t.tag == Tag::To)
                && rest.len() < 6
                && !rest
                    .iter()
                    .any(|t| t.mark() || matches!(t.tag, Tag::Conjunction | Tag::Wh | Tag::Subordinator));
            // "how loud is the fan upstairs", "what is this fee for moving it"
            let described = verb.has(BE)
                && out[0].tag == Tag::Wh
                && out[0].any(&["what", "how"])
                && described(rest, out.last());
            // "what is the charge on my bill for"
            if let [about @ .., last] = rest
                && about.len() > 1
                && verb.has(BE)
                && out[0].is("what")
                && last.any(&["for", "from", "about"])
                && self::described(about, out.last())
            {
                out.extend_from_slice(about);
                out.extend([verb, last.clone()]);
                return Ok(out);
            }
            if goes_on || described {
                out.extend_from_slice(rest);
                out.push(verb);
                return Ok(out);
            }
            out.push(verb);
            let main = out.len() + adverbs;
            out.extend_from_slice(rest);
            if let Some(main) = out.get_mut(main).filter(|t| plain && t.has(BASE)) {
                main.tag = Tag::Base;
            }
        }
    }
    Ok(second(out))
}

/// Whether all the rest is a phrase or a clause about the noun before it, so that the verb comes after it.
fn described(rest: &[Token<'_>], noun: Option<&Token<'_>>) -> bool {
    let thing = noun.is_some_and(|t| matches!(t.tag, Tag::Noun | Tag::Adjective) && !t.is("matter"));
    let time = |t: &Token<'_>| t.class & (UNIT | WEEKDAY | MONTH) != 0 || t.any(&["moment", "present"]);
    let ends = rest.iter().any(|t| t.mark() || matches!(t.tag, Tag::Conjunction | Tag::Subordinator));
    let hangs = rest.last().is_some_and(|t| t.has(PREPOSITION) && !t.any(&["outside", "inside"]));
    if !thing || ends || hangs && rest.len() > 1 && rest[0].has(PREPOSITION) || rest.len() > 7 {
        return false;
    }
    match rest {
        [place] => place.any(&["upstairs", "downstairs", "outside", "inside", "attached", "enclosed"]),
        [who, verb, ..] if who.any(&["who", "that", "which"]) => {
            verb.has(FINITE) || matches!(verb.tag, Tag::Past | Tag::Third)
        }
        [own, verb, ..] if own.any(&["i", "we", "you"]) => {
            (verb.has(MODAL) || verb.has(BASE) || verb.tag == Tag::Third) && !rest.iter().any(|t| t.has(BE))
        }
        [with, next, ..] => {
            with.any(&["for", "of", "on", "in", "behind", "under", "above", "beside"])
                && (next.has(DETERMINER | POSSESSIVE) || next.has(GERUND) && rest.len() > 2)
                && !rest.iter().any(|t| time(t) || t.has(FINITE))
        }
        [] => false,
    }
}

/// "…, and could I see the record", "or is it new covers": a second question joined on.
fn second<'a>(tokens: Vec<Token<'a>>) -> Vec<Token<'a>> {
    let joined = (2..tokens.len().saturating_sub(2)).find(|&at| {
        // "and have the £9.75 put back" asks nothing
        let deed = tokens[at + 1].is("have") && !tokens[at + 2].has(SUBJECT) && !tokens[at + 2].is("you");
        let verb = tokens[at + 1].has(FINITE) && !deed && subject_end(&tokens[at + 2..]) > 0;
        let word = tokens[at + 1].any(&["what", "when", "where", "how", "why"])
            && (tokens[at + 2].has(FINITE) || tokens[at + 2].is("'s"));
        // "and how much more is that"
        let word = word
            || tokens[at + 1].any(&["how", "what", "which"])
                && (at + 3..(at + 6).min(tokens.len() - 1)).any(|v| {
                    tokens[v].has(FINITE)
                        && tokens[v - 1].tag != Tag::Pronoun
                        && tokens[v + 1]
                            .any(&["i", "we", "you", "it", "that", "this", "they", "the", "my", "your"])
                });
        tokens[at].tag == Tag::Conjunction
            && !tokens[at].quoted
            && (verb || word)
            && tokens[at].any(&["and", "or"])
    });
    // ", and if so when was it sent"
    let so = (2..tokens.len().saturating_sub(4)).find(|&at| {
        tokens[at].is("and")
            && !tokens[at].quoted
            && tokens[at + 1].is("if")
            && tokens[at + 2].any(&["so", "not"])
            && (begins(&tokens[at + 3..]) || tokens[at + 3].is(","))
    });
    if let Some(at) = so {
        let from = at + 3 + usize::from(tokens[at + 3].is(","));
        return match ask(&tokens[from..]) {
            Ok(mut other) => {
                let mut out = tokens[..at + 3].to_vec();
                out.append(&mut other);
                out
            }
            Err(_) => tokens,
        };
    }
    match joined {
        // "and should nobody be free" asks nothing
        Some(at) if !tokens[at + 1].is("should") || tokens[at + 2].has(SUBJECT) => {
            match ask(&tokens[at + 1..]) {
                Ok(mut other) => {
                    let mut out = tokens[..=at].to_vec();
                    out.append(&mut other);
                    out
                }
                // "or did the button not work"
                Err(_) => {
                    let n = subject_end(&tokens[at + 2..]);
                    let rest = &tokens[at + 2 + n..];
                    let not = matches!(rest, [not, verb, ..] if not.is("not") && verb.has(BASE));
                    // "or is that where it went", "or is your back bad again"
                    let be = tokens[at].is("or")
                        && tokens[at + 1].has(BE)
                        && rest.first().is_some_and(|t| matches!(t.tag, Tag::Adjective | Tag::Wh))
                        && !rest.iter().any(|t| t.any(&[",", "and", "or"]));
                    let not = not && tokens[at + 1].has(DO);
                    if n == 0 || tokens[at + 2].is("you") || !(not || be) {
                        return tokens;
                    }
                    let mut out = tokens[..=at].to_vec();
                    out.push(Token::own("whether", Tag::Subordinator));
                    out.extend_from_slice(&tokens[at + 2..at + 2 + n]);
                    out.push(tokens[at + 1].clone());
                    out.extend_from_slice(rest);
                    out
                }
            }
        }
        _ => tokens,
    }
}

/// The subject of a question, without a verb that passed for its last noun: "can a person look".
fn shrunk(auxiliary: &Token<'_>, rest: &[Token<'_>], end: usize) -> usize {
    let verb = if auxiliary.has(MODAL | DO) {
        BASE
    } else if auxiliary.has(HAVE) {
        PARTICIPLE | PAST
    } else {
        return end;
    };
    let fits = |at: usize| {
        rest[at..].iter().find(|t| t.tag != Tag::Adverb).is_some_and(|t| {
            t.has(verb) && !t.has(PARTICLE | PREPOSITION | SUBORDINATOR | CONJUNCTION) && !t.any(&["the", "a", "an"])
                || t.any(&["be", "have", "do"])
                // "what would you like me to do", "which would you rather"
                || t.any(&["like", "rather"]) && at == 1 && auxiliary.is("would") && rest[0].tag == Tag::Pronoun
        })
    };
    // "would Wednesday or Thursday suit", "the guarantee on the boots"
    let mut long = end;
    if end > 0 && !fits(end) && rest.get(end).is_some_and(|t| t.any(&["or", "and"])) {
        let more = rest[end + 1..].iter().take_while(|t| t.tag.is_nominal()).count();
        if more > 0 && fits(end + 1 + more) {
            return end + 1 + more;
        }
        if more > 1 && rest[end + more].has(verb) && rest[end + more].tag == Tag::Noun {
            return end + more;
        }
    }
    while end > 0 && !fits(long) && rest.get(long).is_some_and(|t| t.tag == Tag::Preposition) {
        let more = rest[long + 1..].iter().take_while(|t| t.tag.is_nominal()).count();
        if more == 0 {
            break;
        }
        long += 1 + more;
        // "the jacket in 160 shrink": the verb passed for a noun
        if !fits(long) && more > 1 && crate::lexicon::first(rest[long - 1].class) == BASE && verb == BASE {
            return long - 1;
        }
    }
    if fits(long) && end > 0 {
        return long;
    }
    // "why have I two invoices"
    if auxiliary.has(HAVE) && end == 1 && rest[0].any(&["i", "we", "you", "they"]) {
        return end;
    }
    (1..=end)
        .rev()
        .find(|&at| {
            // "does the letter say Friday"
            let verb = || {
                at > 1
                    && (rest[at].has(SAY) || crate::lexicon::first(rest[at].class) == BASE)
                    && matches!(rest[at - 1].tag, Tag::Noun | Tag::Name)
                    && rest.get(at + 1).is_some_and(|t| {
                        t.digit()
                            || t.is("that")
                            || matches!(t.tag, Tag::Name | Tag::Determiner | Tag::Possessive)
                    })
            };
            fits(at) && (rest[at].tag != Tag::Noun || at + 1 == end || verb())
        })
        .unwrap_or(0)
}

/// How many tokens the subject takes at the start: a pronoun, "there", or a noun phrase.
fn subject_end(tokens: &[Token<'_>]) -> usize {
    let Some(first) = tokens.first() else { return 0 };
    if first.is("one") && tokens.get(1).is_some_and(|t| t.is("of")) {
        let rest = tokens[2..].iter().take_while(|t| t.tag.is_nominal()).count();
        return if rest > 0 || tokens.get(2).is_some_and(|t| t.has(OBJECT) || t.is("you")) {
            2 + rest.max(1)
        } else {
            0
        };
    }
    // "has somebody else got mine"
    let some = first.any(&["somebody", "someone", "anybody", "anyone", "nobody"]);
    if some && tokens.get(1).is_some_and(|t| t.is("else")) {
        return 2;
    }
    if first.tag == Tag::There || first.is("there") || first.tag == Tag::Pronoun && !first.has(OBJECT) {
        return 1;
    }
    // "are these sitting somewhere"
    if first.any(&["these", "those"]) && tokens.get(1).is_some_and(|n| n.has(GERUND)) {
        return 1;
    }
    if first.is("that") || first.is("this") {
        let noun = |at: usize| tokens.get(at).is_some_and(|n| n.tag == Tag::Noun);
        return if noun(1) {
            2
        } else if noun(2) && tokens[1].tag == Tag::Adjective {
            3
        } else {
            1
        };
    }
    // "is the logo a template": a second determiner begins another noun phrase
    let mut end = (0..tokens.len())
        .take_while(|&at| {
            tokens[at].tag.is_nominal()
                && !(at > 0
                    && matches!(tokens[at].tag, Tag::Determiner | Tag::Possessive)
                    && matches!(tokens[at - 1].tag, Tag::Noun | Tag::Number | Tag::Name)
                    && !tokens[at - 1].text.starts_with(['£', '$', '€'])
                    && !tokens.get(at + 1).is_some_and(|t| t.has(UNIT)))
        })
        .count();
    if end == 0
        || !matches!(
            tokens[end - 1].tag,
            Tag::Noun | Tag::Name | Tag::Number | Tag::Determiner | Tag::Adjective
        )
    {
        return 0;
    }
    if !tokens[..end].iter().any(|t| matches!(t.tag, Tag::Noun | Tag::Name | Tag::Number | Tag::Determiner)) {
        return 0;
    }
    // "my brother and I"
    if tokens.get(end).is_some_and(|t| t.is("and"))
        && tokens.get(end + 1).is_some_and(|t| t.any(&["i", "we", "you"]))
    {
        return end + 2;
    }
    // "the existing cases be": the last word may be the verb's complement; "any other client had": not
    if tokens[end - 1].tag == Tag::Adjective
        && end > 1
        && matches!(tokens[end - 2].tag, Tag::Noun | Tag::Name | Tag::Number)
        && !(tokens[end - 1].is("old") && tokens[end - 2].has(UNIT))
        || end > 1 && tokens[end - 1].any(&["ok", "okay", "alright", "enough"])
    {
        end -= 1;
    }
    // "the price of the boots"
    if tokens.get(end).is_some_and(|t| t.is("of")) {
        let more = tokens[end + 1..].iter().take_while(|t| t.tag.is_nominal()).count();
        // "copies of ours"
        let own = tokens.get(end + 1).is_some_and(|t| t.any(&["mine", "ours", "yours", "hers", "theirs"]));
        end += 1 + more.max(usize::from(own));
        // "a file of 300 dpi available"
        while end > 3
            && tokens.get(end - 1).is_some_and(|t| t.tag == Tag::Adjective || t.is("enough"))
            && tokens[end - 2].tag != Tag::Determiner
            && tokens[end - 2].tag != Tag::Preposition
        {
            end -= 1;
        }
    }
    end
}

/// May be inside a noun phrase.

#[derive(PartialEq)]
enum Number {
    One,
    Many,
}

fn subject_number(subject: &[Token<'_>]) -> Number {
    // "the guarantee on the boots": by the noun before the preposition
    let head = subject.iter().position(|t| t.tag == Tag::Preposition).map_or(subject, |at| &subject[..at]);
    match head.last() {
        Some(t) if t.any(&["you", "we", "they", "i"]) || t.has(PLURAL) => Number::Many,
        _ => Number::One,
    }
}
