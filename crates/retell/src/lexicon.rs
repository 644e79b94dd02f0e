//! What is known of English words: their classes, read in place from a packed table, and the lists a
//! support team may edit.

use crate::class;
use rustc_hash::FxHashMap;

static PACKED: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/lexicon.bin"));
/// Must be the same as in build.rs.
const BUCKET_BITS: u32 = 14;
const OFFSETS: usize = ((1 << BUCKET_BITS) + 1) * 4;

/// Which list of [`Lists`] a word or phrase is in, as a bit.
pub mod list {
    /// Swearing, insults, rage.
    pub const HEAT: u16 = 1;
    /// Courts, regulators, publicity, money held back.
    pub const THREAT: u16 = 1 << 1;
    /// What must not be repeated: passwords, confidences.
    pub const SECRET: u16 = 1 << 2;
    /// Illness, grief, family matters.
    pub const PRIVATE: u16 = 1 << 3;
    /// Harm to people.
    pub const DANGER: u16 = 1 << 4;
    /// Judgement, mockery, feelings.
    pub const OPINION: u16 = 1 << 5;
    /// Asides, cut out.
    pub const DROP: u16 = 1 << 6;
    /// Idioms, sayings, mock praise.
    pub const JEST: u16 = 1 << 7;
    /// Dialect and slang, which would sound put on under our name.
    pub const SPEECH: u16 = 1 << 8;
    /// Phrases in which a word of another list is harmless: "a free bet", "the boning knife".
    pub const HARMLESS: u16 = 1 << 9;
    /// The names of the lists, in the order of their bits.
    pub const NAMES: [&str; 10] =
        ["heat", "threat", "secret", "private", "danger", "opinion", "drop", "jest", "speech", "harmless"];
}

/// Words and phrases a clause is refused for, or that are cut out of it.
#[derive(Debug, Clone, Default)]
pub struct Lists {
    words: FxHashMap<Box<str>, u16>,
    /// By the first word: the further words, and the list.
    phrases: FxHashMap<Box<str>, Vec<Phrase>>,
}

/// The further words of a phrase, and the lists it is in.
type Phrase = (Vec<Box<str>>, u16);

/// A phrase found: how many words it has, and which lists it is in.
pub(crate) type Hit = (usize, u16);

impl Lists {
    /// Reads lines of `list: word, word or a phrase`; `#` begins a comment. Lines that name no list are
    /// an error, with their number.
    pub fn parse(text: &str) -> Result<Self, String> {
        let mut lists = Self::default();
        for (number, line) in text.lines().enumerate() {
            let line = line.trim();
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            let (name, entries) =
                line.split_once(':').ok_or_else(|| format!("line {}: no list is named", number + 1))?;
            let at = list::NAMES
                .iter()
                .position(|n| *n == name.trim())
                .ok_or_else(|| format!("line {}: there is no list {name:?}", number + 1))?;
            for entry in entries.split(',') {
                lists.add(1 << at, entry);
            }
        }
        Ok(lists)
    }

    /// Adds a word or phrase to lists.
    pub fn add(&mut self, to: u16, entry: &str) {
        let entry = entry.trim().to_lowercase();
        let mut words = entry.split_whitespace();
        let Some(first) = words.next() else { return };
        let further: Vec<Box<str>> = words.map(Box::from).collect();
        if further.is_empty() {
            *self.words.entry(first.into()).or_default() |= to;
        } else {
            self.phrases.entry(first.into()).or_default().push((further, to));
        }
    }

    /// The longest entry that begins at the first of `words`.
    pub(crate) fn at<'w>(&self, first: &str, further: impl Fn(usize) -> Option<&'w str>) -> Option<Hit> {
        let mut found = self.words.get(first).map(|&to| (1, to));
        for (words, to) in self.phrases.get(first).into_iter().flatten() {
            if words.iter().enumerate().all(|(at, word)| further(at + 1) == Some(word)) {
                let all = found.map_or(0, |(_, to)| to) | to;
                found = Some((words.len() + 1, all));
            }
        }
        found
    }
}

/// The word classes and the lists: all that [`crate::turn`] needs to know beforehand.
#[derive(Debug, Clone)]
pub struct Lexicon {
    pub(crate) lists: Lists,
}

impl Lexicon {
    /// With lists of one's own; the word classes are always the built-in ones.
    pub fn new(lists: Lists) -> Self {
        Self { lists }
    }

    /// Which of the lists any word of a text is in, as bits.
    pub(crate) fn lists_of(&self, text: &str) -> u16 {
        let low = text.to_lowercase().replace('’', "'");
        let words =
            |apart: fn(char) -> bool| low.split(apart).filter(|word| !word.is_empty()).collect::<Vec<_>>();
        let found = |words: &[&str]| {
            let at = |n: usize| self.lists.at(words[n], |on| words.get(n + on).copied());
            (0..words.len()).filter_map(at).fold(0, |lists, (_, of_entry)| lists | of_entry)
        };
        // "A cancer-drug parcel" is of cancer.
        let whole = words(|c| !c.is_alphanumeric() && c != '\'' && c != '-');
        found(&whole) | found(&words(|c| !c.is_alphanumeric() && c != '\''))
    }
}

impl Default for Lexicon {
    /// With the lists of `data/lists.txt`.
    fn default() -> Self {
        Self::new(Lists::parse(include_str!("../data/lists.txt")).unwrap_or_default())
    }
}

/// The classes of a word in lower case: bits of [`class`], the commonest open class in the four topmost
/// bits and the commonest one of a noun phrase in the four below; 0 for an unknown word.
pub(crate) fn classes(word: &str) -> u64 {
    let hash = xxhash_rust::xxh3::xxh3_64(word.as_bytes());
    let bucket = (hash >> (64 - BUCKET_BITS)) as usize;
    let mark = (hash >> (48 - BUCKET_BITS)) as u16;
    let u32_at = |at: usize| {
        PACKED.get(at..at + 4).and_then(|b| b.try_into().ok()).map_or(0, u32::from_le_bytes) as usize
    };
    let u16_at =
        |at: usize| PACKED.get(at..at + 2).and_then(|b| b.try_into().ok()).map_or(0, u16::from_le_bytes);
    let words = u32_at(OFFSETS - 4);
    (u32_at(bucket * 4)..u32_at(bucket * 4 + 4))
        .map(|at| OFFSETS + at * 4)
        .find(|&at| u16_at(at) == mark)
        .and_then(|at| {
            let at = OFFSETS + words * 4 + usize::from(u16_at(at + 2)) * 8;
            PACKED.get(at..at + 8).and_then(|b| b.try_into().ok()).map(u64::from_le_bytes)
        })
        .unwrap_or(0)
}

/// Whether a word in lower case is an English word, not only a name.
pub fn is_word(word: &str) -> bool {
    classes(word) != 0
}

/// The bit of the commonest open class, or 0.
pub(crate) fn first(classes: u64) -> u64 {
    let at = classes >> 60;
    if classes == 0 || at == 15 { 0 } else { 1 << at }
}

/// The bit of the commonest class of a noun phrase (noun, plural, adjective, adverb, number), or 0.
pub(crate) fn nominal(classes: u64) -> u64 {
    let at = classes >> 56 & 15;
    if classes == 0 || at == 15 { 0 } else { 1 << at }
}

/// The irregular verb with this base form.
pub(crate) fn irregular(base: &str) -> Option<&'static [&'static str; 3]> {
    class::VERBS.binary_search_by(|v| v[0].cmp(base)).ok().map(|at| &class::VERBS[at])
}

/// What a slip or short form stands for.
pub(crate) fn mended(slip: &str) -> Option<&'static str> {
    class::SLIPS.binary_search_by(|(s, _)| (*s).cmp(slip)).ok().map(|at| class::SLIPS[at].1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_have_their_classes() {
        let order = classes("order");
        assert!(order & class::NOUN != 0 && order & class::BASE != 0 && first(order) == class::NOUN);
        assert!(classes("rang") & class::CONTACT != 0 && classes("rang") & class::PAST != 0);
        assert!(classes("my") & class::POSSESSIVE != 0);
        assert_eq!(classes("xqzzt"), 0);
        assert_eq!(irregular("ring").map(|v| v[1]), Some("rang"));
        assert_eq!(mended("dont"), Some("don't"));
    }

    #[test]
    fn the_table_is_small() {
        assert!(PACKED.len() < 600_000, "{}", PACKED.len());
    }

    #[test]
    fn the_lists_of_the_crate_are_read() {
        let lists = Lists::parse(include_str!("../data/lists.txt")).unwrap();
        let further = |at: usize| ["trading", "standards"].get(at).copied();
        assert_eq!(lists.at("trading", further), Some((2, list::THREAT)));
        assert!(Lists::parse("nonsense: x").is_err());
    }
}
