//! The phrasebook embedded in the binary: compiled by `build.rs`, plus its source files for overlays.

use amends_phrasebook::overlay::{DEFAULT_NAME, DEFAULT_WORDS, Fetch, Merged};
use amends_phrasebook::{Phrasebook, Rejected, compiled};

const COMPILED: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/phrasebook.bin"));

/// Fingerprint of this program; compiled phrasebooks record it.
pub const PROGRAM: u64 = include!(concat!(env!("OUT_DIR"), "/program.rs"));

/// Source files by name, the manifest first.
const SOURCES: &[(&str, &str)] = &include!(concat!(env!("OUT_DIR"), "/sources.rs"));

/// Where its weights are.
const WEIGHTS: &str = "phrasebook/weights/";

/// Path prefix of its files in messages.
const PREFIX: &str = "default:";

/// The embedded phrasebook, which always loads. Failing that, its source is parsed, so any error is
/// the source's.
pub fn phrasebook() -> Result<Phrasebook, Rejected> {
    compiled::read_own(COMPILED).map_or_else(
        || {
            let (path, source) = manifest();
            parse(&path, &source)
        },
        Ok,
    )
}

/// A phrasebook that extends the default one, merged: the learned weights are taken as compiled, since
/// reading them as text again takes longer than all else. `None` if it doesn't extend it, or changes the
/// weights in a way that needs their text.
pub fn merged_with_weights(path: &str, source: &str, fetch_own: &mut Fetch<'_>) -> Option<Merged> {
    let mut left_out = false;
    let mut merged = Merged::gather(path, source, &mut |from, name| {
        if is_inside(from) && name.starts_with(WEIGHTS) {
            left_out = true;
            // Another text for other weights, as the fingerprint of a phrasebook needs it.
            return Ok((format!("{PREFIX}{name}"), format!("weights: {{}}  # compiled in {PROGRAM:016x}\n")));
        }
        fetch_own(from, name)
    });
    if !left_out || !merged.faults.is_empty() {
        return None;
    }
    merged.compiled = Some(compiled::read_own(COMPILED)?.weights);
    Some(merged)
}

/// Parses and checks a phrasebook that may extend the default one.
pub fn parse(path: &str, source: &str) -> Result<Phrasebook, Rejected> {
    Phrasebook::load(path, source, &mut |from, name| {
        fetch(from, name).unwrap_or_else(|| Err(format!("{name} can't be read from here")))
    })
}

/// The manifest's path, as shown in messages, and its text.
pub fn manifest() -> (String, String) {
    let (name, text) = SOURCES[0];
    (format!("{PREFIX}{name}"), text.to_owned())
}

/// Whether a path refers to an embedded file.
pub fn is_inside(path: &str) -> bool {
    path.starts_with(PREFIX)
}

/// The embedded file that `name` refers to in file `from`; `None` if it refers to something else.
pub fn fetch(from: &str, name: &str) -> Option<Result<(String, String), String>> {
    if is_inside(from) {
        let found = SOURCES.iter().find(|(n, _)| *n == name);
        let fetched = found.map(|(n, text)| (format!("{PREFIX}{n}"), (*text).to_owned()));
        return Some(fetched.ok_or_else(|| format!("the default phrasebook has no file {name}")));
    }
    match name {
        DEFAULT_NAME => Some(Ok(manifest())),
        DEFAULT_WORDS => SOURCES
            .iter()
            .find(|(n, _)| n.ends_with("word_lists.yaml"))
            .map(|(n, text)| Ok((format!("{PREFIX}{n}"), (*text).to_owned()))),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_compiled_is_what_the_source_says() {
        let compiled = compiled::read_own(COMPILED).unwrap();
        let (path, source) = manifest();
        let read = parse(&path, &source).unwrap();
        assert_eq!(compiled.fingerprint, read.fingerprint);
        assert_eq!(format!("{:?}", compiled.index), format!("{:?}", read.index));
    }

    #[test]
    fn compiled_weights_under_an_overlay_are_those_of_the_text() {
        let mut plain = |from: &str, name: &str| fetch(from, name).unwrap();
        for changes in [
            "company: {name: Hadley}",
            "issues-: [outage]",
            "weights:\n  issues: {late_delivery: \"van 1.5\\nlate 0\"}\n  blend: {kind: rules 1}",
        ] {
            let source = format!("version: 1\nextends: default\n{changes}\n");
            let merged = merged_with_weights("own.yaml", &source, &mut plain).unwrap();
            let quick = Phrasebook::examine(merged).0.unwrap();
            let whole = parse("own.yaml", &source).unwrap();
            assert_eq!(format!("{:?}", quick.weights), format!("{:?}", whole.weights), "{changes}");
        }
        let removed = "version: 1\nextends: default\nweights-: [tones]\n";
        assert!(merged_with_weights("own.yaml", removed, &mut plain).is_none());
    }
}
