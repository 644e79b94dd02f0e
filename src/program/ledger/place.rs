//! Where the ledger is.

use crate::program::files::{beside, in_use};
use crate::program::flags::LedgerArgs;
use amends_phrasebook::Phrasebook;
use anyhow::Context;
use std::path::PathBuf;

/// The named file, the phrasebook's, or the one in the user's data folder.
pub fn of(args: &LedgerArgs, book: &Phrasebook) -> anyhow::Result<PathBuf> {
    let of_book = book.ledger.as_ref().map(|asked| &asked.file).filter(|file| !file.is_empty());
    let place = args
        .ledger
        .clone()
        .or_else(|| of_book.map(PathBuf::from))
        .or_else(|| Some(users_data()?.join("amends").join("ledger.sqlite")))
        .context("there is no data folder for the ledger; name a file with --ledger FILE")?;
    in_use::note(&place, "the ledger");
    for ending in ["-wal", "-shm", "-journal"] {
        in_use::note(&beside(&place, ending), "the ledger's");
    }
    Ok(place)
}

fn users_data() -> Option<PathBuf> {
    let absolute = |name| std::env::var_os(name).map(PathBuf::from).filter(|path| path.is_absolute());
    absolute("XDG_DATA_HOME")
        .or_else(|| absolute("LOCALAPPDATA"))
        .or_else(|| absolute("HOME").map(|home| home.join(".local").join("share")))
}
