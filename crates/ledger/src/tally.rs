//! Counts for a report.

use crate::error::Result;
use crate::labels::{ALL, WAIT};
use crate::labels::{APART_ISSUE, FIELDS, Label};
use crate::open::Ledger;
use jiff::civil::Date;
use rusqlite::{OptionalExtension, Row};
use serde::Serialize;
use std::collections::HashMap;

/// How many messages of a day have a label.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Daily {
    pub label: Label,
    pub day: Date,
    pub n: u32,
}

/// What became of the promises due in a time.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Promises {
    pub kept: u32,
    pub late: u32,
    pub broken: u32,
    pub open: u32,
    pub overdue: u32,
}

impl Ledger {
    /// Messages by label and day, in the order of their labels.
    pub fn daily(&self, from: Date, to: Date) -> Result<Vec<Daily>> {
        let fields = FIELDS.iter().map(|(field, _)| *field).chain([ALL, WAIT, APART_ISSUE]);
        let fields: Vec<&'static str> = fields.collect();
        let read = || -> rusqlite::Result<Vec<Daily>> {
            let mut labels = self.db.prepare("SELECT id, field, value FROM label ORDER BY field, value")?;
            let mut counts = self
                .db
                .prepare("SELECT day, n FROM tally WHERE label = ? AND day BETWEEN ? AND ? ORDER BY day")?;
            let (from, to) = (from.to_string(), to.to_string());
            let mut all = Vec::new();
            let mut rows = labels.query([])?;
            while let Some(row) = rows.next()? {
                let (id, field, value): (i64, String, String) = (row.get(0)?, row.get(1)?, row.get(2)?);
                let Some(field) = fields.iter().find(|known| **known == field) else { continue };
                let label = Label::new(field, value);
                let mut days = counts.query((id, &from, &to))?;
                while let Some(row) = days.next()? {
                    let Ok(day) = row.get_ref(0)?.as_str()?.parse() else { continue };
                    all.push(Daily { label: label.clone(), day, n: row.get(1)? });
                }
            }
            Ok(all)
        };
        read().map_err(self.said())
    }

    /// Of the messages of a time that are on hold, how many have each label.
    pub fn held(&self, from: Date, to: Date) -> Result<HashMap<(String, String), u32>> {
        let sql = "SELECT field, value, count(*) FROM mark AS held
             JOIN mark ON mark.message = held.message JOIN label ON label.id = mark.label
             WHERE held.label IN (SELECT id FROM label WHERE field = 'hold') AND held.day BETWEEN ? AND ?
             GROUP BY label.id";
        let read = || -> rusqlite::Result<HashMap<(String, String), u32>> {
            let row = |row: &Row<'_>| Ok(((row.get(0)?, row.get(1)?), row.get(2)?));
            self.db.prepare(sql)?.query_map([from.to_string(), to.to_string()], row)?.collect()
        };
        read().map_err(self.said())
    }

    /// The day the first message came.
    pub fn first_day(&self) -> Result<Option<Date>> {
        let first = || -> rusqlite::Result<Option<Date>> {
            let sql = "SELECT received FROM message ORDER BY received LIMIT 1";
            let day: Option<String> = self.db.query_row(sql, [], |row| row.get(0)).optional()?;
            Ok(day.and_then(|day| day.parse().ok()))
        };
        first().map_err(self.said())
    }

    /// How many customers wrote the messages of a label; those without an address count one each.
    pub fn customers(&self, label: &Label, from: Date, to: Date) -> Result<u32> {
        let sql = "SELECT count(DISTINCT customer) + count(*) - count(customer) FROM mark
             JOIN message ON message.id = mark.message
             WHERE label = (SELECT id FROM label WHERE field = ? AND value = ?) AND day BETWEEN ? AND ?";
        self.db
            .query_row(sql, [label.field, &label.value, &from.to_string(), &to.to_string()], |row| row.get(0))
            .map_err(self.said())
    }

    /// What became, as of a day, of the promises due in a time.
    pub fn promises(&self, from: Date, to: Date, today: Date) -> Result<Promises> {
        let sql = "SELECT
                 sum(state = 1 AND ended <= due), sum(state = 1 AND ended > due), sum(state = 2),
                 sum(state = 0 AND due >= ?1), sum(state = 0 AND due < ?1)
             FROM promise WHERE state IN (0, 1, 2) AND due BETWEEN ?2 AND ?3";
        let sum = |n: Option<u32>| n.unwrap_or(0);
        self.db
            .query_row(sql, [today.to_string(), from.to_string(), to.to_string()], |row| {
                Ok(Promises {
                    kept: sum(row.get(0)?),
                    late: sum(row.get(1)?),
                    broken: sum(row.get(2)?),
                    open: sum(row.get(3)?),
                    overdue: sum(row.get(4)?),
                })
            })
            .map_err(self.said())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::due::Outcome;
    use crate::entry::tests::late;

    #[test]
    fn messages_promises_and_customers_are_counted() {
        let day = |text: &str| -> Date { text.parse().unwrap() };
        let dir = tempfile::tempdir().unwrap();
        let mut ledger = Ledger::create(&dir.path().join("l")).unwrap();
        assert_eq!(ledger.first_day().unwrap(), None);
        let mut nobody = late("4", "", "2026-11-23");
        nobody.address = None;
        nobody.labels.push(Label::new("hold", "manager"));
        ledger
            .record(&[
                late("1", "a@mail.example", "2026-11-23"),
                late("2", "a@mail.example", "2026-11-23"),
                late("3", "b@mail.example", "2026-11-24"),
                nobody,
            ])
            .unwrap();
        let (from, to) = (day("2026-11-01"), day("2026-11-30"));
        let daily = ledger.daily(from, to).unwrap();
        let late = Label::new("issue", "late_delivery");
        let of_late: Vec<_> = daily.iter().filter(|d| d.label == late).map(|d| (d.day.day(), d.n)).collect();
        assert_eq!(of_late, [(23, 3), (24, 1)]);
        assert_eq!(ledger.customers(&late, from, to).unwrap(), 3);
        assert_eq!(ledger.customers(&late, day("2026-11-24"), to).unwrap(), 1);
        assert_eq!(ledger.first_day().unwrap(), Some(day("2026-11-23")));

        let held = |from: &str| ledger.held(day(from), to).unwrap();
        let of_late = ("issue".to_owned(), "late_delivery".to_owned());
        assert_eq!((held("2026-11-23")[&of_late], held("2026-11-24").len()), (1, 0));

        ledger.end(1, Outcome::Kept, day("2026-11-25"), &[]).unwrap();
        ledger.end(2, Outcome::Kept, day("2026-11-27"), &[]).unwrap();
        ledger.end(3, Outcome::Broken, day("2026-11-27"), &[]).unwrap();
        let counts = |today: &str| ledger.promises(from, to, day(today)).unwrap();
        assert_eq!(counts("2026-11-25"), Promises { kept: 1, late: 1, broken: 1, open: 1, overdue: 0 });
        assert_eq!(counts("2026-11-26"), Promises { kept: 1, late: 1, broken: 1, open: 0, overdue: 1 });
        assert_eq!(ledger.promises(to, to, to).unwrap(), Promises::default());
    }
}
