//! References and amounts of money.

use super::*;

pub(super) static ORDER: LazyLock<Automaton> = fact_pattern!("order");
pub(super) static BARE_ORDER: LazyLock<Automaton> = fact_pattern!("bare_order");
pub(super) static AMOUNT: LazyLock<Automaton> = fact_pattern!("amount");

/// Only the references and amounts in a text.
pub fn read_figures(text: &str) -> Facts {
    let mut facts = Facts::default();
    if text.bytes().any(|b| b.is_ascii_digit()) {
        figures(text, &text.to_ascii_lowercase(), PREFILTER.sorts(text), &mut facts, &mut Taken::new());
    }
    facts
}

pub(super) fn figures(text: &str, lower: &str, sorts: u32, facts: &mut Facts, taken: &mut Taken) {
    let signed = || text.bytes().any(|b| b == b'$' || !b.is_ascii());
    if sorts & MONEY != 0 || signed() && text.contains(['$', '£', '€', '₹', '¥', '₱', '₦']) {
        amounts(text, lower, facts, taken);
    }
    orders(text, lower, sorts, facts, taken);
}

pub(super) fn amounts(text: &str, lower: &str, facts: &mut Facts, taken: &mut Taken) {
    for found in AMOUNT.find_iter(lower) {
        keep(&mut facts.amounts, text[found.clone()].trim_end_matches([',', '.']));
        facts.said.spans.push((FactKind::Amount, found.clone()));
        taken.insert(found.start, found.end);
    }
}

pub(super) fn orders(text: &str, lower: &str, sorts: u32, facts: &mut Facts, taken: &mut Taken) {
    let take = |reference: Range<usize>, facts: &mut Facts, taken: &mut Taken| {
        let word = &text[reference.clone()];
        let digits = word.bytes().filter(u8::is_ascii_digit).count();
        // A reference has digits and isn't a +phone number, a masked secret or a year.
        let year = word.len() == 4 && (word.starts_with("19") || word.starts_with("20"));
        let lower_word = word.bytes().any(|b| b.is_ascii_lowercase()) && digits < 3;
        let before = text[..reference.start].chars().next_back();
        if digits >= 3
            && !year
            && !lower_word
            && !before.is_some_and(|c| "$£€₹+*".contains(c))
            && free(taken, &reference)
        {
            keep(&mut facts.orders, word);
            facts.said.spans.push((FactKind::Order, reference.clone()));
            taken.insert(reference.start, reference.end);
        }
    };
    if sorts & REFERENCE != 0 {
        for found in ORDER.find_iter(lower) {
            take(named_reference(lower, found), facts, taken);
        }
    }
    if bare_reference(text, taken) {
        for found in BARE_ORDER.find_iter(text) {
            let sign = text[found.clone()].find(|c: char| c != '#' && !c.is_whitespace()).unwrap_or(0);
            take(found.start + sign..found.end, facts, taken);
        }
    }
}

/// The reference at the end of "order no. A-44192"; also handles "ref44192".
pub(super) fn named_reference(lower: &str, found: Range<usize>) -> Range<usize> {
    const NAMES: &[&str] = &[
        "order",
        "booking",
        "reservation",
        "reference",
        "ref",
        "ticket",
        "case",
        "invoice",
        "tracking",
        "confirmation",
        "policy",
        "claim",
        "complaint",
        "job",
        "customer",
        "membership",
        "account",
        "parcel",
        "shipment",
        "contract",
        "request",
        "incident",
    ];
    let part = |b: &u8| b.is_ascii_alphanumeric() || b"-/_".contains(b);
    let whole = &lower.as_bytes()[found.clone()];
    let start = whole.iter().rposition(|b| !part(b)).map_or(0, |n| n + 1);
    if start > 0 {
        return found.start + start..found.end;
    }
    let behind = |name: &&&str| {
        let rest = whole.strip_prefix(name.as_bytes());
        rest.is_some_and(|rest| (4..=49).contains(&rest.len()) && rest[0].is_ascii_alphanumeric())
    };
    found.start + NAMES.iter().find(behind).map_or(0, |name| name.len())..found.end
}

/// Whether there may be a reference not yet found: "#10023", "A-44192".
pub(super) fn bare_reference(text: &str, taken: &Taken) -> bool {
    let digit = |at: Option<&u8>| at.is_some_and(u8::is_ascii_digit);
    text.bytes().enumerate().any(|(n, b)| {
        let next = &text.as_bytes()[n + 1..];
        let begins = match b {
            b'#' => digit(next.first()) || digit(next.get(1)),
            b'A'..=b'Z' => digit(next.first()) || next.first() == Some(&b'-') && digit(next.get(1)),
            _ => false,
        };
        begins && free(taken, &(n..n + 1))
    })
}
