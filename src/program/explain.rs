//! `amends explain` and `amends watch`: what the phrasebook makes of one message.

use super::books::{colored, with_places};
use super::draft::Setup;
use super::{each, own};
use crate::program::batch::sink::{Piece, Sink, Status, print};
use crate::program::files::refuse_pipe;
use crate::program::flags::{ExplainArgs, Output, WatchArgs};
use crate::program::input::{reason, shown};
use crate::program::terminal::say;
use amends::record::{self, HoldLine};
use amends::reply::reply;
use amends::study::diff::lines;
use amends::study::explain::Explanation;
use amends_inbox::formats;
use amends_inbox::message::one_line;
use amends_language::suggest::did_you_mean;
use amends_phrasebook::Phrasebook;
use anyhow::{anyhow, bail};
use std::io::{self, IsTerminal};
use std::path::{Path, PathBuf};
use std::thread::sleep;
use std::time::{Duration, SystemTime};

pub fn explain(args: &ExplainArgs) -> anyhow::Result<Status> {
    super::refuse_drafts(&args.read, "explain")?;
    let (book, sources) = with_places(None, &args.read.book)?;
    let Setup { options, .. } = Setup::new(&args.reply)?;
    if let Some(id) = &args.why_not
        && book.issue(id).is_none()
    {
        let ids = || book.issues.iter().map(|i| i.id.as_str());
        let help = did_you_mean(id, ids())
            .unwrap_or_else(|| format!("choose from {}", ids().collect::<Vec<_>>().join(", ")));
        bail!("the phrasebook has no issue \"{}\"; {help}", one_line(id));
    }
    let color = colored(&args.read.book, args.read.out_file.is_none() && io::stdout().is_terminal());
    let mut sink = Sink::open(&args.read)?;
    // Even one that can't be read has left the others to be explained.
    sink.batch = true;
    let mut seen = 0usize;
    each(
        &args.read,
        &own(&book),
        |read| {
            let message = match read {
                Ok(message) => message,
                Err(unread) => {
                    return Piece { bytes: Vec::new(), ..Piece::failed(&unread, args.read.output) };
                }
            };
            let explanation = Explanation::new(&book, &sources, &message, &options);
            Piece::new(match (&args.why_not, args.read.output) {
                (Some(id), _) => explanation.why_not(id).unwrap_or_default(),
                (None, Output::Json) => record::json(&explanation.json()),
                (None, Output::Jsonl) => record::jsonl(&explanation.json()),
                (None, _) => explanation.text(color),
            })
        },
        |source, mut piece| {
            seen += 1;
            sink.write(&source.place(), &mut piece, seen > 1).map(drop)
        },
    )?;
    sink.close()
}

/// How often to poll the files: fast enough to feel instant.
const PAUSE: Duration = Duration::from_millis(150);

/// Drafts, then shows what each save changes, until interrupted.
pub fn watch(args: &WatchArgs) -> anyhow::Result<Status> {
    let mut seen = None;
    let mut last: Option<String> = None;
    // Only a change can bring in other files.
    let mut watched = files(args);
    loop {
        let now = stamps(&watched);
        if seen.as_ref() != Some(&now) {
            watched = files(args);
            seen = Some(stamps(&watched));
            match drafted(args) {
                Ok(draft) => {
                    match &last {
                        None => print(&draft)?,
                        Some(before) => {
                            let changed = lines(before, &draft);
                            print(&if changed.is_empty() {
                                "--- saved; draft unchanged\n".into()
                            } else {
                                format!("--- saved; changed:\n{}\n---\n{draft}", changed.join("\n"))
                            })?;
                        }
                    }
                    last = Some(draft);
                }
                // Probably saved mid-edit; wait for the next save.
                Err(error) if last.is_some() => say!("amends: {error:#}"),
                Err(error) => return Err(error),
            }
        }
        sleep(PAUSE);
    }
}

/// The files a draft depends on.
fn files(args: &WatchArgs) -> Vec<PathBuf> {
    let mut files = vec![args.file.clone()];
    if let Ok((_, merged)) = super::books::merged(None, &args.book) {
        files.extend(merged.sources.files().iter().map(|f| PathBuf::from(&f.path)));
    }
    files.extend(super::books::phrasebook_path(&args.book));
    let templates = args.reply.templates.as_deref().and_then(|dir| std::fs::read_dir(dir).ok());
    files.extend(templates.into_iter().flatten().filter_map(Result::ok).map(|entry| entry.path()));
    files
}

/// When each was last written, and how long it is.
fn stamps(files: &[PathBuf]) -> Vec<(Option<SystemTime>, u64)> {
    let stamp = |path: &PathBuf| {
        let data = std::fs::metadata(path).ok();
        (data.as_ref().and_then(|d| d.modified().ok()), data.map_or(0, |d| d.len()))
    };
    files.iter().map(stamp).collect()
}

/// The draft, with the agent's notes below it.
fn drafted(args: &WatchArgs) -> anyhow::Result<String> {
    let (book, _) = with_places(None, &args.book)?;
    let Setup { templates, options, .. } = Setup::new(&args.reply)?;
    let message = read(&args.file, &book)?;
    let record = reply(&book, &templates, &message, &options);
    let notes: String = record::notes(&record).into_iter().map(|note| format!("{note}\n")).collect();
    let error = record.error.as_ref().map_or_else(String::new, |e| format!("{}\n", e.message));
    Ok(format!("{}\n{notes}{error}", record::text(&record, HoldLine::Shown).trim_end()))
}

/// The one message in a file: mail or plain text.
pub fn read(path: &Path, book: &Phrasebook) -> anyhow::Result<amends_inbox::message::Message> {
    refuse_pipe(path, "save the message to a file")?;
    let bytes = std::fs::read(path).map_err(|e| anyhow!("can't read {}: {}", shown(path), reason(&e)))?;
    if bytes.trim_ascii().is_empty() {
        bail!("{}: the file is empty; name one that holds a message", shown(path));
    }
    let own = own(book);
    let own: Vec<&str> = own.iter().map(String::as_str).collect();
    let format = match formats::detect(&bytes) {
        formats::Format::Text => match formats::several(&bytes) {
            Some(why) => bail!("{}: {why}", shown(path)),
            None => formats::Format::Text,
        },
        _ => formats::Format::Email,
    };
    formats::single(&shown(path), &bytes, format, &own).map_err(|e| anyhow!("{}: {}", shown(path), e.message))
}
