//! Durations, dates and deadlines.

use super::*;

pub(super) static DURATION: LazyLock<Automaton> = fact_pattern!("duration");
pub(super) static DATE: LazyLock<Automaton> = fact_pattern!("date");
pub(super) static DEADLINE: LazyLock<Automaton> = fact_pattern!("deadline");

/// The most bytes of a sentence considered on each side of a duration.
pub(super) const FAR: usize = 400;

pub(super) fn durations(text: &str, lower: &str, facts: &mut Facts, taken: &mut Taken) {
    for found in DURATION.find_iter(lower) {
        if !free(taken, &found) || text[..found.start].ends_with(['$', '£', '€']) {
            continue;
        }
        let spoken = tidy_duration(&lower[found.clone()]);
        keep(&mut facts.durations, &text[found.clone()]);
        facts.said.spans.push((FactKind::Duration, found.clone()));
        taken.insert(found.start, found.end);
        let from = text.floor_char_boundary(found.start.saturating_sub(FAR));
        let to = text.ceil_char_boundary((found.end + FAR).min(text.len()));
        let start = text[from..found.start].rfind(['.', '!', '?', '\n', ';']).map_or(from, |n| from + n + 1);
        let end = text[found.end..to].find(['.', '!', '?', '\n', ';']).map_or(to, |n| found.end + n);
        let (before, after, sentence) =
            (lower[start..found.start].trim_end(), lower[found.end..end].trim_start(), &lower[start..end]);
        match part(before, after, sentence) {
            Some(Part::Wait) => facts.said.wait.get_or_insert(spoken),
            Some(Part::Ago) => facts.said.ago.get_or_insert(spoken),
            Some(Part::Promised) => facts.said.promised.get_or_insert(spoken),
            None => continue,
        };
    }
}

/// Whether a word of the text begins so: "late" is not in "plate".
fn has_word(text: &str, beginning: &str) -> bool {
    text.match_indices(beginning).any(|(at, _)| !text[..at].ends_with(char::is_alphanumeric))
}

/// The part a duration plays.
enum Part {
    Wait,
    Ago,
    Promised,
}

/// A duration's role, from the words around it in its sentence.
fn part(before: &str, after: &str, sentence: &str) -> Option<Part> {
    #[rustfmt::skip]
    const NO_WAIT: &[&str] = &[
        "customer", "member", "loyal", "been with", "used to", "years old", "warranty", "guarantee",
        "used for", "using", "experience",
    ];
    #[rustfmt::skip]
    const WAITING: &[&str] = &[
        "wait", "on hold", "holding", "delay", "late", "queue", "in line", "stuck", "no reply",
        "no response", "no answer", "arriv", "deliver", "received", "still no",
    ];
    #[rustfmt::skip]
    const BEFORE_A_PROMISE: &[&str] = &[
        "said", "promised", "told", "within", "supposed", "quoted", "advertised", "guaranteed", "in",
        "take", "be",
    ];
    const PROMISED: &[&str] = &["said", "promised", "told", "supposed", "advertis", "guarantee", "quoted"];
    #[rustfmt::skip]
    const BEFORE_A_WAIT: &[&str] = &[
        "for", "waiting", "waited", "wait", "been", "after", "hold", "took", "delayed", "delayed by",
        "queued", "sat", "stuck",
    ];
    #[rustfmt::skip]
    const AFTER_A_WAIT: &[&str] = &[
        "late", "delay", "wait", "on hold", "hold", "in line", "in a queue", "in the queue",
        "and counting", "and still", "behind",
    ];
    let has = |words: &[&str]| words.iter().any(|w| has_word(sentence, w));
    // "a customer for 20 years" is no wait.
    if has(NO_WAIT) && !has(&["wait", "hold"]) {
        return None;
    }
    // "I waited a few days to see" was their own choice.
    let waiting = has(WAITING) && !after.starts_with("to see") && !after.starts_with("before ");
    let promise = |w: &&str| before.ends_with(w) || before.ends_with(&format!("{w} it would be"));
    if after.starts_with("ago") {
        Some(Part::Ago)
    } else if BEFORE_A_PROMISE.iter().any(promise) && has(PROMISED) {
        Some(Part::Promised)
    } else if waiting
        && (BEFORE_A_WAIT.iter().any(|w| before.ends_with(w))
            || AFTER_A_WAIT.iter().any(|w| after.starts_with(w)) && !after.starts_with("later"))
    {
        Some(Part::Wait)
    } else {
        None
    }
}

/// "over 3hrs" → "over 3 hours".
pub(super) fn tidy_duration(raw: &str) -> String {
    let lower = raw.to_lowercase().replace('+', "");
    let split = lower
        .find(|c: char| c.is_ascii_digit())
        .and_then(|d| lower[d..].find(|c: char| c.is_ascii_alphabetic()).map(|n| d + n));
    let spaced = match split {
        Some(n) if !lower[..n].ends_with([' ', '-']) => format!("{} {}", &lower[..n], &lower[n..]),
        _ => lower.clone(),
    };
    let words = spaced
        .split_whitespace()
        .map(|word| match word {
            "hrs" | "hr" => "hours",
            "mins" | "min" => "minutes",
            "wks" | "wk" => "weeks",
            "mths" | "mth" => "months",
            "yrs" | "yr" => "years",
            "secs" | "sec" => "seconds",
            other => other,
        })
        .collect::<Vec<_>>()
        .join(" ");
    // "a 2 hour wait" → "2 hours".
    let one = words
        .split_whitespace()
        .rev()
        .nth(1)
        .is_some_and(|count| ["1", "a", "an", "one", "half", "past", "last", "another"].contains(&count));
    let plural = !one && !words.ends_with('s');
    words.replace("couple weeks", "couple of weeks").replace("couple days", "couple of days")
        + if plural { "s" } else { "" }
}

pub(super) fn dates(text: &str, lower: &str, sorts: u32, facts: &mut Facts, taken: &mut Taken) {
    let mut found = if sorts & WEEKDAY != 0 { weekdays(lower) } else { Vec::new() };
    let figure = |b: u8| b.is_ascii_digit();
    if lower.bytes().any(figure) && (sorts & MONTH != 0 || numbered_date(lower)) {
        found.extend(DATE.find_iter(lower).filter(|span| !counts(lower, span)));
    }
    found.sort_by_key(|span| span.start);
    for span in found {
        if free(taken, &span) {
            keep(&mut facts.dates, &text[span.clone()]);
            facts.said.spans.push((FactKind::Date, span.clone()));
            taken.insert(span.start, span.end);
        }
    }
}

/// "The 3rd time": a number that tells which one of several, no day of a month.
fn counts(lower: &str, span: &Range<usize>) -> bool {
    const AFTER_A_DATE: &[&str] = &[
        "of", "and", "to", "at", "but", "for", "from", "in", "because", "when", "i", "we", "you", "it", "my",
        "so", "or", "was", "is", "as", "with", "until", "till", "if", "that", "which", "your", "the", "they",
        "then", "by", "after", "before", "there", "this", "not", "please",
    ];
    let said = &lower[span.clone()];
    let ordinal = ["st", "nd", "rd", "th"].iter().any(|end| said.ends_with(end));
    let bare = said.trim_start_matches("the").trim().len() <= 4;
    let next = lower[span.end..]
        .strip_prefix(' ')
        .map_or("", |rest| rest.split(|c: char| !c.is_alphanumeric() && c != '\'').next().unwrap_or(""));
    ordinal && bare && !next.is_empty() && !AFTER_A_DATE.contains(&next)
}

/// "saturday", "last friday", "next monday".
pub(super) fn weekdays(lower: &str) -> Vec<Range<usize>> {
    const DAYS: &[&str] = &["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
    let letter = |at: Option<&u8>| at.is_some_and(u8::is_ascii_alphanumeric);
    let bytes = lower.as_bytes();
    let mut found = Vec::new();
    for day in DAYS {
        for (at, _) in lower.match_indices(day) {
            let end = at + day.len();
            if letter(bytes.get(end)) || at > 0 && letter(bytes.get(at - 1)) {
                continue;
            }
            let which = ["last ", "this ", "next "].iter().find(|w| lower[..at].ends_with(**w));
            found.push(at - which.map_or(0, |w| w.len())..end);
        }
    }
    found
}

/// Whether a figure has the form of a date: "12/3", "3rd".
pub(super) fn numbered_date(lower: &str) -> bool {
    lower.as_bytes().windows(3).any(|w| {
        w[0].is_ascii_digit()
            && (b"/.-".contains(&w[1]) && w[2].is_ascii_digit()
                || [b"st", b"nd", b"rd", b"th"].iter().any(|t| w[1..] == t[..]))
    })
}

/// The day or event by which something is needed.
pub(super) fn deadline(lower: &str, said: &str) -> Option<String> {
    let mut words: Vec<&str> = said.split_whitespace().collect();
    if words.first() == Some(&"before") && matches!(words.get(1), Some(&("my" | "our"))) {
        let wanted =
            ["need", "arrive", "deliver", "please", "get it", "in time"].iter().any(|w| lower.contains(w));
        return words.last().filter(|_| wanted).map(|event| format!("your {event}"));
    }
    for behind in [&["please"][..], &["at", "the", "latest"], &["or", "else"]] {
        if words.ends_with(behind) {
            words.truncate(words.len() - behind.len());
        }
    }
    let two = |first: &str| matches!(first, "this" | "next" | "new" | "the");
    let from =
        words.len().saturating_sub(if words.iter().rev().nth(1).is_some_and(|w| two(w)) { 2 } else { 1 });
    Some(day_name(&words[from..].join(" ")))
}

pub(super) fn day_name(day: &str) -> String {
    let lower = day.to_lowercase();
    let lower = lower.strip_prefix("this ").unwrap_or(&lower);
    lower
        .split_whitespace()
        .map(|word| match word {
            "next" | "the" | "tomorrow" | "tonight" | "weekend" | "week" | "year" => word.to_owned(),
            _ => word[..1].to_uppercase() + &word[1..],
        })
        .collect::<Vec<_>>()
        .join(" ")
}
