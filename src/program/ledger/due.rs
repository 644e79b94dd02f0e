//! `amends due`: promises to keep, by who keeps them.

use super::{Opened, count, ics};
use crate::program::batch::sink::{Status, print};
use crate::program::flags::{DueArgs, DueOutput};
use crate::program::terminal::say;
use amends::record;
use amends_inbox::message::one_line;
use amends_ledger::Due;
use jiff::civil::Date;
use std::fmt::Write;

pub fn due(args: &DueArgs) -> anyhow::Result<Status> {
    let Opened { ledger, book, today } = Opened::of(&args.of)?;
    let by = args.by.unwrap_or(today);
    let list = ledger.due(by)?;
    let hint = (args.output == DueOutput::Text && !args.of.book.quiet).then(|| hint(&list)).flatten();
    print(&match args.output {
        DueOutput::Json => record::json(&list),
        DueOutput::Ics => ics::calendar(&list, &book.company, today),
        DueOutput::Text => {
            let (later, next) = ledger.due_later(by)?;
            text(&list, today) + &beyond(list.len(), later, next.as_deref(), by)
        }
    })?;
    if let Some(hint) = hint {
        say!("{hint}");
    }
    Ok(Status::Done)
}

/// What to do with the list.
fn hint(list: &[Due]) -> Option<&'static str> {
    (!list.is_empty()).then_some(if list.iter().all(|due| due.has_text) {
        "note: `amends done ID` marks one as kept; with --output eml it writes the next draft, from the ledger alone"
    } else {
        "note: `amends done ID` marks one as kept; the next draft needs the message itself, as its words aren't in the ledger"
    })
}

fn text(list: &[Due], today: Date) -> String {
    let mut out = String::new();
    for group in list.chunk_by(|a, b| a.owner == b.owner) {
        let _ = writeln!(out, "{}", one_line(&group[0].owner));
        for due in group {
            let approval = if due.approval { " (needs approval)" } else { "" };
            let _ = writeln!(
                out,
                "{:>6}  {}  {:<13} {}{approval}  [{}]",
                due.promise,
                due.by,
                when(&due.by, today),
                one_line(&due.todo),
                one_line(&due.message)
            );
        }
    }
    out
}

fn when(by: &str, today: Date) -> String {
    let days = by.parse::<Date>().map_or(0, |by| (by - today).get_days());
    match days {
        0 => "today".into(),
        ..0 => format!("{} late", count(days.unsigned_abs() as usize, "day")),
        _ => format!("in {}", count(days as usize, "day")),
    }
}

fn beyond(listed: usize, later: usize, next: Option<&str>, by: Date) -> String {
    match (listed, later, next) {
        (0, 0, _) => "no promise is open\n".into(),
        (0, _, Some(next)) => format!("nothing is due by {by}; {later} later, the next on {next}\n"),
        (_, 1.., Some(next)) => format!("{later} later, the next on {next}\n"),
        _ => String::new(),
    }
}
