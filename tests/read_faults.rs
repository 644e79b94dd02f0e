//! Mistakes a reading of the code found, each so that it can't come back unseen.

use amends::built_in;
use amends::plan::Options;
use amends::reading::classify;
use amends::render::Templates;
use amends::reply::reply;
use amends_inbox::message::Message;
use jiff::civil::date;
use std::process::Command;

fn body(text: &str) -> String {
    let book = built_in::phrasebook().unwrap();
    let options = Options::on(date(2026, 11, 23));
    let record = reply(&book, &Templates::built_in(), &Message::from_text("m", text), &options);
    record.draft.map(|draft| draft.body).unwrap_or_default()
}

#[test]
fn a_word_inside_another_is_not_heard() {
    let book = built_in::phrasebook().unwrap();
    let read = |text: &str| classify(&book, &Message::from_text("m", text));
    assert!(read("The plate was in my bag.").issues.is_empty());
    assert_eq!(read("My table is scarred on one side.").tone.id, "calm");
}

#[test]
fn a_refusal_is_not_told_back_as_ours() {
    for text in [
        "You won't refund me.",
        "My kettle broke and you won't refund me.",
        "You refuse to help me with my bill.",
    ] {
        let body = body(text).to_lowercase();
        for said in ["we won't", "we refuse", "we will not"] {
            assert!(!body.contains(said), "{text}\n{body}");
        }
    }
}

#[test]
fn nobody_is_greeted_by_a_word_that_is_no_name() {
    for text in [
        "I am Premium Plus customer and my parcel is late.",
        "This is Sparta Athens! My parcel is late.",
        "My parcel is late. I'm Gold Member.",
    ] {
        let body = body(text);
        assert!(body.starts_with("Hi,") || body.starts_with("Hello,"), "{text}\n{body}");
    }
    assert!(body("This is Ruth Okafor, my parcel is late.").contains("Ruth"));
}

#[test]
fn a_sum_above_the_limit_needs_approval_however_it_is_written() {
    let book = built_in::phrasebook().unwrap();
    for (sum, above) in [("€1.299,50", true), ("$5k", true), ("45,90 €", false), ("£150", false)] {
        let text = format!("My kettle arrived broken. Please refund me {sum}.");
        let options = Options::on(date(2026, 11, 23));
        let record = reply(&book, &Templates::built_in(), &Message::from_text("m", &text), &options);
        assert_eq!(record.promises.iter().any(|p| p.approval), above, "{sum}: {:?}", record.promises);
    }
}

#[test]
fn a_message_of_commas_alone_is_read() {
    let book = built_in::phrasebook().unwrap();
    classify(&book, &Message::from_text("m", &"late, ".repeat(70_000)));
}

fn amends(args: &[&str]) -> std::process::Output {
    Command::new(env!("CARGO_BIN_EXE_amends")).args(args).env("AMENDS_CACHE", "off").output().unwrap()
}

#[test]
fn a_reply_is_checked_against_the_newest_words_alone() {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("r.jsonl");
    let message = "Thank you, all is well now.\n\nOn Mon, 2 Nov 2026 at 10:00, Sam <care@northlane.example> wrote:\n> Order A-44192 was lost and you were charged $149.90 twice. I want a refund.\n";
    let reply = "Hi,\n\nThank you for letting me know. How else can I help?\n\nSam\nNorthlane\n";
    let line = serde_json::json!({"text": reply, "message": message}).to_string();
    std::fs::write(&file, line).unwrap();
    let output = amends(&["lint", "--output", "jsonl", file.to_str().unwrap()]);
    let found = String::from_utf8_lossy(&output.stdout);
    assert!(!found.contains("ignored-want") && !found.contains("unanswered-point"), "{found}");
}
