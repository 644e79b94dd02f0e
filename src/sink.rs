//! Where drafts go, and what the program ends with.

use crate::cli::{Output, ReadArgs};
use crate::input::shown;
use amends::intake::Unread;
use amends::message::one_line;
use amends::output;
use amends::reply::Record;
use anyhow::{Context, bail};
use std::collections::HashMap;
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
    /// What a file of its own is named after.
    pub name: String,
    pub bytes: Vec<u8>,
    pub notes: Vec<String>,
    pub error: Option<String>,
    pub strict: bool,
}

impl Piece {
    pub fn new(text: String) -> Self {
        Self { name: String::new(), bytes: text.into_bytes(), notes: Vec::new(), error: None, strict: false }
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
    /// Each piece goes into a file of its own here.
    dir: Option<Files>,
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
        Ok(Self { out, rename, dir: None, written: 0, failed: 0, strict: false })
    }

    /// Into a file each, in a directory.
    pub fn into_dir(dir: &Path, args: &ReadArgs) -> anyhow::Result<Self> {
        std::fs::create_dir_all(dir).with_context(|| format!("{} can't be written", shown(dir)))?;
        let ending = match args.output {
            Output::Text | Output::Body => "txt",
            Output::Json | Output::Jsonl => "json",
            Output::Eml => "eml",
        };
        let files = Files { dir: dir.to_owned(), ending, taken: HashMap::new() };
        let out = Box::new(io::sink());
        Ok(Self { out, rename: None, dir: Some(files), written: 0, failed: 0, strict: false })
    }

    /// `false` when nobody reads on.
    pub fn write(&mut self, place: &str, piece: Piece, many: bool, args: &ReadArgs) -> anyhow::Result<bool> {
        if let Some(files) = &mut self.dir {
            if !piece.bytes.is_empty() && piece.error.is_none() {
                files.write(&piece)?;
            }
        } else if many && args.output == Output::Eml {
            bail!("--output eml holds one message, and here are several; use --out DIR, or --output jsonl");
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

/// The files of a directory, one a message.
struct Files {
    dir: PathBuf,
    ending: &'static str,
    /// How often each name was wanted.
    taken: HashMap<String, usize>,
}

impl Files {
    fn write(&mut self, piece: &Piece) -> anyhow::Result<()> {
        let name = file_name(&piece.name);
        // Two systems in three take "A" and "a" for one file.
        let times = self.taken.entry(name.to_lowercase()).or_default();
        *times += 1;
        let name = if *times == 1 { name } else { format!("{name}~{times}") };
        replace_bytes(&self.dir.join(format!("{name}.{}", self.ending)), &piece.bytes)
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
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        other => other.context("the output can't be written"),
    }
}

/// A file's new text, beside it first: it is whole at any moment.
pub fn replace(path: &Path, text: &str) -> anyhow::Result<()> {
    replace_bytes(path, text.as_bytes())
}

fn replace_bytes(path: &Path, bytes: &[u8]) -> anyhow::Result<()> {
    let mut beside = path.to_path_buf().into_os_string();
    beside.push(".part");
    let beside = PathBuf::from(beside);
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
