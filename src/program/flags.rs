//! The flags as they are typed. What they mean is `app.rs`'s business.

use amends_phrasebook::diagnostic::Severity;
use clap::{ArgMatches, Args, FromArgMatches, Parser, Subcommand, ValueEnum};
use std::path::PathBuf;

/// Drafts replies to complaints: a message in, a reply a good support agent would send out.
#[derive(Debug, Parser)]
#[command(
    name = "amends",
    version,
    args_conflicts_with_subcommands = true,
    after_help = "Examples:\n  amends < mail.eml                       draft a reply\n  amends draft --output eml mail.eml      … as a draft for the mail client\n  amends classify --output json mail.eml  what the message is about\n  amends draft --output jsonl inbox.jsonl one record out for one in"
)]
pub struct Cli {
    #[command(subcommand)]
    pub command: Option<Command>,
    #[command(flatten)]
    pub draft: DraftArgs,
}

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Draft a reply to each message (the default)
    Draft(Deferred<DraftArgs>),
    /// Say what each message is: kind, issues, tone, who writes, what they want, facts, risks
    Classify(Deferred<BatchArgs>),
    /// Print the customer's own newest words: no quotes, signature or markup
    Extract(Deferred<BatchArgs>),
    /// Hold replies, a person's, a macro's or a model's, against the rules of a good one
    Lint(Deferred<LintArgs>),
    /// Show why a message is read and answered so: what fired where, and why the others lost
    Explain(Deferred<ExplainArgs>),
    /// Draft a message again each time the phrasebook is saved, and show what changed
    Watch(Deferred<WatchArgs>),
    /// Say how right the reading is on labelled messages: precision, recall, confusion, misses
    Eval(Deferred<EvalArgs>),
    /// Work on the phrasebook itself
    #[command(subcommand)]
    Phrasebook(Deferred<PhrasebookCommand>),
    /// Print what a shell completes the commands and flags with
    Completions {
        /// The shell: bash, zsh, fish, elvish, powershell
        #[arg(value_enum, value_name = "SHELL")]
        shell: clap_complete::Shell,
    },
    /// Print the manual page, or write those of all commands
    Man {
        /// Write amends.1, amends-draft.1 … into this directory
        #[arg(long, value_name = "DIR")]
        out: Option<PathBuf>,
    },
}

/// Flags of a command, put together only when it is called: there are many, and one mail waits.
#[derive(Debug, Clone)]
pub struct Deferred<T>(pub T);

impl<T: FromArgMatches> FromArgMatches for Deferred<T> {
    fn from_arg_matches(matches: &ArgMatches) -> Result<Self, clap::Error> {
        T::from_arg_matches(matches).map(Self)
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), clap::Error> {
        self.0.update_from_arg_matches(matches)
    }
}

impl<T: Args> Args for Deferred<T> {
    fn augment_args(command: clap::Command) -> clap::Command {
        command.defer(T::augment_args)
    }

    fn augment_args_for_update(command: clap::Command) -> clap::Command {
        command.defer(T::augment_args_for_update)
    }
}

impl<T: Subcommand> Subcommand for Deferred<T> {
    fn augment_subcommands(command: clap::Command) -> clap::Command {
        command.defer(T::augment_subcommands)
    }

    fn augment_subcommands_for_update(command: clap::Command) -> clap::Command {
        command.defer(T::augment_subcommands_for_update)
    }

    fn has_subcommand(name: &str) -> bool {
        T::has_subcommand(name)
    }
}

#[derive(Debug, Subcommand)]
pub enum PhrasebookCommand {
    /// Say everything that is wrong with a phrasebook, and what is worth a look
    Check(CheckArgs),
    /// Run the examples and cases in a phrasebook, and list the phrases none of them tries
    Test(TestArgs),
    /// Print a phrasebook with all it extends, or a part of it such as issues.billing
    Show(ShowArgs),
    /// Print the JSON schema that editors complete and check a phrasebook with
    Schema,
    /// Write a small phrasebook to begin with, and the schema beside it
    Init(InitArgs),
    /// Say what two phrasebooks differ in, and what that does to messages
    Diff(DiffArgs),
    /// Lay a phrasebook's files out in the one usual way; comments stay
    Fmt(FmtArgs),
    /// Propose weights and phrases from labelled messages, as a difference to review
    Tune(TuneArgs),
}

#[derive(Debug, Clone, Args)]
pub struct TuneArgs {
    #[command(flatten)]
    pub read: ReadArgs,
    /// Write the changed phrasebook here; its comments and order stay
    #[arg(long, value_name = "FILE")]
    pub out: Option<PathBuf>,
}

#[derive(Debug, Clone, Args)]
pub struct ReadArgs {
    /// Messages: files, or a Maildir; standard input when there is none, or for -
    #[arg(value_name = "FILE")]
    pub files: Vec<PathBuf>,
    /// Format of the messages
    #[arg(long, value_enum, default_value = "auto", value_name = "FORMAT")]
    pub input: Input,
    /// Which field of a JSONL or CSV record holds what, for example text=Body
    #[arg(long, value_name = "FIELD=THEIRS", value_parser = key_value)]
    pub field: Vec<(String, String)>,
    /// Format of what comes out
    #[arg(long, value_enum, default_value = "text", value_name = "FORMAT")]
    pub output: Output,
    /// Write to FILE instead of standard output
    #[arg(short = 'o', value_name = "FILE")]
    pub out_file: Option<PathBuf>,
    /// Threads for a batch [default: one a core]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=512))]
    pub jobs: Option<u16>,
    #[command(flatten)]
    pub book: BookArgs,
}

#[derive(Debug, Clone, Args)]
pub struct BatchArgs {
    #[command(flatten)]
    pub read: ReadArgs,
    /// Go on with a run into -o FILE or --out DIR that was cut off
    #[arg(long)]
    pub resume: bool,
    /// In which order records come out: as they came, or who must be answered first
    #[arg(long, value_enum, default_value = "input", value_name = "ORDER")]
    pub order: Order,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Order {
    Input,
    Urgency,
}

#[derive(Debug, Clone, Args)]
pub struct BookArgs {
    /// The phrasebook to use [default: ./phrasebook.yaml, the user's own, or the built-in one]
    #[arg(long, env = "AMENDS_PHRASEBOOK", value_name = "FILE")]
    pub phrasebook: Option<PathBuf>,
    /// Colour in messages for people
    #[arg(long, value_enum, default_value = "auto", value_name = "WHEN")]
    pub color: When,
    /// Print no notes to the agent
    #[arg(short, long, conflicts_with = "verbose")]
    pub quiet: bool,
    /// Say which phrasebook and input format are used
    #[arg(short, long)]
    pub verbose: bool,
}

#[derive(Debug, Clone, Args)]
pub struct DraftArgs {
    #[command(flatten)]
    pub batch: BatchArgs,
    #[command(flatten)]
    pub reply: ReplyArgs,
    /// Write each draft into a file of its own in this directory, named after its message
    #[arg(long, value_name = "DIR", conflicts_with = "out_file")]
    pub out: Option<PathBuf>,
    /// Give an eml draft an HTML part beside the plain one
    #[arg(long)]
    pub html: bool,
    /// List the facts that --set knows, and what each is
    #[arg(long)]
    pub help_facts: bool,
    /// Exit with 3 if a draft is on hold, has something left to fill in, or none could be made
    #[arg(long)]
    pub strict: bool,
}

#[derive(Debug, Clone, Args)]
pub struct ReplyArgs {
    /// A directory of templates to use over the built-in ones
    #[arg(long, env = "AMENDS_TEMPLATES", value_name = "DIR")]
    pub templates: Option<PathBuf>,
    /// The template to set the reply in: email, chat, social, letter, sms, or your own
    #[arg(long, value_name = "NAME")]
    pub template: Option<String>,
    /// What the reply is for
    #[arg(long, value_enum, default_value = "first", value_name = "STAGE")]
    pub stage: Stage,
    /// The name that signs
    #[arg(long, value_name = "NAME")]
    pub agent: Option<String>,
    /// The day to count promises from, as 2026-11-23 [default: today, in UTC]
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub today: Option<jiff::civil::Date>,
    /// A fact only the agent knows, for example name=Maria or order=A-44192
    #[arg(long = "set", value_name = "KEY=VALUE", value_parser = key_value)]
    pub set: Vec<(String, String)>,
}

#[derive(Debug, Clone, Args)]
pub struct ExplainArgs {
    #[command(flatten)]
    pub read: ReadArgs,
    #[command(flatten)]
    pub reply: ReplyArgs,
    /// Say why this issue was not read: what became of it, or which phrases came nearest
    #[arg(long, value_name = "ISSUE")]
    pub why_not: Option<String>,
}

#[derive(Debug, Clone, Args)]
pub struct LintArgs {
    /// Replies: text, Markdown, HTML, .eml, or JSONL with `text` and perhaps `message` [default: standard input]
    #[arg(value_name = "FILE")]
    pub files: Vec<PathBuf>,
    /// The message the reply answers: points, wishes, names and facts are held against it
    #[arg(long, value_name = "MAIL")]
    pub to: Option<PathBuf>,
    /// Where the reply is read: email, chat, social, review, letter, sms
    #[arg(long, value_name = "CHANNEL", default_value = "email")]
    pub channel: String,
    /// What the reply is for
    #[arg(long, value_enum, default_value = "first", value_name = "STAGE")]
    pub stage: Stage,
    /// A fact only the agent knows: it may stand in the reply
    #[arg(long = "set", value_name = "KEY=VALUE", value_parser = key_value)]
    pub set: Vec<(String, String)>,
    /// Exit with 1 if there is a finding of this severity or a graver one
    #[arg(long, value_enum, default_value = "error", value_name = "LEVEL")]
    pub fail_level: FailLevel,
    /// Format of what comes out
    #[arg(long, value_enum, default_value = "text", value_name = "FORMAT")]
    pub output: LintOutput,
    /// Mend in the files what has one safe mend
    #[arg(long)]
    pub fix: bool,
    /// Print the page of a rule
    #[arg(long, value_name = "RULE")]
    pub explain: Option<String>,
    /// List the rules and their severities
    #[arg(long)]
    pub rules: bool,
    /// Threads for a batch [default: one a core]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=512))]
    pub jobs: Option<u16>,
    #[command(flatten)]
    pub book: BookArgs,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum LintOutput {
    Text,
    Json,
    Jsonl,
    Sarif,
    Github,
}

#[derive(Debug, Clone, Args)]
pub struct WatchArgs {
    /// The message
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    #[command(flatten)]
    pub reply: ReplyArgs,
    #[command(flatten)]
    pub book: BookArgs,
}

#[derive(Debug, Clone, Args)]
pub struct CheckArgs {
    /// The phrasebook [default: ./phrasebook.yaml, the user's own, or the built-in one]
    #[arg(value_name = "FILE")]
    pub file: Option<PathBuf>,
    /// A directory of templates to check as well
    #[arg(long, env = "AMENDS_TEMPLATES", value_name = "DIR")]
    pub templates: Option<PathBuf>,
    /// Mend in the file what has one safe mend; comments and order stay
    #[arg(long)]
    pub fix: bool,
    /// Exit with 1 for findings of this severity as well as for errors
    #[arg(long, value_enum, default_value = "error", value_name = "LEVEL")]
    pub fail_level: FailLevel,
    /// Format of what comes out
    #[arg(long, value_enum, default_value = "text", value_name = "FORMAT")]
    pub output: TextOrJson,
    #[command(flatten)]
    pub book: BookArgs,
}

#[derive(Debug, Clone, Args)]
pub struct TestArgs {
    /// The phrasebook [default: ./phrasebook.yaml, the user's own, or the built-in one]
    #[arg(value_name = "FILE")]
    pub file: Option<PathBuf>,
    /// Exit with 1 if examples try fewer than this many percent of the phrases
    #[arg(long, value_name = "PERCENT", value_parser = clap::value_parser!(u8).range(0..=100))]
    pub coverage: Option<u8>,
    /// Count the phrases of what it extends as well
    #[arg(long)]
    pub all: bool,
    /// A directory of templates to use over the built-in ones
    #[arg(long, env = "AMENDS_TEMPLATES", value_name = "DIR")]
    pub templates: Option<PathBuf>,
    /// Format of what comes out
    #[arg(long, value_enum, default_value = "text", value_name = "FORMAT")]
    pub output: TestOutput,
    #[command(flatten)]
    pub book: BookArgs,
}

#[derive(Debug, Clone, Args)]
pub struct ShowArgs {
    /// The part to print, for example issues.late_delivery.phrases [default: all]
    #[arg(value_name = "PART")]
    pub part: Option<String>,
    /// Say behind each line which file and line it comes from
    #[arg(long)]
    pub origin: bool,
    #[command(flatten)]
    pub book: BookArgs,
}

#[derive(Debug, Clone, Args)]
pub struct FmtArgs {
    /// Files to lay out, - for standard input to standard output [default: the phrasebook and all
    /// it includes]
    #[arg(value_name = "FILE")]
    pub files: Vec<PathBuf>,
    /// Change nothing; name what would change, and exit with 1
    #[arg(long)]
    pub check: bool,
    #[command(flatten)]
    pub book: BookArgs,
}

#[derive(Debug, Clone, Args)]
pub struct InitArgs {
    /// Where to write it
    #[arg(value_name = "FILE", default_value = "phrasebook.yaml")]
    pub file: PathBuf,
}

#[derive(Debug, Clone, Args)]
pub struct DiffArgs {
    /// The phrasebook as it was; `default` is the built-in one
    #[arg(value_name = "OLD")]
    pub old: PathBuf,
    /// The phrasebook as it is now
    #[arg(value_name = "NEW")]
    pub new: PathBuf,
    /// Messages to read and answer with both
    #[arg(long, value_name = "MESSAGES")]
    pub on: Vec<PathBuf>,
    /// How many of the messages that changed to show
    #[arg(long, value_name = "N", default_value = "10")]
    pub show: usize,
    /// The day to count promises from [default: 2026-01-05, so that runs can be compared]
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub today: Option<jiff::civil::Date>,
    /// Format of the messages
    #[arg(long, value_enum, default_value = "auto", value_name = "FORMAT")]
    pub input: Input,
    /// Format of what comes out
    #[arg(long, value_enum, default_value = "text", value_name = "FORMAT")]
    pub output: TextOrJson,
    #[command(flatten)]
    pub book: BookArgs,
}

#[derive(Debug, Clone, Args)]
pub struct EvalArgs {
    #[command(flatten)]
    pub read: ReadArgs,
    /// Exit with 1 if a metric is below this, for example issue.f1=0.7 or issue.refund.recall=0.8
    #[arg(long, value_name = "METRIC=SHARE", value_parser = share)]
    pub min: Vec<(String, f64)>,
    /// Another phrasebook: say which messages are read better or worse than by it
    #[arg(long, value_name = "PHRASEBOOK")]
    pub against: Option<PathBuf>,
    /// How many of the surest mistakes to show
    #[arg(long, value_name = "N", default_value = "10")]
    pub misses: usize,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Input {
    Auto,
    Email,
    Text,
    Jsonl,
    Csv,
    Mbox,
    Maildir,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Output {
    Text,
    Json,
    Jsonl,
    Eml,
    Body,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum TextOrJson {
    Text,
    Json,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum TestOutput {
    Text,
    Json,
    Junit,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum FailLevel {
    Error,
    Warning,
    Info,
}

impl FailLevel {
    pub fn severity(self) -> Severity {
        match self {
            Self::Error => Severity::Error,
            Self::Warning => Severity::Warning,
            Self::Info => Severity::Info,
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum When {
    Auto,
    Always,
    Never,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Stage {
    /// the first answer
    First,
    /// word that it is still being worked on
    Holding,
    /// what was done about it
    Resolved,
    /// whether it really is put right
    FollowUp,
    /// a no, with the reason and another way
    Decline,
    /// a cancellation, confirmed
    Cancelled,
}

impl Stage {
    pub fn name(self) -> &'static str {
        match self {
            Self::First => "first",
            Self::Holding => "holding",
            Self::Resolved => "resolved",
            Self::FollowUp => "follow-up",
            Self::Decline => "decline",
            Self::Cancelled => "cancelled",
        }
    }
}

fn date(text: &str) -> Result<jiff::civil::Date, String> {
    text.parse().map_err(|_| "write the day as 2026-11-23".into())
}

fn key_value(text: &str) -> Result<(String, String), String> {
    match text.split_once('=') {
        Some((key, value)) if !key.trim().is_empty() && !value.trim().is_empty() => {
            Ok((key.trim().to_owned(), value.trim().to_owned()))
        }
        _ => Err("write it as KEY=VALUE, with no space around the =".into()),
    }
}

fn share(text: &str) -> Result<(String, f64), String> {
    let (name, value) = key_value(text)?;
    match value.parse() {
        Ok(share) if (-1.0..=1.0).contains(&share) => Ok((name, share)),
        _ => Err("write a share from 0 to 1, for example issue.f1=0.7".into()),
    }
}
