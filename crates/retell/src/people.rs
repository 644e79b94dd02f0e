//! Whom a he or she means: the one person named in the sentence or two before.

use crate::class::*;
use crate::tag;
use crate::token::{Tag, Token};
use std::borrow::Cow;

/// What is said of a person: he, she, or that isn't known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Said {
    He,
    She,
    Either,
}

impl Said {
    /// Of a he or she, and their other forms.
    pub fn of_pronoun(word: &Token<'_>) -> Option<Self> {
        match &*word.low {
            "he" | "him" | "his" | "himself" => Some(Self::He),
            "she" | "her" | "hers" | "herself" => Some(Self::She),
            _ => None,
        }
    }

    /// Of a name, which has its capital, or a noun.
    fn of(word: &str) -> Self {
        let word = word.strip_suffix("-in-law").unwrap_or(word);
        match (HE.binary_search(&word), SHE.binary_search(&word)) {
            (Ok(_), Err(_)) => Self::He,
            (Err(_), Ok(_)) => Self::She,
            _ => Self::Either,
        }
    }

    fn fits(self, other: Self) -> bool {
        self == other || self == Self::Either || other == Self::Either
    }
}

/// A person spoken of, or a pronoun for one.
struct Person<'a> {
    said: Said,
    /// The noun or name they are known by; empty for a pronoun.
    key: Cow<'a, str>,
    /// As they can be called again; empty where that isn't known.
    words: Vec<Token<'a>>,
    sentence: usize,
    pronoun: bool,
    family: bool,
    /// Where the phrase begins and ends.
    from: usize,
    end: usize,
}

/// How the person is called whom the he or she at `at` means, where that is sure.
pub(crate) fn meant<'a>(
    sentences: &[Vec<Token<'a>>],
    words: &[Token<'a>],
    at: usize,
    said: Said,
) -> Option<Vec<Token<'a>>> {
    let mut all: Vec<Person<'a>> = Vec::new();
    for (n, words) in sentences.iter().enumerate() {
        people(words, n, &mut all);
    }
    let near: Vec<&Person<'a>> = all.iter().filter(|p| p.said.fits(said)).collect();
    // One who is only a he before anybody is named was named further up.
    if near.first()?.pronoun {
        return None;
    }
    let one = only(&near, sentences.len() - 1)?;
    // of a nurse both "he" and "she" were said: one of the two is somebody else
    let doubtful = one.said == Said::Either && all.iter().any(|p| p.pronoun && p.said != said);
    let elsewhere = words.iter().enumerate().any(|(n, t)| n != at && t.low == one.key)
        || words[..at].iter().any(|t| t.any(&["another", "other", "second"]));
    if doubtful || elsewhere || one.words.is_empty() || spoken_of(&sentences[one.sentence], one, said) {
        return None;
    }
    Some(one.words.clone())
}

/// The one person of all who fit; of two strangers of whom nothing more is said, the one named last.
fn only<'p, 'a>(near: &[&'p Person<'a>], last: usize) -> Option<&'p Person<'a>> {
    let mut named = near.iter().filter(|p| !p.pronoun).copied();
    let first = named.next()?;
    if named.all(|other| other.key == first.key) {
        return Some(first);
    }
    let plain = near.iter().all(|p| !p.pronoun && !p.family);
    let mut own = near.iter().filter(|p| p.sentence == last).copied();
    let first = own.next().filter(|_| plain)?;
    own.all(|p| p.key == first.key).then_some(first)
}

/// "The nurse asked what he's fed", "the driver let her off", "where my son taped it": somebody else is spoken of.
fn spoken_of(words: &[Token<'_>], one: &Person<'_>, said: Said) -> bool {
    let ends = |t: &Token<'_>| {
        t.mark()
            || matches!(t.tag, Tag::Conjunction | Tag::Subordinator | Tag::Wh | Tag::Own)
            || t.tag == Tag::Pronoun && !t.has(OBJECT)
    };
    let end = (one.end..words.len()).find(|&n| ends(&words[n])).unwrap_or(words.len());
    let means = |n: usize| Said::of_pronoun(&words[n]) == Some(said);
    // "made her stand" may look like "made her bed"
    let acted_on = (one.end..end).any(|n| {
        means(n) && (words[n].tag == Tag::Pronoun || words[n].is("her") && tag::finite(words, n - 1))
    });
    let verb = (one.end..end).find(|&n| tag::finite(words, n)).map(|n| &words[n]);
    let asks = verb.is_some_and(|t| t.any(&["asked", "asks", "seen", "saw", "knows", "knew"]));
    let told = verb.is_some_and(|t| t.has(SAY));
    let other = (one.end..words.len()).any(|n| means(n) && (asks || told && !words[n].any(&["he", "she"])));
    let led = words[..one.from].iter().skip(1).any(|t| {
        matches!(t.tag, Tag::Wh | Tag::Subordinator) && !t.any(&["as", "before", "after", "since", "until"])
    });
    other || acted_on || one.family && led
}

/// The people of a sentence and the pronouns for them, in order.
fn people<'a>(words: &[Token<'a>], sentence: usize, out: &mut Vec<Person<'a>>) {
    let start = out.len();
    let mut at = greeted(words);
    let mut chain = at;
    while at < words.len() {
        let token = &words[at];
        if token.quoted && Said::of_pronoun(token).is_none() {
            at += 1;
            continue;
        }
        if let Some(said) = Said::of_pronoun(token) {
            out.push(Person {
                said,
                key: "".into(),
                words: Vec::new(),
                sentence,
                pronoun: true,
                family: false,
                from: at,
                end: at + 1,
            });
        } else if token.any(&["somebody", "someone"]) {
            out.push(unnamed(token, sentence, at));
        }
        if !inside(token) || token.quoted {
            at += 1;
            continue;
        }
        // where "my son's" of "my son's friend" begins
        if at == 0 || words[at - 1].tag != Tag::Own {
            chain = at;
        }
        let mut end = at + 1;
        while end < words.len()
            && inside(&words[end])
            && !words[end].quoted
            && !matches!(words[end].tag, Tag::Determiner | Tag::Possessive)
        {
            end += 1;
        }
        let whose = words.get(end).is_some_and(|t| t.tag == Tag::Own);
        let described = !whose && describes(words, chain);
        if let Some(person) = person(words, at, end, sentence)
            && !described
        {
            match out[start..].last_mut().filter(|before| same(words, before, &person)) {
                Some(before) => join(before, person),
                None => out.push(person),
            }
        }
        at = end;
    }
}

/// Whether a word may stand in a phrase that names somebody; an 's ends it.
fn inside(token: &Token<'_>) -> bool {
    token.tag.is_nominal() && token.tag != Tag::Own
}

/// Where a sentence begins behind "Dear Mr Pinkney," or "Hi Sam,".
fn greeted(words: &[Token<'_>]) -> usize {
    let greets = words.first().is_some_and(|t| {
        t.any(&["dear", "hi", "hello", "hey", "morning", "afternoon", "evening", "hiya", "alright"])
            || t.is("good")
                && words.get(1).is_some_and(|n| n.any(&["morning", "afternoon", "evening", "day"]))
    });
    let end = words.iter().skip(1).position(|t| {
        t.is(",")
            || !(t.tag == Tag::Name
                || t.has(TITLE)
                || t.capital() && !t.has(PRONOUN | POSSESSIVE | DETERMINER)
                || t.any(&["all", "and", "morning", "afternoon", "evening", "there", "team"]))
    });
    if greets { end.map_or(0, |end| end + 1) } else { 0 }
}

fn unnamed<'a>(token: &Token<'a>, sentence: usize, at: usize) -> Person<'a> {
    Person {
        said: Said::Either,
        key: Cow::clone(&token.low),
        words: Vec::new(),
        sentence,
        pronoun: false,
        family: false,
        from: at,
        end: at + 1,
    }
}

/// The person named by the noun phrase from `at` to `end`, if it names one.
fn person<'a>(words: &[Token<'a>], at: usize, end: usize, sentence: usize) -> Option<Person<'a>> {
    let run = &words[at..end];
    let names = run.iter().rev().take_while(|t| is_name(t)).count();
    let (role, names) = run.split_at(run.len() - names);
    let unknown = |token: &Token<'a>| Some(Person { end, ..unnamed(token, sentence, at) });
    let Some(name) = names.iter().find(|t| !t.has(TITLE)) else {
        return by_role(words, role, at, end, sentence);
    };
    let title = names.first().filter(|t| t.has(TITLE)).or(role.last().filter(|t| t.has(TITLE)));
    let given = Said::of(&name.text);
    let of_staff = role.last().filter(|t| is_role(t));
    let owner = role.first().filter(|t| t.tag == Tag::Possessive);
    // "the AquaSilent", "a Bosch"
    if role.first().is_some_and(|t| t.tag == Tag::Determiner) && title.is_none() && of_staff.is_none() {
        return None;
    }
    let sure = title.is_some()
        || of_staff.is_some()
        || given != Said::Either
        || name.has(GIVEN)
        || owner.is_some() && role.len() == 1
        || addressed(words, at);
    let placed = at > 0 && words[at - 1].any(&["in", "at", "from", "near", "via", "on", "of", "outside"]);
    if !sure {
        return if placed { None } else { unknown(name) };
    }
    let said = [title, of_staff].into_iter().flatten().map(|t| Said::of(&t.low));
    let said = said.chain([given]).find(|s| *s != Said::Either).unwrap_or(Said::Either);
    let mut called: Vec<Token<'a>> = title.into_iter().chain(names).cloned().collect();
    called.dedup_by(|a, b| a.text == b.text);
    // "Lorna Tweddle" and "Lorna" are one
    let key = if title.is_some() { names.last()? } else { name };
    // "Marcus Wedding's on 23 August": a word that is no name
    let odd = title.is_none() && names.iter().skip(1).any(|t| t.class != 0 && !t.has(GIVEN));
    if odd || called.len() > 3 || called.iter().any(|t| tag::shouted(t)) {
        called.clear();
    }
    if let Some(first) = called.first_mut() {
        first.glued = false;
    }
    // one of theirs is told as theirs
    if let (Some(owner), true) =
        (owner.filter(|o| o.is("my") || o.is("our")), of_staff.is_none_or(|r| r.has(FAMILY)))
    {
        called.insert(0, Token { text: Cow::clone(&owner.low), glued: false, ..owner.clone() });
        if let Some(family) = of_staff {
            called.insert(1, Token { glued: false, ..family.clone() });
        }
    }
    Some(Person {
        said,
        key: Cow::clone(&key.low),
        words: called,
        sentence,
        pronoun: false,
        family: owner.is_some_and(|o| o.any(&["my", "our"])),
        from: at,
        end,
    })
}

/// "my driver", "the girl", "a young man": one who is called by what he or she is.
fn by_role<'a>(
    words: &[Token<'a>],
    run: &[Token<'a>],
    at: usize,
    end: usize,
    sentence: usize,
) -> Option<Person<'a>> {
    let head = run.last()?;
    let of_several = at > 1
        && words[at - 1].is("of")
        && words[at - 2].any(&["one", "another", "other"])
        && head.has(PLURAL | PEOPLE);
    if of_several {
        return Some(Person { end, ..unnamed(head, sentence, at) });
    }
    // Mum is theirs
    let parent = run.len() == 1 && head.any(&PARENTS);
    // "my seven year old"
    let old = run.windows(2).position(|w| w[0].any(&["year", "month", "yr"]) && w[1].is("old"));
    if let Some(old) = old.map(|n| &run[n + 1]).or(run.iter().find(|t| t.low.ends_with("year-old"))) {
        return Some(Person { end, ..unnamed(old, sentence, at) });
    }
    if !(parent || is_role(head)) || run[0].has(NEGATIVE) {
        return None;
    }
    let owned = at > 0 && words[at - 1].tag == Tag::Own;
    let from = run.iter().position(|t| !matches!(t.tag, Tag::Determiner | Tag::Possessive));
    let nouns = &run[from?..];
    let owner = run.first().filter(|t| t.any(&["my", "our"]) || t.is("your") && !head.has(FAMILY));
    let mut called = Vec::new();
    let family = head.has(FAMILY) || parent || head.low.ends_with("-in-law");
    let start = match owner {
        Some(owner) => Some(Token { text: Cow::clone(&owner.low), glued: false, ..owner.clone() }),
        None if parent => Some(Token::own("my", Tag::Possessive)),
        None if family || owned => None,
        None if head.is("person") => None,
        None if nouns.len() == run.len()
            || run[0].any(&["a", "an", "the", "this", "that", "another", "one"]) =>
        {
            Some(Token::own("the", Tag::Determiner))
        }
        None => None,
    };
    let plain = nouns.iter().all(|t| {
        (parent || matches!(t.tag, Tag::Noun | Tag::Adjective))
            && (t.class != 0 || t.low.ends_with("-in-law"))
            && !t.any(&OTHERS)
    });
    if let Some(start) = start.filter(|_| plain && nouns.len() < 4) {
        called.push(start);
        called.extend(nouns.iter().map(|t| Token { text: Cow::clone(&t.low), glued: false, ..t.clone() }));
        if let Some(noun) =
            called.last_mut().filter(|t| t.any(&["bloke", "chap", "fella", "guy", "fellow", "geezer"]))
        {
            noun.say("man");
        }
    }
    Some(Person {
        said: Said::of(&head.low),
        key: Cow::clone(&head.low),
        words: called,
        sentence,
        pronoun: false,
        family,
        from: at,
        end,
    })
}

const PARENTS: [&str; 11] =
    ["mum", "mom", "mam", "dad", "nan", "gran", "mother", "father", "grandad", "daddy", "mummy"];

/// Words that tell one person from others.
const OTHERS: [&str; 10] =
    ["new", "other", "same", "whole", "different", "second", "first", "next", "last", "third"];

/// A noun for one person.
pub(crate) fn is_role(token: &Token<'_>) -> bool {
    let one = token.tag == Tag::Noun && !is_name(token) && !(token.has(PLURAL) && token.class & NOUN == 0);
    one && (token.has(FAMILY)
        || token.has(STAFF) && token.class & (DOCUMENT | ORGANISATION) == 0
        || token.low.ends_with("-in-law")
        || [HE, SHE, EITHER].iter().any(|all| all.binary_search(&&*token.low).is_ok()))
        && !token.any(&["team", "staff", "children", "kids", "friends", "guests", "parents", "sir", "madam"])
}

fn is_name(token: &Token<'_>) -> bool {
    (token.tag == Tag::Name
        || token.tag == Tag::Noun
            && Said::of(&token.text) != Said::Either
            && token.capital()
            && Said::of(&token.low) == Said::Either)
        && token.class & (WEEKDAY | MONTH) == 0
        && !token.digit()
        && token.text.chars().count() > 1
        && !token.any(&PARENTS)
        && token.capital()
}

/// "spoke to Lorna", "a woman called Brooke": what is named there is a person.
fn addressed(words: &[Token<'_>], at: usize) -> bool {
    let before = |n: usize| at.checked_sub(n).map(|i| &words[i]);
    let spoken = before(1).is_some_and(|t| t.any(&["to", "with"]))
        && before(2).is_some_and(|t| t.any(&["spoke", "talked", "spoken", "speaking", "speak", "chatted"]));
    let told = before(1).is_some_and(|t| t.any(&["told", "asked", "showed"]));
    let called = before(1).is_some_and(|t| t.any(&["called", "named"]))
        && before(2).is_some_and(|t| is_role(t) || t.any(&["somebody", "someone"]));
    spoken || told || called
}

/// "Dawn, who was senior", "he came as loss adjuster": what somebody is called who was named already.
fn describes(words: &[Token<'_>], at: usize) -> bool {
    let before = |n: usize| at.checked_sub(n).map(|i| &words[i]);
    let is = before(1).is_some_and(|t| t.has(BE) || t.is("'s") && t.tag == Tag::Auxiliary || t.is("as"));
    // "there was a man", "it was the driver who": he is named only here; and "this is Ann", who writes
    is && !before(2).is_some_and(|t| t.tag == Tag::There)
        && !(before(2).is_some_and(|t| t.is("it")) && words[at..].iter().any(|t| t.is("who")))
}

/// "The caretaker, Neil,", "a girl called Brooke", "the young woman (Priya)": both name one.
fn same(words: &[Token<'_>], before: &Person<'_>, next: &Person<'_>) -> bool {
    if before.pronoun || !before.said.fits(next.said) {
        return false;
    }
    let name = |p: &Person<'_>| words[p.from..p.end].iter().any(|t| is_name(t));
    let between = &words[before.end..next.from];
    let called = matches!(between, [t] if t.any(&["called", "named"]))
        || matches!(between, [who, was, t] if who.is("who") && was.has(BE) && t.is("called"));
    let bracket = matches!(between, [t] if t.any(&["(", "-", "–", "—"]));
    let comma = matches!(between, [t] if t.is(","));
    let closed = words.get(next.end).is_none_or(|t| t.any(&[",", "."]));
    let one_name = name(before) != name(next);
    called || one_name && (bracket || comma && closed)
}

/// The name is what they are called by from then on.
fn join<'a>(before: &mut Person<'a>, next: Person<'a>) {
    let named = next.words.iter().any(is_name);
    if before.said == Said::Either {
        before.said = next.said;
    }
    if named && !before.family {
        before.words = next.words;
        before.key = next.key;
    }
    before.end = next.end;
}
