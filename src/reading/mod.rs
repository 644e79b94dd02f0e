//! Classifies a message: kind, issues, tone, customer, wants and risks, each with its evidence.

pub(crate) mod about;
pub(crate) mod blend;
mod evidence;
mod heard;
mod holds;
mod issues;
mod kind;
mod language;
mod judged;
mod learned;
mod senders;
pub(crate) mod sentences;
mod tone;
mod topic;
pub mod wishes;

use crate::facts::{self, Facts};
use amends_inbox::message::Message;
use amends_phrasebook::weights::{Model, ROLES};
use amends_phrasebook::{CUSTOMERS, KINDS, Owner, Phrasebook, Rule, TONES, WANTS, WEAK, place};
use evidence::{Scan, aspects, evidence};
pub(crate) use heard::Heard;
pub use holds::Case;
use issues::Candidate;
pub use issues::Lost;
use judged::Judged;
use language::language;
pub(crate) use learned::{ASKS, Clause, Learned, scale};
use sentences::Sentence;
use serde::Serialize;
use std::collections::BTreeMap;
use tone::implied_reproach;
use topic::{thing, topic};

/// Where something was found, and by which phrase. Byte offsets into the newest text, or the subject
/// if `field` says so.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Evidence {
    pub rule: String,
    pub start: usize,
    pub end: usize,
    pub text: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub field: Option<&'static str>,
    /// Index into the phrasebook's rules.
    #[serde(skip)]
    pub phrase: u32,
    #[serde(skip)]
    pub weight: f32,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Found {
    pub id: String,
    /// Probability of being one of the message's issues.
    pub score: f32,
    /// Whether it is sure enough to be named in a reply.
    #[serde(skip)]
    pub sure: bool,
    /// Strength of evidence, 0 to 1; for the plan.
    #[serde(skip)]
    pub strength: f32,
    /// Its aspects, the most certain first.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub aspects: Vec<String>,
    pub evidence: Vec<Evidence>,
}

impl Found {
    /// How many different phrases support it.
    fn signs(&self) -> usize {
        let mut phrases: Vec<u32> = self.evidence.iter().map(|e| e.phrase).collect();
        phrases.sort_unstable();
        phrases.dedup();
        phrases.len()
    }
}

/// A clause of the message.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Part {
    pub role: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub issue: Option<String>,
    /// What it asks for, if that is one of the message's wants; for the plan.
    #[serde(skip)]
    pub want: Option<&'static str>,
    /// Which of the sentences it belongs to; for the plan.
    #[serde(skip)]
    pub sentence: usize,
    /// Byte offsets in the newest text.
    pub start: usize,
    pub end: usize,
    pub text: String,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Tone {
    pub id: &'static str,
    pub score: f32,
}

/// From this probability on a sentence surely tells what went wrong.
const SURE: f32 = 0.90;

/// What one message says.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Reading {
    pub id: String,
    pub kind: &'static str,
    pub lang: String,
    pub issues: Vec<Found>,
    pub tone: Tone,
    /// 1 no explicit reproach, 2 disapproval, 3 accusation, 4 blame.
    pub reproach: u8,
    /// 1 whenever … 4 today.
    pub urgency: u8,
    pub customer: &'static str,
    pub wants: Vec<&'static str>,
    pub facts: Facts,
    pub risks: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub parts: Vec<Part>,
    /// What each sentence is to a reply; for the plan.
    #[serde(skip)]
    pub sentences: Vec<Sentence>,
    /// How they ask to be treated: `no_phone`, `not_before:2026-12-21`.
    pub wishes: Vec<String>,
    pub answerable: bool,
    pub why_not: Option<String>,
    #[serde(skip_serializing_if = "Signs::is_empty")]
    pub evidence: Signs,
    #[serde(skip_serializing_if = "serde_json::Map::is_empty")]
    pub input: serde_json::Map<String, serde_json::Value>,
    /// For the plan; not part of the record.
    #[serde(skip)]
    pub notes: Notes,
}

/// Evidence for everything but the issues.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Signs {
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub kind: Vec<Evidence>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub tone: Vec<Evidence>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub reproach: Vec<Evidence>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub urgency: Vec<Evidence>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub customer: Vec<Evidence>,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub wants: BTreeMap<&'static str, Vec<Evidence>>,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub risks: BTreeMap<String, Vec<Evidence>>,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub holds: BTreeMap<String, Vec<Evidence>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub sender: Vec<Evidence>,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub wishes: BTreeMap<&'static str, Vec<Evidence>>,
}

impl Signs {
    fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// What the plan needs beyond the record.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Notes {
    /// The noun the main issue is about ("flight"), and its category.
    pub thing: Option<(String, String)>,
    /// Something they call "my …", if the phrasebook has no noun for it.
    pub topic: Option<String>,
    /// Aspects of what pleased them and what they ask for.
    pub aspects: Vec<String>,
    /// Wants that depend on something else failing.
    pub in_case: Vec<&'static str>,
    /// The words that triggered each risk.
    pub risk_words: Vec<(String, String)>,
    /// Whether a person should take over, whatever the risks.
    pub hold: bool,
    /// Whether it reads like praise, but not surely.
    pub doubtful: bool,
    /// What phrases name that a person must take over.
    pub cases: Vec<Case>,
    /// How likely the learned weights make that, unless the words are too few to say.
    pub hold_chance: Option<f32>,
    /// The clause that weighs most for a person, where only the learned weights ask for one.
    pub weightiest: String,
    /// The risk the message seems to carry, though none is certain enough to be listed.
    pub seems: Option<&'static str>,
    /// Who writes, if no customer: an index into the phrasebook's senders.
    pub sender: Option<u16>,
    pub resolved: bool,
    /// Contains a "but".
    pub contrast: bool,
    pub hardship: Option<String>,
    /// Swearing or insults: an agent may want to set boundaries.
    pub abuse: bool,
    /// Word count.
    pub length: usize,
    /// Where angry, mocking, abusive, threatening or boastful words begin: these aren't repeated.
    pub heat: Vec<u32>,
}

/// A phrase that supports an issue, and how much of its weight counts.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Sign {
    /// Index into the phrasebook's rules.
    pub rule: u32,
    pub issue: u16,
    pub share: f32,
}

/// All evidence for any issue in a message.
pub fn signs(book: &Phrasebook, message: &Message) -> Vec<Sign> {
    let facts = facts::read(message, &book.company.name, &book.words);
    let text = Scan::new(book, &message.text, Some(&facts), None);
    let subject = Scan::new(book, message.subject.as_deref().unwrap_or(""), None, Some("subject"));
    let scans = [&text, &subject];
    let mut signs = Vec::new();
    for candidate in issues::gathered(book, &scans) {
        let shares = issues::shares(&scans, &candidate.hits);
        for (&(l, n), share) in candidate.hits.iter().zip(shares) {
            let (rule, issue) = (scans[l].hits[n].rule, candidate.issue as u16);
            signs.push(Sign { rule, issue, share: scans[l].force[n] * share });
        }
    }
    signs
}

/// A phrase found in a message, whether or not it counts.
#[derive(Debug, Clone, PartialEq)]
pub struct Fired {
    /// Index into the phrasebook's rules.
    pub rule: u32,
    /// Byte offset in the newest text or the subject.
    pub start: usize,
    pub end: usize,
    pub in_subject: bool,
    /// Its effective weight: 0 if negated, cancelled or out of scope.
    pub force: f32,
}

/// An issue with some evidence, and its outcome.
#[derive(Debug, Clone, PartialEq)]
pub struct Weighed {
    /// Index into the phrasebook's issues.
    pub issue: usize,
    pub sum: f32,
    /// Each hit that counts, with its contribution to the sum.
    pub signs: Vec<(Fired, f32)>,
    pub lost: Option<Lost>,
}

/// Every issue with some evidence, the main one first, and why each was accepted or rejected.
pub fn weighed(book: &Phrasebook, message: &Message) -> Vec<Weighed> {
    let facts = facts::read(message, &book.company.name, &book.words);
    let text = Scan::new(book, &message.text, Some(&facts), None);
    let subject = Scan::new(book, message.subject.as_deref().unwrap_or(""), None, Some("subject"));
    let scans = [&text, &subject];
    let taken = classify(book, message).issues;
    let all_weighed = issues::weighed(book, &scans, issues::gathered(book, &scans));
    let mut kept: Vec<&Candidate> = Vec::new();
    let mut weighed = Vec::new();
    for (candidate, lost) in &all_weighed {
        let apart = kept.is_empty() || candidate.stands_apart(&kept, &scans);
        let is_taken = taken.iter().any(|found| found.id == book.issues[candidate.issue].id);
        let lost = match lost {
            None if is_taken => None,
            None if !apart => Some(Lost::SameWords),
            None => Some(Lost::Unsure),
            lost => *lost,
        };
        if lost.is_none() {
            kept.push(candidate);
        }
        let shares = issues::shares(&scans, &candidate.hits);
        let hits = candidate.hits.iter().zip(shares);
        let signs = hits.map(|(&(l, n), share)| (scans[l].fired(n), scans[l].weight(n) * share)).collect();
        weighed.push(Weighed { issue: candidate.issue, sum: candidate.sum, signs, lost });
    }
    weighed
}

/// Every phrase found, whether or not it counts, including those for replies.
pub fn fired(book: &Phrasebook, message: &Message) -> Vec<Fired> {
    let facts = facts::read(message, &book.company.name, &book.words);
    let text = Scan::new(book, &message.text, Some(&facts), None);
    let subject = Scan::new(book, message.subject.as_deref().unwrap_or(""), None, Some("subject"));
    let mut all: Vec<Fired> =
        [&text, &subject].iter().flat_map(|l| (0..l.hits.len()).map(|n| l.fired(n))).collect();
    for hit in book.reply_index.find(&message.text, &text.words, &[]) {
        let (start, end) = text.bytes(&hit);
        all.push(Fired { rule: hit.rule, start, end, in_subject: false, force: 1.0 });
    }
    all
}

impl Reading {
    /// The words that say a want where something is asked; a line or two asks where it tells.
    pub fn asks_for(&self, want: &str) -> impl Iterator<Item = &Evidence> {
        const SHORT: usize = 40;
        let shown = self.evidence.wants.get(want).into_iter().flatten();
        shown.filter(|e| {
            let within = |part: &Part| ASKS.contains(&part.role) && (part.start..part.end).contains(&e.start);
            e.field.is_some() || self.notes.length <= SHORT || self.parts.iter().any(within)
        })
    }
}

/// Classifies a message. Over 80 lines, because each answer depends on those before it.
pub fn classify(book: &Phrasebook, message: &Message) -> Reading {
    let heard = Heard::new(book, message);
    let learned = Learned::read(&book.weights, &message.text, heard.words(), message.subject.as_deref());
    let mut judged = Judged::new(book, message, &heard, &learned);
    let scans = heard.scans();
    let (text, subject) = (&heard.text, &heard.subject);
    let style = &heard.style;
    let mut facts = heard.facts.clone();
    let level = |owner: fn(Owner) -> Option<u8>| {
        scans.iter().flat_map(|l| l.live()).filter_map(|(_, r)| owner(r.owner)).max()
    };
    // Records may say "en-GB" where the phrasebook says "en".
    let said = message.lang.as_deref().map(|l| l.split(['-', '_']).next().unwrap_or(l).to_lowercase());
    let lang = said.unwrap_or_else(|| language(&message.text, &text.words, book));
    let no_words = text.words.words.is_empty() && subject.words.words.is_empty();
    let mut why_not = unanswerable(message, no_words, &mut judged.kind);
    let in_passing = judged.kind == "praise" && !judged.by_phrases && text.cue("in_passing");
    let likely = match in_passing {
        // Who plays a harm down has few words for it.
        true => holds::Likely::default(),
        false => holds::Likely::new(judged.chance, style.words, book.thresholds.brief),
    };
    let mut cases = match judged.kind {
        "machine" => Vec::new(),
        kind => holds::cases(book, &scans, kind, likely),
    };
    // Those who praise tell of harm that was averted, unless a letter mentions it as a small thing.
    if judged.kind == "praise" && !in_passing {
        let of = |case: &Case| &book.holds[usize::from(case.hold)];
        cases.retain(|case| {
            holds::whatever_the_tone(of(case)) || !judged.by_phrases && of(case).chance == 0.0
        });
    }
    let sentences = sentences::sentences(&book.weights, message, &learned, &heard.places());
    // Who surely tells what went wrong is a customer, whatever else the words look like.
    let grieves = judged.kind == "complaint" && sentences.iter().any(|s| s.core >= SURE);
    let sender = senders::sender(book, &scans, !cases.is_empty() || grieves).filter(|_| why_not.is_none());
    if let Some(sender) = sender.map(|n| &book.senders[usize::from(n)]) {
        judged.kind = "other";
        judged.hold = false;
        judged.risks.clear();
        cases.clear();
        why_not = Some(sender.why.clone()).filter(|_| sender.route.is_empty());
    }
    let answerable = why_not.is_none();
    // A sentence that surely tells what went wrong is no small talk.
    if judged.kind == "other" && answerable && sender.is_none() && sentences.iter().any(|s| s.core >= SURE) {
        judged.kind = "complaint";
    }
    let mut kind = judged.kind;

    let risk_words = std::mem::take(&mut judged.risks);
    let mut risks: Vec<String> = risk_words.iter().map(|(id, _)| id.clone()).collect();
    let pleased = kind == "praise" && (judged.by_phrases || !judged.doubtful);
    if kind == "machine" || pleased {
        risks.retain(|r| r == "self_harm");
    }
    for risk in holds::risks(book, &cases) {
        if !risks.contains(risk) {
            risks.push(risk.clone());
        }
    }
    // A message with a risk is never small talk.
    if judged.by_phrases && !risks.is_empty() && matches!(kind, "other" | "question" | "request") {
        kind = "complaint";
    }
    // Nor is one that a person must take over, however kindly it is put.
    if !cases.is_empty() && matches!(kind, "praise" | "other") {
        kind = "complaint";
    }
    let calm_kind = matches!(kind, "praise" | "machine" | "other");
    // Who is no customer has no issue with us: "unsubscribe here" cancels nothing.
    let found = match sender {
        Some(_) => Vec::new(),
        None => judged.found(book, &heard, &learned, message, kind),
    };
    // The thread only adds a contact count; its text isn't part of this mail.
    if kind == "complaint" {
        facts.add_earlier(message.earlier);
    }
    let tone = judged.tone;
    let urgency = {
        let said = level(|o| if let Owner::Urgency(n) = o { Some(n) } else { None }).unwrap_or(0);
        urgency(if calm_kind { said.min(1) } else { said }, kind, tone.id, &facts, &risks)
    };
    let thing = thing(book, text, &heard.accepted);
    if message.unreadable.is_some() {
        facts = Facts { name: facts.name.take(), ..Facts::default() };
    }
    let topic = if thing.is_none() { topic(&book.words, &message.text, &text.words) } else { None };
    let insults =
        TONES.iter().zip(&heard.tones).any(|(id, sum)| *id == "abusive" && *sum >= book.thresholds.insult);
    let abuse = tone.id == "abusive" || insults;
    let implied = implied_reproach(&tone, style, !found.is_empty());
    // A calm account of a problem still means they're let down, though the reply shouldn't say so.
    let tone = match tone.id {
        "calm" if kind == "complaint" && judged.by_phrases => Tone { id: "disappointed", score: UNSAID },
        _ => tone,
    };
    let said = heard.reproach;
    let reproach = if kind == "complaint" { said.max(implied) } else { 1 };
    let customer = if calm_kind { "none" } else { judged.customer };
    let mut wants = if calm_kind { Vec::new() } else { judged.wants };
    let (wishes, said_wishes) = match kind {
        "machine" => Default::default(),
        _ => wishes::wishes(book, &scans),
    };
    // The day before which nothing may happen isn't the one by which something must.
    let not_before = wishes::named(&wishes, wishes::NOT_BEFORE);
    if facts.deadline.as_ref().is_some_and(|day| not_before.is_some_and(|said| day.contains(said))) {
        facts.deadline = None;
        facts.said.deadline = None;
    }
    // Nobody wants what they ask us not to do.
    for (wish, want) in UNWANTED {
        wants.retain(|wanted| wanted != want || !wishes.iter().any(|said| said == wish));
    }

    let in_case = wants.iter().copied().filter(|want| in_case(&scans, want)).collect();

    let beside = aspects(book, &scans, |o| match o {
        Owner::Kind(n) => KINDS[usize::from(n)] == kind,
        Owner::Want(n) => wants.contains(&WANTS[usize::from(n)]),
        Owner::Cue(_) => kind != "machine",
        _ => false,
    });
    let answers =
        Answers { kind, tone: tone.id, said, reproach, urgency, customer, wants: &wants, risks: &risks };
    let mut signs = answers.signs(book, &scans, &found);
    for case in &cases {
        let of = evidence(book, &scans, |o| matches!(o, Owner::Hold(n) | Owner::Sign(n) if n == case.hold));
        signs.holds.insert(book.holds[usize::from(case.hold)].id.clone(), of);
    }
    signs.wishes = said_wishes;
    signs.sender = sender.map(|n| evidence(book, &scans, |o| o == Owner::Sender(n))).unwrap_or_default();
    if matches!(tone.id, "angry" | "abusive") {
        signs.tone.extend(style.evidence(&message.text, &text.words));
    }
    if reproach > 1 && said != reproach {
        // Implied reproach rests on the tone, or on the problem itself.
        let named = || found.iter().flat_map(|f| f.evidence.first().cloned()).take(1).collect();
        signs.reproach = if signs.tone.is_empty() { named() } else { signs.tone.clone() };
    }
    Reading {
        id: message.id.clone(),
        kind,
        lang,
        tone,
        reproach,
        urgency,
        customer,
        parts: parts(book, &learned, &message.text, &found, &wants),
        sentences,
        wants,
        wishes,
        facts,
        risks,
        issues: found,
        answerable,
        why_not,
        evidence: signs,
        input: message.input.clone(),
        notes: Notes {
            thing,
            topic,
            aspects: beside,
            in_case,
            risk_words,
            hold: judged.hold && kind != "machine" && !pleased,
            doubtful: judged.doubtful && kind == "praise",
            cases,
            hold_chance: judged.chance,
            weightiest: judged.weightiest,
            seems: judged.seems,
            sender,
            resolved: heard.resolved,
            contrast: text.cue("contrast"),
            hardship: text.cue_words("hardship"),
            abuse,
            length: style.words,
            heat: heat(text),
        },
    }
}

/// Each clause with its role, and its issue where it tells one: the likeliest by its own words and by
/// what the message is about.
fn parts(
    book: &Phrasebook,
    learned: &Learned,
    text: &str,
    found: &[Found],
    wants: &[&'static str],
) -> Vec<Part> {
    // An issue the message isn't about as a whole.
    const ASIDE: f32 = 0.05;
    let ids = &book.weights.issues;
    let about = |id: &str| found.iter().find(|f| f.id == id).map_or(ASIDE, |f| f.strength.max(ASIDE));
    let about: Vec<f32> = ids.iter().map(|id| about(id)).collect();
    let issue = |clause: &Clause| {
        let tells = match ROLES[clause.role] {
            "trouble" => true,
            // Contacts and losses are troubles only if their words say so.
            "effect" | "history" => learned.of(clause, Model::Issue, 0) < 0.5,
            _ => false,
        };
        if !tells {
            return None;
        }
        let likely =
            about.iter().enumerate().map(|(n, about)| (n, learned.of(clause, Model::Issue, n + 1) * about));
        likely.max_by(|a, b| a.1.total_cmp(&b.1)).map(|(best, _)| ids[best].to_string())
    };
    // Of the wants of the message, the one the clause is likeliest to ask for.
    let want = |clause: &Clause| {
        let likely = |want: &&str| place(WANTS, want).map_or(0.0, |n| learned.of(clause, Model::Want, n));
        let best = wants.iter().copied().max_by(|a, b| likely(a).total_cmp(&likely(b)))?;
        let asks = matches!(ROLES[clause.role], "want" | "condition" | "question");
        (asks && likely(&best) >= 0.2).then_some(best)
    };
    let groups = sentences::groups(text, &learned.clauses);
    let mut sentence = groups.iter().enumerate().flat_map(|(n, group)| group.clone().map(move |_| n));
    learned
        .clauses
        .iter()
        .map(|clause| Part {
            role: ROLES[clause.role],
            issue: issue(clause),
            want: want(clause),
            sentence: sentence.next().unwrap_or(0),
            start: clause.start,
            end: clause.end,
            text: text[clause.start..clause.end].to_owned(),
        })
        .collect()
}

/// Why a message must not or can't be answered; sets its kind to match.
fn unanswerable(message: &Message, no_words: bool, kind: &mut &'static str) -> Option<String> {
    if let Some(rule) = &message.machine {
        *kind = "machine";
        return Some(rule.clone());
    }
    if message.unreadable.is_some() || no_words {
        *kind = "other";
        return Some(message.unreadable.clone().unwrap_or_else(|| "the message has no words".into()));
    }
    (*kind == "machine").then(|| "it reads like an automatic reply".into())
}

/// Risks that call for a person, each with its evidence.
fn risks(book: &Phrasebook, scans: &[&Scan<'_>; 2], issues: &[Candidate]) -> Vec<(String, String)> {
    let mut found: Vec<(String, String)> = Vec::new();
    let mut add = |id: &String, words: &str| {
        if !found.iter().any(|(known, _)| known == id) {
            found.push((id.clone(), words.to_owned()));
        }
    };
    for scan in scans {
        for (hit, rule) in scan.live() {
            if let Owner::Risk(n) = rule.owner {
                add(&book.risks[n as usize].id, scan.text_of(hit));
            }
        }
    }
    for candidate in issues.iter().filter(|c| c.strength() >= book.thresholds.strong) {
        let risk = &book.issues[candidate.issue].risk;
        if !risk.is_empty() {
            add(risk, candidate.hits.first().map_or("", |&(l, n)| scans[l].text_of(&scans[l].hits[n])));
        }
    }
    found
}

/// 1 whenever … 4 today: as stated, or inferred from the rest.
fn urgency(said: u8, kind: &str, tone: &str, facts: &Facts, risks: &[String]) -> u8 {
    const DANGER: &[&str] = &["safety", "self_harm", "fraud", "data_breach", "vulnerable"];
    let complaint = kind == "complaint";
    let pressed =
        facts.deadline.is_some() || facts.contacts.unwrap_or(0) >= 2 || matches!(tone, "angry" | "abusive");
    let base = if complaint { 2 + u8::from(pressed) } else { 1 };
    let danger = if risks.iter().any(|r| DANGER.contains(&r.as_str())) { 4 } else { 0 };
    base.max(said).max(danger).clamp(1, 4)
}

/// All answers but the issues, for collecting their evidence.
struct Answers<'a> {
    kind: &'static str,
    tone: &'static str,
    /// The explicit reproach.
    said: u8,
    reproach: u8,
    urgency: u8,
    customer: &'static str,
    wants: &'a [&'static str],
    risks: &'a [String],
}

impl Answers<'_> {
    fn signs(&self, book: &Phrasebook, scans: &[&Scan<'_>; 2], found: &[Found]) -> Signs {
        let of = |wanted: &dyn Fn(Owner) -> bool| evidence(book, scans, wanted);
        let mut signs = Signs {
            kind: of(&|o| matches!(o, Owner::Kind(n) if KINDS[usize::from(n)] == self.kind)),
            tone: of(&|o| matches!(o, Owner::Tone(n) if TONES[usize::from(n)] == self.tone)),
            urgency: of(&|o| matches!(o, Owner::Urgency(n) if n == self.urgency)),
            customer: of(&|o| matches!(o, Owner::Customer(n) if CUSTOMERS[usize::from(n)] == self.customer)),
            ..Signs::default()
        };
        if self.reproach > 1 && self.said == self.reproach {
            signs.reproach = of(&|o| o == Owner::Reproach(self.reproach));
        }
        for want in self.wants {
            signs.wants.insert(want, of(&|o| matches!(o, Owner::Want(n) if WANTS[usize::from(n)] == *want)));
        }
        for id in self.risks {
            let mut words = of(&|o| matches!(o, Owner::Risk(n) if book.risks[usize::from(n)].id == *id));
            let issue = |f: &&Found| book.issue(&f.id).is_some_and(|issue| issue.risk == *id);
            words.extend(found.iter().filter(issue).flat_map(|f| f.evidence.clone()));
            signs.risks.insert(id.clone(), words);
        }
        signs
    }
}

/// Where angry, mocking, abusive, threatening or boastful words begin. Weak ones ("wrong") may be plain, and so is
/// how often something happened.
fn heat(scan: &Scan<'_>) -> Vec<u32> {
    let hot = |rule: &Rule| match rule.owner {
        Owner::Tone(n) => {
            rule.weight > WEAK && matches!(TONES[usize::from(n)], "angry" | "abusive" | "sarcastic")
        }
        Owner::Customer(n) => matches!(CUSTOMERS[usize::from(n)], "aggressive" | "high_roller"),
        Owner::Risk(_) => true,
        _ => false,
    };
    let hits = scan.hits.iter().filter(|h| hot(scan.rule(h)));
    let words = hits.flat_map(|h| &scan.words.words[h.first as usize..=h.last as usize]);
    words.map(|w| w.start).collect()
}

/// The score of a tone nobody put into words.
const UNSAID: f32 = 0.4;

/// The sum of phrases from which a want counts as asked for.
const ASKED: f32 = 2.0;

/// Whether every mention of this want is conditional.
fn in_case(scans: &[&Scan<'_>; 2], want: &str) -> bool {
    let asks = |owner: Owner| matches!(owner, Owner::Want(n) if WANTS[usize::from(n)] == want);
    let mut hits = scans
        .iter()
        .flat_map(|scan| {
            scan.live().filter(|(_, rule)| asks(rule.owner)).map(|(hit, _)| scan.on_condition(hit))
        })
        .peekable();
    // Words alone don't say on what a want depends.
    hits.peek().is_some() && hits.all(|conditional| conditional)
}

/// Wishes, and the wants they rule out.
const UNWANTED: &[(&str, &str)] = &[
    ("no_phone", "callback"),
    ("email_only", "callback"),
    ("letter_only", "callback"),
    ("no_resend", "replacement"),
];

/// Messages with more words count as long stories.
const LONG: usize = 60;
