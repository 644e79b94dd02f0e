//! The summary at the end of a batch.

use amends::reading::Reading;
use amends::reply::Record;
use std::collections::HashMap;
use std::fmt::Write;
use std::time::Duration;

/// One message's outcome, for the summary and the queue.
#[derive(Debug, Clone)]
pub struct Told {
    kind: &'static str,
    issues: Vec<String>,
    /// Why a person must look at it.
    hold: Option<String>,
    holes: usize,
    answerable: bool,
    urgency: u8,
    reproach: u8,
}

impl Told {
    pub fn of_reading(reading: &Reading) -> Self {
        Self {
            kind: reading.kind,
            issues: reading.issues.iter().map(|issue| issue.id.clone()).collect(),
            hold: None,
            holes: 0,
            answerable: reading.answerable,
            urgency: reading.urgency,
            reproach: reading.reproach,
        }
    }

    pub fn of_record(record: &Record) -> Option<Self> {
        let mut told = Self::of_reading(record.reading.as_ref()?);
        // What follows the colon is the customer's words.
        let why = |reason: &str| reason.split(':').next().unwrap_or(reason).to_owned();
        told.hold = record.hold.as_ref().map(|hold| why(&hold.reason));
        told.holes = record.holes.len();
        Some(told)
    }

    /// Its place in a queue: 0 is answered first. What needs no answer comes next to last; a record
    /// that can't be read has no `Told` and comes last.
    pub fn rank(&self) -> usize {
        if !self.answerable {
            return RANKS - 2;
        }
        let below = |level: u8| usize::from(4 - level.clamp(1, 4));
        4 * below(self.urgency) + below(self.reproach)
    }
}

/// Number of ranks in a queue.
pub const RANKS: usize = 18;

#[derive(Debug, Default)]
pub struct Summary {
    messages: usize,
    failed: usize,
    kinds: HashMap<&'static str, usize>,
    issues: HashMap<String, usize>,
    holds: HashMap<String, usize>,
    holes: usize,
}

impl Summary {
    pub fn add(&mut self, told: Option<&Told>, failed: bool) {
        self.messages += 1;
        self.failed += usize::from(failed);
        let Some(told) = told else { return };
        *self.kinds.entry(told.kind).or_default() += 1;
        for issue in &told.issues {
            *self.issues.entry(issue.clone()).or_default() += 1;
        }
        if let Some(hold) = &told.hold {
            *self.holds.entry(hold.clone()).or_default() += 1;
        }
        self.holes += usize::from(told.holes > 0);
    }

    pub fn text(&self, took: Duration) -> String {
        let seconds = took.as_secs_f64();
        let rate = self.messages as f64 / seconds.max(1e-9);
        let mut text = format!("{} messages in {seconds:.1} s, {rate:.0} per second\n", self.messages);
        let mut line = |name: &str, list: String| {
            if !list.is_empty() {
                let _ = writeln!(text, "  {name:<9}{list}");
            }
        };
        line("kinds", counted(self.kinds.iter().map(|(kind, n)| ((*kind).to_owned(), *n))));
        line("issues", counted(self.issues.iter().map(|(issue, n)| (issue.clone(), *n))));
        line("on hold", counted(self.holds.iter().map(|(why, n)| (why.clone(), *n))));
        let some = |n: usize| if n == 0 { String::new() } else { n.to_string() };
        line("to fill", some(self.holes));
        line("not read", some(self.failed));
        text
    }
}

/// "late_delivery 12, billing 3", most frequent first.
fn counted(counts: impl Iterator<Item = (String, usize)>) -> String {
    let mut counts: Vec<(String, usize)> = counts.collect();
    counts.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    counts.iter().map(|(name, n)| format!("{name} {n}")).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(kind: &'static str, issue: &str, urgency: u8, reproach: u8) -> Told {
        Told {
            kind,
            issues: vec![issue.into()],
            hold: None,
            holes: 0,
            answerable: kind != "machine",
            urgency,
            reproach,
        }
    }

    #[test]
    fn who_must_be_answered_first_comes_first() {
        let ranks = [
            ("complaint", 4, 1),
            ("complaint", 3, 4),
            ("complaint", 3, 1),
            ("praise", 1, 1),
            ("machine", 1, 1),
        ]
        .map(|(kind, urgency, reproach)| told(kind, "", urgency, reproach).rank());
        assert!(ranks.is_sorted() && ranks.iter().all(|rank| *rank < RANKS - 1), "{ranks:?}");
    }

    #[test]
    fn the_end_tells_what_came() {
        let mut summary = Summary::default();
        let held = Told { hold: Some("legal threat".into()), ..told("complaint", "billing", 4, 1) };
        for told in [&told("complaint", "billing", 2, 1), &told("praise", "price", 1, 1), &held] {
            summary.add(Some(told), false);
        }
        summary.add(None, true);
        let text = "4 messages in 2.0 s, 2 per second\n  kinds    complaint 2, praise 1\n  issues   billing 2, price 1\n  on hold  legal threat 1\n  not read 1\n";
        assert_eq!(summary.text(Duration::from_secs(2)), text);
    }
}
