//! All phrase hits in one text, and how much each counts: scope, `unless`, negation, hypotheticals,
//! comparisons.

use super::{Evidence, Fired};
use crate::facts::{self, Facts};
use amends_language::index::Hit;
use amends_language::words::Words;
use amends_phrasebook::{CUES, Owner, Phrasebook, Rule, Scope};
use rustc_hash::FxHashSet;

/// One text with all its hits.
pub(super) struct Scan<'a> {
    pub(super) text: &'a str,
    pub(super) words: Words,
    book: &'a Phrasebook,
    pub(super) hits: Vec<Hit>,
    /// Per hit: 0 is dropped, 1 counts fully; hypotheticals and comparisons fall in between.
    pub(super) force: Vec<f32>,
    pub(super) field: Option<&'static str>,
    /// Cue hits, indexed as in [`CUES`], each in text order.
    cues: [Vec<Hit>; CUES.len()],
    /// (rule, sentence) pairs cancelled by an `unless`.
    cancels: FxHashSet<(u32, usize)>,
}

impl<'a> Scan<'a> {
    pub(super) fn new(
        book: &'a Phrasebook,
        text: &'a str,
        facts: Option<&Facts>,
        field: Option<&'static str>,
    ) -> Self {
        let words = book.lexicon.read(text);
        let by_words = facts.map(|f| facts::by_words(f, &words)).unwrap_or_default();
        let hits = book.index.find(text, &words, &by_words);
        let (cues, cancels) = (Default::default(), FxHashSet::default());
        let mut scan = Self { text, words, book, force: Vec::new(), hits, field, cues, cancels };
        scan.judge();
        scan
    }

    pub(super) fn rule(&self, hit: &Hit) -> &'a Rule {
        &self.book.rules[hit.rule as usize]
    }

    pub(super) fn sentence(&self, hit: &Hit) -> usize {
        self.words.words[hit.first as usize].sentence as usize
    }

    pub(super) fn clause(&self, hit: &Hit) -> u32 {
        self.words.words[hit.first as usize].clause
    }

    pub(super) fn text_of(&self, hit: &Hit) -> &'a str {
        let (start, end) = self.bytes(hit);
        &self.text[start..end]
    }

    pub(super) fn bytes(&self, hit: &Hit) -> (usize, usize) {
        (
            self.words.words[hit.first as usize].start as usize,
            self.words.words[hit.last as usize].end as usize,
        )
    }

    pub(super) fn is_cue(&self, hit: &Hit, name: &str) -> bool {
        matches!(self.rule(hit).owner, Owner::Cue(n) if CUES[n as usize] == name)
    }

    pub(super) fn cue(&self, name: &str) -> bool {
        self.live().any(|(h, _)| self.is_cue(h, name))
    }

    pub(super) fn cue_words(&self, name: &str) -> Option<String> {
        self.live().find(|(h, _)| self.is_cue(h, name)).map(|(h, _)| self.text_of(h).to_owned())
    }

    /// Hits that count at all.
    pub(super) fn live(&self) -> impl Iterator<Item = (&Hit, &'a Rule)> {
        let counts = self.hits.iter().zip(&self.force).filter(|(_, f)| **f > 0.0);
        counts.map(|(h, _)| (h, self.rule(h))).filter(|(_, rule)| !rule.describes())
    }

    /// Aspects stated without an "if" or a "not", each with its hit.
    pub(super) fn aspects(&self, wanted: impl Fn(Owner) -> bool) -> impl Iterator<Item = (&Hit, u16)> {
        self.hits.iter().zip(&self.force).filter(|(_, force)| **force >= 1.0).filter_map(move |(hit, _)| {
            let rule = self.rule(hit);
            self.book.aspect(rule).filter(|_| wanted(rule.owner)).map(|aspect| (hit, aspect))
        })
    }

    /// A hit as shown in the record.
    pub(super) fn evidence(&self, book: &Phrasebook, n: usize) -> Evidence {
        let hit = &self.hits[n];
        let (start, end) = self.bytes(hit);
        Evidence {
            rule: book.rule_name(self.rule(hit)),
            start,
            end,
            text: self.text_of(hit).to_owned(),
            field: self.field,
            phrase: hit.rule,
            weight: self.weight(n),
        }
    }

    pub(super) fn fired(&self, n: usize) -> Fired {
        let (start, end) = self.bytes(&self.hits[n]);
        Fired { rule: self.hits[n].rule, start, end, in_subject: self.field.is_some(), force: self.force[n] }
    }

    pub(super) fn weight(&self, n: usize) -> f32 {
        self.rule(&self.hits[n]).weight * self.force[n]
    }

    /// Weighs every hit: scope, `unless`, negation, hypotheticals, comparisons.
    fn judge(&mut self) {
        for hit in &self.hits {
            match self.rule(hit).owner {
                Owner::Cue(n) => self.cues[usize::from(n)].push(*hit),
                Owner::Unless(rule) => {
                    self.cancels.insert((rule, self.sentence(hit)));
                }
                _ => {}
            }
        }
        self.force = self.hits.iter().map(|hit| self.force_of(hit)).collect();
    }

    /// How much of a hit counts, 0 to 1.
    fn force_of(&self, hit: &Hit) -> f32 {
        let rule = self.rule(hit);
        let sentence = self.sentence(hit);
        let question = self.words.sentences[sentence].mark == '?';
        let scoped_out = match rule.scope {
            Scope::Anywhere => false,
            Scope::Subject => self.field.is_none(),
            Scope::Question => !question,
        };
        // Not risks, which err on the side of human review, nor cues, which do the judging.
        let guarded = matches!(
            rule.owner,
            Owner::Issue(_)
                | Owner::Tone(_)
                | Owner::Kind(_)
                | Owner::Want(_)
                | Owner::Reproach(_)
                | Owner::Customer(_)
                | Owner::Hold(_)
                | Owner::Sign(_)
                | Owner::Sender(_)
        );
        let resolves = self.is_cue(hit, "resolved");
        if scoped_out
            || self.cancels.contains(&(hit.rule, sentence))
            || (guarded || resolves) && self.negated(hit)
        {
            return 0.0;
        }
        if !matches!(rule.owner, Owner::Issue(_) | Owner::Tone(_)) {
            return 1.0;
        }
        let supposed = self
            .cues_near("hypothetical", hit)
            .any(|c| c.last < hit.first && hit.first - c.last < 9 || self.in_gap(c, hit));
        if supposed && !question {
            return 0.35;
        }
        let compares =
            |name| self.cues_of(name, sentence).take(MOST_COMPARED).any(|c| !self.turns_to_you(c, hit));
        if compares("elsewhere") || compares("background") { 0.4 } else { 1.0 }
    }

    /// Cues of this name in a sentence, in order.
    fn cues_of(&self, name: &str, sentence: usize) -> impl Iterator<Item = &Hit> {
        let words = &self.words.sentences[sentence].words;
        let (from, to) = (words.start as u32, words.end as u32);
        let all = CUES.iter().position(|cue| *cue == name).map_or(&[][..], |n| &self.cues[n]);
        let first = all.partition_point(|cue| cue.first < from);
        all[first..].iter().take_while(move |cue| cue.first < to)
    }

    /// Cues within a hit or shortly before it.
    fn cues_near(&self, name: &str, hit: &Hit) -> impl Iterator<Item = &Hit> {
        let (from, last) = (hit.first.saturating_sub(NEAR), hit.last);
        self.cues_of(name, self.sentence(hit))
            .skip_while(move |cue| cue.first < from)
            .take_while(move |cue| cue.first <= last)
    }

    /// Whether its sentence states a condition: "refund me if you can't send it".
    pub(super) fn on_condition(&self, hit: &Hit) -> bool {
        self.cues_of("condition", self.sentence(hit)).next().is_some()
    }

    /// "Refund me if it can't be sent": an "if" inside the match that the phrase doesn't name. Not
    /// "would be", which is reported speech: "I was told it would be free".
    fn in_gap(&self, cue: &Hit, hit: &Hit) -> bool {
        const CONDITIONS: &[&str] = &["if", "unless", "in case", "in the event"];
        let said = self.text_of(cue).to_lowercase();
        let mut named = self.rule(hit).text.split(|c: char| !c.is_alphanumeric());
        hit.first < cue.first
            && cue.last < hit.last
            && CONDITIONS.contains(&said.as_str())
            && !named.any(|word| word == said)
    }

    /// "Other shops take two days; you took three weeks": a "you" between cue and hit.
    fn turns_to_you(&self, cue: &Hit, hit: &Hit) -> bool {
        let between = self.words.words.get(cue.last as usize + 1..=hit.first as usize).unwrap_or_default();
        between.iter().any(|word| {
            let text = &self.text[word.start as usize..word.end as usize];
            text.eq_ignore_ascii_case("you") || text.eq_ignore_ascii_case("your")
        })
    }

    /// A negation shortly before, in the same clause, or in a gap of a phrase that isn't itself negative.
    fn negated(&self, hit: &Hit) -> bool {
        let says_no = self.rule(hit).negative;
        self.cues_near("negation", hit).any(|cue| {
            let before = cue.last < hit.first && hit.first - cue.last <= 4;
            let inside = cue.first > hit.first && cue.last <= hit.last && !says_no;
            inside || before && self.clause(cue) == self.clause(hit)
        })
    }
}

/// How many words before a hit a cue may begin and still affect it.
const NEAR: u32 = 24;

/// The most comparisons considered per sentence.
const MOST_COMPARED: usize = 8;

/// The hits that count and belong to `wanted`, in text order, at most [`SHOWN`].
pub(super) fn evidence(
    book: &Phrasebook,
    scans: &[&Scan<'_>; 2],
    wanted: impl Fn(Owner) -> bool,
) -> Vec<Evidence> {
    let of = |scan: &&Scan<'_>| -> Vec<Evidence> {
        let counts = |n: &usize| {
            let rule = scan.rule(&scan.hits[*n]);
            scan.force[*n] > 0.0 && !rule.describes() && wanted(rule.owner)
        };
        (0..scan.hits.len()).filter(counts).map(|n| scan.evidence(book, n)).take(SHOWN).collect()
    };
    scans.iter().flat_map(of).take(SHOWN).collect()
}

/// Aspects of tables other than issues, in text order.
pub(super) fn aspects(
    book: &Phrasebook,
    scans: &[&Scan<'_>; 2],
    wanted: impl Fn(Owner) -> bool,
) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for (_, aspect) in scans.iter().flat_map(|scan| scan.aspects(&wanted)) {
        let id = &book.groups[usize::from(aspect)].id;
        if !found.iter().any(|f| f[..] == id[..]) {
            found.push(id.to_string());
        }
    }
    found
}

/// The most evidence shown for one answer.
pub(super) const SHOWN: usize = 6;

/// Summed weights of a table's entries over all scans. Of overlapping hits, the heaviest counts.
pub(super) fn table(
    scans: &[&Scan<'_>; 2],
    entries: usize,
    entry: impl Fn(Owner) -> Option<usize>,
) -> Vec<f32> {
    let mut hits: Vec<(usize, usize, f32, Hit)> = Vec::new();
    for (l, scan) in scans.iter().enumerate() {
        for (n, hit) in scan.hits.iter().enumerate().filter(|(n, _)| scan.force[*n] > 0.0) {
            hits.extend(entry(scan.rule(hit).owner).map(|e| (e, l, scan.weight(n), *hit)));
        }
    }
    hits.sort_by(|a, b| (a.0, a.1).cmp(&(b.0, b.1)).then(b.2.total_cmp(&a.2)));
    let mut sums = vec![0.0; entries];
    let mut kept = Covered::default();
    let mut of = None;
    for (entry, scan, weight, hit) in hits {
        if of.replace((entry, scan)) != Some((entry, scan)) {
            kept = Covered::default();
        }
        if kept.add(scan, &hit) {
            sums[entry] += weight;
        }
    }
    sums
}

/// Words already covered by hits.
#[derive(Default)]
pub(super) struct Covered(FxHashSet<(usize, u32)>);

impl Covered {
    /// Adds a hit unless it overlaps earlier ones; true if added.
    pub(super) fn add(&mut self, scan: usize, hit: &Hit) -> bool {
        let is_free = !self.touches(scan, hit);
        if is_free {
            self.cover(scan, hit);
        }
        is_free
    }

    pub(super) fn cover(&mut self, scan: usize, hit: &Hit) {
        self.0.extend((hit.first..=hit.last).map(|word| (scan, word)));
    }

    pub(super) fn touches(&self, scan: usize, hit: &Hit) -> bool {
        (hit.first..=hit.last).any(|word| self.0.contains(&(scan, word)))
    }
}
