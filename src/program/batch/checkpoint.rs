//! Progress of a run into a file or directory, saved beside it, so that an interrupted run can be
//! resumed. The result is identical to an uninterrupted run.

use crate::program::input::shown;
use anyhow::{Context, bail};
use serde::{Deserialize, Serialize};
use std::fs::{File, OpenOptions};
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// What a run depends on: it can be resumed only if none of this has changed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Settings {
    pub version: String,
    pub flags: String,
    pub phrasebook: u64,
    pub templates: u64,
}

/// A run's progress.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Point {
    /// Records read.
    pub records: usize,
    /// Hash of those records.
    pub input: u64,
    /// Bytes written.
    pub bytes: u64,
    pub written: usize,
    pub failed: usize,
    pub strict: bool,
    /// Names of the files written since the previous point.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub names: Vec<String>,
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
    path: PathBuf,
    settings: Settings,
    pub clock: i64,
    pub seen: i64,
    /// Where to resume.
    pub start: Option<Point>,
    file: Option<File>,
    noted: Option<Instant>,
}

/// Minimum time between points; the work in between is quickly redone.
const BETWEEN: Duration = Duration::from_millis(100);

impl Checkpoint {
    /// For a new run, or for one to resume.
    pub fn begin(
        path: PathBuf,
        resume: bool,
        settings: Settings,
        (clock, seen): (i64, i64),
    ) -> anyhow::Result<Self> {
        let mut checkpoint = Self { path, settings, clock, seen, start: None, file: None, noted: None };
        if !resume {
            checkpoint.end()?;
            return Ok(checkpoint);
        }
        let text = match std::fs::read_to_string(&checkpoint.path) {
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(checkpoint),
            read => read.with_context(|| format!("can't read {}", shown(&checkpoint.path)))?,
        };
        // If the run was interrupted mid-write, the last line is incomplete.
        let mut lines = text.split_inclusive('\n').filter(|line| line.ends_with('\n'));
        let Some(head) = lines.next().and_then(|line| serde_json::from_str::<Head>(line).ok()) else {
            return Ok(checkpoint);
        };
        checkpoint.refuse(&head.settings)?;
        checkpoint.clock = head.clock;
        checkpoint.seen = head.seen;
        let points = lines.map_while(|line| serde_json::from_str::<Point>(line).ok());
        checkpoint.start = points.reduce(|mut all, point| {
            all.names.extend(point.names);
            Point { names: all.names, ..point }
        });
        Ok(checkpoint)
    }

    fn refuse(&self, theirs: &Settings) -> anyhow::Result<()> {
        let ours = &self.settings;
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

    /// Saves a point, once all before it is written. `false` if it is too soon after the last.
    pub fn note(&mut self, point: &Point) -> anyhow::Result<bool> {
        if self.noted.is_some_and(|noted| noted.elapsed() < BETWEEN) {
            return Ok(false);
        }
        self.noted = Some(Instant::now());
        self.note_now(point).map(|()| true)
    }

    /// Saves a point, however soon.
    pub fn note_now(&mut self, point: &Point) -> anyhow::Result<()> {
        let unwritten = || format!("can't write {}", shown(&self.path));
        let mut text = String::new();
        if self.file.is_none() {
            let head = Head { settings: self.settings.clone(), clock: self.clock, seen: self.seen };
            text = serde_json::to_string(&head)? + "\n";
            // Keep the names of the files written before the interruption.
            if let Some(start) = &self.start {
                text += &(serde_json::to_string(start)? + "\n");
            }
            let beside = beside(&self.path);
            std::fs::write(&beside, &text)
                .and_then(|()| std::fs::rename(&beside, &self.path))
                .with_context(unwritten)?;
            text.clear();
            let file = OpenOptions::new().append(true).open(&self.path).with_context(unwritten)?;
            self.file = Some(file);
        }
        text += &(serde_json::to_string(point)? + "\n");
        if let Some(file) = &mut self.file {
            file.write_all(text.as_bytes()).with_context(|| format!("can't write {}", shown(&self.path)))?;
        }
        Ok(())
    }

    /// The run is complete: removes the checkpoint.
    pub fn end(&mut self) -> anyhow::Result<()> {
        self.file = None;
        match std::fs::remove_file(&self.path) {
            Err(error) if error.kind() != ErrorKind::NotFound => {
                Err(error).with_context(|| format!("can't remove {}", shown(&self.path)))
            }
            _ => Ok(()),
        }
    }
}

/// The temporary file that is renamed to `path` when complete.
pub fn beside(path: &Path) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".part");
    name.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_run_cut_off_is_gone_on_with_where_its_last_whole_line_says() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("out.resume");
        let settings = Settings { version: "1".into(), ..Settings::default() };
        let begin = |resume, settings: &Settings, clock| {
            Checkpoint::begin(path.clone(), resume, settings.clone(), (clock, 3))
        };
        let mut checkpoint = begin(false, &settings, 7).unwrap();
        assert_eq!(checkpoint.start, None);
        let first = Point { records: 2, names: vec!["a".into(), "b".into()], ..Point::default() };
        assert!(checkpoint.note(&first).unwrap());
        assert!(!checkpoint.note(&Point { records: 3, ..Point::default() }).unwrap());
        checkpoint.noted = None;
        checkpoint
            .note(&Point { records: 4, bytes: 9, names: vec!["c".into()], ..Point::default() })
            .unwrap();
        OpenOptions::new().append(true).open(&path).unwrap().write_all(b"{\"records\":9").unwrap();

        let other = Settings { phrasebook: 1, ..settings.clone() };
        assert!(begin(true, &other, 8).unwrap_err().to_string().contains("phrasebook has changed"));
        let mut checkpoint = begin(true, &settings, 8).unwrap();
        let names = ["a", "b", "c"].map(str::to_owned).to_vec();
        let start = Point { records: 4, bytes: 9, names, ..Point::default() };
        assert_eq!((checkpoint.clock, checkpoint.start.as_ref()), (7, Some(&start)));
        checkpoint.note(&Point { records: 5, names: vec!["d".into()], ..Point::default() }).unwrap();
        let names = begin(true, &settings, 9).unwrap().start.unwrap().names;
        assert_eq!(names, ["a", "b", "c", "d"]);
        checkpoint.end().unwrap();
        assert!(!path.exists());
    }
}
