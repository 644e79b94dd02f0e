//! Output, and the exit status.

use crate::program::batch::checkpoint::{Point, beside};
use crate::program::batch::queue::Queue;
use crate::program::batch::summary::{Summary, Told};
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
use std::collections::HashMap;
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
    dir: Option<Files>,
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
}

impl Sink {
    pub fn open(args: &ReadArgs) -> anyhow::Result<Self> {
        Self::open_at(args, None)
    }

    /// Like `open`, after what an interrupted run has written.
    pub fn open_at(args: &ReadArgs, start: Option<&Point>) -> anyhow::Result<Self> {
        let out = match &args.out_file {
            None => Stream::stdout(),
            Some(path) => {
                if args.files.iter().any(|f| same_file(f, path)) {
                    bail!("{} is also an input; write to another file", shown(path));
                }
                Stream::file(path, start.map_or(0, |point| point.bytes))?
            }
        };
        Ok(Self::of(args, out, start))
    }

    /// One file per piece, in a directory.
    pub fn into_dir(dir: &Path, args: &ReadArgs, start: Option<&Point>) -> anyhow::Result<Self> {
        std::fs::create_dir_all(dir).with_context(|| format!("can't write {}", shown(dir)))?;
        let ending = match args.output {
            Output::Text | Output::Body => "txt",
            Output::Json | Output::Jsonl => "json",
            Output::Eml => "eml",
        };
        let mut files = Files { dir: dir.to_owned(), ending, taken: HashMap::new(), named: Vec::new() };
        start.iter().flat_map(|point| &point.names).for_each(|name| {
            files.free(name);
        });
        let out = Stream { out: Box::new(io::sink()), bytes: 0, rename: None };
        Ok(Self { dir: Some(files), ..Self::of(args, out, start) })
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
            batch: false,
            written,
            failed,
            strict,
        }
    }

    /// `false` if the reader has gone.
    pub fn write(&mut self, place: &str, piece: Piece, many: bool) -> anyhow::Result<bool> {
        self.summary.add(piece.told.as_ref(), piece.error.is_some());
        self.failed += usize::from(piece.error.is_some());
        self.strict |= piece.strict;
        let mut read_on = true;
        if let Some(files) = &mut self.dir {
            if !piece.bytes.is_empty() && piece.error.is_none() {
                files.write(&piece)?;
            }
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
        Ok(Point {
            bytes: self.out.bytes,
            written: self.written,
            failed: self.failed,
            strict: self.strict,
            names: self.dir.as_ref().map_or_else(Vec::new, |files| files.named.clone()),
            ..Point::default()
        })
    }

    /// The last point has been saved.
    pub fn noted(&mut self) {
        if let Some(files) = &mut self.dir {
            files.named.clear();
        }
    }

    pub fn close(mut self) -> anyhow::Result<Status> {
        if let Some(queue) = self.queue.take() {
            queue.drain(|bytes| self.put(bytes))?;
        }
        if !self.out.close()? {
            return Ok(Status::Done);
        }
        Ok(match self.failed {
            0 if self.strict => Status::NeedsAPerson,
            0 => Status::Done,
            _ if self.batch => Status::SomeFailed,
            _ => Status::Usage,
        })
    }
}

/// Standard output, or a file.
struct Stream {
    out: Box<dyn Write>,
    /// Bytes in the file.
    bytes: u64,
    /// The final path, and the file being written.
    rename: Option<(PathBuf, PathBuf)>,
}

impl Stream {
    fn stdout() -> Self {
        Self { out: Box::new(BufWriter::new(io::stdout().lock())), bytes: 0, rename: None }
    }

    /// Written beside and renamed at the end, so the old file stays intact until then. Anything an
    /// interrupted run wrote after its last point is dropped.
    fn file(path: &Path, written: u64) -> anyhow::Result<Self> {
        if path.exists() && !path.is_file() {
            // A device or pipe: there is no old file to keep intact.
            let file = File::options().write(true).open(path);
            let file = file.with_context(|| format!("can't write {}", shown(path)))?;
            return Ok(Self { out: Box::new(BufWriter::new(file)), bytes: 0, rename: None });
        }
        let beside = beside(path);
        let unwritten = || format!("can't write {}", shown(&beside));
        let mut file = File::options()
            .create(true)
            .write(true)
            .truncate(written == 0)
            .open(&beside)
            .with_context(unwritten)?;
        if file.metadata().with_context(unwritten)?.len() < written {
            bail!("can't resume: {} has become shorter; leave out --resume to start again", shown(&beside));
        }
        file.set_len(written).and_then(|()| file.seek(SeekFrom::End(0))).with_context(unwritten)?;
        let out = Box::new(BufWriter::new(file));
        Ok(Self { out, bytes: written, rename: Some((path.to_owned(), beside)) })
    }

    /// `false` if the reader has gone.
    fn put(&mut self, bytes: &[u8]) -> anyhow::Result<bool> {
        self.bytes += bytes.len() as u64;
        read_on(self.out.write_all(bytes))
    }

    /// `false` if the reader left early.
    fn close(mut self) -> anyhow::Result<bool> {
        if !read_on(self.out.flush())? {
            return Ok(false);
        }
        drop(self.out);
        if let Some((path, beside)) = self.rename {
            std::fs::rename(&beside, &path).with_context(|| format!("can't write {}", shown(&path)))?;
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

/// A directory with one file per message.
struct Files {
    dir: PathBuf,
    ending: &'static str,
    /// How often each name was requested.
    taken: HashMap<String, usize>,
    /// Names written since the last point.
    named: Vec<String>,
}

impl Files {
    fn write(&mut self, piece: &Piece) -> anyhow::Result<()> {
        let name = file_name(&piece.name);
        let free = self.free(&name);
        replace_bytes(&self.dir.join(format!("{free}.{}", self.ending)), &piece.bytes)?;
        self.named.push(name);
        Ok(())
    }

    /// This name, with a suffix if it is taken.
    fn free(&mut self, name: &str) -> String {
        // Windows and macOS treat "A" and "a" as one file.
        let times = self.taken.entry(name.to_lowercase()).or_default();
        *times += 1;
        if *times == 1 { name.to_owned() } else { format!("{name}~{times}") }
    }
}

/// A message's id as a portable file name that can't leave its directory.
fn file_name(id: &str) -> String {
    const LONGEST: usize = 80;
    let last = id.trim_matches(['<', '>']);
    let safe = |c: char| if c.is_ascii_alphanumeric() || "-_.@+".contains(c) { c } else { '_' };
    let name: String = last.chars().map(safe).take(LONGEST).collect();
    let name = name.trim_matches('.');
    if name.is_empty() { "message".into() } else { name.to_owned() }
}

/// Prints to standard output; a closed pipe is not an error.
pub fn print(text: &str) -> anyhow::Result<()> {
    let mut out = io::stdout().lock();
    read_on(out.write_all(terminal::safe(text).as_bytes()).and_then(|()| out.flush())).map(|_| ())
}

/// Replaces a file atomically.
pub fn replace(path: &Path, text: &str) -> anyhow::Result<()> {
    replace_bytes(path, text.as_bytes())
}

fn replace_bytes(path: &Path, bytes: &[u8]) -> anyhow::Result<()> {
    let beside = beside(path);
    std::fs::write(&beside, bytes)
        .and_then(|()| std::fs::rename(&beside, path))
        .with_context(|| format!("can't write {}", shown(path)))
}

fn same_file(a: &Path, b: &Path) -> bool {
    a.canonicalize().is_ok_and(|a| b.canonicalize().is_ok_and(|b| a == b))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_stays_in_its_directory() {
        for (id, name) in [
            ("../../etc/passwd", "_.._etc_passwd"),
            ("<a1@mail.example>", "a1@mail.example"),
            ("..", "message"),
            ("", "message"),
            ("tests/letters/card.eml", "tests_letters_card.eml"),
            ("a\0b\nc", "a_b_c"),
        ] {
            assert_eq!(file_name(id), name);
        }
        assert_eq!(file_name(&"x".repeat(500)).len(), 80);
    }
}
