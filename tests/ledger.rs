//! The ledger, as several processes and interrupted runs use it.
#![cfg(unix)]

mod common;

use common::until_noted;
use std::io::Write;
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
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

/// Every command that opens a ledger.
fn every_command(ledger: &str) -> Vec<Vec<&str>> {
    let mut commands = vec![vec!["draft", "-q", "--record", "tests/letters/meek.eml"]];
    commands.extend([vec!["due"], vec!["report"], vec!["done", "1"], vec!["withdraw", "m1"]]);
    commands.extend([vec!["find", "desk"], vec!["forget", "c1@mail.example"]]);
    commands.iter_mut().for_each(|command| command.extend(["--ledger", ledger]));
    commands
}

/// Every command fails, says this, and leaves the file as it is.
fn all_refuse(ledger: &str, why: &str, set_up: impl Fn(&mut Command)) {
    let before = std::fs::read(ledger).ok();
    for args in every_command(ledger) {
        let mut command = command(&args);
        set_up(&mut command);
        let output = command.output().unwrap();
        let told = String::from_utf8_lossy(&output.stderr);
        assert!(told.contains(why), "{args:?}: {told}");
        assert!(output.stdout.is_empty() || args[0] == "draft", "{args:?}");
        assert_eq!(output.status.code(), Some(2), "{args:?}");
        assert!(std::fs::read(ledger).ok() == before, "{args:?}");
    }
}

#[test]
fn a_ledger_that_cannot_be_used_says_why_and_stays_as_it_is() {
    let desk = Desk::new("ledger-refused");
    let whole = desk.path("whole.sqlite");
    amends(&draft(&whole, &desk.path("out"), &desk.inbox("inbox", 0..60)));
    let bytes = std::fs::read(&whole).unwrap();
    let spoilt = |name: &str, spoil: &dyn Fn(&mut Vec<u8>)| -> String {
        let path = desk.path(name);
        let mut bytes = bytes.clone();
        spoil(&mut bytes);
        std::fs::write(&path, bytes).unwrap();
        path
    };
    // The number of the version stands at the 60th byte of an SQLite file.
    let newer = spoilt("newer", &|bytes| bytes[60..64].copy_from_slice(&99_u32.to_be_bytes()));
    all_refuse(
        &newer,
        "made by a later version of amends (format 99; this one reads 2); use that version",
        |_| {},
    );
    let damaged = spoilt("damaged", &|bytes| bytes[100..].fill(0x5a));
    all_refuse(&damaged, "is damaged; move it away, and the next --record begins a new one", |_| {});
    let half = spoilt("half", &|bytes| bytes.truncate(bytes.len() / 2));
    all_refuse(&half, "is damaged", |_| {});
    let letter = spoilt("letter", &|bytes| *bytes = b"Dear all, this is a letter. ".repeat(40));
    all_refuse(&letter, "is not a ledger of amends", |_| {});

    // Root may write anything.
    let is_root = std::fs::metadata(&desk.dir).unwrap().uid() == 0;
    let as_nobody = |command: &mut Command| {
        if is_root {
            command.uid(65_534).gid(65_534);
        }
    };
    let mode = |path: &str, mode| std::fs::set_permissions(path, PermissionsExt::from_mode(mode)).unwrap();
    let closed = desk.path("closed");
    std::fs::create_dir(&closed).unwrap();
    let ledger = closed.clone() + "/l.sqlite";
    std::fs::copy(&whole, &ledger).unwrap();
    mode(&ledger, 0o444);
    mode(&closed, 0o555);
    all_refuse(&ledger, "can't be written; make it and its folder writable", as_nobody);
    mode(&closed, 0);
    let mut unseen = command(&["due", "--ledger", &ledger]);
    as_nobody(&mut unseen);
    let told = String::from_utf8(unseen.output().unwrap().stderr).unwrap();
    assert!(told.contains("whoever uses it must be able to read and write it and its folder"), "{told}");
    mode(&closed, 0o755);
}

#[test]
fn a_mail_of_a_mailbox_is_answered_from_the_ledger_alone() {
    let desk = Desk::new("ledger-mailbox");
    let (ledger, inbox) = (desk.path("l.sqlite"), desk.path("inbox.mbox"));
    std::fs::copy("tests/letters/inbox.mbox", &inbox).unwrap();
    let out = desk.path("out");
    let mut args = draft(&ledger, &out, &inbox);
    args.push("--keep-text");
    amends(&args);
    std::fs::remove_file(&inbox).unwrap();
    let due = printed(&["due", "--ledger", &ledger, "--today", "2026-11-25"]);
    assert!(due.contains("     3  2026-11-25  today  ") && due.contains("[kettle-3@mail.example]"), "{due}");
    let done =
        ["done", "3", "--ledger", &ledger, "--today", "2026-11-25", "--set", "done=I've sent you a new one."];
    assert!(printed(&done).ends_with("next: amends done 3 --output eml\n"));
    // However often it is asked for.
    for _ in 0..2 {
        let next = ["done", "3", "--ledger", &ledger, "--today", "2026-11-25", "--output", "eml"];
        let mail = printed(&next);
        for part in
            ["To: \"Tom\" <tom@mail.example>", "In-Reply-To: <kettle-3@mail.example>", "sent you a new one"]
        {
            assert!(mail.contains(part), "no {part} in {mail}");
        }
        let found = printed(&["find", "id:kettle-3@mail.example", "--ledger", &ledger, "--output", "jsonl"]);
        assert_eq!(found.matches("\"stage\":").count(), 2, "{found}");
    }
}

#[test]
fn an_empty_ledger_and_none_at_all_are_told_apart() {
    let desk = Desk::new("ledger-empty");
    let (none, empty) = (desk.path("none.sqlite"), desk.path("empty.sqlite"));
    for args in every_command(&none).iter().skip(1) {
        let output = command(args).output().unwrap();
        let told = String::from_utf8_lossy(&output.stderr);
        assert!(told.contains("there is no ledger at") && told.contains("`amends draft --record`"), "{told}");
        assert_eq!(output.status.code(), Some(2), "{args:?}");
    }
    assert!(!Path::new(&none).exists());
    // Nobody answers a machine.
    amends(&["draft", "-q", "--record", "--ledger", &empty, "tests/letters/away.eml"]);
    for (args, says) in every_command(&empty).iter().skip(1).zip([
        "no promise is open",
        "messages      0 (0 in as many days before)",
        "there is no promise 1; `amends due` lists",
        "there is no message \"m1\"",
        "nothing found",
        "nothing is kept about c1@mail.example",
    ]) {
        let Output { stdout, stderr, .. } = command(args).output().unwrap();
        let told = String::from_utf8([stdout, stderr].concat()).unwrap();
        assert!(told.contains(says), "{args:?}: {told}");
    }
}

/// What docs/ledger.md tells to paste into bash, with a `mail` and a `crontab` that only note what they
/// are given.
#[test]
fn the_weekly_recipe_works_as_pasted() {
    let desk = Desk::new("ledger-weekly");
    let page = std::fs::read_to_string("docs/ledger.md").unwrap();
    let block = page.split("```bash\n").nth(1).unwrap().split("```").next().unwrap();
    std::fs::create_dir(desk.path("fakes")).unwrap();
    for (name, script) in [
        ("mail", "printf '%s|' \"$@\" >> ~/mails; cat >> ~/mails"),
        ("crontab", "if [ \"$1\" = -l ]; then cat ~/crontab; else cat > ~/new; mv ~/new ~/crontab; fi"),
    ] {
        let path = desk.path(&format!("fakes/{name}"));
        std::fs::write(&path, format!("#!/bin/sh\n{script}\n")).unwrap();
        std::fs::set_permissions(&path, PermissionsExt::from_mode(0o755)).unwrap();
    }
    let ledger = desk.path("l.sqlite");
    let inbox = desk.inbox("inbox", 0..9);
    amends(&[
        "draft",
        "-q",
        "--record",
        "--ledger",
        &ledger,
        "--output",
        "jsonl",
        "-o",
        &desk.path("out"),
        &inbox,
    ]);
    let amends = Path::new(env!("CARGO_BIN_EXE_amends")).parent().unwrap().display().to_string();
    let path = format!("{}:{amends}:{}", desk.path("fakes"), std::env::var("PATH").unwrap());
    std::fs::write(desk.path("crontab"), "@daily backup\n").unwrap();
    let output = Command::new("bash")
        // Twice, as a reader who has changed the address would.
        .args(["-c", &block.repeat(2)])
        .env("HOME", &desk.dir)
        .env("XDG_CONFIG_HOME", "/nonexistent")
        .env("AMENDS_LEDGER", &ledger)
        .env("PATH", path)
        .output()
        .unwrap();
    assert!(output.status.success() && output.stderr.is_empty(), "{output:?}");
    let mails = std::fs::read_to_string(desk.path("mails")).unwrap();
    for part in
        ["-s|Promises due by 20", "|care@shop.example|", "  write to them  [m0]", "What went wrong", "█"]
    {
        assert!(mails.contains(part), "no {part} in {mails}");
    }
    assert!(std::fs::read_to_string(desk.path("complaints.html")).unwrap().contains("What went wrong"));
    let crontab = std::fs::read_to_string(desk.path("crontab")).unwrap();
    assert_eq!(crontab, "@daily backup\n0 7 * * 1 bash -lc ~/bin/ledger-weekly\n");
}
