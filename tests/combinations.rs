//! Every draft the phrasebook can make keeps the rules of a good reply.

use amends::classify::{Found, Notes, Reading, Tone};
use amends::facts::{Facts, Said};
use amends::lint::{Setting, lint};
use amends::message::{Channel, Message};
use amends::phrasebook::{CUSTOMERS, KINDS, Phrasebook, RISKS, TONES, WANTS};
use amends::plan::{Options, plan};
use amends::render::{Templates, names};
use jiff::civil::date;

struct Case<'a> {
    kind: &'static str,
    issues: Vec<&'a str>,
    tone: &'static str,
    customer: &'static str,
    wants: Vec<&'static str>,
    risks: Vec<&'static str>,
    thing: Option<(&'static str, &'static str)>,
    full: bool,
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
            full: false,
        }
    }
}

fn facts(full: bool) -> Facts {
    if !full {
        return Facts::default();
    }
    let some = |text: &str| Some(text.to_owned());
    Facts {
        name: some("Maria"),
        orders: vec!["A-44192".into()],
        amounts: vec!["$149.90".into()],
        durations: vec!["three weeks".into()],
        items: vec!["hiking boots".into()],
        contacts: Some(2),
        deadline: some("Saturday"),
        people: vec!["Dean".into()],
        said: Said {
            wait: some("two hours"),
            ago: some("three weeks"),
            promised: some("3-5 days"),
            contacts: some("twice"),
            spans: Vec::new(),
        },
        ..Facts::default()
    }
}

fn reading(case: &Case<'_>) -> Reading {
    let found = |id: &&str| Found { id: (*id).to_owned(), score: 0.9, strength: 0.9, aspects: Vec::new(), evidence: Vec::new() };
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
        facts: facts(case.full),
        risks: case.risks.iter().map(|r| (*r).to_owned()).collect(),
        answerable: true,
        why_not: None,
        evidence: Default::default(),
        input: serde_json::Map::new(),
        notes: Notes {
            thing: case.thing.map(|(word, sort)| (word.to_owned(), sort.to_owned())),
            risk_words: case.risks.iter().map(|r| ((*r).to_owned(), "these words".to_owned())).collect(),
            abuse: case.tone == "abusive",
            words: if case.full { 80 } else { 5 },
            ..Notes::default()
        },
    }
}

/// Makes the draft in every template and returns how many were made.
fn drafts_keep_the_rules(book: &Phrasebook, templates: &Templates, case: &Case<'_>) -> usize {
    let reading = reading(case);
    for template in names() {
        let channel = Channel::parse(template).unwrap_or_default();
        let message = Message { channel, ..Message::from_text("m", "It cost $149.90.") };
        let options = Options { template: Some(template.into()), ..Options::on(date(2026, 11, 23)) };
        let plan = plan(book, &message, &reading, &options).unwrap();
        let body = templates.render(template, &plan).unwrap();
        let findings = lint(book, &body, Setting { kind: case.kind, stage: "first", template });
        let told = || {
            format!(
                "{template} {} {:?} {} {} {:?} {:?} full={}\n{body}",
                case.kind, case.issues, case.tone, case.customer, case.wants, case.risks, case.full
            )
        };
        assert!(findings.is_empty(), "{findings:#?}\n{}", told());
        assert!(!plan.said("subject").is_empty() && body.lines().count() > 0, "{}", told());
        assert_eq!(case.risks.is_empty(), plan.hold.is_none() || case.tone == "abusive", "{}", told());
        if case.kind == "complaint" {
            assert!(plan.promises.iter().all(|p| p.by.as_str() > "2026-11-23"), "{}", told());
        }
    }
    names().count()
}

#[test]
fn issue_by_tone_by_customer_by_template() {
    let (book, templates) = (Phrasebook::built_in().unwrap(), Templates::built_in());
    let mut ids: Vec<Vec<&str>> = book.issues.iter().map(|i| vec![i.id.as_str()]).collect();
    assert_eq!(ids.len(), 24);
    ids.push(Vec::new());
    let mut made = 0;
    for issues in &ids {
        for tone in TONES {
            for customer in CUSTOMERS {
                for full in [false, true] {
                    made += drafts_keep_the_rules(
                        &book,
                        &templates,
                        &Case { issues: issues.clone(), tone, customer, full, ..Case::default() },
                    );
                }
            }
        }
    }
    assert_eq!(made, 25 * 8 * 6 * 2 * 5);
}

#[test]
fn issue_by_want_by_thing() {
    let (book, templates) = (Phrasebook::built_in().unwrap(), Templates::built_in());
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
    let (book, templates) = (Phrasebook::built_in().unwrap(), Templates::built_in());
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
    let (book, templates) = (Phrasebook::built_in().unwrap(), Templates::built_in());
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
    let (book, templates) = (Phrasebook::built_in().unwrap(), Templates::built_in());
    for kind in KINDS.iter().filter(|k| !["complaint", "machine"].contains(*k)) {
        for want in WANTS {
            for full in [false, true] {
                drafts_keep_the_rules(
                    &book,
                    &templates,
                    &Case {
                        kind,
                        wants: if *want == "none" { Vec::new() } else { vec![want] },
                        full,
                        ..Case::default()
                    },
                );
            }
        }
    }
}
