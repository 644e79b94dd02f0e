//! Facts stated plainly in a message: references, amounts, dates, durations, the item, number of
//! contacts, deadline, whom they spoke to, and the name to greet them by.
//!
//! Only unambiguous forms are accepted. A byte prefilter (a digit? a currency sign?) guards every
//! pattern, because compiling one costs more than reading most messages.

/// A fact pattern compiled by `build.rs`.
macro_rules! fact_pattern {
    ($name:literal) => {
        LazyLock::new(|| {
            let stored = include_bytes!(concat!(env!("OUT_DIR"), "/", $name, ".bin"));
            postcard::from_bytes(stored).expect("what build.rs stored")
        })
    };
}

mod captures;
mod contact;
mod figures;
mod item;
mod money;
pub mod name;
mod people;
mod prefilter;
mod references;
mod times;

use amends_inbox::message::Message;
use amends_language::automaton::Automaton;
use amends_language::index::FactWords;
use amends_language::phrase::FactKind;
use amends_language::words::Words;
use amends_phrasebook::word_lists::WordLists;
pub use contact::spelled;
use contact::{contacts, times};
pub use figures::read_figures;
use figures::{figures, unnamed_sums};
use item::items;
pub use money::value;
use people::people;
use prefilter::*;
pub use references::REFERENCE;
use serde::Serialize;
use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::LazyLock;
use times::{DEADLINE, dates, deadline, durations, limit};

/// The facts of a message, as shown in the record.
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
    /// How often they contacted us, if they say so.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub contacts: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub deadline: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub people: Vec<String>,
    #[serde(skip)]
    pub said: Said,
}

/// Facts by role, for the reply; not part of the record.
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
    /// The day by which they said that they need it.
    pub deadline: Option<String>,
    /// The only person they say they dealt with, in a form that leaves no doubt.
    pub person: Option<String>,
    /// What they certainly bought, in small letters: fit to be said back.
    pub items: Vec<String>,
    /// What a reply calls each of `orders`: "booking".
    pub called: Vec<&'static str>,
    /// Byte range of each fact.
    pub spans: Vec<(FactKind, Range<usize>)>,
}

impl Facts {
    /// Counts their earlier mails quoted below this one as contacts, unless they say how often.
    pub fn add_earlier(&mut self, mails: u32) {
        if mails > self.contacts.unwrap_or(0) && self.said.contacts.is_none() {
            self.contacts = Some(mails);
            self.said.contacts = times(mails);
        }
    }

    /// Adds what only the subject says; it may say what a reference of the text is called.
    fn add_of_subject(&mut self, subject: Facts) {
        for (order, called) in subject.orders.into_iter().zip(subject.said.called) {
            match self.orders.iter().position(|known| *known == order) {
                Some(at) if self.said.called[at] == REFERENCE => self.said.called[at] = called,
                Some(_) => {}
                None => {
                    self.orders.push(order);
                    self.said.called.push(called);
                }
            }
        }
        let lists = [
            (&mut self.amounts, subject.amounts),
            (&mut self.dates, subject.dates),
            (&mut self.durations, subject.durations),
        ];
        for (known, more) in lists {
            more.iter().for_each(|fact| keep(known, fact));
        }
    }
}

/// Extracts the facts of a message. `own` is the company's name, never the customer's.
pub fn read(message: &Message, own: &str, lists: &WordLists) -> Facts {
    let text = message.text.as_str();
    let lower = text.to_ascii_lowercase();
    let sorts = PREFILTER.sorts(text);
    let mut facts = Facts { name: name::greeting(lists, message, own), ..Facts::default() };
    written(text, &lower, sorts, &mut facts);
    if let Some(subject) = &message.subject {
        let mut more = Facts::default();
        written(subject, &subject.to_ascii_lowercase(), PREFILTER.sorts(subject), &mut more);
        facts.add_of_subject(more);
    }
    if sorts & HOW_OFTEN != 0 && sorts & CONTACTED != 0 {
        contacts(&lower, &mut facts);
    }
    if sorts & DEADLINE_DAY != 0
        && let Some(found) = DEADLINE.find_at(&lower, 0)
    {
        facts.said.deadline = deadline(&lower, &lower[found]);
        facts.deadline = facts.said.deadline.clone();
    }
    if facts.deadline.is_none() {
        facts.deadline = limit(text, &lower, &facts.said.spans);
    }
    if sorts & BOUGHT != 0 {
        items(lists, text, &lower, &mut facts);
    }
    if text.bytes().any(|b| b.is_ascii_uppercase()) {
        people(lists, text, &mut facts);
    }
    facts
}

/// References, sums, durations and dates, in the order in which one takes a place from the next.
fn written(text: &str, lower: &str, sorts: u32, facts: &mut Facts) {
    let mut taken = Taken::new();
    let has_digit = text.bytes().any(|b| b.is_ascii_digit());
    if has_digit || sorts & MONEY != 0 {
        figures(text, lower, sorts, facts, &mut taken);
    }
    if sorts & TIME_UNIT != 0 {
        durations(text, lower, facts, &mut taken);
    }
    dates(text, lower, sorts, facts, &mut taken);
    if has_digit {
        unnamed_sums(text, lower, sorts, facts, &mut taken);
    }
}

/// The facts as word ranges, for the phrase index.
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

/// The most facts of a kind.
const MOST: usize = 24;

/// Byte ranges already claimed by facts: start → end, non-overlapping.
type Taken = BTreeMap<usize, usize>;

fn free(taken: &Taken, span: &Range<usize>) -> bool {
    taken.range(..span.end).next_back().is_none_or(|(_, end)| *end <= span.start)
}

fn keep(list: &mut Vec<String>, text: &str) {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if !list.contains(&text) && list.len() < MOST {
        list.push(text);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use amends_phrasebook::Phrasebook;

    static BOOK: LazyLock<Phrasebook> = LazyLock::new(|| crate::built_in::phrasebook().unwrap());

    fn facts(text: &str) -> Facts {
        read(&Message::from_text("m", text), "Northlane", &BOOK.words)
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
    fn what_only_looks_like_a_fact_is_none() {
        assert!(facts("This is the 3rd time I write. It is my 2nd email.").dates.is_empty());
        assert_eq!(facts("It was due on the 3rd and on the 14th.").dates, ["the 3rd", "the 14th"]);
        assert_eq!(facts("My plate stood there for 40 minutes").said.wait, None);
        assert_eq!(facts("It came 3 hours later").said.wait, None);
    }

    #[test]
    fn sums_in_every_usual_form() {
        for sum in
            ["€1.299,50", "1.299,50 €", "45 €", "€45,90", "$5k", "8 600 kr", "1,299.50 pounds", "23 bucks"]
        {
            assert_eq!(facts(&format!("I paid {sum} for it.")).amounts, [sum], "{sum}");
        }
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
