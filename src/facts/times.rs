//! Durations, dates and deadlines.

use super::*;

pub(super) static DURATION: LazyLock<Automaton> = fact_pattern!("duration");
pub(super) static DATE: LazyLock<Automaton> = fact_pattern!("date");
pub(super) static DEADLINE: LazyLock<Automaton> = fact_pattern!("deadline");

/// The most bytes of a sentence considered on each side of a duration.
pub(super) const FAR: usize = 400;

pub(super) fn durations(text: &str, lower: &str, facts: &mut Facts, taken: &mut Taken) {
    for found in DURATION.find_iter(lower) {
        if !free(taken, &found) || text[..found.start].ends_with(['$', '£', '€']) || !lasts(lower, &found)
        {
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

/// Whether it is a stretch of time: not a rate ("£9 a month"), an age or "a second chance".
fn lasts(lower: &str, found: &Range<usize>) -> bool {
    const PER: &[&str] = &[
        "times", "time", "once", "twice", "pounds", "pound", "quid", "euros", "dollars", "bucks", "pence",
        "p", "more", "extra", "hours", "days", "calls", "kr", "rent", "each", "few", "and", "much", "many",
    ];
    let said = &lower[found.clone()];
    let (before, after) =
        (lower[..found.start].trim_end(), lower[found.end..].trim_start_matches([' ', '-']));
    let one = ["a ", "an ", "one "].iter().find_map(|article| said.strip_prefix(article));
    let last = before.rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or("");
    let rate = one.is_some()
        && !said.starts_with("one")
        && (last.ends_with(|c: char| c.is_ascii_digit())
            || before.ends_with(['€', '£', '%'])
            || PER.contains(&last)
            || amends_language::words::number_word(last).is_some());
    let second = matches!(one, Some("second")) || said == "half second";
    let old = after.starts_with("old")
        || after.starts_with("of age")
        || after.starts_with("younger")
        || last == "aged";
    let asked = said.starts_with("many ") && matches!(last, "how" | "so");
    let loose = [
        "day",
        "week",
        "month",
        "year",
        "night",
        "morning",
        "afternoon",
        "evening",
        "winter",
        "summer",
        "season",
        "good day",
    ];
    let lasting = [
        "for", "in", "within", "after", "about", "over", "took", "take", "takes", "than", "waited", "wait",
        "been", "was", "nearly", "almost", "to", "another",
    ];
    let vague = one.is_some_and(|unit| loose.contains(&unit))
        && !said.starts_with("one")
        && !lasting.contains(&last)
        && !["ago", "later", "late", "now", "early", "after", "before", "and", "since", "or"]
            .iter()
            .any(|w| after.starts_with(w));
    let day = said == "one day"
        && !["late", "early", "after", "before", "later", "of", "delay"].iter().any(|w| after.starts_with(w));
    !(rate || second || old || asked || day || vague || said == "a good day" || said == "half day")
}

pub(super) fn dates(text: &str, lower: &str, sorts: u32, facts: &mut Facts, taken: &mut Taken) {
    if sorts & (WEEKDAY | MONTH | DAY_WORD) == 0 && !lower.bytes().any(|b| b.is_ascii_digit()) {
        return;
    }
    for found in DATE.find_iter(lower) {
        let Some(span) = day(text, lower, found) else { continue };
        if free(taken, &span) {
            keep(&mut facts.dates, &text[span.clone()]);
            facts.said.spans.push((FactKind::Date, span.clone()));
            taken.insert(span.start, span.end);
        }
    }
}

/// The day, month or year in what has the form of one.
fn day(text: &str, lower: &str, found: Range<usize>) -> Option<Range<usize>> {
    let said = &lower[found.clone()];
    let (first, rest) = said.split_once(char::is_whitespace).unwrap_or((said, ""));
    let before = lower[..found.start].trim_end();
    let last = before.rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or("");
    let capital = text.as_bytes()[found.start].is_ascii_uppercase();
    let begins = before.is_empty() || before.ends_with(['.', '!', '?', '\n', ':']);
    let after_day_word = [
        "in", "on", "since", "until", "till", "til", "by", "last", "this", "next", "of", "from", "to",
        "early", "late", "mid", "through", "every",
    ]
    .contains(&last);
    // "In 2021", "on 3/11": without the preposition.
    if rest.starts_with(|c: char| c.is_ascii_digit())
        && !rest.contains(char::is_alphabetic)
        && first.bytes().all(|b| b.is_ascii_alphabetic())
    {
        let numbered = rest.split_once('/').is_some_and(|(d, m)| {
            let (d, m) = (d.parse().unwrap_or(0u32), m.parse().unwrap_or(0u32));
            (1..=31).contains(&d) && (1..=31).contains(&m) && d.min(m) <= 12
        });
        let year = rest.len() == 4 && !lower[found.end..].starts_with([',', '.', '-'])
            || rest.len() == 4 && !lower[found.end + 1..].starts_with(|c: char| c.is_ascii_digit());
        let season = ["summer", "spring", "autumn", "winter"].contains(&first);
        let preposition = [
            "in", "on", "since", "from", "dated", "by", "until", "till", "due", "of", "before", "after",
            "to", "during",
        ]
        .contains(&first);
        if season {
            return Some(found);
        }
        if preposition {
            let start = found.end - rest.len();
            return (numbered || !rest.contains('/') && year && counts_nothing(&lower[found.end..]))
                .then_some(start..found.end);
        }
    }
    let sure = match said {
        // Also a verb, a name, or the past of "sit".
        "may" | "march" => {
            after_day_word || capital && !begins && said == "march" || capital && !begins && last != "i"
        }
        "sat" | "sun" | "mar" | "wed" | "mon" => {
            capital && !begins || ["on", "last", "this", "next", "til", "till", "by", "every"].contains(&last)
        }
        "second" | "the month" => false,
        _ => true,
    };
    // "The end of the week" counts, "the week" alone doesn't.
    let figure: String = first
        .trim_start_matches("the")
        .chars()
        .chain(rest.chars())
        .take_while(char::is_ascii_digit)
        .collect();
    let too_late = ["st", "nd", "rd", "th"].iter().any(|end| said.ends_with(end))
        && said.len() <= 8
        && figure.parse::<u32>().is_ok_and(|n| n > 31);
    (sure && !too_late && !counts(lower, &found)).then_some(found)
}

/// Whether no thing counted follows: "of 2000 copies" has no year.
fn counts_nothing(after: &str) -> bool {
    let next = after.strip_prefix(' ').unwrap_or("");
    let word: String = next.chars().take_while(char::is_ascii_alphabetic).collect();
    !(word.len() > 3 && word.ends_with('s') && word != "was")
}

/// "The 3rd time": a number that tells which one of several, no day of a month.
fn counts(lower: &str, span: &Range<usize>) -> bool {
    const COUNTED: &[&str] = &[
        "time",
        "times",
        "email",
        "emails",
        "e-mail",
        "mail",
        "call",
        "phone",
        "message",
        "letter",
        "complaint",
        "reminder",
        "attempt",
        "visit",
        "appointment",
        "delivery",
        "engineer",
        "person",
        "one",
        "floor",
        "party",
        "class",
        "year",
        "week",
        "day",
        "month",
        "night",
        "birthday",
        "anniversary",
        "place",
        "row",
        "hand",
        "edition",
        "generation",
        "quarter",
        "round",
        "set",
        "pair",
        "century",
        "item",
        "order",
        "parcel",
        "bag",
        "child",
        "baby",
        "grade",
        "form",
        "degree",
        "street",
        "avenue",
        "seat",
        "class",
        "choice",
        "half",
        "stage",
        "instalment",
        "installment",
        "payment",
        "request",
        "chance",
        "replacement",
        "of",
        "in",
        "consecutive",
        "different",
        "such",
        "hour",
        "and",
    ];
    const DAY_AFTER: &[&str] = &["on", "by", "since", "until", "till", "from", "before", "after"];
    let said = &lower[span.clone()];
    let ordinal = ["st", "nd", "rd", "th"].iter().any(|end| said.ends_with(end));
    let bare = said.trim_start_matches("the").trim().len() <= 4;
    let next = lower[span.end..]
        .strip_prefix(' ')
        .map_or("", |rest| rest.split(|c: char| !c.is_alphanumeric() && c != '\'').next().unwrap_or(""));
    let before = lower[..span.start].trim_end().rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or("");
    let day = DAY_AFTER.contains(&before) || said.starts_with("the") || next.is_empty();
    ordinal && bare && COUNTED.contains(&next) && !(day && matches!(next, "of" | "in" | "and"))
        || ordinal && bare && !day && next.ends_with('s') && next.len() > 4
}

/// "By the 28th": a day that lies ahead, as written, with its preposition.
pub(super) fn limit(text: &str, lower: &str, spans: &[(FactKind, Range<usize>)]) -> Option<String> {
    const PAST: &[&str] = &[
        "was",
        "were",
        "said",
        "told",
        "promised",
        "supposed",
        "due",
        "had",
        "should have",
        "meant",
        "quoted",
        "says",
        "did",
        "rang",
        "came",
    ];
    let ahead = |kind: &FactKind, span: &Range<usize>| {
        let before = lower[..span.start].trim_end();
        let before = before.strip_suffix(" the").unwrap_or(before);
        let from = lower.floor_char_boundary(before.len().saturating_sub(FAR));
        let sentence = lower[from..span.end]
            .rfind(['.', '!', '?', '\n', ';'])
            .map_or(&lower[from..span.end], |at| &lower[from + at + 1..span.end]);
        let words: &[&str] =
            if *kind == FactKind::Date { &["no later than", "by", "before"] } else { &["within"] };
        let word = words.iter().find(|word| before.ends_with(&format!(" {word}")) || before == **word)?;
        let past = PAST.iter().any(|past| {
            sentence.split(|c: char| !c.is_alphanumeric()).any(|w| w == *past)
                || past.contains(' ') && sentence.contains(past)
        });
        let start = before.len() - word.len();
        (!past).then(|| text[start..span.end].split_whitespace().collect::<Vec<_>>().join(" "))
    };
    spans
        .iter()
        .filter(|(kind, _)| matches!(kind, FactKind::Date | FactKind::Duration))
        .find_map(|(kind, span)| ahead(kind, span))
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
