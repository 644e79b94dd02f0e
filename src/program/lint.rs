//! `amends lint`: replies in, findings out.

use super::books::{colored, the_phrasebook};
use super::draft::check_facts;
use crate::program::batch::sink::{Status, print};
use crate::program::files::{refuse_pipe, replace};
use crate::program::findings::{self, Span, github, sarif};
use crate::program::flags::{LintArgs, LintOutput};
use crate::program::input::{reason, shown};
use crate::program::terminal::say;
use amends::lint::{Against, Finding, Setting, lint as held, mended, page, rules, suppressed, suppressions};
use amends::reading::{Reading, classify};
use amends::record;
use amends_inbox::message::{Channel, Message, one_line, safe};
use amends_inbox::secret::blot;
use amends_inbox::{formats, html};
use amends_language::channel;
use amends_language::suggest::did_you_mean;
use amends_phrasebook::Phrasebook;
use amends_phrasebook::diagnostic::{self, Diagnostic, Severity, Sources};
use anyhow::{Context, anyhow, bail};
use rayon::prelude::*;
use serde_json::{Value, json};
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::io::{self, BufRead, BufReader, IsTerminal, Read};
use std::path::{Path, PathBuf};

/// Records per chunk.
const CHUNK: usize = 1024;

pub fn lint(args: &LintArgs) -> anyhow::Result<Status> {
    let book = the_phrasebook(&args.book)?;
    if let Some(id) = &args.explain {
        let ids: Vec<String> = rules(book).into_iter().map(|(id, _, _)| id).collect();
        let Some(text) = page(book, id) else {
            let help = did_you_mean(id, ids.iter().map(String::as_str))
                .unwrap_or_else(|| format!("choose from {}", ids.join(", ")));
            bail!("there is no rule \"{}\"; {help}", one_line(id));
        };
        print(&text)?;
        return Ok(Status::Done);
    }
    if args.rules {
        let line = |(id, severity, what): (String, Option<Severity>, String)| {
            format!("{:<8}{id:<22}{what}\n", severity.map_or("off", Severity::name))
        };
        print(&rules(book).into_iter().map(line).collect::<String>())?;
        return Ok(Status::Done);
    }
    if Channel::parse(&args.channel).is_none() {
        let help = did_you_mean(&args.channel, channel::CHANNELS.iter().map(|row| row.name))
            .unwrap_or_else(|| format!("choose from {}", channel::names()));
        bail!("there is no channel \"{}\"; {help}", one_line(&args.channel));
    }
    check_facts(&args.set)?;
    let to = args.to.as_deref().map(|path| read_message(path, book)).transpose()?;
    let linter = Linter { args, book, set: args.set.iter().cloned().collect(), to };
    let mut report = Report::new(args);
    let files = if args.files.is_empty() { vec![PathBuf::from("-")] } else { args.files.clone() };
    if files.iter().any(|f| f.as_os_str() == "-") && io::stdin().is_terminal() {
        bail!("no reply was piped in; use `amends lint < reply.txt`, or name a file");
    }
    for path in files {
        if let Err(error) = linter.file(&path, &mut report) {
            report.failed += 1;
            say!("amends: {}: {error:#}", one_line(&shown(&path)));
        }
    }
    report.close(book)
}

/// A message and its reading.
struct Answered {
    message: Message,
    reading: Reading,
}

/// `{"text": reply, "message": what it answers, "channel": …, "allow": [rule]}`; only
/// `text` is required.
#[derive(serde::Deserialize)]
struct Record<'a> {
    id: Option<Value>,
    #[serde(borrow)]
    text: Option<Cow<'a, str>>,
    message: Option<String>,
    subject: Option<String>,
    channel: Option<String>,
    #[serde(default)]
    allow: Vec<String>,
}

/// Output for one reply.
#[derive(serde::Serialize)]
struct LintRecord<'a> {
    id: &'a str,
    findings: &'a [Finding],
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<Value>,
}

struct Linter<'a> {
    args: &'a LintArgs,
    book: &'a Phrasebook,
    set: BTreeMap<String, String>,
    to: Option<Answered>,
}

/// One reply and its findings.
struct Linted {
    id: String,
    path: String,
    text: String,
    findings: Vec<Finding>,
    error: Option<(usize, String)>,
}

impl Linter<'_> {
    fn file(&self, path: &Path, report: &mut Report<'_>) -> anyhow::Result<()> {
        let name = if path.as_os_str() == "-" { "stdin".to_owned() } else { shown(path) };
        let reader: Box<dyn Read> = if path.as_os_str() == "-" {
            Box::new(io::stdin().lock())
        } else {
            refuse_pipe(path, "pipe it in, as in amends lint < PIPE")?;
            Box::new(std::fs::File::open(path).map_err(|e| anyhow!("can't be opened: {}", reason(&e)))?)
        };
        let mut reader = BufReader::with_capacity(1 << 16, reader);
        let head = reader.fill_buf().map_err(|e| anyhow!("can't be read: {}", reason(&e)))?;
        let ending = path.extension().map(|e| e.to_string_lossy().to_lowercase()).unwrap_or_default();
        let records =
            matches!(ending.as_str(), "jsonl" | "ndjson") || formats::detect(head) == formats::Format::Jsonl;
        if records {
            return self.records(&name, reader, report);
        }
        let mut bytes = Vec::new();
        reader.take(formats::LARGEST as u64 + 1).read_to_end(&mut bytes)?;
        if bytes.len() > formats::LARGEST {
            bail!("the reply is larger than {} MiB", formats::LARGEST >> 20);
        }
        if bytes.trim_ascii().is_empty() {
            bail!("no reply: the file is empty");
        }
        let plain = !matches!(ending.as_str(), "html" | "htm" | "eml")
            && formats::detect(&bytes) != formats::Format::Email;
        let text = self.text(&ending, &bytes)?;
        if self.args.fix && plain && path.as_os_str() != "-" {
            let (text, count) = mended(&text, |text| self.findings(text, None, &[]));
            if count > 0 {
                replace(path, &text)?;
                say!("amends: fixed {count} in {name}");
            }
            let findings = self.findings(&text, None, &[]);
            return report.add(Linted { id: name.clone(), path: name, text, findings, error: None });
        }
        let findings = self.findings(&text, None, &[]);
        report.add(Linted { id: name.clone(), path: name, text, findings, error: None })
    }

    /// A file's text, extracted if it is a mail or HTML page.
    fn text(&self, ending: &str, bytes: &[u8]) -> anyhow::Result<String> {
        let start = bytes.trim_ascii_start();
        if ending == "eml" || formats::detect(bytes) == formats::Format::Email {
            let mail = formats::single("reply", bytes, formats::Format::Email, &[])
                .map_err(|e| anyhow!("{}", e.message))?;
            // The signature is part of a reply.
            return Ok([Some(mail.text), mail.signature]
                .into_iter()
                .flatten()
                .collect::<Vec<_>>()
                .join("\n\n"));
        }
        let text = String::from_utf8(bytes.to_vec())
            .map_err(|e| anyhow!("not UTF-8 text (byte {})", e.utf8_error().valid_up_to()))?;
        let page = start.len() > 1
            && start[0] == b'<'
            && (start[1].is_ascii_alphabetic() || start[1] == b'!')
            && !start.starts_with(b"<!-- amends");
        Ok(if ending == "html" || ending == "htm" || page && ending != "md" {
            html::to_text(&text)
        } else {
            text
        })
    }

    fn records(&self, name: &str, reader: impl BufRead, report: &mut Report<'_>) -> anyhow::Result<()> {
        let pool =
            rayon::ThreadPoolBuilder::new().num_threads(self.args.jobs.map_or(0, usize::from)).build()?;
        let mut lines = formats::lines(reader);
        loop {
            let chunk: Vec<(usize, Vec<u8>)> = lines
                .by_ref()
                .take(CHUNK)
                .collect::<io::Result<_>>()
                .context("can't read the rest of the file")?;
            if chunk.is_empty() {
                return Ok(());
            }
            let one = |(line, bytes): &(usize, Vec<u8>)| self.record(name, *line, bytes);
            let done: Vec<Linted> = pool.install(|| chunk.par_iter().map(one).collect());
            for linted in done {
                report.add(linted)?;
            }
            report.flush()?;
        }
    }

    fn record(&self, name: &str, line: usize, bytes: &[u8]) -> Linted {
        let failed = |message: String| Linted {
            id: line.to_string(),
            path: name.to_owned(),
            text: String::new(),
            findings: Vec::new(),
            error: Some((line, safe(&message))),
        };
        let record: Record = match serde_json::from_slice(bytes.trim_ascii_end()) {
            Ok(record) => record,
            Err(error) => return failed(format!("not a record at column {}: {error}", error.column())),
        };
        let Some(text) = record.text else { return failed("the record has no \"text\"".into()) };
        let id = match record.id {
            Some(Value::String(id)) => safe(&id),
            Some(Value::Number(id)) => safe(&id.to_string()),
            _ => line.to_string(),
        };
        let answered = record.message.map(|text| {
            // Its newest words, as a draft would read them: what it quotes is not the customer's.
            let mut message = Message { id: "message".into(), ..Message::default() };
            message.take_text(&text);
            message.subject = record.subject;
            message.finish();
            let reading = classify(self.book, &message);
            Answered { message, reading }
        });
        let channel = record.channel.as_deref().filter(|c| Channel::parse(c).is_some());
        let text = amends_inbox::message::clean(&text).into_owned();
        let findings = self.findings(&text, Some((answered, channel)), &record.allow);
        Linted { id, path: name.to_owned(), text, findings, error: None }
    }

    fn findings(
        &self,
        text: &str,
        record: Option<(Option<Answered>, Option<&str>)>,
        allow: &[String],
    ) -> Vec<Finding> {
        let (answered, channel) = record.unwrap_or_default();
        let answered = answered.as_ref().or(self.to.as_ref());
        let channel = Channel::parse(channel.unwrap_or(&self.args.channel)).unwrap_or_default();
        let setting = Setting {
            kind: answered.map_or("complaint", |a| a.reading.kind),
            stage: self.args.stage.name(),
            template: channel.template(),
            holes: &[],
            against: answered.map(|a| Against { message: &a.message, reading: &a.reading, set: &self.set }),
        };
        let (mut off, text) = suppressions(text);
        off.extend(allow.iter().map(|rule| amends::lint::Suppression { rule: rule.clone(), at: 0..0 }));
        suppressed(self.book, held(self.book, &text, setting), &off)
    }
}

fn read_message(path: &Path, book: &Phrasebook) -> anyhow::Result<Answered> {
    let message = super::explain::read(path, book)?;
    let reading = classify(book, &message);
    Ok(Answered { message, reading })
}

/// Prints findings as they come or at the end, and decides the exit status.
struct Report<'a> {
    args: &'a LintArgs,
    level: Severity,
    worst: Option<Severity>,
    failed: usize,
    records: usize,
    /// For the formats that are a single document.
    kept: Vec<Value>,
    found: Vec<sarif::Found>,
    /// Lines not yet written.
    lines: String,
}

impl<'a> Report<'a> {
    fn new(args: &'a LintArgs) -> Self {
        let level = args.fail_level.severity();
        Self {
            args,
            level,
            worst: None,
            failed: 0,
            records: 0,
            kept: Vec::new(),
            found: Vec::new(),
            lines: String::new(),
        }
    }

    fn add(&mut self, linted: Linted) -> anyhow::Result<()> {
        self.records += 1;
        if let Some((line, message)) = &linted.error {
            self.failed += 1;
            say!("amends: {}:{line}: {}", one_line(&linted.path), one_line(message));
        }
        let worst = linted.findings.iter().map(|f| f.severity).min();
        self.worst = [self.worst, worst].into_iter().flatten().min();
        if self.args.output == LintOutput::Jsonl {
            self.lines.push_str(&record::jsonl(&record(&linted)));
            return Ok(());
        }
        let blotted = blot(&linted.text);
        let sources =
            Sources::new(&linted.path, blotted.as_ref().map_or(&linted.text, |blotted| &blotted.text));
        match self.args.output {
            LintOutput::Text => self.text(&linted, &sources),
            LintOutput::Jsonl => Ok(()),
            LintOutput::Json => {
                self.kept.push(serde_json::to_value(record(&linted))?);
                Ok(())
            }
            LintOutput::Sarif => {
                let placed = linted.findings.iter().map(|f| placed(f, &sources, &linted.path).into());
                self.found.extend(placed);
                Ok(())
            }
            LintOutput::Github => {
                let command = |f| github::command(&placed(f, &sources, &linted.path));
                print(&linted.findings.iter().map(command).collect::<String>())
            }
        }
    }

    fn flush(&mut self) -> anyhow::Result<()> {
        print(&std::mem::take(&mut self.lines))
    }

    fn text(&self, linted: &Linted, sources: &Sources) -> anyhow::Result<()> {
        let diagnostic = |f: &Finding| {
            // Something missing has no place: the reply as a whole is meant.
            let at = if f.start == f.end { f.start..f.start } else { f.start..f.end };
            Diagnostic {
                severity: f.severity,
                ..Diagnostic::new(f.rule.clone(), at, f.message.clone(), f.instead.clone())
            }
        };
        let diagnostics: Vec<Diagnostic> = linted.findings.iter().map(diagnostic).collect();
        let color = colored(&self.args.book, io::stdout().is_terminal());
        let count = |severity| linted.findings.iter().filter(|f| f.severity == severity).count();
        let [errors, warnings, notes] = [Severity::Error, Severity::Warning, Severity::Info].map(count);
        let s = |n: usize| if n == 1 { "" } else { "s" };
        let name = if linted.id == linted.path {
            linted.path.clone()
        } else {
            format!("{} {}", linted.path, linted.id)
        };
        let sum = match errors + warnings + notes {
            _ if linted.error.is_some() => return Ok(()),
            0 => format!("{}: no findings\n", one_line(&name)),
            _ => format!(
                "{}: {errors} error{}, {warnings} warning{}, {notes} note{}\n",
                one_line(&name),
                s(errors),
                s(warnings),
                s(notes)
            ),
        };
        print(&(diagnostic::render(sources, &diagnostics, color) + &sum))
    }

    fn close(mut self, book: &Phrasebook) -> anyhow::Result<Status> {
        self.flush()?;
        match self.args.output {
            LintOutput::Json if self.records == 1 => print(&record::json(&self.kept[0]))?,
            LintOutput::Json => print(&record::json(&self.kept))?,
            LintOutput::Sarif => print(&record::json(&sarif::log(sarif_rules(book), self.found)))?,
            _ => {}
        }
        Ok(match self.worst {
            _ if self.failed > 0 && self.failed >= self.records => Status::Usage,
            _ if self.failed > 0 => Status::SomeFailed,
            Some(worst) if worst <= self.level => Status::Findings,
            _ => Status::Done,
        })
    }
}

fn record(linted: &Linted) -> LintRecord<'_> {
    let error = linted.error.as_ref().map(|(line, message)| json!({"line": line, "message": message}));
    LintRecord { id: &linted.id, findings: &linted.findings, error }
}

/// The finding and what to write instead, on one line.
fn told(f: &Finding) -> String {
    let seen = if f.text.is_empty() { String::new() } else { format!(" (\"{}\")", f.text) };
    let instead = if f.instead.is_empty() { String::new() } else { format!("; instead: {}", f.instead) };
    one_line(&format!("{}{seen}{instead}", f.message))
}

/// The same, for programs that show it beside the reply.
fn placed<'a>(f: &'a Finding, sources: &Sources, path: &'a str) -> findings::Finding<'a> {
    let span = Span::new(sources, &(f.start..f.end));
    findings::Finding { rule: &f.rule, severity: f.severity, file: path, span, message: told(f), fix: None }
}

fn sarif_rules(book: &Phrasebook) -> Vec<sarif::Rule> {
    let rule = |(id, _, what): (String, Option<Severity>, String)| {
        let help = page(book, &id);
        sarif::Rule::new(id, what, help)
    };
    rules(book).into_iter().map(rule).collect()
}
