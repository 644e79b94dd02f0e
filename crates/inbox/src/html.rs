//! Converts an HTML mail to the text its reader sees: hidden content dropped, lists and cells
//! separated, quotes marked with `>` as in plain mail.

use crate::newest::{begins_mail, is_attribution, is_dated, leads_up};
use memchr::{memchr, memchr2_iter, memchr3};
use std::borrow::Cow;

/// Elements whose content is never shown.
const UNSEEN: &[&str] = &["script", "style", "head", "title", "template", "noscript", "svg", "object"];
const BLOCKS: &[&str] = &[
    "p",
    "div",
    "br",
    "tr",
    "table",
    "ul",
    "ol",
    "li",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "pre",
    "section",
    "article",
    "header",
    "footer",
    "blockquote",
    "address",
    "dt",
    "dd",
];
const VOID: &[&str] = &["br", "hr", "img", "meta", "link", "input", "col", "area", "base", "wbr", "source"];

/// Classes and ids mail clients use for quotes, …
const QUOTING: &[&str] = &[
    "gmail_quote",
    "gmail_extra",
    "yahoo_quoted",
    "moz-cite-prefix",
    "protonmail_quote",
    "zmail_extra",
    "olk_src_body_section",
];
/// … the attributes of the quotes themselves, …
const CITING: &[&str] = &["type=cite", "cite=mid:", "class=moz", "class=gmail", "mso-border-left"];
/// … the bar at the side that clients draw beside a quote, and their editors beside what a writer cites, …
const BARRED: &[&str] = &["border-left:", "border-left-width:"];
/// … and of what a writer cites or indents.
const OWN_QUOTES: &[&str] = &["cite=http", "border:none", "border:0", "border-style:none"];
/// … and for signatures.
const SIGNING: &[&str] = &[
    "gmail_signature",
    "moz-signature",
    "protonmail_signature",
    "applemailsignature",
    "ms-outlook-mobile-signature",
    "id=signature",
    "zmail_signature",
];

/// Maximum nesting; deeper elements are ignored.
const DEEPEST: usize = 512;
/// How many open elements an end tag searches.
const LOOK_BACK: usize = 64;

struct Open<'a> {
    name: Cow<'a, str>,
    hidden: bool,
    /// Quote depth.
    quotes: usize,
}

pub fn to_text(html: &str) -> String {
    let mut out = Lines::default();
    let mut open: Vec<Open<'_>> = Vec::new();
    let mut client_quotes = false;
    let mut rest = html;
    while let Some(start) = rest.find('<') {
        let (hidden, quotes) = open.last().map_or((false, 0), |o| (o.hidden, o.quotes));
        if !hidden {
            out.text(&rest[..start]);
        }
        rest = &rest[start..];
        if let Some(comment) = rest.strip_prefix("<!--") {
            // "<!-->" is a complete comment.
            let comment = comment.strip_prefix('-').filter(|c| c.starts_with('>')).unwrap_or(comment);
            rest = match comment.strip_prefix('>') {
                Some(rest) => rest,
                None => comment.find("-->").map_or("", |end| &comment[end + 3..]),
            };
            continue;
        }
        let after = rest[1..].chars().next();
        if !after.is_some_and(|c| c.is_ascii_alphabetic() || "/!?".contains(c)) {
            if !hidden {
                out.text("<");
            }
            rest = &rest[1..];
            continue;
        }
        let end = tag_end(rest);
        let tag = &rest[1..end];
        rest = rest.get(end + 1..).unwrap_or("");
        let closing = tag.starts_with('/');
        let name = lowercase(
            tag.trim_start_matches('/').split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or(""),
        );
        if closing {
            if let Some(back) = open.iter().rev().take(LOOK_BACK).position(|o| o.name == name) {
                open.truncate(open.len() - 1 - back);
            }
        } else if UNSEEN.contains(&&*name) && !tag.ends_with('/') {
            rest = after_element(rest, &name);
            continue;
        } else if name == "body" {
            // Anything still open here was never closed.
            open.clear();
        } else if !VOID.contains(&&*name) && !tag.ends_with('/') && open.len() < DEEPEST {
            let style = Style::of(tag, &name);
            let introduced = || quotes == 0 && out.introduces() && is_cited(rest, style.client);
            // Behind a client's first quote all others are.
            let own = style.cites || name == "blockquote" && !(style.client && client_quotes) && introduced();
            client_quotes |= style.client && !own;
            // A client's quote is two deep, so that it is not taken for theirs.
            let deeper = match style.quotes && !own {
                true if (style.client || style.barred) && quotes == 0 => 2,
                deeper => usize::from(deeper),
            };
            if style.signs && !hidden {
                out.signature();
            }
            out.preformatted |= name == "pre";
            open.push(Open { name: name.clone(), hidden: hidden || style.hides, quotes: quotes + deeper });
        }
        if hidden {
            continue;
        }
        if BLOCKS.contains(&&*name) {
            out.break_line(
                ["p", "table", "blockquote"].contains(&&*name) || name.starts_with('h') && name.len() == 2,
            );
        }
        out.quotes = open.last().map_or(0, |o| o.quotes);
        out.preformatted &= !(closing && name == "pre");
        if !closing {
            match &*name {
                "li" => out.text("- "),
                "td" | "th" => out.text(" "),
                _ => {}
            }
        }
    }
    if !open.last().is_some_and(|o| o.hidden) {
        out.text(rest);
    }
    out.done()
}

fn lowercase(name: &str) -> Cow<'_, str> {
    if name.bytes().any(|b| b.is_ascii_uppercase()) {
        Cow::Owned(name.to_ascii_lowercase())
    } else {
        Cow::Borrowed(name)
    }
}

/// The text after a raw-text element. An unclosed `<head>` ends at `<body>`.
fn after_element<'a>(rest: &'a str, name: &str) -> &'a str {
    let mut from = 0;
    while let Some(at) = rest[from..].find('<').map(|at| from + at) {
        let tag = &rest.as_bytes()[at + 1..];
        let is =
            |word: &str| tag.len() >= word.len() && tag[..word.len()].eq_ignore_ascii_case(word.as_bytes());
        if tag.first() == Some(&b'/') && is(&format!("/{name}")) {
            return rest[at..].find('>').map_or("", |end| &rest[at + end + 1..]);
        }
        if name == "head" && is("body") {
            return &rest[at..];
        }
        from = at + 1;
    }
    ""
}

/// Whether a quote that own words lead up to holds no mail; a client's may name the sender inside.
fn is_cited(html: &str, client: bool) -> bool {
    let words = first_words(html);
    !begins_mail(&words) && !(client && (is_dated(&words) || is_attribution(&words, true)))
}

/// The first words an element shows, up to its next tag.
fn first_words(html: &str) -> String {
    const LONGEST: usize = 1000;
    let mut rest = &html[..html.floor_char_boundary(LONGEST)];
    loop {
        let (words, tail) = rest.split_at(memchr(b'<', rest.as_bytes()).unwrap_or(rest.len()));
        if !words.trim().is_empty() || tail.is_empty() {
            return htmlize::unescape(words.trim()).into_owned();
        }
        rest = tail.get(tag_end(tail) + 1..).unwrap_or("");
    }
}

/// How a tag's attributes affect its content.
#[derive(Default)]
struct Style {
    hides: bool,
    quotes: bool,
    /// Marked as a mail client marks what it quotes.
    client: bool,
    /// With a bar at the side.
    barred: bool,
    /// Marked as the writer's own: cited from a page, or indented.
    cites: bool,
    signs: bool,
}

impl Style {
    fn of(tag: &str, name: &str) -> Self {
        if tag.len() == name.len() {
            return Self { quotes: name == "blockquote", ..Self::default() };
        }
        let bytes = tag.as_bytes();
        let ends = |text: &[u8], name: &str| {
            text.len()
                .checked_sub(name.len())
                .is_some_and(|n| text[n..].eq_ignore_ascii_case(name.as_bytes()))
        };
        let (mut hides, mut named) = (false, false);
        for at in memchr2_iter(b':', b'=', bytes) {
            let (before, value) = (bytes[..at].trim_ascii_end(), bytes[at + 1..].trim_ascii_start());
            if bytes[at] == b'=' {
                named |= ends(before, "class") || ends(before, "id");
                continue;
            }
            let is = |name: &str, what: &str| {
                let begins = value.get(..what.len()).is_some_and(|v| v.eq_ignore_ascii_case(what.as_bytes()));
                begins && ends(before, name)
            };
            let zero = |name: &str| is(name, "0") && !value.starts_with(b"0.");
            hides |= is("display", "none")
                || is("visibility", "hidden")
                || is("mso-hide", "all")
                || zero("font-size")
                || zero("max-height")
                || zero("opacity");
        }
        let quotes = name == "blockquote";
        let hidden = |attribute: &str| attribute.eq_ignore_ascii_case("hidden");
        hides = hides || tag.split_ascii_whitespace().any(hidden);
        if !named && !quotes {
            return Self { hides, quotes, ..Self::default() };
        }
        let compact: String = tag
            .chars()
            .filter(|c| !c.is_whitespace() && !"\"'".contains(*c))
            .map(|c| c.to_ascii_lowercase())
            .collect();
        let any = |names: &[&str]| names.iter().any(|name| compact.contains(name));
        let signs = any(SIGNING);
        let quoting = any(QUOTING) && !compact.contains("signature");
        let client = quoting || quotes && any(CITING);
        let barred = quotes && any(BARRED);
        let cites = quotes && !client && !barred && any(OWN_QUOTES);
        Self { hides, quotes: quotes || quoting, client, barred, cites, signs }
    }
}

/// The `>` that closes a tag, ignoring any in quotes.
fn tag_end(tag: &str) -> usize {
    let bytes = tag.as_bytes();
    let mut at = 0;
    while let Some(n) = memchr3(b'>', b'"', b'\'', &bytes[at..]) {
        at += n;
        if bytes[at] == b'>' {
            return at;
        }
        let Some(n) = memchr(bytes[at], &bytes[at + 1..]) else { break };
        at += n + 2;
    }
    memchr(b'>', bytes).unwrap_or(bytes.len())
}

#[derive(Default)]
struct Lines {
    out: String,
    line: String,
    quotes: usize,
    blank: bool,
    preformatted: bool,
}

impl Lines {
    fn text(&mut self, raw: &str) {
        let text = if raw.contains('&') { htmlize::unescape(raw) } else { raw.into() };
        let mut rest = &*text;
        while let Some(c) = rest.chars().next() {
            if c == '\n' && self.preformatted {
                self.break_line(false);
            } else if c.is_whitespace() {
                if !self.line.ends_with(' ') && !self.line.is_empty() {
                    self.line.push(' ');
                }
            } else {
                let seen = |b: &u8| b.is_ascii_graphic();
                let word = rest.bytes().take_while(seen).count().max(c.len_utf8());
                self.line.push_str(&rest[..word]);
                rest = &rest[word..];
                continue;
            }
            rest = &rest[c.len_utf8()..];
        }
    }

    /// Whether the words so far lead up to a quote, and no attribution does.
    fn introduces(&self) -> bool {
        let above = if self.line.trim().is_empty() { self.out.trim_end() } else { self.line.trim_end() };
        let line = above.rsplit('\n').next().unwrap_or("");
        leads_up(line) && !line.starts_with('>') && !is_attribution(line, true) && !is_dated(line)
    }

    /// Adds the plain-text signature marker.
    fn signature(&mut self) {
        self.break_line(false);
        if !self.out.trim_end().ends_with("--") {
            self.line.push_str("--");
            self.break_line(false);
        }
    }

    fn break_line(&mut self, blank: bool) {
        let line = self.line.trim();
        if !line.is_empty() {
            if self.blank && !self.out.is_empty() {
                self.out.push('\n');
            }
            self.out.push_str(&"> ".repeat(self.quotes.min(8)));
            self.out.push_str(line);
            self.out.push('\n');
            self.blank = false;
        }
        self.line.clear();
        self.blank |= blank;
    }

    fn done(mut self) -> String {
        self.break_line(false);
        self.out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_a_reader_sees() {
        let html = "<html><head><title>x</title><style>p{}</style></head><body><p>It&rsquo;s late &amp; cold.</p><div style='display: none'>free money</div><ul><li>one<li>two</ul><table><tr><td>a</td><td>b</td></tr></table><script>bad()</script>3 < 4</body>";
        assert_eq!(to_text(html), "It’s late & cold.\n\n- one\n- two\n\na b\n\n3 < 4\n");
    }

    #[test]
    fn a_quote_is_marked() {
        assert_eq!(
            to_text("New.<blockquote>old<br>older</blockquote>end"),
            "New.\n\n> old\n> older\n\nend\n"
        );
    }

    #[test]
    fn nothing_hidden_is_read() {
        for hidden in [
            "<p hidden>x</p>",
            "<span style=\"font-size:0px\">x</span>",
            "<div style='max-height: 0; overflow: hidden'>x</div>",
            "<div style=opacity:0>x</div>",
            "<!-- x --><!--><!--[if mso]>x<![endif]-->",
            "<STYLE>x</STYLE >",
            "<script>if (a</b) x</script>",
        ] {
            assert_eq!(to_text(&format!("Late.{hidden}")).trim(), "Late.", "{hidden}");
        }
        assert_eq!(to_text("<p style=\"font-size:0.9em;opacity:0.8\">Late.</p>"), "Late.\n");
    }

    #[test]
    fn signatures_are_marked() {
        assert_eq!(
            to_text("Late.<div class=\"gmail_signature\">Ann<br>Acme</div>"),
            "Late.\n--\nAnn\nAcme\n"
        );
        assert_eq!(to_text("Late.<br>-- <br><div class=gmail_signature>Ann</div>"), "Late.\n--\nAnn\n");
    }

    #[test]
    fn lines_of_preformatted_text_stay_apart() {
        assert_eq!(to_text("<pre>a\nb</pre>c\nd"), "a\nb\nc d\n");
    }

    #[test]
    fn broken_markup_is_still_read() {
        assert_eq!(to_text("<html><head><title>x</title><body>Late &eacute;&#146;&amp</body>"), "Late é’&\n");
        assert_eq!(to_text("a<b>c</i></b> d <p title=\"x>y\">e"), "ac d\n\ne\n");
        assert_eq!(to_text("<div "), "");
    }
}
