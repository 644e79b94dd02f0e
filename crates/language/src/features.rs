//! What a text is made of, for weights learned from labelled messages: its words and word pairs as
//! 32-bit keys, and its clauses.

use std::ops::Range;

/// A word of a text: its key and where it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Token {
    pub key: u32,
    /// The keys of its beginnings of so many letters as [`BEGINNINGS`] has it; 0 if it is no longer.
    pub beginnings: [u32; 2],
    pub start: usize,
    pub end: usize,
}

/// What a number is read as.
pub const NUMBER: &str = "<number>";
/// What a sum of money is read as.
pub const SUM: &str = "<sum>";
/// Words of one kin begin alike: "deli*" is any longer word that begins so.
pub const BEGINNINGS: [usize; 2] = [4, 6];
/// Stands behind the beginning of a longer word.
const LONGER: u8 = b'*';
/// Stands before the first word of a clause, and after the last.
pub const EDGE: &str = "|";

/// A word's key: FNV-1a over its folded bytes, the same on every machine.
pub fn key(word: &str) -> u32 {
    folded(word.bytes())
}

/// The key of two words side by side.
pub fn pair(first: u32, second: u32) -> u32 {
    (first.rotate_left(5) ^ second).wrapping_mul(0x9e37_79b1)
}

/// The key of a feature as it is written: one word or two.
pub fn feature(written: &str) -> u32 {
    match written.split_once(' ') {
        Some((first, second)) => pair(key(first), key(second)),
        None => key(written),
    }
}

/// What FNV-1a begins with.
const START: u32 = 0x811c_9dc5;

fn folded(bytes: impl Iterator<Item = u8>) -> u32 {
    bytes.fold(START, fold)
}

fn fold(hash: u32, byte: u8) -> u32 {
    (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193)
}

/// Every feature of a clause: its words, their beginnings, and its word pairs with the edges.
pub fn each_feature(tokens: &[Token], mut each: impl FnMut(u32)) {
    let edge = key(EDGE);
    let mut before = edge;
    for token in tokens {
        each(token.key);
        token.beginnings.into_iter().filter(|key| *key != 0).for_each(&mut each);
        each(pair(before, token.key));
        before = token.key;
    }
    if !tokens.is_empty() {
        each(pair(before, edge));
    }
}

/// The words of a text. Case, curly apostrophes and stretched letters ("sooo") are folded; numbers and
/// sums are each one word; question and exclamation marks, dots that trail off, and pictures count.
pub fn tokens(text: &str) -> Vec<Token> {
    let mut tokens = Vec::with_capacity(text.len() / 5);
    let mut at = 0;
    while let Some(c) = char_at(text, at) {
        let mut beginnings = [0; 2];
        let (key, end) = match c {
            ' ' => (0, at + 1),
            '£' | '$' | '€' => match number_end(text, at + c.len_utf8()) {
                Some(end) => (key(SUM), end),
                None => (0, at + c.len_utf8()),
            },
            c if c.is_ascii_digit() => {
                let end = number_end(text, at).unwrap_or(at + 1);
                let money = text[end..].trim_start_matches(' ').starts_with(['£', '€']);
                (key(if money { SUM } else { NUMBER }), end)
            }
            c if c.is_alphabetic() => word(text, at, &mut beginnings),
            '?' | '!' => {
                let end = at + text[at..].bytes().take_while(|b| matches!(b, b'?' | b'!')).count();
                (key(if text[at..end].contains('?') { "?" } else { "!" }), end)
            }
            '…' => (key("..."), at + c.len_utf8()),
            '.' if text[at..].starts_with("...") => {
                (key("..."), at + text[at..].bytes().take_while(|b| *b == b'.').count())
            }
            c if is_picture(c) => (key(c.encode_utf8(&mut [0; 4])), at + c.len_utf8()),
            c => (0, at + c.len_utf8()),
        };
        if key != 0 {
            tokens.push(Token { key, beginnings, start: at, end });
        }
        at = end;
    }
    tokens
}

fn is_picture(c: char) -> bool {
    matches!(u32::from(c), 0x2600..=0x27bf | 0x1f300..=0x1faff)
}

/// Where a number ends that begins here, after spaces: "1,299.00", "12:30", "23/10".
fn number_end(text: &str, at: usize) -> Option<usize> {
    let digits = text[at..].trim_start_matches(' ');
    let from = text.len() - digits.len();
    let inner = |b: u8| b.is_ascii_digit() || matches!(b, b'.' | b',' | b':' | b'/' | b'-');
    let run = digits.bytes().take_while(|b| inner(*b)).count();
    let number = digits[..run].trim_end_matches(|c: char| !c.is_ascii_digit());
    number.starts_with(|c: char| c.is_ascii_digit()).then_some(from + number.len())
}

/// The character at a boundary; most are ASCII.
fn char_at(text: &str, at: usize) -> Option<char> {
    match text.as_bytes().get(at)? {
        byte if byte.is_ascii() => Some(char::from(*byte)),
        _ => text[at..].chars().next(),
    }
}

/// The key of the word that begins here, and where it ends; sets the keys of its beginnings.
fn word(text: &str, start: usize, beginnings: &mut [u32; 2]) -> (u32, usize) {
    let mut spelling = Spelling { hash: START, letters: 0, last: '\0', run: 0 };
    let mut end = start;
    while let Some(c) = char_at(text, end) {
        let after = end + c.len_utf8();
        let inside = matches!(c, '\'' | '’') && char_at(text, after).is_some_and(char::is_alphabetic);
        if !c.is_alphanumeric() && !inside {
            break;
        }
        end = after;
        if c.is_ascii() || inside {
            spelling.add(if inside { '\'' } else { c.to_ascii_lowercase() }, beginnings);
        } else {
            c.to_lowercase().for_each(|lower| spelling.add(lower, beginnings));
        }
    }
    (spelling.hash, end)
}

/// What is known of a word's key so far.
struct Spelling {
    hash: u32,
    letters: usize,
    last: char,
    /// How often the last letter stands there in a row.
    run: usize,
}

impl Spelling {
    fn add(&mut self, lower: char, beginnings: &mut [u32; 2]) {
        self.run = if lower == self.last { self.run + 1 } else { 1 };
        self.last = lower;
        // A letter three times or more is stretched, and counts twice.
        if self.run > 2 {
            return;
        }
        for (length, key) in BEGINNINGS.into_iter().zip(beginnings) {
            if length == self.letters {
                *key = fold(self.hash, LONGER);
            }
        }
        self.letters += 1;
        self.hash = match u8::try_from(lower) {
            Ok(byte) if byte.is_ascii() => fold(self.hash, byte),
            _ => lower.encode_utf8(&mut [0; 4]).bytes().fold(self.hash, fold),
        };
    }
}

/// A token as it is written in a feature.
pub fn written(text: &str, token: &Token) -> String {
    let said = &text[token.start..token.end];
    for (name, known) in [(SUM, key(SUM)), (NUMBER, key(NUMBER)), ("?", key("?")), ("...", key("..."))] {
        if token.key == known {
            return name.to_owned();
        }
    }
    if said.starts_with('!') {
        return "!".to_owned();
    }
    let mut out = String::with_capacity(said.len());
    let mut run = 0;
    for c in said.chars().flat_map(char::to_lowercase).map(|c| if c == '’' { '\'' } else { c }) {
        run = if out.ends_with(c) { run + 1 } else { 1 };
        if run <= 2 {
            out.push(c);
        }
    }
    out
}

/// The beginnings of a token as they are written in features.
pub fn written_beginnings(text: &str, token: &Token) -> impl Iterator<Item = String> {
    let word = written(text, token);
    let of = move |(key, length): (u32, usize)| {
        (key != 0).then(|| word.chars().take(length).chain([char::from(LONGER)]).collect())
    };
    token.beginnings.into_iter().zip(BEGINNINGS).filter_map(of)
}

/// A sentence cut into clauses: at a semicolon or dash, and before "and", "but", "so" and the like where
/// both sides have enough words to say something.
pub fn clauses(text: &str, sentence: Range<usize>, mut each: impl FnMut(Range<usize>)) {
    const LEAST_WORDS: usize = 4;
    let words = |from: usize, to: usize| text[from..to].split_whitespace().take(LEAST_WORDS).count();
    let mut from = sentence.start;
    for (n, c) in text[sentence.clone()].char_indices() {
        let at = sentence.start + n;
        let after = at + c.len_utf8();
        let cut = match c {
            ';' | '–' | '—' => true,
            '-' => text[..at].ends_with(' ') && text[after..].starts_with(' '),
            ',' => joins(&text[after..sentence.end]),
            _ => false,
        };
        if cut && words(from, at) == LEAST_WORDS && words(after, sentence.end) == LEAST_WORDS {
            each(from..after);
            from = after;
        }
    }
    if !text[from..sentence.end].trim().is_empty() {
        each(from..sentence.end);
    }
}

/// Whether a clause of its own follows a comma.
fn joins(rest: &str) -> bool {
    const WORDS: &[&str] = &["and", "but", "so", "or", "because", "then", "yet", "though", "although"];
    let first = rest.split_whitespace().next().unwrap_or("");
    WORDS.iter().any(|word| first.eq_ignore_ascii_case(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<String> {
        tokens(text).iter().map(|token| written(text, token)).collect()
    }

    #[test]
    fn words_are_folded() {
        assert_eq!(
            read("It’s SOOOO late!!! €45, 45 € and £1,299.00."),
            ["it's", "soo", "late", "!", "<sum>", "<sum>", "and", "<sum>"]
        );
        assert_eq!(
            read("At 12:30 on 23/10... why?!"),
            ["at", "<number>", "on", "<number>", "...", "why", "?"]
        );
    }

    #[test]
    fn a_feature_is_found_by_the_key_of_what_is_written() {
        let text = "Nobody came!";
        let mut keys = Vec::new();
        each_feature(&tokens(text), |key| keys.push(key));
        for written in ["nobody", "nobo*", "came", "!", "| nobody", "nobody came", "came !", "! |"] {
            assert!(keys.contains(&feature(written)), "{written}");
        }
        assert_eq!(keys.len(), 8);
    }

    #[test]
    fn what_is_written_of_a_token_has_its_key() {
        for text in [
            "Ça coûtait 12 € ?",
            "İstanbul",
            "delivered façade",
            "ﬁne",
            "ça…",
            "😡!!",
            "don't",
            "aaaa'b",
            "x2",
        ] {
            for token in tokens(text) {
                assert_eq!(key(&written(text, &token)), token.key, "{text}");
                let keys: Vec<u32> = written_beginnings(text, &token).map(|w| key(&w)).collect();
                assert_eq!(keys, token.beginnings.into_iter().filter(|k| *k != 0).collect::<Vec<_>>());
            }
        }
    }

    #[test]
    fn a_sentence_is_cut_where_another_clause_begins() {
        let cut = |text: &str| {
            let mut parts = Vec::new();
            clauses(text, 0..text.len(), |range| parts.push(text[range].trim().to_owned()));
            parts
        };
        assert_eq!(
            cut("The oven came on Monday, but the door is cracked right across."),
            ["The oven came on Monday,", "but the door is cracked right across."]
        );
        assert_eq!(cut("Red, white and blue, and no more."), ["Red, white and blue, and no more."]);
    }
}
