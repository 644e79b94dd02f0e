//! What can go wrong with a ledger, and the way out.

use crate::open::UNREADABLE;
use rusqlite::ErrorCode;
use std::fmt;
use std::path::{Path, PathBuf};

pub type Result<T> = std::result::Result<T, Error>;

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Error {
    /// There is no file, and none is to be made.
    Missing(PathBuf),
    /// A later version of the program made it.
    Newer {
        path: PathBuf,
        theirs: u32,
        ours: u32,
    },
    /// A database, or any other file, that is not a ledger.
    Foreign(PathBuf),
    Damaged(PathBuf),
    /// The file or its folder can't be written.
    ReadOnly(PathBuf),
    /// The disk is full.
    Full(PathBuf),
    /// Another process has been writing for too long.
    Busy(PathBuf),
    /// The file or its folder can't be made or opened.
    Unopened {
        path: PathBuf,
        why: String,
    },
    /// A search nobody can read.
    Query(String),
    /// There is no promise of this number.
    NoPromise(i64),
    /// No message has this id.
    NoMessage(String),
    /// Several messages have this id.
    SeveralMessages {
        id: String,
        count: u32,
    },
    /// No draft is recorded for the message, or not of this stage.
    NoDraft(String),
    /// Several drafts are recorded for the message.
    SeveralDrafts {
        id: String,
        drafts: String,
    },
    /// The promise has ended before.
    Ended {
        promise: i64,
        how: &'static str,
        day: String,
    },
    /// Anything else the database says.
    Other {
        path: PathBuf,
        why: String,
    },
}

impl Error {
    /// What SQLite says, as something a reader can act on.
    pub(crate) fn of(path: &Path, error: &rusqlite::Error) -> Self {
        let path = path.to_owned();
        match error.sqlite_error_code() {
            Some(ErrorCode::DatabaseCorrupt) => Self::Damaged(path),
            Some(ErrorCode::NotADatabase) => Self::Foreign(path),
            Some(ErrorCode::ReadOnly | ErrorCode::PermissionDenied) => Self::ReadOnly(path),
            Some(ErrorCode::DiskFull) => Self::Full(path),
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Self::Busy(path),
            Some(ErrorCode::CannotOpen) => Self::Unopened { path, why: UNREADABLE.into() },
            _ => Self::Other { path, why: error.to_string() },
        }
    }

    /// What to do about it, or nothing.
    pub fn help(&self) -> &'static str {
        match self {
            Self::Missing(_) => "`amends draft --record` begins one; --ledger FILE names another",
            Self::Newer { .. } => "use that version, or name another file with --ledger FILE",
            Self::Foreign(_) => "name another file with --ledger FILE; this one was left as it is",
            Self::Damaged(_) => {
                "move it away, and the next --record begins a new one; `sqlite3 FILE .recover` saves what can be read"
            }
            Self::ReadOnly(_) => "make it and its folder writable, or name another file with --ledger FILE",
            Self::Full(_) => "make room and run the same command again; what was recorded before is safe",
            Self::Busy(_) => "run the command again when the other process is done",
            Self::Unopened { .. } => "check the path, or name another file with --ledger FILE",
            Self::NoPromise(_) => "`amends due` lists the open ones with their numbers",
            Self::NoMessage(_) => "`amends find` finds a message, and `amends due` has its id in brackets",
            Self::SeveralMessages { .. } => {
                "say whose with --from ADDRESS, or withdraw its promises with `amends done ID --withdrawn`"
            }
            Self::SeveralDrafts { .. } => "say which with --stage",
            Self::Query(_) | Self::NoDraft(_) | Self::Ended { .. } | Self::Other { .. } => "",
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing(path) => write!(f, "there is no ledger at {}", path.display()),
            Self::Newer { path, theirs, ours } => write!(
                f,
                "the ledger {} was made by a later version of amends (format {theirs}; this one reads {ours})",
                path.display()
            ),
            Self::Foreign(path) => write!(f, "{} is not a ledger of amends", path.display()),
            Self::Damaged(path) => write!(f, "the ledger {} is damaged", path.display()),
            Self::ReadOnly(path) => write!(f, "the ledger {} can't be written", path.display()),
            Self::Full(path) => write!(f, "there is no room on the disk of the ledger {}", path.display()),
            Self::Busy(path) => write!(f, "another process is writing the ledger {}", path.display()),
            Self::Unopened { path, why } => write!(f, "can't open the ledger {}: {why}", path.display()),
            Self::Query(why) => f.write_str(why),
            Self::NoPromise(id) => write!(f, "there is no promise {id}"),
            Self::NoMessage(id) => write!(f, "there is no message \"{id}\""),
            Self::SeveralMessages { id, count } => write!(f, "{count} messages have the id \"{id}\""),
            Self::NoDraft(id) => write!(f, "no such draft is recorded for {id}, or it was withdrawn before"),
            Self::SeveralDrafts { id, drafts } => write!(f, "several drafts are recorded for {id}: {drafts}"),
            Self::Ended { promise, how, day } => write!(f, "promise {promise} was {how} on {day}"),
            Self::Other { path, why } => write!(f, "the ledger {}: {why}", path.display()),
        }?;
        match self.help() {
            "" => Ok(()),
            help => write!(f, "; {help}"),
        }
    }
}

impl std::error::Error for Error {}
