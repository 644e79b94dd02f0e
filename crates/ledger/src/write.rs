//! Records entries: all of a call or, if it fails, none.

use crate::entry::{Entry, Promise};
use crate::error::Result;
use crate::labels::{ALL, Label, WAIT};
use crate::open::Ledger;
use jiff::civil::Date;
use rusqlite::{Connection, OptionalExtension, TransactionBehavior, params};
use std::collections::{BTreeMap, HashMap};

/// What became of an entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Written {
    /// Its stage's first draft.
    New,
    /// The same draft is recorded already.
    Same,
    /// In place of another draft of the same day.
    Replaced,
    /// A draft of an earlier day stands, as it may have been sent.
    Left { day: String },
}

impl Ledger {
    /// Records each entry. Returns each message's number, and what became of the entry.
    pub fn record(&mut self, entries: &[Entry]) -> Result<Vec<(i64, Written)>> {
        let said = self.said();
        let customers: Vec<Option<Vec<u8>>> =
            entries.iter().map(|entry| entry.address.as_deref().map(|address| self.key(address))).collect();
        let write = |db: &mut Connection| -> rusqlite::Result<Vec<(i64, Written)>> {
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
) -> rusqlite::Result<(i64, Written)> {
    let known: Option<(i64, String)> = db
        .prepare_cached("SELECT id, received FROM message WHERE digest = ?")?
        .query_row([&entry.digest[..]], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    let (number, written) = match known {
        None => (message(db, marks, entry, key, None)?, Written::New),
        Some((number, received)) => {
            let written = written(db, number, entry)?;
            if matches!(written, Written::Same | Written::Left { .. }) {
                return Ok((number, written));
            }
            // A later stage reads the message no better than the first did.
            let others = "SELECT EXISTS (SELECT 1 FROM reply WHERE message = ? AND stage <> ?)";
            if !db.prepare_cached(others)?.query_row(params![number, entry.stage], |row| row.get(0))? {
                message(db, marks, entry, key, Some(&received))?;
            }
            (number, written)
        }
    };
    db.prepare_cached("INSERT OR REPLACE INTO reply VALUES (?, ?, ?, ?)")?.execute(params![
        number,
        entry.stage,
        entry.drafted.to_string(),
        &entry.draft[..]
    ])?;
    match written {
        Written::Replaced => replace_promises(db, number, entry)?,
        _ => entry
            .promises
            .iter()
            .try_for_each(|promise| add_promise(db, number, entry.stage, promise).map(|_| ()))?,
    }
    Ok((number, written))
}

/// What becomes of an entry whose message is recorded already.
fn written(db: &Connection, number: i64, entry: &Entry) -> rusqlite::Result<Written> {
    let before: Option<(String, Vec<u8>)> = db
        .prepare_cached("SELECT day, digest FROM reply WHERE message = ? AND stage = ?")?
        .query_row(params![number, entry.stage], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    Ok(match before {
        None => Written::New,
        Some((_, digest)) if digest == entry.draft => Written::Same,
        Some((day, _)) if day != entry.drafted.to_string() => Written::Left { day },
        Some(_) => Written::Replaced,
    })
}

pub(crate) fn add_promise(
    db: &Connection,
    message: i64,
    stage: &str,
    promise: &Promise,
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

/// The entry's promises instead of those its stage made before. One made again keeps its number, and one
/// that has ended stays as it ended.
fn replace_promises(db: &Connection, message: i64, entry: &Entry) -> rusqlite::Result<()> {
    let mut before: Vec<(i64, String, bool)> = db
        .prepare_cached(
            "SELECT id, todo, state = 0 FROM promise WHERE message = ? AND stage = ? ORDER BY id",
        )?
        .query_map(params![message, entry.stage], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?
        .collect::<rusqlite::Result<_>>()?;
    for promise in &entry.promises {
        let Some(at) = before.iter().position(|(_, todo, _)| *todo == promise.todo) else {
            add_promise(db, message, entry.stage, promise)?;
            continue;
        };
        let (id, _, open) = before.remove(at);
        if open {
            db.execute(
                "UPDATE promise SET owner = ?, due = ?, approval = ? WHERE id = ?",
                params![promise.owner, promise.due.to_string(), promise.approval, id],
            )?;
        }
    }
    for (id, _, _) in before.iter().filter(|(_, _, open)| *open) {
        db.execute("DELETE FROM promise WHERE id = ?", [id])?;
    }
    Ok(())
}

/// The message as its draft takes it, new or in place of what it was taken for before. The day it was
/// `received` as recorded, and its place among the others, stay.
fn message(
    db: &Connection,
    marks: &mut Marks,
    entry: &Entry,
    key: Option<&[u8]>,
    received: Option<&str>,
) -> rusqlite::Result<i64> {
    let customer = key.map(|key| customer(db, entry, key)).transpose()?;
    let (hold, hold_to) = entry.hold.as_ref().map(|(why, to)| (why, to)).unzip();
    let day: Date = received.and_then(|day| day.parse().ok()).unwrap_or(entry.received);
    let number = db
        .prepare_cached(
            "INSERT INTO message (digest, name, customer, received, drafted, reproach, urgency, issue, facts,
                 hold, hold_to, days, subject, text)
             VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
             ON CONFLICT (digest) DO UPDATE SET drafted = excluded.drafted, reproach = excluded.reproach,
                 urgency = excluded.urgency, issue = excluded.issue, facts = excluded.facts,
                 hold = excluded.hold, hold_to = excluded.hold_to, days = excluded.days,
                 subject = coalesce(excluded.subject, subject), text = coalesce(excluded.text, text)
             RETURNING id",
        )?
        .query_row(
            params![
                &entry.digest[..],
                entry.id,
                customer,
                day.to_string(),
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
            ],
            |row| row.get(0),
        )?;
    if received.is_some() {
        // What is deleted has to be added up before.
        marks.add_up(db)?;
        db.execute("DELETE FROM mark WHERE message = ?", [number])?;
        db.execute("DELETE FROM words WHERE rowid = ?", [number])?;
    }
    index(db, marks, number, day, entry)?;
    Ok(number)
}

/// What a message is counted and found by.
fn index(db: &Connection, marks: &mut Marks, number: i64, day: Date, entry: &Entry) -> rusqlite::Result<()> {
    let wait = (entry.drafted - day).get_days().max(0);
    let day = day.to_string();
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
    Ok(())
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

/// The marks of one transaction, to be added up together: once a day and label, not once a message.
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

    fn add_up(&mut self, db: &Connection) -> rusqlite::Result<()> {
        let mut add = db.prepare_cached(
            "INSERT INTO tally VALUES (?1, ?2, ?3) ON CONFLICT (label, day) DO UPDATE SET n = n + ?3",
        )?;
        for ((label, day), n) in std::mem::take(&mut self.tally) {
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
    use crate::due::Outcome;
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
        let written = ledger.record(&[entry.clone(), entry.clone()]).unwrap();
        assert_eq!(written, [(1, Written::New), (1, Written::Same)]);
        let counts = |ledger: &Ledger| ["message", "customer", "promise", "reply"].map(|t| count(ledger, t));
        assert_eq!(counts(&ledger), [1, 1, 1, 1]);
        // A later stage is another reply to the same message.
        let later = Entry { stage: "holding", ..entry };
        assert_eq!(ledger.record(&[later]).unwrap(), [(1, Written::New)]);
        assert_eq!(counts(&ledger), [1, 1, 2, 2]);
        assert_eq!(ledger.last().unwrap(), 1);
    }

    #[test]
    fn another_draft_of_the_same_day_takes_the_place_of_the_first() {
        let dir = tempfile::tempdir().unwrap();
        let mut ledger = Ledger::create(&dir.path().join("l")).unwrap();
        let first = Entry {
            promises: ["look for it", "write to Ana", "refund it"]
                .map(|todo| promise(todo, "2026-11-25"))
                .into(),
            ..late("1", "ana@mail.example", "2026-11-23")
        };
        let second = Entry {
            draft: [1; 32],
            labels: vec![Label::new("kind", "complaint"), Label::new("tone", "calm")],
            promises: ["look for it", "send another", "refund it"]
                .map(|todo| promise(todo, "2026-11-26"))
                .into(),
            ..first.clone()
        };
        // Both in one call, as from a mailbox that has the mail twice.
        let written = ledger.record(&[first.clone(), second.clone()]).unwrap();
        assert_eq!(written, [(1, Written::New), (1, Written::Replaced)]);
        let open = |ledger: &Ledger| -> Vec<(i64, String, String)> {
            let due = ledger.due("2026-12-31".parse().unwrap()).unwrap();
            due.into_iter().map(|due| (due.promise, due.todo, due.by)).collect()
        };
        let expected = [(1, "look for it"), (3, "refund it"), (4, "send another")]
            .map(|(id, todo)| (id, todo.to_owned(), "2026-11-26".to_owned()));
        assert_eq!(open(&ledger), expected);
        let tally = |ledger: &Ledger| -> Vec<(String, u32)> {
            let (from, to) = ("2026-11-01".parse().unwrap(), "2026-11-30".parse().unwrap());
            ledger.daily(from, to).unwrap().into_iter().map(|one| (one.label.value, one.n)).collect()
        };
        let counted = [("", 1), ("complaint", 1), ("calm", 1), ("0", 1)].map(|(v, n)| (v.to_owned(), n));
        assert_eq!(tally(&ledger), counted);

        // What has ended has been done, whatever is drafted afterwards.
        ledger.end(3, Outcome::Kept, "2026-11-23".parse().unwrap(), &[]).unwrap();
        assert_eq!(ledger.record(std::slice::from_ref(&first)).unwrap(), [(1, Written::Replaced)]);
        assert_eq!(open(&ledger).iter().map(|(id, ..)| *id).collect::<Vec<_>>(), [1, 5]);

        // A day later the first may have been sent.
        let day: Date = "2026-11-24".parse().unwrap();
        let left = Entry { drafted: day, draft: [2; 32], ..second };
        assert_eq!(ledger.record(&[left]).unwrap(), [(1, Written::Left { day: "2026-11-23".into() })]);
        let same = Entry { drafted: day, ..first };
        assert_eq!(ledger.record(&[same]).unwrap(), [(1, Written::Same)]);
        assert_eq!(open(&ledger).iter().map(|(id, ..)| *id).collect::<Vec<_>>(), [1, 5]);
    }

    fn promise(todo: &str, due: &str) -> Promise {
        Promise { todo: todo.into(), owner: "Sam".into(), due: due.parse().unwrap(), approval: false }
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
