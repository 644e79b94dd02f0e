//! Two readings of the same labelled messages, side by side: what each figure gains or loses, and on which
//! messages.

use super::{Gold, is_held, rounded};
use crate::reading::Reading;
use amends_inbox::message::one_line;
use serde::Serialize;
use serde_json::Value;
use std::collections::BTreeMap;
use std::fmt::Write;

/// What is compared.
pub const FIGURES: &[&str] = &[
    "kind",
    "complaint",
    "issue",
    "named",
    "wants",
    "risks",
    "hold",
    "tone",
    "customer",
    "urgency",
    "reproach",
];

/// What was decided of a message; `None` where the record of an earlier run doesn't say.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Decided {
    pub id: String,
    kind: Option<String>,
    issues: Option<Vec<String>>,
    /// The issues sure enough to be named in a draft.
    named: Option<Vec<String>>,
    wants: Option<Vec<String>>,
    risks: Option<Vec<String>>,
    hold: Option<bool>,
    tone: Option<String>,
    customer: Option<String>,
    urgency: Option<u8>,
    reproach: Option<u8>,
}

impl From<Reading> for Decided {
    fn from(reading: Reading) -> Self {
        Self::from(&reading)
    }
}

impl From<&Reading> for Decided {
    fn from(reading: &Reading) -> Self {
        let sure = reading.issues.iter().filter(|issue| issue.sure);
        Self {
            id: reading.id.clone(),
            kind: Some(reading.kind.to_owned()),
            issues: Some(reading.issues.iter().map(|issue| issue.id.clone()).collect()),
            named: Some(sure.map(|issue| issue.id.clone()).collect()),
            wants: Some(reading.wants.iter().map(|want| (*want).to_owned()).collect()),
            risks: Some(reading.risks.clone()),
            hold: Some(is_held(reading)),
            tone: Some(reading.tone.id.to_owned()),
            customer: Some(reading.customer.to_owned()),
            urgency: Some(reading.urgency),
            reproach: Some(reading.reproach),
        }
    }
}

impl Decided {
    /// From a record of `classify` or `draft`; `None` if it is neither.
    pub fn from_record(record: &Value) -> Option<Self> {
        let draft = record.get("reading");
        let reading = draft.unwrap_or(record);
        let text = |value: &Value| value.as_str().map(str::to_owned);
        let texts = |value: &Value| Some(value.as_array()?.iter().filter_map(text).collect::<Vec<_>>());
        let level = |value: &Value| u8::try_from(value.as_u64()?).ok();
        let issues = reading.get("issues")?.as_array()?;
        Some(Self {
            id: text(record.get("id")?)?,
            kind: Some(text(reading.get("kind")?)?),
            issues: Some(issues.iter().filter_map(|issue| text(&issue["id"])).collect()),
            // Only a draft shows what was named and held.
            named: draft.and_then(|_| texts(&record["draft"]["named"])),
            wants: texts(&reading["wants"]),
            risks: texts(&reading["risks"]),
            hold: draft.map(|_| !record["hold"].is_null()),
            tone: text(&reading["tone"]["id"]),
            customer: text(&reading["customer"]),
            urgency: level(&reading["urgency"]),
            reproach: level(&reading["reproach"]),
        })
    }

    /// What it says of a figure.
    fn said(&self, figure: &str) -> String {
        let list = |ids: &Option<Vec<String>>| {
            let ids: Vec<&str> =
                ids.iter().flatten().map(String::as_str).filter(|id| *id != "none").collect();
            if ids.is_empty() { "none".to_owned() } else { ids.join(", ") }
        };
        let one = |id: &Option<String>| id.clone().unwrap_or_default();
        let level = |level: Option<u8>| level.map_or_else(String::new, |level| level.to_string());
        match figure {
            "kind" | "complaint" => one(&self.kind),
            "issue" => self.issues.iter().flatten().next().map_or_else(|| "none".to_owned(), String::clone),
            "named" => list(&self.named),
            "wants" => list(&self.wants),
            "risks" => list(&self.risks),
            "hold" => if self.hold == Some(true) { "held" } else { "not held" }.to_owned(),
            "tone" => one(&self.tone),
            "customer" => one(&self.customer),
            "urgency" => level(self.urgency),
            _ => level(self.reproach),
        }
    }
}

impl Gold {
    /// Whether each of [`FIGURES`] is right; `None` where there is no label or nothing decided.
    pub fn marks(&self, decided: &Decided) -> [Option<bool>; FIGURES.len()] {
        fn both<T, U>(
            label: Option<&T>,
            said: Option<&U>,
            is_right: impl Fn(&T, &U) -> bool,
        ) -> Option<bool> {
            Some(is_right(label?, said?))
        }
        let same_ids = |label: &Vec<String>, said: &Vec<String>| {
            let said: Vec<&String> = said.iter().filter(|id| *id != "none").collect();
            label.iter().all(|id| said.contains(&id)) && said.iter().all(|id| label.contains(id))
        };
        let issue = |labels: &Vec<Vec<String>>, said: &Vec<String>| match said.first() {
            None => labels.is_empty(),
            Some(first) => self.takes(first),
        };
        // Naming nothing is wrong where there is an issue, and naming another always.
        let named = |labels: &Vec<Vec<String>>, said: &Vec<String>| {
            said.is_empty() == labels.is_empty() && said.iter().all(|id| self.takes(id))
        };
        let equal = |label: &String, said: &String| label == said;
        let complaint = self.complaint.filter(|_| self.kind.is_none());
        [
            both(self.kind.as_ref(), decided.kind.as_ref(), equal),
            both(complaint.as_ref(), decided.kind.as_ref(), |yes, kind| *yes == (kind == "complaint")),
            both(self.issues.as_ref(), decided.issues.as_ref(), issue),
            both(self.issues.as_ref(), decided.named.as_ref(), named),
            both(self.wants.as_ref(), decided.wants.as_ref(), same_ids),
            both(self.risks.as_ref(), decided.risks.as_ref(), same_ids),
            both(self.hold.as_ref(), decided.hold.as_ref(), |label, said| label == said),
            both(self.tone.as_ref(), decided.tone.as_ref(), equal),
            both(self.customer.as_ref(), decided.customer.as_ref(), equal),
            both(self.urgency.as_ref(), decided.urgency.as_ref(), |label, said| label == said),
            both(self.reproach.as_ref(), decided.reproach.as_ref(), |label, said| label == said),
        ]
    }
}

/// One figure before and after.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Figure {
    pub labelled: usize,
    pub before: f64,
    pub after: f64,
    pub better: usize,
    pub worse: usize,
    /// How likely a difference so large would be by chance, were both equally good (sign test, two-sided).
    pub p: f64,
}

/// A message of which something is now right that was wrong, or wrong that was right.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Changed {
    pub id: String,
    pub text: String,
    pub gained: Vec<Difference>,
    pub lost: Vec<Difference>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Difference {
    pub figure: &'static str,
    pub before: String,
    pub after: String,
}

/// Everything compared so far.
#[derive(Debug, Default)]
pub struct Comparison {
    counts: [[usize; 4]; FIGURES.len()],
    same: usize,
    /// Messages the earlier run has no record of.
    missing: usize,
    changed: Vec<Changed>,
}

/// The result.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Compared {
    pub figures: BTreeMap<&'static str, Figure>,
    /// Messages as right as before.
    pub same: usize,
    pub missing: usize,
    /// Messages with gains alone, losses alone, and both.
    pub better: Vec<Changed>,
    pub worse: Vec<Changed>,
    pub mixed: Vec<Changed>,
}

impl Comparison {
    pub fn miss(&mut self) {
        self.missing += 1;
    }

    /// Counts one message.
    pub fn add(&mut self, text: &str, gold: &Gold, before: &Decided, after: &Decided) {
        let (was, is) = (gold.marks(before), gold.marks(after));
        let mut changed =
            Changed { id: after.id.clone(), text: short(text), gained: Vec::new(), lost: Vec::new() };
        for (n, figure) in FIGURES.iter().enumerate() {
            let (Some(was), Some(is)) = (was[n], is[n]) else { continue };
            self.counts[n][usize::from(was) * 2 + usize::from(is)] += 1;
            if was != is {
                let (before, after) = (before.said(figure), after.said(figure));
                let into = if is { &mut changed.gained } else { &mut changed.lost };
                into.push(Difference { figure, before, after });
            }
        }
        if changed.gained.is_empty() && changed.lost.is_empty() {
            self.same += 1;
        } else {
            self.changed.push(changed);
        }
    }

    pub fn result(self) -> Compared {
        let figure = |[wrong, better, worse, right]: [usize; 4]| {
            let labelled = wrong + better + worse + right;
            let share = |n: usize| rounded(n as f64 / labelled as f64);
            let (before, after) = (share(worse + right), share(better + right));
            Figure { labelled, before, after, better, worse, p: sign_test(better, worse) }
        };
        let counted = FIGURES.iter().zip(self.counts).filter(|(_, counts)| counts.iter().sum::<usize>() > 0);
        let figures = counted.map(|(name, counts)| (*name, figure(counts))).collect();
        let (mut better, mut worse, mut mixed) = (Vec::new(), Vec::new(), Vec::new());
        for changed in self.changed {
            match (changed.gained.is_empty(), changed.lost.is_empty()) {
                (false, true) => better.push(changed),
                (true, _) => worse.push(changed),
                (false, false) => mixed.push(changed),
            }
        }
        Compared { figures, same: self.same, missing: self.missing, better, worse, mixed }
    }
}

/// The beginning of a text, on one line.
fn short(text: &str) -> String {
    const LONGEST: usize = 60;
    let line = one_line(text);
    match line.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", line[..end].trim_end()),
        None => line,
    }
}

/// The sign test: the chance that of so many coins, as few or fewer fall on the rarer side, doubled.
pub fn sign_test(better: usize, worse: usize) -> f64 {
    let n = better + worse;
    let mut log = -(n as f64) * std::f64::consts::LN_2;
    let mut tail = 0.0;
    for k in 0..=better.min(worse) {
        tail += log.exp();
        log += ((n - k) as f64 / (k + 1) as f64).ln();
    }
    rounded(f64::min(1.0, 2.0 * tail))
}

/// The comparison as text; `with` is what it is compared with.
pub fn comparison_text(compared: &Compared, with: &str) -> String {
    let mut out =
        format!("compared with {with}\nfigure      labelled  before   after  better  worse      p\n");
    for name in FIGURES {
        let Some(figure) = compared.figures.get(name) else { continue };
        let Figure { labelled, before, after, better, worse, p } = figure;
        let _ =
            writeln!(out, "{name:<11}{labelled:>9}{before:>8.3}{after:>8.3}{better:>8}{worse:>7}{p:>7.3}");
    }
    let (better, worse, mixed) = (compared.better.len(), compared.worse.len(), compared.mixed.len());
    let _ =
        writeln!(out, "\n{better} messages better, {worse} worse, {mixed} both, {} as before", compared.same);
    if compared.missing > 0 {
        let _ = writeln!(out, "{} messages have no record in {with}", compared.missing);
    }
    for (name, changed) in
        [("better", &compared.better), ("worse", &compared.worse), ("both", &compared.mixed)]
    {
        for Changed { id, text, gained, lost } in changed {
            let of = |sign: char, differences: &[Difference]| -> Vec<String> {
                let one = |d: &Difference| format!("{sign}{} {} → {}", d.figure, d.before, d.after);
                differences.iter().map(one).collect()
            };
            let differences = [of('+', gained), of('-', lost)].concat().join("; ");
            let _ = writeln!(out, "  {name:<7}{}: {differences}  \"{text}\"", one_line(id));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reading::classify;
    use amends_inbox::message::Message;

    fn gold(json: &str) -> Gold {
        let book = crate::built_in::phrasebook().unwrap();
        Gold::read(&serde_json::from_str(json).unwrap(), &book).unwrap()
    }

    #[test]
    fn gains_and_losses_are_counted_by_figure_and_message() {
        let gold = gold(r#"{"issue": "billing", "kind": "complaint", "hold": false}"#);
        let right = Decided {
            kind: Some("complaint".into()),
            issues: Some(vec!["billing".into()]),
            hold: Some(false),
            ..Decided::default()
        };
        let wrong = Decided { issues: Some(Vec::new()), ..right.clone() };
        let mut comparison = Comparison::default();
        for (before, after) in [(&wrong, &right), (&right, &right), (&right, &wrong), (&wrong, &right)] {
            comparison.add("You charged me twice.", &gold, before, after);
        }
        let compared = comparison.result();
        assert_eq!((compared.better.len(), compared.worse.len(), compared.same), (2, 1, 1));
        let issue = &compared.figures["issue"];
        assert_eq!((issue.before, issue.after, issue.better, issue.worse, issue.p), (0.5, 0.75, 2, 1, 1.0));
        assert_eq!(compared.figures["hold"].after, 1.0);
        assert!(!compared.figures.contains_key("tone") && !compared.figures.contains_key("named"));
        let text = comparison_text(&compared, "default");
        assert!(text.contains("+issue none → billing  \"You charged me twice.\""), "{text}");
    }

    #[test]
    fn a_record_says_what_its_reading_said() {
        let book = crate::built_in::phrasebook().unwrap();
        let reading = classify(&book, &Message::from_text("7", "You charged me twice! I want a refund."));
        let decided = Decided::from(&reading);
        let record = serde_json::to_value(&reading).unwrap();
        let of_classify = Decided { named: None, hold: None, ..decided.clone() };
        assert_eq!(Decided::from_record(&record), Some(of_classify));
        let draft =
            serde_json::json!({"id": "7", "reading": record, "draft": {"named": ["billing"]}, "hold": null});
        let of_draft = Decided { named: Some(vec!["billing".into()]), hold: Some(false), ..decided };
        assert_eq!(Decided::from_record(&draft), Some(of_draft));
        assert_eq!(Decided::from_record(&serde_json::json!({"id": "7", "text": "Hello."})), None);
    }

    #[test]
    fn a_difference_is_judged_by_its_signs() {
        for (better, worse, p) in [(0, 0, 1.0), (1, 0, 1.0), (5, 0, 0.063), (9, 1, 0.021), (1, 9, 0.021)] {
            assert_eq!(sign_test(better, worse), p, "{better} {worse}");
        }
        assert!(sign_test(1500, 1300) < 0.001);
    }
}
