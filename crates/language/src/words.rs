//! Text as words: every word with its byte offsets, its sentence and clause, and the symbols
//! the phrase index knows it by.
//!
//! Matching must see through how people type, so words are folded here, once, for phrases and
//! messages alike: case, curly quotes, contractions ("hasn't", "hasnt", "has not"), stretched
//! letters ("sooooo"), zero-width characters, starred swearing and the phrasebook's spellings.

use crate::packed::{Dictionary, Text};
use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};
use std::cell::RefCell;
use std::sync::atomic::{AtomicU64, Ordering};

/// What the index knows a word by. 0 is a word no phrase uses.
pub type Symbol = u32;

pub const UNKNOWN: Symbol = 0;
/// A number in digits or words.
pub const NUMBER: Symbol = 1;
/// A swear word its writer starred out ("f**k").
pub const STARRED: Symbol = 2;
/// Symbols from here on are words of phrases.
pub const FIRST_WORD: Symbol = 8;

/// The words the phrases use, and the spellings that mean them.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct Lexicon {
    exact: Dictionary,
    prefixes: Dictionary,
    prefix_lengths: Vec<usize>,
    /// A bit for how some prefix begins.
    prefix_heads: u128,
    spellings: FxHashMap<Text, Vec<Text>>,
    /// What each word of the phrases came to: the same words return by the thousand.
    #[serde(skip)]
    interned: FxHashMap<Box<str>, Vec<Symbol>>,
    next: Symbol,
    /// Tells lexicons apart; 0 is the one inside the binary.
    #[serde(skip)]
    id: u64,
}

/// One word of a message.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Word {
    pub start: u32,
    pub end: u32,
    /// The symbols this word answers to; unused places are [`UNKNOWN`].
    pub symbols: [Symbol; 4],
    /// What it is to a neighbour's mask: [`ANY`] and a bit for each of its symbols.
    pub mask: u64,
    pub sentence: u32,
    pub clause: u32,
    /// All of its two or more letters are capitals.
    pub shouted: bool,
}

impl Word {
    pub fn is(&self, symbol: Symbol) -> bool {
        symbol != UNKNOWN && self.symbols.contains(&symbol)
    }
}

/// One sentence: its words (an index range) and its bytes.
#[derive(Debug, Clone, PartialEq)]
pub struct Sentence {
    pub words: std::ops::Range<usize>,
    pub start: usize,
    pub end: usize,
    /// The mark that ends it: `.`, `!`, `?`, or a line break.
    pub mark: char,
    /// One bit per symbol (modulo 64) that occurs in it.
    pub mask: u64,
}

/// A message cut into sentences and words.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Words {
    pub words: Vec<Word>,
    pub sentences: Vec<Sentence>,
}

impl Words {
    /// The number of the sentence that is being read.
    fn sentence(&self) -> u32 {
        self.sentences.len() as u32
    }
}

impl Lexicon {
    pub fn new(spellings: impl IntoIterator<Item = (String, Vec<String>)>) -> Self {
        let mut table: FxHashMap<Text, Vec<Text>> = FxHashMap::default();
        for (meant, variants) in spellings {
            let meant: Vec<Text> = meant.split_whitespace().map(Into::into).collect();
            for variant in variants {
                table.insert(variant.into(), meant.clone());
            }
        }
        static MADE: AtomicU64 = AtomicU64::new(1);
        let id = MADE.fetch_add(1, Ordering::Relaxed);
        Self { spellings: table, next: FIRST_WORD, id, ..Self::default() }
    }

    /// The symbols of one word as a phrase writes it: several for a contraction.
    pub fn intern(&mut self, word: &str) -> &[Symbol] {
        if !self.interned.contains_key(word) {
            let mut parts = Vec::new();
            self.fold(word, |part| parts.push(part.to_owned()));
            let symbols = parts.into_iter().map(|part| self.symbol(&part)).collect();
            self.interned.insert(word.into(), symbols);
        }
        &self.interned[word]
    }

    /// The symbol of every word that begins with `prefix`.
    pub fn intern_prefix(&mut self, prefix: &str) -> Symbol {
        let prefix = prefix.to_lowercase();
        if let Some(symbol) = self.prefixes.get(&prefix) {
            return symbol;
        }
        if !self.prefix_lengths.contains(&prefix.len()) {
            self.prefix_lengths.push(prefix.len());
            self.prefix_lengths.sort_unstable();
        }
        if let [a, b, ..] = prefix.as_bytes() {
            self.prefix_heads |= 1 << head(*a, *b);
        }
        let symbol = self.fresh();
        self.prefixes.insert(&prefix, symbol);
        symbol
    }

    fn symbol(&mut self, word: &str) -> Symbol {
        if let Some(symbol) = self.exact.get(word) {
            return symbol;
        }
        let symbol = self.fresh();
        self.exact.insert(word, symbol);
        symbol
    }

    fn fresh(&mut self) -> Symbol {
        self.next += 1;
        self.next - 1
    }

    pub fn symbols(&self) -> usize {
        self.next as usize
    }

    /// A word for each symbol; of a prefix, the prefix itself.
    pub fn names(&self) -> Vec<&str> {
        let mut names = vec![""; self.symbols()];
        for (word, symbol) in self.exact.iter().chain(self.prefixes.iter()) {
            names[symbol as usize] = word;
        }
        (names[NUMBER as usize], names[STARRED as usize]) = ("four", "sh*t");
        names
    }

    /// Whether some phrase or spelling uses the word.
    pub fn knows(&self, word: &str) -> bool {
        self.exact.get(word).is_some()
    }

    /// Folds one raw word and hands out the one, two or more words it stands for.
    fn fold(&self, raw: &str, mut out: impl FnMut(&str)) {
        let mut lower = String::with_capacity(raw.len());
        for c in raw.chars() {
            match c {
                '’' | '‘' | '`' | '´' | 'ʼ' => lower.push('\''),
                _ if is_zero_width(c) => {}
                _ if c.is_ascii() => lower.push(c.to_ascii_lowercase()),
                _ => lower.extend(c.to_lowercase()),
            }
        }
        let word = lower.trim_matches('\'');
        if let Some(meant) = self.spellings.get(word) {
            meant.iter().for_each(|w| out(w));
            return;
        }
        let calm;
        // "bbb" is a name, not a stretched "b".
        let word = if word.len() > 3 && has_run_of_three(word) && !word.bytes().all(|b| b.is_ascii_digit()) {
            calm = self.calm(word);
            if let Some(meant) = self.spellings.get(calm.as_str()) {
                meant.iter().for_each(|w| out(w));
                return;
            }
            calm.as_str()
        } else {
            word
        };
        match contraction(word) {
            Some((first, second)) => {
                out(first);
                out(second);
            }
            None => out(strip_possessive(word)),
        }
    }

    /// "sooooo" is "so", "cooool" is "cool": two letters where that is a known word, else one.
    fn calm(&self, word: &str) -> String {
        let squeeze = |keep: usize| {
            let letters: Vec<char> = word.chars().collect();
            letters.chunk_by(|a, b| a == b).fold(String::with_capacity(word.len()), |mut out, run| {
                out.extend(&run[..if run.len() > 2 { keep } else { run.len() }]);
                out
            })
        };
        let two = squeeze(2);
        if self.exact.get(&two).is_some() { two } else { squeeze(1) }
    }

    fn lookup(&self, word: &str) -> [Symbol; 4] {
        let mut symbols = [UNKNOWN; 4];
        let mut n = 0;
        if let Some(symbol) = self.exact.get(word).or_else(|| self.misspelt(word)) {
            symbols[n] = symbol;
            n += 1;
        }
        if is_number(word) {
            symbols[n] = NUMBER;
            n += 1;
        }
        if !self.may_have_prefix(word) {
            return symbols;
        }
        for &len in &self.prefix_lengths {
            if len > word.len() || n == symbols.len() {
                break;
            }
            if let Some(symbol) = word.get(..len).and_then(|p| self.prefixes.get(p)) {
                symbols[n] = symbol;
                n += 1;
            }
        }
        symbols
    }

    /// The lengths of the fewest known words that make up this one, where they do.
    fn run_together(&self, word: &str) -> Option<Vec<usize>> {
        const SHORT: &[&str] = &[
            "a", "i", "u", "am", "an", "as", "at", "be", "by", "do", "go", "he", "if", "in", "is", "it",
            "me", "my", "no", "of", "on", "or", "so", "to", "up", "us", "we",
        ];
        const LONGEST: usize = 40;
        if word.len() > LONGEST {
            return None;
        }
        let known = |part: &str| {
            if part.len() < 3 {
                SHORT.contains(&part)
            } else {
                self.knows(part) || self.spellings.contains_key(part)
            }
        };
        // For each place, how many words lead up to it and how long the last one is.
        let mut best: Vec<Option<(usize, usize)>> = vec![None; word.len() + 1];
        best[0] = Some((0, 0));
        for end in 1..=word.len() {
            for start in 0..end {
                if let Some((count, _)) = best[start]
                    && best[end].is_none_or(|(n, _)| count + 1 < n)
                    && known(&word[start..end])
                {
                    best[end] = Some((count + 1, end - start));
                }
            }
        }
        let mut lengths = Vec::new();
        let mut end = word.len();
        while end > 0 {
            let (_, len) = best[end]?;
            lengths.push(len);
            end -= len;
        }
        lengths.reverse();
        (lengths.len() > 1).then_some(lengths)
    }

    /// The word a longer unknown one is with two neighbours changed round, a double letter single
    /// or a single one double: "recieve", "cancle", "refundd", "dissapointed".
    fn misspelt(&self, word: &str) -> Option<Symbol> {
        const SHORTEST: usize = 6;
        let bytes = word.as_bytes();
        let mut buffer = [0u8; 24];
        if bytes.len() < SHORTEST
            || bytes.len() + 1 > buffer.len()
            || !bytes.iter().all(u8::is_ascii_lowercase)
        {
            return None;
        }
        let find = |letters: &[u8]| self.exact.get_bytes(letters);
        for at in 0..bytes.len() - 1 {
            let (left, right) = (bytes[at], bytes[at + 1]);
            let found = if left == right {
                buffer[..at].copy_from_slice(&bytes[..at]);
                buffer[at..bytes.len() - 1].copy_from_slice(&bytes[at + 1..]);
                find(&buffer[..bytes.len() - 1])
            } else {
                buffer[..bytes.len()].copy_from_slice(bytes);
                buffer[..bytes.len()].swap(at, at + 1);
                find(&buffer[..bytes.len()])
            };
            if found.is_some() {
                return found;
            }
            if at > 0 && !b"aeiou".contains(&left) || left == b'o' || left == b'e' {
                buffer[..=at].copy_from_slice(&bytes[..=at]);
                buffer[at + 1..=bytes.len()].copy_from_slice(&bytes[at..]);
                let found = find(&buffer[..=bytes.len()]);
                if found.is_some() {
                    return found;
                }
            }
        }
        None
    }

    /// Whether some `word*` begins with the same two letters, or with others like them.
    fn may_have_prefix(&self, word: &str) -> bool {
        matches!(word.as_bytes(), [a, b, ..] if self.prefix_heads >> head(*a, *b) & 1 == 1)
    }

    /// Cuts a text into sentences and words.
    pub fn read(&self, text: &str) -> Words {
        let memory = Memory::take(self);
        let mut scan =
            Scan { lexicon: self, text, out: Words::default(), first: 0, begun: 0, clause: 0, memory };
        scan.out.words.reserve(text.len() / 5);
        scan.run();
        MEMORY.set(scan.memory);
        scan.out
    }
}

/// Which bit of 128 two first letters share.
fn head(a: u8, b: u8) -> u32 {
    (u32::from(a) * 31 + u32::from(b)) % 128
}

struct Scan<'a> {
    lexicon: &'a Lexicon,
    text: &'a str,
    out: Words,
    /// First word of the sentence being read.
    first: usize,
    begun: usize,
    clause: u32,
    memory: Memory,
}

/// Longer words are folded anew each time.
const LONGEST_SEEN: usize = 24;

/// What a word came to: most of a batch's words return by the thousand.
#[derive(Debug, Clone, Copy, Default)]
struct Seen {
    /// The symbols of each word it stands for, their mask, and how many thoughts it has begun by then.
    parts: [([Symbol; 4], u64, u8); 3],
    count: u8,
}

/// The words a thread has seen, of one lexicon.
#[derive(Debug, Default)]
struct Memory {
    lexicon: (u64, Symbol),
    /// By their letters in lower case.
    words: FxHashMap<Box<[u8]>, Seen>,
}

thread_local! {
    static MEMORY: RefCell<Memory> = RefCell::default();
}

impl Memory {
    /// Words remembered at most: a few megabytes.
    const MOST: usize = 50_000;

    /// This thread's, if it is of this lexicon.
    fn take(lexicon: &Lexicon) -> Self {
        let memory = MEMORY.take();
        let own = (lexicon.id, lexicon.next);
        if memory.lexicon == own && memory.words.len() < Self::MOST {
            memory
        } else {
            Self { lexicon: own, words: FxHashMap::default() }
        }
    }

    fn keep(&mut self, word: &[u8], came_to: &[Word], clause: u32) {
        let mut seen = Seen { count: came_to.len() as u8, ..Seen::default() };
        if came_to.len() > seen.parts.len() {
            return;
        }
        for (part, word) in seen.parts.iter_mut().zip(came_to) {
            *part = (word.symbols, word.mask, word.clause.wrapping_sub(clause) as u8);
        }
        self.words.insert(word.into(), seen);
    }
}

/// Words after which a sentence ends, whatever stands there: what is done with each word of a
/// sentence and all others of it has a bound.
const LONGEST_SENTENCE: usize = 300;

/// Words after which another thought begins; a "not" before one does not reach past it.
const CLAUSE_WORDS: &[&str] = &[
    "but", "however", "although", "though", "because", "so", "yet", "whereas", "except", "until", "and",
    "then", "which", "who", "while", "when",
];

const ABBREVIATIONS: &[&str] = &[
    "mr", "mrs", "ms", "dr", "prof", "st", "no", "nr", "inc", "ltd", "co", "approx", "e.g", "i.e", "etc",
    "vs", "jan", "feb", "aug", "sept", "sep", "oct", "nov", "dec", "a.m", "p.m", "tel", "ref", "acct",
    "dept",
];

impl Scan<'_> {
    fn run(&mut self) {
        let bytes = self.text.as_bytes();
        let mut at = 0;
        while at < bytes.len() {
            match bytes[at] {
                b' ' => {
                    if self.out.words.len() - self.first >= LONGEST_SENTENCE {
                        self.close(at, '\n');
                    }
                    at += 1;
                    continue;
                }
                // A link may begin there.
                b'h' | b'H' if matches!(bytes.get(at + 1), Some(b't' | b'T')) => {}
                b'w' | b'W' if matches!(bytes.get(at + 1), Some(b'w' | b'W')) => {}
                byte if byte.is_ascii_alphanumeric() => {
                    at = self.word(at);
                    continue;
                }
                _ => {}
            }
            let c = self.text[at..].chars().next().unwrap_or('\0');
            let len = c.len_utf8();
            let after_space =
                at == 0 || bytes[at - 1].is_ascii_whitespace() || b".(\"".contains(&bytes[at - 1]);
            match c {
                '@' if after_space => {
                    at = self.skip_while(at + 1, |c| c.is_alphanumeric() || "_.-@".contains(c))
                }
                'h' | 'H' | 'w' | 'W' if after_space && is_link(&self.text[at..]) => {
                    at = self.skip_while(at, |c| !c.is_whitespace());
                }
                '#' if after_space => at = self.hashtag(at + 1),
                _ if c.is_alphanumeric() => at = self.word(at),
                '.' | '!' | '?' | '…' | '。' | '！' | '？' => {
                    let end = self.skip_while(at, |c| ".!?…。！？".contains(c));
                    let run = &self.text[at..end];
                    let closes = self.text[end..]
                        .chars()
                        .next()
                        .is_none_or(|c| c.is_whitespace() || "\"')”’*_".contains(c) || !c.is_alphanumeric());
                    if run.contains(['?', '？']) {
                        self.close(end, '?');
                    } else if run.contains(['!', '！']) {
                        self.close(end, '!');
                    } else if run.len() > 1 || c == '…' {
                        self.clause = self.clause.wrapping_add(1);
                        if self.text[end..].trim_start().starts_with(char::is_uppercase) {
                            self.close(end, '.');
                        }
                    } else if c == '。' || (closes && !self.abbreviated(at)) {
                        self.close(end, '.');
                    }
                    at = end;
                }
                '\n' => {
                    let end = self.skip_while(at, |c| c.is_whitespace());
                    let line_start = self.text[..at].rfind('\n').map_or(0, |n| n + 1);
                    let blank = self.text[at..end].matches('\n').count() > 1;
                    let short = at - line_start < 45;
                    let item = self.text[end..].starts_with(['-', '*', '•', '>'])
                        || self.text[end..].starts_with(|c: char| c.is_ascii_digit());
                    if blank || short || item {
                        self.close(at, '\n');
                    }
                    at = end.max(at + 1);
                }
                ',' | ';' | ':' | '(' | ')' | '—' | '–' | '"' | '“' | '”' => {
                    let (face, width) = emoticon(&self.text[at..]);
                    if width > 0 {
                        self.push(at, at + width, face, false);
                        at += width;
                    } else {
                        self.clause = self.clause.wrapping_add(1);
                        at += len;
                    }
                }
                '-' if after_space && self.text[at + 1..].starts_with(' ') => {
                    self.clause = self.clause.wrapping_add(1);
                    at += 1;
                }
                _ if is_pictograph(c) => {
                    self.push(at, at + len, &self.text[at..at + len], false);
                    at += len;
                }
                _ => at += len,
            }
        }
        self.close(self.text.len(), '\n');
    }

    fn skip_while(&self, from: usize, keep: impl Fn(char) -> bool) -> usize {
        self.text[from..].find(|c: char| !keep(c)).map_or(self.text.len(), |n| from + n)
    }

    /// "#neveragain" says "never again": a hashtag of known words run together is those words.
    fn hashtag(&mut self, start: usize) -> usize {
        let end = self.skip_while(start, |c| c.is_ascii_alphanumeric());
        let lower = self.text[start..end].to_ascii_lowercase();
        if end == start || self.lexicon.knows(&lower) {
            return start;
        }
        let Some(parts) = self.lexicon.run_together(&lower) else { return start };
        let mut at = start;
        for len in parts {
            self.take(at, at + len, false, true);
            at += len;
        }
        end
    }

    fn abbreviated(&self, at: usize) -> bool {
        let word_start =
            self.text[..at].rfind(|c: char| !c.is_alphanumeric() && c != '.').map_or(0, |n| n + 1);
        let word = self.text.get(word_start..at).unwrap_or("").to_lowercase();
        let followed =
            self.text[at + 1..].trim_start().starts_with(|c: char| c.is_lowercase() || c.is_ascii_digit());
        (word.len() == 1 && word != "i" && followed)
            || (ABBREVIATIONS.contains(&word.as_str())
                && (followed || matches!(word.as_str(), "mr" | "mrs" | "ms" | "dr")))
    }

    fn word(&mut self, start: usize) -> usize {
        let text = self.text;
        let bytes = text.as_bytes();
        let past = bytes[start..].iter().position(|b| !b.is_ascii_alphanumeric());
        let past = past.map_or(bytes.len(), |n| start + n);
        let plain = match bytes.get(past) {
            Some(b'.' | b',') => {
                let digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
                past == start || !digit(past - 1) || !digit(past + 1)
            }
            Some(b'\'' | b'`' | b'*') => false,
            next => next.is_none_or(u8::is_ascii),
        };
        if plain && past > start {
            self.take(start, past, false, true);
            return past;
        }
        self.other_word(start)
    }

    /// The same for a word that more than letters and digits of ASCII may belong to.
    fn other_word(&mut self, start: usize) -> usize {
        let text = self.text;
        let mut end = start;
        let mut stars = 0;
        let mut plain = true;
        let mut chars = text[start..].char_indices().peekable();
        while let Some((i, c)) = chars.next() {
            let next_joins = chars.peek().is_some_and(|&(_, n)| n.is_alphanumeric());
            if c.is_alphanumeric() {
                plain &= c.is_ascii_alphanumeric();
            } else if "'’‘`´ʼ".contains(c) && next_joins || is_zero_width(c) {
                plain = false;
            } else if c == '*' && (next_joins || chars.peek().is_some_and(|&(_, n)| n == '*') || stars > 0) {
                stars += 1;
                plain = false;
            } else if ".,".contains(c)
                && next_joins
                && text[..start + i].ends_with(|c: char| c.is_ascii_digit())
                && text[start + i + 1..].starts_with(|c: char| c.is_ascii_digit())
            {
                plain = false;
            } else {
                break;
            }
            end = start + i + c.len_utf8();
        }
        self.take(start, end, stars > 0, plain);
        end
    }

    /// Takes the word in this span; `plain`: it has letters and digits of ASCII alone.
    fn take(&mut self, start: usize, end: usize, starred: bool, plain: bool) {
        let raw = &self.text[start..end];
        let mut lower = [0; LONGEST_SEEN];
        let Some(lower) = lower_case(raw, &mut lower).filter(|_| !starred) else {
            return self.fold(start, end, starred, plain);
        };
        if let Some(seen) = self.memory.words.get(lower) {
            let shouted = raw.as_bytes() != lower && is_shouted(raw.as_bytes());
            let clause = self.clause;
            let sentence = self.out.sentence();
            for &(symbols, mask, bump) in &seen.parts[..usize::from(seen.count)] {
                self.clause = clause.wrapping_add(u32::from(bump));
                let (start, end) = (start as u32, end as u32);
                self.out.words.push(Word {
                    start,
                    end,
                    symbols,
                    mask,
                    sentence,
                    clause: self.clause,
                    shouted,
                });
            }
            return;
        }
        let (before, clause) = (self.out.words.len(), self.clause);
        self.fold(start, end, starred, plain);
        self.memory.keep(lower, &self.out.words[before..], clause);
    }

    /// The same, the long way.
    fn fold(&mut self, start: usize, end: usize, starred: bool, plain: bool) {
        let raw = &self.text[start..end];
        let mut letters = raw.chars().filter(|c| c.is_alphabetic());
        let shouted = letters.clone().take(2).count() == 2 && letters.all(char::is_uppercase);
        let letters = raw.contains(char::is_alphabetic);
        if starred && letters {
            self.push_symbols(start, end, [STARRED, UNKNOWN, UNKNOWN, UNKNOWN], ANY | bit(STARRED), shouted);
            return;
        }
        if plain && raw.bytes().all(|b| b.is_ascii_digit()) {
            self.push(start, end, raw, shouted);
            return;
        }
        let mut lower = [0; 24];
        if plain && let Some(lower) = lower.get_mut(..raw.len()) {
            lower.copy_from_slice(raw.as_bytes());
            lower.make_ascii_lowercase();
            let word = std::str::from_utf8(lower).unwrap_or(raw);
            if !self.lexicon.spellings.contains_key(word) && !has_run_of_three(word) {
                match contraction(word) {
                    Some((first, second)) => {
                        self.push(start, end, first, shouted);
                        self.push(start, end, second, shouted);
                    }
                    None => self.push(start, end, word, shouted),
                }
                return;
            }
        }
        let mut parts: [String; 3] = Default::default();
        let mut n = 0;
        self.lexicon.fold(raw, |part| {
            if n < parts.len() {
                parts[n].push_str(part);
                n += 1;
            }
        });
        for part in &parts[..n] {
            self.push(start, end, part, shouted);
        }
    }

    fn push(&mut self, start: usize, end: usize, word: &str, shouted: bool) {
        if CLAUSE_WORDS.contains(&word) {
            self.clause = self.clause.wrapping_add(1);
        }
        let symbols = self.lexicon.lookup(word);
        let known = symbols.iter().take_while(|&&s| s != UNKNOWN);
        let mask = known.fold(ANY, |mask, &s| mask | bit(s));
        self.push_symbols(start, end, symbols, mask, shouted);
    }

    fn push_symbols(&mut self, start: usize, end: usize, symbols: [Symbol; 4], mask: u64, shouted: bool) {
        let sentence = self.out.sentence();
        self.out.words.push(Word {
            start: start as u32,
            end: end as u32,
            symbols,
            mask,
            sentence,
            clause: self.clause,
            shouted,
        });
    }

    fn close(&mut self, end: usize, mark: char) {
        let words = self.first..self.out.words.len();
        if words.is_empty() {
            if let Some(last) = self.out.sentences.last_mut().filter(|_| mark == '?') {
                last.mark = mark;
            }
            return;
        }
        let mask = self.out.words[words.clone()].iter().fold(0, |mask, word| mask | word.mask);
        let start = self.out.words[words.start].start as usize;
        self.out.sentences.push(Sentence { words, start: start.max(self.begun), end, mark, mask });
        self.first = self.out.words.len();
        self.begun = end;
        self.clause = self.clause.wrapping_add(1);
    }
}

/// A word of ASCII letters, digits and apostrophes in lower case, if it is one and fits.
fn lower_case<'a>(raw: &str, buffer: &'a mut [u8; LONGEST_SEEN]) -> Option<&'a [u8]> {
    const CURLY: &[u8] = "’".as_bytes();
    let mut rest = raw.as_bytes();
    let mut len = 0;
    while let [byte, behind @ ..] = rest {
        let place = buffer.get_mut(len)?;
        rest = match byte {
            b'a'..=b'z' | b'0'..=b'9' | b'\'' => {
                *place = *byte;
                behind
            }
            b'A'..=b'Z' => {
                *place = byte.to_ascii_lowercase();
                behind
            }
            _ => {
                *place = b'\'';
                rest.strip_prefix(CURLY)?
            }
        };
        len += 1;
    }
    buffer.get(..len)
}

/// Whether all of its two or more letters are capitals, of a word of ASCII and apostrophes.
fn is_shouted(word: &[u8]) -> bool {
    word.iter().all(|b| !b.is_ascii_lowercase()) && word.iter().filter(|b| b.is_ascii_uppercase()).count() > 1
}

/// In lower case, its apostrophes straight.
pub fn lower(word: &str) -> String {
    let lower = word.to_lowercase();
    if lower.contains('’') { lower.replace('’', "'") } else { lower }
}

/// The bit a symbol sets in a mask; never that of [`ANY`].
pub fn bit(symbol: Symbol) -> u64 {
    1 << ((symbol.wrapping_mul(0x9E37_79B1) >> 26) % 63)
}

/// The mask of whatever may stand there, or nothing.
pub const ANY: u64 = 1 << 63;

/// Characters that are there but not seen; they may hide a word from a reader of bytes.
pub fn is_zero_width(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{2060}'..='\u{2064}' | '\u{feff}' | '\u{ad}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

fn is_pictograph(c: char) -> bool {
    matches!(c as u32, 0x2600..=0x27BF | 0x1F300..=0x1FAFF | 0x2B50)
}

fn is_link(text: &str) -> bool {
    ["http://", "https://", "www."]
        .iter()
        .any(|p| text.get(..p.len()).is_some_and(|t| t.eq_ignore_ascii_case(p)))
}

/// A typed face, as the emoji a phrase would name, and its width in bytes.
fn emoticon(text: &str) -> (&'static str, usize) {
    const FACES: &[(&str, &str)] = &[
        (":'(", "😢"),
        (":-(", "🙁"),
        (":(", "🙁"),
        (":-/", "🙁"),
        (":-)", "🙂"),
        (":)", "🙂"),
        (";)", "🙂"),
        (":D", "😀"),
        (":-D", "😀"),
    ];
    FACES
        .iter()
        .find(|(typed, _)| text.starts_with(typed))
        .map_or(("", 0), |(typed, face)| (*face, typed.len()))
}

fn has_run_of_three(word: &str) -> bool {
    if word.is_ascii() {
        return word.as_bytes().windows(3).any(|w| w[0] == w[1] && w[1] == w[2]);
    }
    let mut run = ('\0', 0);
    word.chars().any(|c| {
        run = if c == run.0 { (c, run.1 + 1) } else { (c, 1) };
        run.1 >= 3
    })
}

/// Whether a folded word is a number, in digits or in words.
pub fn is_number(word: &str) -> bool {
    word.as_bytes().first().is_some_and(u8::is_ascii_digit) || number_word(word).is_some()
}

/// "three" is 3.
pub fn number_word(word: &str) -> Option<u32> {
    Some(match word {
        "one" => 1,
        "two" => 2,
        "three" => 3,
        "four" => 4,
        "five" => 5,
        "six" => 6,
        "seven" => 7,
        "eight" => 8,
        "nine" => 9,
        "ten" => 10,
        "eleven" => 11,
        "twelve" => 12,
        "thirteen" => 13,
        "fourteen" => 14,
        "fifteen" => 15,
        "twenty" => 20,
        "thirty" => 30,
        "forty" => 40,
        "fifty" => 50,
        _ => return None,
    })
}

fn strip_possessive(word: &str) -> &str {
    word.strip_suffix("'s").unwrap_or(word)
}

fn contraction(word: &str) -> Option<(&str, &str)> {
    let Some(cut) = word.rfind('\'') else {
        return Some(match word {
            "cannot" => ("can", "not"),
            "cant" => ("can", "not"),
            "dont" => ("do", "not"),
            "doesnt" => ("does", "not"),
            "didnt" => ("did", "not"),
            "wont" => ("will", "not"),
            "wasnt" => ("was", "not"),
            "isnt" => ("is", "not"),
            "arent" => ("are", "not"),
            "werent" => ("were", "not"),
            "hasnt" => ("has", "not"),
            "havent" => ("have", "not"),
            "hadnt" => ("had", "not"),
            "couldnt" => ("could", "not"),
            "wouldnt" => ("would", "not"),
            "shouldnt" => ("should", "not"),
            "aint" => ("is", "not"),
            "im" => ("i", "am"),
            "ive" => ("i", "have"),
            "youre" => ("you", "are"),
            "youve" => ("you", "have"),
            "theyre" => ("they", "are"),
            "theyve" => ("they", "have"),
            "weve" => ("we", "have"),
            "thats" => ("that", "is"),
            "whats" => ("what", "is"),
            "theres" => ("there", "is"),
            "wheres" => ("where", "is"),
            "hows" => ("how", "is"),
            _ => return None,
        });
    };
    let (base, tail) = (&word[..cut], &word[cut + 1..]);
    match tail {
        "t" => {
            let base = base.strip_suffix('n')?;
            Some((
                match base {
                    "ca" => "can",
                    "wo" => "will",
                    "sha" => "shall",
                    "ai" => "is",
                    other => other,
                },
                "not",
            ))
        }
        "m" => Some((base, "am")),
        "ve" => Some((base, "have")),
        "re" => Some((base, "are")),
        "ll" => Some((base, "will")),
        "d" => Some((base, "would")),
        "s" if matches!(
            base,
            "it" | "that"
                | "what"
                | "there"
                | "where"
                | "he"
                | "she"
                | "who"
                | "here"
                | "how"
                | "this"
                | "when"
        ) =>
        {
            Some((base, "is"))
        }
        _ => None,
    }
}

/// Symbols that occur in a set, for neighbours' masks.
pub fn mask_of(symbols: &[Symbol]) -> u64 {
    symbols.iter().fold(0, |m, &s| m | bit(s))
}

/// Distinct symbols, sorted.
pub fn set(mut symbols: Vec<Symbol>) -> Vec<Symbol> {
    symbols.sort_unstable();
    symbols.dedup();
    symbols
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lexicon<const N: usize>(words: [&str; N]) -> (Lexicon, [Symbol; N]) {
        let mut lexicon = Lexicon::new([]);
        let symbols = words.map(|word| lexicon.intern(word)[0]);
        (lexicon, symbols)
    }

    #[test]
    fn a_hashtag_of_known_words_is_those_words() {
        let (lexicon, _) = lexicon(["never", "again", "customer", "service", "fail"]);
        let read = |text: &str| {
            let words = lexicon.read(text).words;
            words.iter().map(|w| text[w.start as usize..w.end as usize].to_owned()).collect::<Vec<_>>()
        };
        assert_eq!(read("late #NeverAgain"), ["late", "Never", "Again"]);
        assert_eq!(read("#customerservicefail!"), ["customer", "service", "fail"]);
        assert_eq!(read("#neveragains #never a#neveragain"), ["neveragains", "never", "a", "neveragain"]);
    }

    #[test]
    fn letters_doubled_lost_or_changed_round_are_seen_through() {
        let (lexicon, symbols) = lexicon(["receive", "cancel", "refund", "disappointed", "address"]);
        let is = |typed: &str, n: usize| lexicon.read(typed).words[0].is(symbols[n]);
        assert!(is("recieve", 0) && is("cancle", 1) && is("reffund", 2) && is("dissappointed", 3));
        assert!(is("adress", 4) && is("cancell", 1));
        assert!(!is("defund", 2) && !is("appointed", 3));
    }

    #[test]
    fn sentences_clauses_and_offsets() {
        let (lexicon, [late]) = lexicon(["late"]);
        let text = "It’s LATE, but Mr. Ö said 3.5 days! OK?";
        let words = lexicon.read(text);
        assert_eq!(words.sentences.iter().map(|s| s.mark).collect::<String>(), "!?");
        let shouted: Vec<_> = words.words.iter().filter(|w| w.shouted).collect();
        assert!(shouted[0].is(late) && &text[shouted[0].start as usize..shouted[0].end as usize] == "LATE");
        let but = words.words.iter().find(|w| text[w.start as usize..].starts_with("but")).unwrap();
        assert!(but.clause > shouted[0].clause);
        assert!(words.words.iter().any(|w| &text[w.start as usize..w.end as usize] == "3.5" && w.is(NUMBER)));
    }
}
