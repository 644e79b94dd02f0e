//! RFC 5322 bytes to a [`Message`]: sender, reply address, visible text, and whether it is automated.

mod body;
mod machine;
mod mend;
mod plain;

use crate::message::{Channel, Mailbox, Message, one_line};
use body::Body;
use mail_parser::{Address, HeaderName, HeaderValue, MessageParser};
use std::panic::{AssertUnwindSafe, catch_unwind};

/// Reads one mail. `own` are our addresses: mail from them is a loop, and replies never go to them.
pub fn read(id: &str, bytes: &[u8], own: &[&str]) -> Result<Message, String> {
    let bytes = mend::mend(bytes);
    let parsed = catch_unwind(AssertUnwindSafe(|| MessageParser::default().parse(&*bytes)))
        .map_err(|_| "this mail is malformed in a way that can't be read".to_owned())?
        .ok_or("this is not a mail: it has no headers")?;
    let mut message = Message { id: id.to_owned(), channel: Channel::Email, ..Message::default() };
    who_and_where_to(&parsed, &mut message, own);
    message.subject = parsed.subject().map(str::to_owned);
    message.message_id = parsed.message_id().map(clean_id).filter(|id| !id.is_empty());
    message.references = ids(parsed.references());
    if message.references.is_empty() {
        let parents = ids(parsed.in_reply_to());
        if parents.len() == 1 {
            message.references = parents;
        }
    }
    message.machine = machine::rule(&parsed, &message, own);
    let body = catch_unwind(AssertUnwindSafe(|| body::read(&parsed)))
        .map_err(|_| "this mail is malformed in a way that can't be read".to_owned())??;
    match body {
        Body::Words(text) => message.take_text(&text),
        Body::Unreadable(why) => message.unreadable = Some(why),
    }
    if message.id.is_empty() {
        message.id = message.message_id.clone().unwrap_or_else(|| "1".into());
    }
    message.finish();
    Ok(message)
}

/// Whether bytes look like a mail: starts with headers, at least one well known.
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

/// Sets the sender and reply addresses, and warns about anything suspicious.
fn who_and_where_to(mail: &mail_parser::Message<'_>, message: &mut Message, own: &[&str]) {
    let senders = with_commas(mailboxes(mail.from()));
    message.from = senders.first().cloned();
    let headers = mail.headers().iter().filter(|h| h.name == HeaderName::From).count();
    if headers > 1 || senders.len() > 1 {
        message.warnings.push(format!(
            "this mail names two senders ({}); check who wrote it before sending",
            if headers > 1 { "two From headers" } else { "two addresses in From" }
        ));
        // There is no telling whom to greet.
        message.from = message.from.take().map(|from| Mailbox { name: None, ..from });
    }
    if let Some(from) = &mut message.from {
        let shown = from.name.clone().unwrap_or_default();
        if let Some(bad) = from.address.take_if(|address| !is_address(address)) {
            message.warnings.push(format!("the sender's address is not valid: {bad}"));
        } else if let Some(address) = &from.address
            && let Some(other) = shown
                .split_whitespace()
                .map(|w| w.trim_matches(['<', '>', '(', ')', '"', '\'']))
                .find(|w| is_address(w))
            && !other.eq_ignore_ascii_case(address)
        {
            message
                .warnings
                .push(format!("the sender shows the address {other}, but the mail came from {address}"));
        }
    }
    message.reply_to = mailboxes(mail.reply_to())
        .into_iter()
        .filter(|m| m.address.as_deref().is_some_and(|a| is_address(a) && !is_own(a, own)))
        .collect();
    if let Some(from) = message.from.as_ref().and_then(|from| from.address.as_deref())
        && let Some(reply) =
            message.reply_to.iter().filter_map(|m| m.address.as_deref()).find(|r| domain(r) != domain(from))
    {
        message
            .warnings
            .push(format!("answers go to {reply}, which is not the sender's domain ({})", domain(from)));
    }
}

fn mailboxes(addresses: Option<&Address<'_>>) -> Vec<Mailbox> {
    addresses
        .into_iter()
        .flat_map(Address::iter)
        .map(|a| Mailbox {
            name: a.name().map(one_line).filter(|n| !n.is_empty()),
            address: a.address().map(one_line).filter(|a| !a.is_empty()),
        })
        .filter(|mailbox| *mailbox != Mailbox::default())
        .collect()
}

/// Rejoins an unquoted `Lopez, Maria <m@x.example>`, which parses as two mailboxes.
fn with_commas(mailboxes: Vec<Mailbox>) -> Vec<Mailbox> {
    let addresses =
        mailboxes.iter().filter(|m| m.address.as_deref().is_some_and(|a| a.contains('@'))).count();
    if mailboxes.len() < 2 || addresses != 1 || mailboxes.last().is_none_or(|m| m.address.is_none()) {
        return mailboxes;
    }
    let parts: Vec<String> = mailboxes
        .iter()
        .filter_map(|m| m.name.clone().or_else(|| m.address.clone().filter(|a| !a.contains('@'))))
        .collect();
    let address = mailboxes.into_iter().next_back().and_then(|m| m.address);
    vec![Mailbox { name: Some(parts.join(", ")), address }]
}

/// One `@` with something plausible on both sides; anything more is up to the mail system.
fn is_address(address: &str) -> bool {
    address.rsplit_once('@').is_some_and(|(local, domain)| {
        let quoted = local.len() > 2 && local.starts_with('"') && local.ends_with('"');
        !local.is_empty()
            && (quoted || !local.contains(|c: char| c.is_whitespace() || "@<>,;:\"()[]".contains(c)))
            && !domain.is_empty()
            && !domain.contains(|c: char| c.is_whitespace() || c.is_control() || "@<>,;\"()".contains(c))
            && !domain.starts_with('.')
    })
}

fn domain(address: &str) -> String {
    address.rsplit('@').next().unwrap_or("").to_ascii_lowercase()
}

fn is_own(address: &str, own: &[&str]) -> bool {
    let address = address.to_lowercase();
    own.iter()
        .map(|own| own.to_lowercase())
        .any(|own| address == own || own.starts_with('@') && own.len() > 1 && address.ends_with(&own))
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
    fn addresses_are_sound_or_not() {
        for good in
            ["ann@x.example", "a.b+c@x.example", "\"a b\"@x.example", "ünï@x.example", "ann@localhost"]
        {
            assert!(is_address(good), "{good}");
        }
        for bad in
            ["@x.example", "ann@", "ann", "a b@x.example", "a@b@x.example", "ann@.example", "a<b@x.example"]
        {
            assert!(!is_address(bad), "{bad}");
        }
    }

    #[test]
    fn ours_by_address_or_domain() {
        let own = ["Care@northlane.example", "@shop.example"];
        assert!(is_own("care@NORTHLANE.example", &own) && is_own("any@shop.example", &own));
        assert!(!is_own("ann@northlane.example", &own) && !is_own("ann@myshop.example.com", &own));
        assert!(!is_own("ann@x.example", &["@", ""]));
    }

    #[test]
    fn ids_that_could_open_a_header_are_dropped() {
        assert_eq!(clean_id("a@x"), "a@x");
        assert_eq!(clean_id("a@x\r\nBcc: v@x"), "");
        assert_eq!(clean_id("<a>@x"), "a@x");
    }
}
