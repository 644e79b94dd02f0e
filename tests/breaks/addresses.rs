//! Whom a reply goes to: one plain mailbox, the customer's, or nobody.

use amends_inbox::formats::{Columns, record, row};
use amends_inbox::mail;
use amends_inbox::message::Message;
use serde_json::json;

const OWN: &[&str] = &["care@northlane.example"];

/// The same sender as a mail, a JSONL record and a CSV row.
fn each_way(from: &str) -> [Message; 3] {
    let mail = format!("From: {from}\nSubject: Late\n\nMy boots are late.");
    let json = json!({"text": "My boots are late.", "from": from, "subject": "Late"}).to_string();
    let columns = Columns::read(&csv::ByteRecord::from(vec!["text", "from"]), &[]).unwrap();
    let cells = csv::ByteRecord::from(vec!["My boots are late.", from]);
    [
        mail::read("m", mail.as_bytes(), OWN).unwrap(),
        record(1, json.as_bytes(), &[], OWN).unwrap(),
        row(2, &columns, &cells, OWN).unwrap(),
    ]
}

fn recipient(message: &Message) -> Option<&str> {
    message.from.as_ref()?.address.as_deref()
}

#[test]
fn one_mailbox_however_it_is_written() {
    for from in [
        "ann@x.example",
        "<ann@x.example>",
        "Ann <ann@x.example>",
        "\"Ann\" <ann@x.example>",
        "\"Lee, Ann\" <ann@x.example>",
        "Lee, Ann <ann@x.example>",
        "Ann (at home) <ann@x.example>",
        "=?utf-8?q?=C3=84nn?= <ann@x.example>",
        "Änn <ann@x.example>",
        "\"Ann\\\" <evil@x.example>, \\\"Bob\" <ann@x.example>",
        "\"evil@x.example\" <ann@x.example>",
        "=?utf-8?B?PT91dGYtOD9xPz0wRD0wQUJjYzpfZXZpbEB4LmV4YW1wbGU/PQ==?= <ann@x.example>",
        "A\u{e0045}\u{e0056}nn <ann@x.example>",
        "\u{202e}nnA <ann@x.example>",
    ] {
        for message in each_way(from) {
            assert_eq!(recipient(&message), Some("ann@x.example"), "{from}");
            let name = message.from.unwrap().name.unwrap_or_default();
            assert!(!name.contains(['<', '>', '"', '\u{202e}']) && !name.contains("=?"), "{from}: {name}");
            assert!(name.chars().all(|c| !('\u{e0000}'..'\u{e1000}').contains(&c)), "{from}: {name}");
        }
    }
}

#[test]
fn what_is_no_mailbox_is_not_written_to() {
    for from in [
        "ünï@x.example",
        "ann@münchen.example",
        "ann@",
        "Ann <ann@x..example>",
        "Ann <ann@-x.example>",
        "Ann <a b@x.example>",
        "Ann <ann@x.example\u{7f}>x@",
    ] {
        for message in each_way(from) {
            let address = recipient(&message).unwrap_or("ok@x.example");
            assert!(
                address.is_ascii() && !address.contains(' ') && !address.contains(".."),
                "{from}: {address}"
            );
        }
    }
    let long = format!("{}@x.example", "a".repeat(300));
    assert!(each_way(&long).iter().all(|message| recipient(message).is_none()));
}

#[test]
fn two_senders_are_doubted() {
    for message in each_way("Ann <ann@x.example>, Bob <bob@y.example>") {
        assert_eq!(recipient(&message), Some("ann@x.example"));
        assert!(message.warnings.iter().any(|w| w.contains("two senders")), "{:?}", message.warnings);
        assert!(message.warnings.iter().any(|w| w.contains("bob@y.example")), "{:?}", message.warnings);
    }
    for message in each_way("\"bank@x.example\" <ann@y.example>") {
        assert!(!message.warnings.is_empty());
    }
}

/// A mail with these headers before its subject.
fn headed(head: &str) -> Message {
    mail::read("m", format!("{head}\nSubject: Late\n\nMy boots are late.").as_bytes(), OWN).unwrap()
}

#[test]
fn the_first_sender_is_answered_and_the_second_told() {
    for head in [
        "From: ann@x.example\nFrom: evil@bad.example",
        "From : ann@x.example\nFrom: evil@bad.example",
        "From: ann@x.example\nFrom : evil@bad.example",
        "from: ann@x.example\nFROM: evil@bad.example",
        "From: Ann <ann@x.example>, Evil <evil@bad.example>",
        "From: team: ann@x.example, evil@bad.example;",
    ] {
        let message = headed(head);
        assert_eq!(recipient(&message), Some("ann@x.example"), "{head}");
        assert!(
            message.warnings.iter().any(|w| w.contains("evil@bad.example")),
            "{head}: {:?}",
            message.warnings
        );
    }
}

#[test]
fn the_first_address_for_answers_alone_gets_one() {
    for head in [
        "Reply-To: a@x.example, evil@bad.example",
        "Reply-To: team: a@x.example, evil@bad.example;",
        "Reply-To: a@x.example\nReply-To: evil@bad.example",
        "reply-to : a@x.example\nREPLY-TO: evil@bad.example",
    ] {
        let message = headed(&format!("From: ann@x.example\n{head}"));
        let answers: Vec<_> = message.reply_to.iter().filter_map(|to| to.address.as_deref()).collect();
        assert_eq!(answers, ["a@x.example"], "{head}");
        assert!(
            message.warnings.iter().any(|w| w.contains("asks for replies")),
            "{head}: {:?}",
            message.warnings
        );
    }
}

#[test]
fn a_sender_who_smuggles_another_is_not_written_to() {
    let broken = ["\n", "\r\n", "\r", "\u{2028}", "\u{85}", "\u{b}"]
        .map(|sign| format!("ann@x.example{sign}Bcc: evil@bad.example"));
    let others = [
        "Maria\\ <evil@bad.example>, <ann@x.example>",
        "ann%0abcc:evil@bad.example",
        "ann@x.example%0D%0Abcc: evil@bad.example",
    ];
    for from in broken.iter().map(String::as_str).chain(others) {
        let json = json!({"text": "My boots are late.", "from": from}).to_string();
        let message = record(1, json.as_bytes(), &[], OWN).unwrap();
        assert_eq!(recipient(&message), None, "{from:?}");
        assert!(message.warnings.iter().any(|w| w.contains("who gets the reply")), "{from:?}");
    }
    for from in others {
        let message = headed(&format!("From: {from}"));
        assert_eq!(recipient(&message), None, "{from:?}");
        let message = headed(&format!("From: ann@x.example\nReply-To: {from}"));
        assert!(message.reply_to.is_empty() && recipient(&message).is_none(), "{from:?}");
    }
    let json = json!({"text": "My boots are late.", "from": "ann@x.example\n"}).to_string();
    assert_eq!(recipient(&record(1, json.as_bytes(), &[], OWN).unwrap()), Some("ann@x.example"));
}

#[test]
fn robots_and_ourselves_are_not_answered() {
    for from in [
        "no-reply@x.example",
        "noreply@x.example",
        "Mail Delivery System <mailer-daemon@x.example>",
        "postmaster@x.example",
        "bounces+17@x.example",
        "news-request@x.example",
        "donotreply@x.example",
        "owner-list@x.example",
        "care@northlane.example",
        "Care <CARE@Northlane.example>",
    ] {
        for message in each_way(from) {
            assert!(message.machine.is_some(), "{from}");
        }
    }
    for from in ["Ann <ann@x.example>", "reply.norton@x.example", "ann@northlane.example"] {
        assert!(each_way(from).iter().all(|message| message.machine.is_none()), "{from}");
    }
}

#[test]
fn names_and_handles_are_no_addresses() {
    for from in ["Maria Lopez", "@maria", "maria", "Maria @ home"] {
        let json = json!({"text": "late", "from": from}).to_string();
        let message = record(1, json.as_bytes(), &[], OWN).unwrap();
        assert!(message.from.is_none_or(|from| from.address.is_none()), "{from}");
    }
}

#[test]
fn threads_and_answers_are_bounded() {
    let head = |more: &str| format!("From: Ann <ann@x.example>\nSubject: Late\n{more}\n\nMy boots are late.");
    let read = |more: &str| mail::read("m", head(more).as_bytes(), OWN).unwrap();
    assert_eq!(read(&format!("Message-ID: <{}@x>", "a".repeat(100_000))).message_id, None);
    assert_eq!(read("Message-ID: <a@x>").message_id.as_deref(), Some("a@x"));
    let references: String = (0..900).map(|n| format!(" <{n}@x>\n")).collect();
    let references = read(&format!("References:\n{}", references.trim_end())).references;
    assert_eq!((references.len(), &*references[0], &*references[19]), (20, "0@x", "899@x"));
    let answers: Vec<String> = (0..200).map(|n| format!("a{n}@x.example")).collect();
    let message = read(&format!("Reply-To: {}", answers.join(", ")));
    assert!(message.reply_to.len() == 1 && message.warnings.iter().any(|w| w.contains("200 addresses")));
    assert_eq!(read("Reply-To: Bo <bo@x.example>").reply_to.len(), 1);
}
