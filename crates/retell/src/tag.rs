//! Tags: the closed classes first, then for the other words the likeliest class their left neighbour
//! allows.

use crate::class::*;
use crate::lexicon::{first, nominal};
use crate::token::{Tag, Token};

/// Tags all tokens.
pub(crate) fn tag(tokens: &mut [Token<'_>]) {
    for at in 0..tokens.len() {
        if tokens[at].tag == Tag::Mark {
            continue;
        }
        let tag = closed(tokens, at).unwrap_or_else(|| open(tokens, at));
        tokens[at].tag = tag;
    }
    for at in 0..tokens.len() {
        if tokens[at].tag == Tag::Past && participle(tokens, at) {
            tokens[at].tag = Tag::Participle;
        }
    }
}

/// The nearest token before `at` that is no adverb and no bracketing mark.
pub(crate) fn before(tokens: &[Token<'_>], at: usize) -> Option<usize> {
    (0..at).rev().find(|&i| tokens[i].tag != Tag::Adverb)
}

fn tagged(tokens: &[Token<'_>], at: usize, tags: &[Tag]) -> bool {
    tokens.get(at).is_some_and(|t| tags.contains(&t.tag))
}

/// The classes of the next word, and whether there is one.
fn next<'t, 'a>(tokens: &'t [Token<'a>], at: usize) -> Option<&'t Token<'a>> {
    tokens.get(at + 1).filter(|t| t.tag != Tag::Mark)
}

/// "The bank details you hold": things, and a clause about them.
fn held(tokens: &[Token<'_>], at: usize) -> bool {
    let verb = tokens.get(at + 2).is_some_and(|t| {
        t.class & (BASE | PAST) != 0 && t.class & (NOUN | PLURAL | ADJECTIVE | PREPOSITION) == 0
            || t.any(&["hold", "have", "had", "need"])
    });
    tokens[at].has(PLURAL)
        && tokens[at].class & TAKES_CLAUSE == 0
        && next(tokens, at).is_some_and(|n| n.any(&["i", "we", "you", "they"]))
        && verb
}

fn tag_of(class: u64) -> Tag {
    match class {
        NOUN | PLURAL => Tag::Noun,
        ADJECTIVE => Tag::Adjective,
        LEXICAL_ADVERB => Tag::Adverb,
        BASE => Tag::Base,
        THIRD_PERSON => Tag::Third,
        PAST => Tag::Past,
        PARTICIPLE => Tag::Participle,
        GERUND => Tag::Gerund,
        512 => Tag::Number,
        _ => Tag::Other,
    }
}

fn closed(tokens: &[Token<'_>], at: usize) -> Option<Tag> {
    let token = &tokens[at];
    let previous = at.checked_sub(1).map(|i| &tokens[i]);
    let next = next(tokens, at);
    if token.digit() {
        return Some(Tag::Number);
    }
    let low: &str = &token.low;
    Some(match low {
        "'s" => {
            let holder = previous?;
            if holder.has(PRONOUN | EXISTENTIAL | WH)
                && !holder.any(&["everyone", "somebody", "someone", "nobody"])
            {
                return Some(Tag::Auxiliary);
            }
            let verbal = next.is_none_or(|n| {
                n.is("to")
                    || n.has(DETERMINER | PREPOSITION | MODAL | NEGATIVE | POSSESSIVE)
                    || n.any(&[
                        "been", "being", "gone", "still", "now", "always", "just", "already", "never",
                        "attached", "enclosed", "due", "lost", "broken",
                    ])
                    || (n.has(GERUND) && first(n.class) == GERUND)
                    || (n.has(PARTICIPLE) && n.class & (NOUN | ADJECTIVE) == 0)
                    // "her email's h.fane@post.example"
                    || n.low.contains('@')
                    // "if Tuesday's impossible,"
                    || (n.has(ADJECTIVE)
                        && n.class & (NOUN | PLURAL | CONJUNCTION) == 0
                        && tokens.get(at + 2).is_some_and(|t| t.any(&[",", "then", "tell", "ring", "call", "to", "with", "about"])))
            });
            if verbal && next.is_some() { Tag::Auxiliary } else { Tag::Own }
        }
        "'d" | "'ll" => Tag::Modal,
        "'m" | "'re" | "'ve" => Tag::Auxiliary,
        "to" => Tag::To,
        "there" => {
            let been =
                next.is_some_and(|n| n.has(HAVE)) && tokens.iter().skip(at + 2).take(3).any(|t| t.is("been"));
            if been
                || next.is_some_and(|n| n.has(BE | MODAL) || n.any(&["'s", "'d", "'ll"]))
                || previous.is_some_and(|p| p.has(BE | MODAL))
            {
                Tag::There
            } else {
                Tag::Adverb
            }
        }
        "that" => that(tokens, at),
        // "it split right down the seam"
        "right"
            if next.is_some_and(|n| {
                n.any(&[
                    "down", "into", "through", "back", "round", "along", "across", "up", "over", "out",
                    "off", "at", "beside", "behind", "under", "above",
                ])
            }) && previous.is_some_and(|p| !p.has(DETERMINER | POSSESSIVE | BE) && !p.is("'s")) =>
        {
            Tag::Adverb
        }
        "may"
            if previous
                .is_some_and(|p| p.digit() || p.any(&["in", "since", "by", "of", "last", "until"]))
                || next.is_some_and(Token::digit) =>
        {
            Tag::Name
        }
        "like" => {
            let wants =
                previous.is_some_and(|p| p.has(MODAL) || p.any(&["i", "we", "to", "'d", "you", "also"]));
            if wants { Tag::Base } else { Tag::Preposition }
        }
        "so" | "yet" | "plus" if !tokens[..at].iter().any(|t| t.tag != Tag::Mark) => Tag::Conjunction,
        "yet" => Tag::Adverb,
        "so" => {
            if next.is_some_and(|n| n.has(PRONOUN | DETERMINER | POSSESSIVE | EXISTENTIAL)) {
                Tag::Conjunction
            } else {
                Tag::Adverb
            }
        }
        "because" if next.is_some_and(|n| n.is("of")) => Tag::Preposition,
        // "since October we haven't"
        "since" | "until" | "before" | "after"
            if {
                // "since last Wednesday I can't", "since August there has been none"
                let last =
                    usize::from(next.is_some_and(|n| n.any(&["last", "about", "early", "late", "this"])));
                tokens.get(at + 1 + last).is_some_and(|n| n.has(MONTH | WEEKDAY) && n.capital() || n.digit())
                    && tokens
                        .get(at + 2 + last)
                        .is_some_and(|t| t.has(SUBJECT | DETERMINER | POSSESSIVE) || t.is("there"))
            } =>
        {
            Tag::Preposition
        }
        "as" | "since" | "until" | "till" | "before" | "after" | "once" => {
            let clause = tokens[at + 1..]
                .iter()
                .take(7)
                .take_while(|t| t.tag != Tag::Mark)
                .any(|t| t.has(FINITE) || t.class & (PAST | NOUN | ADJECTIVE) == PAST);
            // "since we started"
            // "until you know"
            let acts = low != "as"
                && next.is_some_and(|n| n.any(&["you", "it"]))
                && tokens
                    .get(at + 2)
                    .is_some_and(|t| t.class & (BASE | THIRD_PERSON) != 0 && !t.has(PREPOSITION | ADVERB));
            // "above 16 since the clocks changed", "as no money's gone"
            let noun =
                |at: usize| tokens.get(at).is_some_and(|t| t.class & (NOUN | PLURAL) != 0 && !t.mark());
            let changed = low != "as"
                && next.is_some_and(|n| n.has(DETERMINER | POSSESSIVE))
                && noun(at + 2)
                && tokens.get(at + 3).is_some_and(|t| t.has(PAST) && !t.has(NOUN))
                && tokens
                    .get(at + 4)
                    .is_none_or(|t| t.mark() || t.has(PREPOSITION | PARTICLE | DETERMINER | POSSESSIVE));
            let gone = noun(at + 2)
                && next.is_some_and(|n| n.has(DETERMINER | POSSESSIVE))
                && tokens.get(at + 3).is_some_and(|t| t.is("'s"))
                && tokens.get(at + 4).is_some_and(|t| t.has(PARTICIPLE) && t.class & NOUN == 0);
            let clause = clause || changed || gone;
            let subject = acts || next.is_some_and(|n| n.has(SUBJECT));
            if (clause || subject)
                && next.is_some_and(|n| {
                    n.has(PRONOUN | DETERMINER | POSSESSIVE | EXISTENTIAL | NOUN | PLURAL) || n.capital()
                })
            {
                Tag::Subordinator
            } else if low == "once" || next.is_none() {
                Tag::Adverb
            } else {
                Tag::Preposition
            }
        }
        "her" => {
            if next.is_some_and(|n| {
                nominal(n.class) != 0 && !n.has(PREPOSITION | DETERMINER | PRONOUN | ADVERB) || n.capital()
            }) {
                Tag::Possessive
            } else {
                Tag::Pronoun
            }
        }
        "no" if next.is_none() => Tag::Other,
        "one" => {
            // "one £412 back", "one named person"
            let named = next.is_some_and(|n| n.text.starts_with(['£', '$', '€']))
                || next.is_some_and(|n| n.has(PARTICIPLE) && !n.has(SAY | FINITE))
                    && tokens
                        .get(at + 2)
                        .is_some_and(|n| first(n.class) == NOUN && !n.has(PREPOSITION | ADVERB | PRONOUN));
            if named
                || next.is_some_and(|n| {
                    n.class & (NOUN | ADJECTIVE | PLURAL) != 0 && !n.has(PREPOSITION | SAY | FINITE)
                })
            {
                Tag::Number
            } else {
                Tag::Pronoun
            }
        }
        _ if token.has(MODAL) && !(low == "will" && token.capital() && at > 0) && low != "might"
            || low == "might" =>
        {
            Tag::Modal
        }
        "being" if previous.is_some_and(|p| p.is("human")) => Tag::Noun,
        _ if token.has(BE | HAVE | DO) => Tag::Auxiliary,
        _ if token.has(POSSESSIVE) => Tag::Possessive,
        _ if token.has(WH) => Tag::Wh,
        _ if token.has(CONJUNCTION) => Tag::Conjunction,
        _ if low == "us" && token.text == "US" => Tag::Name,
        _ if token.has(PRONOUN) => Tag::Pronoun,
        // "Miss Petrie"
        _ if token.has(TITLE) && token.capital() && next.is_some_and(Token::capital) => Tag::Name,
        "second" | "first" | "third" if next.is_some_and(|n| n.has(NOUN)) => Tag::Adjective,
        _ if token.has(NUMBER) => Tag::Number,
        _ if token.has(DETERMINER) => Tag::Determiner,
        "because" | "if" | "unless" | "although" | "though" | "whereas" | "while" | "whilst" | "whether" => {
            Tag::Subordinator
        }
        _ if token.has(ADVERB) => Tag::Adverb,
        _ if token.has(PREPOSITION) => Tag::Preposition,
        _ if token.has(WEEKDAY) && (token.class & VERBAL == 0 || token.capital()) => Tag::Name,
        _ if token.has(MONTH) && token.capital() => Tag::Name,
        _ => return None,
    })
}

fn that(tokens: &[Token<'_>], at: usize) -> Tag {
    let next = next(tokens, at);
    let Some(next) = next else { return Tag::Pronoun };
    let start = at == 0
        || tagged(
            tokens,
            at - 1,
            &[Tag::Mark, Tag::Conjunction, Tag::Preposition, Tag::Adverb, Tag::Subordinator],
        );
    // "said it was £40 and that if we paid at once"
    let joined = at > 0 && tokens[at - 1].any(&["and", "but"]);
    if joined && next.any(&["if", "when", "unless", "once"]) && tokens[..at].iter().any(|t| t.has(SAY)) {
        return Tag::Wh;
    }
    if next.has(FINITE) || next.is("'s") {
        return if start { Tag::Pronoun } else { Tag::Wh };
    }
    if next.has(PREPOSITION)
        && at > 0
        && matches!(
            tokens[at - 1].tag,
            Tag::Preposition | Tag::Past | Tag::Base | Tag::Participle | Tag::Gerund | Tag::Auxiliary
        )
    {
        return Tag::Pronoun;
    }
    // "I'd like that answered", "that £20 back"
    if at > 0 && tokens[at - 1].any(&["like", "want", "have", "get", "need"]) {
        if next.digit() {
            return Tag::Determiner;
        }
        if next.has(PARTICIPLE) && next.class & (NOUN | ADJECTIVE) == 0 {
            return Tag::Pronoun;
        }
    }
    let noun = nominal(next.class) != 0 && !next.has(PRONOUN | DETERMINER | POSSESSIVE | PREPOSITION);
    let clause = at > 0 && tokens[at - 1].has(TAKES_CLAUSE);
    let thing = at > 0 && tagged(tokens, at - 1, &[Tag::Noun, Tag::Name, Tag::Pronoun, Tag::Adjective]);
    if noun && !clause && !thing { Tag::Determiner } else { Tag::Wh }
}

fn open(tokens: &[Token<'_>], at: usize) -> Tag {
    let token = &tokens[at];
    let c = token.class;
    let verbs = c & VERBAL;
    // "the unretouched picture"
    if c == 0
        && !token.capital()
        && token.low.ends_with("ed")
        && at > 0
        && matches!(tokens[at - 1].tag, Tag::Determiner | Tag::Possessive | Tag::Number)
        && next(tokens, at).is_some_and(|n| n.class & (NOUN | PLURAL) != 0)
    {
        return Tag::Adjective;
    }
    if c & (VERBAL | NOUN | PLURAL | ADJECTIVE | LEXICAL_ADVERB | 512) == 0
        || token.capital() && at > 0 && !shouted(token) && !tokens[at - 1].quoted
    {
        return guess(token, at);
    }
    if token.capital() && at == 0 && verbs == 0 && nominal(c) == 0 {
        return Tag::Name;
    }
    if at > 0 && token.any(&["says", "said"]) {
        return if token.is("says") { Tag::Third } else { Tag::Past };
    }
    let p = before(tokens, at);
    let direct = at.checked_sub(1).map(|i| tokens[i].tag);
    let finite = |order: &[u64]| order.iter().find(|&&v| verbs & v != 0).map(|&v| tag_of(v));
    let noun = nominal(c);
    let or_first = || tag_of(first(c));
    let Some(p) = p else {
        // "Invoice 2291 has us down", "Bill dated 2 November is £518"
        let named = next(tokens, at)
            .is_some_and(|n| n.digit() || n.any(&["dated", "is", "was", "has", "says", "came", "shows"]));
        return if named && c & NOUN != 0 && verbs & BASE != 0 && token.capital() {
            Tag::Noun
        } else if verbs & PAST != 0 {
            Tag::Past
        } else if verbs & BASE != 0 && token.has(REQUEST) && !token.has(FAMILY) {
            Tag::Base
        } else {
            or_first()
        };
    };
    let previous = &tokens[p];
    match previous.tag {
        Tag::Determiner | Tag::Possessive | Tag::Own
            if direct != Some(Tag::Adverb) || !previous.any(&["all", "both", "that", "this"]) =>
        {
            if noun != 0 {
                tag_of(noun)
            } else if verbs & (PAST | PARTICIPLE) != 0 {
                Tag::Adjective
            } else if verbs & GERUND != 0 {
                Tag::Noun
            } else if verbs == BASE
                && direct != Some(Tag::Adverb)
                && previous.any(&["a", "an", "the", "my", "your", "our", "this", "another"])
                && next(tokens, at)
                    .is_none_or(|n| n.mark() || n.has(PREPOSITION) || n.has(NOUN) && first(n.class) == NOUN)
            {
                // "a reprint by Thursday", "the expedite fee"
                Tag::Noun
            } else {
                or_first()
            }
        }
        // "I'd rung twice"
        Tag::Modal if previous.is("'d") && verbs & PARTICIPLE != 0 && verbs & BASE == 0 => Tag::Participle,
        Tag::Modal | Tag::To => {
            if verbs & BASE != 0 {
                Tag::Base
            } else if noun != 0 {
                tag_of(noun)
            } else {
                or_first()
            }
        }
        Tag::Auxiliary if previous.has(DO) => {
            if verbs & BASE != 0 {
                Tag::Base
            } else {
                or_first()
            }
        }
        Tag::Auxiliary if previous.has(HAVE) || previous.is("been") && verbs & GERUND == 0 => {
            if verbs & (PARTICIPLE | PAST) != 0 {
                Tag::Participle
            } else if noun != 0 {
                tag_of(noun)
            } else {
                or_first()
            }
        }
        Tag::Auxiliary => {
            if verbs & GERUND != 0 {
                Tag::Gerund
            } else if verbs & (PAST | PARTICIPLE) != 0 {
                Tag::Participle
            } else if noun != 0 {
                tag_of(noun)
            } else {
                or_first()
            }
        }
        Tag::Pronoun | Tag::There if verbs != 0 && !previous.has(OBJECT) && !previous.is("myself") => {
            let object = previous.any(&["you", "it", "her"])
                && p > 0
                && matches!(
                    tokens[p - 1].tag,
                    Tag::Preposition | Tag::Past | Tag::Base | Tag::Third | Tag::Gerund
                );
            if object && noun != 0 && verbs & PAST == 0 {
                return tag_of(noun);
            }
            finite(&[PAST, BASE, THIRD_PERSON, PARTICIPLE, GERUND]).unwrap_or_else(or_first)
        }
        Tag::Wh if verbs & (PAST | THIRD_PERSON) != 0 => {
            finite(&[PAST, THIRD_PERSON]).unwrap_or_else(or_first)
        }
        Tag::Conjunction if verbs & PAST != 0 => Tag::Past,
        Tag::Conjunction if verbs & THIRD_PERSON != 0 && tokens[..p].iter().any(|t| t.tag == Tag::Third) => {
            Tag::Third
        }
        Tag::Conjunction
            if verbs & BASE != 0
                && tokens[..p].iter().any(|t| t.tag == Tag::Base)
                && tagged(tokens, p - 1, &[Tag::Noun, Tag::Pronoun, Tag::Adverb, Tag::Mark])
                && next(tokens, at).is_some_and(|n| n.has(DETERMINER | POSSESSIVE | PRONOUN)) =>
        {
            Tag::Base
        }
        Tag::Adjective | Tag::Preposition | Tag::Subordinator if noun != 0 => {
            if previous.tag == Tag::Preposition && first(c) == GERUND { Tag::Gerund } else { tag_of(noun) }
        }
        // "the flower bed"
        Tag::Noun if noun != 0 && token.any(&["bed", "shed", "ground", "spread", "bid"]) => Tag::Noun,
        // "four documents", "29 goes"
        Tag::Number
            if c & PLURAL != 0
                && direct == Some(Tag::Number)
                && !previous.any(&["one", "1"])
                && (previous.has(NUMBER) || previous.low.len() < 3) =>
        {
            Tag::Noun
        }
        // "ten missed ones"
        Tag::Number
            if c & PARTICIPLE != 0
                && direct == Some(Tag::Number)
                && next(tokens, at)
                    .is_some_and(|n| n.is("ones") || n.class & (NOUN | PLURAL | VERBAL) == PLURAL) =>
        {
            Tag::Adjective
        }
        Tag::Noun | Tag::Name | Tag::Number if verbs & PAST != 0 => Tag::Past,
        Tag::Name if verbs & THIRD_PERSON != 0 && previous.has(MONTH | WEEKDAY) => Tag::Third,
        Tag::Noun | Tag::Name | Tag::Number
            if verbs & THIRD_PERSON != 0
                && (first(c) == THIRD_PERSON
                    || previous.class & PLURAL == 0
                        && !held(tokens, at)
                        && next(tokens, at).is_some_and(|n| {
                            n.has(DETERMINER | POSSESSIVE | PRONOUN | NEGATIVE) && !n.any(&["all", "both"])
                        })) =>
        {
            Tag::Third
        }
        Tag::Noun
            if verbs & BASE != 0
                && previous.has(PLURAL)
                && (first(c) == BASE
                    || next(tokens, at).is_some_and(|n| n.has(DETERMINER | POSSESSIVE | PRONOUN))) =>
        {
            Tag::Base
        }
        Tag::Noun | Tag::Name | Tag::Number if noun != 0 => tag_of(noun),
        Tag::Mark if verbs & PAST != 0 => Tag::Past,
        Tag::Past | Tag::Third | Tag::Base | Tag::Gerund | Tag::Participle if noun != 0 => tag_of(noun),
        _ => {
            if first(c) == PARTICIPLE && verbs & PAST != 0 {
                Tag::Past
            } else {
                or_first()
            }
        }
    }
}

pub(crate) fn shouted(token: &Token<'_>) -> bool {
    token.text.len() > 1 && token.text.chars().all(|c| c.is_uppercase() || c == '\'')
}

fn guess(token: &Token<'_>, at: usize) -> Tag {
    if token.capital() && (at > 0 || token.class == 0) {
        return Tag::Name;
    }
    let low = &token.low;
    if low.contains('-') {
        return if low.ends_with("ed") || low.ends_with("ing") { Tag::Adjective } else { Tag::Noun };
    }
    if low.ends_with("ly") {
        Tag::Adverb
    } else if low.ends_with("ing") {
        Tag::Gerund
    } else if low.ends_with("ed") {
        Tag::Past
    } else {
        Tag::Noun
    }
}

/// A past form that can't be the verb of a clause here.
fn participle(tokens: &[Token<'_>], at: usize) -> bool {
    let Some(p) = before(tokens, at) else { return false };
    let previous = &tokens[p];
    match previous.tag {
        Tag::Auxiliary => !previous.has(DO),
        Tag::Modal => true,
        // "the letter dated 4 May", "a box marked fragile": a noun, and the clause has its verb elsewhere
        Tag::Noun | Tag::Name | Tag::Number => {
            let low: &str = &tokens[at].low;
            let named = matches!(
                low,
                "called" | "named" | "labelled" | "marked" | "titled" | "dated" | "addressed" | "signed"
            ) && next(tokens, at)
                .is_none_or(|n| n.capital() || n.digit() || n.quoted || n.any(&["to", "by", "for"]))
                || low == "left" && previous.tag == Tag::Number;
            named
                || !tokens[at].has(INTRANSITIVE) && {
                    let by = next(tokens, at)
                        .is_some_and(|n| n.any(&["by", "in", "on", "with", "for", "at", "from", "as", "to"]));
                    let boundary = tokens[at + 1..].iter().position(|t| {
                        t.mark()
                            || matches!(t.tag, Tag::Conjunction | Tag::Subordinator | Tag::Wh)
                            || t.has(PRONOUN) && !t.has(OBJECT)
                    });
                    let end = boundary.map_or(tokens.len(), |b| at + 1 + b);
                    let later = tokens[at + 1..end]
                        .iter()
                        .any(|t| t.has(FINITE) && !t.is("been") || t.tag == Tag::Third || t.tag == Tag::Past);
                    by && later
                }
        }
        _ => at > 0 && tokens[at - 1].any(&["get", "got", "gets", "getting"]),
    }
}

/// Whether the token at `at` is the finite verb (or its auxiliary) of a clause.
pub(crate) fn finite(tokens: &[Token<'_>], at: usize) -> bool {
    let Some(token) = tokens.get(at) else { return false };
    if token.quoted || token.mark() {
        return false;
    }
    let p = before(tokens, at);
    let previous = p.map(|p| tokens[p].tag);
    match token.tag {
        Tag::Modal | Tag::Past | Tag::Third => true,
        Tag::Auxiliary => {
            (token.has(FINITE) || token.is("'s"))
                && !matches!(previous, Some(Tag::Modal | Tag::To))
                && !(matches!(previous, Some(Tag::Auxiliary))
                    && p.is_some_and(|p| {
                        tokens[p].class & DO != 0 && !token.has(BE)
                            || tokens[p].is("'s") && token.any(&["had", "done"])
                            || tokens[p].has(HAVE) && token.any(&["had", "did", "have"])
                    }))
        }
        Tag::Base => match p {
            // "My letters of 9 March remain"
            Some(p) if matches!(tokens[p].tag, Tag::Name | Tag::Number) => {
                tokens[p].class & (MONTH | WEEKDAY | UNIT) != 0
                    && token.has(BASE)
                    && first(token.class) == BASE
                    && tokens[..p].iter().any(|t| t.tag == Tag::Noun && t.has(PLURAL))
                    && !tokens[..p].iter().any(|t| {
                        matches!(t.tag, Tag::Modal | Tag::Past | Tag::Third | Tag::Auxiliary | Tag::To)
                            || t.mark()
                    })
            }
            Some(p) => {
                matches!(tokens[p].tag, Tag::Pronoun | Tag::Noun)
                    && !tokens[p].has(OBJECT)
                    && !tokens[..p].iter().rev().take(3).any(|t| {
                        t.any(&[
                            "let", "make", "made", "help", "see", "saw", "have", "had", "did", "does", "do",
                            "can", "could", "will", "would",
                        ])
                    })
                    && tokens[p].class & (PLURAL | PRONOUN) != 0
            }
            None => false,
        },
        _ => false,
    }
}

/// The places of the finite verbs.
pub(crate) fn finites(tokens: &[Token<'_>]) -> Vec<usize> {
    (0..tokens.len()).filter(|&at| finite(tokens, at)).collect()
}
