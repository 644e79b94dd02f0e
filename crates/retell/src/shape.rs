//! The last gate: does it read as a plain English sentence?

use crate::class::*;
use crate::tag::{before, finites};
use crate::token::{Tag, Token};
use crate::{Reason, Refusal, refuse};

/// One finite verb a segment, each with a subject; nothing dangling; at most two nestings.
pub(crate) fn sentence(tokens: &[Token<'_>]) -> Result<(), Refusal> {
    let verbs = finites(tokens);
    let Some(&first) = verbs.first() else { return refuse(Reason::Fragment, "") };
    if tokens.iter().filter(|t| !t.mark()).count() > 44
        || verbs.len() > 7
        || tokens.iter().filter(|t| t.is(",") && !t.quoted).count() > 4
    {
        return refuse(Reason::Shape, "long");
    }
    let subject = tokens[..first].iter().enumerate().any(|(i, t)| {
        matches!(t.tag, Tag::Noun | Tag::Name | Tag::Number | Tag::Pronoun | Tag::There)
            && !t.has(OBJECT)
            && !(i > 0 && tokens[i - 1].tag == Tag::Preposition)
            || t.tag == Tag::Wh && t.is("what")
            || t.tag == Tag::Determiner
    });
    if !subject {
        return refuse(Reason::NoSubject, &tokens[first].text);
    }
    let opens = tokens[0].tag == Tag::Subordinator || tokens[0].any(&["when", "where"]);
    // "on 31 October, while we were out, three men felled the walnut"
    let comma = |range: &[Token<'_>]| range.iter().any(|t| t.is(",") && !t.quoted);
    let within = tokens[0].tag == Tag::Preposition
        && verbs.len() > 1
        && tokens[..first]
            .iter()
            .position(|t| t.tag == Tag::Subordinator || t.is("when"))
            .is_some_and(|at| tokens[at - 1].is(",") && comma(&tokens[first..verbs[1]]));
    if opens && verbs.len() < 2
        || !within
            && !opens
            && tokens[..first]
                .iter()
                .any(|t| (t.tag == Tag::Subordinator || t.is("when") && t.tag == Tag::Wh) && !t.quoted)
    {
        return refuse(Reason::Fragment, &tokens[0].text);
    }
    let nested = tokens.iter().filter(|t| !t.quoted && matches!(t.tag, Tag::Subordinator | Tag::Wh)).count();
    if nested > 4 {
        return refuse(Reason::Shape, "nested");
    }
    let commas = tokens[..first].iter().filter(|t| t.is(",") && !t.quoted).count();
    let fronted = matches!(
        tokens[0].tag,
        Tag::Preposition
            | Tag::Adverb
            | Tag::Subordinator
            | Tag::Wh
            | Tag::To
            | Tag::Gerund
            | Tag::Conjunction
    ) || tokens[..first].iter().any(|t| t.class & (UNIT | WEEKDAY | MONTH) != 0);
    // "as of this morning, Thursday 19 December, 121 have landed"
    let between = |t: &Token<'_>| t.class & (WEEKDAY | MONTH) != 0 || t.digit() || t.any(&[",", "the", "of"]);
    let at = |t: &&Token<'_>| t.is(",") && !t.quoted;
    let open = tokens[..first].iter().position(|t| at(&t));
    let close = tokens[..first].iter().rposition(|t| at(&t));
    let dated = |t: &Token<'_>| between(t) || t.any(&["on", "at", "in", "yesterday", "today"]);
    let dated = open.zip(close).is_some_and(|(open, close)| {
        close > open + 1
            && close + 1 == first
            && tokens[open..close].iter().all(dated)
            && finites(&tokens[..open]).is_empty()
    });
    let day = open.zip(close).is_some_and(|(open, close)| tokens[open..close].iter().all(between)) && fronted;
    if commas > 1
        && !day
        && !dated
        && !apposition(&tokens[..first])
        && !aside(tokens, first)
        && tokens[0].class & (WEEKDAY | MONTH) == 0
        && !tokens[0].is("on")
        || commas > 0 && !fronted && !dated && !apposition(&tokens[..first]) && !aside(tokens, first)
    {
        return refuse(Reason::Fragment, ",");
    }
    run_on(tokens, &verbs)?;
    agreement(tokens, &verbs)?;
    phrase(tokens)
}

/// "My sister, who lives there," or "your agent, Mr Fane,": commas that belong to the subject.
fn apposition(tokens: &[Token<'_>]) -> bool {
    let commas: Vec<usize> = (0..tokens.len()).filter(|&at| tokens[at].is(",")).collect();
    let (Some(&one), Some(&other)) = (commas.first(), commas.last()) else { return false };
    let led = matches!(tokens[0].tag, Tag::Determiner | Tag::Possessive);
    let known = !led && tokens[..one].iter().any(|t| t.digit() || matches!(t.tag, Tag::Name | Tag::Own));
    let odd = !led && !known && tokens[0].tag == Tag::Noun;
    other > one
        && !odd
        && other + 1 == tokens.len()
        && tokens[one + 1].tag != Tag::Conjunction
        && (commas.len() == 2 || (led || known) && commas.len() < 5)
}

/// "My mother, who is seventy, told him": the first finite verb is that of a clause between commas.
fn aside(tokens: &[Token<'_>], first: usize) -> bool {
    let comma = |from: usize| (from..tokens.len()).find(|&at| tokens[at].is(",") && !tokens[at].quoted);
    let Some(open) = comma(0).filter(|&at| at < first) else { return false };
    let Some(close) = comma(first) else { return false };
    let subject = tokens[..open].iter().all(|t| t.tag.is_nominal() || t.tag == Tag::Preposition);
    let begun = tokens[open + 1].tag == Tag::Wh
        || matches!(tokens[open + 1].tag, Tag::Preposition)
            && tokens.get(open + 2).is_some_and(|t| t.tag == Tag::Wh);
    let main = (close + 1..tokens.len()).find(|&at| tokens[at].tag != Tag::Adverb);
    subject && begun && main.is_some_and(|at| crate::tag::finite(tokens, at))
}

/// Between two finite verbs there must be something that begins a new clause.
fn run_on(tokens: &[Token<'_>], verbs: &[usize]) -> Result<(), Refusal> {
    // One finite verb may follow a relative clause without a boundary: "the tickets which came are".
    // One may follow an opening clause: "when I came back it was gone".
    // "by the time I got there it had locked"
    let timed =
        tokens.iter().take(4).position(|t| t.any(&["time", "moment", "minute", "day"])).is_some_and(|at| {
            at > 0
                && tokens[0].any(&["by", "every", "each", "the"])
                && tokens.get(at + 1).is_some_and(|t| t.has(SUBJECT))
        });
    let opens = tokens[0].tag == Tag::Subordinator || tokens[0].any(&["when", "where"]) || timed;
    let mut relatives = usize::from(opens);
    for (n, &at) in verbs.iter().enumerate() {
        let from = if n == 0 { 0 } else { verbs[n - 1] + 1 };
        let between = &tokens[from..at];
        let boundary = between.iter().any(|t| {
            !t.quoted && (t.mark() || matches!(t.tag, Tag::Conjunction | Tag::Subordinator | Tag::Wh))
                || t.quoted && t.mark()
        });
        let relative = between.iter().any(|t| {
            t.tag == Tag::Wh && t.any(&["which", "who", "that", "whose", "where", "what", "whom", "whoever"])
        }) || {
            // "the bench I bought": a noun, a pronoun or noun phrase, the verb
            let s = before(tokens, at).unwrap_or(0);
            s > 0
                && tokens[s].tag == Tag::Pronoun
                && (matches!(tokens[s - 1].tag, Tag::Noun | Tag::Name | Tag::Pronoun | Tag::Number)
                    || n == 0 && tokens[s - 1].has(NOUN) && s > 1 && tokens[s - 2].has(DETERMINER | POSSESSIVE))
                && tokens[s - 1].class & (WEEKDAY | MONTH) == 0
                // "best for Roy he gets tired"
                && !(tokens[s - 1].tag == Tag::Name && tokens[s].any(&["he", "she", "it", "they"]))
                // "I don't play that much I have school"
                && (tokens[s - 1].tag != Tag::Pronoun
                    || tokens[s - 1].any(&["all", "anything", "everything", "nothing", "something", "one", "those"]))
                && !tokens[s - 1].any(&["much", "lot", "more", "bit", "time"])
                || s > 1
                    && tokens[s].tag.is_nominal()
                    // "the bulletin this morning had"
                    && !(tokens[s].has(UNIT | WEEKDAY) && tokens[s - 1].any(&["this", "last", "that", "next"]))
                    && !boundary && n == 0 && {
                    let head = tokens[..=s]
                        .iter()
                        .rposition(|t| matches!(t.tag, Tag::Possessive | Tag::Determiner))
                        .unwrap_or(0);
                    head > 0 && tokens[head - 1].tag == Tag::Noun
                }
                // "the crown Dr Albee put on", "at the moment the slots opened"
                || s > 1 && tokens[s].tag == Tag::Name && n == 0 && !boundary && tokens[0].is("the") && {
                    let from = tokens[..s].iter().rposition(|t| t.tag != Tag::Name && !t.has(TITLE));
                    from.is_some_and(|from| from > 0 && from < s && tokens[from].tag == Tag::Noun)
                }
                || s > 1 && {
                    let from = head(tokens, s);
                    from > 1 && from < s && tokens[from - 1].any(&["moment", "day", "minute", "second", "time"])
                        && tokens[from - 2].any(&["the", "exact", "very", "same", "first", "last", "next"])
                }
        };
        // "The £286 I have not seen back, today is …"
        if n == 1
            && !opens
            && relatives == 1
            && between.iter().filter(|t| t.is(",")).count() < 2
            && between.iter().enumerate().any(|(i, t)| t.is(",") && !bracketed(between, i))
            && !between.iter().any(|t| t.tag == Tag::Conjunction || t.tag == Tag::Wh)
            && !tokens[..verbs[0]].iter().any(|t| t.class & UNIT != 0)
            && tokens[0].tag != Tag::Preposition
            // "the new edition, which came on Saturday, has me as"
            && !tokens[..verbs[0]].windows(2).any(|w| w[0].is(",") && w[1].any(&["which", "who", "whose"]))
        {
            return refuse(Reason::Shape, "order");
        }
        let clause = n > 0 && tokens[verbs[n - 1]..at].iter().any(|t| t.has(TAKES_CLAUSE));
        let dated = at > 1 && tokens[at - 2].digit();
        if n > 0 && !boundary && tokens[at].is("'s") && tokens[at - 1].is("it") && (!clause || dated) {
            return refuse(Reason::Shape, "it's");
        }
        if n > 0 && !boundary && !relative && !clause {
            if relatives == 0 {
                return refuse(Reason::Shape, &tokens[at].text);
            }
            relatives -= 1;
        }
        if relative {
            relatives += 1;
        }
    }
    // A relative clause alone is no sentence.
    let first = verbs[0];
    let then = usize::from(tokens[0].any(&["then", "again"]));
    let fronted = matches!(tokens[then].tag, Tag::Preposition | Tag::To)
        && !tokens[..first].iter().any(|t| t.tag == Tag::Wh)
        && tokens[first + 1..].iter().any(|t| t.tag != Tag::Adverb)
        && tokens[..first].iter().skip(2).any(|t| {
            t.tag == Tag::Pronoun && !t.quoted && !t.has(OBJECT)
                || t.any(&["the", "every", "each"])
                || t.tag == Tag::Possessive
        });
    let relatives = relatives.saturating_sub(usize::from(opens));
    // "last year it was £25", "twice this week I rang", "today at 7.20 I received": when it was, no clause of its own
    let start = usize::from(tokens[0].any(&["twice", "once", "then"]));
    let when = tokens[..first]
        .iter()
        .any(|t| t.has(UNIT | WEEKDAY | MONTH) || t.any(&["time", "times", "yesterday", "today"]))
        && tokens.get(start).is_some_and(|t| {
            t.any(&["this", "last", "next", "each", "every", "that", "today", "yesterday", "both"])
                || t.has(NUMBER)
                || t.digit()
        })
        && before(tokens, first).map(|s| head(tokens, s)).is_some_and(|s| {
            (tokens[s].tag == Tag::Pronoun || tokens[s].has(DETERMINER | POSSESSIVE))
                && s > 0
                && (tokens[s - 1].has(UNIT | MONTH | WEEKDAY)
                    || tokens[s - 1].has(NUMBER)
                    || tokens[s - 1].is("times")
                    || tokens[s - 1].digit()
                    || tokens[s - 1].is("time"))
        });
    if relatives > 0 && !when && relatives >= verbs.len() && !tokens[0].is("what") && !fronted {
        return refuse(Reason::Fragment, "relative");
    }
    Ok(())
}

/// Where the noun phrase begins whose noun is at `at`: "a pleasant person".
fn head(tokens: &[Token<'_>], at: usize) -> usize {
    let led = tokens[..at].iter().rposition(|t| !matches!(t.tag, Tag::Noun | Tag::Adjective));
    led.filter(|&i| tokens[i].has(DETERMINER | POSSESSIVE) && tokens[at].tag == Tag::Noun).unwrap_or(at)
}

/// Whether what is at `at` stands in brackets: "(order 4407, £1,895)".
fn bracketed(tokens: &[Token<'_>], at: usize) -> bool {
    let opened = tokens[..at].iter().filter(|t| t.is("(")).count();
    opened > tokens[..at].iter().filter(|t| t.is(")")).count()
}

/// In what they want, every finite verb belongs to a clause of its own that something begins.
pub(crate) fn subordinate(tokens: &[Token<'_>]) -> Result<(), Refusal> {
    let verbs = finites(tokens);
    for (n, &at) in verbs.iter().enumerate() {
        let from = if n == 0 { 0 } else { verbs[n - 1] };
        // "the fee looked at again", "fix it or put it right"
        let bare = tokens[at].tag == Tag::Past
            && (tokens[at].has(PARTICIPLE) || tokens[at].has(BASE))
            && (!before(tokens, at).is_some_and(|s| tokens[s].tag == Tag::Pronoun && !tokens[s].has(OBJECT))
                || tokens[at.saturating_sub(4)..at].iter().any(|t| t.any(&["have", "get", "like", "want"])));
        // "by someone qualified"
        let quality = tokens[at].has(PARTICIPLE)
            && at > 0
            && tokens[at - 1].any(&["someone", "somebody", "anyone", "something", "anything"])
            && tokens.get(at + 1).is_none_or(|t| t.mark() || t.any(&["and", "to", "for", "in", "by"]));
        if at == 0 || bare || quality {
            continue;
        }
        let begun = tokens[from..at].iter().any(|t| {
            matches!(t.tag, Tag::Wh | Tag::Subordinator)
                || t.has(TAKES_CLAUSE)
                || t.any(&[
                    "so", "before", "after", "until", "till", "as", "since", "than", "whatever", "whoever",
                    "let", "make", "time", "for",
                ])
                || n > 0 && t.tag == Tag::Conjunction
        });
        let s = before(tokens, at).unwrap_or(0);
        let relative = s > 0 && (tokens[s].tag == Tag::Pronoun || tokens[s].tag.is_nominal()) && {
            let head = tokens[..=s]
                .iter()
                .rposition(|t| matches!(t.tag, Tag::Pronoun | Tag::Possessive | Tag::Determiner | Tag::Name))
                .unwrap_or(0);
            head > 0 && matches!(tokens[head - 1].tag, Tag::Noun | Tag::Name | Tag::Number | Tag::Pronoun)
        };
        if !begun && !relative {
            return refuse(Reason::Shape, &tokens[at].text);
        }
    }
    Ok(())
}

/// "it say", "he have", "the tickets was".
fn agreement(tokens: &[Token<'_>], verbs: &[usize]) -> Result<(), Refusal> {
    for &at in verbs {
        let Some(s) = before(tokens, at) else { continue };
        let (subject, verb) = (&tokens[s], &tokens[at]);
        let alone = subject.tag == Tag::Pronoun
            && !(s > 0
                && matches!(
                    tokens[s - 1].tag,
                    Tag::Preposition | Tag::Conjunction | Tag::Past | Tag::Base | Tag::Participle
                ));
        let led = s > 0 && tokens[s - 1].tag == Tag::Conjunction && subject.tag == Tag::Pronoun;
        let third = (alone || led) && subject.any(&["it", "he", "she"]);
        let plural = (alone || led && verb.tag == Tag::Third) && subject.any(&["i", "we", "they", "you"]);
        let they = alone && subject.is("they") && verb.any(&["was", "wasn't"]);
        let bad = they
            || third
            && (verb.tag == Tag::Base || verb.any(&["have", "do", "don't", "are", "were", "haven't"]))
            || plural
                && (verb.tag == Tag::Third || verb.any(&["has", "does", "is", "doesn't", "hasn't", "isn't"]))
            || subject.tag == Tag::Noun
                && subject.class & PLURAL != 0
                && subject.class & (UNIT | NOUN) == 0
                && !(s > 1 && tokens[..s].iter().any(|t| t.any(&["of", "in", "for", "with", "on"])))
                && (verb.any(&["is", "was", "has", "isn't", "wasn't"]))
            // "my son have eleven years"
            || subject.tag == Tag::Noun
                && subject.class & (PLURAL | PEOPLE | ORGANISATION | UNIT) == 0
                && !subject.low.ends_with('s')
                && verb.any(&["have", "haven't", "don't", "are", "aren't", "were", "weren't"])
                && !tokens[..s].iter().any(|t| {
                    t.mark() || t.tag == Tag::Conjunction || t.has(PLURAL | NUMBER) || t.digit()
                        || t.any(&["that", "which", "who", "all", "both", "most", "there", "of", "if"])
                        || t.tag == Tag::Modal || t.tag == Tag::Preposition
                });
        if bad {
            return refuse(Reason::Shape, &verb.text);
        }
    }
    Ok(())
}

/// What may not follow what, and nouns without their determiner.
/// "until you can", "what there is to do": the rest goes without saying.
fn left_out(tokens: &[Token<'_>]) -> bool {
    let tokens = match tokens {
        // "how many one may have"
        [rest @ .., have] if have.is("have") && rest.last().is_some_and(|t| t.tag == Tag::Modal) => rest,
        _ => tokens,
    };
    let [lead @ .., one, last] = tokens else { return false };
    // "the number of somebody who can"
    if one.is("who") && last.any(&["can", "could"]) {
        return lead.last().is_some_and(|t| t.any(&["somebody", "someone", "anyone", "anybody", "those"]));
    }
    let begun = lead.iter().any(|t| {
        matches!(t.tag, Tag::Wh | Tag::Subordinator)
            || t.any(&[
                "until",
                "till",
                "as",
                "than",
                "before",
                "every",
                "all",
                "any",
                "anything",
                "everything",
                "reason",
            ])
    });
    let subject = one
        .any(&["i", "we", "you", "it", "they", "he", "she", "that", "this", "these", "those", "there"])
        || one.tag == Tag::Noun && last.tag == Tag::Modal
        || one.tag == Tag::To && last.any(&["do", "have"]);
    // "who your insurers are"
    let asked = last.has(BE)
        && (matches!(one.tag, Tag::Noun | Tag::Pronoun | Tag::Name)
            || one.any(&["this", "that", "these", "those", "own", "one"]))
        && lead.iter().any(|t| {
            t.any(&["what", "who", "where", "how", "which", "whatever", "when", "whose", "whichever"])
        });
    asked || begun && subject && lead.len() > 1
}

pub(crate) fn phrase(tokens: &[Token<'_>]) -> Result<(), Refusal> {
    let Some(last) = tokens.last() else { return refuse(Reason::Fragment, "") };
    let dangling = match last.tag {
        // "if the answer is no"
        Tag::Determiner if last.is("no") && tokens.len() > 2 && tokens[tokens.len() - 2].has(BE) => false,
        Tag::Determiner => !last.any(&[
            "all", "both", "each", "more", "much", "enough", "none", "some", "either", "half", "this",
            "these", "those",
        ]),
        Tag::Possessive | Tag::Conjunction | Tag::Subordinator | Tag::Wh | Tag::To | Tag::Own => {
            !last.any(&["why", "how", "when", "where", "her", "his"])
        }
        Tag::Modal => !left_out(tokens),
        Tag::Preposition => {
            // "the address above"
            let place = last.any(&["above", "below"])
                && tokens.len() > 2
                && tokens[tokens.len() - 2].tag == Tag::Noun;
            let left = last.any(&[
                "for",
                "with",
                "in",
                "to",
                "before",
                "since",
                "from",
                "inside",
                "outside",
                "at",
                "of",
                "after",
                "underneath",
                "behind",
                "between",
            ]);
            !(last.has(PARTICLE) || left || place)
        }
        // "what your deadest hour is"
        // "the trolley came and my bag didn't"
        Tag::Auxiliary if last.has(NEGATIVE) => {
            let pronoun = tokens[tokens.len() - 2].tag == Tag::Pronoun;
            !tokens.iter().rev().skip(2).take(6).any(|t| {
                t.tag == Tag::Conjunction
                    || pronoun && (t.tag == Tag::Subordinator || t.any(&["when", "who", "that"]))
            })
        }
        // "even the 8 am"
        Tag::Auxiliary if last.is("am") && tokens.len() > 1 && tokens[tokens.len() - 2].digit() => false,
        // "what you're doing"
        Tag::Auxiliary
            if last.any(&["doing", "done"]) && tokens.iter().any(|t| t.any(&["what", "whatever", "who"])) =>
        {
            false
        }
        // "where I am"
        Tag::Auxiliary if tokens.len() > 3 && tokens[tokens.len() - 3].is("where") => false,
        // "what you've asked them to do", "until you can"
        Tag::Auxiliary if left_out(tokens) => false,
        // "say which is"
        Tag::Auxiliary
            if last.has(BE)
                && tokens.len() > 2
                && tokens[tokens.len() - 2].any(&["which", "who"])
                && tokens[tokens.len() - 3].any(&["say", "tell", "me", "us", "know", "explain"]) =>
        {
            false
        }
        // "if it can be", "what the figure ought to be"
        Tag::Auxiliary if last.is("be") => {
            let led = matches!(tokens.get(tokens.len().wrapping_sub(2)), Some(t) if t.tag == Tag::Modal || t.tag == Tag::To);
            !(led
                && tokens[..tokens.len() - 2]
                    .iter()
                    .any(|t| t.any(&["what", "how", "if", "as", "who", "where", "which", "when"])))
        }
        // "the two units they've simply not had"
        Tag::Auxiliary
            if last.is("had")
                && tokens
                    .iter()
                    .rev()
                    .skip(1)
                    .find(|t| t.tag != Tag::Adverb && !t.is("not"))
                    .is_some_and(|t| t.has(HAVE))
                && tokens.len() > 4 =>
        {
            false
        }
        // "the five you've had"
        Tag::Auxiliary if last.is("had") && tokens.len() > 2 && tokens[tokens.len() - 2].has(HAVE) => false,
        Tag::Auxiliary => !(last.has(BE) && tokens[0].tag == Tag::Wh && tokens.len() > 3),
        _ => false,
    };
    // "someone I could give my CV to"
    let related = tokens.windows(2).any(|w| {
        (w[0].tag == Tag::Noun || w[0].any(&["someone", "somebody", "anyone", "anybody"]))
            && w[1].any(&["i", "we", "you"])
    });
    let asked = tokens.iter().any(|t| t.any(&["who", "what", "where", "which", "whom"])) && tokens.len() > 3;
    let dangling = dangling && !(last.is("to") && (related || asked) || last.any(&["what", "whom"]) && asked);
    let dangling =
        dangling && !(last.is("to") && matches!(tokens[0].low.as_ref(), "who" | "what" | "where" | "which"));
    if dangling && !last.quoted {
        return refuse(Reason::Fragment, &last.text);
    }
    let mut at = 0;
    while at < tokens.len() {
        let token = &tokens[at];
        if token.quoted {
            at += 1;
            continue;
        }
        let next = tokens.get(at + 1);
        let bad = match token.tag {
            // "have the boards seen to at once", "as to whether"
            Tag::To if at > 0 && tokens[at - 1].any(&["seen", "attended", "as", "spoken", "listened"]) => {
                false
            }
            Tag::To => !next.is_none_or(|n| {
                matches!(n.tag, Tag::Base | Tag::Adverb | Tag::Auxiliary | Tag::Wh)
                    || n.tag.is_nominal()
                    || matches!(n.tag, Tag::Pronoun | Tag::Gerund | Tag::Mark)
            }),
            Tag::Determiner | Tag::Possessive => next.is_some_and(|n| {
                matches!(
                    n.tag,
                    Tag::Base
                        | Tag::Modal
                        | Tag::Past
                        | Tag::Third
                        | Tag::Subordinator
                        | Tag::Conjunction
                        | Tag::Possessive
                ) && token.any(&["a", "an", "the", "my", "your", "our", "every"])
            }),
            Tag::Preposition => next.is_some_and(|n| {
                matches!(n.tag, Tag::Third | Tag::Modal)
                    || n.any(&["i", "we", "he", "she"])
                        && !token.any(&["before", "after", "until", "since", "as", "than", "because"])
                    || n.is(".")
            }),
            Tag::Participle => {
                at > 0
                    && tokens[at - 1].tag == Tag::Noun
                    && next.is_some_and(|n| n.tag == Tag::Determiner)
                    && token.class & PAST == 0
            }
            // "if you not tell me"
            Tag::Adverb => {
                token.is("not")
                    && at > 0
                    && tokens[at - 1].tag == Tag::Pronoun
                    && next.is_some_and(|n| n.tag == Tag::Base)
                    && !tokens[..at].iter().rev().take(4).any(|t| t.has(FINITE) || t.tag == Tag::Base)
            }
            Tag::Modal => {
                let verb = tokens[at + 1..].iter().find(|t| t.tag != Tag::Adverb);
                next.is_some_and(|n| {
                    n.mark() && !n.quoted && !n.is(",")
                        || matches!(n.tag, Tag::Past | Tag::Third | Tag::Conjunction)
                }) || !token.is("'d")
                    && verb.is_some_and(|v| {
                        !v.quoted
                            && (matches!(v.tag, Tag::Determiner | Tag::Possessive | Tag::Number)
                                || v.tag == Tag::Preposition && !v.has(BASE))
                    })
            }
            Tag::Conjunction => {
                next.is_some_and(|n| n.is(",") || n.is(".") || n.is("?") || n.tag == Tag::Conjunction)
            }
            Tag::Mark => {
                token.any(&["?", "-", "–", "—", "&", "/"]) && !token.glued
                    || token.is("?")
                    || token.is(":") && !next.is_some_and(|n| n.quoted)
            }
            _ => false,
        };
        let doubled = next.is_some_and(|n| {
            n.low == token.low && n.text.chars().all(char::is_alphabetic) && !n.any(&["that", "had"])
        });
        if bad || doubled {
            return refuse(Reason::Shape, &token.text);
        }
        if token.tag.is_nominal() {
            let end = tokens[at..]
                .iter()
                .position(|t| !t.tag.is_nominal() || t.quoted)
                .map_or(tokens.len(), |n| at + n);
            bare_noun(tokens, at, end)?;
            at = end;
        } else {
            at += 1;
        }
    }
    Ok(())
}

/// A singular count noun wants a determiner, unless a preposition goes before it.
fn bare_noun(tokens: &[Token<'_>], from: usize, to: usize) -> Result<(), Refusal> {
    let run = &tokens[from..to];
    let head = &run[run.len() - 1];
    let led = run
        .iter()
        .any(|t| matches!(t.tag, Tag::Determiner | Tag::Possessive | Tag::Number | Tag::Name | Tag::Own));
    // "the amount is right"
    let told = from > 0
        && tokens[..from]
            .iter()
            .rev()
            .find(|t| t.tag != Tag::Adverb)
            .is_some_and(|t| t.has(BE) || t.any(&["'s", "looked"]));
    // "told head office in March"
    let office = run.len() > 1 && head.is("office") && run[run.len() - 2].is("head");
    let loose = head.tag != Tag::Noun
        || office
        || told && run.len() == 1 && head.has(ADJECTIVE)
        || head.class & (MASS | PLURAL | UNIT | FAMILY) != 0
        || head.capital() && from > 0
        || head.low.ends_with('s')
        || head.low.ends_with("ing");
    let before = from.checked_sub(1).map(|i| &tokens[i]);
    let idiom = before.is_some_and(|b| matches!(b.tag, Tag::Past | Tag::Base | Tag::Third | Tag::Participle))
        && run.len() == 1
        && head.any(&[
            "place", "care", "part", "note", "effect", "turn", "shape", "issue", "sense", "contact", "hold",
        ]);
    // "part of the £40", "removal of the charge"
    let of = run.len() == 1
        && tokens.get(to).is_some_and(|t| t.is("of"))
        && (head.is("part") || ["ment", "tion", "sion", "val"].iter().any(|end| head.low.ends_with(end)));
    let excused = idiom
        || of
        || head.is("right")
            && run.len() == 1
            && before.is_some_and(|b| b.tag == Tag::Pronoun || b.any(&["put", "set", "putting", "made"]))
        || before.is_some_and(|b| {
            matches!(
                b.tag,
                Tag::Preposition | Tag::Conjunction | Tag::Gerund | Tag::Mark | Tag::Adverb | Tag::Wh
            ) || b.any(&["as", "or", "'s"])
        });
    // "3 time"
    if run.len() > 1
        && head.tag == Tag::Noun
        && head.class & (PLURAL | MASS | UNIT) == 0
        && !head.low.ends_with('s')
    {
        let count = &run[run.len() - 2];
        let many = count.tag == Tag::Number
            && !count.any(&["one", "1", "0"])
            && count.low.bytes().all(|b| b.is_ascii_alphanumeric())
            && !count.low.ends_with(|c: char| "stndhrpkm%".contains(c) && count.digit());
        if many
            && !run[..run.len() - 2].iter().any(|t| matches!(t.tag, Tag::Noun | Tag::Name))
            && crate::lexicon::first(head.class) == NOUN
            && !count.any(&["dozen", "hundred"])
            && to == tokens.len()
        {
            return refuse(Reason::Shape, &head.text);
        }
    }
    if led || loose || excused { Ok(()) } else { refuse(Reason::Shape, &head.text) }
}

/// Whether the turned text may go out.
pub(crate) fn text(text: &str) -> Result<(), Refusal> {
    if text.chars().any(char::is_control)
        || text.is_empty()
        || text.matches('(').count() != text.matches(')').count()
    {
        return refuse(Reason::Shape, "");
    }
    Ok(())
}
