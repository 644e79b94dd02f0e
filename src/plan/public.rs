//! What isn't repeated in public, even to who has written it there: health, body, money, faith,
//! sexuality, family, immigration, courts.

use amends_inbox::message::Message;
use amends_phrasebook::Phrasebook;

/// Whether a text speaks of somebody's private life.
pub fn is_private(book: &Phrasebook, text: &str) -> bool {
    let words = text.split(|c: char| !c.is_alphanumeric() && c != '\'' && c != '’');
    words.filter(|word| !word.is_empty()).any(|word| {
        let word = word.to_lowercase().replace('’', "'");
        let stems = ["", "'s", "s", "es"].iter().filter_map(|ending| word.strip_suffix(ending));
        stems.filter(|stem| stem.len() > 1).any(|stem| book.words.private_life.has(stem))
    })
}

/// Whether a message does, and the answer is for all to see.
pub fn keeps_quiet(book: &Phrasebook, message: &Message, is_public: bool) -> bool {
    is_public
        && (is_private(book, &message.text) || message.subject.as_ref().is_some_and(|s| is_private(book, s)))
}
