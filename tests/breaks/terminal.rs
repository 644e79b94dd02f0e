//! What reaches a terminal: text, and nothing that drives it; and no command fails for a stderr that
//! is closed or full.

use super::{amends, shown};
use std::process::{Command, Stdio};

/// Escape sequences, controls, marks of direction, tags.
const DRIVERS: &[&str] = &[
    "\u{1b}[2J",
    "\u{1b}]0;owned\u{7}",
    "\u{1b}]8;;http://x.example\u{1b}\\",
    "\u{9b}31m",
    "\u{9d}0;x\u{9c}",
    "\u{8}\u{8}",
    "\r",
    "\u{7f}",
    "\u{202e}",
    "\u{2066}",
    "\u{200f}",
    "\u{61c}",
    "\u{e0041}",
];

fn all() -> String {
    DRIVERS.concat()
}

fn assert_harmless(what: &str, said: &str) {
    for c in said.chars() {
        let drives = c.is_control() && c != '\n' && c != '\t'
            || matches!(c, '\u{200e}' | '\u{200f}' | '\u{61c}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
            || matches!(c, '\u{e0000}'..='\u{e0fff}');
        assert!(!drives, "{what} lets {c:?} out: {said}");
    }
}

#[test]
fn no_message_drives_a_terminal() {
    let odd = all();
    let text =
        format!("My {odd}boots are late{odd}. Order {odd}A-44192, ask D{odd}ean. Where are they?{odd}");
    let record = serde_json::json!({"id": odd, "text": text, "subject": text, "from": format!("A{odd}nn <ann@x.example>"), odd.as_str(): odd, "lang": odd});
    let bad = serde_json::json!({"text": "late", "channel": odd, "id": odd});
    let records = format!("{record}\n{bad}\n{{\"text\": \"{odd}\n");
    let mail =
        format!("From: A{odd}nn <ann@x.example>\nSubject: Late{odd}\nMessage-ID: <a{odd}@x>\n\n{text}");
    for command in ["draft", "classify", "extract", "explain", "eval", "lint"] {
        for input in [&records, &mail, &text] {
            for output in ["text", "jsonl"] {
                if command == "lint" || command != "eval" {
                    let said = shown(&amends(&[command, "--output", output], input));
                    assert!(!said.is_empty());
                    assert_harmless(command, &said);
                }
            }
        }
        assert_harmless(command, &shown(&amends(&[command], &records)));
    }
}

#[test]
fn no_flag_or_file_name_drives_a_terminal() {
    for odd in DRIVERS {
        let odd = &format!("x{odd}y");
        for args in [
            &["draft", odd][..],
            &["classify", odd],
            &["extract", odd],
            &["explain", odd],
            &["lint", odd],
            &["eval", odd],
            &["watch", odd],
            &[odd.as_str()],
            &["--bogus", odd],
            &[&format!("--{odd}")],
            &["draft", "--agent", odd],
            &["draft", "--set", odd],
            &["draft", "--set", &format!("refund={odd}")],
            &["draft", "--set", &format!("{odd}=1")],
            &["draft", "--template", odd],
            &["draft", "--stage", odd],
            &["draft", "--today", odd],
            &["draft", "--templates", odd],
            &["draft", "--field", &format!("{odd}=a")],
            &["draft", "--phrasebook", odd],
            &["draft", "-o", &format!("/dev/null/{odd}")],
            &["draft", "--out", &format!("/dev/null/{odd}")],
            &["explain", "--why-not", odd],
            &["lint", "--channel", odd],
            &["lint", "--explain", odd],
            &["lint", "--to", odd],
            &["eval", "--min", odd],
            &["phrasebook", odd],
            &["phrasebook", "check", odd],
            &["phrasebook", "test", odd],
            &["phrasebook", "show", odd],
            &["phrasebook", "fmt", odd],
            &["phrasebook", "diff", odd, odd],
            &["phrasebook", "tune", odd],
            &["completions", odd],
        ] {
            assert_harmless(&format!("{args:?}"), &shown(&amends(args, "My boots are late.")));
        }
    }
}

#[test]
fn no_phrasebook_or_template_drives_a_terminal() {
    let dir = std::env::temp_dir().join(format!("amends-terminal-{}", std::process::id()));
    let templates = dir.join("templates");
    std::fs::create_dir_all(&templates).unwrap();
    std::fs::write(templates.join("email.txt"), format!("{{{{ greet }}}}{}\n{{{{ sorry }}}}", all()))
        .unwrap();
    let yaml = r"\e[2J\u202e\x9b31m\x07";
    let book = dir.join("book.yaml");
    let said_in = |book: &std::path::Path, command: &[&str]| {
        let args = [command, &["--phrasebook", book.to_str().unwrap()]].concat();
        shown(&amends(&args, "My boots are late."))
    };
    for source in [
        format!("extends: default\ncompany: {{name: \"N{yaml}\", agent: \"S{yaml}\", phone: \"{yaml}1\"}}\n"),
        format!("extends: default\nmoves:\n  greet+:\n    - \"Hi {yaml}\"\n"),
        format!("extends: default\n\"{yaml}\": 1\n"),
        format!("extends: \"{yaml}\"\n"),
        format!("extends: default\nissues:\n  \"{yaml}\": {{}}\n"),
        format!("extends: default\nissues: {}\n", all()),
    ] {
        std::fs::write(&book, &source).unwrap();
        for command in [
            &["draft"][..],
            &["draft", "--output", "jsonl"],
            &["classify"],
            &["explain"],
            &["lint"],
            &["phrasebook", "show"],
            &["phrasebook", "test"],
            &["phrasebook", "check"],
        ] {
            assert_harmless(&format!("{command:?} {source:?}"), &said_in(&book, command));
        }
    }
    let said = shown(&amends(&["draft", "--templates", templates.to_str().unwrap()], "My boots are late."));
    assert!(said.contains("sorry"), "{said}");
    assert_harmless("a template", &said);
    std::fs::remove_dir_all(&dir).unwrap();
}

/// What each command says on standard error, good or bad.
const SAYERS: &[&[&str]] = &[
    &["draft"],
    &["draft", "nosuch"],
    &["draft", "-v"],
    &["classify", "nosuch"],
    &["classify", "-v"],
    &["extract", "nosuch"],
    &["explain", "nosuch"],
    &["explain"],
    &["lint", "nosuch"],
    &["lint"],
    &["eval", "nosuch"],
    &["eval"],
    &["watch", "nosuch"],
    &["--bogus"],
    &["phrasebook", "check", "nosuch"],
    &["phrasebook", "test", "nosuch"],
    &["phrasebook", "show", "nosuch"],
    &["phrasebook", "fmt", "nosuch"],
    &["phrasebook", "diff", "nosuch", "nosuch"],
    &["phrasebook", "tune", "nosuch"],
    &["phrasebook", "init", "/dev/null/x.yaml"],
    &["completions", "nosuch"],
    &["man", "--out", "/dev/null/x"],
];

#[cfg(target_os = "linux")]
#[test]
fn a_closed_or_full_stderr_is_no_failure() {
    for args in SAYERS {
        let wanted = amends(args, "My boots are late.").status.code();
        assert!(wanted.is_some_and(|code| code <= 4), "{args:?}: {wanted:?}");
        for redirect in ["2>&-", "2>/dev/full", "2>/dev/null </dev/null >/dev/null 2>&-"] {
            let words: Vec<String> = args.iter().map(|arg| format!("'{arg}'")).collect();
            let line = format!(
                "printf 'My boots are late.' | '{}' {} {redirect}",
                env!("CARGO_BIN_EXE_amends"),
                words.join(" ")
            );
            let status = Command::new("sh")
                .args(["-c", &line])
                .env("AMENDS_CACHE", "off")
                .current_dir(std::env::temp_dir())
                .stdout(Stdio::null())
                .stderr(Stdio::null())
                .status()
                .unwrap();
            if redirect.contains("</dev/null") {
                assert_ne!(status.code(), Some(101), "{line}");
            } else {
                assert_eq!(status.code(), wanted, "{line}");
            }
        }
    }
}
