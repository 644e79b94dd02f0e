//! The sentence before, in which a pronoun may have its noun: the noun is put in where only one can be
//! meant; else the clause may lean on that sentence, where the caller allows it.

use crate::class::*;
use crate::lexicon::{Lexicon, list};
use crate::people::{self, Said};
use crate::refer;
use crate::tag;
use crate::token::{Tag, Token, tokens};
use crate::{Reason, Refusal};
use std::borrow::Cow;
use std::cell::{Cell, OnceCell};

/// What stands before a clause.
pub(crate) struct Behind<'a> {
    text: &'a str,
    /// To know what of it is private; not needed where nothing is put in.
    lexicon: Option<&'a Lexicon>,
    /// Whether a pronoun may stay for its noun in that sentence.
    allowed: bool,
    nouns: OnceCell<Vec<Noun<'a>>>,
    sentences: OnceCell<Vec<Vec<Token<'a>>>>,
    leans: Cell<bool>,
    /// Whether that sentence is told in any case.
    told: bool,
    /// Whether it is an ask: what an "it" in it means they know.
    ask: Ask,
}

/// Whether something is asked of us, and how.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Ask {
    None,
    Want,
    Question,
}

/// Who or what a pronoun can mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sort {
    Thing,
    Things,
    Person,
    People,
    /// A pronoun of the sentence before, which has its own noun further up.
    It,
    They,
    Who,
}

/// A noun phrase as it can be put in for a pronoun.
struct Noun<'a> {
    sort: Sort,
    words: Vec<Token<'a>>,
    /// Whether it is the subject, or the object of an I, we or you or of somebody: what the sentence is about.
    first: bool,
    /// Whether it is the subject.
    subject: bool,
    /// Whether a preposition goes before it.
    led: bool,
    /// Whether it is something that says things.
    document: bool,
}

impl<'a> Noun<'a> {
    fn new(sort: Sort, words: Vec<Token<'a>>) -> Self {
        Self { sort, words, first: false, subject: false, led: false, document: false }
    }
}

/// Nouns that "it" seldom means.
const VAGUE: [&str; 52] = [
    "time",
    "times",
    "way",
    "thing",
    "things",
    "bit",
    "lot",
    "front",
    "end",
    "idea",
    "sort",
    "kind",
    "bottom",
    "top",
    "side",
    "back",
    "middle",
    "corner",
    "half",
    "part",
    "rest",
    "number",
    "fact",
    "case",
    "point",
    "today",
    "yesterday",
    "tomorrow",
    "christmas",
    "course",
    "person",
    "phone",
    "telephone",
    "one",
    "noon",
    "midnight",
    "word",
    "breath",
    "process",
    "reason",
    "problem",
    "matter",
    "issue",
    "service",
    "breakfast",
    "lunch",
    "dinner",
    "tea",
    "pair",
    "couple",
    "right",
    "left",
];

impl<'a> Behind<'a> {
    pub fn new(lexicon: &'a Lexicon, text: &'a str, allowed: bool, ask: Ask) -> Self {
        Self { lexicon: Some(lexicon), text, ..Self::none(allowed, ask) }
    }

    /// Nothing stands before.
    pub fn none(allowed: bool, ask: Ask) -> Self {
        Self {
            text: "",
            lexicon: None,
            allowed,
            told: false,
            ask,
            nouns: OnceCell::new(),
            sentences: OnceCell::new(),
            leans: Cell::new(false),
        }
    }

    /// A sentence that is told too: what leans on it may stay as it is.
    pub fn told(words: &[Token<'a>]) -> Self {
        let nouns = OnceCell::from(phrases(words));
        Self { nouns, told: true, ..Self::none(true, Ask::None) }
    }

    /// Whether a pronoun was left that has its noun there.
    pub fn leans(&self) -> bool {
        self.leans.get()
    }

    /// Whether something is asked of us in it.
    pub fn asks(&self) -> bool {
        self.ask != Ask::None
    }

    /// Notes that the clause hangs on that sentence; whether it may.
    pub fn lean(&self) -> bool {
        let may = self.told || self.allowed && !self.text.trim().is_empty();
        self.leans.set(self.leans.get() || may);
        may
    }

    fn nouns(&self) -> &[Noun<'a>] {
        self.nouns.get_or_init(|| {
            let all = self.sentences();
            all.last().map_or_else(Vec::new, |last| phrases(last))
        })
    }

    /// The sentences before, tagged.
    fn sentences(&self) -> &[Vec<Token<'a>>] {
        self.sentences.get_or_init(|| {
            let all = tokens(self.text);
            let stop = |t: &Token<'_>| t.any(&[".", "?", "!", ";"]) && !t.quoted;
            let mut sentences: Vec<Vec<Token<'a>>> = all
                .split(stop)
                .map(<[Token<'a>]>::to_vec)
                .filter(|words| !words.iter().all(Token::mark))
                .collect();
            sentences.iter_mut().for_each(|words| tag::tag(words));
            sentences
        })
    }

    /// Gives each lost pronoun its noun, or lets it stay.
    pub fn resolve(&self, words: &mut Vec<Token<'a>>) -> Result<(), Refusal> {
        for _ in 0..8 {
            let Err((at, why)) = refer::lost(words) else { return Ok(()) };
            let points = self.ask != Ask::None
                && why.reason == Reason::LostReference
                && (refer::points(words, at) || refer::person_meant(words, at, self.ask == Ask::Question));
            // what the sentence before names is seldom what they ask about, but it is what "if it isn't here" is
            let supposed = at == 0
                && words[0].any(&["it", "they"])
                && words.get(1).is_some_and(|t| t.has(FINITE) || t.glued);
            if points && !(supposed && self.put(words, at)) {
                words[at].excused = true;
            }
            if points {
                continue;
            }
            // "send it here": where they are
            if self.ask != Ask::None && words[at].is("here") && at > 0 {
                words[at].excused = true;
                if words.get(at + 1).is_some_and(|t| t.any(&["in", "on", "at"])) {
                    words.remove(at);
                } else if !words[at - 1].is("on") {
                    words[at].say("there");
                }
                continue;
            }
            if why.reason != Reason::LostReference {
                return Err(why);
            }
            if self.text.is_empty() && !self.told {
                let far = self.ask == Ask::None && refer::far(words, at);
                return Err(if far { Refusal { reason: Reason::Unclear, ..why } } else { why });
            }
            // Right behind its sentence a pronoun reads better than its noun once more.
            let opens = self.allowed && begins(words, at) && self.may_stay(words, at);
            if !self.told && !opens && (self.put_person(words, at) || self.put(words, at)) {
                continue;
            }
            if !(self.may_stay(words, at) && self.lean()) {
                return Err(why);
            }
            words[at].excused = true;
        }
        Err(Refusal { reason: Reason::LostReference, word: String::new() })
    }

    /// Puts the noun in for the pronoun at `at`, where only one can be meant.
    fn put(&self, words: &mut Vec<Token<'a>>, at: usize) -> bool {
        // Another noun or a pronoun already let stay may be meant as well.
        let other = words[..at].iter().any(|t| {
            t.excused || matches!(t.tag, Tag::Noun | Tag::Name) && t.class & (UNIT | WEEKDAY | MONTH) == 0
        });
        if other && words[at].any(&["it", "they", "them"]) || words[at].is("its") && at > 0 {
            return false;
        }
        if words[at].any(&["it", "its"]) {
            return self.thing(words, at).is_some_and(|noun| replace(words, at, noun));
        }
        if !words[at].any(&["they", "them"]) {
            return false;
        }
        let nouns = self.nouns();
        let mut fit = nouns.iter().filter(|n| matches!(n.sort, Sort::Things | Sort::People));
        let (Some(noun), None) = (fit.next(), fit.next()) else { return false };
        let other = nouns.iter().any(|n| matches!(n.sort, Sort::They | Sort::Person));
        if !noun.first || other || noun.words.is_empty() {
            return false;
        }
        // what says something is seldom what was named
        let they = words[at].is("they")
            && noun.sort == Sort::Things
            && !words.get(at + 1).is_some_and(|t| t.has(BE | HAVE | DO) || t.glued);
        let says = words[at + 1..].iter().take(3).any(|t| t.has(SAY)) && !noun.document;
        !they && !says && replace(words, at, noun.words.clone())
    }

    /// The thing that the "it" at `at` means, where only one can be meant.
    fn thing(&self, words: &[Token<'a>], at: usize) -> Option<Vec<Token<'a>>> {
        if refer::weather(words, at) || refer::event(words, at) {
            return None;
        }
        let last = self.nouns();
        let says = words[at + 1..].iter().take(3).any(|t| t.has(SAY));
        let document = || {
            let all: Vec<_> = last.iter().filter(|n| n.document && n.sort == Sort::Thing).collect();
            if let [one] = all[..] { Some(one.words.clone()) } else { None }
        };
        // "The lamp came. It doesn't light. I have tried it in the hall"
        let continued = || {
            let [.., before, now] = self.sentences() else { return None };
            let goes_on = now[0].is("it") && !last.iter().any(|n| n.sort == Sort::Thing && !n.led);
            goes_on.then(|| about(&phrases(before), true)).flatten()
        };
        let begins = begins(words, at);
        let found = match says {
            true if begins => document(),
            true => None,
            false => about(last, begins).or_else(continued),
        };
        found.filter(|words| !words.is_empty())
    }

    /// Puts in who the he or she at `at` is, where only one can be meant.
    fn put_person(&self, words: &mut Vec<Token<'a>>, at: usize) -> bool {
        let Some(said) = Said::of_pronoun(&words[at]) else { return false };
        let own = words[at].any(&["himself", "herself", "hers"])
            || words[at].tag == Tag::Possessive && words.get(at + 1).is_some_and(|t| t.has(FAMILY));
        // "she had a survey asking him why": one of the two was named further up
        let two = words.iter().filter(|t| !t.quoted).filter_map(Said::of_pronoun).any(|other| other != said);
        let near = |words: &Vec<Token<'a>>| near(words);
        if own
            || two
            || self.ask != Ask::None
            || near(words)
            || self.near()
            || self.sentences().iter().any(near)
        {
            return false;
        }
        // "when he came the driver said", "the caller told me he'd had it"
        let led = matches!(words[0].tag, Tag::Subordinator) && refer::person(&words[at + 1..]);
        let teller = words[..at]
            .windows(2)
            .any(|w| w[0].tag == Tag::Noun && w[1].has(SAY) && tag::finite(w, 1) && !w[0].has(DOCUMENT));
        // "next door joined in May and he's on £29"
        let joined = at > 1
            && words[at - 1].is("and")
            && (0..at).find(|&n| tag::finite(words, n)).and_then(|n| tag::before(words, n)).is_some_and(
                |n| {
                    words[n].class & (PRONOUN | DOCUMENT) == 0
                        && !matches!(words[n].tag, Tag::There | Tag::Pronoun)
                },
            );
        let named = words[at].any(&["he", "she"]) && words[..at].iter().any(people::is_role);
        if led || teller || joined || named {
            return false;
        }
        let private =
            self.lexicon.is_some_and(|l| l.lists_of(self.text) & (list::PRIVATE | list::SECRET) != 0);
        if private {
            return false;
        }
        people::meant(self.sentences(), words, at, said).is_some_and(|mut name| {
            name[0].excused = true;
            replace(words, at, name)
        })
    }

    /// Whether the sentence before speaks of somebody's body.
    fn near(&self) -> bool {
        let mut words = self.text.split(|c: char| !c.is_alphanumeric());
        words
            .any(|word| ["wrist", "bruise", "bruises", "skin", "breast", "blouse", "undress"].contains(&word))
    }

    /// Whether the pronoun at `at` may be left to the sentence before.
    fn may_stay(&self, words: &[Token<'a>], at: usize) -> bool {
        let word = &words[at];
        if self.told && word.has(NUMBER) {
            return true;
        }
        let person = word.any(&["he", "she", "him", "her", "his", "hers", "himself", "herself"]);
        if person && (near(words) || self.near())
            || words.iter().any(|t| t.any(&["drank", "swallowed", "swallow"]))
        {
            return false;
        }
        // Inside a sentence of theirs they know whom and what they mean.
        let opens = begins(words, at);
        if !opens && self.ask == Ask::None && (person || refer::meant(words, at)) {
            return true;
        }
        // At the start it is read with the sentence before, behind which it is told: any that may be meant do.
        let fits: &[Sort] = match &*word.low {
            "it" | "its" | "itself" => &[Sort::Thing, Sort::It, Sort::Things],
            "they" | "them" | "their" | "theirs" | "themselves" => {
                &[Sort::Things, Sort::People, Sort::They, Sort::Person, Sort::Who]
            }
            _ if person => &[Sort::Person, Sort::Who],
            "this" | "that" | "these" | "those" | "one" | "ones" | "mine" | "ours" | "another" | "other"
            | "same" | "so" | "both" | "neither" | "either" | "there" => return true,
            _ => return false,
        };
        // An unnamed one who is named nowhere near, and only acts, is no thing for rules.
        let says = || words[at + 1..].iter().take(4).any(|t| t.has(SAY));
        let may = |sort: Sort| fits.contains(&sort) && (!person || sort == Sort::Person || says());
        self.nouns().iter().any(|n| may(n.sort))
    }
}

/// Whether a sentence begins with the word at `at`, but for a "then" or an "on".
fn begins(words: &[Token<'_>], at: usize) -> bool {
    words[..at].iter().all(|t| {
        t.mark() || matches!(t.tag, Tag::Adverb | Tag::Conjunction | Tag::Subordinator | Tag::Preposition)
    })
}

/// The one thing that a sentence is about, by its nouns: the only one, or where an "it" goes on as the subject, the
/// subject, beside which others stand only with a preposition.
fn about<'a>(nouns: &[Noun<'a>], goes_on: bool) -> Option<Vec<Token<'a>>> {
    if nouns.iter().any(|n| matches!(n.sort, Sort::It | Sort::Things) && !n.led) {
        return None;
    }
    let things: Vec<&Noun<'a>> = nouns.iter().filter(|n| n.sort == Sort::Thing).collect();
    match things[..] {
        [one] if one.first && !nouns.iter().any(|n| n.sort == Sort::Things) => Some(one.words.clone()),
        [first, ref others @ ..] if goes_on && first.subject && others.iter().all(|n| n.led) => {
            Some(first.words.clone())
        }
        _ => None,
    }
}

/// Puts `noun` in the place of the pronoun at `at`, its short verb spelled out; not where that may be two verbs.
fn replace<'a>(words: &mut Vec<Token<'a>>, at: usize, mut noun: Vec<Token<'a>>) -> bool {
    let done = words.get(at + 2).is_some_and(|t| matches!(t.tag, Tag::Past | Tag::Participle));
    let verb = match words.get(at + 1).filter(|n| n.glued).map(|n| &*n.low) {
        Some("'s") => {
            // "it's left a mark"
            let object = done
                && words
                    .get(at + 3)
                    .is_some_and(|t| t.has(DETERMINER | POSSESSIVE | OBJECT) || t.digit() || t.has(NUMBER));
            let has = object
                || words.get(at + 2).is_some_and(|t| {
                    t.any(&[
                        "been", "had", "got", "started", "stopped", "come", "become", "taken", "cost", "gone",
                    ])
                });
            // "he's knocked": he has, or he is
            if done && !has && words[at].any(&["he", "she"]) {
                return false;
            }
            Some(if has { "has" } else { "is" })
        }
        Some("'ll") => Some("will"),
        Some("'re") => Some("are"),
        Some("'ve") => Some("have"),
        Some("'d") => match words.get(at + 2).filter(|t| t.tag != Tag::Adverb) {
            Some(next) if next.has(BASE) && next.class & (PAST | PARTICIPLE) == 0 => Some("would"),
            Some(next) if next.has(PARTICIPLE) && next.class & BASE == 0 => Some("had"),
            _ => return false,
        },
        _ => None,
    };
    let owner = words[at].tag == Tag::Possessive;
    if let Some(verb) = verb {
        words[at + 1] = Token::own(verb, Tag::Auxiliary);
    }
    noun[0].glued = words[at].glued;
    if owner {
        noun.push(Token { tag: Tag::Own, ..Token::new("'s", true) });
    }
    words.splice(at..=at, noun);
    true
}

/// Whether somebody's body, or being alone with somebody, is spoken of: no thing for rules.
fn near(words: &[Token<'_>]) -> bool {
    words.iter().any(|t| {
        t.any(&[
            "hand",
            "hands",
            "breast",
            "wrist",
            "held",
            "leg",
            "legs",
            "knee",
            "thigh",
            "body",
            "chest",
            "bare",
            "underwear",
            "undress",
            "undressed",
            "trousers",
            "skirt",
            "bra",
            "bed",
            "bedroom",
            "boyfriend",
            "girlfriend",
            "kiss",
            "kissed",
            "hugged",
            "winked",
            "touched",
            "locked",
            "disturbed",
            "alone",
            "naughty",
            "pretty",
            "breath",
            "breathing",
            "tongue",
            "throat",
            "lips",
            "followed",
            "follows",
            "address",
        ])
    })
}

/// The noun phrases and pronouns of a sentence.
fn phrases<'a>(words: &[Token<'a>]) -> Vec<Noun<'a>> {
    let mut out = Vec::new();
    let mut at = 0;
    while at < words.len() {
        let token = &words[at];
        if token.quoted || !token.tag.is_nominal() {
            let sort = match &*token.low {
                _ if token.quoted || refer::weather(words, at) => None,
                "it" | "its" => Some(Sort::It),
                "they" | "them" | "their" => Some(Sort::They),
                "he" | "she" | "him" | "her" | "his" => Some(Sort::Who),
                "somebody" | "someone" | "nobody" | "anybody" => Some(Sort::Who),
                _ => None,
            };
            out.extend(sort.map(|sort| Noun::new(sort, Vec::new())));
            at += 1;
            continue;
        }
        let mut end = at;
        while end < words.len()
            && words[end].tag.is_nominal()
            && !words[end].quoted
            && !(end > at && matches!(words[end].tag, Tag::Determiner | Tag::Possessive))
        {
            end += 1;
        }
        // "The text said …" names where it stood, not what is spoken of.
        let source = words.get(end).is_some_and(|t| t.has(SAY)) && words[end - 1].has(DOCUMENT);
        let of = source || at > 0 && words[at - 1].is("of");
        let run = &words[at..end];
        let verb = (0..at).find(|&i| tag::finite(words, i));
        let someone = |t: &Token<'a>| {
            t.class & (FAMILY | TITLE | STAFF | PEOPLE) != 0 && t.class & (DOCUMENT | ORGANISATION) == 0
        };
        let own = words[..at].iter().all(|t| {
            !matches!(t.tag, Tag::Noun | Tag::Name) || t.class & (UNIT | WEEKDAY | MONTH) != 0 || someone(t)
        }) && verb
            .is_some_and(|v| words[..v].iter().any(|t| t.any(&["i", "we", "you"]) || someone(t)));
        let led = at > 0 && matches!(words[at - 1].tag, Tag::Preposition);
        // "there's not much choice"
        let named =
            run[0].any(&["a", "an", "the", "this"]) || matches!(run[0].tag, Tag::Possessive | Tag::Name);
        let first = !led && (verb.is_none() || own) && (named || plural(run));
        let subject = !led && verb.is_none() && tag::finite(words, end);
        let document = words[end - 1].has(DOCUMENT);
        at = end;
        out.extend(phrase(run, of).map(|noun| Noun { first, subject, led, document, ..noun }));
    }
    out
}

/// Whether a noun phrase means several.
fn plural(run: &[Token<'_>]) -> bool {
    run.last().is_some_and(|t| t.has(PLURAL) && (t.class & NOUN == 0 || t.low.ends_with('s')))
}

/// What one noun phrase can be called again.
fn phrase<'a>(run: &[Token<'a>], of: bool) -> Option<Noun<'a>> {
    let head = run.last()?;
    if head.tag == Tag::Name {
        let other =
            head.class & (WEEKDAY | MONTH) != 0 || head.text.len() < 3 || tag::shouted(head) || head.digit();
        return (!other).then(|| Noun::new(Sort::Person, Vec::new()));
    }
    if run[0].has(NEGATIVE) {
        return None;
    }
    if head.tag != Tag::Noun || head.class & (UNIT | WEEKDAY | MONTH) != 0 || head.any(&VAGUE) {
        return None;
    }
    let plural = plural(run);
    let person = head.class & (FAMILY | TITLE | PEOPLE) != 0 || head.has(STAFF) && head.class & DOCUMENT == 0;
    let sort = match (person, plural || head.has(PEOPLE) && !head.has(STAFF)) {
        (true, true) => Sort::People,
        (true, false) => Sort::Person,
        (false, true) => Sort::Things,
        (false, false) => Sort::Thing,
    };
    // What belongs to something else is called by its own name: "the lid of the jar", "my mother's ring".
    let from = run
        .iter()
        .rposition(|t| {
            matches!(t.tag, Tag::Determiner | Tag::Possessive | Tag::Number | Tag::Name | Tag::Own)
                || t.has(NUMBER)
        })
        .map_or(0, |at| at + 1);
    let nouns = &run[from..];
    let plain = nouns.iter().all(|t| {
        matches!(t.tag, Tag::Noun | Tag::Adjective)
            && t.class != 0
            && !t.any(&["new", "other", "same", "whole"])
    });
    if nouns.is_empty() || nouns.len() > 3 || !plain || head.class == 0 || of || head.has(FAMILY) {
        return Some(Noun::new(sort, Vec::new()));
    }
    // "my husband", "your driver": whose they are is said again
    let owner = run[..from].last().filter(|t| t.tag == Tag::Possessive && t.any(&["my", "our", "your"]));
    let start = match owner {
        Some(owner) => Token { text: owner.low.clone(), ..owner.clone() },
        _ => Token::own("the", Tag::Determiner),
    };
    let mut words = vec![start];
    words.extend(nouns.iter().map(|t| Token { text: Cow::clone(&t.low), glued: false, ..t.clone() }));
    Some(Noun::new(sort, words))
}
