//! Promises as a calendar: one entry for the whole of its day each (RFC 5545).

use amends_inbox::message::one_line;
use amends_ledger::Due;
use amends_phrasebook::Company;
use jiff::civil::Date;

/// The longest line, in bytes.
const LONGEST: usize = 75;

pub fn calendar(list: &[Due], company: &Company, today: Date) -> String {
    let domain = company.email.rsplit('@').next().unwrap_or("localhost");
    let mut out = String::new();
    let mut line = |text: String| fold(&mut out, &text);
    line("BEGIN:VCALENDAR".into());
    line("VERSION:2.0".into());
    line(format!("PRODID:-//amends//{}//EN", env!("CARGO_PKG_VERSION")));
    for due in list {
        let Ok(day) = due.by.parse::<Date>() else { continue };
        line("BEGIN:VEVENT".into());
        line(format!("UID:amends-promise-{}@{}", due.promise, escape(domain)));
        line(format!("DTSTAMP:{}T000000Z", basic(today)));
        line(format!("DTSTART;VALUE=DATE:{}", basic(day)));
        line(format!("SUMMARY:{}", escape(&format!("{}: {}", due.owner, due.todo))));
        let approval = if due.approval { ", needs approval" } else { "" };
        let about = format!("promise {} about {}{approval}", due.promise, due.message);
        line(format!("DESCRIPTION:{}", escape(&about)));
        line("TRANSP:TRANSPARENT".into());
        line("END:VEVENT".into());
    }
    line("END:VCALENDAR".into());
    out
}

/// "20261125"
fn basic(day: Date) -> String {
    day.to_string().replace('-', "")
}

fn escape(text: &str) -> String {
    one_line(text).replace('\\', "\\\\").replace(';', "\\;").replace(',', "\\,")
}

/// Long lines go on after a line break and a space.
fn fold(out: &mut String, line: &str) {
    let mut length = 0;
    for c in line.chars() {
        if length + c.len_utf8() > LONGEST {
            out.push_str("\r\n ");
            length = 1;
        }
        out.push(c);
        length += c.len_utf8();
    }
    out.push_str("\r\n");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_folded_and_marks_escaped() {
        let mut out = String::new();
        fold(&mut out, &"é".repeat(80));
        assert!(out.split("\r\n").all(|line| line.len() <= LONGEST));
        assert_eq!(out.replace("\r\n ", "").trim_end(), "é".repeat(80));
        assert_eq!(escape("a, b; c\\d\ne"), "a\\, b\\; c\\\\d e");
    }
}
