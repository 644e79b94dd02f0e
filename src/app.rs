//! The program: from flags to exit status. The one place that touches files, standard streams
//! and the clock.

use crate::cli::{Cli, Command, DraftArgs, Input, Output, ReadArgs, When};
use amends::classify::classify;
use amends::diagnostic::{self, did_you_mean};
use amends::intake::{self, Unread};
use amends::message::{Message, one_line};
use amends::output;
use amends::phrasebook::{Phrasebook, SETTABLE};
use amends::plan::Options;
use amends::render::Templates;
use amends::reply::{Record, reply};
use anyhow::{Context, anyhow, bail};
use jiff::civil::Date;
use rayon::prelude::*;
use std::fs::File;
use std::io::{self, BufRead, BufReader, BufWriter, IsTerminal, Read, Write};
use std::path::{Path, PathBuf};

/// Messages worked on at once in a batch: enough for all cores, few enough to stay small.
const CHUNK: usize = 256;

/// What the program ends with.
pub enum Status {
    Done = 0,
    Usage = 2,
    NeedsAPerson = 3,
    SomeFailed = 4,
}

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
                        &serde_json::json!({"id": message.id, "text": message.text, "history": message.history}),
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
    vec![book.company.email.clone()]
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

/// A path as it may be printed: a file name can hold anything.
fn shown(path: &Path) -> String {
    one_line(&path.to_string_lossy())
}

/// What one message comes to.
struct Piece {
    bytes: Vec<u8>,
    notes: Vec<String>,
    error: Option<String>,
    strict: bool,
}

impl Piece {
    fn new(text: String) -> Self {
        Self { bytes: text.into_bytes(), notes: Vec::new(), error: None, strict: false }
    }

    fn failed(unread: &Unread, format: Output) -> Self {
        let record = Record::unread(unread);
        let text = match format {
            Output::Json => output::json(&record),
            Output::Jsonl => output::jsonl(&record),
            Output::Text | Output::Eml | Output::Body => String::new(),
        };
        Self { error: Some(unread.message.clone()), ..Self::new(text) }
    }
}

/// A record before it is read.
enum Source {
    Line { file: String, line: usize, bytes: Vec<u8> },
    Whole { id: String, bytes: Vec<u8>, format: intake::Format },
    Failed(Unread),
}

impl Source {
    fn place(&self) -> String {
        match self {
            Source::Line { file, line, .. } => format!("{file}:{line}"),
            Source::Whole { id, .. } => id.clone(),
            Source::Failed(unread) => unread.id.clone(),
        }
    }

    fn read(&self, own: &[&str]) -> Result<Message, Unread> {
        match self {
            Source::Line { line, bytes, .. } => intake::record(*line, bytes),
            Source::Whole { id, bytes, format } => intake::single(id, bytes, *format, own),
            Source::Failed(unread) => Err(unread.clone()),
        }
    }
}

/// Reads every input, works on each message, writes what comes out in input order.
fn batch(
    args: &ReadArgs,
    own: &[String],
    work: impl Fn(Result<Message, Unread>) -> Piece + Sync,
) -> anyhow::Result<Status> {
    let own: Vec<&str> = own.iter().map(String::as_str).collect();
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
        let one = |source: &Source| work(source.read(&own));
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

/// The records of all inputs, one after another.
fn sources(args: &ReadArgs) -> anyhow::Result<Box<dyn Iterator<Item = io::Result<Source>>>> {
    let files = if args.files.is_empty() { vec![PathBuf::from("-")] } else { args.files.clone() };
    if files.iter().any(|f| f.as_os_str() == "-") && io::stdin().is_terminal() {
        bail!("no message was piped in; use `amends < mail.eml`, name a file, or see `amends --help`");
    }
    let (input, verbose) = (args.input, args.verbose);
    Ok(Box::new(files.into_iter().flat_map(move |path| {
        open(&path, input, verbose).unwrap_or_else(|message| {
            let unread = Unread { id: shown(&path), line: 0, message };
            Box::new(std::iter::once(Ok(Source::Failed(unread))))
        })
    })))
}

type Records = Box<dyn Iterator<Item = io::Result<Source>>>;

fn open(path: &Path, input: Input, verbose: bool) -> Result<Records, String> {
    let name = if path.as_os_str() == "-" { "stdin".to_owned() } else { shown(path) };
    let reader: Box<dyn Read> = if path.as_os_str() == "-" {
        Box::new(io::stdin().lock())
    } else if path.is_dir() {
        return Err(format!("this is a directory; name the messages in it, as in {name}/*"));
    } else {
        Box::new(File::open(path).map_err(|e| {
            let hint = if ["draft", "classify", "extract"].contains(&name.as_str()) {
                "; a command comes first, before its flags"
            } else {
                ""
            };
            format!("can't be opened: {}{hint}", reason(&e))
        })?)
    };
    let mut reader = BufReader::with_capacity(1 << 16, reader);
    let unreadable = |e: io::Error| format!("can't be read: {}", reason(&e));
    let head = reader.fill_buf().map_err(unreadable)?;
    let format = match input {
        Input::Auto => intake::detect(head),
        Input::Email => intake::Format::Email,
        Input::Text => intake::Format::Text,
        Input::Jsonl => intake::Format::Jsonl,
    };
    if verbose {
        eprintln!("amends: reading {name} as {}", format!("{format:?}").to_lowercase());
    }
    if format == intake::Format::Jsonl {
        return Ok(Box::new(
            intake::lines(reader)
                .map(move |line| line.map(|(line, bytes)| Source::Line { file: name.clone(), line, bytes })),
        ));
    }
    let mut bytes = Vec::new();
    reader.take(intake::LARGEST as u64 + 1).read_to_end(&mut bytes).map_err(unreadable)?;
    if bytes.trim_ascii().is_empty() {
        return Ok(Box::new(std::iter::empty()));
    }
    Ok(Box::new(std::iter::once(Ok(Source::Whole { id: name, bytes, format }))))
}

/// An I/O error without its number.
fn reason(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "there is no such file".into(),
        io::ErrorKind::PermissionDenied => "permission denied".into(),
        _ => error.to_string(),
    }
}

/// Where the pieces go, and what became of them.
struct Sink {
    out: Box<dyn Write>,
    /// The file to become, and the one being written.
    rename: Option<(PathBuf, PathBuf)>,
    written: usize,
    failed: usize,
    strict: bool,
}

impl Sink {
    fn open(args: &ReadArgs) -> anyhow::Result<Self> {
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
    fn write(&mut self, place: &str, piece: Piece, many: bool, args: &ReadArgs) -> anyhow::Result<bool> {
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
        if piece.error.is_some() || !piece.notes.is_empty() && !args.quiet {
            // What is said about a draft comes after it, also where both meet on a terminal.
            let _ = self.out.flush();
        }
        if let Some(error) = &piece.error {
            self.failed += 1;
            eprintln!("amends: {}: {}", one_line(place), one_line(error));
        }
        if !args.quiet {
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

    fn close(mut self) -> anyhow::Result<Status> {
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

fn same_file(a: &Path, b: &Path) -> bool {
    a.canonicalize().is_ok_and(|a| b.canonicalize().is_ok_and(|b| a == b))
}
