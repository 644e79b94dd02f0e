//! Packs `data/lexicon.txt` and `data/grammar.txt` into one table looked up in place: words are
//! sorted by hash, a word is told apart within its bucket by sixteen bits of the hash, and no word is
//! kept. One unknown word in about ten thousand passes for a known one.

use std::collections::{BTreeMap, HashMap};
use std::fmt::Write as _;
use std::fs;
use std::path::PathBuf;

/// Buckets, as a power of two: about five words in each.
const BITS: u32 = 14;
/// The open classes, in the order of their bits.
const TAGS: &str = "NSJRVZDPGCX";

fn main() {
    let out = PathBuf::from(std::env::var_os("OUT_DIR").expect("cargo sets OUT_DIR"));
    for file in ["build.rs", "data/lexicon.txt", "data/grammar.txt"] {
        println!("cargo:rerun-if-changed={file}");
    }
    let lexicon = fs::read_to_string("data/lexicon.txt").expect("data/lexicon.txt");
    let grammar = fs::read_to_string("data/grammar.txt").expect("data/grammar.txt");

    // Tags of each word, the commonest first; classes in the order they are first named.
    let mut tags: BTreeMap<&str, String> = BTreeMap::new();
    let mut classes: Vec<&str> = Vec::new();
    let mut members: BTreeMap<&str, u64> = BTreeMap::new();
    let mut verbs: Vec<[&str; 3]> = Vec::new();
    let mut slips: BTreeMap<&str, String> = BTreeMap::new();
    let mut called: [Vec<&str>; 3] = Default::default();
    for (name, words) in lines(&lexicon).chain(lines(&grammar)) {
        match name {
            "verb" => {
                verbs.extend(words.split('|').map(|forms| {
                    let mut forms = forms.split_whitespace();
                    let mut next = || forms.next().expect("base, past and participle");
                    [next(), next(), next()]
                }));
            }
            "spell" => {
                for pair in words.split_whitespace() {
                    let (slip, word) = pair.split_once('=').expect("slip=word");
                    *members.entry(slip).or_default() |= 1 << (TAGS.len() + class_of(&mut classes, "slip"));
                    slips.insert(slip, word.replace('_', " "));
                }
            }
            "he" => called[0].extend(words.split_whitespace()),
            "she" => called[1].extend(words.split_whitespace()),
            "either" => called[2].extend(words.split_whitespace()),
            _ if name.chars().all(|c| TAGS.contains(c)) => {
                for word in words.split_whitespace() {
                    let own = tags.entry(word).or_default();
                    let new: Vec<char> = name.chars().filter(|&c| !own.contains(c)).collect();
                    own.extend(new);
                }
            }
            _ => {
                let class = class_of(&mut classes, name);
                for word in words.split_whitespace() {
                    *members.entry(word).or_default() |= 1 << (TAGS.len() + class);
                }
            }
        }
    }
    assert!(TAGS.len() + classes.len() <= 56, "{} classes are too many", classes.len());
    // Irregular forms are tags of their own kind, and come first.
    for [base, past, participle] in &verbs {
        for (word, tag) in [(base, 'V'), (past, 'D'), (participle, 'P')] {
            let own = tags.entry(word).or_default();
            if !own.contains(tag) {
                own.push(tag);
            }
        }
    }

    let mut entries: BTreeMap<&str, u64> = members;
    for (word, order) in &tags {
        let mut bits = 0;
        for tag in order.chars() {
            bits |= 1 << place(tag);
        }
        let first = order.chars().next().map_or(15, place);
        let nominal = order.chars().find(|c| "NSJRC".contains(*c)).map_or(15, place);
        *entries.entry(word).or_default() |= bits | first << 60 | nominal << 56;
    }
    for (word, bits) in &mut entries {
        if !tags.contains_key(word) {
            *bits |= 15 << 60 | 15 << 56;
        }
    }

    pack(&entries, &out);
    let mut code = String::new();
    for (at, class) in classes.iter().enumerate() {
        let _ = writeln!(code, "pub const {}: u64 = 1 << {};", class.to_uppercase(), TAGS.len() + at);
    }
    verbs.sort_unstable();
    let _ = writeln!(
        code,
        "/// Base, past and participle, by the base.\npub static VERBS: &[[&str; 3]] = &{verbs:?};"
    );
    let slips: Vec<_> = slips.into_iter().collect();
    let _ = writeln!(
        code,
        "/// Slips and what they stand for, sorted.\npub static SLIPS: &[(&str, &str)] = &{slips:?};"
    );
    for (name, mut words) in ["HE", "SHE", "EITHER"].into_iter().zip(called) {
        words.sort_unstable();
        words.dedup();
        let _ = writeln!(
            code,
            "/// Those of whom one says {}, sorted.\npub static {name}: &[&str] = &{words:?};",
            name.to_lowercase()
        );
    }
    fs::write(out.join("class.rs"), code).expect("class.rs");
}

/// The number of a class, which it gets when first named.
fn class_of<'t>(classes: &mut Vec<&'t str>, name: &'t str) -> usize {
    classes.iter().position(|&c| c == name).unwrap_or_else(|| {
        classes.push(name);
        classes.len() - 1
    })
}

/// `name: words` lines without comments.
fn lines(text: &str) -> impl Iterator<Item = (&str, &str)> {
    text.lines().filter(|l| !l.starts_with('#')).filter_map(|l| l.split_once(": "))
}

fn place(tag: char) -> u64 {
    TAGS.find(tag).expect("a tag") as u64
}

/// Offsets of the buckets (u32), then for each word sixteen bits of its hash and the number of its
/// combination (u16 each), then the combinations (u64).
fn pack(entries: &BTreeMap<&str, u64>, out: &std::path::Path) {
    let mut combinations: Vec<u64> = Vec::new();
    let mut numbers: HashMap<u64, u16> = HashMap::new();
    let mut hashed: Vec<(u64, u16)> = entries
        .iter()
        .map(|(word, &bits)| {
            let number = *numbers.entry(bits).or_insert_with(|| {
                combinations.push(bits);
                (combinations.len() - 1) as u16
            });
            (xxhash_rust::xxh3::xxh3_64(word.as_bytes()), number)
        })
        .collect();
    hashed.sort_unstable();
    let mut offsets = vec![0u32; (1 << BITS) + 1];
    for (hash, _) in &hashed {
        offsets[(hash >> (64 - BITS)) as usize + 1] += 1;
    }
    for at in 1..offsets.len() {
        offsets[at] += offsets[at - 1];
    }
    let mut bytes: Vec<u8> = offsets.iter().flat_map(|o| o.to_le_bytes()).collect();
    for (hash, number) in &hashed {
        bytes.extend(((hash >> (48 - BITS)) as u16).to_le_bytes());
        bytes.extend(number.to_le_bytes());
    }
    bytes.extend(combinations.iter().flat_map(|c| c.to_le_bytes()));
    fs::write(out.join("lexicon.bin"), bytes).expect("lexicon.bin");
}
