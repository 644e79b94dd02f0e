//! The words around a label, and what they look like.

use std::ops::Range;

/// A word with what is typed against it.
#[derive(Debug, Clone)]
pub struct Chunk<'a> {
    /// Without quotes, brackets and punctuation around it.
    pub core: &'a str,
    pub start: usize,
    pub end: usize,
    /// What is typed before and after the core.
    pub lead: &'a str,
    pub tail: &'a str,
    /// It begins a line.
    pub first_of_line: bool,
}

const AROUND: &[char] = &[
    '(', ')', '[', ']', '{', '}', '<', '>', '"', '\'', '`', '.', ',', ';', ':', '!', '?', '=', '#', '-', '*',
    '…', '/', '&', '+', '~', '|',
];

impl<'a> Chunk<'a> {
    fn of(text: &'a str, raw: Range<usize>, first_of_line: bool) -> Self {
        let word = &text[raw.clone()];
        let from_core = word.trim_start_matches(AROUND);
        let start = raw.end - from_core.len();
        let core = from_core.trim_end_matches(AROUND);
        let end = start + core.len();
        Self { core, start, end, lead: &text[raw.start..start], tail: &text[end..raw.end], first_of_line }
    }

    /// Whether a sentence ends here.
    pub fn ends_sentence(&self) -> bool {
        let ordinal = self.is_digits() && self.core.len() <= 2 && self.tail == ".";
        self.tail.contains(['.', '!', '?'])
            && !self.tail.ends_with("..")
            && !ordinal
            && !["no", "nr", "num", "exp", "n"].contains(&&*self.lower())
    }

    pub fn lower(&self) -> String {
        self.core.to_ascii_lowercase()
    }

    /// Whether what follows is announced: "me," or "(" or "is:".
    pub fn points(&self) -> bool {
        self.tail.contains([',', ':', '=', '(', ';']) || self.core.is_empty() && !self.tail.is_empty()
    }

    pub fn is_digits(&self) -> bool {
        !self.core.is_empty() && self.core.bytes().all(|b| b.is_ascii_digit())
    }
}

/// The words from `at` on. A colon or equals sign typed between two words parts them.
pub fn after(text: &str, at: usize) -> impl Iterator<Item = Chunk<'_>> {
    let bytes = text.as_bytes();
    let mut at = at;
    std::iter::from_fn(move || {
        let gap = bytes[at..].iter().take_while(|b| b.is_ascii_whitespace()).count();
        let first_of_line = bytes[at..at + gap].contains(&b'\n');
        let start = at + gap;
        let length = bytes[start..].iter().take_while(|b| !b.is_ascii_whitespace()).count();
        if length == 0 {
            return None;
        }
        let word = &bytes[start..start + length];
        let parts = |n: usize| {
            matches!(word[n], b':' | b'=')
                && word[..n].iter().any(u8::is_ascii_alphanumeric)
                && n + 1 < length
        };
        let length = (1..length).find(|n| parts(*n)).map_or(length, |n| n + 1);
        at = start + length;
        Some(Chunk::of(text, start..start + length, first_of_line))
    })
}

/// The words before `at`, nearest first, as far as the line and the sentence go.
pub fn before(text: &str, at: usize) -> Vec<Chunk<'_>> {
    let bytes = text.as_bytes();
    let (mut end, mut all) = (at, Vec::new());
    while all.len() < 8 {
        let gap = bytes[..end].iter().rev().take_while(|b| b.is_ascii_whitespace()).count();
        let typed = end - gap;
        let length = bytes[..typed].iter().rev().take_while(|b| !b.is_ascii_whitespace()).count();
        if bytes[typed..end].contains(&b'\n') || length == 0 {
            break;
        }
        let chunk = Chunk::of(text, typed - length..typed, false);
        // What goes on in small letters, or is typed against the label, ends no sentence.
        let goes_on =
            gap == 0 && all.is_empty() || bytes[end].is_ascii_lowercase() && !chunk.tail.contains('.');
        if chunk.ends_sentence() && !goes_on {
            break;
        }
        end = typed - length;
        all.push(chunk);
    }
    all
}

/// A number of `least` to `most` digits that begins the words, written together or in groups.
pub fn number(text: &str, chunk: &Chunk<'_>, least: usize, most: usize) -> Option<Range<usize>> {
    let bytes = text.as_bytes();
    if chunk.lead.ends_with('+') {
        return None;
    }
    let start = match chunk.core.as_bytes() {
        [b'A'..=b'Z', b'-', digit, ..] if digit.is_ascii_digit() => chunk.start + 2,
        _ => chunk.start,
    };
    let digits = |at: usize| bytes[at..].iter().take_while(|b| b.is_ascii_digit()).count();
    let first = digits(start);
    if first == 0 {
        return None;
    }
    let (mut end, mut count) = (start + first, first);
    loop {
        // Only a number of many digits is written with dots.
        let dot = least >= 9;
        let gap = usize::from(bytes.get(end).is_some_and(|b| b" -".contains(b) || dot && *b == b'.'));
        let next = digits(end + gap);
        let wanted = count < least || least >= 4 && next == first && first >= 3;
        if gap == 0 || next == 0 || !wanted || count + next > most {
            break;
        }
        end += gap + next;
        count += next;
    }
    let ends = match (bytes.get(end), bytes.get(end + 1)) {
        (Some(b'.' | b',' | b'/' | b'-' | b':'), Some(next)) => !next.is_ascii_digit(),
        (Some(next), _) => !next.is_ascii_alphanumeric() && !b"%@".contains(next) && *next < 128,
        (None, _) => true,
    };
    ((least..=most).contains(&count) && ends).then_some(start..end)
}

/// Groups of letters and digits that make up one identifier; `least` digits at least.
pub fn identifier(chunks: &[Chunk<'_>], least: usize) -> Option<Range<usize>> {
    let (mut end, mut digits, mut long, mut groups) = (0, 0, 0, 0);
    for chunk in chunks {
        let plain = chunk.core.bytes().all(|b| b.is_ascii_alphanumeric() || b"-./".contains(&b));
        let has_digits = chunk.core.bytes().filter(u8::is_ascii_digit).count();
        let joins = groups == 0 || (chunk.lead.is_empty() && !chunk.first_of_line);
        let letters = has_digits == 0
            && (chunk.core.len() <= 2 && digits == 0 && groups == 0
                || chunk.core.len() <= 2
                    && digits >= 5
                    && chunk.core.bytes().all(|b| b.is_ascii_uppercase())
                || chunk.core.len() == 1 && digits == 6);
        if !plain || !joins || !(has_digits > 0 || letters) || chunk.core.is_empty() {
            break;
        }
        if groups > 0 && digits >= least && chunk.core.len() > 4 {
            break;
        }
        end = chunk.end;
        digits += has_digits;
        long += chunk.core.len();
        groups += 1;
        if !chunk.tail.is_empty() || groups == 8 {
            break;
        }
    }
    let first = chunks.first()?.core;
    let mixed = groups == 1
        && long >= 8
        && digits >= 3
        && first.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit());
    ((digits >= least || mixed) && (6..=30).contains(&long) && !first.contains('/'))
        .then(|| chunks[0].start..end)
}

/// Whether a word looks made up to be typed rather than said: it mixes letters with digits or signs.
pub fn is_made_up(word: &str) -> bool {
    let bytes = word.as_bytes();
    let letters = bytes.iter().filter(|b| b.is_ascii_alphabetic() || **b > 127).count();
    let digits = bytes.iter().filter(|b| b.is_ascii_digit()).count();
    let signs =
        bytes.iter().enumerate().any(|(at, b)| b"!#$%&*@_^~+".contains(b) && at > 0 && at + 1 < bytes.len());
    let address =
        word.contains("://") || word.split_once('@').is_some_and(|(_, domain)| domain.contains('.'));
    let unit = bytes.first().is_some_and(u8::is_ascii_digit)
        && [
            "st", "nd", "rd", "th", "x", "am", "pm", "h", "hr", "hrs", "min", "mins", "days", "gb", "mb",
            "g", "k", "kg",
        ]
        .iter()
        .any(|unit| word.trim_start_matches(|c: char| c.is_ascii_digit()).eq_ignore_ascii_case(unit));
    word.chars().count() >= 4 && !address && !unit && letters > 0 && (digits > 0 || signs)
}

/// Whether a word can hardly be anything but a password: small letters and digits, which names no
/// product, page or case.
pub fn is_typed(word: &str) -> bool {
    const KNOWN: &[&str] = &[
        "android",
        "case",
        "chrome",
        "code",
        "covid",
        "error",
        "firefox",
        "galaxy",
        "http",
        "invoice",
        "ipad",
        "iphone",
        "office",
        "order",
        "pixel",
        "playstation",
        "room",
        "step",
        "ticket",
        "version",
        "windows",
    ];
    let bytes = word.as_bytes();
    let small = bytes.iter().filter(|b| b.is_ascii_lowercase() || **b > 127).count();
    let digits = bytes.iter().filter(|b| b.is_ascii_digit()).count();
    let letters = word.trim_end_matches(|c: char| !c.is_alphabetic()).to_ascii_lowercase();
    let counted =
        word.trim_start_matches(|c: char| c.is_ascii_digit()).bytes().all(|b| b.is_ascii_alphabetic());
    let page = word.starts_with("www.")
        || word.contains('/')
        || word
            .rsplit_once('.')
            .is_some_and(|(_, end)| end.len() > 1 && end.bytes().all(|b| b.is_ascii_alphabetic()));
    is_made_up(word)
        && word.len() >= 6
        && small >= 3
        && digits > 0
        && !(bytes[0].is_ascii_digit() && counted)
        && !page
        && !KNOWN.contains(&&*letters)
}

/// Whether a token: long, and no word.
pub fn is_random(word: &str, least: usize) -> bool {
    let bytes = word.as_bytes();
    let mixed = bytes.iter().any(u8::is_ascii_digit)
        || bytes[1.min(bytes.len())..].iter().any(u8::is_ascii_uppercase)
            && bytes.iter().any(u8::is_ascii_lowercase);
    bytes.len() >= least && mixed && bytes.iter().all(|b| b.is_ascii_alphanumeric() || b"_-./+=~".contains(b))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_made_up_mixes_letters_with_digits_or_signs() {
        for word in ["Tr33house", "sun$hine"] {
            assert!(is_made_up(word), "{word}");
        }
        // Quote marks alone leave a word of no length.
        for word in ["", "treehouse", "21st", "a@shop.example"] {
            assert!(!is_made_up(word), "{word}");
        }
    }
}
