//! Text as a machine would have typed it, so that one set of rules reads every keyboard's digits,
//! dashes, quotes and accents.

use amends_language::words::is_zero_width;
use std::borrow::Cow;
use std::ops::Range;

/// Folded text, and where each of its bytes was.
pub struct Plain<'a> {
    pub text: Cow<'a, str>,
    /// Empty if nothing was folded.
    places: Vec<u32>,
}

impl<'a> Plain<'a> {
    pub fn of(text: &'a str) -> Self {
        if text.is_ascii() {
            return Self { text: text.into(), places: Vec::new() };
        }
        let mut folded = String::with_capacity(text.len());
        let mut places = Vec::with_capacity(text.len() + 1);
        for (at, c) in text.char_indices().filter(|(_, c)| !is_zero_width(*c)) {
            folded.push(fold(c));
            places.resize(folded.len(), at as u32);
        }
        places.push(text.len() as u32);
        Self { text: folded.into(), places }
    }

    /// The same range in the original.
    pub fn original(&self, range: Range<usize>) -> Range<usize> {
        let place = |at: usize| self.places.get(at).map_or(at, |place| *place as usize);
        place(range.start)..place(range.end)
    }
}

fn fold(c: char) -> char {
    let digit = |first: u32| char::from(b'0' + ((c as u32 - first) % 10) as u8);
    match c {
        '\0'..='\x7f' => c,
        '０'..='９' => digit('０' as u32),
        '٠'..='٩' => digit('٠' as u32),
        '۰'..='۹' => digit('۰' as u32),
        '०'..='९' => digit('०' as u32),
        '০'..='৯' => digit('০' as u32),
        '\u{1d7ce}'..='\u{1d7ff}' => digit(0x1d7ce),
        'Ａ'..='Ｚ' => char::from(b'A' + (c as u32 - 'Ａ' as u32) as u8),
        'ａ'..='ｚ' => char::from(b'a' + (c as u32 - 'ａ' as u32) as u8),
        '\u{a0}' | '\u{1680}' | '\u{2000}'..='\u{200a}' | '\u{202f}' | '\u{205f}' | '\u{3000}' => ' ',
        '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{fe58}' | '\u{fe63}' | '\u{ff0d}' => '-',
        '“' | '”' | '„' | '‟' | '«' | '»' | '＂' => '"',
        '‘' | '’' | '‚' | '‛' | '‹' | '›' => '\'',
        '·' | '•' | '∙' | '．' | '。' => '.',
        '：' => ':',
        '＝' => '=',
        '／' => '/',
        'à'..='å' => 'a',
        'ç' => 'c',
        'è'..='ë' | 'È'..='Ë' => 'e',
        'ì'..='ï' => 'i',
        'ñ' => 'n',
        'ò'..='ö' | 'Ó' => 'o',
        'ù'..='ü' | 'Ü' => 'u',
        'ß' => 's',
        'ą' => 'a',
        'ć' | 'č' => 'c',
        'ę' => 'e',
        'ł' | 'Ł' => 'l',
        'ń' => 'n',
        'ø' => 'o',
        'ś' | 'ş' | 'š' => 's',
        'ź' | 'ż' | 'ž' => 'z',
        'ı' => 'i',
        'А'..='я' => cyrillic(c),
        '°' | 'º' => 'o',
        _ => c,
    }
}

/// A letter for a letter, so that a word keeps its places.
fn cyrillic(c: char) -> char {
    const LATIN: &[u8; 32] = b"abvgdejziiklmnoprstufhccss'yieua";
    let index = (c as usize - 'А' as usize) % LATIN.len();
    char::from(LATIN[index])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_of_any_keyboard_are_digits() {
        let plain = Plain::of("né ４\u{200b}٢ – x");
        assert_eq!(plain.text, "ne 42 - x");
        assert_eq!(plain.original(3..5), 4..12);
        assert_eq!(plain.original(0..9), 0..18);
    }
}
