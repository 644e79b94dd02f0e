//! How they ask to be treated: not to be rung, only by letter, anyone but Dean.

use super::Evidence;
use super::evidence::{SHOWN, Scan};
use crate::facts::name::is_other_word;
use amends_language::index::Hit;
use amends_phrasebook::{Owner, Phrasebook, WISHES};
use std::collections::BTreeMap;
use std::ops::Range;

/// What `not_before:the 21st` and its like begin with.
pub const NOT_BEFORE: &str = "not_before";
pub const NOT_PERSON: &str = "not_person";

/// The kind of a wish: `not_before` of `not_before:the 21st`.
pub fn kind_of(wish: &str) -> &str {
    wish.split(':').next().unwrap_or(wish)
}

/// What a wish names: `the 21st` of `not_before:the 21st`.
pub fn named<'w>(wishes: &'w [String], kind: &str) -> Option<&'w str> {
    wishes.iter().find_map(|wish| wish.strip_prefix(kind)?.strip_prefix(':'))
}

/// A phrase that begins so is an order only where one can begin.
#[rustfmt::skip]
const ORDERS: &[&str] = &[
    "do", "don't", "dont", "don", "dinnae", "dinna", "never", "not", "no", "nae", "nothing", "keep",
    "leave", "let", "email", "e-mail", "e", "mail", "text", "wait", "hold", "must", "mustn't", "should",
    "shouldn't",
];
/// What may stand before an order.
#[rustfmt::skip]
const LEADS: &[&str] = &[
    "please", "pls", "plz", "kindly", "and", "but", "so", "or", "also", "just", "then", "again", "now",
    "said", "asked", "ask", "ok", "okay", "hi", "hello", "thanks", "rather", "only", "otherwise", "all",
];
/// A bare "no calls" is as often a reproach; one of these makes it a wish.
const POLITE: &[&str] = &["please", "pls", "plz", "kindly", "thanks", "bitte", "ta"];
/// Phrases of this weight need one.
const BARE: f32 = 1.0;
/// How they want to be reached: only one can hold.
const WAYS: &[&str] = &["email_only", "letter_only", "phone_only"];
/// How many words behind a phrase a name may end.
const NEAR: usize = 4;

/// A wish with the words that say it.
struct Wish {
    text: String,
    kind: &'static str,
    evidence: Evidence,
}

impl Wish {
    fn at(&self) -> Range<usize> {
        self.evidence.start..self.evidence.end
    }
}

/// Every wish, in the order of the table, and its evidence.
pub(super) fn wishes(
    book: &Phrasebook,
    scans: &[&Scan<'_>; 2],
) -> (Vec<String>, BTreeMap<&'static str, Vec<Evidence>>) {
    let mut all: Vec<Wish> = Vec::new();
    for scan in scans {
        for (n, hit) in scan.hits.iter().enumerate() {
            let Owner::Wish(kind) = scan.rule(hit).owner else { continue };
            if scan.force[n] == 0.0 || !is_meant(scan, hit) {
                continue;
            }
            let kind = WISHES[usize::from(kind)];
            let named = match kind {
                NOT_BEFORE => day(scan, hit).map(|day| format!("{kind}:{day}")),
                NOT_PERSON => person(book, scan, hit).map(|name| format!("{kind}:{name}")),
                _ => Some(kind.to_owned()),
            };
            all.extend(named.map(|text| Wish { text, kind, evidence: scan.evidence(book, n) }));
        }
    }
    settle(&mut all);
    let mut texts = Vec::new();
    let mut evidence: BTreeMap<&'static str, Vec<Evidence>> = BTreeMap::new();
    for wish in all {
        if !texts.contains(&wish.text) {
            texts.push(wish.text);
        }
        let of = evidence.entry(wish.kind).or_default();
        if of.len() < SHOWN {
            of.push(wish.evidence);
        }
    }
    (texts, evidence)
}

/// "Don't send anyone before Monday" forbids no visit. Of ways to be reached that exclude each other the first is kept, and who won't be rung isn't.
fn settle(all: &mut Vec<Wish>) {
    if all.iter().any(|wish| wish.kind == "no_phone") {
        all.retain(|wish| wish.kind != "phone_only");
    }
    let until: Vec<Range<usize>> = all.iter().filter(|wish| wish.kind == NOT_BEFORE).map(Wish::at).collect();
    all.retain(|wish| {
        let at = wish.at();
        wish.kind == NOT_BEFORE || !until.iter().any(|u| u.start <= at.start && at.end <= u.end)
    });
    let ways = all.iter().filter(|wish| WAYS.contains(&wish.kind));
    if let Some(first) = ways.min_by_key(|wish| (wish.evidence.field.is_some(), wish.evidence.start)) {
        let first = first.kind;
        all.retain(|wish| wish.kind == first || !WAYS.contains(&wish.kind));
    }
    all.sort_by_key(|wish| WISHES.iter().position(|kind| *kind == wish.kind));
}

/// Whether it is asked for, not told: "you don't ring back" and "no voucher came" are no wishes.
fn is_meant(scan: &Scan<'_>, hit: &Hit) -> bool {
    let words = &scan.words.words;
    let text = |n: usize| &scan.text[words[n].start as usize..words[n].end as usize];
    let is_one_of = |n: usize, list: &[&str]| {
        list.iter().any(|word| text(n).replace('’', "'").eq_ignore_ascii_case(word))
    };
    let first = hit.first as usize;
    let begins = first == 0 || words[first - 1].clause != words[first].clause || is_one_of(first - 1, LEADS);
    // "It isn't to come on" ends in what looks like an order.
    let tells = !is_one_of(first, ORDERS) && text(first).ends_with('t') && text(first).contains(['\'', '’']);
    if tells || is_one_of(first, ORDERS) && !begins {
        return false;
    }
    let sentence = &scan.words.sentences[words[first].sentence as usize];
    let needs_please = scan.rule(hit).weight <= BARE
        || sentence.mark == '?'
            && matches!(scan.rule(hit).owner, Owner::Wish(kind) if WAYS.contains(&WISHES[usize::from(kind)]));
    !needs_please || sentence.words.clone().any(|n| is_one_of(n, POLITE))
}

/// The day behind a phrase that ends in "before" or "until", as they write it.
fn day(scan: &Scan<'_>, hit: &Hit) -> Option<String> {
    #[rustfmt::skip]
    const DAYS: &[&str] = &[
        "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "january", "february",
        "march", "april", "may", "june", "july", "august", "september", "october", "november", "december",
        "tomorrow", "week", "month", "weekend", "christmas", "easter", "new year",
    ];
    const SMALL: &[&str] = &["the", "of", "next", "this", "on"];
    let words = &scan.words.words;
    let sentence = words[hit.last as usize].sentence;
    let behind = words[hit.last as usize + 1..].iter().take(5).take_while(|word| word.sentence == sentence);
    let (mut start, mut end) = (None, 0);
    for word in behind {
        let said = scan.text[word.start as usize..word.end as usize].to_lowercase();
        let digits = said.trim_end_matches(char::is_alphabetic);
        let counts = ["", "st", "nd", "rd", "th"].contains(&&said[digits.len()..])
            && digits.parse::<u8>().is_ok_and(|n| (1..=31).contains(&n));
        if counts || DAYS.iter().any(|day| *day == said || said.len() >= 3 && day.starts_with(said.as_str()))
        {
            start = start.or(Some(word.start as usize));
            end = word.end as usize;
        } else if SMALL.contains(&said.as_str()) {
            start = start.or((said != "on").then_some(word.start as usize));
        } else {
            break;
        }
    }
    start.filter(|start| *start < end).map(|start| scan.text[start..end].to_owned())
}

/// The name within a phrase or just behind it, with its title.
fn person(book: &Phrasebook, scan: &Scan<'_>, hit: &Hit) -> Option<String> {
    const TITLES: &[&str] = &["Mr", "Mrs", "Ms", "Miss", "Dr"];
    let words = &scan.words.words;
    let sentence = words[hit.first as usize].sentence;
    let to = words.len().min(hit.last as usize + NEAR);
    let of = |n: usize| &scan.text[words[n].start as usize..words[n].end as usize];
    let all = hit.first as usize + 1..to;
    let mut all = all.filter(|n| words[*n].sentence == sentence);
    let at = all.find(|n| {
        let said = of(*n);
        let mut letters = said.chars();
        let capital = letters.next().is_some_and(char::is_uppercase);
        let small = letters.all(|c| c.is_lowercase() || c == '-');
        capital && small && said.len() > 1 && !is_other_word(&book.words, &said.to_lowercase())
            || TITLES.contains(&said)
    })?;
    let titled = TITLES.contains(&of(at)) && at + 1 < words.len();
    Some(if titled { format!("{} {}", of(at), of(at + 1)) } else { of(at).to_owned() })
}
