//! Records entries: all of a call or, if it fails, none.

use crate::entry::Entry;
use crate::error::Result;
use crate::labels::{ALL, Label, WAIT};
use crate::open::Ledger;
use rusqlite::{Connection, OptionalExtension, TransactionBehavior, params};
use std::collections::{BTreeMap, HashMap};

impl Ledger {
    /// Records each entry whose message or stage is not recorded yet. Returns each message's number, and
    /// whether anything was new.
    pub fn record(&mut self, entries: &[Entry]) -> Result<Vec<(i64, bool)>> {
        let said = self.said();
        let customers: Vec<Option<Vec<u8>>> =
            entries.iter().map(|entry| entry.address.as_deref().map(|address| self.key(address))).collect();
        let write = |db: &mut Connection| -> rusqlite::Result<Vec<(i64, bool)>> {
            let change = db.transaction_with_behavior(TransactionBehavior::Immediate)?;
            let mut numbers = Vec::with_capacity(entries.len());
            let mut marks = Marks::default();
            for (entry, key) in entries.iter().zip(&customers) {
                numbers.push(one(&change, &mut marks, entry, key.as_deref())?);
            }
            marks.add_up(&change)?;
            change.commit()?;
            Ok(numbers)
        };
        write(&mut self.db).map_err(said)
    }

    /// The number of the last message: what is recorded later has a higher one.
    pub fn last(&self) -> Result<i64> {
        let last = "SELECT coalesce(max(id), 0) FROM message";
        self.db.query_row(last, [], |row| row.get(0)).map_err(self.said())
    }
}

fn one(
    db: &Connection,
    marks: &mut Marks,
    entry: &Entry,
    key: Option<&[u8]>,
) -> rusqlite::Result<(i64, bool)> {
    let known: Option<i64> = db
        .prepare_cached("SELECT id FROM message WHERE digest = ?")?
        .query_row([&entry.digest[..]], |row| row.get(0))
        .optional()?;
    let number = match known {
        Some(number) => number,
        None => message(db, marks, entry, key)?,
    };
    let is_new = db.prepare_cached("INSERT OR IGNORE INTO reply VALUES (?, ?, ?, ?)")?.execute(params![
        number,
        entry.stage,
        entry.drafted.to_string(),
        &entry.draft[..]
    ])? == 1;
    if is_new {
        for promise in &entry.promises {
            add_promise(db, number, entry.stage, promise)?;
        }
    }
    Ok((number, is_new))
}

pub(crate) fn add_promise(
    db: &Connection,
    message: i64,
    stage: &str,
    promise: &crate::entry::Promise,
) -> rusqlite::Result<i64> {
    db.prepare_cached(
        "INSERT INTO promise (message, stage, todo, owner, due, approval) VALUES (?, ?, ?, ?, ?, ?)",
    )?
    .execute(params![
        message,
        stage,
        promise.todo,
        promise.owner,
        promise.due.to_string(),
        promise.approval
    ])?;
    Ok(db.last_insert_rowid())
}

fn message(db: &Connection, marks: &mut Marks, entry: &Entry, key: Option<&[u8]>) -> rusqlite::Result<i64> {
    let customer = key.map(|key| customer(db, entry, key)).transpose()?;
    let (hold, hold_to) = entry.hold.as_ref().map(|(why, to)| (why, to)).unzip();
    let day = entry.received.to_string();
    db.prepare_cached(
        "INSERT INTO message (digest, name, customer, received, drafted, reproach, urgency, issue, facts,
             hold, hold_to, days, subject, text)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    )?
    .execute(params![
        &entry.digest[..],
        entry.id,
        customer,
        day,
        entry.drafted.to_string(),
        entry.reproach,
        entry.urgency,
        entry.issue,
        entry.facts.to_string(),
        hold,
        hold_to,
        entry.days,
        entry.kept.as_ref().and_then(|kept| kept.subject.as_deref()),
        entry.kept.as_ref().map(|kept| kept.text.as_str()),
    ])?;
    let number = db.last_insert_rowid();
    let wait = (entry.drafted - entry.received).get_days().max(0);
    let more = [Label::new(ALL, ""), Label::new(WAIT, wait.to_string())];
    for label in entry.labels.iter().chain(&more) {
        marks.mark(db, label, &day, number)?;
    }
    let mut words = entry.words.clone();
    let promises = entry.promises.iter().map(|promise| promise.todo.as_str());
    let kept = entry.kept.iter().flat_map(|kept| kept.subject.as_deref().into_iter().chain([&*kept.text]));
    for part in [entry.id.as_str()].into_iter().chain(promises).chain(kept) {
        words.push('\n');
        words.push_str(part);
    }
    db.prepare_cached("INSERT INTO words (rowid, body) VALUES (?, ?)")?.execute(params![number, words])?;
    Ok(number)
}

/// The customer's number. Their address is added as soon as one entry keeps it.
fn customer(db: &Connection, entry: &Entry, key: &[u8]) -> rusqlite::Result<i64> {
    let address = entry.address.as_deref().filter(|_| entry.kept.is_some());
    db.prepare_cached(
        "INSERT INTO customer (key, address) VALUES (?1, ?2)
         ON CONFLICT (key) DO UPDATE SET address = coalesce(?2, address) RETURNING id",
    )?
    .query_row(params![key, address], |row| row.get(0))
}

/// The marks of one transaction, to be added up in the end: once a day and label, not once a message.
#[derive(Default)]
struct Marks {
    labels: HashMap<Label, i64>,
    tally: BTreeMap<(i64, String), u32>,
}

impl Marks {
    fn mark(&mut self, db: &Connection, label: &Label, day: &str, message: i64) -> rusqlite::Result<()> {
        let id = match self.labels.get(label) {
            Some(id) => *id,
            None => {
                let id = number(db, label.field, &label.value)?;
                self.labels.insert(label.clone(), id);
                id
            }
        };
        let new = db
            .prepare_cached("INSERT OR IGNORE INTO mark VALUES (?, ?, ?)")?
            .execute(params![id, day, message])?;
        if new == 1 {
            *self.tally.entry((id, day.to_owned())).or_default() += 1;
        }
        Ok(())
    }

    fn add_up(self, db: &Connection) -> rusqlite::Result<()> {
        let mut add = db.prepare_cached(
            "INSERT INTO tally VALUES (?1, ?2, ?3) ON CONFLICT (label, day) DO UPDATE SET n = n + ?3",
        )?;
        for ((label, day), n) in self.tally {
            add.execute(params![label, day, n])?;
        }
        Ok(())
    }
}

/// A label's number.
fn number(db: &Connection, field: &str, value: &str) -> rusqlite::Result<i64> {
    let known = db
        .prepare_cached("SELECT id FROM label WHERE field = ? AND value = ?")?
        .query_row([field, value], |row| row.get(0))
        .optional()?;
    if let Some(known) = known {
        return Ok(known);
    }
    db.prepare_cached("INSERT INTO label (field, value) VALUES (?, ?)")?.execute([field, value])?;
    Ok(db.last_insert_rowid())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::entry::tests::late;
    use crate::error::Error;

    fn count(ledger: &Ledger, table: &str) -> i64 {
        ledger.db.query_row(&format!("SELECT count(*) FROM {table}"), [], |row| row.get(0)).unwrap()
    }

    #[test]
    fn the_same_message_twice_is_one_record() {
        let dir = tempfile::tempdir().unwrap();
        let mut ledger = Ledger::create(&dir.path().join("l")).unwrap();
        let entry = late("1", "ana@mail.example", "2026-11-23");
        assert_eq!(ledger.record(&[entry.clone(), entry.clone()]).unwrap(), [(1, true), (1, false)]);
        let again = Entry { drafted: "2026-11-25".parse().unwrap(), ..entry.clone() };
        assert_eq!(ledger.record(&[again]).unwrap(), [(1, false)]);
        assert_eq!(["message", "customer", "promise", "reply"].map(|t| count(&ledger, t)), [1, 1, 1, 1]);
        // A later stage is another reply to the same message.
        let later = Entry { stage: "holding", ..entry };
        assert_eq!(ledger.record(&[later]).unwrap(), [(1, true)]);
        assert_eq!(["message", "customer", "promise", "reply"].map(|t| count(&ledger, t)), [1, 1, 2, 2]);
        assert_eq!(ledger.last().unwrap(), 1);
    }

    #[test]
    fn nothing_kept_tells_the_address_or_the_text_unless_asked() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("l");
        let mut ledger = Ledger::create(&path).unwrap();
        ledger.record(&[late("1", "ana.petrova@mail.example", "2026-11-23")]).unwrap();
        drop(ledger);
        let has = |word: &str| {
            let bytes = std::fs::read(&path).unwrap();
            bytes.windows(word.len()).any(|window| window == word.as_bytes())
        };
        assert!(has("find out where it is") && !has("petrova"));
        let mut ledger = Ledger::create(&path).unwrap();
        let kept = crate::Kept { subject: None, text: "where are my boots".into() };
        let entry = Entry { kept: Some(kept), ..late("2", "ana.petrova@mail.example", "2026-11-24") };
        ledger.record(&[entry]).unwrap();
        drop(ledger);
        assert!(has("petrova") && has("where are my boots"));
    }

    #[test]
    fn a_full_disk_loses_nothing_recorded_before() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("l");
        let mut ledger = Ledger::create(&path).unwrap();
        ledger.record(&[late("1", "ana@mail.example", "2026-11-23")]).unwrap();
        let pages: i64 = ledger.db.pragma_query_value(None, "page_count", |row| row.get(0)).unwrap();
        ledger.db.pragma_update_and_check(None, "max_page_count", pages, |_| Ok(())).unwrap();
        let many: Vec<Entry> =
            (0..500).map(|n| late(&format!("m{n}"), &format!("{n}@mail.example"), "2026-11-23")).collect();
        assert_eq!(ledger.record(&many).unwrap_err(), Error::Full(path.clone()));
        drop(ledger);
        let mut ledger = Ledger::open(&path).unwrap();
        assert_eq!(count(&ledger, "message"), 1);
        ledger.record(&many).unwrap();
        assert_eq!(count(&ledger, "message"), 501);
    }

    #[test]
    fn two_writers_at_once_both_record_all() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("l");
        let writers: Vec<_> = (0..2)
            .map(|writer| {
                let path = path.clone();
                std::thread::spawn(move || {
                    let mut ledger = Ledger::create(&path).unwrap();
                    for n in 0..100 {
                        // Half of them are recorded by both.
                        let id = if n % 2 == 0 { format!("{n}") } else { format!("{writer} {n}") };
                        ledger.record(&[late(&id, "ana@mail.example", "2026-11-23")]).unwrap();
                    }
                })
            })
            .collect();
        writers.into_iter().for_each(|writer| writer.join().unwrap());
        let ledger = Ledger::open(&path).unwrap();
        assert_eq!((count(&ledger, "message"), count(&ledger, "promise")), (150, 150));
    }
}
