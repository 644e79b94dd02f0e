//! A reply in public names nothing of anybody's private life: no issue, no noun, no sentence told back.

use super::amends;
use serde_json::{Value, json};

/// What no reply to any of them says, however it is read.
const NEVER: &[&str] = &[
    "allerg",
    "bereave",
    "court",
    "criminal",
    "debt",
    "diagnos",
    "disab",
    "doctor",
    "dose",
    "family",
    "gender",
    "hospital",
    "illness",
    "legal",
    "medic",
    "nurse",
    "patient",
    "pharmac",
    "police",
    "religio",
    "surgery",
    "therap",
    "treatment",
    "your loss",
];

#[test]
fn nothing_private_is_repeated_in_public() {
    let text = include_str!("public.txt");
    let lines: Vec<&str> = text.lines().filter(|line| !line.starts_with('#')).collect();
    assert!(lines.len() >= 50);
    let mut wrong = Vec::new();
    for channel in ["review", "social"] {
        let records: Vec<String> = lines
            .iter()
            .map(|line| {
                let text = line.replace("[[", "").replace("]]", "");
                json!({"text": text, "channel": channel}).to_string()
            })
            .collect();
        let output = amends(&["draft", "--output", "jsonl", "--today", "2026-11-23"], &records.join("\n"));
        let drafts = String::from_utf8(output.stdout).unwrap();
        assert_eq!(drafts.lines().count(), lines.len());
        for (line, draft) in lines.iter().zip(drafts.lines()) {
            let record: Value = serde_json::from_str(draft).unwrap();
            let body = record["draft"]["body"].as_str().unwrap_or_default().to_lowercase();
            let marked = line.split("[[").skip(1).map(|part| part.split("]]").next().unwrap().to_lowercase());
            let named: Vec<String> = marked
                .chain(NEVER.iter().map(|word| (*word).to_owned()))
                .filter(|word| body.split(|c: char| !c.is_alphanumeric() && c != ' ').any(|s| has(s, word)))
                .collect();
            if !named.is_empty() || record["draft"]["told"].as_array().is_some_and(|told| !told.is_empty()) {
                wrong.push(format!("{channel}: {line}\n  {named:?} {body}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Whether a text has a word that begins so.
fn has(text: &str, word: &str) -> bool {
    text.starts_with(word) || text.contains(&format!(" {word}"))
}

#[test]
fn what_is_nobodys_private_life_is_still_told() {
    let record = json!({"text": "You sent my membership to my neighbour.", "channel": "review"}).to_string();
    let output = amends(&["draft", "--output", "jsonl", "--today", "2026-11-23"], &record);
    assert!(String::from_utf8_lossy(&output.stdout).contains("We sent your membership to your neighbour"));
}
