//! Facts available to wordings: certain facts from the message, our own, and those set by the agent.

use super::Options;
use crate::plan::calendar::spoken;
use crate::reading::{Evidence, Reading};
use amends_inbox::message::{Channel, Message};
use amends_phrasebook::{Glance, Phrasebook, Risk};
use jiff::civil::Date;
use std::collections::BTreeMap;
use std::ops::Deref;

/// Facts that must not appear in public.
const PERSONAL: &[&str] = &["name", "order", "amount", "item", "contacts", "promised", "deadline", "person"];

/// Fact values, by the name used in wordings.
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

/// Whether the channel is public.
pub(super) fn is_public(channel: Channel) -> bool {
    matches!(channel, Channel::Social | Channel::Review)
}

pub(super) fn known(
    book: &Phrasebook,
    message: &Message,
    reading: &Reading,
    options: &Options,
    by: Date,
    risk: Option<&Risk>,
    channel: Channel,
) -> Known {
    let found = &reading.facts;
    let company = &book.company;
    let only = |list: &[String]| match list {
        [one] => Some(one.clone()),
        _ => None,
    };
    let owner = match risk {
        Some(risk) => risk.to.strip_prefix("the ").map_or(risk.to.clone(), |who| format!("our {who}")),
        None => reading
            .issues
            .first()
            .and_then(|f| book.issue(&f.id))
            .map_or_else(String::new, |i| i.policy.owner.clone()),
    };
    // The site and the app are ours, whatever the customer calls them.
    let thing = reading.notes.thing.as_ref().filter(|(_, sort)| sort != "app").map(|(word, _)| word.clone());
    let before = |d: &String| if d.starts_with("your ") { format!("before {d}") } else { format!("by {d}") };
    let ours: [(&'static str, Option<String>); 20] = [
        ("name", found.name.clone()),
        ("order", only(&found.orders)),
        ("item", only(&found.items)),
        ("amount", only(&found.amounts).filter(|amount| amount_is_near(message, reading, amount))),
        ("wait", found.said.wait.clone()),
        ("ago", found.said.ago.clone()),
        ("promised", found.said.promised.clone()),
        ("contacts", found.said.contacts.clone()),
        ("deadline", found.deadline.as_ref().map(before)),
        ("person", only(&found.people)),
        ("thing", reading.notes.thing.as_ref().map(|(word, _)| word.clone())),
        ("topic", reading.notes.topic.clone().or(thing)),
        ("by", Some(spoken(by))),
        ("by_date", Some(by.to_string())),
        ("today", Some(spoken(options.today))),
        ("agent", Some(options.agent.clone().unwrap_or_else(|| company.agent.clone()))),
        ("company", Some(company.name.clone())),
        ("email", Some(company.email.clone())),
        ("phone", Some(company.phone.clone())),
        ("owner", Some(owner)),
    ];
    let mut known = Known::default();
    for (name, value) in ours {
        if let Some(value) = value.filter(|value| !value.is_empty())
            && !(is_public(channel) && PERSONAL.contains(&name))
        {
            known.insert(name, value);
        }
    }
    // Facts set by the agent are allowed in public too: the agent knows where the reply will appear.
    for (name, _) in SETTABLE {
        if let Some(value) = options.set.get(*name) {
            known.insert(name, value.clone());
        }
    }
    known
}

/// Facts an agent may set, with descriptions.
pub const SETTABLE: &[(&str, &str)] = &[
    ("name", "whom to greet: Maria"),
    ("order", "the order, booking or case number: A-44192"),
    ("item", "what it is about: hiking boots"),
    ("amount", "the sum it is about: $149.90"),
    ("deadline", "by when they need it: by Saturday"),
    ("wait", "how long they have been waiting: three weeks"),
    ("ago", "how long ago it began: three weeks"),
    ("promised", "the time they were promised: 3-5 days"),
    ("owner", "who takes over: our billing specialist"),
    ("email", "where to reach you, if not at the company's address"),
    ("phone", "where to call you"),
    ("progress", "holding: where it stands, a sentence: The parcel has been found in the depot."),
    ("done", "resolved: what you did, a sentence: I've had the lid replaced."),
    ("refund", "resolved, cancelled: the sum sent back: $149.90"),
    ("credit", "resolved: the sum put on their account: $20"),
    ("replacement", "resolved: what is on its way: a new pair of boots"),
    ("tracking", "resolved: the number to follow the parcel by"),
    ("arrives", "resolved: when it will be with them: Thursday 26 November"),
    ("cause", "resolved: what had gone wrong, a sentence: The label had come off."),
    ("request", "decline: what they asked for: a refund of the whole year"),
    ("reason", "decline: why not, a sentence: The offer ended on 1 November."),
    ("alternative", "decline: what you can do instead: take 20% off your next order"),
    ("effective", "cancelled: the day it ends: Monday 30 November"),
];

/// Whether an amount belongs to the issue: only if it is in the evidence or right next to it.
fn amount_is_near(message: &Message, reading: &Reading, amount: &str) -> bool {
    let Some(start) = message.text.find(amount) else { return false };
    let end = start + amount.len();
    let beside = |e: &Evidence| e.field.is_none() && start <= e.end + 8 && e.start <= end + 8;
    reading.issues.first().is_some_and(|i| i.evidence.iter().any(beside))
}

/// The number in "$1,299.50"; `None` if it isn't a plain sum.
pub(super) fn figure(amount: &str) -> Option<f64> {
    let digits: String = amount.chars().filter(|c| c.is_ascii_digit() || *c == '.').collect();
    let thousands = amount.trim_end().ends_with(['k', 'K', 'm', 'M']);
    digits.trim_matches('.').parse().ok().filter(|_| !thousands)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sums_are_numbers() {
        for (text, value) in
            [("$149.90", Some(149.9)), ("1,240 pounds", Some(1240.0)), ("$5k", None), ("Rs.", None)]
        {
            assert_eq!(figure(text), value, "{text}");
        }
    }
}
