//! Evaluates the reading on labelled messages: precision, recall and F1 for issues, complaints, tone
//! and wants; a confusion matrix; calibration (is a score of .9 right nine times out of ten?); and
//! the worst misses, with the words that misled.

mod compare;
mod gold;
mod text;

use crate::reading::{Found, Reading};
use amends_inbox::message::one_line;
use amends_language::suggest::did_you_mean;
use amends_phrasebook::{CUSTOMERS, KINDS, Phrasebook, RISKS, TONES, WANTS};
pub use compare::{Compared, Comparison, Decided, FIGURES, comparison_text, sign_test};
pub use gold::{Gold, LABELS};
use serde::Serialize;
use serde_json::{Map, Value};
use std::collections::BTreeMap;
pub use text::text;

/// True positives, false positives, false negatives.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Counts {
    hits: usize,
    false_alarms: usize,
    misses: usize,
}

impl Counts {
    fn add(&mut self, gold: bool, found: bool) {
        match (gold, found) {
            (true, true) => self.hits += 1,
            (false, true) => self.false_alarms += 1,
            (true, false) => self.misses += 1,
            (false, false) => {}
        }
    }

    fn score(self) -> Score {
        let share = |part: usize, whole: usize| {
            if whole == 0 { None } else { Some(rounded(part as f64 / whole as f64)) }
        };
        Score {
            precision: share(self.hits, self.hits + self.false_alarms),
            recall: share(self.hits, self.hits + self.misses),
            f1: share(2 * self.hits, 2 * self.hits + self.false_alarms + self.misses),
            labelled: self.hits + self.misses,
            found: self.hits + self.false_alarms,
        }
    }
}

fn rounded(share: f64) -> f64 {
    (share * 1000.0).round() / 1000.0
}

/// Precision, recall and F1; `None` if there was nothing to divide by.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Score {
    pub precision: Option<f64>,
    pub recall: Option<f64>,
    pub f1: Option<f64>,
    pub labelled: usize,
    pub found: usize,
}

/// Issues found with a score in one tenth, and how many were right.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Bin {
    pub from: f64,
    pub issues: usize,
    pub mean_score: f64,
    pub right: f64,
}

/// A message with a wrong main issue or kind.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Miss {
    pub id: String,
    pub text: String,
    pub labelled: String,
    pub found: String,
    /// The evidence for what was found.
    pub evidence: Vec<String>,
    #[serde(skip)]
    sureness: f32,
}

/// The results over all messages.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Report {
    pub messages: usize,
    /// `issue.f1`, `complaint.f1`, `tone.accuracy` …: names for `--min`, values 0 to 1.
    pub metrics: BTreeMap<String, f64>,
    pub issues: BTreeMap<String, Score>,
    /// Labelled main issue → found main issue → count.
    pub confusion: BTreeMap<String, BTreeMap<String, usize>>,
    pub calibration: Vec<Bin>,
    pub misses: Vec<Miss>,
}

/// Compares readings with labels and counts.
#[derive(Debug, Default)]
pub struct Tally {
    messages: usize,
    issues: BTreeMap<String, Counts>,
    first: (usize, usize),
    complaint: [Counts; 2],
    complaints_labelled: bool,
    wants: Counts,
    risks: Counts,
    same: BTreeMap<&'static str, (usize, usize)>,
    tones: BTreeMap<String, Counts>,
    levels: Vec<(u8, u8)>,
    confusion: BTreeMap<String, BTreeMap<String, usize>>,
    bins: [(usize, f64, usize); 10],
    misses: Vec<Miss>,
}

/// Misses kept while counting, to bound memory.
const MISSES_KEPT: usize = 500;

impl Tally {
    /// Counts one message.
    pub fn add(&mut self, text: &str, gold: &Gold, reading: &Reading) {
        self.messages += 1;
        if let Some(labels) = &gold.issues {
            self.add_issues(labels, gold, reading);
        }
        let complaint = gold.complaint.or(gold.kind.as_deref().map(|kind| kind == "complaint"));
        if let Some(complaint) = complaint {
            self.complaints_labelled = true;
            let found = reading.kind == "complaint";
            self.complaint[0].add(complaint, found);
            self.complaint[1].add(!complaint, !found);
        }
        let mut same = |name, right: Option<bool>| {
            if let Some(right) = right {
                let (hits, all) = self.same.entry(name).or_default();
                *hits += usize::from(right);
                *all += 1;
            }
        };
        same("kind.accuracy", gold.kind.as_deref().map(|kind| kind == reading.kind));
        same("tone.accuracy", gold.tone.as_deref().map(|tone| tone == reading.tone.id));
        same("customer.accuracy", gold.customer.as_deref().map(|customer| customer == reading.customer));
        same("hold.accuracy", gold.hold.map(|hold| hold == is_held(reading)));
        same("urgency.accuracy", gold.urgency.map(|urgency| urgency == reading.urgency));
        same("reproach.accuracy", gold.reproach.map(|reproach| reproach == reading.reproach));
        if let Some(tone) = &gold.tone {
            for id in TONES {
                self.tones.entry((*id).to_owned()).or_default().add(tone == id, reading.tone.id == *id);
            }
        }
        if let Some(reproach) = gold.reproach {
            self.levels.push((reproach, reading.reproach));
        }
        if let Some(wants) = &gold.wants {
            for id in WANTS.iter().filter(|id| **id != "none") {
                self.wants.add(wants.iter().any(|w| w == id), reading.wants.contains(id));
            }
        }
        if let Some(risks) = &gold.risks {
            for id in RISKS {
                self.risks.add(risks.iter().any(|r| r == id), reading.risks.iter().any(|r| r == id));
            }
        }
        if !gold.is_met_by(reading) {
            self.misses.push(miss(text, gold, reading));
            if self.misses.len() > 2 * MISSES_KEPT {
                self.keep_worst(MISSES_KEPT);
            }
        }
    }

    fn add_issues(&mut self, labels: &[Vec<String>], gold: &Gold, reading: &Reading) {
        let found = |id: &String| reading.issues.iter().any(|issue| issue.id == *id);
        for label in labels {
            // A missed label with several acceptable ids counts for the first.
            let id = label.iter().find(|id| found(id)).or_else(|| label.first());
            if let Some(id) = id {
                self.issues.entry(id.clone()).or_default().add(true, found(id));
            }
        }
        for Found { id, score, .. } in &reading.issues {
            let right = gold.takes(id);
            if !right {
                self.issues.entry(id.clone()).or_default().add(false, true);
            }
            let (issues, sum, rights) = &mut self.bins[((score * 10.0) as usize).min(9)];
            *issues += 1;
            *sum += f64::from(*score);
            *rights += usize::from(right);
        }
        let main = reading.issues.first().map_or("none", |issue| issue.id.as_str());
        let right = gold.takes(main) || labels.is_empty() && main == "none";
        self.first.0 += usize::from(right);
        self.first.1 += 1;
        let wanted =
            if right { main } else { labels.first().and_then(|l| l.first()).map_or("none", String::as_str) };
        *self.confusion.entry(wanted.to_owned()).or_default().entry(main.to_owned()).or_default() += 1;
    }

    /// Keeps the most confident mistakes.
    fn keep_worst(&mut self, most: usize) {
        self.misses.sort_by(|a, b| b.sureness.total_cmp(&a.sureness).then_with(|| a.id.cmp(&b.id)));
        self.misses.truncate(most);
    }

    /// The report, with at most `misses` misses.
    pub fn report(mut self, misses: usize) -> Report {
        self.keep_worst(misses);
        let mut metrics = BTreeMap::new();
        let mut put = |name: String, value: Option<f64>| value.map(|value| metrics.insert(name, value));
        let share = |(hits, all): (usize, usize)| (all > 0).then(|| rounded(hits as f64 / all as f64));
        let sum = self.issues.values().fold(Counts::default(), |a, b| Counts {
            hits: a.hits + b.hits,
            false_alarms: a.false_alarms + b.false_alarms,
            misses: a.misses + b.misses,
        });
        let issues: BTreeMap<String, Score> =
            self.issues.iter().map(|(id, c)| (id.clone(), c.score())).collect();
        let all = sum.score();
        put("issue.precision".into(), all.precision);
        put("issue.recall".into(), all.recall);
        put("issue.f1".into(), all.f1);
        put("issue.top1".into(), share(self.first));
        for (id, score) in &issues {
            put(format!("issue.{id}.precision"), score.precision);
            put(format!("issue.{id}.recall"), score.recall);
            put(format!("issue.{id}.f1"), score.f1);
        }
        if self.complaints_labelled {
            let score = self.complaint[0].score();
            put("complaint.precision".into(), score.precision);
            put("complaint.recall".into(), score.recall);
            put("complaint.f1".into(), score.f1);
            let both: Vec<f64> = self.complaint.iter().filter_map(|c| c.score().f1).collect();
            put("complaint.macro_f1".into(), mean(&both));
        }
        for (name, counts) in &self.same {
            put((*name).to_owned(), share(*counts));
        }
        let tones: Vec<f64> = self
            .tones
            .values()
            .filter(|c| c.hits + c.misses > 0)
            .map(|c| c.score().f1.unwrap_or(0.0))
            .collect();
        put("tone.macro_f1".into(), mean(&tones));
        put("reproach.kappa".into(), weighted_kappa(&self.levels));
        for (name, counts) in [("wants", self.wants), ("risks", self.risks)] {
            if counts != Counts::default() {
                let score = counts.score();
                put(format!("{name}.precision"), score.precision);
                put(format!("{name}.recall"), score.recall);
                put(format!("{name}.f1"), score.f1);
            }
        }
        let calibration = self
            .bins
            .iter()
            .enumerate()
            .filter(|(_, (issues, ..))| *issues > 0)
            .map(|(tenth, &(issues, sum, right))| Bin {
                from: tenth as f64 / 10.0,
                issues,
                mean_score: rounded(sum / issues as f64),
                right: rounded(right as f64 / issues as f64),
            })
            .collect();
        Report {
            messages: self.messages,
            metrics,
            issues,
            confusion: self.confusion,
            calibration,
            misses: self.misses,
        }
    }
}

/// Whether a person should take over.
fn is_held(reading: &Reading) -> bool {
    reading.notes.hold || !reading.risks.is_empty()
}

fn mean(values: &[f64]) -> Option<f64> {
    (!values.is_empty()).then(|| rounded(values.iter().sum::<f64>() / values.len() as f64))
}

/// Cohen's kappa with quadratic weights over levels 1 to 4 (Cohen 1968): 1 is full agreement, 0 is chance.
fn weighted_kappa(pairs: &[(u8, u8)]) -> Option<f64> {
    if pairs.is_empty() {
        return None;
    }
    let n = pairs.len() as f64;
    let weight = |a: u8, b: u8| (f64::from(a) - f64::from(b)).powi(2) / 9.0;
    let observed: f64 = pairs.iter().map(|&(a, b)| weight(a, b)).sum::<f64>() / n;
    let count = |level: u8, gold: bool| {
        pairs.iter().filter(|&&(a, b)| (if gold { a } else { b }) == level).count() as f64
    };
    let expected: f64 = (1..=4)
        .flat_map(|a| (1..=4).map(move |b| (a, b)))
        .map(|(a, b)| weight(a, b) * count(a, true) * count(b, false) / (n * n))
        .sum();
    Some(if expected == 0.0 { 0.0 } else { rounded(1.0 - observed / expected) })
}

fn miss(text: &str, gold: &Gold, reading: &Reading) -> Miss {
    let labels: Vec<String> = gold.issues.iter().flatten().map(|label| label.join(" or ")).collect();
    let kind =
        gold.kind.clone().or(gold.complaint.map(|c| if c { "complaint" } else { "no complaint" }.to_owned()));
    let said = |kind: Option<String>, issues: String| {
        [kind.unwrap_or_default(), issues]
            .into_iter()
            .filter(|part| !part.is_empty())
            .collect::<Vec<_>>()
            .join(": ")
    };
    let wanted = if gold.issues.as_ref().is_some_and(Vec::is_empty) {
        "no issue".to_owned()
    } else {
        labels.join(", ")
    };
    let first = reading.issues.first();
    Miss {
        id: reading.id.clone(),
        text: one_line(text).chars().take(200).collect(),
        labelled: said(kind, wanted),
        found: said(
            Some(reading.kind.to_owned()),
            first.map_or_else(|| "no issue".to_owned(), |f| format!("{} {:.2}", f.id, f.score)),
        ),
        evidence: first.map_or_else(Vec::new, |f| {
            f.evidence.iter().map(|e| format!("{} \"{}\"", e.rule, one_line(&e.text))).collect()
        }),
        sureness: first.map_or(0.0, |f| f.score),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reading::classify;
    use amends_inbox::message::Message;
    use std::sync::LazyLock;

    static BOOK: LazyLock<Phrasebook> = LazyLock::new(|| crate::built_in::phrasebook().unwrap());

    fn gold(json: &str) -> Result<Gold, String> {
        Gold::read(&serde_json::from_str(json).unwrap(), &BOOK)
    }

    fn report(rows: &[(&str, &str)]) -> Report {
        let mut tally = Tally::default();
        for (n, (text, labels)) in rows.iter().enumerate() {
            let reading = classify(&BOOK, &Message::from_text(n.to_string(), text));
            tally.add(text, &gold(labels).unwrap(), &reading);
        }
        tally.report(10)
    }

    #[test]
    fn labels_are_read_in_every_shape() {
        let refund = Some(vec![vec!["refund".to_owned()], vec!["waiting".to_owned()]]);
        for json in [r#"{"issue": "refund; waiting"}"#, r#"{"issues": ["Refund", "waiting"]}"#] {
            assert_eq!(gold(json).unwrap().issues, refund, "{json}");
        }
        assert_eq!(gold(r#"{"issue": "none"}"#).unwrap().issues, Some(Vec::new()));
        assert_eq!(gold(r#"{"accept": [["refund", "billing"]]}"#).unwrap().issues.unwrap()[0].len(), 2);
        assert_eq!(gold(r#"{"complaint": "1"}"#).unwrap().complaint, Some(true));
        assert_eq!(gold(r#"{"complaint": 0, "reproach": 3}"#).unwrap().reproach, Some(3));
        assert!(gold(r#"{"issue": "late_delivry"}"#).unwrap_err().contains("did you mean `late_delivery`"));
        assert!(gold(r#"{"reproach": 9}"#).unwrap_err().contains("from 1 to 4"));
        assert!(gold(r#"{"complaint": "maybe"}"#).unwrap_err().contains("1 or 0"));
        assert!(gold(r#"{"issue": ""}"#).unwrap_err().contains("no label"));
    }

    #[test]
    fn right_and_wrong_are_counted() {
        let report = report(&[
            ("My parcel never arrived.", r#"{"issue": "late_delivery", "complaint": 1}"#),
            ("You charged me twice.", r#"{"issue": "refund", "complaint": 1}"#),
            ("Thank you, lovely shop!", r#"{"issue": "none", "complaint": 0}"#),
        ]);
        assert_eq!((report.messages, report.metrics["issue.top1"]), (3, 0.667));
        assert_eq!(report.metrics["complaint.f1"], 1.0);
        assert_eq!(report.issues["billing"].precision, Some(0.0));
        assert_eq!(report.issues["refund"].recall, Some(0.0));
        assert_eq!(report.confusion["refund"]["billing"], 1);
        assert_eq!(report.misses.len(), 1);
        assert!(report.misses[0].evidence[0].contains("charged me twice"), "{:?}", report.misses);
        assert_eq!(report.calibration.iter().map(|b| b.issues).sum::<usize>(), 2);
        assert!(text(&report).contains("refund is read as billing"));
    }

    #[test]
    fn agreement_beyond_chance() {
        assert_eq!(weighted_kappa(&[(1, 1), (4, 4), (2, 2)]), Some(1.0));
        assert_eq!(weighted_kappa(&[(1, 4), (4, 1)]), Some(-1.0));
        assert_eq!(weighted_kappa(&[]), None);
    }
}
