//! Which English a reply is in: the company's or, with `locale: auto`, the customer's own.

use super::calendar;
use crate::facts::value;
use crate::reading::Reading;
use amends_inbox::message::Message;
use amends_phrasebook::Company;

/// The customer's own English decides.
const AUTO: &str = "auto";
pub(super) const BRITISH: &str = "en-GB";
pub(super) const AMERICAN: &str = "en-US";

/// Words of the phrasebook that Americans spell otherwise.
const SPELLINGS: &[(&str, &str)] = &[
    ("apologise", "apologize"),
    ("apologised", "apologized"),
    ("apologising", "apologizing"),
    ("authorise", "authorize"),
    ("authorised", "authorized"),
    ("behaviour", "behavior"),
    ("cancelled", "canceled"),
    ("cancelling", "canceling"),
    ("catalogue", "catalog"),
    ("centre", "center"),
    ("cheque", "check"),
    ("colour", "color"),
    ("favour", "favor"),
    ("flavour", "flavor"),
    ("grey", "gray"),
    ("honour", "honor"),
    ("honoured", "honored"),
    ("labelled", "labeled"),
    ("licence", "license"),
    ("neighbour", "neighbor"),
    ("neighbours", "neighbors"),
    ("odour", "odor"),
    ("organise", "organize"),
    ("organised", "organized"),
    ("organising", "organizing"),
    ("realise", "realize"),
    ("recognise", "recognize"),
    ("recognised", "recognized"),
    ("unauthorised", "unauthorized"),
    ("unrecognised", "unrecognized"),
];

/// Words that only one of the two writes so.
const AMERICAN_WORDS: &[&str] = &[
    "apartment",
    "apologize",
    "canceled",
    "center",
    "check",
    "color",
    "favor",
    "favorite",
    "gotten",
    "gray",
    "honor",
    "mom",
    "neighbor",
    "organize",
    "realize",
    "recognize",
    "sidewalk",
    "theater",
    "trash",
    "vacation",
    "zip",
];
const BRITISH_WORDS: &[&str] = &[
    "apologise",
    "bloke",
    "cancelled",
    "centre",
    "cheque",
    "colour",
    "favour",
    "favourite",
    "flat",
    "fortnight",
    "grey",
    "honour",
    "mum",
    "neighbour",
    "organise",
    "pavement",
    "postcode",
    "quid",
    "queue",
    "realise",
    "recognise",
    "theatre",
    "whilst",
];
/// One word may be borrowed, and dollars are spent elsewhere, too.
const ENOUGH: usize = 2;

/// The English of a reply to a message.
pub(super) fn of<'a>(company: &'a Company, message: &Message, reading: &Reading) -> &'a str {
    match company.locale.as_str() {
        AUTO if is_american(&message.text, &reading.facts.amounts) => AMERICAN,
        AUTO => BRITISH,
        set => set,
    }
}

fn is_american(text: &str, amounts: &[String]) -> bool {
    let lower = text.to_lowercase();
    let words: Vec<&str> =
        lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let known = |list: &[&str]| words.iter().filter(|word| list.contains(word)).count();
    let number = |word: &str| word.trim_end_matches(char::is_alphabetic).parse::<u8>().is_ok_and(|n| n <= 31);
    let dates = |month_first: bool| {
        let (month, day) = if month_first { (0, 1) } else { (1, 0) };
        words.windows(2).filter(|two| is_month(two[month]) && number(two[day])).count()
    };
    let sums =
        |mark: char| amounts.iter().filter(|sum| sum.starts_with(mark) && value(sum).is_some()).count();
    let american = known(AMERICAN_WORDS) + dates(true).min(1) + sums('$').min(1);
    let british = known(BRITISH_WORDS) + dates(false).min(1) + 2 * (sums('£') + sums('€')).min(1);
    american >= ENOUGH && american > 2 * british
}

fn is_month(word: &str) -> bool {
    calendar::MONTHS.iter().any(|month| month.eq_ignore_ascii_case(word))
}

/// A sentence of ours as Americans write it: "Thursday, November 26".
pub(super) fn american(text: &str) -> String {
    let spelled = spelled(text);
    let words: Vec<&str> = spelled.split(' ').collect();
    let mut out: Vec<String> = Vec::with_capacity(words.len());
    let mut n = 0;
    while n < words.len() {
        match words[n..] {
            [weekday, day, month, ..] if is_date(weekday, day, month) => {
                let bare = month.trim_end_matches(|c: char| !c.is_alphanumeric());
                out.push(format!("{weekday}, {bare} {day}{}", &month[bare.len()..]));
                n += 3;
            }
            _ => {
                out.push(words[n].to_owned());
                n += 1;
            }
        }
    }
    out.join(" ")
}

/// Whether three words are a date as we write it: "Thursday 26 November".
fn is_date(weekday: &str, day: &str, month: &str) -> bool {
    let month = month.trim_end_matches(|c: char| !c.is_alphanumeric());
    weekday.ends_with("day") && day.parse::<u8>().is_ok() && calendar::MONTHS.contains(&month)
}

fn spelled(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find(char::is_alphabetic) {
        let end = rest[start..].find(|c: char| !c.is_alphabetic()).map_or(rest.len(), |n| start + n);
        let word = &rest[start..end];
        out.push_str(&rest[..start]);
        let theirs = SPELLINGS.iter().find(|(british, _)| british.eq_ignore_ascii_case(word));
        match theirs {
            Some((_, american)) if word.starts_with(char::is_uppercase) => {
                out.push_str(&american[..1].to_uppercase());
                out.push_str(&american[1..]);
            }
            Some((_, american)) => out.push_str(american),
            None => out.push_str(word),
        }
        rest = &rest[end..];
    }
    out + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn americans_are_told_by_their_words_dates_and_dollars() {
        let sums = |sum: &str| vec![sum.to_owned()];
        assert!(is_american("I mailed the check on March 3 and my mom got nothing.", &[]));
        assert!(is_american("You canceled it on May 4th.", &sums("$20")));
        assert!(!is_american("It was $40.", &sums("$40")));
        assert!(!is_american("My mum paid £20 by cheque on 3 March.", &sums("£20")));
        assert!(!is_american("The colour is wrong, I paid $40 on March 3.", &sums("$40")));
        assert!(!is_american("", &[]));
    }

    #[test]
    fn only_whole_words_are_spelled_otherwise() {
        assert_eq!(spelled("I apologise for that; it's cancelled."), "I apologize for that; it's canceled.");
        assert_eq!(spelled("Apologised. Centrepiece, Grey."), "Apologized. Centrepiece, Gray.");
        assert_eq!(spelled(""), "");
    }

    #[test]
    fn days_have_their_month_first() {
        assert_eq!(
            american("By Thursday 26 November.\n- on Monday 3 May, then"),
            "By Thursday, November 26.\n- on Monday, May 3, then"
        );
        assert_eq!(american("Thursday 26 people came"), "Thursday 26 people came");
    }
}
