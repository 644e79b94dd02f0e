//! Whom to greet, and how: by the name they sign with, else the one they give in the text, else the
//! sender's display name. If in doubt there is none: "Hello," is never wrong.

mod person;
mod said;
mod signed;

use amends_inbox::message::{Mailbox, Message};
use amends_phrasebook::word_lists::WordLists;
use person::{Person, is_initials, person, plain};
use signed::{Signed, signed};

/// How a reply greets its reader.
#[derive(Debug, Clone, PartialEq)]
pub struct Greeting {
    /// "Maria", "Mrs Tabb", "Cyril Hathersage".
    pub name: String,
    /// They sign with a title, or write as one writes to "Dear Sir".
    pub is_formal: bool,
    /// All names and the title, as far as they give them.
    pub whole: String,
}

/// `own` is the company's name, never the customer's.
pub fn greeting(lists: &WordLists, message: &Message, own: &str) -> Option<Greeting> {
    let text = message.text.as_str();
    let sender = message.from.as_ref().map(|from| Sender::of(lists, from, own)).unwrap_or_default();
    let in_script = |person: &Person| is_in_script(person, text);
    let mut signed = signed(lists, text, message.signature.as_deref(), own);
    signed.retain(|signed| in_script(&signed.person) && !signed.person.is_letters());
    let first = signed.iter().find(|signed| sender.believes(lists, signed, text));
    // Of "Mahalo, Sherry" the sender's name tells which word is the closing.
    let by_hand = match first {
        Some(first) if !sender.agrees(&first.person) => {
            signed.iter().find(|signed| sender.is_called(&signed.person)).or(Some(first))
        }
        first => first,
    };
    let by_hand = by_hand.map(|signed| signed.person.clone());
    // The closing line may have gone with the signature.
    let by_surname = by_hand.as_ref().is_some_and(|signed| sender.is_surname(signed));
    let formal = by_surname || is_formal(text) || message.signature.as_deref().is_some_and(is_formal);
    let person = by_hand
        .or_else(|| said::introduced(lists, text, own).filter(in_script))
        .map(|person| sender.completes(person, formal))
        .or_else(|| sender.person.clone().filter(in_script))?;
    let mut whole = person.whole();
    if let Some(title) = &person.title {
        whole = format!("{title} {whole}");
    }
    let is_formal = person.title.is_some() || formal;
    let familiar = || person.familiar(lists).filter(|_| !is_formal);
    let (name, is_formal) = match (person.titled(), familiar()) {
        (Some(titled), _) => (titled, true),
        (None, Some(name)) => (name, false),
        (None, None) if person.partner.is_some() && person.words.len() == 1 => {
            (person.familiar(lists).unwrap_or_default(), true)
        }
        // Letters alone are no name.
        (None, None) if person.is_letters() => return None,
        (None, None) => (person.whole(), true),
    };
    // Marks before a name are none.
    name.starts_with(char::is_alphabetic).then_some(Greeting { name, is_formal, whole })
}

/// Whether a lower-case word is known not to be a name.
pub fn is_other_word(lists: &WordLists, word: &str) -> bool {
    lists.roles.has(word) || lists.no_names.has(word)
}

/// Who writes as to strangers: "Dear Sir", "Yours faithfully".
fn is_formal(text: &str) -> bool {
    const OPENINGS: &[&str] =
        &["dear sir", "dear madam", "sir,", "sirs", "madam,", "respected ", "to whom it may", "gentlemen"];
    const CLOSINGS: &[&str] =
        &["faithfully", "sincerely", "yours truly", "yours very truly", "respectfully", "yours in faith"];
    let start = text.trim_start();
    let start = start[..start.floor_char_boundary(24)].to_ascii_lowercase();
    let end = &text[text.floor_char_boundary(text.len().saturating_sub(160))..];
    OPENINGS.iter().any(|opening| start.starts_with(opening)) || {
        let end = end.to_ascii_lowercase();
        CLOSINGS.iter().filter(|closing| end.contains(**closing)).any(|closing| {
            // "I sincerely hope" closes nothing.
            end.split(closing).skip(1).any(|after| {
                after.trim_start().is_empty()
                    || after.starts_with([',', '.', '\n', '\r', ' ']) && closes_here(after)
            })
        })
    }
}

/// Whether no sentence goes on behind a closing word.
fn closes_here(after: &str) -> bool {
    after.trim_start_matches([' ', ',']).starts_with('\n')
        || after.starts_with([',', '.', '\n'])
        || after.split_whitespace().count() <= 5
}

/// A name in a script of its own is not for a letter that uses none of it.
fn is_in_script(person: &Person, text: &str) -> bool {
    let is_foreign = |c: char| c.is_alphabetic() && c > '\u{24f}' && !('\u{1e00}'..='\u{1eff}').contains(&c);
    text.is_empty() || !person.words.iter().any(|w| w.chars().any(is_foreign)) || text.chars().any(is_foreign)
}

/// What the sender's address says of them.
#[derive(Debug, Default)]
struct Sender {
    person: Option<Person>,
    /// Words of the display name and the address, in small letters.
    words: Vec<String>,
}

impl Sender {
    fn of(lists: &WordLists, from: &Mailbox, own: &str) -> Self {
        let name = from.name.as_deref().unwrap_or("");
        let local = from.address.as_deref().and_then(|a| a.split_once('@')).map_or("", |(local, _)| local);
        let words = name
            .split(|c: char| !c.is_alphanumeric() && c != '-' && c != '\'')
            .chain(local.split(|c: char| !c.is_alphabetic()))
            .filter(|w| w.chars().count() > 1)
            .map(str::to_lowercase)
            .collect();
        Self { person: of_sender(lists, from, own), words }
    }

    /// Whether the sender's names and a signature's are the same person's: "Ada" and "Adaeze Nwosu".
    fn agrees(&self, person: &Person) -> bool {
        person.words.iter().filter(|w| w.chars().count() > 1 && !is_initials(w)).any(|word| {
            let word = word.to_lowercase();
            let near = |theirs: &String| {
                *theirs == word
                    || word.len() > 2 && theirs.starts_with(&word)
                    || theirs.len() > 2 && word.starts_with(theirs)
            };
            self.words.iter().any(near)
        })
    }

    /// Whether both begin with the same first name.
    fn is_called(&self, person: &Person) -> bool {
        let first = person.first().to_lowercase();
        first.len() > 2 && self.person.as_ref().is_some_and(|sender| sender.first().to_lowercase() == first)
    }

    /// Whether somebody signs with the sender's last name alone.
    fn is_surname(&self, signed: &Person) -> bool {
        let same = |a: &str, b: &str| a.to_lowercase() == b.to_lowercase();
        signed.title.is_none()
            && signed.words.len() == 1
            && self.person.as_ref().is_some_and(|sender| {
                sender.words.len() > 1
                    && same(signed.last(), sender.last())
                    && !same(signed.last(), sender.first())
            })
    }

    fn believes(&self, lists: &WordLists, signed: &Signed, text: &str) -> bool {
        let person = &signed.person;
        if self.agrees(person) {
            return true;
        }
        let first = person.first();
        let (letters, lower) = (first.chars().count(), first.to_lowercase());
        if person.title.is_none() && person.is_common(lists) || is_initials(first) && person.words.len() == 1
        {
            return false;
        }
        let last = if person.title.is_some() { person.last() } else { first };
        let told = || text.match_indices(last).filter(|(at, _)| !goes_on(text, *at, last)).count() > 1;
        let short =
            person.words.len() == 1 && letters < 3 && person.title.is_none() && !lists.word_names.has(&lower);
        !is_addressed(lists, text, person) && (signed.is_plain || !short && !told() && !is_two_words(person))
    }

    /// The full first name of whoever signs with its letter, and a title where the letter is formal.
    fn completes(&self, mut signed: Person, is_formal: bool) -> Person {
        let Some(sender) = &self.person else { return signed };
        let same = |a: &str, b: &str| a.to_lowercase() == b.to_lowercase();
        if self.is_surname(&signed) {
            signed.words.clone_from(&sender.words);
        }
        let is_same = signed.words.len() > 1 && sender.words.len() > 1 && same(signed.last(), sender.last());
        let letter = |word: &str| word.chars().next().map(|c| c.to_lowercase().to_string());
        if is_same && letter(signed.first()) == letter(sender.first()) {
            if is_initials(signed.first()) && !is_initials(sender.first()) {
                signed.words.clone_from(&sender.words);
            }
            if is_formal && signed.title.is_none() {
                signed.title.clone_from(&sender.title);
            }
        }
        signed
    }
}

/// Two words that are both in the dictionary are hardly a name.
fn is_two_words(person: &Person) -> bool {
    person.title.is_none()
        && person.words.len() > 1
        && person.words.iter().all(|w| amends_retell::is_word(&w.to_lowercase()) && w.len() > 2)
}

/// Whether a word goes on before or behind its place.
fn goes_on(text: &str, at: usize, word: &str) -> bool {
    text[..at].ends_with(char::is_alphanumeric) || text[at + word.len()..].starts_with(char::is_alphanumeric)
}

/// Whether the message begins by greeting this name: that is one of us.
fn is_addressed(lists: &WordLists, text: &str, person: &Person) -> bool {
    let line = text.lines().find(|l| !l.trim().is_empty()).unwrap_or("");
    let mut words = line.split_whitespace().take(7);
    let Some(first) = words.next() else { return false };
    let clean = |w: &str| w.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    let greets =
        ["hi", "hello", "hey", "dear", "hiya", "morning", "afternoon", "evening", "good", "thanks", "thank"]
            .contains(&clean(first).as_str());
    let names = |word: &str| {
        let word = clean(word);
        let first = if person.title.is_some() { person.last() } else { person.first() };
        !plain(&word).is_empty() && !lists.farewells.has(&word) && first.to_lowercase() == word
    };
    greets && {
        let end = |w: &&str| w.ends_with([',', '.', '!', ':', '-']);
        let mut open = true;
        words.take_while(|w| std::mem::replace(&mut open, !end(w))).any(names)
    } || first.ends_with([',', '-']) && names(first) && line.split_whitespace().count() > 1
        || line.split_whitespace().count() == 1 && names(first) && text.trim() != line.trim()
}

/// The display name, unless the address belongs to a company.
fn of_sender(lists: &WordLists, from: &Mailbox, own: &str) -> Option<Person> {
    let name = from.name.as_deref()?.trim().trim_matches(['"', '\'']);
    let address = from.address.as_deref().unwrap_or("").to_lowercase();
    let mut compact = String::new();
    if let Some((local, domain)) = address.split_once('@') {
        compact = local.chars().filter(|c| c.is_alphanumeric()).collect();
        let words: Vec<String> = name.split_whitespace().map(str::to_lowercase).collect();
        let all_in_domain = words.len() > 1 && words.iter().all(|w| domain.contains(w.as_str()));
        if lists.shared_mailboxes.has(&compact) || all_in_domain && !words.iter().any(|w| compact.contains(w))
        {
            return None;
        }
    }
    let turned = turned(lists, name, &compact);
    let was_turned = turned.is_some();
    // "Acme, Inc." is no person, whatever stands before the comma.
    if name.split([' ', ',', '.']).map(str::to_lowercase).any(|w| w != "and" && lists.roles.has(&w))
        || name.contains('@')
    {
        return None;
    }
    let found = person(lists, turned.as_deref().unwrap_or(name), own)?;
    let first = found.first();
    let letters = first.chars().count();
    let raw = name.split([' ', ',']).next().unwrap_or("");
    let known = compact.contains(&first.to_lowercase()) && compact.contains(&found.last().to_lowercase());
    if found.is_common(lists) && (found.words.len() < 2 || !known) && found.title.is_none()
        || letters < 2
        // Two firms join their names as two people do, but for one family name.
        || found.partner.is_some() && found.words.len() < 2
    {
        return None;
    }
    // One lower-case word may be a handle, a short one in capitals a company.
    let capitals = !raw.chars().any(char::is_lowercase);
    let alone = found.words.len() == 1 && found.title.is_none() && !was_turned;
    if alone && (raw.starts_with(char::is_lowercase) || letters > 12 || capitals && letters < 5) {
        return None;
    }
    Some(found)
}

/// "LOPEZ, Maria" is Maria Lopez; "Sunil Bhatt, Ravensford Club" stays.
fn turned(lists: &WordLists, name: &str, compact: &str) -> Option<String> {
    let (before, after) = name.split_once(',')?;
    let after = after.split(['(', '[', '|', '/', '<', ',']).next().unwrap_or("").trim();
    if after.split_whitespace().all(|w| lists.suffixes.has(&plain(w))) {
        return None;
    }
    let start = |part: &str| part.split_whitespace().next().unwrap_or("").to_lowercase();
    let (head, tail) = (start(before), start(after));
    let is_two = before.split_whitespace().count() > 1 && before.starts_with(char::is_uppercase);
    let keeps = compact.starts_with(&head) && !compact.contains(&tail) || is_two && !compact.contains(&tail);
    (!keeps).then(|| format!("{after} {before}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use amends_phrasebook::Phrasebook;
    use std::sync::LazyLock;

    static BOOK: LazyLock<Phrasebook> = LazyLock::new(|| crate::built_in::phrasebook().unwrap());

    fn named(display: &str, address: &str) -> Option<String> {
        let from = Some(Mailbox { name: Some(display.into()), address: Some(address.into()) });
        greeting(&BOOK.words, &Message { from, ..Message::default() }, "Northlane").map(|g| g.name)
    }

    #[test]
    fn display_names() {
        for (display, name) in [
            ("maria lopez", "Maria"),
            ("MARIA LOPEZ", "Maria"),
            ("LOPEZ, MARIA", "Maria"),
            ("Lopez, Maria J.", "Maria"),
            ("de la Cruz, Maria", "Maria"),
            ("Dr. Ann Lee", "Dr. Lee"),
            ("Lee, Dr. Ann", "Dr. Lee"),
            ("Ann Lee, PhD", "Ann"),
            ("Mr John Smith Jr.", "Mr Smith"),
            ("Mr Smith", "Mr Smith"),
            ("Mr and Mrs Smith", "Mr and Mrs Smith"),
            ("J. Smith", "J. Smith"),
            ("Ann and Joe Smith", "Ann and Joe"),
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
            "Smith J",
            "sunshine",
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
            ("Le robinet fuit déjà. Merci de repasser.", None),
            ("Der Hahn tropft. Danke im Voraus", None),
            ("The tap drips. Merci, Claire", Some("Claire")),
        ] {
            let mut message = Message::default();
            message.take_text(text);
            let found = greeting(&BOOK.words, &message, "Northlane").map(|g| g.name);
            assert_eq!(found.as_deref(), name, "{text}");
        }
    }
}
