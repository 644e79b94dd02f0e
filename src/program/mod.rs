//! The program: flags in, exit status out. Files, standard streams and the clock are handled here.

pub mod batch;
mod books;
mod cache;
mod draft;
mod eval;
mod explain;
mod files;
mod findings;
pub mod flags;
pub mod input;
mod ledger;
mod lint;
mod phrasebook;
mod retell;
pub mod slips;
pub mod terminal;
mod tune;

use crate::program::batch::sink::{Piece, Status, print};
use crate::program::batch::summary::Told;
use crate::program::flags::{Cli, Command, Deferred, Output, PhrasebookCommand, ReadArgs};
use crate::program::input::{Source, shown};
use amends::reading::classify;
use amends::record;
use amends_inbox::formats::Unread;
use amends_inbox::message::Message;
use amends_phrasebook::Phrasebook;
use anyhow::{Context, bail};
use batch::{Batch, Records, Workers, refuse_drafts};
use books::the_phrasebook;
use clap::CommandFactory;
use std::path::Path;

pub fn run(cli: Cli) -> anyhow::Result<Status> {
    match cli.command {
        Some(Command::Draft(Deferred(args))) => draft::draft(&args),
        None => match slips::command(&cli.draft.batch.read.files) {
            Some(slip) => bail!(slip),
            None => draft::draft(&cli.draft),
        },
        Some(Command::Lint(Deferred(args))) => lint::lint(&args),
        Some(Command::Explain(Deferred(args))) => explain::explain(&args),
        Some(Command::Retell(Deferred(args))) => retell::retell(&args),
        Some(Command::Watch(Deferred(args))) => explain::watch(&args),
        Some(Command::Classify(Deferred(args))) => {
            refuse_drafts(&args.read, "classify")?;
            let book = the_phrasebook(&args.read.book)?;
            let settings = batch::settings(&args, "classify", book.fingerprint, 0);
            Batch::new(&args, &own(book), settings)?.run(|read| match read {
                Ok(message) => {
                    let reading = classify(book, &message);
                    let piece = Piece::new(match args.read.output {
                        Output::Json => record::json(&reading),
                        Output::Jsonl => record::jsonl(&reading),
                        _ => record::reading(&reading),
                    });
                    Piece { told: Some(Told::of_reading(&reading)), ..piece }
                }
                Err(unread) => Piece::failed(&unread, args.read.output),
            })
        }
        Some(Command::Eval(Deferred(args))) => eval::eval(&args),
        Some(Command::Due(Deferred(args))) => ledger::due::due(&args),
        Some(Command::Done(Deferred(args))) => ledger::done::done(&args),
        Some(Command::Withdraw(Deferred(args))) => ledger::withdraw::withdraw(&args),
        Some(Command::Find(Deferred(args))) => ledger::find::find(&args),
        Some(Command::Forget(Deferred(args))) => ledger::forget::forget(&args),
        Some(Command::Report(Deferred(args))) => ledger::report::report(&args),
        Some(Command::Phrasebook(Deferred(command))) => match command {
            PhrasebookCommand::Check(args) => phrasebook::check(&args),
            PhrasebookCommand::Test(args) => phrasebook::test(&args),
            PhrasebookCommand::Show(args) => phrasebook::show(&args),
            PhrasebookCommand::Schema => phrasebook::schema(),
            PhrasebookCommand::Init(args) => phrasebook::init(&args),
            PhrasebookCommand::Fmt(args) => phrasebook::fmt(&args),
            PhrasebookCommand::Diff(args) => phrasebook::diff(&args),
            PhrasebookCommand::Tune(args) => tune::tune(&args),
        },
        Some(Command::Completions { shell }) => {
            let mut script = Vec::new();
            clap_complete::generate(shell, &mut Cli::command(), "amends", &mut script);
            print(&String::from_utf8_lossy(&script))?;
            Ok(Status::Done)
        }
        Some(Command::Man { out }) => man(out.as_deref()),
        Some(Command::Extract(Deferred(args))) => {
            refuse_drafts(&args.read, "extract")?;
            batch::refuse_order(&args, "extract")?;
            let settings = batch::settings(&args, "extract", 0, 0);
            Batch::new(&args, &[], settings)?.run(|read| match read {
                Ok(message) => Piece::new(match args.read.output {
                    Output::Json | Output::Jsonl => record::jsonl(
                        &serde_json::json!({"id": message.id, "text": message.text, "signature": message.signature, "history": message.history}),
                    ),
                    _ => message.text.clone() + "\n",
                }),
                Err(unread) => Piece::failed(&unread, args.read.output),
            })
        }
    }
}

/// Manual pages, generated from the flags.
fn man(dir: Option<&Path>) -> anyhow::Result<Status> {
    match dir {
        Some(dir) => {
            std::fs::create_dir_all(dir)
                .and_then(|()| clap_mangen::generate_to(Cli::command(), dir))
                .with_context(|| format!("can't write {}", shown(dir)))?;
        }
        None => {
            let mut page = Vec::new();
            clap_mangen::Man::new(Cli::command()).render(&mut page)?;
            print(&String::from_utf8_lossy(&page))?;
        }
    }
    Ok(Status::Done)
}

/// Our own addresses; answering them would loop.
fn own(book: &Phrasebook) -> Vec<String> {
    std::iter::once(&book.company.email).chain(&book.company.addresses).cloned().collect()
}

/// Reads all inputs, works on the messages in parallel, and passes on the results in input order.
fn each<T: Send>(
    args: &ReadArgs,
    own: &[String],
    work: impl Fn(Result<Message, Unread>) -> T + Sync,
    mut take: impl FnMut(&Source, T) -> anyhow::Result<()>,
) -> anyhow::Result<()> {
    let (mut records, mut workers) = (Records::open(args)?, Workers::new(args, own)?);
    while let Some(chunk) = records.chunk()? {
        let results = workers.work(&chunk, &work)?;
        for (source, result) in chunk.iter().zip(results) {
            result.map_or(Ok(()), |result| take(source, result))?;
        }
    }
    Ok(())
}
