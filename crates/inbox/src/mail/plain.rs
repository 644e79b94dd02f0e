//! Plain text as it was meant: flowed lines joined, HTML in the wrong part read as HTML, entities
//! decoded.

use crate::html;
use mail_parser::{MessagePart, MimeHeaders};
use std::borrow::Cow;

/// Tags by which HTML in a plain part is known.
#[rustfmt::skip]
const TAGS: &[&str] = &[
    "a", "b", "blockquote", "body", "br", "div", "em", "font", "h1", "h2", "h3", "head", "html", "i", "img",
    "li", "meta", "ol", "p", "pre", "span", "strong", "style", "table", "tbody", "td", "th", "title", "tr",
    "u", "ul", "hr", "center",
];
/// Those that break lines.
const BREAKS: &[&str] = &["p", "br", "div", "table", "tr", "li", "html", "body"];

/// What a reader sees of a plain part.
pub fn shown(text: &str, part: &MessagePart<'_>) -> String {
    let attribute = |name: &str| part.content_type().and_then(|t| t.attribute(name)).unwrap_or("");
    let flowed = attribute("format").eq_ignore_ascii_case("flowed");
    if flowed {
        return unmarked(&unflowed(text, attribute("delsp").eq_ignore_ascii_case("yes")));
    }
    unmarked(text)
}

/// What a reader sees of text that may be marked up.
pub fn unmarked(text: &str) -> String {
    as_html(text).map_or_else(|| unescaped(text).into_owned(), |source| html::to_text(&source))
}

/// Text that may be a page. Entities alone make none: they may be meant as they stand.
pub fn untagged(text: &str) -> Cow<'_, str> {
    as_html(text).map_or(Cow::Borrowed(text), |source| Cow::Owned(html::to_text(&source)))
}

/// The name of the tag at the start.
fn tag(text: &str) -> Option<&str> {
    let inner = text.strip_prefix('<')?;
    let inner = inner.strip_prefix('/').unwrap_or(inner);
    let len = inner.bytes().take_while(u8::is_ascii_alphanumeric).count();
    let name = &inner[..len];
    let ends = inner[len..].starts_with(['>', ' ', '/', '\n']) && inner.contains('>');
    (ends && TAGS.iter().any(|tag| tag.eq_ignore_ascii_case(name))).then_some(name)
}

/// The text as HTML, if it is: two tags, or a line break. What is no tag stays as it is.
fn as_html(text: &str) -> Option<String> {
    let (mut tags, mut breaks) = (0, false);
    for (at, _) in text.match_indices('<') {
        if let Some(name) = tag(&text[at..]) {
            tags += 1;
            breaks |= BREAKS.iter().any(|tag| tag.eq_ignore_ascii_case(name));
        }
    }
    if tags < 2 && !(tags == 1 && breaks) {
        return None;
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(['<', '\n']) {
        out.push_str(&rest[..at]);
        let (sign, tail) = (&rest[at..at + 1], &rest[at + 1..]);
        out.push_str(match sign {
            "\n" if !breaks => "<br>",
            "<" if tag(&rest[at..]).is_none() && !tail.starts_with('!') => "&lt;",
            sign => sign,
        });
        rest = tail;
    }
    Some(out + rest)
}

/// Entities with their semicolon decoded.
fn unescaped(text: &str) -> Cow<'_, str> {
    /// The longest name that is in use.
    const LONGEST: usize = 12;
    let mut out = String::new();
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        let (before, entity) = rest.split_at(at);
        out.push_str(before);
        let name =
            entity[1..].bytes().take_while(|b| b.is_ascii_alphanumeric() || *b == b'#').take(LONGEST).count();
        let end = 1 + name + usize::from(entity[1 + name..].starts_with(';'));
        let decoded =
            if name > 1 && end > 1 + name { htmlize::unescape(&entity[..end]) } else { entity[..1].into() };
        out.push_str(&decoded);
        rest = if name > 1 && end > 1 + name { &entity[end..] } else { &entity[1..] };
    }
    if out.len() + rest.len() == text.len() { Cow::Borrowed(text) } else { Cow::Owned(out + rest) }
}

/// `format=flowed` (RFC 3676): lines that end with a space go on in the next.
fn unflowed(text: &str, delete: bool) -> String {
    let mut out = String::with_capacity(text.len());
    let mut open: Option<usize> = None;
    let mut lines = text.lines().peekable();
    while let Some(line) = lines.next() {
        let depth = line.bytes().take_while(|b| *b == b'>').count();
        let words = &line[depth..];
        let words = words.strip_prefix(' ').unwrap_or(words);
        if open != Some(depth) {
            if open.is_some() {
                out.push('\n');
            }
            out.push_str(&">".repeat(depth));
            if depth > 0 {
                out.push(' ');
            }
        }
        let flows = words.ends_with(' ') && words != "-- " && lines.peek() != Some(&"-- ");
        out.push_str(if flows && delete { &words[..words.len() - 1] } else { words });
        open = flows.then_some(depth);
        if !flows {
            out.push('\n');
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn flowed_lines_are_joined() {
        assert_eq!(unflowed("The lid \nis off.\n-- \nAnn", false), "The lid is off.\n-- \nAnn\n");
        assert_eq!(unflowed("ふたが \n割れた\n", true), "ふたが割れた\n");
        assert_eq!(unflowed("> one \n> two\n>> old \nnew", false), "> one two\n>> old \nnew\n");
        assert_eq!(unflowed("Late. \n-- \nAnn", false), "Late. \n-- \nAnn\n");
        assert_eq!(unflowed(" From here\n", false), "From here\n");
    }

    #[test]
    fn html_is_told_from_text() {
        assert_eq!(as_html("a < b > c, <ann@x.example> wrote"), None);
        assert_eq!(as_html("<p>x"), Some("<p>x".into()));
        assert_eq!(as_html("<b>x</b>\n<a@x>").as_deref(), Some("<b>x</b><br>&lt;a@x>"));
    }

    #[test]
    fn entities_need_their_semicolon() {
        assert_eq!(unescaped("a&amp;b &#39;c&#x27; &co &copy x; &nosuch;"), "a&b 'c' &co &copy x; &nosuch;");
        assert!(matches!(unescaped("Q&A; x"), Cow::Borrowed(_)));
    }
}
