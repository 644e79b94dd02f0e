//! Reads and checks `phrasebook.yaml` once, at build time, with the program's own loader, and
//! stores what it came to for `src/built_in.rs`, and the forms of facts as automata for
//! `src/pattern.rs`. A slip in either stops the build, with its place.

#![allow(dead_code, unused_imports)]

#[path = "src/diagnostic.rs"]
mod diagnostic;
#[path = "src/forms.rs"]
mod forms;
#[path = "src/index.rs"]
mod index;
#[path = "src/phrase.rs"]
mod phrase;
#[path = "src/phrasebook/mod.rs"]
mod phrasebook;
#[path = "src/stored.rs"]
mod stored;
#[path = "src/words.rs"]
mod words;
#[path = "src/yaml.rs"]
mod yaml;

use std::path::PathBuf;

fn main() {
    for input in [
        "phrasebook.yaml",
        "src/diagnostic.rs",
        "src/forms.rs",
        "src/index.rs",
        "src/phrase.rs",
        "src/phrasebook",
        "src/stored.rs",
        "src/words.rs",
        "src/yaml.rs",
    ] {
        println!("cargo:rerun-if-changed={input}");
    }
    let book = match phrasebook::Phrasebook::parse("phrasebook.yaml", phrasebook::DEFAULT) {
        Ok(book) => book,
        Err(rejected) => {
            eprintln!("{rejected}");
            std::process::exit(1);
        }
    };
    let stored = postcard::to_stdvec(&book).expect("plain tables can be stored");
    let out = PathBuf::from(std::env::var_os("OUT_DIR").expect("cargo names a directory"));
    let write = |name: &str, bytes: Vec<u8>| {
        std::fs::write(out.join(name), bytes).expect("the build directory can be written");
    };
    write("phrasebook.bin", stored);
    for (name, form) in forms::forms() {
        write(&format!("{name}.dfa"), automaton(&form));
    }
}

/// An expression as the bytes of an automaton that searches from a place, or at one.
fn automaton(form: &str) -> Vec<u8> {
    use regex_automata::dfa::{StartKind, dense};
    use regex_automata::nfa::thompson;
    use regex_automata::util::syntax;
    let automaton = dense::Builder::new()
        .configure(dense::Config::new().minimize(true).start_kind(StartKind::Both).accelerate(false))
        .syntax(syntax::Config::new().unicode(false).utf8(false).ignore_whitespace(true))
        .thompson(thompson::Config::new().utf8(false))
        .build(form)
        .and_then(|dense| dense.to_sparse())
        .expect("a fixed form");
    match std::env::var("CARGO_CFG_TARGET_ENDIAN").as_deref() {
        Ok("big") => automaton.to_bytes_big_endian(),
        _ => automaton.to_bytes_little_endian(),
    }
}
