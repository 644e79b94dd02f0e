//! The linter: replies with planted faults, good replies, and the pages of the rules.

use amends::lint::{Against, Setting, lint, page, rules};
use amends::reading::classify;
use amends_inbox::message::Message;
use amends_phrasebook::Phrasebook;
use std::collections::BTreeMap;
use std::fs;

/// Sets a reply against the message it answers.
fn findings(book: &Phrasebook, message: &str, template: &str, reply: &str) -> Vec<String> {
    let message = Message::from_text("m", message);
    let reading = classify(book, &message);
    let set = BTreeMap::new();
    let against =
        (!message.text.is_empty()).then_some(Against { message: &message, reading: &reading, set: &set });
    let kind = against.map_or("complaint", |a| a.reading.kind);
    let setting = Setting { kind, stage: "first", template, against, ..Setting::default() };
    lint(book, reply, setting).into_iter().map(|f| f.rule).collect()
}

#[test]
fn planted_faults_are_found_and_good_replies_are_not_accused() {
    let book = amends::built_in::phrasebook().unwrap();
    let text = fs::read_to_string("tests/letters/replies.jsonl").unwrap();
    let (mut planted, mut good, mut faults) = (0, 0, Vec::new());
    for (n, line) in text.lines().enumerate() {
        let row: serde_json::Value = serde_json::from_str(line).unwrap();
        let of = |key: &str| row[key].as_str().unwrap_or("").to_owned();
        let template = if row["channel"].is_string() { of("channel") } else { "email".into() };
        let found = findings(&book, &of("message"), &template, &of("text"));
        let wanted: Vec<String> =
            row["planted"].as_array().into_iter().flatten().map(|v| v.as_str().unwrap().to_owned()).collect();
        if wanted.is_empty() {
            good += 1
        } else {
            planted += 1
        }
        for rule in wanted.iter().filter(|w| !found.contains(w)) {
            faults.push(format!("line {}: {rule} is not found; {found:?}", n + 1));
        }
        if wanted.is_empty() && !found.is_empty() {
            faults.push(format!("line {}: accused of {found:?}", n + 1));
        }
    }
    assert!(planted >= 30 && good >= 30, "{planted} planted, {good} good");
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn what_stands_above_a_draft_is_none_of_its_sentences() {
    let book = amends::built_in::phrasebook().unwrap();
    let message = "My boots are late. I ordered them in May. I called twice. Nobody came. I want them.";
    let body = "Hi Maria,\n\nYour boots are late. You ordered them in May. You called twice. Nobody came. \
                I'm very sorry about that. I'm finding out today where they are, and I'll write to you by Friday.\n\n\
                What else can I do?\n\nSam";
    let alone = findings(&book, message, "email", body);
    assert!(!alone.contains(&"late-apology".to_owned()), "{alone:?}");
    let with_subject = format!("Subject: Re: Where are my boots?\n\n{body}");
    assert_eq!(findings(&book, message, "email", &with_subject), alone);
}

#[test]
fn the_pages_in_docs_are_those_of_the_program() {
    let book = amends::built_in::phrasebook().unwrap();
    let mut faults = Vec::new();
    for (id, _, _) in rules(&book) {
        let text = page(&book, &id).unwrap();
        let path = format!("docs/rules/{id}.md");
        if std::env::var_os("UPDATE_DOCS").is_some() {
            fs::write(&path, &text).unwrap();
        }
        if fs::read_to_string(&path).unwrap_or_default() != text {
            faults.push(path);
        }
        assert!(text.contains("## Why"), "{id} does not say why");
    }
    assert!(faults.is_empty(), "run the tests with UPDATE_DOCS=1, and commit {faults:?}");
    assert_eq!(fs::read_dir("docs/rules").unwrap().count(), rules(&book).len(), "a page of no rule");
}

#[test]
fn sarif_names_the_rule_and_the_place_of_each_finding() {
    let args = ["lint", "--output", "sarif", "tests/macros/late.md"];
    let output = std::process::Command::new(env!("CARGO_BIN_EXE_amends")).args(args).output().unwrap();
    let log: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let run = &log["runs"][0];
    let rules = run["tool"]["driver"]["rules"].as_array().unwrap();
    let results = run["results"].as_array().unwrap();
    assert!(log["version"] == "2.1.0" && rules.len() > 30 && results.len() > 5, "{log}");
    for result in results {
        let rule = rules.iter().find(|rule| rule["id"] == result["ruleId"]).unwrap();
        assert!(rule["shortDescription"]["text"].is_string() && rule["help"]["markdown"].is_string());
        let place = &result["locations"][0]["physicalLocation"];
        assert_eq!(place["artifactLocation"]["uri"], "tests/macros/late.md");
        assert!(place["region"]["startLine"].as_u64() > Some(0), "{result}");
    }
}
