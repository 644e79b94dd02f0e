//! Which issues a message raises, and how certainly.

use super::evidence::{Covered, SHOWN, Scan};
use super::{Evidence, Found};
use amends_phrasebook::{Owner, Phrasebook};
use rustc_hash::{FxHashMap, FxHashSet};

/// An issue's evidence, before it enters the record.
#[derive(Debug, Clone)]
pub(super) struct Candidate {
    pub(super) issue: usize,
    pub(super) sum: f32,
    /// (scan, hit index), strongest first.
    pub(super) hits: Vec<(usize, usize)>,
}

impl Candidate {
    /// Strength of evidence, 0 to 1. One usual phrase gives .6, two strong ones .94.
    pub(super) fn strength(&self) -> f32 {
        1.0 - (-self.sum / 2.2).exp()
    }

    /// Likelihood of being right, 0 to 1. Rival issues lower it, since only one is the main one; the
    /// factors come from `amends eval`'s calibration.
    fn score(&self, rank: usize, second: f32) -> f32 {
        let share = if rank == 0 { 1.0 - 0.25 * (second / self.sum).min(1.0) } else { 0.6 };
        (self.strength() * share * 100.0).round() / 100.0
    }

    fn found(&self, book: &Phrasebook, scans: &[&Scan<'_>; 2], rank: usize, second: f32) -> Found {
        Found { score: self.score(rank, second), ..self.shown(book, scans) }
    }

    /// Its evidence, for the record.
    pub(super) fn shown(&self, book: &Phrasebook, scans: &[&Scan<'_>; 2]) -> Found {
        let mut evidence: Vec<Evidence> =
            self.hits.iter().take(SHOWN).map(|&(scan, n)| scans[scan].evidence(book, n)).collect();
        evidence.sort_by_key(|e| (e.field, e.start));
        Found {
            id: book.issues[self.issue].id.clone(),
            score: 0.0,
            sure: false,
            strength: self.strength(),
            aspects: self.aspects(book, scans),
            evidence,
        }
    }

    /// The aspects mentioned near its evidence: first those sharing words with the heaviest hits,
    /// then those in the same sentences. One aspect per clause.
    fn aspects(&self, book: &Phrasebook, scans: &[&Scan<'_>; 2]) -> Vec<String> {
        let mut of_sentence: FxHashMap<(usize, usize), Vec<usize>> = FxHashMap::default();
        for &(l, n) in &self.hits {
            of_sentence.entry((l, scans[l].sentence(&scans[l].hits[n]))).or_default().push(n);
        }
        let mut found: Vec<(f32, u16, (usize, usize, u32))> = Vec::new();
        for (l, scan) in scans.iter().enumerate() {
            for (hit, aspect) in scan.aspects(|o| o == Owner::Issue(self.issue as u16)) {
                let sentence = scan.sentence(hit);
                let beside = of_sentence.get(&(l, sentence)).map_or(&[][..], |hits| hits);
                let near = beside.iter().map(|&n| {
                    let own = scan.hits[n];
                    let shares = own.first <= hit.last && hit.first <= own.last;
                    if shares { scan.weight(n) } else { 0.1 }
                });
                let worth = near.fold(0.0, f32::max);
                if worth > 0.0 {
                    found.push((worth, aspect, (l, sentence, scan.clause(hit))));
                }
            }
        }
        found.sort_by(|a, b| b.0.total_cmp(&a.0));
        let (mut told, mut places) = (FxHashSet::default(), FxHashSet::default());
        found.retain(|(_, aspect, place)| {
            let is_new = !told.contains(aspect) && !places.contains(place);
            if is_new {
                told.insert(*aspect);
                places.insert(*place);
            }
            is_new
        });
        found.into_iter().map(|(_, aspect, _)| book.groups[usize::from(aspect)].id.to_string()).collect()
    }

    /// Whether it has a hit that overlaps none of theirs.
    pub(super) fn stands_apart(&self, theirs: &[&Candidate], scans: &[&Scan<'_>; 2]) -> bool {
        let mut taken = Covered::default();
        for &(l, n) in theirs.iter().flat_map(|c| &c.hits) {
            taken.cover(l, &scans[l].hits[n]);
        }
        self.hits.iter().any(|&(l, n)| !taken.touches(l, &scans[l].hits[n]))
    }
}

/// Everything that speaks for an issue, with its sum. Of overlapping hits the heaviest counts.
pub(super) fn gathered(book: &Phrasebook, scans: &[&Scan<'_>; 2]) -> Vec<Candidate> {
    let mut all: Vec<Candidate> =
        (0..book.issues.len()).map(|issue| Candidate { issue, sum: 0.0, hits: Vec::new() }).collect();
    for (l, scan) in scans.iter().enumerate() {
        for (n, hit) in scan.hits.iter().enumerate() {
            if let Owner::Issue(issue) = scan.rule(hit).owner
                && scan.weight(n) > 0.0
            {
                all[issue as usize].hits.push((l, n));
            }
        }
    }
    for candidate in &mut all {
        let weight = |&(l, n): &(usize, usize)| scans[l].weight(n);
        candidate.hits.sort_by(|a, b| weight(b).total_cmp(&weight(a)));
        let mut covered = Covered::default();
        candidate.hits.retain(|&(l, n)| covered.add(l, &scans[l].hits[n]));
        let shares = shares(scans, &candidate.hits);
        candidate.sum = candidate.hits.iter().zip(shares).map(|(hit, share)| weight(hit) * share).sum();
    }
    all.retain(|c| c.sum > 0.0);
    all
}

/// Each hit's share of its weight: repeating a phrase adds little.
pub(super) fn shares(scans: &[&Scan<'_>; 2], hits: &[(usize, usize)]) -> Vec<f32> {
    let mut said = FxHashSet::default();
    hits.iter().map(|&(l, n)| if said.insert(scans[l].hits[n].rule) { 1.0 } else { 0.4 }).collect()
}

/// Why an issue with some evidence was rejected.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Lost {
    /// Too little evidence.
    Faint,
    /// Too weak next to the main issue; it would have needed this sum.
    Outweighed(f32),
    /// Only weak phrases support it, and there is a better issue.
    WeakAlone,
    /// Five others come before it.
    Late,
    /// All its words already support another issue.
    SameWords,
    /// Below the higher bar for praise, small talk and long stories.
    Unsure,
}

/// The most issues per message.
const MOST: usize = 5;

/// All candidates, the main one first, each with why it was rejected, if it was.
pub(super) fn weighed(
    book: &Phrasebook,
    scans: &[&Scan<'_>; 2],
    mut all: Vec<Candidate>,
) -> Vec<(Candidate, Option<Lost>)> {
    all.sort_by(|a, b| b.sum.total_cmp(&a.sum).then(a.first(scans).cmp(&b.first(scans))));
    let top = all.first().map_or(0.0, |c| c.sum);
    let floor = (top * 0.6).max(if top >= 2.0 { 2.0 } else { book.thresholds.least });
    let standing = |rank: usize, c: &Candidate| {
        // Weak phrases, however many, stand only where there is nothing better.
        let plain = || c.hits.iter().any(|&(l, n)| scans[l].weight(n) >= book.thresholds.plain);
        if c.sum < book.thresholds.least {
            Some(Lost::Faint)
        } else if rank == 0 {
            None
        } else if c.sum < floor || top < 2.0 {
            Some(Lost::Outweighed(floor.max(2.0)))
        } else if !plain() {
            Some(Lost::WeakAlone)
        } else {
            (rank >= MOST).then_some(Lost::Late)
        }
    };
    all.into_iter()
        .enumerate()
        .map(|(rank, c)| {
            let lost = standing(rank, &c);
            (c, lost)
        })
        .collect()
}

/// The accepted issues, the main one first.
pub(super) fn issues(book: &Phrasebook, scans: &[&Scan<'_>; 2], all: Vec<Candidate>) -> Vec<Candidate> {
    weighed(book, scans, all).into_iter().filter(|(_, lost)| lost.is_none()).map(|(c, _)| c).collect()
}

/// The issues for the record: the same words never count as two problems.
pub(super) fn distinct(book: &Phrasebook, scans: &[&Scan<'_>; 2], all: &[&Candidate]) -> Vec<Found> {
    let mut kept: Vec<&Candidate> = Vec::new();
    for candidate in all {
        if kept.is_empty() || candidate.stands_apart(&kept, scans) {
            kept.push(candidate);
        }
    }
    let second = kept.get(1).map_or(0.0, |c| c.sum);
    kept.iter().enumerate().map(|(rank, c)| c.found(book, scans, rank, second)).collect()
}

impl Candidate {
    fn first(&self, scans: &[&Scan<'_>; 2]) -> (usize, u32) {
        self.hits.iter().map(|&(l, n)| (l, scans[l].hits[n].first)).min().unwrap_or((9, 0))
    }
}
