//! The visible text of a mail: which part holds it, decoded.

use super::plain;
use crate::{charset, html};
use mail_parser::decoders::base64::base64_decode;
use mail_parser::parsers::MessageStream;
use mail_parser::{Encoding, HeaderName, Message, MessagePart, MimeHeaders, PartType};
use std::borrow::Cow;

/// Deeper multipart nesting is refused as malicious.
const DEEPEST: usize = 100;
/// More parts are refused too.
const MOST_PARTS: usize = 20_000;

/// The mail's text, or why there is none.
pub enum Body {
    Words(String),
    Unreadable(String),
}

/// The visible text: plain text, or HTML if that is blank; an attached mail's if the outer mail has none.
pub fn read(mail: &Message<'_>) -> Result<Body, String> {
    if mail.parts.len() > MOST_PARTS || depth(mail) > DEEPEST {
        return Err("this mail has too many parts, or nests them too deeply".into());
    }
    let mut text = words(mail, 0, Named::OfCarriers);
    if text.trim().is_empty() {
        text = words(mail, 0, Named::Any);
    }
    if !text.trim().is_empty() {
        return Ok(match without_armour(&text) {
            Some(text) => Body::Words(text),
            None => Body::Unreadable("the mail is encrypted".into()),
        });
    }
    Ok(attached(mail).map_or_else(|| Body::Unreadable(why_unreadable(mail)), |(_, text)| Body::Words(text)))
}

/// The first attached mail that has a text, and this text.
pub fn attached<'a, 'x>(mail: &'a Message<'x>) -> Option<(&'a Message<'x>, String)> {
    all_attached(mail).next()
}

/// The attached mails that have a text, each with it.
fn all_attached<'a, 'x>(mail: &'a Message<'x>) -> impl Iterator<Item = (&'a Message<'x>, String)> {
    mail.parts.iter().filter_map(|part| match &part.body {
        PartType::Message(inner) => {
            Some((inner, words(inner, 0, Named::OfCarriers))).filter(|(_, text)| !text.trim().is_empty())
        }
        _ => None,
    })
}

/// How many attached mails are left unread.
pub fn unread(mail: &Message<'_>, body: &Body) -> usize {
    let is_read = |(_, text): &(&Message<'_>, String)| matches!(body, Body::Words(words) if words == text);
    all_attached(mail).skip_while(is_read).count()
}

/// Which text parts with a file name are read.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Named {
    /// Those named as carriers name the words of a picture message.
    OfCarriers,
    /// Where there are no words else, all.
    Any,
}

/// The text of a part and its children, in display order.
fn words(mail: &Message<'_>, id: u32, named: Named) -> String {
    let Some(part) = mail.parts.get(id as usize) else { return String::new() };
    match &part.body {
        PartType::Multipart(children) if is(part, "multipart", "alternative") => {
            let choices: Vec<(bool, String)> = children
                .iter()
                .map(|&child| (holds_html(mail, child), words(mail, child, named)))
                .filter(|(_, text)| !text.trim().is_empty())
                .collect();
            let plain = choices.iter().find(|(html, _)| !html).map(|(_, text)| text);
            let html = choices.iter().find(|(html, _)| *html).map(|(_, text)| text);
            match (plain, html) {
                (Some(plain), Some(html)) if is_stub(plain) => html.clone(),
                (plain, html) => plain.or(html).cloned().unwrap_or_default(),
            }
        }
        PartType::Multipart(children) => children
            .iter()
            .map(|&child| words(mail, child, named))
            .filter(|text| !text.trim().is_empty())
            .collect::<Vec<_>>()
            .join("\n"),
        // An unterminated multipart isn't a tree: its parts follow the root in order.
        _ if is_multipart(part) && id == 0 && mail.parts.len() > 1 => (1..mail.parts.len() as u32)
            .map(|child| words(mail, child, named))
            .filter(|text| !text.trim().is_empty())
            .collect::<Vec<_>>()
            .join("\n"),
        PartType::Text(text) if is_shown(part, named) => plain::shown(&leaf(mail, part, text), part),
        PartType::Html(source) if is_shown(part, named) => html::to_text(&leaf(mail, part, source)),
        _ => String::new(),
    }
}

fn is(part: &MessagePart<'_>, kind: &str, subtype: &str) -> bool {
    part.content_type().is_some_and(|t| {
        t.ctype().eq_ignore_ascii_case(kind) && t.subtype().is_some_and(|s| s.eq_ignore_ascii_case(subtype))
    })
}

fn is_multipart(part: &MessagePart<'_>) -> bool {
    part.content_type().is_some_and(|t| t.ctype().eq_ignore_ascii_case("multipart"))
}

fn holds_html(mail: &Message<'_>, id: u32) -> bool {
    let Some(part) = mail.parts.get(id as usize) else { return false };
    match &part.body {
        PartType::Html(_) => true,
        PartType::Multipart(children) => children.iter().any(|&child| holds_html(mail, child)),
        _ => false,
    }
}

/// Displayed text: not an attachment or machine-readable data.
fn is_shown(part: &MessagePart<'_>, named: Named) -> bool {
    let text = part.content_type().is_none_or(|t| {
        is_multipart(part)
            || t.ctype().eq_ignore_ascii_case("text")
                && ["plain", "html", "enriched", "markdown"]
                    .contains(&t.subtype().unwrap_or("plain").to_ascii_lowercase().as_str())
    });
    let attached = part.content_disposition().is_some_and(|d| d.is_attachment());
    let inline = part.content_disposition().is_some_and(|d| d.is_inline());
    text && match part.attachment_name() {
        Some(name) if attached || !inline => is_of_message(name, named),
        _ => !attached || named == Named::Any,
    }
}

/// Names such as `text_0.txt`.
fn is_of_message(name: &str, named: Named) -> bool {
    const STEMS: &[&str] = &["text", "txt", "part"];
    let name = name.trim().to_ascii_lowercase();
    let (stem, ending) = name.rsplit_once('.').unwrap_or((&name, ""));
    if !["txt", "text", "html", "htm", ""].contains(&ending) {
        return false;
    }
    let letters = stem.trim_end_matches(|c: char| c.is_ascii_digit() || "_-. ()".contains(c));
    let numbered = letters.len() < stem.len();
    match named {
        Named::OfCarriers => numbered && ending == "txt" && STEMS.contains(&letters),
        // Better a file's words than none.
        Named::Any => true,
    }
}

/// A stub such as "Please view this mail in HTML".
fn is_stub(plain: &str) -> bool {
    plain.len() < 400 && plain.to_lowercase().contains("html")
}

/// One part's text, decoded again where the parser may have got it wrong.
fn leaf(mail: &Message<'_>, part: &MessagePart<'_>, parsed: &str) -> String {
    let declared = part.content_type().and_then(|t| t.attribute("charset"));
    let sound = part.encoding == Encoding::None && !part.is_encoding_problem && declared.is_none();
    if sound && parsed.is_ascii() && !parsed.contains('\u{1b}') {
        return parsed.to_owned();
    }
    let raw = mail.raw_message.get(part.offset_body as usize..part.offset_end as usize);
    let Some(raw) = raw else { return parsed.to_owned() };
    let bytes = undone(part, raw);
    let label = match declared {
        None if matches!(part.body, PartType::Html(_)) => charset_of_html(&bytes),
        declared => declared.map(str::to_owned),
    };
    charset::decode(&bytes, label.as_deref())
}

/// Undoes the transfer encoding; broken encodings are decoded as far as possible.
fn undone<'a>(part: &MessagePart<'_>, raw: &'a [u8]) -> Cow<'a, [u8]> {
    let declared = part
        .headers
        .iter()
        .find(|h| h.name == HeaderName::ContentTransferEncoding)
        .and_then(|h| h.value.as_text())
        .unwrap_or("");
    if part.encoding == Encoding::Base64 || declared.eq_ignore_ascii_case("base64") {
        let mut code: Vec<u8> =
            raw.iter().copied().filter(|b| b.is_ascii_alphanumeric() || b"+/".contains(b)).collect();
        code.resize(code.len().div_ceil(4) * 4, b'=');
        return base64_decode(&code).map_or(Cow::Borrowed(raw), Cow::Owned);
    }
    if part.encoding == Encoding::QuotedPrintable || declared.eq_ignore_ascii_case("quoted-printable") {
        let (end, bytes) = MessageStream::new(raw).decode_quoted_printable_mime(b"");
        return if end == usize::MAX { Cow::Borrowed(raw) } else { Cow::Owned(bytes.into_owned()) };
    }
    Cow::Borrowed(raw)
}

/// Finds `<meta charset=…>` near the start.
fn charset_of_html(bytes: &[u8]) -> Option<String> {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(2048)]).to_ascii_lowercase();
    let at = head.find("<meta").and_then(|meta| Some(meta + head[meta..].find("charset=")? + 8))?;
    let label: String = head[at..]
        .trim_start_matches(['"', '\'', ' '])
        .chars()
        .take_while(|c| !"\"'> ;/".contains(*c))
        .collect();
    Some(label).filter(|l| !l.is_empty())
}

/// Strips inline PGP signature framing and uuencoded files; `None` if everything is encrypted.
fn without_armour(text: &str) -> Option<String> {
    if !["-----BEGIN PGP", "begin 6", "begin 7"].iter().any(|mark| text.contains(mark)) {
        return Some(text.to_owned());
    }
    let mut out = String::with_capacity(text.len());
    let (mut encrypted, mut signed) = (false, false);
    let mut lines = text.lines();
    while let Some(line) = lines.next() {
        let coded = |mode: &str| {
            mode.len() >= 5
                && mode.as_bytes()[..3].iter().all(u8::is_ascii_digit)
                && mode.as_bytes()[3] == b' '
        };
        if line.starts_with("-----BEGIN PGP SIGNED MESSAGE") {
            lines.by_ref().find(|l| l.trim().is_empty());
            signed = true;
        } else if line.starts_with("-----BEGIN PGP") {
            signed = false;
            encrypted |= line.contains("BEGIN PGP MESSAGE");
            lines.by_ref().find(|l| l.starts_with("-----END PGP"));
        } else if line.strip_prefix("begin ").is_some_and(coded) {
            lines.by_ref().find(|l| l.trim() == "end");
        } else {
            // A signed line that begins with a dash has another before it.
            out.push_str(line.strip_prefix("- ").filter(|_| signed).unwrap_or(line));
            out.push('\n');
        }
    }
    (!encrypted || !out.trim().is_empty()).then_some(out)
}

/// The multipart nesting depth; parents come before their parts, so one pass is enough.
fn depth(mail: &Message<'_>) -> usize {
    let mut depths = vec![0usize; mail.parts.len()];
    for (n, part) in mail.parts.iter().enumerate() {
        if let PartType::Multipart(children) = &part.body {
            for &child in children {
                if let Some(depth) = depths.get(n).map(|d| d + 1)
                    && let Some(slot) = depths.get_mut(child as usize)
                {
                    *slot = depth;
                }
            }
        }
    }
    depths.into_iter().max().unwrap_or(0)
}

fn why_unreadable(mail: &Message<'_>) -> String {
    let any = |kind: &str, subtype: &str| mail.parts.iter().any(|part| is(part, kind, subtype));
    if any("multipart", "encrypted")
        || any("application", "pkcs7-mime")
        || any("application", "x-pkcs7-mime")
        || any("application", "pgp-encrypted")
    {
        "the mail is encrypted".into()
    } else if any("text", "calendar") || any("application", "ics") {
        "the mail is a calendar invitation with no text".into()
    } else if any("application", "ms-tnef") || any("application", "vnd.ms-tnef") {
        "the mail is an Outlook winmail.dat attachment (TNEF) with no readable text".into()
    } else if mail.parts.iter().skip(1).any(|part| !is_multipart(part)) || !mail.attachments.is_empty() {
        "the mail has attachments and no text".into()
    } else {
        "the mail has no text".into()
    }
}
