//! What the learned weights say of a message: each clause's role, issue, wish and risk, and the sums that
//! decide kind, tone, customer and hold.

use super::Evidence;
use amends_language::features::{clauses, each_feature, tokens};
use amends_language::words::Words;
use amends_phrasebook::weights::{Model, ROLES, Weights};
use amends_phrasebook::{Phrasebook, place};
use std::ops::Range;

/// A clause and the probabilities of its classes.
#[derive(Debug, Clone, PartialEq)]
pub struct Clause {
    /// Byte offsets in the newest text, without the space around it.
    pub start: usize,
    pub end: usize,
    /// Index in [`ROLES`].
    pub role: usize,
    /// Indexed as the sums of [`Weights`]; those of roles count its neighbours.
    probabilities: Vec<f32>,
}

/// The learned part of a reading.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Learned {
    /// In text order, each with at least one word.
    pub clauses: Vec<Clause>,
    subject: Option<Clause>,
    /// Sums of the models of whole messages, indexed as those of [`Weights`].
    message: Vec<f32>,
    ranges: Ranges,
}

/// Where the classes of each model stand.
#[derive(Debug, Clone, Default, PartialEq)]
struct Ranges(Vec<Range<usize>>);

impl Ranges {
    fn of(&self, model: Model) -> Range<usize> {
        self.0.get(model as usize).cloned().unwrap_or_default()
    }
}

impl Learned {
    /// Reads a text and its subject; without weights it is empty.
    pub fn read(weights: &Weights, text: &str, words: &Words, subject: Option<&str>) -> Self {
        if weights.is_empty() {
            return Self::default();
        }
        let ranges = Ranges(Model::ALL.iter().map(|model| weights.range(*model)).collect());
        let mut learned = Self { ranges, ..Self::default() };
        let mut features = 0;
        for sentence in &words.sentences {
            clauses(text, sentence.start..sentence.end, |range| {
                learned.clauses.extend(learned.clause(weights, text, range, &mut features));
            });
        }
        learned.subject = subject.and_then(|s| learned.clause(weights, s, 0..s.len(), &mut features));
        let scale = 1.0 / f32::max(features as f32, 1.0).sqrt();
        let mut message = weights.start();
        for model in Model::ALL.into_iter().filter(|model| !model.of_clauses()) {
            for n in learned.ranges.of(model) {
                let clauses = learned.clauses.iter().chain(&learned.subject);
                message[n] += clauses.map(|clause| clause.probabilities[n]).sum::<f32>() * scale;
            }
        }
        learned.message = message;
        learned.assign_roles(weights);
        learned
    }

    /// Sums up one clause; `None` if it has no word. `features` counts what it is made of.
    fn clause(
        &self,
        weights: &Weights,
        text: &str,
        range: Range<usize>,
        features: &mut usize,
    ) -> Option<Clause> {
        let said = &text[range.clone()];
        let tokens = tokens(said);
        let (first, last) = (tokens.first()?, tokens.last()?);
        let mut sums = weights.start();
        // What a message is decided by is summed up without the constant.
        for model in Model::ALL.into_iter().filter(|model| !model.of_clauses()) {
            sums[self.ranges.of(model)].fill(0.0);
        }
        each_feature(&tokens, |key| {
            *features += 1;
            weights.add(key, &mut sums);
        });
        for model in Model::ALL.into_iter().filter(|model| model.of_clauses()) {
            softmax(&mut sums[self.ranges.of(model)]);
        }
        let end = said[last.end..].find(char::is_whitespace).map_or(said.len(), |n| last.end + n);
        let (start, end) = (range.start + first.start, range.start + end);
        Some(Clause { start, end, role: 0, probabilities: sums })
    }

    /// Forward-backward over the clauses: each role given all words and the order of the roles.
    fn assign_roles(&mut self, weights: &Weights) {
        const N: usize = ROLES.len();
        let range = self.ranges.of(Model::Role);
        let said: Vec<[f32; N]> = self
            .clauses
            .iter()
            .map(|clause| std::array::from_fn(|role| clause.probabilities[range.start + role]))
            .collect();
        let mut forward: Vec<[f32; N]> = Vec::with_capacity(said.len());
        for (n, said) in said.iter().enumerate() {
            let mut row: [f32; N] = std::array::from_fn(|role| {
                let before: f32 = match n.checked_sub(1) {
                    None => weights.follows(None, Some(role)),
                    Some(n) => (0..N).map(|b| forward[n][b] * weights.follows(Some(b), Some(role))).sum(),
                };
                before * said[role]
            });
            normalise(&mut row);
            forward.push(row);
        }
        let mut after: [f32; N] = std::array::from_fn(|role| weights.follows(Some(role), None));
        for n in (0..said.len()).rev() {
            let mut both: [f32; N] = std::array::from_fn(|role| forward[n][role] * after[role]);
            normalise(&mut both);
            let clause = &mut self.clauses[n];
            clause.role = (0..N).max_by(|a, b| both[*a].total_cmp(&both[*b])).unwrap_or(0);
            clause.probabilities[range.clone()].copy_from_slice(&both);
            let mut back: [f32; N] = std::array::from_fn(|role| {
                (0..N).map(|a| weights.follows(Some(role), Some(a)) * said[n][a] * after[a]).sum()
            });
            normalise(&mut back);
            after = back;
        }
    }

    pub fn is_empty(&self) -> bool {
        self.message.is_empty()
    }

    /// All that words are read in.
    pub fn clauses_and_subject(&self) -> impl Iterator<Item = &Clause> {
        self.clauses.iter().chain(&self.subject)
    }

    /// The number of a model's classes.
    pub fn classes(&self, model: Model) -> usize {
        self.ranges.of(model).len()
    }

    /// A clause's probability of a class, counted within its model.
    pub fn of(&self, clause: &Clause, model: Model, class: usize) -> f32 {
        let range = self.ranges.of(model);
        clause.probabilities.get(range.start + class).copied().unwrap_or(0.0)
    }

    /// A clause's probability of a role.
    pub fn role(&self, clause: &Clause, role: &str) -> f32 {
        place(ROLES, role).map_or(0.0, |n| self.of(clause, Model::Role, n))
    }

    /// Over all clauses and the subject: the sum of the probabilities of a class, and the highest.
    pub fn sum_and_top(&self, model: Model, class: usize) -> (f32, f32) {
        let each = self.clauses.iter().chain(&self.subject).map(|clause| self.of(clause, model, class));
        each.fold((0.0, 0.0), |(sum, top), p| (sum + p, f32::max(top, p)))
    }

    /// Over all clauses, the sum of an issue's share of what the clause tells at all: a clause that may tell
    /// nothing still says which issue it would be.
    pub fn share_of_issue(&self, class: usize) -> f32 {
        let share = |clause: &Clause| {
            let none = self.of(clause, Model::Issue, 0);
            self.of(clause, Model::Issue, class) / (1.0 - none + 0.15)
        };
        self.clauses.iter().chain(&self.subject).map(share).sum()
    }

    /// How much is asked for a want: its share of what each clause asks for, as far as the clause asks.
    pub fn asked_for(&self, want: usize, none: usize) -> f32 {
        let asks = |clause: &Clause| {
            ["want", "condition", "question", "threat"]
                .iter()
                .map(|role| self.role(clause, role))
                .sum::<f32>()
        };
        let share = |clause: &Clause| {
            let any = 1.0 - self.of(clause, Model::Want, none);
            asks(clause) * self.of(clause, Model::Want, want) / (any + 0.05)
        };
        self.clauses.iter().map(share).sum()
    }

    /// The sum of the probabilities of a role.
    pub fn sum_of_role(&self, role: &str) -> f32 {
        self.clauses.iter().map(|clause| self.role(clause, role)).sum()
    }

    /// The sums of a model of whole messages.
    pub fn message(&self, model: Model) -> &[f32] {
        self.message.get(self.ranges.of(model)).unwrap_or(&[])
    }

    /// What speaks for an issue without a phrase: the clause most likely to tell it.
    pub fn evidence(&self, book: &Phrasebook, text: &str, issue: usize) -> Option<Evidence> {
        let id = &book.issues[issue].id;
        let class = book.weights.issues.iter().position(|known| **known == **id)? + 1;
        let (clause, weight) = self.top(Model::Issue, class)?;
        Some(Evidence {
            rule: format!("{id}/words"),
            start: clause.start,
            end: clause.end,
            text: text[clause.start..clause.end].to_owned(),
            field: None,
            phrase: u32::MAX,
            weight,
        })
    }

    /// The clause that most likely has a class, with its probability.
    pub fn top(&self, model: Model, class: usize) -> Option<(&Clause, f32)> {
        let each = self.clauses.iter().map(|clause| (clause, self.of(clause, model, class)));
        each.max_by(|a, b| a.1.total_cmp(&b.1))
    }
}

/// Turns sums into probabilities.
pub fn softmax(sums: &mut [f32]) {
    let most = sums.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    sums.iter_mut().for_each(|sum| *sum = (*sum - most).exp());
    normalise(sums);
}

fn normalise(row: &mut [f32]) {
    let all: f32 = row.iter().sum();
    if all > 0.0 {
        row.iter_mut().for_each(|p| *p /= all);
    }
}

/// The probability of a yes whose odds have this logarithm.
pub fn logistic(score: f32) -> f32 {
    1.0 / (1.0 + (-score).exp())
}
