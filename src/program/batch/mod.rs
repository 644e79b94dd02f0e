//! Batches: read in chunks, worked on in parallel, written in input order, resumable.

pub mod checkpoint;
mod folder;
pub mod queue;
pub mod sink;
pub mod summary;

use crate::program::batch::checkpoint::{Checkpoint, Point, Settings};
use crate::program::batch::sink::{Piece, Sink, Status, claim, is_stream};
use crate::program::flags::{BatchArgs, Order, Output, ReadArgs};
use crate::program::input::{Source, empty, renames, sources};
use crate::program::ledger::note;
use crate::program::terminal::say;
use amends_inbox::formats::{Rename, Unread};
use amends_inbox::message::Message;
use amends_ledger::{Entry, Ledger};
use amends_phrasebook::compiled::fingerprint;
use anyhow::{Context, bail};
use indicatif::{ProgressBar, ProgressStyle};
use rayon::prelude::*;
use rustc_hash::FxHasher;
use std::collections::{HashMap, VecDeque};
use std::hash::Hasher;
use std::io::{self, IsTerminal};
use std::panic::AssertUnwindSafe;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::ScopedJoinHandle;
use std::time::Instant;

/// Messages per chunk: enough for all cores, few enough to save memory.
pub const CHUNK: usize = 256;

/// Bytes per chunk, unless a single message is larger.
const CHUNK_BYTES: usize = 8 << 20;

/// A batch and its output.
pub struct Batch<'a> {
    pub args: &'a BatchArgs,
    /// Directory for one file per draft.
    pub dir: Option<&'a Path>,
    pub checkpoint: Option<Checkpoint>,
    /// Our own addresses.
    pub own: &'a [String],
    /// Where drafts are recorded, if they are.
    pub ledger: Option<&'a Mutex<Ledger>>,
}

impl<'a> Batch<'a> {
    /// To standard output or a file.
    pub fn new(args: &'a BatchArgs, own: &'a [String], settings: Settings) -> anyhow::Result<Self> {
        let checkpoint = checkpoint(args, None, settings, (0, 0))?;
        Ok(Self { args, dir: None, checkpoint, own, ledger: None })
    }

    /// Writes each message's result in input order.
    pub fn run(mut self, work: impl Fn(Result<Message, Unread>) -> Piece + Sync) -> anyhow::Result<Status> {
        let read = &self.args.read;
        // A panic on one message must not lose the rest of the batch.
        let guarded = |unread: Result<Message, Unread>| {
            let id = unread.as_ref().map_or_else(|unread| unread.id.clone(), |message| message.id.clone());
            std::panic::catch_unwind(AssertUnwindSafe(|| work(unread))).unwrap_or_else(|_| {
                let message = "amends failed on this message; please report it".into();
                Piece::failed(&Unread { id, line: 0, message }, read.output)
            })
        };
        let began = Instant::now();
        let start = self.checkpoint.as_mut().and_then(|checkpoint| checkpoint.start.clone());
        let mut sink = match (self.dir, &mut self.checkpoint) {
            (Some(dir), _) => Sink::into_dir(dir, read, start.as_ref())?,
            (None, Some(checkpoint)) => Sink::open_at(read, start.as_ref(), checkpoint.is_inherited())?,
            (None, None) => Sink::open(read)?,
        };
        if let Some(checkpoint) = &mut self.checkpoint {
            checkpoint.goes_with(sink.part());
        }
        let mut records = Records::open(read)?;
        if let Some(start) = &start {
            records.skip(start)?;
            let is_named = self.dir.is_none() && sink.part().is_none();
            if start.done && is_named && records.more() {
                bail!(
                    "can't resume: the run had finished, and the input has grown since; leave out --resume to start again"
                );
            }
        }
        if self.args.order == Order::Urgency {
            sink = sink.queued();
        }
        let many = |records: &Records| records.seen > 1;
        let mut workers = Workers::new(read, self.own)?;
        // The last chunk's entries, recorded while the next chunk is worked on, and the progress then.
        let (mut entries, mut point) = (Vec::new(), None);
        while let Some(chunk) = records.chunk()? {
            if many(&records) {
                workers.heed_interrupts()?;
                if sink.bar.is_none() && self.shows_progress() {
                    sink.bar = Some(bar(read));
                }
            }
            let (results, recorded) = std::thread::scope(|scope| {
                let some = !entries.is_empty();
                let recording = some.then(|| scope.spawn(|| record(self.ledger, &entries, false)));
                (workers.work(&chunk, &guarded), recording.map(ScopedJoinHandle::join))
            });
            recorded.unwrap_or(Ok(Ok(()))).unwrap_or_else(|panic| std::panic::resume_unwind(panic))?;
            // Only now: what a resumed run passes over is recorded.
            if let (Some(checkpoint), Some(point)) = (&mut self.checkpoint, point.take())
                && checkpoint.is_due()
            {
                sink.sync()?;
                checkpoint.note(&point)?;
                sink.noted();
                records.noted();
            }
            let results = results?;
            let done = results.iter().take_while(|result| result.is_some()).count();
            sink.batch |= many(&records) || chunk.iter().any(Source::is_of_batch);
            entries.clear();
            for (source, mut piece) in chunk.iter().zip(results.into_iter().flatten()).take(done) {
                if self.dir.is_some() {
                    piece.of = fingerprint(&source.bytes());
                }
                let read_on = sink.write(&source.place(), &mut piece, many(&records))?;
                entries.extend(piece.entry.take().filter(|_| piece.error.is_none()).map(|entry| *entry));
                if !read_on {
                    // The reader has gone, which is not an error.
                    record(self.ledger, &entries, false)?;
                    return sink.close();
                }
                records.done(source);
            }
            if let Some(bar) = &sink.bar {
                bar.set_position(records.bytes);
                bar.set_message(format!("{} messages", records.seen));
            }
            if workers.stopped() && (done < chunk.len() || records.more()) {
                record(self.ledger, &entries, false)?;
                return self.stop(sink, &records);
            }
            if self.checkpoint.is_some() && records.more() {
                point = Some(records.point(sink.point()?));
            }
        }
        record(self.ledger, &entries, !many(&records) && !read.book.quiet)?;
        clear(&sink);
        let told = many(&records) && !read.book.quiet && (io::stderr().is_terminal() || read.book.verbose);
        let summary = std::mem::take(&mut sink.summary);
        if let Some(checkpoint) = &mut self.checkpoint {
            // If the run is cut off from here on, only names are missing.
            let point = Point { done: true, ..records.point(sink.point()?) };
            sink.sync()?;
            checkpoint.note(&point)?;
        }
        let status = sink.close()?;
        if let Some(checkpoint) = &mut self.checkpoint {
            checkpoint.end()?;
        }
        if told {
            say!("{}", summary.text(began.elapsed()).trim_end());
        }
        Ok(status)
    }

    /// Only if no other output goes to the terminal.
    fn shows_progress(&self) -> bool {
        let read = &self.args.read;
        let elsewhere = read.out_file.is_some() || self.dir.is_some() || !io::stdout().is_terminal();
        !read.book.quiet && elsewhere && io::stderr().is_terminal()
    }

    /// Stopped by Ctrl-C: saves the progress and says how to resume.
    fn stop(mut self, mut sink: Sink, records: &Records) -> anyhow::Result<Status> {
        clear(&sink);
        let point = records.point(sink.point()?);
        let how = match &mut self.checkpoint {
            Some(checkpoint) => {
                sink.sync()?;
                checkpoint.note(&point)?;
                "run the same command with --resume to continue"
            }
            None => "to be able to resume, write to -o FILE or --out DIR",
        };
        say!("amends: stopped after {} messages; {how}", point.records);
        Ok(Status::Interrupted)
    }
}

/// Records the drafts of a chunk, all at once; if asked to, tells how.
fn record(ledger: Option<&Mutex<Ledger>>, entries: &[Entry], tell: bool) -> anyhow::Result<()> {
    let Some(ledger) = ledger.filter(|_| !entries.is_empty()) else { return Ok(()) };
    let recorded = ledger.lock().unwrap_or_else(PoisonError::into_inner).record(entries)?;
    for ((_, written), entry) in recorded.iter().zip(entries).filter(|_| tell) {
        if let Some(note) = note(&entry.id, written) {
            say!("{note}");
        }
    }
    Ok(())
}

/// The checkpoint of a resumable run: one into a file or directory, in input order. `began` is when, and
/// after which message of the ledger.
pub fn checkpoint(
    args: &BatchArgs,
    dir: Option<&Path>,
    settings: Settings,
    began: (i64, i64),
) -> anyhow::Result<Option<Checkpoint>> {
    if args.order == Order::Urgency {
        if args.resume || dir.is_some() {
            bail!(
                "--order urgency must read every record before it writes one: it can't be used with --resume or --out"
            );
        }
        return Ok(None);
    }
    match &args.read.out_file {
        None if dir.is_none() && args.resume => {
            bail!("--resume needs the -o FILE or --out DIR of the run to resume")
        }
        None if dir.is_none() => Ok(None),
        // Output to a device or pipe can't be resumed.
        Some(file) if is_stream(file) => Ok(None),
        _ => Checkpoint::begin(claim(&args.read, dir)?, args.resume, settings, began).map(Some),
    }
}

fn clear(sink: &Sink) {
    if let Some(bar) = &sink.bar {
        bar.finish_and_clear();
    }
}

/// Progress in bytes, of the total if that is known.
fn bar(read: &ReadArgs) -> ProgressBar {
    let size = |path: &PathBuf| std::fs::metadata(path).ok().filter(|m| m.is_file()).map(|m| m.len());
    let total: Option<u64> = read.files.iter().map(size).sum();
    let known = total.filter(|_| !read.files.is_empty());
    let style = match known {
        Some(_) => "{bar:30} {percent:>3}%  {msg}, {bytes_per_sec}, {eta} left",
        None => "{spinner} {msg}, {bytes_per_sec}, {elapsed}",
    };
    let bar = known.map_or_else(ProgressBar::no_length, ProgressBar::new);
    bar.with_style(ProgressStyle::with_template(style).unwrap_or_else(|_| ProgressStyle::default_bar()))
}

/// A run's records, in chunks.
pub struct Records {
    sources: Box<dyn Iterator<Item = io::Result<Source>>>,
    /// Taken from the sources, but not yet handed out.
    ahead: VecDeque<io::Result<Source>>,
    /// Records handed out.
    seen: usize,
    /// Records finished, and their size in bytes.
    done: usize,
    bytes: u64,
    /// Hash of those that come in an order of their own.
    hash: FxHasher,
    /// Mails of Maildirs finished since the last point, by content.
    mails: Vec<u64>,
    /// Mails the interrupted run had finished, and how many of each.
    passed: HashMap<u64, usize>,
}

impl Records {
    pub fn open(args: &ReadArgs) -> anyhow::Result<Self> {
        let mut records = Self {
            sources: sources(args)?,
            ahead: VecDeque::new(),
            seen: 0,
            done: 0,
            bytes: 0,
            hash: FxHasher::default(),
            mails: Vec::new(),
            passed: HashMap::new(),
        };
        if !records.more() {
            bail!(empty(args));
        }
        Ok(records)
    }

    /// The next chunk; `None` at the end.
    pub fn chunk(&mut self) -> anyhow::Result<Option<Vec<Source>>> {
        let (mut chunk, mut bytes) = (Vec::new(), 0);
        while chunk.len() < CHUNK && bytes < CHUNK_BYTES && self.more() {
            let Some(source) = self.ahead.pop_front() else { break };
            let source = source.context("can't read the rest of the input")?;
            bytes += source.size();
            chunk.push(source);
        }
        self.seen += chunk.len();
        Ok((!chunk.is_empty()).then_some(chunk))
    }

    /// Whether there is another, not counting mails that are finished.
    fn more(&mut self) -> bool {
        while self.ahead.is_empty() {
            match self.sources.next() {
                None => return false,
                Some(Ok(source)) if self.passes(&source) => {}
                Some(source) => self.ahead.push_back(source),
            }
        }
        true
    }

    /// Whether the interrupted run had finished this mail.
    fn passes(&mut self, source: &Source) -> bool {
        if self.passed.is_empty() || !source.is_mail_of_folder() {
            return false;
        }
        let Some(left) = self.passed.get_mut(&fingerprint(&source.bytes())).filter(|left| **left > 0) else {
            return false;
        };
        *left -= 1;
        self.seen += 1;
        true
    }

    fn done(&mut self, source: &Source) {
        self.done += 1;
        let bytes = source.bytes();
        self.bytes += bytes.len() as u64;
        if source.is_mail_of_folder() {
            self.mails.push(fingerprint(&bytes));
        } else {
            self.hash.write(&bytes);
        }
    }

    /// Skips what the interrupted run had finished.
    fn skip(&mut self, start: &Point) -> anyhow::Result<()> {
        for mail in &start.mails {
            *self.passed.entry(*mail).or_default() += 1;
        }
        let mut others = start.records.saturating_sub(start.mails.len());
        let mut waiting = VecDeque::new();
        let ahead = std::mem::take(&mut self.ahead);
        let mut sources =
            ahead.into_iter().chain(std::mem::replace(&mut self.sources, Box::new(std::iter::empty())));
        while others > 0 {
            let Some(source) = sources.next() else { break };
            let source = source.context("can't read the rest of the input")?;
            if !source.is_mail_of_folder() {
                self.done(&source);
                self.seen += 1;
                others -= 1;
            } else if !self.passes(&source) {
                waiting.push_back(Ok(source));
            }
        }
        if others > 0 || self.hash.finish() != start.input {
            bail!("can't resume: the input has changed; leave out --resume to start again");
        }
        self.ahead = waiting;
        self.sources = Box::new(sources);
        self.done = start.records;
        Ok(())
    }

    fn point(&self, of_output: Point) -> Point {
        Point { records: self.done, input: self.hash.finish(), mails: self.mails.clone(), ..of_output }
    }

    /// The last point has been saved.
    fn noted(&mut self) {
        self.mails.clear();
    }
}

/// Threads that work on a chunk.
pub struct Workers {
    own: Vec<String>,
    renames: Vec<Rename>,
    jobs: usize,
    pool: Option<rayon::ThreadPool>,
    /// Set by Ctrl-C.
    stop: Arc<AtomicBool>,
    heeds: bool,
}

impl Workers {
    pub fn new(args: &ReadArgs, own: &[String]) -> anyhow::Result<Self> {
        let jobs = args.jobs.map_or(0, usize::from);
        let stop = Arc::new(AtomicBool::new(false));
        Ok(Self { own: own.to_vec(), renames: renames(args)?, jobs, pool: None, stop, heeds: false })
    }

    /// From now on Ctrl-C stops the run after the records in progress; a second one stops it at once.
    fn heed_interrupts(&mut self) -> anyhow::Result<()> {
        use signal_hook::consts::SIGINT;
        use signal_hook::flag;
        if !self.heeds {
            self.heeds = true;
            flag::register_conditional_default(SIGINT, self.stop.clone())
                .and_then(|_| flag::register(SIGINT, self.stop.clone()))
                .context("can't handle Ctrl-C")?;
        }
        Ok(())
    }

    fn stopped(&self) -> bool {
        self.stop.load(Ordering::Relaxed)
    }

    /// Each result; `None` for records not started before Ctrl-C.
    pub fn work<T: Send>(
        &mut self,
        chunk: &[Source],
        work: &(impl Fn(Result<Message, Unread>) -> T + Sync),
    ) -> anyhow::Result<Vec<Option<T>>> {
        if chunk.len() > 1 && self.pool.is_none() {
            self.pool = Some(rayon::ThreadPoolBuilder::new().num_threads(self.jobs).build()?);
        }
        let own: Vec<&str> = self.own.iter().map(String::as_str).collect();
        let one = |source: &Source| (!self.stopped()).then(|| work(source.read(&own, &self.renames)));
        Ok(match &self.pool {
            Some(pool) if chunk.len() > 1 => pool.install(|| chunk.par_iter().map(one).collect()),
            _ => chunk.iter().map(one).collect(),
        })
    }
}

/// The settings that affect what a run writes.
pub fn settings(args: &BatchArgs, more: &str, phrasebook: u64, templates: u64) -> Settings {
    let ReadArgs { files, input, field, output, .. } = &args.read;
    let flags = format!("{files:?} {input:?} {field:?} {output:?} {more}");
    Settings {
        version: env!("CARGO_PKG_VERSION").into(),
        flags: fingerprint(flags.as_bytes()),
        phrasebook,
        templates,
    }
}

/// Refuses `--order urgency` for commands that read no urgency.
pub fn refuse_order(args: &BatchArgs, command: &str) -> anyhow::Result<()> {
    if args.order == Order::Urgency {
        bail!("`amends {command}` doesn't read urgency; leave out --order");
    }
    Ok(())
}

/// Refuses formats that hold only a draft.
pub fn refuse_drafts(args: &ReadArgs, command: &str) -> anyhow::Result<()> {
    if matches!(args.output, Output::Eml | Output::Body) {
        bail!(
            "`amends {command}` doesn't draft, so it can't print eml or body; use --output text, json or jsonl"
        );
    }
    Ok(())
}
