//! Language detection: by script, else by function words.
//!
//! Short, mixed or misspelt text in the phrasebook's own language must not be mistaken for another,
//! so another language needs function words of its own, and more of them than ours.

use amends_language::words::{FIRST_WORD, Words};
use amends_phrasebook::Phrasebook;
use std::borrow::Cow;

/// Undetermined language.
const UNKNOWN: &str = "und";

/// Unicode ranges of scripts that only one of our languages uses.
const SCRIPTS: &[(&str, &[(char, char)])] = &[
    ("ja", &[('\u{3040}', '\u{30ff}')]),
    ("ko", &[('\u{ac00}', '\u{d7af}'), ('\u{1100}', '\u{11ff}')]),
    ("th", &[('\u{e00}', '\u{e7f}')]),
    ("el", &[('\u{370}', '\u{3ff}')]),
    ("he", &[('\u{590}', '\u{5ff}')]),
    ("zh", &[('\u{4e00}', '\u{9fff}')]),
];

/// The phrasebook's language, another known one, or [`UNKNOWN`].
pub(super) fn language(text: &str, words: &Words, book: &Phrasebook) -> String {
    let own = || book.language.clone();
    if let Some(other) = by_script(text) {
        return other.to_owned();
    }
    let mut last = u32::MAX;
    let mut said: Vec<Cow<'_, str>> = Vec::with_capacity(words.words.len());
    for word in &words.words {
        let raw = &text[word.start as usize..word.end as usize];
        if std::mem::replace(&mut last, word.start) == word.start {
            continue;
        }
        if raw.bytes().all(|b| b.is_ascii_lowercase()) {
            said.push(Cow::Borrowed(raw));
        } else if raw.chars().all(char::is_alphabetic) {
            said.push(Cow::Owned(raw.to_lowercase()));
        }
    }
    let english = || said.iter().filter(|w| book.words.function_words.has(w.as_ref())).count();
    let mut counts = vec![0; book.languages.len()];
    for n in said.iter().flat_map(|word| book.function_words.languages(word)) {
        counts[n] += 1;
    }
    if let Some((n, count)) = counts.into_iter().enumerate().max_by_key(|(_, count)| *count)
        && count >= 2
        && count * 5 >= said.len()
        && count > english()
    {
        return book.languages[n].id.clone();
    }
    // If most words occur in phrases, the text is in the phrasebook's language.
    let in_phrases = words.words.iter().filter(|w| w.symbols[0] >= FIRST_WORD).count();
    if in_phrases * 2 > words.words.len() && text.is_ascii() {
        return own();
    }
    let known = || said.iter().filter(|w| book.lexicon.knows(w)).count();
    if said.len() >= 6 && english() * 12 < said.len() && known() * 4 < said.len() {
        UNKNOWN.to_owned()
    } else {
        own()
    }
}

/// The language of a mostly non-Latin text.
fn by_script(text: &str) -> Option<&'static str> {
    if text.is_ascii() {
        return None;
    }
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    let latin = text
        .chars()
        .filter(|c| c.is_alphabetic() && (c.is_ascii() || ('\u{c0}'..='\u{24f}').contains(c)))
        .count();
    if letters <= 3 || latin * 2 >= letters {
        return None;
    }
    let written = |(_, ranges): &&(&str, &[(char, char)])| {
        text.chars().any(|c| ranges.iter().any(|(from, to)| (*from..=*to).contains(&c)))
    };
    Some(SCRIPTS.iter().find(written).map_or(UNKNOWN, |(id, _)| id))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn languages_are_told_apart_and_bad_english_is_english() {
        let book = crate::built_in::phrasebook().unwrap();
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
