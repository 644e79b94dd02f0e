//! A team's own weights: what its labelled mail changes in the weights it starts from.
//!
//! Only the difference is fitted, and held back by a penalty, so that few messages move little. What each
//! decision gains is measured on messages it didn't learn from; a decision that gains nothing keeps its
//! weights. How the place of a clause decides its role, and how words and phrases are blended, stay as they
//! are: a team labels no clauses, and has too few messages for the blends.

use super::optimise::{Loss, each_right, fit, less_any};
use super::{Vocabulary, features, lines};
use crate::reading::{Clause, Learned, classify, scale};
use crate::study::eval::{Decided, FIGURES, Gold, sign_test};
use amends_inbox::message::Message;
use amends_language::features::tokens;
use amends_phrasebook::weights::{ALWAYS, Model, NONE, Weights, Written};
use amends_phrasebook::{CUSTOMERS, KINDS, Phrasebook, RISKS, TONES, WANTS, place};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// A decision with fewer labelled messages is left as it is.
pub const LEAST: usize = 10;
/// What is labelled in fewer messages is seldom learned: a part of them is held back, and a word counts only
/// if two of the others have it.
pub const ENOUGH: usize = 5;
/// Words of fewer messages teach nothing; they are often names.
const LEAST_SEEN: u32 = 2;
/// A decision is learned only if chance would seldom make it gain so much.
const AGAINST_CHANCE: f64 = 0.25;
/// Rounds of fitting; the penalty leaves little to do after them.
const ROUNDS: u64 = 25;
/// Each message is judged with weights learned from the other parts.
const PARTS: usize = 5;
/// A clause of a message is less surely what the message is labelled with.
const OF_CLAUSES: f32 = 0.5;
/// How much the issues after the first count.
const OF_SECOND_ISSUES: f32 = 0.6;
/// Where an issue without weights starts, beside others that may be at 0.
const NEW_ISSUE: f32 = -2.0;

/// The least move of a clause's weight that is written down, and of a message's.
const CLAUSES_MOVED: f64 = 0.1;
const MESSAGES_MOVED: f64 = 0.3;

/// The penalty of moving a weight, and the least move that is written down. The words of a message are
/// scaled by their number, so their weights are larger.
fn settings(model: Model) -> (f64, f64) {
    if model.of_clauses() { (10.0, CLAUSES_MOVED) } else { (0.25, MESSAGES_MOVED) }
}

/// The decisions that are learned, by their figure, and the models each rests on.
const DECISIONS: &[(&str, &[Model])] = &[
    ("issue", &[Model::Issue, Model::Matter]),
    ("kind", &[Model::Kind]),
    ("tone", &[Model::Tone]),
    ("customer", &[Model::Customer]),
    ("wants", &[Model::Want, Model::Asked, Model::Wish]),
    ("risks", &[Model::Risk]),
    ("hold", &[Model::Hold]),
];

/// How one decision fared on messages it didn't learn from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Trial {
    pub figure: &'static str,
    pub labelled: usize,
    /// Right before and after.
    pub before: usize,
    pub after: usize,
    pub better: usize,
    pub worse: usize,
    /// Whether replies would name the right issues less often.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub names_worse: bool,
    /// Whether its weights are changed.
    pub kept: bool,
    /// What has too few messages to be learned, and how many.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub few: BTreeMap<String, usize>,
}

/// What was learned.
#[derive(Debug)]
pub struct Own {
    pub messages: usize,
    pub trials: Vec<Trial>,
    /// The lines that differ.
    pub weights: Written,
}

impl Own {
    /// The number of changed weights.
    pub fn changed(&self) -> usize {
        self.weights.0.values().flat_map(|classes| classes.values()).map(|lines| lines.len()).sum()
    }

    /// The overlay: the changed lines over what `base` names.
    pub fn overlay(&self, from: &str, base: &str) -> String {
        let mut text = format!(
            "# Learned by `amends phrasebook tune {from}` from {} labelled messages; running it again writes it anew.\n\
             # A line is a word or word pair and what it adds, in place of what it added before. Only what moved by\n\
             # {CLAUSES_MOVED} is here, and in matters, kinds, tones, customers, asked, wishes and hold by {MESSAGES_MOVED}.\n\
             extends: {base}\nweights:\n",
            self.messages
        );
        for (table, classes) in &self.weights.0 {
            text += &format!("  {table}:\n{}", lines(classes));
        }
        text
    }
}

/// A labelled message, as the weights to start from read it.
struct Lesson<'a> {
    gold: &'a Gold,
    learned: Learned,
    /// The features of each clause, the subject last, of the whole message, and of what asks in it.
    clauses: Vec<Vec<(u32, f32)>>,
    whole: Vec<(u32, f32)>,
    asks: Vec<(u32, f32)>,
}

/// One row of a model: its sums so far, and the classes that would be right, any of them or all.
struct Row<'a> {
    features: &'a [(u32, f32)],
    start: Vec<f64>,
    right: Vec<usize>,
    weight: f32,
}

/// Learns from labelled messages what should change in a phrasebook's weights.
pub fn learn(book: &mut Phrasebook, mail: &[(Message, Gold)]) -> anyhow::Result<Own> {
    let ids: Vec<String> = book.issues.iter().map(|issue| issue.id.clone()).collect();
    let written = book.weights.clone();
    let new = new_issues(&written, &ids, mail);
    let start = written.clone().adapted(&ids, &new);
    let texts: Vec<Vec<&str>> = mail.iter().map(|(message, _)| clauses(book, &start, message)).collect();
    let said = texts.iter().map(|clauses| {
        let all = clauses.iter().flat_map(|clause| features(clause, &tokens(clause)));
        all.collect::<BTreeSet<String>>().into_iter().collect()
    });
    let vocabulary = Vocabulary::of(said, LEAST_SEEN);
    let lessons: Vec<Lesson<'_>> = mail
        .iter()
        .zip(&texts)
        .map(|((message, gold), texts)| Lesson::new(book, &start, &vocabulary, message, gold, texts))
        .collect();
    let learner = Learner { start: &start, new: &new, vocabulary: &vocabulary };
    let before: Vec<Decided> = mail.iter().map(|(message, _)| classify(book, message).into()).collect();
    let mut after = before.clone();
    let candidates: Vec<&str> = DECISIONS.iter().map(|(figure, _)| *figure).collect();
    for part in 0..PARTS {
        let others: Vec<&Lesson<'_>> =
            lessons.iter().enumerate().filter(|(n, _)| n % PARTS != part).map(|(_, lesson)| lesson).collect();
        book.weights = written.clone().adapted(&ids, &learner.learn(&others, &candidates)?);
        for n in (part..mail.len()).step_by(PARTS) {
            after[n] = classify(book, &mail[n].0).into();
        }
    }
    book.weights = written;
    let mut trials: Vec<Trial> =
        candidates.iter().map(|figure| trial(figure, mail, &before, &after)).collect();
    // What is found oftener must not be named rightly less often: naming is what a reply shows.
    let named = trial("named", mail, &before, &after);
    trials[0].names_worse = named.worse > named.better;
    trials[0].kept &= !trials[0].names_worse;
    let kept: Vec<&str> = trials.iter().filter(|trial| trial.kept).map(|trial| trial.figure).collect();
    let all: Vec<&Lesson<'_>> = lessons.iter().collect();
    let weights = learner.learn(&all, &kept)?;
    Ok(Own { messages: mail.len(), trials, weights })
}

fn trial(figure: &'static str, mail: &[(Message, Gold)], before: &[Decided], after: &[Decided]) -> Trial {
    let n = FIGURES.iter().position(|known| *known == figure).unwrap_or(0);
    let mut trial = Trial {
        figure,
        labelled: 0,
        before: 0,
        after: 0,
        better: 0,
        worse: 0,
        names_worse: false,
        kept: false,
        few: few(figure, mail),
    };
    for (((_, gold), before), after) in mail.iter().zip(before).zip(after) {
        if let (Some(was), Some(is)) = (gold.marks(before)[n], gold.marks(after)[n]) {
            trial.labelled += 1;
            trial.before += usize::from(was);
            trial.after += usize::from(is);
            trial.better += usize::from(is && !was);
            trial.worse += usize::from(was && !is);
        }
    }
    trial.kept = trial.labelled >= LEAST
        && trial.better > trial.worse
        && sign_test(trial.better, trial.worse) <= AGAINST_CHANCE;
    trial
}

/// The labels of a decision that stand in fewer messages than can teach it.
fn few(figure: &str, mail: &[(Message, Gold)]) -> BTreeMap<String, usize> {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for (_, gold) in mail {
        let labels: Vec<&String> = match figure {
            "issue" => gold.issues.iter().flatten().filter_map(|label| label.first()).collect(),
            "kind" => gold.kind.iter().collect(),
            "tone" => gold.tone.iter().collect(),
            "customer" => gold.customer.iter().collect(),
            "wants" => gold.wants.iter().flatten().collect(),
            "risks" => gold.risks.iter().flatten().collect(),
            _ => Vec::new(),
        };
        for label in labels {
            *counts.entry(label.clone()).or_default() += 1;
        }
    }
    counts.retain(|_, messages| *messages < ENOUGH);
    counts
}

/// The first lines of issues that are labelled and have no weights yet.
fn new_issues(weights: &Weights, ids: &[String], mail: &[(Message, Gold)]) -> Written {
    let mut new = Written::default();
    let is_weighed = |id: &String| weights.issues.iter().any(|known| **known == **id);
    let is_labelled = |id: &String| mail.iter().any(|(_, gold)| gold.takes(id));
    for id in ids.iter().filter(|id| !is_weighed(id) && is_labelled(id)) {
        for model in [Model::Issue, Model::Matter] {
            let classes = new.0.entry(model.name().to_owned()).or_default();
            classes.entry(id.clone()).or_default().insert(ALWAYS.to_owned(), NEW_ISSUE);
        }
    }
    new
}

/// The texts of a message's clauses, and its subject.
fn clauses<'m>(book: &Phrasebook, weights: &Weights, message: &'m Message) -> Vec<&'m str> {
    let subject = message.subject.as_deref();
    let learned = Learned::read(weights, &message.text, &book.lexicon.read(&message.text), subject);
    learned.clauses.iter().map(|clause| &message.text[clause.start..clause.end]).chain(subject).collect()
}

impl<'a> Lesson<'a> {
    fn new(
        book: &Phrasebook,
        weights: &Weights,
        vocabulary: &Vocabulary,
        message: &Message,
        gold: &'a Gold,
        texts: &[&str],
    ) -> Self {
        let words = book.lexicon.read(&message.text);
        let learned = Learned::read(weights, &message.text, &words, message.subject.as_deref());
        let with_constant = |mut counted: Vec<(u32, f32)>| {
            counted.insert(0, (0, 1.0));
            counted
        };
        let clauses = texts.iter().map(|text| with_constant(vocabulary.count([(*text, 1.0)]).0)).collect();
        let message = |model: Model, counts: &dyn Fn(&Clause) -> f32| {
            let counts = learned.clauses_and_subject().map(counts);
            let (mut counted, all) = vocabulary.count(texts.iter().copied().zip(counts));
            let scale = scale(model, all);
            counted.iter_mut().for_each(|(_, count)| *count *= scale);
            with_constant(counted)
        };
        let whole = message(Model::Wish, &|_| 1.0);
        let asks = message(Model::Asked, &|clause| learned.asks(clause));
        Self { gold, learned, clauses, whole, asks }
    }

    fn rows(&self, model: Model, ids: &[String]) -> Vec<Row<'_>> {
        let issue = |id: &String| ids.iter().position(|known| known == id).map(|n| n + 1);
        let gold = self.gold;
        match model {
            Model::Issue => {
                let labels =
                    gold.issues.iter().flatten().map(|label| label.iter().filter_map(issue).collect());
                self.rows_of_clauses(model, 0, gold.issues.as_ref().map(|_| labels.collect()))
            }
            Model::Want => {
                let none = place(WANTS, NONE).unwrap_or(0);
                let labels = gold.wants.as_ref().map(|ids| each(WANTS, ids, 0));
                self.rows_of_clauses(model, none, labels)
            }
            Model::Risk => self.rows_of_clauses(model, 0, gold.risks.as_ref().map(|ids| each(RISKS, ids, 1))),
            Model::Matter => {
                let Some(labels) = &gold.issues else { return Vec::new() };
                let mut rows: Vec<Row<'_>> = Vec::new();
                for (n, label) in labels.iter().enumerate() {
                    let weight = if n == 0 { 1.0 } else { OF_SECOND_ISSUES };
                    rows.extend(self.row_of_message(model, label.iter().filter_map(issue).collect(), weight));
                }
                if labels.is_empty() {
                    rows.extend(self.row_of_message(model, vec![0], 1.0));
                }
                rows
            }
            Model::Kind => self.one_right(model, KINDS, gold.kind.as_ref()),
            Model::Tone => self.one_right(model, TONES, gold.tone.as_ref()),
            Model::Customer => self.one_right(model, CUSTOMERS, gold.customer.as_ref()),
            Model::Hold => {
                let right = gold.hold.map(|hold| usize::from(!hold));
                right.and_then(|right| self.row_of_message(model, vec![right], 1.0)).into_iter().collect()
            }
            // A team labels no nouns and sentences.
            Model::About | Model::Sentence => Vec::new(),
            Model::Asked | Model::Wish => {
                let features = if model == Model::Asked { &self.asks } else { &self.whole };
                let right = |wants: &Vec<String>| {
                    let known = wants.iter().filter(|want| *want != NONE);
                    known.filter_map(|want| place(WANTS, want)).collect()
                };
                let row = |right| Row { features, start: self.sums(model), right, weight: 1.0 };
                gold.wants.iter().map(right).map(row).collect()
            }
            Model::Role => Vec::new(),
        }
    }

    fn one_right(&self, model: Model, known: &[&str], id: Option<&String>) -> Vec<Row<'_>> {
        let right = id.and_then(|id| place(known, id));
        right.and_then(|right| self.row_of_message(model, vec![right], 1.0)).into_iter().collect()
    }

    fn sums(&self, model: Model) -> Vec<f64> {
        self.learned.message(model).iter().map(|sum| f64::from(*sum)).collect()
    }

    fn row_of_message(&self, model: Model, right: Vec<usize>, weight: f32) -> Option<Row<'_>> {
        let mut start = self.sums(model);
        if model == Model::Hold {
            // Told from nothing.
            start.push(0.0);
        }
        (!right.is_empty()).then_some(Row { features: &self.whole, start, right, weight })
    }

    /// Each clause tells nothing or one of the labels; the likeliest for a label tells that.
    fn rows_of_clauses(&self, model: Model, none: usize, labels: Option<Vec<Vec<usize>>>) -> Vec<Row<'_>> {
        let Some(labels) = labels else { return Vec::new() };
        let clauses: Vec<_> = self.learned.clauses_and_subject().collect();
        let likely = |n: usize, class: usize| self.learned.of(clauses[n], model, class);
        let mut right: Vec<Vec<usize>> =
            clauses.iter().map(|_| labels.iter().flatten().copied().chain([none]).collect()).collect();
        for label in labels.iter().filter(|label| !label.is_empty()) {
            let sum = |n: usize| label.iter().map(|class| likely(n, *class)).sum::<f32>();
            if let Some(best) = (0..clauses.len()).max_by(|a, b| sum(*a).total_cmp(&sum(*b))) {
                right[best].clone_from(label);
            }
        }
        let classes = self.learned.classes(model);
        right
            .into_iter()
            .enumerate()
            .zip(&self.clauses)
            .map(|((n, right), features)| Row {
                features,
                start: (0..classes).map(|class| f64::from(likely(n, class).max(1e-6)).ln()).collect(),
                right,
                weight: OF_CLAUSES,
            })
            .collect()
    }
}

/// Each id as a label of its own.
fn each(known: &[&str], ids: &[String], first: usize) -> Vec<Vec<usize>> {
    ids.iter().filter_map(|id| place(known, id)).map(|n| vec![n + first]).collect()
}

struct Learner<'a> {
    start: &'a Weights,
    new: &'a Written,
    vocabulary: &'a Vocabulary,
}

impl Learner<'_> {
    /// The lines that should change for some decisions.
    fn learn(&self, lessons: &[&Lesson<'_>], figures: &[&str]) -> anyhow::Result<Written> {
        let mut written = Written::default();
        for (figure, models) in DECISIONS.iter().filter(|(figure, _)| figures.contains(figure)) {
            if *figure == "issue" {
                written = self.new.clone();
            }
            for model in *models {
                self.fit(*model, lessons, &mut written)?;
            }
        }
        Ok(written)
    }

    fn fit(&self, model: Model, lessons: &[&Lesson<'_>], into: &mut Written) -> anyhow::Result<()> {
        // The issues with weights are fewer than the phrasebook's, or in another order.
        let issues: Vec<String> = self.start.issues.iter().map(|id| id.to_string()).collect();
        let rows: Vec<Row<'_>> = lessons.iter().flat_map(|lesson| lesson.rows(model, &issues)).collect();
        let Some(classes) = rows.first().map(|row| row.start.len()) else { return Ok(()) };
        let (penalty, least_move) = settings(model);
        let words = self.vocabulary.written.len();
        let moves =
            fit(&Moves { rows: &rows, classes, words, yes_or_no: model.yes_or_no(), penalty }, ROUNDS)?;
        let mut names: Vec<&str> = model.classes();
        names.extend(issues.iter().filter(|_| model.has_issues()).map(String::as_str));
        let table = into.0.entry(model.name().to_owned()).or_default();
        for (word, what) in self.vocabulary.written.iter().enumerate() {
            for (class, name) in names.iter().enumerate() {
                let mut by = moves[word * classes + class];
                if model == Model::Hold {
                    by -= moves[word * classes + 1];
                }
                if by.abs() >= least_move {
                    let old = self.start.of(model, class, what);
                    // Nought without a sign.
                    let weight = ((f64::from(old) + by) * 10.0).round() / 10.0 + 0.0;
                    table.entry((*name).to_owned()).or_default().insert(what.clone(), weight as f32);
                }
            }
        }
        if table.is_empty() {
            into.0.remove(model.name());
        }
        Ok(())
    }
}

/// The loss of moving the weights of a model: every word for every class.
struct Moves<'a> {
    rows: &'a [Row<'a>],
    classes: usize,
    words: usize,
    /// Whether each class is right or wrong by itself.
    yes_or_no: bool,
    penalty: f64,
}

impl Loss for Moves<'_> {
    fn weights(&self) -> usize {
        self.words * self.classes
    }

    fn add(&self, share: usize, of: usize, weights: &[f64], gradient: &mut [f64]) -> f64 {
        let mut loss = 0.0;
        for row in self.rows.iter().skip(share).step_by(of) {
            let mut sums = row.start.clone();
            let at = |word: u32| word as usize * self.classes..(word as usize + 1) * self.classes;
            for &(word, value) in row.features {
                let moved = weights[at(word)].iter();
                sums.iter_mut().zip(moved).for_each(|(sum, by)| *sum += by * f64::from(value));
            }
            let weight = f64::from(row.weight);
            loss += weight
                * if self.yes_or_no {
                    each_right(&mut sums, |class| row.right.contains(&class))
                } else {
                    less_any(&mut sums, &row.right)
                };
            for &(word, value) in row.features {
                let slopes = gradient[at(word)].iter_mut().zip(&sums);
                slopes.for_each(|(slope, sum)| *slope += weight * sum * f64::from(value));
            }
        }
        loss
    }

    fn penalty(&self, _: usize) -> f64 {
        self.penalty
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Letters that tell one of three troubles in words the built-in weights don't know.
    fn mail(label: impl Fn(usize) -> &'static str) -> (Phrasebook, Vec<(Message, Gold)>) {
        const SAID: &[&str] = &[
            "the wick drowned on the first evening and the flame went out",
            "our month was skipped, and the calendar says that it went out",
            "the club is paused, and still the box money left my account",
        ];
        const BEFORE: &[&str] = &[
            "I have been with you since the start and told half of the street about you",
            "My daughter gave me this for my birthday, and so far I had been happy with it",
            "We have heard from you each month for more than a year now",
            "I don't often write about such things and hope that this finds you well",
        ];
        let book = crate::built_in::phrasebook().unwrap();
        let labelled = |n: usize| {
            let (before, said) = (BEFORE[n / 3 % BEFORE.len()], SAID[n % SAID.len()]);
            let text = format!("Hello,\n{before}. This time {said}. Could you tell me what happens next?");
            let mut message = Message::from_text(n.to_string(), &text);
            message.subject = Some("The club".into());
            let labels = serde_json::json!({"issues": [label(n)]});
            let gold = Gold::read(labels.as_object().unwrap(), &book).unwrap();
            (message, gold)
        };
        let mail = (0..24).map(labelled).collect();
        (book, mail)
    }

    #[test]
    fn words_of_a_trade_are_learned_and_only_those_that_moved_are_written() {
        let (mut book, mail) = mail(|n| ["poor_quality", "late_delivery", "billing"][n % 3]);
        let learned = learn(&mut book, &mail).unwrap();
        let issue = &learned.trials[0];
        assert!(issue.kept && issue.after > issue.before + 5, "{issue:?}");
        let classes = &learned.weights.0["matters"];
        assert!(classes["late_delivery"]["skipped"] > 0.0, "{classes:?}");
        assert!(!learned.weights.0.contains_key("tones"), "no tone was labelled");
        let overlay = learned.overlay("mail", "default");
        let adapted = crate::built_in::parse("own.weights.yaml", &overlay).unwrap();
        let right = mail.iter().filter(|(message, gold)| {
            classify(&adapted, message).issues.first().is_some_and(|first| gold.takes(&first.id))
        });
        assert!(right.count() >= issue.after);
        assert_eq!(
            overlay,
            learn(&mut book, &mail).unwrap().overlay("mail", "default"),
            "it is the same again"
        );
    }

    #[test]
    fn labels_that_follow_no_word_teach_nothing() {
        let (mut book, mail) =
            mail(|n| ["poor_quality", "late_delivery", "billing", "privacy", "price"][n * 7 % 5]);
        let learned = learn(&mut book, &mail).unwrap();
        assert_eq!(learned.changed(), 0, "{:?}", learned.trials);
    }
}
