//! The program: from flags to exit status. With `input` and `sink` the one place that touches
//! files, standard streams and the clock.

use crate::cli::{Cli, Command, DraftArgs, EvalArgs, Output, PhrasebookCommand, ReadArgs, TuneArgs, When};
use crate::input::{Source, reason, renames, shown, sources};
use crate::sink::{Piece, Sink, Status};
use amends::classify::classify;
use amends::diagnostic::did_you_mean;
use amends::eval::{self, Comparison, Gold, Tally};
use amends::intake::Unread;
use amends::message::{Message, one_line};
use amends::output;
use amends::phrasebook::{DEFAULT, Phrasebook};
use amends::plan::{Options, SETTABLE};
use amends::render::Templates;
use amends::reply::reply;
use amends::tune::{self, Lesson};
use anyhow::{Context, anyhow, bail};
use jiff::civil::Date;
use rayon::prelude::*;
use std::io::{self, IsTerminal};
use std::panic::AssertUnwindSafe;
use std::path::{Path, PathBuf};

/// Messages worked on at once in a batch: enough for all cores, few enough to stay small.
const CHUNK: usize = 256;

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
        Some(Command::Eval(args)) => eval(&args),
        Some(Command::Phrasebook(PhrasebookCommand::Tune(args))) => tune(&args),
        Some(Command::Extract(args)) => {
            refuse_drafts(&args, "extract")?;
            batch(&args, &[], |read| match read {
                Ok(message) => Piece::new(match args.output {
                    Output::Json | Output::Jsonl => output::jsonl(
                        &serde_json::json!({"id": message.id, "text": message.text, "signature": message.signature, "history": message.history}),
                    ),
                    _ => message.text.clone() + "\n",
                }),
                Err(unread) => Piece::failed(&unread, args.output),
            })
        }
    }
}

/// Labelled messages in; how right the reading is on them out.
fn eval(args: &EvalArgs) -> anyhow::Result<Status> {
    refuse_drafts(&args.read, "eval")?;
    let book = phrasebook(&args.read)?;
    let other = args.against.as_ref().map(|path| read_phrasebook(path, &args.read)).transpose()?;
    let read = |read: Result<Message, Unread>| {
        let message = read?;
        let gold = Gold::read(&message.input, book).map_err(|message_text| Unread {
            id: message.id.clone(),
            line: 0,
            message: message_text,
        })?;
        let before = other.as_ref().map(|other| classify(other, &message));
        let reading = classify(book, &message);
        Ok((message.text, gold, before, reading))
    };
    let (mut tally, mut comparison, mut failed) = (Tally::default(), Comparison::default(), 0usize);
    each(&args.read, &own(book), read, |source, _, judged: Result<_, Unread>| {
        match judged {
            Ok((text, gold, before, reading)) => {
                if let Some(before) = before {
                    comparison.add(&text, &gold, &before, &reading);
                }
                tally.add(&text, &gold, &reading);
            }
            Err(unread) => {
                failed += 1;
                eprintln!("amends: {}: {}", source.place(), one_line(&unread.message));
            }
        }
        Ok(true)
    })?;
    let report = tally.report(args.misses);
    if report.messages == 0 {
        bail!("there is no labelled message to judge by");
    }
    let mut missed = Vec::new();
    for (name, least) in &args.min {
        let Some(value) = report.metrics.get(name) else {
            let known = did_you_mean(name, report.metrics.keys().map(String::as_str)).unwrap_or_else(|| {
                let general = report.metrics.keys().filter(|k| k.matches('.').count() == 1);
                format!("there are {}", general.cloned().collect::<Vec<_>>().join(", "))
            });
            bail!("--min knows no metric \"{}\"; {known}", one_line(name));
        };
        if value < least {
            missed.push(format!("{name} is {value:.3}, below {least}"));
        }
    }
    let text = match args.read.output {
        Output::Json | Output::Jsonl => {
            let mut record = serde_json::to_value(&report)?;
            if other.is_some() {
                record["comparison"] = serde_json::to_value(&comparison)?;
            }
            if args.read.output == Output::Json { output::json(&record) } else { output::jsonl(&record) }
        }
        _ if other.is_some() => eval::comparison_text(&comparison) + "\n" + &eval::text(&report),
        _ => eval::text(&report),
    };
    let mut sink = Sink::open(&args.read)?;
    sink.write("eval", Piece::new(text), false, &args.read)?;
    sink.close()?;
    for line in &missed {
        eprintln!("amends: {line}");
    }
    Ok(match (missed.is_empty(), failed) {
        (false, _) => Status::Findings,
        (true, 0) => Status::Done,
        (true, _) => Status::SomeFailed,
    })
}

/// Labelled messages in; a change to the phrasebook out, for a person to review.
fn tune(args: &TuneArgs) -> anyhow::Result<Status> {
    refuse_drafts(&args.read, "phrasebook tune")?;
    let (name, source) = match phrasebook_path(&args.read) {
        Some(path) => (shown(&path), read_source(&path)?),
        None => ("phrasebook.yaml".to_owned(), DEFAULT.to_owned()),
    };
    let book = parse(&name, &source, &args.read)?;
    let read = |read: Result<Message, Unread>| {
        let message = read?;
        let gold = Gold::read(&message.input, &book).map_err(|reason| Unread {
            id: message.id.clone(),
            line: 0,
            message: reason,
        })?;
        Ok(Lesson::new(&book, &message, &gold))
    };
    let (mut lessons, mut failed) = (Vec::new(), 0usize);
    each(&args.read, &own(&book), read, |source, _, lesson: Result<_, Unread>| {
        match lesson {
            Ok(lesson) => lessons.extend(lesson),
            Err(unread) => {
                failed += 1;
                eprintln!("amends: {}: {}", source.place(), one_line(&unread.message));
            }
        }
        Ok(true)
    })?;
    if lessons.is_empty() {
        bail!("there is no message with an issue as a label to learn from");
    }
    let proposal = tune::tune(&book, &lessons);
    let tuned = proposal.applied(&source);
    Phrasebook::parse(&name, &tuned).context("the tuned phrasebook would not be one")?;
    let text = match args.read.output {
        Output::Json => output::json(&proposal),
        Output::Jsonl => output::jsonl(&proposal),
        _ => {
            if !args.read.quiet {
                eprint!("{}", tune::text(&proposal));
            }
            if tuned == source { String::new() } else { tune::unified(&name, &source, &tuned) }
        }
    };
    if let Some(path) = &args.out {
        std::fs::write(path, &tuned)
            .map_err(|e| anyhow!("{} can't be written: {}", shown(path), reason(&e)))?;
    }
    let mut sink = Sink::open(&args.read)?;
    sink.write("tune", Piece::new(text), false, &args.read)?;
    sink.close()?;
    Ok(if failed == 0 { Status::Done } else { Status::SomeFailed })
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
    if args.help_facts {
        let list: String = SETTABLE.iter().map(|(name, what)| format!("{name:<13}{what}\n")).collect();
        let mut sink = Sink::open(&args.read)?;
        sink.write("facts", Piece::new(list), false, &args.read)?;
        return sink.close();
    }
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
        let names = || SETTABLE.iter().map(|(name, _)| *name);
        if !names().any(|name| name == key) {
            let help = did_you_mean(key, names())
                .unwrap_or_else(|| "`amends draft --help-facts` lists those that can be set".into());
            bail!("--set knows no fact \"{}\"; {help}", one_line(key));
        }
    }
    if args.html && args.read.output != Output::Eml {
        bail!("--html adds an HTML part to a mail; use it with --output eml");
    }
    let clock = jiff::Timestamp::now();
    let today = args.today.unwrap_or_else(|| clock.to_zoned(jiff::tz::TimeZone::UTC).date());
    let now = if args.today.is_some() { noon(today) } else { clock.as_second() };
    let options = Options {
        today,
        agent: args.agent.clone(),
        template: args.template.clone(),
        stage: args.stage.name(),
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
            piece.bytes = output::eml(&record, &message, &book.company, &signs, now, today, args.html)
                .unwrap_or_default();
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
    std::iter::once(&book.company.email).chain(&book.company.addresses).cloned().collect()
}

/// The phrasebook named, or the nearest: here, in the user's configuration, in the binary.
fn phrasebook(args: &ReadArgs) -> anyhow::Result<&'static Phrasebook> {
    // Given back when the process ends: freeing its tables takes longer than reading a mail.
    Ok(Box::leak(Box::new(find_phrasebook(args)?)))
}

fn find_phrasebook(args: &ReadArgs) -> anyhow::Result<Phrasebook> {
    let Some(path) = phrasebook_path(args) else {
        if args.verbose {
            eprintln!("amends: using the built-in phrasebook");
        }
        return Ok(Phrasebook::built_in()?);
    };
    if args.verbose {
        eprintln!("amends: using the phrasebook {}", shown(&path));
    }
    read_phrasebook(&path, args)
}

/// The phrasebook named, or the nearest one; `None` is the one inside the binary.
fn phrasebook_path(args: &ReadArgs) -> Option<PathBuf> {
    args.phrasebook.clone().or_else(|| nearby().into_iter().find(|p| p.is_file()))
}

fn read_phrasebook(path: &Path, args: &ReadArgs) -> anyhow::Result<Phrasebook> {
    parse(&shown(path), &read_source(path)?, args)
}

fn read_source(path: &Path) -> anyhow::Result<String> {
    let bytes = std::fs::read(path)
        .map_err(|e| anyhow!("the phrasebook {} can't be read: {}", shown(path), reason(&e)))?;
    if bytes.starts_with(b"\xFF\xFE") || bytes.starts_with(b"\xFE\xFF") {
        bail!("the phrasebook {} is UTF-16; save it as UTF-8", shown(path));
    }
    let source = String::from_utf8(bytes).map_err(|e| {
        anyhow!(
            "the phrasebook {} is not UTF-8 text (byte {}); save it as UTF-8",
            shown(path),
            e.utf8_error().valid_up_to()
        )
    })?;
    Ok(source.trim_start_matches('\u{feff}').to_owned())
}

fn parse(name: &str, source: &str, args: &ReadArgs) -> anyhow::Result<Phrasebook> {
    Phrasebook::load(name, source, &mut fetch).map_err(|rejected| anyhow!(rejected.text(colored(args))))
}

/// Whether what is said on standard error is coloured.
fn colored(args: &ReadArgs) -> bool {
    match args.color {
        When::Always => true,
        When::Never => false,
        When::Auto => io::stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none_or(|v| v.is_empty()),
    }
}

/// A phrasebook that another extends, by its path from there.
fn fetch(from: &str, name: &str) -> Result<(String, String), String> {
    let path = Path::new(from).parent().unwrap_or(Path::new("")).join(name);
    let source = read_source(&path).map_err(|e| format!("{e:#}"))?;
    Ok((shown(&path), source))
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

/// Writes what comes of each message in input order.
fn batch(
    args: &ReadArgs,
    own: &[String],
    work: impl Fn(Result<Message, Unread>) -> Piece + Sync,
) -> anyhow::Result<Status> {
    let mut sink = None;
    // A fault of ours in one message must not lose the others of a batch.
    let guarded = |read: Result<Message, Unread>| {
        let id = read.as_ref().map_or_else(|unread| unread.id.clone(), |message| message.id.clone());
        std::panic::catch_unwind(AssertUnwindSafe(|| work(read))).unwrap_or_else(|_| {
            let message = "amends failed on this message; please report it".into();
            Piece::failed(&Unread { id, line: 0, message }, args.output)
        })
    };
    each(args, own, guarded, |source, many, piece| {
        let sink = match &mut sink {
            Some(sink) => sink,
            none => none.insert(Sink::open(args)?),
        };
        sink.write(&source.place(), piece, many, args)
    })?;
    // What was written for is no longer read: that is no error.
    sink.map_or(Ok(Status::Done), Sink::close)
}

/// Reads every input, works on the messages on all cores, and hands on what comes of each in
/// input order, and whether there is more than one, until nobody wants more.
fn each<T: Send>(
    args: &ReadArgs,
    own: &[String],
    work: impl Fn(Result<Message, Unread>) -> T + Sync,
    mut take: impl FnMut(&Source, bool, T) -> anyhow::Result<bool>,
) -> anyhow::Result<()> {
    let own: Vec<&str> = own.iter().map(String::as_str).collect();
    let renames = renames(args)?;
    let mut sources = sources(args)?.peekable();
    if sources.peek().is_none() {
        bail!(
            "there is no message: the input is empty; pipe one in, as in `amends < mail.eml`, or name a file"
        );
    }
    let (mut pool, mut taken) = (None, 0);
    loop {
        let chunk: Vec<Source> =
            sources.by_ref().take(CHUNK).collect::<io::Result<_>>().context("the input can't be read on")?;
        if chunk.is_empty() {
            return Ok(());
        }
        let one = |source: &Source| work(source.read(&own, &renames));
        let results: Vec<T> = if chunk.len() == 1 {
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
        taken += chunk.len();
        for (source, result) in chunk.iter().zip(results) {
            if !take(source, taken > 1, result)? {
                return Ok(());
            }
        }
    }
}
