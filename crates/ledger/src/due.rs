//! Promises: which are due, and how each ended.

use crate::entry::Promise;
use crate::error::{Error, Result};
use crate::open::Ledger;
use crate::write::add_promise;
use jiff::civil::Date;
use rusqlite::{Connection, OptionalExtension, Row, TransactionBehavior, params};
use serde::Serialize;

/// A promise nobody has kept or broken yet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Due {
    pub promise: i64,
    #[serde(rename = "do")]
    pub todo: String,
    pub owner: String,
    pub by: String,
    pub approval: bool,
    /// The message it was made for.
    pub message: String,
    pub received: String,
    pub issue: Option<String>,
    /// Whether the ledger keeps the customer's words, from which the next draft can be made.
    #[serde(skip)]
    pub has_text: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    Kept,
    Broken,
    /// It was never made: its draft wasn't sent, or was sent without it.
    Withdrawn,
}

impl Outcome {
    fn state(self) -> i64 {
        match self {
            Self::Kept => 1,
            Self::Broken => 2,
            Self::Withdrawn => 3,
        }
    }

    fn of_state(state: i64) -> Option<Self> {
        [Self::Kept, Self::Broken, Self::Withdrawn].into_iter().find(|outcome| outcome.state() == state)
    }

    fn name(self) -> &'static str {
        match self {
            Self::Kept => "kept",
            Self::Broken => "broken",
            Self::Withdrawn => "withdrawn",
        }
    }
}

/// The promise that was ended, and the case it belongs to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ended {
    pub promise: Due,
    /// After its day.
    pub late: bool,
    /// It had ended in the same way before, and that day stays.
    pub before: bool,
    /// Open promises to the same customer about the same message.
    pub left: usize,
    /// Whether any of its promises was kept.
    pub some_kept: bool,
    /// The number of the message.
    pub number: i64,
    pub is_complaint: bool,
    /// Whether a promise that no draft made was added before.
    pub has_more: bool,
    /// Working days until a follow-up is due.
    pub days: u32,
}

/// The stage of promises made outside a draft.
pub(crate) const UNTOLD: &str = "";

const SELECT: &str =
    "SELECT promise.id, todo, owner, due, approval, message.name, received, issue, text IS NOT NULL,
         message.id, state, ended
     FROM promise JOIN message ON message.id = promise.message";

fn read(row: &Row<'_>) -> rusqlite::Result<Due> {
    Ok(Due {
        promise: row.get(0)?,
        todo: row.get(1)?,
        owner: row.get(2)?,
        by: row.get(3)?,
        approval: row.get(4)?,
        message: row.get(5)?,
        received: row.get(6)?,
        issue: row.get(7)?,
        has_text: row.get(8)?,
    })
}

impl Ledger {
    /// Open promises due on or before a day: by owner, each owner's soonest first.
    pub fn due(&self, by: Date) -> Result<Vec<Due>> {
        let list = || -> rusqlite::Result<Vec<Due>> {
            let sql = format!("{SELECT} WHERE state = 0 AND due <= ? ORDER BY owner, due, promise.id");
            self.db.prepare_cached(&sql)?.query_map([by.to_string()], read)?.collect()
        };
        list().map_err(self.said())
    }

    /// How many open promises are due after a day, and the first day of those.
    pub fn due_later(&self, by: Date) -> Result<(usize, Option<String>)> {
        let sql = "SELECT count(*), min(due) FROM promise WHERE state = 0 AND due > ?";
        self.db
            .query_row(sql, [by.to_string()], |row| Ok((row.get::<_, u32>(0)? as usize, row.get(1)?)))
            .map_err(self.said())
    }

    /// Ends a promise, with what was done.
    pub fn end(&mut self, id: i64, outcome: Outcome, day: Date, done: &[(String, String)]) -> Result<Ended> {
        let said = self.said();
        let end = |db: &mut Connection| -> rusqlite::Result<Result<Ended>> {
            let change = db.transaction_with_behavior(TransactionBehavior::Immediate)?;
            let found = change
                .prepare_cached(&format!("{SELECT} WHERE promise.id = ?"))?
                .query_row([id], |row| {
                    Ok((
                        read(row)?,
                        row.get::<_, i64>(9)?,
                        row.get::<_, i64>(10)?,
                        row.get::<_, Option<String>>(11)?,
                    ))
                })
                .optional()?;
            let Some((promise, number, state, ended)) = found else { return Ok(Err(Error::NoPromise(id))) };
            let day = ended.unwrap_or_else(|| day.to_string());
            let before = Outcome::of_state(state);
            if let Some(before) = before.filter(|before| *before != outcome) {
                return Ok(Err(Error::Ended { promise: id, how: before.name(), day }));
            }
            let late = day > promise.by;
            let lines: Vec<String> = done.iter().map(|(key, value)| format!("{key}={value}")).collect();
            let lines = (!lines.is_empty()).then(|| lines.join("\n"));
            change.execute(
                "UPDATE promise SET state = ?, ended = ?, outcome = coalesce(?, outcome) WHERE id = ?",
                params![outcome.state(), day, lines, id],
            )?;
            let case = Ended { before: before.is_some(), ..case(&change, promise, number, late)? };
            change.commit()?;
            Ok(Ok(case))
        };
        end(&mut self.db).map_err(said)?
    }

    /// Another promise about a message, which no draft made and no customer knows.
    pub fn promise(&mut self, message: i64, promise: &Promise) -> Result<i64> {
        add_promise(&self.db, message, UNTOLD, promise).map_err(self.said())
    }
}

fn case(db: &Connection, promise: Due, number: i64, late: bool) -> rusqlite::Result<Ended> {
    let count = "SELECT count(*) FROM promise WHERE message = ? AND state = 0";
    let some_kept = "SELECT EXISTS (SELECT 1 FROM promise WHERE message = ? AND state = 1)";
    let has_more = "SELECT EXISTS (SELECT 1 FROM promise WHERE message = ? AND stage = ?)";
    let is_complaint = "SELECT EXISTS (SELECT 1 FROM mark JOIN label ON label.id = mark.label
        WHERE message = ? AND field = 'kind' AND value = 'complaint')";
    Ok(Ended {
        promise,
        late,
        before: false,
        some_kept: db.query_row(some_kept, [number], |row| row.get(0))?,
        left: db.query_row(count, [number], |row| row.get::<_, u32>(0))? as usize,
        number,
        is_complaint: db.query_row(is_complaint, [number], |row| row.get(0))?,
        has_more: db.query_row(has_more, params![number, UNTOLD], |row| row.get(0))?,
        days: db.query_row("SELECT days FROM message WHERE id = ?", [number], |row| row.get(0))?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::entry::tests::late;

    fn day(text: &str) -> Date {
        text.parse().unwrap()
    }

    #[test]
    fn promises_are_listed_by_owner_soonest_first_until_they_end() {
        let dir = tempfile::tempdir().unwrap();
        let mut ledger = Ledger::create(&dir.path().join("l")).unwrap();
        let mut other = late("3", "c@mail.example", "2026-11-20");
        other.promises[0].owner = "our accounts team".into();
        ledger
            .record(&[
                late("1", "a@mail.example", "2026-11-23"),
                late("2", "b@mail.example", "2026-11-21"),
                other,
                late("4", "d@mail.example", "2026-11-30"),
            ])
            .unwrap();
        let due = |ledger: &Ledger| -> Vec<i64> {
            ledger.due(day("2026-11-25")).unwrap().iter().map(|due| due.promise).collect()
        };
        assert_eq!(due(&ledger), [3, 2, 1]);
        assert_eq!(ledger.due_later(day("2026-11-25")).unwrap(), (1, Some("2026-12-02".into())));

        let ended = ledger.end(2, Outcome::Kept, day("2026-11-24"), &[]).unwrap();
        assert!(ended.late && ended.left == 0 && ended.is_complaint && ended.days == 2);
        assert!(!ended.has_more);
        assert!(!ledger.end(1, Outcome::Broken, day("2026-11-25"), &[]).unwrap().late);
        assert_eq!(due(&ledger), [3]);
        let twice = ledger.end(1, Outcome::Kept, day("2026-11-26"), &[]).unwrap_err();
        assert_eq!(twice.to_string(), "promise 1 was broken on 2026-11-25");
        let again = ledger.end(2, Outcome::Kept, day("2026-11-29"), &[]).unwrap();
        assert!(again.before && again.late && !ended.before);
        assert_eq!(ledger.end(9, Outcome::Kept, day("2026-11-26"), &[]).unwrap_err(), Error::NoPromise(9));

        // One made outside a draft is nothing the customer knows of.
        let more =
            Promise { todo: "ask".into(), owner: "Sam".into(), due: day("2026-11-26"), approval: false };
        ledger.promise(ended.number, &more).unwrap();
        let past = ledger.past("b@mail.example", &[7; 32], 9, "first", day("2026-12-24")).unwrap().unwrap();
        assert_eq!(past.broken, []);
        assert!(ledger.end(5, Outcome::Kept, day("2026-11-26"), &[]).unwrap().has_more);

        // What was never promised is neither kept nor broken.
        let withdrawn = ledger.end(3, Outcome::Withdrawn, day("2026-11-26"), &[]).unwrap();
        assert!(!withdrawn.some_kept && ended.some_kept);
        assert!(due(&ledger).is_empty());
        let promises = ledger.promises(day("2026-11-01"), day("2026-11-30"), day("2026-11-30")).unwrap();
        assert_eq!((promises.kept, promises.late, promises.broken, promises.overdue), (1, 1, 1, 0));
        let past = ledger.past("c@mail.example", &[7; 32], 9, "first", day("2026-12-24")).unwrap().unwrap();
        assert_eq!(past.broken, []);
    }
}
