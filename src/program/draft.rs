//! `amends draft`: messages in, drafts out.

use super::batch::{self, Batch};
use super::books::the_phrasebook;
use super::ledger::Recorder;
use super::own;
use crate::program::batch::sink::{Piece, Status, print};
use crate::program::batch::summary::Told;
use crate::program::files::in_use;
use crate::program::flags::{DraftArgs, Output, ReplyArgs};
use amends::ledger::entry;
use amends::plan::Options;
use amends::record::{self, HoldLine, Posting};
use amends::render::Templates;
use amends::reply::reply;
use amends_inbox::formats::Unread;
use amends_inbox::message::one_line;
use amends_language::suggest::did_you_mean;
use amends_phrasebook::facts::settable;
use anyhow::{anyhow, bail};
use jiff::civil::Date;
use std::path::Path;

pub fn draft(args: &DraftArgs) -> anyhow::Result<Status> {
    if args.help_facts {
        let list: String = settable().map(|(name, what)| format!("{name:<13}{what}\n")).collect();
        print(&list)?;
        return Ok(Status::Done);
    }
    let read = &args.batch.read;
    let book = the_phrasebook(&read.book)?;
    if args.html && read.output != Output::Eml {
        bail!("--html adds an HTML part to a mail; use it with --output eml");
    }
    let setup = Setup::new(&args.reply)?;
    let recorder = Recorder::of_draft(args, book, setup.options.today)?;
    let checkpoint = {
        let ReplyArgs { template, stage, agent, today, set, .. } = &args.reply;
        let flags = format!(
            "{template:?} {stage:?} {agent:?} {today:?} {set:?} {} {} {}",
            args.html, args.strict, args.no_hold_line
        );
        let flags = match &recorder {
            Some(recorder) => format!("{flags} {recorder}"),
            None => flags,
        };
        let settings = batch::settings(&args.batch, &flags, book.fingerprint, setup.templates.fingerprint());
        batch::checkpoint(
            &args.batch,
            args.out.as_deref(),
            settings,
            (setup.clock.as_second(), recorder.as_ref().map_or(0, |recorder| recorder.seen)),
        )?
    };
    // A resumed run keeps its original date.
    let clock =
        checkpoint.as_ref().and_then(|checkpoint| jiff::Timestamp::from_second(checkpoint.clock).ok());
    let seen = checkpoint.as_ref().map(|checkpoint| checkpoint.seen);
    let seen = seen.or(recorder.as_ref().map(|recorder| recorder.seen)).unwrap_or(0);
    let Setup { templates, options, clock } = setup.at(&args.reply, clock);
    let today = options.today;
    let now = if args.reply.today.is_some() { noon(today) } else { clock.as_second() };
    let signs = options.agent.clone().unwrap_or_else(|| book.company.agent.clone());
    let hold_line = if args.no_hold_line { HoldLine::LeftOut } else { HoldLine::Shown };
    let posting =
        Posting { company: &book.company, agent: &signs, now, today, as_html: args.html, hold_line };
    let ledger = recorder.as_ref().map(|recorder| &recorder.ledger);
    let batch = Batch { args: &args.batch, dir: args.out.as_deref(), checkpoint, own: &own(book), ledger };
    batch.run(|unread| {
        let message = match unread {
            Ok(message) => message,
            Err(unread) => return Piece::failed(&unread, read.output),
        };
        let mut known = None;
        if let Some(recorder) = &recorder {
            match recorder.past(&message, seen, options.stage, today) {
                Ok(past) => known = past.map(|past| Options { past: Some(past), ..options.clone() }),
                Err(error) => {
                    let unread = Unread { id: message.id, line: 0, message: error.to_string() };
                    return Piece::failed(&unread, read.output);
                }
            }
        }
        let options = known.as_ref().unwrap_or(&options);
        let record = reply(book, &templates, &message, options);
        let mut piece = Piece::new(match read.output {
            Output::Text => record::text(&record, hold_line),
            Output::Body => record::body(&record, hold_line),
            Output::Json => record::json(&record),
            Output::Jsonl => record::jsonl(&record),
            Output::Eml => String::new(),
        });
        if read.output == Output::Eml {
            piece.bytes = record::eml(&record, &message, &posting).unwrap_or_default();
        }
        piece.notes = match read.output {
            Output::Json | Output::Jsonl => Vec::new(),
            _ => record::notes(&record),
        };
        piece.name.clone_from(&record.id);
        piece.entry = recorder
            .as_ref()
            .and_then(|recorder| entry(book, &message, &record, options, recorder.keep_text))
            .map(Box::new);
        piece.told = Told::of_record(&record);
        if let Some(error) = &record.error {
            piece.error = Some(error.message.clone());
        }
        piece.strict = args.strict && record.needs_a_person();
        piece
    })
}

/// Refuses facts that can't be set, and several of them in one flag.
pub fn check_facts(set: &[(String, String)]) -> anyhow::Result<()> {
    for (key, value) in set {
        let names = || settable().map(|(name, _)| name);
        if !names().any(|name| name == key) {
            let help = did_you_mean(key, names())
                .unwrap_or_else(|| "`amends draft --help-facts` lists the facts you can set".into());
            bail!("--set has no fact \"{}\"; {help}", one_line(key));
        }
        // A value may hold commas, but hardly one that another fact follows.
        let others = value.split(',').skip(1).filter_map(|part| part.split_once('='));
        if let Some((other, _)) =
            others.into_iter().find(|(other, _)| names().any(|name| name == other.trim()))
        {
            bail!(
                "--set {} holds a second fact, `{}`; give --set once for each fact, as in --set order=A-1 --set name=Maria",
                one_line(key),
                other.trim()
            );
        }
    }
    Ok(())
}

pub fn noon(day: Date) -> i64 {
    day.at(12, 0, 0, 0).to_zoned(jiff::tz::TimeZone::UTC).map_or(0, |z| z.timestamp().as_second())
}

/// What a reply needs besides the message and the phrasebook.
pub struct Setup {
    pub templates: Templates,
    pub options: Options,
    pub clock: jiff::Timestamp,
}

impl Setup {
    pub fn new(args: &ReplyArgs) -> anyhow::Result<Self> {
        let templates = templates(args.templates.as_deref())?;
        if let Some(name) = &args.template
            && !templates.contains(name)
        {
            bail!("there is no template \"{}\"; choose from {}", one_line(name), templates.list());
        }
        check_facts(&args.set)?;
        let clock = jiff::Timestamp::now();
        let options = Options {
            today: today(args, clock),
            agent: args.agent.clone(),
            template: args.template.clone(),
            stage: args.stage.name(),
            set: args.set.iter().cloned().collect(),
            past: None,
        };
        Ok(Self { templates, options, clock })
    }

    /// The same setup at another time.
    fn at(self, args: &ReplyArgs, clock: Option<jiff::Timestamp>) -> Self {
        let clock = clock.unwrap_or(self.clock);
        Self { options: Options { today: today(args, clock), ..self.options }, clock, ..self }
    }
}

fn today(args: &ReplyArgs, clock: jiff::Timestamp) -> Date {
    args.today.unwrap_or_else(|| clock.to_zoned(jiff::tz::TimeZone::UTC).date())
}

/// The built-in templates, overridden by those in `dir`.
pub fn templates(dir: Option<&Path>) -> anyhow::Result<Templates> {
    let Some(dir) = dir else { return Ok(Templates::built_in()) };
    let templates = Templates::from_dir(dir).map_err(|e| anyhow!(e))?;
    for entry in std::fs::read_dir(dir).into_iter().flatten().flatten() {
        in_use::note(&entry.path(), "a template in use");
    }
    Ok(templates)
}
