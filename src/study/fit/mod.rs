//! Learns the weights of words, and how they are blended with phrases, from a labelled corpus.
//!
//! The models of clauses and messages are fitted first, on everything that is not set aside; then,
//! so that the blends don't trust words more than they deserve, each message is read with weights that
//! never saw it, and the blends are fitted on what those say.

pub mod corpus;
mod lessons;
mod nouns;
mod optimise;
pub mod own;

use crate::reading::blend::{self, Evidence, Signals};
use crate::reading::{Heard, Learned, scale, sentences};
use amends_inbox::message::Message;
use amends_language::features::{Token, each_feature, tokens, written, written_beginnings};
use amends_phrasebook::weights::{ALWAYS, BLENDS, Model, ROLES, Weights, Written, context};
use amends_phrasebook::{CUSTOMERS, Phrasebook, RISKS, TONES, WANTS, place};
use corpus::{Corpus, Labelled, LabelledSentence};
use lessons::{Lesson, lessons};
use optimise::{Choice, Choices, Classes, Row, Shape, fit};
use rustc_hash::FxHashMap;
use std::collections::BTreeMap;
use std::ops::Range;

/// Words seen in fewer rows teach nothing.
const LEAST_SEEN: u32 = 3;
/// Each message is read with weights fitted without this share of them.
const FOLDS: u64 = 4;
/// Smaller weights are left out.
const SMALLEST: f64 = 0.05;

/// How one model is fitted.
struct Settings {
    /// The penalty of large weights.
    penalty: f64,
    /// Whether a word pays less the rarer it is: its penalty is divided by the square of its rarity.
    by_rarity: bool,
    /// The most words kept for each class.
    words: usize,
}

fn settings(model: Model) -> Settings {
    match model {
        Model::Role => Settings { penalty: 50.0, by_rarity: true, words: 800 },
        Model::Issue => Settings { penalty: 50.0, by_rarity: true, words: 800 },
        Model::Matter => Settings { penalty: 1.5, by_rarity: true, words: 800 },
        Model::Want => Settings { penalty: 35.0, by_rarity: true, words: 300 },
        Model::Risk => Settings { penalty: 35.0, by_rarity: true, words: 200 },
        Model::Kind => Settings { penalty: 0.05, by_rarity: false, words: 800 },
        Model::Tone => Settings { penalty: 0.1, by_rarity: false, words: 250 },
        Model::Customer => Settings { penalty: 0.1, by_rarity: false, words: 150 },
        // What a person must take over is told in rare words.
        Model::Hold => Settings { penalty: 2.0, by_rarity: true, words: 6000 },
        Model::Sentence => Settings { penalty: 12.0, by_rarity: true, words: 1000 },
        Model::About => Settings { penalty: 1.5, by_rarity: false, words: 1500 },
        Model::Asked | Model::Wish => Settings { penalty: 0.25, by_rarity: false, words: 300 },
    }
}

/// A model's rows, the message each belongs to (`None` is the clause bank), and the weights it keeps.
struct Fitted {
    model: Model,
    rows: Vec<Row>,
    of_messages: Vec<Option<usize>>,
    shape: Shape,
    penalties: Vec<f64>,
}

/// The words of the corpus by their number; 0 is the constant.
struct Vocabulary {
    numbers: FxHashMap<u32, u32>,
    written: Vec<String>,
}

impl Vocabulary {
    /// The features seen in so many texts, from those of each text.
    fn of(texts: impl Iterator<Item = Vec<String>>, least_seen: u32) -> Self {
        let mut seen: BTreeMap<String, u32> = BTreeMap::new();
        for mut of_text in texts {
            of_text.sort_unstable();
            of_text.dedup();
            for feature in of_text {
                *seen.entry(feature).or_default() += 1;
            }
        }
        let mut vocabulary = Self { numbers: FxHashMap::default(), written: vec![ALWAYS.to_owned()] };
        for (feature, _) in seen.into_iter().filter(|(_, seen)| *seen >= least_seen) {
            let key = amends_language::features::feature(&feature);
            // Of two that share a key, the first in the alphabet stands for both.
            if !vocabulary.numbers.contains_key(&key) {
                vocabulary.numbers.insert(key, vocabulary.written.len() as u32);
                vocabulary.written.push(feature);
            }
        }
        vocabulary
    }

    /// The number of a feature as it is written.
    fn number(&self, feature: &str) -> Option<u32> {
        self.numbers.get(&amends_language::features::feature(feature)).copied()
    }

    /// The known features of some texts, with how often each occurs, and how many features there are; each
    /// text counts so much.
    fn count<'a>(&self, texts: impl IntoIterator<Item = (&'a str, f32)>) -> (Vec<(u32, f32)>, f32) {
        let mut all = 0.0;
        let mut counts: BTreeMap<u32, f32> = BTreeMap::new();
        for (text, count) in texts {
            each_feature(&tokens(text), |key| {
                all += count;
                if let Some(n) = self.numbers.get(&key) {
                    *counts.entry(*n).or_default() += count;
                }
            });
        }
        (counts.into_iter().collect(), all)
    }
}

/// The files of a folder of weights, each with its text; `corpus` is the fingerprint of what taught them.
pub fn files(written: &Written, corpus: u64) -> Vec<(String, String)> {
    let file = |(table, classes): (&String, &BTreeMap<String, FxHashMap<String, f32>>)| {
        let mut text = format!(
            "# Learned by `amends phrasebook tune` from the corpus {corpus:016x}; edit it like anything else.\n\
             # A line is a word or word pair and what it adds: 1 makes a class 2.7 times as likely.\n\
             weights:\n  {table}:\n"
        );
        let said = |lines: &FxHashMap<String, f32>| {
            let said = lines.iter().filter(|(_, weight)| **weight != 0.0);
            said.map(|(what, weight)| (what.clone(), *weight)).collect()
        };
        text += &lines(&classes.iter().map(|(class, lines)| (class.clone(), said(lines))).collect());
        (format!("{table}.yaml"), text)
    };
    written.0.iter().map(file).collect()
}

/// The classes of a table, each a block of lines by weight.
fn lines(classes: &BTreeMap<String, FxHashMap<String, f32>>) -> String {
    let mut text = String::new();
    for (class, lines) in classes {
        text += &format!("    {class}: |\n");
        let mut lines: Vec<(&String, &f32)> = lines.iter().collect();
        lines.sort_by(|a, b| b.1.total_cmp(a.1).then(a.0.cmp(b.0)));
        for (what, weight) in lines {
            text += &format!("      {what} {weight}\n");
        }
    }
    text
}

/// The features of a text as they are written.
fn features(text: &str, tokens: &[Token]) -> Vec<String> {
    let mut features = Vec::with_capacity(tokens.len() * 2 + 1);
    let mut before = amends_language::features::EDGE.to_owned();
    for token in tokens {
        let word = written(text, token);
        features.push(format!("{before} {word}"));
        features.extend(written_beginnings(text, token));
        features.push(word.clone());
        before = word;
    }
    if !tokens.is_empty() {
        features.push(format!("{before} {}", amends_language::features::EDGE));
    }
    features
}

/// Fits all weights; `progress` hears what is being done.
pub fn fit_weights(
    book: &Phrasebook,
    corpus: &Corpus,
    mut progress: impl FnMut(&str),
) -> anyhow::Result<Written> {
    let ids: Vec<String> = book.issues.iter().map(|issue| issue.id.clone()).collect();
    let messages: Vec<&Labelled> = corpus.messages(false).collect();
    let read: Vec<Message> = messages.iter().map(|m| m.message()).collect::<anyhow::Result<_>>()?;
    let texts: Vec<String> = messages.iter().map(|message| message.text()).collect();
    let lessons = lessons(&ids, &messages, &texts, corpus);
    // Sentences have the words of their parts once more.
    let once = lessons.iter().filter(|lesson| lesson.right(Model::Sentence).is_none());
    let texts = once.flat_map(|lesson| &lesson.texts);
    let vocabulary = Vocabulary::of(texts.map(|(text, _)| features(text, &tokens(text))), LEAST_SEEN);
    let mut models: Vec<Fitted> = Vec::new();
    let mut final_weights = Written::default();
    for model in Model::ALL.into_iter().filter(|model| *model != Model::About) {
        progress(model.name());
        let (rows, of_messages) = rows(&lessons, model, &vocabulary);
        let classes = classes(model, &ids);
        let setting = settings(model);
        let shape = Shape::full(vocabulary.written.len(), classes.len());
        let penalties = penalties(&setting, &rows, vocabulary.written.len());
        let fit = |shape: &Shape, rounds: u64| {
            let rows = rows.iter().collect();
            fit(&Classes { rows, shape, yes_or_no: model.yes_or_no(), penalties: &penalties }, rounds)
        };
        let kept = kept(&fit(&shape, 40)?, &shape, classes.len(), &rows, setting.words);
        let all = fit(&kept, 100)?;
        write(&mut final_weights, model, &classes, &vocabulary, &kept, &all);
        models.push(Fitted { model, rows, of_messages, shape: kept, penalties });
    }

    let heard: Vec<Heard<'_>> = read.iter().map(|message| Heard::new(book, message)).collect();
    let mut folds: Vec<Written> = Vec::new();
    for fold in 0..FOLDS {
        let held = |n: usize| lessons::fold(&messages[n].id, FOLDS) == fold;
        let mut weights = Written::default();
        for Fitted { model, rows, of_messages, shape, penalties } in &models {
            let kept =
                rows.iter().zip(of_messages).filter(|(_, of)| !of.is_some_and(held)).map(|(row, _)| row);
            let yes_or_no = model.yes_or_no();
            let fitted = fit(&Classes { rows: kept.collect(), shape, yes_or_no, penalties }, 60)?;
            write(&mut weights, *model, &classes(*model, &ids), &vocabulary, shape, &fitted);
        }
        folds.push(weights);
    }
    // Each by weights that never saw it.
    let learn = |folds: &[Written]| -> Vec<Learned> {
        let folds: Vec<Weights> = folds.iter().map(|weights| weights.ready(&ids)).collect();
        let of = |((labelled, read), heard): ((&&Labelled, &Message), &Heard<'_>)| {
            let weights = &folds[lessons::fold(&labelled.id, FOLDS) as usize];
            Learned::read(weights, &read.text, heard.words(), read.subject.as_deref())
        };
        messages.iter().zip(&read).zip(&heard).map(of).collect()
    };
    progress("context");
    let context = fit_context(&messages, &read, &learn(&folds))?;
    for weights in folds.iter_mut().chain([&mut final_weights]) {
        weights.0.insert("context".to_owned(), context.clone());
    }
    progress("blends");
    let learned = learn(&folds);
    let of_issues = blend::classes_of_issues(book, &final_weights.ready(&ids));
    let evidence: Vec<Evidence<'_>> = heard
        .iter()
        .zip(&learned)
        .map(|(heard, learned)| heard.evidence(book, learned, of_issues.clone()))
        .collect();
    blends(&mut final_weights, &ids, &messages, &evidence)?;
    progress("sentences");
    let places: Vec<Vec<Range<usize>>> = heard.iter().map(Heard::places).collect();
    fit_sentences(&mut final_weights, &messages, &read, &learned, &places)?;
    progress(Model::About.name());
    nouns::fit_nouns(&mut final_weights, &messages, &read, &learned)?;
    Ok(final_weights)
}

/// A model's classes, in the order of their numbers.
fn classes(model: Model, issues: &[String]) -> Vec<String> {
    let own: &[String] = if model.has_issues() { issues } else { &[] };
    model.classes().into_iter().map(str::to_owned).chain(own.iter().cloned()).collect()
}

/// The rows of a model, and the message each belongs to; `None` is the clause bank.
fn rows(lessons: &[Lesson<'_>], model: Model, vocabulary: &Vocabulary) -> (Vec<Row>, Vec<Option<usize>>) {
    let mut rows = Vec::new();
    let mut of_messages = Vec::new();
    for lesson in lessons.iter().filter(|lesson| lesson.of_clause == model.of_clauses()) {
        let Some(right) = lesson.right(model) else { continue };
        let count = |asks: f32| if model == Model::Asked { asks } else { 1.0 };
        let texts = lesson.texts.iter().map(|(text, asks)| (*text, count(*asks)));
        let (mut features, all) = vocabulary.count(texts);
        if !model.of_clauses() {
            let scale = scale(model, all);
            features.iter_mut().for_each(|(_, count)| *count *= scale);
        }
        features.insert(0, (0, 1.0));
        // A model with one class tells it from nothing.
        let right = if model == Model::Hold { 1 - right } else { right };
        rows.push(Row { features, right: right as u16, weight: lesson.weight });
        of_messages.push(lesson.message);
    }
    (rows, of_messages)
}

/// The penalty of each feature's weights; the constant has almost none.
fn penalties(setting: &Settings, rows: &[Row], features: usize) -> Vec<f64> {
    const CONSTANT: f64 = 0.001;
    let mut seen = vec![0.0_f64; features];
    for (feature, _) in rows.iter().flat_map(|row| &row.features) {
        seen[*feature as usize] += 1.0;
    }
    let rarity =
        |seen: f64| if setting.by_rarity { (rows.len() as f64 / (1.0 + seen)).ln() + 1.0 } else { 1.0 };
    let mut penalties: Vec<f64> = seen.into_iter().map(|n| setting.penalty / rarity(n).powi(2)).collect();
    penalties[0] = CONSTANT;
    penalties
}

/// For each feature the classes it weighs most for.
fn kept(weights: &[f64], shape: &Shape, classes: usize, rows: &[Row], most: usize) -> Shape {
    let features = shape.features();
    let mut seen = vec![0.0_f64; features];
    for (feature, value) in rows.iter().flat_map(|row| &row.features) {
        seen[*feature as usize] += f64::from(*value).min(1.0);
    }
    let mut kept: Vec<Vec<u16>> = vec![Vec::new(); features];
    kept[0] = (0..classes as u16).collect();
    for class in 0..classes as u16 {
        let worth = |feature: u32| {
            let weight =
                shape.of_feature(feature).find(|(_, c)| *c == class).map_or(0.0, |(n, _)| weights[n]);
            weight.abs() * seen[feature as usize].sqrt()
        };
        let mut by_worth: Vec<(f64, u32)> = (1..features as u32).map(|f| (worth(f), f)).collect();
        by_worth.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        for (_, feature) in by_worth.into_iter().take(most).filter(|(worth, _)| *worth > 0.0) {
            kept[feature as usize].push(class);
        }
    }
    Shape::of(classes, kept)
}

fn write(
    into: &mut Written,
    model: Model,
    classes: &[String],
    vocabulary: &Vocabulary,
    shape: &Shape,
    weights: &[f64],
) {
    let table = into.0.entry(model.name().to_owned()).or_default();
    for (feature, what) in vocabulary.written.iter().enumerate() {
        for (n, class) in shape.of_feature(feature as u32) {
            if let Some(class) = classes.get(usize::from(class))
                && (weights[n].abs() >= SMALLEST || what == ALWAYS)
            {
                let rounded = (weights[n] * 100.0).round() / 100.0;
                table.entry(class.clone()).or_default().insert(what.clone(), rounded as f32);
            }
        }
    }
}

/// Fits what stands around a clause to its role: that of the part it shares most with.
fn fit_context(
    messages: &[&Labelled],
    read: &[Message],
    learned: &[Learned],
) -> anyhow::Result<BTreeMap<String, FxHashMap<String, f32>>> {
    const PENALTY: f64 = 3.0;
    let mut rows = Vec::new();
    for ((message, read), learned) in messages.iter().zip(read).zip(learned) {
        if read.text != message.text() {
            continue;
        }
        let parts = message.parts();
        for (clause, signals) in learned.clauses.iter().zip(learned.contexts()) {
            let shared =
                |start: usize, end: usize| clause.end.min(end).saturating_sub(clause.start.max(start));
            let part = parts.iter().max_by_key(|part| shared(part.start, part.end));
            let role =
                part.filter(|part| shared(part.start, part.end) > 0).and_then(|p| place(ROLES, p.role));
            let features = (0..).zip(signals).filter(|(_, signal)| *signal != 0.0).collect();
            rows.extend(role.map(|role| Row { features, right: role as u16, weight: 1.0 }));
        }
    }
    let names = context();
    let shape = Shape::full(names.len(), ROLES.len());
    let penalties = vec![PENALTY; names.len()];
    let loss =
        Classes { rows: rows.iter().collect(), shape: &shape, yes_or_no: false, penalties: &penalties };
    let weights = fit(&loss, 150)?;
    let mut table: BTreeMap<String, FxHashMap<String, f32>> = BTreeMap::new();
    for (feature, name) in (0..).zip(&names) {
        for (n, role) in shape.of_feature(feature) {
            let rounded = ((weights[n] * 100.0).round() / 100.0) as f32;
            table.entry(ROLES[usize::from(role)].to_owned()).or_default().insert(name.clone(), rounded);
        }
    }
    Ok(table)
}

/// Fits each blend on signals from weights that never saw the message.
fn blends(
    into: &mut Written,
    ids: &[String],
    messages: &[&Labelled],
    evidence: &[Evidence<'_>],
) -> anyhow::Result<()> {
    let all = || messages.iter().zip(evidence);
    // Whether each option is right, by itself.
    let yes_or_no = |options: Vec<Signals>, right: &dyn Fn(usize) -> bool| -> Vec<Choice> {
        let choice = |(n, signals): (usize, Signals)| Choice {
            options: vec![numbered(&signals), Vec::new()],
            right: usize::from(!right(n)),
        };
        options.into_iter().enumerate().map(choice).collect()
    };
    let mut choices = Vec::new();
    for (message, evidence) in all() {
        if let Some(issues) = &message.issues {
            choices.extend(yes_or_no(evidence.issue_signals(), &|n| issues.contains(&ids[n])));
        }
    }
    learn(into, &choices, 0.5)?;
    let mut choices = Vec::new();
    for (message, evidence) in all() {
        let options = evidence.kind_signals();
        let right = options.iter().position(|(kind, _)| message.kind.as_deref() == Some(*kind));
        choices.extend(right.map(|right| one_right(options.iter().map(|(_, signals)| signals), right)));
    }
    learn(into, &choices, 0.3)?;
    let mut choices = Vec::new();
    for (message, evidence) in all() {
        if let Some(right) = message.tone.as_deref().and_then(|id| place(TONES, id)) {
            choices.push(one_right(&evidence.tone_signals(), right));
        }
    }
    learn(into, &choices, 0.3)?;
    let mut choices = Vec::new();
    for (message, evidence) in all() {
        if let Some(right) = message.customer.as_deref().and_then(|id| place(CUSTOMERS, id)) {
            choices.push(one_right(&evidence.customer_signals(), right));
        }
    }
    learn(into, &choices, 0.3)?;
    let mut choices = Vec::new();
    for (message, evidence) in all() {
        if let Some(risks) = &message.risks {
            choices.extend(yes_or_no(evidence.risk_signals(), &|n| risks.iter().any(|r| r == RISKS[n])));
        }
    }
    learn(into, &choices, 0.5)?;
    // Wants and holds rest on the decisions above.
    let weights = into.ready(ids);
    let mut choices = Vec::new();
    for (message, evidence) in all() {
        let kinds = evidence.kinds(&weights);
        if let Some(wants) = &message.wants {
            let options = evidence.want_signals(&kinds);
            let real = options.into_iter().zip(WANTS).filter(|(_, want)| **want != "none").map(|(o, _)| o);
            choices.extend(yes_or_no(real.collect(), &|n| wants.iter().any(|want| want == WANTS[n])));
        }
    }
    learn(into, &choices, 0.5)?;
    let mut choices = Vec::new();
    for (message, evidence) in all() {
        if let Some(hold) = message.hold {
            let kinds = evidence.kinds(&weights);
            let risks = evidence.risk_chances(&weights);
            let signals = evidence.hold_signals(kinds.of("complaint"), &risks);
            choices.push(Choice { options: vec![numbered(&signals), Vec::new()], right: usize::from(!hold) });
        }
    }
    learn(into, &choices, 0.5)
}

/// The labels of sentences that speak for each of their blends.
const BEST: &[&str] = &["best"];
const CORE: &[&str] = &["best", "core"];
const FIT: &[&str] = &["best", "core", "useful"];
const ASK: &[&str] = &["ask"];

fn fit_sentences(
    into: &mut Written,
    messages: &[&Labelled],
    read: &[Message],
    learned: &[Learned],
    places: &[Vec<Range<usize>>],
) -> anyhow::Result<()> {
    [("best", BEST), ("core", CORE), ("fit", FIT), ("ask", ASK)].into_iter().try_for_each(
        |(blend, labels)| learn(into, &of_sentences(blend, labels, messages, read, learned, places), 1.0),
    )
}

/// One choice for each labelled sentence: whether it has one of the labels.
fn of_sentences(
    blend: &'static str,
    labels: &[&str],
    messages: &[&Labelled],
    read: &[Message],
    learned: &[Learned],
    places: &[Vec<Range<usize>>],
) -> Vec<Choice> {
    let mut choices = Vec::new();
    for (((message, read), learned), places) in messages.iter().zip(read).zip(learned).zip(places) {
        if message.sentences.is_empty() || read.text != message.text() {
            continue;
        }
        for (at, signals) in sentences::signals(read, learned, places) {
            let shared = |s: &LabelledSentence| at.end.min(s.1).saturating_sub(at.start.max(s.0));
            let labelled = message.sentences.iter().max_by_key(|s| shared(s)).filter(|s| shared(s) > 0);
            choices.extend(labelled.map(|labelled| Choice {
                options: vec![numbered(&vec![(blend, signals)]), Vec::new()],
                right: usize::from(!labelled.is(labels)),
            }));
        }
    }
    choices
}

fn one_right<'s>(options: impl IntoIterator<Item = &'s Signals>, right: usize) -> Choice {
    Choice { options: options.into_iter().map(numbered).collect(), right }
}

/// Signals by the number of their weight, over all blends.
fn numbered(signals: &Signals) -> Vec<(u32, f32)> {
    let mut out = Vec::new();
    for (blend, values) in signals {
        let first: usize = BLENDS.iter().take_while(|(name, _)| name != blend).map(|(_, s)| s.len()).sum();
        out.extend(values.iter().enumerate().map(|(n, value)| ((first + n) as u32, *value)));
    }
    out
}

/// Fits the weights that some choices rest on.
fn learn(into: &mut Written, choices: &[Choice], penalty: f64) -> anyhow::Result<()> {
    let names: Vec<(&str, &str)> = BLENDS
        .iter()
        .flat_map(|(blend, signals)| signals.iter().map(move |signal| (*blend, *signal)))
        .collect();
    let mut used = vec![false; names.len()];
    choices.iter().flat_map(|c| &c.options).flatten().for_each(|(n, _)| used[*n as usize] = true);
    let weights = fit(&Choices { choices, weights: names.len(), penalty }, 200)?;
    let table = into.0.entry("blend".to_owned()).or_default();
    for (((blend, signal), weight), _) in names.iter().zip(weights).zip(used).filter(|(_, used)| *used) {
        let rounded = ((weight * 100.0).round() / 100.0) as f32;
        table.entry((*blend).to_owned()).or_default().insert((*signal).to_owned(), rounded);
    }
    Ok(())
}
