//! One message, as every stage after intake sees it: decoded, its own newest words apart from
//! what it quotes, and with every secret in it blotted out.

use jiff::civil::Date;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Channel {
    #[default]
    Email,
    Chat,
    Social,
    Review,
    Letter,
    Sms,
}

impl Channel {
    pub fn parse(name: &str) -> Option<Self> {
        Some(match name {
            "email" => Self::Email,
            "chat" => Self::Chat,
            "social" => Self::Social,
            "review" => Self::Review,
            "letter" => Self::Letter,
            "sms" => Self::Sms,
            _ => return None,
        })
    }

    pub fn name(self) -> &'static str {
        match self {
            Self::Email => "email",
            Self::Chat => "chat",
            Self::Social => "social",
            Self::Review => "review",
            Self::Letter => "letter",
            Self::Sms => "sms",
        }
    }

    /// The template a reply on this channel is set in.
    pub fn template(self) -> &'static str {
        match self {
            Self::Email => "email",
            Self::Chat => "chat",
            Self::Social | Self::Review => "social",
            Self::Letter => "letter",
            Self::Sms => "sms",
        }
    }
}

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
    pub date: Option<Date>,
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
        let (text, secret) = crate::secret::blot(&clean(&self.text));
        self.text = text;
        self.secret = secret;
        for text in [&mut self.subject, &mut self.signature, &mut self.history].into_iter().flatten() {
            *text = crate::secret::blot(&clean(text)).0;
        }
        if let Some(subject) = &mut self.subject {
            *subject = one_line(subject);
        }
        for mailbox in self.from.iter_mut().chain(&mut self.reply_to) {
            // A name with a card number in it is nobody's.
            mailbox.name =
                mailbox.name.take().map(|n| one_line(&n)).filter(|n| crate::secret::blot(n).1.is_none());
        }
    }
}

/// Text without control characters: line breaks are `\n`, everything else that drives a
/// terminal is gone.
pub fn clean(text: &str) -> String {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let plain = |b: u8| matches!(b, b' '..=b'~' | b'\n' | b'\t');
    if text.bytes().all(plain) {
        return text.to_owned();
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
    out
}

/// For a header or a name: no break, no control, no direction mark, no zero-width character.
pub fn one_line(text: &str) -> String {
    let text: String = clean(text).chars().filter(|&c| !crate::words::is_zero_width(c)).collect();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_that_drives_a_terminal_stays() {
        assert_eq!(clean("a\u{1b}]0;x\u{7}b\rc\r\nd\u{9d}e\u{202e}f"), "a]0;xb\nc\nde".to_owned() + "f");
        assert_eq!(one_line("Ann\r\nBcc: x\u{200b}"), "Ann Bcc: x");
    }
}
