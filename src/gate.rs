//! A quick look at a text before anything costly: which sorts of words begin in it.

/// Beginnings of words, each with the bits of the sorts it belongs to.
#[derive(Debug)]
pub struct Gate {
    /// In lower case, sorted.
    heads: &'static [(&'static str, u32)],
    /// For each letter or digit, where its heads begin in `heads`.
    begin: [u16; 256],
}

impl Gate {
    pub const fn new(heads: &'static [(&'static str, u32)]) -> Self {
        let mut begin = [heads.len() as u16; 256];
        let mut n = heads.len();
        let mut byte = 255;
        loop {
            while n > 0 && heads[n - 1].0.as_bytes()[0] >= byte {
                n -= 1;
            }
            begin[byte as usize] = n as u16;
            if byte == 0 {
                return Self { heads, begin };
            }
            byte -= 1;
        }
    }

    /// The bits of all heads with which some word of the text begins, in whatever case. A figure
    /// ends a word: "3hrs" has one that begins with "hrs".
    pub fn sorts(&self, text: &str) -> u32 {
        let bytes = text.as_bytes();
        let mut sorts = 0;
        let mut last = b' ';
        for (at, byte) in bytes.iter().map(u8::to_ascii_lowercase).enumerate() {
            let begins = byte.is_ascii_alphanumeric()
                && !last.is_ascii_alphabetic()
                && !(byte.is_ascii_digit() && last.is_ascii_digit());
            last = byte;
            if !begins {
                continue;
            }
            let (from, to) = (self.begin[usize::from(byte)], self.begin[usize::from(byte) + 1]);
            for (head, bits) in &self.heads[usize::from(from)..usize::from(to)] {
                let head = head.as_bytes();
                let second = bytes.get(at + 1).map(u8::to_ascii_lowercase);
                if second != head.get(1).copied() {
                    continue;
                }
                if bytes.get(at..at + head.len()).is_some_and(|here| here.eq_ignore_ascii_case(head)) {
                    sorts |= bits;
                }
            }
        }
        sorts
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_known_by_how_they_begin() {
        static GATE: Gate = Gate::new(&[("2nd", 8), ("hour", 1), ("hr", 1), ("week", 2), ("won", 4)]);
        assert_eq!(GATE.sorts("3hrs"), 1);
        assert_eq!(GATE.sorts("WEEKS, an hour"), 3);
        assert_eq!(GATE.sorts("biweekly; ü"), 0);
        assert_eq!(GATE.sorts("2nd won"), 12);
        assert_eq!(GATE.sorts(""), 0);
    }
}
