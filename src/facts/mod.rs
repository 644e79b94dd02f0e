//! What a message states plainly: references, amounts, dates, durations, the item, how often
//! they wrote, by when they need it, whom they spoke to, and the name to greet them with.
//!
//! A fact is taken only when its form is plain; unsure means none. Every pattern stands behind
//! a look at the bytes (a digit? a currency sign?), for compiling one costs more than reading
//! most messages.

pub mod name;
mod pattern;

use amends_inbox::message::Message;
use amends_language::automaton::Automaton;
use amends_language::index::FactWords;
use amends_language::phrase::FactKind;
use amends_language::prefilter::Gate;
use amends_language::words::Words;
use serde::Serialize;
use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::LazyLock;

/// The facts of a message, as the record shows them.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Facts {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Order, booking, ticket and case numbers.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub orders: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub amounts: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub dates: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub durations: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub items: Vec<String>,
    /// How often they contacted us, where they say it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub contacts: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub deadline: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub people: Vec<String>,
    #[serde(skip)]
    pub said: Said,
}

/// Facts with the part they play, for the reply; not part of the record.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Said {
    /// How long they have been waiting.
    pub wait: Option<String>,
    /// How long ago it began.
    pub ago: Option<String>,
    /// The time they were promised.
    pub promised: Option<String>,
    /// "twice", "three times", "several times".
    pub contacts: Option<String>,
    /// Where each fact stands.
    pub spans: Vec<(FactKind, Range<usize>)>,
}

macro_rules! form {
    ($name:literal) => {
        LazyLock::new(|| {
            let stored = include_bytes!(concat!(env!("OUT_DIR"), "/", $name, ".bin"));
            postcard::from_bytes(stored).expect("what build.rs stored")
        })
    };
}
static ORDER: LazyLock<Automaton> = form!("order");
static BARE_ORDER: LazyLock<Automaton> = form!("bare_order");
static AMOUNT: LazyLock<Automaton> = form!("amount");
static DURATION: LazyLock<Automaton> = form!("duration");
static DATE: LazyLock<Automaton> = form!("date");
static TIMES: LazyLock<Automaton> = form!("times");
static CONTACTS: LazyLock<Automaton> = form!("contacts");
static DEADLINE: LazyLock<Automaton> = form!("deadline");
static ITEM: LazyLock<Automaton> = form!("item");
static PERSON: LazyLock<Automaton> = form!("person");

/// Sorts of words without which a fact can't stand there.
const MONEY: u32 = 1 << 0;
const TIME_UNIT: u32 = 1 << 1;
const WEEKDAY: u32 = 1 << 2;
const MONTH: u32 = 1 << 3;
const HOW_OFTEN: u32 = 1 << 4;
const CONTACTED: u32 = 1 << 5;
const DEADLINE_DAY: u32 = 1 << 6;
const BOUGHT: u32 = 1 << 7;
const SPOKE: u32 = 1 << 8;
const REFERENCE: u32 = 1 << 9;
#[rustfmt::skip]
static GATE: Gate = Gate::new(&[
    ("2nd", HOW_OFTEN),
    ("3rd", HOW_OFTEN),
    ("4th", HOW_OFTEN),
    ("5th", HOW_OFTEN),
    ("6th", HOW_OFTEN),
    ("account", REFERENCE),
    ("aed", MONEY),
    ("apr", MONTH),
    ("ask", CONTACTED),
    ("aud", MONEY),
    ("aug", MONTH),
    ("before", DEADLINE_DAY),
    ("booking", REFERENCE),
    ("bought", BOUGHT),
    ("buck", MONEY),
    ("cad", MONEY),
    ("call", CONTACTED),
    ("called", SPOKE),
    ("calls", HOW_OFTEN),
    ("case", REFERENCE),
    ("cents", MONEY),
    ("chase", CONTACTED),
    ("chf", MONEY),
    ("christmas", DEADLINE_DAY),
    ("claim", REFERENCE),
    ("complain", CONTACTED),
    ("complaint", REFERENCE),
    ("confirmation", REFERENCE),
    ("contact", CONTACTED),
    ("contract", REFERENCE),
    ("customer", REFERENCE),
    ("day", TIME_UNIT),
    ("dealt", SPOKE),
    ("dec", MONTH),
    ("diwali", DEADLINE_DAY),
    ("dollar", MONEY),
    ("easter", DEADLINE_DAY),
    ("eid", DEADLINE_DAY),
    ("email", CONTACTED),
    ("emails", HOW_OFTEN),
    ("eur", MONEY),
    ("euro", MONEY),
    ("feb", MONTH),
    ("fifth", HOW_OFTEN),
    ("fourth", HOW_OFTEN),
    ("friday", WEEKDAY | DEADLINE_DAY),
    ("gbp", MONEY),
    ("hkd", MONEY),
    ("hour", TIME_UNIT),
    ("hr", TIME_UNIT),
    ("incident", REFERENCE),
    ("inr", MONEY),
    ("invoice", REFERENCE),
    ("jan", MONTH),
    ("job", REFERENCE),
    ("jul", MONTH),
    ("jun", MONTH),
    ("kes", MONEY),
    ("lakh", MONEY),
    ("letter", CONTACTED),
    ("letters", HOW_OFTEN),
    ("mail", CONTACTED),
    ("mails", HOW_OFTEN),
    ("mar", MONTH),
    ("may", MONTH),
    ("membership", REFERENCE),
    ("messag", CONTACTED),
    ("messages", HOW_OFTEN),
    ("min", TIME_UNIT),
    ("monday", WEEKDAY | DEADLINE_DAY),
    ("month", TIME_UNIT),
    ("mth", TIME_UNIT),
    ("myr", MONEY),
    ("named", SPOKE),
    ("new", DEADLINE_DAY),
    ("ngn", MONEY),
    ("night", TIME_UNIT),
    ("nov", MONTH),
    ("nzd", MONEY),
    ("oct", MONTH),
    ("order", REFERENCE),
    ("ordered", BOUGHT),
    ("parcel", REFERENCE),
    ("pence", MONEY),
    ("phone", CONTACTED),
    ("php", MONEY),
    ("policy", REFERENCE),
    ("pound", MONEY),
    ("purchased", BOUGHT),
    ("quid", MONEY),
    ("rang", CONTACTED),
    ("ref", REFERENCE),
    ("report", CONTACTED),
    ("request", REFERENCE),
    ("reservation", REFERENCE),
    ("ring", CONTACTED),
    ("rm", MONEY),
    ("rs", MONEY),
    ("rung", CONTACTED),
    ("rupee", MONEY),
    ("sar", MONEY),
    ("saturday", WEEKDAY | DEADLINE_DAY),
    ("sec", TIME_UNIT),
    ("second", HOW_OFTEN),
    ("sep", MONTH),
    ("served", SPOKE),
    ("sgd", MONEY),
    ("shipment", REFERENCE),
    ("sixth", HOW_OFTEN),
    ("spoke", CONTACTED | SPOKE),
    ("sunday", WEEKDAY | DEADLINE_DAY),
    ("talked", SPOKE),
    ("talking", SPOKE),
    ("telephon", CONTACTED),
    ("text", CONTACTED),
    ("thanksgiving", DEADLINE_DAY),
    ("third", HOW_OFTEN),
    ("thrice", HOW_OFTEN),
    ("thursday", WEEKDAY | DEADLINE_DAY),
    ("ticket", REFERENCE),
    ("time", HOW_OFTEN),
    ("times", HOW_OFTEN),
    ("told", SPOKE),
    ("tomorrow", DEADLINE_DAY),
    ("tonight", DEADLINE_DAY),
    ("tracking", REFERENCE),
    ("tried", CONTACTED),
    ("tuesday", WEEKDAY | DEADLINE_DAY),
    ("tweet", CONTACTED),
    ("tweets", HOW_OFTEN),
    ("twice", HOW_OFTEN),
    ("usd", MONEY),
    ("wednesday", WEEKDAY | DEADLINE_DAY),
    ("week", TIME_UNIT | DEADLINE_DAY),
    ("weekend", DEADLINE_DAY),
    ("wk", TIME_UNIT),
    ("writ", CONTACTED),
    ("wrote", CONTACTED),
    ("year", TIME_UNIT),
    ("yr", TIME_UNIT),
    ("zar", MONEY),
]);

impl Facts {
    /// Mails of theirs quoted below this one count as contacts, where they name no more.
    pub fn add_earlier(&mut self, mails: u32) {
        if mails > self.contacts.unwrap_or(0) && self.said.contacts.is_none() {
            self.contacts = Some(mails);
            self.said.contacts = times(mails);
        }
    }
}

/// Reads the facts of a message. `own` is the company's name: it is nobody's.
pub fn read(message: &Message, own: &str) -> Facts {
    let text = message.text.as_str();
    let has_digit = text.bytes().any(|b| b.is_ascii_digit());
    let lower = text.to_ascii_lowercase();
    let sorts = GATE.sorts(text);
    let mut facts = Facts { name: name::greeting(message, own), ..Facts::default() };
    let mut taken = Taken::new();
    if has_digit {
        figures(text, &lower, sorts, &mut facts, &mut taken);
    }
    if sorts & TIME_UNIT != 0 {
        durations(text, &lower, &mut facts, &mut taken);
    }
    dates(text, &lower, sorts, &mut facts, &mut taken);
    if sorts & HOW_OFTEN != 0 && sorts & CONTACTED != 0 {
        contacts(&lower, &mut facts);
    }
    if sorts & DEADLINE_DAY != 0
        && let Some(found) = DEADLINE.find_at(&lower, 0)
    {
        facts.deadline = deadline(&lower, &lower[found]);
    }
    if sorts & BOUGHT != 0 {
        let bought = ITEM.find_iter(&lower).filter_map(|found| bought(text, &lower, found));
        facts.items = bought.take(3).collect();
    }
    if sorts & SPOKE != 0 {
        facts.people = PERSON
            .find_iter(text)
            .filter_map(|found| text[found].split_whitespace().next_back())
            .filter(|name| !name::is_other_word(&name.to_lowercase()))
            .map(str::to_owned)
            .collect();
        facts.people.dedup();
    }
    facts
}

/// The references and amounts of a text, and nothing else.
pub fn read_figures(text: &str) -> Facts {
    let mut facts = Facts::default();
    if text.bytes().any(|b| b.is_ascii_digit()) {
        figures(text, &text.to_ascii_lowercase(), GATE.sorts(text), &mut facts, &mut Taken::new());
    }
    facts
}

fn figures(text: &str, lower: &str, sorts: u32, facts: &mut Facts, taken: &mut Taken) {
    let signed = || text.bytes().any(|b| b == b'$' || !b.is_ascii());
    if sorts & MONEY != 0 || signed() && text.contains(['$', '£', '€', '₹', '¥', '₱', '₦']) {
        amounts(text, lower, facts, taken);
    }
    orders(text, lower, sorts, facts, taken);
}

/// The facts as the phrase index meets them, by words.
pub fn by_words(facts: &Facts, words: &Words) -> Vec<FactWords> {
    let mut found: Vec<FactWords> = facts
        .said
        .spans
        .iter()
        .filter_map(|(kind, span)| {
            let first = words.words.partition_point(|w| (w.end as usize) <= span.start);
            let last = words.words.partition_point(|w| (w.start as usize) < span.end).checked_sub(1)?;
            (first <= last).then_some(FactWords { kind: *kind, first: first as u32, last: last as u32 })
        })
        .collect();
    found.sort_by_key(|fact| fact.first);
    found
}

/// The bytes that facts have taken: ranges apart from each other, the end of each by its start.
type Taken = BTreeMap<usize, usize>;

fn free(taken: &Taken, span: &Range<usize>) -> bool {
    taken.range(..span.end).next_back().is_none_or(|(_, end)| *end <= span.start)
}

fn keep(list: &mut Vec<String>, text: &str) {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if !list.contains(&text) && list.len() < 8 {
        list.push(text);
    }
}

fn amounts(text: &str, lower: &str, facts: &mut Facts, taken: &mut Taken) {
    for found in AMOUNT.find_iter(lower) {
        keep(&mut facts.amounts, text[found.clone()].trim_end_matches([',', '.']));
        facts.said.spans.push((FactKind::Amount, found.clone()));
        taken.insert(found.start, found.end);
    }
}

fn orders(text: &str, lower: &str, sorts: u32, facts: &mut Facts, taken: &mut Taken) {
    let take = |reference: Range<usize>, facts: &mut Facts, taken: &mut Taken| {
        let word = &text[reference.clone()];
        let digits = word.bytes().filter(u8::is_ascii_digit).count();
        // A reference has digits, is no phone number with its +, no masked secret, and no year.
        let year = word.len() == 4 && (word.starts_with("19") || word.starts_with("20"));
        let lower_word = word.bytes().any(|b| b.is_ascii_lowercase()) && digits < 3;
        let before = text[..reference.start].chars().next_back();
        if digits >= 3
            && !year
            && !lower_word
            && !before.is_some_and(|c| "$£€₹+*".contains(c))
            && free(taken, &reference)
        {
            keep(&mut facts.orders, word);
            facts.said.spans.push((FactKind::Order, reference.clone()));
            taken.insert(reference.start, reference.end);
        }
    };
    if sorts & REFERENCE != 0 {
        for found in ORDER.find_iter(lower) {
            take(named_reference(lower, found), facts, taken);
        }
    }
    if bare_reference(text, taken) {
        for found in BARE_ORDER.find_iter(text) {
            let sign = text[found.clone()].find(|c: char| c != '#' && !c.is_whitespace()).unwrap_or(0);
            take(found.start + sign..found.end, facts, taken);
        }
    }
}

/// The reference at the end of "order no. A-44192", also where both are one word: "ref44192".
fn named_reference(lower: &str, found: Range<usize>) -> Range<usize> {
    const NAMES: &[&str] = &[
        "order",
        "booking",
        "reservation",
        "reference",
        "ref",
        "ticket",
        "case",
        "invoice",
        "tracking",
        "confirmation",
        "policy",
        "claim",
        "complaint",
        "job",
        "customer",
        "membership",
        "account",
        "parcel",
        "shipment",
        "contract",
        "request",
        "incident",
    ];
    let part = |b: &u8| b.is_ascii_alphanumeric() || b"-/_".contains(b);
    let whole = &lower.as_bytes()[found.clone()];
    let start = whole.iter().rposition(|b| !part(b)).map_or(0, |n| n + 1);
    if start > 0 {
        return found.start + start..found.end;
    }
    let behind = |name: &&&str| {
        let rest = whole.strip_prefix(name.as_bytes());
        rest.is_some_and(|rest| (4..=49).contains(&rest.len()) && rest[0].is_ascii_alphanumeric())
    };
    found.start + NAMES.iter().find(behind).map_or(0, |name| name.len())..found.end
}

/// Whether a reference may stand there that nothing has named yet: "#10023", "A-44192".
fn bare_reference(text: &str, taken: &Taken) -> bool {
    let digit = |at: Option<&u8>| at.is_some_and(u8::is_ascii_digit);
    text.bytes().enumerate().any(|(n, b)| {
        let next = &text.as_bytes()[n + 1..];
        let begins = match b {
            b'#' => digit(next.first()) || digit(next.get(1)),
            b'A'..=b'Z' => digit(next.first()) || next.first() == Some(&b'-') && digit(next.get(1)),
            _ => false,
        };
        begins && free(taken, &(n..n + 1))
    })
}

/// How many bytes of its sentence a duration is read in, on each side.
const FAR: usize = 2000;

fn durations(text: &str, lower: &str, facts: &mut Facts, taken: &mut Taken) {
    for found in DURATION.find_iter(lower) {
        if !free(taken, &found) || text[..found.start].ends_with(['$', '£', '€']) {
            continue;
        }
        let spoken = tidy_duration(&lower[found.clone()]);
        keep(&mut facts.durations, &text[found.clone()]);
        facts.said.spans.push((FactKind::Duration, found.clone()));
        taken.insert(found.start, found.end);
        let from = text.floor_char_boundary(found.start.saturating_sub(FAR));
        let to = text.ceil_char_boundary((found.end + FAR).min(text.len()));
        let start = text[from..found.start].rfind(['.', '!', '?', '\n', ';']).map_or(from, |n| from + n + 1);
        let end = text[found.end..to].find(['.', '!', '?', '\n', ';']).map_or(to, |n| found.end + n);
        let (before, after, sentence) =
            (lower[start..found.start].trim_end(), lower[found.end..end].trim_start(), &lower[start..end]);
        let has = |words: &[&str]| words.iter().any(|w| sentence.contains(w));
        // "a customer for 20 years" is no wait.
        if has(&[
            "customer",
            "member",
            "loyal",
            "been with",
            "used to",
            "years old",
            "warranty",
            "guarantee",
            "used for",
            "using",
            "experience",
        ]) && !has(&["wait", "hold"])
        {
            continue;
        }
        let waiting = has(&[
            "wait",
            "on hold",
            "holding",
            "delay",
            "late",
            "queue",
            "in line",
            "stuck",
            "no reply",
            "no response",
            "no answer",
            "arriv",
            "deliver",
            "received",
            "still no",
        ]);
        // "I waited a few days to see" was their own choice.
        let waiting = waiting && !after.starts_with("to see") && !after.starts_with("before ");
        if after.starts_with("ago") {
            facts.said.ago.get_or_insert(spoken);
        } else if [
            "said",
            "promised",
            "told",
            "within",
            "supposed",
            "quoted",
            "advertised",
            "guaranteed",
            "in",
            "take",
            "be",
        ]
        .iter()
        .any(|w| before.ends_with(w) || before.ends_with(&format!("{w} it would be")))
            && has(&["said", "promised", "told", "supposed", "advertis", "guarantee", "quoted"])
        {
            facts.said.promised.get_or_insert(spoken);
        } else if waiting
            && ([
                "for",
                "waiting",
                "waited",
                "wait",
                "been",
                "after",
                "hold",
                "took",
                "delayed",
                "delayed by",
                "queued",
                "sat",
                "stuck",
            ]
            .iter()
            .any(|w| before.ends_with(w))
                || [
                    "late",
                    "delay",
                    "wait",
                    "on hold",
                    "hold",
                    "in line",
                    "in a queue",
                    "in the queue",
                    "and counting",
                    "and still",
                    "behind",
                ]
                .iter()
                .any(|w| after.starts_with(w)))
        {
            facts.said.wait.get_or_insert(spoken);
        }
    }
}

/// "over 3hrs" is "over 3 hours".
fn tidy_duration(raw: &str) -> String {
    let lower = raw.to_lowercase().replace('+', "");
    let split = lower
        .find(|c: char| c.is_ascii_digit())
        .and_then(|d| lower[d..].find(|c: char| c.is_ascii_alphabetic()).map(|n| d + n));
    let spaced = match split {
        Some(n) if !lower[..n].ends_with([' ', '-']) => format!("{} {}", &lower[..n], &lower[n..]),
        _ => lower.clone(),
    };
    let words = spaced
        .split_whitespace()
        .map(|word| match word {
            "hrs" | "hr" => "hours",
            "mins" | "min" => "minutes",
            "wks" | "wk" => "weeks",
            "mths" | "mth" => "months",
            "yrs" | "yr" => "years",
            "secs" | "sec" => "seconds",
            other => other,
        })
        .collect::<Vec<_>>()
        .join(" ");
    // "a 2 hour wait" tells of 2 hours.
    let one = words
        .split_whitespace()
        .rev()
        .nth(1)
        .is_some_and(|count| ["1", "a", "an", "one", "half", "past", "last", "another"].contains(&count));
    let plural = !one && !words.ends_with('s');
    words.replace("couple weeks", "couple of weeks").replace("couple days", "couple of days")
        + if plural { "s" } else { "" }
}

fn dates(text: &str, lower: &str, sorts: u32, facts: &mut Facts, taken: &mut Taken) {
    let mut found = if sorts & WEEKDAY != 0 { weekdays(lower) } else { Vec::new() };
    let figure = |b: u8| b.is_ascii_digit();
    if lower.bytes().any(figure) && (sorts & MONTH != 0 || numbered_date(lower)) {
        found.extend(DATE.find_iter(lower));
    }
    found.sort_by_key(|span| span.start);
    for span in found {
        if free(taken, &span) {
            keep(&mut facts.dates, &text[span.clone()]);
            facts.said.spans.push((FactKind::Date, span.clone()));
            taken.insert(span.start, span.end);
        }
    }
}

/// "saturday", "last friday", "next monday".
fn weekdays(lower: &str) -> Vec<Range<usize>> {
    const DAYS: &[&str] = &["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
    let letter = |at: Option<&u8>| at.is_some_and(u8::is_ascii_alphanumeric);
    let bytes = lower.as_bytes();
    let mut found = Vec::new();
    for day in DAYS {
        for (at, _) in lower.match_indices(day) {
            let end = at + day.len();
            if letter(bytes.get(end)) || at > 0 && letter(bytes.get(at - 1)) {
                continue;
            }
            let which = ["last ", "this ", "next "].iter().find(|w| lower[..at].ends_with(**w));
            found.push(at - which.map_or(0, |w| w.len())..end);
        }
    }
    found
}

/// Whether a figure stands as dates have it: "12/3", "3rd".
fn numbered_date(lower: &str) -> bool {
    lower.as_bytes().windows(3).any(|w| {
        w[0].is_ascii_digit()
            && (b"/.-".contains(&w[1]) && w[2].is_ascii_digit()
                || [b"st", b"nd", b"rd", b"th"].iter().any(|t| w[1..] == t[..]))
    })
}

fn contacts(lower: &str, facts: &mut Facts) {
    let Some(said) = how_often(lower) else { return };
    let first = said.split_whitespace().next().unwrap_or("");
    let count = match first {
        "twice" | "second" | "2nd" | "two" => Some(2),
        "thrice" | "third" | "3rd" => Some(3),
        "fourth" | "4th" => Some(4),
        "fifth" | "5th" => Some(5),
        "sixth" | "6th" => Some(6),
        word => word.parse().ok().or_else(|| amends_language::words::number_word(word)),
    };
    facts.contacts = count.filter(|n| *n < 100);
    facts.said.contacts = match facts.contacts {
        Some(n) => times(n),
        None => Some(if first == "a" { "a few times".into() } else { "several times".into() }),
    };
}

/// What says how often they were in touch: "three times" of "called you three times".
fn how_often(lower: &str) -> Option<&str> {
    let alone = CONTACTS.find_at(lower, 0);
    let before = alone.as_ref().map_or(lower.len(), |found| found.start);
    if let Some(said) = after_a_contact(lower, before) {
        return Some(said);
    }
    const LEADS: &[&str] = &[
        "this", "is", "now", "my", "the", "for", "i", "have", "i've", "made", "sent", "sending", "after",
        "had", "to", "make",
    ];
    let said = &lower[alone?];
    let count = said.split_whitespace().find(|word| !LEADS.contains(word))?;
    Some(&said[count.as_ptr() as usize - said.as_ptr() as usize..])
}

/// "Three times" behind the first word for a contact that begins at or before a place and has a
/// number of times soon behind it.
fn after_a_contact(lower: &str, last: usize) -> Option<&str> {
    /// Between the two stand so many bytes at most, all of them letters or light signs.
    const APART: usize = 32;
    const LONGEST: usize = 64;
    const VERBS: &[&str] = &[
        "called",
        "rung",
        "rang",
        "ring",
        "phoned",
        "telephoned",
        "emailed",
        "e-mailed",
        "messaged",
        "texted",
        "written",
        "wrote",
        "contacted",
        "chased",
        "complained",
        "asked",
        "tweeted",
        "reported",
        "spoken",
        "spoke",
        "tried",
    ];
    let bytes = lower.as_bytes();
    let word = |b: &u8| b.is_ascii_alphanumeric() || *b == b'_';
    let between = |b: &u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b" ,'/()-".contains(b);
    let begins = |at: &usize| at.checked_sub(1).is_none_or(|before| !word(&bytes[before]));
    (0..=last.min(lower.len())).filter(|at| lower.is_char_boundary(*at)).filter(begins).find_map(|at| {
        let verb = VERBS
            .iter()
            .find(|verb| lower[at..].starts_with(**verb) && bytes.get(at + verb.len()) == Some(&b' '))?;
        let from = at + verb.len() + 1;
        let near = &lower[..lower.floor_char_boundary(from + APART + LONGEST)];
        let times = TIMES.find_at(near, from)?;
        let near = times.start - from <= APART && bytes[from..times.start].iter().all(between);
        near.then(|| &lower[times])
    })
}

/// "twice", "three times"; once is not worth saying.
fn times(n: u32) -> Option<String> {
    match n {
        0 | 1 => None,
        2 => Some("twice".into()),
        n => Some(format!("{} times", spelled(n))),
    }
}

/// Numbers up to ten as words.
pub fn spelled(n: u32) -> String {
    const WORDS: [&str; 11] =
        ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"];
    WORDS.get(n as usize).map_or_else(|| n.to_string(), |w| (*w).to_owned())
}

/// The day or event by which something is needed, from the words that say so.
fn deadline(lower: &str, said: &str) -> Option<String> {
    let mut words: Vec<&str> = said.split_whitespace().collect();
    if words.first() == Some(&"before") && matches!(words.get(1), Some(&("my" | "our"))) {
        let wanted =
            ["need", "arrive", "deliver", "please", "get it", "in time"].iter().any(|w| lower.contains(w));
        return words.last().filter(|_| wanted).map(|event| format!("your {event}"));
    }
    for behind in [&["please"][..], &["at", "the", "latest"], &["or", "else"]] {
        if words.ends_with(behind) {
            words.truncate(words.len() - behind.len());
        }
    }
    let two = |first: &str| matches!(first, "this" | "next" | "new" | "the");
    let from =
        words.len().saturating_sub(if words.iter().rev().nth(1).is_some_and(|w| two(w)) { 2 } else { 1 });
    Some(day_name(&words[from..].join(" ")))
}

/// What was bought, where it is named with an article or a number, or as several.
fn bought(text: &str, lower: &str, found: Range<usize>) -> Option<String> {
    const SOME: &[&str] =
        &["a", "an", "some", "my", "the", "two", "three", "2", "3", "these", "this", "one", "1"];
    const OF: &[&str] = &["pair", "pairs", "set", "sets", "pack", "packs", "box", "boxes"];
    let said = &lower[found.clone()];
    let words: Vec<&str> = said.split_whitespace().collect();
    let mut at = 1;
    let more = |at: usize, n: usize| words.len() > at + n;
    let some = more(at, 1) && SOME.contains(&words[at]);
    at += usize::from(some);
    if more(at, 1) && words[at] == "new" {
        at += 1;
    } else if more(at, 2) && words[at..].starts_with(&["brand", "new"]) {
        at += 2;
    }
    if more(at, 2) && OF.contains(&words[at]) && words[at + 1] == "of" {
        at += 2;
    }
    let start = found.start + (words[at].as_ptr() as usize - said.as_ptr() as usize);
    item(&text[start..found.end]).filter(|item| some || item.ends_with('s'))
}

fn day_name(day: &str) -> String {
    let lower = day.to_lowercase();
    let lower = lower.strip_prefix("this ").unwrap_or(&lower);
    lower
        .split_whitespace()
        .map(|word| match word {
            "next" | "the" | "tomorrow" | "tonight" | "weekend" | "week" | "year" => word.to_owned(),
            _ => word[..1].to_uppercase() + &word[1..],
        })
        .collect::<Vec<_>>()
        .join(" ")
}

/// The plain noun phrase after "ordered a …", or nothing.
fn item(raw: &str) -> Option<String> {
    const STOP: &[&str] = &[
        "from",
        "for",
        "on",
        "at",
        "in",
        "with",
        "and",
        "that",
        "which",
        "via",
        "online",
        "last",
        "this",
        "but",
        "to",
        "ago",
        "as",
        "it",
        "i",
        "or",
        "through",
        "only",
        "because",
        "so",
        "when",
        "over",
        "off",
        "by",
        "about",
        "around",
        "back",
        "three",
        "two",
        "four",
        "five",
        "six",
        "a",
        "an",
        "the",
        "was",
        "is",
        "were",
        "are",
        "has",
        "had",
        "have",
        "my",
        "your",
        "you",
        "they",
        "he",
        "she",
        "we",
        "today",
        "yesterday",
        "since",
        "using",
        "before",
        "after",
        "did",
        "does",
        "not",
        "just",
        "during",
        "while",
        "if",
        "than",
        "who",
        "where",
        "worth",
        "of",
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
        "few",
        "couple",
        "both",
        "all",
        "recently",
        "never",
        "still",
        "came",
        "arrived",
        "thinking",
        "couldn't",
        "didn't",
        "wasn't",
        "be",
        "been",
        "please",
        "also",
        "again",
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    const VAGUE: &[&str] = &[
        "item", "items", "product", "products", "thing", "things", "one", "ones", "stuff", "order", "lot",
        "more", "same", "other", "another", "few", "couple", "week", "month", "year", "day", "weeks", "days",
        "months", "wrong", "gift", "ticket", "tickets",
    ];
    let words: Vec<&str> =
        raw.split_whitespace().take_while(|w| !STOP.contains(&w.to_lowercase().as_str())).take(4).collect();
    let last = words.last()?.to_lowercase();
    // More words than a noun phrase has, or a vague one, is not plain.
    if words.len() > 3
        || VAGUE.contains(&last.as_str())
        || last.len() < 3
        || last.ends_with("ly")
        || last.ends_with("ing") && words.len() == 1
    {
        return None;
    }
    let plain = words.iter().all(|w| w.chars().all(|c| c.is_alphabetic() || c == '-'))
        && !words.iter().any(|w| w.len() > 1 && w.chars().all(char::is_uppercase));
    plain.then(|| words.iter().map(|w| w.to_lowercase()).collect::<Vec<_>>().join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn facts(text: &str) -> Facts {
        read(&Message::from_text("m", text), "Northlane")
    }

    #[test]
    fn the_first_complaint_of_the_readme() {
        let f = facts(
            "I ordered a pair of hiking boots three weeks ago (order A-44192, $149.90). Your site said 3-5 days. I've called twice. My trip is this Saturday!!",
        );
        assert_eq!(f.orders, ["A-44192"]);
        assert_eq!(f.amounts, ["$149.90"]);
        assert_eq!(f.durations, ["three weeks", "3-5 days"]);
        assert_eq!(
            (f.said.ago.as_deref(), f.said.promised.as_deref()),
            (Some("three weeks"), Some("3-5 days"))
        );
        assert_eq!((f.contacts, f.said.contacts.as_deref()), (Some(2), Some("twice")));
        assert_eq!(f.items, ["hiking boots"]);
        assert_eq!(f.deadline.as_deref(), Some("Saturday"));
    }

    #[test]
    fn references_are_not_years_phones_or_prices() {
        assert_eq!(facts("order number is 88-12345, case no. 5521").orders, ["88-12345", "5521"]);
        assert_eq!(facts("booking ref: QX7K9P2 and #10023").orders, ["QX7K9P2", "10023"]);
        assert!(
            facts("in 2019 I paid $4500, call +441632960961, order placed, account closed").orders.is_empty()
        );
    }

    #[test]
    fn waits_are_told_from_other_times() {
        assert_eq!(facts("I have been on hold for over 2hrs").said.wait.as_deref(), Some("over 2 hours"));
        assert_eq!(facts("my train was 40 mins late").said.wait.as_deref(), Some("40 minutes"));
        assert_eq!(facts("I've been a customer for 20 years").said.wait, None);
    }

    #[test]
    fn how_often_they_wrote() {
        for (text, n) in [
            ("I emailed you three times", Some(3)),
            ("this is my third email", Some(3)),
            ("I have twice called", Some(2)),
            ("after 4 calls", Some(4)),
            ("It broke two times", None),
        ] {
            assert_eq!(facts(text).contacts, n, "{text}");
        }
        assert_eq!(facts("I called several times").said.contacts.as_deref(), Some("several times"));
    }
}
