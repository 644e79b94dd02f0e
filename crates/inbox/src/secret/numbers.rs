//! Numbers known by their own form: bank accounts by country, length and check digits; social
//! security and national insurance numbers by their grouping.

use super::Kind;
use std::ops::Range;

/// How long each country's IBAN is.
#[rustfmt::skip]
const LENGTHS: &[(&[u8; 2], usize)] = &[
    (b"AD", 24), (b"AE", 23), (b"AL", 28), (b"AT", 20), (b"AZ", 28), (b"BA", 20), (b"BE", 16), (b"BG", 22),
    (b"BH", 22), (b"BR", 29), (b"BY", 28), (b"CH", 21), (b"CR", 22), (b"CY", 28), (b"CZ", 24), (b"DE", 22),
    (b"DK", 18), (b"DO", 28), (b"EE", 20), (b"EG", 29), (b"ES", 24), (b"FI", 18), (b"FO", 18), (b"FR", 27),
    (b"GB", 22), (b"GE", 22), (b"GI", 23), (b"GL", 18), (b"GR", 27), (b"GT", 28), (b"HR", 21), (b"HU", 28),
    (b"IE", 22), (b"IL", 23), (b"IQ", 23), (b"IS", 26), (b"IT", 27), (b"JO", 30), (b"KW", 30), (b"KZ", 20),
    (b"LB", 28), (b"LC", 32), (b"LI", 21), (b"LT", 20), (b"LU", 20), (b"LV", 21), (b"LY", 25), (b"MC", 27),
    (b"MD", 24), (b"ME", 22), (b"MK", 19), (b"MR", 27), (b"MT", 31), (b"MU", 30), (b"NL", 18), (b"NO", 15),
    (b"PK", 24), (b"PL", 28), (b"PS", 29), (b"PT", 25), (b"QA", 29), (b"RO", 24), (b"RS", 22), (b"SA", 24),
    (b"SC", 31), (b"SE", 24), (b"SI", 19), (b"SK", 24), (b"SM", 27), (b"ST", 25), (b"SV", 28), (b"TL", 23),
    (b"TN", 24), (b"TR", 26), (b"UA", 29), (b"VA", 22), (b"VG", 24), (b"XK", 20),
];

/// How the words begin that make a number someone's reference.
const REFERENCES: &[&str] = &[
    "account",
    "auftrag",
    "bestell",
    "booking",
    "case",
    "claim",
    "colis",
    "commande",
    "complaint",
    "confirm",
    "consignment",
    "customer",
    "delivery",
    "invoice",
    "item",
    "job",
    "model",
    "order",
    "parcel",
    "part",
    "pedido",
    "po",
    "policy",
    "quote",
    "rechnung",
    "receipt",
    "ref",
    "reference",
    "reservation",
    "serial",
    "shipment",
    "sku",
    "ticket",
    "tracking",
    "transaction",
    "ihre",
    "po#",
    "docket",
    "pnr",
    "rma",
];

/// Every number in folded text that its own form gives away.
pub fn numbers(text: &str) -> Vec<(Kind, Range<usize>)> {
    let bytes = text.as_bytes();
    let mut found = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        let begins = bytes[at].is_ascii_alphanumeric()
            && at.checked_sub(1).is_none_or(|before| !bytes[before].is_ascii_alphanumeric());
        let number = if !begins {
            None
        } else if bytes[at].is_ascii_digit() {
            social_security(bytes, at)
                .filter(|_| !is_reference(text, at))
                .map(|end| (Kind::SocialSecurity, end))
        } else if let Some(end) = iban(bytes, at) {
            Some((Kind::Account, end))
        } else {
            insurance(bytes, at).filter(|_| !is_reference(text, at)).map(|end| (Kind::Health, end))
        };
        match number {
            Some((kind, end)) => {
                found.push((kind, at..end));
                at = end;
            }
            None => at += 1,
        }
    }
    found
}

/// Where the IBAN that begins here ends, however it is spaced.
fn iban(bytes: &[u8], start: usize) -> Option<usize> {
    let head = bytes.get(start..start + 2).filter(|head| head.is_ascii())?.to_ascii_uppercase();
    let (_, length) = LENGTHS.iter().find(|(country, _)| **country == *head)?;
    let mut code = Vec::with_capacity(*length);
    let (mut at, mut gap) = (start, 0);
    while code.len() < *length {
        let byte = *bytes.get(at)?;
        if byte.is_ascii_alphanumeric() {
            code.push(byte.to_ascii_uppercase());
            gap = 0;
        } else {
            gap += 1;
            if gap > 3 || !b" -.\n\t_/>".contains(&byte) {
                return None;
            }
        }
        if code.len() == 4 && !code[2..].iter().all(u8::is_ascii_digit) {
            return None;
        }
        at += 1;
    }
    // The bank's own code may be glued to it.
    let glued = bytes[at..].iter().take_while(|b| b.is_ascii_alphanumeric()).count();
    let ends = match glued {
        0 => true,
        8 | 11 => bytes[at..at + 6].iter().all(u8::is_ascii_alphabetic),
        _ => false,
    };
    let rest = code[4..].iter().chain(&code[..4]).fold(0u32, |rest, &b| match b {
        b'0'..=b'9' => (rest * 10 + u32::from(b - b'0')) % 97,
        _ => (rest * 100 + u32::from(b - b'A') + 10) % 97,
    });
    (ends && rest == 1).then_some(at)
}

/// Three, two and four digits between dashes, as the US issues them, taxpayer numbers included.
fn social_security(bytes: &[u8], start: usize) -> Option<usize> {
    let number = bytes.get(start..start + 11)?;
    let shaped = number
        .iter()
        .enumerate()
        .all(|(n, b)| if n == 3 || n == 6 { *b == b'-' } else { b.is_ascii_digit() });
    let ends = bytes.get(start + 11).is_none_or(|b| !b.is_ascii_alphanumeric() && *b != b'-')
        && (start == 0 || bytes[start - 1] != b'-' && bytes[start - 1] != b'+');
    let issued = match &number[..3] {
        b"000" | b"666" => false,
        [b'9', ..] => matches!(number[4], b'5'..=b'9'),
        _ => true,
    };
    (shaped && ends && issued && &number[4..6] != b"00" && &number[7..] != b"0000").then_some(start + 11)
}

/// A British national insurance number in capitals: "JG 10 37 59 A".
fn insurance(bytes: &[u8], start: usize) -> Option<usize> {
    let [a, b] = *bytes.get(start..start + 2)? else { return None };
    let letters = a.is_ascii_uppercase()
        && b.is_ascii_uppercase()
        && !b"DFIQUV".contains(&a)
        && !b"DFIOQUV".contains(&b);
    if !letters || [b"BG", b"GB", b"NK", b"KN", b"TN", b"NT", b"ZZ"].contains(&&[a, b]) {
        return None;
    }
    let (mut at, mut digits) = (start + 2, 0);
    while digits < 6 {
        match bytes.get(at)? {
            b'0'..=b'9' => digits += 1,
            b' ' | b'-' if digits % 2 == 0 => {}
            _ => return None,
        }
        at += 1;
    }
    if bytes.get(at) == Some(&b' ') {
        at += 1;
    }
    let ends = bytes.get(at + 1).is_none_or(|b| !b.is_ascii_alphanumeric());
    (matches!(bytes.get(at)?, b'A'..=b'D') && ends).then_some(at + 1)
}

/// Whether the words just before call the number at `at` an order or the like. A question may be
/// answered with one: "Where's my order? It's number …".
pub fn is_reference(text: &str, at: usize) -> bool {
    // Six words, and no more of a line without end.
    let before = &text[text.floor_char_boundary(at.saturating_sub(200))..at];
    let line = before.rfind(['\n', ';']).map_or(before, |n| &before[n + 1..]);
    let mut capital = text[at..].starts_with(|c: char| c.is_ascii_uppercase());
    for word in line.split_whitespace().rev().take(6) {
        if capital && word.ends_with(['.', '!']) {
            return false;
        }
        capital = word.starts_with(|c: char| c.is_uppercase());
        // Longer words are no abbreviations.
        let ends = word.ends_with('.') && word.len() > 4;
        let word = word.trim_matches(|c: char| !c.is_alphanumeric()).to_ascii_lowercase();
        if REFERENCES.iter().any(|r| word == *r || r.len() > 3 && word.starts_with(r)) {
            return true;
        }
        if ends {
            return false;
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<&str> {
        numbers(text).into_iter().map(|(_, range)| &text[range]).collect()
    }

    #[test]
    fn accounts_in_any_case_and_spacing() {
        for iban in ["DE89370400440532013000", "gb29 nwbk 6016 1331 9268 19", "DE89-3704-0044-0532-0130-00"] {
            assert_eq!(found(&format!("to {iban} please")), [iban]);
        }
        assert!(found("DE88370400440532013000 GB29 DE8937040044053201300").is_empty());
    }

    #[test]
    fn a_reference_is_no_social_security_number() {
        assert_eq!(found("mailed 514-22-8830 to a stranger"), ["514-22-8830"]);
        assert!(
            found("order 514-22-8830, ref: 338-71-2204, 666-12-3456, 900-11-2222, 1-514-22-8830").is_empty()
        );
        assert_eq!(found("JG 10 37 59 A or PX123456C"), ["JG 10 37 59 A", "PX123456C"]);
        assert!(found("order PX123456C, GB123456A, AB447120931GB").is_empty());
    }
}
