//! Quotes of their own: "Your page says:" and the words behind `>`, which are no earlier mail.

use super::attribution_at;
use super::headers::{Label, header, header_block};
use super::marks::{is_closing_line, is_device, is_divider, is_name, is_quote, is_rule, shape, unquoted};
use super::signature::is_greeting;
use std::ops::Range;

/// A quote of more lines is a mail.
const LONGEST: usize = 8;

/// The lines of quotes that they introduce themselves, or of the only one, with words of theirs
/// below and nobody named as its author. If several stand there without a word, they answer a mail
/// point by point, and none is theirs.
pub fn own_quotes(lines: &[&str]) -> Vec<usize> {
    let runs = runs(lines);
    let Some(first) = runs.first() else { return Vec::new() };
    let alone = runs.len() == 1 && has_words_below(lines, first);
    if !is_plain(lines, first) || !(alone || is_introduced(lines, first)) {
        return Vec::new();
    }
    // Below an attribution all is history.
    let attributed = (0..lines.len()).find(|&at| attributes(lines, at)).unwrap_or(lines.len());
    let runs: Vec<&Range<usize>> = runs.iter().take_while(|run| run.start < attributed).collect();
    let theirs = |run: &&Range<usize>| is_plain(lines, run) && is_introduced(lines, run);
    if !(alone && attributed == lines.len() || runs.iter().all(theirs)) {
        return Vec::new();
    }
    runs.into_iter().cloned().flatten().collect()
}

/// Own words, not only a signature.
fn has_words_below(lines: &[&str], run: &Range<usize>) -> bool {
    lines[run.end..].iter().find(|l| !l.trim().is_empty()).is_some_and(|line| {
        !is_rule(line)
            && !is_device(line)
            && !is_closing_line(line)
            && !is_name(line)
            && header(line).is_none()
    })
}

fn attributes(lines: &[&str], at: usize) -> bool {
    !lines[at].trim().is_empty() && !is_quote(lines[at]) && attribution_at(lines, at) > 0
}

/// Runs of quoted lines.
fn runs(lines: &[&str]) -> Vec<Range<usize>> {
    let mut runs: Vec<Range<usize>> = Vec::new();
    for at in (0..lines.len()).filter(|&at| is_quote(lines[at])) {
        let gap = runs.last().is_some_and(|run| lines[run.end..at].iter().all(|l| l.trim().is_empty()));
        match runs.last_mut() {
            Some(run) if gap => run.end = at + 1,
            _ => runs.push(at..at + 1),
        }
    }
    runs
}

/// Short, of one level, with no mail's headers.
fn is_plain(lines: &[&str], run: &Range<usize>) -> bool {
    let deep = |line: &str| unquoted(line).is_some_and(|rest| rest.trim_start().starts_with('>'));
    let inside: Vec<&str> = lines[run.clone()].iter().filter_map(|l| unquoted(l)).collect();
    lines[run.clone()].iter().all(|line| line.trim().is_empty() || line.trim_start().starts_with('>'))
        && !inside.iter().find(|line| !line.trim().is_empty()).is_some_and(|line| opens_mail(line))
        && inside.len() <= LONGEST
        && !lines[run.start..].first().is_some_and(|line| deep(line))
        && (0..inside.len()).all(|at| header_block(&inside[at..]) == 0 && !attributes(&inside, at))
}

/// "Dear Ann,": a mail, not a citation.
fn opens_mail(line: &str) -> bool {
    is_greeting(line) && line.trim_end().ends_with([',', '!', ':'])
}

/// "Dear Ann,", "From:": how a mail begins that HTML quotes.
pub fn begins_mail(line: &str) -> bool {
    opens_mail(line) || header(line) == Some(Label::From)
}

/// Whether a line above a quote is the customer's own lead: "Your page says:". No name and no header
/// of a mail.
pub fn leads_up(lead: &str) -> bool {
    lead.strip_suffix([':', '：']).is_some_and(|words| {
        !is_name(words.trim()) && header(lead).is_none() && !is_divider(&format!("--{words}"))
    })
}

/// Whether own words lead up to the quote.
fn is_introduced(lines: &[&str], run: &Range<usize>) -> bool {
    let words = |line: &&str| !line.trim().is_empty();
    let Some(lead) = lines[..run.start].iter().rev().find(|l| words(l)).map(|l| l.trim()) else {
        return false;
    };
    let shape = shape(lead);
    if shape.address || shape.date && shape.time || header(lead).is_some_and(|_| shape.date) {
        return false;
    }
    if lead.ends_with([':', '：']) {
        return leads_up(lead);
    }
    let below = lines[run.end..].iter().find(|l| words(l)).map_or("", |l| l.trim());
    !lead.ends_with(['.', '!', '?', ',', '…', '。'])
        && lead.contains(' ')
        && below.starts_with(char::is_lowercase)
}
