//! Each stage uses only earlier ones: between crates Cargo sees to it, inside this one the order
//! of `lib.rs` does.

use std::collections::HashMap;
use std::fs;
use std::path::PathBuf;

/// The modules in the order `lib.rs` declares them.
fn order() -> Vec<String> {
    let lib = fs::read_to_string("src/lib.rs").unwrap();
    lib.lines().filter_map(|l| l.strip_prefix("pub mod ")?.strip_suffix(';')).map(str::to_owned).collect()
}

fn sources(module: &str) -> Vec<String> {
    let file = format!("src/{module}.rs");
    if let Ok(text) = fs::read_to_string(&file) {
        return vec![text];
    }
    let (mut texts, mut folders) = (Vec::new(), vec![PathBuf::from(format!("src/{module}"))]);
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() { folders.push(path) } else { texts.push(fs::read_to_string(path).unwrap()) }
        }
    }
    texts
}

#[test]
fn no_module_uses_a_later_one() {
    let order = order();
    let place: HashMap<&str, usize> = order.iter().enumerate().map(|(n, m)| (m.as_str(), n)).collect();
    let mut faults = Vec::new();
    for (n, module) in order.iter().enumerate() {
        for text in sources(module) {
            for used in text.split("crate::").skip(1) {
                let name: String = used.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
                if place.get(name.as_str()).is_some_and(|&at| at > n) {
                    faults.push(format!("{module} uses {name}"));
                }
            }
        }
    }
    assert!(order.len() > 8 && faults.is_empty(), "{faults:?}");
}

#[test]
fn only_the_program_touches_the_world() {
    for module in order().iter().filter(|m| *m != "render") {
        for text in sources(module) {
            let code = text.split("#[cfg(test)]").next().unwrap_or("");
            for word in ["std::fs", "std::env", "println!", "eprintln!", "SystemTime", "Timestamp::now"] {
                assert!(!code.contains(word), "{module} has {word}");
            }
        }
    }
}

#[test]
fn main_stays_short() {
    assert!(fs::read_to_string("src/main.rs").unwrap().lines().count() < 60);
}
