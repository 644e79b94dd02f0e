//! An HTML mail as the text its reader sees: nothing hidden, lists and cells apart, quotes
//! marked with `>` like those of plain mail.

/// Elements whose contents are never shown.
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

/// Elements open at once before deeper ones are read as if they were not there.
const DEEPEST: usize = 512;

struct Open {
    name: String,
    hidden: bool,
    quoted: bool,
}

pub fn to_text(html: &str) -> String {
    let mut out = Lines::default();
    let mut open: Vec<Open> = Vec::new();
    let mut rest = html;
    while let Some(start) = rest.find('<') {
        let hidden = open.last().is_some_and(|o| o.hidden);
        if !hidden {
            out.text(&rest[..start]);
        }
        rest = &rest[start..];
        if let Some(comment) = rest.strip_prefix("<!--") {
            rest = comment.find("-->").map_or("", |end| &comment[end + 3..]);
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
        let name: String = tag
            .trim_start_matches('/')
            .chars()
            .take_while(|c| c.is_ascii_alphanumeric())
            .collect::<String>()
            .to_ascii_lowercase();
        if closing {
            if let Some(at) = open.iter().rposition(|o| o.name == name) {
                open.truncate(at);
            }
        } else if UNSEEN.contains(&name.as_str()) && !tag.ends_with('/') {
            let close = format!("</{name}");
            let lower = rest.to_ascii_lowercase();
            rest = lower
                .find(&close)
                .map_or("", |at| rest[at..].find('>').map_or("", |gt| &rest[at + gt + 1..]));
            continue;
        } else if !VOID.contains(&name.as_str()) && !tag.ends_with('/') && open.len() < DEEPEST {
            let attributes = tag.to_ascii_lowercase();
            let compact: String = attributes.chars().filter(|c| !c.is_whitespace()).collect();
            let hides = compact.contains("display:none")
                || compact.contains("visibility:hidden")
                || compact.contains("font-size:0") && !compact.contains("font-size:0.")
                || attributes.split_whitespace().any(|a| a == "hidden");
            let quoted = name == "blockquote"
                || compact.contains("gmail_quote")
                || compact.contains("yahoo_quoted")
                || compact.contains("moz-cite-prefix");
            open.push(Open { name: name.clone(), hidden: hidden || hides, quoted });
        }
        if hidden {
            continue;
        }
        if BLOCKS.contains(&name.as_str()) {
            out.break_line(
                name == "p"
                    || name == "table"
                    || name == "blockquote"
                    || name.starts_with('h') && name.len() == 2,
            );
        }
        out.quote = open.iter().filter(|o| o.quoted).count();
        if !closing {
            match name.as_str() {
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

/// The `>` that ends a tag, quotes respected.
fn tag_end(tag: &str) -> usize {
    let mut quote = None;
    for (i, c) in tag.char_indices() {
        match (quote, c) {
            (None, '>') => return i,
            (None, '"' | '\'') => quote = Some(c),
            (Some(q), c) if c == q => quote = None,
            _ => {}
        }
    }
    tag.find('>').unwrap_or(tag.len())
}

#[derive(Default)]
struct Lines {
    out: String,
    line: String,
    quote: usize,
    blank: bool,
}

impl Lines {
    fn text(&mut self, raw: &str) {
        for c in entities(raw).chars() {
            if c.is_whitespace() {
                if !self.line.ends_with(' ') && !self.line.is_empty() {
                    self.line.push(' ');
                }
            } else {
                self.line.push(c);
            }
        }
    }

    fn break_line(&mut self, blank: bool) {
        let line = self.line.trim();
        if !line.is_empty() {
            if self.blank && !self.out.is_empty() {
                self.out.push('\n');
            }
            self.out.push_str(&"> ".repeat(self.quote.min(8)));
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

fn entities(text: &str) -> String {
    const NAMED: &[(&str, &str)] = &[
        ("amp", "&"),
        ("lt", "<"),
        ("gt", ">"),
        ("quot", "\""),
        ("apos", "'"),
        ("nbsp", " "),
        ("rsquo", "’"),
        ("lsquo", "‘"),
        ("ldquo", "“"),
        ("rdquo", "”"),
        ("pound", "£"),
        ("euro", "€"),
        ("yen", "¥"),
        ("cent", "¢"),
        ("hellip", "…"),
        ("ndash", "–"),
        ("mdash", "—"),
        ("bull", "•"),
        ("copy", "©"),
        ("reg", "®"),
        ("eacute", "é"),
        ("egrave", "è"),
        ("agrave", "à"),
        ("ccedil", "ç"),
        ("uuml", "ü"),
        ("ouml", "ö"),
        ("auml", "ä"),
        ("szlig", "ß"),
        ("ntilde", "ñ"),
        ("shy", ""),
        ("zwnj", ""),
        ("zwsp", ""),
    ];
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let decoded = rest[1..].find(';').filter(|&end| end <= 10).and_then(|end| {
            let name = &rest[1..=end];
            let text = match name.strip_prefix('#') {
                Some(number) => {
                    let code = number
                        .strip_prefix(['x', 'X'])
                        .map_or_else(|| number.parse().ok(), |hex| u32::from_str_radix(hex, 16).ok());
                    code.and_then(char::from_u32).filter(|c| *c != '\0').map(String::from)
                }
                None => NAMED.iter().find(|(n, _)| *n == name).map(|(_, text)| (*text).to_owned()),
            };
            text.map(|text| (text, end + 2))
        });
        match decoded {
            Some((text, len)) => {
                out.push_str(&text);
                rest = &rest[len..];
            }
            None => {
                out.push('&');
                rest = &rest[1..];
            }
        }
    }
    out + rest
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
    fn broken_markup_is_still_read() {
        assert_eq!(to_text("a<b>c</i></b> d <p title=\"x>y\">e"), "ac d\n\ne\n");
        assert_eq!(to_text("<div "), "");
    }
}
