//! What a customer wrote before, and what became of the promises made to them.

use crate::due::UNTOLD;
use crate::error::Result;
use crate::open::Ledger;
use jiff::civil::Date;
use rusqlite::{OptionalExtension, params};
use serde::Serialize;

/// A customer's history, before the message at hand.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Past {
    /// How many messages.
    pub messages: u32,
    /// When the last came, if there was one.
    pub last: String,
    /// What they were mainly about, the newest first, and how often.
    pub issues: Vec<(String, u32)>,
    /// Promises to them that were broken, or are overdue.
    pub broken: Vec<Broken>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Broken {
    pub promise: i64,
    #[serde(rename = "do")]
    pub todo: String,
    pub by: String,
}

impl Past {
    /// How often they wrote about an issue before.
    pub fn times(&self, issue: &str) -> u32 {
        self.issues.iter().find(|(known, _)| known == issue).map_or(0, |(_, times)| *times)
    }
}

impl Ledger {
    /// What an address wrote before this message, as of a day; `None` for one never seen. Of a message
    /// recorded before, only what came before it counts, and what other stages promised about it and none
    /// has owned up to since; of any other, what was recorded up to `last`.
    pub fn past(
        &self,
        address: &str,
        digest: &[u8; 32],
        last: i64,
        stage: &str,
        today: Date,
    ) -> Result<Option<Past>> {
        let key = self.key(address);
        let read = || -> rusqlite::Result<Option<Past>> {
            let customer: Option<i64> = self
                .db
                .prepare_cached("SELECT id FROM customer WHERE key = ?")?
                .query_row([key], |row| row.get(0))
                .optional()?;
            let Some(customer) = customer else { return Ok(None) };
            let own: Option<i64> = self
                .db
                .prepare_cached("SELECT id FROM message WHERE digest = ?")?
                .query_row([&digest[..]], |row| row.get(0))
                .optional()?;
            let before = own.map_or(last, |own| own - 1);
            let messages: Vec<(String, Option<String>)> = self
                .db
                .prepare_cached(
                    "SELECT received, issue FROM message WHERE customer = ? AND id <= ? ORDER BY id DESC",
                )?
                .query_map([customer, before], |row| Ok((row.get(0)?, row.get(1)?)))?
                .collect::<rusqlite::Result<_>>()?;
            let last = messages.first().map(|(day, _)| day.clone()).unwrap_or_default();
            let mut past = Past { messages: messages.len() as u32, last, ..Past::default() };
            for issue in messages.iter().filter_map(|(_, issue)| issue.as_ref()) {
                match past.issues.iter_mut().find(|(known, _)| known == issue) {
                    Some((_, times)) => *times += 1,
                    None => past.issues.push((issue.clone(), 1)),
                }
            }
            past.broken = self
                .db
                .prepare_cached(
                    "SELECT promise.id, todo, due FROM promise JOIN message ON message.id = promise.message
                     WHERE customer = ?1 AND (message.id <= ?2 OR message.id = ?3 AND promise.stage <> ?4
                             AND NOT EXISTS (SELECT 1 FROM reply WHERE reply.message = ?3
                                 AND reply.stage NOT IN (promise.stage, ?4)
                                 AND (reply.day > due OR reply.day >= ended)))
                         AND promise.stage <> ?6 AND (state = 2 OR state = 0 AND due < ?5)
                     ORDER BY due DESC, promise.id",
                )?
                .query_map(params![customer, before, own, stage, today.to_string(), UNTOLD], |row| {
                    Ok(Broken { promise: row.get(0)?, todo: row.get(1)?, by: row.get(2)? })
                })?
                .collect::<rusqlite::Result<_>>()?;
            Ok((past != Past::default()).then_some(past))
        };
        read().map_err(self.said())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::due::Outcome;
    use crate::entry::Entry;
    use crate::entry::tests::late;

    #[test]
    fn only_what_came_before_is_the_past() {
        let dir = tempfile::tempdir().unwrap();
        let mut ledger = Ledger::create(&dir.path().join("l")).unwrap();
        let ana = "ana@mail.example";
        let (first, second) = (late("1", ana, "2026-11-02"), late("2", ana, "2026-11-10"));
        ledger.record(&[first.clone(), second.clone(), late("3", "b@mail.example", "2026-11-11")]).unwrap();
        let today: Date = "2026-11-11".parse().unwrap();
        let past = |ledger: &Ledger, digest: &[u8; 32], last| {
            ledger.past(ana, digest, last, "first", today).unwrap()
        };
        assert_eq!(past(&ledger, &first.digest, 9), None);
        let seen = past(&ledger, &second.digest, 9).unwrap();
        assert_eq!((seen.messages, seen.last.as_str(), seen.issues.len()), (1, "2026-11-02", 1));
        assert_eq!(seen.broken.iter().map(|broken| broken.promise).collect::<Vec<_>>(), [1]);
        let new = [7; 32];
        assert_eq!(past(&ledger, &new, ledger.last().unwrap()).unwrap().messages, 2);
        assert_eq!(past(&ledger, &new, 9).unwrap().times("late_delivery"), 2);
        assert_eq!(past(&ledger, &new, 9).unwrap().times("refund"), 0);
        assert_eq!(past(&ledger, &new, 0), None);
        assert_eq!(ledger.past("nobody@mail.example", &new, 9, "first", today).unwrap(), None);
        // What the first reply to this message promised is known to the next.
        let next = ledger.past(ana, &first.digest, 9, "holding", today).unwrap().unwrap();
        assert_eq!((next.messages, next.broken.len(), next.broken[0].promise), (0, 1, 1));
        // And once it was owned up to, nobody does so again.
        let holding = Entry { stage: "holding", drafted: today, promises: vec![], ..first.clone() };
        ledger.record(&[holding]).unwrap();
        let next = |stage| ledger.past(ana, &first.digest, 9, stage, today).unwrap();
        assert_eq!((next("holding").unwrap().broken.len(), next("resolved")), (1, None));
        ledger.end(1, Outcome::Kept, today, &[]).unwrap();
        assert_eq!(past(&ledger, &new, 9).unwrap().broken, []);
        ledger.end(2, Outcome::Broken, today, &[]).unwrap();
        assert_eq!(past(&ledger, &new, 9).unwrap().broken[0].by, "2026-11-12");
    }
}
