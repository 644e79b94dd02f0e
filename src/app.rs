//! The program: from flags to exit status. With `input` and `sink` the one place that touches
//! files, standard streams and the clock.

use crate::cli::{Cli, Command, DraftArgs, Output, ReadArgs, When};
use crate::input::{Source, reason, renames, shown, sources};
use crate::sink::{Piece, Sink, Status};
use amends::classify::classify;
use amends::diagnostic::{self, did_you_mean};
use amends::intake::Unread;
use amends::message::{Message, one_line};
use amends::output;
use amends::phrasebook::{Phrasebook, SETTABLE};
use amends::plan::Options;
use amends::render::Templates;
use amends::reply::reply;
use anyhow::{Context, anyhow, bail};
use jiff::civil::Date;
use rayon::prelude::*;
use std::io::{self, IsTerminal};
use std::path::PathBuf;

/// Messages worked on at once in a batch: enough for all cores, few enough to stay small.
const CHUNK: usize = 256;

pub fn run(cli: Cli) -> anyhow::Result<Status> {
    match cli.command {
        Some(Command::Draft(args)) => draft(&args),
        None => draft(&cli.draft),
        Some(Command::Classify(args)) => {
            refuse_drafts(&args, "classify")?;
            let book = phrasebook(&args)?;
            batch(&args, &own(book), |read| match read {
                Ok(message) => {
                    let reading = classify(book, &message);
                    Piece::new(match args.output {
                        Output::Json => output::json(&reading),
                        Output::Jsonl => output::jsonl(&reading),
                        _ => output::reading(&reading),
                    })
                }
                Err(unread) => Piece::failed(&unread, args.output),
            })
        }
        Some(Command::Extract(args)) => {
            refuse_drafts(&args, "extract")?;
            batch(&args, &[], |read| match read {
                Ok(message) => Piece::new(match args.output {
                    Output::Json | Output::Jsonl => output::jsonl(
                        &serde_json::json!({"id": message.id, "text": message.text, "signature": message.signature, "history": message.history}),
                    ),
                    _ => message.text.clone() + "\n",
                }),
                Err(unread) => Piece::failed(&unread, args.output),
            })
        }
    }
}

fn refuse_drafts(args: &ReadArgs, command: &str) -> anyhow::Result<()> {
    if matches!(args.output, Output::Eml | Output::Body) {
        bail!(
            "`amends {command}` makes no draft, so there is nothing to print as eml or body; use --output text, json or jsonl"
        );
    }
    Ok(())
}

fn draft(args: &DraftArgs) -> anyhow::Result<Status> {
    let book = phrasebook(&args.read)?;
    let templates = match &args.templates {
        Some(dir) => Templates::from_dir(dir).map_err(|e| anyhow!(e))?,
        None => Templates::built_in(),
    };
    if let Some(name) = &args.template
        && !templates.contains(name)
    {
        bail!("there is no template \"{}\"; there are {}", one_line(name), templates.list());
    }
    for (key, _) in &args.set {
        if !SETTABLE.contains(&key.as_str()) {
            let help = did_you_mean(key, SETTABLE.iter().copied())
                .unwrap_or_else(|| format!("facts that can be set: {}", SETTABLE.join(", ")));
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
        set: args.set.iter().cloned().collect(),
    };
    let signs = options.agent.clone().unwrap_or_else(|| book.company.agent.clone());
    batch(&args.read, &own(book), |read| {
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
            piece.bytes =
                output::eml(&record, &message, &book.company, &signs, now, today).unwrap_or_default();
        }
        piece.notes = match args.read.output {
            Output::Json | Output::Jsonl => Vec::new(),
            _ => output::notes(&record),
        };
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

/// Our own addresses: mail from them would be answered in a circle.
fn own(book: &Phrasebook) -> Vec<String> {
    std::iter::once(&book.company.email).chain(&book.company.addresses).cloned().collect()
}

/// The phrasebook named, or the nearest: here, in the user's configuration, in the binary.
fn phrasebook(args: &ReadArgs) -> anyhow::Result<&'static Phrasebook> {
    // Given back when the process ends: freeing its tables takes longer than reading a mail.
    Ok(Box::leak(Box::new(find_phrasebook(args)?)))
}

fn find_phrasebook(args: &ReadArgs) -> anyhow::Result<Phrasebook> {
    let found = args.phrasebook.clone().or_else(|| nearby().into_iter().find(|p| p.is_file()));
    let Some(path) = found else {
        if args.verbose {
            eprintln!("amends: using the built-in phrasebook");
        }
        return Ok(Phrasebook::built_in()?);
    };
    if args.verbose {
        eprintln!("amends: using the phrasebook {}", shown(&path));
    }
    let bytes = std::fs::read(&path)
        .map_err(|e| anyhow!("the phrasebook {} can't be read: {}", shown(&path), reason(&e)))?;
    if bytes.starts_with(b"\xFF\xFE") || bytes.starts_with(b"\xFE\xFF") {
        bail!("the phrasebook {} is UTF-16; save it as UTF-8", shown(&path));
    }
    let source = String::from_utf8(bytes).map_err(|e| {
        anyhow!(
            "the phrasebook {} is not UTF-8 text (byte {}); save it as UTF-8",
            shown(&path),
            e.utf8_error().valid_up_to()
        )
    })?;
    Phrasebook::parse(&shown(&path), source.trim_start_matches('\u{feff}')).map_err(|rejected| {
        let color = match args.color {
            When::Always => true,
            When::Never => false,
            When::Auto => {
                io::stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none_or(|v| v.is_empty())
            }
        };
        let n = rejected.diagnostics.len();
        anyhow!(
            "{}the phrasebook {} has {n} error{}; nothing was drafted",
            diagnostic::render(&rejected.path, &rejected.source, &rejected.diagnostics, color),
            rejected.path,
            if n == 1 { "" } else { "s" }
        )
    })
}

fn nearby() -> Vec<PathBuf> {
    let config = std::env::var_os("XDG_CONFIG_HOME")
        .map(PathBuf::from)
        .filter(|p| p.is_absolute())
        .or_else(|| std::env::var_os("HOME").map(|home| PathBuf::from(home).join(".config")));
    std::iter::once(PathBuf::from("phrasebook.yaml"))
        .chain(config.map(|c| c.join("amends/phrasebook.yaml")))
        .collect()
}

/// Reads every input, works on each message, writes what comes out in input order.
fn batch(
    args: &ReadArgs,
    own: &[String],
    work: impl Fn(Result<Message, Unread>) -> Piece + Sync,
) -> anyhow::Result<Status> {
    let own: Vec<&str> = own.iter().map(String::as_str).collect();
    let renames = renames(args)?;
    let mut sources = sources(args)?.peekable();
    if sources.peek().is_none() {
        bail!(
            "there is no message: the input is empty; pipe one in, as in `amends < mail.eml`, or name a file"
        );
    }
    let mut sink = Sink::open(args)?;
    let mut pool = None;
    loop {
        let chunk: Vec<Source> =
            sources.by_ref().take(CHUNK).collect::<io::Result<_>>().context("the input can't be read on")?;
        if chunk.is_empty() {
            break;
        }
        let one = |source: &Source| work(source.read(&own, &renames));
        let pieces: Vec<Piece> = if chunk.len() == 1 {
            chunk.iter().map(one).collect()
        } else {
            let pool = match &mut pool {
                Some(pool) => pool,
                none => none.insert(
                    rayon::ThreadPoolBuilder::new().num_threads(args.jobs.map_or(0, usize::from)).build()?,
                ),
            };
            pool.install(|| chunk.par_iter().map(one).collect())
        };
        let many = sink.written + chunk.len() > 1;
        for (source, piece) in chunk.iter().zip(pieces) {
            if !sink.write(&source.place(), piece, many, args)? {
                return Ok(Status::Done);
            }
        }
    }
    sink.close()
}
