//! Decisions from words and phrases together: what each says is a signal, and the phrasebook's `blend`
//! weighs it. Learning and reading take their signals from here.

use super::learned::{Learned, logistic, softmax};
use amends_phrasebook::weights::{Model, ROLES, Weights};
use amends_phrasebook::{CUSTOMERS, KINDS, Phrasebook, RISKS, TONES, WANTS};

/// Texts of no more words are brief: phrases know them better.
const BRIEF: usize = 30;
/// Sums of phrases are counted in fives, those of issues up to a long letter's.
const MOST: f32 = 5.0;
const MOST_OF_ISSUES: f32 = 25.0;

/// The signals of one option, by the blend that weighs them.
pub type Signals = Vec<(&'static str, Vec<f32>)>;

/// What words and phrases say of a message, before they are weighed.
#[derive(Debug)]
pub struct Evidence<'a> {
    pub learned: &'a Learned,
    /// Sums of phrase weights, by the phrasebook's issues.
    pub issues: Vec<f32>,
    /// Sums by tone, customer and want.
    pub tones: Vec<f32>,
    pub customers: Vec<f32>,
    pub wants: Vec<f32>,
    /// What the rules alone would decide.
    pub kind: &'static str,
    pub tone: &'static str,
    pub customer: &'static str,
    /// Those that phrases name.
    pub risks: Vec<bool>,
    /// Number of words.
    pub words: usize,
    /// The class of each issue of the phrasebook among those with weights.
    pub classes: Vec<Option<usize>>,
}

/// Each issue's class in the model of issues; `None` if it has no weights.
pub fn classes_of_issues(book: &Phrasebook, weights: &Weights) -> Vec<Option<usize>> {
    let known = &weights.issues;
    // Both are mostly in the same order.
    let mut next = 0;
    let mut class = |id: &str| {
        let is_next = known.get(next).is_some_and(|known| **known == *id);
        let found = if is_next { next } else { known.iter().position(|known| **known == *id)? };
        next = found + 1;
        Some(next)
    };
    book.issues.iter().map(|issue| class(&issue.id)).collect()
}

impl Evidence<'_> {
    fn brief(&self) -> f32 {
        f32::from(u8::from(self.words <= BRIEF))
    }

    /// What each issue has by words: the sum over clauses, and the surest one.
    fn issue_words(&self) -> Vec<(f32, f32)> {
        let of =
            |class: &Option<usize>| class.map_or((0.0, 0.0), |n| self.learned.sum_and_top(Model::Issue, n));
        self.classes.iter().map(of).collect()
    }

    /// How likely each issue is by the words of the message as a whole; the first is none.
    fn matters(&self) -> Vec<f32> {
        let mut sums = self.learned.message(Model::Matter).to_vec();
        softmax(&mut sums);
        sums
    }

    /// How likely each issue is by the words of the message alone.
    pub fn issues_by_words(&self) -> Vec<f32> {
        let matters = self.matters();
        self.classes.iter().map(|class| class.map_or(0.0, |n| matters[n])).collect()
    }

    /// For each issue, the signals that it is one of the message's.
    pub fn issue_signals(&self) -> Vec<Signals> {
        let words = self.issue_words();
        let sum = |n: usize| words[n].0;
        let phrases = |n: usize| self.issues[n].min(MOST_OF_ISSUES) / MOST;
        let matters = self.issues_by_words();
        let matter = |n: usize| matters[n];
        let best = |of: &dyn Fn(usize) -> f32, but: Option<usize>| {
            (0..words.len()).filter(|n| Some(*n) != but).map(of).fold(0.0, f32::max)
        };
        let (most_words, most_phrases) = (best(&sum, None), best(&phrases, None));
        let brief = self.brief();
        let yes = |is: bool| f32::from(u8::from(is));
        (0..words.len())
            .map(|n| {
                let log = (0.02 + sum(n)).ln();
                let signals = vec![
                    1.0,
                    log,
                    (0.02 + self.classes[n].map_or(0.0, |class| self.learned.share_of_issue(class))).ln(),
                    (0.005 + matter(n)).ln(),
                    words[n].1,
                    (0.02 + best(&sum, Some(n))).ln(),
                    (0.005 + best(&matter, Some(n))).ln(),
                    phrases(n),
                    best(&phrases, Some(n)),
                    yes(most_phrases == 0.0),
                    brief,
                    brief * log,
                    brief * phrases(n),
                    yes(sum(n) > 0.0 && sum(n) >= most_words),
                    yes(phrases(n) > 0.0 && phrases(n) >= most_phrases),
                ];
                vec![("issue", signals)]
            })
            .collect()
    }

    /// What the clauses say of the kind of the message.
    fn of_clauses(&self) -> Vec<f32> {
        let learned = self.learned;
        let clauses = f32::max(learned.clauses.len() as f32, 1.0);
        let issue = self.issue_words().iter().map(|(_, top)| *top).fold(0.0, f32::max);
        let phrases = self.issues.iter().copied().fold(0.0, f32::max).min(MOST) / MOST;
        let roles: Vec<(f32, f32)> = (0..ROLES.len()).map(|n| learned.sum_and_top_of_role(n)).collect();
        let mut of_clauses = Vec::with_capacity(4 + 3 * roles.len());
        of_clauses.extend([1.0, clauses.ln(), issue, phrases]);
        of_clauses.extend(roles.iter().map(|(sum, _)| (1.0 + sum).ln()));
        of_clauses.extend(roles.iter().map(|(sum, _)| sum / clauses));
        of_clauses.extend(roles.iter().map(|(_, top)| top));
        of_clauses
    }

    /// For each kind but an automatic one, what words and rules say of it.
    fn of_kinds(&self) -> impl Iterator<Item = (&'static str, [f32; 5])> {
        let words = self.learned.message(Model::Kind);
        let brief = self.brief();
        KINDS.iter().enumerate().filter(|(_, kind)| **kind != "machine").map(move |(n, kind)| {
            let said = words.get(n).copied().unwrap_or(0.0);
            let rules = f32::from(u8::from(self.kind == *kind));
            (*kind, [1.0, said, rules, brief * said, brief * rules])
        })
    }

    /// For each kind but an automatic one, the signals that the message is of it.
    pub fn kind_signals(&self) -> Vec<(&'static str, Signals)> {
        let clauses = self.of_clauses();
        let signals = |(kind, own): (&'static str, [f32; 5])| {
            (kind, vec![("kind", own.to_vec()), (kind, clauses.clone())])
        };
        self.of_kinds().map(signals).collect()
    }

    /// How likely each kind is.
    pub fn kinds(&self, weights: &Weights) -> Kinds {
        let clauses = self.of_clauses();
        let score = |(kind, own): (&'static str, [f32; 5])| {
            (kind, weights.blend("kind", &own) + weights.blend(kind, &clauses))
        };
        let (kinds, mut likely): (Vec<_>, Vec<_>) = self.of_kinds().map(score).unzip();
        softmax(&mut likely);
        Kinds(kinds.into_iter().zip(likely).collect())
    }

    /// For each want, the signals that they ask for it.
    pub fn want_signals(&self, kinds: &Kinds) -> Vec<Signals> {
        let said = |model: Model, n: usize| self.learned.message(model).get(n).copied().unwrap_or(0.0);
        let questions = (1.0 + self.learned.sum_of_role("question")).ln();
        let of = |n: usize| {
            let is = |want: &str| f32::from(u8::from(WANTS[n] == want));
            let (sum, top) = self.learned.sum_and_top(Model::Want, n);
            let asked = self.learned.asked_for(n);
            let signals = vec![
                said(Model::Asked, n),
                said(Model::Wish, n),
                (0.005 + sum).ln(),
                (0.02 + asked).ln(),
                top,
                self.wants[n].min(MOST) / MOST,
                kinds.of("complaint"),
                kinds.of("request"),
                kinds.of("question"),
                asked.min(1.0),
                is("information") * questions,
                is("correction") * kinds.of("complaint"),
            ];
            vec![("want", signals), ("asks_for", WANTS.iter().map(|want| is(want)).collect())]
        };
        (0..WANTS.len()).map(of).collect()
    }

    /// For each tone, the signals that the message has it.
    pub fn tone_signals(&self) -> Vec<Signals> {
        let words = self.learned.message(Model::Tone);
        let of = |n: usize| {
            let said = words.get(n).copied().unwrap_or(0.0);
            let phrases = self.tones[n].min(MOST) / MOST;
            let rules = f32::from(u8::from(self.tone == TONES[n]));
            vec![("tone", vec![said, phrases, rules, self.brief() * said, self.brief() * phrases])]
        };
        (0..TONES.len()).map(of).collect()
    }

    /// For each kind of customer, the signals that the sender is one.
    pub fn customer_signals(&self) -> Vec<Signals> {
        let words = self.learned.message(Model::Customer);
        let of = |n: usize| {
            let rules = f32::from(u8::from(self.customer == CUSTOMERS[n]));
            let said = words.get(n).copied().unwrap_or(0.0);
            vec![("customer", vec![said, self.customers[n].min(MOST) / MOST, rules])]
        };
        (0..CUSTOMERS.len()).map(of).collect()
    }

    fn of_risk(&self, n: usize) -> [f32; 4] {
        let (sum, top) = self.learned.sum_and_top(Model::Risk, n + 1);
        [1.0, (0.02 + sum).ln(), top, f32::from(u8::from(self.risks[n]))]
    }

    /// For each risk, the signals that the message carries it.
    pub fn risk_signals(&self) -> Vec<Signals> {
        (0..RISKS.len()).map(|n| vec![("risk", self.of_risk(n).to_vec())]).collect()
    }

    /// How likely the message carries each risk.
    pub fn risk_chances(&self, weights: &Weights) -> Vec<f32> {
        (0..RISKS.len()).map(|n| logistic(weights.blend("risk", &self.of_risk(n)))).collect()
    }

    /// The signals that a person must take over, given the probability of each risk.
    pub fn hold_signals(&self, complaint: f32, risks: &[f32]) -> Signals {
        let words = self.learned.message(Model::Hold).first().copied().unwrap_or(0.0);
        let phrases = self.risks.iter().any(|risk| *risk);
        let signals = vec![1.0, words, f32::from(u8::from(phrases)), complaint];
        vec![("hold", signals), ("held_for", risks.to_vec())]
    }
}

/// What an option's signals come to.
pub fn score(weights: &Weights, signals: &Signals) -> f32 {
    signals.iter().map(|(blend, signals)| weights.blend(blend, signals)).sum()
}

/// The probability of each option, each by itself.
pub fn each(weights: &Weights, options: &[Signals]) -> Vec<f32> {
    options.iter().map(|signals| logistic(score(weights, signals))).collect()
}

/// The probability of each option, where exactly one is right.
pub fn one_of<'a>(weights: &Weights, options: impl IntoIterator<Item = &'a Signals>) -> Vec<f32> {
    let mut scores: Vec<f32> = options.into_iter().map(|signals| score(weights, signals)).collect();
    softmax(&mut scores);
    scores
}

/// The probability of each kind.
#[derive(Debug, Clone, PartialEq)]
pub struct Kinds(Vec<(&'static str, f32)>);

impl Kinds {
    pub fn of(&self, kind: &str) -> f32 {
        self.0.iter().find(|(known, _)| *known == kind).map_or(0.0, |(_, p)| *p)
    }

    pub fn iter(&self) -> impl Iterator<Item = (&'static str, f32)> {
        self.0.iter().copied()
    }
}
