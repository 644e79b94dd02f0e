//! Gold labels, in every format they come in.

use super::*;

/// A message's expected reading; `None` isn't judged.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Gold {
    /// Per label, the issues accepted for it. Empty if no issue is expected.
    pub issues: Option<Vec<Vec<String>>>,
    pub kind: Option<String>,
    pub complaint: Option<bool>,
    pub tone: Option<String>,
    pub customer: Option<String>,
    pub reproach: Option<u8>,
    pub urgency: Option<u8>,
    pub wants: Option<Vec<String>>,
    pub risks: Option<Vec<String>>,
    /// Whether a person should take over.
    pub hold: Option<bool>,
}

/// Record fields that are labels.
pub const LABELS: &[&str] = &[
    "issue",
    "issues",
    "accept",
    "kind",
    "complaint",
    "tone",
    "customer",
    "reproach",
    "urgency",
    "want",
    "wants",
    "risk",
    "risks",
    "hold",
];

impl Gold {
    /// Reads a record's labels: `issue: late_delivery`; `issues: "refund; waiting"` or a list; or
    /// `accept: [[refund, billing]]` where any of several ids is right. Unknown ids and records
    /// without labels are errors.
    pub fn read(fields: &Map<String, Value>, book: &Phrasebook) -> Result<Self, String> {
        let issue_ids: Vec<&str> = book.issues.iter().map(|issue| issue.id.as_str()).collect();
        let field = |names: &[&str]| names.iter().find_map(|name| fields.get(*name)).filter(|v| !v.is_null());
        let one = |name: &str, known: &[&str]| -> Result<Option<String>, String> {
            field(&[name])
                .and_then(ids)
                .and_then(|ids| ids.into_iter().next())
                .map(|id| check(name, id, known))
                .transpose()
        };
        let several = |names: &[&str], known: &[&str]| -> Result<Option<Vec<String>>, String> {
            let Some(ids) = field(names).and_then(ids) else { return Ok(None) };
            ids.into_iter()
                .filter(|id| id != "none")
                .map(|id| check(names[0], id, known))
                .collect::<Result<_, _>>()
                .map(Some)
        };
        let issues = match fields.get("accept").and_then(Value::as_array) {
            Some(labels) => Some(
                labels
                    .iter()
                    .map(|label| {
                        ids(label)
                            .unwrap_or_default()
                            .into_iter()
                            .map(|id| check("accept", id, &issue_ids))
                            .collect()
                    })
                    .collect::<Result<_, _>>()?,
            ),
            None => several(&["issue", "issues"], &issue_ids)?
                .map(|ids| ids.into_iter().map(|id| vec![id]).collect()),
        };
        let level = |name: &str| -> Result<Option<u8>, String> {
            let Some(value) = field(&[name]) else { return Ok(None) };
            let number = value.as_u64().or_else(|| value.as_str().and_then(|s| s.trim().parse().ok()));
            match number {
                Some(level @ 1..=4) => Ok(Some(level as u8)),
                _ => Err(format!("`{name}` is a number from 1 to 4, not {value}")),
            }
        };
        let yes_or_no = |name: &str| -> Result<Option<bool>, String> {
            match field(&[name]) {
                None => Ok(None),
                Some(Value::Bool(yes)) => Ok(Some(*yes)),
                Some(value) => {
                    let text = value.as_str().map_or_else(|| value.to_string(), str::to_lowercase);
                    match text.trim() {
                        "1" | "yes" | "true" => Ok(Some(true)),
                        "0" | "no" | "false" => Ok(Some(false)),
                        "" => Ok(None),
                        _ => Err(format!("`{name}` is 1 or 0, not {value}")),
                    }
                }
            }
        };
        let gold = Self {
            issues,
            kind: one("kind", KINDS)?,
            complaint: yes_or_no("complaint")?,
            tone: one("tone", TONES)?,
            customer: one("customer", CUSTOMERS)?,
            reproach: level("reproach")?,
            urgency: level("urgency")?,
            wants: several(&["wants", "want"], WANTS)?,
            risks: several(&["risks", "risk"], RISKS)?,
            hold: yes_or_no("hold")?,
        };
        if gold == Self::default() {
            return Err(format!("the record has no label; there may be {}", LABELS.join(", ")));
        }
        Ok(gold)
    }

    /// Whether an issue matches any of the labels.
    pub fn takes(&self, issue: &str) -> bool {
        self.issues.iter().flatten().any(|label| label.iter().any(|id| id == issue))
    }

    /// Whether the main issue and the kind are right, where labelled.
    pub(super) fn is_met_by(&self, reading: &Reading) -> bool {
        let issue = match (&self.issues, reading.issues.first()) {
            (None, _) => true,
            (Some(labels), None) => labels.is_empty(),
            (Some(_), Some(first)) => self.takes(&first.id),
        };
        issue
            && self.kind.as_deref().is_none_or(|kind| kind == reading.kind)
            && self.complaint.is_none_or(|complaint| complaint == (reading.kind == "complaint"))
    }
}

/// A string, a list of strings, or several ids in one string.
fn ids(value: &Value) -> Option<Vec<String>> {
    let ids: Vec<String> = match value {
        Value::String(text) => text.split([';', ',', '|']).map(|id| id.trim().to_lowercase()).collect(),
        Value::Array(list) => {
            list.iter().filter_map(Value::as_str).map(|id| id.trim().to_lowercase()).collect()
        }
        _ => return None,
    };
    let given = matches!(value, Value::Array(_)) || ids.iter().any(|id| !id.is_empty());
    given.then(|| ids.into_iter().filter(|id| !id.is_empty()).collect())
}

fn check(field: &str, id: String, known: &[&str]) -> Result<String, String> {
    if known.contains(&id.as_str()) {
        return Ok(id);
    }
    let help =
        did_you_mean(&id, known.iter().copied()).unwrap_or_else(|| format!("known are {}", known.join(", ")));
    Err(format!("`{field}` has the unknown id \"{}\"; {help}", one_line(&id)))
}
