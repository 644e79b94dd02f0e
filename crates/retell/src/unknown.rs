//! Words the lexicon lacks, and whether where they stand and how they are built makes them plain words
//! and no slips: "a proper tiler", "all the aubergines", "until it's sheeted".

use crate::class::*;
use crate::lexicon::classes;
use crate::token::{Tag, Token};

/// What may stand before a known word: "pre-printed", "unretouched".
const PREFIXES: [&str; 16] = [
    "un", "re", "pre", "non", "over", "under", "out", "mis", "de", "sub", "co", "anti", "contra", "semi",
    "inter", "e",
];

/// Whether the unknown word there may be told.
pub(crate) fn plain(tokens: &[Token<'_>], at: usize) -> bool {
    let token = &tokens[at];
    let low = &*token.low;
    if !low.is_ascii() || !low.bytes().all(|b| b.is_ascii_lowercase() || b == b'-') {
        return false;
    }
    // "I'm a clocker": what somebody is called
    if tokens[..at].iter().rev().take(2).any(|t| t.has(BE) || t.is("'s") && t.tag == Tag::Auxiliary)
        && !low.ends_with("ed")
    {
        return false;
    }
    if built(low) || lettered(tokens, at) {
        return true;
    }
    if low.contains('-') || low.len() < 5 || !spoken(low) || slip(low) {
        return false;
    }
    let before = at.checked_sub(1).map(|i| &tokens[i]);
    let next = tokens.get(at + 1);
    let led = before.is_some_and(|b| {
        let count = b.tag == Tag::Number && low.ends_with('s');
        let nominal = matches!(b.tag, Tag::Adjective | Tag::Noun)
            && tokens[..at]
                .iter()
                .rev()
                .take(4)
                .any(|t| matches!(t.tag, Tag::Determiner | Tag::Possessive | Tag::Number));
        matches!(b.tag, Tag::Determiner | Tag::Possessive) && !b.any(&["all", "that", "more", "no"])
            || count
            || nominal
    });
    let open = next.is_none_or(|n| n.mark() || n.class != 0 || n.digit());
    // "anything sheeted": a participle behind a verb
    let done = low.ends_with("ed")
        && before.is_some_and(|b| {
            b.has(BE) || b.any(&["'s", "get", "got", "gets"]) || b.tag == Tag::Adverb && at > 1
        });
    open && token.tag != Tag::Name && (led && !low.ends_with("ed") || done)
}

/// "Isobel with an o": a letter spoken of.
fn lettered(tokens: &[Token<'_>], at: usize) -> bool {
    tokens[at].low.len() == 1 && at > 1 && tokens[at - 1].any(&["a", "an", "the", "letter", "without"])
}

/// Made of a prefix, of two known words, or with an ending that makes a noun of a verb.
pub(crate) fn built(low: &str) -> bool {
    let known = |word: &str| word.len() > 2 && classes(word) & (VERBAL | NOUN | PLURAL | ADJECTIVE) != 0;
    let prefixed = PREFIXES.iter().any(|prefix| {
        low.strip_prefix(prefix).is_some_and(|rest| {
            let stem = rest.strip_prefix('-').unwrap_or(rest);
            known(stem)
                && (rest.starts_with('-')
                    || matches!(*prefix, "un" | "re" | "over" | "under") && classes(stem) & VERBAL != 0)
                || *prefix == "un" && stem.strip_prefix("re").is_some_and(|s| classes(s) & PARTICIPLE != 0)
        })
    });
    if prefixed {
        return true;
    }
    // "warm-ish"
    if low.strip_suffix("ish").is_some_and(|stem| known(stem.trim_end_matches('-'))) {
        return true;
    }
    let parts = || low.split('-');
    if low.contains('-') {
        return parts().all(|p| known(p) || classes(p) != 0 && p.len() > 1 || p.len() == 1 && low.len() > 4);
    }
    // "moorers", "screener": who or what does it
    let verb = |stem: &str| stem.len() > 3 && classes(stem) & BASE != 0;
    let single = low.strip_suffix('s').unwrap_or(low);
    ["er", "or"].iter().any(|end| {
        single.strip_suffix(end).is_some_and(|stem| {
            let undoubled =
                stem.len() > 4 && stem.as_bytes()[stem.len() - 1] == stem.as_bytes()[stem.len() - 2];
            verb(stem) || verb(&format!("{stem}e")) || undoubled && verb(&stem[..stem.len() - 1])
        })
    })
}

/// Whether it can be said: vowels, and no more than three consonants or two of the same at once.
fn spoken(low: &str) -> bool {
    let vowel = |b: u8| b"aeiouy".contains(&b);
    let bytes = low.as_bytes();
    let run = bytes.split(|&b| vowel(b)).map(<[u8]>::len).max().unwrap_or(0);
    let tripled = bytes.windows(3).any(|w| w[0] == w[1] && w[1] == w[2]);
    bytes.iter().any(|&b| vowel(b))
        && run < 4
        && !tripled
        && !bytes.split(|&b| !vowel(b)).any(|r| r.len() > 3)
}

/// Whether it is a known word with a letter lost, doubled, put in or out of its place.
fn slip(low: &str) -> bool {
    let known = |word: &[u8]| std::str::from_utf8(word).is_ok_and(|w| w.len() > 3 && classes(w) != 0);
    let bytes = low.as_bytes();
    let mut word = Vec::with_capacity(bytes.len() + 1);
    let fill = |word: &mut Vec<u8>, from: &[u8]| {
        word.clear();
        word.extend_from_slice(from);
    };
    for at in 0..bytes.len() {
        fill(&mut word, bytes);
        word.remove(at);
        // a plural of what nobody knows is no slip
        if known(&word) && !(at + 1 == bytes.len() && bytes[at] == b's') {
            return true;
        }
        if at + 1 < bytes.len() {
            fill(&mut word, bytes);
            word.swap(at, at + 1);
            if known(&word) {
                return true;
            }
        }
        if b"aeiou".contains(&bytes[at]) {
            for vowel in *b"aeiou" {
                fill(&mut word, bytes);
                word[at] = vowel;
                if vowel != bytes[at] && known(&word) {
                    return true;
                }
            }
        }
    }
    (0..=bytes.len()).any(|at| {
        (b'a'..=b'z').any(|letter| {
            word.clear();
            word.extend_from_slice(&bytes[..at]);
            word.push(letter);
            word.extend_from_slice(&bytes[at..]);
            known(&word)
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips_are_told_from_words_nobody_lists() {
        for slip_of in ["acount", "recieve", "adress", "definately", "reponse", "packege"] {
            assert!(slip(slip_of), "{slip_of}");
        }
        for word in ["orangery", "aubergines", "stegosaurus"] {
            assert!(!slip(word) && spoken(word), "{word}");
        }
        for word in ["moorers", "unretouched", "pre-printed", "contra-charge"] {
            assert!(built(word), "{word}");
        }
        assert!(!spoken("xqzzt") && !spoken("plsss"));
    }
}
