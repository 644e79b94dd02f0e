//! The ledger: what was complained of, what was promised, and what is due, in one SQLite file.
//!
//! ```text
//! entry ─ write ─┐            ┌─ due    promises to keep
//!                ├─ the file ─┼─ find   records by word and field
//! open, schema ──┘            ├─ past   what a customer wrote before
//!                             ├─ withdraw  a draft that was never sent
//!                             ├─ forget one person, or what is old
//!                             └─ tally ─ waves   counts by day, and what stands out
//! ```
//!
//! It knows no phrasebook and no mail: it is given entries, and dates by its caller.

mod due;
mod entry;
mod error;
mod find;
mod forget;
mod labels;
mod open;
mod past;
mod query;
mod schema;
mod tally;
mod waves;
mod withdraw;
mod write;

pub use due::{Due, Ended, Outcome};
pub use entry::{Entry, Kept, Promise, digest};
pub use error::{Error, Result};
pub use find::{Found, Pledge, Reply};
pub use labels::{FIELDS, Label};
pub use open::Ledger;
pub use past::{Broken, Past};
pub use query::Query;
pub use tally::{Daily, Promises};
pub use waves::{FEWEST_WEEKS, LEVEL, MOST_WEEKS, Wave, Window, chance, waves};
pub use withdraw::Withdrawn;
pub use write::Written;
