//! What a person must take over, as phrases tell it, each with the words that tell it.

use super::evidence::Scan;
use amends_language::index::Hit;
use amends_phrasebook::{HoldCase, Owner, Phrasebook};

/// A case for a person.
#[derive(Debug, Clone, PartialEq)]
pub struct Case {
    /// Index into the phrasebook's holds.
    pub hold: u16,
    /// The customer's words.
    pub words: String,
}

/// What the learned words say of a hold.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Likely {
    chance: f32,
    /// Of 1: how much that counts. The fewer the words, the less their silence says.
    weight: f32,
}

impl Likely {
    /// Words count fully from so many times the length of a brief message.
    const FULL: f32 = 3.0;

    pub(super) fn new(chance: Option<f32>, words: usize, brief: f32) -> Self {
        let share = (words as f32 / brief - 1.0) / (Self::FULL - 1.0);
        chance.map_or_else(Self::default, |chance| Self { chance, weight: share.clamp(0.0, 1.0) })
    }
}

/// The longest clause quoted whole, in bytes.
const QUOTED: usize = 110;

/// The cases of a message in the order of the phrasebook, each once. What only gives a sign needs something
/// beside it, and a grievance or wish to be about; what often means something else needs words that make it
/// likely.
pub(super) fn cases(book: &Phrasebook, scans: &[&Scan<'_>; 2], kind: &str, words: Likely) -> Vec<Case> {
    let hits = || scans.iter().flat_map(|scan| scan.live().map(move |(hit, rule)| (*scan, hit, rule.owner)));
    let beside: Vec<u16> =
        hits().filter_map(|(.., owner)| if let Owner::Beside(n) = owner { Some(n) } else { None }).collect();
    let aggrieved = !matches!(kind, "praise" | "question");
    let mut found: Vec<Case> = Vec::new();
    for (scan, hit, owner) in hits() {
        let hold = match owner {
            Owner::Hold(hold) => hold,
            Owner::Sign(hold) if aggrieved && beside.contains(&hold) => hold,
            _ => continue,
        };
        let least = book.holds[usize::from(hold)].chance * words.weight;
        if words.chance >= least && !found.iter().any(|case| case.hold == hold) {
            found.push(Case { hold, words: quoted(scan, hit) });
        }
    }
    found.sort_by_key(|case| case.hold);
    found
}

/// Whether a case stands however kindly a message is put: who doesn't want to live, and who threatens, may
/// well thank.
pub(super) fn whatever_the_tone(case: &HoldCase) -> bool {
    case.risk == "self_harm" || case.id == "threat_to_staff"
}

/// The clauses a match stands in, or the match alone where they are long.
fn quoted(scan: &Scan<'_>, hit: &Hit) -> String {
    let words = &scan.words.words;
    let (first, last) = (words[hit.first as usize].clause, words[hit.last as usize].clause);
    let from = (0..hit.first as usize).rev().take_while(|n| words[*n].clause == first).last();
    let to = (hit.last as usize + 1..words.len()).take_while(|n| words[*n].clause == last).last();
    let start = words[from.unwrap_or(hit.first as usize)].start as usize;
    let end = words[to.unwrap_or(hit.last as usize)].end as usize;
    let said = if end - start <= QUOTED { &scan.text[start..end] } else { scan.text_of(hit) };
    said.to_owned()
}

/// The risks of the cases, each once.
pub(super) fn risks<'b>(book: &'b Phrasebook, cases: &[Case]) -> Vec<&'b String> {
    let mut all: Vec<&String> = Vec::new();
    for case in cases {
        let risk = &book.holds[usize::from(case.hold)].risk;
        if !risk.is_empty() && !all.contains(&risk) {
            all.push(risk);
        }
    }
    all
}
