//! A phrasebook or template that would never end, or hold more than a machine has, is refused at once.
#![cfg(unix)]

use super::{amends, repeated, shown};
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

/// A second on a machine that has nothing else to do, in a program that isn't optimized.
const SOON: Duration = Duration::from_secs(20);

/// Name, what is said, content.
fn cases(file: &str) -> Vec<(String, String, String)> {
    let text =
        std::fs::read_to_string(format!("{}/tests/breaks/{file}", env!("CARGO_MANIFEST_DIR"))).unwrap();
    let cases = text.split("\n== ").skip(1).map(|case| {
        let (head, body) = case.split_once('\n').unwrap_or((case, ""));
        let (name, said) = head.split_once(" | ").unwrap();
        (name.to_owned(), said.trim().to_owned(), body.to_owned())
    });
    cases.collect()
}

fn make_pipe(path: &Path) {
    assert!(Command::new("mkfifo").arg(path).status().unwrap().success());
}

/// What is wrong with how it went, if anything.
fn tried(flag: &str, path: &Path, said: &str) -> Option<String> {
    let began = Instant::now();
    let output = amends(&["draft", flag, path.to_str().unwrap()], "My boots are late.");
    let (took, text) = (began.elapsed(), shown(&output));
    let right = took < SOON && output.status.code() == Some(2) && text.contains(said);
    let text: String = text.chars().take(600).collect();
    (!right).then(|| format!("{} ({took:?}) instead of `{said}`: {text}\n", path.display()))
}

#[test]
fn no_phrasebook_goes_on_for_ever() {
    let cases = cases("phrasebooks.txt");
    assert!(cases.len() >= 20);
    let dir = tempfile::tempdir().unwrap();
    make_pipe(&dir.path().join("pipe"));
    for (name, _, body) in &cases {
        std::fs::write(dir.path().join(name), repeated(body)).unwrap();
    }
    let wrong: String = cases
        .iter()
        .filter_map(|(name, said, _)| tried("--phrasebook", &dir.path().join(name), said))
        .collect();
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn no_template_goes_on_for_ever() {
    let cases = cases("templates.txt");
    assert!(cases.len() >= 10);
    let dir = tempfile::tempdir().unwrap();
    let mut wrong = String::new();
    for (name, said, body) in &cases {
        let folder = dir.path().join(name);
        std::fs::create_dir(&folder).unwrap();
        let file = folder.join("email.txt");
        match name.as_str() {
            "pipe" => make_pipe(&file),
            "zero" => std::os::unix::fs::symlink("/dev/zero", &file).unwrap(),
            _ => std::fs::write(&file, repeated(body)).unwrap(),
        }
        wrong.extend(tried("--templates", &folder, said));
    }
    assert!(wrong.is_empty(), "{wrong}");
}
