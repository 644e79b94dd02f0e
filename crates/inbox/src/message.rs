//! One message as later stages see it: decoded, its newest text separated from quotes, secrets redacted.

use crate::secret::{Blotted, Kind, announces, blot};
pub use amends_language::channel::Channel;
use jiff::civil::Date;
use serde_json::Value;
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
    /// The day it was sent, where its sender was.
    pub sent: Option<Date>,
    /// The rule by which this is automated, or must not be answered.
    pub machine: Option<String>,
    /// Why there is no text to read.
    pub unreadable: Option<String>,
    /// The secrets that were redacted.
    pub secrets: Vec<Secret>,
    /// Warnings for the agent about the message itself.
    pub warnings: Vec<String>,
    /// Unknown record fields, passed through.
    pub input: serde_json::Map<String, Value>,
}

/// A kind of secret, and where it was.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Secret {
    pub kind: Kind,
    /// "the text", "the field pan"
    pub place: String,
    /// Whether the customer wrote it to us just now: not an older mail, nor a field of ours.
    pub theirs: bool,
}

/// Longer names and ids are cut: no line of a draft or a mail header has room for more.
const LONGEST: usize = 200;

impl Message {
    /// A plain-text message.
    pub fn from_text(id: impl Into<String>, text: &str) -> Self {
        let mut message = Self { id: id.into(), text: text.to_owned(), ..Self::default() };
        message.finish();
        message
    }

    /// Removes terminal control characters, then redacts secrets; every input path ends here, and
    /// nothing is cleaned again after it.
    pub fn finish(&mut self) {
        let mut secrets = std::mem::take(&mut self.secrets);
        let mut note = |place: &str, theirs: bool, kinds: Vec<Kind>| {
            secrets.extend(kinds.into_iter().map(|kind| Secret { kind, place: place.to_owned(), theirs }));
        };
        if let Some(subject) = &mut self.subject {
            *subject = one_line(subject);
        }
        if !is_one_line(&self.id) || self.id.len() > LONGEST {
            self.id = short(one_line(&self.id));
        }
        let texts = [
            ("the subject", true, self.subject.as_mut()),
            ("the text", true, Some(&mut self.text)),
            ("the signature", true, self.signature.as_mut()),
            ("the earlier mail", false, self.history.as_mut()),
            ("the id", false, Some(&mut self.id)),
        ];
        for (place, theirs, text) in texts {
            let Some(text) = text else { continue };
            if let Cow::Owned(clean) = clean(text) {
                *text = clean;
            }
            if let Some(Blotted { text: blotted, kinds }) = blot(text) {
                *text = blotted;
                note(place, theirs, kinds);
            }
        }
        self.settle_addresses();
        for mailbox in self.from.iter_mut().chain(&mut self.reply_to) {
            let name = mailbox.name.take();
            // A "name" that contains a card number isn't a name.
            mailbox.name = name.filter(|name| match blot(name) {
                Some(found) => {
                    note("the sender's name", true, found.kinds);
                    false
                }
                None => true,
            });
        }
        if self.lang.as_deref().is_some_and(|lang| !is_language(lang)) {
            self.lang = None;
            self.warnings.push("the field lang isn't a language code, so it was ignored".into());
        }
        for warning in &mut self.warnings {
            *warning = safe(warning);
        }
        if self.input.iter().any(|(key, value)| may_hold_a_secret(key, value)) {
            let input = std::mem::take(&mut self.input);
            self.input = input.into_iter().map(|(key, value)| safe_field(&key, value, &mut note)).collect();
        }
        self.secrets = secrets;
    }
}

/// "en", "pt-BR", "zh_Hant"
fn is_language(lang: &str) -> bool {
    let mut parts = lang.split(['-', '_']);
    parts
        .next()
        .is_some_and(|first| (2..=3).contains(&first.len()) && first.bytes().all(|b| b.is_ascii_alphabetic()))
        && lang.len() <= 16
        && parts.all(|part| (2..=8).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphanumeric()))
}

fn short(text: String) -> String {
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => text[..end].to_owned(),
        None => text,
    }
}

/// A quick look that spares most fields the work below.
fn may_hold_a_secret(key: &str, value: &Value) -> bool {
    let odd = |text: &str| {
        let digits = text.bytes().filter(u8::is_ascii_digit).count();
        digits > 5 || text.bytes().any(|b| !matches!(b, b' '..=b'~')) || announces(text)
    };
    odd(&spoken(key))
        || match value {
            Value::String(text) => odd(text) || text.contains('@'),
            Value::Number(number) => number.as_f64().is_none_or(|n| n.abs() > 1e11),
            Value::Array(values) => {
                values.iter().any(|value| may_hold_a_secret("", value)) || parts(values).is_some()
            }
            Value::Object(fields) => fields.iter().any(|(key, value)| may_hold_a_secret(key, value)),
            _ => false,
        }
}

/// A field carried through: no secret in its name or value, nor one its name announces.
fn safe_field(key: &str, value: Value, note: &mut impl FnMut(&str, bool, Vec<Kind>)) -> (String, Value) {
    let name = safe(key);
    let place = format!("the field {}", short(one_line(&name)));
    let text = match &value {
        Value::String(text) => clean(text),
        Value::Number(number) => Cow::from(number.to_string()),
        Value::Array(_) | Value::Object(_) => return (name, safe_value(key, value, note)),
        _ => return (name, value),
    };
    // The label may be the field's name: {"cvv": "847"}.
    let label = format!("{}: ", one_line(&spoken(key)));
    let blotted =
        blot(&format!("{label}{text}")).map(|found| (found.text[label.len()..].to_owned(), found.kinds));
    let value = match blotted {
        Some((blotted, kinds)) if blotted != *text => {
            note(&place, false, kinds);
            Value::String(blotted)
        }
        _ if matches!(&value, Value::String(same) if *same != text) => Value::String(text.into_owned()),
        _ => value,
    };
    (name, value)
}

/// The texts of a list of texts and numbers, if they have digits enough for a card's number.
fn parts(values: &[Value]) -> Option<Vec<String>> {
    let text = |value: &Value| match value {
        Value::String(text) => Some(one_line(text)),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    };
    let texts: Vec<String> = values.iter().map(text).collect::<Option<_>>()?;
    let digits = texts.iter().flat_map(|text| text.bytes()).filter(u8::is_ascii_digit).count();
    (texts.len() > 1 && digits >= 12).then_some(texts)
}

/// A field's name as one would say it: "userPassword" is a user's password.
fn spoken(key: &str) -> String {
    let mut words = String::with_capacity(key.len() + 4);
    let mut small = false;
    for c in key.chars() {
        if small && c.is_uppercase() {
            words.push(' ');
        }
        small = c.is_lowercase();
        words.push(if matches!(c, '_' | '-') { ' ' } else { c });
    }
    // In a record of ours it is the bank's.
    if matches!(&*words.to_ascii_lowercase(), "account number" | "account no" | "acct no") {
        words.insert_str(0, "bank ");
    }
    words
}

fn safe_value(key: &str, value: Value, note: &mut impl FnMut(&str, bool, Vec<Kind>)) -> Value {
    match value {
        Value::Array(values) => {
            let values: Vec<Value> = values.into_iter().map(|value| safe_field(key, value, note).1).collect();
            // One number may be spread over them.
            let Some(parts) = parts(&values) else { return Value::Array(values) };
            let label = format!("{}: ", one_line(&spoken(key)));
            let Some(found) = blot(&format!("{label}{}", parts.join(" "))) else {
                return Value::Array(values);
            };
            note(&format!("the field {}", short(safe(key))), false, found.kinds);
            let mut at = label.len();
            let blotted = parts.iter().map(|part| {
                let start = at;
                at += part.len() + 1;
                Value::String(found.text[start..start + part.len()].to_owned())
            });
            Value::Array(blotted.collect())
        }
        Value::Object(fields) => {
            Value::Object(fields.into_iter().map(|(key, value)| safe_field(&key, value, note)).collect())
        }
        other => other,
    }
}

/// One line without secrets, for errors, notes and names of files.
pub fn safe(text: &str) -> String {
    let line = one_line(text);
    blot(&line).map_or(line, |found| found.text)
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
            // Invisible: joiners stay, since scripts and emoji need them; language tags go.
            '\u{ad}' | '\u{200b}' | '\u{2060}'..='\u{2064}' | '\u{feff}' => {}
            '\u{e0000}'..='\u{e0fff}' => {}
            c => out.push(c),
        }
    }
    Cow::Owned(out)
}

/// Text that can't drive a terminal: no control characters but line breaks and tabs, no marks that
/// turn the direction of writing, nothing invisible that carries letters. The rest stays as it is.
pub fn harmless(text: &str) -> Cow<'_, str> {
    // Any byte one of the characters may begin with; looked for in blocks, which is fast.
    let odd = |bytes: &[u8]| {
        bytes.iter().fold(false, |odd, b| {
            odd | (*b < b' ') & (*b != b'\n') & (*b != b'\t') | matches!(b, 0x7f | 0xc2 | 0xd8 | 0xe2 | 0xf3)
        })
    };
    let bytes = text.as_bytes();
    let drives_in = |n: usize| {
        let (start, end) =
            (text.floor_char_boundary(n * 64), text.ceil_char_boundary((n * 64 + 64).min(text.len())));
        text[start..end].chars().any(drives)
    };
    if !bytes.chunks(64).enumerate().any(|(n, block)| odd(block) && drives_in(n)) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.chars().filter(|c| !drives(*c)).collect())
}

fn drives(c: char) -> bool {
    c.is_control() && c != '\n' && c != '\t'
        || matches!(c, '\u{200e}' | '\u{200f}' | '\u{61c}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
        || matches!(c, '\u{e0000}'..='\u{e0fff}')
}

/// Fast byte-level check that [`clean`] would change nothing. Most text needs no changes, but curly
/// quotes share a first byte with some characters that do.
fn is_clean(bytes: &[u8]) -> bool {
    let tail = |at: usize| (bytes.get(at + 1).copied().unwrap_or(0), bytes.get(at + 2).copied().unwrap_or(0));
    bytes.iter().enumerate().all(|(at, byte)| match byte {
        b' '..=b'~' | b'\n' | b'\t' => true,
        // C1 controls, the no-break space and the soft hyphen.
        0xc2 => tail(at).0 > 0xa0 && tail(at).0 != 0xad,
        0xd8 => tail(at).0 != 0x9c,
        0xe2 => match tail(at) {
            (0x80, last) => !matches!(last, 0x8b | 0x8e | 0x8f | 0xa8..=0xaf),
            (0x81, last) => !matches!(last, 0xa0..=0xa4 | 0xa6..=0xa9),
            _ => true,
        },
        0xe3 => tail(at) != (0x80, 0x80),
        0xef => tail(at) != (0xbb, 0xbf),
        // The plane of tags.
        0xf3 => tail(at).0 != 0xa0,
        _ => *byte >= 0x80,
    })
}

/// Whether [`one_line`] would change nothing; not sure of what isn't ASCII.
fn is_one_line(text: &str) -> bool {
    let bytes = text.as_bytes();
    bytes.iter().all(|b| matches!(b, b' '..=b'~'))
        && !bytes.windows(2).any(|pair| pair == b"  ")
        && !bytes.starts_with(b" ")
        && !bytes.ends_with(b" ")
}

/// For a header or name: no line breaks, controls, direction marks or zero-width characters.
pub fn one_line(text: &str) -> String {
    if is_one_line(text) {
        return text.to_owned();
    }
    let text: String = clean(text).chars().filter(|&c| !amends_language::words::is_zero_width(c)).collect();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_called_clean_is_left_as_it_is() {
        for c in ('\0'..='\u{ffff}').chain('\u{1f300}'..='\u{1f64f}').chain('\u{dff00}'..='\u{e1000}') {
            let text = format!("a{c}b");
            let changed = clean(&text) != text;
            assert_eq!(is_clean(text.as_bytes()), !changed, "{c:?}");
            assert!(changed || !c.is_control() || "\n\t".contains(c), "{c:?}");
        }
    }

    #[test]
    fn nothing_that_drives_a_terminal_stays() {
        assert_eq!(clean("a\u{1b}]0;x\u{7}b\rc\r\nd\u{9d}e\u{202e}f"), "a]0;xb\nc\nde".to_owned() + "f");
        assert_eq!(harmless("a\u{1b}[2J\u{202e}b\u{9b}c\u{e0041}\u{a0}–\n\t"), "a[2Jbc\u{a0}–\n\t");
        assert_eq!(one_line("Ann\r\nBcc: x\u{200b}"), "Ann Bcc: x");
    }
}
