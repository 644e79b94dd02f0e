//! What the program writes into files: drafts of their own, completions, manual pages.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

fn amends(args: &[&str]) -> Output {
    let output =
        Command::new(env!("CARGO_BIN_EXE_amends")).args(args).env("XDG_CONFIG_HOME", "/nonexistent").output();
    output.unwrap()
}

/// A fresh directory of this test's own.
fn fresh(name: &str) -> PathBuf {
    let dir = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = std::fs::remove_dir_all(&dir);
    dir
}

fn names(dir: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(dir).unwrap();
    let mut names: Vec<String> = entries.map(|e| e.unwrap().file_name().into_string().unwrap()).collect();
    // What amends keeps there for itself.
    names.retain(|name| !name.starts_with('.'));
    names.sort();
    names
}

#[test]
fn each_draft_has_a_file_and_none_leaves_the_directory() {
    let dir = fresh("drafts");
    let path = dir.to_str().unwrap();
    let batch = fresh("batch.jsonl");
    let records = [
        r#"{"id":"../up","text":"My parcel has not arrived."}"#,
        r#"{"id":"a","text":"The lamp is broken."}"#,
        r#"{"id":"A","text":"The lamp is broken again."}"#,
        r#"{"id":"broken""#,
        r#"{"id":"\u0000/etc","text":"I was charged twice."}"#,
    ];
    std::fs::write(&batch, records.join("\n")).unwrap();
    let output = amends(&["draft", "-q", "--today", "2026-11-23", "--out", path, batch.to_str().unwrap()]);
    assert_eq!(output.status.code(), Some(4), "{output:?}");
    assert!(output.stdout.is_empty());
    assert!(String::from_utf8_lossy(&output.stderr).contains(":4: not valid JSON"), "{output:?}");
    assert_eq!(names(&dir), ["A~2.txt", "_etc.txt", "_up.txt", "a.txt"]);
    assert!(std::fs::read_to_string(dir.join("a.txt")).unwrap().contains("sorry"));
}

#[test]
fn mails_get_drafts_a_mail_client_opens() {
    let dir = fresh("eml");
    let path = dir.to_str().unwrap();
    let mails = ["tests/letters/late-boots.eml", "tests/letters/meek.eml"];
    let output = amends(&[
        "draft",
        "-q",
        "--output",
        "eml",
        "--today",
        "2026-11-23",
        "--out",
        path,
        mails[0],
        mails[1],
    ]);
    assert!(output.status.success(), "{output:?}");
    assert_eq!(names(&dir).len(), 2);
    for name in names(&dir) {
        let mail = std::fs::read_to_string(dir.join(name)).unwrap();
        assert!(
            mail.contains("In-Reply-To: <") && mail.contains("X-Unsent: 1") && mail.contains("Subject: Re:"),
            "{mail}"
        );
    }
}

#[test]
fn a_second_output_beside_the_directory_is_refused() {
    let output = amends(&["draft", "--out", "d", "-o", "f", "tests/letters/meek.eml"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("cannot be used with"), "{output:?}");
}

#[test]
fn completions_and_manual_pages_know_every_command() {
    for shell in ["bash", "zsh", "fish"] {
        let script = String::from_utf8(amends(&["completions", shell]).stdout).unwrap();
        for command in ["classify", "explain", "lint", "why-not", "fail-level"] {
            assert!(script.contains(command), "{shell} does not know {command}");
        }
    }
    let page = String::from_utf8(amends(&["man"]).stdout).unwrap();
    assert!(page.contains(".TH amends 1") && page.contains("lint"), "{page}");
    let dir = fresh("man");
    assert!(amends(&["man", "--out", dir.to_str().unwrap()]).status.success());
    assert!(names(&dir).contains(&"amends-phrasebook-check.1".to_owned()), "{:?}", names(&dir));
}
