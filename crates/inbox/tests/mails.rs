//! Mails of every client, in `mails/*.txt`, each with what is to be read from it.
//!
//! `@@ case NAME` opens a mail: headers, a blank line, a body; usual headers are added where missing.
//! Then what must come of it: `@@ text` and the newest text, `@@ has`, `@@ hasn't`, `@@ name`,
//! `@@ sender`, `@@ subject`, `@@ person`, `@@ machine`, `@@ nothing`.

use amends_inbox::formats::{Format, single};
use amends_inbox::mbox::concatenated;
use amends_inbox::message::Message;
use std::fmt::Write as _;
use std::path::Path;

const OWN: &[&str] = &["@northlane.example"];

/// Headers a case need not give.
const USUAL: &[(&str, &str)] = &[
    ("From", "Ines Roth <ines@kundin.example>"),
    ("To", "care@northlane.example"),
    ("Subject", "Kettle 55120"),
    ("Date", "Mon, 23 Nov 2026 10:11:12 +0100"),
    ("Message-ID", "<k1@kundin.example>"),
];

/// One mail and what must come of it.
struct Case {
    name: String,
    mail: String,
    wants: Vec<(String, String)>,
}

fn cases(text: &str) -> Vec<Case> {
    let mut cases: Vec<Case> = Vec::new();
    for line in text.lines() {
        let mark = line.strip_prefix("@@ ").map(|mark| mark.split_once(' ').unwrap_or((mark, "")));
        match (mark, cases.last_mut()) {
            (Some(("case", name)), _) => {
                cases.push(Case { name: name.into(), mail: String::new(), wants: Vec::new() });
            }
            (Some((want, value)), Some(case)) => case.wants.push((want.into(), value.into())),
            (None, Some(case)) => {
                let into = case.wants.last_mut().map_or(&mut case.mail, |(_, value)| value);
                into.push_str(line);
                into.push('\n');
            }
            (_, None) => panic!("a line before the first case: {line}"),
        }
    }
    cases
}

/// The mail with the usual headers, whether or not it begins with some.
fn whole(mail: &str) -> String {
    let first = mail.lines().next().unwrap_or("");
    let name = first.split(':').next().unwrap_or("");
    let known = ["From", "Reply-To", "Content-Type", "MIME-Version", "Subject", "Return-Path", "Feedback-ID"];
    let headed = known.contains(&name) && mail.contains("\n\n")
        || (name.starts_with("X-") || ["List-Id", "Precedence", "Auto-Submitted"].contains(&name));
    let (head, body) = if headed { mail.split_once("\n\n").unwrap_or((mail, "")) } else { ("", mail) };
    let mut out = String::new();
    for (name, value) in USUAL {
        if !head.lines().any(|line| line.starts_with(&format!("{name}:"))) {
            let _ = writeln!(out, "{name}: {value}");
        }
    }
    if !head.is_empty() {
        let _ = writeln!(out, "{head}");
    }
    format!("{out}\n{body}")
}

fn squeezed(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What is wrong with a reading, if anything.
fn fault(message: &Message, want: &str, value: &str) -> Option<String> {
    let text = squeezed(&message.text);
    let value = squeezed(value);
    let name = message.from.as_ref().and_then(|from| from.name.clone());
    let sender = message.from.as_ref().and_then(|from| from.address.clone());
    let right = match want {
        "text" => text == value,
        "has" => text.contains(&value),
        "hasn't" => !text.contains(&value),
        "name" => name.as_deref() == Some(&value),
        "sender" => sender.as_deref() == Some(&value),
        "subject" => message.subject.as_deref() == Some(&value),
        "person" => message.machine.is_none(),
        "machine" => message.machine.is_some(),
        "nothing" => !text.chars().any(char::is_alphanumeric),
        _ => panic!("there is no mark {want}"),
    };
    (!right).then(|| {
        format!("{want} {value:?}, but {text:?} from {name:?} {sender:?}, machine {:?}", message.machine)
    })
}

#[test]
fn every_kind_of_mail_is_read_right() {
    let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/mails");
    let mut files: Vec<_> = std::fs::read_dir(dir).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    let mut faults = String::new();
    let mut count = 0;
    for file in files {
        for case in cases(&std::fs::read_to_string(&file).unwrap()) {
            let mail = whole(&case.mail);
            let message = single("m", mail.as_bytes(), Format::Email, OWN).unwrap();
            let place = format!("{}: {}", file.file_stem().unwrap().display(), case.name);
            count += 1;
            if concatenated(mail.as_bytes()).len() != 1 {
                let _ = writeln!(faults, "{place}: more than one mail");
            }
            for (want, value) in &case.wants {
                if let Some(fault) = fault(&message, want, value) {
                    let _ = writeln!(faults, "{place}: {fault}");
                }
            }
            assert!(!case.wants.is_empty(), "{place} wants nothing");
        }
    }
    assert!(count > 200, "only {count} cases");
    assert!(faults.is_empty(), "\n{faults}");
}
