//! What the phrases say of a message, before the learned weights join in.

use super::blend::Evidence;
use super::evidence::{Scan, table};
use super::issues::{self, Candidate};
use super::kind::Weigh;
use super::learned::Learned;
use super::tone::{Style, customer, tone};
use super::{Tone, risks};
use crate::facts::{self, Facts};
use amends_inbox::message::Message;
use amends_language::index::Hit;
use amends_language::words::Words;
use amends_phrasebook::{CUSTOMERS, KINDS, Owner, Phrasebook, RISKS, TONES, WANTS, place};
use std::ops::Range;

/// A message with every phrase in it, and what the rules make of them.
pub(crate) struct Heard<'a> {
    pub(super) facts: Facts,
    pub(super) text: Scan<'a>,
    pub(super) subject: Scan<'a>,
    pub(super) style: Style,
    /// Everything phrases speak for, and what of it they would accept.
    pub(super) gathered: Vec<Candidate>,
    pub(super) accepted: Vec<Candidate>,
    pub(super) tones: Vec<f32>,
    pub(super) customers: Vec<f32>,
    pub(super) wants: Vec<f32>,
    pub(super) reproach: u8,
    pub(super) resolved: bool,
    pub(super) kind: &'static str,
    pub(super) tone: Tone,
    pub(super) customer: &'static str,
    /// Each with the words that named it.
    pub(super) risks: Vec<(String, String)>,
}

impl<'a> Heard<'a> {
    pub(crate) fn new(book: &'a Phrasebook, message: &'a Message) -> Self {
        let facts = facts::read(message, &book.company.name, &book.words);
        let text = Scan::new(book, &message.text, Some(&facts), None);
        let subject = Scan::new(book, message.subject.as_deref().unwrap_or(""), None, Some("subject"));
        let scans = [&text, &subject];
        let style = Style::of(&message.text, &text.words);
        let gathered = issues::gathered(book, &scans);
        let accepted = issues::issues(book, &scans, gathered.clone());
        let tones = table(&scans, TONES.len(), |o| index(o, |o| matches!(o, Owner::Tone(_))));
        let mut kinds = table(&scans, KINDS.len(), |o| index(o, |o| matches!(o, Owner::Kind(_))));
        if let Some(machine) = place(KINDS, "machine") {
            kinds[machine] -= all_of(&subject, Owner::Kind(machine as u16));
        }
        let customers = table(&scans, CUSTOMERS.len(), |o| index(o, |o| matches!(o, Owner::Customer(_))));
        let wants = table(&scans, WANTS.len(), |o| index(o, |o| matches!(o, Owner::Want(_))));
        let resolved = text.cue("resolved");
        let said = |owner: Owner| if let Owner::Reproach(n) = owner { Some(n) } else { None };
        let reproach =
            scans.iter().flat_map(|l| l.live()).filter_map(|(_, r)| said(r.owner)).max().unwrap_or(1);
        let asked = wants.iter().filter(|sum| **sum >= super::ASKED).count();
        let kind = Weigh {
            kinds: &kinds,
            issues: &accepted,
            tones: &tones,
            style: &style,
            scans: &scans,
            reproach,
            wants: asked,
            contacts: facts.contacts.unwrap_or(0),
            resolved,
            meek: customers[0] >= 2.0,
            thresholds: book.thresholds,
        }
        .kind();
        let risks = risks(book, &scans, &accepted);
        let tone = tone(&tones, &style);
        let customer = customer(&customers, &style, &tones, facts.contacts.unwrap_or(0));
        Self {
            facts,
            style,
            gathered,
            accepted,
            tones,
            customers,
            wants,
            reproach,
            resolved,
            kind,
            tone,
            customer,
            risks,
            text,
            subject,
        }
    }

    pub(crate) fn words(&self) -> &Words {
        &self.text.words
    }

    /// The places of all facts.
    pub(crate) fn places(&self) -> Vec<Range<usize>> {
        self.facts.said.spans.iter().map(|(_, at)| at.clone()).collect()
    }

    pub(super) fn scans(&self) -> [&Scan<'a>; 2] {
        [&self.text, &self.subject]
    }

    /// With what the learned weights say, everything a decision is made from.
    pub(crate) fn evidence<'l>(
        &self,
        book: &Phrasebook,
        learned: &'l Learned,
        classes: Vec<Option<usize>>,
    ) -> Evidence<'l> {
        let mut issues = vec![0.0; book.issues.len()];
        for candidate in &self.gathered {
            issues[candidate.issue] = candidate.sum;
        }
        let risks = RISKS.iter().map(|id| self.risks.iter().any(|(named, _)| named == id)).collect();
        Evidence {
            learned,
            issues,
            tones: self.tones.clone(),
            customers: self.customers.clone(),
            wants: self.wants.clone(),
            kind: self.kind,
            tone: self.tone.id,
            customer: self.customer,
            risks,
            words: self.style.words,
            classes,
        }
    }
}

/// The weight of a phrase that is all of the subject. People who write about an "Auto reply" call their
/// mail so; whether a program does, the inbox has judged by the text below.
fn all_of(subject: &Scan<'_>, owner: Owner) -> f32 {
    let bare = amends_inbox::subject::bare(subject.text).trim_matches(|c: char| !c.is_alphanumeric());
    let whole = |hit: &Hit| subject.rule(hit).owner == owner && subject.text_of(hit) == bare;
    let mut found = subject.hits.iter().enumerate().filter(|(n, hit)| subject.force[*n] > 0.0 && whole(hit));
    found.next().map_or(0.0, |(n, _)| subject.weight(n))
}

/// The place of an owner in its table, if it is of the table wanted.
fn index(owner: Owner, wanted: impl Fn(Owner) -> bool) -> Option<usize> {
    match owner {
        Owner::Tone(n) | Owner::Kind(n) | Owner::Customer(n) | Owner::Want(n) if wanted(owner) => {
            Some(usize::from(n))
        }
        _ => None,
    }
}
