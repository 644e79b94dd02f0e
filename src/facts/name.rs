//! The first name to greet a customer by: from the sender's display name, the signature, or "my name
//! is". If in doubt there is none: "Hello," is never wrong.

use crate::facts::captures::CaptureRegex;
use amends_inbox::message::{Mailbox, Message};
use amends_inbox::newest::{closes, is_name};
use amends_phrasebook::word_lists::WordLists;
use std::sync::LazyLock;

static MY_NAME: LazyLock<CaptureRegex> = LazyLock::new(|| {
    CaptureRegex::exact(
        r"(?i:\bmy name is|\bthis is|\bi am|\bi'm|\bname:)\s+(?P<name>[A-Z][a-zA-Z'-]+(?:\s+[A-Z][a-zA-Z'-]+){0,2})",
    )
});

/// The sender's first name; `own` is the company's name, never the customer's.
pub fn greeting(lists: &WordLists, message: &Message, own: &str) -> Option<String> {
    let said = || {
        if !introduces(&message.text) {
            return None;
        }
        let found = MY_NAME.captures(&message.text)?;
        let whole = &message.text[found.range()];
        let name = &message.text[found.name("name")?];
        let behind = &message.text[found.range().end..];
        let ends = [",", ".", "\n", " from ", " here", " writing", " and I "]
            .iter()
            .any(|end| behind.starts_with(end));
        let plainly = ["my name", "name:"].iter().any(|lead| whole.to_lowercase().starts_with(lead));
        (plainly || name.contains(' ') && (ends || behind.is_empty()))
            .then(|| first_name(lists, name, own))?
    };
    message
        .from
        .as_ref()
        .and_then(|from| of_sender(lists, from, own))
        .or_else(|| under_closing(lists, &message.text, own))
        .or_else(|| message.signature.as_deref().and_then(|signature| on_card(lists, signature, own)))
        .or_else(said)
}

/// Prefilter: whether a capital follows "name is" or the like.
fn introduces(text: &str) -> bool {
    let bytes = text.as_bytes();
    bytes.windows(4).any(|w| {
        w[2].is_ascii_whitespace()
            && (w[3].is_ascii_uppercase() || w[3].is_ascii_whitespace())
            && [b"is", b"am", b"'m", b"e:"].iter().any(|end| w[..2].eq_ignore_ascii_case(&end[..]))
    })
}

/// Whether a lower-case word is known not to be a name.
pub fn is_other_word(lists: &WordLists, word: &str) -> bool {
    lists.roles.has(word) || lists.no_names.has(word)
}

/// The display name, unless the address belongs to a company.
fn of_sender(lists: &WordLists, from: &Mailbox, own: &str) -> Option<String> {
    let name = from.name.as_deref()?;
    let address = from.address.as_deref().unwrap_or("").to_lowercase();
    if let Some((local, domain)) = address.split_once('@') {
        let compact: String = local.chars().filter(|c| c.is_alphanumeric()).collect();
        let words: Vec<String> = name.split_whitespace().map(str::to_lowercase).collect();
        let all_in_domain = words.len() > 1 && words.iter().all(|w| domain.contains(w.as_str()));
        if lists.shared_mailboxes.has(&compact) || all_in_domain && !words.iter().any(|w| compact.contains(w))
        {
            return None;
        }
    }
    first_name(lists, name, own)
}

/// "LOPEZ, Maria" and "maria lopez" give Maria; "Northlane Support" gives none.
fn first_name(lists: &WordLists, full: &str, own: &str) -> Option<String> {
    let full = full.trim().trim_matches(['"', '\'']);
    let full = full.split(['(', '[', '|', '/', '<']).next().unwrap_or("").trim();
    let plain = |word: &str| word.to_lowercase().replace('.', "");
    let (before, after) = full.split_once(',').unwrap_or((full, ""));
    let turned = !after.trim().is_empty()
        && !after.split([' ', ',']).filter(|w| !w.is_empty()).all(|w| lists.suffixes.has(&plain(w)));
    let given = if turned { after } else { before };
    let all = given.split_whitespace().filter(|w| w.chars().any(char::is_alphanumeric));
    let (titles, words): (Vec<&str>, Vec<&str>) = all.partition(|w| lists.titles.has(&plain(w)));
    let company = own.to_lowercase();
    let no_person = full.contains(['&', '+', '@'])
        || full.split([' ', ',', '.', '-']).map(str::to_lowercase).any(|w| {
            is_other_word(lists, &w)
                || w.chars().count() > 3 && !company.is_empty() && company.contains(w.as_str())
        });
    let first = *words.first()?;
    let letters = first.chars().filter(|c| c.is_alphabetic()).count();
    if no_person
        || words.len() > 4
        || letters < 2
        || !first.chars().all(|c| c.is_alphabetic() || "'’-".contains(c))
        || first.chars().any(is_family_first)
        // "Smith J" puts the surname first.
        || words.len() == 2 && !turned && plain(words[1]).chars().count() == 1
    {
        return None;
    }
    // One lower-case word may be a handle, a short one in capitals a company; a title before a single
    // name means it is a surname.
    let capitals = !first.chars().any(char::is_lowercase);
    if words.len() == 1
        && !turned
        && (first.starts_with(char::is_lowercase)
            || !titles.is_empty()
            || letters > 12
            || capitals && letters < 5)
    {
        return None;
    }
    let uniform = capitals || !first.chars().any(char::is_uppercase);
    let name = if uniform && letters > 2 { capitalised(first) } else { first.to_owned() };
    Some(name).filter(|n| n.starts_with(char::is_uppercase) || !n.is_ascii())
}

/// Scripts of languages that put the family name first.
fn is_family_first(c: char) -> bool {
    matches!(c, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{ac00}'..='\u{d7af}')
}

fn capitalised(name: &str) -> String {
    name.split('-')
        .map(|part| {
            let mut chars = part.chars();
            chars.next().map_or_else(String::new, |c| {
                c.to_uppercase().collect::<String>() + &chars.as_str().to_lowercase()
            })
        })
        .collect::<Vec<_>>()
        .join("-")
}

/// One to three capitalised words, ignoring dashes and dots around them.
fn is_plain(line: &str) -> bool {
    let line = line.trim_start_matches(['-', '—', '–', '~', '*', ' ']).trim_end_matches(['.', ',', ' ', '*']);
    line.len() < 32 && is_name(line)
}

/// The name under "Thanks," or after a dash at the very end.
fn under_closing(lists: &WordLists, text: &str, own: &str) -> Option<String> {
    let lines: Vec<&str> = text.lines().map(str::trim).filter(|l| !l.is_empty()).collect();
    let last = *lines.last()?;
    if let Some(n) = lines.iter().rev().take(4).position(|l| closes(l)).filter(|n| *n > 0) {
        let line = lines[lines.len() - n];
        return is_plain(line).then(|| first_name(lists, line, own)).flatten();
    }
    // "Thanks, Tom" or "— Shaz" on the last line.
    let (head, tail) = last
        .rsplit_once([',', '—', '–'])
        .or_else(|| last.rsplit_once(" - "))
        .or_else(|| last.strip_prefix('-').map(|t| ("", t)))?;
    let short = head.split(['.', '!', '?']).next_back().unwrap_or("").trim();
    let after_comma = last[..last.len() - tail.len()].trim_end().ends_with(',');
    let ends =
        closes(short) || head.trim().is_empty() || !after_comma && head.trim_end().ends_with(['.', '!', '?']);
    (ends && is_plain(tail) && tail.split_whitespace().count() <= 2)
        .then(|| first_name(lists, tail, own))
        .flatten()
}

/// The name at the top of a signature.
fn on_card(lists: &WordLists, signature: &str, own: &str) -> Option<String> {
    let mut lines = signature.lines().map(str::trim).filter(|l| l.chars().any(char::is_alphanumeric));
    let line = lines.find(|l| !closes(l))?;
    is_plain(line).then(|| first_name(lists, line.trim_start_matches(['-', '—', '–', ' ']), own)).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;
    use amends_phrasebook::Phrasebook;

    static BOOK: LazyLock<Phrasebook> = LazyLock::new(|| crate::built_in::phrasebook().unwrap());

    fn named(display: &str, address: &str) -> Option<String> {
        let from = Some(Mailbox { name: Some(display.into()), address: Some(address.into()) });
        greeting(&BOOK.words, &Message { from, ..Message::default() }, "Northlane")
    }

    #[test]
    fn display_names() {
        for (display, name) in [
            ("maria lopez", "Maria"),
            ("MARIA LOPEZ", "Maria"),
            ("LOPEZ, MARIA", "Maria"),
            ("Lopez, Maria J.", "Maria"),
            ("de la Cruz, Maria", "Maria"),
            ("Dr. Ann Lee", "Ann"),
            ("Lee, Dr. Ann", "Ann"),
            ("Ann Lee, PhD", "Ann"),
            ("Mr John Smith Jr.", "John"),
            ("'Ann Lee' (Acme)", "Ann"),
            ("Ann 🌸 Lee", "Ann"),
            ("Anne-Marie O'Neil", "Anne-Marie"),
            ("ANNE-MARIE ONEIL", "Anne-Marie"),
            ("Łukasz Kowalski", "Łukasz"),
            ("Мария Лопес", "Мария"),
            ("Άννα Παππά", "Άννα"),
            ("Maria", "Maria"),
        ] {
            assert_eq!(named(display, "m@x.example").as_deref(), Some(name), "{display}");
        }
    }

    #[test]
    fn no_name_is_better_than_a_wrong_one() {
        for display in [
            "Northlane Support",
            "Acme, Inc.",
            "Smith & Sons",
            "Customer Service",
            "mike82",
            "IBM",
            "info",
            "J. Smith",
            "J.R. Smith",
            "Smith J",
            "sunshine",
            "Mr Smith",
            "Mr and Mrs Smith",
            "ann@x.example",
            "田中 太郎",
            "김민수",
            "?",
        ] {
            assert_eq!(named(display, "m@x.example"), None, "{display}");
        }
        assert_eq!(named("Green Valley", "info@greenvalley.example"), None);
        assert_eq!(named("Blue Kettle", "mail2@bluekettle.example"), None);
        assert_eq!(named("Maria Lopez", "maria@marialopez.example").as_deref(), Some("Maria"));
    }

    #[test]
    fn names_from_the_text_and_its_signature() {
        for (text, name) in [
            ("It broke.\n\nThanks,\nTom", Some("Tom")),
            ("It broke. — Shaz", Some("Shaz")),
            ("It broke.\nThanks, Tom", Some("Tom")),
            ("It broke.\n-- \nTom Reed\nAcme Ltd", Some("Tom")),
            ("It broke.\n-Tom", Some("Tom")),
            ("It broke.\n-- \nAcme Ltd\n555 0100", None),
            ("Hi, my name is Priya Nair and it broke", Some("Priya")),
            ("It broke. I'm Furious", None),
            ("Never again, Northlane", None),
            ("It broke, Sadly", None),
        ] {
            let mut message = Message::default();
            message.take_text(text);
            assert_eq!(greeting(&BOOK.words, &message, "Northlane").as_deref(), name, "{text}");
        }
    }
}
