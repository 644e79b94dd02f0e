//! Which language a message is in: by its script, else by the function words it uses.
//!
//! Short, mixed and misspelt text in the phrasebook's own language must not be taken for
//! another, so another language needs words of its own, and more of them than ours.

use crate::phrasebook::Phrasebook;
use crate::words::{FIRST_WORD, Words};

/// A language nobody could name.
const UNKNOWN: &str = "und";

/// The function words no English text of some length does without.
const ENGLISH: &[&str] = &[
    "the", "a", "i", "to", "and", "is", "my", "of", "in", "you", "it", "for", "on", "not", "was", "have",
    "this", "that", "your", "with", "be", "are", "me", "we", "at", "no", "what", "why", "how", "do", "so",
    "from", "but", "they", "can", "u", "an", "has", "just", "still", "will", "been", "very", "good", "bad",
    "please", "pls", "refund", "order", "when", "after", "had", "were", "got", "get", "all", "too", "never",
    "if", "as", "by", "or", "he", "she", "their", "would",
];

/// Scripts that only one of the languages we can name is written in, by their ranges.
const SCRIPTS: &[(&str, &[(char, char)])] = &[
    ("ja", &[('\u{3040}', '\u{30ff}')]),
    ("ko", &[('\u{ac00}', '\u{d7af}'), ('\u{1100}', '\u{11ff}')]),
    ("th", &[('\u{e00}', '\u{e7f}')]),
    ("el", &[('\u{370}', '\u{3ff}')]),
    ("he", &[('\u{590}', '\u{5ff}')]),
    ("zh", &[('\u{4e00}', '\u{9fff}')]),
];

/// The phrasebook's language, another it can name, or [`UNKNOWN`].
pub(super) fn language(text: &str, words: &Words, book: &Phrasebook) -> String {
    let own = || book.language.clone();
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    let latin = text
        .chars()
        .filter(|c| c.is_alphabetic() && (c.is_ascii() || ('\u{c0}'..='\u{24f}').contains(c)))
        .count();
    if letters > 3 && latin * 2 < letters {
        let script = SCRIPTS.iter().find(|(_, ranges)| {
            text.chars().any(|c| ranges.iter().any(|(from, to)| (*from..=*to).contains(&c)))
        });
        return script.map_or(UNKNOWN, |(id, _)| id).to_owned();
    }
    let mut seen = rustc_hash::FxHashSet::default();
    let said: Vec<String> = words
        .words
        .iter()
        .filter(|w| seen.insert(w.start))
        .map(|w| text[w.start as usize..w.end as usize].to_lowercase())
        .filter(|w| w.chars().all(char::is_alphabetic))
        .collect();
    let english = said.iter().filter(|w| ENGLISH.contains(&w.as_str())).count();
    let other = book
        .languages
        .iter()
        .map(|l| (said.iter().filter(|w| l.words.contains(w)).count(), &l.id))
        .max_by_key(|(count, _)| *count);
    if let Some((count, id)) = other
        && count >= 2
        && count > english
        && count * 5 >= said.len()
    {
        return id.clone();
    }
    // Where most words are in the phrases, the text is in their language.
    let in_phrases = words.words.iter().filter(|w| w.symbols[0] >= FIRST_WORD).count();
    if in_phrases * 2 > words.words.len() && text.is_ascii() {
        return own();
    }
    let known = said.iter().filter(|w| book.lexicon.knows(w)).count();
    if said.len() >= 6 && english * 12 < said.len() && known * 4 < said.len() {
        UNKNOWN.to_owned()
    } else {
        own()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn languages_are_told_apart_and_bad_english_is_english() {
        let book = Phrasebook::built_in().unwrap();
        for (text, id) in [
            ("Wo ist mein Paket? Ich warte seit zwei Wochen und niemand antwortet.", "de"),
            ("Où est ma commande ? J'attends depuis deux semaines et personne ne répond.", "fr"),
            ("¿Dónde está mi pedido? Llevo dos semanas esperando y nadie me contesta.", "es"),
            ("Dov'è il mio ordine? Sono due settimane che aspetto e nessuno risponde.", "it"),
            ("Onde está a minha encomenda? Estou à espera há duas semanas e ninguém responde.", "pt"),
            ("Waar is mijn pakket? Ik wacht al twee weken en niemand antwoordt.", "nl"),
            ("注文した商品がまだ届きません。いつ届きますか。", "ja"),
            ("refund pls", "en"),
            ("wher is my odr it not cum yet plz help", "en"),
            ("My paket is not here, so schlecht, where is it?", "en"),
            ("Worst airline. No bags, no help, no apology. Never again", "en"),
            ("die batterie is dead on this thing", "en"),
            ("Thnx 4 nothing @northlane smh #fail", "en"),
        ] {
            assert_eq!(language(text, &book.lexicon.read(text), &book), id, "{text}");
        }
    }
}
