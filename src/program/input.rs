//! Files, directories and standard input as a stream of records.

use crate::program::files;
use crate::program::flags::{Input, ReadArgs};
use crate::program::terminal::say;
use amends_inbox::desk::{self, Ticket};
use amends_inbox::formats::{self, Columns, Rename, Unread};
use amends_inbox::message::{Message, one_line, safe};
use amends_inbox::table::{Row, Rows};
use amends_inbox::unpack::{self, Plain, unpack};
use amends_inbox::values::Values;
use amends_inbox::{mail, mbox};
use anyhow::bail;
use std::borrow::Cow;
use std::fs::File;
use std::io::{self, BufRead, BufReader, IsTerminal, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// A record, not yet parsed.
pub enum Source {
    Line {
        file: Arc<str>,
        line: usize,
        bytes: Vec<u8>,
    },
    Row {
        file: Arc<str>,
        line: usize,
        columns: Arc<Columns>,
        row: csv::ByteRecord,
        fault: Option<String>,
    },
    /// One of several mails in a file.
    Mail {
        file: Arc<str>,
        mail: mbox::Mail,
    },
    /// One ticket of a help desk's export.
    Ticket {
        file: Arc<str>,
        ticket: Result<Ticket, Unread>,
    },
    /// A mail in a Maildir, opened when needed.
    File(PathBuf),
    Whole {
        id: String,
        bytes: Vec<u8>,
        format: formats::Format,
    },
    Failed(Unread),
}

impl Source {
    pub fn place(&self) -> String {
        match self {
            Self::Line { file, line, .. } | Self::Row { file, line, .. } => format!("{file}:{line}"),
            Self::Mail { file, mail } => format!("{file}:{}", mail.line),
            Self::Ticket { file, ticket: Ok(Ticket { id: Some(id), .. }) } => {
                format!("{file}: ticket {}", safe(id))
            }
            Self::Ticket { file, ticket } => {
                let line = ticket.as_ref().map_or_else(|unread| unread.line, |ticket| ticket.line);
                format!("{file}:{line}")
            }
            Self::File(path) => shown(path),
            Self::Whole { id, .. } => id.clone(),
            Self::Failed(unread) => unread.id.clone(),
        }
    }

    /// Whether its format can hold several records, even if this is the only one.
    pub fn is_of_batch(&self) -> bool {
        !matches!(self, Self::Whole { .. } | Self::Failed(_))
    }

    /// A mail client may rename it at any time, or put others before it.
    pub fn is_mail_of_folder(&self) -> bool {
        matches!(self, Self::File(_))
    }

    /// Raw bytes; of an unopened file, its content.
    pub fn bytes(&self) -> Cow<'_, [u8]> {
        match self {
            Self::Line { bytes, .. } | Self::Whole { bytes, .. } => bytes.into(),
            Self::Row { row, .. } => row.as_slice().into(),
            Self::Mail { mail, .. } => mail.bytes.as_slice().into(),
            Self::Ticket { ticket: Ok(ticket), .. } => ticket.bytes.as_slice().into(),
            Self::Ticket { ticket: Err(unread), .. } => unread.message.as_bytes().into(),
            Self::File(path) => read_mail_file(path).unwrap_or_default().into(),
            Self::Failed(unread) => unread.message.as_bytes().into(),
        }
    }

    /// How many there are, without reading a file.
    pub fn size(&self) -> usize {
        match self {
            Self::File(path) => std::fs::metadata(path).map_or(0, |data| data.len().min(LARGEST) as usize),
            _ => self.bytes().len(),
        }
    }

    pub fn read(&self, own: &[&str], renames: &[Rename]) -> Result<Message, Unread> {
        match self {
            Self::Line { line, bytes, .. } => formats::record(*line, bytes, renames, own),
            Self::Row { line, fault: Some(fault), .. } => Err(Unread::new(&line.to_string(), *line, fault)),
            Self::Row { line, columns, row, .. } => formats::row(*line, columns, row, own),
            Self::Mail { mail, .. } => self.read_mail(mail, own),
            Self::Ticket { ticket, .. } => ticket.as_ref().map_err(Unread::clone)?.read(renames, own),
            Self::File(path) => {
                let unread = |why: String| Unread::new(&shown(path), 0, &why);
                let bytes = read_mail_file(path).map_err(unread)?;
                if is_mailbox(&bytes) {
                    return Err(unread(
                        "it holds several mails, as a mailbox does; name it by itself".into(),
                    ));
                }
                formats::single(&shown(path), &bytes, formats::Format::Email, own)
            }
            Self::Whole { id, bytes, format } => formats::single(id, bytes, *format, own),
            Self::Failed(unread) => Err(unread.clone()),
        }
    }

    fn read_mail(&self, mail: &mbox::Mail, own: &[&str]) -> Result<Message, Unread> {
        let unread = |message: String| Unread::new(&self.place(), mail.line, &message);
        if mail.cut {
            return Err(unread(format!("the message is larger than {} MiB", formats::LARGEST >> 20)));
        }
        if !mail.has_headers() {
            return Err(unread(format!(
                "mail {} of this mailbox can't be read: its headers are missing or cut off; the others aren't affected",
                mail.number
            )));
        }
        let mut message = mail::read(&self.place(), &mail.bytes, own).map_err(unread)?;
        if let Some(id) = &message.message_id {
            message.id = safe(id);
        }
        if mail.strays > 0 {
            message.warnings.push(
                "a line begins with \"From \", as a new message would; check that two have not run together"
                    .into(),
            );
        }
        Ok(message)
    }
}

/// The records of all inputs, one after another.
pub fn sources(args: &ReadArgs) -> anyhow::Result<Box<dyn Iterator<Item = io::Result<Source>>>> {
    let files = args.inputs();
    if files.iter().any(|f| f.as_os_str() == "-") && io::stdin().is_terminal() {
        bail!("no message was piped in; use `amends < mail.eml`, name a file, or see `amends --help`");
    }
    let (input, verbose, renames) = (args.input, args.book.verbose, renames(args)?);
    let alone = files.len() == 1;
    Ok(Box::new(files.into_iter().flat_map(move |path| -> Records {
        let failed = |message: &str| -> Records {
            let unread = Unread::new(&shown(&path), 0, message);
            Box::new(std::iter::once(Ok(Source::Failed(unread))))
        };
        let mut records = match open(&path, input, &renames, verbose) {
            Ok(records) => records.peekable(),
            Err(message) => return failed(&message),
        };
        // A folder may well have no new mail, and an empty input alone is an error of the run.
        if alone || path.is_dir() || records.peek().is_some() {
            return Box::new(records);
        }
        failed("it holds no message; put one in, or leave it out")
    })))
}

/// Why inputs that hold nothing can't be worked on.
pub fn empty(args: &ReadArgs) -> String {
    match args.files.as_slice() {
        [] => "there is no message on standard input; pipe one in, as in `amends < mail.eml`, or name a file"
            .into(),
        [path] if path.as_os_str() == "-" => empty(&ReadArgs { files: Vec::new(), ..args.clone() }),
        [path] if path.is_dir() => {
            format!("{}: there is no mail in new/ or cur/ of this Maildir", shown(path))
        }
        [path] if std::fs::metadata(path).is_ok_and(|found| found.len() == 0) => {
            format!("{}: the file is empty; name one that holds a message", shown(path))
        }
        [path] => format!("{}: there is no message in this file; name one that holds some", shown(path)),
        paths => format!("there is no message in any of the {} inputs", paths.len()),
    }
}

/// The `--field` flags, checked.
pub fn renames(args: &ReadArgs) -> anyhow::Result<Vec<Rename>> {
    for (field, _) in &args.field {
        if !formats::FIELDS.contains(&field.as_str()) {
            bail!("--field has no field \"{}\"; choose from {}", one_line(field), formats::FIELDS.join(", "));
        }
    }
    Ok(args.field.clone())
}

type Records = Box<dyn Iterator<Item = io::Result<Source>>>;

fn open(path: &Path, input: Input, renames: &[Rename], verbose: bool) -> Result<Records, String> {
    let name = if path.as_os_str() == "-" { "stdin".to_owned() } else { shown(path) };
    let say = |format: &str| {
        if verbose {
            say!("amends: reading {name} as {format}");
        }
    };
    if path.is_dir() || input == Input::Maildir {
        say("maildir");
        return maildir(path, &name);
    }
    let reader: Box<dyn Read> = if path.as_os_str() == "-" {
        Box::new(io::stdin().lock())
    } else {
        files::refuse_pipe(path, "pipe it in, as in amends < PIPE").map_err(|e| e.to_string())?;
        Box::new(File::open(path).map_err(|e| format!("can't be opened: {}", reason(&e)))?)
    };
    let unreadable = |e: io::Error| format!("can't be read: {}", reason(&e));
    let Plain { reader, packed } = unpack(reader).map_err(unreadable)?;
    let mut reader = begin(reader).map_err(unreadable)?;
    let head = reader.fill_buf().map_err(unreadable)?;
    if let Some(why) = formats::refused(head) {
        return Err(why);
    }
    // An export's first ticket may be long.
    let ahead = if input == Input::Auto && desk::may_be(head) && !is_record(head) {
        read_ahead(&mut reader, desk::HEAD).map_err(unreadable)?
    } else {
        Vec::new()
    };
    let export = desk::is_export(&ahead);
    let mut reader = io::Cursor::new(ahead).chain(reader);
    let head = reader.fill_buf().map_err(unreadable)?;
    let format = match input {
        Input::Auto if export => formats::Format::Tickets,
        Input::Auto | Input::Tickets if is_named_table(path) => formats::Format::Csv,
        Input::Auto | Input::Maildir => formats::detect(head),
        // However it is laid out.
        Input::Jsonl if formats::detect(head) == formats::Format::Json => formats::Format::Json,
        Input::Email => formats::Format::Email,
        Input::Text => formats::Format::Text,
        Input::Jsonl => formats::Format::Jsonl,
        Input::Csv => formats::Format::Csv,
        Input::Mbox => formats::Format::Mbox,
        Input::Tickets => formats::Format::Tickets,
    };
    if format == formats::Format::Tickets && !head.trim_ascii().is_empty() && !desk::may_be(head) {
        return Err("a help desk's export is JSON or a table named .csv, but this is neither; leave out \
                    --input tickets"
            .into());
    }
    say(&format!("{format:?}").to_lowercase());
    let records = records(reader, format, input, name.clone(), renames)?;
    Ok(if packed { Box::new(UntilDamaged { records, name, ended: false }) } else { records })
}

/// Whether its name says that a file is a table, packed or not.
fn is_named_table(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy().to_lowercase();
    let name = name.strip_suffix(".gz").unwrap_or(&name);
    [".csv", ".tsv"].iter().any(|ending| name.ends_with(ending))
}

/// Reads as far as the format needs to be seen: a whole line, or the beginning of a long one.
fn begin(mut reader: Box<dyn Read>) -> io::Result<BufReader<impl Read>> {
    const HEAD: usize = 1 << 16;
    let mut head = vec![0; HEAD];
    let mut filled = 0;
    let is_enough = |head: &[u8]| {
        let seen = head.trim_ascii_start();
        seen.contains(&b'\n') && seen.trim_ascii_end().len() > 1
    };
    while filled < HEAD && !is_enough(&head[..filled]) {
        match reader.read(&mut head[filled..]) {
            Ok(0) => break,
            Ok(n) => filled += n,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    head.truncate(filled);
    head.drain(..unpack::unseen(&head));
    Ok(BufReader::with_capacity(HEAD, io::Cursor::new(head).chain(reader)))
}

/// The records of a packed file: where it turns out to be damaged, they end with an error of its own.
struct UntilDamaged {
    records: Records,
    name: String,
    ended: bool,
}

impl Iterator for UntilDamaged {
    type Item = io::Result<Source>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.ended {
            return None;
        }
        let next = self.records.next()?;
        Some(next.or_else(|error| {
            self.ended = true;
            let message = format!("{}; what came before is read", reason(&error));
            Ok(Source::Failed(Unread::new(&self.name, 0, &message)))
        }))
    }
}

fn records(
    reader: impl BufRead + 'static,
    format: formats::Format,
    input: Input,
    name: String,
    renames: &[Rename],
) -> Result<Records, String> {
    let file: Arc<str> = name.as_str().into();
    let line = |file: Arc<str>| {
        move |line: io::Result<(usize, Vec<u8>)>| {
            line.map(|(line, bytes)| Source::Line { file: file.clone(), line, bytes })
        }
    };
    match format {
        formats::Format::Jsonl => Ok(Box::new(formats::lines(reader).map(line(file)))),
        formats::Format::Json => Ok(Box::new(Values::new(reader).map(line(file)))),
        formats::Format::Csv => csv(reader, file, renames),
        formats::Format::Mbox => Ok(Box::new(
            mbox::mails(reader, formats::LARGEST)
                .map(move |mail| mail.map(|mail| Source::Mail { file: file.clone(), mail })),
        )),
        formats::Format::Tickets => Ok(Box::new(
            desk::tickets(reader)
                .map(move |ticket| ticket.map(|ticket| Source::Ticket { file: file.clone(), ticket })),
        )),
        formats::Format::Email | formats::Format::Text => {
            let mut bytes = Vec::new();
            reader
                .take(LARGEST + 1)
                .read_to_end(&mut bytes)
                .map_err(|e| format!("can't be read: {}", reason(&e)))?;
            if bytes.trim_ascii().is_empty() {
                return Ok(Box::new(std::iter::empty()));
            }
            if format == formats::Format::Text
                && input == Input::Auto
                && let Some(why) = formats::several(&bytes)
            {
                return Err(why);
            }
            let ranges =
                if format == formats::Format::Email { mbox::concatenated(&bytes) } else { Vec::new() };
            if ranges.len() < 2 {
                return Ok(Box::new(std::iter::once(Ok(Source::Whole { id: name, bytes, format }))));
            }
            Ok(Box::new(ranges.into_iter().zip(1..).map(move |(range, number)| {
                let line = 1 + bytes[..range.start].iter().filter(|b| **b == b'\n').count();
                let mail = mbox::Mail { number, line, bytes: bytes[range].to_vec(), ..mbox::Mail::default() };
                Ok(Source::Mail { file: file.clone(), mail })
            })))
        }
    }
}

/// Whether a file's first line is one whole record.
fn is_record(head: &[u8]) -> bool {
    let first = head.split(|b| *b == b'\n').next().unwrap_or_default();
    let record = serde_json::from_slice::<serde_json::Map<String, serde_json::Value>>(first);
    record.is_ok_and(|fields| fields.get("text").is_some_and(serde_json::Value::is_string))
}

fn read_ahead(reader: &mut impl Read, most: usize) -> io::Result<Vec<u8>> {
    let mut ahead = Vec::new();
    reader.take(most as u64).read_to_end(&mut ahead)?;
    Ok(ahead)
}

/// Rows that are looked at to tell which column holds the message.
const SAMPLE: usize = 20;

fn csv(mut reader: impl BufRead + 'static, file: Arc<str>, renames: &[Rename]) -> Result<Records, String> {
    let delimiter =
        formats::delimiter(reader.fill_buf().map_err(|e| format!("can't be read: {}", reason(&e)))?);
    let mut rows = Rows::new(reader, delimiter);
    rows.heed_separator().map_err(|e| format!("can't be read: {}", reason(&e)))?;
    let Some(head) = rows.next() else { return Ok(Box::new(std::iter::empty())) };
    let head = head.map_err(|e| format!("can't be read: {}", reason(&e)))?;
    if let Some(fault) = head.fault {
        return Err(format!("line {}: {fault}", head.line));
    }
    let sample = || rows.by_ref().take(SAMPLE).flatten().map(|row| row.cells).collect();
    let columns = Arc::new(Columns::read_with(&head.cells, renames, sample)?);
    Ok(Box::new(rows.map(move |row| {
        let Row { line, cells: row, fault } = row?;
        Ok(Source::Row { file: file.clone(), line, columns: columns.clone(), row, fault })
    })))
}

const LARGEST: u64 = formats::LARGEST as u64;

/// A mail in a folder: only from a file, and no more of it than a mail may have.
fn read_mail_file(path: &Path) -> Result<Vec<u8>, String> {
    let unopened = |e: io::Error| format!("can't be opened: {}", reason(&e));
    // Before it is opened, as a pipe would wait for somebody to write.
    let found = std::fs::metadata(path).map_err(unopened)?;
    if !found.is_file() {
        return Err("it isn't a file, so it can't be a mail; move it out of the Maildir".into());
    }
    if found.len() > LARGEST {
        return Err(format!("the message is larger than {} MiB", LARGEST >> 20));
    }
    let mut bytes = Vec::with_capacity(found.len() as usize);
    File::open(path).and_then(|file| file.take(LARGEST + 1).read_to_end(&mut bytes)).map_err(unopened)?;
    Ok(bytes)
}

/// Whether there is more than one mail in a file.
fn is_mailbox(bytes: &[u8]) -> bool {
    bytes.starts_with(b"From ") && mbox::mails(bytes, formats::LARGEST).nth(1).is_some()
        || mbox::concatenated(bytes).len() > 1
}

/// The mails in a Maildir's new and cur, sorted by name, without drafts and deleted mail.
fn maildir(path: &Path, name: &str) -> Result<Records, String> {
    if !path.is_dir() {
        return Err("a Maildir is a directory, but this is not; leave out --input maildir".into());
    }
    let mut mails = Vec::new();
    for folder in ["new", "cur"] {
        let entries = std::fs::read_dir(path.join(folder)).map_err(|_| {
            if std::fs::read_dir(path).is_ok_and(|mut entries| entries.next().is_none()) {
                return "this folder is empty; name a file that holds a message, or a Maildir".to_owned();
            }
            format!("this directory has no {folder}/, so it is not a Maildir; name the messages in it, as in {name}/*")
        })?;
        for entry in entries {
            let entry = entry.map_err(|e| format!("can't be read: {}", reason(&e)))?;
            let file = entry.file_name().to_string_lossy().into_owned();
            // What comes after the colon changes when the mail is read.
            let (name, flags) = match file.rsplit_once("2,") {
                Some((name, flags)) if name.ends_with([':', ';', '!']) => (&name[..name.len() - 1], flags),
                _ => (file.as_str(), ""),
            };
            if !file.starts_with('.') && !flags.contains(['D', 'T']) {
                mails.push((name.to_owned(), entry.path()));
            }
        }
    }
    mails.sort();
    Ok(Box::new(mails.into_iter().map(|(_, path)| Ok(Source::File(path)))))
}

/// An I/O error without its OS error number.
pub fn reason(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "no such file".into(),
        io::ErrorKind::PermissionDenied => "permission denied".into(),
        // Our own words.
        io::ErrorKind::InvalidData => error.to_string(),
        _ => {
            let text = error.to_string();
            text.split(" (os error").next().unwrap_or(&text).to_lowercase()
        }
    }
}

/// A path made safe to print: a file name can hold anything.
pub fn shown(path: &Path) -> String {
    safe(&path.to_string_lossy())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mail_of_a_maildir_is_known_by_its_content() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("1");
        std::fs::write(&path, "late").unwrap();
        let source = Source::File(path.clone());
        assert_eq!((source.bytes().as_ref(), source.size()), (&b"late"[..], 4));
        std::fs::write(&path, "lost!").unwrap();
        assert_eq!((source.bytes().as_ref(), source.size()), (&b"lost!"[..], 5));
    }
}
