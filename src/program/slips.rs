//! Commands and flags that people try first and that go by another name here.

use amends_language::suggest::nearest;
use clap::error::{ContextKind, ContextValue, ErrorKind};
use std::path::Path;

/// What people call a command, and ours.
const COMMANDS: &[(&[&str], &str)] = &[
    (&["reply", "answer", "respond", "write", "generate", "compose"], "draft"),
    (&["read", "analyse", "analyze", "label", "parse"], "classify"),
    (&["text", "strip", "clean"], "extract"),
    (&["check", "verify", "validate"], "lint"),
    (&["why", "debug", "trace"], "explain"),
    (&["score", "test", "measure"], "eval"),
    (&["todo", "promises", "list", "agenda"], "due"),
    (&["kept", "close", "resolve"], "done"),
    (&["search", "grep", "query"], "find"),
    (&["delete", "erase", "remove"], "forget"),
    (&["stats", "summary", "dashboard"], "report"),
    (&["init", "fmt", "diff", "tune", "show", "train", "learn"], "phrasebook"),
];

/// What people call a flag, and what does it here.
const FLAGS: &[(&str, &str)] = &[
    ("--channel", "`--template sms` drafts for a channel; a record says its own in its `channel` field"),
    ("--format", "`--output json` is the format written, `--input csv` the one read"),
    ("--json", "`--output json`"),
    ("--lang", "the language is read from the message; wordings for it have `when: {lang: de}`"),
    ("--language", "the language is read from the message; wordings for it have `when: {lang: de}`"),
    ("--date", "`--today 2026-11-23`"),
    ("--tone", "the tone is read from the message; `amends classify` shows it"),
    ("--name", "`--agent Sam` signs; `--set name=\"Maria\"` is whom it greets"),
    ("--config", "`--phrasebook own.yaml`"),
    ("--dry-run", "nothing is ever sent, and without -o or --out nothing is written"),
    ("--input", "the file's name alone is enough"),
];

/// A word given for a file that is none and was surely meant as a command.
pub fn command(files: &[impl AsRef<Path>]) -> Option<String> {
    let word = files.first()?.as_ref();
    let said = word.to_str()?.to_lowercase();
    if word.exists() || said.len() < 2 || !said.bytes().all(|b| b.is_ascii_alphabetic()) {
        return None;
    }
    if COMMANDS.iter().any(|(_, ours)| *ours == said) {
        return Some(format!("put the command before its flags: `amends {said} …`"));
    }
    let meant = COMMANDS.iter().find(|(theirs, _)| theirs.contains(&&*said)).map(|(_, ours)| *ours);
    let misspelt = || nearest(&said, COMMANDS.iter().map(|(_, ours)| *ours).chain(["retell", "watch"]));
    let ours = meant.or_else(misspelt)?;
    Some(format!(
        "there is no command `{said}`; did you mean `amends {ours}`? `amends --help` lists them all"
    ))
}

/// Says of an unknown flag which one does what was meant.
pub fn explained(mut error: clap::Error) -> clap::Error {
    if error.kind() != ErrorKind::UnknownArgument {
        return error;
    }
    let Some(ContextValue::String(flag)) = error.get(ContextKind::InvalidArg) else { return error };
    let flag = flag.split('=').next().unwrap_or_default();
    if let Some((_, tip)) = FLAGS.iter().find(|(theirs, _)| *theirs == flag) {
        error.insert(ContextKind::Suggested, ContextValue::StyledStrs(vec![(*tip).to_owned().into()]));
    }
    error
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_that_is_no_file_was_meant_as_a_command() {
        let said = |word: &str| command(&[word]).unwrap_or_default();
        assert!(said("reply").contains("did you mean `amends draft`?"));
        assert!(said("classify").starts_with("put the command before its flags"));
        assert!(said("darft").contains("did you mean `amends draft`?"));
        assert!(said("phrasbook").contains("did you mean `amends phrasebook`?"));
        assert_eq!(command(&["inbox"]), None);
        assert_eq!(command(&["mail.eml"]), None);
        assert_eq!(command(&["Cargo"; 0]), None);
    }
}
