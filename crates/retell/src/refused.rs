//! Statements that may be grammatical and yet should not be told back.

use crate::class::*;
use crate::tag::{before, finite, finites};
use crate::token::{Tag, Token};
use crate::{Reason, Refusal, refuse};

/// What may be grammatical and yet should not be told back.
pub(crate) fn check(tokens: &[Token<'_>]) -> Result<(), Refusal> {
    let verbs = finites(tokens);
    let outside = || tokens.iter().enumerate().filter(|(_, t)| !t.quoted);
    if let Some((_, token)) = outside().find(|(at, t)| {
        // "they asked if I was in"
        let asked = *at > 0
            && (tokens[at - 1].any(&[
                "ask",
                "asked",
                "asks",
                "asking",
                "see",
                "check",
                "checked",
                "wonder",
                "wondered",
                "wondering",
                "sure",
            ]) || tokens[at - 1].has(OBJECT)
                && *at > 1
                && tokens[at - 2].any(&["asked", "asks", "tell", "told"]));
        // "if I run the tap, the boiler cuts out"
        let fact = *at == 0
            && t.is("if")
            && tokens.iter().position(|t| t.is(",") && !t.quoted).is_some_and(|comma| {
                tokens
                    .get(comma + 1)
                    .is_some_and(|t| t.has(DETERMINER | POSSESSIVE) || t.any(&["it", "nothing"]))
            })
            && !tokens
                .iter()
                .any(|t| t.any(&["will", "'ll", "would", "'d", "shall", "could", "might", "won't"]));
        // "told me that if I cancelled I'd lose it": theirs who said it
        let said = (1..4).any(|n| {
            *at > n
                && tokens[at - n].has(SAY)
                && !tokens[..at - n].iter().rev().take(2).any(|t| t.any(&["i", "we"]))
                && tokens[at - n + 1..*at].iter().all(|t| t.has(OBJECT) || t.any(&["that", "it", "you"]))
        });
        // "was told you can't discuss it and that if he rang you would", "asking him if he'd like": what they said
        let that = *at > 2
            && t.is("if")
            && tokens[at - 1].is("that")
            && tokens[*at..].iter().any(|t| !t.quoted && t.any(&["i", "we", "my", "me", "us", "our"]))
            && tokens[..at - 1].iter().enumerate().any(|(i, t)| {
                !t.quoted
                    && (t.has(SAY) || t.is("told"))
                    && !tokens[..i].iter().rev().take(2).any(|t| t.any(&["i", "we"]))
            });
        let asked = asked
            || t.is("if")
                && tokens[..*at]
                    .iter()
                    .rev()
                    .take(8)
                    .take_while(|t| !t.is(","))
                    .any(|t| t.any(&["asked", "asking", "asks"]) && !t.quoted);
        let said = said || that;
        // "it only works if the other is left up"
        let so = *at > 3
            && verbs.iter().all(|&v| !matches!(tokens[v].tag, Tag::Modal))
            && verbs.first().is_some_and(|&v| {
                tokens[v].tag == Tag::Third || tokens[v].any(&["doesn't", "isn't", "is", "does"])
            })
            && !tokens[..*at].iter().any(|t| t.any(&["i", "we", "you"]) && !t.quoted);
        // "was told that deposits are non refundable if the client changes their mind"
        let reported = t.is("if")
            && tokens[..*at]
                .iter()
                .rposition(|t| t.any(&["told", "asked", "says", "said", "answered"]))
                .is_some_and(|p| {
                    !tokens[p].quoted
                        && (p == 0 || !tokens[p - 1].any(&["i", "we"]))
                        && tokens[p + 1..*at].iter().all(|t| !t.any(&["and", "but", "so", ";"]))
                        && (tokens[p + 1].any(&["that", "me", "us"]) || tokens[p].is("asked"))
                });
        t.any(&["if", "unless", "otherwise"])
            && !(t.is("if") && (asked || fact || reported))
            && !(t.any(&["if", "unless"]) && (said || so))
    }) {
        return refuse(Reason::Threat, &token.text);
    }
    // "which, fine, so does half of the town"
    if tokens.windows(2).any(|w| w[0].tag == Tag::Wh && w[0].is("which") && w[1].any(&["so", "fine", "ok"])) {
        return refuse(Reason::Shape, "which");
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
            // "you want £71.50 off me": not "when you want it"
            let wants = verb.any(&["want", "demand", "require", "send", "write"])
                && s.is_some_and(|s| {
                    s == 0 || tokens[s - 1].any(&[",", "and", "but", "now", "still"]) || tokens[s - 1].digit()
                })
                && next.iter().take(2).any(|t| t.digit() || t.any(&["me", "us"]));
            if verb.tag == Tag::Modal && !verb.any(&["would", "'d", "wouldn't"])
                || !verb.any(&[
                    "say",
                    "tell",
                    "claim",
                    "charge",
                    "offer",
                    "sell",
                    "owe",
                    "advertise",
                    "promise",
                    "keep",
                    "take",
                    "ask",
                    "list",
                    "show",
                    "state",
                    "describe",
                    "call",
                    "hold",
                    "publish",
                    "inform",
                    "quote",
                    "print",
                    "bill",
                    "invoice",
                    "deduct",
                    "insist",
                    "stock",
                    "owe",
                    "supply",
                    "deliver",
                    "provide",
                ]) && verb.tag == Tag::Base
                    && !wants
            {
                return refuse(Reason::GenericYou, &verb.text);
            }
            // "you are charging me for two lines"
            let doing =
                next.first().is_some_and(|t| {
                    t.any(&[
                        "charging",
                        "taking",
                        "billing",
                        "holding",
                        "ending",
                        "closing",
                        "sending",
                        "showing",
                        "invoicing",
                        "withholding",
                        "moving",
                        "stopping",
                    ])
                }) && next.iter().take(4).any(|t| t.any(&["me", "us", "my", "our", "the"]) || t.digit());
            if verb.any(&["'re", "are", "do", "don't"]) && (base || n == 0) && !doing {
                return refuse(Reason::Opinion, &verb.text);
            }
            // "you've got me down as", "you've written to say", but not "you've to", "you've got to"
            let got = |t: &Token<'_>, then: Option<&Token<'_>>| {
                t.any(&["got", "gotten"]) && !then.is_some_and(|n| n.any(&["me", "us", "my", "our"]))
            };
            let duty = next.iter().take(2).any(|t| t.any(&["either"]))
                || next
                    .first()
                    .is_some_and(|t| t.is("to") || t.is("got") && next.get(1).is_some_and(|n| n.is("to")))
                || next.iter().take(3).enumerate().any(|(i, t)| got(t, next.get(i + 1)))
                || next.get(1).is_some_and(|t| t.is("to"))
                    && !next[0].any(&["written", "emailed", "texted", "rung", "called", "phoned", "replied"]);
            if verb.any(&["'ve", "have"]) && duty {
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
            && !s.is_some_and(|s| s > 0 && tokens[s - 1].any(&["when", "whenever", "time"]))
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
        if is(&["i", "we"])
            && n > 0
            && verb.any(&["could", "might"])
            && s.is_some_and(|s| s > 0 && tokens[s - 1].is(","))
        {
            return refuse(Reason::Opinion, &verb.text);
        }
        if is(&["i", "we"])
            && !(verb.is("'d")
                && next
                    .first()
                    .is_some_and(|t| matches!(t.tag, Tag::Number | Tag::Determiner | Tag::Possessive)))
            && (verb.any(&["would", "'d", "could", "might", "may", "should", "must"])
                && n == 0
                // "to change the number I must log in"
                && !tokens[0].is("to")
                && next.iter().find(|t| !(verb.is("'d") && t.tag == Tag::Adverb)).is_none_or(|t| {
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
                next.iter().take_while(|t| !t.any(&["but", "because"])).position(|t| t.is("we") && !t.quoted);
            if inside.is_some_and(|we| !theirs(verb, next, we)) {
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
            && next.is_some_and(|n| {
                n.any(&[
                    "people", "lot", "guys", "all", "two", "folk", "folks", "blokes", "lads", "chaps",
                    "boys", "ladies",
                ])
            })
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
        && tokens[..verb]
            .iter()
            .all(|t| matches!(t.tag, Tag::Noun | Tag::Adjective | Tag::Number | Tag::Adverb))
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
        // "our deposit, €38,000, cleared on the Friday"
        && !(tokens[0].has(POSSESSIVE)
            && tokens[verb - 2].digit()
            && tokens[..verb].iter().filter(|t| t.is(",")).count() == 2)
    {
        return refuse(Reason::Fragment, &tokens[verb].text);
    }
    // a question inside: "and wasn't I going to ask him in"
    if let Some(at) = (1..tokens.len()).find(|&at| {
        (tokens[at].any(&["i", "we", "he", "she", "they", "you"])
            || tokens[at].any(&["it", "that"])
                && tokens[at - 1].has(NEGATIVE)
                && at > 1
                && tokens[at - 2].any(&["and", ","]))
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
            t.digit()
                || t.class & (WEEKDAY | MONTH) != 0
                || t.is("the") && tokens.iter().take(5).any(Token::digit)
        });
    if dated {
        return refuse(Reason::NotWorth, &first.text);
    }
    // "I did, and now I've had a text": what they did is said before
    let short = first.tag == Tag::Pronoun
        && tokens.get(1).is_some_and(|t| t.has(FINITE) && !t.glued)
        && tokens.get(2).is_some_and(|t| t.mark() && !t.quoted && !t.is("("));
    if short
        && !tokens.get(2).is_some_and(|t| t.any(&["'", "\"", "‘", "“"]))
        && tokens[2..].iter().filter(|t| t.is(",")).nth(1).is_none()
    {
        return refuse(Reason::LostReference, &tokens[1].text);
    }
    // "called 2/13, told the reader couldn't get in": who told whom
    if let Some(at) = (1..tokens.len()).find(|&at| {
        tokens[at - 1].is(",") && tokens[at].is("told") && tokens[at].tag == Tag::Past && !tokens[at].quoted
    }) && !introduced(&tokens[..at])
    {
        return refuse(Reason::NoSubject, "told");
    }
    // "on top of which"
    if first.tag == Tag::Preposition
        && let Some(which) = tokens.iter().take(4).find(|t| t.any(&["which", "whom"]))
    {
        return refuse(Reason::Fragment, &which.text);
    }
    // "at the hatch where you'd look": anybody
    if tokens.windows(4).any(|w| {
        w[0].any(&["where", "when", "what", "as"])
            && w[1].is("you")
            && w[2].is("'d")
            && w[3].has(BASE)
            && !w[1].quoted
    }) {
        return refuse(Reason::GenericYou, "you");
    }
    // "my strimmer what was in the shed"
    if let Some(w) = tokens.windows(3).find(|w| {
        w[0].tag == Tag::Noun
            && w[1].is("what")
            && !w[1].quoted
            && w[2].has(BE | HAVE)
            && w[0].class & (SAY | TAKES_CLAUSE) == 0
    }) {
        return refuse(Reason::Shape, &w[1].text);
    }
    // "all I wanted to know was which lane", "it took myself six minutes"
    let asked = first.is("all")
        && tokens.get(1).is_some_and(|t| t.any(&["i", "we"]))
        && tokens.get(2).is_some_and(|t| t.any(&["want", "wanted", "ask", "asked", "need", "needed"]));
    if asked || tokens.windows(2).any(|w| w[0].any(&["took", "takes"]) && w[1].any(&["myself", "ourselves"]))
    {
        return refuse(Reason::Opinion, &first.text);
    }
    // "we had us a farm"
    if let Some(w) = tokens.windows(3).find(|w| {
        w[0].any(&["had", "have", "got"]) && w[1].any(&["us", "me"]) && w[2].any(&["a", "an"]) && !w[1].quoted
    }) {
        return refuse(Reason::Shape, &w[1].text);
    }
    // "nobody said nothing"
    if first.any(&["nobody", "no"]) && tokens.iter().any(|t| t.is("nothing") && !t.quoted) {
        return refuse(Reason::Shape, "nothing");
    }
    // "This is me emailing again"
    if first.is("this")
        && !tokens.get(1).is_some_and(|t| t.has(MONTH | UNIT | WEEKDAY))
        && tokens.get(2).is_some_and(|t| t.any(&["me", "us", "you"]))
    {
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
            tokens[at].has(BE)
                || tokens[at]
                    .any(&["'s", "had", "happened", "came", "arrived", "has", "turned", "says", "said"])
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
        // one whom the sentence before names
        && !first.excused
        // "Payroll has taken £211"
        && (first.has(GIVEN) || first.class & NOUN == 0)
        // "Theo was given cow's milk"
        && !(tokens[1].any(&["was", "wasn't"]) && tokens.get(2).is_some_and(|t| t.tag == Tag::Participle))
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

/// "Your chat person, Lo,": who it was stands between the commas.
fn introduced(lead: &[Token<'_>]) -> bool {
    let commas: Vec<usize> = (0..lead.len()).filter(|&at| lead[at].is(",") && !lead[at].quoted).collect();
    let [.., open, close] = commas[..] else { return false };
    let name = &lead[open + 1..close];
    let start = lead[..open].iter().rposition(|t| t.has(DETERMINER | POSSESSIVE));
    close + 1 == lead.len()
        && !name.is_empty()
        && name.iter().all(|t| t.capital())
        && start.is_some_and(|at| {
            lead[at..open]
                .iter()
                .all(|t| t.tag.is_nominal() || t.tag == Tag::Preposition || t.tag == Tag::Determiner)
        })
}

/// "said we'd be let off", "told us that we are no patients": in what is told indirectly the "we" is the customer's.
fn theirs(verb: &Token<'_>, said: &[Token<'_>], we: usize) -> bool {
    let past = matches!(verb.tag, Tag::Past | Tag::Participle);
    let shifted = said.get(we + 1).is_some_and(|t| {
        t.tag == Tag::Past
            || t.any(&[
                "'d", "had", "hadn't", "were", "weren't", "would", "wouldn't", "could", "couldn't", "didn't",
            ])
    });
    let that = verb.is("told")
        && said.first().is_some_and(|t| t.any(&["me", "us"]))
        && said[..we].iter().any(|t| t.is("that"));
    let to_them = said.iter().any(|t| !t.quoted && t.any(&["you", "your"]));
    past && (shifted || that) && !to_them
}
