//! Where drafts go, and what the program ends with.

use crate::program::batch::checkpoint::{Point, beside};
use crate::program::batch::queue::Queue;
use crate::program::batch::summary::{Summary, Told};
use crate::program::flags::{Output, ReadArgs};
use crate::program::input::shown;
use amends::record;
use amends::reply::Record;
use amends_inbox::formats::Unread;
use amends_inbox::message::one_line;
use anyhow::{Context, bail};
use indicatif::ProgressBar;
use std::collections::HashMap;
use std::fs::File;
use std::io::{self, BufWriter, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

/// What the program ends with.
pub enum Status {
    Done = 0,
    Findings = 1,
    Usage = 2,
    NeedsAPerson = 3,
    SomeFailed = 4,
    /// Stopped from the keyboard: the program ends as the signal has it.
    Interrupted,
}

/// What one message comes to.
pub struct Piece {
    /// What a file of its own is named after.
    pub name: String,
    pub bytes: Vec<u8>,
    pub notes: Vec<String>,
    pub error: Option<String>,
    pub strict: bool,
    /// For the sums at the end, and its place in a queue.
    pub told: Option<Told>,
}

impl Piece {
    pub fn new(text: String) -> Self {
        Self {
            name: String::new(),
            bytes: text.into_bytes(),
            notes: Vec::new(),
            error: None,
            strict: false,
            told: None,
        }
    }

    pub fn failed(unread: &Unread, format: Output) -> Self {
        let record = Record::unread(unread);
        let text = match format {
            Output::Json => record::json(&record),
            Output::Jsonl => record::jsonl(&record),
            Output::Text | Output::Eml | Output::Body => String::new(),
        };
        Self { error: Some(unread.message.clone()), ..Self::new(text) }
    }
}

/// Where the pieces go, and what became of them.
pub struct Sink {
    out: Stream,
    /// Each piece goes into a file of its own here.
    dir: Option<Files>,
    /// Pieces wait here for their turn.
    queue: Option<Queue>,
    output: Output,
    quiet: bool,
    /// Beside a progress bar nothing is printed but through it.
    pub bar: Option<ProgressBar>,
    pub summary: Summary,
    /// It is no single message: what can't be read is only a part of it.
    pub batch: bool,
    written: usize,
    failed: usize,
    strict: bool,
}

impl Sink {
    pub fn open(args: &ReadArgs) -> anyhow::Result<Self> {
        Self::open_at(args, None)
    }

    /// The same, with what a run that was cut off has written already.
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

    /// Into a file each, in a directory.
    pub fn into_dir(dir: &Path, args: &ReadArgs, start: Option<&Point>) -> anyhow::Result<Self> {
        std::fs::create_dir_all(dir).with_context(|| format!("{} can't be written", shown(dir)))?;
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

    /// What is written comes out in the order in which it must be answered.
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

    /// `false` when nobody reads on.
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
            bail!("--output eml holds one message, and here are several; use --out DIR, or --output jsonl");
        } else if let Some(queue) = &mut self.queue {
            queue.add(piece.told.as_ref().map_or(usize::MAX, Told::rank), &piece.bytes)?;
        } else {
            read_on = self.put(&piece.bytes)?;
        }
        let noted = !piece.notes.is_empty() && !self.quiet;
        if piece.error.is_none() && !noted {
            return Ok(read_on);
        }
        // What is said about a draft comes after it, also where both meet on a terminal.
        let _ = self.out.out.flush();
        let say = || {
            if let Some(error) = &piece.error {
                eprintln!("amends: {}: {}", one_line(place), one_line(error));
            }
            for note in piece.notes.iter().filter(|_| noted) {
                if many {
                    eprintln!("{}: {note}", one_line(place));
                } else {
                    eprintln!("{note}");
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

    /// How far it has come, with all before it out of the program's hands.
    pub fn point(&mut self) -> anyhow::Result<Point> {
        self.out.out.flush().context("the output can't be written")?;
        Ok(Point {
            bytes: self.out.bytes,
            written: self.written,
            failed: self.failed,
            strict: self.strict,
            names: self.dir.as_ref().map_or_else(Vec::new, |files| files.named.clone()),
            ..Point::default()
        })
    }

    /// What was written up to the last point has been noted.
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
    /// The file to become, and the one being written.
    rename: Option<(PathBuf, PathBuf)>,
}

impl Stream {
    fn stdout() -> Self {
        Self { out: Box::new(BufWriter::new(io::stdout().lock())), bytes: 0, rename: None }
    }

    /// Written beside and renamed at the end: the old file stays whole until then. What a run that
    /// was cut off has written behind its last point goes.
    fn file(path: &Path, written: u64) -> anyhow::Result<Self> {
        if path.exists() && !path.is_file() {
            // A device or a pipe: there is nothing to keep whole.
            let file = File::options().write(true).open(path);
            let file = file.with_context(|| format!("{} can't be written", shown(path)))?;
            return Ok(Self { out: Box::new(BufWriter::new(file)), bytes: 0, rename: None });
        }
        let beside = beside(path);
        let unwritten = || format!("{} can't be written", shown(&beside));
        let mut file = File::options()
            .create(true)
            .write(true)
            .truncate(written == 0)
            .open(&beside)
            .with_context(unwritten)?;
        if file.metadata().with_context(unwritten)?.len() < written {
            bail!(
                "the run can't be gone on with: {} has become shorter; leave --resume out to begin anew",
                shown(&beside)
            );
        }
        file.set_len(written).and_then(|()| file.seek(SeekFrom::End(0))).with_context(unwritten)?;
        let out = Box::new(BufWriter::new(file));
        Ok(Self { out, bytes: written, rename: Some((path.to_owned(), beside)) })
    }

    /// `false` when nobody reads on.
    fn put(&mut self, bytes: &[u8]) -> anyhow::Result<bool> {
        self.bytes += bytes.len() as u64;
        read_on(self.out.write_all(bytes))
    }

    /// `false` when nobody has read to the end.
    fn close(mut self) -> anyhow::Result<bool> {
        if !read_on(self.out.flush())? {
            return Ok(false);
        }
        drop(self.out);
        if let Some((path, beside)) = self.rename {
            std::fs::rename(&beside, &path).with_context(|| format!("{} can't be written", shown(&path)))?;
        }
        Ok(true)
    }
}

/// A reader who has left is no error.
fn read_on(written: io::Result<()>) -> anyhow::Result<bool> {
    match written {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(false),
        other => other.map(|()| true).context("the output can't be written"),
    }
}

/// The files of a directory, one a message.
struct Files {
    dir: PathBuf,
    ending: &'static str,
    /// How often each name was wanted.
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

    /// A name like this one that no draft has yet.
    fn free(&mut self, name: &str) -> String {
        // Two systems in three take "A" and "a" for one file.
        let times = self.taken.entry(name.to_lowercase()).or_default();
        *times += 1;
        if *times == 1 { name.to_owned() } else { format!("{name}~{times}") }
    }
}

/// A message's id as a name that stays in its directory and that every system takes.
fn file_name(id: &str) -> String {
    const LONGEST: usize = 80;
    let last = id.trim_matches(['<', '>']);
    let safe = |c: char| if c.is_ascii_alphanumeric() || "-_.@+".contains(c) { c } else { '_' };
    let name: String = last.chars().map(safe).take(LONGEST).collect();
    let name = name.trim_matches('.');
    if name.is_empty() { "message".into() } else { name.to_owned() }
}

/// A text on standard output; a reader who has left is no error.
pub fn print(text: &str) -> anyhow::Result<()> {
    let mut out = io::stdout().lock();
    read_on(out.write_all(text.as_bytes()).and_then(|()| out.flush())).map(|_| ())
}

/// A file's new text, beside it first: it is whole at any moment.
pub fn replace(path: &Path, text: &str) -> anyhow::Result<()> {
    replace_bytes(path, text.as_bytes())
}

fn replace_bytes(path: &Path, bytes: &[u8]) -> anyhow::Result<()> {
    let beside = beside(path);
    std::fs::write(&beside, bytes)
        .and_then(|()| std::fs::rename(&beside, path))
        .with_context(|| format!("{} can't be written", shown(path)))
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
