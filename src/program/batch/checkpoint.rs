//! Progress of a run into a file or directory, saved beside it, so that an interrupted run can be
//! resumed. The result is identical to an uninterrupted run.

use crate::program::files::claim::{Claim, is_signature};
use anyhow::bail;
use serde::{Deserialize, Serialize};
use std::path::PathBuf;
use std::time::{Duration, Instant};

/// What a run depends on: it can be resumed only if none of this has changed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Settings {
    pub version: String,
    /// A fingerprint: flags may hold what the agent alone knows.
    pub flags: u64,
    pub phrasebook: u64,
    pub templates: u64,
}

/// A run's progress.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Point {
    /// Records read.
    pub records: usize,
    /// Hash of those records but the mails of a Maildir.
    pub input: u64,
    /// Bytes written.
    pub bytes: u64,
    pub written: usize,
    pub failed: usize,
    pub strict: bool,
    /// Names of the files written since the previous point.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub names: Vec<String>,
    /// Mails of Maildirs since the previous point, by content: their names change, and others come.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub mails: Vec<u64>,
    /// All is written; only the file's name may be missing.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub done: bool,
}

#[derive(Serialize, Deserialize)]
struct Head {
    settings: Settings,
    /// When the run started, in seconds since 1970: drafts are dated by it.
    clock: i64,
    /// The last message of the ledger when the run started: what comes later is no history to it.
    #[serde(default)]
    seen: i64,
}

#[derive(Debug)]
pub struct Checkpoint {
    claim: Claim,
    pub clock: i64,
    pub seen: i64,
    /// Where to resume.
    pub start: Option<Point>,
    noted: Option<Instant>,
}

/// Minimum time between points; the work in between is quickly redone.
const BETWEEN: Duration = Duration::from_millis(100);

impl Checkpoint {
    /// For a new run, or for one to resume.
    pub fn begin(
        claim: Claim,
        resume: bool,
        settings: Settings,
        (clock, seen): (i64, i64),
    ) -> anyhow::Result<Self> {
        let mut checkpoint = Self { claim, clock, seen, start: None, noted: None };
        if resume && let Some(head) = checkpoint.read()? {
            refuse(&head.settings, &settings)?;
            checkpoint.clock = head.clock;
            checkpoint.seen = head.seen;
            checkpoint.claim.sign()?;
        } else {
            checkpoint.start = None;
            checkpoint.claim.clear()?;
            checkpoint.claim.add(&serde_json::to_string(&Head { settings, clock, seen })?)?;
        }
        Ok(checkpoint)
    }

    /// The journal of an interrupted run, if it had come far enough to say what it was.
    fn read(&mut self) -> anyhow::Result<Option<Head>> {
        // If the run was interrupted mid-write, the last line is incomplete.
        let whole = self.claim.left.rfind('\n').map_or(0, |end| end + 1);
        let mut lines = self.claim.left[..whole].lines().filter(|line| !is_signature(line));
        let head = lines.next().and_then(|line| serde_json::from_str::<Head>(line).ok());
        let points = lines.map_while(|line| serde_json::from_str::<Point>(line).ok());
        self.start = points.reduce(|mut all, point| {
            all.names.extend(point.names);
            all.mails.extend(point.mails);
            Point { names: all.names, mails: all.mails, ..point }
        });
        if head.is_some() {
            self.claim.cut(whole)?;
        }
        Ok(head)
    }

    /// Whether the last point was long enough ago for another.
    pub fn is_due(&self) -> bool {
        self.noted.is_none_or(|noted| noted.elapsed() >= BETWEEN)
    }

    /// Saves a point, once all before it is written.
    pub fn note(&mut self, point: &Point) -> anyhow::Result<()> {
        self.noted = Some(Instant::now());
        self.claim.keep = true;
        self.claim.add(&serde_json::to_string(point)?)
    }

    /// Whether an interrupted run may have left a file half written.
    pub fn is_inherited(&self) -> bool {
        self.claim.is_inherited()
    }

    /// The file that goes with it, if the run comes to nothing.
    pub fn goes_with(&mut self, part: Option<PathBuf>) {
        self.claim.part = part;
    }

    /// The run is complete: removes the checkpoint.
    pub fn end(&mut self) -> anyhow::Result<()> {
        self.claim.end()
    }
}

fn refuse(theirs: &Settings, ours: &Settings) -> anyhow::Result<()> {
    let changed = if theirs.version != ours.version {
        format!("it was started by amends {}", theirs.version)
    } else if theirs.phrasebook != ours.phrasebook {
        "the phrasebook has changed".into()
    } else if theirs.templates != ours.templates {
        "the templates have changed".into()
    } else if theirs.flags != ours.flags {
        "it was started with other inputs or flags".into()
    } else {
        return Ok(());
    };
    bail!("can't resume: {changed}; leave out --resume to start again")
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs::OpenOptions;
    use std::io::Write;

    #[test]
    fn a_run_cut_off_is_gone_on_with_where_its_last_whole_line_says() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("out.resume");
        let settings = Settings { version: "1".into(), ..Settings::default() };
        let begin = |resume, settings: &Settings, clock| {
            let claim = Claim::take(&path, &dir.path().join("out")).unwrap();
            Checkpoint::begin(claim, resume, settings.clone(), (clock, 3))
        };
        let mut checkpoint = begin(false, &settings, 7).unwrap();
        assert_eq!(checkpoint.start, None);
        let first = Point { records: 2, names: vec!["a".into(), "b".into()], ..Point::default() };
        assert!(checkpoint.is_due());
        checkpoint.note(&first).unwrap();
        assert!(!checkpoint.is_due());
        checkpoint
            .note(&Point {
                records: 4,
                bytes: 9,
                names: vec!["c".into()],
                mails: vec![7],
                ..Point::default()
            })
            .unwrap();
        drop(checkpoint);
        OpenOptions::new().append(true).open(&path).unwrap().write_all(b"{\"records\":9").unwrap();

        let other = Settings { phrasebook: 1, ..settings.clone() };
        assert!(begin(true, &other, 8).unwrap_err().to_string().contains("phrasebook has changed"));
        let mut checkpoint = begin(true, &settings, 8).unwrap();
        let names = ["a", "b", "c"].map(str::to_owned).to_vec();
        let start = Point { records: 4, bytes: 9, names, mails: vec![7], ..Point::default() };
        assert_eq!((checkpoint.clock, checkpoint.start.as_ref()), (7, Some(&start)));
        checkpoint.note(&Point { records: 5, names: vec!["d".into()], ..Point::default() }).unwrap();
        drop(checkpoint);
        let mut checkpoint = begin(true, &settings, 9).unwrap();
        assert_eq!(checkpoint.start.as_ref().unwrap().names, ["a", "b", "c", "d"]);
        checkpoint.end().unwrap();
        assert!(!path.exists());
    }
}
