//! Several mails in one stream: mbox files, or mails piped one after another.

use crate::mail::looks_like_mail;
use std::io::{self, BufRead};
use std::ops::Range;

/// One mail from an mbox.
#[derive(Debug, Default)]
pub struct Mail {
    /// Which of the mails it is, from 1.
    pub number: usize,
    /// Line number of its separator, from 1.
    pub line: usize,
    /// The mail with `>From ` unescaped; truncated if longer than the cap.
    pub bytes: Vec<u8>,
    /// Longer than the cap.
    pub cut: bool,
    /// `From ` lines after a blank one that don't begin a mail.
    pub strays: usize,
}

impl Mail {
    /// Whether it has the headers of a mail, and they end before it does.
    pub fn has_headers(&self) -> bool {
        let bytes = self.bytes.trim_ascii_start();
        looks_like_mail(bytes) && headers_len(bytes) < bytes.len()
    }
}

/// The mails of an mbox (RFC 4155, with mboxrd or mboxo quoting). A mail begins at a `From ` line
/// after a blank line and before a header, or at one with a sender's time, wherever it is: a mail that
/// is cut off must not take the next one with it. Memory is bounded by `cap` bytes per mail.
pub fn mails(reader: impl BufRead, cap: usize) -> impl Iterator<Item = io::Result<Mail>> {
    let mut lines = Lines { reader, cap, end: None, number: 0, ahead: None };
    let mut current: Option<Mail> = None;
    let mut number = 0;
    let mut after_blank = true;
    let mut done = false;
    std::iter::from_fn(move || {
        while !done {
            let (line, cut) = match lines.next() {
                Ok(Some(line)) => line,
                Ok(None) => break,
                Err(error) => {
                    done = true;
                    return Some(Err(error));
                }
            };
            let certain = has_time(&line);
            let separates = certain || after_blank && line.starts_with(b"From ");
            after_blank = line.trim_ascii().is_empty();
            if after_blank && current.is_none() {
                continue;
            }
            if separates {
                match lines.peek() {
                    Err(error) => {
                        done = true;
                        return Some(Err(error));
                    }
                    Ok(next)
                        if certain || current.is_none() || next.is_some_and(|(next, _)| is_header(next)) =>
                    {
                        number += 1;
                        let started = Mail {
                            number,
                            line: lines.number - usize::from(lines.ahead.is_some()),
                            ..Mail::default()
                        };
                        if let Some(mail) = current.replace(started) {
                            return Some(Ok(mail));
                        }
                        continue;
                    }
                    Ok(_) => {}
                }
            }
            let mail = current.get_or_insert_with(|| {
                number += 1;
                Mail { number, line: 1, ..Mail::default() }
            });
            mail.strays += usize::from(separates);
            mail.cut |= cut || mail.bytes.len() + line.len() > cap;
            if !mail.cut {
                let marks = line.iter().take_while(|b| **b == b'>').count();
                let quoted = marks > 0 && line[marks..].starts_with(b"From ");
                mail.bytes.extend_from_slice(if quoted { &line[1..] } else { &line });
            }
        }
        done = true;
        current.take().map(Ok)
    })
}

/// Whether a text begins as an mbox does: a sender and a time, then a header.
pub fn begins(text: &str) -> bool {
    let mut lines = text.lines();
    let time =
        |word: &str| word.len() >= 5 && word.as_bytes()[2] == b':' && word.as_bytes()[0].is_ascii_digit();
    lines.next().is_some_and(|line| line.starts_with("From ") && line.split(' ').any(time))
        && lines.next().is_some_and(|line| is_header(line.as_bytes()))
}

/// Whether a line is what mail programs write before each mail: `From ann@x.example Mon Nov  3 10:00:00 2025`.
fn has_time(line: &[u8]) -> bool {
    if !line.starts_with(b"From ") || line.len() > 1000 {
        return false;
    }
    let line = String::from_utf8_lossy(line);
    let words: Vec<&str> = line.split_whitespace().skip(1).collect();
    const DAYS: &[&str] = &["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
    const MONTHS: &[&str] =
        &["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    words.windows(4).any(|four| {
        let time: Vec<&str> = four[3].split(':').collect();
        DAYS.contains(&four[0])
            && MONTHS.contains(&four[1])
            && four[2].parse::<u8>().is_ok()
            && time.len() > 1
            && time.iter().all(|part| part.parse::<u8>().is_ok())
    })
}

fn is_header(line: &[u8]) -> bool {
    line.iter()
        .position(|b| *b == b':')
        .is_some_and(|n| n > 0 && line[..n].iter().all(|b| (33..127).contains(b)))
}

/// Reads lines of at most `cap` bytes, with one line of lookahead.
struct Lines<R> {
    reader: R,
    cap: usize,
    /// What ends a line: CR, if the stream begins without any LF.
    end: Option<u8>,
    /// The last line read, from 1.
    number: usize,
    ahead: Option<(Vec<u8>, bool)>,
}

impl<R: BufRead> Lines<R> {
    fn next(&mut self) -> io::Result<Option<(Vec<u8>, bool)>> {
        match self.ahead.take() {
            Some(line) => Ok(Some(line)),
            None => self.read(),
        }
    }

    fn peek(&mut self) -> io::Result<Option<(&[u8], bool)>> {
        if self.ahead.is_none() {
            self.ahead = self.read()?;
        }
        Ok(self.ahead.as_ref().map(|(line, cut)| (line.as_slice(), *cut)))
    }

    fn read(&mut self) -> io::Result<Option<(Vec<u8>, bool)>> {
        let mut line = Vec::new();
        let end = match self.end {
            Some(end) => end,
            None => {
                let head = self.reader.fill_buf()?;
                let end = if head.contains(&b'\r') && !head.contains(&b'\n') { b'\r' } else { b'\n' };
                *self.end.insert(end)
            }
        };
        let cut = read_to(&mut self.reader, &mut line, end, self.cap)?;
        self.number += usize::from(!line.is_empty());
        Ok((!line.is_empty()).then_some((line, cut)))
    }
}

/// Reads a line, keeping at most `cap` bytes; true if it was truncated.
pub fn read_line(reader: &mut impl BufRead, line: &mut Vec<u8>, cap: usize) -> io::Result<bool> {
    read_to(reader, line, b'\n', cap)
}

/// The same, to any sign.
pub(crate) fn read_to(
    reader: &mut impl BufRead,
    line: &mut Vec<u8>,
    sign: u8,
    cap: usize,
) -> io::Result<bool> {
    let mut cut = false;
    loop {
        let available = match reader.fill_buf() {
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            other => other?,
        };
        if available.is_empty() {
            return Ok(cut);
        }
        let end = available.iter().position(|b| *b == sign).map_or(available.len(), |n| n + 1);
        let ended = available[end - 1] == sign;
        let room = cap.saturating_sub(line.len()).min(end);
        line.extend_from_slice(&available[..room]);
        cut |= room < end;
        reader.consume(end);
        if ended {
            return Ok(cut);
        }
    }
}

/// Byte ranges of concatenated mails, as mail clients pipe tagged messages. A new one begins after a
/// blank line with headers only a raw mail has, once all MIME parts of the previous one are closed, and
/// came to the same mailbox on the same way: a mail quoted with its headers did not. Where no mail has an
/// id, each that comes from somebody else is one.
pub fn concatenated(bytes: &[u8]) -> Vec<Range<usize>> {
    let mut starts = vec![0];
    let ids = count_ids(bytes);
    if ids != 1 {
        let first = &bytes[..headers_len(bytes)];
        let mut boundary = boundary(&bytes[..headers_len(bytes)]);
        let mut after_blank = false;
        let mut quotes = false;
        let mut at = headers_len(bytes);
        while at < bytes.len() {
            let end = bytes[at..].iter().position(|b| *b == b'\n').map_or(bytes.len(), |n| at + n + 1);
            let line = bytes[at..end].trim_ascii_end();
            if boundary.as_ref().is_some_and(|b| {
                line.strip_prefix(b"--").and_then(|l| l.strip_suffix(b"--")) == Some(b.as_slice())
            }) {
                boundary = None;
            }
            if after_blank && boundary.is_none() && is_header(line) {
                let headers = headers_len(&bytes[at..]);
                let found = &bytes[at..at + headers];
                let is_another =
                    if ids > 1 { is_raw_mail(found) } else { !quotes && is_of_another(first, found) };
                if is_another && came_together(first, found) {
                    starts.push(at);
                    boundary = self::boundary(&bytes[at..at + headers]);
                    at += headers;
                    continue;
                }
            }
            after_blank = line.is_empty();
            if !after_blank {
                // "-----Original Message-----", "Begin forwarded message:", "On Monday Ann wrote:"
                quotes = line.starts_with(b"--") || line.starts_with(b"__") || line.ends_with(b":");
            }
            at = end;
        }
    }
    let ends = starts.iter().skip(1).copied().chain([bytes.len()]);
    starts.iter().copied().zip(ends).map(|(start, end)| start..end).collect()
}

fn count_ids(bytes: &[u8]) -> usize {
    let lines = memchr::memchr_iter(b'\n', bytes).map(|end| end + 1);
    let ids =
        std::iter::once(0).chain(lines).filter(|&at| starts_with_ignoring_case(&bytes[at..], b"message-id:"));
    ids.take(2).count()
}

fn starts_with_ignoring_case(line: &[u8], head: &[u8]) -> bool {
    line.len() >= head.len() && line[..head.len()].eq_ignore_ascii_case(head)
}

fn headers_len(bytes: &[u8]) -> usize {
    let mut at = 0;
    while at < bytes.len() {
        let end = bytes[at..].iter().position(|b| *b == b'\n').map_or(bytes.len(), |n| at + n + 1);
        let line = &bytes[at..end];
        if line.trim_ascii().is_empty()
            || !(is_header(line) || line.starts_with(b" ") || line.starts_with(b"\t"))
        {
            return at;
        }
        at = end;
    }
    bytes.len()
}

fn is_raw_mail(headers: &[u8]) -> bool {
    let has = |name: &[u8]| headers.split(|b| *b == b'\n').any(|line| starts_with_ignoring_case(line, name));
    has(b"message-id:") && has(b"from:") && has(b"date:")
}

/// Whether headers begin a mail by somebody else.
fn is_of_another(first: &[u8], headers: &[u8]) -> bool {
    let field = |headers: &[u8], name: &[u8]| {
        let line = headers.split(|b| *b == b'\n').find(|line| starts_with_ignoring_case(line, name))?;
        Some(line[name.len()..].trim_ascii().to_ascii_lowercase())
    };
    let from = field(headers, b"from:");
    from.as_ref().is_some_and(|from| from.contains(&b'@'))
        && field(headers, b"subject:").is_some()
        && from != field(first, b"from:")
}

/// Whether two mails lay in one mailbox: their headers begin alike, and they went to the same place.
fn came_together(one: &[u8], other: &[u8]) -> bool {
    let begins = |headers: &[u8]| {
        let headers = headers.trim_ascii_start();
        headers.split(|b| *b == b':').next().unwrap_or_default().to_ascii_lowercase()
    };
    let (ones, others) = (recipients(one), recipients(other));
    let met = ones.iter().any(|address| others.contains(address));
    begins(one) == begins(other) && (met || ones.is_empty() && others.is_empty())
}

/// The domains a mail went to.
fn recipients(headers: &[u8]) -> Vec<String> {
    let text = String::from_utf8_lossy(headers).to_lowercase();
    let mut taken = false;
    let mut found = Vec::new();
    for line in text.lines() {
        if !line.starts_with([' ', '\t']) {
            taken = ["to:", "cc:", "delivered-to:", "envelope-to:", "x-original-to:"]
                .iter()
                .any(|h| line.starts_with(h));
        }
        if taken {
            let domains = line.split(['<', '>', ',', ' ', ';', '"']).filter_map(|word| word.split_once('@'));
            found.extend(domains.map(|(_, domain)| domain.trim_end().to_owned()));
        }
    }
    found
}

/// A multipart's boundary, from its headers.
fn boundary(headers: &[u8]) -> Option<Vec<u8>> {
    let lower = headers.to_ascii_lowercase();
    let at = lower.windows(9).position(|w| w == b"boundary=")? + 9;
    let value = &headers[at..];
    let value = match value.strip_prefix(b"\"") {
        Some(quoted) => quoted.split(|b| *b == b'"').next()?,
        None => value.split(|b| b.is_ascii_whitespace() || *b == b';').next()?,
    };
    (!value.is_empty()).then(|| value.to_vec())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(mbox: &str) -> Vec<(usize, String)> {
        mails(mbox.as_bytes(), 1000)
            .map(|mail| mail.map(|m| (m.line, String::from_utf8(m.bytes).unwrap())).unwrap())
            .collect()
    }

    #[test]
    fn mails_begin_at_separators_alone() {
        let mbox = "From a Mon\nFrom: a@x\n\nFrom here on\n\nFrom what I see\n>From b\n>>From c\n> From d\n\nFrom b Tue\nTo: x\n\nsecond\n";
        assert_eq!(
            texts(mbox),
            [
                (1, "From: a@x\n\nFrom here on\n\nFrom what I see\nFrom b\n>From c\n> From d\n\n".to_owned()),
                (11, "To: x\n\nsecond\n".to_owned())
            ]
        );
        assert_eq!(mails(mbox.as_bytes(), 1000).next().unwrap().unwrap().strays, 2);
    }

    #[test]
    fn a_broken_mail_takes_no_other_with_it() {
        let from = |who: &str| format!("From {who}@x.example Mon Nov  3 10:00:00 2025\n");
        let whole = |who: &str| format!("{}From: {who}@x.example\nSubject: s\n\n{who}\n", from(who));
        let cut = format!("{}From: b@x.example\nSubj\n", from("b"));
        let without_headers = format!("{}\nNobody knows who wrote this.\n", from("b"));
        for broken in [&cut, &without_headers, &from("b")] {
            for blank in ["", "\n"] {
                let mbox = [whole("a"), broken.clone(), whole("c")].join(blank);
                let read: Vec<Mail> = mails(mbox.as_bytes(), 1000).map(Result::unwrap).collect();
                let told: Vec<_> = read.iter().map(|mail| (mail.number, mail.has_headers())).collect();
                assert_eq!(told, [(1, true), (2, false), (3, true)], "{mbox}");
            }
        }
    }

    #[test]
    fn a_giant_is_cut_and_the_next_is_whole() {
        let mbox = format!("From a\nA: b\n\n{}\n\nFrom b\nA: b\n\nsmall\n", "x".repeat(5000));
        let mails: Vec<Mail> = mails(mbox.as_bytes(), 1000).map(Result::unwrap).collect();
        assert_eq!((mails.len(), mails[0].cut, mails[1].cut), (2, true, false));
        assert!(mails[0].bytes.len() <= 1000);
    }

    #[test]
    fn piped_mails_are_told_apart() {
        let mail =
            |n: u32, body: &str| format!("From: a@x\nDate: Mon\nMessage-ID: <{n}@x>\nSubject: s\n{body}\n");
        let two = mail(1, "\none\n") + &mail(2, "\ntwo");
        let ranges = concatenated(two.as_bytes());
        assert_eq!(ranges.len(), 2);
        assert!(two[ranges[1].clone()].starts_with("From: a@x\nDate: Mon\nMessage-ID: <2@x>"));
        // A mail with another attached is one mail.
        let inside =
            mail(1, "Content-Type: multipart/mixed; boundary=\"b\"\n\n--b\nContent-Type: message/rfc822\n\n");
        let carried = format!("{inside}{}--b--\n", mail(2, "\ntwo\n"));
        assert_eq!(concatenated(carried.as_bytes()).len(), 1);
        let then = format!("{carried}\n{}", mail(3, "\nthree"));
        assert_eq!(concatenated(then.as_bytes()).len(), 2);
        // Quoted headers have no Message-ID.
        let quoted = mail(1, "\nSee:\n\nFrom: b@x\nDate: Tue\nSubject: x\n\nold\n");
        assert_eq!(concatenated(quoted.as_bytes()).len(), 1);
        assert_eq!(concatenated(b"").len(), 1);
    }

    #[test]
    fn mails_without_an_id_are_told_apart_by_their_senders() {
        let mail = |who: &str, body: &str| format!("From: {who}@x.example\nSubject: s\n\n{body}\n\n");
        for (text, count) in [
            (mail("ann", "one") + &mail("bob", "two") + &mail("cat", "three"), 3),
            (mail("ann", "one") + &mail("ann", "what I wrote before"), 1),
            (mail("ann", "See below.\n\n-----Original Message-----") + &mail("bob", "two"), 1),
            (mail("ann", "Please note:\n\nSubject: to change"), 1),
        ] {
            assert_eq!(concatenated(text.as_bytes()).len(), count, "{text}");
        }
    }

    #[test]
    fn a_quoted_source_is_no_second_mail() {
        let mail = |head: &str, to: &str| {
            format!("{head}From: a@x\nTo: {to}\nDate: Mon\nMessage-ID: <1@x>\n\none\n\n")
        };
        let (ours, theirs) = ("care@shop.example", "ann@x.example");
        for (second, count) in [
            (mail("", theirs), 1),
            (mail("Received: by x\n", ours), 1),
            (mail("", ours), 2),
            (mail("", "Ann <ann@x.example>,\n Care <other@shop.example>"), 2),
        ] {
            assert_eq!(concatenated((mail("", ours) + &second).as_bytes()).len(), count, "{second}");
        }
    }

    #[test]
    fn lines_may_end_in_cr() {
        let mbox = "From a Mon\rA: b\r\rone\r\rFrom b\rA: b\r\rtwo\r";
        assert_eq!(texts(mbox), [(1, "A: b\r\rone\r\r".to_owned()), (6, "A: b\r\rtwo\r".to_owned())]);
        assert_eq!(texts(&mbox.replace('\r', "\r\n"))[1].1, "A: b\r\n\r\ntwo\r\n");
    }

    #[test]
    fn lines_are_bounded() {
        let mut reader = io::Cursor::new("abcdef\ngh".to_owned());
        let mut line = Vec::new();
        assert!(read_line(&mut reader, &mut line, 3).unwrap());
        assert_eq!(line, b"abc");
        line.clear();
        assert!(!read_line(&mut reader, &mut line, 3).unwrap());
        assert_eq!(line, b"gh");
    }
}
