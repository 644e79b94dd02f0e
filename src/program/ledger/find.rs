//! `amends find`: recorded messages, by word and field.

use super::{Opened, count};
use crate::program::batch::sink::{Status, print};
use crate::program::flags::{FindArgs, FindOutput};
use crate::program::terminal::say;
use amends::record;
use amends_inbox::message::one_line;
use amends_ledger::{Found, Query};
use serde_json::Value;
use std::fmt::Write;

/// As many as a screen holds.
const MOST: usize = 20;

pub fn find(args: &FindArgs) -> anyhow::Result<Status> {
    let query = Query::parse(&args.words)?;
    let Opened { ledger, today, .. } = Opened::of(&args.of)?;
    let most = args.most.unwrap_or(if args.output == FindOutput::Text { MOST } else { usize::MAX });
    let (found, all) = ledger.find(&query, today, most)?;
    print(&match args.output {
        FindOutput::Json => record::json(&found),
        FindOutput::Jsonl => found.iter().map(record::jsonl).collect(),
        FindOutput::Text => found.iter().map(text).collect::<Vec<_>>().join("\n"),
    })?;
    if args.output == FindOutput::Text && !args.of.book.quiet {
        match all {
            0 => say!("nothing found"),
            _ if all > found.len() => {
                say!("{} found; the newest {} shown, --most shows more", count(all, "record"), found.len());
            }
            _ => say!("{} found", count(all, "record")),
        }
    }
    Ok(Status::Done)
}

fn text(found: &Found) -> String {
    let mut out = String::new();
    let labels =
        |field: &str| found.labels.get(field).map(|all| all.join(", ")).filter(|all| !all.is_empty());
    let heads = ["kind", "tone", "channel"].into_iter().filter_map(labels).collect::<Vec<_>>().join(", ");
    let _ = writeln!(out, "{}  {}  {heads}", found.received, one_line(&found.id));
    let mut line = |name: &str, value: String| {
        if !value.is_empty() {
            let _ = writeln!(out, "  {name:<12}{}", one_line(&value));
        }
    };
    line("from", found.address.clone().unwrap_or_default());
    for field in ["issue", "apart", "cause", "thing", "want", "risk", "customer", "concession"] {
        line(field, labels(field).unwrap_or_default());
    }
    line("facts", facts(&found.facts));
    line("hold", found.hold.clone().unwrap_or_default());
    for promise in &found.promises {
        let ended = promise.ended.as_ref().map(|day| format!(" on {day}")).unwrap_or_default();
        let done = promise.outcome.as_ref().map(|done| format!(": {done}")).unwrap_or_default();
        let what = format!("{} by {} ({}{ended}{done})", promise.todo, promise.by, promise.state);
        line(&format!("#{}", promise.promise), what);
    }
    line("subject", found.subject.clone().unwrap_or_default());
    line("text", found.text.clone().unwrap_or_default());
    out
}

/// The values alone.
fn facts(facts: &Value) -> String {
    let texts = |value: &Value| match value {
        Value::String(text) => vec![text.clone()],
        Value::Array(all) => all.iter().filter_map(Value::as_str).map(str::to_owned).collect(),
        _ => Vec::new(),
    };
    let all: Vec<String> =
        facts.as_object().into_iter().flatten().flat_map(|(_, value)| texts(value)).collect();
    all.join(", ")
}
