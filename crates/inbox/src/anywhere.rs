//! A list of words looked for anywhere in a text, in one pass.

/// The words, each of three bytes or more, with a bit set for each beginning that one of them has.
#[derive(Debug)]
pub struct Anywhere {
    words: &'static [&'static str],
    beginnings: [u64; BITS / 64],
}

/// Few other beginnings share a bit.
const BITS: usize = 1 << 15;

/// The bit of a word's first three bytes.
const fn bit(a: u8, b: u8, c: u8) -> usize {
    let all = a as u32 | (b as u32) << 8 | (c as u32) << 16;
    (all.wrapping_mul(0x9e37_79b1) >> 17) as usize
}

impl Anywhere {
    pub const fn new(words: &'static [&'static str]) -> Self {
        let mut beginnings = [0; BITS / 64];
        let mut n = 0;
        while n < words.len() {
            let word = words[n].as_bytes();
            let bit = bit(word[0], word[1], word[2]);
            beginnings[bit / 64] |= 1 << (bit % 64);
            n += 1;
        }
        Self { words, beginnings }
    }

    pub fn words(&self) -> &'static [&'static str] {
        self.words
    }

    /// Whether one of them is in the text, which is in lower case as they are.
    pub fn is_in(&self, text: &str) -> bool {
        let bytes = text.as_bytes();
        bytes.array_windows().enumerate().any(|(at, &[a, b, c])| {
            let bit = bit(a, b, c);
            self.beginnings[bit / 64] >> (bit % 64) & 1 == 1
                && self
                    .words
                    .iter()
                    .any(|word| word.as_bytes()[0] == a && bytes[at..].starts_with(word.as_bytes()))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_of_them_counts() {
        static WORDS: Anywhere = Anywhere::new(&["büro", "away"]);
        assert!(WORDS.is_in("nicht im büro") && WORDS.is_in("away") && !WORDS.is_in("aw ay"));
        assert!(!WORDS.is_in("aw") && !WORDS.is_in("") && !WORDS.is_in("awa"));
    }
}
