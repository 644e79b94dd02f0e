//! Redacts card numbers, CVVs, social security numbers, IBANs, passwords, PINs and tokens, byte for
//! byte, before anything else reads the text; so no output can contain one, and offsets stay valid.

use amends_language::prefilter::Prefilter;
use regex::Regex;
use std::sync::LazyLock;

/// A labelled secret: "password: x", "my pin is 4821", "CVV 123".
static NAMED: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r#"(?xi)\b(?:
        (?P<word>pass(?:word|wd|code|phrase)?|pwd|pw|log[ -]?in\ code)(?:\s+(?:is|was|are)|\s*[:=]|\s+-)\s*["'“‘]?(?P<w>[^\s"'”’,;]{3,})
      | (?:pin|cvv2?|cvc2?|cvn|otp|one[- ]time\ (?:code|password|pin)|security\ code|verification\ code|passcode)(?:\s*(?:code|no\.?|number))?\s*(?:is|was|:|=|-|\#)?\s*(?P<n>\d{3,8})\b
      | (?:token|api[_ -]?key|secret(?:[_ -]?key)?|bearer)\s*(?:is|:|=)?\s*(?P<t>[A-Za-z0-9_\-./+]{12,})
    )"#,
    )
    .expect("a fixed pattern")
});
static TOKEN: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"\b(?:gh[pousr]_|sk[-_]|pk[-_]|xox[abp]-|AKIA)[A-Za-z0-9_-]{10,}").expect("a fixed pattern")
});
/// Token prefixes.
const TOKEN_HEADS: &[&str] =
    &["gho_", "ghp_", "ghr_", "ghs_", "ghu_", "sk-", "sk_", "pk-", "pk_", "xox", "AKIA"];
static SSN: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"\b\d{3}-\d{2}-\d{4}\b").expect("a fixed pattern"));
static IBAN: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,4})?\b").expect("a fixed pattern")
});

/// Replaces every byte of every secret with `*` and returns the kind found first; `None` if there is none.
pub fn blot(text: &str) -> Option<(String, &'static str)> {
    let mut bytes = Vec::new();
    let mut found = None;
    let mut cover = |range: std::ops::Range<usize>, sort: &'static str| {
        if bytes.is_empty() {
            bytes = text.as_bytes().to_vec();
        }
        for byte in &mut bytes[range] {
            if !byte.is_ascii_whitespace() {
                *byte = b'*';
            }
        }
        found = found.or(Some(sort));
    };
    let Digits { count, dashed, coded } = Digits::of(text.as_bytes());
    // Full-width digits, from East Asian keyboards, start with this byte.
    let wide = !text.is_ascii() && text.as_bytes().contains(&0xef);
    if count >= 13 || wide {
        for card in cards(text) {
            cover(card, "card number");
        }
    }
    if count >= 3 || wide {
        if dashed {
            for m in SSN.find_iter(text).filter(|m| plausible_ssn(m.as_str())) {
                cover(m.range(), "social security number");
            }
        }
        if coded {
            for m in IBAN.find_iter(text).filter(|m| iban_checks(m.as_str())) {
                cover(m.range(), "account number");
            }
        }
        let marked = text.bytes().any(|b| matches!(b, b'_' | b'-' | b'A'));
        if marked && TOKEN_HEADS.iter().any(|head| text.contains(head)) {
            for m in TOKEN.find_iter(text) {
                cover(m.range(), "password");
            }
        }
    }
    if may_name_a_secret(text) {
        for m in NAMED.captures_iter(text) {
            if let Some(value) = m.name("n") {
                cover(value.range(), "code");
            } else if let Some(value) =
                m.name("t").filter(|t| t.as_str().contains(|c: char| c.is_ascii_digit()))
            {
                // "the token is cryptographic" reveals none.
                cover(value.range(), "password");
            } else if let Some(value) = m.name("w") {
                // "my password is wrong" isn't a secret; "my password is Barney#2019" is.
                let stated = m[0].contains([':', '='])
                    || value.as_str().chars().any(|c| {
                        c.is_ascii_digit() || "#@$%&*!_".contains(c) && !value.as_str().ends_with(c)
                    });
                if stated {
                    cover(value.range(), "password");
                }
            }
        }
    }
    found.map(|sort| (String::from_utf8(bytes).unwrap_or_else(|_| "*".repeat(text.len())), sort))
}

/// What a text's digits may belong to.
struct Digits {
    count: usize,
    /// Contains "123-4".
    dashed: bool,
    /// Contains "DE89".
    coded: bool,
}

impl Digits {
    fn of(bytes: &[u8]) -> Self {
        let mut all = Self { count: 0, dashed: false, coded: false };
        let digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
        for (at, _) in bytes.iter().enumerate().filter(|(_, b)| b.is_ascii_digit()) {
            all.count += 1;
            let before = &bytes[..at];
            all.dashed |=
                matches!(before, [.., a, b, c, b'-'] if [a, b, c].iter().all(|b| b.is_ascii_digit()));
            all.coded |= digit(at + 1)
                && matches!(before, [.., a, b] if a.is_ascii_uppercase() && b.is_ascii_uppercase());
        }
        all
    }
}

/// Prefilter for the expensive pattern: one of its keywords must be present.
fn may_name_a_secret(text: &str) -> bool {
    static GATE: Prefilter = Prefilter::new(&[
        ("api", 1),
        ("bearer", 1),
        ("cvc", 1),
        ("cvn", 1),
        ("cvv", 1),
        ("log in code", 1),
        ("log-in code", 1),
        ("login code", 1),
        ("one time", 1),
        ("one-time", 1),
        ("otp", 1),
        ("pass", 1),
        ("pin", 1),
        ("pw", 1),
        ("secret", 1),
        ("security code", 1),
        ("token", 1),
        ("verification code", 1),
    ]);
    let value = |b: u8| b.is_ascii_digit() || b":=#".contains(&b);
    let stated = |w: &[u8]| [b" is ", b" was"].iter().any(|said| w.eq_ignore_ascii_case(&said[..]));
    GATE.sorts(text) != 0 && (text.bytes().any(value) || text.as_bytes().windows(4).any(stated))
}

fn digit(c: char) -> Option<u32> {
    match c {
        '0'..='9' => Some(c as u32 - '0' as u32),
        '０'..='９' => Some(c as u32 - '０' as u32),
        _ => None,
    }
}

/// Runs of 13 to 19 digits, with single separators, that could be card numbers.
fn cards(text: &str) -> Vec<std::ops::Range<usize>> {
    let mut found = Vec::new();
    let mut digits: Vec<(usize, usize, u32)> = Vec::new();
    let mut gap = 0;
    let mut glued = false;
    let mut last_was_word = false;
    let mut check = |digits: &mut Vec<(usize, usize, u32)>, glued: bool| {
        let number: Vec<u32> = digits.iter().map(|d| d.2).collect();
        if !glued && (13..=19).contains(&number.len()) && card_prefix(&number) && luhn(&number) {
            found.push(digits[0].0..digits[digits.len() - 1].1);
        }
        digits.clear();
    };
    for (i, c) in text.char_indices() {
        if let Some(value) = digit(c) {
            if digits.is_empty() {
                glued = last_was_word;
            }
            digits.push((i, i + c.len_utf8(), value));
            gap = 0;
        } else if !digits.is_empty() {
            let separator =
                matches!(c, ' ' | '-' | '.' | '\u{a0}' | '\u{2007}' | '\u{202f}' | '\n' | '\t' | '/' | '–');
            gap += 1;
            if !separator || gap > 2 {
                check(&mut digits, glued || c.is_alphanumeric() && gap == 1);
                gap = 0;
            }
        }
        last_was_word = c.is_alphabetic();
    }
    check(&mut digits, glued);
    found
}

/// Issuer prefixes and lengths (ISO/IEC 7812 ranges of the large networks).
fn card_prefix(number: &[u32]) -> bool {
    let head = |n: usize| number.iter().take(n).fold(0, |v, d| v * 10 + d);
    match number.len() {
        15 => matches!(head(2), 34 | 37),
        14 => matches!(head(2), 30 | 36 | 38),
        13 => number[0] == 4,
        16..=19 => {
            number[0] == 4
                || (51..=55).contains(&head(2))
                || (2221..=2720).contains(&head(4))
                || matches!(head(2), 35 | 36 | 50 | 56..=69)
        }
        _ => false,
    }
}

fn luhn(number: &[u32]) -> bool {
    let sum: u32 = number
        .iter()
        .rev()
        .enumerate()
        .map(|(i, &d)| if i % 2 == 1 { (d * 2) / 10 + (d * 2) % 10 } else { d })
        .sum();
    sum.is_multiple_of(10)
}

fn plausible_ssn(text: &str) -> bool {
    !(text.starts_with("000")
        || text.starts_with("666")
        || text.starts_with('9')
        || &text[4..6] == "00"
        || text.ends_with("0000"))
}

fn iban_checks(text: &str) -> bool {
    let compact: Vec<u8> = text.bytes().filter(|b| *b != b' ').collect();
    if !(15..=34).contains(&compact.len()) {
        return false;
    }
    let rest = compact[4..].iter().chain(&compact[..4]).fold(0u32, |rest, &b| match b {
        b'0'..=b'9' => (rest * 10 + u32::from(b - b'0')) % 97,
        _ => (rest * 100 + u32::from(b.to_ascii_uppercase() - b'A') + 10) % 97,
    });
    rest == 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_go_and_offsets_stay() {
        for (text, gone) in [
            ("card 4111 1111 1111 1111 ok", "1111"),
            ("card 5555-5555-5555-4444.", "5555"),
            ("４１１１１１１１１１１１１１１１ is it", "４"),
            ("my password is Barney#2019 thanks", "Barney"),
            ("password: hunter2!", "hunter2"),
            ("my pin is 4821", "4821"),
            ("CVV 123, exp 10/27", "123"),
            ("ssn 123-45-6789", "6789"),
            ("IBAN DE89 3704 0044 0532 0130 00 please", "3704"),
            ("token=ghp_0123456789abcdefghijABCDEFGHIJ012345", "ghp"),
        ] {
            let (out, _) = blot(text).expect(text);
            assert!(!out.contains(gone), "{text} -> {out}");
            assert_eq!(out.len(), text.len());
        }
    }

    #[test]
    fn what_is_no_secret_stays() {
        for text in [
            "order 4111111111111112",
            "tracking 1Z999AA10123456784",
            "ref 2024-0305-1011-1213",
            "IMEI 356938035643809",
            "my password is wrong and the reset code never comes",
            "the pin on the zip broke",
            "Postcode 12345, code 12",
        ] {
            assert_eq!(blot(text), None, "{text}");
        }
    }
}
