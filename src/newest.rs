//! The customer's own newest words: quoted history, signatures and device lines cut off.
//!
//! What is cut is kept; and where cutting would leave nothing, nothing is cut.

use regex::Regex;
use std::sync::LazyLock;

/// "On Mon, 3 Nov 2025, Ann wrote:" in the languages mail clients speak.
static ATTRIBUTION: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?xi)^\W{0,3}(?:
        on\b.{6,200}\b(?:wrote|writes)\s*: | .{0,160}\bwrote\s*:\s*$ | le\b.{6,200}\b(?:a\ écrit|écrit)\s*: | am\b.{6,200}\bschrieb\b.{0,120}: | .{6,160}\bschrieb\s*: |
        el\b.{6,200}\bescribió\s*: | il\b.{6,200}\bha\ scritto\s*: | em\b.{6,200}\bescreveu\s*: | op\b.{6,200}\b(?:schreef|geschreven)\b.{0,120}: |
        den\b.{6,200}\bskrev\b.{0,120}: | .{6,160}\bskrev\s*: | w\ dniu\b.{6,200}\b(?:napisał|napisał\(a\)|pisze)\s*: | dnia\b.{6,200}\bnapisał.{0,120}: |
        \d{4}[-/年].{4,160}(?:<[^>]+>|wrote|:)\s*:?\s*$ | .{6,160}(?:пишет|написал\(?а?\)?)\s*: | .{6,160}(?:の書き込み|さんは書きました|写道|寫道|작성)\s*[:：]
    )",
    )
    .expect("a fixed pattern")
});

/// Lines that begin another message, or a machine's part of this one.
static DIVIDER: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?xi)^\s*(?:
        [-_=*]{2,}\s*(?:original\ message|forwarded\ (?:message|by)|reply\ message|ursprüngliche\ nachricht|message\ d'origine|mensaje\ original|messaggio\ originale|mensagem\ original|oorspronkelijk\ bericht|original\ appointment|weitergeleitete\ nachricht)\b.*
      | begin\ forwarded\ message:? | \#\#-.*(?:reply|type).*-\#\# | _{20,} | -{3,}\s*reply\ above.* | please\ (?:type\ your\ reply|reply)\ above\ this\ line.*
    )\s*$",
    )
    .expect("a fixed pattern")
});

/// The start of Outlook's header block.
static HEADER: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)^\W{0,3}(?:from|von|de|da|van|från|fra|od|от|发件人|差出人)\s*[:：]\s*\S")
        .expect("a fixed pattern")
});
static HEADER_NEXT: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)^\W{0,3}(?:sent|date|to|subject|cc|gesendet|an|betreff|datum|envoyé|à|objet|enviado|para|asunto|assunto|inviato|a|oggetto|verzonden|aan|onderwerp|skickat|till|ämne|sendt|til|emne|wysłano|do|temat)\W{0,3}\s*[:：]").expect("a fixed pattern")
});

/// The last line of one's own words on a phone.
static DEVICE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)^\s*(?:sent|get|enviado|envoyé|gesendet|inviato|verzonden|skickat|wysłan[eo])\b.{0,12}\b(?:from|via|desde|depuis|von|da|vanaf|från|z|outlook)\b.{0,60}$|^\s*(?:enviado do meu|enviado desde mi|von meinem).{0,40}gesendet.*$").expect("a fixed pattern")
});
static DISCLAIMER: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)^\W{0,4}(?:confidentiality notice|disclaimer\b|this (?:e-?mail|message|communication)\b.{0,60}\b(?:confidential|intended|privileged)|the (?:information|contents?)\b.{0,60}\b(?:confidential|privileged)|please consider the environment|this email has been scanned|virus-free)").expect("a fixed pattern")
});

/// The newest words and, if anything was cut, the rest.
pub fn split(text: &str) -> (String, Option<String>) {
    let lines: Vec<&str> = text.lines().collect();
    let mut keep = vec![true; lines.len()];
    let end = history_start(&lines).unwrap_or(lines.len());
    keep[end..].fill(false);
    for (i, line) in lines.iter().enumerate().take(end) {
        if line.trim_start().starts_with('>') {
            keep[i] = false;
        }
    }
    // An attribution goes with the quote it introduces, also when answers stand in between.
    for i in 0..end {
        let quote_below = lines[i + 1..end]
            .iter()
            .take(3)
            .find(|l| !l.trim().is_empty())
            .is_some_and(|l| l.trim_start().starts_with('>'));
        if quote_below && keep[i] {
            if ATTRIBUTION.is_match(lines[i]) {
                keep[i] = false;
            } else if i > 0
                && keep[i - 1]
                && ATTRIBUTION.is_match(&format!("{} {}", lines[i - 1], lines[i]))
                && !lines[i - 1].trim().is_empty()
            {
                keep[i] = false;
                keep[i - 1] = false;
            }
        }
    }
    cut_signature(&lines, &mut keep);
    let newest = join(&lines, |i| keep[i]);
    if newest.trim().is_empty() {
        return (text.trim().to_owned(), None);
    }
    let history = join(&lines, |i| !keep[i]);
    (newest, Some(history).filter(|h| !h.trim().is_empty()))
}

fn join(lines: &[&str], keep: impl Fn(usize) -> bool) -> String {
    let kept: Vec<&str> =
        lines.iter().enumerate().filter(|(i, _)| keep(*i)).map(|(_, l)| l.trim_end()).collect();
    kept.join("\n").trim().to_owned()
}

/// The first line of what was written before.
fn history_start(lines: &[&str]) -> Option<usize> {
    (0..lines.len()).find(|&i| {
        let line = lines[i].trim();
        if line.is_empty() || line.starts_with('>') {
            return false;
        }
        if DIVIDER.is_match(line) {
            return true;
        }
        if HEADER.is_match(line) {
            let next: Vec<&&str> = lines[i + 1..].iter().filter(|l| !l.trim().is_empty()).take(3).collect();
            return next.iter().filter(|l| HEADER_NEXT.is_match(l)).count() >= 2;
        }
        // Below an attribution everything is quoted, unless quote marks say what is.
        let joined;
        let attribution = if ATTRIBUTION.is_match(line) && names_someone(line) {
            line
        } else {
            let next = lines.get(i + 1).map_or("", |l| l.trim());
            joined = format!("{line} {next}");
            if next.ends_with(':') && ATTRIBUTION.is_match(&joined) && names_someone(&joined) {
                &joined
            } else {
                return false;
            }
        };
        attribution.len() < 300 && !lines[i + 1..].iter().any(|l| l.trim_start().starts_with('>'))
    })
}

/// An attribution has a date or an address in it; "She wrote:" has not.
fn names_someone(line: &str) -> bool {
    line.contains('@') || line.chars().filter(char::is_ascii_digit).count() >= 3
}

fn cut_signature(lines: &[&str], keep: &mut [bool]) {
    let kept: Vec<usize> = (0..lines.len()).filter(|&i| keep[i] && !lines[i].trim().is_empty()).collect();
    let Some(&last) = kept.last() else { return };
    let from = kept.iter().copied().find(|&i| {
        let line = lines[i];
        (line.trim_end() == "--" || line == "-- " || line.trim() == "—") && last - i <= 12
            || DISCLAIMER.is_match(line)
            || DEVICE.is_match(line) && last - i <= 3
    });
    if let Some(from) = from {
        let anything_above = kept.iter().any(|&i| i < from);
        if anything_above {
            keep[from..].fill(false);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn newest(text: &str) -> String {
        split(text).0
    }

    #[test]
    fn quotes_signatures_and_device_lines_go() {
        assert_eq!(
            newest(
                "Still nothing.\n\nOn Mon, 3 Nov 2025 at 10:12, Care <care@x.example> wrote:\n> We are on it.\n"
            ),
            "Still nothing."
        );
        assert_eq!(newest("Hi\n\n-----Original Message-----\nFrom: A\nold"), "Hi");
        assert_eq!(newest("Hi\n\nFrom: Care <c@x.example>\nSent: Monday\nTo: Ann\nSubject: Re\n\nold"), "Hi");
        assert_eq!(newest("Where is it?\n-- \nAnn Lee\n555 0100"), "Where is it?");
        assert_eq!(newest("Where is it?\n\nSent from my iPhone"), "Where is it?");
        assert_eq!(newest("Hallo\n\nAm 3. Nov. 2025 um 10:12 schrieb Care <c@x.example>:\n\n> alt"), "Hallo");
    }

    #[test]
    fn answers_between_quotes_stay() {
        assert_eq!(newest("> When did you order?\nLast week.\n> Which size?\nNine."), "Last week.\nNine.");
    }

    #[test]
    fn nothing_is_left_empty() {
        assert_eq!(newest("> all of it is quoted"), "> all of it is quoted");
        assert_eq!(newest("Sent from my iPhone"), "Sent from my iPhone");
    }

    #[test]
    fn what_was_cut_is_kept() {
        assert_eq!(split("new\n> old").1.as_deref(), Some("> old"));
    }
}
