//! Whom a reply greets, and how: invented signatures of many sorts, and messages that give no name.

use amends::plan::Options;
use amends::render::Templates;
use amends::reply::reply;
use amends_inbox::formats::record;
use amends_phrasebook::Phrasebook;
use std::sync::LazyLock;

static BOOK: LazyLock<Phrasebook> = LazyLock::new(|| amends::built_in::phrasebook().unwrap());
static TEMPLATES: LazyLock<Templates> = LazyLock::new(Templates::built_in);

/// The rows of a table: the greeting, or "-" for none; the sender; the message with "|" for a new line.
fn rows(table: &str) -> impl Iterator<Item = (&str, &str, String)> {
    table.lines().filter(|line| !line.starts_with('#')).map(|line| {
        let mut cells = line.splitn(3, '\t');
        let mut cell = || cells.next().unwrap();
        (cell(), cell(), cell().replace('|', "\n"))
    })
}

/// The first line of the reply, and the name in the record.
fn greeted(from: &str, text: &str) -> (String, Option<String>) {
    let mut row = serde_json::json!({"text": text});
    if !from.is_empty() {
        row["from"] = from.into();
    }
    let message = record(1, row.to_string().as_bytes(), &[], &[]).unwrap();
    let made = reply(&BOOK, &TEMPLATES, &message, &Options::on("2026-11-25".parse().unwrap()));
    let line =
        made.draft.map_or_else(|| "no draft".into(), |draft| draft.body.lines().next().unwrap().to_owned());
    (line, made.reading.unwrap().facts.name)
}

#[test]
fn who_signs_is_greeted_as_they_sign() {
    let mut missed = Vec::new();
    let mut count = 0;
    for (greeting, from, text) in rows(include_str!("names/signed.tsv")) {
        count += 1;
        let (line, name) = greeted(from, &text);
        // Of a held draft, "Hello" stands for "Hi".
        let same = line == greeting || line == greeting.replacen("Hi ", "Hello ", 1);
        if !same || name.is_none_or(|name| !greeting.contains(&name)) {
            missed.push(format!("{line} for {greeting} in {text:?}"));
        }
    }
    assert!(count >= 80 && missed.is_empty(), "{} of {count}:\n{}", missed.len(), missed.join("\n"));
}

#[test]
fn no_name_is_better_than_a_wrong_one() {
    let mut wrong = Vec::new();
    for (_, from, text) in rows(include_str!("names/unsigned.tsv")) {
        let (line, name) = greeted(from, &text);
        if let Some(name) = name {
            wrong.push(format!("{line} ({name}) in {text:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
