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
    /// Of a door, a safe or an alarm.
    Door,
    Voucher,
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
                | Self::Door
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
            Self::Door => "door or alarm code",
            Self::Voucher => "gift card code",
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

/// Whether a word of a text may announce a secret.
pub fn announces(text: &str) -> bool {
    labels::GATE.sorts(text) != 0
}

/// Replaces every byte of every secret with `*`; `None` if there is none.
pub fn blot(text: &str) -> Option<Blotted> {
    let plain = Plain::of(text);
    let bytes = plain.text.as_bytes();
    let digits = Digits::of(bytes);
    let announced = announces(&plain.text);
    let mailed = memchr::memchr(b'@', bytes).is_some();
    let mut found: Vec<(Kind, Range<usize>)> = Vec::new();
    if digits.count >= 7 {
        found.extend(cards::cards(&plain.text).into_iter().map(|range| (Kind::Card, range)));
    }
    if digits.dashed || digits.coded {
        found.extend(numbers::numbers(&plain.text));
    }
    if announced {
        named::find(&plain.text, &mut found);
    }
    if mailed {
        named::links(&plain.text, &mut found);
        named::logins(&plain.text, &mut found);
    }
    if found.is_empty() {
        return None;
    }
    repeated(&plain.text, &mut found);
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

/// Finds a secret again where it is said a second time, without the words that gave it away.
fn repeated(text: &str, found: &mut Vec<(Kind, Range<usize>)>) {
    /// A text with more secrets is a list of them, where each is labelled.
    const MOST: usize = 20;
    const SHORTEST: usize = 4;
    let known = found.clone();
    let said_again = |kind: &Kind| kind.is_key() || matches!(kind, Kind::Account | Kind::Voucher);
    for (kind, range) in known.iter().filter(|(kind, _)| said_again(kind)).take(MOST) {
        let value = text[range.clone()].trim();
        if value.len() < SHORTEST {
            continue;
        }
        let inside = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        let again = text.match_indices(value).map(|(at, _)| at..at + value.len()).filter(|at| {
            let alone =
                !inside(text[..at.start].chars().next_back()) && !inside(text[at.end..].chars().next());
            alone && !known.iter().any(|(_, known)| known.start < at.end && at.start < known.end)
        });
        found.extend(again.map(|at| (*kind, at)));
    }
}

/// What a text's digits may belong to.
struct Digits {
    count: usize,
    /// Contains "12-3".
    dashed: bool,
    /// Contains "DE8".
    coded: bool,
}

impl Digits {
    fn of(bytes: &[u8]) -> Self {
        // So few at a time that a byte can hold their number: sixteen are counted at once.
        let in_some = |some: &[u8]| some.iter().map(|b| u8::from(b.is_ascii_digit())).sum::<u8>();
        let count = bytes.chunks(255).map(|some| usize::from(in_some(some))).sum();
        let mut all = Self { count, dashed: false, coded: false };
        if count < 6 {
            return all;
        }
        for (at, _) in bytes.iter().enumerate().filter(|(_, b)| b.is_ascii_digit()) {
            match bytes[..at] {
                [.., a, b, b'-'] => all.dashed |= a.is_ascii_digit() && b.is_ascii_digit(),
                [.., a, b] => {
                    let begins = at < 3 || !bytes[at - 3].is_ascii_alphanumeric();
                    all.coded |= a.is_ascii_alphabetic() && b.is_ascii_alphabetic() && begins;
                    all.coded |= b == b' ' && a.is_ascii_uppercase();
                }
                _ => {}
            }
        }
        all
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_said_twice_is_covered_twice() {
        let text = "My PIN is 4471. I typed 4471 at the till, not 44710, and he said 4471 too.";
        let blotted = blot(text).unwrap();
        assert!(!blotted.text.replace("44710", "").contains("4471"), "{}", blotted.text);
        assert!(blotted.text.contains("44710"));
    }
}
