//! Whether a statement is plain: whole, of one thought, about what happened.

use crate::class::*;
use crate::hollow::hollow;
use crate::order::order;
use crate::slips::slips;
use crate::tag::{before, finite, finites};
use crate::token::{Tag, Token};
use crate::{Reason, Refusal, refuse};

/// Verbs of being in some state: "I rent the flat" is so, "I keep the dog" is what they mean to do.
const STATES: &[&str] = &[
    "have", "live", "own", "carry", "count", "fly", "exist", "rent", "lease", "use", "need", "run", "work",
    "hold", "teach", "study", "bank", "manage", "owe", "share", "commute", "drive", "receive", "remain",
];
/// Verbs whose past is as their present.
const SAME: &[&str] =
    &["put", "set", "cut", "read", "shut", "hit", "let", "quit", "reset", "split", "spread"];
/// After "I'm": what they are about, not what happened.
const ABOUT: &[&str] = &[
    "not",
    "going",
    "asking",
    "after",
    "looking",
    "trying",
    "writing",
    "telling",
    "saying",
    "hoping",
    "giving",
    "sending",
    "keeping",
    "doing",
    "taking",
    "cancelling",
    "returning",
    "stopping",
    "getting",
    "making",
    "paying",
    "putting",
];
/// What goes on in a story told in the present.
const STORY: &[&str] = &[
    "comes",
    "goes",
    "starts",
    "informs",
    "rings",
    "sends",
    "answers",
    "tells",
    "asks",
    "walks",
    "picks",
    "takes",
    "gives",
    "puts",
    "turns",
    "calls",
    "writes",
    "arrives",
    "appears",
    "disappears",
    "stands",
    "sits",
    "looks",
    "pulls",
    "leaves",
    "replies",
];
/// A statement not yet turned: whole, of one thought, about what happened.
pub(crate) fn statement(tokens: &[Token<'_>]) -> Result<(), Refusal> {
    slips(tokens)?;
    order(tokens)?;
    hollow(tokens)?;
    let verbs = finites(tokens);
    let Some(&first) = verbs.first() else { return Ok(()) };
    let words = tokens.iter().filter(|t| !t.mark() && !t.quoted).count();
    if words > 36 || verbs.len() > 6 {
        return refuse(Reason::Shape, "long");
    }
    if let Some(mark) = tokens.iter().find(|t| !t.quoted && t.any(&[";", "–", "—"])) {
        return refuse(Reason::Shape, &mark.text);
    }
    let lead = &tokens[..first];
    // "Saturday, garden centre, I strapped her in"; "Automatic (18th) said"
    let start = &tokens[0];
    let weekday = start.has(WEEKDAY) && tokens.get(1).is_some_and(|t| t.is(","));
    let loose = start.tag == Tag::Adjective
        && !start.has(PLURAL | MASS)
        && !lead.iter().any(|t| {
            t.tag == Tag::Noun && t.has(PLURAL | MASS) || t.tag == Tag::Pronoun || t.tag == Tag::Name
        });
    if weekday || loose {
        return refuse(Reason::Fragment, &start.text);
    }
    // "Second, put the two on an aeroplane"
    let alone = before(tokens, first).is_none_or(|s| tokens[s].is(","));
    let named = lead.iter().any(|t| t.has(DETERMINER | POSSESSIVE | PRONOUN) || t.tag == Tag::Name);
    if alone && !named && start.tag != Tag::Preposition && tokens[first].tag == Tag::Past {
        return refuse(Reason::Fragment, &tokens[first].text);
    }
    if alone && lead.iter().filter(|t| t.is(",")).count() < 2 && tokens[first].tag == Tag::Past {
        return refuse(Reason::NoSubject, &tokens[first].text);
    }
    // "something for the fact that your van was late", "28 euros which your page swore was included"
    let led = lead.iter().position(|t| {
        matches!(t.tag, Tag::Wh | Tag::Subordinator)
            && t.any(&["that", "which", "who", "whose", "where", "whom"])
    });
    if let Some(at) = led
        && at > 0
        && !matches!(start.tag, Tag::Preposition | Tag::Subordinator | Tag::Adverb | Tag::Wh)
    {
        let main = verbs
            .windows(2)
            .filter(|w| {
                // "that we had told you we'd had done"
                let says = tokens
                    .get(w[0] + 1)
                    .is_some_and(|t| t.has(SAY | TAKES_CLAUSE) && t.tag == Tag::Participle && !t.quoted)
                    && !tokens[w[0]..w[1]].iter().any(|t| t.mark() || t.tag == Tag::Conjunction)
                    && tokens[w[1] - 1].tag == Tag::Pronoun;
                !says && (w[1] > w[0] + 1 || !tokens[w[0]].has(TAKES_CLAUSE | SAY))
            })
            .count()
            + 1;
        if main < 2 {
            return refuse(Reason::Fragment, &tokens[at].text);
        }
    }
    // ", chiropodist", ", simple as that"
    if let Some(comma) = tokens.iter().rposition(|t| t.is(",") && !t.quoted)
        && comma > first
        && let rest = &tokens[comma + 1..]
        && rest.len() < 5
        && rest.first().is_some_and(|t| matches!(t.tag, Tag::Noun | Tag::Adjective) && !t.quoted)
        && !rest.iter().any(|t| t.digit() || t.any(&["and", "or"]))
        && !tokens[..comma].iter().any(|t| t.is(",") && !t.quoted)
    {
        return refuse(Reason::Shape, ",");
    }
    // "chairs designed by someone"
    let by = tokens[first].tag == Tag::Past
        && tokens[first].has(PARTICIPLE)
        && tokens.get(first + 1).is_some_and(|t| t.is("by"))
        && before(tokens, first).is_some_and(|s| matches!(tokens[s].tag, Tag::Noun | Tag::Adjective));
    // "grand"
    let jest = verbs.iter().any(|&v| {
        (tokens[v].has(BE) || tokens[v].is("'s"))
            && tokens.get(v + 1).is_some_and(|t| t.any(&["grand", "grim", "champion", "ace", "fab"]))
    });
    if by || jest {
        return refuse(Reason::Fragment, &tokens[first].text);
    }
    // "it isn't the fare"
    if start.any(&["it", "this", "that"]) && first == 1 && words < 7 && tokens[1].any(&["isn't", "wasn't"]) {
        return refuse(Reason::Opinion, &tokens[1].text);
    }
    if tokens.windows(2).any(|w| w[0].is("so") && w[1].any(&["no", "whenever"])) {
        return refuse(Reason::Fragment, "so");
    }
    if start.any(&["it", "this", "that"])
        && first == 1
        && tokens.get(2).is_some_and(|t| t.any(&["what", "how", "why"]))
    {
        return refuse(Reason::Opinion, &tokens[2].text);
    }
    // "it FITS", ", well most of it"
    let loud = tokens.iter().enumerate().find(|(at, t)| {
        !t.quoted
            && (t.text.len() > 3
                && t.class & VERBAL != 0
                && crate::tag::shouted(t)
                && !(*at > 0
                    && tokens[*at - 1].any(&[
                        "reading", "read", "reads", "saying", "says", "said", "marked", "showing", "shows",
                    ]))
                || t.is("well") && *at > 0 && tokens[at - 1].is(","))
    });
    if let Some((_, token)) = loud {
        return refuse(Reason::Heat, &token.text);
    }
    // "my son he is eight"
    if let Some(s) = before(tokens, first)
        && s > 0
        && tokens[s].any(&["he", "she", "it", "they"])
        && matches!(tokens[s - 1].tag, Tag::Noun | Tag::Name)
        && !lead.iter().any(|t| {
            matches!(t.tag, Tag::Wh | Tag::Subordinator | Tag::Preposition) || t.has(UNIT | WEEKDAY | MONTH)
        })
    {
        return refuse(Reason::Shape, &tokens[s].text);
    }
    // "says not his box he sells rolls"
    if let Some(w) = tokens.windows(3).find(|w| {
        w[0].any(&["says", "said", "say"])
            && w[1].is("not")
            && w[2].has(DETERMINER | POSSESSIVE)
            && tokens.iter().skip(4).any(|t| t.any(&["he", "she", "it", "they"]))
    }) {
        return refuse(Reason::Shape, &w[1].text);
    }
    // "a girl asked me was the spill big"
    if let Some(w) = tokens.windows(4).find(|w| {
        w[0].any(&["asked", "asks", "ask", "wondered"])
            && w[1].has(OBJECT)
            && w[2].has(BE | DO | HAVE)
            && w[2].has(FINITE)
            && !w[3].quoted
            && (w[3].has(DETERMINER | POSSESSIVE | SUBJECT) || w[3].any(&["it", "there", "you"]))
    }) {
        return refuse(Reason::Shape, &w[2].text);
    }
    for at in 0..tokens.len().saturating_sub(2) {
        let [one, two, three] = [&tokens[at], &tokens[at + 1], &tokens[at + 2]];
        // "the site is put me £40 over", "I have now nothing"
        let passive = (one.has(BE) || one.is("'s"))
            && !one.quoted
            && three.has(OBJECT)
            && (two.tag == Tag::Past || two.tag == Tag::Participle || two.tag == Tag::Base);
        let now = one.has(HAVE)
            && two.is("now")
            && (three.has(DETERMINER) || three.any(&["nothing", "everything", "everyone"]));
        if passive || now {
            return refuse(Reason::Shape, &two.text);
        }
    }
    // "order 771 delivered about an hour ago"
    let bare = !lead
        .iter()
        .any(|t| t.has(DETERMINER | POSSESSIVE | PRONOUN | PLURAL | MASS) || t.tag == Tag::Name || t.is(","));
    if bare
        && verbs.len() == 1
        && tokens[first].tag == Tag::Past
        && tokens[first].has(PARTICIPLE)
        && !tokens[first].has(INTRANSITIVE)
        && tokens.get(first + 1).is_none_or(|t| matches!(t.tag, Tag::Preposition | Tag::Adverb | Tag::Mark))
    {
        return refuse(Reason::Fragment, &tokens[first].text);
    }
    // "sharps not collected"
    if tokens.windows(3).any(|w| {
        w[0].tag == Tag::Noun
            && w[1].is("not")
            && matches!(w[2].tag, Tag::Past | Tag::Participle)
            && !w[1].quoted
    }) {
        return refuse(Reason::Fragment, "not");
    }
    // "four men are standing and crane is booked"
    if let Some(at) = (1..tokens.len().saturating_sub(2)).find(|&at| {
        let noun = &tokens[at + 1];
        tokens[at].tag == Tag::Conjunction
            && noun.tag == Tag::Noun
            && noun.class & (PLURAL | MASS | UNIT | FAMILY) == 0
            && !noun.low.ends_with('s')
            && !noun.quoted
            && finite(tokens, at + 2)
            && tokens[at + 2].tag != Tag::Noun
    }) {
        return refuse(Reason::Shape, &tokens[at + 1].text);
    }
    // "nothing for nine days then a message", "no hours no certificate", ", only I wasn't the renter"
    let verbless = lead
        .windows(2)
        .enumerate()
        // "the driver then climbed on the load"
        .any(|(at, w)| w[1].is("then") && w[0].tag != Tag::Preposition && at + 2 != first)
        || start.is("no")
            && lead.iter().skip(1).any(|t| t.is("no"))
            && !lead.iter().any(|t| t.any(&["and", ","]))
        || tokens.windows(3).any(|w| {
            w[0].is(",") && w[1].is("only") && (w[2].has(SUBJECT) || w[2].any(&["it", "you", "the", "my"]))
        });
    if verbless {
        return refuse(Reason::Fragment, &start.text);
    }
    // "one could see the glass move"; "on the telephone I have said"; "in the tracking is only 'in progress'"
    let one = verbs.iter().any(|&v| {
        before(tokens, v).is_some_and(|s| {
            tokens[s].is("one")
                && (s == 0 || tokens[s - 1].mark() || tokens[s - 1].tag == Tag::Conjunction)
                && (tokens[v].tag == Tag::Modal || tokens[v].tag == Tag::Third)
        })
    });
    let fronted = start.any(&["on", "at"])
        && tokens[first].any(&["have", "'ve", "has"])
        && tokens
            .get(first + 1)
            .is_some_and(|t| t.any(&["said", "told", "asked", "written", "called", "spoken"]));
    let inverted = start.tag == Tag::Preposition
        && verbs.len() == 1
        && (tokens[first].has(BE) || tokens[first].tag == Tag::Third)
        && !lead.iter().any(|t| t.is(",") || t.has(PRONOUN) || t.tag == Tag::There)
        && lead.iter().filter(|t| t.has(DETERMINER | POSSESSIVE)).count() < 2
        && !behind_day(lead)
        // "at 8 your shutter was down"
        && !lead.windows(2).any(|w| {
            (w[0].digit() || w[0].class & (NUMBER | UNIT | WEEKDAY | MONTH) != 0) && w[1].has(DETERMINER | POSSESSIVE)
        });
    if one || fronted || inverted {
        return refuse(Reason::Shape, &tokens[first].text);
    }
    let names = tokens.iter().filter(|t| {
        t.tag == Tag::Name && !t.quoted && t.class & (WEEKDAY | MONTH | TITLE) == 0 && !t.digit()
    });
    if names.count() > 5 {
        return refuse(Reason::ThirdParty, "");
    }
    // "15 Nov 2 men came", "now app is showing", "it comes also without"
    let undated = start.digit()
        && tokens.get(1).is_some_and(|t| t.has(MONTH))
        && tokens.get(2).is_some_and(|t| t.digit() && t.text.len() < 3);
    let article = start.tag == Tag::Adverb
        && first == 2
        && tokens[1].tag == Tag::Noun
        && tokens[1].class & (PLURAL | MASS | UNIT | FAMILY) == 0
        && !tokens[1].low.ends_with('s');
    let also =
        verbs.iter().any(|&v| tokens[v].tag == Tag::Third && tokens.get(v + 1).is_some_and(|t| t.is("also")));
    let supposed = start.is("if") && tokens.get(1).is_some_and(|t| t.is("you"));
    let hanging = matches!(tokens, [.., comma, so] if comma.is(",") && so.any(&["so", "and", "but"]));
    if undated || article || also || supposed || hanging {
        return refuse(Reason::Shape, &start.text);
    }
    // "its February"
    if start.is("its") && tokens.get(1).is_some_and(|t| t.has(WEEKDAY | MONTH)) {
        return refuse(Reason::Shape, &start.text);
    }
    // "at Christmas she could read it": Christmas is nobody
    if let Some(at) = tokens.iter().position(|t| t.any(&["he", "she"]) && !t.quoted)
        && !tokens[at].excused
        && !tokens[..at].iter().any(|t| {
            t.quoted
                || t.tag == Tag::Pronoun
                || matches!(t.tag, Tag::Noun | Tag::Name) && t.class & (MASS | UNIT | WEEKDAY | MONTH) == 0
        })
    {
        return refuse(Reason::LostReference, &tokens[at].text);
    }
    // Of what is neither theirs nor ours only the plain and short is told.
    let ours = tokens.iter().any(|t| {
        t.quoted
            || t.excused
            || t.digit()
            || t.any(&["i", "we", "me", "us", "my", "our", "you", "your"])
            || t.class & (WEEKDAY | MONTH) != 0
            || t.tag == Tag::Name
    });
    let people =
        tokens.iter().any(|t| t.class & (PEOPLE | STAFF | FAMILY | TITLE) != 0 && t.tag == Tag::Noun);
    let plain = start.any(&["the", "there", "nothing", "nobody", "no", "it"]) && words < 16
        || (start.any(&["the", "there", "nothing", "nobody", "no"]) || start.is("a") && !tokens[1].has(PEOPLE | STAFF))
            && words < 26
        || words < 24
            && !people
            && (start.tag.is_nominal() && !(start.tag == Tag::Noun && start.has(PLURAL))
                || start.tag == Tag::There
                || start.is("it"))
        // "on the website the same button leads to the app"
        || words < 20
            && !people
            && lead.len() > 2
            && lead[2..].iter().any(|t| t.has(DETERMINER | POSSESSIVE) || t.tag == Tag::There)
            && start.any(&["in", "at", "inside", "last", "under", "behind"])
        || words < 16
            && !people
            && start.any(&["on", "in", "at"])
            && (tokens.iter().take(first).any(|t| t.has(DOCUMENT))
                || tokens.iter().take(first).any(|t| t.tag == Tag::There));
    if !ours && !plain {
        return refuse(Reason::ThirdParty, &start.text);
    }
    strung(tokens, first)?;
    let past = verbs
        .iter()
        .any(|&v| tokens[v].tag == Tag::Past || tokens[v].any(&["was", "were", "did", "didn't", "had"]));
    let dated = tokens.iter().any(|t| t.is("yesterday") || t.has(WEEKDAY) || t.is("ago"));
    for &at in &verbs {
        let verb = &tokens[at];
        let s = before(tokens, at);
        let mine = s.is_some_and(|s| tokens[s].any(&["i", "we"]));
        let next = tokens.get(at + 1);
        // "and it tells me I have to log in": a page goes on saying so
        let shown = tokens.iter().take(4).any(|t| t.tag == Tag::Noun && t.has(DOCUMENT) && !t.has(STAFF))
            && !tokens.iter().any(|t| t.any(&["he", "she"]) || t.has(STAFF | FAMILY));
        let page = (shown
            || s.is_some_and(|s| tokens[s].is("it") || tokens[s].has(DOCUMENT) && !tokens[s].has(STAFF)))
            && verb.any(&["tells", "asks", "sends", "gives", "takes"]);
        let lasts = lasts(tokens, at, dated);
        if verb.tag == Tag::Third && verb.any(STORY) && (past || dated) && !page && !lasts {
            return refuse(Reason::Shape, &verb.text);
        }
        // "he looks in his paper", "my colleagues give me"
        let told =
            s.is_some_and(|s| tokens[s].any(&["he", "she"])) && verb.tag == Tag::Third && verb.any(STORY)
                || s.is_some_and(|s| tokens[s].tag == Tag::Noun)
                    && verb.tag == Tag::Base
                    && STORY.iter().any(|third| third.strip_suffix('s').is_some_and(|base| verb.is(base)));
        if told {
            return refuse(Reason::Shape, &verb.text);
        }
        // "you translated it very well"
        let praised = s.is_some_and(|s| tokens[s].is("you"))
            && tokens[at..].iter().any(|t| {
                t.any(&[
                    "well",
                    "beautifully",
                    "nicely",
                    "perfectly",
                    "carefully",
                    "thoughtfully",
                    "generously",
                    "cleverly",
                    "closely",
                ])
            });
        if praised {
            return refuse(Reason::Sarcasm, &verb.text);
        }
        // "I receive a mail": a story told in the present, where it doesn't happen again and again
        let again = tokens.iter().any(|t| {
            t.any(&["every", "each", "always", "still", "both", "keep", "these", "now", "monthly", "weekly"])
        });
        let once = next.is_some_and(|n| n.any(&["a", "an", "one", "your", "this"]));
        if mine && verb.is("receive") && once && !again {
            return refuse(Reason::Shape, &verb.text);
        }
        // "it falls out when I chew", "the link I open", "I keep getting charged"
        let habit = s.is_some_and(|s| {
            s > 0
                && (tokens[s - 1]
                    .any(&["when", "whenever", "where", "while", "time", "once", "until", "till"])
                    || tokens[s - 1].tag == Tag::Noun && tokens[s - 1].class & (UNIT | WEEKDAY) == 0 && s > 1)
        }) && verb.class & (THINK | SAY) == 0
            && !verb.any(&["expect", "guess", "hope", "suppose", "believe", "assume", "gather"])
            || verb.is("keep") && next.is_some_and(|n| n.tag == Tag::Gerund);
        if mine && verb.tag == Tag::Base && !verb.any(STATES) && !verb.any(SAME) && !habit {
            return refuse(Reason::Opinion, &verb.text);
        }
        let says =
            verb.any(&["would", "'d"]) && next.is_some_and(|n| n.any(&["say", "call", "think", "add"]));
        if mine && says {
            return refuse(Reason::Opinion, &verb.text);
        }
        // "a lady I don't know messaged me"
        let whom = s.is_some_and(|s| s > 0 && matches!(tokens[s - 1].tag, Tag::Noun | Tag::Name))
            && next.is_some_and(|n| n.is("know"));
        if mine && !whom && verb.any(&["don't"]) && next.is_some_and(|n| n.tag == Tag::Base && !n.any(STATES))
        {
            return refuse(Reason::Opinion, &verb.text);
        }
        // "I'm trying to return it and your site won't let me"
        let tried = next.is_some_and(|n| n.is("trying"))
            && tokens[at..].iter().any(|t| t.any(&["and", "but"]))
            && verbs.iter().any(|&v| v > at);
        if mine && !tried && verb.any(&["'m", "am", "'re", "are"]) && next.is_some_and(|n| n.any(ABOUT)) {
            let unable = next.is_some_and(|n| n.is("not"))
                && tokens.get(at + 2).is_some_and(|t| t.any(&["able", "getting", "receiving", "registered"]));
            if !unable {
                return refuse(Reason::Opinion, &verb.text);
            }
        }
        // "on 19 October you have confirmed": a day that is over wants the plain past
        let perfect = verb.any(&["have", "has", "'ve", "haven't", "hasn't"])
            && next
                .is_some_and(|n| n.has(PARTICIPLE) && n.tag != Tag::Base && !n.any(&["been", "had", "got"]));
        let over = |t: &[Token<'_>]| {
            t.first().is_some_and(|t| t.is("yesterday"))
                || t.first().is_some_and(|t| t.is("on"))
                    && t.iter().take(4).any(|t| t.has(MONTH) || t.digit())
                    && !t.iter().take(4).any(|t| t.any(&["occasions", "counts"]))
                || t.len() == 1 && t[0].is("ago")
        };
        let end = tokens[at..]
            .iter()
            .position(|t| t.mark() || matches!(t.tag, Tag::Conjunction | Tag::Wh | Tag::Subordinator))
            .map_or(tokens.len(), |n| at + n);
        let begin = tokens[..at]
            .iter()
            .rposition(|t| matches!(t.tag, Tag::Conjunction | Tag::Wh | Tag::Subordinator))
            .map_or(0, |n| n + 1);
        // "you have taken it on 1 September, 1 October and 2 November"
        let days = tokens[at..].iter().take(22).filter(|t| t.has(MONTH | WEEKDAY) || ordinal(t)).count() > 2
            && tokens[at..].iter().take(22).any(|t| t.is("and"));
        if perfect && !days && (begin..end).any(|n| over(&tokens[n..end.min(n + 4)])) {
            return refuse(Reason::Shape, &verb.text);
        }
    }
    Ok(())
}

/// Whether what is told in the present goes on: "since the update it asks", "told us nothing comes out till then".
fn lasts(tokens: &[Token<'_>], verb: usize, dated: bool) -> bool {
    let Some(s) = before(tokens, verb) else { return false };
    let subject = &tokens[s];
    let person = subject.tag == Tag::Name
        || subject.has(STAFF | PEOPLE | FAMILY)
        || subject.any(&["he", "she", "somebody", "someone", "who"])
        || tokens[..s].iter().rev().take(3).any(|t| t.has(TITLE));
    let often = tokens.iter().any(|t| {
        t.any(&["since", "still", "always", "every", "each", "whenever", "never"])
            || t.has(WEEKDAY) && t.low.ends_with("days")
    });
    let from = tokens[..verb]
        .iter()
        .rposition(|t| !t.quoted && (t.mark() || t.tag == Tag::Conjunction))
        .map_or(0, |at| at + 1);
    let said = tokens[from..verb]
        .iter()
        .any(|t| !t.quoted && (t.has(SAY) || t.any(&["told", "says", "said"])) && !t.any(&["asked", "ask"]));
    let related = subject.any(&["which", "that"]);
    let state = tokens[verb].any(&["appears", "looks", "calls", "gives", "goes", "asks", "takes"])
        || tokens[verb].is("stands") && tokens.get(verb + 1).is_some_and(|t| t.is("at"));
    // ", which tells you something"
    let remark = tokens[verb].is("tells") && tokens.get(verb + 1).is_some_and(|t| t.is("you"));
    !person && !remark && (often || said || related || state && !dated)
}

/// "the 18th"
fn ordinal(token: &Token<'_>) -> bool {
    token.digit() && ["th", "st", "nd", "rd"].iter().any(|end| token.low.ends_with(end))
}

/// "on Tuesday £250 was taken", "on 4 May the fee was": behind the day stands a subject.
fn behind_day(lead: &[Token<'_>]) -> bool {
    let day = lead.iter().rposition(|t| t.class & (WEEKDAY | MONTH) != 0 && !t.quoted);
    day.is_some_and(|day| {
        lead[day + 1..].iter().any(|t| {
            t.has(DETERMINER | POSSESSIVE)
                || t.text.contains(['£', '$', '€'])
                || t.tag == Tag::Noun && t.has(PLURAL)
        }) || lead[day + 1..].iter().any(|t| matches!(t.tag, Tag::Name)) && lead[day + 1..].len() < 3
    })
}

/// "pink, number 0673", "spout one end, lid the other": bits strung on with commas and no "and".
fn strung(tokens: &[Token<'_>], verb: usize) -> Result<(), Refusal> {
    let commas: Vec<usize> =
        (verb..tokens.len()).filter(|&at| tokens[at].is(",") && !tokens[at].quoted).collect();
    if tokens.iter().filter(|t| t.is(",") && !t.quoted).count() > 4 {
        return refuse(Reason::Shape, ",");
    }
    let listed = commas.iter().any(|&at| tokens.get(at + 1).is_some_and(|t| t.any(&["and", "or"])))
        || commas.last().is_some_and(|&at| {
            tokens[at..].iter().any(|t| t.any(&["and", "or"])) && finites(&tokens[at..]).is_empty()
        });
    for (n, &at) in commas.iter().enumerate() {
        let end = commas.get(n + 1).copied().unwrap_or(tokens.len());
        let bit = &tokens[at + 1..end];
        let bare = bit.first().is_some_and(|t| {
            matches!(t.tag, Tag::Noun | Tag::Adjective | Tag::Determiner | Tag::Number | Tag::Possessive)
                && !t.digit()
                || t.tag == Tag::Past && t.has(DROPPED)
        }) && !bit.iter().any(|t| t.digit() || t.quoted)
            && (finites(bit).is_empty() || bit[0].tag == Tag::Past);
        // "light went off in the middle"
        let clause = bit.first().is_some_and(|t| t.tag == Tag::Noun && !t.quoted)
            && (finite(bit, 1) || finite(bit, 2))
            && !bit.iter().take(2).any(|t| t.mark() || t.has(UNIT | MONTH));
        // "the credit, which you put at £86, hasn't been paid"
        let closes = tokens[..verb].windows(2).any(|w| w[0].is(",") && w[1].any(&["which", "who", "whose"]));
        let did = !closes && bit.first().is_some_and(|t| t.has(DO | HAVE | BE) && t.has(FINITE) && !t.quoted);
        let then = did
            || bit.first().is_some_and(|t| t.is("then"))
                && finites(bit).is_empty()
                && !bit.iter().any(|t| t.digit() || t.quoted);
        if clause || then {
            return refuse(Reason::Shape, "splice");
        }
        let unopened = bit.len() == 1 && matches!(bit[0].tag, Tag::Adjective | Tag::Participle);
        if bare && !unopened && !listed && commas.len() > 1 {
            return refuse(Reason::Shape, ",");
        }
    }
    Ok(())
}
