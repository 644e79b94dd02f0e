//! Repairs a mail so the parser reads all of it.
//!
//! mail-parser 0.11.9 finds no headers after a blank first line or in a CR-only mail, loses the
//! header after a `Date:` with an obsolete zone, drops the last byte of unpadded base64 words, adds a
//! space after a word that touches the next, and breaks a character split between two words. Of two
//! senders it takes the last, whom nobody may have seen.

use crate::charset;
use crate::message::one_line;
use mail_parser::decoders::base64::base64_decode;
use std::borrow::Cow;

/// Begins the name of a header that was there already.
pub const SECOND: &str = "X-Second-";

/// The mail with its headers repaired; the body is untouched.
pub fn mend(bytes: &[u8]) -> Cow<'_, [u8]> {
    let mut start = bytes.iter().position(|b| !b.is_ascii_whitespace()).unwrap_or(bytes.len());
    if bytes[start..].starts_with(b"\xEF\xBB\xBF") {
        start += 3;
    }
    let mut bytes = Cow::Borrowed(&bytes[start..]);
    let is_header = bytes.starts_with(b"From ") && bytes[5..].trim_ascii_start().starts_with(b":");
    if (bytes.starts_with(b"From ") || bytes.starts_with(b">From ")) && !is_header {
        let end = bytes.iter().position(|b| *b == b'\n' || *b == b'\r').unwrap_or(bytes.len());
        let sign = if bytes[end..].starts_with(b"\r\n") { 2 } else { 1 };
        bytes = Cow::Owned(bytes.get(end + sign..).unwrap_or_default().to_vec());
    }
    if !bytes.contains(&b'\n') && bytes.contains(&b'\r') {
        bytes = Cow::Owned(bytes.iter().map(|b| if *b == b'\r' { b'\n' } else { *b }).collect());
    }
    let end = headers_end(&bytes);
    match mended_headers(&bytes[..end]) {
        Some(mut headers) => {
            headers.extend_from_slice(&bytes[end..]);
            Cow::Owned(headers)
        }
        None => bytes,
    }
}

/// Where the headers end: the blank line.
fn headers_end(bytes: &[u8]) -> usize {
    let mut at = 0;
    while at < bytes.len() {
        let end = bytes[at..].iter().position(|b| *b == b'\n').map_or(bytes.len(), |n| at + n + 1);
        if bytes[at..end].trim_ascii().is_empty() {
            return at;
        }
        at = end;
    }
    bytes.len()
}

/// Repaired headers, if any needed it.
fn mended_headers(headers: &[u8]) -> Option<Vec<u8>> {
    let mut out = Vec::new();
    let mut changed = false;
    let mut seen = [false; 2];
    let mut at = 0;
    while at < headers.len() {
        let end = field_end(headers, at);
        let field = &headers[at..end];
        at = end;
        let colon = field.iter().position(|b| *b == b':');
        let typed = colon.map_or(&b""[..], |n| &field[..n]);
        let name = typed.trim_ascii_end();
        let once = ["from", "reply-to"].iter().position(|once| name.eq_ignore_ascii_case(once.as_bytes()));
        let second = once.is_some_and(|once| std::mem::replace(&mut seen[once], true));
        if second {
            changed = true;
            out.extend_from_slice(SECOND.as_bytes());
        }
        let spaced = [name, &field[colon.unwrap_or(0)..]].concat();
        let field = if name.len() < typed.len() && is_token(name) {
            changed = true;
            &spaced
        } else {
            field
        };
        let ends = |tails: &[&[u8]]| tails.iter().any(|tail| field.trim_ascii_end().ends_with(tail));
        if name.eq_ignore_ascii_case(b"date") && ends(&[b" UT", b"Z", b" AM", b" PM", b" am", b" pm"]) {
            changed = true;
            match field.trim_ascii_end().strip_suffix(b"UT").or(field.trim_ascii_end().strip_suffix(b"Z")) {
                Some(date) => out.extend([date, b" +0000\n"].concat()),
                None => out.extend([b"X-Odd-", field].concat()),
            }
        } else if !field.is_ascii() || field.contains(&0x1b) || field.windows(2).any(|w| w == b"=?") {
            changed = true;
            let text = charset::decode(field, None);
            let decoded = with_words_decoded(&text, name.eq_ignore_ascii_case(b"subject"));
            out.extend_from_slice(decoded.as_bytes());
        } else {
            out.extend_from_slice(field);
        }
    }
    changed.then_some(out)
}

fn is_token(name: &[u8]) -> bool {
    !name.is_empty() && name.iter().all(|b| b.is_ascii_alphanumeric() || *b == b'-')
}

/// The end of a header, including its folded lines.
fn field_end(headers: &[u8], start: usize) -> usize {
    let mut at = start;
    loop {
        at = headers[at..].iter().position(|b| *b == b'\n').map_or(headers.len(), |n| at + n + 1);
        if !headers.get(at).is_some_and(|b| *b == b' ' || *b == b'\t') {
            return at;
        }
    }
}

/// Merges runs of encoded words into one in UTF-8 or, in unstructured headers, decodes them to text.
fn with_words_decoded(field: &str, plain: bool) -> String {
    let mut out = String::with_capacity(field.len());
    let mut rest = field;
    while let Some(start) = rest.find("=?") {
        let Some((first, mut len)) = word(&rest[start..]) else {
            out.push_str(&rest[..start + 2]);
            rest = &rest[start + 2..];
            continue;
        };
        out.push_str(&rest[..start]);
        rest = &rest[start..];
        // Adjacent words in one charset are joined first: a character may span them.
        let mut text = String::new();
        let (mut label, mut bytes) = first;
        loop {
            rest = &rest[len..];
            let gap = rest.len() - rest.trim_start().len();
            let Some(((next_label, next), next_len)) = word(&rest[gap..]) else { break };
            if next_label.eq_ignore_ascii_case(&label) {
                bytes.extend(next);
            } else {
                text += &charset::decode(&bytes, Some(&label));
                (label, bytes) = (next_label, next);
            }
            len = gap + next_len;
        }
        text += &charset::decode(&bytes, Some(&label));
        let edges = (text.starts_with(' '), text.ends_with(' '));
        text = one_line(&text);
        if edges.0 {
            text.insert(0, ' ');
        }
        if edges.1 {
            text.push(' ');
        }
        if plain && !text.contains("=?") {
            out += &text;
        } else {
            out += "=?utf-8?Q?";
            for byte in text.bytes() {
                match byte {
                    b if b.is_ascii_alphanumeric() => out.push(char::from(b)),
                    b => out += &format!("={b:02X}"),
                }
            }
            out += "?=";
        }
    }
    out + rest
}

/// The encoded word at the start: charset, bytes and length.
fn word(text: &str) -> Option<((String, Vec<u8>), usize)> {
    let inner = text.strip_prefix("=?")?;
    let (label, inner) = inner.split_once('?')?;
    let (encoding, inner) = inner.split_once('?')?;
    let data = &inner[..inner.find("?=")?];
    let len = 2 + label.len() + 1 + encoding.len() + 1 + data.len() + 2;
    if label.is_empty() || label.len() > 40 || label.contains(char::is_whitespace) || data.contains('\n') {
        return None;
    }
    let bytes = match encoding {
        "b" | "B" => {
            let mut code: Vec<u8> =
                data.bytes().filter(|b| b.is_ascii_alphanumeric() || b"+/".contains(b)).collect();
            code.resize(code.len().div_ceil(4) * 4, b'=');
            base64_decode(&code)?
        }
        "q" | "Q" => unquoted(data),
        _ => return None,
    };
    let label = label.split('*').next().unwrap_or("").to_owned();
    Some(((label, bytes), len))
}

/// RFC 2047 Q encoding; invalid escapes are kept as they are.
fn unquoted(data: &str) -> Vec<u8> {
    let data = data.as_bytes();
    let hex = |at: usize| data.get(at).and_then(|b| (*b as char).to_digit(16));
    let mut out = Vec::with_capacity(data.len());
    let mut at = 0;
    while at < data.len() {
        match (data[at], hex(at + 1), hex(at + 2)) {
            (b'=', Some(high), Some(low)) => {
                out.push((high * 16 + low) as u8);
                at += 2;
            }
            (b'_', ..) => out.push(b' '),
            (byte, ..) => out.push(byte),
        }
        at += 1;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mended(mail: &str) -> String {
        String::from_utf8(mend(mail.as_bytes()).into_owned()).unwrap()
    }

    #[test]
    fn a_sound_mail_is_left_alone() {
        let mail = "From: a@x.example\nDate: Mon, 3 Nov 2025 10:00:00 +0000\n\n=?x Z";
        assert!(matches!(mend(mail.as_bytes()), Cow::Borrowed(b) if b == mail.as_bytes()));
    }

    #[test]
    fn words_are_joined_and_padded() {
        assert_eq!(mended("Subject: Re:=?utf-8?B?eHB0bw?=, =?utf-8?q?x?=\n\nb"), "Subject: Re:xpto, x\n\nb");
        assert_eq!(mended("Subject: =?utf-8?Q?caf=C3?= =?utf-8?Q?=A9_x?=\n\n"), "Subject: café x\n\n");
        assert_eq!(
            mended("From: =?utf-8?Q?A=0D=0ABcc:_x?= <a@x.example>\n\n"),
            "From: =?utf-8?Q?A=20Bcc=3A=20x?= <a@x.example>\n\n"
        );
        assert_eq!(mended("Subject: 1 =? 2 =?a?b\n\n"), "Subject: 1 =? 2 =?a?b\n\n");
    }

    #[test]
    fn the_first_sender_counts() {
        assert_eq!(
            mended("From : a@x\nfrom: b@x\nReply-To: c@x\n\nFrom: d@x"),
            "From: a@x\nX-Second-from: b@x\nReply-To: c@x\n\nFrom: d@x"
        );
    }

    #[test]
    fn bare_bytes_become_utf_8() {
        assert_eq!(&*mend(b"Subject: caf\xe9\n\n\xe9"), b"Subject: caf\xc3\xa9\n\n\xe9");
    }

    #[test]
    fn what_hides_the_headers_goes() {
        assert_eq!(mended("\n \nFrom: a@x\n\nb"), "From: a@x\n\nb");
        assert_eq!(mended("From x Mon\nFrom: a@x\n\nb"), "From: a@x\n\nb");
        assert_eq!(mended("From x Mon\r\nFrom: a@x\r\n\r\nb"), "From: a@x\r\n\r\nb");
        assert_eq!(mended("From x Mon\rFrom: a@x\r\rb"), "From: a@x\n\nb");
        assert_eq!(mended("From: a@x\r\rb"), "From: a@x\n\nb");
        assert_eq!(
            mended("Date: 1 Jan 2025 10:00 UT\nFrom: a@x\n\n"),
            "Date: 1 Jan 2025 10:00  +0000\nFrom: a@x\n\n"
        );
        assert_eq!(mended("Date: 10:00 PM\nFrom: a@x\n\n"), "X-Odd-Date: 10:00 PM\nFrom: a@x\n\n");
    }
}
