//! Files a run reads and must not write over: inputs, phrasebook, templates, ledger.

use super::folder;
use crate::program::input::shown;
use anyhow::bail;
use std::collections::HashMap;
use std::fs::{File, Metadata};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

static FILES: Mutex<Vec<(PathBuf, &'static str)>> = Mutex::new(Vec::new());

/// Remembers a file or folder that is read, and as what.
pub fn note(path: &Path, what: &'static str) {
    FILES.lock().unwrap_or_else(PoisonError::into_inner).push((path.to_owned(), what));
}

/// Tells a file from any other, whatever it is called.
#[cfg(unix)]
pub fn id(found: &Metadata) -> (u64, u64) {
    use std::os::unix::fs::MetadataExt;
    (found.dev(), found.ino())
}

/// The same, roughly: where files have no number, by when they were made and how long they are.
#[cfg(not(unix))]
pub fn id(found: &Metadata) -> (u64, u64) {
    let made = found.created().ok().and_then(|at| at.duration_since(std::time::UNIX_EPOCH).ok());
    (made.map_or(0, |made| made.as_nanos() as u64), found.len())
}

/// A file or folder as it lies there; of `-`, the file that standard input comes from.
fn found(path: &Path) -> io::Result<Metadata> {
    if path.as_os_str() != "-" {
        return std::fs::metadata(path);
    }
    #[cfg(unix)]
    let stdin = std::os::fd::AsFd::as_fd(&io::stdin()).try_clone_to_owned()?;
    #[cfg(windows)]
    let stdin = std::os::windows::io::AsHandle::as_handle(&io::stdin()).try_clone_to_owned()?;
    File::from(stdin).metadata()
}

/// All that is in use at one time.
#[derive(Debug, Default)]
pub struct InUse {
    files: HashMap<(u64, u64), &'static str>,
    /// Folders whose files are read.
    folders: Vec<PathBuf>,
}

impl InUse {
    pub fn now() -> Self {
        let mut all = Self::default();
        for (path, what) in FILES.lock().unwrap_or_else(PoisonError::into_inner).iter() {
            match found(path) {
                Ok(found) if found.is_dir() => all.folders.extend(path.canonicalize()),
                Ok(found) if found.is_file() => drop(all.files.insert(id(&found), what)),
                _ => {}
            }
        }
        all
    }

    /// Refuses to write what is read.
    pub fn refuse(&self, path: &Path) -> anyhow::Result<()> {
        if let Some(what) = std::fs::metadata(path).ok().and_then(|found| self.files.get(&id(&found))) {
            bail!("{} is also {what}; write to another file", shown(path));
        }
        let folder = folder(path);
        let is_mail = |read: &PathBuf| {
            ["new", "cur", "tmp"].iter().any(|of| folder.canonicalize().is_ok_and(|at| at == read.join(of)))
        };
        if !self.folders.is_empty() && self.folders.iter().any(is_mail) {
            bail!("{} lies among the mails of an input; write to another folder", shown(path));
        }
        Ok(())
    }
}
