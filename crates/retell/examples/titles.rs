//! Prints what each of `{"subject": …, "text": …}` is about: `cargo run --example titles -- FILE`.

use amends_retell::{Lexicon, title};
use serde_json::Value;

fn main() {
    let path = std::env::args().nth(1).expect("a file of lines");
    let text = std::fs::read_to_string(path).expect("the file can be read");
    let lexicon = Lexicon::default();
    for line in text.lines() {
        let row: Value = serde_json::from_str(line).expect("JSON");
        let field = |name: &str| row[name].as_str().unwrap_or_default();
        let found = title(&lexicon, field("subject"), field("text"));
        println!("{}\t{}", field("subject"), found.map_or(String::new(), |title| title.named));
    }
}
