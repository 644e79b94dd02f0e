//! `amends phrasebook tune`: learns from labelled messages. Files give a diff of phrases to review, a corpus
//! the weights it teaches, and a folder of a team's own mail an overlay beside the team's phrasebook.

use super::books::{checked, fetch, phrasebook_path, read_source, the_phrasebook, with_places};
use super::{each, own, refuse_drafts};
use crate::program::batch::sink::{Piece, Sink, Status, print};
use crate::program::files::replace;
use crate::program::flags::{Output, TuneArgs};
use crate::program::input::{reason, shown};
use crate::program::terminal::say;
use amends::record;
use amends::study::eval::Gold;
use amends::study::fit::own::{ENOUGH, LEAST, Own, Trial, learn as learn_own};
use amends::study::fit::{self, corpus::Corpus};
use amends::study::tune::{self, Lesson};
use amends_inbox::formats::Unread;
use amends_inbox::message::{Message, one_line};
use amends_phrasebook::Phrasebook;
use amends_phrasebook::diagnostic::File;
use amends_phrasebook::overlay::DEFAULT_NAME;
use amends_phrasebook::yaml::{self, Kind, quoted};
use anyhow::{Context, anyhow, bail};
use std::ops::Range;
use std::path::{Path, PathBuf};

/// A corpus with fewer messages teaches nothing worth having.
const LEAST_OF_CORPUS: usize = 20;

/// The corpus of a folder: `messages/*.jsonl`, `clauses/*.jsonl` and `sentences/*.jsonl`, in the order of their names.
fn corpus(folder: &Path) -> anyhow::Result<Corpus> {
    let mut corpus = Corpus::default();
    for (part, add) in [
        ("messages", Corpus::add_messages as fn(&mut Corpus, &str, &str) -> anyhow::Result<()>),
        ("clauses", Corpus::add_clauses),
        ("sentences", Corpus::add_sentences),
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
        bail!("nothing to learn from: {0} has no message in {0}/messages/*.jsonl", shown(folder));
    }
    if corpus.messages.len() < LEAST_OF_CORPUS {
        bail!(
            "{} has {} messages, too few to learn all weights from: label at least {LEAST_OF_CORPUS}, or put them \
             straight into a folder to adapt the weights of a phrasebook that extends another",
            shown(folder),
            corpus.messages.len()
        );
    }
    Ok(corpus)
}

/// A labelled corpus in, a folder of weights out.
fn learn(folder: &Path, args: &TuneArgs) -> anyhow::Result<Status> {
    let book = the_phrasebook(&args.read.book)?;
    let corpus = corpus(folder)?;
    let faults = corpus.faults(book);
    if !faults.is_empty() {
        let s = if faults.len() == 1 { "" } else { "s" };
        bail!("{}\nnothing was learned; correct the label{s} first", faults.join("\n"));
    }
    let quiet = args.read.book.quiet;
    let written = fit::fit_weights(book, &corpus, |what| {
        if !quiet {
            say!("amends: fitting {what}");
        }
    })?;
    let out = args.out.clone().unwrap_or_else(|| PathBuf::from("phrasebook/weights"));
    if args.dry_run {
        for (name, text) in fit::files(&written, corpus.fingerprint) {
            print(&format!("{}: {} lines, not written\n", shown(&out.join(name)), text.lines().count()))?;
        }
        return Ok(Status::Done);
    }
    std::fs::create_dir_all(&out).map_err(|e| anyhow!("can't make {}: {}", shown(&out), reason(&e)))?;
    for (name, text) in fit::files(&written, corpus.fingerprint) {
        let path = out.join(name);
        replace(&path, &text)?;
    }
    Ok(Status::Done)
}

/// A team's labelled mail in, its weights out: an overlay that its phrasebook extends.
fn learn_from_own(folder: &Path, args: &TuneArgs) -> anyhow::Result<Status> {
    let named = phrasebook_path(&args.read.book);
    let Some(path) = named.filter(|path| path.as_os_str() != DEFAULT_NAME || path.exists()) else {
        bail!(
            "there is no phrasebook of yours to put the weights beside; write one with `amends phrasebook init`, \
             then name it with --phrasebook"
        );
    };
    if args.out.is_some() {
        bail!("--out is for a corpus or a diff; your weights go beside {}", shown(&path));
    }
    let wiring = Wiring::read(&path)?;
    let mut book = wiring.load(&format!("extends: {}\n", plain(&wiring.base)), args)?;
    if book.weights.is_empty() {
        bail!("{} has no weights to start from; `extends: default` has", shown(&path));
    }
    let (mail, failed) = labelled(folder, &book, args)?;
    if mail.len() < LEAST {
        let s = if mail.len() == 1 { "" } else { "s" };
        bail!(
            "{} has {} labelled message{s}, too few to learn from; label at least {LEAST}",
            shown(folder),
            mail.len()
        );
    }
    let learned = learn_own(&mut book, &mail)?;
    let overlay = learned.overlay(&shown(folder), &plain(&wiring.base));
    wiring.load(&overlay, args).context("the learned weights would be invalid")?;
    let (said, quiet) = (report(&learned), args.read.book.quiet);
    match args.read.output {
        Output::Json => print(&record::json(&learned.trials))?,
        Output::Jsonl => print(&record::jsonl(&learned.trials))?,
        _ if !quiet => eprint!("{said}"),
        _ => {}
    }
    let status = if failed == 0 { Status::Done } else { Status::SomeFailed };
    if learned.changed() == 0 {
        say!("amends: nothing was written: your labels improve no decision enough");
        return Ok(status);
    }
    if args.dry_run {
        if !matches!(args.read.output, Output::Json | Output::Jsonl) {
            print(&overlay)?;
        }
        return Ok(status);
    }
    replace(&wiring.weights, &overlay)?;
    if wiring.rewired != wiring.source {
        replace(&path, &wiring.rewired)?;
    }
    if !quiet {
        say!(
            "amends: wrote {} changed weights to {}, which {} now extends",
            learned.changed(),
            shown(&wiring.weights),
            shown(&path)
        );
    }
    Ok(status)
}

/// How many labels with too few messages are named.
const MOST_NAMED: usize = 6;

/// What was learned, decision by decision.
fn report(learned: &Own) -> String {
    let mut out = format!(
        "{} labelled messages, each read with what the others teach\ndecision  labelled  before   after  better  worse\n",
        learned.messages
    );
    for trial in learned.trials.iter().filter(|trial| trial.labelled > 0) {
        let outcome = match trial {
            Trial { kept: true, .. } => "learned".to_owned(),
            trial if trial.labelled < LEAST => "too few, left as it is".to_owned(),
            Trial { names_worse: true, .. } => "named correctly less often, left as it is".to_owned(),
            Trial { few, .. } if !few.is_empty() => {
                let few: Vec<String> = few
                    .iter()
                    .take(MOST_NAMED)
                    .map(|(id, messages)| format!("{id} has {messages}"))
                    .collect();
                format!("left as it is: label at least {ENOUGH} of each; {}", few.join(", "))
            }
            _ => "no better than chance, left as it is".to_owned(),
        };
        out += &format!(
            "{:<10}{:>8}{:>8}{:>8}{:>8}{:>7}  {outcome}\n",
            trial.figure, trial.labelled, trial.before, trial.after, trial.better, trial.worse
        );
    }
    out
}

/// The labelled messages of a folder's files, in the order of their names, and how many can't be used.
fn labelled(
    folder: &Path,
    book: &Phrasebook,
    args: &TuneArgs,
) -> anyhow::Result<(Vec<(Message, Gold)>, usize)> {
    let entries =
        std::fs::read_dir(folder).map_err(|e| anyhow!("can't read {}: {}", shown(folder), reason(&e)))?;
    let mut read = args.read.clone();
    read.files = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
    read.files.retain(|path| path.extension().is_some_and(|e| e == "jsonl" || e == "csv" || e == "tsv"));
    read.files.sort();
    if read.files.is_empty() {
        bail!(
            "nothing to learn from: {} has no .jsonl or .csv file; give each message a `text` and its labels, \
             such as `issues`",
            shown(folder)
        );
    }
    let judge = |read: Result<Message, Unread>| {
        let message = read?;
        match Gold::read(&message.input, book) {
            Ok(gold) => Ok((message, gold)),
            Err(reason) => Err(Unread::new(&message.id, 0, &reason)),
        }
    };
    let (mut mail, mut failed) = (Vec::new(), 0usize);
    each(&read, &own(book), judge, |source, labelled: Result<_, Unread>| {
        match labelled {
            Ok(labelled) => mail.push(labelled),
            Err(unread) => {
                failed += 1;
                say!("amends: {}: {}", source.place(), one_line(&unread.message));
            }
        }
        Ok(())
    })?;
    Ok((mail, failed))
}

/// A team's phrasebook, and the overlay of weights between it and what it extends.
struct Wiring {
    /// As it is, and as it extends the weights.
    source: String,
    rewired: String,
    path: String,
    weights: PathBuf,
    /// What the weights extend.
    base: String,
}

impl Wiring {
    fn read(path: &Path) -> anyhow::Result<Self> {
        let source = read_source(path)?;
        let stem = path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
        let name = format!("{stem}.weights.yaml");
        let weights = path.with_file_name(&name);
        let Some((at, base)) = extended(&source) else {
            bail!(
                "{} extends no phrasebook, so it has no weights to start from; add `extends: default`",
                shown(path)
            );
        };
        let mut rewired = source.clone();
        let base = if base == name {
            match weights.exists() {
                true => extended(&read_source(&weights)?).map(|(_, base)| base),
                false => Some(DEFAULT_NAME.to_owned()),
            }
            .ok_or_else(|| {
                anyhow!("{} doesn't say what it extends; add `extends: default`", shown(&weights))
            })?
        } else {
            if weights.exists() {
                bail!(
                    "{} already exists, but {} doesn't extend it; move it away, or extend it",
                    shown(&weights),
                    shown(path)
                );
            }
            rewired.replace_range(at, &plain(&name));
            base
        };
        Ok(Self { source, rewired, path: shown(path), weights, base })
    }

    /// The phrasebook as it would be with this overlay.
    fn load(&self, overlay: &str, args: &TuneArgs) -> anyhow::Result<Phrasebook> {
        let weights = shown(&self.weights);
        let mut fetch = |from: &str, name: &str| {
            if from == self.path && self.weights.file_name().is_some_and(|own| own == name) {
                return Ok((weights.clone(), overlay.to_owned()));
            }
            fetch(from, name)
        };
        Ok(checked(&self.path, &self.rewired, &mut fetch, &args.read.book)?.0)
    }
}

/// A name in YAML, in quotes where it needs them.
fn plain(name: &str) -> String {
    let is_plain = name.chars().all(|c| c.is_alphanumeric() || "._-/".contains(c)) && !name.starts_with('-');
    if is_plain { name.to_owned() } else { quoted(name) }
}

/// What a phrasebook extends, and where it says so.
fn extended(source: &str) -> Option<(Range<usize>, String)> {
    let Kind::Map(entries) = yaml::tree(source, 0).ok()?.kind else { return None };
    let (_, node) = entries.into_iter().find(|(key, _)| key.value == "extends")?;
    match node.kind {
        Kind::Scalar(name) => Some((node.at, name)),
        _ => None,
    }
}

/// Labelled messages in, a phrasebook diff out for review.
pub fn tune(args: &TuneArgs) -> anyhow::Result<Status> {
    refuse_drafts(&args.read, "phrasebook tune")?;
    if let [folder] = args.read.files.as_slice() {
        if folder.as_os_str() != "-" && !folder.exists() {
            bail!("can't read {}: no such file or folder", shown(folder));
        }
        if folder.join("messages").is_dir() {
            return learn(folder, args);
        }
        if folder.is_dir() && !folder.join("cur").is_dir() {
            return learn_from_own(folder, args);
        }
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
                eprint!("{}", tune::text(&proposal));
            }
            let changed = tuned.iter().filter(|(file, new)| file.text != *new);
            changed.map(|(file, new)| tune::unified(&file.path, &file.text, new)).collect()
        }
    };
    if let Some(path) = &args.out {
        let [(_, new)] = tuned.as_slice() else {
            bail!("--out writes one file, and this phrasebook has {}; apply the diff instead", tuned.len());
        };
        replace(path, new)?;
    }
    let mut sink = Sink::open(&args.read)?;
    sink.write("tune", &mut Piece::new(text), false)?;
    sink.close()?;
    Ok(if failed == 0 { Status::Done } else { Status::SomeFailed })
}
