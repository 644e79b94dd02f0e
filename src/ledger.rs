//! What the ledger keeps of a draft. Nothing is written here.

use crate::plan::Options;
use crate::reading::Reading;
use crate::reply::Record;
use amends_inbox::message::Message;
use amends_ledger::{Entry, Kept, Label, Promise, digest};
use amends_phrasebook::{Issue, Phrasebook};
use jiff::civil::Date;
use serde_json::Value;

/// Customers whose complaints are counted apart, and as what.
const APART: &[(&str, &str)] = &[("barnacle", "wants something for free")];

/// The record of a message and its draft; `None` for what is not answered. With `keep_text` it holds the
/// customer's own words and address.
pub fn entry(
    book: &Phrasebook,
    message: &Message,
    record: &Record,
    options: &Options,
    keep_text: bool,
) -> Option<Entry> {
    let reading = record.reading.as_ref().filter(|reading| reading.answerable)?;
    if record.error.is_some() {
        return None;
    }
    let issues = issues(book, reading);
    let main = issues.first().copied();
    Some(Entry {
        digest: digest_of(message),
        id: message.message_id.as_ref().unwrap_or(&message.id).clone(),
        address: address(message).map(str::to_owned),
        // A clock that runs ahead tells no day to come.
        received: message.sent.map_or(options.today, |sent| sent.min(options.today)),
        drafted: options.today,
        reproach: reading.reproach,
        urgency: reading.urgency,
        issue: main.map(|issue| issue.id.clone()),
        labels: labels(book, record, reading, message, &issues),
        facts: facts(reading),
        hold: record.hold.as_ref().map(|hold| (hold.reason.clone(), hold.to.clone())),
        days: main.map_or(1, |issue| issue.policy.days),
        stage: options.stage,
        draft: digest(&[record.draft.as_ref().map_or("", |draft| &draft.body)]),
        promises: promises(book, record, options, &issues),
        words: words(reading, &issues),
        kept: keep_text.then(|| Kept { subject: message.subject.clone(), text: message.text.clone() }),
    })
}

/// Tells a message again, from whatever file it is read.
pub fn digest_of(message: &Message) -> [u8; 32] {
    let id = message.message_id.as_deref().unwrap_or(&message.id);
    digest(&[id, address(message).unwrap_or(""), &message.text])
}

/// Who wrote: the address replies go to may be another's.
pub fn address(message: &Message) -> Option<&str> {
    message.from.as_ref()?.address.as_deref()
}

/// The issues it is surely about, or the likeliest, the main one first.
fn issues<'a>(book: &'a Phrasebook, reading: &Reading) -> Vec<&'a Issue> {
    let sure = reading.issues.iter().filter(|found| found.sure);
    let mut issues: Vec<&Issue> = sure.filter_map(|found| book.issue(&found.id)).collect();
    if issues.is_empty() && reading.kind == "complaint" {
        issues.extend(reading.issues.first().and_then(|found| book.issue(&found.id)));
    }
    issues
}

fn labels(
    book: &Phrasebook,
    record: &Record,
    reading: &Reading,
    message: &Message,
    issues: &[&Issue],
) -> Vec<Label> {
    let mut labels = vec![
        Label::new("kind", reading.kind),
        Label::new("tone", reading.tone.id),
        Label::new("channel", message.channel.name()),
        Label::new("lang", &*reading.lang),
    ];
    let handout = APART.iter().find(|(customer, _)| *customer == reading.customer).map(|(_, name)| *name);
    let dear = issues.first().map(|issue| &*issue.policy.apart).filter(|name| !name.is_empty());
    let apart = handout.or(dear).filter(|_| reading.kind == "complaint");
    labels.extend(apart.map(|name| Label::new("apart", name)));
    // Only a real complaint counts as a failure of ours.
    if reading.kind == "complaint" && apart.is_none() {
        labels.extend(issues.iter().map(|issue| Label::new("issue", &*issue.id)));
        let causes = issues.iter().map(|issue| &*issue.policy.root_cause).filter(|cause| !cause.is_empty());
        labels.extend(causes.map(|cause| Label::new("cause", cause)));
        labels.extend(reading.notes.thing.iter().map(|(noun, _)| Label::new("thing", noun.to_lowercase())));
    } else {
        labels.extend(issues.iter().map(|issue| Label::new("apart_issue", &*issue.id)));
    }
    if reading.customer != "none" {
        labels.push(Label::new("customer", reading.customer));
    }
    labels.extend(reading.wants.iter().filter(|want| **want != "none").map(|want| Label::new("want", *want)));
    labels.extend(reading.risks.iter().map(|risk| Label::new("risk", &**risk)));
    labels.extend(record.hold.iter().map(|hold| Label::new("hold", bare(&hold.to))));
    for (want, approval) in
        record.promises.iter().filter_map(|promise| Some((promise.grants.as_ref()?, promise.approval)))
    {
        let how = if approval { "needs approval" } else { "granted" };
        labels.push(Label::new("concession", format!("{want} {how}")));
        labels.extend(value(book, issues).map(|value| Label::new("value", value)));
    }
    labels
}

/// The company's value that allows a concession.
fn value<'a>(book: &'a Phrasebook, issues: &[&'a Issue]) -> Option<&'a str> {
    let values = &book.company.values;
    let of_policy = issues.first().map(|issue| &issue.policy.value).filter(|value| values.contains(value));
    of_policy.or(values.first()).map(String::as_str)
}

/// "the manager" → "manager", "our payments team" → "payments team".
fn bare(who: &str) -> &str {
    who.strip_prefix("the ").or_else(|| who.strip_prefix("our ")).unwrap_or(who)
}

/// Each promise with whoever keeps it: who takes over, whose issue it is, or else the agent.
fn promises(book: &Phrasebook, record: &Record, options: &Options, issues: &[&Issue]) -> Vec<Promise> {
    let agent = options.agent.as_deref().unwrap_or(&book.company.agent);
    let owner = |todo: &str| match &record.hold {
        Some(hold) => bare(&hold.to).to_owned(),
        None => {
            let of = issues.iter().find(|issue| todo.starts_with(&*issue.policy.todo));
            let owner = of.map(|issue| &*issue.policy.owner).filter(|owner| !["", "me"].contains(owner));
            owner.map_or(agent, bare).to_owned()
        }
    };
    let day = |by: &str| by.parse::<Date>().unwrap_or(options.today);
    record
        .promises
        .iter()
        .map(|promise| Promise {
            todo: promise.todo.clone(),
            owner: owner(&promise.todo),
            due: day(&promise.by),
            approval: promise.approval,
        })
        .collect()
}

fn facts(reading: &Reading) -> Value {
    serde_json::to_value(&reading.facts).unwrap_or_default()
}

/// What it is found by besides its labels and promises.
fn words(reading: &Reading, issues: &[&Issue]) -> String {
    let facts = &reading.facts;
    let lists = [&facts.orders, &facts.amounts, &facts.items, &facts.people, &facts.dates];
    let thing = reading.notes.thing.as_ref().map(|(noun, _)| noun.as_str());
    let parts = facts.name.as_deref().into_iter().chain(thing);
    let parts = parts.chain(lists.into_iter().flatten().map(String::as_str));
    parts.chain(issues.iter().map(|issue| issue.name.as_str())).collect::<Vec<_>>().join("\n")
}
