//! The last gate before a terminal: whatever a message, file name, phrasebook, template or flag holds,
//! only text and our own colours get there.

use amends_inbox::message::harmless;
use std::borrow::Cow;
use std::fmt::Arguments;
use std::io::{self, Write};
use std::sync::atomic::{AtomicBool, Ordering};

/// Whether something printed may be coloured; set where colours are decided on.
static COLORED: AtomicBool = AtomicBool::new(false);

pub fn allow_colors() {
    COLORED.store(true, Ordering::Relaxed);
}

/// Text without anything that drives a terminal but, if we use them, colours.
pub fn safe(text: &str) -> Cow<'_, str> {
    if !COLORED.load(Ordering::Relaxed) || !text.contains('\u{1b}') {
        return harmless(text);
    }
    let mut out = String::with_capacity(text.len());
    for (n, part) in text.split('\u{1b}').enumerate() {
        let end = color(part).filter(|_| n > 0).unwrap_or(0);
        if end > 0 {
            out.push('\u{1b}');
        }
        out.push_str(&part[..end]);
        out.push_str(&harmless(&part[end..]));
    }
    Cow::Owned(out)
}

/// How long the rest of a colour's escape sequence is: "[1;31m".
fn color(text: &str) -> Option<usize> {
    let end = text.find('m').filter(|end| *end < 24)?;
    let inner = text[..end].strip_prefix('[')?;
    inner.bytes().all(|b| b.is_ascii_digit() || b == b';').then_some(end + 1)
}

/// Writes to standard error. That it is closed or full is no reason to fail.
pub fn to_stderr(text: Arguments<'_>) {
    let text = text.to_string();
    let mut out = io::stderr().lock();
    let _ = out.write_all(safe(&text).as_bytes()).and_then(|()| out.flush());
}

/// A line on standard error, made safe.
macro_rules! say {
    ($($arg:tt)*) => {
        $crate::program::terminal::to_stderr(format_args!("{}\n", format_args!($($arg)*)))
    };
}
pub(crate) use say;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_colours_get_through() {
        assert_eq!(safe("a\u{1b}[31mb"), "a[31mb");
        allow_colors();
        assert_eq!(safe("a\u{1b}[31mb\u{1b}[2Jc\u{1b}]0;x\u{7}\u{1b}[0m"), "a\u{1b}[31mb[2Jc]0;x\u{1b}[0m");
    }
}
