//! What one drafted message leaves in the ledger.

use crate::labels::Label;
use jiff::civil::Date;
use serde_json::Value;
use sha2::{Digest, Sha256};

/// One message and the draft made for it.
#[derive(Debug, Clone)]
pub struct Entry {
    /// Tells the same message again, whatever file it comes from.
    pub digest: [u8; 32],
    /// The message's own id.
    pub id: String,
    /// Made into a key, and not kept unless `kept` has it as well.
    pub address: Option<String>,
    pub received: Date,
    pub drafted: Date,
    pub reproach: u8,
    pub urgency: u8,
    /// The main issue.
    pub issue: Option<String>,
    pub labels: Vec<Label>,
    pub facts: Value,
    /// Why it is on hold, and for whom.
    pub hold: Option<(String, String)>,
    /// Working days until a follow-up is due, once all is done.
    pub days: u32,
    pub stage: &'static str,
    /// Of the draft's body.
    pub draft: [u8; 32],
    pub promises: Vec<Promise>,
    /// What else it is found by.
    pub words: String,
    /// The customer's own words, if they are to be kept.
    pub kept: Option<Kept>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Promise {
    pub todo: String,
    pub owner: String,
    pub due: Date,
    pub approval: bool,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    pub subject: Option<String>,
    pub text: String,
}

/// A hash of several texts, each told from the next.
pub fn digest(parts: &[&str]) -> [u8; 32] {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update((part.len() as u64).to_le_bytes());
        hash.update(part);
    }
    hash.finalize().into()
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    /// An entry of a complaint about a late parcel.
    pub(crate) fn late(id: &str, address: &str, day: &str) -> Entry {
        let day: Date = day.parse().unwrap();
        Entry {
            digest: digest(&[id, address]),
            id: id.into(),
            address: Some(address.into()),
            received: day,
            drafted: day,
            reproach: 2,
            urgency: 3,
            issue: Some("late_delivery".into()),
            labels: vec![
                Label::new("kind", "complaint"),
                Label::new("issue", "late_delivery"),
                Label::new("cause", "fulfilment"),
                Label::new("tone", "angry"),
            ],
            facts: serde_json::json!({"orders": ["A-44192"]}),
            hold: None,
            days: 2,
            stage: "first",
            draft: digest(&["draft", id]),
            promises: vec![Promise {
                todo: "find out where it is".into(),
                owner: "our delivery team".into(),
                due: day.checked_add(jiff::Span::new().days(2)).unwrap(),
                approval: false,
            }],
            words: "A-44192 boots".into(),
            kept: None,
        }
    }

    #[test]
    fn texts_that_run_together_have_digests_of_their_own() {
        assert_ne!(digest(&["ab", "c"]), digest(&["a", "bc"]));
        assert_eq!(digest(&["ab", "c"]), digest(&["ab", "c"]));
    }
}
