//! Compiles the default phrasebook and the forms of facts, so that no message waits for either.
//! A mistake in the phrasebook stops the build and names its place.

use amends_language::{compile::compile, forms::forms};
use amends_phrasebook::Phrasebook;
use std::path::PathBuf;

fn main() {
    println!("cargo:rerun-if-changed=phrasebook.yaml");
    let book = match Phrasebook::parse("phrasebook.yaml", amends_phrasebook::DEFAULT) {
        Ok(book) => book,
        Err(rejected) => {
            eprintln!("{rejected}");
            std::process::exit(1);
        }
    };
    let out = PathBuf::from(std::env::var_os("OUT_DIR").expect("cargo names a directory"));
    let write = |name: &str, bytes: Vec<u8>| {
        std::fs::write(out.join(name), bytes).expect("the build directory can be written");
    };
    write("phrasebook.bin", postcard::to_stdvec(&book).expect("plain tables can be stored"));
    for (name, form) in forms() {
        let automaton = postcard::to_stdvec(&compile(&form)).expect("plain tables can be stored");
        write(&format!("{name}.bin"), automaton);
    }
}
