//! The ledger, as several processes and interrupted runs use it.
#![cfg(unix)]

mod common;

use common::until_noted;
use std::io::Write;
use std::path::PathBuf;
use std::process::{Child, Command, Output, Stdio};

fn command(args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_amends"));
    command
        .args(args)
        .env("XDG_CONFIG_HOME", "/nonexistent")
        .env_remove("AMENDS_LEDGER")
        .stdin(Stdio::null());
    command
}

fn amends(args: &[&str]) -> Output {
    let output = command(args).output().unwrap();
    assert!(output.status.success(), "{output:?}");
    output
}

/// What a command prints.
fn printed(args: &[&str]) -> String {
    String::from_utf8(amends(args).stdout).unwrap()
}

struct Desk {
    dir: PathBuf,
}

impl Desk {
    fn new(name: &str) -> Self {
        let dir = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
        let _ = std::fs::remove_dir_all(&dir);
        std::fs::create_dir_all(&dir).unwrap();
        Self { dir }
    }

    fn path(&self, name: &str) -> String {
        self.dir.join(name).to_str().unwrap().to_owned()
    }

    /// Messages from every seventh customer in turn, so that each writes often.
    fn inbox(&self, name: &str, messages: std::ops::Range<usize>) -> String {
        let path = self.path(name);
        let mut file = std::fs::File::create(&path).unwrap();
        for n in messages {
            let text = ["The desk still hasn't arrived.", "My kettle came with a cracked lid."][n % 2];
            writeln!(file, r#"{{"id":"m{n}","from":"c{}@mail.example","text":"{text} ({n})"}}"#, n % 7)
                .unwrap();
        }
        path
    }

    /// How many records and promises there are.
    fn counts(&self, ledger: &str) -> (usize, usize) {
        let all = printed(&["find", "kind:complaint", "--ledger", ledger, "--output", "jsonl"]);
        (all.lines().count(), all.matches("\"promise\":").count())
    }
}

fn draft<'a>(ledger: &'a str, out: &'a str, inbox: &'a str) -> Vec<&'a str> {
    vec![
        "draft",
        "-q",
        "--record",
        "--ledger",
        ledger,
        "--today",
        "2026-11-23",
        "--output",
        "jsonl",
        "-o",
        out,
        inbox,
    ]
}

#[test]
fn a_run_cut_off_records_each_message_once() {
    let desk = Desk::new("ledger-cut-off");
    // What the customers wrote before is known to all of the run, and to no less of it when resumed.
    let (earlier, inbox) = (desk.inbox("earlier", 0..40), desk.inbox("inbox", 40..4040));
    let [whole, cut] = ["whole", "cut"].map(|name| desk.path(&format!("{name}.sqlite")));
    let [whole_out, cut_out] = ["whole.jsonl", "cut.jsonl"].map(|name| desk.path(name));
    for ledger in [&whole, &cut] {
        amends(&draft(ledger, &desk.path("earlier.jsonl"), &earlier));
    }
    amends(&draft(&whole, &whole_out, &inbox));
    let mut run = command(&draft(&cut, &cut_out, &inbox)).spawn().unwrap();
    assert!(until_noted(&mut run, &desk.dir.join("cut.jsonl.resume")), "it ended before it could be cut off");
    run.kill().unwrap();
    run.wait().unwrap();
    let (some, _) = desk.counts(&cut);
    assert!(some < 4040, "all was recorded before it was cut off");
    let mut resumed = draft(&cut, &cut_out, &inbox);
    resumed.push("--resume");
    amends(&resumed);
    assert_eq!(desk.counts(&cut), desk.counts(&whole));
    assert_eq!(desk.counts(&cut).0, 4040);
    assert!(std::fs::read(&cut_out).unwrap() == std::fs::read(&whole_out).unwrap());
}

#[test]
fn two_runs_at_once_record_all() {
    let desk = Desk::new("ledger-two");
    let ledger = desk.path("l.sqlite");
    let runs: Vec<Child> = (0..2)
        .map(|n| {
            // Half of the messages are in both.
            let inbox = desk.inbox(&format!("inbox{n}"), 300 * n..300 * n + 600);
            command(&draft(&ledger, &desk.path(&format!("out{n}")), &inbox)).spawn().unwrap()
        })
        .collect();
    for mut run in runs {
        assert!(run.wait().unwrap().success());
    }
    assert_eq!(desk.counts(&ledger).0, 900);
}

#[test]
fn the_same_drafts_come_from_any_number_of_jobs() {
    let desk = Desk::new("ledger-jobs");
    let (earlier, inbox) = (desk.inbox("earlier", 0..20), desk.inbox("inbox", 20..520));
    let outs: Vec<Vec<u8>> = ["1", "4"]
        .map(|jobs| {
            let (ledger, out) = (desk.path(&format!("{jobs}.sqlite")), desk.path(&format!("{jobs}.jsonl")));
            amends(&draft(&ledger, &desk.path("earlier.jsonl"), &earlier));
            let mut args = draft(&ledger, &out, &inbox);
            args.extend(["--jobs", jobs]);
            amends(&args);
            std::fs::read(out).unwrap()
        })
        .into();
    assert!(outs[0] == outs[1]);
    let text = String::from_utf8(outs[0].clone()).unwrap();
    assert!(text.contains("wrote three times before"), "nobody is known from before");
}

#[test]
fn the_page_needs_nothing_else_and_shows_every_figure() {
    let desk = Desk::new("ledger-page");
    let (ledger, page) = (desk.path("l.sqlite"), desk.path("page.html"));
    amends(&draft(&ledger, &desk.path("out"), &desk.inbox("inbox", 0..60)));
    let args = ["report", "--ledger", &ledger, "--today", "2026-11-23", "--output", "html", "-o", &page];
    amends(&args);
    let page = std::fs::read_to_string(page).unwrap();
    for part in
        ["prefers-color-scheme: dark", "@media print", "aria-label=\"What went wrong\"", "<b>60</b> messages"]
    {
        assert!(page.contains(part), "no {part}");
    }
    let outside = page.replace("http://www.w3.org/2000/svg", "");
    for part in ["http", "<script", "src=", "@import", "url("] {
        assert!(!outside.contains(part), "{part} needs something else");
    }
}
