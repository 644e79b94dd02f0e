//! Formats records as text, JSON or mail. No decisions are made here.

use crate::reading::Reading;
use crate::reply::Record;
use amends_inbox::message::{Message, one_line};
use amends_phrasebook::{Company, fingerprint};
use jiff::civil::Date;
use mail_builder::MessageBuilder;
use mail_builder::headers::HeaderType;
use mail_builder::headers::address::Address as MailAddress;
use mail_builder::headers::content_type::ContentType;
use mail_builder::headers::raw::Raw;
use mail_builder::headers::text::Text as HeaderText;
use mail_builder::mime::MimePart;
use serde::Serialize;

/// One object on one line.
pub fn jsonl(record: &impl Serialize) -> String {
    // Most records fit in, and the line need not be moved as it grows.
    let mut line = Vec::with_capacity(2048);
    if serde_json::to_writer(&mut line, record).is_err() {
        line.clear();
    }
    line.push(b'\n');
    String::from_utf8(line).unwrap_or_default()
}

/// Indented JSON.
pub fn json(record: &impl Serialize) -> String {
    serde_json::to_string_pretty(record).unwrap_or_default() + "\n"
}

/// Whether a draft on hold begins with a line that says so.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HoldLine {
    Shown,
    LeftOut,
}

/// The draft's body. One on hold begins with a line in brackets, a gap that must be seen to before it is sent.
pub fn body(record: &Record, line: HoldLine) -> String {
    let body = record.draft.as_ref().map_or("", |draft| &draft.body);
    match &record.hold {
        Some(hold) if record.draft.is_some() && line == HoldLine::Shown => {
            let plain = |text: &str| one_line(text).replace('[', "(").replace(']', ")");
            let (to, reason) = (plain(&hold.to), plain(&hold.reason));
            format!("[HOLD for {to}: {reason}. Delete this line before sending.]\n\n{body}")
        }
        _ => body.to_owned(),
    }
}

/// The draft, ready to paste.
pub fn text(record: &Record, line: HoldLine) -> String {
    let Some(draft) = &record.draft else { return String::new() };
    format!("Subject: {}\n\n{}", draft.subject, body(record, line))
}

/// What the agent must know, one item per line.
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

/// A reading as a short summary.
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
    line("wishes", reading.wishes.join(", "));
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

/// The body as escaped HTML; paragraphs and lists are kept.
pub fn html(body: &str) -> String {
    let mut out = String::from("<!doctype html>\n<html><body>\n");
    for paragraph in body.split("\n\n").map(str::trim).filter(|p| !p.is_empty()) {
        let (items, lines): (Vec<&str>, Vec<&str>) = paragraph.lines().partition(|l| l.starts_with("- "));
        let escaped = |line: &str| {
            line.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
        };
        if !items.is_empty() {
            let items: String =
                items.iter().map(|item| format!("<li>{}</li>\n", escaped(&item[2..]))).collect();
            out.push_str(&format!("<ul>\n{items}</ul>\n"));
        }
        if !lines.is_empty() {
            let lines: Vec<String> = lines.into_iter().map(escaped).collect();
            out.push_str(&format!("<p>{}</p>\n", lines.join("<br>\n")));
        }
    }
    out + "</body></html>\n"
}

/// A longer header is folded and encoded.
const LONGEST_PLAIN: usize = 800;

/// How a reply is made into a mail.
#[derive(Debug, Clone, Copy)]
pub struct Posting<'a> {
    pub company: &'a Company,
    pub agent: &'a str,
    /// In Unix seconds; with a fixed `today` it is noon that day, so the same call gives the same bytes.
    pub now: i64,
    pub today: Date,
    /// The body is included as HTML, too.
    pub as_html: bool,
    pub hold_line: HoldLine,
}

/// A reply as a mail file: addressed, threaded, marked as unsent and, if it is, as on hold.
pub fn eml(record: &Record, message: &Message, posting: &Posting<'_>) -> Option<Vec<u8>> {
    let draft = record.draft.as_ref()?;
    let Posting { company, agent, now, today, as_html, hold_line } = *posting;
    let body = body(record, hold_line);
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
    if let Some(hold) = &record.hold {
        let why = format!("{}; {}", one_line(&hold.reason), one_line(&hold.to));
        let plain = why.is_ascii() && why.len() <= LONGEST_PLAIN;
        let value: HeaderType<'_> = if plain { Raw::new(why).into() } else { HeaderText::new(why).into() };
        mail = mail.header("X-Amends-Hold", value);
    }
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
    if !as_html {
        return mail.text_body(body).write_to_vec().ok();
    }
    // The library's own boundaries are random.
    let alternative =
        ContentType::new("multipart/alternative").attribute("boundary", format!("amends-{key:016x}"));
    let part = |kind: &'static str, text: String| {
        MimePart::new(ContentType::new(kind).attribute("charset", "utf-8"), text)
    };
    let as_html = html(&body);
    let parts = vec![part("text/plain", body), part("text/html", as_html)];
    mail.body(MimePart::new(alternative, parts)).write_to_vec().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn html_is_escaped_and_keeps_paragraphs_and_lists() {
        let html =
            html("Hi <b>Jo</b>,\n\nHere's what I'm doing:\n\n- \"one\" & two\n- three\n\nSam\nNorthlane\n");
        assert!(html.contains("<p>Hi &lt;b&gt;Jo&lt;/b&gt;,</p>"), "{html}");
        assert!(html.contains("<li>&quot;one&quot; &amp; two</li>\n<li>three</li>"), "{html}");
        assert!(html.contains("<p>Sam<br>\nNorthlane</p>"), "{html}");
    }
}
