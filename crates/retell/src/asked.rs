//! Whether a wish, a request or a question is one: no clause strung on, no verb left hanging.

use crate::careful::nominal;
use crate::class::*;
use crate::slips::slips;
use crate::tag::finite;
use crate::token::{Tag, Token};
use crate::{Kind, Reason, Refusal, Turned, refuse};

/// The verb of a whole sentence where a thing is wished for: "any day in January is fine".
fn stated(tokens: &[Token<'_>]) -> Option<usize> {
    const JOINING: &[&str] = &[
        "that", "which", "who", "what", "where", "when", "if", "as", "whether", "how", "because", "so",
        "whoever", "whatever", "why", "while", "whose",
    ];
    let at = tokens.iter().position(|t| t.any(&["is", "are", "was", "were"]) && !t.quoted)?;
    let (before, subject) = (&tokens[..at], tokens.get(at.checked_sub(1)?)?);
    // "the seat my wife was given"
    let follows = |two: &[Token<'_>]| two[0].tag == Tag::Noun && two[1].has(DETERMINER | POSSESSIVE);
    let free = before.iter().any(|t| t.any(JOINING)) || before.windows(2).any(follows);
    (!free && !subject.has(PRONOUN)).then_some(at)
}

/// A wish or a request not yet turned: a thing or a deed, no clause with a verb of its own.
pub(crate) fn want(kind: Kind, tokens: &[Token<'_>]) -> Result<(), Refusal> {
    slips(tokens)?;
    // "to hear it across a table than to find it in a photocopy"
    if kind == Kind::Wish && tokens.windows(2).any(|w| w[0].is("than") && w[1].tag == Tag::To) {
        return refuse(Reason::Shape, "than");
    }
    let Some(first) = tokens.first() else { return Ok(()) };
    if kind == Kind::Wish
        && let Some(at) = stated(tokens)
    {
        return refuse(Reason::Shape, &tokens[at].text);
    }
    let run = tokens.iter().take_while(|t| t.tag.is_nominal()).count();
    if kind != Kind::Wish
        && !first.is("either")
        && matches!(first.tag, Tag::Determiner | Tag::Possessive | Tag::Pronoun | Tag::Mark)
    {
        return refuse(Reason::Fragment, &first.text);
    }
    // "don't escalate me"
    if first.any(&["escalate", "process", "handle"]) && tokens.get(1).is_some_and(|t| t.any(&["me", "us"])) {
        return refuse(Reason::Unclear, &first.text);
    }
    if kind != Kind::Wish {
        let second = tokens.get(1);
        // "make that it stops", "request you to update", "be put on it and a reduction"
        let odd = first.is("make") && second.is_some_and(|t| t.is("that") && t.tag != Tag::Determiner)
            || first.any(&["request", "ask", "beg"])
                && kind == (Kind::Request { negative: false })
                && second.is_some_and(|t| t.has(OBJECT) && !t.any(&["them", "him", "her"]) || t.is("you"))
            || tokens.last().is_some_and(|t| t.is("back"))
                && tokens.windows(2).any(|w| {
                    w[0].is("and") && (w[1].has(DETERMINER | POSSESSIVE) || w[1].any(&["money", "deposit"]))
                })
                && !tokens[1..].iter().any(|t| t.tag == Tag::Base)
            || first.is("be") && tokens.windows(2).any(|w| w[0].is("and") && w[1].has(DETERMINER))
            || matches!(tokens, [.., or, not] if or.is("or") && not.is("not"))
                && !tokens.iter().any(|t| t.is("whether"))
                // ", blurry or not"
                && !matches!(tokens, [.., comma, how, _, _] if comma.is(",") && how.has(ADJECTIVE));
        // "find the heron, and someone fetch it"
        let other = tokens
            .windows(3)
            .any(|w| w[0].any(&["and", ","]) && w[1].any(&["someone", "somebody"]) && w[2].has(BASE));
        let odd = odd || other || tokens.windows(2).any(|w| w[0].is("and") && w[1].any(&["do", "don't"]));
        let loose = (1..tokens.len()).find(|&at| {
            tokens[at].is(",")
                && !tokens[at].quoted
                && tokens.get(at + 1).is_some_and(|t| t.tag == Tag::Noun && !t.quoted && !t.has(UNIT))
                && !tokens[at..].iter().any(|t| t.any(&["and", "or"]) || t.digit())
        });
        if odd || loose.is_some() {
            return refuse(Reason::Shape, &first.text);
        }
    }
    // "the interview to be held by another and that this one write to me"
    let that = kind == Kind::Wish
        && tokens.windows(3).enumerate().any(|(at, w)| {
            w[0].any(&["and", ","])
                && w[1].is("that")
                && (w[2].has(DETERMINER | POSSESSIVE | TITLE)
                    || w[2].tag == Tag::Name
                    || w[2].any(&["i", "we", "you", "it", "they"]))
                && !tokens[..at].iter().any(|t| t.is("that") || t.has(TAKES_CLAUSE))
        });
    // "put it right; that you deal with the fines"
    let that = that
        || kind != Kind::Wish
            && tokens.windows(3).enumerate().any(|(at, w)| {
                w[0].any(&[",", ";", "and"])
                    && w[1].is("that")
                    && w[2].any(&["you", "somebody", "someone", "he", "she"])
                    && !tokens[..at]
                        .windows(2)
                        .any(|w| w[1].is("that") && (w[0].has(TAKES_CLAUSE | SAY | OBJECT) || w[0].is("so")))
            });
    if that {
        return refuse(Reason::Shape, "that");
    }
    // "the £312 returned and something towards the tank would be decent": a clause of its own
    let main = (2..tokens.len()).any(|at| {
        let modal = tokens[at].any(&["would", "might", "should", "could", "must", "ought", "will"])
            && tokens[at].tag == Tag::Modal;
        let from = tokens[..at].iter().rposition(|t| t.any(&["and", ",", "but"]) && !t.quoted);
        let modal = modal
            || tokens[at].any(&["has", "have", "is", "are", "was", "were"])
                && tokens[at].tag == Tag::Auxiliary
                && from.is_some_and(|from| from > 0 && tokens[from].is("and") && tokens[from - 1].is(","));
        modal
            && !tokens[at].quoted
            && kind == Kind::Wish
            && from.is_some_and(|from| {
                from + 1 < at
                    && !tokens[..from].last().is_some_and(|t| matches!(t.tag, Tag::Wh | Tag::Subordinator))
                    && tokens[from + 1].tag.is_nominal()
                        | tokens[from + 1].any(&["something", "anything", "nothing"])
                    && !tokens[from..at].iter().any(|t| {
                        matches!(t.tag, Tag::Wh | Tag::Subordinator)
                            || t.has(TAKES_CLAUSE)
                            || t.any(&[
                                "i", "we", "you", "he", "she", "it", "they", "that", "until", "before", "as",
                            ])
                    })
            })
            && !tokens[..at]
                .iter()
                .any(|t| t.has(TAKES_CLAUSE) || t.any(&["whether", "how", "what", "why", "if"]))
    });
    // ", and the law centre has told me", "and the £6.50 I paid for speed might come back": a sentence strung on
    let clause = kind == Kind::Wish
        && (1..tokens.len()).any(|from| {
            let led = tokens[from].is("and")
                && !tokens[from].quoted
                && tokens
                    .get(from + 1)
                    .is_some_and(|t| t.has(DETERMINER | POSSESSIVE) && !t.any(&["that", "all", "both"]));
            led && (from + 3..tokens.len().min(from + 9)).any(|at| {
                let comma = tokens[from - 1].is(",");
                let verb = comma && tokens[at].any(&["has", "have", "is", "are", "was", "were"])
                    || tokens[at].any(&["might", "will", "would", "could"]) && tokens[at].tag == Tag::Modal;
                let between = &tokens[from + 1..at];
                let second = between.windows(2).any(|w| {
                    w[0].tag.is_nominal()
                        && !w[0].has(DETERMINER | POSSESSIVE)
                        && w[1].has(DETERMINER | POSSESSIVE)
                });
                verb && matches!(tokens[at - 1].tag, Tag::Noun | Tag::Name)
                    && !second
                    && !between.iter().any(|t| {
                        t.mark() || t.is("and") || matches!(t.tag, Tag::Wh | Tag::Subordinator | Tag::To)
                    })
            })
        });
    // "three things off you: the log, the film": what they are went with the colon
    let things = kind == Kind::Wish
        && first.tag == Tag::Number
        && tokens.iter().take(3).any(|t| t.any(&["things", "points", "matters", "answers"]))
        && tokens.iter().take(7).skip(2).any(|t| t.has(DETERMINER) || t.any(&["my", "our"]));
    if clause || things {
        return refuse(Reason::Shape, &first.text);
    }
    // "no vouchers, put it back on the card": a request of its own
    let order = kind == Kind::Wish
        && (2..tokens.len().saturating_sub(1)).any(|at| {
            tokens[at].is(",")
                && tokens[at + 1].has(BASE)
                && tokens[at + 1].has(REQUEST)
                && tokens.get(at + 2).is_some_and(|t| t.has(OBJECT | DETERMINER | POSSESSIVE) || t.is("it"))
                && !tokens[..at].iter().any(|t| t.tag == Tag::To)
        });
    if order {
        return refuse(Reason::Shape, ",");
    }
    // "a copy, and it in writing"
    let bare = tokens
        .windows(3)
        .any(|w| w[0].is("and") && w[1].is("it") && w[2].tag == Tag::Preposition && kind == Kind::Wish)
        && !tokens[..].iter().any(|t| t.is("both"));
    // "make that motor doesn't stop"
    let made = kind != Kind::Wish
        && first.is("make")
        && tokens.get(1).is_some_and(|t| t.is("that"))
        && tokens[2..].iter().take(3).any(|t| t.has(FINITE));
    // ", after this date it's too late"
    let late = (1..tokens.len()).any(|at| {
        tokens[at].is(",")
            && !tokens[at].quoted
            && tokens
                .get(at + 1)
                .is_some_and(|t| t.any(&["after", "before", "on", "from", "by", "in", "at", "since"]))
            && (at + 3..tokens.len().min(at + 7)).any(|p| {
                tokens[p].any(&["i", "we", "it", "he", "she", "they"])
                    && tokens[p - 1].tag == Tag::Noun
                    && tokens.get(p + 1).is_some_and(|t| t.has(FINITE) || t.glued && t.is("'s"))
                    && !tokens[at + 2..p]
                        .iter()
                        .any(|t| matches!(t.tag, Tag::Wh | Tag::Subordinator) || t.mark())
            })
    });
    if main || bare || made || late {
        return refuse(Reason::Shape, &first.text);
    }
    // "and so does the videographer"
    if let Some(w) =
        tokens.windows(3).find(|w| w[0].is("and") && w[1].any(&["so", "neither"]) && w[2].has(BE | DO | HAVE))
    {
        return refuse(Reason::Shape, &w[1].text);
    }
    // "if you can't, then send my notes"; "to come back he's only been gone a minute"
    let strung = tokens.windows(2).enumerate().find(|(at, w)| {
        let then = w[0].is("then")
            && *at > 0
            && !tokens[at - 1].is("and")
            && (w[1].tag == Tag::Base || w[1].has(REQUEST) && w[1].has(BASE))
            && kind == Kind::Wish;
        let verb = tokens.get(at + 2).is_some_and(|t| {
            t.glued && t.any(&["'s", "'re", "'m"]) || t.has(BE | HAVE | MODAL) && t.has(FINITE)
        });
        let ended = w[0].tag == Tag::Adverb && !w[0].any(&["when", "so", "as", "how", "long", "soon", "now"])
            || w[0].any(&["back", "me", "us", "today", "tomorrow", "tonight", "please"]);
        let begun = tokens[..*at].iter().any(|t| matches!(t.tag, Tag::Wh | Tag::Subordinator));
        let told = w[1].any(&["i", "we"])
            && tokens.get(at + 2).is_some_and(|t| matches!(t.tag, Tag::Base | Tag::Past))
            && w[0].any(&["back", "today", "tomorrow", "tonight"]);
        then || ended && !begun && (w[1].any(&["he", "she", "it", "they"]) && verb || told)
            || w[0].tag == Tag::Base && w[1].is("other") && tokens.get(at + 2).is_some_and(|t| t.is("one"))
            // "tell to the office"
            || w[0].is("tell") && w[1].is("to")
    });
    if let Some((_, w)) = strung {
        return refuse(Reason::Shape, &w[1].text);
    }
    // "£25 back and fix the listing": a deed isn't what they'd like to have
    let deed = kind == Kind::Wish
        && !tokens.iter().any(|t| t.tag == Tag::To)
        && tokens.windows(3).any(|w| {
            w[0].is("and")
                && w[1].has(BASE)
                && w[1].has(REQUEST)
                && w[1].tag != Tag::Participle
                && (w[2].has(OBJECT | DETERMINER | POSSESSIVE)
                    || w[2].is("it")
                    || w[2].tag == Tag::Wh && crate::lexicon::first(w[1].class) == BASE)
                && !w[1].has(PAST)
        });
    if deed {
        return refuse(Reason::Shape, "and");
    }
    if kind == Kind::Wish {
        let to = tokens.get(1).is_some_and(|t| t.tag == Tag::To);
        let begins = matches!(
            first.tag,
            Tag::Gerund | Tag::Preposition | Tag::Wh | Tag::Modal | Tag::Conjunction | Tag::Subordinator
        ) && !first.is("whoever")
            || first.any(&["neither", "in", "trying"])
            || first.is("either")
                && !(tokens.get(1).is_some_and(|t| t.has(DETERMINER | POSSESSIVE))
                    && tokens.iter().any(|t| t.is("or")))
            || first.is("not") && !to
            || first.any(&["you", "we", "i", "they", "he", "she"])
                && !to
                // "you, not Tasha, to telephone"
                && !tokens.get(2).is_some_and(|t| t.is("not") && tokens[1].is(","));
        if begins {
            return refuse(Reason::Fragment, &first.text);
        }
        // "the insurance want it", "the new card come", but not "the fee taken off"
        let verb = |t: &Token<'_>| t.any(&["want", "wants", "need", "needs", "come", "comes"]);
        if tokens.iter().take(run).skip(1).any(verb) && tokens.get(run).is_some_and(|t| !t.mark()) {
            return refuse(Reason::Shape, &first.text);
        }
        if run > 0
            && let Some(verb) = tokens.get(run).filter(|t| !t.quoted)
        {
            let whole = matches!(verb.tag, Tag::Base | Tag::Third | Tag::Modal | Tag::Auxiliary)
                || verb.tag == Tag::Past && !verb.has(PARTICIPLE)
                || verb.any(&["come", "become", "run", "need", "needs", "want", "wants"]);
            if whole {
                return refuse(Reason::Shape, &verb.text);
            }
        }
        // "somebody senior needs to phone me", "no need to write to me"
        let needs = tokens.iter().take(4).position(|t| t.tag == Tag::Third || t.any(&["needs", "has"]));
        let needs = needs.or_else(|| {
            let to = |at: &usize| tokens[*at].any(&["needs", "has"]) && tokens[*at + 1].tag == Tag::To;
            (4..tokens.len().saturating_sub(1)).find(to)
        });
        let more = tokens.get(1).is_some_and(|t| t.is("more"))
            && !tokens.get(2).is_some_and(|t| t.tag == Tag::Noun && t.has(PLURAL));
        let none =
            first.is("no") && (more || tokens.get(1).is_some_and(|t| t.any(&["need", "reason", "wonder"])));
        if none
            || needs
                .is_some_and(|at| !tokens[..at].iter().any(|t| matches!(t.tag, Tag::Wh | Tag::Subordinator)))
        {
            return refuse(Reason::Shape, &first.text);
        }
        // "to know the fee won't do it"
        if first.tag == Tag::To
            && tokens.get(1).is_some_and(|t| t.is("know"))
            && tokens
                .get(2)
                .is_some_and(|t| matches!(t.tag, Tag::Determiner | Tag::Possessive | Tag::Pronoun))
        {
            return refuse(Reason::Shape, "know");
        }
    }
    for (at, token) in tokens.iter().enumerate() {
        if token.quoted {
            continue;
        }
        let next = tokens.get(at + 1);
        // "the telephone being no use", "take this as me cancelling"
        let absolute = token.any(&["being", "having"])
            && at > 0
            && nominal(&tokens[at - 1])
            && !tokens[at - 1].is("human")
            && tokens[..at].iter().any(|t| t.is(","));
        let taken = token.is("as") && next.is_some_and(|n| n.any(&["me", "us"]));
        // ", no sugar", ", that I can upload"
        let none = next.is_some_and(|n| n.is("no"))
            && tokens.get(at + 2).is_some_and(|t| t.tag == Tag::Noun && t.has(MASS | PLURAL))
            && tokens.get(at + 3).is_none_or(Token::mark);
        let related = next.is_some_and(|n| n.is("that"))
            && tokens.get(at + 2).is_some_and(|t| t.any(&["i", "we"]))
            && tokens.get(at + 3).is_some_and(|t| t.any(&["can", "could", "may"]));
        let person = token.is(",")
            && !none
            && next.is_some_and(|n| n.has(TITLE) || n.any(&["i", "only", "simple", "no", "oh"]))
            || token.is(",")
                && !related
                && next.is_some_and(|n| {
                    n.has(SUBJECT | POSSESSIVE) || n.any(&["it", "you", "that", "there", "yours"])
                })
                && tokens[at + 1..].iter().take(4).any(|t| {
                    t.has(BE | HAVE | DO | MODAL) && t.has(FINITE) || t.is("'s") && t.tag == Tag::Auxiliary
                });
        // ", somebody senior needs to phone me"
        let somebody = token.is(",")
            && next.is_some_and(|n| n.any(&["somebody", "someone", "nobody"]))
            && tokens[at + 2..].iter().take(3).any(|t| t.has(FINITE) || t.any(&["needs", "wants", "has"]));
        let person = person || somebody;
        let label = token.is("(")
            && next
                .is_some_and(|n| n.text.len() < 3 && !(n.digit() && n.text.chars().any(char::is_alphabetic)))
            && tokens.get(at + 2).is_some_and(|t| t.is(")"));
        let cased = at > 0 && token.capital() && token.has(WH | SUBORDINATOR);
        // "tell me is it coming tomorrow"
        let inverted = (token.has(OBJECT) || token.is("know") && at > 0)
            && !(at > 0 && tokens[at - 1].any(&["let", "make", "have", "help", "lets"]))
            && next.is_some_and(|n| n.has(BE | DO | HAVE) && n.has(FINITE))
            && tokens.get(at + 2).is_some_and(|t| {
                t.has(SUBJECT | DETERMINER | POSSESSIVE)
                    || t.any(&["it", "you", "there"])
                    || t.tag == Tag::Name && tokens.get(at + 3).is_some()
            });
        // ", my teacher's happy to come"
        let is = token.is(",")
            && next.is_some_and(|n| n.has(POSSESSIVE | DETERMINER))
            && tokens.get(at + 3).is_some_and(|t| t.is("'s"))
            && tokens.get(at + 4).is_some_and(|t| {
                matches!(
                    t.tag,
                    Tag::Adjective
                        | Tag::Name
                        | Tag::Gerund
                        | Tag::Participle
                        | Tag::Determiner
                        | Tag::Preposition
                )
            });
        // ", my brother still orders on it"
        let clause = token.is(",")
            && next
                .is_some_and(|n| n.has(SUBJECT | POSSESSIVE | DETERMINER) || n.any(&["it", "you", "there"]))
            && (at + 2..tokens.len().min(at + 7))
                .find(|&v| finite(tokens, v) || tokens[v].is(","))
                .is_some_and(|v| {
                    let item = tokens[v].is(",") || tokens[v].tag == Tag::Past && tokens[v].has(PARTICIPLE);
                    !item
                        && !tokens[at..v].iter().any(|t| {
                            matches!(t.tag, Tag::Wh | Tag::Subordinator)
                                || t.has(SUBJECT) && !tokens[at + 1].has(SUBJECT)
                        })
                });
        let ending = token.is("and")
            && next.is_some_and(|n| n.any(&["that", "such", "all"]))
            && at + 2 == tokens.len();
        // "ring me I'm driving", "not to ring you're driving"
        let driving = token.any(&["'m", "'re", "am"])
            && at > 1
            && tokens[at - 1].any(&["i", "we", "you"])
            && !(matches!(tokens[at - 2].tag, Tag::Wh | Tag::Subordinator | Tag::Conjunction)
                || tokens[at - 2].has(TAKES_CLAUSE) && !tokens[at - 2].any(&["tell", "ask"])
                || tokens[..at - 1].iter().any(|t| matches!(t.tag, Tag::Wh | Tag::Subordinator)));
        if absolute
            || is
            || inverted
            || clause
            || taken
            || person
            || label
            || cased
            || ending
            || driving
            || token.is(";")
        {
            return refuse(Reason::Shape, &token.text);
        }
    }
    // "lift the block, review what you like": deeds without an "and"
    let deed = |at: usize| {
        tokens[at].is(",")
            && !tokens[at].quoted
            && tokens.get(at + 1).is_some_and(|t| {
                t.tag == Tag::Base || t.has(BASE) && t.has(REQUEST) && t.class & (NOUN | PLURAL) == 0
            })
    };
    let unjoined = |at: usize| !tokens[at..].iter().any(|t| t.any(&["and", "or"]));
    let strung = kind != Kind::Wish && (1..tokens.len()).any(|at| deed(at) && unjoined(at));
    // "that leak mending"
    let mending = kind == Kind::Wish
        && matches!(tokens, [.., thing, verb] if thing.tag == Tag::Noun && verb.tag == Tag::Gerund && !verb.has(NOUN));
    let commas = tokens.iter().filter(|t| t.is(",") && !t.quoted).count();
    if strung || mending || commas > 6 {
        return refuse(Reason::Shape, ",");
    }
    if tokens.last().is_some_and(|t| t.any(&["look", "see"]))
        && tokens.len() > 2
        && tokens[tokens.len() - 2].is(",")
    {
        return refuse(Reason::Shape, ",");
    }
    Ok(())
}

/// What came out of a want or a question: no other sort of sentence, no verb left hanging.
pub(crate) fn turned(turned: &Turned, want: bool) -> Result<(), Refusal> {
    let words: Vec<&str> = turned.text.split_whitespace().collect();
    if want && turned.kind == Kind::Statement {
        let subject = words.first().is_some_and(|w| *w == "you" || *w == "you'd");
        let verb = words
            .iter()
            .skip(usize::from(!words[0].contains('\'')))
            .find(|w| !matches!(**w, "only" | "just" | "also" | "now" | "really" | "still"));
        let wants = verb.is_some_and(|v| {
            matches!(
                *v,
                "need"
                    | "asked"
                    | "wanted"
                    | "require"
                    | "requested"
                    | "prefer"
                    | "expect"
                    | "rather"
                    | "love"
                    | "like"
            ) || matches!(*v, "don't" | "do")
                && !turned.text.contains([',', ';'])
                && words[words.len().min(4) - 2..words.len().min(4)].contains(&"want")
                || *v == "would" && words.get(2).is_some_and(|w| matches!(*w, "rather" | "like" | "prefer"))
        });
        // "you need it more than we do", "you need our stone restorer in there"
        // "your insurer wants a statement from us"
        // "the framer wants £165 to put it right": what it costs
        let costs = words[0] == "the"
            && words.windows(2).any(|w| w[0] == "wants" && w[1].bytes().any(|b| b.is_ascii_digit()));
        let theirs = matches!(words[0], "your" | "the")
            && !costs
            && words.len() < 25
            && words.windows(2).take(6).any(|w| {
                matches!(w[0], "wants" | "needs" | "requires") && w[1] != "to"
                    || matches!(w, ["would", "like"] | ["also", "like"])
            });
        if theirs {
            return Ok(());
        }
        if !subject && !words[0].starts_with("you'd") || !wants && words[0] != "you'd" || words.len() > 24 {
            return refuse(Reason::Opinion, words.first().unwrap_or(&""));
        }
        if words[0] == "you'd" && !matches!(words.get(1), Some(&("rather" | "like" | "prefer" | "love"))) {
            return refuse(Reason::Opinion, "you'd");
        }
    }
    // "the switch by seven and you want the taxis paid": two wishes
    if turned.kind == Kind::Wish
        && [
            " you'd like a ",
            " you'd like to ",
            " and you want ",
            " and you need ",
            " and you'd like ",
            " and you would like ",
        ]
        .iter()
        .any(|and| turned.text.contains(and))
    {
        return refuse(Reason::Shape, "and");
    }
    // "either let the group go on": the other choice is lost
    let either = words.iter().position(|w| *w == "either");
    if turned.kind != Kind::Statement
        && either.is_some_and(|at| {
            !words[at..].contains(&"or")
                && !words
                    .get(at + 1)
                    .is_some_and(|w| matches!(*w, "way" | "way," | "case" | "case," | "of" | "end" | "side"))
                && at + 1 < words.len()
        })
    {
        return refuse(Reason::Shape, "either");
    }
    // ", or else give the money back", ", and until you have that", ", and perhaps somebody might"
    const STRUNG: [&str; 6] = [
        " or else ",
        " and until ",
        " and unless ",
        " and perhaps somebody ",
        " and perhaps someone ",
        " and maybe somebody ",
    ];
    // ", or else the price of the pair" is one more choice
    let deed = turned.text.split(" or else ").skip(1).any(|rest| {
        let class = crate::lexicon::classes(rest.split([' ', ',']).next().unwrap_or(""));
        class & BASE != 0 && class & REQUEST != 0
    });
    let strung = |and: &str| {
        turned.text.contains(and)
            && (and != " or else " || turned.kind == Kind::Statement || turned.kind == Kind::Wish && deed)
    };
    if (turned.kind != Kind::Statement || want) && STRUNG.iter().any(|and| strung(and)) {
        return refuse(Reason::Shape, "and");
    }
    // "the £640, and if it's not agreed my solicitor will write"
    let otherwise = turned.text.split_once(", and if ").is_some_and(|(_, tail)| {
        ["you'll ", "you will ", "you'd be "].iter().any(|w| tail.contains(w))
            || tail.contains("your ") && tail.contains(" will ")
    });
    if turned.kind == Kind::Wish && otherwise {
        return refuse(Reason::Shape, "if");
    }
    // "what happened there I would like to hear": no question, but what they'd like turned about
    if turned.kind == Kind::Question
        && [" you'd like ", " you would like ", " you would also like ", " and you want ", " and you need "]
            .iter()
            .any(|w| turned.text.contains(w))
    {
        return refuse(Reason::Shape, "like");
    }
    // ", and can whoever's loading read the sheet", ", and more than that, if somebody would ring"
    let begged = words.windows(3).any(|w| {
        let comma = w[0].ends_with(',');
        comma && w[1] == "and" && matches!(w[2], "can" | "could" | "would" | "will")
            || comma && w[1] == "if" && matches!(w[2], "somebody" | "someone")
    });
    // "you can have until Friday week, the 20th": a day is nothing they'd like
    let day = matches!(words[..], ["the", day] if day.len() < 5
        && day.starts_with(|c: char| c.is_ascii_digit())
        && ["st", "nd", "rd", "th"].iter().any(|end| day.ends_with(end)));
    if day && turned.kind == Kind::Wish {
        return refuse(Reason::Fragment, words[1]);
    }
    let begged =
        begged || turned.text.contains(", and if we could ") || turned.text.contains(", and if we would ");
    // ", after which my niece, …, will take it from there": its verb is gone
    let begged = begged || turned.text.contains(", after which ");
    if begged && matches!(turned.kind, Kind::Wish | Kind::Request { .. }) {
        return refuse(Reason::Shape, "and");
    }
    // "when it went, and if it never went, send it"
    let further = turned.kind == Kind::Question
        && words.windows(3).any(|w| w[0].ends_with(',') && w[1] == "and" && w[2] == "if")
        && !words.contains(&"so");
    if further {
        return refuse(Reason::Shape, "if");
    }
    // "before us sell you another"
    let governed = words.windows(3).any(|w| {
        w[1] == "us"
            && matches!(
                w[0],
                "before"
                    | "after"
                    | "until"
                    | "till"
                    | "while"
                    | "when"
                    | "than"
                    | "and"
                    | "as"
                    | "because"
                    | "if"
                    | "once"
            )
            && crate::lexicon::classes(w[2]) & (BASE | FINITE) != 0
    });
    if governed {
        return refuse(Reason::Unclear, "us");
    }
    if turned.kind == Kind::Statement && words.len() < 4 && !turned.text.bytes().any(|b| b.is_ascii_digit()) {
        return refuse(Reason::NotWorth, &turned.text);
    }
    // "your own father bought that ring": what somebody did is no wish
    if turned.kind == Kind::Wish && tells_a_deed(&words) {
        return refuse(Reason::Shape, words[0]);
    }
    // "I ask two things": what comes behind is asked
    let counts = matches!(words.last(), Some(&("things" | "points" | "questions" | "requests" | "favours")));
    if turned.kind != Kind::Statement && counts && words.len() < 4 {
        return refuse(Reason::NotWorth, &turned.text);
    }
    // "£430 BACK TODAY", "REVERT IT"
    let loud = |word: &&str| {
        word.len() > 1
            && word.bytes().all(|b| b.is_ascii_uppercase())
            && crate::lexicon::classes(&word.to_lowercase()) != 0
    };
    if words.windows(2).any(|w| loud(&w[0]) && loud(&w[1]) && w[0].len().max(w[1].len()) > 3) {
        return refuse(Reason::Heat, &turned.text);
    }
    if turned.kind == Kind::Question {
        // what was right stands before it
        if let ["whether", "that" | "this" | "it", "is", "right" | "true" | "correct" | "so"] = words[..] {
            return refuse(Reason::LostReference, words[1]);
        }
        // ", a pilgrim", "because I've not got any handsomer"
        let last = turned.text.rsplit(", ").next().unwrap_or("");
        let tail = turned.text.contains(", ")
            && (last.starts_with("a ") || last.starts_with("an "))
            && !last.contains(" or ");
        if tail
            || words.iter().any(|w| matches!(*w, "because" | "grateful" | "appreciate" | "honest"))
            || turned.text.matches(',').count() > 4
        {
            return refuse(Reason::Shape, ",");
        }
        const HELPS: [&str; 16] = [
            "is", "are", "was", "were", "would", "will", "can", "could", "do", "does", "did", "has", "have",
            "may", "should", "might",
        ];
        let yes_or_no = words.first() == Some(&"whether");
        // ", and which number it is"
        let last = turned.text.rsplit(" and ").next().unwrap_or("");
        let wh = ["which ", "what ", "how ", "where ", "who ", "when ", "whose "]
            .iter()
            .any(|w| last.starts_with(w));
        let wh = wh && last.len() < turned.text.len();
        for (at, word) in words.iter().enumerate() {
            let bare = word.trim_end_matches(',');
            let ends = at + 1 == words.len() && yes_or_no && !wh;
            let broken = words.get(at + 1).is_some_and(|n| matches!(*n, "and" | "or") || *n == "not" && ends);
            let taken = matches!(bare, "is" | "are") && words.get(at + 1).is_some_and(|n| HELPS.contains(n));
            // "a boy of 19 allowed is", "either of those available is"
            let before = at.checked_sub(1).map_or(0, |n| crate::lexicon::classes(&words[n].to_lowercase()));
            let after = matches!(bare, "is" | "are" | "was" | "were")
                && before & (ADJECTIVE | PARTICIPLE) != 0
                && before & (NOUN | PLURAL | PRONOUN | DETERMINER | WH | LEXICAL_ADVERB) == 0;
            let broken = broken && (yes_or_no || !word.ends_with(','));
            if HELPS.contains(&bare) && (ends || after || broken && !word.ends_with("do") || taken) {
                return refuse(Reason::Shape, bare);
            }
        }
        // "what's due and what isn't, and knock off the rest": a request of its own
        let deed = !yes_or_no
            && words.windows(4).any(|w| {
                let class = crate::lexicon::classes(w[2]);
                w[0].ends_with(',')
                    && w[1] == "and"
                    && class & BASE != 0
                    && class & REQUEST != 0
                    && class & FINITE == 0
                    && (matches!(w[3], "it" | "you" | "the" | "your" | "them" | "off")
                        || crate::lexicon::classes(w[3]) & (DETERMINER | POSSESSIVE) != 0)
            });
        if deed {
            return refuse(Reason::Shape, "and");
        }
        // "when all is good I'll pay it": no question, but what they'll do
        let will = words.iter().position(|w| *w == "you'll").filter(|_| words[0] == "when");
        let promise = will.is_some_and(|at| {
            let before = &words[1..at];
            before.iter().any(|w| HELPS.contains(w))
                && !before.iter().any(|w| w.ends_with(',') || matches!(*w, "and" | "or" | "so"))
        });
        if promise {
            return refuse(Reason::Fragment, "when");
        }
        // "what troubles me is whether he knows"
        if words[0] == "what"
            && words.windows(2).any(|w| w[0] == "is" && matches!(w[1], "whether" | "why" | "how"))
        {
            return refuse(Reason::Fragment, "what");
        }
        // "whether someone would tell you is Terry all right"
        if words
            .windows(3)
            .any(|w| w[0] == "tell" && w[1] == "you" && matches!(w[2], "is" | "are" | "was" | "were"))
        {
            return refuse(Reason::Shape, "is");
        }
        // ", like is a scratch on the paint damage", "and could whoever comes leave it"
        let loose = words.windows(3).any(|w| {
            w[0] == "like" && HELPS.contains(&w[1]) && !matches!(w[2], "and" | "or")
                || matches!(w[0], "and" | "or") && HELPS.contains(&w[1]) && w[2] == "whoever"
        });
        if loose {
            return refuse(Reason::Shape, "like");
        }
        // "who has it, have you told the police": still in the order of a question
        let turned_round = words.windows(3).any(|w| {
            (w[0] == "and" || w[0].ends_with(','))
                && HELPS.contains(&w[1])
                && matches!(w[2], "we" | "you" | "they" | "he" | "she")
        });
        if turned_round {
            return refuse(Reason::Shape, "and");
        }
        // "is it though, please refund both"
        if words.windows(2).any(|w| w[0] == "though" && crate::lexicon::classes(w[1]) & REQUEST != 0) {
            return refuse(Reason::Shape, "though");
        }
        // "whether it have put right"
        if words.windows(3).any(|w| {
            matches!(w[1], "it" | "he" | "she")
                && matches!(w[2], "have" | "do" | "are")
                && matches!(w[0], "whether" | "and" | "or")
        }) {
            return refuse(Reason::Shape, "have");
        }
        if words.ends_with(&["what", "is", "it"]) {
            return refuse(Reason::Shape, "it");
        }
        // "whether you may ask us two things"
        if yes_or_no
            && words.get(1) == Some(&"you")
            && words.get(2).is_some_and(|w| matches!(*w, "may" | "can" | "could" | "might"))
            && words.get(3) == Some(&"ask")
        {
            return refuse(Reason::NotWorth, "ask");
        }
    }
    Ok(())
}

/// Whether a wish's words are a sentence: a past form with its object, and nothing before it that it could hang on.
fn tells_a_deed(words: &[&str]) -> bool {
    const OBJECTS: &[&str] = &["the", "a", "an", "that", "your", "our", "his", "her", "their", "it", "me"];
    const HOLDS: &[&str] = &[
        "to", "that", "who", "which", "what", "whatever", "you", "we", "i", "they", "he", "she", "have",
        "having", "has", "had", "be", "been", "being", "is", "are", "was", "were", "get", "got", "how",
        "why", "when", "if", "whether", "as", "because", "where", "than", "whoever", "until", "before",
        "after", "since", "and", "or",
    ];
    let deed = |at: usize| {
        let class = crate::lexicon::classes(words[at]);
        let only = class & PAST != 0 && class & (BASE | NOUN) == 0 && words[at].len() > 3;
        only && OBJECTS.contains(&words[at + 1])
    };
    let first = (1..words.len().saturating_sub(1)).find(|&at| deed(at));
    first.is_some_and(|at| !words[..at].iter().any(|word| HOLDS.contains(&word.trim_end_matches(','))))
}
