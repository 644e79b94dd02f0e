//! Folding of how people type: contractions, stretched letters, possessives, numbers in words.

/// Lower-cases and straightens apostrophes.
pub fn lower(word: &str) -> String {
    let lower = word.to_lowercase();
    if lower.contains('’') { lower.replace('’', "'") } else { lower }
}

pub(super) fn has_run_of_three(word: &str) -> bool {
    if word.is_ascii() {
        return word.as_bytes().windows(3).any(|w| w[0] == w[1] && w[1] == w[2]);
    }
    let mut run = ('\0', 0);
    word.chars().any(|c| {
        run = if c == run.0 { (c, run.1 + 1) } else { (c, 1) };
        run.1 >= 3
    })
}

/// Whether a folded word is a number, in digits or words.
pub fn is_number(word: &str) -> bool {
    word.as_bytes().first().is_some_and(u8::is_ascii_digit) || number_word(word).is_some()
}

/// "three" → 3.
pub fn number_word(word: &str) -> Option<u32> {
    Some(match word {
        "one" => 1,
        "two" => 2,
        "three" => 3,
        "four" => 4,
        "five" => 5,
        "six" => 6,
        "seven" => 7,
        "eight" => 8,
        "nine" => 9,
        "ten" => 10,
        "eleven" => 11,
        "twelve" => 12,
        "thirteen" => 13,
        "fourteen" => 14,
        "fifteen" => 15,
        "twenty" => 20,
        "thirty" => 30,
        "forty" => 40,
        "fifty" => 50,
        _ => return None,
    })
}

pub(super) fn strip_possessive(word: &str) -> &str {
    word.strip_suffix("'s").unwrap_or(word)
}

pub(super) fn contraction(word: &str) -> Option<(&str, &str)> {
    let Some(cut) = word.rfind('\'') else {
        return Some(match word {
            "cannot" => ("can", "not"),
            "cant" => ("can", "not"),
            "dont" => ("do", "not"),
            "doesnt" => ("does", "not"),
            "didnt" => ("did", "not"),
            "wont" => ("will", "not"),
            "wasnt" => ("was", "not"),
            "isnt" => ("is", "not"),
            "arent" => ("are", "not"),
            "werent" => ("were", "not"),
            "hasnt" => ("has", "not"),
            "havent" => ("have", "not"),
            "hadnt" => ("had", "not"),
            "couldnt" => ("could", "not"),
            "wouldnt" => ("would", "not"),
            "shouldnt" => ("should", "not"),
            "aint" => ("is", "not"),
            "im" => ("i", "am"),
            "ive" => ("i", "have"),
            "youre" => ("you", "are"),
            "youve" => ("you", "have"),
            "theyre" => ("they", "are"),
            "theyve" => ("they", "have"),
            "weve" => ("we", "have"),
            "thats" => ("that", "is"),
            "whats" => ("what", "is"),
            "theres" => ("there", "is"),
            "wheres" => ("where", "is"),
            "hows" => ("how", "is"),
            _ => return None,
        });
    };
    let (base, tail) = (&word[..cut], &word[cut + 1..]);
    match tail {
        "t" => {
            let base = base.strip_suffix('n')?;
            Some((
                match base {
                    "ca" => "can",
                    "wo" => "will",
                    "sha" => "shall",
                    "ai" => "is",
                    other => other,
                },
                "not",
            ))
        }
        "m" => Some((base, "am")),
        "ve" => Some((base, "have")),
        "re" => Some((base, "are")),
        "ll" => Some((base, "will")),
        "d" => Some((base, "would")),
        "s" if matches!(
            base,
            "it" | "that"
                | "what"
                | "there"
                | "where"
                | "he"
                | "she"
                | "who"
                | "here"
                | "how"
                | "this"
                | "when"
        ) =>
        {
            Some((base, "is"))
        }
        _ => None,
    }
}
