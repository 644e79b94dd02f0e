//! RFC 5322 bytes to a [`Message`]: sender, reply address, visible text, and whether it is automated.

mod automatic;
mod body;
mod machine;
mod sender;
mod mend;
pub(crate) mod plain;

use crate::addresses::is_forged;
use crate::message::{Channel, Message, one_line};
use body::Body;
use jiff::civil::Date;
use mail_parser::{HeaderValue, MessageParser};
use sender::who_and_where_to;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// Reads one mail. `own` are our addresses: mail from them is a loop, and replies never go to them.
pub fn read(id: &str, bytes: &[u8], own: &[&str]) -> Result<Message, String> {
    let bytes = mend::mend(in_apples_file(bytes).unwrap_or(bytes));
    let parsed = catch_unwind(AssertUnwindSafe(|| MessageParser::default().parse(&*bytes)))
        .map_err(|_| "this mail is malformed in a way that can't be read".to_owned())?
        .ok_or("this is not a mail: it has no headers")?;
    let mut message = Message { id: id.to_owned(), channel: Channel::Email, ..Message::default() };
    who_and_where_to(&parsed, &mut message, own);
    // "Declined: Kettle repair": the calendar's word.
    let asked = |subject| if machine::answers_invitation(&parsed) { after_colon(subject) } else { subject };
    message.subject = parsed.subject().map(asked).map(str::to_owned);
    message.sent =
        parsed.date().and_then(|date| Date::new(date.year as i16, date.month as i8, date.day as i8).ok());
    message.message_id = parsed.message_id().map(clean_id).filter(|id| !id.is_empty());
    message.references = ids(parsed.references());
    if message.references.is_empty() {
        let parents = ids(parsed.in_reply_to());
        if parents.len() == 1 {
            message.references = parents;
        }
    }
    let body = catch_unwind(AssertUnwindSafe(|| body::read(&parsed)))
        .map_err(|_| "this mail is malformed in a way that can't be read".to_owned())??;
    let unread = body::unread(&parsed, &body);
    if unread > 0 {
        let are = if unread == 1 { "mail is" } else { "mails are" };
        message.warnings.push(format!(
            "{unread} attached {are} not read; if customers wrote them, save each as a file of its own"
        ));
    }
    match body {
        Body::Words(mut text) => {
            if let Some((customer, words)) = sender::sent_on(&parsed, &message, &text, own) {
                let by = message.from.replace(customer).and_then(|from| from.address).unwrap_or_default();
                message.warnings.push(format!("{by} sent this on; the reply goes to who wrote it"));
                message.reply_to.clear();
                text = words;
            }
            if let Some(form) = message.take_text(&text) {
                sender::of_form(&mut message, form, own);
            }
        }
        Body::Unreadable(why) => message.unreadable = Some(why),
    }
    message.machine = machine::rule(&parsed, &message, own);
    if message.id.is_empty() {
        message.id = message.message_id.clone().unwrap_or_else(|| "1".into());
    }
    message.finish();
    Ok(message)
}

fn after_colon(subject: &str) -> &str {
    subject.split_once([':', '：']).map_or(subject, |(_, rest)| rest.trim_start())
}

/// Reads a record's sender and subject as a mail's: `from` may hold anything a From header may.
pub fn sender(from: &str, to: &str, own: &[&str], message: &mut Message) {
    let subject = one_line(message.subject.as_deref().unwrap_or(""));
    let forged = is_forged(from);
    if forged {
        message.warnings.push("the sender isn't one plain address; fill in who gets the reply".into());
    }
    let from = if forged { "" } else { from };
    let head = format!("From: {}\nTo: {}\nSubject: {subject}\n\n", one_line(from), one_line(to));
    let bytes = mend::mend(head.as_bytes());
    let parsed = catch_unwind(AssertUnwindSafe(|| MessageParser::default().parse(&*bytes)));
    let Ok(Some(parsed)) = parsed else {
        message.warnings.push("the sender's address can't be read".into());
        return;
    };
    who_and_where_to(&parsed, message, own);
    message.machine = machine::rule(&parsed, message, own);
}

/// Judges a record without a mail's headers, once it has its subject and text, by its words.
pub fn judge(message: &mut Message) {
    if message.machine.is_none() {
        message.machine = automatic::rule(message.subject.as_deref().unwrap_or(""), &message.text);
    }
}

/// The mail in a file of Apple Mail's (`.emlx`): its length stands above it, and below it what Apple keeps.
fn in_apples_file(bytes: &[u8]) -> Option<&[u8]> {
    /// The length is padded to some ten characters.
    const LONGEST: usize = 20;
    let end = bytes.iter().take(LONGEST).position(|b| *b == b'\n')?;
    let length: usize = std::str::from_utf8(&bytes[..end]).ok()?.trim_end().parse().ok()?;
    let mail = &bytes[end + 1..];
    Some(&mail[..length.min(mail.len())])
}

/// Whether bytes look like a mail: starts with headers, at least one well known.
pub fn looks_like_mail(bytes: &[u8]) -> bool {
    let bytes = in_apples_file(bytes).unwrap_or(bytes);
    let head = &bytes[..bytes.len().min(4096)];
    let head = String::from_utf8_lossy(head);
    let head = head.trim_start_matches(['\u{feff}', '\r', '\n', ' ', '\t']);
    let mut known = false;
    let mut headers = 0;
    for line in head.split(['\n', '\r']).map(str::trim_end).filter(|l| !l.is_empty()).take(60) {
        if line.starts_with([' ', '\t']) && headers > 0 || headers == 0 && line.starts_with("From ") {
            continue;
        }
        let Some((name, _)) = line.split_once(':') else { break };
        if name.is_empty() || !name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-') {
            break;
        }
        headers += 1;
        known |= [
            "from",
            "to",
            "subject",
            "date",
            "message-id",
            "received",
            "return-path",
            "mime-version",
            "content-type",
            "delivered-to",
            "reply-to",
        ]
        .contains(&name.to_ascii_lowercase().as_str());
    }
    known && (headers > 1 || head.split(['\n', '\r']).nth(1).is_some_and(|l| l.trim().is_empty()))
}

/// A Message-ID that is safe in a header: one word of printable ASCII.
fn clean_id(id: &str) -> String {
    if id.chars().any(|c| c.is_whitespace() || c.is_control()) {
        return String::new();
    }
    id.chars().filter(|c| c.is_ascii_graphic() && !"<>".contains(*c)).collect()
}

fn ids(value: &HeaderValue<'_>) -> Vec<String> {
    let list: Vec<&str> = match value {
        HeaderValue::Text(text) => vec![text.as_ref()],
        HeaderValue::TextList(texts) => texts.iter().map(AsRef::as_ref).collect(),
        _ => Vec::new(),
    };
    list.into_iter().map(clean_id).filter(|id| !id.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mail(head: &str, body: &str) -> Message {
        read("m", format!("{head}\n\n{body}").as_bytes(), &["care@northlane.example"]).unwrap()
    }

    #[test]
    fn sender_subject_and_words() {
        let m = mail(
            "From: Maria Lopez <maria@x.example>\nSubject: =?utf-8?q?Late=21?=\nMessage-ID: <a@x>\nDate: Tue, 3 Nov 2026 23:59:00 -0800",
            "Still waiting.\n\n-- \nMaria",
        );
        assert_eq!(m.sent.unwrap().to_string(), "2026-11-03");
        assert_eq!(m.from.unwrap().name.as_deref(), Some("Maria Lopez"));
        assert_eq!(
            (m.subject.as_deref(), m.text.as_str(), m.message_id.as_deref()),
            (Some("Late!"), "Still waiting.", Some("a@x"))
        );
    }

    #[test]
    fn a_file_of_apple_mails_holds_one() {
        let mail = "From: Ann <ann@x.example>\nSubject: Late\n\nIt is late.\n";
        let file = format!("{:<10}\n{mail}<?xml version=\"1.0\"?>\n<plist></plist>\n", mail.len());
        assert!(looks_like_mail(file.as_bytes()));
        let read = read("m", file.as_bytes(), &[]).unwrap();
        assert_eq!((read.text.as_str(), read.subject.as_deref()), ("It is late.", Some("Late")));
        assert!(!looks_like_mail(b"55120\nis my order: it is late."));
    }

    #[test]
    fn attached_mails_that_are_not_read_are_noted() {
        let inner = "--b\nContent-Type: message/rfc822\n\nFrom: a@x.example\n\nMy boots are late.\n\n";
        let noted = |words: &str, many: usize| {
            let m = mail(
                "From: m@x.example\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b",
                &format!("{words}{}--b--\n", inner.replace("late", "lost") + &inner.repeat(many - 1)),
            );
            m.warnings.iter().find(|warning| warning.contains("attached")).cloned()
        };
        assert_eq!(noted("", 1), None);
        assert!(noted("", 3).unwrap().starts_with("2 attached mails are not read"));
        assert!(noted("--b\n\nSee below.\n\n", 1).unwrap().starts_with("1 attached mail is not read"));
    }

    #[test]
    fn ids_that_could_open_a_header_are_dropped() {
        assert_eq!(clean_id("a@x"), "a@x");
        assert_eq!(clean_id("a@x\r\nBcc: v@x"), "");
        assert_eq!(clean_id("<a>@x"), "a@x");
    }
}
