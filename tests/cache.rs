//! Compiled phrasebooks in the user's cache: noticed when they are stale, never needed.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

const OWN: &str =
    "extends: default\ncompany: {name: Weaver & Sons, agent: Ann, email: care@weaver.example}\n";

fn draft(dir: &Path, cache: &str) -> Output {
    Command::new(env!("CARGO_BIN_EXE_amends"))
        .args(["draft", "--phrasebook", "book.yaml", "--today", "2026-11-23", "mail.txt"])
        .current_dir(dir)
        .env("AMENDS_CACHE", cache)
        .output()
        .unwrap()
}

fn text(output: &Output) -> String {
    assert!(output.status.success(), "{output:?}");
    String::from_utf8_lossy(&output.stdout).into_owned()
}

/// A folder with a phrasebook, a message and a place for the cache.
fn folder() -> (tempfile::TempDir, String) {
    let dir = tempfile::tempdir().unwrap();
    fs::write(dir.path().join("book.yaml"), OWN).unwrap();
    fs::write(dir.path().join("mail.txt"), "My parcel is late.").unwrap();
    let cache = dir.path().join("cache").to_str().unwrap().to_owned();
    (dir, cache)
}

fn cached(cache: &str) -> Vec<std::path::PathBuf> {
    fs::read_dir(cache).unwrap().map(|entry| entry.unwrap().path()).collect()
}

#[test]
fn a_cached_phrasebook_drafts_the_same_and_a_change_is_noticed() {
    let (dir, cache) = folder();
    let first = text(&draft(dir.path(), &cache));
    assert_eq!(cached(&cache).len(), 1);
    assert_eq!(text(&draft(dir.path(), &cache)), first);
    assert!(first.contains("Weaver"), "{first}");
    fs::write(dir.path().join("book.yaml"), OWN.replace("Weaver & Sons", "Loom")).unwrap();
    let changed = text(&draft(dir.path(), &cache));
    assert!(changed.contains("Loom") && !changed.contains("Weaver"), "{changed}");
}

#[test]
fn an_included_file_that_changes_is_noticed() {
    let (dir, cache) = folder();
    fs::write(dir.path().join("book.yaml"), "extends: default\ninclude: [company.yaml]\n").unwrap();
    let company = |name: &str| format!("company: {{name: {name}, agent: Ann, email: care@weaver.example}}\n");
    fs::write(dir.path().join("company.yaml"), company("Weaver")).unwrap();
    assert!(text(&draft(dir.path(), &cache)).contains("Weaver"));
    fs::write(dir.path().join("company.yaml"), company("Loom")).unwrap();
    assert!(text(&draft(dir.path(), &cache)).contains("Loom"));
}

#[test]
fn a_damaged_cache_is_made_anew() {
    let (dir, cache) = folder();
    let first = text(&draft(dir.path(), &cache));
    let file = cached(&cache).remove(0);
    let whole = fs::read(&file).unwrap();
    let mut flipped = whole.clone();
    flipped[whole.len() / 2] ^= 1;
    for damaged in [&whole[..whole.len() / 3], &flipped, b"", b"not ours at all"] {
        fs::write(&file, damaged).unwrap();
        assert_eq!(text(&draft(dir.path(), &cache)), first);
        assert_eq!(fs::read(&file).unwrap(), whole, "it was not made anew");
    }
}

#[test]
fn without_a_cache_it_works_as_well() {
    let (dir, cache) = folder();
    let first = text(&draft(dir.path(), "off"));
    assert!(!Path::new(&cache).exists());
    // A file where the folder should be can't be written into.
    fs::write(&cache, "").unwrap();
    assert_eq!(text(&draft(dir.path(), &cache)), first);
}

#[test]
fn first_runs_side_by_side_are_safe() {
    let (dir, cache) = folder();
    let first = text(&draft(dir.path(), "off"));
    let all: Vec<String> = std::thread::scope(|scope| {
        let runs: Vec<_> = (0..8).map(|_| scope.spawn(|| text(&draft(dir.path(), &cache)))).collect();
        runs.into_iter().map(|run| run.join().unwrap()).collect()
    });
    assert!(all.iter().all(|draft| *draft == first));
    assert_eq!(cached(&cache).len(), 1);
}
