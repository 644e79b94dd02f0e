//! Card numbers by prefix, length and check digit, with the expiry date and code beside them.

use std::ops::Range;

/// What may stand between the digits of one number.
const SEPARATORS: &[u8] = " .-/_\n\t,:;|>()*\u{2026}".as_bytes();
/// Words before an expiry date or a code.
const BESIDE: &[&str] = &[
    "and",
    "bis",
    "caduca",
    "caducidad",
    "code",
    "crypto",
    "csc",
    "cvc",
    "cvv",
    "date",
    "exp",
    "expira",
    "expire",
    "expires",
    "expiring",
    "expiry",
    "gueltig",
    "gultig",
    "is",
    "le",
    "security",
    "thru",
    "until",
    "valid",
    "vence",
];

/// Every card number in folded text, each followed by what belongs to it.
pub fn cards(text: &str) -> Vec<Range<usize>> {
    let bytes = text.as_bytes();
    let mut found = Vec::new();
    let mut chain: Vec<Range<usize>> = Vec::new();
    let mut at = 0;
    loop {
        let start = at + bytes[at..].iter().position(u8::is_ascii_digit).unwrap_or(bytes.len() - at);
        let end = start + bytes[start..].iter().take_while(|b| b.is_ascii_digit()).count();
        let follows = chain.last().is_some_and(|last| {
            let gap = &bytes[last.end..start];
            // A quoted line begins with signs of its own.
            let most = if gap.contains(&b'\n') { 8 } else { 4 };
            gap.len() <= most && gap.iter().all(|b| SEPARATORS.contains(b))
        });
        if !follows || start == end {
            of_chain(bytes, &chain, &mut found);
            chain.clear();
        }
        if start == end {
            break;
        }
        chain.push(start..end);
        at = end;
    }
    without_number(text, &mut found);
    let numbers = found.len();
    for n in 0..numbers {
        let end = found[n].end;
        beside(text, end, &mut found);
    }
    found
}

/// The cards among neighbouring groups of digits.
fn of_chain(bytes: &[u8], chain: &[Range<usize>], found: &mut Vec<Range<usize>>) {
    let mut first = 0;
    while first < chain.len() {
        let mut count = 0;
        let mut card = None;
        for (n, group) in chain.iter().enumerate().skip(first) {
            count += group.len();
            if count > 19 {
                break;
            }
            let groups = &chain[first..=n];
            if count >= 12
                && (groups.len() == chain.len() || grouped(bytes, groups))
                && is_card(bytes, groups)
            {
                card = Some(n);
            }
        }
        if let Some(last) = card {
            found.push(chain[first].start..chain[last].end);
            first = last;
        }
        first += 1;
    }
}

/// Whether a number amid other digits is written as one: in groups of three or more, or evenly.
fn grouped(bytes: &[u8], groups: &[Range<usize>]) -> bool {
    let gaps = || groups.windows(2).map(|pair| &bytes[pair[0].end..pair[1].start]);
    groups.iter().all(|g| g.len() >= 3)
        || groups.iter().all(|g| g.len() <= 2) && gaps().zip(gaps().skip(1)).all(|(a, b)| a == b)
}

fn is_card(bytes: &[u8], groups: &[Range<usize>]) -> bool {
    let (start, end) = (groups[0].start, groups[groups.len() - 1].end);
    let number: Vec<u32> =
        groups.iter().flat_map(|g| &bytes[g.clone()]).map(|b| u32::from(b - b'0')).collect();
    issued(&number) && luhn(&number) && !is_in_a_code(bytes, start, end)
}

/// Whether letters make it part of a longer code: "card4111…" is none, "JD4111…" and "4111…a" are.
fn is_in_a_code(bytes: &[u8], start: usize, end: usize) -> bool {
    let before = bytes[..start].iter().rev().take_while(|b| b.is_ascii_alphabetic()).count();
    let glued = bytes[..start - before].last().is_some_and(u8::is_ascii_alphanumeric);
    let after = bytes[end..].iter().take_while(|b| b.is_ascii_alphabetic()).count();
    before > 0 && (before < 3 || glued) || (1..3).contains(&after)
}

/// Issuers' prefixes and lengths (ISO/IEC 7812 ranges of the large networks).
fn issued(number: &[u32]) -> bool {
    let head = |n: usize| number.iter().take(n).fold(0, |v, d| v * 10 + d);
    match number.len() {
        12 => matches!(head(4), 5018 | 5020 | 5038 | 5893 | 6304 | 6759 | 6761..=6763),
        13 => number[0] == 4,
        14 => matches!(head(2), 30 | 36 | 38),
        15 => matches!(head(2), 34 | 37),
        16 => {
            number[0] == 4
                || matches!(head(2), 36 | 50..=58 | 60..=63 | 65 | 67)
                || (2200..=2204).contains(&head(4))
                || (2221..=2720).contains(&head(4))
                || (3528..=3589).contains(&head(4))
                || (644..=649).contains(&head(3))
        }
        // No network issues 17 or 18 digits; posts and tickets are numbered so.
        19 => {
            number[0] == 4
                || head(2) == 62
                || matches!(head(4), 5893 | 6011 | 6304 | 6759 | 6761..=6763 | 6799)
        }
        _ => false,
    }
}

fn luhn(number: &[u32]) -> bool {
    let double = |d: u32| (d * 2) / 10 + (d * 2) % 10;
    let digits = number.iter().rev().enumerate();
    digits.map(|(i, &d)| if i % 2 == 1 { double(d) } else { d }).sum::<u32>().is_multiple_of(10)
}

/// The expiry date and the code after a card number.
fn beside(text: &str, mut at: usize, found: &mut Vec<Range<usize>>) {
    for _ in 0..6 {
        let rest = &text[at..];
        let start = at + rest.len() - rest.trim_start_matches(|c| " ,;:/|().-\n\t".contains(c)).len();
        let word = text[start..].bytes().take_while(u8::is_ascii_alphabetic).count();
        if word > 0 {
            if !BESIDE.contains(&text[start..start + word].to_ascii_lowercase().as_str()) {
                return;
            }
            at = start + word;
            continue;
        }
        let Some(length) = expiry(&text[start..]).or_else(|| code(&text[start..])) else { return };
        found.push(start..start + length);
        at = start + length;
    }
}

/// "08/27 847": the end of a card's number that was left out, where a card is spoken of.
fn without_number(text: &str, found: &mut Vec<Range<usize>>) {
    const SPOKEN: &[&str] = &["card", "pay", "checkout", "declined", "exp", "amex", "visa"];
    const FAR: usize = 200;
    for (slash, _) in text.match_indices('/') {
        let Some(start) = slash.checked_sub(2).filter(|at| text.is_char_boundary(*at)) else { continue };
        let alone = !text[..start].ends_with(|c: char| c.is_alphanumeric() || "/.-".contains(c));
        let Some(length) = text.get(start..).filter(|_| alone).and_then(expiry) else { continue };
        let end = start + length;
        let gap = text[end..].bytes().take_while(|b| b" ,;:/|".contains(b)).count();
        let Some(code) = code(&text[end + gap..]).filter(|code| *code == 3 && (1..=3).contains(&gap)) else {
            continue;
        };
        let near = text.floor_char_boundary(start.saturating_sub(FAR))
            ..text.ceil_char_boundary((end + FAR).min(text.len()));
        let near = text[near].to_ascii_lowercase();
        if SPOKEN.iter().any(|word| near.contains(word)) {
            found.extend([start..end, end + gap..end + gap + code]);
        }
    }
}

/// "12/27", "1227", "12 / 2027" or "2027-12": how long it is.
fn expiry(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    let digits = |at: usize| bytes[at.min(bytes.len())..].iter().take_while(|b| b.is_ascii_digit()).count();
    let month =
        |at: usize| matches!(bytes.get(at..at + 2)?, [b'0', b'1'..=b'9'] | [b'1', b'0'..=b'2']).then_some(());
    if text.starts_with("20") && digits(0) == 4 && matches!(bytes.get(4), Some(b'-' | b'/')) {
        return month(5).filter(|()| digits(5) == 2).map(|()| 7);
    }
    month(0)?;
    match digits(0) {
        4 | 6 => return Some(digits(0)),
        2 => {}
        _ => return None,
    }
    let gap = bytes[2..].iter().take_while(|b| b" /-.".contains(b)).count();
    let year = digits(2 + gap);
    let ends =
        !(bytes.get(2 + gap + year).is_some_and(|b| b".,/-".contains(b)) && digits(3 + gap + year) > 0);
    ((1..=3).contains(&gap) && matches!(year, 2 | 4) && ends).then_some(2 + gap + year)
}

/// Three or four digits that stand alone.
fn code(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    let length = bytes.iter().take_while(|b| b.is_ascii_digit()).count();
    let ends = match (bytes.get(length), bytes.get(length + 1)) {
        (Some(b'.' | b',' | b'/' | b'-'), Some(next)) => !next.is_ascii_digit(),
        (Some(next), _) => !next.is_ascii_alphanumeric(),
        (None, _) => true,
    };
    ((3..=4).contains(&length) && ends).then_some(length)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<&str> {
        cards(text).into_iter().map(|range| &text[range]).collect()
    }

    #[test]
    fn a_card_is_found_beside_other_digits() {
        assert_eq!(
            found("ref 2093 4111 1111 1111 1111 12/27 123, 2 shirts"),
            ["4111 1111 1111 1111", "12/27", "123"]
        );
        assert_eq!(found("4 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1"), ["4 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1"]);
        assert_eq!(found("card4111111111111111, exp. 2027-08"), ["4111111111111111", "2027-08"]);
        assert_eq!(found("4111111111111111/49.90 EUR"), ["4111111111111111"]);
    }

    #[test]
    fn other_lengths_and_codes_are_none() {
        for text in [
            "41111111111111113",
            "411111111111111115",
            "670812270428078080",
            "4111111111111112",
            "JD4111111111111111",
            "card \u{1f642}/27 847",
            "",
        ] {
            assert_eq!(found(text), [""; 0], "{text}");
        }
    }
}
