//! `amends eval` and `amends phrasebook tune`: measure and tune a phrasebook on labelled messages.

use super::books::{fetch, read_phrasebook, the_phrasebook, with_places};
use super::{each, own, refuse_drafts};
use crate::program::batch::sink::{Piece, Sink, Status};
use crate::program::flags::{EvalArgs, Output, TuneArgs};
use crate::program::input::{reason, shown};
use crate::program::terminal::say;
use amends::reading::classify;
use amends::record;
use amends::study::eval::{self, Comparison, Gold, Tally};
use amends::study::fit::{self, corpus::Corpus};
use amends::study::tune::{self, Lesson};
use amends_inbox::formats::Unread;
use amends_inbox::message::{Message, one_line};
use amends_language::suggest::did_you_mean;
use amends_phrasebook::Phrasebook;
use amends_phrasebook::diagnostic::File;
use anyhow::{Context, anyhow, bail};
use std::path::{Path, PathBuf};

/// Labelled messages in, accuracy out.
pub fn eval(args: &EvalArgs) -> anyhow::Result<Status> {
    refuse_drafts(&args.read, "eval")?;
    let book = the_phrasebook(&args.read.book)?;
    let other = args.against.as_ref().map(|path| read_phrasebook(path, &args.read.book)).transpose()?;
    let read = |read: Result<Message, Unread>| {
        let message = read?;
        let gold = Gold::read(&message.input, book)
            .map_err(|message_text| Unread::new(&message.id, 0, &message_text))?;
        let before = other.as_ref().map(|other| classify(other, &message));
        let reading = classify(book, &message);
        Ok((message.text, gold, before, reading))
    };
    let (mut tally, mut comparison, mut failed) = (Tally::default(), Comparison::default(), 0usize);
    each(&args.read, &own(book), read, |source, judged: Result<_, Unread>| {
        match judged {
            Ok((text, gold, before, reading)) => {
                if let Some(before) = before {
                    comparison.add(&text, &gold, &before, &reading);
                }
                tally.add(&text, &gold, &reading);
            }
            Err(unread) => {
                failed += 1;
                say!("amends: {}: {}", source.place(), one_line(&unread.message));
            }
        }
        Ok(())
    })?;
    let report = tally.report(args.misses);
    if report.messages == 0 {
        bail!("the input has no labelled message");
    }
    let mut missed = Vec::new();
    for (name, least) in &args.min {
        let Some(value) = report.metrics.get(name) else {
            let known = did_you_mean(name, report.metrics.keys().map(String::as_str)).unwrap_or_else(|| {
                let general = report.metrics.keys().filter(|k| k.matches('.').count() == 1);
                format!("choose from {}", general.cloned().collect::<Vec<_>>().join(", "))
            });
            bail!("--min has no metric \"{}\"; {known}", one_line(name));
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
            if args.read.output == Output::Json { record::json(&record) } else { record::jsonl(&record) }
        }
        _ if other.is_some() => eval::comparison_text(&comparison) + "\n" + &eval::text(&report),
        _ => eval::text(&report),
    };
    let mut sink = Sink::open(&args.read)?;
    sink.write("eval", Piece::new(text), false)?;
    sink.close()?;
    for line in &missed {
        say!("amends: {line}");
    }
    Ok(match (missed.is_empty(), failed) {
        (false, _) => Status::Findings,
        (true, 0) => Status::Done,
        (true, _) => Status::SomeFailed,
    })
}

/// The corpus of a folder: `messages/*.jsonl` and `clauses/*.jsonl`, in the order of their names.
fn corpus(folder: &Path) -> anyhow::Result<Corpus> {
    let mut corpus = Corpus::default();
    for (part, add) in [
        ("messages", Corpus::add_messages as fn(&mut Corpus, &str, &str) -> anyhow::Result<()>),
        ("clauses", Corpus::add_clauses),
    ] {
        let Ok(entries) = std::fs::read_dir(folder.join(part)) else { continue };
        let mut paths: Vec<PathBuf> = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
        paths.retain(|path| path.extension().is_some_and(|extension| extension == "jsonl"));
        paths.sort();
        for path in paths {
            let source = std::fs::read_to_string(&path)
                .map_err(|e| anyhow!("can't read {}: {}", shown(&path), reason(&e)))?;
            add(&mut corpus, &shown(&path), &source)?;
        }
    }
    if corpus.messages.is_empty() {
        bail!("nothing to learn from: {} has no messages/*.jsonl", shown(folder));
    }
    Ok(corpus)
}

/// A labelled corpus in, a folder of weights out.
fn learn(folder: &Path, args: &TuneArgs) -> anyhow::Result<Status> {
    let book = the_phrasebook(&args.read.book)?;
    let corpus = corpus(folder)?;
    let quiet = args.read.book.quiet;
    let written = fit::fit_weights(book, &corpus, |what| {
        if !quiet {
            say!("amends: fitting {what}");
        }
    })?;
    let out = args.out.clone().unwrap_or_else(|| PathBuf::from("phrasebook/weights"));
    std::fs::create_dir_all(&out).with_context(|| format!("can't make {}", shown(&out)))?;
    for (name, text) in fit::files(&written, corpus.fingerprint) {
        let path = out.join(name);
        std::fs::write(&path, text).map_err(|e| anyhow!("can't write {}: {}", shown(&path), reason(&e)))?;
    }
    Ok(Status::Done)
}

/// Labelled messages in, a phrasebook diff out for review.
pub fn tune(args: &TuneArgs) -> anyhow::Result<Status> {
    refuse_drafts(&args.read, "phrasebook tune")?;
    if let [folder] = args.read.files.as_slice()
        && folder.join("messages").is_dir()
    {
        return learn(folder, args);
    }
    let (book, sources) = with_places(None, &args.read.book)?;
    let read = |read: Result<Message, Unread>| {
        let message = read?;
        let gold =
            Gold::read(&message.input, &book).map_err(|reason| Unread::new(&message.id, 0, &reason))?;
        Ok(Lesson::new(&book, &message, &gold))
    };
    let (mut lessons, mut failed) = (Vec::new(), 0usize);
    each(&args.read, &own(&book), read, |source, lesson: Result<_, Unread>| {
        match lesson {
            Ok(lesson) => lessons.extend(lesson),
            Err(unread) => {
                failed += 1;
                say!("amends: {}: {}", source.place(), one_line(&unread.message));
            }
        }
        Ok(())
    })?;
    if lessons.is_empty() {
        bail!("nothing to learn from: no message is labelled with an issue");
    }
    let proposal = tune::tune(&book, &lessons);
    let tuned: Vec<(&File, String)> =
        sources.own().iter().map(|file| (file, proposal.applied(file))).collect();
    let fetch_tuned = &mut |from: &str, name: &str| {
        let (path, source) = fetch(from, name)?;
        let new = tuned.iter().find(|(file, _)| file.path == path).map(|(_, new)| new.clone());
        Ok((path, new.unwrap_or(source)))
    };
    Phrasebook::load(&tuned[0].0.path, &tuned[0].1, fetch_tuned)
        .context("the tuned phrasebook would be invalid")?;
    let text = match args.read.output {
        Output::Json => record::json(&proposal),
        Output::Jsonl => record::jsonl(&proposal),
        _ => {
            if !args.read.book.quiet {
                say!("{}", tune::text(&proposal).trim_end());
            }
            let changed = tuned.iter().filter(|(file, new)| file.text != *new);
            changed.map(|(file, new)| tune::unified(&file.path, &file.text, new)).collect()
        }
    };
    if let Some(path) = &args.out {
        let [(_, new)] = tuned.as_slice() else {
            bail!("--out writes one file, and this phrasebook has {}; apply the diff instead", tuned.len());
        };
        std::fs::write(path, new).map_err(|e| anyhow!("can't write {}: {}", shown(path), reason(&e)))?;
    }
    let mut sink = Sink::open(&args.read)?;
    sink.write("tune", Piece::new(text), false)?;
    sink.close()?;
    Ok(if failed == 0 { Status::Done } else { Status::SomeFailed })
}
