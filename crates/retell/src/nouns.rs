//! The noun phrases of a sentence, with what stands round them, and how they are named to the customer.

use crate::class::{BASE, HAVE, NUMBER, PAST, PRONOUN, THIRD_PERSON};
use crate::lexicon::{Lexicon, classes, first, list};
use crate::tag::tag;
use crate::token::{Tag, Token, text, tokens};

/// A noun phrase.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Noun {
    /// Its determiner, in lower case: "my", "the", "a"; empty if there is none.
    pub determiner: String,
    /// The phrase without it: "progressive glasses".
    pub phrase: String,
    /// The noun itself, in lower case: "glasses".
    pub head: String,
    /// The word before the phrase, and the one behind it, in lower case; empty at the ends.
    pub before: String,
    pub behind: String,
    /// The verb before it in the same part of the sentence, in lower case; empty if there is none.
    pub verb: String,
    /// Whether it is somebody's or something's name: "AquaSilent 640".
    pub is_name: bool,
    /// Whether it stands in quotation marks.
    pub is_quoted: bool,
    /// Whether the sentence begins with it.
    pub is_first: bool,
}

/// The noun phrases of a sentence, in order.
pub fn nouns(sentence: &str) -> Vec<Noun> {
    let mut all = tokens(sentence);
    tag(&mut all);
    let mut out = Vec::new();
    let (mut verb, mut at) = (None, 0);
    while at < all.len() {
        let token = &all[at];
        if token.mark() && !token.any(&["\"", "'", "‘", "“", "”", "’"]) {
            verb = None;
        }
        if matches!(token.tag, Tag::Past | Tag::Participle | Tag::Base | Tag::Third | Tag::Gerund)
            || token.has(HAVE)
        {
            verb = Some(at);
        }
        let opens = matches!(token.tag, Tag::Determiner | Tag::Possessive);
        if !opens && !inside(token) {
            at += 1;
            continue;
        }
        let first = if opens { at + 1 } else { at };
        let length = all[first..].iter().take_while(|t| inside(t)).count();
        let mut end = first + length;
        // It ends in its noun, or in the noun's number.
        while end > first && matches!(all[end - 1].tag, Tag::Adjective | Tag::Own) {
            end -= 1;
        }
        let is_noun = |t: &Token<'_>| matches!(t.tag, Tag::Noun | Tag::Name) && !t.has(PRONOUN);
        if let Some(head) = all[first..end].iter().rposition(is_noun).map(|n| first + n) {
            let low =
                |n: Option<usize>| n.and_then(|n| all.get(n)).map_or(String::new(), |t| t.low.to_string());
            out.push(Noun {
                determiner: if opens { all[at].low.to_string() } else { String::new() },
                phrase: text(&all[first..end]),
                head: all[head].low.to_string(),
                before: low(at.checked_sub(1)),
                behind: low(Some(end)),
                verb: low(verb),
                is_name: all[head].tag == Tag::Name,
                is_quoted: all[head].quoted,
                is_first: at == 0 && all[at].tag != Tag::Name,
            });
        }
        at = end.max(at + 1);
    }
    out
}

fn inside(token: &Token<'_>) -> bool {
    matches!(token.tag, Tag::Adjective | Tag::Noun | Tag::Name | Tag::Own | Tag::Number)
}

/// Longer ones are more than a name.
const LONGEST: usize = 4;

impl Noun {
    /// As it is named to the customer: "my new chair" is "your new chair", "our van" is "your van",
    /// "a parcel" is "the parcel". `None` if it is quoted, private, or not surely a thing.
    pub fn named(&self, lexicon: &Lexicon) -> Option<String> {
        let words = self.phrase.split_whitespace().count();
        let shouted = self.phrase.len() > 4 && !self.phrase.chars().any(char::is_lowercase);
        if self.is_quoted || shouted || words > LONGEST || self.phrase.contains('[') {
            return None;
        }
        if is_kept_back(lexicon, &self.phrase) {
            return None;
        }
        let phrase = match self.is_first && self.determiner.is_empty() {
            true => uncapitalised(&self.phrase),
            false => self.phrase.clone(),
        };
        // "The new set put", "the five boxes two": more than the noun was taken in.
        let said: Vec<u64> =
            self.phrase.split_whitespace().map(|word| classes(&word.to_lowercase())).collect();
        let verb = |class: &u64| first(*class) & (BASE | PAST | THIRD_PERSON) != 0;
        let counts = said.last().is_some_and(|class| class & NUMBER != 0);
        if said.iter().any(verb) && words > 1 && !self.is_name || counts {
            return None;
        }
        let numbered = phrase.ends_with(|c: char| c.is_ascii_digit());
        // "Cats need tickets" of a subject line is no noun.
        if self.determiner.is_empty() && words > 2 && !self.is_name && !numbered {
            return None;
        }
        Some(match self.determiner.as_str() {
            "my" | "our" => format!("your {phrase}"),
            "your" => format!("our {phrase}"),
            "the" | "a" | "an" | "this" | "that" | "these" | "those" => format!("the {phrase}"),
            "" if numbered => phrase,
            // It may be somebody's.
            "" if self.is_name => return None,
            "" => format!("the {phrase}"),
            _ => return None,
        })
    }
}

/// Whether a text has words that are not to be repeated: secret, private, heated, or in jest.
pub fn is_kept_back(lexicon: &Lexicon, text: &str) -> bool {
    const KEPT_BACK: u16 = list::HEAT
        | list::SECRET
        | list::PRIVATE
        | list::DANGER
        | list::OPINION
        | list::JEST
        | list::SPEECH
        | list::THREAT;
    lexicon.lists_of(text) & KEPT_BACK != 0
}

fn uncapitalised(text: &str) -> String {
    let mut chars = text.chars();
    let small = chars.clone().nth(1).is_some_and(char::is_lowercase);
    match chars.next() {
        Some(first) if small => first.to_lowercase().chain(chars).collect(),
        _ => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(sentence: &str) -> Vec<String> {
        let lexicon = Lexicon::default();
        nouns(sentence).iter().filter_map(|noun| noun.named(&lexicon)).collect()
    }

    #[test]
    fn things_are_named_as_the_company_would() {
        assert_eq!(named("I bought the AquaSilent 640 from you."), ["the AquaSilent 640"]);
        assert_eq!(named("My new oak table came with a gouge."), ["your new oak table", "the gouge"]);
        assert_eq!(named("Your website says so."), ["our website"]);
        assert_eq!(named("She called it \"a toy\"."), Vec::<String>::new());
        let set = Noun { determiner: "the".into(), phrase: "new set put".into(), ..Noun::default() };
        let boxes = Noun { determiner: "the".into(), phrase: "five boxes two".into(), ..Noun::default() };
        let lexicon = Lexicon::default();
        assert_eq!((set.named(&lexicon), boxes.named(&lexicon)), (None, None));
        assert_eq!(named(""), Vec::<String>::new());
    }

    #[test]
    fn what_stands_round_them_is_known() {
        let all = nouns("I ordered a lamp from you on Monday.");
        assert_eq!((&*all[0].verb, &*all[0].before, &*all[0].behind), ("ordered", "ordered", "from"));
        assert_eq!((&*all[0].determiner, &*all[0].head), ("a", "lamp"));
    }
}
