//! Every draft the phrasebook can make keeps the rules of a good reply.

use amends::facts::{Facts, Said};
use amends::lint::{Setting, lint};
use amends::plan::{Options, plan};
use amends::reading::{Found, Notes, Reading, Tone};
use amends::render::{Templates, names};
use amends_inbox::message::{Channel, Message};
use amends_phrasebook::{CUSTOMERS, KINDS, Phrasebook, RISKS, STAGES, TONES, WANTS};
use jiff::civil::date;
use rayon::prelude::*;

struct Case<'a> {
    kind: &'static str,
    issues: Vec<&'a str>,
    tone: &'static str,
    customer: &'static str,
    wants: Vec<&'static str>,
    risks: Vec<&'static str>,
    thing: Option<(&'static str, &'static str)>,
    stage: &'static str,
    aspects: Vec<&'a str>,
    full: bool,
    /// The one fact of a full message that is left out.
    without: usize,
}

impl Default for Case<'_> {
    fn default() -> Self {
        Self {
            kind: "complaint",
            issues: Vec::new(),
            tone: "calm",
            customer: "none",
            wants: Vec::new(),
            risks: Vec::new(),
            thing: None,
            stage: "first",
            aspects: Vec::new(),
            full: false,
            without: usize::MAX,
        }
    }
}

/// How many facts [`facts`] can leave out.
const FACTS: usize = 11;

fn facts(case: &Case<'_>) -> Facts {
    if !case.full {
        return Facts::default();
    }
    let some = |text: &str| Some(text.to_owned());
    let mut facts = Facts {
        name: some("Maria"),
        orders: vec!["A-44192".into()],
        amounts: vec!["$149.90".into()],
        durations: vec!["three weeks".into()],
        items: vec!["hiking boots".into()],
        contacts: Some(2),
        deadline: some("Saturday"),
        people: vec!["Dean".into()],
        said: Said {
            is_formal: false,
            whole_name: String::new(),
            wait: some("two hours"),
            ago: some("three weeks"),
            promised: some("3-5 days"),
            contacts: some("twice"),
            deadline: some("Saturday"),
            person: some("Dean"),
            items: vec!["hiking boots".into()],
            called: vec!["order"],
            spans: Vec::new(),
        },
        ..Facts::default()
    };
    match case.without {
        0 => facts.name = None,
        1 => (facts.orders, facts.said.called) = (Vec::new(), Vec::new()),
        2 => facts.amounts.clear(),
        3 => facts.durations.clear(),
        4 => (facts.items, facts.said.items) = (Vec::new(), Vec::new()),
        5 => (facts.contacts, facts.said.contacts) = (None, None),
        6 => (facts.deadline, facts.said.deadline) = (None, None),
        7 => (facts.people, facts.said.person) = (Vec::new(), None),
        8 => facts.said.wait = None,
        9 => facts.said.ago = None,
        10 => facts.said.promised = None,
        _ => {}
    }
    facts
}

fn reading(case: &Case<'_>) -> Reading {
    let found = |id: &&str| Found {
        id: (*id).to_owned(),
        score: 0.9,
        sure: true,
        strength: 0.9,
        aspects: case.aspects.iter().map(|a| (*a).to_owned()).collect(),
        evidence: Vec::new(),
    };
    Reading {
        id: "m".into(),
        kind: case.kind,
        lang: "en".into(),
        issues: case.issues.iter().map(found).collect(),
        tone: Tone { id: case.tone, score: 0.9 },
        reproach: 3,
        urgency: 2,
        customer: case.customer,
        wants: case.wants.clone(),
        facts: facts(case),
        risks: case.risks.iter().map(|r| (*r).to_owned()).collect(),
        parts: Vec::new(),
        sentences: Vec::new(),
        wishes: Vec::new(),
        answerable: true,
        why_not: None,
        evidence: Default::default(),
        input: serde_json::Map::new(),
        notes: Notes {
            thing: case.thing.map(|(word, sort)| (word.to_owned(), sort.to_owned())),
            risk_words: case.risks.iter().map(|r| ((*r).to_owned(), "these words".to_owned())).collect(),
            abuse: case.tone == "abusive",
            length: if case.full { 80 } else { 5 },
            aspects: case.aspects.iter().map(|a| (*a).to_owned()).collect(),
            topic: case.full.then(|| "kettle".to_owned()),
            ..Notes::default()
        },
    }
}

/// What only the agent knows, for the stages after the first.
const OUTCOME: &[(&str, &str)] = &[
    ("progress", "The depot has found it."),
    ("done", "I've had it mended."),
    ("refund", "$149.90"),
    ("credit", "$20"),
    ("replacement", "a new pair"),
    ("tracking", "XK 4471 920"),
    ("arrives", "Thursday 26 November"),
    ("cause", "The label had come off."),
    ("request", "a refund of the whole year"),
    ("reason", "The course has been held in full."),
    ("alternative", "move you to the spring course"),
    ("effective", "Monday 30 November"),
];

/// Makes the draft in every template and returns how many were made.
fn drafts_keep_the_rules(book: &Phrasebook, templates: &Templates, case: &Case<'_>) -> usize {
    let reading = reading(case);
    for template in names() {
        let channel = Channel::parse(template).unwrap_or_default();
        // Another message each time takes other turns among equal wordings.
        let id = format!("{:?}{}{}{:?}{:?}", case.issues, case.tone, case.customer, case.wants, case.aspects);
        let message = Message { channel, ..Message::from_text(id, "It cost $149.90.") };
        let set = if case.full { OUTCOME } else { &[] };
        let options = Options {
            template: Some(template.into()),
            stage: case.stage,
            set: set.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect(),
            ..Options::on(date(2026, 11, 23))
        };
        let plan = plan(book, &message, &reading, &options).unwrap();
        let body = templates.render(template, &plan).unwrap();
        let findings = lint(
            book,
            &body,
            Setting {
                kind: case.kind,
                stage: case.stage,
                template,
                holes: &plan.holes,
                ..Setting::default()
            },
        );
        let told_of = || {
            format!(
                "{template} {} {} {:?} {:?} {} {} {:?} {:?} full={} without={}\n{body}",
                case.stage,
                case.kind,
                case.issues,
                case.aspects,
                case.tone,
                case.customer,
                case.wants,
                case.risks,
                case.full,
                case.without
            )
        };
        assert!(findings.is_empty(), "{findings:#?}\n{}", told_of());
        assert!(!plan.said("subject").is_empty() && body.lines().count() > 0, "{}", told_of());
        assert_eq!(case.risks.is_empty(), plan.hold.is_none() || case.tone == "abusive", "{}", told_of());
        // Only what the agent alone knows may be missing, and then it is listed.
        let told = case.full || !matches!(case.stage, "resolved" | "decline");
        assert!(told == plan.holes.is_empty(), "{:?} {}", plan.holes, told_of());
        assert_eq!(
            body.contains('['),
            !plan.holes.is_empty() && body.contains(&plan.holes[0]),
            "{}",
            told_of()
        );
        if case.kind == "complaint" {
            assert!(plan.promises.iter().all(|p| p.by.as_str() > "2026-11-23"), "{}", told_of());
        }
    }
    names().count()
}

#[test]
fn issue_by_tone_by_customer_by_stage_by_template() {
    let (book, templates) = (amends::built_in::phrasebook().unwrap(), Templates::built_in());
    let mut ids: Vec<Vec<&str>> = book.issues.iter().map(|i| vec![i.id.as_str()]).collect();
    assert_eq!(ids.len(), 24);
    ids.push(Vec::new());
    let made: usize = ids
        .par_iter()
        .map(|issues| {
            let mut made = 0;
            for (tone, customer, stage, full) in every(TONES, CUSTOMERS, STAGES) {
                let case = Case { issues: issues.clone(), tone, customer, stage, full, ..Case::default() };
                made += drafts_keep_the_rules(&book, &templates, &case);
            }
            made
        })
        .sum();
    assert_eq!(made, 25 * 8 * 6 * 6 * 2 * 5);
}

fn every(
    tones: &'static [&'static str],
    customers: &'static [&'static str],
    stages: &'static [&'static str],
) -> impl Iterator<Item = (&'static str, &'static str, &'static str, bool)> {
    tones.iter().flat_map(move |tone| {
        customers.iter().flat_map(move |customer| {
            stages.iter().flat_map(move |stage| [false, true].map(|full| (*tone, *customer, *stage, full)))
        })
    })
}

#[test]
fn issue_by_stage_without_each_fact() {
    let (book, templates) = (amends::built_in::phrasebook().unwrap(), Templates::built_in());
    let mut made = 0;
    for issue in &book.issues {
        for stage in STAGES {
            for without in 0..FACTS {
                let case = Case { issues: vec![&issue.id], stage, full: true, without, ..Case::default() };
                made += drafts_keep_the_rules(&book, &templates, &case);
            }
        }
    }
    assert_eq!(made, 24 * 6 * 11 * 5);
}

#[test]
fn every_aspect_of_every_issue_and_of_praise() {
    let (book, templates) = (amends::built_in::phrasebook().unwrap(), Templates::built_in());
    let mut made = 0;
    let aspects: Vec<_> = book.groups.iter().filter(|group| group.is_aspect).collect();
    for aspect in &aspects {
        let of = aspect.id.split('/').next().unwrap();
        let issue = book.issue(of).map(|i| i.id.as_str());
        let kind = if of == "praise" { "praise" } else { "complaint" };
        for full in [false, true] {
            for tone in ["calm", "angry", "sad"] {
                let case = Case {
                    kind,
                    issues: issue.into_iter().collect(),
                    aspects: vec![&aspect.id],
                    tone,
                    full,
                    ..Case::default()
                };
                made += drafts_keep_the_rules(&book, &templates, &case);
            }
        }
    }
    assert_eq!(made, aspects.len() * 2 * 3 * 5);
    assert!(aspects.len() > 100);
}

#[test]
fn issue_by_want_by_thing() {
    let (book, templates) = (amends::built_in::phrasebook().unwrap(), Templates::built_in());
    let things = [
        None,
        Some(("parcel", "parcel")),
        Some(("flights", "travel")),
        Some(("appointment", "visit")),
        Some(("bags", "bag")),
        Some(("boots", "product")),
        Some(("meal", "food")),
        Some(("room", "stay")),
        Some(("app", "app")),
        Some(("wifi", "network")),
    ];
    for issue in &book.issues {
        for want in WANTS {
            for thing in things {
                for full in [false, true] {
                    drafts_keep_the_rules(
                        &book,
                        &templates,
                        &Case { issues: vec![&issue.id], wants: vec![want], thing, full, ..Case::default() },
                    );
                }
            }
        }
    }
}

#[test]
fn issue_by_issue_and_many_wants() {
    let (book, templates) = (amends::built_in::phrasebook().unwrap(), Templates::built_in());
    for a in &book.issues {
        for b in &book.issues {
            if a.id != b.id {
                let case = Case {
                    issues: vec![&a.id, &b.id],
                    wants: vec!["refund", "explanation", "compensation"],
                    tone: "angry",
                    full: true,
                    ..Case::default()
                };
                drafts_keep_the_rules(&book, &templates, &case);
            }
        }
    }
}

#[test]
fn issue_by_risk() {
    let (book, templates) = (amends::built_in::phrasebook().unwrap(), Templates::built_in());
    for issue in &book.issues {
        for risk in RISKS {
            for thing in [None, Some(("heater", "product"))] {
                drafts_keep_the_rules(
                    &book,
                    &templates,
                    &Case {
                        issues: vec![&issue.id],
                        risks: vec![risk],
                        thing,
                        tone: "anxious",
                        full: true,
                        ..Case::default()
                    },
                );
            }
        }
    }
}

#[test]
fn every_other_kind() {
    let (book, templates) = (amends::built_in::phrasebook().unwrap(), Templates::built_in());
    for kind in KINDS.iter().filter(|k| !["complaint", "machine"].contains(*k)) {
        for want in WANTS {
            for (stage, full) in STAGES.iter().flat_map(|s| [(*s, false), (*s, true)]) {
                let wants = if *want == "none" { Vec::new() } else { vec![*want] };
                let case = Case { kind, wants, stage, full, ..Case::default() };
                drafts_keep_the_rules(&book, &templates, &case);
            }
        }
    }
}

/// Whole messages, read from their words: the evidence, and the rules that hold a reply against the
/// message, are tried as well.
#[test]
fn every_example_as_a_message() {
    let (path, source) = amends::built_in::manifest();
    // Examples are not compiled: the phrasebook is read from its source.
    let book = amends::built_in::parse(&path, &source).unwrap();
    let templates = Templates::built_in();
    const MORE: &[&str] = &[
        "",
        "Order A-44192, $149.90. I want a refund.",
        "I've called twice and I'm really angry! When will you answer me?",
        "I need it by Saturday. Please call me back.",
    ];
    let (mut made, mut faults) = (0, Vec::new());
    for (n, example) in book.issues.iter().flat_map(|issue| &issue.hit).enumerate() {
        let stop = if example.value.ends_with(['.', '?', '!']) { "" } else { "." };
        let text = format!("{}{stop} {}", example.value, MORE[n % MORE.len()]);
        for template in names() {
            let channel = Channel::parse(template).unwrap_or_default();
            let message = Message { channel, ..Message::from_text(n.to_string(), &text) };
            let options = Options { template: Some(template.into()), ..Options::on(date(2026, 11, 23)) };
            let record = amends::reply::reply(&book, &templates, &message, &options);
            assert!(record.error.is_none(), "{text}: {:?}", record.error);
            if let Some(draft) = record.draft.filter(|_| !record.lint.is_empty()) {
                faults.push(format!("{template}: {text}\n{}\n{:?}", draft.body, record.lint));
            }
            made += 1;
        }
    }
    assert!(made > 5000 && faults.is_empty(), "{} of {made}:\n{}", faults.len(), faults.join("\n\n"));
}
