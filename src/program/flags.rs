//! The command-line flags, as typed.

use amends_phrasebook::diagnostic::Severity;
use amends_phrasebook::ledger::Retain;
use clap::{ArgMatches, Args, FromArgMatches, Parser, Subcommand, ValueEnum};
use jiff::civil::Date;
use std::path::PathBuf;

/// Drafts replies to customers' complaints, for a person to check and send.
#[derive(Debug, Parser)]
#[command(
    name = "amends",
    version,
    args_conflicts_with_subcommands = true,
    after_help = "Examples:\n  amends < mail.eml                       draft a reply\n  amends draft --output eml mail.eml      the same, as a draft for your mail client\n  amends classify --output json mail.eml  what the message is about\n  amends draft --output jsonl inbox.jsonl a batch: one record out per record in"
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
    /// Classify each message: kind, issues, tone, sender, wishes, facts, risks
    Classify(Deferred<BatchArgs>),
    /// Print only the customer's newest text, without quotes, signature or markup
    Extract(Deferred<BatchArgs>),
    /// Check replies (by people, macros or models) against the rules for a good one
    Lint(Deferred<LintArgs>),
    /// Show why a message is read and answered this way: what matched where, and what lost out
    Explain(Deferred<ExplainArgs>),
    /// Show how sentences would be retold to the customer, or why they can't be
    Retell(Deferred<RetellArgs>),
    /// Redraft the reply each time the phrasebook is saved, and show what changed
    Watch(Deferred<WatchArgs>),
    /// Measure accuracy on labelled messages: precision, recall, confusion, misses
    Eval(Deferred<EvalArgs>),
    /// List the promises that are due, by who must keep them
    Due(Deferred<DueArgs>),
    /// Mark a promise as kept, broken or withdrawn, and show what comes next
    Done(Deferred<DoneArgs>),
    /// Withdraw a recorded draft that was never sent: its promises go, and it is no answer
    Withdraw(Deferred<WithdrawArgs>),
    /// Find recorded messages by word and field
    Find(Deferred<FindArgs>),
    /// Erase what the ledger holds on a customer, or old records
    Forget(Deferred<ForgetArgs>),
    /// Count complaints, promises made and promises kept, and show what stands out
    Report(Deferred<ReportArgs>),
    /// Create, check, test and compare phrasebooks
    #[command(subcommand)]
    Phrasebook(Deferred<PhrasebookCommand>),
    /// Print shell completions
    Completions {
        /// Shell: bash, zsh, fish, elvish, powershell
        #[arg(value_enum, value_name = "SHELL")]
        shell: clap_complete::Shell,
    },
    /// Print the manual page, or write one for each command
    Man {
        /// Write amends.1, amends-draft.1 … to this directory
        #[arg(long, value_name = "DIR")]
        out: Option<PathBuf>,
    },
}

/// Builds a command's flags only when that command is called, to keep start-up fast.
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
    /// Report everything wrong with a phrasebook, and anything worth a look
    Check(CheckArgs),
    /// Run a phrasebook's examples and cases, and list the phrases they don't cover
    Test(TestArgs),
    /// Print a phrasebook merged with all those it extends, or one part such as issues.billing
    Show(ShowArgs),
    /// Print the JSON schema that lets editors complete and check a phrasebook
    Schema,
    /// Write a starter phrasebook, with the schema beside it
    Init(InitArgs),
    /// Compare two phrasebooks, and show how messages are affected
    Diff(DiffArgs),
    /// Format a phrasebook's files; comments are kept
    Fmt(FmtArgs),
    /// Learn from labelled messages: files propose weights and phrases as a diff, a folder adapts the weights
    Tune(TuneArgs),
}

#[derive(Debug, Clone, Args)]
pub struct TuneArgs {
    #[command(flatten)]
    pub read: ReadArgs,
    /// Write the changed phrasebook to FILE, or the weights of a corpus to that folder [default:
    /// phrasebook/weights]; comments and order are kept
    #[arg(long, value_name = "FILE")]
    pub out: Option<PathBuf>,
    /// Write nothing; print what would be written
    #[arg(short = 'n', long, conflicts_with = "out")]
    pub dry_run: bool,
}

#[derive(Debug, Clone, Args)]
pub struct ReadArgs {
    /// Message files or Maildirs; standard input if none is given, or for -
    #[arg(value_name = "FILE")]
    pub files: Vec<PathBuf>,
    /// Format of the messages
    #[arg(long, value_enum, default_value = "auto", value_name = "FORMAT")]
    pub input: Input,
    /// Map a field to its name in your JSONL or CSV, for example text=Body
    #[arg(long, value_name = "FIELD=THEIRS", value_parser = key_value)]
    pub field: Vec<(String, String)>,
    /// Output format
    #[arg(long, value_enum, default_value = "text", value_name = "FORMAT")]
    pub output: Output,
    /// Write to FILE instead of standard output
    #[arg(short = 'o', value_name = "FILE")]
    pub out_file: Option<PathBuf>,
    /// Threads for a batch [default: one per core]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=512))]
    pub jobs: Option<u16>,
    #[command(flatten)]
    pub book: BookArgs,
}

#[derive(Debug, Clone, Args)]
pub struct BatchArgs {
    #[command(flatten)]
    pub read: ReadArgs,
    /// Resume an interrupted run into -o FILE or --out DIR
    #[arg(long)]
    pub resume: bool,
    /// Output order: as read, or most urgent first
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
    /// Phrasebook to use [default: ./phrasebook.yaml, else the user's own, else the built-in one]
    #[arg(long, env = "AMENDS_PHRASEBOOK", value_name = "FILE")]
    pub phrasebook: Option<PathBuf>,
    /// When to use colour
    #[arg(long, value_enum, default_value = "auto", value_name = "WHEN")]
    pub color: When,
    /// Don't print notes for the agent, such as holds and promises
    #[arg(short, long, conflicts_with = "verbose")]
    pub quiet: bool,
    /// Report which phrasebook and input format are used, and sum up a batch
    #[arg(short, long)]
    pub verbose: bool,
}

impl ReadArgs {
    /// The inputs, `-` for standard input.
    pub fn inputs(&self) -> Vec<PathBuf> {
        if self.files.is_empty() { vec![PathBuf::from("-")] } else { self.files.clone() }
    }
}

#[derive(Debug, Clone, Args)]
pub struct DraftArgs {
    #[command(flatten)]
    pub batch: BatchArgs,
    #[command(flatten)]
    pub reply: ReplyArgs,
    /// Write each draft to its own file in this directory, named after its message
    #[arg(long, value_name = "DIR", conflicts_with = "out_file")]
    pub out: Option<PathBuf>,
    /// Add an HTML part to an eml draft, beside the plain one
    #[arg(long)]
    pub html: bool,
    /// Leave out the line in brackets that a draft on hold begins with
    #[arg(long)]
    pub no_hold_line: bool,
    /// List the facts that --set accepts, with a description of each
    #[arg(long)]
    pub help_facts: bool,
    /// Exit with 3 if a draft is on hold, has gaps to fill in, or can't be made
    #[arg(long)]
    pub strict: bool,
    /// Record each draft in the ledger: what it is about, and what is promised. To record drafts made
    /// earlier, draft the same messages again with --record and that day's --today
    #[arg(long)]
    pub record: bool,
    /// Keep the customer's words and address in the ledger as well
    #[arg(long)]
    pub keep_text: bool,
    #[command(flatten)]
    pub ledger: LedgerArgs,
}

#[derive(Debug, Clone, Args)]
pub struct LedgerArgs {
    /// Ledger to use [default: the phrasebook's, else the user's own]
    #[arg(long, env = "AMENDS_LEDGER", value_name = "FILE")]
    pub ledger: Option<PathBuf>,
}

// For the commands that read the ledger.
#[derive(Debug, Clone, Args)]
pub struct OfLedgerArgs {
    #[command(flatten)]
    pub ledger: LedgerArgs,
    /// Date to take as today, such as 2026-11-23 [default: today, in UTC]
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub today: Option<Date>,
    #[command(flatten)]
    pub book: BookArgs,
}

#[derive(Debug, Clone, Args)]
pub struct DueArgs {
    /// Show what is due by this date [default: today]
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub by: Option<Date>,
    /// Output format
    #[arg(long, value_enum, default_value = "text", value_name = "FORMAT")]
    pub output: DueOutput,
    #[command(flatten)]
    pub of: OfLedgerArgs,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum DueOutput {
    Text,
    Json,
    /// iCalendar: an all-day entry for each promise
    Ics,
}

#[derive(Debug, Clone, Args)]
pub struct DoneArgs {
    /// Number of the promise, as `amends due` lists it
    #[arg(value_name = "ID")]
    pub id: i64,
    /// Mark the promise as broken instead
    #[arg(long)]
    pub broken: bool,
    /// Withdraw the promise instead: it was never made to the customer
    #[arg(long, conflicts_with_all = ["broken", "set", "output"])]
    pub withdrawn: bool,
    /// What was done, for example 'refund=$149.90'; `amends draft --help-facts` lists the facts
    #[arg(long = "set", value_name = "KEY=VALUE", value_parser = key_value)]
    pub set: Vec<(String, String)>,
    /// Print the next draft in this format and record it, if the ledger keeps the customer's words
    #[arg(long, value_enum, value_name = "FORMAT")]
    pub output: Option<Output>,
    /// Name to sign the draft with
    #[arg(long, value_name = "NAME")]
    pub agent: Option<String>,
    /// Directory of templates that override the built-in ones
    #[arg(long, env = "AMENDS_TEMPLATES", value_name = "DIR")]
    pub templates: Option<PathBuf>,
    #[command(flatten)]
    pub of: OfLedgerArgs,
}

#[derive(Debug, Clone, Args)]
pub struct WithdrawArgs {
    /// Id of the message the draft answers, as `amends due` and `amends find` show it
    #[arg(value_name = "MESSAGE")]
    pub id: String,
    /// Whose message, if several have the same id
    #[arg(long, value_name = "ADDRESS")]
    pub from: Option<String>,
    /// Which draft, if there are several for the message
    #[arg(long, value_enum, value_name = "STAGE")]
    pub stage: Option<Stage>,
    #[command(flatten)]
    pub of: OfLedgerArgs,
}

#[derive(Debug, Clone, Args)]
#[command(after_help = FIND_HELP)]
pub struct FindArgs {
    /// Words, or FIELD:VALUE; all must match. A * at the end matches any ending
    #[arg(value_name = "WORD", required = true)]
    pub words: Vec<String>,
    /// Output format
    #[arg(long, value_enum, default_value = "text", value_name = "FORMAT")]
    pub output: FindOutput,
    /// Show at most N records, newest first [default: 20 as text, else all]
    #[arg(long, value_name = "N")]
    pub most: Option<usize>,
    #[command(flatten)]
    pub of: OfLedgerArgs,
}

const FIND_HELP: &str = "Fields: issue, cause, thing, tone, kind, channel, lang, customer, want, risk, hold, \
    concession, value, apart; from:ADDRESS, id:ID, since:DATE, until:DATE, hold:yes, \
    promise:open|overdue|kept|late|broken|withdrawn\n\nEverything kept about a person: amends find from:ADDRESS --output jsonl";

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum FindOutput {
    Text,
    Json,
    Jsonl,
}

#[derive(Debug, Clone, Args)]
pub struct ForgetArgs {
    /// Address of the customer to erase
    #[arg(value_name = "ADDRESS", required_unless_present = "retain")]
    pub address: Option<String>,
    /// Erase records older than this, for example 24mo or 90d
    #[arg(long, value_name = "TIME", conflicts_with = "address", value_parser = retain)]
    pub retain: Option<Retain>,
    #[command(flatten)]
    pub of: OfLedgerArgs,
}

#[derive(Debug, Clone, Args)]
pub struct ReportArgs {
    /// First day [default: four weeks ending on the last day]
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub from: Option<Date>,
    /// Last day [default: today]
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub to: Option<Date>,
    /// Output format
    #[arg(long, value_enum, default_value = "text", value_name = "FORMAT")]
    pub output: ReportOutput,
    /// Write to FILE instead of standard output
    #[arg(short = 'o', value_name = "FILE")]
    pub out_file: Option<PathBuf>,
    #[command(flatten)]
    pub of: OfLedgerArgs,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ReportOutput {
    Text,
    Csv,
    Json,
    /// A self-contained page with charts
    Html,
}

#[derive(Debug, Clone, Args)]
pub struct ReplyArgs {
    /// Directory of templates that override the built-in ones
    #[arg(long, env = "AMENDS_TEMPLATES", value_name = "DIR")]
    pub templates: Option<PathBuf>,
    /// Template for the reply: email, chat, social, letter, sms, or your own
    #[arg(long, value_name = "NAME")]
    pub template: Option<String>,
    /// What the reply is for
    #[arg(long, value_enum, default_value = "first", value_name = "STAGE")]
    pub stage: Stage,
    /// Name to sign with
    #[arg(long, value_name = "NAME")]
    pub agent: Option<String>,
    /// Date to count promises from, such as 2026-11-23 [default: today, in UTC]
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub today: Option<Date>,
    /// A fact only you know, for example name=Maria or order=A-44192
    #[arg(long = "set", value_name = "KEY=VALUE", value_parser = key_value)]
    pub set: Vec<(String, String)>,
}

#[derive(Debug, Clone, Args)]
pub struct ExplainArgs {
    #[command(flatten)]
    pub read: ReadArgs,
    #[command(flatten)]
    pub reply: ReplyArgs,
    /// Explain why this issue was not found: what ruled it out, or which phrases came closest
    #[arg(long, value_name = "ISSUE")]
    pub why_not: Option<String>,
}

#[derive(Debug, Clone, Args)]
pub struct RetellArgs {
    /// Sentences, one per line, or JSONL with `clause` and, optionally, `before` and `after`, the text
    /// around it [default: standard input]
    #[arg(value_name = "FILE")]
    pub files: Vec<PathBuf>,
    /// Output format [default: same as the input]
    #[arg(long, value_enum, value_name = "FORMAT")]
    pub output: Option<TextOrJsonl>,
    #[command(flatten)]
    pub book: BookArgs,
}

#[derive(Debug, Clone, Args)]
pub struct LintArgs {
    /// Replies: text, Markdown, HTML, .eml, or JSONL with `text` and optionally `message` [default: standard input]
    #[arg(value_name = "FILE")]
    pub files: Vec<PathBuf>,
    /// Message being answered: the reply's points, wishes, names and facts are checked against it
    #[arg(long, value_name = "MAIL")]
    pub to: Option<PathBuf>,
    /// Channel of the reply: email, chat, social, review, letter, sms
    #[arg(long, value_name = "CHANNEL", default_value = "email")]
    pub channel: String,
    /// What the reply is for
    #[arg(long, value_enum, default_value = "first", value_name = "STAGE")]
    pub stage: Stage,
    /// A fact only you know, so that the reply may state it
    #[arg(long = "set", value_name = "KEY=VALUE", value_parser = key_value)]
    pub set: Vec<(String, String)>,
    /// Exit with 1 on findings of this severity or worse
    #[arg(long, value_enum, default_value = "error", value_name = "LEVEL")]
    pub fail_level: FailLevel,
    /// Output format
    #[arg(long, value_enum, default_value = "text", value_name = "FORMAT")]
    pub output: LintOutput,
    /// Fix in place every finding that has one safe fix
    #[arg(long)]
    pub fix: bool,
    /// Print a rule's documentation
    #[arg(long, value_name = "RULE")]
    pub explain: Option<String>,
    /// List the rules and their severities
    #[arg(long)]
    pub rules: bool,
    /// Threads for a batch [default: one per core]
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
    /// Message to draft a reply to
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    #[command(flatten)]
    pub reply: ReplyArgs,
    #[command(flatten)]
    pub book: BookArgs,
}

#[derive(Debug, Clone, Args)]
pub struct CheckArgs {
    /// Phrasebook to use [default: ./phrasebook.yaml, else the user's own, else the built-in one]
    #[arg(value_name = "FILE")]
    pub file: Option<PathBuf>,
    /// Directory of templates to check as well
    #[arg(long, env = "AMENDS_TEMPLATES", value_name = "DIR")]
    pub templates: Option<PathBuf>,
    /// Fix in place every finding that has one safe fix; comments and order are kept
    #[arg(long)]
    pub fix: bool,
    /// Exit with 1 on findings of this severity or worse (errors always exit with 2)
    #[arg(long, value_enum, default_value = "error", value_name = "LEVEL")]
    pub fail_level: FailLevel,
    /// Output format
    #[arg(long, value_enum, default_value = "text", value_name = "FORMAT")]
    pub output: CheckOutput,
    #[command(flatten)]
    pub book: BookArgs,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum CheckOutput {
    Text,
    Json,
    Sarif,
    Github,
}

#[derive(Debug, Clone, Args)]
pub struct TestArgs {
    /// Phrasebook to use [default: ./phrasebook.yaml, else the user's own, else the built-in one]
    #[arg(value_name = "FILE")]
    pub file: Option<PathBuf>,
    /// Exit with 1 if examples cover less than this percentage of the phrases
    #[arg(long, value_name = "PERCENT", value_parser = clap::value_parser!(u8).range(0..=100))]
    pub coverage: Option<u8>,
    /// Also count the phrases of the phrasebooks it extends
    #[arg(long)]
    pub all: bool,
    /// Directory of templates that override the built-in ones
    #[arg(long, env = "AMENDS_TEMPLATES", value_name = "DIR")]
    pub templates: Option<PathBuf>,
    /// Output format
    #[arg(long, value_enum, default_value = "text", value_name = "FORMAT")]
    pub output: TestOutput,
    #[command(flatten)]
    pub book: BookArgs,
}

#[derive(Debug, Clone, Args)]
pub struct ShowArgs {
    /// Part to print, for example issues.late_delivery.phrases [default: all]
    #[arg(value_name = "PART")]
    pub part: Option<String>,
    /// Show the file and line each line comes from
    #[arg(long)]
    pub origin: bool,
    #[command(flatten)]
    pub book: BookArgs,
}

#[derive(Debug, Clone, Args)]
pub struct FmtArgs {
    /// Files to format, or - for standard input to standard output [default: the phrasebook and
    /// its includes]
    #[arg(value_name = "FILE")]
    pub files: Vec<PathBuf>,
    /// Change nothing; list the files that would change, and exit with 1 if there are any
    #[arg(long)]
    pub check: bool,
    #[command(flatten)]
    pub book: BookArgs,
}

#[derive(Debug, Clone, Args)]
pub struct InitArgs {
    /// File to write
    #[arg(value_name = "FILE", default_value = "phrasebook.yaml")]
    pub file: PathBuf,
}

#[derive(Debug, Clone, Args)]
pub struct DiffArgs {
    /// Old phrasebook; `default` is the built-in one
    #[arg(value_name = "OLD")]
    pub old: PathBuf,
    /// New phrasebook
    #[arg(value_name = "NEW")]
    pub new: PathBuf,
    /// Messages to read and answer with both
    #[arg(long, value_name = "MESSAGES")]
    pub on: Vec<PathBuf>,
    /// How many changed messages to show
    #[arg(long, value_name = "N", default_value = "10")]
    pub show: usize,
    /// Date to count promises from [default: 2026-01-05, so that runs are comparable]
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub today: Option<Date>,
    /// Format of the messages
    #[arg(long, value_enum, default_value = "auto", value_name = "FORMAT")]
    pub input: Input,
    /// Output format
    #[arg(long, value_enum, default_value = "text", value_name = "FORMAT")]
    pub output: DiffOutput,
    #[command(flatten)]
    pub book: BookArgs,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum DiffOutput {
    Text,
    Json,
    /// a comment for a merge request
    Markdown,
}

#[derive(Debug, Clone, Args)]
pub struct EvalArgs {
    #[command(flatten)]
    pub read: ReadArgs,
    /// Exit with 1 if a metric is below this minimum, for example issue.f1=0.7 or issue.refund.recall=0.8
    #[arg(long, value_name = "METRIC=SHARE", value_parser = share)]
    pub min: Vec<(String, f64)>,
    /// Phrasebook to compare with, or JSONL records from an earlier run: shows how each figure changed,
    /// and on which messages; change.FIGURE is a metric for --min, for example change.issue=-0.01
    #[arg(long, value_name = "FILE")]
    pub against: Option<PathBuf>,
    /// How many of the most confident mistakes to show
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
    Tickets,
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
pub enum TextOrJsonl {
    Text,
    Jsonl,
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
    /// first reply
    First,
    /// an update: still being worked on
    Holding,
    /// what was done
    Resolved,
    /// a check that it really is resolved
    FollowUp,
    /// a refusal, with the reason and an alternative
    Decline,
    /// confirmation of a cancellation
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

fn date(text: &str) -> Result<Date, String> {
    text.parse().map_err(|_| {
        let figures = text.split('-').map(str::parse).collect::<Result<Vec<i16>, _>>().unwrap_or_default();
        let &[year, month, day] = figures.as_slice() else {
            return "it isn't a date in figures; write year, month and day, as in 2026-11-23".into();
        };
        let small = |n: i16| i8::try_from(n).unwrap_or_default();
        match (Date::new(year, small(month), small(day)), Date::new(year, small(month), 1)) {
            (Ok(date), _) => format!("write it as {date}"),
            (_, Ok(first)) => {
                let days = first.days_in_month();
                format!("{} has {days} days; write a day it has, as in 2026-11-23", first.strftime("%B %Y"))
            }
            _ => "there is no such month; write year, month and day, as in 2026-11-23".into(),
        }
    })
}

fn retain(text: &str) -> Result<Retain, String> {
    text.parse().map_err(|_| Retain::HELP.into())
}

fn key_value(text: &str) -> Result<(String, String), String> {
    let (key, value) = text
        .split_once('=')
        .ok_or("there is no `=` in it; write it as KEY=VALUE, with no space around the `=`")?;
    match (key.trim(), value.trim()) {
        ("", _) => Err("there is no name before the `=`; write it as KEY=VALUE".into()),
        (_, "") => {
            Err("there is no value after the `=`; write one, or leave out the flag if you have none".into())
        }
        (key, value) => Ok((key.to_owned(), value.to_owned())),
    }
}

fn share(text: &str) -> Result<(String, f64), String> {
    let (name, value) = key_value(text)?;
    match value.parse() {
        Ok(share) if (-1.0..=1.0).contains(&share) => Ok((name, share)),
        _ => Err("write a number from 0 to 1, for example issue.f1=0.7".into()),
    }
}
