//! The name at the end of a letter: under "Thanks," or alone on a line, behind a dash, a closing or the
//! last sentence, with or without an address or reference behind it.

use super::person::{Person, is_initials, person};
use amends_inbox::newest::closes;
use amends_phrasebook::word_lists::WordLists;

/// The name stands within this many of the last lines.
const REACH: usize = 6;
const PERSON_WORDS: usize = 5;

/// A name and how plainly it signs.
#[derive(Debug)]
pub struct Signed {
    pub person: Person,
    /// It stands where only a name does: under a closing, behind a dash.
    pub is_plain: bool,
}

/// The names a message may be signed with, the likeliest first.
pub fn signed(lists: &WordLists, text: &str, card: Option<&str>, own: &str) -> Vec<Signed> {
    let mut found = Vec::new();
    let lines = last_lines(text);
    let mut add = |name: &str, is_plain: bool| {
        let name = name.trim_start().trim_start_matches(['-', '—', '–', '~', '*', '/', '•', ' ']);
        let name = name.strip_prefix("from ").or(name.strip_prefix("From ")).unwrap_or(name);
        if let Some(person) = person(lists, name, own)
            // "Thx" alone signs nothing.
            && !lists.farewells.has(&person.first().to_lowercase())
        {
            found.push(Signed { person, is_plain });
        }
    };
    let card_line =
        || card?.lines().map(str::trim).find(|l| l.chars().any(char::is_alphanumeric) && !closes(l));
    if let Some(at) = (0..lines.len()).rev().find(|&at| is_closing(lists, lines[at])) {
        match lines.get(at + 1) {
            Some(name) => add(name, true),
            None => card_line().into_iter().for_each(|name| add(name, true)),
        }
    }
    if let Some(last) = lines.last() {
        of_tail(lists, last, &mut add);
        let start = lines.iter().rposition(|line| !is_short(line)).map_or(0, |at| at + 1);
        match &lines[start..] {
            // Where all lines are short, the last one alone may be the name.
            _ if start == 0 && lines.len() > 1 => add(last, false),
            [first, ..] if lines.len() > 1 => add(first, false),
            _ => {}
        }
        // "Mahalo, Sherry": whoever sends it decides whether the first word is the name.
        if let Some((head, name)) = last[sentence_end(last)..].split_once(',')
            && head.split_whitespace().count() == 1
        {
            add(name, false);
        }
    }
    card_line().into_iter().for_each(|name| add(name, true));
    found
}

/// The last lines that are not empty, without a postscript.
fn last_lines(text: &str) -> Vec<&str> {
    let mut lines: Vec<&str> =
        text.lines().rev().map(str::trim).filter(|l| !l.is_empty()).take(REACH).collect();
    lines.reverse();
    let is_postscript = |line: &&str| {
        let start = line.get(..4).unwrap_or(line).to_lowercase();
        ["ps ", "ps:", "ps,", "ps.", "p.s"].iter().any(|ps| start.starts_with(ps))
    };
    if let Some(at) = lines.iter().skip(1).position(is_postscript) {
        lines.truncate(at + 1);
    }
    lines
}

/// "Kind regards,", "Yours in disappointment,": closing words and no more.
fn is_closing(lists: &WordLists, line: &str) -> bool {
    let words = line.split_whitespace().take(11).count();
    words <= 10
        && !line.ends_with(['?', ':'])
        && (words <= 6 && closes(line)
            || begins_farewell(lists, line)
                && (line.ends_with(',') || words <= 3 || !line.ends_with('.'))
                && !line.trim_end_matches(',').contains(','))
        && !ends_with_name(lists, line)
}

fn begins_farewell(lists: &WordLists, line: &str) -> bool {
    line.split(|c: char| !c.is_alphabetic())
        .find(|w| !w.is_empty())
        .is_some_and(|first| lists.farewells.has(&first.to_lowercase()))
}

/// "Thanks Tom" is a closing with a name.
fn ends_with_name(lists: &WordLists, line: &str) -> bool {
    let mut words = line.trim_end_matches([',', '.', '!']).split_whitespace();
    let (first, last) = (words.next(), words.next_back());
    first.is_some()
        && last.is_some_and(|last| {
            last.starts_with(char::is_uppercase) && !closes(last) && !lists.no_names.has(&last.to_lowercase())
        })
        && words.next().is_none()
}

/// A line that can belong to a signature: no sentence.
fn is_short(line: &str) -> bool {
    let words = line.split_whitespace().take(9).count();
    line.chars().count() <= 60
        && words <= 8
        && !line.ends_with(['?', '!'])
        && !(line.ends_with('.') && words > 3)
        || line.split_once([',', '(']).is_some_and(|(name, _)| {
            let words: Vec<&str> = name.split_whitespace().collect();
            line.chars().count() <= 90
                && (1..=4).contains(&words.len())
                && words.iter().all(|w| w.starts_with(char::is_uppercase))
        })
}

/// What the last line ends with: "… let me know? Callum", "Regards, Niall Hegarty", "— Shaz".
fn of_tail(lists: &WordLists, last: &str, add: &mut impl FnMut(&str, bool)) {
    let bare = match last.rfind('(') {
        Some(at) if at > 0 && last.ends_with(')') => last[..at].trim_end(),
        _ => last,
    };
    let sentence = &bare[sentence_end(bare)..];
    let has_sentence = sentence.len() < bare.len();
    // "— Shaz", "- Sam", "/Ingrid"
    let dashed = sentence.rsplit_once(['—', '–']).or_else(|| sentence.rsplit_once(" - "));
    let dashed = dashed.or_else(|| Some(("", sentence.trim().strip_prefix(['-', '/', '~'])?)));
    if let Some((head, name)) = dashed
        && (head.trim().is_empty() || closes(head))
    {
        return add(name, true);
    }
    if begins_farewell(lists, sentence) && sentence.split_whitespace().nth(16).is_none() {
        if let Some((head, name)) = sentence.split_once([',', '!'])
            && head.split_whitespace().count() <= 9
            && name.trim().starts_with(char::is_alphabetic)
            && !ends_with_name(lists, head)
        {
            return add(&last[name.as_ptr() as usize - last.as_ptr() as usize..], true);
        }
        // "cheers mo", "thank you Arthur Pellow": who is thanked may be us.
        let is_thanks = |w: &str| w.starts_with("than") || w.starts_with("thx") || w == "ta";
        let mut rest = sentence.trim_start();
        let mut thanks = false;
        while let Some(word) = rest.split_whitespace().next() {
            let plain = word.trim_end_matches(['.', '!']).to_lowercase();
            let says_farewell = lists.farewells.has(&plain) || thanks && plain == "you" || closes(&plain);
            if !says_farewell {
                break;
            }
            thanks |= is_thanks(&plain);
            rest = rest[word.len()..].trim_start();
        }
        // "Merci de repasser": thanks for something.
        let what = rest.split_whitespace().next().is_some_and(|word| THANKS_FOR.contains(&word));
        if !what && (1..=3).contains(&rest.split_whitespace().count()) {
            add(rest, !thanks && rest.split_whitespace().count() == 1);
        }
        return;
    }
    let name = sentence.split(',').next().unwrap_or("").trim();
    if has_sentence && (1..=PERSON_WORDS).contains(&name.split_whitespace().count()) {
        let plainly = name.split_whitespace().all(|w| !w.starts_with(char::is_lowercase) || w.len() < 4);
        if plainly {
            add(&last[sentence.as_ptr() as usize - last.as_ptr() as usize..], false);
        }
    }
    // "Thanks, Tom" behind a comma at the end of a long sentence.
    if let Some((head, name)) = bare.rsplit_once(',')
        && head.rsplit(['.', '!', '?', ',']).next().is_some_and(closes)
    {
        add(name, true);
    }
}

/// What thanks are for follows these.
#[rustfmt::skip]
const THANKS_FOR: &[&str] = &[
    "for", "de", "du", "des", "d'avance", "d’avance", "pour", "für", "fürs", "im", "por", "per", "di", "del",
    "della", "voor", "för", "på", "til", "za", "że", "a", "à", "al", "pela", "pelo", "pelas", "pelos",
];

/// Where the last sentence begins; "Mr. Pell" and "R. H. Ashe" are no ends.
fn sentence_end(line: &str) -> usize {
    let line_end = line.trim_end_matches(['.', '!', '?', ' ']).len();
    let ends = |(at, mark): &(usize, &str)| {
        if !line[at + mark.len()..].starts_with(char::is_whitespace) {
            return false;
        }
        let word = line[..*at].rsplit(char::is_whitespace).next().unwrap_or("");
        let short = *mark == "."
            && (is_initials(word) && word.chars().all(|c| !c.is_lowercase())
                || word.chars().count() <= 5 && ABBREVIATED.contains(&word));
        !short
    };
    let mut marks = line[..line_end].rmatch_indices(['.', '!', '?', '…', ')']);
    marks.find(ends).map_or(0, |(at, mark)| at + mark.len())
}

const ABBREVIATED: &[&str] = &[
    "Mr", "Mrs", "Ms", "Dr", "Prof", "Rev", "Revd", "Fr", "Br", "Capt", "Col", "Engr", "Sr", "Sra", "St",
    "Maj", "Lt", "no", "No", "acct", "ref",
];
