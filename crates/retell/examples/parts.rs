//! Turns the parts of labelled messages and prints a sample, for reading:
//! `cargo run --example parts -- messages.jsonl SEED [ROLES [refusals]]`, or times all of them: `-- messages.jsonl time`.

use amends_retell::{Clause, Lexicon, Role, turn, turn_behind};
use serde_json::Value;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let text = std::fs::read_to_string(&arguments[0]).expect("the file can be read");
    let lexicon = Lexicon::default();
    let mut parts: Vec<(String, String, String, String)> = Vec::new();
    for line in text.lines() {
        let row: Value = serde_json::from_str(line).expect("JSON");
        let all: Vec<(&str, &str)> = row["parts"]
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(|p| Some((p[0].as_str()?, p[2].as_str()?)))
            .collect();
        for (at, (role, said)) in all.iter().enumerate() {
            let near = |i: Option<usize>| i.and_then(|i| all.get(i)).map_or("", |p| p.1).to_owned();
            parts.push(((*role).to_owned(), near(at.checked_sub(1)), (*said).to_owned(), near(Some(at + 1))));
        }
    }
    if arguments.get(1).is_some_and(|a| a == "time") {
        let start = std::time::Instant::now();
        let mut count = 0_u32;
        let mut turned = 0_u32;
        for _ in 0..20 {
            for (role, before, said, after) in &parts {
                let Some(role) = Role::named(role) else { continue };
                count += 1;
                turned += u32::from(
                    turn(&lexicon, &Clause { text: said, role, before, after, weekday: None }).is_ok(),
                );
            }
        }
        let seconds = start.elapsed().as_secs_f64();
        println!("{count} clauses, {turned} turned, {:.0} a second", f64::from(count) / seconds);
        return;
    }
    let seed = arguments.get(1).map_or("1", String::as_str);
    let mut by_role: std::collections::BTreeMap<&str, [u32; 2]> = std::collections::BTreeMap::new();
    let mut refusals: std::collections::BTreeMap<String, u32> = std::collections::BTreeMap::new();
    let mut lines = Vec::new();
    for (role, before, said, after) in &parts {
        let Some(kind) = Role::named(role) else { continue };
        let turned = turn_behind(&lexicon, &Clause { text: said, role: kind, before, after, weekday: None });
        let figures = by_role.entry(role).or_default();
        figures[0] += 1;
        if let Err(why) = &turned
            && arguments.get(3).is_some()
            && arguments[2].split(',').any(|r| r == role)
        {
            if arguments[3] == format!("{:?}", why.reason) {
                println!("{role} {}: {said}", why.word);
            }
            *refusals.entry(format!("{:?} {}", why.reason, why.word.to_lowercase())).or_default() += 1;
        }
        if let Ok(turned) = turned {
            figures[1] += 1;
            if arguments.get(2).is_none_or(|roles| roles.split(',').any(|r| r == role)) {
                let order = xxhash_rust::xxh3::xxh3_64(format!("{seed}{said}").as_bytes());
                let leans = if turned.leans { " (behind)" } else { "" };
                lines.push((
                    order,
                    format!("{role}{leans}: {}\n      < {} | {}", turned.sentence(), before, said),
                ));
            }
        }
    }
    lines.sort();
    for (_, line) in lines.iter().take(arguments.get(4).and_then(|n| n.parse().ok()).unwrap_or(80)) {
        println!("{line}");
    }
    let mut refusals: Vec<_> = refusals.into_iter().collect();
    refusals.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    for (why, count) in refusals.iter().take(100) {
        println!("{count} {why}");
    }
    println!("{by_role:?}");
}
