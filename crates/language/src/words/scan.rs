//! Splits text into sentences and words.

use super::*;
use std::cell::RefCell;

impl Lexicon {
    /// Splits text into sentences and words.
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

struct Scan<'a> {
    lexicon: &'a Lexicon,
    text: &'a str,
    out: Words,
    /// First word of the current sentence.
    first: usize,
    begun: usize,
    clause: u32,
    memory: Memory,
}

/// Longer words aren't cached.
const LONGEST_SEEN: usize = 24;

/// Memo of a resolved word: batches repeat most of them.
#[derive(Debug, Clone, Copy, Default)]
struct Seen {
    /// Per resulting word: its symbols, its mask, and how many clauses have begun by then.
    parts: [([Symbol; 4], u64, u8); 3],
    count: u8,
}

/// A thread's word cache, for one lexicon.
#[derive(Debug, Default)]
struct Memory {
    lexicon: (u64, Symbol),
    /// Keyed by lower-case bytes, with zeros behind them.
    words: FxHashMap<[u8; LONGEST_SEEN], Seen>,
}

impl Memory {
    /// Cache limit: a few megabytes.
    const MOST: usize = 50_000;

    /// This thread's cache, if it belongs to this lexicon.
    fn take(lexicon: &Lexicon) -> Self {
        let memory = MEMORY.take();
        let own = (lexicon.id, lexicon.next);
        if memory.lexicon == own && memory.words.len() < Self::MOST {
            memory
        } else {
            Self { lexicon: own, words: FxHashMap::default() }
        }
    }

    fn keep(&mut self, word: [u8; LONGEST_SEEN], came_to: &[Word], clause: u32) {
        let mut seen = Seen { count: came_to.len() as u8, ..Seen::default() };
        if came_to.len() > seen.parts.len() {
            return;
        }
        for (part, word) in seen.parts.iter_mut().zip(came_to) {
            *part = (word.symbols, word.mask, word.clause.wrapping_sub(clause) as u8);
        }
        self.words.insert(word, seen);
    }
}

/// The most words in a sentence: keeps work that compares words pairwise bounded.
const LONGEST_SENTENCE: usize = 300;

/// Words that begin a new clause; negation before one doesn't reach past it.
const CLAUSE_WORDS: &[&str] = &[
    "but", "however", "although", "though", "because", "so", "yet", "whereas", "except", "until", "and",
    "then", "which", "who", "while", "when",
];

const ABBREVIATIONS: &[&str] = &[
    "mr", "mrs", "ms", "dr", "prof", "st", "no", "nr", "inc", "ltd", "co", "approx", "e.g", "i.e", "etc",
    "vs", "jan", "feb", "aug", "sept", "sep", "oct", "nov", "dec", "a.m", "p.m", "tel", "ref", "acct",
    "dept", "rs", "kr", "ext", "fig", "max", "min", "rev", "fr", "capt", "sgt", "revd",
];
/// Those that a capital may follow within a sentence.
const TITLES: &[&str] = &["mr", "mrs", "ms", "dr", "prof", "rev", "revd", "fr", "capt", "sgt"];

thread_local! {
    static MEMORY: RefCell<Memory> = RefCell::default();
}

impl Scan<'_> {
    /// Over 80 lines, but one arm per kind of character: splitting it would make it harder to follow.
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
                // May begin a link.
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

    /// "#neveragain" → "never again": a hashtag is split if it is made of known words.
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
        let after = self.text[at + 1..].trim_start();
        let followed = after.starts_with(|c: char| c.is_lowercase() || c.is_ascii_digit());
        // "P. Okonjo": a name is no word that a phrase knows.
        let named = || {
            let next = after.split(|c: char| !c.is_alphanumeric()).next().unwrap_or("");
            next.len() > 1 && !self.lexicon.knows(&next.to_lowercase())
        };
        (word.len() == 1 && word != "i" && (followed || named()))
            || (ABBREVIATIONS.contains(&word.as_str()) && (followed || TITLES.contains(&word.as_str())))
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

    /// Slow path: the word may contain non-ASCII characters.
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

    /// Adds the word in this span; `plain` means ASCII letters and digits only.
    fn take(&mut self, start: usize, end: usize, starred: bool, plain: bool) {
        let raw = &self.text[start..end];
        let mut lower = [0; LONGEST_SEEN];
        let Some(len) = lower_case(raw, &mut lower).filter(|_| !starred) else {
            return self.fold(start, end, starred, plain);
        };
        if let Some(seen) = self.memory.words.get(&lower) {
            let shouted = raw.as_bytes() != &lower[..len] && is_shouted(raw.as_bytes());
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

    /// The same, uncached.
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
        let start = self.out.words[words.start].start as usize;
        self.out.sentences.push(Sentence { words, start: start.max(self.begun), end, mark });
        self.first = self.out.words.len();
        self.begun = end;
        self.clause = self.clause.wrapping_add(1);
    }
}

/// Lower-cases a word of ASCII letters, digits and apostrophes, and tells its length; `None` if it has
/// others or is too long.
fn lower_case(raw: &str, buffer: &mut [u8; LONGEST_SEEN]) -> Option<usize> {
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
    Some(len)
}

/// Whether an ASCII word is all capitals, with at least two letters.
fn is_shouted(word: &[u8]) -> bool {
    word.iter().all(|b| !b.is_ascii_lowercase()) && word.iter().filter(|b| b.is_ascii_uppercase()).count() > 1
}

fn is_pictograph(c: char) -> bool {
    matches!(c as u32, 0x2600..=0x27BF | 0x1F300..=0x1FAFF | 0x2B50)
}

fn is_link(text: &str) -> bool {
    ["http://", "https://", "www."]
        .iter()
        .any(|p| text.get(..p.len()).is_some_and(|t| t.eq_ignore_ascii_case(p)))
}

/// An emoticon as the equivalent emoji, and its width in bytes.
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
