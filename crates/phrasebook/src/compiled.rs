//! The compiled phrasebook format, read in place.
//!
//! The default phrasebook is compiled at build time, any other on first use, both by [`compile`]. A
//! compiled file records the program's fingerprint, its source files and a checksum, so a truncated
//! or altered file, or one from another version, is rejected.

use crate::Phrasebook;
use serde::{Deserialize, Serialize};
use xxhash_rust::xxh3::xxh3_64;

/// A source file of a compiled phrasebook.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ingredient {
    pub path: String,
    pub fingerprint: u64,
}

impl Ingredient {
    pub fn new(path: &str, text: &str) -> Self {
        Self { path: path.to_owned(), fingerprint: fingerprint(text.as_bytes()) }
    }
}

/// Same result on every machine.
pub fn fingerprint(bytes: &[u8]) -> u64 {
    xxh3_64(bytes)
}

/// Every compiled file starts with this.
const MAGIC: &[u8; 8] = b"amends\x00\x01";
/// Header length: magic, program fingerprint, checksum of the rest.
const HEAD: usize = MAGIC.len() + 8 + 8;

/// Serialises a phrasebook; only the program with this fingerprint may read it.
pub fn compile(book: &Phrasebook, ingredients: &[Ingredient], program: u64) -> postcard::Result<Vec<u8>> {
    let mut rest = postcard::to_stdvec(ingredients)?;
    rest.extend(postcard::to_stdvec(book)?);
    let mut file = MAGIC.to_vec();
    file.extend(program.to_le_bytes());
    file.extend(fingerprint(&rest).to_le_bytes());
    file.extend(rest);
    Ok(file)
}

/// Loads the phrasebook embedded in the binary, unchecked.
pub fn read_own(file: &'static [u8]) -> Option<Phrasebook> {
    let (_, book) = postcard::take_from_bytes::<Vec<Ingredient>>(file.get(HEAD..)?).ok()?;
    postcard::from_bytes(book).ok()
}

/// Loads a compiled phrasebook if it is valid for this program and its sources are still `fresh`.
pub fn read(file: &'static [u8], program: u64, fresh: impl Fn(&Ingredient) -> bool) -> Option<Phrasebook> {
    let (head, rest) = file.split_at_checked(HEAD)?;
    let (magic, numbers) = head.split_at(MAGIC.len());
    let ours = magic == MAGIC && numbers[..8] == program.to_le_bytes();
    if !ours || numbers[8..] != fingerprint(rest).to_le_bytes() {
        return None;
    }
    let (ingredients, book) = postcard::take_from_bytes::<Vec<Ingredient>>(rest).ok()?;
    if !ingredients.iter().all(fresh) {
        return None;
    }
    postcard::from_bytes(book).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file() -> Vec<u8> {
        let moves: String = crate::required_moves().map(|name| format!("  {name}: [x]\n")).collect();
        let source = format!(
            "version: 1\nissues:\n  late: {{name: a, trouble: b, policy: {{todo: c}}, phrases: [is late]}}\nmoves:\n{moves}"
        );
        let book = Phrasebook::parse("p.yaml", &source).unwrap();
        compile(&book, &[Ingredient::new("p.yaml", &source)], 7).unwrap()
    }

    #[test]
    fn what_is_compiled_reads_back() {
        let book = read(file().leak(), 7, |file| file.path == "p.yaml").unwrap();
        assert_eq!(book.issues[0].id, "late");
        assert_eq!(&*book.rules[0].text, "is late");
    }

    #[test]
    fn another_program_and_a_changed_file_are_noticed() {
        assert!(read(file().leak(), 8, |_| true).is_none());
        assert!(read(file().leak(), 7, |_| false).is_none());
    }

    #[test]
    fn a_byte_lost_or_changed_anywhere_is_noticed() {
        let whole = file();
        for n in (0..whole.len()).step_by(7).chain([whole.len() - 1]) {
            let mut flipped = whole.clone();
            flipped[n] ^= 1 << (n % 8);
            assert!(read(flipped.leak(), 7, |_| true).is_none(), "byte {n} changed");
            assert!(read(whole[..n].to_vec().leak(), 7, |_| true).is_none(), "cut at {n}");
        }
    }
}
