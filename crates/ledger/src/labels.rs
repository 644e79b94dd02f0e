//! What messages are counted and found by.

use serde::Serialize;

/// A field and its value: `issue` and `late_delivery`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct Label {
    pub field: &'static str,
    pub value: String,
}

impl Label {
    pub fn new(field: &'static str, value: impl Into<String>) -> Self {
        Self { field, value: value.into() }
    }
}

/// Every message, for totals.
pub(crate) const ALL: &str = "all";
/// The fields of messages that are counted apart: too dear, or after a handout.
pub(crate) const APART: &str = "apart";
/// The issues of those.
pub(crate) const APART_ISSUE: &str = "apart_issue";
/// Days from the message to its first answer.
pub(crate) const WAIT: &str = "wait";

/// The fields of labels, and what they hold.
pub const FIELDS: &[(&str, &str)] = &[
    ("issue", "what it is about, late_delivery"),
    ("cause", "the issue's root cause, fulfilment"),
    ("thing", "the noun it is about, parcel"),
    ("tone", "angry, calm …"),
    ("kind", "complaint, question …"),
    ("channel", "email, chat …"),
    ("lang", "en, de …"),
    ("customer", "chronic, meek …"),
    ("want", "refund, apology …"),
    ("risk", "legal, safety …"),
    ("hold", "who has to take over"),
    ("concession", "refund offered, compensation approval …"),
    ("value", "the company's value that allows a concession"),
    (APART, "complaints counted apart: a price, a handout"),
];
