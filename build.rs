//! Compiles the default phrasebook and the forms of facts, so that no message waits for either.
//! A mistake in the phrasebook stops the build and names its place.

use amends_language::{compile::compile, fact_patterns::fact_patterns};
use amends_phrasebook::Phrasebook;
use amends_phrasebook::compiled::{compile as compile_book, fingerprint};
use amends_phrasebook::overlay::Merged;
use std::path::{Path, PathBuf};

const MANIFEST: &str = "phrasebook.yaml";

fn main() {
    let root = std::env::current_dir().expect("cargo runs this where Cargo.toml is");
    let read = |path: &Path| std::fs::read_to_string(root.join(path)).map_err(|e| e.to_string());
    let mut fetch = |_: &str, name: &str| read(Path::new(name)).map(|text| (name.to_owned(), text));
    let manifest = read(Path::new(MANIFEST)).expect("the phrasebook is there");
    let merged = Merged::gather(MANIFEST, &manifest, &mut fetch);
    // What `extends: default` reads: every file by its name, the manifest first.
    let mut sources = String::new();
    for file in merged.sources.files() {
        println!("cargo:rerun-if-changed={}", file.path);
        sources += &format!("({:?}, include_str!({:?})),\n", file.path, root.join(&file.path));
    }
    let book = match Phrasebook::examine(merged) {
        (Some(book), _, faults) if faults.is_empty() => book,
        (_, sources, diagnostics) => {
            eprint!("{}", amends_phrasebook::diagnostic::render(&sources, &diagnostics, false));
            std::process::exit(1);
        }
    };
    println!("cargo:rerun-if-changed=templates");
    let mut templates: Vec<PathBuf> = std::fs::read_dir(root.join("templates"))
        .expect("the templates are there")
        .map(|entry| entry.expect("a file").path())
        .collect();
    templates.sort();
    let template = |path: &PathBuf| {
        let name = path.file_stem().expect("a file has a name").to_string_lossy().into_owned();
        format!("({name:?}, include_str!({path:?})),\n")
    };
    let templates: String = templates.iter().map(template).collect();
    let out = PathBuf::from(std::env::var_os("OUT_DIR").expect("cargo names a directory"));
    let write = |name: &str, bytes: Vec<u8>| {
        std::fs::write(out.join(name), bytes).expect("the build directory can be written");
    };
    write("templates.rs", format!("[\n{templates}]\n").into_bytes());
    write("sources.rs", format!("[\n{sources}]\n").into_bytes());
    // Two builds that compile it to the same bytes read each other's compiled phrasebooks.
    let bytes = postcard::to_stdvec(&book).expect("plain tables can be stored");
    let program = fingerprint(&bytes) ^ fingerprint(env!("CARGO_PKG_VERSION").as_bytes());
    write("program.rs", format!("{program}").into_bytes());
    write("phrasebook.bin", compile_book(&book, &[], program).expect("plain tables can be stored"));
    for (name, form) in fact_patterns() {
        let automaton = postcard::to_stdvec(&compile(&form)).expect("plain tables can be stored");
        write(&format!("{name}.bin"), automaton);
    }
}
