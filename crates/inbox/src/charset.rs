//! Decodes bytes to text, whatever charset the sender declares.
//!
//! A declared charset is used only if the bytes agree: valid non-ASCII UTF-8 is read as UTF-8
//! whatever the label, and invalid UTF-8 labelled as such is read as Windows-1252.

use mail_parser::decoders::charsets::map::charset_decoder;

/// Decodes `bytes` declared as `label` (any WHATWG name, UTF-7, HZ, IBM850), or undeclared.
pub fn decode(bytes: &[u8], label: Option<&str>) -> String {
    match bytes {
        [0xEF, 0xBB, 0xBF, rest @ ..] => return decode(rest, Some("utf-8")),
        [0xFF, 0xFE, ..] | [0xFE, 0xFF, ..] => return wide(bytes),
        _ => {}
    }
    let label = label.map(|l| l.trim_matches(['"', '\'', ' ']).to_ascii_lowercase());
    let label = label.as_deref().filter(|l| !["utf-8", "utf8", "us-ascii", "ascii"].contains(l));
    if !label.is_some_and(|l| l.starts_with("utf-16") || l.starts_with("utf16")) {
        if !bytes.is_ascii()
            && let Ok(text) = std::str::from_utf8(bytes)
        {
            return text.to_owned();
        }
        // Seven-bit charsets are recognisable with or without a label.
        if switches_to_japanese(bytes)
            && let Some(decode) = charset_decoder(b"iso-2022-jp")
        {
            return decode(&without_empty_shifts(bytes));
        }
    }
    match label {
        Some("hz-gb-2312" | "hz") => charset_decoder(b"gb2312").map_or_else(String::new, |d| d(&unhz(bytes))),
        Some(label) if label.ends_with("utf-7") => {
            charset_decoder(b"utf-7").map_or_else(String::new, |d| d(&closed_utf7(bytes)))
        }
        Some(label) => match charset_decoder(label.as_bytes()) {
            Some(decode) => decode(bytes),
            None => eight_bit(bytes),
        },
        None => eight_bit(bytes),
    }
}

/// UTF-8 with a few broken bytes; otherwise Windows-1252, which accepts any byte.
fn eight_bit(bytes: &[u8]) -> String {
    if let Ok(text) = std::str::from_utf8(bytes) {
        return text.to_owned();
    }
    let text = String::from_utf8_lossy(bytes);
    let (broken, whole) = text.chars().filter(|c| !c.is_ascii()).fold((0, 0), |(broken, whole), c| {
        if c == char::REPLACEMENT_CHARACTER { (broken + 1, whole) } else { (broken, whole + 1) }
    });
    if whole > broken {
        return text.into_owned();
    }
    charset_decoder(b"windows-1252").map_or_else(|| text.into_owned(), |decode| decode(bytes))
}

fn wide(bytes: &[u8]) -> String {
    let join = if bytes[0] == 0xFF { u16::from_le_bytes } else { u16::from_be_bytes };
    let units: Vec<u16> = bytes[2..].chunks_exact(2).map(|p| join([p[0], p[1]])).collect();
    String::from_utf16_lossy(&units)
}

/// Whether it contains ISO-2022-JP escape sequences.
fn switches_to_japanese(bytes: &[u8]) -> bool {
    bytes.contains(&0x1b)
        && bytes.windows(3).any(|w| matches!(w, [0x1b, b'$', b'@' | b'B'] | [0x1b, b'(', b'J' | b'I']))
}

/// Drops empty shifts out of Japanese and back, which the decoder rejects; they are common where
/// lines or words were joined.
fn without_empty_shifts(bytes: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(bytes.len());
    let mut rest = bytes;
    while let Some((&byte, tail)) = rest.split_first() {
        if matches!(rest, [0x1b, b'(', b'B' | b'J', 0x1b, b'$', ..]) {
            rest = &rest[3..];
        } else {
            out.push(byte);
            rest = tail;
        }
    }
    out
}

/// HZ encodes GB2312 in seven bits between `~{` and `~}`.
fn unhz(bytes: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(bytes.len());
    let mut chinese = false;
    let mut at = 0;
    while at < bytes.len() {
        match &bytes[at..] {
            [b'~', b'{', ..] => (chinese, at) = (true, at + 2),
            [b'~', b'}', ..] => (chinese, at) = (false, at + 2),
            [b'~', b'~', ..] if !chinese => {
                out.push(b'~');
                at += 2;
            }
            [b'~', b'\n', ..] => at += 2,
            [byte, ..] => {
                let high = chinese && (0x21..0x7f).contains(byte);
                out.push(if high { byte | 0x80 } else { *byte });
                at += 1;
            }
            [] => break,
        }
    }
    out
}

/// Ends every UTF-7 shift with `-`: the parser's decoder swallows any other terminator.
fn closed_utf7(bytes: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(bytes.len() + 8);
    let mut shifted = false;
    for &byte in bytes {
        if shifted && !(byte.is_ascii_alphanumeric() || b"+/-".contains(&byte)) {
            out.push(b'-');
        }
        shifted = if shifted { byte.is_ascii_alphanumeric() || b"+/".contains(&byte) } else { byte == b'+' };
        out.push(byte);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_label_is_believed_where_the_bytes_bear_it_out() {
        assert_eq!(decode(b"caf\xe9", Some("ISO-8859-1")), "café");
        assert_eq!(decode("café".as_bytes(), Some("us-ascii")), "café");
        assert_eq!(decode("café".as_bytes(), Some("iso-8859-1")), "café");
        assert_eq!(decode(b"caf\xe9 \x80 5", Some("utf-8")), "café € 5");
        assert_eq!(decode(b"caf\xe9 \x80 5", None), "café € 5");
        assert_eq!(decode(b"\x93late\x94", Some("latin1")), "“late”");
        assert_eq!(decode(b"\xc2\xee\xe7\xe2\xf0\xe0\xf2", Some("windows-1251")), "Возврат");
        assert_eq!(decode(b"caf\xe9", Some("x-nobody-knows")), "café");
    }

    #[test]
    fn one_broken_byte_does_not_make_it_windows() {
        let mut bytes = "Größe, Straße, für".as_bytes().to_vec();
        bytes.push(0xC3);
        assert_eq!(decode(&bytes, None), "Größe, Straße, für\u{fffd}");
    }

    #[test]
    fn seven_bit_charsets() {
        let jis = b"\x1b$BJVIJ\x1b(B ok";
        assert_eq!(decode(jis, None), "返品 ok");
        assert_eq!(decode(jis, Some("us-ascii")), "返品 ok");
        assert_eq!(decode(b"\x1b$BJV\x1b(B\x1b$BIJ\x1b(B", Some("iso-2022-jp")), "返品");
        assert_eq!(decode(b"late ~{MK;u~} ok", Some("hz-gb-2312")), "late 退货 ok");
        assert_eq!(decode(b"caf+AOk late +AOk-x", Some("utf-7")), "café late éx");
    }

    #[test]
    fn marks_of_byte_order() {
        assert_eq!(decode(b"\xff\xfel\0a\0", None), "la");
        assert_eq!(decode(b"\xfe\xff\0l\0a", Some("utf-16")), "la");
        assert_eq!(decode(b"\xef\xbb\xbfla", None), "la");
        assert_eq!(decode(b"l\0a\0", Some("utf-16le")), "la");
    }
}
