//! Takes back a draft that was never sent: its promises go, and it is no answer. What the customer wrote
//! stays.

use crate::error::{Error, Result};
use crate::labels::WAIT;
use crate::open::Ledger;
use rusqlite::{Connection, TransactionBehavior, params};

/// What only a draft can bring about.
const OF_DRAFTS: [&str; 3] = [WAIT, "concession", "value"];

/// A draft that was withdrawn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Withdrawn {
    pub stage: String,
    pub day: String,
    pub promises: Vec<String>,
}

impl Ledger {
    /// Withdraws the draft of the message with this id, of this customer and stage if several would fit.
    pub fn withdraw(&mut self, id: &str, from: Option<&str>, stage: Option<&str>) -> Result<Withdrawn> {
        let said = self.said();
        let key = from.map(|address| self.key(address));
        let withdraw = |db: &mut Connection| -> rusqlite::Result<Result<Withdrawn>> {
            let change = db.transaction_with_behavior(TransactionBehavior::Immediate)?;
            let messages: Vec<i64> = change
                .prepare(
                    "SELECT id FROM message WHERE name = ?1
                     AND (?2 IS NULL OR customer = (SELECT id FROM customer WHERE key = ?2))",
                )?
                .query_map(params![id, key], |row| row.get(0))?
                .collect::<rusqlite::Result<_>>()?;
            let message = match messages.as_slice() {
                [] => return Ok(Err(Error::NoMessage(id.to_owned()))),
                [message] => *message,
                _ => {
                    return Ok(Err(Error::SeveralMessages {
                        id: id.to_owned(),
                        count: messages.len() as u32,
                    }));
                }
            };
            let mut drafts: Vec<(String, String)> = change
                .prepare("SELECT stage, day FROM reply WHERE message = ? ORDER BY day")?
                .query_map([message], |row| Ok((row.get(0)?, row.get(1)?)))?
                .collect::<rusqlite::Result<_>>()?;
            drafts.retain(|(known, _)| stage.is_none_or(|stage| stage == known));
            let (stage, day) = match drafts.as_slice() {
                [] => return Ok(Err(Error::NoDraft(id.to_owned()))),
                [draft] => draft.clone(),
                _ => {
                    let list: Vec<String> =
                        drafts.iter().map(|(stage, day)| format!("{stage} ({day})")).collect();
                    let drafts = list.join(", ");
                    return Ok(Err(Error::SeveralDrafts { id: id.to_owned(), drafts }));
                }
            };
            change.execute("DELETE FROM reply WHERE message = ? AND stage = ?", params![message, stage])?;
            // Without any draft nothing can have been promised.
            let gone = "FROM promise WHERE message = ?1
                AND (stage = ?2 OR NOT EXISTS (SELECT 1 FROM reply WHERE message = ?1))";
            let promises = change
                .prepare(&format!("SELECT todo {gone} ORDER BY id"))?
                .query_map(params![message, stage], |row| row.get(0))?
                .collect::<rusqlite::Result<_>>()?;
            change.execute(&format!("DELETE {gone}"), params![message, stage])?;
            for field in OF_DRAFTS {
                change.execute(
                    "DELETE FROM mark WHERE message = ?1 AND label IN (SELECT id FROM label WHERE field = ?2)
                         AND NOT EXISTS (SELECT 1 FROM reply WHERE message = ?1)",
                    params![message, field],
                )?;
            }
            change.commit()?;
            Ok(Ok(Withdrawn { stage, day, promises }))
        };
        withdraw(&mut self.db).map_err(said)?
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::entry::tests::late;
    use crate::{Entry, Label, Query, Written};
    use jiff::civil::Date;

    #[test]
    fn a_draft_withdrawn_leaves_only_what_the_customer_wrote() {
        let dir = tempfile::tempdir().unwrap();
        let mut ledger = Ledger::create(&dir.path().join("l")).unwrap();
        let day = |text: &str| -> Date { text.parse().unwrap() };
        let mut entry = late("1", "ana@mail.example", "2026-11-23");
        entry.labels.push(Label::new("concession", "refund granted"));
        ledger.record(&[entry.clone()]).unwrap();
        let done = ledger.withdraw("1", None, None).unwrap();
        let promises = vec!["find out where it is".to_owned()];
        assert_eq!(done, Withdrawn { stage: "first".into(), day: "2026-11-23".into(), promises });
        assert_eq!(ledger.withdraw("1", None, None), Err(Error::NoDraft("1".into())));
        assert_eq!(ledger.due(day("2027-01-01")).unwrap(), []);
        let past = ledger.past("ana@mail.example", &[7; 32], 9, "first", day("2026-12-24")).unwrap().unwrap();
        assert_eq!((past.messages, past.broken.len()), (1, 0));
        let counted = |ledger: &Ledger| -> Vec<&'static str> {
            let daily = ledger.daily(day("2026-11-01"), day("2026-11-30")).unwrap();
            daily.into_iter().map(|daily| daily.label.field).collect()
        };
        assert_eq!(counted(&ledger), ["all", "cause", "issue", "kind", "tone"]);

        // Drafted again, it is a first draft as any other, with the day the message came.
        let again =
            Entry { received: day("2026-11-26"), drafted: day("2026-11-26"), draft: [3; 32], ..entry };
        assert_eq!(ledger.record(&[again]).unwrap(), [(1, Written::New)]);
        assert_eq!(counted(&ledger), ["all", "cause", "concession", "issue", "kind", "tone", "wait"]);
        let query = Query::parse(&["until:2026-11-23".into(), "boots".into()]).unwrap();
        let (found, _) = ledger.find(&query, day("2026-11-26"), 9).unwrap();
        assert_eq!((found[0].received.as_str(), found[0].drafted.as_str()), ("2026-11-23", "2026-11-26"));
        assert_eq!(found[0].promises.len(), 1);
    }

    #[test]
    fn which_draft_is_meant_must_be_clear() {
        let dir = tempfile::tempdir().unwrap();
        let mut ledger = Ledger::create(&dir.path().join("l")).unwrap();
        let ana = late("1", "ana@mail.example", "2026-11-23");
        let holding = Entry { stage: "holding", ..ana.clone() };
        ledger.record(&[ana, holding, late("1", "ben@mail.example", "2026-11-23")]).unwrap();
        let error =
            |ledger: &mut Ledger, id, from, stage| ledger.withdraw(id, from, stage).unwrap_err().to_string();
        assert!(error(&mut ledger, "2", None, None).starts_with("there is no message \"2\""));
        assert!(error(&mut ledger, "1", None, None).starts_with("2 messages have the id \"1\"; say whose"));
        let of_ana = Some("ANA@mail.example");
        assert_eq!(
            error(&mut ledger, "1", of_ana, None),
            "several drafts are recorded for 1: first (2026-11-23), holding (2026-11-23); say which with --stage"
        );
        assert_eq!(ledger.withdraw("1", of_ana, Some("holding")).unwrap().promises.len(), 1);
        assert_eq!(ledger.due("2027-01-01".parse().unwrap()).unwrap().len(), 2);
        assert_eq!(ledger.withdraw("1", Some("ben@mail.example"), None).unwrap().stage, "first");
    }
}
