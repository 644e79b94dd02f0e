//! Which phrasebook is used, and how its files are read.

use super::cache;
use crate::program::files::{in_use, refuse_pipe};
use crate::program::flags::{BookArgs, When};
use crate::program::input::{reason, shown};
use crate::program::terminal::{self, say};
use amends::built_in;
use amends_inbox::message::one_line;
use amends_phrasebook::compiled::Ingredient;
use amends_phrasebook::diagnostic::Sources;
use amends_phrasebook::overlay::{DEFAULT_NAME, Fetch, Merged};
use amends_phrasebook::{Phrasebook, Rejected};
use anyhow::{anyhow, bail};
use std::io::{self, IsTerminal, Read};
use std::path::{Path, PathBuf};

/// The named phrasebook, or the nearest: here, in the user's configuration, in the binary.
pub fn the_phrasebook(args: &BookArgs) -> anyhow::Result<&'static Phrasebook> {
    // Leaked on purpose: freeing its tables takes longer than reading a mail.
    Ok(Box::leak(Box::new(find_phrasebook(args)?)))
}

fn find_phrasebook(args: &BookArgs) -> anyhow::Result<Phrasebook> {
    let Some(path) = phrasebook_path(args) else {
        if args.verbose {
            say!("amends: using the built-in phrasebook");
        }
        return Ok(built_in::phrasebook()?);
    };
    if args.verbose {
        say!("amends: using the phrasebook {}", shown(&path));
    }
    read_phrasebook(&path, args)
}

/// The path of the named or nearest phrasebook; `None` is the built-in one.
pub fn phrasebook_path(args: &BookArgs) -> Option<PathBuf> {
    args.phrasebook.clone().or_else(|| nearby().into_iter().find(|p| p.is_file()))
}

pub fn read_phrasebook(path: &Path, args: &BookArgs) -> anyhow::Result<Phrasebook> {
    cache::phrasebook(path, args)
}

/// Compiles a file's phrasebook, and lists the files it was made from.
pub fn load(path: &Path, args: &BookArgs) -> anyhow::Result<(Phrasebook, Vec<Ingredient>)> {
    let (book, sources) = with_places(Some(path), args)?;
    let ingredients = sources.files().iter().map(|file| Ingredient::new(&file.path, &file.text)).collect();
    Ok((book, ingredients))
}

/// The most bytes of one file of a phrasebook: ten times the longest of the built-in one.
const LONGEST: u64 = 4 << 20;

pub fn read_source(path: &Path) -> anyhow::Result<String> {
    in_use::note(path, "the phrasebook in use");
    refuse_pipe(path, "save the phrasebook to a file")?;
    let unread = |why: &str| anyhow!("can't read the phrasebook {}: {why}", shown(path));
    let mut bytes = Vec::new();
    std::fs::File::open(path)
        .and_then(|file| file.take(LONGEST + 1).read_to_end(&mut bytes))
        .map_err(|e| unread(&reason(&e)))?;
    if bytes.len() as u64 > LONGEST {
        return Err(unread(&format!(
            "it is larger than {} MiB; divide it, and `include` its parts",
            LONGEST >> 20
        )));
    }
    if bytes.starts_with(b"\xFF\xFE") || bytes.starts_with(b"\xFE\xFF") {
        bail!("the phrasebook {} is UTF-16; save it as UTF-8", shown(path));
    }
    let source = String::from_utf8(bytes).map_err(|e| {
        anyhow!(
            "the phrasebook {} is not UTF-8 text (byte {}); save it as UTF-8",
            shown(path),
            e.utf8_error().valid_up_to()
        )
    })?;
    Ok(source.trim_start_matches('\u{feff}').to_owned())
}

/// Whether to colour a stream.
pub fn colored(args: &BookArgs, is_terminal: bool) -> bool {
    let colored = match args.color {
        When::Always => true,
        When::Never => false,
        When::Auto => is_terminal && std::env::var_os("NO_COLOR").is_none_or(|v| v.is_empty()),
    };
    if colored {
        terminal::allow_colors();
    }
    colored
}

/// The path and text of the named, the nearest or the built-in phrasebook.
pub fn source_of(file: Option<&Path>, args: &BookArgs) -> anyhow::Result<(String, String)> {
    match file.map(Path::to_path_buf).or_else(|| phrasebook_path(args)) {
        Some(path) if path.as_os_str() == DEFAULT_NAME && !path.exists() => Ok(built_in::manifest()),
        Some(path) => Ok((one_line(&path.to_string_lossy()), read_source(&path)?)),
        None => Ok(built_in::manifest()),
    }
}

/// A phrasebook merged with all it extends, not yet checked.
pub fn merged(file: Option<&Path>, args: &BookArgs) -> anyhow::Result<(String, Merged)> {
    let (name, source) = source_of(file, args)?;
    let merged = Merged::gather(&name, &source, &mut fetch);
    Ok((name, merged))
}

/// A phrasebook read from source, so that rules and wordings know their places.
pub fn with_places(file: Option<&Path>, args: &BookArgs) -> anyhow::Result<(Phrasebook, Sources)> {
    let (path, source) = source_of(file, args)?;
    checked(&path, &source, &mut fetch, args)
}

/// The same, from a text and whatever it includes and extends.
pub fn checked(
    path: &str,
    source: &str,
    fetch: &mut Fetch<'_>,
    args: &BookArgs,
) -> anyhow::Result<(Phrasebook, Sources)> {
    if let Some(merged) = built_in::merged_with_weights(path, source, fetch)
        && let (Some(book), sources, faults) = Phrasebook::examine(merged)
        && faults.is_empty()
    {
        return Ok((book, sources));
    }
    // Mistakes are shown in the whole of what was written.
    match Phrasebook::examine(Merged::gather(path, source, fetch)) {
        (Some(book), sources, faults) if faults.is_empty() => Ok((book, sources)),
        (_, sources, diagnostics) => {
            let rejected = Rejected { path: path.to_owned(), sources, diagnostics };
            Err(anyhow!(rejected.text(colored(args, io::stderr().is_terminal()))))
        }
    }
}

/// A file that a phrasebook includes or extends, by its path relative to `from`.
pub fn fetch(from: &str, name: &str) -> Result<(String, String), String> {
    if let Some(inside) = built_in::fetch(from, name) {
        return inside;
    }
    let path = Path::new(from).parent().unwrap_or(Path::new("")).join(name);
    // Who names one on the command line may pipe it in; a phrasebook names files.
    if std::fs::metadata(&path).is_ok_and(|found| !found.is_file() && !found.is_dir()) {
        return Err(format!(
            "can't read the phrasebook {}: it is a device or a pipe, not a file",
            shown(&path)
        ));
    }
    let source = read_source(&path).map_err(|e| format!("{e:#}"))?;
    Ok((one_line(&path.to_string_lossy()), source))
}

fn nearby() -> Vec<PathBuf> {
    let config = std::env::var_os("XDG_CONFIG_HOME")
        .map(PathBuf::from)
        .filter(|p| p.is_absolute())
        .or_else(|| std::env::var_os("HOME").map(|home| PathBuf::from(home).join(".config")));
    std::iter::once(PathBuf::from("phrasebook.yaml"))
        .chain(config.map(|c| c.join("amends/phrasebook.yaml")))
        .collect()
}
