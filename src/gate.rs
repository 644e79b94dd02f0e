//! A quick look at a text before anything costly: which sorts of words begin in it.

/// Beginnings of words, each with the bits of the sorts it belongs to.
#[derive(Debug)]
pub struct Gate {
    /// In lower case, sorted, of two bytes or more.
    heads: &'static [(&'static str, u32)],
    /// For each letter or digit, where its heads begin in `heads`.
    begin: [u16; 256],
    /// For each byte, in whatever case: the letter or digit it is, if some head begins with it.
    first: [u8; 256],
    /// For each of them a bit for every byte that is a head's second, by its lowest six bits.
    second: [u64; 256],
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
                break;
            }
            byte -= 1;
        }
        let (mut first, mut second) = ([0; 256], [0; 256]);
        let mut n = 0;
        while n < heads.len() {
            let bytes = heads[n].0.as_bytes();
            let head = bytes[0];
            first[head as usize] = head;
            first[head.to_ascii_uppercase() as usize] = head;
            second[head as usize] |= sixth(bytes[1]);
            n += 1;
        }
        Self { heads, begin, first, second }
    }

    /// The bits of all heads with which some word of the text begins, in whatever case. A figure
    /// ends a word: "3hrs" has one that begins with "hrs".
    pub fn sorts(&self, text: &str) -> u32 {
        let bytes = text.as_bytes();
        let mut sorts = 0;
        let mut at = 0;
        while let Some(&byte) = bytes.get(at) {
            sorts |= self.at(bytes, at);
            at += 1;
            if byte.is_ascii_alphabetic() {
                at += bytes[at..].iter().take_while(|b| b.is_ascii_alphabetic()).count();
            }
        }
        sorts
    }

    /// The bits of the heads that a word beginning there begins with.
    fn at(&self, bytes: &[u8], at: usize) -> u32 {
        let head = self.first[usize::from(bytes[at])];
        let second = bytes.get(at + 1).map_or(0, u8::to_ascii_lowercase);
        if head == 0 || self.second[usize::from(head)] & sixth(second) == 0 {
            return 0;
        }
        if head.is_ascii_digit() && at > 0 && bytes[at - 1].is_ascii_digit() {
            return 0;
        }
        let heads =
            usize::from(self.begin[usize::from(head)])..usize::from(self.begin[usize::from(head) + 1]);
        let begins = |(head, _): &&(&str, u32)| {
            let head = head.as_bytes();
            second == head[1]
                && bytes.get(at..at + head.len()).is_some_and(|here| here.eq_ignore_ascii_case(head))
        };
        self.heads[heads].iter().filter(begins).fold(0, |sorts, (_, bits)| sorts | bits)
    }
}

/// One of 64 bits for a byte.
const fn sixth(byte: u8) -> u64 {
    1 << (byte & 63)
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
