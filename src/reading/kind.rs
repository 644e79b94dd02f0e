//! Whether a message is a complaint: a breached expectation, not just negative words.

use super::evidence::Scan;
use super::issues::Candidate;
use super::tone::Style;
use amends_language::index::Hit;
use amends_language::words::Sentence;
use amends_phrasebook::thresholds::Thresholds;
use amends_phrasebook::{KINDS, Owner, TONES};

/// What decides whether a message is a complaint.
pub(super) struct Weigh<'a> {
    pub(super) kinds: &'a [f32],
    pub(super) issues: &'a [Candidate],
    pub(super) tones: &'a [f32],
    pub(super) style: &'a Style,
    pub(super) scans: &'a [&'a Scan<'a>; 2],
    pub(super) reproach: u8,
    pub(super) wants: usize,
    pub(super) contacts: u32,
    pub(super) resolved: bool,
    /// Hedged the way people with a complaint hedge.
    pub(super) meek: bool,
    pub(super) thresholds: Thresholds,
}

impl Weigh<'_> {
    fn said(&self, kind: &str) -> f32 {
        KINDS.iter().position(|k| *k == kind).map_or(0.0, |i| self.kinds[i])
    }

    pub(super) fn kind(&self) -> &'static str {
        let calm = TONES.iter().position(|t| *t == "calm").unwrap_or(0);
        let feeling: f32 = self.tones.iter().enumerate().filter(|(i, _)| *i != calm).map(|(_, s)| s).sum();
        let trouble: f32 = self
            .issues
            .iter()
            .enumerate()
            .map(|(i, c)| c.sum.min(5.0) * if i == 0 { 0.8 } else { 0.4 })
            .sum();
        let praise = self.said("praise");
        // A problem in a question ("what if it comes late?") still counts, but less. "I'd like to
        // change my address" is a wish, not a problem.
        let only_wish = self.said("request") >= 2.0 && feeling == 0.0 && self.said("complaint") < 1.0;
        let trouble = trouble.min(5.0)
            * if only_wish {
                0.6
            } else if self.asks_what_holds() && feeling == 0.0 && self.reproach == 1 {
                0.2
            } else if self.all_asked() {
                // "Can I cancel part of it?" asks; "why is it late again?" complains.
                if feeling == 0.0 && self.said("complaint") < 1.0 { 0.5 } else { 0.8 }
            } else {
                1.0
            };
        let said = self.said("complaint").min(8.0) * if self.asks_what_holds() { 0.3 } else { 1.0 };
        let mut complaint = said * 0.6
            + trouble * 0.7
            + feeling.min(6.0) * 0.15
            + f32::from(self.reproach - 1) * 0.25
            + f32::from(u8::from(self.style.insists && feeling > 0.0)) * 0.3
            + self.contacts.min(3) as f32 * 0.35
            + f32::from(u8::from(self.wants > 0)) * 0.2
            + f32::from(u8::from(self.style.shouts())) * 0.8
            + f32::from(u8::from(self.angry_at_us())) * 0.6
            + f32::from(u8::from(self.scorns())) * 0.6
            + f32::from(u8::from(self.meek)) * 1.2;
        if self.resolved {
            complaint *= 0.5;
        }
        if self.said("machine") >= 3.0 && self.said("machine") > complaint {
            return "machine";
        }
        let praise = if self.mocks(praise) { 0.0 } else { praise };
        // A long story has room for kind words beside its problem; a "thank you" is just politeness.
        let most = if self.style.words > super::LONG && self.issues.first().is_some_and(|c| c.sum >= 3.0) {
            4.0
        } else {
            10.0
        };
        let meant = praise.min(most) * if praise < self.thresholds.manners { 0.55 } else { 0.8 };
        let lean = complaint - meant - self.said("other").min(5.0) * 0.45;
        if lean >= self.thresholds.complaint || self.but() {
            "complaint"
        } else if praise >= 1.0 && praise > complaint * 0.8 && !(praise < 3.0 && self.said("question") >= 2.0)
        {
            "praise"
        } else if self.said("other") >= 2.0
            && self.said("other") >= self.said("request").max(self.said("question"))
        {
            "other"
        } else if self.said("request") > self.said("question") && self.said("request") >= 1.0 {
            "request"
        } else if self.said("question") >= 1.0 || self.scans[0].words.sentences.iter().any(|s| s.mark == '?')
        {
            "question"
        } else if self.said("request") >= 1.0 || self.wants > 0 {
            "request"
        } else {
            "other"
        }
    }

    /// "Thanks for allowing that": clearly sarcastic.
    fn scorns(&self) -> bool {
        self.tone("sarcastic") >= self.thresholds.scorn
    }

    fn tone(&self, id: &str) -> f32 {
        TONES.iter().position(|t| *t == id).map_or(0.0, |i| self.tones[i])
    }

    /// "You have dumb staff": anger, directed at us.
    fn angry_at_us(&self) -> bool {
        self.style.says_you && self.tone("angry") + self.tone("abusive") >= 1.5
    }

    /// Praise with a "but": a plain problem after a contrast word.
    fn but(&self) -> bool {
        let scan = self.scans[0];
        // "nothing but praise" is no contrast.
        let none_before = |at: u32| scan.live().any(|(h, _)| scan.is_cue(h, "negation") && h.last + 1 == at);
        let contrast = scan
            .live()
            .filter(|(h, _)| scan.is_cue(h, "contrast") && !none_before(h.first))
            .map(|(h, _)| h.first)
            .min();
        contrast.is_some_and(|at| {
            let turns = self.praises().any(|h| h.first > at);
            let mut hits = self.issues.iter().flat_map(|c| &c.hits).filter(|(l, _)| *l == 0);
            !self.resolved
                && hits.any(|&(_, n)| {
                    scan.hits[n].first > at && scan.weight(n) >= 2.0 || scan.weight(n) >= 3.0 && !turns
                })
        })
    }

    /// Words of praise in the text.
    fn praises(&self) -> impl Iterator<Item = &Hit> {
        let scan = self.scans[0];
        scan.live()
            .filter(|(_, rule)| matches!(rule.owner, Owner::Kind(n) if KINDS[n as usize] == "praise"))
            .map(|(hit, _)| hit)
    }

    /// "Great job losing my bag": a phrase that is only ever sarcastic. Or "Fantastic. Charged twice
    /// again.": praise, with a plain problem in a separate sentence.
    fn mocks(&self, praise: f32) -> bool {
        let scan = self.scans[0];
        let praises = |sentence: usize| self.praises().any(|h| scan.sentence(h) == sentence);
        let mut hits = self.issues.iter().flat_map(|c| &c.hits).filter(|(l, _)| *l == 0);
        if self.scorns() && (praise < self.thresholds.manners || !self.issues.is_empty()) {
            return true;
        }
        !self.resolved
            && (praise < self.thresholds.much_praise || self.tone("sarcastic") >= self.thresholds.mockery)
            && hits.any(|&(_, n)| {
                let weight = scan.weight(n);
                let plain = weight >= 3.0
                    || weight >= 2.0 && self.said("complaint") >= 2.0
                    || self.tone("sarcastic") >= self.thresholds.mockery;
                plain && !praises(scan.sentence(&scan.hits[n]))
            })
    }

    /// Every sentence naming a problem asks about policy: "do you refund late trains?"
    fn asks_what_holds(&self) -> bool {
        let scan = self.scans[0];
        let asks = |sentence: usize| {
            scan.live().any(|(h, _)| scan.is_cue(h, "policy") && scan.sentence(h) == sentence)
        };
        scan.cue("policy")
            && (0..scan.words.sentences.len())
                .all(|n| scan.words.sentences[n].mark == '?' && asks(n) || !self.troubles(n))
    }

    /// Whether a sentence names an issue.
    fn troubles(&self, sentence: usize) -> bool {
        let scan = self.scans[0];
        let mut hits = self.issues.iter().flat_map(|c| &c.hits).filter(|(l, _)| *l == 0);
        hits.any(|&(_, n)| scan.sentence(&scan.hits[n]) == sentence)
    }

    /// All problems appear in questions: "what if my parcel is late?"
    fn all_asked(&self) -> bool {
        let mut hits = self.issues.iter().flat_map(|c| &c.hits).peekable();
        hits.peek().is_some()
            && hits.all(|&(l, n)| {
                let scan = self.scans[l];
                let sentence: &Sentence = &scan.words.sentences[scan.sentence(&scan.hits[n])];
                sentence.mark == '?'
            })
    }
}
