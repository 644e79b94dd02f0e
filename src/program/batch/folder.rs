//! A folder with one file per message. What is there is replaced only if it is the draft that we made of
//! the same message, and nobody has changed it since.

use crate::program::batch::sink::Piece;
use crate::program::files::in_use::InUse;
use crate::program::files::{self, Access, unwritten};
use crate::program::input::{reason, shown};
use amends_phrasebook::compiled::fingerprint;
use anyhow::anyhow;
use std::collections::{HashMap, HashSet};
use std::io::{Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use tempfile::TempPath;

/// The list of what we made, a seal on each line.
const LIST: &str = ".drafts";

pub struct Folder {
    dir: PathBuf,
    ending: &'static str,
    /// How often each name was requested.
    taken: HashMap<String, usize>,
    /// Names written since the last point.
    pub named: Vec<String>,
    /// Files whose data may not be on the disk yet, and where they belong.
    waiting: Vec<(TempPath, PathBuf)>,
    in_use: InUse,
    list: PathBuf,
    made: HashSet<u64>,
    /// Seals to be listed before their files get their names.
    sealed: Vec<u64>,
}

impl Folder {
    /// `names` are those that an interrupted run has written.
    pub fn open(dir: &Path, ending: &'static str, names: &[String]) -> anyhow::Result<Self> {
        files::sweep(dir);
        let list = dir.join(LIST);
        let mut text = String::new();
        if std::fs::symlink_metadata(&list).is_ok() {
            let read = files::open_own(&list, Access::Private)?.read_to_string(&mut text);
            read.map_err(|e| anyhow!("can't read {}: {}", shown(&list), reason(&e)))?;
        }
        let made = text.lines().filter_map(|seal| u64::from_str_radix(seal, 16).ok()).collect();
        let mut folder = Self {
            dir: dir.to_owned(),
            ending,
            taken: HashMap::new(),
            named: Vec::new(),
            waiting: Vec::new(),
            in_use: InUse::now(),
            list,
            made,
            sealed: Vec::new(),
        };
        names.iter().for_each(|name| drop(folder.free(name)));
        Ok(folder)
    }

    /// Makes the file of a message; why not, if another's is in the way.
    pub fn write(&mut self, piece: &Piece) -> anyhow::Result<Option<String>> {
        let name = file_name(&piece.name);
        let free = self.free(&name);
        self.named.push(name);
        let path = self.dir.join(format!("{free}.{}", self.ending));
        self.in_use.refuse(&path)?;
        if std::fs::symlink_metadata(&path).is_ok() && !self.is_ours(&free, piece.of, &path) {
            return Ok(Some(format!(
                "{} is in the way: it isn't the draft that amends made of this message, or has been changed \
                 since; move it, or write to another folder",
                shown(&path)
            )));
        }
        let seal = seal(&free, piece.of, &piece.bytes);
        if self.made.insert(seal) {
            self.sealed.push(seal);
        }
        let made = files::make_in(&self.dir, &piece.bytes);
        self.waiting.push((made.map_err(unwritten(&path))?, path));
        Ok(None)
    }

    fn is_ours(&self, name: &str, of: u64, path: &Path) -> bool {
        std::fs::symlink_metadata(path).is_ok_and(|found| found.is_file())
            && std::fs::read(path).is_ok_and(|draft| self.made.contains(&seal(name, of, &draft)))
    }

    /// Gives the files their names, once their data are on the disk.
    pub fn settle(&mut self) -> anyhow::Result<()> {
        files::sync_all(&self.waiting).map_err(unwritten(&self.dir))?;
        if !self.sealed.is_empty() {
            // Each begins a line, so that one that was cut off spoils no other.
            let seals: String = self.sealed.drain(..).map(|seal| format!("\n{seal:016x}")).collect();
            let mut list = files::open_own(&self.list, Access::Private)?;
            list.seek(SeekFrom::End(0))
                .and_then(|_| list.write_all(seals.as_bytes()))
                .map_err(unwritten(&self.list))?;
        }
        for (made, path) in self.waiting.drain(..) {
            files::take_after(&made, &path)?;
            made.persist(&path).map_err(|error| unwritten(&path)(error.error))?;
        }
        files::sync_folder(&self.dir.join(self.ending));
        Ok(())
    }

    /// This name, with a suffix if it is taken.
    fn free(&mut self, name: &str) -> String {
        // Windows and macOS treat "A" and "a" as one file.
        let times = self.taken.entry(name.to_lowercase()).or_default();
        *times += 1;
        if *times == 1 { name.to_owned() } else { format!("{name}~{times}") }
    }
}

/// Stands for a draft, the message it is of, and its name.
fn seal(name: &str, of: u64, draft: &[u8]) -> u64 {
    fingerprint(format!("{name} {of:x} {:x}", fingerprint(draft)).as_bytes())
}

/// A message's id as a portable file name that can't leave its directory.
fn file_name(id: &str) -> String {
    const LONGEST: usize = 80;
    let last = id.trim_matches(['<', '>']);
    let safe = |c: char| if c.is_ascii_alphanumeric() || "-_.@+".contains(c) { c } else { '_' };
    let name: String = last.chars().map(safe).take(LONGEST).collect();
    let name = name.trim_matches('.');
    if name.is_empty() { "message".into() } else { name.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_stays_in_its_directory() {
        for (id, name) in [
            ("../../etc/passwd", "_.._etc_passwd"),
            ("<a1@mail.example>", "a1@mail.example"),
            ("..", "message"),
            ("", "message"),
            ("tests/letters/card.eml", "tests_letters_card.eml"),
            ("a\0b\nc", "a_b_c"),
        ] {
            assert_eq!(file_name(id), name);
        }
        assert_eq!(file_name(&"x".repeat(500)).len(), 80);
    }
}
