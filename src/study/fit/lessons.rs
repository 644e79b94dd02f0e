//! What each clause and message of the corpus teaches each model.

use super::corpus::{Corpus, Labelled, LabelledSentence};
use crate::reading::ASKS;
use amends_language::features::clauses;
use amends_phrasebook::compiled::fingerprint;
use amends_phrasebook::weights::{Model, NONE, ROLES};
use amends_phrasebook::{CUSTOMERS, KINDS, RISKS, TONES, WANTS, place};

/// How much a clause of the bank counts beside a part of a message.
const OF_THE_BANK: f32 = 0.7;
/// And beside a whole message.
const BESIDE_MESSAGES: f32 = 0.2;
/// How much the issues after the first count.
const OF_SECOND_ISSUES: f32 = 0.6;

/// A clause or a message, with the class that is right for each model that can learn from it.
pub(super) struct Lesson<'a> {
    /// Each with how likely it asks for something.
    pub(super) texts: Vec<(&'a str, f32)>,
    pub(super) of_clause: bool,
    /// The message it belongs to.
    pub(super) message: Option<usize>,
    pub(super) weight: f32,
    /// A class; of a yes-or-no model, a bit for each.
    right: Vec<(Model, usize)>,
}

impl Lesson<'_> {
    pub(super) fn right(&self, model: Model) -> Option<usize> {
        self.right.iter().find(|(known, _)| *known == model).map(|(_, class)| *class)
    }
}

/// Which of so many folds a message is in.
pub(super) fn fold(id: &str, folds: u64) -> u64 {
    (fingerprint(id.as_bytes()) >> 8) % folds
}

/// Roles in which an issue is told.
const TELLS: &[&str] = &["trouble", "effect", "history"];
/// How likely a part asks for something, as roles are found: not all that ask are, and some others.
fn asks(role: &str) -> f32 {
    if ASKS.contains(&role) { 0.85 } else { 0.05 }
}
/// The same of a subject.
const SUBJECT_ASKS: f32 = 0.3;

/// `texts` are those of the messages.
pub(super) fn lessons<'a>(
    ids: &[String],
    messages: &[&'a Labelled],
    texts: &'a [String],
    corpus: &'a Corpus,
) -> Vec<Lesson<'a>> {
    let issue = |id: &str| ids.iter().position(|known| known == id).map(|n| n + 1);
    let mut lessons = Vec::new();
    for (n, (message, text)) in messages.iter().zip(texts).enumerate() {
        for part in message.parts() {
            let mut right = Vec::new();
            right.extend(place(ROLES, part.role).map(|class| (Model::Role, class)));
            let told = part.issue.filter(|_| TELLS.contains(&part.role));
            match told.map(issue) {
                Some(None) => {}
                class => right.push((Model::Issue, class.flatten().unwrap_or(0))),
            }
            right.extend(want_of(message, part.role).map(|class| (Model::Want, class)));
            right.extend(risk_of(message, part.role, part.issue).map(|class| (Model::Risk, class)));
            lessons.push(Lesson {
                texts: vec![(part.text, asks(part.role))],
                of_clause: true,
                message: Some(n),
                weight: 1.0,
                right,
            });
        }
        lessons.extend(sentences(n, message, text));
        lessons.push(whole(n, message));
        let issues = message.issues.as_deref().unwrap_or_default();
        for (rank, id) in issues.iter().enumerate() {
            let right = issue(id).map(|class| (Model::Matter, class)).into_iter().collect();
            let weight = if rank == 0 { 1.0 } else { OF_SECOND_ISSUES };
            lessons.push(Lesson { right, weight, ..whole(n, message) });
        }
        if message.issues.is_some() && issues.is_empty() {
            lessons.push(Lesson { right: vec![(Model::Matter, 0)], ..whole(n, message) });
        }
    }
    for clause in corpus.taught() {
        let label = clause.label.as_deref();
        let mut right = Vec::new();
        right.extend(place(ROLES, &clause.role).map(|class| (Model::Role, class)));
        let told = label.filter(|_| TELLS.contains(&clause.role.as_str()));
        right.push((Model::Issue, told.and_then(issue).unwrap_or(0)));
        let want = label.filter(|_| ASKS.contains(&clause.role.as_str()));
        right.extend(place(WANTS, want.unwrap_or("none")).map(|class| (Model::Want, class)));
        right.push((Model::Risk, label.and_then(|id| place(RISKS, id)).map_or(0, |n| n + 1)));
        let tone = label.filter(|_| clause.role == "feeling").and_then(|id| place(TONES, id));
        right.extend(tone.map(|class| (Model::Tone, class)));
        lessons.push(Lesson {
            texts: vec![(&clause.text, asks(&clause.role))],
            of_clause: true,
            message: None,
            weight: OF_THE_BANK,
            right: right.clone(),
        });
        // A clause that asks stands for a message of which the rest is unknown.
        if ASKS.contains(&clause.role.as_str()) {
            lessons.push(Lesson {
                texts: vec![(&clause.text, 1.0)],
                of_clause: false,
                message: None,
                weight: 1.0,
                right: vec![(Model::Asked, bits(label.into_iter()))],
            });
        }
        let matter = told.and_then(issue).map(|class| (Model::Matter, class));
        let right: Vec<(Model, usize)> =
            right.into_iter().filter(|(model, _)| *model == Model::Tone).chain(matter).collect();
        if !right.is_empty() {
            lessons.push(Lesson {
                texts: vec![(&clause.text, asks(&clause.role))],
                of_clause: false,
                message: None,
                weight: BESIDE_MESSAGES,
                right,
            });
        }
    }
    lessons
}

/// What each labelled sentence of a message is to a reply.
fn sentences<'a>(n: usize, message: &Labelled, text: &'a str) -> impl Iterator<Item = Lesson<'a>> {
    let bits = |sentence: &LabelledSentence| {
        let known = [&["best"][..], &["best", "core"], &["never"], &["ask"]];
        known
            .iter()
            .enumerate()
            .filter(|(_, labels)| sentence.is(labels))
            .fold(0, |bits, (n, _)| bits | 1 << n)
    };
    let of = move |sentence: &LabelledSentence| {
        let mut texts = Vec::new();
        clauses(text, sentence.0..sentence.1, |range| texts.push((&text[range], 1.0)));
        let right = vec![(Model::Sentence, bits(sentence))];
        Lesson { texts, of_clause: false, message: Some(n), weight: 1.0, right }
    };
    let whole = |sentence: &&LabelledSentence| text.get(sentence.0..sentence.1).is_some();
    message.sentences.iter().filter(whole).map(of).collect::<Vec<_>>().into_iter()
}

fn whole<'a>(n: usize, message: &'a Labelled) -> Lesson<'a> {
    let mut right = Vec::new();
    let of = |known: &[&str], id: &Option<String>| id.as_deref().and_then(|id| place(known, id));
    right.extend(of(KINDS, &message.kind).map(|class| (Model::Kind, class)));
    right.extend(of(TONES, &message.tone).map(|class| (Model::Tone, class)));
    right.extend(of(CUSTOMERS, &message.customer).map(|class| (Model::Customer, class)));
    right.extend(message.hold.map(|hold| (Model::Hold, usize::from(hold))));
    let parts = message.parts();
    if let Some(wants) = &message.wants {
        let asked = bits(wants.iter().map(String::as_str));
        right.extend([(Model::Asked, asked), (Model::Wish, asked)]);
    }
    let subject = message.subject.as_deref().map(|subject| (subject, SUBJECT_ASKS));
    let texts = parts.iter().map(|part| (part.text, asks(part.role))).chain(subject).collect();
    Lesson { texts, of_clause: false, message: Some(n), weight: 1.0, right }
}

fn bits<'w>(wants: impl Iterator<Item = &'w str>) -> usize {
    wants.filter_map(|want| place(WANTS, want)).filter(|n| WANTS[*n] != NONE).fold(0, |bits, n| bits | 1 << n)
}

/// The want a part asks for, where the message's labels leave no doubt.
fn want_of(message: &Labelled, role: &str) -> Option<usize> {
    let wants = message.wants.as_ref()?;
    match (role, wants.as_slice()) {
        ("want", [only]) => place(WANTS, only),
        ("want" | "condition" | "question" | "threat", [_, ..]) => None,
        _ => place(WANTS, "none"),
    }
}

/// The risk a part tells, likewise.
fn risk_of(message: &Labelled, role: &str, issue: Option<&str>) -> Option<usize> {
    let risks = message.risks.as_ref()?;
    let by_issue = issue.and_then(|id| place(RISKS, id)).filter(|n| risks.iter().any(|r| r == RISKS[*n]));
    match (by_issue, role, risks.as_slice()) {
        (Some(n), ..) => Some(n + 1),
        (None, "threat", [only]) => place(RISKS, only).map(|n| n + 1),
        (None, "hello" | "bye" | "praise" | "hedge" | "question", _) | (None, _, []) => Some(0),
        _ => None,
    }
}
