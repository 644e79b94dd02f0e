//! Rules on a reply's order and form.

use super::text::{Reply, is_contact};
use super::{Check, Setting};
use crate::facts;
use crate::render::budget;
use amends_language::channel::of_template;

pub(super) fn check(check: &mut Check<'_>, reply: &Reply<'_>, setting: &Setting<'_>) {
    let answers_complaint = setting.kind == "complaint";
    let later = !matches!(setting.stage, "first" | "");
    if answers_complaint {
        apology(check, reply, !matches!(setting.stage, "follow-up" | "cancelled"));
        if !later {
            let message = setting.against.map(|against| against.message.text.as_str());
            opening(check, reply, message);
            next_step(check, reply, setting);
        }
    } else if setting.kind == "praise" && setting.against.is_none_or(|a| a.reading.issues.is_empty()) {
        no_apology(check, reply);
    }
    close(check, reply, setting);
    signed(check, reply);
    holes(check, reply, setting);
    doubled(check, reply);
    shouting(check, reply);
    details(check, reply, setting);
    let (most, _) = budget(setting.template);
    let length = reply.text.chars().count();
    if length > most {
        let message = format!("{length} characters, and {} takes {most}", setting.template);
        check.found("too-long", 0..0, Some(message));
    }
}

/// Rules that a wording can break by itself.
pub(super) fn form(check: &mut Check<'_>, reply: &Reply<'_>, known: &[String], is_name: bool) {
    holes(check, reply, &Setting { holes: known, ..Setting::default() });
    // Someone typing may double a space out of habit; here it means an empty fact.
    if let Some(at) = reply.text.trim().find("  ") {
        check.found("hole", at..at + 2, None);
    }
    if !is_name {
        shouting(check, reply);
    }
}

fn apology(check: &mut Check<'_>, reply: &Reply<'_>, needed: bool) {
    let sorry: Vec<usize> = reply.apologies();
    let solution = reply.said().find(|s| s.kind.solution);
    match (sorry.first(), solution) {
        (None, _) if needed => check.found("no-apology", 0..0, None),
        (Some(&first), Some(s)) if s.place < first => check.found("solution-first", s.at.clone(), None),
        (Some(&first), _) if reply.said().position(|s| s.place == first).is_some_and(|n| n > 4) => {
            check.found("late-apology", reply.sentences[first].at.clone(), None);
        }
        _ => {}
    }
    if sorry.len() > 2 {
        let message = format!("sorry is said {} times", sorry.len());
        check.found("apology-overdone", reply.sentences[sorry[2]].at.clone(), Some(message));
    }
}

fn no_apology(check: &mut Check<'_>, reply: &Reply<'_>) {
    // Condolence is no apology.
    let condoles = |n: &usize| check.reply[reply.sentences[*n].at.clone()].contains("your loss");
    if let Some(n) = reply.apologies().into_iter().find(|n| !condoles(n)) {
        check.found("apology-for-praise", reply.sentences[n].at.clone(), None);
    }
}

/// One of the first three sentences must acknowledge: thanks, an apology, empathy, what happened to "you",
/// or words of the message.
fn opening(check: &mut Check<'_>, reply: &Reply<'_>, message: Option<&str>) {
    let heard = reply.said().take(3).any(|s| {
        s.kind.acknowledges || message.is_some_and(|message| repeats(&reply.text[s.at.clone()], message))
    });
    if !heard && let Some(first) = reply.said().next() {
        check.found("no-acknowledgement", first.at.clone(), None);
    }
}

/// Whether a sentence tells back what the message says: most of its longer words stand there.
fn repeats(sentence: &str, message: &str) -> bool {
    const LONG: usize = 4;
    const LEAST: usize = 3;
    let message = message.to_lowercase();
    let long = sentence.split(|c: char| !c.is_alphanumeric()).filter(|word| word.len() >= LONG);
    let (there, all) = long.fold((0, 0), |(there, all), word| {
        (there + usize::from(message.contains(&word.to_lowercase())), all + 1)
    });
    there >= LEAST && there * 2 > all
}

fn next_step(check: &mut Check<'_>, reply: &Reply<'_>, setting: &Setting<'_>) {
    let mut said = reply.said().peekable();
    if said.peek().is_none() {
        return;
    }
    let steps: Vec<_> = reply.said().filter(|s| s.kind.step).collect();
    if steps.is_empty() {
        check.found("no-next-step", 0..0, None);
        if said.all(|s| s.kind.asks) {
            check.found("only-asks", 0..0, None);
        }
        return;
    }
    // In public the date belongs into the private reply.
    let public = of_template(setting.template).public;
    if !public && !reply.sentences.iter().any(|s| s.kind.dated) && !steps.iter().any(|s| s.kind.done) {
        check.found("no-date", steps[0].at.clone(), None);
    }
    if let Some(ours) = steps.iter().find(|s| s.kind.by_us)
        && !reply.sentences.iter().any(|s| s.kind.by_me)
    {
        check.found("no-owner", ours.at.clone(), None);
    }
}

/// The last question should be open, with only a name below it.
fn close(check: &mut Check<'_>, reply: &Reply<'_>, setting: &Setting<'_>) {
    // Who asks for no answer is asked nothing.
    if setting.against.as_ref().is_some_and(|against| against.reading.wishes.iter().any(|w| w == "no_reply"))
    {
        return;
    }
    let inviting = reply.sentences.iter().rposition(|s| s.kind.question).is_some_and(|n| {
        let below = reply.text[reply.sentences[n].at.end..].trim().lines();
        let lines: Vec<&str> = below.filter(|line| !is_contact(line)).collect();
        let length: usize = lines.iter().map(|line| line.len() + 1).sum();
        reply.sentences[n].kind.open && lines.len() <= 4 && length <= 100
    });
    if !inviting && !reply.text.trim().is_empty() {
        let end = reply.said().last().map_or(0..0, |s| s.at.clone());
        check.found("no-inviting-close", end, None);
    }
}

fn signed(check: &mut Check<'_>, reply: &Reply<'_>) {
    if !reply.signed && !reply.text.trim().is_empty() {
        let end = reply.text.trim_end().len();
        check.found("unsigned", end..end, None);
    }
}

fn holes(check: &mut Check<'_>, reply: &Reply<'_>, setting: &Setting<'_>) {
    let text = reply.text;
    let bytes = text.as_bytes();
    let (mut from, mut emptied) = (0, None);
    while let Some(at) = bytes[from..].iter().position(|b| MARKS[usize::from(*b)]).map(|n| from + n) {
        from = at + 1;
        if matches!(bytes[at], b',' | b'.') {
            emptied = emptied.or_else(|| left_by_nothing(text, at).then_some(at));
        } else if let Some(len) = placeholder(&text[at..]) {
            from = at + len;
            let inner = text[at..from].trim_matches(['[', ']']);
            // Gaps the draft lists for the agent are known.
            if !setting.holes.iter().any(|h| h == inner) {
                check.found("hole", at..from, None);
            }
        }
    }
    for word in &reply.words.words {
        let rest = &text[word.start as usize..];
        if !rest.starts_with(['X', 'T', 'u', 'l']) {
            continue;
        }
        let said = ["XXX", "TODO", "TBC", "undefined", "lorem ipsum"]
            .into_iter()
            .find(|w| rest.strip_prefix(w).is_some_and(|behind| !behind.starts_with(char::is_alphanumeric)));
        if let Some(said) = said {
            check.found("hole", word.start as usize..word.start as usize + said.len(), None);
        }
    }
    if let Some(at) = emptied {
        check.found("hole", at - 1..at + 1, None);
    }
}

/// Characters that may start a gap: opening brackets and the like, and punctuation.
const MARKS: [bool; 256] = {
    let mut marks = [false; 256];
    let mut n = 0;
    while n < b"{[<%#$,.".len() {
        marks[b"{[<%#$,."[n] as usize] = true;
        n += 1;
    }
    marks
};

/// Traces of an empty fact: "order , which", "Hi ,".
fn left_by_nothing(text: &str, stop: usize) -> bool {
    let bytes = text.as_bytes();
    let Some(before) = stop.checked_sub(1) else { return false };
    let doubled = bytes[stop] == b',' && bytes[before] == b',';
    let after = || bytes.get(stop + 1).is_none_or(u8::is_ascii_whitespace);
    (doubled || bytes[before] == b' ' && after())
        && text[..before].chars().next_back().is_some_and(char::is_lowercase)
}

/// The length of an unfilled help-desk placeholder at the start of `text`: `{{x}}`, `{%x%}`, `${x}`,
/// `%{x}`, `{user.name}`, `[Name]`, `<name>`, `##x##`, `%NAME%`.
fn placeholder(text: &str) -> Option<usize> {
    const LONGEST: usize = 60;
    let line = &text[..text.find('\n').unwrap_or(text.len())];
    let inside = |open: &str, close: &str| {
        let rest = line.strip_prefix(open)?;
        let end = rest.find(close).filter(|&n| n <= LONGEST)?;
        Some((&rest[..end], open.len() + end + close.len()))
    };
    let name = |inner: &str, extra: &str| {
        inner.chars().any(char::is_alphabetic)
            && inner.chars().all(|c| c.is_alphanumeric() || extra.contains(c))
    };
    for (open, close) in [("{{", "}}"), ("{%", "%}"), ("${", "}"), ("%{", "}"), ("#{", "}"), ("[[", "]]")] {
        if let Some((_, len)) = inside(open, close) {
            return Some(len);
        }
    }
    // The closing braces are incomplete.
    if line.starts_with("{{") {
        return Some(2);
    }
    let found =
        |open: &str, close: &str, extra: &str| inside(open, close).filter(|(inner, _)| name(inner, extra));
    if let Some((_, len)) = found("{", "}", "_. ") {
        return Some(len);
    }
    // The line a draft on hold begins with, however long.
    if line.starts_with("[HOLD ") && line.trim_end().ends_with(']') {
        return Some(line.trim_end().len());
    }
    if let Some((inner, len)) = inside("[", "]") {
        let link = line[len..].starts_with('(');
        let blank = inner.trim().is_empty();
        return (!link && (blank || name(inner, "_. /'-") && inner.len() > 1 && inner.len() <= 40))
            .then_some(len);
    }
    const FIELDS: &[&str] = &["name", "number", "date", "id", "amount", "order", "link", "agent", "customer"];
    if let Some((inner, len)) = found("<", ">", "_ -") {
        let field = inner.rsplit(['_', ' ', '-']).next().unwrap_or("").to_lowercase();
        return FIELDS.contains(&field.as_str()).then_some(len);
    }
    if let Some((_, len)) = found("##", "##", "_. ") {
        return Some(len);
    }
    let (inner, len) = inside("%", "%")?;
    (inner.len() > 2 && inner.chars().all(|c| c.is_ascii_uppercase() || c == '_')).then_some(len)
}

fn doubled(check: &mut Check<'_>, reply: &Reply<'_>) {
    let text = reply.text;
    for pair in reply.words.words.windows(2) {
        let (a, b) =
            (pair[0].start as usize..pair[0].end as usize, pair[1].start as usize..pair[1].end as usize);
        if a.len() == b.len()
            && a.start < b.start
            && text.as_bytes()[a.end..b.start].iter().all(|c| *c == b' ')
        {
            let (first, second) = (&text[a.clone()], &text[b.clone()]);
            let twice = first.eq_ignore_ascii_case(second) && first.chars().all(char::is_alphabetic);
            const MEANT: &[&str] = &["that", "had", "bye", "so", "very", "no"];
            // "two two-berths"
            let compound = text[b.end..].starts_with('-');
            if twice && !compound && !MEANT.iter().any(|m| m.eq_ignore_ascii_case(first)) {
                check.found("doubled-word", a.start..b.end, None);
            }
        }
    }
    for (n, s) in reply.sentences.iter().enumerate() {
        let said = text[s.at.clone()].trim();
        let again = |b: &super::text::Sentence| b.at.len() >= said.len() && text[b.at.clone()].trim() == said;
        if said.len() > 12 && reply.sentences[..n].iter().any(again) {
            return check.found("doubled-sentence", s.at.clone(), None);
        }
    }
}

/// Exclamation marks, or two consecutive words in capitals.
fn shouting(check: &mut Check<'_>, reply: &Reply<'_>) {
    if let Some(at) = reply.text.find('!') {
        check.found("shouting", at..at + 1, None);
    }
    let loud = |w: &amends_language::words::Word| {
        let word = &reply.text.as_bytes()[w.start as usize..w.end as usize];
        w.shouted && word.len() >= 3 && word.iter().all(u8::is_ascii_uppercase)
    };
    if let Some(pair) = reply
        .words
        .words
        .windows(2)
        .find(|pair| pair[0].start < pair[1].start && loud(&pair[0]) && loud(&pair[1]))
    {
        check.found("shouting", pair[0].start as usize..pair[1].end as usize, None);
    }
}

/// Personal details in public: order numbers, sums and addresses.
fn details(check: &mut Check<'_>, reply: &Reply<'_>, setting: &Setting<'_>) {
    if !of_template(setting.template).public || !reply.text.bytes().any(|b| b.is_ascii_digit()) {
        return;
    }
    let company = &check.book.company;
    let facts = facts::read_figures(reply.text);
    let figures = |text: &str| text.bytes().filter(u8::is_ascii_digit).count();
    let orders = facts.orders.iter().filter(|o| figures(o) >= 4 && !company.phone.contains(o.as_str()));
    // A price is public; what was paid or is owed is personal.
    let theirs = |amount: &&String| {
        let before = reply.text.find(amount.as_str()).map_or("", |at| &reply.text[..at]).to_lowercase();
        let near: Vec<&str> = before.split_whitespace().rev().take(5).collect();
        near.iter().any(|w| {
            ["your", "refund", "refunded", "charged", "paid", "owe", "balance", "credited"].contains(w)
        })
    };
    let mut details = orders.chain(facts.amounts.iter().filter(theirs));
    if let Some(at) = details.find_map(|t| reply.text.find(t.as_str()).map(|n| n..n + t.len())) {
        check.found("public-details", at, None);
    }
}
