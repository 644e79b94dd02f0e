//! Decodes bytes to text, whatever charset the sender declares.
//!
//! A declared charset is used only if the bytes agree: valid non-ASCII UTF-8 is read as UTF-8
//! whatever the label, and invalid UTF-8 labelled as such is read as Windows-1252.

use encoding_rs::Encoding;
use mail_parser::decoders::charsets::map::charset_decoder;
use oem_cp::code_table::DECODING_TABLE_CP_MAP;

/// Names of charsets the decoders know by another.
const ALIASES: &[(&str, &str)] = &[
    ("cp949", "euc-kr"),
    ("ms949", "euc-kr"),
    ("uhc", "euc-kr"),
    ("x-windows-949", "euc-kr"),
    ("ks_c_5601", "euc-kr"),
    ("johab", "euc-kr"),
    ("cp932", "shift_jis"),
    ("ms932", "shift_jis"),
    ("windows-932", "shift_jis"),
    ("x-ms-cp932", "shift_jis"),
    ("cp950", "big5"),
    ("ms950", "big5"),
    ("windows-950", "big5"),
    ("x-windows-950", "big5"),
    ("cp951", "big5"),
    ("cp936", "gbk"),
    ("ms936", "gbk"),
    ("windows-936", "gbk"),
    ("cp54936", "gb18030"),
    ("cp874", "windows-874"),
    ("ms874", "windows-874"),
    ("cp51932", "euc-jp"),
    ("cp20932", "euc-jp"),
    ("eucjp", "euc-jp"),
    ("eucjp-ms", "euc-jp"),
    ("euckr", "euc-kr"),
    ("cp51949", "euc-kr"),
    ("cp50220", "iso-2022-jp"),
    ("cp50221", "iso-2022-jp"),
    ("cp20866", "koi8-r"),
    ("cp21866", "koi8-u"),
    ("cp10000", "macintosh"),
    ("macroman", "macintosh"),
    ("cp10007", "x-mac-cyrillic"),
    ("cp28591", "iso-8859-1"),
    ("cp28592", "iso-8859-2"),
    ("cp65001", "utf-8"),
    ("utf8mb4", "utf-8"),
    ("iso-8859-11", "windows-874"),
];

/// Decodes `bytes` declared as `label` (any WHATWG name, UTF-7, HZ, a DOS or Windows code page), or
/// undeclared.
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
        if let Some(encoding) = shifting(bytes) {
            return encoding.decode_without_bom_handling(&unshifted(bytes)).0.into_owned();
        }
    }
    match label {
        Some("hz-gb-2312" | "hz") => charset_decoder(b"gb2312").map_or_else(String::new, |d| d(&unhz(bytes))),
        Some(label) if label.ends_with("utf-7") => {
            charset_decoder(b"utf-7").map_or_else(String::new, |d| d(&closed_utf7(bytes)))
        }
        Some(label) => by_name(bytes, label).unwrap_or_else(|| eight_bit(bytes)),
        None => eight_bit(bytes),
    }
}

/// Text in a charset by its name, if any decoder knows it.
fn by_name(bytes: &[u8], label: &str) -> Option<String> {
    let name = ALIASES.iter().find(|(alias, _)| *alias == label).map_or(label, |(_, name)| name);
    if name == label
        && let Some(decode) = charset_decoder(label.as_bytes())
    {
        return Some(decode(bytes));
    }
    if let Some(encoding) = Encoding::for_label(name.as_bytes()) {
        return Some(encoding.decode_without_bom_handling(bytes).0.into_owned());
    }
    let digits = ["cp", "ibm", "cp-", "ibm-", "dos-", "oem", "cspc", "csibm", "windows-", ""]
        .iter()
        .find_map(|start| label.strip_prefix(start)?.parse::<u16>().ok())?;
    DECODING_TABLE_CP_MAP.get(&digits).map(|table| table.decode_string_lossy(bytes))
}

/// The charset of text that shifts in and out of it with SO and SI: ISO-2022-KR, ISO-2022-CN.
fn shifting(bytes: &[u8]) -> Option<&'static Encoding> {
    if !bytes.contains(&0x1b) {
        return None;
    }
    bytes.windows(4).find_map(|w| match w {
        [0x1b, b'$', b')', b'C'] => Some(encoding_rs::EUC_KR),
        [0x1b, b'$', b')', b'A'] => Some(encoding_rs::GBK),
        _ => None,
    })
}

/// Such text in eight bits, without its shifts.
fn unshifted(bytes: &[u8]) -> Vec<u8> {
    const OUT: u8 = 0x0e;
    const IN: u8 = 0x0f;
    let mut out = Vec::with_capacity(bytes.len());
    let mut shifted = false;
    let mut rest = bytes;
    while let Some((&byte, tail)) = rest.split_first() {
        if matches!(rest, [0x1b, b'$', b')', _, ..]) {
            rest = &rest[4..];
            continue;
        }
        match byte {
            OUT => shifted = true,
            IN => shifted = false,
            b'\n' => {
                shifted = false;
                out.push(byte);
            }
            byte if shifted && (0x21..0x7f).contains(&byte) => out.push(byte | 0x80),
            byte => out.push(byte),
        }
        rest = tail;
    }
    out
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
    fn code_pages_of_dos_and_windows() {
        let hangul = b"\xc1\xd6\xb9\xae \x8c\xdf";
        for label in ["cp949", "CP949", "ms949", "windows-949", "ks_c_5601-1987", "uhc"] {
            assert_eq!(decode(hangul, Some(label)), "주문 뚞", "{label}");
        }
        for label in ["cp932", "ms932", "windows-31j", "x-sjis", "MS_Kanji"] {
            assert_eq!(decode(b"\x95\xd4\x95i \x87@", Some(label)), "返品 ①", "{label}");
        }
        for label in ["cp950", "ms950", "big5-hkscs", "x-x-big5"] {
            assert_eq!(decode(b"\xb0h\xb3f", Some(label)), "退貨", "{label}");
        }
        for label in ["cp874", "windows-874", "tis-620", "iso-8859-11"] {
            assert_eq!(decode(b"\xa4\xd7\xb9\xe0\xa7\xd4\xb9", Some(label)), "คืนเงิน", "{label}");
        }
        assert_eq!(decode(b"Gr\x81\xe1e", Some("cp437")), "Grüße");
        assert_eq!(decode(b"Gr\x81\xe1e", Some("IBM437")), "Grüße");
        assert_eq!(decode(b"Gr\x81\xe1e", Some("cp850")), "Grüße");
        assert_eq!(decode(b"Gr\x81\xe1e", Some("ibm850")), "Grüße");
        assert_eq!(decode(b"\x88esk\xec", Some("cp852")), "łeský");
        assert_eq!(decode(b"\x82\xae\xa7", Some("cp866")), "Воз");
        assert_eq!(decode(b"50 \xd5", Some("cp858")), "50 €");
    }

    #[test]
    fn shifts_of_korea_and_china() {
        assert_eq!(decode(b"\x1b$)C\x0eAV9.\x0f 55", Some("iso-2022-kr")), "주문 55");
        assert_eq!(decode(b"\x1b$)C\n\x0eAV9.\x0f 55", None), "\n주문 55");
        assert_eq!(decode(b"\x1b$)A\x0eMK;u\x0f", Some("iso-2022-cn")), "退货");
    }

    #[test]
    fn marks_of_byte_order() {
        assert_eq!(decode(b"\xff\xfel\0a\0", None), "la");
        assert_eq!(decode(b"\xfe\xff\0l\0a", Some("utf-16")), "la");
        assert_eq!(decode(b"\xef\xbb\xbfla", None), "la");
        assert_eq!(decode(b"l\0a\0", Some("utf-16le")), "la");
    }
}
