//! References: "booking HS-40012", "#10023", "RR 209 441 738 PT".

use super::*;
use amends_language::references::{NOUNS, Sort, noun_at};

static ORDER: LazyLock<Automaton> = fact_pattern!("order");
static BARE_ORDER: LazyLock<Automaton> = fact_pattern!("bare_order");

/// What a reply calls a reference whose noun nobody wrote.
pub const REFERENCE: &str = "reference";

pub(super) fn references(text: &str, lower: &str, facts: &mut Facts, taken: &mut Taken) {
    for found in ORDER.find_iter(lower) {
        named(text, lower, found, facts, taken);
    }
    if may_be_bare(text, taken) {
        for found in BARE_ORDER.find_iter(text) {
            bare(text, lower, found, facts, taken);
        }
    }
}

/// A noun and what may be its reference.
fn named(text: &str, lower: &str, found: Range<usize>, facts: &mut Facts, taken: &mut Taken) {
    let Some((noun, called, sort)) = noun_at(&lower[found.start..]) else { return };
    let from = code_start(lower, &found, noun.len());
    // "Social security": the match took the second word for the code.
    let Some(between) = lower.get(found.start + noun.len()..from) else { return };
    let code = from..spaced_end(text, from..found.end);
    let before = lower[..found.start].trim_end();
    // "Bank account", "card no.": the word before may be the one that counts.
    let generic = matches!(*noun, "number" | "no" | "nr" | "code");
    let account = *called == "account";
    let private = *sort == Sort::Private
        || generic && behind_private(before)
        || account && (last_word(before) == "bank" || at_a_bank(lower, &code));
    let letters = text[code.clone()].bytes().any(|b| b.is_ascii_uppercase());
    let numbered = is_numbered(between) || *called == REFERENCE;
    let verb = *sort == Sort::Verb && !numbered && !letters && is_verb(before);
    let bare_digits = *sort == Sort::Coded && !letters && !numbered && !is_long(text, &code);
    // "The invoice was 450": a sum, not its number.
    let is_sum = ["is", "was", "has"].iter().any(|w| between.split_whitespace().any(|b| b == *w))
        && !numbered
        && !letters
        && digits(&text[code.clone()]) < 5;
    let a_lot = *noun == "lot" && last_word(before) == "a";
    let loose = generic
        && (before.ends_with(" at")
            || !letters && (digits(&text[code.clone()]) < 4 || like_a_phone(&text[code.clone()]))
            || *noun == "code" && !letters);
    if private {
        if digits(&text[code.clone()]) >= 3 && free(taken, &code) {
            taken.insert(code.start, code.end);
        }
        return;
    }
    if verb || bare_digits || is_sum || a_lot || loose || !is_code(text, &code, numbered) {
        return;
    }
    keep_reference(text, code.clone(), called, facts, taken);
    // "Orders 90411, 90412 and 90413."
    let mut last = code;
    for _ in 0..8 {
        let Some(next) = next_alike(text, &last) else { break };
        keep_reference(text, next.clone(), called, facts, taken);
        last = next;
    }
}

/// A code in capitals, or behind "#".
fn bare(text: &str, lower: &str, found: Range<usize>, facts: &mut Facts, taken: &mut Taken) {
    let sign = text[found.clone()].find(|c: char| c != '#' && !c.is_whitespace()).unwrap_or(0);
    let code = found.start + sign..found.end;
    let word = &text[code.clone()];
    let postal = word.contains(' ') || word.len() == 13 && word[..2].bytes().all(|b| b.is_ascii_uppercase());
    if !postal {
        let long = |part: &str| {
            let head = part.bytes().take_while(u8::is_ascii_uppercase).count();
            let figures = part[head..].bytes().all(|b| b.is_ascii_digit());
            figures && head <= 5 && part.len() - head >= if head == 0 { 3 } else { 4 }
        };
        let solid = word.split(['-', '/']).any(long);
        let letter = sign > 0 || word.bytes().any(|b| b.is_ascii_uppercase());
        if !letter || !solid || !is_code(text, &code, false) {
            return;
        }
    }
    let before = lower[..found.start].trim_end();
    let near = &before[before.floor_char_boundary(before.len().saturating_sub(48))..];
    let near = near.rfind(['.', '!', '?', ';', '\n']).map_or(near, |at| &near[at + 1..]);
    // "A KF-310", "the model is WM1200/1": a thing of that type.
    let article = ["a", "an", "my", "our", "your"].iter().any(|w| last_word(before) == *w);
    if sign == 0 && (article || article_before_short(before, word)) || ends_private(near) {
        return;
    }
    let called = if postal { "tracking number" } else { last_noun(near).unwrap_or(REFERENCE) };
    keep_reference(text, code, called, facts, taken);
}

fn keep_reference(
    text: &str,
    code: Range<usize>,
    called: &'static str,
    facts: &mut Facts,
    taken: &mut Taken,
) {
    if !free(taken, &code) {
        return;
    }
    let before = facts.orders.len();
    keep(&mut facts.orders, &text[code.clone()]);
    if facts.orders.len() > before {
        facts.said.called.push(called);
    }
    facts.said.spans.push((FactKind::Order, code.clone()));
    taken.insert(code.start, code.end);
}

/// Where the code at the end of a match begins; also handles "ref44192".
fn code_start(lower: &str, found: &Range<usize>, noun: usize) -> usize {
    let bytes = &lower.as_bytes()[found.clone()];
    let dotted = |at: usize| bytes[at] == b'.' && at > 0 && bytes[at - 1].is_ascii_digit();
    let part = |at: usize| bytes[at].is_ascii_alphanumeric() || b"-/_".contains(&bytes[at]) || dotted(at);
    let start = (0..bytes.len()).rev().find(|at| !part(*at)).map_or(0, |at| at + 1);
    let start = if start == 0 { noun } else { start };
    let sign = bytes[start..].iter().take_while(|b| b"-/_".contains(b)).count();
    found.start + start + sign
}

/// The end of a reference written in groups: "4471 1190 62", "BB 20147".
fn spaced_end(text: &str, code: Range<usize>) -> usize {
    let first = &text[code.clone()];
    let head = first.len() <= 4 && first.bytes().all(|b| b.is_ascii_uppercase());
    let group = first.len() <= 5 && first.bytes().all(|b| b.is_ascii_digit());
    let mixed = first.len() <= 3 && digits(first) == 1 && first.bytes().any(|b| b.is_ascii_uppercase());
    let (mut end, mut groups) = (code.end, usize::from(group));
    if !(head || group || mixed) {
        return end;
    }
    for _ in 0..6 {
        let Some(rest) = text[end..].strip_prefix(' ') else { break };
        let len = rest.bytes().take_while(u8::is_ascii_alphanumeric).count();
        let next = &rest[..len];
        let stops = !rest[len..].starts_with(|c: char| !c.is_ascii() && c.is_alphabetic());
        let figures = next.bytes().all(|b| b.is_ascii_digit());
        // The last group may be short: "62", "2GB", "PT".
        let at_end = rest[len..].trim_start().is_empty()
            || rest[len..].starts_with([',', '.', ')', '\n', ';', '(', '!', '?']);
        let short = len <= 3 && next.bytes().all(|b| b.is_ascii_digit() || b.is_ascii_uppercase()) && at_end;
        let more = (3..=9).contains(&len) && figures || len > 0 && groups >= 2 && short;
        if !more || !stops || group && groups == 1 && len > 5 {
            break;
        }
        end += 1 + len;
        groups += 1;
    }
    // "Order 4471 2200 times": two figures of four are one reference only before a pause.
    let pause = text[end..].trim_start_matches(' ').chars().next().is_none_or(|c| !c.is_alphabetic());
    if group && groups == 2 && !pause { code.end } else { end }
}

/// The next code of a list, of the same make as the last.
fn next_alike(text: &str, last: &Range<usize>) -> Option<Range<usize>> {
    let make = |code: &str| -> Vec<u8> {
        let sort = |b: u8| {
            if b.is_ascii_digit() {
                b'9'
            } else if b.is_ascii_alphabetic() {
                b'A'
            } else {
                b
            }
        };
        code.bytes().map(sort).collect()
    };
    let word = &text[last.clone()];
    let rest = &text[last.end..];
    let join = [", and ", " and ", " & ", ", ", " + ", " / ", "/", ","]
        .iter()
        .find(|join| rest.starts_with(**join))?;
    let start = last.end + join.len();
    let end = start + word.len();
    let next = text.get(start..end)?;
    let ends = !text[end..].starts_with(|c: char| c.is_alphanumeric());
    (ends && digits(word) >= 3 && make(word) == make(next)).then_some(start..end)
}

fn digits(word: &str) -> usize {
    word.bytes().filter(u8::is_ascii_digit).count()
}

/// Whether a word can be a reference: no year, date, time, sum, measure or phone number.
fn is_code(text: &str, code: &Range<usize>, numbered: bool) -> bool {
    let word = &text[code.clone()];
    let figures = digits(word);
    let capital = word.bytes().any(|b| b.is_ascii_uppercase());
    let small = word.bytes().any(|b| b.is_ascii_lowercase());
    let enough = figures >= 3
        || figures == 2 && capital && word.len() >= 3
        || figures == 1 && capital && word.len() >= 6 && !small
        || figures == 2 && numbered && word.len() == 2;
    let year =
        word.len() == 4 && figures == 4 && (word.starts_with("19") || ("2000".."2040").contains(&word));
    // "Sold 250g", "4pm", "is3": small letters need more figures than that.
    let measure = small && !capital && (figures < 3 || is_measure(word));
    let before = text[..code.start].chars().next_back();
    let signed = before.is_some_and(|c| "$£€₹+*".contains(c));
    let after = &text[code.end..];
    let decimal = after.starts_with('%')
        || after.starts_with([',', '.', ':'])
            && after[1..].starts_with(|c: char| c.is_ascii_digit())
            && !after[1..].starts_with('0')
            && figures < 4;
    let other = year && !numbered || measure || signed || decimal || is_date_or_time(word);
    enough && !other
}

/// "270mm", "500kwh", "128GB".
fn is_measure(word: &str) -> bool {
    let head = word.bytes().take_while(|b| b.is_ascii_digit() || b".,".contains(b)).count();
    let unit = &word[head..];
    head > 0 && !unit.is_empty() && unit.len() <= 4 && unit.bytes().all(|b| b.is_ascii_alphabetic())
}

/// "12/3", "12-03-2026", "66-90-14", "14.30", "45.90".
fn is_date_or_time(word: &str) -> bool {
    let parts: Vec<&str> = word.split(['/', '.', '-', ':']).collect();
    let figures = |part: &&str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    let iso = parts.len() == 3 && parts[0].len() == 4 && parts[1].len() == 2 && parts[2].len() == 2;
    let years = parts.len() == 2
        && parts.iter().all(|p| p.len() == 4 && (p.starts_with("20") || p.starts_with("19")));
    parts.len() > 1
        && parts.iter().all(figures)
        && (iso
            || years
            || parts[..parts.len() - 1].iter().all(|part| part.len() <= 2)
                && (parts[parts.len() - 1].len() <= 2 || parts.len() == 3 && parts[2].len() == 4)
            || parts.len() == 2 && word.contains('.') && parts[1].len() == 2)
        || parts.len() == 3
            && parts[0].len() <= 2
            && parts[1].len() == 3
            && parts[1].bytes().all(|b| b.is_ascii_alphabetic())
            && figures(&parts[0])
            && figures(&parts[2])
}

/// Whether figures alone are long enough for a reference: "case 40771", "patient 3318."
fn is_long(text: &str, code: &Range<usize>) -> bool {
    let word = &text[code.clone()];
    let ends = text[code.end..].trim_start_matches(' ').chars().next().is_none_or(|c| !c.is_alphanumeric());
    digits(word) >= 5 || word.contains(['-', '/']) || digits(word) == 4 && ends
}

fn like_a_phone(word: &str) -> bool {
    digits(word) >= 9 && word.starts_with('0')
}

fn last_word(before: &str) -> &str {
    before.rsplit(|c: char| !c.is_alphanumeric() && c != '\'').next().unwrap_or("")
}

/// Whether a noun was used as a verb: "I want to order 500 cups".
fn is_verb(before: &str) -> bool {
    const LEADS: &[&str] = &[
        "to", "can", "could", "i", "we", "you", "they", "will", "would", "i'll", "we'll", "not", "please",
        "didn't", "don't", "must", "should", "may", "might", "who", "and", "always", "usually", "never",
    ];
    LEADS.contains(&last_word(before))
}

/// Whether "number", "ref", "#" or a colon stands between noun and code.
fn is_numbered(between: &str) -> bool {
    between.contains(['#', ':', '(', '[', '.'])
        || between.split_whitespace().any(|word| {
            ["number", "numbers", "no", "nos", "num", "nr", "id", "ref", "reference", "conf", "code"]
                .contains(&word.trim_end_matches(['.', ':']))
        })
}

/// Whether the words before "number" or "no." name a private number: "my passport, number …".
fn behind_private(before: &str) -> bool {
    let near = &before[before.floor_char_boundary(before.len().saturating_sub(24))..];
    ends_private(
        near.trim_end_matches([',', '(', ':', ' ']).rsplit(['.', '\n', ';', '?', '!']).next().unwrap_or(""),
    )
}

/// Whether one of the last three words is the noun of a private number.
fn ends_private(near: &str) -> bool {
    near.split(|c: char| !c.is_ascii_alphabetic()).rev().filter(|w| !w.is_empty()).take(3).any(|word| {
        let word = word.strip_suffix('s').filter(|w| w.len() > 3).unwrap_or(word);
        NOUNS.iter().any(|(noun, _, sort)| *sort == Sort::Private && *noun == word)
    })
}

/// Whether an account is one at a bank.
fn at_a_bank(lower: &str, code: &Range<usize>) -> bool {
    const NEAR: usize = 48;
    let from = lower.floor_char_boundary(code.start.saturating_sub(NEAR));
    let to = lower.ceil_char_boundary((code.end + NEAR).min(lower.len()));
    ["sort", "iban", "bsb", "routing", "bank acc", "swift"].iter().any(|word| {
        lower[from..to]
            .match_indices(word)
            .any(|(at, _)| !lower[..from + at].ends_with(char::is_alphanumeric))
    })
}

/// "The DW-600": few figures behind "the" name a type.
fn article_before_short(before: &str, word: &str) -> bool {
    last_word(before) == "the" && digits(word) <= 3
}

/// What a reply calls the last noun of a few words.
fn last_noun(near: &str) -> Option<&'static str> {
    let starts = near
        .char_indices()
        .rev()
        .filter(|(at, c)| c.is_ascii_lowercase() && !near[..*at].ends_with(|c: char| c.is_alphanumeric()));
    starts
        .filter_map(|(at, _)| noun_at(&near[at..]))
        .find_map(|(_, called, sort)| (*sort != Sort::Private && *called != REFERENCE).then_some(*called))
}

/// Whether there may be a reference not yet found: "#10023", "A-44192", "4471/B".
fn may_be_bare(text: &str, taken: &Taken) -> bool {
    let bytes = text.as_bytes();
    let digit = |at: Option<&u8>| at.is_some_and(u8::is_ascii_digit);
    bytes.iter().enumerate().any(|(n, b)| {
        let next = &bytes[n + 1..];
        let begins = match b {
            b'#' => next.iter().take(6).any(u8::is_ascii_digit),
            b'A'..=b'Z' => {
                digit(next.first()) || next.first().is_some_and(|b| b"-/ ".contains(b)) && digit(next.get(1))
            }
            b'0'..=b'9' => {
                next.first().is_some_and(|b| b"-/".contains(b))
                    && next.get(1).is_some_and(u8::is_ascii_uppercase)
            }
            _ => false,
        };
        begins && free(taken, &(n..n + 1))
    })
}
