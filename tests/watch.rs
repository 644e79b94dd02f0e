//! `amends watch`: a saved phrasebook is read again, and what changed in the draft is shown.

use std::io::{BufRead, BufReader, Read};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

/// The lines of a stream as they come.
fn lines(stream: impl Read + Send + 'static) -> Receiver<String> {
    let (sender, receiver) = channel();
    std::thread::spawn(move || {
        for line in BufReader::new(stream).lines().map_while(Result::ok) {
            if sender.send(line).is_err() {
                break;
            }
        }
    });
    receiver
}

/// Reads on until a line holds `text`.
fn await_line(lines: &Receiver<String>, text: &str) {
    loop {
        let line = lines.recv_timeout(Duration::from_secs(20));
        match line {
            Ok(line) if line.contains(text) => return,
            Ok(_) => {}
            Err(error) => panic!("no line with {text:?}: {error}"),
        }
    }
}

/// Ends the program with the test, however that ends.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

#[test]
fn a_save_shows_what_changed_and_a_slip_loses_nothing() {
    let dir = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("watch");
    std::fs::create_dir_all(&dir).unwrap();
    let book = dir.join("phrasebook.yaml");
    let save = |agent: &str| {
        let text = format!("version: 1\nextends: default\ncompany:\n  agent: {agent}\n");
        std::fs::write(&book, text).unwrap();
    };
    save("Ada");
    let mut child = Command::new(env!("CARGO_BIN_EXE_amends"))
        .args(["watch", "--today", "2026-11-23", "tests/letters/late-boots.eml", "--phrasebook"])
        .arg(&book)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let (out, err) = (lines(child.stdout.take().unwrap()), lines(child.stderr.take().unwrap()));
    let running = Running(child);
    await_line(&out, "Ada");
    save("Beatrix");
    await_line(&out, "- Ada");
    await_line(&out, "+ Beatrix");
    save("[Cy");
    await_line(&err, "never closed");
    save("Cyrus");
    await_line(&out, "+ Cyrus");
    drop(running);
}
