//! Which issues hold, and how surely.

use super::evidence::{Covered, SHOWN, Scan};
use super::{Evidence, Found};
use amends_phrasebook::{Owner, Phrasebook};
use rustc_hash::{FxHashMap, FxHashSet};

/// An issue's evidence, before it becomes part of the record.
pub(super) struct Candidate {
    pub(super) issue: usize,
    pub(super) sum: f32,
    /// (scan, hit number), strongest first.
    pub(super) hits: Vec<(usize, usize)>,
}

impl Candidate {
    /// Of 1: how much speaks for it. A usual phrase alone gives .6, two strong ones .94.
    pub(super) fn strength(&self) -> f32 {
        1.0 - (-self.sum / 2.2).exp()
    }

    /// Of 1: how likely it is right. What else was found makes an issue less sure, and of
    /// several only one is the main one; the factors are those of `amends eval`'s calibration.
    fn score(&self, rank: usize, second: f32) -> f32 {
        let share = if rank == 0 { 1.0 - 0.25 * (second / self.sum).min(1.0) } else { 0.6 };
        (self.strength() * share * 100.0).round() / 100.0
    }

    fn found(&self, book: &Phrasebook, scans: &[&Scan<'_>; 2], rank: usize, second: f32) -> Found {
        let mut evidence: Vec<Evidence> =
            self.hits.iter().take(SHOWN).map(|&(scan, n)| scans[scan].evidence(book, n)).collect();
        evidence.sort_by_key(|e| (e.field, e.start));
        Found {
            id: book.issues[self.issue].id.clone(),
            score: self.score(rank, second),
            strength: self.strength(),
            aspects: self.aspects(book, scans),
            evidence,
        }
    }

    /// The ways it shows, told where its evidence stands: those that share words with the
    /// weightiest first, then those of the same sentences. One clause tells of one way.
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

    /// Whether a hit of its own stands where none of theirs does.
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

/// What each hit counts of its weight: a phrase said again says little more.
pub(super) fn shares(scans: &[&Scan<'_>; 2], hits: &[(usize, usize)]) -> Vec<f32> {
    let mut said = FxHashSet::default();
    hits.iter().map(|&(l, n)| if said.insert(scans[l].hits[n].rule) { 1.0 } else { 0.4 }).collect()
}

/// Why an issue that something speaks for is not taken.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Lost {
    /// Too little speaks for it.
    Faint,
    /// So much less speaks for it than for the first that it would have needed this sum.
    Outweighed(f32),
    /// Only phrases speak for it that are too weak to stand beside another issue.
    WeakAlone,
    /// Five others come before it.
    Late,
    /// All its words already tell of another issue.
    SameWords,
    /// In praise, small talk or a long story it takes more than this.
    Unsure,
}

/// Most issues a message is read as having.
const MOST: usize = 5;

/// All that something speaks for, the main one first, and why each of them is not taken.
pub(super) fn weighed(book: &Phrasebook, scans: &[&Scan<'_>; 2]) -> Vec<(Candidate, Option<Lost>)> {
    let mut all = gathered(book, scans);
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

/// The issues that hold, the main one first.
pub(super) fn issues(book: &Phrasebook, scans: &[&Scan<'_>; 2]) -> Vec<Candidate> {
    weighed(book, scans).into_iter().filter(|(_, lost)| lost.is_none()).map(|(c, _)| c).collect()
}

/// The issues of the record: the same words tell of one trouble, not of two.
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
