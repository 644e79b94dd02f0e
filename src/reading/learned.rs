//! What the learned weights say of a message: each clause's role, issue, wish and risk, and the sums that
//! decide kind, tone, customer and hold.

use super::Evidence;
use amends_language::features::{clauses, each_feature, tokens};
use amends_language::words::Words;
use amends_phrasebook::weights::{Model, NONE, ROLES, Weights};
use amends_phrasebook::{Phrasebook, WANTS, place};
use std::ops::Range;

/// Roles in which something is asked for.
pub const ASKS: &[&str] = &["want", "condition", "question"];

/// A clause and the probabilities of its classes.
#[derive(Debug, Clone, PartialEq)]
pub struct Clause {
    /// Byte offsets in the newest text, without the space around it.
    pub start: usize,
    pub end: usize,
    /// Index in [`ROLES`].
    pub role: usize,
    /// Whether it begins a line.
    begins_line: bool,
    /// What it is made of.
    features: usize,
    /// Indexed as the sums of [`Weights`]; those of roles count what stands around it.
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
        for sentence in &words.sentences {
            clauses(text, sentence.start..sentence.end, |range| {
                let before = learned.clauses.last().map_or(0, |clause| clause.end);
                learned.clauses.extend(learned.clause(weights, text, range).map(|clause| {
                    let begins_line = before == 0 || text[before..clause.start].contains('\n');
                    Clause { begins_line, ..clause }
                }));
            });
        }
        learned.subject = subject.and_then(|s| learned.clause(weights, s, 0..s.len()));
        learned.message = weights.start();
        let whole = |model: &Model| model.of_messages() && *model != Model::Asked;
        learned.sum_up(Model::ALL.into_iter().filter(whole), |_, _| 1.0);
        learned.assign_roles(weights);
        learned.sum_up([Model::Asked], Self::asks);
        learned
    }

    /// Adds the clauses to the sums of models of messages, each as far as it counts.
    fn sum_up(&mut self, models: impl IntoIterator<Item = Model>, counts: fn(&Self, &Clause) -> f32) {
        let mut message = std::mem::take(&mut self.message);
        let each: Vec<(f32, &Clause)> =
            self.clauses.iter().chain(&self.subject).map(|clause| (counts(self, clause), clause)).collect();
        let features: f32 = each.iter().map(|(count, clause)| count * clause.features as f32).sum();
        for model in models {
            let scale = scale(model, features);
            for n in self.ranges.of(model) {
                let sum: f32 = each.iter().map(|(count, clause)| count * clause.probabilities[n]).sum();
                message[n] += sum * scale;
            }
        }
        self.message = message;
    }

    /// Sums up one clause; `None` if it has no word.
    fn clause(&self, weights: &Weights, text: &str, range: Range<usize>) -> Option<Clause> {
        let said = &text[range.clone()];
        let tokens = tokens(said);
        let (first, last) = (tokens.first()?, tokens.last()?);
        let mut sums = weights.start();
        // What a message is decided by is summed up without the constant.
        for model in Model::ALL.into_iter().filter(|model| !model.of_clauses()) {
            sums[self.ranges.of(model)].fill(0.0);
        }
        let mut features = 0;
        each_feature(&tokens, |key| {
            features += 1;
            weights.add(key, &mut sums);
        });
        for model in Model::ALL.into_iter().filter(|model| model.of_clauses()) {
            softmax(&mut sums[self.ranges.of(model)]);
        }
        let end = said[last.end..].find(char::is_whitespace).map_or(said.len(), |n| last.end + n);
        let (start, end) = (range.start + first.start, range.start + end);
        Some(Clause { start, end, role: 0, begins_line: false, features, probabilities: sums })
    }

    /// What decides the role of each clause, in the order of [`amends_phrasebook::weights::context`].
    pub fn contexts(&self) -> Vec<Vec<f32>> {
        const NOBODY: [f32; ROLES.len()] = [0.0; ROLES.len()];
        let range = self.ranges.of(Model::Role);
        let roles = |n: usize| self.clauses.get(n).map_or(&NOBODY[..], |c| &c.probabilities[range.clone()]);
        let count = self.clauses.len();
        let share = 1.0 / f32::max(count as f32, 1.0);
        let mut all = NOBODY;
        for n in 0..count {
            all.iter_mut().zip(roles(n)).for_each(|(sum, p)| *sum += p * share);
        }
        let mut kinds = self.message(Model::Kind).to_vec();
        softmax(&mut kinds);
        let yes = |is: bool| f32::from(u8::from(is));
        let of = |n: usize| {
            let place = (n as f32 + 0.5) * share;
            let mut signals = Vec::with_capacity(96);
            signals.push(1.0);
            signals.extend(roles(n).iter().map(|p| (p + 0.001).ln()));
            signals.extend_from_slice(roles(n));
            signals.extend_from_slice(n.checked_sub(1).map_or(&NOBODY[..], roles));
            signals.extend_from_slice(roles(n + 1));
            signals.extend_from_slice(&all);
            signals.extend_from_slice(&kinds);
            signals.extend([n == 0, n == 1, n == 2, n + 1 == count, n + 2 == count, n + 3 == count].map(yes));
            signals.extend([place, place * place, (count as f32).ln(), share]);
            signals.push(yes(self.clauses[n].begins_line));
            signals.push(yes(self.clauses.get(n + 1).is_none_or(|next| next.begins_line)));
            signals
        };
        (0..count).map(of).collect()
    }

    /// Each clause's role by its words and by what stands around it.
    fn assign_roles(&mut self, weights: &Weights) {
        let range = self.ranges.of(Model::Role);
        for (clause, signals) in self.contexts().into_iter().enumerate() {
            let clause = &mut self.clauses[clause];
            if let Some(mut sums) = weights.role(&signals) {
                softmax(&mut sums);
                clause.probabilities[range.clone()].copy_from_slice(&sums);
            }
            let likely = |role: &usize| clause.probabilities[range.start + *role];
            clause.role = (0..ROLES.len()).max_by(|a, b| likely(a).total_cmp(&likely(b))).unwrap_or(0);
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

    /// The sums of the model of sentences for some clauses that make up one.
    pub fn of_sentence(&self, clauses: Range<usize>) -> Vec<f32> {
        let own = &self.clauses[clauses];
        let features: usize = own.iter().map(|clause| clause.features).sum();
        let scale = scale(Model::Sentence, features as f32);
        let sum = |n: usize| own.iter().map(|clause| clause.probabilities[n]).sum::<f32>() * scale;
        self.ranges.of(Model::Sentence).map(sum).collect()
    }

    /// How likely a clause asks for something.
    pub fn asks(&self, clause: &Clause) -> f32 {
        ASKS.iter().map(|role| self.role(clause, role)).sum()
    }

    /// How much is asked for a want: its share of what each clause asks for, as far as the clause asks.
    pub fn asked_for(&self, want: usize) -> f32 {
        let none = place(WANTS, NONE).unwrap_or(WANTS.len());
        let share = |clause: &Clause| {
            let any = 1.0 - self.of(clause, Model::Want, none);
            let asks = self.asks(clause) + self.role(clause, "threat");
            asks * self.of(clause, Model::Want, want) / (any + 0.05)
        };
        self.clauses.iter().map(share).sum()
    }

    /// The sum of the probabilities of a role, and the highest.
    pub fn sum_and_top_of_role(&self, role: usize) -> (f32, f32) {
        let each = self.clauses.iter().map(|clause| self.of(clause, Model::Role, role));
        each.fold((0.0, 0.0), |(sum, top), p| (sum + p, f32::max(top, p)))
    }

    /// The sum of the probabilities of a role.
    pub fn sum_of_role(&self, role: &str) -> f32 {
        place(ROLES, role).map_or(0.0, |n| self.sum_and_top_of_role(n).0)
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

/// What a message of so many features is scaled by.
pub fn scale(model: Model, features: f32) -> f32 {
    match model {
        // Little of a message asks for anything: one word that may is not to decide.
        Model::Asked => 1.0 / (features + 3.0).sqrt(),
        _ => 1.0 / features.max(1.0).sqrt(),
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
