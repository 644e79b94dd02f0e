//! Fits which noun phrase of a message names what it is about.

use super::corpus::Labelled;
use super::optimise::{Classes, Row, Shape, fit};
use super::{Vocabulary, kept, penalties, settings, write};
use crate::reading::about::{Candidate, candidates};
use crate::reading::{Learned, sentences};
use amends_inbox::message::Message;
use amends_phrasebook::weights::{Model, Written};

/// Signals of fewer candidates teach nothing; most of those are names.
const LEAST_SEEN: u32 = 4;

/// A candidate is right if it is one of the things the message was labelled with, or has its noun.
pub(super) fn fit_nouns(
    into: &mut Written,
    messages: &[&Labelled],
    read: &[Message],
    learned: &[Learned],
) -> anyhow::Result<()> {
    let mut all: Vec<(Vec<String>, bool)> = Vec::new();
    for ((message, read), learned) in messages.iter().zip(read).zip(learned) {
        if message.items().is_empty() {
            continue;
        }
        let sentences = sentences::texts(&read.text, learned);
        for candidate in candidates(read.subject.as_deref(), &sentences) {
            all.push((signals(&candidate), is_named(&candidate, message.items())));
        }
    }
    let vocabulary = Vocabulary::of(all.iter().map(|(signals, _)| signals.clone()), LEAST_SEEN);
    let row = |(signals, right): &(Vec<String>, bool)| {
        let mut features = vec![(0, 1.0)];
        features.extend(signals.iter().filter_map(|signal| vocabulary.number(signal)).map(|n| (n, 1.0)));
        Row { features, right: u16::from(!right), weight: 1.0 }
    };
    let rows: Vec<Row> = all.iter().map(row).collect();
    let setting = settings(Model::About);
    let shape = Shape::full(vocabulary.written.len(), 1);
    let penalties = penalties(&setting, &rows, vocabulary.written.len());
    let fitted = |shape: &Shape, rounds: u64| {
        fit(&Classes { rows: rows.iter().collect(), shape, yes_or_no: false, penalties: &penalties }, rounds)
    };
    let kept = kept(&fitted(&shape, 60)?, &shape, 1, &rows, setting.words);
    let weights = fitted(&kept, 100)?;
    write(into, Model::About, &["about".to_owned()], &vocabulary, &kept, &weights);
    Ok(())
}

fn signals(candidate: &Candidate) -> Vec<String> {
    let mut signals = Vec::new();
    candidate.signals(|name, value| signals.push(format!("{name} {value}")));
    signals
}

fn is_named(candidate: &Candidate, items: &[String]) -> bool {
    let phrase = format!("{} {}", candidate.noun.determiner, candidate.noun.phrase).to_lowercase();
    let is = |item: &String| {
        let item = item.to_lowercase();
        phrase.contains(&item)
            || item.contains(phrase.trim())
            || item.split(' ').next_back() == Some(candidate.noun.head.as_str())
    };
    items.iter().any(is)
}
