//! Redacts secrets, byte for byte, before anything else reads the text; so no output can contain one,
//! and offsets stay valid.
//!
//! ```text
//! text ─ plain ─ cards ─ numbers ─ named ─ blotted
//!        folded  check   accounts  labels
//!                digits  by form   and their values
//! ```

mod cards;
mod dates;
mod labels;
mod named;
mod numbers;
mod plain;
mod values;

use plain::Plain;
use std::ops::Range;

/// What was redacted, worded for the agent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Card,
    Security,
    Pin,
    OneTime,
    Password,
    Account,
    SocialSecurity,
    Token,
    Passport,
    Licence,
    Health,
    Birth,
}

impl Kind {
    /// Whether no company ever needs to be sent it: a key, not a sign of who someone is.
    pub fn is_key(self) -> bool {
        matches!(
            self,
            Self::Card
                | Self::Security
                | Self::Pin
                | Self::OneTime
                | Self::Password
                | Self::SocialSecurity
                | Self::Token
        )
    }

    pub fn name(self) -> &'static str {
        match self {
            Self::Card => "card number",
            Self::Security => "security code",
            Self::Pin => "PIN",
            Self::OneTime => "one-time code",
            Self::Password => "password",
            Self::Account => "bank account number",
            Self::SocialSecurity => "social security number",
            Self::Token => "access token",
            Self::Passport => "passport or identity card number",
            Self::Licence => "driving licence number",
            Self::Health => "insurance, health or tax number",
            Self::Birth => "date of birth",
        }
    }
}

/// Text without its secrets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Blotted {
    /// As long as the original, with `*` for every byte of a secret.
    pub text: String,
    /// Each kind once, in the order of the kinds above.
    pub kinds: Vec<Kind>,
}

/// Replaces every byte of every secret with `*`; `None` if there is none.
pub fn blot(text: &str) -> Option<Blotted> {
    let digits = Digits::of(text.as_bytes());
    let announced = labels::GATE.sorts(text) != 0;
    if !announced && !digits.may_be_a_number() {
        return None;
    }
    let plain = Plain::of(text);
    let mut found: Vec<(Kind, Range<usize>)> = Vec::new();
    if digits.count >= 12 || digits.odd {
        found.extend(cards::cards(&plain.text).into_iter().map(|range| (Kind::Card, range)));
    }
    if digits.dashed || digits.coded || digits.odd {
        found.extend(numbers::numbers(&plain.text));
    }
    if announced {
        named::find(&plain.text, &mut found);
    }
    if found.is_empty() {
        return None;
    }
    let mut bytes = text.as_bytes().to_vec();
    let mut kinds = Vec::new();
    for (kind, range) in found {
        for byte in bytes[plain.original(range)].iter_mut().filter(|byte| !byte.is_ascii_whitespace()) {
            *byte = b'*';
        }
        kinds.push(kind);
    }
    kinds.sort_unstable_by_key(|kind| *kind as u8);
    kinds.dedup();
    // Only whole characters were covered, so this can't fail.
    let text = String::from_utf8(bytes).unwrap_or_else(|_| "*".repeat(text.len()));
    Some(Blotted { text, kinds })
}

/// What a text's digits may belong to.
struct Digits {
    count: usize,
    /// Contains "12-3".
    dashed: bool,
    /// Contains "DE8".
    coded: bool,
    /// Contains characters that may be digits of other keyboards.
    odd: bool,
}

impl Digits {
    fn of(bytes: &[u8]) -> Self {
        let mut all = Self { count: 0, dashed: false, coded: false, odd: false };
        for (at, byte) in bytes.iter().enumerate() {
            match byte {
                b'0'..=b'9' => {
                    all.count += 1;
                    match bytes[..at] {
                        [.., a, b, b'-'] => all.dashed |= a.is_ascii_digit() && b.is_ascii_digit(),
                        [.., a, b] => {
                            all.coded |= a.is_ascii_alphabetic()
                                && b.is_ascii_alphabetic()
                                && !(at > 2 && bytes[at - 3].is_ascii_alphanumeric());
                            all.coded |= b == b' ' && a.is_ascii_uppercase();
                        }
                        _ => {}
                    }
                }
                // Full-width, Arabic, Indic and mathematical digits.
                0xd9 | 0xdb => all.odd = true,
                0xe0 | 0xef | 0xf0 => {
                    let next = bytes.get(at + 1);
                    all.odd |= matches!((byte, next), (0xe0, Some(0xa5 | 0xa7)) | (0xef, Some(0xbc)))
                        || bytes[at..].starts_with(b"\xf0\x9d\x9f");
                }
                _ => {}
            }
        }
        all
    }

    fn may_be_a_number(&self) -> bool {
        self.count >= 12 || self.odd || self.count >= 6 && (self.dashed || self.coded)
    }
}
