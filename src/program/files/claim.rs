//! Who writes an output: one run at a time. The journal beside the output is locked while a run goes
//! on, and its first line says which.

use super::{Access, is_at, open_own};
use crate::program::input::shown;
use anyhow::{Context, bail};
use std::fs::{File, TryLockError};
use std::io::{ErrorKind, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

/// How a journal begins, and every line that says who goes on with it.
const MARK: &str = "{\"amends\":1,\"process\":";

/// A journal that is ours until this is dropped.
#[derive(Debug)]
pub struct Claim {
    path: PathBuf,
    file: File,
    /// What an interrupted run left in it.
    pub left: String,
    /// What is written meanwhile, and the journal, stay when the claim ends.
    pub keep: bool,
    pub part: Option<PathBuf>,
}

impl Claim {
    /// Claims the output that `journal` lies beside.
    pub fn take(journal: &Path, output: &Path) -> anyhow::Result<Self> {
        // Again if a run that was just ending has removed it.
        for _ in 0..1000 {
            let mut file = open_own(journal, Access::Private)?;
            match file.try_lock() {
                Err(TryLockError::WouldBlock) => {
                    let who = process(&read(&mut file).unwrap_or_default());
                    let who = who.map_or_else(String::new, |id| format!(" (process {id})"));
                    bail!(
                        "another amends{who} is writing {}; wait until it is done, or write elsewhere",
                        shown(output)
                    );
                }
                // Some network file systems have no locks.
                Err(TryLockError::Error(error)) if error.kind() != ErrorKind::Unsupported => {
                    return Err(error).with_context(|| format!("can't lock {}", shown(journal)));
                }
                _ => {}
            }
            if !is_at(&file, journal) {
                continue;
            }
            let left = read(&mut file).with_context(|| format!("can't read {}", shown(journal)))?;
            if !(left.starts_with(MARK) || MARK.starts_with(&*left)) {
                bail!(
                    "{} is in the way: no interrupted run left it; move it, or write elsewhere",
                    shown(journal)
                );
            }
            return Ok(Self { path: journal.to_owned(), file, left, keep: false, part: None });
        }
        bail!("can't lock {}: other runs keep making and removing it", shown(journal))
    }

    /// Whether a run that was cut off has left it.
    pub fn is_inherited(&self) -> bool {
        !self.left.is_empty()
    }

    /// Begins the journal anew.
    pub fn clear(&mut self) -> anyhow::Result<()> {
        self.cut(0)?;
        self.sign()
    }

    /// Drops what comes after so many bytes: a line that was cut off.
    pub fn cut(&mut self, bytes: usize) -> anyhow::Result<()> {
        self.file
            .set_len(bytes as u64)
            .and_then(|()| self.file.seek(SeekFrom::End(0)))
            .map(|_| ())
            .with_context(|| format!("can't write {}", shown(&self.path)))
    }

    /// Says who goes on.
    pub fn sign(&mut self) -> anyhow::Result<()> {
        self.add(&format!("{MARK}{}}}", std::process::id()))
    }

    /// Adds a line.
    pub fn add(&mut self, line: &str) -> anyhow::Result<()> {
        self.file
            .write_all(format!("{line}\n").as_bytes())
            .with_context(|| format!("can't write {}", shown(&self.path)))
    }

    /// The run is complete.
    pub fn end(&mut self) -> anyhow::Result<()> {
        self.keep = true;
        match std::fs::remove_file(&self.path) {
            Err(error) if error.kind() != ErrorKind::NotFound => {
                Err(error).with_context(|| format!("can't remove {}", shown(&self.path)))
            }
            _ => Ok(()),
        }
    }
}

impl Drop for Claim {
    /// A run that has come to nothing leaves nothing.
    fn drop(&mut self) {
        if !self.keep && !self.is_inherited() {
            // The journal last: it says whose the other is.
            for path in self.part.iter().chain([&self.path]) {
                let _ = std::fs::remove_file(path);
            }
        }
    }
}

/// Whether a line only says who goes on.
pub fn is_signature(line: &str) -> bool {
    line.starts_with(MARK)
}

fn read(file: &mut File) -> std::io::Result<String> {
    let mut bytes = Vec::new();
    file.seek(SeekFrom::Start(0))?;
    file.read_to_end(&mut bytes)?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

/// The last process that has signed.
fn process(text: &str) -> Option<u32> {
    let line = text.lines().rfind(|line| is_signature(line))?;
    line[MARK.len()..].trim_end_matches('}').parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_second_is_told_who_was_first() {
        let dir = tempfile::tempdir().unwrap();
        let (journal, out) = (dir.path().join("out.resume"), dir.path().join("out"));
        let mut first = Claim::take(&journal, &out).unwrap();
        first.clear().unwrap();
        let error = Claim::take(&journal, &out).unwrap_err().to_string();
        assert!(error.contains(&format!("another amends (process {})", std::process::id())), "{error}");
        drop(first);
        assert!(!journal.exists());
        Claim::take(&journal, &out).unwrap().keep = true;
        assert!(journal.exists());
    }

    #[test]
    fn what_is_no_journal_is_left_alone() {
        let dir = tempfile::tempdir().unwrap();
        let journal = dir.path().join("out.resume");
        std::fs::write(&journal, "my own notes\n").unwrap();
        let error = Claim::take(&journal, &dir.path().join("out")).unwrap_err().to_string();
        assert!(error.contains("is in the way"), "{error}");
        assert_eq!(std::fs::read_to_string(&journal).unwrap(), "my own notes\n");
    }
}
