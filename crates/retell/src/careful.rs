//! The last look: what is grammatical enough to pass and would yet read wrong under our name. A piece cut
//! off, a sentence that hangs on a time named before, a slip of theirs, what they mean to do.

use crate::class::*;
use crate::tag::{before, finite, finites};
use crate::token::{Tag, Token};
use crate::{Clause, Kind, Reason, Refusal, Turned, refuse};

/// Short forms whose full stop ends no sentence, where a clause is wrongly cut.
const SHORT: &[&str] = &[
    "no", "nos", "st", "mr", "mrs", "ms", "dr", "prof", "rev", "ref", "tel", "est", "approx", "vs", "rd",
    "ave", "inc", "ltd", "jr", "sr", "fig", "p",
];

/// The end of a sentence wrongly found: at an initial, a short form, inside a quotation.
pub(crate) fn cut(clause: &Clause<'_>) -> Result<(), Refusal> {
    let shortened = |text: &str| {
        let last = text.trim_end().strip_suffix('.').and_then(|t| t.split_whitespace().next_back());
        last.is_some_and(|word| {
            let word = word.trim_start_matches(['(', '"', '\'', '“', '‘']);
            let initial = word.len() == 1 && word.bytes().all(|b| b.is_ascii_uppercase()) && word != "I";
            initial || SHORT.contains(&&*word.to_lowercase()) && word != "No"
        })
    };
    // "it will cost 18." and "50 in all" after it
    let number = |text: &str, next: &str| {
        let ends =
            text.trim_end().strip_suffix('.').is_some_and(|t| t.ends_with(|c: char| c.is_ascii_digit()));
        ends && next.trim_start_matches('¶').starts_with(|c: char| c.is_ascii_digit() || c.is_lowercase())
    };
    let text = clause.text;
    let open = text.matches('"').count() % 2 == 1 || text.matches('“').count() != text.matches('”').count();
    if open || shortened(text) || shortened(clause.before) {
        return refuse(Reason::Fragment, ".");
    }
    if number(text, clause.after) || number(clause.before, text) {
        return refuse(Reason::Fragment, ".");
    }
    Ok(())
}

/// Half a quotation, a cry, a thing named only by whose it is.
pub(crate) fn words(tokens: &[Token<'_>]) -> Result<(), Refusal> {
    // "with a green dot and everything"
    let tail = matches!(tokens, [.., and, last] if and.any(&["and", "or"])
        && last.any(&["everything", "all", "that", "something", "anything", "such", "so", "suchlike"]));
    if let Some(last) = tokens.last()
        && (tail || !last.quoted && last.any(&["likewise", "itself", "only"]))
    {
        return refuse(Reason::Fragment, &last.text);
    }
    for (at, token) in tokens.iter().enumerate() {
        let next = tokens.get(at + 1);
        if token.quoted {
            continue;
        }
        let plural =
            at > 0 && tokens[at - 1].low.ends_with('s') && next.is_some_and(|n| nominal(n) || n.digit());
        if token.mark() && token.any(&["'", "’", "‘"]) && !plural {
            return refuse(Reason::Fragment, &token.text);
        }
        if token.any(&["this", "that", "these", "those"]) && next.is_some_and(|n| n.is("other")) {
            return refuse(Reason::LostReference, &token.text);
        }
        // "you 'never share details'": we or us
        let whom = at > 0
            && (tokens[at - 1].has(SAY) || tokens[at - 1].any(&["ask", "asked", "gave", "wrote", "sent"]));
        let says = at > 0 && tokens[at - 1].any(&["say", "says", "said"]);
        if token.is("you") && next.is_some_and(|n| n.quoted) && (!whom || says) {
            return refuse(Reason::Unclear, &token.text);
        }
        // "with that music": which was it
        let shown = at > 0
            && tokens[at - 1].tag == Tag::Preposition
            && token.any(&["that", "those", "this", "these"])
            && next.is_some_and(|n| {
                n.tag == Tag::Noun
                    && n.class & (UNIT | WEEKDAY) == 0
                    && !n.any(&[
                        "time", "date", "point", "address", "number", "email", "message", "letter", "matter",
                        "basis",
                    ])
                    && !tokens[..at].iter().any(|t| t.low == n.low)
            });
        if shown {
            return refuse(Reason::LostReference, &token.text);
        }
        if token.is("+") && !next.is_some_and(Token::digit) {
            return refuse(Reason::Shape, "+");
        }
        // "sewn like you mean it"
        if token.is("like")
            && at > 0
            && !tokens[at - 1].any(&["'d", "would", "should", "i", "we"])
            && next.is_some_and(|n| n.any(&["i", "we", "you", "they", "he", "she", "it"]))
            && tokens.get(at + 2).is_some_and(|t| t.class & VERBAL != 0 || t.has(FINITE))
        {
            return refuse(Reason::Sarcasm, &token.text);
        }
        if token.is("(")
            && let close = tokens[at..].iter().position(|t| t.is(")")).map_or(tokens.len(), |n| at + n)
            && !finites(&tokens[at..close]).is_empty()
        {
            return refuse(Reason::Shape, "(");
        }
        if token.any(&["oh", "ah", "eh", "wow", "ugh", "huh", "hmm", "tsk", "whoa", "ooh", "aye", "hooray"]) {
            return refuse(Reason::Sarcasm, &token.text);
        }
        // "found by mine on the 8th", "and his are lead"
        let owned = token.any(&["mine", "ours", "theirs", "hers"])
            || token.is("his") && !next.is_some_and(|n| nominal(n) || n.digit() || n.quoted);
        let owned = owned || token.is("yours") && at > 0 && tokens[at - 1].is("by");
        let of = at > 0 && tokens[at - 1].is("of");
        let is = at > 0 && (tokens[at - 1].has(BE) || tokens[at - 1].is("'s"));
        if owned && !of && !is {
            return refuse(Reason::LostReference, &token.text);
        }
        // "the second was grey", "the other half": of what was named before
        let pointing = token.any(&[
            "other", "same", "latter", "former", "next", "third", "fourth", "fifth", "sixth", "rest",
            "others",
        ]) || token.any(&["first", "second"]) && !next.is_some_and(|n| n.has(UNIT));
        let dated = next.is_some_and(|n| n.is("of")) && tokens.get(at + 2).is_some_and(|t| t.has(MONTH));
        let compared = dated || token.is("same") && next.is_some_and(|n| n.any(&["as", "the"]));
        let alone =
            !compared && !next.is_some_and(|n| nominal(n) && !n.any(&["half", "one", "two"]) || n.digit());
        let led = at > 0 && tokens[at - 1].any(&["the", "a"]);
        let named = tokens[..at]
            .iter()
            .any(|t| t.has(PLURAL) && t.tag == Tag::Noun || t.tag == Tag::Number || t.digit());
        let one_of = at < 2
            && token.any(&[
                "one", "some", "both", "none", "most", "neither", "either", "half", "two", "three", "part",
            ])
            && next.is_some_and(|n| n.is("of"))
            && tokens.get(at + 2).is_some_and(|t| t.any(&["them", "it", "which", "these", "those"]));
        if pointing && led && alone && !named || one_of {
            return refuse(Reason::LostReference, &token.text);
        }
    }
    Ok(())
}

/// Whether it tells when by what was told before: "then", "by then", "the next morning", "in the meantime".
pub(crate) fn afterwards(tokens: &[Token<'_>]) -> bool {
    let start = tokens.iter().position(|t| !t.mark() && !t.any(&["and", "but", "so", "also", "plus"]));
    let Some(tokens) = start.map(|at| &tokens[at..]) else { return false };
    let is = |at: usize, words: &[&str]| tokens.get(at).is_some_and(|t| t.any(words));
    let time = |at: usize| {
        tokens
            .get(at)
            .is_some_and(|t| t.has(UNIT | WEEKDAY) || t.any(&["time", "point", "stage", "moment", "date"]))
    };
    // "an hour later", "two days after that"
    let later = tokens.iter().take(5).position(|t| t.any(&["later", "afterwards", "earlier"]));
    is(
        0,
        &[
            "then",
            "meanwhile",
            "afterwards",
            "later",
            "now",
            "thereafter",
            "again",
            "next",
            "subsequently",
            "nevertheless",
            "nonetheless",
            "however",
            "yet",
            "still",
        ],
    ) || is(0, &["by", "since", "until", "from", "before", "after"])
        && is(1, &["then", "that", "this", "there"])
        || is(0, &["in", "at", "on", "by", "from", "during", "for", "up"])
            && (is(1, &["the"])
                && is(2, &["meantime", "meanwhile", "interim", "time", "same", "next", "following"])
                || is(1, &["that", "this"]) && time(2))
        || is(0, &["that", "this"]) && time(1) && !is(1, &["day"]) | !is(2, &["is", "was"])
        || is(0, &["the"]) && is(1, &["next", "following", "same", "other"]) && time(2)
        || is(0, &["the"]) && time(1) && is(2, &["after", "before", "following"])
        || later
            .is_some_and(|at| at > 0 && !tokens[..at].iter().any(|t| t.tag == Tag::Pronoun || t.has(FINITE)))
}

fn nominal(token: &Token<'_>) -> bool {
    matches!(token.tag, Tag::Noun | Tag::Adjective | Tag::Number | Tag::Name | Tag::Gerund | Tag::Participle)
        || token.is("own")
}

/// Verbs of being in some state: "I rent the flat" is so, "I keep the dog" is what they mean to do.
const STATES: &[&str] = &[
    "have", "live", "own", "rent", "lease", "use", "need", "run", "work", "hold", "teach", "study", "bank",
    "manage", "owe", "share", "commute", "drive", "receive", "remain",
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
/// Verbs that don't take the one it is done for: "explain me the fee".
const NOT_TO: &[&str] = &[
    "explain",
    "explained",
    "say",
    "said",
    "confirm",
    "confirmed",
    "describe",
    "mention",
    "suggest",
    "suggested",
    "announce",
    "return",
    "repair",
    "correct",
    "communicated",
];

/// Their slips, in any sort of clause.
pub(crate) fn slips(tokens: &[Token<'_>]) -> Result<(), Refusal> {
    for (at, token) in tokens.iter().enumerate() {
        let Some(next) = tokens.get(at + 1).filter(|_| !token.quoted) else { continue };
        let low = |n: usize| tokens.get(at + n).map_or("", |t| &*t.low);
        let thing = |n: usize| {
            tokens
                .get(at + n)
                .is_some_and(|t| matches!(t.tag, Tag::Determiner | Tag::Possessive | Tag::Number))
        };
        let dative =
            token.any(NOT_TO) && (next.has(OBJECT) || next.is("you")) && thing(2) && !next.is("them");
        let paper = token.any(&["ask", "asks", "asked"])
            && next.any(&["a", "an"])
            && !matches!(
                low(2),
                "question"
                    | "few"
                    | "lot"
                    | "favour"
                    | "favor"
                    | "simple"
                    | "colleague"
                    | "member"
                    | "second"
                    | "third"
                    | "man"
                    | "woman"
                    | "neighbour"
                    | "friend"
                    | "human"
                    | "person"
                    | "manager"
            );
        let led = matches!(token.tag, Tag::Preposition | Tag::Base | Tag::Past | Tag::Third | Tag::Gerund);
        let bare = led
            && (next.is("same")
                || next.any(&["wrong", "correct", "new", "right", "old"])
                    && tokens.get(at + 2).is_some_and(|t| {
                        t.tag == Tag::Noun
                            && !t.has(PLURAL | MASS | UNIT)
                            && crate::lexicon::first(t.class) == NOUN
                            && !t.low.ends_with('s')
                    })
                    && !tokens.get(at + 3).is_some_and(|t| matches!(t.tag, Tag::Noun | Tag::Name)));
        let heap =
            next.any(&["informations", "advices", "equipments", "furnitures", "feedbacks", "luggages"]);
        // "I have the machine from three months", "it works since March"
        let from = token.is("from")
            && thing(1)
            && tokens.get(at + 2).is_some_and(|t| t.has(UNIT) && t.has(PLURAL))
            && !matches!(low(3), "ago" | "to" | "before" | "of" | "after");
        if dative || paper || bare || heap || from {
            return refuse(Reason::Shape, &token.text);
        }
    }
    // "if you not tell me"
    if let Some(w) = tokens
        .windows(3)
        .find(|w| w[0].tag == Tag::Pronoun && w[1].is("not") && w[2].tag == Tag::Base && !w[0].has(OBJECT))
    {
        return refuse(Reason::Shape, &w[1].text);
    }
    // "every time other person", "one and half hour"
    let odd = tokens.windows(2).enumerate().find(|(at, w)| {
        w[0].is("other")
            && w[1].tag == Tag::Noun
            && w[1].class & (PLURAL | MASS) == 0
            && !w[1].low.ends_with('s')
            && !(*at > 0 && (tokens[at - 1].has(DETERMINER | POSSESSIVE | NUMBER) || tokens[at - 1].digit()))
            || w[0].is("and")
                && w[1].is("half")
                && *at > 0
                && !tokens.get(at + 2).is_some_and(|t| t.has(DETERMINER))
    });
    if let Some((_, w)) = odd {
        return refuse(Reason::Shape, &w[1].text);
    }
    // "one is £5.20 and other is £13.80"
    if tokens.windows(3).any(|w| w[0].tag == Tag::Conjunction && w[1].is("other") && w[2].has(BE)) {
        return refuse(Reason::Shape, "other");
    }
    // "which is wrong since May": for what has lasted, the perfect
    let perfect = tokens.iter().any(|t| t.has(HAVE) && !t.is("having") || t.any(&["'d", "ever"]));
    if let Some(at) = tokens.iter().position(|t| t.is("since") && !t.quoted)
        && !perfect
        && at > 1
        && let till = tokens[at..].iter().position(|t| t.is(",")).map_or(tokens.len(), |n| at + n)
        && finites(&tokens[at..till]).is_empty()
        && finites(&tokens[..at]).last().is_some_and(|&v| {
            tokens[v].tag != Tag::Past
                && !tokens[v].any(&["was", "were", "did", "didn't", "wasn't", "weren't"])
                && !tokens[v].is("'s")
        })
    {
        return refuse(Reason::Shape, "since");
    }
    Ok(())
}

/// A statement not yet turned: whole, of one thought, about what happened.
pub(crate) fn statement(tokens: &[Token<'_>]) -> Result<(), Refusal> {
    slips(tokens)?;
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
        let main =
            verbs.windows(2).filter(|w| w[1] > w[0] + 1 || !tokens[w[0]].has(TAKES_CLAUSE | SAY)).count() + 1;
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
            && (t.text.len() > 3 && t.class & VERBAL != 0 && crate::tag::shouted(t)
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
    for at in 0..tokens.len().saturating_sub(2) {
        let [one, two, three] = [&tokens[at], &tokens[at + 1], &tokens[at + 2]];
        // "the site is put me £40 over", "I have now nothing"
        let passive = (one.has(BE) || one.is("'s"))
            && !one.quoted
            && three.has(OBJECT)
            && (two.tag == Tag::Past || two.tag == Tag::Participle || two.tag == Tag::Base);
        let now = one.has(HAVE) && two.is("now") && (three.has(DETERMINER) || three.is("nothing"));
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
    let verbless = lead.windows(2).any(|w| w[1].is("then") && w[0].tag != Tag::Preposition)
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
        && lead.iter().filter(|t| t.has(DETERMINER | POSSESSIVE)).count() < 2;
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
    let plain = start.any(&["the", "there", "nothing", "nobody", "no"]) && words < 12;
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
        if verb.tag == Tag::Third && verb.any(STORY) && (past || dated) {
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
        if mine && verb.tag == Tag::Base && !verb.any(STATES) && !verb.any(SAME) {
            return refuse(Reason::Opinion, &verb.text);
        }
        let says =
            verb.any(&["would", "'d"]) && next.is_some_and(|n| n.any(&["say", "call", "think", "add"]));
        if mine && says {
            return refuse(Reason::Opinion, &verb.text);
        }
        if mine && verb.any(&["don't"]) && next.is_some_and(|n| n.tag == Tag::Base && !n.any(STATES)) {
            return refuse(Reason::Opinion, &verb.text);
        }
        if mine && verb.any(&["'m", "am", "'re", "are"]) && next.is_some_and(|n| n.any(ABOUT)) {
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
        if perfect && (begin..end).any(|n| over(&tokens[n..end.min(n + 4)])) {
            return refuse(Reason::Shape, &verb.text);
        }
    }
    Ok(())
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
        let did = bit.first().is_some_and(|t| t.has(DO | HAVE | BE) && t.has(FINITE) && !t.quoted);
        let then = did
            || bit.first().is_some_and(|t| t.is("then"))
                && finites(bit).is_empty()
                && !bit.iter().any(|t| t.digit() || t.quoted);
        if clause || then {
            return refuse(Reason::Shape, "splice");
        }
        if bare && !listed && commas.len() > 1 {
            return refuse(Reason::Shape, ",");
        }
    }
    Ok(())
}

/// A wish or a request not yet turned: a thing or a deed, no clause with a verb of its own.
pub(crate) fn want(kind: Kind, tokens: &[Token<'_>]) -> Result<(), Refusal> {
    slips(tokens)?;
    let Some(first) = tokens.first() else { return Ok(()) };
    let run = tokens
        .iter()
        .take_while(|t| {
            matches!(
                t.tag,
                Tag::Determiner
                    | Tag::Possessive
                    | Tag::Adjective
                    | Tag::Noun
                    | Tag::Name
                    | Tag::Number
                    | Tag::Own
            )
        })
        .count();
    if kind != Kind::Wish
        && !first.is("either")
        && matches!(first.tag, Tag::Determiner | Tag::Possessive | Tag::Pronoun | Tag::Mark)
    {
        return refuse(Reason::Fragment, &first.text);
    }
    if kind != Kind::Wish {
        let second = tokens.get(1);
        // "make that it stops", "request you to update", "be put on it and a reduction"
        let odd = first.is("make") && second.is_some_and(|t| t.is("that") && t.tag != Tag::Determiner)
            || first.any(&["request", "ask", "beg"]) && second.is_some_and(|t| t.has(OBJECT) || t.is("you"))
            || tokens.last().is_some_and(|t| t.is("back"))
                && tokens.windows(2).any(|w| w[0].is("and") && w[1].has(DETERMINER | POSSESSIVE))
                && !tokens[1..].iter().any(|t| t.tag == Tag::Base)
            || first.is("be") && tokens.windows(2).any(|w| w[0].is("and") && w[1].has(DETERMINER))
            || matches!(tokens, [.., or, not] if or.is("or") && not.is("not"));
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
    if kind == Kind::Wish {
        let to = tokens.get(1).is_some_and(|t| t.tag == Tag::To);
        let begins = matches!(
            first.tag,
            Tag::Gerund | Tag::Preposition | Tag::Wh | Tag::Modal | Tag::Conjunction | Tag::Subordinator
        ) || first.any(&["either", "neither", "in", "trying", "not"])
            || first.any(&["you", "we", "i", "they", "he", "she"]) && !to;
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
        let none =
            first.is("no") && tokens.get(1).is_some_and(|t| t.any(&["need", "more", "reason", "wonder"]));
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
            && tokens[..at].iter().any(|t| t.is(","));
        let taken = token.is("as") && next.is_some_and(|n| n.any(&["me", "us", "my", "our"]));
        let person = token.is(",")
            && next.is_some_and(|n| n.has(TITLE) || n.any(&["i", "only", "simple", "no", "oh"]))
            || token.is(",")
                && next.is_some_and(|n| {
                    n.has(SUBJECT | POSSESSIVE) || n.any(&["it", "you", "that", "there", "yours"])
                })
                && tokens[at + 1..].iter().take(4).any(|t| {
                    t.has(BE | HAVE | DO | MODAL) && t.has(FINITE) || t.is("'s") && t.tag == Tag::Auxiliary
                });
        let label = token.is("(")
            && next.is_some_and(|n| n.text.len() < 3)
            && tokens.get(at + 2).is_some_and(|t| t.is(")"));
        let cased = at > 0 && token.capital() && token.has(WH | SUBORDINATOR);
        // "tell me is it coming tomorrow"
        let inverted = token.has(OBJECT)
            && next.is_some_and(|n| n.has(BE | DO | HAVE) && n.has(FINITE))
            && tokens
                .get(at + 2)
                .is_some_and(|t| t.has(SUBJECT | DETERMINER | POSSESSIVE) || t.any(&["it", "you", "there"]));
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
                    !tokens[v].is(",")
                        && !(tokens[v].tag == Tag::Past && tokens[v].has(PARTICIPLE))
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
    if strung || mending || commas > 4 {
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
            ) || *v == "would" && words.get(2).is_some_and(|w| matches!(*w, "rather" | "like" | "prefer"))
        });
        // "you need it more than we do", "you need our stone restorer in there"
        if !subject && !words[0].starts_with("you'd") || !wants && words[0] != "you'd" || words.len() > 24 {
            return refuse(Reason::Opinion, words.first().unwrap_or(&""));
        }
        if words[0] == "you'd" && !matches!(words.get(1), Some(&("rather" | "like" | "prefer" | "love"))) {
            return refuse(Reason::Opinion, "you'd");
        }
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
    // "£430 BACK TODAY"
    let loud = |word: &&str| {
        word.len() > 3
            && word.bytes().all(|b| b.is_ascii_uppercase())
            && crate::lexicon::classes(&word.to_lowercase()) != 0
    };
    if words.windows(2).any(|w| loud(&w[0]) && loud(&w[1])) {
        return refuse(Reason::Heat, &turned.text);
    }
    if turned.kind == Kind::Question {
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
        for (at, word) in words.iter().enumerate() {
            let bare = word.trim_end_matches(',');
            let ends = at + 1 == words.len() && yes_or_no;
            let broken = words.get(at + 1).is_some_and(|n| matches!(*n, "and" | "or" | "not"))
                && !(words[at + 1] == "not" && !ends);
            let taken = matches!(bare, "is" | "are") && words.get(at + 1).is_some_and(|n| HELPS.contains(n));
            // "a boy of 19 allowed is", "either of those available is"
            let before = at.checked_sub(1).map_or(0, |n| crate::lexicon::classes(&words[n].to_lowercase()));
            let after = matches!(bare, "is" | "are" | "was" | "were")
                && before & (ADJECTIVE | PARTICIPLE) != 0
                && before & (NOUN | PLURAL | PRONOUN | DETERMINER | WH | LEXICAL_ADVERB) == 0;
            if HELPS.contains(&bare) && (ends || after || broken && !word.ends_with("do") || taken) {
                return refuse(Reason::Shape, bare);
            }
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
