//! `amends retell`: how sentences would be told back to the customer, and why not.

use super::books::the_phrasebook;
use crate::program::batch::sink::{Status, print};
use crate::program::files::refuse_pipe;
use crate::program::flags::{RetellArgs, TextOrJsonl};
use crate::program::input::{reason, shown};
use crate::program::terminal::say;
use amends::record;
use amends::retell::{reason as why, sentence};
use amends_inbox::message::{clean, one_line};
use amends_phrasebook::Phrasebook;
use anyhow::anyhow;
use serde::Deserialize;
use serde_json::{Value, json};
use std::fs::File;
use std::io::{self, BufRead, BufReader};
use std::path::{Path, PathBuf};

/// A line of JSONL: the sentence, and what stands before and after it.
#[derive(Deserialize)]
struct Row {
    #[serde(default)]
    id: Option<Value>,
    clause: String,
    #[serde(default)]
    before: String,
    #[serde(default)]
    after: String,
}

pub fn retell(args: &RetellArgs) -> anyhow::Result<Status> {
    let book = the_phrasebook(&args.book)?;
    let stdin = [PathBuf::from("-")];
    let files = if args.files.is_empty() { &stdin } else { args.files.as_slice() };
    let mut failed = false;
    for file in files {
        let (name, reader) = open(file)?;
        for (n, line) in reader.lines().enumerate() {
            let line = line.map_err(|e| anyhow!("{name}:{}: can't be read: {}", n + 1, reason(&e)))?;
            if line.trim().is_empty() {
                continue;
            }
            match told(book, args.output, &line) {
                Ok(text) => print(&text)?,
                Err(error) => {
                    failed = true;
                    say!("amends: {name}:{}: {}", n + 1, one_line(&error));
                }
            }
        }
    }
    Ok(if failed { Status::SomeFailed } else { Status::Done })
}

fn open(file: &Path) -> anyhow::Result<(String, Box<dyn BufRead>)> {
    if file.as_os_str() == "-" {
        return Ok(("stdin".into(), Box::new(BufReader::new(io::stdin()))));
    }
    refuse_pipe(file, "pipe it in, as in amends retell < PIPE")?;
    let opened = File::open(file).map_err(|e| anyhow!("can't read {}: {}", shown(file), reason(&e)))?;
    Ok((shown(file), Box::new(BufReader::new(opened))))
}

/// What is printed for a line of either form.
fn told(book: &Phrasebook, output: Option<TextOrJsonl>, line: &str) -> Result<String, String> {
    let json = line.trim_start().starts_with('{');
    let row = if json {
        serde_json::from_str::<Row>(line).map_err(|e| format!("not a record with \"clause\", a text: {e}"))?
    } else {
        Row { id: None, clause: line.trim().to_owned(), before: String::new(), after: String::new() }
    };
    let [before, clause, after] = [&row.before, &row.clause, &row.after].map(|text| clean(text).into_owned());
    let turned = sentence(book, &before, &clause, &after);
    let as_json = output.map_or(json, |output| output == TextOrJsonl::Jsonl);
    if as_json {
        let mut out = match &turned {
            Ok(turned) => json!({"turn": turned.sentence(), "why": null}),
            Err(refusal) => json!({"turn": null, "why": why(refusal), "reason": refusal.reason.id()}),
        };
        if let (Some(id), Some(out)) = (row.id, out.as_object_mut()) {
            out.shift_insert(0, "id".into(), id);
        }
        return Ok(record::jsonl(&out));
    }
    Ok(match turned {
        Ok(turned) => format!("{}\n", turned.sentence()),
        Err(refusal) => format!("({}: {})\n", why(&refusal), one_line(&clause)),
    })
}
