//! `amends done`: a promise was kept, broken or never made; and what comes next.

use super::{Opened, count, note, quoted};
use crate::program::batch::sink::{Status, print};
use crate::program::draft::{check_facts, noon, templates};
use crate::program::flags::{DoneArgs, Output};
use crate::program::terminal::to_stderr;
use amends::ledger::entry;
use amends::plan::Options;
use amends::plan::calendar::WorkingDays;
use amends::record::{self, HoldLine, Posting};
use amends::reply::reply;
use amends_inbox::message::{Channel, Mailbox, Message, one_line, safe};
use amends_ledger::{Ended, Entry, Found, Outcome, Promise};
use anyhow::{Context, bail};
use jiff::civil::Date;
use std::collections::BTreeMap;
use std::fmt::Write;

/// What a follow-up asks.
const FOLLOW_UP: &str = "ask whether it is really solved";

pub fn done(args: &DoneArgs) -> anyhow::Result<Status> {
    check_facts(&args.set)?;
    let mut opened = Opened::of(&args.of)?;
    let outcome = match (args.broken, args.withdrawn) {
        (true, _) => Outcome::Broken,
        (_, true) => Outcome::Withdrawn,
        _ => Outcome::Kept,
    };
    // What was done may quote a secret as well.
    let set: Vec<(String, String)> = args.set.iter().map(|(key, value)| (key.clone(), safe(value))).collect();
    if args.output.is_some() {
        // Before anything is changed.
        opened.case(args.id)?;
    }
    let ended = opened.ledger.end(args.id, outcome, opened.today, &set)?;
    let mut told = told(&ended, outcome);
    let asked = ended.promise.todo == FOLLOW_UP;
    if ended.left > 0 {
        let _ = writeln!(
            told,
            "still open about {}: {}",
            one_line(&ended.promise.message),
            count(ended.left, "promise")
        );
    } else if outcome != Outcome::Broken
        && ended.some_kept
        && let Some(by) = opened.follow_up(&ended, args.agent.as_deref())?
    {
        let _ = writeln!(told, "promised: {FOLLOW_UP} by {by}");
    }
    let stage = match outcome {
        Outcome::Broken => "holding",
        Outcome::Kept if asked => "follow-up",
        Outcome::Kept | Outcome::Withdrawn => "resolved",
    };
    match args.output {
        Some(output) => {
            let (draft, notes) = opened.draft(args, stage, output)?;
            print(&draft)?;
            let notes: String = notes.into_iter().map(|note| note + "\n").collect();
            to_stderr(format_args!("{notes}{told}"));
        }
        // Who has asked has written already, and nobody writes of what was never promised.
        None if asked || outcome == Outcome::Withdrawn => print(&told)?,
        None => {
            let next = if ended.promise.has_text {
                let broken = if outcome == Outcome::Broken { " --broken" } else { "" };
                format!("amends done {}{broken} --output eml", args.id)
            } else {
                let facts = facts(&opened.ledger.of_promise(args.id, opened.today)?, args.id, stage);
                let facts: String =
                    facts.iter().map(|(key, value)| format!(" --set {key}={}", quoted(value))).collect();
                format!("amends draft --record --stage {stage}{facts} MAIL")
            };
            let _ = writeln!(told, "next: {next}");
            print(&told)?;
        }
    }
    Ok(Status::Done)
}

/// What was set for a promise. Who writes what was done says all of it, for whichever promise it was set.
fn facts(found: &Found, promise: i64, stage: &str) -> BTreeMap<String, String> {
    let told = found
        .promises
        .iter()
        .filter(|one| one.promise == promise || stage == "resolved" && matches!(one.state, "kept" | "late"));
    let outcomes = told.filter_map(|one| one.outcome.as_deref());
    let facts = outcomes.flat_map(str::lines).filter_map(|line| line.split_once('='));
    facts.map(|(key, value)| (key.to_owned(), value.to_owned())).collect()
}

fn told(ended: &Ended, outcome: Outcome) -> String {
    let how = match outcome {
        Outcome::Kept if ended.late => "kept late",
        Outcome::Kept => "kept",
        Outcome::Broken => "broken",
        Outcome::Withdrawn => "withdrawn",
    };
    let before = if ended.before { "already " } else { "" };
    let due = &ended.promise;
    format!("{before}{how}: {} (due {}, {})\n", one_line(&due.todo), due.by, one_line(&due.message))
}

impl Opened {
    /// Once all is done, the day to ask whether it is solved; `None` if nobody complained, or it was asked.
    fn follow_up(&mut self, ended: &Ended, agent: Option<&str>) -> anyhow::Result<Option<Date>> {
        if !ended.is_complaint || ended.has_more {
            return Ok(None);
        }
        let company = &self.book.company;
        let days = WorkingDays { weekend: &company.weekend, holidays: &company.holidays };
        let due = days.after(self.today, ended.days.max(1));
        let promise = Promise {
            todo: FOLLOW_UP.into(),
            owner: agent.unwrap_or(&company.agent).to_owned(),
            due,
            approval: false,
        };
        self.ledger.promise(ended.number, &promise)?;
        Ok(Some(due))
    }

    /// The recorded message a promise was made for, with the customer's words.
    fn case(&self, promise: i64) -> anyhow::Result<Found> {
        let found = self.ledger.of_promise(promise, self.today)?;
        if found.text.is_none() {
            bail!(
                "the ledger doesn't keep the words of {}; leave out --output, and draft from the mail itself",
                one_line(&found.id)
            );
        }
        Ok(found)
    }

    /// The next draft, from what is kept, with notes for the agent. It is recorded as any other.
    fn draft(
        &mut self,
        args: &DoneArgs,
        stage: &'static str,
        output: Output,
    ) -> anyhow::Result<(String, Vec<String>)> {
        let found = self.case(args.id)?;
        let message = message(&found);
        let past = match &found.address {
            Some(address) => self.ledger.past(address, &found.digest, found.number, stage, self.today)?,
            None => None,
        };
        let agent = args.agent.clone();
        let options =
            Options { agent, stage, set: facts(&found, args.id, stage), past, ..Options::on(self.today) };
        let record = reply(self.book, &templates(args.templates.as_deref())?, &message, &options);
        let mut notes = record::notes(&record);
        if let Some(entry) = entry(self.book, &message, &record, &options, true) {
            let written = self.ledger.record(&[Entry { digest: found.digest, ..entry }])?;
            notes.extend(written.iter().filter_map(|(_, written)| note(&found.id, written)));
        }
        let company = &self.book.company;
        let draft = match output {
            Output::Text => record::text(&record, HoldLine::Shown),
            Output::Body => record::body(&record, HoldLine::Shown),
            Output::Json => record::json(&record),
            Output::Jsonl => record::jsonl(&record),
            Output::Eml => {
                let posting = Posting {
                    company,
                    agent: args.agent.as_deref().unwrap_or(&company.agent),
                    now: noon(self.today),
                    today: self.today,
                    as_html: false,
                    hold_line: HoldLine::Shown,
                };
                let mail = record::eml(&record, &message, &posting);
                String::from_utf8(mail.context("there is no draft")?)?
            }
        };
        Ok((draft, notes))
    }
}

/// The message as it was read.
fn message(found: &Found) -> Message {
    let label = |field: &str| found.labels.get(field).and_then(|all| all.first()).map(String::as_str);
    let name = found.facts.get("name").and_then(|name| name.as_str()).map(str::to_owned);
    let text = found.text.as_deref().unwrap_or("");
    let mut message = Message {
        id: found.id.clone(),
        subject: found.subject.clone(),
        text: text.to_owned(),
        channel: label("channel").and_then(Channel::parse).unwrap_or_default(),
        message_id: found.id.contains('@').then(|| found.id.clone()),
        from: Some(Mailbox { name, address: found.address.clone() }),
        ..Message::default()
    };
    message.finish();
    message
}
