//! Compiled phrasebooks in the user's cache, so that your own loads as fast as the built-in one.
//!
//! The cache is optional: if it can't be read or written, the phrasebook is compiled each time.

use crate::program::books::{load, read_source};
use crate::program::flags::BookArgs;
use crate::program::input::shown;
use crate::program::terminal::say;
use amends::built_in::{self, PROGRAM};
use amends_phrasebook::Phrasebook;
use amends_phrasebook::compiled::{self, Ingredient, fingerprint};
use std::io::Write;
use std::path::{Path, PathBuf};

/// A file's phrasebook, from the cache if that is fresh.
pub fn phrasebook(path: &Path, args: &BookArgs) -> anyhow::Result<Phrasebook> {
    let Some(cached) = place(path) else { return Ok(load(path, args)?.0) };
    if let Ok(file) = std::fs::read(&cached)
        // Leaked on purpose: the book is read in place until the process ends.
        && let Some(book) = compiled::read(file.leak(), PROGRAM, is_fresh)
    {
        return Ok(book);
    }
    let (book, ingredients) = load(path, args)?;
    let kept = compiled::compile(&book, &ingredients, PROGRAM).ok().and_then(|file| keep(&cached, &file));
    if kept.is_none() && args.verbose {
        say!("amends: can't cache the compiled phrasebook in {}", shown(&cached));
    }
    Ok(book)
}

/// Whether a file is unchanged since the phrasebook was compiled.
fn is_fresh(file: &Ingredient) -> bool {
    built_in::is_inside(&file.path)
        || read_source(Path::new(&file.path))
            .is_ok_and(|text| fingerprint(text.as_bytes()) == file.fingerprint)
}

/// A phrasebook's path in the cache; `None` if there is no cache.
fn place(path: &Path) -> Option<PathBuf> {
    let folder = match std::env::var_os("AMENDS_CACHE").filter(|folder| !folder.is_empty()) {
        Some(off) if off == "off" => return None,
        Some(folder) => PathBuf::from(folder),
        None => users_cache()?.join("amends"),
    };
    let whole = std::path::absolute(path).ok()?;
    // Paths of included files are relative to the current directory.
    let key = format!("{} {}", std::env::current_dir().ok()?.display(), whole.display());
    Some(folder.join(format!("{:016x}.phrasebook", fingerprint(key.as_bytes()))))
}

fn users_cache() -> Option<PathBuf> {
    let absolute = |name| std::env::var_os(name).map(PathBuf::from).filter(|path| path.is_absolute());
    absolute("XDG_CACHE_HOME")
        .or_else(|| absolute("LOCALAPPDATA"))
        .or_else(|| absolute("HOME").map(|home| home.join(".cache")))
}

/// Written beside and renamed, so that no other run sees half a file.
fn keep(place: &Path, file: &[u8]) -> Option<()> {
    let folder = place.parent()?;
    std::fs::create_dir_all(folder).ok()?;
    let mut beside = tempfile::NamedTempFile::new_in(folder).ok()?;
    beside.write_all(file).ok()?;
    beside.persist(place).ok()?;
    Some(())
}
