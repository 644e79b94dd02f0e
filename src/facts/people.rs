//! Whom they dealt with: "spoke to Dean", "your driver Marek", "Mrs Fane".

use super::*;

static PERSON: LazyLock<Automaton> = fact_pattern!("person");

pub(super) fn people(lists: &WordLists, text: &str, facts: &mut Facts) {
    const TITLES: &[&str] = &["Mr", "Mrs", "Ms", "Miss", "Dr"];
    const DEALT: &[&str] =
        &["spoke", "spoken", "talked", "talking", "told", "served", "dealt", "named", "called"];
    let mut sure = Vec::new();
    for found in PERSON.find_iter(text) {
        let said = &text[found];
        let words: Vec<&str> = said.split_whitespace().collect();
        let (Some(first), Some(last)) = (words.first(), words.last()) else { continue };
        let before = words.get(words.len().wrapping_sub(2)).unwrap_or(first);
        // "Priya in your claims team": the name comes first.
        let ahead = words.len() == 4 && *before == "your";
        let (name, titled) =
            if ahead { (*first, false) } else { (*last, TITLES.contains(&before.trim_end_matches('.'))) };
        if name::is_other_word(lists, &name.to_lowercase()) {
            continue;
        }
        let start =
            if titled { before.as_ptr() as usize } else { name.as_ptr() as usize } - said.as_ptr() as usize;
        let whole = &said[start..start + if titled { said.len() - start } else { name.len() }];
        keep(&mut facts.people, whole);
        let a_thing = ["a ", "the ", "The ", "A "].iter().any(|article| said.starts_with(article));
        if (DEALT.contains(first) || said.contains(" called ") || said.contains(" named "))
            && !a_thing
            && !sure.contains(&whole)
        {
            sure.push(whole);
        }
    }
    if let [one] = sure.as_slice() {
        facts.said.person = Some((*one).to_owned());
    }
}
