//! What a line or display name says of a person: title, names, a second person.

use amends_phrasebook::word_lists::WordLists;
use amends_retell::is_word;

/// Words within a family name that stay in small letters.
const PARTICLES: &[&str] = &[
    "de", "da", "do", "dos", "das", "di", "del", "della", "du", "le", "la", "van", "der", "den", "ter",
    "ten", "von", "zu", "zum", "af", "av", "al", "el", "bin", "ibn", "bint", "ben", "ap", "ab", "y", "e",
    "i", "ní", "mac", "ó",
];

/// Titles that stand before the first name alone: "Sister Anne".
const WITH_FIRST_NAME: &[&str] = &["sir", "dame", "brother", "br", "sister", "father"];

#[derive(Debug, Clone, Default, PartialEq)]
pub struct Person {
    /// As they write it: "Mrs", "Mr and Mrs".
    pub title: Option<String>,
    /// At least one, the first name or initials first.
    pub words: Vec<String>,
    /// The first name of whoever signs with them.
    pub partner: Option<String>,
    /// A few capitals alone: "HWB".
    pub is_shouted: bool,
}

impl Person {
    pub fn first(&self) -> &str {
        &self.words[0]
    }

    pub fn last(&self) -> &str {
        &self.words[self.words.len() - 1]
    }

    pub fn whole(&self) -> String {
        self.words.join(" ")
    }

    /// "Mrs Tabb", if there is a title.
    pub fn titled(&self) -> Option<String> {
        let title = self.title.as_deref()?;
        let plain = plain(title);
        if WITH_FIRST_NAME.contains(&plain.as_str()) && !is_initials(self.first()) {
            return Some(format!("{title} {}", self.first()));
        }
        let names = match self.words.iter().skip(1).position(|w| PARTICLES.contains(&w.as_str())) {
            Some(at) => self.words[at + 1..].join(" "),
            // Of three names, nobody can tell whether the second is a family name.
            None if self.words.len() > 2
                && !self.words[..self.words.len() - 1].iter().any(|w| is_initials(w)) =>
            {
                self.whole()
            }
            None => self.last().to_owned(),
        };
        Some(format!("{title} {names}"))
    }

    /// How to greet them among people who use first names; `None` if they give only initials.
    pub fn familiar(&self, lists: &WordLists) -> Option<String> {
        if is_initials(self.first()) {
            return None;
        }
        if self.words.len() > 1 && lists.family_first.has(&self.first().to_lowercase()) {
            return Some(self.whole());
        }
        Some(match &self.partner {
            Some(partner) => format!("{} and {partner}", self.first()),
            None => self.first().to_owned(),
        })
    }

    /// "A. F-L", "HWB": no name to greet anybody by.
    pub fn is_letters(&self) -> bool {
        let alone = self.words.len() == 1 && self.title.is_none();
        let has_vowel = |w: &str| w.to_lowercase().chars().any(|c| !c.is_ascii() || "aeiouyw".contains(c));
        self.words.iter().all(|w| is_initials(w))
            || alone && !has_vowel(self.first())
            || alone && self.is_shouted
    }

    /// Whether the first word is an English word that is nobody's first name.
    pub fn is_common(&self, lists: &WordLists) -> bool {
        let first = self.first().to_lowercase();
        is_word(&first) && !lists.word_names.has(&first)
            // "A Tenant"
            || is_initials(&first) && !first.contains('.') && ["a", "i"].contains(&first.as_str())
                && self.words[1..].iter().any(|w| is_word(&w.to_lowercase()))
    }
}

/// Reads "Mrs C. Tabb", "Petra NOVAK (chart 20884)", "Ann & Joe Li, flat 6". What follows a bracket, a
/// comma or a bar says something else of them.
pub fn person(lists: &WordLists, text: &str, own: &str) -> Option<Person> {
    let (name, note) = text.split_once(['(', '[', '<']).unwrap_or((text, ""));
    let name = name.split(['|', ',', ';', ':', '/']).next().unwrap_or("");
    let name = [" - ", " – ", " — "].iter().fold(name, |name, dash| name.split(dash).next().unwrap_or(""));
    let name = name.trim().trim_matches(['"', '\'', '*', '_']).trim_end_matches(['!', ' ']);
    let is_kiss = |w: &str| w.chars().all(|c| c == 'x') || w.chars().all(|c| c == 'X') && w.len() > 1;
    let mut words: Vec<&str> = name
        .split_whitespace()
        .filter(|w| w.chars().any(char::is_alphanumeric) || *w == "&" || *w == "+")
        .collect();
    while words.len() > 1 && words.last().is_some_and(|w| is_kiss(w)) {
        words.pop();
    }
    let is_suffix = |w: &str| {
        w.len() > 2 && lists.suffixes.has(&plain(w)) || ["II", "MD", "Sr", "Jr", "MA", "BA"].contains(&w)
    };
    while words.len() > 2 && words.last().is_some_and(|w| is_suffix(w)) {
        words.pop();
    }
    let joins = |w: &str| ["and", "&", "+"].contains(&w.to_lowercase().as_str());
    let is_title = |w: &str| lists.titles.has(&plain(w));
    let mut heads = words.iter().take_while(|w| is_title(w) || joins(w)).count();
    if heads > 0 && joins(words[heads - 1]) || heads > 4 {
        return None;
    }
    let mut title = (heads > 0).then(|| titled(&words[..heads]));
    let inside = note.split([')', ']', '>']).next().unwrap_or("").trim();
    if title.is_none() && !inside.is_empty() && inside.split_whitespace().all(is_title) {
        title = Some(titled(&inside.split_whitespace().collect::<Vec<_>>()));
    }
    // "Major" or "Dean" alone is a name or a post: nobody can tell.
    if heads == words.len() {
        return None;
    }
    heads = heads.min(words.len());
    words.drain(..heads);
    let mut partner = None;
    if let Some(at) = words.iter().position(|w| joins(w)) {
        let (left, right) = (&words[..at], &words[at + 1..]);
        if title.is_some() || !(1..=2).contains(&left.len()) || !(1..=3).contains(&right.len()) {
            return None;
        }
        let second = names(lists, right, own)?;
        let second = Person { words: second, ..Person::default() };
        let is_small = right[0].starts_with(char::is_lowercase) && !left[0].starts_with(char::is_lowercase);
        if is_small || second.is_common(lists) || is_initials(second.first()) {
            return None;
        }
        partner = Some(second.first().to_owned());
        let first = left[0];
        // The family name is the last one's.
        words = if left.len() == 2 || right.len() < 2 {
            left.to_vec()
        } else {
            vec![first, right[right.len() - 1]]
        };
    }
    let is_shouted = words.len() == 1
        && (2..5).contains(&words[0].chars().count())
        && words[0].chars().all(char::is_uppercase);
    let words = names(lists, &words, own)?;
    Some(Person { title, words, partner, is_shouted })
}

/// The words of a name, written as names are; `None` if one is no name.
fn names(lists: &WordLists, words: &[&str], own: &str) -> Option<Vec<String>> {
    if words.is_empty() || words.len() > 5 {
        return None;
    }
    let is_lower = |w: &str| !w.chars().any(char::is_uppercase);
    let all_lower = words.iter().all(|w| is_lower(w));
    let company = own.to_lowercase();
    for (n, word) in words.iter().enumerate() {
        let lower = word.to_lowercase();
        let trimmed = lower.trim_end_matches('.');
        let spelt =
            word.chars().all(|c| c.is_alphabetic() || "'’-.".contains(c)) && !word.ends_with(['-', '\'']);
        let small = n > 0 && PARTICLES.contains(&lower.as_str());
        let is_name = is_initials(word) || n == 0 && lists.word_names.has(trimmed);
        let other = |part: &str| lists.roles.has(part) || lists.no_names.has(part);
        if !spelt
            || !small && is_lower(word) && !all_lower && word.is_ascii()
            || !small && !is_name && (other(trimmed) || trimmed.split('.').any(other))
            || trimmed.chars().count() > 3 && !company.is_empty() && company.contains(trimmed)
            || word.chars().any(is_family_first)
            || word.len() > 2 && word.ends_with('.') && !is_initials(word) && n + 1 < words.len()
        {
            return None;
        }
    }
    // "Smith J" puts the family name first, and nobody can tell the first.
    if words.len() > 1
        && !is_initials(words[0])
        && words.len() == 2
        && words[1].trim_end_matches('.').chars().count() == 1
        && words[0].chars().filter(|c| c.is_uppercase()).count() > 1
    {
        return None;
    }
    let is_upper = |w: &&str| w.chars().count() > 1 && !is_initials(w) && !w.chars().any(char::is_lowercase);
    let mut words: Vec<&str> =
        words.iter().map(|w| if is_initials(w) { w } else { w.trim_end_matches('.') }).collect();
    // "NOVAK Petra"
    if words.len() > 1
        && is_upper(&words[0])
        && words[0].len() > 2
        && !words[1..].iter().any(|w| is_upper(w) || is_initials(w))
    {
        words.rotate_left(1);
    }
    let shown = |w: &str| {
        let uniform = is_lower(w) || !w.chars().any(char::is_lowercase);
        let long = uniform && w.chars().count() > 2 && !is_initials(w) && !PARTICLES.contains(&w);
        if long || is_lower(w) && all_lower { capitalised(w) } else { w.to_owned() }
    };
    Some(words.into_iter().map(shown).collect())
}

/// "J.", "J.R.", "L-A", "K": letters that stand for names.
pub fn is_initials(word: &str) -> bool {
    let mut parts = word.split(['.', '-']).filter(|part| !part.is_empty()).peekable();
    let dotted = word.contains(['.', '-']) || word.chars().count() == 1;
    dotted
        && parts.peek().is_some()
        && parts.all(|part| part.chars().count() == 1 && part.chars().all(char::is_alphabetic))
}

/// Scripts of languages that put the family name first.
fn is_family_first(c: char) -> bool {
    matches!(c, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{ac00}'..='\u{d7af}')
}

pub fn plain(word: &str) -> String {
    word.to_lowercase().replace('.', "")
}

/// "MRS" and "mrs" are "Mrs"; "&" is "and".
fn titled(words: &[&str]) -> String {
    let one = |w: &&str| match *w {
        "&" | "+" | "and" | "And" | "AND" => "and".to_owned(),
        w if w.chars().any(char::is_lowercase) && w.chars().any(char::is_uppercase) => w.to_owned(),
        w => capitalised(w),
    };
    words.iter().map(one).collect::<Vec<_>>().join(" ")
}

fn capitalised(name: &str) -> String {
    let part = |part: &str| {
        let mut chars = part.chars();
        chars.next().map_or_else(String::new, |c| {
            c.to_uppercase().collect::<String>() + &chars.as_str().to_lowercase()
        })
    };
    name.split('-').map(part).collect::<Vec<_>>().join("-")
}
