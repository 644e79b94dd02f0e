//! Opens a ledger, or makes one; several processes may have it open.

use crate::error::{Error, Result};
use crate::schema::{APPLICATION, MIGRATIONS, VERSION};
use rusqlite::{Connection, ErrorCode, OpenFlags, TransactionBehavior};
use sha2::{Digest, Sha256};
use std::fs::OpenOptions;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// How long to wait for another process that writes.
const PATIENCE: Duration = Duration::from_secs(20);

/// Why a file can't be opened, if it isn't known any better.
pub(crate) const UNREADABLE: &str = "whoever uses it must be able to read and write it and its folder";

#[derive(Debug)]
pub struct Ledger {
    pub(crate) db: Connection,
    path: PathBuf,
    salt: Vec<u8>,
}

impl Ledger {
    /// The ledger at `path`, which is made if there is none.
    pub fn create(path: &Path) -> Result<Self> {
        make(path)?;
        Self::open(path)
    }

    /// The ledger at `path`, which must be there.
    pub fn open(path: &Path) -> Result<Self> {
        match path.try_exists() {
            Ok(true) => {}
            Ok(false) => return Err(Error::Missing(path.to_owned())),
            Err(_) => return Err(Error::Unopened { path: path.to_owned(), why: UNREADABLE.into() }),
        }
        let said = |error: rusqlite::Error| Error::of(path, &error);
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let mut db = Connection::open_with_flags(path, flags).map_err(said)?;
        db.busy_timeout(PATIENCE).map_err(said)?;
        check(path, &db)?;
        prepare(&db).map_err(said)?;
        migrate(path, &mut db)?;
        let salt = db.query_row("SELECT salt FROM secret", [], |row| row.get(0)).map_err(said)?;
        Ok(Self { db, path: path.to_owned(), salt })
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// A customer's key: tells the same customer again, not who it is.
    pub(crate) fn key(&self, address: &str) -> Vec<u8> {
        let mut hash = Sha256::new();
        hash.update(&self.salt);
        hash.update(address.trim().to_lowercase());
        hash.finalize().to_vec()
    }

    pub(crate) fn said(&self) -> impl Fn(rusqlite::Error) -> Error + use<> {
        let path = self.path.clone();
        move |error| Error::of(&path, &error)
    }
}

/// An empty file that only its owner reads, if there is none.
fn make(path: &Path) -> Result<()> {
    let failed = |error: std::io::Error| match error.kind() {
        ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem => Error::ReadOnly(path.to_owned()),
        ErrorKind::StorageFull => Error::Full(path.to_owned()),
        _ => {
            let why = error.to_string();
            let why = why.split(" (os error").next().unwrap_or(&why).to_lowercase();
            Error::Unopened { path: path.to_owned(), why }
        }
    };
    if path.is_dir() {
        return Err(Error::Unopened { path: path.to_owned(), why: "it is a folder".into() });
    }
    if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        std::fs::create_dir_all(folder).map_err(failed)?;
    }
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(false);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path).map(|_| ()).map_err(failed)
}

/// Refuses what is no ledger, or one of a later version.
fn check(path: &Path, db: &Connection) -> Result<()> {
    // In one transaction: another process may be making it.
    let look = || -> rusqlite::Result<(i32, u32, i64)> {
        let look = db.unchecked_transaction()?;
        let tables = look.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))?;
        let (application, version) = stamp(&look)?;
        Ok((application, version, tables))
    };
    let (application, version, tables) = look().map_err(|error| Error::of(path, &error))?;
    let is_new = application == 0 && version == 0 && tables == 0;
    match () {
        () if !is_new && application != APPLICATION => Err(Error::Foreign(path.to_owned())),
        () if version > VERSION => {
            Err(Error::Newer { path: path.to_owned(), theirs: version, ours: VERSION })
        }
        () => Ok(()),
    }
}

fn stamp(db: &Connection) -> rusqlite::Result<(i32, u32)> {
    Ok((
        db.pragma_query_value(None, "application_id", |row| row.get(0))?,
        db.pragma_query_value(None, "user_version", |row| row.get(0))?,
    ))
}

fn prepare(db: &Connection) -> rusqlite::Result<()> {
    // Readers and one writer don't wait for each other; what is committed outlives the process.
    write_ahead(db)?;
    db.pragma_update(None, "synchronous", "normal")?;
    db.pragma_update(None, "foreign_keys", true)?;
    // In KiB: the pages that a batch writes to again and again.
    db.pragma_update(None, "cache_size", -32_768)?;
    // In pages: fewer and longer writes back into the file.
    db.pragma_update(None, "wal_autocheckpoint", 8000)?;
    db.set_prepared_statement_cache_capacity(64);
    Ok(())
}

/// Waits by itself: SQLite doesn't, where another process does the same.
fn write_ahead(db: &Connection) -> rusqlite::Result<()> {
    let began = Instant::now();
    loop {
        match db.pragma_update_and_check(None, "journal_mode", "wal", |_| Ok(())) {
            Err(error)
                if error.sqlite_error_code() == Some(ErrorCode::DatabaseBusy)
                    && began.elapsed() < PATIENCE =>
            {
                std::thread::sleep(Duration::from_millis(5));
            }
            done => return done,
        }
    }
}

fn migrate(path: &Path, db: &mut Connection) -> Result<()> {
    let said = |error: rusqlite::Error| Error::of(path, &error);
    if stamp(db).map_err(said)?.1 == VERSION {
        return Ok(());
    }
    let step = |db: &mut Connection| -> rusqlite::Result<()> {
        let change = db.transaction_with_behavior(TransactionBehavior::Immediate)?;
        // Another process may have done it meanwhile.
        let (_, version) = stamp(&change)?;
        for migration in MIGRATIONS.iter().skip(version as usize) {
            change.execute_batch(migration)?;
        }
        change.pragma_update(None, "application_id", APPLICATION)?;
        change.pragma_update(None, "user_version", VERSION.max(version))?;
        change.commit()
    };
    step(db).map_err(said)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_ledger_is_made_once_and_keeps_its_salt() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("deep/ledger.sqlite");
        let first = Ledger::create(&path).unwrap();
        let second = Ledger::create(&path).unwrap();
        assert_eq!(first.key("Ana@Mail.example "), second.key("ana@mail.example"));
        assert_ne!(first.key("ana@mail.example"), second.key("ben@mail.example"));
        let other = Ledger::create(&dir.path().join("other.sqlite")).unwrap();
        assert_ne!(first.key("ana@mail.example"), other.key("ana@mail.example"));
    }

    #[cfg(unix)]
    #[test]
    fn only_its_owner_reads_it() {
        use std::os::unix::fs::PermissionsExt;
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("ledger.sqlite");
        let _ledger = Ledger::create(&path).unwrap();
        assert_eq!(std::fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
        assert_eq!(
            std::fs::metadata(dir.path().join("ledger.sqlite-wal")).unwrap().permissions().mode() & 0o777,
            0o600
        );
    }

    #[test]
    fn what_is_no_ledger_is_left_as_it_is() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("x");
        assert_eq!(Ledger::open(&path).unwrap_err(), Error::Missing(path.clone()));
        let text = "Dear all, this is a letter and no database, whatever its name may be.\n".repeat(9);
        std::fs::write(&path, &text).unwrap();
        assert_eq!(Ledger::create(&path).unwrap_err(), Error::Foreign(path.clone()));
        assert_eq!(std::fs::read_to_string(&path).unwrap(), text);

        std::fs::remove_file(&path).unwrap();
        Connection::open(&path).unwrap().execute_batch("CREATE TABLE t (a)").unwrap();
        assert_eq!(Ledger::create(&path).unwrap_err(), Error::Foreign(path.clone()));
        assert!(matches!(Ledger::create(dir.path()), Err(Error::Unopened { .. })));
    }

    #[test]
    fn a_later_version_is_refused_by_name() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("ledger.sqlite");
        let ledger = Ledger::create(&path).unwrap();
        ledger.db.pragma_update(None, "user_version", VERSION + 1).unwrap();
        drop(ledger);
        let error = Ledger::open(&path).unwrap_err();
        assert!(
            error.to_string().contains("a later version of amends (format 3; this one reads 2)"),
            "{error}"
        );
    }

    #[test]
    fn an_earlier_version_is_brought_up_to_date_with_all_it_holds() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("ledger.sqlite");
        let db = Connection::open(&path).unwrap();
        db.execute_batch(MIGRATIONS[0]).unwrap();
        db.execute_batch(
            "INSERT INTO message VALUES (7, x'00', 'm', NULL, '2026-11-20', '2026-11-20', 1, 1, NULL, '{}', NULL, NULL, 1, NULL, NULL);
             INSERT INTO promise VALUES (1, 7, 'first', 'refund it', 'Sam', '2026-11-24', 0, 0, NULL, NULL);
             INSERT INTO promise VALUES (2, 7, 'follow-up', 'ask', 'Sam', '2026-11-24', 0, 0, NULL, NULL);",
        )
        .unwrap();
        db.pragma_update(None, "application_id", APPLICATION).unwrap();
        db.pragma_update(None, "user_version", 1).unwrap();
        drop(db);
        let mut ledger = Ledger::open(&path).unwrap();
        assert_eq!(stamp(&ledger.db).unwrap(), (APPLICATION, VERSION));
        let before = ledger.key("ana@mail.example");
        assert_eq!(ledger.due("2026-11-30".parse().unwrap()).unwrap().len(), 2);
        let day = "2026-11-24".parse().unwrap();
        assert!(ledger.end(1, crate::Outcome::Kept, day, &[]).unwrap().has_more);
        ledger.record(&[crate::entry::tests::late("1", "ana@mail.example", "2026-11-23")]).unwrap();
        drop(ledger);
        let ledger = Ledger::open(&path).unwrap();
        assert_eq!((ledger.key("ana@mail.example"), ledger.last().unwrap()), (before, 8));
    }

    #[test]
    fn a_damaged_ledger_is_named_as_such() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("ledger.sqlite");
        drop(Ledger::create(&path).unwrap());
        let mut bytes = std::fs::read(&path).unwrap();
        // The header stays; every page behind it is overwritten.
        bytes[100..].fill(0x5a);
        std::fs::write(&path, bytes).unwrap();
        assert_eq!(Ledger::open(&path).unwrap_err(), Error::Damaged(path));
    }

    #[test]
    fn two_that_make_it_at_once_both_have_it() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("ledger.sqlite");
        let made: Vec<_> = (0..8)
            .map(|_| {
                let path = path.clone();
                std::thread::spawn(move || Ledger::create(&path).map(|ledger| ledger.key("a@b.example")))
            })
            .collect();
        let keys: Vec<_> = made.into_iter().map(|one| one.join().unwrap().unwrap()).collect();
        assert!(keys.windows(2).all(|two| two[0] == two[1]));
    }
}
