//! Where drafts go, and what the program ends with.

use crate::cli::{Output, ReadArgs};
use crate::input::shown;
use amends::intake::Unread;
use amends::message::one_line;
use amends::output;
use amends::reply::Record;
use anyhow::{Context, bail};
use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

/// What the program ends with.
pub enum Status {
    Done = 0,
    Findings = 1,
    Usage = 2,
    NeedsAPerson = 3,
    SomeFailed = 4,
}

/// What one message comes to.
pub struct Piece {
    pub bytes: Vec<u8>,
    pub notes: Vec<String>,
    pub error: Option<String>,
    pub strict: bool,
}

impl Piece {
    pub fn new(text: String) -> Self {
        Self { bytes: text.into_bytes(), notes: Vec::new(), error: None, strict: false }
    }

    pub fn failed(unread: &Unread, format: Output) -> Self {
        let record = Record::unread(unread);
        let text = match format {
            Output::Json => output::json(&record),
            Output::Jsonl => output::jsonl(&record),
            Output::Text | Output::Eml | Output::Body => String::new(),
        };
        Self { error: Some(unread.message.clone()), ..Self::new(text) }
    }
}

/// Where the pieces go, and what became of them.
pub struct Sink {
    out: Box<dyn Write>,
    /// The file to become, and the one being written.
    rename: Option<(PathBuf, PathBuf)>,
    pub written: usize,
    failed: usize,
    strict: bool,
}

impl Sink {
    pub fn open(args: &ReadArgs) -> anyhow::Result<Self> {
        let mut rename = None;
        let out: Box<dyn Write> = match &args.out_file {
            None => Box::new(BufWriter::new(io::stdout().lock())),
            Some(path) => {
                if args.files.iter().any(|f| same_file(f, path)) {
                    bail!("{} is also an input; write to another file", shown(path));
                }
                // Written beside and renamed at the end: the old file stays whole until then.
                let mut beside = path.clone().into_os_string();
                beside.push(".part");
                let beside = PathBuf::from(beside);
                let file =
                    File::create(&beside).with_context(|| format!("{} can't be written", shown(&beside)))?;
                rename = Some((path.clone(), beside));
                Box::new(BufWriter::new(file))
            }
        };
        Ok(Self { out, rename, written: 0, failed: 0, strict: false })
    }

    /// `false` when nobody reads on.
    pub fn write(&mut self, place: &str, piece: Piece, many: bool, args: &ReadArgs) -> anyhow::Result<bool> {
        if many && args.output == Output::Eml {
            bail!(
                "--output eml holds one message, and here are several; use --output jsonl, or one call a message"
            );
        }
        let separate =
            matches!(args.output, Output::Text | Output::Body) && self.written > 0 && !piece.bytes.is_empty();
        let result = if separate { self.out.write_all(b"---\n") } else { Ok(()) }
            .and_then(|()| self.out.write_all(&piece.bytes));
        self.written += 1;
        let reader_left = match result {
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => true,
            other => {
                other.context("the output can't be written")?;
                false
            }
        };
        if piece.error.is_some() || !piece.notes.is_empty() && !args.book.quiet {
            // What is said about a draft comes after it, also where both meet on a terminal.
            let _ = self.out.flush();
        }
        if let Some(error) = &piece.error {
            self.failed += 1;
            eprintln!("amends: {}: {}", one_line(place), one_line(error));
        }
        if !args.book.quiet {
            for note in &piece.notes {
                if many {
                    eprintln!("{}: {note}", one_line(place));
                } else {
                    eprintln!("{note}");
                }
            }
        }
        self.strict |= piece.strict;
        Ok(!reader_left)
    }

    pub fn close(mut self) -> anyhow::Result<Status> {
        match self.out.flush() {
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => return Ok(Status::Done),
            other => other.context("the output can't be written")?,
        }
        drop(self.out);
        if let Some((path, beside)) = self.rename {
            std::fs::rename(&beside, &path).with_context(|| format!("{} can't be written", shown(&path)))?;
        }
        Ok(match (self.failed, self.written) {
            (0, _) if self.strict => Status::NeedsAPerson,
            (0, _) => Status::Done,
            (_, 1) => Status::Usage,
            _ => Status::SomeFailed,
        })
    }
}

/// A text on standard output; a reader who has left is no error.
pub fn print(text: &str) -> anyhow::Result<()> {
    let mut out = io::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        other => other.context("the output can't be written"),
    }
}

/// A file's new text, beside it first: it is whole at any moment.
pub fn replace(path: &Path, text: &str) -> anyhow::Result<()> {
    let mut beside = path.to_path_buf().into_os_string();
    beside.push(".part");
    let beside = PathBuf::from(beside);
    std::fs::write(&beside, text)
        .and_then(|()| std::fs::rename(&beside, path))
        .with_context(|| format!("{} can't be written", shown(path)))
}

fn same_file(a: &Path, b: &Path) -> bool {
    a.canonicalize().is_ok_and(|a| b.canonicalize().is_ok_and(|b| a == b))
}
