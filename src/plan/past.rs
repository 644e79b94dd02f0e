//! A customer seen before: how often they wrote about it, and what they were promised in vain.

use super::Hold;
use super::calendar::spoken;
use crate::facts::times;
use crate::reading::Reading;
use amends_ledger::Past;
use amends_phrasebook::Issue;
use jiff::civil::Date;

/// Who has written so often is known as one who writes often.
pub(crate) const OFTEN: u32 = 3;

/// How often they have written about the main issue, this message included: "twice".
pub(super) fn contacts(past: &Past, reading: &Reading) -> Option<String> {
    let main = reading.issues.first().filter(|found| found.sure)?;
    times(past.times(&main.id) + 1)
}

/// The day by which a promise to them was to be kept, and was not: "Wednesday 25 November".
pub(super) fn missed(past: &Past) -> Option<String> {
    past.broken.first()?.by.parse::<Date>().ok().map(spoken)
}

/// A broken promise is for a person to make good.
pub(super) fn hold(past: &Past, to: &str) -> Option<Hold> {
    let broken = past.broken.first()?;
    let reason = format!("a promise to them was not kept: \"{}\" by {}", broken.todo, broken.by);
    Some(Hold { reason, to: to.to_owned() })
}

/// What the agent should know of them.
pub(super) fn notes(past: &Past, issues: &[&Issue]) -> Vec<String> {
    let before = match past.messages {
        0 => String::new(),
        1 => format!("wrote once before, on {}", past.last),
        n => format!("wrote {} before, the last time on {}", times(n).unwrap_or_default(), past.last),
    };
    let same = issues.first().is_some_and(|issue| past.times(&issue.id) > 0);
    let mut notes = vec![if same { format!("{before}, about the same") } else { before }];
    notes.retain(|note| !note.is_empty());
    let late =
        past.broken.iter().map(|broken| format!("#{} {} by {}", broken.promise, broken.todo, broken.by));
    let late: Vec<String> = late.collect();
    if !late.is_empty() {
        notes.push(format!("promised and not done: {}", late.join("; ")));
    }
    notes
}
