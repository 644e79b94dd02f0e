//! A list of words looked for anywhere in a text, in one pass.

use aho_corasick::AhoCorasick;
use std::sync::OnceLock;

/// The words, compiled when first looked for.
#[derive(Debug)]
pub struct Anywhere {
    words: &'static [&'static str],
    compiled: OnceLock<Option<AhoCorasick>>,
}

impl Anywhere {
    pub const fn new(words: &'static [&'static str]) -> Self {
        Self { words, compiled: OnceLock::new() }
    }

    /// Whether one of them is in the text, which is in lower case as they are.
    pub fn is_in(&self, text: &str) -> bool {
        match self.compiled.get_or_init(|| AhoCorasick::new(self.words).ok()) {
            Some(words) => words.is_match(text),
            None => self.words.iter().any(|word| text.contains(word)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_of_them_counts() {
        static WORDS: Anywhere = Anywhere::new(&["büro", "away"]);
        assert!(WORDS.is_in("nicht im büro") && WORDS.is_in("away") && !WORDS.is_in("aw ay"));
    }
}
