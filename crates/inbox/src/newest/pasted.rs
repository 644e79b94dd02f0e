//! Text pasted from a mail client's window: the lines it shows above the words.

use super::headers::{Label, header};
use super::marks::{is_name, shape};

/// "to me", "An mich", in clients' languages, in a line of its own.
#[rustfmt::skip]
const TO: &[&str] = &[
    "to", "an", "à", "para", "a", "per", "aan", "till", "til", "do", "komu", "кому", "for", "você", "you",
    "cc", "bcc", "收件人", "발신",
];

/// The subject named in the first line, if it is, and the text without what a client shows above it.
pub fn pasted(text: &str) -> (Option<&str>, &str) {
    if !text.contains('\n') {
        return (None, text);
    }
    let (subject, rest) = subject_line(text);
    let rest = &rest[window(rest)..];
    (subject, rest)
}

/// "Subject: Late order" and then a blank line, or more of the kind.
fn subject_line(text: &str) -> (Option<&str>, &str) {
    const LONGEST: usize = 200;
    let start = text.trim_start();
    let (line, rest) = start.split_once('\n').unwrap_or((start, ""));
    let below = rest.lines().next().unwrap_or("");
    let stands_alone = || below.trim().is_empty() || header(below).is_some() || window(rest) > 0;
    if line.len() > LONGEST
        || header(line) != Some(Label::Subject)
        || rest.trim().is_empty()
        || !stands_alone()
    {
        return (None, text);
    }
    let (_, subject) = line.split_once([':', '：']).unwrap_or(("", ""));
    let subject = subject.trim_matches(['*', ' ']);
    (Some(subject).filter(|subject| !subject.is_empty()), rest)
}

/// The length in bytes of the sender, the time and the recipient as a webmail shows them.
fn window(text: &str) -> usize {
    /// Sender, recipient, time, and a blank between.
    const LINES: usize = 5;
    let (mut sender, mut mailbox, mut time, mut end, mut at) = (false, false, false, 0, 0);
    for line in text.split_inclusive('\n').take(LINES) {
        at += line.len();
        let line = line.trim();
        let words = line.split_whitespace().take(12).count();
        let to = |line: &str| {
            let first = line.split_whitespace().next().unwrap_or("").trim_end_matches(':');
            TO.contains(&first.to_lowercase().as_str())
        };
        if line.is_empty() {
            if time || sender && !mailbox {
                break;
            }
        } else if !sender && words <= 5 && (is_name(line) || is_mailbox(line)) {
            (sender, mailbox) = (true, is_mailbox(line));
        } else if sender && !time && words <= 10 && is_time(line, shape(line).time) {
            (time, end) = (true, at);
        } else if sender && words <= 5 && to(line) && !line.ends_with(['.', '!', '?', ',']) {
            end = if time { at } else { end };
        } else {
            break;
        }
    }
    if sender && time { end } else { 0 }
}

/// "Ann Lee <ann@x.example>" or the address alone.
fn is_mailbox(line: &str) -> bool {
    let (name, address) = line.split_once('<').unwrap_or(("", line));
    shape(address).address
        && !address.trim_end_matches(['>', ' ', ';']).contains(' ')
        && name.split_whitespace().count() <= 4
        && !name.contains(['.', '!', '?'])
}

/// A day and a time of day, and no sentence.
fn is_time(line: &str, time: bool) -> bool {
    time && line.chars().filter(char::is_ascii_digit).count() >= 4 && !line.ends_with(['.', '!', '?', ','])
        || time && line.contains('(')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_window_of_a_client_goes() {
        assert_eq!(pasted("Subject: Late\n\nIt is late.").0, Some("Late"));
        assert_eq!(pasted("Ann Lee\n2 Nov 2026, 9:00 AM\nto me\n\nIt is late.").1, "\nIt is late.");
        assert_eq!(pasted("Ann <ann@x.example>\n9:00 AM (2 hours ago)\nIt is late.").1, "It is late.");
    }

    #[test]
    fn words_stay() {
        for text in [
            "Subject: to your terms I return it.\nPlease pay.",
            "Hello\nI ordered at 10:15 on 2 Nov 2026.\nIt is late.",
            "Ann Lee\nThe lid is missing.",
            "Subject: x",
        ] {
            assert_eq!(pasted(text), (None, text));
        }
    }
}
