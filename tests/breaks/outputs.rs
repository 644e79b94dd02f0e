//! Files a run writes: nobody's file is lost to them, two runs never meet, and a run that is cut off
//! goes on where it was.
#![cfg(unix)]

use super::{amends, shown};
use std::fs::{create_dir_all, hard_link, metadata, read, read_to_string, set_permissions, write};
use std::io::{Read, Write};
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, Output, Stdio};
use std::time::{Duration, Instant};
use tempfile::TempDir;

const MESSAGE: &str = "{\"id\":\"email\",\"text\":\"My boots are late.\",\"issue\":\"late_delivery\"}\n";
const PRECIOUS: &str = "what somebody needs\n";

/// A folder with messages, a phrasebook in two files, templates, a Maildir and a precious file.
struct Desk(TempDir);

impl Desk {
    fn new() -> Self {
        let desk = Self(tempfile::tempdir().unwrap());
        write(desk.at("in.jsonl"), MESSAGE).unwrap();
        write(desk.at("precious"), PRECIOUS).unwrap();
        write(desk.at("book.yaml"), "version: 1\nextends: default\ninclude: [part.yaml]\n").unwrap();
        write(desk.at("part.yaml"), "company:\n  name: Ely Boots\n").unwrap();
        ["templates", "mails/new", "mails/cur"].iter().for_each(|dir| create_dir_all(desk.at(dir)).unwrap());
        write(desk.at("templates/email.txt"), "{{ greet }}\n\n{{ sorry }}\n").unwrap();
        write(desk.at("mails/new/1"), "From: a@x.example\nSubject: x\n\nMy boots are late.\n").unwrap();
        desk
    }

    fn at(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    /// Arguments, with what begins with `@` in this folder.
    fn args(&self, args: &str) -> Vec<String> {
        let of = |arg: &str| match arg.strip_prefix('@') {
            Some(name) => self.at(name).to_str().unwrap().to_owned(),
            None => arg.to_owned(),
        };
        args.split(' ').map(of).collect()
    }

    fn run(&self, args: &str) -> Output {
        let args = self.args(args);
        amends(&args.iter().map(String::as_str).collect::<Vec<_>>(), "")
    }

    /// A run that waits for its input.
    fn waiting(&self, args: &str) -> (Child, ChildStdin) {
        let mut child = Command::new(env!("CARGO_BIN_EXE_amends"))
            .args(self.args(args))
            .env("AMENDS_CACHE", "off")
            .env_remove("AMENDS_PHRASEBOOK")
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let stdin = child.stdin.take().unwrap();
        (child, stdin)
    }

    /// Everything there is: path, content.
    fn all(&self) -> Vec<(PathBuf, Vec<u8>)> {
        let mut all = Vec::new();
        let mut folders = vec![self.0.path().to_owned()];
        while let Some(folder) = folders.pop() {
            for entry in std::fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                let found = path.symlink_metadata().unwrap();
                if found.is_dir() {
                    folders.push(path);
                } else if found.is_file() {
                    all.push((path.clone(), read(path).unwrap()));
                } else {
                    all.push((path, Vec::new()));
                }
            }
        }
        all.sort();
        all
    }
}

fn pipe(at: &Path) {
    assert!(Command::new("mkfifo").arg(at).status().unwrap().success());
}

fn until(mut holds: impl FnMut() -> bool) {
    let began = Instant::now();
    while !holds() {
        assert!(began.elapsed() < Duration::from_secs(60), "it never came");
        std::thread::sleep(Duration::from_millis(5));
    }
}

#[test]
fn nothing_in_use_and_nothing_of_others_is_written_over() {
    type Lay = fn(&Desk);
    let nothing: Lay = |_| {};
    let cases: &[(&str, Lay, &str)] = &[
        // What is read.
        ("draft -o @in.jsonl @in.jsonl", nothing, "is also an input"),
        ("classify --output jsonl -o @in.jsonl @in.jsonl", nothing, "is also an input"),
        ("draft --order urgency -o @in.jsonl @in.jsonl", nothing, "is also an input"),
        ("eval -o @in.jsonl @in.jsonl", nothing, "is also an input"),
        ("explain -o @in.jsonl @in.jsonl", nothing, "is also an input"),
        (
            "classify -o @led.db @in.jsonl",
            |desk| write(desk.at("led.db"), b"SQLite format 3\0and promises").unwrap(),
            "it is a database, as a ledger is",
        ),
        ("draft -o @pipe @in.jsonl", |desk| pipe(&desk.at("pipe")), "is a named pipe"),
        ("draft @pipe", |desk| pipe(&desk.at("pipe")), "is a named pipe"),
        ("draft --phrasebook @pipe @in.jsonl", |desk| pipe(&desk.at("pipe")), "is a named pipe"),
        (
            "draft -o @link @in.jsonl",
            |desk| symlink(desk.at("in.jsonl"), desk.at("link")).unwrap(),
            "is also an input",
        ),
        (
            "draft -o @twin @in.jsonl",
            |desk| hard_link(desk.at("in.jsonl"), desk.at("twin")).unwrap(),
            "is also an input",
        ),
        (
            "draft -o @out @out.part",
            |desk| write(desk.at("out.part"), MESSAGE).unwrap(),
            "out.part is also an input",
        ),
        (
            "draft -o @out @out.resume",
            |desk| write(desk.at("out.resume"), MESSAGE).unwrap(),
            "out.resume is also an input",
        ),
        ("draft --phrasebook @book.yaml -o @book.yaml @in.jsonl", nothing, "is also the phrasebook in use"),
        ("draft --phrasebook @book.yaml -o @part.yaml @in.jsonl", nothing, "is also the phrasebook in use"),
        (
            "draft --phrasebook @out.part -o @out @in.jsonl",
            |desk| std::fs::rename(desk.at("book.yaml"), desk.at("out.part")).unwrap(),
            "out.part is also the phrasebook in use",
        ),
        (
            "draft --templates @templates -o @templates/email.txt @in.jsonl",
            nothing,
            "is also a template in use",
        ),
        ("draft --templates @templates --out @templates @in.jsonl", nothing, "is also a template in use"),
        ("draft -o @mails/new/1 @mails", nothing, "lies among the mails of an input"),
        ("draft -o @mails/cur/2 @mails", nothing, "lies among the mails of an input"),
        ("draft --out @mails/new @mails", nothing, "lies among the mails of an input"),
        // What lies in the way.
        (
            "draft -o @out @in.jsonl",
            |desk| symlink(desk.at("precious"), desk.at("out.part")).unwrap(),
            "out.part",
        ),
        (
            "draft -o @out @in.jsonl",
            |desk| symlink(desk.at("precious"), desk.at("out.resume")).unwrap(),
            "out.resume: it isn't an ordinary file",
        ),
        (
            "draft -o @out @in.jsonl",
            |desk| symlink(desk.at("nowhere"), desk.at("out.resume")).unwrap(),
            "out.resume: it isn't an ordinary file",
        ),
        (
            "draft -o @out @in.jsonl",
            |desk| hard_link(desk.at("precious"), desk.at("out.resume")).unwrap(),
            "out.resume: it isn't an ordinary file",
        ),
        (
            "draft -o @out @in.jsonl",
            |desk| write(desk.at("out.part"), PRECIOUS).unwrap(),
            "out.part is in the way",
        ),
        (
            "draft -o @out @in.jsonl",
            |desk| write(desk.at("out.resume"), PRECIOUS).unwrap(),
            "out.resume is in the way",
        ),
        (
            "draft --resume -o @out @in.jsonl",
            |desk| write(desk.at("out.resume"), PRECIOUS).unwrap(),
            "out.resume is in the way",
        ),
        (
            "draft --out @drafts @in.jsonl",
            |desk| {
                create_dir_all(desk.at("drafts")).unwrap();
                symlink(desk.at("precious"), desk.at("drafts/.resume")).unwrap();
            },
            ".resume: it isn't an ordinary file",
        ),
        (
            "draft -o @link @in.jsonl",
            |desk| symlink(desk.at("nowhere"), desk.at("link")).unwrap(),
            "it is a link to a file that isn't there",
        ),
        ("draft -o @templates @in.jsonl", nothing, "it is a folder"),
        (
            "draft -o @precious @in.jsonl",
            |desk| set_permissions(desk.at("precious"), PermissionsExt::from_mode(0o444)).unwrap(),
            "it is read-only",
        ),
    ];
    for (args, lay, said) in cases {
        let desk = Desk::new();
        lay(&desk);
        let before = desk.all();
        let output = desk.run(args);
        assert_eq!(output.status.code(), Some(2), "{args}: {output:?}");
        assert!(shown(&output).contains(said), "{args}: {} instead of {said}", shown(&output));
        assert!(desk.all() == before, "{args} has changed {:?}", desk.all());
    }
}

#[test]
fn the_file_behind_standard_input_is_not_written_over() {
    let desk = Desk::new();
    for args in ["draft -o @in.jsonl", "classify -o @in.jsonl -", "explain -o @in.jsonl"] {
        let stdin = std::fs::File::open(desk.at("in.jsonl")).unwrap();
        let output =
            Command::new(env!("CARGO_BIN_EXE_amends")).args(desk.args(args)).stdin(stdin).output().unwrap();
        assert!(shown(&output).contains("is also an input"), "{args}: {}", shown(&output));
        assert_eq!(read_to_string(desk.at("in.jsonl")).unwrap(), MESSAGE);
    }
}

#[test]
fn a_folder_of_drafts_keeps_what_others_made() {
    let desk = Desk::new();
    let args = "draft --out @drafts @in.jsonl";
    let draft = desk.at("drafts/email.txt");
    // The same batch again, on another day.
    assert!(desk.run(args).status.success());
    assert!(desk.run(&args.replace("draft ", "draft --today 2026-11-23 ")).status.success());
    let ours = read(&draft).unwrap();
    let refused = |args: &str, there: &[u8]| {
        let output = desk.run(args);
        assert_eq!(output.status.code(), Some(4), "{args}: {output:?}");
        assert!(shown(&output).contains("email.txt is in the way"), "{args}: {}", shown(&output));
        assert!(read(&draft).unwrap() == there, "{args}");
    };
    // Another batch with the same id: its other drafts are written.
    let other = "{\"id\":\"email\",\"text\":\"The lamp is broken.\"}\n{\"id\":\"b\",\"text\":\"The lamp is late.\"}\n";
    write(desk.at("other.jsonl"), other).unwrap();
    refused("draft --out @drafts @other.jsonl", &ours);
    assert!(desk.at("drafts/b.txt").exists());
    // The agent has gone over it.
    write(&draft, "mine now\n").unwrap();
    refused(args, b"mine now\n");
    std::fs::remove_file(&draft).unwrap();
    assert!(desk.run(args).status.success() && draft.exists());
}

#[test]
fn two_runs_never_write_one_output() {
    for (first, second) in [
        ("draft -o @out -", "draft -o @out @in.jsonl"),
        ("draft -o @out -", "draft --resume -o @out @in.jsonl"),
        ("draft -o @out -", "draft --order urgency -o @out @in.jsonl"),
        ("draft --order urgency -o @out -", "classify -o @out @in.jsonl"),
        ("classify -o @out -", "extract -o @out @in.jsonl"),
        ("draft --out @drafts -", "draft --out @drafts @in.jsonl"),
        ("draft --out @drafts -", "draft --resume --out @drafts/../drafts @in.jsonl"),
        ("draft -o @out -", "draft -o @link @in.jsonl"),
    ] {
        let desk = Desk::new();
        write(desk.at("out"), "old\n").unwrap();
        symlink(desk.at("out"), desk.at("link")).unwrap();
        let journal = desk.at(if first.contains("--out") { "drafts/.resume" } else { "out.resume" });
        let (run, mut stdin) = desk.waiting(first);
        until(|| metadata(&journal).is_ok_and(|found| found.len() > 0));
        let output = desk.run(second);
        assert_eq!(output.status.code(), Some(2), "{second}: {output:?}");
        let who = format!("another amends (process {}) is writing ", run.id());
        assert!(shown(&output).contains(&who), "{second}: {}", shown(&output));
        stdin.write_all(MESSAGE.as_bytes()).unwrap();
        drop(stdin);
        let output = run.wait_with_output().unwrap();
        assert!(output.status.success(), "{first}: {output:?}");
        assert!(!journal.exists());
        // Whoever comes after it is welcome.
        assert!(desk.run(&second.replace(" --resume", "")).status.success(), "{second}");
    }
}

#[test]
fn the_journal_is_for_its_owner_alone_and_holds_no_secret() {
    for (out, journal) in [("-o @out", "out.resume"), ("--out @drafts", "drafts/.resume")] {
        let desk = Desk::new();
        let (run, stdin) = desk.waiting(&format!("draft {out} --set name=Hunter2Secret --agent S3cret -"));
        until(|| metadata(desk.at(journal)).is_ok_and(|found| found.len() > 60));
        assert_eq!(metadata(desk.at(journal)).unwrap().permissions().mode() & 0o777, 0o600);
        let text = read_to_string(desk.at(journal)).unwrap();
        assert!(!text.contains("Hunter2") && !text.contains("S3cret"), "{text}");
        drop(stdin);
        assert!(!run.wait_with_output().unwrap().status.success());
    }
}

#[test]
fn what_is_replaced_keeps_its_mode() {
    for mode in [0o600, 0o640, 0o664] {
        for (args, file) in
            [("draft -o @out @in.jsonl", "out"), ("draft --out @drafts @in.jsonl", "drafts/email.txt")]
        {
            let desk = Desk::new();
            assert!(
                desk.run(&args.replace("draft ", "draft --today 2025-11-23 --output body ")).status.success()
            );
            let old = read(desk.at(file)).unwrap();
            set_permissions(desk.at(file), PermissionsExt::from_mode(mode)).unwrap();
            assert!(desk.run(args).status.success());
            assert!(read(desk.at(file)).unwrap() != old, "{args}");
            assert_eq!(metadata(desk.at(file)).unwrap().permissions().mode() & 0o777, mode, "{args}");
        }
    }
}

#[test]
fn a_run_cut_off_at_its_last_step_is_complete_when_resumed() {
    let desk = Desk::new();
    // One of them can't be read, which the end tells however often the run was cut off.
    let many = MESSAGE.repeat(3) + "{\n";
    write(desk.at("many.jsonl"), &many).unwrap();
    let args = "classify --output jsonl -o @out @many.jsonl";
    assert_eq!(desk.run(args).status.code(), Some(4));
    let whole = read(desk.at("out")).unwrap();
    std::fs::remove_file(desk.at("out")).unwrap();

    // All is written, but something stands where the file belongs.
    let pipe = "classify --output jsonl -o @out -";
    let (run, mut stdin) = desk.waiting(pipe);
    until(|| metadata(desk.at("out.resume")).is_ok_and(|found| found.len() > 60));
    std::fs::create_dir(desk.at("out")).unwrap();
    stdin.write_all(many.as_bytes()).unwrap();
    drop(stdin);
    let output = run.wait_with_output().unwrap();
    assert!(shown(&output).contains("it is a folder"), "{output:?}");
    let journal = read(desk.at("out.resume")).unwrap();
    std::fs::remove_dir(desk.at("out")).unwrap();

    let resume = || {
        let (run, mut stdin) = desk.waiting(&pipe.replace(" -o ", " --resume -o "));
        stdin.write_all(many.as_bytes()).unwrap();
        drop(stdin);
        run.wait_with_output().unwrap()
    };
    let output = resume();
    assert_eq!(output.status.code(), Some(4), "{output:?}");
    assert!(read(desk.at("out")).unwrap() == whole);
    assert!(!desk.at("out.part").exists() && !desk.at("out.resume").exists());

    // Killed between the file's new name and the end of the journal.
    write(desk.at("out.resume"), journal).unwrap();
    let output = resume();
    assert_eq!(output.status.code(), Some(4), "{output:?}");
    assert!(read(desk.at("out")).unwrap() == whole && !desk.at("out.resume").exists());
}

fn mail(dir: &Path, name: &str, n: usize) {
    let text = format!(
        "From: c{n}@x.example\nSubject: Late\nMessage-ID: <m{n}@x.example>\n\nMy boots ({n}) are late.\n"
    );
    write(dir.join(name), text).unwrap();
}

#[test]
fn what_is_no_mail_in_a_maildir_costs_nothing() {
    let desk = Desk::new();
    let new = desk.at("mails/new");
    mail(&new, "2", 2);
    create_dir_all(new.join("3-folder")).unwrap();
    assert!(Command::new("mkfifo").arg(new.join("4-pipe")).status().unwrap().success());
    symlink("/dev/zero", new.join("5-device")).unwrap();
    symlink("nowhere", new.join("6-nothing")).unwrap();
    std::fs::File::create(new.join("7-huge")).unwrap().set_len(3 << 30).unwrap();
    let letter = "From: a@x.example\nMessage-ID: <a@x>\nDate: Mon, 3 Nov 2025 10:00:00 +0000\n\nlate\n\n";
    write(new.join("8-mailbox"), format!("From a@x Mon Nov  3 10:00:00 2025\n{letter}").repeat(2)).unwrap();
    write(new.join("9-mails"), letter.repeat(2)).unwrap();
    write(new.join("a-one"), format!("From a@x Mon Nov  3 10:00:00 2025\n{letter}")).unwrap();
    let began = Instant::now();
    let output = desk.run("draft --output jsonl @mails");
    assert!(began.elapsed() < Duration::from_secs(20));
    assert_eq!(output.status.code(), Some(4), "{output:?}");
    let text = String::from_utf8(output.stdout).unwrap();
    let errors: Vec<&str> = text.lines().filter(|line| line.contains("\"error\":{")).collect();
    assert_eq!((text.lines().count(), errors.len()), (10, 7), "{errors:#?}");
    for (error, why) in errors.iter().zip([
        "it isn't a file",
        "it isn't a file",
        "it isn't a file",
        "no such file",
        "larger than 25 MiB",
        "several mails",
        "several mails",
    ]) {
        assert!(error.contains(why), "{error} instead of {why}");
    }
}

#[test]
fn a_maildir_is_gone_on_with_by_what_the_mails_say() {
    const MAILS: usize = 3000;
    for out in ["-o @out", "--out @drafts"] {
        let desk = Desk::new();
        let (new, cur) = (desk.at("mails/new"), desk.at("mails/cur"));
        std::fs::remove_file(new.join("1")).unwrap();
        (0..MAILS).for_each(|n| mail(&new, &format!("{n:05}"), n));
        let args = format!("draft --output jsonl --today 2026-11-23 {out} @mails");
        let (mut run, _) = desk.waiting(&args);
        let journal = desk.at(if out.contains("--out") { "drafts/.resume" } else { "out.resume" });
        until(|| read_to_string(&journal).is_ok_and(|text| text.contains("\n{\"records\":")));
        run.kill().unwrap();
        run.wait().unwrap();
        // Some are read meanwhile, and one comes in that sorts before them.
        (0..MAILS).step_by(3).for_each(|n| {
            std::fs::rename(new.join(format!("{n:05}")), cur.join(format!("{n:05}:2,S"))).unwrap();
        });
        mail(&new, "0", MAILS);
        let output = desk.run(&args.replacen("draft", "draft --resume", 1));
        assert!(output.status.success(), "{output:?}");
        let text = if out.contains("--out") {
            let drafts = std::fs::read_dir(desk.at("drafts")).unwrap();
            let drafts = drafts.map(|draft| draft.unwrap().path());
            let drafts = drafts.filter(|path| path.extension().is_some_and(|ending| ending == "json"));
            drafts.map(|path| read_to_string(path).unwrap()).collect()
        } else {
            read_to_string(desk.at("out")).unwrap()
        };
        let mut ids: Vec<&str> = text.lines().map(|line| line.split('"').nth(3).unwrap()).collect();
        ids.sort_unstable();
        assert_eq!(ids.len(), MAILS + 1, "{out}");
        ids.dedup();
        assert_eq!(ids.len(), MAILS + 1, "{out}");
    }
}

#[test]
fn a_link_stays_a_link_and_its_file_gets_the_drafts() {
    let desk = Desk::new();
    write(desk.at("real"), "old").unwrap();
    symlink(desk.at("real"), desk.at("link")).unwrap();
    assert!(desk.run("draft -o @link @in.jsonl").status.success());
    assert!(desk.at("link").symlink_metadata().unwrap().is_symlink());
    let mut text = String::new();
    std::fs::File::open(desk.at("real")).unwrap().read_to_string(&mut text).unwrap();
    assert!(text.contains("sorry"));
}
