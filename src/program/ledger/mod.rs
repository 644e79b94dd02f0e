//! The ledger's commands, and what records a draft.

pub mod done;
pub mod due;
pub mod find;
pub mod forget;
mod ics;
mod place;
pub mod report;
pub mod withdraw;

use crate::program::books::the_phrasebook;
use crate::program::flags::{DraftArgs, OfLedgerArgs};
use crate::program::input::shown;
use amends::ledger::{address, digest_of};
use amends_inbox::message::{Message, one_line};
use amends_ledger::{Ledger, Past, Written};
use amends_phrasebook::Phrasebook;
use anyhow::bail;
use jiff::civil::Date;
use std::fmt;
use std::sync::{Mutex, PoisonError};

/// A ledger to read, with what is needed to speak of it.
pub struct Opened {
    pub ledger: Ledger,
    pub book: &'static Phrasebook,
    pub today: Date,
}

impl Opened {
    /// The ledger the flags mean, which must be there.
    pub fn of(args: &OfLedgerArgs) -> anyhow::Result<Self> {
        let book = the_phrasebook(&args.book)?;
        let ledger = Ledger::open(&place::of(&args.ledger, book)?)?;
        let today = || jiff::Timestamp::now().to_zoned(jiff::tz::TimeZone::UTC).date();
        Ok(Self { ledger, book, today: args.today.unwrap_or_else(today) })
    }
}

/// "1 message", "2 messages".
pub fn count(n: usize, noun: &str) -> String {
    format!("{n} {noun}{}", if n == 1 { "" } else { "s" })
}

/// What to know of how a message's draft was recorded.
pub fn note(id: &str, written: &Written) -> Option<String> {
    match written {
        Written::New | Written::Same => None,
        Written::Replaced => Some("note: recorded in place of the other draft of this day".into()),
        Written::Left { day } => Some(format!(
            "note: not recorded: the draft of {day} may have been sent; if it wasn't, run `amends withdraw {}` and draft again",
            quoted(id)
        )),
    }
}

/// For a shell.
pub fn quoted(value: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "-_.:/@+".contains(c);
    let value = one_line(value);
    if value.chars().all(plain) { value } else { format!("'{}'", value.replace('\'', "'\\''")) }
}

/// Where drafts are recorded.
#[derive(Debug)]
pub struct Recorder {
    pub ledger: Mutex<Ledger>,
    /// The same ledger, read while the other is written.
    reader: Mutex<Ledger>,
    pub keep_text: bool,
    /// The last message recorded before this run.
    pub seen: i64,
}

impl Recorder {
    /// If the flags or the phrasebook ask for one.
    pub fn of_draft(args: &DraftArgs, book: &Phrasebook, today: Date) -> anyhow::Result<Option<Self>> {
        if !args.record && book.ledger.is_none() {
            if args.keep_text {
                bail!("--keep-text keeps the text in the ledger; use it with --record");
            }
            return Ok(None);
        }
        let mut ledger = Ledger::create(&place::of(&args.ledger, book)?)?;
        if let Some(retain) = book.ledger.as_ref().and_then(|asked| asked.retain) {
            ledger.thin(retain.since(today))?;
        }
        let keep_text = args.keep_text || book.ledger.as_ref().is_some_and(|asked| asked.keep_text);
        let seen = ledger.last()?;
        let reader = Mutex::new(Ledger::open(ledger.path())?);
        Ok(Some(Self { ledger: Mutex::new(ledger), reader, keep_text, seen }))
    }
}

impl Recorder {
    /// What the customer wrote before this message; of what came in this run, nothing.
    pub fn past(
        &self,
        message: &Message,
        seen: i64,
        stage: &str,
        today: Date,
    ) -> amends_ledger::Result<Option<Past>> {
        let Some(address) = address(message) else { return Ok(None) };
        let reader = self.reader.lock().unwrap_or_else(PoisonError::into_inner);
        reader.past(address, &digest_of(message), seen, stage, today)
    }
}

/// As one of the settings of a run.
impl fmt::Display for Recorder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let ledger = self.ledger.lock().map_err(|_| fmt::Error)?;
        write!(f, "record {} {}", shown(ledger.path()), self.keep_text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_is_quoted_for_the_shell() {
        assert_eq!(quoted("A-44192"), "A-44192");
        assert_eq!(quoted("$149.90"), "'$149.90'");
        assert_eq!(quoted("it's"), "'it'\\''s'");
    }
}
