//! `amends draft`: messages in, drafts out.

use super::books::the_phrasebook;
use super::{batch_into, own};
use crate::cli::{DraftArgs, Output, ReplyArgs};
use crate::sink::{Piece, Sink, Status};
use amends::diagnostic::did_you_mean;
use amends::message::one_line;
use amends::output;
use amends::plan::{Options, SETTABLE};
use amends::render::Templates;
use amends::reply::reply;
use anyhow::{anyhow, bail};
use jiff::civil::Date;
use std::path::Path;

pub fn draft(args: &DraftArgs) -> anyhow::Result<Status> {
    if args.help_facts {
        let list: String = SETTABLE.iter().map(|(name, what)| format!("{name:<13}{what}\n")).collect();
        let mut sink = Sink::open(&args.read)?;
        sink.write("facts", Piece::new(list), false, &args.read)?;
        return sink.close();
    }
    let book = the_phrasebook(&args.read.book)?;
    if args.html && args.read.output != Output::Eml {
        bail!("--html adds an HTML part to a mail; use it with --output eml");
    }
    let Setup { templates, options, now } = Setup::new(&args.reply)?;
    let today = options.today;
    let signs = options.agent.clone().unwrap_or_else(|| book.company.agent.clone());
    batch_into(&args.read, args.out.as_deref(), &own(book), |read| {
        let message = match read {
            Ok(message) => message,
            Err(unread) => return Piece::failed(&unread, args.read.output),
        };
        let record = reply(book, &templates, &message, &options);
        let mut piece = Piece::new(match args.read.output {
            Output::Text => output::text(&record),
            Output::Body => record.draft.as_ref().map_or_else(String::new, |d| d.body.clone()),
            Output::Json => output::json(&record),
            Output::Jsonl => output::jsonl(&record),
            Output::Eml => String::new(),
        });
        if args.read.output == Output::Eml {
            piece.bytes = output::eml(&record, &message, &book.company, &signs, now, today, args.html)
                .unwrap_or_default();
        }
        piece.notes = match args.read.output {
            Output::Json | Output::Jsonl => Vec::new(),
            _ => output::notes(&record),
        };
        piece.name.clone_from(&record.id);
        if let Some(error) = &record.error {
            piece.error = Some(error.message.clone());
        }
        piece.strict = args.strict && record.needs_a_person();
        piece
    })
}

fn noon(day: Date) -> i64 {
    day.at(12, 0, 0, 0).to_zoned(jiff::tz::TimeZone::UTC).map_or(0, |z| z.timestamp().as_second())
}

/// What a reply is made with, beside message and phrasebook.
pub struct Setup {
    pub templates: Templates,
    pub options: Options,
    /// Seconds since 1970, for the date of a mail.
    pub now: i64,
}

impl Setup {
    pub fn new(args: &ReplyArgs) -> anyhow::Result<Self> {
        let templates = templates(args.templates.as_deref())?;
        if let Some(name) = &args.template
            && !templates.contains(name)
        {
            bail!("there is no template \"{}\"; there are {}", one_line(name), templates.list());
        }
        for (key, _) in &args.set {
            let names = || SETTABLE.iter().map(|(name, _)| *name);
            if !names().any(|name| name == key) {
                let help = did_you_mean(key, names())
                    .unwrap_or_else(|| "`amends draft --help-facts` lists those that can be set".into());
                bail!("--set knows no fact \"{}\"; {help}", one_line(key));
            }
        }
        let clock = jiff::Timestamp::now();
        let today = args.today.unwrap_or_else(|| clock.to_zoned(jiff::tz::TimeZone::UTC).date());
        let now = if args.today.is_some() { noon(today) } else { clock.as_second() };
        let options = Options {
            today,
            agent: args.agent.clone(),
            template: args.template.clone(),
            stage: args.stage.name(),
            set: args.set.iter().cloned().collect(),
        };
        Ok(Self { templates, options, now })
    }
}

/// The built-in templates, or those with a directory's own laid over them.
pub fn templates(dir: Option<&Path>) -> anyhow::Result<Templates> {
    dir.map_or_else(|| Ok(Templates::built_in()), |dir| Templates::from_dir(dir).map_err(|e| anyhow!(e)))
}
