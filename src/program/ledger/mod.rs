//! The ledger's commands, and what records a draft.

mod place;

use crate::program::flags::DraftArgs;
use crate::program::input::shown;
use amends_ledger::Ledger;
use amends_phrasebook::Phrasebook;
use anyhow::bail;
use jiff::civil::Date;
use std::fmt;
use std::sync::Mutex;

/// Where drafts are recorded.
#[derive(Debug)]
pub struct Recorder {
    pub ledger: Mutex<Ledger>,
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
        Ok(Some(Self { ledger: Mutex::new(ledger), keep_text, seen }))
    }
}

/// As one of the settings of a run.
impl fmt::Display for Recorder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let ledger = self.ledger.lock().map_err(|_| fmt::Error)?;
        write!(f, "record {} {}", shown(ledger.path()), self.keep_text)
    }
}
