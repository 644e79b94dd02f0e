//! `amends done`: a promise was kept, or broken; and what comes next.

use super::{Opened, count};
use crate::program::batch::sink::{Status, print};
use crate::program::draft::{check_facts, noon};
use crate::program::flags::{DoneArgs, Output};
use amends::plan::Options;
use amends::plan::calendar::WorkingDays;
use amends::record::{self, HoldLine, Posting};
use amends::render::Templates;
use amends::reply::reply;
use amends_inbox::message::{Channel, Mailbox, Message, one_line, safe};
use amends_ledger::{Ended, Found, Outcome, Promise};
use anyhow::{Context, bail};
use std::fmt::Write;

/// What a follow-up asks.
const FOLLOW_UP: &str = "ask whether it is really solved";

pub fn done(args: &DoneArgs) -> anyhow::Result<Status> {
    check_facts(&args.set)?;
    let mut opened = Opened::of(&args.of)?;
    let outcome = if args.broken { Outcome::Broken } else { Outcome::Kept };
    // What was done may quote a secret as well.
    let set: Vec<(String, String)> = args.set.iter().map(|(key, value)| (key.clone(), safe(value))).collect();
    let today = opened.today;
    if args.output.is_some() {
        // Before anything is changed.
        opened.case(args.id)?;
    }
    let ended = opened.ledger.end(args.id, outcome, today, &set)?;
    let mut told = told(&ended, outcome);
    let asked = ended.promise.todo == FOLLOW_UP;
    if ended.left > 0 {
        let _ = writeln!(
            told,
            "still open about {}: {}",
            one_line(&ended.promise.message),
            count(ended.left, "promise")
        );
    }
    if outcome == Outcome::Kept
        && ended.left == 0
        && let Some(by) = opened.follow_up(&ended)?
    {
        let _ = writeln!(told, "promised: {FOLLOW_UP} by {by}");
    }
    let stage = match outcome {
        Outcome::Broken => "holding",
        Outcome::Kept if asked => "follow-up",
        Outcome::Kept => "resolved",
    };
    match args.output {
        Some(output) => {
            print(&opened.draft(args.id, stage, &set, output)?)?;
            crate::program::terminal::to_stderr(format_args!("{told}"));
        }
        // Who has asked has written already.
        None if asked => print(&told)?,
        None => {
            let facts: String =
                set.iter().map(|(key, value)| format!(" --set {key}={}", quoted(value))).collect();
            let _ = writeln!(told, "next: amends draft --record --stage {stage}{facts} MAIL");
            print(&told)?;
        }
    }
    Ok(Status::Done)
}

fn told(ended: &Ended, outcome: Outcome) -> String {
    let how = match outcome {
        Outcome::Kept if ended.late => "kept late",
        Outcome::Kept => "kept",
        Outcome::Broken => "broken",
    };
    let due = &ended.promise;
    format!("{how}: {} (due {}, {})\n", one_line(&due.todo), due.by, one_line(&due.message))
}

/// For a shell.
fn quoted(value: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "-_.:/@+".contains(c);
    if value.chars().all(plain) { value.to_owned() } else { format!("'{}'", value.replace('\'', "'\\''")) }
}

impl Opened {
    /// Once all is done, the day to ask whether it is solved; `None` if nobody complained, or it was asked.
    fn follow_up(&mut self, ended: &Ended) -> anyhow::Result<Option<jiff::civil::Date>> {
        if !ended.is_complaint || ended.stages.iter().any(|stage| stage == "follow-up") {
            return Ok(None);
        }
        let company = &self.book.company;
        let days = WorkingDays { weekend: &company.weekend, holidays: &company.holidays };
        let due = days.after(self.today, ended.days.max(1));
        let promise = Promise { todo: FOLLOW_UP.into(), owner: company.agent.clone(), due, approval: false };
        self.ledger.promise(ended.number, "follow-up", &promise)?;
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

    /// The next draft, from what is kept.
    fn draft(
        &self,
        promise: i64,
        stage: &'static str,
        set: &[(String, String)],
        output: Output,
    ) -> anyhow::Result<String> {
        let found = self.case(promise)?;
        let message = message(&found);
        let options = Options { stage, set: set.iter().cloned().collect(), ..Options::on(self.today) };
        let record = reply(self.book, &Templates::built_in(), &message, &options);
        let company = &self.book.company;
        Ok(match output {
            Output::Text => record::text(&record, HoldLine::Shown),
            Output::Body => record::body(&record, HoldLine::Shown),
            Output::Json => record::json(&record),
            Output::Jsonl => record::jsonl(&record),
            Output::Eml => {
                let posting = Posting {
                    company,
                    agent: &company.agent,
                    now: noon(self.today),
                    today: self.today,
                    as_html: false,
                    hold_line: HoldLine::Shown,
                };
                let mail = record::eml(&record, &message, &posting);
                String::from_utf8(mail.context("there is no draft")?)?
            }
        })
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
