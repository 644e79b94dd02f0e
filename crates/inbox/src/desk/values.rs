//! A stream of JSON as its values, each with its place: documents one after another, or the items of a
//! list. What is broken costs only itself.

use std::io::{self, BufRead};

/// One value, as it stands.
#[derive(Debug, Default)]
pub struct Raw {
    /// The line it begins on, from 1.
    pub line: usize,
    pub bytes: Vec<u8>,
    /// Longer than the cap: the rest of it is left out.
    pub cut: bool,
}

/// The values of a stream, each of at most `cap` bytes.
pub fn values(reader: impl BufRead, cap: usize) -> impl Iterator<Item = io::Result<Raw>> {
    Values { reader, cap, line: 1, column: 0, indented: true, listed: false, scan: Scan::default() }
}

struct Values<R> {
    reader: R,
    cap: usize,
    line: usize,
    /// Bytes since the line began.
    column: usize,
    /// Only blanks so far on this line.
    indented: bool,
    /// Inside a list that holds all.
    listed: bool,
    scan: Scan,
}

/// Where in a value the last byte stood.
#[derive(Debug, Default)]
struct Scan {
    value: Option<Raw>,
    /// The column it begins in.
    column: usize,
    /// What is open: `{` or `[`.
    open: Vec<u8>,
    string: bool,
    escaped: bool,
    /// The last byte that was no blank and in no string.
    last: u8,
    /// Something broke: nothing counts until a value begins on a line of its own, no further in than this.
    lost: Option<usize>,
}

/// What a byte does.
enum Step {
    Goes,
    /// It ends the value.
    Ends,
    /// The value ended before it.
    Ended,
    /// It can't stand here: the value before it is broken.
    Breaks,
}

impl Scan {
    fn step(&mut self, byte: u8) -> Step {
        if self.string {
            match byte {
                _ if self.escaped => self.escaped = false,
                b'\\' => self.escaped = true,
                b'"' => {
                    self.string = false;
                    return if self.open.is_empty() { Step::Ends } else { Step::Goes };
                }
                // No string goes over a line: its end is missing.
                b'\n' => return Step::Breaks,
                _ => {}
            }
            return Step::Goes;
        }
        match byte {
            b' ' | b'\t' | b'\r' | b'\n' if self.open.is_empty() => return Step::Ended,
            b' ' | b'\t' | b'\r' | b'\n' => return Step::Goes,
            b',' | b']' | b'}' if self.open.is_empty() => return Step::Ended,
            b'"' => self.string = true,
            b'{' => {
                let may = match self.open.last() {
                    None => true,
                    Some(b'{') => self.last == b':',
                    Some(_) => matches!(self.last, b'[' | b','),
                };
                if !may {
                    return Step::Breaks;
                }
                self.open.push(byte);
            }
            b'[' => self.open.push(byte),
            b']' | b'}' => {
                let fits = self.open.pop() == Some(if byte == b'}' { b'{' } else { b'[' });
                self.last = byte;
                return match (fits, self.open.is_empty()) {
                    (true, false) => Step::Goes,
                    (true, true) => Step::Ends,
                    (false, _) => Step::Breaks,
                };
            }
            _ => {}
        }
        self.last = byte;
        Step::Goes
    }
}

impl<R: BufRead> Iterator for Values<R> {
    type Item = io::Result<Raw>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let byte = match self.reader.fill_buf() {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                Err(error) => return Some(Err(error)),
                Ok([]) => return self.scan.value.take().map(Ok),
                Ok([byte, ..]) => *byte,
            };
            if let Some(raw) = self.byte(byte) {
                return Some(Ok(raw));
            }
        }
    }
}

impl<R: BufRead> Values<R> {
    /// Takes one byte; a value, if it is through.
    fn byte(&mut self, byte: u8) -> Option<Raw> {
        if self.scan.value.is_none() {
            self.between(byte);
            return None;
        }
        match self.scan.step(byte) {
            Step::Goes => {
                self.keep(byte);
                None
            }
            Step::Ends => {
                self.keep(byte);
                self.end()
            }
            Step::Ended => {
                // A stray bracket is a value of its own, else the byte is looked at again.
                if self.scan.value.as_ref().is_some_and(|value| value.bytes.is_empty()) {
                    self.keep(byte);
                }
                self.end()
            }
            Step::Breaks => {
                // What begins anew is looked at again.
                if byte != b'{' {
                    self.consume(byte);
                    self.scan.lost = Some(self.scan.column);
                }
                self.end()
            }
        }
    }

    fn end(&mut self) -> Option<Raw> {
        let scan = std::mem::take(&mut self.scan);
        self.scan.lost = scan.lost;
        scan.value
    }

    fn keep(&mut self, byte: u8) {
        if let Some(value) = &mut self.scan.value {
            value.cut |= value.bytes.len() >= self.cap;
            if !value.cut {
                value.bytes.push(byte);
            }
        }
        self.consume(byte);
    }

    fn between(&mut self, byte: u8) {
        let begins = self.indented && matches!(byte, b'{' | b'[');
        match byte {
            b' ' | b'\t' | b'\r' | b'\n' => {}
            _ if self.scan.lost.is_some_and(|column| !begins || self.column > column) => {}
            // A mark of the byte order.
            0xef | 0xbb | 0xbf => {}
            b',' => {}
            b'[' if !self.listed => self.listed = true,
            b']' if self.listed => self.listed = false,
            _ => {
                let value = Raw { line: self.line, ..Raw::default() };
                self.scan = Scan { value: Some(value), column: self.column, ..Scan::default() };
                return;
            }
        }
        self.consume(byte);
    }

    fn consume(&mut self, byte: u8) {
        self.reader.consume(1);
        self.column += 1;
        self.indented &= matches!(byte, b' ' | b'\t' | b'\r');
        if byte == b'\n' {
            self.line += 1;
            self.column = 0;
            self.indented = true;
        }
    }
}

/// The beginning of a JSON text with what is open closed and what is begun left out, so that it can be
/// read as far as it goes.
pub fn closed(head: &[u8]) -> Vec<u8> {
    let mut scan = Scan::default();
    // How far it is whole, and what is open there.
    let (mut whole, mut open) = (0, Vec::new());
    for (at, byte) in head.iter().enumerate() {
        match scan.step(*byte) {
            Step::Breaks => break,
            Step::Ends => return head[..=at].to_vec(),
            Step::Goes | Step::Ended => {}
        }
        // After an opening, and before a comma, nothing is half said.
        let end = match byte {
            _ if scan.string => continue,
            b'{' | b'[' | b'}' | b']' => at + 1,
            b',' => at,
            _ => continue,
        };
        (whole, open) = (end, scan.open.clone());
    }
    let mut text = head[..whole].to_vec();
    text.extend(open.iter().rev().map(|open| if *open == b'{' { b'}' } else { b']' }));
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(text: &str) -> Vec<(usize, String)> {
        let raw = values(text.as_bytes(), 1000).map(Result::unwrap);
        raw.map(|raw| (raw.line, String::from_utf8(raw.bytes).unwrap())).collect()
    }

    #[test]
    fn values_stand_alone_or_in_a_list() {
        for text in [
            "[1, {\"a\": \"]\\\"\"},\n[2]]",
            "1\n{\"a\": \"]\\\"\"}\n[[2]]",
            "\u{feff}[1,{\"a\": \"]\\\"\"},\n[2]",
        ] {
            let found = all(text);
            assert_eq!(found.len(), 3, "{found:?}");
            assert_eq!(
                (found[0].1.as_str(), found[1].1.as_str(), found[2].1.as_str()),
                ("1", "{\"a\": \"]\\\"\"}", "[2]")
            );
        }
        assert_eq!(all("{\n \"a\": 1\n}\n{\"b\": 2}").iter().map(|v| v.0).collect::<Vec<_>>(), [1, 4]);
        assert!(all("[]").is_empty() && all(" \n").is_empty());
    }

    #[test]
    fn what_is_broken_costs_only_itself() {
        for (text, count) in [
            ("{\"a\": 1}\n{\"a\": {\"b\": 1}\n{\"c\": 1}", 3),
            ("{\"a\": 1}\n{\"a\": \"x\n{\"c\": 1}", 3),
            ("[{\"a\": 1},\n{\"a\": {\"b\": 1},\n{\"c\": 1}]", 3),
            ("[\n  {\n    \"a\": \"x\n    \"b\": [{\n  }]},\n  {\"c\": 1}\n]", 2),
            ("{\"a\": [1}\n{\"c\": 1}", 2),
            ("{\"a\": 1}}\n{\"c\": 1}", 3),
        ] {
            let found = all(text);
            assert_eq!(found.len(), count, "{text}\n{found:?}");
            assert_eq!(found.last().unwrap().1, "{\"c\": 1}");
        }
    }

    #[test]
    fn a_giant_is_cut() {
        let text = format!("[\"{}\", 2]", "x".repeat(5000));
        let raw: Vec<Raw> = values(text.as_bytes(), 1000).map(Result::unwrap).collect();
        assert_eq!((raw.len(), raw[0].cut, raw[1].cut, raw[0].bytes.len()), (2, true, false, 1000));
    }

    #[test]
    fn a_beginning_can_be_read() {
        let text = r#"{"tickets": [{"id": 1, "a": "x{", "b": tru"#;
        assert_eq!(closed(text.as_bytes()), br#"{"tickets": [{"id": 1, "a": "x{"}]}"#);
        for end in 0..=text.len() {
            let closed = closed(&text.as_bytes()[..end]);
            assert!(end == 0 || serde_json::from_slice::<serde_json::Value>(&closed).is_ok(), "{end}");
        }
        assert_eq!(closed(b"{\"a\": 1}\n{"), b"{\"a\": 1}");
    }
}
