//! What happened, told back: "I rang and was told …" becomes "you rang and were told …".

use crate::behind::{Ask, Behind};
use crate::class::*;
use crate::halves::{self, Lean};
use crate::tag::{finite, finites, tag};
use crate::token::{Tag, Token, text};
use crate::{
    Kind, Reason, Refusal, Turned, Weekday, clean, loose, notes, person, plain, refuse, refused, shape, tense,
};

/// A later sentence refused for one of these is left out; for any other, all of it is.
const WEAK: [Reason; 3] = [Reason::Opinion, Reason::Fragment, Reason::NotWorth];

/// Turns a statement of one sentence or more. What follows a good first sentence may be left out
/// where it is only weak.
pub(crate) fn turn<'a>(
    tokens: Vec<Token<'a>>,
    weekday: Option<Weekday>,
    behind: &Behind<'a>,
) -> Result<Turned, Refusal> {
    let mut out = String::new();
    // "S. Looms", "the 22. of this month": a full stop that ends no sentence
    let inside = tokens.windows(3).any(|w| {
        let initial = w[0].capital() && w[0].text.chars().count() == 1 && !w[0].is("i");
        w[1].is(".")
            && (initial
                || w[0].is("no") && w[2].digit()
                || w[0].digit() && w[0].low.len() < 3 && !w[2].capital())
    });
    if inside {
        return refuse(Reason::Shape, ".");
    }
    let mut told: Option<Behind<'_>> = None;
    let stop = |t: &Token<'_>| t.any(&[".", ";"]) && !t.quoted;
    let alone = !tokens.iter().any(stop);
    for part in tokens.split(stop) {
        if part.is_empty() {
            continue;
        }
        let mut part = part.to_vec();
        part[0].glued = false;
        clean::lead(&mut part);
        clean::ending(&mut part);
        if part.is_empty() {
            continue;
        }
        let before = if alone { None } else { told.replace(Behind::told(&part)) };
        let behind = before.as_ref().unwrap_or(behind);
        let line = sentence(part.clone(), weekday, behind, alone).or_else(|why| {
            // ", same card": a thing tacked on goes
            let short = (why.reason == Reason::Shape && why.word == ",").then(|| untacked(&part)).flatten();
            short.map_or(Err(why), |part| sentence(part, weekday, behind, alone))
        });
        let line = line.or_else(|why| {
            let tell = |half: &[Token<'a>], lean: Lean<'_, 'a>| {
                let mut half = half.to_vec();
                half[0].glued = false;
                match lean {
                    Lean::Before => sentence(half, weekday, behind, false),
                    Lean::First(first) => sentence(half, weekday, &Behind::told(first), false),
                    Lean::Nothing => sentence(half, weekday, &Behind::none(false, Ask::None), false),
                }
            };
            // what hangs isn't cured by letting half of it go
            let whole = loose::loose(&part).is_ok();
            let halves = (whole && halves::may(&why)).then(|| halves::tell(&part, &tell)).flatten();
            halves.ok_or(why)
        });
        match line {
            Ok(line) if out.is_empty() => out = line,
            Ok(line) => {
                let mut chars = line.chars();
                out.push_str(". ");
                out.extend(chars.next().into_iter().flat_map(char::to_uppercase).chain(chars));
            }
            // What follows may be left out where it is only weak.
            Err(why) if out.is_empty() || !WEAK.contains(&why.reason) => return Err(why),
            Err(_) => break,
        }
    }
    if out.is_empty() {
        return refuse(Reason::Fragment, "");
    }
    Ok(Turned { kind: Kind::Statement, text: out, condition: None, leans: false })
}

fn sentence<'a>(
    mut tokens: Vec<Token<'a>>,
    weekday: Option<Weekday>,
    behind: &Behind<'a>,
    alone: bool,
) -> Result<String, Refusal> {
    notes::label(&mut tokens);
    // "it's not empty, Trev": who is called; but not "my son, Rob"
    if let [.., last, comma, name] = &tokens[..]
        && comma.is(",")
        && name.has(GIVEN)
        && name.capital()
        && !name.quoted
        && !last.quoted
        && tokens.len() > 5
        && last.class & (FAMILY | STAFF | PEOPLE | TITLE) == 0
        && last.tag != Tag::Name
        && !tokens[..tokens.len() - 2].iter().any(|t| t.is(",") || t.any(&["called", "named"]))
    {
        tokens.truncate(tokens.len() - 2);
    }
    let day = notes::now(&mut tokens);
    notes::lasted(&mut tokens);
    notes::reached(&mut tokens);
    let alone = !day && alone;
    let short = tokens.iter().filter(|t| !t.mark()).count() < 5;
    if day && short && !tokens.iter().any(|t| t.digit() || t.has(NEGATIVE)) {
        return refuse(Reason::NotWorth, "");
    }
    tense::mend(&mut tokens);
    lacking(&mut tokens);
    standing(&mut tokens);
    subject(&mut tokens, behind)?;
    family(&mut tokens);
    notes::articles(&mut tokens);
    dated(&mut tokens);
    if tokens.iter().filter(|t| !t.mark()).count() < if alone { 4 } else { 2 }
        && !tokens.iter().any(|t| t.digit() || t.quoted)
        // "nothing was delivered"
        && !(tokens[0].any(&["nothing", "nobody"])
            && tokens.len() > 2
            && tokens.last().is_some_and(|t| matches!(t.tag, Tag::Participle | Tag::Past)))
    {
        return refuse(Reason::NotWorth, "");
    }
    behind.resolve(&mut tokens)?;
    refused::check(&tokens)?;
    plain::statement(&tokens)?;
    shape::sentence(&tokens)?;
    let loose = loose::loose(&tokens).and_then(|()| if alone { loose::brief(&tokens) } else { Ok(()) });
    if loose.is_err() && !behind.lean() {
        loose?;
    }
    if person::doubtful(&tokens) {
        return refuse(Reason::Unclear, "you");
    }
    let stops = spliced(&mut tokens)?;
    lower_first(&mut tokens);
    person::turn(&mut tokens);
    for at in stops {
        let mut chars = tokens[at + 1].text.chars();
        let capital: String = chars.next().into_iter().flat_map(char::to_uppercase).chain(chars).collect();
        tokens[at + 1].text = capital.into();
    }
    if let Some(day) = weekday {
        relative_times(&mut tokens, day);
    }
    Ok(text(&tokens))
}

/// "No reply since March", "not one word on the website": "there has been", "there was" goes before.
fn lacking(tokens: &mut Vec<Token<'_>>) {
    let still = usize::from(tokens.first().is_some_and(|t| t.is("still")));
    let Some(first) = tokens.get(still) else { return };
    let next = tokens.get(still + 1);
    let none = first.is("no")
        && next.is_some_and(|n| {
            matches!(n.tag, Tag::Noun | Tag::Adjective)
                && !n.any(&[
                    "hurry",
                    "rush",
                    "trouble",
                    "fault",
                    "claims",
                    "win",
                    "drama",
                    "problem",
                    "problems",
                    "wonder",
                    "thanks",
                    "idea",
                    "chance",
                    "need",
                    "matter",
                    "doubt",
                    "worries",
                    "points",
                    "way",
                    "offence",
                    "bother",
                    "complaints",
                    "complaint",
                    "more",
                    "stress",
                    "pressure",
                    "good",
                    "use",
                    "point",
                    "rest",
                ])
        })
        || first.is("nothing")
            && next.is_some_and(|n| n.tag == Tag::Preposition || n.any(&["since", "back"]))
        || first.is("not") && next.is_some_and(|n| n.is("one"));
    let end = tokens.iter().position(|t| t.is(",") && !t.quoted).unwrap_or(tokens.len());
    let verbs = finites(tokens);
    let rest = tokens.get(end + 1);
    let apart = verbs.is_empty()
        || verbs[0] > end
            && rest.is_some_and(|t| t.any(&["and", "but", "not"]) || t.has(SUBJECT) || t.is("it"));
    let words = tokens.iter().filter(|t| !t.mark()).count();
    if !none || !apart || words < 4 || tokens[..end].iter().any(|t| matches!(t.tag, Tag::Wh | Tag::Base)) {
        return;
    }
    let head =
        tokens[still + 1..end].iter().take_while(|t| matches!(t.tag, Tag::Noun | Tag::Adjective)).last();
    let many = head.is_some_and(|t| t.has(PLURAL) && t.class & NOUN == 0);
    let since = tokens[..end].iter().any(|t| t.any(&["since", "yet"]));
    let verb = match (still > 0, since, many) {
        (true, _, false) => "is",
        (true, _, true) => "are",
        (_, true, false) => "has",
        (_, true, true) => "have",
        (_, _, false) => "was",
        _ => "were",
    };
    if still == 0 {
        tokens[0].text = tokens[0].low.clone();
    }
    tokens[0].glued = false;
    let been = since && still == 0;
    let mut lead = vec![Token::own("there", Tag::There), Token::own(verb, Tag::Auxiliary)];
    lead.extend(been.then(|| Token::own("been", Tag::Auxiliary)));
    if still > 0 {
        tokens.remove(0);
        lead.push(Token::own("still", Tag::Adverb));
    }
    tokens.splice(0..0, lead);
}

/// "Three lots of glass all over my hall", "two passports left by your courier on Monday": a "there were", a "were".
fn standing(tokens: &mut Vec<Token<'_>>) {
    let words = tokens.iter().filter(|t| !t.mark()).count();
    let plain =
        |t: &Token<'_>| !t.quoted && t.tag != Tag::Wh && t.tag != Tag::Subordinator && !t.any(&[":", "?"]);
    if !finites(tokens).is_empty() && !tokens.iter().any(|t| t.tag == Tag::Past)
        || !(5..20).contains(&words)
        || !tokens.iter().all(plain)
        || tokens[0].digit() && tokens[0].text.contains(['£', '$', '€', '%', '.', ':', '/', '-'])
    {
        return;
    }
    let counted =
        tokens[0].has(NUMBER) && !tokens[0].is("one") || tokens[0].digit() && tokens[0].text.len() < 6;
    let several =
        tokens[0].tag == Tag::Noun && tokens[0].has(PLURAL) && tokens[0].class & (UNIT | STAFF) == 0;
    let end =
        tokens.iter().position(|t| !matches!(t.tag, Tag::Noun | Tag::Adjective | Tag::Number)).unwrap_or(0);
    if end == 0 || !(counted || several) {
        return;
    }
    let head = &tokens[end - 1];
    let things = head.tag == Tag::Noun
        && (head.has(PLURAL) || head.low.ends_with('s'))
        && head.class & (UNIT | MONTH | WEEKDAY | PEOPLE | STAFF) == 0
        && !head.any(&["times", "days", "calls", "messages"]);
    let next = &tokens[end];
    let verbs = finites(tokens);
    // "left by your courier", "ordered"
    let done = next.has(PARTICIPLE)
        && !next.has(INTRANSITIVE)
        && matches!(next.tag, Tag::Past | Tag::Participle)
        && (verbs.is_empty() || verbs == [end])
        && tokens.get(end + 1).is_some_and(|t| t.any(&["by", "to", "on", "in", "with", "without"]));
    let placed = verbs.is_empty()
        && !tokens
            .iter()
            .any(|t| matches!(t.tag, Tag::Past | Tag::Participle | Tag::Base | Tag::Gerund | Tag::To))
        && tokens.windows(2).skip(end).any(|w| {
            w[0].any(&["on", "in", "under", "over", "behind", "inside", "across", "through"])
                && w[1].has(DETERMINER | POSSESSIVE)
        })
        && !tokens.iter().any(|t| t.has(SUBJECT));
    if things && done && counted {
        tokens[end].tag = Tag::Participle;
        tokens.insert(end, Token::own("were", Tag::Auxiliary));
    } else if things && placed {
        if tokens[0].tag != Tag::Name {
            tokens[0].text = tokens[0].low.clone();
        }
        tokens[0].glued = false;
        tokens.splice(0..0, [Token::own("there", Tag::There), Token::own("were", Tag::Auxiliary)]);
    }
}

/// "That's six days ago", "that was on the 19th": what is counted or dated of the sentence before.
fn counts(tokens: &[Token<'_>]) -> bool {
    let [that, verb, rest @ ..] = tokens else { return false };
    let plain = that.is("that")
        && that.tag == Tag::Pronoun
        && verb.any(&["'s", "is", "was", "makes", "made", "leaves", "left", "brings", "brought"]);
    // "that's me told"
    let thing = rest.first().is_some_and(|t| !t.has(OBJECT) && !t.has(NEGATIVE));
    let figure =
        rest.iter().any(|t| !t.quoted && (t.digit() || t.has(NUMBER | UNIT) && !t.is("one") || t.has(MONTH)));
    plain && thing && figure && rest.iter().filter(|t| !t.mark()).count() > 1
}

/// "Tracking says", "packing slip says", "then came a letter": a thing named by a deed, and what came.
fn named_deed(tokens: &mut Vec<Token<'_>>) {
    let first = &tokens[0];
    let deed = first.tag == Tag::Gerund && first.has(NOUN) && !first.quoted;
    let verb = 1 + usize::from(tokens.get(1).is_some_and(|t| t.tag == Tag::Noun));
    if deed && tokens.len() > verb + 1 && finite(tokens, verb) && !tokens[verb].has(HAVE) {
        tokens[0].tag = Tag::Noun;
        unshift(tokens, 0, Token::own("the", Tag::Determiner));
        return;
    }
    let led = tokens.iter().take_while(|t| t.any(&["then", "next", "first"])).count();
    let thing = tokens.get(led + 1).is_some_and(|t| t.any(&["a", "an", "another", "one", "two", "the"]));
    if tokens.len() > led + 4 && tokens[led].is("came") && thing {
        unshift(tokens, led, Token::own("there", Tag::There));
    }
}

/// Supplies an "I" or a "the" that was left out, where it is certain.
fn subject<'a>(tokens: &mut Vec<Token<'a>>, behind: &Behind<'a>) -> Result<(), Refusal> {
    if counts(tokens) {
        if !behind.lean() {
            return refuse(Reason::LostReference, "that");
        }
        tokens[0].excused = true;
        return Ok(());
    }
    named_deed(tokens);
    let start = tokens.iter().position(|t| t.tag != Tag::Adverb).unwrap_or(0);
    let Some(first) = tokens.get(start) else { return refuse(Reason::Fragment, "") };
    let next = tokens.get(start + 1);
    let drops = first.tag == Tag::Past
        && first.has(DROPPED)
        && next.is_none_or(|n| {
            let own = n.any(&["by", "from", "my", "our"]);
            let other = first.any(&["cancelled", "applied"]) && !n.has(DETERMINER | POSSESSIVE | PREPOSITION);
            let passive = first.any(&["went", "got", "sent", "had", "cancelled", "returned", "received"])
                && (n.any(&["in", "on", "out"])
                    || n.digit()
                        && !(first.is("got") && n.text.contains(['£', '$', '€']))
                        // "received 40 packs", but not "received 4 May"
                        && !(first.is("received")
                            && tokens.get(start + 2).is_some_and(|t| t.tag == Tag::Noun && t.has(PLURAL))));
            !(own || other || passive)
        })
        || first.any(&["can't", "cannot", "couldn't", "had"])
            && next.is_some_and(|n| {
                matches!(n.tag, Tag::Base | Tag::To | Tag::Adverb | Tag::Determiner | Tag::Number)
                    && !n.any(&["be"])
                    || n.is("the")
            })
        || first.any(&["am", "haven't", "don't", "have"])
            && next.is_some_and(|n| n.tag == Tag::Participle || n.any(&["still", "not", "been", "know"]))
            && !first.is("don't");
    // "did the web chat yesterday", "came over to you on the 5th"
    let drops = drops
        || start == 0
            && first.tag == Tag::Past
            && (first.is("told") && next.is_some_and(|n| n.any(&["the", "your", "my"]))
                || first.is("looked")
                    && next.is_some_and(|n| n.any(&["up", "at", "in", "on", "for", "through"]))
                || first.is("did") && next.is_some_and(|n| n.any(&["the", "my", "your", "a"]))
                || first.any(&["came", "went"])
                    && tokens[1..tokens.len().min(5)].iter().any(|t| t.any(&["you", "your"])));
    // "poorly applied and offers no protection" is about a thing
    let thing = start > 0
        && !tokens[..start].iter().all(|t| {
            t.any(&[
                "recently",
                "finally",
                "only",
                "already",
                "still",
                "also",
                "even",
                "again",
                "then",
                "later",
                "today",
                "yesterday",
                "never",
                "just",
                "since",
                "first",
                "eventually",
            ])
        })
        || tokens.windows(2).any(|w| w[0].tag == Tag::Conjunction && w[1].tag == Tag::Third);
    if drops && thing {
        return refuse(Reason::NoSubject, &first.text);
    }
    // "missed my bus"
    let own = first.tag == Tag::Past && next.is_some_and(|n| n.any(&["my", "our"]));
    if drops || own {
        let at = if start > 0 && tokens[0].mark() { start } else { 0 };
        unshift(tokens, at, Token::own("I", Tag::Pronoun));
        tokens[at].low = "i".into();
        // "Bought April"
        let verb = tokens.iter().position(|t| t.tag == Tag::Past).unwrap_or(0);
        if tokens.get(verb + 1).is_some_and(|t| t.has(MONTH))
            && !tokens.get(verb + 2).is_some_and(|t| t.digit() || t.any(&["to", "and"]))
        {
            tokens.insert(verb + 1, Token::own("in", Tag::Preposition));
        }
        tag(tokens);
        return Ok(());
    }
    if matches!(first.tag, Tag::Past | Tag::Participle | Tag::Modal | Tag::Auxiliary | Tag::Third | Tag::Base)
        && !first.quoted
    {
        return refuse(Reason::NoSubject, &first.text);
    }
    // "been told it was lost"
    if start == 0 && first.is("been") && next.is_some_and(|n| n.tag == Tag::Participle) {
        unshift(tokens, 0, Token::own("'ve", Tag::Auxiliary));
        tokens[0].glued = true;
        tokens.insert(0, Token::own("I", Tag::Pronoun));
        return Ok(());
    }
    if (matches!(first.tag, Tag::Gerund | Tag::To | Tag::Wh) || first.is("whose"))
        && !first.any(&["what", "when", "according"])
        && !fronted(tokens)
        || first.any(&["because"]) && !next.is_some_and(|n| n.is("of"))
        || first.any(&["whether", "that", "than", "or", "not"]) && first.tag != Tag::Determiner
    {
        return refuse(Reason::Fragment, &first.text);
    }
    // "top of the table"
    if matches!(first.tag, Tag::Adjective) && next.is_some_and(|n| n.tag == Tag::Preposition) {
        return refuse(Reason::Fragment, &first.text);
    }
    // "You, Arabella, have been"
    if start == 0
        && first.any(&["you", "i", "we"])
        && next.is_some_and(|n| n.is(","))
        && tokens.get(2).is_some_and(|t| t.tag == Tag::Name)
        && tokens.get(3).is_some_and(|t| t.is(","))
    {
        tokens.drain(1..4);
        return Ok(());
    }
    // "Jess, I have just come off the phone"
    if start == 0
        && first.tag == Tag::Name
        && first.capital_name()
        && (next.is_some_and(|n| n.any(&["i", "we"])) || notes::called(tokens))
    {
        if next.is_some_and(|n| n.is(",")) {
            tokens.remove(1);
        }
        tokens.remove(0);
        tokens[0].glued = false;
        return Ok(());
    }
    // "Mark's gone quiet": a name that is a word too
    if start == 0 && first.capital() && first.has(GIVEN) && !next.is_some_and(|n| n.tag == Tag::Noun) {
        return refuse(Reason::ThirdParty, &first.text);
    }
    // "old one is in the yard"
    if start == 0 && first.tag == Tag::Adjective && next.is_some_and(|n| n.is("one") || n.is("ones")) {
        unshift(tokens, 0, Token::own("the", Tag::Determiner));
        return Ok(());
    }
    // "guy in the hut says"
    if start == 0
        && first.tag == Tag::Noun
        && first.class & (MASS | FAMILY | PRONOUN | PEOPLE | PLURAL | UNIT) == 0
        && !first.capital_name()
        && next.is_some_and(|n| n.tag == Tag::Preposition)
    {
        let end = (2..tokens.len())
            .find(|&at| {
                !matches!(
                    tokens[at].tag,
                    Tag::Determiner | Tag::Possessive | Tag::Adjective | Tag::Noun | Tag::Name
                )
            })
            .unwrap_or(tokens.len());
        if end > 2
            && end < tokens.len()
            && finite(tokens, end)
            && (tokens[end].tag == Tag::Third || tokens[end].has(FINITE))
        {
            unshift(tokens, 0, Token::own("the", Tag::Determiner));
            return Ok(());
        }
    }
    // "phone gets full bars"
    if start == 0
        && matches!(first.tag, Tag::Noun | Tag::Adjective)
        && first.class & (MASS | FAMILY | PRONOUN | PEOPLE) == 0
        && !first.capital_name()
    {
        let end =
            tokens.iter().position(|t| !matches!(t.tag, Tag::Noun | Tag::Adjective)).unwrap_or(tokens.len());
        let head = &tokens[end - 1];
        if end < tokens.len() && head.tag == Tag::Noun && tokens[end].tag == Tag::Possessive {
            return refuse(Reason::Shape, &head.text);
        }
        if end < tokens.len()
            && finite(tokens, end)
            && (tokens[end].tag != Tag::Past || notes::itself(tokens, end))
            && head.tag == Tag::Noun
            && head.class & (PLURAL | MASS) == 0
        {
            // "Ascension said": a name that is a word too
            if end == 1
                && first.capital()
                && head.class & (STAFF | DOCUMENT | ORGANISATION) == 0
                && (tokens[end].has(SAY) || tokens[end].tag == Tag::Auxiliary && tokens[end].has(HAVE))
            {
                return refuse(Reason::ThirdParty, &head.text);
            }
            unshift(tokens, 0, Token::own("the", Tag::Determiner));
        }
    }
    Ok(())
}

/// "To change the number I must log in", "where the calendar should be there's a list".
fn fronted(tokens: &[Token<'_>]) -> bool {
    let verbs = finites(tokens);
    let first = &tokens[0];
    let purpose = first.is("to")
        && first.tag == Tag::To
        && !tokens.get(1).is_some_and(|t| {
            t.any(&["cap", "top", "crown", "add", "be", "make", "say", "sum", "put", "cut", "start", "go"])
        })
        && verbs.first().is_some_and(|&at| {
            at > 2 && (tokens[at - 1].any(&["i", "we"]) || tokens[at - 1].tag == Tag::There)
        });
    let instead = first.is("where")
        && verbs.len() > 1
        && tokens[..verbs[1]].windows(2).any(|w| w[0].is("should") && w[1].any(&["be", "have"]))
        && tokens[..=verbs[1]].iter().any(|t| t.tag == Tag::There);
    purpose || instead
}

/// Puts a word before the one at `at`, whose capital it takes away.
fn unshift<'a>(tokens: &mut Vec<Token<'a>>, at: usize, word: Token<'a>) {
    if tokens[at].tag != Tag::Name && !crate::tag::shouted(&tokens[at]) {
        tokens[at].text = tokens[at].low.clone();
    }
    tokens[at].glued = false;
    tokens.insert(at, word);
}

/// "Mum's hearing aids", "wife went": whose mother it is goes without saying, but not in a reply.
fn family(tokens: &mut Vec<Token<'_>>) {
    for at in (0..tokens.len()).rev() {
        let token = &tokens[at];
        let single = token.has(FAMILY)
            && !token.quoted
            && token.class & PLURAL == 0
            && token.any(&[
                "mum",
                "mam",
                "dad",
                "mother",
                "father",
                "gran",
                "nan",
                "nana",
                "grandad",
                "wife",
                "husband",
                "daughter",
                "son",
                "granddaughter",
                "grandson",
                "mom",
                "sister",
                "brother",
                "missus",
            ]);
        // "third Sunday mum's in somebody else's glasses"
        let led = at > 0 && tokens[at - 1].tag.is_nominal() && !tokens[at - 1].has(WEEKDAY);
        let named = tokens.get(at + 1).is_some_and(|n| n.tag == Tag::Name || n.is("-"));
        if single && !led && !named {
            unshift(tokens, at, Token::own("my", Tag::Possessive));
            tokens[at + 1].text = tokens[at + 1].low.clone();
            tokens[at + 1].tag = Tag::Noun;
        }
    }
}

/// "6 Dec I was told", "Thursday my neighbour tried": an "on" before the date.
fn dated(tokens: &mut Vec<Token<'_>>) {
    let date = tokens
        .iter()
        .take_while(|t| t.class & (WEEKDAY | MONTH) != 0 || t.digit() && t.text.len() < 5 || t.is("the"))
        .count();
    // "Friday at ten to five I got a text"
    let at = tokens.first().is_some_and(|t| t.has(WEEKDAY) && t.capital() && !t.quoted)
        && tokens.get(1).is_some_and(|t| t.any(&["at", "about", "around"]))
        && finites(tokens).first().is_some_and(|&verb| verb > 2 && tokens[verb - 1].tag == Tag::Pronoun);
    if at {
        tokens.insert(0, Token::own("on", Tag::Preposition));
        tokens[1].glued = false;
        return;
    }
    let named = tokens[..date].iter().any(|t| t.class & (WEEKDAY | MONTH) != 0);
    let comma = tokens.get(date).is_some_and(|t| t.is(","));
    let next = tokens.get(date + usize::from(comma));
    let month = date == 1 && tokens[0].has(MONTH);
    if named
        && !month
        && (1..5).contains(&date)
        && next.is_some_and(|n| {
            n.tag == Tag::Pronoun
                || n.tag == Tag::Possessive
                || n.tag == Tag::There
                || n.tag == Tag::Determiner && !n.is("the")
                || n.is("the") && date > 0
        })
        && !tokens[0].is("the")
    {
        let name = tokens[0].text.clone();
        tokens.insert(0, Token::own("on", Tag::Preposition));
        tokens[1].text = name;
        tokens[1].glued = false;
    }
}

/// "We closed the room, nobody goes in": an "and" where only a comma joins two clauses.
fn spliced(tokens: &mut Vec<Token<'_>>) -> Result<Vec<usize>, Refusal> {
    let verbs = finites(tokens);
    let whenever = tokens.iter().take(3).any(|t| t.any(&["time", "moment", "minute"]))
        || tokens[0].any(&["both", "each", "every"]) && tokens.get(1).is_some_and(|t| t.has(UNIT));
    if verbs.len() < 2
        || whenever
        || tokens[..verbs[0]].iter().any(|t| matches!(t.tag, Tag::Subordinator | Tag::Wh))
    {
        return Ok(Vec::new());
    }
    let commas: Vec<usize> = (verbs[0]..tokens.len())
        .filter(|&at| {
            tokens[at].is(",")
                && !tokens[at].quoted
                && !halves::set_off(tokens, at)
                && !halves::inside(tokens, at)
                && !halves::said(tokens, at)
                && !only_means(&tokens[at + 1..])
                && tokens.get(at + 1).is_some_and(|n| {
                    n.tag == Tag::Past
                        && n.has(DROPPED)
                        && !n.has(SAY)
                        && tokens.get(at + 2).is_some_and(|t| {
                            t.has(DETERMINER | POSSESSIVE | OBJECT | NUMBER)
                                || t.digit()
                                || t.any(&["it", "again", "back"])
                        })
                        || (n.tag == Tag::Pronoun && !n.has(OBJECT)
                            || n.tag == Tag::There
                            || n.any(&["nobody", "somebody", "someone"]))
                            && (finite(tokens, at + 2)
                                || n.any(&["nobody", "somebody", "someone"])
                                    && (at + 3..tokens.len().min(at + 7)).any(|i| finite(tokens, i))
                                || tokens.get(at + 2).is_some_and(|t| t.tag == Tag::Adverb)
                                    && at + 3 < tokens.len()
                                    && finite(tokens, at + 3))
                        || n.tag == Tag::Name
                            && n.class & (WEEKDAY | MONTH) == 0
                            && (finite(tokens, at + 2)
                                || n.has(TITLE) && at + 3 < tokens.len() && finite(tokens, at + 3))
                        || matches!(n.tag, Tag::Determiner | Tag::Possessive) && {
                            let end = (at + 1..tokens.len()).find(|&i| {
                                !tokens[i].tag.is_nominal()
                                    && !tokens[i].any(&["back", "front", "alone", "now"])
                            });
                            end.is_some_and(|e| e > at + 2 && finite(tokens, e))
                        }
                })
        })
        .collect();
    let Some(&last) = commas.last() else { return Ok(Vec::new()) };
    // "as of today, the 15th, it hasn't": a date between commas ends no clause
    let segment = tokens[..last].iter().rposition(|t| t.mark() && !t.quoted).map_or(0, |at| at + 1);
    let adjunct = tokens[segment].tag == Tag::Preposition
        && last - segment > 3
        && matches!(tokens[last + 1].tag, Tag::Determiner | Tag::Possessive | Tag::Name)
        && !tokens[last + 1].is("that");
    if segment > 0 && !adjunct && !(segment..last).any(|at| finite(tokens, at)) {
        return Ok(Vec::new());
    }
    // Two short ones are joined; where there is more, each is a sentence of its own.
    let more = tokens[last + 1..].iter().any(|t| t.is(",") && !t.quoted);
    let joined =
        tokens[last..].iter().any(|t| t.tag == Tag::Conjunction && t.any(&["and", "but", "so"]) && !t.quoted)
            || tokens[..last].iter().rev().take_while(|t| !t.is(",")).any(|t| {
                matches!(t.tag, Tag::Subordinator) || t.any(&["when", "while", "if", "after", "once"])
            });
    let marks = tokens.iter().filter(|t| t.is(",") && !t.quoted).count();
    // "I reset it twice, got the link both times, and it says the same": one subject, one list
    let shared = commas.iter().all(|&at| tokens[at + 1].tag == Tag::Past);
    let listed = tokens.windows(2).skip(last).any(|w| w[0].is(",") && w[1].any(&["and", "but"]));
    // "called on the 10th, measured the back and wrote out an estimate"
    let closed = commas.len() == 1
        && tokens.windows(2).skip(last).any(|w| w[0].is("and") && w[1].tag == Tag::Past)
        && !tokens[last..].iter().any(|t| t.has(SUBJECT));
    if shared && (listed || closed) {
        return Ok(Vec::new());
    }
    if more || joined || marks > 1 || tokens.len() > 24 {
        return stops(tokens, &commas).ok_or(()).or_else(|()| refuse(Reason::Shape, "splice"));
    }
    // "I came back, waited an hour" has one subject and needs no comma
    let and = tokens[..last].iter().any(|t| t.tag == Tag::Conjunction);
    let same = tokens[last + 1].tag == Tag::Past && !and;
    tokens.insert(last + 1, Token::own("and", Tag::Conjunction));
    if same {
        tokens.remove(last);
    }
    Ok(Vec::new())
}

/// ", that is until 5 December": said once more in other words.
fn only_means(tail: &[Token<'_>]) -> bool {
    let next = tail.get(2);
    tail[0].is("that")
        && tail.get(1).is_some_and(|t| t.is("is"))
        && next.is_some_and(|t| {
            t.is(",") || t.any(&["until", "till", "to", "from", "since", "by", "before", "after", "on", "in"])
        })
}

/// Without a bare thing tacked on at the end: "same card", "extractor fan motor".
fn untacked<'a>(tokens: &[Token<'a>]) -> Option<Vec<Token<'a>>> {
    let at = tokens.iter().rposition(|t| t.is(",") && !t.quoted)?;
    let bit = &tokens[at + 1..];
    let bare = bit.iter().all(|t| {
        matches!(t.tag, Tag::Noun | Tag::Adjective | Tag::Determiner | Tag::Possessive | Tag::Preposition)
            && !t.digit()
            && !t.quoted
            && !t.has(NEGATIVE)
    });
    // "received, each time, a recipe": what the verb wants is no thing tacked on
    let inside = tokens[at.saturating_sub(4)..at].iter().any(|t| t.is(","));
    (bare && !inside && (1..6).contains(&bit.len()) && at > 3).then(|| tokens[..at].to_vec())
}

/// The commas that may as well be full stops: what stands on both sides is whole.
fn stops(tokens: &mut [Token<'_>], commas: &[usize]) -> Option<Vec<usize>> {
    let mut start = 0;
    let mut found = Vec::new();
    for &at in commas {
        let part = &tokens[start..at];
        // "paid the lot, and have been": the subject is the one before
        if tokens.get(at + 1).is_some_and(|t| t.tag == Tag::Past) {
            continue;
        }
        // "because, I was told, they were"
        if part.last().is_some_and(|t| matches!(t.tag, Tag::Subordinator | Tag::Wh | Tag::Conjunction)) {
            return None;
        }
        // "which, as it was empty, I'd thrown away"
        let bit = part.iter().rposition(|t| t.is(",") && !t.quoted).map_or(part, |n| &part[n + 1..]);
        let aside = bit.len() < part.len()
            && bit.first().is_some_and(|t| matches!(t.tag, Tag::Subordinator | Tag::Wh));
        // "two boxes, which I can't use, they're in the hall": the relative clause ends there
        let relative = bit.first().is_some_and(|t| t.any(&["which", "who"]))
            && !finites(bit).is_empty()
            && !finites(&part[..part.len() - bit.len()]).is_empty()
            && tokens.get(at + 1).is_some_and(|t| t.has(SUBJECT) || t.any(&["it", "there"]))
            && finite(tokens, at + 2);
        if aside && !relative {
            return None;
        }
        let first = part.iter().find(|t| !t.mark() && !t.any(&["and", "but", "so"]))?;
        // "and when I got through, they said": the comma ends a clause that leans on the next
        let leans = matches!(first.tag, Tag::Subordinator | Tag::Wh)
            || first.any(&["when", "if", "once", "after", "while"]);
        let after = &tokens[at + 1..];
        let end = after.iter().position(|t| t.is(",") && !t.quoted).unwrap_or(after.len());
        let next = after.get(end + 1);
        // "What I'd done, it appears, was to pause"; "I've spent, I do keep a list, £1,914"
        let goes_on = next
            .is_none_or(|t| t.any(&["and", "but", "which", "so", "it", "there", "nobody"]) || t.has(SUBJECT));
        let inside = end < 7 && !goes_on;
        let hangs = part.len() < 5
            && part.last().is_some_and(|t| {
                matches!(t.tag, Tag::Past | Tag::Participle | Tag::Auxiliary | Tag::Modal)
                    && !t.has(INTRANSITIVE)
            });
        if inside || hangs || leans && start > 0 {
            return None;
        }
        // "it was brown and when I lifted it, I found": the same, in the middle
        let midway = bit.windows(2).any(|w| {
            w[0].tag == Tag::Conjunction
                && w[1].any(&["when", "if", "once", "after", "while", "as", "because"])
        });
        if leans || midway {
            continue;
        }
        if !(start..at).any(|i| finite(tokens, i)) {
            return None;
        }
        found.push(at);
        start = at + 1;
    }
    if found.is_empty() || found.len() > 2 {
        return None;
    }
    for &at in &found {
        tokens[at] = Token { tag: Tag::Mark, ..Token::new(".", true) };
    }
    Some(found)
}

/// The first word loses the capital it only has as the first.
pub(crate) fn lower_first(tokens: &mut [Token<'_>]) {
    let loud = tokens.iter().filter(|t| crate::tag::shouted(t)).count() > 1;
    let Some(first) = tokens.first_mut() else { return };
    let name = first.tag == Tag::Name
        || first.is("i")
        || first.quoted
        || first.class == 0
        || first.text.chars().skip(1).any(char::is_uppercase);
    if !(name || loud && crate::tag::shouted(first)) {
        first.text = first.low.clone();
    }
}

/// "yesterday" by the day the message was written.
fn relative_times(tokens: &mut Vec<Token<'_>>, today: Weekday) {
    let name = |day: Weekday| match day {
        Weekday::Monday => "Monday",
        Weekday::Tuesday => "Tuesday",
        Weekday::Wednesday => "Wednesday",
        Weekday::Thursday => "Thursday",
        Weekday::Friday => "Friday",
        Weekday::Saturday => "Saturday",
        Weekday::Sunday => "Sunday",
    };
    let mut at = 0;
    while at < tokens.len() {
        let day = match &*tokens[at].low {
            "today" => today,
            "yesterday" => today.previous(),
            "tomorrow" => today.next(),
            _ => {
                at += 1;
                continue;
            }
        };
        let led = at > 0 && (tokens[at - 1].has(PREPOSITION) || tokens[at - 1].is("day"));
        if tokens[at].quoted || tokens.get(at + 1).is_some_and(|n| n.is("'s")) {
            at += 1;
            continue;
        }
        let glued = tokens[at].glued;
        tokens[at] = Token { glued, ..Token::own(name(day), Tag::Name) };
        if !led {
            tokens.insert(at, Token::own("on", Tag::Preposition));
            at += 1;
        }
        at += 1;
    }
}
