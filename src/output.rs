//! Records as text, JSON or mail. Nothing here decides anything.

use crate::classify::Reading;
use crate::message::{Message, one_line};
use crate::phrasebook::{Company, fingerprint};
use crate::reply::Record;
use jiff::civil::Date;
use mail_builder::MessageBuilder;
use mail_builder::headers::address::Address as MailAddress;
use mail_builder::headers::raw::Raw;
use serde::Serialize;

/// The formats of `--output`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    Text,
    Json,
    Jsonl,
    Eml,
    Body,
}

/// One object on one line.
pub fn jsonl(record: &impl Serialize) -> String {
    serde_json::to_string(record).unwrap_or_default() + "\n"
}

/// One object over several lines.
pub fn json(record: &impl Serialize) -> String {
    serde_json::to_string_pretty(record).unwrap_or_default() + "\n"
}

/// The draft as a person pastes it.
pub fn text(record: &Record) -> String {
    record
        .draft
        .as_ref()
        .map_or_else(String::new, |draft| format!("Subject: {}\n\n{}", draft.subject, draft.body))
}

/// What the agent must know, a line each.
pub fn notes(record: &Record) -> Vec<String> {
    let mut lines = Vec::new();
    if let Some(hold) = &record.hold {
        lines.push(format!("HOLD for {}: {}", hold.to, one_line(&hold.reason)));
    }
    if let Some(why) = record.reading.as_ref().and_then(|r| r.why_not.as_ref()) {
        lines.push(format!("no draft: {}", one_line(why)));
    }
    for promise in &record.promises {
        lines.push(format!(
            "promised: {} by {}{}",
            one_line(&promise.todo),
            promise.by,
            if promise.approval { " (needs approval)" } else { "" }
        ));
    }
    lines.extend(record.holes.iter().map(|hole| format!("to fill in: {hole}")));
    lines.extend(record.notes.iter().map(|note| format!("note: {}", one_line(note))));
    lines.extend(record.lint.iter().map(|f| format!("lint {}: {}", f.rule, f.message)));
    lines
}

/// A reading as a person scans it.
pub fn reading(reading: &Reading) -> String {
    let mut out = String::new();
    let mut line = |name: &str, value: String| {
        if !value.is_empty() {
            out.push_str(&format!("{name:<10}{value}\n"));
        }
    };
    line("kind", reading.kind.to_owned());
    if let Some(why) = &reading.why_not {
        line("no answer", one_line(why));
    }
    for issue in &reading.issues {
        let words: Vec<String> =
            issue.evidence.iter().map(|e| format!("\"{}\"", one_line(&e.text))).collect();
        line("issue", format!("{} {:.2}  {}", issue.id, issue.score, words.join(", ")));
    }
    line("tone", format!("{} {:.2}", reading.tone.id, reading.tone.score));
    line("reproach", reading.reproach.to_string());
    line("urgency", reading.urgency.to_string());
    line("customer", reading.customer.to_owned());
    line("wants", reading.wants.join(", "));
    line("risks", reading.risks.join(", "));
    let facts = &reading.facts;
    line("name", facts.name.clone().unwrap_or_default());
    for (name, list) in [
        ("orders", &facts.orders),
        ("amounts", &facts.amounts),
        ("dates", &facts.dates),
        ("durations", &facts.durations),
        ("items", &facts.items),
        ("people", &facts.people),
    ] {
        line(name, list.join(", "));
    }
    line("contacts", facts.contacts.map(|n| n.to_string()).unwrap_or_default());
    line("deadline", facts.deadline.clone().unwrap_or_default());
    out
}

/// A reply as a mail client opens it: addressed, threaded, marked as not yet sent.
///
/// `now` is seconds since 1970; with a fixed `today` it is that day's noon, so that the same
/// call gives the same bytes.
pub fn eml(
    record: &Record,
    message: &Message,
    company: &Company,
    agent: &str,
    now: i64,
    today: Date,
) -> Option<Vec<u8>> {
    let draft = record.draft.as_ref()?;
    let domain: String = company
        .email
        .rsplit('@')
        .next()
        .unwrap_or("localhost")
        .chars()
        .filter(char::is_ascii_graphic)
        .collect();
    let key = fingerprint(&format!("{today}\n{}\n{}", message.id, draft.body));
    let mut mail = MessageBuilder::new()
        .from((one_line(agent), one_line(&company.email)))
        .subject(one_line(&draft.subject))
        .date(now)
        .message_id(format!("amends.{key:016x}@{domain}"))
        .header("X-Unsent", Raw::new("1"));
    let to = if message.reply_to.is_empty() { message.from.as_slice() } else { &message.reply_to };
    let to: Vec<MailAddress<'_>> = to
        .iter()
        .filter_map(|m| Some((m.name.as_deref().map(one_line), one_line(m.address.as_deref()?))))
        .map(|(name, address)| MailAddress::new_address(name, address))
        .collect();
    if !to.is_empty() {
        mail = mail.to(MailAddress::new_list(to));
    }
    if let Some(parent) = &message.message_id {
        let mut references = message.references.clone();
        references.retain(|r| r != parent);
        references.push(parent.clone());
        mail = mail.in_reply_to(parent.clone()).references(references);
    }
    mail.text_body(draft.body.clone()).write_to_vec().ok()
}
