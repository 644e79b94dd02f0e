//! `amends phrasebook`: create, check, test and compare phrasebooks.

use super::books::{colored, merged, read_source, with_places};
use super::{draft, each, own};
use crate::program::batch::sink::{Status, print};
use crate::program::files::{check_writable, replace};
use crate::program::findings::{Finding, Replacement, Span, github, sarif};
use crate::program::flags::{CheckArgs, DiffArgs, FmtArgs, InitArgs, Output, ReadArgs, ShowArgs, TestArgs};
use crate::program::flags::{CheckOutput, DiffOutput, TestOutput};
use crate::program::input::{reason, shown};
use crate::program::terminal::say;
use amends::built_in;
use amends::plan::Options;
use amends::record;
use amends::render::Templates;
use amends::reply::reply;
use amends::study::diff::{self, Effect, markdown};
use amends::study::{advice, examples};
use amends_inbox::formats::Unread;
use amends_inbox::message::{Message, one_line};
use amends_language::suggest::did_you_mean;
use amends_phrasebook::diagnostic::{self, Diagnostic, Severity, Sources};
use amends_phrasebook::{Phrasebook, Rejected, SCHEMA, STARTER, fmt, show as yaml};
use anyhow::{anyhow, bail};
use jiff::civil::{Date, date};
use std::collections::BTreeSet;
use std::fs::File;
use std::io::{self, IsTerminal, Write};
use std::path::Path;

/// A fixed date for comparable runs: a Monday, with no holiday near.
const ANY_DAY: Date = date(2026, 1, 5);

/// How many untried phrases to list.
const SHOWN: usize = 20;

pub fn check(args: &CheckArgs) -> anyhow::Result<Status> {
    let (mut sources, mut found) = examined(args)?;
    if args.fix {
        let files = sources.own();
        if files.iter().any(|f| built_in::is_inside(&f.path)) {
            bail!("the built-in phrasebook can't be changed; create your own with `amends phrasebook init`");
        }
        let mut changed = false;
        for file in files {
            let (text, mended) = diagnostic::mended(file, &found);
            if mended > 0 {
                replace(Path::new(&file.path), &text)?;
                say!("amends: fixed {mended} of {} findings in {}", found.len(), file.path);
                changed = true;
            }
        }
        if changed {
            (sources, found) = examined(args)?;
        }
    }
    let errors = found.iter().filter(|d| d.severity == Severity::Error).count();
    let warnings = found.len() - errors;
    print(&match args.output {
        CheckOutput::Json => record::json(&diagnostic::placed(&sources, &found)),
        CheckOutput::Sarif => {
            let results = found.iter().map(|d| finding(&sources, d).into()).collect();
            record::json(&sarif::log(codes(&found), results))
        }
        CheckOutput::Github => found.iter().map(|d| github::command(&finding(&sources, d))).collect(),
        CheckOutput::Text => {
            let path = sources.files().first().map_or("", |f| &f.path);
            let s = |n: usize| if n == 1 { "" } else { "s" };
            let faults =
                diagnostic::render(&sources, &found, colored(&args.book, io::stdout().is_terminal()));
            let fixable = found.iter().filter(|d| d.fix.is_some()).count();
            let mend = if fixable > 0 && !args.fix {
                format!(" ({fixable} fixable with --fix)")
            } else {
                String::new()
            };
            format!("{faults}{path}: {errors} error{}, {warnings} warning{}{mend}\n", s(errors), s(warnings))
        }
    })?;
    let worst = found.iter().map(|d| d.severity).min();
    let level = args.fail_level.severity();
    Ok(match worst {
        Some(Severity::Error) => Status::Usage,
        Some(worst) if worst <= level => Status::Findings,
        _ => Status::Done,
    })
}

/// A diagnostic for programs that show it beside the file.
fn finding<'a>(sources: &'a Sources, found: &'a Diagnostic) -> Finding<'a> {
    let span = |at| Span::new(sources, at);
    let help = if found.help.is_empty() { String::new() } else { format!("; {}", found.help) };
    Finding {
        rule: &found.code,
        severity: found.severity,
        file: sources.file(found.at.start).map_or("", |file| &file.path),
        span: span(&found.at),
        message: one_line(&format!("{}{help}", found.message)),
        fix: found.fix.as_ref().map(|fix| Replacement { span: span(&fix.at), text: &fix.instead }),
    }
}

/// The codes of the findings as rules: `unknown-id` is described as "Unknown id".
fn codes(found: &[Diagnostic]) -> Vec<sarif::Rule> {
    let codes: BTreeSet<&str> = found.iter().map(|d| &*d.code).collect();
    let rule = |code: &str| {
        let words = code.replace('-', " ");
        let mut letters = words.chars();
        let first = letters.next().map(|first| first.to_ascii_uppercase());
        sarif::Rule::new(code.to_owned(), first.into_iter().chain(letters).collect(), None)
    };
    codes.into_iter().map(rule).collect()
}

fn examined(args: &CheckArgs) -> anyhow::Result<(Sources, Vec<Diagnostic>)> {
    let (_, merged) = merged(args.file.as_deref(), &args.book)?;
    let (_, mut sources, mut found) = advice::examine(merged);
    if let Some(dir) = &args.templates {
        let faults = Templates::faults(dir).map_err(|e| anyhow!(e))?;
        found.extend(advice::templates(faults, &mut sources));
    }
    Ok((sources, found))
}

/// Formats files, replacing each atomically.
pub fn fmt(args: &FmtArgs) -> anyhow::Result<Status> {
    let mut files = args.files.clone();
    if files.is_empty() {
        let (_, merged) = merged(None, &args.book)?;
        files = merged.sources.own().iter().map(|file| file.path.clone().into()).collect();
        if merged.sources.own().iter().any(|file| built_in::is_inside(&file.path)) {
            bail!("there is no phrasebook here to format; name a file, or `-` for standard input");
        }
    }
    let mut unlike = 0;
    for path in &files {
        let piped = path.as_os_str() == "-";
        let (name, source) = match piped {
            true => ("standard input".to_owned(), io::read_to_string(io::stdin())?),
            false => (shown(path), read_source(path)?),
        };
        let laid_out = fmt::format(&source).map_err(|fault| {
            let sources = Sources::new(&name, &source);
            let color = colored(&args.book, io::stderr().is_terminal());
            anyhow!("{}{name} was left unchanged", diagnostic::render(&sources, &[fault], color))
        })?;
        unlike += usize::from(laid_out != source);
        match (piped, args.check) {
            (true, false) => print(&laid_out)?,
            (_, true) if laid_out != source => print(&format!("{name}\n"))?,
            (false, false) if laid_out != source => {
                replace(path, &laid_out)?;
                say!("amends: formatted {name}");
            }
            _ => {}
        }
    }
    if args.check && unlike > 0 {
        say!("amends: `amends phrasebook fmt` would change {unlike} of {} files", files.len());
        return Ok(Status::Findings);
    }
    Ok(Status::Done)
}

pub fn test(args: &TestArgs) -> anyhow::Result<Status> {
    let (book, sources) = with_places(args.file.as_deref(), &args.book)?;
    let templates = draft::templates(args.templates.as_deref())?;
    // Inherited phrases are for their own authors to test.
    let report =
        examples::run(&book, &templates, &sources, ANY_DAY, |at| args.all || sources.is_own(at.start));
    print(&match args.output {
        TestOutput::Text => examples::text(&report, SHOWN),
        TestOutput::Junit => examples::junit(&report),
        TestOutput::Json => {
            let mut record = serde_json::to_value(&report)?;
            record["failed"] = report.failed().into();
            record["coverage"] = report.coverage().into();
            record::json(&record)
        }
    })?;
    let least = usize::from(args.coverage.unwrap_or(0));
    if report.coverage() < least {
        say!("amends: only {} % of the phrases are tried, below {least} %", report.coverage());
    }
    Ok(if report.failed() > 0 || report.coverage() < least { Status::Findings } else { Status::Done })
}

pub fn show(args: &ShowArgs) -> anyhow::Result<Status> {
    let (path, merged) = merged(None, &args.book)?;
    let Some(root) = merged.root.as_ref().filter(|_| merged.faults.is_empty()) else {
        let rejected = Rejected { path, sources: merged.sources, diagnostics: merged.faults };
        bail!(rejected.text(colored(&args.book, io::stderr().is_terminal())));
    };
    let part = args.part.as_deref().unwrap_or("");
    let node = yaml::part(root, part).map_err(|(there, names)| {
        let missing = part.strip_prefix(&there).unwrap_or(part).trim_start_matches('.').split('.').next();
        let help = did_you_mean(missing.unwrap_or(""), names.iter().copied()).unwrap_or_else(|| match names
            .as_slice()
        {
            [] => "there is nothing under it".into(),
            names => format!("choose from {}", names.join(", ")),
        });
        let place = if there.is_empty() { "the phrasebook".to_owned() } else { format!("`{there}`") };
        anyhow!("{place} has no `{}`; {help}", one_line(missing.unwrap_or("")))
    })?;
    print(&if args.origin { yaml::with_origin(node, &merged.sources) } else { yaml::yaml(node) })?;
    Ok(Status::Done)
}

pub fn schema() -> anyhow::Result<Status> {
    print(SCHEMA)?;
    Ok(Status::Done)
}

/// The schema for editors, beside the phrasebook.
const SCHEMA_FILE: &str = "phrasebook.schema.json";

pub fn init(args: &InitArgs) -> anyhow::Result<Status> {
    check_writable(&args.file)?;
    let schema = args.file.with_file_name(SCHEMA_FILE);
    for path in [&args.file, &schema] {
        if path.exists() {
            bail!(
                "{} already exists and was left unchanged; name another file, or move it away",
                shown(path)
            );
        }
    }
    for (path, text) in [(&args.file, STARTER), (&schema, SCHEMA)] {
        // A link that leads nowhere is no place for it.
        File::create_new(path)
            .and_then(|mut file| file.write_all(text.as_bytes()))
            .map_err(|e| anyhow!("can't write {}: {}", shown(path), reason(&e)))?;
    }
    let file = shown(&args.file);
    print(&format!(
        "wrote {file}, and {} for your editor\n\n\
         next:\n  put your company's name into it\n  amends phrasebook check {file}\n  amends phrasebook test {file}\n  \
         amends watch --phrasebook {file} MAIL\n",
        shown(&schema)
    ))?;
    Ok(Status::Done)
}

pub fn diff(args: &DiffArgs) -> anyhow::Result<Status> {
    let (old_layers, new_layers) =
        (merged(Some(&args.old), &args.book)?.1, merged(Some(&args.new), &args.book)?.1);
    let changes = match (&old_layers.root, &new_layers.root) {
        (Some(old), Some(new)) => diff::tables(old, new),
        // Errors are reported below.
        _ => Vec::new(),
    };
    let (old, _) = with_places(Some(&args.old), &args.book)?;
    let (new, _) = with_places(Some(&args.new), &args.book)?;
    let effect = if args.on.is_empty() { None } else { Some(effect(args, &old, &new)?) };
    print(&match args.output {
        DiffOutput::Text => diff::text(&changes, effect.as_ref()),
        DiffOutput::Json => record::json(&serde_json::json!({"tables": changes, "messages": effect})),
        DiffOutput::Markdown => markdown::comment(&changes, effect.as_ref()),
    })?;
    Ok(Status::Done)
}

/// How messages fare when one phrasebook replaces the other.
fn effect(args: &DiffArgs, old: &Phrasebook, new: &Phrasebook) -> anyhow::Result<Effect> {
    let templates = Templates::built_in();
    let options = Options::on(args.today.unwrap_or(ANY_DAY));
    let read = ReadArgs {
        files: args.on.clone(),
        input: args.input,
        field: Vec::new(),
        output: Output::Text,
        out_file: None,
        jobs: None,
        book: args.book.clone(),
    };
    let mut effect = Effect::default();
    let both = |message: Result<Message, Unread>| {
        let message = message?;
        let (was, is) =
            (reply(old, &templates, &message, &options), reply(new, &templates, &message, &options));
        Ok((message.text, was, is))
    };
    each(&read, &own(new), both, |source, result: Result<_, Unread>| {
        match result {
            Ok((text, was, is)) => effect.add(&text, &was, &is, args.show),
            Err(unread) => say!("amends: {}: {}", source.place(), one_line(&unread.message)),
        }
        Ok(())
    })?;
    Ok(effect)
}
