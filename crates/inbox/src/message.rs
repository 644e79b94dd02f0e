//! One message as later stages see it: decoded, its newest text separated from quotes, secrets redacted.

pub use amends_language::channel::Channel;
use std::borrow::Cow;

#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Mailbox {
    pub name: Option<String>,
    pub address: Option<String>,
}

#[derive(Debug, Clone, Default)]
pub struct Message {
    pub id: String,
    pub subject: Option<String>,
    /// The customer's newest text.
    pub text: String,
    /// The signature block: a name, contact details, a disclaimer.
    pub signature: Option<String>,
    /// Earlier messages, by anyone.
    pub history: Option<String>,
    /// How many mails in `history` are from the same sender.
    pub earlier: u32,
    pub from: Option<Mailbox>,
    /// Where replies go, if not to `from`.
    pub reply_to: Vec<Mailbox>,
    pub channel: Channel,
    pub lang: Option<String>,
    pub message_id: Option<String>,
    pub references: Vec<String>,
    /// The rule by which this is automated, or must not be answered.
    pub machine: Option<String>,
    /// Why there is no text to read.
    pub unreadable: Option<String>,
    /// The kind of secret it contained, such as a password or card number.
    pub secret: Option<&'static str>,
    /// Warnings for the agent about the message itself.
    pub warnings: Vec<String>,
    /// Unknown record fields, passed through.
    pub input: serde_json::Map<String, serde_json::Value>,
}

impl Message {
    /// A plain-text message.
    pub fn from_text(id: impl Into<String>, text: &str) -> Self {
        let mut message = Self { id: id.into(), text: text.to_owned(), ..Self::default() };
        message.finish();
        message
    }

    /// Redacts secrets and removes terminal control characters; every input path ends here.
    pub fn finish(&mut self) {
        self.secret = make_safe(&mut self.text);
        for text in [&mut self.subject, &mut self.signature, &mut self.history].into_iter().flatten() {
            make_safe(text);
        }
        if let Some(subject) = &mut self.subject {
            *subject = one_line(subject);
        }
        for mailbox in self.from.iter_mut().chain(&mut self.reply_to) {
            // A "name" containing a card number isn't a name.
            mailbox.name =
                mailbox.name.take().map(|n| one_line(&n)).filter(|n| crate::secret::blot(n).is_none());
        }
    }
}

/// Redacts secrets and control characters; returns the kind of secret found.
fn make_safe(text: &mut String) -> Option<&'static str> {
    let changed = match clean(text) {
        Cow::Borrowed(same) if same.len() == text.len() => None,
        clean => Some(clean.into_owned()),
    };
    if let Some(changed) = changed {
        *text = changed;
    }
    let (blotted, sort) = crate::secret::blot(text)?;
    *text = blotted;
    Some(sort)
}

/// Strips control characters and other terminal escapes; line breaks become `\n`.
pub fn clean(text: &str) -> Cow<'_, str> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    if is_clean(text.as_bytes()) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '\r' => {
                if chars.peek() != Some(&'\n') {
                    out.push('\n');
                }
            }
            '\n' | '\t' => out.push(c),
            '\u{2028}' | '\u{2029}' | '\u{85}' => out.push('\n'),
            '\u{a0}' | '\u{202f}' | '\u{3000}' => out.push(' '),
            c if c.is_control() => {}
            '\u{200e}' | '\u{200f}' | '\u{61c}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => {}
            c => out.push(c),
        }
    }
    Cow::Owned(out)
}

/// Fast byte-level check that [`clean`] would change nothing. Most text needs no changes, but curly
/// quotes share a first byte with some characters that do.
fn is_clean(bytes: &[u8]) -> bool {
    let tail = |at: usize| (bytes.get(at + 1).copied().unwrap_or(0), bytes.get(at + 2).copied().unwrap_or(0));
    bytes.iter().enumerate().all(|(at, byte)| match byte {
        b' '..=b'~' | b'\n' | b'\t' => true,
        // C1 controls and the no-break space.
        0xc2 => tail(at).0 > 0xa0,
        0xd8 => tail(at).0 != 0x9c,
        0xe2 => match tail(at) {
            (0x80, last) => !matches!(last, 0x8e | 0x8f | 0xa8..=0xaf),
            (0x81, last) => !matches!(last, 0xa6..=0xa9),
            _ => true,
        },
        0xe3 => tail(at) != (0x80, 0x80),
        _ => *byte >= 0x80,
    })
}

/// For a header or name: no line breaks, controls, direction marks or zero-width characters.
pub fn one_line(text: &str) -> String {
    let text: String = clean(text).chars().filter(|&c| !amends_language::words::is_zero_width(c)).collect();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_called_clean_is_left_as_it_is() {
        for c in ('\0'..='\u{ffff}').chain('\u{1f300}'..='\u{1f64f}') {
            let text = format!("a{c}b");
            let changed = clean(&text) != text;
            assert_eq!(is_clean(text.as_bytes()), !changed, "{c:?}");
            assert!(changed || !c.is_control() || "\n\t".contains(c), "{c:?}");
        }
    }

    #[test]
    fn nothing_that_drives_a_terminal_stays() {
        assert_eq!(clean("a\u{1b}]0;x\u{7}b\rc\r\nd\u{9d}e\u{202e}f"), "a]0;xb\nc\nde".to_owned() + "f");
        assert_eq!(one_line("Ann\r\nBcc: x\u{200b}"), "Ann Bcc: x");
    }
}
