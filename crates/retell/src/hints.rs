//! Wishes said in a roundabout way, put plainly: "the fee should go back" is "I'd like the fee to go back",
//! "the least you could do is ring" is "please ring".

use crate::class::*;
use crate::forms;
use crate::opening::fits;
use crate::token::{Tag, Token};

/// "I think that", which says nothing.
const THINKS: [&str; 13] = [
    "all|what i|we am|'m|are|'re ?really asking|hoping|suggesting|proposing ?for is|'s that",
    "my|our ?only|own hope|wish|request|suggestion ?would is|'s|be that",
    "i|we ?just|only|also want|need that",
    "i|we would|'d|should ?also like|want|prefer|love that",
    "i|we ?do|really|still think|feel|believe|reckon|suppose|consider ?that",
    "i|we would|'d|must ?also|only|just think|hope|suggest|propose|say|ask|request|insist|beg that",
    "i|we would|'d suggest|propose",
    "i|we ?do|also|only|now ask|request|suggest|propose|insist|demand|require|expect|trust|hope|want|beg that",
    "i|we would|'d have thought|hoped ?that",
    "i|we hope|trust ?that",
    "i|we am|'m|are|'re ?only|just|also asking|requesting ?only|just that",
    "all|what i|we would|'d suggest|propose|ask|like|want is|'s that",
    "all|what i|we suggest|propose|ask|want|need is|'s that",
];
/// What we are to do follows.
const DEEDS: [&str; 9] = [
    "?please be ?so good|kind enough|as to",
    "the ?very least you could|can|might|should do is|'s ?to",
    "i|we ?do|also|now|would|'d expect|invite|urge|trust|advise|instruct you to",
    "all you|u need|have to do is|'s ?to",
    "it would|'d be nice|good|great|kind|helpful|lovely|useful|appreciated if you could|would|can",
    "what i|we would|'d suggest|propose|ask|like is|'s that you",
    "what i|we suggest|propose|ask|want|need is|'s that you",
    "i|we would|'d suggest|propose ?that you",
    "i|we ?just|do|only wonder|wondered|hope|hoped whether|if|that you would|'d|could|might be so|very kind|good|helpful as to",
];
/// What they'd like follows.
const WISHES: [&str; 13] = [
    "i|we ?also|would|'d ask ?you",
    "i|we would|'d|should be content|happy|satisfied with",
    "what would|'d suit ?me|us ?best is|'s",
    "i|we ?do|also|only|now|still expect|await|request|hope ?for",
    "i|we would|'d ?also|only ask|hope for",
    "it would|'d be nice|good|great|helpful|lovely|useful to",
    "i|we would|'d|should ?be thankful|glad|pleased|obliged for|of",
    "what would|'d help is|'s",
    "i|we ?do|also ?just prefer",
    "i|we ?do|also|only|just|now|still beg|wish|ask ?too ?for|of",
    "i|we would|'d|must|shall|will ask too for",
    "i|we am|'m|are|'re ?only|just|really|still after",
    "i|we would|'d|must|shall|will|'ll look|be ?looking to you for",
];
/// After "would be": that it is wished for.
const WELCOME: &[&str] = &[
    "nice",
    "great",
    "good",
    "great",
    "decent",
    "welcome",
    "appreciated",
    "ideal",
    "helpful",
    "lovely",
    "perfect",
    "fine",
    "useful",
    "wonderful",
    "grand",
    "kind",
    "better",
    "best",
    "enough",
    "acceptable",
    "fair",
    "brilliant",
];
/// After "would": what it would do for them.
const USEFUL: &[&str] = &[
    "let", "allow", "enable", "save", "make", "settle", "put", "set", "go", "see", "help", "keep", "square",
];
/// Between what they'd like and what is to become of it.
const MUST: &[&str] =
    &["must", "should", "might", "could", "can", "needs", "need", "has", "ought", "would", "have", "wants"];
/// What we'll do that is no deed asked of us.
const NO_DEED: &[&str] = &[
    "want",
    "get",
    "receive",
    "need",
    "find",
    "see",
    "know",
    "understand",
    "hear",
    "have",
    "be",
    "regret",
    "notice",
    "remember",
    "agree",
    "appreciate",
    "think",
    "like",
    "need",
    "recall",
    "imagine",
    "believe",
    "say",
];

/// The wish in plain words, to be turned as such.
pub(crate) fn direct<'a>(tokens: &[Token<'a>], goes_on: bool) -> Option<Vec<Token<'a>>> {
    if let Some(rest) = led(tokens) {
        return Some(rest);
    }
    if let Some(n) = DEEDS.iter().find_map(|pattern| fits(pattern, tokens)) {
        return tokens.get(n).filter(|t| t.has(BASE) || t.is("be")).map(|_| please(&tokens[n..]));
    }
    if let Some(n) = DEEDS[4..5].iter().find_map(|pattern| fits(pattern, tokens)) {
        return Some(please(&tokens[n..]));
    }
    // "I'd rather you wrote", "I'd appreciate it if the July box went to my sister"
    const PASTS: [&str; 3] = [
        "i|we would|'d rather|sooner|prefer ?it ?if",
        "i|we would|'d ?really|greatly appreciate it if",
        "i|we would|'d|should be ?most|very|really|so grateful|obliged|glad|thankful|pleased|happy if",
    ];
    if let Some(n) = PASTS.iter().find_map(|pattern| fits(pattern, tokens))
        && let Some(verb) = (n + 1..tokens.len().min(n + 9))
            .find(|&at| tokens[at].tag == Tag::Past && tokens[at].class & PAST != 0)
        && tokens[n..verb]
            .iter()
            .all(|t| !t.mark() && !matches!(t.tag, Tag::Wh | Tag::Modal | Tag::Subordinator))
        && !tokens[n].any(&["i", "we"])
        && !tokens.iter().any(|t| t.is("than"))
        && let Some(base) = forms::base(&tokens[verb].low)
    {
        let base = Token { tag: Tag::Base, ..Token::new(base, false) };
        let mut all = tokens[n..verb].to_vec();
        if all.len() == 1 && all[0].is("you") {
            let mut deed = vec![base];
            deed.extend_from_slice(&tokens[verb + 1..]);
            return Some(please(&deed));
        }
        all.extend([Token::own("to", Tag::To), base]);
        return Some(like(&all, &tokens[verb + 1..]));
    }
    if let Some(n) = PASTS.iter().find_map(|pattern| fits(pattern, tokens))
        && let Some(m) = fits("you ?simply|just|please didn't", &tokens[n..])
        && let Some(verb) = tokens.get(n + m).filter(|t| t.has(BASE))
        && !tokens[n + m..].windows(2).any(|w| w[0].any(&["and", "but"]) && w[1].has(PAST))
    {
        let mut all = vec![Token::own("don't", Tag::Auxiliary), Token { tag: Tag::Base, ..verb.clone() }];
        all.extend_from_slice(&tokens[n + m + 1..]);
        return Some(all);
    }
    if let Some(rest) = unwanted(tokens) {
        return Some(rest);
    }
    // "a line to say when it has gone would be helpful", "even a copy would do"
    let even = usize::from(tokens[0].is("even"));
    if tokens.get(even).is_some_and(|t| t.any(&["a", "an", "one", "some"]))
        && let Some(at) = tokens.iter().take(14).position(|t| t.is("would"))
        && let Some(n) = fits("would ?really ?very|most|so be", &tokens[at..])
            .filter(|n| tokens.get(at + n).is_some_and(|t| t.any(WELCOME)))
            .map(|n| n + 1)
            .or_else(|| fits("would be a start|help|kindness", &tokens[at..]))
            .or_else(|| fits("would do|suffice|help ?it|me|us ?nicely|fine", &tokens[at..]))
        && tokens.get(at + n).is_none_or(|t| t.mark() || t.is("please"))
        && at > even + 1
        && !tokens[..at].iter().any(|t| t.mark() && !t.quoted || t.any(&["if", "you", "not", "there"]))
    {
        return Some(like(&tokens[even..at], &[]));
    }
    // "a corrected one by month end would let me pay"
    if tokens
        .get(even)
        .is_some_and(|t| t.any(&["a", "an", "one", "some", "two", "three", "half", "something"]))
        && let Some(at) = tokens.iter().take(14).position(|t| t.is("would"))
        && tokens.get(at + 1).is_some_and(|t| t.any(USEFUL))
        && tokens.len() > at + 2
        && at > even + 1
        && !tokens[..at].iter().any(|t| t.mark() && !t.quoted || t.any(&["if", "you", "not", "there", "who"]))
        && !tokens[at..].iter().any(|t| {
            t.any(&["please", "?", "want", "like", "but", "or", "if", "unless", "only", "you"])
                || t.has(NEGATIVE)
        })
    {
        return Some(like(&tokens[even..at], &[]));
    }
    if let Some(plain) = sum(tokens) {
        return Some(plain);
    }
    // "I think we shouldn't have to pay for it", "I'd better have my money back"
    let think = fits("i|we ?also|do|really think|feel|believe|suppose|reckon ?that", tokens).unwrap_or(0);
    if let Some(n) = fits("i|we shouldn't|oughtn't have to", &tokens[think..])
        .or_else(|| fits("i|we should|ought not have to", &tokens[think..]))
        .map(|n| think + n)
        && tokens.get(n).is_some_and(|t| t.has(BASE))
    {
        let mut all = vec![Token::own("not", Tag::Adverb), Token::own("to", Tag::To)];
        all.push(Token::own("have", Tag::Base));
        all.extend_from_slice(&tokens[n - 1..]);
        return Some(like(&all, &[]));
    }
    if let Some(n) = fits("i|we 'd|had better have", &tokens[think..]).map(|n| think + n)
        && tokens.get(n).is_some_and(|t| t.has(DETERMINER | POSSESSIVE))
    {
        return Some(like(&tokens[n..], &[]));
    }
    let adverb =
        usize::from(tokens[0].any(&["perhaps", "maybe", "presumably", "hopefully", "ideally", "surely"]));
    let adverb = adverb + usize::from(adverb > 0 && tokens.get(1).is_some_and(|t| t.is(",")));
    let thinks = THINKS.iter().filter_map(|pattern| fits(pattern, &tokens[adverb..])).max().unwrap_or(0);
    let thinks = thinks.max(usize::from(goes_on && tokens[adverb..].first().is_some_and(|t| t.is("that"))));
    let begun = adverb + thinks;
    let that = thinks > 0 || goes_on;
    let rest = tokens.get(begun..).filter(|r| r.len() > 2)?;
    if rest[0].is("you") {
        return deed(rest, begun > 0 || goes_on, that);
    }
    // "that I'm put down for it", "and that I learn who it was"
    if that && rest[0].any(&["i", "we"]) {
        let done = rest[1].any(&["am", "'m", "are", "'re", "be"]) && rest[2].has(PARTICIPLE);
        let gets = rest[1].any(&["learn", "know", "get", "have", "receive", "hear", "see"]);
        if done || gets {
            let mut all = vec![Token::own("to", Tag::To)];
            let verb = if done { Token::own("be", Tag::Auxiliary) } else { rest[1].clone() };
            all.push(Token { tag: if done { Tag::Auxiliary } else { Tag::Base }, ..verb });
            all.extend_from_slice(&rest[2..]);
            all[2].tag = if done { Tag::Participle } else { all[2].tag };
            return Some(like(&all, &[]));
        }
    }
    if let Some(n) = WISHES.iter().find_map(|pattern| fits(pattern, rest)) {
        let next = rest.get(n)?;
        let to = rest[n - 1].is("to");
        let fits = matches!(next.tag, Tag::Determiner | Tag::Possessive | Tag::Number)
            || next.any(&["somebody", "someone"]);
        return (fits || to && (next.has(BASE) || next.is("be")))
            .then(|| like(&rest[if to { n - 1 } else { n }..], &[]));
    }
    if fits(
        "i|we would|'d|should ?also be ?most|very|so glad|pleased|happy|grateful|content|obliged|thankful|curious|interested|relieved|keen to be|have|hear|know|see|get|receive|learn|find",
        rest,
    )
    .is_some()
    {
        let to = rest.iter().position(|t| t.is("to"))?;
        return Some(like(&rest[to..], &[]));
    }
    let named = matches!(
        rest[0].tag,
        Tag::Determiner | Tag::Possessive | Tag::Number | Tag::Noun | Tag::Name | Tag::Adjective
    ) || rest[0]
        .any(&["it", "this", "that", "these", "those", "they", "somebody", "someone", "nobody", "he", "she"]);
    if !named || tokens.iter().any(|t| t.is("?") && !t.quoted) {
        return None;
    }
    let verb = (1..rest.len().min(14)).find(|&at| {
        let t = &rest[at];
        !t.quoted
            && (t.any(MUST)
                || that && t.any(&["be", "is", "are", "gets", "goes", "get", "go"])
                || to_be(rest, at)
                || that && t.tag == Tag::Base && t.has(REQUEST) && !rest[at - 1].has(MODAL | DO)
                || that && t.tag == Tag::Third && base_of(&t.low).is_some()
                    // "two day passes with lunch"
                    && (!t.has(PLURAL)
                        || rest[0].any(&["somebody", "someone", "another", "he", "she"])
                        || rest[0].tag == Tag::Name
                        || rest.get(at + 1).is_some_and(|n| n.has(OBJECT | DETERMINER | POSSESSIVE) || n.is("it")))
                || promised(rest, at))
            // "a letter I can show", "somebody who can bid"
            && !(rest[at - 1].tag == Tag::Wh || rest[at - 1].any(&["i", "we", "you"]))
            && (!t.any(&["is", "are"])
                || rest.get(at + 1).is_some_and(|n| n.has(PARTICIPLE) || n.any(&["not", "to", "at"])))
    })?;
    let mut subject = &rest[..verb];
    // "the £60, and the two rooms at £199 each, are to be returned"
    let listed = subject.last().is_some_and(|t| t.is(","))
        && subject.windows(2).filter(|w| w[0].is(",")).all(|w| w[1].any(&["and", "or"]));
    if listed {
        subject = &subject[..subject.len() - 1];
    }
    let apart = subject.iter().any(|t| {
        t.mark() && !t.quoted && !(listed && t.is(","))
            || matches!(t.tag, Tag::Subordinator)
            || t.any(&["if", "when", "not", "to", "there"])
                // "that someone who is allowed to decide calls me"
                && !(t.is("to") && subject.iter().any(|t| t.any(&["who", "authority", "able", "power"])))
    });
    if apart || subject.iter().any(|t| t.any(&["i", "we"])) && !subject[0].has(DETERMINER | POSSESSIVE) {
        return None;
    }
    let after = rest.get(verb + 1..)?;
    let word = &rest[verb];
    // "a bit off the £168 would be decent", "a text would do"
    if word.is("would") {
        // "perhaps somebody would telephone"
        let hinted = adverb > 0 && after.first()?.has(BASE) && !after[0].any(&["like", "have", "be"]);
        if hinted {
            let mut all = subject.to_vec();
            all.extend([Token::own("to", Tag::To), Token { tag: Tag::Base, ..after[0].clone() }]);
            return Some(like(&all, &after[1..]));
        }
        let is = after.first()?.is("be") && after.get(1)?.any(WELCOME)
            || after.first()?.any(&["do", "help", "suffice", "suit"]);
        let skip = after
            .iter()
            .skip(1)
            .take_while(|t| t.any(&["us", "me", "it", "nicely", "fine"]) || t.any(WELCOME))
            .count();
        let ends = after.get(1 + skip).is_none_or(|t| t.mark() || t.is("please"));
        return (is && ends && !subject[0].any(&["it", "this", "that", "any"])).then(|| like(subject, &[]));
    }
    if word.any(&["needs", "need", "has", "have", "ought", "wants"]) && !after.first()?.is("to") {
        return word.any(&["needs", "need", "wants"]).then(|| needing(subject, after)).flatten();
    }
    if word.is("wants") {
        return None;
    }
    // "that this one write to my wife"
    if that && word.tag == Tag::Base && !word.any(MUST) && !word.any(&["be", "go", "get"]) {
        let mut all = subject.to_vec();
        all.extend([Token::own("to", Tag::To), word.clone()]);
        return Some(like(&all, after));
    }
    // "that somebody looks in and rings me"
    let further = after.windows(2).any(|w| w[0].any(&["and", "or", ","]) && w[1].is("that"));
    if that && word.tag == Tag::Third && !word.any(MUST) {
        if further {
            return None;
        }
        let mut all = subject.to_vec();
        all.extend([
            Token::own("to", Tag::To),
            Token { tag: Tag::Base, ..Token::new(base_of(&word.low)?, false) },
        ]);
        let mut after = after.to_vec();
        for at in 1..after.len() {
            let relative = after[..at].iter().any(|t| matches!(t.tag, Tag::Wh | Tag::Subordinator));
            if after[at - 1].any(&["and", "or"]) && after[at].tag == Tag::Third && !relative {
                after[at] = Token { tag: Tag::Base, ..Token::new(base_of(&after[at].low)?, false) };
            }
        }
        return Some(like(&all, &after));
    }
    let weak = word.any(&["can", "could", "might"])
        && subject[0].any(&["it", "this", "that", "they", "he", "she", "nobody"]);

    let to = usize::from(after.first()?.is("to"));
    let not = usize::from(after.get(to)?.is("not"));
    let main = after.get(to + not)?;
    let bare = main.has(BASE) || main.any(&["be", "have", "do"]);
    if weak || word.is("has") && to == 0 {
        return None;
    }
    if that && to == 0 && word.any(&["be", "is", "are"]) {
        let mut all = subject.to_vec();
        all.push(Token::own("to", Tag::To));
        all.push(Token::own("be", Tag::Auxiliary));
        return Some(like(&all, after));
    }
    if that && word.any(&["gets", "goes", "get", "go"]) {
        let mut all = subject.to_vec();
        all.push(Token::own("to", Tag::To));
        all.push(Token::own(if word.any(&["gets", "get"]) { "get" } else { "go" }, Tag::Base));
        return Some(like(&all, after));
    }
    // "should have been": what was, not what is to be
    if !bare || main.is("have") && after.get(to + not + 1).is_some_and(|t| t.has(PARTICIPLE) || t.is("been"))
    {
        return None;
    }
    let mut all = subject.to_vec();
    if not > 0 {
        all.push(Token::own("not", Tag::Adverb));
    }
    all.push(Token::own("to", Tag::To));
    all.push(Token {
        tag: if main.has(BE | HAVE | DO) { Tag::Auxiliary } else { Tag::Base },
        ..main.clone()
    });
    Some(like(&all, &after[to + not + 1..]))
}

/// "Half of the hire back seems about fair", "an answer before I fly would be appreciated": the thing itself.
fn sum<'a>(tokens: &[Token<'a>]) -> Option<Vec<Token<'a>>> {
    const THOUGHT: [&str; 3] = [
        "i|we ?do|really|still think|feel|believe|suppose ?that",
        "i|we would|'d say|think|imagine ?that",
        "i|we would|'d have thought|said|hoped ?that",
    ];
    const RIGHT: &[&str] = &["fair", "right", "reasonable", "decent", "enough", "acceptable"];
    let thought = THOUGHT.iter().filter_map(|pattern| fits(pattern, tokens)).max().unwrap_or(0);
    let even = thought + usize::from(tokens.get(thought).is_some_and(|t| t.is("even")));
    let first = tokens.get(even)?;
    let whole = first.any(&["a", "an", "one", "some", "half", "something", "two", "three"]) || first.digit();
    let rest = &tokens[even..];
    let at = rest
        .iter()
        .take(14)
        .position(|t| t.any(&["would", "is", "are", "seems", "seem", "sounds", "was", "feels"]))
        .filter(|&at| at > 1 || at == 1 && rest[0].digit())?;
    let verb = &rest[at];
    let subject = &rest[..at];
    let apart = subject.iter().any(|t| {
        t.mark() && !t.quoted && !t.is(",")
            || t.any(&["if", "you", "not", "there", "and", "which", "that", "when"])
    });
    let amount = subject.iter().any(|t| {
        t.digit()
            || t.any(&["half", "third", "quarter", "refund", "discount", "something", "free", "reduction"])
    });
    let would = verb.is("would");
    if !whole || apart || !would && !amount || subject.iter().filter(|t| t.is(",")).count() > 0 {
        return None;
    }
    let n = fits("be", &rest[at + 1..]).filter(|_| would).map_or(0, |n| n);
    if would && n == 0 {
        return None;
    }
    let skip = rest[at + 1 + n..]
        .iter()
        .take_while(|t| {
            t.any(&[
                "to",
                "me",
                "us",
                "only",
                "just",
                "about",
                "more",
                "than",
                "really",
                "very",
                "most",
                "so",
                "quite",
                "perfectly",
                "much",
            ])
        })
        .count();
    let word = rest.get(at + 1 + n + skip)?;
    if !(word.any(RIGHT)
        || would && (word.any(WELCOME) || word.any(&["simplest", "easiest", "quickest", "handy"])))
    {
        return None;
    }
    let mut tail = &rest[at + 2 + n + skip..];
    while tail.first().is_some_and(|t| {
        t.any(&["too", "also", "to", "me", "us", "please", "either", "by", "here", "of", "you"])
    }) {
        if tail[0].is("by") && !tail.get(1).is_some_and(|t| t.any(&["me", "us"])) {
            break;
        }
        tail = &tail[1..];
    }
    let ends = tail.first().is_none_or(|t| {
        t.mark() || t.any(&["for", "given", "considering", "as", "since", "because", "this", "all"])
    });
    let when = tail
        .first()
        .is_some_and(|t| t.any(&["before", "by", "until", "within", "on", "in", "when", "after"]));
    let why = tail.first().is_some_and(|t| t.any(&["as", "since", "because"]));
    let asked = tail.iter().any(|t| {
        t.any(&["please", "?", "want", "like"]) || !why && t.any(&["and", "but", "or", "not", "if", "plus"])
    });
    // ", made out to us both"
    let made = tail.len() > 2
        && tail[0].is(",")
        && tail[1].has(PARTICIPLE)
        && tail[1].class & (NOUN | ADJECTIVE) == 0;
    if asked || !ends && !when {
        return None;
    }
    Some(like(subject, if when || made { tail } else { &[] }))
}

/// "looks" of "that somebody looks in": the verb without its s.
fn base_of(third: &str) -> Option<String> {
    let known = |base: &str| crate::lexicon::classes(base) & BASE != 0;
    let one = third.strip_suffix("ies").map(|s| format!("{s}y")).filter(|b| known(b));
    let other = third.strip_suffix('s').filter(|b| known(b)).map(str::to_owned);
    let long = third.strip_suffix("es").filter(|b| known(b)).map(str::to_owned);
    if third == "has" { Some("have".into()) } else { one.or(other).or(long) }
}

/// "The £60 is to be returned", "the mark's to come off".
fn to_be(tokens: &[Token<'_>], at: usize) -> bool {
    let word = &tokens[at];
    let is = word.any(&["is", "are"]) || word.is("'s") && word.tag == Tag::Auxiliary;
    let verb = tokens.get(at + 1 + usize::from(tokens.get(at + 1).is_some_and(|t| t.is("not"))));
    is && verb.is_some_and(|t| t.is("to"))
        && !tokens[0].any(&["it", "this", "that", "he", "she", "they", "these", "those"])
        && tokens[at + 2..].first().is_some_and(|t| t.has(BASE) || t.any(&["be", "to"]))
}

/// "A director will ring me": somebody not yet known, so it is no news.
fn promised(tokens: &[Token<'_>], at: usize) -> bool {
    tokens[at].is("will")
        && tokens[0].any(&["a", "an", "somebody", "someone"])
        && tokens.get(at + 1).is_some_and(|t| t.has(BASE))
        && tokens.get(at + 2).is_some_and(|t| t.any(&["me", "us", "my", "our"]))
}

/// What is said before the ask itself: "maybe let them know", "before anything else, take it off", "do the
/// needful and refund it"; a day goes to its end: "by noon, a call from the owner".
fn led<'a>(tokens: &[Token<'a>]) -> Option<Vec<Token<'a>>> {
    const EMPTY: [&str; 8] = [
        "in the meantime|meanwhile ?,",
        "meanwhile|then|now ?,",
        "do the needful ?, and|,|:",
        "before anything else ,",
        "either|any way ?,",
        "in either|any|both|each case|cases ?,",
        "first|second|third|secondly|thirdly|firstly|lastly|finally|fourth ,",
        "mainly|mostly|maybe|genuinely|honestly|seriously|possibly|perhaps|presumably|ideally|preferably|still ?,",
    ];
    let opens = |at: usize| {
        tokens.get(at).is_some_and(|t| {
            t.has(BASE) && (!t.has(FINITE) || t.is("let"))
                || t.has(DETERMINER | POSSESSIVE)
                || t.any(&["i", "we", "please", "don't", "do", "want", "need"])
                || matches!(t.tag, Tag::Number)
        })
    };
    if let Some(n) = EMPTY.iter().find_map(|pattern| fits(pattern, tokens)).filter(|&n| opens(n)) {
        let named = matches!(tokens[n].tag, Tag::Determiner | Tag::Possessive | Tag::Number | Tag::Noun);
        let verb =
            tokens[n..].iter().take(9).any(|t| t.any(&["would", "might", "could", "should", "must", "'ll"]));
        return (!(named && verb)).then(|| tokens[n..].to_vec());
    }
    let comma = tokens.iter().take(9).position(|t| t.any(&[",", ":"]) && !t.quoted)?;
    let lead = &tokens[..comma];
    let phrase = matches!(lead.first()?.tag, Tag::Preposition | Tag::Name)
        && lead.len() > 1
        && !lead.iter().any(|t| {
            matches!(t.tag, Tag::Modal | Tag::Past | Tag::Third | Tag::Wh | Tag::Subordinator)
                || t.has(FINITE)
                || t.any(&["i", "we"])
        });
    if !phrase || !opens(comma + 1) {
        return None;
    }
    let mut all = tokens[comma + 1..].to_vec();
    let dated = lead.iter().any(|t| {
        t.digit()
            || t.class & (WEEKDAY | MONTH | UNIT) != 0
            || t.any(&["tomorrow", "today", "tonight", "noon", "now"])
    });
    let listed = all.iter().any(|t| t.mark() && !t.quoted);
    if dated && all.iter().any(|t| matches!(t.tag, Tag::Wh | Tag::Subordinator)) {
        return None;
    }
    all[0].glued = false;
    if dated {
        while all.last().is_some_and(|t| t.mark() && !t.quoted) {
            all.pop();
        }
        if listed {
            all.push(Token { tag: Tag::Mark, ..Token::new(",", true) });
        }
        let from = all.len();
        all.extend_from_slice(lead);
        all[from].text = all[from].low.clone();
        all[from].glued = false;
    }
    Some(all)
}

/// "I'd like" and what follows.
fn like<'a>(one: &[Token<'a>], other: &[Token<'a>]) -> Vec<Token<'a>> {
    let mut all =
        vec![Token::own("I", Tag::Pronoun), Token::own("'d", Tag::Modal), Token::own("like", Tag::Base)];
    all[1].glued = true;
    let from = all.len();
    all.extend_from_slice(one);
    all.extend_from_slice(other);
    if let Some(first) =
        all.get_mut(from).filter(|t| t.tag != Tag::Name && !t.digit() && !crate::tag::shouted(t))
    {
        first.text = first.low.clone();
        first.glued = false;
        for (subject, object) in [("they", "them"), ("he", "him"), ("she", "her")] {
            if first.is(subject) {
                first.say(object);
            }
        }
    }
    all
}

/// "please" and what we are to do.
fn please<'a>(deed: &[Token<'a>]) -> Vec<Token<'a>> {
    let mut all = vec![Token::own("please", Tag::Adverb)];
    all.extend_from_slice(deed);
    all[1].tag = if all[1].has(BE | HAVE | DO) { Tag::Auxiliary } else { Tag::Base };
    all
}

/// "you should ring", "you'll need to ring", "that you ring".
fn deed<'a>(tokens: &[Token<'a>], begun: bool, that: bool) -> Option<Vec<Token<'a>>> {
    let patterns: &[&str] = &[
        "you will|'ll ?have|need to",
        "you need|ought|have|'ve to",
        "you must|should",
        "you had|'d better|best",
    ];
    let n = patterns.iter().find_map(|p| fits(p, tokens)).or_else(|| {
        let hint = begun.then(|| fits("you could|can|might|would|will|'d|'ll", tokens)).flatten();
        hint.or_else(|| fits("you will|'ll", tokens)).or(that.then_some(1))
    })?;
    let verb = tokens.get(n)?;
    let not = usize::from(verb.is("not"));
    let main = tokens.get(n + not)?;
    let known = n == 1 && main.any(&["know", "remember", "recall"]);
    if !main.has(BASE) || main.any(NO_DEED) && !that || known || main.has(FINITE) && main.has(BE) {
        return None;
    }
    // "you'll not get those tiles": what will be
    if not > 0 && tokens[1].any(&["will", "'ll"]) {
        return None;
    }
    if not > 0 {
        let mut all = vec![Token::own("don't", Tag::Auxiliary)];
        all.push(Token { tag: Tag::Base, ..main.clone() });
        all.extend_from_slice(&tokens[n + 2..]);
        return Some(all);
    }
    Some(please(&tokens[n..]))
}

/// "I don't want to be rung", "I don't want any more emails".
fn unwanted<'a>(tokens: &[Token<'a>]) -> Option<Vec<Token<'a>>> {
    let n = fits("i|we ?really|also|just do ?not want|need|wish", tokens)
        .filter(|_| tokens.iter().take(4).any(|t| t.is("not")))
        .or_else(|| fits("i|we ?really|also|just don't want|need|wish|expect", tokens))?;
    let next = tokens.get(n)?;
    if next.is("to") {
        return Some(like(&[Token::own("not", Tag::Adverb)], &tokens[n..]));
    }
    // "I don't want that same dealer to touch it"
    let thing = matches!(next.tag, Tag::Determiner | Tag::Possessive | Tag::Name)
        && !next.any(&["any", "a", "an"])
        || next.any(&["him", "her", "them", "you"]);
    let run = tokens[n..].iter().take_while(|t| t.tag.is_nominal()).count().max(1);
    if thing && tokens.get(n + run).is_some_and(|t| t.is("to")) {
        let mut all = tokens[n..n + run].to_vec();
        all.push(Token::own("not", Tag::Adverb));
        return Some(like(&all, &tokens[n + run..]));
    }
    let any = next.is("any");
    (any && tokens.len() > n + 1).then(|| like(&[Token::own("no", Tag::Determiner)], &tokens[n + 1..]))
}

/// "posting": "post".
pub(crate) fn stem(gerund: &str) -> Option<String> {
    let stem = gerund.strip_suffix("ing")?;
    let known = |base: &str| crate::lexicon::classes(base) & BASE != 0;
    let undoubled = stem.char_indices().next_back().map_or("", |(at, _)| &stem[..at]);
    let with_e = format!("{stem}e");
    let double = stem.len() > 2 && stem.as_bytes()[stem.len() - 1] == stem.as_bytes()[stem.len() - 2];
    // "putting" is no "putt"
    if double && crate::lexicon::irregular(undoubled).is_some() {
        Some(undoubled.to_owned())
    } else if known(stem) {
        Some(stem.to_owned())
    } else if known(&with_e) {
        Some(with_e)
    } else {
        (double && known(undoubled)).then(|| undoubled.to_owned())
    }
}

/// "posting": "posted".
pub(crate) fn done(gerund: &str) -> Option<String> {
    let base = stem(gerund)?;
    Some(crate::lexicon::irregular(&base).map_or_else(|| forms::past(&base), |forms| forms[2].to_owned()))
}

/// "This needs putting right": "this to be put right".
fn needing<'a>(subject: &[Token<'a>], after: &[Token<'a>]) -> Option<Vec<Token<'a>>> {
    let verb = after.first().filter(|t| t.has(GERUND))?;
    let done = done(&verb.low)?;
    let mut all = subject.to_vec();
    // "box needs fetching back"
    if matches!(subject, [thing] if thing.tag == Tag::Noun && thing.class & (PLURAL | MASS | FAMILY) == 0) {
        all[0].text = all[0].low.clone();
        all.insert(0, Token::own("the", Tag::Determiner));
    }
    all.push(Token::own("to", Tag::To));
    all.push(Token::own("be", Tag::Auxiliary));
    all.push(Token { tag: Tag::Participle, ..Token::new(done, false) });
    // "needs lifting out and putting back": "lifted out and put back"
    let mut rest = after[1..].to_vec();
    let doing = |t: &Token<'_>| t.has(GERUND) && (!t.has(NOUN) || crate::lexicon::first(t.class) == GERUND);
    for at in 1..rest.len() {
        if rest[at - 1].any(&["and", "or", ","]) && doing(&rest[at]) && !rest[at].quoted {
            let past = self::done(&rest[at].low)?;
            rest[at] = Token { tag: Tag::Participle, ..Token::new(past, false) };
        }
    }
    if rest.iter().any(doing) {
        return None;
    }
    Some(like(&all, &rest))
}
