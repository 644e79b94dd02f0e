//! Prefilter: which categories of word a text contains, judged by how its words begin.

/// Word prefixes, each with the bits of its categories.
#[derive(Debug)]
pub struct Prefilter {
    /// Lower case, sorted, at least two bytes each.
    heads: &'static [(&'static str, u32)],
    /// Per letter or digit, in either case: its row in `begin`, or 0 if no prefix begins with it.
    first: [u8; 256],
    /// By the low six bits of the second byte: index of the first such prefix, plus one.
    begin: [[u16; 64]; 37],
}

impl Prefilter {
    pub const fn new(heads: &'static [(&'static str, u32)]) -> Self {
        let (mut first, mut begin, mut rows) = ([0; 256], [[0; 64]; 37], 0);
        let mut n = heads.len();
        while n > 0 {
            n -= 1;
            let head = heads[n].0.as_bytes();
            if first[head[0] as usize] == 0 {
                rows += 1;
                first[head[0] as usize] = rows;
                first[head[0].to_ascii_uppercase() as usize] = rows;
            }
            begin[first[head[0] as usize] as usize][(head[1] & 63) as usize] = n as u16 + 1;
        }
        Self { heads, first, begin }
    }

    /// The bits of every prefix that some word of the text begins with, ignoring case. A digit ends a
    /// word: "3hrs" contains a word beginning with "hrs".
    pub fn sorts(&self, text: &str) -> u32 {
        let mut all = 0;
        self.each(text, |_, sorts| all |= sorts);
        all
    }

    /// Calls `found` with the place and the bits of every word that begins with a prefix.
    pub fn each(&self, text: &str, mut found: impl FnMut(usize, u32)) {
        let bytes = text.as_bytes();
        let mut before = 0;
        for (at, byte) in bytes.iter().enumerate() {
            let rank = RANKS[usize::from(*byte)];
            if rank > before {
                let sorts = self.at(bytes, at);
                if sorts != 0 {
                    found(at, sorts);
                }
            }
            before = rank;
        }
    }

    /// The bits of every prefix of the word at `at`.
    fn at(&self, bytes: &[u8], at: usize) -> u32 {
        let row = self.first[usize::from(bytes[at])];
        let second = bytes.get(at + 1).map_or(0, u8::to_ascii_lowercase);
        let begin = self.begin[usize::from(row)][usize::from(second & 63)];
        let Some(begin) = begin.checked_sub(1) else { return 0 };
        let mut sorts = 0;
        let start = [bytes[at].to_ascii_lowercase(), second];
        let rest = bytes.get(at + 2..).unwrap_or_default();
        for (head, bits) in &self.heads[usize::from(begin)..] {
            let Some((begins, head)) = head.as_bytes().split_first_chunk() else { continue };
            // Another second byte may share the six bits.
            if *begins > start {
                break;
            }
            let goes_on = |head: &[u8]| {
                head.len() <= rest.len() && head.iter().zip(rest).all(|(h, b)| *h == b.to_ascii_lowercase())
            };
            if *begins == start && goes_on(head) {
                sorts |= bits;
            }
        }
        sorts
    }
}

/// A word begins where the rank rises: 2 for letters, 1 for digits, 0 for the rest.
static RANKS: [u8; 256] = {
    let mut ranks = [0; 256];
    let mut byte = 0;
    while byte < 256 {
        ranks[byte] = (byte as u8).is_ascii_alphabetic() as u8 * 2 + (byte as u8).is_ascii_digit() as u8;
        byte += 1;
    }
    ranks
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_known_by_how_they_begin() {
        static GATE: Prefilter =
            Prefilter::new(&[("2nd", 8), ("h.o", 16), ("hour", 1), ("hr", 1), ("week", 2), ("won", 4)]);
        assert_eq!((GATE.sorts("3hrs"), GATE.sorts("h.o.")), (1, 16));
        assert_eq!(GATE.sorts("WEEKS, an hour"), 3);
        assert_eq!(GATE.sorts("biweekly; ü"), 0);
        assert_eq!(GATE.sorts("2nd won"), 12);
        assert_eq!(GATE.sorts(""), 0);
        let mut places = Vec::new();
        GATE.each("won 3hrs", |at, sorts| places.push((at, sorts)));
        assert_eq!(places, [(0, 4), (5, 1)]);
    }
}
