//! Erases: one person, or what is older than it may be kept.

use crate::error::Result;
use crate::open::Ledger;
use jiff::civil::Date;
use rusqlite::Connection;

impl Ledger {
    /// Erases all that is known of an address, so that the file holds no trace of it. Returns how many
    /// messages there were.
    pub fn forget(&mut self, address: &str) -> Result<usize> {
        let key = self.key(address);
        let erase = |db: &Connection| -> rusqlite::Result<usize> {
            let count =
                "SELECT count(*) FROM message WHERE customer = (SELECT id FROM customer WHERE key = ?)";
            let messages: u32 = db.query_row(count, [&key], |row| row.get(0))?;
            db.execute("DELETE FROM customer WHERE key = ?", [&key])?;
            // Even if there was nothing: an earlier call may have been cut off before this.
            scrub(db)?;
            Ok(messages as usize)
        };
        erase(&self.db).map_err(self.said())
    }

    /// Erases what came before a day. Returns how many messages that were.
    pub fn thin(&mut self, before: Date) -> Result<usize> {
        let erase = |db: &Connection| -> rusqlite::Result<usize> {
            let gone = db.execute("DELETE FROM message WHERE received < ?", [before.to_string()])?;
            if gone > 0 {
                db.execute(
                    "DELETE FROM customer WHERE NOT EXISTS (SELECT 1 FROM message WHERE customer = customer.id)",
                    [],
                )?;
                scrub(db)?;
            }
            Ok(gone)
        };
        erase(&self.db).map_err(self.said())
    }
}

/// Writes the file anew, so that deleted rows leave nothing behind in free pages, index or log.
fn scrub(db: &Connection) -> rusqlite::Result<()> {
    db.execute("DELETE FROM label WHERE NOT EXISTS (SELECT 1 FROM mark WHERE label = label.id)", [])?;
    db.execute("INSERT INTO words (words) VALUES ('optimize')", [])?;
    db.execute_batch("VACUUM")?;
    db.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::entry::tests::late;
    use crate::{Entry, Kept, Label, Query};

    #[test]
    fn nothing_is_left_of_a_person_forgotten() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("l");
        let mut ledger = Ledger::create(&path).unwrap();
        let kept = Kept { subject: Some("gumboots".into()), text: "my zanzibar order".into() };
        let mut entry =
            Entry { kept: Some(kept), ..late("xylo-1", "ana.petrova@mail.example", "2026-11-23") };
        entry.promises[0].todo = "write to Quirina".into();
        entry.labels.push(Label::new("thing", "kaleidoscope"));
        ledger.record(&[entry, late("2", "ben@mail.example", "2026-11-23")]).unwrap();
        assert_eq!(ledger.forget("Ana.Petrova@mail.example").unwrap(), 1);
        assert_eq!(ledger.forget("ana.petrova@mail.example").unwrap(), 0);
        let today = "2026-11-23".parse().unwrap();
        let every = Query::parse(&["kind:complaint".into()]).unwrap();
        assert_eq!(ledger.find(&every, today, 9).unwrap().1, 1);
        assert_eq!(ledger.due("2027-01-01".parse().unwrap()).unwrap().len(), 1);
        for file in std::fs::read_dir(dir.path()).unwrap() {
            let bytes = std::fs::read(file.unwrap().path()).unwrap().to_ascii_lowercase();
            for word in ["petrova", "gumboots", "zanzibar", "quirina", "kaleidoscope", "xylo"] {
                assert!(!bytes.windows(word.len()).any(|part| part == word.as_bytes()), "{word}");
            }
        }
    }

    #[test]
    fn what_is_old_is_thinned_and_counts_no_more() {
        let dir = tempfile::tempdir().unwrap();
        let mut ledger = Ledger::create(&dir.path().join("l")).unwrap();
        ledger
            .record(&[late("1", "a@mail.example", "2026-11-23"), late("2", "b@mail.example", "2026-11-24")])
            .unwrap();
        assert_eq!(ledger.thin("2026-11-24".parse().unwrap()).unwrap(), 1);
        assert_eq!(ledger.thin("2026-11-24".parse().unwrap()).unwrap(), 0);
        let daily = ledger.daily("2026-11-01".parse().unwrap(), "2026-11-30".parse().unwrap()).unwrap();
        assert!(!daily.is_empty() && daily.iter().all(|daily| daily.day.day() == 24 && daily.n == 1));
        let customers: i64 =
            ledger.db.query_row("SELECT count(*) FROM customer", [], |row| row.get(0)).unwrap();
        assert_eq!(customers, 1);
    }
}
