//! Full dates, as people write them: with day, month and year.

/// How the names of the months begin, in English, German, French and Spanish.
const MONTHS: &[&str] = &[
    "abr", "ago", "aou", "apr", "aug", "avr", "dec", "dez", "dic", "ene", "feb", "fev", "jan", "jui", "jul",
    "jun", "mai", "mar", "may", "nov", "oct", "okt", "sep", "set",
];

/// How long the date at the beginning is. `loose` allows one of six or eight digits without signs.
pub fn date(text: &str, loose: bool) -> Option<usize> {
    let bytes = text.as_bytes();
    let digits =
        |at: usize| bytes.get(at..).map_or(0, |b| b.iter().take_while(|b| b.is_ascii_digit()).count());
    let ends = |at: usize| bytes.get(at).is_none_or(|b| !b.is_ascii_alphanumeric());
    let (first, sign) = (digits(0), bytes.get(digits(0)).copied().unwrap_or(b' '));
    if b"/.-".contains(&sign) && matches!(first, 1 | 2 | 4) {
        let second = digits(first + 1);
        let third_at = first + 1 + second + 1;
        let third = digits(third_at);
        let shaped = matches!((first, second, third), (1 | 2, 1 | 2, 2 | 4) | (4, 1 | 2, 1 | 2));
        if shaped && bytes.get(third_at - 1) == Some(&sign) && ends(third_at + third) {
            return Some(third_at + third);
        }
    }
    if loose && matches!(first, 6 | 8) && ends(first) {
        return Some(first);
    }
    in_words(text, loose)
}

/// "3rd of June 1949", "June 5, 1977", "9 de octubre de 1980".
fn in_words(text: &str, loose: bool) -> Option<usize> {
    let (mut day, mut month) = (false, false);
    let mut at = 0;
    for (n, word) in text.split(' ').enumerate().take(7) {
        let core = word.trim_end_matches(['.', ',']);
        let number = core.trim_end_matches(|c: char| c.is_ascii_alphabetic());
        let digits = number.len() < 5 && !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit());
        let rest = &core[number.len()..];
        if digits && number.len() == 4 && rest.is_empty() {
            return (day && month && matches!(&number[..2], "18" | "19" | "20")).then_some(at + 4);
        }
        if loose && digits && number.len() == 2 && rest.is_empty() && day && month {
            return Some(at + 2);
        }
        if digits && number.len() <= 2 && matches!(rest, "" | "st" | "nd" | "rd" | "th" | "er" | "o") && !day
        {
            day = true;
        } else if core.len() >= 3 && core.is_char_boundary(3) && number.is_empty() && !month && is_month(core)
        {
            month = true;
        } else if n == 0 || !matches!(core, "of" | "de" | "del" | "the" | "") {
            return None;
        }
        at += word.len() + 1;
    }
    None
}

fn is_month(word: &str) -> bool {
    let head = word[..3].to_ascii_lowercase();
    MONTHS.contains(&&*head) && word.len() <= 10
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_with_a_year() {
        for text in [
            "12/03/1974",
            "4/9/52",
            "1990-04-21",
            "07.11.1959",
            "1 May 1968",
            "3rd of June 1949",
            "June 5, 1977",
            "11. marz 1968",
            "12 Mar 74",
            "9 de octubre de 1980",
            "110368",
        ] {
            assert_eq!(date(&format!("{text}, x"), true), Some(text.len()), "{text}");
        }
        for text in ["12/03", "5 June", "1949", "on 5 June 1949", "may 1968", "4.1.1.1", ""] {
            assert_eq!(date(text, true), None, "{text}");
        }
    }
}
