//! Messages of kinds that were once misread, each with what is right (`corpus/faults.jsonl`). The share that
//! is right may only grow.

use amends::built_in;
use amends::plan::Options;
use amends::render::Templates;
use amends::reply::{Record, reply};
use amends_inbox::message::Message;
use serde_json::Value;
use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::Path;

/// The share of rows in which each field is right: what is reached, rounded down. Raise a floor with what
/// raises the share.
const FLOORS: &[(&str, f64)] = &[
    ("kind", 0.59),
    ("kind_not", 0.90),
    ("first_issue", 0.52),
    ("issue_not", 0.69),
    ("wants", 0.19),
    ("wants_not", 1.00),
    ("hold", 0.93),
    ("risks", 0.94),
    ("urgency", 0.83),
    ("orders", 0.80),
    ("orders_not", 1.00),
    ("amounts", 0.72),
    ("all", 0.24),
];

/// Whether one field of a record is as expected; `None` for a field nobody knows.
fn is_right(field: &str, expected: &Value, record: &Record) -> Option<bool> {
    let reading = record.reading.as_ref()?;
    let issues: Vec<&str> = reading.issues.iter().map(|issue| issue.id.as_str()).collect();
    let strings = |all: &[String]| all.iter().map(|one| Value::from(one.as_str())).collect::<Vec<_>>();
    let named = |all: &[&str]| all.iter().map(|one| Value::from(*one)).collect::<Vec<_>>();
    // One id is as good as a list of one.
    let wanted = expected.as_array().cloned().unwrap_or_else(|| vec![expected.clone()]);
    let all_of = |found: Vec<Value>| wanted.iter().all(|one| found.contains(one));
    let none_of = |found: Vec<Value>| !wanted.iter().any(|one| found.contains(one));
    Some(match field {
        "kind" => wanted.contains(&Value::from(reading.kind)),
        "kind_not" => !wanted.contains(&Value::from(reading.kind)),
        "first_issue" => issues.first().is_some_and(|first| wanted.contains(&Value::from(*first))),
        "issue_not" => none_of(named(&issues)),
        "wants" => all_of(named(&reading.wants)),
        "wants_not" => none_of(named(&reading.wants)),
        "hold" => expected.as_bool() == Some(record.hold.is_some()),
        "risks" => all_of(strings(&reading.risks)),
        "urgency" => expected.as_u64() == Some(u64::from(reading.urgency)),
        "orders" => all_of(strings(&reading.facts.orders)),
        "orders_not" => none_of(strings(&reading.facts.orders)),
        "amounts" => all_of(strings(&reading.facts.amounts)),
        _ => return None,
    })
}

#[test]
fn what_was_once_misread_is_read_no_worse_than_before() {
    let book = built_in::phrasebook().unwrap();
    let templates = Templates::built_in();
    let options = Options::on("2026-11-25".parse().unwrap());
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus/faults.jsonl");
    let rows = std::fs::read_to_string(path).unwrap();
    let mut wrong = String::new();
    let mut counts: BTreeMap<&str, (u32, u32)> = BTreeMap::new();
    for (n, line) in rows.lines().enumerate() {
        let row: Value = serde_json::from_str(line).unwrap();
        let mut message = Message::from_text(n.to_string(), row["text"].as_str().unwrap());
        message.subject = Some("Hello".into());
        let record = reply(&book, &templates, &message, &options);
        let mut missed = Vec::new();
        for (field, expected) in row["expect"].as_object().unwrap() {
            let right = is_right(field, expected, &record);
            let right = right.unwrap_or_else(|| panic!("row {}: no field `{field}`", n + 1));
            let (field, _) = FLOORS.iter().find(|(name, _)| name == field).unwrap();
            let count = counts.entry(field).or_default();
            *count = (count.0 + u32::from(right), count.1 + 1);
            if !right {
                missed.push(format!("{field} is not {expected}"));
            }
        }
        let count = counts.entry("all").or_default();
        *count = (count.0 + u32::from(missed.is_empty()), count.1 + 1);
        if !missed.is_empty() {
            let row = row["row"].as_str().unwrap_or_default();
            writeln!(wrong, "{:>4} {row}: {}", n + 1, missed.join("; ")).unwrap();
        }
    }
    let share = |field: &str| {
        let (right, all) = counts.get(field).copied().unwrap_or_default();
        f64::from(right) / f64::from(all.max(1))
    };
    println!("{wrong}{counts:?}");
    let below: Vec<String> = FLOORS
        .iter()
        .filter(|(field, floor)| share(field) < *floor)
        .map(|(field, floor)| format!("{field}: {:.3} right, {floor} before", share(field)))
        .collect();
    assert!(rows.lines().count() >= 114 && below.is_empty(), "{}\n{wrong}", below.join("\n"));
}
