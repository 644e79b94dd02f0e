//! Set phrases of courtesy round an ask put plainly: "could you see your way to posting it" is "could you
//! post it", "I wouldn't say no to a lift" is "I'd like a lift".

use crate::class::*;
use crate::hints::stem;
use crate::opening::fits;
use crate::token::{Tag, Token};

/// At the start of a clause: how it is said, and the plain words for it.
const PLAIN: [(&str, &[&str]); 22] = [
    ("i|we request|demand|require once more|again ?for", LIKE),
    ("i|we request|demand|require again ?for", LIKE),
    ("i|we would|'d ?so dearly|so love", LIKE),
    ("i|we would|'d|should|will ?really take|call|count|think|consider it ?as ?a ?great kindly", KIND),
    (
        "i|we would|'d|should|will ?really take|call|count|think|consider it ?as a ?great kindness|favour|favor",
        KIND,
    ),
    (
        "i|we would|'d|should ?just|all be ?a ?lot|much ?the happier|easier if",
        &["would", "be", "grateful", "if"],
    ),
    ("i|we would|'d|should|could|can settle for", LIKE),
    ("i|we wouldn't ?ever say|saying no to", LIKE),
    ("i|we would not ?ever say no to", LIKE),
    ("i|we wouldn't mind ?having", LIKE),
    ("i|we am|'m|are|'re ?only|just|also|really asking|hoping|wishing to be", &["would", "like", "to", "be"]),
    (
        "i|we am|'m|are|'re ?only|just|also|really asking|hoping|wishing to have",
        &["would", "like", "to", "have"],
    ),
    ("i|we ?only|just|also|still wish to be", &["would", "like", "to", "be"]),
    ("i|we ?only|just|also|still wish to have", &["would", "like", "to", "have"]),
    ("i|we ?only|just|also|still wish to know", &["would", "like", "to", "know"]),
    ("i|we ?only|just|also|still wish to see", &["would", "like", "to", "see"]),
    ("i|we will|'ll|shall|would|'d be looking|wanting|needing|expecting ?for|at", LIKE),
    ("i|we should|would ?also want", LIKE),
    ("i|we ?do|also|just|still have|'ve ?got to know", &["want", "to", "know"]),
    ("i|we would|'d|should ?really|also|very|greatly value", LIKE),
    ("i|we ?do|also|just|still must know", &["want", "to", "know"]),
    ("i|we ?do|really reckon", &["think"]),
];
const KIND: &[&str] = &["would", "be", "grateful"];
const LIKE: &[&str] = &["would", "like"];

/// Said for "please": what follows is a deed.
const PLEASE: [&str; 6] = [
    "may|might|can|could i|we ?please|also|just ask|beg|trouble ?of you to",
    "?i ?think all|what i|we am|'m|are|'re ?really asking is|'s if|whether you would|'d|could",
    "it might|would|could|'d ?perhaps|maybe be an idea|kindness to",
    "it might|would|could|'d ?perhaps|maybe be a ?very good idea|thing to",
    "it might|would ?perhaps be as|just well to",
    "it might|would ?perhaps be just as well to",
];

/// Puts them plainly.
pub(crate) fn plainly(tokens: &mut Vec<Token<'_>>) {
    needs_be(tokens);
    // "only I'd like to know"
    if tokens.len() > 3 && tokens[0].is("only") && tokens[1].any(&["i", "we"]) {
        tokens.remove(0);
    }
    // "still want the £68"
    if tokens.len() > 3
        && tokens[0].any(&["still", "just", "also", "only"])
        && tokens[1].any(&["want", "need"])
        && (tokens[2].has(DETERMINER | POSSESSIVE) || tokens[2].digit())
    {
        tokens.remove(0);
        tokens[0].glued = false;
        tokens.insert(0, Token::new("I", false));
    }
    supposed(tokens);
    for_what_reason(tokens);
    polite_end(tokens);
    tag_question(tokens);
    yes_or_no(tokens);
    called(tokens);
    or_not(tokens);
    let mut at = 0;
    while at < tokens.len() {
        let start = at == 0
            || at == 2 && fits("after that|this", tokens).is_some()
            || !tokens[at].quoted
                && (tokens[at - 1].mark() || tokens[at - 1].any(&["and", "but", "so", "then", "although"]));
        if tokens[at].quoted {
            at += 1;
            continue;
        }
        let supposed = tokens[0].is("if")
            && at > 2
            && tokens[at].any(&["i", "we"])
            && !tokens[at - 1].any(&["that", "which", "who", "as", "when", "what", "because", "where", "if"]);
        if start || supposed {
            begun(tokens, at);
        } else if let Some(n) = fits("i|we would|'d have", &tokens[at..])
            && tokens.get(at + n).is_some_and(|t| t.is("back"))
        {
            // "the £6 I'd have back"
            put(tokens, at + n - 1, 1, &["like"]);
        }
        speech(tokens, at);
        let sum = |at: Option<usize>| at.and_then(|at| tokens.get(at)).is_none_or(Token::digit);
        if tokens[at].is("+") && !tokens[at].glued && !sum(at.checked_sub(1)) && !sum(Some(at + 1)) {
            tokens[at] = Token::new("and", false);
        }
        like_it_says(tokens, at);
        without_to(tokens, at);
        one_of_you(tokens, at);
        see_your_way(tokens, at);
        at += 1;
    }
    // "a new set wouldn't go amiss", "that'd be fab"
    const AMISS: [&str; 4] = [
        "wouldn't go|come amiss|astray ?either",
        "would not go|come amiss|astray ?either",
        "wouldn't be unwelcome ?either",
        "would not be unwelcome ?either",
    ];
    if let Some((at, n)) = (1..tokens.len())
        .filter(|&at| tokens[at].any(&["would", "wouldn't"]))
        .find_map(|at| AMISS.iter().find_map(|pattern| fits(pattern, &tokens[at..])).map(|n| (at, n)))
    {
        put(tokens, at, n, &["would", "be", "welcome"]);
    }
    for at in 1..tokens.len() {
        let fab = tokens[at].any(&["fab", "super", "smashing", "ace", "grand", "brill", "fabulous"]);
        if fab && tokens[at - 1].is("be") && tokens.get(at + 1).is_none_or(Token::mark) {
            tokens[at].say("great");
        }
    }
}

/// Cuts what they'll do or what will come of it otherwise: ", or I'll go to the papers", ", failing which …".
/// What stays must be an ask of some words, and no further one may go with it.
pub(crate) fn otherwise(tokens: &mut Vec<Token<'_>>) {
    let words = |t: &[Token<'_>]| t.iter().filter(|t| !t.mark()).count();
    let found = (2..tokens.len()).find(|&at| {
        if tokens[at].quoted {
            return false;
        }
        let rest = &tokens[at..];
        let after = tokens[at - 1].any(&[",", ";", ".", "-", "–", "—"]);
        let or = fits("or ?else", rest).or_else(|| fits("otherwise|else ?,", rest).filter(|_| after));
        let which = after.then(|| fits("failing|after which ?,", rest)).flatten();
        let Some(n) = or.or(which) else { return false };
        let rest = &rest[n..];
        let Some(first) = rest.first() else { return false };
        // "or I can collect it" is one more choice
        let offers = |t: &Token<'_>| {
            t.any(&[
                "collect", "come", "fetch", "pick", "bring", "drop", "wait", "pay", "call", "send", "post",
            ])
        };
        let will = |t: &Token<'_>| {
            t.has(BASE) && !t.has(MODAL | HAVE | DO | THINK) && !offers(t)
                || t.any(&["will", "'ll", "shall", "'m", "am", "won't", "have"])
        };
        let own =
            first.any(&["i", "we"]) && rest.get(1).is_some_and(will) && !rest.get(2).is_some_and(offers);
        let run = rest.iter().take_while(|t| !t.mark()).take(6);
        let pronoun = first.any(&["he", "she", "it", "they"]);
        let named = (pronoun || first.any(&["my", "our", "the"]) || first.capital() && !first.is("i"))
            && (run.clone().any(|t| t.any(&["will", "'ll", "shall", "goes", "gets", "won't"]))
                || pronoun && rest.get(1).is_some_and(|t| t.any(&["'s", "is", "has", "goes"])));
        let asked = rest.iter().any(|t| t.any(&["please", "?", "want", "like", "need", "prefer"]))
            && !rest.iter().any(|t| t.any(&["otherwise"]));
        (own || named || which.is_some())
            && (!asked
                || own
                    && which.is_none()
                    && !rest.iter().any(|t| t.any(&["please", "?", "like", "want", "prefer"])))
    });
    if let Some(at) = found.filter(|&at| words(&tokens[..at]) > 2) {
        tokens.truncate(at);
        while tokens.last().is_some_and(|t| t.any(&[",", ";", "-", "–", "—"])) {
            tokens.pop();
        }
    }
}

/// What stands at the start of a clause.
fn begun<'a>(tokens: &mut Vec<Token<'a>>, at: usize) {
    let rest = &tokens[at..];
    // nothing of the kind begins with another word
    let first = &rest[0];
    let may = first.any(&[
        "i", "we", "it", "is", "was", "would", "should", "'d", "do", "did", "all", "what", "for", "someone",
        "somebody", "wouldn't", "may", "might", "can", "could", "there", "can't", "couldn't",
    ]);
    if !may && !first.has(DETERMINER | POSSESSIVE) {
        return;
    }
    // "I'll have my £20 back": what they'd like
    const TAKES: &str = "i|we will|'ll|shall|would|'d ?also ?just|gladly|happily take|have|accept";
    if let Some(n) = fits(TAKES, rest) {
        let thing = rest[n..].iter().take(7).take_while(|t| !t.mark());
        let sum = thing.clone().any(|t| t.any(&["back", "refund", "money", "refunded"]));
        let owned = rest.get(n).is_some_and(|t| t.has(DETERMINER | POSSESSIVE) || t.digit());
        if sum && owned {
            // "and start again": what they'll do then is left out
            let and = (at + n + 1..tokens.len() - 1).find(|&and| {
                tokens[and].is("and") && tokens[and + 1].has(BASE) && !tokens[and + 1].has(PRONOUN)
            });
            if let Some(and) = and.filter(|_| !tokens[at + n..].iter().any(|t| t.mark() && !t.is("."))) {
                tokens.truncate(and);
            }
            put(tokens, at + 1, n - 1, LIKE);
            return;
        }
    }
    // "I'd sooner stop the plan": as "I'd like to"
    if let Some(n) = fits("i|we would|'d ?much rather|sooner", rest)
        .or_else(|| fits("i|we would|'d just as soon", rest))
        .or_else(|| fits("i|we would|'d as soon", rest))
        && rest.get(n).is_some_and(|t| t.has(BASE) && !t.has(FINITE) || t.is("have"))
        && !rest.get(n).is_some_and(|t| t.any(&["not", "that", "like"]) || t.has(PRONOUN))
        && !rest.iter().any(|t| t.is("than"))
    {
        put(tokens, at + 1, n - 1, &["would", "like", "to"]);
        return;
    }
    // "I need in writing why it failed": what they'd like to know
    if let Some(n) = fits("i|we ?also|still|now need|want|require|demand|expect in writing", rest)
        && rest[n..].iter().take(5).any(|t| t.any(&["what", "why", "how", "whether", "when", "who"]))
        && !rest[n..].iter().take(3).any(|t| t.has(DETERMINER | POSSESSIVE) && !t.has(WH))
    {
        let words = ["to", "know"].map(|word| Token::new(word, false));
        tokens.splice(at + n - 2..at + n - 2, words);
        return;
    }
    if let Some((n, plain)) = PLAIN.iter().find_map(|(pattern, plain)| Some((fits(pattern, rest)?, *plain))) {
        // "I'd settle for them leaving me alone": no thing
        let placed = rest.get(n + 1).is_some_and(|t| t.has(PARTICIPLE) || t.any(&["back", "by", "off"]));
        let thing = rest
            .get(n)
            .is_none_or(|t| placed || !t.any(&["them", "you", "him", "her", "it", "that", "this"]))
            // "I shall be looking to you for the difference"
            && !(rest[n - 1].is("looking") && rest.get(n).is_some_and(|t| t.is("to")));
        if plain != LIKE || thing {
            // "settle for the money or for a box"
            if rest[n - 1].is("for")
                && let Some(other) = (at + n..tokens.len() - 1)
                    .find(|&or| tokens[or].any(&["or", "and"]) && tokens[or + 1].is("for"))
            {
                tokens.remove(other + 1);
            }
            put(tokens, at + 1, n - 1, plain);
        }
        return;
    }
    if let Some(n) = PLEASE.iter().find_map(|pattern| fits(pattern, rest)).filter(|&n| rest.len() > n + 1) {
        put(tokens, at, n, &["please"]);
        return;
    }
    // "a fair settlement would be the refund", "I think there ought to be some difference in the price"
    const WISHED: [&str; 5] = [
        "?i|we ?do ?think|feel|believe ?that a|the|my ?very fair|reasonable|best|simplest|obvious|ideal settlement|outcome|resolution|solution|remedy would be",
        "what i|we would|'d|will|'ll settle for is|'s|would ?be",
        "i|we ?do ?also think|feel|believe ?that there should ?also be",
        "i|we ?do ?also think|feel|believe ?that there ought to be",
        "there needs to be",
    ];
    if let Some(n) = WISHED.iter().find_map(|pattern| fits(pattern, rest))
        && rest.get(n).is_some_and(|t| t.has(DETERMINER | POSSESSIVE) || t.digit() || t.is("something"))
        && !rest.get(n + 1).is_some_and(|t| t.any(&["way", "law", "limit", "reason", "mistake"]))
    {
        put(tokens, at, n, &["I", "would", "like"]);
        return;
    }
    // "it would be lovely if the lorry could come"
    const GOOD: [&str; 2] = [
        "it would|'d ?really ?also be ?very|so ?much lovely|nice|good|great|helpful|kind|wonderful|useful|handy|appreciated|better if",
        "it would|'d ?really|greatly|also help ?us|me ?greatly|enormously if",
    ];
    if let Some(n) = GOOD.iter().find_map(|pattern| fits(pattern, rest))
        && rest[n..].iter().take(9).any(|t| t.any(&["could", "would", "'d", "can", "might"]))
        && !rest.get(n).is_some_and(|t| t.any(&["i", "we", "you", "it", "that"]))
    {
        put(tokens, at, n, &["I", "would", "be", "grateful", "if"]);
        return;
    }
    // "can't you just post it"
    if let Some(n) = fits(
        "can't|couldn't|won't|wouldn't you|somebody|someone ?not just|simply|at|possibly|perhaps ?least",
        rest,
    ) && rest.get(n).is_some_and(|t| t.has(BASE) && t.has(REQUEST) && !t.has(FINITE))
        && rest.get(n + 1).is_some_and(|t| t.has(OBJECT | DETERMINER | POSSESSIVE) || t.is("it"))
    {
        let who = tokens[at + 1].clone();
        tokens.splice(at..at + n, [Token::new("could", false), who, Token::new("please", false)]);
        return;
    }
    // "could you not at least publish it"
    if let Some(n) = fits("can|could you|somebody|someone not just|simply|at|possibly|perhaps ?least", rest)
        && rest.get(n).is_some_and(|t| t.has(BASE) && t.has(REQUEST) && !t.has(FINITE))
    {
        put(tokens, at + 2, n - 2, &["please"]);
        return;
    }
    // "for what reason"
    if fits("for what reason", rest).is_some() {
        put(tokens, at, 3, &["why"]);
        return;
    }
    // "the committee would be obliged if"
    let run =
        rest.iter().take(4).take_while(|t| t.has(NOUN | DETERMINER | POSSESSIVE) && !t.has(PRONOUN)).count();
    if run > 1
        && rest[0].has(DETERMINER | POSSESSIVE)
        && let Some(n) =
            fits("would|'d|should be ?most|very|so ?much obliged|grateful|glad|thankful if", &rest[run..])
    {
        put(tokens, at, run + n, &["I", "would", "be", "grateful", "if"]);
        return;
    }
    // "wouldn't say no to a decent reel"
    if let Some(n) = fits("wouldn't say no to", rest).filter(|_| at == 0) {
        put(tokens, at, n, &["I", "would", "like"]);
        return;
    }
    // "someone's got to tell me"
    if let Some(n) = fits("someone|somebody 's|has got to", rest) {
        put(tokens, at, n, &["somebody", "needs", "to"]);
        return;
    }
    if fits("i|we want|need only to", rest).is_some() {
        tokens.remove(at + 2);
        return;
    }
    // "is it not possible to": asked all the same
    if fits("is|was|would it not possible|usual|normal|allowed|be to|for|possible", rest).is_some() {
        tokens.remove(at + 2);
        return;
    }
    // "I enclose the sheet, and should like your comments on it"
    if at > 1
        && fits("should|would|'d ?also|therefore ?very ?much like|appreciate|prefer|welcome", rest).is_some()
        && tokens[at - 1].any(&["and", "but"])
        && tokens[0].any(&["i", "we"])
        && !tokens[..at].iter().any(|t| t.any(&["he", "she", "they", "who", "which", "you", "that"]))
    {
        let own = if tokens[0].is("i") { "I" } else { "we" };
        tokens.insert(at, Token::new(own, false));
        return;
    }
    // "do you think we might be told": whether they might
    if let Some(n) = fits("do|did ye|you think|suppose ?that", rest)
        && tokens[at + n..]
            .iter()
            .take(6)
            .position(|t| t.any(&["might", "could", "can", "may"]))
            .is_some_and(|v| v > 0)
        && !tokens[at + n..].iter().take(6).any(Token::mark)
        && tokens.last().is_some_and(|t| t.is("?"))
        && !tokens[at + n].is("you")
    {
        put(tokens, at, n, &["perhaps"]);
    }
}

/// How they speak, where it is sure what is meant: "do I gotta", "is there owt".
fn speech(tokens: &mut Vec<Token<'_>>, at: usize) {
    let owned = at > 0 && (tokens[at - 1].has(HAVE) || tokens[at - 1].is("'s"));
    match &*tokens[at].low {
        "ye" => tokens[at].say("you"),
        "owt" => tokens[at].say("anything"),
        "gotta" if owned => put(tokens, at, 1, &["got", "to"]),
        "gotta" => put(tokens, at, 1, &["have", "to"]),
        "gonna" => put(tokens, at, 1, &["going", "to"]),
        "wanna" => put(tokens, at, 1, &["want", "to"]),
        _ => {}
    }
}

/// A learner's "without to pay".
fn without_to(tokens: &mut Vec<Token<'_>>, at: usize) {
    let [without, to, verb, ..] = &tokens[at..] else { return };
    if !(without.is("without") && to.is("to") && verb.has(BASE)) {
        return;
    }
    let base = &*verb.low;
    let short = base.strip_suffix('e').unwrap_or(base);
    let double = base.chars().last().map(|c| format!("{base}{c}ing")).unwrap_or_default();
    let known = |word: &String| crate::lexicon::classes(word) & GERUND != 0;
    let Some(doing) = [format!("{base}ing"), format!("{short}ing"), double].into_iter().find(known) else {
        return;
    };
    tokens.splice(at + 1..at + 3, [Token::new(doing, false)]);
}

/// "would one of you ring me": somebody of ours.
fn one_of_you(tokens: &mut Vec<Token<'_>>, at: usize) {
    if !tokens[at].any(&["one", "any", "some"]) {
        return;
    }
    if at == 0
        || !tokens[at - 1].any(&[
            "would", "could", "can", "might", "will", "may", "if", "that", "have", "please", "like", "want",
            "need",
        ])
    {
        return;
    }
    if let Some(n) = fits("one|any|some of you|your|yous", &tokens[at..])
        && tokens.get(at + n).is_some_and(|t| {
            !t.has(PLURAL | POSSESSIVE)
                && (t.has(BASE | MODAL | CONTACT) || t.any(&["please", "to", "kindly", "just"]))
        })
        && tokens[at + n - 1].is("you")
    {
        put(tokens, at, n, &["somebody"]);
        if tokens[at - 1].any(&["might", "may"]) {
            put(tokens, at - 1, 1, &["could"]);
        }
    }
}

/// "could you see your way to posting it": "could you post it".
fn see_your_way(tokens: &mut Vec<Token<'_>>, at: usize) {
    if !tokens[at].any(&["see", "find"]) {
        return;
    }
    let patterns =
        ["?find see your way ?clear to", "find it in your heart|power to", "bring yourself|yourselves to"];
    let Some(n) = patterns[..2].iter().find_map(|pattern| fits(pattern, &tokens[at..])) else { return };
    let Some(verb) = tokens.get(at + n) else { return };
    // "if you can see your way to it"
    let it = verb.any(&["it", "that", "this"]) && tokens.get(at + n + 1).is_none_or(Token::mark);
    if it && at > 1 && tokens[at - 1].any(&["can", "could"]) && tokens[at - 2].is("you") {
        tokens.drain(at..=at + n);
        return;
    }
    // "to a small binder": a thing is managed
    if verb.has(DETERMINER | POSSESSIVE) && !verb.quoted {
        put(tokens, at, n, &["manage"]);
        return;
    }
    let led = at > 0
        && tokens[at - 1].any(&[
            "you", "somebody", "someone", "they", "just", "possibly", "please", "could", "would", "can",
            "might", "will", "'d",
        ]);
    if !led || verb.quoted {
        return;
    }
    if verb.has(BASE) && !verb.has(GERUND) {
        tokens.drain(at..at + n);
    } else if let Some(base) = stem(&verb.low) {
        tokens.splice(at..=at + n, [Token::new(base, false)]);
    }
}

/// "by van if need be": one word, so to speak.
fn needs_be(tokens: &mut Vec<Token<'_>>) {
    while let Some(at) = (1..tokens.len().saturating_sub(2))
        .find(|&at| !tokens[at].quoted && fits("if need|needs be", &tokens[at..]).is_some())
    {
        let class = crate::lexicon::classes("perhaps");
        let whole = Token { class, ..Token::own("if need be", Tag::Adverb) };
        tokens.splice(at..at + 3, [whole]);
    }
}

/// "in the case that": "if"; a learner's "if is not possible".
fn supposed(tokens: &mut Vec<Token<'_>>) {
    if let Some(n) = fits("in ?the case|event that", tokens) {
        put(tokens, 0, n, &["if"]);
    }
    if let Some(at) = (0..tokens.len().saturating_sub(2)).find(|&at| {
        tokens[at].is("if")
            && !tokens[at].quoted
            && tokens[at + 1].is("is")
            && tokens[at + 2].any(&["not", "possible", "necessary", "too"])
    }) {
        tokens.insert(at + 1, Token::new("it", false));
    }
}

/// "may I ask you for what reason": "why".
fn for_what_reason(tokens: &mut Vec<Token<'_>>) {
    if let Some(at) = (2..tokens.len()).find(|&at| {
        tokens[at - 1].any(&["you", "me", "us", "know", "ask"])
            && fits("for what reason", &tokens[at..]).is_some()
    }) {
        put(tokens, at, 3, &["why"]);
    }
}

/// "…, if you don't mind": only courtesy.
fn polite_end(tokens: &mut Vec<Token<'_>>) {
    const ENDS: [&str; 6] = [
        "if you would|could|please|will",
        "if you don't mind",
        "if it is|'s no|not ?too ?much trouble|bother",
        "if that is|'s all right|ok|okay|fine|alright ?with ?you",
        "if anyone|anybody is|'s asking",
        "if you would|'d|could be so kind|good",
    ];
    let end = tokens.iter().rposition(|t| !t.mark()).map_or(0, |at| at + 1);
    let from = (3..end).rev().take(9).find(|&at| {
        !tokens[at].quoted
            && ENDS.iter().any(|pattern| fits(pattern, &tokens[at..]).is_some_and(|n| at + n == end))
    });
    if let Some(at) = from {
        let comma = usize::from(tokens[at - 1].is(","));
        tokens.drain(at - comma..end);
    }
}

/// "it's still under guarantee, isn't it?": asked whether it is.
fn tag_question(tokens: &mut Vec<Token<'_>>) {
    let end = tokens.len().saturating_sub(4);
    let tag = matches!(&tokens[end..], [comma, verb, own, mark] if comma.is(",")
        && mark.is("?")
        && verb.has(FINITE)
        && verb.has(BE | DO | HAVE | MODAL)
        && own.any(&["it", "you", "there", "they", "he", "she"]));
    let subject = tokens.first().is_some_and(|t| {
        !t.any(&["that", "this"]) && t.has(DETERMINER | POSSESSIVE)
            || t.any(&["it", "you", "there", "they", "he", "she"])
    });
    let plain = !tokens[..end]
        .iter()
        .any(|t| t.mark() && !t.quoted || t.has(THINK | NEGATIVE) || t.any(&["think", "reckon", "people"]));
    if end > 3 && tag && subject && plain {
        tokens.drain(end..end + 3);
        tokens[0].text = tokens[0].low.clone();
        tokens[0].glued = false;
        tokens.insert(0, Token::new("perhaps", false));
    }
}

/// ", yes or no,": only says that it is a question.
fn yes_or_no(tokens: &mut Vec<Token<'_>>) {
    let Some(at) = (1..tokens.len()).find(|&at| {
        tokens[at - 1].is(",")
            && !tokens[at].quoted
            && (fits("yes or no", &tokens[at..]).is_some() || tokens[at].is("yes/no"))
    }) else {
        return;
    };
    let end = at + if tokens[at].is("yes/no") { 1 } else { 3 };
    if tokens.get(end).is_none_or(Token::mark) {
        tokens.drain(at - 1..end);
    }
}

/// "why does it say so, Bridget?": whom they call to.
fn called(tokens: &mut Vec<Token<'_>>) {
    if let [.., before, comma, name, mark] = &tokens[..]
        && comma.is(",")
        && mark.is("?")
        && name.capital_name()
        && name.text.chars().all(char::is_alphabetic)
        && !before.capital()
        && tokens.iter().filter(|t| t.is(",")).count() == 1
    {
        let end = tokens.len() - 1;
        tokens.drain(end - 2..end);
    }
}

/// "do I sign it or don't I?", "or not?": asked once.
fn or_not(tokens: &mut Vec<Token<'_>>) {
    if let [.., or, not, mark] = &tokens[..]
        && or.is("or")
        && not.is("not")
        && mark.is("?")
        && tokens[0].has(FINITE)
    {
        let end = tokens.len() - 1;
        tokens.drain(end - 2..end);
        if tokens[tokens.len() - 2].is(",") {
            tokens.remove(tokens.len() - 2);
        }
    }
    if let [.., or, verb, own, mark] = &tokens[..]
        && or.is("or")
        && mark.is("?")
        && verb.has(NEGATIVE)
        && verb.has(FINITE)
        && (own.has(SUBJECT) || own.any(&["it", "you", "there"]))
    {
        let end = tokens.len() - 1;
        tokens.drain(end - 3..end);
    }
}

/// "held at 52 like the paper says": as it says.
fn like_it_says(tokens: &mut [Token<'_>], at: usize) {
    let led = at > 1
        && (!tokens[at - 1].has(MODAL | BE | SUBJECT | ADVERB) || tokens[at - 1].is("back"))
        && !tokens[at - 1].any(&["'d", "to", "you", "also", "'s", "not", "and"]);
    if !led || !tokens[at].is("like") {
        return;
    }
    let rest = &tokens[at + 1..];
    let own = rest.first().is_some_and(|t| t.has(SUBJECT) || t.any(&["it", "you"]))
        && rest.get(1).is_some_and(|t| {
            t.any(&["said", "says", "was", "were", "is", "'s", "agreed", "promised", "did", "should"])
        });
    let named = rest.first().is_some_and(|t| t.has(DETERMINER | POSSESSIVE))
        && rest.iter().take(4).any(|t| t.any(&["says", "said", "promised"]));
    if own || named {
        tokens[at].say("as");
    }
}

/// Other words in place of some.
fn put(tokens: &mut Vec<Token<'_>>, at: usize, n: usize, words: &'static [&'static str]) {
    let glued = tokens[at].glued && tokens[at].mark();
    let mut plain: Vec<Token<'_>> = words.iter().map(|word| Token::new(*word, false)).collect();
    if let Some(first) = plain.first_mut() {
        first.glued = glued;
    }
    tokens.splice(at..at + n, plain);
}
