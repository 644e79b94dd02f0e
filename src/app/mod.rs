//! The program: from flags to exit status. With `input` and `sink` the one place that touches
//! files, standard streams and the clock.

mod books;
mod draft;
mod eval;
mod explain;
mod lint;
mod phrasebook;

use crate::cli::{Cli, Command, Output, PhrasebookCommand, ReadArgs};
use crate::input::{Source, renames, shown, sources};
use crate::sink::{Piece, Sink, Status, print};
use amends::classify::classify;
use amends::intake::Unread;
use amends::message::Message;
use amends::output;
use amends::phrasebook::Phrasebook;
use anyhow::{Context, bail};
use books::the_phrasebook;
use clap::CommandFactory;
use rayon::prelude::*;
use std::io;
use std::panic::AssertUnwindSafe;
use std::path::Path;

/// Messages worked on at once in a batch: enough for all cores, few enough to stay small.
const CHUNK: usize = 256;

pub fn run(cli: Cli) -> anyhow::Result<Status> {
    match cli.command {
        Some(Command::Draft(args)) => draft::draft(&args),
        None => draft::draft(&cli.draft),
        Some(Command::Lint(args)) => lint::lint(&args),
        Some(Command::Explain(args)) => explain::explain(&args),
        Some(Command::Watch(args)) => explain::watch(&args),
        Some(Command::Classify(args)) => {
            refuse_drafts(&args, "classify")?;
            let book = the_phrasebook(&args.book)?;
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
        Some(Command::Eval(args)) => eval::eval(&args),
        Some(Command::Phrasebook(command)) => match command {
            PhrasebookCommand::Check(args) => phrasebook::check(&args),
            PhrasebookCommand::Test(args) => phrasebook::test(&args),
            PhrasebookCommand::Show(args) => phrasebook::show(&args),
            PhrasebookCommand::Schema => phrasebook::schema(),
            PhrasebookCommand::Init(args) => phrasebook::init(&args),
            PhrasebookCommand::Diff(args) => phrasebook::diff(&args),
            PhrasebookCommand::Tune(args) => eval::tune(&args),
        },
        Some(Command::Completions { shell }) => {
            let mut script = Vec::new();
            clap_complete::generate(shell, &mut Cli::command(), "amends", &mut script);
            print(&String::from_utf8_lossy(&script))?;
            Ok(Status::Done)
        }
        Some(Command::Man { out }) => man(out.as_deref()),
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

/// The manual pages, made from the flags.
fn man(dir: Option<&Path>) -> anyhow::Result<Status> {
    match dir {
        Some(dir) => {
            std::fs::create_dir_all(dir)
                .and_then(|()| clap_mangen::generate_to(Cli::command(), dir))
                .with_context(|| format!("{} can't be written", shown(dir)))?;
        }
        None => {
            let mut page = Vec::new();
            clap_mangen::Man::new(Cli::command()).render(&mut page)?;
            print(&String::from_utf8_lossy(&page))?;
        }
    }
    Ok(Status::Done)
}

fn refuse_drafts(args: &ReadArgs, command: &str) -> anyhow::Result<()> {
    if matches!(args.output, Output::Eml | Output::Body) {
        bail!(
            "`amends {command}` makes no draft, so there is nothing to print as eml or body; use --output text, json or jsonl"
        );
    }
    Ok(())
}

/// Our own addresses: mail from them would be answered in a circle.
fn own(book: &Phrasebook) -> Vec<String> {
    std::iter::once(&book.company.email).chain(&book.company.addresses).cloned().collect()
}

/// Writes what comes of each message in input order.
fn batch(
    args: &ReadArgs,
    own: &[String],
    work: impl Fn(Result<Message, Unread>) -> Piece + Sync,
) -> anyhow::Result<Status> {
    batch_into(args, None, own, work)
}

/// The same, into a file each if there is a directory for them.
fn batch_into(
    args: &ReadArgs,
    dir: Option<&Path>,
    own: &[String],
    work: impl Fn(Result<Message, Unread>) -> Piece + Sync,
) -> anyhow::Result<Status> {
    let mut sink = None;
    // A fault of ours in one message must not lose the others of a batch.
    let guarded = |read: Result<Message, Unread>| {
        let id = read.as_ref().map_or_else(|unread| unread.id.clone(), |message| message.id.clone());
        std::panic::catch_unwind(AssertUnwindSafe(|| work(read))).unwrap_or_else(|_| {
            let message = "amends failed on this message; please report it".into();
            Piece::failed(&Unread { id, line: 0, message }, args.output)
        })
    };
    each(args, own, guarded, |source, many, piece| {
        let sink = match &mut sink {
            Some(sink) => sink,
            none => none.insert(match dir {
                Some(dir) => Sink::into_dir(dir, args)?,
                None => Sink::open(args)?,
            }),
        };
        sink.write(&source.place(), piece, many, args)
    })?;
    // What was written for is no longer read: that is no error.
    sink.map_or(Ok(Status::Done), Sink::close)
}

/// Reads every input, works on the messages on all cores, and hands on what comes of each in
/// input order, and whether there is more than one, until nobody wants more.
fn each<T: Send>(
    args: &ReadArgs,
    own: &[String],
    work: impl Fn(Result<Message, Unread>) -> T + Sync,
    mut take: impl FnMut(&Source, bool, T) -> anyhow::Result<bool>,
) -> anyhow::Result<()> {
    let own: Vec<&str> = own.iter().map(String::as_str).collect();
    let renames = renames(args)?;
    let mut sources = sources(args)?.peekable();
    if sources.peek().is_none() {
        bail!(
            "there is no message: the input is empty; pipe one in, as in `amends < mail.eml`, or name a file"
        );
    }
    let (mut pool, mut taken) = (None, 0);
    loop {
        let chunk: Vec<Source> =
            sources.by_ref().take(CHUNK).collect::<io::Result<_>>().context("the input can't be read on")?;
        if chunk.is_empty() {
            return Ok(());
        }
        let one = |source: &Source| work(source.read(&own, &renames));
        let results: Vec<T> = if chunk.len() == 1 {
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
        taken += chunk.len();
        for (source, result) in chunk.iter().zip(results) {
            if !take(source, taken > 1, result)? {
                return Ok(());
            }
        }
    }
}
