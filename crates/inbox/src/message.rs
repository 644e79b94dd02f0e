//! One message, as every stage after intake sees it: decoded, its own newest words apart from
//! what it quotes, and with every secret in it blotted out.

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
    /// The customer's own newest words.
    pub text: String,
    /// What stands below every mail of theirs: a name, a card, a disclaimer.
    pub signature: Option<String>,
    /// What was written before, by whomever.
    pub history: Option<String>,
    /// How many mails of the same sender `history` holds.
    pub earlier: u32,
    pub from: Option<Mailbox>,
    /// Where an answer goes, if not to `from`.
    pub reply_to: Vec<Mailbox>,
    pub channel: Channel,
    pub lang: Option<String>,
    pub message_id: Option<String>,
    pub references: Vec<String>,
    /// The rule by which no person wrote this, or no answer must go out.
    pub machine: Option<String>,
    /// Why there are no words to read.
    pub unreadable: Option<String>,
    /// A password or card number was in it.
    pub secret: Option<&'static str>,
    /// What the agent should know about the message itself.
    pub warnings: Vec<String>,
    /// Unknown fields of the record, carried through.
    pub input: serde_json::Map<String, serde_json::Value>,
}

impl Message {
    /// A message of plain words.
    pub fn from_text(id: impl Into<String>, text: &str) -> Self {
        let mut message = Self { id: id.into(), text: text.to_owned(), ..Self::default() };
        message.finish();
        message
    }

    /// Blots out secrets and drops what could drive a terminal; every reader of input ends here.
    pub fn finish(&mut self) {
        self.secret = make_safe(&mut self.text);
        for text in [&mut self.subject, &mut self.signature, &mut self.history].into_iter().flatten() {
            make_safe(text);
        }
        if let Some(subject) = &mut self.subject {
            *subject = one_line(subject);
        }
        for mailbox in self.from.iter_mut().chain(&mut self.reply_to) {
            // A name with a card number in it is nobody's.
            mailbox.name =
                mailbox.name.take().map(|n| one_line(&n)).filter(|n| crate::secret::blot(n).is_none());
        }
    }
}

/// Blots out secrets and what drives a terminal, and says which sort of secret was there.
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

/// Text without control characters: line breaks are `\n`, everything else that drives a
/// terminal is gone.
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

/// Whether [`clean`] would change nothing, told by bytes. Most text has no sign it changes, and
/// much has quotation marks that begin with the same byte as some.
fn is_clean(bytes: &[u8]) -> bool {
    let tail = |at: usize| (bytes.get(at + 1).copied().unwrap_or(0), bytes.get(at + 2).copied().unwrap_or(0));
    bytes.iter().enumerate().all(|(at, byte)| match byte {
        b' '..=b'~' | b'\n' | b'\t' => true,
        // Controls and the space that doesn't break.
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

/// For a header or a name: no break, no control, no direction mark, no zero-width character.
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
