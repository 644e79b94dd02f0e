//! Mails as Outlook saves them (`.msg`, MS-OXMSG): a compound file with a stream for each property.

use crate::charset;
use cfb::CompoundFile;
use jiff::Timestamp;
use jiff::fmt::rfc2822;
use std::fmt::Write as _;
use std::io::{Cursor, Read};

const MAGIC: &[u8] = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";

/// Whether bytes begin as a compound file: Outlook's mail, but an old Word document too.
pub fn is_compound(bytes: &[u8]) -> bool {
    bytes.starts_with(MAGIC)
}

type File<'a> = CompoundFile<Cursor<&'a [u8]>>;

/// Properties, by number.
const SUBJECT: u16 = 0x0037;
const SENT: u16 = 0x0039;
const HEADERS: u16 = 0x007d;
const SENDER: u16 = 0x0c1a;
const ADDRESS: u16 = 0x0c1f;
const SMTP_ADDRESS: u16 = 0x5d01;
const SENDER_SMTP_ADDRESS: u16 = 0x5d02;
const TO: u16 = 0x0e04;
const RECEIVED: u16 = 0x0e06;
const BODY: u16 = 0x1000;
const RTF: u16 = 0x1009;
const HTML: u16 = 0x1013;
const MESSAGE_ID: u16 = 0x1035;
const INTERNET_CODEPAGE: u16 = 0x3fde;
const CODEPAGE: u16 = 0x3ffd;

/// The mail as RFC 5322 would have it: its headers, or what Outlook keeps of them, and one body.
pub fn as_mail(bytes: &[u8]) -> Result<Vec<u8>, String> {
    let broken = "this Outlook message (.msg) is damaged and can't be read; save it again, or as .eml";
    let mut file = CompoundFile::open(Cursor::new(bytes)).map_err(|_| broken.to_owned())?;
    let Some(fixed) = stream(&mut file, "/__properties_version1.0") else {
        return Err(
            "this is an old Office document (.doc, .xls, .ppt), not a message; save its words as plain \
                    text, or its table as CSV"
                .into(),
        );
    };
    let page = |property| number(&fixed, property).and_then(label);
    let page = page(CODEPAGE).or_else(|| page(INTERNET_CODEPAGE));
    let mut text = |property| string(&mut file, property, page.as_deref());
    let mut head = String::new();
    match text(HEADERS).filter(|headers| headers.contains(':')) {
        Some(headers) => head.push_str(&without_mime(&headers)),
        None => {
            let name = text(SENDER).unwrap_or_default().replace(['"', '\\'], "");
            let mut address = || [SMTP_ADDRESS, SENDER_SMTP_ADDRESS, ADDRESS].into_iter().find_map(&mut text);
            let address = address().filter(|address| address.contains('@')).unwrap_or_default();
            let mut line = |name: &str, value: &str| {
                if !value.trim().is_empty() {
                    let _ = writeln!(head, "{name}: {}", crate::message::one_line(value));
                }
            };
            line("From", &if address.is_empty() { name } else { format!("\"{name}\" <{address}>") });
            line("To", &text(TO).unwrap_or_default());
            line("Subject", &text(SUBJECT).unwrap_or_default());
            line("Message-ID", &text(MESSAGE_ID).unwrap_or_default());
            line("Date", &[SENT, RECEIVED].into_iter().find_map(|p| date(&fixed, p)).unwrap_or_default());
        }
    }
    let (kind, body) = match text(BODY).filter(|body| !body.trim().is_empty()) {
        Some(body) => ("plain", body),
        None => {
            let html = text(HTML).or_else(|| {
                let bytes = stream(&mut file, &format!("/__substg1.0_{HTML:04X}0102"))?;
                Some(charset::decode(&bytes, page.as_deref()))
            });
            match html {
                Some(html) => ("html", html),
                None if stream(&mut file, &format!("/__substg1.0_{RTF:04X}0102")).is_some() => {
                    return Err(
                        "this Outlook message (.msg) keeps its words as RTF alone; save it as .eml or \
                                as plain text"
                            .into(),
                    );
                }
                None => ("plain", String::new()),
            }
        }
    };
    let _ = write!(
        head,
        "MIME-Version: 1.0\nContent-Type: text/{kind}; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n{body}"
    );
    Ok(head.into_bytes())
}

/// The headers without those that tell of the parts Outlook has taken apart.
fn without_mime(headers: &str) -> String {
    let mut out = String::new();
    let mut kept = false;
    for line in headers.lines().filter(|line| !line.trim().is_empty()) {
        if !line.starts_with([' ', '\t']) {
            let name = line.split(':').next().unwrap_or("").to_ascii_lowercase();
            kept = line.contains(':') && !name.starts_with("content-") && name != "mime-version";
        }
        if kept {
            out.push_str(line);
            out.push('\n');
        }
    }
    out
}

/// Longer streams are no mail's.
const LONGEST: u64 = 25 << 20;

fn stream(file: &mut File<'_>, path: &str) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    file.open_stream(path).ok()?.take(LONGEST).read_to_end(&mut bytes).ok()?;
    Some(bytes)
}

/// A property that is text, as UTF-16 or in the message's own charset.
fn string(file: &mut File<'_>, property: u16, page: Option<&str>) -> Option<String> {
    let text = match stream(file, &format!("/__substg1.0_{property:04X}001F")) {
        Some(wide) => {
            let units = wide.chunks_exact(2).map(|pair| u16::from_le_bytes([pair[0], pair[1]]));
            char::decode_utf16(units).map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER)).collect()
        }
        None => charset::decode(&stream(file, &format!("/__substg1.0_{property:04X}001E"))?, page),
    };
    Some(text.trim_end_matches('\0').to_owned()).filter(|text| !text.is_empty())
}

/// The eight bytes of a property of fixed size: after a header of 32, each has tag, flags and value.
fn fixed(properties: &[u8], property: u16) -> Option<[u8; 8]> {
    let entries = properties.get(32..)?.chunks_exact(16);
    let entry = entries.into_iter().find(|entry| u16::from_le_bytes([entry[2], entry[3]]) == property)?;
    entry[8..].try_into().ok()
}

fn number(properties: &[u8], property: u16) -> Option<u32> {
    let value = fixed(properties, property)?;
    Some(u32::from_le_bytes([value[0], value[1], value[2], value[3]]))
}

/// A code page as a charset is called.
fn label(page: u32) -> Option<String> {
    match page {
        65001 => Some("utf-8".into()),
        932 => Some("shift_jis".into()),
        936 => Some("gbk".into()),
        949 => Some("euc-kr".into()),
        950 => Some("big5".into()),
        20866 => Some("koi8-r".into()),
        28591..=28606 => Some(format!("iso-8859-{}", page - 28590)),
        874 | 1250..=1258 => Some(format!("windows-{page}")),
        _ => None,
    }
}

/// A time in tenths of microseconds since 1601, as a header has it.
fn date(properties: &[u8], property: u16) -> Option<String> {
    const TO_1970: i64 = 11_644_473_600;
    let ticks = i64::from_le_bytes(fixed(properties, property)?);
    let at = Timestamp::from_second(ticks / 10_000_000 - TO_1970).ok()?;
    rfc2822::to_string(&at.to_zoned(jiff::tz::TimeZone::UTC)).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write as _;

    fn wide(text: &str) -> Vec<u8> {
        text.encode_utf16().flat_map(u16::to_le_bytes).collect()
    }

    /// A message of these streams.
    fn msg(streams: &[(&str, Vec<u8>)]) -> Vec<u8> {
        let mut file = CompoundFile::create_with_version(cfb::Version::V3, Cursor::new(Vec::new())).unwrap();
        let mut properties = vec![0; 32];
        // 10:11:12 on 23 November 2026, and windows-1252.
        let ticks: i64 = (1_795_428_672 + 11_644_473_600) * 10_000_000;
        for (tag, value) in [(0x0039_0040_u32, ticks), (0x3ffd_0003, 1252)] {
            properties.extend([tag.to_le_bytes(), [6, 0, 0, 0]].concat());
            properties.extend(value.to_le_bytes());
        }
        file.create_stream("/__properties_version1.0").unwrap().write_all(&properties).unwrap();
        for (name, bytes) in streams {
            file.create_stream(format!("/__substg1.0_{name}")).unwrap().write_all(bytes).unwrap();
        }
        file.into_inner().into_inner()
    }

    fn read(streams: &[(&str, Vec<u8>)]) -> crate::message::Message {
        crate::formats::single("m", &msg(streams), crate::formats::Format::Email, &[]).unwrap()
    }

    #[test]
    fn a_message_without_headers_has_those_outlook_keeps() {
        let message = read(&[
            ("0037001F", wide("Kettle 55120")),
            ("0C1A001F", wide("Zoë Roth")),
            ("0C1F001F", wide("/O=EXCHANGE/CN=ZOE")),
            ("5D01001F", wide("zoe@kundin.example")),
            ("1000001F", wide("The kettle leaks.\r\n\r\nOn Monday, Care wrote:\r\n> Hello\r\n")),
        ]);
        let from = message.from.unwrap();
        assert_eq!(
            (from.name.as_deref(), from.address.as_deref()),
            (Some("Zoë Roth"), Some("zoe@kundin.example"))
        );
        assert_eq!(
            (message.text.as_str(), message.subject.as_deref()),
            ("The kettle leaks.", Some("Kettle 55120"))
        );
        assert_eq!(message.sent.unwrap().to_string(), "2026-11-23");
    }

    /// The letter of the transcripts; `UPDATE_MSG=1` writes it anew.
    #[test]
    fn the_letter_is_a_message_of_outlooks() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/desks/kettle.msg");
        let written = msg(&[
            ("0037001F", wide("Kettle 55120")),
            ("0C1A001F", wide("Zoë Roth")),
            ("5D01001F", wide("zoe@kundin.example")),
            ("1000001F", wide("The kettle I got on Monday leaks. Please send me a new one.\r\n\r\nZoë\r\n")),
        ]);
        if std::env::var_os("UPDATE_MSG").is_some() {
            std::fs::write(path, &written).unwrap();
        }
        assert_eq!(as_mail(&std::fs::read(path).unwrap()), as_mail(&written));
    }

    #[test]
    fn headers_are_a_mails_and_its_body_is_any() {
        let headers = "From: Zoe <zoe@kundin.example>\r\nAuto-Submitted: auto-replied\r\nContent-Type: multipart/mixed;\r\n boundary=b\r\nMessage-ID: <1@x>\r\n\r\n";
        let message = read(&[
            ("007D001F", wide(headers)),
            ("10130102", b"<html><body><p>I am caf\xe9-bound until Monday.</p></body></html>".to_vec()),
        ]);
        assert_eq!(message.text, "I am café-bound until Monday.");
        assert_eq!(message.machine.as_deref(), Some("Auto-Submitted: auto-replied"));
        assert_eq!(message.message_id.as_deref(), Some("1@x"));
        let latin = read(&[("1000001E", b"caf\xe9 late\0".to_vec())]);
        assert_eq!(latin.text, "café late");
    }

    #[test]
    fn what_cannot_be_read_is_told_by_name() {
        let rtf = as_mail(&msg(&[("10090102", b"x".to_vec())])).unwrap_err();
        assert!(rtf.contains("RTF"), "{rtf}");
        let mut document = CompoundFile::create(Cursor::new(Vec::new())).unwrap();
        document.create_stream("/WordDocument").unwrap().write_all(b"x").unwrap();
        assert!(as_mail(&document.into_inner().into_inner()).unwrap_err().contains(".doc"));
        let whole = msg(&[("1000001F", wide("late"))]);
        for end in (0..whole.len()).step_by(97) {
            let _ = as_mail(&whole[..end]);
        }
        assert!(as_mail(&whole[..600]).unwrap_err().contains("damaged"));
    }
}
