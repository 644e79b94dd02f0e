//! Many messages: runs that are cut off and gone on with, queues, and what is told at the end.
#![cfg(unix)]

mod common;

use common::until_noted;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

fn command(args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_amends"));
    command.args(args).env("XDG_CONFIG_HOME", "/nonexistent").stdin(Stdio::null());
    command
}

fn amends(args: &[&str]) -> Output {
    command(args).output().unwrap()
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// A fresh directory of this test's own, with so many messages in it.
fn inbox(name: &str, messages: usize) -> (PathBuf, String) {
    let dir = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = std::fs::remove_dir_all(&dir);
    std::fs::create_dir_all(&dir).unwrap();
    const TEXTS: &[&str] = &[
        "My kettle arrived with a cracked lid. Please send another one.",
        "You charged me twice for order A-7781 and nobody answers the phone.",
        "Lovely service, thank you!",
        "My solicitor will write to you if I don't hear back by Friday.",
        "It has been three weeks and the desk still hasn't arrived.",
    ];
    let path = dir.join("inbox.jsonl");
    let mut file = std::fs::File::create(&path).unwrap();
    for n in 0..messages {
        writeln!(file, r#"{{"id":"m{n}","text":"{} ({n})"}}"#, TEXTS[n % TEXTS.len()]).unwrap();
    }
    (dir, path.to_str().unwrap().to_owned())
}

fn in_dir(dir: &Path, name: &str) -> String {
    dir.join(name).to_str().unwrap().to_owned()
}

const DAY: [&str; 2] = ["--today", "2026-11-23"];

#[test]
fn a_run_cut_off_ends_as_if_it_never_was() {
    let (dir, inbox) = inbox("cut-off", 6000);
    let (whole, out) = (in_dir(&dir, "whole"), in_dir(&dir, "out"));
    assert!(amends(&["draft", "-q", DAY[0], DAY[1], "-o", &whole, &inbox]).status.success());
    let mut run = command(&["draft", "-q", DAY[0], DAY[1], "-o", &out, &inbox]).spawn().unwrap();
    assert!(until_noted(&mut run, &dir.join("out.resume")), "it ended before it could be cut off");
    run.kill().unwrap();
    run.wait().unwrap();
    assert!(!Path::new(&out).exists(), "half a file stands where a whole one should");

    let other = amends(&["draft", "-q", DAY[0], DAY[1], "--agent", "Bo", "--resume", "-o", &out, &inbox]);
    assert!(said(&other).contains("it was started with other inputs or flags"), "{other:?}");
    assert_eq!(other.status.code(), Some(2));
    let resumed = amends(&["draft", "-q", DAY[0], DAY[1], "--resume", "-o", &out, &inbox]);
    assert!(resumed.status.success(), "{resumed:?}");
    assert!(std::fs::read(&out).unwrap() == std::fs::read(&whole).unwrap());
    assert!(!dir.join("out.resume").exists() && !dir.join("out.part").exists());
}

#[test]
fn another_input_is_refused() {
    let (dir, inbox) = inbox("another-input", 6000);
    let out = in_dir(&dir, "out");
    let mut run = command(&["classify", "--output", "jsonl", "-o", &out, &inbox]).spawn().unwrap();
    assert!(until_noted(&mut run, &dir.join("out.resume")));
    run.kill().unwrap();
    run.wait().unwrap();
    let text = std::fs::read_to_string(&inbox).unwrap();
    std::fs::write(&inbox, text.replacen("kettle", "toaster", 1)).unwrap();
    let resumed = amends(&["classify", "--output", "jsonl", "--resume", "-o", &out, &inbox]);
    assert_eq!(
        said(&resumed),
        "amends: can't resume: the input has changed; leave out --resume to start again\n"
    );
}

#[test]
fn what_has_come_since_is_never_passed_over() {
    let (dir, inbox) = inbox("grown", 6000);
    let (out, journal, part) = (in_dir(&dir, "out"), in_dir(&dir, "out.resume"), in_dir(&dir, "out.part"));
    let whole = std::fs::read_to_string(&inbox).unwrap();
    let resume = || amends(&["classify", "--output", "jsonl", "--resume", "-o", &out, &inbox]);
    let mut run = command(&["classify", "--output", "jsonl", "-o", &out, &inbox]).spawn().unwrap();
    assert!(until_noted(&mut run, Path::new(&journal)));
    run.kill().unwrap();
    run.wait().unwrap();
    // As if the input had ended at the last point, and the run had been cut off when only its journal was left.
    let noted = std::fs::read_to_string(&journal).unwrap();
    let last = noted[..=noted.rfind('\n').unwrap()].trim_end().rsplit_once('\n').unwrap().1;
    let point: serde_json::Value = serde_json::from_str(last).unwrap();
    let (records, bytes) = (point["records"].as_u64().unwrap(), point["bytes"].as_u64().unwrap());
    std::fs::write(&journal, noted.replace(last, &last.replacen('{', "{\"done\":true,", 1))).unwrap();
    let written = std::fs::read(&part).unwrap();
    std::fs::write(&out, &written[..bytes as usize]).unwrap();
    std::fs::remove_file(&part).unwrap();

    let grown = resume();
    assert_eq!(
        said(&grown),
        "amends: can't resume: the run had finished, and the input has grown since; leave out --resume to start again\n"
    );
    assert_eq!(grown.status.code(), Some(2));
    let ended: String = whole.split_inclusive('\n').take(records as usize).collect();
    std::fs::write(&inbox, ended).unwrap();
    assert!(resume().status.success());
    assert!(!Path::new(&journal).exists());
    std::fs::write(&inbox, &whole).unwrap();
    assert!(resume().status.success());
    assert_eq!(std::fs::read_to_string(&out).unwrap().lines().count(), 6000);
}

#[test]
fn a_directory_of_drafts_is_gone_on_with_too() {
    let (dir, inbox) = inbox("drafts-cut-off", 3000);
    // Ids that collide get names of their own, also across the cut.
    let text = std::fs::read_to_string(&inbox).unwrap().replace("\"id\":\"m", "\"id\":\"M");
    let half: String = text.lines().step_by(2).map(|line| line.replace("\"M", "\"m") + "\n").collect();
    std::fs::write(&inbox, text + &half).unwrap();
    let (whole, out) = (in_dir(&dir, "whole"), in_dir(&dir, "out"));
    let run = |out: &str, more: &[&str]| {
        command(&["draft", "-q", DAY[0], DAY[1], "--out", out, &inbox]).args(more).output().unwrap()
    };
    assert!(run(&whole, &[]).status.success());
    let mut cut = command(&["draft", "-q", DAY[0], DAY[1], "--out", &out, &inbox]).spawn().unwrap();
    assert!(until_noted(&mut cut, &Path::new(&out).join(".resume")));
    cut.kill().unwrap();
    cut.wait().unwrap();
    assert!(run(&out, &["--resume"]).status.success());
    let files = |dir: &str| {
        let mut files: Vec<(String, Vec<u8>)> = std::fs::read_dir(dir)
            .unwrap()
            .map(|entry| entry.unwrap().path())
            // What was being written when it was cut off may be left beside.
            .filter(|path| path.extension().is_some_and(|e| e == "txt"))
            .map(|path| (path.file_name().unwrap().to_str().unwrap().into(), std::fs::read(&path).unwrap()))
            .collect();
        files.sort();
        files
    };
    let (whole, out) = (files(&whole), files(&out));
    assert_eq!(whole.len(), 4500);
    assert!(whole == out);
}

#[test]
fn an_interrupt_ends_the_run_and_says_how_to_go_on() {
    let (dir, inbox) = inbox("interrupted", 20_000);
    let out = in_dir(&dir, "out");
    let mut run = command(&["draft", "-q", "--output", "jsonl", DAY[0], DAY[1], "-o", &out, &inbox]);
    let mut run = run.stderr(Stdio::piped()).spawn().unwrap();
    assert!(until_noted(&mut run, &dir.join("out.resume")));
    let interrupted = Command::new("kill").args(["-INT", &run.id().to_string()]).status().unwrap();
    assert!(interrupted.success());
    let output = run.wait_with_output().unwrap();
    let told = said(&output);
    assert!(told.starts_with("amends: stopped after "), "{told}");
    assert!(told.ends_with(" messages; run the same command with --resume to continue\n"), "{told}");
    assert_eq!(std::os::unix::process::ExitStatusExt::signal(&output.status), Some(2));
    let resumed =
        amends(&["draft", "-q", "--output", "jsonl", DAY[0], DAY[1], "--resume", "-o", &out, &inbox]);
    assert!(resumed.status.success(), "{resumed:?}");
    let lines = std::fs::read_to_string(&out).unwrap();
    assert_eq!(lines.lines().count(), 20_000);
    assert!(lines.lines().enumerate().all(|(n, line)| line.starts_with(&format!("{{\"id\":\"m{n}\""))));
}

#[test]
fn an_empty_folder_is_told_from_a_maildir_without_mail() {
    let (dir, _) = inbox("empty", 0);
    let folder = dir.join("folder");
    std::fs::create_dir_all(&folder).unwrap();
    let said_of = |folder: &Path| {
        let output = amends(&["draft", folder.to_str().unwrap()]);
        assert_eq!(output.status.code(), Some(2));
        said(&output).replace(folder.to_str().unwrap(), "FOLDER")
    };
    assert_eq!(
        said_of(&folder),
        "amends: FOLDER: this folder is empty; name a file that holds a message, or a Maildir\n"
    );
    for part in ["new", "cur"] {
        std::fs::create_dir_all(folder.join(part)).unwrap();
    }
    assert_eq!(said_of(&folder), "amends: FOLDER: there is no mail in new/ or cur/ of this Maildir\n");
}

#[test]
fn a_queue_begins_with_who_must_be_answered_first() {
    let (_, inbox) = inbox("queue", 600);
    let output = amends(&["draft", "-q", "--output", "jsonl", DAY[0], DAY[1], "--order", "urgency", &inbox]);
    assert!(output.status.success(), "{output:?}");
    let text = String::from_utf8(output.stdout).unwrap();
    let places: Vec<(u64, u64, usize)> = text
        .lines()
        .map(|line| {
            let record: serde_json::Value = serde_json::from_str(line).unwrap();
            let level = |name: &str| record["reading"][name].as_u64().unwrap();
            let n = record["id"].as_str().unwrap()[1..].parse().unwrap();
            (4 - level("urgency"), 4 - level("reproach"), n)
        })
        .collect();
    assert_eq!(places.len(), 600);
    assert!(places.is_sorted() && places[0].0 < places[599].0, "{places:?}");
}

#[test]
fn what_can_not_go_together_is_said() {
    let (dir, inbox) = inbox("together", 3);
    let out = in_dir(&dir, "out");
    for (args, text) in [
        (vec!["draft", "--resume", &inbox], "--resume needs the -o FILE or --out DIR of the run to resume"),
        (
            vec!["draft", "--order", "urgency", "--out", &out, &inbox],
            "--order urgency must read every record before it writes one: it can't be used with --resume or --out",
        ),
        (
            vec!["extract", "--order", "urgency", &inbox],
            "`amends extract` doesn't read urgency; leave out --order",
        ),
    ] {
        let output = amends(&args);
        assert_eq!(said(&output), format!("amends: {text}\n"));
        assert_eq!(output.status.code(), Some(2));
    }
}

#[test]
fn the_end_of_a_batch_tells_what_came_of_it() {
    let (_, inbox) = inbox("summary", 10);
    let mut text = std::fs::read_to_string(&inbox).unwrap();
    text.push_str("{\"text\":\n");
    std::fs::write(&inbox, text).unwrap();
    let output = amends(&["draft", "-v", "--output", "jsonl", DAY[0], DAY[1], &inbox]);
    assert_eq!(output.status.code(), Some(4));
    let told = said(&output);
    assert!(told.contains("\n11 messages in "), "{told}");
    for line in ["  kinds    complaint 8, praise 2\n", "  on hold  legal steps 2\n", "  not read 1\n"] {
        assert!(told.contains(line), "{told}");
    }
}

/// The exports in `crates/inbox/tests/desks`, and whom the drafts greet: a dash is a record without a
/// draft, for a ticket that is answered, or words of ours.
const DESKS: &[(&str, &str)] = &[
    ("freshdesk-export.json", "Ruth -"),
    ("freshdesk.csv", "Priya Sam"),
    ("freshdesk.json", "Priya Sam -"),
    ("front-messages.json", "Rosa Ben"),
    ("front.csv", "Hi - -"),
    ("front.json", "Rosa Ben"),
    ("gorgias.csv", "Lena Omar"),
    ("gorgias.json", "Lena Omar -"),
    ("helpscout.csv", "Ivo Ada"),
    ("helpscout.json", "Ivo Bea"),
    ("hubspot-messages.json", "Karl Ida"),
    ("hubspot.csv", "Greta Ivar"),
    ("hubspot.json", "Greta Hi"),
    ("intercom.csv", "Mei Paul"),
    ("intercom.json", "Mei Paul -"),
    ("osticket-entries.json", "Gus"),
    ("osticket.csv", "Gus Ada"),
    ("osticket.json", "Gus -"),
    ("zammad-articles.csv", "Nora - Uwe -"),
    ("zammad-articles.json", "Nora"),
    ("zammad-assets.json", "Nora"),
    ("zammad.csv", "Nora Hi"),
    ("zammad.json", "Nora Uwe"),
    ("zendesk-comments.json", "Maria"),
    ("zendesk-page.json", "Maria -"),
    ("zendesk.csv", "Maria Tom"),
    ("zendesk.jsonl", "Maria - Jo"),
];

#[test]
fn each_customer_of_a_desk_gets_a_draft_of_their_own() {
    let greeted = |record: serde_json::Value| match record["draft"]["body"].as_str() {
        Some(body) => {
            let greeting = body.lines().next().unwrap();
            greeting.trim_end_matches(',').rsplit(' ').next().unwrap().to_owned()
        }
        None => "-".to_owned(),
    };
    let folder = Path::new("crates/inbox/tests/desks");
    for (file, whom) in DESKS {
        let path = in_dir(folder, file);
        let output = amends(&["draft", "-q", "--output", "jsonl", DAY[0], DAY[1], &path]);
        let lines = String::from_utf8(output.stdout).unwrap();
        let found: Vec<String> =
            lines.lines().map(|line| greeted(serde_json::from_str(line).unwrap())).collect();
        assert_eq!(found.join(" "), *whom, "{file}");
    }
    let exports = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name());
    let exports = exports.filter_map(|name| name.into_string().ok()).filter(|name| {
        name.rsplit_once('.').is_some_and(|(stem, ending)| {
            ["json", "jsonl", "csv"].contains(&ending) && !stem.ends_with("-list")
        })
    });
    assert_eq!(exports.count(), DESKS.len(), "an export without a line here");
}

#[test]
#[cfg(target_os = "linux")]
fn a_full_disk_is_an_error_and_a_closed_pipe_is_none() {
    let (_, inbox) = inbox("full", 2000);
    let full = std::fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
    let output = command(&["draft", "-q", &inbox]).stdout(full).output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(said(&output).starts_with("amends: can't write the output: "), "{output:?}");
    let output = amends(&["draft", "-q", "-o", "/dev/full", &inbox]);
    assert_eq!(output.status.code(), Some(2));
    let mut run = command(&["draft", "-q", &inbox]);
    let mut run = run.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    drop(run.stdout.take());
    let output = run.wait_with_output().unwrap();
    assert_eq!((output.status.code(), said(&output).as_str()), (Some(0), ""));
}
