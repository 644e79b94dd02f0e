//! Files a run writes: never through a link somebody laid, never over a file in use, never half.

pub mod claim;
pub mod in_use;

use crate::program::input::{reason, shown};
use anyhow::{Context, anyhow, bail};
use std::fs::{File, Metadata, OpenOptions};
use std::io::{self, ErrorKind, Read, Write};
use std::path::{Path, PathBuf};
use tempfile::{Builder, TempPath};

/// What `path` stands for: a link's target, so that the link stays and the file behind it is replaced.
pub fn target(path: &Path) -> anyhow::Result<PathBuf> {
    match std::fs::symlink_metadata(path) {
        Ok(found) if found.is_symlink() => path
            .canonicalize()
            .with_context(|| format!("can't write {}: it is a link to a file that isn't there", shown(path))),
        _ => Ok(path.to_owned()),
    }
}

/// The name of a file beside `path`.
pub fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(ending);
    name.into()
}

/// The folder a path lies in.
pub fn folder(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// "can't write out: no such file"
pub fn unwritten(path: &Path) -> impl Fn(io::Error) -> anyhow::Error {
    move |error| anyhow!("can't write {}: {}", shown(path), reason(&error))
}

/// Who may read a new file: whoever the umask lets, or its owner alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    Shared,
    Private,
}

/// Opens a file of our own, made if need be, and changes nothing in it. What lies there as a link, a
/// pipe, a folder or under a second name is nobody's to write through.
pub fn open_own(path: &Path, access: Access) -> anyhow::Result<File> {
    let mut options = OpenOptions::new();
    options.read(true).write(true);
    #[cfg(unix)]
    if access == Access::Private {
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    }
    match options.clone().create_new(true).open(path) {
        // A new file is opened through no link.
        Ok(file) => return Ok(file),
        Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
        Err(error) => return Err(unwritten(path)(error)),
    }
    let refuse =
        || format!("can't write {}: it isn't an ordinary file; remove it, or write elsewhere", shown(path));
    // Looked at before, as opening a pipe waits for whoever is at its other end.
    let found = std::fs::symlink_metadata(path).map_err(unwritten(path))?;
    anyhow::ensure!(is_plain(&found), refuse());
    let file = options.open(path).map_err(unwritten(path))?;
    anyhow::ensure!(is_at(&file, path), refuse());
    Ok(file)
}

/// A regular file with one name.
fn is_plain(found: &Metadata) -> bool {
    #[cfg(unix)]
    let names = std::os::unix::fs::MetadataExt::nlink(found);
    #[cfg(not(unix))]
    let names = 1;
    found.is_file() && names == 1
}

/// Whether an opened file is the one that lies at `path` itself.
pub fn is_at(file: &File, path: &Path) -> bool {
    let (Ok(ours), Ok(there)) = (file.metadata(), std::fs::symlink_metadata(path)) else { return false };
    is_plain(&ours) && is_plain(&there) && in_use::id(&ours) == in_use::id(&there)
}

/// Makes the names in a folder last. Not every file system can.
pub fn sync_folder(of: &Path) {
    if let Ok(folder) = File::open(folder(of)) {
        let _ = folder.sync_all();
    }
}

/// Gives a file the mode and owner of the one it is to replace.
pub fn take_after(new: &Path, old: &Path) -> anyhow::Result<()> {
    let Ok(found) = std::fs::metadata(old) else { return Ok(()) };
    if found.is_dir() {
        bail!("can't write {}: it is a folder", shown(old));
    }
    if found.permissions().readonly() {
        bail!("can't write {}: it is read-only", shown(old));
    }
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt;
        // Only root can give files away.
        let _ = std::os::unix::fs::chown(new, Some(found.uid()), Some(found.gid()));
    }
    std::fs::set_permissions(new, found.permissions())
        .with_context(|| format!("can't set the mode of {}", shown(new)))
}

/// Refuses early what could not be written at the end.
pub fn check_writable(path: &Path) -> anyhow::Result<()> {
    let folder = folder(path);
    if !folder.is_dir() {
        bail!(
            "can't write {}: there is no folder {}; make it, or write elsewhere",
            shown(path),
            shown(folder)
        );
    }
    match std::fs::metadata(path) {
        Ok(found) if found.is_dir() => bail!("can't write {}: it is a folder", shown(path)),
        Ok(found) if found.is_file() && found.permissions().readonly() => {
            bail!("can't write {}: it is read-only", shown(path))
        }
        Ok(found) if found.is_file() && is_database(path) => {
            bail!("can't write {}: it is a database, as a ledger is; write to another file", shown(path))
        }
        _ => Ok(()),
    }
}

fn is_database(path: &Path) -> bool {
    let mut head = [0; 16];
    let read = File::open(path).and_then(|mut file| file.read_exact(&mut head));
    read.is_ok() && &head == b"SQLite format 3\0"
}

/// Refuses a named pipe, which would keep a run waiting for its other end. What a shell lays under
/// `/dev/fd` for `<(…)` and `>(…)` has one.
pub fn refuse_pipe(path: &Path, instead: &str) -> anyhow::Result<()> {
    #[cfg(unix)]
    {
        let end = path.canonicalize().unwrap_or_else(|_| path.to_owned());
        let is_pipe = |found: Metadata| std::os::unix::fs::FileTypeExt::is_fifo(&found.file_type());
        if !end.starts_with("/dev/fd") && std::fs::symlink_metadata(&end).is_ok_and(is_pipe) {
            bail!("{} is a named pipe, which would have to wait for its other end; {instead}", shown(path));
        }
    }
    #[cfg(not(unix))]
    let _ = (path, instead);
    Ok(())
}

/// How the names of a batch's files in the making begin, in a folder that may hold anybody's files.
const BATCH: &str = ".amends-";
/// The same of a single file, which may be made while a batch begins in that folder.
const SINGLE: &str = ".amends.";
/// How both end.
const MAKING: &str = ".part";

/// A file in the making, in a folder.
pub fn make_in(folder: &Path, bytes: &[u8]) -> io::Result<TempPath> {
    make(folder, BATCH, bytes, 0o666)
}

/// The same with a mode, of which the umask takes what it does not allow.
fn make(folder: &Path, prefix: &str, bytes: &[u8], mode: u32) -> io::Result<TempPath> {
    let mut builder = Builder::new();
    builder.prefix(prefix).suffix(MAKING);
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(mode));
    #[cfg(not(unix))]
    let _ = mode;
    let mut file = builder.tempfile_in(folder)?;
    file.write_all(bytes)?;
    Ok(file.into_temp_path())
}

/// Removes what killed batches left in a folder that is claimed.
pub fn sweep(folder: &Path) {
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let name = entry.file_name();
        let name = name.to_string_lossy();
        let is_ours = name.starts_with(BATCH) && name.ends_with(MAKING);
        if is_ours && entry.file_type().is_ok_and(|kind| kind.is_file()) {
            let _ = std::fs::remove_file(entry.path());
        }
    }
}

/// Writes the data of files to the disk, several at a time, as each waits for it.
pub fn sync_all(paths: &[(TempPath, PathBuf)]) -> io::Result<()> {
    const AT_A_TIME: usize = 8;
    let share = paths.len().div_ceil(AT_A_TIME).max(1);
    std::thread::scope(|scope| {
        let sync =
            |part: &[(TempPath, PathBuf)]| part.iter().try_for_each(|(path, _)| File::open(path)?.sync_all());
        let running: Vec<_> = paths.chunks(share).map(|part| scope.spawn(move || sync(part))).collect();
        running
            .into_iter()
            .try_for_each(|thread| thread.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)))
    })
}

/// Replaces a file in one step; who reads it meanwhile sees the old or the new.
pub fn replace(path: &Path, text: &str) -> anyhow::Result<()> {
    let path = target(path)?;
    check_writable(&path)?;
    // Who may not read the old file may not read the new one while it is made.
    let mode = if path.exists() { 0o600 } else { 0o666 };
    let made = make(folder(&path), SINGLE, text.as_bytes(), mode).map_err(unwritten(&path))?;
    File::open(&made).and_then(|file| file.sync_all()).map_err(unwritten(&path))?;
    take_after(&made, &path)?;
    made.persist(&path).map_err(|error| unwritten(&path)(error.error))?;
    sync_folder(&path);
    Ok(())
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;
    use std::os::unix::fs::{PermissionsExt, symlink};

    #[test]
    fn nothing_is_opened_through_a_link() {
        let dir = tempfile::tempdir().unwrap();
        let at = |name: &str| dir.path().join(name);
        std::fs::write(at("precious"), "kept").unwrap();
        symlink(at("precious"), at("link")).unwrap();
        symlink(at("nowhere"), at("dangling")).unwrap();
        std::fs::hard_link(at("precious"), at("twin")).unwrap();
        std::fs::create_dir(at("folder")).unwrap();
        for name in ["link", "dangling", "twin", "folder"] {
            assert!(open_own(&at(name), Access::Shared).is_err(), "{name}");
        }
        assert_eq!(std::fs::read_to_string(at("precious")).unwrap(), "kept");
        assert!(!at("nowhere").exists());
        drop(open_own(&at("new"), Access::Private).unwrap());
        assert_eq!(at("new").metadata().unwrap().permissions().mode() & 0o777, 0o600);
        assert!(open_own(&at("new"), Access::Private).is_ok());
    }

    #[test]
    fn what_is_replaced_keeps_its_mode_and_its_link() {
        let dir = tempfile::tempdir().unwrap();
        let (file, link) = (dir.path().join("a"), dir.path().join("b"));
        std::fs::write(&file, "old").unwrap();
        std::fs::set_permissions(&file, PermissionsExt::from_mode(0o640)).unwrap();
        symlink(&file, &link).unwrap();
        replace(&link, "new").unwrap();
        assert_eq!(std::fs::read_to_string(&file).unwrap(), "new");
        assert_eq!(file.metadata().unwrap().permissions().mode() & 0o777, 0o640);
        assert!(link.symlink_metadata().unwrap().is_symlink());
        assert_eq!(std::fs::read_dir(dir.path()).unwrap().count(), 2);
    }

    #[test]
    fn what_another_run_is_making_is_left_alone() {
        let dir = tempfile::tempdir().unwrap();
        let left = make_in(dir.path(), b"left").unwrap().keep().unwrap();
        let other = make(dir.path(), SINGLE, b"other", 0o600).unwrap();
        sweep(dir.path());
        assert!(!left.exists() && other.exists());
    }
}
