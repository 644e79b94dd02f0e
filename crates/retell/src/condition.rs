//! Conditions: "if it isn't here by Friday I want my money back", "please post it unless you can't".

use crate::behind::Behind;
use crate::class::*;
use crate::tag::finite;
use crate::token::{Tag, Token, text};
use crate::{Kind, Reason, Refusal, Turned, opening, person, refuse, shape, statement, wish};

/// Words of what they'll do otherwise.
const THREATS: [&str; 9] = ["will", "'ll", "shall", "otherwise", "until", "till", "failing", "then", "won't"];

/// Turns a condition with what they want in that case, or plain availability: "I can't answer the phone
/// before 11".
pub(crate) fn turn<'a>(tokens: &[Token<'a>], behind: &Behind<'a>) -> Result<Turned, Refusal> {
    let outside = || tokens.iter().enumerate().filter(|(_, t)| !t.quoted);
    if let Some((_, token)) = outside().skip(2).find(|(_, t)| t.any(&["otherwise", "failing"])) {
        return refuse(Reason::Threat, &token.text);
    }
    if opening::fits("failing that|this", tokens).is_some() && tokens.len() > 4 {
        let mut all = tokens.to_vec();
        all[0] = Token::own("if", Tag::Subordinator);
        all[1] = Token::own("not", Tag::Adverb);
        if !all[2].is(",") {
            all.insert(2, Token { tag: Tag::Mark, ..Token::new(",", true) });
        }
        return turn(&all, behind);
    }
    if tokens[0].any(&["if", "unless"]) {
        if let Some(plain) = thanked(tokens) {
            return wish::turn(&plain, wish::Allow { bare: true, polite: true, that: false }, behind);
        }
        let mut why = refuse(Reason::Threat, "if");
        for (end, main) in splits(tokens) {
            let turned = both(&tokens[0], &tokens[1..end], &tokens[main..], behind);
            if turned.is_ok() {
                return turned;
            }
            if !matches!(&why, Err(why) if why.reason == Reason::LostReference) {
                why = turned;
            }
        }
        // "if you could send a brochure as well, because Emlyn did the rest", "…, she's the kind who files things"
        let mut tokens = tokens;
        if let Some(at) = tokens.iter().position(|t| t.is(",") && !t.quoted)
            && let Some(tail) = tokens.get(at + 1)
            && (tail.any(&["because", "as", "since"]) || tail.any(&["she", "he"]))
            && !(at + 1..tokens.len())
                .any(|v| opening::opening(&tokens[v..]).is_some() || tokens[v].any(&["please", "and", "if"]))
        {
            tokens = &tokens[..at];
        }
        // "if somebody could just look in the shed"
        if let Some(n) = opening::fits("if somebody|someone would|could|can ?please ?just", tokens)
            && tokens.get(n).is_some_and(|t| t.has(BASE) && !t.has(MODAL))
            && !tokens[n..].windows(2).any(|w| {
                w[0].any(&["i", "we", "it", "that"]) && (w[1].has(MODAL) || w[1].is("'d"))
                    || w[0].is(",") && w[1].has(BASE) && w[1].has(REQUEST)
            })
        {
            let mut plain = ["could", "somebody"].map(|word| Token::own(word, Tag::Pronoun)).to_vec();
            plain[0].tag = Tag::Modal;
            plain.extend_from_slice(&tokens[n..]);
            return wish::turn(&plain, wish::Allow { bare: true, polite: true, that: false }, behind);
        }
        // "if you could just send me the label"
        let begs = opening::fits("if you would|could|'d|can ?just|kindly|please|both", tokens).filter(|&n| {
            tokens.len() > n + 2
                && tokens[n].has(BASE)
                && tokens
                    .iter()
                    .position(|t| t.is(","))
                    .is_none_or(|at| !(at..tokens.len()).any(|v| finite(tokens, v)))
                && !tokens[n..].windows(2).any(|w| {
                    w[0].any(&["i", "we"]) && w[1].has(MODAL | FINITE)
                        || w[0].any(&["it", "that"]) && w[1].any(&["would", "'d"])
                        // "if you can get it back by the 24th, ring me": a condition after all
                        || w[0].is(",") && w[1].has(BASE) && w[1].has(REQUEST)
                })
        });
        if let Some(n) = begs.filter(|&n| !tokens[n].any(&["like", "want", "prefer", "find", "see", "have"]))
        {
            let mut plain = vec![Token::own("please", Tag::Adverb)];
            plain.extend_from_slice(&tokens[n..]);
            plain[1].tag = Tag::Base;
            return wish::turn(&plain, wish::Allow { bare: true, polite: true, that: false }, behind);
        }
        return why;
    }
    if let Some(upright) = inverted(tokens) {
        return turn(&upright, behind);
    }
    if let Some((at, word)) = outside().find(|(_, t)| t.any(&["if", "unless"])) {
        let main = &tokens[..at];
        if main.last().is_some_and(|t| t.any(&["or", "and", "but", "even", "only", "as"])) {
            return refuse(Reason::Threat, &word.text);
        }
        return both(word, &tokens[at + 1..], main, behind);
    }
    let able = tokens[0].any(&["i", "we"])
        && tokens.get(1).is_some_and(|t| t.any(&["can", "can't", "cannot", "'m", "am", "need", "work"]));
    let waits = |t: &Token<'_>| able && t.any(&["until", "till"]);
    if let Some((_, token)) = outside().find(|(_, t)| t.any(&THREATS) && !waits(t)) {
        return refuse(Reason::Threat, &token.text);
    }
    if able && !tokens.iter().any(|t| t.any(&["paying", "not", "holding", "keeping", "taking", "stopping"])) {
        return statement::turn(tokens.to_vec(), None, behind);
    }
    if let Some((_, token)) = outside().find(|(_, t)| t.is("or")) {
        return refuse(Reason::Threat, &token.text);
    }
    let asks = tokens[0].has(BASE) && tokens[0].has(REQUEST)
        || tokens[0].any(&["need", "want"])
        || tokens[0].any(&["any", "i", "we"]) && !tokens.iter().any(|t| t.any(&["money", "invoice"]));
    if !asks {
        return refuse(Reason::Threat, &tokens[0].text);
    }
    wish::turn(tokens, wish::Allow { bare: true, ..wish::Allow::default() }, behind)
}

/// Where the condition may end and what they want then begin, the likeliest first.
fn splits(tokens: &[Token<'_>]) -> Vec<(usize, usize)> {
    let Some(last) = tokens.len().checked_sub(2) else { return Vec::new() };
    let mut out = Vec::new();
    let opens = |at: usize| opening::opens(&tokens[at..]) || subject(tokens, at);
    for at in 2..=last {
        let token = &tokens[at];
        if token.quoted {
            continue;
        }
        // "by then" is when
        let when = token.is("then")
            && tokens[at - 1].any(&["by", "before", "until", "till", "since", "from", "after"]);
        if when {
            continue;
        }
        if (token.is("then") || token.is(",") && tokens[at + 1].any(&["then"]))
            && !tokens.get(at + 2).is_some_and(|t| t.any(&["'ll", "will", "shall"]))
            && !tokens.get(at + 3).is_some_and(|t| t.any(&["'ll", "will", "shall"]))
        {
            let skip = if token.is(",") { 2 } else { 1 };
            out.insert(0, (at, at + skip));
            out.truncate(4);
            return out;
        }
        let verb = (1..at).any(|i| finite(tokens, i) || tokens[i].tag == Tag::Base)
            || at == 2 && tokens[1].any(&["not", "so", "possible", "yes", "no"]);
        // "if it isn't here by Friday, the money back": any comma behind a verb
        let joined = tokens[at + 1].any(&["and", "or", "but"])
            && !tokens.get(at + 2).is_some_and(|t| t.any(&["i", "we", "please"]));
        if token.is(",") && !joined && (opens(at + 1) || verb) {
            out.push((at, at + 1));
            continue;
        }
        let ended = matches!(
            tokens[at - 1].tag,
            Tag::Noun | Tag::Name | Tag::Number | Tag::Adverb | Tag::Adjective | Tag::Participle | Tag::Past
        ) && !tokens[at - 1].is("not")
            || tokens[at - 1].any(&["no", "yes", "that", "this", "enough", "so", "those", "these", "there"])
            || tokens[at - 1].has(OBJECT | UNIT | WEEKDAY | PARTICLE)
            || at == 2 && tokens[1].any(&["not", "so"])
            || tokens[at - 1].is("it")
            // "if it isn't I want"
            || at == 3
                && tokens[2].has(NEGATIVE)
                && tokens[2].has(FINITE)
                && token.any(&["i", "we", "please", "could", "can", "would"])
            || matches!(tokens[at - 1].tag, Tag::Gerund | Tag::Base)
                && token.any(&["i", "we"])
                && opening::opens(&tokens[at..]);
        let perhaps = token.any(&["perhaps", "maybe"])
            && tokens[at + 1].any(&["you", "somebody", "someone"])
            && tokens.get(at + 2).is_some_and(|t| t.any(&["could", "might", "would", "can"]));
        let begs = token.any(&["would", "could", "can", "will"])
            && (opening::opening(&tokens[at..]).is_some() || asked_for(&tokens[at..]).is_some());
        let asks = token.is("please")
            || begs
            || perhaps
            || token.is("say") && tokens[at + 1].is("so")
            // "be frank with me"
            || token.is("be") && tokens[at + 1].has(ADJECTIVE) && tokens[at + 2..].first().is_some_and(|t| t.any(&["with", "about"]))
            || token.any(&["just", "kindly"]) && tokens[at + 1].has(BASE)
            || token.has(REQUEST)
                && (tokens[at + 1].has(OBJECT | DETERMINER | POSSESSIVE) || tokens[at + 1].is("it"))
                && opens(at);
        // "if you tell me it's fine"
        let told = tokens[at - 1].has(OBJECT) && tokens[at.saturating_sub(2)].has(SAY);
        // "a saw with my name on it could you post it"
        let object = token.is("it") && tokens[at - 1].has(PREPOSITION);
        if verb
            && ended
            && !told
            && !object
            && (asks || token.any(&["i", "we", "it", "you", "that"]) && opens(at))
        {
            out.push((at, at));
        }
    }
    out.truncate(4);
    out
}

/// "If somebody could look at it, I'd be grateful": what is wished for, not a condition.
fn thanked<'a>(tokens: &[Token<'a>]) -> Option<Vec<Token<'a>>> {
    const THANKS: [&str; 8] = [
        "that|it 's|is ?really|honestly all ?really ?i|we ?ask|want|need",
        "that|it 's|is ?really|honestly all i|we am|'m|are|'re ?really asking|after",
        "that's ?really all",
        "i|we would|'d|should be ?ever|very ?so|very|most|really|ever|much grateful|obliged|glad|thankful|pleased|happy ?of|for ?it",
        "i|we would|'d ?really|greatly appreciate it",
        "that|it would|'d be grand|great|lovely|good|helpful|appreciated|perfect|fine|wonderful|kind|nice|ideal",
        "it would|'d ?really help",
        "that would|'d do|help",
    ];
    let end = tokens.iter().rposition(|t| !t.mark()).map_or(0, |at| at + 1);
    // "that's all I ask, honestly, though you can keep the keys"
    let ends = |at: usize| {
        at == end
            || (tokens[at].is(",")
                || tokens[at].any(&["though", "tho", "because", "as", "since", "honestly"]))
                && !tokens[at..end].iter().any(|t| {
                    t.any(&["please", "want", "need", "like", "if", "?", "and", "or", "only"])
                        || t.digit() && !t.low.ends_with("th")
                })
    };
    let at = (3..end).find(|&at| {
        THANKS.iter().any(|pattern| opening::fits(pattern, &tokens[at..]).is_some_and(|n| ends(at + n)))
    })?;
    let rest = &tokens[1..if tokens[at - 1].is(",") { at - 1 } else { at }];
    let modal = rest.iter().position(|t| t.any(&["could", "would", "can", "might", "will", "'d"]))?;
    let verb = rest.get(modal + 1).filter(|t| t.has(BASE) || t.any(&["be", "have"]))?;
    if rest[..modal].iter().any(|t| t.has(FINITE) || t.is("'s") && t.tag == Tag::Auxiliary) {
        return None;
    }
    if modal == 0 || rest[0].any(&["i", "we"]) || rest[..modal].iter().any(|t| t.mark() || t.tag == Tag::Wh) {
        return None;
    }
    let mut all = Vec::with_capacity(rest.len() + 3);
    if rest[0].is("you") && modal == 1 {
        all.push(Token::own("please", Tag::Adverb));
    } else {
        all.extend([
            Token::own("I", Tag::Pronoun),
            Token::own("'d", Tag::Modal),
            Token::own("like", Tag::Base),
        ]);
        all[1].glued = true;
        all.extend_from_slice(&rest[..modal]);
        for (subject, object) in [("they", "them"), ("he", "him"), ("she", "her")] {
            if all[3].is(subject) {
                all[3].say(object);
            }
        }
        all.push(Token::own("to", Tag::To));
    }
    all.push(Token { tag: if verb.is("be") { Tag::Auxiliary } else { Tag::Base }, ..verb.clone() });
    all.extend_from_slice(&rest[modal + 2..]);
    Some(all)
}

/// "Should it not be found by May": "if it should not be found by May".
fn inverted<'a>(tokens: &[Token<'a>]) -> Option<Vec<Token<'a>>> {
    if !tokens[0].is("should") || tokens.last().is_some_and(|t| t.is("?")) {
        return None;
    }
    let subject = match tokens.get(1)? {
        t if t.any(&["it", "they", "that", "this", "nobody", "there", "i", "we"]) => 1,
        t if matches!(t.tag, Tag::Determiner | Tag::Possessive) => {
            tokens[1..].iter().take_while(|t| t.tag.is_nominal()).count()
        }
        _ => return None,
    };
    let verb = tokens[1 + subject..].iter().find(|t| !t.is("not"))?;
    let asks = |at: usize| tokens[at].any(&["i", "we"]) && opening::opening(&tokens[at..]).is_some();
    let parted = tokens.iter().any(|t| t.any(&[",", "then"])) || (4..tokens.len()).any(asks);
    if !(verb.has(BASE) || verb.is("be")) || !parted {
        return None;
    }
    let mut all = tokens.to_vec();
    all[0] = Token { text: "should".into(), ..all[0].clone() };
    all[..=subject].rotate_left(1);
    all.insert(0, Token::own("if", Tag::Subordinator));
    Some(all)
}

/// A pronoun with its verb.
fn subject(tokens: &[Token<'_>], at: usize) -> bool {
    tokens[at].any(&["i", "we", "it", "you", "that"]) && finite(tokens, at + 1)
}

/// "If there's a fee I'll pay it": what they'll do that is no threat.
fn offer<'a>(
    word: &Token<'_>,
    condition: &[Token<'a>],
    main: &[Token<'a>],
    behind: &Behind<'a>,
) -> Option<Result<Turned, Refusal>> {
    let will = main[0].any(&["i", "we"]) && main.get(1).is_some_and(|t| t.any(&["will", "'ll"]));
    let verb = main.get(2).is_some_and(|t| {
        t.any(&[
            "pay", "send", "bring", "collect", "fetch", "come", "post", "provide", "sign", "wait", "accept",
            "forward", "supply", "pop", "drop", "drive", "settle",
        ])
    });
    let calm = !main.iter().any(|t| {
        t.any(&["you", "bill", "elsewhere", "back", "lawyer", "and", "or", "myself", "home"])
            || t.is(",")
            || t.mark() && t.is(".")
    });
    if !(word.is("if") && will && verb && calm && condition.len() > 2) {
        return None;
    }
    let turn = || {
        let (mut condition, mut main) = (condition.to_vec(), main.to_vec());
        for token in main.iter_mut().filter(|t| t.any(&["it", "them"])) {
            token.excused = true;
        }
        condition[0].glued = false;
        behind.resolve(&mut condition)?;
        shape::sentence(&condition)?;
        shape::sentence(&main)?;
        person::turn(&mut condition);
        person::turn(&mut main);
        let (condition, text) = (Some(text(&condition)), text(&main));
        Ok(Turned { kind: Kind::Statement, text, condition, leans: false })
    };
    Some(turn())
}

/// "If a morning is possible, I'm in every day": when they can be reached.
fn available<'a>(
    word: &Token<'_>,
    condition: &[Token<'a>],
    main: &[Token<'a>],
    behind: &Behind<'a>,
) -> Option<Result<Turned, Refusal>> {
    let n =
        opening::fits("i|we am|are|'m|'re ?usually|always|generally in|home|free|available|around|at", main)?;
    let calm = !main.iter().any(|t| t.any(&["you", "not", "no", "and", "or", "will", "'ll"]))
        && main.get(n).is_none_or(|t| !t.mark());
    let turn = || {
        let mut condition = condition.to_vec();
        condition[0].glued = false;
        behind.resolve(&mut condition)?;
        shape::sentence(&condition)?;
        person::turn(&mut condition);
        let told = statement::turn(main.to_vec(), None, behind)?;
        Ok(Turned { condition: Some(text(&condition)), ..told })
    };
    (calm && word.is("if") && condition.len() > 2).then(turn)
}

/// "could another one be sent": "I'd like another one to be sent".
pub(crate) fn asked_for<'a>(main: &[Token<'a>]) -> Option<Vec<Token<'a>>> {
    if !main[0].any(&["could", "can", "would", "might", "may"]) {
        return None;
    }
    let run = main[1..].iter().take_while(|t| t.tag.is_nominal() || t.is("one")).count();
    let run =
        if run == 0 && main[1].any(&["somebody", "someone", "they", "he", "she", "it"]) { 1 } else { run };
    let verb = main.get(1 + run).filter(|t| run > 0 && (t.has(BASE) || t.is("be")))?;
    let mut all =
        vec![Token::own("I", Tag::Pronoun), Token::own("'d", Tag::Modal), Token::own("like", Tag::Base)];
    all[1].glued = true;
    all.extend_from_slice(&main[1..=run]);
    for (subject, object) in [("they", "them"), ("he", "him"), ("she", "her")] {
        if all[3].is(subject) {
            all[3].say(object);
        }
    }
    all.push(Token::own("to", Tag::To));
    all.push(Token { tag: if verb.is("be") { Tag::Auxiliary } else { Tag::Base }, ..verb.clone() });
    all.extend(main[2 + run..].iter().filter(|t| !t.is("?")).cloned());
    Some(all)
}

/// "If X, you'd like Y". An *unless* stays in the sentence.
fn both<'a>(
    word: &Token<'_>,
    condition: &[Token<'a>],
    main: &[Token<'a>],
    behind: &Behind<'a>,
) -> Result<Turned, Refusal> {
    let mut main = main;
    while main.first().is_some_and(|t| t.mark() || t.any(&["please", "then", "and", "so"])) {
        main = &main[1..];
    }
    if main.len() > 3 && main[0].is("at") && main[1].is("least") && main[2].has(BASE) {
        main = &main[2..];
    }
    // "tell me and I will pay": what they'll do in turn is left out
    if let Some(at) = (2..main.len().saturating_sub(1)).find(|&at| {
        main[at].any(&["i", "we"])
            && main[at + 1].any(&["will", "'ll", "shall"])
            && (main[at - 1].any(&[",", "and", "then"]))
    }) {
        main = &main[..at];
        while main.last().is_some_and(|t| t.any(&["and", ",", "then"])) {
            main = &main[..main.len() - 1];
        }
    }
    while main.last().is_some_and(|t| t.mark() && !t.quoted) {
        main = &main[..main.len() - 1];
    }
    // "I'll" in the condition: what they'll do was taken for a part of it
    let strung = condition.windows(2).any(|w| {
        w[0].any(&["i", "we"]) && w[1].any(&["will", "'ll", "shall", "won't", "'d", "would"]) && !w[0].quoted
    });
    // "if there's neither, take it back, I'll drive": an ask was taken for a part of it
    let asked = condition.windows(3).any(|w| {
        w[0].is(",")
            && w[1].has(BASE)
            && w[1].has(REQUEST)
            && (w[2].has(OBJECT | DETERMINER | POSSESSIVE) || w[2].is("it"))
    });
    // "face to face if it can be done, I can come any day"
    let told = condition.windows(2).any(|w| w[0].is(",") && w[1].any(&["i", "we"]) && !w[1].quoted);
    // "if you'd just tell me": its verb was taken for the ask
    let cut_off = condition
        .iter()
        .rfind(|t| t.tag != Tag::Adverb && !t.has(FILLER))
        .is_some_and(|t| condition.len() < 4 && t.any(&["'d", "would", "could", "'ll", "might"]));
    let strung = strung || asked || told || cut_off;
    if main.len() < 2 || condition.is_empty() || main[0].tag == Tag::Wh || strung {
        return refuse(Reason::Threat, &word.text);
    }
    if let Some(offer) = offer(word, condition, main, behind) {
        return offer;
    }
    if let Some(at_home) = available(word, condition, main, behind) {
        return at_home;
    }
    let own = main[0].any(&["i", "we"]);
    let threat = main.iter().take(if opening::opens(main) { 3 } else { main.len() });
    // "I'll want the claim form"
    let wants = own
        && main.get(1).is_some_and(|t| t.any(&["'ll", "will", "shall"]))
        && main.get(2).is_some_and(|t| t.any(&["want", "need", "expect"]));
    let threat =
        threat.clone().find(|t| !t.quoted && (t.is("otherwise") || own && !wants && t.any(&THREATS)));
    if let Some(token) = threat {
        return refuse(Reason::Threat, &token.text);
    }
    let able = condition.get(1).is_some_and(|t| t.is("can"))
        && condition.len() > 4
        && main[0].has(BASE)
        && main[0].has(REQUEST);
    let polite = word.is("if")
        && condition[0].any(&["you"])
        && !able
        && condition.get(1).is_some_and(|t| {
            t.any(&["like", "want", "wish", "prefer", "please", "must", "could", "would", "can"])
        });
    if polite {
        return refuse(Reason::Sarcasm, &word.text);
    }
    let mut condition = condition.to_vec();
    condition[0].glued = false;
    // "if you can't do that I want"
    if let Some(last) = condition.last_mut().filter(|t| t.is("that")) {
        last.tag = Tag::Pronoun;
    }
    let pointing = matches!(&condition[..], [it, is] | [it, is, _] if it.any(&["it", "they", "that", "he", "she", "you", "this", "there"])
        && is.has(BE | HAVE | DO | MODAL) && condition.last().is_some_and(|t| t.is("not") || t.has(BE | HAVE | DO | MODAL)));
    if pointing
        && !behind.lean()
        && main[0].any(&["i", "we"])
        && main.get(1).is_some_and(|t| t.any(&["have", "assume"]))
    {
        return refuse(Reason::Threat, &word.text);
    }
    if pointing || condition.len() == 1 && condition[0].any(&["not", "so", "yes", "no"]) {
        if !behind.lean() {
            return refuse(Reason::LostReference, &condition[0].text);
        }
        if pointing {
            person::turn(&mut condition);
        }
    } else if matches!(&condition[..], [.., possible] if possible.is("possible") && condition.len() < 3) {
        // "if not possible"
    } else {
        behind.resolve(&mut condition)?;
        shape::sentence(&condition)?;
        person::turn(&mut condition);
    }
    let turned = if main[0].is("it")
        && !main.iter().any(|t| t.is(",") && !t.quoted)
        && finite(main, 1)
        && !word.is("unless")
    {
        let mut main = main.to_vec();
        main[0].excused = true;
        shape::sentence(&main)?;
        person::turn(&mut main);
        Turned { kind: Kind::Statement, text: text(&main), condition: None, leans: false }
    } else {
        let bare = wish::Allow { bare: true, polite: true, that: false };
        let plain = asked_for(main);
        let main = plain.as_deref().unwrap_or(main);
        let sure = opening::opens(main) || !main[0].any(&["i", "we"]);
        match wish::turn(main, bare, behind) {
            Ok(turned) if (sure || turned.kind != Kind::Statement) && turned.condition.is_none() => turned,
            Err(why) if opening::opens(main) => return Err(why),
            _ => return refuse(Reason::Threat, &main[0].text),
        }
    };
    let condition = text(&condition);
    // "by Saturday, 31st May, 6 pm"
    let dated = |t: &Token<'_>| {
        t.mark() || t.digit() || t.class & (MONTH | WEEKDAY | UNIT) != 0 || t.any(&["the", "at", "by"])
    };
    if main.iter().all(dated) {
        return refuse(Reason::Fragment, &main[0].text);
    }
    let rather = [
        "you'd rather",
        "you would rather",
        "you'd prefer",
        "you need",
        "you'd take",
        "you'd settle",
        "you'd accept",
        "you'd want",
        "you'd like",
        "you want",
        "you expect",
    ];
    if turned.kind == Kind::Statement
        && turned.condition.is_none()
        && !main[0].is("it")
        && !rather.iter().any(|r| turned.text.starts_with(r))
    {
        return refuse(Reason::Threat, &main[0].text);
    }
    if turned.kind == Kind::Question {
        let text = format!("{} {} {condition}", turned.text, word.low);
        return Ok(Turned { text, ..turned });
    }
    if word.is("unless") {
        let (Kind::Wish | Kind::Request { .. }) = turned.kind else {
            return refuse(Reason::Threat, "unless");
        };
        let text = format!("{} unless {condition}", turned.text);
        return Ok(Turned { text, ..turned });
    }
    Ok(Turned { condition: Some(condition), ..turned })
}
