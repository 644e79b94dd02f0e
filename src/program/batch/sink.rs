//! Output, and the exit status.

use crate::program::batch::checkpoint::Point;
use crate::program::batch::folder::Folder;
use crate::program::batch::queue::Queue;
use crate::program::batch::summary::{Summary, Told};
use crate::program::files::claim::Claim;
use crate::program::files::in_use::InUse;
use crate::program::files::{self, Access, beside, unwritten};
use crate::program::flags::{Output, ReadArgs};
use crate::program::input::shown;
use crate::program::terminal::{self, say};
use amends::record;
use amends::reply::Record;
use amends_inbox::formats::Unread;
use amends_inbox::message::one_line;
use amends_ledger::Entry;
use anyhow::{Context, bail};
use indicatif::ProgressBar;
use std::borrow::Cow;
use std::fs::File;
use std::io::{self, BufWriter, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

/// Exit status.
pub enum Status {
    Done = 0,
    Findings = 1,
    Usage = 2,
    NeedsAPerson = 3,
    SomeFailed = 4,
    /// Stopped by Ctrl-C: ends as if killed by the signal.
    Interrupted,
}

/// The output for one message.
pub struct Piece {
    /// Base name of its file under `--out`.
    pub name: String,
    /// A fingerprint of the message, to know its draft by.
    pub of: u64,
    pub bytes: Vec<u8>,
    pub notes: Vec<String>,
    pub error: Option<String>,
    pub strict: bool,
    /// For the summary and the queue.
    pub told: Option<Told>,
    /// For the ledger.
    pub entry: Option<Box<Entry>>,
}

impl Piece {
    pub fn new(text: String) -> Self {
        Self {
            name: String::new(),
            of: 0,
            bytes: match terminal::safe(&text) {
                Cow::Borrowed(_) => text.into_bytes(),
                Cow::Owned(safe) => safe.into_bytes(),
            },
            notes: Vec::new(),
            error: None,
            strict: false,
            told: None,
            entry: None,
        }
    }

    pub fn failed(unread: &Unread, format: Output) -> Self {
        let record = Record::unread(unread);
        let text = match format {
            Output::Json => record::json(&record),
            Output::Jsonl => record::jsonl(&record),
            Output::Text | Output::Eml | Output::Body => String::new(),
        };
        Self { error: record.error.map(|error| error.message), ..Self::new(text) }
    }
}

/// Writes the pieces and counts the outcomes.
pub struct Sink {
    out: Stream,
    /// Directory for one file per piece.
    dir: Option<Folder>,
    /// Holds pieces until all can be ordered.
    queue: Option<Queue>,
    output: Output,
    quiet: bool,
    /// While it is shown, all printing goes through it.
    pub bar: Option<ProgressBar>,
    pub summary: Summary,
    /// More than a single message: one that can't be read is only part of it.
    pub batch: bool,
    written: usize,
    failed: usize,
    strict: bool,
    /// The claim on a file that no journal is kept of.
    claim: Option<Claim>,
}

impl Sink {
    /// To standard output, or a file that no other run writes meanwhile.
    pub fn open(args: &ReadArgs) -> anyhow::Result<Self> {
        let mut claim = match &args.out_file {
            Some(file) if !is_stream(file) => {
                let mut claim = claim(args, None)?;
                claim.clear()?;
                Some(claim)
            }
            _ => None,
        };
        let inherited = claim.as_ref().is_some_and(Claim::is_inherited);
        let sink = Self::open_at(args, None, inherited)?;
        if let Some(claim) = &mut claim {
            claim.part = sink.part();
        }
        Ok(Self { claim, ..sink })
    }

    /// The file that is written until it gets its name.
    pub fn part(&self) -> Option<PathBuf> {
        self.out.rename.as_ref().map(|(_, part)| part.clone())
    }

    /// To standard output, or a file that is claimed, after what an interrupted run has written.
    pub fn open_at(args: &ReadArgs, start: Option<&Point>, inherited: bool) -> anyhow::Result<Self> {
        let out = match &args.out_file {
            None => Stream::stdout(),
            Some(path) if is_stream(path) => Stream::device(path)?,
            Some(path) => Stream::file(&files::target(path)?, start, inherited)?,
        };
        Ok(Self::of(args, out, start))
    }

    /// One file per piece, in a directory.
    pub fn into_dir(dir: &Path, args: &ReadArgs, start: Option<&Point>) -> anyhow::Result<Self> {
        let ending = match args.output {
            Output::Text | Output::Body => "txt",
            Output::Json | Output::Jsonl => "json",
            Output::Eml => "eml",
        };
        let names = start.map_or(&[][..], |point| &point.names);
        let folder = Folder::open(dir, ending, names)?;
        let out = Stream { out: Box::new(io::sink()), bytes: 0, file: None, rename: None };
        Ok(Self { dir: Some(folder), ..Self::of(args, out, start) })
    }

    /// Sorts the output by urgency.
    pub fn queued(self) -> Self {
        Self { queue: Some(Queue::default()), ..self }
    }

    fn of(args: &ReadArgs, out: Stream, start: Option<&Point>) -> Self {
        let (written, failed, strict) =
            start.map_or((0, 0, false), |point| (point.written, point.failed, point.strict));
        Self {
            out,
            dir: None,
            queue: None,
            output: args.output,
            quiet: args.book.quiet,
            bar: None,
            summary: Summary::default(),
            // What was read before the cut counts.
            batch: start.is_some_and(|point| point.records > 1),
            written,
            failed,
            strict,
            claim: None,
        }
    }

    /// `false` if the reader has gone. A piece whose file can't be written fails.
    pub fn write(&mut self, place: &str, piece: &mut Piece, many: bool) -> anyhow::Result<bool> {
        if let Some(folder) = &mut self.dir
            && !piece.bytes.is_empty()
            && piece.error.is_none()
        {
            piece.error = folder.write(piece)?;
        }
        self.summary.add(piece.told.as_ref(), piece.error.is_some());
        self.failed += usize::from(piece.error.is_some());
        self.strict |= piece.strict;
        let mut read_on = true;
        if self.dir.is_some() {
            self.written += 1;
        } else if many && self.output == Output::Eml {
            bail!("--output eml holds one message, but there are several; use --out DIR, or --output jsonl");
        } else if let Some(queue) = &mut self.queue {
            queue.add(piece.told.as_ref().map_or(usize::MAX, Told::rank), &piece.bytes)?;
        } else {
            read_on = self.put(&piece.bytes)?;
        }
        let noted = !piece.notes.is_empty() && !self.quiet;
        if piece.error.is_none() && !noted {
            return Ok(read_on);
        }
        // Notes follow their draft, even if both go to a terminal.
        let _ = self.out.out.flush();
        let say = || {
            if let Some(error) = &piece.error {
                say!("amends: {}: {}", one_line(place), one_line(error));
            }
            for note in piece.notes.iter().filter(|_| noted) {
                if many {
                    say!("{}: {note}", one_line(place));
                } else {
                    say!("{note}");
                }
            }
        };
        match &self.bar {
            Some(bar) => bar.suspend(say),
            None => say(),
        }
        Ok(read_on)
    }

    fn put(&mut self, bytes: &[u8]) -> anyhow::Result<bool> {
        let separate =
            matches!(self.output, Output::Text | Output::Body) && self.written > 0 && !bytes.is_empty();
        self.written += 1;
        let read_on = !separate || self.out.put(b"---\n")?;
        Ok(read_on && self.out.put(bytes)?)
    }

    /// Flushes, and returns the progress so far.
    pub fn point(&mut self) -> anyhow::Result<Point> {
        self.out.out.flush().context("can't write the output")?;
        if let Some(folder) = &mut self.dir {
            folder.settle()?;
        }
        Ok(Point {
            bytes: self.out.bytes,
            written: self.written,
            failed: self.failed,
            strict: self.strict,
            names: self.dir.as_ref().map_or_else(Vec::new, |folder| folder.named.clone()),
            ..Point::default()
        })
    }

    /// Whatever is written lasts, even if the power fails.
    pub fn sync(&mut self) -> anyhow::Result<()> {
        self.out.sync()
    }

    /// The last point has been saved.
    pub fn noted(&mut self) {
        if let Some(folder) = &mut self.dir {
            folder.named.clear();
        }
    }

    pub fn close(mut self) -> anyhow::Result<Status> {
        if let Some(queue) = self.queue.take() {
            queue.drain(|bytes| self.put(bytes))?;
        }
        if let Some(folder) = &mut self.dir {
            folder.settle()?;
        }
        if !self.out.close()? {
            return Ok(Status::Done);
        }
        if let Some(claim) = &mut self.claim {
            claim.end()?;
        }
        Ok(match self.failed {
            0 if self.strict => Status::NeedsAPerson,
            0 => Status::Done,
            _ if self.batch => Status::SomeFailed,
            _ => Status::Usage,
        })
    }
}

/// Whether a path is a device or pipe: there is no old file to keep intact, and nothing to resume.
pub fn is_stream(path: &Path) -> bool {
    std::fs::metadata(path).is_ok_and(|found| !found.is_file() && !found.is_dir())
}

/// Claims the file or directory that a run writes to, unless that would hit a file in use.
pub fn claim(args: &ReadArgs, dir: Option<&Path>) -> anyhow::Result<Claim> {
    args.inputs().iter().for_each(|file| files::in_use::note(file, "an input"));
    let in_use = InUse::now();
    let (output, journal) = match (&args.out_file, dir) {
        (Some(file), _) => {
            let file = files::target(file)?;
            in_use.refuse(&file)?;
            files::check_writable(&file)?;
            in_use.refuse(&beside(&file, PART))?;
            let journal = beside(&file, ".resume");
            (file, journal)
        }
        (None, Some(dir)) => {
            std::fs::create_dir_all(dir).map_err(unwritten(dir))?;
            (dir.to_owned(), dir.join(".resume"))
        }
        (None, None) => bail!("nothing is written to a file"),
    };
    in_use.refuse(&journal)?;
    Claim::take(&journal, &output)
}

/// How the file is called until it is complete.
const PART: &str = ".part";

/// Standard output, or a file.
struct Stream {
    out: Box<dyn Write>,
    /// Bytes in the file.
    bytes: u64,
    /// The file, to make it last.
    file: Option<File>,
    /// The final path, and the file being written.
    rename: Option<(PathBuf, PathBuf)>,
}

impl Stream {
    fn stdout() -> Self {
        Self { out: Box::new(BufWriter::new(io::stdout().lock())), bytes: 0, file: None, rename: None }
    }

    fn device(path: &Path) -> anyhow::Result<Self> {
        files::refuse_pipe(path, "redirect the output, as in amends > PIPE")?;
        let file = File::options().write(true).open(path);
        let file = file.map_err(unwritten(path))?;
        Ok(Self { out: Box::new(BufWriter::new(file)), bytes: 0, file: None, rename: None })
    }

    /// Written beside and renamed at the end, so the old file stays intact until then. Anything an
    /// interrupted run wrote after its last point is dropped.
    fn file(path: &Path, start: Option<&Point>, inherited: bool) -> anyhow::Result<Self> {
        let part = beside(path, PART);
        let written = start.map_or(0, |point| point.bytes);
        let length = |path: &Path| std::fs::symlink_metadata(path).ok().map(|found| found.len());
        // The run was cut off when it had given the file its name.
        if start.is_some_and(|point| point.done) && length(&part).is_none() && length(path) == Some(written) {
            return Ok(Self { out: Box::new(io::sink()), bytes: written, file: None, rename: None });
        }
        if !inherited && length(&part).is_some() {
            bail!("{} is in the way: no interrupted run left it; move it, or write elsewhere", shown(&part));
        }
        if length(&part).unwrap_or(0) < written {
            bail!("can't resume: {} has become shorter; leave out --resume to start again", shown(&part));
        }
        // What replaces a file is no easier to read than that.
        let access = if path.exists() { Access::Private } else { Access::Shared };
        let mut file = files::open_own(&part, access)?;
        file.set_len(written).and_then(|()| file.seek(SeekFrom::End(0))).map_err(unwritten(&part))?;
        let out = Box::new(BufWriter::new(file.try_clone().map_err(unwritten(&part))?));
        Ok(Self { out, bytes: written, file: Some(file), rename: Some((path.to_owned(), part)) })
    }

    /// `false` if the reader has gone.
    fn put(&mut self, bytes: &[u8]) -> anyhow::Result<bool> {
        self.bytes += bytes.len() as u64;
        read_on(self.out.write_all(bytes))
    }

    fn sync(&mut self) -> anyhow::Result<()> {
        let Some(file) = &self.file else { return Ok(()) };
        self.out.flush().and_then(|()| file.sync_all()).context("can't write the output")
    }

    /// `false` if the reader left early.
    fn close(mut self) -> anyhow::Result<bool> {
        if !read_on(self.out.flush())? {
            return Ok(false);
        }
        self.sync()?;
        if let Some((path, part)) = self.rename {
            files::take_after(&part, &path)?;
            std::fs::rename(&part, &path).map_err(unwritten(&path))?;
            files::sync_folder(&path);
        }
        Ok(true)
    }
}

/// A closed pipe is not an error.
fn read_on(written: io::Result<()>) -> anyhow::Result<bool> {
    match written {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(false),
        other => other.map(|()| true).context("can't write the output"),
    }
}

/// Prints to standard output; a closed pipe is not an error.
pub fn print(text: &str) -> anyhow::Result<()> {
    let mut out = io::stdout().lock();
    read_on(out.write_all(terminal::safe(text).as_bytes()).and_then(|()| out.flush())).map(|_| ())
}
