//! What holds for any text.

use amends_retell::{Clause, Lexicon, Role, turn, turn_behind};
use proptest::prelude::*;
use std::sync::LazyLock;

static LEXICON: LazyLock<Lexicon> = LazyLock::new(Lexicon::default);
const ROLES: [Role; 7] = [
    Role::Trouble,
    Role::Effect,
    Role::History,
    Role::Background,
    Role::Want,
    Role::Condition,
    Role::Question,
];
const WORDS: &[&str] = &[
    "I", "you", "we", "me", "my", "your", "us", "was", "were", "am", "is", "not", "never", "no", "can't",
    "didn't", "order", "parcel", "driver", "Hull", "Monday", "4", "£12.50", "the", "a", "sent", "told",
    "rang", "came", "broke", "and", "but", "when", "which", "to", "for", "on", ",", ".", "?", "please",
    "cancel", "want", "like", "refund", "did", "do", "have", "been", "nobody", "without", "Mum", "they",
    "it", "says", "'yes'", "if", "DHL", "Ms", "Fane",
];

fn negations(text: &str) -> usize {
    text.to_lowercase()
        .split(|c: char| !c.is_alphanumeric() && c != '\'')
        .filter(|w| {
            matches!(*w, "not" | "no" | "never" | "nobody" | "nothing" | "without" | "cannot" | "none")
                || w.ends_with("n't")
        })
        .count()
}

/// Checks what is said against what they wrote.
fn faithful(text: &str, said: &str) -> Result<(), TestCaseError> {
    prop_assert!(!said.chars().any(char::is_control), "{said:?}");
    for number in said.split(|c: char| !c.is_ascii_digit()).filter(|n| !n.is_empty()) {
        prop_assert!(text.contains(number), "{number} of {said:?} from {text:?}");
    }
    let low = text.to_lowercase();
    for (at, word) in said.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).enumerate() {
        if at > 0 && word.chars().next().is_some_and(char::is_uppercase) {
            let turned =
                ["You", "Your", "We", "Our", "On", "The", "Us", "Yours", "Ours", "There"].contains(&word);
            prop_assert!(turned || low.contains(&word.to_lowercase()), "{word} of {said:?} from {text:?}");
        }
    }
    Ok(())
}

/// The sentence before, whose nouns may be put in.
const BEFORE: &str = "Your driver left the parcel in Hull on Monday 4 May.";

proptest! {
    #![proptest_config(ProptestConfig { cases: 10_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn never_panics(text in "\\PC{0,80}|[\\x00-\\x7f]{0,80}", role in 0..7usize) {
        if let Ok(turned) = turn(&LEXICON, &Clause::new(&text, ROLES[role])) {
            faithful(&text, &turned.sentence())?;
        }
        let clause = Clause { before: BEFORE, ..Clause::new(&text, ROLES[role]) };
        if let Ok(turned) = turn_behind(&LEXICON, &clause) {
            faithful(&format!("{BEFORE} {text}"), &turned.sentence())?;
        }
    }

    #[test]
    fn invents_nothing(words in prop::collection::vec(prop::sample::select(WORDS), 3..14), role in 0..7usize) {
        let text = words.join(" ");
        if let Ok(turned) = turn(&LEXICON, &Clause::new(&text, ROLES[role])) {
            let said = turned.sentence();
            faithful(&text, &said)?;
            // a whole sentence: neither a negation more nor one less
            if !text.contains(['.', '?', ',']) {
                prop_assert_eq!(negations(&text), negations(&said), "{:?} from {:?}", said, text);
            }
        }
    }

    #[test]
    fn never_panics_behind(before in "\\PC{0,60}", text in "\\PC{0,60}", role in 0..7usize) {
        let clause = Clause { before: &before, ..Clause::new(&text, ROLES[role]) };
        let strict = turn(&LEXICON, &clause);
        prop_assert!(!strict.is_ok_and(|t| t.leans));
        let _ = turn_behind(&LEXICON, &clause);
    }

    #[test]
    fn invents_nothing_behind(words in prop::collection::vec(prop::sample::select(WORDS), 3..14), role in 0..7usize) {
        let text = words.join(" ");
        let clause = Clause { before: BEFORE, ..Clause::new(&text, ROLES[role]) };
        if let Ok(turned) = turn_behind(&LEXICON, &clause) {
            let said = turned.sentence();
            faithful(&format!("{BEFORE} {text}"), &said)?;
            if !text.contains(['.', '?', ',']) {
                prop_assert_eq!(negations(&text), negations(&said), "{:?} from {:?}", said, text);
            }
        }
    }
}

#[test]
fn a_quotation_opened_with_a_curly_quote_and_never_closed_is_no_error() {
    for text in ["This came to my ‘new door.", "‘It broke", "He said ‘no", "It is ’s ‘"] {
        let _ = turn(&Lexicon::default(), &Clause::new(text, Role::Trouble));
    }
}
