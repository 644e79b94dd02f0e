//! The decisions of a reading: by phrases and learned weights together, or by phrases alone where a
//! phrasebook has no weights.

use super::blend;
use super::heard::Heard;
use super::issues::{Candidate, distinct};
use super::learned::Learned;
use super::{ASKED, Found, LONG, Tone};
use amends_inbox::message::Message;
use amends_phrasebook::weights::Model;
use amends_phrasebook::{CUSTOMERS, Phrasebook, RISKS, TONES, WANTS};

/// What a message is judged to be.
pub(super) struct Judged {
    pub(super) kind: &'static str,
    /// The likely issues, the likeliest first; `None` if only phrases speak for them.
    issues: Option<Vec<(usize, f32)>>,
    pub(super) tone: Tone,
    pub(super) customer: &'static str,
    /// The plainest first.
    pub(super) wants: Vec<&'static str>,
    /// Each with the words that tell it.
    pub(super) risks: Vec<(String, String)>,
}

/// The most wants of a message.
const MOST_WANTS: usize = 4;
/// The most issues of a message.
const MOST_ISSUES: usize = 5;

impl Judged {
    pub(super) fn new(book: &Phrasebook, heard: &Heard<'_>, learned: &Learned) -> Self {
        if learned.is_empty() {
            return Self::by_phrases(heard);
        }
        let weights = &book.weights;
        let least = &book.thresholds;
        let evidence = heard.evidence(book, learned, blend::classes_of_issues(book, weights));
        let kinds = evidence.kinds(weights);
        let kind = if heard.kind == "machine" {
            "machine"
        } else if kinds.of("complaint") >= least.complaint_chance {
            "complaint"
        } else {
            let praise = |kind: &str| kind != "praise" || kinds.of("praise") >= least.praise_chance;
            let calm = kinds.iter().filter(|(kind, _)| *kind != "complaint" && praise(kind));
            calm.max_by(|a, b| a.1.total_cmp(&b.1)).map_or("other", |(kind, _)| kind)
        };
        let mut issues: Vec<(usize, f32)> =
            blend::each(weights, &evidence.issue_signals()).into_iter().enumerate().collect();
        issues.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        let mut first = matches!(kind, "complaint" | "request" | "question");
        let fair = |p: f32| kind == "complaint" || p >= least.first_chance;
        issues.retain(|(_, p)| *p >= least.issue_chance || std::mem::take(&mut first) && fair(*p));
        issues.truncate(MOST_ISSUES);

        let (tone, score) = likeliest(TONES, &blend::one_of(weights, &evidence.tone_signals()));
        let (customer, _) = likeliest(CUSTOMERS, &blend::one_of(weights, &evidence.customer_signals()));
        let asked = evidence.want_signals(kinds.of("complaint"), kinds.of("request"));
        let mut wants: Vec<(&str, f32)> = WANTS.iter().copied().zip(blend::each(weights, &asked)).collect();
        wants.retain(|(want, p)| *want != "none" && *p >= least.want_chance);
        wants.sort_by(|a, b| b.1.total_cmp(&a.1));
        let risks = blend::each(weights, &evidence.risk_signals());
        let signals = evidence.hold_signals(kinds.of("complaint"), &risks);
        let hold = blend::each(weights, &[signals]).first().copied().unwrap_or(0.0);
        Self {
            kind,
            issues: Some(issues),
            tone: Tone { id: tone, score: (score * 100.0).round() / 100.0 },
            customer,
            wants: wants.into_iter().map(|(want, _)| want).take(MOST_WANTS).collect(),
            risks: likely_risks(book, heard, learned, &risks, hold >= least.hold_chance),
        }
    }

    fn by_phrases(heard: &Heard<'_>) -> Self {
        let mut wants: Vec<(f32, &str)> =
            heard.wants.iter().zip(WANTS).filter(|(s, _)| **s >= ASKED).map(|(s, w)| (*s, *w)).collect();
        wants.sort_by(|a, b| b.0.total_cmp(&a.0));
        Self {
            kind: heard.kind,
            issues: None,
            tone: heard.tone.clone(),
            customer: heard.customer,
            wants: wants.into_iter().map(|(_, w)| w).filter(|w| *w != "none").take(MOST_WANTS).collect(),
            risks: heard.risks.clone(),
        }
    }

    /// The issues for the record, each with its evidence.
    pub(super) fn found(
        &self,
        book: &Phrasebook,
        heard: &Heard<'_>,
        learned: &Learned,
        message: &Message,
        kind: &str,
    ) -> Vec<Found> {
        let Some(likely) = &self.issues else { return by_phrases(book, heard, kind) };
        if kind == "machine" {
            return Vec::new();
        }
        let nothing = |issue: usize| Candidate { issue, sum: 0.0, hits: Vec::new() };
        let found = |&(issue, p): &(usize, f32)| {
            let said = heard.gathered.iter().find(|candidate| candidate.issue == issue);
            let candidate = said.cloned().unwrap_or_else(|| nothing(issue));
            let mut found = candidate.shown(book, &heard.scans());
            found.score = (p * 100.0).round() / 100.0;
            found.strength = p;
            found.sure = p >= book.thresholds.sure;
            if found.evidence.is_empty() {
                found.evidence.extend(learned.evidence(book, &message.text, issue));
            }
            found
        };
        likely.iter().map(found).collect()
    }
}

/// The issues by phrases alone.
fn by_phrases(book: &Phrasebook, heard: &Heard<'_>, kind: &str) -> Vec<Found> {
    // Praise with a "but" may name a problem, but an ambiguous word alone isn't enough.
    let least = match kind {
        "machine" => f32::INFINITY,
        "praise" | "other" => book.thresholds.strong,
        _ => 0.0,
    };
    let counted: Vec<&Candidate> = heard
        .accepted
        .iter()
        .filter(|i| kind != "praise" || book.issues[i.issue].risk.is_empty())
        .filter(|i| i.strength() >= least)
        .collect();
    let mut found = distinct(book, &heard.scans(), &counted);
    // Long stories touch on many things: a second issue needs more than one sign.
    if heard.style.words > LONG {
        let mut first = true;
        found.retain(|found| std::mem::take(&mut first) || found.signs() > 1);
    }
    for (n, found) in found.iter_mut().enumerate() {
        // Naming a wrong problem costs more than staying general.
        found.sure = found.strength >= if n == 0 && kind != "praise" { 0.59 } else { 0.74 };
    }
    found
}

/// Each likely risk with the words that tell it: those of a phrase, or the clause most like it. A message
/// to be held has at least one; any other has none.
fn likely_risks(
    book: &Phrasebook,
    heard: &Heard<'_>,
    learned: &Learned,
    likely: &[f32],
    hold: bool,
) -> Vec<(String, String)> {
    if !hold {
        return Vec::new();
    }
    let known = |n: &usize| book.risks.iter().any(|risk| risk.id == RISKS[*n]);
    let least = |n: usize| match RISKS[n] {
        "safety" | "self_harm" => book.thresholds.danger_chance,
        _ => book.thresholds.risk_chance,
    };
    let mut risks: Vec<usize> = (0..RISKS.len()).filter(known).filter(|n| likely[*n] >= least(*n)).collect();
    if risks.is_empty() {
        risks.extend((0..RISKS.len()).filter(known).max_by(|a, b| likely[*a].total_cmp(&likely[*b])));
    }
    let words = |n: usize| {
        let named = heard.risks.iter().find(|(risk, _)| *risk == RISKS[n]).map(|(_, words)| words.clone());
        let clause = || learned.top(Model::Risk, n + 1).map(|(clause, _)| clause);
        named.or_else(|| clause().map(|c| heard.text.text[c.start..c.end].to_owned())).unwrap_or_default()
    };
    risks.into_iter().map(|n| (RISKS[n].to_owned(), words(n))).collect()
}

/// The likeliest of some ids, and how likely it is.
fn likeliest(ids: &'static [&'static str], likely: &[f32]) -> (&'static str, f32) {
    let best = ids.iter().zip(likely).max_by(|a, b| a.1.total_cmp(b.1));
    best.map_or(("none", 0.0), |(id, p)| (id, *p))
}
