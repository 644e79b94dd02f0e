//! `amends eval`: measures a phrasebook on labelled messages, alone or against another reading of them.

use super::books::{read_phrasebook, the_phrasebook};
use super::{each, own, refuse_drafts};
use crate::program::batch::sink::{Piece, Sink, Status};
use crate::program::flags::{BookArgs, EvalArgs, Output};
use crate::program::input::{reason, shown};
use crate::program::terminal::say;
use amends::reading::classify;
use amends::record;
use amends::study::eval::{self, Compared, Comparison, Decided, Gold, Tally};
use amends_inbox::formats::Unread;
use amends_inbox::message::{Message, one_line};
use amends_language::suggest::did_you_mean;
use amends_phrasebook::Phrasebook;
use anyhow::{anyhow, bail};
use std::collections::HashMap;
use std::path::Path;

/// Labelled messages in, accuracy out.
pub fn eval(args: &EvalArgs) -> anyhow::Result<Status> {
    refuse_drafts(&args.read, "eval")?;
    let book = the_phrasebook(&args.read.book)?;
    let other = args.against.as_ref().map(|path| Other::read(path, &args.read.book)).transpose()?;
    let read = |read: Result<Message, Unread>| {
        let message = read?;
        let gold = Gold::read(&message.input, book)
            .map_err(|message_text| Unread::new(&message.id, 0, &message_text))?;
        let before = other.as_ref().map(|other| other.decided(&message));
        let reading = classify(book, &message);
        Ok((message.text, gold, before, reading))
    };
    let (mut tally, mut comparison, mut failed) = (Tally::default(), Comparison::default(), 0usize);
    each(&args.read, &own(book), read, |source, judged: Result<_, Unread>| {
        match judged {
            Ok((text, gold, before, reading)) => {
                match before {
                    Some(Some(before)) => comparison.add(&text, &gold, &before, &Decided::from(&reading)),
                    Some(None) => comparison.miss(),
                    None => {}
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
    let with = args.against.as_deref().map(shown).unwrap_or_default();
    let compared = other.map(|_| comparison.result());
    if let Some(compared) = compared.as_ref().filter(|compared| compared.missing == report.messages) {
        bail!(
            "none of the {} messages has a record in {with}; was it a run on other messages?",
            compared.missing
        );
    }
    let metrics = compared.iter().flat_map(changes).chain(report.metrics.clone()).collect();
    let missed = below(&args.min, &metrics)?;
    let text = match args.read.output {
        Output::Json | Output::Jsonl => {
            let mut record = serde_json::to_value(&report)?;
            if let Some(compared) = &compared {
                record["comparison"] = serde_json::to_value(compared)?;
            }
            if args.read.output == Output::Json { record::json(&record) } else { record::jsonl(&record) }
        }
        _ => match &compared {
            Some(compared) => eval::comparison_text(compared, &with) + "\n" + &eval::text(&report),
            None => eval::text(&report),
        },
    };
    let mut sink = Sink::open(&args.read)?;
    sink.write("eval", &mut Piece::new(text), false)?;
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

/// How far each figure moved, as metrics for `--min`.
fn changes(compared: &Compared) -> impl Iterator<Item = (String, f64)> + '_ {
    compared.figures.iter().map(|(name, figure)| (format!("change.{name}"), figure.after - figure.before))
}

/// The minimums that aren't met, each as a sentence.
fn below(min: &[(String, f64)], metrics: &HashMap<String, f64>) -> anyhow::Result<Vec<String>> {
    let mut missed = Vec::new();
    for (name, least) in min {
        let Some(value) = metrics.get(name) else {
            if name.starts_with("change.") && !metrics.keys().any(|known| known.starts_with("change.")) {
                bail!("--min {} needs something to compare with; add --against", one_line(name));
            }
            let mut known: Vec<&str> = metrics.keys().map(String::as_str).collect();
            known.sort_unstable();
            let help = did_you_mean(name, known.iter().copied()).unwrap_or_else(|| {
                let general = known.into_iter().filter(|name| name.matches('.').count() == 1);
                format!("choose from {}", general.collect::<Vec<_>>().join(", "))
            });
            bail!("--min has no metric \"{}\"; {help}", one_line(name));
        };
        // Differences of rounded shares.
        if *value < least - 1e-9 {
            missed.push(format!("{name} is {value:.3}, below {least}"));
        }
    }
    Ok(missed)
}

/// What a reading is compared with.
enum Other {
    Phrasebook(Box<Phrasebook>),
    /// An earlier run's records, by id.
    Records(HashMap<String, Decided>),
}

impl Other {
    fn read(path: &Path, args: &BookArgs) -> anyhow::Result<Self> {
        let is_records = path.extension().is_some_and(|e| e == "jsonl" || e == "json");
        if !is_records {
            return Ok(Self::Phrasebook(Box::new(read_phrasebook(path, args)?)));
        }
        let source = std::fs::read_to_string(path)
            .map_err(|e| anyhow!("can't read the earlier run {}: {}", shown(path), reason(&e)))?;
        let mut records = HashMap::new();
        for (n, line) in source.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
            let decided = serde_json::from_str(line).ok().and_then(|record| Decided::from_record(&record));
            let Some(decided) = decided else {
                bail!(
                    "{}:{} isn't a record of an earlier run; make one with `amends classify --output jsonl`",
                    shown(path),
                    n + 1
                );
            };
            records.insert(decided.id.clone(), decided);
        }
        Ok(Self::Records(records))
    }

    fn decided(&self, message: &Message) -> Option<Decided> {
        match self {
            Self::Phrasebook(book) => Some(classify(book, message).into()),
            Self::Records(records) => records.get(&message.id).cloned(),
        }
    }
}
