//! Last check of names, addresses and ids before a reply can carry them: what isn't plainly one
//! mailbox, or has no room in a header, is left out, and the agent is told.

use crate::message::{Mailbox, Message, one_line};

/// Ids a thread is known by: the first, and the newest.
const REFERENCES: usize = 20;
/// RFC 5322 lines hold 998 bytes; no mail client's own ids come near this.
const LONGEST_ID: usize = 250;
/// RFC 5321: 64 bytes, "@", 255 bytes; together at most 254.
const LONGEST_ADDRESS: usize = 254;
const LONGEST_NAME: usize = 100;

impl Message {
    /// Leaves only names, addresses and ids that are safe in a reply's headers.
    pub(crate) fn settle_addresses(&mut self) {
        self.message_id = self.message_id.take().filter(|id| is_id(id));
        self.references.retain(|id| is_id(id));
        if self.references.len() > REFERENCES {
            let newest = self.references.len() - (REFERENCES - 1);
            self.references.drain(1..newest);
        }
        let mut doubts = Vec::new();
        if self.reply_to.len() > 1 {
            let asked = self.reply_to.len();
            self.reply_to.truncate(1);
            let first = self.reply_to[0].address.as_deref().unwrap_or("nobody");
            doubts.push(format!("this mail asks for replies at {asked} addresses; only {first} gets one"));
        }
        for mailbox in self.from.iter_mut().chain(&mut self.reply_to) {
            settle(mailbox, &mut doubts);
        }
        self.reply_to.retain(|mailbox| mailbox.address.is_some());
        self.from = self.from.take().filter(|from| *from != Mailbox::default());
        doubts.retain(|doubt| !self.warnings.contains(doubt));
        self.warnings.append(&mut doubts);
    }
}

fn settle(mailbox: &mut Mailbox, doubts: &mut Vec<String>) {
    if let Some(address) = mailbox.address.take() {
        let clean = one_line(&address);
        if is_mailable(&clean) {
            mailbox.address = Some(clean);
        } else {
            let shown: String = clean.chars().take(60).collect();
            doubts.push(format!("no mail can be sent to {shown}; fill in who gets the reply"));
        }
    }
    if let Some(name) = mailbox.name.take() {
        match plain_name(&name) {
            Some(plain) => mailbox.name = Some(plain).filter(|name| !name.is_empty()),
            None => {
                doubts.push("the sender's name looks like an address or hidden code; it was left out".into())
            }
        }
    }
}

/// A name without quotes and brackets; `None` if it holds an address or an encoded word, either of
/// which could read as more than a name.
fn plain_name(name: &str) -> Option<String> {
    let line = one_line(name);
    let encoded = line.contains("=?") && line.contains("?=");
    if encoded || line.contains(['<', '>']) {
        return None;
    }
    let plain: String = line.chars().filter(|c| !"\"\\".contains(*c)).take(LONGEST_NAME).collect();
    Some(plain.trim().to_owned())
}

/// Whether a sender is written so that another's address may be taken for it: a line break, whole or
/// encoded, or a bracket that only looks quoted.
pub fn is_forged(from: &str) -> bool {
    let breaks = |c: char| matches!(c, '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}');
    let encoded = from.match_indices('%').any(|(at, _)| {
        from.get(at + 1..at + 3).is_some_and(|code| matches!(&*code.to_ascii_lowercase(), "0a" | "0d"))
    });
    let bracket = from.match_indices('<').any(|(at, _)| from[..at].trim_end().ends_with('\\'));
    from.trim().contains(breaks) || encoded || bracket
}

/// Whether every mail system takes it: ASCII, of a bearable length, no name in front, no route.
fn is_mailable(address: &str) -> bool {
    let Some((local, domain)) = address.rsplit_once('@') else { return false };
    let label = |label: &str| {
        !label.is_empty()
            && label.len() <= 63
            && label.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_')
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    let literal = domain.starts_with('[') && domain.ends_with(']');
    let quoted = local.len() > 2 && local.starts_with('"') && local.ends_with('"');
    address.len() <= LONGEST_ADDRESS
        && address.bytes().all(|b| b.is_ascii_graphic() || quoted && b == b' ')
        && !local.is_empty()
        && local.len() <= 64
        && (literal || domain.split('.').all(label))
        && (quoted || !local.contains(['<', '>', '(', ')', '[', ']', ',', ';', ':', '\\', '"', '@']))
}

fn is_id(id: &str) -> bool {
    !id.is_empty()
        && id.len() <= LONGEST_ID
        && id.bytes().all(|b| b.is_ascii_graphic() && !b"<>".contains(&b))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_every_system_takes() {
        for good in
            ["ann@x.example", "a.b+c@x.example", "\"a b\"@x.example", "ann@localhost", "a@[192.0.2.1]"]
        {
            assert!(is_mailable(good), "{good}");
        }
        let long = format!("{}@x.example", "a".repeat(65));
        for bad in [
            "ünï@x.example",
            "ann@münchen.example",
            "a b@x.example",
            "a@b@x.example",
            "ann@-x.example",
            "@x",
            &long,
        ] {
            assert!(!is_mailable(bad), "{bad}");
        }
    }

    #[test]
    fn names_hold_no_second_mailbox() {
        assert_eq!(plain_name("Ann \"Bob\" Lee"), Some("Ann Bob Lee".into()));
        for name in ["Ann\" <evil@x.example>, \"Bob", "=?utf-8?q?=0D=0ABcc:_evil@x.example?="] {
            assert_eq!(plain_name(name), None, "{name}");
        }
    }

    #[test]
    fn threads_and_recipients_are_bounded() {
        let mut message = Message { message_id: Some("x".repeat(300)), ..Message::default() };
        message.references = (0..500).map(|n| format!("{n}@x")).collect();
        let mailbox = |n| Mailbox { name: None, address: Some(format!("a{n}@x.example")) };
        message.reply_to = (0..200).map(mailbox).collect();
        message.finish();
        assert_eq!((message.message_id, message.references.len(), message.reply_to.len()), (None, 20, 1));
        assert_eq!((message.references[0].as_str(), message.references[19].as_str()), ("0@x", "499@x"));
        assert!(message.warnings[0].contains("200 addresses"), "{:?}", message.warnings);
    }
}
