//! Facts available to wordings: certain facts from the message, our own, and those set by the agent.

use super::{Options, past, public};
use crate::facts::{Facts, REFERENCE, read_figures};
use crate::plan::calendar::spoken;
use crate::reading::{Evidence, Reading};
use amends_inbox::message::{Channel, Message};
use amends_phrasebook::facts::{fact, settable};
use amends_phrasebook::{Glance, Phrasebook};
use jiff::civil::Date;
use std::collections::BTreeMap;
use std::ops::Deref;

/// Values by the name a wording calls them.
#[derive(Default)]
pub(super) struct Known {
    facts: BTreeMap<&'static str, String>,
    /// Their names as bits, for the wording prefilter.
    pub(super) bits: u64,
}

impl Known {
    pub(super) fn insert(&mut self, name: &'static str, value: String) {
        self.bits |= Glance::fact(name);
        self.facts.insert(name, value);
    }

    pub(super) fn remove(&mut self, name: &str) {
        if self.facts.remove(name).is_some() {
            self.bits = self.facts.keys().fold(0, |bits, name| bits | Glance::fact(name));
        }
    }
}

impl Deref for Known {
    type Target = BTreeMap<&'static str, String>;

    fn deref(&self) -> &Self::Target {
        &self.facts
    }
}

pub(super) fn known(
    book: &Phrasebook,
    message: &Message,
    reading: &Reading,
    options: &Options,
    by: Date,
    to: Option<&str>,
    channel: Channel,
) -> Known {
    let found = &reading.facts;
    let company = &book.company;
    let only = |list: &[String]| match list {
        [one] => Some(one.clone()),
        _ => None,
    };
    let owner = match to {
        Some(to) => to.strip_prefix("the ").map_or(to.to_owned(), |who| format!("our {who}")),
        None => reading
            .issues
            .first()
            .and_then(|f| book.issue(&f.id))
            .map_or_else(String::new, |i| i.policy.owner.clone()),
    };
    // The site and the app are ours, whatever the customer calls them.
    let thing = reading.notes.thing.as_ref().filter(|(_, sort)| sort != "app").map(|(word, _)| word.clone());
    let before = |d: &String| if d.starts_with("your ") { format!("before {d}") } else { format!("by {d}") };
    let past = options.past.as_ref();
    let contacts = || past.and_then(|past| past::contacts(past, reading));
    let ours: [(&'static str, Option<String>); 22] = [
        ("name", found.name.clone()),
        ("order", only(&found.orders).filter(|_| found.said.called == ["order"])),
        ("reference", reference(message, found).or_else(|| earlier(message, found))),
        ("item", only(&found.said.items)),
        ("amount", only(&found.amounts).filter(|amount| amount_is_near(message, reading, amount))),
        ("wait", found.said.wait.clone()),
        ("ago", found.said.ago.clone()),
        ("promised", found.said.promised.clone()),
        ("contacts", found.said.contacts.clone().or_else(contacts)),
        ("missed", past.and_then(past::missed)),
        ("deadline", found.said.deadline.as_ref().map(before)),
        ("person", found.said.person.clone()),
        ("thing", reading.notes.thing.as_ref().map(|(word, _)| word.clone())),
        ("topic", reading.notes.topic.clone().or(thing)),
        ("by", Some(if by == options.today { "the end of today".to_owned() } else { spoken(by) })),
        ("by_date", Some(by.to_string())),
        ("today", Some(spoken(options.today))),
        ("agent", Some(options.agent.clone().unwrap_or_else(|| company.agent.clone()))),
        ("company", Some(company.name.clone())),
        ("email", Some(company.email.clone())),
        ("phone", Some(company.phone.clone())),
        ("owner", Some(owner)),
    ];
    let quiet = public::keeps_quiet(book, message, channel.is_public());
    let tells = |name: &str, value: &str| {
        matches!(name, "thing" | "topic") || name == "owner" && public::is_private(book, value)
    };
    let mut known = Known::default();
    for (name, value) in ours {
        if let Some(value) = value.filter(|value| !(value.is_empty() || quiet && tells(name, value)))
            && !(channel.is_public() && fact(name).is_some_and(|fact| fact.personal))
        {
            known.insert(name, value);
        }
    }
    // Only who signs familiarly is called by the name within the letter.
    let sort = |name: &str| {
        let first = name.split_whitespace().next().unwrap_or("").to_lowercase();
        let titled = book.words.titles.has(first.trim_end_matches('.')) && name.contains(' ');
        if titled || found.said.is_formal { "formal" } else { "called" }
    };
    if let Some(name) = known.get("name").cloned() {
        known.insert(sort(&name), name);
    }
    // What the agent says holds, in public too: they know where they say it.
    for (name, _) in settable() {
        if let Some(value) = options.set.get(name) {
            known.insert(name, ended(name, value));
            if name == "order" {
                known.insert("reference", format!("order {value}"));
            }
            if name == "name" {
                ["called", "formal"].iter().for_each(|name| known.remove(name));
                known.insert(sort(value), value.clone());
            }
        }
    }
    known
}

/// What the agent says, as it stands in a reply: a sentence has its full stop.
fn ended(name: &str, value: &str) -> String {
    let is_sentence = fact(name).and_then(|fact| fact.set).is_some_and(|means| means.contains("a sentence"));
    match is_sentence && !value.trim_end().ends_with(['.', '!', '?']) {
        true => format!("{}.", value.trim_end()),
        false => value.to_owned(),
    }
}

/// Their only reference with their own noun: "booking HS-40012". One they don't name may be anything.
fn reference(message: &Message, found: &Facts) -> Option<String> {
    let ([code], [called]) = (found.orders.as_slice(), found.said.called.as_slice()) else { return None };
    let named = || {
        let texts = message.subject.iter().chain([&message.text]);
        texts.filter_map(|text| text.split(code.as_str()).next()).any(|before| {
            let last = before.split_whitespace().next_back().unwrap_or("");
            last.to_lowercase().starts_with("ref")
        })
    };
    (*called != REFERENCE || named()).then(|| format!("{called} {code}"))
}

/// The only reference of the thread before, where the message has none: nobody is asked twice.
fn earlier(message: &Message, found: &Facts) -> Option<String> {
    let thread = message.history.as_deref().filter(|_| found.orders.is_empty())?;
    let before = read_figures(thread);
    let mut called = before.orders.iter().zip(&before.said.called);
    let (code, noun) = called.next()?;
    (called.all(|(other, _)| other == code) && *noun != REFERENCE).then(|| format!("{noun} {code}"))
}

/// An amount is what the issue is about only if it stands in the words that showed the issue,
/// or right beside them.
fn amount_is_near(message: &Message, reading: &Reading, amount: &str) -> bool {
    let Some(start) = message.text.find(amount) else { return false };
    let end = start + amount.len();
    let beside = |e: &Evidence| e.field.is_none() && start <= e.end + 8 && e.start <= end + 8;
    reading.issues.first().is_some_and(|i| i.evidence.iter().any(beside))
}
