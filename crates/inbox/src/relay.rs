//! Words that a program passes on between lines of its own: a marketplace a buyer's, a telephone exchange
//! a caller's, a help desk a ticket's.

use crate::newest::{begins_history, is_dated, is_rule};

/// The lines a program puts around the words.
struct Relay {
    /// How the last line above them begins.
    opens: &'static str,
    /// How the first line below them may begin; where none is named, a rule ends them.
    closes: &'static [&'static str],
    /// They were spoken: whoever the mail is from, it isn't the caller.
    spoken: bool,
}

/// What a program passes on.
#[derive(Debug, PartialEq, Eq)]
pub struct Passed<'a> {
    pub words: &'a str,
    pub spoken: bool,
}

#[rustfmt::skip]
const RELAYS: &[Relay] = &[
    // Amazon, to a seller.
    Relay { opens: "begin message", closes: &["end message"], spoken: false },
    // Google Voice, a text message and a voicemail.
    Relay { opens: "<https://voice.google.", closes: &["to respond to this text message"], spoken: false },
    Relay { opens: "<https://voice.google.", closes: &["play message"], spoken: true },
    // RingCentral, a voicemail.
    Relay { opens: "voice message preview:", closes: &["to listen to this message"], spoken: true },
    // Zendesk, to those it copies.
    Relay { opens: "you are registered as a cc on this request", closes: &[], spoken: false },
];

/// No program says more than so many bytes before the words.
const FURTHEST: usize = 2000;

/// The words passed on, if a program passes some on.
pub fn read(text: &str) -> Option<Passed<'_>> {
    RELAYS.iter().find_map(|relay| Some(Passed { words: relay.words(text)?, spoken: relay.spoken }))
}

impl Relay {
    fn words<'a>(&self, text: &'a str) -> Option<&'a str> {
        let mut at = 0;
        let mut from = None;
        for line in text.split_inclusive('\n') {
            match from {
                None if begins(line, self.opens) => {
                    // Who answers such a mail has it below their words.
                    if at > FURTHEST || begins_history(&text[..at]) {
                        return None;
                    }
                    from = Some(at + line.len());
                }
                Some(from) if self.ends(line) && text[from..at].contains(char::is_alphanumeric) => {
                    return Some(unframed(&text[from..at]));
                }
                _ => {}
            }
            at += line.len();
        }
        None
    }

    fn ends(&self, line: &str) -> bool {
        self.closes.iter().any(|start| begins(line, start)) || self.closes.is_empty() && is_rule(line)
    }
}

/// Whether a line begins so, whatever rule it is part of: "---- Begin message ----".
fn begins(line: &str, start: &str) -> bool {
    let line = line.trim_start_matches(['-', '=', '*', ' ']);
    line.get(..start.len()).is_some_and(|head| head.eq_ignore_ascii_case(start))
}

/// Without the rule and the line of who wrote when above, and the quotes around.
fn unframed(words: &str) -> &str {
    let mut words = words.trim();
    while let Some((line, rest)) = words.split_once('\n') {
        let line = line.trim();
        let stamp = is_dated(line) && line.contains(", ") && rest.trim_start_matches(' ').starts_with('\n');
        if !(line.is_empty() || is_rule(line) || stamp) {
            break;
        }
        words = rest;
    }
    let words = words.trim();
    words.strip_prefix('"').and_then(|inner| inner.strip_suffix('"')).unwrap_or(words)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_taken_from_between_a_programs_lines() {
        for (text, inner) in [
            (
                "You have received a message.\n--- Begin message ---\n\nIt leaks.\n\n--- End message ---\nBye",
                "It leaks.",
            ),
            ("Voice Message Preview:\n\"it leaks\"\n\nTo listen to this message, open it.", "it leaks"),
            (
                "You are registered as a CC on this request (7).\n\n----\n\nAnn, Nov 23, 2026, 09:14 GMT+1\n\nIt leaks.\n----\nx",
                "It leaks.",
            ),
        ] {
            let read = read(text).unwrap();
            assert_eq!((read.words, read.spoken), (inner, text.starts_with("Voice")), "{text}");
        }
    }

    #[test]
    fn their_own_words_are_none() {
        for text in [
            "Begin message where it says so.\nIt leaks.",
            "Voice Message Preview:\nI can't open it.",
            "To listen to this message I need an app.\nIt leaks.",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
