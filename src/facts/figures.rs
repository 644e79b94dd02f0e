//! References and sums, which replies are checked for as well.

use super::money::{amounts, bare_amounts};
use super::references::references;
use super::*;

/// Only the references and amounts in a text.
pub fn read_figures(text: &str) -> Facts {
    let mut facts = Facts::default();
    if text.bytes().any(|b| b.is_ascii_digit()) {
        // Beside a digit, a sum is looked for whatever the words are.
        figures(text, &text.to_ascii_lowercase(), 0, &mut facts, &mut Taken::new());
    }
    facts
}

/// Sums with a currency, then references, as no sum is one.
pub(super) fn figures(text: &str, lower: &str, sorts: u32, facts: &mut Facts, taken: &mut Taken) {
    let signed = || text.bytes().any(|b| b == b'$' || !b.is_ascii());
    let digit = text.bytes().any(|b| b.is_ascii_digit());
    if digit || sorts & MONEY != 0 || signed() && text.contains(['$', '£', '€', '₹', '¥', '₱', '₦'])
    {
        amounts(text, lower, facts, taken);
    }
    if digit {
        references(text, lower, facts, taken);
    }
}

/// Sums without a currency, once dates and durations are known.
pub(super) fn unnamed_sums(text: &str, lower: &str, sorts: u32, facts: &mut Facts, taken: &mut Taken) {
    let decimal = || {
        text.as_bytes()
            .windows(3)
            .any(|w| b".,".contains(&w[0]) && w[1].is_ascii_digit() && w[2].is_ascii_digit())
    };
    if sorts & PAID != 0 || decimal() {
        bare_amounts(text, lower, facts, taken);
    }
}
