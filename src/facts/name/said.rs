//! Who introduces themselves in the text: "my name is Farida Rahimi", "this is Bill Hanratty".

use super::person::{Person, person};
use amends_phrasebook::word_lists::WordLists;

/// Introductions stand at the start.
const REACH: usize = 300;

/// The lead, and whether a first name alone may follow it.
const LEADS: &[(&str, bool)] = &[
    ("my name is ", true),
    ("my name's ", true),
    ("my name’s ", true),
    ("name: ", true),
    ("this is ", false),
    ("i am ", false),
    ("i'm ", false),
    ("i’m ", false),
    ("it's ", false),
    ("its ", false),
];

pub fn introduced(lists: &WordLists, text: &str, own: &str) -> Option<Person> {
    let text = &text[..text.floor_char_boundary(REACH)];
    if !is_worth(text) {
        return None;
    }
    let lower = text.to_ascii_lowercase();
    for &(lead, alone) in LEADS {
        let Some(at) = lower.contains(lead).then(|| lower.find(lead)).flatten() else { continue };
        let before = text[..at].trim_end();
        let starts = before.is_empty() || before.ends_with(['.', '!', ',', '\n', '?', '-', '–', '—']) || {
            let word = before.rsplit(char::is_whitespace).next().unwrap_or("").to_lowercase();
            [
                "hi",
                "hello",
                "hey",
                "hiya",
                "and",
                "morning",
                "afternoon",
                "evening",
                "madam",
                "sir",
                "team",
                "there",
            ]
            .contains(&word.as_str())
        };
        // What somebody else said stands in quotes.
        let quoted = text[..at].ends_with(['"', '\'', '“', '‘']);
        let speaks = lead.starts_with('i') && lead != "its " && lead != "it's ";
        if quoted || !(starts || alone || speaks) {
            continue;
        }
        let behind = &text[at + lead.len()..];
        let length = capitals(behind);
        let words = behind[..length].split_whitespace().count();
        let after = behind[length..].trim_start_matches(' ');
        let ends = after.is_empty()
            || after.starts_with([',', '.', '\n', ';', '(', '-', '–'])
            || ["from ", "here", "writing", "and I ", "at "].iter().any(|end| after.starts_with(end));
        let from = after.starts_with("from ") || after.starts_with("here");
        let enough = alone || words > 1 && ends || from && starts;
        if words == 0 || !enough {
            continue;
        }
        if let Some(found) = person(lists, &behind[..length], own).filter(|p| !p.is_common(lists)) {
            return Some(found);
        }
    }
    here(lists, text, own)
}

/// Whether a capital follows "name is" or the like.
fn is_worth(text: &str) -> bool {
    let bytes = text.as_bytes();
    text.contains(" here")
        || bytes.windows(4).any(|w| {
            (w[2].is_ascii_whitespace() || w[1] == b' ')
                && (w[3].is_ascii_uppercase() || !w[3].is_ascii() || w[2] == b' ' && w[3] == b' ')
                || w[2] == b' ' && w[3].is_ascii_uppercase()
        })
}

/// How far capitalised words go, at most four.
fn capitals(text: &str) -> usize {
    let mut end = 0;
    for word in text.split_inclusive(' ').take(4) {
        let bare = word.trim_end_matches([',', '.', ';', '!', '?', ' ']);
        let line = bare.split('\n').next().unwrap_or("");
        let line = line.trim_end_matches([',', '.', ';', '!', '?']);
        if !line.starts_with(char::is_uppercase) {
            break;
        }
        let start = word.as_ptr() as usize - text.as_ptr() as usize;
        end = start + line.len();
        let is_initial =
            line.chars().count() == 1 || ["Mr", "Mrs", "Ms", "Dr", "Prof", "Rev"].contains(&line);
        if bare.len() > line.len() || word.trim_end().len() > line.len() && !is_initial {
            break;
        }
    }
    end
}

/// "Bronwyn here."
fn here(lists: &WordLists, text: &str, own: &str) -> Option<Person> {
    let (before, _) =
        text.split_once(" here").filter(|(_, after)| after.starts_with([',', '.', '!', '\n']))?;
    let start = before.rfind(['.', ',', '!', '\n']).map_or(0, |at| at + 1);
    let name = before[start..].trim();
    let words = name.split_whitespace().count();
    ((1..=2).contains(&words) && name.split_whitespace().all(|w| w.starts_with(char::is_uppercase)))
        .then(|| person(lists, name, own))
        .flatten()
        .filter(|p| !p.is_common(lists))
}
