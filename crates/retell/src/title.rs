//! What a subject line is about, as it is named to the customer: "Photos of Immy on your page" is "the photos of
//! Immy on our page". Most subject lines name their matter; those that are sentences, dates, numbers or names
//! alone don't.

use crate::class::*;
use crate::lexicon::{Lexicon, classes, first, is_word};
use crate::tag::{finites, tag};
use crate::token::{Tag, Token, text, tokens};
use crate::unknown::built;
use crate::{Clause, Kind, Role, is_kept_back, turn};

/// The matter a subject line names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Title {
    /// As it is named to the customer: "the photos of Immy on our page".
    pub named: String,
    /// Its noun, in lower case: "photos".
    pub head: String,
}

/// Longer ones are no title.
const MOST_WORDS: usize = 12;
/// What the noun phrase is tried behind.
const FRAME: &str = "I wrote to you about";
const TURNED: &str = "you wrote to us about ";
/// What stands before the matter itself.
const OPENINGS: &[&str] = &[
    "formal complaint about",
    "complaint about",
    "complaint regarding",
    "complaint re",
    "complaining about",
    "problems with",
    "problem with",
    "trouble with",
    "issues with",
    "issue with",
    "question about",
    "query about",
    "feedback on",
    "feedback about",
    "regarding",
    "concerning",
    "about",
    "urgent",
    "formal complaint",
    "complaint",
    "re",
];
/// Nouns that name nothing by themselves.
const HOLLOW: &[&str] = &[
    "complaint",
    "question",
    "query",
    "problem",
    "issue",
    "letter",
    "email",
    "e-mail",
    "mail",
    "message",
    "note",
    "reminder",
    "nudge",
    "update",
    "info",
    "information",
    "attention",
    "help",
    "thing",
    "things",
    "one",
    "reply",
    "response",
    "feedback",
    "comment",
    "comments",
    "suggestion",
    "apology",
    "goodbye",
    "emergency",
    "ref",
    "reference",
    "number",
    "no",
    "case",
    "ticket",
    "thank",
    "thanks",
    "hello",
    "compliment",
    "attempt",
    "time",
    "week",
    "day",
    "month",
    "year",
    "morning",
    "evening",
    "afternoon",
    "night",
];

/// The matter of a subject line, if one is plainly named; the text below it tells names from nouns.
pub fn title(lexicon: &Lexicon, subject: &str, below: &str) -> Option<Title> {
    if is_kept_back(lexicon, subject) {
        return None;
    }
    let mut each = segments(subject).into_iter();
    let first = each.next()?;
    of_segment(lexicon, first, below).or_else(|| {
        // Behind a number or a name the matter may come second.
        let low = first.to_lowercase();
        let is_label = |word: &str| {
            word.contains(|c: char| c.is_ascii_digit())
                || !is_word(word)
                || classes(word) & (WEEKDAY | MONTH) != 0
        };
        let label = low.split_whitespace().any(is_label) || OPENINGS.contains(&&*low);
        let second = each.next().filter(|_| label)?;
        of_segment(lexicon, second, below).filter(|found| has(below, &found.head))
    })
}

/// Whether a text has a word as it stands.
fn has(text: &str, word: &str) -> bool {
    text.match_indices(word).any(|(n, _)| {
        !text[..n].ends_with(char::is_alphanumeric)
            && !text[n + word.len()..].starts_with(char::is_alphanumeric)
    })
}

/// The parts of a subject line between its marks, without those that ask.
fn segments(subject: &str) -> Vec<&str> {
    const MARKS: &[&str] =
        &[" - ", " – ", " — ", ": ", "; ", ", ", ". ", "! ", " (", ") ", " / ", "…", "...", "? "];
    let mut found = vec![subject.trim()];
    for mark in MARKS {
        found = found.into_iter().flat_map(|part| part.split_inclusive(mark)).collect();
    }
    let asks_or_adds = |part: &str| part.trim_end().ends_with(['?', ')']);
    found.retain(|part| !asks_or_adds(part));
    let edge = |c: char| !c.is_alphanumeric() && !"'\"‘’“”£$€%".contains(c);
    found.iter().map(|part| part.trim_matches(edge)).filter(|part| !part.is_empty()).collect()
}

fn of_segment(lexicon: &Lexicon, segment: &str, below: &str) -> Option<Title> {
    let low = segment.to_lowercase();
    let opening = OPENINGS.iter().find(|opening| {
        low.strip_prefix(**opening).is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
    });
    let segment = segment.get(opening.map_or(0, |opening| opening.len())..)?.trim();
    let words: Vec<String> = recased(segment, below)?;
    if words.is_empty() || words.len() > MOST_WORDS {
        return None;
    }
    let line = format!("{FRAME} {}.", words.join(" "));
    let mut all = tokens(&line);
    tag(&mut all);
    let from = FRAME.split(' ').count();
    let all = all.get(from..all.len().checked_sub(1)?)?;
    let (end, head) = phrase(all, below)?;
    let noun = &all[head];
    // A name may stand alone; a noun stands in the text as well.
    if end == 1 && !has(below, &noun.low) {
        return None;
    }
    if HOLLOW.contains(&&*noun.low) || noun.class & (WEEKDAY | MONTH) != 0 {
        return None;
    }
    let (article, said) = match &all[..end] {
        [t, rest @ ..] if t.any(&["a", "an"]) => ("the ", text(rest)),
        [t, own, ..] if t.has(FAMILY) && own.tag == Tag::Own => ("my ", text(&all[..end])),
        all if has_own_article(all, head) => ("", text(all)),
        all => ("the ", text(all)),
    };
    let line = format!("{FRAME} {article}{said}.");
    let turned = turn(lexicon, &Clause::new(&line, Role::Background)).ok()?;
    let named = turned.text.strip_prefix(TURNED)?.trim_end_matches('.').to_owned();
    // Nothing of it may have gone, nor come.
    let whole = turned.kind == Kind::Statement
        && !turned.leans
        && named.split(' ').count() == line.split(' ').count() - from;
    whole.then(|| Title { named, head: noun.low.to_string() })
}

/// Whether the phrase needs no "the" before it: it has a determiner, is somebody's, or has its number.
fn has_own_article(all: &[Token<'_>], head: usize) -> bool {
    let opens = all.first().is_some_and(|t| matches!(t.tag, Tag::Determiner | Tag::Possessive));
    let dated = |t: &Token<'_>| t.class & (WEEKDAY | MONTH) != 0 || t.any(&["today", "yesterday", "tonight"]);
    let owned =
        all.first().is_some_and(|t| t.capital() || dated(t)) && all[..head].iter().any(|t| t.tag == Tag::Own);
    opens || owned || all.len() == head + 2 && head == 0 && all[head + 1].tag == Tag::Number
}

/// Where the noun phrase that a text begins with ends, with what plainly belongs to it, and its noun.
fn phrase(all: &[Token<'_>], below: &str) -> Option<(usize, usize)> {
    let opens = usize::from(all.first()?.tag == Tag::Possessive || all[0].any(&["the", "a", "an"]));
    if all[0].any(&["his", "her", "their", "its", "one"]) {
        return None;
    }
    let (mut end, head) = noun(all, opens, below)?;
    // What comes behind it is taken as far as it is whole.
    let mut at = end;
    while at < all.len() {
        let token = &all[at];
        at = match token.tag {
            Tag::Preposition | Tag::To if !token.any(&["like", "as", "than", "because"]) => {
                match object(all, at + 1) {
                    Some(next) => next,
                    None => break,
                }
            }
            // "the tickets turned away at the door": not "the account locked".
            Tag::Participle | Tag::Past
                if token.has(PARTICIPLE)
                    && all.get(at + 1).is_some_and(|t| t.tag == Tag::Preposition || t.has(PARTICLE)) =>
            {
                let particle = usize::from(
                    all[at + 1].has(PARTICLE) && all.get(at + 2).is_some_and(|t| t.tag == Tag::Preposition),
                );
                match object(all, at + 2 + particle) {
                    Some(next) => next,
                    None => break,
                }
            }
            // "the man you sent Thursday"
            Tag::Pronoun if token.any(&["i", "we", "you"]) => {
                let rest = &all[at..];
                let verbs = finites(rest);
                let plain = rest
                    .iter()
                    .all(|t| !t.mark() && !matches!(t.tag, Tag::Conjunction | Tag::Wh | Tag::Modal));
                if verbs.len() != 1 || verbs[0] > 2 || !plain {
                    break;
                }
                all.len()
            }
            Tag::Conjunction if token.is("and") => match object(all, at + 1) {
                Some(next)
                    if all
                        .get(next)
                        .is_none_or(|t| matches!(t.tag, Tag::Participle | Tag::Past | Tag::Auxiliary)) =>
                {
                    next
                }
                _ => break,
            },
            _ => break,
        };
        end = at;
    }
    // A sentence is none: "bike no 4 is also not working" names the bike all the same.
    let rest = &all[end..];
    let sentence = rest.first().is_none_or(|t| {
        if is_dated(t) {
            return true;
        }
        let verb = matches!(t.tag, Tag::Participle | Tag::Past) && !t.has(NOUN);
        verb || matches!(t.tag, Tag::Auxiliary | Tag::Modal | Tag::Adverb)
            || t.any(&["not", "still", "again"])
    });
    // "fair opens in 9 days"
    let tells = finites(&all[..end]).iter().any(|n| {
        let related = all[head + 1..(*n).max(head + 1)].iter().any(|t| t.tag == Tag::Pronoun);
        *n > head && !related && !matches!(all[*n].tag, Tag::Past | Tag::Participle)
    });
    (sentence && !tells).then_some((end, head))
}

/// The run of adjectives and nouns from `at` on that ends in a noun: its end, and the noun.
fn noun(all: &[Token<'_>], at: usize, below: &str) -> Option<(usize, usize)> {
    let attested = |n: usize| {
        let pair = format!("{} {}", all[n].low, all.get(n + 1).map_or("", |next| &*next.low));
        ["a", "the", "my", "our", "your"].iter().any(|before| has(below, &format!("{before} {pair}")))
    };
    let inside = |t: &Token<'_>| {
        matches!(t.tag, Tag::Adjective | Tag::Noun | Tag::Name | Tag::Own | Tag::Number)
            && !t.has(PRONOUN)
            && !t.mark()
    };
    // "the parking permit", "the cancelled flight"
    let led = |n: usize| {
        let t = &all[n];
        let done = n == at && t.has(PARTICIPLE) && t.low.ends_with("ed");
        let noun = all.get(n + 1).is_some_and(|next| matches!(next.tag, Tag::Noun | Tag::Adjective));
        noun && (done || t.tag == Tag::Gerund && attested(n))
    };
    let run = (at..all.len()).take_while(|n| inside(&all[*n]) || led(*n)).count();
    let named = |t: &Token<'_>| {
        t.tag == Tag::Noun && t.has(NOUN | PLURAL) && first(t.class) & (BASE | GERUND | PAST) == 0
    };
    let last = (at..at + run).rposition(|n| named(&all[n])).map(|n| at + n)?;
    // A name or number behind the noun belongs to it: "plot 6"; more of it, and it isn't plain what it is.
    let tail = at + run - last - 1;
    let code = |t: &Token<'_>| t.digit() && (t.text.len() > 3 || !t.text.bytes().all(|b| b.is_ascii_digit()));
    let tail = match all.get(last + 1) {
        Some(t) if tail > 0 && is_dated(t) => 0,
        // The number of an order says which, not what.
        Some(t) if tail > 0 && code(t) => return None,
        _ => tail,
    };
    // "wheres book 3", "access list unit 77"
    let plain = tail == 0 || tail == 1 && run <= 2 && matches!(all[last + 1].tag, Tag::Number | Tag::Name);
    if ["wheres", "whats", "whos", "hows", "whens", "whys", "thats", "its"].contains(&&*all[at].low) {
        return None;
    }
    let verb = |n: usize| {
        let t = &all[n];
        first(t.class) & (BASE | PAST | THIRD_PERSON | GERUND) != 0 && t.tag != Tag::Adjective && !led(n)
    };
    let number = |n: usize| (all[n].digit() || all[n].tag == Tag::Number) && !all[n - 1].has(WEEKDAY);
    let numbered = (at + 1..last).any(number);
    // "mums specs"
    let mums = (at..last).any(|n| all[n].has(FAMILY) && all[n].has(PLURAL));
    (plain && !numbered && !mums && !(at..last).any(verb)).then_some((last + 1 + tail, last))
}

/// "28th", "19/11", "Saturday".
fn is_dated(t: &Token<'_>) -> bool {
    let day =
        t.digit() && (t.low.contains('/') || ["st", "nd", "rd", "th"].iter().any(|end| t.low.ends_with(end)));
    day || t.class & (WEEKDAY | MONTH) != 0
}

/// The end of the object that begins at `at`: a noun phrase, a name, or a number of something.
fn object(all: &[Token<'_>], at: usize) -> Option<usize> {
    let opens = all.get(at)?.tag == Tag::Possessive || all[at].tag == Tag::Determiner;
    let from = at + usize::from(opens);
    let run = all.get(from..)?.iter().take_while(|t| t.tag.is_nominal() && !t.has(PRONOUN)).count();
    let end = from + run;
    let whole = run > 0 && matches!(all[end - 1].tag, Tag::Noun | Tag::Name | Tag::Number);
    whole.then_some(end)
}

/// The words of a subject line as they would stand inside a sentence. `None` if it isn't plain which are names.
fn recased(segment: &str, below: &str) -> Option<Vec<String>> {
    let words: Vec<&str> = segment.split_whitespace().collect();
    let letters = |c: char| c.is_alphabetic();
    let shouted =
        segment.chars().filter(|c| letters(*c)).count() > 3 && !segment.chars().any(char::is_lowercase);
    let inside = |word: &str| {
        below.match_indices(word).any(|(n, _)| {
            let before = below[..n].trim_end_matches(' ');
            let apart =
                below[..n].ends_with(' ') && !below[n + word.len()..].starts_with(char::is_alphanumeric);
            apart && before.ends_with(|c: char| c.is_lowercase() || c == ',')
        })
    };
    let upper = |word: &str| word.chars().filter(|c| letters(*c)).all(char::is_uppercase);
    let mut named = false;
    words
        .iter()
        .enumerate()
        .map(|(n, word)| {
            let behind_name = std::mem::take(&mut named);
            let low = word.to_lowercase();
            let bare = low.trim_matches(|c: char| !c.is_alphanumeric());
            let dated = classes(bare) & (WEEKDAY | MONTH) != 0;
            if !word.starts_with(char::is_uppercase) || word.contains(|c: char| c.is_ascii_digit()) {
                return Some((*word).to_owned());
            }
            let common = is_word(bare.trim_end_matches("'s")) || built(bare) || has(below, bare);
            let small = word.chars().skip(1).any(char::is_lowercase);
            if dated || bare == "i" || bare.starts_with("i'") {
                return Some(if shouted { titled(&low) } else { (*word).to_owned() });
            }
            if upper(word) && bare.chars().count() > 1 {
                // "VAT" stays; "BLUE TROLLEY" and "AGAIN" don't.
                return match common && !inside(word) && (shouted || bare.len() > 3) {
                    true => Some(low),
                    false if shouted && bare.len() > 4 => None,
                    false => Some((*word).to_owned()),
                };
            }
            // "The Goose Girl" is one name.
            let next = words.get(n + 1).filter(|next| next.starts_with(char::is_uppercase));
            let run = n > 0 && next.is_some_and(|next| !inside(&next.to_lowercase()));
            let name = behind_name || run || inside(word) && !inside(&low);
            if !common && n == 0 && !inside(word) && words.len() > 1 {
                return None;
            }
            let lowered = small && common && !name && (n == 0 || inside(&low));
            named = !lowered;
            match lowered || bare.chars().count() == 1 && n == 0 {
                true => Some(low),
                false => Some((*word).to_owned()),
            }
        })
        .collect()
}

fn titled(low: &str) -> String {
    let mut chars = low.chars();
    chars.next().into_iter().flat_map(char::to_uppercase).chain(chars).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(subject: &str, below: &str) -> Option<String> {
        title(&Lexicon::default(), subject, below).map(|title| title.named)
    }

    #[test]
    fn subject_lines_name_their_matter() {
        for (subject, named) in [
            ("Photos of Immy on your page", "the photos of Immy on our page"),
            ("your driver on the 18th", "our driver on the 18th"),
            ("The man you sent Thursday", "the man we sent Thursday"),
            ("Complaint about my broken oven", "your broken oven"),
        ] {
            assert_eq!(of(subject, "").as_deref(), Some(named), "{subject}");
        }
    }

    #[test]
    fn sentences_dates_and_numbers_name_none() {
        for subject in [
            "We were sat behind a pillar",
            "Stop ringing me",
            "Saturday",
            "KX-2200917",
            "",
            "???",
            "where is it?",
        ] {
            assert_eq!(of(subject, ""), None, "{subject}");
        }
    }

    #[test]
    fn the_text_tells_a_name_from_a_noun() {
        assert_eq!(of("Bramble", "I booked Bramble in for three nights."), None);
        assert_eq!(of("Sideboard", "I booked a sideboard.").as_deref(), Some("the sideboard"));
    }
}
