//! Turns lines of `{"before": …, "clause": …, "after": …, "role": …}`, each as something they tell if it has no
//! role, and prints what came of it: `cargo run --example lines -- FILE`. One line each: `alone`, `behind` or the
//! reason, and what is said.

use amends_retell::{Clause, Lexicon, Role, turn, turn_behind};
use serde_json::Value;

fn main() {
    let path = std::env::args().nth(1).expect("a file of lines");
    let text = std::fs::read_to_string(path).expect("the file can be read");
    let lexicon = Lexicon::default();
    for line in text.lines() {
        let row: Value = serde_json::from_str(line).expect("JSON");
        let field = |name: &str| row[name].as_str().unwrap_or_default();
        let role = Role::named(field("role")).unwrap_or(Role::Trouble);
        let clause =
            Clause { before: field("before"), after: field("after"), ..Clause::new(field("clause"), role) };
        let (sort, said) = match turn(&lexicon, &clause) {
            Ok(turned) => ("alone".to_owned(), turned.sentence()),
            Err(_) => match turn_behind(&lexicon, &clause) {
                Ok(turned) => ("behind".to_owned(), turned.sentence()),
                Err(why) => (format!("{} {}", why.reason.id(), why.word.to_lowercase()), String::new()),
            },
        };
        println!("{sort}\t{said}");
    }
}
