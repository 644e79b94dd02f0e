//! Words and marks of a clause, with the spacing they were written with, and slips mended.

use crate::class;
use crate::lexicon::{classes, mended};
use std::borrow::Cow;

/// Part of speech, as coarse as the rules need.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Tag {
    Noun,
    Name,
    Adjective,
    Adverb,
    Number,
    Preposition,
    Conjunction,
    Subordinator,
    To,
    Wh,
    There,
    Modal,
    Auxiliary,
    Past,
    Participle,
    Base,
    Third,
    Gerund,
    Pronoun,
    Determiner,
    Possessive,
    /// The 's of "my sister's".
    Own,
    Mark,
    Other,
}

#[derive(Debug, Clone)]
pub(crate) struct Token<'a> {
    pub text: Cow<'a, str>,
    pub low: Cow<'a, str>,
    pub class: u64,
    pub tag: Tag,
    /// No space before it.
    pub glued: bool,
    /// Inside quotation marks, which it may itself be.
    pub quoted: bool,
    /// A pronoun whose noun stands in the sentence before.
    pub excused: bool,
}

impl Tag {
    /// Whether it may stand inside a noun phrase.
    pub fn is_nominal(self) -> bool {
        matches!(
            self,
            Self::Determiner
                | Self::Possessive
                | Self::Adjective
                | Self::Noun
                | Self::Name
                | Self::Number
                | Self::Own
        )
    }
}

impl<'a> Token<'a> {
    pub fn new(text: impl Into<Cow<'a, str>>, glued: bool) -> Self {
        let text: Cow<'a, str> = text.into();
        let small = text.bytes().all(|b| b.is_ascii() && !b.is_ascii_uppercase());
        let plain = small || !text.chars().any(|c| c.is_uppercase() || c == '’');
        let low: Cow<'a, str> =
            if plain { text.clone() } else { Cow::Owned(text.to_lowercase().replace('’', "'")) };
        let mut class = classes(if low.len() > 1 { low.trim_end_matches('.') } else { &low });
        // "forty-two"
        if class == 0
            && let Some((ten, one)) = low.split_once('-')
            && ten.ends_with("ty")
            && classes(one) & class::NUMBER != 0
        {
            class = classes(ten);
        }
        Self { text, low, class, tag: Tag::Other, glued, quoted: false, excused: false }
    }

    /// A word of ours with its tag.
    pub fn own(text: &'static str, tag: Tag) -> Self {
        Self { tag, ..Self::new(text, false) }
    }

    pub fn is(&self, word: &str) -> bool {
        self.low == word
    }

    pub fn any(&self, words: &[&str]) -> bool {
        words.contains(&&*self.low)
    }

    pub fn has(&self, class: u64) -> bool {
        self.class & class != 0
    }

    pub fn mark(&self) -> bool {
        self.tag == Tag::Mark
    }

    pub fn digit(&self) -> bool {
        self.low.bytes().any(|b| b.is_ascii_digit())
    }

    pub fn capital(&self) -> bool {
        self.text.chars().next().is_some_and(char::is_uppercase)
    }

    /// A capital that isn't only shouting.
    pub fn capital_name(&self) -> bool {
        self.capital() && self.class == 0
    }

    /// Puts another word in its place, its tag kept.
    pub fn say(&mut self, word: &'static str) {
        self.text = Cow::Borrowed(word);
        self.low = Cow::Borrowed(word);
        self.class = classes(word);
    }
}

/// Short forms whose full stop ends no sentence.
const ABBREVIATIONS: [&str; 14] =
    ["a.m", "p.m", "mr", "mrs", "ms", "dr", "prof", "approx", "e.g", "i.e", "vs", "incl", "rs", "nos"];

const CLITICS: [&str; 6] = ["'m", "'re", "'ve", "'ll", "'d", "'s"];

/// The tokens of a text, not yet tagged but for marks.
pub(crate) fn tokens(text: &str) -> Vec<Token<'_>> {
    let mut out: Vec<Token<'_>> = Vec::with_capacity(text.len() / 5 + 4);
    let mut spaced = true;
    let (mut double, mut single) = (false, false);
    let mut at = 0;
    while let Some(c) = text[at..].chars().next() {
        let size = c.len_utf8();
        if c.is_whitespace() || c == '¶' || c.is_control() {
            spaced = true;
            at += size;
            continue;
        }
        let rest = &text[at + size..];
        let next = rest.chars().next();
        let end = if c.is_alphanumeric()
            || (matches!(c, '£' | '$' | '€' | '₹' | '₦' | '¥' | '#')
                && next.is_some_and(char::is_alphanumeric))
        {
            word_end(text, at + size)
        } else if c == '.' && rest.starts_with("..") {
            at + 3
        } else {
            at + size
        };
        // "p.m." and "Mr." keep their full stop.
        let dotted = text[end..].starts_with('.')
            && (ABBREVIATIONS.iter().any(|a| a.eq_ignore_ascii_case(&text[at..end]))
                // "no. 5"
                || text[at..end].eq_ignore_ascii_case("no")
                    && text[end + 1..].trim_start().starts_with(|c: char| c.is_ascii_digit()));
        let end = if dotted { end + 1 } else { end };
        let piece = &text[at..end];
        let before = out.len();
        match c {
            _ if c.is_alphanumeric() || end > at + size && c != '.' => word(&mut out, piece, !spaced),
            '"' | '“' | '”' => {
                double = !double;
                out.push(mark(piece, !spaced));
            }
            '\'' | '‘' | '’' => {
                let opens = spaced || out.last().is_some_and(|t| t.any(&["(", "[", "\"", "-", "–"]));
                if !single && opens && c != '’' && closes(&text[at + size..]) {
                    single = true;
                    out.push(mark(piece, !spaced));
                } else {
                    out.push(mark(piece, !spaced));
                    if single {
                        out.last_mut().expect("just pushed").quoted = true;
                        single = false;
                    }
                }
            }
            _ => out.push(mark(piece, !spaced)),
        }
        // "a photo id": no "I'd"
        let card = piece.eq_ignore_ascii_case("id")
            && before.checked_sub(1).is_some_and(|b| {
                out[b].any(&[
                    "as", "an", "photo", "of", "my", "your", "the", "any", "no", "with", "for", "or",
                    "valid", "booking", "order", "customer", "account",
                ])
            });
        // "the 5 yr warranty": no "your"
        let years = piece.eq_ignore_ascii_case("yr")
            && before.checked_sub(1).is_some_and(|b| out[b].digit() || out[b].has(class::NUMBER));
        if card || years {
            out.truncate(before);
            out.push(Token::new(if card { "ID" } else { "year" }, !spaced));
        }
        for token in &mut out[before..] {
            token.quoted |= double || single || matches!(c, '"' | '”');
        }
        spaced = false;
        at = end;
    }
    // A quotation that never ends is none.
    if double || single {
        let open = out.iter().rposition(|t| t.mark() && t.any(&["\"", "“", "'", "‘"])).unwrap_or(0);
        for token in &mut out[open..] {
            token.quoted = true;
        }
    }
    out
}

/// Whether a quotation opened before ends in this: not with the apostrophe of "I'm".
fn closes(text: &str) -> bool {
    text.match_indices(['\'', '’']).any(|(at, found)| {
        let led = text[..at].chars().next_back().is_some_and(|c| !c.is_whitespace());
        led && !text[at + found.len()..].chars().next().is_some_and(char::is_alphanumeric)
    })
}

fn mark<'a>(text: &'a str, glued: bool) -> Token<'a> {
    Token { tag: Tag::Mark, ..Token::new(text, glued) }
}

/// Where the word ends that has begun: letters and digits, and what may stand between two of them.
fn word_end(text: &str, mut at: usize) -> usize {
    loop {
        at += text.as_bytes()[at..].iter().take_while(|b| b.is_ascii_alphanumeric()).count();
        let Some(c) = text[at..].chars().next() else { return at };
        if !(c.is_alphanumeric() || c == '%' || is_inner(text, at, c)) {
            return at;
        }
        at += c.len_utf8();
    }
}

/// Whether a sign may stand between what is before and behind it in one word.
fn is_inner(text: &str, at: usize, c: char) -> bool {
    let Some(next) = text[at + c.len_utf8()..].chars().next().filter(|c| c.is_alphanumeric()) else {
        return false;
    };
    match c {
        '\'' | '’' | '-' | '/' | '@' | '_' | '*' => true,
        '.' | ':' | ',' => {
            let digits = text[..at].ends_with(|c: char| c.is_ascii_digit()) && next.is_ascii_digit();
            digits || c == '.' && next.is_lowercase()
        }
        _ => false,
    }
}

/// A word, mended and its clitic split off.
fn word<'a>(out: &mut Vec<Token<'a>>, text: &'a str, glued: bool) {
    let whole = Token::new(text, glued);
    let shouted = text.len() > 1 && text.chars().all(|c| c.is_uppercase());
    if let Some(right) = Some(&whole)
        .filter(|w| {
            w.has(class::SLIP) && (!shouted || w.has(class::FINITE)) && (text.len() > 1 || !w.capital())
        })
        .and_then(|w| mended(&w.low))
    {
        for (at, piece) in right.split(' ').enumerate() {
            let mut chars = piece.chars();
            let piece: Cow<'a, str> = match chars.next() {
                Some(first) if at == 0 && whole.capital() || piece.starts_with("i'") => {
                    Cow::Owned(first.to_uppercase().chain(chars).collect())
                }
                _ => Cow::Borrowed(piece),
            };
            split(out, piece, glued && at == 0);
        }
        return;
    }
    if whole.is("i") {
        out.push(Token::new("I", glued));
    } else {
        split(out, Cow::Borrowed(text), glued);
    }
}

fn split<'a>(out: &mut Vec<Token<'a>>, text: Cow<'a, str>, glued: bool) {
    let straight = if text.contains('’') { Cow::Owned(text.replace('’', "'")) } else { text };
    let tail = straight
        .rfind('\'')
        .filter(|&at| at > 0 && CLITICS.iter().any(|c| straight[at..].eq_ignore_ascii_case(c)));
    match (tail, straight) {
        (Some(at), Cow::Borrowed(text)) => {
            out.push(Token::new(if &text[..at] == "i" { "I" } else { &text[..at] }, glued));
            out.push(Token::new(&text[at..], true));
        }
        (Some(at), Cow::Owned(text)) => {
            out.push(Token::new(
                if &text[..at] == "i" { "I".to_owned() } else { text[..at].to_owned() },
                glued,
            ));
            out.push(Token::new(text[at..].to_owned(), true));
        }
        (None, text) => out.push(Token::new(text, glued)),
    }
}

/// The tokens as text.
pub(crate) fn text(tokens: &[Token<'_>]) -> String {
    let mut out = String::with_capacity(tokens.len() * 6);
    for token in tokens {
        if !out.is_empty() && !token.glued {
            out.push(' ');
        }
        out.push_str(&token.text);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<String> {
        tokens(text).iter().map(|t| t.text.to_string()).collect()
    }

    #[test]
    fn clitics_are_split_and_slips_mended() {
        assert_eq!(words("i'm dont"), ["I", "'m", "don't"]);
        assert_eq!(words("I’ve £1,25 at 2.14pm."), ["I", "'ve", "£1,25", "at", "2.14pm", "."]);
    }

    #[test]
    fn spacing_and_quotes_are_kept() {
        let line = "It said 'at owner's risk', (sic) 50% off.";
        assert_eq!(text(&tokens(line)), line);
        let quoted: Vec<_> = tokens("she said \"no I won't\" twice").iter().map(|t| t.quoted).collect();
        assert_eq!(quoted, [false, false, true, true, true, true, true, false]);
    }
}
