//! Reads and checks `phrasebook.yaml` once, at build time, with the program's own loader, and
//! stores what it came to for `src/built_in.rs`. A slip in it stops the build with its place.

#![allow(dead_code, unused_imports)]

#[path = "src/diagnostic.rs"]
mod diagnostic;
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
    std::fs::write(out.join("phrasebook.bin"), stored).expect("the build directory can be written");
}
