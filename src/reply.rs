//! The whole pipeline for one message: read, plan, render, check.

use crate::doubts::doubts;
use crate::lint::{Against, Finding, Setting, lint};
use crate::plan::past::OFTEN;
use crate::plan::{Answer, Hold, Options, Promise, Retelling, date_wishes, plan};
use crate::reading::{Reading, classify};
use crate::render::Templates;
use amends_inbox::formats::Unread;
use amends_inbox::message::{Message, safe};
use amends_phrasebook::{About, Phrasebook};
use serde::Serialize;

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Draft {
    pub subject: String,
    pub body: String,
    pub template: String,
    pub lang: String,
    /// The issues it names in prepared words.
    pub named: Vec<String>,
    /// What it tells back of the message.
    pub told: Vec<Retelling>,
    /// The asks it tells back, each with its answer.
    pub answers: Vec<Answer>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Failure {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub line: Option<usize>,
    pub message: String,
}

/// The output for one message.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Record {
    pub id: String,
    pub reading: Option<Reading>,
    pub draft: Option<Draft>,
    pub hold: Option<Hold>,
    pub promises: Vec<Promise>,
    pub holes: Vec<String>,
    pub lint: Vec<Finding>,
    pub error: Option<Failure>,
    /// For the agent; printed alongside a text draft.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<String>,
}

impl Record {
    fn new(id: &str) -> Self {
        Self {
            id: id.to_owned(),
            reading: None,
            draft: None,
            hold: None,
            promises: Vec::new(),
            holes: Vec::new(),
            lint: Vec::new(),
            error: None,
            notes: Vec::new(),
        }
    }

    /// A record for a message that couldn't be read.
    pub fn unread(unread: &Unread) -> Self {
        let error =
            Some(Failure { line: (unread.line > 0).then_some(unread.line), message: safe(&unread.message) });
        Self { error, ..Self::new(&safe(&unread.id)) }
    }

    /// Whether the draft can't be sent as it stands.
    pub fn needs_a_person(&self) -> bool {
        self.draft.is_none() || self.hold.is_some() || !self.holes.is_empty()
    }
}

/// Drafts a reply.
///
/// A message that must not be answered, or has no words, gets a record with no draft; the reading
/// says why. If a template can't be filled in, the record carries an error.
pub fn reply(book: &Phrasebook, templates: &Templates, message: &Message, options: &Options) -> Record {
    let mut reading = classify(book, message);
    date_wishes(&mut reading, options.today);
    // The ledger knows who writes often, even if they don't say so.
    if options.past.as_ref().is_some_and(|past| past.messages >= OFTEN) && reading.customer == "none" {
        reading.customer = "chronic";
    }
    let mut record = Record::new(&message.id);
    if reading.answerable && !answers_in(book, &reading.lang) {
        record.hold = Some(Hold {
            reason: format!("the message is in {}", book.language_name(&reading.lang)),
            to: "a colleague who reads its language".into(),
        });
    } else if reading.answerable {
        let template = options.template.clone().unwrap_or_else(|| message.channel.template().to_owned());
        let made = plan(book, message, &reading, options)
            .and_then(|plan| templates.render(&template, &plan).map(|body| (plan, body)));
        match made {
            Ok((plan, body)) => {
                // The rules only know the phrasebook's own language.
                if reading.lang == book.language {
                    let against = Against { message, reading: &reading, set: &options.set };
                    let setting = Setting {
                        kind: reading.kind,
                        stage: options.stage,
                        template: &template,
                        holes: &plan.holes,
                        against: Some(against),
                    };
                    record.lint = lint(book, &body, setting);
                }
                let subject = plan.said("subject").to_owned();
                record.draft = Some(Draft {
                    subject,
                    body,
                    template,
                    lang: reading.lang.clone(),
                    named: plan.named,
                    told: plan.told,
                    answers: plan.answers,
                });
                record.promises = plan.promises;
                record.holes = plan.holes;
                record.notes = plan.notes;
                let body = record.draft.as_ref().map_or("", |draft| &draft.body);
                let (notes, hold) = doubts(&book.company, &options.set, body, &record.lint);
                record.hold = plan.hold.or(hold);
                record.notes.extend(notes);
            }
            Err(message) => record.error = Some(Failure { line: None, message }),
        }
    }
    record.reading = Some(reading);
    record
}

/// Whether the phrasebook can answer in `lang`: its own language, or one with every wording needed
/// for an acknowledgement.
fn answers_in(book: &Phrasebook, lang: &str) -> bool {
    let has = |name: &str| {
        book.wordings(name).iter().any(|w| w.when.asks(About::Lang).iter().any(|l| **l == *lang))
    };
    lang == book.language || ["greet", "thanks", "follow_up", "close", "sign"].into_iter().all(has)
}
