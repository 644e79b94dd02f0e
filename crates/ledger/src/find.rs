//! Finds records, whole.

use crate::error::{Error, Result};
use crate::labels::{ALL, APART_ISSUE, WAIT};
use crate::open::Ledger;
use crate::query::{Filter, Query};
use jiff::civil::Date;
use rusqlite::types::Value as Sql;
use rusqlite::{OptionalExtension, Row, params_from_iter};
use serde::Serialize;
use serde_json::Value;
use std::collections::BTreeMap;

/// All that is kept of one message.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Found {
    #[serde(skip)]
    pub number: i64,
    #[serde(skip)]
    pub digest: [u8; 32],
    pub id: String,
    pub received: String,
    pub drafted: String,
    pub issue: Option<String>,
    /// Fields and their values, as it is counted by.
    pub labels: BTreeMap<String, Vec<String>>,
    pub reproach: u8,
    pub urgency: u8,
    pub facts: Value,
    pub hold: Option<String>,
    pub replies: Vec<Reply>,
    pub promises: Vec<Pledge>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub address: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub subject: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
}

/// A draft made for the message.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Reply {
    pub stage: String,
    pub day: String,
    pub digest: String,
}

/// A promise, and how it stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Pledge {
    pub promise: i64,
    #[serde(rename = "do")]
    pub todo: String,
    pub owner: String,
    pub by: String,
    /// `open`, `overdue`, `kept`, `late`, `broken` or `withdrawn`.
    pub state: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ended: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub outcome: Option<String>,
}

impl Ledger {
    /// The records a search finds, the newest first; none past `most`. Also how many there are in all.
    pub fn find(&self, query: &Query, today: Date, most: usize) -> Result<(Vec<Found>, usize)> {
        let find = || -> rusqlite::Result<(Vec<Found>, usize)> {
            let (clause, values) = self.clause(query, today);
            let count = format!("SELECT count(*) FROM message WHERE {clause}");
            let all: u32 = self.db.query_row(&count, params_from_iter(&values), |row| row.get(0))?;
            let sql = format!(
                "SELECT id, name, received, drafted, issue, reproach, urgency, facts, hold, subject, text,
                     (SELECT address FROM customer WHERE customer.id = customer), digest
                 FROM message WHERE {clause} ORDER BY received DESC, id DESC LIMIT {}",
                i64::try_from(most).unwrap_or(i64::MAX)
            );
            let mut rows = self.db.prepare(&sql)?;
            let mut found: Vec<Found> =
                rows.query_map(params_from_iter(&values), head)?.collect::<rusqlite::Result<_>>()?;
            for one in &mut found {
                self.fill(one, today)?;
            }
            Ok((found, all as usize))
        };
        find().map_err(self.said())
    }

    /// The record a promise was made in.
    pub fn of_promise(&self, promise: i64, today: Date) -> Result<Found> {
        let sql = "SELECT message FROM promise WHERE id = ?";
        let number = self.db.query_row(sql, [promise], |row| row.get(0)).optional().map_err(self.said())?;
        let number: i64 = number.ok_or(Error::NoPromise(promise))?;
        let query = Query::of_number(number);
        let (found, _) = self.find(&query, today, 1)?;
        found.into_iter().next().ok_or(Error::NoPromise(promise))
    }

    /// The search as a condition, with its values.
    fn clause(&self, query: &Query, today: Date) -> (String, Vec<Sql>) {
        let mut clauses: Vec<String> = Vec::new();
        let mut values: Vec<Sql> = Vec::new();
        if !query.words.is_empty() {
            clauses.push("id IN (SELECT rowid FROM words WHERE words MATCH ?)".into());
            values.push(query.words().into());
        }
        for filter in &query.filters {
            let clause = match filter {
                Filter::Label { fields, value } => {
                    let list: Vec<String> = fields.iter().map(|field| format!("'{field}'")).collect();
                    // A value that ends in a star stands for all that begin so.
                    values.push(value.to_lowercase().into());
                    format!(
                        "id IN (SELECT message FROM mark JOIN label ON label.id = mark.label
                             WHERE field IN ({}) AND lower(value) GLOB ?)",
                        list.join(", ")
                    )
                }
                Filter::Held => "hold IS NOT NULL".into(),
                Filter::From(address) => {
                    values.push(self.key(address).into());
                    "customer = (SELECT id FROM customer WHERE key = ?)".into()
                }
                Filter::Id(id) => {
                    values.push(id.clone().into());
                    "name = ?".into()
                }
                Filter::Number(number) => {
                    values.push((*number).into());
                    "id = ?".into()
                }
                Filter::Since(day) => {
                    values.push(day.to_string().into());
                    "received >= ?".into()
                }
                Filter::Until(day) => {
                    values.push(day.to_string().into());
                    "received <= ?".into()
                }
                Filter::Promise(state) => {
                    let today = Sql::from(today.to_string());
                    values.extend(std::iter::repeat_n(today, state.matches('?').count()));
                    format!("id IN (SELECT message FROM promise WHERE {state})")
                }
            };
            clauses.push(clause);
        }
        (clauses.join(" AND "), values)
    }

    fn fill(&self, found: &mut Found, today: Date) -> rusqlite::Result<()> {
        let mut labels = self.db.prepare_cached(
            "SELECT field, value FROM mark JOIN label ON label.id = mark.label WHERE message = ? ORDER BY field, value",
        )?;
        for label in labels.query_map([found.number], |row| Ok((row.get::<_, String>(0)?, row.get(1)?)))? {
            let (field, value) = label?;
            match field.as_str() {
                ALL | WAIT => continue,
                APART_ISSUE => found.labels.entry("issue".into()).or_default().push(value),
                _ => found.labels.entry(field).or_default().push(value),
            }
        }
        let mut replies = self.db.prepare_cached(
            "SELECT stage, day, lower(hex(digest)) FROM reply WHERE message = ? ORDER BY day, stage",
        )?;
        found.replies = replies
            .query_map([found.number], |row| {
                Ok(Reply { stage: row.get(0)?, day: row.get(1)?, digest: row.get(2)? })
            })?
            .collect::<rusqlite::Result<_>>()?;
        let mut promises = self.db.prepare_cached(
            "SELECT id, todo, owner, due, state, ended, outcome FROM promise WHERE message = ? ORDER BY id",
        )?;
        let today = today.to_string();
        found.promises = promises
            .query_map([found.number], |row| {
                let (by, ended): (String, Option<String>) = (row.get(3)?, row.get(5)?);
                let state = state(row.get(4)?, &by, ended.as_deref(), &today);
                Ok(Pledge {
                    promise: row.get(0)?,
                    todo: row.get(1)?,
                    owner: row.get(2)?,
                    by,
                    state,
                    ended,
                    outcome: row.get(6)?,
                })
            })?
            .collect::<rusqlite::Result<_>>()?;
        Ok(())
    }
}

/// How a promise stands.
pub(crate) fn state(state: i64, by: &str, ended: Option<&str>, today: &str) -> &'static str {
    match state {
        0 if by < today => "overdue",
        0 => "open",
        1 if ended.is_some_and(|ended| ended > by) => "late",
        1 => "kept",
        2 => "broken",
        _ => "withdrawn",
    }
}

fn head(row: &Row<'_>) -> rusqlite::Result<Found> {
    let facts: String = row.get(7)?;
    Ok(Found {
        number: row.get(0)?,
        digest: row.get(12)?,
        id: row.get(1)?,
        received: row.get(2)?,
        drafted: row.get(3)?,
        issue: row.get(4)?,
        labels: BTreeMap::new(),
        reproach: row.get(5)?,
        urgency: row.get(6)?,
        facts: serde_json::from_str(&facts).unwrap_or_default(),
        hold: row.get(8)?,
        replies: Vec::new(),
        promises: Vec::new(),
        subject: row.get(9)?,
        text: row.get(10)?,
        address: row.get(11)?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::due::Outcome;
    use crate::entry::tests::late;
    use crate::labels::Label;

    #[test]
    fn records_are_found_by_word_and_field() {
        let dir = tempfile::tempdir().unwrap();
        let mut ledger = Ledger::create(&dir.path().join("l")).unwrap();
        let mut second = late("2", "ben@mail.example", "2026-11-24");
        second.words = "café Schüssel".into();
        second.labels.push(Label::new("issue", "damaged_item"));
        second.hold = Some(("legal threat".into(), "the manager".into()));
        second.labels.push(Label::new(APART_ISSUE, "price"));
        ledger.record(&[late("1", "ana@mail.example", "2026-11-23"), second]).unwrap();
        ledger
            .end(1, Outcome::Kept, "2026-11-26".parse().unwrap(), &[("refund".into(), "$9".into())])
            .unwrap();
        let ids = |words: &[&str]| -> Vec<String> {
            let words: Vec<String> = words.iter().map(|word| (*word).to_owned()).collect();
            let query = Query::parse(&words).unwrap();
            let (found, all) = ledger.find(&query, "2026-11-27".parse().unwrap(), 9).unwrap();
            assert_eq!(found.len(), all);
            found.into_iter().map(|found| found.id).collect()
        };
        assert_eq!(ids(&["boots"]), ["1"]);
        assert_eq!(ids(&["a-44192"]), ["1"]);
        assert_eq!(ids(&["boo*"]), ["1"]);
        assert_eq!(ids(&["CAFE", "schussel"]), ["2"]);
        assert_eq!(ids(&["find out"]), ["2", "1"]);
        assert_eq!(ids(&["issue:damaged*"]), ["2"]);
        assert_eq!(ids(&["issue:price"]), ["2"]);
        assert_eq!(ids(&["from:ANA@mail.example"]), ["1"]);
        assert_eq!(ids(&["promise:late"]), ["1"]);
        assert_eq!(ids(&["promise:overdue"]), ["2"]);
        assert_eq!(ids(&["promise:broken"]), [""; 0]);
        assert_eq!(ids(&["promise:withdrawn"]), [""; 0]);
        assert_eq!(ids(&["hold:yes"]), ["2"]);
        assert_eq!(ids(&["since:2026-11-24", "until:2026-11-24"]), ["2"]);
        assert_eq!(ids(&["id:1", "boots", "tone:angry"]), ["1"]);
        assert_eq!(ids(&["id:1", "café"]), [""; 0]);

        let query = Query::parse(&["from:ana@mail.example".into()]).unwrap();
        let (found, _) = ledger.find(&query, "2026-11-27".parse().unwrap(), 9).unwrap();
        let promise = &found[0].promises[0];
        assert_eq!((promise.state, promise.outcome.as_deref()), ("late", Some("refund=$9")));
        assert_eq!(found[0].labels["issue"], ["late_delivery"]);
        assert_eq!((found[0].replies[0].stage.as_str(), found[0].replies[0].digest.len()), ("first", 64));
        assert!(found[0].address.is_none() && found[0].text.is_none());
    }
}
