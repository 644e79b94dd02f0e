//! Turns the gold clauses and prints what differs: `cargo run --example gold -- turnings.jsonl [behind]`.
//! Of the part set aside only the figures are printed.

use amends_retell::{Clause, Lexicon, Role, turn, turn_behind};
use serde_json::Value;

#[path = "../tests/gold/mod.rs"]
mod gold;

fn main() {
    let mut arguments = std::env::args().skip(1);
    let path = arguments.next().expect("a file of turnings");
    let behind = arguments.next().is_some_and(|a| a == "behind");
    let text = std::fs::read_to_string(path).expect("the file can be read");
    let lexicon = Lexicon::default();
    // Of the part set aside only why the gold refuses what is turned, and why what it turns is refused.
    let mut whys = std::collections::BTreeMap::<String, u32>::new();
    let mut missed = std::collections::BTreeMap::<String, u32>::new();
    let mut figures = [gold::Figures::default(), gold::Figures::default()];
    for line in text.lines() {
        let row: Value = serde_json::from_str(line).expect("JSON");
        let row = gold::Row::of(&row);
        let clause = Clause {
            text: &row.clause,
            role: Role::named(&row.role).expect("a role"),
            before: &row.before,
            after: &row.after,
            weekday: None,
        };
        let turned = if behind { turn_behind(&lexicon, &clause) } else { turn(&lexicon, &clause) };
        let said = turned.as_ref().ok().map(amends_retell::Turned::sentence);
        let figures = &mut figures[usize::from(row.aside)];
        let helped = turned.is_ok() && gold::helped(&lexicon, &clause);
        let distance = figures.count(&row, said.as_deref(), helped);
        if row.aside {
            if row.turn.is_none() && said.is_some() && !(helped && row.why == "lost-reference") {
                *whys.entry(format!("{} {}", row.role, row.why)).or_default() += 1;
            }
            if let Err(why) = &turned
                && row.turn.is_some()
            {
                *missed
                    .entry(format!(
                        "{} {} {}",
                        row.role,
                        why.reason.id(),
                        if why.word.len() < 5 { &*why.word } else { "" }
                    ))
                    .or_default() += 1;
            }
            continue;
        }
        match (&said, &row.turn) {
            (Some(said), None) => {
                let sort = if helped && row.why == "lost-reference" { "LEANS" } else { "WRONG" };
                println!(
                    "{sort} {} {}\n   B {}\n   C {}\n   T {said}",
                    row.role, row.why, row.before, row.clause
                )
            }
            (Some(said), Some(gold)) if distance > 2 => {
                println!("FAR{distance} {}\n   C {}\n   T {said}\n   G {gold}", row.role, row.clause);
            }
            (Some(said), Some(_)) => println!("OK {distance} {} {said}", row.role),
            (None, Some(gold)) => {
                let why = turned.unwrap_err();
                println!(
                    "MISS {} {:?} {:?}\n   C {}\n   G {gold}",
                    row.role, why.reason, why.word, row.clause
                );
            }
            (None, None) => {}
        }
    }
    println!("set aside: wrongly turned {whys:?}, wrongly refused {missed:?}");
    for (name, figures) in ["tuned on", "set aside"].iter().zip(&figures) {
        println!("{name}: {figures}");
    }
}
