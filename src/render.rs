//! Renders a plan's moves with a template, which sets the channel's layout and length.

use crate::plan::Plan;
use amends_inbox::message::harmless;
use amends_language::channel;
use amends_phrasebook::{MOVES, fingerprint};
use std::collections::HashMap;
use std::io::{self, Write};
use std::path::Path;
use std::sync::mpsc::RecvTimeoutError;
use std::sync::{LazyLock, OnceLock};
use std::time::Duration;
use tera::{Context, Error, Kwargs, State, Tera, TeraResult, Value};

/// Every file of `templates/`, by name.
const BUILT_IN: &[(&str, &str)] = &include!(concat!(env!("OUT_DIR"), "/templates.rs"));

/// Names of the built-in templates.
pub fn names() -> impl Iterator<Item = &'static str> {
    BUILT_IN.iter().map(|(name, _)| *name)
}

/// A channel's character limit, and the moves to drop first when over it.
pub fn budget(template: &str) -> (usize, &'static [&'static str]) {
    let row = channel::of_template(template);
    (row.most, row.spare)
}

/// Templates by name: a directory's own, else the built-in ones.
#[derive(Debug, Default)]
pub struct Templates {
    sources: HashMap<String, String>,
    compiled: HashMap<String, OnceLock<Result<Tera, String>>>,
}

impl Templates {
    pub fn built_in() -> Self {
        let mut templates = Self::default();
        for (name, source) in BUILT_IN {
            templates.add((*name).to_owned(), (*source).to_owned());
        }
        templates
    }

    /// The built-in templates, overridden by every `NAME.txt` in a directory.
    pub fn from_dir(dir: &Path) -> Result<Self, String> {
        let mut templates = Self::built_in();
        for (_, name, source) in files(dir)? {
            templates.add(name.clone(), source);
            templates.compile(&name)?;
            templates.ends_soon(&name)?;
        }
        Ok(templates)
    }

    /// Identifies this set of templates.
    pub fn fingerprint(&self) -> u64 {
        let mut sources: Vec<_> = self.sources.iter().collect();
        sources.sort();
        fingerprint(&format!("{sources:?}"))
    }

    /// Checks a directory's templates: each is parsed and rendered with no data.
    pub fn faults(dir: &Path) -> Result<Vec<TemplateFault>, String> {
        let mut faults = Vec::new();
        for (path, name, source) in files(dir)? {
            let mut templates = Self::default();
            templates.add(name.clone(), source.clone());
            let filled = templates
                .compile(&name)
                .map(|_| ())
                .and_then(|()| templates.render(&name, &Plan::default()).map(|_| ()));
            if let Err(error) = filled {
                // The first line names the template; the position is below it.
                let error = error.split_once('\n').map_or(error.clone(), |(_, rest)| rest.to_owned());
                faults.push(TemplateFault { path, source, error });
            }
        }
        Ok(faults)
    }

    /// Refuses a template of somebody's own that loops: it is tried once with all moves and once with none.
    fn ends_soon(&self, name: &str) -> Result<(), String> {
        let source = self.sources.get(name).cloned().unwrap_or_default();
        if !source.contains("{%") {
            return Ok(());
        }
        let file = name.to_owned();
        let (ended, end) = std::sync::mpsc::channel();
        // If it doesn't end, the program does.
        std::thread::spawn(move || {
            let mut templates = Self::default();
            templates.add(file.clone(), source);
            for text in ["", "x"] {
                let mut context = Context::new();
                MOVES.iter().for_each(|name| context.insert(*name, text));
                context.insert("points", &vec![text; text.len()]);
                // Its mistakes are told where it is used.
                let _ = templates.compile(&file).map(|tera| fill(tera, &file, &context));
            }
            ended.send(()).ok();
        });
        match end.recv_timeout(LONGEST) {
            Err(RecvTimeoutError::Timeout) => {
                Err(format!("the template {name}.txt isn't filled in within a second; see to its loops"))
            }
            _ => Ok(()),
        }
    }

    fn add(&mut self, name: String, source: String) {
        self.compiled.insert(name.clone(), OnceLock::new());
        self.sources.insert(name, source);
    }

    pub fn contains(&self, name: &str) -> bool {
        self.sources.contains_key(name)
    }

    /// All names, sorted, for error messages.
    pub fn list(&self) -> String {
        let mut names: Vec<&str> = self.sources.keys().map(String::as_str).collect();
        names.sort_unstable();
        names.join(", ")
    }

    fn compile(&self, name: &str) -> Result<&Tera, String> {
        let Some((source, compiled)) = self.sources.get(name).zip(self.compiled.get(name)) else {
            return Err(format!("there is no template \"{name}\"; there are {}", self.list()));
        };
        let built = compiled.get_or_init(|| {
            let mut tera = Tera::new();
            tera.register_filter("say", say);
            // A .txt name turns off HTML escaping.
            tera.add_raw_template(&format!("{name}.txt"), source)
                .map_err(|e| format!("the template {name}.txt does not parse:\n{e}"))?;
            Ok(tera)
        });
        built.as_ref().map_err(Clone::clone)
    }

    /// The body of a reply. Optional moves are dropped until it fits the channel.
    pub fn render(&self, name: &str, plan: &Plan) -> Result<String, String> {
        let tera = self.compile(name)?;
        let (most, spare) = budget(name);
        let mut dropped = 0;
        loop {
            let mut context = NOTHING.clone();
            let left_out = &spare[..dropped];
            for said in plan.moves.iter().rev().filter(|said| !left_out.contains(&said.name)) {
                context.insert(said.name, &said.text);
            }
            let points: &[String] = if left_out.contains(&"points") { &[] } else { &plan.points };
            context.insert("points", points);
            let body = fill(tera, name, &context)
                .map_err(|e| format!("the template {name}.txt can't be filled in:\n{e}"))?;
            let body = tidy(&harmless(&body));
            if body.chars().count() <= most || dropped == spare.len() {
                return Ok(body);
            }
            dropped += 1;
        }
    }
}

/// How long a template may take when it is tried.
const LONGEST: Duration = Duration::from_secs(1);

/// Fills in a template, unless it has no end.
fn fill(tera: &Tera, name: &str, context: &Context) -> Result<String, String> {
    let mut out = Bounded(Vec::new(), false);
    let filled = tera.render_to(&format!("{name}.txt"), context, &mut out);
    if out.1 {
        return Err("it comes to more than a mebibyte".into());
    }
    filled.map_err(|e| e.to_string())?;
    String::from_utf8(out.0).map_err(|e| e.to_string())
}

/// Text up to a length no reply has, and whether it would have come to more.
struct Bounded(Vec<u8>, bool);

impl Write for Bounded {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.0.len() + bytes.len() > MOST {
            self.1 = true;
            return Err(io::ErrorKind::FileTooLarge.into());
        }
        self.0.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// The most bytes of a template, and of what it is filled in to.
const MOST: usize = 1 << 20;

/// A context with every move empty.
static NOTHING: LazyLock<Context> = LazyLock::new(|| {
    let mut context = Context::new();
    for &name in MOVES {
        context.insert(name, "");
    }
    context
});

/// A faulty template and why.
#[derive(Debug)]
pub struct TemplateFault {
    pub path: String,
    pub source: String,
    /// Tera's error.
    pub error: String,
}

/// A directory's templates, sorted by path: path, name, source.
fn files(dir: &Path) -> Result<Vec<(String, String, String)>, String> {
    let entries = std::fs::read_dir(dir)
        .map_err(|e| format!("the template directory {} can't be read: {}", dir.display(), e.kind()))?;
    let mut paths: Vec<_> = entries
        .filter_map(Result::ok)
        .map(|e| e.path())
        .filter(|p| p.extension().is_some_and(|e| e == "txt"))
        .collect();
    paths.sort();
    let read = |path: std::path::PathBuf| {
        let unread = |why: String| format!("the template {} can't be read: {why}", path.display());
        let found = std::fs::metadata(&path).map_err(|e| unread(e.to_string()))?;
        if !found.is_file() || found.len() > MOST as u64 {
            let why = if found.is_file() { "it is larger than a mebibyte" } else { "it isn't a file" };
            return Err(unread(why.into()));
        }
        let source = std::fs::read_to_string(&path).map_err(|e| unread(e.to_string()))?;
        let name = path.file_stem().map(|s| s.to_string_lossy().into_owned()).unwrap_or_default();
        Ok((path.display().to_string(), name, source))
    };
    paths.into_iter().map(read).collect()
}

/// `{{ [a, b] | say }}`: joins the non-empty parts with spaces.
fn say(parts: &[Value], _: Kwargs, _: &State<'_>) -> TeraResult<String> {
    let mut said = String::new();
    for part in parts {
        let text = part.as_str().ok_or_else(|| Error::message("`say` joins texts alone"))?.trim();
        if !said.is_empty() && !text.is_empty() {
            said.push(' ');
        }
        said.push_str(text);
    }
    Ok(said)
}

/// Trims the text, collapses runs of blank lines and strips trailing spaces.
fn tidy(body: &str) -> String {
    let mut out = String::with_capacity(body.len());
    let mut blank = 0;
    for line in body.trim().lines().map(str::trim_end) {
        blank = if line.is_empty() { blank + 1 } else { 0 };
        if blank < 2 {
            out.push_str(line);
            out.push('\n');
        }
    }
    out
}
