//! A reply as the rules see it: its sentences and what each does, using the phrases under `reply:` in
//! the phrasebook.

use amends_language::index::Hit;
use amends_language::words::{Sentence as Span, Words, lower};
use amends_phrasebook::{Owner, Phrasebook, REPLY};
use std::ops::Range;

/// What a sentence does.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Kind {
    pub apology: bool,
    /// Thanks, apologises, empathises, or says something about "you".
    pub acknowledges: bool,
    pub question: bool,
    /// An open question: what or how.
    pub open: bool,
    /// A question or request.
    pub asks: bool,
    /// Says what we do, will do or have done.
    pub step: bool,
    /// … from its first word.
    pub solution: bool,
    pub done: bool,
    /// "I" do it.
    pub by_me: bool,
    /// "We" do it.
    pub by_us: bool,
    /// Gives a day or a number of hours.
    pub dated: bool,
    /// A greeting or name, not a sentence.
    pub fringe: bool,
}

#[derive(Debug)]
pub(super) struct Sentence {
    pub place: usize,
    pub at: Range<usize>,
    pub kind: Kind,
}

#[derive(Debug)]
pub(super) struct Reply<'a> {
    pub text: &'a str,
    pub words: Words,
    /// Hits of the `lint:` and `reply:` phrases.
    pub hits: Vec<Hit>,
    pub sentences: Vec<Sentence>,
    /// Ends with a name.
    pub signed: bool,
}

impl<'a> Reply<'a> {
    pub fn new(book: &Phrasebook, text: &'a str) -> Self {
        let words = book.lexicon.read(text);
        let hits = book.reply_index.find(text, &words, &[]);
        let mut sentences: Vec<Sentence> = words
            .sentences
            .iter()
            .enumerate()
            .map(|(place, s)| Sentence { place, at: s.start..s.end, kind: kind(text, &words, s) })
            .collect();
        mark(book, text, &words, &hits, &mut sentences);
        // A draft as text begins with its subject, one on hold with a line of its own.
        let head = head(text);
        for sentence in sentences.iter_mut().take_while(|s| s.at.start < head) {
            sentence.kind = Kind { fringe: true, ..Kind::default() };
        }
        let signed = signed(text);
        if signed
            && let Some(last) = sentences.last_mut()
            && !text[last.at.clone()].trim_end().ends_with(['.', '?', '!'])
        {
            last.kind.fringe = true;
        }
        Self { text, words, hits, sentences, signed }
    }

    /// Content sentences: no greeting, no closing name.
    pub fn said(&self) -> impl Iterator<Item = &Sentence> {
        self.sentences.iter().filter(|s| !s.kind.fringe)
    }

    /// Indexes of the sentences that apologise.
    pub fn apologies(&self) -> Vec<usize> {
        self.sentences.iter().filter(|s| s.kind.apology).map(|s| s.place).collect()
    }
}

/// How many bytes of a draft stand above its first sentence.
fn head(text: &str) -> usize {
    let of_head =
        |line: &&str| line.starts_with("Subject: ") || line.starts_with("[HOLD ") || line.trim().is_empty();
    text.split_inclusive('\n').take_while(of_head).map(str::len).sum()
}

/// What a sentence's form reveals.
fn kind(text: &str, words: &Words, span: &Span) -> Kind {
    let is = |n: usize, any: &[&str]| {
        words.words.get(n).is_some_and(|w| {
            let word = &text[w.start as usize..w.end as usize];
            any.iter().any(|a| a.eq_ignore_ascii_case(word))
        })
    };
    let first = first_word(text, words, span);
    let count = span.words.end.saturating_sub(first);
    let raw = text[span.start..span.end].trim_end();
    let ended = raw.ends_with(['.', '?', '!', '"', '”', ')']);
    let question = span.mark == '?';
    let greets = is(first, &["dear", "hi", "hello", "hey", "good"]) && count <= 4;
    Kind {
        question,
        open: question && is(first, &["what", "what's", "how", "which"]),
        asks: question,
        acknowledges: !question
            && span.words.clone().any(|n| {
                let word = &text.as_bytes()[words.words[n].start as usize..words.words[n].end as usize];
                word.get(..3).is_some_and(|w| w.eq_ignore_ascii_case(b"you"))
            }),
        by_me: false,
        fringe: greets && (count <= 2 || !ended) || count == 0 || count <= 3 && !ended,
        ..Kind::default()
    }
}

/// The first word of a sentence, after any @handles.
fn first_word(text: &str, words: &Words, span: &Span) -> usize {
    let mut first = span.words.start;
    while first < span.words.end && text[..words.words[first].start as usize].ends_with('@') {
        first += 1;
    }
    first
}

/// Marks each sentence with what its phrase hits reveal.
fn mark(book: &Phrasebook, text: &str, words: &Words, hits: &[Hit], sentences: &mut [Sentence]) {
    let named = |hit: &Hit| match book.rules[hit.rule as usize].owner {
        Owner::Reply(n) => Some(REPLY[n as usize]),
        _ => None,
    };
    let none: Vec<&Hit> = hits.iter().filter(|h| named(h) == Some("no_step")).collect();
    let overlaps = |hit: &Hit| none.iter().any(|n| n.first <= hit.last && hit.first <= n.last);
    for hit in hits {
        let Some(name) = named(hit) else { continue };
        let place = words.words[hit.first as usize].sentence as usize;
        let Some(sentence) = sentences.get_mut(place) else { continue };
        let begins = (hit.first as usize) <= words.sentences[place].words.start + LEAD;
        let kind = &mut sentence.kind;
        match name {
            "apology" => (kind.apology, kind.acknowledges) = (true, true),
            "feeling" => kind.acknowledges = true,
            "request" if begins => {
                kind.asks = true;
            }
            "step" if !overlaps(hit) && (!kind.question || kind.step) => {
                kind.step = true;
                let said = &text[words.words[hit.first as usize].start as usize..sentence.at.end];
                let begins = hit.first as usize == words.sentences[place].words.start;
                kind.solution |= begins && offers(said);
                kind.by_us |= said.get(..2).is_some_and(|w| w.eq_ignore_ascii_case("we"));
            }
            "done" if !kind.question => (kind.step, kind.done) = (true, true),
            "mine" if !overlaps(hit) => kind.by_me = true,
            "dated" => kind.dated = true,
            _ => {}
        }
    }
    for sentence in sentences {
        let kind = &mut sentence.kind;
        kind.acknowledges &= !kind.asks || kind.apology;
        kind.solution &= !kind.apology;
    }
}

/// Whether a sentence opens with an offer to do something.
fn offers(said: &str) -> bool {
    const OFFERS: &[&str] = &[
        "i'll", "we'll", "i will", "we will", "i'm", "we're", "i am", "we are", "i'd", "you'll", "you will",
    ];
    const LONGEST: usize = 16;
    let said = lower(&said[..said.floor_char_boundary(LONGEST)]);
    OFFERS.iter().any(|offer| said.starts_with(offer))
}

/// The most words before a request: a handle, "hi", "so".
const LEAD: usize = 3;

/// Whether a person's name follows the last sentence or fills the last lines.
fn signed(text: &str) -> bool {
    let text = text.trim_end();
    let line = text.lines().last().unwrap_or("").trim();
    if initials(line) {
        return true;
    }
    let lines = text.lines().rev().map(str::trim).filter(|l| !l.is_empty() && !is_contact(l));
    let below: Vec<&str> = lines.take(4).collect();
    if below.len() > 1 && below.iter().take_while(|l| is_name(l)).any(|l| !is_nobody(l)) {
        return true;
    }
    let behind = line.rsplit_once(['.', '?', '!']).map_or("", |(_, rest)| rest);
    is_name(behind) && !is_nobody(behind)
}

/// A line of addresses and numbers, as it stands below a name.
pub fn is_contact(line: &str) -> bool {
    let digits = line.chars().filter(char::is_ascii_digit).count();
    let short = line.split_whitespace().count() <= 6;
    short
        && (line.contains('@')
            || digits >= 6 && digits * 2 >= line.chars().filter(|c| !c.is_whitespace()).count())
}

/// Initials that sign a post: "^AB", "-Sam", "*JM", "/Lee", "~Kim".
fn initials(line: &str) -> bool {
    let words: Vec<&str> =
        line.split_whitespace().filter(|w| !w.starts_with("http") && !is_part(w)).collect();
    let mark = |c: char| "^*~/_|-–—".contains(c);
    let name =
        |w: &str| w.chars().all(|c| c.is_alphabetic() || c == '.') && (1..=15).contains(&w.chars().count());
    match words.as_slice() {
        [.., last]
            if last.starts_with(mark) && name(last.trim_start_matches(mark).trim_end_matches(mark)) =>
        {
            true
        }
        [.., before, last] => before.chars().all(mark) && name(last),
        _ => false,
    }
}

/// "1/2": part of a series of posts.
fn is_part(word: &str) -> bool {
    word.split_once('/').is_some_and(|(a, b)| {
        !a.is_empty() && !b.is_empty() && a.chars().chain(b.chars()).all(|c| c.is_ascii_digit())
    })
}

fn is_name(text: &str) -> bool {
    let text = text.trim().trim_start_matches(['-', '–', '—', '*', '_']).trim();
    (1..=5).contains(&text.split_whitespace().count())
        && text.chars().next().is_some_and(char::is_uppercase)
        && text.chars().count() <= 40
        && !text.ends_with(['.', '?', '!', ':', ',', ';'])
        && !text.contains("http")
}

/// A team's name or a closing word isn't a person.
fn is_nobody(text: &str) -> bool {
    let lower = text.to_lowercase();
    [
        "team",
        "department",
        "support",
        "customer",
        "service",
        "regards",
        "care",
        "sincerely",
        "thanks",
        "best",
        "yours",
    ]
    .iter()
    .any(|word| lower.contains(word))
}
