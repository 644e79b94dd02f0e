//! RFC 5322 bytes to a [`Message`]: who wrote, where an answer goes, the words a reader sees,
//! and whether a person wrote them at all.

use crate::message::{Channel, Mailbox, Message};
use crate::{html, newest};
use mail_parser::{Address, HeaderName, HeaderValue, MessageParser, MimeHeaders, PartType};
use std::borrow::Cow;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// Multiparts inside multiparts before a mail is refused as made to break readers.
const DEEPEST: usize = 100;

/// Reads one mail. `own` are addresses that are ours: mail from them is a loop.
pub fn read(id: &str, bytes: &[u8], own: &[&str]) -> Result<Message, String> {
    let bytes = mended(bytes);
    let parsed = catch_unwind(AssertUnwindSafe(|| MessageParser::default().parse(&*bytes)))
        .map_err(|_| "this mail is malformed in a way that can't be read".to_owned())?
        .ok_or("this is not a mail: it has no headers")?;
    let mut message = Message { id: id.to_owned(), channel: Channel::Email, ..Message::default() };
    message.from = mailbox(parsed.from());
    message.reply_to = mailbox(parsed.reply_to())
        .filter(|m| m.address.as_deref().is_some_and(|a| a.contains('@') && !is_own(a, own)));
    message.subject = parsed.subject().map(str::to_owned);
    message.message_id = parsed.message_id().map(clean_id).filter(|id| !id.is_empty());
    message.references = ids(parsed.references());
    if message.references.is_empty() {
        let parents = ids(parsed.in_reply_to());
        if parents.len() == 1 {
            message.references = parents;
        }
    }
    message.date =
        parsed.date().and_then(|d| jiff::civil::Date::new(d.year as i16, d.month as i8, d.day as i8).ok());
    if parsed.headers().iter().filter(|h| h.name == HeaderName::From).count() > 1 {
        message
            .warnings
            .push("this mail names two senders (two From headers); check who wrote it before sending".into());
    }
    if let (Some(from), Some(reply)) = (address(&message.from), address(&message.reply_to))
        && domain(from) != domain(reply)
    {
        message
            .warnings
            .push(format!("answers go to {reply}, which is not the sender's domain ({})", domain(from)));
    }
    message.machine = machine(&parsed, &message, own);
    let body = body(&parsed)?;
    match body {
        Some(text) => (message.text, message.history) = newest::split(&crate::message::clean(&text)),
        None => message.unreadable = Some(unreadable(&parsed)),
    }
    if message.id.is_empty() {
        message.id = message.message_id.clone().unwrap_or_else(|| "1".into());
    }
    message.finish();
    Ok(message)
}

/// Whether bytes look like a mail: header lines first, one of them well known.
pub fn looks_like_mail(bytes: &[u8]) -> bool {
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

/// Works around the parser's faults: a blank first line, CR-only line ends, an mbox separator,
/// and a `Date:` in an obsolete zone, which makes it swallow the header below.
fn mended(bytes: &[u8]) -> Cow<'_, [u8]> {
    let mut start = bytes.iter().position(|b| !b.is_ascii_whitespace()).unwrap_or(bytes.len());
    if bytes[start..].starts_with(b"\xEF\xBB\xBF") {
        start += 3;
    }
    let mut bytes = Cow::Borrowed(&bytes[start..]);
    if bytes.starts_with(b"From ") || bytes.starts_with(b">From ") {
        let line = bytes.iter().position(|b| *b == b'\n' || *b == b'\r').map_or(bytes.len(), |n| n + 1);
        bytes = Cow::Owned(bytes[line..].to_vec());
    }
    if !bytes.contains(&b'\n') && bytes.contains(&b'\r') {
        bytes = Cow::Owned(bytes.iter().map(|b| if *b == b'\r' { b'\n' } else { *b }).collect());
    }
    let mut at = 0;
    while at < bytes.len() {
        let end = bytes[at..].iter().position(|b| *b == b'\n').map_or(bytes.len(), |n| at + n + 1);
        let line = &bytes[at..end];
        if line.trim_ascii().is_empty() {
            break;
        }
        if line.len() > 5 && line[..5].eq_ignore_ascii_case(b"date:") {
            let value = line.trim_ascii_end();
            let odd =
                [&b" UT"[..], b"Z", b" AM", b" PM", b" am", b" pm"].iter().any(|tail| value.ends_with(tail));
            if odd {
                let mut owned = bytes.into_owned();
                owned.splice(at..at + 4, *b"X-Odd-Date");
                bytes = Cow::Owned(owned);
            }
            break;
        }
        at = end;
    }
    bytes
}

fn mailbox(address: Option<&Address<'_>>) -> Option<Mailbox> {
    let first = address?.first()?;
    let mailbox = Mailbox {
        name: first.name().map(crate::message::one_line).filter(|n| !n.is_empty()),
        address: first.address().map(crate::message::one_line).filter(|a| !a.is_empty()),
    };
    (mailbox != Mailbox::default()).then_some(mailbox)
}

fn address(mailbox: &Option<Mailbox>) -> Option<&str> {
    mailbox.as_ref()?.address.as_deref()
}

fn domain(address: &str) -> &str {
    address.rsplit('@').next().unwrap_or("")
}

fn is_own(address: &str, own: &[&str]) -> bool {
    own.iter().any(|o| o.eq_ignore_ascii_case(address))
}

/// A Message-ID that can be written into a header: one word of visible ASCII.
fn clean_id(id: &str) -> String {
    if id.chars().any(|c| c.is_whitespace() || c.is_control()) {
        return String::new();
    }
    id.chars().filter(|c| c.is_ascii_graphic() && !"<>".contains(*c)).collect()
}

fn ids(value: &HeaderValue<'_>) -> Vec<String> {
    let list: Vec<&str> = match value {
        HeaderValue::Text(text) => vec![text],
        HeaderValue::TextList(texts) => texts.iter().map(AsRef::as_ref).collect(),
        _ => Vec::new(),
    };
    list.into_iter().map(clean_id).filter(|id| !id.is_empty()).collect()
}

/// The visible words: text parts, or HTML where those are blank. `None` if there are none.
fn body(mail: &mail_parser::Message<'_>) -> Result<Option<String>, String> {
    if mail.parts.len() > 20_000 || depth(mail) > DEEPEST {
        return Err("this mail nests or repeats its parts beyond reason".into());
    }
    let texts: Vec<Cow<'_, str>> = mail
        .text_body
        .iter()
        .filter_map(|&n| match &mail.parts.get(n as usize)?.body {
            PartType::Text(text) if !is_attachment(mail, n) => Some(text.clone()),
            PartType::Html(source) if !is_attachment(mail, n) => Some(html::to_text(source).into()),
            _ => None,
        })
        .collect();
    let text = texts.join("\n");
    if !text.trim().is_empty() {
        return Ok(Some(text));
    }
    let shown: Vec<String> = mail
        .html_body
        .iter()
        .filter_map(|&n| match &mail.parts.get(n as usize)?.body {
            PartType::Html(source) => Some(html::to_text(source)),
            _ => None,
        })
        .collect();
    let shown = shown.join("\n");
    Ok((!shown.trim().is_empty()).then_some(shown))
}

fn is_attachment(mail: &mail_parser::Message<'_>, part: u32) -> bool {
    mail.parts.get(part as usize).is_some_and(|p| {
        p.content_disposition().is_some_and(|d| d.is_attachment())
            || p.content_type().is_some_and(|t| t.subtype() == Some("calendar"))
    })
}

/// How deep multiparts nest; parts are listed parents first, so one pass is enough.
fn depth(mail: &mail_parser::Message<'_>) -> usize {
    let mut depths = vec![0usize; mail.parts.len()];
    for (n, part) in mail.parts.iter().enumerate() {
        if let PartType::Multipart(children) = &part.body {
            for &child in children {
                if let Some(depth) = depths.get(n).map(|d| d + 1)
                    && let Some(slot) = depths.get_mut(child as usize)
                {
                    *slot = depth;
                }
            }
        }
    }
    depths.into_iter().max().unwrap_or(0)
}

fn unreadable(mail: &mail_parser::Message<'_>) -> String {
    let kind = |subtype: &str| {
        mail.parts.iter().any(|p| {
            p.content_type().is_some_and(|t| t.subtype().is_some_and(|s| s.eq_ignore_ascii_case(subtype)))
        })
    };
    if kind("encrypted") || kind("pkcs7-mime") || kind("x-pkcs7-mime") {
        "the mail is encrypted".into()
    } else if kind("calendar") {
        "the mail is a calendar invitation without a word beside it".into()
    } else if kind("ms-tnef") {
        "the mail is an Outlook winmail.dat attachment (TNEF) without a readable text".into()
    } else if mail.attachment_count() > 0 {
        "the mail has attachments and no text".into()
    } else {
        "the mail has no text".into()
    }
}

/// The rule by which this mail is a machine's, or must not be answered.
fn machine(mail: &mail_parser::Message<'_>, message: &Message, own: &[&str]) -> Option<String> {
    let header = |name: &'static str| {
        mail.headers_raw()
            .find(|(n, _)| n.eq_ignore_ascii_case(name))
            .map(|(_, v)| v.trim().to_ascii_lowercase())
    };
    if let Some(value) = header("Auto-Submitted")
        && value.split([';', ' ', '(']).next() != Some("no")
    {
        return Some(format!("Auto-Submitted: {}", value.split(';').next().unwrap_or("")));
    }
    if let Some(report) =
        mail.content_type().filter(|t| t.ctype() == "multipart" && t.subtype() == Some("report"))
    {
        return Some(format!("a {} report", report.attribute("report-type").unwrap_or("delivery")));
    }
    if header("Return-Path").is_some_and(|v| v == "<>") {
        return Some("an empty Return-Path: a bounce".into());
    }
    for name in ["List-Id", "List-Unsubscribe", "List-Post", "Feedback-ID"] {
        if header(name).is_some() {
            return Some(format!("{name}: a mailing list or newsletter"));
        }
    }
    if let Some(value) = header("Precedence")
        && ["bulk", "junk", "list", "auto_reply"].contains(&value.as_str())
    {
        return Some(format!("Precedence: {value}"));
    }
    if let Some(value) = header("X-Auto-Response-Suppress")
        && value.split(',').any(|v| ["all", "oof", "autoreply"].contains(&v.trim()))
    {
        return Some(format!("X-Auto-Response-Suppress: {value}"));
    }
    for name in [
        "X-Autoreply",
        "X-Autorespond",
        "X-Autoresponder",
        "X-Auto-Reply-From",
        "X-Failed-Recipients",
        "X-FC-MachineGenerated",
        "X-MS-Exchange-Inbox-Rules-Loop",
        "X-Loop",
    ] {
        if header(name).is_some() {
            return Some(format!("{name}: an automatic answer"));
        }
    }
    let Some(address) = address(&message.from) else {
        let named = header("From").unwrap_or_default();
        return (named.contains("mailer-daemon") || named.contains("postmaster"))
            .then(|| "a mail system's own address".into());
    };
    if is_own(address, own) {
        return Some("our own address: answering would loop".into());
    }
    let local = address.split('@').next().unwrap_or("").to_ascii_lowercase();
    let compact: String = local.chars().filter(char::is_ascii_alphanumeric).collect();
    if ["mailerdaemon", "postmaster", "noreply", "donotreply", "bounce", "bounces", "listserv", "majordomo"]
        .contains(&compact.as_str())
        || compact.starts_with("noreply")
        || compact.starts_with("donotreply")
        || local.ends_with("-request")
        || local.starts_with("owner-")
        || local.starts_with("bounce")
    {
        return Some(format!("sent by {local}@, which nobody reads"));
    }
    let subject = message.subject.as_deref().unwrap_or("").trim().to_lowercase();
    const AUTOMATIC: &[&str] = &[
        "automatic reply",
        "auto reply",
        "auto-reply",
        "autoreply",
        "out of office",
        "out of the office",
        "undeliverable",
        "delivery status notification",
        "returned mail",
        "mail delivery failed",
        "failure notice",
        "delivery failure",
        "abwesenheitsnotiz",
        "automatische antwort",
        "réponse automatique",
        "respuesta automática",
        "risposta automatica",
        "resposta automática",
        "automatisch antwoord",
    ];
    AUTOMATIC.iter().find(|a| subject.starts_with(**a)).map(|a| format!("the subject says \"{a}\""))
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
            "From: Maria Lopez <maria@x.example>\nSubject: =?utf-8?q?Late=21?=\nMessage-ID: <a@x>",
            "Still waiting.\n\n-- \nMaria",
        );
        assert_eq!(m.from.unwrap().name.as_deref(), Some("Maria Lopez"));
        assert_eq!(
            (m.subject.as_deref(), m.text.as_str(), m.message_id.as_deref()),
            (Some("Late!"), "Still waiting.", Some("a@x"))
        );
    }

    #[test]
    fn the_parsers_faults_do_not_show() {
        let m = mail("\nDate: Sat, 14 Sep 2002 06:00:48 UT\nFrom: Ann <ann@x.example>", "Hi");
        assert_eq!(m.from.unwrap().name.as_deref(), Some("Ann"));
        let m = read("m", b"From: Ann <a@x.example>\rSubject: s\r\rHello", &[]).unwrap();
        assert_eq!(m.text, "Hello");
    }

    #[test]
    fn machines_are_named_and_people_are_not() {
        let auto =
            |head: &str| mail(&format!("From: Ann <ann@x.example>\nSubject: Hi\n{head}"), "Hello").machine;
        for head in [
            "Auto-Submitted: auto-replied",
            "List-Id: <x.y>",
            "Precedence: bulk",
            "Return-Path: <>",
            "X-Auto-Response-Suppress: All",
        ] {
            assert!(auto(head).is_some(), "{head}");
        }
        for head in [
            "Auto-Submitted: no",
            "Auto-Submitted: no (a person)",
            "X-Auto-Response-Suppress: RN",
            "Precedence: first-class",
            "X-Note: automatic reply",
        ] {
            assert_eq!(auto(head), None, "{head}");
        }
        assert!(mail("From: care@northlane.example\nTo: x", "Hi").machine.is_some());
        assert!(mail("From: no-reply@x.example\nTo: x", "Hi").machine.is_some());
    }

    #[test]
    fn html_stands_in_for_a_blank_text() {
        let head = "From: a@x.example\nMIME-Version: 1.0\nContent-Type: multipart/alternative; boundary=b";
        let m = mail(
            head,
            "--b\nContent-Type: text/plain\n\n \n--b\nContent-Type: text/html\n\n<p>Order 12345 is late</p>\n--b--\n",
        );
        assert_eq!(m.text, "Order 12345 is late");
    }

    #[test]
    fn no_words_means_no_guess() {
        let m = mail(
            "From: a@x.example\nContent-Type: application/pkcs7-mime\nContent-Transfer-Encoding: base64",
            "AAAA",
        );
        assert_eq!(m.unreadable.as_deref(), Some("the mail is encrypted"));
    }
}
